"""What to do this month (SPEC 9): an ordered list, by tier, then by sales in W, then by name."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from reportgen import words
from reportgen.analyses.boundaries import Level
from reportgen.analyses.lifecycle import lacks_only_a_plan
from reportgen.analyses.opportunities import OpportunityKind
from reportgen.evidence.answers import follows, is_answer
from reportgen.evidence.evidence import days_overdue
from reportgen.evidence.red_line import SilenceState
from reportgen.evidence.working_days import working_days_after
from reportgen.model import Direction, Signal, name_key
from reportgen.periods import year_to
from reportgen.problems import Row
from reportgen.report.findings import ClientFindings, Findings
from reportgen.settings.settings import Settings


class Tier(StrEnum):
    """What an action is about; the first comes first."""

    PROMISE = "promise"
    ANSWER = "answer"
    COMPLAINT = "complaint"
    RECONNECTION = "reconnection"
    PROSPECT = "prospect"
    PLAN = "plan"
    INVOICE = "invoice"
    BOUNDARY = "boundary"
    OPPORTUNITY = "opportunity"


TIERS: dict[Tier, str] = {
    Tier.PROMISE: "Promises to keep",
    Tier.ANSWER: "Answers owed",
    Tier.COMPLAINT: "Complaints to put right",
    Tier.RECONNECTION: "Clients to get back in touch with",
    Tier.PROSPECT: "Prospects short of seven contacts",
    Tier.PLAN: "Committed clients with nothing planned",
    Tier.INVOICE: "Invoices overdue",
    Tier.BOUNDARY: "Boundaries to talk about",
    Tier.OPPORTUNITY: "Opportunities",
}
"""Tier → what it is called, in order."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, for whom, and why."""

    tier: Tier
    client: str
    what: str
    why: str
    rows: tuple[Row, ...]
    minutes: int
    letter: str | None
    day: date
    """The proposed working day: the first actions get the first days, as far as each day has room."""
    start: time
    """The proposed time, within the opening hours."""
    about: date | None
    """The day of the promise, message, complaint, sale or greeting that it is about; None for others."""
    twins_before: int
    """How many earlier actions are about the same day in the same words; it tells them apart."""


def actions(found: Findings, settings: Settings) -> tuple[Action, ...]:
    """Everything to do, in order, each with a proposed day and time; nothing for who has ended."""
    still_open = [client for client in found.clients if client.is_open]
    by_worth = sorted(still_open, key=lambda c: (-c.worth.sales_now, name_key(c.name)))
    wanted = [action for rule in _RULES for client in by_worth for action in rule(client, settings)]
    return _spread(wanted, found.as_of, settings)


def _action(
    tier: Tier,
    client: ClientFindings,
    what: str,
    why: str,
    rows: Iterable[Row],
    minutes: int,
    letter: str | None,
    day: date | None = None,
    about: date | None = None,
) -> Action:
    """An action that is due from ``day`` on, or at once; its place in the month comes later."""
    wished = day or client.seen.as_of
    return Action(
        tier, client.name, what, why, tuple(rows), minutes, letter, wished, time(), about, 0
    )


def _promises(client: ClientFindings, settings: Settings) -> Iterator[Action]:
    as_of = client.seen.as_of
    for touchpoint in client.seen.open_promises:
        assert touchpoint.promised_for is not None
        late = (as_of - touchpoint.promised_for).days
        promised = touchpoint.promise or touchpoint.topic
        yield _action(
            Tier.PROMISE,
            client,
            f"Keep your promise: {promised}" if promised else "Keep your promise",
            f"Promised for {words.day(touchpoint.promised_for)}; "
            + (f"{words.days(late)} late." if late else "due on the day of this report."),
            [touchpoint.row],
            settings.promise_minutes,
            "promise-late" if late else None,
            about=touchpoint.date,
        )


