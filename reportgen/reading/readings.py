"""The columns of a table → the values of their cells. A column repeats itself: each value is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from reportgen.reading.amounts import Currency
from reportgen.reading.cells import Unusable, Value, tidy
from reportgen.reading.columns import Column
from reportgen.reading.headers import Layout
from reportgen.reading.safety.found import Fault
from reportgen.reading.values import Reader, reader
from reportgen.settings.settings import Settings
from reportgen.values import dataclass

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
        mixed = len(_NUMBERS.intersection(map(type, cells))) > 1
        keys: list[Any] = [(type(cell), cell) for cell in cells] if mixed else cells
        often = Counter(keys)
        different = [key[1] for key in often] if mixed else [*often]
        read = reader(column, header, different, settings, currency, layout.grid.epoch)
        known = {key: _value(read, cell) for key, cell in zip(often, different, strict=True)}
        known[None] = _BLANK
        for at in skipped:
            often[keys[at]] -= 1
            keys[at] = None
        found.append(_reading(index, column, keys, often, known))
    return found


def _reading(
    index: int,
    column: Column,
    cells: Sequence[Any],
    often: Mapping[Any, int],
    known: Mapping[Any, object],
) -> Reading:
    """A column of which it is known how often each cell comes, and what its value is."""
    wrong = {cell: value for cell, value in known.items() if isinstance(value, Unusable)}
    usable = {
        cell: None if value is _BLANK or cell in wrong else value for cell, value in known.items()
    }
    return Reading(
        index,
        column,
        values=[usable[cell] for cell in cells],
        unusable={at: wrong[cell] for at, cell in enumerate(cells) if cell in wrong}
        if wrong
        else {},
        filled=sum(many for cell, many in often.items() if known[cell] is not _BLANK),
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
