"""What other readers find in a file, to hold against what the program reads of it.

openpyxl reads .xlsx; of the other kinds there are small readers here, strict and slow, which follow the
published format and share no line with the program. Each gives the same: sheet → (row, column), from
0 → value. A reader that cannot tell raises an error.
"""

from __future__ import annotations

import io
import math
import re
import struct
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

from reportgen.reading.cells import Grid
from reportgen.reading.safety.found import UNCALCULATED, Fault

Rows = dict[tuple[int, int], Any]
Sheets = dict[str, Rows]
FAULT, NO_RESULT = "(an error)", "(a formula without a result)"
_NOT_A_NUMBER = "(not a number)"
_EPOCH = datetime.fromisoformat("1899-12-30")


class Broken(Exception):
    """The file breaks its own format."""


def normal(value: Any) -> Any:
    """A value in one form for all readers; None where the cell is blank.

    A day is a moment, a time of day and a length of time are seconds, a number is a float.
    """
    match value:
        case Fault():
            return NO_RESULT if value == UNCALCULATED else FAULT
        case bool():
            return value
        case int() | float():
            return float(value) if math.isfinite(value) else _NOT_A_NUMBER
        case datetime():
            return ("day", _to_the_millisecond(value).isoformat())
        case date():
            return ("day", datetime.combine(value, time.min).isoformat())
        case time():
            return ("seconds", value.hour * 3600 + value.minute * 60 + value.second)
        case timedelta():
            return ("seconds", round(value.total_seconds()))
        case str():
            return value.strip() or None  # one library keeps outer white space, another does not
    return value


def same(ours: Sheets, theirs: Sheets) -> bool:
    """Whether two readings say the same."""
    if ours.keys() != theirs.keys():
        return False
    return all(
        _alike(ours[name].get(at), theirs[name].get(at))
        for name in ours
        for at in ours[name].keys() | theirs[name].keys()
    )


def _alike(ours: Any, theirs: Any) -> bool:
    """Whether two values are the same, or neither is a day: python-calamine makes days of what is none.

    Both say "no date" further on, where the number before the first day has another name.
    """
    if ours == theirs:
        return True
    if (ours, theirs) == (59.0, 60.0):  # the 29 February 1900 of spreadsheets
        return True
    is_none = isinstance(theirs, str) or (isinstance(theirs, float) and theirs < 1)
    return is_none and (ours in (("seconds", 0), 0.0) or _before_all_days(ours))


def _before_all_days(value: Any) -> bool:
    match value:
        case ("day", str(moment)):
            return moment < "1900"
        case float():
            return value < 1
    return False


def _to_the_millisecond(when: datetime) -> datetime:
    return when + timedelta(microseconds=round(when.microsecond, -3) - when.microsecond)


def read_by_us(grids: Sequence[Grid]) -> Sheets:
    """What the program found."""
    return {grid.sheet: _rows(grid.rows) for grid in grids}


def _rows(rows: Sequence[Sequence[Any]]) -> Rows:
    return {
        (at, column): found
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
        if (found := normal(cell)) is not None
    }


# Workbooks by openpyxl ---------------------------------------------------------------------------


def read_by_openpyxl(content: bytes) -> Sheets:
    """An .xlsx or .xlsm; a formula without a saved value is told from a blank cell."""
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        has_formulas = any(b"<f" in archive.read(one) for one in archive.namelist())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(content)) if has_formulas else None
    found: Sheets = {}
    for sheet in values.worksheets:
        rows: Rows = {}
        for (row, column), cell in sheet._cells.items():
            value = FAULT if cell.data_type == "e" else normal(cell.value)
            # An empty text that was calculated is a result; openpyxl cannot tell it from none.
            if value is None and formulas is not None:
                written = formulas[sheet.title].cell(row, column)
                value = NO_RESULT if written.data_type == "f" else None
            if value is not None:
                rows[row - 1, column - 1] = value
        found[sheet.title] = rows
    return found


_SHEET_PARTS = re.compile(r"/?(?:xl/)?(.*)")


