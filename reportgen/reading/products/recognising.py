"""A grid → which product exported it, and the layouts that its file declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from reportgen.problems import Cell, Lost, Problem
from reportgen.reading.cells import Grid, Value, as_text, filled, shown
from reportgen.reading.columns import SALES, Column
from reportgen.reading.headers import HEADER_ROWS, Layout, headers_of, without_brackets
from reportgen.reading.products.definition import Export, Part, exports
from reportgen.reading.products.recipes import Find, Made, made
from reportgen.reading.products.reckoning import Rows
from reportgen.values import dataclass
from reportgen.words import listed, plain


@dataclass(frozen=True, slots=True)
class Claim:
    """An export that a grid is."""

    export: Export
    header_row: int
    """From 0."""


def claims(grid: Grid, product: str | None) -> tuple[Claim, ...]:
    """What the grid may be an export of: one, where it is clear; none, where it is no product's.

    ``product`` is what the owner says it is; of several tables that one product exports the one with
    the most headers that tell it is taken.
    """
    for at, row in enumerate(grid.rows[grid.first : grid.first + HEADER_ROWS], grid.first):
        found = [
            one
            for one in _claims_of_row(row, product)
            if _only_whole_numbers(grid, at, one.whole_numbers)
        ]
        if found:
            return tuple(Claim(one, at) for one in found)
    return ()


def _claims_of_row(row: Sequence[Value], product: str | None) -> list[Export]:
    if sum(isinstance(cell, str) and filled(cell) for cell in row) < _FEWEST:
        return []
    headers = headers_of(row).values()
    written = {plain(form) for one in headers for form in (one, without_brackets(one))}
    best: dict[str, tuple[int, Export]] = {}
    for one, told_by in _telling():
        if product not in (None, one.product) or any(map(written.isdisjoint, told_by)):
            continue
        find = _also(_finder(row), one)
        if any(find(header) is not None for header in one.never):
            continue
        if (
            one.parts
            and not one.needs
            and all(_lacking(part, _columns(part, find)) for part in one.parts)
        ):
            continue
        if len(one.told_by) > best.get(one.product, (0, one))[0]:
            best[one.product] = (len(one.told_by), one)
    # A product whose headers are some of another's says less.
    most = max((many for many, _ in best.values()), default=0)
    return [one for many, one in best.values() if many == most]


def _only_whole_numbers(grid: Grid, header_row: int, headers: Sequence[str]) -> bool:
    """Whether all that stands in these columns, as far as they are there, is whole numbers."""
    find = _finder(grid.rows[header_row])
    places = [at for one in headers if (at := find(one)) is not None]
    below = grid.rows[header_row + 1 :]
    texts = [text for row in below for at in places if at < len(row) and (text := as_text(row[at]))]
    return not headers or (bool(texts) and all(re.fullmatch(r"-?\d+", one) for one in texts))


_FEWEST = 2
"""No product tells itself by fewer headers."""


@cache
def _telling() -> Sequence[tuple[Export, Sequence[frozenset[str]]]]:
    """Every export, and for each header that tells it the forms in which that may stand."""
    return [
        (one, [frozenset(_forms(_names(header, one))) for header in one.told_by])
        for one in exports()
    ]


@cache
def _forms(header: str) -> tuple[str, ...]:
    return tuple(plain(one) for one in header.split("|"))


def _finder(row: Sequence[Value]) -> Find:
    whole: dict[str, int] = {}
    bare: dict[str, int] = {}
    for at, header in headers_of(row).items():
        whole.setdefault(plain(header), at)
        bare.setdefault(plain(without_brackets(header)), at)

    def find(header: str) -> int | None:
        forms = _forms(header)
        return next(
            (place[form] for place in (whole, bare) for form in forms if form in place), None
        )

    return find


def _also(written: Find, export: Export) -> Find:
    """Finds a header by what else the product calls it, too."""

    def find(header: str) -> int | None:
        return written(_names(header, export))

    return find


def _names(header: str, export: Export) -> str:
    """A header with all that the product calls it, ``|`` between."""
    return "|".join(name for one in header.split("|") for name in (one, *export.also.get(one, ())))


@dataclass(frozen=True, slots=True)
class Told:
    """What a claimed table gives."""

    layouts: tuple[Layout, ...]
    aside: tuple[str, ...]
    """What of it is left aside, in the owner's words."""
    problems: tuple[Problem, ...]


