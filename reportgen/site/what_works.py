"""What clients were given in their first weeks, and how they fared."""

from __future__ import annotations

from reportgen import words
from reportgen.analyses.what_works import AT_LEAST, Comparison, Event, Group
from reportgen.shares import TOO_FEW
from reportgen.site.layout import Cell, Column, Line, Link, Table
from reportgen.site.shared import Site
from reportgen.values import dataclass

_SHOWN = 12
"""How many comparisons stand on the page."""
_CHANCE = 0.05
"""Below it a comparison is clear; of several, each is asked for as much less as there are."""


@dataclass(frozen=True, slots=True)
class Works:
    """All that was compared."""

    said: str
    """The clearest of them in a sentence, or that none is clear, or what it takes to compare."""
    table: Table | None
    """None where nothing could be compared, or nothing happened to anybody."""
    note: str
    """How many were compared, and how far to believe them."""


def works(site: Site) -> Works | None:
    """What the page shows; None where the edition may not see it."""
    if not site.sees("what works"):
        return None
    found = site.report.outlook.works
    every = found.comparisons
    happened = [one for one in every if one.with_it.happened or one.without.happened]
    limit = _CHANCE / len(every) if every else 0.0
    return Works(
        said=_said(every, found.weeks_days, limit),
        table=_table(happened[:_SHOWN], found.weeks_days, limit) if happened else None,
        note=_note(len(every), len(happened[:_SHOWN])),
    )


def _said(every: tuple[Comparison, ...], days: int, limit: float) -> str:
    if not every:
        return (
            f"Nothing can be compared yet: it takes {AT_LEAST} clients who had something in their first "
            f"{days} days, and {AT_LEAST} who had not."
        )
    clear = [one for one in every if _is_clear(one, limit) and one.better_by > 0]
    if not clear:
        return "Nothing that you did in the first weeks sets clients apart beyond what chance would do."
    best = clear[0]
    return (
        f"Of the clients with {_what(best)} in their first {days} days, {_happened(best.with_it, best)}; "
        f"of the others, {_of(best.without)}."
    )


def _is_clear(one: Comparison, limit: float) -> bool:
    return one.p is not None and one.p < limit


def _note(looked_at: int, shown: int) -> str:
    hidden = looked_at - shown
    beyond = f" ({hidden:,} more than are shown)" if hidden > 0 else ""
    return (
        "No proof: those who had more may have been other clients from the start. "
        f"{words.sentence_case(words.count_in_words(looked_at, 'comparison'))} could be made{beyond}; the "
        "more there are, the more it takes for one to be clear."
    )


def _table(shown: list[Comparison], days: int, limit: float) -> Table:
    return Table(
        id="works",
        caption="What clients had while they were new, and what became of those still there after; "
        "what helped most first",
        columns=(
            Column(f"In the first {days} days"),
            Column("Of those who had it"),
            Column("Of the others"),
            Column("Which says"),
        ),
        lines=tuple(
            Line(
                Link(words.sentence_case(_what(one)), ""),
                (
                    Cell(_happened(one.with_it, one), label="with it"),
                    Cell(_happened(one.without, one), label="without"),
                    Cell(_verdict(one, limit), tone="good" if _helped(one, limit) else ""),
                ),
            )
            for one in shown
        ),
    )


def _helped(one: Comparison, limit: float) -> bool:
    return _is_clear(one, limit) and one.better_by > 0


def _verdict(one: Comparison, limit: float) -> str:
    """Whether the two differ by more than chance would make them."""
    if _is_clear(one, limit):
        return (
            "more than chance: better with it" if one.better_by > 0 else "more than chance: worse"
        )
    if one.with_it.happened + one.without.happened < TOO_FEW:
        return "too few to say"
    return "may be chance"


def _what(one: Comparison) -> str:
    if not one.is_kind:
        return one.what
    return f"{one.what} ({words.listed(one.activities)})"


def _of(group: Group) -> str:
    return f"{group.happened or 'none'} of {group.clients}"


def _happened(group: Group, one: Comparison) -> str:
    verb = "left" if one.event is Event.LEFT else "bought again"
    return f"{_of(group)} {verb}"
