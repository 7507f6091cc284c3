"""Trust = (Care × Accountability) ^ Communication, part by part with its rows (SPEC 5, 001).

The evidence is that of W, the 12 months up to the as-of date, except for the beginning of the
relationship, whenever that was. What comes after the as-of date (a promise kept later, a complaint put
right later) has not happened yet.

A part that nothing is known about is n/a, and its component is the mean of the others. Where no touchpoint
of a client is recorded at all, a missing one proves nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from reportgen.evidence.answers import follows, is_answer
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.working_days import add_working_days
from reportgen.model import Direction, Kind, Rating, Role, Signal, Touchpoint
from reportgen.periods import months_of_year, year_to
from reportgen.problems import Row
from reportgen.settings.settings import Settings


class ComponentName(StrEnum):
    """What Trust is made of, in the order of its formula."""

    CARE = "care"
    ACCOUNTABILITY = "accountability"
    COMMUNICATION = "communication"


class TrustPart(StrEnum):
    """What the components are made of, in SPEC's order."""

    UNDERSTANDING = "understanding"
    RELIABILITY = "reliability"
    HUMAN_CONNECTION = "human connection"
    PROBLEMS_OWNED = "problems owned"
    CLEAR_BEGINNINGS = "clear beginnings"
    RESPONSIVENESS = "responsiveness"
    BOTH_DIRECTIONS = "both directions"
    LISTENING = "listening"
    CONTINUITY = "continuity"


_UNDERSTANDING = (Role.DISCOVERY, Role.DIAGNOSTIC, Role.BRIEF, Role.ONBOARDING)
_CLEAR_BEGINNINGS = (Role.BRIEF, Role.PROPOSAL, Role.AGENDA)
_LISTENING = (Role.SURVEY, Role.FEEDBACK_REQUEST, Role.TESTIMONIAL_REQUEST)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a component, as ``numerator`` of ``denominator``."""

    name: TrustPart
    numerator: int
    """Above the denominator where more was done than is asked for."""
    denominator: int
    """0 where the part is not known."""
    rows: tuple[Row, ...]
    """The rows that speak for it: sheet by sheet, oldest first."""
    counter_rows: tuple[Row, ...]
    """The rows that speak against it: a late promise, a message without an answer."""
    record: str
    """What to record, and on which sheet, to know it."""

    @property
    def value(self) -> float | None:
        """0–1; n/a where the part is not known."""
        return min(1.0, self.numerator / self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Component:
    """Care, Accountability or Communication."""

    name: ComponentName
    value: float | None
    """Care and Accountability 1–10, Communication 0–1; n/a with no part known and no rating."""
    parts: tuple[Part, ...]
    """Given even where a rating takes their place."""
    rated: Row | None
    """The row of the rating that gives the value; None where the parts give it."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Trust in the owner: its three components, and the signals beside it."""

    care: Component
    accountability: Component
    communication: Component
    signals: tuple[Row, ...]
    """The touchpoints of W in which they asked for advice; counted beside Trust, never inside it."""
    agree: bool | None
    """Whether signals and figure agree: both high Trust and advice asked, or neither; n/a without Trust."""

    @property
    def components(self) -> tuple[Component, ...]:
        """Care, Accountability and Communication, in this order."""
        return (self.care, self.accountability, self.communication)

    @property
    def value(self) -> float | None:
        """Trust, 1–100; n/a where one of the three is."""
        return _trust(self.care.value, self.accountability.value, self.communication.value)


@dataclass(frozen=True, slots=True)
class PartOfAll:
    """One part of Trust, summed over several clients."""

    name: TrustPart
    component: ComponentName
    done: int
    """Each client's numerator, as far as it counts: more than is asked for adds nothing."""
    asked: int
    """0 where the part is known for nobody."""
    record: str
    """What to record, and on which sheet, to know it."""
    rows: tuple[Row, ...]
    """The rows that speak for it, client by client."""
    counter_rows: tuple[Row, ...]


