"""The overview: how are we, and what first?"""

from __future__ import annotations

from decimal import Decimal

from reportgen.model import Edition
from reportgen.report.findings import below, running
from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet
from reportgen.words import (
    count,
    day,
    days,
    in_words,
    money,
    sentence_case,
)


def _amount(sales: Decimal, report: Report) -> str:
    figure = money(sales, report.settings.currency)
    if report.edition == Edition.COACH:
        return f"{figure}, where those of the largest client in all are 100"
    return figure


def answer(report: Report) -> str:
    """How are we, and what first?"""
    going, silent = running(report.found), below(report.found)
    if not report.found.clients or not going:
        lapsed = report.found.counts.lapsed
        if lapsed == 1:
            return (
                "Your one relationship is not running: "
                "the last contact is too long ago, or it has ended."
            )
        return (
            f"None of your {count(lapsed, 'relationship')} is running: the last contact with each "
            "is too long ago, or it has ended."
            if lapsed
            else _no_contact(report)
        )
    if not silent:
        return f"{_all(len(going))} above the red line. {_next_due(report)}"
    sales = sum((client.worth.sales_now for client in silent), Decimal())
    with_them = (
        f"; {'its' if len(silent) == 1 else 'their'} sales of the last 12 months were "
        f"{_amount(sales, report)}"
        if sales > 0
        else ""
    )
    held = len(going) - len(silent)
    if not held:
        return f"Nobody is above the red line: {_all_have(len(going))} slipped below it{with_them}."
    return (
        f"{sentence_case(in_words(held))} of your {count(len(going), 'running relationship')} "
        f"{'is' if held == 1 else 'are'} above the red line. "
        f"{sentence_case(in_words(len(silent)))} {'has' if len(silent) == 1 else 'have'} slipped below it"
        f"{with_them}."
    )


def _no_contact(report: Report) -> str:
    planned = report.found.counts.planned
    if planned:
        return (
            f"There is no contact with a client up to {day(report.as_of)}: "
            f"{count(planned, 'row is', 'rows are')} dated later, which makes a plan."
        )
    return "There is no contact with a client yet. Record the first, and this page begins to speak."


def _all(number: int) -> str:
    return (
        "Your one running relationship is"
        if number == 1
        else f"All {number:,} running relationships are"
    )


def _all_have(number: int) -> str:
    return "your one running relationship has" if number == 1 else f"all {number:,} have"


def _next_due(report: Report) -> str:
    """Who slips below the red line first."""
    room = [
        (c.seen.silence.red_line_days - c.seen.silence.silence_days, c.name)
        for c in running(report.found)
        if c.seen.silence.silence_days is not None
    ]
    left, name = min(room)
    if len(room) == 1:
        return f"Without a contact it slips below it {days(left + 1)} from now."
    return f"{name} slips below it first, {days(left + 1)} from now."


PAGE = Page(
    name="index",
    title="Overview",
    question="How are we, and what first?",
    answer=answer,
    content=not_yet,
)