def _answers(client: ClientFindings, settings: Settings) -> Iterator[Action]:
    """The last message in W that has not been answered since, by the rule of Trust."""
    seen = client.seen
    year = year_to(seen.as_of)
    messages = [t for t in seen.touchpoints if t.direction == Direction.IN and t.date in year]
    if not seen.is_running or not messages:
        return
    waiting = messages[-1]
    if any(is_answer(t) and follows(t, waiting) for t in seen.touchpoints):
        return
    if waiting.signal == Signal.COMPLAINT:
        return  # an open complaint has an action of its own
    topic = f" about “{waiting.topic}”" if waiting.topic else ""
    yield _action(
        Tier.ANSWER,
        client,
        f"Answer their message{topic}",
        f"They wrote on {words.day(waiting.date)}, and nothing has gone back since.",
        [waiting.row],
        settings.answer_minutes,
        None,
        about=waiting.date,
    )


def _complaints(client: ClientFindings, settings: Settings) -> Iterator[Action]:
    as_of = client.seen.as_of
    for complaint in client.seen.open_complaints:
        about = f" about “{complaint.topic}”" if complaint.topic else ""
        ago = (as_of - complaint.date).days
        yield _action(
            Tier.COMPLAINT,
            client,
            f"Put right the complaint{about}",
            f"Raised on {words.day(complaint.date)}{f', {words.days(ago)} ago' if ago else ''}.",
            [complaint.row],
            settings.complaint_minutes,
            "complaint-follow-up",
            about=complaint.date,
        )


def _reconnection(client: ClientFindings, settings: Settings) -> Iterator[Action]:
    """A client below the red line who has not lapsed."""
    silence = client.seen.silence
    if not silence.below_red_line or not client.seen.is_running:
        return
    assert silence.silence_days is not None
    over = silence.silence_days - silence.red_line_days
    person = f" with {client.seen.client.contact}" if client.seen.client.contact else ""
    yield _action(
        Tier.RECONNECTION,
        client,
        f"Get back in touch{person}",
        f"Silent for {words.days(silence.silence_days)}, {words.days(over)} longer than the "
        f"{words.days(silence.red_line_days)} that this client accepts.",
        client.seen.last_contact_rows,
        settings.light_touch_minutes,
        "reconnection",
    )


def _prospect(client: ClientFindings, settings: Settings) -> Iterator[Action]:
    """A prospect who is due for contact and has had fewer than seven."""
    seen = client.seen
    had = len(seen.contact_days)
    if not seen.is_prospect or seen.state is not SilenceState.DUE:
        return
    if had < settings.contacts_before_sale:
        yield _action(
            Tier.PROSPECT,
            client,
            f"Make contact number {had + 1}",
            f"{words.sentence_case(words.count(had, 'contact'))} so far, the last "
            f"{words.days(seen.silence.silence_days)} ago; article 003 counts on "
            f"{settings.contacts_before_sale}.",
            seen.last_contact_rows,
            settings.light_touch_minutes,
            "reconnection",
        )


def _plan(client: ClientFindings, settings: Settings) -> Iterator[Action]:
    """A client who has all of commitment but a plan (004 asks for a plan of scheduled meetings)."""
    if client.seen.is_running and lacks_only_a_plan(client.relationship):
        yield _action(
            Tier.PLAN,
            client,
            "Plan the next meeting",
            f"All that commitment asks for, but nothing is planned after {words.day(client.seen.as_of)}.",
            client.relationship.rows[-3:],
            settings.plan_minutes,
            "meeting-agenda",
        )


def _invoices(client: ClientFindings, settings: Settings) -> Iterator[Action]:
    for sale in client.seen.overdue_invoices:
        late = days_overdue(sale, client.seen.as_of)
        step = 1 + (late > settings.second_reminder_days) + (late > settings.third_reminder_days)
        yield _action(
            Tier.INVOICE,
            client,
            f"Remind them of invoice {sale.invoice or f'of {words.day(sale.date)}'}",
            f"{words.money(sale.amount, settings.currency)} was due on {words.day(sale.due_on)}, "
            f"{words.days(late)} ago.",
            [sale.row],
            settings.light_touch_minutes,
            f"payment-reminder-{step}",
            about=sale.date,
        )


