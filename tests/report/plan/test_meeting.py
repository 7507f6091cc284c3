"""Which causes meet in one message: for every pair, a client with the rows of both, on 31 October 2026."""

from datetime import date
from itertools import combinations

import pytest
from letters.meetings import PAIRS
from report.plan.books import ROWS, book_of, rows_of
from sites import AS_OF

from reportgen.model import Client
from reportgen.report.findings import findings
from reportgen.report.plan.due import FAVOURS, Cause, due
from reportgen.report.plan.plan import plan
from reportgen.settings.settings import Settings

EVERY_TWO = list(combinations(Cause, 2))
SETTINGS = Settings(business_model="consultancy")


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


def client_with(*causes):
    rows = [row for cause in causes for row in ROWS[cause]]
    return book_of(*rows_of([(Client("Acme"), rows)]))


def found_for(*causes):
    """The causes that are due with the client, and those of the month's one message."""
    found = findings(client_with(*causes), SETTINGS, AS_OF)
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
    found = plan(findings(client_with(one, other), SETTINGS, AS_OF), SETTINGS)
    told = {due.cause for due in found.actions[0].due}
    waiting = {due.cause: wait.why for wait in found.waiting for due in wait.due}
    held = {cause for held in found.held_back.values() for cause in held.what}
    assert not told & set(waiting)
    assert not (told | set(waiting)) & held
    assert held <= FAVOURS
    firsts = {f"One thing at a time: first “{due.what}”." for due in found.actions[0].due}
    assert set(waiting.values()) <= firsts
