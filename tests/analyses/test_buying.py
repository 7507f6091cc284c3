"""BG/NBD and Gamma–Gamma: the published figures, the closed forms, and what cannot be told.

CDNOW is the data set of the articles: 2,357 customers of a record shop, 1997–98. It ships in the
package ``lifetimes``, of which only the files are read.
"""

from __future__ import annotations

import csv
import importlib.util
import math
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import betaln, gammaln, hyp2f1
from scipy.stats import mannwhitneyu

from reportgen.analyses.buying import (
    BGNBD,
    CannotTell,
    GammaGamma,
    Purchases,
    buying_model,
    expected_purchases,
    expected_purchases_range,
    expected_value,
    fit_bgnbd,
    fit_bgnbd_with_weak_prior,
    fit_gamma_gamma,
    hold_out,
    p_alive,
    purchases,
    voice,
)

END_OF_CALIBRATION = date(1997, 9, 30)
END_OF_DATA = date(1998, 6, 30)


def _cdnow(name: str) -> Path:
    package = importlib.util.find_spec("lifetimes")
    assert package is not None
    assert package.submodule_search_locations is not None
    return Path(package.submodule_search_locations[0]) / "datasets" / name


@cache
def _cdnow_days() -> tuple[tuple[date, ...], ...]:
    """The purchase days of each customer."""
    days: defaultdict[str, list[date]] = defaultdict(list)
    for line in _cdnow("CDNOW_sample.txt").read_text(encoding="ascii").splitlines():
        _, customer, day, _, _ = line.split()
        days[customer].append(date.fromisoformat(day))
    return tuple(tuple(of_one) for of_one in days.values())


@cache
def _cdnow_histories() -> tuple[Purchases, ...]:
    histories = [purchases(days, END_OF_CALIBRATION) for days in _cdnow_days()]
    return tuple(one for one in histories if one is not None)


@cache
def _cdnow_model() -> BGNBD:
    model = fit_bgnbd(_cdnow_histories())
    assert isinstance(model, BGNBD)
    return model


@cache
def _cdnow_values() -> tuple[tuple[int, ...], tuple[float, ...]]:
    path = _cdnow("cdnow_customers_summary_with_transactions.csv")
    with path.open(encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(int(row["x"]) for row in rows), tuple(float(row["zbar"]) for row in rows)


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


def _log_likelihood(parameters: Sequence[float], histories: Sequence[Purchases]) -> float:
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
    model = _cdnow_model()
    assert (model.clients, model.repeat_clients) == (2357, 946)
    assert model.r == pytest.approx(0.2426, abs=5e-4)
    assert model.alpha == pytest.approx(4.4136, abs=5e-4)
    assert model.a == pytest.approx(0.7929, abs=5e-4)
    assert model.b == pytest.approx(2.4259, abs=5e-4)
    assert model.log_likelihood == pytest.approx(-9582.43, abs=0.005)
    assert voice(model) == "full"


def test_cdnow_summary_of_the_authors_gives_them_too() -> None:
    """Their own table of x, t_x and T, with weeks of two decimals."""
    with _cdnow("cdnow_customers_summary.csv").open(encoding="ascii", newline="") as file:
        histories = [
            Purchases(int(row["frequency"]), float(row["recency"]), float(row["T"]))
            for row in csv.DictReader(file)
        ]
    model = fit_bgnbd(histories)
    assert isinstance(model, BGNBD)
    assert (model.r, model.alpha, model.a, model.b) == pytest.approx(
        (0.2426, 4.4136, 0.7929, 2.4259), abs=5e-4
    )
    assert model.log_likelihood == pytest.approx(-9582.43, abs=0.005)


def test_the_optimum_is_level_and_the_likelihood_is_that_of_the_article() -> None:
    model = _cdnow_model()
    at = np.array([model.r, model.alpha, model.a, model.b])
    assert model.log_likelihood == pytest.approx(_log_likelihood(at, _cdnow_histories()), abs=1e-6)
    assert model.gradient < 1e-5
    for step in np.eye(4) * 1e-3 * at:
        up, down = (_log_likelihood(at + way * step, _cdnow_histories()) for way in (1, -1))
        assert max(up, down) < model.log_likelihood
        # The slope, by differences of the article's formula.
        assert (up - down) / (2 * step.max()) == pytest.approx(0, abs=0.05)


def test_the_covariance_is_the_inverse_curvature_of_the_article_s_likelihood() -> None:
    model = _cdnow_model()
    assert model.covariance is not None
    top = np.log([model.r, model.alpha, model.a, model.b])
    step = 1e-3
    nudges = np.eye(4) * step

    def height(theta: np.ndarray) -> float:
        return _log_likelihood(np.exp(theta), _cdnow_histories())

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


def test_cdnow_spending_has_the_published_parameters() -> None:
    model = fit_gamma_gamma(*_cdnow_values())
    assert isinstance(model, GammaGamma)
    assert model.clients == 946
    assert model.p == pytest.approx(6.2488, abs=1e-3)
    assert model.q == pytest.approx(3.7446, abs=1e-3)
    assert model.v == pytest.approx(15.4477, abs=1e-3)


def test_cdnow_expected_values_are_those_in_the_manual_of_lifetimes() -> None:
    """Customers 1–4 and 6 of its page on Gamma–Gamma; 35.17 is everybody's mean."""
    model = fit_gamma_gamma(*_cdnow_values())
    assert isinstance(model, GammaGamma)
    frequency, mean_value = _cdnow_values()
    ours = [expected_value(model, frequency[i], mean_value[i]) for i in (0, 1, 2, 3, 5)]
    assert ours == pytest.approx([24.658619, 18.911489, 35.170981, 35.170981, 71.462843], abs=1e-3)


def test_the_gamma_gamma_likelihood_is_that_of_the_note() -> None:
    """Fader & Hardie, note 025, equation 1a."""
    model = fit_gamma_gamma(*_cdnow_values())
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
        for x, z in zip(*_cdnow_values(), strict=True)
        if x
    )
    assert model.log_likelihood == pytest.approx(total, abs=1e-6)


