"""What the parts of an .xlsx or .xlsm tell: faults, how far its cells reach, the date system.

Sheets are searched as bytes: building a tree of one takes longer than reading the workbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from xml.etree import ElementTree
from xml.parsers import expat

from reportgen.reading.safety.archive import key
from reportgen.reading.safety.budget import Budget, memory
from reportgen.reading.safety.cells import Extent, parsed, picked
from reportgen.reading.safety.found import UNCALCULATED, Faults, error
from reportgen.values import dataclass

TYPES = "[Content_Types].xml"
RELATIONS = "_rels/.rels"
"""The part that says where the workbook lies."""
_DOCUMENT = "/relationships/officeDocument"

# Nothing that was matched is given back (``*+``): no spelling of a cell takes time without end.
_CELL = rb"<(?:\w++:)?c\b"
_ATTRIBUTES = rb"((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)"
_ERROR = re.compile(
    _CELL + _ATTRIBUTES + rb">(?:\s*+<(?:\w++:)?f\b[^<]*+(?:</(?:\w++:)?f\s*+>)?+)?+"
    rb"\s*+<(?:\w++:)?v\b[^<>]*+(?<!/)>([^<]*+)</"
)
_IS_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_E_IN_QUOTES = re.compile(rb"e[\"'](?<=[\"']e.)")
_IS_TEXT = re.compile(rb"\st\s*=\s*[\"']str[\"']")
_FORMULA_WITHOUT_VALUE = re.compile(
    _CELL + _ATTRIBUTES + rb">\s*+<(?:\w++:)?f\b[^<]*+(?:</(?:\w++:)?f\s*+>)?+"
    rb"\s*+(<(?:\w++:)?v\b[^<>]*+(?:(?<=/)>|>\s*+</(?:\w++:)?v\s*+>))?+\s*+</(?:\w++:)?c\s*+>"
)
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']\$?([A-Za-z]{1,3})\$?(\d{1,7})[\"']")
_ROW = re.compile(rb"<(?:\w++:)?row\b([^<>]*+)>")
_ROW_OR_CELL = re.compile(rb"<(?:\w++:)?(row|c)\b([^<>]*+)>")
_ROW_AT = re.compile(rb"\sr\s*+=\s*+[\"'](\d{1,7})[\"']")
_IS_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
_SPELT_LINK = re.compile(rb"\bid\s*+=\s*+(?:\"[^\"&]*+&|'[^'&]*+&)")
_TEXT = re.compile(rb"<(?:\w++:)?si\b[^<>]*+>")
_LINK_TO_NO_TEXT = re.compile(
    rb"t(?<=\bt)\s*+=\s*+[\"']s[\"'][^<>]*+>\s*+<(?:\w++:)?v\b[^<>]*+>(?!\d{1,9}<)"
)
"""It begins with a letter, which is looked for three times as fast as the beginning of a word."""
_VALUES_IN_PIECES = tuple(
    re.compile(begin + rb"v(?:\s[^<>]*+)?+(?<!/)>[^<]*+<[^/]") for begin in (b"<", b":")
)
"""Of tags without and with a prefix: one expression for both would take three times as long."""
_VALUE_BY_LETTERS = re.compile(
    _CELL + _ATTRIBUTES + rb">(?:\s*+<(?:\w++:)?f\b[^<]*+(?:</(?:\w++:)?f\s*+>)?+)?+"
    rb"\s*+<(?:\w++:)?v\b[^<>]*+>[^<&]*+&"
)
_NO_CELL = rb"<(?!(?:\w++:)?c\b)[^<>]*+"
_FORMULA = rb"<(?:\w++:)?f\b"
_END_OF_CELL = rb"</(?:\w++:)?c\s*+>"
_VALUE_IN_ITS_MIDDLE, _VALUE_WITH_PREFIX = (
    re.compile(begin + rb"(?:v|is)\s*+>(?!\s*+" + _END_OF_CELL + rb")")
    for begin in (rb"</", rb"</\w++:")
)
_FORMULA_ELSEWHERE = re.compile(
    _NO_CELL + rb">\s*+" + _FORMULA + rb"|" + _FORMULA + rb"(?!"
    rb"[^<>]*+(?:(?<=/)>|>[^<]*+</(?:\w++:)?f\s*+>)\s*+"
    rb"(?:<(?:\w++:)?v\b[^<>]*+(?:(?<!/)>|>\s*+" + _END_OF_CELL + rb")|" + _END_OF_CELL + rb"))"
)
_ERROR_ELSEWHERE = re.compile(
    _CELL + rb"(?=[^<>]*?\st\s*+=\s*+[\"']e[\"'])" + _ATTRIBUTES + rb"(?<!/)>"
    rb"(?!\s*+(?:<(?:\w++:)?[fv]\b|" + _END_OF_CELL + rb"))"
)
_STRANGE_SWITCH = re.compile(
    _CELL + rb"(?=[^<>]*?\st\s*+=\s*+[\"']b[\"'])" + _ATTRIBUTES + rb"(?<!/)>"
    rb"(?:\s*+" + _FORMULA + rb"[^<]*+(?:</(?:\w++:)?f\s*+>)?+)?+"
    rb"\s*+<(?:\w++:)?v\b[^<>]*+(?<!/)>(?![01]<)"
)
"""The library takes all but 0 for yes, ``false`` too."""
_UNIQUE_COUNT = re.compile(rb"uniqueCount\s*+=\s*+[\"']\s*+(\d++)")
_KNOWN_ERRORS = (b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!")


@dataclass(frozen=True, slots=True)
class Names:
    """What the parts of a workbook are called; they lie in one folder, mostly ``xl``."""

    folder: str

    @property
    def workbook(self) -> str:
        """The part that lists the sheets."""
        return f"{self.folder}workbook.xml"

    @property
    def relations(self) -> str:
        """The part that says where the sheets are."""
        return f"{self.folder}_rels/workbook.xml.rels"

    @property
    def texts(self) -> str:
        """The table of the texts that cells share."""
        return f"{self.folder}sharedStrings.xml"

    @property
    def styles(self) -> str:
        """The part with the formats."""
        return f"{self.folder}styles.xml"


def names(parts: Mapping[str, bytes]) -> Names:
    """Where the workbook lies, as the library finds it.

    Raises: SyntaxError, when the XML is broken.
    """
    target = "xl/workbook.xml"
    if RELATIONS in parts:
        for relation in ElementTree.fromstring(parts[RELATIONS]).iter():
            if relation.get("Type", "").endswith(_DOCUMENT) and relation.get("Target"):
                target = relation.get("Target", "")
    before, slash, _ = target.rpartition("/")
    return Names((before + slash).removeprefix("/"))


def sheets(parts: Mapping[str, bytes], named: Names) -> list[tuple[str, str]]:
    """Each sheet's name and the name of its part, in order; sheets of charts may be among them.

    Raises: SyntaxError, when the XML is broken; ValueError, when it is spelt so that two readers read
    two things.
    """
    relations, workbook = parts[named.relations], parts[named.workbook]
    if b"&#" in relations or _SPELT_LINK.search(workbook):
        raise ValueError("a link in other letters")
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in ElementTree.fromstring(relations).iter()
        if isinstance(relation.tag, str)
    }
    found: list[tuple[str, str]] = []
    for element in ElementTree.fromstring(workbook).iter():
        if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] != "sheet":
            continue
        links = [link for at, link in element.attrib.items() if at.rpartition("}")[2] == "id"]
        target = targets.get(links[-1], "") if links else ""
        part = target.removeprefix("/") if target.startswith("/") else named.folder + target
        if target and part in parts:
            found.append((element.get("name", ""), key(part)))
    return found


def is_1904(workbook: bytes) -> bool:
    """Whether the workbook's serial numbers count from 1904."""
    return re.search(rb"\bdate1904=[\"'](?:1|true)[\"']", workbook) is not None


