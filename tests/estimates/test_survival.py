"""Survival curves and the log-rank test: by hand, and against scipy.stats and lifelines."""

from __future__ import annotations

import math
import random
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.estimates.survival import Group, kaplan_meier, log_rank

EXACT = 1e-10


def _groups(table: pd.DataFrame, duration: str, event: str, by: str) -> list[Group]:
    return [
        (part[duration].astype(float).tolist(), part[event].astype(bool).tolist())
        for _, part in table.groupby(by)
    ]


def _waltons() -> list[Group]:
    from lifelines.datasets import load_waltons

    return _groups(load_waltons(), "T", "E", "group")


def _rossi() -> list[Group]:
    from lifelines.datasets import load_rossi

    return _groups(load_rossi(), "week", "arrest", "fin")


def _lung() -> list[Group]:
    from lifelines.datasets import load_lung

    return _groups(load_lung(), "time", "status", "sex")


def _cancer_trial() -> list[Group]:
    from lifelines.datasets import load_gbsg2

    return _groups(load_gbsg2(), "time", "cens", "tgrade")


def _lymphoma() -> list[Group]:
    from lifelines.datasets import load_lymphoma

    return _groups(load_lymphoma(), "Time", "Censor", "Stage_group")


def _regimes() -> list[Group]:
    from lifelines.datasets import load_dd

    return _groups(load_dd(), "duration", "observed", "un_continent_name")


def _leukemia() -> list[Group]:
    from lifelines.datasets import load_leukemia

    return _groups(load_leukemia(), "t", "status", "Rx")


def _larynx() -> list[Group]:
    from lifelines.datasets import load_larynx

    table = load_larynx()
    table["stage"] = table["Stage_II"] + 2 * table["Stage_III"] + 3 * table["Stage_IV"]
    return _groups(table, "time", "death", "stage")


DATA_SETS = pytest.mark.parametrize(
    "load",
    [_waltons, _rossi, _lung, _cancer_trial, _lymphoma, _regimes, _leukemia, _larynx],
)


def _together(groups: list[Group]) -> Group:
    return [t for times, _ in groups for t in times], [e for _, events in groups for e in events]


@DATA_SETS
def test_the_curve_and_its_interval_agree_with_lifelines(load: Callable[[], list[Group]]) -> None:
    from lifelines import KaplanMeierFitter

    groups = load()
    for durations, observed in [*groups, _together(groups)]:
        ours = kaplan_meier(durations, observed)
        with np.errstate(divide="ignore", invalid="ignore"):
            theirs = KaplanMeierFitter().fit(durations, observed)
        times = list(ours.times)
        assert theirs.survival_function_.loc[times].iloc[:, 0].to_numpy() == pytest.approx(
            ours.survival, abs=EXACT
        )
        interval = theirs.confidence_interval_.loc[times].to_numpy()
        assert interval[:, 0] == pytest.approx(ours.low, abs=EXACT)
        assert interval[:, 1] == pytest.approx(ours.high, abs=EXACT)
        table = theirs.event_table.loc[times]
        assert table["at_risk"].tolist() == list(ours.at_risk)
        assert table["observed"].tolist() == list(ours.events)
        assert theirs.median_survival_time_ == (math.inf if ours.median is None else ours.median)


@DATA_SETS
def test_the_curve_and_its_interval_agree_with_scipy(load: Callable[[], list[Group]]) -> None:
    from scipy.stats import CensoredData, ecdf

    groups = load()
    for durations, observed in [*groups, _together(groups)]:
        ours = kaplan_meier(durations, observed)
        ended, watched = np.array(durations), np.array(observed)
        curve = ecdf(CensoredData(uncensored=ended[watched], right=ended[~watched])).sf
        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", "The confidence interval is undefined", RuntimeWarning
            )
            interval = curve.confidence_interval(0.95, method="log-log")
        assert curve.quantiles == pytest.approx(ours.times, abs=0)
        assert curve.probabilities == pytest.approx(ours.survival, abs=EXACT)
        # scipy has n/a where nothing or everything has happened; there ours is the survival itself.
        for theirs, own in ((interval.low, ours.low), (interval.high, ours.high)):
            bound = np.where(np.isnan(theirs.probabilities), ours.survival, theirs.probabilities)
            assert bound == pytest.approx(own, abs=EXACT)


@DATA_SETS
def test_log_rank_agrees_with_lifelines(load: Callable[[], list[Group]]) -> None:
    from lifelines.statistics import multivariate_logrank_test

    groups = load()
    durations, observed = _together(groups)
    labels = [number for number, (times, _) in enumerate(groups) for _ in times]
    theirs = multivariate_logrank_test(durations, labels, observed)
    ours = log_rank(*groups)
    assert ours is not None
    assert ours.degrees_of_freedom == len(groups) - 1
    assert ours.statistic == pytest.approx(theirs.test_statistic, abs=EXACT, rel=EXACT)
    assert ours.p_value == pytest.approx(theirs.p_value, abs=EXACT)


@DATA_SETS
def test_log_rank_of_two_groups_agrees_with_scipy(load: Callable[[], list[Group]]) -> None:
    from scipy.stats import CensoredData, logrank

    groups = load()[:2]
    samples = [
        CensoredData(
            uncensored=np.array(times)[np.array(events)], right=np.array(times)[~np.array(events)]
        )
        for times, events in groups
    ]
    theirs = logrank(*samples)
    ours = log_rank(*groups)
    assert ours is not None
    assert ours.statistic == pytest.approx(theirs.statistic**2, abs=EXACT, rel=EXACT)
    assert ours.p_value == pytest.approx(theirs.pvalue, abs=EXACT)


