"""“Did you mean …?”: the known words nearest to a misspelt one. We only suggest; the owner decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

CLOSE_ENOUGH = 80
"""Per cent of letters in common, in order. Two letters swapped in a word of eight leave 87."""
SLIPS = ((8, 1), (16, 2))
"""Up to so many letters, so many slips of the hand: a letter too many, missing, wrong, or two swapped.

*Status* has five of the six letters of *Starts* in their order, and is two slips away: another word.
"""
_MOST_SLIPS = 3
ALIKE_ENOUGH = 70
"""Per cent of likeness, which words in another order or left out lessen little."""
_FEW = 5
"""How many are looked at before those with other digits are left out."""
MOST_COMPARED = 10_000_000
"""Pairs of words. 20,000 clients and 500 unknown names come to it; who has more has another list."""
_ASKED_BACK = 3
"""How many names a question to the owner may list."""


def nearest(found: str, known: Mapping[str, str]) -> str | None:
    """Of ``known`` (compared form → spelling) the spelling nearest to ``found``; None when none is near.

    ``found`` is in the compared form, too. Words with other digits are never near: ``Shop 12`` is no
    misspelt ``Shop 13``.
    """
    from rapidfuzz import fuzz

    digits = _digits(found)
    for key in _ranked(found, known, fuzz.ratio, CLOSE_ENOUGH, _FEW):
        if key != found and _digits(key) == digits and _may_be_misspelt(found, key):
            return known[key]
    return None


class Known:
    """Words of which the nearest is looked for many times, as often as somebody may read it."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """``known`` is as for :func:`nearest`."""
        self._known = known
        self._by_digits: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        """The digits of a word → the words with these; filled when the first word is looked for."""
        self._found: dict[str, str | None] = {}
        self._left = MOST_COMPARED

    def nearest(self, found: str) -> str | None:
        """The spelling nearest to a word; None when none is near, or too many were looked for before."""
        if found not in self._found:
            if not self._by_digits:
                for key in sorted(self._known):
                    self._by_digits[_digits(key)][key] = self._known[key]
            like = self._by_digits.get(_digits(found), {})
            self._left -= len(like)
            self._found[found] = nearest(found, like) if like and self._left > 0 else None
        return self._found[found]


def _digits(word: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", word))


def _may_be_misspelt(found: str, key: str) -> bool:
    """Whether few slips of the hand lie between the two, for words of their length."""
    from rapidfuzz.distance import OSA

    longer = max(len(found), len(key))
    most = next((slips for letters, slips in SLIPS if longer < letters), _MOST_SLIPS)
    return OSA.distance(found, key) <= most


def did_you_mean(found: str, known: Mapping[str, str]) -> str | None:
    """The question with the nearest spelling, as a problem suggests it; None when none is near."""
    spelling = nearest(found, known)
    return None if spelling is None else f"Did you mean “{spelling}”?"


def most_alike(found: str, known: Iterable[str]) -> list[str]:
    """Of ``known`` up to three that are most like ``found``, the most alike first; empty when none is.

    Kinder than ``nearest``: somebody may ask for a client by a part of the name.
    """
    from rapidfuzz import fuzz

    return _ranked(found, known, fuzz.WRatio, ALIKE_ENOUGH, _ASKED_BACK)


def _ranked(
    found: str, known: Iterable[str], scorer: Callable[..., float], enough: float, most: int
) -> list[str]:
    """Those that score enough, the best first; equals in the order of the alphabet."""
    from rapidfuzz import process  # only where there is something to suggest

    near = process.extract(found, sorted(known), scorer=scorer, limit=most, score_cutoff=enough)
    return [key for key, _, _ in near]
