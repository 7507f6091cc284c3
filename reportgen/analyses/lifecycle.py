"""The stage at which each client stands, in two vocabularies, with the rows that prove it (SPEC 3).

*Lifecycle* has the five steps of Sterne and Cutler, *relationship* the five Cs (both 004). ``lapsed`` and
``ended`` are flags beside the stage, which stands still at ``Ended on``: the stages are asked of what
:func:`reportgen.evidence.evidence.before_it_ended` shows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from statistics import median
from typing import Generic, TypeVar

from reportgen import words
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.purchases import NAMED
from reportgen.model import Direction, Signal, name_key
from reportgen.periods import Years, months_of_year, within, year_to
from reportgen.problems import Row
from reportgen.settings.settings import Settings
from reportgen.shares import Share
from reportgen.values import dataclass


class LifecycleStage(StrEnum):
    """The five steps of Sterne and Cutler (004), in order."""

    REACH = "reach"
    ACQUISITION = "acquisition"
    CONVERSION = "conversion"
    RETENTION = "retention"
    LOYALTY = "loyalty"


class RelationshipStage(StrEnum):
    """The five Cs (004), in order."""

    COURTING = "courting"
    CONTRACT = "contract"
    CONTINUATION = "continuation"
    COMMITMENT = "commitment"
    CONVERGENCE = "convergence"


LIFECYCLE = tuple(LifecycleStage)
RELATIONSHIP = tuple(RelationshipStage)

CLOSE = (RelationshipStage.COMMITMENT, RelationshipStage.CONVERGENCE)
"""The stages of a client who has committed."""

_Name = TypeVar("_Name", LifecycleStage, RelationshipStage)


@dataclass(frozen=True, slots=True)
class Stage(Generic[_Name]):
    """A stage, what proves it, and what the next one still needs."""

    name: _Name
    rows: tuple[Row, ...]
    """Empty where the stage means that something is missing (reach, courting)."""
    needs: tuple[str, ...]
    """Empty at the last stage."""


def lifecycle_stage(seen: Evidence, settings: Settings) -> LifecycleStage:
    """The client's stage after Sterne and Cutler, by name alone."""
    bought = len(seen.purchases)
    if bought == 0:
        came_back = any(t.direction in _FROM_THEM for t in seen.touchpoints)
        return LifecycleStage.ACQUISITION if came_back else LifecycleStage.REACH
    if bought == 1:
        return LifecycleStage.CONVERSION
    needs = next(_loyalty_needs(seen, settings), None)
    return LifecycleStage.LOYALTY if needs is None else LifecycleStage.RETENTION


def lifecycle(seen: Evidence, settings: Settings) -> Stage[LifecycleStage]:
    """The client's stage after Sterne and Cutler."""
    name = lifecycle_stage(seen, settings)
    match name:
        case LifecycleStage.REACH:
            return Stage(name, (), ("a first word from them",))
        case LifecycleStage.ACQUISITION:
            came_back = tuple(t.row for t in seen.touchpoints if t.direction in _FROM_THEM)
            return Stage(name, came_back, ("a first purchase",))
        case LifecycleStage.CONVERSION:
            return Stage(name, _purchase_rows(seen), (_second(seen),))
    return Stage(name, _purchase_rows(seen), tuple(_loyalty_needs(seen, settings)))


def relationship_stage(seen: Evidence, settings: Settings) -> RelationshipStage:
    """The client's stage among the five Cs, by name alone."""
    bought = len(seen.purchases)
    if bought < 2:
        return RelationshipStage.CONTRACT if bought else RelationshipStage.COURTING
    # A plan is the soonest looked for, and most often what is missing.
    if not seen.has_a_plan or next(_commitment_needs(seen, settings), None) is not None:
        return RelationshipStage.CONTINUATION
    if next(_convergence_needs(seen, settings), None) is not None:
        return RelationshipStage.COMMITMENT
    return RelationshipStage.CONVERGENCE


