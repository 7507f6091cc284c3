"""One client: how are we two?"""

from __future__ import annotations

from datetime import timedelta

from reportgen.report.findings import ClientFindings
from reportgen.report.report import Report
from reportgen.words import (
    day,
    days,
)


def answer(one: ClientFindings, report: Report) -> str:
    """How are we two?"""
    seen, quiet = one.seen, one.seen.silence
    if quiet.last_contact is None or quiet.silence_days is None:
        return "There has been no contact yet."
    if quiet.client_ended:
        return f"Ended on {day(quiet.ended)}; the last contact was on {day(quiet.last_contact)}."
    next_step = _next_step(one) if report.found.sales_recorded else ""
    if seen.lapsed:
        return (
            f"Lapsed: silent for {days(quiet.silence_days)}, "
            f"since {day(quiet.last_contact)}, with nothing running."
        )
    if quiet.below_red_line:
        over = quiet.silence_days - quiet.red_line_days
        return f"Below the red line for {days(over)}: silent since {day(quiet.last_contact)}{next_step}."
    since = (
        f" since {day(quiet.spells[-1].last + timedelta(days=1))}"
        if quiet.spells
        else " from the start"
    )
    return f"Above the red line{since}{next_step}."


def _next_step(one: ClientFindings) -> str:
    needs = one.relationship.needs
    if len(needs) != 1:
        return ""
    stages = ("courting", "contract", "continuation", "commitment", "convergence")
    following = stages[stages.index(one.relationship.name) + 1]
    return f"; for {following} it needs {needs[0]}"
