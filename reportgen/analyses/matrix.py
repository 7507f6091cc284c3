"""Time and effort over the length of a relationship (SPEC 2, 000).

Effort is the minutes of all touchpoints, connecting or not. The red line and the silence below it are in
:mod:`reportgen.evidence.red_line`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from reportgen.evidence.evidence import Evidence
from reportgen.values import dataclass

_WEEK = timedelta(weeks=1)


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
    first = _monday(seen.known_since)
    minutes = [0] * ((seen.as_of - first).days // 7 + 1)
    for touchpoint in seen.touchpoints:
        minutes[(touchpoint.date - first).days // 7] += touchpoint.minutes
    return tuple(Week(first + at * _WEEK, number) for at, number in enumerate(minutes))


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
