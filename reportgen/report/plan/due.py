"""What is due with one client: its rows, its minutes, its letter, and the cell that records it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import takewhile

from reportgen import words
from reportgen.analyses.lifecycle import lacks_only_a_plan
from reportgen.analyses.opportunities import Opportunity, OpportunityKind
from reportgen.evidence.answers import first_answer, is_answer
from reportgen.evidence.evidence import days_overdue
from reportgen.evidence.red_line import SilenceState
from reportgen.model import BusinessModel, Direction, Signal
from reportgen.periods import has_come
from reportgen.problems import Row
from reportgen.report.findings import ClientFindings
from reportgen.settings.settings import Settings
from reportgen.values import dataclass


class Cause(StrEnum):
    """Why to turn to a client; one message speaks of several in this order."""

    COMPLAINT = "complaint"
    PROMISE = "promise"
    ANSWER = "answer"
    SILENCE = "silence"
    GREETING = "greeting"
    PROMISED = "promise to come"
    PLAN = "plan"
    PROSPECT = "prospect"
    INVOICE = "invoice"
    BOUNDARY = "boundary"
    REFERRAL = "referral"
    TESTIMONIAL = "testimonial"
    SURVEY = "survey"
    WOW = "wow"


OWED = frozenset({Cause.COMPLAINT, Cause.PROMISE, Cause.ANSWER})
"""What the owner owes: it grows stale, and is then no longer apologised for."""

REPAIR = OWED | {Cause.SILENCE}
"""What is put right before anything is asked (SPEC 8)."""

FAVOURS = frozenset({Cause.GREETING, Cause.REFERRAL, Cause.TESTIMONIAL, Cause.SURVEY, Cause.WOW})
"""The opportunities of SPEC 8: what is asked, given or celebrated."""

TO_ALL = {
    Cause.SILENCE: "Get back in touch",
    Cause.PROSPECT: "Make the next contact",
    Cause.INVOICE: "Remind them of their invoices",
}
"""Cause → what a mailing says in place of what is due with one client, where that differs."""

WAITS_FOR: dict[Cause, frozenset[Cause]] = {
    Cause.PLAN: OWED | {Cause.INVOICE},
    Cause.PROSPECT: frozenset({Cause.COMPLAINT}),
    Cause.BOUNDARY: REPAIR | {Cause.INVOICE, Cause.PROSPECT},
}
"""What is talked about another time where one of these is due: nobody says sorry and sets rules, or asks
for money and plans ahead, in one breath."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where it is written down once it is done: a cell, or a new row."""

    row: Row | None
    """None: a new row of Touchpoints."""
    column: str
    """Empty for a new row."""


NEW_ROW = Recorded(None, "")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due with one client."""

    cause: Cause
    what: str
    """What to do, for the owner: ``Keep your promise: send the quote``."""
    why: str
    """A sentence."""
    rows: tuple[Row, ...]
    minutes: int
    letter: str
    """Its letter's name."""
    since: date
    """Since when it has been due, by which it grows stale."""
    day: date | None = None
    """The day that it is for, where it has one of its own."""
    recorded: Recorded = NEW_ROW
    topic: str = ""
    """What it is about, in the owner's words: for the row that records it."""


def due(
    client: ClientFindings, usual_contacts: float, last_day: date, settings: Settings
) -> tuple[Due, ...]:
    """Everything that is due with a client up to the plan's last day, in the order of :class:`Cause`.

    ``usual_contacts`` is how many contacts it takes to win a client. Empty once a relationship has ended.
    """
    if client.seen.has_ended:
        return ()
    found = [
        *_complaints(client, settings),
        *_promises(client, last_day, settings),
        *_answers(client, settings),
        *_silence(client, settings),
        *_plan(client, settings),
        *_prospect(client, usual_contacts, settings),
        *_invoices(client, settings),
        *_boundary(client, settings),
        *_favours(client, settings),
    ]
    order = tuple(Cause)
    return tuple(sorted(found, key=lambda one: order.index(one.cause)))


