"""The figures of what clients bring and cost, and of the loyalty ladder."""

from __future__ import annotations

from reportgen.editions.policy import Sight
from reportgen.figures.figure import Figure
from reportgen.figures.written import Json
from reportgen.report.report import Report


def _sales_now(report: Report) -> object:
    return report.found.concentration.sales_now if report.found.sales_recorded else None


VALUE: tuple[Figure[Report], ...] = (
    Figure(
        "value.sales_now",
        "all sales of the last 12 months; refunds count as negative.",
        _sales_now,
        sight=Sight.MONEY,
    ),
    Figure(
        "value.top1_share",
        "the part of these sales that the largest client brought; like those that follow, over the "
        "clients whose sales sum to more than 0.",
        lambda report: report.found.concentration.top1_share,
        sight=Sight.MONEY,
    ),
    Figure(
        "value.top3_share",
        "the part that the three largest brought.",
        lambda report: report.found.concentration.top3_share,
        sight=Sight.MONEY,
    ),
    Figure(
        "value.top5_share",
        "the part that the five largest brought.",
        lambda report: report.found.concentration.top5_share,
        sight=Sight.MONEY,
    ),
    Figure(
        "value.hhi",
        "the sum of each client’s share of these sales, squared (Herfindahl–Hirschman).",
        lambda report: report.found.concentration.hhi,
        sight=Sight.MONEY,
    ),
    Figure(
        "value.effective_clients",
        "1 ÷ that sum: as if the sales came from so many clients of one size.",
        lambda report: report.found.concentration.effective_clients,
        sight=Sight.MONEY,
    ),
    Figure(
        "value.warnings",
        "said where one client brings more than {top1_warning} of these sales, or three bring more than "
        "{top3_warning}.",
        lambda report: report.found.concentration.warnings,
        sight=Sight.MONEY,
    ),
    Figure(
        "value.cost_to_acquire",
        "what the clients cost in the last 12 months before their first purchase, and an acquisition "
        "spend of {acquisition_spend_per_month} a month, ÷ first purchases.",
        lambda report: report.found.cost_of_clients.cost_to_acquire,
        sight=Sight.MONEY,
    ),
    Figure(
        "value.cost_to_keep",
        "what customers cost in the last 12 months from their first purchase on, without the work that is "
        "sold, ÷ customers active in them; n/a where no minutes or money are written down.",
        lambda report: report.found.cost_of_clients.cost_to_keep,
        sight=Sight.MONEY,
    ),
    Figure(
        "value.cost_to_serve",
        "what project work and delivery, the work that is sold, cost in the last 12 months ÷ customers "
        "active in them.",
        lambda report: report.found.cost_of_clients.cost_to_serve,
        sight=Sight.MONEY,
    ),
)
"""In the order of the JSON form."""


def _ladder(report: Report) -> Json | None:
    ladder = report.found.ladder
    if ladder is None or not report.found.sales_recorded:
        return None
    return {
        "purchases": ladder.purchases,
        "sales": ladder.sales,
        "discount": ladder.discount,
        "margin_left": ladder.margin_left,
        "extra_purchases": ladder.extra_purchases,
        "never": ladder.never,
    }


LOYALTY_LADDER: Figure[Report] = Figure(
    "loyalty_ladder",
    "what a discount would have cost that grows by {loyalty_ladder_step} with each purchase, up to "
    "{loyalty_ladder_top_share} at purchase {loyalty_ladder_top_purchase}, and then begins again; "
    "replayed on the clients whose business model is product, with how many more purchases, which climb "
    "it too, would pay for it, and with how many clients it never "
    "comes out.",
    _ladder,
    sight=Sight.COACH,
)
