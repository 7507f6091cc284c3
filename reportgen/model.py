"""What a workbook says: its clients, and what happened between them and the owner.

Everything is frozen. Dates are civil dates in the owner's time zone, time is in minutes, money is
:class:`~decimal.Decimal` in the workbook's one currency. ``None`` always means "not recorded".
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final

from reportgen.problems import Problem, Row
from reportgen.values import dataclass


class BusinessModel(StrEnum):
    """How a business lives on its clients (article 000)."""

    CONSULTANCY = "consultancy"
    """Projects."""
    SERVICE = "service"
    """Regular services."""
    PRODUCT = "product"
    """A shop."""
    SUBSCRIPTION = "subscription"


class Kind(StrEnum):
    """The eleven touch points of article 002, in its order."""

    MESSAGES = "messages"
    FEEDBACK = "feedback"
    INSIGHT = "insight"
    LOYALTY = "loyalty"
    RELATIONSHIP_BUILDING = "relationship building"
    ACCESSIBILITY = "accessibility"
    SATISFACTION = "satisfaction"
    INVOLVEMENT = "involvement"
    ANTICIPATION = "anticipation"
    INDISPENSABLE = "indispensable"
    HELP = "help"


class Edition(StrEnum):
    """For whom a report is; see :mod:`reportgen.editions.redact`."""

    OWNER = "owner"
    COACH = "coach"
    ACCOUNTANT = "accountant"
    PUBLIC = "public"


class ActivityValue(StrEnum):
    """What an activity is worth (article 000)."""

    HIGH = "high"
    """Worth the owner's personal attention."""
    LOW = "low"
    """Administration."""


class Direction(StrEnum):
    """Who turned to whom."""

    IN = "in"
    """The client to the owner."""
    OUT = "out"
    """The owner to the client."""
    BOTH = "both"


class MinutesRecorded(StrEnum):
    """How the minutes of a touchpoint are known."""

    RECORDED = "recorded"
    ASSUMED = "assumed"
    """Blank: those that the activity usually takes."""
    NONE = "none"
    """Blank, and counted as 0."""


class Signal(StrEnum):
    """What a client showed or said that is worth recording."""

    ADVICE_ASKED = "advice asked"
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    REFERRAL_GIVEN = "referral given"
    REFERRAL_ASKED = "referral asked"
    TESTIMONIAL_GIVEN = "testimonial given"
    TESTIMONIAL_ASKED = "testimonial asked"
    OBJECTION = "objection"


class FeedbackKind(StrEnum):
    """What a row of the Feedback sheet is."""

    SURVEY = "survey"
    TESTIMONIAL = "testimonial"
    REVIEW = "review"
    REFERRAL = "referral"


class Role(StrEnum):
    """What an activity counts as, where a rule of SPEC 5–9 asks for more than its kind."""

    DISCOVERY = "discovery"
    DIAGNOSTIC = "diagnostic"
    BRIEF = "brief"
    ONBOARDING = "onboarding"
    PROPOSAL = "proposal"
    AGENDA = "agenda"
    REVIEW = "review"
    SURVEY = "survey"
    FEEDBACK_REQUEST = "feedback request"
    TESTIMONIAL_REQUEST = "testimonial request"
    REFERRAL_REQUEST = "referral request"
    DELIVERY = "delivery"
    """The work that is sold."""
    WOW = "wow"
    GREETING = "greeting"


@cache
def name_key(name: str) -> str:
    """The form in which a name is compared: case folded, trimmed, with one space for any white space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", name)).strip().casefold()


@dataclass(frozen=True, slots=True)
class Activity:
    """What a touchpoint was: an activity of the catalogue, or of the owner's Activities sheet."""

    name: str
    kind: Kind | None
    """One of the eleven; None when nobody says which."""
    value: ActivityValue | None
    """None when nobody says."""
    connects: bool
    """Whether the client feels it: such a day is a contact day."""
    usual_minutes: int | None = None
    """What a touchpoint takes whose Minutes are blank; there they are marked as assumed."""
    letter: str | None = None
    """The letter that standardises it."""
    two_way: bool = False
    """A call or a meeting: a blank Direction reads as ``both``."""
    role: Role | None = None
    """None when no rule asks for it in particular."""