def declares_too_many_texts(texts: bytes) -> bool:
    """Whether the table of texts claims more texts than it has bytes: the library believes what it says."""
    first = _TEXT.search(texts)
    head = texts if first is None or b"<!" in texts else texts[: first.start()]
    return any(int(count[:18]) > len(texts) for count in _UNIQUE_COUNT.findall(head))


def lengths(texts: bytes) -> list[int]:
    """The memory of each text of the table, at least as much as it takes.

    Raises: expat.ExpatError, when the XML is broken.
    """
    is_ascii = texts.isascii()
    if b"<!" not in texts:
        starts = [match.start() for match in _TEXT.finditer(texts)]
        return [memory(end - start, is_ascii) for start, end in pairwise((*starts, len(texts)))]
    found: list[int] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            found.append(0)

    def text(said: str) -> None:
        if found:
            found[-1] += memory(len(said), said.isascii())

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.Parse(texts, True)
    return found


def has_value_in_pieces(xml: bytes) -> bool:
    """Whether a number is spelt so that only its beginning is read: ``4<!-- -->6``, ``4&#54;``."""
    if any(one.search(xml) for one in _VALUES_IN_PIECES):
        return True
    return b"&" in xml and any(
        not _IS_TEXT.search(cell[1]) for cell in _VALUE_BY_LETTERS.finditer(xml)
    )


