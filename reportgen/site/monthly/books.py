"""The figures of the books: sales, open invoices and hours, as far as they are recorded."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportgen.site.layout import Link
from reportgen.site.monthly.figures import Figure
from reportgen.site.shared import Site
from reportgen.words import count, hours


def of_books(site: Site) -> Iterator[Figure]:
    """What an accountant asks first."""
    found = site.report.found
    if found.sales_recorded:
        yield _sales(site)
    if any(sale.due_on for one in found.clients for sale in one.seen.sales):
        yield _invoices(site)
    if found.counts.touchpoints:
        yield _hours(site)


def _sales(site: Site) -> Figure:
    found = site.report.found.concentration
    more = found.sales_now - found.sales_before
    way = "More" if more > 0 else "Less"
    return Figure(
        Link("Sales, last 12 months", "value"),
        site.money(found.sales_now),
        "",
        f"{way} by {site.money(abs(more))} than in the 12 months before" if more else "",
    )


def _invoices(site: Site) -> Figure:
    owed = [sale.amount for _, sale, _ in site.open_invoices]
    late = [sale.amount for _, sale, overdue in site.open_invoices if overdue]
    part = "All" if len(late) == len(owed) else site.money(sum(late, Decimal()))
    return Figure(
        Link("Open invoices", "value"),
        site.money(sum(owed, Decimal())),
        f"in {count(len(owed), 'invoice')}" if owed else "",
        f"{part} of it late" if late else "None is late",
    )


def _hours(site: Site) -> Figure:
    minutes = sum(one.worth.minutes_now for one in site.report.found.clients)
    rate = site.report.settings.hourly_rate
    return Figure(
        Link("Hours, last 12 months", "value"),
        hours(minutes),
        "",
        "" if rate is None else f"{site.money(rate * minutes / 60)} at the hourly rate",
    )
