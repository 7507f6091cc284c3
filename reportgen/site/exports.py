"""The month's plan for other programs: a calendar and tables."""

from __future__ import annotations

import re
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
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//reportgen//actions//EN", "METHOD:PUBLISH"]
    zone = ZoneInfo(report.settings.time_zone)
    for one in report.plan.by_day:
        begins = datetime.combine(one.day, one.start, tzinfo=zone)
        link = due[one.client].reach.link if isinstance(one, Action) else ""
        lines += [
            "BEGIN:VEVENT",
            f"SUMMARY:{_escaped(f'{one.whom}: {one.what}')}",
            f"DTSTART:{_moment(begins)}",
            f"DTEND:{_moment(begins + timedelta(minutes=one.minutes))}",
            f"DTSTAMP:{_moment(datetime.combine(report.as_of, time(), tzinfo=UTC))}",
            f"UID:{uid(one)}@reportgen",
            f"DESCRIPTION:{_escaped(_description(one, due))}",
            "TRANSP:TRANSPARENT",
            *([f"URL:{link}"] if link else []),
            "END:VEVENT",
        ]
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _moment(at: datetime) -> str:
    """In UTC, so that no description of the time zone has to travel with it."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Text as RFC 5545 writes it, on one line."""
    text = re.sub(r"([\\;,])", r"\\\1", text)
    return re.sub(r"\r\n|\r|\n", r"\\n", text)


_WIDEST = 74
"""Bytes of a line, without the space that begins one that goes on."""


def _folded(line: str) -> bytes:
    """The line on as many as it takes; no letter is cut in two, and nothing that is escaped."""
    left = line.encode(errors="replace")
    lines = []
    while len(left) > _WIDEST:
        end = _WIDEST
        while left[end] & 0b1100_0000 == 0b1000_0000:  # a letter goes on
            end -= 1
        end -= left[end - 1 : end] == b"\\"
        lines.append(left[:end])
        left = left[end:]
    return b"\r\n ".join([*lines, left]) + b"\r\n"


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
