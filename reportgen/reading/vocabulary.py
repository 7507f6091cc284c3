"""What owners call things, in seven languages: one data file a language, in ``languages``.

A new word is a word in one of those files, and a new language is a new file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from reportgen.reading.declared import HERE, declared
from reportgen.words import plain

_ANY_SHEET = "Any"
"""Under this heading stand the headers that mean the same on every sheet."""


class Happened(StrEnum):
    """What the status of a row says of it."""

    YES = "happened"
    OPEN = "open"
    """It may happen yet: a quote, a draft, a booking."""
    NO = "not_happened"
    RETURNED = "returned"
    """A row of its own for money that went back: a refund, a credit note."""
    REFUNDED = "refunded"
    """A sale whose money went back."""
    PARTLY = "partly_refunded"
    """A sale of whose money a part went back."""
    PAYMENT = "payment"
    """Money came in; where invoices stand beside it, it is theirs."""
    NO_SALE = "no_sale"
    """Money that has nothing to do with clients: an expense, a fee."""


@cache
def languages() -> tuple[Mapping[str, Any], ...]:
    """The data files, English first, then by their names."""
    found = sorted((HERE / "languages").glob("*.toml"), key=lambda file: (file.stem != "en", file))
    return tuple(map(declared, found))


@cache
def headers(sheet: str, column: str) -> tuple[tuple[int, str], ...]:
    """(rank, word) for every header that a column of a sheet may have; the likeliest rank lowest."""
    found: list[tuple[int, str]] = []
    for language in languages():
        groups = language["headers"]
        own = groups.get(sheet, {}).get(column, ())
        shared = groups.get(_ANY_SHEET, {}).get(column, ())
        found += enumerate((*shared, *own), start=1)
    return tuple(found)


@cache
def sheet_words(sheet: str) -> tuple[tuple[int, str], ...]:
    """(rank, word) for every name that a sheet may have."""
    return tuple(
        (rank, word)
        for language in languages()
        for rank, word in enumerate(language["sheets"].get(sheet, ()), start=1)
    )


@cache
def _statuses() -> Mapping[str, Happened]:
    found: dict[str, Happened] = {}
    for language in languages():
        for group, words in language["status"].items():
            for word in words:
                found.setdefault(plain(word), Happened(group))
    return found


@cache
def status(text: str) -> Happened | None:
    """What a status says of its row; None when nobody knows the word.

    What stands in brackets behind it does not matter: ``Cancelled (by client)``.
    """
    known = _statuses()
    return known.get(plain(text)) or known.get(plain(re.split(r"[(\[]", text, maxsplit=1)[0]))


@cache
def words(group: str) -> tuple[str, ...]:
    """The words of a group, such as those for hours, in all languages."""
    return tuple(dict.fromkeys(word for one in languages() for word in one["words"][group]))


@cache
def is_one_of(group: str, text: str) -> bool:
    """Whether a text is one of the words of a group."""
    return plain(text) in {plain(word) for word in words(group)}


def pattern(*groups: str) -> str:
    """The words of groups as a part of a regular expression, the longer ones first."""
    found = {word for group in groups for word in words(group)}
    return "|".join(re.escape(word) for word in sorted(found, key=lambda one: (-len(one), one)))


@cache
def _totals() -> tuple[frozenset[str], tuple[str, ...]]:
    words = {plain(word) for language in languages() for word in language["totals"]["words"]}
    openings = {
        word.casefold() + " " for language in languages() for word in language["totals"]["openings"]
    }
    return frozenset(words), tuple(sorted(openings, key=lambda one: (-len(one), one)))


@cache
def is_total(text: str) -> bool:
    """Whether a name is a word for a sum: ``Total``, ``Summe:``, ``Total général``."""
    return plain(text) in _totals()[0]


@cache
def is_balance(text: str) -> bool:
    """Whether a word for a sum says what is left of it, so that it is not that of the rows above."""
    return plain(text) in {plain(word) for one in languages() for word in one["totals"]["balances"]}


@cache
def total_of(text: str) -> str | None:
    """Whose total ``Total for Acme`` is; None for another text."""
    folded = text.casefold()
    for opening in _totals()[1]:
        if folded.startswith(opening) and text[len(opening) :].strip():
            return text[len(opening) :].strip()
    return None


def is_sum(text: str) -> bool:
    """Whether a name is a word for a sum, with or without what it is the sum of."""
    return is_total(text) or total_of(text) is not None


@cache
def months() -> Mapping[str, int]:
    """Plain name or abbreviation of a month → its number."""
    return dict(_months())


def _months() -> Iterator[tuple[str, int]]:
    for language in languages():
        for number, names in enumerate(language["days"]["months"], start=1):
            yield from ((plain(name), number) for name in names)


@cache
def weekdays() -> frozenset[str]:
    """The plain names and abbreviations of the days of the week."""
    return frozenset(plain(name) for one in languages() for name in one["days"]["weekdays"])


@cache
def _answers() -> Mapping[str, bool]:
    found: dict[str, bool] = {}
    for language in languages():
        for word, meant in (("yes", True), ("no", False)):
            for answer in language["answers"][word]:
                found.setdefault(answer.casefold(), meant)
    return found


def yes_or_no(text: str) -> bool | None:
    """What an answer means; None when it is neither."""
    return _answers().get(text.casefold())


@cache
def _private() -> re.Pattern[str]:
    words = {word for one in languages() for word in one["private"]["words"]}
    longest_first = sorted(map(re.escape, words), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


@cache
def is_private(header: str) -> bool:
    """Whether a header names what is never read: a password, a bank account, someone's health …"""
    apart = re.sub(r"(?<=[a-z\d])(?=[A-Z])|_", " ", header)
    return _private().search(apart) is not None
