"""Tables as the sheets of an .xlsx file: typed cells, none of which can run anything.

There are no formulas, not even for totals. A preview, a mail program or an import that does not calculate
would show them blank or out of date, and a workbook without any can be promised to be harmless.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from math import ceil
from textwrap import wrap
from typing import TypeVar

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reportgen.values import dataclass
from reportgen.words import NOT_IN_XML, NOT_KNOWN


class Look(StrEnum):
    """How the cells of a column are shown."""

    TEXT = "text"
    PROSE = "prose"
    """Text of several lines."""
    DATE = "date"
    MONTH = "month"
    MONEY = "money"
    HOURS = "hours"
    SHARE = "share"
    COUNT = "count"
    NUMBER = "number"


Cell = str | int | float | Decimal | date | None
"""In a column of figures or dates, text stands in place of the figure (``n/a``). None is a blank cell."""

LONGEST_TEXT = 32_767
"""UTF-16 units, the most that a cell can hold."""

CUT = " … (cut here)"

MOST_ROWS = 1_048_576
"""The most that a sheet can have, its header included."""

_LINE_ENDS = re.compile(r"\r\n?")
_FORMATS: dict[Look, dict[str, object]] = {
    # A step away from the date or figure on its left, which ends at that edge.
    Look.TEXT: {"num_format": "@", "align": "left", "indent": 1},
    Look.PROSE: {"num_format": "@", "align": "left", "indent": 1, "text_wrap": True},
    # 14 and 17 are built in: each spreadsheet program shows them in its reader's own order.
    Look.DATE: {"num_format": 14, "align": "right"},
    Look.MONTH: {"num_format": 17, "align": "right"},
    Look.HOURS: {"num_format": "#,##0.00"},
    Look.SHARE: {"num_format": "0.0%"},
    Look.COUNT: {"num_format": "#,##0"},
    Look.NUMBER: {},
}
_WIDEST: dict[Look, int] = {Look.TEXT: 44, Look.PROSE: 100}
_NARROWEST, _ROOM = 9, 3
_FIGURE_WIDTH = 15
_LINE_HEIGHT = 15
_TALLEST_ROW = 409

_SHEET_OF_PAPER = 230
"""How much width fits on A4 across at some 60 %: smaller print is hard to read."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Column:
    """A column from its header down to its total."""

    title: str
    """Each title stands once in its table."""
    look: Look
    cells: tuple[Cell, ...]
    total: Cell = None
    """Shown in the last row, below the cells; None where a sum would say nothing."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: a header in row 1, a row for each record, and a row of totals where there are any."""

    name: str
    columns: tuple[Column, ...]
    """All of one length. A column in which every cell is blank is left out."""

    @property
    def rows(self) -> int:
        """How many records there are."""
        return len(self.columns[0].cells)


def column(
    title: str, look: Look, of: Sequence[_T], cell: Callable[[_T], Cell], total: Cell = None
) -> Column:
    """A column with a cell for each record."""
    return Column(title, look, tuple(cell(one) for one in of), total)


def share_of(share: float | None) -> Cell:
    """A share to a tenth of a per cent, as a column of shares shows it; n/a where there is none."""
    return NOT_KNOWN if share is None else round(share, 3)


def xlsx(tables: Sequence[Table], title: str, created: date, places: int) -> bytes:
    """The tables as the bytes of one .xlsx file, the same on every call; each has a row or more.

    Money has ``places`` decimals, or up to four where there are more. Each table begins in A1, marked as
    a table, with a frozen header; the row of totals stands below it, outside the filter. Text stays text
    and never becomes a formula, a link or a number. What XML cannot hold becomes U+FFFD, and text that
    is too long for a cell is cut, and says so. Of the file's properties only the title and the day it is
    ``created`` for are set: no author, no company.
    """
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.set_properties({"title": title, "created": datetime.combine(created, time())})
    workbook.set_size(1600, 1100)
    styles = _Styles(workbook, places)
    for table in tables:
        _sheet(workbook.add_worksheet(table.name), table, styles)
    workbook.close()
    return target.getvalue()


