"""A recognised sheet → its usable rows, and a problem for every cell that cannot be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

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
    is_added,
    is_line,
    less_what_was_returned,
    minutes_between,
    total,
    verdicts,
    with_payment,
)
from reportgen.reading.readings import Reading, readings
from reportgen.reading.sums import Sums
from reportgen.reading.vocabulary import Happened, is_sum, is_total
from reportgen.settings.kinds import CellKind
from reportgen.settings.settings import Settings
from reportgen.values import dataclass
from reportgen.words import count

NOT_USED = "; only then does the row count"


@dataclass(slots=True)
class Entry:
    """One usable row: every required column has a value."""

    row: Final[Row]
    values: Final[dict[str, Any]]
    """Field → value; a blank or unusable cell has no entry."""
    unusable: Final[frozenset[str]]
    """The fields whose cells hold something that cannot be used."""
    layout: Final[Layout]
    """Of the sheet that it stands on."""

    def problem(
        self, field: str, expected: str, suggestion: str | None = None, lost: Lost = Lost.CELL
    ) -> Problem:
        """The problem of one of its cells; the sheet has a column for the field."""
        index = next(i for i, column, _ in self.layout.columns if column.field == field)
        cell = self.layout.grid.rows[self.row.row - 1][index]
        where = self.layout.where(self.row.row - 1, index)
        return Problem(where, shown(cell), expected, suggestion, lost)


def table_of(
    layout: Layout, settings: Settings, currency: Currency, listed: Container[str]
) -> Table | None:
    """The table of a sheet; None when a required column is missing.

    ``listed`` are the keys of the names on the Clients sheet. A client called Total is a client when
    listed; else the row is a sum at the foot of a list.
    """
    if layout.sheet.lacking({column.field for _, column, _ in layout.columns}):
        return None
    if layout.date_order and settings.date_order is None:
        settings = settings.layered({"date_order": layout.date_order}, {"date_order": layout.told})
    return Table(layout, settings, currency, listed)


class Table:
    """The rows of one sheet, and what is to be said of them once they have been read."""

    def __init__(
        self, layout: Layout, settings: Settings, currency: Currency, listed: Container[str]
    ) -> None:
        self._layout, self._currency, self._listed = layout, currency, listed
        self._too_long = dict(_too_long(layout)) if layout.grid.csv else {}
        self._readings = readings(layout, settings, currency, self._too_long)
        self._needed = {column.field for column in layout.sheet.required}
        self._called_total = _called_total(self._readings)
        self._not_ours = [one.column.field for one in self._readings if is_added(one.column)]
        self._verdicts = verdicts(layout)
        self._left = Left(layout)
        self._is_sale = layout.sheet is SALES
        self._of_clients = layout.sheet is CLIENTS or layout.of_list
        self._tells = self._is_sale or bool(self._verdicts.words)
        """Whether a row may say that it did not happen."""
        self._order = settings.date_order
        self._problems: list[Problem] = [*self._too_long.values()]
        self._sums = Sums(layout)
        self._month_alone = _months_alone(layout) if self._is_sale else frozenset()
        self._months: Counter[str] = Counter()
        """A month that stands for a day → how many rows have it."""
        self._converted: Counter[str] = Counter()
        """Another currency → how many rows were in it."""
        self._unclear: dict[str, Entry] = {}
        """What Paid says that nobody knows → the first row that says it."""

    @property
    def cells(self) -> int:
        """How many filled cells were looked at."""
        return sum(one.filled for one in self._readings)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be used of the rows that were read."""
        expected = "yes, no, a day or an amount; until then it counts as not paid"
        unclear = [entry.problem("paid", expected) for entry in self._unclear.values()]
        return (*self._problems, *self._left.problems(), *unclear, *assumed(self._layout))

    @property
    def unread(self) -> tuple[str, ...]:
        """The columns that do not count beside a better one, in the owner's words."""
        return beside(self._layout)

    @property
    def remarks(self) -> tuple[str, ...]:
        """How rows were counted that say themselves how, a sentence each."""
        return (*self._left.remarks(), *self._rates(), *self._first_days())

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

    def entries(self) -> Iterator[Entry]:
        """The usable rows, top to bottom, each as soon as it is read; ask once."""
        fields = [one.column.field for one in self._readings]
        rows = zip(*(one.values for one in self._readings), strict=True)
        faulty = [one for one in self._readings if one.unusable]
        for below, row in enumerate(rows):
            values = {
                field: value for field, value in zip(fields, row, strict=True) if value is not None
            }
            unusable = [(one, one.unusable[below]) for one in faulty if below in one.unusable]
            if values or unusable:
                entry = self._entry(self._layout.header_row + 1 + below, values, unusable)
                if entry is not None:
                    yield entry

    def _entry(self, at: int, values: dict[str, Any], unusable: Sequence[_Wrong]) -> Entry | None:
        """The entry that a row is; of another row the problems are noted."""
        layout = self._layout
        if self._is_sale and (amount := total(values)) is not None:
            values["is_line"] = is_line(values)
            values["amount"] = amount
        missing = () if self._needed <= values.keys() else layout.sheet.lacking(values)
        if self._of_clients and self._is_no_client(at, values):
            return None
        if self._is_total(at, values, missing, bool(unusable)):
            return None
        if self._is_sale:
            self._sums.take(values)
            if any(one.column.kind == CellKind.MONEY for one, _ in unusable):
                self._sums.lose()
        verdict = self._verdict(at, values) if self._tells else Happened.YES
        if verdict is None:
            return None
        if missing and verdict == Happened.OPEN:
            return None  # an offer that has no amount or no day yet is no slip
        if missing or unusable:
            self._problems += _row_problems(layout, at, unusable, missing, self._readings)
        if missing:
            return None
        refused = frozenset([one.column.field for one, _ in unusable])
        entry = Entry(Row(layout.grid.sheet, at + 1), values, refused, layout)
        if self._is_sale:
            if not self._is_sold(entry, values, verdict):
                return None
            self._note_month(at)
        elif "start" in values and "end" in values and "minutes" not in values:
            values["minutes"] = minutes_between(values["start"], values["end"])
        if self._currency.rates:
            self._note_rate(values)
        for field in self._not_ours:
            values.pop(field, None)
        return entry

    def _is_no_client(self, at: int, values: dict[str, Any]) -> bool:
        """Whether a row of a list of clients is its sum, or has no day where days are looked for."""
        layout = self._layout
        row = layout.grid.rows[at]
        if layout.of_list and _is_blank(row, layout.index("date")):
            return True
        return _is_sum_of_list(row, layout, values)

    def _is_total(
        self, at: int, values: dict[str, Any], missing: Sequence[Column], unclear: bool
    ) -> bool:
        """Whether the row is a sum of others; it is said, and so is a sum that is not theirs."""
        sums: int | None = None
        if missing or values.get("client") in self._called_total:
            sums = _total(self._layout.grid.rows[at], self._readings, self._listed)
        if sums is None and self._is_sale and not unclear and self._sums.is_bare(values):
            sums = next(one.index for one in self._readings if one.column.field in values)
        if sums is None:
            return False
        row = self._layout.grid.rows[at]
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

    def _note_month(self, at: int) -> None:
        """Count a sale whose day is a month alone."""
        if self._month_alone:
            cell = self._layout.grid.rows[at][self._layout.index("date") or 0]
            if cell in self._month_alone:
                self._months[as_text(cell)] += 1

    def _note_rate(self, values: dict[str, Any]) -> None:
        """Count a row whose amounts were converted; from here on they are amounts like others."""
        if code := converted(values):
            self._converted[code] += 1
            for field, value in values.items():
                if isinstance(value, Converted):
                    values[field] = Decimal(value)


