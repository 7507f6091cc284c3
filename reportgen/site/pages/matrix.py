"""The matrix: where do time and effort go, and where do I go silent?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reportgen.evidence.red_line import PhaseName
from reportgen.periods import month_end
from reportgen.pictures import charts
from reportgen.report.findings import ClientFindings
from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet, picture
from reportgen.site.shared import Site
from reportgen.words import (
    count,
    in_words,
    percent,
    sentence_case,
)


def answer(report: Report) -> str:
    """Where do time and effort go, and where do I go silent?"""
    known = [c for c in report.found.clients if c.seen.silence.below_share is not None]
    if not known:
        return "No client has been in touch yet, so there is nothing to draw."
    slipped = [client for client in known if client.seen.silence.spells]
    if len(known) == 1:
        return _matrix_of_one(known[0])
    if not slipped:
        return f"None of your {count(len(known), 'relationship')} was ever below the red line."
    after = [c for c in slipped if _fell_after_the_work(c)]
    first = (
        f"All {count(len(known), 'relationship')} have been below the red line at some time"
        if len(slipped) == len(known)
        else f"{sentence_case(in_words(len(slipped)))} of {count(len(known), 'relationship')} "
        f"{'has' if len(slipped) == 1 else 'have'} been below the red line at some time"
    )
    if len(after) * 2 > len(slipped):
        is_shop = report.settings.business_model == "product"
        moment = "the sale" if is_shop else "the work was done"
        return (
            f"{first}, and {in_words(len(after))} of them first fell silent after {moment}: "
            "that is the moment to plan for."
        )
    days_below = sum(c.seen.silence.days_below for c in known)
    share = days_below / sum(c.seen.silence.relationship_days for c in known)
    return f"{first}; taken together, {percent(share)} of all days were spent below it."


def _matrix_of_one(one: ClientFindings) -> str:
    quiet = one.seen.silence
    if not quiet.spells:
        return "Your one relationship was never below the red line."
    return (
        "Your one relationship has been below the red line at some time; "
        f"{percent(quiet.below_share)} of its days were spent below it."
    )


def _fell_after_the_work(client: ClientFindings) -> bool:
    first = client.seen.silence.spells[0].first
    return any(
        phase.name is PhaseName.POST_SALE and phase.first <= first <= phase.last
        for phase in client.seen.phases
    )


def pictures(site: Site) -> Iterator[charts.Request]:
    """Effort and silence month by month, and the typical shape of each business model."""
    if any(month.days for months in site.effort.values() for month in months):
        as_of = site.report.as_of
        minutes = [
            sum(months[at].minutes for months in site.effort.values())
            for at in range(len(site.months))
        ]
        below_then = [_below_at(site, min(month_end(first), as_of)) for first in site.months]
        yield picture(
            "effort-and-silence", charts.effort_and_silence, site.months, minutes, below_then, as_of
        )
    for one in site.report.found.lives:
        if sum(month.median is not None for month in one.months) >= 2:
            yield picture(f"life-{one.business_model}", charts.life, one)


def _below_at(site: Site, day: date) -> int:
    return sum(
        spell.first <= day <= spell.last
        for view in site.clients
        for spell in view.findings.seen.silence.spells
    )


PAGE = Page(
    name="matrix",
    title="Matrix",
    question="Where do time and effort go, and where do I go silent?",
    answer=answer,
    content=not_yet,
    pictures=pictures,
)
