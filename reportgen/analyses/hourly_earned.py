"""What an hour with a client has earned in the last 12 months (SPEC 4)."""

from __future__ import annotations

from decimal import Decimal

from reportgen.evidence.evidence import Evidence
from reportgen.periods import within, year_to

AT_LEAST_MINUTES = 5 * 60
"""With less time than this in the year, one meeting more or less would turn the figure over (SPEC 4)."""


def hourly_earned(seen: Evidence) -> Decimal | None:
    """(Sales − direct costs − the costs of touchpoints) ÷ hours, all of W; None under five hours.

    It is below 0 where the costs are higher than the sales.
    """
    year = year_to(seen.as_of)
    touchpoints = within(seen.touchpoints, year, lambda t: t.date)
    minutes = sum(touchpoint.minutes for touchpoint in touchpoints)
    if minutes < AT_LEAST_MINUTES:
        return None
    earned = seen.sales_in(year)
    for sale in within(seen.sales, year, lambda s: s.date):
        earned -= sale.direct_cost or 0
    for touchpoint in touchpoints:
        earned -= touchpoint.cost or 0
    return earned * 60 / minutes
