"""Each call that changes a file fails once: the old or the new stands whole, and the next run cleans up."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from unittest.mock import patch

import pytest
from faults import AS_OF, ERRORS, Home, Tree, counted, failing, tree
from openpyxl import Workbook

from reportgen.letters.library import library
from reportgen.site import files
from reportgen.site.files import File


@pytest.fixture
def home(tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    home = Home(tmp_path.resolve() / "home")
    yield home
    assert not [*(tmp_path / "tmp").iterdir()]


@contextlib.contextmanager
def rendered_once() -> Iterator[None]:
    """Pages are rendered once a workbook: how they are written is what is tried, two hundred times."""
    made: dict[str, list[File]] = {}
    pages = files.pages

    def kept(report, *more):
        if report.source.sha256 not in made:
            made[report.source.sha256] = [
                File(page.path, cache(page.render)) for page in pages(report, *more)
            ]
        return made[report.source.sha256]

    with (
        patch.object(files, "pages", kept),
        patch("reportgen.letters.library.library", cache(library)),
    ):
        yield


def each_fails(
    home: Home,
    run: Callable[[int], int],
    versions: list[Tree],
    place: str,
    also: tuple[str, ...] = (),
) -> None:
    """Let each call of ``run(number of the version)`` fail once, over whichever version stands."""
    calls = len(counted(home.top, lambda: run(1)))
    standing, number = 1, 0
    while True:
        number += 1
        new = 1 - standing
        with failing(home.top, number, ERRORS[number % len(ERRORS)]) as failed:
            code = run(new)
        if not failed:
            break
        found = tree(home.top / place)
        assert found in versions, failed
        standing = versions.index(found)
        assert (standing == new) == (code == 0), failed
        home.swept()
        home.is_tidy(place, *also)
        assert tree(home.top / place) == found, failed
    assert number > calls


def test_of_a_real_build_the_old_or_the_new_site_stands(home):
    def build(number: int) -> int:
        book = home.books[number]
        return home.run("build", book, "-o", "site", "--months", "months", *AS_OF, "--quiet")

    with rendered_once():
        versions = []
        months = []
        for number in (1, 0):
            assert build(number) == 0
            versions.insert(0, tree(home.top / "site"))
            months.insert(0, tree(home.top / "months"))
        each_fails(home, build, versions, "site", ("months",))
        assert tree(home.top / "months") in months


def each_fails_anew(home: Home, run: Callable[[], int]) -> list[str]:
    """Let each call of a run fail once, each time over the home as it is now; returns what failed.

    Afterwards the home is as it was, or as the run makes it, and the exit code says which.
    """
    old, aside = tree(home.top), home.top.with_name("aside")
    shutil.copytree(home.top, aside)
    done = run()
    new = tree(home.top)
    assert done in (0, 3)
    assert new != old
    met: list[str] = []
    for number in count(1):
        shutil.rmtree(home.top)
        shutil.copytree(aside, home.top)
        with failing(home.top, number, ERRORS[number % len(ERRORS)]) as failed:
            code = run()
        home.swept()
        assert tree(home.top) == (new if code == done else old), failed
        if not failed:
            return met
        met += failed
    raise AssertionError


def a_book(home: Home, name: str, last: str) -> None:
    """A workbook with a touchpoint on a last day, which may be none."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Touchpoints"
    for row in (
        ("Date", "Client", "Activity"),
        ("2026-09-01", "Acme", "Call"),
        (last, "Bolt", "Call"),
    ):
        sheet.append(row)
    book.save(home.top / name)


@pytest.mark.parametrize(
    "asked",
    [
        ["build", "one/clients.csv", "-o", "a/b/site", *AS_OF, "--single-file"],
        ["letters", "one/clients.csv", "-o", "due", "--as-of", "2027-03-01"],
        ["check", "bad.xlsx", "--annotate", "marked.xlsx"],
        ["adopt", "one/clients.csv", "-o", "clients.xlsx", "--yes"],
        ["adopt", "two/clients.csv", "--into", "good.xlsx", "--yes"],
        ["init", "mine"],
    ],
    ids=lambda asked: " ".join(asked[0:1] + asked[2:3]),
)
def test_of_any_command_what_was_there_or_what_it_makes_stands(home, asked, monkeypatch):
    monkeypatch.setattr("reportgen.writing.scaffold.secrets.token_hex", lambda _: "secret")
    a_book(home, "bad.xlsx", "2026-02-30")
    assert home.run("adopt", "one/clients.csv", "-o", "good.xlsx", "--yes", "--quiet") == 0
    met = each_fails_anew(home, lambda: home.run(*asked, "--quiet"))
    assert len(met) >= 6
