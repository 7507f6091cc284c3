"""Lines → the cells of a workbook of ours, below what stands in it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from reportgen.adopting.filling import Filling
from reportgen.adopting.lines import Cell, Line, lines_of
from reportgen.adopting.package import Place, with_cells
from reportgen.adopting.same import Known
from reportgen.problems import ReportError
from reportgen.reading.book import Gathered, gathered
from reportgen.reading.business import labelled
from reportgen.reading.cells import Grid, Value, as_text, filled, number_text
from reportgen.reading.columns import BUSINESS, FINE_TUNING, TOUCHPOINTS, Column, Sheet
from reportgen.reading.grids import workbook_grids
from reportgen.reading.headers import Layout, has_required, layout
from reportgen.settings.configuration import Configuration
from reportgen.settings.labels import setting_named
from reportgen.values import dataclass
from reportgen.words import listed, plain


@dataclass(frozen=True, slots=True)
class Ours:
    """A workbook that reportgen made, as it stands."""

    name: str
    content: bytes
    grids: tuple[Grid, ...]
    found: Gathered
    configuration: Configuration

    @classmethod
    def of(cls, content: bytes, name: str, configuration: Configuration) -> Ours:
        """The workbook in these bytes.

        Raises: ReportError, when it cannot be read.
        """
        grids = workbook_grids(content, name)
        return cls(name, content, grids, gathered(grids, configuration), configuration)

    def known(self) -> Known:
        """The rows that it has."""
        names: list[tuple[str, str]] = []
        for table in self.found.recognised.layouts:
            if table.index("taken_id") is not None:
                names += ((table.sheet.name, as_text(cell)) for cell in table.cells("taken_id"))
        return Known.of(lines_of(self.found), names)

    def table(self, sheet: Sheet) -> Layout:
        """Its sheet of that name.

        Raises: ReportError, when it has none.
        """
        grid = next((one for one in self.grids if plain(one.sheet) == plain(sheet.name)), None)
        if grid is None or not has_required(sheet, grid, self.configuration.columns):
            needed = listed([column.name for column in sheet.required])
            raise ReportError(
                f"{self.name} has no sheet {sheet.name} with {needed}, as a workbook of reportgen's has; "
                "name one that reportgen wrote, or leave --into out to have a new one written."
            )
        return layout(sheet, grid, self.configuration.columns)

    def with_lines(
        self, lines: Sequence[Line], settings: Mapping[str, Cell], filled: Sequence[Filling]
    ) -> bytes:
        """The bytes of the workbook with the lines on its sheets, settings where it has none, and cells
        filled in.

        Raises: ReportError, when it lacks a sheet, or is written in a way that cannot be added to.
        """
        cells = self._settings(settings)
        touched = [line.sheet for line in lines] + [TOUCHPOINTS] * bool(filled)
        for sheet in dict.fromkeys(touched):
            table = self.table(sheet)
            theirs = [line for line in lines if line.sheet is sheet]
            fills = filled if sheet is TOUCHPOINTS else ()
            cells[table.grid.sheet] = _cells(table, theirs, fills)
        return with_cells(self.content, cells, self.name) if any(cells.values()) else self.content

    def _settings(self, values: Mapping[str, Cell]) -> dict[str, dict[Place, Cell]]:
        """The cells of its sheets of settings for those whose rows are blank there."""
        found: dict[str, dict[Place, Cell]] = {}
        for grid in self.grids:
            if plain(grid.sheet) not in (plain(BUSINESS.name), plain(FINE_TUNING)):
                continue
            for at, row in enumerate(grid.rows, start=1):
                name = setting_named(as_text(row[0])) if row else None
                if name is not None and name in values and not (len(row) > 1 and filled(row[1])):
                    found.setdefault(grid.sheet, {})[at, 2] = values[name]
        return found


def _cells(table: Layout, lines: Sequence[Line], filled: Sequence[Filling]) -> dict[Place, Cell]:
    places = {column.field: index + 1 for index, column, _ in table.columns}
    used = {one.field for one in filled}
    if lines:
        used |= {one for line in lines for one in line.values} | {"taken_from", "taken_id"}
    width = max((len(row) for row in table.grid.rows), default=0)
    found: dict[Place, Cell] = {}
    for column in _missing(table.sheet, used - places.keys()):
        width += 1
        places[column.field] = width
        found[table.header_row + 1, width] = column.name
    row = _last(table) + 1
    for line in lines:
        row += 1
        for one, cell in line.values.items():
            found[row, places[one]] = cell
        found[row, places["taken_from"]] = line.taken_from
        found[row, places["taken_id"]] = line.source_id
    for cell_to_fill in filled:
        found[cell_to_fill.row.row, places[cell_to_fill.field]] = cell_to_fill.value
    return found


def _missing(sheet: Sheet, fields: set[str]) -> list[Column]:
    """The columns to add on the right, where the owner took them away or they are not among ours."""
    found = {column.field: column for column in reversed(sheet.known) if column.field in fields}
    return [column for column in sheet.known if found.get(column.field) is column]


def _last(table: Layout) -> int:
    """The index of the last row in which a column of ours is filled; hers beside do not count."""
    places = [index for index, _, _ in table.columns]
    for at in range(len(table.grid.rows) - 1, table.header_row, -1):
        row = table.grid.rows[at]
        if any(index < len(row) and filled(row[index]) for index in places):
            return at
    return table.header_row


def settings_of(found: Gathered) -> dict[str, Cell]:
    """What a Business sheet among her files says, and the currency that her amounts carry."""
    values: dict[str, Cell] = {}
    if found.settings.currency:
        values["currency"] = found.settings.currency
    for grid in found.recognised.business:
        for row in labelled(grid):
            if row.name is not None and (cell := _cell(row.cell)) is not None:
                values.setdefault(row.name, cell)
    return values


def _cell(value: Value) -> Cell | None:
    if isinstance(value, float):
        return Decimal(number_text(value))
    return as_text(value) or None
