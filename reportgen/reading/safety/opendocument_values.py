"""What one cell of an .ods holds, by its attributes and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from reportgen.reading.cells import Value
from reportgen.reading.safety.found import EPOCH_1900, UNCALCULATED, WITHOUT_KIND, Fault, error

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
FORMULA = f"{TABLE}formula"
_KIND, _KIND_OF_CALC = f"{OFFICE}value-type", f"{_CALC}value-type"
_STRING_VALUE = f"{OFFICE}string-value"
_VALUE_OF = dict.fromkeys(("float", "percentage", "currency"), f"{OFFICE}value") | {
    kind: f"{OFFICE}{kind}-value" for kind in ("date", "time", "boolean")
}
"""The kind of a cell → where its value stands, beside the words that show it."""
_ERROR_SHOWN = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:\d+")
_NUMBER = re.compile(
    r"[-+]?(?:(?:\d++(?:\.\d*+)?+|\.\d++)(?:e[-+]?\d++)?+|nan|inf|infinity)",
    re.ASCII | re.IGNORECASE,
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d++)?+)?+", re.ASCII)
_LENGTH = re.compile(
    r"P(?=.*\d)(?:(\d{1,6})D)?+(?:T(?:(\d{1,6})H)?+(?:(\d{1,6})M)?+(?:(\d{1,6})(?:\.(\d++))?+S)?+)?+",
    re.ASCII,
)

Attributes = Mapping[str, str]


def value(attributes: Attributes, said: str) -> Value:
    """The value of a cell with these words; None or an empty text where it is blank.

    The attribute of its kind has it, and no other. A day or a length of time that is none is a text.

    Raises: ValueError, when a number or a switch is none.
    """
    fault = _fault(attributes, said)
    if fault is not None:
        return fault
    kind = attributes.get(_KIND, "")
    if kind == "string":
        return attributes.get(_STRING_VALUE, said)
    written = attributes.get(_VALUE_OF.get(kind, ""), "")
    match kind if written else "":
        case "":
            return None
        case "date":
            return _day(written)
        case "time":
            return _length(written)
        case "boolean":
            return _switch(written)
    return _number(written)


def _fault(attributes: Attributes, said: str) -> Fault | None:
    is_error = attributes.get(_KIND_OF_CALC) == "error"
    text = said.partition("\n")[0].strip()
    if FORMULA not in attributes and not is_error:
        kind = attributes.get(_KIND, "")
        has_value = kind == "string" or bool(attributes.get(_VALUE_OF.get(kind, "")))
        return None if has_value or not text else WITHOUT_KIND
    if is_error or _ERROR_SHOWN.fullmatch(text):
        return error(text or "in a formula")
    has_value = _KIND in attributes or _KIND_OF_CALC in attributes
    return None if has_value or text else UNCALCULATED


def _number(written: str) -> float:
    if not _NUMBER.fullmatch(written):
        raise ValueError("no number")
    return float(written)


def _switch(written: str) -> bool:
    if written.lower() not in ("true", "false"):
        raise ValueError("no switch")
    return written.lower() == "true"


def _day(written: str) -> datetime | date | str:
    if _DAY.fullmatch(written):
        with suppress(ValueError):
            of = datetime if "T" in written else date
            return of.fromisoformat(written)
    return written


def _length(written: str) -> time | timedelta | str:
    """A time of day where it is shorter than one, as in every other kind of workbook."""
    found = _LENGTH.fullmatch(written)
    if found is None:
        return written
    days, hours, minutes, seconds = (int(one or 0) for one in found.groups()[:4])
    part = int((found[5] or "")[:6].ljust(6, "0"))
    length = timedelta(days, seconds, part, minutes=minutes, hours=hours)
    return length if length.days else (datetime.combine(EPOCH_1900, time()) + length).time()
