"""What stands in the records of an .xls and an .xlsb."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any
from xml.etree import ElementTree

from second_readers.values import FAULT, Broken, Rows, Sheets, normal


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


def counts_from_1904(stream: bytes) -> bool:
    """Whether the workbook of a stream counts its days from 1904 on."""
    is_1904 = False
    with suppress(Broken):
        for kind, record in biff8_records(stream):
            if kind == 0xA:  # behind it are the sheets
                break
            if kind == 0x22:
                is_1904 = record[:2] == b"\1\0"
    return is_1904


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
    inside = 0  # of a chart that lies in the sheet, with cells that are its own
    for kind, record in records[1:]:
        if kind == 0x809 and record[2:4] == b"\x10\0":
            raise Broken
        if kind == 0xA and not inside:
            return {at: value for at, value in rows.items() if normal(value) is not None}
        inside += (kind == 0x809) - (kind == 0xA)
        if inside:
            continue
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
