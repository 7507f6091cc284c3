"""The life cycle: who is where, and what moves them on?"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.analyses.lifecycle import CLOSE, RELATIONSHIP, RelationshipStage
from reportgen.pictures import charts
from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet, picture
from reportgen.site.shared import Site
from reportgen.words import (
    count,
    days,
    in_words,
    listed,
    sentence_case,
)


def answer(report: Report) -> str:
    """Who is where, and what moves them on?"""
    found = report.found
    if not found.clients:
        return "There is no client yet."
    if not found.sales_recorded:
        return (
            "No sale is recorded, so nobody counts as having bought: "
            "the Sales sheet is what moves a client beyond acquisition and courting."
        )
    close = [
        c
        for c in found.clients
        if not c.seen.lapsed
        and c.relationship.name is RelationshipStage.CONTINUATION
        and len(c.relationship.needs) == 1
    ]
    woven = [
        c
        for c in found.clients
        if not c.seen.lapsed
        and c.relationship.name is RelationshipStage.COMMITMENT
        and len(c.relationship.needs) == 1
    ]
    committed = [c.name for c in found.clients if c.relationship.name in CLOSE]
    if close:
        return (
            f"{sentence_case(in_words(len(close)))} client{'s are' if len(close) > 1 else ' is'} "
            f"one step from commitment: {listed([c.name for c in close])}."
        )
    if woven:
        return (
            f"{sentence_case(in_words(len(woven)))} client{'s are' if len(woven) > 1 else ' is'} "
            f"one step from convergence: {listed([c.name for c in woven])}."
        )
    if committed:
        return (
            f"{sentence_case(in_words(len(committed)))} of {count(len(found.clients), 'client')} "
            f"{'has' if len(committed) == 1 else 'have'} reached commitment or more, "
            f"{listed(committed)}; nobody else is one step away."
        )
    customers = found.counts.customers
    if len(found.clients) == 1:
        return (
            f"Your one client has bought; {_commitment(report)}."
            if customers
            else "Your one client has not bought yet: still courting."
        )
    bought = (
        f"All {count(customers, 'client')}"
        if customers == len(found.clients)
        else f"{sentence_case(in_words(customers))} of {count(len(found.clients), 'client')}"
    )
    return (
        f"{bought} {'has' if customers == 1 else 'have'} bought so far; {_commitment(report)}."
        if customers
        else f"None of {count(len(found.clients), 'client')} has bought yet: all are still courting."
    )


def _commitment(report: Report) -> str:
    settings = report.settings
    together = "a year" if settings.loyalty_after_days == 365 else days(settings.loyalty_after_days)
    bought = count(settings.loyalty_purchase_days, "purchase").partition(" ")[2]
    return f"commitment needs {in_words(settings.loyalty_purchase_days)} {bought} and {together} together"


def pictures(site: Site) -> Iterator[charts.Request]:
    """The stages at each month's end."""
    if not site.clients or not site.report.found.sales_recorded:
        return
    moments = site.report.history
    stages = {
        stage: [
            sum(
                moment.relationship[name] == stage and name not in moment.lapsed
                for name in moment.begun
            )
            for moment in moments
        ]
        for stage in RELATIONSHIP
    }
    lapsed = [len(moment.lapsed & moment.begun) for moment in moments]
    days = [moment.date for moment in moments]
    yield picture("stage-history", charts.stage_history, days, stages, lapsed)


PAGE = Page(
    name="lifecycle",
    title="Lifecycle",
    question="Who is where, and what moves them on?",
    answer=answer,
    content=not_yet,
    pictures=pictures,
)
