"""What the parts of an .xlsx or .xlsm tell before it is read: one search for each sheet, no tree."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from xml.etree import ElementTree

from reportgen.reading.cells import UNCALCULATED, Fault, error

WORKBOOK = "xl/workbook.xml"
_RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
_TEXTS = "xl/sharedStrings.xml"
ALWAYS_READ = ("[Content_Types].xml", WORKBOOK, _RELATIONSHIPS, _TEXTS, "xl/styles.xml")

_CELL = rb"<(?:\w+:)?c\b"
_ATTRIBUTES = rb"((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)"
_ERROR = re.compile(
    _CELL + _ATTRIBUTES + rb">(?:\s*<(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)?)?"
    rb"\s*<(?:\w+:)?v>([^<]*)</"
)
_IS_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_IS_TEXT = re.compile(rb"\st\s*=\s*[\"']str[\"']")
_FORMULA_WITHOUT_VALUE = re.compile(
    _CELL + _ATTRIBUTES + rb">\s*<(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)?"
    rb"\s*(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']\$?([A-Za-z]{1,3})\$?(\d{1,7})[\"']")


# As usual programs write it; a pattern that begins with fixed text is several times faster.
_ROW_NUMBER = re.compile(rb'<row [^<>]*?\br="(\d{1,9})"')
_LETTERS = re.compile(rb' r="([A-Z]{1,5})\d')
_FAR_DOWN = re.compile(rb' r="[A-Z]{1,5}\d{6}')
_FILLED = re.compile(_CELL + rb"[^<>]*?\sr=[\"']([A-Z]{1,5})(\d{1,9})[\"'][^<>]*(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_ROW_AT = re.compile(rb"\sr=[\"'](\d{1,7})[\"']")
_ANY_CELL = re.compile(_CELL + rb"([^<>]*)>")
_UNIQUE_COUNT = re.compile(rb"uniqueCount=[\"'](\d+)[\"']")
_KNOWN_ERRORS = (b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!")
_NEWER_ERROR = re.compile(rb"(?<=>)#[A-Z_/0!?]{1,30}(?=</(?:\w+:)?v>)")


def sheets(parts: dict[str, bytes]) -> dict[str, str]:
    """Sheet name → the name of its part; sheets that are no worksheets may be among them.

    Raises: SyntaxError where the XML is broken.
    """
    found: dict[str, str] = {}
    for sheet, target in _targets(parts):
        part = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
        if part in parts:
            found[sheet] = part
    return found


def sheet_parts(parts: dict[str, bytes]) -> list[str]:
    """Every part that the reader may take for a sheet: it finds them in other case, too, so that all
    are listed whose last name is that of a sheet's.

    Raises: SyntaxError where the XML is broken.
    """
    last = {_last_name(target) for _, target in _targets(parts)}
    return [part for part in parts if _last_name(part) in last]


def _last_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].casefold()


def _targets(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    """Each sheet's name with where it is said to be."""
    relations = next(
        (xml for part, xml in parts.items() if part.casefold() == _RELATIONSHIPS), b"<none/>"
    )
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in ElementTree.fromstring(relations)
    }
    found: list[tuple[str, str]] = []
    for element in ElementTree.fromstring(parts[WORKBOOK]).iter():
        if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
        found.append((element.get("name", ""), targets.get(link, "")))
    return found


def is_1904(parts: dict[str, bytes]) -> bool:
    """Whether the workbook's serial numbers count from 1904."""
    return re.search(rb"\bdate1904=[\"'](?:1|true)[\"']", parts[WORKBOOK]) is not None


def declares_too_many_texts(parts: dict[str, bytes]) -> bool:
    """Whether the table of texts says it is longer than its own bytes: the reader would believe it."""
    texts = parts.get(_TEXTS, b"")
    return any(int(count[:18]) > len(texts) for count in _UNIQUE_COUNT.findall(texts[:4000]))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def reach(xml: bytes, enough: int) -> tuple[int, int]:
    """The last row and the last column with a filled cell, from 1.

    Quick first, by the numbers of the rows and the letters of all cells; the filled cells are looked
    at one by one only when that is a rectangle of more than ``enough`` cells, or one is far down.
    """
    rows = max(map(int, _ROW_NUMBER.findall(xml)), default=0)
    columns = max(map(_column, set(_LETTERS.findall(xml))), default=0)
    if 0 < rows * columns <= enough and not _FAR_DOWN.search(xml):
        return rows, columns
    filled = _FILLED.findall(xml)
    return (
        max((int(row) for _, row in filled), default=0),
        max(map(_column, {letters for letters, _ in filled}), default=0),
    )


def faults(xml: bytes) -> dict[tuple[int, int], Fault]:
    """The cells that show an error, or a formula without a saved value; (row, column) from 0.

    A formula whose saved value is the empty text is a blank cell, not a fault.
    """
    found: dict[tuple[int, int], Fault] = {}
    if _may_hold_errors(xml):
        for match in _ERROR.finditer(xml):
            if _IS_ERROR.search(match[1]):
                found[_address(xml, match)] = error(match[2].decode("utf-8", "replace"))
    if b"<f" in xml or b":f" in xml:
        for match in _FORMULA_WITHOUT_VALUE.finditer(xml):
            if not (match[2] and _IS_TEXT.search(match[1])):
                found.setdefault(_address(xml, match), UNCALCULATED)
    return found


def _may_hold_errors(xml: bytes) -> bool:
    return b'"e"' in xml or b"'e'" in xml


def _address(xml: bytes, match: re.Match[bytes]) -> tuple[int, int]:
    """Row and column of a cell, from 0; counted where the cell does not name them."""
    reference = _REFERENCE.search(match[1])
    if reference:
        return int(reference[2]) - 1, _column(reference[1]) - 1
    before = xml[: match.start()]
    row, row_starts = _last_number(_ROW.finditer(before), _ROW_AT)
    cells = _ANY_CELL.finditer(before, row_starts)
    column = 0
    for cell in cells:
        at = _REFERENCE.search(cell[1])
        column = _column(at[1]) if at else column + 1
    return row - 1, column


def _last_number(matches: Iterable[re.Match[bytes]], at: re.Pattern[bytes]) -> tuple[int, int]:
    number, starts = 0, 0
    for match in matches:
        said = at.search(match[1])
        number, starts = (int(said[1]) if said else number + 1), match.end()
    return number, starts


def with_known_errors(xml: bytes) -> bytes:
    """The sheet with newer errors (``#SPILL!``) as ``#VALUE!``: the reader refuses those it does not
    know, and with them the whole sheet. Their own name is in :func:`faults`.
    """
    if not _may_hold_errors(xml):
        return xml
    return _NEWER_ERROR.sub(lambda m: m[0] if m[0] in _KNOWN_ERRORS else b"#VALUE!", xml)
