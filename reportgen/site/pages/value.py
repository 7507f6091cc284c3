"""Worth: what each client brings and leaves, and how much hangs on how few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportgen import words
from reportgen.analyses.value import CostOfClients
from reportgen.model import Edition, Sale
from reportgen.pictures import charts
from reportgen.pictures.drawing import Chart
from reportgen.report.findings import ClientFindings
from reportgen.report.report import Report
from reportgen.settings.settings import Settings
from reportgen.site.bridge import BridgeShown, bridge_picture, bridge_shown
from reportgen.site.layout import Cell, Column, Figure, Line, Link, Table
from reportgen.site.page import Page
from reportgen.site.prose.english import worth as prose
from reportgen.site.shared import ClientView, Site, no_sales
from reportgen.values import dataclass
from reportgen.words import count, hours, percent, rows, short_day

_FIRST = 10
"""So many clients stand in lines of their own; the others together in one."""
_ALL_UP_TO = 12
"""So few stand there all of them."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    has_sales: bool
    is_index: bool
    """Whether amounts are an index."""
    warnings: str
    figures: tuple[Figure, ...]
    bridge: BridgeShown | None
    """From the sales of the year before to those of this one."""
    pareto: Chart | None
    clients: Table | None
    """The first clients by sales, and the others in one line; None where nobody paid."""
    below_rate: str
    """Who earned less an hour than the hourly rate; empty where nobody did."""
    others: Table | None
    """Those others, one by one."""
    growth: Chart | None
    not_paying: Table | None
    """Those without sales in the year who have paid or cost something before."""
    invoices: Table | None
    open: str
    """How much is open, and how much of it is late."""
    costs: str
    """What winning and keeping clients costs beside what the articles claim, or what to record."""
    has_appendix: bool


def answer(report: Report) -> str:
    """How much hangs on how few, and with how many an hour earned less than the rate."""
    spread, settings = report.found.concentration, report.settings
    if spread.top1_share is None or spread.top3_share is None:
        return prose.NOBODY if report.found.counts.sales else no_sales(report)
    is_index = report.edition == Edition.COACH
    return prose.answer(
        spread.paying,
        spread.top1_share,
        spread.top3_share,
        "" if is_index else words.money(spread.sales_now, settings.currency),
        sum(_is_below_rate(one, settings) for one in report.found.clients),
        "your rate" if is_index else words.money(settings.hourly_rate, settings.currency),
    )


def pictures(site: Site) -> Iterator[Chart]:
    """From year to year, how sales are spread over the clients, and how they grew against the time."""
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
    """What each client brings and leaves, what clients cost, and what is still owed."""
    report = site.report
    paying = [view for view in site.by_sales if view.findings.worth.sales_now > 0]
    first = paying if len(paying) <= _ALL_UP_TO else paying[:_FIRST]
    others = paying[len(first) :]
    shown = _Shown.of(paying)
    return Content(
        has_sales=report.found.sales_recorded,
        is_index=report.edition == Edition.COACH,
        warnings=" ".join(report.found.concentration.warnings),
        figures=tuple(_figures(site)),
        bridge=bridge_shown(site),
        pareto=site.pictures.get("pareto"),
        clients=_clients(site, shown, first, others) if first else None,
        below_rate=_below_rate(site),
        others=_others(site, shown, others) if others else None,
        growth=site.pictures.get("growth"),
        not_paying=_not_paying(site),
        invoices=_invoices(site),
        open=_open(site),
        costs=_costs(site),
        has_appendix=site.sees("appendix"),
    )


def _figures(site: Site) -> Iterator[Figure]:
    """Sales, how they hang on few, and what it costs to win and to keep a client, as far as it is known."""
    spread, costs = site.report.found.concentration, site.report.found.cost_of_clients
    yield Figure("Sales, last 12 months", site.money(spread.sales_now), _against_last_year(site))
    if spread.top1_share is not None and spread.paying > 1:
        alike = spread.effective_clients or 0.0
        of = prose.largest(spread.paying, spread.top3_share or 0.0, spread.top5_share or 0.0, alike)
        yield Figure("The largest client", percent(spread.top1_share), of)
    if costs.cost_to_acquire is not None:
        has_spend = site.report.settings.acquisition_spend_per_month is not None
        won = f"{count(costs.won, 'client')} won"
        yield Figure(
            "To win a client",
            site.money(costs.cost_to_acquire),
            won if has_spend else f"{won}; no acquisition spend is set",
        )
    if costs.cost_to_keep is not None:
        yield Figure("To keep one", site.money(costs.cost_to_keep), _kept(site, costs))


