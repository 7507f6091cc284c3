"""An iCalendar file (.ics) → a grid: one row for each time that an event happens and each who attends.

Events that repeat are written out up to a year after the file's newest stamp, so the same file always
gives the same rows. Days and times are those of the calendar's own time zone. The organiser, and the
owner among those who attend, have no row: they are the owner.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice, takewhile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reportgen.problems import ReportError
from reportgen.reading.cells import Grid, Value
from reportgen.reading.safety.text import refuse_endless_calendar
from reportgen.values import dataclass

HEADERS = ("UID", "DTSTART", "DTEND", "STATUS", "SUMMARY", "ATTENDEE", "CN", "PARTSTAT", "LOCATION")
"""The properties by their names in the standard (RFC 5545)."""

BEYOND = timedelta(days=366)
"""How far after the newest stamp of the file what repeats is written out."""
MOST = 200_000
"""Rows of one calendar; a series that repeats each second would never end."""
_IN_A_DAY = {"SECONDLY": 86_400, "MINUTELY": 1_440, "HOURLY": 24}
"""How often at most a series happens on a day."""
_THINGS = frozenset({"RESOURCE", "ROOM"})


def calendar(content: bytes, name: str) -> Grid:
    """The events of a file, oldest first.

    Raises: ReportError, when it is no calendar, holds no event or more than any owner's, or leaves out
    times by a rule of old.
    """
    import icalendar  # a calendar is rarely what a run reads

    refuse_endless_calendar(content, name)
    if _EXRULE.search(content):
        raise ReportError(
            f"{name} leaves out times of an event by an EXRULE, an old form that is not read; "
            "open it in your calendar and export it again as iCalendar (.ics)."
        )
    try:
        calendars = icalendar.Calendar.from_ical(content, multiple=True)
        rows = list(islice((row for one in calendars for row in _rows(one)), MOST + 1))
        if len(rows) > MOST:
            raise _TooMany
    except _TooMany:
        raise ReportError(
            f"{name} has more than {MOST:,} events; export the calendar that has your appointments."
        ) from None
    except MemoryError:
        raise
    except Exception:  # whatever a broken event makes the library raise
        raise ReportError(
            f"{name} is no calendar that can be read; export it again as iCalendar (.ics)."
        ) from None
    if not rows:
        raise ReportError(f"{name} holds no event; export the calendar that has your appointments.")
    rows.sort(key=_order)
    return Grid(Path(name).stem, [list(HEADERS), *rows])


_EXRULE = re.compile(rb"^EXRULE[:;]", re.MULTILINE | re.IGNORECASE)
"""The library does not know it, and what it leaves out would count."""


class _TooMany(Exception):
    """The events happen more often than any owner's."""


def _order(row: Sequence[Value]) -> tuple[str, ...]:
    return (str(row[1]), *(str(cell or "") for cell in row))


@dataclass(frozen=True, slots=True)
class _Person:
    mail: str
    name: str
    answer: str
    """``PARTSTAT``: whether they come."""


_NOBODY = _Person("", "", "")


def _rows(calendar: Any) -> Iterator[list[Value]]:
    events = calendar.walk("VEVENT")
    if not events:
        return
    zone = _zone(calendar, events)
    owners = _owners(calendar, events)
    last = max(stamp for event in events for stamp in _stamps(event)) + BEYOND
    for event in _happening(calendar, events, last):
        start = event.get("DTSTART")
        if start is None:
            continue
        begins, ends = _local(start.dt, zone), _ends(event, zone)
        status = "CANCELLED" if _stays_away(event, owners) else _text(event, "STATUS")
        cells: list[Value] = [_text(event, "UID"), begins, ends, status, _text(event, "SUMMARY")]
        place = _text(event, "LOCATION")
        for one in _guests(event, owners) or [_NOBODY]:
            yield [*cells, one.mail, one.name, one.answer, place]


def _happening(calendar: Any, events: Sequence[Any], last: date) -> Iterable[Any]:
    """Every event, one that repeats each time that it does; moved and left-out times are heeded."""
    import recurring_ical_events

    if not any(event.get("RRULE") or event.get("RDATE") for event in events):
        return events
    first = min(_day(event["DTSTART"].dt) for event in events if event.get("DTSTART"))
    _refuse_endless(events, last)
    found: Iterable[Any] = recurring_ical_events.of(calendar, skip_bad_series=True).between(
        first, max(last, first) + timedelta(days=1)
    )
    return found


