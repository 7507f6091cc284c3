"""Hours and cost by activity, what templates would save of them, and the key moments (SPEC 7, 000)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Literal

from reportgen.evidence.costs import cost, is_recorded
from reportgen.evidence.evidence import Evidence
from reportgen.model import Activity, ActivityValue, MinutesRecorded, Role, Touchpoint
from reportgen.periods import months_of_year
from reportgen.problems import Row
from reportgen.settings.settings import Settings
from reportgen.shares import Share
from reportgen.values import dataclass
from reportgen.words import plain


@dataclass(frozen=True, slots=True)
class ActivityTime:
    """What one activity took in W."""

    activity: Activity
    """One with an empty name stands for the touchpoints whose Activity is blank."""
    touchpoints: int
    without_minutes: int
    """How many of them have blank minutes, which count as 0."""
    minutes: int
    cost: Decimal | None
    """Hours × hourly rate and the Cost column; None where no minutes and no cost are written down, and for
    minutes without a rate."""
    share: float | None
    """Of all minutes in W, 0–1; None when there are none."""
    cumulative_share: float | None
    """The share of this activity and of those before it in the list."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Saving:
    """A low-value activity, and the letter or tool that could do part of it."""

    activity: Activity
    minutes: int
    """Spent on it in W."""
    letter: str | None
    """The letter that standardises it."""
    tool: str | None
    """The tool that does, where there is no letter for it."""
    hours: float
    """What that would save in a year like W."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Efficiency:
    """Hours by activity over all clients in W."""

    activities: tuple[ActivityTime, ...]
    """Most minutes first; equal ones by name."""
    savings: tuple[Saving, ...]
    """The low-value activities that took time, most minutes first: what to standardise."""
    months: int
    """How many months of W the book covers, from its first row on, 0–12."""

    @property
    def minutes(self) -> int:
        """All minutes in W."""
        return sum(one.minutes for one in self.activities)

    @property
    def low_value_minutes(self) -> int:
        """The minutes of low-value activities in W."""
        return sum(
            one.minutes for one in self.activities if one.activity.value == ActivityValue.LOW
        )

    @property
    def low_value_share(self) -> float | None:
        """Low-value minutes ÷ minutes whose activity has a known value, 0–1; None without any."""
        known = sum(one.minutes for one in self.activities if one.activity.value is not None)
        return self.low_value_minutes / known if known else None

    @property
    def savings_hours(self) -> float:
        """What all letters and tools together would save in a year like W."""
        return sum(one.hours for one in self.savings)

    @property
    def low_value_hours_per_month(self) -> float | None:
        """Low-value hours in an average month of W; None before the first row."""
        return self.low_value_minutes / 60 / self.months if self.months else None


_TOOLS: Mapping[str, str] = {
    "scheduling": "a page on which clients book a time themselves",
    "administration": "a project and client management tool",
}
"""Activity → the tool for it, where the catalogue has no letter (000: tools, reminders, calendars)."""

_ANY_TOOL = "a template or checklist of your own"


def efficiency(everyone: Sequence[Evidence], as_of: date, settings: Settings) -> Efficiency:
    """Hours and cost by activity in W, and what letters and tools would save of them."""
    by_name: defaultdict[str, list[Touchpoint]] = defaultdict(list)
    for seen in everyone:
        for touchpoint in seen.lately:
            by_name[touchpoint.activity.name].append(touchpoint)
    spent = {name: sum(t.minutes for t in of) for name, of in by_name.items()}
    names = sorted(by_name, key=lambda name: (-spent[name], plain(name), name))
    total = sum(spent.values())
    cumulative = accumulate(spent[name] for name in names)
    activities = tuple(
        ActivityTime(
            activity=by_name[name][0].activity,
            touchpoints=len(by_name[name]),
            without_minutes=sum(t.minutes_recorded == MinutesRecorded.NONE for t in by_name[name]),
            minutes=spent[name],
            cost=cost(by_name[name], settings) if is_recorded(by_name[name]) else None,
            share=spent[name] / total if total else None,
            cumulative_share=so_far / total if total else None,
            rows=tuple(t.row for t in by_name[name]),
        )
        for name, so_far in zip(names, cumulative, strict=True)
    )
    return Efficiency(
        activities=activities,
        savings=tuple(
            _saving(one, settings)
            for one in activities
            if one.activity.value == ActivityValue.LOW and one.minutes
        ),
        months=_months_recorded(everyone, as_of),
    )


def _saving(one: ActivityTime, settings: Settings) -> Saving:
    letter = one.activity.letter
    tool = None if letter else _TOOLS.get(plain(one.activity.name), _ANY_TOOL)
    hours = one.minutes * settings.template_saving_share / 60
    return Saving(one.activity, one.minutes, letter, tool, hours, one.rows)


def _months_recorded(everyone: Sequence[Evidence], as_of: date) -> int:
    begun = [
        day
        for seen in everyone
        for day in (*(t.date for t in seen.touchpoints[:1]), *(s.date for s in seen.sales[:1]))
    ]
    return sum(min(begun) <= month.to for month in months_of_year(as_of)) if begun else 0


KeyMoment = Literal["diagnostic", "onboarding", "review"]

KEY_MOMENTS: tuple[KeyMoment, ...] = ("diagnostic", "onboarding", "review")
"""The moments of a relationship that need focus (000)."""

_ROLES: Mapping[KeyMoment, tuple[Role, ...]] = {
    "diagnostic": (Role.DIAGNOSTIC, Role.DISCOVERY),
    "onboarding": (Role.ONBOARDING,),
    "review": (Role.REVIEW,),
}
"""Moment → the roles of the activities that make it; 000's diagnostic interview is a discovery call."""


@dataclass(frozen=True, slots=True)
class KeyMoments:
    """Which key moments a customer has had."""

    client: str
    rows: Mapping[KeyMoment, tuple[Row, ...]]
    """Moment → its touchpoints up to the as-of date; empty for one that has not happened."""

    @property
    def missed(self) -> tuple[KeyMoment, ...]:
        """The moments that have not happened yet, in order of the relationship."""
        return tuple(moment for moment in KEY_MOMENTS if not self.rows[moment])


def key_moments(seen: Evidence) -> KeyMoments | None:
    """The key moments of a customer; None for a prospect."""
    if not seen.is_customer:
        return None
    return KeyMoments(
        client=seen.name,
        rows={
            moment: tuple(t.row for t in seen.touchpoints if t.activity.role in _ROLES[moment])
            for moment in KEY_MOMENTS
        },
    )


def moments_had(each: Sequence[KeyMoments]) -> dict[KeyMoment, Share]:
    """Moment → the share of customers who have had it."""
    return {
        moment: Share(sum(moment not in one.missed for one in each), len(each))
        for moment in KEY_MOMENTS
    }
