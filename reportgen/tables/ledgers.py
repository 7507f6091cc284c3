"""The records of a report as tables: clients, sales, open invoices, months and hours.

What was recorded is not rounded. What was computed is rounded once, and a total is rounded from the
exact figures, so a client's contribution, a month's and the pages' agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from reportgen import words
from reportgen.analyses.value import BlackState
from reportgen.evidence.costs import cost
from reportgen.evidence.evidence import days_overdue, is_open
from reportgen.model import Edition, Sale, Touchpoint
from reportgen.periods import has_come, month_starts
from reportgen.problems import Row
from reportgen.report.findings import ClientFindings
from reportgen.report.report import Report
from reportgen.tables.sheets import Cell, Column, Look, Table, column, share_of
from reportgen.values import dataclass
from reportgen.words import NOT_KNOWN

_T = TypeVar("_T")

_AGES = ((0, "not due yet"), (30, "1–30 days"), (60, "31–60 days"), (90, "61–90 days"))
"""The most days late that each age takes, and what it is called."""
_OLDEST = "over 90 days"


@dataclass(frozen=True, slots=True)
class _Dated:
    """A sale with the name by which its client goes on every page."""

    client: str
    sale: Sale


class Ledger:
    """What the tables have in common: how money is named and rounded, and the records in order."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.as_of = report.as_of
        self.settings = report.settings
        self.precision = _precision(self.settings.currency)
        # An index has figures that are small against 100.
        places = 4 if report.edition == Edition.COACH else self.precision
        self._unit = Decimal(1).scaleb(-places)
        found = report.found.clients
        self.clients = sorted(found, key=lambda c: (-c.worth.sales_now, c.name.casefold()))
        dated = [_Dated(one.name, sale) for one in found for sale in one.seen.sales]
        self.sales = sorted(dated, key=lambda one: one.sale.date)
        self.touchpoints = [t for one in found for t in one.seen.touchpoints]

    def money(
        self, title: str, of: Sequence[_T], cell: Callable[[_T], Cell], total: Cell = None
    ) -> Column:
        """A column of money, with its unit in the header."""
        unit = "index" if self.report.edition == Edition.COACH else self.settings.currency
        return column(f"{title}, {unit}" if unit else title, Look.MONEY, of, cell, total)

    def rounded(self, amount: Decimal | None) -> Cell:
        """An amount that was worked out, as it is shown; n/a where it cannot be told."""
        return NOT_KNOWN if amount is None else amount.quantize(self._unit)

    def time_cost(self, touchpoints: Sequence[Touchpoint]) -> Decimal | None:
        """What the hours cost at the hourly rate; None where there are hours and no rate is set."""
        whole = cost(touchpoints, self.settings)
        return None if whole is None else whole - _spent(touchpoints)

    def paid_on(self, sale: Sale) -> date | None:
        """When it was paid; None where that is not recorded or is still to come."""
        return sale.paid_on if has_come(sale.paid_on, self.as_of) else None

    def of_sales(self, *columns: Column) -> tuple[Column, ...]:
        """The columns; none of them where no sale is recorded, so that nobody reads 0 for unknown."""
        return columns if self.report.found.sales_recorded else ()

    def days_late(self, sale: Sale) -> Cell:
        """From the due day to the day it was paid, or to the as-of date; n/a without a due day."""
        if sale.due_on is None or sale.amount <= 0:
            return NOT_KNOWN
        return max(0, ((self.paid_on(sale) or self.as_of) - sale.due_on).days)


def _precision(currency: str | None) -> int:
    """The decimals of the currency: 2 where none is known."""
    from babel.numbers import get_currency_precision  # slow to import, once a run

    return int(get_currency_precision(currency)) if currency else 2


def _spent(touchpoints: Iterable[Touchpoint]) -> Decimal:
    return _sum(t.cost for t in touchpoints)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in amounts if one is not None), Decimal())


