"""Tables as files of every kind that the program reads, written as other programs write them."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Cell = str | float | date | None

_EPOCH = date(1899, 12, 30)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@dataclass(frozen=True)
class Sheet:
    """One table, and what a person did to it."""

    name: str
    rows: Sequence[Sequence[Cell]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    """From 0."""
    merged: tuple[tuple[int, int, int], ...] = ()
    """(first row, last row, column), from 0; the first row has the value."""


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write a workbook; its kind is that of the path's suffix."""
    {
        ".xlsx": _xlsx,
        ".xlsm": _xlsm,
        ".xls": _xls,
        ".ods": _ods,
        ".xlsb": _xlsb,
    }[path.suffix](path, sheets)


def write_csv(path: Path, sheet: Sheet, delimiter: str = ",", encoding: str = "utf-8") -> None:
    """Write one table as text; a day as ISO, a number without needless zeros."""
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows([_texts(row) for row in sheet.rows])
    path.write_bytes(made.getvalue().encode(encoding))


def _texts(row: Sequence[Cell]) -> list[str]:
    return [
        "" if cell is None else f"{cell:.15g}" if isinstance(cell, float) else str(cell)
        for cell in row
    ]


def _xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    workbook = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    for sheet in sheets:
        written = workbook.add_worksheet(sheet.name)
        for at, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    written.write_string(at, column, cell)
                elif cell is not None:
                    written.write(at, column, cell)
        for first, last, column in sheet.merged:
            written.merge_range(first, column, last, column, sheet.rows[first][column])
        for at in sheet.hidden_rows:
            written.set_row(at, None, None, {"hidden": True})
        if sheet.hidden:
            written.hide()
    next(one for one in workbook.worksheets() if not one.hidden).activate()
    workbook.close()


def _xlsm(path: Path, sheets: Sequence[Sheet]) -> None:
    """An .xlsx that says of itself that it may have macros."""
    plain = io.BytesIO()
    _xlsx(plain, sheets)  # type: ignore[arg-type]
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(_PLAIN.encode(), _MACROS.encode()))


def _xls(path: Path, sheets: Sequence[Sheet]) -> None:
    workbook = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for sheet in sheets:
        written = workbook.add_sheet(sheet.name)
        covered = {
            (at, column) for first, last, column in sheet.merged for at in range(first, last + 1)
        }
        for at, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                if cell is None or (at, column) in covered:
                    continue
                style = day if isinstance(cell, date) else xlwt.Style.default_style
                written.write(at, column, cell, style)
        for first, last, column in sheet.merged:
            written.write_merge(first, last, column, column, sheet.rows[first][column])
        for at in sheet.hidden_rows:
            written.row(at).hidden = True
        written.visibility = int(sheet.hidden)
    workbook.active_sheet = next(at for at, one in enumerate(sheets) if not one.hidden)
    workbook.save(path)


def _ods(path: Path, sheets: Sequence[Sheet]) -> None:
    document = OpenDocumentSpreadsheet()
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(unseen)
    for sheet in sheets:
        style = {"stylename": unseen} if sheet.hidden else {}
        table = Table(name=sheet.name, **style)
        spans = {(first, column): last + 1 - first for first, last, column in sheet.merged}
        below = {
            (at, column)
            for first, last, column in sheet.merged
            for at in range(first + 1, last + 1)
        }
        for at, row in enumerate(sheet.rows):
            hidden = {"visibility": "collapse"} if at in sheet.hidden_rows else {}
            line = TableRow(**hidden)
            for column, cell in enumerate(row):
                if (at, column) in below:
                    line.addElement(CoveredTableCell())
                    continue
                span = spans.get((at, column))
                line.addElement(ods_cell(cell, {"numberrowsspanned": span} if span else {}))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(path)


def ods_cell(cell: Cell, attributes: Mapping[str, object]) -> TableCell:
    """A cell as LibreOffice writes it."""
    kind: dict[str, object] = {}
    if isinstance(cell, float):
        kind = {"valuetype": "float", "value": repr(cell)}
    elif isinstance(cell, date):
        kind = {"valuetype": "date", "datevalue": cell.isoformat()}
    elif cell is not None:
        kind = {"valuetype": "string"}
    element = TableCell(**kind, **attributes)
    if cell is not None:
        element.addElement(P(text=str(cell)))
    return element


def _xlsb(path: Path, sheets: Sequence[Sheet]) -> None:
    made = {
        one.name: [
            [(cell - _EPOCH).days if isinstance(cell, date) else cell for cell in row]
            for row in one.rows
        ]
        for one in sheets
    }
    path.write_bytes(xlsb(made, hidden={one.name: one.hidden_rows for one in sheets}))


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        byte, length = length & 0x7F, length >> 7
        size += bytes([byte | 0x80 if length else byte])
        if not length:
            return head + size + body


def _text(text: str) -> bytes:
    coded = text.encode("utf-16-le")
    return struct.pack("<I", len(coded) // 2) + coded


def _cell(kind: int, column: int, body: bytes) -> bytes:
    return _record(kind, struct.pack("<II", column, 0) + body)


def _xlsb_sheet(rows: Sequence[Sequence[str | float | None]], hidden: Collection[int]) -> bytes:
    width = max(map(len, rows), default=1)
    made = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1))
    made += _record(145)
    for number, row in enumerate(rows):
        flags = 0x10 if number in hidden else 0  # fDyZero, behind height and outline level
        made += _record(0, struct.pack("<I", number) + bytes(7) + bytes([flags]) + bytes(13))
        for column, value in enumerate(row):
            if isinstance(value, str) and value.startswith("#"):
                made += _cell(3, column, b"\x2a")
            elif isinstance(value, str):
                made += _cell(6, column, _text(value))
            elif value is not None:
                made += _cell(5, column, struct.pack("<d", value))
    return made + _record(146) + _record(130)


def xlsb(
    sheets: Mapping[str, Sequence[Sequence[str | float | None]]],
    is_1904: bool = False,
    hidden: Mapping[str, Collection[int]] | None = None,
) -> bytes:
    """A workbook of texts and numbers; no library writes this format, so the records of [MS-XLSB] are
    written here. A text that begins with # is the error #N/A. ``hidden`` are rows of a sheet, from 0.
    """
    bundles = [
        _record(156, struct.pack("<II", 0, number) + _text(f"rId{number}") + _text(name))
        for number, name in enumerate(sheets, start=1)
    ]
    book = (
        _record(131)
        + _record(153, struct.pack("<II", int(is_1904), 0) + _text("ThisWorkbook"))
        + _record(143)
        + b"".join(bundles)
        + _record(144)
        + _record(132)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(sheets) + 1)
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="bin" '
            'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        )
        archive.writestr("xl/workbook.bin", book)
        for number, (name, rows) in enumerate(sheets.items(), start=1):
            part = _xlsb_sheet(rows, (hidden or {}).get(name, ()))
            archive.writestr(f"xl/worksheets/sheet{number}.bin", part)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        )
    return made.getvalue()