def told(grid: Grid, claim: Claim) -> Told:
    """The layouts of an export, and what is to be said of it."""
    export, at = claim.export, claim.header_row
    header, below = grid.rows[at], grid.rows[at + 1 :]
    find = _also(_finder(header), export)
    if any(find(one) is None for one in export.must):
        return Told((), (), ())
    parts = [(part, _columns(part, find, below)) for part in export.parts]
    parts = [(part, found) for part, found in parts if not _lacking(part, found)]
    table = _Extended(grid, at)
    placed = [(part, table.placed(found)) for part, found in parts]
    whole, further = table.made(_counts(export, find))
    known = {index for _, columns in parts for _, one in columns for index in one.uses}
    said = {index for one in (*export.aside, *export.tell) if (index := find(one)) is not None}
    unread = tuple(text for index, text in headers_of(header).items() if index not in known | said)
    layouts = tuple(
        Layout(
            part.sheet,
            whole,
            at,
            columns,
            (),
            unread if part is parts[0][0] else (),
            of_list=part.of_list,
            date_order=export.date_order,
            told=export.title,
            add_next=export.add_next,
            needs=export.needs,
            only_listed=export.only_listed,
        )
        for part, columns in placed
    )
    lines = "1 further line" if further == 1 else f"{further:,} further lines"
    aside = [f"{lines} of {export.title}"] if further else []
    aside += [
        f"{what} on {grid.sheet}"
        for one, what in export.aside.items()
        if (index := find(one)) is not None and _says_something(below, index)
    ]
    return Told(layouts, tuple(aside), tuple(_problems(grid, claim, find)))


def _problems(grid: Grid, claim: Claim, find: Find) -> Iterator[Problem]:
    """What the owner should know of columns that are not read."""
    below = grid.rows[claim.header_row + 1 :]
    for header, (expected, suggestion) in claim.export.tell.items():
        index = find(header)
        if index is not None and _says_something(below, index):
            where = Cell(grid.sheet, claim.header_row + 1, index + 1)
            found = shown(grid.rows[claim.header_row][index])
            yield Problem(where, found, expected, suggestion, Lost.COLUMN)


def _says_something(below: Sequence[Sequence[Value]], index: int) -> bool:
    """Whether a column holds more than blanks and noughts."""
    cells = (row[index] for row in below if index < len(row))
    return any(re.sub(r"[\s0.,%-]", "", as_text(cell)) for cell in cells)


def _counts(export: Export, find: Find) -> Callable[[Sequence[Value]], bool]:
    """Whether a row is one that counts."""
    needed = [at for one in export.only_rows if (at := find(one)) is not None]
    worded = [
        (at, words) for one, words in export.only_where.items() if (at := find(one)) is not None
    ]

    def counts(row: Sequence[Value]) -> bool:
        texts = [as_text(row[at]) if at < len(row) else "" for at, _ in worded]
        return all(at < len(row) and filled(row[at]) for at in needed) and all(
            plain(text) in words for text, (_, words) in zip(texts, worded, strict=True)
        )

    return counts


def _columns(part: Part, find: Find, rows: Rows = ()) -> list[tuple[Column, Made]]:
    known = {column.name: column for column in part.sheet.known}
    return [
        (known[name], one)
        for name, recipe in part.columns.items()
        if (one := made(recipe, find, rows)) is not None
    ]


def _lacking(part: Part, found: Sequence[tuple[Column, Made]]) -> bool:
    return bool(part.sheet.lacking({column.field for column, _ in found}))


