"""What ``make report`` says and does with the names that owners give to folders and workbooks."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).resolve().parents[1] / "Makefile"
SAMPLE = "sample_data/interior-designer.xlsx"
STUB = """
import json, pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("-o") + 1])
out.mkdir(parents=True)
(out / "index.html").touch()
print(out / "index.html", "is ready.")
pathlib.Path("said.json").write_text(json.dumps(sys.argv[1:]))
"""
"""A program that makes an empty site and notes how it was called: a build takes seconds."""

BLANKS = {
    "my site": "my months",
    "two  blanks/my site": "two  blanks/my months",
    "my site/": "my months",
    "it's mine": "it's mine-months",
    'the "best"': 'the "best"-months',
    "--site": "--months",
}
"""A folder with blanks or quotes in its name, and the one beside it in which letters are kept."""


def stub(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".py").write_text(STUB)
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$0.py" "$@"\n')
    path.chmod(0o755)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """This project's Makefile in a folder with blanks in its name, everything installed."""
    top = tmp_path / "my  own business"
    for name in ("python", "reportgen"):
        stub(top / ".venv" / "bin" / name)
    shutil.copy(MAKEFILE, top)
    (top / "requirements").mkdir()
    for name in ("pyproject.toml", "requirements/build.txt", "requirements/run.txt"):
        (top / name).touch()
    (top / ".venv" / ".installed").touch()
    return top


def report(folder: Path, *words: str) -> tuple[list[str], str]:
    """What the program was called with, and the last line that make printed."""
    done = subprocess.run(
        ["make", "report", *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], "CDPATH": str(folder)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads((folder / "said.json").read_text()), done.stdout.splitlines()[-1]


@pytest.mark.parametrize(("out", "months"), [("site", "months"), *BLANKS.items()])
def test_the_sentence_names_the_file_that_is_there(folder, out, months):
    called, said = report(folder, f"OUT={out}")
    assert called == ["build", "--as-of", "2026-10-31", "-o", out, "--months", months, "--", SAMPLE]
    opened = said.removeprefix("Open ").removesuffix(" in a browser.")
    assert opened == str(folder / out / "index.html")
    assert Path(opened).is_file()


def test_a_folder_elsewhere_is_named_as_it_is(folder, tmp_path):
    out = tmp_path / "some where" / "else"
    assert report(folder, f"OUT={out}")[1] == f"Open {out}/index.html in a browser."


@pytest.mark.parametrize("book", ["my clients.xlsx", f"old {SAMPLE}", f"{SAMPLE} old", "a's.xlsx"])
def test_a_workbook_of_her_own_is_as_of_today_whatever_its_name(folder, book):
    """Only the sample ends on a day of its own, not each name in which the sample's stands."""
    places = ["-o", "site", "--months", "months", "--", book]
    assert report(folder, f"BOOK={book}")[0] == ["build", *places]
    shutil.rmtree(folder / "site")
    called, _ = report(folder, f"BOOK={book}", "AS_OF=2026-09")
    assert called == ["build", "--as-of", "2026-09", *places]


def test_months_may_be_kept_elsewhere(folder):
    called, _ = report(folder, "OUT=website", "MONTHS=my letters")
    assert called[-4:] == ["--months", "my letters", "--", SAMPLE]
    shutil.rmtree(folder / "website")
    assert report(folder, "OUT=website")[0][-3] == "website-months"


@pytest.mark.parametrize("out", BLANKS)
def test_the_makefile_of_an_owner_hands_names_on_whole(folder, out):
    shutil.copy(MAKEFILE.parent / "templates" / "scaffold" / "Makefile", folder)
    program = stub(folder / "my programs" / "reportgen")
    called, said = report(folder, f"OUT={out}", "BOOK=my clients.xlsx", f"REPORTGEN={program}")
    settings = ["--config", "reportgen.toml"]
    places = ["-o", out, "--months", "months"]
    assert called == ["build", *settings, *places, "--", "my clients.xlsx"]
    assert said == f"{Path(out) / 'index.html'} is ready."
    assert (folder / out / "index.html").is_file()
