"""When a client is likely to buy next, by the client's own gaps (SPEC 4)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from reportgen.values import dataclass

AT_LEAST = 3
"""How many purchases it takes to speak of gaps (SPEC 4)."""


@dataclass(frozen=True, slots=True)
class NextPurchase:
    """Two days: by the first a quarter of the client's own gaps were over, by the second three quarters."""

    soonest: date
    latest: date


def next_purchase(begun: Sequence[date]) -> NextPurchase | None:
    """The last purchase and the quartiles of the gaps; None with fewer than three purchases.

    ``begun`` are the first days of the client's purchases, oldest first. Both days may lie in the past.
    """
    if len(begun) < AT_LEAST:
        return None
    gaps = sorted((later - earlier).days for earlier, later in pairwise(begun))
    return NextPurchase(
        begun[-1] + timedelta(_rounded(_quantile(gaps, 0.25))),
        begun[-1] + timedelta(_rounded(_quantile(gaps, 0.75))),
    )


def _quantile(ordered: Sequence[int], share: float) -> float:
    """By linear interpolation between the two nearest: 10 and 20 at a quarter give 12.5."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = math.ceil(place)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _rounded(days: float) -> int:
    """To whole days, a half up."""
    return math.floor(days + 0.5)
