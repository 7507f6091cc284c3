"""The month's actions for other programs: a calendar and a table."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from reportgen.report.actions import Action
from reportgen.report.report import Report

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def actions_ics(report: Report) -> bytes:
    """The month's actions as calendar events, in the owner's time zone.

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
    for action in report.this_month:
        event = Event()
        begins = datetime.combine(action.day, action.start, tzinfo=zone)
        event.add("uid", f"{uid(action)}@reportgen")
        event.add("dtstamp", stamp)
        # In UTC, so that no description of the time zone has to travel with it.
        event.add("dtstart", begins.astimezone(UTC))
        event.add("dtend", (begins + timedelta(minutes=action.minutes)).astimezone(UTC))
        event.add("summary", f"{action.client}: {action.what}")
        event.add("description", action.why)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid(action: Action) -> str:
    """Stands for the action in the calendar and on the page: the same in every run, each once."""
    about = action.about.isoformat() if action.about else ""
    parts = (action.tier, action.client, action.what, about, str(action.twins_before))
    return sha256("\n".join(parts).encode()).hexdigest()[:24]


def actions_csv(report: Report) -> str:
    """The month's actions as a table for any spreadsheet; no cell can be taken for a formula."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("Date", "Start", "Client", "What", "Why", "Minutes", "Letter", "Rows"))
    for action in report.this_month:
        texts = (action.client, action.what, action.why)
        client, what, why = (_harmless(text) for text in texts)
        rows = ", ".join(str(row) for row in action.rows)
        table.writerow(
            (
                action.day.isoformat(),
                f"{action.start:%H:%M}",
                client,
                what,
                why,
                action.minutes,
                action.letter or "",
                rows,
            )
        )
    return "\ufeff" + out.getvalue()


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
