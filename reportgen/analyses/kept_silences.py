"""The silences that customers really keep, from which a red line can be observed.

A customer who is running has put up with every silence so far: each ended with a further contact, or is
open and has not driven them away yet. So their silences say what the clients of a business model accept,
where the default red line says what we think that they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from reportgen.evidence.evidence import Evidence
from reportgen.model import BusinessModel
from reportgen.values import dataclass

NINE_TENTHS = 0.9
"""The share of silences that have ended within the observed red line."""
_ROUNDING = 1e-9
"""The weights of one customer add up to 1 with an error in the last figures."""


@dataclass(frozen=True, slots=True)
class KeptSilences:
    """The silences of some running customers.

    Each customer weighs 1, shared equally among his or her silences: one who is rung every week says no
    more than one who is rung each quarter.
    """

    customers: int
    ended: Mapping[int, float]
    """Days of silence, fewest first → the weight of those that ended after so many days."""
    lasting: Mapping[int, float]
    """The same of those that last to the as-of date."""


def kept_silences(everyone: Iterable[Evidence]) -> dict[BusinessModel, KeptSilences]:
    """Business model → the silences of its running customers since their first purchase.

    Between two contact days lie the days between them, as the red line counts them; neighbouring days
    have no silence. A customer without a silence or a business model is left out, and so is a business
    model without customers.
    """
    found: dict[BusinessModel, list[KeptSilences]] = {}
    for seen in everyone:
        if seen.business_model is None or not seen.is_customer or not seen.is_running:
            continue
        days = [day for day in seen.contact_days if day >= seen.purchases[0].first]
        ended = [silent for one, next_ in pairwise(days) if (silent := (next_ - one).days - 1)]
        lasting = [silent for day in days[-1:] if (silent := (seen.as_of - day).days)]
        if number := len(ended) + len(lasting):
            one = KeptSilences(1, _weighed(ended, 1 / number), _weighed(lasting, 1 / number))
            found.setdefault(seen.business_model, []).append(one)
    return {model: together(found[model]) for model in BusinessModel if model in found}


def _weighed(silences: Sequence[int], weight: float) -> dict[int, float]:
    weights: dict[int, float] = {}
    for days in silences:
        weights[days] = weights.get(days, 0.0) + weight
    return weights


def together(several: Sequence[KeptSilences]) -> KeptSilences:
    """The silences of all of them, each customer as heavy as any other."""
    return KeptSilences(
        customers=sum(one.customers for one in several),
        ended=_summed([one.ended for one in several]),
        lasting=_summed([one.lasting for one in several]),
    )


def _summed(several: Iterable[Mapping[int, float]]) -> dict[int, float]:
    weights: dict[int, float] = {}
    for one in several:
        for days, weight in one.items():
            weights[days] = weights.get(days, 0.0) + weight
    return dict(sorted(weights.items()))


def ended_within(silences: KeptSilences, share: float) -> int | None:
    """The days within which such a share of the silences has ended, by Kaplan–Meier.

    One that lasts counts as one that will be longer. None where the share is never reached.
    """
    at_risk = sum(silences.ended.values()) + sum(silences.lasting.values())
    left = 1.0
    for days in sorted({*silences.ended, *silences.lasting}):
        over = silences.ended.get(days, 0.0)
        left *= 1 - over / at_risk
        if left <= 1 - share + _ROUNDING:
            return days
        at_risk -= over + silences.lasting.get(days, 0.0)
    return None
