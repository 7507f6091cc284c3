"""How the time to work out a report grows with the sales: as much as they do, or faster.

Twelve clients with 500, 1,000 and 2,000 sales each, one in some four days, every one with its own From,
To, Due and Paid, a touchpoint with each, and red lines of their own for the phases. Printed: the
processor time at each size and its ratio to the size before: 2 grows with the rows, 4 with their square.
"""

from __future__ import annotations

import gc
import random
import time
from datetime import date, timedelta
from decimal import Decimal

from reportgen.model import Activity, Book, Client, Relationship, Sale, Source, Touchpoint
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings

CLIENTS = 12
SIZES = (500, 1_000, 2_000)
AS_OF = date(2026, 10, 31)
DAYS_A_SALE = 4
PHASED = Settings(red_line_before_the_sale_days=3, red_line_in_collaboration_days=1)
CALL = Activity(name="Phone call", kind=None, value=None, connects=True)


def book(size: int) -> Book:
    """So many sales and touchpoints for each client, the same in every run."""
    chance = random.Random(size)
    return Book(
        relationships=tuple(
            _relationship(f"Client {number:02d}", size, chance) for number in range(CLIENTS)
        ),
        source=Source(name="made", sha256=""),
    )


def _relationship(name: str, size: int, chance: random.Random) -> Relationship:
    reach = DAYS_A_SALE * size
    days = sorted(AS_OF - timedelta(days=chance.randrange(reach)) for _ in range(size))
    return Relationship(
        client=Client(name=name),
        touchpoints=tuple(
            Touchpoint(day, name, CALL, Row("Touchpoints", row), minutes=15)
            for row, day in enumerate(days, start=2)
        ),
        sales=tuple(
            _sale(day, name, Row("Sales", row), chance) for row, day in enumerate(days, start=2)
        ),
    )


def _sale(day: date, name: str, row: Row, chance: random.Random) -> Sale:
    starts = day + timedelta(days=chance.randrange(-30, 30))
    due = day + timedelta(days=chance.randrange(5, 30))
    return Sale(
        day,
        name,
        Decimal(chance.randrange(50, 2_000)),
        row,
        starts=starts,
        ends=starts + timedelta(days=chance.randrange(14)),
        due_on=due,
        paid_on=due + timedelta(days=chance.randrange(-5, 20)),
    )


def main() -> None:
    """Print the seconds and the ratio of each size."""
    make_report(book(10), PHASED, AS_OF)  # the imports
    gc.disable()  # as in the program
    before = None
    for size in SIZES:
        made = book(size)
        begun = time.process_time()
        make_report(made, PHASED, AS_OF)
        taken = time.process_time() - begun
        ratio = f", ratio {taken / before:.1f}" if before else ""
        print(f"{CLIENTS} clients, {size:,} sales each: {taken:.2f} s{ratio}", flush=True)
        before = taken


if __name__ == "__main__":
    main()
