"""What each client brings and costs, and how much of the sales hangs on how few clients (SPEC 4)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from reportgen import words
from reportgen.evidence.costs import cost, is_recorded
from reportgen.evidence.evidence import Evidence
from reportgen.model import Role, Touchpoint
from reportgen.periods import year_before, year_to
from reportgen.settings.settings import Settings
from reportgen.values import dataclass


class BlackState(StrEnum):
    """Whether what a client brought covers what they cost."""

    NEVER = "never"
    SINCE = "since"
    NO_LONGER = "no longer"


@dataclass(frozen=True, slots=True)
class InTheBlack:
    """Whether a client is in the black, and since when that has been so."""

    state: BlackState
    since: date
    """Of *never*, the first day with money or time; of *no longer*, the day on which it fell back."""


@dataclass(frozen=True, slots=True)
class Worth:
    """One client's money and time, up to the as-of date."""

    sales_now: Decimal
    """The sales of W; refunds count as negative."""
    sales_before: Decimal
    """The sales of the 12 months before W."""
    sales_total: Decimal
    minutes: int
    """Of all touchpoints."""
    minutes_now: int
    """Of the touchpoints in W."""
    costs: Decimal | None
    """Of time and touchpoints, without the direct costs of sales; see ``cost``."""
    direct_costs: Decimal
    """Of all sales."""
    in_the_black: InTheBlack | None
    """Whether sales have covered costs; None where costs are not known, or nothing was spent or earned."""
    share_of_wallet: float | None
    """Sales of W ÷ potential per year; n/a without a potential."""

    @property
    def profit(self) -> Decimal | None:
        """All sales less all costs; None where the costs are not known."""
        return None if self.costs is None else self.sales_total - self.direct_costs - self.costs


def worth(seen: Evidence, settings: Settings) -> Worth:
    """What the client has brought and cost up to the as-of date."""
    year = year_to(seen.as_of)
    sales_now = seen.sales_in(year)
    potential = seen.client.potential_per_year
    return Worth(
        sales_now=sales_now,
        sales_before=seen.sales_in(year_before(seen.as_of)),
        sales_total=sum((sale.amount for sale in seen.sales), Decimal()),
        minutes=seen.minutes,
        minutes_now=sum(t.minutes for t in seen.lately),
        costs=cost(seen.touchpoints, settings),
        direct_costs=sum(
            (s.direct_cost for s in seen.sales if s.direct_cost is not None), Decimal()
        ),
        in_the_black=_in_the_black(seen, settings),
        share_of_wallet=float(sales_now / potential) if potential else None,
    )


def _in_the_black(seen: Evidence, settings: Settings) -> InTheBlack | None:
    """Whether the cumulative sales cover the costs, day by day from the first sale on.

    Before a sale that is not free nothing has been earned; one that is refunded later was earned until
    then. None where the costs are not known, and where nothing was ever spent or earned.
    """
    flows: dict[date, Decimal] = {}
    for sale in seen.sales:
        flows[sale.date] = flows.get(sale.date, Decimal()) + sale.amount - (sale.direct_cost or 0)
    for touchpoint in seen.touchpoints:
        spent = cost([touchpoint], settings)
        if spent is None:
            return None
        flows[touchpoint.date] = flows.get(touchpoint.date, Decimal()) - spent
    first = next((sale.date for sale in seen.sales if sale.amount > 0), None)
    balance, state, since = Decimal(), BlackState.NEVER, None
    for day in sorted(flows):
        balance += flows[day]
        if since is None and flows[day]:
            since = day
        if first is None or day < first:
            continue
        if balance >= 0 and state is not BlackState.SINCE:
            state, since = BlackState.SINCE, day
        elif balance < 0 and state is BlackState.SINCE:
            state, since = BlackState.NO_LONGER, day
    return None if since is None else InTheBlack(state, since)


@dataclass(frozen=True, slots=True)
class CostOfClients:
    """What it cost in W to win a client, to keep one, and to do the work that one pays for."""

    acquiring: Decimal | None
    """Costs on clients before their first purchase, and acquisition spend; None where not known."""
    won: int
    """First purchases in W."""
    keeping: Decimal | None
    """Costs on customers from their first purchase on, without delivery; None where not known."""
    serving: Decimal | None
    """Costs of delivery, the work that is sold; None where not known."""
    kept: int
    """Customers active in W."""

    @property
    def cost_to_acquire(self) -> Decimal | None:
        """Per first purchase in W; n/a without one, and where the costs are not known."""
        return None if self.acquiring is None or not self.won else self.acquiring / self.won

    @property
    def cost_to_keep(self) -> Decimal | None:
        """Per active customer; n/a without one, and where the costs are not known."""
        return None if self.keeping is None or not self.kept else self.keeping / self.kept

    @property
    def cost_to_serve(self) -> Decimal | None:
        """Per active customer; n/a without one, and where the costs are not known."""
        return None if self.serving is None or not self.kept else self.serving / self.kept

    @property
    def ratio(self) -> float | None:
        """Cost to acquire ÷ cost to keep; n/a where either is, or where keeping costs nothing."""
        win, keep = self.cost_to_acquire, self.cost_to_keep
        return float(win / keep) if win is not None and keep else None


