"""The month's actions in a calendar and in a table, read back by other programs."""

import csv
import io
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from reportgen.letters.due import due_letters
from reportgen.letters.library import library
from reportgen.model import Book, Client, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.reading.catalogue import built_in
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.site.exports import actions_csv, actions_ics, uid

EMAIL = built_in().activities["email"]
NAMES = (
    "Bêta & Søn, Ltd; “Zoë”",
    "Line\nbreak",
    "Back\\slash \\n and , and ;",
    "Party 🎉 " + "long " * 30,
    "日本 株式会社",
    "BEGIN:VEVENT",
)


def report_of(book, settings, as_of):
    return make_report(book, settings, date.fromisoformat(as_of))


def due(report):
    return {one.client: one for one in due_letters(report, library(None))}


def events(report):
    """The events of the file, once another reader has found nothing wrong with it."""
    calendar = Calendar.from_ical(actions_ics(report, due(report)))
    assert calendar.errors == []
    found = calendar.walk("VEVENT")
    assert all(event.errors == [] for event in found)
    return found


def promises(names, words="the plan", promised_for=date(2026, 6, 30), on=date(2026, 6, 29)):
    """A book in which each client has been promised something."""
    return Book(
        relationships(
            [Client(name) for name in names],
            [
                Touchpoint(
                    on,
                    name,
                    EMAIL,
                    Row("Touchpoints", number),
                    promise=words,
                    promised_for=promised_for,
                )
                for number, name in enumerate(names, start=2)
            ],
        ),
        Source("promises.xlsx", "0" * 64),
    )


# The calendar


def test_an_action_is_an_event(book, settings):
    """
    Date        Client  Activity  Promise    Promised for
    2026-01-12  Acme    Email     the quote  2026-01-14
    """
    report = report_of(book, settings, "2026-01-15")
    (event,) = events(report)
    assert str(event["summary"]) == "Acme: Keep your promise: the quote"
    assert str(event["description"]).startswith(
        "Promised for 14 January 2026; 1 day late.\n\n"
        "E-mail: fill in E-mail, in a row for Acme on Clients\n\n"
        "I owe you something\n\n"
        "Dear Acme,\n\n"
    )
    assert event["dtstart"].dt == datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
    assert event["dtend"].dt == datetime(2026, 1, 15, 9, 15, tzinfo=UTC)
    assert event["dtstamp"].dt == datetime(2026, 1, 15, tzinfo=UTC)
    assert str(event["uid"]) == f"{uid(report.plan.actions[0])}@reportgen"


def test_the_file_has_what_the_standard_asks_for():
    """RFC 5545: PRODID and VERSION once, UID and DTSTAMP in each event, lines of at most 75 bytes that
    end in CR LF.
    """
    report = report_of(promises(NAMES), Settings(), "2026-06-30")
    raw = actions_ics(report, due(report))
    calendar = Calendar.from_ical(raw)
    assert str(calendar["version"]) == "2.0"
    assert calendar["prodid"]
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_a_month_without_actions_is_an_empty_calendar(book, settings):
    """
    Date        Client  Activity
    2026-06-29  Acme    Call
    """
    report = report_of(book, settings, "2026-06-30")
    assert report.plan.by_day == ()
    assert events(report) == []
    assert len(list(csv.reader(io.StringIO(actions_csv(report, due(report)))))) == 1


@pytest.mark.parametrize("name", NAMES)
def test_names_survive(name):
    (event,) = events(report_of(promises([name], words=name), Settings(), "2026-06-30"))
    assert str(event["summary"]) == f"{name}: Keep your promise: {name}"


def test_an_event_rings_the_client_or_opens_the_message(book, settings):
    """
    # Clients
    Client  Phone             Preferred channel  E-mail
    Acme    +44 20 7946 0000  Phone
    Bell                      Phone
    Cole                                         jo@example.com
    Dunn    07700 900123      SMS
    Earl    07700 900123      WhatsApp
    Ford                      Post

    # Touchpoints
    Date        Client  Activity  Promise    Promised for
    2026-01-12  Acme    Email     the quote  2026-01-14
    2026-01-12  Bell    Email     the quote  2026-01-14
    2026-01-12  Cole    Email     the quote  2026-01-14
    2026-01-12  Dunn    Email     the quote  2026-01-14
    2026-01-12  Earl    Email     the quote  2026-01-14
    2026-01-12  Ford    Email     the quote  2026-01-14
    """
    report = report_of(book, settings, "2026-01-15")
    links = {str(one["summary"])[:4]: str(one.get("url", "")) for one in events(report)}
    assert links.pop("Cole").startswith(
        "mailto:jo@example.com?subject=I%20owe%20you%20something&body="
    )
    assert links == {
        "Acme": "tel:+442079460000",
        "Bell": "",
        "Dunn": "sms:07700900123",
        "Earl": "",
        "Ford": "",
    }
    said = {str(one["summary"])[:4]: str(one["description"]) for one in events(report)}
    assert "\n\nRing: +44 20 7946 0000\n\n• " in said["Acme"]
    assert "\n\nRing: fill in Phone, row 3 of Clients\n\n• " in said["Bell"]
    assert "\n\nMessage: 07700 900123\n\nDear Earl,\n" in said["Earl"]
    assert "\n\nCard or letter: fill in Address, row 7 of Clients\n\nDear Ford,\n" in said["Ford"]


