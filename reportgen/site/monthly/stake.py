"""What the week's messages are about: how many, to whom, and how much of the year hangs on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from reportgen.model import Edition
from reportgen.report.findings import below, running
from reportgen.report.plan.due import Cause
from reportgen.report.plan.plan import Action, Mailing, Plan
from reportgen.report.report import Report
from reportgen.site.monthly.news import NextToSlip, next_to_slip
from reportgen.values import dataclass

FIRST = 3
"""So many of the plan stand on the letter."""

_WEEK = timedelta(days=7)
_SOMEBODY = "a client"


@dataclass(frozen=True, slots=True)
class Task:
    """One message of the plan."""

    whom: str
    """The client, or how many at once."""
    day: date
    recipients: int
    is_mailing: bool
    ends_a_silence: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the running relationships stand, and how many there are in all."""

    clients: int
    touchpoints: int
    sales: int
    planned: int
    running: int
    """Those who have been in touch."""
    lapsed_or_ended: int
    below: int
    next_to_slip: NextToSlip | None


@dataclass(frozen=True, slots=True)
class Stake:
    """The facts behind the headline."""

    as_of: date
    this_week: tuple[Task, ...]
    """The first of the plan, as far as they stand in its first week."""
    later: Task | None
    """The first of the plan by day where the first week has none."""
    brought: Decimal
    """The sales of the last 12 months of those whom this week's messages reach; 0 where that is less."""
    year: Decimal
    """Of all clients."""
    currency: str | None
    is_index: bool
    """Whether amounts are no money: the largest client's sales in all are 100."""
    standing: Standing


def first_of(plan: Plan) -> tuple[Action | Mailing, ...]:
    """The tasks that stand on the letter: the first of the plan that fall into its first week."""
    before = plan.month.first + _WEEK
    return tuple(one for one in plan.tasks[:FIRST] if one.day < before)


def stake(report: Report) -> Stake:
    """The facts of the plan's first week."""
    first = first_of(report.plan)
    sales = {one.name: one.worth.sales_now for one in report.found.clients}
    reached = dict.fromkeys(name for one in first for name in _names(one))
    later = report.plan.by_day[:1] if not first else ()
    return Stake(
        as_of=report.as_of,
        this_week=tuple(_task(one) for one in first),
        later=_task(later[0]) if later else None,
        brought=max(Decimal(), sum((sales[name] for name in reached), Decimal())),
        year=report.found.concentration.sales_now,
        currency=report.settings.currency,
        is_index=report.edition == Edition.COACH,
        standing=_standing(report),
    )


def nameless(facts: Stake) -> Stake:
    """The same facts without the name of any client."""

    def unnamed(task: Task) -> Task:
        return task if task.is_mailing else replace(task, whom=_SOMEBODY)

    slip = facts.standing.next_to_slip
    return replace(
        facts,
        this_week=tuple(map(unnamed, facts.this_week)),
        later=facts.later and unnamed(facts.later),
        standing=replace(facts.standing, next_to_slip=slip and replace(slip, client=_SOMEBODY)),
    )


def _names(one: Action | Mailing) -> tuple[str, ...]:
    return one.clients if isinstance(one, Mailing) else (one.client,)


def _task(one: Action | Mailing) -> Task:
    first = one.cause if isinstance(one, Mailing) else one.due[0].cause
    return Task(
        whom=one.whom,
        day=one.day,
        recipients=len(_names(one)),
        is_mailing=isinstance(one, Mailing),
        ends_a_silence=first is Cause.SILENCE,
    )


def _standing(report: Report) -> Standing:
    found, counts = report.found, report.found.counts
    going = [one for one in running(found) if one.seen.silence.last_contact is not None]
    return Standing(
        clients=counts.clients,
        touchpoints=counts.touchpoints,
        sales=counts.sales,
        planned=counts.planned,
        running=len(going),
        lapsed_or_ended=counts.lapsed + counts.ended,
        below=len(below(found)),
        next_to_slip=next_to_slip(going),
    )
