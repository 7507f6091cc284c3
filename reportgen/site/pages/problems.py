"""Data problems: what could not be used?"""

from __future__ import annotations

from reportgen.report.report import Report
from reportgen.site.page import Page, not_yet
from reportgen.words import (
    count,
    in_words,
    sentence_case,
)


def answer(report: Report) -> str:
    """What could not be used?"""
    if not report.problems:
        return f"Every one of the {count(report.cells, 'cell')} looked at could be used."
    places = len({problem.where for problem in report.problems})
    return (
        f"{sentence_case(in_words(places))} of {count(report.cells, 'cell')} could not be used as "
        f"{'it stands' if places == 1 else 'they stand'}; everything else on "
        f"{'its row' if places == 1 else 'their rows'} counts, unless it says otherwise below."
    )


PAGE = Page(
    name="problems",
    title="Data problems",
    question="What could not be used?",
    answer=answer,
    content=not_yet,
)
