"""What the content of an .ods tells: faults, how far its cells and their repeats reach, the date system."""

from __future__ import annotations

import re
from html import unescape

from reportgen.reading.safety.found import UNCALCULATED, Fault, Faults, Found, Reach, error

ALWAYS_READ = ("content.xml", "META-INF/manifest.xml", "mimetype")
MOST_SPACES = 1_000_000
"""Spaces that stand for many, all together."""

_TAG = re.compile(
    rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
    rb"((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_NAME = re.compile(rb"\stable:name=[\"']([^\"']*)[\"']")
_ROWS = re.compile(rb"\stable:number-rows-repeated\s*+=\s*+[\"']\s*+(\d++)\s*+[\"']")
_COLUMNS = re.compile(rb"\stable:number-columns-repeated\s*+=\s*+[\"']\s*+(\d++)\s*+[\"']")
_IS_HIDDEN = re.compile(rb"\stable:visibility\s*+=\s*+[\"'](?:collapse|filter)[\"']")
_MOST_HIDDEN = 10_000
"""Of the repeats of one hidden row so many are told of."""
_REPEATS = re.compile(rb"\stable:number-(?:rows|columns)-repeated\b")
_SPACES = re.compile(rb"<text:s\b(?>[^<>]*?\stext:c\s*+=\s*+[\"'])\s*+(\d++)\s*+[\"']")
_ANY_SPACES = re.compile(rb"\stext:c\b")
_SHOWN = re.compile(rb"\s*<text:p\b[^<>]*>([^<]*)")
_ERROR_SHOWN = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:\d+")
_1904 = re.compile(rb"<table:null-date\b[^<>]*date-value=[\"']1904-01-01")


def repeats_spaces_without_end(xml: bytes) -> bool:
    """Whether tags stand for more spaces than any texts have: 700 bytes can unfold to gigabytes."""
    return sum(int(count[:18]) for count in _SPACES.findall(xml)) > MOST_SPACES


def hides_a_number(xml: bytes) -> bool:
    """Whether a repeat is spelt as no spreadsheet program spells it, so that it is not counted."""
    counted = len(_ROWS.findall(xml)) + len(_COLUMNS.findall(xml))
    return len(_REPEATS.findall(xml)) != counted or len(_ANY_SPACES.findall(xml)) != len(
        _SPACES.findall(xml)
    )


def scan(xml: bytes) -> Found:
    """Every sheet's faults, reach and hidden rows; none in a letter.

    Repeats are counted as often as they say.
    """
    faults: dict[str, Faults] = {}
    reach: dict[str, Reach] = {}
    hidden: dict[str, set[int]] = {}
    sheet, row, rows_here, column, is_hidden = "", 0, 0, 0, False
    for match in _TAG.finditer(xml):
        kind, attributes = match[1], match[2]
        if kind == b"table":
            named = _NAME.search(attributes)
            sheet = unescape(named[1].decode("utf-8", "replace")) if named else ""
            row, rows_here = 0, 0
            reach[sheet], faults[sheet], hidden[sheet] = (0, 0), {}, set()
        elif kind == b"table-row":
            row += rows_here
            rows_here, column = _times(_ROWS, attributes), 0
            is_hidden = _IS_HIDDEN.search(attributes) is not None
        elif sheet in reach:
            times = _times(_COLUMNS, attributes)
            if (
                not attributes.endswith(b"/")
                or b"value-type" in attributes
                or b":formula" in attributes
            ):
                last_row, last_column = reach[sheet]
                reach[sheet] = max(last_row, row + rows_here), max(last_column, column + times)
                if is_hidden:
                    hidden[sheet].update(range(row, row + min(rows_here, _MOST_HIDDEN)))
                fault = _fault(xml, match)
                # Repeats of a fault say the same, so it is noted once.
                if fault is not None:
                    faults[sheet][row, column] = fault
            column += times
    return Found(faults, reach, hidden, _1904.search(xml) is not None)


def _times(repeated: re.Pattern[bytes], attributes: bytes) -> int:
    match = repeated.search(attributes)
    return max(1, int(match[1][:9])) if match else 1


def _fault(xml: bytes, match: re.Match[bytes]) -> Fault | None:
    attributes = match[2]
    if b":formula" not in attributes and b'"error"' not in attributes:
        return None
    shown = _SHOWN.match(xml, match.end())
    text = unescape(shown[1].decode("utf-8", "replace")).strip() if shown else ""
    if b'calcext:value-type="error"' in attributes or _ERROR_SHOWN.fullmatch(text):
        return error(text or "in a formula")
    return None if b"value-type" in attributes or text else UNCALCULATED
