"""The small matrix of one client: a strip on the calendar and the scale that it shares with all others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from reportgen import words
from reportgen.evidence.evidence import Evidence
from reportgen.periods import month_starts, months_before
from reportgen.pictures.course import Calendar, Course, Ground, Scale, course, depths, effort_of
from reportgen.pictures.labels import Label, Stretch, spaced
from reportgen.settings.settings import Settings
from reportgen.values import dataclass

MONTHS = 18
"""How many months the strips show at most, the last the as-of date's."""

WIDTH, HEIGHT = 360, 48
"""Of a strip: three units are some five days."""

_GROUND = Ground(top=2, line=26, bottom=46)
_LEAST = Scale(hours=1, days=30)


@dataclass(frozen=True, slots=True)
class Shared:
    """The calendar and the scale of all strips of a report."""

    calendar: Calendar
    scale: Scale

    @property
    def months(self) -> tuple[date, ...]:
        """The first days of the months shown."""
        return month_starts(self.calendar.first, self.calendar.last)


@dataclass(frozen=True, slots=True)
class Strip:
    """One client's strip; ``course`` is None where the relationship has not begun."""

    width: int
    height: int
    in_words: str
    """What it shows."""
    course: Course | None


def shared(everyone: Iterable[Evidence], settings: Settings, as_of: date) -> Shared:
    """The calendar back to the first beginning, 18 months at most; the scale that fits all shown."""
    begun = [seen for seen in everyone if seen.silence.started is not None]
    earliest = months_before(as_of.replace(day=1), MONTHS - 1)
    started = min((seen.silence.started or as_of for seen in begun), default=as_of)
    calendar = Calendar(max(earliest, started.replace(day=1)), as_of, WIDTH)
    hours, days = _LEAST.hours, _LEAST.days
    for seen in begun:
        if effort := effort_of(seen, settings):
            hours = max((hours, *effort.since(calendar.first).hours))
        for spell in seen.silence.spells:
            if spell.last >= calendar.first:
                days = max(days, *(depth for _, depth in depths(seen, spell)))
    return Shared(calendar, Scale(hours, days))


def strip(seen: Evidence, settings: Settings, on: Shared, with_work: bool) -> Strip:
    """The strip of a client on the shared calendar; ``with_work`` shows the bands of work."""
    drawn = None
    if seen.silence.started is not None:
        drawn = course(seen, effort_of(seen, settings), on.calendar, _GROUND, on.scale)
        drawn = drawn if with_work else replace(drawn, work="")
    return Strip(WIDTH, HEIGHT, _in_words(seen, on.calendar.first), drawn)


def _in_words(seen: Evidence, since: date) -> str:
    quiet = seen.silence
    if quiet.last_contact is None:
        return "No contact yet."
    lately = sum(day >= since for day in seen.contact_days)
    over = (quiet.silence_days or 0) - quiet.red_line_days
    below = f", {words.days(over)} beyond the red line" if quiet.below_red_line else ""
    return (
        f"{words.count(lately, 'contact day')} since {words.month(since)}; the last on "
        f"{words.short_day(quiet.last_contact)}{below}."
    )


def axis(on: Shared) -> tuple[Label, ...]:
    """Some six months above the strips, back from the newest; the first of a year with the year."""
    months = on.months[:: -max(1, len(on.months) // 6)][::-1]
    years = {first.year: first for first in reversed(months)}
    named = [
        (on.calendar.at(first), words.month(first) if first in years.values() else f"{first:%b}")
        for first in months
    ]
    return spaced(Stretch(WIDTH, desk=350, phone=150), [*named[:1], *named[:0:-1]])
