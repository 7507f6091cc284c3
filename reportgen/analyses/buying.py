"""Who is likely to buy again, how often and for how much: BG/NBD and Gamma–Gamma (SPEC 4).

BG/NBD is the model of Fader, Hardie & Lee, "Counting Your Customers the Easy Way", Marketing
Science 24 (2005): a client buys at random at a rate of their own (rates vary by a gamma
distribution, ``r`` and ``alpha``) and after each repeat purchase may leave for good with a
probability of their own (by a beta distribution, ``a`` and ``b``). Gamma–Gamma is Fader & Hardie's
note 025 (2013): what a client spends per purchase varies around a mean of their own.

What the data cannot support comes back as :class:`CannotTell`, a sentence for the owner; nothing
here warns, raises on data, or gives an infinite figure. Clients may come in any order: the fit is
computed on sorted, grouped histories.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


Voice = Literal["none", "words", "probability", "full"]
"""How far the model may speak: not at all, "likely" and "unlikely", P(alive), everything."""


_WORDS_FROM = 10


_PROBABILITY_FROM = 30


_FULL_FROM = 100
"""Repeat customers from which each voice may speak (SPEC 4)."""


_INTERIOR = (1e-3, 1e3)


_STEEPEST = 1e-5
"""An optimum that the data itself holds in place: no parameter at an edge, no slope left (SPEC 4)."""


_SEEN_TO_LEAVE = 2.0
"""By how much the log-likelihood must rise when clients may leave, or nobody is seen to leave: the
histories are then seven times as likely. Where in truth nobody leaves, chance does this in about
one data set of fifty (the ratio's limit there is half a chi-square of one degree of freedom)."""


_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True, order=True)
class Purchases:
    """One client's history as BG/NBD sees it. A week is exact days ÷ 7."""

    frequency: int
    """Purchase days after the first one (x)."""
    recency: float
    """Weeks from the first to the last purchase day (t_x); 0 without a repeat."""
    age: float
    """Weeks from the first purchase day to the as-of date (T)."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The data does not support an answer."""

    reason: str
    """A sentence that an owner understands."""


