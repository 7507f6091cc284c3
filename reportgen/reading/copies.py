"""Tables that say again what another one says: each row counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reportgen.problems import Cell, Lost, Problem
from reportgen.reading.cells import as_text, shown
from reportgen.reading.headers import Layout


def without_copies(found: Sequence[Layout], problems: list[Problem]) -> Iterator[Layout]:
    """The layouts but those whose every row stands in another table, each of which is a problem.

    Rows that two tables share otherwise count twice, and that is a problem, too. Adds to ``problems``.
    """
    for sheet, number in Counter(one.sheet for one in found).items():
        layouts = [one for one in found if one.sheet is sheet]
        rows = [_told(one) for one in layouts] if number > 1 else [frozenset()]
        for at, (one, own) in enumerate(zip(layouts, rows, strict=True)):
            others = [
                (other, theirs)
                for place, (other, theirs) in enumerate(zip(layouts, rows, strict=True))
                if other.grid.sheet != one.grid.sheet
                and (own < theirs or place < at)
                and not own.isdisjoint(theirs)
            ]
            copied = next((other for other, theirs in others if own <= theirs), None)
            if copied is not None:
                problems.append(_copy(one, copied))
                continue
            for other, theirs in others:
                if not theirs < own:  # else the other is the copy
                    problems.append(_shared(one, other, len(own & theirs)))
            yield one


def _told(one: Layout) -> frozenset[tuple[str, ...]]:
    """What the rows say that have more than one cell filled."""
    rows = (tuple(as_text(cell) for cell in row) for row in one.rows)
    return frozenset(row for row in rows if sum(map(bool, row)) > 1)


def _copy(one: Layout, other: Layout) -> Problem:
    return Problem(
        Cell(one.grid.sheet, one.header_row + 1, 1),
        f"a copy of {shown(other.grid.sheet)}",
        "each row once; this sheet is not read",
        "Delete the copy.",
        Lost.SHEET,
    )


def _shared(one: Layout, other: Layout, number: int) -> Problem:
    rows = "1 row that stands" if number == 1 else f"{number:,} rows that stand"
    return Problem(
        Cell(one.grid.sheet, one.header_row + 1, 1),
        f"{rows} on {shown(other.grid.sheet)}, too",
        "each row once; these count twice",
        "Delete them from one of the two sheets.",
        Lost.NOTHING,
    )
