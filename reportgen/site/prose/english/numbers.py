"""Numbers and names as a letter says them."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.words import count_in_words, in_words, listed, sentence_case

NAMED = 2
"""So many clients are named in a sentence; of more it says how many they are."""


LONGEST = 9
"""So many words their names have together at most."""


def every(number: int, what: str) -> str:
    """``Both running clients``, ``All seven running clients``; for the beginning of a sentence."""
    return f"Both {what}s" if number == 2 else f"All {in_words(number)} {what}s"


def who(names: Sequence[str], starts: bool = False) -> str:
    """``A``, ``A and B``, ``three clients``; a name stays as it is also where it starts a sentence."""
    named = listed(names, len(names))
    if len(names) <= NAMED and len(named.split()) <= LONGEST:
        return named
    number = count_in_words(len(names), "client")
    return sentence_case(number) if starts else number
