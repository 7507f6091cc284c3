"""Where something stands in the workbook, what is wrong with it, and what stops a run.

A :class:`Problem` is a value: reading returns it and the report lists it. A :class:`ReportError` is
raised, and stops the run; the worker passes its sentence on, and ``cli`` prints it.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from dataclasses import field
from enum import StrEnum
from pathlib import Path
from typing import Final

from reportgen.values import dataclass

_LONGEST_NAME = 60
"""Characters of a sheet's name in an address, as many as of a cell that a problem quotes."""
_PLAIN_SHEET_NAME = re.compile(r"[^\W\d]\w*\Z")


def column_letters(column: int) -> str:
    """The letters above a column as a spreadsheet shows them: 1 → ``A``, 27 → ``AA``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _quoted(sheet: str) -> str:
    """The sheet's name as it stands in an address: in quotes unless it is one plain word.

    No spreadsheet program gives a sheet a name that has to be cut here.
    """
    if len(sheet) > _LONGEST_NAME:
        sheet = sheet[: _LONGEST_NAME - 1] + "…"
    return sheet if _PLAIN_SHEET_NAME.match(sheet) else "'" + sheet.replace("'", "''") + "'"


@dataclass(slots=True, order=True, unsafe_hash=True)
class Row:
    """One row of one sheet; ``row`` counts from 1. ``str()`` gives ``Touchpoints!17``.

    The type checker alone keeps it from changing, as it does a :class:`~reportgen.model.Touchpoint`.
    """

    sheet: Final[str]
    row: Final[int]

    def __str__(self) -> str:
        return f"{_quoted(self.sheet)}!{self.row}"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One cell; ``row`` and ``column`` count from 1. ``str()`` gives ``Touchpoints!C17``."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{_quoted(self.sheet)}!{column_letters(self.column)}{self.row}"


class Lost(StrEnum):
    """What the report leaves out because of a problem."""

    NOTHING = "nothing"
    """It counts as it stands."""
    CELL = "cell"
    ROW = "row"
    COLUMN = "column"
    SHEET = "sheet"
    NO_ENTRY = "no entry"
    """A row that is none of the entries, such as a total or an example: nothing is missing without it."""


class Doubt(StrEnum):
    """What reading leaves to the owner: ``adopt`` asks her, and her answer is a line of reportgen.toml."""

    AMOUNT = "amount"
    """Which column of a table with money is the amount of a sale."""
    BILLABLE = "billable"
    """Whether the amounts of a time sheet were charged."""
    CONTACTS = "contacts"
    """Whether a sheet with nothing but days and names is one of contacts."""
    DAY_ORDER = "day order"
    """Whether 03/04 is 3 April or March 4."""
    PERSON = "person"
    """Whether the few names on a time sheet are clients, or who worked."""
    QUANTITY = "quantity"
    """Whether whole numbers beside a price say how many."""
    STATUS = "status"
    """Whether a row with a status that nobody knows happened."""
    TIME = "time"
    """Whether a column holds times of day, or time spent."""
    UNIT = "unit"
    """Whether bare numbers are hours or minutes."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing in the workbook that could not be used, and how to put it right."""

    where: Cell
    found: str
    """What stands there, as the owner would read it."""
    expected: str
    """What would have been understood, with an example."""
    suggestion: str | None = None
    """What was probably meant, or what else to do; the owner decides."""
    lost: Lost = Lost.CELL
    rows: int = 1
    """How many rows are lost by it: one word can speak for all the rows that have it."""
    doubt: Doubt | None = field(default=None, compare=False)
    """What it leaves to the owner; None when there is nothing that an answer could settle."""

    def __str__(self) -> str:
        hint = f" {self.suggestion}" if self.suggestion else ""
        return f"{self.where}: found {self.found}; expected {self.expected}.{hint}"


NAME_TOO_LONG = "The name of a file is longer than this system takes; choose a shorter one."


def file_name(path: Path) -> str:
    """The name of a file as pages and sentences show it: what is no text in it is a �."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cs") else c for c in path.name)


def refused_by_system(error: OSError) -> str:
    """The sentence for what the system would not do: a full disk, a device that is gone."""
    if error.errno == errno.ENAMETOOLONG:
        return NAME_TOO_LONG
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "The disk is full: not everything could be written; free some space and try again."
    name = f" {file_name(Path(error.filename))}" if isinstance(error.filename, str) else ""
    reason = (error.strerror or type(error).__name__).casefold()
    return f"Your system would not let reportgen read or write{name or ' everything'} ({reason})."


class ReportError(Exception):
    """The run cannot go on. The text is one plain sentence: what, where, what to do."""

    def __init__(self, sentence: str, block: str = "") -> None:
        super().__init__(sentence)
        self.block = block
        """Lines that the sentence asks the owner to put somewhere; mostly none."""
