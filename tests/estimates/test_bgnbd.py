"""BG/NBD: the published figures, the closed forms, and what cannot be told."""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Sequence
from datetime import date

import cdnow
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import betaln, gammaln, hyp2f1

from reportgen.analyses.buying import buying_model, voice
from reportgen.estimates.bgnbd import (
    BGNBD,
    History,
    expected_purchases,
    expected_purchases_range,
    fit_bgnbd,
    fit_bgnbd_with_weak_prior,
    history,
    p_alive,
)
from reportgen.estimates.gamma_gamma import fit_gamma_gamma
from reportgen.estimates.limits import CannotTell


def _model(r: float, alpha: float, a: float, b: float) -> BGNBD:
    return BGNBD(
        r=r,
        alpha=alpha,
        a=a,
        b=b,
        log_likelihood=-1,
        clients=200,
        repeat_clients=100,
        gradient=0,
        covariance=None,
    )


def _log_likelihood(parameters: Sequence[float], histories: Sequence[History]) -> float:
    """Fader, Hardie & Lee (2005), equation 6, as printed."""
    r, alpha, a, b = parameters
    x = np.array([one.frequency for one in histories], dtype=float)
    t_x = np.array([one.recency for one in histories])
    age = np.array([one.age for one in histories])
    repeat = x > 0
    staying = np.exp(betaln(a, b + x) - betaln(a, b)) * (alpha + age) ** -(r + x)
    leaving = np.zeros_like(x)
    leaving[repeat] = (
        np.exp(betaln(a + 1, b + x[repeat] - 1) - betaln(a, b))
        * (alpha + t_x[repeat]) ** -(r + x[repeat])
    )  # fmt: skip
    rates = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    return float(np.sum(rates + np.log(staying + leaving)))


# --- The published figures ---------------------------------------------------------------------


def test_cdnow_has_the_published_parameters() -> None:
    model = cdnow.model()
    assert (model.clients, model.repeat_clients) == (2357, 946)
    assert model.r == pytest.approx(0.2426, abs=5e-4)
    assert model.alpha == pytest.approx(4.4136, abs=5e-4)
    assert model.a == pytest.approx(0.7929, abs=5e-4)
    assert model.b == pytest.approx(2.4259, abs=5e-4)
    assert model.log_likelihood == pytest.approx(-9582.43, abs=0.005)
    assert voice(model) == "full"


def test_cdnow_summary_of_the_authors_gives_them_too() -> None:
    """Their own table of x, t_x and T, with weeks of two decimals."""
    with cdnow.path_of("cdnow_customers_summary.csv").open(encoding="ascii", newline="") as file:
        histories = [
            History(int(row["frequency"]), float(row["recency"]), float(row["T"]))
            for row in csv.DictReader(file)
        ]
    model = fit_bgnbd(histories)
    assert isinstance(model, BGNBD)
    assert (model.r, model.alpha, model.a, model.b) == pytest.approx(
        (0.2426, 4.4136, 0.7929, 2.4259), abs=5e-4
    )
    assert model.log_likelihood == pytest.approx(-9582.43, abs=0.005)


def test_the_optimum_is_level_and_the_likelihood_is_that_of_the_article() -> None:
    model = cdnow.model()
    at = np.array([model.r, model.alpha, model.a, model.b])
    assert model.log_likelihood == pytest.approx(_log_likelihood(at, cdnow.histories()), abs=1e-6)
    assert model.gradient < 1e-5
    for step in np.eye(4) * 1e-3 * at:
        up, down = (_log_likelihood(at + way * step, cdnow.histories()) for way in (1, -1))
        assert max(up, down) < model.log_likelihood
        # The slope, by differences of the article's formula.
        assert (up - down) / (2 * step.max()) == pytest.approx(0, abs=0.05)


def test_the_covariance_is_the_inverse_curvature_of_the_article_s_likelihood() -> None:
    model = cdnow.model()
    assert model.covariance is not None
    top = np.log([model.r, model.alpha, model.a, model.b])
    step = 1e-3
    nudges = np.eye(4) * step

    def height(theta: np.ndarray) -> float:
        return _log_likelihood(np.exp(theta), cdnow.histories())

    curvature = np.array(
        [
            [
                (
                    height(top + i + j)
                    - height(top + i - j)
                    - height(top - i + j)
                    + height(top - i - j)
                )
                / (4 * step**2)
                for j in nudges
            ]
            for i in nudges
        ]
    )
    assert np.array(model.covariance) == pytest.approx(
        np.linalg.inv(-curvature), rel=1e-2, abs=1e-5
    )


