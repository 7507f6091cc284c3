"""Whether a column holds times of day or lengths of time: its header and its values say it together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Literal

from reportgen.reading.cells import Value, tidy
from reportgen.reading.expressions import expression
from reportgen.reading.vocabulary import is_one_of, pattern

Meant = Literal["clock", "length"] | None

_HOURS = expression(
    rf"\b(?:{pattern('hours')})\b|[(\[]\s*(?:h|{pattern('decimal')})\.?\s*[)\]]",
    re.IGNORECASE,
)
_MINUTES = expression(rf"\b(?:{pattern('minutes')})\b", re.IGNORECASE)
_COLONS = expression(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")
_HALF_OF_DAY = expression(rf"\d\s*(?:[ap]\.?m\.?|{pattern('oclock')})$", re.IGNORECASE)
_NUMBER = expression(r"\d+(?:[.,]\d+)?")
_MORNING, _AFTERNOON = 6, 13
"""Work is long before the one hour of the day, and short before the other."""
_FEW_MINUTES = 10
"""Whole numbers below this may be hours or minutes."""


def may_be_either(header: str) -> bool:
    """Whether a header, ``Time``, may mean a time of day as well as a length."""
    return is_one_of("times", header)


def in_hours(header: str) -> bool:
    """Whether a bare number under this header is hours: ``Hours``, ``Duration (h)``."""
    return _HOURS.search(header) is not None


def meant(cells: Iterable[Value]) -> Meant:
    """What the values of a column are; None when they could be both."""
    hours: list[int] = []
    for cell in cells:
        match cell:
            case datetime():
                return "clock"
            case time():
                hours.append(cell.hour)
            case timedelta():
                hours.append(int(cell.total_seconds() // 3600))
            case int() | float():
                return "length"
            case str():
                text = tidy(cell)
                if _HALF_OF_DAY.search(text):
                    return "clock"
                found = _COLONS.fullmatch(text)
                if found is None:
                    return "length"
                hours.append(int(found[1]))
    if not hours:
        return None
    if max(hours) >= 24 or max(hours) < _MORNING:
        return "length"
    if min(hours) >= _MORNING and max(hours) >= _AFTERNOON:
        return "clock"
    return None


def unit_of(header: str, cells: Iterable[Value]) -> Literal["hours", "minutes"] | None:
    """The unit of the bare numbers in a column of lengths; None when they may be hours or minutes."""
    if in_hours(header):
        return "hours"
    if _MINUTES.search(header):
        return "minutes"
    numbers = [number for cell in cells if (number := _number(cell)) is not None]
    if not numbers or max(numbers) > 24:
        return "minutes"
    if any(number % 1 for number in numbers):
        return "hours"
    return "minutes" if max(numbers) >= _FEW_MINUTES else None


def _number(cell: Value) -> float | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, str) and _NUMBER.fullmatch(tidy(cell)):
        return float(tidy(cell).replace(",", "."))
    return None
