"""Data problems: what could not be used?"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.problems import Problem
from reportgen.report.report import Report
from reportgen.site.page import Page
from reportgen.site.shared import Site
from reportgen.words import count, in_words, sentence_case


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """What could not be used, and what to write instead."""

    where: str
    found: str
    expected: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    problems: tuple[ProblemRow, ...]
    """In the order of the workbook."""
    unread: tuple[str, ...]
    """The sheets and columns that were not looked at."""


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


def content(site: Site) -> Content:
    """Cell by cell what could not be used."""
    return Content(
        problems=tuple(_problem_row(problem) for problem in site.report.problems),
        unread=tuple(sentence_case(one) for one in site.report.unread),
    )


def _problem_row(problem: Problem) -> ProblemRow:
    return ProblemRow(str(problem.where), problem.found, problem.expected, problem.suggestion or "")


PAGE = Page(
    name="problems",
    title="Data problems",
    question="What could not be used?",
    answer=answer,
    content=content,
)