def relationship(seen: Evidence, settings: Settings) -> Stage[RelationshipStage]:
    """The client's stage among the five Cs."""
    name = relationship_stage(seen, settings)
    match name:
        case RelationshipStage.COURTING:
            return Stage(name, (), ("a first purchase",))
        case RelationshipStage.CONTRACT:
            return Stage(name, _purchase_rows(seen), (_second(seen),))
        case RelationshipStage.CONTINUATION:
            return Stage(name, _purchase_rows(seen), tuple(_commitment_needs(seen, settings)))
        case RelationshipStage.COMMITMENT:
            rows = (*_purchase_rows(seen), *seen.plan)
            return Stage(name, rows, tuple(_convergence_needs(seen, settings)))
    return Stage(name, (*_advice_asked(seen), *_woven_in(seen, settings).rows), ())


_FROM_THEM = (Direction.IN, Direction.BOTH)

NEEDS_A_PLAN = "a plan: a meeting or a sale with a date to come, or work that runs now"
"""What a client lacks for commitment whom nothing in the workbook awaits."""


def lacks_only_a_plan(stage: Stage[RelationshipStage]) -> bool:
    """Whether the client has all of commitment but a plan."""
    return stage.needs == (NEEDS_A_PLAN,)


def briefly(need: str) -> str:
    """What a client of two purchases or more lacks, in a word or two: without the client's own figures."""
    for begins, brief in (("at most", "less silence"), ("time:", "time"), ("a plan", "a plan")):
        if need.startswith(begins):
            return brief
    return "more purchases" if " more " in need else need


def _second(seen: Evidence) -> str:
    named = NAMED[seen.business_model]
    return "a purchase on a second day" if named == "purchase day" else f"a second {named}"


def _purchase_rows(seen: Evidence) -> tuple[Row, ...]:
    return tuple(row for purchase in seen.purchases for row in purchase.rows)


# What a client with two purchases or more still needs, one thing after the other: whoever asks for the
# stage alone looks no further than the first.
def _loyal_buyer_needs(seen: Evidence, settings: Settings) -> Iterator[str]:
    """For loyalty and commitment alike."""
    missing = settings.loyal_from(seen.business_model) - len(seen.purchases)
    named = NAMED[seen.business_model]
    if missing > 0 and named == "purchase day":
        yield f"purchases on {words.count(missing, 'more day')}"
    elif missing > 0:
        yield words.count(missing, f"more {named}")
    old_enough = seen.purchases[0].first + timedelta(days=settings.loyalty_after_days)
    if old_enough > seen.as_of:
        yield (
            f"time: the first purchase is {settings.loyalty_after_days} days old on {words.day(old_enough)}"
        )


def _loyalty_needs(seen: Evidence, settings: Settings) -> Iterator[str]:
    yield from _loyal_buyer_needs(seen, settings)
    if seen.silence.below_red_line:
        yield "to be back above the red line"


def _commitment_needs(seen: Evidence, settings: Settings) -> Iterator[str]:
    yield from _loyal_buyer_needs(seen, settings)
    below = seen.silence.below_share_within(year_to(seen.as_of))
    if below is None or below > settings.commitment_below_share:
        share = (
            "no day of it in the last 12 months" if below is None else f"now {words.percent(below)}"
        )
        yield (
            f"at most {words.percent(settings.commitment_below_share)} of the last 12 months below the red "
            f"line ({share})"
        )
    if not seen.has_a_plan:
        yield NEEDS_A_PLAN


def _convergence_needs(seen: Evidence, settings: Settings) -> Iterator[str]:
    if not _advice_asked(seen):
        yield "a request for your advice in the last 12 months"
    woven = _woven_in(seen, settings)
    if not woven.rows:
        yield (
            f"work that runs now, or {settings.convergence_services} different services "
            f"(now {woven.services}), or purchases in {settings.convergence_months} of the last 12 "
            f"months (now {woven.months})"
        )