def parts_of_all(trusts: Iterable[Trust]) -> tuple[PartOfAll, ...]:
    """The parts of several clients' Trust, summed part by part, in SPEC's order; empty for nobody."""
    found: dict[TrustPart, list[tuple[ComponentName, Part]]] = {}
    for one in trusts:
        for of in one.components:
            for part in of.parts:
                found.setdefault(part.name, []).append((of.name, part))
    return tuple(
        PartOfAll(
            name=name,
            component=each[0][0],
            done=sum(min(part.numerator, part.denominator) for _, part in each),
            asked=sum(part.denominator for _, part in each),
            record=each[0][1].record,
            rows=tuple(row for _, part in each for row in part.rows),
            counter_rows=tuple(row for _, part in each for row in part.counter_rows),
        )
        for name, each in found.items()
    )


def trust(seen: Evidence, settings: Settings) -> Trust:
    """The client's trust, each component from the latest rating in W or else from its parts."""
    year = year_to(seen.as_of)
    lately = [touchpoint for touchpoint in seen.touchpoints if touchpoint.date in year]
    ratings = [rating for rating in seen.ratings if rating.date in year]
    care = component(
        ComponentName.CARE,
        (
            _understanding(seen, settings),
            _reliability(seen),
            _human_connection(seen, lately, settings),
        ),
        ratings,
    )
    accountability = component(
        ComponentName.ACCOUNTABILITY,
        (_problems_owned(seen, lately, settings), _clear_beginnings(seen, settings)),
        ratings,
    )
    communication = component(
        ComponentName.COMMUNICATION,
        (
            _responsiveness(seen, lately, settings),
            _both_directions(seen, lately),
            _listening(seen, lately),
            _continuity(seen),
        ),
        ratings,
    )
    signals = _rows(t for t in lately if t.signal == Signal.ADVICE_ASKED)
    level = _trust(care.value, accountability.value, communication.value)
    return Trust(
        care=care,
        accountability=accountability,
        communication=communication,
        signals=signals,
        agree=None if level is None else (level >= settings.high_trust) == bool(signals),
    )


def component(
    name: ComponentName, parts: tuple[Part, ...], ratings: Sequence[Rating] = ()
) -> Component:
    """The component as it was last rated, else as the mean of its known parts, all of equal weight.

    Of two ratings on one day the lower counts, since nothing tells which came later.
    """
    given = [
        (rating.date, rated, rating.row)
        for rating in ratings
        for rated in (_rated(rating, name),)
        if rated is not None
    ]
    if given:
        _, value, row = min(given, key=lambda g: (-g[0].toordinal(), g[1], g[2]))
        return Component(name, float(value), parts, row)
    known = [part.value for part in parts if part.value is not None]
    mean = sum(known) / len(known) if known else None
    if mean is None or name is ComponentName.COMMUNICATION:
        return Component(name, mean, parts, None)
    return Component(name, 1 + 9 * mean, parts, None)


def _rated(rating: Rating, name: ComponentName) -> Decimal | None:
    """What a rating says of a component, on the component's own scale; None where it is blank."""
    match name:
        case ComponentName.CARE:
            return rating.care
        case ComponentName.ACCOUNTABILITY:
            return rating.accountability
        case ComponentName.COMMUNICATION:
            return None if rating.communication is None else rating.communication / 10


def _trust(
    care: float | None, accountability: float | None, communication: float | None
) -> float | None:
    if care is None or accountability is None or communication is None:
        return None
    return float((care * accountability) ** communication)


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
            for t in seen.touchpoints
            if t.activity.role in _UNDERSTANDING and first <= t.date <= last
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
        if touchpoint.promised_for in year
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
    """Relationship-building touches in W, of as many as a setting asks for."""
    touches = _rows(t for t in lately if t.activity.kind == Kind.RELATIONSHIP_BUILDING)
    return Part(
        name=TrustPart.HUMAN_CONNECTION,
        numerator=len(touches),
        denominator=settings.human_connection_touches if seen.touchpoints else 0,
        rows=touches,
        counter_rows=(),
        record="calls, visits, thank-yous and cards (Touchpoints)",
    )


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


