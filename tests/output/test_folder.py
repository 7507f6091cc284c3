"""Putting a site in its place: what is replaced, what is refused, what a killed run leaves."""

import ctypes
import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen.output import folder
from reportgen.output.file import staged_file
from reportgen.output.folder import staged
from reportgen.output.ours import MANIFEST
from reportgen.output.writing import WriteFailed, write
from reportgen.problems import ReportError

PAGES = {"index.html": b"new", "clients/acme.html": b"acme"}


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "clients.xlsx"
    path.write_bytes(b"rows")
    return path


def put(out: Path, workbook: Path, pages: dict[str, bytes] = PAGES) -> None:
    with staged(out, workbook) as staging:
        write(staging, pages.items(), pages)


def tree(top: Path) -> dict[str, bytes | None]:
    """Every path below ``top``, with its content; None for a folder."""
    return {
        path.relative_to(top).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(top.rglob("*"))
    }


def site_files(top: Path) -> dict[str, bytes | None]:
    found = tree(top)
    assert found.pop(MANIFEST) is not None
    return found


def test_a_new_folder_and_those_above_it_are_made(tmp_path, workbook):
    put(tmp_path / "reports" / "2026" / "site", workbook)
    assert site_files(tmp_path / "reports" / "2026" / "site") == {
        "index.html": b"new",
        "clients": None,
        "clients/acme.html": b"acme",
    }
    assert sorted(p.name for p in (tmp_path / "reports" / "2026").iterdir()) == ["site"]


def test_an_empty_folder_is_filled(tmp_path, workbook):
    (tmp_path / "site").mkdir()
    put(tmp_path / "site", workbook)
    assert (tmp_path / "site" / "index.html").read_bytes() == b"new"


@pytest.mark.parametrize("one_step", [True, False], ids=["exchange", "two renames"])
def test_a_site_of_ours_is_replaced_whole(tmp_path, workbook, monkeypatch, one_step):
    if not one_step:
        monkeypatch.setattr(folder, "_exchange", lambda one, other: False)
    put(tmp_path / "site", workbook, {"old.html": b"old", "index.html": b"old"})
    put(tmp_path / "site", workbook)
    assert site_files(tmp_path / "site") == {
        "index.html": b"new",
        "clients": None,
        "clients/acme.html": b"acme",
    }
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clients.xlsx", "site"]


def modes(top: Path) -> dict[str, int]:
    """The permissions of a folder and of everything in it."""
    return {path.name: path.stat().st_mode & 0o777 for path in [top, *top.rglob("*")]}


@pytest.mark.parametrize("before", [None, 0o777])
def test_nobody_but_the_owner_can_enter_a_site(tmp_path, workbook, before):
    site = tmp_path / "site"
    if before is not None:
        site.mkdir()
        site.chmod(before)
    put(site, workbook)
    assert site.stat().st_mode & 0o777 == 0o700
    site.chmod(0o755)
    put(site, workbook)
    assert site.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("before", "folders", "files"),
    [(None, 0o755, 0o644), (0o750, 0o750, 0o640), (0o755, 0o755, 0o644)],
)
def test_what_is_published_can_be_read_as_the_folder_before_it(
    tmp_path, workbook, before, folders, files
):
    site = tmp_path / "site"
    if before is not None:
        put(site, workbook)
        site.chmod(before)
    umask = os.umask(0o077)
    try:
        with staged(site, workbook, published=True) as staging:
            write(staging, PAGES.items(), PAGES)
    finally:
        os.umask(umask)
    assert modes(site) == {"site": folders, "clients": folders} | dict.fromkeys(
        [MANIFEST, "index.html", "acme.html"], files
    )


def test_what_a_file_manager_drops_does_not_stop_a_rebuild(tmp_path, workbook):
    put(tmp_path / "site", workbook)
    (tmp_path / "site" / "clients" / ".DS_Store").write_bytes(b"x")
    put(tmp_path / "site", workbook)
    assert ".DS_Store" not in {p.name for p in tmp_path.rglob("*")}


def refused(out: Path, workbook: Path, among: Path) -> str:
    """The sentence with which ``out`` is refused; nothing below ``among`` has changed."""
    before = tree(among)
    with pytest.raises(ReportError) as caught:
        put(out, workbook)
    assert tree(among) == before
    return str(caught.value)


