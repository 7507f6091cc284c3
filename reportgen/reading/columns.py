"""The sheets and columns of the workbook, declared once.

Reading, the starter workbook and the redaction of editions all go by this table: a new column is one
entry in it, one field in the model and one line in ``editions/policy.py``. What else a column may be
called stands in ``languages``: of two headers that could be the same column the column's own name wins,
then the word that stands earlier there.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import field
from typing import Literal

from reportgen.model import ActivityValue, BusinessModel, Direction, FeedbackKind, Kind, Signal
from reportgen.reading import vocabulary
from reportgen.settings.kinds import CellKind
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the field of the model that it fills, and how its cells are read."""

    name: str
    """The header in the starter workbook."""
    field: str
    kind: CellKind
    help: str
    """What belongs into it, in the owner's words."""
    example: str
    required: bool = False
    """Whether every row needs it."""
    choices: tuple[str, ...] = ()
    """The words that it may hold."""
    choice_synonyms: tuple[tuple[str, str], ...] = ()
    """(an owner's word, the choice that it means)."""
    bounds: tuple[int, int] | None = None
    """Both inclusive, for days and numbers."""
    month_is_enough: bool = False
    """Whether a month alone stands for its first day."""
    instead: tuple[tuple[str, ...], ...] = ()
    """Groups of fields: each, where all its cells have a value, gives the value of this one."""
    folded: bool = False
    """Whether the starter workbook has it folded away at first."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what a row of it is, and its columns in the order of the starter workbook."""

    name: str
    a_row_is: str
    columns: tuple[Column, ...]
    more: tuple[Column, ...] = ()
    """Columns that other people's tables have: they say what a row means, and are no part of ours."""
    required: tuple[Column, ...] = field(init=False)
    """The columns that every row needs."""

    def __post_init__(self) -> None:
        """Pick the required columns once: every row asks for them."""
        object.__setattr__(self, "required", tuple(one for one in self.columns if one.required))

    def __hash__(self) -> int:
        """Of its name alone: it is asked for at every header, and each name is that of one sheet."""
        return hash(self.name)

    @property
    def names(self) -> tuple[tuple[int, str], ...]:
        """(rank, name) for every name that it may have: its own, then the others, the likeliest first."""
        return ((0, self.name), *vocabulary.sheet_words(self.name))

    def headers(self, column: Column) -> tuple[tuple[int, str], ...]:
        """(rank, header) for every header that one of its columns may have, its own name first."""
        return ((0, column.name), *vocabulary.headers(self.name, column.name))

    @property
    def known(self) -> tuple[Column, ...]:
        """Every column that is looked for."""
        return (*self.columns, *self.more)

    def lacking(self, fields: Container[str]) -> tuple[Column, ...]:
        """The required columns that neither these fields have nor others of them give."""
        return tuple(
            column
            for column in self.required
            if column.field not in fields
            and not any(all(field in fields for field in group) for group in column.instead)
        )


def _date(about: str, month_is_enough: bool = False) -> Column:
    return Column(
        "Date",
        "date",
        CellKind.DATE,
        about,
        "2026-03-14",
        required=True,
        month_is_enough=month_is_enough,
    )


def _client(about: str, instead: tuple[tuple[str, ...], ...] = ()) -> Column:
    return Column(
        "Client",
        "client",
        CellKind.CLIENT,
        about,
        "Harbour & Finch",
        required=True,
        instead=instead,
    )


_ID = Column("Client id", "client_id", CellKind.TEXT, "What another program calls them.", "1001")
_WHOSE = (
    _ID,
    Column("Client e-mail", "client_email", CellKind.TEXT, "Theirs.", "jo@example.com"),
)
"""Columns that say whose a row is, where a list of clients has the id or the address."""
KEYS = tuple(column.field for column in _WHOSE)
"""The fields that say whose a row is without a name, the surer one first."""
_BY_KEY = tuple((field,) for field in KEYS)
_NAMED_IN = Column("Named in", "named_in", CellKind.TEXT, "A title.", "Kitchen with Jo Finch")
_EVENT = Column("Event id", "event", CellKind.TEXT, "Of a calendar.", "7a1f@example.com")
TELLING_WHOSE = frozenset((*KEYS, _NAMED_IN.field, _EVENT.field))
"""The fields that say whose a row is, and are no part of it."""

