"""The matrix as article 000 draws it: time and silence over the phases of a relationship (SPEC 2).

Each relationship, or each project of it, is laid over the same phases: the weeks before, the work from
start to hand-over stretched to one length, the months after.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate, pairwise
from statistics import fmean, quantiles

from reportgen.evidence.evidence import Evidence
from reportgen.evidence.purchases import BY_THE_MONTH
from reportgen.model import BusinessModel
from reportgen.periods import months_after
from reportgen.values import dataclass

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


_PLACES = (
    *((Phase.BEFORE, at + 1) for at in range(STEPS_BEFORE)),
    *((Phase.WORK, at + 1) for at in range(STEPS_OF_WORK)),
    *((Phase.AFTER, at + 1) for at in range(MONTHS_TOGETHER)),
)
"""Phase and number of every step there may be, in order of time."""

_WORK, _AFTER = _PLACES.index((Phase.WORK, 1)), _PLACES.index((Phase.AFTER, 1))

_Stretch = tuple[int, date, date]
"""The place of a step among ``_PLACES``, its first day, and the day after its last."""


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
    lay: Callable[[Evidence], Iterator[Iterable[_Stretch]]]
    if nobody_bought:
        unit, lay = Unit.CLIENT, _together
    elif model in BY_THE_MONTH:
        unit, lay = Unit.CLIENT, _since_paying
    elif model is BusinessModel.CONSULTANCY:
        unit, lay = Unit.PROJECT, _projects
    else:
        unit, lay = Unit.PURCHASE, _purchases
    lived = _Lived()
    for seen in everyone:
        lived.add(seen, lay(seen))
    steps = _steps(model, lived)
    if sum(step.median is not None for step in steps) < 2:
        return None
    return PhaseMatrix(model, unit, lived.number, steps)


def _projects(seen: Evidence) -> Iterator[Iterable[_Stretch]]:
    """A consultancy's projects: eight weeks before, the work, a year after."""
    spans = sorted(_spans(seen))
    starts = [*(start for start, _ in spans), date.max]
    furthest = [date.min, *accumulate((end for _, end in spans), max)]
    for start, end in spans:
        earlier = furthest[bisect_left(starts, start)]
        later = starts[bisect_right(starts, start)]
        days = (end - start).days + 1
        parts = [start + _DAY * (days * at // STEPS_OF_WORK) for at in range(STEPS_OF_WORK + 1)]
        work = (_a_week_at_least(*part) for part in pairwise(parts))
        yield (
            *_before(start, earlier),
            *((_WORK + at, first, after) for at, (first, after) in enumerate(work)),
            *_months(end + _DAY, MONTHS_AFTER, later),
        )


def _spans(seen: Evidence) -> Iterator[tuple[date, date]]:
    """Of each purchase the first day of the work, or the sale where it comes earlier, and the hand-over."""
    begun = {sale.row: sale.starts for sale in seen.sales if sale.starts is not None}
    for purchase in seen.purchases:
        starts = [begun[row] for row in purchase.rows if row in begun]
        yield min([purchase.first, *starts]), purchase.last


def _purchases(seen: Evidence) -> Iterator[Iterable[_Stretch]]:
    """A shop's purchases: eight weeks before, and a year after, up to the next one."""
    days = [purchase.first for purchase in seen.purchases]
    for earlier, day, later in zip([date.min, *days], days, [*days[1:], date.max], strict=False):
        yield *_before(day, earlier), *_months(day, MONTHS_AFTER, later)


def _since_paying(seen: Evidence) -> Iterator[Iterable[_Stretch]]:
    """Who pays by the month: eight weeks before the first payment, and two years since."""
    if seen.purchases:
        day = seen.purchases[0].first
        yield *_before(day, date.min), *_months(day, MONTHS_TOGETHER, date.max)


def _together(seen: Evidence) -> Iterator[Iterable[_Stretch]]:
    """Where no sale is recorded: two years since the beginning."""
    assert seen.silence.started is not None
    yield _months(seen.silence.started, MONTHS_TOGETHER, date.max)


def _before(start: date, earlier: date) -> Iterator[_Stretch]:
    """The weeks before a start, as far as they lie after the end of what was earlier."""
    for place in range(STEPS_BEFORE):
        first = start - STEP_BEFORE * (STEPS_BEFORE - place)
        if first > earlier:
            yield place, first, first + STEP_BEFORE


def _months(start: date, most: int, later: date) -> Iterator[_Stretch]:
    """The months from a day on, as far as they are over when the next thing begins."""
    first = start
    for number in range(1, most + 1):
        after = months_after(start, number)
        if after > later:
            break
        yield _AFTER + number - 1, first, after
        first = after


def _a_week_at_least(first: date, after: date) -> tuple[date, date]:
    """The days of a part of the work; of a short one the week around it, for hours are by the week."""
    if after - first >= _WEEK:
        return first, after
    middle = first + (after - first) // 2
    return middle - 3 * _DAY, middle + 4 * _DAY


@dataclass(slots=True)
class _Lived:
    """The steps that somebody has lived through, by their places among ``_PLACES``."""

    number: int = 0
    """How many projects, purchases or relationships are laid over each other."""
    hours: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    """The hours a week of each who has lived through the step."""
    below: defaultdict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))
    """Whether each of those who had been in touch before was below the red line at its end."""

    def add(self, seen: Evidence, laid: Iterable[Iterable[_Stretch]]) -> None:
        """Add a client's projects, purchases or relationship.

        Of each those steps alone that were over when the relationship ended, or on the as-of date.
        """
        over = seen.silence.ended + _DAY
        days = [touchpoint.date for touchpoint in seen.touchpoints]
        minutes = [0, *accumulate(touchpoint.minutes for touchpoint in seen.touchpoints)]
        for stretches in laid:
            self.number += 1
            for place, first, after in stretches:
                if after > over:
                    continue
                spent = minutes[bisect_left(days, after)] - minutes[bisect_left(days, first)]
                self.hours[place].append(spent / 60 / ((after - first).days / 7))
                silent = _is_below(seen, after - _DAY)
                if silent is not None:
                    self.below[place].append(silent)


