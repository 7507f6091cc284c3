"""The month that a plan is of, the owner's time in it, and its working days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from reportgen.evidence.working_days import is_working_day, working_days_after
from reportgen.periods import month_end
from reportgen.settings.settings import Settings
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a plan, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    def minutes(self, settings: Settings) -> int:
        """The owner's time for relationships; a week is seven days."""
        return settings.relationship_minutes_per_week * self.days // 7

    def working_days(self, settings: Settings) -> tuple[date, ...]:
        """In order; the next one after the month where it has none."""
        days = (self.first + timedelta(days=at) for at in range(self.days))
        found = tuple(day for day in days if is_working_day(day, settings))
        return found or (next(working_days_after(self.last, settings)),)


def month_of(as_of: date) -> Month:
    """The calendar month after the as-of date's; of its own, where it does not end it, from it on."""
    first = as_of + timedelta(days=1) if as_of == month_end(as_of) else as_of
    return Month(first, month_end(first))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to find its day."""

    minutes: int
    urgent: bool
    """Soon; else any time in the month."""
    day: date | None
    """The day that it is for: it is placed there, or on the last working day before it; what is urgent
    sooner, where there is room."""
    earliest: date | None = None
    """The first day that will do, where it may well be later."""


def spread(
    wanted: Sequence[Wanted], days: Sequence[date], settings: Settings
) -> list[tuple[date, time]]:
    """A working day and a time for each, in the order given.

    What is for a day goes there. What is urgent takes the first days and the rest is strewn over those
    that follow, not before its earliest: one a day while there are days, and no more a week than the
    owner's time, while that lasts.
    """
    taken = _Taken(days, settings)
    placed: dict[int, tuple[date, time]] = {}
    urgent = [at for at, one in enumerate(wanted) if one.urgent]
    fixed = sorted(
        (one.day, at) for at, one in enumerate(wanted) if one.day is not None and not one.urgent
    )
    rest = [at for at, one in enumerate(wanted) if one.day is None and not one.urgent]
    for day, at in fixed:
        placed[at] = taken.take(_by(day, days), wanted[at].minutes)
    for at in urgent:
        day = min(taken.best(0, wanted[at].minutes), _by(wanted[at].day, days))
        placed[at] = taken.take(day, wanted[at].minutes)
    begin = min(len(urgent), len(days) - 1)
    for number, at in enumerate(rest):
        place = begin + number * (len(days) - begin) // len(rest)
        place = max(place, sum(day < (wanted[at].earliest or days[0]) for day in days[:-1]))
        placed[at] = taken.take(taken.best(place, wanted[at].minutes), wanted[at].minutes)
    return [placed[at] for at in range(len(wanted))]


def _by(day: date | None, days: Sequence[date]) -> date:
    """The last working day up to a day, else the first there is; without a day the last of all."""
    before = [one for one in days if day is None or one <= day]
    return (before or days[:1])[-1]


class _Taken:
    """The minutes that each day and each week already has."""

    def __init__(self, days: Sequence[date], settings: Settings) -> None:
        self._days = days
        self._settings = settings
        self._of_day: Counter[date] = Counter()
        self._of_week: Counter[date] = Counter()

    def best(self, place: int, minutes: int) -> date:
        """The first empty day from a place on, in a week with room; else the emptiest of all."""
        a_week = self._settings.relationship_minutes_per_week
        for day in self._days[place:]:
            if not self._of_day[day] and self._of_week[_monday(day)] + minutes <= a_week:
                return day
        return min(self._days, key=lambda day: (self._of_day[day], day))

    def take(self, day: date, minutes: int) -> tuple[date, time]:
        """The day, and when on it."""
        begins = datetime.combine(day, self._settings.opens)
        begins += timedelta(minutes=self._of_day[day])
        self._of_day[day] += minutes
        self._of_week[_monday(day)] += minutes
        return day, begins.time()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
