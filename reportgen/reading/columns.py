"""The sheets and columns of the workbook, declared once.

Reading, the starter workbook and the redaction of editions all go by this table: a new column is one
entry in it, one field in the model and one line in ``editions/policy.py``. Synonyms are ordered: of two
headers that could be the same column the column's own name wins, then the earlier synonym.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model import ActivityValue, BusinessModel, Direction, FeedbackKind, Kind, Signal
from reportgen.settings.kinds import CellKind


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
    synonyms: tuple[str, ...] = ()
    """Other headers that it may have, the likeliest first."""
    choices: tuple[str, ...] = ()
    """The words that it may hold."""
    choice_synonyms: tuple[tuple[str, str], ...] = ()
    """(an owner's word, the choice that it means)."""
    bounds: tuple[int, int] | None = None
    """Both inclusive, for days and numbers."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what a row of it is, and its columns in the order of the starter workbook."""

    name: str
    a_row_is: str
    columns: tuple[Column, ...]
    synonyms: tuple[str, ...] = ()
    """Other names that it may have, the likeliest first."""

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns that every row needs."""
        return tuple(column for column in self.columns if column.required)


def _date(synonyms: tuple[str, ...], about: str) -> Column:
    return Column(
        "Date",
        "date",
        CellKind.DATE,
        about,
        "2026-03-14",
        required=True,
        synonyms=("Day", "On", *synonyms),
    )


def _client(about: str, *more: str) -> Column:
    return Column(
        "Client",
        "client",
        CellKind.CLIENT,
        about,
        "Harbour & Finch",
        required=True,
        synonyms=(
            "Client name",
            "Customer",
            "Customer name",
            "Company",
            "Company name",
            "Account",
            "Account name",
            "Organisation",
            "Organization",
            "Business",
            "Who",
            *more,
        ),
    )


_MODEL = Column(
    "Business model",
    "business_model",
    CellKind.CHOICE,
    "Where this client differs from your business: one of the four models of article 000.",
    "service",
    synonyms=("Model",),
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
            synonyms=("Name", "Key", "Item", "Field"),
        ),
        Column(
            "Value",
            "value",
            CellKind.TEXT,
            "What it is for you.",
            "Studio Nine",
            required=True,
            synonyms=("Setting value", "Content", "Answer"),
        ),
    ),
    synonyms=("Settings", "Business settings", "About", "My business", "Setup"),
)

CLIENTS = Sheet(
    "Clients",
    "one client",
    (
        _client("The name you use everywhere else; each client once.", "Name", "Full name"),
        Column(
            "Contact",
            "contact",
            CellKind.TEXT,
            "The person you deal with.",
            "Jo Finch",
            synonyms=("Contact name", "Contact person", "Primary contact", "Person"),
        ),
        Column(
            "E-mail",
            "email",
            CellKind.TEXT,
            "Used only in your own edition.",
            "jo@example.com",
            synonyms=("Mail", "Email address", "E-mail address"),
        ),
        Column(
            "Phone",
            "phone",
            CellKind.TEXT,
            "Used only in your own edition.",
            "+44 20 7946 0000",
            synonyms=("Telephone", "Phone number", "Mobile", "Tel", "Mobile phone"),
        ),
        Column(
            "Segment",
            "segment",
            CellKind.TEXT,
            "A group that you compare.",
            "Hospitality",
            synonyms=("Industry", "Type", "Category", "Group", "Sector"),
        ),
        Column(
            "Source",
            "source",
            CellKind.TEXT,
            "How they found you.",
            "Website",
            synonyms=("Lead source", "Channel", "How they found me", "Origin", "Found us by"),
        ),
        Column(
            "Referred by",
            "referred_by",
            CellKind.TEXT,
            "Who sent them.",
            "Maple Dental",
            synonyms=("Referrer", "Referral from", "Recommended by"),
        ),
        _MODEL,
        Column(
            "Client since",
            "since",
            CellKind.DATE,
            "When the relationship began, if before the first row.",
            "2025-01-20",
            synonyms=(
                "Since",
                "Start date",
                "Created",
                "Create date",
                "Customer since",
                "Date added",
            ),
        ),
        Column(
            "Ended on",
            "ended_on",
            CellKind.DATE,
            "When you or they ended it.",
            "2026-06-30",
            synonyms=("Ended", "End date", "Left on", "Closed on", "Ended date"),
        ),
        Column(
            "Red line (days)",
            "red_line_days",
            CellKind.DAYS,
            "The longest silence this client accepts.",
            "45",
            synonyms=("Red line", "Max silence", "Longest silence"),
            bounds=(1, 3660),
        ),
        Column(
            "Contact every (days)",
            "contact_every_days",
            CellKind.DAYS,
            "How often you would like to be in touch.",
            "21",
            synonyms=("Contact every", "Contact frequency", "Touch every", "Frequency (days)"),
            bounds=(1, 3660),
        ),
        Column(
            "Preferred channel",
            "preferred_channel",
            CellKind.TEXT,
            "How they like to hear from you.",
            "Email",
            synonyms=("Prefers", "Best way to reach"),
        ),
        Column(
            "Potential per year",
            "potential_per_year",
            CellKind.MONEY,
            "What they might spend in a year on what you offer.",
            "6000",
            synonyms=("Potential", "Yearly potential", "Annual potential"),
        ),
        Column(
            "Birthday",
            "birthday",
            CellKind.BIRTHDAY,
            "Day and month are enough.",
            "14 March",
            synonyms=("Birth date", "Date of birth", "DOB"),
        ),
        Column(
            "Notes",
            "notes",
            CellKind.TEXT,
            "For you alone.",
            "Prefers mornings",
            synonyms=("Note", "Comments", "Comment", "Remarks"),
        ),
    ),
    synonyms=(
        "Client",
        "Customers",
        "Customer",
        "Contacts",
        "Accounts",
        "Companies",
        "Client list",
    ),
)

TOUCHPOINTS = Sheet(
    "Touchpoints",
    "one contact with a client, or one piece of work for them",
    (
        _date(("When", "Activity date", "Contact date"), "The day it happened, or is planned for."),
        _client("The client, or the contact person of one client.", "Name", "With", "Contact"),
        Column(
            "Activity",
            "activity",
            CellKind.ACTIVITY,
            "What it was; the Activities sheet lists what each means.",
            "Call",
            synonyms=("Activity type", "Type", "What", "Task", "Touchpoint", "Kind", "Action"),
        ),
        Column(
            "Channel",
            "channel",
            CellKind.TEXT,
            "Email, phone, in person, WhatsApp …",
            "Phone",
            synonyms=("Via", "Medium", "How"),
        ),
        Column(
            "Direction",
            "direction",
            CellKind.CHOICE,
            "in: they came to you; out: you to them; both.",
            "out",
            synonyms=("In/out", "In or out", "Call direction", "Inbound/outbound"),
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
            "When it began; with it the report can see your evenings.",
            "10:30",
            synonyms=("Start time", "Time", "At", "Began", "Started"),
        ),
        Column(
            "Minutes",
            "minutes",
            CellKind.MINUTES,
            "How long it took you: 90, 1:30, 1h 30m or 1.5 h.",
            "25",
            synonyms=("Duration", "Time spent", "Mins", "Min", "Length", "Duration (min)", "Hours"),
        ),
        Column(
            "Cost",
            "cost",
            CellKind.MONEY,
            "What it cost you beside your time.",
            "4.20",
            synonyms=("Costs", "Expense", "Expenses", "Spend"),
        ),
        Column(
            "Topic",
            "topic",
            CellKind.TEXT,
            "What it was about.",
            "Kitchen samples",
            synonyms=("Subject", "Notes", "About", "Description", "Note", "Title", "Comments"),
        ),
        Column(
            "Promise",
            "promise",
            CellKind.TEXT,
            "What you promised.",
            "Send the quote",
            synonyms=("Promised", "Follow up", "Next step", "To do", "I promised"),
        ),
        Column(
            "Promised for",
            "promised_for",
            CellKind.DATE,
            "By when.",
            "2026-03-18",
            synonyms=("Promise date", "Due", "Due date", "By when", "Due on"),
        ),
        Column(
            "Done on",
            "done_on",
            CellKind.DATE,
            "When you did it.",
            "2026-03-17",
            synonyms=("Done", "Completed", "Completed on", "Kept on", "Done date"),
        ),
        Column(
            "Signal",
            "signal",
            CellKind.SIGNAL,
            "advice asked, complaint, compliment, referral given …",
            "advice asked",
            synonyms=("Signals", "Sign"),
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
            "When a complaint was put right.",
            "2026-03-20",
            synonyms=("Resolved", "Solved on", "Put right on"),
        ),
        Column(
            "Urgent",
            "urgent",
            CellKind.YES_OR_NO,
            "A true emergency.",
            "no",
            synonyms=("Emergency",),
        ),
        Column(
            "In scope",
            "in_scope",
            CellKind.YES_OR_NO,
            "no: outside what they pay for.",
            "yes",
            synonyms=("Within scope", "Included", "Scope"),
        ),
    ),
    synonyms=(
        "Touchpoint",
        "Touch points",
        "Contact log",
        "Activity log",
        "Interactions",
        "Log",
        "Diary",
        "Timesheet",
        "Time log",
        "Calls",
        "Meetings",
    ),
)

SALES = Sheet(
    "Sales",
    "one sale, invoice or refund (negative)",
    (
        _date(("Sale date", "Invoice date", "Order date"), "The day of the sale or invoice."),
        _client("The client.", "Name", "Bill to", "Buyer", "Contact"),
        Column(
            "Amount",
            "amount",
            CellKind.MONEY,
            "In your currency, without tax as you prefer; negative for a refund.",
            "480.00",
            required=True,
            synonyms=(
                "Total",
                "Net",
                "Price",
                "Sum",
                "Value",
                "Amount paid",
                "Order total",
                "Revenue",
            ),
        ),
        Column(
            "Service",
            "service",
            CellKind.TEXT,
            "What was bought.",
            "Concept design",
            synonyms=("Product", "Item", "Description", "What", "Product name", "Service/product"),
        ),
        Column(
            "Direct cost",
            "direct_cost",
            CellKind.MONEY,
            "Goods, materials, postage of this sale.",
            "120.00",
            synonyms=("Direct costs", "Cost", "Cost of goods", "COGS", "Materials"),
        ),
        Column(
            "From",
            "starts",
            CellKind.DATE,
            "First day of the work or period it pays for.",
            "2026-03-01",
            synonyms=("Period from", "Starts", "Service from", "Work from", "Start date"),
        ),
        Column(
            "To",
            "ends",
            CellKind.DATE,
            "Last day of it.",
            "2026-03-31",
            synonyms=("Period to", "Ends", "Service to", "Work to", "Until", "End date"),
        ),
        Column(
            "Invoice",
            "invoice",
            CellKind.TEXT,
            "Its number.",
            "2026-014",
            synonyms=("Invoice number", "Invoice no", "Number", "No", "Reference", "Invoice #"),
        ),
        Column(
            "Due on",
            "due_on",
            CellKind.DATE,
            "When it is to be paid.",
            "2026-04-13",
            synonyms=("Due", "Due date"),
        ),
        Column(
            "Paid on",
            "paid_on",
            CellKind.DATE,
            "When it was paid.",
            "2026-04-09",
            synonyms=("Paid", "Payment date", "Paid date"),
        ),
    ),
    synonyms=("Sale", "Invoices", "Orders", "Purchases", "Income", "Revenue", "Payments"),
)

FEEDBACK = Sheet(
    "Feedback",
    "one answer, review or testimonial",
    (
        _date(("When",), "The day you received it."),
        _client("The client.", "Name", "From"),
        Column(
            "Kind",
            "kind",
            CellKind.CHOICE,
            "survey, testimonial, review or referral.",
            "survey",
            synonyms=("Type",),
            choices=tuple(FeedbackKind),
        ),
        Column(
            "Score",
            "score",
            CellKind.NUMBER,
            "What they gave.",
            "9",
            synonyms=("Rating", "Stars", "Points"),
        ),
        Column(
            "Out of",
            "out_of",
            CellKind.NUMBER,
            "The best possible.",
            "10",
            synonyms=("Of", "Max", "Maximum"),
        ),
        Column(
            "Text",
            "text",
            CellKind.TEXT,
            "In their words.",
            "A joy",
            synonyms=("Comment", "Words", "Quote"),
        ),
        Column(
            "May publish",
            "may_publish",
            CellKind.YES_OR_NO,
            "Whether they allowed you to show it.",
            "yes",
            synonyms=("Publish", "Public", "Can publish"),
        ),
    ),
    synonyms=("Reviews", "Surveys", "Testimonials"),
)


def _rated(name: str, field: str, lowest: int, about: str) -> Column:
    return Column(
        name,
        field,
        CellKind.NUMBER,
        about,
        "8",
        synonyms=(f"{name} ({lowest}-10)", f"{name} ({lowest}–10)"),
        bounds=(lowest, 10),
    )


RATINGS = Sheet(
    "Ratings",
    "the owner's or client's own judgement",
    (
        _date(("When",), "The day of the judgement."),
        _client("The client.", "Name"),
        _rated("Care", "care", 1, "How looked after they feel, 1–10 (001)."),
        _rated("Accountability", "accountability", 1, "How far you own what happens, 1–10 (001)."),
        _rated(
            "Communication", "communication", 0, "How well you understand each other, 0–10 (001)."
        ),
    ),
    synonyms=("Rating", "Judgements", "Trust"),
)

ACTIVITIES = Sheet(
    "Activities",
    "an activity's meaning, overriding the built-in catalogue",
    (
        Column(
            "Activity",
            "name",
            CellKind.TEXT,
            "The word you use on Touchpoints.",
            "Studio visit",
            required=True,
            synonyms=("Name", "Activity type", "Type"),
        ),
        Column(
            "Kind",
            "kind",
            CellKind.CHOICE,
            "Which of the eleven touch points of article 002 it is.",
            "relationship building",
            synonyms=("Touch point", "Category"),
            choices=tuple(Kind),
        ),
        Column(
            "Value",
            "value",
            CellKind.CHOICE,
            "high: worth your personal attention; low: administration.",
            "high",
            choices=tuple(ActivityValue),
        ),
        Column(
            "Connects",
            "connects",
            CellKind.YES_OR_NO,
            "Does the client feel it?",
            "yes",
            synonyms=("Connects?", "Contact", "Felt by client"),
        ),
        Column(
            "Usual minutes",
            "usual_minutes",
            CellKind.MINUTES,
            "Taken where a touchpoint has none.",
            "20",
            synonyms=("Minutes", "Typical minutes", "Default minutes"),
        ),
        Column("Letter", "letter", CellKind.TEXT, "The letter that standardises it.", "thank-you"),
    ),
    synonyms=("Activity", "Activity catalogue", "Activity types"),
)

READ_ME = "Read me"
"""The sheet of the starter workbook that explains the others; it is not read."""

SHEETS: tuple[Sheet, ...] = (
    BUSINESS,
    CLIENTS,
    TOUCHPOINTS,
    SALES,
    FEEDBACK,
    RATINGS,
    ACTIVITIES,
)