def read_openxml(content: bytes) -> Sheets:
    """An .xlsx by its parts, cell by cell, without formats: a day is the number that it is written as.

    It reads what openpyxl gives up, such as a number that is none, which is a text here.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    links = {
        one.get("Id"): one.get("Target", "")
        for one in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    texts = [
        _openxml_text(item)
        for item in ElementTree.fromstring(parts.get("xl/sharedStrings.xml", b"<none/>"))
        if _local(item) == "si"
    ]
    found: Sheets = {}
    for sheet in ElementTree.fromstring(parts["xl/workbook.xml"]).iter():
        if _local(sheet) == "sheet":
            link = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
            part = parts["xl/" + _SHEET_PARTS.fullmatch(links[link])[1]]  # type: ignore[index]
            if sheet.get("name") in found:
                raise Broken
            found[sheet.get("name", "")] = _openxml_sheet(ElementTree.fromstring(part), texts)
    return found


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def _openxml_text(element: ElementTree.Element) -> str:
    """The texts of an item, those of its runs joined; how it is pronounced is left out.

    White space around the text of a run counts where the file says so, as Excel has it; openpyxl keeps it
    always.
    """
    said = ""
    for one in element:
        if _local(one) == "t":
            text = "".join(one.itertext())
            said += text if one.get(_PRESERVE) == "preserve" else text.strip(" \t\r\n")
        elif _local(one) == "r":
            said += _openxml_text(one)
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda at: chr(int(at[1], 16)), said)


def _openxml_sheet(sheet: ElementTree.Element, texts: Sequence[str]) -> Rows:
    rows: Rows = {}
    row = 0
    for line in sheet.iter():
        if _local(line) != "row":
            continue
        row = int(line.get("r", row + 1))
        column = 0
        for cell in line:
            if _local(cell) != "c":
                continue
            at = re.fullmatch(r"([A-Z]{1,3})([1-9]\d*)", cell.get("r", ""))
            if at is None and "r" in cell.attrib:
                raise Broken
            place = row, column + 1
            if at is not None:
                column = 0
                for letter in at[1]:
                    column = column * 26 + ord(letter) - 64
                place = int(at[2]), column
            column = place[1]
            value = _openxml_value(cell, texts)
            if value is not None:
                rows[place[0] - 1, column - 1] = value
    return rows


def _openxml_value(cell: ElementTree.Element, texts: Sequence[str]) -> Any:
    kind = cell.get("t", "n")
    inside = {_local(one): one for one in cell}
    said = inside["v"].text if "v" in inside else None
    if "is" in inside:
        return normal(_openxml_text(inside["is"]))
    if said is None:
        return NO_RESULT if "f" in inside and not (kind == "str" and "v" in inside) else None
    match kind:
        case "s":
            return normal(texts[int(said)])
        case "str":
            return normal(said)
        case "inlineStr":
            return None
        case "e":
            return FAULT
        case "b":
            return said not in ("0", "false")
        case "d":
            with suppress(ValueError):
                return normal(datetime.fromisoformat(said))
            return normal(said)
        case "n":
            with suppress(ValueError):
                if re.fullmatch(r"[-+.0-9eE]+|[-+]?(?:nan|inf|infinity)", said, re.IGNORECASE):
                    return normal(float(said))
            return normal(said)
    raise Broken


# OpenDocument ------------------------------------------------------------------------------------

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_OFFICE, _TABLE, _TEXT = (f"{{{name}}}" for name in _NAMES.values())
_LENGTH = re.compile(r"P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?")
_VALUES = {
    "float": f"{_OFFICE}value",
    "percentage": f"{_OFFICE}value",
    "currency": f"{_OFFICE}value",
    "date": f"{_OFFICE}date-value",
    "time": f"{_OFFICE}time-value",
    "boolean": f"{_OFFICE}boolean-value",
    "string": "",
}
_MOST_REPEATS = 10_000


def read_opendocument(content: bytes) -> Sheets:
    """An .ods by its content.xml, cell by cell."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = ElementTree.fromstring(archive.read("content.xml"))
    if tree.find(f".//{_TABLE}table") is None:
        raise Broken
    return {table.get(f"{_TABLE}name", ""): _table(table) for table in tree.iter(f"{_TABLE}table")}


def _table(table: ElementTree.Element) -> Rows:
    rows: Rows = {}
    at = 0
    for line in table.iter(f"{_TABLE}table-row"):
        cells = {}
        column = 0
        for cell in line:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            many = _repeats(cell, "number-columns-repeated")
            value = _opendocument_value(cell)
            if value is not None:
                if many > _MOST_REPEATS:
                    raise Broken
                cells |= dict.fromkeys(range(column, column + many), value)
            column += many
        many = _repeats(line, "number-rows-repeated")
        if cells:
            if many > _MOST_REPEATS:
                raise Broken
            rows |= {(at + n, c): value for n in range(many) for c, value in cells.items()}
        at += many
    return rows


def _repeats(element: ElementTree.Element, name: str) -> int:
    said = element.get(f"{_TABLE}{name}", "1")
    if not said.strip().isascii() or int(said) < 1:
        raise Broken
    return int(said)


