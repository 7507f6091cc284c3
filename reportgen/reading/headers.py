"""Which sheet is which, where its header row stands, and which of its columns is which."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from functools import cache

from reportgen.problems import Cell, Doubt, Lost, Problem
from reportgen.reading.amounts import looks_like_money, without_currency
from reportgen.reading.cells import Grid, Value, as_text, filled, one_line, shown
from reportgen.reading.columns import TOUCHPOINTS, Column, Sheet
from reportgen.reading.naming import naming
from reportgen.reading.nearest import did_you_mean
from reportgen.reading.times import may_be_either, meant
from reportgen.reading.vocabulary import Happened, is_one_of, is_private
from reportgen.settings.kinds import CellKind, DateOrder
from reportgen.values import dataclass
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
    """The headers that nobody knows."""
    spare: int | None = None
    """The index of a second column of names, for the rows in which the first is blank."""
    of_list: bool = False
    """Whether it is one day of each client on a list of clients; a row without that day says nothing."""
    date_order: DateOrder | None = None
    """How days are written whose order their column does not show; None as the settings say."""
    told: str = ""
    """Of which product's export it is: ``HubSpot deals``."""
    add_next: str = ""
    """What its product can export besides."""
    needs: str = ""
    """How its product exports what says whose the rows are."""
    only_listed: bool = False
    """Whether a name that is on no list of clients, where there is one, may be no client's."""
    words: Mapping[str, Happened] = field(default_factory=dict)
    """What the owner says of status words: the plain word → what it means."""

    @property
    def private(self) -> tuple[str, ...]:
        """The headers that name what is never read."""
        row = self.grid.rows[self.header_row] if self.header_row < len(self.grid.rows) else ()
        texts = [one_line(as_text(cell)) for cell in row if isinstance(cell, str)]
        return tuple(text for text in texts if is_private(text))

    @property
    def rows(self) -> Sequence[Sequence[Value]]:
        """The rows below the headers."""
        return self.grid.rows[self.header_row + 1 :]

    def row(self, at: int) -> Sequence[Value]:
        """One of the rows below the headers; all of them are copied anew each time that one asks."""
        return self.grid.rows[self.header_row + 1 + at]

    def index(self, field: str) -> int | None:
        """Where a field's cells stand in a row."""
        return next((at for at, column, _ in self.columns if column.field == field), None)

    def header(self, field: str) -> str:
        """The owner's header of a field's column; empty when there is none."""
        return next((header for _, column, header in self.columns if column.field == field), "")

    def cells(self, field: str) -> list[Value]:
        """The filled cells of a field's column."""
        at = self.index(field)
        if at is None:
            return []
        return [row[at] for row in self.rows if at < len(row) and filled(row[at])]

    def different(self, field: str) -> set[Value]:
        """The cells of a field's column, each once; None where a row ends before it."""
        at = self.index(field)
        if at is None:
            return set()
        return {row[at] if at < len(row) else None for row in self.rows}

    def where(self, row: int, index: int) -> Cell:
        """The address of a cell, from its indices in the grid.

        Of one that was made, that of its first; of a borrowed one, where it stands.
        """
        lent = self.grid.borrowed.get(index)
        if lent is not None and (theirs := lent.rows[row]) is not None:
            return Cell(lent.sheet, theirs + 1, lent.index + 1)
        made = index - self.grid.width
        if self.grid.origins and made >= 0:
            many = len(self.grid.origins)
            index = self.grid.origins[made] if made < many else index - many
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
    for column in sheet.known:
        for rank, word in sheet.headers(column):
            for form in {_form(word), plain(_BRACKETED.sub("", word))} - {""}:
                found.setdefault(form, []).append((rank * 2 + 2, column))
    return {word: tuple(columns) for word, columns in found.items()}


def _form(header: str) -> str:
    """The form in which a header is compared; a sign of money alone, ``£``, stays as it is."""
    return plain(header) or header.strip(" *:")


@cache
def _spellings(sheet: Sheet) -> Mapping[str, str]:
    return {
        plain(word): column.name for column in sheet.columns for _, word in sheet.headers(column)
    }


