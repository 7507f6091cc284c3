"""Value: what is each worth, and how much hangs on how few?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportgen import words
from reportgen.pictures import charts
from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet, picture
from reportgen.site.shared import Site, no_sales
from reportgen.words import (
    in_words,
    percent,
)


def answer(report: Report) -> str:
    """What is each worth, and how much hangs on how few?"""
    spread = report.found.concentration
    if spread.effective_clients is None:
        return (
            "Nobody paid anything in the last 12 months."
            if report.found.counts.sales
            else no_sales(report)
        )
    if spread.paying == 1:
        return "All of the last 12 months’ sales come from one client."
    if spread.paying <= 3:
        return (
            f"All of the last 12 months’ sales come from {in_words(spread.paying)} clients; "
            f"the largest brings {percent(spread.top1_share)}."
        )
    if f"{spread.effective_clients:.1f}" == f"{spread.paying}.0":
        return (
            f"Three clients bring {percent(spread.top3_share)} of sales, "
            f"which are spread evenly over {spread.paying} clients."
        )
    return (
        f"Three clients bring {percent(spread.top3_share)} of sales: "
        f"it is as if you had {spread.effective_clients:.1f} clients, not {spread.paying}."
    )


def pictures(site: Site) -> Iterator[charts.Request]:
    """How sales are spread over the clients, and how they grew against the time spent."""
    paying = [view for view in site.by_sales if view.findings.worth.sales_now > 0]
    total = sum(view.findings.worth.sales_now for view in paying)
    if len(paying) >= 2:
        shares = [float(view.findings.worth.sales_now / total) for view in paying]
        yield picture("pareto", charts.pareto, shares)
    if len(site.growth) >= 2:
        symbol = words.money(Decimal(), site.report.settings.currency).removesuffix("0")
        yield picture("growth", charts.growth_against_time, site.growth, symbol)


PAGE = Page(
    name="value",
    title="Value",
    question="What is each worth, and how much hangs on how few?",
    answer=answer,
    content=not_yet,
    pictures=pictures,
)
