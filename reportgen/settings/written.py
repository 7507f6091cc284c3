"""Settings as owners write them → the values that a setting may have."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from zoneinfo import ZoneInfo

from reportgen.settings.kinds import WEEKDAYS
from reportgen.words import plain

_DAYS_OF_THE_WEEK = "expected days of the week, for example Mon-Fri or Mon, Tue, Thu"


def working_days(value: object) -> frozenset[int]:
    """``Mon-Fri``, ``Mon, Tue, Thu`` or a list of names → the set of weekdays, Monday 0.

    Such a set stays as it is. Raises: ValueError, when a name is no day of the week.
    """
    if isinstance(value, frozenset):
        return value
    if isinstance(value, str):
        joined = re.sub(r"\s*(?:-|–|—|\bto\b)\s*", "-", value.strip(), flags=re.IGNORECASE)
        value = [part for part in re.split(r"[,;/&+\s]+|\band\b", joined) if part]
    if not isinstance(value, list | tuple):
        raise ValueError(_DAYS_OF_THE_WEEK)
    days: set[int] = set()
    for part in value:
        ends = [_weekday(end) for end in str(part).split("-")]
        days.update((ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1))
    return frozenset(days)


def _weekday(name: str) -> int:
    for number, short in enumerate(WEEKDAYS):
        if plain(name).startswith(short.casefold()):
            return number
    raise ValueError(_DAYS_OF_THE_WEEK)


def names(value: object) -> tuple[str, ...]:
    """``Email, Phone`` or a list of texts → ``("Email", "Phone")``.

    Raises: ValueError, when it is neither.
    """
    if isinstance(value, str):
        return tuple(part.strip() for part in re.split(r"[,;/]|\bor\b", value) if part.strip())
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise ValueError("expected words, with commas between them")
    return tuple(value)


def time_zone(value: object) -> str:
    """The name of a time zone, as it is. Raises: ValueError, when there is no such zone."""
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        raise ValueError("expected a time zone such as Europe/London") from None
    return str(value)


def currency(value: object) -> str:
    """The code in capitals. Raises: ValueError, when it is not three letters."""
    code = str(value).strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError("expected a currency code of three letters, for example GBP")
    return code


def country(value: object) -> str:
    """The code in capitals.

    Raises: ValueError, when it is no code or no public holidays are known for it.
    """
    from holidays import list_supported_countries  # slow to import, and only where one is set

    code = str(value).strip().upper()
    if len(code) != 2 or code not in list_supported_countries(include_aliases=True):
        raise ValueError(
            "expected the two letters of a country whose public holidays are known, for example GB"
        )
    return code


def text(value: object) -> str:
    """A text, as it is. Raises: ValueError, when it is none."""
    if not isinstance(value, str):
        raise ValueError("expected a text, in quotes")
    return value


def whole(value: object) -> int:
    """A number without a fraction. Raises: ValueError, when it is none."""
    try:
        found = amount(value)
    except ValueError:
        found = Decimal("0.5")
    if found != found.to_integral_value():
        raise ValueError("expected a whole number")
    return int(found)


def number(value: object) -> float:
    """A number. Raises: ValueError, when it is none."""
    return float(amount(value))


_LARGEST = 400
"""Digits before the point; no float has as many, and ``1e999999999`` would fill the memory."""


def amount(value: object) -> Decimal:
    """A number to the last digit. Raises: ValueError, when it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("expected a number")
    try:
        found = Decimal(str(value).strip())
    except (InvalidOperation, ValueError):  # ValueError: a whole number of thousands of digits
        raise ValueError("expected a number") from None
    if not found.is_finite() or found.adjusted() > _LARGEST:
        raise ValueError("expected a number")
    return found


def clock(value: object) -> time:
    """A time of day. Raises: ValueError, when it is none."""
    try:
        found = value if isinstance(value, time) else time.fromisoformat(text(value).strip())
    except ValueError:
        raise ValueError("expected a time such as 09:00") from None
    if found.tzinfo is not None:
        raise ValueError("expected a time such as 09:00")
    return found


def one_of(choices: type[StrEnum]) -> Callable[[object], StrEnum]:
    """What makes one of the choices of its word, however that is written.

    It raises ValueError, when no choice is called so.
    """
    known = {choice.casefold(): choice for choice in choices}
    *first, last = choices

    def chosen(value: object) -> StrEnum:
        found = known.get(value.strip().casefold()) if isinstance(value, str) else None
        if found is None:
            raise ValueError(f"expected {', '.join(first)} or {last}")
        return found

    return chosen