# --- The closed forms --------------------------------------------------------------------------


def test_p_alive_is_the_closed_form() -> None:
    """Hardie's note 021: 1 ÷ (1 + a/(b+x−1) · ((alpha+T)/(alpha+t_x))^(r+x))."""
    model, histories = _cdnow_model(), _cdnow_histories()
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
    (share,) = p_alive(_model(r, alpha, a, b), [Purchases(x, t_x, age)])
    assert share == pytest.approx(stayed / (stayed + left), abs=1e-6)


def test_expected_purchases_are_the_closed_form() -> None:
    """Fader, Hardie & Lee (2005), equation 10, for every customer and three horizons."""
    model, histories = _cdnow_model(), _cdnow_histories()
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
    one = Purchases(x, 30.0 if x else 0.0, 30.0)
    (number,) = expected_purchases(_model(*parameters), [one], 52)
    assert number == pytest.approx(expected, rel=1e-9)


def test_nothing_is_expected_of_no_time_and_ever_more_of_more() -> None:
    model, some = _cdnow_model(), _cdnow_histories()[:50]
    assert expected_purchases(model, some, 0) == (0.0,) * 50
    for less, more in zip(
        expected_purchases(model, some, 26), expected_purchases(model, some, 52), strict=True
    ):
        assert 0 < less < more < 2 * less


def test_the_range_of_an_expectation_is_that_of_its_parameters() -> None:
    """Over 4,000 draws of the parameters, 2.5 % of expectations lie below and above it."""
    model, one = _cdnow_model(), Purchases(2, 30.0, 39.0)
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
    gone = Purchases(700, 100.0, 2000.0)
    assert expected_purchases(_cdnow_model(), [gone]) == (0.0,)
    assert expected_purchases_range(_cdnow_model(), [gone]) == ((0.0, 0.0),)


def test_no_range_without_an_interior_optimum() -> None:
    assert expected_purchases_range(_model(0.2, 4, 0.8, 2.4), [Purchases(2, 30.0, 39.0)]) is None


