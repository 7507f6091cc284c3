"""Boundaries: who eats my evenings?"""

from __future__ import annotations

from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet
from reportgen.words import (
    count,
    in_words,
    listed,
    percent,
    sentence_case,
)


def answer(report: Report) -> str:
    """Who eats my evenings?"""
    portfolio = report.found.boundaries
    overall = portfolio.overall
    if not overall.timed:
        return (
            "Nobody can tell yet: with Start on the Touchpoints sheet this page sees your evenings."
        )
    if not portfolio.by_client:
        late = overall.out_of_hours.count
        return (
            f"Your evenings are your own: none of {count(overall.timed, 'timed touchpoint')} "
            "was out of hours."
            if not late
            else f"{sentence_case(count(late, 'touchpoint'))} of {overall.timed:,} were out of hours, "
            "without minutes to weigh them by."
        )
    worst = portfolio.by_client
    few = worst[: 2 if len(worst) > 2 else 1]
    share = sum(one.share for one in few)
    who = listed([one.client for one in few])
    verb = "causes" if len(few) == 1 else "cause"
    if share < 0.4:
        first = (
            f"{sentence_case(in_words(len(worst)))} clients share {percent(overall.out_of_hours_share)} of "
            "timed contacts out of hours, nobody much of it"
        )
    else:
        first = f"{who} {verb} {percent(share)} of out-of-hours work"
    offered = portfolio.offered_by_owner
    if offered:
        return f"{first}; {percent(offered)} of it you offered yourself."
    return f"{first}; none of it did you offer yourself."


PAGE = Page(
    name="boundaries",
    title="Boundaries",
    question="Who eats my evenings?",
    answer=answer,
    content=not_yet,
)
