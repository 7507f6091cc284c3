"""The rows of Touchpoints that say an action is done."""

from datetime import date, time
from decimal import Decimal

import pytest

from reportgen.model import Activity, Client, Touchpoint
from reportgen.problems import Row
from reportgen.report.plan.channel import Channel
from reportgen.report.plan.due import NEW_ROW, Cause, Due, Recorded
from reportgen.report.plan.plan import Action, Mailing
from reportgen.report.plan.record import Filled, filled_rows, row_of, rows_of_mailing
from reportgen.settings.settings import Settings

DAY = date(2026, 11, 2)
COMPLAINT, PROMISE = Row("Touchpoints", 7), Row("Touchpoints", 9)


def due(cause, topic="", minutes=5, recorded=NEW_ROW):
    return Due(cause, "What", "Why.", (), minutes, "a-letter", DAY, recorded=recorded, topic=topic)


def action(*dues, by=Channel.EMAIL, client="Acme"):
    return Action(client, dues, by, Decimal(0), 0, DAY, time(9))


def row(*dues, by=Channel.EMAIL, preferred=None):
    return row_of(action(*dues, by=by), Client("Acme", preferred_channel=preferred), Settings())


@pytest.mark.parametrize(
    ("by", "activity", "channel"),
    [
        (Channel.EMAIL, "Email", "Email"),
        (Channel.TALK, "Call", "Phone"),
        (Channel.POST, "Letter", "Post"),
        (Channel.TEXT, "Message", "Message"),
    ],
)
def test_what_was_sent_and_how(by, activity, channel):
    assert row(due(Cause.PROMISE, "codes", minutes=15), by=by) == {
        "client": "Acme",
        "activity": activity,
        "channel": channel,
        "direction": "out",
        "minutes": "15",
        "topic": "codes",
    }


@pytest.mark.parametrize(
    ("cause", "activity"),
    [
        (Cause.GREETING, "Greeting"),
        (Cause.REFERRAL, "Referral request"),
        (Cause.TESTIMONIAL, "Testimonial request"),
        (Cause.SURVEY, "Survey"),
        (Cause.WOW, "Wow"),
        (Cause.BOUNDARY, "Boundary talk"),
        (Cause.INVOICE, "Payment reminder"),
        (Cause.SILENCE, "Email"),
    ],
)
def test_what_is_not_to_be_due_again_has_an_activity_of_its_own(cause, activity):
    assert row(due(cause))["activity"] == activity


def test_of_several_things_the_one_with_an_activity_of_its_own_is_told():
    """A promise and a survey are a survey; a promise and an invoice are an e-mail, no mere reminder."""
    assert row(due(Cause.PROMISE), due(Cause.SURVEY))["activity"] == "Survey"
    assert row(due(Cause.PROMISE), due(Cause.INVOICE))["activity"] == "Email"


def test_all_that_it_was_about_is_told_once():
    told = row(due(Cause.COMPLAINT, "the door"), due(Cause.PROMISE), due(Cause.ANSWER, "the door"))
    assert (told["topic"], told["minutes"]) == ("the door", "15")
    assert row(due(Cause.COMPLAINT, "the door"), due(Cause.ANSWER, "tiles"))["topic"] == (
        "the door; tiles"
    )


@pytest.mark.parametrize(
    ("preferred", "channel"),
    [("WhatsApp", "WhatsApp"), ("In person", "Phone"), ("visit", "Phone"), ("Meet", "Phone")],
)
def test_her_own_word_for_the_channel_unless_it_begins_with_a_call(preferred, channel):
    assert row(due(Cause.SILENCE), by=Channel.TALK, preferred=preferred)["channel"] == channel


def test_the_minutes_of_a_mailing_are_shared():
    """30 among four are 8, 8, 7 and 7."""
    to = tuple(action(due(Cause.SURVEY), client=name) for name in ("A", "B", "C", "D"))
    rows = rows_of_mailing(Mailing(Cause.SURVEY, "a-letter", to, 30, DAY, time(9)))
    assert [(one["client"], one["minutes"]) for one in rows] == [
        ("A", "8"),
        ("B", "8"),
        ("C", "7"),
        ("D", "7"),
    ]
    assert {(one["activity"], one["channel"]) for one in rows} == {("Survey", "Email")}


def test_a_complaint_and_a_promise_are_done_in_their_own_rows():
    call = Activity("Call", None, None, connects=True)
    known = {
        COMPLAINT: Touchpoint(
            date(2026, 10, 5), "Acme", call, COMPLAINT, topic="the door", signal="complaint"
        ),
        PROMISE: Touchpoint(date(2026, 10, 6), "Acme", call, PROMISE, promise="codes"),
    }
    task = action(
        due(Cause.COMPLAINT, recorded=Recorded(COMPLAINT, "Resolved on")),
        due(Cause.PROMISE, recorded=Recorded(PROMISE, "Done on")),
        due(Cause.SURVEY),
    )
    both = {"client": "Acme", "activity": "Call"}
    assert list(filled_rows(task, known)) == [
        Filled(
            {
                "date": "2026-10-05",
                **both,
                "topic": "the door",
                "promise": "",
                "signal": "complaint",
            },
            "resolved_on",
        ),
        Filled(
            {"date": "2026-10-06", **both, "topic": "", "promise": "codes", "signal": ""}, "done_on"
        ),
    ]


def test_a_mailing_fills_no_cell():
    to = (action(due(Cause.SURVEY)),)
    assert list(filled_rows(Mailing(Cause.SURVEY, "a-letter", to, 30, DAY, time(9)), {})) == []