def _in_hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def clients(ledger: Ledger) -> Table:
    """Every client, most sales in the last 12 months first, as on the Value page."""
    of = ledger.clients
    return Table(
        "Clients",
        (
            column("Client", Look.TEXT, of, lambda c: c.name),
            column("Business model", Look.TEXT, of, lambda c: c.seen.business_model),
            column("Client since", Look.DATE, of, lambda c: c.seen.client.since),
            column("Ended on", Look.DATE, of, lambda c: c.seen.client.ended_on),
            *ledger.of_sales(*_clients_sales(ledger)),
            *_clients_hours(ledger),
            *ledger.of_sales(*_clients_contribution(ledger)),
            ledger.money("Potential per year", of, lambda c: c.seen.client.potential_per_year),
            *ledger.of_sales(
                column(
                    "Share of wallet", Look.SHARE, of, lambda c: share_of(c.worth.share_of_wallet)
                ),
                _owing(ledger, "Open invoices", lambda sale: is_open(sale, ledger.as_of)),
                _owing(
                    ledger, "Overdue invoices", lambda sale: days_overdue(sale, ledger.as_of) > 0
                ),
                *_scores(ledger),
            ),
            column("Row", Look.TEXT, of, lambda c: _row(ledger, c.seen.client.row)),
        ),
    )


def _clients_sales(ledger: Ledger) -> tuple[Column, ...]:
    of, spread = ledger.clients, ledger.report.found.concentration
    worths = [one.worth for one in of]
    paid = _sum(worth.sales_now for worth in worths if worth.sales_now > 0)

    def share_of_sales(one: ClientFindings) -> Cell:
        # As on the Value page: of the clients who brought more than they were given back.
        now = one.worth.sales_now
        return share_of(float(now / paid)) if now > 0 else NOT_KNOWN

    return (
        column("First purchase", Look.DATE, of, _first_purchase),
        column("Last purchase", Look.DATE, of, lambda c: c.seen.last_bought or NOT_KNOWN),
        ledger.money("Sales, last 12 months", of, lambda c: c.worth.sales_now, spread.sales_now),
        column("Share of these sales", Look.SHARE, of, share_of_sales),
        ledger.money(
            "Sales, 12 months before", of, lambda c: c.worth.sales_before, spread.sales_before
        ),
        ledger.money(
            "Sales in all",
            of,
            lambda c: c.worth.sales_total,
            _sum(worth.sales_total for worth in worths),
        ),
        ledger.money(
            "Direct costs",
            of,
            lambda c: c.worth.direct_costs,
            _sum(worth.direct_costs for worth in worths),
        ),
    )


def _clients_hours(ledger: Ledger) -> tuple[Column, ...]:
    of, every = ledger.clients, ledger.touchpoints
    worths = [one.worth for one in of]
    return (
        ledger.money(
            "Costs of touchpoints", of, lambda c: _spent(c.seen.touchpoints), _spent(every)
        ),
        column(
            "Hours, last 12 months",
            Look.HOURS,
            of,
            lambda c: _in_hours(c.worth.minutes_now),
            _in_hours(sum(worth.minutes_now for worth in worths)),
        ),
        column(
            "Hours in all",
            Look.HOURS,
            of,
            lambda c: _in_hours(c.worth.minutes),
            _in_hours(sum(worth.minutes for worth in worths)),
        ),
        ledger.money(
            "Cost of hours",
            of,
            lambda c: ledger.rounded(ledger.time_cost(c.seen.touchpoints)),
            ledger.rounded(ledger.time_cost(every)),
        ),
    )


def _clients_contribution(ledger: Ledger) -> tuple[Column, ...]:
    of = ledger.clients
    every = [one.sale for one in ledger.sales]
    return (
        ledger.money(
            "Contribution",
            of,
            lambda c: ledger.rounded(c.worth.profit),
            ledger.rounded(_contribution(ledger, every, ledger.touchpoints)),
        ),
        column("In the black since", Look.DATE, of, _in_the_black),
    )


