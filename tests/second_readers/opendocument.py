"""What stands in an .ods."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from second_readers.values import FAULT, Broken, Rows, Sheets, normal

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
