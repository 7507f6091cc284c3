"""The month's plan for other programs: a calendar and tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from reportgen.letters.due import MailMerge
from reportgen.report.plan.due import REPAIR, Cause
from reportgen.report.plan.plan import Action, Mailing
from reportgen.report.report import Report

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
_HAS_A_DAY = REPAIR | {Cause.PROMISED, Cause.INVOICE}
"""What is due since a day that stays the same from month to month."""


def actions_ics(report: Report) -> bytes:
    """The month's plan as calendar events, in the owner's time zone.

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
        event.add("description", one.why)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


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


def actions_csv(report: Report) -> str:
    """The month's plan as a table for any spreadsheet; no cell can be taken for a formula."""
    heads = ("Date", "Start", "Client", "What", "Why", "Minutes", "Channel", "Letter", "Rows")
    return _csv(
        heads,
        (
            (
                one.day.isoformat(),
                f"{one.start:%H:%M}",
                one.whom,
                one.what,
                one.why,
                str(one.minutes),
                one.channel if isinstance(one, Action) else "mailing",
                ", ".join(one.letters) if isinstance(one, Action) else one.letter,
                ", ".join(str(row) for row in one.rows),
            )
            for one in report.plan.by_day
        ),
    )


def mailing_csv(merge: MailMerge) -> str:
    """The recipients of a mailing for mail merge, each with the letter as it is for them.

    No cell can be taken for a formula.
    """
    return _csv(
        ("Client", "E-mail", "Subject", "Letter"),
        ((one.client, one.address, one.filled.subject, one.filled.body) for one in merge.filled),
    )


def _csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(heads)
    table.writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
