"""Working days: the owner's weekdays less the public holidays of her country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from reportgen.settings import Settings


def working_days_after(day: date, settings: Settings) -> Iterator[date]:
    """Every working day after the day, soonest first, without end.

    Public holidays count as working days when no country is set. With no working weekday at all, every
    weekday counts, so that a date can always be proposed.
    """
    weekdays = settings.working_days or frozenset(range(7))
    holidays = _public_holidays(settings.country, day)
    while True:
        day += timedelta(days=1)
        if day.weekday() in weekdays and day not in holidays:
            yield day


def _public_holidays(country: str | None, start: date) -> frozenset[date]:
    """The public holidays of this year and the next."""
    if country is None:
        return frozenset()
    from holidays import country_holidays  # slow to import, and only needed with a country

    return frozenset(country_holidays(country, years=(start.year, start.year + 1)))
