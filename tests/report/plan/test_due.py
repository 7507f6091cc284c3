"""What is due with one client, cause by cause (SPEC 9)."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from reportgen.problems import Row
from reportgen.report.findings import findings
from reportgen.report.plan.due import NEW_ROW, Recorded, due
from reportgen.report.plan.month import month_of
from reportgen.report.plan.plan import usual_contacts


def todo(book, settings, as_of):
    """What is due with everybody, client by client."""
    day = date.fromisoformat(as_of)
    found = findings(book, settings, day)
    usual = usual_contacts(found.seven_contacts, settings)
    return [
        SimpleNamespace(
            client=client.name, **{name: getattr(one, name) for name in one.__dataclass_fields__}
        )
        for client in found.clients
        for one in due(client, usual, month_of(day).last, settings)
    ]


def of_cause(book, settings, as_of, cause):
    return [one for one in todo(book, settings, as_of) if one.cause == cause]


def rows(*numbers, sheet="Touchpoints"):
    return tuple(Row(sheet, number) for number in numbers)


# Promises


@pytest.mark.parametrize(
    ("as_of", "why"),
    [
        ("2026-03-01", "Promised for 10 March 2026."),
        ("2026-03-10", "Promised for 10 March 2026."),
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
    late = as_of > "2026-03-10"
    assert action.cause == ("promise" if late else "promise to come")
    assert action.letter == ("promise-late" if late else "promise-kept")
    assert action.day == (None if late else date(2026, 3, 10))
    assert action.recorded == Recorded(Row("Touchpoints", 2), "Done on")
    assert action.client == "Acme"
    assert action.what == "Keep your promise: send the quote"
    assert action.topic == "send the quote"
    assert action.why == why
    assert action.rows == (Row("Touchpoints", 2),)
    assert action.minutes == 15


@pytest.mark.parametrize(
    ("as_of", "due"), [("2026-02-27", 0), ("2026-02-28", 1), ("2026-03-01", 1)]
)
def test_a_promise_to_come_is_due_in_its_month(book, settings, as_of, due):
    """
    On 28 February the plan is of March, the day before of February still.

    Date        Client  Activity  Promise         Promised for
    2026-02-01  Acme    Call      send the quote  2026-03-10
    """
    assert len(todo(book, settings, as_of)) == due


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
    assert todo(book, settings, "2026-03-12") == []


def test_a_planned_touchpoint_promises_nothing_yet(book, settings):
    """
    Date        Client  Activity  Promise         Promised for
    2026-03-01  Acme    Call
    2026-03-20  Acme    Call      send the quote  2026-03-10
    """
    assert todo(book, settings, "2026-03-12") == []


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
    assert todo(book, settings, "2026-03-10") == []


# Answers


@pytest.mark.parametrize(("as_of", "owed"), [("2026-06-14", 0), ("2026-06-15", 1)])
def test_an_answer_is_owed_from_the_day_of_the_message(book, settings, as_of, owed):
    """
    Date        Client  Activity  Direction  Topic
    2026-06-01  Acme    Call
    2026-06-15  Acme    Email     in         the tiles
    """
    found = of_cause(book, settings, as_of, "answer")
    assert len(found) == owed
    if owed:
        assert found[0].what == "Answer their message about “the tiles”"
        assert found[0].topic == "the tiles"
        assert found[0].why == "They wrote on 15 June 2026, and nothing has gone back since."
        assert found[0].rows == rows(3)
        assert found[0].minutes == 10
        assert found[0].letter == "answer-owed"
        assert found[0].recorded == NEW_ROW


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
    owing = [a.client for a in of_cause(book, settings, "2026-06-30", "answer")]
    assert (name in owing) is owed


@pytest.mark.parametrize(("as_of", "owed"), [("2027-06-14", 1), ("2027-06-15", 0)])
def test_a_message_of_more_than_a_year_ago_waits_no_more(book, settings, as_of, owed):
    """
    Date        Client  Activity  Direction
    2026-06-15  Acme    Email     in

    # Business
    Red line (days)  3000
    """
    assert len(of_cause(book, settings, as_of, "answer")) == owed


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
    found = of_cause(book, settings, as_of, "complaint")
    assert len(found) == open_
    if open_:
        ago = {"2026-06-15": "", "2026-06-19": ", 4 days ago"}[as_of]
        assert found[0].what == "Put right the complaint about “the door”"
        assert found[0].why == f"Raised on 15 June 2026{ago}."
        assert found[0].rows == rows(2)
        assert found[0].minutes == 20
        assert found[0].letter == "apology"
        assert found[0].recorded == Recorded(Row("Touchpoints", 2), "Resolved on")
        assert (found[0].topic, found[0].since) == ("the door", date(2026, 6, 15))


def test_an_old_complaint_of_whom_has_lapsed_is_still_open(book, settings):
    """
    Date        Client  Activity  Signal
    2020-06-15  Acme    Email     complaint
    """
    (action,) = todo(book, settings, "2026-06-30")
    assert (action.cause, action.topic) == ("complaint", "")


# Reconnections


def test_reconnect_from_the_first_day_below_until_it_has_lapsed(book, settings):
    """
    Red line 10 days: below from 12 January, lapsed after 40 days of silence, from 11 February.

    Date        Client  Activity
    2026-01-01  Acme    Call

    # Business
    Red line (days)  10
    """
    assert of_cause(book, settings, "2026-01-11", "silence") == []
    (first,) = todo(book, settings, "2026-01-12")
    assert first.cause == "silence"
    assert first.what == "Get back in touch"
    assert first.letter == "reconnection"
    assert first.why == (
        "Silent for 11 days, 1 day longer than the 10 days that this client accepts."
    )
    assert first.rows == (Row("Touchpoints", 2),)
    assert first.minutes == 5
    assert len(todo(book, settings, "2026-02-10")) == 1
    assert todo(book, settings, "2026-02-11") == []


def test_no_reconnection_after_the_end(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Call

    # Clients
    Client  Red line (days)  Ended on
    Acme    10               2026-01-15
    """
    assert len(todo(book, settings, "2026-01-14")) == 1
    assert todo(book, settings, "2026-01-15") == []


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
    (action,) = of_cause(book, settings, "2026-01-20", "silence")
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
    found = of_cause(book, settings, as_of, "prospect")
    assert len(found) == due
    if due:
        assert found[0].what == "Make contact number 3"
        assert found[0].why.startswith("2 contacts so far, the last ")
        assert found[0].rows == rows(3)
        assert found[0].minutes == 5
        assert found[0].letter == "next-contact"
    else:
        assert [a.cause for a in todo(book, settings, as_of)] == (
            ["silence"] if as_of > "2026-06-10" else []
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
    found = of_cause(book, settings, "2026-06-08", "prospect")
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
    found = of_cause(book, settings, as_of, "plan")
    assert len(found) == wanted
    if wanted:
        assert found[0].what == "Agree the next step"
        assert found[0].why == (
            "All of a committed client but a plan: nothing stands in the workbook after 29 June 2026."
        )
        assert found[0].rows == rows(3, 4, 5, sheet="Sales")
        assert found[0].minutes == 10
        assert found[0].letter == "service-review"


test_a_plan_for_the_committed.__doc__ = COMMITTED


@pytest.mark.parametrize(("as_of", "wanted"), [("2026-06-30", 0), ("2026-07-01", 1)])
def test_what_is_planned_is_a_plan_until_its_day(book, settings, as_of, wanted):
    assert len(of_cause(book, settings, as_of, "plan")) == wanted


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
    assert of_cause(book, settings, "2026-06-30", "plan") == []
    assert [a.client for a in of_cause(book, settings, "2026-07-01", "plan")] == ["Busy", "Due"]


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
    (found,) = of_cause(book, settings.layered(changed, {}), "2026-06-11", "invoice")
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
    found = of_cause(book, settings, as_of, "invoice")
    assert [a.letter for a in found] == ([f"payment-reminder-{step}"] if step else [])
    if step:
        late = (date.fromisoformat(as_of) - date(2026, 6, 1)).days
        assert found[0].what == "Remind them of invoice T-17"
        assert found[0].why == (
            f"£1,200 was due on 1 June 2026, {late} {'day' if late == 1 else 'days'} ago."
        )
        assert found[0].rows == rows(2, sheet="Sales")
        assert found[0].minutes == 5


def test_one_reminder_speaks_of_all_that_is_late(book, settings):
    """
    On 11 June 41 and 10 days late: by the older one it is the third reminder.

    # Sales
    Date        Client  Amount  Invoice  Due on
    2026-04-17  Acme    200     T-2      2026-05-01
    2026-05-18  Acme    100     T-17     2026-06-01

    # Business
    Currency  GBP
    """
    (found,) = of_cause(book, settings, "2026-06-11", "invoice")
    assert found.what == "Remind them of invoices T-2 and T-17"
    assert found.topic == "invoices T-2 and T-17"
    assert found.why == "£300 in all; the first was due on 1 May 2026, 41 days ago."
    assert found.rows == rows(2, 3, sheet="Sales")
    assert (found.letter, found.since) == ("payment-reminder-3", date(2026, 5, 1))


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
    (action,) = of_cause(book, settings, "2026-06-30", "invoice")
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
    found = [a for a in of_cause(book, settings, "2026-06-30", "boundary") if a.client == name]
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
    assert (survey.cause, survey.what) == ("survey", "Send the short survey")
    assert survey.letter == "satisfaction-survey"
    assert survey.why == (
        "Bought, or a piece of work ended, in the last 60 days; never asked in a survey."
    )
    assert survey.rows == rows(2, sheet="Sales")
    assert survey.minutes == 5
    assert survey.day is None


def test_nothing_is_offered_to_whom_has_ended(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-06-15  Acme    100

    # Clients
    Client  Birthday    Ended on
    Acme    1980-07-03  2026-06-30
    """
    assert todo(book, settings, "2026-06-30") == []


# Who plans nothing, and what it usually takes


@pytest.mark.parametrize(("model", "wanted"), [(None, 1), ("product", 0)])
def test_a_shop_plans_nothing(book, settings, model, wanted):
    settings = settings.layered({"business_model": model}, {})
    assert len(of_cause(book, settings, "2026-06-29", "plan")) == wanted


test_a_shop_plans_nothing.__doc__ = COMMITTED


@pytest.mark.parametrize(("won", "due"), [(4, True), (5, False)])
def test_it_usually_takes_what_it_took_with_five(book, settings, won, due):
    """
    Those who bought had two contacts before; Acme has had two. With four of them seven are still to be
    made, with five two are enough.

    Date        Client  Activity
    2026-05-01  A       Call
    2026-05-02  A       Call
    2026-05-01  B       Call
    2026-05-02  B       Call
    2026-05-01  C       Call
    2026-05-02  C       Call
    2026-05-01  D       Call
    2026-05-02  D       Call
    2026-05-01  E       Call
    2026-05-02  E       Call
    2026-05-20  Acme    Call
    2026-06-01  Acme    Call

    # Sales
    Date        Client  Amount
    2026-06-01  A       100
    2026-06-01  B       100
    2026-06-01  C       100
    2026-06-01  D       100
    2026-06-01  E       100

    # Business
    Red line (days)  10
    """
    kept = [one for one in book.relationships if won == 5 or one.client.name != "E"]
    found = of_cause(replace(book, relationships=tuple(kept)), settings, "2026-06-08", "prospect")
    assert [one.client for one in found] == (["Acme"] if due else [])
