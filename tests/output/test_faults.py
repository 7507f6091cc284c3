"""Each call that changes a file fails once: the old or the new stands whole, and the next run cleans up."""

import contextlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from faults import ERRORS, counted, failing
from program import reportgen

from reportgen.letters.library import library
from reportgen.output.leftovers import sweep
from reportgen.site import files
from reportgen.site.files import File

ROWS = "Date,Client,Activity\n2026-09-01,Acme,Call\n2026-10-01,{},Call\n"
AS_OF = ("--as-of", "2026-10-31")

Tree = dict[str, bytes | None]


def tree(top: Path) -> Tree:
    """Every path below a folder, with its content; None for a folder."""
    return {
        path.relative_to(top).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(top.rglob("*"))
    }


class Home:
    """A folder with two workbooks of one name, so that each build of the other one makes a new site."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.books = [top / name / "clients.csv" for name in ("one", "two")]
        for book, client in zip(self.books, ("Bolt", "Copper & Co"), strict=True):
            book.parent.mkdir(parents=True)
            book.write_text(ROWS.format(client))
        self._before = self._workbooks()

    def _workbooks(self) -> list[tuple[bytes, int]]:
        return [(book.read_bytes(), book.stat().st_mtime_ns) for book in self.books]

    def run(self, *arguments: object) -> int:
        """The exit code of a run, which has said at most a plain sentence of what stood in its way."""
        run = reportgen(*arguments, cwd=self.top)
        assert run.returncode in (0, 1), run.stderr
        assert "fault of its own" not in run.stderr
        assert "Traceback" not in run.stderr
        assert run.stderr.count("\n") == run.returncode, run.stderr
        return run.returncode

    def swept(self) -> None:
        """What a run of anything does first."""
        sweep([self.top, *(book.parent for book in self.books)])

    def is_tidy(self, *stands: str) -> None:
        """Nothing stands but the workbooks, as they were, and these."""
        assert sorted(path.name for path in self.top.iterdir()) == sorted(["one", "two", *stands])
        assert self._workbooks() == self._before
        assert [sorted(book.parent.iterdir()) for book in self.books] == [[b] for b in self.books]


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
