"""Which lines a workbook has already, so that adopting again adds only what is new.

A row is known by what its source calls it. Where the source gives it no name it is known by its client,
its day, and its activity and words or its amount; a mark made of these stands beside it in the workbook,
so that it is known again when the owner has changed its cells.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal

from reportgen.adopting.lines import Cell, Line
from reportgen.model import name_key
from reportgen.reading.columns import ACTIVITIES, CLIENTS, FEEDBACK, RATINGS, SALES, TOUCHPOINTS
from reportgen.values import dataclass

_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    CLIENTS.name: ("client",),
    TOUCHPOINTS.name: ("client", "date", "activity", "topic"),
    SALES.name: ("client", "date", "amount"),
    FEEDBACK.name: ("client", "date", "kind", "score", "text"),
    ACTIVITIES.name: ("name",),
    RATINGS.name: ("client", "date", "care", "accountability", "communication"),
}
"""Sheet → the fields that tell a row from others."""
_MARK = re.compile(r"#[0-9a-f]{12}(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class Change:
    """What a source says now, and the workbook otherwise."""

    line: Line
    """As the source has it."""
    kept: Line
    """As the workbook has it."""
    fields: tuple[str, ...]


@dataclass(slots=True)
class Known:
    """The lines of a workbook, by what tells them apart; lines that are added to it are known at once."""

    named: dict[tuple[str, str], Line | None] = field(default_factory=dict)
    """Sheet and what stands in ``Id there`` → the line; None where it cannot be read any more."""
    told: dict[tuple[str, str], Line] = field(default_factory=dict)
    """Sheet and mark → the line that is so now."""

    @classmethod
    def of(cls, lines: Sequence[Line], names: Iterable[tuple[str, str]] = ()) -> Known:
        """What a workbook has: its lines, each with what stands in ``Id there``, and all such names."""
        known = cls(dict.fromkeys(names))
        for line, mark in zip(lines, _marks(lines), strict=True):
            if line.source_id:
                known.named[line.sheet.name, line.source_id] = line
            known.told.setdefault((line.sheet.name, mark), line)
        return known

    def add(self, lines: Sequence[Line]) -> tuple[list[Line], list[Change], int]:
        """Of one source's lines the new ones, each with its name; what has changed; how many were known."""
        new: list[Line] = []
        changes: list[Change] = []
        taken: set[int] = set()
        for line, mark in zip(lines, _marks(lines), strict=True):
            found, kept = self._find(line, mark, taken)
            if not found:
                new.append(replace(line, source_id=line.source_id or mark))
                continue
            if kept is None:
                continue
            taken.add(id(kept))
            differing = tuple(
                one for one, cell in line.values.items() if _differ(cell, kept.values.get(one))
            )
            if differing:
                changes.append(Change(line, kept, differing))
        for line, mark in zip(new, _marks(new), strict=True):
            self.named[line.sheet.name, line.source_id] = line
            self.told.setdefault((line.sheet.name, mark), line)
        return new, changes, len(lines) - len(new)

    def _find(self, line: Line, mark: str, taken: set[int]) -> tuple[bool, Line | None]:
        """Whether a line is known, and as which line of the workbook."""
        sheet = line.sheet.name
        for name in (line.source_id, mark):
            if name and (sheet, name) in self.named:
                kept = self.named[sheet, name]
                if kept is None or name == mark or _alike(line, kept):
                    return True, kept
        kept = self.told.get((sheet, mark))
        if kept is None or id(kept) in taken or _other_name(line, kept):
            return False, None
        return True, kept


def _marks(lines: Iterable[Line]) -> list[str]:
    """A mark for each line of one source, made of what tells it; the second of two alike has a ``-2``."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for line in lines:
        told = [
            line.sheet.name,
            *(plain_cell(line.values.get(one)) for one in _TOLD_BY[line.sheet.name]),
        ]
        digest = "#" + hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:12]
        seen[digest] += 1
        found.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return found


def plain_cell(cell: Cell | None) -> str:
    """The form in which a cell is compared; of a blank one nothing."""
    if cell is None:
        return ""
    if isinstance(cell, int | Decimal):
        return f"{Decimal(cell).normalize():f}"
    return name_key(str(cell))


def _equal(one: Cell, other: Cell | None) -> bool:
    return plain_cell(one) == plain_cell(other)


def _differ(ours: Cell, kept: Cell | None) -> bool:
    """Whether the source says something else; words that the owner has made a day or a number do not."""
    mended = isinstance(ours, str) and kept is not None and not isinstance(kept, str)
    return not mended and not _equal(ours, kept)


def _alike(line: Line, kept: Line) -> bool:
    """Whether client or day are the same: two programs may give two rows the same number."""
    return any(
        _equal(line.values[one], kept.values.get(one))
        for one in ("client", "date")
        if one in line.values
    )


def _other_name(line: Line, kept: Line) -> bool:
    """Whether the same source calls the two differently, so that they are two."""
    if _MARK.fullmatch(kept.source_id) or not (line.source_id and kept.source_id):
        return False
    return _kind(line.source_id) == _kind(kept.source_id) and line.source_id != kept.source_id


def _kind(name: str) -> str:
    return name.rpartition(" ")[0]
