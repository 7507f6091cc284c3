"""How well a score puts one group above another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def auc(higher: Sequence[float], lower: Sequence[float]) -> float | None:
    """The chance that a case of the first group scores above one of the second, 0–1; ties count half.

    It is the area under the ROC curve: 0.5 is a coin. None where either group is empty.
    """
    if not higher or not lower:
        return None
    others = sorted(lower)
    below = np.searchsorted(others, higher, side="left")
    up_to = np.searchsorted(others, higher, side="right")
    return float(np.sum(below + up_to)) / (2 * len(higher) * len(lower))
