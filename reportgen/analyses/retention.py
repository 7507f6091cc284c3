"""Do they come back? Retention, churn, repeat rates, cohorts and each client's own rhythm (SPEC 4).

Without a contract nobody sees a client leave, so a client is called *overdue* or *quiet* and never lost
(Fader & Hardie 2009). *Now* is W, the 12 months up to the as-of date; *before* are the 12 months before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Literal

from reportgen.evidence.evidence import Evidence
from reportgen.periods import (
    Window,
    Years,
    comparable_years,
    months_before,
    within,
    year_before,
    year_to,
)
from reportgen.settings.settings import Settings
from reportgen.shares import Share
from reportgen.values import dataclass

REPEAT_WITHIN_DAYS = (90, 180, 365)
"""Both ends inclusive; these are keys of the machine form (SPEC 4, 10)."""

RHYTHM_AT_LEAST = 3
"""How many purchases it takes to speak of a rhythm (SPEC 4)."""

_QUARTERS_AFTER_MONTHS = 24
"""A longer history is shown by quarters: by month there would be too many cohorts, too small (SPEC 4)."""


def is_active_in(seen: Evidence, window: Window) -> bool:
    """Whether the client has a purchase day in the window, or a From–To that overlaps it."""
    return bool(within(seen.purchase_days, window)) or any(
        sale.starts <= window.to and sale.ends >= window.first
        for sale in seen.sales
        if sale.starts is not None and sale.ends is not None
    )


@dataclass(frozen=True, slots=True)
class Retention:
    """Which clients of the year before are still active, and how their sales went."""

    logo_retention: Share
    """The share of the clients active before who are active now."""
    kept: tuple[str, ...]
    """The clients active before and now, but those who have ended since."""
    ended: tuple[str, ...]
    """The clients active before and now who have ended since: the share counts them, nobody keeps them."""
    quiet: tuple[str, ...]
    """The clients active before and not now."""
    new: tuple[str, ...]
    """The clients active now for the first time; they are not in the base."""
    won_back: tuple[str, ...]
    """The clients active now and long ago, with a pause before; they are not in the base."""
    grr: float | None
    """Gross revenue retention: Σ min(now, before) ÷ Σ before, over the clients active before."""
    nrr: float | None
    """Net revenue retention: Σ now ÷ Σ before, over the same clients."""
    years: Years
    """The months whose sales these two compare."""

    @property
    def churn(self) -> float | None:
        """1 − logo retention."""
        share = self.logo_retention.value
        return None if share is None else 1 - share


def first_sale(everyone: Sequence[Evidence]) -> date | None:
    """The day of the book's first sale, or refund, up to the as-of date; None without any."""
    return min((seen.sales[0].date for seen in everyone if seen.sales), default=None)


def retention(everyone: Sequence[Evidence], as_of: date) -> Retention:
    """Retention of clients and of sales from one year to the next, clients in the order given.

    Clients are those of the two whole years, sales those of the months that can be compared. Each
    client's sales of a year count as 0 where they are below it. GRR and NRR are n/a where the base had
    no sales, and where too few months can be compared.
    """
    now, before = year_to(as_of), year_before(as_of)
    years = comparable_years(first_sale(everyone), as_of)
    base = [seen for seen in everyone if is_active_in(seen, before)]
    others = [s for s in everyone if is_active_in(s, now) and not is_active_in(s, before)]
    kept = [seen for seen in base if is_active_in(seen, now)]
    compared = [seen for seen in everyone if years.tell and is_active_in(seen, years.earlier)]
    pairs = [
        (max(Decimal(), s.sales_in(years.later)), max(Decimal(), s.sales_in(years.earlier)))
        for s in compared
    ]
    sold = sum((then for _, then in pairs), Decimal())
    long_ago = Window(after=date.min, to=before.after)
    return Retention(
        logo_retention=Share(len(kept), len(base)),
        kept=tuple(seen.name for seen in kept if not seen.has_ended),
        ended=tuple(seen.name for seen in kept if seen.has_ended),
        quiet=tuple(seen.name for seen in base if not is_active_in(seen, now)),
        new=tuple(seen.name for seen in others if not is_active_in(seen, long_ago)),
        won_back=tuple(seen.name for seen in others if is_active_in(seen, long_ago)),
        grr=float(sum((min(pair) for pair in pairs), Decimal()) / sold) if sold else None,
        nrr=float(sum((this for this, _ in pairs), Decimal()) / sold) if sold else None,
        years=years,
    )


