"""What to do this month, in which order and when (SPEC 9)."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from itertools import islice

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from reportgen.evidence.working_days import working_days_after
from reportgen.model import Book, Client, Sale, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.reading.catalogue import built_in
from reportgen.report.actions import TIERS, actions
from reportgen.report.findings import findings
from reportgen.settings.settings import Settings


def todo(book, settings, as_of):
    day = date.fromisoformat(as_of)
    return actions(findings(book, settings, day), settings)


def of_tier(book, settings, as_of, tier):
    return [action for action in todo(book, settings, as_of) if action.tier == tier]


def rows(*numbers, sheet="Touchpoints"):
    return tuple(Row(sheet, number) for number in numbers)


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
        "Keep your promise",
    ]


def test_nothing_is_planned_with_a_client_who_ended(book, settings):
    """
    Date        Client  Activity  Promise           Promised for
    2026-03-01  Acme    Call      return the files  2026-03-10

    # Clients
    Client  Ended on
    Acme    2026-03-05
    """
    assert todo(book, settings, "2026-03-10") == ()


# Answers


@pytest.mark.parametrize(("as_of", "owed"), [("2026-06-14", 0), ("2026-06-15", 1)])
def test_an_answer_is_owed_from_the_day_of_the_message(book, settings, as_of, owed):
    """
    Date        Client  Activity  Direction  Topic
    2026-06-01  Acme    Call
    2026-06-15  Acme    Email     in         the tiles
    """
    found = of_tier(book, settings, as_of, "answer")
    assert len(found) == owed
    if owed:
        assert found[0].what == "Answer their message about “the tiles”"
        assert found[0].why == "They wrote on 15 June 2026, and nothing has gone back since."
        assert found[0].rows == rows(3)
        assert found[0].minutes == 10
        assert found[0].letter is None


@pytest.mark.parametrize(
    ("name", "owed"),
    [
        ("Later", False),  # answered the day after
        ("Same", False),  # on the same day, nobody knows which came first
        ("Early", True),  # on the same day, but an hour before
        ("Hour", False),  # on the same day, an hour after
        ("Invoiced", True),  # an invoice is no answer
        ("Rang", False),  # their call was answered by being taken
        ("Twice", False),  # one answer for two messages
        ("Again", True),  # answered, and written again
        ("Planned", True),  # the answer is only planned
        ("Cross", False),  # a complaint is an action of its own
    ],
)
def test_what_answers_a_message(book, settings, name, owed):
    """
    Date        Client    Activity  Direction  Start  Signal
    2026-06-15  Later     Email     in
    2026-06-16  Later     Email     out
    2026-06-15  Same      Message   in
    2026-06-15  Same      Email     out
    2026-06-15  Early     Email     in         11:00
    2026-06-15  Early     Email     out        10:00
    2026-06-15  Hour      Email     in         11:00
    2026-06-15  Hour      Email     out        12:00
    2026-06-15  Invoiced  Email     in
    2026-06-16  Invoiced  Invoice   out
    2026-06-15  Rang      Call      in
    2026-06-14  Twice     Email     in
    2026-06-15  Twice     Email     in
    2026-06-16  Twice     Call
    2026-06-14  Again     Email     in
    2026-06-15  Again     Email     out
    2026-06-16  Again     Email     in
    2026-06-15  Planned   Email     in
    2026-07-16  Planned   Email     out
    2026-06-15  Cross     Email     in                complaint
    """
    owing = [a.client for a in of_tier(book, settings, "2026-06-30", "answer")]
    assert (name in owing) is owed


@pytest.mark.parametrize(("as_of", "owed"), [("2027-06-14", 1), ("2027-06-15", 0)])
def test_a_message_of_more_than_a_year_ago_waits_no_more(book, settings, as_of, owed):
    """
    Date        Client  Activity  Direction
    2026-06-15  Acme    Email     in

    # Business
    Red line (days)  3000
    """
    assert len(of_tier(book, settings, as_of, "answer")) == owed


@pytest.mark.parametrize(("as_of", "owed"), [("2026-02-10", 1), ("2026-02-11", 0)])
def test_no_answer_to_whom_has_lapsed(book, settings, as_of, owed):
    """
    Date        Client  Activity  Direction
    2026-01-01  Acme    Email     in

    # Business
    Red line (days)  10
    """
    assert len(of_tier(book, settings, as_of, "answer")) == owed


# Complaints


@pytest.mark.parametrize(
    ("as_of", "open_"),
    [("2026-06-14", 0), ("2026-06-15", 1), ("2026-06-19", 1), ("2026-06-20", 0)],
)
def test_a_complaint_is_open_from_its_day_until_it_is_put_right(book, settings, as_of, open_):
    """
    Date        Client  Activity  Signal     Topic     Resolved on
    2026-06-15  Acme    Email     complaint  the door  2026-06-20
    """
    found = of_tier(book, settings, as_of, "complaint")
    assert len(found) == open_
    if open_:
        ago = {"2026-06-15": "", "2026-06-19": ", 4 days ago"}[as_of]
        assert found[0].what == "Put right the complaint about “the door”"
        assert found[0].why == f"Raised on 15 June 2026{ago}."
        assert found[0].rows == rows(2)
        assert found[0].minutes == 20
        assert found[0].letter == "complaint-follow-up"


def test_an_old_complaint_of_whom_has_lapsed_is_still_open(book, settings):
    """
    Date        Client  Activity  Signal
    2020-06-15  Acme    Email     complaint
    """
    assert [a.tier for a in todo(book, settings, "2026-06-30")] == ["complaint"]


# Reconnections


def test_reconnect_from_the_first_day_below_until_it_has_lapsed(book, settings):
    """
    Red line 10 days: below from 12 January, lapsed after 40 days of silence, from 11 February.

    Date        Client  Activity
    2026-01-01  Acme    Call

    # Business
    Red line (days)  10
    """
    assert of_tier(book, settings, "2026-01-11", "reconnection") == []
    (first,) = todo(book, settings, "2026-01-12")
    assert first.tier == "reconnection"
    assert first.what == "Get back in touch"
    assert first.letter == "reconnection"
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
    (action,) = of_tier(book, settings, "2026-01-20", "reconnection")
    assert action.what == "Get back in touch with Ann Lowe"
    assert set(action.rows) == {Row("Touchpoints", 3), Row("Touchpoints", 4), Row("Sales", 2)}


# Prospects


@pytest.mark.parametrize(
    ("as_of", "due"),
    [("2026-06-06", 0), ("2026-06-07", 1), ("2026-06-11", 1), ("2026-06-12", 0)],
)
def test_a_prospect_is_due_from_half_a_red_line_until_it(book, settings, as_of, due):
    """
    Red line 10: in touch up to 5 days of silence, due up to 10, then it is a reconnection.

    Date        Client  Activity
    2026-05-28  Acme    Call
    2026-06-01  Acme    Call

    # Business
    Red line (days)  10
    """
    found = of_tier(book, settings, as_of, "prospect")
    assert len(found) == due
    if due:
        assert found[0].what == "Make contact number 3"
        assert found[0].why.startswith("2 contacts so far, the last ")
        assert found[0].rows == rows(3)
        assert found[0].minutes == 5
        assert found[0].letter == "reconnection"
    else:
        assert [a.tier for a in todo(book, settings, as_of)] == (
            ["reconnection"] if as_of > "2026-06-10" else []
        )


def test_a_prospect_with_seven_contacts_has_had_enough_and_a_customer_is_none(book, settings):
    """
    Six has had six contact days, two of the touchpoints being on one. Seven has had seven. Sold has
    bought.

    Date        Client  Activity
    2026-05-01  Six     Call
    2026-05-01  Six     Email
    2026-05-02  Six     Call
    2026-05-03  Six     Call
    2026-05-04  Six     Call
    2026-05-05  Six     Call
    2026-06-01  Six     Call
    2026-05-01  Seven   Call
    2026-05-02  Seven   Call
    2026-05-03  Seven   Call
    2026-05-04  Seven   Call
    2026-05-05  Seven   Call
    2026-05-06  Seven   Call
    2026-06-01  Seven   Call

    # Sales
    Date        Client  Amount
    2026-06-01  Sold    100

    # Business
    Red line (days)  10
    """
    found = of_tier(book, settings, "2026-06-08", "prospect")
    assert [(a.client, a.what) for a in found] == [("Six", "Make contact number 7")]


# Plans

COMMITTED = """
    # Sales
    Date        Client  Amount
    2025-06-29  Acme    100
    2025-09-01  Acme    100
    2025-12-01  Acme    100
    2026-06-01  Acme    100

    # Business
    Red line (days)  180
