"""The one column to add next, and what it would open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reportgen.evidence.evidence import Evidence
from reportgen.model import BusinessModel, MinutesRecorded, Sale, Touchpoint
from reportgen.report.findings import Findings
from reportgen.values import dataclass

ENOUGH = 0.2
"""The share of rows that fill a column from which on it counts as kept."""


@dataclass(frozen=True, slots=True)
class NextColumn:
    """A column that the workbook lacks."""

    name: str
    sheet: str
    opens: str
    """What the report would say then: the end of a sentence."""


def next_column(found: Findings, model: BusinessModel | None) -> NextColumn | None:
    """The first of the columns that open most and are not kept; None where all of them are.

    Who sells a product or a subscription is paid at once: she needs no day due.
    """
    return next(_lacking([one.seen for one in found.clients], model not in _PAID_AT_ONCE), None)


_PAID_AT_ONCE = (BusinessModel.PRODUCT, BusinessModel.SUBSCRIPTION)


def model_of_most(found: Findings) -> BusinessModel | None:
    """The business model that most clients behave like; None where no client tells."""
    alike = Counter(client.likeness.model for client in found.clients if client.likeness)
    return max(BusinessModel, key=lambda model: alike[model]) if alike else None


def without_figures(found: Findings) -> frozenset[str]:
    """The pages that the rows so far say nothing for, by name."""
    everyone = [one.seen for one in found.clients]
    quiet: set[str] = set()
    if not any(one.sales for one in everyone):
        quiet |= {"value", "retention"}
    touchpoints = [row for one in everyone for row in one.touchpoints]
    if not touchpoints:
        quiet |= {"touchpoints", "trust"}
    if not any(row.start for row in touchpoints):
        quiet.add("boundaries")
    if not touchpoints and "value" in quiet:
        quiet |= {"matrix", "actions"}
    return frozenset(quiet)


def _lacking(everyone: Sequence[Evidence], invoiced: bool) -> Iterator[NextColumn]:
    touchpoints = [row for one in everyone for row in one.touchpoints]
    sales = [row for one in everyone for row in one.sales]
    if not sales:
        yield NextColumn(
            "Amount", "Sales", "who comes back, what each client is worth and what is owed"
        )
    if not touchpoints:
        yield NextColumn("Date", "Touchpoints", "how long each silence is, and who needs you first")
    elif not _kept(touchpoints, lambda row: bool(row.activity.name)):
        yield NextColumn(
            "Activity", "Touchpoints", "what trust is made of, and which contacts build it"
        )
    elif not _kept(touchpoints, lambda row: row.minutes_recorded == MinutesRecorded.RECORDED):
        yield NextColumn(
            "Minutes", "Touchpoints", "where your hours go, and what an hour earns you"
        )
    elif not _kept(touchpoints, lambda row: row.start is not None):
        yield NextColumn("Start", "Touchpoints", "who eats your evenings")
    if sales and invoiced and not _kept_sale(sales):
        yield NextColumn("Due on", "Sales", "which invoices are late, and with whom to begin")
    if everyone and not any(one.client.email or one.client.phone for one in everyone):
        yield NextColumn("E-mail", "Clients", "letters that are addressed when you press send")
    if everyone and not any(one.client.source or one.client.referred_by for one in everyone):
        yield NextColumn("Source", "Clients", "where good clients come from")


def _kept(rows: Sequence[Touchpoint], filled: Callable[[Touchpoint], bool]) -> bool:
    return sum(map(filled, rows)) >= ENOUGH * len(rows)


def _kept_sale(rows: Sequence[Sale]) -> bool:
    dated = sum(row.due_on is not None or row.paid_on is not None for row in rows)
    return dated >= ENOUGH * len(rows)
