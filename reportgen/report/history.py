"""The stages of the last twelve months: the same rules, looked at on each month's end (SPEC 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from reportgen.analyses import lifecycle
from reportgen.analyses.lifecycle import LifecycleStage, RelationshipStage
from reportgen.evidence.evidence import Course, course, evidence_on
from reportgen.model import Book
from reportgen.periods import month_end, month_starts, year_to
from reportgen.settings.settings import Settings

_Name = TypeVar("_Name", LifecycleStage, RelationshipStage)


@dataclass(frozen=True, slots=True)
class Moment:
    """Where everyone stood at the end of one day."""

    date: date
    lifecycle: dict[str, LifecycleStage]
    """Client → stage."""
    relationship: dict[str, RelationshipStage]
    lapsed: frozenset[str]
    begun: frozenset[str]
    """The clients of whom anything was known by then."""

    def counts(self, of: Mapping[str, _Name], names: Sequence[_Name]) -> dict[_Name, int]:
        """How many stood at each of the named stages, in their order."""
        found = Counter(of.values())
        return {name: found[name] for name in names}


def history(book: Book, settings: Settings, as_of: date) -> tuple[Moment, ...]:
    """Where everyone stood at the month ends of W, oldest first, and on the as-of date."""
    year = year_to(as_of)
    ends = [month_end(first) for first in month_starts(year.first, as_of)]
    days = [day for day in ends if day in year]
    if not days or days[-1] != as_of:
        days.append(as_of)
    courses = [course(relationship) for relationship in book.relationships]
    return tuple(_moment(courses, settings, day) for day in days)


def _moment(courses: Sequence[Course], settings: Settings, day: date) -> Moment:
    everyone = [evidence_on(one, settings, day) for one in courses]
    return Moment(
        date=day,
        lifecycle={seen.name: lifecycle.lifecycle(seen, settings).name for seen in everyone},
        relationship={seen.name: lifecycle.relationship(seen, settings).name for seen in everyone},
        lapsed=frozenset(seen.name for seen in everyone if seen.lapsed),
        begun=frozenset(seen.name for seen in everyone if seen.known_since is not None),
    )
