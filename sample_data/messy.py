"""A workbook as an owner would really leave it, and every fault in it by its address.

Each cell below is written down where it is seen to be wrong, so that the list of faults is made by
hand and not by the reader that it tests.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import xlsxwriter

_CREATED = datetime(2026, 10, 31, 18, 0)  # noqa: DTZ001  a workbook's properties have no time zone


@dataclass(frozen=True, slots=True)
class _Formula:
    """A formula with the value that the spreadsheet program saved beside it."""

    text: str
    saved: str | int | float


_UNSAVED = ""  # the writer leaves the saved value empty, as scripts do that never calculate
_NBSP = "\u00a0"

Cell = str | int | float | date | time | _Formula | None

_SETTINGS: tuple[tuple[Cell, ...], ...] = (
    ("About my business",),
    (),
    ("Business name", "Fernhill Garden Design"),
    ("Owner", "Bryony Ashe 🌿"),
    ("Currency", "£"),
    ("Business model", "projects"),
    ("Hourly rat", 42),
    ("Opens", "half nine"),
    ("Closes", "17:00"),
    ("Red line (days)", "a month or so"),
    ("Working days", "Mon to Thu"),
    ("Country", "GB"),
)

_CUSTOMERS: tuple[tuple[Cell, ...], ...] = (
    ("Fernhill – my people",),
    (),
    (
        "Customer",
        "Contact person",
        "Email address",
        "Tel",
        "Sector",
        "How they found me",
        "Since",
        "Left on",
        "Birthday",
        "Favourite biscuit",
        "Max silence",
        "Remarks",
    ),
    ("Acme Ltd", "Jo Crane", "jo@example.com", "020 7946 0011", "Office", "Website", "13/01/2026"),
    (
        f"  Bramble{_NBSP}Café{_NBSP} ",
        "Zoë Lowe",
        "zoe@example.com",
        2079460123,
        "Café",
        "Instagram",
    ),
    ("None", "Ed None", "ed@example.org", "07700 900 321", "Home", None, date(2025, 11, 3)),
    ("Müller & Søn 🌷", "Anke Müller", None, "07700 900456", "Shop", "Fair", "31/02/2026"),
    ("ACME  LTD", "Jo Crane", "jo.crane@example.com"),
    (),
    ("Thornbury Hall", "Lady T.", "hall@example.com", None, "Home", "Friend", "2 March 2026"),
    (
        "Old Dairy Flats",
        "Sam Pike",
        "flats@example.org",
        None,
        "Office",
        "Website",
        date(2025, 9, 1),
        date(2025, 3, 1),
        "soon",
        "Garibaldi",
        "often",
        "Rings at lunch",
    ),
    (
        "Priory Nursery",
        "Nia Rees",
        None,
        "020 7946 0777",
        "School",
        None,
        "14 Feb 26",
        None,
        "29 February",
        "Shortbread",
        30,
    ),
)

_LOG: tuple[tuple[Cell, ...], ...] = (
    ("CONTACT LOG 2026 – please keep up to date!!",),
    (),
    (
        "When",
        "Who",
        "What",
        "Via",
        "In/out",
        "Time",
        "Duration",
        "Subject",
        "I promised",
        "By when",
        "Done",
        "Urgent",
        "Colour",
    ),
    ("13/04/2026", "Acme Ltd", "Call", "Phone", "out", "10:30", "1h 30m", "Courtyard plan"),
    ("04/28/2026", "Acme Ltd", "Email", "Email", "incoming", "9.15", 10, "Asks about slate"),
    ("03/04/2026", "Acme Ltd", "Call", "Phone", "out", "11:00", 15, "Which month is this?"),
    ("2026-05-06", "Acme Ldt", "Call", "Phone", "out", "14:00", "1:30", "Planting list"),
    ("7.5.26", "Bramble Café", "Site visit", "In person", "both", "8am", "half an hour"),
    ("14 May 2026", "Bramble Café", "Snail mail", "Post", "out", None, 20, "Sent a drawing"),
    (
        date(2026, 5, 18),
        "None",
        "Meeting",
        "In person",
        "both",
        time(15),
        time(0, 45),
        "First talk",
    ),
    (),
    ("31/06/2026", "None", "Email", "Email", "out", None, 5, "Quote"),
    ("June 2nd, 2026", "Müller & Søn 🌷", "Call", "Phone", "sideways", None, 25, "Window boxes"),
    (
        date(2026, 6, 9),
        "thornbury  hall ",
        "Whatsapp",
        "WhatsApp",
        "in",
        time(21, 40),
        5,
        "Deer again 🦌",
        None,
        None,
        None,
        "maybe",
        "green",
    ),
    (
        date(2026, 6, 11),
        "Thornbury Hall",
        "Call",
        "Phone",
        "out",
        "25:10",
        _Formula("=15+5", 20),
        "Fence",
        "Ask the fencer",
        "19/06/2026",
        "yes",
        "no",
    ),
    (date(2026, 6, 15), None, "Call", "Phone", "out", None, 10, "Who was this?"),
    ("soon", "Priory Nursery", "Visit", "In person", "both", None, 60, "Raised beds"),
    (
        date(2026, 6, 22),
        "Priory Nursery",
        "Project work",
        None,
        None,
        None,
        _Formula("=H99*2", "#REF!"),
        "Planting plan",
    ),
    (
        date(2026, 6, 24),
        "Old Dairy Flats",
        "Call",
        "Phone",
        "in",
        None,
        _Formula("=VLOOKUP(B20,Prices,2)", "#N/A"),
        "Bin store",
    ),
    (
        date(2026, 7, 1),
        "Jo Crane",
        "Coffee",
        "In person",
        "both",
        "10.30 am",
        _Formula("=60*0.75", _UNSAVED),
        "Catch-up",
        "Send photos",
        date(2026, 7, 3),
        date(2026, 7, 3),
        "n",
    ),
    (date(2026, 7, 7), "Bramble Café", "Follow up", "Phone", "out", None, -20, "All well"),
    (date(2206, 7, 9), "Bramble Café", "Email", "Email", "in", None, "0:10", "Thanks"),
    (
        date(2026, 11, 12),
        "Thornbury Hall",
        "Meeting",
        "In person",
        "both",
        "10:00",
        None,
        "Planned",
    ),
)

_INVOICES: tuple[tuple[Cell, ...], ...] = (
    ("Date", "Bill to", "Total", "Item", "COGS", "From", "To", "Invoice no", "Due date", "Paid"),
    (date(2026, 4, 20), "Acme Ltd", "£1,200", "Yard", "£310", date(2026, 4, 20), date(2026, 6, 30), 1),
    (date(2026, 5, 4), "Acme Ltd", "(45.00)", "Refund: pots", None, None, None, 2),
    (date(2026, 5, 11), "Bramble Café", "£2,150.00", "Terrace", "1.200,50 €", None, None, 3),
    (date(2026, 5, 20), "None", "abc", "Border", None, None, None, 4),
    (date(2026, 6, 1), "Müller & Søn 🌷", 480, "Boxes", "-", date(2026, 6, 30), date(2026, 6, 1), 5),
    (date(2026, 6, 12), "Thornbury Hall", " £ 2 350.00 ", "Long border", 900, None, None, "2026-06"),
    (date(2026, 6, 30), "Priory Nursery", 650, "Raised beds", None, date(2026, 6, 22), None, 7),
    (date(2026, 7, 2), "Old Dairy Flats", "$300", "Bin store", None, None, None, 8, "16/07/2026", "paid"),
    (date(2026, 7, 9), "Bramble Café", "€45", "Herbs", None, None, None, 9),
    (),
    (None, "TOTAL", _Formula("=SUM(C2:C10)", 3480), None, None, None, None, None),
)  # fmt: skip

_SHOPPING: tuple[tuple[Cell, ...], ...] = (
    ("compost", 12),
    ("twine", 3),
    ("slug pellets (no!)",),
    ("biscuits", "lots"),
)

_REVIEWS: tuple[tuple[Cell, ...], ...] = (
    ("Date", "Customer", "Type", "Stars", "Max", "Comment", "Publish"),
    (date(2026, 6, 18), "Acme Ltd", "review", 5, 5, "Our courtyard is alive.", "Y"),
    (date(2026, 6, 25), "Thornbury Hall", "review", 6, 5, "Six stars!", "yes"),
    (date(2026, 7, 8), "None", "gossip", 4, 5, "Heard it over the fence", "ask them"),
    (date(2026, 7, 10), "Priory Nursery", "survey", "lots", 10),
)

_SHEETS: tuple[tuple[str, Sequence[Sequence[Cell]]], ...] = (
    ("Shopping", _SHOPPING),
    ("My business", _SETTINGS),
    ("Customers", _CUSTOMERS),
    ("Contact log", _LOG),
    ("Invoices", _INVOICES),
    ("Reviews", _REVIEWS),
)
_HIDDEN = "Reviews"

MESSY_FAULTS: Mapping[str, str] = {
    "'My business'!A7": "“Hourly rat” is no setting; Hourly rate is meant",
    "'My business'!B8": "“half nine” is no time",
    "'My business'!B10": "“a month or so” is no number of days",
    "Customers!G7": "31 February does not exist",
    "Customers!A8": "Acme Ltd is there twice",
    "Customers!H11": "ended before it began",
    "Customers!I11": "“soon” is no birthday",
    "Customers!K11": "“often” is no number of days",
    "'Contact log'!A6": "3 April or 4 March: the column has both orders",
    "'Contact log'!B7": "Acme Ldt is not on Customers; Acme Ltd is meant",
    "'Contact log'!G8": "“half an hour” is no length of time",
    "'Contact log'!C9": "“Snail mail” is no known activity",
    "'Contact log'!A12": "31 June does not exist",
    "'Contact log'!E13": "“sideways” is no direction",
    "'Contact log'!L14": "“maybe” is neither yes nor no",
    "'Contact log'!F15": "25:10 is no time of day",
    "'Contact log'!K15": "“yes” is no day",
    "'Contact log'!B16": "no client",
    "'Contact log'!A17": "“soon” is no day",
    "'Contact log'!G18": "the formula shows #REF!",
    "'Contact log'!G19": "the formula shows #N/A",
    "'Contact log'!G20": "the formula has no saved value",
    "'Contact log'!G21": "minutes below nothing",
    "'Contact log'!A22": "the year 2206",
    "Invoices!E4": "euros in a book of pounds",
    "Invoices!C5": "“abc” is no amount",
    "Invoices!G6": "To is before From",
    "Invoices!F8": "From without To",
    "Invoices!C9": "dollars in a book of pounds",
    "Invoices!C10": "euros in a book of pounds",
    "Invoices!B12": "a row of totals",
    "Reviews!A1": "the sheet is hidden; it is read",
    "Reviews!D3": "six out of five",
    "Reviews!C4": "“gossip” is no kind of feedback",
    "Reviews!G4": "“ask them” is neither yes nor no",
    "Reviews!D5": "“lots” is no number",
}
"""Address → what is wrong there: all of it, and nothing else."""


def workbook() -> bytes:
    """The .xlsx file, byte-identical each time."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "Fernhill 2026 FINAL (2)", "created": _CREATED})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    clock = book.add_format({"num_format": "hh:mm"})
    for name, rows in _SHEETS:
        page = book.add_worksheet(name)
        page.set_column(0, 1, 22)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, place, cell)
                elif isinstance(cell, date):
                    page.write_datetime(number, place, datetime.combine(cell, time()), day)
                elif isinstance(cell, time):
                    page.write_datetime(number, place, cell, clock)
                elif isinstance(cell, _Formula):
                    page.write_formula(number, place, cell.text, None, cell.saved)
                elif cell is not None:
                    page.write_number(number, place, cell)
        if name == _HIDDEN:
            page.hide()
    book.close()
    return target.getvalue()
