"""A letter: as a template, filled in, and unusable."""

from __future__ import annotations

from enum import StrEnum

from reportgen.values import dataclass


class LetterKind(StrEnum):
    """What a letter is for; letters are listed in this order."""

    GRATITUDE = "gratitude"
    GROWTH = "growth"
    RECONNECTION = "reconnection"
    BEGINNING = "beginning"
    MEETING = "meeting"
    MONEY = "money"
    INFORMATION = "information"
    REPAIR = "repair"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as a template."""

    name: str
    """Its file's, without ``.md``, in lower case."""
    title: str
    kind: LetterKind
    when: str
    """When to use it, for the owner."""
    advice: str
    """What it rests on, in a sentence or two; may be empty in a letter of the owner's own."""
    subject: str
    """A template, like the body."""
    body: str
    paragraph: str = ""
    """What it has to say, for a letter on several matters; empty for one that stays alone."""
    apology: str = ""
    """The sentence that says sorry, after the paragraph; empty where there is nothing to be sorry for."""
    question: str = ""
    """What it asks; empty likewise."""
    points: str = ""
    """What to talk about on the telephone, a line for each; empty likewise, as are the next two."""
    card: str = ""
    """What it says on a card, where that is less than the paragraph."""
    short: str = ""
    """What it says in a text message."""


PARTS = ("paragraph", "apology", "question", "points", "card", "short")
"""The parts of a letter, which follow its text under lines such as ``--- question``."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter for one client, as plain text."""

    subject: str
    """One line; empty where its form has none."""
    body: str
    """Lines are divided by ``\\n``; there is none after the last."""
    missing: tuple[str, ...]
    """The places in square brackets that are still to be written, in order of appearance."""


class Unusable(Exception):
    """A letter cannot be used; the text says what was found and what to write instead."""


def short(text: str) -> str:
    """The first 40 characters, to quote in a message."""
    return text.strip()[:40]