def test_a_folder_of_someone_else_is_refused(tmp_path, workbook):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.odt").write_bytes(b"years")
    assert "did not make" in refused(tmp_path / "site", workbook, tmp_path)


@pytest.mark.parametrize("name", ["photo.jpg", "clients/notes.txt", ".git/config"])
def test_a_file_of_someone_else_in_our_folder_is_named(tmp_path, workbook, name):
    put(tmp_path / "site", workbook)
    (tmp_path / "site" / name).parent.mkdir(exist_ok=True)
    (tmp_path / "site" / name).write_bytes(b"hers")
    sentence = refused(tmp_path / "site", workbook, tmp_path)
    assert name.split("/", maxsplit=1)[0] in sentence


def test_an_empty_folder_of_someone_else_in_our_folder_is_named(tmp_path, workbook):
    put(tmp_path / "site", workbook)
    (tmp_path / "site" / "drafts").mkdir()
    assert "drafts" in refused(tmp_path / "site", workbook, tmp_path)


def test_a_page_turned_into_a_link_is_named(tmp_path, workbook):
    put(tmp_path / "site", workbook)
    (tmp_path / "site" / "index.html").unlink()
    (tmp_path / "site" / "index.html").symlink_to(workbook)
    assert "index.html" in refused(tmp_path / "site", workbook, tmp_path)


def test_a_manifest_of_another_program_does_not_make_it_ours(tmp_path, workbook):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / MANIFEST).write_text('{"made_by": "other", "files": []}')
    assert "did not make" in refused(tmp_path / "site", workbook, tmp_path)


def test_a_link_is_refused_and_its_target_untouched(tmp_path, workbook):
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")
    assert "is a link to another folder" in refused(tmp_path / "site", workbook, tmp_path)


def test_a_file_is_refused(tmp_path, workbook):
    (tmp_path / "site").write_bytes(b"a letter")
    assert "is a file" in refused(tmp_path / "site", workbook, tmp_path)
    assert "is a file" in refused(tmp_path / "site" / "below", workbook, tmp_path)


def test_home_the_current_folder_and_what_holds_them_or_the_workbook_are_refused(
    tmp_path, monkeypatch
):
    home, here, books = (tmp_path / name for name in ("home", "here", "books"))
    for place in (home / "ann", here / "now", books / "mine"):
        place.mkdir(parents=True)
    workbook = books / "mine" / "clients.xlsx"
    workbook.write_bytes(b"rows")
    monkeypatch.setenv("HOME", str(home / "ann"))
    monkeypatch.setenv("USERPROFILE", str(home / "ann"))
    monkeypatch.chdir(here / "now")
    for out, words in (
        (home / "ann", "home folder"),
        (home, "home folder"),
        (here / "now", "working in"),
        (Path(), "working in"),
        (Path(".."), "working in"),
        (books / "mine", "your workbook"),
        (books, "your workbook"),
        (Path("/"), "home folder"),
    ):
        assert words in refused(out, workbook, tmp_path), out


def test_when_the_body_fails_nothing_has_changed(tmp_path, workbook):
    put(tmp_path / "site", workbook)
    before = tree(tmp_path)

    def stopped():
        yield "index.html", b"half"
        raise KeyboardInterrupt

    for out in (tmp_path / "site", tmp_path / "a" / "b" / "site"):
        with pytest.raises(KeyboardInterrupt), staged(out, workbook) as staging:
            write(staging, stopped(), ["index.html"])
        assert tree(tmp_path) == before


