"""Rows that belong together: names written once for several rows, totals written on each line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reportgen.model import name_key
from reportgen.reading.cells import Value, as_text, filled
from reportgen.reading.headers import Layout
from reportgen.reading.tables import Entry
from reportgen.reading.vocabulary import is_total, total_of

_OFTEN = 3
"""A blank in one of so many rows, or more, shows that each name is written once."""


def with_names(layout: Layout) -> Layout:
    """The layout with a client in each row that says otherwise whose it is.

    A blank name is taken from the second column of names; or from above, where the list writes each name
    once, above its rows.
    """
    at = layout.index("client")
    if at is None:
        return layout
    rows = [list(row) for row in layout.grid.rows] if _needs(layout, at) else None
    if rows is None:
        return layout
    if layout.spare is not None:
        for row in rows[layout.header_row + 1 :]:
            if at < len(row) and not filled(row[at]) and layout.spare < len(row):
                row[at] = row[layout.spare]
    elif _written_once(layout, at):
        _fill_down(rows[layout.header_row + 1 :], at)
    return replace(layout, grid=replace(layout.grid, rows=rows))


def _needs(layout: Layout, at: int) -> bool:
    return layout.spare is not None or _written_once(layout, at)


def _names(layout: Layout, at: int) -> list[str]:
    """The name, or nothing, of each row that has a cell filled."""
    return [
        as_text(row[at]) if at < len(row) else ""
        for row in layout.rows
        if any(filled(cell) for cell in row)
    ]


def _written_once(layout: Layout, at: int) -> bool:
    """Whether names stand above their rows: many rows have none, and none stands twice in a row."""
    if not any(column.field == "date" for _, column, _ in layout.columns):
        return False
    names = _names(layout, at)
    while names and (not names[-1] or is_total(names[-1])):
        if not names[-1] and len(names) > 1:
            break
        names.pop()
    if not names or not names[0] or names.count("") * _OFTEN < len(names):
        return False
    written = [name_key(name) for name in names if name]
    groups = sum(1 for one, next_one in pairwise(names) if one and not next_one)
    return groups > 1 and len(written) == len(set(written))


def _fill_down(rows: Sequence[list[Value]], at: int) -> None:
    name: Value = None
    for row in rows:
        if at < len(row) and filled(row[at]):
            text = as_text(row[at])
            is_heading = sum(1 for cell in row if filled(cell)) == 1
            name = None if is_total(text) or total_of(text) else row[at]
            if is_heading and name is not None:
                row[at] = None
        elif any(filled(cell) for cell in row) and name is not None:
            row.extend([None] * (at + 1 - len(row)))
            row[at] = name


def once_an_invoice(entries: Sequence[Entry], unread: list[str]) -> list[Entry]:
    """The entries, of each invoice whose total stands on several rows the first alone.

    Rows of one invoice with differing amounts are its lines, and all count.
    """
    groups: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.values.get("invoice") and not entry.values["is_line"]:
            whose = (entry.values.get("client_id"), name_key(entry.values.get("client", "")))
            key = (entry.values["invoice"], whose, entry.values["date"])
            groups[key].append(entry)
    again: set[int] = set()
    for group in groups.values():
        if len(group) > 1 and len({entry.values["amount"] for entry in group}) == 1:
            again.update(id(entry) for entry in group[1:])
    if again:
        many = "1 row" if len(again) == 1 else f"{len(again):,} rows"
        sheet = entries[0].layout.grid.sheet
        unread.append(f"{many} on {sheet} that repeat the total of an invoice")
    return [entry for entry in entries if id(entry) not in again]
