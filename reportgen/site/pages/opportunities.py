"""Opportunities: who would gladly be asked?"""

from __future__ import annotations

from reportgen.analyses.opportunities import OpportunityKind
from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet
from reportgen.words import (
    in_words,
    listed,
)


def answer(report: Report) -> str:
    """Who would gladly be asked?"""
    ready = {
        kind: sum(
            one.kind == kind and one.ready for c in report.found.clients for one in c.opportunities
        )
        for kind in OPPORTUNITY_WORDS
    }
    parts = [
        f"{in_words(number)} for {OPPORTUNITY_WORDS[kind]}"
        for kind, number in ready.items()
        if number
    ]
    if not report.found.sales_recorded:
        due = f"Ready this month: {listed(parts, 5)}." if parts else "No birthday is near."
        return f"{due} No sale is recorded, and all other opportunities rest on the Sales sheet."
    if not parts:
        return "Nobody this month: the table says what stands in the way."
    return f"Ready this month: {listed(parts, 5)}."


OPPORTUNITY_WORDS = {
    OpportunityKind.WOW: "a surprise",
    OpportunityKind.REFERRAL: "a referral request",
    OpportunityKind.TESTIMONIAL: "a testimonial",
    OpportunityKind.SURVEY: "the short survey",
    OpportunityKind.GREETING: "a greeting",
}


PAGE = Page(
    name="opportunities",
    title="Opportunities",
    question="Who would gladly be asked?",
    answer=answer,
    content=not_yet,
)
