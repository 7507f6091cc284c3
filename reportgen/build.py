"""One workbook → one folder: the whole walk, top to bottom.

file → tables → Book → Findings → Report → pages → folder. Nothing here reads the clock or prints.
Each function imports the floors that it walks through, so that ``check`` never waits for the charts.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.forms.form import Form
from reportgen.model import Edition
from reportgen.output import writing
from reportgen.output.ours import MANIFEST
from reportgen.output.rendered import content, write_rendered
from reportgen.values import dataclass

if TYPE_CHECKING:
    from reportgen.model import Book
    from reportgen.output.months import Place
    from reportgen.problems import Problem
    from reportgen.report.report import Report
    from reportgen.settings.configuration import Configuration
    from reportgen.settings.settings import Settings
    from reportgen.site.files import File, Files

AsOf = Callable[["Settings"], date]
"""The day that the report is about. Today depends on the time zone, so the settings are read first."""
Told = Callable[[str, int, int], None]
"""Hears which step the walk is at, how much of the step is done, and of how much (0: not known)."""


@dataclass(frozen=True, slots=True)
class Built:
    """What the closing sentence about a finished report needs, and the report itself."""

    report: Report
    as_of: date
    clients: int
    problems: tuple[Problem, ...]
    unread: tuple[str, ...]
    """The sheets and columns that were not looked at, in the owner's words."""
    remarks: tuple[str, ...]
    """How rows were counted that say themselves how."""
    notes: tuple[str, ...] = ()
    """Why the month was not kept, where it was to be."""
    made: str = ""
    """The digest of the files."""


@dataclass(frozen=True, slots=True)
class Shape:
    """For whom a report is, and in what form it comes."""

    edition: Edition = Edition.OWNER
    form: Form = Form.SITE
    passphrases: tuple[str, ...] = ()
    """Each opens the locked page; a reader gets one. Empty unless the form is locked."""
    appendix: bool = False
    """Whether all tables come along as one .xlsx file; the public edition has none."""
    all_pages: bool = False
    """Whether every client gets a page, however many they are."""
    months: Place | None = None
    """Where the owner's letters are kept month by month; None where they are not."""
    key: Path | None = None
    """The file for her key to the coach's pseudonyms; None where she wants none."""


FOR_THE_OWNER = Shape()


def build(
    workbook: Path,
    configuration: Configuration,
    as_of: AsOf,
    staging: Path,
    told: Told,
    shape: Shape = FOR_THE_OWNER,
    processors: int = 1,
) -> Built:
    """Write the report on one workbook into the empty folder ``staging``; returns what it came to.

    With two ``processors`` a second process helps, most of all to write the pages: only for a caller
    that is a process of its own.

    Raises: ReportError, when the workbook cannot be read or not be shared in this shape; WriteFailed,
    for example on a full disk.
    """
    from reportgen.editions.redact import key, redact
    from reportgen.letters.library import library
    from reportgen.output.key_file import write_key
    from reportgen.site import kept
    from reportgen.site.files import files

    book, settings = read_workbook(workbook, configuration, told)
    choice = configuration.choice(shape.edition)
    shown, shown_settings = redact(book, settings, shape.edition, configuration.secret, choice)
    if shape.key is not None:
        write_key(shape.key, key(book, settings, configuration.secret))
    report = work_out(shown, shown_settings, as_of, told, processors)
    letters = library(own_letters(workbook))
    earlier = kept.earlier(report, shape.months, staging) if shape.months else ()
    site = files(report, letters, shape.appendix, earlier, shape.all_pages)
    made = _write(site, shape, staging, told, processors)
    notes = kept.keep(report, shape.months, staging) if shape.months else ()
    clients = len(book.relationships)
    return Built(
        report, report.as_of, clients, book.problems, book.unread, book.remarks, notes, made
    )


def walk_through() -> None:
    """Import what a build takes, as somebody can who knows that there will be one."""
    import reportgen.editions.redact
    import reportgen.letters.library
    import reportgen.reading.book
    import reportgen.report.report
    import reportgen.site.files
    import reportgen.site.kept  # noqa: F401


def read_workbook(
    workbook: Path, configuration: Configuration, told: Told
) -> tuple[Book, Settings]:
    """The first step of every walk: the Book, and the settings after the workbook's Business sheet.

    Raises: ReportError, when the workbook cannot be read.
    """
    from reportgen.reading.book import read

    told("Reading the workbook", 0, 0)
    return read(workbook, configuration)


def work_out(
    book: Book, settings: Settings, as_of: AsOf, told: Told, processors: int = 1
) -> Report:
    """The second step of every walk that needs figures: the Report on one day."""
    from reportgen.report.report import make_report

    told("Working out the figures", 0, 0)
    return make_report(book, settings, as_of(settings), processors)


def _write(site: Files, shape: Shape, staging: Path, told: Told, processors: int) -> str:
    """Write the report in the form asked for; returns the digest of its files.

    A site and a locked page may be put on the web: with them comes what a web server looks for.
    """

    def heard(done: int, of: int) -> None:
        told("Writing the pages", done, of)

    if shape.form == Form.SITE:
        return write_rendered(
            staging, site.at_once, lambda: [*site.further(), *_served()], heard, processors
        )
    rendered = {}
    pages = [*site.at_once, *site.further()]
    for number, page in enumerate(pages):
        heard(number, len(pages))
        rendered[page.path] = content(page)
    if shape.form == Form.SINGLE:
        from reportgen.forms.single_file import single_file

        whole = single_file(rendered)
        return writing.write(staging, [("index.html", whole.encode())], ["index.html"])
    from reportgen.forms.lock import lock

    files = {"index.html": lock(rendered, shape.passphrases).encode()}
    files |= {page.path: content(page) for page in _served()}
    return writing.write(staging, files.items(), files)


def _served() -> list[File]:
    """The 404 page, and the file that tells GitHub to publish the others as they are."""
    from reportgen import environments
    from reportgen.site.files import File

    page = environments.html().get_template("site/404.html")
    return [File("404.html", page.render), File(".nojekyll", str)]


def own_letters(workbook: Path) -> Path | None:
    """The owner's folder ``letters`` beside the workbook; None when she has none.

    A folder that reportgen wrote letters into does not count: nothing in it is a template.
    """
    own = _beside(workbook, "letters")
    ours = os.path.lexists(own / MANIFEST)  # False, too, where it cannot be entered
    return own if os.path.isdir(own) and not ours else None


def own_configuration(workbook: Path) -> Path | None:
    """The file ``reportgen.toml`` beside the workbook; None when there is none."""
    own = _beside(workbook, "reportgen.toml")
    return own if os.path.isfile(own) else None


def _beside(workbook: Path, name: str) -> Path:
    """The path of a name beside the workbook, or inside it when the workbook is a folder of .csv."""
    return (workbook if workbook.is_dir() else workbook.parent) / name
