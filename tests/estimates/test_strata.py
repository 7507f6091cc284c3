"""Comparisons within strata: by hand, against lifelines, and put together."""

import math
import random
from fractions import Fraction

import pytest
from lifelines.statistics import logrank_test

from reportgen.estimates.strata import Together, stratum, together

RUNG = [(100, True), *[(400, False)] * 9]
OTHERS = [*((days, True) for days in (50, 100, 150, 200, 250)), *[(400, False)] * 5]


def test_one_stratum_by_hand():
    """The events at days 50, 100 (two of 19), 150, 200 and 250: the ten rung would by chance have lost
    10/20 + 2 · 10/19 + 9/17 + 9/16 + 9/15 = 3.2445. The variance is .25 + 2 · 10/19 · 9/19 · 17/18 +
    9/17 · 8/17 + 9/16 · 7/16 + 9/15 · 6/15 = 1.4561."""
    found = stratum(RUNG, OTHERS)
    assert (found.with_it, found.without, found.happened) == (10, 10, 1)
    assert found.expected == pytest.approx(3.2445, abs=5e-5)
    assert found.variance == pytest.approx(1.4561, abs=5e-5)


def test_one_stratum_is_the_log_rank_test():
    both = together([stratum(RUNG, OTHERS)])
    theirs = logrank_test(
        *([days for days, _ in group] for group in (RUNG, OTHERS)),
        *([happened for _, happened in group] for group in (RUNG, OTHERS)),
    )
    assert both.p == pytest.approx(theirs.p_value, rel=1e-9)


def _slowly(group, others):
    """Observed less expected, and its variance, event by event with whole fractions."""
    less, variance = Fraction(), Fraction()
    every = [(*one, True) for one in group] + [(*one, False) for one in others]
    for day in {days for days, happened, _ in every if happened}:
        at_risk = [one for one in every if one[0] >= day]
        ends = [one for one in at_risk if one[0] == day and one[1]]
        n, d, m = len(at_risk), len(ends), sum(had for _, _, had in at_risk)
        less += sum(had for _, _, had in ends) - Fraction(d * m, n)
        if n > 1:
            variance += Fraction(d * m * (n - m) * (n - d), n * n * (n - 1))
    return less, variance


def test_several_strata_are_put_together():
    choose = random.Random(7)
    strata, less, variance = [], Fraction(), Fraction()
    for _ in range(6):
        groups = [
            [
                (choose.randrange(1, 30), choose.random() < 0.6)
                for _ in range(choose.randrange(3, 15))
            ]
            for _ in range(2)
        ]
        strata.append(stratum(*groups))
        one_less, one_variance = _slowly(*groups)
        less, variance = less + one_less, variance + one_variance
    both = together(strata)
    assert both.strata == 6
    assert both.happened - both.expected == pytest.approx(float(less))
    chi_square = float(less * less / variance)
    assert both.p == pytest.approx(math.erfc(math.sqrt(chi_square / 2)))


def test_what_differs_between_strata_is_no_effect():
    """In one stratum everybody comes back, and most had it; in the other nobody does, and few had it."""
    back, gone = (10, True), (10, False)
    strata = [stratum([back] * 9, [back]), stratum([gone], [gone] * 9)]
    assert together(strata) == Together(2, 10, 10, 9, 9.0, None)
    lumped = together([stratum([back] * 9 + [gone], [back] + [gone] * 9)])
    assert lumped.p is not None
    assert lumped.p < 0.001


def test_a_stratum_with_one_group_alone_tells_nothing():
    assert together([stratum(RUNG, [])]) == together([])
    assert together([]) == Together(0, 0, 0, 0, 0, None)
