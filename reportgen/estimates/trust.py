"""The formula of article 001: Trust = (Care × Accountability) ^ Communication, on parts that are known.

What the parts are, and which rows make them, is told in :mod:`reportgen.analyses.trust`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from math import fsum, log
from typing import NamedTuple

from reportgen.model import Rating
from reportgen.problems import Row
from reportgen.values import dataclass


class ComponentName(StrEnum):
    """What Trust is made of, in the order of its formula."""

    CARE = "care"
    ACCOUNTABILITY = "accountability"
    COMMUNICATION = "communication"


class TrustPart(StrEnum):
    """What the components are made of, in SPEC's order."""

    UNDERSTANDING = "understanding"
    RELIABILITY = "reliability"
    HUMAN_CONNECTION = "human connection"
    PROBLEMS_OWNED = "problems owned"
    CLEAR_BEGINNINGS = "clear beginnings"
    RESPONSIVENESS = "responsiveness"
    BOTH_DIRECTIONS = "both directions"
    LISTENING = "listening"
    CONTINUITY = "continuity"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a component, as ``numerator`` of ``denominator``."""

    name: TrustPart
    numerator: int
    """Above the denominator where more was done than is asked for."""
    denominator: int
    """0 where the part is not known."""
    rows: tuple[Row, ...]
    """The rows that speak for it: sheet by sheet, oldest first."""
    counter_rows: tuple[Row, ...]
    """The rows that speak against it: a late promise, a message without an answer."""
    record: str
    """What to record, and on which sheet, to know it."""

    @property
    def value(self) -> float | None:
        """0–1; n/a where the part is not known."""
        return min(1.0, self.numerator / self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Component:
    """Care, Accountability or Communication."""

    name: ComponentName
    value: float | None
    """Care and Accountability 1–10, Communication 0–1; n/a with no part known and no rating."""
    parts: tuple[Part, ...]
    """Given even where a rating takes their place."""
    rated: Row | None
    """The row of the rating that gives the value; None where the parts give it."""


class _Values(NamedTuple):
    """The components of a Trust that can be told, each on its own scale."""

    care: float
    accountability: float | None
    communication: float

    @property
    def base(self) -> float:
        """Care × Accountability; Care² where Accountability is not known."""
        return self.care * (self.care if self.accountability is None else self.accountability)

    @property
    def trust(self) -> float:
        """By the formula."""
        return float(self.base**self.communication)


@dataclass(frozen=True)
class Trust:
    """Trust in the owner: its three components, and the signals beside it.

    What follows from them is asked for by many pages and kept.
    """

    care: Component
    accountability: Component
    communication: Component
    signals: tuple[Row, ...]
    """The touchpoints of W in which they asked for advice; counted beside Trust, never inside it."""
    agree: bool | None
    """Whether signals and index agree: both high and advice asked, or neither; n/a without Trust."""

    @property
    def components(self) -> tuple[Component, ...]:
        """Care, Accountability and Communication, in this order."""
        return (self.care, self.accountability, self.communication)

    @property
    def parts_known(self) -> int:
        """How many parts are known; a rated component counts as all of its parts."""
        return sum(
            len(one.parts) if one.rated else sum(part.denominator > 0 for part in one.parts)
            for one in self.components
        )

    @cached_property
    def _values(self) -> _Values | None:
        """n/a where Trust is."""
        care, accountability, communication = (one.value for one in self.components)
        if care is None or communication is None or self.parts_known < PARTS_AT_LEAST:
            return None
        return _Values(care, accountability, communication)

    @property
    def value(self) -> float | None:
        """Trust, 1–100; n/a with fewer than three parts known, and without Care or Communication.

        Without Accountability it speaks of the other two: (Care²) ^ Communication.
        """
        return None if (values := self._values) is None else values.trust

    @cached_property
    def index(self) -> float | None:
        """Trust on a scale that a person can read, 0–100: 100 × ln(Trust) ÷ ln(100); n/a where Trust is."""
        if (values := self._values) is None:
            return None
        # The logarithm of a power is the exponent times that of the base: this way 70 is 70.
        return 100 * values.communication * (log(values.base) / log(100))

    @cached_property
    def held_back_by(self) -> TrustPart | None:
        """The part which, met in full, would raise Trust most; None where none would."""
        return held_back_by([self])

    @cached_property
    def gains(self) -> Mapping[TrustPart, float]:
        """Part → what Trust would gain were it met in full; without those that would add nothing."""
        if (values := self._values) is None:
            return {}
        return {
            part.name: values._replace(**{one.name: _with_met(one, part)}).trust - values.trust
            for one in self.components
            if one.rated is None
            for part in one.parts
            if part.value is not None and part.value < 1
        }


PARTS_AT_LEAST = 3
"""How many parts must be known before Trust can be told (SPEC 5)."""


def _with_met(one: Component, met: Part) -> float:
    """The value of a component with one of its known parts met in full."""
    parts = [1.0 if part is met else part.value for part in one.parts if part.value is not None]
    return _mean(one.name, parts)


def held_back_by(trusts: Collection[Trust]) -> TrustPart | None:
    """The part which, met in full by everybody, would raise the mean Trust most; None where none would.

    Clients without Trust stay without it, and a rated component stays as rated. Of parts that would
    raise it equally it is the first of SPEC's order.
    """
    gained = gains(trusts)
    best = max(gained, key=lambda name: gained[name])
    return best if gained[best] > 0 else None


def gains(trusts: Collection[Trust]) -> dict[TrustPart, float]:
    """Part → what all Trust together would gain were it met in full by everybody, in SPEC's order."""
    each = [one.gains for one in trusts]
    return {name: round(fsum(one.get(name, 0.0) for one in each), 9) for name in TrustPart}


