"""How a cell of ours is made of the cells of an export: taken as it stands, chosen, joined, translated.

A recipe, as the data files write it, is one of

- ``"Close Date"`` — the column with that header; ``"Close Date|closedate"`` — the first header there is;
- ``["Company", "Name"]`` — of several recipes the first whose cell is filled, row by row;
- a table with one source, ``of``, ``join`` or ``say``, and what is done to it.

Sources: ``of`` a recipe; ``join`` several recipes, with a space between (or ``with``); ``say`` a word, in
each row. Done to it, in this order: ``before`` and ``after`` cut at a mark; ``without`` takes away what a
regular expression finds; ``clock`` keeps the time of day; ``hundredth`` turns pence into pounds; ``less``
takes another amount away; ``words`` translates, and ``otherwise`` stands for every other word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from reportgen.reading.amounts import Currency, read_amount
from reportgen.reading.cells import Value, as_text, filled
from reportgen.words import plain

Row = Sequence[Value]
Find = Callable[[str], int | None]
"""A header, or several with ``|`` between → the index of its column."""

_SOURCES = frozenset({"of", "join", "say"})
_DONE = frozenset(
    {"with", "before", "after", "without", "clock", "hundredth", "less", "words", "otherwise"}
)
_CLOCK = re.compile(r"\d[T ]+(\d{1,2}:\d{2}.*)$")
_ZONE = re.compile(r"(?:\.\d+)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$")


@dataclass(frozen=True, slots=True)
class Made:
    """How one column of ours is made from a table."""

    uses: tuple[int, ...]
    """The indices of the columns that it is made of; none for a word that stands in each row."""
    cell: Callable[[Row], Value]
    direct: bool = False
    """Whether the cells are taken as they stand."""


def made(recipe: Any, find: Find) -> Made | None:
    """What a recipe makes of a table; None when the table has none of its columns.

    Raises: ValueError, when the recipe is none.
    """
    match recipe:
        case str():
            at = find(recipe)
            return None if at is None else Made((at,), _taken(at), direct=True)
        case list():
            return _first([one for each in recipe if (one := made(each, find)) is not None])
        case dict():
            return _of_table(recipe, find)
    raise ValueError(f"{recipe!r} is no recipe")


def _taken(at: int) -> Callable[[Row], Value]:
    return lambda row: row[at] if at < len(row) else None


def _first(found: Sequence[Made]) -> Made | None:
    if len(found) < 2:
        return found[0] if found else None

    def cell(row: Row) -> Value:
        return next((value for one in found if filled(value := one.cell(row))), None)

    return Made(_used(found), cell)


def _used(found: Sequence[Made]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(at for one in found for at in one.uses))


def _of_table(recipe: Mapping[str, Any], find: Find) -> Made | None:
    if len(_SOURCES & recipe.keys()) != 1 or recipe.keys() - _SOURCES - _DONE:
        raise ValueError(f"{recipe!r} needs one of of, join and say, and nothing that is unknown")
    source = _source(recipe, find)
    if source is None:
        return None
    steps = _steps(recipe, find)

    def cell(row: Row) -> Value:
        value = source.cell(row)
        for step in steps:
            if filled(value):
                value = step(value, row)
        return value

    return Made(source.uses, cell)


def _source(recipe: Mapping[str, Any], find: Find) -> Made | None:
    if "say" in recipe:
        word: str = recipe["say"]
        return Made((), lambda row: word if any(map(filled, row)) else None)
    if "of" in recipe:
        return made(recipe["of"], find)
    parts = [one for each in recipe["join"] if (one := made(each, find)) is not None]
    between: str = recipe.get("with", " ")

    def joined(row: Row) -> Value:
        return between.join(text for one in parts if (text := as_text(one.cell(row)))) or None

    return Made(_used(parts), joined) if parts else None


_Step = Callable[[Value, Row], Value]


def _steps(recipe: Mapping[str, Any], find: Find) -> Sequence[_Step]:
    found: list[_Step] = []
    if mark := recipe.get("before"):
        found.append(lambda cell, _: as_text(cell).partition(mark)[0].strip())
    if behind := recipe.get("after"):
        found.append(lambda cell, _: as_text(cell).partition(behind)[2].strip())
    if "without" in recipe:
        gone = re.compile(recipe["without"])
        found.append(lambda cell, _: gone.sub("", as_text(cell)).strip())
    if recipe.get("clock"):
        found.append(lambda cell, _: _clock(cell))
    if recipe.get("hundredth"):
        found.append(lambda cell, _: _hundredth(cell))
    if "less" in recipe and (taken := made(recipe["less"], find)) is not None:
        found.append(lambda cell, row: _less(cell, taken.cell(row)))
    if "words" in recipe:
        words = {plain(word): meant for word, meant in recipe["words"].items()}
        otherwise = recipe.get("otherwise")
        found.append(
            lambda cell, _: words.get(
                plain(as_text(cell)), cell if otherwise is None else otherwise
            )
        )
    return found


def _clock(cell: Value) -> Value:
    """The time of day in a day with its time; nothing where there is none."""
    if isinstance(cell, datetime):
        return cell.time()
    found = _CLOCK.search(as_text(cell))
    return _ZONE.sub("", found[1]) if found else None


def _hundredth(cell: Value) -> Value:
    """Pence as pounds; what is no whole number stays, to be a problem of its cell."""
    text = as_text(cell)
    return f"{Decimal(text) / 100:f}" if re.fullmatch(r"-?\d+", text) else f"{text} in hundredths"


def _less(cell: Value, taken: Value) -> Value:
    """An amount without another one; where one of the two is none, a text that says so."""
    if not filled(taken):
        return cell
    whole, part = read_amount(cell, Currency()), read_amount(taken, Currency())
    if isinstance(whole, Decimal) and isinstance(part, Decimal):
        return f"{whole - part:f}"
    return f"{as_text(cell)} less {as_text(taken)}"
