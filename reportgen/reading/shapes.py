"""What each table of a workbook is: told by its name, else by its headers and its values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from reportgen.problems import Cell, Doubt, Lost, Problem
from reportgen.reading.amounts import header_currencies, looks_like_money
from reportgen.reading.cells import Grid, Value, as_text, filled, shown
from reportgen.reading.columns import (
    BUSINESS,
    CLIENTS,
    FINE_TUNING,
    KEYS,
    READ_ME,
    SALES,
    SHEETS,
    TOUCHPOINTS,
    Sheet,
)
from reportgen.reading.copies import without_copies
from reportgen.reading.headers import Layout, columns_of, has_required, is_price, layout
from reportgen.reading.joins import joinable
from reportgen.reading.orders import with_orders
from reportgen.reading.parts import tables_of
from reportgen.reading.products.recognising import (
    claims,
    counted_twice,
    not_read,
    short_of,
    told,
    unclear,
)
from reportgen.reading.sheet_names import (
    is_empty,
    misspelt,
    second_business,
    sheet_named,
    sheet_words,
    unsaid,
)
from reportgen.reading.staff import who_worked
from reportgen.reading.vocabulary import Happened, is_private
from reportgen.settings.configuration import NOTHING, Configuration
from reportgen.values import dataclass
from reportgen.words import plain

_TELLING = frozenset(
    {"activity", "channel", "direction", "start", "end", "minutes", "topic", "signal", "status"}
)
"""A table with a date, a client and one of these is a list of contacts, whatever it is called."""
_OF_A_SALE = frozenset(
    {"status", "type", "paid", "paid_on", "invoice", "order", "due_on", "quantity"}
)
"""Beside hours and an amount, each of these says that the amount was charged."""
_OF_A_VISIT = frozenset({"date", "client", "start", "end", "minutes", "status", *KEYS})
"""What a touchpoint takes of a row that is a sale, too."""
_REACHED = frozenset({"email", "phone"})
_NO_MONEY = frozenset(
    (
        "age", "code", "guests", "hours", "id", "index", "km", "miles", "minutes", "month", "no", "nr",
        "num", "number", "numero", "número", "numéro", "nummer", "people", "percent", "phone", "points",
        "postcode", "qty", "quantity", "rating", "ref", "reference", "room", "row", "score", "size",
        "stars", "table", "tel", "week", "weight", "year", "zip",
    )
)  # fmt: skip
"""A word of these in a header says that its numbers are no amounts."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The tables of a workbook, by what they are."""

    layouts: tuple[Layout, ...]
    """In the order of SHEETS; a table may be in it as several of them. Business has none."""
    business: tuple[Grid, ...]
    """The sheet Business, then the one for fine tuning; either may be missing."""
    problems: tuple[Problem, ...]
    unread: tuple[str, ...]
    """The sheets that nobody knows, in the owner's words."""
    questions: tuple[Problem, ...] = ()
    """Those of the problems that keep a whole table shut."""


