"""The columns under which an owner adds a row to her own sheet of contacts."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.reading.columns import TOUCHPOINTS, UNITS, Column
from reportgen.reading.headers import Layout
from reportgen.reading.times import unit_of
from reportgen.words import plain


def touchpoint_columns(layouts: Iterable[Layout]) -> tuple[str, ...]:
    """What each column of her Touchpoints sheet holds: a field, ``hours`` for minutes, or nothing.

    Of several sheets of contacts it is the one of that name, else the first; empty where none has both a
    column of days and one of clients.
    """
    found = [one for one in layouts if one.sheet is TOUCHPOINTS and _takes_rows(one)]
    found.sort(key=lambda one: plain(one.grid.sheet) != plain(TOUCHPOINTS.name))
    if not found:
        return ()
    fields = {at: _field(found[0], at, column, header) for at, column, header in found[0].columns}
    return tuple(fields.get(at, "") for at in range(max(fields) + 1))


def _takes_rows(layout: Layout) -> bool:
    """Whether somebody fills it in by hand, row by row, and every column is a column of hers."""
    by_hand = not (layout.of_list or layout.told or layout.grid.origins or layout.grid.borrowed)
    return by_hand and layout.index("date") is not None and layout.index("client") is not None


def _field(layout: Layout, at: int, column: Column, header: str) -> str:
    if column.field != "minutes":
        return column.field
    below = (row[at] for row in layout.rows if at < len(row))
    unit = UNITS.get(column.name) or unit_of(header, below)
    return {"hours": "hours", "minutes": "minutes", None: ""}[unit]