_ORIGIN = (
    Column("Taken from", "taken_from", CellKind.TEXT, "File and row it came from.", "list.csv, 7"),
    Column("Id there", "taken_id", CellKind.TEXT, "What the file calls that row.", "INV-1"),
)
"""What ``adopt`` writes beside a row that it took from a file of hers, to know it again."""

UNITS: Mapping[str, Literal["hours", "minutes"]] = {
    "Time in hours": "hours",
    "Time in minutes": "minutes",
}
"""A column of times whose unit the owner has said → the unit."""

_MODEL = Column(
    "Business model",
    "business_model",
    CellKind.CHOICE,
    "Only where this client differs from your business: consultancy, service, product or subscription.",
    "service",
    folded=True,
    choices=tuple(BusinessModel),
    choice_synonyms=(
        ("project", BusinessModel.CONSULTANCY),
        ("projects", BusinessModel.CONSULTANCY),
        ("consulting", BusinessModel.CONSULTANCY),
        ("services", BusinessModel.SERVICE),
        ("retainer", BusinessModel.SERVICE),
        ("shop", BusinessModel.PRODUCT),
        ("products", BusinessModel.PRODUCT),
        ("retail", BusinessModel.PRODUCT),
        ("box", BusinessModel.SUBSCRIPTION),
        ("subscriptions", BusinessModel.SUBSCRIPTION),
        ("membership", BusinessModel.SUBSCRIPTION),
    ),
)

BUSINESS = Sheet(
    "Business",
    "a setting and its value",
    (
        Column(
            "Setting",
            "setting",
            CellKind.TEXT,
            "The name of a setting.",
            "Business name",
            required=True,
        ),
        Column(
            "Value",
            "value",
            CellKind.TEXT,
            "What it is for you.",
            "Studio Nine",
            required=True,
        ),
    ),
)

CLIENTS = Sheet(
    "Clients",
    "one client",
    (
        _client("The name that you use on the other sheets too; each client once."),
        Column(
            "Contact",
            "contact",
            CellKind.TEXT,
            "The person you deal with.",
            "Jo Finch",
        ),
        Column(
            "E-mail",
            "email",
            CellKind.TEXT,
            "For your letters; it stays in your own report.",
            "jo@example.com",
        ),
        Column(
            "Phone",
            "phone",
            CellKind.TEXT,
            "To ring them; it stays in your own report.",
            "+44 20 7946 0000",
        ),
        Column(
            "Address",
            "address",
            CellKind.TEXT,
            "For cards and letters, in one cell; it stays in your own report.",
            "12 Mill Lane, Leeds LS1 4AB",
            folded=True,
        ),
        Column(
            "Segment",
            "segment",
            CellKind.TEXT,
            "A group of clients that you would like to compare with the others.",
            "Hospitality",
            folded=True,
        ),
        Column(
            "Source",
            "source",
            CellKind.TEXT,
            "How they found you.",
            "Website",
        ),
        Column(
            "Referred by",
            "referred_by",
            CellKind.TEXT,
            "The client or the person who sent them to you.",
            "Maple Dental",
        ),
        _MODEL,
        Column(
            "Client since",
            "since",
            CellKind.DATE,
            "The day you first met, if it was before the first row about them.",
            "2025-01-20",
            month_is_enough=True,
        ),
        Column(
            "Ended on",
            "ended_on",
            CellKind.DATE,
            "The day you or they ended it; leave it blank while you work together.",
            "2026-06-30",
        ),
        Column(
            "Red line (days)",
            "red_line_days",
            CellKind.DAYS,
            "The longest silence this client accepts.",
            "45",
            bounds=(1, 3660),
            folded=True,
        ),
        Column(
            "Contact every (days)",
            "contact_every_days",
            CellKind.DAYS,
            "After how many days at most you would like to be in touch.",
            "21",
            bounds=(1, 3660),
            folded=True,
        ),
        Column(
            "Preferred channel",
            "preferred_channel",
            CellKind.TEXT,
            "How they like to hear from you.",
            "Email",
        ),
        Column(
            "Potential per year",
            "potential_per_year",
            CellKind.MONEY,
            "What they might spend in a year on what you offer.",
            "6000",
            folded=True,
        ),
        Column(
            "Birthday",
            "birthday",
            CellKind.BIRTHDAY,
            "Day and month are enough.",
            "14 March",
        ),
        Column(
            "Notes",
            "notes",
            CellKind.TEXT,
            "For you alone.",
            "Prefers mornings",
        ),
    ),
    more=(
        Column("Last contact", "last_contact", CellKind.DATE, "When you last spoke.", "2026-03-14"),
        Column("Next appointment", "next", CellKind.DATE, "When you will meet.", "2026-03-28"),
        Column("Last order", "last_order", CellKind.DATE, "When they last bought.", "2026-03-14"),
        _ID,
        Column("Other e-mail", "other_email", CellKind.TEXT, "A second.", "jo@home.example"),
        *_ORIGIN,
    ),
)

