"""The figures of how last year's sales became this year's."""

from __future__ import annotations

from reportgen import words
from reportgen.analyses.bridge import Bridge, Step, StepName
from reportgen.editions.policy import Sight
from reportgen.figures.figure import NO_SALES, Case, Explained, Fact, not_known
from reportgen.figures.written import Json
from reportgen.report.report import Report


def _bridge(report: Report) -> list[Json] | None:
    found = report.found.bridge
    if found is None:
        return None
    return [
        {"step": step.name, "amount": step.amount, "clients": step.clients} for step in found.steps
    ]


def _own_step(found: Bridge, name: str) -> Step | None:
    ends = (StepName.BEFORE, StepName.NOW)
    return next((s for s in found.steps if s.name not in ends and name in s.clients), None)


def _in_bridge(case: Case) -> Fact:
    found = case.report.found.bridge
    if not case.sold:
        return Fact(NO_SALES)
    if found is None:
        return Fact(not_known("record the sales of three whole months or more a year ago (Sales)"))
    step = _own_step(found, case.client.name)
    earlier, later = case.seen.sales_in(found.earlier), case.seen.sales_in(found.later)
    rows = (*case.sale_rows(found.earlier), *case.sale_rows(found.later))
    if step is None:
        return Fact("in no step, as much as the year before", rows)
    currency = case.settings.currency
    then, this = (words.money(one, currency, pence=True) for one in (earlier, later))
    return Fact(f"{step.name}, from {then} to {this}", rows)


BRIDGE: Explained[Report] = Explained(
    "retention.bridge",
    "the sales of the year before, less those of clients not back, less what those who stayed spend "
    "less, and with what they spend more, what clients won back and new clients bring: the sales of "
    "the last 12 months.",
    _bridge,
    _in_bridge,
    sight=Sight.MONEY,
    page=None,
)
