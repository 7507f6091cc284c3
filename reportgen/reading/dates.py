"""Dates as owners write them → civil dates.

Closed forms alone are read. When day and month could be swapped, the column decides: one cell such as
13/04/2026 shows how all of them are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from reportgen.problems import Doubt
from reportgen.reading.cells import Unusable, Value, tidy
from reportgen.reading.expressions import expression
from reportgen.reading.safety.found import EPOCH_1900
from reportgen.reading.vocabulary import months, weekdays
from reportgen.settings.kinds import DateOrder
from reportgen.words import plain

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Both inclusive; a date outside is a slip of the keyboard."""
CENTURY_TURNS = 69
"""Two-digit years: 00–68 are 2000–2068, 69–99 are 1969–1999, as POSIX has it."""
LEAP_YEAR = 2000
"""The year of a birthday that has none."""
_USUAL = (DateOrder.DMY, DateOrder.MDY)

EXPECTED = Unusable("a date, for example 2026-03-14")
AMBIGUOUS = Unusable(
    "a date in which day and month cannot be swapped, for example 2026-03-14 or 14 March 2026",
    "Say how this column is meant: date_order (DMY, MDY or YMD) under [settings] in reportgen.toml, "
    "or Date order on a Business sheet.",
    Doubt.DAY_ORDER,
)
OUT_OF_RANGE = Unusable(f"a date between the years {FIRST_YEAR} and {LAST_YEAR}")
YEAR_ALONE = Unusable("a whole date, for example 2026-03-14, not a year or a number alone")
MONTH_ALONE = Unusable("a whole date, for example 2026-03-14, not a month alone")
EXPECTED_BIRTHDAY = Unusable("a day and a month, for example 14 March")

