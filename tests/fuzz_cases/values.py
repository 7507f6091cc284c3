"""Workbooks with another value in one cell."""

from __future__ import annotations

import re
import struct

import fuzz_books as books
import second_readers as readers
from second_readers import Sheets

from fuzz_cases.case import AsReadBy, Case, Chance
from fuzz_cases.records import biff12
from fuzz_cases.workbooks import ODS, XLSB, XLSX, read


def with_another_value(number: int, chance: Chance) -> Case:
    """The value of one cell is another; every other cell is as it was."""
    name, suffix, book = chance.one((*XLSX, ODS, XLSB))
    if suffix == ".ods":
        return _a_value_of_ods(number, chance)
    if suffix == ".xlsb":
        return _a_value_of_xlsb(number, chance)
    content = book()
    parts = books.unzipped(content)
    part = chance.one([one for one in parts if "sheets/sheet" in one])
    text = parts[part].decode()
    numbers = re.compile(r'(<c r="([A-Z])(\d+)"(?: s="\d+")?(?: t="n")?><v>)([\d.]+)(</v>)')
    found = chance.one(list(numbers.finditer(text)))
    value = chance.one((41000, 42000, 45000)) + chance.draw.randrange(900)
    parts[part] = (text[: found.start(4)] + str(value) + text[found.end(4) :]).encode()
    sheet = "Touchpoints" if part.endswith("sheet1.xml") else "Sales"
    at = (int(found[3]) - 1, ord(found[2]) - 65)
    return Case(
        number,
        f"{name}, {sheet} {found[2]}{found[3]}: {value}",
        suffix,
        books.zipped(parts),
        AsReadBy(
            (lambda: _with(_as_serials(suffix, content), sheet, at, float(value)),), readers.serials
        ),
        False,
    )


def _as_serials(suffix: str, content: bytes) -> Sheets:
    return readers.serials(read(suffix, content))


def _with(sheets: Sheets, sheet: str, at: tuple[int, int], value: object) -> Sheets:
    return {**sheets, sheet: {**sheets[sheet], at: value}}


def _a_value_of_ods(number: int, chance: Chance) -> Case:
    content = books.workbook(".ods")
    parts = books.unzipped(content)
    text = parts["content.xml"].decode()
    found = chance.one(list(re.finditer(r'office:value="([\d.]+)"', text)))
    value = round(chance.draw.uniform(10, 9999), 2)
    before = [one[1] for one in re.finditer(r'office:value="([\d.]+)"', text)].index(found[1])
    parts["content.xml"] = (text[: found.start(1)] + str(value) + text[found.end(1) :]).encode()
    base = readers.read_opendocument(content)
    places = [
        (sheet, at)
        for sheet, rows in base.items()
        for at, one in sorted(rows.items())
        if one == float(found[1])
    ]
    same = [one[1] for one in re.finditer(r'office:value="([\d.]+)"', text)].count(found[1])
    assert len(places) == same == 1, "the numbers of the book are all different"
    assert before >= 0
    ((sheet, at),) = places
    return Case(
        number,
        f"ods, {sheet} {at}: {value}",
        ".ods",
        books.zipped(parts),
        AsReadBy((lambda: _with(base, sheet, at, value),)),
        False,
    )


def _a_value_of_xlsb(number: int, chance: Chance) -> Case:
    content = books.workbook(".xlsb")
    parts = books.unzipped(content)
    records = readers.biff12_records(parts["xl/worksheets/sheet1.bin"])
    at = chance.one([n for n, (kind, _) in enumerate(records) if kind == 5])
    body = records[at][1]
    value = round(chance.draw.uniform(1, 50_000), 2)
    records[at] = (5, body[:8] + struct.pack("<d", value))
    row = next(struct.unpack("<I", b[:4])[0] for kind, b in reversed(records[:at]) if kind == 0)
    place = (row, struct.unpack_from("<I", body)[0])
    parts["xl/worksheets/sheet1.bin"] = biff12(records)
    return Case(
        number,
        f"xlsb, Touchpoints {place}: {value}",
        ".xlsb",
        books.zipped(parts),
        AsReadBy(
            (lambda: _with(_as_serials(".xlsb", content), "Touchpoints", place, value),),
            readers.serials,
        ),
        False,
    )
