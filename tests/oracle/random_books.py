"""Random books: 100 clients of one business model or of none, as an owner would have typed them.

Refunds, planned rows, ended clients, overlapping periods and missing cells are all in them. The same
model and number always give the same book.
"""

from __future__ import annotations

import datetime as dt
import random

from reportgen.model import Book, Source
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS
from reportgen.settings.settings import Settings

AS_OF = dt.date(2026, 10, 31)
MID_MONTH = dt.date(2026, 9, 17)
MODELS = ("consultancy", "service", "product", "subscription", None)
CLIENTS = 100

_TOUCHES = (
    "Call", "Email", "Email", "Message", "Meeting", "Thank-you", "Newsletter", "Discovery call", "Brief",
    "Proposal", "Onboarding", "Project work", "Delivery", "Progress review", "Survey", "Feedback request",
    "Referral request", "Support", "Loyalty reward", "Invoice", "Scheduling", "Meeting agenda", None,
)  # fmt: skip
_SOURCES = ("Website", "website ", "Fair", "Friend", None)
_SEGMENTS = ("Local", "Abroad", None)
_SERVICES = ("Concept", "Design", "Fitting", "Advice", None)

CLIENT_COLUMNS = (
    "Client", "Segment", "Source", "Referred by", "Client since", "Ended on", "Red line (days)",
    "Contact every (days)", "Potential per year", "Business model",
)  # fmt: skip
TOUCHPOINT_COLUMNS = (
    "Date", "Client", "Activity", "Channel", "Direction", "Start", "Minutes", "Cost", "Promise",
    "Promised for", "Done on", "Signal", "Resolved on", "Urgent", "In scope",
)  # fmt: skip
SALE_COLUMNS = ("Date", "Client", "Amount", "Service", "Project", "Direct cost", "From", "To")


def as_of(number: int) -> dt.date:
    """Every fourth book is read in the middle of a month."""
    return MID_MONTH if number % 4 == 3 else AS_OF


def random_book(model: str | None, number: int) -> tuple[Book, Settings]:
    """The book of a model by its number."""
    made = _Writer(model, number)
    return book_of(made.grids(), DEFAULTS, Source(name=f"{model}-{number}.xlsx", sha256="0" * 64))


