"""What has been done since the end of the month before: the plan of 30 September against October's rows."""

from datetime import date

from reportgen.problems import Row
from reportgen.report.report import make_report

AS_OF = date(2026, 10, 31)


def since(book, settings, as_of=AS_OF, **changed):
    return make_report(book, settings.layered(changed, {}), as_of).done_since


def told(found):
    """Client → what of their message has been done, with its day and row; whether it is all."""
    return {
        one.action.client: (
            [(done.due.cause, done.day.isoformat(), done.rows[0].row) for done in one.done],
            one.is_whole,
        )
        for one in found.messages
    }


def test_done_is_a_cell_that_is_filled_or_a_contact_of_the_kind_that_was_due(book, settings):
    """
    The red line is 60 days, so who was last spoken to on 1 July is below it on 30 September. Acme's
    promise was kept in October, Bell was rung. Cole wrote, and was not answered. Dunn was answered. Ecco's
    complaint was put right. Fox was told so before the plan, so nothing was due. Gray was rung, but the
    promise is open. Hill's work was done without a word.

    Date        Client  Activity      Direction  Promise    Promised for  Done on     Signal     Resolved on
    2026-09-01  Acme    Call          out        the quote  2026-09-20    2026-10-05
    2026-07-01  Bell    Call          out
    2026-10-12  Bell    Call          out
    2026-07-01  Cole    Call          out
    2026-10-10  Cole    Email         in
    2026-09-25  Dunn    Email         in
    2026-10-01  Dunn    Email         out
    2026-09-10  Ecco    Email         in                                              complaint  2026-10-07
    2026-09-10  Fox     Email         out        the plan   2026-09-20    2026-09-29
    2026-07-01  Gray    Call          out        the bill   2026-09-20
    2026-10-10  Gray    Call          out
    2026-07-01  Hill    Call          out
    2026-10-10  Hill    Project work  out
    """
    found = since(book, settings)
    assert found.since == date(2026, 9, 30)
    assert told(found) == {
        "Acme": ([("promise", "2026-10-05", 2)], True),
        "Bell": ([("silence", "2026-10-12", 4)], True),
        "Cole": ([], False),
        "Dunn": ([("answer", "2026-10-01", 8)], True),
        "Ecco": ([("complaint", "2026-10-07", 9)], True),
        "Gray": ([("silence", "2026-10-10", 12)], False),
        "Hill": ([], False),
    }
    assert found.whole == 4
    assert len(found.everything) == 5


def test_within_the_month_only_what_has_come_counts(book, settings):
    """
    Date        Client  Activity  Promise    Promised for  Done on
    2026-09-01  Acme    Call      the quote  2026-09-20    2026-10-20
    2026-07-01  Bell    Call
    2026-10-12  Bell    Call
    """
    found = since(book, settings, date(2026, 10, 15))
    assert found.since == date(2026, 9, 30)
    assert told(found) == {"Acme": ([], False), "Bell": ([("silence", "2026-10-12", 4)], True)}


def test_a_survey_is_done_by_a_survey(book, settings):
    """
    Acme, Bell and Cole bought in the 60 days before 30 September, so a survey was due. An e-mail is none.

    # Sales
    Date        Client  Amount
    2026-09-10  Acme    100
    2026-09-10  Bell    100
    2026-09-10  Cole    100

    # Touchpoints
    Date        Client  Activity
    2026-10-05  Acme    Email
    2026-10-05  Bell    Survey

    # Feedback
    Date        Client  Kind    Score  Out of
    2026-10-06  Cole    survey  9      10
    """
    found = since(book, settings)
    assert told(found) == {
        "Acme": ([], False),
        "Bell": ([("survey", "2026-10-05", 3)], True),
        "Cole": ([("survey", "2026-10-06", 2)], True),
    }


def test_a_reminder_is_done_by_a_reminder_by_a_word_or_by_the_money(book, settings):
    """
    # Sales
    Date        Client  Amount  Invoice  Due on      Paid on
    2026-04-01  Acme    100     A1       2026-05-01  2026-10-20
    2026-04-01  Bell    100     B1       2026-05-01
    2026-04-01  Cole    100     C1       2026-05-01
    2026-04-01  Dunn    100     D1       2026-05-01

    # Touchpoints
    Date        Client  Activity
    2026-09-20  Acme    Call
    2026-09-20  Bell    Call
    2026-09-20  Cole    Call
    2026-09-20  Dunn    Call
    2026-10-09  Bell    Payment reminder
    2026-10-09  Cole    Email
    2026-10-09  Dunn    Filing
    """
    assert told(since(book, settings)) == {
        "Acme": ([("invoice", "2026-10-20", 2)], True),
        "Bell": ([("invoice", "2026-10-09", 6)], True),
        "Cole": ([("invoice", "2026-10-09", 7)], True),
        "Dunn": ([], False),
    }


def test_a_mailing_is_told_by_whom_it_reached(book, settings):
    """
    Six clients of a shop are silent on 30 September; two of them have heard since.

    # Business
    Setting         Value
    Business model  product

    # Touchpoints
    Date        Client  Activity
    2026-07-01  A       Email
    2026-07-01  B       Email
    2026-07-01  C       Email
    2026-07-01  D       Email
    2026-07-01  E       Email
    2026-07-01  F       Email
    2026-10-10  B       Email
    2026-10-11  E       Call
    """
    found = since(book, settings, red_line_product_days=60)
    assert found.messages == ()
    (mailing,) = found.mailings
    assert (mailing.what, mailing.to) == ("Get back in touch", 6)
    assert [(one.client, one.rows) for one in mailing.done] == [
        ("B", (Row("Touchpoints", 8),)),
        ("E", (Row("Touchpoints", 9),)),
    ]
    assert [one.client for one in found.everything] == ["B", "E"]


def test_where_there_was_no_plan_nothing_is_told(book, settings):
    """
    Date        Client  Activity
    2026-10-05  Acme    Call
    """
    found = since(book, settings)
    assert (found.messages, found.mailings, found.everything) == ((), (), ())
