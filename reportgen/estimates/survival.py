"""Survival: how long until something happens, where for many it has not happened yet (SPEC 4).

The Kaplan–Meier curve, its log–log interval and the log-rank test, as in Kalbfleisch & Prentice,
*The Statistical Analysis of Failure Time Data*, chapter 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.estimates.gamma import chi_square_above
from reportgen.shares import Z95
from reportgen.values import dataclass

_ROUNDING = 1e-12
"""A survival of exactly one half may come out a few rounding errors above it."""

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

Group = tuple[Sequence[float], Sequence[bool]]
"""Durations, and whether each ended with the event (True) or was censored (False)."""


@dataclass(frozen=True, slots=True)
class Still:
    """A share for whom it has not happened yet, with its 95 % interval, 0–1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """The share for whom it has not happened yet, after each distinct duration, shortest first."""

    times: tuple[float, ...]
    survival: tuple[float, ...]
    """Just after each time, 0–1; before the first it is 1."""
    low: tuple[float, ...]
    high: tuple[float, ...]
    """``low`` and ``high`` are the 95 % interval at each time, 0–1."""
    at_risk: tuple[int, ...]
    """How many were watched for at least this long."""
    events: tuple[int, ...]
    """How many it happened to at this time."""
    median: float | None
    """The first time at which survival is a half or less; None where it is not reached."""

    def at(self, time: float) -> Still | None:
        """The share for whom it has not happened a time after the start, what happens then counted.

        None where nobody was watched so long.
        """
        place = bisect_right(self.times, time) - 1
        is_over = bool(self.survival) and self.survival[-1] == 0
        if not self.times or (time > self.times[-1] and not is_over):
            return None
        if place < 0:
            return Still(1.0, 1.0, 1.0)
        return Still(self.survival[place], self.low[place], self.high[place])


@dataclass(frozen=True, slots=True)
class LogRank:
    """Whether the groups' curves differ by more than chance."""

    statistic: float
    """Chi-square."""
    p_value: float
    """How often chance alone would set the curves so far apart, 0–1."""
    degrees_of_freedom: int


def kaplan_meier(durations: Sequence[float], observed: Sequence[bool]) -> SurvivalCurve:
    """The Kaplan–Meier curve with its log–log (exponential Greenwood) 95 % interval.

    ``observed`` says for each duration whether it ended with the event; one that ended without it is
    censored: watched up to and including that time. Where nothing has happened yet the interval is
    1–1, and where everybody has had the event it is 0–0, because the formula has no value there
    (lifelines does the same, scipy leaves it open). No durations give an empty curve.

    Raises: ValueError where the two differ in length, and for a duration below 0 or not a number.
    """
    lasted, happened = _checked(durations, observed)
    times = np.unique(lasted)
    at_risk, events = _at_risk(lasted, times), _events(lasted, happened, times)
    with np.errstate(divide="ignore", invalid="ignore"):
        survival = np.cumprod(1 - events / at_risk)
        log_survival = np.log(survival)
        # The standard error of log(−log S), by Greenwood's formula.
        error = np.sqrt(np.cumsum(events / (at_risk * (at_risk - events)))) / np.abs(log_survival)
        low = np.exp(log_survival * np.exp(Z95 * error))
        high = np.exp(log_survival * np.exp(-Z95 * error))
    defined = (survival > 0) & (survival < 1)
    low, high = np.where(defined, low, survival), np.where(defined, high, survival)
    halved = np.flatnonzero(survival <= 0.5 + _ROUNDING)
    return SurvivalCurve(
        times=_numbers(times),
        survival=_numbers(survival),
        low=_numbers(low),
        high=_numbers(high),
        at_risk=tuple(int(number) for number in at_risk),
        events=tuple(int(number) for number in events),
        median=float(times[halved[0]]) if len(halved) else None,
    )


def log_rank(*groups: Group) -> LogRank | None:
    """The log-rank test of two or more groups, without trend and without weights.

    A group that was empty whenever anybody had the event takes no part. None where fewer than two
    groups are left, or where no event can set them apart.

    Raises: ValueError as ``kaplan_meier`` does.
    """
    checked = [_checked(durations, observed) for durations, observed in groups]
    times = np.unique([duration for lasted, happened in checked for duration in lasted[happened]])
    if not len(times):
        return None
    at_risk = np.array([_at_risk(lasted, times) for lasted, _ in checked])
    events = np.array([_events(lasted, happened, times) for lasted, happened in checked])
    everybody, ended = at_risk.sum(axis=0), events.sum(axis=0)
    expected = (at_risk * (ended / everybody)).sum(axis=1)
    taking_part = expected > 0
    share = at_risk[taking_part] / everybody
    # The hypergeometric variance of each time's events, 0 where only one is left.
    spread = ended * (everybody - ended) / np.maximum(everybody - 1, 1)
    covariance = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    degrees = int(taking_part.sum()) - 1
    # The differences add up to 0, so the last group tells nothing new.
    difference = (events.sum(axis=1) - expected)[taking_part][:degrees]
    covariance = covariance[:degrees, :degrees]
    if degrees < 1 or np.linalg.matrix_rank(covariance) < degrees:
        return None
    statistic = max(0.0, float(difference @ np.linalg.solve(covariance, difference)))
    return LogRank(statistic, chi_square_above(statistic, degrees), degrees)


def _checked(
    durations: Sequence[float], observed: Sequence[bool]
) -> tuple[Floats, NDArray[np.bool_]]:
    lasted = np.asarray(durations, dtype=np.float64)
    happened = np.asarray(observed, dtype=np.bool_)
    if lasted.shape != happened.shape or not np.all(np.isfinite(lasted) & (lasted >= 0)):
        raise ValueError("expected one outcome for each duration, and durations of 0 or more")
    return lasted, happened


def _at_risk(lasted: Floats, times: Floats) -> Counts:
    """How many were watched for at least as long as each time."""
    return len(lasted) - np.searchsorted(np.sort(lasted), times, side="left")


def _events(lasted: Floats, happened: NDArray[np.bool_], times: Floats) -> Counts:
    """How many it happened to at each time."""
    ends = np.sort(lasted[happened])
    return np.searchsorted(ends, times, side="right") - np.searchsorted(ends, times, side="left")


def _numbers(values: NDArray[Any]) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
