"""Problems of one kind as one group: how many, where first, what stands there, what to do, what is lost.

A spreadsheet repeats itself, so one cause makes hundreds of problems. ``check``, the Data problems page
and its Markdown show the same groups in the same words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from reportgen.problems import Cell, Lost, Problem
from reportgen.values import dataclass
from reportgen.words import count, listed, often

_FIRST = 5
"""How many addresses a group names."""
_EXAMPLES = 3
"""How many of the things found a group names."""
_GROUPS = 100
"""How many kinds are told of."""
_LISTED = 100
"""How many problems of a kind are listed one by one."""
A_HANDFUL = 5
"""Beyond so many rows that do not count, the letter says so."""
_WORST = (Lost.SHEET, Lost.ROW, Lost.COLUMN, Lost.CELL, Lost.NOTHING, Lost.NO_ENTRY)


@dataclass(frozen=True, slots=True)
class Example:
    """Something that was found, in how many cells, and what was probably meant."""

    found: str
    number: int
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The problems of one kind: in one column of one sheet, for one reason; examples on all sheets."""

    first: tuple[Cell, ...]
    """The first few cells."""
    number: int
    examples: tuple[Example, ...]
    """What was found most often, at least one."""
    others: int
    """How many other things were found beside the examples."""
    expected: str
    """Of the first problem: a date or a number in it may be another one in the rest."""
    lost: Lost
    lost_number: int
    """How many of them: rows, where one problem speaks for several, else as many as there are problems."""

    @property
    def where(self) -> str:
        """``Sales!C4, C9, C17 and 24 more``."""
        names = [str(self.first[0])]
        for before, cell in pairwise(self.first):
            same = cell.sheet == before.sheet
            names.append(str(cell).rpartition("!")[2] if same else str(cell))
        return f"{', '.join(names)}{_more(self.number - len(names))}"

    @property
    def found(self) -> str:
        """``“VAT return” (25 times), “Payroll” (twice)``; alone as it stands."""
        if len(self.examples) == 1 and not self.others:
            return self.examples[0].found
        if self.number == len(self.examples) + self.others:
            shown = [one.found for one in self.examples]
        else:
            shown = [f"{one.found} ({often(one.number)})" for one in self.examples]
        return f"{', '.join(shown)}{_more(self.others, 'other', 'others')}"

    @property
    def remedy(self) -> str:
        """What to do; where it depends on what was found, for that which was found most often."""
        first = self.examples[0]
        if first.suggestion is None:
            return ""
        same = all(one.suggestion == first.suggestion for one in self.examples)
        return first.suggestion if same else f"For {first.found}: {first.suggestion}"

    @property
    def left_out(self) -> str:
        """What the report leaves out because of it: ``27 rows``, ``1 cell``, ``nothing``."""
        return _amount(self.lost, self.lost_number)

    @property
    def cause(self) -> str:
        """Where, what was found, what was expected, and what to do."""
        several = f"{self.number:,} problems, " if self.number > 1 else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{several}{self.where}: found {self.found}; expected {self.expected}.{remedy}"

    def __str__(self) -> str:
        return f"{self.cause} Left out: {self.left_out}."


@dataclass(frozen=True, slots=True)
class Summary:
    """All problems of a workbook in a few lines."""

    number: int = 0
    """How many problems there are."""
    kinds: int = 0
    """How many kinds of them."""
    groups: tuple[Group, ...] = ()
    """The kinds that cost most, first what costs a sheet, then rows, columns, cells; a hundred at most."""
    left_out: str = "nothing"
    """What the report leaves out because of all of them: ``2 rows and 1 cell``.

    A cell of a row that does not count is told with its row.
    """
    rows: int = 0
    """How many entries do not count, each with its whole row."""
    sheets: int = 0
    """How many sheets are not read that could be meant for reading."""


NO_PROBLEMS = Summary()


