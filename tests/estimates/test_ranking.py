"""How well a score puts one group above another, counted pair by pair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from reportgen.estimates.ranking import auc

SCORES = st.lists(st.integers(0, 9).map(float), min_size=1, max_size=20)


def test_pairs_counted_by_hand():
    """3 beats 1 and 2; 2 beats 1 and ties with 2: three and a half of four pairs."""
    assert auc([3, 2], [1, 2]) == 3.5 / 4


def test_all_above_all_below_all_alike():
    assert auc([5, 6], [1, 2]) == 1
    assert auc([1, 2], [5, 6]) == 0
    assert auc([4, 4], [4]) == 0.5


def test_an_empty_group_cannot_be_told():
    assert auc([], [1]) is None
    assert auc([1], []) is None


@given(SCORES, SCORES)
def test_it_is_the_statistic_of_mann_and_whitney(higher, lower):
    pairs = len(higher) * len(lower)
    assert auc(higher, lower) == pytest.approx(mannwhitneyu(higher, lower).statistic / pairs)
