"""The matrix as article 000 draws it: time and silence over the phases of a relationship (SPEC 2).

Each relationship, or each project of it, is laid over the same phases: the weeks before, the work from
start to hand-over stretched to one length, the months after.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean, quantiles

from reportgen.evidence.evidence import Evidence
from reportgen.evidence.purchases import BY_THE_MONTH, Purchase
from reportgen.model import BusinessModel
from reportgen.periods import months_after

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)

AT_LEAST = 5
"""How many a step needs before its median and quartiles are given (SPEC 4: fewer are too few)."""

STEP_BEFORE = timedelta(weeks=2)
STEPS_BEFORE, STEPS_OF_WORK, MONTHS_AFTER, MONTHS_TOGETHER = 4, 8, 12, 24
"""Eight weeks before by two, eight parts of the work, and so many months; where no work ends, two years."""


class Phase(StrEnum):
    """Where a step lies."""

    BEFORE = "before"
    WORK = "work"
    AFTER = "after"
    """After the hand-over or the purchase; where the work does not end, since the first payment."""


class Unit(StrEnum):
    """What is laid over the phases."""

    PROJECT = "project"
    PURCHASE = "purchase"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a phase, the same for all that are laid over each other."""

    phase: Phase
    number: int
    """From 1 in its phase, in order of time."""
    known: int
    """How many have lived through it."""
    low: float | None
    """The lower quartile of their hours a week; None with fewer than five, like the next two."""
    median: float | None
    high: float | None
    typical: float | None
    """What the business model typically takes, scaled to the mean of the medians."""
    silent: int
    """How many clients were below their red line at its end."""
    measured: int
    """Of how many: those who had been in touch before."""


@dataclass(frozen=True, slots=True)
class FallingSilent:
    """Where clients are first left in silence."""

    month: int
    """After the hand-over: the month at whose end many are below the line."""
    touch_month: int
    """The month before, in which a light touch would keep it above; 1 or more."""


@dataclass(frozen=True, slots=True)
class PhaseMatrix:
    """The relationships of one business model, laid over its phases."""

    business_model: BusinessModel | None
    unit: Unit
    number: int
    """How many are laid over each other."""
    steps: tuple[Step, ...]
    """In order of time; those at the end that nobody has lived through are left out."""

    @property
    def falls_silent(self) -> FallingSilent | None:
        """The first month after with a quarter of the clients below, and half of what the worst has.

        None where no month has a quarter, or too few are measured.
        """
        after = [
            step for step in self.steps if step.phase is Phase.AFTER and step.measured >= AT_LEAST
        ]
        worst = max((step.silent / step.measured for step in after), default=0.0)
        for step in after:
            if step.silent / step.measured >= max(0.25, worst / 2):
                return FallingSilent(step.number, max(1, step.number - 1))
        return None


@dataclass(frozen=True, slots=True)
class _Laid:
    """One project, purchase or relationship: its client, and the days of each step it has lived through."""

    seen: Evidence
    steps: Sequence[tuple[Phase, int, date, date]]
    """Phase, number, first day, and the day after the last."""


def phase_matrices(everyone: Sequence[Evidence]) -> tuple[PhaseMatrix, ...]:
    """A matrix for each business model that has enough to show, the largest first.

    It takes five of a kind. Clients who never bought are left out, unless nobody ever did.
    """
    nobody_bought = not any(seen.sales for seen in everyone)
    found = []
    for model in (*BusinessModel, None):
        of_model = [
            seen
            for seen in everyone
            if seen.business_model == model and seen.silence.started is not None
        ]
        matrix = _matrix(model, of_model, nobody_bought)
        if matrix is not None:
            found.append(matrix)
    return tuple(sorted(found, key=lambda one: -one.number))


def _matrix(
    model: BusinessModel | None, everyone: Sequence[Evidence], nobody_bought: bool
) -> PhaseMatrix | None:
    unit: Unit
    lay: Callable[[Evidence], Iterator[_Laid]]
    if nobody_bought:
        unit, lay = Unit.CLIENT, _together
    elif model in BY_THE_MONTH:
        unit, lay = Unit.CLIENT, _since_paying
    elif model is BusinessModel.CONSULTANCY:
        unit, lay = Unit.PROJECT, _projects
    else:
        unit, lay = Unit.PURCHASE, _purchases
    laid = [one for seen in everyone for one in lay(seen)]
    steps = _steps(model, laid)
    if sum(step.median is not None for step in steps) < 2:
        return None
    return PhaseMatrix(model, unit, len(laid), steps)


