"""The day on which a promise was kept or a complaint put right → the blank cell that waits for it.

What the owner has ticked as done in a report says so of rows that her workbook has already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reportgen.adopting.lines import Cell, Line
from reportgen.adopting.same import plain_cell
from reportgen.problems import Row
from reportgen.reading.columns import TOUCHPOINTS
from reportgen.values import dataclass

_DAYS = ("done_on", "resolved_on")
_TOLD_BY = ("client", "date", "activity", "topic", "promise", "signal")
"""What is the same in both rows, blank cells too."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A blank cell of the workbook, and what goes into it."""

    row: Row
    field: str
    value: Cell


def told_by_days(lines: Sequence[Line]) -> list[Line]:
    """The lines that say of a contact when its promise was kept, or its complaint put right."""
    return [
        one
        for one in lines
        if one.sheet is TOUCHPOINTS and any(field in one.values for field in _DAYS)
    ]


def fillings(lines: Sequence[Line], ours: Sequence[Line]) -> tuple[list[Filling], list[Line]]:
    """The cells to fill in, and the lines that the workbook has with that: they are no new rows.

    A cell that is filled stays as it is, and so does a row that says anything else.
    """
    waiting: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
    for one in ours:
        if one.sheet is TOUCHPOINTS:
            waiting[_told(one)].append(one)
    found: list[Filling] = []
    known: list[Line] = []
    for line in lines:
        days = {field: line.values[field] for field in _DAYS if field in line.values}
        kept = next((one for one in waiting[_told(line)] if _agrees(one, days)), None)
        if kept is not None:
            waiting[_told(line)].remove(kept)
            known.append(line)
            blank = {field: day for field, day in days.items() if field not in kept.values}
            found += [Filling(kept.row, field, day) for field, day in blank.items()]
    return found, known


def _told(line: Line) -> tuple[str, ...]:
    return tuple(plain_cell(line.values.get(one)) for one in _TOLD_BY)


def _agrees(kept: Line, days: dict[str, Cell]) -> bool:
    return all(kept.values.get(field) in (None, day) for field, day in days.items())
