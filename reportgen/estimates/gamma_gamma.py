"""Gamma–Gamma: what a client's next purchase is worth (SPEC 4).

The model of Fader & Hardie, "The Gamma-Gamma Model of Monetary Value", note 025 (2013): what a client
spends per purchase varies around a mean of their own, and these means vary from client to client.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from reportgen import words
from reportgen.estimates.gamma import log_gamma
from reportgen.estimates.limits import INTERIOR, WORDS_FROM, CannotTell
from reportgen.estimates.search import Floats, Surface, highest
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """A fitted model: ``v`` is in money, ``p`` and ``q`` are pure numbers."""

    p: float
    q: float
    v: float
    log_likelihood: float
    clients: int
    """How many took part in the fit."""


def fit_gamma_gamma(
    frequency: Sequence[int], mean_value: Sequence[float]
) -> GammaGamma | CannotTell:
    """The model by maximum likelihood, over clients with a repeat purchase and a positive mean.

    ``frequency`` counts the purchases that ``mean_value`` is the mean of; clients with 0 in either
    take no part. CannotTell with fewer than 10 clients, where all spend the same, and where the
    amounts fit no distribution with a mean (``q`` ≤ 1).
    """
    counted = Counter(
        sorted(
            (int(count), float(value))
            for count, value in zip(frequency, mean_value, strict=True)
            if count > 0 and value > 0
        )
    )
    clients = counted.total()
    if clients < WORDS_FROM:
        return CannotTell(
            f"What the next purchase is worth cannot be told: {words.count(clients, 'client')} "
            f"with a repeat purchase and an amount, and it takes {WORDS_FROM}."
        )
    values = [value for _, value in counted]
    if max(values) <= min(values) * (1 + 1e-9):
        return CannotTell(
            "What the next purchase is worth needs no model: every client spends the same."
        )
    # In units of the mean, so that the fit is the same in yen and in pounds.
    unit = math.fsum(value * n for (_, value), n in counted.items()) / clients
    x = np.array([count for count, _ in counted], dtype=np.float64)
    m = np.array(values) / unit
    weight = np.array(list(counted.values()), dtype=np.float64)
    peak = highest(
        _likelihood(x, m, weight),
        starts=(np.log([2.0, 3.0, 1.0]), np.log([10.0, 5.0, 0.5])),
    )
    p, q, v = (float(parameter) for parameter in np.exp(peak.theta))
    low, high = INTERIOR
    if q <= 1 or not all(low < parameter < high for parameter in (p, q, v)):
        return CannotTell(
            "What the next purchase is worth cannot be told: the clients' amounts are too much "
            "alike or too far apart for a typical client to be made out."
        )
    # The likelihood is a density per unit of money, so it is converted back along with v.
    log_likelihood = peak.value - clients * math.log(unit)
    return GammaGamma(p=p, q=q, v=v * unit, log_likelihood=log_likelihood, clients=clients)


def expected_value(model: GammaGamma, frequency: int, mean_value: float) -> float:
    """What a client's next purchase is worth, in money: between their own mean and everybody's.

    The more purchases (``frequency``) their mean rests on, the nearer to it. With none of their own it
    is the mean of all clients.
    """
    return model.p * (model.v + frequency * mean_value) / (model.p * frequency + model.q - 1)


def _likelihood(x: Floats, m: Floats, weight: Floats) -> Surface:
    """Fader & Hardie, note 025, equation 1a, and its gradient by the logarithms of p, q, v.

    ``weight`` says how many clients bought ``x`` times for ``m`` in the mean.
    """
    # Few numbers of purchases are different, and what depends on them alone is worked out once for each.
    times, which = np.unique(x, return_inverse=True)
    as_often = np.bincount(which, weights=weight)
    places = [len(times), 2 * len(times)]
    clients, total, bought = np.sum(weight), x * m, weight * x
    logs, mean_logs = bought @ np.log(total), weight @ np.log(m)

    def surface(theta: Floats) -> tuple[float, Floats]:
        (p, q, v), log_v = np.exp(theta).tolist(), float(theta[2])
        value, slope = log_gamma(np.concatenate([p * times + q, p * times, [q]]))
        of_all, of_own, of_q = np.split(value, places)
        by_all, by_own, by_q = np.split(slope, places)
        log_total, shape = np.log(total + v), p * bought + q * weight
        spent = weight @ log_total
        height = (
            as_often @ (of_all - of_own - of_q)
            + clients * q * log_v
            + p * logs
            - mean_logs
            - shape @ log_total
        )
        gradient = [
            p * ((as_often * times) @ (by_all - by_own) + logs - bought @ log_total),
            q * (as_often @ (by_all - by_q) + clients * log_v - spent),
            clients * q - v * (shape @ (1 / (total + v))),
        ]
        return float(height), np.array(gradient)

    return surface
