"""The whole walk: a site depends on the workbook and the date, and on nothing else."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from program import ALONE, PROGRAM, walking_here

from reportgen import build
from reportgen.settings.configuration import DEFAULTS

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"
AS_OF = date(2026, 10, 31)


def unheard(step: str, done: int, of: int) -> None:
    pass


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "touchpoints.csv"
    path.write_text("Date,Client,Minutes\n2026-09-01,Acme,30\n2026-10-01,Bell,soon\n")
    return path


def test_what_was_built(tmp_path, book):
    staging = tmp_path / "staging"
    staging.mkdir()
    built = build.build(book, DEFAULTS, lambda settings: AS_OF, staging, unheard)
    assert (built.as_of, built.clients) == (AS_OF, 2)
    assert [(p.where.row, p.where.column) for p in built.problems] == [(3, 3)]
    assert (staging / "index.html").read_bytes().lstrip().lower().startswith(b"<!doctype html>")


def test_steps_are_told_in_order(tmp_path, book):
    staging = tmp_path / "staging"
    staging.mkdir()
    told = []
    with walking_here():
        build.build(
            book, DEFAULTS, lambda settings: AS_OF, staging, lambda *step: told.append(step)
        )
    assert [step[0] for step in told[:3]] == [
        "Reading the workbook",
        "Working out the figures",
        "Writing the pages",
    ]
    pages = [step for step in told if step[0] == "Writing the pages"]
    assert [done for _, done, _ in pages] == list(range(len(pages)))
    assert {of for _, _, of in pages} == {len(pages)}


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
@pytest.mark.parametrize("sample", ["interior-designer.xlsx", "messy.xlsx"])
def test_the_same_input_and_date_give_the_same_bytes(tmp_path, sample):
    """Two runs: two folders, hash seeds, locales, and time zones a day apart.

    And one as the owner has it, the other without a worker, as other tests have it.
    """
    sites = []
    for name, program, seed, zone, locale in (
        ("one", PROGRAM, "1", "Pacific/Kiritimati", "C"),
        ("two", ALONE, "4711", "Pacific/Niue", "C.UTF-8"),
    ):
        (tmp_path / name).mkdir()
        done = subprocess.run(
            [*program, "build", SAMPLES / sample, "-o", "site", "--as-of", "2026-10-31"],
            cwd=tmp_path / name,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        sites.append(contents(tmp_path / name / "site"))
    assert {"index.html", "report.json"} <= set(sites[0])
    different = [path for path in sites[0] if sites[0][path] != sites[1].get(path)]
    assert different == []
    assert set(sites[0]) == set(sites[1])


def test_a_build_imports_no_library_that_a_workbook_can_do_without():
    code = (
        "import sys; from reportgen.build import walk_through; walk_through(); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"matplotlib", "openpyxl", "pydantic", "rapidfuzz", "scipy", "xlsxwriter"}
    assert set(done.stdout.split()) & (heavy | {"jinja2"}) == {"jinja2"}
