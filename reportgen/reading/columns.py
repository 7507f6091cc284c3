"""The sheets and columns of the workbook, declared once.

The reader, the starter workbook, the annotated copy and the documentation all come from here: a new
column is one line. Synonyms are ordered: where two headers of a sheet could be the same column, the
column's own name wins, then the earlier synonym.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportgen.model import BUSINESS_MODELS, KINDS, SIGNALS

ColumnKind = Literal[
    "client",
    "text",
    "date",
    "birthday",
    "time",
    "money",
    "minutes",
    "days",
    "number",
    "yes or no",
    "choice",
    "activity",
    "signal",
]
SheetName = Literal[
    "Business", "Clients", "Touchpoints", "Sales", "Feedback", "Ratings", "Activities"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the model's field it fills, and how its cells are read."""

    name: str
    field: str
    kind: ColumnKind
    help: str
    example: str
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    choice_synonyms: tuple[tuple[str, str], ...] = ()
    """(an owner's word, the choice it means)."""
    bounds: tuple[int, int] | None = None
    """Both inclusive, for days and numbers."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what a row of it is, and its columns in the order of the starter workbook."""

    name: SheetName
    a_row_is: str
    columns: tuple[Column, ...]
    synonyms: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which a row says nothing."""
        return tuple(column for column in self.columns if column.required)


def _date(synonyms: tuple[str, ...], about: str) -> Column:
    return Column(
        "Date",
        "date",
        "date",
        about,
        "2026-03-14",
        required=True,
        synonyms=("Day", "On", *synonyms),
    )


def _client(about: str, *more: str) -> Column:
    return Column(
        "Client",
        "client",
        "client",
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
    "choice",
    "Where this client differs from your business: one of the four models of article 000.",
    "service",
    synonyms=("Model",),
    choices=BUSINESS_MODELS,
    choice_synonyms=(
        ("project", "consultancy"),
        ("projects", "consultancy"),
        ("consulting", "consultancy"),
        ("services", "service"),
        ("retainer", "service"),
        ("shop", "product"),
        ("products", "product"),
        ("retail", "product"),
        ("box", "subscription"),
        ("subscriptions", "subscription"),
        ("membership", "subscription"),
    ),
)

BUSINESS = Sheet(
    "Business",
    "a setting and its value",
    (
        Column(
            "Setting",
            "setting",
            "text",
            "The name of a setting.",
            "Business name",
            required=True,
            synonyms=("Name", "Key", "Item", "Field"),
        ),
        Column(
            "Value",
            "value",
            "text",
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
            "text",
            "The person you deal with.",
            "Jo Finch",
            synonyms=("Contact name", "Contact person", "Primary contact", "Person"),
        ),
        Column(
            "E-mail",
            "email",
            "text",
            "Used only in your own edition.",
            "jo@example.com",
            synonyms=("Mail", "Email address", "E-mail address"),
        ),
        Column(
            "Phone",
            "phone",
            "text",
            "Used only in your own edition.",
            "+44 20 7946 0000",
            synonyms=("Telephone", "Phone number", "Mobile", "Tel", "Mobile phone"),
        ),
        Column(
            "Segment",
            "segment",
            "text",
            "A group that you compare.",
            "Hospitality",
            synonyms=("Industry", "Type", "Category", "Group", "Sector"),
        ),
        Column(
            "Source",
            "source",
            "text",
            "How they found you.",
            "Website",
            synonyms=("Lead source", "Channel", "How they found me", "Origin", "Found us by"),
        ),
        Column(
            "Referred by",
            "referred_by",
            "text",
            "Who sent them.",
            "Maple Dental",
            synonyms=("Referrer", "Referral from", "Recommended by"),
        ),
        _MODEL,
        Column(
            "Client since",
            "since",
            "date",
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
            "date",
            "When you or they ended it.",
            "2026-06-30",
            synonyms=("Ended", "End date", "Left on", "Closed on", "Ended date"),
        ),
        Column(
            "Red line (days)",
            "red_line_days",
            "days",
            "The longest silence this client accepts.",
            "45",
            synonyms=("Red line", "Max silence", "Longest silence"),
            bounds=(1, 3660),
        ),
        Column(
            "Contact every (days)",
            "contact_every_days",
            "days",
            "How often you would like to be in touch.",
            "21",
            synonyms=("Contact every", "Contact frequency", "Touch every", "Frequency (days)"),
            bounds=(1, 3660),
        ),
        Column(
            "Preferred channel",
            "preferred_channel",
            "text",
            "How they like to hear from you.",
            "Email",
            synonyms=("Prefers", "Best way to reach"),
        ),
        Column(
            "Potential per year",
            "potential_per_year",
            "money",
            "What they might spend in a year on what you offer.",
            "6000",
            synonyms=("Potential", "Yearly potential", "Annual potential"),
        ),
        Column(
            "Birthday",
            "birthday",
            "birthday",
            "Day and month are enough.",
            "14 March",
            synonyms=("Birth date", "Date of birth", "DOB"),
        ),
        Column(
            "Notes",
            "notes",
            "text",
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
            "activity",
            "What it was; the Activities sheet lists what each means.",
            "Call",
            synonyms=("Activity type", "Type", "What", "Task", "Touchpoint", "Kind", "Action"),
        ),
        Column(
            "Channel",
            "channel",
            "text",
            "Email, phone, in person, WhatsApp …",
            "Phone",
            synonyms=("Via", "Medium", "How"),
        ),
        Column(
            "Direction",
            "direction",
            "choice",
            "in: they came to you; out: you to them; both.",
            "out",
            synonyms=("In/out", "In or out", "Call direction", "Inbound/outbound"),
            choices=("in", "out", "both"),
            choice_synonyms=(
                ("incoming", "in"),
                ("inbound", "in"),
                ("received", "in"),
                ("from client", "in"),
                ("from them", "in"),
                ("outgoing", "out"),
                ("outbound", "out"),
                ("sent", "out"),
                ("to client", "out"),
                ("to them", "out"),
                ("two-way", "both"),
                ("two way", "both"),
                ("in and out", "both"),
                ("in/out", "both"),
                ("mutual", "both"),
            ),
        ),
        Column(
            "Start",
            "start",
            "time",
            "When it began; with it the report can see your evenings.",
            "10:30",
            synonyms=("Start time", "Time", "At", "Began", "Started"),
        ),
        Column(
            "Minutes",
            "minutes",
            "minutes",
            "How long it took you: 90, 1:30, 1h 30m or 1.5 h.",
            "25",
            synonyms=("Duration", "Time spent", "Mins", "Min", "Length", "Duration (min)", "Hours"),
        ),
        Column(
            "Cost",
            "cost",
            "money",
            "What it cost you beside your time.",
            "4.20",
            synonyms=("Costs", "Expense", "Expenses", "Spend"),
        ),
        Column(
            "Topic",
            "topic",
            "text",
            "What it was about.",
            "Kitchen samples",
            synonyms=("Subject", "Notes", "About", "Description", "Note", "Title", "Comments"),
        ),
        Column(
            "Promise",
            "promise",
            "text",
            "What you promised.",
            "Send the quote",
            synonyms=("Promised", "Follow up", "Next step", "To do", "I promised"),
        ),
        Column(
            "Promised for",
            "promised_for",
            "date",
            "By when.",
            "2026-03-18",
            synonyms=("Promise date", "Due", "Due date", "By when", "Due on"),
        ),
        Column(
            "Done on",
            "done_on",
            "date",
            "When you did it.",
            "2026-03-17",
            synonyms=("Done", "Completed", "Completed on", "Kept on", "Done date"),
        ),
        Column(
            "Signal",
            "signal",
            "signal",
            "advice asked, complaint, compliment, referral given …",
            "advice asked",
            synonyms=("Signals", "Sign"),
            choices=SIGNALS,
            choice_synonyms=(
                ("asked for advice", "advice asked"),
                ("advice", "advice asked"),
                ("asks advice", "advice asked"),
                ("complained", "complaint"),
                ("complains", "complaint"),
                ("praise", "compliment"),
                ("thanks", "compliment"),
                ("referral", "referral given"),
                ("referred someone", "referral given"),
                ("asked for referral", "referral asked"),
                ("asked for a referral", "referral asked"),
                ("testimonial", "testimonial given"),
                ("asked for testimonial", "testimonial asked"),
                ("asked for a testimonial", "testimonial asked"),
            ),
        ),
        Column(
            "Resolved on",
            "resolved_on",
            "date",
            "When a complaint was put right.",
            "2026-03-20",
            synonyms=("Resolved", "Solved on", "Put right on"),
        ),
        Column("Urgent", "urgent", "yes or no", "A true emergency.", "no", synonyms=("Emergency",)),
        Column(
            "In scope",
            "in_scope",
            "yes or no",
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
            "money",
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
            "text",
            "What was bought.",
            "Concept design",
            synonyms=("Product", "Item", "Description", "What", "Product name", "Service/product"),
        ),
        Column(
            "Direct cost",
            "direct_cost",
            "money",
            "Goods, materials, postage of this sale.",
            "120.00",
            synonyms=("Direct costs", "Cost", "Cost of goods", "COGS", "Materials"),
        ),
        Column(
            "From",
            "starts",
            "date",
            "First day of the work or period it pays for.",
            "2026-03-01",
            synonyms=("Period from", "Starts", "Service from", "Work from", "Start date"),
        ),
        Column(
            "To",
            "ends",
            "date",
            "Last day of it.",
            "2026-03-31",
            synonyms=("Period to", "Ends", "Service to", "Work to", "Until", "End date"),
        ),
        Column(
            "Invoice",
            "invoice",
            "text",
            "Its number.",
            "2026-014",
            synonyms=("Invoice number", "Invoice no", "Number", "No", "Reference", "Invoice #"),
        ),
        Column(
            "Due on",
            "due_on",
            "date",
            "When it is to be paid.",
            "2026-04-13",
            synonyms=("Due", "Due date"),
        ),
        Column(
            "Paid on",
            "paid_on",
            "date",
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
            "choice",
            "survey, testimonial, review or referral.",
            "survey",
            synonyms=("Type",),
            choices=("survey", "testimonial", "review", "referral"),
        ),
        Column(
            "Score",
            "score",
            "number",
            "What they gave.",
            "9",
            synonyms=("Rating", "Stars", "Points"),
        ),
        Column(
            "Out of",
            "out_of",
            "number",
            "The best possible.",
            "10",
            synonyms=("Of", "Max", "Maximum"),
        ),
        Column(
            "Text",
            "text",
            "text",
            "In their words.",
            "A joy",
            synonyms=("Comment", "Words", "Quote"),
        ),
        Column(
            "May publish",
            "may_publish",
            "yes or no",
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
        "number",
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
            "text",
            "The word you use on Touchpoints.",
            "Studio visit",
            required=True,
            synonyms=("Name", "Activity type", "Type"),
        ),
        Column(
            "Kind",
            "kind",
            "choice",
            "Which of the eleven touch points of article 002 it is.",
            "relationship building",
            synonyms=("Touch point", "Category"),
            choices=KINDS,
        ),
        Column(
            "Value",
            "value",
            "choice",
            "high: worth your personal attention; low: administration.",
            "high",
            choices=("high", "low"),
        ),
        Column(
            "Connects",
            "connects",
            "yes or no",
            "Does the client feel it?",
            "yes",
            synonyms=("Connects?", "Contact", "Felt by client"),
        ),
        Column(
            "Usual minutes",
            "usual_minutes",
            "minutes",
            "Taken where a touchpoint has none.",
            "20",
            synonyms=("Minutes", "Typical minutes", "Default minutes"),
        ),
        Column("Letter", "letter", "text", "The letter that standardises it.", "thank-you"),
    ),
    synonyms=("Activity", "Activity catalogue", "Activity types"),
)

READ_ME = "Read me"
"""The sheet of the starter workbook that explains the others; nothing is looked for on it."""

SHEETS: tuple[Sheet, ...] = (
    BUSINESS,
    CLIENTS,
    TOUCHPOINTS,
    SALES,
    FEEDBACK,
    RATINGS,
    ACTIVITIES,
)
