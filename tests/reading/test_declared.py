"""A data file says what its TOML says, whether it is parsed or kept compiled."""

import sys
import tomllib
from pathlib import Path

import pytest

import reportgen
from reportgen.reading.declared import declared

PACKAGE = Path(reportgen.__file__).parent
DATA = sorted(PACKAGE.rglob("*.toml"))


@pytest.mark.parametrize("file", DATA, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_each_file_declares_what_its_toml_says(file):
    assert declared(file) == tomllib.loads(file.read_text("utf-8"))


def test_no_data_file_takes_the_place_of_a_compiled_module():
    assert [file for file in DATA if file.with_suffix(".py").exists()] == []


def test_a_file_is_parsed_once_and_anew_when_it_has_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    file = tmp_path / "words.toml"
    file.write_text('hours = ["h", "Stunden"]\n', "utf-8")
    assert declared(file) == {"hours": ["h", "Stunden"]}
    with monkeypatch.context() as blind:
        blind.setattr(tomllib, "loads", None)
        assert declared(file) == {"hours": ["h", "Stunden"]}
    file.write_text('hours = ["h", "Stunden", "horas"]\n', "utf-8")
    assert declared(file) == {"hours": ["h", "Stunden", "horas"]}


@pytest.mark.parametrize("length", [16, 40])
def test_half_a_compiled_file_is_left_aside(tmp_path, monkeypatch, length):
    """Python writes as much of it as a full disk takes, and says nothing."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    file = tmp_path / "words.toml"
    file.write_text('hours = ["h", "Stunden"]\n', "utf-8")
    assert declared(file) == {"hours": ["h", "Stunden"]}
    (kept,) = tmp_path.rglob("*.pyc")
    kept.write_bytes(kept.read_bytes()[:length])
    assert declared(file) == {"hours": ["h", "Stunden"]}