def _candidates(
    sheet: Sheet, header: str, configured: Mapping[str, str]
) -> list[tuple[int, Column]]:
    """The columns that a header may mean, with their ranks; the owner's own mapping comes first."""
    whole, bare = _form(header), plain(without_brackets(header))
    if whole in configured:
        theirs = configured[whole]
        return [(0, column) for column in sheet.known if plain(column.name) == plain(theirs)]
    words = _words(sheet)
    in_seconds = any(_SECONDS.search(unit) for unit in _BRACKETED.findall(header))
    if whole in words or in_seconds:
        return list(words.get(whole, ()))
    found = words.get(bare) or words.get(plain(without_currency(header)), ())
    return [(rank + 1, column) for rank, column in found]


def _assigned(
    sheet: Sheet, headers: Mapping[int, str], configured: Mapping[str, str]
) -> tuple[dict[int, Column], dict[int, Column]]:
    """Header index → its column; and header index → the column that a better header took."""
    projects: dict[int, Column] = {}
    found: list[_Match] = []
    for index, header in headers.items():
        candidates = _candidates(sheet, header, configured)
        may_be_client = any(column.field == "client" for _, column in candidates)
        for rank, column in candidates:
            if may_be_client and column.field == "project":
                projects[index] = column
            else:
                found.append(_Match(rank, index, column))
    matches = sorted(found, key=lambda m: (m.rank, m.index, m.column.name))
    taken: dict[int, Column] = {}
    beaten: dict[int, Column] = {}
    for match in matches:
        if match.index in taken:
            continue
        if match.column in taken.values():
            beaten.setdefault(match.index, match.column)
        else:
            taken[match.index] = match.column
    _fill_required(sheet, matches, taken)
    for index in sorted(beaten.keys() & projects.keys() - taken.keys()):
        column = projects[index]  # beside a client it is a project
        (beaten if column in taken.values() else taken)[index] = column
    _price_alone(sheet, headers, taken)
    return taken, {index: column for index, column in beaten.items() if index not in taken}


def _fill_required(sheet: Sheet, matches: Sequence[_Match], taken: dict[int, Column]) -> None:
    """Give a required column that has no header one that another column took and can do without.

    ``Nombre`` is a number of pieces to the French and a name to the Spanish.
    """
    for column in sheet.lacking({one.field for one in taken.values()}):
        for match in matches:
            if match.column is column and not taken[match.index].required:
                taken[match.index] = column
                break


def is_price(header: str) -> bool:
    """Whether a header is a word for a price, which may be that of one piece or of all."""
    return is_one_of("prices", without_brackets(header))


def _price_alone(sheet: Sheet, headers: Mapping[int, str], taken: dict[int, Column]) -> None:
    """A Price is the amount of a sale where no other amount and no quantity stands beside it."""
    found = {column.field: at for at, column in taken.items()}
    at = found.get("unit_price")
    if at is None or found.keys() & {"amount", "net", "line_total", "quantity"}:
        return
    if is_price(headers[at]):
        taken[at] = next(column for column in sheet.columns if column.field == "amount")


def without_brackets(header: str) -> str:
    """``Amount (EUR)`` → ``Amount``."""
    return _BRACKETED.sub("", header)


def headers_of(row: Sequence[Value]) -> dict[int, str]:
    """The texts of a row by their index; not those that name what is never read."""
    return {
        index: text
        for index, cell in enumerate(row)
        if isinstance(cell, str) and (text := one_line(as_text(cell))) and not is_private(text)
    }


def _header_row(sheet: Sheet, grid: Grid, configured: Mapping[str, str]) -> int | None:
    """The first row with every required column, else the first of those with the most columns.

    None when no row has any.
    """
    best: tuple[int, int] | None = None
    for row, cells in enumerate(grid.rows[grid.first : grid.first + HEADER_ROWS], grid.first):
        headers = headers_of(cells)
        if not headers:
            continue
        taken, _ = _assigned(sheet, headers, configured)
        found = {column.field for column in taken.values()}
        if not sheet.lacking(found):
            return row
        if found and (best is None or len(found) > best[0]):
            best = (len(found), row)
    return None if best is None else best[1]


def has_required(sheet: Sheet, grid: Grid, configured: Mapping[str, str]) -> bool:
    """Whether the grid has a header row with every required column of the sheet."""
    row = _header_row(sheet, grid, configured)
    if row is None:
        return False
    headers = headers_of(grid.rows[row])
    taken, beaten = _assigned(sheet, headers, configured)
    _name_no_number(sheet, grid, row, headers, configured, taken, beaten)
    # What a better header lost is given back, so each column of either is there.
    found = {column.field for column in (*taken.values(), *beaten.values())}
    return not sheet.lacking(found)


