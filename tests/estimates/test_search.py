"""The search: hills whose top is known, and likelihoods that scipy climbs too."""

from __future__ import annotations

import math
import subprocess
import sys

import cdnow
import numpy as np
import pytest
from scipy.optimize import minimize

from reportgen.estimates import bgnbd
from reportgen.estimates.search import Floats, highest

REACH = 12.0


def test_the_top_of_a_bent_ridge_is_found_from_afar() -> None:
    """Rosenbrock's valley turned over: its top is 0 at (1, 1), where the second derivatives are
    −802, 400 and −200."""

    def ridge(at: Floats) -> tuple[float, Floats]:
        x, y = at
        off = y - x**2
        slope = np.array([2 * (1 - x) + 400 * x * off, -200 * off])
        return float(-((1 - x) ** 2) - 100 * off**2), slope

    for start in ([-1.2, 1.0], [5.0, -7.0], [0.0, 11.0]):
        peak = highest(ridge, [np.array(start)])
        assert peak.theta == pytest.approx([1, 1], abs=1e-8)
        assert peak.value == pytest.approx(0, abs=1e-15)
        assert peak.hessian == pytest.approx(np.array([[-802, 400], [400, -200]]), rel=1e-6)


def _two_hills(at: Floats) -> tuple[float, Floats]:
    """Hills of height 1 around −3 and of height 2 around 3, and nearly a plain between."""
    low, high = math.exp(-((at[0] + 3) ** 2)), 2 * math.exp(-((at[0] - 3) ** 2))
    return low + high, np.array([-2 * (at[0] + 3) * low - 2 * (at[0] - 3) * high])


def test_of_several_starts_the_highest_end_counts() -> None:
    left, right = np.array([-2.0]), np.array([4.5])
    assert highest(_two_hills, [left]).value == pytest.approx(1)
    assert highest(_two_hills, [left, right]).value == pytest.approx(2)
    assert highest(_two_hills, [right, left]).theta == pytest.approx([3], abs=1e-9)


def test_where_the_ground_bends_upwards_the_way_is_up_all_the_same() -> None:
    """At 1.5 from the top a hill of this form bends upwards, where Newton's own step goes down."""
    assert highest(_two_hills, [np.array([1.5])]).theta == pytest.approx([3], abs=1e-9)


def test_what_rises_for_ever_ends_at_the_edge_of_the_reach_and_the_rest_at_its_top() -> None:
    def cliff(at: Floats) -> tuple[float, Floats]:
        return float(at[0] - (at[1] - 2) ** 2), np.array([1.0, -2 * (at[1] - 2)])

    peak = highest(cliff, [np.array([0.0, 0.0])])
    assert peak.theta == pytest.approx([REACH, 2])
    assert peak.gradient == pytest.approx([1, 0], abs=1e-5)


def test_the_peak_of_a_likelihood_is_the_one_that_scipy_finds() -> None:
    histories = bgnbd._grouped(cdnow.histories())

    def depth(theta: Floats) -> tuple[float, Floats]:
        value, slope = bgnbd._log_likelihood(theta, histories)
        return -value, -slope

    theirs = minimize(depth, np.zeros(4), jac=True, method="BFGS", options={"gtol": 1e-6})
    ours = highest(
        lambda theta: bgnbd._log_likelihood(theta, histories), [np.log([2.0, 20.0, 0.5, 5.0])]
    )
    assert ours.theta == pytest.approx(theirs.x, abs=1e-6)
    assert ours.value == pytest.approx(-theirs.fun, abs=1e-8)


def test_no_fit_takes_scipy() -> None:
    """It is a tool of the tests alone: to import it takes longer than a small report."""
    code = """
import sys
from reportgen.estimates.bgnbd import History, fit_bgnbd
from reportgen.estimates.gamma_gamma import fit_gamma_gamma
from reportgen.estimates.survival import log_rank
fit_bgnbd([History(x % 4, 30.0 + x if x % 4 else 0.0, 60.0 + x) for x in range(80)])
fit_gamma_gamma([1 + x % 4 for x in range(40)], [10.0 + x * x % 37 for x in range(40)])
log_rank(*(([1.0, 2.0 + x, 3.0], [True, True, False]) for x in range(3)))
sys.exit("scipy" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
