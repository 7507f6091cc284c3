"""What the content of an .ods tells: faults, how far its cells and their repeats reach, the date system.

An XML parser reads it, so that no spelling of a number hides it.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from reportgen.reading.safety.budget import Budget, memory, unsafe
from reportgen.reading.safety.found import UNCALCULATED, WITHOUT_KIND, Fault, Found, error

ALWAYS_READ = ("content.xml", "META-INF/manifest.xml", "mimetype")
MOST_SPACES = 1_000_000
"""Spaces that stand for many, all together."""
_CELLS = ("table:table-cell", "table:covered-table-cell")
_OF_NUMBERS = ("float", "percentage", "currency")
_VALUE_OF = dict.fromkeys(_OF_NUMBERS, "office:value") | {
    kind: f"office:{kind}-value" for kind in ("date", "time", "boolean")
}
"""The kind of a cell → where its value stands, beside the words that show it."""
_VALUES = ("office:string-value", "office:date-value", "office:time-value")
_MOST_HIDDEN = 10_000
"""Of the repeats of one hidden row so many are told of."""
_ERROR_SHOWN = re.compile(r"#[A-Z0-9/_]+[!?]?|Err:\d+")
_COPIES = 2
"""How often the library holds a text of an .ods, beside once as of any workbook."""


def scan(xml: bytes, budget: Budget) -> Found:
    """Every sheet's faults and hidden rows; none in a letter.

    Repeats are counted as often as they say.

    Raises: ReportError, when it is more than the budget has; expat.ExpatError or ValueError, when the XML
    is broken, or a number is none.
    """
    content = _Content(budget)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.text
    parser.StartCdataSectionHandler = _refuse_cdata
    parser.Parse(xml, True)
    return content.found


def _refuse_cdata() -> None:
    """Raises: ValueError; the library leaves out what a text has in such a section."""
    raise ValueError("a text in another form")


def _times(attributes: dict[str, str], name: str) -> int:
    """How often something is repeated. Raises: ValueError, when it is no number."""
    times = int(attributes.get(name, "1"))
    if times < 0:
        raise ValueError("less than never")
    return max(1, times)


class _Content:
    """Walks through the sheets as the library does, and counts."""

    def __init__(self, budget: Budget) -> None:
        self.found = Found()
        self._budget = budget
        self._sheet: str | None = None
        self._cell: dict[str, str] | None = None
        """The attributes of the cell that is open."""
        self._said: list[str] = []
        self._paragraphs = self._spaces = self._comments = 0
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self._row = self._rows_here = self._column = 0
        self._rows = self._columns = self._filled = 0
        self._is_hidden = self._in_row = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            self._start_in_cell(name, attributes)
        elif name in _CELLS:
            if not self._in_row:
                raise ValueError("a cell outside of a row")
            self._cell, self._paragraphs = attributes, 0
        elif name == "table:table-row":
            if self._in_row:
                raise ValueError("a row in a row")
            self._in_row = True
            self._row += self._rows_here
            self._rows_here = _times(attributes, "table:number-rows-repeated")
            self._column = 0
            self._is_hidden = attributes.get("table:visibility") in ("collapse", "filter")
        elif name == "table:table":
            self._sheet = attributes.get("table:name", "")
            if not self._sheet:
                raise ValueError("a sheet without a name")  # the library passes it over
            if self._sheet in self.found.faults:
                raise unsafe(self._budget.name, "it has two sheets of one name")
            self.found.faults[self._sheet], self.found.hidden_rows[self._sheet] = {}, set()
            self._begin_sheet()
        elif name == "table:null-date":
            date = attributes.get("table:date-value", "")
            self.found.is_1904 = self.found.is_1904 or date.startswith("1904-01-01")

    def _start_in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table-row" or name in _CELLS:
            raise ValueError("a row or a cell in a cell")
        if name == "text:p" and not self._comments:
            self._paragraphs += 1
            if self._paragraphs > 1:
                self._said.append("\n")
        elif name == "text:s":
            self._spaces += _times(attributes, "text:c")
            if self._spaces > MOST_SPACES:
                raise unsafe(self._budget.name, "it repeats a space more often than any text does")
            self._said.append(" " * _times(attributes, "text:c"))
        elif name == "office:annotation":
            self._comments += 1

    def text(self, said: str) -> None:
        if self._cell is not None and not self._comments:
            self._said.append(said)

    def end(self, name: str) -> None:
        if name == "office:annotation" and self._comments:
            self._comments -= 1
        elif name in _CELLS and self._cell is not None:
            self._end_cell(self._cell, "".join(self._said))
            self._cell, self._comments = None, 0
            self._said.clear()
        elif name == "table:table-row":
            self._in_row = False
        elif name == "table:table" and self._sheet is not None and self._cell is None:
            self._budget.box(self._sheet, (self._rows, self._columns), self._filled)
            self._sheet = None

    def _end_cell(self, attributes: dict[str, str], said: str) -> None:
        times = _times(attributes, "table:number-columns-repeated")
        if self._sheet is not None and (
            self._paragraphs
            or said.strip()
            or "table:formula" in attributes
            or any(name.startswith("office:") for name in attributes)
        ):
            self._rows = max(self._rows, self._row + self._rows_here)
            self._columns = max(self._columns, self._column + times)
            self._filled += times * self._rows_here
            reach = (self._rows, self._columns)
            if not self._budget.has_room(reach, self._filled):
                self._budget.box(self._sheet, reach, self._filled)  # says so
            self._spend(attributes, said, times * self._rows_here)
            if self._is_hidden:
                last = self._row + min(self._rows_here, _MOST_HIDDEN)
                self.found.hidden_rows[self._sheet].update(range(self._row, last))
            fault = _fault(attributes, said)
            # Repeats of a fault say the same, so it is noted once.
            if fault is not None:
                self._budget.fault()
                self.found.faults[self._sheet][self._row, self._column] = fault
        self._column += times

    def _spend(self, attributes: dict[str, str], said: str, times: int) -> None:
        values = (attributes.get(name, "") for name in _VALUES)
        text = next((value for value in values if value), said)
        formula = attributes.get("table:formula", "")
        length = len(text.encode("utf-8", "replace"))
        self._budget.repeat(times - 1)
        self._budget.text(
            times
            * (memory(length, text.isascii()) + _COPIES * (length + len(formula.encode("utf-8"))))
        )


def _fault(attributes: dict[str, str], said: str) -> Fault | None:
    is_error = attributes.get("calcext:value-type") == "error"
    text = said.partition("\n")[0].strip()
    if "table:formula" not in attributes and not is_error:
        kind = attributes.get("office:value-type", "")
        has_value = kind == "string" or bool(attributes.get(_VALUE_OF.get(kind, "")))
        return None if has_value or not text else WITHOUT_KIND
    if is_error or _ERROR_SHOWN.fullmatch(text):
        return error(text or "in a formula")
    has_value = "office:value-type" in attributes or "calcext:value-type" in attributes
    return None if has_value or text else UNCALCULATED
