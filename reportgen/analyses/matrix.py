"""Time and effort over the length of a relationship (SPEC 2, 000).

Effort is the minutes of all touchpoints, connecting or not. The red line and the silence below it are in
:mod:`reportgen.evidence.red_line`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from reportgen.evidence.evidence import Evidence
from reportgen.periods import month_end, month_starts


@dataclass(frozen=True, slots=True)
class Week:
    """One ISO week of effort."""

    monday: date
    minutes: int


def effort_by_week(seen: Evidence) -> tuple[Week, ...]:
    """Minutes per ISO week, oldest first, from the first week known to the as-of date's, none left out.

    Empty when nothing has happened yet.
    """
    if seen.known_since is None:
        return ()
    minutes: Counter[date] = Counter()
    for touchpoint in seen.touchpoints:
        minutes[_monday(touchpoint.date)] += touchpoint.minutes
    first, last = _monday(seen.known_since), _monday(seen.as_of)
    return tuple(
        Week(monday, minutes[monday])
        for monday in (
            first + timedelta(weeks=step) for step in range((last - first).days // 7 + 1)
        )
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def smoothed_hours(weeks: Sequence[Week], over: int) -> tuple[float, ...]:
    """Hours per week, week by week: a triangular average over some ``over`` weeks; empty for no weeks.

    Weights that would fall outside the relationship are left out, so that its ends do not sink.
    """
    if not weeks:
        return ()
    reach = (over + 1) // 2
    weights = np.array([reach + 1 - abs(step) for step in range(-reach, reach + 1)])
    inside = slice(reach, reach + len(weeks))
    minutes = np.convolve([week.minutes for week in weeks], weights)[inside]
    return tuple(
        float(hours) for hours in minutes / np.convolve(np.ones(len(weeks)), weights)[inside] / 60
    )


@dataclass(frozen=True, slots=True)
class Month:
    """One client's calendar month."""

    first: date
    minutes: int
    days_below: int
    days: int
    """Days of the relationship in the month; 0 before it began and after it ended."""


def effort_by_month(seen: Evidence, months: Sequence[date]) -> tuple[Month, ...]:
    """Effort and days below the red line in each of the months, which are given by their first days."""
    minutes: Counter[date] = Counter()
    for touchpoint in seen.touchpoints:
        minutes[touchpoint.date.replace(day=1)] += touchpoint.minutes
    found = []
    for first in months:
        last = month_end(first)
        days = 0
        if seen.silence.started is not None:
            days = (min(last, seen.silence.ended) - max(first, seen.silence.started)).days + 1
        below = sum(spell.days_within(first, last) for spell in seen.silence.spells)
        found.append(Month(first, minutes[first], below, max(0, days)))
    return tuple(found)


def months_shown(everyone: Sequence[Evidence], as_of: date, most: int) -> tuple[date, ...]:
    """The first days of the months from the earliest relationship's start on, the latest ``most``."""
    begun = [seen.silence.started for seen in everyone if seen.silence.started is not None]
    return month_starts(min(begun, default=as_of), as_of)[-most:]
