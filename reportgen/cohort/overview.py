"""What several owners' reports say together: where each stands, what clients accept, what works.

Nothing is said across fewer than five owners, nor of a business model with fewer than five. No client is
known here: an owner's part has figures alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from statistics import quantiles

from reportgen.analyses.kept_silences import NINE_TENTHS, ended_within
from reportgen.analyses.kept_silences import together as all_silences
from reportgen.analyses.what_works import AT_LEAST, Event
from reportgen.estimates.strata import Together, together
from reportgen.model import BusinessModel
from reportgen.report.across import SHARES, Better, OwnersPart, OwnersShare
from reportgen.settings.settings import Settings
from reportgen.shares import FEW
from reportgen.values import dataclass

OWNERS_AT_LEAST = 5
"""How many owners it takes to say anything across them."""


@dataclass(frozen=True, slots=True)
class Of:
    """One owner, and what her report gives."""

    name: str
    folder: str
    part: OwnersPart


class Quarter(StrEnum):
    """Where a value stands among those of all owners."""

    LOWEST = "lowest quarter"
    MIDDLE = "middle half"
    HIGHEST = "highest quarter"


@dataclass(frozen=True, slots=True)
class Stand:
    """One owner's value of a share, and its place."""

    owner: Of
    value: float
    place: int
    """1 is the highest; equal values share the better place."""
    quarter: Quarter
    verdict: Better | None
    """MORE where the owner stands in the better outer quarter, FEWER in the worse; else None."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A share across the owners whose books can tell it."""

    share: OwnersShare
    low: float
    """A quarter of the owners stand at or below it."""
    middle: float
    high: float
    """A quarter stand at or above it."""
    stands: tuple[Stand, ...]
    """In the order of the owners."""


@dataclass(frozen=True, slots=True)
class Line:
    """The silence that the clients of one business model really keep."""

    model: BusinessModel
    default: int
    """Our red line, in days."""
    owners: int
    customers: int
    half: int | None
    """Days within which half of the silences have ended; None where it is not reached, or too few tell."""
    three_quarters: int | None
    observed: int | None
    """The observed red line: nine of ten have ended within it."""
    told: bool
    """Whether there are owners and customers enough."""


@dataclass(frozen=True, slots=True)
class Worked:
    """An activity, or a kind, of the first weeks, put together across owners."""

    what: str
    is_kind: bool
    event: Event
    found: Together

    @property
    def told(self) -> bool:
        """Whether enough owners, and enough clients on both sides, stand behind it."""
        enough = min(self.found.with_it, self.found.without) >= AT_LEAST
        return self.found.strata >= OWNERS_AT_LEAST and enough and self.found.p is not None

    @property
    def better_by(self) -> float:
        """By what share of those who had it they fared better than was to be expected."""
        more = (self.found.happened - self.found.expected) / self.found.with_it
        return -more if self.event is Event.LEFT else more


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is said of a cohort."""

    as_of: date
    owners: tuple[Of, ...]
    unread: tuple[str, ...]
    """The workbooks of which no site could be made."""
    spreads: tuple[Spread, ...]
    by_model: dict[BusinessModel, tuple[Spread, ...]]
    """The same among the owners of one business model."""
    too_few: dict[BusinessModel, int]
    """The models with fewer than five owners → how many."""
    lines: tuple[Line, ...]
    """Of the models that any running customer has."""
    works: tuple[Worked, ...]
    """Those that can be told, what went with most first."""
    untold: int
    """How many comparisons have too few owners or clients."""


def overview(owners: Sequence[Of], unread: Sequence[str], as_of: date) -> Overview:
    """What the owners' parts say together, owners in the order given."""
    of_model = {
        model: [one for one in owners if one.part.model is model] for model in BusinessModel
    }
    works = _works(owners)
    told = [one for one in works if one.told]
    return Overview(
        as_of=as_of,
        owners=tuple(owners),
        unread=tuple(unread),
        spreads=_spreads(owners),
        by_model={
            model: _spreads(some)
            for model, some in of_model.items()
            if len(some) >= OWNERS_AT_LEAST
        },
        too_few={
            model: len(some) for model, some in of_model.items() if 0 < len(some) < OWNERS_AT_LEAST
        },
        lines=tuple(line for model in BusinessModel if (line := _line(owners, model))),
        works=tuple(sorted(told, key=lambda one: (-one.better_by, one.what, one.event))),
        untold=len(works) - len(told),
    )


def _spreads(owners: Sequence[Of]) -> tuple[Spread, ...]:
    found = []
    for share in SHARES:
        values = [
            (one, one.part.shares[share.key]) for one in owners if share.key in one.part.shares
        ]
        if len(values) >= OWNERS_AT_LEAST:
            low, middle, high = quantiles([value for _, value in values], n=4, method="inclusive")
            every = sorted((value for _, value in values), reverse=True)
            stands = tuple(
                Stand(one, value, every.index(value) + 1, quarter, _verdict(quarter, share.better))
                for one, value in values
                for quarter in (_quarter(value, low, high),)
            )
            found.append(Spread(share, low, middle, high, stands))
    return tuple(found)


def _quarter(value: float, low: float, high: float) -> Quarter:
    if value < low:
        return Quarter.LOWEST
    return Quarter.HIGHEST if value > high else Quarter.MIDDLE


def _verdict(quarter: Quarter, better: Better) -> Better | None:
    if quarter is Quarter.MIDDLE or better is Better.NEITHER:
        return None
    good = (quarter is Quarter.HIGHEST) == (better is Better.MORE)
    return Better.MORE if good else Better.FEWER


def _line(owners: Sequence[Of], model: BusinessModel) -> Line | None:
    """None for a model of which no owner has a running customer with a silence."""
    having = [one.part.silences[model] for one in owners if model in one.part.silences]
    if not having:
        return None
    every = all_silences(having)
    told = len(having) >= OWNERS_AT_LEAST and every.customers >= FEW
    return Line(
        model=model,
        default=Settings().default_red_line(model),
        owners=len(having),
        customers=every.customers,
        half=ended_within(every, 0.5) if told else None,
        three_quarters=ended_within(every, 0.75) if told else None,
        observed=ended_within(every, NINE_TENTHS) if told else None,
        told=told,
    )


def _works(owners: Sequence[Of]) -> list[Worked]:
    """Every comparison once; a kind that is one activity and no other stands as that activity alone."""
    key = lambda one: (one.event, one.is_kind, one.what)  # noqa: E731
    every = sorted((one for owner in owners for one in owner.part.works), key=key)
    found, told = [], set()
    for (event, is_kind, what), each in groupby(every, key=key):
        worked = Worked(what, is_kind, event, together(one.found for one in each))
        if not is_kind or (event, worked.found) not in told:
            told.add((event, worked.found))
            found.append(worked)
    return found
