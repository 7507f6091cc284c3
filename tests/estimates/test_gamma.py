"""The gamma function, its slope and the chi-square distribution, against scipy.special."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import gammaincc, gammaln, psi

from reportgen.estimates.gamma import chi_square_above, log_gamma

EULER = 0.577215664901532861


def test_log_gamma_and_its_slope_are_scipy_s() -> None:
    x = np.concatenate([np.exp(np.linspace(-12, 14, 200)), np.arange(1, 60, 0.5)])
    value, slope = log_gamma(x)
    assert value == pytest.approx(gammaln(x), rel=1e-13, abs=1e-13)
    assert slope == pytest.approx(psi(x), rel=1e-13, abs=1e-13)


def test_log_gamma_by_hand() -> None:
    """Γ(1) = 1, Γ(5) = 24, Γ(½) = √π; the slope at 1 is −γ, and 1 more at 2."""
    value, slope = log_gamma(np.array([1.0, 5.0, 0.5, 2.0]))
    assert value == pytest.approx([0, math.log(24), math.log(math.pi) / 2, 0], abs=1e-14)
    assert slope[[0, 3]] == pytest.approx([-EULER, 1 - EULER], abs=1e-14)


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5, 10, 31])
def test_chi_square_is_scipy_s(degrees: int) -> None:
    for statistic in (1e-9, 0.1, 1, 3.84, 20, 200):
        expected = gammaincc(degrees / 2, statistic / 2)
        assert chi_square_above(statistic, degrees) == pytest.approx(expected, rel=1e-12)
    assert chi_square_above(0, degrees) == 1