@dataclass(frozen=True, slots=True)
class _Matched:
    """Which header of a grid is which column."""

    grid: Grid
    row: int
    headers: Mapping[int, str]
    taken: Mapping[int, Column]
    beaten: Mapping[int, Column]
    """Those whose column a better header took."""
    unclear: int | None
    """The index of a column Time of which nobody knows what it is."""
    spare: int | None
    """As in a Layout."""

    def layout(self, sheet: Sheet) -> Layout:
        order = sheet.known.index
        columns = tuple(
            (index, column, self.headers[index])
            for index, column in sorted(self.taken.items(), key=lambda item: order(item[1]))
        )
        return Layout(sheet, self.grid, self.row, columns, (), (), self.spare)


def _matched(sheet: Sheet, grid: Grid, configured: Mapping[str, str]) -> _Matched | None:
    """None without a header row."""
    row = _header_row(sheet, grid, configured)
    if row is None:
        return None
    headers = headers_of(grid.rows[row])
    grid = _headed_once(grid, row)
    taken, beaten = _assigned(sheet, headers, configured)
    _name_no_number(sheet, grid, row, headers, configured, taken, beaten)
    open_ones = {at: one for at, one in taken.items() if _form(headers[at]) not in configured}
    unclear = _clock_or_length(grid, row, headers, open_ones, taken)
    for at, column in list(beaten.items()):
        if column not in taken.values():  # the better header has turned out to be another column
            taken[at] = beaten.pop(at)
    spare = naming(sheet, grid, row, headers, taken, beaten)
    return _Matched(grid, row, headers, taken, beaten, unclear, spare)


def columns_of(sheet: Sheet, grid: Grid, configured: Mapping[str, str]) -> Layout:
    """The sheet's columns as they stand in the grid, for who asks what it is; nothing is said of others.

    Without a header row the layout has no columns.
    """
    found = _matched(sheet, grid, configured)
    return _headless(sheet, grid) if found is None else found.layout(sheet)


def layout(sheet: Sheet, grid: Grid, configured: Mapping[str, str]) -> Layout:
    """The sheet's columns as they stand in the grid, with a problem for each that cannot be matched.

    Without a header row the layout has no columns, and the missing ones are its problem.
    """
    found = _matched(sheet, grid, configured)
    if found is None:
        return _headless(sheet, grid)
    grid, row, headers, taken = found.grid, found.row, found.headers, found.taken
    unclear, beaten = found.unclear, dict(found.beaten)
    problems: list[Problem] = []
    if unclear is not None:
        problems.append(_unclear(Cell(grid.sheet, row + 1, unclear + 1), headers[unclear]))
    missing = sheet.lacking({column.field for column in taken.values()})
    if missing:
        where = Cell(grid.sheet, row + 1, min(headers) + 1)
        problems.append(_missing(missing, where, headers))
    for index in [at for at in beaten if is_one_of("persons", headers[at])]:
        del beaten[index]  # a person beside a client is the client's
    for index, column in beaten.items():
        better = next(i for i, other in taken.items() if other is column)
        where = Cell(grid.sheet, row + 1, index + 1)
        problems.append(_beaten(column, where, headers[index], headers[better]))
    free = _free_words(sheet, taken.values())
    unread: list[str] = []
    for index, header in headers.items():
        if index in taken or index in beaten or index in (found.spare, unclear):
            continue
        if _form(header) in configured:
            continue  # the owner has said what it is: nothing, or a column of another sheet
        known = _candidates(sheet, header, configured) or _is_id_of(plain(header), free)
        suggestion = None if known else did_you_mean(plain(header), free)
        if suggestion is None:
            unread.append(header)
        else:
            expected = "a header that reportgen knows; this column is not read"
            where = Cell(grid.sheet, row + 1, index + 1)
            problems.append(Problem(where, shown(header), expected, suggestion, Lost.COLUMN))
    return replace(found.layout(sheet), problems=tuple(problems), unread=tuple(unread))


def _is_id_of(word: str, known: Collection[str]) -> bool:
    """Whether a header is that of the ids of something: ``ProductID`` is no misspelt Product."""
    return word.endswith("id") and word.removesuffix("id") in known


