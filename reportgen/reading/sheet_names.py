"""What the name of a sheet says of it, and the problems of sheets whose names say too little."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from reportgen.problems import Cell, Doubt, Lost, Problem
from reportgen.reading.cells import Grid, filled, shown
from reportgen.reading.columns import BUSINESS, SHEETS, Sheet
from reportgen.reading.headers import has_required
from reportgen.reading.nearest import did_you_mean
from reportgen.settings.configuration import Configuration
from reportgen.words import plain


def unsaid(grid: Grid) -> Problem:
    """The problem of dates and clients that nobody calls contacts."""
    return Problem(
        Cell(grid.sheet, first_filled(grid) + 1, 1),
        f"the sheet {shown(grid.sheet)} with dates and clients",
        "a sheet whose name or columns say what its rows are; this one is not read",
        f"If its rows are contacts, write Touchpoints = “{grid.sheet}” under [sheets] in "
        "reportgen.toml.",
        Lost.SHEET,
        doubt=Doubt.CONTACTS,
    )


@cache
def sheet_words() -> Mapping[str, tuple[int, Sheet]]:
    """Plain word → the rank of the word, and the sheet that it names."""
    found: dict[str, tuple[int, Sheet]] = {}
    for sheet in SHEETS:
        for rank, word in sheet.names:
            if plain(word) not in found or rank < found[plain(word)][0]:
                found[plain(word)] = (rank, sheet)
    return found


def sheet_named(grid: Grid, configured: Mapping[str, str]) -> tuple[int, Sheet] | None:
    """The sheet that a grid's name says, with the rank of the word; None where it says nothing."""
    word = plain(grid.sheet)
    if not grid.named:
        return None
    if word in configured:
        theirs = plain(configured[word])
        return next(((-1, sheet) for sheet in SHEETS if plain(sheet.name) == theirs), None)
    return sheet_words().get(word)


def misspelt(grid: Grid, found: set[str], configuration: Configuration) -> Problem | None:
    """The problem of a sheet whose name is nearly that of one that is missing; else None."""
    known = {
        plain(word): sheet.name
        for sheet in SHEETS
        if sheet.name not in found
        and (sheet is BUSINESS or has_required(sheet, grid, configuration.columns))
        for _, word in sheet.names
    }
    suggestion = did_you_mean(plain(grid.sheet), known)
    if suggestion is None:
        return None
    expected = "a sheet name that reportgen knows; this sheet is not read"
    where = Cell(grid.sheet, 1, 1)
    return Problem(where, f"the sheet {shown(grid.sheet)}", expected, suggestion, Lost.SHEET)


def second_business(grid: Grid) -> Problem:
    """The problem of a sheet for Business beside another."""
    return Problem(
        Cell(grid.sheet, first_filled(grid) + 1, 1),
        f"a second sheet for Business, “{grid.sheet}”",
        "one sheet for Business; this one is not read",
        "Put the rows of both on one sheet, or rename this one.",
        Lost.SHEET,
    )


def first_filled(grid: Grid) -> int:
    """The index of the first row that has something in it."""
    return next((n for n, row in enumerate(grid.rows) if any(filled(cell) for cell in row)), 0)


def is_empty(grid: Grid) -> bool:
    """Whether nothing stands in it."""
    return not any(filled(cell) for row in grid.rows for cell in row)
