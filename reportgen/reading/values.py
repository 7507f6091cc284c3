"""Cell → time, minutes, days, number, yes or no, choice, text: one reader for each column.

A reader takes a filled cell, its text already tidy. It returns the value, None when the cell says
"nothing here" in words, or :class:`~reportgen.reading.cells.Unusable`; it never raises. For None it
returns what it expects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, partial

from reportgen.problems import Doubt
from reportgen.reading.amounts import (
    LARGEST,
    Currency,
    are_shares,
    decimal_mark,
    header_currencies,
    of_number,
    read_amount,
    read_decimal,
    read_discount,
)
from reportgen.reading.cells import Unusable, Value, as_text, one_line
from reportgen.reading.columns import UNITS, Column
from reportgen.reading.dates import are_serials, date_order, read_birthday, read_date
from reportgen.reading.expressions import expression
from reportgen.reading.nearest import did_you_mean
from reportgen.reading.times import unit_of
from reportgen.reading.vocabulary import is_one_of, pattern, yes_or_no
from reportgen.settings.kinds import CellKind
from reportgen.settings.settings import Settings
from reportgen.words import plain

Reader = Callable[[Value], object]

BLANK_WORDS = frozenset({"-", "–", "—", "n/a", "none"})
"""They say "nothing here" in optional columns that are no text; a client may be called None."""

LONGEST_MINUTES = 24 * 60
"""A day: longer work has a row for each."""

EXPECTED_TIME = Unusable("a time of day, for example 10:30")
EXPECTED_YES = Unusable("yes or no")

_TIME = expression(r"(\d{1,2})[:.h](\d{2})(?::(\d{2}))?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_HOURS, _MINUTES = f"h|{pattern('hours')}", f"m|'|′|{pattern('minutes')}"
_FULL_HOUR = expression(rf"(\d{{1,2}})\s*(?:([ap])\.?m\.?|h|{pattern('oclock')})", re.IGNORECASE)
_CLOCK = expression(rf"(\d{{1,4}}):([0-5]\d)(?::([0-5]\d))?\s*(?:{_HOURS})?", re.IGNORECASE)
_MINUS = expression(r"[-−–]\s*(?=\d)")
_UNITS = expression(
    rf"(?:(?P<hours>\d+(?:[.,]\d+)?)\s*(?:{_HOURS})\.?)?"
    rf"\s*(?:(?:{pattern('and')})\s+|,\s*)?"
    rf"(?:(?P<minutes>\d+(?:[.,]\d+)?)\s*(?:{_MINUTES})\.?)?",
    re.IGNORECASE,
)
_HOURS_THEN_MINUTES = expression(r"(\d+)\s*h\s*([0-5]?\d)", re.IGNORECASE)
_NUMBER = expression(r"([-+−–])?\s*(\d[\d.,'’ ]*|[.,]\d+)")
_WITH_UNIT = expression(r"(\d[\d.,]*)\s*([^\W\d_]+\.?|×)")
_DAYS = expression(r"(.*?)\s*(?:d|days?)\.?", re.IGNORECASE)


def read_text(cell: Value) -> str:
    """Any cell as text: ``00123`` stays, a whole number loses its ``.0``, a date is written as ISO."""
    return cell if isinstance(cell, str) else as_text(cell)


def read_client(cell: Value) -> str:
    """A client's name, with one space for every run of white space."""
    return one_line(read_text(cell))


def read_time(cell: Value) -> time | Unusable:
    """A time of day to the second: ``10:30``, ``10.30``, ``9am``, a spreadsheet's time or date-time.

    A length of time below 24 hours counts from midnight; a number is a share of the day, from 0 to
    below 1. ``10`` alone could mean anything and is refused.
    """
    match cell:
        case datetime():
            return cell.time().replace(microsecond=0, tzinfo=None)
        case time():
            return cell.replace(microsecond=0, tzinfo=None)
        case timedelta():
            return _of_seconds(cell.total_seconds())
        case bool():
            return EXPECTED_TIME
        case int() | float():
            return _of_seconds(cell * 86_400) if 0 <= cell < 1 else EXPECTED_TIME
        case str():
            return _time_of_text(cell)
    return EXPECTED_TIME