class _Writer:
    def __init__(self, model: str | None, number: int) -> None:
        self.model = model
        self.rng = random.Random(f"{model} {number}")
        self.today = as_of(number)
        # Every other book begins so late that the year before is not whole.
        self.begin = self.today - dt.timedelta(days=self.rng.choice((1100, 1100, 900, 640, 500)))
        self.clients, self.touchpoints, self.sales = [], [], []
        self.feedback, self.ratings = [], []
        self.names = [f"Client {index:03d}" for index in range(CLIENTS)]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def later(self, day: dt.date, least: int, most: int) -> dt.date:
        return day + dt.timedelta(days=self.rng.randint(least, most))

    def grids(self) -> list[Grid]:
        """Its sheets."""
        for name in self.names:
            self.one_client(name)
        return [
            Grid("Business", [["Setting", "Value"], *self.business()]),
            Grid("Clients", [CLIENT_COLUMNS, *self.clients]),
            Grid("Touchpoints", [TOUCHPOINT_COLUMNS, *self.touchpoints]),
            Grid("Sales", [SALE_COLUMNS, *self.sales]),
            Grid("Feedback", [("Date", "Client", "Kind", "Score", "Out of"), *self.feedback]),
            Grid(
                "Ratings",
                [("Date", "Client", "Care", "Accountability", "Communication"), *self.ratings],
            ),
        ]

    def business(self):
        yield ["Business name", "Random"]
        yield ["Currency", "GBP"]
        if self.model:
            yield ["Business model", self.model]
        if self.chance(0.8):
            yield ["Hourly rate", 45]
        yield ["Country", "GB"]
        yield ["Preferred channels", "Email, Phone"]
        if self.chance(0.5):
            yield ["Acquisition spend per month", 120]
        if self.chance(0.3):
            yield ["Red line (days)", 50]
        if self.chance(0.3):
            yield ["Red line before the sale (days)", 30]
            yield ["Red line in collaboration (days)", 25]

    def one_client(self, name: str) -> None:
        start = self.later(self.begin, 0, (self.today - self.begin).days + 20)
        stop = self.today + dt.timedelta(days=40)
        ended = None
        if self.chance(0.2):
            ended = self.later(start, 20, 600)
            stop = ended if self.chance(0.8) else ended + dt.timedelta(days=40)
        elif self.chance(0.3):
            stop = self.later(start, 10, 500)
        referrer = self.rng.choice(self.names)
        source = f"friend of {referrer}" if self.chance(0.05) else self.rng.choice(_SOURCES)
        self.clients.append(
            (
                name,
                self.rng.choice(_SEGMENTS),
                source,
                self.rng.choice(self.names) if self.chance(0.1) else None,
                start if self.chance(0.2) else None,
                ended,
                self.rng.choice((20, 45, 100)) if self.chance(0.1) else None,
                self.rng.choice((10, 30)) if self.chance(0.1) else None,
                5000 if self.chance(0.1) else None,
                self.rng.choice(MODELS) if self.chance(0.04) else None,
            )
        )
        if self.chance(0.03):
            return
        stop = min(stop, self.today + dt.timedelta(days=40))
        if self.chance(0.95):
            self.touch(name, start, stop)
        if self.chance(0.85):
            self.buy(name, self.later(start, 0, 40), stop)
        self.judge(name, start, stop)

    def touch(self, name: str, start: dt.date, stop: dt.date) -> None:
        day, every = start, self.rng.choice((12, 25, 60))
        while day <= stop:
            activity = self.rng.choice(_TOUCHES)
            promised = self.later(day, 0, 30) if self.chance(0.08) else None
            complaint = self.chance(0.04)
            signal = "complaint" if complaint else "advice asked" if self.chance(0.06) else None
            self.touchpoints.append(
                (
                    day,
                    name,
                    activity,
                    self.rng.choice(("Email", "Phone", "WhatsApp", None)),
                    self.rng.choice(("in", "out", "both", None, None)),
                    dt.time(self.rng.choice((8, 9, 12, 16, 17, 20)), self.rng.choice((0, 30)))
                    if self.chance(0.6)
                    else None,
                    self.rng.choice((2, 10, 25, 60, 200)) if self.chance(0.8) else None,
                    self.rng.choice((4.5, 30)) if self.chance(0.1) else None,
                    "Send it" if promised and self.chance(0.7) else None,
                    promised,
                    self.later(day, 0, 40) if promised and self.chance(0.7) else None,
                    signal,
                    self.later(day, 0, 25) if complaint and self.chance(0.6) else None,
                    "yes" if self.chance(0.05) else None,
                    self.rng.choice(("no", "yes")) if self.chance(0.08) else None,
                )
            )
            day = self.later(day, 0 if self.chance(0.1) else 1, every * 2)

    def buy(self, name: str, start: dt.date, stop: dt.date) -> None:
        if self.model in ("service", "subscription"):
            self.pay(name, start, stop)
        else:
            self.order(name, start, stop)

    def sale(
        self, day: dt.date, name: str, amount: float, project=None, period=(None, None)
    ) -> None:
        self.sales.append(
            (
                day,
                name,
                amount,
                self.rng.choice(_SERVICES),
                project,
                round(amount * 0.3, 2) if self.chance(0.3) else None,
                *period,
            )
        )

    def order(self, name: str, start: dt.date, stop: dt.date) -> None:
        day, number = start, 0
        most = self.rng.choice((1, 2, 5, 12))
        while day <= stop and number < most:
            number += 1
            project = None
            if self.model == "consultancy" and self.chance(0.5):
                project = f"Project {number // 3}"
            period = (None, None)
            if self.chance(0.4 if self.model == "consultancy" else 0.1):
                begins = self.later(day, -10, 20)
                period = (begins, self.later(begins, 5, 120))
            amount = (
                0 if self.chance(0.04) else self.rng.randint(20, 900) + self.rng.choice((0, 0.5))
            )
            self.sale(day, name, amount, project, period)
            if self.chance(0.06):
                back = day if self.chance(0.4) else self.later(day, 1, 90)
                whole = self.chance(0.5)
                self.sale(
                    back,
                    name,
                    -amount if whole else -amount / 2,
                    project if self.chance(0.3) else None,
                )
            day = self.later(day, 0 if self.chance(0.05) else 3, self.rng.choice((30, 90, 200)))

    def pay(self, name: str, start: dt.date, stop: dt.date) -> None:
        step = self.rng.choice((1, 1, 1, 3))
        with_periods = self.chance(0.4)
        price = self.rng.randint(20, 300)
        day = start
        while day <= stop:
            if not self.chance(0.08):
                period = (None, None)
                if with_periods:
                    period = (day, day + dt.timedelta(days=30 * step + self.rng.randint(-3, 12)))
                self.sale(day, name, price, None, period)
                if self.chance(0.03):
                    back = day if self.chance(0.4) else self.later(day, 1, 40)
                    self.sale(back, name, -price)
            if self.chance(0.03):
                day = self.later(day, 40, 150)
            day = self.later(day, 28 * step, 31 * step)

    def judge(self, name: str, start: dt.date, stop: dt.date) -> None:
        length = max(1, (stop - start).days)
        if self.chance(0.2):
            day = self.later(start, 0, length)
            self.feedback.append((day, name, self.rng.choice(("survey", "review")), 9, 10))
        if self.chance(0.15):
            day = self.later(start, 0, length)
            values = [self.rng.randint(1, 10) if self.chance(0.7) else None for _ in range(3)]
            self.ratings.append((day, name, *values))