@dataclass(frozen=True, slots=True)
class PartOfAll:
    """One part of Trust, summed over several clients."""

    name: TrustPart
    component: ComponentName
    done: int
    """Each client's numerator, as far as it counts: more than is asked for adds nothing."""
    asked: int
    """0 where the part is known for nobody."""
    record: str
    """What to record, and on which sheet, to know it."""
    rows: tuple[Row, ...]
    """The rows that speak for it, client by client."""
    counter_rows: tuple[Row, ...]


def parts_of_all(trusts: Iterable[Trust]) -> tuple[PartOfAll, ...]:
    """The parts of several clients' Trust, summed part by part, in SPEC's order; empty for nobody.

    The parts of a rated component are left out: its rating counts in their place.
    """
    found: dict[TrustPart, list[tuple[ComponentName, Part]]] = {}
    for one in trusts:
        for of in one.components:
            for part in of.parts if of.rated is None else ():
                found.setdefault(part.name, []).append((of.name, part))
    return tuple(
        PartOfAll(
            name=name,
            component=each[0][0],
            done=sum(min(part.numerator, part.denominator) for _, part in each),
            asked=sum(part.denominator for _, part in each),
            record=each[0][1].record,
            rows=tuple(row for _, part in each for row in part.rows),
            counter_rows=tuple(row for _, part in each for row in part.counter_rows),
        )
        for name, each in found.items()
    )


def component(
    name: ComponentName, parts: tuple[Part, ...], ratings: Sequence[Rating] = ()
) -> Component:
    """The component as it was last rated, else as the mean of its known parts, all of equal weight.

    Of two ratings on one day the lower counts, since nothing tells which came later.
    """
    given = [
        (rating.date, rated, rating.row)
        for rating in ratings
        for rated in (_rated(rating, name),)
        if rated is not None
    ]
    if given:
        _, value, row = min(given, key=lambda g: (-g[0].toordinal(), g[1], g[2]))
        return Component(name, float(value), parts, row)
    known = [share for part in parts if (share := part.value) is not None]
    return Component(name, _mean(name, known) if known else None, parts, None)


def _mean(name: ComponentName, known: Sequence[float]) -> float:
    """The mean of a component's known parts, on the component's own scale."""
    mean = sum(known) / len(known)
    return mean if name is ComponentName.COMMUNICATION else 1 + 9 * mean


def _rated(rating: Rating, name: ComponentName) -> Decimal | None:
    """What a rating says of a component, on the component's own scale; None where it is blank."""
    match name:
        case ComponentName.CARE:
            return rating.care
        case ComponentName.ACCOUNTABILITY:
            return rating.accountability
        case ComponentName.COMMUNICATION:
            return None if rating.communication is None else rating.communication / 10
