"""Section 3: “A purchase is what the client decided once, and that depends on the business model”."""

from __future__ import annotations

import datetime as dt
import itertools
import statistics
from dataclasses import dataclass, field
from decimal import Decimal

from oracle.past import (
    Past,
    month_end,
    month_first,
    month_number,
    norm_of_all_phases,
    once,
    same_name,
)


@dataclass
class Purchase:
    """One decision to buy."""

    first: dt.date
    last: dt.date
    amount: Decimal
    project: str | None = None
    rows: list = field(default_factory=list)


@once
def purchases(past: Past) -> list[Purchase]:
    """The client's purchases up to T, in order, by the table of SPEC 3."""
    if past.model == "consultancy":
        return projects(past)
    if past.stays:
        return [paid_month(past, month, first) for month, first in paid_months(past).items()]
    return [
        Purchase(day, day, sum(past.amount_of_day[day], Decimal(0))) for day in past.purchase_days
    ]


def _period(row) -> tuple[dt.date, dt.date]:
    """“From–To; a sale without one: that day and the 29 after it”."""
    return (row.starts, row.ends) if row.starts else (row.date, row.date + dt.timedelta(days=29))


def projects(past: Past) -> list[Purchase]:
    """“The sales that bear the same Project, else those whose periods overlap or lie at most N days
    apart … A sale without a Project never joins a named one; a refund belongs to the project begun
    last before it and lengthens none; a project refunded in full is a purchase of 0 that does not
    count. It begins with its first sale, ends with its last period, is worth their sum.”
    """
    bought = [row for row in past.sales if row.amount >= 0]
    groups: list[list] = []
    named: dict[str, list] = {}
    for row in bought:
        if row.project:
            named.setdefault(same_name(row.project), []).append(row)
    groups.extend(named.values())
    end = None
    for row in sorted((row for row in bought if not row.project), key=_period):
        starts, ends = _period(row)
        if end is not None and (starts - end).days <= norm_of_all_phases(past):
            groups[-1].append(row)
            end = max(end, ends)
        else:
            groups.append([row])
            end = ends
    found = [
        Purchase(
            first=min(row.date for row in group),
            last=max(_period(row)[1] for row in group),
            amount=sum((row.amount for row in group), Decimal(0)),
            project=group[0].project,
            rows=list(group),
        )
        for group in groups
    ]
    found.sort(key=lambda one: one.first)
    for refund in (row for row in past.sales if row.amount < 0):
        own = [
            one
            for one in found
            if refund.project and same_name(one.project) == same_name(refund.project)
        ]
        begun = [one for one in found if one.first <= refund.date]
        owner = own[0] if own else begun[-1] if begun else None
        if owner:
            owner.amount += refund.amount
            owner.rows.append(refund)
    return [one for one in found if one.amount > 0 or not any(row.amount for row in one.rows)]


def usual_distance(past: Past) -> int:
    """“The median distance of its neighbouring payment months, rounded down; 1 with fewer than three
    payment months”."""
    months = sorted({month_number(day) for day in past.purchase_days})
    if len(months) < 3:
        return 1
    return int(statistics.median(b - a for a, b in itertools.pairwise(months)))


@once
def paid_months(past: Past) -> dict[int, dt.date]:
    """“A calendar month with a purchase day in it or under a From–To, ended or not. A payment without
    From–To covers as many months as the client's usual distance; a From–To's last month counts from
    its 15th day, and no month after T's.” Each month with its first paid day.
    """
    first_day: dict[int, dt.date] = {}

    def pay(month: int, day: dt.date) -> None:
        first_day[month] = min(day, first_day.get(month, day))

    days = set(past.purchase_days)
    payments = [row for row in past.sales if row.date in days and row.amount >= 0]
    for row in payments:
        if row.starts:
            last = month_number(row.ends) - (row.ends.day < 15)
            for month in range(month_number(row.starts), last + 1):
                pay(month, max(row.starts, month_first(month)))
        else:
            for later in range(1, usual_distance(past)):
                month = month_number(row.date) + later
                pay(month, month_first(month))
    # The month of a payment begins with its first one, whatever else covers it.
    first_day |= {month_number(row.date): row.date for row in reversed(payments)}
    return {
        month: day for month, day in sorted(first_day.items()) if month <= month_number(past.day)
    }


def paid_month(past: Past, month: int, first: dt.date) -> Purchase:
    """A paid month, worth its sales: “an amount stays in its sale's month”."""
    sales = [row.amount for row in past.sales if month_number(row.date) == month]
    return Purchase(first, month_end(month_first(month)), sum(sales, Decimal(0)))


def terms(past: Past) -> list[tuple[int, int, int]]:
    """“A run of paid months with at most one unpaid month between neighbours is a term”: its first
    month, its last, and how many are paid."""
    if not past.stays:
        return []
    runs: list[list[int]] = []
    for month in paid_months(past):
        if runs and month - runs[-1][-1] <= 2:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [(run[0], run[-1], len(run)) for run in runs]


def first_purchase(past: Past) -> dt.date | None:
    """The day of the first purchase."""
    bought = purchases(past)
    return bought[0].first if bought else None


def gaps(past: Past) -> list[int]:
    """Days from the beginning of a purchase to the beginning of the next."""
    days = [one.first for one in purchases(past)]
    return [(b - a).days for a, b in itertools.pairwise(days)]
