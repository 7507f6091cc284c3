"""The figure of what clients were given in their first weeks, held against who stays or comes back."""

from __future__ import annotations

from datetime import timedelta

from reportgen.analyses.what_works import Comparison, Group
from reportgen.editions.policy import Sight
from reportgen.figures.figure import NO_FIRST_SALE, Case, Explained, Fact
from reportgen.figures.written import Json, rounded
from reportgen.report.report import Report


def _group(found: Group) -> Json:
    return {
        "clients": found.clients,
        "happened": found.happened,
        "share": rounded(found.share),
    }


def _compared(one: Comparison) -> Json:
    return {
        "activity": one.what,
        "is_kind": one.is_kind,
        "activities": one.activities,
        "event": one.event,
        "with": _group(one.with_it),
        "without": _group(one.without),
        "days": one.days,
        "better_by": rounded(one.better_by),
        "p": rounded(one.p),
    }


def _of_client(case: Case) -> Fact:
    """What the client was given in the first weeks, of what can be compared."""
    if not case.seen.is_customer:
        return Fact(NO_FIRST_SALE)
    first = case.seen.purchases[0].first
    last = first + timedelta(case.settings.first_weeks_days)
    had = [touch for touch in case.seen.touchpoints if first <= touch.date <= last]
    names = dict.fromkeys(touch.activity.name for touch in had if touch.activity.name)
    said = ", ".join(names) if names else "nothing that is recorded"
    return Fact(f"in the first weeks: {said}", tuple(touch.row for touch in had))


WHAT_WORKS: Explained[Report] = Explained(
    "retention.what_works",
    "for each activity and each kind of touchpoint that ten clients had in their first "
    "{first_weeks_days} days and ten had not: of how many it happened after these days that they left "
    "(service, subscription) or bought again (all others), a Kaplan–Meier share and a log-rank p; a "
    "comparison and no proof.",
    lambda report: [_compared(one) for one in report.outlook.works.comparisons],
    _of_client,
    sight=Sight.COACH,
    page=None,
)
