"""Every part of trust (SPEC 5) at its boundary.

The day is Tuesday 30 June 2026 unless a test says otherwise, so the last 12 months begin on 1 July 2025.
"""

import random
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.analyses.trust import (
    Component,
    ComponentName,
    Part,
    Trust,
    component,
    parts_of_all,
    trust,
)
from reportgen.evidence.evidence import evidence
from reportgen.model import Activity, Client, Feedback, Rating, Role, Sale, Touchpoint
from reportgen.model import relationships as related
from reportgen.problems import Row
from reportgen.settings.settings import Settings


def of(book, settings, name="Acme", as_of="2026-06-30") -> Trust:
    (one,) = [one for one in book.relationships if one.client.name == name]
    return trust(evidence(one, settings, date.fromisoformat(as_of)), settings)


def part(found: Trust, name: str) -> Part:
    (one,) = [one for side in found.components for one in side.parts if one.name == name]
    return one


def counts(found: Trust, name: str) -> tuple[int, int]:
    one = part(found, name)
    return one.numerator, one.denominator


def rows(*numbers: int, sheet: str = "Touchpoints") -> tuple[Row, ...]:
    return tuple(Row(sheet, number) for number in numbers)


# The whole


def test_everything_together(book, settings):
    """
    Care: understood (the brief), 1 of 2 promises kept, 3 of 4 touches (two calls, the thank-you), so
    1 + 9 × (1 + 0.5 + 0.75) ÷ 3 = 7.75. Accountability: the one complaint was put right, of the two
    sales one had a brief before it: 1 + 9 × (1 + 0.5) ÷ 2 = 7.75. Communication: 1 of 2 messages
    answered; contact in 4 months (of 1 to 31 December, January, April, May), both ways in all but
    January; a survey; never below the line of 400 days: (0.5 + 0.75 + 1 + 1) ÷ 4 = 0.8125.
    7.75 × 7.75 = 60.0625, and ln 60.0625 = 4.095385, × 0.8125 = 3.327500, e to that = 27.8686.

    Date       | Client | Activity  | Direction | Promised for | Done on    | Signal    | Resolved on
    2025-12-01 | Acme   | Brief     |           | 2025-12-05   | 2025-12-05 |           |
    2026-01-05 | Acme   | Survey    |           |              |            |           |
    2026-04-01 | Acme   | Call      |           | 2026-04-07   | 2026-04-08 |           |
    2026-04-20 | Acme   | Email     | in        |              |            | complaint | 2026-04-28
    2026-04-21 | Acme   | Thank-you |           |              |            |           |
    2026-05-04 | Acme   | Email     | in        |              |            |           |
    2026-05-20 | Acme   | Call      |           |              |            |           |

    # Sales
    Date        Client  Amount
    2025-12-20  Acme    500
    2026-04-01  Acme    500

    # Business
    Red line (days)  400
    """
    found = of(book, settings)
    assert [(one.name, one.numerator, one.denominator) for one in found.care.parts] == [
        ("understanding", 1, 1),
        ("reliability", 1, 2),
        ("human connection", 3, 4),
    ]
    assert [(one.name, one.numerator, one.denominator) for one in found.accountability.parts] == [
        ("problems owned", 1, 1),
        ("clear beginnings", 1, 2),
    ]
    assert [(one.name, one.numerator, one.denominator) for one in found.communication.parts] == [
        ("responsiveness", 1, 2),
        ("both directions", 3, 4),
        ("listening", 1, 1),
        ("continuity", 212, 212),
    ]
    assert found.care.value == pytest.approx(7.75)
    assert found.accountability.value == pytest.approx(7.75)
    assert found.communication.value == pytest.approx(0.8125)
    assert found.value == pytest.approx(27.8686, abs=1e-3)
    assert found.care.rated is found.accountability.rated is found.communication.rated is None
    assert part(found, "understanding").rows == rows(2)
    assert part(found, "reliability").rows == rows(2)
    assert part(found, "reliability").counter_rows == rows(4)
    assert part(found, "human connection").rows == rows(4, 6, 8)
    assert part(found, "problems owned").rows == rows(5)
    assert part(found, "clear beginnings").rows == rows(2)
    assert part(found, "clear beginnings").counter_rows == rows(3, sheet="Sales")
    assert part(found, "responsiveness").rows == rows(5)
    assert part(found, "responsiveness").counter_rows == rows(7)
    assert part(found, "both directions").rows == rows(2, 4, 5, 6, 7, 8)
    assert part(found, "both directions").counter_rows == rows(3)
    assert part(found, "listening").rows == rows(3)
    assert part(found, "continuity").counter_rows == ()


