"""The course of one relationship as path data: effort above the red line, silence hanging below it.

All pictures of one client are drawn from it. Across they are measured in the picture's own units, which
the page stretches to its width; up and down in pixels, so that lines and words keep their size.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from reportgen.analyses.matrix import effort_by_week, smoothed_hours
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.red_line import PhaseName, Spell
from reportgen.settings.settings import Settings
from reportgen.values import cached_property, dataclass

DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)

Place = tuple[int, int]
"""Across and down."""


@dataclass(frozen=True)
class Calendar:
    """The days that a picture shows, laid out over its width."""

    first: date
    last: date
    width: int
    """Of the picture, in its own units."""

    def at(self, day: date) -> int:
        """Where a day begins; days before the first lie left of the picture, which cuts them off."""
        return self.after((day - self.first).days)

    def after(self, days: int) -> int:
        """Where the day so many days after the first begins."""
        return round(days / self._days * self.width)

    def weeks(self, days: int, number: int) -> list[int]:
        """Where so many weeks begin, the first of them so many days after the first day."""
        begun = days + 7 * np.arange(number)
        return _whole(begun / self._days * self.width)

    @cached_property
    def _days(self) -> int:
        """From the first to the last, at least one."""
        return max(1, (self.last - self.first).days)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much fills the room above the line, and the room below it."""

    hours: float
    """Hours a week; above 0."""
    days: int
    """Days beyond the red line; above 0."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The heights of a picture, in pixels from its top."""

    top: int
    """Where the tallest effort ends."""
    line: int
    """Of the red line."""
    bottom: int
    """Where the deepest silence ends."""

    def up(self, hours: float, scale: Scale) -> int:
        """How high so many hours a week stand."""
        return self.line - round(min(1.0, hours / scale.hours) * (self.line - self.top))

    def ups(self, hours: Sequence[float], scale: Scale) -> list[int]:
        """The same of many."""
        filled = np.minimum(1.0, np.array(hours) / scale.hours)
        return _whole(self.line - np.rint(filled * (self.line - self.top)))

    def down(self, days: int, scale: Scale) -> int:
        """How low so many days beyond the red line hang."""
        return self.line + round(min(1.0, days / scale.days) * (self.bottom - self.line))


def _whole(places: np.ndarray) -> list[int]:
    whole: list[int] = np.rint(places).astype(int).tolist()
    return whole


