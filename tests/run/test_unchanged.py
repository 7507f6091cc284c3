"""A site that would come out as it stands is left; of one that would not, only what differs is new."""

import json
import os
import re
import shutil

import pytest
from program import reportgen

from reportgen.cli import building
from reportgen.output.ours import MANIFEST
from reportgen.run import unchanged

ROWS = "Date,Client,Activity\n2026-09-01,Acme,Phone call\n2026-10-01,Bell & Co,Phone call\n"
LEFT = (
    "Nothing has changed since site/index.html was made, so it stays as it is: "
    "2 clients as of 31 October 2026; every cell could be used.\n"
)


@pytest.fixture
def home(tmp_path):
    """A workbook, settings and a letter of her own, and the site that was made of them."""
    (tmp_path / "clients.csv").write_text(ROWS)
    (tmp_path / "reportgen.toml").write_text("[settings]\nred_line_days = 44\n")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "check-in.md").write_text(
        "---\ntitle: Mine\nkind: touch\nwhen: x\nadvice: x\nsubject: Hello\n---\nDear {{ name }},\n"
    )
    made(tmp_path)
    return tmp_path


def made(home, *options, as_of=("--as-of", "2026-10"), out="site", code=0):
    done = reportgen("build", "clients.csv", "-o", out, *as_of, *options, cwd=home)
    assert done.returncode == code, done.stderr
    return done.stdout


def is_left(home, *options, **more) -> bool:
    """Whether one more build leaves the folder as it is; if not, it makes another in its place."""
    before = (home / "site").stat().st_ino
    said = made(home, *options, **more)
    same = (home / "site").stat().st_ino == before
    assert said.startswith("Nothing has changed") == same
    return same


def test_nothing_is_done_twice(home, monkeypatch):
    def worker(*_, **__):
        raise AssertionError("a worker was started")

    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    monkeypatch.setattr(building, "staged", worker)
    assert made(home) == LEFT
    assert made(home, "--quiet") == ""
    assert made(home, "--strict") == LEFT
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


@pytest.mark.parametrize(
    "change",
    [
        lambda home: (home / "clients.csv").write_text(ROWS + "2026-10-02,Acme,Meeting\n"),
        lambda home: (home / "reportgen.toml").write_text("[settings]\nred_line_days = 45\n"),
        lambda home: (home / "reportgen.toml").unlink(),
        lambda home: (home / "letters" / "check-in.md").unlink(),
        lambda home: (home / "site" / "index.html").write_text("mine"),
        lambda home: (home / "site" / "clients" / "acme.html").unlink(),
        lambda home: os.replace(home / "site" / "clients.html", home / "site" / "method.html"),
    ],
    ids=["a row", "a setting", "no settings", "a letter", "a page", "no page", "another's page"],
)
def test_what_has_changed_is_made_anew(home, change):
    assert is_left(home)
    change(home)
    assert not is_left(home)
    assert is_left(home)


@pytest.mark.parametrize(
    "options",
    [("--appendix",), ("--single-file",), ("--as-of", "2026-10-30")],
    ids=lambda one: one[0],
)
def test_what_else_is_asked_for_is_made_anew(home, options):
    assert not is_left(home, *options)
    assert is_left(home, *options)
    assert not is_left(home)


def test_another_program_makes_it_anew(home, monkeypatch):
    installed = unchanged._libraries()
    monkeypatch.setattr(unchanged, "_libraries", lambda: [*installed, "jinja2-99.dist-info"])
    assert not is_left(home)


def test_the_program_is_known_by_its_modules_and_its_templates(monkeypatch, tmp_path):
    for place in ("package", "templates"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "one.html").write_text("1")
    monkeypatch.setattr(unchanged, "_PACKAGE", tmp_path / "package")
    program = unchanged.program.__wrapped__  # the hash itself, which is kept for a run
    seen = [program()]
    for place in ("package", "templates"):
        (tmp_path / place / "one.html").write_text("2")
        seen.append(program())
    assert len(set(seen)) == 3


