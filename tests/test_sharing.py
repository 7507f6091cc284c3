"""What ``build`` makes for others: editions, one file, a locked page; and what it refuses."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.site.lock import wordlist

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"
DESIGNER = SAMPLES / "interior-designer.xlsx"


def built(out: Path, *options: object, book: Path = DESIGNER):
    """The finished run of ``build``."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "reportgen", "build", book, "-o", out),
            *("--as-of", "2026-10-31", *map(str, options)),
        ],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "80"},
        check=False,
    )


def texts(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_coach_sees_no_name_and_no_owner(tmp_path):
    assert built(tmp_path / "coach", "--edition", "coach").returncode == 0
    for path, text in texts(tmp_path / "coach").items():
        for word in ("Harcourt", "Haddad", "Thistle", "example.com", "interior-designer"):
            assert word.casefold() not in (path + text).casefold(), (path, word)


def test_the_accountant_sees_names_but_no_trust_and_no_letters(tmp_path):
    assert built(tmp_path / "a", "--edition", "accountant").returncode == 0
    found = texts(tmp_path / "a")
    assert "Harcourt House" in found["value.html"]
    assert not {"trust.html", "boundaries.html", "letters.html", "actions.ics"} & set(found)
    assert not any("wendy.harcourt@example.com" in text for text in found.values())


def test_the_public_edition_takes_twenty_clients(tmp_path):
    few = tmp_path / "few.csv"
    few.write_text("Date,Client\n2026-10-01,Acme\n")
    refused = built(tmp_path / "few", "--edition", "public", book=few)
    assert refused.returncode == 1
    assert "20" in refused.stderr
    assert not (tmp_path / "few").exists()
    assert built(tmp_path / "many", "--edition", "public").returncode == 0
    assert set(texts(tmp_path / "many")) == {".reportgen.json", "index.html", "static/report.css"}


def test_one_file_is_one_file(tmp_path):
    assert built(tmp_path / "one", "--single-file").returncode == 0
    found = texts(tmp_path / "one")
    assert set(found) == {".reportgen.json", "index.html"}
    assert "Harcourt House" in found["index.html"]


def test_a_passphrase_is_made_shown_once_and_nothing_can_be_read_without_it(tmp_path):
    run = built(tmp_path / "locked", "--passphrase", "--quiet")
    assert run.returncode == 0
    made = re.search(r"only now: (\S+)", run.stdout)
    assert made is not None
    assert len(made[1].split("-")) == 6
    assert set(made[1].split("-")) <= set(wordlist())
    found = texts(tmp_path / "locked")
    assert set(found) == {".reportgen.json", "index.html"}
    for word in ("Harcourt", "Thistle", made[1]):
        assert word not in found["index.html"]


def test_each_reader_has_a_password_file(tmp_path):
    for name, words in (
        ("coach", "orchard-lantern-violet-canoe"),
        ("books", "marble-thunder-biscuit-sail"),
    ):
        (tmp_path / name).write_text(words + "\n")
    run = built(
        *(tmp_path / "locked", "--password-file", tmp_path / "coach"),
        *("--password-file", tmp_path / "books"),
    )
    assert run.returncode == 0, run.stderr
    assert '"slots":[{' in (tmp_path / "locked" / "index.html").read_text().replace(" ", "")


@pytest.mark.parametrize("words", ["", "password1234", None])
def test_a_password_that_is_no_use_is_refused_in_one_line(tmp_path, words):
    file = tmp_path / "words"
    if words is not None:
        file.write_text(words)
    run = built(tmp_path / "locked", "--password-file", file)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    assert not (tmp_path / "locked").exists()


@pytest.mark.parametrize("name", ["docs", "public", "gh-pages"])
def test_a_folder_that_may_be_published_takes_only_what_is_locked_or_public(tmp_path, name):
    refused = built(tmp_path / name)
    assert refused.returncode == 1
    assert not (tmp_path / name).exists()
    assert built(tmp_path / name, "--edition", "coach").returncode == 1
    assert built(tmp_path / name, "--edition", "public").returncode == 0


def test_a_locked_report_is_one_file_already(tmp_path):
    assert built(tmp_path / "x", "--passphrase", "--single-file").returncode == 2
