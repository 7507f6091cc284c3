"""Touchpoints and time: which hours could a template do?"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.pictures import charts
from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet, picture
from reportgen.site.shared import Site
from reportgen.words import (
    count,
    listed,
    percent,
)


def answer(report: Report) -> str:
    """Which hours could a template do?"""
    spent = report.found.efficiency
    if not spent.minutes:
        return "There are no minutes yet: record Minutes on the Touchpoints sheet to see where they go."
    share = spent.low_value_share
    month = spent.low_value_hours_per_month
    if not share or month is None:
        return (
            f"None of {count(round(spent.minutes / 60), 'hour')} of the last 12 months went into "
            "administration, as far as it is recorded."
        )
    first = listed([one.activity.name.casefold() for one in spent.savings], 2)
    return (
        f"Administration takes {month:.1f} h a month, {percent(share)} of your time; templates for "
        f"{first} come first and would save some {spent.savings_hours:.0f} hours a year."
    )


_ACTIVITIES_SHOWN = 14


def pictures(site: Site) -> Iterator[charts.Request]:
    """The hours of each activity."""
    spent = [
        (one.activity.name or "not named", one.minutes / 60, one.activity.value == "low")
        for one in site.report.found.efficiency.activities
        if one.minutes
    ]
    if spent:
        yield picture("activities", charts.hours_by_activity, spent[:_ACTIVITIES_SHOWN])


PAGE = Page(
    name="touchpoints",
    title="Touchpoints and time",
    question="Which hours could a template do?",
    answer=answer,
    content=not_yet,
    pictures=pictures,
)