# Time zones


def starts(book, settings, as_of):
    return [event["dtstart"].dt for event in events(report_of(book, settings, as_of))]


def test_nine_in_london_before_and_after_the_end_of_summer_time(book, settings):
    """
    The clocks go back on Sunday 25 October 2026, at two in the night: nine on the 23rd is eight o'clock
    UTC, nine on the 26th is nine.

    Date        Client  Activity  Promise  Promised for
    2026-10-20  Acme    Email     one      2026-10-22
    2026-10-20  Bell    Email     two      2026-10-22

    # Business
    Promise (minutes)  30
    """
    assert starts(book, settings, "2026-10-23") == [
        datetime(2026, 10, 23, 8, 0, tzinfo=UTC),
        datetime(2026, 10, 26, 9, 0, tzinfo=UTC),
    ]


def test_nine_on_the_sunday_itself(book, settings):
    """
    Date        Client  Activity  Promise  Promised for
    2026-10-20  Acme    Email     one      2026-10-21
    2026-10-20  Bell    Email     two      2026-10-21

    # Business
    Promise (minutes)  30
    Working days       Sat, Sun
    """
    assert starts(book, settings, "2026-10-22") == [
        datetime(2026, 10, 24, 8, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 9, 0, tzinfo=UTC),
    ]


def test_nine_in_new_york(book, settings):
    """
    There the clocks go forward on Sunday 8 March 2026: nine is 14:00 UTC before and 13:00 after.

    Date        Client  Activity  Promise  Promised for
    2026-03-01  Acme    Email     one      2026-03-02
    2026-03-01  Bell    Email     two      2026-03-02

    # Business
    Promise (minutes)  30
    Time zone          America/New_York
    """
    assert starts(book, settings, "2026-03-06") == [
        datetime(2026, 3, 6, 14, 0, tzinfo=UTC),
        datetime(2026, 3, 9, 13, 0, tzinfo=UTC),
    ]


def test_an_action_ends_after_its_minutes(book, settings):
    """
    Date        Client  Activity  Signal     Resolved on
    2026-06-29  Acme    Email     complaint
    """
    (event,) = events(report_of(book, settings, "2026-06-30"))
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=20)


# Importing twice


def imported(*reports):
    """What a calendar holds that takes an event of a known UID for the same one."""
    held = {}
    for report in reports:
        for event in events(report):
            held[str(event["uid"])] = event
    return held


BUSY = """
    # Touchpoints
    Date        Client  Activity  Direction  Promise   Promised for  Signal     Topic
    2026-06-01  Acme    Email     out        the plan  2026-06-20
    2026-06-02  Acme    Email     out        the plan  2026-06-20
    2026-06-03  Acme    Email     out                  2026-06-20
    2026-06-03  Acme    Email     out                  2026-06-21
    2026-06-03  Acme    Email     out                  2026-06-21
    2026-06-20  Bell    Email     in                                            a chair
    2026-06-10  Bell    Email     in                                 complaint  a chair
    2026-06-11  Bell    Email     in                                 complaint  a chair
    2026-01-10  Cole    Call

    # Sales
    Date        Client  Amount  Due on
    2026-05-15  Dunn    100     2026-06-01
    2026-05-15  Dunn    200     2026-06-01
    2026-05-16  Dunn    200     2026-06-01

    # Clients
    Client  Birthday
    Bell    1980-07-20

    # Business
    Red line (days)  160
"""


def test_every_event_has_a_uid_of_its_own(book, settings):
    report = report_of(book, settings, "2026-06-30")
    assert [one.client for one in report.plan.actions] == ["Cole", "Bell", "Acme", "Dunn"]
    assert len(imported(report)) == 4


def test_importing_twice_makes_no_doubles(book, settings):
    report, again = (report_of(book, settings, "2026-06-30") for _ in range(2))
    assert actions_ics(report, due(report)) == actions_ics(again, due(again))
    assert len(imported(report, again)) == len(report.plan.actions)


def test_the_next_months_file_moves_what_is_still_to_do(book, settings):
    # From 30 June to 10 July nothing is done.
    june = report_of(book, settings, "2026-06-30")
    july = report_of(book, settings, "2026-07-10")
    both = imported(june, july)
    assert set(both) == set(imported(june)) == set(imported(july))
    assert min(event["dtstart"].dt for event in both.values()).date() == date(2026, 7, 10)
    assert all(event["dtstamp"].dt.date() == date(2026, 7, 10) for event in both.values())


