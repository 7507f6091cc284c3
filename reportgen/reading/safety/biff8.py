"""What the records of an .xls tell: errors, how far its cells reach, the date system, a password.

An .xls is a small file system (a compound file) with the workbook as one of its streams: a list of
records. Its formulas always have a saved value.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from reportgen.reading.safety.budget import Budget, unsafe
from reportgen.reading.safety.found import Faults, Found, error

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_FORMULA, _END, _DATE_MODE, _FILE_PASS, _SHEET, _ERROR, _BEGIN = (
    0x6,
    0xA,
    0x22,
    0x2F,
    0x85,
    0x205,
    0x809,
)
_CELLS = {_FORMULA: 20, _ERROR: 8, 0xBD: 12, 0xD6: 8, 0xFD: 10, 0x203: 14, 0x204: 8, 0x27E: 10}
"""The records of filled cells, and the bytes that each has at least: of a shorter one the library makes no
cell, or another. The numbers are runs of numbers, rich and shared text, number, text, and short number."""
_ROW, _ROW_FLAGS, _IS_HIDDEN = 0x208, 12, 0x20
"""The record of a row, the byte of it, and the bit in that."""
_OF_CELLS = b"\x10\0"
"""What a sheet's beginning says of it; charts lie in sheets, too."""
_TEXTS, _CONTINUE, _SHARED, _DIMENSIONS = 0xFC, 0x3C, 0xFD, 0x200
_A_LETTER = 5
"""Bytes of memory that a letter takes at most, once in the library and once in Python."""
MOST_COLUMNS = 256
_LAST_SECTOR = 0xFFFFFFF0
"""Numbers from here on are marks, not sectors."""


def scan(content: bytes, budget: Budget) -> Found | None:
    """Every sheet's errors and hidden rows; of a protected workbook only that.

    None when it is no workbook.

    Raises: ReportError, when it is more than the budget has; ValueError, IndexError, KeyError or
    struct.error, when the file breaks its own format.
    """
    stream = _workbook_stream(content)
    return None if stream is None else _scan_records(stream, budget)


def _chain(first: int, table: list[int]) -> Iterator[int]:
    """The sectors of a chain.

    Raises: ValueError, when it is a circle: the library would go round for ever.
    """
    sector = first
    for _ in range(len(table) + 1):
        if sector >= _LAST_SECTOR:
            return
        yield sector
        sector = table[sector]
    raise ValueError("a chain that leads to itself")


def _workbook_stream(content: bytes) -> bytes | None:
    """The records of the workbook; None when the compound file holds none."""
    if len(content) < 512:
        raise ValueError("shorter than a header")
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise ValueError("no sector has this size")

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    def numbers(block: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))

    directory, cutoff, mini_first = (
        struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60)
    )
    tables = [n for n in numbers(content[76:512]) if n < _LAST_SECTOR]
    more = struct.unpack_from("<I", content, 68)[0]
    seen: set[int] = set()
    while more < _LAST_SECTOR:
        if more in seen:
            raise ValueError("a list that leads to itself")
        seen.add(more)
        *listed, more = numbers(sector(more))
        tables += [n for n in listed if n < _LAST_SECTOR]
    if len(set(tables)) < len(tables):
        raise ValueError("a sector listed twice")
    table = [number for at in tables for number in numbers(sector(at))]
    entries = b"".join(sector(n) for n in _chain(directory, table))
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(entries) - 127, 128):
        length, kind = struct.unpack_from("<HB", entries, start + 64)
        name = entries[start : start + max(0, length - 2)].decode("utf-16-le", "replace")
        if kind in (2, 5):
            found.setdefault(name, struct.unpack_from("<II", entries, start + 116))
    at = found.get("Workbook") or found.get("Book")
    if at is None:
        return None
    first, length = at
    if length >= cutoff:
        return b"".join(sector(n) for n in _chain(first, table))[:length]
    mini = b"".join(sector(n) for n in _chain(found["Root Entry"][0], table))
    mini_table = [n for at in _chain(mini_first, table) for n in numbers(sector(at))]
    return b"".join(mini[n * 64 : (n + 1) * 64] for n in _chain(first, mini_table))[:length]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record from there on. Raises: ValueError, when the last is cut off."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise ValueError("a record longer than its stream")
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _scan_records(stream: bytes, budget: Budget) -> Found:
    found = Found()
    sheets: dict[str, int] = {}
    lengths: list[int] = []
    texts: list[bytes] = []
    in_texts = False
    for kind, record in _records(stream, 0):
        if kind == _FILE_PASS:
            found.protected = True
            return found
        in_texts = kind == _TEXTS or (in_texts and kind == _CONTINUE)
        if in_texts:
            texts.append(record)
        elif kind == _DATE_MODE:
            found.is_1904 = record[:2] == b"\x01\x00"
        elif kind == _SHEET and len(record) > 8:
            offset, _, length, wide = struct.unpack_from("<IHBB", record)
            letters = record[8 : 8 + length * (2 if wide & 1 else 1)]
            name = letters.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
            if name in sheets or offset in sheets.values():
                raise unsafe(budget.name, "it has one sheet twice")
            sheets[name] = offset
        elif kind == _END:
            break
    lengths = _lengths(texts)
    for name, offset in sheets.items():
        found.faults[name], found.hidden_rows[name] = _scan_sheet(
            stream, offset, name, lengths, budget
        )
    return found


