"""What a text file may make its reader hold: counted before it is held.

Two hundred megabytes of line ends would be as many rows, and each row takes its room. So the rows and
cells of a .csv are counted before one is kept, and the lines and values of an address book and of a
calendar before their libraries make an object of each.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

from reportgen.problems import ReportError
from reportgen.reading.safety.budget import LAST_CELL, WIDEST_BOX

LONGEST_CELL = 10_000_000
"""Characters of one cell of a .csv; what is longer began with a quotation mark that was never closed."""
MOST_PIECES = 1_000_000
"""Lines and values of a calendar: some 50,000 appointments."""
LARGEST_CALENDAR = 100_000_000
"""Bytes."""
MOST_OF_CARDS = 500_000
"""Lines and values of an address book, pictures left out: some 20,000 contacts."""
LONGEST_CARDS = 20_000_000
"""Characters of these lines."""
MOST_LINES = 5_000_000
"""Lines of its file, those of pictures among them."""


def refuse_endless(content: bytes, lines: Iterable[str], delimiter: str, name: str) -> None:
    """Raises: ReportError, when a .csv has more rows or cells than a sheet can have.

    Its line ends and delimiters are counted at once; where these are too many, row by row, because in
    quotation marks they are neither.
    """
    ends = content.count(b"\n") + content.count(b"\r")
    if ends <= LAST_CELL[0] and ends + content.count(delimiter.encode()) <= WIDEST_BOX:
        return
    rows = cells = 0
    try:
        for row in csv.reader(_narrow(lines, delimiter, name), delimiter=delimiter, strict=True):
            rows += 1
            cells += len(row)
            if rows > LAST_CELL[0]:
                raise _too_large(name, f"{LAST_CELL[0]:,} rows")
            if cells > WIDEST_BOX:
                raise _too_large(name, f"{WIDEST_BOX:,} cells")
    except csv.Error:
        pass  # who reads it says where


def refuse_wide(rows: Iterable[Sequence[str]], name: str) -> None:
    """Raises: ReportError, when a row of a .csv has more cells than one of a sheet can have."""
    if max(map(len, rows), default=0) > LAST_CELL[1]:
        raise _too_large(name, f"{LAST_CELL[1]:,} cells in a row")


def _narrow(lines: Iterable[str], delimiter: str, name: str) -> Iterator[str]:
    for line in lines:
        if line.count(delimiter) > LAST_CELL[1]:
            raise _too_large(name, f"{LAST_CELL[1]:,} cells in a row")
        yield line


def _too_large(name: str, most: str) -> ReportError:
    return ReportError(
        f"{name} has more than {most}, and no sheet has more; delete what lies beyond your list, "
        "or put each year into a file of its own."
    )


class Cards:
    """What is spent by now of what the cards of one address book may take."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._pieces = self._length = 0

    def read(self, lines: int) -> None:
        """So many lines of the file have been looked at.

        Raises: ReportError, when they are more than any owner's address book has.
        """
        if lines > MOST_LINES:
            raise self._too_much()

    def keep(self, text: str) -> None:
        """One more line, or a piece of one, is kept.

        Raises: ReportError, as ``read`` does.
        """
        self._pieces += 1 + text.count(",") + text.count(";")
        self._length += len(text)
        if self._pieces > MOST_OF_CARDS or self._length > LONGEST_CARDS:
            raise self._too_much()

    def _too_much(self) -> ReportError:
        return ReportError(
            f"{self._name} holds more than an address book does; "
            "export the contacts who are your clients."
        )


def refuse_endless_calendar(content: bytes, name: str) -> None:
    """Raises: ReportError, when a calendar has more lines and values than any owner's."""
    if len(content) > LARGEST_CALENDAR or _pieces(content) > MOST_PIECES:
        raise ReportError(
            f"{name} holds more than a calendar does; export the one that has your appointments, "
            "or some years of it, without attachments."
        )


def _pieces(text: bytes) -> int:
    """The lines, and the values in them; a line that goes on in the next is one."""
    goes_on = text.count(b"\n ") + text.count(b"\n\t") + text.count(b"\\,") + text.count(b"\\;")
    return text.count(b"\n") + text.count(b",") + text.count(b";") - goes_on
