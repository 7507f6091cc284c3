"""What clients were given in their first weeks and how they fared: what the Retention page shows of it."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import words
from reportgen.analyses.what_works import AT_LEAST, Comparison, Event, Group
from reportgen.site.shared import Site

_SHOWN = 12
"""How many comparisons stand on the page."""
_CHANCE = 0.05
"""Below it a comparison is clear; of several, the sentence asks for as much less as there are."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that some clients had and others had not."""

    what: str
    with_it: str
    without: str
    chance: str
    """How often chance alone would make such a difference."""


@dataclass(frozen=True, slots=True)
class Works:
    """All that was compared."""

    said: str
    """The clearest of them in a sentence, or that none is clear."""
    days: int
    """How long the first weeks are."""
    rows: tuple[Compared, ...]
    note: str
    """How many were compared, and how far to believe them."""


def works(site: Site) -> Works | None:
    """What the page shows; None where the edition may not see it."""
    if not site.sees("what works"):
        return None
    found = site.report.outlook.works
    every = found.comparisons
    return Works(
        said=_said(every, found.weeks_days),
        days=found.weeks_days,
        rows=tuple(_row(one) for one in every[:_SHOWN]),
        note=_note(len(every)),
    )


def _said(every: tuple[Comparison, ...], days: int) -> str:
    if not every:
        return (
            f"Nothing can be compared yet: it takes {AT_LEAST} clients who had something in their first "
            f"{days} days, and {AT_LEAST} who had not."
        )
    limit = _CHANCE / len(every)
    clear = [one for one in every if one.p is not None and one.p < limit and one.better_by > 0]
    if not clear:
        return "Nothing that you did in the first weeks sets clients apart beyond what chance would do."
    best = clear[0]
    return (
        f"Of the clients with {_what(best)} in their first {days} days, {_happened(best.with_it, best)}; "
        f"of the others, {_of(best.without)}."
    )


def _note(looked_at: int) -> str:
    compared = words.count_in_words(looked_at, "comparison")
    hidden = looked_at - _SHOWN
    beyond = f" ({hidden:,} more than are shown)" if hidden > 0 else ""
    return (
        "No proof: those who had more may have been other clients from the start. "
        f"{words.sentence_case(compared)} could be made{beyond}; of twenty, one looks clear, under 50 "
        "in 1,000, by chance alone."
    )


def _row(one: Comparison) -> Compared:
    return Compared(
        what=words.sentence_case(_what(one)),
        with_it=_happened(one.with_it, one),
        without=_happened(one.without, one),
        chance=_chance(one.p),
    )


def _what(one: Comparison) -> str:
    if not one.is_kind:
        return one.what
    return f"{one.what} ({words.listed(one.activities)})"


def _of(group: Group) -> str:
    return f"{group.happened} of {group.clients}"


def _happened(group: Group, one: Comparison) -> str:
    verb = "left" if one.event is Event.LEFT else "bought again"
    return f"{_of(group)} {verb}"


def _chance(p: float | None) -> str:
    """``3 in 1,000 times``: how often chance alone sets two groups so far apart."""
    if p is None:
        return words.NOT_KNOWN
    return "under 1 in 1,000" if p < 0.001 else f"{round(1000 * p):,} in 1,000"
