"""Data problems: what could not be used?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.problem_groups import Group, summary
from reportgen.report.report import Report
from reportgen.site.layout import Cell, Column, Line, Link, Table
from reportgen.site.page import Page
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import count, count_in_words, sentence_case

_EACH = 1_000
"""How many problems are listed one by one."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    kinds: Table | None
    """A row for each kind of problem, what costs most first; None without problems."""
    more_kinds: int
    each: Table | None
    """A row for each problem in the order of the workbook; None where the kinds tell as much."""
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
    several = found.kinds < found.number
    each = [summary((problem,)).groups[0] for problem in problems[:_EACH]] if several else []
    return Content(
        kinds=_table("kinds", "What costs most first", found.groups, several),
        more_kinds=found.kinds - len(found.groups),
        each=_table("problems", "In the order of the workbook", each, several=False),
        more=len(problems) - len(each) if each else 0,
        unread=tuple(sentence_case(one) for one in site.report.unread),
        remarks=site.report.remarks,
    )


def _table(id: str, caption: str, groups: Iterable[Group], several: bool) -> Table | None:
    """What could not be used, what to write instead, and what is left out; one cell or all of a kind."""
    lines = tuple(Line(Link(one.where, ""), tuple(_cells(one, several))) for one in groups)
    numbers = (Column("How many", number=True, most_first=True),) if several else ()
    titles = ("Found", "Expected", "What to do", "Left out")
    columns = (Column("Where"), *numbers, *map(Column, titles))
    return Table(id, caption, columns, lines) if lines else None


def _cells(group: Group, several: bool) -> Iterator[Cell]:
    if several:
        yield Cell(f"{group.number:,}", sort=group.number, number=True, label="times")
    yield Cell(group.found, label="found")
    yield Cell(group.expected, label="expected")
    yield Cell(group.remedy)
    yield Cell(group.left_out, label="left out")


PAGE = Page(
    name="problems",
    title="Data problems",
    question="What could not be used?",
    answer=answer,
    content=content,
)