def who_may_return(everyone: Sequence[Evidence]) -> list[Evidence]:
    """The customers who come back or do not: all but those who pay by the month, and so stay or leave."""
    return [seen for seen in everyone if seen.is_customer and not seen.pays_by_the_month]


def who_may_stay(everyone: Sequence[Evidence]) -> list[Evidence]:
    """The customers who pay by the month."""
    return [seen for seen in everyone if seen.is_customer and seen.pays_by_the_month]


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many customers came back at all, and how soon; those who pay by the month are not asked."""

    repeat_rate: Share
    """The share of customers with two purchases or more."""
    repeat_within: dict[int, Share]
    """Days → the share who came back within so many, of the customers whose first purchase is at least
    that long ago."""


def repeats(everyone: Sequence[Evidence], as_of: date) -> Repeats:
    """The repeat rates; only customers who have had the time to come back are in the base of each."""
    customers = who_may_return(everyone)

    def within(days: int) -> Share:
        reach = timedelta(days=days)
        base = [seen for seen in customers if seen.purchases[0].first + reach <= as_of]
        back = [s for s in base if len(s.purchases) > 1 and _first_gap(s) <= days]
        return Share(len(back), len(base))

    return Repeats(
        repeat_rate=Share(sum(len(seen.purchases) > 1 for seen in customers), len(customers)),
        repeat_within={days: within(days) for days in REPEAT_WITHIN_DAYS},
    )


def _first_gap(seen: Evidence) -> int:
    return (seen.purchases[1].first - seen.purchases[0].first).days


@dataclass(frozen=True, slots=True)
class Cohort:
    """The customers whose first purchase fell in one calendar month or quarter."""

    name: str
    """``2025-01`` or ``2025-Q1``."""
    size: int
    active: tuple[int | None, ...]
    """How many bought in the k-th period after the first; None while that period is not over."""
    ever_back: tuple[int | None, ...]
    """How many had a second purchase day by the end of the k-th period; None while it is not over."""


@dataclass(frozen=True, slots=True)
class Cohorts:
    """All cohorts, oldest first, and what they say together."""

    period: Literal["month", "quarter"]
    cohorts: tuple[Cohort, ...]
    pooled: tuple[Share, ...]
    """Period by period Σ active ÷ Σ size, over the cohorts for which that period is over."""
    pooled_ever_back: tuple[Share, ...]
    """The same for those who were ever back."""


def cohorts(everyone: Sequence[Evidence], as_of: date) -> Cohorts:
    """Cohorts by the month of the first purchase; by quarter when the history is longer than 24 months."""
    customers = [seen for seen in everyone if seen.is_customer]
    first = min((seen.purchases[0].first for seen in customers), default=as_of)
    calendar = _Calendar(as_of, quarterly=first < months_before(as_of, _QUARTERS_AFTER_MONTHS))
    members: defaultdict[int, list[Evidence]] = defaultdict(list)
    for seen in customers:
        members[calendar.number(seen.purchases[0].first)].append(seen)
    found = [_cohort(members[period], calendar) for period in sorted(members)]
    return Cohorts(
        period="quarter" if calendar.quarterly else "month",
        cohorts=tuple(found),
        pooled=_pooled([(one.size, one.active) for one in found]),
        pooled_ever_back=_pooled([(one.size, one.ever_back) for one in found]),
    )


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Calendar months or quarters as consecutive numbers."""

    as_of: date
    quarterly: bool

    def number(self, day: date) -> int:
        month = day.year * 12 + day.month - 1
        return month // 3 if self.quarterly else month

    def name(self, period: int) -> str:
        year, part = divmod(period, 4 if self.quarterly else 12)
        return f"{year}-Q{part + 1}" if self.quarterly else f"{year}-{part + 1:02}"

    @property
    def over(self) -> int:
        """The last period that is over at the end of the as-of date."""
        return self.number(self.as_of + timedelta(days=1)) - 1


def _cohort(members: Sequence[Evidence], calendar: _Calendar) -> Cohort:
    """The cohort of customers who first bought in one period; there is at least one."""
    first = calendar.number(members[0].purchases[0].first)
    bought = [{calendar.number(purchase.first) for purchase in seen.purchases} for seen in members]
    back = [calendar.number(s.purchases[1].first) for s in members if len(s.purchases) > 1]
    periods = range(first, calendar.number(members[0].as_of) + 1)
    return Cohort(
        name=calendar.name(first),
        size=len(members),
        active=tuple(
            sum(at in days for days in bought) if at <= calendar.over else None for at in periods
        ),
        ever_back=tuple(
            sum(day <= at for day in back) if at <= calendar.over else None for at in periods
        ),
    )


