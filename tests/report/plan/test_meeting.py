"""Which causes meet in one message: for every pair, a client with the rows of both, on 31 October 2026."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from letters.meetings import PAIRS
from sites import AS_OF

from reportgen.model import Book, Client, Feedback, Sale, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.reading.catalogue import built_in
from reportgen.report.findings import findings
from reportgen.report.plan.due import FAVOURS, Cause, due
from reportgen.report.plan.plan import plan
from reportgen.settings.settings import Settings

EVERY_TWO = list(combinations(Cause, 2))
SETTINGS = Settings(business_model="consultancy")
CALL, EMAIL = (built_in().activities[name] for name in ("call", "email"))


def touch(month, day, activity=CALL, year=2026, **more):
    return Touchpoint(date(year, month, day), "Acme", activity, Row("Touchpoints", 2), **more)


def sold(year, month, day, **more):
    return Sale(date(year, month, day), "Acme", Decimal(100), Row("Sales", 2), **more)


def fortnightly():
    """A call every two weeks for two years, so that no red line of 20 days is ever crossed."""
    days = (date(2026, 10, 4) - timedelta(days=14 * back) for back in range(52))
    return [touch(day.month, day.day, year=day.year, direction="both") for day in days]


THREE_YEARS = [sold(2024, 1, 10), sold(2024, 6, 10), sold(2025, 1, 10)]

ROWS = {
    Cause.COMPLAINT: [touch(10, 5, EMAIL, direction="in", signal="complaint")],
    Cause.PROMISE: [touch(10, 6, promise="codes", promised_for=date(2026, 10, 20))],
    Cause.ANSWER: [touch(10, 8, EMAIL, direction="in")],
    Cause.SILENCE: [touch(10, 1), {"red_line_days": 20}],
    Cause.GREETING: [touch(10, 1), {"birthday": date(1980, 11, 12)}],
    Cause.PROMISED: [touch(10, 6, promise="plan", promised_for=date(2026, 11, 9))],
    Cause.PLAN: [*THREE_YEARS, *fortnightly()],
    Cause.PROSPECT: [touch(10, 2), {"contact_every_days": 5}],
    Cause.INVOICE: [sold(2026, 9, 15, due_on=date(2026, 10, 5))],
    Cause.BOUNDARY: [
        touch(10, 1 + number % 2, direction="both", start=time(22), minutes=30)
        for number in range(5)
    ],
    Cause.REFERRAL: [*THREE_YEARS, touch(10, 1, signal="advice asked", direction="both")],
    Cause.TESTIMONIAL: [
        sold(2026, 3, 1),
        touch(10, 1),
        Feedback(
            date(2026, 4, 1), "Acme", Row("Feedback", 2), score=Decimal(10), out_of=Decimal(10)
        ),
    ],
    Cause.SURVEY: [sold(2026, 9, 20)],
    Cause.WOW: [sold(2026, 3, 1), touch(10, 1)],
}
"""Cause → the rows that make it due; a dictionary is for the client's own row."""

NEVER_DUE_TOGETHER = {
    # who is below the red line, or whose complaint is open, is no candidate for these
    Cause.SILENCE: {Cause.PROSPECT, Cause.REFERRAL},
    Cause.COMPLAINT: {Cause.REFERRAL, Cause.TESTIMONIAL, Cause.WOW},
    # a prospect has bought nothing
    Cause.PROSPECT: {
        Cause.PLAN, Cause.INVOICE, Cause.REFERRAL, Cause.TESTIMONIAL, Cause.SURVEY, Cause.WOW
    },
    # a survey is for who bought lately, a surprise for who did not
    Cause.SURVEY: {Cause.WOW},
    Cause.INVOICE: {Cause.WOW},
}  # fmt: skip


def book_of(*causes):
    rows, client = {}, Client("Acme")
    for row in [row for cause in causes for row in ROWS[cause]]:
        if isinstance(row, dict):
            client = replace(client, **row)
            continue
        kind = rows.setdefault(type(row), [])
        kind.append(replace(row, row=Row(row.row.sheet, 2 + len(kind))))
    found = relationships([client], *(rows.get(kind, []) for kind in (Touchpoint, Sale, Feedback)))
    return Book(found, Source("a.xlsx", "0" * 64))


def found_for(*causes):
    """The causes that are due with the client, and those of the month's one message."""
    found = findings(book_of(*causes), SETTINGS, AS_OF)
    (client,) = found.clients
    owed = {one.cause for one in due(client, 7, date(2026, 11, 30), SETTINGS)}
    (action,) = plan(found, SETTINGS).actions
    return owed, {one.cause for one in action.due}


@pytest.mark.parametrize("cause", Cause)
def test_each_is_due_by_its_rows(cause):
    owed, told = found_for(cause)
    assert cause in owed
    assert cause in told


@pytest.mark.parametrize(("one", "other"), EVERY_TWO)
def test_who_meets_whom(one, other):
    never = other in NEVER_DUE_TOGETHER.get(one, ()) or one in NEVER_DUE_TOGETHER.get(other, ())
    owed, told = found_for(one, other)
    assert {one, other} <= owed or never
    assert ({one, other} <= told) == (frozenset({one, other}) in PAIRS)


@pytest.mark.parametrize(("one", "other"), EVERY_TWO)
def test_what_waits_says_for_what(one, other):
    """Whatever is due and is not in the message waits, or is held back."""
    found = plan(findings(book_of(one, other), SETTINGS, AS_OF), SETTINGS)
    told = {due.cause for due in found.actions[0].due}
    waiting = {due.cause: wait.why for wait in found.waiting for due in wait.due}
    held = {cause for held in found.held_back.values() for cause in held.what}
    assert not told & set(waiting)
    assert not (told | set(waiting)) & held
    assert held <= FAVOURS
    firsts = {f"One thing at a time: first “{due.what}”." for due in found.actions[0].due}
    assert set(waiting.values()) <= firsts
