"""What counts as a save, and when it is seen."""

import threading
import time

import pytest

from reportgen.preview import saves as module
from reportgen.preview.saves import Sources, Stop, saves


@pytest.fixture
def sources(tmp_path) -> Sources:
    (tmp_path / "letters").mkdir()
    for name in ("clients.xlsx", "reportgen.toml", "letters/thank-you.md"):
        (tmp_path / name).write_text("as it was")
    return Sources(tmp_path / "clients.xlsx", tmp_path / "reportgen.toml")


@pytest.mark.parametrize(
    "name",
    [
        *("~$clients.xlsx", ".~lock.clients.xlsx#", "other.xlsx", "clients.xlsx.tmp"),
        *("4F2A1000", "clients~.xlsx", "site/index.html", "notes.csv", "notes.md"),
        *("letters/.thank-you.md.swp", "letters/~$thank-you.md", "letters/picture.png"),
    ],
)
def test_other_files_are_no_save(sources, tmp_path, name):
    before = sources.look()
    assert len(before) == 3
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("new")
    assert sources.look() == before


@pytest.mark.parametrize("name", ["clients.xlsx", "reportgen.toml", "letters/thank-you.md"])
@pytest.mark.parametrize("way", ["in place", "by renaming", "deleted"])
def test_what_the_report_is_made_of_is_saved(sources, tmp_path, name, way):
    before = sources.look()
    if way == "in place":
        (tmp_path / name).write_text("as it is now")
    elif way == "by renaming":
        (tmp_path / "aside").write_text("as it was")
        (tmp_path / "aside").replace(tmp_path / name)
    else:
        (tmp_path / name).unlink()
    after = sources.look()
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert changed == {tmp_path / name}


def test_a_new_letter_is_a_save(sources, tmp_path):
    before = sources.look()
    (tmp_path / "letters" / "welcome.md").write_text("new")
    assert set(sources.look()) - set(before) == {tmp_path / "letters" / "welcome.md"}


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        *(("Sales.csv", True), ("Touchpoints.CSV", True), ("letters/welcome.md", True)),
        *(("~$Sales.csv", False), (".~lock.Sales.csv#", False), ("notes.txt", False)),
    ],
)
def test_of_a_folder_the_tables_and_the_letters_count(tmp_path, name, counts):
    (tmp_path / "letters").mkdir()
    sources = Sources(tmp_path, None)
    before = sources.look()
    (tmp_path / name).write_text("new")
    assert (sources.look() != before) is counts


def test_settings_made_beside_the_workbook_are_a_save_unless_others_were_named(tmp_path):
    book, own = tmp_path / "clients.xlsx", tmp_path / "reportgen.toml"
    book.write_bytes(b"1")
    (tmp_path / "named.toml").write_bytes(b"1")
    beside, named = Sources(book, None), Sources(book, tmp_path / "named.toml")
    assert list(beside.look()) == [book]
    own.write_bytes(b"1")
    assert list(beside.look()) == [book, own]
    assert list(named.look()) == [book, tmp_path / "named.toml"]


def test_the_folders_are_those_where_a_save_happens(sources, tmp_path):
    assert sources.folders() == [tmp_path, tmp_path / "letters"]
    away = tmp_path / "stick"
    assert Sources(away / "clients.xlsx", None).folders() == []
    away.mkdir()
    (tmp_path / "letters").rename(away / "letters")
    (away / "clients.xlsx").symlink_to(tmp_path / "clients.xlsx")
    link = Sources(away / "clients.xlsx", None)
    assert link.folders() == [tmp_path, away, away / "letters"]


def test_a_link_that_leads_to_itself_is_waited_for(tmp_path):
    (tmp_path / "clients.xlsx").symlink_to(tmp_path / "clients.xlsx")
    sources = Sources(tmp_path / "clients.xlsx", None)
    assert (sources.look(), sources.folders()) == ({}, [tmp_path])


@pytest.mark.parametrize("fault", [OSError, RuntimeError])
def test_a_save_is_seen_where_the_system_tells_of_none(sources, tmp_path, monkeypatch, fault):
    def deaf(*_folders, **_options):
        raise fault("too many open files")

    monkeypatch.setattr(module, "watch", deaf)
    monkeypatch.setattr(module, "_UNHEARD_SECONDS", 0.01)
    monkeypatch.setattr(module, "_SETTLED_SECONDS", 0.01)
    stop = Stop()
    found = saves(sources, stop)
    assert next(found) == ()
    (tmp_path / "clients.xlsx").write_text("as it is now")
    (tmp_path / "letters" / "thank-you.md").write_text("as it is now")
    assert next(found) == ("clients.xlsx", "thank-you.md")
    stop.asked = True
    assert list(found) == []


def test_a_save_during_a_build_makes_one_more(sources, tmp_path):
    stop = Stop()
    found = saves(sources, stop)
    next(found)
    (tmp_path / "clients.xlsx").write_text("during the first")
    assert next(found) == ("clients.xlsx",)
    (tmp_path / "clients.xlsx").write_text("during the second, once")
    (tmp_path / "clients.xlsx").write_text("during the second, and twice")
    assert next(found) == ("clients.xlsx",)
    asked = threading.Timer(1.5, setattr, (stop, "asked", True))
    asked.start()
    assert list(found) == []
    asked.join()


@pytest.fixture
def told_at_once(monkeypatch):
    """As where the system tells of everything at once: without it what comes together is told together."""
    monkeypatch.setattr(module, "_SETTLED_SECONDS", 1.0)

    def at_once(*_folders, stop_event, **_options):
        while not stop_event.is_set():
            time.sleep(0.01)
            yield set()

    monkeypatch.setattr(module, "watch", at_once)


@pytest.mark.usefixtures("told_at_once")
def test_a_file_that_is_moved_away_and_back_is_no_save(tmp_path):
    book, aside = tmp_path / "clients.xlsx", tmp_path / "aside"
    book.write_text("as it was")
    stop = Stop()
    found = saves(Sources(book, None), stop)
    next(found)
    book.rename(aside)
    threading.Timer(0.3, aside.rename, (book,)).start()
    threading.Timer(3, setattr, (stop, "asked", True)).start()
    assert list(found) == []


@pytest.mark.usefixtures("told_at_once")
def test_a_program_that_deletes_before_it_writes_saves_once(tmp_path):
    book = tmp_path / "clients.xlsx"
    book.write_text("as it was")
    found = saves(Sources(book, None), Stop())
    next(found)
    threading.Timer(0.3, book.write_text, ("as it is now",)).start()
    book.unlink()
    assert next(found) == ("clients.xlsx",)
    assert book.read_text() == "as it is now"
