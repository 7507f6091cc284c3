"""How far the cells of an .xlsx sheet reach, and what their texts come to.

Two ways to the same figures. Usual programs write every cell as ``<c r="A1"``; of such a sheet the
addresses are picked out many at a time. Any other spelling goes through an XML parser, cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.parsers import expat

from reportgen.reading.safety.budget import memory
from reportgen.reading.safety.found import Reach
from reportgen.values import dataclass

_AT_ONCE = 4_000_000
_BEYOND = 24
"""Bytes after a tag's beginning that hold the longest address."""
_TAG, _COLON, _QUOTE, _EXCLAMATION, _C = b'<:"!c'
_AFTER_A_NAME = b" \t\r\n/>"
_ADDRESS = re.compile(r"([A-Za-z]{0,6})(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Extent:
    """What a sheet takes."""

    reach: Reach
    filled: int
    """Cells with something in them; where they are picked out, blank ones with a format too."""
    texts: int
    """Bytes of memory of the texts that stand in the sheet itself; where picked out, at most so many."""


def picked(xml: bytes) -> Extent | None:
    """The extent of a sheet as usual programs write it, at least as large as it is; else None."""
    import numpy as np

    whole = np.frombuffer(xml, np.uint8)
    ends_a_name = np.zeros(256, bool)  # np.isin would import numpy.ma
    ends_a_name[list(_AFTER_A_NAME)] = True
    rows, columns, filled, tags = 0, 0, 0, 0
    for start in range(0, len(xml), _AT_ONCE):
        view = whole[start : start + _AT_ONCE + _BEYOND]
        if len(view) < _AT_ONCE + _BEYOND:
            view = np.concatenate((view, np.zeros(_BEYOND, np.uint8)))
        here = view[:_AT_ONCE]
        begins = np.flatnonzero(here == _TAG)
        prefixes = np.flatnonzero(here == _COLON)
        second = view[begins + 1]
        named = begins[second == _C] + 2
        named = named[ends_a_name[view[named]]]
        prefixed = prefixes[view[prefixes + 1] == _C] + 2
        usual = (
            (view[named] == _AFTER_A_NAME[0])
            & (view[named + 1] == ord("r"))
            & (view[named + 2] == ord("="))
            & (view[named + 3] == _QUOTE)
        )
        if not usual.all() or ends_a_name[view[prefixed]].any() or (second == _EXCLAMATION).any():
            return None
        address = view[(named + 4)[:, None] + np.arange(12)].astype(np.int64)
        reach = _furthest(address)
        if reach is None:
            return None
        rows, columns = max(rows, reach[0]), max(columns, reach[1])
        filled, tags = filled + len(named), tags + len(begins)
    shortest_tag = 3
    return Extent((rows, columns), filled, memory(len(xml) - tags * shortest_tag, xml.isascii()))


def _furthest(address: object) -> Reach | None:
    """The last row and column of addresses, a row of bytes each; None where one is spelt otherwise."""
    import numpy as np

    assert isinstance(address, np.ndarray)
    rows, columns = np.zeros(len(address), np.int64), np.zeros(len(address), np.int64)
    in_letters = np.ones(len(address), bool)
    ended = np.zeros(len(address), bool)
    for place in range(address.shape[1]):
        if ended.all():
            break
        byte = address[:, place]
        letter = in_letters & (byte >= ord("A")) & (byte <= ord("Z"))
        in_letters = letter
        digit = ~letter & ~ended & (byte >= ord("0")) & (byte <= ord("9"))
        ended |= byte == _QUOTE
        if not (letter | digit | ended).all():
            return None
        columns = np.where(letter, columns * 26 + byte - 64, columns)
        rows = np.where(digit, rows * 10 + byte - 48, rows)
    if not (ended.all() and rows.all() and columns.all()):
        return None
    return int(rows.max(initial=0)), int(columns.max(initial=0))


def parsed(xml: bytes, lengths: Sequence[int]) -> Extent:
    """The extent of any sheet; ``lengths`` has the memory of each text of the workbook's table.

    Raises: expat.ExpatError or ValueError, when the XML is broken, or an address or a link
    to a text is none.
    """
    sheet = _Sheet(lengths)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = sheet.start
    parser.EndElementHandler = sheet.end
    parser.CharacterDataHandler = sheet.text
    parser.Parse(xml, True)
    return Extent((sheet.rows, sheet.columns), sheet.filled, sheet.texts)


class _Sheet:
    """Walks through a sheet as the library does, and counts."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self.rows = self.columns = self.filled = self.texts = 0
        self._lengths = lengths
        self._row = self._column = 0
        self._at: tuple[int, int] | None = None
        self._is_shared = self._is_filled = self._is_value = False
        self._said: list[str] = []
        self._value: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if self._at is not None:
            self._is_filled, self._is_value = True, local == "v"
        elif local == "row" and "r" in attributes:
            self._row = _numbers(attributes["r"])[0] - 1
        elif local == "c":
            if "r" in attributes:
                row, column = _numbers(attributes["r"])
                self._at, self._column = (row - 1, column - 1), column - 1
            else:
                self._at = (self._row, self._column)
            self._is_shared, self._is_filled = attributes.get("t") == "s", False

    def text(self, said: str) -> None:
        if self._at is not None:
            self._said.append(said)
            if self._is_value:
                self._value.append(said)

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self._is_value = False
        if local == "row":
            self._row, self._column = self._row + 1, 0
        elif local == "c" and self._at is not None:
            if self._is_filled:
                row, column = self._at
                self.filled += 1
                self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
                self._count("".join(self._said))
            self._said.clear()
            self._value.clear()
            self._at, self._column = None, self._column + 1

    def _count(self, said: str) -> None:
        number = "".join(self._value)
        if self._is_shared and number:
            if not (number.isascii() and number.isdecimal() and len(number) < 10):
                raise ValueError("a link to no text")  # the library takes it for the first
            place = int(number)
            self.texts += self._lengths[place] if place < len(self._lengths) else 0
        else:
            self.texts += memory(len(said), said.isascii())


def _numbers(reference: str) -> tuple[int, int]:
    """Row and column, from 1, of an address; the row of a row's number.

    Raises: ValueError, when it is no address.
    """
    found = _ADDRESS.fullmatch(reference.replace("$", "").strip())
    if found is None:
        raise ValueError("no address")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
