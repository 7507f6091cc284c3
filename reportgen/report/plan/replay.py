"""Would the plan have caught them? The plan of six months ago, against who has left since (SPEC 9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from reportgen.analyses.health import has_left, term_is_over
from reportgen.evidence.evidence import Evidence
from reportgen.model import name_key
from reportgen.periods import year_to
from reportgen.report.findings import Findings
from reportgen.report.plan.plan import most_at_stake
from reportgen.settings.settings import Settings
from reportgen.values import dataclass

AT_LEAST = 5
"""So many clients must have left before a share is told."""


@dataclass(frozen=True, slots=True)
class Replay:
    """Of the yearly sales of those who have left since a day: the share that the plan of that day had."""

    then: date
    planned: int
    """How many clients that plan had."""
    left: tuple[str, ...]
    """Who was a running customer then and has left since, in order of name."""
    clients: tuple[str, ...]
    """Those of them who stood in that plan, likewise."""
    sales: Decimal
    """What all who have left brought in the 12 months before that day."""
    caught: float | None
    """n/a where fewer than five have left, or brought nothing; the next two likewise."""
    by_overdue: float | None
    """The share with as many clients, the most overdue ones."""
    by_chance: float | None
    """What as many clients would have had on average, drawn by lot."""


def replay(then: Findings, now: Mapping[str, Evidence], settings: Settings) -> Replay:
    """The test of an earlier day’s plan; ``then`` is what was found on it, ``now`` what is seen today."""
    day = then.as_of
    running = [seen for seen in then.everyone if seen.is_running]
    left = [seen for seen in running if _was_ours(seen) and has_left(now[seen.name], day)]
    planned = {action.client for action in most_at_stake(then, settings)}
    overdue = {seen.name for seen in sorted(running, key=_most_overdue_first)[: len(planned)]}
    brought = {seen.name: max(Decimal(), seen.sales_in(year_to(day))) for seen in left}
    total = sum(brought.values(), Decimal())
    known = len(left) >= AT_LEAST and total > 0

    def share(of: set[str]) -> float | None:
        caught = sum((brought[name] for name in brought if name in of), Decimal())
        return float(caught / total) if known else None

    return Replay(
        then=day,
        planned=len(planned),
        left=tuple(brought),
        clients=tuple(name for name in brought if name in planned),
        sales=total,
        caught=share(planned),
        by_overdue=share(overdue),
        by_chance=len(planned) / len(running) if known else None,
    )


def _was_ours(seen: Evidence) -> bool:
    """Whether there was something to lose: a customer, of those who pay by the month one who still did."""
    return seen.is_customer and not term_is_over(seen)


def _most_overdue_first(seen: Evidence) -> tuple[float, float, str]:
    """By how far beyond the red line; of those above it, by how near they are."""
    silence = seen.silence
    days = silence.silence_days or 0
    return (-(silence.overdue or 0), -days / silence.red_line_days, name_key(seen.name))
