"""The search for the parameters that explain the data best: the highest point of a smooth surface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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

_LEVEL = 1e-9
"""A gradient under this has nothing left for Newton's steps to do."""

_NEWTON_STEPS = 10


def highest(surface: Surface, starts: Sequence[Floats]) -> Peak:
    """The highest point found from the starts, the same on every run.

    A quasi-Newton search (L-BFGS-B) climbs the hill; Newton's steps, with the gradient's differences
    as curvature, then reach its very top.
    """
    from scipy.optimize import minimize  # slow to import: only where a model is fitted

    def downhill(theta: Floats) -> tuple[float, Floats]:
        value, gradient = surface(theta)
        return -value, -gradient

    found = [
        minimize(
            downhill,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=[(-_REACH, _REACH)] * len(start),
            options={"maxiter": 300},
        )
        for start in starts
    ]
    theta = min(found, key=lambda result: float(result.fun)).x
    return _climbed(surface, theta)


def _climbed(surface: Surface, theta: Floats) -> Peak:
    """The point where Newton's steps from ``theta`` end; a step that does not help is not taken."""
    value, gradient = surface(theta)
    hessian = _curvature(surface, theta)
    for _ in range(_NEWTON_STEPS):
        if np.max(np.abs(gradient)) < _LEVEL or covariance(hessian) is None:
            break
        ahead = theta - np.linalg.solve(hessian, gradient)
        if np.max(np.abs(ahead)) > _REACH:
            break
        value_ahead, gradient_ahead = surface(ahead)
        if np.max(np.abs(gradient_ahead)) >= np.max(np.abs(gradient)):
            break
        theta, value, gradient = ahead, value_ahead, gradient_ahead
        hessian = _curvature(surface, theta)
    return Peak(theta=theta, value=value, gradient=gradient, hessian=hessian)


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