def _of_seconds(seconds: float) -> time | Unusable:
    whole = round(seconds)
    if not 0 <= whole < 86_400:
        return EXPECTED_TIME
    return time(whole // 3600, whole // 60 % 60, whole % 60)


def _time_of_text(text: str) -> time | Unusable:
    minutes, seconds = "0", "0"
    if match := _TIME.fullmatch(text):
        hours, minutes, seconds, half = match[1], match[2], match[3] or "0", match[4]
    elif match := _FULL_HOUR.fullmatch(text):
        hours, half = match[1], match[2]
    else:
        return EXPECTED_TIME
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:
            return EXPECTED_TIME
        hour = hour % 12 + (12 if half in "pP" else 0)
    if hour > 23 or int(minutes) > 59 or int(seconds) > 59:
        return EXPECTED_TIME
    return time(hour, int(minutes), int(seconds))


def read_minutes(cell: Value, hours: bool = False, certain: bool = True) -> int | Unusable:
    """A length of time in whole minutes, half a minute rounded up; from 0 to 24 hours, both inclusive.

    ``1:30`` and ``1:30:00`` are an hour and a half, also as a spreadsheet's time. A number alone is
    minutes, or hours when ``hours``; unless ``certain`` it is neither. Units win over the header.
    """
    found: Decimal | None = None
    if not certain and _decimal(cell) not in (None, Decimal(0)):
        return Unusable(
            "a length with its unit, for example 90 min or 1.5 h",
            "Call the column Minutes or Hours, whichever it is.",
            Doubt.UNIT,
        )
    match cell:
        case bool() | datetime():
            pass
        case int() | float():
            found = of_number(cell)
            if found is not None and hours:
                found *= 60
        case time():
            found = Decimal(cell.hour * 60 + cell.minute) + Decimal(cell.second) / 60
        case timedelta():
            found = Decimal(str(cell.total_seconds())) / 60
        case str():
            found = _minutes_of_text(cell, hours)
    if found is None:
        return _expected_length(hours)
    if found < 0:
        return _expected_length(hours, ", 0 or more")
    if found > LONGEST_MINUTES:
        limit = f", at most {LONGEST_MINUTES:,} minutes (24 h)"
        return _expected_length(hours, limit, "Work of several days takes a row for each day.")
    return int(found.quantize(Decimal(1), ROUND_HALF_UP))


def _expected_length(hours: bool, limit: str = "", suggestion: str | None = None) -> Unusable:
    what = "hours" if hours else "a length of time"
    examples = "1.5, 1:30 or 1h 30m" if hours else "90, 1:30, 1h 30m or 1.5 h"
    return Unusable(f"{what}{limit}, for example {examples}", suggestion)


def _minutes_of_text(text: str, hours: bool) -> Decimal | None:
    if match := _MINUS.match(text):
        length = _minutes_of_text(text[match.end() :], hours)
        return None if length is None else -length
    if match := _CLOCK.fullmatch(text):
        seconds = Decimal(match[3] or 0)
        return Decimal(match[1]) * 60 + Decimal(match[2]) + seconds / 60
    if match := _HOURS_THEN_MINUTES.fullmatch(text):
        return Decimal(match[1]) * 60 + Decimal(match[2])
    if match := _UNITS.fullmatch(text):
        in_hour = Decimal((match["hours"] or "0").replace(",", "."))
        in_minute = Decimal((match["minutes"] or "0").replace(",", "."))
        return in_hour * 60 + in_minute
    number = _number_of_text(text)
    return number * 60 if number is not None and hours else number


def _number_of_text(text: str) -> Decimal | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    # A bare 1.234 is a number with three decimals: thousands are parted in money alone.
    found = read_decimal(match[2].strip(), "point")
    if not isinstance(found, Decimal):
        return None
    return -found if match[1] and match[1] != "+" else found


def _decimal(cell: Value) -> Decimal | None:
    match cell:
        case bool():
            return None
        case int() | float():
            return of_number(cell)
        case str():
            return _number_of_text(cell)
    return None


def read_number(cell: Value, bounds: tuple[int, int] | None = None) -> Decimal | Unusable:
    """A number within the bounds, both inclusive; without bounds, of 0 or more."""
    low, high = (Decimal(bounds[0]), Decimal(bounds[1])) if bounds else (Decimal(0), LARGEST)
    found = _decimal(cell)
    if found is None or not low <= found <= high:
        between = f"from {low:,} to {high:,}" if bounds else "of 0 or more"
        return Unusable(f"a number {between}, for example {8 if bounds else 9}")
    return found


def read_quantity(cell: Value) -> Decimal | Unusable:
    """How many, with or without a unit: ``10``, ``10 pcs``, ``3 ×``; a dozen may be one or twelve."""
    if isinstance(cell, str) and (match := _WITH_UNIT.fullmatch(cell)):
        if is_one_of("dozens", match[2]):
            return Unusable("a number of pieces, for example 12")
        cell = match[1]
    return read_number(cell)


def read_days(cell: Value, bounds: tuple[int, int] | None = None) -> int | Unusable:
    """A whole number of days, ``45`` or ``45 days``, within the bounds, both inclusive; else from 0."""
    if isinstance(cell, str) and (match := _DAYS.fullmatch(cell)):
        cell = match[1]
    low, high = bounds or (0, 100_000)
    found = _decimal(cell)
    if found is None or found != found.to_integral_value() or not low <= found <= high:
        return Unusable(f"a whole number of days from {low:,} to {high:,}, for example 45")
    return int(found)


def read_share(cell: Value) -> float | Unusable:
    """A share from 0 to 1: ``0.6`` or ``60 %``. A bare 60 is refused."""
    per_cent = isinstance(cell, str) and cell.endswith("%")
    found = _decimal(cell[:-1].strip() if isinstance(cell, str) and per_cent else cell)
    if found is not None and per_cent:
        found /= 100
    if found is None or not 0 <= found <= 1:
        return Unusable("a share, for example 60 % or 0.6")
    return float(found)


def read_yes_or_no(cell: Value) -> bool | Unusable:
    """True for yes, y, true, 1, x and ticks; False for no, n, false, 0 and crosses; in any capitals."""
    if isinstance(cell, bool):
        return cell
    word = as_text(cell).casefold()
    answer = yes_or_no(word)
    return EXPECTED_YES if answer is None else answer


def _any_of(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


@cache
def choices(column: Column) -> Mapping[str, str]:
    """The plain form of every word for a choice → the choice."""
    known = {plain(word): choice for word, choice in column.choice_synonyms}
    return known | {plain(choice): choice for choice in column.choices}


def read_choice(cell: Value, column: Column) -> str | Unusable:
    """One of the column's choices, by its own word or a synonym, in any capitals."""
    word = plain(as_text(cell))
    known = choices(column)
    if word in known:
        return known[word]
    return Unusable(_any_of(column.choices), did_you_mean(word, known))


def read_signal(cell: Value, column: Column) -> str | Unusable:
    """A signal that reportgen knows, by its name or a synonym; else the owner's own words.

    A word that is nearly a signal is unusable: left as it is, it would count as none.
    """
    text = as_text(cell)
    word = plain(text)
    known = choices(column)
    if word in known:
        return known[word]
    suggestion = did_you_mean(word, known)
    if suggestion is None:
        return text
    return Unusable(
        f"a signal, for example {_any_of(column.choices)}, or words of your own", suggestion
    )


def _or_nothing(read: Reader) -> Reader:
    """The same reader, for which a word for nothing is None."""

    def reader(cell: Value) -> object:
        if isinstance(cell, str) and cell.casefold() in BLANK_WORDS:
            return None
        return read(cell)

    return reader


def reader(
    column: Column,
    header: str,
    cells: Iterable[Value],
    settings: Settings,
    currency: Currency,
    epoch: date,
) -> Reader:
    """The reader for a column of these cells, which decide how its dates and amounts are meant."""
    match column.kind:
        case CellKind.TEXT | CellKind.ACTIVITY:
            return read_text
        case CellKind.CLIENT:
            return read_client
        case CellKind.SIGNAL:
            return partial(read_signal, column=column)
    read: Reader
    match column.kind:
        case CellKind.DATE:
            cells = list(cells)
            order = date_order(cells, settings.date_order)
            read = partial(
                read_date,
                order=order,
                epoch=epoch,
                month_is_enough=column.month_is_enough,
                serials=are_serials(cells),
            )
        case CellKind.BIRTHDAY:
            order = date_order(cells, settings.date_order)
            read = partial(read_birthday, order=order, epoch=epoch)
        case CellKind.TIME:
            read = read_time
        case CellKind.MONEY if column.field == "discount":
            cells = list(cells)
            shares = are_shares(header, cells)
            read = partial(
                read_discount,
                currency=currency,
                mark=decimal_mark(cells),
                named=header_currencies(header),
                shares=shares,
                of_hundred=not shares and "%" in header,
            )
        case CellKind.MONEY:
            read = partial(
                read_amount,
                currency=currency,
                mark=decimal_mark(cells),
                named=header_currencies(header),
                exact=column.field == "unit_price",
            )
        case CellKind.MINUTES:
            cells = list(cells)
            unit = UNITS.get(column.name) or unit_of(header, cells)
            read = partial(read_minutes, hours=unit == "hours", certain=unit is not None)
        case CellKind.DAYS:
            read = partial(read_days, bounds=column.bounds)
        case CellKind.NUMBER if column.field == "quantity":
            read = read_quantity
        case CellKind.NUMBER:
            read = partial(read_number, bounds=column.bounds)
        case CellKind.YES_OR_NO:
            read = read_yes_or_no
        case CellKind.CHOICE:
            read = partial(read_choice, column=column)
    return read if column.required else _or_nothing(read)
