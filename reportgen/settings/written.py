"""Settings as owners write them → the values that :class:`~reportgen.settings.settings.Settings` checks."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from reportgen.settings.kinds import WEEKDAYS
from reportgen.words import plain


def working_days(value: object) -> object:
    """``Mon-Fri``, ``Mon, Tue, Thu`` or a list of names → the set of weekdays, Monday 0.

    Anything else as it is. Raises: ValueError, when a name is no day of the week.
    """
    if isinstance(value, str):
        joined = re.sub(r"\s*(?:-|–|—|\bto\b)\s*", "-", value.strip(), flags=re.IGNORECASE)
        value = [part for part in re.split(r"[,;/&+\s]+|\band\b", joined) if part]
    if not isinstance(value, list | tuple):
        return value
    days: set[int] = set()
    for part in value:
        ends = [_weekday(end) for end in str(part).split("-")]
        days.update((ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1))
    return frozenset(days)


def _weekday(name: str) -> int:
    for number, short in enumerate(WEEKDAYS):
        if plain(name).startswith(short.casefold()):
            return number
    raise ValueError("expected days of the week, for example Mon-Fri or Mon, Tue, Thu")


def names(value: object) -> object:
    """``Email, Phone`` → ``("Email", "Phone")``; anything but a text as it is."""
    if isinstance(value, str):
        return tuple(part.strip() for part in re.split(r"[,;/]|\bor\b", value) if part.strip())
    return value


def time_zone(value: object) -> object:
    """The name of a time zone, as it is. Raises: ValueError, when there is no such zone."""
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        raise ValueError("expected a time zone such as Europe/London") from None
    return value


def currency(value: object) -> object:
    """The code in capitals. Raises: ValueError, when it is not three letters."""
    code = str(value).strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError("expected a currency code of three letters, for example GBP")
    return code


def country(value: object) -> object:
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


def lower(value: object) -> object:
    """A text in small letters, without spaces around it; anything else as it is."""
    return value.strip().casefold() if isinstance(value, str) else value


def upper(value: object) -> object:
    """A text in capitals, without spaces around it; anything else as it is."""
    return value.strip().upper() if isinstance(value, str) else value
