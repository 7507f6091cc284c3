"""The stages of the last twelve months: the same rules, looked at on each month's end (SPEC 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from reportgen.analyses.lifecycle import (
    LIFECYCLE,
    LifecycleStage,
    RelationshipStage,
    lifecycle_stage,
    relationship_stage,
)
from reportgen.evidence.evidence import before_it_ended
from reportgen.periods import month_end, month_starts, year_to
from reportgen.report.findings import ClientFindings, Findings
from reportgen.values import dataclass

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


def history(found: Findings, others: Sequence[Findings] = ()) -> tuple[Moment, ...]:
    """Where everyone stood at the month ends of W, oldest first, and on the day of the findings.

    ``others`` are the findings of other days that are there already: none is looked at twice.
    """
    year = year_to(found.as_of)
    ends = [month_end(first) for first in month_starts(year.first, found.as_of)]
    days = [day for day in ends if day in year and day != found.as_of]
    known = {one.as_of: one for one in (*others, found)}
    return tuple(
        _moment(known.get(day) or Findings(found.courses, found.settings, day))
        for day in (*days, found.as_of)
    )


def furthest(found: Findings) -> tuple[LifecycleStage, ...]:
    """The last stage that each client ever stood at, at a month's end or on the day of the findings."""
    return tuple(_furthest(client) for client in found.clients)


def _furthest(client: ClientFindings) -> LifecycleStage:
    """Before the first sale nobody stood further on than contact brings them on any later day."""
    now = client.standing
    best = LIFECYCLE.index(client.lifecycle.name)
    first = now.sales[0].date if now.sales else now.as_of
    ends = [month_end(month) for month in month_starts(first, now.as_of)]
    for day in reversed([day for day in ends if day < now.as_of]):
        if best == len(LIFECYCLE) - 1:
            break
        stage = lifecycle_stage(before_it_ended(now.course, day), client.settings)
        best = max(best, LIFECYCLE.index(stage))
    return LIFECYCLE[best]


def _moment(found: Findings) -> Moment:
    return Moment(
        date=found.as_of,
        lifecycle={
            one.name: lifecycle_stage(one.standing, found.settings) for one in found.clients
        },
        relationship={
            one.name: relationship_stage(one.standing, found.settings) for one in found.clients
        },
        lapsed=frozenset(seen.name for seen in found.everyone if seen.lapsed),
        ended=frozenset(seen.name for seen in found.everyone if seen.has_ended),
        begun=frozenset(seen.name for seen in found.everyone if seen.known_since is not None),
    )