def _pooled(rows: Sequence[tuple[int, tuple[int | None, ...]]]) -> tuple[Share, ...]:
    """Column by column the sum of the known cells ÷ the sum of their cohorts' sizes."""
    longest = max((len(cells) for _, cells in rows), default=0)
    shares = []
    for at in range(longest):
        known = [(size, cells[at]) for size, cells in rows if at < len(cells)]
        counted = [(size, cell) for size, cell in known if cell is not None]
        if counted:
            shares.append(Share(sum(cell for _, cell in counted), sum(size for size, _ in counted)))
    return tuple(shares)


@dataclass(frozen=True, slots=True)
class Durations:
    """How long something took, or for how long nothing has come of it so far."""

    days: tuple[int, ...]
    happened: tuple[bool, ...]
    """Whether it happened at the end of each; else it was only watched so long."""


def time_to_second(customers: Sequence[Evidence]) -> Durations:
    """Days from each customer's first purchase to the second, or to the as-of date without one."""
    return Durations(
        days=tuple(
            _first_gap(s) if len(s.purchases) > 1 else (s.as_of - s.purchases[0].first).days
            for s in customers
        ),
        happened=tuple(len(seen.purchases) > 1 for seen in customers),
    )


def time_stayed(customers: Sequence[Evidence]) -> Durations:
    """Days from each paying customer's first payment until they left; for the others to the as-of date.

    They left on ``Ended on``, or, when they lapsed, at the end of the last month they paid for.
    """

    def lasted(seen: Evidence) -> int:
        if seen.has_ended:
            end = seen.silence.ended
        else:
            end = min(seen.purchases[-1].last, seen.as_of) if seen.lapsed else seen.as_of
        return max(0, (end - seen.purchase_days[0].date).days)

    return Durations(
        days=tuple(lasted(seen) for seen in customers),
        happened=tuple(not seen.is_running for seen in customers),
    )


def time_to_quiet(customers: Sequence[Evidence]) -> Durations:
    """Days from each customer's first purchase until they went quiet: the last contact of the lapsed.

    For the others they run to the relationship's last day: ``Ended on``, or the as-of date.
    """

    def lasted(seen: Evidence) -> int:
        end = seen.contact_days[-1] if seen.lapsed else seen.silence.ended
        return max(0, (end - seen.purchases[0].first).days)

    return Durations(
        days=tuple(lasted(seen) for seen in customers),
        happened=tuple(seen.lapsed for seen in customers),
    )


class RhythmState(StrEnum):
    """How a client stands to their own rhythm of buying."""

    ON_TIME = "on time"
    OVERDUE = "overdue"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A client's own rhythm of buying."""

    median_gap_days: float
    """The median of the days from the beginning of one purchase to that of the next."""
    since_last_days: int
    """Since the last of the purchases' ends; 0 while one of them goes on."""
    overdue_after_gaps: float
    quiet_after_gaps: float

    @property
    def ratio(self) -> float:
        """Days since the last purchase in the client's own gaps: 1 is on time."""
        return self.since_last_days / self.median_gap_days

    @property
    def state(self) -> RhythmState:
        """Overdue above so many gaps, quiet above more of them; exactly so many is not above."""
        if self.ratio > self.quiet_after_gaps:
            return RhythmState.QUIET
        return RhythmState.OVERDUE if self.ratio > self.overdue_after_gaps else RhythmState.ON_TIME


def rhythm(seen: Evidence, settings: Settings) -> Rhythm | None:
    """The client's own rhythm; None with fewer than three purchases, for who pays by the month, and for
    whose relationship has ended.

    Also None for projects of which most began on one day.
    """
    days = [purchase.first for purchase in seen.purchases]
    if len(days) < RHYTHM_AT_LEAST or seen.pays_by_the_month or seen.has_ended:
        return None
    usual = median((later - earlier).days for earlier, later in pairwise(days))
    if not usual:
        return None
    return Rhythm(
        median_gap_days=usual,
        since_last_days=max(0, (seen.as_of - max(one.last for one in seen.purchases)).days),
        overdue_after_gaps=settings.overdue_after_gaps,
        quiet_after_gaps=settings.quiet_after_gaps,
    )
