"""What the starter workbook says: its instructions, its example rows, and the settings that come first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from reportgen.reading.columns import CLIENTS, FEEDBACK, RATINGS, SALES, TOUCHPOINTS, Sheet

Value = str | int | date | time | None

_CLIENT = "Example: Harbour & Finch"
_MARK = "An example: type over this row, or delete it."

EXAMPLES: tuple[tuple[Sheet, Mapping[str, Value]], ...] = (
    (
        CLIENTS,
        {
            "client": _CLIENT,
            "contact": "Jo Finch",
            "email": "jo@example.com",
            "phone": "020 7946 0000",
            "source": "Website",
            "since": date(2026, 1, 20),
            "preferred_channel": "Email",
            "birthday": "14 March",
            "notes": _MARK,
        },
    ),
    (
        TOUCHPOINTS,
        {
            "date": date(2026, 3, 14),
            "client": _CLIENT,
            "activity": "Call",
            "channel": "Phone",
            "direction": "out",
            "start": time(10, 30),
            "minutes": 25,
            "topic": _MARK,
            "promise": "Send the quote",
            "promised_for": date(2026, 3, 18),
            "done_on": date(2026, 3, 17),
        },
    ),
    (
        SALES,
        {
            "date": date(2026, 3, 30),
            "client": _CLIENT,
            "amount": 480,
            "service": _MARK,
            "starts": date(2026, 4, 1),
            "ends": date(2026, 4, 30),
            "invoice": "2026-014",
            "due_on": date(2026, 4, 13),
            "paid_on": date(2026, 4, 9),
        },
    ),
    (
        FEEDBACK,
        {
            "date": date(2026, 5, 6),
            "client": _CLIENT,
            "kind": "survey",
            "score": 9,
            "out_of": 10,
            "text": _MARK,
            "may_publish": "no",
        },
    ),
    (
        RATINGS,
        {
            "date": date(2026, 5, 6),
            "client": _CLIENT,
            "care": 8,
            "accountability": 9,
            "communication": 7,
        },
    ),
)
"""Nothing stands in a column that is folded away: it would stay when the owner types over the row."""

GREETING = "Your client relationships, in one workbook"
ON_EXAMPLES = (
    "Green rows in italics are examples. Type over them, or delete them: a row whose name "
    "begins with Example: never counts."
)
INSTRUCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Begin here",
        (
            "1.  Business: write your name, your currency and your kind of business. The rest can wait.",
            "2.  Clients: one row for each client. The name is all that is needed.",
            "3.  Touchpoints: one row each time you and a client are in contact, or you work for them.",
            "4.  Sales: one row for each sale or invoice. A refund is a sale with a minus.",
            "5.  Save, and run:  reportgen build clients.xlsx -o site",
        ),
    ),
    (
        "Good to know",
        (
            "A column with a star * has to be filled in. All others you may leave blank, or delete.",
            "Some columns are folded away: press the + above a sheet to see them.",
            "Rest the pointer on a heading to see what belongs below it.",
            ON_EXAMPLES,
            "Many cells have a list to choose from. A word of your own in Activity is welcome: "
            "add it at the foot of the Activities sheet.",
            "Feedback, Ratings and Activities are there for later. A blank sheet does no harm.",
            "What counts as late or loyal stands on a sheet that is hidden: right-click the name of a "
            "sheet below, choose Unhide (in LibreOffice: Show Sheet), then Fine tuning.",
            "A row with a date that is still to come is a plan. It never counts as done.",
            "reportgen only reads this file. It changes nothing in it and sends it nowhere.",
        ),
    ),
    (
        "Three minutes a day",
        (
            "Ten rows a week, written while you remember, say more than a hundred written in December.",
            "If you note one thing only, note what you promised, and for when.",
        ),
    ),
)

FIRST_SETTINGS = (
    "business_name",
    "owner",
    "currency",
    "business_model",
    "hourly_rate",
    "gross_margin",
    "working_days",
    "opens",
    "closes",
    "country",
    "preferred_channels",
    "red_line_days",
)
"""The settings that only the owner can know; the others have defaults that suit most."""

SECOND_SETTINGS = ("time_zone", "acquisition_spend_per_month", "wow_budget", "date_order")
"""Those that a few owners need; they head the sheet for fine tuning."""
