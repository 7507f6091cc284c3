"""Value: what is each worth, and how much hangs on how few?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen import words
from reportgen.analyses.value import BlackState, CostOfClients, Worth
from reportgen.model import Edition, Sale
from reportgen.pictures import charts
from reportgen.pictures.drawing import Chart
from reportgen.report.report import Report
from reportgen.site.bridge import BridgeShown, bridge_picture, bridge_shown
from reportgen.site.layout import Cell, Column, Link
from reportgen.site.page import Page
from reportgen.site.shared import ClientView, Site, no_sales
from reportgen.words import (
    NOT_KNOWN,
    count,
    hours,
    in_words,
    percent,
    rows,
    short_day,
)

_NO_COSTS = "To know it, record your minutes and set your hourly rate."


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with what it is of."""

    label: str
    figure: str
    of: str


@dataclass(frozen=True, slots=True)
class Fact:
    """The same in one line of a table."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client's worth."""

    client: Link
    cells: tuple[Cell, ...]
    scores: str
    """Recency, frequency and money."""


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One open invoice."""

    client: Link
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    has_sales: bool
    is_index: bool
    """Whether amounts are an index."""
    warnings: str
    tiles: tuple[Tile, ...]
    facts: tuple[Fact, ...]
    times_as_dear: str
    """How many times as dear it is to win a client as to keep one; empty where that cannot be told."""
    bridge: BridgeShown | None
    """From the sales of the year before to those of this one."""
    below_rate: str
    """Who earned less an hour than the hourly rate; empty where nobody did."""
    pareto: Chart | None
    growth: Chart | None
    columns: tuple[Column, ...]
    clients: tuple[ClientRow, ...]
    as_of: date
    invoice_columns: tuple[Column, ...]
    invoices: tuple[InvoiceRow, ...]
    has_appendix: bool
    best_score: str


_LITTLE = 0.2
"""Where three clients bring a smaller share of sales than this, little hangs on any one."""


def answer(report: Report) -> str:
    """What is each worth, and how much hangs on how few?"""
    spread = report.found.concentration
    if spread.effective_clients is None:
        return (
            "Nobody paid anything in the last 12 months."
            if report.found.counts.sales
            else no_sales(report)
        )
    if spread.paying == 1:
        return "All of the last 12 months’ sales come from one client."
    if spread.paying <= 3:
        return (
            f"All of the last 12 months’ sales come from {in_words(spread.paying)} clients; "
            f"the largest brings {percent(spread.top1_share)}."
        )
    if spread.top3_share is not None and spread.top3_share < _LITTLE:
        return (
            f"Little hangs on any one of {spread.paying} paying clients: the largest brings "
            f"{percent(spread.top1_share)} of sales, the largest three {percent(spread.top3_share)}."
        )
    alike = round(spread.effective_clients)
    if alike == spread.paying:
        return (
            f"Three clients bring {percent(spread.top3_share)} of sales, "
            f"which are spread evenly over {spread.paying} clients."
        )
    return (
        f"Three clients bring {percent(spread.top3_share)} of sales: "
        f"it is as if you had {in_words(alike)} clients, not {spread.paying}."
    )


def pictures(site: Site) -> Iterator[Chart]:
    """What became of last year's sales, how they are spread, and how they grew against the time."""
    yield from bridge_picture(site)
    paying = [view for view in site.by_sales if view.findings.worth.sales_now > 0]
    total = sum(view.findings.worth.sales_now for view in paying)
    if len(paying) >= 2:
        shares = [float(view.findings.worth.sales_now / total) for view in paying]
        yield charts.pareto("pareto", shares)
    growth = _growth(site)
    if len(growth) >= 2:
        symbol = words.money(Decimal(), site.report.settings.currency).removesuffix("0")
        yield charts.growth_against_time("growth", growth, symbol)