def test_a_full_disk_is_one_sentence_and_nothing_has_changed(tmp_path, workbook, monkeypatch):
    put(tmp_path / "site", workbook)
    before = tree(tmp_path)
    real = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "acme.html":
            real(path, content[:2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ReportError, match="disk is full"):
        put(tmp_path / "site", workbook)
    assert tree(tmp_path) == before


def test_what_fails_while_writing_keeps_its_number(tmp_path):
    with pytest.raises(WriteFailed) as caught:
        write(tmp_path / "absent", [], [])
    assert caught.value.errno == errno.ENOENT


@pytest.mark.parametrize("path", ["../index.html", "/index.html", MANIFEST])
def test_a_page_never_leaves_its_folder(tmp_path, path):
    with pytest.raises(ValueError, match="no place for a page"):
        write(tmp_path, [(path, b"")], [path])


def test_a_site_under_its_other_name_between_two_renames_is_put_back(tmp_path, workbook):
    put(tmp_path / "site", workbook, {"index.html": b"old"})
    (tmp_path / "site").rename(tmp_path / ".site.reportgen-old")
    (tmp_path / ".site.reportgen-new").mkdir()
    with pytest.raises(KeyboardInterrupt), staged(tmp_path / "site", workbook):
        raise KeyboardInterrupt
    assert site_files(tmp_path / "site") == {"index.html": b"old"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clients.xlsx", "site"]


def test_a_left_folder_with_something_foreign_in_it_is_named_and_kept(tmp_path, workbook):
    put(tmp_path / "left", workbook)
    (tmp_path / "left").rename(tmp_path / ".site.reportgen-new")
    (tmp_path / ".site.reportgen-new" / "hers.txt").write_bytes(b"hers")
    assert ".site.reportgen-new" in refused(tmp_path / "site", workbook, tmp_path)


WRITER = """
import sys, time
from pathlib import Path
from reportgen.output.folder import staged
from reportgen.output.writing import write
with staged(Path(sys.argv[1]), Path(sys.argv[2])) as staging:
    def pages():
        yield "index.html", b"half"
        print("writing", flush=True)
        time.sleep(60)
    write(staging, pages(), ["index.html", "b.html"])
"""


@pytest.fixture
def writing(tmp_path, workbook):
    """A run that is in the middle of writing ``site``."""
    put(tmp_path / "site", workbook, {"index.html": b"old"})
    run = subprocess.Popen(
        [sys.executable, "-c", WRITER, tmp_path / "site", workbook], stdout=subprocess.PIPE
    )
    with run:
        assert run.stdout is not None
        assert run.stdout.readline().strip() == b"writing"
        yield run
        run.kill()


def test_a_killed_run_leaves_the_old_site_and_the_next_one_tidies_up(tmp_path, workbook, writing):
    writing.kill()
    writing.wait()
    assert site_files(tmp_path / "site") == {"index.html": b"old"}
    assert (tmp_path / ".site.reportgen-new").exists()
    put(tmp_path / "site", workbook)
    assert (tmp_path / "site" / "index.html").read_bytes() == b"new"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clients.xlsx", "site"]


def test_a_second_run_into_the_same_folder_waits_its_turn(tmp_path, workbook, writing):
    said = refused(tmp_path / "site", workbook, tmp_path)
    assert said == (
        f"Another run of reportgen is writing {tmp_path / 'site'}; wait until it is done."
    )
    assert writing.poll() is None


def test_what_a_run_left_that_was_killed_in_its_first_moment_is_put_right(tmp_path, workbook):
    """Killed after it wrote its manifest aside, and before it gave that its name."""
    left = tmp_path / ".site.reportgen-new"
    left.mkdir()
    (left / ".reportgen.json.new").write_text("{")
    with staged(tmp_path / "site", workbook) as staging:
        write(staging, [("index.html", b"new")], ["index.html"])
    assert site_files(tmp_path / "site") == {"index.html": b"new"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clients.xlsx", "site"]


@pytest.mark.slow
def test_killed_at_any_moment_there_is_a_whole_site(tmp_path, workbook):
    """One old or one new site, never a mixture, over kills at 20 moments of one run's length."""
    code = (
        "import sys; from pathlib import Path; from reportgen.output.folder import staged\n"
        "from reportgen.output.writing import write\n"
        "pages = {f'{n}.html': sys.argv[3].encode() for n in range(300)}\n"
        "with staged(Path(sys.argv[1]), Path(sys.argv[2])) as staging:\n"
        "    write(staging, pages.items(), pages)\n"
    )

    def start(mark: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", code, tmp_path / "site", workbook, mark])

    begun = time.monotonic()
    assert start("0").wait() == 0
    length = time.monotonic() - begun
    for number in range(1, 21):
        run = start(str(number))
        time.sleep(length * number / 18)
        run.kill()
        run.wait()
        found = site_files(tmp_path / "site")
        assert len(found) == 300
        assert len(set(found.values())) == 1
    assert start("last").wait() == 0
    assert set(site_files(tmp_path / "site").values()) == {b"last"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clients.xlsx", "site"]


def test_a_file_is_put_in_its_place_when_it_is_finished(tmp_path):
    with staged_file(tmp_path / "marked.xlsx") as staging:
        staging.write_bytes(b"marked")
        assert staging.suffix == ".xlsx"
        assert not (tmp_path / "marked.xlsx").exists()
    assert tree(tmp_path) == {"marked.xlsx": b"marked"}


def test_a_file_that_nobody_wrote_is_not_made(tmp_path):
    with staged_file(tmp_path / "marked.xlsx"):
        pass
    assert tree(tmp_path) == {}


def test_an_existing_file_is_never_overwritten(tmp_path):
    (tmp_path / "marked.xlsx").write_bytes(b"hers")
    with pytest.raises(ReportError, match="exists already"), staged_file(tmp_path / "marked.xlsx"):
        pass
    assert tree(tmp_path) == {"marked.xlsx": b"hers"}


def test_a_half_written_file_goes(tmp_path):
    def fill(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with (
        pytest.raises(ReportError, match="disk is full"),
        staged_file(tmp_path / "marked.xlsx") as staging,
    ):
        fill(staging)
    assert tree(tmp_path) == {}


def test_only_the_owner_may_read_a_new_file(tmp_path):
    before = os.umask(0o022)
    try:
        with staged_file(tmp_path / "clients.xlsx") as staging:
            staging.write_bytes(b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "clients.xlsx").stat().st_mode & 0o777 == 0o600


class Loaded:
    """A C library that notes how it was asked to exchange two folders, and answers with ``code``."""

    def __init__(self, code: int) -> None:
        self.code = code
        self.asked: list[tuple[object, ...]] = []

    def renameat2(self, *arguments: object) -> int:
        self.asked.append(arguments)
        return self.code


@pytest.mark.parametrize(("code", "done"), [(0, True), (-1, False), (1, False)])
def test_linux_is_asked_to_exchange_the_folders_in_one_step(monkeypatch, code, done):
    """As renameat2(2) has it: AT_FDCWD is -100, RENAME_EXCHANGE 2, and 0 says that it is done."""
    library = Loaded(code)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    assert folder._exchange(Path("new"), Path("site")) is done
    assert library.asked == [(-100, b"new", -100, b"site", 2)]


def test_elsewhere_nothing_is_exchanged(monkeypatch):
    library = Loaded(0)
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert folder._exchange(Path("new"), Path("site")) is False
    assert library.asked == []


def test_without_such_a_call_nothing_is_exchanged(monkeypatch):
    def absent(name: None) -> object:
        raise OSError("no library of that name")

    monkeypatch.setattr(sys, "platform", "linux")
    for library in (lambda name: object(), absent):
        monkeypatch.setattr(ctypes, "CDLL", library)
        assert folder._exchange(Path("new"), Path("site")) is False


def test_an_outdated_site_that_a_killed_run_left_goes(tmp_path, workbook):
    """Killed after the second rename: the new site stands, and the one before it beside it."""
    put(tmp_path / "site", workbook, {"index.html": b"newer"})
    put(tmp_path / ".site.reportgen-old", workbook, {"index.html": b"old"})
    put(tmp_path / "site", workbook)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clients.xlsx", "site"]
    assert (tmp_path / "site" / "index.html").read_bytes() == b"new"


def test_where_the_second_rename_fails_the_site_before_stands_again(
    tmp_path, workbook, monkeypatch
):
    monkeypatch.setattr(folder, "_exchange", lambda one, other: False)
    put(tmp_path / "site", workbook, {"index.html": b"old"})
    before = tree(tmp_path)
    rename = Path.rename

    def refusing(path: Path, target: Path) -> Path:
        if path.name == ".site.reportgen-new":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(ReportError, match="could not be written"):
        put(tmp_path / "site", workbook)
    assert tree(tmp_path) == before


def test_what_she_puts_into_the_site_while_it_is_written_stays(tmp_path, workbook):
    put(tmp_path / "site", workbook, {"index.html": b"old"})

    def meanwhile():
        with staged(tmp_path / "site", workbook) as staging:
            write(staging, PAGES.items(), PAGES)
            (tmp_path / "site" / "notes.txt").write_bytes(b"hers")

    with pytest.raises(ReportError, match=r"holds notes\.txt, which reportgen did not make"):
        meanwhile()
    assert site_files(tmp_path / "site") == {"index.html": b"old", "notes.txt": b"hers"}