# --- The closed forms --------------------------------------------------------------------------


def test_p_alive_is_the_closed_form() -> None:
    """Hardie's note 021: 1 ÷ (1 + a/(b+x−1) · ((alpha+T)/(alpha+t_x))^(r+x))."""
    model, histories = cdnow.model(), cdnow.histories()
    for one, share in zip(histories, p_alive(model, histories), strict=True):
        if one.frequency == 0:
            assert share is None
            continue
        stretch = (model.alpha + one.age) / (model.alpha + one.recency)
        odds = model.a / (model.b + one.frequency - 1) * stretch ** (model.r + one.frequency)
        assert share == pytest.approx(1 / (1 + odds), abs=1e-6)


def test_p_alive_is_bayes_rule_over_every_rate_and_every_chance_of_leaving() -> None:
    """No closed form: the evidence for staying and for having left, by numerical integration."""
    r, alpha, a, b = 0.9, 6.0, 1.3, 4.0
    x, t_x, age = 3, 20.0, 52.0

    def over_rates(time: float) -> float:
        return float(quad(lambda g: g ** (r - 1 + x) * math.exp(-g * (alpha + time)), 0, 50)[0])

    def over_chances(left: bool) -> float:
        if left:
            return float(quad(lambda p: p**a * (1 - p) ** (b + x - 2), 0, 1)[0])
        return float(quad(lambda p: p ** (a - 1) * (1 - p) ** (b + x - 1), 0, 1)[0])

    stayed = over_rates(age) * over_chances(left=False)
    left = over_rates(t_x) * over_chances(left=True)
    (share,) = p_alive(_model(r, alpha, a, b), [History(x, t_x, age)])
    assert share == pytest.approx(stayed / (stayed + left), abs=1e-6)


def test_expected_purchases_are_the_closed_form() -> None:
    """Fader, Hardie & Lee (2005), equation 10, for every customer and three horizons."""
    model, histories = cdnow.model(), cdnow.histories()
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    for weeks in (1, 39, 52):
        ours = expected_purchases(model, histories, weeks)
        for one, number in zip(histories, ours, strict=True):
            x, t_x, age = one.frequency, one.recency, one.age
            z = weeks / (alpha + age + weeks)
            if_alive = (a + b + x - 1) / (a - 1) * (
                1
                - ((alpha + age) / (alpha + age + weeks)) ** (r + x)
                * hyp2f1(r + x, b + x, a + b + x - 1, z)
            )  # fmt: skip
            gone = a / (b + x - 1) * ((alpha + age) / (alpha + t_x)) ** (r + x) if x else 0
            assert number == pytest.approx(if_alive / (1 + gone), abs=1e-6)


@pytest.mark.parametrize(
    ("parameters", "x", "expected"),
    [
        ((0.8, 5.0, 1.0, 3.0), 4, 4.16836052663),  # the closed form divides by a − 1
        ((0.8, 5.0, 0.3, 0.7), 0, 0.924156819134),  # and by a + b + x − 1
        ((0.5, 2.0, 0.2, 0.3), 0, 0.612117677582),  # which may be negative
        ((9.3, 1.3, 105.0, 0.08), 2, 0.0103844268142),  # the library's function gives an infinity
        ((0.02, 0.01, 0.01, 0.02), 1, 1.16667209338),  # chances of leaving near 0 and near 1
        ((570.0, 0.96, 0.055, 2.4), 300, 1373.44832745),
        ((40.0, 90.0, 800.0, 900.0), 60, 1.20025029217),  # everybody's chance is the same
        ((162754.0, 162754.0, 0.4458, 12.25), 52, 44.810450502),  # and everybody's rate
    ],
)
def test_expected_purchases_where_doubles_lose_the_closed_form(
    parameters: tuple[float, float, float, float], x: int, expected: float
) -> None:
    """Equation 10 in mpmath's hypergeometric function with 80 digits, ``a`` moved by 1e-40 off the
    poles; T = 30, t_x = 30 where there is a repeat, the next 52 weeks."""
    one = History(x, 30.0 if x else 0.0, 30.0)
    (number,) = expected_purchases(_model(*parameters), [one], 52)
    assert number == pytest.approx(expected, rel=1e-9)


def test_nothing_is_expected_of_no_time_and_ever_more_of_more() -> None:
    model, some = cdnow.model(), cdnow.histories()[:50]
    assert expected_purchases(model, some, 0) == (0.0,) * 50
    for less, more in zip(
        expected_purchases(model, some, 26), expected_purchases(model, some, 52), strict=True
    ):
        assert 0 < less < more < 2 * less


