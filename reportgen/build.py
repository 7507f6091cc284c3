"""One workbook → one folder: the whole walk, top to bottom.

file → cells → Book → Report → pages → folder. Nothing here reads the clock or prints: ``as_of``
is asked once the settings, and with them the time zone, are known. Each function imports the
floors it walks through, so that ``check`` never waits for the charts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reportgen.output import folder

if TYPE_CHECKING:
    from reportgen.model import Book, Edition
    from reportgen.problems import Problem
    from reportgen.report.report import Report
    from reportgen.settings.configuration import Configuration
    from reportgen.settings.settings import Settings
    from reportgen.site.files import File


Form = Literal["site", "single", "locked"]
AsOf = Callable[["Settings"], date]
Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and of how much (0: not known)."""


@dataclass(frozen=True, slots=True)
class Built:
    """What one sentence about a finished site needs."""

    as_of: date
    clients: int
    problems: tuple[Problem, ...]
    unread: tuple[str, ...]
    """The sheets and columns that were not looked at."""


@dataclass(frozen=True, slots=True)
class Shape:
    """For whom a report is, and in what form it comes."""

    edition: Edition = "owner"
    form: Form = "site"
    passphrases: tuple[str, ...] = ()
    """What opens a locked page; each reader has one."""
    appendix: bool = False
    """Whether all tables come along as one .xlsx file; there are none of the public edition."""


FOR_THE_OWNER = Shape()


def build(
    workbook: Path,
    config: Path | None,
    as_of: AsOf,
    staging: Path,
    told: Told,
    shape: Shape = FOR_THE_OWNER,
) -> Built:
    """What was built into the empty folder ``staging``: the report on one workbook.

    Raises: ReportError, when the workbook cannot be read, or not be shared like this; WriteFailed,
    on a full disk.
    """
    from reportgen.editions.redact import redact
    from reportgen.letters.library import library
    from reportgen.pictures.studio import Studio
    from reportgen.settings.configuration import Choice
    from reportgen.site.files import pages

    with Studio() as studio:
        book, settings = _read(workbook, config, told)
        chosen = _configuration(config)
        choice = chosen.editions.get(shape.edition, Choice())
        shown, shown_settings = redact(book, settings, shape.edition, chosen.secret, choice)
        report = _reported(shown, shown_settings, as_of, told)
        known = library(own_letters(workbook))
        site = pages(report, known, studio.draw, shape.appendix)
        folder.write(staging, *_formed(site, shape, told))
    return Built(report.as_of, len(book.relationships), book.problems, book.unread)


def _formed(
    site: Sequence[File], shape: Shape, told: Told
) -> tuple[Iterable[tuple[str, bytes]], list[str]]:
    """The files in the form asked for, and their paths: all the pages, or one page that holds them.

    A site and a locked page, which may be put on the web, come with what a web server looks for.
    """
    rendered = _rendered(site, told)
    if shape.form == "site":
        served = _served()
        return chain(rendered, served), [page.path for page in site] + [path for path, _ in served]
    if shape.form == "single":
        from reportgen.forms.single_file import single_file

        return [("index.html", single_file(dict(rendered)).encode())], ["index.html"]
    from reportgen.forms.lock import lock

    locked = lock(dict(rendered), shape.passphrases)
    files = [("index.html", locked.encode()), *_served()]
    return files, [path for path, _ in files]


def _served() -> list[tuple[str, bytes]]:
    """The page for an address that there is not, and the sign to GitHub to publish files as they are."""
    from reportgen import environments

    page = environments.html().get_template("site/404.html").render()
    return [("404.html", page.encode()), (".nojekyll", b"")]


def analyse(workbook: Path, config: Path | None, as_of: AsOf, told: Told) -> str:
    """The whole analysis as JSON (SPEC 10).

    Raises: ReportError, when the workbook cannot be read.
    """
    from reportgen.figures.machine import as_json

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
    from reportgen.writing.annotate import annotated_copy

    book = check(workbook, config, told)
    if not book.problems:
        return book, ()
    told("Marking the cells", 0, 0)
    return book, tuple(annotated_copy(workbook, book.problems, copy))


def explain(
    workbook: Path, config: Path | None, as_of: AsOf, client: str, figure: str | None, told: Told
) -> str:
    """Every figure of one client, or the one asked for, in plain text.

    Raises: ReportError, when the workbook cannot be read or has no such client, and for a figure
    that there is not.
    """
    from reportgen.figures import explain as plain_text

    book, settings = _read(workbook, config, told)
    return plain_text.explain(_reported(book, settings, as_of, told), client, figure)


@dataclass(frozen=True, slots=True)
class Posted:
    """What one sentence about the letters that are due needs."""

    as_of: date
    letters: int
    unfinished: int
    """Those of them with places that the owner fills in."""
    notes: tuple[str, ...]
    """One sentence for each of the owner's own letters that could not be used."""


def letters(workbook: Path, config: Path | None, as_of: AsOf, staging: Path, told: Told) -> Posted:
    """What was written into the empty folder ``staging``: the letters that are due, filled in.

    Nothing is written when none is due.

    Raises: ReportError, when the workbook cannot be read; WriteFailed, on a full disk.
    """
    from reportgen.letters.due import envelopes
    from reportgen.letters.library import library

    book, settings = _read(workbook, config, told)
    report = _reported(book, settings, as_of, told)
    known = library(own_letters(workbook))
    due = envelopes(report, known)
    files = [file for one in due for file in one.files]
    if files:
        told("Writing the letters", 0, 0)
        folder.write(staging, files, [path for path, _ in files])
    return Posted(
        as_of=report.as_of,
        letters=len(due),
        unfinished=sum(bool(one.missing) for one in due),
        notes=known.problems,
    )


def own_letters(workbook: Path) -> Path | None:
    """The folder ``letters`` beside the workbook, inside it where that is a folder, if there is one.

    A folder that reportgen wrote letters into is none: nothing in it is a template.
    """
    own = (workbook if workbook.is_dir() else workbook.parent) / "letters"
    ours = os.path.lexists(own / folder.MANIFEST)  # False, too, where it cannot be entered
    return own if os.path.isdir(own) and not ours else None


def own_configuration(workbook: Path) -> Path | None:
    """The file ``reportgen.toml`` beside the workbook, or in it where that is a folder; None without."""
    own = (workbook if workbook.is_dir() else workbook.parent) / "reportgen.toml"
    return own if os.path.isfile(own) else None


def _read(workbook: Path, config: Path | None, told: Told) -> tuple[Book, Settings]:
    from reportgen.reading.book import read

    told("Reading the workbook", 0, 0)
    return read(workbook, _configuration(config))


def _configuration(config: Path | None) -> Configuration:
    from reportgen.settings.configuration import DEFAULTS, read_configuration

    return DEFAULTS if config is None else read_configuration(config)


def _reported(book: Book, settings: Settings, as_of: AsOf, told: Told) -> Report:
    from reportgen.report.report import make_report

    told("Working out the figures", 0, 0)
    return make_report(book, settings, as_of(settings))


def _rendered(site: Sequence[File], told: Told) -> Iterator[tuple[str, bytes]]:
    for number, page in enumerate(site):
        told("Writing the pages", number, len(site))
        content = page.render()
        yield page.path, content if isinstance(content, bytes) else content.encode()
