"""Whether clients who were given something in their first weeks stay longer, or come back sooner (SPEC 4).

A landmark comparison: only who is still there when these weeks are over counts, and time runs from that
day on. So nobody looks faithful just because he stayed long enough to be given something. It is a
comparison and no proof: who was given more may have been another kind of client.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from reportgen.estimates.strata import Stratum, stratum
from reportgen.estimates.survival import SurvivalCurve, kaplan_meier, log_rank
from reportgen.evidence.evidence import Evidence
from reportgen.model import Kind
from reportgen.values import dataclass

AT_LEAST = 10
"""How many clients it takes in each of two groups to compare them (SPEC 4)."""

_LONGEST_DAYS = 365
"""After how long the two groups are held against each other, where both have been watched so long."""


class Event(StrEnum):
    """What is waited for."""

    LEFT = "left"
    """Of a service or a subscription, whose clients stay until they leave: the fewer, the better."""
    CAME_BACK = "came back"
    """Of all others: the first further purchase after these weeks, the sooner the better."""


@dataclass(frozen=True, slots=True)
class Group:
    """The clients who had something in their first weeks, or those who had not."""

    clients: int
    happened: int
    """To how many of them it has happened by the as-of date."""
    share: float
    """To which part of them it happens in the days that are compared, by Kaplan–Meier."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Those who had an activity, or any of one kind, in their first weeks, against those who had not."""

    what: str
    """The activity's name, or the kind."""
    is_kind: bool
    activities: tuple[str, ...]
    """The activity, or those that stand for the kind in these weeks, what most clients had first."""
    event: Event
    with_it: Group
    without: Group
    days: int
    """After how many days, from the end of these weeks, the shares are told."""
    p: float | None
    """How often chance alone would set the two so far apart (log-rank); None where nothing happened."""

    @property
    def better_by(self) -> float:
        """By what share those who had it fare better; below 0 where they fare worse."""
        more = self.with_it.share - self.without.share
        return -more if self.event is Event.LEFT else more


@dataclass(frozen=True, slots=True)
class WhatWorks:
    """All comparisons that the book can carry, what helped most first."""

    weeks_days: int
    """How long the first weeks are, in days from the first purchase."""
    comparisons: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True)
class _Customer:
    """A customer who was still there when the first weeks were over."""

    had: frozenset[tuple[str, Kind | None]]
    """The activities of the first weeks, each with its kind."""
    days: int
    """From the end of these weeks until it happened, or for how long it has not."""
    happened: bool


def what_works(everyone: Sequence[Evidence], days: int) -> WhatWorks:
    """Every activity and every kind that ten customers had in their first ``days`` days, and ten had not.

    A kind that is one activity and no other is told as that activity alone.
    """
    found: list[Comparison] = []
    for event in Event:
        of_event = [seen for seen in everyone if _waits_for(seen) is event and seen.is_customer]
        still = [one for seen in of_event if (one := _customer(seen, event, days)) is not None]
        found += _comparisons(still, event)
    return WhatWorks(days, tuple(sorted(found, key=lambda one: (-one.better_by, one.what))))


@dataclass(frozen=True, slots=True)
class Within:
    """The same comparison within one book, however few, to be put together with those of other books."""

    what: str
    is_kind: bool
    event: Event
    found: Stratum


def within(everyone: Sequence[Evidence], days: int) -> tuple[Within, ...]:
    """Every activity and kind that somebody had in the first ``days`` days and somebody else had not.

    In order of event, then the activities, then the kinds, each by name.
    """
    found = []
    for event in Event:
        of_event = [seen for seen in everyone if _waits_for(seen) is event and seen.is_customer]
        still = [one for seen in of_event if (one := _customer(seen, event, days)) is not None]
        every = {one for customer in still for one in customer.had}
        for what, is_kind in (
            *((name, False) for name in sorted({name for name, _ in every})),
            *((kind, True) for kind in sorted({kind for _, kind in every if kind is not None})),
        ):
            groups: tuple[list[tuple[int, bool]], list[tuple[int, bool]]] = ([], [])
            for one in still:
                had = any(what == of[is_kind] for of in one.had)
                groups[had].append((one.days, one.happened))
            if all(groups):
                found.append(Within(str(what), is_kind, event, stratum(groups[1], groups[0])))
    return tuple(found)


def _waits_for(seen: Evidence) -> Event:
    return Event.LEFT if seen.pays_by_the_month else Event.CAME_BACK


def _customer(seen: Evidence, event: Event, days: int) -> _Customer | None:
    """None for one whose first weeks are not over, or who left in them."""
    first = seen.purchases[0].first
    landmark = first + timedelta(days)
    if event is Event.LEFT:
        then = _left_on(seen)
    else:
        then = next((one.first for one in seen.purchases if one.first > landmark), None)
    if landmark > seen.as_of or (then is not None and then <= landmark):
        return None
    had = {
        (touch.activity.name, touch.activity.kind)
        for touch in seen.touchpoints
        if first <= touch.date <= landmark and touch.activity.name
    }
    return _Customer(frozenset(had), ((then or seen.as_of) - landmark).days, then is not None)


def _left_on(seen: Evidence) -> date | None:
    """The day that the owner recorded; of one who lapsed without a word, the end of the last paid month."""
    if seen.has_ended:
        return seen.client.ended_on
    return min(seen.purchases[-1].last, seen.as_of) if seen.lapsed else None


def _comparisons(customers: Sequence[_Customer], event: Event) -> Iterator[Comparison]:
    every = Counter(one for customer in customers for one in customer.had)
    told: set[tuple[bool, ...]] = set()
    for what, is_kind in (
        *((name, False) for name in sorted({name for name, _ in every})),
        *((kind, True) for kind in sorted({kind for _, kind in every if kind is not None})),
    ):
        had = tuple(any(what == one[is_kind] for one in customer.had) for customer in customers)
        if is_kind and had in told:
            continue
        told.add(had)
        if AT_LEAST <= sum(had) <= len(customers) - AT_LEAST:
            of = [one for one in every if one[is_kind] == what]
            names = sorted(of, key=lambda one: (-every[one], one[0]))
            activities = tuple(name for name, _ in names)
            yield _compared(customers, had, what, is_kind, activities, event)


def _compared(
    customers: Sequence[_Customer],
    had: Sequence[bool],
    what: str,
    is_kind: bool,
    activities: tuple[str, ...],
    event: Event,
) -> Comparison:
    with_it = [one for one, has in zip(customers, had, strict=True) if has]
    without = [one for one, has in zip(customers, had, strict=True) if not has]
    days = min(_LONGEST_DAYS, *(max(one.days for one in group) for group in (with_it, without)))
    lasted = [
        ([one.days for one in group], [one.happened for one in group])
        for group in (with_it, without)
    ]
    test = log_rank(*lasted)
    return Comparison(
        what=what,
        is_kind=is_kind,
        activities=activities,
        event=event,
        with_it=_group(with_it, kaplan_meier(*lasted[0]), days),
        without=_group(without, kaplan_meier(*lasted[1]), days),
        days=days,
        p=None if test is None else test.p_value,
    )


def _group(members: Sequence[_Customer], curve: SurvivalCurve, days: int) -> Group:
    left = [share for time, share in zip(curve.times, curve.survival, strict=True) if time <= days]
    happened = sum(one.happened for one in members)
    return Group(len(members), happened, 1 - left[-1] if left else 0.0)
