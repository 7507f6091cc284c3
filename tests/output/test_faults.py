"""Each call that changes a file fails once: the old or the new stands whole, and the next run cleans up."""

import contextlib
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import count
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from faults import AS_OF, ERRORS, Home, Met, Tree, changes, counted, failing, tree
from killing import killed
from openpyxl import Workbook

from reportgen.forms.lock import lock
from reportgen.letters.library import library
from reportgen.output import folder
from reportgen.output.file import swapped_file
from reportgen.output.folder import staged
from reportgen.output.ours import MANIFEST
from reportgen.output.owners import folder_of, keep, opened, tidy, write_overview
from reportgen.output.writing import write
from reportgen.problems import ReportError
from reportgen.site import files
from reportgen.site.files import File, Files
from reportgen.writing.scaffold import write_starter

SAME_SECRET = SimpleNamespace(token_hex=lambda _: "0123456789abcdef")


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
    made: dict[str, Files] = {}
    of_report = files.files

    def kept(report, *more):
        if report.source.sha256 not in made:
            site = of_report(report, *more)
            pages = (*site.at_once, *site.further())
            once = [File(page.path, cache(page.render)) for page in pages]
            made[report.source.sha256] = Files(once[:5], lambda: once[5:])
        return made[report.source.sha256]

    with (
        patch.object(files, "files", kept),
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


def each_fails_anew(
    home: Home, run: Callable[[], int], errors: Sequence[int] = ERRORS, lasting: bool = False
) -> list[str]:
    """Let each call of a run fail once, each time over the home as it is now; returns what failed.

    After the next run the home is as it was, or as the run makes it, and the exit code says which.
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
        with failing(home.top, number, errors[number % len(errors)], lasting) as failed:
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
        ["init", "."],
        ["init", "mine", "--from", "one/clients.csv", "--yes"],
    ],
    ids=lambda asked: " ".join(asked[0:1] + asked[2:3]),
)
def test_of_any_command_what_was_there_or_what_it_makes_stands(home, asked, monkeypatch):
    monkeypatch.setattr("reportgen.writing.scaffold.secrets", SAME_SECRET)
    a_book(home, "bad.xlsx", "2026-02-30")
    assert home.run("adopt", "one/clients.csv", "-o", "good.xlsx", "--yes", "--quiet") == 0
    met = each_fails_anew(home, lambda: home.run(*asked, "--quiet"))
    assert len(met) >= 6


def test_nothing_is_left_of_what_openpyxl_keeps_for_a_moment(home):
    """Each call fails once, and once the run is killed there: in the folder for temporary files, too."""
    a_book(home, "bad.xlsx", "2026-02-30")
    top, marked = home.top.parent, home.top / "marked.xlsx"

    def run() -> int:
        return home.run("check", "bad.xlsx", "--annotate", "marked.xlsx", "--quiet")

    def run_met(met: Met) -> int:
        with changes(top, met):
            run()
        return 0

    calls = counted(top, run)
    whole = {*zipfile.ZipFile(marked).namelist()}
    of_openpyxl = [n for n, call in enumerate(calls, start=1) if "/openpyxl." in call]
    assert len(of_openpyxl) >= 4
    for number in range(1, len(calls) + 1):
        marked.unlink(missing_ok=True)
        with failing(top, number, ERRORS[number % len(ERRORS)]) as failed:
            code = run()
        assert marked.exists() == (code == 3), failed
        assert not marked.exists() or {*zipfile.ZipFile(marked).namelist()} == whole, failed
        if number in of_openpyxl:
            assert not [*(top / "tmp").iterdir()] or failed[0].startswith(("unlink", "remove"))
        home.swept()
        assert not [*(top / "tmp").iterdir()], failed
    for number in of_openpyxl:
        marked.unlink(missing_ok=True)
        assert "/openpyxl." in killed(number, run_met)
        home.swept()
        assert not [*(top / "tmp").iterdir()]


@pytest.mark.parametrize("folder", ["mine", "a/mine", "."])
def test_init_that_is_killed_leaves_all_or_nothing(home, folder, monkeypatch):
    """A new folder comes in one step; in hers, the next run does the rest."""
    monkeypatch.setattr("reportgen.writing.scaffold.secrets", SAME_SECRET)
    monkeypatch.setattr("reportgen.writing.scaffold.starter_workbook", lambda: b"workbook")
    into, aside = home.top / folder, home.top.with_name("aside")
    shutil.copytree(home.top, aside)
    old = tree(home.top)
    write_starter(into)
    new = tree(home.top)
    assert len(new) > len(old) + 6

    def begun(met: Met) -> int:
        with changes(home.top, met):
            write_starter(into)
        return 0

    stood = []
    for number in count(1):
        shutil.rmtree(home.top)
        shutil.copytree(aside, home.top)
        where = killed(number, begun)
        found = {path: file for path, file in tree(home.top).items() if path[0] != "."}
        assert folder == "." or found in (old, new), where
        home.swept()
        found = tree(home.top)
        assert found in (old, new), where
        stood.append(found == new)
        if not where:
            break
    assert number > 20
    assert stood == sorted(stood)
    assert {*stood} == {False, True}


def put(home: Home, content: bytes, published: bool) -> int:
    """Put a small site in its place; 1 where that is refused, as the program's exit code."""
    try:
        with staged(home.top / "site", home.books[0], published) as staging:
            pages = {"index.html": content, "clients/acme.html": content}
            write(staging, pages.items(), pages)
    except ReportError:
        return 1
    return 0


@pytest.mark.parametrize("one_step", [True, False], ids=["exchange", "two renames"])
@pytest.mark.parametrize("published", [True, False], ids=["published", "hers"])
@pytest.mark.parametrize(
    "error", [None, *ERRORS], ids=["once", "full", "broken", "no right", "read only"]
)
def test_a_fault_at_any_step_that_passes_or_lasts(home, monkeypatch, one_step, published, error):
    """Where a fault lasts into the second of two renames, the next run puts the site back."""
    if not one_step:
        monkeypatch.setattr(folder, "_exchange", lambda *_: False)
    assert put(home, b"old", published) == 0
    errors = ERRORS if error is None else (error,)
    met = each_fails_anew(home, lambda: put(home, b"new", published), errors, error is not None)
    assert any(call.startswith("rename .site") for call in met) == (not one_step)


def test_the_key_and_the_settings_are_the_old_or_the_new(home):
    key = home.top / "key.csv"
    key.write_text("old")

    def written() -> int:
        try:
            with swapped_file(key) as place:
                place.write_text("new")
        except ReportError:
            return 1
        return 0

    assert len(each_fails_anew(home, written)) >= 10


def test_of_a_locked_report_with_its_key_each_is_the_old_or_the_new(home, monkeypatch):
    """And the passphrase is in no file, whatever fails."""
    monkeypatch.setattr(
        lock, "__defaults__", (bytes,)
    )  # the same each time, so that it can be known
    monkeypatch.setattr("reportgen.forms.lock.ITERATIONS", 1_000)
    words = [f"willow-copper-{name}-harbour-lantern-thistle" for name in ("maple", "birch")]
    top = home.top.parent
    (top / "settings.toml").write_text('[privacy]\nsecret = "0123456789abcdef"\n')
    for number, one in enumerate(words):
        (top / f"passphrase-{number}").write_text(one)

    def build(number: int) -> int:
        return home.run(
            *("build", home.books[number], "-o", "site", *AS_OF, "--quiet"),
            *("--edition", "coach", "--key-file", "key.csv", "--config", top / "settings.toml"),
            *("--password-file", top / f"passphrase-{number}"),
        )

    def stand() -> tuple[Tree, bytes]:
        return tree(home.top / "site"), (home.top / "key.csv").read_bytes()

    with rendered_once():
        assert build(1) == 0
        new = stand()
        assert build(0) == 0
        old = stand()
        for number in count(1):
            with failing(home.top, number, ERRORS[number % len(ERRORS)]) as failed:
                code = build(1)
            for found, before, after in zip(stand(), old, new, strict=True):
                assert found == after if code == 0 else found in (before, after), failed
            for path, content in tree(top).items():
                is_given = path.startswith("passphrase-")
                assert is_given or not any(one.encode() in (content or b"") for one in words), path
            home.swept()
            home.is_tidy("site", "key.csv")
            if not failed:
                break
            assert build(0) == 0
            assert stand() == old
    assert number > 25


def test_what_sweeps_stops_no_run(home):
    """Each call of a sweep fails once: nothing is raised, and the next sweep does the rest."""
    site = home.top / "site"
    for number in count(1):
        for name in (
            "site",
            ".site.reportgen-new",
            ".other.reportgen-old",
            "tmp/reportgen-" + "0" * 16,
        ):
            place = home.top.parent / name if "/" in name else home.top / name
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            write(place, [("a/index.html", b"page")], ["a/index.html"])
        before = tree(site)
        with failing(home.top.parent, number, ERRORS[number % len(ERRORS)]) as failed:
            home.swept()
        home.swept()
        assert tree(site) == before
        found = sorted(path.name for path in home.top.iterdir())
        assert found == ["one", "other", "site", "two"], failed  # the other site is back
        shutil.rmtree(home.top / "other")
        if not failed:
            break
    assert number > 6


class Owners:
    """The folder of a cohort, of which the overview alone is written."""

    def __init__(self, home: Home) -> None:
        self.out = home.top / "owners"
        self._workbooks = home.top / "one"

    def written(self, content: str) -> int:
        """Write an overview with this content; 1 where that is refused, as the program's exit code."""
        files = dict.fromkeys(("overview.json", "report.css"), content)
        try:
            with opened(self.out, self._workbooks) as place:
                tidy(place, ())
                keep(place.kept("anna"), content)
                write_overview(place, files, f"{content}\n{folder_of(files)}")
        except ReportError:
            return 1
        return 0

    def written_met(self, content: str, met: Met) -> int:
        """The same, each change of a file met first."""
        with changes(self.out.parent, met):
            return self.written(content)

    def stands(self) -> str:
        """The content of the overview that stands whole: the page, and the files that it names."""
        content, beside = (self.out / "index.html").read_text().splitlines()
        files = tree(self.out / beside)
        del files[MANIFEST]
        assert files == dict.fromkeys(("overview.json", "report.css"), content.encode())
        return content


def test_of_a_cohorts_overview_the_old_or_the_new_stands(home):
    owners = Owners(home)
    for number in count(1):
        assert owners.written("old") == 0
        clean = tree(home.top)
        with failing(home.top, number, ERRORS[number % len(ERRORS)]) as failed:
            code = owners.written("new")
        assert owners.stands() in (("old", "new") if code else ("new",)), failed
        assert owners.written("old") == 0
        assert tree(home.top) == clean, failed
        if not failed:
            break
    assert number > 20


def test_a_cohorts_overview_that_is_killed_is_the_old_or_the_new(home):
    owners = Owners(home)
    stood = []
    for number in count(1):
        assert owners.written("old") == 0
        clean = tree(home.top)
        where = killed(number, partial(owners.written_met, "new"))
        stood.append(owners.stands())
        assert owners.written("old") == 0
        assert tree(home.top) == clean, where
        if not where:
            break
    assert number > 20
    assert stood == sorted(stood, reverse=True)  # the old ones, and from one call on the new ones
    assert {*stood} == {"old", "new"}