class _Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook, places: int) -> None:
        decimals = "." + "0" * places + "#" * (4 - places) if places else ""
        looks = _FORMATS | {Look.MONEY: {"num_format": "#,##0" + decimals}}
        bold = {"bold": True, "top": 1}
        self.cell = {look: workbook.add_format({"valign": "top"} | looks[look]) for look in looks}
        self.total = {look: workbook.add_format(looks[look] | bold) for look in looks}
        self.right = workbook.add_format({"align": "right", "valign": "top"})
        self.total_right = workbook.add_format({"align": "right"} | bold)
        colours = {"bg_color": "#DCE9F3", "font_color": "#0B3D63", "bottom_color": "#0060A8"}
        head = colours | {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}
        self.head = workbook.add_format(head | {"align": "left", "indent": 1})
        self.head_right = workbook.add_format(head | {"align": "right"})


def _sheet(sheet: Worksheet, table: Table, styles: _Styles) -> None:
    columns = [one for one in table.columns if any(cell is not None for cell in one.cells)]
    rows = table.rows
    assert 0 < rows <= MOST_ROWS - 2, f"{table.name} has {rows:,} rows, which no sheet can hold"
    widths = [_width(one) for one in columns]
    heads = [styles.head if _is_text(one) else styles.head_right for one in columns]
    sheet.freeze_panes(1, 1 if len(columns) > 2 else 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    across = ceil(sum(widths) / _SHEET_OF_PAPER)
    sheet.fit_to_pages(across, 0)
    if across > 1:
        sheet.repeat_columns(0)
    lines = (
        ceil(len(one.title) / (width - _ROOM)) for one, width in zip(columns, widths, strict=True)
    )
    sheet.set_row(0, _LINE_HEIGHT * (1 + max(lines)))
    for row in range(rows):
        if (
            tall := max(_lines(one, row, width) for one, width in zip(columns, widths, strict=True))
        ) > 1:
            # Excel makes room for wrapped text by itself; LibreOffice prints it over the next row.
            sheet.set_row(1 + row, min(_LINE_HEIGHT * tall, _TALLEST_ROW))
    for at, (column, width, head) in enumerate(zip(columns, widths, heads, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, column.title, head)
        for row, cell in enumerate(column.cells, start=1):
            _write(sheet, row, at, cell, styles.cell[column.look], styles.right, column)
    headers = [
        {"header": one.title, "header_format": head}
        for one, head in zip(columns, heads, strict=True)
    ]
    sheet.add_table(
        *(0, 0, rows, len(columns) - 1),
        {"name": table.name.replace(" ", "_") + "_table", "columns": headers, "style": None},
    )
    if any(one.total is not None for one in columns):
        for at, one in enumerate(columns):
            total = "Total" if at == 0 else one.total
            last = rows + 1
            sheet.write_blank(last, at, None, styles.total[one.look])  # one line above all of them
            _write(sheet, last, at, total, styles.total[one.look], styles.total_right, one)


def _write(
    sheet: Worksheet, row: int, at: int, cell: Cell, style: Format, right: Format, column: Column
) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, at, harmless(cell), style if _is_text(column) else right)
    elif isinstance(cell, date):
        sheet.write_datetime(row, at, datetime.combine(cell, time()), style)
    else:
        sheet.write_number(row, at, float(cell) + 0.0, style)  # + 0.0: there is no −0


def _is_text(column: Column) -> bool:
    return column.look in (Look.TEXT, Look.PROSE)


def harmless(text: str) -> str:
    """The text as a cell can hold it: characters that XML cannot hold, line ends and length are mended."""
    kept = NOT_IN_XML.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    units = kept.encode("utf-16-le")
    if len(units) > 2 * LONGEST_TEXT:
        room = 2 * (LONGEST_TEXT - len(CUT))
        kept = units[:room].decode("utf-16-le", errors="ignore") + CUT
    # XlsxWriter takes such a text for markup of its own, and writes it into the XML as it stands.
    return kept + " " if kept.startswith("<r>") and kept.endswith("</r>") else kept


def _lines(column: Column, row: int, width: int) -> int:
    """How many lines the cell takes; 1 where its text does not wrap."""
    cell = column.cells[row]
    if column.look is not Look.PROSE or not isinstance(cell, str):
        return 1
    return sum(max(1, len(wrap(line, width))) for line in harmless(cell).split("\n"))


def _width(column: Column) -> int:
    """The width that holds the longest word of the header, and the cells up to a limit."""
    word = max(len(part) for part in column.title.split())
    if not _is_text(column):
        return max(_FIGURE_WIDTH, word + _ROOM)
    cells = max((len(cell) for cell in column.cells if isinstance(cell, str)), default=0)
    return max(_NARROWEST, word + _ROOM, min(_WIDEST[column.look], cells + _ROOM))
