"""Shares and their Wilson intervals, against scipy's and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from reportgen.shares import Share, wilson


@pytest.mark.parametrize(
    ("successes", "trials"),
    [(0, 1), (1, 1), (0, 5), (5, 5), (3, 7), (9, 10), (24, 31), (1, 100), (50, 100), (999, 1000)],
)
def test_as_scipy_has_it(successes, trials):
    expected = binomtest(successes, trials).proportion_ci(0.95, method="wilson")
    assert wilson(successes, trials) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_24_of_31_by_hand():
    """
    p = 24/31 = 0.774194 and z² = 3.841459, so z² ÷ n = 0.123918. The centre is
    (0.774194 + 0.061959) ÷ 1.123918 = 0.743962; half the width is
    1.959964 · √(0.0056393 + 0.0009993) ÷ 1.123918 = 0.142088.
    """
    share = Share(24, 31)
    assert share.value == pytest.approx(0.774194, abs=5e-7)
    assert share.low == pytest.approx(0.601874, abs=5e-6)
    assert share.high == pytest.approx(0.886050, abs=5e-6)


def test_the_ends_are_exact():
    """0 of n begins at exactly 0 and n of n ends at exactly 1: no rounding shows as −0 or 1.0000001."""
    for trials in range(1, 60):
        assert Share(0, trials).low == 0
        assert Share(trials, trials).high == 1


def test_of_no_cases_nothing_is_known():
    none = Share(0, 0)
    assert (none.value, none.low, none.high) == (None, None, None)
    assert wilson(0, 0) is None


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_within_its_interval(case):
    share = Share(*case)
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert share.low < share.high
