"""The look at a file before the spreadsheet library reads it: is it safe, and what will be missed?

The library shows an error, and a formula that was never calculated, as a blank cell; and a file of two
kilobytes can make it take all of a machine's memory. So the file's bytes are looked at first: what it
really is, how far it unfolds, how far its cells reach.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from xml.parsers import expat

from reportgen.problems import ReportError
from reportgen.reading.safety import biff8, biff12, opendocument, openxml
from reportgen.reading.safety.archive import Parts, protected
from reportgen.reading.safety.budget import Budget, damaged, unsafe
from reportgen.reading.safety.cells import Extent
from reportgen.reading.safety.found import EPOCH_1900, EPOCH_1904, Faults, Found
from reportgen.values import dataclass

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_ENCODING = re.compile(rb"\s*<\?xml\b[^<>]*?\bencoding\s*=\s*[\"']([^\"']*)")
OPEN_MARK = "~$"
"""The name of the small file that Excel lays beside an open workbook begins so."""


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
    sheets: Sequence[opendocument.Sheet] = ()
    """Of an .ods, which needs no library."""


def scan(content: bytes, name: str) -> Scan:
    """What has to be known of a workbook before it is read.

    In .xlsx and .xlsm it finds errors and uncalculated formulas; in .xlsb and .xls errors alone,
    because their formulas always have a saved value. An .ods is read as a whole.

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
    budget = Budget(name)
    parts = Parts(content, budget)
    _refuse_strange_xml(parts, (openxml.RELATIONS,), name)
    try:
        named = openxml.names(parts)
    except SyntaxError:
        raise damaged(name) from None
    kinds = [part for part in (named.workbook, biff12.WORKBOOK, "content.xml") if part in parts]
    if len(kinds) > 1:
        raise unsafe(name, "it is several kinds of workbook at once")
    if "content.xml" in parts:
        return _opendocument(content, parts, budget)
    if named.workbook in parts:
        return _openxml(content, parts, named, budget)
    if biff12.WORKBOOK in parts:
        _refuse_strange_xml(parts, biff12.ALWAYS_READ, name)
        try:
            found = biff12.scan(parts, budget)
        except (SyntaxError, ValueError, struct.error):
            raise damaged(name) from None
        return _checked(found, content)
    raise ReportError(
        f"{name} is not a workbook but another kind of archive, whatever its name says; "
        "save it as .xlsx from your spreadsheet program."
    )


def _refuse_strange_xml(parts: Mapping[str, bytes], read: Iterable[str], name: str) -> None:
    """Refuse XML that is broken, or that a spreadsheet program never writes, in the parts that are read.

    An ordinary workbook has other parts, such as a query in UTF-16, which do no harm.

    Raises: ReportError, when a part is broken, declares a document type of its own or is in UTF-16.
    """
    for part in read:
        if part in parts:
            found = parts[part]  # and its checksum is right
            if part.endswith((".xml", ".rels")):
                _refuse_strange(found, name)


def _refuse_strange(xml: bytes, name: str) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise unsafe(name, "it declares a document type of its own")
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise unsafe(name, "a part of it is in UTF-16, which is not read reliably")
    coded = _ENCODING.match(xml)
    if coded and coded[1].lower() not in (b"utf-8", b"us-ascii"):
        raise unsafe(name, "a part of it is not in UTF-8, which is not read reliably")
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError:  # the library would read on, and find other cells
        raise damaged(name) from None


def _openxml(content: bytes, parts: Parts, named: openxml.Names, budget: Budget) -> Scan:
    _refuse_strange_xml(
        parts,
        (openxml.TYPES, named.workbook, named.relations, named.styles),
        budget.name,
    )
    texts = parts.get(named.texts, b"<none/>")
    _refuse_strange(texts, budget.name)
    if openxml.declares_too_many_texts(texts):
        raise unsafe(budget.name, "it declares more texts than it has")
    try:
        sheets, table = openxml.sheets(parts, named), openxml.lengths(texts)
        is_1904 = openxml.is_1904(parts[named.workbook])
        found, changed = _sheets(parts, sheets, table, budget)
    except (SyntaxError, KeyError, ValueError, expat.ExpatError):
        raise damaged(budget.name) from None
    if changed:
        content = parts.replaced(changed)
    epoch = EPOCH_1904 if is_1904 else EPOCH_1900
    faults = {sheet: found[part].faults for sheet, part in sheets}
    hidden = {sheet: found[part].hidden_rows for sheet, part in sheets}
    return Scan(content, faults, epoch, hidden)


@dataclass(frozen=True, slots=True)
class _Sheet:
    extent: Extent
    size: int
    faults: Faults
    hidden_rows: frozenset[int]


def _sheets(
    parts: Parts, sheets: Sequence[tuple[str, str]], table: Sequence[int], budget: Budget
) -> tuple[dict[str, _Sheet], dict[str, bytes]]:
    """What each part of a sheet holds, and those parts that have to be changed.

    A part is looked at once, and counted for every sheet that it is: the library reads it as often.
    """
    found: dict[str, _Sheet] = {}
    changed: dict[str, bytes] = {}
    if len({sheet for sheet, _ in sheets}) < len(sheets):
        raise unsafe(budget.name, "it has two sheets of one name")

    def enough(most: Extent) -> bool:
        return budget.has_room(most.reach, most.filled) and budget.can_take(most.texts)

    for sheet, part in sheets:
        if part in found:
            budget.inflate(found[part].size)
            extent = found[part].extent
            budget.box(sheet, extent.reach, extent.filled)
            budget.text(extent.texts)
            continue
        xml = parts[part]
        _refuse_strange(xml, budget.name)
        if openxml.has_value_in_pieces(xml):
            raise unsafe(budget.name, "a number of it is written in pieces")
        if openxml.has_odd_cells(xml):
            raise damaged(budget.name)
        extent = openxml.extent(xml, table, enough)
        budget.box(sheet, extent.reach, extent.filled)
        budget.text(extent.texts)
        faults = openxml.faults(xml, budget)
        found[part] = _Sheet(extent, len(xml), faults, openxml.hidden_rows(xml))
        readable = openxml.with_known_errors(xml) if faults else xml
        if readable != xml:
            changed[part] = readable
    return found, changed


def _opendocument(content: bytes, parts: Parts, budget: Budget) -> Scan:
    _refuse_strange_xml(parts, opendocument.ALWAYS_READ, budget.name)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise protected(budget.name)
    try:
        found = opendocument.read(parts["content.xml"], budget)
    except (expat.ExpatError, ValueError):
        raise damaged(budget.name) from None
    if not found.sheets:
        raise ReportError(
            f"{budget.name} is not a workbook but another kind of document, whatever its name says; "
            "save it as .ods from your spreadsheet program."
        )
    return Scan(content, epoch=found.epoch, sheets=found.sheets)


def _compound(content: bytes, name: str) -> Scan:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise protected(name)
    try:
        found = biff8.scan(content, Budget(name))
    except (ValueError, IndexError, KeyError, struct.error):
        raise damaged(name) from None
    if found is None:
        raise ReportError(
            f"{name} is not a workbook but another kind of document, whatever its name says; "
            "save it as .xlsx from your spreadsheet program."
        )
    if found.protected:
        raise protected(name)
    return _checked(found, content)


def _checked(found: Found, content: bytes) -> Scan:
    hidden = {sheet: frozenset(rows) for sheet, rows in found.hidden_rows.items()}
    return Scan(content, found.faults, found.epoch, hidden)
