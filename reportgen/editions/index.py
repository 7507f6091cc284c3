"""Money as an index to two figures, in which the largest client's sales in all are 100."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date
from decimal import Decimal

from reportgen.model import Book, Sale
from reportgen.settings.settings import Settings

PLACES = Decimal("0.0001")
"""The smallest amount that the index shows."""


def hundred(book: Book, settings: Settings) -> Decimal:
    """The money that the index calls 100: the largest client's sales in all.

    Where nobody's are above 0 it is the largest amount in the book and the settings, or 1 without any.
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
    """The sales, with those of the given days moved so that they sum to ``total``; no sign changes.

    From the largest down, each moves by one in its last figure while that much is missing; what is left
    goes to the largest. Moving one alone could make it a refund: sixty sales of 1.7 sum to 102. Only
    what is shown decides which ones move, so that nothing hidden can be told from it. Where no amount
    has room, the sum stays as it is.
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
    """The worth of one in the second figure of an amount other than 0."""
    return max(Decimal(1).scaleb(amount.adjusted() - 1), PLACES)
