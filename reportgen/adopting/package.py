"""Cells put into an .xlsx file where it has none, and nothing else in it changed.

No library writes a workbook as it was: charts, pictures, drop-downs, the results of formulas get lost. So
the text of the few parts concerned is added to, and every other part stays byte for byte. Where a file
is written in a way that this does not understand, it is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from posixpath import dirname, join, normpath
from xml.etree import ElementTree
from xml.sax.saxutils import escape, unescape

from reportgen.adopting.lines import Cell
from reportgen.problems import ReportError, column_letters
from reportgen.values import dataclass

Place = tuple[int, int]
"""Row and column, from 1."""
LONGEST_TEXT = 32_767
"""Characters that a spreadsheet holds in a cell."""
_ROOM = 1000
"""How many rows below the last one the drop-downs reach when they have to be made longer."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ROW = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_ATTRIBUTE = re.compile(r'(\w[\w:]*)="([^"]*)"')
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LETTERS_OF_A_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_DATE, _TIME = 14, 20
"""The built-in formats of a day and of a time of day."""


def with_cells(content: bytes, sheets: Mapping[str, Mapping[Place, Cell]], name: str) -> bytes:
    """The workbook with the cells in it, each where nothing stood; drop-downs reach down to them.

    The same input gives the same bytes.

    Raises: ReportError, when the file is no .xlsx, is written in an unusual way, or a cell is filled.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [(one, archive.read(one)) for one in archive.infolist()]
            parts = {one.filename: data for one, data in members}
            changed = _changed(parts, sheets)
    except (KeyError, ValueError, ElementTree.ParseError, UnicodeDecodeError, zipfile.BadZipFile):
        raise ReportError(
            f"{name} is written in a way that rows cannot be added to; open it in your spreadsheet "
            "program, save it as .xlsx, and try again."
        ) from None
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members:
            archive.writestr(member, changed.get(member.filename, data))
    return made.getvalue()


def _changed(
    parts: Mapping[str, bytes], sheets: Mapping[str, Mapping[Place, Cell]]
) -> dict[str, bytes]:
    where = _parts_of_sheets(parts)
    styles = _Styles(parts["xl/styles.xml"].decode())
    epoch = _epoch(parts["xl/workbook.xml"])
    book = parts["xl/workbook.xml"].decode()
    changed: dict[str, bytes] = {}
    for sheet, cells in sheets.items():
        if not cells:
            continue
        part = where[sheet]
        text = parts[part].decode()
        last = max(row for row, _ in cells)
        changed[part] = _Sheet(text, styles, epoch).with_cells(cells).encode()
        for table in _tables(parts, part):
            changed[table] = _reaching(parts[table].decode(), r' ref="([^"]+)"', last, 0).encode()
        book = _filter_reaching(book, sheet, last)
    changed["xl/styles.xml"] = styles.text().encode()
    changed["xl/workbook.xml"] = book.encode()
    return changed


def _relations(parts: Mapping[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """Id → the kind of a relation, and the part that it leads to."""
    folder, _, name = part.rpartition("/")
    data = parts.get(f"{folder}/_rels/{name}.rels")
    if data is None:
        return {}
    return {
        one.attrib["Id"]: (
            one.attrib["Type"].rpartition("/")[2],
            one.attrib["Target"].lstrip("/")
            if one.attrib["Target"].startswith("/")
            else normpath(join(dirname(part), one.attrib["Target"])),
        )
        for one in ElementTree.fromstring(data)
    }


def _parts_of_sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    relations = _relations(parts, "xl/workbook.xml")
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    return {
        one.attrib["name"]: relations[one.attrib[f"{_OFFICE}id"]][1]
        for one in book.iter(f"{_MAIN}sheet")
    }


def _tables(parts: Mapping[str, bytes], part: str) -> list[str]:
    return [to for kind, to in _relations(parts, part).values() if kind == "table"]


def _epoch(book: bytes) -> date:
    properties = ElementTree.fromstring(book).find(f"{_MAIN}workbookPr")
    old = properties is not None and properties.attrib.get("date1904") in ("1", "true")
    return date(1904, 1, 1) if old else date(1899, 12, 30)


# Styles ------------------------------------------------------------------------------------------
class _Styles:
    """The formats of the workbook; a format for days and one for times are added where they are needed."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = re.search(r"<cellXfs\b([^>]*)>(.*?)</cellXfs>", text, re.DOTALL)
        if found is None:
            raise ValueError("no formats")
        self._inside = found[2]
        root = ElementTree.fromstring(text)
        own = {
            int(one.attrib["numFmtId"]): one.attrib["formatCode"]
            for one in root.iter(f"{_MAIN}numFmt")
        }
        formats = root.find(f"{_MAIN}cellXfs")
        assert formats is not None
        self._dates = [
            number in _BUILT_IN_DATES
            or bool(_LETTERS_OF_A_DATE.search(_QUOTED.sub("", own.get(number, ""))))
            for number in (int(one.attrib.get("numFmtId", "0")) for one in formats)
        ]
        self._count = len(self._dates)
        self._added: list[int] = []

    def fitting(self, style: str | None, cell: Cell) -> str | None:
        """The style for a cell: the one of its place, unless a day would show as a number in it."""
        if not isinstance(cell, date | time):
            return style
        if style is not None and self._dates[int(style)]:
            return style
        number = _DATE if isinstance(cell, date) else _TIME
        if number not in self._added:
            self._added.append(number)
        return str(self._count + self._added.index(number))

    def text(self) -> str:
        """The part with what was added."""
        if not self._added:
            return self._text
        more = "".join(
            f'<xf numFmtId="{one}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
            for one in self._added
        )
        return re.sub(
            r"<cellXfs\b[^>]*>.*?</cellXfs>",
            lambda _: (
                f'<cellXfs count="{self._count + len(self._added)}">{self._inside}{more}</cellXfs>'
            ),
            self._text,
            count=1,
            flags=re.DOTALL,
        )


# Sheets ------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Row:
    attributes: str
    cells: dict[int, str]


class _Sheet:
    """The text of one worksheet."""

    def __init__(self, text: str, styles: _Styles, epoch: date) -> None:
        found = re.search(r"<sheetData\s*/>|<sheetData>(.*?)</sheetData>", text, re.DOTALL)
        if found is None or "<!" in text:
            raise ValueError("no rows, or a comment among them")
        self._before, self._after = text[: found.start()], text[found.end() :]
        self._inside = found[1] or ""
        self._styles, self._epoch = styles, epoch
        self._columns: list[tuple[int, int, str]] = [
            (int(one["min"]), int(one["max"]), one["style"])
            for one in (
                dict(_ATTRIBUTE.findall(attributes))
                for attributes in re.findall(r"<col\b([^>]*)/>", self._before)
            )
            if "style" in one
        ]

    def with_cells(self, cells: Mapping[Place, Cell]) -> str:
        """The text with the cells in it.

        Raises: ValueError, when one of them is filled.
        """
        by_row: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(cells.items()):
            by_row.setdefault(row, {})[column] = cell
        rows: list[str] = []
        number = end = 0
        for found in _ROW.finditer(self._inside):
            attributes = dict(_ATTRIBUTE.findall(found[1]))
            number = int(attributes.get("r", number + 1))
            rows += (self._row(one, by_row.pop(one)) for one in [*by_row] if one < number)
            theirs = by_row.pop(number, None)
            as_it_was = found[0]
            rows.append(as_it_was if theirs is None else self._joined(number, found, theirs))
            end = found.end()
        if self._inside[end:].strip():
            raise ValueError("something else among the rows")
        rows += (self._row(one, theirs) for one, theirs in by_row.items())
        last = max(row for row, _ in cells)
        widest = max(column for _, column in cells)
        before = _dimension(self._before, last, widest)
        after = _reaching(self._after, r'<autoFilter ref="([^"]+)"', last, 0)
        after = _reaching(after, r'<dataValidation\b[^>]*? sqref="([^"]+)"', last, _ROOM)
        after = _reaching(after, r'<conditionalFormatting\b[^>]*? sqref="([^"]+)"', last, _ROOM)
        return f"{before}<sheetData>{''.join(rows)}</sheetData>{after}"

    def _joined(self, number: int, found: re.Match[str], cells: Mapping[int, Cell]) -> str:
        """A row that is there, with the cells in it; formats that stand there stay."""
        theirs: dict[int, tuple[str, str | None]] = {}
        column = end = 0
        for one in _CELL.finditer(found[2] or ""):
            attributes = dict(_ATTRIBUTE.findall(one[1]))
            place = re.match(r"[A-Z]+", attributes.get("r", ""))
            column = _number(place[0]) if place else column + 1
            if column in cells and one[2]:
                raise ValueError("a cell that is filled")
            theirs[column] = (one[0], attributes.get("s"))
            end = one.end()
        if (found[2] or "")[end:].strip():
            raise ValueError("something else in a row")
        row_style = dict(_ATTRIBUTE.findall(found[1])).get("s")
        made = {column: text for column, (text, _) in theirs.items()}
        for column, cell in cells.items():
            style = theirs[column][1] if column in theirs else row_style
            made[column] = self._cell((number, column), cell, style or self._style(column))
        kept = re.sub(r'\s*\bspans="[^"]*"', "", found[1])
        return f"<row{kept}>{''.join(made[one] for one in sorted(made))}</row>"

    def _row(self, number: int, cells: Mapping[int, Cell]) -> str:
        made = (self._cell((number, at), cell, self._style(at)) for at, cell in cells.items())
        return f'<row r="{number}">{"".join(made)}</row>'

    def _style(self, column: int) -> str | None:
        return next((style for low, high, style in self._columns if low <= column <= high), None)

    def _cell(self, place: Place, cell: Cell, style: str | None) -> str:
        fitting = self._styles.fitting(style, cell)
        look = f' s="{fitting}"' if fitting is not None else ""
        at = f'r="{column_letters(place[1])}{place[0]}"{look}'
        match cell:
            case str():
                return (
                    f'<c {at} t="inlineStr"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
                )
            case date():
                number = str((cell - self._epoch).days)
            case time():
                seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
                number = repr(seconds / 86_400)
            case Decimal():
                number = f"{cell:f}"
            case _:
                number = str(cell)
        return f"<c {at}><v>{number}</v></c>"


def _text(text: str) -> str:
    return escape(_ESCAPED.sub("_x005F_", _CONTROL.sub("", text)[:LONGEST_TEXT]))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _dimension(text: str, last: int, widest: int) -> str:
    def wider(found: re.Match[str]) -> str:
        first, _, end = found[1].partition(":")
        there = re.fullmatch(r"([A-Z]+)(\d+)", end or first)
        if there is None:
            return found[0]
        column = column_letters(max(widest, _number(there[1])))
        return f'<dimension ref="{first}:{column}{max(last, int(there[2]))}"'

    return re.sub(r'<dimension ref="([^"]+)"', wider, text, count=1)


def _reaching(text: str, pattern: str, last: int, room: int) -> str:
    """The text with ranges that begin above the row made to reach down to it."""

    def longer(found: re.Match[str]) -> str:
        start, end = found.span(1)
        offset = found.start()
        ranges = " ".join(_longer(one, last, room) for one in found[1].split(" "))
        return found[0][: start - offset] + ranges + found[0][end - offset :]

    return re.sub(pattern, longer, text)


def _longer(written: str, last: int, room: int) -> str:
    found = _RANGE.fullmatch(written)
    if found is None or int(found[4]) >= last or int(found[4]) == int(found[2]):
        return written
    return written[: found.start(4)] + str(last + room)


def _filter_reaching(book: str, sheet: str, last: int) -> str:
    """The names of the workbook, with the range of the sheet's filter reaching down to the row."""

    def longer(found: re.Match[str]) -> str:
        title, _, written = unescape(found[2]).rpartition("!")
        if title.strip("'").replace("''", "'") != sheet:
            return found[0]
        return f"{found[1]}{escape(title)}!{_longer(written, last, 0)}{found[3]}"

    pattern = r'(<definedName name="_xlnm\._FilterDatabase"[^>]*>)([^<]*)(</definedName>)'
    return re.sub(pattern, longer, book)
