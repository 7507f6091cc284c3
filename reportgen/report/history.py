"""The stages of the last twelve months: the same rules, looked at on each month's end (SPEC 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from reportgen.analyses import lifecycle
from reportgen.analyses.lifecycle import LifecycleStage, RelationshipStage
from reportgen.evidence.evidence import Course, Evidence, before_it_ended
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
    ended: frozenset[str]
    begun: frozenset[str]
    """The clients of whom anything was known by then."""

    def counts(self, of: Mapping[str, _Name], names: Sequence[_Name]) -> dict[_Name, int]:
        """How many of the running stood at each of the named stages, in their order."""
        over = self.lapsed | self.ended
        found = Counter(stage for name, stage in of.items() if name not in over)
        return {name: found[name] for name in names}


def history(courses: Sequence[Course], settings: Settings, as_of: date) -> tuple[Moment, ...]:
    """Where everyone stood at the month ends of W, oldest first, and on the as-of date."""
    year = year_to(as_of)
    ends = [month_end(first) for first in month_starts(year.first, as_of)]
    days = [day for day in ends if day in year]
    if not days or days[-1] != as_of:
        days.append(as_of)
    return tuple(_moment(courses, settings, day) for day in days)


def furthest(
    courses: Sequence[Course], settings: Settings, as_of: date
) -> tuple[LifecycleStage, ...]:
    """The last stage that each client ever stood at, at a month's end or on the as-of date."""
    return tuple(_furthest(one, settings, as_of) for one in courses)


def _furthest(whole: Course, settings: Settings, as_of: date) -> LifecycleStage:
    now = before_it_ended(whole, as_of)
    known = now.known_since
    days = [month_end(first) for first in month_starts(known, now.as_of)] if known else []
    best = 0
    for day in (now.as_of, *(day for day in reversed(days) if day < now.as_of)):
        seen = now if day == now.as_of else before_it_ended(whole, day)
        best = max(best, lifecycle.LIFECYCLE.index(lifecycle.lifecycle(seen, settings).name))
        if best == len(lifecycle.LIFECYCLE) - 1:
            break
    return lifecycle.LIFECYCLE[best]


def _moment(courses: Sequence[Course], settings: Settings, day: date) -> Moment:
    everyone = [Evidence(one, day) for one in courses]
    standing = [
        before_it_ended(one, day) if seen.has_ended else seen
        for one, seen in zip(courses, everyone, strict=True)
    ]
    return Moment(
        date=day,
        lifecycle={seen.name: lifecycle.lifecycle(seen, settings).name for seen in standing},
        relationship={seen.name: lifecycle.relationship(seen, settings).name for seen in standing},
        lapsed=frozenset(seen.name for seen in everyone if seen.lapsed),
        ended=frozenset(seen.name for seen in everyone if seen.has_ended),
        begun=frozenset(seen.name for seen in everyone if seen.known_since is not None),
    )
