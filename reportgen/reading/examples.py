"""The example rows of the starter workbook: they never count, and the owner is told of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from reportgen.problems import Lost, Problem
from reportgen.reading.cells import Value, as_text, shown
from reportgen.reading.headers import Layout

_EXAMPLE = re.compile(r"example\s*:")
_NAMING = ("client", "name")
"""The fields that say whose a row is: a client's, or an activity's."""
_EXPECTED = "a row of your own; an example row never counts"
_SUGGESTION = "Type over the whole row, or delete it."


def without_examples(layouts: Sequence[Layout]) -> tuple[tuple[Layout, ...], tuple[Problem, ...]]:
    """The layouts with each example row made blank, and a problem for each such row."""
    kept: list[Layout] = []
    problems: list[Problem] = []
    for layout in layouts:
        found = _examples(layout)
        problems += found.values()
        rows = [() if at in found else row for at, row in enumerate(layout.grid.rows)]
        kept.append(replace(layout, grid=replace(layout.grid, rows=rows)) if found else layout)
    return tuple(kept), tuple(problems)


def _examples(layout: Layout) -> dict[int, Problem]:
    """The index of an example row in the grid → its problem."""
    naming = [
        index
        for index, column, _ in layout.columns
        if column.field in _NAMING and any(map(_is_example, layout.different(column.field)))
    ]
    if not naming:
        return {}
    return {
        at: Problem(
            layout.where(at, index), shown(row[index]), _EXPECTED, _SUGGESTION, Lost.NO_ENTRY
        )
        for at, row in enumerate(layout.grid.rows)
        for index in naming
        if at > layout.header_row and index < len(row) and _is_example(row[index])
    }


def _is_example(cell: Value) -> bool:
    """Whether a name begins with ``Example:``, however its letters and its colon are typed."""
    if not isinstance(cell, str) or not (":" in cell or "\uff1a" in cell):
        return False
    return _EXAMPLE.match(unicodedata.normalize("NFKC", as_text(cell)).casefold()) is not None
