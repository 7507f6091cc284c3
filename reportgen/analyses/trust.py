"""Trust = (Care × Accountability) ^ Communication, part by part with its rows (SPEC 5, 001).

The evidence is that of W, the 12 months up to the as-of date, except for the beginning of the
relationship, whenever that was. What comes after the as-of date (a promise kept later, a complaint put
right later) has not happened yet.

A part that nothing is known about is n/a, and its component is the mean of the others. Where no touchpoint
of a client is recorded at all, a missing one proves nothing. Nor does it where nobody in the book ever had
one: four parts rest on something being there, and what nobody has is not recorded rather than failed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from reportgen.estimates.trust import Component, ComponentName, Part, Trust, TrustPart, component
from reportgen.evidence.answers import follows, is_answer
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.working_days import add_working_days
from reportgen.model import BusinessModel, Direction, Kind, Role, Sale, Signal, Touchpoint
from reportgen.periods import Window, months_before, months_of_year, within, year_to
from reportgen.problems import Row
from reportgen.settings.settings import Settings

_DAY = timedelta(days=1)

_UNDERSTANDING = (Role.DISCOVERY, Role.DIAGNOSTIC, Role.BRIEF, Role.ONBOARDING)
_CLEAR_BEGINNINGS = (Role.BRIEF, Role.PROPOSAL, Role.AGENDA)
"""Of a project; a service or a subscription begins with an onboarding, and goes on with reviews."""
_LISTENING = (Role.SURVEY, Role.FEEDBACK_REQUEST, Role.TESTIMONIAL_REQUEST)


_PRESENT = (
    TrustPart.UNDERSTANDING,
    TrustPart.HUMAN_CONNECTION,
    TrustPart.CLEAR_BEGINNINGS,
    TrustPart.LISTENING,
)
"""The parts that rest on something being there, rather than on something that went wrong."""


def never_met(everyone: Sequence[Evidence], settings: Settings) -> frozenset[TrustPart]:
    """The parts that rest on something being there, and which nobody in the book has ever met."""
    met = {
        TrustPart.UNDERSTANDING: (_understanding(seen, settings).numerator for seen in everyone),
        TrustPart.HUMAN_CONNECTION: (bool(_personal(seen.touchpoints)) for seen in everyone),
        TrustPart.CLEAR_BEGINNINGS: (_ever_began_clearly(seen, settings) for seen in everyone),
        TrustPart.LISTENING: (
            bool(seen.feedback) or bool(_heard(seen.touchpoints)) for seen in everyone
        ),
    }
    return frozenset(name for name in _PRESENT if not any(met[name]))


def trust(seen: Evidence, settings: Settings, not_recorded: Collection[TrustPart]) -> Trust:
    """The client's trust, each component from the latest rating in W or else from its parts.

    ``not_recorded`` are the parts that nobody in the book has ever met: they are n/a.
    """
    year = year_to(seen.as_of)
    lately = seen.lately
    ratings = within(seen.ratings, year)

    def side(name: ComponentName, *parts: Part) -> Component:
        known = tuple(_unknown(part) if part.name in not_recorded else part for part in parts)
        return component(name, known, ratings)

    found = Trust(
        care=side(
            ComponentName.CARE,
            _understanding(seen, settings),
            _reliability(seen),
            _human_connection(seen, lately, settings),
        ),
        accountability=side(
            ComponentName.ACCOUNTABILITY,
            _problems_owned(seen, lately, settings),
            _clear_beginnings(seen, lately, settings),
        ),
        communication=side(
            ComponentName.COMMUNICATION,
            _responsiveness(seen, lately, settings),
            _both_directions(seen, lately),
            _listening(seen, lately),
            _continuity(seen),
        ),
        signals=_rows(t for t in lately if t.signal == Signal.ADVICE_ASKED),
        agree=None,
    )
    level = found.index
    agree = None if level is None else (level >= settings.high_trust) == bool(found.signals)
    return replace(found, agree=agree)


def _unknown(part: Part) -> Part:
    return replace(part, numerator=0, denominator=0, rows=(), counter_rows=())


def _rows(touchpoints: Iterable[Touchpoint]) -> tuple[Row, ...]:
    return tuple(touchpoint.row for touchpoint in touchpoints)


# Care
def _understanding(seen: Evidence, settings: Settings) -> Part:
    """Whether the owner asked customers what they expect, around the first purchase."""
    known = seen.is_customer and bool(seen.touchpoints)
    found: tuple[Row, ...] = ()
    if known:
        bought = seen.purchases[0].first
        first = bought - timedelta(days=settings.understanding_before_days)
        last = bought + timedelta(days=settings.understanding_after_days)
        found = _rows(
            t
            for t in within(seen.touchpoints, Window(first - _DAY, last))
            if t.activity.role in _UNDERSTANDING
        )
    return Part(
        name=TrustPart.UNDERSTANDING,
        numerator=int(bool(found)),
        denominator=int(known),
        rows=found,
        counter_rows=seen.purchases[0].rows if known and not found else (),
        record="the discovery call, diagnostic, brief or onboarding around the first sale (Touchpoints)",
    )


def _reliability(seen: Evidence) -> Part:
    """Promises kept by the promised day (inclusive), of those due in W."""
    year = year_to(seen.as_of)
    due = [
        (touchpoint.row, touchpoint.promised_for, touchpoint.done_on)
        for touchpoint in seen.touchpoints
        if touchpoint.promised_for is not None and touchpoint.promised_for in year
    ]
    kept = tuple(row for row, by, done in due if by and done and done <= by)
    return Part(
        name=TrustPart.RELIABILITY,
        numerator=len(kept),
        denominator=len(due),
        rows=kept,
        counter_rows=tuple(row for row, by, done in due if not (by and done and done <= by)),
        record="what you promise, in Promised for and Done on (Touchpoints)",
    )


def _human_connection(seen: Evidence, lately: Sequence[Touchpoint], settings: Settings) -> Part:
    """Relationship-building touches in W, of as many as the business model's setting asks for."""
    touches = _personal(lately)
    return Part(
        name=TrustPart.HUMAN_CONNECTION,
        numerator=len(touches),
        denominator=settings.human_connection_touches(seen.business_model)
        if seen.touchpoints
        else 0,
        rows=touches,
        counter_rows=(),
        record="calls, visits, thank-yous and cards (Touchpoints)",
    )