@dataclass(frozen=True, slots=True)
class BGNBD:
    """A fitted model: ``alpha`` in weeks, the others pure numbers."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    """Of the histories, also where a weak prior took part in the fit."""
    clients: int
    repeat_clients: int
    gradient: float
    """The steepest slope left at the optimum (of what was maximised, by r, alpha, a, b), ≥ 0."""
    covariance: tuple[tuple[float, ...], ...] | None
    """Of the logarithms of r, alpha, a, b; None unless the optimum is an interior one, a peak in each
    direction with no slope left and no parameter at an edge."""


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """A fitted model of what a purchase is worth: ``v`` in money, ``p`` and ``q`` pure numbers."""

    p: float
    q: float
    v: float
    log_likelihood: float
    clients: int


@dataclass(frozen=True, slots=True)
class HoldOut:
    """How a model fitted on the first part of the history did in the last."""

    split: date
    """The last day of the first part, inclusive."""
    weeks: float
    """How long the last part is."""
    clients: int
    """Those with a purchase in the first part."""
    expected: float
    """Purchase days that the model expected of them in the last part."""
    actual: int
    """Purchase days that there were."""
    came_back: int
    """Clients with at least one of them."""
    auc: float | None
    """The chance that a client who came back was listed above one who did not, by expected
    purchases: 0.5 is a coin. None where all or none came back."""


def purchases(days: Iterable[date], as_of: date) -> Purchases | None:
    """A client's history from their purchase days; days after the as-of date do not count.

    Several purchases on one day are one. None where no day is left.
    """
    seen = sorted({day for day in days if day <= as_of})
    if not seen:
        return None
    return Purchases(
        frequency=len(seen) - 1,
        recency=(seen[-1] - seen[0]).days / 7,
        age=(as_of - seen[0]).days / 7,
    )


def buying_model(histories: Iterable[Purchases]) -> BGNBD | CannotTell:
    """The model that this many repeat customers support, by the ladder of SPEC 4.

    From 30 repeat customers the likelihood alone decides, from 10 a weak prior helps; below, and
    where nobody can be seen to leave, CannotTell.
    """
    histories = list(histories)
    if _repeat_clients(histories) < _PROBABILITY_FROM:
        return fit_bgnbd_with_weak_prior(histories)
    return fit_bgnbd(histories)


def fit_bgnbd(histories: Iterable[Purchases]) -> BGNBD | CannotTell:
    """BG/NBD by maximum likelihood; CannotTell where the data does not carry it.

    That is: below 10 repeat customers, where their histories are all the same, and where nobody
    can be seen to leave, or nobody to stay.
    """
    return _fitted(list(histories), prior=None)


def fit_bgnbd_with_weak_prior(histories: Iterable[Purchases]) -> BGNBD | CannotTell:
    """BG/NBD by maximum likelihood with a weak prior, for 10–29 repeat customers.

    The prior holds what so few clients cannot: see ``_weak_prior``. It does not decide whether
    anybody leaves; the data must show that by itself, as for ``fit_bgnbd``.
    """
    return _fitted(list(histories), prior=_weak_prior)


def voice(model: BGNBD | CannotTell) -> Voice:
    """How far the model may speak (SPEC 4): ``none``, ``words``, ``probability`` or ``full``."""
    if isinstance(model, CannotTell) or model.repeat_clients < _WORDS_FROM:
        return "none"
    if model.repeat_clients < _PROBABILITY_FROM:
        return "words"
    if model.repeat_clients < _FULL_FROM or model.covariance is None:
        return "probability"
    return "full"


def p_alive(model: BGNBD, histories: Sequence[Purchases]) -> tuple[float | None, ...]:
    """The probability that each client still buys, 0–1, in the order given.

    None for a client without a repeat purchase: the model has them alive by construction, which
    says nothing (SPEC 4).
    """
    x, t_x, age = _columns(histories)
    alive = _alive(_log_parameters(model), x, t_x, age)
    return tuple(
        float(share) if one.frequency else None for one, share in zip(histories, alive, strict=True)
    )


def expected_purchases(
    model: BGNBD, histories: Sequence[Purchases], weeks: float = 52
) -> tuple[float, ...]:
    """The purchase days to expect of each client in the next ``weeks``, in the order given (≥ 0)."""
    expected = _expected(_log_parameters(model), *_columns(histories), weeks)
    return tuple(float(number) for number in expected)


def expected_purchases_range(
    model: BGNBD, histories: Sequence[Purchases], weeks: float = 52
) -> tuple[tuple[float, float], ...] | None:
    """The 95 % interval of each client's expected purchases, (low, high), in the order given.

    It says how well the clients together pin the *expectation* down (delta method on the logarithm,
    from the curvature of the likelihood). What one client then buys varies more: a Poisson
    number's worth. None where the model has no covariance.
    """
    if model.covariance is None:
        return None
    theta = _log_parameters(model)
    columns = _columns(histories)
    centre = _expected(theta, *columns, weeks)
    if weeks <= 0:
        return tuple((float(number), float(number)) for number in centre)

    def log_expected(at: Floats) -> Floats:
        # Somebody long gone may be expected to buy 1e-400 times, which a float calls 0.
        return np.log(np.maximum(_expected(at, *columns, weeks), 1e-300))

    step = 1e-4
    slopes = np.array(
        [
            (log_expected(theta + nudge) - log_expected(theta - nudge)) / (2 * step)
            for nudge in np.eye(4) * step
        ]
    )
    variance = np.einsum("ic,ij,jc->c", slopes, np.array(model.covariance), slopes)
    widening = np.exp(_Z95 * np.sqrt(np.maximum(variance, 0.0)))
    return tuple(
        (float(low), float(high))
        for low, high in zip(centre / widening, centre * widening, strict=True)
    )


def hold_out(
    purchase_days: Iterable[Sequence[date]], split: date, as_of: date
) -> HoldOut | CannotTell:
    """Expected against actual purchase days after the split, by a model that saw none of them.

    ``purchase_days`` has one entry a client. Days up to the split (inclusive) are fitted, days
    after it up to the as-of date (inclusive) are compared. CannotTell where the first part does
    not carry a model.
    """
    known: list[Purchases] = []
    bought: list[int] = []
    for days in purchase_days:
        before = purchases(days, split)
        if before is not None:
            known.append(before)
            bought.append(len({day for day in days if split < day <= as_of}))
    model = buying_model(known)
    if isinstance(model, CannotTell):
        return model
    weeks = max(0, (as_of - split).days) / 7
    expected = expected_purchases(model, known, weeks)
    return HoldOut(
        split=split,
        weeks=weeks,
        clients=len(known),
        expected=math.fsum(expected),
        actual=sum(bought),
        came_back=sum(number > 0 for number in bought),
        auc=_auc(
            [score for score, number in zip(expected, bought, strict=True) if number],
            [score for score, number in zip(expected, bought, strict=True) if not number],
        ),
    )


def fit_gamma_gamma(
    frequency: Sequence[int], mean_value: Sequence[float]
) -> GammaGamma | CannotTell:
    """Gamma–Gamma by maximum likelihood, over clients with a repeat purchase and a positive mean.

    ``frequency`` counts the purchases that ``mean_value`` is the mean of; clients with 0 in either
    take no part. CannotTell below 10 clients, where all spend the same, and where the amounts
    fit no distribution with a mean (``q`` ≤ 1).
    """
    counted = Counter(
        sorted(
            (int(count), float(value))
            for count, value in zip(frequency, mean_value, strict=True)
            if count > 0 and value > 0
        )
    )
    clients = counted.total()
    if clients < _WORDS_FROM:
        return CannotTell(
            f"What the next purchase is worth cannot be told: {_clients(clients)} "
            f"with a repeat purchase and an amount, and it takes {_WORDS_FROM}."
        )
    values = [value for _, value in counted]
    if max(values) <= min(values) * (1 + 1e-9):
        return CannotTell(
            "What the next purchase is worth needs no model: every client spends the same."
        )
    # In units of the mean, so that the fit is the same in yen and in pounds.
    unit = math.fsum(value * n for (_, value), n in counted.items()) / clients
    x = np.array([count for count, _ in counted], dtype=np.float64)
    m = np.array(values) / unit
    weight = np.array(list(counted.values()), dtype=np.float64)
    peak = _peak(
        lambda theta: _gamma_gamma_log_likelihood(theta, x, m, weight),
        starts=(np.log([2.0, 3.0, 1.0]), np.log([10.0, 5.0, 0.5])),
    )
    p, q, v = (float(parameter) for parameter in np.exp(peak.theta))
    low, high = _INTERIOR
    if q <= 1 or not all(low < parameter < high for parameter in (p, q, v)):
        return CannotTell(
            "What the next purchase is worth cannot be told: the clients' amounts are too much "
            "alike or too far apart for a typical client to be made out."
        )
    return GammaGamma(
        p=p,
        q=q,
        v=v * unit,
        # A density per unit of money.
        log_likelihood=peak.value - clients * math.log(unit),
        clients=clients,
    )


def expected_value(model: GammaGamma, frequency: int, mean_value: float) -> float:
    """What a client's next purchase is worth, in money: between their own mean and everybody's.

    The more purchases (``frequency``) their mean rests on, the nearer to it; without any, the mean
    of all clients.
    """
    return model.p * (model.v + frequency * mean_value) / (model.p * frequency + model.q - 1)


# --- BG/NBD ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Histories:
    """Distinct histories, how many clients share each, and the distinct frequencies among them."""

    x: Floats
    t_x: Floats
    age: Floats
    weight: Floats
    repeat: NDArray[np.bool_]
    counts: Floats
    """The distinct values of ``x`` …"""
    count_weight: Floats
    """… and the clients with each."""


def _repeat_clients(histories: Iterable[Purchases]) -> int:
    return sum(one.frequency > 0 for one in histories)


def _clients(number: int) -> str:
    return "1 client" if number == 1 else f"{number} clients"


def _columns(histories: Iterable[Purchases]) -> tuple[Floats, Floats, Floats]:
    rows = [(one.frequency, one.recency, one.age) for one in histories]
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _grouped(histories: Iterable[Purchases]) -> _Histories:
    counted = Counter((one.frequency, one.recency, one.age) for one in histories)
    rows = sorted(counted)
    table = np.array(rows, dtype=np.float64)
    weight = np.array([counted[row] for row in rows], dtype=np.float64)
    counts, which = np.unique(table[:, 0], return_inverse=True)
    return _Histories(
        x=table[:, 0],
        t_x=table[:, 1],
        age=table[:, 2],
        weight=weight,
        repeat=table[:, 0] > 0,
        counts=counts,
        count_weight=np.bincount(which, weights=weight).astype(np.float64),
    )


def _log_parameters(model: BGNBD) -> Floats:
    return np.log([model.r, model.alpha, model.a, model.b])


def _fitted(histories: list[Purchases], prior: _Surface | None) -> BGNBD | CannotTell:
    repeat_clients = _repeat_clients(histories)
    if not histories:
        return CannotTell("Nobody has bought yet, so who will buy again cannot be told.")
    if repeat_clients < _WORDS_FROM:
        bought = "client has" if repeat_clients == 1 else "clients have"
        return CannotTell(
            f"Who will buy again cannot be told yet: {repeat_clients or 'no'} {bought} bought on "
            f"more than one day, and it takes {_WORDS_FROM}."
        )
    if len({one for one in histories if one.frequency}) == 1:
        return CannotTell(
            "Who will buy again cannot be told: all returning clients have the same history, so "
            "nothing sets those who stay apart from those who leave."
        )
    grouped = _grouped(histories)
    # Purchases a week, as if nobody had left: where the search begins.
    rate = float(np.sum(grouped.weight * grouped.x) / np.sum(grouped.weight * grouped.age))

    def likelihood(theta: Floats) -> tuple[float, Floats]:
        return _bgnbd_log_likelihood(theta, grouped)

    def start(r: float, a: float, b: float) -> Floats:
        return np.log([r, r / rate, a, b])

    peak = _peak(likelihood, starts=(start(0.5, 0.8, 2.5), start(2.0, 0.5, 5.0)))
    a, b = np.exp(peak.theta[2:])
    if b / (a + b) < _INTERIOR[0]:
        return CannotTell(
            "Who still buys cannot be told from this data: nobody in it can be seen to stay."
        )
    if _nobody_seen_to_leave(peak, likelihood, start(1.0, 1.0, 1.0)[:2]):
        return CannotTell(
            "Who has stopped buying cannot be told from this data: nobody in it can be seen to leave."
        )
    if prior is not None:
        peak = _peak(
            lambda theta: _sum(likelihood(theta), prior(theta)), starts=(start(1.0, 0.6, 2.4),)
        )
    r, alpha, a, b = (float(parameter) for parameter in np.exp(peak.theta))
    gradient = float(np.max(np.abs(peak.gradient / np.exp(peak.theta))))
    low, high = _INTERIOR
    interior = gradient < _STEEPEST and all(
        low < parameter < high for parameter in (r, alpha, a, b)
    )
    return BGNBD(
        r=r,
        alpha=alpha,
        a=a,
        b=b,
        log_likelihood=likelihood(peak.theta)[0],
        clients=len(histories),
        repeat_clients=repeat_clients,
        gradient=gradient,
        covariance=_covariance(peak.hessian) if interior else None,
    )


def _bgnbd_log_likelihood(theta: Floats, h: _Histories) -> tuple[float, Floats]:
    """The log-likelihood and its gradient by the logarithms of r, alpha, a, b.

    Fader, Hardie & Lee (2005), equation 6, with the bracket as (1 + e^z) times its first term, so
    that e^z ÷ (1 + e^z) is the probability of having left and nothing overflows.
    """
    from scipy.special import expit, gammaln, psi

    r, alpha, a, b = np.exp(theta)
    clients = float(np.sum(h.weight))
    counts, n = h.counts, h.count_weight
    log_age = np.log(alpha + h.age)
    x, t_x, age, weight = h.x[h.repeat], h.t_x[h.repeat], h.age[h.repeat], h.weight[h.repeat]
    stretch = log_age[h.repeat] - np.log(alpha + t_x)
    z = theta[2] - np.log(b + x - 1) + (r + x) * stretch
    left = weight * expit(z)
    value = (
        np.sum(n * (gammaln(r + counts) - gammaln(r)))
        + np.sum(n * (gammaln(a + b) - gammaln(a + b + counts) + gammaln(b + counts) - gammaln(b)))
        + clients * r * theta[1]
        - np.sum(h.weight * (r + h.x) * log_age)
        + np.sum(weight * np.logaddexp(0.0, z))
    )
    both = psi(a + b) - psi(a + b + counts)
    by_r = (
        np.sum(n * (psi(r + counts) - psi(r)))
        + clients * theta[1]
        - np.sum(h.weight * log_age)
        + np.sum(left * stretch)
    )
    by_alpha = (
        clients * r / alpha
        - np.sum(h.weight * (r + h.x) / (alpha + h.age))
        + np.sum(left * (r + x) * (1 / (alpha + age) - 1 / (alpha + t_x)))
    )
    by_a = np.sum(n * both) + np.sum(left) / a
    by_b = np.sum(n * (both + psi(b + counts) - psi(b))) - np.sum(left / (b + x - 1))
    return float(value), np.array([by_r * r, by_alpha * alpha, by_a * a, by_b * b])


def _weak_prior(theta: Floats) -> tuple[float, Floats]:
    """A log-density that keeps ten clients from running to an edge, and its gradient.

    Normal on three logarithms, each with standard deviation 1.5: ``r`` around 1 (95 %: 0.05–19),
    the odds a/b of leaving after a purchase around 1/4 (a share of 0.013–0.83), and a + b around 3
    (0.16–57). The centres are between published fits (CDNOW: 0.24, 1/3, 3.2). a/(a+b) and a+b are
    the mean and the concentration in which the pull of a beta prior is customarily
    stated (Gelman et al., Bayesian Data Analysis, chapter 5). The rate of buying itself, r/alpha,
    has no prior: ten returning clients tell it well, and it would depend on the trade.
    """
    log_r, _, log_a, log_b = theta
    a, b = np.exp(theta[2:])
    spread = 1.5**2
    off = np.array([log_r, log_a - log_b + math.log(4), math.log(a + b) - math.log(3)])
    pull = -off / spread
    share = a / (a + b)
    gradient = np.array([pull[0], 0.0, pull[1] + pull[2] * share, -pull[1] + pull[2] * (1 - share)])
    return float(-np.sum(off**2) / (2 * spread)), gradient


def _nobody_seen_to_leave(peak: _Peak, likelihood: _Surface, start: Floats) -> bool:
    """Whether a model in which nobody leaves (a = 0) explains the histories about as well."""
    a, b = np.exp(peak.theta[2:])
    if a < _INTERIOR[0] or a / (a + b) < _INTERIOR[0]:
        return True
    never = np.array([-600.0, 0.0])

    def staying(theta: Floats) -> tuple[float, Floats]:
        value, gradient = likelihood(np.concatenate([theta, never]))
        return value, gradient[:2]

    return peak.value - _peak(staying, starts=(start,)).value < _SEEN_TO_LEAVE


def _alive(theta: Floats, x: Floats, t_x: Floats, age: Floats) -> Floats:
    """Fader, Hardie & Lee (2005) with Hardie's note 021; 1 where x is 0."""
    r, alpha, _, b = np.exp(theta)
    log_odds_left = (
        theta[2]
        - np.log(b + np.maximum(x, 1) - 1)
        + (r + x) * (np.log(alpha + age) - np.log(alpha + t_x))
    )
    return np.where(x > 0, np.exp(-np.logaddexp(0.0, log_odds_left)), 1.0)


