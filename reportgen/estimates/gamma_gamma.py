"""Gamma–Gamma: what a client's next purchase is worth (SPEC 4).

The model of Fader & Hardie, "The Gamma-Gamma Model of Monetary Value", note 025 (2013): what a client
spends per purchase varies around a mean of their own, and these means vary from client to client.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen import words
from reportgen.estimates.gamma import log_gamma
from reportgen.estimates.limits import INTERIOR, WORDS_FROM, CannotTell
from reportgen.estimates.search import Floats, highest


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
        lambda theta: _log_likelihood(theta, x, m, weight),
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


def _log_likelihood(theta: Floats, x: Floats, m: Floats, weight: Floats) -> tuple[float, Floats]:
    """Fader & Hardie, note 025, equation 1a, and its gradient by the logarithms of p, q, v."""
    p, q, v = np.exp(theta)
    px = p * x
    total = x * m
    log_total = np.log(total + v)
    # Few clients bought equally often, so each number of purchases is worked out once.
    counts, which = np.unique(x, return_inverse=True)
    ((of_all, slope_of_all), (of_own, slope_of_own), (of_q, slope_of_q)) = (
        log_gamma(p * counts + q),
        log_gamma(p * counts),
        log_gamma(np.array([q])),
    )
    value = np.sum(
        weight
        * (
            (of_all - of_own - of_q)[which]
            + q * theta[2]
            + px * np.log(total)
            - np.log(m)
            - (px + q) * log_total
        )
    )
    by_p = np.sum(weight * x * ((slope_of_all - slope_of_own)[which] + np.log(total) - log_total))
    by_q = np.sum(weight * ((slope_of_all - slope_of_q)[which] + theta[2] - log_total))
    by_v = np.sum(weight * (q / v - (px + q) / (total + v)))
    return float(value), np.array([by_p * p, by_q * q, by_v * v])
