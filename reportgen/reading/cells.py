"""What one cell may hold, before anything is made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

EPOCH_1900 = date(1899, 12, 30)
"""Day 0 of the usual serial numbers (from 1 March 1900 on, as spreadsheets count)."""
EPOCH_1904 = date(1904, 1, 1)
"""Day 0 where the workbook uses the 1904 date system."""

LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that shows something, but holds no value: an error, or a formula never calculated."""

    found: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """What a reader of cells returns instead of a value: what it would have understood."""

    expected: str
    suggestion: str | None = None


Value = str | float | int | bool | datetime | date | time | timedelta | Fault | None
"""A cell's content. Blank is None or a text of nothing but white space."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet; ``rows[0][0]`` is what stands in A1. Rows may differ in length."""

    sheet: str
    rows: Sequence[Sequence[Value]]
    epoch: date = EPOCH_1900
    """Day 0 of the serial numbers that stand where a date is expected."""


def error(code: str) -> Fault:
    """The fault of a cell that shows an error such as ``#N/A``."""
    return Fault(f"the error {code}", "Mend the formula in this cell, or type the value over it.")


UNCALCULATED = Fault(
    "a formula without a saved value",
    "Open the workbook in a spreadsheet program and save it, so that the result is kept.",
)


def tidy(text: str) -> str:
    """The text without invisible characters and outer white space; empty when that is all it was.

    No-break spaces become spaces; zero-width, direction and control characters go; line breaks and
    tabs inside the text stay.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(_visible(c) for c in text)
    return text.strip()


def _visible(c: str) -> str:
    if c in "\n\t":
        return c
    if c == "\r" or unicodedata.category(c) in ("Cc", "Cf", "Cs") or c in "\ufffe\uffff":
        return ""
    return " " if c.isspace() else c


def one_line(text: str) -> str:
    """The text with every run of white space as one space: names and headers."""
    return re.sub(r"\s+", " ", text)


def number_text(value: float) -> str:
    """A number as a spreadsheet shows it: 15 digits, and no ``.0`` behind a whole one."""
    return format(value, ".15g")


def as_text(cell: Value) -> str:
    """Any cell as the text its owner would read; empty for a blank one."""
    match cell:
        case None:
            return ""
        case str():
            return tidy(cell)
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return number_text(cell)
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes")
        case timedelta():
            seconds = round(cell.total_seconds())
            sign = "-" if seconds < 0 else ""
            return f"{sign}{abs(seconds) // 3600}:{abs(seconds) // 60 % 60:02d}"
        case Fault():
            return ""


def shown(cell: Value) -> str:
    """A cell for the "found" of a problem: quoted, on one line, cut after 60 characters."""
    if isinstance(cell, Fault):
        return cell.found
    text = one_line(as_text(cell))
    if not text:
        return "nothing"
    if len(text) > LONGEST_SHOWN:
        text = text[: LONGEST_SHOWN - 1] + "…"
    return f"“{text}”"


def filled(cell: Value) -> bool:
    """Whether something stands in the cell; a fault counts, white space does not."""
    return bool(tidy(cell)) if isinstance(cell, str) else cell is not None
