"""What to do this month, in which order and when (SPEC 9)."""

from datetime import date
from itertools import islice

import pytest

from reportgen.actions import actions
from reportgen.findings import findings
from reportgen.problems import Row
from reportgen.settings import Settings
from reportgen.working_days import working_days_after


def todo(book, settings, as_of):
    day = date.fromisoformat(as_of)
    return actions(findings(book, settings, day), settings)


# Promises


@pytest.mark.parametrize(
    ("as_of", "why"),
    [
        ("2026-03-10", "Promised for 10 March 2026; due on the day of this report."),
        ("2026-03-11", "Promised for 10 March 2026; 1 day late."),
        ("2026-03-12", "Promised for 10 March 2026; 2 days late."),
    ],
)
def test_a_promise_is_due_on_its_day(book, settings, as_of, why):
    """
    Date        Client  Activity  Promise         Promised for
    2026-03-01  Acme    Call      send the quote  2026-03-10
    """
    (action,) = todo(book, settings, as_of)
    assert action.tier == "promise"
    assert action.client == "Acme"
    assert action.what == "Keep your promise: send the quote"
    assert action.why == why
    assert action.rows == (Row("Touchpoints", 2),)
    assert action.minutes == 15


def test_a_promise_is_not_due_the_day_before(book, settings):
    """
    Date        Client  Activity  Promise         Promised for
    2026-03-01  Acme    Call      send the quote  2026-03-10
    """
    assert todo(book, settings, "2026-03-09") == ()


@pytest.mark.parametrize(
    ("as_of", "open_"), [("2026-03-14", 1), ("2026-03-15", 0), ("2026-03-16", 0)]
)
def test_a_promise_is_open_until_it_is_done(book, settings, as_of, open_):
    """
    Date        Client  Activity  Promise         Promised for  Done on
    2026-03-01  Acme    Call      send the quote  2026-03-10    2026-03-15
    """
    assert len(todo(book, settings, as_of)) == open_


def test_a_promise_kept_early_is_kept(book, settings):
    """
    Date        Client  Activity  Promise         Promised for  Done on
    2026-03-01  Acme    Call      send the quote  2026-03-10    2026-03-05
    """
    assert todo(book, settings, "2026-03-12") == ()


def test_a_planned_touchpoint_promises_nothing_yet(book, settings):
    """
    Date        Client  Activity  Promise         Promised for
    2026-03-01  Acme    Call
    2026-03-20  Acme    Call      send the quote  2026-03-10
    """
    assert todo(book, settings, "2026-03-12") == ()


def test_a_promise_without_words(book, settings):
    """
    Date        Client  Activity  Topic          Promise  Promised for
    2026-03-01  Acme    Call      kitchen tiles           2026-03-10
    2026-03-02  Acme    Call                              2026-03-10
    """
    assert [action.what for action in todo(book, settings, "2026-03-10")] == [
        "Keep your promise: kitchen tiles",
        "Keep your promise: what you promised",
    ]


def test_a_promise_to_a_client_who_ended_is_still_a_promise(book, settings):
    """
    Date        Client  Activity  Promise           Promised for
    2026-03-01  Acme    Call      return the files  2026-03-10

    # Clients
    Client  Ended on
    Acme    2026-03-05
    """
    assert [action.tier for action in todo(book, settings, "2026-03-10")] == ["promise"]


# Reconnections


def test_reconnect_from_the_first_day_below_until_it_has_lapsed(book, settings):
    """
    Red line 10 days: below from 12 January, lapsed after 40 days of silence, from 11 February.

    Date        Client  Activity
    2026-01-01  Acme    Call

    # Business
    Red line (days)  10
    """
    assert todo(book, settings, "2026-01-11") == ()
    (first,) = todo(book, settings, "2026-01-12")
    assert first.tier == "reconnection"
    assert first.what == "Get back in touch with Acme"
    assert first.why == (
        "Silent for 11 days, 1 day longer than the 10 days that this client accepts."
    )
    assert first.rows == (Row("Touchpoints", 2),)
    assert first.minutes == 5
    assert len(todo(book, settings, "2026-02-10")) == 1
    assert todo(book, settings, "2026-02-11") == ()