def _growth(site: Site) -> list[tuple[str, float, float]]:
    """Client, share of the year's time, growth of sales, like for like.

    Only the clients with time, and with sales before to grow from; nobody where the book is too young.
    """
    minutes = sum(view.findings.worth.minutes_now for view in site.clients)
    years = site.report.found.retention.years
    return [
        (
            view.name,
            view.findings.worth.minutes_now / minutes,
            float(view.findings.seen.sales_in(years.later) - before),
        )
        for view in site.by_sales
        if years.tell
        and view.findings.worth.minutes_now
        and (before := view.findings.seen.sales_in(years.earlier))
    ]


def content(site: Site) -> Content:
    """How sales are spread, what clients cost, what each is worth, and what is still owed."""
    report = site.report
    ratio = report.found.cost_of_clients.ratio
    customers = report.found.counts.customers
    return Content(
        has_sales=report.found.sales_recorded,
        is_index=report.edition == Edition.COACH,
        warnings=" ".join(report.found.concentration.warnings),
        tiles=tuple(_tiles(site)),
        facts=tuple(_facts(site)),
        times_as_dear="" if ratio is None else f"{ratio:.1f}",
        bridge=bridge_shown(site),
        below_rate=_below_rate(site),
        pareto=site.pictures.get("pareto"),
        growth=site.pictures.get("growth"),
        columns=(
            Column("Client"),
            Column("Sales, 12 months", number=True, most_first=True),
            Column("Year before", number=True, most_first=True),
            Column("Time, 12 months", number=True, most_first=True),
            Column("An hour earned", number=True, most_first=True),
            Column("Contribution, all time", number=True, most_first=True),
            Column("In the black since"),
            Column("Share of wallet", number=True, most_first=True),
            Column("R F M", number=True, most_first=True),
        ),
        clients=tuple(_client_row(site, view) for view in site.by_sales),
        as_of=report.as_of,
        invoice_columns=tuple(_invoice_columns(site)),
        invoices=tuple(_invoice(site, *one) for one in site.open_invoices),
        has_appendix=site.sees("appendix"),
        best_score="5"
        if customers >= 25
        else "3"
        if customers >= 10
        else "the number of customers",
    )


def _tiles(site: Site) -> Iterator[Tile]:
    spread, costs = site.report.found.concentration, site.report.found.cost_of_clients
    yield Tile(
        "Sales, last 12 months",
        site.money(spread.sales_now),
        f"{site.money(spread.sales_before)} in the 12 months before",
    )
    yield Tile(
        "The largest client",
        percent(spread.top1_share),
        f"the largest three {percent(spread.top3_share)}, five {percent(spread.top5_share)}",
    )
    yield Tile("To win a client", site.money(costs.cost_to_acquire), _won(site.report))
    yield Tile(
        "To keep one",
        site.money(costs.cost_to_keep),
        _NO_COSTS
        if costs.keeping is None
        else f"{count(costs.kept, 'customer')} active, without the work that is sold{_compared(costs)}",
    )
    if costs.serving is not None:
        yield Tile(
            "To do the work for one",
            site.money(costs.cost_to_serve),
            f"{count(costs.kept, 'customer')} active; project work and delivery",
        )


def _won(report: Report) -> str:
    """Of how many clients won, or why the cost of winning one is not known."""
    costs = report.found.cost_of_clients
    if costs.acquiring is None:
        return _NO_COSTS
    if not costs.won:
        return "Nobody bought for the first time."
    has_spend = report.settings.acquisition_spend_per_month is not None
    return f"{count(costs.won, 'client')} won{'' if has_spend else '; no acquisition spend is set'}"


def _compared(costs: CostOfClients) -> str:
    """What winning costs beside keeping; empty where that cannot be told."""
    ratio = costs.ratio
    return "" if ratio is None else f"; winning costs {ratio:.1f} times as much"


