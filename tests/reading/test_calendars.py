"""Calendars: who was met and for how long, in the calendar's own zone, worked out by hand."""

from datetime import date, time

import pytest
from exported import exported

from reportgen.problems import ReportError

HEAD = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\nX-WR-TIMEZONE:Europe/London\n"
ANN = "ATTENDEE;CN=Ann Lee;PARTSTAT=ACCEPTED:mailto:ann@lee.example\n"
ME = "ORGANIZER;CN=Studio:mailto:me@studio.example\n"


def calendar(*events, head=HEAD):
    stamp = "DTSTAMP:20260620T120000Z\n"
    bodies = "".join(f"BEGIN:VEVENT\n{stamp}{one}END:VEVENT\n" for one in events)
    return f"{head}{bodies}END:VCALENDAR\n".replace("\n", "\r\n")


def event(uid, start, more="", people=ME + ANN):
    return f"UID:{uid}\nDTSTART{start}\n{people}{more}SUMMARY:Kitchen\n"


def met(folder, *events, head=HEAD, name="diary.ics"):
    book = exported(folder, name, calendar(*events, head=head))
    return [
        (t.date.isoformat(), t.start, t.minutes, t.client, t.tentative) for t in book.touchpoints
    ]


def test_a_time_in_utc_is_that_of_the_calendars_zone(tmp_path):
    """09:00 UTC is 10:00 in London in June, and 09:00 in January; an hour is 60 minutes."""
    assert met(
        tmp_path,
        event("a", ":20260601T090000Z", "DTEND:20260601T100000Z\n"),
        event("b", ":20260105T090000Z", "DTEND:20260105T093000Z\n"),
    ) == [
        ("2026-01-05", time(9), 30, "Ann Lee", False),
        ("2026-06-01", time(10), 60, "Ann Lee", False),
    ]


def test_without_a_named_zone_the_one_of_most_events_counts(tmp_path):
    """18:00 in Berlin stays; 12:00 UTC is 14:00 in Berlin in summer."""
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\n"
    found = met(
        tmp_path,
        event("a", ";TZID=Europe/Berlin:20260601T180000", "DURATION:PT45M\n"),
        event("b", ":20260602T120000Z", "DURATION:PT15M\n"),
        head=head,
    )
    assert [(start, minutes) for _, start, minutes, _, _ in found] == [
        (time(18), 45),
        (time(14), 15),
    ]


def test_what_repeats_is_written_out_with_what_was_moved_and_left_out(tmp_path):
    """Four Tuesdays from 2 June: the second is left out, the third moved to Wednesday 17."""
    found = met(
        tmp_path,
        event(
            "y",
            ";TZID=Europe/London:20260602T180000",
            "DURATION:PT45M\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/London:20260609T180000\n",
        ),
        event(
            "y",
            ";TZID=Europe/London:20260617T190000",
            "DURATION:PT45M\nRECURRENCE-ID;TZID=Europe/London:20260616T180000\n",
        ),
    )
    assert [day for day, *_ in found] == ["2026-06-02", "2026-06-17", "2026-06-23"]


def test_what_repeats_without_an_end_goes_on_for_a_year_after_the_files_stamp(tmp_path):
    """Monthly on the 1st from May 2026; stamped on 20 June 2026, so the last is 1 June 2027."""
    found = met(tmp_path, event("m", ":20260501T090000Z", "RRULE:FREQ=MONTHLY\n"))
    assert (found[0][0], found[-1][0], len(found)) == ("2026-05-01", "2027-06-01", 14)


def test_what_was_cancelled_or_declined_did_not_happen_and_what_is_tentative_may(tmp_path):
    declined = ANN.replace("ACCEPTED", "DECLINED")
    away = "ATTENDEE;PARTSTAT=DECLINED:mailto:me@studio.example\n"
    assert met(
        tmp_path,
        event("a", ":20260601T090000Z", "STATUS:CANCELLED\n"),
        event("b", ":20260602T090000Z", people=ME + declined),
        event("c", ":20260603T090000Z", people=ME + ANN + away),
        event("d", ":20260604T090000Z", "STATUS:TENTATIVE\n"),
        event("e", ":20260605T090000Z", "STATUS:CONFIRMED\n"),
    ) == [
        ("2026-06-04", time(10), 0, "Ann Lee", True),
        ("2026-06-05", time(10), 0, "Ann Lee", False),
    ]


def test_the_owner_and_the_room_are_no_clients_but_who_invites_her_is(tmp_path):
    room = "ATTENDEE;CUTYPE=RESOURCE;CN=Room 2:mailto:room@studio.example\n"
    me = "ATTENDEE;PARTSTAT=ACCEPTED;CN=Studio:mailto:me@studio.example\n"
    cleo = "ORGANIZER;CN=Cleo Dow:mailto:cleo@dow.example\n"
    found = met(
        tmp_path,
        event("a", ":20260601T090000Z", people=ME + ANN + me + room),
        event("b", ":20260602T090000Z", people=ME + ANN),
        event("c", ":20260603T090000Z", people=cleo + me),
    )
    assert [(day, client) for day, _, _, client, _ in found] == [
        ("2026-06-01", "Ann Lee"),
        ("2026-06-02", "Ann Lee"),
        ("2026-06-03", "Cleo Dow"),
    ]