def test_a_curve_by_hand() -> None:
    """Of five, one after 1, one of two after 2; the one watched to 3 saw nothing; the last after 5.

    S(1) = 4/5, S(2) = 4/5 x 3/4 = 3/5, S(3) = 3/5, S(5) = 0. At 1 Greenwood's sum is
    1/(5 x 4) = 0.05, its root over ln 0.8 is 1.00208, and 0.8^exp(±1.96 x 1.00208) = 0.204, 0.969.
    """
    curve = kaplan_meier([5, 2, 1, 3, 2], [True, False, True, False, True])
    assert curve.times == (1, 2, 3, 5)
    assert curve.at_risk == (5, 4, 2, 1)
    assert curve.events == (1, 1, 0, 1)
    assert curve.survival == pytest.approx((0.8, 0.6, 0.6, 0.0))
    assert (curve.low[0], curve.high[0]) == pytest.approx((0.204, 0.969), abs=5e-4)
    assert (curve.low[3], curve.high[3]) == (0, 0)
    assert curve.median == 5


def test_the_median_is_the_first_time_at_one_half() -> None:
    """3/4 x 2/3 is one half, whatever the floating point says; the second of four reaches it."""
    assert kaplan_meier([1, 2, 3, 4], [True] * 4).median == 2
    assert kaplan_meier([1, 2, 3, 4], [True, False, False, False]).median is None


def test_half_of_those_is_one_half_in_spite_of_rounding() -> None:
    """Of 2, 4, 6 … clients gone in turn, half are left after 1, 2, 3 …; the product of factors such
    as 5/6 x 4/5 x 3/4 may come out a rounding error above one half."""
    for clients in range(2, 60, 2):
        assert kaplan_meier(range(1, clients + 1), [True] * clients).median == clients / 2


def test_nothing_happened_yet() -> None:
    curve = kaplan_meier([3, 4], [False, False])
    assert curve.survival == curve.low == curve.high == (1, 1)
    assert curve.median is None


def test_an_event_on_the_first_day_counts() -> None:
    """Gone quiet on the day of the first purchase: of two, one after 0 days."""
    curve = kaplan_meier([0, 7], [True, False])
    assert curve.times == (0, 7)
    assert curve.survival == (0.5, 0.5)
    assert curve.median == 0


def test_nobody_gives_an_empty_curve() -> None:
    curve = kaplan_meier([], [])
    assert (curve.times, curve.survival, curve.at_risk, curve.median) == ((), (), (), None)


def test_log_rank_by_hand() -> None:
    """A: events at 1 and 3; B: at 2 and 4.

    A is expected 1/2 + 1/3 + 1/2 = 4/3 and had 2. Variance 1/4 + 2/9 + 1/4 = 13/18. Chi-square
    (2/3)^2 ÷ (13/18) = 8/13 with one degree of freedom: p = 0.4328 by the tables.
    """
    result = log_rank(([1, 3], [True, True]), ([2, 4], [True, True]))
    assert result is not None
    assert result.statistic == pytest.approx(8 / 13)
    assert result.degrees_of_freedom == 1
    assert result.p_value == pytest.approx(0.4328, abs=5e-5)


def test_log_rank_of_the_leukaemia_trial_is_the_published_one() -> None:
    """Freireich et al. (1963), as in every textbook: chi-square 16.79 with one degree of freedom."""
    result = log_rank(*_leukemia())
    assert result is not None
    assert result.statistic == pytest.approx(16.79, abs=5e-3)


def test_a_group_that_was_never_watched_through_an_event_takes_no_part() -> None:
    two = (([1, 3, 6], [True, True, False]), ([2, 4, 9], [True, True, False]))
    gone_before = ([0.5, 0.5], [False, False])
    assert log_rank(*two, gone_before) == log_rank(*two)
    assert log_rank(*two, ([], [])) == log_rank(*two)


@pytest.mark.parametrize(
    "groups",
    [
        (),
        (([1.0, 2.0], [True, True]),),
        (([1.0, 2.0], [False, False]), ([1.0], [False])),
        (([1.0], [True]), ([], [])),
        # Everybody at the same time: no order to tell apart.
        (([4.0, 4.0], [True, True]), ([4.0], [True])),
    ],
)
def test_no_test_where_nothing_sets_groups_apart(groups: tuple[Group, ...]) -> None:
    assert log_rank(*groups) is None


def test_identical_groups_do_not_differ() -> None:
    group = ([1.0, 2.0, 3.0], [True, False, True])
    result = log_rank(group, group, group)
    assert result is not None
    assert result.statistic == pytest.approx(0, abs=1e-12)
    assert result.p_value == pytest.approx(1)


@pytest.mark.parametrize(
    ("durations", "observed"),
    [([1.0], []), ([-1.0], [True]), ([math.nan], [True]), ([math.inf], [False])],
)
def test_impossible_durations_are_refused(durations: list[float], observed: list[bool]) -> None:
    with pytest.raises(ValueError, match="durations of 0 or more"):
        kaplan_meier(durations, observed)


@given(
    st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=60),
    st.randoms(use_true_random=False),
)
def test_any_curve_falls_within_its_interval_in_any_order_of_clients(
    rows: list[tuple[int, bool]], shuffle: random.Random
) -> None:
    curve = kaplan_meier(*zip(*rows, strict=True))
    assert list(curve.survival) == sorted(curve.survival, reverse=True)
    for low, survival, high in zip(curve.low, curve.survival, curve.high, strict=True):
        assert 0 <= low <= survival <= high <= 1
    assert sum(curve.events) == sum(event for _, event in rows)
    shuffle.shuffle(rows)
    assert kaplan_meier(*zip(*rows, strict=True)) == curve