def _boundary(client: ClientFindings, settings: Settings) -> Iterator[Action]:
    found = client.boundaries
    if found.level is Level.ACT and client.seen.is_running:
        yield _action(
            Tier.BOUNDARY,
            client,
            "Talk about how you work together",
            f"{words.percent(found.boundary_load)} of the last 12 months' time was out of hours or out "
            "of scope.",
            found.crossed.rows,
            settings.boundary_minutes,
            found.letter,
        )


def _opportunity(client: ClientFindings, settings: Settings) -> Iterator[Action]:
    said = {
        OpportunityKind.WOW: "Surprise them",
        OpportunityKind.REFERRAL: "Ask for a referral",
        OpportunityKind.TESTIMONIAL: "Ask for a testimonial",
        OpportunityKind.SURVEY: "Send the short survey",
        OpportunityKind.GREETING: "Send a greeting",
    }
    for chance in client.opportunities:
        if chance.ready:
            yield _action(
                Tier.OPPORTUNITY,
                client,
                said[chance.kind],
                words.sentence_case("; ".join(check.words for check in chance.checks)) + ".",
                chance.rows,
                settings.light_touch_minutes,
                chance.letter,
                chance.day,
                chance.day if chance.kind is OpportunityKind.GREETING else None,
            )


_RULES: tuple[Callable[[ClientFindings, Settings], Iterator[Action]], ...] = (
    _promises,
    _answers,
    _complaints,
    _reconnection,
    _prospect,
    _plan,
    _invoices,
    _boundary,
    _opportunity,
)
"""One rule a tier, in their order."""


def _spread(wanted: Sequence[Action], as_of: date, settings: Settings) -> tuple[Action, ...]:
    """Each action in the order given, on the first working day with room from the day it is due on.

    No day takes more than the owner's daily minutes, except that a longer action has a day to itself. A
    greeting is worth nothing once its day is over, so greetings are placed before all others, each on
    the last working day up to its own that has room.
    """
    coming = working_days_after(as_of, settings)
    days = [next(coming)]
    room = min(settings.daily_action_minutes, _opening_minutes(settings))
    used: dict[date, int] = {}
    placed: dict[int, Action] = {}

    def is_full(day: date, minutes: int) -> bool:
        return used.get(day, 0) > 0 and used[day] + minutes > room

    for number in sorted(range(len(wanted)), key=lambda n: not _has_its_day(wanted[n], as_of)):
        action = wanted[number]
        while days[-1] <= action.day:
            days.append(next(coming))
        at = max(0, bisect_right(days, action.day) - 1)
        if _has_its_day(action, as_of):
            before = [
                place for place in range(at, -1, -1) if not is_full(days[place], action.minutes)
            ]
            at = before[0] if before else at
        while is_full(days[at], action.minutes):
            at += 1
            if at == len(days):
                days.append(next(coming))
        day = days[at]
        begins = datetime.combine(day, settings.opens) + timedelta(minutes=used.get(day, 0))
        placed[number] = replace(action, day=day, start=begins.time())
        used[day] = used.get(day, 0) + action.minutes
    return _with_twins(placed[number] for number in range(len(wanted)))


def _has_its_day(action: Action, as_of: date) -> bool:
    return action.about is not None and action.about > as_of


def _opening_minutes(settings: Settings) -> int:
    """The minutes from Opens to Closes; to midnight where the workbook has them the wrong way round."""
    opens = settings.opens.hour * 60 + settings.opens.minute
    closes = settings.closes.hour * 60 + settings.closes.minute
    return (closes if closes > opens else 24 * 60) - opens


def _with_twins(placed: Iterable[Action]) -> tuple[Action, ...]:
    alike: Counter[tuple[object, ...]] = Counter()
    numbered = []
    for action in placed:
        key = (action.tier, action.client, action.what, action.about)
        numbered.append(replace(action, twins_before=alike[key]))
        alike[key] += 1
    return tuple(numbered)