def summary(problems: Sequence[Problem]) -> Summary:
    """The problems in groups, and what the report leaves out because of them."""
    groups = _groups(problems)
    lost = _lost(problems)
    return Summary(
        number=len(problems),
        kinds=len(groups),
        groups=tuple(map(_group, groups[:_GROUPS])),
        left_out=listed([_amount(one, lost[one]) for one in _WORST if lost[one]], len(_WORST))
        or "nothing",
        rows=lost[Lost.ROW],
        sheets=lost[Lost.SHEET],
    )


def first_of_each_kind(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """In their order, of each kind the first hundred: a file of 800 bytes can make 300,000."""
    listed: Counter[object] = Counter()
    found: list[Problem] = []
    for kind, problem in _kinds(problems):
        listed[kind] += 1
        if listed[kind] <= _LISTED:
            found.append(problem)
    return tuple(found)


def _groups(problems: Iterable[Problem]) -> list[list[Problem]]:
    """The problems by their kind, the kinds that cost most first."""
    kinds: dict[object, list[Problem]] = {}
    for kind, problem in _kinds(problems):
        kinds.setdefault(kind, []).append(problem)
    return sorted(kinds.values(), key=lambda kind: (_WORST.index(kind[0].lost), -len(kind)))


def _kinds(problems: Iterable[Problem]) -> Iterator[tuple[object, Problem]]:
    """Each problem with its kind."""
    shapes: dict[str, str] = {}
    for problem in problems:
        shape = shapes.get(problem.expected)
        if shape is None:
            # Where cells clash with a date of their own, the dates differ and the reason is one.
            shape = shapes[problem.expected] = re.sub(r"\d+", "#", problem.expected)
        where = problem.where
        # Of examples and totals nothing is missing, so one line for those of all sheets is enough.
        place = None if problem.lost is Lost.NO_ENTRY else (where.sheet, where.column)
        yield (place, problem.lost, shape), problem


def _group(problems: Sequence[Problem]) -> Group:
    found = Counter(problem.found for problem in problems)
    suggestions = {problem.found: problem.suggestion for problem in reversed(problems)}
    most = found.most_common(_EXAMPLES)
    return Group(
        first=tuple(problem.where for problem in problems[:_FIRST]),
        number=len(problems),
        examples=tuple(Example(one, number, suggestions[one]) for one, number in most),
        others=len(found) - len(most),
        expected=problems[0].expected,
        lost=problems[0].lost,
        lost_number=sum(problem.rows for problem in problems),
    )


def _lost(problems: Iterable[Problem]) -> Mapping[Lost, int]:
    """How many sheets, columns, rows and cells are left out; nothing is left out for NOTHING."""
    places: dict[Lost, set[tuple[object, ...]]] = {lost: set() for lost in Lost}
    spoken_for = 0
    for problem in problems:
        where = problem.where
        match problem.lost:
            case Lost.SHEET:
                places[Lost.SHEET].add((where.sheet,))
            case Lost.COLUMN:
                places[Lost.COLUMN].add((where.sheet, where.column))
            case Lost.ROW | Lost.NO_ENTRY:
                places[problem.lost].add((where.sheet, where.row))
                spoken_for += problem.rows - 1
            case Lost.CELL:
                places[Lost.CELL].add((where.sheet, where.row, where.column))
    rows = places[Lost.ROW]
    cells = sum((sheet, row) not in rows for sheet, row, _ in places[Lost.CELL])
    counts = {lost: len(found) for lost, found in places.items()}
    return counts | {Lost.CELL: cells, Lost.ROW: len(rows) + spoken_for}


def _amount(lost: Lost, number: int) -> str:
    match lost:
        case Lost.NOTHING:
            return "nothing"
        case Lost.NO_ENTRY:
            return f"{count(number, 'row')} of totals or examples"
    return count(number, lost.value)


def _more(number: int, one: str = "more", many: str = "more") -> str:
    return f" and {number:,} {one if number == 1 else many}" if number else ""
