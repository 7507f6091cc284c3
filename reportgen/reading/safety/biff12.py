"""What the records of an .xlsb tell: errors, how far its cells reach, the date system."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from xml.etree import ElementTree

from reportgen.reading.safety.archive import key
from reportgen.reading.safety.biff8 import ERRORS
from reportgen.reading.safety.budget import LAST_CELL, Budget, unsafe
from reportgen.reading.safety.found import Faults, Found, Reach, error
from reportgen.values import dataclass

WORKBOOK = "xl/workbook.bin"
_RELATIONSHIPS = "xl/_rels/workbook.bin.rels"
ALWAYS_READ = ("[Content_Types].xml", _RELATIONSHIPS)
"""Of the parts that are XML; all others are records."""
_NO_CELLS = ("xl/chartsheets/", "xl/dialogsheets/")
"""Where sheets lie that have no cells: the library passes them over."""
_TEXTS = "xl/sharedStrings.bin"
_STYLES = "xl/styles.bin"
MOST_RECORDS = 20_000_000
"""Of all sheets: a full one of five columns has six million."""
MOST_EMPTY = 1_000_000
"""Records without content: a sheet begins and ends some of its parts with them."""
_ROW, _BLANK, _ERROR, _ERROR_OF_FORMULA = 0, 1, 3, 11
_LAST_CELL = 11
_BEGIN_OF_CELLS, _END_OF_CELLS = 145, 146
_SHORTEST = {2: 12, 3: 9, 4: 9, 5: 16, 6: 12, 7: 12, 8: 12, 9: 16, 10: 9, 11: 9}
"""The bytes that a cell of each kind has at least: of a shorter one the library makes another cell."""
_TEXTS_IN_CELLS = (6, 8)
_ROW_FLAGS, _IS_HIDDEN = 11, 0x10
"""The byte of a row's record, and the bit in it."""
_SHARED, _TEXT_ITEM = 7, 19
_WORKBOOK_PROPERTIES, _SHEET, _END_OF_SHEETS = 153, 156, 144
_A_LETTER = 5
"""Bytes of memory that a letter takes at most, once in the library and once in Python."""


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
    """Kind and content of each record. Raises: ValueError, when the last is cut off."""
    at = 0
    while at < len(part):
        low = part[at]
        at += 1
        kind = low
        if low >= 0x80 and at < len(part):
            kind = (low & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        length, at = _variable(part, at, 4)
        if at + length > len(part):
            raise ValueError("a record longer than its part")
        yield kind, part[at : at + length]
        at += length


def _text(record: bytes, at: int) -> tuple[str, int]:
    """A text and where the next thing begins. Raises: ValueError, when it is cut off."""
    (length,) = struct.unpack_from("<I", record, at)
    end = at + 4 + 2 * length
    if end > len(record):
        raise ValueError("half a text")
    return record[at + 4 : end].decode("utf-16-le", "replace"), end


def scan(parts: Mapping[str, bytes], budget: Budget) -> Found:
    """Every sheet's errors and hidden rows.

    Raises: ReportError, when it is more than the budget has; SyntaxError, struct.error or ValueError, when
    a part breaks its format.
    """
    found, records = Found(), _Records(budget)
    relations = ElementTree.fromstring(parts.get(_RELATIONSHIPS, b"<none/>"))
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations.iter()}
    lengths = _lengths(parts[_TEXTS], records) if _TEXTS in parts else []
    parts.get(_STYLES)  # only its checksum matters here
    known: dict[str, _Sheet] = {}
    is_listed = False
    for kind, record in records.of(parts[WORKBOOK]):
        if kind == _WORKBOOK_PROPERTIES and record:
            found.is_1904 = bool(record[0] & 1)
        elif kind == _END_OF_SHEETS:
            is_listed = True
        elif kind == _SHEET:
            if is_listed:
                raise ValueError("a sheet behind the list of sheets")  # the library passes it over
            link, end = _text(record, 8)
            name, _ = _text(record, end)
            part = key("xl/" + targets.get(link, ""))
            if part not in parts or part.startswith(_NO_CELLS):
                continue
            if name in found.faults:
                raise unsafe(budget.name, "it has two sheets of one name")
            if part in known:  # the library reads it again
                budget.inflate(known[part].size)
                records.spend(known[part].records)
            else:
                known[part] = _scan_sheet(parts[part], records, lengths, budget)
            sheet = known[part]
            budget.box(name, sheet.reach, sheet.filled)
            budget.text(sheet.texts)
            found.faults[name], found.hidden_rows[name] = sheet.faults, sheet.hidden
    return found