class _Extended:
    """A grid with a column more on its right for each that is made of others."""

    def __init__(self, grid: Grid, header_row: int) -> None:
        self._grid, self._header_row = grid, header_row
        self.width = max(len(grid.rows[header_row]), 1)
        self._added: list[Made] = []

    def placed(self, columns: Sequence[tuple[Column, Made]]) -> tuple[tuple[int, Column, str], ...]:
        """Where each column stands, with the owner's header."""
        header = self._grid.rows[self._header_row]
        found: list[tuple[int, Column, str]] = []
        for column, one in columns:
            text = as_text(header[one.uses[0]]) if one.uses else column.name
            if one.direct:
                found.append((one.uses[0], column, text))
            else:
                found.append((self.width + len(self._added), column, text))
                self._added.append(one)
        return tuple(found)

    def made(self, counts: Callable[[Sequence[Value]], bool]) -> tuple[Grid, int]:
        """The grid, and how many of its rows are left out because they do not count."""
        rows: list[Sequence[Value]] = list(self._grid.rows[: self._header_row])
        header = list(self._grid.rows[self._header_row])
        rows.append([*header, *[None] * len(self._added)])
        further = 0
        for row in self._grid.rows[self._header_row + 1 :]:
            if not counts(row):
                further += any(map(filled, row))
                rows.append(())
                continue
            head = [*row[: self.width], *[None] * (self.width - len(row))]
            rows.append([*head, *(one.cell(row) for one in self._added), *row[self.width :]])
        origins = tuple(one.uses[0] if one.uses else 0 for one in self._added)
        return replace(self._grid, rows=rows, origins=origins, width=self.width), further


def short_of(grid: Grid, claim: Claim) -> Problem:
    """The question for the columns without which an export is of no use."""
    export = claim.export
    find = _also(_finder(grid.rows[claim.header_row]), export)
    fields = {column.field for column, _ in _columns(export.parts[0], find)}
    lacking = [one.name for one in export.parts[0].sheet.lacking(fields)]
    lacking += [one.partition("|")[0] for one in export.must if find(one) is None]
    return Problem(
        Cell(grid.sheet, claim.header_row + 1, 1),
        f"{export.title} without {listed(lacking)}",
        "that column, too; this table is not read"
        if len(lacking) == 1
        else "those columns, too; this table is not read",
        export.needs,
        Lost.SHEET,
    )


def unclear(grid: Grid, found: Sequence[Claim]) -> Problem:
    """The question which of several products exported a table, or which unit it has."""
    products = [one.export.product for one in found]
    whole = any(one.export.whole_numbers for one in found)
    answers = " or ".join(f'--as "{one}"' if " " in one else f"--as {one}" for one in products)
    return Problem(
        Cell(grid.sheet, found[0].header_row + 1, 1),
        "whole numbers, which may be amounts or hundredths of them"
        if whole
        else f"headers that {listed(products)} all write",
        "a table that is clear; this one is not read",
        f"Say which: {answers}.",
        Lost.SHEET,
    )


def not_read(grid: Grid, claim: Claim) -> Problem:
    """The problem of an export that says nothing of clients: another one of the product does."""
    return Problem(
        Cell(grid.sheet, claim.header_row + 1, 1),
        claim.export.title,
        "an export with a row for each sale or contact; this one is not read",
        claim.export.instead,
        Lost.SHEET,
    )


def counted_twice(layouts: Sequence[Layout]) -> Iterator[Problem]:
    """A problem for each table of payments that stands beside another table of sales."""
    payments = {one.title for one in exports() if one.payments}
    sales = [one for one in layouts if one.sheet is SALES and not one.of_list]
    other = next((one for one in sales if one.told not in payments), None)
    for one in sales:
        if other is not None and one.told in payments:
            yield Problem(
                Cell(one.grid.sheet, one.header_row + 1, 1),
                f"{one.told} beside {shown(other.grid.sheet)}",
                "each sale once; a payment of an invoice that stands there counts twice",
                "Where these pay those invoices, take this file away.",
                Lost.NOTHING,
            )
