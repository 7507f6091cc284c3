"""How far the model of buying may speak, and the hold-out check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import cdnow
import pytest
from scipy.stats import mannwhitneyu

from reportgen.analyses.buying import buying_model, hold_out, voice
from reportgen.estimates.bgnbd import expected_purchases, fit_bgnbd, fit_bgnbd_with_weak_prior
from reportgen.estimates.limits import CannotTell


@pytest.mark.parametrize(
    ("repeat_clients", "interior", "expected"),
    [
        (9, True, "none"),
        (10, True, "words"),
        (29, True, "words"),
        (30, True, "probability"),
        (99, True, "probability"),
        (100, True, "full"),
        (100, False, "probability"),
    ],
)
def test_the_ladder(repeat_clients: int, interior: bool, expected: str) -> None:
    model = replace(
        cdnow.model(),
        repeat_clients=repeat_clients,
        covariance=cdnow.model().covariance if interior else None,
    )
    assert voice(model) == expected


def test_the_prior_takes_part_from_10_to_29_repeat_customers() -> None:
    for repeat_clients in (10, 29):
        few = cdnow.sample(repeat_clients)
        assert buying_model(few) == fit_bgnbd_with_weak_prior(few)
    for repeat_clients in (30, 100):
        many = cdnow.sample(repeat_clients)
        assert buying_model(many) == fit_bgnbd(many) != fit_bgnbd_with_weak_prior(many)


def test_cdnow_hold_out() -> None:
    """39 weeks learnt, 39 foretold. 1,882 purchase days came (Fader, Hardie & Lee's p2x column);
    the order by expected purchases is right in .773 of pairs (SPEC 4)."""
    check = hold_out(cdnow.days(), cdnow.END_OF_CALIBRATION, cdnow.END_OF_DATA)
    assert not isinstance(check, CannotTell)
    assert (check.split, check.weeks, check.clients) == (cdnow.END_OF_CALIBRATION, 39, 2357)
    later = [{d for d in days if d > cdnow.END_OF_CALIBRATION} for days in cdnow.days()]
    assert check.actual == sum(len(days) for days in later) == 1882
    assert check.came_back == sum(1 for days in later if days)
    assert check.expected == pytest.approx(
        sum(expected_purchases(cdnow.model(), cdnow.histories(), 39))
    )
    assert check.auc == pytest.approx(0.773, abs=1e-3)
    scores = expected_purchases(cdnow.model(), cdnow.histories(), 39)
    back = [score for score, days in zip(scores, later, strict=True) if days]
    away = [score for score, days in zip(scores, later, strict=True) if not days]
    # The same share of pairs, as Mann and Whitney's U.
    pairs = len(back) * len(away)
    assert check.auc == pytest.approx(mannwhitneyu(back, away).statistic / pairs, abs=1e-12)


def test_a_hold_out_sees_nothing_after_the_split_and_nothing_after_the_as_of_date() -> None:
    days = [[*of_one, cdnow.END_OF_DATA + timedelta(days=3)] for of_one in cdnow.days()]
    late = [[cdnow.END_OF_CALIBRATION + timedelta(days=1)]]
    assert hold_out(days + late, cdnow.END_OF_CALIBRATION, cdnow.END_OF_DATA) == hold_out(
        cdnow.days(), cdnow.END_OF_CALIBRATION, cdnow.END_OF_DATA
    )


def test_a_hold_out_that_nobody_outlives() -> None:
    """Nothing was bought after the split: the order of the list cannot be judged."""
    days = [[day for day in of_one if day <= cdnow.END_OF_CALIBRATION] for of_one in cdnow.days()]
    check = hold_out(days, cdnow.END_OF_CALIBRATION, cdnow.END_OF_DATA)
    assert not isinstance(check, CannotTell)
    assert (check.actual, check.came_back, check.auc) == (0, 0, None)


def test_no_hold_out_of_a_first_part_too_thin() -> None:
    assert isinstance(hold_out([], cdnow.END_OF_CALIBRATION, cdnow.END_OF_DATA), CannotTell)
    assert isinstance(hold_out(cdnow.days(), date(1997, 1, 3), cdnow.END_OF_DATA), CannotTell)