def test_the_formula_at_its_ends(book, settings):
    """
    (10 × 10) ^ 1 = 100, (1 × 1) ^ 0 = 1, (8 × 6) ^ 0.5 = √48, and anything ^ 0 = 1.

    # Ratings
    Date        Client  Care  Accountability  Communication
    2026-06-01  Acme    10    10              10
    2026-06-01  Bell    1     1               0
    2026-06-01  Cole    8     6               5
    2026-06-01  Dunn    9     9               0

    Date        Client  Activity
    2026-06-01  Ewer    Email
    """
    assert of(book, settings, "Acme").value == 100
    assert of(book, settings, "Bell").value == 1
    assert of(book, settings, "Cole").value == pytest.approx(6.9282, abs=5e-5)
    assert of(book, settings, "Dunn").value == 1


def test_a_prospect_has_no_accountability_and_so_no_trust(book, settings):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    found = of(book, settings)
    assert found.accountability.value is None
    assert [one.value for one in found.accountability.parts] == [None, None]
    assert found.care.value == pytest.approx(1 + 9 * 0.25)
    assert found.value is None
    assert found.agree is None


def test_where_no_touchpoint_is_written_down_sales_alone_tell_little(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-05-05  Acme    100
    2026-06-05  Acme    100
    """
    found = of(book, settings)
    assert found.care.value is None
    assert found.accountability.value is None
    assert part(found, "clear beginnings").counter_rows == ()
    assert [one.name for one in found.communication.parts if one.value is not None] == [
        "continuity"
    ]
    assert found.value is None
    assert all(one.record for one in found.care.parts)


def test_a_client_of_whom_nothing_is_known(book, settings):
    """
    # Clients
    Client
    Acme

    Date        Client  Activity
    2026-06-01  Bell    Call
    2026-07-01  Acme    Onboarding
    """
    found = of(book, settings)
    assert (found.care.value, found.accountability.value, found.communication.value) == (
        None,
        None,
        None,
    )


# Understanding


def test_sixty_days_before_the_first_purchase_to_thirty_after(book, settings):
    """
    From 30 January to 31 March are 60 days, from there to 30 April 30. A purchase on a later day
    changes nothing.

    Date        Client  Activity
    2026-01-29  Acme    Onboarding
    2026-01-30  Bell    Diagnostic
    2026-04-30  Cole    Discovery call
    2026-05-01  Dunn    Brief
    2026-03-31  Ewer    Meeting

    # Sales
    Date        Client  Amount
    2026-03-31  Acme    100
    2026-03-31  Bell    100
    2026-03-31  Cole    100
    2026-03-31  Dunn    100
    2026-03-31  Ewer    100
    2026-05-31  Dunn    100
    """
    for client, numerator in [("Acme", 0), ("Bell", 1), ("Cole", 1), ("Dunn", 0), ("Ewer", 0)]:
        assert counts(of(book, settings, client), "understanding") == (numerator, 1), client
    assert part(of(book, settings, "Acme"), "understanding").counter_rows == rows(2, sheet="Sales")
    assert counts(of(book, settings, "Cole", "2026-04-29"), "understanding") == (0, 0)


def test_the_beginning_counts_however_long_ago_it_was(book, settings):
    """
    Date        Client  Activity
    2022-01-10  Acme    Onboarding

    # Sales
    Date        Client  Amount
    2022-01-05  Acme    100
    """
    assert counts(of(book, settings), "understanding") == (1, 1)


def test_an_activity_of_the_owners_own_counts_by_its_name(book, settings):
    """
    Date        Client  Activity
    2026-05-01  Acme    Client onboarding
    2026-05-01  Bell    Studio tour
    2026-05-01  Cole    Kick-off

    # Sales
    Date        Client  Amount
    2026-05-05  Acme    100
    2026-05-05  Bell    100
    2026-05-05  Cole    100

    # Activities
    Activity           Kind
    Client onboarding  insight
    Studio tour        insight
    Kick-off           insight
    """
    assert counts(of(book, settings, "Acme"), "understanding") == (1, 1)
    assert counts(of(book, settings, "Bell"), "understanding") == (0, 1)
    assert counts(of(book, settings, "Cole"), "clear beginnings") == (1, 1)


# Reliability


def test_promises_due_on_the_day_and_kept_on_it(book, settings):
    """
    In the last 12 months are due: rows 3 to 7. Row 2 was due the day before they began, row 8 is due
    tomorrow, row 9 has no day. Kept in time are row 3 and row 4; row 5 was a day late, row 6 never,
    row 7 is due today and will be kept tomorrow. A day earlier rows 4 and 7 are not due yet, and row 2
    still is; a day later row 3 is forgotten, and row 8 is due.

    Date        Client  Activity  Promise   Promised for  Done on
    2025-06-01  Acme    Email     A quote   2025-06-30
    2025-06-01  Acme    Email     A quote   2025-07-01    2025-06-02
    2026-06-20  Acme    Email     A sample  2026-06-30    2026-06-30
    2026-05-01  Acme    Email     A plan    2026-05-10    2026-05-11
    2026-05-02  Acme    Email     A plan    2026-05-10
    2026-06-25  Acme    Email     A visit   2026-06-30    2026-07-01
    2026-06-25  Acme    Email     A visit   2026-07-01
    2026-06-25  Acme    Email     A visit
    """
    reliability = part(of(book, settings), "reliability")
    assert (reliability.numerator, reliability.denominator) == (2, 5)
    assert reliability.rows == rows(3, 4)
    assert set(reliability.counter_rows) == set(rows(5, 6, 7))
    assert counts(of(book, settings, as_of="2026-06-29"), "reliability") == (1, 4)
    assert counts(of(book, settings, as_of="2026-07-01"), "reliability") == (1, 5)


def test_a_promise_of_a_planned_meeting_is_none_yet(book, settings):
    """
    Date        Client  Activity  Promised for
    2026-06-01  Acme    Email
    2026-07-05  Acme    Email     2026-06-30
    """
    assert counts(of(book, settings), "reliability") == (0, 0)


# Human connection


def test_more_touches_than_four_are_no_more_than_whole(book, settings):
    """
    Row 2 stands on the day before the last 12 months, row 8 is planned; an email is no such touch.

    Date        Client  Activity
    2025-06-30  Acme    Call
    2025-07-01  Acme    Call
    2025-08-01  Acme    Visit
    2025-09-01  Acme    Postcard
    2025-10-01  Acme    Email
    2026-06-30  Acme    Thank-you
    2026-07-01  Acme    Call
    2026-01-01  Acme    Call
    2026-01-01  Bell    Email
    """
    connection = part(of(book, settings), "human connection")
    assert (connection.numerator, connection.denominator) == (5, 4)
    assert connection.value == 1
    assert connection.rows == rows(3, 4, 5, 9, 7)
    assert part(of(book, settings, "Bell"), "human connection").value == 0


# Problems owned


def test_complaints_of_thirteen_and_fourteen_days(book, settings):
    """
    Fourteen days before 30 June is 16 June. The complaint of the 17th is too young to count, whether
    it was put right or not.

    Date        Client  Activity  Signal      Resolved on
    2026-06-16  Acme    Email     complaint
    2026-06-17  Bell    Email     complaint
    2026-06-17  Cole    Email     complaint   2026-06-18
    2026-06-16  Dunn    Email     complaint   2026-06-30
    2026-06-01  Ewer    Email     compliment  2026-06-02
    """
    assert counts(of(book, settings, "Acme"), "problems owned") == (0, 1)
    assert part(of(book, settings, "Acme"), "problems owned").counter_rows == rows(2)
    assert counts(of(book, settings, "Bell"), "problems owned") == (0, 0)
    assert counts(of(book, settings, "Bell", "2026-07-01"), "problems owned") == (0, 1)
    assert counts(of(book, settings, "Cole"), "problems owned") == (0, 0)
    assert counts(of(book, settings, "Dunn"), "problems owned") == (1, 1)
    assert counts(of(book, settings, "Ewer"), "problems owned") == (0, 0)


def test_put_right_on_the_fourteenth_day_or_the_fifteenth(book, settings):
    """
    And the complaint of the day before the last 12 months is forgotten.

    Date        Client  Activity  Signal     Resolved on
    2026-05-01  Acme    Email     complaint  2026-05-15
    2026-05-01  Acme    Email     complaint  2026-05-16
    2025-07-01  Acme    Email     complaint  2025-07-01
    2025-06-30  Acme    Email     complaint
    """
    owned = part(of(book, settings), "problems owned")
    assert (owned.numerator, owned.denominator) == (2, 3)
    assert owned.rows == rows(4, 2)
    assert owned.counter_rows == rows(3)


# Clear beginnings


def test_a_brief_within_sixty_days_before_each_purchase_day(book, settings):
    """
    From 1 March to 30 April are 60 days, and to 1 May 61. The brief of the day itself counts, that of
    the day after does not; one brief may open two purchases.

    Date        Client  Activity
    2026-03-01  Acme    Proposal
    2026-06-02  Acme    Meeting agenda
    2026-06-05  Acme    Brief

    # Sales
    Date        Client  Amount
    2026-04-29  Acme    100
    2026-04-30  Acme    100
    2026-05-01  Acme    100
    2026-06-01  Acme    100
    2026-06-05  Acme    100
    2026-06-05  Acme    50
    """
    clear = part(of(book, settings), "clear beginnings")
    assert (clear.numerator, clear.denominator) == (3, 5)
    assert clear.rows == rows(2, 3, 4)
    assert clear.counter_rows == rows(4, 5, sheet="Sales")


def test_the_brief_may_stand_before_the_twelve_months_but_not_the_purchase(book, settings):
    """
    Date        Client  Activity
    2025-06-15  Acme    Brief

    # Sales
    Date        Client  Amount
    2025-06-30  Acme    100
    2025-07-01  Acme    100
    """
    assert counts(of(book, settings), "clear beginnings") == (1, 1)


# Responsiveness


def test_the_second_working_day_across_a_weekend(book, settings):
    """
    After Friday 5 June 2026 the second working day is Tuesday the 9th.

    Date        Client  Activity  Direction
    2026-06-05  Acme    Email     in
    2026-06-09  Acme    Email     out
    2026-06-05  Bell    Email     in
    2026-06-10  Bell    Email     out
    2026-06-06  Cole    Email     in
    2026-06-09  Cole    Call
    2026-06-07  Dunn    Email     in
    2026-06-10  Dunn    Email     out
    """
    assert counts(of(book, settings, "Acme"), "responsiveness") == (1, 1)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (0, 1)
    assert part(of(book, settings, "Bell"), "responsiveness").counter_rows == rows(4)
    assert counts(of(book, settings, "Cole"), "responsiveness") == (1, 1)
    assert counts(of(book, settings, "Dunn"), "responsiveness") == (0, 1)


def test_the_second_working_day_across_a_holiday(book, settings):
    """
    After Friday 22 May 2026 come the weekend and, on Monday the 25th, the spring bank holiday: the
    second working day is Wednesday the 27th.

    Date        Client  Activity  Direction
    2026-05-22  Acme    Email     in
    2026-05-27  Acme    Email     out
    2026-05-22  Bell    Email     in
    2026-05-28  Bell    Email     out

    # Business
    Country  GB
    """
    assert counts(of(book, settings, "Acme"), "responsiveness") == (1, 1)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (0, 1)
    at_home_nowhere = settings.model_copy(update={"country": None})
    assert counts(of(book, at_home_nowhere, "Acme"), "responsiveness") == (0, 1)


def test_the_owners_own_week(book, settings):
    """
    She works on Mondays and Thursdays: after Thursday 4 June the second working day is the 11th.

    Date        Client  Activity  Direction
    2026-06-04  Acme    Email     in
    2026-06-11  Acme    Email     out
    2026-06-04  Bell    Email     in
    2026-06-12  Bell    Email     out

    # Business
    Working days  Mon, Thu
    """
    assert counts(of(book, settings, "Acme"), "responsiveness") == (1, 1)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (0, 1)


@pytest.mark.parametrize(("as_of", "known"), [("2026-06-29", 0), ("2026-06-30", 1)])
def test_a_message_counts_from_its_second_working_day_on(book, settings, as_of, known):
    """
    After Friday 26 June that is Tuesday the 30th. An answer planned for later is none.

    Date        Client  Activity  Direction
    2026-06-26  Acme    Email     in
    2026-07-01  Acme    Email     out
    """
    assert counts(of(book, settings, as_of=as_of), "responsiveness") == (0, known)


def test_on_one_day_the_later_start_answers(book, settings):
    """
    Acme was rung before the message came, Bell after it, Cole in the same minute; of Dunn and Ewer
    one hour is not known.

    Date        Client  Activity  Direction  Start
    2026-06-03  Acme    Email     in         10:00
    2026-06-03  Acme    Email     out        09:59
    2026-06-03  Bell    Email     in         10:00
    2026-06-03  Bell    Email     out        10:01
    2026-06-03  Cole    Email     in         10:00
    2026-06-03  Cole    Email     out        10:00
    2026-06-03  Dunn    Email     in
    2026-06-03  Dunn    Email     out        09:00
    2026-06-03  Ewer    Email     in         10:00
    2026-06-03  Ewer    Email     out
    """
    answered = {
        name: counts(of(book, settings, name), "responsiveness")[0]
        for name in ("Acme", "Bell", "Cole", "Dunn", "Ewer")
    }
    assert answered == {"Acme": 0, "Bell": 1, "Cole": 1, "Dunn": 1, "Ewer": 1}


def test_what_is_no_answer(book, settings):
    """
    Work behind the scenes, another message from them, a word the day before, and one to somebody else.

    Date        Client  Activity      Direction
    2026-06-02  Acme    Email         out
    2026-06-03  Acme    Email         in
    2026-06-04  Acme    Project work  out
    2026-06-04  Acme    Email         in
    2026-06-04  Bell    Email         out
    """
    waiting = part(of(book, settings), "responsiveness")
    assert (waiting.numerator, waiting.denominator) == (0, 2)
    assert waiting.counter_rows == rows(3, 5)


def test_a_call_that_came_in_is_answered_by_being_taken(book, settings):
    """
    And with it Acme's message of the day before; Bell's question is left lying.

    Date        Client  Activity  Direction
    2026-06-02  Acme    Email     in
    2026-06-03  Acme    Call      in
    2026-06-03  Bell    Enquiry   in
    """
    assert part(of(book, settings, "Acme"), "responsiveness").rows == rows(2, 3)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (0, 1)


def test_messages_of_the_last_twelve_months(book, settings):
    """
    Date        Client  Activity  Direction
    2025-06-30  Acme    Email     in
    2025-07-01  Bell    Email     in
    """
    assert counts(of(book, settings, "Acme"), "responsiveness") == (0, 0)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (0, 1)


# Both directions


def test_months_with_contact_in_both_directions(book, settings):
    """
    July: a call. August: in and out. September: out alone. October: in alone. November: an invoice,
    which the client does not feel. December: she wrote about the diary and was answered by a message.
    Of the sale in January nobody knows who turned to whom.

    Date        Client  Activity    Direction
    2025-06-30  Acme    Call
    2025-07-01  Acme    Call
    2025-08-01  Acme    Email       in
    2025-08-31  Acme    Email       out
    2025-09-01  Acme    Email       out
    2025-10-01  Acme    Email       in
    2025-11-01  Acme    Invoice     out
    2025-12-01  Acme    Scheduling  in
    2025-12-02  Acme    Message     out

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    """
    both = part(of(book, settings), "both directions")
    assert (both.numerator, both.denominator) == (3, 5)
    assert both.rows == rows(3, 4, 5, 9, 10)
    assert both.counter_rows == rows(6, 7)


# Listening


def test_feedback_asked_for_or_received(book, settings):
    """
    Acme was asked, Bell answered, Cole was asked the day before the 12 months, Dunn never, and of Ewer
    there is no contact in the 12 months at all, so nobody can tell. Fox answered without being asked.

    Date        Client  Activity
    2025-07-01  Acme    Feedback request
    2026-01-01  Bell    Email
    2025-06-30  Cole    Survey
    2026-01-01  Cole    Email
    2026-01-01  Dunn    Email
    2025-06-30  Ewer    Email

    # Feedback
    Date        Client  Kind
    2026-06-30  Bell    survey
    2026-07-01  Dunn    survey
    2026-02-01  Fox     review
    """
    known = {
        name: counts(of(book, settings, name), "listening")
        for name in ("Acme", "Bell", "Cole", "Dunn", "Ewer", "Fox")
    }
    assert known == {
        "Acme": (1, 1),
        "Bell": (1, 1),
        "Cole": (0, 1),
        "Dunn": (0, 1),
        "Ewer": (0, 0),
        "Fox": (1, 1),
    }
    assert part(of(book, settings, "Bell"), "listening").rows == rows(2, sheet="Feedback")


# Continuity


def test_days_above_the_red_line_in_the_twelve_months(book, settings):
    """
    The gap of 1 May to 30 July 2025 has 90 − 60 − 1 = 29 days below, 1 to 29 July, all in
    the 12 months; the gap from there to 20 March 2026 has 233 − 61 = 172. So 201 of 365
    days. Against it speak the contacts before these silences.

    Date        Client  Activity
    2025-05-01  Acme    Email
    2025-07-30  Acme    Email
    2026-03-20  Acme    Email
    2026-05-19  Acme    Email

    # Business
    Red line (days)  60
    """
    continuity = part(of(book, settings), "continuity")
    assert (continuity.numerator, continuity.denominator) == (365 - 201, 365)
    assert continuity.rows == rows(4, 5)
    assert continuity.counter_rows == rows(2, 3)


def test_continuity_of_a_relationship_that_ended_before_the_twelve_months(book, settings):
    """
    # Clients
    Client  Ended on
    Acme    2025-06-30

    Date        Client  Activity
    2025-06-01  Acme    Email
    """
    assert part(of(book, settings), "continuity").value is None


# Ratings


def test_the_latest_rating_of_each_component_replaces_it(book, settings):
    """
    Care was last rated on 1 March, Accountability never in the 12 months, Communication today.

    # Ratings
    Date        Client  Care  Accountability  Communication
    2025-06-30  Acme    2     2               2
    2026-01-01  Acme    5                     9
    2026-03-01  Acme    7
    2026-06-30  Acme                          4
    2026-07-01  Acme    10    10              10

    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    found = of(book, settings)
    assert (found.care.value, found.care.rated) == (7, Row("Ratings", 4))
    assert (found.accountability.value, found.accountability.rated) == (None, None)
    assert (found.communication.value, found.communication.rated) == (0.4, Row("Ratings", 5))
    assert found.value is None
    assert counts(found, "human connection") == (1, 4)


@pytest.mark.parametrize(("as_of", "care"), [("2026-06-30", 9), ("2026-07-01", None)])
def test_a_rating_older_than_twelve_months(book, settings, as_of, care):
    """
    # Ratings
    Date        Client  Care
    2025-07-01  Acme    9

    Date        Client  Activity
    2026-06-01  Bell    Call
    """
    assert of(book, settings, as_of=as_of).care.value == care


def test_of_two_ratings_of_one_day_the_lower_counts(book, settings):
    """
    # Ratings
    Date        Client  Care
    2026-06-01  Acme    6
    2026-06-01  Acme    4
    2026-06-01  Acme    8

    Date        Client  Activity
    2026-06-01  Bell    Call
    """
    care = of(book, settings).care
    assert (care.value, care.rated) == (4, Row("Ratings", 3))


# Signals


def test_signals_beside_trust_and_whether_they_agree(book, settings):
    """
    Trust is 100, 1, (10 × 5) ^ 1 = 50 and (7 × 7) ^ 1 = 49. Acme asked for advice on the first of the
    12 months, Bell too, Cole the day before, Dunn never.

    # Ratings
    Date        Client  Care  Accountability  Communication
    2026-06-01  Acme    10    10              10
    2026-06-01  Bell    1     1               1
    2026-06-01  Cole    10    5               10
    2026-06-01  Dunn    7     7               10

    Date        Client  Activity  Signal
    2025-07-01  Acme    Call      advice asked
    2025-07-01  Bell    Call      advice asked
    2025-06-30  Cole    Call      advice asked
    2025-07-01  Dunn    Call      compliment
    2025-07-02  Ewer    Call      advice asked
    """
    found = {name: of(book, settings, name) for name in ("Acme", "Bell", "Cole", "Dunn", "Ewer")}
    assert found["Cole"].value == 50
    assert found["Dunn"].value == 49
    assert {name: one.agree for name, one in found.items()} == {
        "Acme": True,
        "Bell": False,
        "Cole": False,
        "Dunn": True,
        "Ewer": None,
    }
    assert found["Acme"].signals == rows(2)
    assert found["Cole"].signals == ()
    assert found["Ewer"].signals == rows(6)


# Properties


def made_of(values: dict[str, list[int | None]]) -> Trust:
    """Trust made of parts so many hundredths high."""

    def side(name):
        parts = tuple(
            Part(str(place), value or 0, 0 if value is None else 100, (), (), "")
            for place, value in enumerate(values[name])
        )
        return component(ComponentName(name), parts)

    return Trust(side("care"), side("accountability"), side("communication"), (), None)


A_PART = st.none() | st.integers(0, 100)
SIDES = st.fixed_dictionaries(
    {
        "care": st.lists(A_PART, min_size=3, max_size=3),
        "accountability": st.lists(A_PART, min_size=2, max_size=2),
        "communication": st.lists(A_PART, min_size=4, max_size=4),
    }
)


@given(SIDES, st.data())
def test_trust_never_falls_when_a_part_rises(values, data):
    before = made_of(values).value
    assume(any(value is not None for parts in values.values() for value in parts))
    name, place, value = data.draw(
        st.sampled_from(
            [
                (name, place, value)
                for name, parts in values.items()
                for place, value in enumerate(parts)
                if value is not None
            ]
        )
    )
    values[name][place] = data.draw(st.integers(value, 100))
    after = made_of(values).value
    if before is None:
        assert after is None
    else:
        assert before - 1e-9 <= after <= 100
        assert before >= 1


DAYS = st.dates(date(2025, 4, 1), date(2026, 7, 31))
ACTIVITIES = st.builds(
    Activity,
    name=st.just("Something"),
    kind=st.sampled_from(["messages", "feedback", "relationship building"]),
    value=st.just("high"),
    connects=st.booleans(),
    two_way=st.booleans(),
    role=st.none() | st.sampled_from(Role),
)
TOUCHPOINTS = st.builds(
    Touchpoint,
    date=DAYS,
    client=st.just("Acme"),
    activity=ACTIVITIES,
    row=st.just(Row("Touchpoints", 1)),
    direction=st.sampled_from(["in", "out", "both"]),
    start=st.none() | st.times(time(0), time(23, 59)),
    promised_for=st.none() | DAYS,
    done_on=st.none() | DAYS,
    signal=st.sampled_from([None, "complaint", "advice asked"]),
    resolved_on=st.none() | DAYS,
)
SALES = st.builds(
    Sale,
    date=DAYS,
    client=st.just("Acme"),
    amount=st.sampled_from([Decimal(-50), Decimal(0), Decimal(100)]),
    row=st.just(Row("Sales", 1)),
)
FEEDBACK = st.builds(Feedback, DAYS, st.just("Acme"), st.just(Row("Feedback", 1)))
MARKS = st.none() | st.integers(1, 10).map(Decimal)
RATINGS = st.builds(Rating, DAYS, st.just("Acme"), st.just(Row("Ratings", 1)), MARKS, MARKS, MARKS)
WORKING = Settings(country="GB")


def numbered(rows_):
    return [
        replace(one, row=Row(one.row.sheet, number)) for number, one in enumerate(rows_, start=2)
    ]


def trusted(touchpoints, sales=(), feedback=(), ratings=()) -> Trust:
    (one,) = related(
        [Client("Acme")],
        numbered(touchpoints),
        numbered(sales),
        numbered(feedback),
        numbered(ratings),
    )
    return trust(evidence(one, WORKING, date(2026, 6, 30)), WORKING)


def without_rows(found: Trust) -> list[object]:
    sides: list[Component] = [found.care, found.accountability, found.communication]
    return [
        found.value,
        found.agree,
        len(found.signals),
        *((side.value, side.rated is None) for side in sides),
        *((one.name, one.numerator, one.denominator) for side in sides for one in side.parts),
        *((len(one.rows), len(one.counter_rows)) for side in sides for one in side.parts),
    ]


BOOKS = st.tuples(
    st.lists(TOUCHPOINTS, max_size=8),
    st.lists(SALES, max_size=4),
    st.lists(FEEDBACK, max_size=2),
    st.lists(RATINGS, max_size=3),
)


@given(BOOKS, st.randoms(use_true_random=False))
def test_shares_are_shares_and_row_order_changes_nothing(books, chance: random.Random):
    found = trusted(*books)
    for side in found.components:
        for one in side.parts:
            assert one.value is None or 0 <= one.value <= 1
            assert not set(one.rows) & set(one.counter_rows)
    assert found.value is None or 1 <= found.value <= 100
    shuffled = [chance.sample(rows_, len(rows_)) for rows_ in books]
    assert without_rows(trusted(*shuffled)) == without_rows(found)


def kept(touchpoint: Touchpoint) -> Touchpoint:
    return replace(touchpoint, done_on=touchpoint.promised_for)


def put_right(touchpoint: Touchpoint) -> Touchpoint:
    return replace(touchpoint, resolved_on=touchpoint.date + timedelta(days=1))


def turned_into(role):
    return lambda touchpoint: replace(touchpoint, activity=replace(touchpoint.activity, role=role))


def sociable(touchpoint: Touchpoint) -> Touchpoint:
    if touchpoint.activity.kind == "feedback":
        return touchpoint
    kind = replace(touchpoint.activity, kind="relationship building")
    return replace(touchpoint, activity=kind)


@given(
    BOOKS,
    st.sampled_from([kept, put_right, sociable, turned_into("brief"), turned_into("survey")]),
    st.data(),
)
def test_trust_never_falls_when_the_owner_did_better(books, better, data):
    """
    One row is changed so that one part rises and no other falls: a promise kept, a complaint put
    right, a touch that builds the relationship, a brief or a survey where the row had no role.
    """
    touchpoints, *others = books
    plain = [replace(t, activity=replace(t.activity, role=None)) for t in touchpoints]
    before = trusted(plain, *others).value
    place = data.draw(st.integers(0, max(0, len(plain) - 1)))
    plain[place : place + 1] = [better(one) for one in plain[place : place + 1]]
    after = trusted(plain, *others).value
    if before is not None:
        assert after is not None
        assert after >= before - 1e-9


def test_parts_of_all_are_summed_part_by_part():
    """Two of three and five of four: what is done beyond what is asked for adds nothing."""

    def of(done, asked, row, against):
        part = Part("reliability", done, asked, (Row("Touchpoints", row),), against, "promises")
        care = Component("care", None, (part,), None)
        empty = Component("accountability", None, (), None)
        return Trust(care, empty, Component("communication", None, (), None), (), None)

    late = (Row("Touchpoints", 9),)
    (total,) = parts_of_all([of(2, 3, 2, late), of(5, 4, 3, ())])
    assert (total.name, total.component, total.done, total.asked) == ("reliability", "care", 6, 7)
    assert total.rows == (Row("Touchpoints", 2), Row("Touchpoints", 3))
    assert total.counter_rows == late
    assert parts_of_all([]) == ()
