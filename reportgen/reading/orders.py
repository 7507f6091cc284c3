"""Orders on one table and their lines on another: each line gets the day and the client of its order.

    Orders: Order ID, Customer ID, Order date        Order details: Order ID, Unit price, Quantity

Lines win over what the order says that it comes to. An order without lines counts by its own amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen.problems import Lost, Problem
from reportgen.reading.cells import Borrowed, Grid, Value, as_id, as_text, filled, shown
from reportgen.reading.columns import KEYS, SALES
from reportgen.reading.headers import Layout, columns_of, layout
from reportgen.values import dataclass

_LENT = ("date", "client", *KEYS, "status", "type", "currency", "due_on", "paid_on", "paid")
"""What a line takes of its order, where it does not say so itself."""
_OF_A_LINE = frozenset({"line_total", "unit_price", "quantity"})
_WHOSE = frozenset({"client", *KEYS})


@dataclass(frozen=True, slots=True)
class Joined:
    """Tables after the lines have taken what their orders say."""

    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    """The columns of orders that nobody needs any more, in the owner's words."""


def with_orders(grids: Sequence[Grid], columns: Mapping[str, str]) -> Joined:
    """The tables, of which those of lines have a day and a client in each row.

    A table of orders keeps the rows that have no lines; without any it is gone.
    """
    if len(grids) < 2:
        return Joined(tuple(grids))
    tables = [_Table.of(grid, columns) for grid in grids]
    found = {id(one.layout.grid): one.layout.grid for one in tables if one is not None}
    known = [one for one in tables if one is not None]
    problems: list[Problem] = []
    unread: list[str] = []
    gone: set[int] = set()
    for lines in known:
        orders = _orders_of(lines, known)
        if orders is None or id(orders.layout.grid) in gone:
            continue
        joined = _Join(lines, orders)
        found[id(lines.layout.grid)] = joined.lines()
        problems += joined.problems()
        unread += joined.unread(columns)
        kept = joined.orders()
        if kept is None:
            gone.add(id(orders.layout.grid))
        else:
            found[id(orders.layout.grid)] = kept
    return Joined(
        tuple(found.get(id(grid), grid) for grid in grids if id(grid) not in gone),
        tuple(problems),
        tuple(unread),
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with a number in each row, of an order or of the order that a line belongs to."""

    layout: Layout
    fields: frozenset[str]
    at: int
    """The index of the column of numbers."""
    numbers: tuple[str, ...]
    """Of each row below the headers; empty where it has none."""

    @classmethod
    def of(cls, grid: Grid, columns: Mapping[str, str]) -> _Table | None:
        found = columns_of(SALES, grid, columns)
        fields = frozenset(column.field for _, column, _ in found.columns)
        at = found.index("order" if "order" in fields else "invoice")
        if at is None:
            return None
        numbers = tuple(as_id(as_text(row[at])) if at < len(row) else "" for row in found.rows)
        return cls(found, fields, at, numbers)

    @property
    def has_amount(self) -> bool:
        return all(column.field != "amount" for column in SALES.lacking(self.fields))

    @property
    def can_be_orders(self) -> bool:
        """Whether each number stands once, with a day and a client."""
        numbers = [one for one in self.numbers if one]
        return (
            "date" in self.fields
            and bool(self.fields & _WHOSE)
            and not self.fields & _OF_A_LINE
            and len(set(numbers)) == len(numbers)
        )

    def day(self, at: int) -> str:
        """What stands under Date in a row below the headers."""
        index, row = self.layout.index("date"), self.layout.row(at)
        return as_text(row[index]) if index is not None and index < len(row) else ""


def _orders_of(lines: _Table, known: Sequence[_Table]) -> _Table | None:
    """The table of orders that most of the lines belong to; None when these are no lines of orders."""
    if not lines.has_amount:
        return None
    own = {number for number in lines.numbers if number}
    stands_alone = not SALES.lacking(lines.fields)
    if stands_alone and not lines.fields & _OF_A_LINE:
        return None
    for one in known:
        if one is lines or not one.can_be_orders:
            continue
        shared = own.intersection(one.numbers)
        if len(shared) * 2 > len(own) and (not stands_alone or _same_days(lines, one, shared)):
            return one
    return None


def _same_days(lines: _Table, orders: _Table, shared: set[str]) -> bool:
    """Whether most numbers that both have stand on one day: each year may begin with number 1."""
    days = {number: lines.day(at) for at, number in enumerate(lines.numbers) if number in shared}
    same = [
        number
        for at, number in enumerate(orders.numbers)
        if number in shared and orders.day(at) == days[number]
    ]
    return len(same) * 2 > len(shared)


@dataclass(frozen=True, slots=True)
class _Join:
    lines_: _Table
    orders_: _Table

    def _lent(self) -> list[tuple[int, str, str]]:
        """Index on the orders, field and name of each column that the lines take over."""
        own = self.lines_.fields
        if "date" not in own:
            own = own - _WHOSE  # a Name on a line without a day is that of the product
        return [
            (at, column.field, column.name)
            for at, column, _ in self.orders_.layout.columns
            if column.field in _LENT and column.field not in own
        ]

    def lines(self) -> Grid:
        """The table of lines with the columns of their orders at its right."""
        found, orders = self.lines_.layout, self.orders_.layout
        at_order = {number: at for at, number in enumerate(self.orders_.numbers) if number}
        lent = self._lent()
        width = max(len(row) for row in found.grid.rows)
        rows = [list(row) for row in found.grid.rows]
        below = found.header_row + 1
        origin: list[int | None] = [None] * below
        _pad(rows[found.header_row], width)
        self._rename(rows[found.header_row])
        rows[found.header_row] += [name for _, _, name in lent]
        for at, number in enumerate(self.lines_.numbers):
            order = at_order.get(number)
            origin.append(None if order is None else orders.header_row + 1 + order)
            row = rows[below + at]
            if order is None:
                if self._lacks_its_order(at):
                    row.clear()
                continue
            _pad(row, width)
            row += [_cell(orders, order, index, field) for index, field, _ in lent]
        borrowed = {
            width + place: Borrowed(orders.grid.sheet, index, tuple(origin))
            for place, (index, _, _) in enumerate(lent)
        }
        return replace(found.grid, rows=rows, borrowed=borrowed)

    def _rename(self, header: list[Value]) -> None:
        """Say in the headers that an amount is that of a line, and a name that of a product."""
        found, fields = self.lines_.layout, self.lines_.fields
        if "line_total" not in fields:
            better = "net" if "net" in fields else "amount"
            _call(header, found.index(better), "Line total")
        if "date" not in fields:
            _call(header, found.index("client"), "Product" if "service" not in fields else "Other")

    def _lacks_its_order(self, at: int) -> bool:
        """Whether a line has no day, and there is no order to take it from."""
        row = self.lines_.layout.row(at)
        many = sum(1 for cell in row if filled(cell))
        return (
            many > 1 and bool(SALES.lacking(self.lines_.fields)) and bool(self.lines_.numbers[at])
        )

    def orders(self) -> Grid | None:
        """The orders that have no lines and an amount of their own; None when there are none."""
        found = self.orders_.layout
        have_lines = set(self.lines_.numbers)
        below = found.header_row + 1
        if not self.orders_.has_amount:
            return None
        kept = [
            [] if number and number in have_lines else row
            for number, row in zip(self.orders_.numbers, found.rows, strict=True)
        ]
        if not any(filled(cell) for row in kept for cell in row):
            return None
        return replace(found.grid, rows=[*found.grid.rows[:below], *kept])

    def problems(self) -> Iterator[Problem]:
        """A problem for each line without its order, and for each order that comes to nothing."""
        lines, orders = self.lines_.layout, self.orders_.layout
        known, have_lines = set(self.orders_.numbers), set(self.lines_.numbers)
        at = self.lines_.at
        for place, number in enumerate(self.lines_.numbers):
            if number not in known and self._lacks_its_order(place):
                where = lines.where(lines.header_row + 1 + place, at)
                expected = (
                    f"the number of an order on {shown(orders.grid.sheet)}; the line is not used"
                )
                yield Problem(where, shown(lines.row(place)[at]), expected, lost=Lost.ROW)
        if self.orders_.has_amount:
            return
        at = self.orders_.at
        for place, (number, row) in enumerate(zip(self.orders_.numbers, orders.rows, strict=True)):
            if number not in have_lines and sum(1 for cell in row if filled(cell)) > 1:
                where = orders.where(orders.header_row + 1 + place, at)
                expected = (
                    f"lines of this order on {shown(lines.grid.sheet)}, or an amount; "
                    "only then does it count"
                )
                cell = row[at] if at < len(row) else None
                yield Problem(where, shown(cell), expected, lost=Lost.ROW)

    def unread(self, columns: Mapping[str, str]) -> Iterator[str]:
        """The columns of the orders that do not count beside their lines, when the table is gone."""
        if self.orders() is not None:
            return
        found = self.orders_.layout
        lent = {at for at, _, _ in self._lent()}
        for at, column, header in found.columns:
            if at not in lent and at != self.orders_.at and column.field not in self.lines_.fields:
                yield f"column {shown(header)} on {found.grid.sheet}, because its lines count"
        for header in layout(SALES, found.grid, columns).unread:
            yield f"column {shown(header)} on {found.grid.sheet}"


def _cell(orders: Layout, order: int, index: int, field: str) -> Value:
    """A cell of an order; for a blank name the one beside it."""
    row = orders.row(order)
    cell = row[index] if index < len(row) else None
    spare = orders.spare
    if field == "client" and spare is not None and not filled(cell) and spare < len(row):
        return row[spare]
    return cell


def _pad(row: list[Value], width: int) -> None:
    row += [None] * (width - len(row))


def _call(header: list[Value], at: int | None, name: str) -> None:
    """Rename a header, its own words in brackets behind the name."""
    if at is not None:
        own = re.sub(r"[()\[\]]", " ", as_text(header[at]))
        header[at] = f"{name} ({own})"
