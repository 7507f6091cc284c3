"""The appendix: the tables of a report as one .xlsx file, for an accountant's spreadsheet.

It is made of the Report alone, so it shows only what the report's edition has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen import words
from reportgen.model import Edition
from reportgen.periods import year_to
from reportgen.report.report import Report
from reportgen.tables import figure_tables, ledgers
from reportgen.tables.sheets import Look, Table, column, xlsx

TITLE = "Appendix: the tables of a report"
"""It keeps the business's name out, in case the file is passed on."""

_EDITIONS: dict[Edition, str] = {
    Edition.OWNER: "The owner’s: everything, with the rows of the workbook.",
    Edition.ACCOUNTANT: "The accountant’s: names, money, hours and costs.",
    Edition.COACH: "The coach’s: clients have pseudonyms, and money is an index.",
}


def appendix(report: Report) -> bytes:
    """The bytes of the report's .xlsx file, the same on every call.

    Its sheets are About, Clients, Sales, Open invoices, Months, Hours, Retention, Cohorts and Value. A
    column in which nothing is recorded, or nothing that the edition has, is left out, and so is a table
    without a row. A figure that cannot be told is the text n/a. The public edition has no tables.
    """
    assert report.edition != Edition.PUBLIC, "the public edition has no tables"
    ledger = ledgers.Ledger(report)
    tables = (
        ledgers.clients(ledger),
        ledgers.sales(ledger),
        ledgers.open_invoices(ledger),
        ledgers.months(ledger),
        ledgers.hours(ledger),
        figure_tables.retention(report),
        figure_tables.cohorts(report),
        figure_tables.value(ledger),
    )
    of_sales = () if report.found.sales_recorded else ("Retention", "Value")
    shown = [table for table in tables if table.rows and table.name not in of_sales]
    empty = [table.name for table in tables if table not in shown]
    return xlsx([_about(report, empty), *shown], TITLE, report.as_of, ledger.precision)


def _about(report: Report, empty: Sequence[str]) -> Table:
    """The sheet that tells a reader who has nothing else what this file is."""
    lines = list(_said(report, empty))
    return Table(
        "About",
        (
            column("What", Look.TEXT, lines, lambda line: line[0]),
            column("In words", Look.PROSE, lines, lambda line: line[1]),
        ),
    )


def _said(report: Report, empty: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is explained, and its explanation: the file, its sheets, then its figures."""
    yield from _of_the_file(report, empty)
    yield from _of_the_sheets(report)
    yield from _of_the_figures(report)


def _of_the_file(report: Report, empty: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What the file is and for whom, and what it leaves out."""
    settings, year = report.settings, year_to(report.as_of)
    planned = sum(len(one.seen.planned_sales) for one in report.found.clients)
    yield (
        "This file",
        (
            "The tables of a report on client relationships, as numbers and dates. Every cell is a value: "
            "there are no formulas and no links."
        ),
    )
    if settings.business_name:
        yield "Business", settings.business_name
    yield (
        "As of",
        (
            f"{words.day(report.as_of)}. What is dated later is planned and not in these tables"
            + (f": {words.count(planned, 'sale')}." if planned else ".")
        ),
    )
    yield "The last 12 months", f"{words.day(year.first)} to {words.day(year.to)}."
    yield "Edition", _EDITIONS[report.edition]
    yield "Money", _money_words(report)
    if report.edition == Edition.OWNER:
        yield (
            "Data problems",
            (
                f"{words.count(len(report.problems), 'cell')} could not be used and "
                f"{'is' if len(report.problems) == 1 else 'are'} not in these tables; the Data problems "
                "page of the report has the list."
                if report.problems
                else "None: every cell could be used."
            ),
        )
    if empty:
        yield "Not here", f"{words.listed(empty, len(empty))}: nothing is recorded for a row there."


def _of_the_sheets(report: Report) -> Iterator[tuple[str, str]]:
    """What n/a and rounding mean, and what a row is on each sheet."""
    yield "n/a", "Not enough is recorded to tell. It is never the same as 0."
    yield (
        "Rounding",
        (
            "What was recorded stands as it is. Every figure that was worked out is rounded once, and a "
            "total is rounded from the exact figures: so a column of rounded ones may add up to a "
            "little more or less."
        ),
    )
    yield (
        "Clients",
        (
            "A row is a client, most sales in the last 12 months first. Costs, hours and contribution are "
            "of all time up to the as-of date, unless the header says otherwise."
        ),
    )
    yield "Sales", "A row is a sale, an invoice or, below 0, a refund; oldest first."
    yield (
        "Open invoices",
        (
            "A row is a sale with a day on which it is due, and not paid by the as-of date; longest "
            "overdue first. A sale without such a day is not among them."
        ),
    )
    yield "Months", "A row is a calendar month; the last one ends on the as-of date."
    yield "Hours", "A row is a month of a client with time or costs in it."
    yield (
        "Retention",
        "Who came back, each share with its counts and the range in which it may truly lie.",
    )
    yield (
        "Cohorts",
        (
            f"A row is the customers whose first purchase fell in one {report.found.cohorts.period}; how "
            "many of them bought in it and in those after. n/a: it is not over yet."
        ),
    )
    yield "Value", "How much hangs on how few, and what it costs to win and to keep a client."


def _of_the_figures(report: Report) -> Iterator[tuple[str, str]]:
    """What the figures mean whose headers do not say it."""
    settings = report.settings
    without = report.found.counts.without_minutes
    yield (
        "An hour",
        (
            "60 of the minutes recorded on touchpoints"
            + (
                f"; {words.count(without, 'touchpoint')} without minutes count as 0."
                if without
                else "."
            )
        ),
    )
    rate = settings.hourly_rate
    yield (
        "Cost of hours",
        (
            "n/a: no hourly rate is set."
            if rate is None
            else f"Hours at the hourly rate, {words.money(rate, settings.currency, pence=True)}."
        ),
    )
    yield "Contribution", "Sales less direct costs, costs of touchpoints and cost of hours."
    yield "In the black since", "The day from which the contribution has not been below 0 again."
    yield "Share of wallet", "Sales of the last 12 months ÷ potential per year."
    yield (
        "Days late",
        "From the day due to the day paid, or to the as-of date; 0 where it is in time.",
    )
    yield (
        "Scores",
        (f"Recency, frequency and money of a customer, 1 the lowest, {_best(report)} the best."),
    )


def _best(report: Report) -> str:
    scores = list(report.found.rfm.values())
    return str(scores[0].out_of) if scores else "5"


def _money_words(report: Report) -> str:
    if report.edition == Edition.COACH:
        return "An index without a currency: the largest client’s sales in all are 100."
    if report.settings.currency is None:
        return "As recorded; no currency is set."
    return f"{report.settings.currency}. Sales count on their date, refunds as negative."
