"""The actions: what do I do this month?"""

from __future__ import annotations

from reportgen.report.actions import Tier
from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet
from reportgen.words import (
    count,
    day,
    in_words,
    listed,
    sentence_case,
)


def answer(report: Report) -> str:
    """What do I do this month?"""
    todo = report.this_month
    if not todo:
        return (
            "Nothing is overdue: no promise is waiting "
            "and no running relationship is below the red line."
        )
    minutes = sum(action.minutes for action in todo)
    whole, rest = divmod(minutes, 60)
    time = f"{whole} h {rest} min" if whole and rest else f"{whole} h" if whole else f"{rest} min"
    tiers = [(tier, sum(action.tier == tier for action in todo)) for tier in TIER_WORDS]
    parts = [
        words.format(count(number, one, many))
        for tier, number in tiers
        if number
        for one, many, words in (TIER_WORDS[tier],)
    ]
    last = max(action.day for action in todo)
    return (
        f"{sentence_case(in_words(len(todo)))} thing{'' if len(todo) == 1 else 's'}, {time} in all: "
        f"{listed(parts, len(parts))}. "
        + (
            f"At {report.settings.daily_action_minutes} minutes a day you are through by {day(last)}."
            if minutes > report.settings.daily_action_minutes
            else "One sitting is enough."
        )
        + (
            f" {sentence_case(count(len(report.later), 'more', 'more'))} can wait."
            if report.later
            else ""
        )
    )


TIER_WORDS: dict[Tier, tuple[str, str, str]] = {
    Tier.PROMISE: ("promise", "promises", "{} to keep"),
    Tier.ANSWER: ("answer", "answers", "{} to give"),
    Tier.COMPLAINT: ("complaint", "complaints", "{} to put right"),
    Tier.RECONNECTION: ("client", "clients", "{} to get back in touch with"),
    Tier.PROSPECT: ("prospect", "prospects", "{} to write to again"),
    Tier.PLAN: ("next step", "next steps", "{} to agree"),
    Tier.INVOICE: ("invoice", "invoices", "{} to chase"),
    Tier.BOUNDARY: ("boundary", "boundaries", "{} to talk about"),
    Tier.OPPORTUNITY: ("opportunity", "opportunities", "{} to take"),
}
"""Tier of an action → one, several, and what is to be done with them; in the order of the tiers."""


PAGE = Page(
    name="actions",
    title="Actions",
    question="What do I do this month?",
    answer=answer,
    content=not_yet,
)
