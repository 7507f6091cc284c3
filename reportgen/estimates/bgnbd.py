"""BG/NBD: who is likely to buy again, and how often (SPEC 4).

The model of Fader, Hardie & Lee, "Counting Your Customers the Easy Way", Marketing Science 24 (2005):
a client buys at random at a rate of their own (rates vary by a gamma distribution, ``r`` and
``alpha``), and after each repeat purchase may leave for good with a probability of their own (by a
beta distribution, ``a`` and ``b``).

What the data cannot support comes back as :class:`CannotTell`, a sentence for the owner; nothing here
warns, raises on data or gives an infinite figure. The fit is computed on sorted, grouped histories, so
the order of the clients changes nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

import numpy as np

from reportgen.estimates.limits import INTERIOR, STEEPEST, WORDS_FROM, CannotTell
from reportgen.estimates.search import Floats, Peak, Surface, covariance, highest
from reportgen.shares import Z95
from reportgen.values import dataclass

_SEEN_TO_LEAVE = 2.0
"""By how much the log-likelihood must rise when clients may leave, or nobody is seen to leave.

The histories are then seven times as likely. Where in truth nobody leaves, chance does this in about
one data set of fifty (the ratio's limit there is half a chi-square of one degree of freedom).
"""


@dataclass(frozen=True, slots=True, order=True)
class History:
    """One client's purchases as BG/NBD sees them. A week is exact days ÷ 7."""

    frequency: int
    """Purchase days after the first one (x)."""
    recency: float
    """Weeks from the first to the last purchase day (t_x); 0 without a repeat."""
    age: float
    """Weeks from the first purchase day to the as-of date (T)."""


@dataclass(frozen=True, slots=True)
class BGNBD:
    """A fitted model: ``alpha`` is in weeks, the others are pure numbers."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    """Of the histories alone, even where a weak prior took part in the fit."""
    clients: int
    repeat_clients: int
    gradient: float
    """The steepest slope left at the optimum (of what was maximised, by r, alpha, a, b), ≥ 0."""
    covariance: tuple[tuple[float, ...], ...] | None
    """Of the logarithms of r, alpha, a, b; None unless the optimum is an interior one: a peak in every
    direction, with no slope left and no parameter at an edge."""


def history(days: Iterable[date], as_of: date) -> History | None:
    """A client's history from their purchase days up to the as-of date (inclusive).

    Several purchases on one day are one. None where no day is left.
    """
    seen = sorted({day for day in days if day <= as_of})
    if not seen:
        return None
    return History(
        frequency=len(seen) - 1,
        recency=(seen[-1] - seen[0]).days / 7,
        age=(as_of - seen[0]).days / 7,
    )


def fit_bgnbd(histories: Iterable[History]) -> BGNBD | CannotTell:
    """The model by maximum likelihood; CannotTell where the data does not carry it.

    That is with fewer than 10 repeat customers, where their histories are all the same, and where
    nobody can be seen to leave, or nobody to stay.
    """
    return _fitted(list(histories), prior=None)


def fit_bgnbd_with_weak_prior(histories: Iterable[History]) -> BGNBD | CannotTell:
    """The model by maximum likelihood with a weak prior, for 10–29 repeat customers.

    The prior holds what so few clients cannot: see ``_weak_prior``. Whether anybody leaves at all is
    for the data alone to show, as in ``fit_bgnbd``.
    """
    return _fitted(list(histories), prior=_weak_prior)


def repeat_clients(histories: Iterable[History]) -> int:
    """How many clients bought more than once."""
    return sum(one.frequency > 0 for one in histories)


def p_alive(model: BGNBD, histories: Sequence[History]) -> tuple[float | None, ...]:
    """The probability that each client still buys, 0–1, in the order given.

    None for a client without a repeat purchase: by construction the model calls them alive, which
    says nothing (SPEC 4).
    """
    x, t_x, age = _columns(histories)
    alive = _alive(_log_parameters(model), x, t_x, age)
    return tuple(
        float(share) if one.frequency else None for one, share in zip(histories, alive, strict=True)
    )


def expected_purchases(
    model: BGNBD, histories: Sequence[History], weeks: float = 52
) -> tuple[float, ...]:
    """The purchase days to expect of each client in the next ``weeks``, in the order given (≥ 0)."""
    expected = _expected(_log_parameters(model), *_columns(histories), weeks)
    return tuple(float(number) for number in expected)


def expected_purchases_range(
    model: BGNBD, histories: Sequence[History], weeks: float = 52
) -> tuple[tuple[float, float], ...] | None:
    """The 95 % interval of each client's expected purchases, (low, high), in the order given.

    It says how well the clients together pin the *expectation* down (delta method on the logarithm,
    from the curvature of the likelihood). What one client then buys varies more, by about as much as
    a Poisson number. None where the model has no covariance.
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
    widening = np.exp(Z95 * np.sqrt(np.maximum(variance, 0.0)))
    return tuple(
        (float(low), float(high))
        for low, high in zip(centre / widening, centre * widening, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Histories:
    """Distinct histories in columns, those without a repeat purchase first."""

    x: Floats
    t_x: Floats
    age: Floats
    weight: Floats
    """How many clients share each history."""
    clients: float
    repeat: slice
    """The histories with a repeat purchase."""
    steps: Floats
    """0, 1, 2, … for each repeat purchase that anybody made …"""
    reached: Floats
    """… and how many clients made it."""


def _columns(histories: Iterable[History]) -> tuple[Floats, Floats, Floats]:
    rows = [(one.frequency, one.recency, one.age) for one in histories]
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _grouped(histories: Iterable[History]) -> _Histories:
    counted = Counter(map(attrgetter("frequency", "recency", "age"), histories))
    rows = sorted(counted)
    x, t_x, age = np.array(rows, dtype=np.float64).T.copy()
    weight = np.array([counted[row] for row in rows], dtype=np.float64)
    made = np.bincount(x.astype(np.int64), weights=weight)
    return _Histories(
        x=x,
        t_x=t_x,
        age=age,
        weight=weight,
        clients=float(counted.total()),
        repeat=slice(int(np.searchsorted(x, 1)), None),
        steps=np.arange(len(made) - 1, dtype=np.float64),
        reached=np.cumsum(made[:0:-1], dtype=np.float64)[::-1],
    )


def _log_parameters(model: BGNBD) -> Floats:
    return np.log([model.r, model.alpha, model.a, model.b])


def _fitted(histories: list[History], prior: Surface | None) -> BGNBD | CannotTell:
    if (untold := _why_untold(histories)) is not None:
        return untold
    grouped = _grouped(histories)
    # Purchases a week, as if nobody had left: where the search begins.
    rate = float(np.sum(grouped.weight * grouped.x) / np.sum(grouped.weight * grouped.age))

    def likelihood(theta: Floats) -> tuple[float, Floats]:
        return _log_likelihood(theta, grouped)

    def start(r: float, a: float, b: float) -> Floats:
        return np.log([r, r / rate, a, b])

    peak = highest(likelihood, starts=(start(0.5, 0.8, 2.5), start(2.0, 0.5, 5.0)))
    a, b = np.exp(peak.theta[2:])
    if b / (a + b) < INTERIOR[0]:
        return CannotTell(
            "Who still buys cannot be told from this data: nobody in it can be seen to stay."
        )
    if _nobody_seen_to_leave(peak, likelihood, start(1.0, 1.0, 1.0)[:2]):
        return CannotTell(
            "Who has stopped buying cannot be told from this data: nobody in it can be seen to leave."
        )
    if prior is not None:
        peak = highest(_sum(likelihood, prior), starts=(start(1.0, 0.6, 2.4),))
    return _model(peak, likelihood(peak.theta)[0], histories)


def _why_untold(histories: Sequence[History]) -> CannotTell | None:
    """Why no search is worth while; None where the histories can be fitted."""
    if not histories:
        return CannotTell("Nobody has bought yet, so who will buy again cannot be told.")
    returning = [one for one in histories if one.frequency]
    if len(returning) < WORDS_FROM:
        bought = "client has" if len(returning) == 1 else "clients have"
        return CannotTell(
            f"Who will buy again cannot be told yet: {len(returning) or 'no'} {bought} bought more "
            f"than once, and it takes {WORDS_FROM}."
        )
    if all(one == returning[0] for one in returning):
        return CannotTell(
            "Who will buy again cannot be told: all returning clients have the same history, so "
            "nothing sets those who stay apart from those who leave."
        )
    return None


def _model(peak: Peak, log_likelihood: float, histories: Sequence[History]) -> BGNBD:
    """The model at a peak, with its covariance where the peak is an interior one."""
    r, alpha, a, b = (float(parameter) for parameter in np.exp(peak.theta))
    gradient = float(np.max(np.abs(peak.gradient / np.exp(peak.theta))))
    low, high = INTERIOR
    interior = gradient < STEEPEST and all(low < parameter < high for parameter in (r, alpha, a, b))
    return BGNBD(
        r=r,
        alpha=alpha,
        a=a,
        b=b,
        log_likelihood=log_likelihood,
        clients=len(histories),
        repeat_clients=repeat_clients(histories),
        gradient=gradient,
        covariance=covariance(peak.hessian) if interior else None,
    )


def _sum(one: Surface, other: Surface) -> Surface:
    """The surface whose height is the sum of two."""

    def both(theta: Floats) -> tuple[float, Floats]:
        (height, slope), (more, steeper) = one(theta), other(theta)
        return height + more, slope + steeper

    return both


def _log_likelihood(theta: Floats, h: _Histories) -> tuple[float, Floats]:
    """The log-likelihood and its gradient by the logarithms of r, alpha, a, b.

    Fader, Hardie & Lee (2005), equation 6, with the bracket as (1 + e^z) times its first term, so
    that e^z ÷ (1 + e^z) is the probability of having left and nothing overflows. Γ(r + x) ÷ Γ(r) is
    r (r + 1) … (r + x − 1), one factor a repeat purchase, and so are the others.
    """
    r, alpha, a, b = np.exp(theta).tolist()
    _, log_alpha, log_a, _ = theta.tolist()
    since_alpha = alpha + h.age
    log_age, shrinking = np.log(since_alpha), 1 / since_alpha
    bought = h.weight * (r + h.x)
    x, since_last = h.x[h.repeat], alpha + h.t_x[h.repeat]
    stretch = log_age[h.repeat] - np.log(since_last)
    still = b + x - 1
    z = log_a - np.log(still) + (r + x) * stretch
    # log(1 + e^z), for which logaddexp takes twice as long.
    bracket = np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))
    left = h.weight[h.repeat] * np.exp(z - bracket)
    with_r, with_b, with_both = r + h.steps, b + h.steps, a + b + h.steps
    watched = h.weight @ log_age
    value = (
        h.reached @ np.log(with_r * with_b / with_both)
        + h.clients * r * log_alpha
        - bought @ log_age
        + h.weight[h.repeat] @ bracket
    )
    by_r = h.reached @ (1 / with_r) + h.clients * log_alpha - watched + left @ stretch
    by_alpha = (
        h.clients * r / alpha
        - bought @ shrinking
        + (left * (r + x)) @ (shrinking[h.repeat] - 1 / since_last)
    )
    by_a = left.sum() / a - h.reached @ (1 / with_both)
    by_b = h.reached @ (1 / with_b - 1 / with_both) - left @ (1 / still)
    return float(value), np.array([by_r * r, by_alpha * alpha, by_a * a, by_b * b])


def _weak_prior(theta: Floats) -> tuple[float, Floats]:
    """A log-density that keeps ten clients from running to an edge, and its gradient.

    Normal on three logarithms, each with standard deviation 1.5: ``r`` around 1 (95 %: 0.05–19),
    the odds a/b of leaving after a purchase around 1/4 (a share of 0.013–0.83), and a + b around 3
    (0.16–57). The centres lie between published fits (CDNOW: 0.24, 1/3, 3.2). a/(a+b) and a+b are
    the mean and the concentration by which a beta prior is usually stated (Gelman et al., Bayesian
    Data Analysis, chapter 5). The rate of buying itself, r/alpha, has no prior: ten returning
    clients tell it well, and a prior would depend on the trade.
    """
    log_r, _, log_a, log_b = theta
    a, b = np.exp(theta[2:])
    spread = 1.5**2
    off = np.array([log_r, log_a - log_b + math.log(4), math.log(a + b) - math.log(3)])
    pull = -off / spread
    share = a / (a + b)
    gradient = np.array([pull[0], 0.0, pull[1] + pull[2] * share, -pull[1] + pull[2] * (1 - share)])
    return float(-np.sum(off**2) / (2 * spread)), gradient


def _nobody_seen_to_leave(peak: Peak, likelihood: Surface, start: Floats) -> bool:
    """Whether a model in which nobody leaves (a = 0) explains the histories about as well."""
    a, b = np.exp(peak.theta[2:])
    if a < INTERIOR[0] or a / (a + b) < INTERIOR[0]:
        return True
    never = np.array([-600.0, 0.0])

    def staying(theta: Floats) -> tuple[float, Floats]:
        value, gradient = likelihood(np.concatenate([theta, never]))
        return value, gradient[:2]

    return peak.value - highest(staying, starts=(start,)).value < _SEEN_TO_LEAVE


def _alive(theta: Floats, x: Floats, t_x: Floats, age: Floats) -> Floats:
    """P(alive), 0–1; 1 where x is 0. Fader, Hardie & Lee (2005), computed as in Hardie's note 021."""
    r, alpha, _, b = np.exp(theta)
    log_odds_left = (
        theta[2]
        - np.log(b + np.maximum(x, 1) - 1)
        + (r + x) * (np.log(alpha + age) - np.log(alpha + t_x))
    )
    return np.where(x > 0, np.exp(-np.logaddexp(0.0, log_odds_left)), 1.0)


def _expected(theta: Floats, x: Floats, t_x: Floats, age: Floats, weeks: float) -> Floats:
    """The purchases to expect in so many weeks, ≥ 0: Fader, Hardie & Lee (2005), equation 10.

    Their closed form is the mean over p of a simpler one; this takes that mean by quadrature. The
    closed form has a Gauss hypergeometric function, whose library routines return infinities for
    parameters that small businesses do reach, and it divides by a − 1 and by a + b + x − 1.

    Given p, a client who is alive is expected to buy (1 − (1 + pU)^−k) ÷ p times, with k = r + x and
    U = weeks ÷ (alpha + T); p is beta(a, b + x). On y = logit(p) the integrand is smooth, and dies off
    exponentially at both ends once its chord is taken out (whose mean is known), so the trapezium
    rule on an even grid is accurate to rounding.
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
