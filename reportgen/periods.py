"""Months and years that end on the as-of date, with end-of-month clipping (SPEC, notation).

Every client asks for the same few dates, so the answers are kept.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from typing import TypeVar

from reportgen.values import dataclass

Dated = TypeVar("Dated")


@dataclass(frozen=True, slots=True)
class Window:
    """The days after ``after`` up to and including ``to``."""

    after: date
    to: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.after < day <= self.to

    @property
    def first(self) -> date:
        """The first day of the window."""
        return self.after + timedelta(days=1)


@cache
def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a shorter month (31 March → 28 February)."""
    return months_after(day, -months)


@cache
def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month (31 January → 28 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    # No month has fewer than 28 days.
    return date(year, month, day.day if day.day <= 28 else min(day.day, monthrange(year, month)[1]))


@cache
def year_to(as_of: date) -> Window:
    """W: the 12 months up to and including the as-of date."""
    return Window(after=months_before(as_of, 12), to=as_of)


@cache
def year_before(as_of: date) -> Window:
    """The 12 months before W."""
    return Window(after=months_before(as_of, 24), to=months_before(as_of, 12))


COMPARED_MONTHS_AT_LEAST = 3
"""How many whole months of the year before it takes to compare money with it (SPEC 4)."""


@dataclass(frozen=True, slots=True)
class Years:
    """Two stretches of time whose money may be compared, like for like."""

    earlier: Window
    """The 12 months before W, or the whole calendar months of them since sales are recorded."""
    later: Window
    """W, or the same months a year later."""
    months: tuple[date, ...]
    """The first days of these months of the earlier year; empty where the year is whole."""
    tell: bool
    """Whether they are long enough to compare."""


@cache
def comparable_years(first_sale: date | None, as_of: date) -> Years:
    """W and the 12 months before it, or as much of both as sales are recorded of.

    ``first_sale`` is the day of the book's first; None where it has none. A first sale on the first of
    a month makes that month whole.
    """
    before, now = year_before(as_of), year_to(as_of)
    if first_sale is not None and first_sale <= before.first:
        return Years(before, now, (), tell=True)
    months = tuple(
        first
        for first in month_starts(before.first, before.to)
        if first_sale is not None
        and first_sale <= first
        and before.first <= first
        and month_end(first) <= before.to
    )
    if not months:
        return Years(before, now, (), tell=False)
    first, last = months[0], months[-1]
    return Years(
        Window(first - timedelta(days=1), month_end(last)),
        Window(months_after(first, 12) - timedelta(days=1), month_end(months_after(last, 12))),
        months,
        tell=len(months) >= COMPARED_MONTHS_AT_LEAST,
    )


@cache
def months_of_year(as_of: date) -> tuple[Window, ...]:
    """W as twelve windows, oldest first: calendar months when the as-of date ends its month."""
    ends = [months_before(as_of, back) for back in range(12, -1, -1)]
    if as_of == month_end(as_of):
        # Else the 31st of a month would belong to the next one, whenever the as-of month has 30 days.
        ends[1:] = [month_end(day) for day in ends[1:]]
    return tuple(Window(after, to) for after, to in itertools.pairwise(ends))


@cache
def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def previous_month_end(as_of: date) -> date:
    """The last day of the month before the as-of date's month: what "last month" compares with."""
    return as_of.replace(day=1) - timedelta(days=1)


@cache
def month_starts(first: date, last: date) -> tuple[date, ...]:
    """The first day of every calendar month, from the month of ``first`` to that of ``last``."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(months_after(first.replace(day=1), step) for step in range(count))


def has_come(day: date | None, as_of: date) -> bool:
    """Whether the day is known and has come by the as-of date (inclusive)."""
    return day is not None and day <= as_of


def up_to(
    rows: Sequence[Dated], day: date, when: Callable[[Dated], date]
) -> tuple[Sequence[Dated], Sequence[Dated]]:
    """The rows up to the day (inclusive) and those after it; the rows are in order of date."""
    cut = bisect_right(rows, day, key=when)
    return rows[:cut], rows[cut:]


def within(
    rows: Sequence[Dated], window: Window, when: Callable[[Dated], date] = attrgetter("date")
) -> Sequence[Dated]:
    """The rows dated in the window, maybe none; the rows are in order of date."""
    return rows[
        bisect_right(rows, window.after, key=when) : bisect_right(rows, window.to, key=when)
    ]