_Wrong = tuple[Reading, Unusable]
"""A column, and why its cell in a row cannot be used."""


def _called_total(columns: Sequence[Reading]) -> set[str]:
    """The names of clients that are words for a sum."""
    names = {name for one in columns if one.column.field == "client" for name in one.values if name}
    return set(filter(is_sum, names))


def _months_alone(layout: Layout) -> set[Value]:
    """The cells under Date that are a month without a day."""
    return set(filter(is_month_alone, layout.different("date")))


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


def _too_long(layout: Layout) -> Iterator[tuple[int, Problem]]:
    """Each row below the headers, from 0, that has more cells than headers, and its problem."""
    width = _width(layout)
    for at, row in enumerate(layout.rows):
        if len(row) > width and (many := _own_cells(layout, row)) > width:
            yield (
                at,
                Problem(
                    layout.where(layout.header_row + 1 + at, width),
                    f"a row of {many} cells below {width} headers",
                    "as many cells as headers; nothing of this row is used",
                    'A comma inside a cell takes quotation marks around it: "1,234.50".',
                    Lost.ROW,
                ),
            )


def _row_problems(
    layout: Layout,
    at: int,
    unusable: Sequence[tuple[Reading, Unusable]],
    missing: Sequence[Column],
    readings: Sequence[Reading],
) -> Iterator[Problem]:
    """A problem for each cell that cannot be used, then for each required one that is blank."""
    row = layout.grid.rows[at]
    needed = {field for column in missing for field in _giving(column)}
    for one, why in unusable:
        costs_the_row = one.column.required or one.column.field in needed
        expected = _or_no_row(why.expected) if costs_the_row else why.expected
        where = layout.where(at, one.index)
        lost = Lost.ROW if costs_the_row else Lost.CELL
        found = shown(row[one.index])
        yield Problem(where, found, expected, why.suggestion, lost, doubt=why.doubt)
    refused = {one.column.field for one, _ in unusable}
    for column in missing:
        giving = _giving(column)
        if giving.isdisjoint(refused):
            index = next(one.index for one in readings if one.column.field in giving)
            expected = _or_no_row(_needed(column))
            yield Problem(layout.where(at, index), "nothing", expected, lost=Lost.ROW)


@lru_cache(maxsize=1_000)  # a million cells that lack the same share its words
def _or_no_row(expected: str) -> str:
    """What would have been understood, where the whole row is lost without it."""
    return expected + NOT_USED


def _giving(column: Column) -> set[str]:
    """The fields that give the value of a column: its own, and those that stand for it."""
    return {column.field, *(field for group in column.instead for field in group)}


def _needed(column: Column) -> str:
    article = "an" if column.name[0] in "AEIOU" else "a"
    return f"{article} {column.name.casefold()}, for example {column.example}"


def _total(row: Sequence[Value], readings: Sequence[Reading], listed: Container[str]) -> int | None:
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
