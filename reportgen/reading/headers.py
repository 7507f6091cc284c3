"""Which sheet is which, where its header row stands, and which of its columns is which."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reportgen.problems import Cell, Problem
from reportgen.reading.cells import Grid, Value, as_text, filled, one_line, shown
from reportgen.reading.columns import BUSINESS, READ_ME, SALES, SHEETS, TOUCHPOINTS, Column, Sheet
from reportgen.reading.nearest import did_you_mean
from reportgen.settings.configuration import Configuration
from reportgen.words import plain

HEADER_ROWS = 30
"""How far down a header row may stand: below a title, a logo, some notes."""

_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_SECONDS = re.compile(r"\b(?:s|secs?|seconds?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised sheet: where its header row stands, and the columns found in it."""

    sheet: Sheet
    grid: Grid
    header_row: int
    """From 0: the index in the grid's rows."""
    columns: tuple[tuple[int, Column, str], ...]
    """Index in a row (from 0), column, and the owner's header; in the order of ``sheet``."""
    problems: tuple[Problem, ...]
    unread: tuple[str, ...]
    """The columns that nobody knows, in the owner's words."""

    def where(self, row: int, index: int) -> Cell:
        """The address of a cell, from its indices in the grid."""
        return Cell(self.grid.sheet, row + 1, index + 1)


@dataclass(frozen=True, slots=True)
class _Match:
    """How well a header fits a column: the lower its rank, the better."""

    rank: int
    index: int
    column: Column


@cache
def _words(sheet: Sheet) -> Mapping[str, tuple[tuple[int, Column], ...]]:
    """Plain word → the columns that it may mean, each with the rank of the word."""
    found: dict[str, list[tuple[int, Column]]] = {}
    for column in sheet.columns:
        for rank, word in enumerate((column.name, *column.synonyms), start=1):
            for form in {plain(word), plain(_BRACKETED.sub("", word))} - {""}:
                found.setdefault(form, []).append((rank * 2, column))
    return {word: tuple(columns) for word, columns in found.items()}


@cache
def _spellings(sheet: Sheet) -> Mapping[str, str]:
    return {
        plain(word): column.name
        for column in sheet.columns
        for word in (column.name, *column.synonyms)
    }


def _candidates(
    sheet: Sheet, header: str, configured: Mapping[str, str]
) -> list[tuple[int, Column]]:
    """The columns that a header may mean, with their ranks; the owner's own mapping comes first."""
    whole, bare = plain(header), plain(_BRACKETED.sub("", header))
    if whole in configured:
        theirs = configured[whole]
        return [(0, column) for column in sheet.columns if plain(column.name) == plain(theirs)]
    words = _words(sheet)
    found = list(words.get(whole, ()))
    in_seconds = any(_SECONDS.search(unit) for unit in _BRACKETED.findall(header))
    if not in_seconds:
        found += [(rank + 1, column) for rank, column in words.get(bare, ())]
    return found


def _assigned(
    sheet: Sheet, headers: Mapping[int, str], configured: Mapping[str, str]
) -> tuple[dict[int, Column], dict[int, Column]]:
    """Header index → its column; and header index → the column that a better header took."""
    matches = sorted(
        (
            _Match(rank, index, column)
            for index, header in headers.items()
            for rank, column in _candidates(sheet, header, configured)
        ),
        key=lambda m: (m.rank, m.index, m.column.name),
    )
    taken: dict[int, Column] = {}
    beaten: dict[int, Column] = {}
    for match in matches:
        if match.index in taken:
            continue
        if match.column in taken.values():
            beaten.setdefault(match.index, match.column)
        else:
            taken[match.index] = match.column
    return taken, {index: column for index, column in beaten.items() if index not in taken}


def _headers(row: Sequence[Value]) -> dict[int, str]:
    return {
        index: text
        for index, cell in enumerate(row)
        if isinstance(cell, str) and (text := one_line(as_text(cell)))
    }


def _header_row(sheet: Sheet, grid: Grid, configured: Mapping[str, str]) -> int | None:
    """The first row with every required column, else the first of those with the most columns.

    None when no row has any.
    """
    best: tuple[int, int] | None = None
    for row, cells in enumerate(grid.rows[:HEADER_ROWS]):
        headers = _headers(cells)
        if not headers:
            continue
        taken, _ = _assigned(sheet, headers, configured)
        found = set(taken.values())
        if found.issuperset(sheet.required):
            return row
        if found and (best is None or len(found) > best[0]):
            best = (len(found), row)
    return None if best is None else best[1]


