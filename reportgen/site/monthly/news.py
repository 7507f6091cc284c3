"""What the letter tells of, as facts: who is behind each piece of news, how many, how much."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from reportgen.analyses.boundaries import Level
from reportgen.evidence.evidence import days_overdue
from reportgen.evidence.purchases import BY_THE_MONTH
from reportgen.evidence.red_line import PhaseName
from reportgen.model import BusinessModel, Edition
from reportgen.periods import Window, month_end, within
from reportgen.report.changes import Change, Turn
from reportgen.report.findings import ClientFindings, below, running
from reportgen.report.plan.due import OWED, Cause
from reportgen.report.report import Report
from reportgen.shares import FEW
from reportgen.values import dataclass


class Turned(StrEnum):
    """How a client's story went on."""

    FIRST = "bought for the first time"
    NEW = "new"
    SECOND = "bought a second time"
    AGAIN = "bought again"
    WON_BACK = "won back"
    BACK = "back above the red line"
    CLOSER = "closer"
    SLIPPED = "slipped below the red line"
    COOLER = "cooler"
    LAPSED = "lapsed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Silent:
    """The running clients below the red line."""

    names: tuple[str, ...]
    """The most overdue first."""
    days: int | None
    """The red line that all of them have; None where they have several."""
    before_a_sale: int
    in_the_work: int
    after_the_work: int


@dataclass(frozen=True, slots=True)
class Trade:
    """What was bought in the month."""

    buyers: tuple[str, ...]
    """Most first."""
    amount: Decimal | None
    """None for a reader who is given no sums."""


@dataclass(frozen=True, slots=True)
class NextToSlip:
    """Who falls below the red line first, and on what day, if nobody writes."""

    client: str
    day: date


@dataclass(frozen=True, slots=True)
class Late:
    """The invoices that are overdue."""

    clients: tuple[str, ...]
    invoices: int
    amount: Decimal | None
    """None for a reader who is given no sums."""


@dataclass(frozen=True, slots=True)
class News:
    """The facts behind the paragraphs of one letter."""

    owner: str
    """Her first name; empty where it is not known."""
    as_of: date
    month_is_over: bool
    currency: str | None
    is_shop: bool
    """Whether most clients buy over the counter: they have no work that comes to an end."""
    pays_by_the_month: bool
    """Whether most clients do."""
    hears: bool
    """Whether contacts are recorded, and not sales alone."""
    running: int
    """Those who have been in touch."""
    turned: Mapping[Turned, tuple[str, ...]]
    """What happened since the end of the month before → to whom, by their sales."""
    trade: Trade
    silent: Silent
    next_to_slip: NextToSlip | None
    owed: Mapping[Cause, tuple[str, ...]]
    """Promise, complaint, answer → who waits for it; not what is so old that it may have been done."""
    maybe_done: int
    takers: tuple[str, ...]
    """Those with whom the work out of hours or out of scope is too much."""
    evenings: int | None
    """Minutes out of hours in the year; None where few contacts have a time."""
    late: Late | None
    """None where no day due is recorded."""


def news(report: Report) -> News:
    """The facts of the month that the as-of date ends, or is in."""
    found, settings = report.found, report.settings
    going = [one for one in running(found) if one.seen.silence.last_contact is not None]
    model = main_model(report)
    return News(
        owner=first_name(settings.owner),
        as_of=found.as_of,
        month_is_over=found.as_of == month_end(found.as_of),
        currency=settings.currency,
        is_shop=model is BusinessModel.PRODUCT,
        pays_by_the_month=model in BY_THE_MONTH,
        hears=found.counts.touchpoints > 0,
        running=len(going),
        turned=_turned(report.changes),
        trade=_trade(report),
        silent=_silent(below(found)),
        next_to_slip=next_to_slip(going),
        owed=_owed(report),
        maybe_done=len(report.plan.stale),
        takers=tuple(one.name for one in found.clients if one.boundaries.level is Level.ACT),
        evenings=_evenings(report),
        late=_late(report),
    )


def main_model(report: Report) -> BusinessModel | None:
    """The business model of the business, else that of most clients; None where none is set."""
    if report.settings.business_model:
        return report.settings.business_model
    models = Counter(one.seen.business_model for one in report.found.clients)
    return max(models, key=lambda one: (models[one], one or ""), default=None)


_TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lady", "lord")


def first_name(owner: str | None) -> str:
    """What a letter calls her: the first word of her name; the whole after a title; empty without one."""
    first = (owner or "").split()[:1]
    is_title = first and first[0].rstrip(".").casefold() in _TITLES
    return (owner or "").strip() if is_title else "".join(first)


def turned(change: Change) -> Turned:
    """What kind of news a change is."""
    match change.figure, change.before:
        case "relationship", None:
            return Turned.NEW
        case "relationship", _:
            return Turned.CLOSER if change.direction is Turn.BETTER else Turned.COOLER
        case "purchases", 0:
            return Turned.FIRST
        case "purchases", 1:
            return Turned.SECOND
        case "purchases", _:
            return Turned.AGAIN
        case "ended", _:
            return Turned.ENDED
        case "lapsed", was:
            return Turned.WON_BACK if was else Turned.LAPSED
        case _, was:
            return Turned.BACK if was else Turned.SLIPPED


def _turned(changes: Iterable[Change]) -> dict[Turned, tuple[str, ...]]:
    found: defaultdict[Turned, list[str]] = defaultdict(list)
    for change in changes:
        found[turned(change)].append(change.client)
    return {kind: tuple(names) for kind, names in found.items()}


def _trade(report: Report) -> Trade:
    month = Window(report.before.as_of, report.as_of)
    sold = {
        one.name: sum(
            (sale.amount for sale in within(one.seen.sales, month, lambda s: s.date)), Decimal()
        )
        for one in report.found.clients
    }
    buyers = sorted((name for name in sold if sold[name] > 0), key=lambda name: -sold[name])
    return Trade(tuple(buyers), _sum(report, (sold[name] for name in buyers)))


def _sum(report: Report, amounts: Iterable[Decimal]) -> Decimal | None:
    """What they come to; None for the coach, to whom an index of a month says little."""
    return sum(amounts, Decimal()) if report.edition == Edition.OWNER else None


def _silent(found: Sequence[ClientFindings]) -> Silent:
    lines = {one.seen.silence.red_line_days for one in found}
    phases = Counter(one.seen.phases[-1].name for one in found)
    return Silent(
        names=tuple(one.name for one in found),
        days=lines.pop() if len(lines) == 1 else None,
        before_a_sale=phases[PhaseName.PRE_SALE],
        in_the_work=phases[PhaseName.COLLABORATION],
        after_the_work=phases[PhaseName.POST_SALE],
    )


def next_to_slip(going: Iterable[ClientFindings]) -> NextToSlip | None:
    """Of those above the red line who falls below it first; None where nobody is above."""
    slips = [
        (
            one.seen.silence.last_contact + timedelta(days=one.seen.silence.red_line_days + 1),
            one.name,
        )
        for one in going
        if one.seen.silence.last_contact is not None and not one.seen.silence.below_red_line
    ]
    if not slips:
        return None
    day, name = min(slips)
    return NextToSlip(name, day)


def _owed(report: Report) -> dict[Cause, tuple[str, ...]]:
    plan = report.plan
    wanted = [(one.client, one.due) for one in plan.actions]
    wanted += [(one.client, one.due) for one in plan.waiting]
    found: defaultdict[Cause, dict[str, None]] = defaultdict(dict)
    for client, owed in wanted:
        for due in owed:
            if due.cause in OWED:
                found[due.cause][client] = None
    return {cause: tuple(names) for cause, names in found.items()}


def _evenings(report: Report) -> int | None:
    overall = report.found.boundaries.overall
    return overall.out_of_hours.minutes if overall.timed >= FEW else None


def _late(report: Report) -> Late | None:
    sales = [(one.name, sale) for one in report.found.clients for sale in one.seen.sales]
    if not any(sale.due_on for _, sale in sales):
        return None
    late = [(name, sale) for name, sale in sales if days_overdue(sale, report.as_of)]
    return Late(
        tuple(dict.fromkeys(name for name, _ in late)),
        len(late),
        _sum(report, (sale.amount for _, sale in late)),
    )