def _refuse_endless(events: Sequence[Any], last: date) -> None:
    """Raises: _TooMany, when the series happen too often until that day to be written out."""
    room = MOST
    for event in events:
        rules, start = event.get("RRULE"), event.get("DTSTART")
        if rules is None or start is None:
            continue
        for rule in rules if isinstance(rules, list) else [rules]:
            room -= _times(rule, _day(start.dt), last, room) * max(1, len(_attendees(event)))
            if room < 0:
                raise _TooMany


def _times(rule: Any, first: date, last: date, most: int) -> int:
    """How often a series happens until the last day, counted as far as ``most``.

    Raises: ValueError, when the rule is none; _TooMany, when so many moments had to be looked at.
    """
    from dateutil.rrule import rrulestr

    every = int(rule.get("INTERVAL", [1])[0])
    if every < 1:
        raise ValueError("a series that stands still")
    days = max((last - first).days + 1, 0)
    if days * _IN_A_DAY.get(str(rule["FREQ"][0]).upper(), 0) // every > MOST:
        raise _TooMany
    counted = type(rule)({name: rule[name] for name in rule if name != "UNTIL"})
    until = min([last, *(_day(one) for one in rule.get("UNTIL", ()))])
    begins = datetime.combine(first, time.min)
    ends = datetime.combine(until, time.max)
    series = rrulestr(counted.to_ical().decode(), dtstart=begins)
    times = takewhile(lambda when: when <= ends, series)
    return sum(1 for _ in islice(times, max(most, 0) + 1))


def _zone(calendar: Any, events: Sequence[Any]) -> tzinfo:
    """The zone that the calendar names, else the one that most events are in."""
    named = calendar.get("X-WR-TIMEZONE")
    zones = Counter(
        str(event["DTSTART"].params["TZID"])
        for event in events
        if event.get("DTSTART") is not None and "TZID" in event["DTSTART"].params
    )
    for name in (*([str(named)] if named else ()), *(zone for zone, _ in zones.most_common())):
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            continue
    return UTC


def _local(when: date | datetime, zone: tzinfo) -> date | datetime:
    """A time of day in the calendar's zone; a day stays a day."""
    if isinstance(when, datetime):
        return (when.astimezone(zone) if when.tzinfo else when).replace(tzinfo=None, microsecond=0)
    return when


def _ends(event: Any, zone: tzinfo) -> date | datetime | None:
    end, start, length = event.get("DTEND"), event["DTSTART"].dt, event.get("DURATION")
    if end is not None:
        return _local(end.dt, zone)
    return _local(start + length.dt, zone) if length is not None else None


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when


def _stamps(event: Any) -> Iterator[date]:
    """The days that tell when the file was written."""
    for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED"):
        if event.get(name) is not None:
            yield _day(event[name].dt)
    if event.get("DTSTART") is not None:
        yield _day(event["DTSTART"].dt)
    yield date.min


def _text(event: Any, name: str) -> str | None:
    found = event.get(name)
    return None if found is None else str(found).strip() or None


def _mail(address: Any) -> str:
    return str(address).strip().casefold().removeprefix("mailto:")


def _owners(calendar: Any, events: Sequence[Any]) -> frozenset[str]:
    """The owner's addresses: the calendar's name where it is one, else who organises most events."""
    named = str(calendar.get("X-WR-CALNAME") or "").strip().casefold()
    if "@" in named and " " not in named:
        return frozenset({named})
    organisers = Counter(_mail(one["ORGANIZER"]) for one in events if one.get("ORGANIZER"))
    return frozenset(mail for mail, _ in organisers.most_common(1))


def _attendees(event: Any) -> list[Any]:
    found = event.get("ATTENDEE", [])
    return list(found) if isinstance(found, list) else [found]


def _stays_away(event: Any, owners: frozenset[str]) -> bool:
    """Whether the owner has declined."""
    return any(
        _mail(one) in owners and str(one.params.get("PARTSTAT", "")).upper() == "DECLINED"
        for one in _attendees(event)
    )


def _guests(event: Any, owners: frozenset[str]) -> list[_Person]:
    """Who attends beside the owner; one who invited her attends, too."""
    people = _attendees(event)
    if event.get("ORGANIZER") is not None and people:
        people.append(event["ORGANIZER"])
    guests = [
        _Person(_mail(one), str(one.params.get("CN", "")), str(one.params.get("PARTSTAT", "")))
        for one in people
        if str(one.params.get("CUTYPE", "")).upper() not in _THINGS
    ]
    return list({one.mail: one for one in reversed(guests) if one.mail not in owners}.values())[
        ::-1
    ]
