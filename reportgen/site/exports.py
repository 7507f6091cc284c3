"""The month's plan for other programs: a calendar and tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from reportgen.letters.due import DueLetter
from reportgen.output.csv import as_csv
from reportgen.report.plan.due import REPAIR, Cause
from reportgen.report.plan.plan import Action, Mailing
from reportgen.report.report import Report
from reportgen.site.due import how

_HAS_A_DAY = REPAIR | {Cause.PROMISED, Cause.INVOICE}
"""What is due since a day that stays the same from month to month."""


def actions_ics(report: Report, due: Mapping[str, DueLetter]) -> bytes:
    """The month's plan as calendar events, in the owner's time zone, each with what to say.

    Where the site stands is not known, so an event's link does not lead to a page: it rings the client or
    opens the message.

    An event's UID comes from what it is about, not from its date: importing the file twice, or next
    month's after this one, moves an event and makes no double.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//reportgen//actions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    zone = ZoneInfo(report.settings.time_zone)
    stamp = datetime.combine(report.as_of, time(), tzinfo=UTC)
    for one in report.plan.by_day:
        event = Event()
        begins = datetime.combine(one.day, one.start, tzinfo=zone)
        event.add("uid", f"{uid(one)}@reportgen")
        event.add("dtstamp", stamp)
        # In UTC, so that no description of the time zone has to travel with it.
        event.add("dtstart", begins.astimezone(UTC))
        event.add("dtend", (begins + timedelta(minutes=one.minutes)).astimezone(UTC))
        event.add("summary", f"{one.whom}: {one.what}")
        event.add("description", _description(one, due))
        link = due[one.client].reach.link if isinstance(one, Action) else ""
        if link:
            event.add("url", link)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(one: Action | Mailing, due: Mapping[str, DueLetter]) -> str:
    """Why, how to reach the client, and the words."""
    if isinstance(one, Mailing):
        return one.why
    message = due[one.client]
    to = f"{how(one.channel)}: {message.reach.to or f'fill in {message.reach.fill_in}'}"
    return "\n\n".join(filter(None, [one.why, to, message.filled.subject, message.filled.body]))


def uid(one: Action | Mailing) -> str:
    """Stands for it in the calendar and on the page: the same in every run, each once."""
    if isinstance(one, Mailing):
        parts = ["mailing", one.cause, one.letter]
    else:
        first = one.due[0]
        about = first.day if first.cause is Cause.GREETING else None
        about = first.since if first.cause in _HAS_A_DAY else about
        parts = [one.client, first.cause, about.isoformat() if about else ""]
    return sha256("\n".join(parts).encode()).hexdigest()[:24]


def actions_csv(report: Report, due: Mapping[str, DueLetter]) -> str:
    """The month's plan as a table for any spreadsheet; no cell can be taken for a formula.

    A mailing has its words in files of its own.
    """
    heads = ("Date", "Start", "Client", "What", "Why", "Minutes", "Channel", "To", "Words", "Rows")
    return as_csv(
        heads,
        (
            (
                one.day.isoformat(),
                f"{one.start:%H:%M}",
                one.whom,
                one.what,
                one.why,
                str(one.minutes),
                *_words(one, due),
                ", ".join(str(row) for row in one.rows),
            )
            for one in report.plan.by_day
        ),
    )


def _words(one: Action | Mailing, due: Mapping[str, DueLetter]) -> tuple[str, str, str]:
    """By what channel it goes, where to, and what to say."""
    if isinstance(one, Mailing):
        return "Mailing", "", ""
    message = due[one.client]
    return how(one.channel), message.reach.to, message.filled.body