def test_no_clients_no_figures() -> None:
    model = _cdnow_model()
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
    assert purchases(days, date(2026, 2, 12)) == Purchases(frequency=2, recency=5.0, age=6.0)
    assert purchases(days, date(2026, 1, 8)) == Purchases(frequency=0, recency=0.0, age=1.0)
    assert purchases(days, date(2026, 1, 1)) == Purchases(frequency=0, recency=0.0, age=0.0)


def test_no_history_before_the_first_purchase() -> None:
    assert purchases([date(2026, 2, 5)], date(2026, 2, 4)) is None
    assert purchases([], date(2026, 2, 4)) is None


def test_the_order_of_clients_changes_nothing() -> None:
    shuffled = list(_cdnow_histories())
    random.Random(3).shuffle(shuffled)
    assert fit_bgnbd(shuffled) == _cdnow_model()
    rows = list(zip(*_cdnow_values(), strict=True))
    random.Random(3).shuffle(rows)
    assert fit_gamma_gamma(*zip(*rows, strict=True)) == fit_gamma_gamma(*_cdnow_values())


# --- What cannot be told -----------------------------------------------------------------------

ONE_TIME = [Purchases(0, 0.0, 10.0 + number) for number in range(40)]
NOBODY_LEAVES = [Purchases(3 + n % 9, 50.0, 51.0 + n % 3) for n in range(60)]
EVERYBODY_LEAVES = [Purchases(1, 2.0 + n % 5, 150.0 + n % 7) for n in range(120)]


@pytest.mark.parametrize(
    ("histories", "reason"),
    [
        ([], "Nobody has bought yet"),
        ([Purchases(4, 30.0, 40.0)], "1 client has bought on more than one day"),
        ([Purchases(0, 0.0, 0.0)], "no clients have bought on more than one day"),
        (ONE_TIME, "no clients have bought on more than one day"),
        (ONE_TIME + [Purchases(n, 9.0, 40.0) for n in range(1, 10)], "9 clients have"),
        ([Purchases(5, 30.0, 40.0)] * 50, "the same history"),
        ([Purchases(5, 30.0, 40.0)] * 15 + ONE_TIME, "the same history"),
        (NOBODY_LEAVES, "nobody in it can be seen to leave"),
        (NOBODY_LEAVES[:12], "nobody in it can be seen to leave"),
        (EVERYBODY_LEAVES, "nobody in it can be seen to stay"),
    ],
)
@pytest.mark.parametrize("fit", [buying_model, fit_bgnbd, fit_bgnbd_with_weak_prior])
def test_degenerate_histories_end_in_a_sentence(
    fit: object, histories: list[Purchases], reason: str
) -> None:
    assert callable(fit)
    model = fit(histories)
    assert isinstance(model, CannotTell)
    assert reason in model.reason
    assert voice(model) == "none"


def _simulated(clients: int, leaving: float, seed: int) -> list[Purchases]:
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
        histories.append(Purchases(bought, last, age))
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
    lambda x, recency, quiet: Purchases(x, recency / 7 if x else 0.0, (recency + quiet) / 7),
    st.sampled_from([0, 0, 1, 1, 2, 3, 5, 8, 40]),
    st.integers(60, 800),
    st.integers(0, 600),
)


@given(st.lists(HISTORY, max_size=60) | st.lists(HISTORY, min_size=30, max_size=60))
@settings(deadline=None, max_examples=60)
def test_any_histories_give_a_sentence_or_sound_figures(histories: list[Purchases]) -> None:
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
        _cdnow_model(),
        repeat_clients=repeat_clients,
        covariance=_cdnow_model().covariance if interior else None,
    )
    assert voice(model) == expected


def test_a_parameter_at_an_edge_is_no_interior_optimum() -> None:
    """Sixty clients quiet for 35 weeks and sixty for ten, all alike within: any spread fits, so
    the parameters run away, and of 120 repeat customers only P(alive) may be shown."""
    histories = [Purchases(5, 30.0, 40.0)] * 60 + [Purchases(2, 10.0, 45.0)] * 60
    model = buying_model(histories)
    assert isinstance(model, BGNBD)
    assert max(model.r, model.alpha, model.a, model.b) > 1e3
    assert model.covariance is None
    assert voice(model) == "probability"


