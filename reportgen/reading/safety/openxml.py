"""What the parts of an .xlsx or .xlsm tell: faults, how far its cells reach, the date system.

Sheets are searched as bytes: building a tree of one takes longer than reading the workbook.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from itertools import pairwise
from xml.etree import ElementTree

from reportgen.reading.safety.found import UNCALCULATED, Faults, Reach, error

WORKBOOK = "xl/workbook.xml"
_RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
_TEXTS = "xl/sharedStrings.xml"
ALWAYS_READ = ("[Content_Types].xml", WORKBOOK, _RELATIONSHIPS, _TEXTS, "xl/styles.xml")

# Nothing that was matched is given back (``*+``): no spelling of a cell takes time without end.
_CELL = rb"<(?:\w++:)?c\b"
_ATTRIBUTES = rb"((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)"
_ERROR = re.compile(
    _CELL + _ATTRIBUTES + rb">(?:\s*+<(?:\w++:)?f\b[^<]*+(?:</(?:\w++:)?f>)?+)?+"
    rb"\s*+<(?:\w++:)?v>([^<]*+)</"
)
_IS_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_IS_TEXT = re.compile(rb"\st\s*=\s*[\"']str[\"']")
_FORMULA_WITHOUT_VALUE = re.compile(
    _CELL + _ATTRIBUTES + rb">\s*+<(?:\w++:)?f\b[^<]*+(?:</(?:\w++:)?f>)?+"
    rb"\s*+(<(?:\w++:)?v\s*+/>|<(?:\w++:)?v>\s*+</(?:\w++:)?v>)?+\s*+</(?:\w++:)?c>"
)
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']\$?([A-Za-z]{1,3})\$?(\d{1,7})[\"']")


# As usual programs write it; a pattern that begins with fixed text is several times faster.
_ROW_NUMBER = re.compile(rb'<row [^<>]*?\br="(\d{1,9})"')
_LETTERS = re.compile(rb' r="([A-Z]{1,5})\d')
_ODDLY_SPELT = (
    re.compile(rb"\tr\s*+="),
    re.compile(rb"\rr\s*+="),
    re.compile(rb"\nr\s*+="),
    re.compile(rb" r(?:\s++=|=[\s']|=\"(?:[^A-Z0-9]|[A-Z]{1,5}\$))"),
)
_FILLED = re.compile(
    _CELL + rb"(?>[^<>]*?\sr\s*+=\s*+[\"'])\$?+([A-Za-z]{1,5})\$?+(\d{1,9})[\"'][^<>]*+(?<!/)>"
)
_ROW = re.compile(rb"<(?:\w++:)?row\b([^<>]*+)>")
_ROW_OR_CELL = re.compile(rb"<(?:\w++:)?(row|c)\b([^<>]*+)>")
_ROW_AT = re.compile(rb"\sr\s*+=\s*+[\"'](\d{1,7})[\"']")
_IS_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
_TEXT = re.compile(rb"<(?:\w++:)?si\b[^<>]*+>")
_IS_SHARED = re.compile(rb"\st\s*+=\s*+[\"']s[\"']")
_SHARED_CELL = re.compile(
    _CELL + rb"(?>[^<>]*?\st\s*+=\s*+[\"']s[\"'])[^<>]*+>\s*+<(?:\w++:)?v>\s*+(\d{1,9})"
)
_UNIQUE_COUNT = re.compile(rb"uniqueCount=[\"'](\d+)[\"']")
_FEW_TEXTS = 100_000_000
"""Bytes of text that a sheet may unfold to without being counted cell by cell."""
_KNOWN_ERRORS = (b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!")
_NEWER_ERROR = re.compile(rb"(?<=>)#[A-Z_/0!?]{1,30}(?=</(?:\w+:)?v>)")


def sheets(parts: dict[str, bytes]) -> dict[str, str]:
    """Sheet name → the name of its part; sheets of charts may be among them.

    Raises: SyntaxError, when the XML is broken.
    """
    found: dict[str, str] = {}
    for sheet, target in _targets(parts):
        part = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
        if part in parts:
            found[sheet] = part
    return found


def sheet_parts(parts: dict[str, bytes]) -> list[str]:
    """Every part that the spreadsheet library may take for a sheet: those called as a sheet's part is.

    Folders and capitals do not count, because the library finds a part in other capitals, too.

    Raises: SyntaxError, when the XML is broken.
    """
    last = {_last_name(target) for _, target in _targets(parts)}
    return [part for part in parts if _last_name(part) in last]


def _last_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].casefold()


def _targets(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    """Each sheet's name, and the path at which its part is said to be."""
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
    """Whether the table of texts claims more texts than it has bytes: the library believes what it says."""
    texts = parts.get(_TEXTS, b"")
    return any(int(count[:18]) > len(texts) for count in _UNIQUE_COUNT.findall(texts[:4000]))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _below(row: int) -> re.Pattern[bytes]:
    """A cell that says that it stands below a row, from 1."""
    digits = str(row)
    larger = [
        rf"{digits[:at]}[{int(digit) + 1}-9]\d{{{len(digits) - at - 1}}}"
        for at, digit in enumerate(digits)
        if digit != "9"
    ]
    numbers = "|".join((rf"0*+[1-9]\d{{{len(digits)}}}", *(f"0*+{one}" for one in larger)))
    return re.compile(rf' r="[A-Z]{{1,5}}(?:{numbers})'.encode())


