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


@dataclass(frozen=True, slots=True)
class Weeks:
    """The effort of ISO weeks, oldest first and none left out."""

    monday: date
    """Of the first."""
    minutes: tuple[int, ...]


def effort_by_week(seen: Evidence) -> Weeks | None:
    """Minutes per ISO week, from the first week known to the as-of date's.

    None when nothing has happened yet.
    """
    if seen.known_since is None:
        return None
    first = seen.known_since - timedelta(days=seen.known_since.weekday())
    minutes = [0] * ((seen.as_of - first).days // 7 + 1)
    for touchpoint in seen.touchpoints:
        minutes[(touchpoint.date - first).days // 7] += touchpoint.minutes
    return Weeks(first, tuple(minutes))


def smoothed_hours(minutes: Sequence[int], over: int) -> tuple[float, ...]:
    """Hours per week, week by week: a triangular average over some ``over`` weeks; empty for no weeks.

    Weights that would fall outside the relationship are left out, so that its ends do not sink.
    """
    if not minutes:
        return ()
    reach = (over + 1) // 2
    weights = np.array([reach + 1 - abs(step) for step in range(-reach, reach + 1)])
    inside = slice(reach, reach + len(minutes))
    weighed = np.convolve(minutes, weights)[inside]
    return tuple((weighed / np.convolve(np.ones(len(minutes)), weights)[inside] / 60).tolist())
