"""What stands in an .xlsx: by openpyxl, and by a reader of its parts."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from second_readers.values import FAULT, NO_RESULT, Broken, Rows, Sheets, normal


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