@dataclass(slots=True)
class _Found:
    layouts: list[Layout] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def recognise(grids: Sequence[Grid], configuration: Configuration) -> Recognised:
    """Every table that can be read, and a problem for each that looks like one and cannot.

    A sheet is what its name says, when it has the columns for it; else what its headers say.
    """
    columns, found = configuration.columns, _Found()
    exports = {id(grid): grid for grid in grids if claims(grid, configuration.product)}
    tables = [one for grid in grids if id(grid) not in exports for one in tables_of(grid, columns)]
    joined = with_orders(tables, columns)
    grids = (*exports.values(), *joined.grids)
    found.problems += joined.problems
    found.unread += joined.unread
    named = {id(grid): _sheet_named(grid, configuration) for grid in grids}
    best = {
        sheet.name: min(hit[0] for hit in named.values() if hit and hit[1] is sheet)
        for sheet in SHEETS
        if any(hit and hit[1] is sheet for hit in named.values())
    }
    business: list[Grid] = []
    fine_tuning: list[Grid] = []
    for grid in grids:
        hit = named[id(grid)]
        sheet = hit[1] if hit else None
        if is_empty(grid):
            found.unread += [f"sheet {shown(grid.sheet)}"] if grid.sheet != READ_ME else []
        elif _is_fine_tuning(grid):
            fine_tuning.append(grid)
        elif plain(configuration.sheets.get(plain(grid.sheet), "")) == NOTHING:
            found.unread.append(f"sheet {shown(grid.sheet)}, as you say")
        elif _of_product(grid, configuration, found):
            continue
        elif sheet is BUSINESS:
            if not business and hit and hit[0] == best[BUSINESS.name]:
                business.append(grid)
            else:
                found.problems.append(second_business(grid))
        elif (
            sheet is not None
            and hit
            and (
                _fits(sheet, grid, columns)
                or (
                    hit[0] == best[sheet.name] and (hit[0] <= 0 or not _other(sheet, grid, columns))
                )
            )
        ):
            _add(found, grid, _named(sheet, hit[0], grid, columns, found))
        elif grid.sheet != READ_ME or not grid.named:
            _unnamed(grid, configuration, named, found)
    words = {word: Happened(meant) for word, meant in configuration.words.items()}
    layouts = sorted(
        (
            replace(one, words=words)
            for one in joinable(without_copies(found.layouts, found.problems))
        ),
        key=lambda one: SHEETS.index(one.sheet),
    )
    for one in layouts:
        found.problems += (*_beside_a_price(one), *who_worked(one, columns))
    found.problems += counted_twice(layouts)
    return Recognised(
        layouts=tuple(layouts),
        business=(*business, *fine_tuning),
        problems=tuple(dict.fromkeys((*found.problems, *found.questions))),
        unread=tuple(found.unread),
        questions=tuple(found.questions),
    )


def _is_fine_tuning(grid: Grid) -> bool:
    """Whether a sheet, hidden or not, is the one of the starter workbook for more settings."""
    return plain(grid.sheet) == plain(FINE_TUNING) and has_required(BUSINESS, grid, {})


def _of_product(grid: Grid, configuration: Configuration, found: _Found) -> bool:
    """Whether the table is a product's export; its layouts, or the question whose it is, are added."""
    claimed = claims(grid, configuration.product)
    if len(claimed) > 1:
        found.questions.append(unclear(grid, claimed))
        return True
    for claim in claimed:
        if claim.export.instead:
            found.questions.append(not_read(grid, claim))
            return True
        export = told(grid, claim)
        if export.layouts:
            _add(found, grid, export.layouts)
            found.unread += export.aside
            found.problems += export.problems
        else:
            found.questions.append(short_of(grid, claim))
        return True
    return False


def _fits(sheet: Sheet, grid: Grid, columns: Mapping[str, str]) -> bool:
    return has_required(sheet, grid, columns)


def _other(sheet: Sheet, grid: Grid, columns: Mapping[str, str]) -> bool:
    """Whether the grid, which lacks what its name promises, has all that another sheet needs."""
    return any(_fits(one, grid, columns) for one in (SALES, TOUCHPOINTS) if one is not sheet)


def _named(
    sheet: Sheet, rank: int, grid: Grid, columns: Mapping[str, str], found: _Found
) -> list[Layout]:
    """What a table is that bears the name of one of our sheets."""
    if sheet is TOUCHPOINTS and rank > 1 and _fits(SALES, grid, columns):
        return _of_headers(grid, columns, found)
    if sheet is SALES:
        sale = layout(SALES, grid, columns)
        return [sale, *_visits(grid, columns, sale)] if not SALES.lacking(_fields(sale)) else [sale]
    if sheet is CLIENTS:
        return _list_of_clients(grid, columns)
    return [layout(sheet, grid, columns)]