def cost_of_clients(
    everyone: Sequence[Evidence], kept: int, as_of: date, settings: Settings
) -> CostOfClients:
    """The costs of W, divided at each client's first purchase day, which itself counts as keeping.

    ``kept`` is how many customers are active in W. Acquisition spend that is not set counts as 0. A cost
    for which nobody wrote down minutes or money is not known.
    """
    year = year_to(as_of)
    winning: list[Touchpoint] = []
    keeping: list[Touchpoint] = []
    serving: list[Touchpoint] = []
    for seen in everyone:
        bought = seen.purchases[0].first if seen.is_customer else None
        for touchpoint in seen.lately:
            if bought is None or touchpoint.date < bought:
                winning.append(touchpoint)
            elif touchpoint.activity.role == Role.DELIVERY:
                serving.append(touchpoint)
            else:
                keeping.append(touchpoint)
    spend = settings.acquisition_spend_per_month
    won_for = cost(winning, settings) if is_recorded(winning) or spend is not None else None
    return CostOfClients(
        acquiring=None if won_for is None else won_for + 12 * (spend or 0),
        won=sum(seen.is_customer and seen.purchases[0].first in year for seen in everyone),
        keeping=cost(keeping, settings) if is_recorded(keeping) else None,
        serving=cost(serving, settings) if is_recorded(serving) else None,
        kept=kept,
    )


@dataclass(frozen=True, slots=True)
class RFM:
    """Recency, frequency and monetary value as scores, 1 the lowest."""

    recency: int
    frequency: int
    monetary: int
    out_of: int
    """The best score: 5 from 25 customers, 3 from 10, else the number of customers (raw ranks)."""


RFM_SCORES = ((25, 5), (10, 3))
"""From so many customers on, so many scores; with fewer, the ranks themselves (SPEC 4)."""


def rfm(customers: Sequence[Evidence]) -> dict[str, RFM]:
    """Customer → scores, each 1 + ⌊k · #(strictly worse) ÷ n⌋, so that ties share one (SPEC 4)."""
    n = len(customers)
    k = next((scores for least, scores in RFM_SCORES if n >= least), n)
    last = {seen.name: min(seen.purchases[-1].last, seen.as_of) for seen in customers}
    often = {seen.name: len(seen.purchases) for seen in customers}
    spent = {seen.name: sum(sale.amount for sale in seen.sales) for seen in customers}

    def scores(values: Mapping[str, Any]) -> dict[str, int]:
        ranked = sorted(values.values())
        return {name: 1 + k * bisect_left(ranked, value) // n for name, value in values.items()}

    recency, frequency, monetary = scores(last), scores(often), scores(spent)
    return {
        seen.name: RFM(recency[seen.name], frequency[seen.name], monetary[seen.name], k)
        for seen in customers
    }


@dataclass(frozen=True, slots=True)
class Concentration:
    """How the sales of W are spread; shares are over the clients with a positive sum."""

    sales_now: Decimal
    """Of all clients, refunds taken off."""
    sales_before: Decimal
    paying: int
    """Clients with a positive sum in W."""
    top1_share: float | None
    top3_share: float | None
    top5_share: float | None
    hhi: float | None
    """The Herfindahl–Hirschman index: the sum of the squared shares, 0–1."""
    warnings: tuple[str, ...]

    @property
    def effective_clients(self) -> float | None:
        """1 ÷ HHI: as if the sales came from so many clients of one size; n/a when nobody paid."""
        return None if self.hhi is None else 1 / self.hhi


def concentration(worths: Sequence[Worth], settings: Settings) -> Concentration:
    """How much of the sales of W hangs on how few clients; shares are n/a when nobody paid."""
    positive = sorted((one.sales_now for one in worths if one.sales_now > 0), reverse=True)
    total = sum(positive, Decimal())

    def top(count: int) -> float | None:
        return float(sum(positive[:count], Decimal()) / total) if positive else None

    warnings = []
    top1, top3 = top(1), top(3)
    if top1 is not None and top1 > settings.top1_warning:
        warnings.append(f"One client brings {words.percent(top1)} of the year's sales.")
    if top3 is not None and top3 > settings.top3_warning and len(positive) > 1:
        warnings.append(f"{_few(len(positive))} bring {words.percent(top3)} of the year's sales.")
    return Concentration(
        sales_now=sum((one.sales_now for one in worths), Decimal()),
        sales_before=sum((one.sales_before for one in worths), Decimal()),
        paying=len(positive),
        top1_share=top1,
        top3_share=top3,
        top5_share=top(5),
        hhi=float(sum(((part / total) ** 2 for part in positive), Decimal())) if positive else None,
        warnings=tuple(warnings),
    )


def _few(paying: int) -> str:
    return "Three clients" if paying > 2 else "Two clients"
