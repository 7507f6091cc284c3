"""Section 2: the red line, counted day by day."""

from __future__ import annotations

import datetime as dt
import math
from functools import cache

import holidays
from oracle.past import DAY, Past, norm_on, once


class Silence:
    """A client's silence, day by day, from the first contact day to the end of the relationship."""

    def __init__(self, past: Past) -> None:
        self.past = past
        client = past.client
        self.end = min(past.day, client.ended_on) if client.ended_on else past.day
        days = [day for day in past.contact_days if day <= self.end]
        starts = [*past.contact_days[:1], *([client.since] if client.since else [])]
        self.start = min(starts) if starts else None
        self.contact_days = days
        self.below = set(self._below())

    def _below(self):
        """“Below the red line when silence > N”, each day by the norm of its phase."""
        settings = self.past.settings
        phases = settings.red_line_before_the_sale_days or settings.red_line_in_collaboration_days
        contacts, last, day = set(self.contact_days), None, self.start
        if not contacts:
            return
        while day <= self.end:
            if day in contacts:
                last = day
            norm = norm_on(self.past, day) if phases and last else self.past.red_line
            if last and (day - last).days > norm:
                yield day
            day += DAY

    @property
    def last_contact(self) -> dt.date | None:
        """The last contact day up to T."""
        return self.past.contact_days[-1] if self.past.contact_days else None

    @property
    def silence(self) -> int | None:
        """“Silence on day t = t − last contact day ≤ t; before the first contact day there is none.”."""
        return (self.past.day - self.last_contact).days if self.last_contact else None

    @property
    def is_below(self) -> bool:
        """Below the red line on T; after `Ended on` never, since the relationship is over."""
        over = self.end < self.past.day
        return not over and self.silence is not None and self.silence > self.past.red_line

    @property
    def days(self) -> int:
        """Days in the relationship, “both ends counted”."""
        return (self.end - self.start).days + 1 if self.start and self.start <= self.end else 0

    def below_share(self, after: dt.date | None = None) -> float | None:
        """“Days below ÷ days in the relationship (both ends counted)”, maybe only those after a day;
        n/a without a contact day: nothing was silent."""
        if not self.days or not self.past.contact_days:
            return None
        first = self.start if after is None else max(self.start, after + DAY)
        days = (self.end - first).days + 1
        return sum(day >= first for day in self.below) / days if days > 0 else None

    @property
    def spells(self) -> list[tuple[dt.date, dt.date]]:
        """“A spell is one unbroken run of such days, with its first and last day”."""
        runs: list[list[dt.date]] = []
        contacts = set(self.contact_days)
        for day in sorted(self.below):
            if runs and runs[-1][-1] == day - DAY and day not in contacts:
                runs[-1].append(day)
            else:
                runs.append([day])
        return [(run[0], run[-1]) for run in runs]


@once
def silence_of(past: Past) -> Silence:
    """Worked out once a client and day."""
    return Silence(past)


@once
def lapsed(past: Past) -> bool:
    """“Not ended, silence > 4 N and no open From–To period”."""
    if past.ended or not past.contact_days or past.period_covers(past.day):
        return False
    silent = (past.day - past.contact_days[-1]).days
    return silent > past.settings.lapsed_after_red_lines * past.red_line


def running(past: Past) -> bool:
    """“Neither lapsed nor ended”."""
    return not past.ended and not lapsed(past)


def touches(past: Past) -> list[list[dt.date]]:
    """The days of the touches of each spell.

    “A spell of d days needs ⌈d ÷ (N + 1)⌉ touches … each as late as the one before allows, moved back
    to a working day where one is near enough, with one touch more where none is. … A spell that began
    more than 365 days ago is history, not advice.” Only told where one norm holds all the time.
    """
    found, reach = [], dt.timedelta(days=past.red_line + 1)
    for first, last in silence_of(past).spells:
        days, before = [], first - reach
        if (past.day - first).days > 365:
            last = first - DAY
        while before + reach <= last:
            late = before + reach
            near = late
            while near > before + DAY and not works(past.settings, near):
                near -= DAY
            days.append(near if works(past.settings, near) else late)
            before = days[-1]
        found.append(days)
    return found


def touch_days(past: Past) -> list[list[str]]:
    """The same, as JSON has them."""
    return [[day.isoformat() for day in days] for days in touches(past)]


@cache
def _holidays(country: str):
    return holidays.country_holidays(country)


def works(settings, day: dt.date) -> bool:
    """Whether the owner works on a day: one of her working days, and no public holiday."""
    free = settings.country and day in _holidays(settings.country)
    return day.weekday() in settings.working_days and not free


def figures(past: Past) -> dict:
    """What section 2 says of a client."""
    own = silence_of(past)
    norm = past.red_line
    silence = own.silence
    return {
        "red_line_days": norm,
        "ideal_days": past.client.contact_every_days or math.ceil(norm / 2),
        "last_contact": own.last_contact and own.last_contact.isoformat(),
        "silence_days": silence,
        "overdue": None if silence is None else max(0, silence - norm) / norm * own.is_below,
        "below_red_line": own.is_below,
        "days_below": len(own.below),
        "relationship_days": own.days,
        "below_share": own.below_share(),
        "spells": [
            {"first": a.isoformat(), "last": b.isoformat(), "days": (b - a).days + 1}
            for a, b in own.spells
        ],
        "lapsed": lapsed(past),
        "ended": past.ended,
    }