@pytest.mark.parametrize(
    "text", ["", "Date,Client\n", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "BEGIN:"]
)
def test_what_is_no_calendar_or_an_empty_one_is_refused_in_a_sentence(tmp_path, text):
    with pytest.raises(ReportError, match=r"diary\.ics"):
        exported(tmp_path, "diary.ics", text)


def test_a_calendar_beside_an_address_book_is_of_its_people(tmp_path):
    """Ann Lee is the person of Lee Yoga, so the meeting with her is one with Lee Yoga."""
    folder = tmp_path / "mine"
    folder.mkdir()
    diary = calendar(event("a", ":20260601T090000Z", "DTEND:20260601T093000Z\n"))
    (folder / "diary.ics").write_text(diary)
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nN:Lee;Ann;;;\nORG:Lee Yoga\nEND:VCARD\n"
    (folder / "people.vcf").write_text(card)
    book = exported(tmp_path, "mine", None)
    assert [(t.client, t.date, t.minutes) for t in book.touchpoints] == [
        ("Lee Yoga", date(2026, 6, 1), 30)
    ]
    assert book.problems == ()


def test_an_event_without_attendees_is_of_the_client_whose_name_stands_in_its_title(tmp_path):
    """Lee Yoga by name, Ray Ltd by its contact; Bob alone, both at once, a holiday are nobody's."""
    folder = tmp_path / "mine"
    folder.mkdir()
    titles = (
        "Kitchen with Lee Yoga",
        "bob ray: tax",
        "Bob",
        "Lee Yoga and Bob Ray",
        "Leeway",
        "Holiday",
    )
    events = (
        f"UID:{at}\nDTSTART:2026060{at}T090000Z\nSUMMARY:{title}\n"
        for at, title in enumerate(titles, start=1)
    )
    (folder / "diary.ics").write_text(calendar(*events))
    (folder / "Clients.csv").write_text("Client,Contact\nLee Yoga,Ann\nRay Ltd,Bob Ray\n")
    book = exported(tmp_path, "mine", None)
    assert [(t.client, t.topic) for t in book.touchpoints] == [
        ("Lee Yoga", "Kitchen with Lee Yoga"),
        ("Ray Ltd", "bob ray: tax"),
    ]
    told = "4 events on Calendar without an attendee or the name of a client in the title"
    assert told in book.unread
    assert book.problems == ()


def test_two_people_of_one_client_at_one_event_are_one_contact(tmp_path):
    """Ann and Max of Lee Yoga: 30 minutes once. They are known by their addresses alone."""
    folder = tmp_path / "mine"
    folder.mkdir()
    people = ME + "ATTENDEE:mailto:ann@lee.example\nATTENDEE:mailto:MAX@home.example\n"
    diary = calendar(event("a", ":20260601T090000Z", "DTEND:20260601T093000Z\n", people))
    (folder / "diary.ics").write_text(diary)
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nN:;;;;\nORG:Lee Yoga\n{}END:VCARD\n"
    ann = card.format("Ann Lee", "EMAIL:ann@lee.example\n")
    max_ = card.format("Max Lee", "EMAIL:max@lee.example\nEMAIL:max@home.example\n")
    (folder / "people.vcf").write_text(ann + max_)
    book = exported(tmp_path, "mine", None)
    assert [(t.client, t.minutes) for t in book.touchpoints] == [("Lee Yoga", 30)]
    assert book.problems == ()


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",  # never, and looking for it takes a day
        "FREQ=HOURLY;UNTIL=20990101T000000Z",
    ],
)
def test_a_series_that_happens_all_the_time_is_refused_before_it_is_written_out(tmp_path, rule):
    often = event("a", ":20000101T090000Z", f"RRULE:{rule}\n")
    with pytest.raises(ReportError, match=r"diary\.ics has more than 200,000 events"):
        met(tmp_path, often)


def test_a_series_counts_once_for_each_who_attends(tmp_path):
    """150 guests on each of some 2,000 days are 300,000 rows."""
    guests = "".join(f"ATTENDEE:mailto:guest{n}@lee.example\n" for n in range(150))
    daily = event("a", ":20210101T090000Z", "RRULE:FREQ=DAILY\n", people=ME + guests)
    with pytest.raises(ReportError, match="more than 200,000 events"):
        met(tmp_path, daily)


@pytest.mark.parametrize(
    ("start", "more"),
    [
        (":20260601T090000Z", "RRULE:FREQ=DAILY;INTERVAL=0\n"),  # would stand still
        (";TZID=America:20260601T090000", ""),  # a folder of zones
        (":20260601T090000Z", "DURATION:P99999999999999D\n"),
        (":99991231T235959Z", ""),
    ],
)
def test_an_event_that_cannot_be_is_a_sentence(tmp_path, start, more):
    with pytest.raises(ReportError, match=r"diary\.ics is no calendar that can be read"):
        met(tmp_path, event("a", start, more))


def test_times_that_an_old_rule_leaves_out_are_not_counted_silently(tmp_path):
    rule = "RRULE:FREQ=DAILY;COUNT=10\nEXRULE:FREQ=WEEKLY;COUNT=2\n"
    with pytest.raises(ReportError, match="EXRULE"):
        met(tmp_path, event("e", ":20260601T090000Z", rule))
    assert len(met(tmp_path, event("e", ":20260601T090000Z", "COMMENT:EXRULE: no\n"))) == 1
