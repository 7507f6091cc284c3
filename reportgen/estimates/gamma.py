"""The gamma function and its slope, and the chi-square distribution that is made of it."""

from __future__ import annotations

import math

import numpy as np

from reportgen.estimates.search import Floats

_FAR = 10
"""From here on the series of ``log_gamma`` is exact to rounding."""

_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
"""What log Γ(x) has beyond (x − ½) log x − x + ½ log 2π, by x⁻¹, x⁻³, x⁻⁵ … (DLMF 5.11.1)."""


def log_gamma(x: Floats) -> tuple[Floats, Floats]:
    """log Γ(x), and its slope, the digamma function; for numbers above 0.

    Stirling's series ten further on, and back by Γ(x + 1) = x Γ(x).
    """
    steps = x + np.arange(_FAR, dtype=np.float64)[:, np.newaxis]
    far = x + _FAR
    log_far = np.log(far)
    value = (far - 0.5) * log_far - far + math.log(2 * math.pi) / 2
    slope = log_far - 0.5 / far
    power = 1 / far
    for number, part in enumerate(_STIRLING):
        value = value + part * power
        power = power / far
        slope = slope - (2 * number + 1) * part * power
        power = power / far
    return value - np.sum(np.log(steps), axis=0), slope - np.sum(1 / steps, axis=0)


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