def _clear_beginnings(seen: Evidence, settings: Settings) -> Part:
    """Purchase days with a brief, proposal or agenda on or shortly before them, of those in W."""
    bought = [day for day in seen.purchase_days if day.date in year_to(seen.as_of)]
    openings = [t for t in seen.touchpoints if t.activity.role in _CLEAR_BEGINNINGS]
    before = timedelta(days=settings.clear_beginning_days)

    def leads_to(opening: Touchpoint, day: date) -> bool:
        return day - before <= opening.date <= day

    clear = [p.date for p in bought if any(leads_to(t, p.date) for t in openings)]
    return Part(
        name=TrustPart.CLEAR_BEGINNINGS,
        numerator=len(clear),
        denominator=len(bought) if seen.touchpoints else 0,
        rows=_rows(t for t in openings if any(leads_to(t, day) for day in clear)),
        counter_rows=tuple(
            row for p in bought if p.date not in clear and seen.touchpoints for row in p.rows
        ),
        record="the brief, proposal or agenda before each sale (Touchpoints)",
    )


# Communication
def _responsiveness(seen: Evidence, lately: Sequence[Touchpoint], settings: Settings) -> Part:
    """Messages from the client answered in time, of those in W whose time for an answer is over.

    An answer is a contact that the client feels; work behind the scenes is not. On the day of the message
    it counts, unless both have a Start and the answer's is earlier. A call or a meeting answers whoever
    began it, so a call that comes in is answered by being taken.
    """
    answers = [t for t in seen.touchpoints if is_answer(t)]
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
    felt = _felt(lately)
    months = [[t for t in felt if t.date in month] for month in months_of_year(seen.as_of)]
    mutual = [month for month in months if _went_both_ways(month)]
    return Part(
        name=TrustPart.BOTH_DIRECTIONS,
        numerator=len(mutual),
        denominator=sum(bool(month) for month in months),
        rows=_rows(t for month in mutual for t in month),
        counter_rows=_rows(t for month in months if not _went_both_ways(month) for t in month),
        record="who turned to whom, in Direction (Touchpoints)",
    )


def _went_both_ways(contact: Sequence[Touchpoint]) -> bool:
    return any(t.direction != Direction.OUT for t in contact) and any(
        t.direction != Direction.IN for t in contact
    )


def _listening(seen: Evidence, lately: Sequence[Touchpoint]) -> Part:
    """Whether feedback was asked for or came in, in W; not known without any contact in W."""
    year = year_to(seen.as_of)
    heard = (
        *_rows(
            t for t in lately if t.activity.role in _LISTENING or t.activity.kind == Kind.FEEDBACK
        ),
        *(answer.row for answer in seen.feedback if answer.date in year),
    )
    return Part(
        name=TrustPart.LISTENING,
        numerator=int(bool(heard)),
        denominator=int(bool(heard) or bool(_felt(lately))),
        rows=heard,
        counter_rows=(),
        record="surveys and requests for feedback (Touchpoints), and the answers (Feedback)",
    )


def _continuity(seen: Evidence) -> Part:
    """Days above the red line, of the relationship's days in W.

    The last contacts before each silence that was too long speak against it.
    """
    year = year_to(seen.as_of)
    below, days = seen.silence.days_within(year)
    broken = {
        seen.contact_days[bisect_left(seen.contact_days, spell.first) - 1]
        for spell in seen.silence.spells
        if spell.days_within(year.first, year.to)
    }
    contacts = [
        *((t.date, t.row) for t in seen.touchpoints if t.activity.connects),
        *((sale.date, sale.row) for sale in seen.sales),
    ]
    return Part(
        name=TrustPart.CONTINUITY,
        numerator=days - below,
        denominator=days,
        rows=tuple(row for day, row in contacts if day in year and day not in broken),
        counter_rows=tuple(row for day, row in contacts if day in broken),
        record="every contact with its date (Touchpoints)",
    )