def _owing(ledger: Ledger, title: str, wanted: Callable[[Sale], bool]) -> Column:
    """What each client owes; n/a for one none of whose sales has a due day."""

    def amount(sales: Sequence[Sale]) -> Cell:
        if sales and all(sale.due_on is None for sale in sales):
            return NOT_KNOWN
        return _sum(sale.amount for sale in sales if wanted(sale))

    every = [one.sale for one in ledger.sales]
    return ledger.money(title, ledger.clients, lambda c: amount(c.seen.sales), amount(every))


def _scores(ledger: Ledger) -> tuple[Column, ...]:
    """Recency, frequency and money; n/a for a prospect."""
    rfm = ledger.report.found.rfm

    def score(client: ClientFindings, name: str) -> Cell:
        return getattr(rfm[client.name], name) if client.name in rfm else NOT_KNOWN

    return tuple(
        column(f"{title} score", Look.COUNT, ledger.clients, partial(score, name=name))
        for title, name in (
            ("Recency", "recency"),
            ("Frequency", "frequency"),
            ("Money", "monetary"),
        )
    )


def _row(ledger: Ledger, row: Row | None) -> Cell:
    """The place in the workbook, for the owner alone; None in other editions."""
    return words.rows([row]) if row is not None and ledger.report.edition == Edition.OWNER else None


def _first_purchase(one: ClientFindings) -> Cell:
    """The day of the first purchase; n/a for a prospect."""
    return one.seen.purchases[0].first if one.seen.is_customer else NOT_KNOWN


def _in_the_black(one: ClientFindings) -> Cell:
    black = one.worth.in_the_black
    if black is None:
        return NOT_KNOWN
    return black.since if black.state is BlackState.SINCE else black.state


def _contribution(
    ledger: Ledger, sales: Sequence[Sale], touchpoints: Sequence[Touchpoint]
) -> Decimal | None:
    costs = cost(touchpoints, ledger.settings)
    if costs is None:
        return None
    return _sum(s.amount for s in sales) - _sum(s.direct_cost for s in sales) - costs


def sales(ledger: Ledger) -> Table:
    """Every sale up to the as-of date, oldest first; of one day, client by client."""
    of = ledger.sales
    has_days = any(one.sale.due_on is not None for one in of)
    return Table(
        "Sales",
        (
            column("Date", Look.DATE, of, lambda d: d.sale.date),
            column("Client", Look.TEXT, of, lambda d: d.client),
            column("Service", Look.TEXT, of, lambda d: d.sale.service),
            column("Project", Look.TEXT, of, lambda d: d.sale.project),
            ledger.money(
                "Amount",
                of,
                lambda d: d.sale.amount,
                _sum(d.sale.amount for d in of),
            ),
            ledger.money(
                "Direct cost",
                of,
                lambda d: d.sale.direct_cost,
                _sum(d.sale.direct_cost for d in of),
            ),
            column("From", Look.DATE, of, lambda d: d.sale.starts),
            column("To", Look.DATE, of, lambda d: d.sale.ends),
            column("Invoice", Look.TEXT, of, lambda d: d.sale.invoice),
            column("Due on", Look.DATE, of, lambda d: d.sale.due_on),
            column("Paid on", Look.DATE, of, lambda d: ledger.paid_on(d.sale)),
            column(
                "Days late",
                Look.COUNT,
                of,
                lambda d: ledger.days_late(d.sale) if has_days else None,
            ),
            column("Row", Look.TEXT, of, lambda d: _row(ledger, d.sale.row)),
        ),
    )


def open_invoices(ledger: Ledger) -> Table:
    """Sales with a due day that are not paid, the longest overdue first."""
    owed = [one for one in ledger.sales if is_open(one.sale, ledger.as_of)]
    of = sorted(owed, key=lambda one: one.sale.due_on or ledger.as_of)
    return Table(
        "Open invoices",
        (
            column("Client", Look.TEXT, of, lambda d: d.client),
            column("Invoice", Look.TEXT, of, lambda d: d.sale.invoice),
            column("Date", Look.DATE, of, lambda d: d.sale.date),
            column("Service", Look.TEXT, of, lambda d: d.sale.service),
            column("Due on", Look.DATE, of, lambda d: d.sale.due_on),
            column("Days late", Look.COUNT, of, lambda d: ledger.days_late(d.sale)),
            column("Age", Look.TEXT, of, lambda d: _age(ledger.days_late(d.sale))),
            ledger.money(
                "Amount",
                of,
                lambda d: d.sale.amount,
                _sum(d.sale.amount for d in of),
            ),
            column("Row", Look.TEXT, of, lambda d: _row(ledger, d.sale.row)),
        ),
    )