def test_today_is_over_when_her_day_is_over(home, monkeypatch):
    """In Kiritimati the day begins 14 hours before that of Greenwich."""
    (home / "reportgen.toml").write_text('[settings]\ntime_zone = "Pacific/Kiritimati"\n')
    made(home, as_of=())
    begins, ends = json.loads((home / "site" / MANIFEST).read_text())["mark"]["day"]
    assert (begins % 86_400, ends - begins) == (36_000, 86_400)
    monkeypatch.setattr("reportgen.run.unchanged.time.time", lambda: ends - 1)
    assert is_left(home, as_of=())
    monkeypatch.setattr("reportgen.run.unchanged.time.time", lambda: ends)
    assert not is_left(home, as_of=())


def test_problems_still_make_a_strict_build_fail(home):
    (home / "clients.csv").write_text(ROWS + "soon,Acme,Meeting\n")
    sentence = reportgen("build", "clients.csv", "--as-of", "2026-10", "--strict", cwd=home).stderr
    assert "Nothing was written: clients.csv has 1 problem" in sentence
    made(home)
    again = reportgen("build", "clients.csv", "--as-of", "2026-10", "--strict", cwd=home)
    assert (again.returncode, again.stdout, again.stderr) == (3, "", sentence)
    assert "1 problem in the workbook (its Data problems page says which)" in made(home)


def test_the_mark_names_nobody(home):
    mark = json.loads((home / "site" / MANIFEST).read_text())["mark"]
    hashes = [mark.pop("ingredients"), mark.pop("made")]
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes)
    assert mark == {"as_of": "2026-10-31", "clients": 2, "problems": 0, "day": None}


@pytest.mark.parametrize("edition", ["coach", "accountant"])
def test_what_others_get_has_no_mark_and_is_made_anew(home, edition):
    for _ in range(2):
        assert not is_left(home, "--edition", edition)
        assert "mark" not in json.loads((home / "site" / MANIFEST).read_text())


def test_a_locked_report_has_no_mark(home):
    (home / "words.txt").write_text("seventeen turquoise umbrellas\n")
    made(home, "--password-file", "words.txt")
    assert "mark" not in json.loads((home / "site" / MANIFEST).read_text())
    assert not is_left(home, "--password-file", "words.txt")


def test_a_workbook_that_is_saved_meanwhile_leaves_no_mark(home, monkeypatch):
    (home / "clients.csv").write_text(ROWS + "2026-10-02,Acme,Meeting\n")
    leave_mark = building.leave_mark

    def saved_meanwhile(*given):
        (home / "clients.csv").write_text(ROWS)
        leave_mark(*given)

    monkeypatch.setattr(building, "leave_mark", saved_meanwhile)
    made(home)
    monkeypatch.undo()
    assert not is_left(home)


# The months that are kept ------------------------------------------------------------------------
def test_months_are_left_with_their_site(home):
    assert not is_left(home, "--months", "months", as_of=("--as-of", "2026-09"))
    assert not is_left(home, "--months", "months")
    assert is_left(home, "--months", "months")
    kept = home / "months" / "2026-09" / "index.html"
    kept.write_text(kept.read_text() + " ")
    assert not is_left(home, "--months", "months")
    assert is_left(home, "--months", "months")
    shutil.rmtree(home / "months" / "2026-09")
    assert not is_left(home, "--months", "months")
    assert not is_left(home, "--months", "other")


# Only what differs is new ------------------------------------------------------------------------
def test_a_page_with_the_same_bytes_keeps_its_time(home):
    site = home / "site"
    files = [path for path in site.rglob("*") if path.is_file()]
    for file in files:
        os.utime(file, ns=(10**18, 10**18))
    before = {file: file.read_bytes() for file in files}
    (home / "clients.csv").write_text(ROWS + "2026-10-02,Acme,Meeting\n")
    made(home)
    kept = {file for file in files if file.stat().st_mtime_ns == 10**18}
    assert kept == {file for file in files if file.read_bytes() == before[file]}
    assert site / "static" / "report.css" in kept
    assert site / "clients" / "acme.html" not in kept
    assert {file.stat().st_nlink for file in files} == {1}  # a change of one changes no other