def _steps(model: BusinessModel | None, lived: _Lived) -> tuple[Step, ...]:
    quartiles = {
        place: quantiles(hours, n=4, method="inclusive")
        for place, hours in sorted(lived.hours.items())
        if len(hours) >= AT_LEAST
    }
    medians = {_PLACES[place]: middle for place, (_, middle, _) in quartiles.items()}
    typical = _typical(model, medians)
    return tuple(
        Step(
            phase=phase,
            number=number,
            known=len(lived.hours[place]),
            low=low,
            median=median,
            high=high,
            typical=typical.get((phase, number)),
            silent=sum(lived.below[place]),
            measured=len(lived.below[place]),
        )
        for place in sorted(lived.hours)
        for phase, number in [_PLACES[place]]
        for low, median, high in [quartiles.get(place) or (None, None, None)]
    )


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
    BusinessModel.SERVICE: lambda phase, _: float(phase is Phase.AFTER),
    BusinessModel.PRODUCT: lambda phase, number: float(phase is Phase.AFTER and number == 1),
    BusinessModel.SUBSCRIPTION: lambda phase, _: float(phase is Phase.AFTER),
}
"""Model → what a step of a phase takes, in the pictures of 000.

A project is high in the work, half as high before it and in the month after. A purchase is a spike. A
service rises and falls with the task, but not for all clients in the same month: together they are level,
as a subscription is.
"""


def _typical(
    model: BusinessModel | None, medians: Mapping[tuple[Phase, int], float]
) -> dict[tuple[Phase, int], float]:
    """The model's typical effort in each step, as much in all as the medians; empty without a model."""
    if model is None or not medians:
        return {}
    curve = {place: _TYPICAL[model](*place) for place in medians}
    mean, level = fmean(curve.values()), fmean(medians.values())
    return {place: level * (weight / mean) for place, weight in curve.items()} if mean else {}
