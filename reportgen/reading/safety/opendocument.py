"""What the content of an .ods tells: faults, how far its cells and their repeats reach, the date system."""

from __future__ import annotations

import re
from html import unescape

from reportgen.reading.safety.found import UNCALCULATED, Fault, Faults, Found, Reach, error

ALWAYS_READ = ("content.xml", "META-INF/manifest.xml", "mimetype")
LONGEST_SPACE = 10_000

_TAG = re.compile(
    rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
    rb"((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_NAME = re.compile(rb"\stable:name=[\"']([^\"']*)[\"']")
_ROWS = re.compile(rb"\stable:number-rows-repeated=[\"'](\d+)[\"']")
_COLUMNS = re.compile(rb"\stable:number-columns-repeated=[\"'](\d+)[\"']")
_SPACES = re.compile(rb"<text:s\b[^<>]*?\stext:c=[\"'](\d+)[\"']")
_SHOWN = re.compile(rb"\s*<text:p\b[^<>]*>([^<]*)")
_ERROR_SHOWN = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:\d+")
_1904 = re.compile(rb"<table:null-date\b[^<>]*date-value=[\"']1904-01-01")


def repeats_spaces_without_end(xml: bytes) -> bool:
    """Whether one tag stands for more spaces than any text has: 700 bytes can unfold to gigabytes."""
    return any(int(count[:18]) > LONGEST_SPACE for count in _SPACES.findall(xml))


def scan(xml: bytes) -> Found:
    """Every sheet's faults and reach, with repeats counted as often as they say; none in a letter."""
    faults: dict[str, Faults] = {}
    reach: dict[str, Reach] = {}
    sheet, row, rows_here, column = "", 0, 0, 0
    for match in _TAG.finditer(xml):
        kind, attributes = match[1], match[2]
        if kind == b"table":
            named = _NAME.search(attributes)
            sheet = unescape(named[1].decode("utf-8", "replace")) if named else ""
            row, rows_here = 0, 0
            reach[sheet], faults[sheet] = (0, 0), {}
        elif kind == b"table-row":
            row += rows_here
            rows_here, column = _times(_ROWS, attributes), 0
        elif sheet in reach:
            times = _times(_COLUMNS, attributes)
            if (
                not attributes.endswith(b"/")
                or b"value-type" in attributes
                or b":formula" in attributes
            ):
                last_row, last_column = reach[sheet]
                reach[sheet] = max(last_row, row + rows_here), max(last_column, column + times)
                fault = _fault(xml, match)
                # Repeats of a fault say the same, so it is noted once.
                if fault is not None:
                    faults[sheet][row, column] = fault
            column += times
    return Found(faults, reach, _1904.search(xml) is not None)


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