def _advice_asked(seen: Evidence) -> tuple[Row, ...]:
    """The touchpoints of W in which they asked for advice."""
    return tuple(t.row for t in seen.lately if t.signal == Signal.ADVICE_ASKED)


@dataclass(frozen=True, slots=True)
class _Woven:
    """How far the work is woven into the client's own."""

    services: int
    """How many different ones they bought."""
    months: int
    """In how many of the last 12 they bought."""
    rows: tuple[Row, ...]
    """That show it; empty where it is not."""


def _woven_in(seen: Evidence, settings: Settings) -> _Woven:
    services = {
        name_key(sale.service): sale.row for sale in seen.sales if sale.service and sale.amount >= 0
    }
    lately = within(seen.purchases, year_to(seen.as_of), lambda p: p.first)
    ends = [month.to for month in months_of_year(seen.as_of)]
    months = {bisect_left(ends, purchase.first) for purchase in lately}
    rows = seen.work_that_runs
    if not rows and len(services) >= settings.convergence_services:
        rows = tuple(services.values())
    elif not rows and len(months) >= settings.convergence_months:
        rows = tuple(row for one in lately for row in one.rows)
    return _Woven(len(services), len(months), rows)


def principle(stage: Stage[LifecycleStage]) -> str:
    """The principle of 003 that a lifecycle stage belongs to: attraction, conversion or retention."""
    if stage.name in (LifecycleStage.REACH, LifecycleStage.ACQUISITION):
        return "attraction"
    return "conversion" if stage.name is LifecycleStage.CONVERSION else "retention"


def growth(seen: Evidence, years: Years) -> str | None:
    """The stage in 002's words: selection, acquisition, retention or growth.

    None for a client who came back in a book that is too young to tell growth, and for one who is
    neither a prospect nor a customer, because the only sale was refunded.
    """
    bought = len(seen.purchases)
    if bought == 0:
        return "selection" if seen.is_prospect else None
    if bought == 1:
        return "acquisition"
    if not years.tell:
        return None
    more = seen.sales_in(years.later) > seen.sales_in(years.earlier)
    return "growth" if more else "retention"


@dataclass(frozen=True, slots=True)
class SevenContacts:
    """How many contacts it took to the first sale (003: 81 % come after seven or more)."""

    before_first_purchase: dict[str, int]
    """Client → contact days before the day of the first purchase (exclusive), in order of name."""
    at_least_seven: Share
    """The share of customers with seven or more of them."""
    days_to_first_purchase: dict[str, int]
    """Client → days from the first contact day to the first purchase, 0 where they are the same."""
    given_up: dict[str, int]
    """Prospects silent beyond their red line before the seventh contact → their contact days."""

    @property
    def won_after(self) -> float | None:
        """The median contact days before a first purchase; None where nobody has bought."""
        counts = self.before_first_purchase.values()
        return median(counts) if counts else None

    @property
    def won_in_days(self) -> float | None:
        """The median days from the first contact to the first purchase; None where nobody has bought."""
        return median(self.days_to_first_purchase.values()) if self.days_to_first_purchase else None

    @property
    def given_up_after(self) -> float | None:
        """The median contact days of the prospects given up; None where there are none."""
        return median(self.given_up.values()) if self.given_up else None


def seven_contacts(everyone: Sequence[Evidence], settings: Settings) -> SevenContacts:
    """Contact days before the first purchase, client by client, and the prospects given up too soon."""
    needed = settings.contacts_before_sale
    customers = [seen for seen in everyone if seen.is_customer]
    before = {
        seen.name: sum(day < seen.purchases[0].first for day in seen.contact_days)
        for seen in customers
    }
    return SevenContacts(
        before_first_purchase=before,
        at_least_seven=Share(sum(count >= needed for count in before.values()), len(before)),
        days_to_first_purchase={
            seen.name: max(0, (seen.purchases[0].first - seen.contact_days[0]).days)
            for seen in customers
        },
        given_up={
            seen.name: len(seen.contact_days)
            for seen in everyone
            if seen.is_prospect and seen.silence.below_red_line and len(seen.contact_days) < needed
        },
    )


