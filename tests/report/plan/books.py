"""Clients with whom a chosen thing is due on 31 October 2026, and random books of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random

from reportgen.model import Book, Client, Feedback, Sale, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.reading.catalogue import built_in
from reportgen.report.plan.due import Cause

_CATALOGUE = built_in().activities
_CALL, _EMAIL = _CATALOGUE["call"], _CATALOGUE["email"]


def _touch(month, day, activity=_CALL, year=2026, **more):
    return Touchpoint(date(year, month, day), "", activity, Row("Touchpoints", 0), **more)


def _sold(year, month, day, **more):
    return Sale(date(year, month, day), "", Decimal(100), Row("Sales", 0), **more)


def _fortnightly():
    """A call every two weeks for two years, so that no red line of 20 days is ever crossed."""
    days = (date(2026, 10, 4) - timedelta(days=14 * back) for back in range(52))
    return [_touch(day.month, day.day, year=day.year, direction="both") for day in days]


_THREE_YEARS = [_sold(2024, 1, 10), _sold(2024, 6, 10), _sold(2025, 1, 10)]
_TEN = Feedback(date(2026, 4, 1), "", Row("Feedback", 0), score=Decimal(10), out_of=Decimal(10))

ROWS = {
    Cause.COMPLAINT: [_touch(10, 5, _EMAIL, direction="in", signal="complaint")],
    Cause.PROMISE: [_touch(10, 6, promise="codes", promised_for=date(2026, 10, 20))],
    Cause.ANSWER: [_touch(10, 8, _EMAIL, direction="in")],
    Cause.SILENCE: [_touch(10, 1), {"red_line_days": 20}],
    Cause.GREETING: [_touch(10, 1), {"birthday": date(1980, 11, 12)}],
    Cause.PROMISED: [_touch(10, 6, promise="plan", promised_for=date(2026, 11, 9))],
    Cause.PLAN: [*_THREE_YEARS, *_fortnightly()],
    Cause.PROSPECT: [_touch(10, 2), {"contact_every_days": 5}],
    Cause.INVOICE: [_sold(2026, 9, 15, due_on=date(2026, 10, 5))],
    Cause.BOUNDARY: [
        _touch(10, 1 + number % 2, direction="both", start=time(22), minutes=30)
        for number in range(5)
    ],
    Cause.REFERRAL: [*_THREE_YEARS, _touch(10, 1, signal="advice asked", direction="both")],
    Cause.TESTIMONIAL: [_sold(2026, 3, 1), _touch(10, 1), _TEN],
    Cause.SURVEY: [_sold(2026, 9, 20)],
    Cause.WOW: [_sold(2026, 3, 1), _touch(10, 1)],
}
"""Cause → the rows that make it due with a client; a dictionary is for the client's own row."""

Rows = tuple[list[Client], list[Touchpoint], list[Sale], list[Feedback]]


def rows_of(clients: Iterable[tuple[Client, Sequence]]) -> Rows:
    """The rows of clients, each with those that were chosen, numbered as in a workbook."""
    found = {Client: [], Touchpoint: [], Sale: [], Feedback: []}
    for client, rows in clients:
        for row in rows:
            if isinstance(row, dict):
                client = replace(client, **row)
            else:
                of_kind = found[type(row)]
                numbered = Row(row.row.sheet, len(of_kind) + 2)
                of_kind.append(replace(row, client=client.name, row=numbered))
        row = Row("Clients", len(found[Client]) + 2)
        found[Client].append(replace(client, row=row))
    return tuple(found.values())


def book_of(clients, touchpoints, sales, feedback) -> Book:
    """The book of such rows."""
    return Book(relationships(clients, touchpoints, sales, feedback), Source("a.xlsx", "0" * 64))


NAMES = ("Acme", "Bell", "Cole", "Dunn", "Earl", "Ford", "Gray", "Hall", "Iver", "Jago", "Kerr")
MODELS = (None, "consultancy", "service", "product", "subscription")


def random_rows(number: int) -> Rows:
    """The rows of some clients, by a number; with half of them the same is due, as in a shop."""
    random = Random(number)
    shared, model = _some_causes(random), random.choice(MODELS)
    clients = []
    for name in NAMES[: random.randint(1, len(NAMES))]:
        causes = shared if random.random() < 0.5 else _some_causes(random)
        rows = [row for cause in causes for row in ROWS[cause]]
        rows += [_anything(random) for _ in range(random.choice([0, 0, 0, 4]))]
        if random.random() < 0.1:
            rows = [_long_ago(row) for row in rows]
        client = Client(
            name,
            business_model=random.choice([model, model, random.choice(MODELS)]),
            ended_on=date(2026, 9, 1) if random.random() < 0.05 else None,
        )
        clients.append((client, rows))
    return rows_of(clients)


def _some_causes(random: Random) -> list[Cause]:
    return random.sample(list(Cause), random.choice([1, 1, 2, 3]))


def _long_ago(row):
    return row if isinstance(row, dict) else replace(row, date=row.date - timedelta(days=500))


def _anything(random: Random) -> Touchpoint | Sale:
    """A touchpoint or a sale of any kind on any day, planned ones among them."""

    def day() -> date:
        return date(2025, 6, 1) + timedelta(days=random.randrange(550))

    if random.random() < 0.5:
        amount, due_on = Decimal(random.randint(-50, 500)), random.choice([None, day()])
        return Sale(day(), "", amount, Row("Sales", 0), due_on=due_on)
    return Touchpoint(
        day(),
        "",
        _CATALOGUE[random.choice(["call", "email", "invoice", "wow", "survey"])],
        Row("Touchpoints", 0),
        direction=random.choice(["in", "out", "both"]),
        promise="codes",
        promised_for=random.choice([None, day()]),
        done_on=random.choice([None, day()]),
        signal=random.choice([None, None, "complaint", "advice asked"]),
        minutes=random.randint(0, 90),
    )