def has_odd_cells(xml: bytes) -> bool:
    """Whether a cell holds anything but one formula, one value or both in this order, or a strange switch.

    The library takes what stands last for the value, and errors are looked for where they always stand.
    """
    end = xml.rfind(b"sheetData")  # behind the cells others have formulas, too
    has_formulas = b"<f" in xml or b":f" in xml
    return bool(
        _VALUE_IN_ITS_MIDDLE.search(xml, 0, end)
        or ((b":v" in xml or b":is" in xml) and _VALUE_WITH_PREFIX.search(xml, 0, end))
        or (has_formulas and _FORMULA_ELSEWHERE.search(xml, 0, end))
        or (_may_hold_errors(xml) and _ERROR_ELSEWHERE.search(xml, 0, end))
        or ((b'"b"' in xml or b"'b'" in xml) and _STRANGE_SWITCH.search(xml, 0, end))
    )


def extent(xml: bytes, table: Sequence[int], enough: Callable[[Extent], bool]) -> Extent:
    """What a sheet takes, with the texts that it shares with others.

    A quick look first; where that is not ``enough`` to say that the sheet is harmless, a close one.

    Raises: expat.ExpatError or ValueError, when the XML is broken, or an address or a link
    to a text is none.
    """
    found = None if _LINK_TO_NO_TEXT.search(xml) else picked(xml)
    if found is not None:
        shared = found.filled * max(table, default=0)
        most = Extent(found.reach, found.filled, found.texts + shared)
        if enough(most):
            return most
    return parsed(xml, table)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def hidden_rows(xml: bytes) -> frozenset[int]:
    """The rows, from 0, that a filter or the owner has hidden."""
    if b"hidden=" not in xml:
        return frozenset()
    hidden = (_ROW_AT.search(row) for row in _ROW.findall(xml) if _IS_HIDDEN.search(row))
    return frozenset(int(at[1]) - 1 for at in hidden if at)


def faults(xml: bytes, budget: Budget) -> Faults:
    """The cells that show an error, and those with a formula that has no saved value.

    A formula whose saved value is the empty text makes a blank cell and is no fault.

    Raises: ReportError, when they are more than the budget has.
    """
    found: Faults = {}
    places = _Places(xml)
    if _may_hold_errors(xml):
        for match in _ERROR.finditer(xml):
            if _IS_ERROR.search(match[1]):
                budget.fault()
                found[places.of(match)] = error(match[2].decode("utf-8", "replace"))
    if b"<f" in xml or b":f" in xml:
        places = _Places(xml)
        for match in _FORMULA_WITHOUT_VALUE.finditer(xml):
            if not (match[2] and _IS_TEXT.search(match[1])):
                budget.fault()
                found.setdefault(places.of(match), UNCALCULATED)
    return found


def _may_hold_errors(xml: bytes) -> bool:
    return _E_IN_QUOTES.search(xml) is not None


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
        for before in _ROW_OR_CELL.finditer(self._xml, self._counted, match.start()):
            kind, attributes = before.groups()
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

    def known(cell: re.Match[bytes]) -> bytes:
        if cell[2] in _KNOWN_ERRORS or not _IS_ERROR.search(cell[1]):
            return cell[0]
        return cell[0][: cell.start(2) - cell.start()] + b"#VALUE!</"

    return _ERROR.sub(known, xml)