TOUCHPOINTS = Sheet(
    "Touchpoints",
    "one contact with a client, or one piece of work for them",
    (
        _date("The day it happened, or is planned for."),
        _client("The client, or the contact person of one client.", (*_BY_KEY, (_NAMED_IN.field,))),
        Column(
            "Activity",
            "activity",
            CellKind.ACTIVITY,
            "What it was. A word of your own is welcome; the sheet Activities says what each means.",
            "Call",
        ),
        Column(
            "Channel",
            "channel",
            CellKind.TEXT,
            "Email, phone, in person, WhatsApp …",
            "Phone",
        ),
        Column(
            "Direction",
            "direction",
            CellKind.CHOICE,
            "in: they came to you. out: you went to them. both: a talk.",
            "out",
            choices=tuple(Direction),
            choice_synonyms=(
                ("incoming", Direction.IN),
                ("inbound", Direction.IN),
                ("received", Direction.IN),
                ("from client", Direction.IN),
                ("from them", Direction.IN),
                ("outgoing", Direction.OUT),
                ("outbound", Direction.OUT),
                ("sent", Direction.OUT),
                ("to client", Direction.OUT),
                ("to them", Direction.OUT),
                ("two-way", Direction.BOTH),
                ("two way", Direction.BOTH),
                ("in and out", Direction.BOTH),
                ("in/out", Direction.BOTH),
                ("mutual", Direction.BOTH),
            ),
        ),
        Column(
            "Start",
            "start",
            CellKind.TIME,
            "When it began. With it the report can tell how much of it was in your evenings.",
            "10:30",
        ),
        Column(
            "Minutes",
            "minutes",
            CellKind.MINUTES,
            "How long it took you: 90, 1:30, 1h 30m or 1.5 h.",
            "25",
        ),
        Column(
            "Cost",
            "cost",
            CellKind.MONEY,
            "What you spent on it, beside your time.",
            "4.20",
            folded=True,
        ),
        Column(
            "Topic",
            "topic",
            CellKind.TEXT,
            "What it was about.",
            "Kitchen samples",
        ),
        Column(
            "Promise",
            "promise",
            CellKind.TEXT,
            "What you promised.",
            "Send the quote",
        ),
        Column(
            "Promised for",
            "promised_for",
            CellKind.DATE,
            "The day you promised it for.",
            "2026-03-18",
        ),
        Column(
            "Done on",
            "done_on",
            CellKind.DATE,
            "The day you did it; leave it blank until then.",
            "2026-03-17",
        ),
        Column(
            "Signal",
            "signal",
            CellKind.SIGNAL,
            "What it tells you about them: they asked for advice, complained, praised, sent somebody …",
            "advice asked",
            folded=True,
            choices=tuple(Signal),
            choice_synonyms=(
                ("asked for advice", Signal.ADVICE_ASKED),
                ("advice", Signal.ADVICE_ASKED),
                ("asks advice", Signal.ADVICE_ASKED),
                ("complained", Signal.COMPLAINT),
                ("complains", Signal.COMPLAINT),
                ("praise", Signal.COMPLIMENT),
                ("thanks", Signal.COMPLIMENT),
                ("referral", Signal.REFERRAL_GIVEN),
                ("referred someone", Signal.REFERRAL_GIVEN),
                ("asked for referral", Signal.REFERRAL_ASKED),
                ("asked for a referral", Signal.REFERRAL_ASKED),
                ("testimonial", Signal.TESTIMONIAL_GIVEN),
                ("asked for testimonial", Signal.TESTIMONIAL_ASKED),
                ("asked for a testimonial", Signal.TESTIMONIAL_ASKED),
            ),
        ),
        Column(
            "Resolved on",
            "resolved_on",
            CellKind.DATE,
            "The day a complaint was put right.",
            "2026-03-20",
            folded=True,
        ),
        Column(
            "Urgent",
            "urgent",
            CellKind.YES_OR_NO,
            "yes, where it was a true emergency.",
            "no",
            folded=True,
        ),
        Column(
            "In scope",
            "in_scope",
            CellKind.YES_OR_NO,
            "no, where they do not pay for it.",
            "yes",
            folded=True,
        ),
        Column(
            "Project",
            "project",
            CellKind.TEXT,
            "The project that it was for.",
            "Kitchen",
        ),
    ),
    more=(
        Column("End", "end", CellKind.TIME, "When it ended.", "11:15"),
        Column("Status", "status", CellKind.TEXT, "Whether it happened.", "Attended"),
        *_WHOSE,
        _NAMED_IN,
        _EVENT,
        *(
            Column(name, "minutes", CellKind.MINUTES, f"How long it took, in {unit}.", "1.5")
            for name, unit in UNITS.items()
        ),
        *_ORIGIN,
    ),
)

