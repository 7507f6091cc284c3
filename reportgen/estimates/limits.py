"""How much evidence a model needs before it may speak, and what it returns when it has less (SPEC 4)."""

from __future__ import annotations

from enum import StrEnum

from reportgen.values import dataclass


class Voice(StrEnum):
    """How far the model of buying may speak."""

    NONE = "none"
    """Not at all."""
    WORDS = "words"
    """"Likely" and "unlikely"."""
    PROBABILITY = "probability"
    """P(alive) as a share."""
    FULL = "full"
    """Expected purchases and customer lifetime value too."""


WORDS_FROM = 10
"""Repeat customers that a model takes to be fitted at all (SPEC 4)."""

PROBABILITY_FROM = 30
"""Repeat customers from which the likelihood decides alone, without a prior (SPEC 4)."""

FULL_FROM = 100
"""Repeat customers from which the model may speak in full (SPEC 4)."""

INTERIOR = (1e-3, 1e3)
"""Both ends exclusive: a parameter outside has run to an edge that the data does not hold (SPEC 4)."""

STEEPEST = 1e-5
"""The slope, exclusive, under which a search has come to the top (SPEC 4)."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The answer where the data supports no other."""

    reason: str
    """A sentence that an owner understands."""
