"""Gamma–Gamma: the published figures, and what cannot be told."""

from __future__ import annotations

import math

import cdnow
import pytest

from reportgen.estimates.gamma_gamma import GammaGamma, expected_value, fit_gamma_gamma
from reportgen.estimates.limits import CannotTell


def test_cdnow_spending_has_the_published_parameters() -> None:
    model = fit_gamma_gamma(*cdnow.values())
    assert isinstance(model, GammaGamma)
    assert model.clients == 946
    assert model.p == pytest.approx(6.2488, abs=1e-3)
    assert model.q == pytest.approx(3.7446, abs=1e-3)
    assert model.v == pytest.approx(15.4477, abs=1e-3)


def test_cdnow_expected_values_are_those_in_the_manual_of_lifetimes() -> None:
    """Customers 1–4 and 6 of its page on Gamma–Gamma; 35.17 is everybody's mean."""
    model = fit_gamma_gamma(*cdnow.values())
    assert isinstance(model, GammaGamma)
    frequency, mean_value = cdnow.values()
    ours = [expected_value(model, frequency[i], mean_value[i]) for i in (0, 1, 2, 3, 5)]
    assert ours == pytest.approx([24.658619, 18.911489, 35.170981, 35.170981, 71.462843], abs=1e-3)


def test_the_gamma_gamma_likelihood_is_that_of_the_note() -> None:
    """Fader & Hardie, note 025, equation 1a."""
    model = fit_gamma_gamma(*cdnow.values())
    assert isinstance(model, GammaGamma)
    p, q, v = model.p, model.q, model.v
    total = sum(
        math.lgamma(p * x + q)
        - math.lgamma(p * x)
        - math.lgamma(q)
        + q * math.log(v)
        + (p * x - 1) * math.log(z)
        + p * x * math.log(x)
        - (p * x + q) * math.log(x * z + v)
        for x, z in zip(*cdnow.values(), strict=True)
        if x
    )
    assert model.log_likelihood == pytest.approx(total, abs=1e-6)


def test_money_of_another_size_is_the_same_model() -> None:
    frequency, mean_value = cdnow.values()
    pounds = fit_gamma_gamma(frequency, mean_value)
    yen = fit_gamma_gamma(frequency, [190 * value for value in mean_value])
    assert isinstance(pounds, GammaGamma)
    assert isinstance(yen, GammaGamma)
    assert (yen.p, yen.q, yen.v) == pytest.approx((pounds.p, pounds.q, 190 * pounds.v), rel=1e-6)


def test_the_more_purchases_the_nearer_to_the_client_s_own_mean() -> None:
    """p 2, q 3, v 10: everybody's mean 2 · 10 ÷ 2 = 10; after one purchase of 30
    2 · (10 + 30) ÷ (2 + 2) = 20; after ten 2 · 310 ÷ 22 = 28.18."""
    model = GammaGamma(p=2, q=3, v=10, log_likelihood=-1, clients=50)
    assert expected_value(model, 0, 0) == 10
    assert expected_value(model, 1, 30) == 20
    assert expected_value(model, 10, 30) == pytest.approx(28.1818, abs=1e-4)


@pytest.mark.parametrize(
    ("frequency", "mean_value", "reason"),
    [
        ([], [], "0 clients with a repeat purchase"),
        ([3], [20.0], "1 client with a repeat purchase"),
        ([0] * 50, [20.0] * 50, "0 clients"),
        ([2] * 9 + [0, 2], [5.0 + n for n in range(10)] + [0.0], "9 clients"),
        ([2] * 50, [20.0] * 50, "every client spends the same"),
        ([2] * 20, [10.0**n for n in range(20)], "cannot be told"),
        ([2] * 20, [5.0] * 19 + [5e6], "cannot be told"),
    ],
)
def test_degenerate_amounts_end_in_a_sentence(
    frequency: list[int], mean_value: list[float], reason: str
) -> None:
    model = fit_gamma_gamma(frequency, mean_value)
    assert isinstance(model, CannotTell)
    assert reason in model.reason