def _complaints(client: ClientFindings, settings: Settings) -> Iterator[Due]:
    as_of = client.seen.as_of
    for complaint in client.seen.open_complaints:
        about = f" about “{complaint.topic}”" if complaint.topic else ""
        ago = (as_of - complaint.date).days
        yield Due(
            Cause.COMPLAINT,
            f"Put right the complaint{about}",
            f"Raised on {words.day(complaint.date)}{f', {words.days(ago)} ago' if ago else ''}.",
            (complaint.row,),
            settings.complaint_minutes,
            "apology",
            since=complaint.date,
            recorded=Recorded(complaint.row, "Resolved on"),
            topic=complaint.topic or "",
        )


def _promises(client: ClientFindings, last_day: date, settings: Settings) -> Iterator[Due]:
    """The promises that are late, and those that fall due until the plan ends."""
    as_of = client.seen.as_of
    for one in client.seen.touchpoints:
        day = one.promised_for
        if day is None or day > last_day or has_come(one.done_on, as_of):
            continue
        late = (as_of - day).days
        promised = one.promise or one.topic
        yield Due(
            Cause.PROMISE if late > 0 else Cause.PROMISED,
            f"Keep your promise: {promised}" if promised else "Keep your promise",
            f"Promised for {words.day(day)}" + (f"; {words.days(late)} late." if late > 0 else "."),
            (one.row,),
            settings.promise_minutes,
            "promise-late" if late > 0 else "promise-kept",
            since=day,
            day=None if late > 0 else day,
            recorded=Recorded(one.row, "Done on"),
            topic=promised or "",
        )


def _answers(client: ClientFindings, settings: Settings) -> Iterator[Due]:
    """The messages of W that came after the last answer, by the rule of Trust: one answer is for all.

    An open complaint is due by itself.
    """
    seen = client.seen
    answers = [t for t in seen.touchpoints if is_answer(t)]
    theirs = (t for t in reversed(seen.lately) if t.direction == Direction.IN)
    unanswered = [*takewhile(lambda t: first_answer(t, answers) is None, theirs)]
    messages = [t for t in reversed(unanswered) if t.signal != Signal.COMPLAINT]
    if not messages:
        return
    last = messages[-1]
    topic = f" about “{last.topic}”" if last.topic else ""
    yield Due(
        Cause.ANSWER,
        f"Answer their message{topic}",
        f"They wrote on {words.day(last.date)}, and nothing has gone back since.",
        tuple(t.row for t in messages),
        settings.answer_minutes,
        "answer-owed",
        since=last.date,
        topic=last.topic or "",
    )


def _silence(client: ClientFindings, settings: Settings) -> Iterator[Due]:
    silence = client.seen.silence
    if not silence.below_red_line or client.seen.lapsed:
        return
    assert silence.silence_days is not None
    assert silence.last_contact is not None
    over = silence.silence_days - silence.red_line_days
    person = f" with {client.seen.client.contact}" if client.seen.client.contact else ""
    yield Due(
        Cause.SILENCE,
        f"Get back in touch{person}",
        f"Silent for {words.days(silence.silence_days)}, {words.days(over)} longer than the "
        f"{words.days(silence.red_line_days)} that this client accepts.",
        client.seen.last_contact_rows,
        settings.light_touch_minutes,
        "reconnection",
        since=silence.last_contact,
    )


def _plan(client: ClientFindings, settings: Settings) -> Iterator[Due]:
    """A client with all of commitment but a plan (004 asks for scheduled meetings or action points).

    Nobody plans the next pair of shoes with a shop.
    """
    sells_goods = client.seen.business_model is BusinessModel.PRODUCT
    if lacks_only_a_plan(client.relationship) and not sells_goods:
        yield Due(
            Cause.PLAN,
            "Agree the next step",
            "All of a committed client but a plan: nothing stands in the workbook after "
            f"{words.day(client.seen.as_of)}.",
            client.relationship.rows[-3:],
            settings.plan_minutes,
            "service-review",
            since=client.seen.as_of,
        )


