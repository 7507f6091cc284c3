"""What each client is worth, and how much hangs on how few (SPEC 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen import words
from reportgen.evidence import Evidence
from reportgen.periods import year_before, year_to
from reportgen.settings import Settings


@dataclass(frozen=True, slots=True)
class Worth:
    """One client's money and time, up to the as-of date."""

    sales_now: Decimal
    """In W; refunds count as negative."""
    sales_before: Decimal
    """In the 12 months before W."""
    sales_total: Decimal
    minutes: int
    """Of all touchpoints."""
    minutes_now: int
    """Of those in W."""
    costs: Decimal | None
    """Hours × hourly rate + costs of touchpoints; None when there are minutes and no rate is set."""
    direct_costs: Decimal
    """Of all sales."""

    @property
    def profit(self) -> Decimal | None:
        """All sales less all costs; None when the costs are not known."""
        return None if self.costs is None else self.sales_total - self.direct_costs - self.costs


def worth(seen: Evidence, settings: Settings) -> Worth:
    """What the client has brought and cost."""
    year = year_to(seen.as_of)
    minutes = seen.minutes
    spent = sum((t.cost for t in seen.touchpoints if t.cost is not None), Decimal())
    costs: Decimal | None = spent
    if minutes and settings.hourly_rate is None:
        costs = None
    elif settings.hourly_rate is not None:
        costs = spent + minutes * settings.hourly_rate / 60
    return Worth(
        sales_now=seen.sales_in(year),
        sales_before=seen.sales_in(year_before(seen.as_of)),
        sales_total=sum((sale.amount for sale in seen.sales), Decimal()),
        minutes=minutes,
        minutes_now=sum(t.minutes for t in seen.touchpoints if t.date in year),
        costs=costs,
        direct_costs=sum(
            (s.direct_cost for s in seen.sales if s.direct_cost is not None), Decimal()
        ),
    )


@dataclass(frozen=True, slots=True)
class Concentration:
    """How the sales of W are spread over the clients; shares over those with a positive sum."""

    sales_now: Decimal
    """Of everyone, refunds counted."""
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
        """1 ÷ HHI: as if sales came from this many clients of one size."""
        return None if self.hhi is None else 1 / self.hhi


def concentration(worths: Sequence[Worth], settings: Settings) -> Concentration:
    """How much of the year's sales hangs on how few; n/a when nobody paid anything."""
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
