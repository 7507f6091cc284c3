"""Rows that belong together: names written once for several rows, totals written on each line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from reportgen.model import name_key
from reportgen.reading.cells import Value, as_text, filled, tidy
from reportgen.reading.dates import are_serials, date_order, read_date
from reportgen.reading.headers import Layout
from reportgen.reading.tables import Entry
from reportgen.reading.vocabulary import is_sum
from reportgen.words import count

_OFTEN, _HALF = 3, 2
"""A blank in one of so many rows, or more, shows that each name is written once; _HALF of one name."""
_A_FEW = 3
"""Of so many groups the days would not follow each other by chance."""


def with_names(layout: Layout) -> Layout:
    """The layout with a client in each row that says otherwise whose it is.

    A blank name is taken from the second column of names; or from above, where the list writes each name
    once, above its rows. A product writes it in each row that has one.
    """
    at, day = layout.index("client"), layout.index("date")
    if at is None or layout.told:
        return layout
    by_name = layout.spare is None and not layout.cells("client_id") + layout.cells("client_email")
    written_once = day is not None and by_name and _written_once(layout, at, day)
    if layout.spare is None and not written_once:
        return layout
    rows = [list(row) for row in layout.grid.rows]
    below = rows[layout.header_row + 1 :]
    if layout.spare is not None:
        for row in below:
            if at < len(row) and not filled(row[at]) and layout.spare < len(row):
                row[at] = row[layout.spare]
    elif day is not None:
        _fill_down(below, at, day)
    return replace(layout, grid=replace(layout.grid, rows=rows))


def _names(layout: Layout, at: int, day: int) -> list[str]:
    """The name, or nothing, of each row that has a name or a day, and is no sum."""
    names = (
        as_text(row[at]) if at < len(row) else ""
        for row in layout.rows
        if _has(row, at) or _has(row, day)
    )
    return [name for name in names if not is_sum(name)]


def _has(row: Sequence[Value], at: int) -> bool:
    return at < len(row) and filled(row[at])


def _written_once(layout: Layout, at: int, day: int) -> bool:
    """Whether names stand above their rows: many rows have none, and none stands twice.

    With one name above rows of its own, half of the rows have none. Where the days of all rows run one
    way it may be a list by day in which some have no name: then three groups are too many, and the
    names stand in front, or in rows of their own.
    """
    if all(map(filled, layout.different("client"))):
        return False
    names = _names(layout, at, day)
    if not names or not names[0]:
        return False
    written = [name_key(name) for name in names if name]
    groups = sum(1 for one, next_one in pairwise(names) if one and not next_one)
    often = _OFTEN if groups > 1 else _HALF
    if not groups or names.count("") * often < len(names) or len(written) > len(set(written)):
        return False
    return not _by_day(layout) or (groups < _A_FEW and at < day) or _are_headings(layout, at)


def _are_headings(layout: Layout, at: int) -> bool:
    """Whether a name always stands alone in its row."""
    named = [row for row in layout.rows if _has(row, at) and not is_sum(as_text(row[at]))]
    return all(sum(map(filled, row)) == 1 for row in named)


def _by_day(layout: Layout) -> bool:
    """Whether the days of all rows run one way."""
    cells = layout.cells("date")
    order, serials = date_order(cells, None), are_serials(cells)
    texts = (tidy(cell) if isinstance(cell, str) else cell for cell in cells)
    read = (read_date(cell, order, serials=serials) for cell in texts)
    days = [day for day in read if isinstance(day, date)]
    return days == sorted(days) or days == sorted(days, reverse=True)


def _fill_down(rows: Sequence[list[Value]], at: int, day: int) -> None:
    name: Value = None
    for row in rows:
        if _has(row, at):
            text = as_text(row[at])
            is_heading = sum(1 for cell in row if filled(cell)) == 1
            name = None if is_sum(text) else row[at]
            if is_heading and name is not None:
                row[at] = None
        elif _has(row, day) and name is not None:
            row.extend([None] * (at + 1 - len(row)))
            row[at] = name


def once_an_invoice(entries: Sequence[Entry], remarks: list[str]) -> list[Entry]:
    """The entries, of each invoice or order whose total stands on several rows the first alone.

    Rows of one invoice with differing amounts are its lines, and all count. Amounts beside orders are
    those of lines in all rows, when they differ within one order.
    """
    invoices, orders = _several(entries, "invoice"), _several(entries, "order")
    if not all(map(_have_one_amount, orders)):
        orders = []
    groups = filter(_have_one_amount, (*invoices, *orders))
    again = {id(entry) for group in groups for entry in group[1:]}
    if again:
        rows = f"{count(len(again), 'row')} on {entries[0].layout.grid.sheet}"
        end = (
            "repeats the total of an invoice and does"
            if len(again) == 1
            else "repeat the total of an invoice and do"
        )
        remarks.append(f"{rows} {end} not count.")
    return [entry for entry in entries if id(entry) not in again]


def _several(entries: Sequence[Entry], number: str) -> list[list[Entry]]:
    """The rows of one number, client and day, where there are several; an invoice before an order."""
    numbered = [
        entry
        for entry in entries
        if entry.values.get(number)
        and not entry.values["is_line"]
        and (number == "invoice" or "invoice" not in entry.values)
    ]
    if len({entry.values[number] for entry in numbered}) == len(numbered):
        return []  # as in most lists
    groups: defaultdict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in numbered:
        values = entry.values
        whose = (values.get("client_id"), name_key(values.get("client", "")))
        groups[values[number], whose, values["date"]].append(entry)
    return [group for group in groups.values() if len(group) > 1]


def _have_one_amount(group: Sequence[Entry]) -> bool:
    return len({entry.values["amount"] for entry in group}) == 1
