"""A recognised sheet → its usable rows, and a problem for every cell that cannot be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportgen.model import name_key
from reportgen.problems import Cell, Lost, Problem, Row
from reportgen.reading.amounts import Converted, Currency, looks_like_money
from reportgen.reading.cells import Unusable, Value, as_text, filled, shown, tidy
from reportgen.reading.columns import CLIENTS, SALES, Column
from reportgen.reading.dates import is_month_alone
from reportgen.reading.headers import Layout
from reportgen.reading.meaning import (
    Left,
    assumed,
    beside,
    converted,
    in_currency,
    is_line,
    less_what_was_returned,
    minutes_between,
    ours,
    total,
    verdicts,
    with_payment,
)
from reportgen.reading.safety.found import Fault
from reportgen.reading.sums import Sums
from reportgen.reading.values import Reader, reader
from reportgen.reading.vocabulary import Happened, is_sum, is_total
from reportgen.settings.kinds import CellKind
from reportgen.settings.settings import Settings
from reportgen.words import count

NOT_USED = "; only then does the row count"


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

    def problem(
        self, field: str, expected: str, suggestion: str | None = None, lost: Lost = Lost.CELL
    ) -> Problem:
        """The problem of one of its cells; the sheet has a column for the field."""
        index = next(i for i, column, _ in self.layout.columns if column.field == field)
        cell = self.layout.grid.rows[self.row.row - 1][index]
        where = self.layout.where(self.row.row - 1, index)
        return Problem(where, shown(cell), expected, suggestion, lost)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet."""

    entries: tuple[Entry, ...] = ()
    """Top to bottom."""
    problems: tuple[Problem, ...] = ()
    cells: int = 0
    """How many filled cells were looked at."""
    unread: tuple[str, ...] = ()
    """The columns that do not count beside a better one, in the owner's words."""
    remarks: tuple[str, ...] = ()
    """How rows were counted that say themselves how, a sentence each."""


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
    found = {column.field for _, column, _ in layout.columns}
    if layout.sheet.lacking(found):
        return Table()
    if layout.date_order and settings.date_order is None:
        settings = settings.layered({"date_order": layout.date_order}, {"date_order": layout.told})
    table = _Table(layout, settings, currency, listed)
    for at, row in enumerate(layout.rows, start=layout.header_row + 1):
        if row.count("") == len(row):  # a sheet may have thousands of blank rows below its list
            continue
        table.add(at, row)
    return table.made()


