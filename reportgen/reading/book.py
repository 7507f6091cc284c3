"""A workbook → the Book and the settings it carries: the whole walk of reading.

path → grids → recognised sheets → settings → tables → clients, touchpoints, sales … → Book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reportgen.model import Book, Source
from reportgen.problem_groups import summary
from reportgen.problems import Lost, Problem, ReportError
from reportgen.reading import business
from reportgen.reading.added_rows import touchpoint_columns
from reportgen.reading.amounts import (
    Currency,
    carried,
    currency_named,
    header_currencies,
    most_carried,
)
from reportgen.reading.cells import Grid, as_text, filled, shown
from reportgen.reading.columns import CLIENTS, SALES, TOUCHPOINTS
from reportgen.reading.entries import Rows, rows_of
from reportgen.reading.examples import without_examples
from reportgen.reading.grids import load
from reportgen.reading.headers import Layout
from reportgen.reading.products.recognising import claims
from reportgen.reading.refusal import block, refused, shut
from reportgen.reading.shapes import Recognised, recognise
from reportgen.settings.configuration import Configuration
from reportgen.settings.kinds import CellKind
from reportgen.settings.settings import Settings
from reportgen.values import dataclass

_NEEDED = (TOUCHPOINTS.name, SALES.name)
"""Without a row on one of these sheets there is nothing to report on."""

NEEDED = (
    "it needs a sheet Touchpoints with the columns Date and Client, "
    "or a sheet Sales with Date, Client and Amount"
)

NEEDED_OF_A_CSV = "it needs the columns Date and Client, and Amount where its rows are sales"

ONLY_EXAMPLES = (
    "has no touchpoint and no sale of your own yet, and the example rows never count; "
    "type your own over the example in Touchpoints or in Sales, and save it"
)


def read(path: Path, configuration: Configuration) -> tuple[Book, Settings]:
    """The Book of a workbook, a folder of .csv or a single .csv, and the settings after its Business sheet.

    Every cell that cannot be used is one of the Book's problems.

    Raises: ReportError, when there is no such file, or it is no workbook, damaged or protected, or
    nothing in it can be used.
    """
    loaded = load(path, configuration)
    return book_of(loaded.grids, configuration, loaded.source)


def book_of(
    grids: Sequence[Grid], configuration: Configuration, source: Source
) -> tuple[Book, Settings]:
    """The Book of sheets that are loaded, and the settings after their Business sheet.

    Raises: ReportError, when no sheet or no row can be used.
    """
    found = gathered(grids, configuration)
    recognised, settings, rows = found.recognised, found.settings, found.rows
    layouts, examples = recognised.layouts, found.examples
    needed = [layout for layout in layouts if layout.sheet.name in _NEEDED]
    lacking = [
        one for one in needed if one.sheet.lacking({column.field for _, column, _ in one.columns})
    ]
    if len(lacking) == len(needed) and (
        needed or not _has_clients(layouts) or recognised.questions
    ):
        if asked := next((one.problems[-1] for one in lacking if one.needs), None):
            raise ReportError(f"{source.name} cannot be read yet. {asked}")
        known = {layout.grid.sheet for layout in layouts}
        known |= {grid.sheet for grid in recognised.business}
        # What a product exports without the columns that it needs is opened by another export.
        unknown = (one for one in grids if one.sheet not in known)
        tables = [one.grid for one in lacking] or [
            one for one in unknown if not claims(one, configuration.product)
        ]
        table = shut(tables, configuration.columns, settings)
        if not needed and recognised.questions:
            lines = block(table) if table else ""
            raise ReportError(f"{source.name} cannot be read yet. {recognised.questions[0]}", lines)
        if table is not None:
            raise refused(table, source.name)
    if not needed and not _has_clients(layouts):
        names = ", ".join(shown(grid.sheet) for grid in grids[:8])
        raise ReportError(
            f"{source.name} has no sheet that can be used ({names or 'it has none'}); "
            f"{_needed_by(source)}."
        )
    order = {grid.sheet: position for position, grid in enumerate(grids)}

    def in_order(found: Iterable[Problem]) -> list[Problem]:
        return sorted(found, key=lambda p: (order[p.where.sheet], p.where, p.found, p.expected))

    problems = in_order(found.problems)
    told = any(one.touchpoints or one.sales for one in rows.relationships)
    if rows.relationships and _is_list_alone(layouts, needed, told):
        problems.append(_alone(layouts))
    elif not told:
        sheets = {layout.grid.sheet for layout in needed}
        if examples and not any(problem.where.sheet in sheets for problem in problems):
            raise ReportError(f"{source.name} {ONLY_EXAMPLES}.")
        why = next(
            iter(summary([one for one in problems if one.where.sheet in sheets]).groups), None
        )
        reason = f" ({why.cause.rstrip('.')})" if why else ""
        raise ReportError(
            f"{source.name} has no row that can be used{reason}; {_needed_by(source)}."
        )
    book = Book(
        relationships=rows.relationships,
        source=source,
        problems=tuple(in_order((*problems, *examples))),
        # One cell of an example row was looked at: the name.
        cells=rows.cells + len(examples),
        unread=found.unread,
        remarks=rows.remarks,
        touchpoint_columns=touchpoint_columns(layouts),
    )
    return book, settings


@dataclass(frozen=True, slots=True)
class Gathered:
    """What sheets say, before anybody asks whether it is enough for a report."""

    recognised: Recognised
    """Its tables are without the example rows."""
    settings: Settings
    """After the Business sheet."""
    rows: Rows
    problems: tuple[Problem, ...]
    examples: tuple[Problem, ...]
    """A problem for each example row."""

    @property
    def unread(self) -> tuple[str, ...]:
        """The sheets, columns and rows that were left aside, in the owner's words."""
        columns = dict.fromkeys(_unread_columns(self.recognised.layouts))
        return (*self.recognised.unread, *columns, *self.rows.unread)