def reach(xml: bytes, enough: int) -> Reach:
    """The last row and the last column with a filled cell, from 1.

    A quick look first, at the numbers of the rows and the letters of all cells. When that makes a
    rectangle of more than ``enough`` cells, or a cell is below its row, it looks at the filled cells alone.
    """
    rows = max(map(int, _ROW_NUMBER.findall(xml)), default=0)
    columns = max(map(_column, set(_LETTERS.findall(xml))), default=0)
    odd = (_below(rows), *_ODDLY_SPELT)
    if 0 < rows * columns <= enough and not any(one.search(xml) for one in odd):
        return rows, columns
    last, seen = 0, set()
    for match in _FILLED.finditer(xml):
        last = max(last, int(match[2]))
        seen.add(match[1])
    return last, max(map(_column, seen), default=0)


def unfolded_texts(parts: dict[str, bytes], sheets: Iterable[str]) -> int:
    """How many bytes the texts of the cells take, each counted as often as a cell of these parts says it.

    The library keeps a copy of its own for every cell. A table of short texts is not looked at closely.
    """
    table = parts.get(_TEXTS, b"")
    starts = [match.start() for match in _TEXT.finditer(table)]
    lengths = [end - start for start, end in pairwise((*starts, len(table)))]
    if not lengths:
        return 0
    longest, unfolded = max(lengths), 0
    for part in sheets:
        cells = sum(1 for _ in _IS_SHARED.finditer(parts[part]))
        if cells * longest <= _FEW_TEXTS:
            unfolded += cells * longest
            continue
        for match in _SHARED_CELL.finditer(parts[part]):
            number = int(match[1])
            unfolded += lengths[number] if number < len(lengths) else 0
    return unfolded


def hidden_rows(xml: bytes) -> frozenset[int]:
    """The rows, from 0, that a filter or the owner has hidden."""
    if b"hidden=" not in xml:
        return frozenset()
    hidden = (_ROW_AT.search(row) for row in _ROW.findall(xml) if _IS_HIDDEN.search(row))
    return frozenset(int(at[1]) - 1 for at in hidden if at)


def faults(xml: bytes) -> Faults:
    """The cells that show an error, and those with a formula that has no saved value.

    A formula whose saved value is the empty text makes a blank cell and is no fault.
    """
    found: Faults = {}
    places = _Places(xml)
    if _may_hold_errors(xml):
        for match in _ERROR.finditer(xml):
            if _IS_ERROR.search(match[1]):
                found[places.of(match)] = error(match[2].decode("utf-8", "replace"))
    if b"<f" in xml or b":f" in xml:
        places = _Places(xml)
        for match in _FORMULA_WITHOUT_VALUE.finditer(xml):
            if not (match[2] and _IS_TEXT.search(match[1])):
                found.setdefault(places.of(match), UNCALCULATED)
    return found


def _may_hold_errors(xml: bytes) -> bool:
    return b'"e"' in xml or b"'e'" in xml


class _Places:
    """Where cells stand; asked for in the order of the sheet, so that it is walked through once."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._counted = 0
        self._row = 0
        self._column = 0

    def of(self, match: re.Match[bytes]) -> tuple[int, int]:
        """Row and column of a cell, from 0. When the cell names neither, those before it are counted."""
        reference = _REFERENCE.search(match[1])
        if reference:
            return int(reference[2]) - 1, _column(reference[1]) - 1
        for kind, attributes in _ROW_OR_CELL.findall(self._xml, self._counted, match.start()):
            if kind == b"row":
                said = _ROW_AT.search(attributes)
                self._row, self._column = (int(said[1]) if said else self._row + 1), 0
            else:
                at = _REFERENCE.search(attributes)
                self._column = _column(at[1]) if at else self._column + 1
        self._counted = match.start()
        return self._row - 1, self._column


def with_known_errors(xml: bytes) -> bytes:
    """The sheet with newer errors (``#SPILL!``) as ``#VALUE!``; :func:`faults` has their own names.

    The spreadsheet library refuses a whole sheet for an error that it does not know.
    """
    if not _may_hold_errors(xml):
        return xml
    return _NEWER_ERROR.sub(lambda m: m[0] if m[0] in _KNOWN_ERRORS else b"#VALUE!", xml)