def _projects(seen: Evidence) -> Iterator[_Laid]:
    """A consultancy's projects: eight weeks before, the work, a year after."""
    spans = [_span(seen, purchase) for purchase in seen.purchases]
    for start, end in spans:
        earlier = max((e for s, e in spans if s < start), default=date.min)
        later = min((s for s, _ in spans if s > start), default=date.max)
        days = (end - start).days + 1
        parts = [start + _DAY * (days * at // STEPS_OF_WORK) for at in range(STEPS_OF_WORK + 1)]
        yield _laid(
            seen,
            [
                *_before(start, earlier),
                *(
                    (Phase.WORK, at + 1, *_a_week_at_least(parts[at], parts[at + 1]))
                    for at in range(STEPS_OF_WORK)
                ),
                *_months(end + _DAY, MONTHS_AFTER, later),
            ],
        )


def _span(seen: Evidence, purchase: Purchase) -> tuple[date, date]:
    """From the first day of the work, or the sale where it comes earlier, to the hand-over."""
    rows = frozenset(purchase.rows)
    starts = [sale.starts for sale in seen.sales if sale.row in rows and sale.starts is not None]
    return min([purchase.first, *starts]), purchase.last


def _purchases(seen: Evidence) -> Iterator[_Laid]:
    """A shop's purchases: eight weeks before, and a year after, up to the next one."""
    days = [purchase.first for purchase in seen.purchases]
    for at, day in enumerate(days):
        earlier = days[at - 1] if at else date.min
        later = days[at + 1] if at + 1 < len(days) else date.max
        yield _laid(seen, [*_before(day, earlier), *_months(day, MONTHS_AFTER, later)])


def _since_paying(seen: Evidence) -> Iterator[_Laid]:
    """Who pays by the month: eight weeks before the first payment, and two years since."""
    if seen.purchases:
        day = seen.purchases[0].first
        yield _laid(seen, [*_before(day, date.min), *_months(day, MONTHS_TOGETHER, date.max)])


def _together(seen: Evidence) -> Iterator[_Laid]:
    """Where no sale is recorded: two years since the beginning."""
    assert seen.silence.started is not None
    yield _laid(seen, list(_months(seen.silence.started, MONTHS_TOGETHER, date.max)))


def _laid(seen: Evidence, steps: Sequence[tuple[Phase, int, date, date]]) -> _Laid:
    """With the steps alone that were over when the relationship ended, or on the as-of date."""
    return _Laid(seen, [step for step in steps if step[3] - _DAY <= seen.silence.ended])


def _before(start: date, earlier: date) -> Iterator[tuple[Phase, int, date, date]]:
    """The weeks before a start, as far as they lie after the end of what was earlier."""
    for number in range(1, STEPS_BEFORE + 1):
        first = start - STEP_BEFORE * (STEPS_BEFORE + 1 - number)
        if first > earlier:
            yield Phase.BEFORE, number, first, first + STEP_BEFORE


def _months(start: date, most: int, later: date) -> Iterator[tuple[Phase, int, date, date]]:
    """The months from a day on, as far as they are over when the next thing begins."""
    for number in range(1, most + 1):
        after = months_after(start, number)
        if after <= later:
            yield Phase.AFTER, number, months_after(start, number - 1), after


def _a_week_at_least(first: date, after: date) -> tuple[date, date]:
    """The days of a part of the work; of a short one the week around it, for hours are by the week."""
    if after - first >= _WEEK:
        return first, after
    middle = first + (after - first) // 2
    return middle - 3 * _DAY, middle + 4 * _DAY


def _steps(model: BusinessModel | None, laid: Sequence[_Laid]) -> tuple[Step, ...]:
    hours: dict[tuple[Phase, int], list[float]] = {}
    below: dict[tuple[Phase, int], list[bool]] = {}
    for one in laid:
        for phase, number, first, after in one.steps:
            hours.setdefault((phase, number), []).append(_hours_a_week(one.seen, first, after))
            silent = _is_below(one.seen, after - _DAY)
            if silent is not None:
                below.setdefault((phase, number), []).append(silent)
    order = list(Phase)
    places = sorted(hours, key=lambda place: (order.index(place[0]), place[1]))
    quartiles = {
        place: quantiles(hours[place], n=4, method="inclusive")
        for place in places
        if len(hours[place]) >= AT_LEAST
    }
    typical = _typical(model, [place for place in places if place in quartiles])
    level = fmean(middle for _, middle, _ in quartiles.values()) if quartiles else 0.0
    return tuple(
        Step(
            phase=phase,
            number=number,
            known=len(hours[phase, number]),
            low=low,
            median=median,
            high=high,
            typical=level * typical[phase, number] if (phase, number) in typical else None,
            silent=sum(below.get((phase, number), ())),
            measured=len(below.get((phase, number), ())),
        )
        for phase, number in places
        for low, median, high in [quartiles.get((phase, number)) or (None, None, None)]
    )


def _hours_a_week(seen: Evidence, first: date, after: date) -> float:
    touchpoints = seen.touchpoints[
        bisect_left(seen.touchpoints, first, key=lambda t: t.date) : bisect_left(
            seen.touchpoints, after, key=lambda t: t.date
        )
    ]
    return sum(t.minutes for t in touchpoints) / 60 / ((after - first) / _WEEK)


def _is_below(seen: Evidence, day: date) -> bool | None:
    """Whether the client was below the red line on a day; None before the first contact."""
    if not seen.contact_days or seen.contact_days[0] > day:
        return None
    spells = seen.silence.spells
    at = bisect_right(spells, day, key=lambda spell: spell.first) - 1
    return at >= 0 and day <= spells[at].last


_TYPICAL: Mapping[BusinessModel, Callable[[Phase, int], float]] = {
    BusinessModel.CONSULTANCY: lambda phase, number: (
        1.0 if phase is Phase.WORK else 0.5 if phase is Phase.BEFORE or number == 1 else 0.0
    ),
    BusinessModel.SERVICE: lambda phase, _: 1.0 if phase is Phase.AFTER else 0.0,
    BusinessModel.PRODUCT: lambda phase, number: (
        1.0 if phase is Phase.AFTER and number == 1 else 0.0
    ),
    BusinessModel.SUBSCRIPTION: lambda phase, _: 1.0 if phase is Phase.AFTER else 0.0,
}
"""Model → what a step of a phase takes, in the pictures of 000.

A project is high in the work, half as high before it and in the month after. A purchase is a spike. A
service rises and falls with the task, but not for all clients in the same month: together they are level,
as a subscription is.
"""


def _typical(
    model: BusinessModel | None, places: Sequence[tuple[Phase, int]]
) -> dict[tuple[Phase, int], float]:
    """The model's typical effort in each step, relative to their mean; empty without a model."""
    if model is None or not places:
        return {}
    curve = {place: _TYPICAL[model](*place) for place in places}
    mean = fmean(curve.values())
    return {place: weight / mean for place, weight in curve.items()} if mean else {}
