"""The search for the parameters that explain the data best: the highest point of a smooth surface."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from reportgen.values import dataclass

Floats = NDArray[np.float64]

Surface = Callable[[Floats], tuple[float, Floats]]
"""A height and its gradient, by the logarithms of the parameters."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest point that was found."""

    theta: Floats
    """The logarithms of the parameters."""
    value: float
    gradient: Floats
    hessian: Floats


_REACH = 12.0
"""The search stays where each parameter lies between e^−12 and e^12."""

_LONGEST = 2.0
"""By how much one step may change the logarithm of a parameter."""

_LEVEL = 1e-9
"""A gradient under this has nothing left for Newton's steps to do."""

_NEARLY_LEVEL, _NEARLY_UP = 1e-5, 1e-6
"""A gradient under the one, and a step that gains less height than the other, leave the rest to Newton's
full steps: what is still to gain may be lost in rounding."""

_STEPS, _NEWTON_STEPS = 200, 10


def highest(surface: Surface, starts: Sequence[Floats]) -> Peak:
    """The highest point found from the starts, the same on every run.

    From each start the way goes uphill until the ground is nearly level; Newton's full steps from the
    highest of these points then reach its very top.
    """
    found = [_uphill(surface, start) for start in starts]
    theta, _ = max(found, key=lambda end: end[1])
    return _climbed(surface, theta)


def _uphill(surface: Surface, theta: Floats) -> tuple[Floats, float]:
    """Where the way up from ``theta`` ends, and its height.

    Newton's method, damped: each step goes up, however the ground bends, and is halved until it gains
    a part of what the slope promises. A parameter at the edge of the reach stays there while the slope
    points outwards.
    """
    value, gradient = surface(theta)
    for _ in range(_STEPS):
        free = (np.abs(theta) < _REACH) | (np.sign(theta) != np.sign(gradient))
        if not np.any(free) or np.max(np.abs(gradient[free])) < _NEARLY_LEVEL:
            break
        step = np.zeros_like(theta)
        step[free] = _step(_bend(surface, theta, gradient)[np.ix_(free, free)], gradient[free])
        for _ in range(_STEPS):
            ahead = np.clip(theta + step, -_REACH, _REACH)
            value_ahead, gradient_ahead = surface(ahead)
            if value_ahead > value + 1e-4 * float(gradient @ (ahead - theta)):
                break
            step /= 2
            if np.max(np.abs(step)) < 1e-9:
                return theta, value
        gained = value_ahead - value
        theta, value, gradient = ahead, value_ahead, gradient_ahead
        if gained < _NEARLY_UP:
            break
    return theta, value


def _step(hessian: Floats, gradient: Floats) -> Floats:
    """Newton's step, upwards in every direction, and no longer than ``_LONGEST``."""
    bends, directions = np.linalg.eigh(hessian)
    # Where the ground bends upwards, or hardly at all, Newton's step would go down, or out of sight.
    bends = np.maximum(np.abs(bends), 1e-8 * np.max(np.abs(bends)) + 1e-12)
    step: Floats = directions @ ((directions.T @ gradient) / bends)
    return step * min(1.0, _LONGEST / float(np.max(np.abs(step))))


def _bend(surface: Surface, theta: Floats, gradient: Floats) -> Floats:
    """The second derivatives, roughly: by differences ahead, at half the cost of ``_curvature``."""
    nudge = 1e-6
    rows = [(surface(theta + ahead)[1] - gradient) / nudge for ahead in np.eye(len(theta)) * nudge]
    square = np.array(rows)
    return (square + square.T) / 2


def _climbed(surface: Surface, theta: Floats) -> Peak:
    """The point where Newton's steps from ``theta`` end; a step that does not help is not taken."""
    value, gradient = surface(theta)
    for _ in range(_NEWTON_STEPS):
        if np.max(np.abs(gradient)) < _LEVEL:
            break
        hessian = _bend(surface, theta, gradient)
        if covariance(hessian) is None:
            break
        ahead = theta - np.linalg.solve(hessian, gradient)
        if np.max(np.abs(ahead)) > _REACH:
            break
        value_ahead, gradient_ahead = surface(ahead)
        if np.max(np.abs(gradient_ahead)) >= np.max(np.abs(gradient)):
            break
        theta, value, gradient = ahead, value_ahead, gradient_ahead
    return Peak(theta, value, gradient, _curvature(surface, theta))


def _curvature(surface: Surface, theta: Floats) -> Floats:
    """The second derivatives, by central differences of the gradient."""
    step = 1e-5
    rows = [
        (surface(theta + nudge)[1] - surface(theta - nudge)[1]) / (2 * step)
        for nudge in np.eye(len(theta)) * step
    ]
    square = np.array(rows)
    return (square + square.T) / 2


def covariance(hessian: Floats) -> tuple[tuple[float, ...], ...] | None:
    """The inverse of the downward curvature; None where the point is not a peak in every direction."""
    steepness = np.linalg.eigvalsh(-hessian)
    if steepness[0] <= 1e-10 * steepness[-1]:
        return None
    return tuple(tuple(float(cell) for cell in row) for row in np.linalg.inv(-hessian))
