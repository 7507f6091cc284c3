"""Two tables on one sheet, one below the other or side by side: a grid each, with the sheet's addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from reportgen.problems import ReportError
from reportgen.reading.cells import Grid, Value, as_text, filled, shown
from reportgen.reading.columns import CLIENTS, FEEDBACK, RATINGS, SALES, TOUCHPOINTS
from reportgen.reading.headers import columns_of, has_required

_BELOW_A_TITLE = 3
"""The headers of a table stand in one of so many rows after a blank one."""
_LOOKED_AT = 50
"""Rows that say which columns may be blank; only those are looked at further."""
_MOST = 100
"""Tables of one sheet."""


def tables_of(grid: Grid, columns: Mapping[str, str]) -> list[Grid]:
    """The tables of a sheet; mostly the sheet as it is.

    They are parted by blank rows and by blank columns, and each has headers of its own that say what it
    is. Headers that are only repeated begin no new table.
    """
    return [part for side in _beside(grid, columns) for part in _below(side, columns)]


def _is_header(row: Sequence[Value], columns: Mapping[str, str]) -> bool:
    """Whether a row has the headers of one of our tables."""
    texts = [cell for cell in row if filled(cell)]
    if len(texts) < 2 or not all(isinstance(cell, str) for cell in texts):
        return False
    one = Grid("", [row])
    if any(has_required(sheet, one, columns) for sheet in (SALES, TOUCHPOINTS, FEEDBACK, RATINGS)):
        return True
    fields = {column.field for _, column, _ in columns_of(CLIENTS, one, columns).columns}
    return "client" in fields and len(fields) > 1


def _below(grid: Grid, columns: Mapping[str, str]) -> Iterator[Grid]:
    """The tables one below the other."""
    starts: list[int] = []
    headers: list[Sequence[Value]] = []
    repeated: list[int] = []
    start, since = 0, 0
    for at, row in enumerate(grid.rows):
        if not any(row) and not any(map(filled, row)):
            start, since = at + 1, 0
            continue
        since += 1
        if since > _BELOW_A_TITLE and not (headers and row == headers[-1]):
            continue
        if headers and _says(row) == _says(headers[-1]):
            repeated.append(at)
        elif since <= _BELOW_A_TITLE and _is_header(row, columns):
            starts.append(start)
            headers.append(row)
            since = _BELOW_A_TITLE
    if repeated:
        again = set(repeated)
        grid = replace(grid, rows=[[] if at in again else row for at, row in _of(grid)])
    if len(starts) < 2:
        yield grid
        return
    _refuse_many(len(starts), grid)
    blank: Sequence[Value] = ()
    for first, end in pairwise((0, *starts[1:], len(grid.rows))):
        yield replace(
            grid,
            rows=[*[blank] * first, *grid.rows[first:end]],
            first=first,
            is_part=True,
            hidden_rows=frozenset(at for at in grid.hidden_rows if first <= at < end),
        )


def _of(grid: Grid) -> Iterator[tuple[int, Sequence[Value]]]:
    return enumerate(grid.rows)


def _says(row: Sequence[Value]) -> list[str]:
    return [as_text(cell) for cell in row if filled(cell)]


def _beside(grid: Grid, columns: Mapping[str, str]) -> list[Grid]:
    """The tables side by side."""
    groups = list(_groups(grid))
    if len(groups) < 2:
        return [grid]
    if not all(_has_headers(grid, left, right, columns) for left, right in groups):
        return [grid]
    _refuse_many(len(groups), grid)
    last = groups[-1]
    return [
        replace(
            grid,
            rows=[_cut(row, left, None if (left, right) == last else right) for row in grid.rows],
            is_part=True,
        )
        for left, right in groups
    ]


def _has_headers(grid: Grid, left: int, right: int, columns: Mapping[str, str]) -> bool:
    return any(_is_header(row[left:right], columns) for row in grid.rows[:_LOOKED_AT])


def _refuse_many(tables: int, grid: Grid) -> None:
    """Refuse a sheet of very many tables: each holds a place for every row of the sheet.

    Raises: ReportError, when it has more than anybody makes.
    """
    if tables > _MOST:
        raise ReportError(
            f"{shown(grid.sheet)} has {tables:,} tables on one sheet, and up to {_MOST} are told apart; "
            "put those of one kind below one row of headers."
        )


def _cut(row: Sequence[Value], left: int, right: int | None) -> list[Value]:
    return [*[None] * min(left, len(row)), *row[left:right]]


def _groups(grid: Grid) -> Iterator[tuple[int, int]]:
    """First and last index, the last exclusive, of columns that stand together between blank ones."""
    width = max((len(row) for row in grid.rows[:_LOOKED_AT]), default=0)
    near = {at for row in grid.rows[:_LOOKED_AT] for at, cell in enumerate(row) if filled(cell)}
    inner = [at for at in range(min(near, default=0), max(near, default=0)) if at not in near]
    parting = [
        at for at in inner if not any(at < len(row) and filled(row[at]) for row in grid.rows)
    ]
    start = 0
    for at in (*parting, width):
        if any(one in near for one in range(start, at)):
            yield start, at
        start = at + 1