"""


@pytest.mark.parametrize(("as_of", "wanted"), [("2026-06-28", 0), ("2026-06-29", 1)])
def test_a_plan_for_the_committed(book, settings, as_of, wanted):
    found = of_tier(book, settings, as_of, "plan")
    assert len(found) == wanted
    if wanted:
        assert found[0].what == "Plan the next meeting"
        assert found[0].why == (
            "All that commitment asks for, but nothing is planned after 29 June 2026."
        )
        assert found[0].rows == rows(3, 4, 5, sheet="Sales")
        assert found[0].minutes == 10
        assert found[0].letter == "meeting-agenda"


test_a_plan_for_the_committed.__doc__ = COMMITTED


@pytest.mark.parametrize(("as_of", "wanted"), [("2026-06-30", 0), ("2026-07-01", 1)])
def test_what_is_planned_is_a_plan_until_its_day(book, settings, as_of, wanted):
    assert len(of_tier(book, settings, as_of, "plan")) == wanted


test_what_is_planned_is_a_plan_until_its_day.__doc__ = (
    COMMITTED
    + """
    # Touchpoints
    Date        Client  Activity
    2026-07-01  Acme    Call
"""
)


def test_no_plan_is_wanted_with_a_sale_to_come_or_work_going_on(book, settings):
    """
    Due has a sale dated later, Busy a piece of work until the day of the report.

    # Sales
    Date        Client  Amount  From        To
    2025-06-01  Due     100
    2025-09-01  Due     100
    2025-12-01  Due     100
    2026-06-01  Due     100
    2026-07-01  Due     100
    2025-06-01  Busy    100
    2025-09-01  Busy    100
    2025-12-01  Busy    100
    2026-06-01  Busy    100     2026-06-01  2026-06-30

    # Business
    Red line (days)  180
    """
    assert of_tier(book, settings, "2026-06-30", "plan") == []
    assert [a.client for a in of_tier(book, settings, "2026-07-01", "plan")] == ["Due", "Busy"]


# Invoices


@pytest.mark.parametrize(
    ("changed", "step"),
    [
        ({"second_reminder_days": 10}, 1),
        ({"second_reminder_days": 9}, 2),
        ({"second_reminder_days": 5, "third_reminder_days": 10}, 2),
        ({"second_reminder_days": 5, "third_reminder_days": 9}, 3),
    ],
)
def test_the_reminders_follow_after_the_days_that_are_set(book, settings, changed, step):
    """
    Ten days late on 11 June.

    # Sales
    Date        Client  Amount  Due on
    2026-05-18  Acme    1200    2026-06-01
    """
    (found,) = of_tier(book, settings.layered(changed, {}), "2026-06-11", "invoice")
    assert found.letter == f"payment-reminder-{step}"


@pytest.mark.parametrize(
    ("as_of", "step"),
    [
        ("2026-06-01", None),  # the day it is due
        ("2026-06-02", 1),
        ("2026-06-15", 1),  # 14 days late
        ("2026-06-16", 2),
        ("2026-07-01", 2),  # 30 days
        ("2026-07-02", 3),
        ("2026-07-09", 3),
        ("2026-07-10", None),  # paid
    ],
)
def test_an_invoice_is_late_from_the_day_after_and_the_letters_grow_firmer(
    book, settings, as_of, step
):
    """
    # Sales
    Date        Client  Amount  Invoice  Due on      Paid on
    2026-05-18  Acme    1200    T-17     2026-06-01  2026-07-10

    # Business
    Currency  GBP
    """
    found = of_tier(book, settings, as_of, "invoice")
    assert [a.letter for a in found] == ([f"payment-reminder-{step}"] if step else [])
    if step:
        late = (date.fromisoformat(as_of) - date(2026, 6, 1)).days
        assert found[0].what == "Remind them of invoice T-17"
        assert found[0].why == (
            f"£1,200 was due on 1 June 2026, {late} {'day' if late == 1 else 'days'} ago."
        )
        assert found[0].rows == rows(2, sheet="Sales")
        assert found[0].minutes == 5


def test_only_what_is_to_be_paid_can_be_late(book, settings):
    """
    A refund, a gift, and a sale without a day to be paid by; the last has no number.

    # Sales
    Date        Client  Amount  Due on
    2026-05-01  Acme    -100    2026-05-15
    2026-05-01  Acme    0       2026-05-15
    2026-05-01  Acme    100
    2026-05-01  Acme    300     2026-05-15
    """
    (action,) = of_tier(book, settings, "2026-06-30", "invoice")
    assert action.what == "Remind them of invoice of 1 May 2026"
    assert action.rows == rows(5, sheet="Sales")


# Boundaries


@pytest.mark.parametrize(("name", "talk"), [("Quarter", True), ("Less", False), ("Left", False)])
def test_a_talk_from_a_quarter_of_the_time_on(book, settings, name, talk):
    """
    Quarter: 25 of 100 minutes at nine in the evening. Less: 24 of 100. Left: all of it, but ended.

    Date        Client   Activity  Direction  Start  Minutes
    2026-06-01  Quarter  Call      in         21:00  10
    2026-06-02  Quarter  Call      in         21:00  10
    2026-06-03  Quarter  Call      in         21:00  5
    2026-06-04  Quarter  Email     out        10:00  50
    2026-06-05  Quarter  Email     out        10:00  25
    2026-06-01  Less     Call      in         21:00  10
    2026-06-02  Less     Call      in         21:00  10
    2026-06-03  Less     Call      in         21:00  4
    2026-06-04  Less     Email     out        10:00  50
    2026-06-05  Less     Email     out        10:00  26
    2026-06-01  Left     Call      in         21:00  10
    2026-06-02  Left     Call      in         21:00  10
    2026-06-03  Left     Call      in         21:00  10
    2026-06-04  Left     Call      in         21:00  10
    2026-06-05  Left     Email     out        21:00  10

    # Clients
    Client  Ended on
    Left    2026-06-29
    """
    found = [a for a in of_tier(book, settings, "2026-06-30", "boundary") if a.client == name]
    assert len(found) == talk
    if talk:
        assert found[0].what == "Talk about how you work together"
        assert "25\u00a0%" in found[0].why
        assert found[0].rows == rows(2, 3, 4)
        assert found[0].minutes == 15
        assert found[0].letter == "boundary-hours"


# Opportunities


def test_an_opportunity_is_an_action_with_its_letter(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-06-15  Acme    100
    """
    (survey,) = todo(book, settings, "2026-06-30")
    assert (survey.tier, survey.what) == ("opportunity", "Send the short survey")
    assert survey.letter == "satisfaction-survey"
    assert survey.why == (
        "Bought, or a piece of work ended, in the last 60 days; never asked in a survey."
    )
    assert survey.rows == rows(2, sheet="Sales")
    assert survey.minutes == 5
    assert survey.day == date(2026, 7, 1)


