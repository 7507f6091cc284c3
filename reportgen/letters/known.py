"""What a letter may say of a client: the values of its placeholders, from the workbook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from itertools import pairwise

from reportgen import words
from reportgen.evidence.evidence import Evidence, days_overdue
from reportgen.letters.safe import FROM_THE_WORKBOOK
from reportgen.model import Client, Sale, Signal, Touchpoint
from reportgen.periods import has_come, months_after
from reportgen.report.findings import ClientFindings
from reportgen.report.plan.due import Cause, Due
from reportgen.report.report import Report
from reportgen.settings.settings import Settings

LONGEST_VALUE = 300
"""Characters of one value; with the limit on how many values, it bounds a filled letter."""


def values(client: ClientFindings, report: Report) -> dict[str, str]:
    """Placeholder → what the workbook says for a letter to this client, in a fixed order.

    The names are those of :data:`FROM_THE_WORKBOOK`, and each is there only where something is known. A
    value is one line of text, never empty, of at most ``LONGEST_VALUE`` characters.
    """
    found = {
        **_people(client.seen.client, report.settings),
        **_hours(report.settings),
        **_purchases(client, report.as_of),
        **_contacts(client.seen),
        **_promise(client.seen),
        **_invoices(client.seen, report.settings.currency),
    }
    cleaned = {name: _one_line(found.get(name)) for name in FROM_THE_WORKBOOK}
    return {name: text for name, text in cleaned.items() if text}


def values_of(client: ClientFindings, due: Sequence[Due], report: Report) -> dict[str, str]:
    """The same for the letter about some things that are due with the client, all of one cause.

    What the letter says of a promise, a complaint, a message or an invoice is then said of these.
    """
    rows = {row for one in due for row in one.rows}
    touchpoints = [t for t in client.seen.touchpoints if t.row in rows]
    found: _Known = {}
    match due[0].cause:
        case Cause.PROMISE | Cause.PROMISED:
            found = _promises(touchpoints)
        case Cause.COMPLAINT:
            found = {
                "complaint_date": words.day(touchpoints[0].date),
                "complaint_topic": _together([t.topic for t in touchpoints]),
            }
        case Cause.ANSWER:
            found = {
                "message_date": words.day(touchpoints[-1].date),
                "message_topic": _together([t.topic for t in touchpoints]),
            }
        case Cause.INVOICE:
            sales = [sale for sale in client.seen.sales if sale.row in rows]
            found = _overdue(sales, report.as_of, report.settings.currency)
    told = {name: text for name, text in values(client, report).items() if name not in found}
    return told | {name: text for name in found if (text := _one_line(found[name]))}


def _promises(touchpoints: Sequence[Touchpoint]) -> _Known:
    days = [t.promised_for for t in touchpoints if t.promised_for]
    return {
        "promise": _together([t.promise or t.topic for t in touchpoints]),
        "promised_for": words.day(min(days)) if days else None,
    }


def _overdue(sales: Sequence[Sale], as_of: date, currency: str | None) -> _Known:
    """What is overdue, together, the oldest first: ``2041 and invoice 2043``."""
    total = sum((sale.amount for sale in sales), Decimal())
    ordered = sorted(sales, key=lambda sale: -days_overdue(sale, as_of))
    oldest = ordered[0]
    first, *others = [sale.invoice or f"of {words.day(sale.date)}" for sale in ordered]
    return {
        "overdue_invoice": words.listed([first, *(f"invoice {other}" for other in others)]),
        "overdue_amount": _exactly(total, currency),
        "overdue_since": words.day(oldest.due_on),
        "overdue_days": words.days(days_overdue(oldest, as_of)),
    }


def _together(texts: Sequence[str | None]) -> str | None:
    """Several things in one line; a full stop belongs to the letter."""
    return "; ".join(dict.fromkeys(text.rstrip(". ") for text in texts if text)) or None


def _exactly(amount: Decimal, currency: str | None) -> str:
    return words.money(amount, currency, pence=amount != int(amount))


_Known = Mapping[str, str | None]


def _people(client: Client, settings: Settings) -> _Known:
    first = first_name(client.contact) if client.contact else None
    channel = client.preferred_channel
    return {
        # A client without a contact is greeted by the whole name: "Ivy Lane" may be a street.
        "name": first or client.contact or client.name,
        "client": client.name,
        "contact": client.contact,
        "first_name": first,
        "business": settings.business_name,
        "owner": settings.owner,
        "channels": _either([_inside_a_sentence(one) for one in settings.preferred_channels]),
        "preferred_channel": _inside_a_sentence(channel) if channel else None,
        "birthday": _day_of_year(client.birthday),
    }


_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "rev",
        "sir",
        "dame",
        "lady",
        "lord",
    ]
)


def first_name(contact: str) -> str | None:
    """The first word of one person's name; None for a title or an initial, and for several people."""
    first, *others = contact.split() or [""]
    bare = first.rstrip(".")
    several = re.search(r"[,;&/+]|\b(and|und|et)\b", contact, re.IGNORECASE)
    if several or len(bare) < 2 or (others and bare.casefold() in _TITLES):
        return None
    return first


def _either(names: Sequence[str]) -> str:
    """``email, phone or video``."""
    return " or ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _inside_a_sentence(channel: str) -> str:
    """The channel in lower case (``email``); a name such as ``WhatsApp`` or ``SMS`` as it is."""
    return channel.lower() if channel[1:].islower() else channel


