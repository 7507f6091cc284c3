"""The sheets of an .ods, read in one walk that counts each cell before it is kept.

The spreadsheet library is left out: it goes by the prefix of a name and not by what the prefix stands
for, gives up at white space between cells, and takes whichever attribute has a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from xml.parsers import expat

from reportgen.reading.cells import Value
from reportgen.reading.safety.budget import Budget, memory, unsafe
from reportgen.reading.safety.found import EPOCH_1900, EPOCH_1904, Fault
from reportgen.reading.safety.opendocument_values import (
    FORMULA,
    OFFICE,
    TABLE,
    Attributes,
    value,
)

ALWAYS_READ = ("content.xml", "META-INF/manifest.xml", "mimetype")
MOST_SPACES = 1_000_000
"""Spaces that stand for many, all together."""
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_SHEET, _ROW = f"{TABLE}table", f"{TABLE}table-row"
_LINK = f"{TABLE}dde-link"
"""Keeps what another program said last, in a table without a name."""
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_SPACES = f"{_TEXT}s"
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_WHITE = re.compile(r"[ \t\r\n]++")
_MOST_HIDDEN = 10_000
"""Of the repeats of one hidden row so many are told of."""

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class Sheet:
    """One sheet; every row of it has as many cells as the longest."""

    name: str
    is_hidden: bool = False
    rows: list[list[Value]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    """From 0: those with a filled cell."""
    merged: list[Range] = field(default_factory=list)
    """First and last cell of those that were merged downwards."""


@dataclass(slots=True)
class Spreadsheet:
    """What stands in the content of an .ods."""

    sheets: list[Sheet] = field(default_factory=list)
    """None in a letter."""
    epoch: date = EPOCH_1900
    """Day 0 of the serial numbers."""


def read(xml: bytes, budget: Budget) -> Spreadsheet:
    """Every sheet, with each repeated row and cell as often as the file says.

    Raises: ReportError, when it is more than the budget has; expat.ExpatError or ValueError, when the XML
    is broken, or something stands where nobody knows what it means.
    """
    content = _Content(budget)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.text
    parser.Parse(xml, True)
    return content.found


def _times(attributes: Attributes, name: str) -> int:
    """How often something is repeated. Raises: ValueError, when it is no number."""
    if name not in attributes:
        return 1
    said = attributes[name].strip(" \t\r\n").removeprefix("+")
    if not (said.isascii() and said.isdecimal() and int(said)):
        raise ValueError("repeated no number of times")
    return int(said)


class _Words:
    """The words of one cell: its paragraphs, with white space as the format counts it."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._spaces = 0
        """Of the whole file."""
        self.begin()

    def begin(self) -> None:
        self.paragraphs: list[str] = []
        self._line: list[str] = []
        self._depth = 0
        self._in_paragraph = self._after_white = False

    def start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == 1:
            # Beside its paragraphs a cell may have a comment or a drawing, with words that are not its own.
            self._in_paragraph = self._after_white = name in _PARAGRAPHS
        elif self._in_paragraph and name == _SPACES:
            self._put(" " * self._counted(_times(attributes, f"{_TEXT}c")))
        elif self._in_paragraph and name in _SIGNS:
            self._put(_SIGNS[name])

    def _put(self, signs: str) -> None:
        self._line.append(signs)
        self._after_white = False

    def _counted(self, spaces: int) -> int:
        self._spaces += spaces
        if self._spaces > MOST_SPACES:
            raise unsafe(self._budget.name, "it repeats a space more often than any text does")
        return spaces

    def text(self, said: str) -> None:
        if self._in_paragraph:
            said = _WHITE.sub(" ", said)
            if self._after_white:
                said = said.removeprefix(" ")
            if said:
                self._line.append(said)
                self._after_white = said.endswith(" ")
        elif not self._depth and said.strip():
            raise ValueError("words outside of a paragraph")

    def end(self) -> None:
        self._depth -= 1
        if not self._depth and self._in_paragraph:
            line = "".join(self._line)
            self.paragraphs.append(line.removesuffix(" ") if self._after_white else line)
            self._line.clear()
            self._in_paragraph = False


