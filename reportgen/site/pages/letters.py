"""Letters: words for it."""

from __future__ import annotations

from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet
from reportgen.words import (
    count,
    sentence_case,
)


def answer(report: Report) -> str:
    """Words for it."""
    due = [action for action in report.actions if action.letter]
    if not due:
        return "No letter is due this month; all of them are here for when one is."
    people = len({action.client for action in due})
    return (
        f"{sentence_case(count(len(due), 'letter'))} {'is' if len(due) == 1 else 'are'} due, for "
        f"{count(people, 'client')}: each is filled in, to copy or to send."
    )


PAGE = Page(
    name="letters", title="Letters", question="Words for it", answer=answer, content=not_yet
)