def test_nothing_is_offered_to_whom_has_ended(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-06-15  Acme    100

    # Clients
    Client  Birthday    Ended on
    Acme    1980-07-03  2026-06-30
    """
    assert todo(book, settings, "2026-06-30") == ()


# Order


def test_the_nine_tiers_in_their_order(book, settings):
    """
    Date        Client     Activity  Direction  Promise  Promised for  Signal     Start  Minutes
    2026-06-25  Promise    Call                 one      2026-06-30
    2026-06-29  Answer     Email     in
    2026-06-29  Complaint  Email     in                                complaint
    2026-05-20  Silent     Call
    2026-06-15  Prospect   Call
    2026-06-29  Evening    Email     out                                          21:00  10
    2026-06-29  Evening    Email     out                                          21:10  10
    2026-06-29  Evening    Email     out                                          21:20  10
    2026-06-29  Evening    Email     out                                          21:30  10
    2026-06-29  Evening    Email     out                                          21:40  10

    # Sales
    Date        Client     Amount  Due on
    2025-01-01  Committed  100
    2025-12-01  Committed  100
    2026-01-15  Committed  100
    2026-02-01  Committed  100
    2026-06-01  Late       100     2026-06-15

    # Clients
    Client     Red line (days)
    Silent     30
    Prospect   20
    Committed  365
    """
    done = [(a.tier, a.client) for a in todo(book, settings, "2026-06-30")]
    assert list(dict.fromkeys(tier for tier, _ in done)) == list(TIERS)
    assert dict(reversed(done)) == {
        "promise": "Promise",
        "answer": "Answer",
        "complaint": "Complaint",
        "reconnection": "Silent",
        "prospect": "Prospect",
        "plan": "Committed",
        "invoice": "Late",
        "boundary": "Evening",
        "opportunity": "Committed",
    }


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
    2025-07-01  bell    500
    2025-07-01  Cole    800
    2024-12-01  Acme    9000

    # Business
    Red line (days)            10
    Minutes a day for actions  480
    """
    done = [(action.tier, action.client) for action in todo(book, settings, "2026-01-20")]
    assert [one for one in done if one[0] != "opportunity"] == [
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


@pytest.mark.parametrize(("minutes", "day"), [(25, 4), (26, 5)])
def test_a_day_is_full_at_its_last_minute(book, settings, minutes, day):
    """
    A promise and a note of five minutes, on a day of thirty.

    Date        Client  Activity  Promise  Promised for
    2026-02-28  Acme    Email     one      2026-03-03
    2026-02-01  Bell    Email

    # Business
    Red line (days)  10
    """
    owner = settings.layered({"promise_minutes": minutes}, {})
    assert [action.day.day for action in todo(book, owner, "2026-03-03")] == [4, day]


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


# The days that belong to something


def test_a_greeting_gets_the_last_working_day_up_to_its_own(book, settings):
    """
    Tuesday 30 June 2026. Acme's birthday is Friday the 10th, Bell's Sunday the 12th: both on the 10th.
    Cole's is tomorrow.

    Date        Client  Activity
    2026-06-29  Acme    Email
    2026-06-29  Bell    Email
    2026-06-29  Cole    Email

    # Clients
    Client  Birthday
    Acme    1980-07-10
    Bell    1980-07-12
    Cole    1980-07-01
    """
    days = {a.client: str(a.day) for a in todo(book, settings, "2026-06-30")}
    assert days == {"Acme": "2026-07-10", "Bell": "2026-07-10", "Cole": "2026-07-01"}


def test_with_no_working_day_before_it_a_greeting_is_sent_on_the_first(book, settings):
    """
    The birthday is Saturday 4 July 2026, and the report is of the Friday.

    Date        Client  Activity
    2026-06-29  Acme    Email

    # Clients
    Client  Birthday
    Acme    1980-07-04
    """
    assert [a.day for a in todo(book, settings, "2026-07-03")] == [date(2026, 7, 6)]


def test_a_greeting_is_never_pushed_beyond_its_day(book, settings):
    """
    Six promises of a quarter of an hour would fill Wednesday to Friday; the birthday is on the Friday.
    The greeting's five minutes come first that day, so only one promise goes beside it, and the list
    keeps its order.

    Date        Client  Activity  Promise  Promised for
    2026-06-29  Acme    Email     one      2026-06-30
    2026-06-29  Acme    Email     two      2026-06-30
    2026-06-29  Acme    Email     three    2026-06-30
    2026-06-29  Acme    Email     four     2026-06-30
    2026-06-29  Acme    Email     five     2026-06-30
    2026-06-29  Acme    Email     six      2026-06-30

    # Clients
    Client  Birthday
    Acme    1980-07-03
    """
    done = todo(book, settings, "2026-06-30")
    assert [(a.tier, a.day.day, f"{a.start:%H:%M}") for a in done] == [
        ("promise", 1, "09:00"),
        ("promise", 1, "09:15"),
        ("promise", 2, "09:00"),
        ("promise", 2, "09:15"),
        ("promise", 3, "09:05"),
        ("promise", 6, "09:00"),
        ("opportunity", 3, "09:00"),
    ]


def test_more_greetings_than_a_day_has_room_for_go_to_the_day_before(book, settings):
    """
    Thirty minutes are six greetings; the seventh by name goes to Thursday.

    Date        Client  Activity
    2026-06-29  A       Email
    2026-06-29  B       Email
    2026-06-29  C       Email
    2026-06-29  D       Email
    2026-06-29  E       Email
    2026-06-29  F       Email
    2026-06-29  G       Email

    # Clients
    Client  Birthday
    A       1980-07-10
    B       1980-07-10
    C       1980-07-10
    D       1980-07-10
    E       1980-07-10
    F       1980-07-10
    G       1980-07-10
    """
    assert [a.day.day for a in todo(book, settings, "2026-06-30")] == [10] * 6 + [9]


def test_a_wow_not_before_its_day(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-04-01  Acme    100
    """
    (wow,) = [a for a in todo(book, settings, "2026-06-30") if a.what == "Surprise them"]
    assert wow.day == date(2026, 7, 7)


def test_the_times_of_a_day_follow_one_another_from_opening(book, settings):
    """
    Date        Client  Activity  Promise  Promised for
    2026-06-29  Acme    Email     one      2026-06-30
    2026-06-29  Acme    Email     two      2026-06-30
    2026-06-29  Acme    Email     three    2026-06-30

    # Business
    Opens   07:30
    Closes  12:00
    """
    assert [(a.day.day, f"{a.start:%H:%M}") for a in todo(book, settings, "2026-06-30")] == [
        (1, "07:30"),
        (1, "07:45"),
        (2, "07:30"),
    ]


def test_no_day_takes_more_than_its_opening_hours(book, settings):
    """
    Two hours a day are allowed, but she is open for one: four promises of 20 minutes take two days.

    Date        Client  Activity  Promise  Promised for
    2026-06-29  Acme    Email     one      2026-06-30
    2026-06-29  Acme    Email     two      2026-06-30
    2026-06-29  Acme    Email     three    2026-06-30
    2026-06-29  Acme    Email     four     2026-06-30

    # Business
    Opens                      09:00
    Closes                     10:00
    Minutes a day for actions  120
    Promise (minutes)          20
    """
    assert [(a.day.day, f"{a.start:%H:%M}") for a in todo(book, settings, "2026-06-30")] == [
        (1, "09:00"),
        (1, "09:20"),
        (1, "09:40"),
        (2, "09:00"),
    ]


def test_hours_the_wrong_way_round_end_at_midnight(book, settings):
    """
    Date        Client  Activity  Promise  Promised for
    2026-06-29  Acme    Email     one      2026-06-30
    2026-06-29  Acme    Email     two      2026-06-30
    """
    night = {"opens": time(23), "closes": time(7), "promise_minutes": 45}
    owner = settings.layered({**night, "daily_action_minutes": 480}, {})
    assert [(a.day.day, f"{a.start:%H:%M}") for a in todo(book, owner, "2026-06-30")] == [
        (1, "23:00"),
        (2, "23:00"),
    ]


# What holds for every list of actions

DAYS = st.dates(date(2025, 5, 1), date(2027, 1, 15))
KNOWN = [built_in().activities[name] for name in ("call", "email", "invoice", "wow", "survey")]
TOUCHES = st.lists(
    st.builds(
        Touchpoint,
        date=DAYS,
        client=st.sampled_from("ABC"),
        activity=st.sampled_from(KNOWN),
        row=st.just(Row("Touchpoints", 0)),
        direction=st.sampled_from(["in", "out", "both"]),
        minutes=st.sampled_from([0, 20]),
        start=st.sampled_from([None, time(8), time(12), time(20)]),
        promise=st.sampled_from([None, "the plan"]),
        promised_for=st.none() | DAYS,
        done_on=st.none() | DAYS,
        signal=st.sampled_from([None, "complaint", "advice asked"]),
        resolved_on=st.none() | DAYS,
    ),
    max_size=20,
)
SOLD = st.lists(
    st.builds(
        Sale,
        date=DAYS,
        client=st.sampled_from("ABC"),
        amount=st.sampled_from([Decimal(0), Decimal(-5), Decimal(100)]),
        row=st.just(Row("Sales", 0)),
        due_on=st.none() | DAYS,
        paid_on=st.none() | DAYS,
    ),
    max_size=12,
)
CLIENTS = st.builds(lambda a, b: [Client("A", birthday=a), Client("B", birthday=b)], DAYS, DAYS)
WEEK = Settings(country="GB", working_days=frozenset({0, 2, 3}), red_line_days=30)


def planned(clients, touchpoints, sales):
    """Two days before a Christmas of few working days."""
    book = Book(
        relationships(
            clients,
            [replace(t, row=Row("Touchpoints", n)) for n, t in enumerate(touchpoints, 2)],
            [replace(s, row=Row("Sales", n)) for n, s in enumerate(sales, 2)],
        ),
        Source("rows.xlsx", "0" * 64),
    )
    return actions(findings(book, WEEK, date(2026, 12, 23)), WEEK)


@settings_of_hypothesis(max_examples=60)
@given(CLIENTS, TOUCHES, SOLD)
def test_every_action_has_a_place_in_working_hours(clients, touchpoints, sales):
    holidays = country_holidays("GB", years=(2026, 2027, 2028))
    done = planned(clients, touchpoints, sales)
    used = {}
    for action in done:
        assert action.day > date(2026, 12, 23)
        assert action.day.weekday() in {0, 2, 3}
        assert action.day not in holidays
        assert time(9) <= action.start < time(17)
        used.setdefault(action.day, []).append((action.start, action.minutes))
    for taken in used.values():
        assert len(taken) == 1 or sum(minutes for _, minutes in taken) <= 30
        ends = 9 * 60
        for start, minutes in sorted(taken):
            assert start.hour * 60 + start.minute == ends
            ends += minutes
    assert [a.tier for a in done] == sorted((a.tier for a in done), key=list(TIERS).index)


@settings_of_hypothesis(max_examples=60)
@given(st.data(), CLIENTS, TOUCHES, SOLD)
def test_the_order_of_rows_changes_no_action(data, clients, touchpoints, sales):
    ours = planned(clients, touchpoints, sales)
    theirs = planned(
        data.draw(st.permutations(clients)),
        data.draw(st.permutations(touchpoints)),
        data.draw(st.permutations(sales)),
    )
    assert [replace(a, rows=()) for a in ours] == [replace(a, rows=()) for a in theirs]
