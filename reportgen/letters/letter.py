"""A letter as a template, and as it is when filled in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    """One letter, not yet filled in."""

    name: str
    """Of its file, without ``.md``; lower case."""
    title: str
    kind: LetterKind
    when: str
    """When to use it, for the owner."""
    article: str
    """Whose advice it carries out; empty for an owner's own."""
    subject: str
    """A template, as is the body."""
    body: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter for one client, as plain text."""

    subject: str
    """One line."""
    body: str
    """Lines end in ``\\n``; the last one in nothing."""
    missing: tuple[str, ...]
    """What stands in square brackets and is still to be written, in order of appearance."""


class Unusable(Exception):
    """A letter cannot be used; the text says what was found and what to write instead."""


def short(text: str) -> str:
    return text.strip()[:40]