class _Table:
    """Gathers the entries of one table, row by row."""

    def __init__(
        self, layout: Layout, settings: Settings, currency: Currency, listed: Container[str]
    ) -> None:
        self._layout, self._currency, self._listed = layout, currency, listed
        self._readings = _readings(layout, settings, currency)
        self._verdicts = verdicts(layout)
        self._left = Left(layout)
        self._width = _width(layout)
        self._is_sale = layout.sheet is SALES
        self._order = settings.date_order
        self._entries: list[Entry] = []
        self._problems: list[Problem] = []
        self._cells = 0
        self._sums = Sums(layout)
        self._date = layout.index("date")
        self._months: Counter[str] = Counter()
        """A month that stands for a day → how many rows have it."""
        self._converted: Counter[str] = Counter()
        """Another currency → how many rows were in it."""
        self._unclear: dict[str, Entry] = {}
        """What Paid says that nobody knows → the first row that says it."""

    def made(self) -> Table:
        """The table of the rows so far."""
        unclear = [
            entry.problem("paid", "yes, no, a day or an amount; until then it counts as not paid")
            for entry in self._unclear.values()
        ]
        problems = (
            *self._problems,
            *self._left.problems(),
            *unclear,
            *assumed(self._layout),
        )
        remarks = (*self._left.remarks(), *self._rates(), *self._first_days())
        return Table(tuple(self._entries), problems, self._cells, beside(self._layout), remarks)

    def _rates(self) -> Iterator[str]:
        """A sentence for each currency whose amounts were converted."""
        for code, many in sorted(self._converted.items()):
            rows = f"{count(many, 'row')} in {code} on {self._layout.grid.sheet}"
            verb = "is" if many == 1 else "are"
            yield f"{rows} {verb} converted at {self._currency.rates[code]}, as [rates] says."

    def _first_days(self) -> Iterator[str]:
        """A sentence for the sales of which only the month is known."""
        if self._months:
            many, example = self._months.total(), next(iter(self._months))
            rows = f"{count(many, 'row')} on {self._layout.grid.sheet}"
            verb = "counts" if many == 1 else "count"
            yield f"{rows} with a month alone, as “{example}”, {verb} on its first day."

    def add(self, at: int, row: Sequence[Value]) -> None:
        """Read one row."""
        layout = self._layout
        if layout.grid.csv and (many := _own_cells(layout, row)) > self._width:
            self._problems.append(_too_long(layout, at, many, self._width))
            return
        values, unusable, many = _read_row(self._readings, row)
        self._cells += many
        if not values and not unusable:
            return
        if self._is_sale and (amount := total(values)) is not None:
            values["is_line"] = is_line(values)
            values["amount"] = amount
        missing = layout.sheet.lacking(values)
        if layout.of_list and _is_blank(row, layout.index("date")):
            return
        if _is_sum_of_list(row, layout, values):
            return
        if self._is_total(at, row, values, missing, bool(unusable)):
            return
        if self._is_sale:
            self._sums.take(values)
        if any(one.column.kind == CellKind.MONEY for one, _ in unusable):
            self._sums.lose()
        verdict = self._verdict(at, values)
        if verdict is None:
            return
        if missing and verdict == Happened.OPEN:
            return  # an offer that has no amount or no day yet is no slip
        self._problems += _row_problems(layout, at, unusable, missing, self._readings)
        if missing:
            return
        refused = frozenset(one.column.field for one, _ in unusable)
        entry = Entry(Row(layout.grid.sheet, at + 1), values, refused, layout)
        if self._is_sale:
            if not self._is_sold(entry, values, verdict):
                return
            self._note_month(row)
        elif "start" in values and "end" in values and "minutes" not in values:
            values["minutes"] = minutes_between(values["start"], values["end"])
        if self._currency.rates and (code := converted(values)):
            self._converted[code] += 1
            for field, value in values.items():
                if isinstance(value, Converted):
                    values[field] = Decimal(value)
        self._entries.append(Entry(entry.row, ours(values), refused, layout))

    def _is_total(
        self,
        at: int,
        row: Sequence[Value],
        values: dict[str, Any],
        missing: Sequence[Column],
        unclear: bool,
    ) -> bool:
        """Whether the row is a sum of others; it is said, and so is a sum that is not theirs."""
        sums = _total(row, self._readings, self._listed) if missing or _says_total(values) else None
        if sums is None and not unclear and self._is_sale and self._sums.is_bare(values):
            sums = next(one.index for one in self._readings if one.column.field in values)
        if sums is None:
            return False
        self._problems.append(_total_problem(self._layout.where(at, sums), row[sums]))
        if self._is_sale and (wrong := self._sums.total(at, as_text(row[sums]), values)):
            self._problems.append(wrong)
        return True

    def _verdict(self, at: int, values: dict[str, Any]) -> Happened | None:
        """What the status of a row says of it; None where the row is left out, or its word is asked for."""
        verdict = self._verdicts.of(values)
        if verdict is None:
            self._left.ask(at, values, self._verdicts)
            return None
        if self._is_sale:
            verdict = less_what_was_returned(values, verdict)
            if verdict is Happened.PARTLY:
                self._problems.append(_how_much(self._layout, at))
                return None
        if verdict not in (Happened.YES, Happened.RETURNED, Happened.PAYMENT):
            self._left.leave(values, self._verdicts, verdict)
            if verdict != Happened.OPEN:
                return None
            values["tentative"] = True
        return verdict

    def _is_sold(self, entry: Entry, values: dict[str, Any], verdict: Happened) -> bool:
        """Whether a row counts as a sale; its values then say what it comes to and whether it is paid."""
        owed = values["amount"]
        self._sums.count(values, -abs(owed) if verdict == Happened.RETURNED else owed)
        why = in_currency(values, self._currency)
        if why is not None:
            problem = entry.problem("currency", why.expected, why.suggestion, Lost.ROW)
            self._problems.append(problem)
            return False
        if verdict == Happened.RETURNED:
            values["amount"] = -abs(values["amount"])
        if not with_payment(values, owed, self._order):
            self._unclear.setdefault(values["paid"], entry)
        return True

    def _note_month(self, row: Sequence[Value]) -> None:
        """Count a sale whose day is a month alone."""
        cell = row[self._date] if self._date is not None and self._date < len(row) else None
        if isinstance(cell, str) and is_month_alone(cell):
            self._months[tidy(cell)] += 1