def _opendocument_value(cell: ElementTree.Element) -> Any:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind not in _VALUES or (kind != "string" and not cell.get(_VALUES[kind])):
        # Words that are not the value of the cell.
        return FAULT if "".join(cell.itertext()).strip() else None
    said = cell.get(f"{_OFFICE}value", "")
    match kind:
        case "float" | "percentage" | "currency":
            return normal(float(said))
        case "date":
            day = cell.get(f"{_OFFICE}date-value", "")
            with suppress(ValueError):
                return normal(datetime.fromisoformat(day))
            return normal(day)
        case "time":
            found = _LENGTH.fullmatch(cell.get(f"{_OFFICE}time-value", ""))
            if found is None:
                raise Broken
            days, hours, minutes, seconds = (int(one or 0) for one in found.groups())
            return ("seconds", ((days * 24 + hours) * 60 + minutes) * 60 + seconds)
        case "boolean":
            return {"true": True, "false": False}[cell.get(f"{_OFFICE}boolean-value", "")]
    text = cell.get(f"{_OFFICE}string-value")
    if text is None:
        paragraphs = [one for one in cell if one.tag == f"{_TEXT}p"]
        text = "\n".join(map(_paragraph, paragraphs))
    return normal(text)


_SPACE, _TAB, _BREAK = "\ue000", "\ue001", "\ue002"
"""Signs that stand for elements, until white space is counted: that of the elements stays."""
_WRITTEN = str.maketrans({_SPACE: " ", _TAB: "\t", _BREAK: "\n"})


def _paragraph(element: ElementTree.Element) -> str:
    """The words of a paragraph: any white space in the XML is one space, and none at either end."""
    said = re.sub("[ \t\r\n]+", " ", "".join(_said(element)))
    return said.strip(" ").translate(_WRITTEN)


def _said(element: ElementTree.Element) -> Iterator[str]:
    if element.tag == f"{_TEXT}s":
        yield _SPACE * int(element.get(f"{_TEXT}c", "1"))
    elif element.tag == f"{_TEXT}tab":
        yield _TAB
    elif element.tag == f"{_TEXT}line-break":
        yield _BREAK
    yield element.text or ""
    for one in element:
        yield from _said(one)
        yield one.tail or ""


# Records of Excel --------------------------------------------------------------------------------


def serials(sheets: Sheets) -> Sheets:
    """The same with days as the numbers that a record has: the second reader knows no formats."""
    return {name: {at: _serial(one) for at, one in rows.items()} for name, rows in sheets.items()}


def _serial(value: Any) -> Any:
    match value:
        case ("day", str(moment)):
            days = (datetime.fromisoformat(moment) - _EPOCH) / timedelta(1)
            return round(days - (days < 61), 6)  # there was no 29 February 1900
        case ("seconds", float() | int() as seconds):
            return round(seconds / 86_400, 6)
        case float():
            return round(value, 6) if math.isfinite(value) else _NOT_A_NUMBER
        case str():
            return normal(value)
    return value


def biff8_records(stream: bytes) -> list[tuple[int, bytes]]:
    """All records of a stream, in order."""
    found, at = [], 0
    while stream[at:].strip(b"\0"):  # it is filled up with zeros
        if at + 4 > len(stream):
            raise Broken
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise Broken
        found.append((kind, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return found


def _rk(number: int) -> float:
    value = (
        float(number >> 2 if number < 1 << 31 else (number >> 2) - (1 << 30))
        if number & 2
        else struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))[0]
    )
    return value / 100 if number & 1 else value


def read_biff8(stream: bytes) -> Sheets:
    """The workbook stream of an .xls; its table of texts stands in one record."""
    names: dict[int, str] = {}
    texts: list[str] = []
    offset = 0
    starts: dict[int, int] = {}
    kinds: set[int] = set()
    records = biff8_records(stream)
    for number, (kind, record) in enumerate(records):
        starts[offset] = number
        offset += 4 + len(record)
        if 0xA in kinds:  # behind the end of what is said of the whole workbook
            continue
        kinds.add(kind)
        if kind == 0x85:
            at, _, length, wide = struct.unpack_from("<IHBB", record)
            names[at] = record[8:].decode("utf-16-le" if wide & 1 else "latin-1")[:length]
        elif kind == 0xFC:
            texts = list(_shared_texts(record))
    return {
        name: _biff8_sheet(records[starts[at] :], texts)
        for at, name in names.items()
        if at in starts or _no_sheet()
    }


def _no_sheet() -> bool:
    raise Broken


def _shared_texts(record: bytes) -> Iterator[str]:
    (many,) = struct.unpack_from("<I", record, 4)
    at = 8
    for _ in range(many):
        length, flags = struct.unpack_from("<HB", record, at)
        at += 3
        runs = extra = 0
        if flags & 8:
            (runs,) = struct.unpack_from("<H", record, at)
            at += 2
        if flags & 4:
            (extra,) = struct.unpack_from("<I", record, at)
            at += 4
        end = at + length * (1 + (flags & 1))
        if end + 4 * runs + extra > len(record):
            raise Broken
        yield record[at:end].decode("utf-16-le" if flags & 1 else "latin-1")
        at = end + 4 * runs + extra


