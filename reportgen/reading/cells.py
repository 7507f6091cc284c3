"""What one cell may hold, before anything is made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta

from reportgen.problems import Doubt
from reportgen.reading.safety.found import EPOCH_1900, Fault
from reportgen.values import dataclass

LONGEST_SHOWN = 60
"""Characters of a cell that a problem quotes."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """What stands for the value of a cell that cannot be used."""

    expected: str
    """What would have been understood, with an example."""
    suggestion: str | None = None
    """What was probably meant, or what else to do."""
    doubt: Doubt | None = None
    """What an answer of the owner would settle."""


Value = str | float | int | bool | datetime | date | time | timedelta | Fault | None
"""A cell's content. A blank cell is None or a text of white space alone."""


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Where the cells of a column really stand that was taken from another sheet."""

    sheet: str
    index: int
    """Of the column, from 0."""
    rows: tuple[int | None, ...]
    """For each row of the grid the row on that sheet, from 0; None where nothing was taken."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. ``rows[0][0]`` is what stands in A1; rows may differ in length."""

    sheet: str
    rows: Sequence[Sequence[Value]]
    epoch: date = EPOCH_1900
    """Day 0 of the serial numbers, for numbers where a date is expected."""
    named: bool = True
    """Whether its name may say what it is; that of a lone .csv does not."""
    csv: bool = False
    """Whether it is a .csv: a row longer than its header has a comma too many."""
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    """From 0: those that a filter, or the owner, has hidden. They are read."""
    first: int = 0
    """The row, from 0, with which it begins: above it stands another table."""
    is_part: bool = False
    """Whether it is one of several tables of a sheet."""
    origins: tuple[int, ...] = ()
    """Of each column that was made of others, on the right of the owner's: the index of the first."""
    width: int = 0
    """Where there are such columns: how many the owner's table has."""
    borrowed: Mapping[int, Borrowed] = field(default_factory=dict)
    """Index of a column → where its cells stand, when it is another sheet's."""


_FORMULA_STARTS = ("=", "+", "-", "@")


def tidy(text: str) -> str:
    """The text without invisible characters and outer white space; empty when it was nothing else.

    No-break spaces become spaces; zero-width, direction and control characters go, and the apostrophe
    that keeps a spreadsheet from taking a text for a formula; line breaks and tabs inside the text stay.
    """
    if not (text.isascii() and text.isprintable()):
        changed = {ord(c): seen for c in set(text) if (seen := _visible(c)) != c}
        text = text.translate(changed) if changed else text
    text = text.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA_STARTS else text


def _visible(c: str) -> str:
    if c in "\n\t":
        return c
    if c == "\r" or unicodedata.category(c) in ("Cc", "Cf", "Cs") or c in "\ufffe\uffff":
        return ""
    return " " if c.isspace() else c


def one_line(text: str) -> str:
    """The text with one space for every run of white space, as names and headers are compared."""
    return re.sub(r"\s+", " ", text)


def number_text(value: float) -> str:
    """A number as a spreadsheet shows it: up to 15 digits, and no ``.0`` after a whole one."""
    return format(value, ".15g")


def as_text(cell: Value) -> str:
    """A cell as the text that its owner would read; empty for a blank one and for a fault."""
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


_WHOLE = re.compile(r"(?<!\d)(\d++)\.0++(?!\d)")


def as_id(text: str) -> str:
    """An id as it is compared: 1001, "1001" and 1001.0 are one; leading zeros and capitals tell apart."""
    return _WHOLE.sub(r"\1", one_line(text).strip())


def shown(cell: Value) -> str:
    """A cell as a problem names it: quoted, on one line, cut after 60 characters; ``nothing`` if blank."""
    if isinstance(cell, Fault):
        return cell.found
    text = one_line(as_text(cell))
    if not text:
        return "nothing"
    if len(text) > LONGEST_SHOWN:
        text = text[: LONGEST_SHOWN - 1] + "…"
    return f"“{text}”"


def filled(cell: Value) -> bool:
    """Whether something stands in the cell: a fault counts, white space alone is nothing."""
    return bool(tidy(cell)) if isinstance(cell, str) else cell is not None