def _expected(theta: Floats, x: Floats, t_x: Floats, age: Floats, weeks: float) -> Floats:
    """Fader, Hardie & Lee (2005), equation 10, as the mean over p that it is the closed form of.

    The closed form is a Gauss hypergeometric function, whose library routines return infinities
    for parameters that small businesses do reach, and it divides by a − 1 and by a + b + x − 1.
    Given p, a client who is alive is expected to buy (1 − (1 + pU)^−k) ÷ p times, with k = r + x
    and U = weeks ÷ (alpha + T); p is beta(a, b + x). On y = logit(p) the integrand is smooth and
    dies off exponentially at both ends once its chord is taken out (whose mean is known), so the
    trapezium rule on an even grid is accurate to rounding.
    """
    r, alpha, a, b = (float(parameter) for parameter in np.exp(theta))
    reach = max(weeks, 0.0) / (alpha + age)
    expected = np.empty_like(x)
    for count in np.unique(x):
        same = x == count
        k, stay = r + float(count), b + float(count)
        width = math.sqrt(1 / a + 1 / stay)
        # Twelve widths of the beta's hump, or 1e-17 of its tail where that is longer.
        y = np.arange(
            math.log(a / stay) - 12 * min(width, 1.0) - 40 / (1 + a),
            math.log(a / stay) + 12 * min(width, 1.0) + 40 / (1 + stay),
            step := min(0.2, width / 2),
        )
        log_p, log_q = -np.logaddexp(0.0, -y), -np.logaddexp(0.0, y)
        log_beta = math.lgamma(a) + math.lgamma(stay) - math.lgamma(a + stay)
        weight = np.exp(a * log_p + stay * log_q - log_beta) * step
        p, q = np.exp(log_p), np.exp(log_q)
        distinct, which = np.unique(reach[same], return_inverse=True)
        u = distinct[:, np.newaxis]
        given_p = -np.expm1(-k * np.log1p(p * u)) / p
        at_0, at_1 = k * u, -np.expm1(-k * np.log1p(u))
        bend = given_p - at_0 * q - at_1 * p
        leaves = a / (a + stay)
        chord = at_0[:, 0] * (1 - leaves) + at_1[:, 0] * leaves
        expected[same] = (chord + np.sum(bend * weight, axis=1))[which]
    return np.maximum(expected, 0.0) * _alive(theta, x, t_x, age)