UNKNOWN_ACTIVITY = Activity(name="", kind=None, value=None, connects=True)
"""Of a touchpoint without an activity: its row still says that there was a contact."""


@dataclass(frozen=True, slots=True)
class Client:
    """One client, as the Clients sheet describes them; else by name alone."""

    name: str
    contact: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    """Postal, in one piece."""
    segment: str | None = None
    source: str | None = None
    referred_by: str | None = None
    business_model: BusinessModel | None = None
    since: dt.date | None = None
    ended_on: dt.date | None = None
    red_line_days: int | None = None
    contact_every_days: int | None = None
    preferred_channel: str | None = None
    potential_per_year: Decimal | None = None
    birthday: dt.date | None = None
    """Day and month count. A birthday without a year is kept in the leap year 2000."""
    notes: str | None = None
    row: Row | None = None
    """None for a client who appears only in Touchpoints, Sales, Feedback or Ratings."""


@dataclass(slots=True, unsafe_hash=True)
class Touchpoint:
    """One contact with a client, or one piece of work for them; planned when its date is to come.

    A workbook may have a million, and a frozen class takes four times as long to make one. So this one is
    frozen for the type checker alone, and so is a :class:`Sale`.
    """

    date: Final[dt.date]
    client: Final[str]
    activity: Final[Activity]
    row: Final[Row]
    direction: Final[Direction] = Direction.OUT
    channel: Final[str | None] = None
    start: Final[dt.time | None] = None
    minutes: Final[int] = 0
    minutes_recorded: Final[MinutesRecorded] = MinutesRecorded.NONE
    cost: Final[Decimal | None] = None
    topic: Final[str | None] = None
    promise: Final[str | None] = None
    promised_for: Final[dt.date | None] = None
    done_on: Final[dt.date | None] = None
    signal: Final[str | None] = None
    """A :class:`Signal` when it is recognised, else the owner's own words."""
    resolved_on: Final[dt.date | None] = None
    urgent: Final[bool] = False
    in_scope: Final[bool | None] = None
    project: Final[str | None] = None
    """The project that it was for, in the owner's words."""
    tentative: Final[bool] = False
    """Asked for or pencilled in: it is a plan, or nothing."""


@dataclass(slots=True, unsafe_hash=True)
class Sale:
    """One sale, invoice or refund (negative amount)."""

    date: Final[dt.date]
    client: Final[str]
    amount: Final[Decimal]
    row: Final[Row]
    service: Final[str | None] = None
    project: Final[str | None] = None
    """The project that it is part of, in the owner's words."""
    direct_cost: Final[Decimal | None] = None
    starts: Final[dt.date | None] = None
    """From; None exactly when ``ends`` is."""
    ends: Final[dt.date | None] = None
    """To, inclusive."""
    invoice: Final[str | None] = None
    due_on: Final[dt.date | None] = None
    paid_on: Final[dt.date | None] = None
    tentative: Final[bool] = False
    """A quote or a draft: it is a plan, or nothing."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One answer, review or testimonial."""

    date: dt.date
    client: str
    row: Row
    kind: FeedbackKind | None = None
    score: Decimal | None = None
    out_of: Decimal | None = None
    text: str | None = None
    may_publish: bool | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """The owner's or the client's judgement of the relationship."""

    date: dt.date
    client: str
    row: Row
    care: Decimal | None = None
    """1–10."""
    accountability: Decimal | None = None
    """1–10."""
    communication: Decimal | None = None
    """0–10."""


Dated = Touchpoint | Sale | Feedback | Rating