def test_the_range_of_an_expectation_is_that_of_its_parameters() -> None:
    """Over 4,000 draws of the parameters, 2.5 % of expectations lie below and above it."""
    model, one = cdnow.model(), History(2, 30.0, 39.0)
    ranges = expected_purchases_range(model, [one])
    assert ranges is not None
    draws = np.random.default_rng(20).multivariate_normal(
        np.log([model.r, model.alpha, model.a, model.b]), np.array(model.covariance), 4000
    )
    numbers = [expected_purchases(_model(*np.exp(draw)), [one])[0] for draw in draws]
    assert ranges[0] == pytest.approx(np.quantile(numbers, [0.025, 0.975]), rel=0.01)
    (centre,) = expected_purchases(model, [one])
    assert ranges[0][0] < centre < ranges[0][1]


def test_the_range_of_somebody_long_gone_stays_a_number() -> None:
    """Bought daily for two years and not for forty: e^−2000 purchases to expect."""
    gone = History(700, 100.0, 2000.0)
    assert expected_purchases(cdnow.model(), [gone]) == (0.0,)
    assert expected_purchases_range(cdnow.model(), [gone]) == ((0.0, 0.0),)


def test_no_range_without_an_interior_optimum() -> None:
    assert expected_purchases_range(_model(0.2, 4, 0.8, 2.4), [History(2, 30.0, 39.0)]) is None


def test_no_clients_no_figures() -> None:
    model = cdnow.model()
    assert p_alive(model, []) == expected_purchases(model, []) == ()
    assert expected_purchases_range(model, []) == ()


# --- Histories ---------------------------------------------------------------------------------


def test_a_history_in_weeks() -> None:
    """First 1 January, then twice on the 15th (one purchase day), then 5 February; seen on the 12th.

    Two repeat days; 35 days from first to last, 42 to the as-of date. The planned one in March
    does not count.
    """
    days = [
        date(2026, 2, 5),
        date(2026, 1, 1),
        date(2026, 1, 15),
        date(2026, 1, 15),
        date(2026, 3, 1),
    ]
    assert history(days, date(2026, 2, 12)) == History(frequency=2, recency=5.0, age=6.0)
    assert history(days, date(2026, 1, 8)) == History(frequency=0, recency=0.0, age=1.0)
    assert history(days, date(2026, 1, 1)) == History(frequency=0, recency=0.0, age=0.0)


def test_no_history_before_the_first_purchase() -> None:
    assert history([date(2026, 2, 5)], date(2026, 2, 4)) is None
    assert history([], date(2026, 2, 4)) is None


def test_the_order_of_clients_changes_nothing() -> None:
    shuffled = list(cdnow.histories())
    random.Random(3).shuffle(shuffled)
    assert fit_bgnbd(shuffled) == cdnow.model()
    rows = list(zip(*cdnow.values(), strict=True))
    random.Random(3).shuffle(rows)
    assert fit_gamma_gamma(*zip(*rows, strict=True)) == fit_gamma_gamma(*cdnow.values())


# --- What cannot be told -----------------------------------------------------------------------

ONE_TIME = [History(0, 0.0, 10.0 + number) for number in range(40)]
NOBODY_LEAVES = [History(3 + n % 9, 50.0, 51.0 + n % 3) for n in range(60)]
EVERYBODY_LEAVES = [History(1, 2.0 + n % 5, 150.0 + n % 7) for n in range(120)]


@pytest.mark.parametrize(
    ("histories", "reason"),
    [
        ([], "Nobody has bought yet"),
        ([History(4, 30.0, 40.0)], "1 client has bought more than once"),
        ([History(0, 0.0, 0.0)], "no clients have bought more than once"),
        (ONE_TIME, "no clients have bought more than once"),
        (ONE_TIME + [History(n, 9.0, 40.0) for n in range(1, 10)], "9 clients have"),
        ([History(5, 30.0, 40.0)] * 50, "the same history"),
        ([History(5, 30.0, 40.0)] * 15 + ONE_TIME, "the same history"),
        (NOBODY_LEAVES, "nobody in it can be seen to leave"),
        (NOBODY_LEAVES[:12], "nobody in it can be seen to leave"),
        (EVERYBODY_LEAVES, "nobody in it can be seen to stay"),
    ],
)
@pytest.mark.parametrize("fit", [buying_model, fit_bgnbd, fit_bgnbd_with_weak_prior])
def test_degenerate_histories_end_in_a_sentence(
    fit: object, histories: list[History], reason: str
) -> None:
    assert callable(fit)
    model = fit(histories)
    assert isinstance(model, CannotTell)
    assert reason in model.reason
    assert voice(model) == "none"


