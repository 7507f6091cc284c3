"""Shares with what tells how far to trust them: their counts and a Wilson interval."""

from __future__ import annotations

from math import sqrt

from reportgen.values import dataclass

Z95 = 1.959963984540054
"""The 97.5 % point of the standard normal distribution: a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """``numerator`` of ``denominator`` cases."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The share, 0–1; None without cases."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def low(self) -> float | None:
        """The lower end of the 95 % interval, 0–1; None without cases."""
        interval = wilson(self.numerator, self.denominator)
        return interval[0] if interval else None

    @property
    def high(self) -> float | None:
        """The upper end of the 95 % interval, 0–1; None without cases."""
        interval = wilson(self.numerator, self.denominator)
        return interval[1] if interval else None


def wilson(successes: int, trials: int) -> tuple[float, float] | None:
    """The ends of the 95 % score interval of a share (Wilson 1927), 0–1; None without trials."""
    if trials == 0:
        return None
    share = successes / trials
    widening = Z95**2 / trials
    centre = (share + widening / 2) / (1 + widening)
    half = Z95 * sqrt(share * (1 - share) / trials + widening / (4 * trials)) / (1 + widening)
    return (
        0.0 if successes == 0 else centre - half,
        1.0 if successes == trials else centre + half,
    )


FEW, TOO_FEW = 10, 5
"""With fewer cases than these a share shows its counts first, and its counts alone (SPEC 4)."""
