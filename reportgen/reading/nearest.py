"""“Did you mean …?”: the known word that a misspelt one is nearest to. Never applied by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

CLOSE_ENOUGH = 80
"""Per cent of letters in common, in order; a swap in a word of eight letters is 87."""


def nearest(found: str, known: Mapping[str, str]) -> str | None:
    """Of ``known`` (compared form → spelling) the spelling nearest to ``found``; None if none is near.

    Both are in the compared form. Words that differ in their digits are not near: ``Shop 12`` is not
    a misspelt ``Shop 13``.
    """
    from rapidfuzz import fuzz, process

    digits = re.findall(r"\d+", found)
    near = process.extract(
        found, list(known), scorer=fuzz.ratio, limit=5, score_cutoff=CLOSE_ENOUGH
    )
    ranked = sorted((-score, key) for key, score, _ in near)
    for _, key in ranked:
        if key != found and re.findall(r"\d+", key) == digits:
            return known[key]
    return None


def did_you_mean(found: str, known: Mapping[str, str]) -> str | None:
    """The question for a problem's suggestion, or None."""
    spelling = nearest(found, known)
    return None if spelling is None else f"Did you mean “{spelling}”?"
