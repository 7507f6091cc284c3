"""The loyalty ladder (000), replayed over the real purchases of product businesses (SPEC 2).

"They take an additional 5 % off each time that you buy a pair … So, when you buy the 10th pair, you pay
only 50 %." So that this sum comes out, purchase k earns k steps: the first 5 %, the tenth 10 × 5 % =
50 %. The eleventh starts the ladder again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import ceil

from reportgen.evidence.evidence import Evidence
from reportgen.evidence.purchases import Purchase
from reportgen.model import BusinessModel
from reportgen.problems import Row
from reportgen.settings.settings import Settings
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    """One purchase on the ladder."""

    date: date
    number: int
    """From 1 up to the top purchase, then from 1 again."""
    amount: Decimal
    """What was paid, taken as the price before the discount."""
    share: float
    """The discount as a share of the amount, 0–1."""
    discount: Decimal
    margin: Decimal | None
    """What the purchase leaves before the discount; None without a direct cost or a gross margin."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """What the ladder would have cost over one client's purchases, or over everyone's."""

    purchases: int
    sales: Decimal
    discount: Decimal
    margin: Decimal | None
    """Before the discount; None where that of any purchase is not known."""
    extra_purchases: int | None
    """How many more average purchases would pay for the discount while they climb the ladder themselves;
    0 when nothing was given, None where the margin is not known or they never would. Of all clients the sum
    over those with whom it comes out."""
    never: int = 0
    """With how many clients it never comes out, however much they buy."""

    @property
    def margin_left(self) -> Decimal | None:
        """The margin less the discount; below 0 when the ladder gives away more than there is."""
        return None if self.margin is None else self.margin - self.discount


@dataclass(frozen=True, slots=True)
class Climb:
    """One client on the ladder."""

    client: str
    rungs: tuple[Rung, ...]
    """Oldest first."""
    ladder: Ladder
    next_share: float
    """What the next purchase would earn."""


def climb(seen: Evidence, settings: Settings) -> Climb | None:
    """The client's purchase days on the ladder; None unless their business model is product.

    Several sales of one day are one purchase. A free one is no rung, and a later refund takes none away.
    The ladder is empty for a client who has bought nothing.
    """
    if seen.business_model != BusinessModel.PRODUCT:
        return None
    paid = [purchase for purchase in seen.purchases if purchase.amount > 0]
    rungs = tuple(_rung(seen, place, purchase, settings) for place, purchase in enumerate(paid))
    sales = sum((rung.amount for rung in rungs), Decimal())
    discount = sum((rung.discount for rung in rungs), Decimal())
    margin = _sum([rung.margin for rung in rungs])
    extra = _extra_purchases(len(rungs), sales, discount, margin, settings)
    return Climb(
        client=seen.name,
        rungs=rungs,
        ladder=Ladder(
            purchases=len(rungs),
            sales=sales,
            discount=discount,
            margin=margin,
            extra_purchases=extra,
            never=int(extra is None and margin is not None),
        ),
        next_share=_share(len(paid) % settings.loyalty_ladder_top_purchase + 1, settings),
    )


def _rung(seen: Evidence, place: int, purchase: Purchase, settings: Settings) -> Rung:
    number = place % settings.loyalty_ladder_top_purchase + 1
    share = _share(number, settings)
    return Rung(
        date=purchase.first,
        number=number,
        amount=purchase.amount,
        share=share,
        discount=purchase.amount * Decimal(str(share)),
        margin=_margin(seen, purchase, settings),
        rows=purchase.rows,
    )


def _share(number: int, settings: Settings) -> float:
    """The discount of the purchase of this number: a step each, at most that of the top purchase."""
    if number == settings.loyalty_ladder_top_purchase:
        return settings.loyalty_ladder_top_share
    steps = number * Decimal(str(settings.loyalty_ladder_step))
    return min(float(steps), settings.loyalty_ladder_top_share)


def _extra_purchases(
    climbed: int, sales: Decimal, discount: Decimal, margin: Decimal | None, settings: Settings
) -> int | None:
    """The fewest further purchases, average ones and each on its own rung, that leave the discount given.

    One time up the ladder is replayed from where the client stands. Each further time leaves as much, so
    it can be told at once how often it is climbed before the last, or that it never comes out.
    """
    if not discount:
        return 0
    if margin is None:
        return None
    top = settings.loyalty_ladder_top_purchase
    amount, each = Fraction(sales) / climbed, Fraction(margin) / climbed
    shares = [_share((climbed + step) % top + 1, settings) for step in range(top)]
    left = list(accumulate(each - amount * Fraction(str(share)) for share in shares))
    wanted, best, whole = Fraction(discount), max(left), 0
    if best < wanted:
        if left[-1] <= 0:
            return None
        whole = ceil((wanted - best) / left[-1])
    return (
        whole * top
        + 1
        + next(step for step in range(top) if whole * left[-1] + left[step] >= wanted)
    )


def _margin(seen: Evidence, purchase: Purchase, settings: Settings) -> Decimal | None:
    """Each sale of the day less its direct cost, else its share by the gross margin."""
    rate = None if settings.gross_margin is None else Decimal(str(settings.gross_margin))
    return _sum(
        [
            sale.amount - sale.direct_cost
            if sale.direct_cost is not None
            else None
            if rate is None
            else sale.amount * rate
            for sale in seen.sales
            if sale.date == purchase.first
        ]
    )


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal()) if len(known) == len(amounts) else None


def ladder_of_all(climbs: Sequence[Climb]) -> Ladder:
    """The ladder over all clients who have one; all zero for nobody.

    Each client's further purchases pay for the client's own discount.
    """
    each = (one.ladder.extra_purchases for one in climbs)
    extra = [number for number in each if number is not None]
    known = len(extra) + sum(one.ladder.never for one in climbs) == len(climbs)
    return Ladder(
        purchases=sum(one.ladder.purchases for one in climbs),
        sales=sum((one.ladder.sales for one in climbs), Decimal()),
        discount=sum((one.ladder.discount for one in climbs), Decimal()),
        margin=_sum([one.ladder.margin for one in climbs]),
        extra_purchases=sum(extra) if known else None,
        never=sum(one.ladder.never for one in climbs),
    )