def _age(late: Cell) -> str:
    assert isinstance(late, int), "an open invoice has a day on which it is due"
    return next((name for most, name in _AGES if late <= most), _OLDEST)


def months(ledger: Ledger) -> Table:
    """Every calendar month from the first record on; the last one ends on the as-of date."""
    sales: dict[date, list[Sale]] = {}
    for one in ledger.sales:
        sales.setdefault(_month(one.sale.date), []).append(one.sale)
    touchpoints = _by_month(ledger.touchpoints)
    months = sorted({*sales, *touchpoints})
    of = month_starts(months[0], ledger.as_of) if months else ()
    every = [one.sale for one in ledger.sales]
    return Table(
        "Months",
        (
            column("Month", Look.MONTH, of, lambda month: month),
            *ledger.of_sales(
                column(
                    "Sales, number", Look.COUNT, of, lambda m: len(sales.get(m, ())), len(every)
                ),
                ledger.money(
                    "Sales",
                    of,
                    lambda m: _sum(s.amount for s in sales.get(m, ())),
                    _sum(s.amount for s in every),
                ),
                ledger.money(
                    "Direct costs",
                    of,
                    lambda m: _sum(s.direct_cost for s in sales.get(m, ())),
                    _sum(s.direct_cost for s in every),
                ),
            ),
            *_of_touchpoints(ledger, [touchpoints.get(month, []) for month in of]),
            *ledger.of_sales(
                ledger.money(
                    "Contribution",
                    of,
                    lambda m: ledger.rounded(
                        _contribution(ledger, sales.get(m, []), touchpoints.get(m, []))
                    ),
                    ledger.rounded(_contribution(ledger, every, ledger.touchpoints)),
                ),
            ),
        ),
    )


def hours(ledger: Ledger) -> Table:
    """Every month of a client with time or costs in it, client by client."""
    of = [
        (one.name, month, touchpoints)
        for one in ledger.report.found.clients
        for month, touchpoints in sorted(_by_month(one.seen.touchpoints).items())
        if any(t.minutes or t.cost for t in touchpoints)
    ]
    return Table(
        "Hours",
        (
            column("Client", Look.TEXT, of, lambda row: row[0]),
            column("Month", Look.MONTH, of, lambda row: row[1]),
            *_of_touchpoints(ledger, [row[2] for row in of]),
        ),
    )


def _of_touchpoints(ledger: Ledger, of: Sequence[Sequence[Touchpoint]]) -> tuple[Column, ...]:
    """The columns of hours and costs, one cell a row; their totals are those of all touchpoints."""
    every = ledger.touchpoints
    return (
        column(
            "Hours", Look.HOURS, of, lambda ts: _in_hours(_minutes(ts)), _in_hours(_minutes(every))
        ),
        ledger.money(
            "Cost of hours",
            of,
            lambda ts: ledger.rounded(ledger.time_cost(ts)),
            ledger.rounded(ledger.time_cost(every)),
        ),
        ledger.money("Costs of touchpoints", of, _spent, _spent(every)),
    )


def _minutes(touchpoints: Iterable[Touchpoint]) -> int:
    return sum(t.minutes for t in touchpoints)


def _month(day: date) -> date:
    return day.replace(day=1)


def _by_month(touchpoints: Iterable[Touchpoint]) -> dict[date, list[Touchpoint]]:
    found: dict[date, list[Touchpoint]] = {}
    for touchpoint in touchpoints:
        found.setdefault(_month(touchpoint.date), []).append(touchpoint)
    return found