def _lengths(texts: Sequence[bytes]) -> list[int]:
    """The memory of each text of the table, which may go on in further records.

    Where a text goes on in the next record, a byte says anew how wide its letters are. As many belong to
    the table as it says.

    Raises: ValueError, when the last text is cut off, or there are fewer.
    """
    found: list[int] = []
    if not texts:
        return found
    (many,) = struct.unpack_from("<I", texts[0], 4)
    record, at, more = texts[0], 8, iter(texts[1:])
    while len(found) < many:
        if at + 3 > len(record):
            record, at = next(more, b""), 0
            if not record:
                raise ValueError("fewer texts than it says")
            continue
        letters, flags = struct.unpack_from("<HB", record, at)
        at += 3
        runs, extra = 0, 0
        if flags & 8 and at + 2 <= len(record):
            (runs,) = struct.unpack_from("<H", record, at)
            at += 2
        if flags & 4 and at + 4 <= len(record):
            (extra,) = struct.unpack_from("<I", record, at)
            at += 4
        found.append(_A_LETTER * letters)
        wide = flags & 1
        while (have := max(0, len(record) - at) >> wide) < letters:
            letters -= have
            record, at = _goes_on(more), 1
            wide = record[0] & 1
        at += letters << wide
        rest = 4 * runs + extra
        while at + rest > len(record):
            rest -= max(0, len(record) - at)
            record, at = _goes_on(more), 0
        at += rest
    return found


def _goes_on(more: Iterator[bytes]) -> bytes:
    """The next record of the table. Raises: ValueError, when there is none, and a text is cut off."""
    record = next(more, b"")
    if not record:
        raise ValueError("half a text")
    return record


def _scan_sheet(
    stream: bytes, offset: int, name: str, lengths: Sequence[int], budget: Budget
) -> tuple[Faults, set[int]]:
    found: Faults = {}
    hidden: set[int] = set()
    filled: set[int] = set()
    depth, last_row, last_column, cells, texts = 0, 0, 0, 0, 0
    records = _records(stream, offset)
    for kind, record in records:
        if kind == _BEGIN:
            if depth and record[2:4] == _OF_CELLS:
                raise ValueError("a sheet in a sheet")
            depth += 1
        elif depth <= 0:
            raise ValueError("a sheet without a beginning")
        elif kind == _END:
            if record:
                raise ValueError("an end with something in it")
            depth -= 1
            if depth == 0:
                _refuse_more(records)
                break
        elif depth > 1:
            continue  # a chart, with numbers of its own; the library passes it over
        elif kind == _DIMENSIONS:
            # The library makes room for as many cells as this says; in older files rows have two bytes.
            form = "<HHHH" if len(record) == 10 else "<IIHH"
            first, last, left, right = struct.unpack_from(form, record)
            if first > last or left > right:
                raise ValueError("a sheet that ends before it begins")
            if last > first and right > left:
                budget.room(name, (last, right), (last - first) * (right - left))
        elif kind == _ROW and len(record) > _ROW_FLAGS:
            if record[_ROW_FLAGS] & _IS_HIDDEN:
                hidden.add(struct.unpack_from("<H", record)[0])
        elif kind in _CELLS:
            if len(record) < _CELLS[kind]:
                raise ValueError("half a cell")
            row, column = struct.unpack_from("<HH", record)
            cells += 1
            last_row, last_column = max(last_row, row + 1), max(last_column, column + 1)
            filled.add(row)
            if kind == _SHARED:
                (place,) = struct.unpack_from("<I", record, 6)
                texts += lengths[place]
            code = _error_code(kind, record)
            if code is not None and column < MOST_COLUMNS:
                budget.fault()
                found[row, column] = error(ERRORS.get(code, "in this cell"))
            else:  # some programs write a cell anew behind itself: the last counts
                found.pop((row, column), None)
    else:
        raise ValueError("a sheet without an end")
    budget.box(name, (last_row, last_column), cells)
    budget.text(texts)
    return found, hidden & filled


def _refuse_more(records: Iterator[tuple[int, bytes]]) -> None:
    """Raises: ValueError, when there is more of a sheet behind its end, which nobody would read."""
    kind, record = next(records, (_BEGIN, b""))
    if kind != _BEGIN and (kind or record):  # another sheet begins, or zeros fill the stream up
        raise ValueError("more of a sheet behind its end")


def _error_code(kind: int, record: bytes) -> int | None:
    if kind == _ERROR and len(record) >= 8 and record[7]:
        return record[6]
    if kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2:
        return record[8]
    return None
