"""One workbook → one folder: the whole walk, top to bottom.

file → cells → Book → Report → pages → folder. Nothing here reads the clock or prints: ``as_of``
is asked once the settings, and with them the time zone, are known. Each function imports the
floors it walks through, so that ``check`` never waits for the charts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import folder

if TYPE_CHECKING:
    from reportgen.model import Book
    from reportgen.problems import Problem
    from reportgen.report import Report
    from reportgen.settings import Configuration, Settings
    from reportgen.site.pages import Page

AsOf = Callable[["Settings"], date]
Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and of how much (0: not known)."""


@dataclass(frozen=True, slots=True)
class Built:
    """What one sentence about a finished site needs."""

    as_of: date
    clients: int
    problems: tuple[Problem, ...]


def build(workbook: Path, config: Path | None, as_of: AsOf, staging: Path, told: Told) -> Built:
    """What was built into the empty folder ``staging``: the site of one workbook.

    Raises: ReportError, when the workbook cannot be read; WriteFailed, on a full disk.
    """
    from reportgen.site.letters import library
    from reportgen.site.pages import pages
    from reportgen.site.studio import Studio

    with Studio() as studio:
        book, settings = _read(workbook, config, told)
        report = _reported(book, settings, as_of, told)
        site = pages(report, library(own_letters(workbook)), studio.draw)
        folder.write(staging, _rendered(site, told), [page.path for page in site])
    return Built(report.as_of, len(book.relationships), book.problems)


def analyse(workbook: Path, config: Path | None, as_of: AsOf, told: Told) -> str:
    """The whole analysis as JSON (SPEC 10).

    Raises: ReportError, when the workbook cannot be read.
    """
    from reportgen.site.machine import as_json

    book, settings = _read(workbook, config, told)
    return as_json(_reported(book, settings, as_of, told))


def check(workbook: Path, config: Path | None, told: Told) -> Book:
    """The Book with every problem of the workbook.

    Raises: ReportError, when the workbook cannot be read.
    """
    return _read(workbook, config, told)[0]


def annotate(
    workbook: Path, config: Path | None, copy: Path, told: Told
) -> tuple[Book, tuple[str, ...]]:
    """The Book, and what the marked copy of its workbook had to leave out, in the owner's words.

    Without a problem there is nothing to mark, and no copy is written.

    Raises: ReportError, when the workbook cannot be read or copied.
    """
    from reportgen.reading.annotate import annotated_copy

    book = check(workbook, config, told)
    if not book.problems:
        return book, ()
    told("Marking the cells", 0, 0)
    return book, tuple(annotated_copy(workbook, book.problems, copy))


def own_letters(workbook: Path) -> Path | None:
    """The folder ``letters`` beside the workbook, inside it where that is a folder, if there is one."""
    folder = (workbook if workbook.is_dir() else workbook.parent) / "letters"
    return folder if folder.is_dir() else None


def _read(workbook: Path, config: Path | None, told: Told) -> tuple[Book, Settings]:
    from reportgen.reading.book import read

    told("Reading the workbook", 0, 0)
    return read(workbook, _configuration(config))


def _configuration(config: Path | None) -> Configuration:
    from reportgen.settings import DEFAULTS, read_configuration

    return DEFAULTS if config is None else read_configuration(config)


def _reported(book: Book, settings: Settings, as_of: AsOf, told: Told) -> Report:
    from reportgen.report import make_report

    told("Working out the figures", 0, 0)
    return make_report(book, settings, as_of(settings))


def _rendered(site: Sequence[Page], told: Told) -> Iterator[tuple[str, bytes]]:
    for number, page in enumerate(site):
        told("Writing the pages", number, len(site))
        content = page.render()
        yield page.path, content if isinstance(content, bytes) else content.encode()