def _personal(touchpoints: Iterable[Touchpoint]) -> tuple[Row, ...]:
    return _rows(t for t in touchpoints if t.activity.kind == Kind.RELATIONSHIP_BUILDING)


# Accountability
def _problems_owned(seen: Evidence, lately: Sequence[Touchpoint], settings: Settings) -> Part:
    """Complaints put right in time, of those in W whose time to do so is over."""
    within = timedelta(days=settings.complaint_days)
    complaints = [
        t for t in lately if t.signal == Signal.COMPLAINT and t.date + within <= seen.as_of
    ]

    def owned(complaint: Touchpoint) -> bool:
        resolved = complaint.resolved_on
        return resolved is not None and complaint.date <= resolved <= complaint.date + within

    resolved = _rows(t for t in complaints if owned(t))
    return Part(
        name=TrustPart.PROBLEMS_OWNED,
        numerator=len(resolved),
        denominator=len(complaints),
        rows=resolved,
        counter_rows=_rows(t for t in complaints if not owned(t)),
        record="complaints as a Signal, with the day in Resolved on (Touchpoints)",
    )


def _clear_beginnings(seen: Evidence, lately: Sequence[Touchpoint], settings: Settings) -> Part:
    """How clearly the work begins, as far as the business model has a beginning.

    Of a consultancy's projects begun in W, those with a brief, proposal or agenda. Of a service or a
    subscription whose first payment lies in W, whether there was an onboarding; of one that has been
    paid for a year, whether there was a review in W. Of a shop, and where no model is set, nothing is.
    """
    if seen.business_model is BusinessModel.CONSULTANCY:
        return _clear_projects(seen, settings)
    if seen.pays_by_the_month:
        return _clear_service(seen, lately, settings)
    record = "your Business model, if you sell projects or a regular service (Business)"
    return Part(TrustPart.CLEAR_BEGINNINGS, 0, 0, (), (), record)


