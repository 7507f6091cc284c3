"""Data problems: what could not be used?"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.problem_groups import Group, summary
from reportgen.problems import Problem
from reportgen.report.report import Report
from reportgen.site.page import Page
from reportgen.site.shared import Site
from reportgen.words import count, count_in_words, sentence_case

_EACH = 1_000
"""How many problems are listed one by one."""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """What could not be used, what to write instead, and what is left out; one cell or all of a kind."""

    number: int
    where: str
    found: str
    expected: str
    suggestion: str
    left_out: str


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    kinds: tuple[ProblemRow, ...]
    """A row for each kind of problem, what costs most first."""
    more_kinds: int
    each: tuple[ProblemRow, ...]
    """A row for each problem in the order of the workbook; none where the kinds tell as much."""
    more: int
    """How many problems there are beyond those listed."""
    unread: tuple[str, ...]
    """The sheets and columns that were not looked at."""
    remarks: tuple[str, ...]
    """How rows were counted that say themselves how."""


def answer(report: Report) -> str:
    """What could not be used?"""
    if not report.problems:
        return f"Every one of the {count(report.cells, 'cell')} looked at could be used."
    found = summary(report.problems)
    kinds = f" of {count(found.kinds, 'kind')}" if found.kinds < found.number else ""
    return (
        f"{sentence_case(count_in_words(found.number, 'problem'))}{kinds} among "
        f"{count(report.cells, 'cell')}; the report leaves out {found.left_out}."
    )


def content(site: Site) -> Content:
    """What could not be used, by kind and cell by cell."""
    problems = site.report.problems
    found = summary(problems)
    each = problems[:_EACH] if found.kinds < found.number else ()
    return Content(
        kinds=tuple(_kind(group) for group in found.groups),
        more_kinds=found.kinds - len(found.groups),
        each=tuple(_one(problem) for problem in each),
        more=len(problems) - len(each) if each else 0,
        unread=tuple(sentence_case(one) for one in site.report.unread),
        remarks=site.report.remarks,
    )


def _kind(group: Group) -> ProblemRow:
    return ProblemRow(
        group.number, group.where, group.found, group.expected, group.remedy, group.left_out
    )


def _one(problem: Problem) -> ProblemRow:
    return _kind(summary((problem,)).groups[0])


PAGE = Page(
    name="problems",
    title="Data problems",
    question="What could not be used?",
    answer=answer,
    content=content,
)