@dataclass(frozen=True, slots=True)
class Effort:
    """The smoothed effort of one relationship, week by week and none left out."""

    thursday: date
    """The middle of the first week."""
    hours: tuple[float, ...]

    def since(self, day: date) -> Effort:
        """That of the weeks whose middle is this day or later."""
        before = max(0, -((self.thursday - day).days // 7))
        return Effort(self.thursday + before * _WEEK, self.hours[before:])


def effort_of(seen: Evidence, settings: Settings) -> Effort | None:
    """The effort up to the as-of date; None where nothing is known."""
    found = effort_by_week(seen)
    if found is None:
        return None
    return Effort(found.monday + 3 * DAY, smoothed_hours(found.minutes, settings.smoothing_weeks))


def depths(seen: Evidence, spell: Spell) -> list[tuple[date, int]]:
    """The days beyond the red line at both ends of a spell, and wherever the line changes within it."""
    days = {spell.first, spell.last}
    for norm in seen.silence.norms:
        days.update(day for day in (norm.first, norm.last) if spell.first <= day <= spell.last)
    contact = seen.contact_days[bisect_left(seen.contact_days, spell.first) - 1]
    return [
        (day, (day - contact).days - norm.days)
        for day in sorted(days)
        for norm in seen.silence.norms
        if norm.first <= day <= norm.last
    ]


def first_row(seen: Evidence) -> date | None:
    """The day of the first row about the client; before it the workbook tells nothing. None without."""
    known = (*(t.date for t in seen.touchpoints[:1]), *(s.date for s in seen.sales[:1]))
    return min(known, default=None)


@dataclass(frozen=True, slots=True)
class Course:
    """Path data of one relationship; empty where there is nothing of its kind."""

    work: str
    """The times of collaboration, as bands behind the effort."""
    unknown: str
    """The time of which the workbook has no row: a line, to be hatched."""
    effort: str
    silence: str
    line: str
    contacts: str
    """A mark for each contact day."""


def course(
    seen: Evidence, effort: Effort | None, calendar: Calendar, ground: Ground, scale: Scale
) -> Course:
    """The course of a relationship that has begun."""
    started = seen.silence.started
    assert started is not None
    start, end = calendar.at(started), calendar.at(seen.silence.ended)
    return Course(
        work="".join(_work(seen, calendar, ground)),
        unknown=_unknown(seen, calendar, ground),
        effort=_effort(effort, calendar, ground, scale) if effort else "",
        silence="".join(_silence(seen, calendar, ground, scale)),
        line=f"M{max(0, start)} {ground.line}H{end}",
        contacts=_contacts(seen.contact_days, calendar, ground),
    )


def _work(seen: Evidence, calendar: Calendar, ground: Ground) -> Iterator[str]:
    for phase in seen.phases:
        if phase.name is PhaseName.COLLABORATION and phase.last >= calendar.first:
            # What lies beside a picture would be behind the name there, for those who check contrast.
            left = max(0, calendar.at(phase.first))
            right = min(calendar.width, calendar.at(phase.last + DAY))
            yield f"M{left} 0h{max(1, right - left)}v{ground.line}H{left}z"


def _unknown(seen: Evidence, calendar: Calendar, ground: Ground) -> str:
    started = seen.silence.started
    known = first_row(seen) or calendar.last
    if started is None or known <= max(started, calendar.first):
        return ""
    middle = (ground.top + ground.line) // 2
    return f"M{max(0, calendar.at(started))} {middle}H{calendar.at(known)}"


def _effort(effort: Effort, calendar: Calendar, ground: Ground, scale: Scale) -> str:
    shown = effort.since(calendar.first - _WEEK)
    if not any(shown.hours):
        return ""
    first = (shown.thursday - calendar.first).days
    weeks = calendar.weeks(first, len(shown.hours))
    points = list(zip(weeks, ground.ups(shown.hours, scale), strict=True))
    end = (calendar.at(calendar.last), points[-1][1])
    return area([*points, end] if points[-1][0] < end[0] else points, ground.line)


def _silence(seen: Evidence, calendar: Calendar, ground: Ground, scale: Scale) -> Iterator[str]:
    for spell in seen.silence.spells:
        if spell.last < calendar.first:
            continue
        hung = [(calendar.at(day), ground.down(days, scale)) for day, days in depths(seen, spell)]
        yield area([(calendar.at(spell.first - DAY), ground.line), *hung], ground.line)


def _contacts(days: Iterable[date], calendar: Calendar, ground: Ground) -> str:
    """A short upright mark for each day; days that fall on one place share it."""
    places = sorted({calendar.at(day) for day in days if day >= calendar.first})
    return "".join(f"M{place} {ground.line - 3}v6" for place in places)


def area(points: Sequence[Place], line: int) -> str:
    """Path data of an area that begins and ends on the line: up or down at its left, then as it goes."""
    start = (points[0][0], line)
    return _outline(points if points[0] == start else [start, *points]) + f"V{line}Z"


def _outline(points: Sequence[Place]) -> str:
    """Path data through the points, leaving out those level with both their neighbours.

    It goes by steps, which take less room than places: there is a picture for each client.
    """
    between = (
        here
        for before, here, after in zip(points, points[1:], points[2:], strict=False)
        if not before[1] == here[1] == after[1]
    )
    turns = [points[0], *between, points[-1]]
    steps = [f"{to[0] - at[0]} {to[1] - at[1]}" for at, to in pairwise(turns)]
    return f"M{turns[0][0]} {turns[0][1]}l{' '.join(steps)}"
