"""A recognised sheet → its rows, each a field → value, with a problem for every unusable cell."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.model import name_key
from reportgen.problems import Cell, Problem, Row
from reportgen.reading.amounts import Currency
from reportgen.reading.cells import Fault, Unusable, Value, shown, tidy
from reportgen.reading.columns import Column
from reportgen.reading.headers import Layout
from reportgen.reading.values import Reader, reader
from reportgen.settings.settings import Settings

TOTALS = frozenset({"total", "totals", "grand total", "subtotal", "sub-total", "sum"})
NOT_USED = "; without it the row is not used"


@dataclass(frozen=True, slots=True)
class Entry:
    """One usable row: every required column has a value."""

    row: Row
    values: dict[str, Any]
    """Field → value; a blank or unusable cell has none."""
    unusable: frozenset[str]
    """The fields whose cells hold something that could not be used."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet."""

    layout: Layout
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    cells: int
    """How many filled cells were looked at."""

    def where(self, entry: Entry, field: str) -> Cell:
        """The address of an entry's field; of the row's first cell where the column is missing."""
        index = next((i for i, column, _ in self.layout.columns if column.field == field), 0)
        return Cell(entry.row.sheet, entry.row.row, index + 1)

    def shown(self, entry: Entry, field: str) -> str:
        """What stands in the field's cell, as the owner would read it."""
        index = next(i for i, column, _ in self.layout.columns if column.field == field)
        return shown(self.layout.grid.rows[entry.row.row - 1][index])


def read_table(
    layout: Layout, settings: Settings, currency: Currency, listed: Container[str]
) -> Table:
    """The sheet's usable rows in their order; none where a required column is missing.

    ``listed`` are the keys of the names on the Clients sheet: a client called Total is one if they
    are listed, else the row is a sum at the foot of a list.
    """
    grid, rows = layout.grid, layout.grid.rows[layout.header_row + 1 :]
    found = {column for _, column, _ in layout.columns}
    if not found.issuperset(layout.sheet.required):
        return Table(layout, (), (), 0)
    readers: list[tuple[int, Column, Reader, dict[object, object]]] = []
    for index, column, header in layout.columns:
        cells_below = [row[index] for row in rows if index < len(row)]
        read = reader(column, header, cells_below, settings, currency, grid.epoch)
        readers.append((index, column, read, {}))
    required = [(index, column) for index, column, _ in layout.columns if column.required]
    entries: list[Entry] = []
    problems: list[Problem] = []
    cells = 0
    for number, row in enumerate(rows, start=layout.header_row + 2):
        width = len(row)
        if row.count("") == width:  # a sheet may have thousands of blank rows below its list
            continue
        values: dict[str, Any] = {}
        unusable: list[tuple[int, Column, Unusable]] = []
        for index, column, read, seen in readers:
            cell = row[index] if index < width else None
            if cell is None or cell == "":
                continue
            # Columns repeat themselves: each value is read once. 1, 1.0 and True are the same key
            # to a dict, but not to a reader.
            key = (cell.__class__, cell)
            if key in seen:
                value = seen[key]
            else:
                value = seen[key] = _value(read, cell)
            if value is BLANK:
                continue
            cells += 1
            if value is None:
                continue
            if isinstance(value, Unusable):
                unusable.append((index, column, value))
            else:
                values[column.field] = value
        if not values and not unusable:
            continue
        missing = [(index, column) for index, column in required if column.field not in values]
        total = _total(row, required, listed) if missing or _says_total(values) else None
        if total is not None:
            problems.append(_total_problem(Cell(grid.sheet, number, total + 1), row[total]))
            continue
        refused = frozenset([column.field for _, column, _ in unusable])
        for index, column, why in unusable:
            expected = why.expected + (NOT_USED if column.required else "")
            where = Cell(grid.sheet, number, index + 1)
            problems.append(Problem(where, shown(row[index]), expected, why.suggestion))
        for index, column in missing:
            if column.field not in refused:
                where = Cell(grid.sheet, number, index + 1)
                problems.append(Problem(where, "nothing", _needed(column) + NOT_USED))
        if not missing:
            entries.append(Entry(Row(grid.sheet, number), values, refused))
    return Table(layout, tuple(entries), tuple(problems), cells)


BLANK = object()
"""White space alone: nothing stands there, not even a word for nothing."""


def _value(read: Reader, cell: Value) -> object:
    """The value of a cell, None, BLANK, or Unusable; for a fault, too."""
    if isinstance(cell, str):
        text = tidy(cell)
        return read(text) if text else BLANK
    if isinstance(cell, Fault):
        refused = read(None)
        known = (
            refused.expected if isinstance(refused, Unusable) else "a value, typed or calculated"
        )
        return Unusable(known, cell.suggestion)
    return read(cell)


def _says_total(values: dict[str, Any]) -> bool:
    client = values.get("client")
    return isinstance(client, str) and client.rstrip(":").casefold() in TOTALS


def _needed(column: Column) -> str:
    article = "an" if column.name[0] in "AEIOU" else "a"
    return f"{article} {column.name.casefold()}, for example {column.example}"


def _total(
    row: Sequence[Value], required: list[tuple[int, Column]], listed: Container[str]
) -> int | None:
    """The index of a required cell that says Total; None in an ordinary row, and on sheets without
    dates, which list things rather than sums.
    """
    if not any(column.kind == "date" for _, column in required):
        return None
    for index, column in required:
        cell = row[index] if index < len(row) else None
        if not isinstance(cell, str) or column.kind not in ("client", "date"):
            continue
        word = tidy(cell).rstrip(":").casefold()
        if word in TOTALS and name_key(cell) not in listed:
            return index
    return None


def _total_problem(where: Cell, cell: Value) -> Problem:
    return Problem(
        where,
        shown(cell),
        "a row of its own for each entry; a row of totals is not used, the report adds up itself",
    )
