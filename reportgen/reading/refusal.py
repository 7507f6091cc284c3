"""A table that cannot be read yet: what its headers were taken for, what is missing, and what opens it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from reportgen.problems import ReportError
from reportgen.reading.amounts import Currency
from reportgen.reading.cells import LONGEST_SHOWN, Grid, Unusable, Value, as_text, filled, one_line
from reportgen.reading.columns import KEYS, SALES, TOUCHPOINTS, Column, Sheet
from reportgen.reading.dates import are_serials
from reportgen.reading.headers import HEADER_ROWS, Layout, layout
from reportgen.reading.values import reader
from reportgen.reading.vocabulary import is_private
from reportgen.settings.kinds import CellKind, DateOrder
from reportgen.settings.settings import Settings
from reportgen.values import dataclass
from reportgen.words import listed, plain

_LOOKED_AT = 500
"""Rows below the headers that say what a column may be."""
_NAMED = 8
"""How many headers a sentence names."""
_LONGEST = 200
"""Characters of a header that the block may hold; more is no header to be copied."""
_OTHERS = 4
"""How many other headers the block names for a column."""


@dataclass(frozen=True, slots=True)
class Shut:
    """A table without a column that every row needs."""

    sheet: str
    """What the owner calls it."""
    taken: tuple[tuple[str, str], ...]
    """Her header, and the column that it was taken for."""
    unknown: tuple[str, ...]
    """Her headers that were taken for nothing."""
    missing: tuple[str, ...]
    """Our columns that no header was taken for."""
    candidates: Mapping[str, tuple[str, ...]]
    """A missing column → her headers above cells that would fit it, the likeliest first."""

    @property
    def likelihood(self) -> tuple[bool, int]:
        """The higher, the more it looks like a table for us."""
        fitting = sum(bool(self.candidates[one]) for one in self.missing)
        return fitting == len(self.missing), len(self.taken) + fitting


def shut(grids: Iterable[Grid], configured: Mapping[str, str], settings: Settings) -> Shut | None:
    """Of tables none of which can be read the one that looks most like sales or touchpoints.

    None when none has a column of dates.
    """
    tables = [one for grid in grids if (one := _table(grid, configured, settings)) is not None]
    return max(tables, key=lambda one: one.likelihood, default=None)


def _table(grid: Grid, configured: Mapping[str, str], settings: Settings) -> Shut | None:
    """The grid as sales, where something in it may be an amount; else as touchpoints."""
    sales = _as(SALES, grid, configured, settings)
    if "Date" in sales.missing and not sales.candidates["Date"]:
        return None
    if "Amount" not in sales.missing or sales.candidates["Amount"]:
        return sales
    contacts = _as(TOUCHPOINTS, grid, configured, settings)
    return contacts if contacts.missing else sales


def _as(sheet: Sheet, grid: Grid, configured: Mapping[str, str], settings: Settings) -> Shut:
    known = layout(sheet, grid, configured)
    header_row = known.header_row if known.columns else _header_row(grid)
    headers = {
        index: text
        for index, cell in enumerate(grid.rows[header_row] if header_row < len(grid.rows) else ())
        if isinstance(cell, str)
        and 0 < len(text := one_line(as_text(cell))) <= _LONGEST
        and not is_private(text)
    }
    taken = {
        index: column
        for index, column, _ in known.columns
        if index in headers and column.field not in KEYS
    }
    missing = sheet.lacking({column.field for column in taken.values()})
    rows = grid.rows[header_row + 1 : header_row + 1 + _LOOKED_AT]
    free = {
        index: [row[index] for row in rows if index < len(row) and filled(row[index])]
        for index in headers
        if index not in taken and plain(headers[index]) not in configured
    }
    fitting = _fitting(missing, headers, free, settings, known)
    return Shut(
        sheet=grid.sheet,
        taken=tuple(
            (headers[index], column.name) for index, column in sorted(taken.items(), key=_at)
        ),
        unknown=tuple(headers[index] for index in free),
        missing=tuple(column.name for column in missing),
        candidates=fitting,
    )


def _at(one: tuple[int, Column]) -> int:
    return one[0]


def _header_row(grid: Grid) -> int:
    """The first row with the most texts: that of the headers, below a title."""
    texts = [
        sum(isinstance(cell, str) and filled(cell) for cell in row)
        for row in grid.rows[grid.first : grid.first + HEADER_ROWS]
    ]
    return grid.first + texts.index(max(texts)) if texts else 0


def _fitting(
    missing: Sequence[Column],
    headers: Mapping[int, str],
    free: Mapping[int, Sequence[Value]],
    settings: Settings,
    known: Layout,
) -> dict[str, tuple[str, ...]]:
    """A missing column → the headers of free columns whose cells fit it; each column fits one at most."""

    if settings.date_order is None:  # whatever the order, it is a column of dates
        settings = settings.layered({"date_order": DateOrder.DMY}, {})

    def fits(column: Column, index: int) -> bool:
        cells = free[index]
        read = reader(column, headers[index], cells, settings, Currency(), known.grid.epoch)
        good = sum(not isinstance(read(_tidied(cell)), Unusable) for cell in cells)
        return good * 2 > len(cells)

    kinds = {column.kind: column for column in SALES.required}
    dates = {
        index
        for index, cells in free.items()
        if not _mostly(cells, (int, float)) and fits(kinds[CellKind.DATE], index)
    }
    if all(
        column.kind != CellKind.DATE for column in missing
    ):  # 20000 is a day in a .csv, or money
        dates -= {index for index, cells in free.items() if are_serials(cells)}
    amounts = {index for index in free if index not in dates and fits(kinds[CellKind.MONEY], index)}
    texts = {index for index, cells in free.items() if _mostly(cells, str)} - dates - amounts
    fitting = {
        CellKind.DATE: sorted(dates),
        CellKind.MONEY: sorted(amounts, key=lambda index: (not _has_pence(free[index]), -index)),
        CellKind.CLIENT: sorted(
            texts, key=lambda index: (_repeats(free[index]), _numbers(headers[index]), index)
        ),
    }
    return {one.name: tuple(headers[index] for index in fitting[one.kind]) for one in missing}


def _tidied(cell: Value) -> Value:
    return as_text(cell) if isinstance(cell, str) else cell


def _mostly(cells: Sequence[Value], kind: type | tuple[type, ...]) -> bool:
    return sum(isinstance(cell, kind) for cell in cells) * 2 > len(cells)


def _has_pence(cells: Sequence[Value]) -> bool:
    """Whether one of the cells is no whole number: a number of an invoice always is."""
    return any(
        (isinstance(cell, float) and not cell.is_integer())
        or (isinstance(cell, str) and not as_text(cell).isdigit())
        for cell in cells
    )


def _numbers(header: str) -> bool:
    """Whether the header promises numbers or codes: a name comes before an id."""
    return plain(header).endswith(("id", "no", "nr", "num", "number", "code", "ref"))


def _repeats(cells: Sequence[Value]) -> bool:
    """Whether the column says a few words again and again, as a status does and a name does not."""
    return len(cells) >= 4 and len({as_text(cell) for cell in cells}) * 4 <= len(cells)


def refused(table: Shut, name: str) -> ReportError:
    """The sentence on a table that is shut, with the block that opens it once it is in reportgen.toml."""
    is_csv = name.casefold().endswith(".csv")
    where = "" if is_csv else f"the sheet “{_short(table.sheet)}” of "
    taken = [f"“{_short(header)}” for {column}" for header, column in table.taken]
    unknown = [f"“{_short(header)}”" for header in table.unknown]
    told = (
        f"it took {listed(taken, _NAMED)}" if taken else "it took no header for one that it knows"
    )
    rest = f", and {listed(unknown, _NAMED)} for nothing" if unknown and taken else ""
    none = [column for column in table.missing if not table.candidates[column]]
    add = f"add a column {listed(none)}, which none of yours looks like, and " if none else ""
    plural = len(table.missing) > 1
    return ReportError(
        f"reportgen cannot read {where}{name} yet: no column for {listed(table.missing)} was found "
        f"({told}{rest}); {add}put these lines into reportgen.toml beside it, with the right "
        f"header{'s' if plural else ''} of yours, and try again:",
        block(table),
    )


def block(table: Shut) -> str:
    """The lines that open the table, with the owner's own headers."""
    lines = ["[columns]"]
    for header, column in table.taken:
        lines.append(f"{_key(column)} = {_quoted(header)}")
    for column in table.missing:
        first, *others = table.candidates[column] or ("",)
        if not first:
            continue
        more = f"  # or {', '.join(map(_quoted, others[:_OTHERS]))}" if others else ""
        lines.append(f"{_key(column)} = {_quoted(first)}{more}")
    return "\n".join(lines)


def _key(column: str) -> str:
    return column if column.isalnum() else _quoted(column)


def _quoted(text: str) -> str:
    """The text as TOML writes it, which quotes as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _short(header: str) -> str:
    return header if len(header) <= LONGEST_SHOWN else header[: LONGEST_SHOWN - 1] + "…"
