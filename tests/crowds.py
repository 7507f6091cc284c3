"""A workbook of as many clients as are asked for, in which everything that a page shows occurs."""

import random
from datetime import date, timedelta

from reportgen.model import Book, Source
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS
from reportgen.settings.settings import Settings

AS_OF = date(2026, 10, 31)
_BUSINESS = (
    ("Business name", "Well & Wide"),
    ("Owner", "Ivy Lane"),
    ("Business model", "consultancy"),
    ("Currency", "GBP"),
    ("Hourly rate", "60"),
)
_ACTIVITIES = ("Phone call", "E-mail", "Meeting", "Proposal", "Thank-you note", "Newsletter")
_CHANNELS = ("Email", "Phone", "Post", "Text")
_PROJECTS = ("Shed", "Garden", "Kitchen", "Loft")


def crowd(clients: int, contacts: int = 25, sales: int = 6) -> tuple[Book, Settings]:
    """So many clients with so many contacts and sales each; the same every time."""
    chance = random.Random(clients)
    names = [f"Client {number:04}" for number in range(clients)]
    grids = (
        Grid("Business", [["Setting", "Value"], *map(list, _BUSINESS)]),
        Grid("Clients", [list(_CLIENT), *(_client(name, chance) for name in names)]),
        Grid(
            "Touchpoints",
            [list(_CONTACT), *(_contact(name, chance) for name in names for _ in range(contacts))],
        ),
        Grid(
            "Sales", [list(_SALE), *(_sale(name, chance) for name in names for _ in range(sales))]
        ),
    )
    return book_of(grids, DEFAULTS, Source("crowd.xlsx", "0" * 64))


_CLIENT = (
    "Client",
    "Contact",
    "Email",
    "Phone",
    "Preferred channel",
    "Segment",
    "Source",
    "Birthday",
    "Notes",
)


def _client(name: str, chance: random.Random) -> list[str]:
    first = chance.choice(("Ann", "Bea", "Cleo", "Dan", "Eve", "Finn"))
    return [
        name,
        f"{first} of {name}",
        f"{first.lower()}@{name[-4:]}.example",
        f"020 7946 {chance.randrange(10_000):04}",
        chance.choice(_CHANNELS),
        chance.choice(("Families", "Shops")),
        chance.choice(("Web", "Fair", "Friends")),
        f"1970-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
        "Likes to be asked how the garden does, before anything is said of work.",
    ]


_CONTACT = (
    "Date",
    "Client",
    "Activity",
    "Channel",
    "Direction",
    "Topic",
    "Minutes",
    "Promise",
    "Promised for",
    "Done on",
)


def _contact(name: str, chance: random.Random) -> list[str]:
    on = _day(chance)
    promised = on + timedelta(days=10) if chance.random() < 0.15 else None
    kept = promised is not None and chance.random() < 0.8
    return [
        on.isoformat(),
        name,
        chance.choice(_ACTIVITIES),
        chance.choice(_CHANNELS),
        chance.choice(("in", "out", "both")),
        "What was said of the plans for the spring",
        str(chance.randrange(5, 120, 5)),
        "The drawings, in colour" if promised else "",
        promised.isoformat() if promised else "",
        (promised - timedelta(days=2)).isoformat() if promised and kept else "",
    ]


_SALE = (
    "Date",
    "Client",
    "Amount",
    "Cost",
    "Project",
    "From",
    "To",
    "Invoice",
    "Due on",
    "Paid on",
)


def _sale(name: str, chance: random.Random) -> list[str]:
    on = _day(chance)
    amount = chance.randrange(50, 2_000)
    due = on + timedelta(days=30)
    return [
        on.isoformat(),
        name,
        str(amount),
        str(amount // 5),
        chance.choice(_PROJECTS),
        on.isoformat(),
        due.isoformat(),
        f"R{chance.randrange(100_000)}",
        due.isoformat(),
        due.isoformat() if chance.random() < 0.9 else "",
    ]


def _day(chance: random.Random) -> date:
    return AS_OF - timedelta(days=chance.randrange(3 * 365))