def _sample(repeat_clients: int) -> list[Purchases]:
    """The first CDNOW customers, up to this many repeat customers."""
    chosen: list[Purchases] = []
    for one in _cdnow_histories():
        chosen.append(one)
        if sum(history.frequency > 0 for history in chosen) == repeat_clients:
            break
    return chosen


def test_the_prior_takes_part_from_10_to_29_repeat_customers() -> None:
    for repeat_clients in (10, 29):
        few = _sample(repeat_clients)
        assert buying_model(few) == fit_bgnbd_with_weak_prior(few)
    for repeat_clients in (30, 100):
        many = _sample(repeat_clients)
        assert buying_model(many) == fit_bgnbd(many) != fit_bgnbd_with_weak_prior(many)


def test_the_prior_is_weak() -> None:
    """On CDNOW it moves no parameter by a tenth of its standard error."""
    free, held = _cdnow_model(), fit_bgnbd_with_weak_prior(_cdnow_histories())
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


# --- The hold-out check ------------------------------------------------------------------------


def test_cdnow_hold_out() -> None:
    """39 weeks learnt, 39 foretold. 1,882 purchase days came (Fader, Hardie & Lee's p2x column);
    the order by expected purchases is right in .773 of pairs (SPEC 4)."""
    check = hold_out(_cdnow_days(), END_OF_CALIBRATION, END_OF_DATA)
    assert not isinstance(check, CannotTell)
    assert (check.split, check.weeks, check.clients) == (END_OF_CALIBRATION, 39, 2357)
    later = [{d for d in days if d > END_OF_CALIBRATION} for days in _cdnow_days()]
    assert check.actual == sum(len(days) for days in later) == 1882
    assert check.came_back == sum(1 for days in later if days)
    assert check.expected == pytest.approx(
        sum(expected_purchases(_cdnow_model(), _cdnow_histories(), 39))
    )
    assert check.auc == pytest.approx(0.773, abs=1e-3)
    scores = expected_purchases(_cdnow_model(), _cdnow_histories(), 39)
    back = [score for score, days in zip(scores, later, strict=True) if days]
    away = [score for score, days in zip(scores, later, strict=True) if not days]
    # The same share of pairs, as Mann and Whitney's U.
    pairs = len(back) * len(away)
    assert check.auc == pytest.approx(mannwhitneyu(back, away).statistic / pairs, abs=1e-12)


def test_a_hold_out_sees_nothing_after_the_split_and_nothing_after_the_as_of_date() -> None:
    days = [[*of_one, END_OF_DATA + timedelta(days=3)] for of_one in _cdnow_days()]
    late = [[END_OF_CALIBRATION + timedelta(days=1)]]
    assert hold_out(days + late, END_OF_CALIBRATION, END_OF_DATA) == hold_out(
        _cdnow_days(), END_OF_CALIBRATION, END_OF_DATA
    )


def test_a_hold_out_that_nobody_outlives() -> None:
    """Nothing was bought after the split: the order of the list cannot be judged."""
    days = [[day for day in of_one if day <= END_OF_CALIBRATION] for of_one in _cdnow_days()]
    check = hold_out(days, END_OF_CALIBRATION, END_OF_DATA)
    assert not isinstance(check, CannotTell)
    assert (check.actual, check.came_back, check.auc) == (0, 0, None)


def test_no_hold_out_of_a_first_part_too_thin() -> None:
    assert isinstance(hold_out([], END_OF_CALIBRATION, END_OF_DATA), CannotTell)
    assert isinstance(hold_out(_cdnow_days(), date(1997, 1, 3), END_OF_DATA), CannotTell)


# --- What a purchase is worth ------------------------------------------------------------------


def test_money_of_another_size_is_the_same_model() -> None:
    frequency, mean_value = _cdnow_values()
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


# --- What it costs -----------------------------------------------------------------------------


def test_scipy_is_imported_by_a_fit_alone() -> None:
    code = (
        "import sys, reportgen.analyses.buying, reportgen.analyses.survival;"
        "sys.exit('scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