def _against_last_year(site: Site) -> str:
    """Which way sales went; empty where the year before is not recorded whole."""
    years = site.report.found.retention.years
    if years.months or not years.tell:
        return ""
    spread = site.report.found.concentration
    more = spread.sales_now - spread.sales_before
    by = site.money(abs(more)) if more else ""
    return prose.against_last_year(more > 0, by, site.money(spread.sales_before))


def _kept(site: Site, costs: CostOfClients) -> str:
    active = f"{count(costs.kept, 'client')} active, without the work that is sold"
    if costs.cost_to_serve is None:
        return active
    return f"{active}, which is {site.money(costs.cost_to_serve)} more"


def _costs(site: Site) -> str:
    """The articles' claim beside the owner's own figure."""
    ratio = site.report.found.cost_of_clients.ratio
    own = (
        "yours cannot be told until minutes are recorded and your hourly rate is set"
        if ratio is None
        else f"with you it costs {ratio:.1f} times as much"
    )
    return (
        "The articles claim that winning a client costs five to ten times as much as keeping one, or seven "
        f"times; {own}."
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which columns say something of anybody."""

    minutes: bool
    earned: bool
    profit: bool

    @classmethod
    def of(cls, views: Sequence[ClientView]) -> _Shown:
        """Of these clients."""
        found = [view.findings for view in views]
        return cls(
            any(one.worth.minutes_now for one in found),
            any(one.hourly_earned is not None for one in found),
            any(one.worth.profit not in (None, one.worth.sales_total) for one in found),
        )


def _columns(shown: _Shown) -> Iterator[Column]:
    yield Column("Client")
    yield Column("Sales", number=True, most_first=True)
    if shown.minutes:
        yield Column("Time", number=True, most_first=True)
    if shown.earned:
        yield Column("An hour earned", number=True, most_first=True)
    if shown.profit:
        yield Column("Left of all time", number=True, most_first=True)


def _clients(
    site: Site, shown: _Shown, first: Sequence[ClientView], others: Sequence[ClientView]
) -> Table:
    """The first by sales, and the sum of the others below them."""
    paying = len(first) + len(others)
    whom = f"the first {len(first)} of {paying:,}" if others else f"all {paying:,}"
    return Table(
        id="worth",
        caption=f"Those who paid in the last 12 months, {whom if paying > 1 else 'one client'}, most sales "
        "first; left of all time is what they brought in all, less all costs",
        columns=tuple(_columns(shown)),
        lines=tuple(_line(site, shown, view) for view in first),
        foot=_together(site, shown, others) if others else None,
    )


def _others(site: Site, shown: _Shown, others: Sequence[ClientView]) -> Table:
    return Table(
        id="worth-others",
        caption=f"The {prose.others(len(others))}, one by one",
        columns=tuple(_columns(shown)),
        lines=tuple(_line(site, shown, view) for view in others),
    )


def _line(site: Site, shown: _Shown, view: ClientView) -> Line:
    """What one client brought, took and left."""
    one = view.findings
    worth, earned = one.worth, one.hourly_earned
    cells = [Cell(site.money(worth.sales_now), sort=worth.sales_now, number=True)]
    if shown.minutes:
        spent = hours(worth.minutes_now) if worth.minutes_now else ""
        cells.append(Cell(spent, sort=worth.minutes_now, number=True, label="in"))
    if shown.earned:
        tone = "over" if _is_below_rate(one, site.report.settings) else ""
        cells.append(_money(site, earned, "an hour", tone))
    if shown.profit:
        cells.append(_money(site, worth.profit, "left"))
    return Line(view.link, tuple(cells))


def _money(site: Site, amount: Decimal | float | None, label: str, tone: str = "") -> Cell:
    """An amount; empty where it is not known."""
    if amount is None:
        return Cell(sort="", number=True)
    return Cell(site.money(amount), sort=amount, number=True, label=label, tone=tone)


def _together(site: Site, shown: _Shown, others: Sequence[ClientView]) -> Line:
    """The sums of these clients, as far as they can be told of all."""
    worths = [view.findings.worth for view in others]
    minutes = sum(one.minutes_now for one in worths)
    left = [one.profit for one in worths if one.profit is not None]
    cells = [Cell(site.money(sum((one.sales_now for one in worths), Decimal())), number=True)]
    if shown.minutes:
        cells.append(Cell(hours(minutes) if minutes else "", number=True, label="in"))
    if shown.earned:
        cells.append(Cell(number=True))
    if shown.profit:
        known = sum(left, Decimal()) if len(left) == len(worths) else None
        cells.append(_money(site, known, "left"))
    return Line(Link(prose.others(len(others)), ""), tuple(cells))


def _is_below_rate(one: ClientFindings, settings: Settings) -> bool:
    earned, rate = one.hourly_earned, settings.hourly_rate
    return earned is not None and rate is not None and earned < rate


def _below_rate(site: Site) -> str:
    """Who earned less an hour than the rate, least first."""
    settings = site.report.settings
    found = [view for view in site.clients if _is_below_rate(view.findings, settings)]
    found.sort(key=lambda view: (view.findings.hourly_earned, view.name.casefold()))
    said = [(view.name, site.money(view.findings.hourly_earned)) for view in found]
    return prose.below_rate(said, site.money(settings.hourly_rate))


def _not_paying(site: Site) -> Table | None:
    """Who has paid or cost something before, and paid nothing in the year; most sales first."""
    found = [
        view
        for view in site.clients
        if view.findings.worth.sales_now <= 0
        and (view.findings.worth.sales_total or view.findings.worth.profit)
    ]
    if not found:
        return None
    found.sort(key=lambda view: (-view.findings.worth.sales_total, view.name.casefold()))
    has_profit = _Shown.of(found).profit
    columns = [Column("Client"), Column("All sales", number=True, most_first=True)]
    columns += [Column("Left of all time", number=True, most_first=True)] if has_profit else []
    return Table(
        id="worth-before",
        caption=prose.not_paying(len(found)),
        columns=tuple(columns),
        lines=tuple(Line(view.link, tuple(_before(site, view, has_profit))) for view in found),
    )


def _before(site: Site, view: ClientView, has_profit: bool) -> Iterator[Cell]:
    worth = view.findings.worth
    sales = site.money(worth.sales_total) if worth.sales_total else ""
    yield Cell(sales, sort=worth.sales_total, number=True)
    if has_profit:
        yield _money(site, worth.profit, "left")


def _open(site: Site) -> str:
    owed = [(sale.amount, late) for _, sale, late in site.open_invoices]
    late = sum((amount for amount, days in owed if days), Decimal())
    total = sum((amount for amount, _ in owed), Decimal())
    return prose.open_invoices(len(owed), site.money(total), site.money(late) if late else "")


def _invoices(site: Site) -> Table | None:
    """With a day on which they are due, and not paid; the longest overdue first."""
    if not site.open_invoices:
        return None
    columns = [
        *(Column(title) for title in ("Client", "Invoice", "Date", "Due on")),
        Column("Days late", number=True, most_first=True),
        Column("Amount", number=True, most_first=True),
    ]
    return Table(
        id="open-invoices",
        caption=f"With a day on which they are due, and not paid by {words.day(site.report.as_of)}; the "
        "longest overdue first",
        columns=site.columns(*columns, rows=Column("Row", fixed=True)),
        lines=tuple(_invoice(site, *one) for one in site.open_invoices),
    )


def _invoice(site: Site, view: ClientView, sale: Sale, late: int) -> Line:
    amount = site.money(sale.amount, pence=site.report.edition != Edition.COACH)
    cells = [
        Cell(sale.invoice or sale.service or ""),
        Cell(short_day(sale.date), sort=sale.date),
        Cell(short_day(sale.due_on), sort=sale.due_on, label="due"),
        Cell(f"{late}", sort=late, number=True, tone="over", label="days late")
        if late
        else Cell(sort=0, number=True),
        Cell(amount, sort=sale.amount, number=True),
    ]
    if site.sees("rows"):
        cells.append(Cell(rows([sale.row]), style="rows"))
    return Line(view.link, tuple(cells))


PAGE = Page(
    name="value",
    title="Worth",
    question="What is each worth, and how much hangs on how few?",
    answer=answer,
    content=content,
    pictures=pictures,
)