def _facts(site: Site) -> Iterator[Fact]:
    spread, costs = site.report.found.concentration, site.report.found.cost_of_clients
    before = f"{site.money(spread.sales_before)} in the 12 months before"
    top = (percent(one) for one in (spread.top1_share, spread.top3_share, spread.top5_share))
    yield Fact("Sales, last 12 months", f"{site.money(spread.sales_now)}; {before}")
    yield Fact("The largest client, three, five", ", ".join(top))
    yield Fact("To win a client", site.money(costs.cost_to_acquire))
    yield Fact("To keep one", f"{site.money(costs.cost_to_keep)}{_compared(costs)}")
    if costs.serving is not None:
        yield Fact("To do the work for one", site.money(costs.cost_to_serve))


def _client_row(site: Site, view: ClientView) -> ClientRow:
    worth, scores = view.findings.worth, view.scores
    profit, wallet = worth.profit, worth.share_of_wallet
    return ClientRow(
        view.link,
        (
            Cell(site.money(worth.sales_now), number=True, sort=worth.sales_now),
            Cell(site.money(worth.sales_before), number=True, sort=worth.sales_before),
            Cell(hours(worth.minutes_now), number=True, sort=worth.minutes_now),
            _hour(site, view),
            Cell(site.money(profit), number=True, sort="" if profit is None else profit),
            Cell(
                _in_the_black(worth),
                sort=worth.in_the_black.since
                if worth.in_the_black and worth.in_the_black.state is BlackState.SINCE
                else "",
            ),
            Cell(percent(wallet), number=True, sort="" if wallet is None else wallet),
        ),
        f"{scores.recency} {scores.frequency} {scores.monetary}" if scores else NOT_KNOWN,
    )


def _hour(site: Site, view: ClientView) -> Cell:
    """What an hour earned, in red where it is less than the owner's rate."""
    earned = view.findings.hourly_earned
    tone = "over" if _is_below_rate(site, view) else ""
    return Cell(site.money(earned), number=True, sort="" if earned is None else earned, tone=tone)


def _is_below_rate(site: Site, view: ClientView) -> bool:
    earned, rate = view.findings.hourly_earned, site.report.settings.hourly_rate
    return earned is not None and rate is not None and earned < rate


def _below_rate(site: Site) -> str:
    """Who earned less an hour than the rate, least first."""
    found = [view for view in site.clients if _is_below_rate(site, view)]
    found.sort(key=lambda view: (view.findings.hourly_earned, view.name.casefold()))
    if not found:
        return ""
    said = [f"{view.name} ({site.money(view.findings.hourly_earned)})" for view in found]
    return (
        f"An hour with {words.listed(said)} earned less than your rate of "
        f"{site.money(site.report.settings.hourly_rate)}."
    )


def _in_the_black(worth: Worth) -> str:
    black = worth.in_the_black
    if black is None:
        return NOT_KNOWN
    if black.state is BlackState.NEVER:
        return "never"
    day = short_day(black.since)
    return day if black.state is BlackState.SINCE else f"no longer, since {day}"


def _invoice_columns(site: Site) -> Iterator[Column]:
    for title in ("Client", "Invoice", "Date", "Due on"):
        yield Column(title)
    yield Column("Days late", number=True, most_first=True)
    yield Column("Amount", number=True, most_first=True)
    if site.sees("rows"):
        yield Column("Row", fixed=True)


def _invoice(site: Site, view: ClientView, sale: Sale, late: int) -> InvoiceRow:
    amount = site.money(sale.amount, pence=site.report.edition != Edition.COACH)
    cells = [
        Cell(sale.invoice or sale.service or ""),
        Cell(short_day(sale.date), sort=sale.date),
        Cell(short_day(sale.due_on), sort=sale.due_on),
        Cell(f"{late}", number=True, tone="over" if late else ""),
        Cell(amount, number=True, sort=sale.amount),
    ]
    if site.sees("rows"):
        cells.append(Cell(rows([sale.row]), style="rows"))
    return InvoiceRow(view.link, tuple(cells))


PAGE = Page(
    name="value",
    title="Worth",
    question="What is each worth, and how much hangs on how few?",
    answer=answer,
    content=content,
    pictures=pictures,
)