class _Content:
    """Walks through the file, counts, and keeps what is filled."""

    def __init__(self, budget: Budget) -> None:
        self.found = Spreadsheet()
        self._budget = budget
        self._words = _Words(budget)
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._names: set[str] = set()
        self._sheet: Sheet | None = None
        self._in_link = False
        self._cell: Attributes | None = None
        """The attributes of the cell that is open."""
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self._row = self._rows_here = self._column = 0
        self._rows = self._columns = self._filled = 0
        self._is_hidden = self._in_row = False
        self._cells: list[Value] = []
        """Those of the row that is open."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            if name == _ROW or name in _CELLS:
                raise ValueError("a row or a cell in a cell")
            self._words.start(name, attributes)
        elif name in _CELLS:
            if not self._in_row:
                raise ValueError("a cell outside of a row")
            self._cell = attributes
        elif name == _ROW:
            self._start_row(attributes)
        elif name == _SHEET:
            self._start_sheet(attributes)
        elif name == _LINK:
            self._in_link = True
        elif name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties":
            if attributes.get(f"{TABLE}display") == "false":
                self._hidden_styles.add(self._style)
        elif name == f"{TABLE}null-date":
            first = attributes.get(f"{TABLE}date-value", "")
            self.found.epoch = EPOCH_1904 if first.startswith("1904-01-01") else EPOCH_1900

    def _start_sheet(self, attributes: Attributes) -> None:
        if self._in_link:
            return
        name = attributes.get(f"{TABLE}name", "")
        if not name or self._sheet is not None:
            raise ValueError("a sheet without a name, or in another")
        if name in self._names:
            raise unsafe(self._budget.name, "it has two sheets of one name")
        is_hidden = attributes.get(f"{TABLE}style-name") in self._hidden_styles
        self._sheet = Sheet(name, is_hidden)
        self._names.add(name)
        self.found.sheets.append(self._sheet)
        self._begin_sheet()

    def _start_row(self, attributes: Attributes) -> None:
        if self._in_row:
            raise ValueError("a row in a row")
        self._in_row = True
        self._rows_here = _times(attributes, f"{TABLE}number-rows-repeated")
        self._column = 0
        self._is_hidden = attributes.get(f"{TABLE}visibility") in ("collapse", "filter")

    def text(self, said: str) -> None:
        if self._cell is not None:
            self._words.text(said)

    def end(self, name: str) -> None:
        if self._cell is not None and name in _CELLS:
            self._end_cell(self._cell)
            self._cell = None
            self._words.begin()
        elif self._cell is not None:
            self._words.end()
        elif name == _ROW:
            self._end_row()
        elif name == _SHEET and self._sheet is not None:
            self._end_sheet(self._sheet)
            self._sheet = None
        elif name == _LINK:
            self._in_link = False

    def _end_cell(self, attributes: Attributes) -> None:
        times = _times(attributes, f"{TABLE}number-columns-repeated")
        if self._sheet is not None and (
            self._words.paragraphs
            or FORMULA in attributes
            or any(name.startswith(OFFICE) for name in attributes)
        ):
            self._reach(self._sheet, times)
            found = value(attributes, "\n".join(self._words.paragraphs))
            self._spend(found, times * self._rows_here)
            if found is not None and found != "":
                self._cells += [None] * (self._column - len(self._cells)) + [found] * times
            self._note_merged(self._sheet, attributes)
        self._column += times

    def _reach(self, sheet: Sheet, times: int) -> None:
        self._rows = max(self._rows, self._row + self._rows_here)
        self._columns = max(self._columns, self._column + times)
        self._filled += times * self._rows_here
        reach = (self._rows, self._columns)
        if not self._budget.has_room(reach, self._filled):
            self._budget.box(sheet.name, reach, self._filled)  # says so

    def _spend(self, found: Value, times: int) -> None:
        self._budget.repeat(times - 1)
        if isinstance(found, str):
            length = len(found.encode("utf-8", "replace"))
            self._budget.text(times * memory(length, found.isascii()))
        elif isinstance(found, Fault):
            self._budget.fault(times)

    def _note_merged(self, sheet: Sheet, attributes: Attributes) -> None:
        below = _times(attributes, f"{TABLE}number-rows-spanned") - 1
        if below and _times(attributes, f"{TABLE}number-columns-spanned") == 1:
            first = (self._row, self._column)
            sheet.merged.append((first, (self._row + below, self._column)))

    def _end_row(self) -> None:
        sheet = self._sheet
        if sheet is not None and self._cells:
            sheet.rows += [[] for _ in range(self._row - len(sheet.rows))]
            sheet.rows += [list(self._cells) for _ in range(self._rows_here)]
            if self._is_hidden:
                last = self._row + min(self._rows_here, _MOST_HIDDEN)
                sheet.hidden_rows.update(range(self._row, last))
        self._row += self._rows_here
        self._cells, self._in_row = [], False

    def _end_sheet(self, sheet: Sheet) -> None:
        self._budget.box(sheet.name, (self._rows, self._columns), self._filled)
        width = max(map(len, sheet.rows), default=0)
        for row in sheet.rows:
            row += [None] * (width - len(row))
