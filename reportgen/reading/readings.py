"""The columns of a table → the values of their cells. A column repeats itself: each value is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.reading.amounts import Currency
from reportgen.reading.cells import Unusable, Value, tidy
from reportgen.reading.columns import Column
from reportgen.reading.headers import Layout
from reportgen.reading.safety.found import Fault
from reportgen.reading.values import Reader, reader
from reportgen.settings.settings import Settings

_NUMBERS = {bool, int, float}
"""1, 1.0 and True are one key to a dict, and not the same to a reader."""
_BLANK = object()
"""Stands for a cell with nothing in it; None is what a word for nothing says."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One column as it is read; its rows are those below the headers, from 0."""

    index: int
    column: Column
    values: Sequence[Any]
    """Of each row; None where the cell is blank, says that there is nothing, or cannot be used."""
    unusable: Mapping[int, Unusable]
    """Row → why its cell cannot be used."""
    filled: int
    """How many cells have something in them."""


def readings(
    layout: Layout, settings: Settings, currency: Currency, skipped: Collection[int]
) -> list[Reading]:
    """Every column of a table, read without the rows that are ``skipped``."""
    rows = layout.rows
    found: list[Reading] = []
    for index, column, header in layout.columns:
        cells = [row[index] if index < len(row) else None for row in rows]
        read = reader(column, header, cells, settings, currency, layout.grid.epoch)
        for at in skipped:
            cells[at] = None
        found.append(_reading(index, column, read, cells))
    return found


def _reading(index: int, column: Column, read: Reader, cells: Sequence[Value]) -> Reading:
    mixed = len(_NUMBERS.intersection(map(type, cells))) > 1
    keys: Sequence[Any] = [(type(cell), cell) for cell in cells] if mixed else cells
    often = Counter(keys)
    known = {key: _value(read, key[1] if mixed else key) for key in often}
    wrong = {key: value for key, value in known.items() if isinstance(value, Unusable)}
    usable = {
        key: None if value is _BLANK or key in wrong else value for key, value in known.items()
    }
    return Reading(
        index,
        column,
        values=[usable[key] for key in keys],
        unusable={at: wrong[key] for at, key in enumerate(keys) if key in wrong} if wrong else {},
        filled=sum(many for key, many in often.items() if known[key] is not _BLANK),
    )


def _value(read: Reader, cell: Value) -> object:
    """The value of a cell, None for a word for nothing, _BLANK, or Unusable; the last for a fault, too."""
    if cell is None:
        return _BLANK
    if isinstance(cell, str):
        text = tidy(cell)
        return read(text) if text else _BLANK
    if isinstance(cell, Fault):
        refused = read(None)
        known = (
            refused.expected if isinstance(refused, Unusable) else "a value, typed or calculated"
        )
        return Unusable(known, cell.suggestion)
    return read(cell)