def test_no_reconnection_after_the_end(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Call

    # Clients
    Client  Red line (days)  Ended on
    Acme    10               2026-01-15
    """
    assert len(todo(book, settings, "2026-01-14")) == 1
    assert todo(book, settings, "2026-01-15") == ()


def test_reconnect_with_the_person_and_name_every_row_of_the_last_contact(book, settings):
    """
    Date        Client  Activity
    2025-12-01  Acme    Call
    2026-01-01  Acme    Call
    2026-01-01  Acme    Email

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100

    # Clients
    Client  Contact   Red line (days)
    Acme    Ann Lowe  10
    """
    (action,) = todo(book, settings, "2026-01-20")
    assert action.what == "Get back in touch with Ann Lowe"
    assert set(action.rows) == {Row("Touchpoints", 3), Row("Touchpoints", 4), Row("Sales", 2)}


# Order


def test_promises_first_then_those_with_most_sales_then_by_name(book, settings):
    """
    Date        Client  Activity  Promise  Promised for
    2026-01-01  Acme    Call      one      2026-01-05
    2026-01-01  bell    Call      two      2026-01-05
    2026-01-01  Cole    Call
    2026-01-01  Dunn    Call      four     2026-01-05
    2026-01-01  Dunn    Email     three    2026-01-04

    # Sales
    Date        Client  Amount
    2025-12-01  bell    500
    2025-12-01  Cole    800
    2024-12-01  Acme    9000

    # Business
    Red line (days)            10
    Minutes a day for actions  480
    """
    assert [(action.tier, action.client) for action in todo(book, settings, "2026-01-20")] == [
        ("promise", "bell"),
        ("promise", "Acme"),
        ("promise", "Dunn"),
        ("promise", "Dunn"),
        ("reconnection", "Cole"),
        ("reconnection", "bell"),
        ("reconnection", "Acme"),
        ("reconnection", "Dunn"),
    ]


# Days


def test_only_working_days_are_proposed(book, settings):
    """
    24 December 2026 is a Thursday; the 25th is Christmas Day, Boxing Day falls on the Saturday and is
    kept on Monday the 28th. The next working day in Britain is Tuesday the 29th.

    Date        Client  Activity  Promise         Promised for
    2026-12-01  Acme    Call      send the quote  2026-12-24

    # Business
    Country  GB
    """
    (action,) = todo(book, settings, "2026-12-24")
    assert action.day == date(2026, 12, 29)


def test_without_a_country_no_holiday_is_known(book, settings):
    """
    Date        Client  Activity  Promise         Promised for
    2026-12-01  Acme    Call      send the quote  2026-12-24
    """
    assert todo(book, settings, "2026-12-24")[0].day == date(2026, 12, 25)


def test_the_owners_own_working_days(book, settings):
    """
    23 December 2026 is a Wednesday; she works on Mondays and Thursdays.

    Date        Client  Activity  Promise         Promised for
    2026-12-01  Acme    Call      send the quote  2026-12-20

    # Business
    Working days  Mon, Thu
    """
    assert todo(book, settings, "2026-12-23")[0].day == date(2026, 12, 24)
    assert todo(book, settings, "2026-12-24")[0].day == date(2026, 12, 28)


def test_working_days_over_the_turn_of_a_year():
    """1 January 2027 is a Friday and a bank holiday."""
    days = working_days_after(date(2026, 12, 30), Settings(country="GB"))
    assert [str(day) for day in islice(days, 3)] == ["2026-12-31", "2027-01-04", "2027-01-05"]


def test_with_no_working_day_at_all_every_day_will_do():
    days = working_days_after(date(2026, 7, 3), Settings(working_days=frozenset()))
    assert [str(day) for day in islice(days, 2)] == ["2026-07-04", "2026-07-05"]


def test_no_day_takes_more_than_its_minutes(book, settings):
    """
    Thirty minutes a day. 3 March 2026 is a Tuesday. Two promises of a quarter of an hour fill
    Wednesday; the third and three notes of five minutes fill Thursday; the fourth note is Friday's, the
    fifth too.

    Date        Client  Activity  Promise  Promised for
    2026-02-28  Acme    Email     one      2026-03-03
    2026-02-28  Acme    Email     two      2026-03-03
    2026-02-28  Acme    Email     three    2026-03-03
    2026-02-01  Bell    Email
    2026-02-01  Cole    Email
    2026-02-01  Dunn    Email
    2026-02-01  Ewer    Email
    2026-02-01  Fox     Email

    # Business
    Red line (days)  10
    """
    assert [(action.day.day, action.minutes) for action in todo(book, settings, "2026-03-03")] == [
        (4, 15),
        (4, 15),
        (5, 15),
        (5, 5),
        (5, 5),
        (5, 5),
        (6, 5),
        (6, 5),
    ]


def test_what_is_longer_than_a_days_minutes_has_a_day_to_itself(book, settings):
    """
    Date        Client  Activity  Promise  Promised for
    2026-02-28  Acme    Email     one      2026-03-03
    2026-02-28  Acme    Email     two      2026-03-03
    2026-02-01  Bell    Email

    # Business
    Red line (days)            10
    Promise (minutes)          45
    """
    assert [action.day.day for action in todo(book, settings, "2026-03-03")] == [4, 5, 6]
