"""What was read → lines for a workbook of ours: the value of each column, and where the row came from."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from reportgen.model import (
    Client,
    Dated,
    MinutesRecorded,
    Relationship,
    Sale,
    Touchpoint,
    name_key,
)
from reportgen.problems import Lost, Problem, Row
from reportgen.reading.amounts import Currency, header_currencies
from reportgen.reading.book import Gathered
from reportgen.reading.catalogue import built_in
from reportgen.reading.cells import Unusable, Value, as_text, filled, tidy
from reportgen.reading.columns import (
    ACTIVITIES,
    CLIENTS,
    FEEDBACK,
    RATINGS,
    SALES,
    TOUCHPOINTS,
    UNITS,
    Column,
    Sheet,
)
from reportgen.reading.dates import LEAP_YEAR
from reportgen.reading.groups import with_names
from reportgen.reading.headers import Layout
from reportgen.reading.meaning import Verdicts, verdicts
from reportgen.reading.safety.found import Fault
from reportgen.reading.tables import table_of
from reportgen.reading.times import unit_of
from reportgen.reading.values import Reader, reader
from reportgen.reading.vocabulary import Happened
from reportgen.settings.kinds import CellKind
from reportgen.settings.settings import Settings
from reportgen.values import cached_property, dataclass
from reportgen.words import plain

Cell = str | int | Decimal | date | time
"""What a cell of the workbook may be given."""
OPEN = "open"
"""The status of a row that has not happened yet."""
_KINDS: tuple[tuple[str, Sheet], ...] = (
    ("touchpoints", TOUCHPOINTS),
    ("sales", SALES),
    ("feedback", FEEDBACK),
    ("ratings", RATINGS),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row for one of our sheets."""

    sheet: Sheet
    values: Mapping[str, Cell]
    """Field → value; a blank cell has no entry."""
    row: Row
    """Where it was read."""
    taken_from: str = ""
    """The same in the owner's words: ``yoga.csv, row 7``."""
    source_id: str = ""
    """What the source calls it, with the header above: ``Order ID 1001``; mostly empty."""


def lines_of(found: Gathered) -> list[Line]:
    """A line for each row that was read, and for each that would be one but for a cell.

    What could not be used stands in its line as it was written: the owner can put it right there, and
    ``check`` asks her to. In the order of the tables and their rows.
    """
    layouts = found.recognised.layouts
    tables = [_Table(one, found.settings) for one in layouts]
    of_row: _Cells = {}
    clashing: dict[tuple[str, Row], Mapping[str, Cell]] = {}
    lines: list[Line] = []
    for table in tables:
        cells, rows = table.unusable(found.problems)
        of_row |= cells
        clashing |= table.clashing
        lines += rows
        lines += table.activities()
    ids = {key: name for table in tables for key, name in table.ids()}
    for line in _of_records(found.rows.relationships, {one.grid.sheet for one in layouts}):
        key = (line.sheet.name, line.row)
        as_written = of_row.get(key, {})
        whole = {**clashing.get(key, {}), **line.values, **as_written}
        lines.append(Line(line.sheet, whole, line.row, source_id=ids.get(key, "")))
    for table in tables:
        lines += table.further_rows({(one.sheet.name, one.row): one for one in lines})
    lines = [*_with_keys(lines, tables)]
    order = {one.grid.sheet: at for at, one in reversed([*enumerate(found.recognised.layouts)])}
    return sorted(lines, key=lambda one: (order[one.row.sheet], one.row.row))


# Records -----------------------------------------------------------------------------------------
def _of_records(relationships: Iterable[Relationship], sheets: Container[str]) -> Iterator[Line]:
    for one in relationships:
        if one.client.row is not None and one.client.row.sheet in sheets:
            yield Line(CLIENTS, client_values(one.client), one.client.row)
        for name, sheet in _KINDS:
            records: Iterable[Dated] = getattr(one, name)
            for record in records:
                yield Line(sheet, _values(sheet, record), record.row)


def client_values(client: Client) -> dict[str, Cell]:
    """The values of a client for the Clients sheet."""
    values = {
        column.field: cell
        for column in CLIENTS.columns[1:]
        if (cell := _cell(getattr(client, column.field))) is not None
    }
    if client.birthday is not None:
        form = "{0.day} {0:%B}" if client.birthday.year == LEAP_YEAR else "{0:%Y-%m-%d}"
        values["birthday"] = form.format(client.birthday)
    return {"client": client.name, **values}


def _values(sheet: Sheet, record: Dated) -> dict[str, Cell]:
    values = {
        column.field: cell
        for column in sheet.columns
        if column.field != "activity" and (cell := _cell(getattr(record, column.field))) is not None
    }
    if isinstance(record, Touchpoint):
        if record.activity.name:
            values["activity"] = record.activity.name
        if record.minutes_recorded != MinutesRecorded.RECORDED:
            del values["minutes"]
        if not record.urgent:
            del values["urgent"]
    if isinstance(record, Touchpoint | Sale) and record.tentative:
        values["status"] = OPEN
    return values