def _clear_projects(seen: Evidence, settings: Settings) -> Part:
    begun = [purchase for purchase in seen.purchases if purchase.first in year_to(seen.as_of)]
    opened = [(purchase, _openings(seen, purchase.first, settings)) for purchase in begun]
    known = bool(seen.touchpoints)
    return Part(
        name=TrustPart.CLEAR_BEGINNINGS,
        numerator=sum(bool(found) for _, found in opened),
        denominator=len(begun) if known else 0,
        rows=tuple(dict.fromkeys(row for _, found in opened for row in found)),
        counter_rows=tuple(
            row for purchase, found in opened if not found and known for row in purchase.rows
        ),
        record="the brief, proposal or agenda before each project (Touchpoints)",
    )


def _openings(seen: Evidence, begun: date, settings: Settings) -> tuple[Row, ...]:
    """The briefs, proposals and agendas on a project's first day or shortly before it."""
    first = begun - timedelta(days=settings.clear_beginning_days)
    return _rows(
        t
        for t in within(seen.touchpoints, Window(first - _DAY, begun))
        if t.activity.role in _CLEAR_BEGINNINGS
    )


def _clear_service(seen: Evidence, lately: Sequence[Touchpoint], settings: Settings) -> Part:
    known = seen.is_customer and bool(seen.touchpoints)
    if seen.is_customer and _first_payment(seen) in year_to(seen.as_of):
        found = _onboardings(seen, settings)
    else:
        found = _rows(t for t in lately if t.activity.role == Role.REVIEW)
    return Part(
        name=TrustPart.CLEAR_BEGINNINGS,
        numerator=int(known and bool(found)),
        denominator=int(known),
        rows=found if known else (),
        counter_rows=seen.purchases[0].rows if known and not found else (),
        record="the onboarding around the first payment, and a review once a year (Touchpoints)",
    )


def _first_payment(seen: Evidence) -> date:
    """The day on which a customer first paid; the first paid day where the payments come to nothing."""
    return seen.purchase_days[0].date if seen.purchase_days else seen.purchases[0].first


def _onboardings(seen: Evidence, settings: Settings) -> tuple[Row, ...]:
    """The onboardings shortly before or after a customer's first payment."""
    paid, within = _first_payment(seen), timedelta(days=settings.onboarding_days)
    return _rows(
        t
        for t in seen.touchpoints
        if t.activity.role == Role.ONBOARDING and abs(t.date - paid) <= within
    )


def _ever_began_clearly(seen: Evidence, settings: Settings) -> bool:
    """Whether any beginning was ever as clear as their business model asks."""
    if not seen.is_customer:
        return False
    if seen.business_model == BusinessModel.CONSULTANCY:
        return any(_openings(seen, purchase.first, settings) for purchase in seen.purchases)
    if not seen.pays_by_the_month:
        return False
    paid = _first_payment(seen)
    return bool(_onboardings(seen, settings)) or any(
        t.activity.role == Role.REVIEW and paid <= months_before(t.date, 12)
        for t in seen.touchpoints
    )


