"""The Business sheet: rows of a label and a value → settings."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.problems import Cell, Problem
from reportgen.reading.amounts import Currency, currency_code, expected_amount, read_amount
from reportgen.reading.cells import (
    Grid,
    Unusable,
    Value,
    as_text,
    filled,
    one_line,
    shown,
    tidy,
)
from reportgen.reading.columns import BUSINESS, CLIENTS, FINE_TUNING
from reportgen.reading.nearest import did_you_mean
from reportgen.reading.safety.found import Fault
from reportgen.reading.values import (
    choices,
    read_days,
    read_number,
    read_share,
    read_text,
    read_time,
)
from reportgen.settings.allowed import Unfit
from reportgen.settings.kinds import CellKind
from reportgen.settings.labels import setting_kind, setting_label, setting_named
from reportgen.settings.settings import SETTING_NAMES, Settings
from reportgen.values import dataclass
from reportgen.words import plain

ORIGIN = "the Business sheet"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row of the sheet that has a label and a value."""

    name: str | None
    """The setting; None when no setting is called so."""
    label: str
    label_at: Cell
    cell: Value
    """Never blank."""
    at: Cell


def labelled(grid: Grid) -> tuple[Labelled, ...]:
    """Every row with a label and a value, top to bottom: the first filled column and the one after it.

    A header row may be there or not. Titles, headings and labels without a value are passed over.
    """
    return tuple(_rows(grid))


def _rows(grid: Grid) -> Iterator[Labelled]:
    filled_columns = [index for row in grid.rows for index, cell in enumerate(row) if filled(cell)]
    first = min(filled_columns, default=0)
    titles = {plain(w) for c in BUSINESS.columns for _, w in BUSINESS.headers(c)}
    for number, row in enumerate(grid.rows, start=1):
        label = one_line(as_text(row[first])) if first < len(row) else ""
        cell = row[first + 1] if first + 1 < len(row) else None
        cell = tidy(cell) if isinstance(cell, str) else cell
        if not label or not filled(cell):
            continue
        if plain(label) in titles and plain(as_text(cell)) in titles:
            continue
        at = Cell(grid.sheet, number, first + 2)
        yield Labelled(setting_named(label), label, Cell(grid.sheet, number, first + 1), cell, at)


def currency_named(rows: tuple[Labelled, ...]) -> str | None:
    """The code in the Currency row, in capitals; None without such a row, or when it is no code."""
    for row in rows:
        if row.name == "currency" and isinstance(row.cell, str):
            code = currency_code(row.cell).upper()
            return code if len(code) == 3 and code.isalpha() and code.isascii() else None
    return None


def money_cells(rows: tuple[Labelled, ...]) -> list[Value]:
    """The cells of the settings that are amounts."""
    return [row.cell for row in rows if row.name and setting_kind(row.name) == CellKind.MONEY]


def with_business(
    settings: Settings, rows: tuple[Labelled, ...], currency: Currency
) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings with those of the sheet over them, and a problem for each row that cannot be used.

    Each row stands alone: the others stay in force. Of two rows for one setting the first counts.
    """
    problems: list[Problem] = []
    labels = {plain(setting_label(name)): setting_label(name) for name in SETTING_NAMES}
    at: dict[str, Cell] = {}
    for row in rows:
        if row.name is None:
            expected = "the name of a setting, as the starter workbook lists them"
            suggestion = did_you_mean(plain(row.label), labels)
            problems.append(Problem(row.label_at, shown(row.label), expected, suggestion))
            continue
        if row.name in at:
            expected = f"one value for {setting_label(row.name)}: {at[row.name]} is used"
            problems.append(Problem(row.label_at, shown(row.label), expected))
            continue
        at[row.name] = row.at
        value = _value(row, currency)
        if not isinstance(value, Unusable):
            value, settings = _layered(settings, row, value)
        if isinstance(value, Unusable):
            problems.append(Problem(row.at, shown(row.cell), value.expected, value.suggestion))
    if settings.closes <= settings.opens and {"opens", "closes"} & at.keys():
        cell = at.get("closes") or at["opens"]
        closes = f"{settings.closes:%H:%M}, when Opens is {settings.opens:%H:%M}"
        problems.append(
            Problem(cell, f"Closes {closes}", "Closes later than Opens; neither is used")
        )
        kept = Settings()
        settings = settings.layered({"opens": kept.opens, "closes": kept.closes}, {})
    return settings, tuple(problems)


def _layered(settings: Settings, row: Labelled, value: object) -> tuple[object, Settings]:
    assert row.name is not None
    origin = f"the {FINE_TUNING} sheet" if plain(row.at.sheet) == plain(FINE_TUNING) else ORIGIN
    try:
        return value, settings.layered({row.name: value}, {row.name: origin})
    except Unfit as error:
        return Unusable(error.expected.removeprefix("expected ")), settings


def _value(row: Labelled, currency: Currency) -> object:
    assert row.name is not None
    if isinstance(row.cell, Fault):
        return Unusable(f"a value for {setting_label(row.name)}", row.cell.suggestion)
    match setting_kind(row.name):
        case CellKind.MONEY:
            amount = read_amount(row.cell, currency)
            return (
                expected_amount(currency, " of 0 or more")
                if not isinstance(amount, Unusable) and amount < 0
                else amount
            )
        case CellKind.SHARE:
            return read_share(row.cell)
        case CellKind.TIME:
            return read_time(row.cell)
        case CellKind.DAYS:
            return read_days(row.cell)
        case CellKind.NUMBER:
            return read_number(row.cell)
        case CellKind.CHOICE if row.name == "business_model":
            model = next(c for c in CLIENTS.columns if c.field == "business_model")
            return choices(model).get(plain(as_text(row.cell)), read_text(row.cell))
    text = read_text(row.cell)
    if row.name == "currency":
        return currency_code(text)
    return text