def _name_no_number(
    sheet: Sheet,
    grid: Grid,
    row: int,
    headers: Mapping[int, str],
    configured: Mapping[str, str],
    taken: dict[int, Column],
    beaten: dict[int, Column],
) -> None:
    """Let a column of numbers without a number be what its header may mean besides.

    ``Nombre`` beside ``Empresa`` is a name. ``taken`` and ``beaten`` change with it.
    """
    for at, column in [*taken.items(), *beaten.items()]:
        if column.kind != CellKind.NUMBER:
            continue
        other = next(
            (o for _, o in _candidates(sheet, headers[at], configured) if o != column), None
        )
        cells = [one[at] for one in grid.rows[row + 1 :] if at < len(one) and filled(one[at])]
        if other is None or not cells or any(map(looks_like_money, cells)):
            continue
        taken.pop(at, None)
        beaten.pop(at, None)
        (beaten if other in taken.values() else taken)[at] = other


def _headed_once(grid: Grid, row: int) -> Grid:
    """The grid without the headers that stand again at the top of each page."""
    below = grid.rows[row + 1 :]
    if grid.rows[row] not in below:
        return grid
    kept = [() if one == grid.rows[row] else one for one in below]
    return replace(grid, rows=[*grid.rows[: row + 1], *kept])


def _clock_or_length(
    grid: Grid,
    row: int,
    headers: Mapping[int, str],
    unsaid: Mapping[int, Column],
    taken: dict[int, Column],
) -> int | None:
    """Make of a column Time what its values are; its index when they could be both, and it is not read.

    Only those count of which the owner has not said what they are. ``taken`` changes with it.
    """
    at = next(
        (
            at
            for at, column in unsaid.items()
            if column.field in ("start", "minutes") and may_be_either(headers[at])
        ),
        None,
    )
    if at is None:
        return None
    beside = {column.field for index, column in taken.items() if index != at}
    cells = [one[at] for one in grid.rows[row + 1 :] if at < len(one) and filled(one[at])]
    if not beside.isdisjoint(("start", "end", "minutes")):
        field = "minutes" if "start" in beside else "start"
    else:
        found = meant(cells)
        field = {"clock": "start", "length": "minutes", None: ""}[found]
    if cells and not field:
        del taken[at]
        return at
    if taken[at].field != (field or taken[at].field):
        taken[at] = next(c for c in TOUCHPOINTS.columns if c.field == field)
    return None


def _unclear(where: Cell, header: str) -> Problem:
    return Problem(
        where,
        f"{shown(header)}, which may be a time of day or the time spent",
        "a header that says which; this column is not read",
        "Call it Start, or Duration.",
        Lost.COLUMN,
        doubt=Doubt.TIME,
    )


def _headless(sheet: Sheet, grid: Grid) -> Layout:
    """A layout without columns: the first filled row is taken for what should have been headers."""
    row = _first_filled(grid)
    headers = headers_of(grid.rows[row]) if row < len(grid.rows) else {}
    where = Cell(grid.sheet, row + 1, min(headers, default=0) + 1)
    return Layout(sheet, grid, row, (), (_missing(sheet.required, where, headers),), ())


def _free_words(sheet: Sheet, taken: Collection[Column]) -> Mapping[str, str]:
    """Plain word → name, for the columns that no header has taken."""
    names = {column.name for column in taken}
    return {word: name for word, name in _spellings(sheet).items() if name not in names}


def _beaten(column: Column, where: Cell, header: str, better: str) -> Problem:
    return Problem(
        where,
        f"a second column for {column.name}, {shown(header)}",
        f"one column for {column.name}: {shown(better)} is read, this one is not",
        "Rename one of the two.",
        Lost.COLUMN,
    )


def _missing(missing: Sequence[Column], where: Cell, headers: Mapping[int, str]) -> Problem:
    names = " and ".join(column.name for column in missing)
    found = ", ".join(shown(header) for header in list(headers.values())[:8])
    plural = "s" if len(missing) > 1 else ""
    return Problem(
        where,
        f"the headers {found}" if found else "no headers",
        f"the column{plural} {names} among them; without {'these' if plural else 'it'} "
        "the sheet is not read",
        lost=Lost.SHEET,
    )


def _first_filled(grid: Grid) -> int:
    return next((n for n, row in enumerate(grid.rows) if any(filled(cell) for cell in row)), 0)


def _is_empty(grid: Grid) -> bool:
    return not any(filled(cell) for row in grid.rows for cell in row)
