"""The walks beside ``build``: how far each goes, and what it answers."""

from datetime import date

import pytest

from reportgen.problems import ReportError
from reportgen.run.job import Job, Walk
from reportgen.run.walks import walk

AS_OF = date(2026, 10, 31)


def as_of(_settings: object) -> date:
    return AS_OF


def untold(step: str, done: int, of: int) -> None:
    pass


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "touchpoints.csv"
    path.write_text("Date,Client,Minutes\n2026-09-01,Acme,30\n2026-10-01,Bell,soon\n")
    return path


def test_the_date_is_asked_once_the_settings_are_known(tmp_path, book):
    config = tmp_path / "reportgen.toml"
    config.write_text('[settings]\ntime_zone = "Pacific/Niue"\n')
    asked = []

    def of_the_settings(settings):
        asked.append(settings.time_zone)
        return AS_OF

    answer = walk(Job(Walk.ANALYSE, book, config), of_the_settings, untold)
    assert '"as_of": "2026-10-31"' in answer.text
    assert asked == ["Pacific/Niue"]


def test_check_counts_cells_and_problems(book):
    answer = walk(Job(Walk.CHECK, book), as_of, untold)
    assert ([str(p.where) for p in answer.each], answer.cells) == (["Touchpoints!C3"], 6)


def test_annotate_writes_nothing_when_there_is_nothing_to_mark(tmp_path, book):
    book.write_text("Date,Client\n2026-09-01,Acme\n")
    answer = walk(Job(Walk.ANNOTATE, book, out=tmp_path / "marked.xlsx"), as_of, untold)
    assert (answer.problems.number, answer.each, answer.notes) == (0, (), ())
    assert not (tmp_path / "marked.xlsx").exists()


def test_explain_names_its_client(book):
    answer = walk(Job(Walk.EXPLAIN, book, client="acme"), as_of, untold)
    assert answer.text.startswith("Acme, as of 31 October 2026\n")


def test_letters_that_are_due_are_counted_and_written(tmp_path, book):
    book.write_text("Date,Client\n2026-07-01,Acme\n")
    answer = walk(Job(Walk.LETTERS, book, out=tmp_path), as_of, untold)
    assert (answer.as_of, answer.letters) == (AS_OF, 1)
    assert (tmp_path / "01-acme-reconnection.md").is_file()


def test_no_such_configuration(tmp_path, book):
    with pytest.raises(ReportError, match=r"absent\.toml"):
        walk(Job(Walk.CHECK, book, tmp_path / "absent.toml"), as_of, untold)