def _biff8_sheet(records: Sequence[tuple[int, bytes]], texts: Sequence[str]) -> Rows:
    rows: Rows = {}
    if records[0][0] != 0x809:
        raise Broken
    for kind, record in records[1:]:
        if kind == 0xA:
            return {at: value for at, value in rows.items() if normal(value) is not None}
        if kind in (0x203, 0x27E, 0xFD, 0x205, 0xBD, 0x6):
            row, column = struct.unpack_from("<HH", record)
        match kind:
            case 0x203:
                rows[row, column] = struct.unpack_from("<d", record, 6)[0]
            case 0x27E:
                rows[row, column] = _rk(*struct.unpack_from("<I", record, 6))
            case 0xFD:
                rows[row, column] = texts[struct.unpack_from("<I", record, 6)[0]]
            case 0x205:
                rows[row, column] = FAULT if record[7] else bool(record[6])
            case 0xBD:
                for at in range((len(record) - 6) // 6):
                    rows[row, column + at] = _rk(*struct.unpack_from("<I", record, 6 + 6 * at))
            case 0x6:
                rows[row, column] = struct.unpack_from("<d", record, 6)[0]
    raise Broken


def biff12_records(part: bytes) -> list[tuple[int, bytes]]:
    """All records of a part of an .xlsb, in order."""
    found, at = [], 0
    while at < len(part):
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | _byte(part, at) << 7
            at += 1
        length, shift = 0, 0
        while True:
            byte = _byte(part, at)
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift == 28:
                break
        if at + length > len(part):
            raise Broken
        found.append((kind, part[at : at + length]))
        at += length
    return found


def _byte(part: bytes, at: int) -> int:
    if at >= len(part):
        raise Broken
    return part[at]


def _biff12_text(record: bytes, at: int) -> str:
    (length,) = struct.unpack_from("<I", record, at)
    end = at + 4 + 2 * length
    if end > len(record):
        raise Broken
    return record[at + 4 : end].decode("utf-16-le")


def read_biff12(content: bytes) -> Sheets:
    """An .xlsb without shared texts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    links = {
        one.get("Id"): f"xl/{one.get('Target')}"
        for one in ElementTree.fromstring(parts["xl/_rels/workbook.bin.rels"])
    }
    found: Sheets = {}
    is_listed = False
    for kind, record in biff12_records(parts["xl/workbook.bin"]):
        is_listed = is_listed or kind == 144
        if kind == 156 and is_listed:
            raise Broken
        if kind == 156:
            link = _biff12_text(record, 8)
            name = _biff12_text(record, 12 + 2 * len(link))
            found[name] = _biff12_sheet(parts[links[link]])
    return found


def _biff12_sheet(part: bytes) -> Rows:
    rows: Rows = {}
    row = None
    for kind, record in biff12_records(part):
        if kind == 0:
            (row,) = struct.unpack_from("<I", record)
        elif kind == 146:
            return {at: value for at, value in rows.items() if normal(value) is not None}
        elif 2 <= kind <= 11:
            if row is None:
                raise Broken
            column = struct.unpack_from("<I", record)[0]
            if column > 0x3FFF:
                raise Broken
            rows[row, column] = _biff12_value(kind, record)
    raise Broken


def _biff12_value(kind: int, record: bytes) -> Any:
    match kind:
        case 2:
            return _rk(*struct.unpack_from("<I", record, 8))
        case 3 | 11:
            return FAULT
        case 4 | 10:
            return bool(record[8])
        case 5 | 9:
            return struct.unpack_from("<d", record, 8)[0]
        case 6 | 8:
            return _biff12_text(record, 8)
    raise Broken


# Text --------------------------------------------------------------------------------------------


def read_csv(text: str, delimiter: str) -> Sheets:
    """A .csv, letter by letter: quotes only around a whole cell, doubled inside."""
    rows: Rows = {}
    row = column = at = 0
    while at < len(text):
        if text[at] == '"':
            end, said = at + 1, ""
            while True:
                close = text.find('"', end)
                if close < 0:
                    raise Broken
                said += text[end:close]
                if text[close : close + 2] != '""':
                    break
                said, end = said + '"', close + 2
            at = close + 1
            if at < len(text) and text[at] not in (delimiter, "\r", "\n"):
                raise Broken
        else:
            ends = [found for one in (delimiter, "\r", "\n") if (found := text.find(one, at)) >= 0]
            end = min(ends, default=len(text))
            said, at = text[at:end], end
        if said.strip():
            rows[row, column] = said.strip()
        column += 1
        if text[at : at + 1] in ("\r", "\n"):
            row, column = row + 1, 0
            at += text[at : at + 2] == "\r\n"
        at += 1
    return {"": rows}
