"""Who is likely to buy again: the model that the purchases support, and how far it may speak (SPEC 4).

The models themselves are in :mod:`reportgen.estimates`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from reportgen.estimates.bgnbd import (
    BGNBD,
    History,
    expected_purchases,
    fit_bgnbd,
    fit_bgnbd_with_weak_prior,
    history,
    repeat_clients,
)
from reportgen.estimates.limits import (
    FULL_FROM,
    PROBABILITY_FROM,
    WORDS_FROM,
    CannotTell,
    Voice,
)
from reportgen.estimates.ranking import auc
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class HoldOut:
    """How a model fitted on the first part of the history did in the last."""

    split: date
    """The last day of the first part, inclusive."""
    weeks: float
    """How long the last part is."""
    clients: int
    """Those with a purchase in the first part."""
    expected: float
    """Purchase days that the model expected of them in the last part."""
    actual: int
    """Purchase days that there were."""
    came_back: int
    """Clients with at least one of them."""
    auc: float | None
    """The chance that a client who came back was listed above one who did not, by expected
    purchases: 0.5 is a coin. None where all or none came back."""


def buying_model(histories: Iterable[History]) -> BGNBD | CannotTell:
    """The model that this many repeat customers support (SPEC 4).

    From 30 repeat customers the likelihood decides alone, from 10 a weak prior helps. CannotTell with
    fewer, and where nobody can be seen to leave.
    """
    histories = list(histories)
    if repeat_clients(histories) < PROBABILITY_FROM:
        return fit_bgnbd_with_weak_prior(histories)
    return fit_bgnbd(histories)


def voice(model: BGNBD | CannotTell) -> Voice:
    """How far the model may speak, by its repeat customers (SPEC 4)."""
    if isinstance(model, CannotTell) or model.repeat_clients < WORDS_FROM:
        return Voice.NONE
    if model.repeat_clients < PROBABILITY_FROM:
        return Voice.WORDS
    if model.repeat_clients < FULL_FROM or model.covariance is None:
        return Voice.PROBABILITY
    return Voice.FULL


def hold_out(
    purchase_days: Iterable[Sequence[date]], split: date, as_of: date
) -> HoldOut | CannotTell:
    """Expected beside actual purchase days after the split, by a model that saw none of them.

    ``purchase_days`` has one entry a client. The days up to the split (inclusive) are fitted, those
    after it up to the as-of date (inclusive) are compared. CannotTell where the first part carries no
    model.
    """
    known: list[History] = []
    bought: list[int] = []
    for days in purchase_days:
        before = history(days, split)
        if before is not None:
            known.append(before)
            bought.append(len({day for day in days if split < day <= as_of}))
    model = buying_model(known)
    if isinstance(model, CannotTell):
        return model
    weeks = max(0, (as_of - split).days) / 7
    expected = expected_purchases(model, known, weeks)
    return HoldOut(
        split=split,
        weeks=weeks,
        clients=len(known),
        expected=math.fsum(expected),
        actual=sum(bought),
        came_back=sum(number > 0 for number in bought),
        auc=auc(
            [score for score, number in zip(expected, bought, strict=True) if number],
            [score for score, number in zip(expected, bought, strict=True) if not number],
        ),
    )