def _is_blank(row: Sequence[Value], at: int | None) -> bool:
    return at is None or at >= len(row) or not filled(row[at])


def _is_sum_of_list(row: Sequence[Value], layout: Layout, values: dict[str, Any]) -> bool:
    """Whether a row of a list of clients is its sum: a word for that, a number, and nothing else."""
    if layout.sheet is not CLIENTS and not layout.of_list:
        return False
    if not is_total(values.get("client", "")) or len(values) > 1 + layout.of_list:
        return False
    return any(looks_like_money(cell) for cell in row if filled(cell))


def _width(layout: Layout) -> int:
    """How many headers the sheet has of its own."""
    header = layout.grid.rows[layout.header_row]
    return (
        _own_cells(layout, header) if layout.grid.borrowed or layout.grid.origins else len(header)
    )


def _own_cells(layout: Layout, row: Sequence[Value]) -> int:
    """How many cells a row of the sheet has, up to the last that is filled."""
    grid = layout.grid
    if grid.origins:
        row = [*row[: grid.width], *row[grid.width + len(grid.origins) :]]
    end = min(len(row), min(grid.borrowed, default=len(row)))
    while end and not filled(row[end - 1]):
        end -= 1
    return end


def _how_much(layout: Layout, at: int) -> Problem:
    index = layout.index("status") or layout.index("type") or 0
    return Problem(
        layout.where(at, index),
        shown(layout.grid.rows[at][index]),
        "how much of it went back, in a column Refunded amount; the row is not used",
        lost=Lost.ROW,
    )


def _too_long(layout: Layout, at: int, many: int, width: int) -> Problem:
    return Problem(
        layout.where(at, width),
        f"a row of {many} cells below {width} headers",
        "as many cells as headers; nothing of this row is used",
        'A comma inside a cell takes quotation marks around it: "1,234.50".',
        Lost.ROW,
    )


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
    missing: Sequence[Column],
    readings: Sequence[_Reading],
) -> Iterator[Problem]:
    """A problem for each cell that cannot be used, then for each required one that is blank."""
    row = layout.grid.rows[at]
    needed = {field for column in missing for field in _giving(column)}
    for one, why in unusable:
        costs_the_row = one.column.required or one.column.field in needed
        expected = why.expected + (NOT_USED if costs_the_row else "")
        where = layout.where(at, one.index)
        lost = Lost.ROW if costs_the_row else Lost.CELL
        found = shown(row[one.index])
        yield Problem(where, found, expected, why.suggestion, lost, doubt=why.doubt)
    refused = {one.column.field for one, _ in unusable}
    for column in missing:
        giving = _giving(column)
        if giving.isdisjoint(refused):
            index = next(one.index for one in readings if one.column.field in giving)
            expected = _needed(column) + NOT_USED
            yield Problem(layout.where(at, index), "nothing", expected, lost=Lost.ROW)


def _giving(column: Column) -> set[str]:
    """The fields that give the value of a column: its own, and those that stand for it."""
    return {column.field, *(field for group in column.instead for field in group)}


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
    return isinstance(client, str) and is_sum(client)


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
        if is_sum(tidy(cell)) and name_key(cell) not in listed:
            return one.index
    return None


def _total_problem(where: Cell, cell: Value) -> Problem:
    return Problem(
        where,
        shown(cell),
        "a row of its own for each entry; a row of totals is not used, the report adds up itself",
        lost=Lost.NO_ENTRY,
    )
