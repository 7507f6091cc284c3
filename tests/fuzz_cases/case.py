"""A case, what may be read of it, and what is drawn for it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import second_readers as readers
from second_readers import Sheets

Reader = Callable[[], Sheets]


@dataclass(frozen=True)
class Case:
    """One file and what is known of it."""

    number: int
    what: str
    """What was done, for a person."""
    suffix: str
    content: bytes
    fits: Callable[[Sheets], bool]
    """Whether this may be read of it."""
    may_refuse: bool = True


@dataclass(frozen=True)
class AsReadBy:
    """Fits what one of the readers finds, in a form for both; a reader that fails says nothing."""

    readers: tuple[Reader, ...]
    form: Callable[[Sheets], Sheets] = lambda sheets: sheets

    def __call__(self, found: Sheets) -> bool:
        return any(readers.same(self.form(found), theirs) for theirs in self.said())

    def said(self) -> Iterator[Sheets]:
        for reader in self.readers:
            with suppress(Exception):
                yield self.form(reader())


def never(found: Sheets) -> bool:
    """Nothing may be read of it: it must be refused."""
    return False


@dataclass
class Chance:
    """Draws what happens to the case."""

    draw: random.Random

    def one(self, choices: Sequence):  # type: ignore[no-untyped-def]
        return self.draw.choice(choices)

    def place(self, things: Sequence[object] | bytes, first: int = 0) -> int:
        return self.draw.randrange(first, max(first + 1, len(things)))


def flipped(content: bytes, at: int, chance: Chance) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1 << chance.draw.randrange(8)
    return bytes(changed)


STRANGE_NUMBERS = (
    "",
    " ",
    "-1",
    "0",
    "1",
    "2",
    "7",
    "45000",
    "46000.5",
    "2958466",
    "1e5",
    "1E+2",
    "1e999",
    "-1e999",
    "NaN",
    "INF",
    "-Infinity",
    "1_000",
    "0x10",
    "１２",
    "1,5",
    "1.2.3",
    "4294967296",
    "99999999999999999999",
    "-0",
    "60",
    "59",
    "61",
    "0.5",
    "true",
    "#N/A",
    "XFD1048576",
    "A0",
    "AAAA1",
    "A1048577",
    "B2",
    "$B$2",
    "2026-02-30",
    "2026-01-05",
    "2026-01-05T10:30:00",
    "PT10H20M",
    "s",
    "n",
    "e",
    "b",
    "str",
    "d",
    "inlineStr",
    "float",
    "date",
    "string",
    "boolean",
)
STRANGE_TEXTS = (
    "&#0;",
    "&#1;",
    "&#xFFFE;",
    "&amp;",
    "&lt;b&gt;",
    "&nope;",
    "&",
    "&#x110000;",
    "_x0000_",
    "_x000D_",
    "_x0041_",
    "]]>",
    "\x00",
    "\x0b",
    "\ud800",
    "\u202e",
    "<",
    ">",
    "<x/>",
    "<!-- c -->",
    "<![CDATA[x]]>",
    "<?p i?>",
    " ",
    "\n",
    "\t",
    "0",
    "é",
    "𝟙",
    "a" * 300,
    "<!DOCTYPE x>",
    "=1+1",
    "'",
)
