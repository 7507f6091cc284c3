"""What a client decided to buy, by the business model (SPEC 3): a project, a day in the shop, a paid month.

Everything that counts purchases counts these. Three invoices of one project are one purchase, and a
subscriber who has paid for twelve months has twelve.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from statistics import median

from reportgen.model import BusinessModel, Sale, name_key
from reportgen.periods import month_end
from reportgen.problems import Row
from reportgen.values import dataclass

BY_THE_MONTH = (BusinessModel.SERVICE, BusinessModel.SUBSCRIPTION)
"""The models whose clients do not come back, because they stay."""

NAMED: Mapping[BusinessModel | None, str] = {
    None: "purchase day",
    BusinessModel.CONSULTANCY: "project",
    BusinessModel.SERVICE: "paid month",
    BusinessModel.PRODUCT: "purchase day",
    BusinessModel.SUBSCRIPTION: "paid month",
}
"""Business model, None for none set → what one purchase is called."""

_PAYMENT_MONTHS_AT_LEAST = 3
"""How many months with a payment it takes to tell their usual distance (SPEC 3)."""

_COUNTS_FROM_DAY = 15
"""A period pays for its last month when it reaches this day of it (SPEC 3)."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PurchaseDay:
    """All the sales of one date, when they sum to more than 0 or are all 0."""

    date: date
    amount: Decimal
    sales: tuple[Sale, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of its sales, refunds among them."""
        return tuple(sale.row for sale in self.sales)


@dataclass(frozen=True, slots=True)
class Purchase:
    """What the client decided once."""

    first: date
    """The day of its first sale; of a month that is paid without a sale in it, the first paid day."""
    last: date
    """The end of a project's last period, the last day of a paid month, else ``first``."""
    amount: Decimal
    """The sum of its sales, refunds taken off; of a paid month those dated in it."""
    rows: tuple[Row, ...]
    project: str | None = None
    """The project's name, where the owner gave it one."""


@dataclass(frozen=True, slots=True)
class Term:
    """A run of paid months with at most one unpaid month between neighbours."""

    first: date
    """The first day of its first month."""
    last: date
    """The last day of its last month."""
    months: int
    """How many of its months are paid."""


def purchase_days(sales: Iterable[Sale]) -> tuple[PurchaseDay, ...]:
    """The purchase days, oldest first; the sales are in order of date."""
    found = []
    for day, of_day in groupby(sales, key=lambda sale: sale.date):
        sold = tuple(of_day)
        amount = sum((sale.amount for sale in sold), Decimal())
        if amount > 0 or all(sale.amount == 0 for sale in sold):
            found.append(PurchaseDay(day, amount, sold))
    return tuple(found)


def days_as_purchases(days: Sequence[PurchaseDay]) -> tuple[Purchase, ...]:
    """Each purchase day as a purchase of its own: a shop's, and a book's without a business model."""
    return tuple(Purchase(day.date, day.date, day.amount, day.rows) for day in days)


@dataclass(slots=True)
class _Project:
    name: str | None
    sales: list[Sale] = field(default_factory=list)
    refunds: list[Sale] = field(default_factory=list)
    last: date = date.min

    @property
    def first(self) -> date:
        return min(sale.date for sale in self.sales)

    def takes(self, sale: Sale, ends: date) -> None:
        self.sales.append(sale)
        self.last = max(self.last, ends)

    def purchase(self) -> Purchase | None:
        """The project as a purchase; None where its money went back."""
        rows = sorted((*self.sales, *self.refunds), key=_in_order)
        amount = sum((sale.amount for sale in rows), Decimal())
        if amount <= 0 and any(sale.amount for sale in rows):
            return None
        return Purchase(self.first, self.last, amount, tuple(s.row for s in rows), self.name)


def projects(sales: Sequence[Sale], apart: int, usual_days: int) -> tuple[Purchase, ...]:
    """A consultancy's purchases up to the last of the sales, in order of their beginning.

    Sales that bear the same Project are one; of the others those whose periods overlap or lie at most
    ``apart`` days from each other (a difference of dates). A sale without a period has ``usual_days`` from
    its own day on. A refund without a Project belongs to the one begun last by its day, and makes none
    longer. A project that was refunded in full is none.
    """
    named: dict[str, _Project] = {}
    loose: list[tuple[date, date, Sale]] = []
    refunds = []
    for sale in sales:
        starts, ends = _period(sale, usual_days)
        if sale.amount < 0:
            refunds.append(sale)
        elif sale.project:
            project = named.setdefault(name_key(sale.project), _Project(sale.project))
            project.takes(sale, ends)
        else:
            loose.append((starts, ends, sale))
    found = [*named.values(), *_chained(loose, apart)]
    found.sort(key=lambda one: (one.first, min(sale.row for sale in one.sales)))
    firsts = [one.first for one in found]
    for refund in refunds:
        own = named.get(name_key(refund.project)) if refund.project else None
        begun = bisect_right(firsts, refund.date)
        if own or begun:
            (own or found[begun - 1]).refunds.append(refund)
    return tuple(bought for one in found if (bought := one.purchase()) is not None)


def _period(sale: Sale, usual_days: int) -> tuple[date, date]:
    if sale.starts is not None and sale.ends is not None:
        return sale.starts, sale.ends
    return sale.date, sale.date + (usual_days - 1) * _DAY


def _chained(periods: Iterable[tuple[date, date, Sale]], apart: int) -> list[_Project]:
    found: list[_Project] = []
    for starts, ends, sale in sorted(periods, key=lambda one: (one[0], one[1], one[2].row)):
        if not found or (starts - found[-1].last).days > apart:
            found.append(_Project(None))
        found[-1].takes(sale, ends)
    return found


def paid_months(
    sales: Sequence[Sale], days: Sequence[PurchaseDay], as_of: date
) -> tuple[Purchase, ...]:
    """The purchases of a service or a subscription: every paid month up to the as-of date's, in order.

    A month is paid with a purchase day in it, or under the From–To of one (its last month from the 15th
    day). A payment without From–To pays for as many months as the client usually lets pass between two.
    """
    usual = _usual_distance([_month(day.date) for day in days])
    paying: defaultdict[int, list[Sale]] = defaultdict(list)
    for day in days:
        for sale in day.sales:
            if sale.amount >= 0:
                for month in _pays_for(sale, usual):
                    paying[month].append(sale)
    begun: dict[int, date] = {}
    for day in days:
        begun.setdefault(_month(day.date), day.date)
    dated: defaultdict[int, list[Sale]] = defaultdict(list)
    for sale in sales:
        dated[_month(sale.date)].append(sale)
    return tuple(
        _paid_month(month, begun.get(month), paying[month], dated[month])
        for month in sorted(paying)
        if month <= _month(as_of)
    )


def _pays_for(sale: Sale, usual: int) -> set[int]:
    own = _month(sale.date)
    if sale.starts is None or sale.ends is None:
        return set(range(own, own + usual))
    last = _month(sale.ends) - (sale.ends.day < _COUNTS_FROM_DAY)
    return {own, *range(_month(sale.starts), last + 1)}


def _paid_month(
    month: int, bought: date | None, paying: Sequence[Sale], dated: Sequence[Sale]
) -> Purchase:
    """The month, from its first purchase day or, without one, from the day it is paid for."""
    begins = bought or max(min(one.starts or one.date for one in paying), _first_of(month))
    others = [sale for sale in paying if _month(sale.date) != month]
    proof = sorted((*others, *dated), key=_in_order) if others else dated
    return Purchase(
        first=begins,
        last=month_end(_first_of(month)),
        amount=sum((sale.amount for sale in dated), Decimal()),
        rows=tuple(sale.row for sale in proof),
    )


def _in_order(sale: Sale) -> tuple[date, Row]:
    return sale.date, sale.row


def _usual_distance(months: Sequence[int]) -> int:
    """The median distance of neighbouring payment months, rounded down; 1 with fewer than three."""
    distinct = sorted(set(months))
    if len(distinct) < _PAYMENT_MONTHS_AT_LEAST:
        return 1
    return int(median(later - earlier for earlier, later in pairwise(distinct)))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def terms(paid: Sequence[Purchase]) -> tuple[Term, ...]:
    """The terms that paid months make, oldest first; the months ascend."""
    runs: list[list[Purchase]] = []
    for month in paid:
        if runs and _month(month.last) - _month(runs[-1][-1].last) <= 2:
            runs[-1].append(month)
        else:
            runs.append([month])
    return tuple(Term(run[0].first.replace(day=1), run[-1].last, len(run)) for run in runs)