def _auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The share of pairs in which the positive case scores higher, ties half."""
    if not positive or not negative:
        return None
    others = sorted(negative)
    below = np.searchsorted(others, positive, side="left")
    up_to = np.searchsorted(others, positive, side="right")
    return float(np.sum(below + up_to)) / (2 * len(positive) * len(negative))


# --- Gamma–Gamma -------------------------------------------------------------------------------
def _gamma_gamma_log_likelihood(
    theta: Floats, x: Floats, m: Floats, weight: Floats
) -> tuple[float, Floats]:
    """Fader & Hardie, note 025, equation 1a, and its gradient by the logarithms of p, q, v."""
    from scipy.special import gammaln, psi

    p, q, v = np.exp(theta)
    px = p * x
    total = x * m
    log_total = np.log(total + v)
    value = np.sum(
        weight
        * (
            gammaln(px + q)
            - gammaln(px)
            - gammaln(q)
            + q * theta[2]
            + px * np.log(total)
            - np.log(m)
            - (px + q) * log_total
        )
    )
    both = psi(px + q)
    by_p = np.sum(weight * x * (both - psi(px) + np.log(total) - log_total))
    by_q = np.sum(weight * (both - psi(q) + theta[2] - log_total))
    by_v = np.sum(weight * (q / v - (px + q) / (total + v)))
    return float(value), np.array([by_p * p, by_q * q, by_v * v])


# --- The search --------------------------------------------------------------------------------
_Surface = Callable[[Floats], tuple[float, Floats]]
"""A height and its gradient, by the logarithms of the parameters."""


@dataclass(frozen=True, slots=True)
class _Peak:
    theta: Floats
    value: float
    gradient: Floats
    hessian: Floats


def _sum(one: tuple[float, Floats], other: tuple[float, Floats]) -> tuple[float, Floats]:
    return one[0] + other[0], one[1] + other[1]


def _peak(surface: _Surface, starts: Sequence[Floats]) -> _Peak:
    """The highest point found from the starts, the same on every run.

    A quasi-Newton search within e^±12 finds the hill, Newton's steps (with the gradient's
    differences as curvature) its very top.
    """
    from scipy.optimize import minimize

    def downhill(theta: Floats) -> tuple[float, Floats]:
        value, gradient = surface(theta)
        return -value, -gradient

    found = [
        minimize(
            downhill,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=[(-12.0, 12.0)] * len(start),
            options={"maxiter": 300},
        )
        for start in starts
    ]
    theta = min(found, key=lambda result: float(result.fun)).x
    value, gradient = surface(theta)
    hessian = _curvature(surface, theta)
    for _ in range(10):
        if np.max(np.abs(gradient)) < 1e-9 or _covariance(hessian) is None:
            break
        ahead = theta - np.linalg.solve(hessian, gradient)
        if np.max(np.abs(ahead)) > 12:
            break
        value_ahead, gradient_ahead = surface(ahead)
        if np.max(np.abs(gradient_ahead)) >= np.max(np.abs(gradient)):
            break
        theta, value, gradient = ahead, value_ahead, gradient_ahead
        hessian = _curvature(surface, theta)
    return _Peak(theta=theta, value=value, gradient=gradient, hessian=hessian)


def _curvature(surface: _Surface, theta: Floats) -> Floats:
    """The second derivatives, by central differences of the gradient."""
    step = 1e-5
    rows = [
        (surface(theta + nudge)[1] - surface(theta - nudge)[1]) / (2 * step)
        for nudge in np.eye(len(theta)) * step
    ]
    square = np.array(rows)
    return (square + square.T) / 2


def _covariance(hessian: Floats) -> tuple[tuple[float, ...], ...] | None:
    """The inverse of the curvature downwards; None where that is not a peak in each direction."""
    steepness = np.linalg.eigvalsh(-hessian)
    if steepness[0] <= 1e-10 * steepness[-1]:
        return None
    return tuple(tuple(float(cell) for cell in row) for row in np.linalg.inv(-hessian))
