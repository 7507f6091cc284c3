"""Cells in one form for all readers, and whether two readings say the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from reportgen.reading.cells import Grid
from reportgen.reading.safety.found import UNCALCULATED, Fault

Rows = dict[tuple[int, int], Any]
Sheets = dict[str, Rows]
FAULT, NO_RESULT = "(an error)", "(a formula without a result)"
_NOT_A_NUMBER = "(not a number)"
_EPOCH = datetime.fromisoformat("1899-12-30")
_EPOCH_1904 = datetime.fromisoformat("1904-01-01")


class Broken(Exception):
    """The file breaks its own format."""


def normal(value: Any) -> Any:
    """A value in one form for all readers; None where the cell is blank.

    A day is a moment, a time of day and a length of time are seconds, a number is a float.
    """
    match value:
        case Fault():
            return NO_RESULT if value == UNCALCULATED else FAULT
        case bool():
            return value
        case int() | float():
            return float(value) if math.isfinite(value) else _NOT_A_NUMBER
        case datetime():
            return ("day", _to_the_millisecond(value).isoformat())
        case date():
            return ("day", datetime.combine(value, time.min).isoformat())
        case time():
            return ("seconds", value.hour * 3600 + value.minute * 60 + value.second)
        case timedelta():
            return ("seconds", round(value.total_seconds()))
        case str():
            return value.strip() or None  # one library keeps outer white space, another does not
    return value


def same(ours: Sheets, theirs: Sheets) -> bool:
    """Whether two readings say the same."""
    if ours.keys() != theirs.keys():
        return False
    return all(
        _alike(ours[name].get(at), theirs[name].get(at))
        for name in ours
        for at in ours[name].keys() | theirs[name].keys()
    )


def _alike(ours: Any, theirs: Any) -> bool:
    """Whether two values are the same, or neither is a day: python-calamine makes days of what is none.

    Both say "no date" further on, where the number before the first day has another name.
    """
    if ours == theirs:
        return True
    if (ours, theirs) == (59.0, 60.0):  # the 29 February 1900 of spreadsheets
        return True
    is_none = isinstance(theirs, str) or (isinstance(theirs, float) and theirs < 1)
    return is_none and (ours in (("seconds", 0), 0.0) or _before_all_days(ours))


def _before_all_days(value: Any) -> bool:
    match value:
        case ("day", str(moment)):
            return moment < "1900"
        case float():
            return value < 1
    return False


def _to_the_millisecond(when: datetime) -> datetime:
    return when + timedelta(microseconds=round(when.microsecond, -3) - when.microsecond)


def read_by_us(grids: Sequence[Grid]) -> Sheets:
    """What the program found."""
    return {grid.sheet: _rows(grid.rows) for grid in grids}


def _rows(rows: Sequence[Sequence[Any]]) -> Rows:
    return {
        (at, column): found
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
        if (found := normal(cell)) is not None
    }


def serials(sheets: Sheets, is_1904: bool = False) -> Sheets:
    """The same with days as the numbers that a record has: the second reader knows no formats.

    A book may count its days from 1904 on.
    """
    return {
        name: {at: _serial(one, is_1904) for at, one in rows.items()}
        for name, rows in sheets.items()
    }


def _serial(value: Any, is_1904: bool) -> Any:
    match value:
        case ("day", str(moment)) if is_1904:
            return round((datetime.fromisoformat(moment) - _EPOCH_1904) / timedelta(1), 6)
        case ("day", str(moment)):
            days = (datetime.fromisoformat(moment) - _EPOCH) / timedelta(1)
            return round(days - (days < 61), 6)  # there was no 29 February 1900
        case ("seconds", float() | int() as seconds):
            return round(seconds / 86_400, 6)
        case float():
            return round(value, 6) if math.isfinite(value) else _NOT_A_NUMBER
        case str():
            return normal(value)
    return value