# Communication
def _responsiveness(seen: Evidence, lately: Sequence[Touchpoint], settings: Settings) -> Part:
    """Messages from the client answered in time, of those in W whose time for an answer is over.

    An answer is a contact that the client feels; work behind the scenes is not. On the day of the message
    it counts, unless both have a Start and the answer's is earlier. A call or a meeting answers whoever
    began it, so a call that comes in is answered by being taken.
    """
    answers = [t for t in lately if is_answer(t)]
    days = [answer.date for answer in answers]
    answered: list[Touchpoint] = []
    waiting: list[Touchpoint] = []
    for message in lately:
        if message.direction != Direction.IN:
            continue
        deadline = add_working_days(message.date, settings.answer_working_days, settings)
        if deadline > seen.as_of:
            continue
        in_time = range(bisect_left(days, message.date), bisect_right(days, deadline))
        replied = any(follows(answers[place], message) for place in in_time)
        (answered if replied else waiting).append(message)
    return Part(
        name=TrustPart.RESPONSIVENESS,
        numerator=len(answered),
        denominator=len(answered) + len(waiting),
        rows=_rows(answered),
        counter_rows=_rows(waiting),
        record="what comes in from the client, with Direction in, and your answers (Touchpoints)",
    )


def _felt(touchpoints: Iterable[Touchpoint]) -> list[Touchpoint]:
    """The touchpoints with a direction: what the client felt, and whatever came from them."""
    return [t for t in touchpoints if t.activity.connects or t.direction != Direction.OUT]


def _both_directions(seen: Evidence, lately: Sequence[Touchpoint]) -> Part:
    """Months of W in which contact went both ways, of those with contact; sales have no direction."""
    ends = [month.to for month in months_of_year(seen.as_of)]
    of_month = groupby(_felt(lately), lambda t: bisect_left(ends, t.date))
    mutual: list[list[Touchpoint]] = []
    one_way: list[list[Touchpoint]] = []
    for month in (list(contact) for _, contact in of_month):
        (mutual if _went_both_ways(month) else one_way).append(month)
    return Part(
        name=TrustPart.BOTH_DIRECTIONS,
        numerator=len(mutual),
        denominator=len(mutual) + len(one_way),
        rows=_rows(t for month in mutual for t in month),
        counter_rows=_rows(t for month in one_way for t in month),
        record="who turned to whom, in Direction (Touchpoints)",
    )


def _went_both_ways(contact: Sequence[Touchpoint]) -> bool:
    return any(t.direction != Direction.OUT for t in contact) and any(
        t.direction != Direction.IN for t in contact
    )


def _listening(seen: Evidence, lately: Sequence[Touchpoint]) -> Part:
    """Whether feedback was asked for or came in, in W; not known without a touchpoint in W."""
    year = year_to(seen.as_of)
    heard = (*_heard(lately), *(answer.row for answer in within(seen.feedback, year)))
    known = bool(lately)
    return Part(
        name=TrustPart.LISTENING,
        numerator=int(known and bool(heard)),
        denominator=int(known),
        rows=heard if known else (),
        counter_rows=(),
        record="surveys and requests for feedback (Touchpoints), and the answers (Feedback)",
    )


def _heard(touchpoints: Iterable[Touchpoint]) -> tuple[Row, ...]:
    return _rows(
        t for t in touchpoints if t.activity.role in _LISTENING or t.activity.kind == Kind.FEEDBACK
    )


def _continuity(seen: Evidence) -> Part:
    """Days above the red line, of the relationship's days in W.

    The last contacts before each silence that was too long speak against it.
    """
    year = year_to(seen.as_of)
    below, days = seen.silence.days_within(year)
    spells = seen.silence.spells
    of_year = spells[bisect_left(spells, year.first, key=lambda spell: spell.last) :]
    broken = {
        seen.contact_days[bisect_left(seen.contact_days, spell.first) - 1] for spell in of_year
    }
    # A silence of the year may have begun before it.
    since = Window(min([year.after, *(day - _DAY for day in broken)]), seen.as_of)
    felt = (t for t in within(seen.touchpoints, since) if t.activity.connects)
    contacts: list[Touchpoint | Sale] = [*felt, *within(seen.sales, since)]
    return Part(
        name=TrustPart.CONTINUITY,
        numerator=days - below,
        denominator=days,
        rows=tuple(
            contact.row
            for contact in contacts
            if contact.date > year.after and contact.date not in broken
        ),
        counter_rows=tuple(contact.row for contact in contacts if contact.date in broken),
        record="every contact with its date (Touchpoints)",
    )