def _simulated(clients: int, leaving: float, seed: int) -> list[History]:
    """Clients who buy every twelve weeks or so over two years, and leave with this chance each time."""
    chance = random.Random(seed)
    histories = []
    for _ in range(clients):
        rate = chance.gammavariate(2, 1 / 24)
        bought, last, day, age = 0, 0.0, 0.0, chance.uniform(30, 104)
        while (day := day + chance.expovariate(rate)) < age:
            bought, last = bought + 1, day
            if chance.random() < leaving:
                break
        histories.append(History(bought, last, age))
    return histories


def test_where_nobody_leaves_the_model_keeps_silent() -> None:
    """Clients drawn without any leaving: of 40 data sets no more than two speak all the same."""
    speaking = [
        isinstance(buying_model(_simulated(80, leaving=0, seed=seed)), BGNBD) for seed in range(40)
    ]
    assert sum(speaking) <= 2


def test_where_a_fifth_leave_each_time_the_model_speaks() -> None:
    models = [buying_model(_simulated(200, leaving=0.2, seed=seed)) for seed in range(10)]
    for model in models:
        assert isinstance(model, BGNBD)
        assert model.a / (model.a + model.b) == pytest.approx(0.2, abs=0.15)


HISTORY = st.builds(
    lambda x, recency, quiet: History(x, recency / 7 if x else 0.0, (recency + quiet) / 7),
    st.sampled_from([0, 0, 1, 1, 2, 3, 5, 8, 40]),
    st.integers(60, 800),
    st.integers(0, 600),
)


@given(st.lists(HISTORY, max_size=60) | st.lists(HISTORY, min_size=30, max_size=60))
@settings(max_examples=60)
def test_any_histories_give_a_sentence_or_sound_figures(histories: list[History]) -> None:
    model = buying_model(histories)
    if isinstance(model, CannotTell):
        assert model.reason.endswith(".")
        return
    for share in p_alive(model, histories):
        assert share is None or 0 <= share <= 1
    for number in expected_purchases(model, histories):
        assert 0 <= number < 1000
    for low, high in expected_purchases_range(model, histories) or ():
        assert 0 <= low <= high < math.inf


# --- How far it may speak ----------------------------------------------------------------------


def test_a_parameter_at_an_edge_is_no_interior_optimum() -> None:
    """Sixty clients quiet for 35 weeks and sixty for ten, all alike within: any spread fits, so
    the parameters run away, and of 120 repeat customers only P(alive) may be shown."""
    histories = [History(5, 30.0, 40.0)] * 60 + [History(2, 10.0, 45.0)] * 60
    model = buying_model(histories)
    assert isinstance(model, BGNBD)
    assert max(model.r, model.alpha, model.a, model.b) > 1e3
    assert model.covariance is None
    assert voice(model) == "probability"


def test_the_prior_is_weak() -> None:
    """On CDNOW it moves no parameter by a tenth of its standard error."""
    free, held = cdnow.model(), fit_bgnbd_with_weak_prior(cdnow.histories())
    assert isinstance(held, BGNBD)
    assert free.covariance is not None
    errors = np.sqrt(np.diag(np.array(free.covariance)))
    moved = np.log([held.r / free.r, held.alpha / free.alpha, held.a / free.a, held.b / free.b])
    assert 0 < np.max(np.abs(moved) / errors) < 0.1
    assert held.log_likelihood < free.log_likelihood


def test_the_prior_s_optimum_is_level() -> None:
    """Its density as documented: normal on log r, log 4a/b and log (a+b)/3, deviation 1.5."""
    few = _simulated(40, leaving=0.3, seed=5)[:30]
    model = fit_bgnbd_with_weak_prior(few)
    assert isinstance(model, BGNBD)
    assert 10 <= model.repeat_clients < 30

    def height(theta: np.ndarray) -> float:
        r, alpha, a, b = np.exp(theta)
        off = np.log([r, 4 * a / b, (a + b) / 3])
        return _log_likelihood([r, alpha, a, b], few) - float(off @ off) / (2 * 1.5**2)

    top = np.log([model.r, model.alpha, model.a, model.b])
    for nudge in np.eye(4) * 1e-4:
        assert (height(top + nudge) - height(top - nudge)) / 2e-4 == pytest.approx(0, abs=1e-5)
    assert all(1e-3 < parameter < 1e3 for parameter in np.exp(top))
    assert voice(model) == "words"