SALES = Sheet(
    "Sales",
    "one sale, invoice or refund (negative)",
    (
        _date("The day of the sale or invoice.", month_is_enough=True),
        _client("The client.", _BY_KEY),
        Column(
            "Amount",
            "amount",
            CellKind.MONEY,
            "What they pay, all with tax or all without. A refund has a minus.",
            "480.00",
            required=True,
            instead=(("net",), ("line_total",), ("unit_price", "quantity")),
        ),
        Column(
            "Service",
            "service",
            CellKind.TEXT,
            "What was bought.",
            "Concept design",
        ),
        Column(
            "Project",
            "project",
            CellKind.TEXT,
            "The project that it is part of: its invoices are one purchase.",
            "Kitchen",
        ),
        Column(
            "Direct cost",
            "direct_cost",
            CellKind.MONEY,
            "What you paid for goods, materials and postage of this sale.",
            "120.00",
            folded=True,
        ),
        Column(
            "From",
            "starts",
            CellKind.DATE,
            "The first day of the work, or of the time, that it pays for.",
            "2026-03-01",
        ),
        Column(
            "To",
            "ends",
            CellKind.DATE,
            "The last day of it.",
            "2026-03-31",
        ),
        Column(
            "Invoice",
            "invoice",
            CellKind.TEXT,
            "Its number.",
            "2026-014",
        ),
        Column(
            "Due on",
            "due_on",
            CellKind.DATE,
            "The day by which it is to be paid.",
            "2026-04-13",
        ),
        Column(
            "Paid on",
            "paid_on",
            CellKind.DATE,
            "The day it was paid; leave it blank until then.",
            "2026-04-09",
        ),
    ),
    more=(
        Column("Net amount", "net", CellKind.MONEY, "Without tax.", "400.00"),
        Column("Line total", "line_total", CellKind.MONEY, "What one line comes to.", "120.00"),
        Column("Unit price", "unit_price", CellKind.MONEY, "What one piece costs.", "12.00"),
        Column("Quantity", "quantity", CellKind.NUMBER, "How many.", "10"),
        Column("Discount", "discount", CellKind.MONEY, "Taken off.", "5.00"),
        Column("Refunded amount", "refunded", CellKind.MONEY, "What went back.", "40.00"),
        Column("Status", "status", CellKind.TEXT, "Whether it happened.", "Paid"),
        Column("Type", "type", CellKind.TEXT, "What kind of row it is.", "Invoice"),
        Column("Order number", "order", CellKind.TEXT, "Of the order it belongs to.", "10248"),
        Column("Currency", "currency", CellKind.TEXT, "Of the amount.", "GBP"),
        Column("Paid", "paid", CellKind.TEXT, "Whether, when or how much was paid.", "yes"),
        *_WHOSE,
        *_ORIGIN,
    ),
)

