"""Address books and calendars with another line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import fuzz_books as books
import second_readers as readers
from second_readers import Rows, Sheets

from fuzz_cases.case import STRANGE_NUMBERS, STRANGE_TEXTS, AsReadBy, Case, Chance


def changed_lines(number: int, chance: Chance) -> Case:
    """A line of one card or event is another; all others are read as before, or it is refused."""
    suffix, content, (begin, end) = chance.one(
        (
            (".vcf", books.VCF, ("BEGIN:VCARD", "END:VCARD")),
            (".ics", books.ICS, ("BEGIN:VEVENT", "END:VEVENT")),
        )
    )
    lines = content.decode().split("\r\n")
    if chance.draw.random() < 0.3:
        how, same = chance.one((_folded, _short_ends, _unknown_line, _small_names))(
            lines, begin, chance
        )
        return Case(
            number,
            f"{suffix}: {how}",
            suffix,
            same.encode(),
            AsReadBy((lambda: _of_base(suffix),)),
            False,
        )
    at = chance.one(
        [n for n, line in enumerate(lines) if line and ":" in line and line not in (begin, end)]
    )
    entry = lines[: at + 1].count(begin) - 1
    inside = entry >= 0 and lines[: at + 1].count(end) == entry
    line = lines[at]
    put = chance.one((*STRANGE_NUMBERS, *STRANGE_TEXTS)).replace("\ud800", "\x80")
    name, _, value = line.partition(":")
    place = chance.place(line)
    lines[at] = chance.one(
        (
            f"{name}:{put}",
            f"{name};X={put}:{value}",
            line[:place],
            line[:place] + put + line[place:],
            put,
            f"{line}\r\n{line}",
            line.replace(":", ";", 1),
            f"{name};ENCODING=QUOTED-PRINTABLE:{value}=",
            f"{name}:{value[::-1]}",
        )
    )
    fits = TheOthersAsBefore(suffix, entry) if inside else _anything
    how = f"{line!r} as {lines[at][:60]!r}"
    return Case(number, f"{suffix}: {how}", suffix, "\r\n".join(lines).encode(), fits)


def _folded(lines: Sequence[str], begin: str, chance: Chance) -> tuple[str, str]:
    def folded(line: str) -> str:
        at = chance.draw.randrange(1, max(2, len(line)))
        return f"{line[:at]}\r\n {line[at:]}" if len(line) > 20 else line

    return "lines folded", "\r\n".join(map(folded, lines))


def _short_ends(lines: Sequence[str], begin: str, chance: Chance) -> tuple[str, str]:
    return "lines end in one sign", "\n".join(lines)


def _unknown_line(lines: Sequence[str], begin: str, chance: Chance) -> tuple[str, str]:
    found = [f"{line}\r\nX-OTHER;A=b:c" if line == begin else line for line in lines]
    return "unknown properties", "\r\n".join(found)


def _small_names(lines: Sequence[str], begin: str, chance: Chance) -> tuple[str, str]:
    small = {"FN": "fn", "EMAIL": "Email", "SUMMARY": "summary", "DTSTART": "dtstart"}
    return "names in small letters", "\r\n".join(
        small.get(head := re.split("[:;]", line)[0], head) + line[len(head) :] for line in lines
    )


@cache
def _of_base(suffix: str) -> Sheets:
    """What the undamaged file is read as; the tests of the formats hold that it is right."""
    from reportgen.reading.address_books import address_book
    from reportgen.reading.calendars import calendar

    if suffix == ".vcf":
        grid = address_book(books.VCF.decode().splitlines(keepends=True), "book.vcf")
    else:
        grid = calendar(books.ICS, "book.ics")
    return {"": readers.read_by_us([grid])[grid.sheet]}


@dataclass(frozen=True)
class TheOthersAsBefore:
    """Fits where the rows of all other cards or events are what they were."""

    suffix: str
    entry: int

    def __call__(self, found: Sheets) -> bool:
        (rows,) = found.values()
        mine = {".vcf": f"card-{self.entry}", ".ics": f"event-{self.entry}@example.org"}[
            self.suffix
        ]
        kept = [row for row in _rows(_of_base(self.suffix)[""]) if mine not in row]
        return not Counter(kept) - Counter(_rows(rows))


def _rows(cells: Rows) -> list[tuple[object, ...]]:
    rows: dict[int, dict[int, object]] = {}
    for (row, column), value in cells.items():
        rows.setdefault(row, {})[column] = value
    return [tuple(row.get(column) for column in range(10)) for row in rows.values()]


def _anything(found: Sheets) -> bool:
    return True