def _unnamed(
    grid: Grid,
    configuration: Configuration,
    named: Mapping[int, tuple[int, Sheet] | None],
    found: _Found,
) -> None:
    """Add what a table is whose name says nothing."""
    columns = configuration.columns
    before = len(found.questions)
    layouts = _of_headers(grid, columns, found)
    if layouts and layouts[0].sheet is TOUCHPOINTS and not _tells(layouts[0], grid):
        others = [hit[1] for hit in named.values() if hit]
        if TOUCHPOINTS in others or SALES in others:
            found.problems.append(unsaid(grid))
            return
    if layouts:
        _add(found, grid, layouts)
    elif len(found.questions) == before:
        if not grid.named:
            found.layouts.append(layout(sheet_words()[plain(grid.sheet)][1], grid, columns))
            return
        problem = misspelt(grid, {hit[1].name for hit in named.values() if hit}, configuration)
        if problem is not None:
            found.problems.append(problem)
        else:
            found.unread.append(f"sheet {shown(grid.sheet)}")


def _tells(one: Layout, grid: Grid) -> bool:
    """Whether a table of dates and clients says that its rows are contacts: *Visits 2024*."""
    if _fields(one) & _TELLING or not grid.named:
        return True
    hit = sheet_words().get(plain(re.sub(r"\d", "", grid.sheet)))
    return hit is not None and hit[1] is TOUCHPOINTS


def _add(found: _Found, grid: Grid, layouts: Sequence[Layout]) -> None:
    found.layouts += layouts
    if layouts and grid.hidden:
        where = Cell(grid.sheet, 1, 1)
        expected = "a sheet that you can see; it is read all the same"
        found.problems.append(
            Problem(
                where, "a hidden sheet", expected, "Delete it if it is not to count.", Lost.NOTHING
            )
        )
    below = [at for at in sorted(grid.hidden_rows) if layouts and at > layouts[0].header_row]
    if below:
        many = f"{len(below):,} hidden row" + ("s" if len(below) > 1 else "")
        expected = "rows that you can see; they are read all the same"
        found.problems.append(
            Problem(Cell(grid.sheet, below[0] + 1, 1), many, expected, lost=Lost.NOTHING)
        )


def _fields(one: Layout) -> set[str]:
    return {column.field for _, column, _ in one.columns}


def _of_headers(grid: Grid, columns: Mapping[str, str], found: _Found) -> list[Layout]:
    """What the headers make of a table: a sale, a contact, both, a list of clients; often nothing.

    A table of contacts in which money stands under an unknown header is a question.
    """
    if _fits(SALES, grid, columns):
        sale = layout(SALES, grid, columns)
        visit = columns_of(TOUCHPOINTS, grid, columns)
        if _is_time_sheet(sale, visit, columns):
            at, _, header = next(one for one in sale.columns if one[1].kind == "money")
            found.problems.append(_billable(sale.where(sale.header_row, at), header))
            return [replace(layout(TOUCHPOINTS, grid, columns), problems=())]
        return [sale, *_visits(grid, columns, sale)]
    if _fits(TOUCHPOINTS, grid, columns):
        visit = layout(TOUCHPOINTS, grid, columns)
        money = _money(visit, columns)
        if money:
            found.questions.append(_which_amount(visit, money))
            return []
        return [visit]
    sale = columns_of(SALES, grid, columns)
    if {column.field for column in SALES.lacking(_fields(sale))} == {"amount"}:
        money = _money(sale, columns)
        if money:
            found.questions.append(_which_amount(sale, money))
            return []
    return _list_of_clients(grid, columns, told=False)


def is_of_sales(grid: Grid, columns: Mapping[str, str]) -> bool:
    """Whether a table has the columns of Sales, and is no time sheet with a price to each hour."""
    return _fits(SALES, grid, columns) and not _is_time_sheet(
        columns_of(SALES, grid, columns), columns_of(TOUCHPOINTS, grid, columns), columns
    )


