"""Which touchpoint answers which: for responsiveness (5) and for boundaries (6)."""

from __future__ import annotations

import datetime as dt

from oracle.past import DAY, Past
from oracle.red_line import works


def is_message(row) -> bool:
    """Something came in that is no call, meeting or visit."""
    return row.direction == "in" and not row.activity.two_way


def can_answer(row) -> bool:
    """“An outgoing or two-way one”; “an incoming call answers itself and what came before it;
    administration answers nothing”, nor does work that the client does not feel."""
    if row.activity.value == "low" or not row.activity.connects:
        return False
    return row.direction in ("out", "both") or row.activity.two_way


def answer_to(past: Past, row):
    """The first touchpoint that answers an incoming one; None while there is none.

    On the same day one counts as later unless both are timed and it began earlier.
    """
    if row.activity.two_way and can_answer(row):
        return row
    for other in past.touchpoints:
        if other is row or other.date < row.date or not can_answer(other):
            continue
        timed = other.start and row.start
        if other.date > row.date or not timed or other.start >= row.start:
            return other
    return None


def working_days_later(settings, day: dt.date, days: int) -> dt.date:
    """The working day that comes so many working days after a day."""
    while days:
        day += DAY
        days -= works(settings, day)
    return day
