"""Comparisons of two groups that are made within each of several strata, and then put together.

Whoever differs between strata (how good an owner is at all, for example) differs on both sides of each
comparison, so it cannot pass for an effect: the Mantel–Haenszel test of survival, which is the log-rank
test with strata (Kalbfleisch & Prentice, *The Statistical Analysis of Failure Time Data*, chapter 1).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby

from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Stratum:
    """One comparison within one stratum."""

    with_it: int
    """How many had the thing."""
    without: int
    happened: int
    """To how many of those who had it the event happened."""
    expected: float
    """To how many of them it would have happened if both groups fared alike."""
    variance: float
    """Of what happened, if both fared alike; 0 where no event can set them apart."""


def stratum(with_it: Sequence[tuple[int, bool]], without: Sequence[tuple[int, bool]]) -> Stratum:
    """The comparison of two groups, each a duration and whether it ended with the event.

    One that ended without it was watched up to and including that time.
    """
    ends = sorted(
        (days, happened, had)
        for group, had in ((with_it, 1), (without, 0))
        for days, happened in group
    )
    left, left_with = len(ends), len(with_it)
    count, expected, variance = 0, 0.0, 0.0
    for _, at_once in groupby(ends, key=lambda one: one[0]):
        here = list(at_once)
        events = sum(happened for _, happened, _ in here)
        if events:
            share = left_with / left
            count += sum(had for _, happened, had in here if happened)
            expected += events * share
            if left > 1:
                variance += events * share * (1 - share) * (left - events) / (left - 1)
        left -= len(here)
        left_with -= sum(had for _, _, had in here)
    return Stratum(len(with_it), len(without), count, expected, variance)


@dataclass(frozen=True, slots=True)
class Together:
    """What the comparisons of all strata come to."""

    strata: int
    """In how many of them there was somebody in both groups."""
    with_it: int
    without: int
    happened: int
    expected: float
    p: float | None
    """How often chance alone would set the two so far apart; None where no event can."""


def together(strata: Iterable[Stratum]) -> Together:
    """The comparisons put together; a stratum with one of the groups alone tells nothing."""
    both = [one for one in strata if one.with_it and one.without]
    happened = sum(one.happened for one in both)
    expected = sum(one.expected for one in both)
    variance = sum(one.variance for one in both)
    return Together(
        strata=len(both),
        with_it=sum(one.with_it for one in both),
        without=sum(one.without for one in both),
        happened=happened,
        expected=expected,
        # A chi-square with one degree of freedom.
        p=math.erfc(abs(happened - expected) / math.sqrt(2 * variance)) if variance > 0 else None,
    )
