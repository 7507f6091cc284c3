"""The records of .xlsb and .xls, damaged."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import partial

import fuzz_books as books
import second_readers as readers

from fuzz_cases.case import AsReadBy, Case, Chance, flipped
from fuzz_cases.workbooks import AsItStands


def biff12(records: Sequence[tuple[int, bytes]]) -> bytes:
    """The part that the records make."""
    made = b""
    for kind, body in records:
        made += bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length = len(body)
        while True:
            made += bytes([length & 0x7F | (0x80 if length >> 7 else 0)])
            length >>= 7
            if not length:
                break
        made += body
    return made


def damaged_xlsb(number: int, chance: Chance) -> Case:
    """Records or bytes of an .xlsb are damaged; a strict reader says what then stands in it."""
    content = books.workbook(".xlsb")
    parts = books.unzipped(content)
    part = chance.one([one for one in parts if one.endswith(".bin")])
    if chance.one((True, True, False)):
        how, records = _records_damaged(readers.biff12_records(parts[part]), chance, _BIFF12_KINDS)
        parts[part] = biff12(records)
    else:
        how, parts[part] = _bytes_damaged(parts[part], chance)
    damaged = books.zipped(parts)
    return Case(
        number,
        f"xlsb, {part}: {how}",
        ".xlsb",
        damaged,
        AsItStands(".xlsb", damaged, content),
    )


_BIFF12_KINDS = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    19,
    129,
    130,
    145,
    146,
    148,
    153,
    156,
    500,
)
_BIFF8_KINDS = (
    0x6,
    0xA,
    0x22,
    0x2F,
    0x3C,
    0x85,
    0xBD,
    0xFC,
    0xFD,
    0x200,
    0x203,
    0x205,
    0x208,
    0x27E,
    0x809,
)


def _records_damaged(
    records: list[tuple[int, bytes]], chance: Chance, kinds: Sequence[int]
) -> tuple[str, list[tuple[int, bytes]]]:
    at = chance.place(records)
    kind, body = records[at]
    match chance.draw.randrange(8):
        case 0:
            del records[at]
            return f"record {at} ({kind}) out", records
        case 1:
            records.insert(at, (kind, body))
            return f"record {at} ({kind}) twice", records
        case 2:
            other = chance.place(records)
            records[at], records[other] = records[other], records[at]
            return f"records {at} and {other} swapped", records
        case 3:
            other = chance.one(kinds)
            records[at] = (other, body)
            return f"record {at} ({kind}) as {other}", records
        case 4:
            cut = chance.draw.randrange(len(body) + 1)
            records[at] = (kind, body[:cut])
            return f"record {at} ({kind}) cut to {cut}", records
        case 5:
            records[at] = (kind, body + bytes(chance.draw.randrange(1, 40)))
            return f"record {at} ({kind}) longer", records
        case 6:
            records.insert(at, (chance.one((0x1FF, 0xFFF)), chance.draw.randbytes(9)))
            return f"an unknown record before {at}", records
    how, body = _bytes_damaged(body, chance) if body else ("nothing", body)
    records[at] = (kind, body)
    return f"record {at} ({kind}): {how}", records


def _bytes_damaged(content: bytes, chance: Chance) -> tuple[str, bytes]:
    at = chance.place(content)
    changed = bytearray(content)
    match chance.draw.randrange(4):
        case 0:
            return f"a bit at {at}", flipped(content, at, chance)
        case 1:
            changed[at] = chance.one((0, 1, 0x7F, 0x80, 0xFE, 0xFF))
            return f"byte {at} as {changed[at]}", bytes(changed)
        case 2:
            changed[at : at + 4] = chance.one((b"\xff" * 4, bytes(4), b"\xff\xff\xff\x7f"))
            return f"four bytes at {at}", bytes(changed)
    length = chance.draw.randrange(1, 30)
    return f"{length} bytes at {at} out", content[:at] + content[at + length :]


def damaged_xls(number: int, chance: Chance) -> Case:
    """Records or bytes of an .xls are damaged; a strict reader says what then stands in it."""
    records = readers.biff8_records(books.xls_stream(books.workbook(".xls")))
    stream = biff8(records)
    how = "nothing"
    match chance.draw.randrange(4):
        case 0 | 1:
            how, records = _records_damaged(records, chance, _BIFF8_KINDS)
            stream = biff8(records)
        case 2:
            how, stream = _bytes_damaged(stream, chance)
        case 3:
            return _compound(number, chance)
    return Case(
        number,
        f"xls: {how}",
        ".xls",
        books.as_xls(stream),
        AsReadBy(
            (lambda: readers.read_biff8(stream),),
            partial(readers.serials, is_1904=readers.counts_from_1904(stream)),
        ),
    )


def biff8(records: Sequence[tuple[int, bytes]]) -> bytes:
    """The stream of the records, with the sheets where the workbook says that they are."""
    starts, offset = [], 0
    for kind, body in records:
        if kind == 0x809 and body[2:4] == b"\x10\x00":
            starts.append(offset)
        offset += 4 + len(body)
    made, sheets = b"", iter(starts)
    for kind, body in records:
        if kind == 0x85 and len(body) > 4:
            body = struct.pack("<I", next(sheets, 0)) + body[4:]
        made += struct.pack("<HH", kind, len(body)) + body
    return made


def _compound(number: int, chance: Chance) -> Case:
    """The compound file around the stream is damaged: where its bytes lie is then another question."""
    content = books.workbook(".xls")
    stream = books.xls_stream(content)
    header, rest = range(8, 512), range(len(content) - 1024, len(content))
    at = chance.one((*header, *rest))
    changed = bytearray(content)
    changed[at] = chance.one((0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF))
    return Case(
        number,
        f"xls: byte {at} of {len(content)} of the compound file as {changed[at]}",
        ".xls",
        bytes(changed),
        AsReadBy((lambda: readers.read_biff8(stream),), readers.serials),
    )
