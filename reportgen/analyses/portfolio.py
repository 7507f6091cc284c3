"""All relationships side by side (SPEC 2, 000).

Effort by months since the start beside the model's typical shape, and the business model that a client's
own curve behaves like.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from math import hypot, isqrt
from statistics import fmean, quantiles

from reportgen import words
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.red_line import PhaseName
from reportgen.model import BusinessModel
from reportgen.periods import months_after, within
from reportgen.values import dataclass

_DAY = timedelta(days=1)

CLIENTS_AT_LEAST = 5
"""How many a month needs before its median and quartiles are given (SPEC 4: fewer are too few)."""


@dataclass(frozen=True, slots=True)
class MonthOfLife:
    """One month of the relationships of one business model, counted from the start of each."""

    number: int
    """1 for the first month."""
    clients: int
    """How many relationships have lasted the whole of this month."""
    low: float | None
    """The lower quartile of hours per client; None with fewer than five clients, like those below."""
    median: float | None
    high: float | None
    """The upper quartile."""
    typical: float | None
    """The model's typical shape, scaled to the mean of the medians; None without a model."""


@dataclass(frozen=True, slots=True)
class Life:
    """How the effort for clients of one business model runs over the length of a relationship."""

    business_model: BusinessModel | None
    """None for the clients of whom none is set."""
    clients: int
    """How many relationships have begun."""
    months: tuple[MonthOfLife, ...]
    """As many whole months as the longest relationship has; fewer and fewer clients last so long."""


def lives(everyone: Sequence[Evidence]) -> tuple[Life, ...]:
    """Effort by months since the start, by the business models, none set last."""
    found = []
    for model in (*BusinessModel, None):
        begun = [
            _minutes_by_month(seen)
            for seen in everyone
            if seen.business_model == model and seen.silence.started is not None
        ]
        if begun:
            found.append(Life(model, len(begun), _months_of_life(model, begun)))
    return tuple(found)


def _minutes_by_month(seen: Evidence) -> list[int]:
    """Minutes in each whole month since the start; work before the first contact counts in the first."""
    started = seen.silence.started
    assert started is not None
    days = [t.date for t in seen.touchpoints]
    minutes: list[int] = []
    counted = 0
    while (end := months_after(started, len(minutes) + 1)) <= seen.silence.ended + _DAY:
        until = bisect_left(days, end, lo=counted)
        minutes.append(sum([t.minutes for t in seen.touchpoints[counted:until]]))
        counted = until
    return minutes


def _months_of_life(
    model: BusinessModel | None, begun: Sequence[Sequence[int]]
) -> tuple[MonthOfLife, ...]:
    by_month = [
        [minutes[month] / 60 for minutes in begun if len(minutes) > month]
        for month in range(max(len(minutes) for minutes in begun))
    ]
    # A relationship that lasted a month lasted the earlier ones too: the months that tell come first.
    telling = [hours for hours in by_month if len(hours) >= CLIENTS_AT_LEAST]
    quartiles = [quantiles(hours, n=4, method="inclusive") for hours in telling]
    level = fmean(middle for _, middle, _ in quartiles) if quartiles else 0.0
    typical: Sequence[float | None] = [None] * len(telling)
    if model is not None:
        typical = [level * weight for weight in typical_shape(model, len(telling))]
    found = [
        MonthOfLife(number, len(hours), low, middle, high, expected)
        for number, (hours, (low, middle, high), expected) in enumerate(
            zip(telling, quartiles, typical, strict=True), start=1
        )
    ]
    for number, hours in enumerate(by_month[len(telling) :], start=len(telling) + 1):
        found.append(MonthOfLife(number, len(hours), None, None, None, None))
    return tuple(found)


_SHAPES: Mapping[BusinessModel, tuple[tuple[float, ...], tuple[float, ...]]] = {
    BusinessModel.CONSULTANCY: ((0.5, 1, 1, 1, 1, 0.5), (0,)),
    BusinessModel.SERVICE: ((), (1, 0.5)),
    BusinessModel.PRODUCT: ((), (1, 0, 0, 0, 0, 0)),
    BusinessModel.SUBSCRIPTION: ((), (1,)),
}
"""Model → the effort of its opening months, and the cycle of months that repeats after them.

The pictures of 000 in our numbers: a project of half a year, high from pre-sale to post-sale, then
silence; a service that rises and falls with the task; a product with a spike at each purchase (here every
half year) and nothing between; a subscription that takes a little all the time.
"""


