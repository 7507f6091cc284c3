"""All relationships side by side, and what would have kept them above the red line (SPEC 2, 000).

Effort by months since the start beside the model's typical shape; the business model that a client's own
curve behaves like; what could have prevented each silence; what it would have cost to stay above the
line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, hypot
from statistics import fmean, median, pstdev, quantiles

from reportgen import words
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.red_line import PhaseName, Spell
from reportgen.model import Activity, BusinessModel, Kind, MinutesRecorded
from reportgen.periods import months_after, within, year_to
from reportgen.reading.catalogue import built_in
from reportgen.settings.settings import Settings
from reportgen.words import plain

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
    minutes: list[int] = []
    counted = 0
    while (end := months_after(started, len(minutes) + 1)) <= seen.silence.ended + _DAY:
        until = bisect_left(seen.touchpoints, end, key=lambda t: t.date)
        minutes.append(sum(t.minutes for t in seen.touchpoints[counted:until]))
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
        f"Below the red line on {words.percent(features.below_share)} of the days; burstiness of contacts "
        f"{_signed(features.burstiness)}; {worked}. Nearest is {nearest} ({distances[nearest]:.1f} steps "
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
    mean, spread = fmean(gaps), pstdev(gaps)
    worked = sum(
        t.minutes
        for phase in seen.phases
        if phase.name is PhaseName.COLLABORATION
        for t in within(seen.touchpoints, phase.days, lambda t: t.date)
    )
    return Features(
        below_share=below,
        burstiness=(spread - mean) / (spread + mean),
        collaboration_share=worked / seen.minutes if seen.minutes else None,
    )


def _distance(one: Features, other: Features) -> float:
    apart = [
        (one.below_share - other.below_share) / STEPS.below_share,
        (one.burstiness - other.burstiness) / STEPS.burstiness,
    ]
    shares = (one.collaboration_share, other.collaboration_share, STEPS.collaboration_share)
    if shares[0] is not None and shares[1] is not None and shares[2] is not None:
        apart.append((shares[0] - shares[1]) / shares[2])
    return hypot(*apart)


LIGHT_TOUCHES = (
    "Check-in",
    "Follow-up",
    "Postcard",
    "Email",
    "Message",
    "News or event",
    "Product update",
    "Added value",
    "Reminder of need",
)
"""What an owner can send to one client on any day, unasked and without an appointment.

These contacts of the catalogue are left out: calls, meetings and all else that takes the client's time;
answers (objection, complaint, support), which need a question; steps of a project (proposal, agenda,
delivery); requests for a favour, which should not end a silence; the wow and the greeting, which have
their own days; newsletters and promotions, which go to everybody at once; rewards, which cost money
rather than minutes (the loyalty ladder weighs them). So insight, loyalty, accessibility, satisfaction,
involvement and help have a light touch only where the owner names one.
"""

LIGHT_TOUCHES_FOR_CUSTOMERS = ("Thank-you", "Survey")
"""The light touches that make sense only after a first purchase."""


@dataclass(frozen=True, slots=True)
class LightTouch:
    """A small one-way contact of a known kind, and what it takes."""

    activity: Activity
    kind: Kind
    minutes: int
    for_customers: bool
    """Whether it makes sense only after a first purchase."""


def light_touches(everyone: Sequence[Evidence], settings: Settings) -> tuple[LightTouch, ...]:
    """The light touches at hand: the catalogue's in a fixed order, then the owner's by name.

    One of the owner's activities in Touchpoints is a light touch when it connects, goes one way, has a
    kind, and its usual minutes are within a light touch's. The minutes of each are the usual ones, else
    the median of those recorded in this book, else a light touch's.
    """
    used: dict[str, Activity] = {}
    recorded: defaultdict[str, list[int]] = defaultdict(list)
    for seen in everyone:
        for touchpoint in seen.touchpoints:
            name = plain(touchpoint.activity.name)
            used[name] = touchpoint.activity
            if touchpoint.minutes and touchpoint.minutes_recorded == MinutesRecorded.RECORDED:
                recorded[name].append(touchpoint.minutes)
    known = built_in().activities
    owners = [
        used[name].name
        for name in sorted(used)
        if name not in known
        and not used[name].two_way
        and (used[name].usual_minutes or settings.light_touch_minutes + 1)
        <= settings.light_touch_minutes
    ]
    found = []
    for word in (*LIGHT_TOUCHES, *LIGHT_TOUCHES_FOR_CUSTOMERS, *owners):
        name = plain(word)
        activity = used.get(name) or known[name]
        if not activity.connects or activity.kind is None:
            continue
        usual = ceil(median(recorded[name])) if recorded[name] else settings.light_touch_minutes
        found.append(
            LightTouch(
                activity,
                activity.kind,
                usual if activity.usual_minutes is None else activity.usual_minutes,
                word in LIGHT_TOUCHES_FOR_CUSTOMERS,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Prevention:
    """The touch that could have prevented one spell."""

    spell: Spell
    touch: LightTouch
    day: date
    """The last day above the line before the spell."""


def preventions(seen: Evidence, touches: Sequence[LightTouch]) -> tuple[Prevention, ...]:
    """For each spell, oldest first, the cheapest light touch of the kind this client had least of by then.

    A touch proposed for an earlier spell counts as had, so that several spells get different ones. Of
    kinds had equally little it is the one with the cheaper touch, then the one that 002 names first; of
    equally cheap touches the earlier in ``touches``. Empty without touches.
    """
    felt = [t for t in seen.touchpoints if t.activity.connects and t.activity.kind is not None]
    had: Counter[Kind | None] = Counter()
    counted = 0
    found = []
    for spell in seen.silence.spells:
        before = bisect_left(felt, spell.first, key=lambda t: t.date)
        had.update(t.activity.kind for t in felt[counted:before])
        counted = before
        bought = seen.is_customer and seen.purchases[0].first < spell.first
        at_hand = [touch for touch in touches if bought or not touch.for_customers]
        if not at_hand:
            continue
        best = min(
            at_hand,
            key=lambda touch: (had[touch.kind], touch.minutes, list(Kind).index(touch.kind)),
        )
        had[best.kind] += 1
        found.append(Prevention(spell, best, spell.first - _DAY))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Staying:
    """What it would have cost to stay above the red line in W."""

    touches: int
    minutes: int
    minutes_spent: int
    """Of all touchpoints in W, to compare."""

    @property
    def share(self) -> float | None:
        """The minutes it would have cost ÷ those spent, 0 or more; None when none were."""
        return self.minutes / self.minutes_spent if self.minutes_spent else None


def staying_above(seen: Evidence, settings: Settings) -> Staying:
    """What it would have cost to end every spell of W: one light touch for each N days, begun or whole.

    A touch on the last day above the line holds for the next N days, so a spell of N days takes one and
    a spell of N + 1 days two. N is the red line in force on the first day that a touch holds for.
    """
    year = year_to(seen.as_of)
    touches = 0
    for spell in seen.silence.spells:
        day, last = max(spell.first, year.first), min(spell.last, year.to)
        while day <= last:
            touches += 1
            day += _DAY * next(n.days for n in seen.silence.norms if n.first <= day <= n.last)
    return Staying(
        touches=touches,
        minutes=touches * settings.light_touch_minutes,
        minutes_spent=sum(t.minutes for t in seen.touchpoints if t.date in year),
    )


def staying_of_all(each: Sequence[Staying]) -> Staying:
    """The sum over all clients; all zero for nobody."""
    return Staying(
        touches=sum(one.touches for one in each),
        minutes=sum(one.minutes for one in each),
        minutes_spent=sum(one.minutes_spent for one in each),
    )
