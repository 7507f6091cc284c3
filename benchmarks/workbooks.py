"""The workbooks of the benchmarks, made from a seed: the same bytes on every machine.

python benchmarks/workbooks.py typical|mid|extreme|CLIENTS,TOUCHPOINTS,SALES FILE [more]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product
from pathlib import Path

import xlsxwriter

AS_OF = date(2026, 10, 31)
"""The last day that the workbooks know as past."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows each of the large sheets has."""

    clients: int
    touchpoints: int
    sales: int


TYPICAL = Size(200, 5_000, 1_500)
MID = Size(4_000, 209_715, 40_000)
EXTREME = Size(20_000, 1_048_575, 200_000)
"""Touchpoints to the last row that a sheet can have."""
SIZES = {"typical": TYPICAL, "mid": MID, "extreme": EXTREME}

Row = Sequence[object]

_DAYS = 3 * 365
_CREATED = datetime(2026, 10, 31, 18, 0)  # noqa: DTZ001  a workbook's properties have no time zone
_BUSINESS: tuple[Row, ...] = (
    ("Setting", "Value"),
    ("Business name", "Well & Wide"),
    ("Owner", "Ivy Lane"),
    ("Business model", "service"),
    ("Currency", "GBP"),
    ("Hourly rate", 60),
)
_FIRST = ("Ann", "Bea", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hope", "Ida", "Jon")
_NAMES = (
    *("Ashby", "Birch", "Calder", "Dunmore", "Elder", "Farrow", "Garnet", "Hollis", "Ingram"),
    *("Jessop", "Kestrel", "Larch", "Marlow", "Norwood", "Osier", "Pryor", "Quill", "Rowan"),
    *("Sedge", "Thorne", "Umber", "Vale", "Wharton", "Yarrow", "Zeller", "Alder", "Bramley"),
    *("Clover", "Drake", "Ellery", "Fenwick", "Grove", "Haddon", "Ivory", "Joyce", "Kendal"),
    *("Lovell", "Merrow", "Nettle", "Orchard", "Pike", "Quarry", "Ridley", "Sorrel", "Tansy"),
    *("Upton", "Vernon", "Wicket", "Yorke", "Abbott", "Barlow", "Crane", "Denby", "Eaton"),
    *("Fletcher", "Gale", "Harrow", "Isley", "Jarvis"),
)
_KINDS = ("& Sons", "Design", "Nursery", "Bakery", "Partners", "Studio")
_MODELS = ("consultancy", "product", "subscription")
_SEGMENTS = ("Families", "Shops", "Offices")
_SOURCES = ("Recommended", "Web", "Fair", "Instagram", "Newsletter")
_CHANNELS = ("Email", "Phone", "Post", "Text")
_ACTIVITIES = {
    "Email": 30,
    "Phone call": 18,
    "Meeting": 10,
    "Newsletter": 8,
    "Project work": 8,
    "Invoice": 6,
    "Delivery": 5,
    "Scheduling": 4,
    "Thank-you": 3,
    "Check-in": 3,
    "Onboarding": 1,
    "Proposal": 2,
    "Complaint handling": 1,
    "Feedback request": 1,
}
_SERVICES = ("Plan", "Visit", "Box", "Care package", "Consultation")
_TOPICS = (
    "What was said of the plans for the spring",
    "The colours for the hall",
    "How the last delivery went",
    "A date for the next visit",
)
_PROMISES = ("The drawings, in colour", "An offer for the kitchen", "A call back with the price")
_ANSWERS = ("Friendly, quick, on the day.", "We would come again.", "It took longer than said.")
_NOTES = ("Likes to be rung before ten.", "Asks for the garden first.", "Two dogs, ring twice.")


@dataclass(frozen=True, slots=True)
class _Client:
    name: str
    first: int
    """Days before AS_OF when they came."""
    last: int
    """Days before AS_OF of what is recorded last; later than ``first``."""
    weight: float
    """How much is recorded of them beside the others."""


def sized(clients: int) -> Size:
    """As many touchpoints and sales for each client as TYPICAL has."""
    return Size(
        clients,
        TYPICAL.touchpoints * clients // TYPICAL.clients,
        TYPICAL.sales * clients // TYPICAL.clients,
    )


def write_workbook(path: Path, size: Size = TYPICAL, one_more: bool = False) -> None:
    """The workbook of this size; with ``one_more`` a touchpoint is recorded after all others."""
    chance = random.Random(size.clients)
    clients = [*_clients(size.clients, chance)]
    added = [(AS_OF, clients[0].name, "Phone call")] if one_more else []
    # As openpyxl and Excel would, the small ones have a table of texts; the large one would not fit.
    options = {"default_date_format": "yyyy-mm-dd", "constant_memory": size == EXTREME}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _CREATED})
        clock = book.add_format({"num_format": "hh:mm"})

        def sheet(name: str, rows: Iterable[Row]) -> None:
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, time):
                        page.write_datetime(number, column, cell, clock)
                    elif cell is not None:
                        page.write(number, column, cell)

        sheet("Business", _BUSINESS)
        sheet("Clients", [_CLIENT, *(_client(one, chance) for one in clients)])
        touches = _days(size.touchpoints, clients, chance)
        sheet(
            "Touchpoints",
            _chained(_TOUCHPOINT, (_touchpoint(*one, chance) for one in touches), added),
        )
        sales = enumerate(_days(size.sales, clients, chance), 1001)
        sheet("Sales", _chained(_SALE, (_sale(*one, number, chance) for number, one in sales), ()))
        answers = _days(size.sales // 20, clients, chance)
        sheet("Feedback", _chained(_FEEDBACK, (_feedback(*one, chance) for one in answers), ()))


def _chained(head: Row, rows: Iterable[Row], more: Iterable[Row]) -> Iterator[Row]:
    yield head
    yield from rows
    yield from more


def _clients(number: int, chance: random.Random) -> Iterator[_Client]:
    """Three in ten have gone; a few have most of what is recorded."""
    pairs = [f"{one} {other} {kind}" for one, other, kind in product(_NAMES, _NAMES, _KINDS)]
    for name in chance.sample(pairs, number):
        first = chance.randrange(30, _DAYS)
        last = chance.randrange(first) if chance.random() < 0.3 else 0
        yield _Client(name, first, last, chance.lognormvariate(0, 0.8))


def _days(
    number: int, clients: Sequence[_Client], chance: random.Random
) -> Iterator[tuple[date, _Client]]:
    """So many days with a client each, the earliest first, while the client was there."""
    drawn = chance.choices(clients, [one.weight for one in clients], k=number)
    ago = [(chance.randint(one.last, one.first), at) for at, one in enumerate(drawn)]
    ago.sort(reverse=True)
    for days, at in ago:
        yield AS_OF - timedelta(days), drawn[at]


_CLIENT = (
    *("Client", "Contact", "E-mail", "Phone", "Segment", "Source", "Business model"),
    *("Preferred channel", "Birthday", "Notes"),
)


def _client(one: _Client, chance: random.Random) -> Row:
    first, (last, *_) = chance.choice(_FIRST), one.name.split()
    place = one.name.replace(" & ", " ").replace(" ", "-").lower()
    return (
        one.name,
        f"{first} {last}",
        f"{first.lower()}@{place}.example",
        f"020 7946 {chance.randrange(10_000):04}",
        chance.choice(_SEGMENTS),
        chance.choice(_SOURCES),
        chance.choice(_MODELS) if chance.random() < 0.1 else None,
        chance.choice(_CHANNELS) if chance.random() < 0.5 else None,
        date(chance.randrange(1950, 2000), chance.randrange(1, 13), chance.randrange(1, 29))
        if chance.random() < 0.3
        else None,
        chance.choice(_NOTES) if chance.random() < 0.1 else None,
    )


_TOUCHPOINT = (
    *("Date", "Client", "Activity", "Channel", "Direction", "Start", "Minutes", "Topic"),
    *("Promise", "Promised for", "Done on", "Signal", "Resolved on"),
)
_KIND_OF = tuple(_ACTIVITIES)
_HOW_OFTEN = tuple(_ACTIVITIES.values())


def _touchpoint(day: date, client: _Client, chance: random.Random) -> Row:
    (activity,) = chance.choices(_KIND_OF, _HOW_OFTEN)
    promised = _past(day, chance.randrange(3, 20)) if chance.random() < 0.05 else None
    complained = chance.random() < 0.005
    return (
        day,
        client.name,
        activity,
        chance.choice(_CHANNELS) if chance.random() < 0.3 else None,
        chance.choice(("in", "out", "both")),
        time(chance.randrange(8, 18), 5 * chance.randrange(12)) if chance.random() < 0.5 else None,
        chance.randrange(5, 120, 5),
        chance.choice(_TOPICS) if chance.random() < 0.2 else None,
        chance.choice(_PROMISES) if promised else None,
        promised,
        promised - timedelta(days=1) if promised and chance.random() < 0.8 else None,
        "complaint" if complained else "advice asked" if chance.random() < 0.01 else None,
        _past(day, 3) if complained and chance.random() < 0.8 else None,
    )


_SALE = (
    *("Date", "Client", "Amount", "Service", "Direct cost", "From", "To"),
    *("Invoice", "Due on", "Paid on"),
)


def _sale(day: date, client: _Client, number: int, chance: random.Random) -> Row:
    amount = chance.randrange(50, 2_000)
    due = day + timedelta(days=30)
    lasts = chance.random() < 0.3
    return (
        day,
        client.name,
        amount,
        chance.choice(_SERVICES),
        amount // 5 if chance.random() < 0.5 else None,
        day if lasts else None,
        day + timedelta(days=chance.randrange(7, 90)) if lasts else None,
        f"R{number}",
        due,
        _past(day, chance.randrange(5, 45)) if chance.random() < 0.98 else None,
    )


_FEEDBACK = ("Date", "Client", "Kind", "Score", "Out of", "Text")


def _feedback(day: date, client: _Client, chance: random.Random) -> Row:
    return (day, client.name, "survey", chance.randrange(4, 11), 10, chance.choice(_ANSWERS))


def _past(day: date, later: int) -> date:
    """So many days later, AS_OF at most."""
    return min(day + timedelta(days=later), AS_OF)


if __name__ == "__main__":
    asked = sys.argv[1]
    size = SIZES[asked] if asked in SIZES else Size(*map(int, asked.split(",")))
    write_workbook(Path(sys.argv[2]), size, one_more="more" in sys.argv[3:])