def typical_shape(model: BusinessModel, months: int) -> tuple[float, ...]:
    """The model's effort in each of its first months, relative to their mean; empty for no months."""
    opening, cycle = _SHAPES[model]
    curve = [
        opening[month] if month < len(opening) else cycle[(month - len(opening)) % len(cycle)]
        for month in range(months)
    ]
    return tuple(weight / fmean(curve) for weight in curve)


@dataclass(frozen=True, slots=True)
class Features:
    """What a client's own curve looks like, in three figures."""

    below_share: float
    """Days below the red line ÷ days in the relationship, 0–1."""
    burstiness: float
    """B = (σ − μ) ÷ (σ + μ) of the gaps between contact days (Goh & Barabási 2008): −1 is a clock, 0 is
    chance, and towards 1 contacts come in bursts."""
    collaboration_share: float | None
    """Minutes in phases of collaboration ÷ all minutes, 0–1; None without minutes."""


PROTOTYPES: Mapping[BusinessModel, Features] = {
    BusinessModel.CONSULTANCY: Features(0.65, -0.10, 0.90),
    BusinessModel.SERVICE: Features(0.00, -0.25, 1.00),
    BusinessModel.PRODUCT: Features(0.35, -0.25, 0.85),
    BusinessModel.SUBSCRIPTION: Features(0.00, -0.45, 0.80),
}
"""What each model of 000 looks like at its plainest.

A project is almost all collaboration and then mostly silence, with contacts as irregular as the work. A
service stays above the line and is nearly all task, with contacts that follow the tasks. A product is
silent between purchases, about a third of the time. A subscription stays above the line by the calendar,
with some effort beyond what is paid for: diagnosis, check-ups, feedback. The directions are the
article's; the figures are ours, settled on the four sample businesses.
"""

STEPS = Features(0.25, 0.25, 0.15)
"""The difference in each figure that counts as one step; a step weighs the same in all three."""

GAPS_AT_LEAST = 3
"""How many gaps between contact days it takes to judge their rhythm."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The business model that a client's own curve is nearest to, and why."""

    model: BusinessModel
    features: Features
    distances: Mapping[BusinessModel, float]
    """Model → how far its prototype is, in steps, ≥ 0."""
    reason: str


def behaves_like(seen: Evidence) -> Likeness | None:
    """The model whose prototype is nearest, by the figures that are known; of equal ones 000's first.

    None with fewer than three gaps between contact days, which are too few to tell.
    """
    features = _features(seen)
    if features is None:
        return None
    distances = {model: _distance(features, PROTOTYPES[model]) for model in BusinessModel}
    nearest, second = sorted(distances, key=lambda model: distances[model])[:2]
    worked = (
        "no minutes are recorded"
        if features.collaboration_share is None
        else f"{words.percent(features.collaboration_share)} of the effort lies in collaboration"
    )
    reason = (
        f"Below the red line on {words.percent(features.below_share)} of the days; evenness of contacts "
        f"{_signed(features.burstiness)} (−1 like clockwork, 1 in bursts); "
        f"{worked}. Nearest is {nearest} ({distances[nearest]:.1f} steps "
        f"away), then {second} ({distances[second]:.1f})."
    )
    return Likeness(nearest, features, distances, reason)


def _signed(figure: float) -> str:
    return f"{figure:+.2f}".replace("-", "−")


def _features(seen: Evidence) -> Features | None:
    gaps = [(later - earlier).days for earlier, later in pairwise(seen.contact_days)]
    below = seen.silence.below_share
    if len(gaps) < GAPS_AT_LEAST or below is None:
        return None
    mean, spread = sum(gaps) / len(gaps), _spread(gaps)
    worked = sum(
        t.minutes
        for phase in seen.phases
        if phase.name is PhaseName.COLLABORATION
        for t in within(seen.touchpoints, phase.days)
    )
    return Features(
        below_share=below,
        burstiness=(spread - mean) / (spread + mean),
        collaboration_share=worked / seen.minutes if seen.minutes else None,
    )


def _spread(numbers: Sequence[int]) -> float:
    """The standard deviation of whole numbers, of which there is at least one."""
    many = len(numbers)
    squared = many * sum(number**2 for number in numbers) - sum(numbers) ** 2
    # The root of a whole number to 64 binary places, and so exact to rounding.
    return isqrt(squared << 128) / (many << 64)


def _distance(one: Features, other: Features) -> float:
    apart = [
        (one.below_share - other.below_share) / STEPS.below_share,
        (one.burstiness - other.burstiness) / STEPS.burstiness,
    ]
    shares = (one.collaboration_share, other.collaboration_share, STEPS.collaboration_share)
    if shares[0] is not None and shares[1] is not None and shares[2] is not None:
        apart.append((shares[0] - shares[1]) / shares[2])
    return hypot(*apart)