def has_required(sheet: Sheet, grid: Grid, configured: Mapping[str, str]) -> bool:
    """Whether the grid has a header row with every required column of the sheet."""
    row = _header_row(sheet, grid, configured)
    if row is None:
        return False
    taken, _ = _assigned(sheet, _headers(grid.rows[row]), configured)
    return set(taken.values()).issuperset(sheet.required)


def layout(sheet: Sheet, grid: Grid, configured: Mapping[str, str]) -> Layout:
    """The sheet's columns as they stand in the grid, with a problem for each that cannot be matched.

    Without a header row the layout has no columns, and the missing ones are its problem.
    """
    row = _header_row(sheet, grid, configured)
    if row is None:
        return _headless(sheet, grid)
    headers = _headers(grid.rows[row])
    taken, beaten = _assigned(sheet, headers, configured)
    problems: list[Problem] = []
    missing = [column for column in sheet.required if column not in taken.values()]
    if missing:
        where = Cell(grid.sheet, row + 1, min(headers) + 1)
        problems.append(_missing(missing, where, headers))
    for index, column in beaten.items():
        better = next(i for i, other in taken.items() if other is column)
        where = Cell(grid.sheet, row + 1, index + 1)
        problems.append(_beaten(column, where, headers[index], headers[better]))
    free = _free_words(sheet, taken.values())
    unread: list[str] = []
    for index, header in headers.items():
        if index in taken or index in beaten:
            continue
        suggestion = did_you_mean(plain(header), free)
        if suggestion is None:
            unread.append(f"column {shown(header)} on {grid.sheet}")
        else:
            expected = "a header that reportgen knows; this column is not read"
            where = Cell(grid.sheet, row + 1, index + 1)
            problems.append(Problem(where, shown(header), expected, suggestion))
    columns = tuple(
        (index, column, headers[index])
        for index, column in sorted(taken.items(), key=lambda item: sheet.columns.index(item[1]))
    )
    return Layout(sheet, grid, row, columns, tuple(problems), tuple(unread))


def _headless(sheet: Sheet, grid: Grid) -> Layout:
    """A layout without columns: the first filled row is taken for what should have been headers."""
    row = _first_filled(grid)
    headers = _headers(grid.rows[row]) if row < len(grid.rows) else {}
    where = Cell(grid.sheet, row + 1, min(headers, default=0) + 1)
    return Layout(sheet, grid, row, (), (_missing(sheet.required, where, headers),), ())


def _free_words(sheet: Sheet, taken: Collection[Column]) -> Mapping[str, str]:
    """Plain word → name, for the columns that no header has taken."""
    names = {column.name for column in taken}
    return {word: name for word, name in _spellings(sheet).items() if name not in names}


def _beaten(column: Column, where: Cell, header: str, better: str) -> Problem:
    return Problem(
        where,
        f"a second column for {column.name}, “{header}”",
        f"one column for {column.name}: “{better}” is read, this one is not",
        "Rename one of the two.",
    )


def _missing(missing: Sequence[Column], where: Cell, headers: Mapping[int, str]) -> Problem:
    names = " and ".join(column.name for column in missing)
    found = ", ".join(f"“{header}”" for header in list(headers.values())[:8])
    plural = "s" if len(missing) > 1 else ""
    return Problem(
        where,
        f"the headers {found}" if found else "no headers",
        f"the column{plural} {names} among them; without {'these' if plural else 'it'} "
        "the sheet is not read",
    )


def _first_filled(grid: Grid) -> int:
    return next((n for n, row in enumerate(grid.rows) if any(filled(cell) for cell in row)), 0)