def _is_time_sheet(sale: Layout, visit: Layout, columns: Mapping[str, str]) -> bool:
    """Whether amounts stand beside hours, and nothing says that they were charged."""
    if any(plain(header) in columns for _, one, header in sale.columns if one.field == "amount"):
        return False  # the owner says so
    if "minutes" not in _fields(visit) or _fields(sale) & _OF_A_SALE:
        return False
    if "service" in _fields(sale):
        at = sale.index("service")
        if all(at != index for index, _, _ in visit.columns):
            return False
    return True


def _billable(where: Cell, header: str) -> Problem:
    return Problem(
        where,
        shown(header),
        "hours alone on a time sheet; what they would cost is no sale until it is invoiced, "
        "and is not read",
        "Put what you invoiced on a sheet Sales.",
        Lost.COLUMN,
        doubt=Doubt.BILLABLE,
    )


def _visits(grid: Grid, columns: Mapping[str, str], sale: Layout) -> list[Layout]:
    """The contacts that rows of sales are, too, because they say how long they took."""
    visit = columns_of(TOUCHPOINTS, grid, columns)
    theirs = {at for at, column, _ in sale.columns if column.field not in _OF_A_VISIT}
    kept = tuple(
        one for one in visit.columns if one[1].field in _OF_A_VISIT and one[0] not in theirs
    )
    fields = {column.field for _, column, _ in kept}
    timed = "minutes" in fields or {"start", "end"} <= fields
    if not timed or TOUCHPOINTS.lacking(fields) or visit.header_row != sale.header_row:
        return []
    return [replace(visit, columns=kept, spare=sale.spare)]


def _list_of_clients(grid: Grid, columns: Mapping[str, str], told: bool = True) -> list[Layout]:
    """A list of clients, with the contacts that it tells of; by its headers alone, if not ``told``."""
    whole = layout(CLIENTS, grid, columns)
    fields = _fields(whole)
    if not told and not ("client" in fields and _is_of_clients(whole, columns)):
        return []
    clients = replace(
        whole, columns=tuple(one for one in whole.columns if one[1].field not in _DAYS_OF_LIST)
    )
    return [clients, *_days_of_list(whole, columns)]


def _is_of_clients(whole: Layout, columns: Mapping[str, str]) -> bool:
    """Whether names are those of clients: by what stands beside them, or by an ID that says it is theirs.

    A list of deliveries has such an ID, too, but names a client more than once.
    """
    if _fields(whole) & (_REACHED | set(_DAYS_OF_LIST)):
        return True
    names = [as_text(cell) for cell in whole.cells("client")]
    once = len(set(names)) == len(names)
    return once and columns_of(SALES, whole.grid, columns).index("client_id") is not None


_DAYS_OF_LIST: Mapping[str, Sheet] = {
    "last_contact": TOUCHPOINTS,
    "next": TOUCHPOINTS,
    "last_order": SALES,
}
"""A day on a list of clients → of what it is the day."""


def _days_of_list(clients: Layout, columns: Mapping[str, str]) -> Iterator[Layout]:
    """The contacts and the purchases that a list of clients tells of, a layout for each column of days."""
    name = clients.index("client")
    amount = columns_of(SALES, clients.grid, columns)
    money = [one for one in amount.columns if one[1].field == "amount"]
    for at, column, header in clients.columns:
        sheet = _DAYS_OF_LIST.get(column.field)
        if sheet is None or name is None:
            continue
        if sheet is SALES and (not money or amount.header_row != clients.header_row):
            continue
        as_header = {one.field: one for one in sheet.columns}
        found = [(at, as_header["date"], header), (name, as_header["client"], header)]
        found += money if sheet is SALES else []
        yield Layout(sheet, clients.grid, clients.header_row, tuple(found), (), (), of_list=True)