def _cell(value: Any) -> Cell | None:
    match value:
        case None | "":
            return None
        case bool():
            return "yes" if value else "no"
        case str():
            return str(value)
        case int() | Decimal() | date() | time():
            return value
    raise TypeError(f"{type(value).__name__} stands in no cell")


# What could not be used ---------------------------------------------------------------------------
_Cells = dict[tuple[str, Row], dict[str, Cell]]


_KEYS = ("client_id", "other_email")
"""The fields of a list of clients by which rows of other tables find them, and nothing else."""


def _with_keys(lines: Iterable[Line], tables: Iterable[_Table]) -> Iterator[Line]:
    keys = {key: cells for table in tables for key, cells in table.called()}
    for line in lines:
        theirs = keys.get((line.sheet.name, line.row))
        yield replace(line, values={**line.values, **theirs}) if theirs else line


class _Table:
    """One table: what stands in it, and under which name each row goes there."""

    def __init__(self, layout: Layout, settings: Settings) -> None:
        self._layout = with_names(layout)
        self._settings = settings
        self._readers: dict[int, Reader] = {}
        self._units: dict[int, str | None] = {}
        self._again: set[int] = set()
        self.clashing: dict[tuple[str, Row], Mapping[str, Cell]] = {}
        """Every cell of a row two of whose cells clash, such as an end before its beginning."""

    def unusable(self, problems: Iterable[Problem]) -> tuple[_Cells, list[Line]]:
        """The cells as they were written of rows that count, and the lines of rows that do not."""
        layout = self._layout
        cells: _Cells = {}
        lost: dict[int, None] = {}
        for problem in problems:
            where = problem.where
            if where.sheet != layout.grid.sheet or problem.lost not in (Lost.CELL, Lost.ROW):
                continue
            at = where.row - 1
            place = next((one for one in layout.columns if layout.where(at, one[0]) == where), None)
            if place is not None and layout.sheet is CLIENTS and self._is_again(problem, place, at):
                self._again.add(at)
                continue
            if place is None or place[1] not in layout.sheet.columns or at <= layout.header_row:
                continue
            if problem.lost == Lost.ROW:
                lost[at] = None
            elif (text := self._as_written(place, layout.grid.rows[at])) is not None:
                key = (layout.sheet.name, Row(where.sheet, where.row))
                cells.setdefault(key, {})[place[1].field] = text
                if self._clashes(place, at) and (line := self._line(at)) is not None:
                    self.clashing[key] = line.values
        return cells, [line for at in lost if (line := self._line(at)) is not None]

    def _is_again(self, problem: Problem, place: tuple[int, Column, str], at: int) -> bool:
        """Whether a row of a list of clients says nothing but what another one says."""
        return (
            problem.lost == Lost.ROW
            and place[1].field == "client"
            and at > self._layout.header_row
            and filled(self._layout.grid.rows[at][place[0]])
            and self._clashes(place, at)
        )

    def further_rows(self, known: Mapping[tuple[str, Row], Line]) -> Iterator[Line]:
        """The rows of a list of clients that tell more of a client of another row: a second address."""
        layout = self._layout
        at = layout.index("client")
        if layout.sheet is not CLIENTS or at is None:
            return
        names = {
            name_key(str(one.values.get("client")))
            for (sheet, _), one in known.items()
            if sheet == CLIENTS.name
        }
        for number in range(layout.header_row + 1, len(layout.grid.rows)):
            row = layout.grid.rows[number]
            key = (CLIENTS.name, Row(layout.grid.sheet, number + 1))
            if at >= len(row) or key in known or number in self._again:
                continue
            if name_key(as_text(row[at])) in names and (line := self._line(number)) is not None:
                yield line

    def called(self) -> Iterator[tuple[tuple[str, Row], dict[str, Cell]]]:
        """By what other tables call each client, such as an id or a second address."""
        layout = self._layout
        places = [(one, at) for one in _KEYS if (at := layout.index(one)) is not None]
        if layout.sheet is not CLIENTS or not places:
            return
        for number, row in enumerate(layout.rows, start=layout.header_row + 2):
            cells: dict[str, Cell] = {
                one: text for one, at in places if at < len(row) and (text := as_text(row[at]))
            }
            if cells:
                yield (CLIENTS.name, Row(layout.grid.sheet, number)), cells

    def _clashes(self, place: tuple[int, Column, str], at: int) -> bool:
        """Whether a cell can be read, and is a problem all the same: it does not go with another one."""
        cell = self._layout.grid.rows[at][place[0]]
        read = self._reader(place)(tidy(cell) if isinstance(cell, str) else cell)
        return not isinstance(cell, Fault) and not isinstance(read, Unusable)

    def _line(self, at: int) -> Line | None:
        """A row that does not count, cell by cell; None where more than a cell would be missing."""
        layout, values = self._layout, dict[str, Cell]()
        row = layout.grid.rows[at]
        said: dict[str, Any] = {}
        for place in layout.columns:
            index, column = place[:2]
            cell = row[index] if index < len(row) else None
            if isinstance(cell, str):
                cell = tidy(cell)
            if not filled(cell) or isinstance(cell, Fault):
                continue
            value = self._reader(place)(cell)
            said[column.field] = as_text(cell)
            if column in layout.sheet.columns:
                usable = not isinstance(value, Unusable)
                made = _cell(value) if usable else self._as_written(place, row)
                if made is not None:
                    values[column.field] = made
        if self._words.of({one: said.get(one) for one in self._words.words}) != Happened.YES:
            return None
        return Line(layout.sheet, values, Row(layout.grid.sheet, at + 1)) if values else None

    @cached_property
    def _words(self) -> Verdicts:
        return verdicts(self._layout)

    def _reader(self, place: tuple[int, Column, str]) -> Reader:
        index, column, header = place
        if index not in self._readers:
            currency, epoch = Currency(self._settings.currency), self._layout.grid.epoch
            below = self._below(index)
            self._readers[index] = reader(column, header, below, self._settings, currency, epoch)
        return self._readers[index]

    def _unit(self, place: tuple[int, Column, str]) -> str | None:
        index, column, header = place
        if index not in self._units:
            found = UNITS.get(column.name) or unit_of(header, self._below(index))
            self._units[index] = found
        return self._units[index]

    def _below(self, index: int) -> list[Value]:
        return [row[index] for row in self._layout.rows if index < len(row)]

    def _as_written(self, place: tuple[int, Column, str], row: Any) -> Cell | None:
        """A cell as its owner wrote it, with the unit that its header gives it."""
        index, column, header = place
        cell = row[index] if index < len(row) else None
        text = as_text(cell)
        if not text:
            return None
        codes = header_currencies(header) if column.kind == CellKind.MONEY else ()
        if codes:
            return f"{text} {codes[0]}"
        if column.kind == CellKind.MINUTES and re.fullmatch(r"-?[\d.,]+", text):
            return f"{text} h" if self._unit(place) == "hours" else text
        return text

    def activities(self) -> Iterator[Line]:
        """The owner's activities, but those that are as in the catalogue."""
        if self._layout.sheet is not ACTIVITIES:
            return
        currency = Currency(self._settings.currency)
        table = table_of(self._layout, self._settings, currency, ())
        for entry in table.entries() if table else ():
            known = built_in().named(entry.values["name"])
            if known is None or any(
                getattr(known, one) != value for one, value in entry.values.items()
            ):
                cells = {one: _cell(value) for one, value in entry.values.items()}
                values = {one: cell for one, cell in cells.items() if cell is not None}
                yield Line(ACTIVITIES, values, entry.row)

    # Names of rows -------------------------------------------------------------------------------
    def ids(self) -> Iterator[tuple[tuple[str, Row], str]]:
        """What the source calls each of its rows, where it has a column of such names."""
        layout = self._layout
        if layout.of_list or layout.sheet is CLIENTS:
            return
        own = layout.index("taken_id")
        header = layout.grid.rows[layout.header_row] if layout.grid.rows else ()
        places = (
            [own] if own is not None else [at for at, cell in enumerate(header) if _is_id(cell)]
        )
        invoice = layout.index("invoice")
        if own is None and invoice is not None:
            places.append(invoice)
        for at in places:
            names = [
                (number, as_text(row[at]) if at < len(row) else "")
                for number, row in enumerate(layout.rows, start=layout.header_row + 2)
                if any(map(filled, row))
            ]
            texts = [text for _, text in names if text]
            if own is None and not (len(texts) == len(names) == len(set(texts))):
                continue
            title = "" if own is not None else as_text(header[at]) + " "
            for number, text in names:
                if text:
                    yield (layout.sheet.name, Row(layout.grid.sheet, number)), f"{title}{text}"
            return


_ID = re.compile(
    r"(?:record|transaction|order|invoice|event|booking|appointment|payment|deal|charge|activity|call|"
    r"meeting|task|entry|timeentry|sale|receipt)?(?:id|uid|guid)|"
    r"(?:order|booking|transaction|receipt|payment)(?:no|nr|number|ref|reference)"
)
"""The plain form of a header above the names of rows; that of a client's name is none."""


def _is_id(cell: Value) -> bool:
    return isinstance(cell, str) and _ID.fullmatch(plain(cell)) is not None