def _prospect(client: ClientFindings, usual: float, settings: Settings) -> Iterator[Due]:
    """A prospect whose contact is due, and who has had fewer than it usually takes."""
    seen = client.seen
    had = len(seen.contact_days)
    if seen.is_prospect and seen.state is SilenceState.DUE and had < usual:
        yield Due(
            Cause.PROSPECT,
            f"Make contact number {had + 1}",
            f"{words.sentence_case(words.count(had, 'contact'))} so far, the last "
            f"{words.days(seen.silence.silence_days)} ago; it usually takes {usual:g}.",
            seen.last_contact_rows,
            settings.light_touch_minutes,
            "next-contact",
            since=seen.as_of,
        )


def _invoices(client: ClientFindings, settings: Settings) -> Iterator[Due]:
    """The overdue invoices, all in one reminder, by the one that is oldest."""
    late = client.seen.overdue_invoices
    if not late:
        return
    days = {sale: days_overdue(sale, client.seen.as_of) for sale in late}
    oldest = max(late, key=lambda sale: days[sale])
    longest = days[oldest]
    step = 1 + (longest > settings.second_reminder_days) + (longest > settings.third_reminder_days)
    numbers = words.listed([sale.invoice or f"of {words.day(sale.date)}" for sale in late])
    total = words.money(sum(sale.amount for sale in late), settings.currency)
    invoices = "invoice" if len(late) == 1 else "invoices"
    yield Due(
        Cause.INVOICE,
        f"Remind them of {invoices} {numbers}",
        f"{total} {'was' if len(late) == 1 else 'in all; the first was'} due on "
        f"{words.day(oldest.due_on)}, {words.days(longest)} ago.",
        tuple(sale.row for sale in late),
        settings.light_touch_minutes,
        f"payment-reminder-{step}",
        since=oldest.due_on or oldest.date,
        topic=f"{invoices} {numbers}",
    )


def _boundary(client: ClientFindings, settings: Settings) -> Iterator[Due]:
    found = client.boundaries
    if found.letter is not None:
        yield Due(
            Cause.BOUNDARY,
            "Talk about how you work together",
            f"{words.percent(found.boundary_load)} of the last 12 months' time was out of hours or out "
            "of scope.",
            found.crossed.rows,
            settings.boundary_minutes,
            found.letter,
            since=client.seen.as_of,
        )


_FAVOURS: dict[OpportunityKind, tuple[Cause, str]] = {
    OpportunityKind.GREETING: (Cause.GREETING, "Send a greeting"),
    OpportunityKind.REFERRAL: (Cause.REFERRAL, "Ask for a referral"),
    OpportunityKind.TESTIMONIAL: (Cause.TESTIMONIAL, "Ask for a testimonial"),
    OpportunityKind.SURVEY: (Cause.SURVEY, "Send the short survey"),
    OpportunityKind.WOW: (Cause.WOW, "Surprise them"),
}


def _favours(client: ClientFindings, settings: Settings) -> Iterator[Due]:
    for chance in client.opportunities:
        if chance.ready:
            cause, what = _FAVOURS[chance.kind]
            yield Due(
                cause,
                what,
                words.sentence_case("; ".join(check.words for check in chance.checks)) + ".",
                chance.rows,
                settings.light_touch_minutes,
                chance.letter,
                since=client.seen.as_of,
                day=_own_day(chance),
            )


def _own_day(chance: Opportunity) -> date | None:
    """The day that a greeting is for and a surprise is best sent; None where any day will do."""
    has_one = chance.kind in (OpportunityKind.GREETING, OpportunityKind.WOW)
    return chance.day if has_one else None
