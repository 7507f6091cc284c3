"""Working days: the owner's weekdays less the public holidays of her country.

Without a country there are no public holidays. Without a working weekday every weekday counts, so
that a date can always be proposed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice

from reportgen.settings.settings import Settings


def is_working_day(day: date, settings: Settings) -> bool:
    """Whether the owner works on the day."""
    if settings.working_days and day.weekday() not in settings.working_days:
        return False
    return settings.country is None or day not in _public_holidays(settings.country, day.year)


def working_days_after(day: date, settings: Settings) -> Iterator[date]:
    """Every working day after the day, soonest first, without end."""
    while True:
        day += timedelta(days=1)
        if is_working_day(day, settings):
            yield day


def add_working_days(day: date, count: int, settings: Settings) -> date:
    """The ``count``-th working day after the day; 1 is the next. The day itself may be any day."""
    return next(islice(working_days_after(day, settings), count - 1, None))


def working_minutes(begins: datetime, ends: datetime, settings: Settings) -> float:
    """The minutes between Opens and Closes on working days from one moment to another; 0 or more.

    Where the workbook has Opens and Closes the wrong way round the day ends at midnight.
    """
    found, day = timedelta(), begins.date()
    while day <= ends.date():
        if is_working_day(day, settings):
            opens = datetime.combine(day, settings.opens)
            closes = datetime.combine(day, settings.closes)
            if closes <= opens:
                closes = datetime.combine(day + timedelta(days=1), time.min)
            found += max(timedelta(), min(ends, closes) - max(begins, opens))
        day += timedelta(days=1)
    return found / timedelta(minutes=1)


@cache
def _public_holidays(country: str, year: int) -> frozenset[date]:
    from holidays import country_holidays  # slow to import, and only needed with a country

    return frozenset(country_holidays(country, years=year))