def _money(visit: Layout, columns: Mapping[str, str]) -> list[tuple[int, str]]:
    """The columns of a table of contacts that may be money, unless the owner says: index and header."""
    read = {at: column.field for at, column, _ in visit.columns}
    header = visit.grid.rows[visit.header_row]
    weak = bool(_fields(visit) & {"activity", "minutes"})
    found: list[tuple[int, str]] = []
    for at, cell in enumerate(header):
        name = as_text(cell)
        if not name or is_private(name) or at == visit.spare or plain(name) in columns:
            continue
        if at in read and read[at] != "cost":
            continue
        cells = [row[at] for row in visit.rows if at < len(row) and filled(row[at])]
        if at in read and weak:
            continue
        if _may_be_money(name, cells, weak):
            found.append((at, name))
    return found


def _may_be_money(header: str, cells: Sequence[Value], only_if_clear: bool) -> bool:
    amounts = [cell for cell in cells if looks_like_money(cell)]
    if not cells or len(amounts) * 2 < len(cells):
        return False
    clear = bool(header_currencies(header)) or any(
        (
            isinstance(cell, str)
            and re.search(r"[^\W\d_]|[^\w\s.,'’+−–()-]|[.,]\d\d$", as_text(cell))
        )
        or (isinstance(cell, float) and not cell.is_integer())
        for cell in amounts
    )
    if clear:
        return True
    words = set(re.findall(r"[^\W\d_]+", header.casefold()))
    if only_if_clear or words & _NO_MONEY:
        return False
    numbers = [number for cell in cells if (number := _whole(cell)) is not None]
    return not (len(numbers) > _A_FEW and numbers == list(range(numbers[0], numbers[-1] + 1)))


_A_FEW = 2
"""More whole numbers than these, each one more than the last, are the numbers of the rows."""


def _which_amount(visit: Layout, money: Sequence[tuple[int, str]]) -> Problem:
    names = " or ".join(shown(header) for _, header in money[:8])
    header = money[0][1]
    contacts = (
        "; if there are no sales here, call the sheet Touchpoints" if visit.grid.named else ""
    )
    return Problem(
        visit.where(visit.header_row, money[0][0]),
        f"{names}, which looks like money",
        "a header that says which column is the amount of a sale; this sheet is not read",
        f"If {shown(header)} is the amount, call it Amount, or write Amount = “{header[:200]}” under "
        f"[columns] in reportgen.toml{contacts}.",
        Lost.SHEET,
        doubt=Doubt.AMOUNT,
    )


def _beside_a_price(sale: Layout) -> Iterator[Problem]:
    """A problem where the amount is called a price, and beside it stands what may be a quantity."""
    amount = next((header for _, column, header in sale.columns if column.field == "amount"), "")
    if sale.sheet is not SALES or not is_price(amount):
        return
    read = {at for at, _, _ in sale.columns}
    for at, cell in enumerate(sale.grid.rows[sale.header_row]):
        if at in read or as_text(cell) not in sale.unread:
            continue
        below = [row[at] for row in sale.rows if at < len(row) and filled(row[at])]
        numbers = [number for one in below if (number := _whole(one)) is not None]
        if below and len(numbers) == len(below) and 1 < max(numbers) < _MANY:
            yield Problem(
                sale.where(sale.header_row, at),
                f"{shown(cell)} beside {shown(amount)}",
                "a header that says whether it is a quantity; until then each price counts once",
                "If it is, call it Quantity.",
                Lost.COLUMN,
                doubt=Doubt.QUANTITY,
            )


_DIGITS = 15
_MANY = 1000
"""Numbers from here on are no usual quantity, but the number of something."""


def _whole(cell: Value) -> int | None:
    text = as_text(cell)
    return int(text) if text.isdecimal() and len(text) < _DIGITS else None


def _sheet_named(grid: Grid, configuration: Configuration) -> tuple[int, Sheet] | None:
    """What the name of a sheet says; of several tables on it those are meant that fit it best."""
    hit = sheet_named(grid, configuration.sheets)
    if hit is None or not grid.is_part:
        return hit
    is_sale = hit[1] is TOUCHPOINTS and is_of_sales(grid, configuration.columns)
    return hit if not is_sale and _fits(hit[1], grid, configuration.columns) else None
