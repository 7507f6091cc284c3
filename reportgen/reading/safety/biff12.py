"""What the records of an .xlsb tell: errors, how far its cells reach, the date system."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from xml.etree import ElementTree

from reportgen.reading.safety.biff8 import ERRORS
from reportgen.reading.safety.found import Faults, Found, Reach, error

WORKBOOK = "xl/workbook.bin"
_RELATIONSHIPS = "xl/_rels/workbook.bin.rels"
ALWAYS_READ = ("[Content_Types].xml", _RELATIONSHIPS)
"""Of the parts that are XML; all others are records."""
MOST_RECORDS = 20_000_000
"""Of one sheet: a full one of five columns has six million."""
MOST_EMPTY = 1_000_000
"""Records without content: a sheet begins and ends some of its parts with them."""
_ROW, _BLANK, _ERROR, _ERROR_OF_FORMULA = 0, 1, 3, 11
_LAST_CELL = 11
_ROW_FLAGS, _IS_HIDDEN = 11, 0x10
"""The byte of a row's record, and the bit in it."""
_WORKBOOK_PROPERTIES, _SHEET = 153, 156


def _variable(part: bytes, at: int, longest: int) -> tuple[int, int]:
    """A number written in seven bits a byte, and where the next thing begins."""
    value = 0
    for step in range(longest):
        if at >= len(part):
            break
        byte = part[at]
        at += 1
        value |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            break
    return value, at


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        low = part[at]
        at += 1
        kind = low
        if low >= 0x80 and at < len(part):
            kind = (low & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        length, at = _variable(part, at, 4)
        yield kind, part[at : at + length]
        at += length


def _text(record: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", record, at)
    end = at + 4 + 2 * length
    return record[at + 4 : end].decode("utf-16-le", "replace"), end


class TooMany(Exception):
    """The file has more records than a workbook can have."""


def scan(parts: dict[str, bytes]) -> Found:
    """Every sheet's errors, reach and hidden rows; a part that breaks its format is looked at up to there.

    Raises: TooMany, when a sheet has more records than any sheet of a workbook.
    """
    found = Found()
    try:
        targets = {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in ElementTree.fromstring(parts.get(_RELATIONSHIPS, b"<none/>"))
        }
    except SyntaxError:
        return found
    for kind, record in _records(parts[WORKBOOK]):
        if kind == _WORKBOOK_PROPERTIES and record:
            found.is_1904 = bool(record[0] & 1)
        elif kind == _SHEET and len(record) > 12:
            link, end = _text(record, 8)
            name, _ = _text(record, end)
            part = posixpath.normpath(posixpath.join("xl", targets.get(link, ""))).lstrip("/")
            if part in parts:
                faults, reach, hidden = _scan_sheet(parts[part])
                found.faults[name], found.reach[name] = faults, reach
                found.hidden_rows[name] = hidden
    return found


def _scan_sheet(part: bytes) -> tuple[Faults, Reach, set[int]]:
    faults: Faults = {}
    hidden: set[int] = set()
    is_hidden = False
    row, last_row, last_column, empty = 0, 0, 0, 0
    for number, (kind, record) in enumerate(_records(part)):
        empty += not record
        if number > MOST_RECORDS or empty > MOST_EMPTY:
            raise TooMany
        if kind == _ROW and len(record) >= 4:
            (row,) = struct.unpack_from("<I", record)
            is_hidden = len(record) > _ROW_FLAGS and bool(record[_ROW_FLAGS] & _IS_HIDDEN)
        elif _BLANK < kind <= _LAST_CELL and len(record) >= 8:
            (column,) = struct.unpack_from("<I", record)
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
            if is_hidden:
                hidden.add(row)
            if kind in (_ERROR, _ERROR_OF_FORMULA) and len(record) > 8:
                faults[row, column] = error(ERRORS.get(record[8], "in this cell"))
    return faults, (last_row, last_column), hidden