def _hours(settings: Settings) -> _Known:
    """Days and hours, where the owner has set them: our defaults are not her hours."""
    days, hours = None, None
    if "working_days" in settings.origins:
        days = _weekdays(sorted(settings.working_days))
    if {"opens", "closes"} <= settings.origins.keys():
        hours = f"{_clock(settings.opens)} to {_clock(settings.closes)}"
    return {"opening_days": days, "opening_hours": hours}


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _weekdays(days: Sequence[int]) -> str | None:
    names = [_WEEKDAYS[day] for day in days]
    if len(days) > 2 and all(later == earlier + 1 for earlier, later in pairwise(days)):
        return f"{names[0]} to {names[-1]}"
    return words.listed(names, most=7) if names else None


def _clock(at: time) -> str:
    return f"{at.hour}:{at:%M}"


def _purchases(client: ClientFindings, as_of: date) -> _Known:
    bought = client.seen.purchases
    services = [sale.service for sale in client.seen.sales if sale.service and sale.amount >= 0]
    known: dict[str, str | None] = {"service": services[-1] if services else None}
    if not bought:
        return known
    first = bought[0].first
    months = 12 * (as_of.year - first.year) + as_of.month - first.month
    if months_after(first, months) > as_of:
        months -= 1
    coming, years = _anniversary(first, as_of)
    return known | {
        "first_purchase": words.day(first),
        "last_purchase": words.day(client.seen.last_bought),
        "purchases": words.in_words(len(bought)),
        "together": _span((as_of - first).days) if months else None,
        "months_together": words.count(months, "month") if months else None,
        "anniversary": words.day(coming),
        "anniversary_years": words.count_in_words(years, "year"),
    }


def _anniversary(first: date, as_of: date) -> tuple[date, int]:
    """The next yearly anniversary after the as-of date (exclusive), and which one it is.

    29 February is kept on the 28th in other years.
    """
    years = max(1, as_of.year - first.year)
    if months_after(first, 12 * years) <= as_of:
        years += 1
    return months_after(first, 12 * years), years


def _contacts(seen: Evidence) -> _Known:
    last, silence = seen.silence.last_contact, seen.silence.silence_days
    met = [touchpoint for touchpoint in seen.touchpoints if touchpoint.activity.two_way]
    to_meet = [touchpoint for touchpoint in seen.planned_touchpoints if touchpoint.activity.two_way]
    complaints = [t for t in seen.touchpoints if t.signal == Signal.COMPLAINT]
    return {
        "last_contact": words.day(last) if last else None,
        "silence": _span(silence) if silence else None,
        "silence_days": words.days(silence) if silence else None,
        "last_meeting": words.day(met[-1].date) if met else None,
        "topic": met[-1].topic if met else None,
        "next_meeting": words.day(to_meet[0].date) if to_meet else None,
        "complaint_date": words.day(complaints[-1].date) if complaints else None,
        "complaint_topic": complaints[-1].topic if complaints else None,
    }


def _promise(seen: Evidence) -> _Known:
    """The open promise that is due first, due already or not; one without a day comes last."""
    still_open = [
        touchpoint
        for touchpoint in seen.touchpoints
        if touchpoint.promise and not has_come(touchpoint.done_on, seen.as_of)
    ]
    if not still_open:
        return {}
    first = min(still_open, key=lambda touchpoint: touchpoint.promised_for or date.max)
    due = first.promised_for
    return {"promise": first.promise, "promised_for": words.day(due) if due else None}


def _invoices(seen: Evidence, currency: str | None) -> _Known:
    """The latest invoice, and all that are overdue, together."""

    invoiced = [sale for sale in seen.sales if sale.invoice and sale.amount > 0]
    known: dict[str, str | None] = {}
    if invoiced:
        latest = invoiced[-1]
        known = {
            "invoice": latest.invoice,
            "invoice_amount": _exactly(latest.amount, currency),
            "invoice_service": latest.service,
            "invoice_due": words.day(latest.due_on) if latest.due_on else None,
        }
    if seen.overdue_invoices:
        known |= _overdue(seen.overdue_invoices, seen.as_of, currency)
    return known


def _span(days: int) -> str:
    """A length of time as one would say it: ``nine days``, ``about six weeks``, ``about a year``."""
    if days < 14:
        return words.count_in_words(days, "day")
    if days < 56:
        return f"about {words.count_in_words(round(days / 7), 'week')}"
    months = round(days / 30.44)
    if months < 24 and months != 12:
        return f"about {words.count_in_words(months, 'month')}"
    years = round(days / 365.25)
    return "about a year" if years == 1 else f"about {words.count_in_words(years, 'year')}"


def _day_of_year(day: date | None) -> str | None:
    return f"{day.day} {day:%B}" if day else None


def _one_line(text: str | None) -> str:
    """The text on one line, without control characters, cut after ``LONGEST_VALUE`` characters."""
    joined = " ".join((text or "").split())
    kept = "".join(c for c in joined if unicodedata.category(c) not in ("Cc", "Cs"))
    return kept if len(kept) <= LONGEST_VALUE else kept[: LONGEST_VALUE - 1].rstrip() + "…"
