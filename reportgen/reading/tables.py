"""A recognised sheet → its usable rows, and a problem for every cell that cannot be used."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.model import name_key
from reportgen.problems import Cell, Problem, Row
from reportgen.reading.amounts import Currency
from reportgen.reading.cells import Unusable, Value, shown, tidy
from reportgen.reading.columns import Column
from reportgen.reading.headers import Layout
from reportgen.reading.safety.found import Fault
from reportgen.reading.values import Reader, reader
from reportgen.settings.kinds import CellKind
from reportgen.settings.settings import Settings

TOTALS = frozenset({"total", "totals", "grand total", "subtotal", "sub-total", "sum"})
"""What a row of sums says where other rows have a client or a date."""
NOT_USED = "; without it the row is not used"


@dataclass(frozen=True, slots=True)
class Entry:
    """One usable row: every required column has a value."""

    row: Row
    values: dict[str, Any]
    """Field → value; a blank or unusable cell has no entry."""
    unusable: frozenset[str]
    """The fields whose cells hold something that cannot be used."""
    layout: Layout
    """Of the sheet that it stands on."""

    def problem(self, field: str, expected: str, suggestion: str | None = None) -> Problem:
        """The problem of one of its cells; the sheet has a column for the field."""
        index = next(i for i, column, _ in self.layout.columns if column.field == field)
        cell = self.layout.grid.rows[self.row.row - 1][index]
        where = self.layout.where(self.row.row - 1, index)
        return Problem(where, shown(cell), expected, suggestion)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet."""

    entries: tuple[Entry, ...] = ()
    """Top to bottom."""
    problems: tuple[Problem, ...] = ()
    cells: int = 0
    """How many filled cells were looked at."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One column and how its cells are read."""

    index: int
    column: Column
    read: Reader
    seen: dict[object, object]
    """(type, cell) → value: a column repeats itself, and each value is read once."""


def read_table(
    layout: Layout, settings: Settings, currency: Currency, listed: Container[str]
) -> Table:
    """The sheet's usable rows in their order; none when a required column is missing.

    ``listed`` are the keys of the names on the Clients sheet. A client called Total is a client when
    listed; else the row is a sum at the foot of a list.
    """
    found = {column for _, column, _ in layout.columns}
    if not found.issuperset(layout.sheet.required):
        return Table()
    rows = layout.grid.rows[layout.header_row + 1 :]
    readings = _readings(layout, settings, currency)
    entries: list[Entry] = []
    problems: list[Problem] = []
    cells = 0
    for at, row in enumerate(rows, start=layout.header_row + 1):
        if row.count("") == len(row):  # a sheet may have thousands of blank rows below its list
            continue
        values, unusable, filled = _read_row(readings, row)
        cells += filled
        if not values and not unusable:
            continue
        missing = [
            one for one in readings if one.column.required and one.column.field not in values
        ]
        total = _total(row, readings, listed) if missing or _says_total(values) else None
        if total is not None:
            problems.append(_total_problem(layout.where(at, total), row[total]))
            continue
        problems += _row_problems(layout, at, unusable, missing)
        if not missing:
            refused = frozenset(one.column.field for one, _ in unusable)
            entries.append(Entry(Row(layout.grid.sheet, at + 1), values, refused, layout))
    return Table(tuple(entries), tuple(problems), cells)


def _readings(layout: Layout, settings: Settings, currency: Currency) -> list[_Reading]:
    rows = layout.grid.rows[layout.header_row + 1 :]
    found: list[_Reading] = []
    for index, column, header in layout.columns:
        cells_below = [row[index] for row in rows if index < len(row)]
        read = reader(column, header, cells_below, settings, currency, layout.grid.epoch)
        found.append(_Reading(index, column, read, {}))
    return found


def _read_row(
    readings: Sequence[_Reading], row: Sequence[Value]
) -> tuple[dict[str, Any], list[tuple[_Reading, Unusable]], int]:
    """Field → value, the cells that cannot be used, and how many cells are filled."""
    values: dict[str, Any] = {}
    unusable: list[tuple[_Reading, Unusable]] = []
    filled = 0
    width = len(row)
    for one in readings:
        cell = row[one.index] if one.index < width else None
        if cell is None or cell == "":
            continue
        key = (
            cell.__class__,
            cell,
        )  # 1, 1.0 and True are the same key to a dict, but not to a reader
        seen = one.seen
        if key in seen:
            value = seen[key]
        else:
            value = seen[key] = _value(one.read, cell)
        if value is BLANK:
            continue
        filled += 1
        if value is None:
            continue
        if isinstance(value, Unusable):
            unusable.append((one, value))
        else:
            values[one.column.field] = value
    return values, unusable, filled


def _row_problems(
    layout: Layout,
    at: int,
    unusable: Sequence[tuple[_Reading, Unusable]],
    missing: Sequence[_Reading],
) -> Iterator[Problem]:
    """A problem for each cell that cannot be used, then for each required one that is blank."""
    row = layout.grid.rows[at]
    for one, why in unusable:
        expected = why.expected + (NOT_USED if one.column.required else "")
        where = layout.where(at, one.index)
        yield Problem(where, shown(row[one.index]), expected, why.suggestion)
    refused = {one.column.field for one, _ in unusable}
    for one in missing:
        if one.column.field not in refused:
            expected = _needed(one.column) + NOT_USED
            yield Problem(layout.where(at, one.index), "nothing", expected)


BLANK = object()
"""Stands for a cell of white space alone, which does not count as filled."""


def _value(read: Reader, cell: Value) -> object:
    """The value of a cell, None for a word for nothing, BLANK, or Unusable; the last for a fault, too."""
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
    row: Sequence[Value], readings: Sequence[_Reading], listed: Container[str]
) -> int | None:
    """The index of a required cell that says Total; None in an ordinary row.

    None on sheets without dates, too: they list things, and sums only stand below lists of dates.
    """
    required = [one for one in readings if one.column.required]
    if not any(one.column.kind == CellKind.DATE for one in required):
        return None
    for one in required:
        cell = row[one.index] if one.index < len(row) else None
        if not isinstance(cell, str) or one.column.kind not in (CellKind.CLIENT, CellKind.DATE):
            continue
        word = tidy(cell).rstrip(":").casefold()
        if word in TOTALS and name_key(cell) not in listed:
            return one.index
    return None


def _total_problem(where: Cell, cell: Value) -> Problem:
    return Problem(
        where,
        shown(cell),
        "a row of its own for each entry; a row of totals is not used, the report adds up itself",
    )