def test_what_is_done_leaves_the_uids_of_the_others_alone(book, settings):
    # Dunn has paid everything.
    acme, bell, cole, dunn = book.relationships
    paid = replace(dunn, sales=[replace(one, paid_on=date(2026, 6, 25)) for one in dunn.sales])
    after = replace(book, relationships=(acme, bell, cole, paid))
    june = imported(report_of(book, settings, "2026-06-30"))
    done = imported(report_of(after, settings, "2026-06-30"))
    assert len(set(june) & set(done)) == 3


def test_the_order_of_rows_changes_no_uid(book, settings):
    touchpoints, sales = list(book.touchpoints), list(book.sales)
    random.Random(1).shuffle(touchpoints)
    random.Random(2).shuffle(sales)
    mixed = replace(
        book,
        relationships=relationships(
            [one.client for one in book.relationships],
            [replace(t, row=Row("Touchpoints", n)) for n, t in enumerate(touchpoints, 2)],
            [replace(s, row=Row("Sales", n)) for n, s in enumerate(sales, 2)],
        ),
    )
    assert [row.row for row in mixed.touchpoints] != [row.row for row in book.touchpoints]
    ours, theirs = (report_of(one, settings, "2026-06-30") for one in (book, mixed))
    assert [uid(one) for one in ours.plan.by_day] == [uid(one) for one in theirs.plan.by_day]


def test_birthdays_of_two_years_are_two_events(book, settings):
    """
    Date        Client  Activity
    2026-06-29  Acme    Call
    2027-06-29  Acme    Call

    # Clients
    Client  Birthday
    Acme    1980-07-20
    """
    first = imported(report_of(book, settings, "2026-06-30"))
    second = imported(report_of(book, settings, "2027-06-30"))
    assert len(first) == len(second) == 1
    assert not set(first) & set(second)


for _test in (
    test_every_event_has_a_uid_of_its_own,
    test_importing_twice_makes_no_doubles,
    test_the_next_months_file_moves_what_is_still_to_do,
    test_what_is_done_leaves_the_uids_of_the_others_alone,
    test_the_order_of_rows_changes_no_uid,
):
    _test.__doc__ = BUSY


# The table


def table(report):
    text = actions_csv(report, due(report))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_table_says_what_the_page_says(book, settings):
    """
    # Clients
    Client  Phone             Preferred channel
    Acme    +44 20 7946 0000  Phone

    # Touchpoints
    Date        Client  Activity  Promise           Promised for
    2026-01-12  Acme    Email     the quote, today  2026-01-14
    """
    report = report_of(book, settings, "2026-01-15")
    assert table(report) == [
        {
            "Date": "2026-01-15",
            "Start": "09:00",
            "Client": "Acme",
            "What": "Keep your promise: the quote, today",
            "Why": "Promised for 14 January 2026; 1 day late.",
            "Minutes": "15",
            "Channel": "Ring",
            "To": "'+44 20 7946 0000",
            "Words": due(report)["Acme"].filled.body,
            "Rows": "Touchpoints!2",
        }
    ]


@pytest.mark.parametrize("name", NAMES)
def test_names_survive_in_the_table(name):
    (row,) = table(report_of(promises([name], words=name), Settings(), "2026-06-30"))
    assert row["Client"] == name
    assert row["What"] == f"Keep your promise: {name}"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0"])
def test_no_cell_is_a_formula(start):
    name = f"{start}cmd|' /C calc'!A0"
    (row,) = table(report_of(promises([name], words=name), Settings(), "2026-06-30"))
    assert row["Client"] == "'" + name
    for cell in row.values():
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))


def test_names_that_only_hold_a_sign_are_left_as_they_are():
    (row,) = table(report_of(promises(["A+B = C"]), Settings(), "2026-06-30"))
    assert row["Client"] == "A+B = C"


def test_a_mailing_is_an_event_and_has_files_of_its_own():
    names = ["Acme", "Bell", "Cole", "Dunn", "Earl"]
    calls = [
        Touchpoint(date(2026, 3, 22), name, EMAIL, Row("Touchpoints", number))
        for number, name in enumerate(names, start=2)
    ]
    book = Book(relationships([Client(name) for name in names], calls), Source("a", "0" * 64))
    report = report_of(book, Settings(business_model="product"), "2026-06-30")
    (event,) = events(report)
    assert str(event["summary"]) == "5 clients at once: Get back in touch"
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=30)
    assert "url" not in event
    (row,) = table(report)
    assert (row["Channel"], row["To"], row["Words"]) == ("Mailing", "", "")