FEEDBACK = Sheet(
    "Feedback",
    "one answer, review or testimonial",
    (
        _date("The day you received it."),
        _client("The client.", _BY_KEY),
        Column(
            "Kind",
            "kind",
            CellKind.CHOICE,
            "survey: an answer to a question of yours. testimonial or review: praise in their words. "
            "referral: they sent somebody.",
            "survey",
            choices=tuple(FeedbackKind),
        ),
        Column(
            "Score",
            "score",
            CellKind.NUMBER,
            "The points they gave.",
            "9",
        ),
        Column(
            "Out of",
            "out_of",
            CellKind.NUMBER,
            "The most points they could have given.",
            "10",
        ),
        Column(
            "Text",
            "text",
            CellKind.TEXT,
            "What they wrote or said.",
            "A joy",
        ),
        Column(
            "May publish",
            "may_publish",
            CellKind.YES_OR_NO,
            "Whether they allowed you to show it.",
            "yes",
        ),
    ),
    more=(*_WHOSE, *_ORIGIN),
)


def _rated(name: str, field: str, lowest: int, about: str) -> Column:
    return Column(
        name,
        field,
        CellKind.NUMBER,
        about,
        "8",
        bounds=(lowest, 10),
    )


RATINGS = Sheet(
    "Ratings",
    "the owner's or client's own judgement",
    (
        _date("The day of the judgement."),
        _client("The client."),
        _rated("Care", "care", 1, "How well looked after they feel, from 1 to 10."),
        _rated(
            "Accountability",
            "accountability",
            1,
            "How far you own what you do, from 1 to 10.",
        ),
        _rated(
            "Communication", "communication", 0, "How well you understand each other, from 0 to 10."
        ),
    ),
    more=_ORIGIN,
)

ACTIVITIES = Sheet(
    "Activities",
    "an activity's meaning, overriding the built-in catalogue",
    (
        Column(
            "Activity",
            "name",
            CellKind.TEXT,
            "The word that you use on the sheet Touchpoints.",
            "Studio visit",
            required=True,
        ),
        Column(
            "Kind",
            "kind",
            CellKind.CHOICE,
            "What it is to the client: one of the eleven kinds of touchpoint in the list.",
            "relationship building",
            choices=tuple(Kind),
        ),
        Column(
            "Value",
            "value",
            CellKind.CHOICE,
            "high: worth your own time. low: paperwork and scheduling.",
            "high",
            choices=tuple(ActivityValue),
        ),
        Column(
            "Connects",
            "connects",
            CellKind.YES_OR_NO,
            "yes, where the client hears or sees you; no, where you work out of sight.",
            "yes",
        ),
        Column(
            "Usual minutes",
            "usual_minutes",
            CellKind.MINUTES,
            "How long it usually takes; counts where Minutes is blank.",
            "20",
        ),
        Column(
            "Letter", "letter", CellKind.TEXT, "Which of our letters does it for you.", "thank-you"
        ),
    ),
    more=_ORIGIN,
)

READ_ME = "Read me"
"""The sheet of the starter workbook that explains the others; it is not read."""

FINE_TUNING = "Fine tuning"
"""The sheet of the starter workbook with the settings that most owners leave alone: more of Business."""

SHEETS: tuple[Sheet, ...] = (
    BUSINESS,
    CLIENTS,
    TOUCHPOINTS,
    SALES,
    FEEDBACK,
    RATINGS,
    ACTIVITIES,
)
