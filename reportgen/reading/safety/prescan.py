"""The look at a file before the spreadsheet library reads it: is it safe, and what will be missed?

The library shows an error, and a formula that was never calculated, as a blank cell; and a file of two
kilobytes can make it take all of a machine's memory. So the file's bytes are looked at first: what it
really is, how far it unfolds, how far its cells reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from reportgen.problems import Cell, ReportError
from reportgen.reading.safety import archive, biff8, biff12, opendocument, openxml
from reportgen.reading.safety.found import EPOCH_1900, Faults, Found, Reach

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
OPEN_MARK = "~$"
"""The name of the small file that Excel lays beside an open workbook begins so."""
WIDEST_BOX = 16_000_000
"""Cells in the rectangles from A1 to the last filled cell of all sheets: the library holds them in memory.

A full sheet of five columns has five million.
"""
LONGEST_TEXTS = 1_000_000_000
"""Bytes of the texts of all cells."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What the library may read, and what it will miss."""

    content: bytes
    """The file, changed only where the library would stumble."""
    faults: dict[str, Faults] = field(default_factory=dict)
    """By sheet."""
    epoch: date = EPOCH_1900
    """Day 0 of the serial numbers."""
    hidden_rows: dict[str, frozenset[int]] = field(default_factory=dict)
    """By sheet, from 0."""


def scan(content: bytes, name: str) -> Scan:
    """What has to be known of a workbook before it is read.

    In .xlsx, .xlsm and .ods it finds errors and uncalculated formulas; in .xlsb and .xls errors alone,
    because their formulas always have a saved value.

    Raises: ReportError, when it is no workbook, or is protected by a password, damaged or unsafe.
    """
    if content.startswith(ZIP):
        return _zipped(content, name)
    if content.startswith(OLE):
        return _compound(content, name)
    if name.startswith(OPEN_MARK):
        raise ReportError(
            f"{name} is not the workbook but the mark that it is open in a spreadsheet program; "
            f"name the workbook itself, {name.removeprefix(OPEN_MARK)}."
        )
    kinds = {
        b"%PDF": "a PDF",
        b"{\\rtf": "a text document",
        b"PK": "a damaged archive",
        b"<": "a web page or an XML file",
        b"\x89PNG": "a picture",
        b"\xff\xd8": "a picture",
    }
    kind = next((what for start, what in kinds.items() if content.lstrip().startswith(start)), None)
    raise ReportError(
        f"{name} is not a workbook{f' but {kind}' if kind else ''}, whatever its name says; "
        "save it as .xlsx from your spreadsheet program."
    )


def _zipped(content: bytes, name: str) -> Scan:
    parts = archive.parts(content, name)
    if "content.xml" in parts:
        return _opendocument(content, parts, name)
    if openxml.WORKBOOK in parts:
        return _openxml(content, parts, name)
    if biff12.WORKBOOK in parts:
        _refuse_strange_xml(parts, biff12.ALWAYS_READ, name)
        try:
            found = biff12.scan(parts)
        except biff12.TooMany:
            raise archive.unsafe(name, "it has more records than any workbook") from None
        return _checked(found, content, name)
    raise ReportError(
        f"{name} is not a workbook but another kind of archive, whatever its name says; "
        "save it as .xlsx from your spreadsheet program."
    )


def _refuse_strange_xml(parts: dict[str, bytes], read: Iterable[str], name: str) -> None:
    """Refuse XML that a spreadsheet program never writes, in the parts that are read.

    An ordinary workbook has other parts, such as a query in UTF-16, which do no harm.

    Raises: ReportError, when a part declares a document type of its own or is in UTF-16.
    """
    looked_at = {part.casefold() for part in read}
    for part, xml in parts.items():
        if part.casefold() not in looked_at:
            continue
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise archive.unsafe(name, "it declares a document type of its own")
        if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise archive.unsafe(name, "a part of it is in UTF-16, which is not read reliably")


def _openxml(content: bytes, parts: dict[str, bytes], name: str) -> Scan:
    _refuse_strange_xml(parts, openxml.ALWAYS_READ, name)
    try:
        _refuse_strange_xml(parts, openxml.sheet_parts(parts), name)
        sheets = openxml.sheets(parts)
    except (SyntaxError, KeyError, ValueError):
        raise archive.damaged(name) from None
    if openxml.declares_too_many_texts(parts):
        raise archive.unsafe(name, "it declares more texts than it has")
    found = Found(is_1904=openxml.is_1904(parts))
    hidden: dict[str, frozenset[int]] = {}
    changed: dict[str, bytes] = {}
    left = WIDEST_BOX
    for sheet, part in sheets.items():
        rows, columns = found.reach[sheet] = openxml.reach(parts[part], left)
        left -= rows * columns
        _refuse_wide(found.reach, name)
    if openxml.unfolded_texts(parts, sheets.values()) > LONGEST_TEXTS:
        raise archive.unsafe(name, "it repeats a long text in very many cells")
    for sheet, part in sheets.items():
        xml = parts[part]
        found.faults[sheet] = openxml.faults(xml)
        hidden[sheet] = openxml.hidden_rows(xml)
        readable = openxml.with_known_errors(xml)
        if readable != xml:
            changed[part] = readable
    if changed:
        content = archive.replaced(content, changed)
    return Scan(content, found.faults, found.epoch, hidden)


def _opendocument(content: bytes, parts: dict[str, bytes], name: str) -> Scan:
    _refuse_strange_xml(parts, opendocument.ALWAYS_READ, name)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise archive.protected(name)
    if opendocument.repeats_spaces_without_end(parts["content.xml"]):
        raise archive.unsafe(name, "it repeats a space more often than any text does")
    if opendocument.hides_a_number(parts["content.xml"]):
        raise archive.unsafe(name, "it spells a number as no spreadsheet program does")
    found = opendocument.scan(parts["content.xml"])
    if not found.reach:
        raise ReportError(
            f"{name} is not a workbook but another kind of document, whatever its name says; "
            "save it as .ods from your spreadsheet program."
        )
    return _checked(found, content, name)


def _compound(content: bytes, name: str) -> Scan:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise archive.protected(name)
    try:
        found = biff8.scan(content)
    except (ValueError, IndexError, KeyError):
        raise archive.damaged(name) from None
    if found is None:
        raise ReportError(
            f"{name} is not a workbook but another kind of document, whatever its name says; "
            "save it as .xlsx from your spreadsheet program."
        )
    if found.protected:
        raise archive.protected(name)
    return _checked(found, content, name)


def _checked(found: Found, content: bytes, name: str) -> Scan:
    _refuse_wide(found.reach, name)
    hidden = {sheet: frozenset(rows) for sheet, rows in found.hidden_rows.items()}
    return Scan(content, found.faults, found.epoch, hidden)


def _refuse_wide(reach: dict[str, Reach], name: str) -> None:
    """Raises: ReportError, when the cells of the sheets reach further than the memory may hold."""
    cells = 0
    for sheet, (rows, columns) in reach.items():
        cells += rows * columns
        if cells > WIDEST_BOX:
            raise ReportError(
                f"{name} was not read, to be safe: sheet “{sheet}” reaches as far as "
                f"{Cell(sheet, rows, columns)}; delete the stray cells, rows and columns "
                "beyond your list, and save it again."
            )