class _Records:
    """Reads records, and counts those of all parts together."""

    def __init__(self, budget: Budget) -> None:
        self.number = self._empty = 0
        self._name = budget.name

    def spend(self, number: int, empty: int = 0) -> None:
        self.number += number
        self._empty += empty
        if self.number > MOST_RECORDS or self._empty > MOST_EMPTY:
            raise unsafe(self._name, "it has more records than any workbook")

    def of(self, part: bytes) -> Iterator[tuple[int, bytes]]:
        for kind, record in _records(part):
            self.spend(1, not record)
            yield kind, record


@dataclass(slots=True)
class _Sheet:
    faults: Faults = field(default_factory=dict)
    reach: Reach = (0, 0)
    hidden: set[int] = field(default_factory=set)
    filled: int = 0
    texts: int = 0
    size: int = 0
    records: int = 0


def _lengths(part: bytes, records: _Records) -> list[int]:
    """The memory of each text that cells share."""
    found: list[int] = []
    for kind, record in records.of(part):
        if kind == _TEXT_ITEM and len(record) >= 5:
            (letters,) = struct.unpack_from("<I", record, 1)
            found.append(_A_LETTER * min(letters, len(record)))
    return found


def _next(record: bytes, before: int, end: int) -> int:
    """The row or column that a record begins with.

    Raises: ValueError, when it does not follow the one before: a damaged record has become another, and
    the library puts one cell over another, or reads no further.
    """
    at: int = struct.unpack_from("<I", record)[0]
    if not before < at < end:
        raise ValueError("out of order")
    return at


def _scan_sheet(part: bytes, records: _Records, lengths: Sequence[int], budget: Budget) -> _Sheet:
    before = records.number
    sheet = _Sheet(size=len(part))
    has_begun, is_hidden, row, column, last_row, last_column = False, False, -1, -1, 0, 0
    for kind, record in records.of(part):
        if kind == _END_OF_CELLS:
            break
        if kind == _BEGIN_OF_CELLS:
            has_begun = True
        elif kind == _ROW:
            row, column = _next(record, row, LAST_CELL[0]), -1
            is_hidden = len(record) > _ROW_FLAGS and bool(record[_ROW_FLAGS] & _IS_HIDDEN)
        elif _BLANK < kind <= _LAST_CELL:
            if not has_begun or row < 0 or len(record) < _SHORTEST[kind]:
                raise ValueError("half a cell, or one outside of a row")
            if kind in _TEXTS_IN_CELLS:
                _text(record, 8)
            column = _next(record, column, LAST_CELL[1])
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
            sheet.filled += 1
            if is_hidden:
                sheet.hidden.add(row)
            if kind == _SHARED:
                (place,) = struct.unpack_from("<I", record, 8)
                sheet.texts += lengths[place] if place < len(lengths) else 0
            elif kind in (_ERROR, _ERROR_OF_FORMULA):
                budget.fault()
                sheet.faults[row, column] = error(ERRORS.get(record[8], "in this cell"))
            else:
                sheet.texts += _A_LETTER * len(record)
    else:
        raise ValueError("a sheet without an end")
    sheet.reach, sheet.records = (last_row, last_column), records.number - before
    return sheet