def _is_empty(grid: Grid) -> bool:
    return not any(filled(cell) for row in grid.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The sheets of a workbook, by what they are."""

    layouts: tuple[Layout, ...]
    """In the order of SHEETS, at most one of each; Business has none."""
    business: Grid | None
    problems: tuple[Problem, ...]
    unread: tuple[str, ...]
    """The sheets that nobody knows, in the owner's words."""


@cache
def _sheet_words() -> Mapping[str, tuple[int, Sheet]]:
    found: dict[str, tuple[int, Sheet]] = {}
    for sheet in SHEETS:
        for rank, word in enumerate((sheet.name, *sheet.synonyms), start=1):
            if plain(word) not in found or rank < found[plain(word)][0]:
                found[plain(word)] = (rank, sheet)
    return found


def _misspelt(grid: Grid, found: Container[str], configuration: Configuration) -> Problem | None:
    """The problem of a sheet whose name is nearly that of one that is missing; else None.

    Its headers must fit, too: Samples is no misspelt Sales when it has no amounts.
    """
    known = {
        plain(word): sheet.name
        for sheet in SHEETS
        if sheet.name not in found
        and (sheet is BUSINESS or has_required(sheet, grid, configuration.columns))
        for word in (sheet.name, *sheet.synonyms)
    }
    suggestion = None if _is_empty(grid) else did_you_mean(plain(grid.sheet), known)
    if suggestion is None:
        return None
    expected = "a sheet name that reportgen knows; this sheet is not read"
    where = Cell(grid.sheet, 1, 1)
    return Problem(where, f"the sheet {shown(grid.sheet)}", expected, suggestion)


def _sheet_named(name: str, configured: Mapping[str, str]) -> tuple[int, Sheet] | None:
    word = plain(name)
    if word in configured:
        theirs = plain(configured[word])
        return next(((0, sheet) for sheet in SHEETS if plain(sheet.name) == theirs), None)
    return _sheet_words().get(word)


def recognise(grids: Sequence[Grid], configuration: Configuration) -> Recognised:
    """Every sheet that is one of ours, by its name.

    When neither Touchpoints nor Sales is among them, those two are found by their headers. A sheet
    that is left over is listed as not read, or is a problem when its name is nearly one of ours.
    """
    problems: list[Problem] = []
    found: dict[str, Grid] = {}
    rest: list[Grid] = []
    named = [(_sheet_named(grid.sheet, configuration.sheets), grid) for grid in grids]
    ranked = sorted(
        ((hit[0], position, hit[1], grid) for position, (hit, grid) in enumerate(named) if hit),
        key=lambda one: one[:2],
    )
    for _, _, sheet, grid in ranked:
        if _is_empty(grid):
            rest.append(grid)
        elif sheet.name in found:
            problems.append(_second(sheet, grid, found[sheet.name]))
        else:
            found[sheet.name] = grid
    rest += [grid for hit, grid in named if hit is None]
    rest.sort(key=grids.index)
    if not _readable(found, configuration):
        for sheet, grid in _by_headers(rest, configuration):
            found[sheet.name] = grid
            rest.remove(grid)
    misspelt = {
        grid.sheet: problem
        for grid in rest
        if (problem := _misspelt(grid, found, configuration)) is not None
    }
    return Recognised(
        layouts=tuple(
            layout(sheet, found[sheet.name], configuration.columns)
            for sheet in SHEETS
            if sheet.name in found and sheet is not BUSINESS
        ),
        business=found.get(BUSINESS.name),
        problems=(*problems, *misspelt.values()),
        unread=tuple(
            f"sheet “{grid.sheet}”"
            for grid in rest
            if grid.sheet not in misspelt and grid.sheet != READ_ME
        ),
    )


def _second(sheet: Sheet, grid: Grid, better: Grid) -> Problem:
    return Problem(
        Cell(grid.sheet, _first_filled(grid) + 1, 1),
        f"a second sheet for {sheet.name}, “{grid.sheet}”",
        f"one sheet for {sheet.name}: “{better.sheet}” is read, this one is not",
        "Put the rows of both on one sheet, or rename this one.",
    )


def _readable(found: Mapping[str, Grid], configuration: Configuration) -> bool:
    return any(
        sheet.name in found and has_required(sheet, found[sheet.name], configuration.columns)
        for sheet in (TOUCHPOINTS, SALES)
    )


def _by_headers(grids: Iterable[Grid], configuration: Configuration) -> list[tuple[Sheet, Grid]]:
    """The first grid with the headers of Sales, and the first other one with those of Touchpoints.

    Either may be missing.
    """
    found: dict[str, tuple[Sheet, Grid]] = {}
    for grid in grids:
        for sheet in (SALES, TOUCHPOINTS):
            if has_required(sheet, grid, configuration.columns):
                found.setdefault(sheet.name, (sheet, grid))
                break
    return list(found.values())
