"""A grid → which product exported it, and the layouts that its file declares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.problems import Cell, Lost, Problem
from reportgen.reading.cells import Grid, Value, as_text, filled
from reportgen.reading.columns import Column
from reportgen.reading.headers import HEADER_ROWS, Layout, headers_of, without_brackets
from reportgen.reading.products.definition import Export, Part, exports
from reportgen.reading.products.recipes import Find, Made, made
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
        found = _claims_of_row(row, product)
        if found:
            return tuple(Claim(one, at) for one in found)
    return ()


def _claims_of_row(row: Sequence[Value], product: str | None) -> list[Export]:
    if sum(isinstance(cell, str) and filled(cell) for cell in row) < _FEWEST:
        return []
    find = _finder(row)
    best: dict[str, tuple[int, Export]] = {}
    for one in exports():
        if product not in (None, one.product):
            continue
        if any(find(header) is None for header in one.told_by):
            continue
        if any(find(header) is not None for header in one.never):
            continue
        if all(_lacking(part, _columns(part, find)) for part in one.parts):
            continue
        if len(one.told_by) > best.get(one.product, (0, one))[0]:
            best[one.product] = (len(one.told_by), one)
    # A product whose headers are some of another's says less.
    most = max((many for many, _ in best.values()), default=0)
    return [one for many, one in best.values() if many == most]


_FEWEST = 2
"""No product tells itself by fewer headers."""


def _finder(row: Sequence[Value]) -> Find:
    whole: dict[str, int] = {}
    bare: dict[str, int] = {}
    for at, header in headers_of(row).items():
        whole.setdefault(plain(header), at)
        bare.setdefault(plain(without_brackets(header)), at)

    def find(header: str) -> int | None:
        forms = [plain(one) for one in header.split("|")]
        return next(
            (place[form] for place in (whole, bare) for form in forms if form in place), None
        )

    return find


def layouts_of(grid: Grid, claim: Claim) -> tuple[list[Layout], tuple[str, ...]]:
    """The layouts of an export, and what of it is left aside, in the owner's words."""
    export, at = claim.export, claim.header_row
    header = grid.rows[at]
    find = _finder(header)
    parts = [(part, _columns(part, find)) for part in export.parts]
    parts = [(part, found) for part, found in parts if not _lacking(part, found)]
    table = _Extended(grid, at)
    placed = [(part, table.placed(found)) for part, found in parts]
    whole, further = table.made(find(export.only_rows) if export.only_rows else None)
    known = {index for _, columns in parts for _, one in columns for index in one.uses}
    unread = tuple(text for index, text in headers_of(header).items() if index not in known)
    layouts = [
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
        )
        for part, columns in placed
    ]
    notes = (f"{further:,} further lines of {export.title}",) if further else ()
    return layouts, notes


def _columns(part: Part, find: Find) -> list[tuple[Column, Made]]:
    known = {column.name: column for column in part.sheet.known}
    return [
        (known[name], one)
        for name, recipe in part.columns.items()
        if (one := made(recipe, find)) is not None
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

    def made(self, needed: int | None) -> tuple[Grid, int]:
        """The grid, and how many of its rows are left out because the needed column is blank."""
        rows: list[Sequence[Value]] = list(self._grid.rows[: self._header_row])
        header = list(self._grid.rows[self._header_row])
        rows.append([*header, *[None] * len(self._added)])
        further = 0
        for row in self._grid.rows[self._header_row + 1 :]:
            if needed is not None and not (needed < len(row) and filled(row[needed])):
                further += any(map(filled, row))
                rows.append(())
                continue
            head = [*row[: self.width], *[None] * (self.width - len(row))]
            rows.append([*head, *(one.cell(row) for one in self._added), *row[self.width :]])
        origins = tuple(one.uses[0] if one.uses else 0 for one in self._added)
        return replace(self._grid, rows=rows, origins=origins, width=self.width), further


def unclear(grid: Grid, found: Sequence[Claim]) -> Problem:
    """The question which of several products exported a table."""
    names = listed([one.export.product for one in found])
    first = found[0].export.product
    return Problem(
        Cell(grid.sheet, found[0].header_row + 1, 1),
        f"headers that {names} all write",
        "one of them; this table is not read",
        f"Say which: --as {first!r}." if " " in first else f"Say which: --as {first}.",
        Lost.SHEET,
    )
