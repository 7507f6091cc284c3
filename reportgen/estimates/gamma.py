"""The gamma function and its slope, and the chi-square distribution that is made of it."""

from __future__ import annotations

import math

import numpy as np

from reportgen.estimates.search import Floats

_STEPS = np.arange(10.0)[:, np.newaxis]
"""So far on, and Stirling's series is exact to rounding."""

_STIRLING = np.array([1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156])
"""What log Γ(x) has beyond (x − ½) log x − x + ½ log 2π, by x⁻¹, x⁻³, x⁻⁵ … (DLMF 5.11.1)."""

_POWERS = -np.arange(1.0, 2 * len(_STIRLING), 2)[:, np.newaxis]


def log_gamma(x: Floats) -> tuple[Floats, Floats]:
    """log Γ(x), and its slope, the digamma function; for numbers above 0.

    By Stirling's series a few steps further on, and back by Γ(x + 1) = x Γ(x).
    """
    between, far = x + _STEPS, x + len(_STEPS)
    log_far = np.log(far)
    parts = _STIRLING[:, np.newaxis] * far**_POWERS
    value = (far - 0.5) * log_far - far + math.log(2 * math.pi) / 2 + parts.sum(axis=0)
    slope = log_far - 0.5 / far + (_POWERS * parts).sum(axis=0) / far
    return value - np.log(between).sum(axis=0), slope - (1 / between).sum(axis=0)


def chi_square_above(statistic: float, degrees: int) -> float:
    """The chance that a chi-square of 1 or more degrees of freedom exceeds the statistic, 0–1.

    In closed form, since the degrees are whole: two more of them add one term.
    """
    half = statistic / 2
    if degrees % 2:
        above, order = math.erfc(math.sqrt(half)), 0.5
    else:
        above, order = math.exp(-half), 1.0
    while order < degrees / 2 and half > 0:
        above += math.exp(order * math.log(half) - half - math.lgamma(order + 1))
        order += 1
    return above
