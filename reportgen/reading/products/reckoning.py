"""Amounts of an export that are reckoned from several of its columns.

A cell that is no amount stays as it stands, to be a problem of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from reportgen.reading.amounts import Currency, DecimalMark, decimal_mark, read_amount
from reportgen.reading.cells import Value, as_text, filled, tidy

Row = Sequence[Value]
Rows = Sequence[Row]
Cell = Callable[[Row], Value]
"""A row → one cell of it, or one that is made of its cells."""
_Step = Callable[[Value, Row], Value]

_CENT = Decimal("0.01")
_NO_HUNDREDTHS = frozenset(
    (
        "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv",
        "xaf", "xof", "xpf",
    )
)  # fmt: skip
"""Currencies whose smallest coin is the whole unit."""


def hundredth(currency: Cell | None) -> _Step:
    """Pence as pounds; what is no whole number is marked, to be a problem of its cell."""

    def step(cell: Value, row: Row) -> Value:
        text = as_text(cell)
        if currency is not None and as_text(currency(row)).casefold() in _NO_HUNDREDTHS:
            return cell
        if not re.fullmatch(r"-?\d+", text):
            return f"{text} in hundredths"
        return f"{Decimal(text) / 100:f}"

    return step


def less(own: Cell, taken: Cell, rows: Rows) -> _Step:
    """An amount without another one; where that is none, a text that says so."""
    mark, other = _mark(own, rows), _mark(taken, rows)

    def step(cell: Value, row: Row) -> Value:
        away = taken(row)
        if not filled(away):
            return cell
        whole, part = _amount(cell, mark), _amount(away, other)
        if whole is None:
            return cell
        if part is None:
            return f"{as_text(cell)} less {as_text(away)}"
        return _written(whole - part, cell)

    return step


def part_of(own: Cell, whole: Cell, rows: Rows) -> _Step:
    """Whether an amount is ``all``, ``part`` or ``none`` of another one."""
    marks = _mark(own, rows), _mark(whole, rows)

    def step(cell: Value, row: Row) -> Value:
        part, all_of_it = _amount(cell, marks[0]), _amount(whole(row), marks[1])
        if not part or all_of_it is None:
            return "none"
        return "all" if part >= all_of_it else "part"

    return step


def without_tax_share(tax: Cell, whole: Cell, rows: Rows) -> _Step:
    """An amount without the share that the tax has in the whole, to the penny."""
    marks = _mark(tax, rows), _mark(whole, rows)

    def step(cell: Value, row: Row) -> Value:
        amount = _amount(cell, marks[1])
        part, all_of_it = _amount(tax(row), marks[0]), _amount(whole(row), marks[1])
        if amount is None or not part or not all_of_it:
            return cell
        net = amount * (all_of_it - part) / all_of_it
        return _written(net.quantize(_CENT, ROUND_HALF_UP), cell)

    return step


def without_line_tax(own: Cell, tax: Cell, total: Cell, invoice: Cell, rows: Rows) -> _Step:
    """A line without its tax, on the invoices whose lines add up to the total with the tax in them."""
    marks = [_mark(one, rows) for one in (own, tax, total)]
    lines: defaultdict[str, Decimal] = defaultdict(Decimal)
    taxes: defaultdict[str, Decimal] = defaultdict(Decimal)
    totals: dict[str, Decimal] = {}
    many: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        number = as_text(invoice(row))
        lines[number] += _amount(own(row), marks[0]) or 0
        taxes[number] += _amount(tax(row), marks[1]) or 0
        many[number] += 1
        if (whole := _amount(total(row), marks[2])) is not None:
            totals[number] = whole
    with_tax = {
        number
        for number, whole in totals.items()
        if taxes[number] and abs(lines[number] - whole) <= _CENT * many[number] < abs(taxes[number])
    }
    net = less(own, tax, rows)

    def step(cell: Value, row: Row) -> Value:
        return net(cell, row) if as_text(invoice(row)) in with_tax else cell

    return step


def _mark(cell: Cell, rows: Rows) -> DecimalMark:
    return decimal_mark({text for row in rows if isinstance(text := cell(row), str)})


def _amount(cell: Value, mark: DecimalMark) -> Decimal | None:
    if isinstance(cell, str):
        return _of_text(cell, mark)
    found = read_amount(cell, Currency(), mark) if filled(cell) else None
    return found if isinstance(found, Decimal) else None


@lru_cache(maxsize=10_000)
def _of_text(text: str, mark: DecimalMark) -> Decimal | None:
    found = read_amount(tidy(text), Currency(), mark)
    return found if isinstance(found, Decimal) else None


def _written(amount: Decimal, like: Value) -> Value:
    """An amount with the currency sign of the cell that it comes from; a number where there is none."""
    sign = re.sub(r"[\d\s.,'’()+−–-]", "", as_text(like)) if isinstance(like, str) else ""
    return f"{sign} {amount:f}" if sign else float(amount)