def top_five(everyone: Sequence[Evidence]) -> tuple[str, ...]:
    """The five running clients with the most sales in W, most first, then by name; fewer if fewer paid."""
    running = [seen for seen in everyone if seen.is_running]
    sales = {seen.name: seen.sales_in(year_to(seen.as_of)) for seen in running}
    best = sorted(sales, key=lambda name: (-sales[name], name_key(name)))
    return tuple(name for name in best[:5] if sales[name] > 0)


def conversion(furthest: Sequence[LifecycleStage]) -> dict[LifecycleStage, Share]:
    """Stage (but the first) → the share of those who ever got to the one before it who got there too.

    ``furthest`` has the last stage that each client ever stood at.
    """
    places = [LIFECYCLE.index(stage) for stage in furthest]
    return {
        name: Share(sum(place >= at for place in places), sum(place >= at - 1 for place in places))
        for at, name in enumerate(LIFECYCLE)
        if at
    }


@dataclass(frozen=True, slots=True)
class Place:
    """A client's stage at one date, and whether they had lapsed."""

    stage: LifecycleStage
    lapsed: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One client's step from one stage to another."""

    client: str
    before: LifecycleStage
    after: LifecycleStage


@dataclass(frozen=True, slots=True)
class Moves:
    """Who moved between two dates; each client is in one list at most, in order of name."""

    up: tuple[Move, ...]
    down: tuple[Move, ...]
    lapsed: tuple[Move, ...]
    won_back: tuple[Move, ...]


def moves(before: Mapping[str, Place], now: Mapping[str, Place]) -> Moves:
    """Who moved between two dates: lapsed or won back where the flag changed, else up or down a stage.

    Neither has a client who has ended by the later date: nobody who has left moves.
    """
    up: list[Move] = []
    down: list[Move] = []
    lapsed: list[Move] = []
    won_back: list[Move] = []
    for client, place in now.items():
        then = before[client]
        move = Move(client, then.stage, place.stage)
        if place.lapsed != then.lapsed:
            (lapsed if place.lapsed else won_back).append(move)
        elif LIFECYCLE.index(place.stage) > LIFECYCLE.index(then.stage):
            up.append(move)
        elif place.stage != then.stage:
            down.append(move)
    return Moves(tuple(up), tuple(down), tuple(lapsed), tuple(won_back))


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a client stood at a stage, or has stood there so far."""

    stage: LifecycleStage
    days: int
    moved_on: bool


def stays(seen: Evidence, settings: Settings) -> tuple[Stay, ...]:
    """The client's time at each stage up to retention, as far as they got, in order.

    Retention ends with loyalty, which its purchases and its year date here: silence comes and goes. A
    client who has ended was watched up to that day. Empty before anything is known of the client.
    """
    known, until = seen.known_since, seen.silence.ended
    if known is None or known > until:
        return ()
    bought = [max(one.first, known) for one in seen.purchases if one.first <= until]
    answered = [
        t.date
        for t in seen.touchpoints
        if t.direction in (Direction.IN, Direction.BOTH) and t.date <= until
    ]
    entered = [known, min([*answered, *bought], default=None), *bought[:2]]
    enough = settings.loyal_from(seen.business_model)
    if len(bought) >= enough:
        loyal = max(bought[enough - 1], bought[0] + timedelta(days=settings.loyalty_after_days))
        entered.append(loyal if loyal <= until else None)
    entered = [*entered, None, None, None][: len(LIFECYCLE)]
    return tuple(
        Stay(stage, ((end or until) - start).days, end is not None)
        for stage, start, end in zip(LIFECYCLE, entered, entered[1:], strict=False)
        if start is not None
    )
