"""Money as an index to two figures: the largest client's sales in all are 100."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date
from decimal import Decimal

from reportgen.model import Book, Sale
from reportgen.settings.settings import Settings

PLACES = Decimal("0.0001")


def hundred(book: Book, settings: Settings) -> Decimal:
    """The money that the index calls 100: the largest client's sales in all.

    Where nobody's are above 0, the largest amount there is; 1 where all of them are 0.
    """
    largest = max(
        (sum((sale.amount for sale in one.sales), Decimal()) for one in book.relationships),
        default=Decimal(),
    )
    if largest <= 0:
        amounts = [
            *(sale.amount for sale in book.sales),
            *(sale.direct_cost for sale in book.sales),
            *(touchpoint.cost for touchpoint in book.touchpoints),
            *(one.client.potential_per_year for one in book.relationships),
            settings.hourly_rate,
            settings.acquisition_spend_per_month,
            settings.wow_budget,
        ]
        largest = max((abs(amount) for amount in amounts if amount is not None), default=Decimal())
    return largest or Decimal(1)


def summed(shown: Sequence[Sale], days: Set[date], total: Decimal) -> Sequence[Sale]:
    """The sales, those on the days changed so that these sum to ``total``, if none changes its sign.

    The largest first, each moves by one of its last figure for as long as that is missing, and what is
    less goes to the largest: sixty sales of 1.7 sum to 102, and one of them alone would become a refund.
    Nothing but what is shown decides which ones move.
    """
    amounts = [sale.amount for sale in shown]
    places = sorted(
        (place for place, sale in enumerate(shown) if sale.date in days and sale.amount),
        key=lambda place: (abs(amounts[place]), repr(shown[place])),
        reverse=True,
    )
    missing = total - sum((amounts[place] for place in places), Decimal())
    for place in places:
        step = last_figure(amounts[place])
        if step <= abs(missing) and step < abs(amounts[place]):
            amounts[place] += step.copy_sign(missing)
            missing -= step.copy_sign(missing)
    if places and abs(missing) < abs(amounts[places[0]]):
        amounts[places[0]] += missing
    return [replace(sale, amount=amount) for sale, amount in zip(shown, amounts, strict=True)]


def last_figure(amount: Decimal) -> Decimal:
    """How much one is in the second figure of an amount that is not 0."""
    return max(Decimal(1).scaleb(amount.adjusted() - 1), PLACES)