_TIME = (
    r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:[AaPp]\.?[Mm]\.?)?(?:\s*(?:Z|UTC|GMT|CET|CEST|BST|EST|EDT|PST|PDT)|\s*(?:UTC|GMT)?[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = expression(r"([^\W\d_]++(?:-feira)?)\.?,?\s+(?=\S)")
_YEAR_FIRST = expression(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_NUMERIC = expression(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.I)
_DAY_MONTH = r"(\d{1,2})(?:st|nd|rd|th|er|[º°ª])?[\s\-./]*(?:(?:of|de)\s+)?([^\W\d_]{3,10})"
_MONTH_DAY = r"([^\W\d_]{3,10})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"[\s\-./,]+(?:del?\s+)?['’]?(\d{4}|\d{2})"
_MONTH_ALONE = expression(r"([^\W\d_]{3,10})\.?[\s\-./,]+(?:del?\s+)?(\d{4}|['’]\d{2})")
_MONTH_IN_DIGITS = expression(r"(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4}))")
_SERIAL = expression(r"[2-7]\d{4}(?:\.\d+)?")
_NAMED_DAY_FIRST = expression(rf"{_DAY_MONTH}\.?{_YEAR}{_TIME}", re.I)
_NAMED_MONTH_FIRST = expression(rf"{_MONTH_DAY}{_YEAR}{_TIME}", re.I)
_BIRTHDAY_DAY_FIRST = expression(rf"{_DAY_MONTH}\.?", re.I)
_BIRTHDAY_MONTH_FIRST = expression(_MONTH_DAY, re.I)
_BIRTHDAY_NUMERIC = expression(r"(\d{1,2})[-/.](\d{1,2})\.?")
_BIRTHDAY_ISO = expression(r"--(\d{1,2}(?=-)|\d{2}(?=\d{2}$))-?(\d{1,2})", re.ASCII)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < CENTURY_TURNS else 1900)


Readings = dict[DateOrder, date]


def _numeric(first: str, second: str, third: str) -> Readings:
    """Order → date, for every order in which the three numbers are one; YMD needs two digits at the end."""
    a, b = int(first), int(second)
    tries: list[tuple[DateOrder, date | None]] = [
        (DateOrder.DMY, _made(_year(third), b, a)),
        (DateOrder.MDY, _made(_year(third), a, b)),
    ]
    if len(third) == 2 and len(first) == 2:
        tries.append((DateOrder.YMD, _made(_year(first), b, int(third))))
    return {order: made for order, made in tries if made is not None}


def _certain(text: str) -> date | Unusable | None:
    """The date of a form that can be read in one way only; None for any other form."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = match.groups()
        return _made(int(year), int(month), int(day)) or EXPECTED
    if match := _NAMED_DAY_FIRST.fullmatch(text):
        day, name, year = match.groups()
    elif match := _NAMED_MONTH_FIRST.fullmatch(text):
        name, day, year = match.groups()
    else:
        return None
    number = months().get(plain(name))
    return (number and _made(_year(year), number, int(day))) or EXPECTED


def _readings(text: str) -> Readings:
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return {}
    first, separator, second, third = match.groups()
    found = _numeric(first, second, third)
    if separator == "." and DateOrder.DMY in found:
        return {DateOrder.DMY: found[DateOrder.DMY]}
    return found


def _month_alone(text: str) -> date | None:
    """The first day of a month that stands without a day; None for another text."""
    if match := _MONTH_ALONE.fullmatch(text):
        number = months().get(plain(match[1]))
        return _made(_year(match[2].lstrip("'’")), number, 1) if number else None
    if match := _MONTH_IN_DIGITS.fullmatch(text):
        return _made(int(match[1] or match[4]), int(match[2] or match[3]), 1)
    return None


def is_month_alone(cell: Value) -> bool:
    """Whether a cell is a month without a day: ``Jan 2026``."""
    return isinstance(cell, str) and _month_alone(tidy(cell)) is not None


def are_serials(cells: Iterable[Value]) -> bool:
    """Whether a column of texts holds a spreadsheet's numbers for days: 46027 and its like alone."""
    texts = [tidy(cell) for cell in cells if isinstance(cell, str) and tidy(cell)]
    return bool(texts) and all(_SERIAL.fullmatch(text) for text in texts)


def _without_weekday(text: str) -> str:
    match = _WEEKDAY.match(text)
    return text[match.end() :] if match and plain(match[1]) in weekdays() else text


def _unambiguous(readings: Readings) -> DateOrder | None:
    """The one order that a cell can mean; None when it can mean two or none.

    A year of two digits in front is so rare that it counts only when the cell has no other reading.
    """
    usual = [order for order in _USUAL if order in readings]
    if len(usual) == 2:
        return None
    return usual[0] if usual else (DateOrder.YMD if readings else None)


def date_order(cells: Iterable[Value], fallback: DateOrder | None) -> DateOrder | None:
    """The order of day and month that all unambiguous cells of a column show.

    ``fallback`` without such a cell, and when two of them contradict each other.
    """
    orders = {
        order
        for cell in cells
        if isinstance(cell, str)
        and (order := _unambiguous(_readings(_without_weekday(tidy(cell))))) is not None
    }
    return orders.pop() if len(orders) == 1 else fallback


def _in_range(found: date) -> date | Unusable:
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else OUT_OF_RANGE


def _of_text(text: str, order: DateOrder | None, month_is_enough: bool) -> date | Unusable:
    found = _of_day(text, order)
    if isinstance(found, Unusable) and (bare := _without_weekday(text)) != text:
        found = _of_day(bare, order)
    if found is EXPECTED and (first := _month_alone(text)) is not None:
        return _in_range(first) if month_is_enough else MONTH_ALONE
    return found


def _of_day(text: str, order: DateOrder | None) -> date | Unusable:
    certain = _certain(text)
    if certain is not None:
        return certain if isinstance(certain, Unusable) else _in_range(certain)
    readings = _readings(text)
    if not readings:
        return EXPECTED
    if order in readings:
        return _in_range(readings[order])
    usual = {readings[one] for one in _USUAL if one in readings} or set(readings.values())
    return _in_range(usual.pop()) if len(usual) == 1 else AMBIGUOUS


def _of_serial(serial: float, epoch: date) -> date | Unusable:
    if FIRST_YEAR <= serial <= LAST_YEAR:
        return YEAR_ALONE
    if not 1 <= serial < 100_000:  # 100,000 is 2173 or 2177; NaN fails too
        return EXPECTED
    return _in_range(epoch + timedelta(days=int(serial)))


def read_date(
    cell: Value,
    order: DateOrder | None,
    epoch: date = EPOCH_1900,
    month_is_enough: bool = False,
    serials: bool = False,
) -> date | Unusable:
    """The day that a cell means, from 1900 to 2100; a time of day is dropped.

    A number is a serial of the workbook's date system; 1900–2100 are refused, because they mean a year.
    Text whose day and month could be swapped is read in the order given, and refused when that is None;
    with dots between them the day is first. A month alone is refused, or its first day if
    ``month_is_enough``. ``serials``: the texts of the column are serials, as a .csv has them.
    """
    match cell:
        case datetime():
            return _in_range(cell.date())
        case date():
            return _in_range(cell)
        case bool():
            return EXPECTED
        case int() | float():
            return _of_serial(cell, epoch)
        case str():
            if serials:
                return _of_serial(float(cell), EPOCH_1900)
            return _of_text(cell, order, month_is_enough)
    return EXPECTED


def read_birthday(
    cell: Value, order: DateOrder | None, epoch: date = EPOCH_1900
) -> date | Unusable:
    """A birthday: a date, or a day and a month alone, which are kept in the leap year 2000."""
    if isinstance(cell, str):
        day_month = _day_and_month(cell, order)
        if day_month is not None:
            return day_month
    found = read_date(cell, order, epoch)
    return EXPECTED_BIRTHDAY if found is EXPECTED else found


def _day_and_month(text: str, order: DateOrder | None) -> date | Unusable | None:
    """A day and a month alone, in the leap year 2000; None when the text has another form."""
    if match := _BIRTHDAY_ISO.fullmatch(text):
        return _made(LEAP_YEAR, int(match[1]), int(match[2])) or EXPECTED_BIRTHDAY
    if match := _BIRTHDAY_NUMERIC.fullmatch(text):
        readings = _numeric(match[1], match[2], str(LEAP_YEAR))
        if order in readings:
            return readings[order]
        days = set(readings.values())
        if len(days) > 1:
            return AMBIGUOUS
        return days.pop() if days else EXPECTED_BIRTHDAY
    if match := _BIRTHDAY_DAY_FIRST.fullmatch(text):
        day, name = match.groups()
    elif match := _BIRTHDAY_MONTH_FIRST.fullmatch(text):
        name, day = match.groups()
    else:
        return None
    number = months().get(plain(name))
    made = None if number is None else _made(LEAP_YEAR, number, int(day))
    return made or EXPECTED_BIRTHDAY