def gathered(grids: Sequence[Grid], configuration: Configuration) -> Gathered:
    """Everything that sheets say; of a table without a needed column nothing but the problem."""
    recognised = recognise(grids, configuration)
    layouts, examples = without_examples(recognised.layouts)
    recognised = replace(recognised, layouts=layouts)
    settings, currency, said = _settings(recognised, configuration)
    rows = rows_of(layouts, settings, currency)
    problems = (*recognised.problems, *said, *rows.problems)
    return Gathered(recognised, settings, rows, problems, examples)


def _has_clients(layouts: Iterable[Layout]) -> bool:
    return any(one.sheet is CLIENTS and one.index("client") is not None for one in layouts)


def _is_list_alone(layouts: Sequence[Layout], needed: Sequence[Layout], told: bool) -> bool:
    """Whether there is a list of clients and nothing else that says anything, or that its product has."""
    if not _has_clients(layouts) or not all(one.of_list or _is_blank(one) for one in needed):
        return False
    return not needed or not told or any(one.add_next for one in layouts)


def _is_blank(layout: Layout) -> bool:
    return not any(filled(cell) for row in layout.rows for cell in row)


def _alone(layouts: Iterable[Layout]) -> Problem:
    """A list of clients and nothing else: everybody is a prospect until a second file tells more."""
    one = next(one for one in layouts if one.sheet is CLIENTS)
    return Problem(
        one.where(one.header_row, 0),
        "a list of clients alone",
        "your contacts or sales beside it; until then everybody counts as a prospect",
        one.add_next
        or "Fill in Touchpoints or Sales, or put a list of either into the same folder.",
        Lost.NOTHING,
    )


def _unread_columns(layouts: Sequence[Layout]) -> Iterator[str]:
    """The columns that no layout of their sheet reads."""
    read = {(one.grid.sheet, header) for one in layouts for _, _, header in one.columns}
    for layout in layouts:
        for header in layout.unread:
            if (layout.grid.sheet, header) not in read:
                yield f"column {shown(header)} on {layout.grid.sheet}"
        for header in layout.private:
            yield f"column {shown(header)} on {layout.grid.sheet}, which is private and never read"


def _needed_by(source: Source) -> str:
    return NEEDED_OF_A_CSV if source.name.casefold().endswith(".csv") else NEEDED


def _settings(
    recognised: Recognised, configuration: Configuration
) -> tuple[Settings, Currency, tuple[Problem, ...]]:
    """The configuration's settings with the Business sheet's over them, the currency, and the problems.

    When neither names a currency, it is the one that most amounts carry.
    """
    rows = tuple(row for grid in recognised.business for row in business.labelled(grid))
    settings = configuration.settings
    named = business.currency_named(rows) or settings.currency
    if named is None:
        found = _carried(recognised.layouts) + carried(business.money_cells(rows))
        for codes in [codes for codes in found if set(codes) & configuration.rates.keys()]:
            del found[codes]  # what has a rate is another currency
        currency, origin = most_carried(found), "the amounts"
    else:
        currency, origin = Currency(named), settings.origins.get("currency", business.ORIGIN)
    currency = replace(currency, rates=configuration.rates)
    if currency.code is not None:
        settings = settings.layered({"currency": currency.code}, {"currency": origin})
    settings, problems = business.with_business(settings, rows, currency)
    return settings, currency, problems


def _carried(layouts: Sequence[Layout]) -> Counter[tuple[str, ...]]:
    """What the currency sign of an amount or of its header may mean → how many amounts have it."""
    found: Counter[tuple[str, ...]] = Counter()
    for layout in layouts:
        rows = layout.grid.rows[layout.header_row + 1 :]
        for index, column, header in layout.columns:
            if column.kind == CellKind.MONEY:
                amounts = [row[index] for row in rows if index < len(row) and filled(row[index])]
                signs = carried(amounts)
                found += signs
                if codes := header_currencies(header):
                    found[codes] += len(amounts) - signs.total()
        found.update(
            codes for cell in layout.cells("currency") if (codes := currency_named(as_text(cell)))
        )
    return found