@dataclass(frozen=True, slots=True)
class Relationship:
    """One client with everything that is recorded of them, each kind oldest first."""

    client: Client
    touchpoints: tuple[Touchpoint, ...] = ()
    sales: tuple[Sale, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    ratings: tuple[Rating, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read."""

    name: str
    """Its name without any folder."""
    sha256: str
    """Of the file's bytes; of a folder, of the names and bytes of all its files."""


@dataclass(frozen=True, slots=True)
class Book:
    """A client list with its history: what one workbook says."""

    relationships: tuple[Relationship, ...]
    """By client name."""
    source: Source
    problems: tuple[Problem, ...] = ()
    """In the order of the workbook."""
    cells: int = 0
    """How many filled cells were looked at."""
    unread: tuple[str, ...] = ()
    """The sheets and columns that were not looked at, in the owner's words."""
    remarks: tuple[str, ...] = ()
    """How rows were counted that say themselves how, a sentence each: lost, open, converted."""
    touchpoint_columns: tuple[str, ...] = ()
    """What each column of the owner's Touchpoints sheet holds, from its first on: a field of ours,
    ``hours`` for minutes that she writes as hours, or nothing; empty without a sheet to add rows to."""
    edition: Edition = Edition.OWNER
    """Whose book this is: reading gives the owner's, ``redact`` the others'."""

    @property
    def touchpoints(self) -> Iterable[Touchpoint]:
        """Every touchpoint, client by client."""
        return (row for one in self.relationships for row in one.touchpoints)

    @property
    def sales(self) -> Iterable[Sale]:
        """Every sale, client by client."""
        return (row for one in self.relationships for row in one.sales)


def settled(book: Book, as_of: dt.date) -> Book:
    """The book without what was tentative and should have happened by a day (inclusive)."""

    def stays(row: Touchpoint | Sale) -> bool:
        return row.date > as_of or not row.tentative

    if all(map(stays, book.touchpoints)) and all(map(stays, book.sales)):
        return book
    kept = tuple(
        replace(
            one,
            touchpoints=tuple(filter(stays, one.touchpoints)),
            sales=tuple(filter(stays, one.sales)),
        )
        for one in book.relationships
    )
    return replace(book, relationships=kept)


@dataclass(slots=True)
class _Gathered:
    spellings: Counter[str] = field(default_factory=Counter)
    touchpoints: list[Touchpoint] = field(default_factory=list)
    sales: list[Sale] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)


def _touchpoint_order(t: Touchpoint) -> tuple[object, ...]:
    """Sorts by what is recorded; the row decides last, when all that a page lists is the same."""
    return (
        t.date,
        t.start or dt.time.min,
        t.activity.name,
        t.minutes,
        t.topic or "",
        t.promised_for or dt.date.max,
        t.promise or "",
        t.done_on or dt.date.max,
        t.direction,
        t.row,
    )


def _sale_order(s: Sale) -> tuple[object, ...]:
    return (s.date, s.amount, s.service or "", s.invoice or "", s.row)


def relationships(
    clients: Iterable[Client],
    touchpoints: Iterable[Touchpoint] = (),
    sales: Iterable[Sale] = (),
    feedback: Iterable[Feedback] = (),
    ratings: Iterable[Rating] = (),
) -> tuple[Relationship, ...]:
    """Every client with their rows, by name; each client's rows oldest first.

    A client who appears in the rows alone is there too, under their most frequent spelling (of equally
    frequent ones the first in the alphabet). So the order of the rows changes nothing.
    """
    described = {name_key(client.name): client for client in clients}
    gathered: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    for key in described:
        gathered[key] = _Gathered()

    def gather(kind: str, rows: Iterable[Dated]) -> None:
        written: defaultdict[str, list[Dated]] = defaultdict(list)
        for row in rows:
            written[row.client].append(row)
        for name, theirs in written.items():  # far fewer than rows
            one = gathered[name_key(name)]
            one.spellings[" ".join(name.split())] += len(theirs)
            getattr(one, kind).extend(theirs)

    gather("touchpoints", touchpoints)
    gather("sales", sales)
    gather("feedback", feedback)
    gather("ratings", ratings)

    def named(key: str, one: _Gathered) -> Client:
        if key in described:
            return described[key]
        return Client(name=min(one.spellings, key=lambda s: (-one.spellings[s], s)))

    return tuple(
        Relationship(
            client=named(key, one),
            touchpoints=tuple(sorted(one.touchpoints, key=_touchpoint_order)),
            sales=tuple(sorted(one.sales, key=_sale_order)),
            feedback=tuple(sorted(one.feedback, key=lambda f: (f.date, f.row))),
            ratings=tuple(sorted(one.ratings, key=lambda r: (r.date, r.row))),
        )
        for key, one in sorted(gathered.items())
    )
