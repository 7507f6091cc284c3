"""Retention: do they come back?"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.pictures import charts
from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet, picture
from reportgen.site.shared import CURVE_AT_LEAST, Site, no_sales
from reportgen.words import (
    count,
    range_of,
)


def answer(report: Report) -> str:
    """Do they come back?"""
    if not report.found.sales_recorded:
        return f"Nobody can tell yet. {no_sales(report)}"
    kept, repeats = report.found.retention, report.found.repeats
    share = kept.logo_retention
    if share.denominator == 1:
        bought = "bought" if share.numerator else "has not bought"
        return f"Your one client of the year before {bought} again in the last 12 months{range_of(share)}."
    if share.denominator:
        return (
            f"Of the {count(share.denominator, 'client')} of the year before, {share.numerator:,} bought "
            f"again in the last 12 months{range_of(share)}."
        )
    rate = repeats.repeat_rate
    if rate.denominator:
        return (
            f"There is no year before to compare with yet; of {count(rate.denominator, 'customer')} so "
            f"far, {rate.numerator:,} came back{range_of(rate)}."
        )
    return "Nobody has bought yet, so nobody could come back."


def pictures(site: Site) -> Iterator[charts.Request]:
    """How long until customers come back, and until they go quiet."""
    if site.report.found.counts.customers < CURVE_AT_LEAST:
        return
    ahead = site.report.outlook
    title, waiting = "Time to the second purchase", "have not come back"
    yield picture("time-to-second", charts.survival, ahead.time_to_second, title, waiting)
    title, waiting = "Time until a customer goes quiet", "have not gone quiet"
    yield picture("time-to-quiet", charts.survival, ahead.time_to_quiet, title, waiting)


PAGE = Page(
    name="retention",
    title="Retention",
    question="Do they come back?",
    answer=answer,
    content=not_yet,
    pictures=pictures,
)
