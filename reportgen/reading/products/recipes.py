"""How a cell of ours is made of the cells of an export: taken as it stands, chosen, joined, translated.

A recipe, as the data files write it, is one of

- ``"Close Date"`` — the column with that header; ``"Close Date|closedate"`` — the first header there is;
- ``["Company", "Name"]`` — of several recipes the first whose cell is filled, row by row;
- a table with one source, ``of``, ``join`` or ``say``, and what is done to it.

Sources: ``of`` a recipe; ``join`` several recipes, with a space between (or ``with``); ``say`` a word, in
each row; ``shared`` a recipe whose cell, where it is blank, is that of another row with the same ``by``.
Done to it, in this order: ``before`` and ``after`` cut at a mark; ``without`` takes away what a regular
expression finds; ``kind`` says of each id in a cell whose it is, because a company and a contact may have
the same number: ``12;13`` → ``contact 12;contact 13``; ``day`` takes a zone in words away from a time, and
makes a blank of ``00/00/0000``; ``clock`` keeps the time of day; ``unix`` makes a day of the seconds since
1970; ``milliseconds`` makes a length of them; ``unit`` stands behind a number alone; ``hundredth`` turns
pence into pounds (true, or a recipe for the currency, which may have no pence); ``less`` takes another
amount away; ``tax_share`` takes away the share that the tax has in the whole; ``line_tax`` takes the tax
away where the lines of an invoice add up to its total only with it; ``part_of`` says whether it is ``all``,
``part`` or ``none`` of another amount; ``words`` translates, and ``otherwise`` stands for every other word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from reportgen.reading.cells import Value, as_text, filled
from reportgen.reading.expressions import expression
from reportgen.reading.products.reckoning import (
    Cell,
    Row,
    Rows,
    hundredth,
    less,
    part_of,
    without_line_tax,
    without_tax_share,
)
from reportgen.values import dataclass
from reportgen.words import plain

Find = Callable[[str], int | None]
"""A header, or several with ``|`` between → the index of its column."""

_SOURCES = frozenset({"of", "join", "say", "shared"})
_DONE = frozenset(
    (
        "with", "by", "before", "after", "without", "kind", "day", "clock", "unix", "milliseconds",
        "unit", "hundredth", "less", "tax_share", "line_tax", "part_of", "words", "otherwise",
    )
)  # fmt: skip
_SECONDS = expression(r"\d{9,10}")
_CLOCK = expression(r"\d[T ]+(\d{1,2}:\d{2}.*)$")
_NO_DAY = expression(r"0+[-/.]0+[-/.]0+\b.*")
_ZONE_IN_WORDS = expression(
    r"(\d:\d\d(?::\d\d)?(?:\s*[AaPp]\.?[Mm]\b\.?)?)\s+(?![AaPp]\.?[Mm]\b)[A-Z(].*"
)
_ZONE = expression(r"(?:\.\d+)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$")


@dataclass(frozen=True, slots=True)
class Made:
    """How one column of ours is made from a table."""

    uses: tuple[int, ...]
    """The indices of the columns that it is made of; none for a word that stands in each row."""
    cell: Cell
    direct: bool = False
    """Whether the cells are taken as they stand."""


def made(recipe: Any, find: Find, rows: Rows = ()) -> Made | None:
    """What a recipe makes of a table; None when the table has none of its columns.

    ``rows`` are those of the table, for what looks at more rows than one.

    Raises: ValueError, when the recipe is none.
    """
    match recipe:
        case str():
            at = find(recipe)
            return None if at is None else Made((at,), _taken(at), direct=True)
        case list():
            return _first([one for each in recipe if (one := made(each, find, rows)) is not None])
        case dict():
            return _of_table(recipe, find, rows)
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


def _of_table(recipe: Mapping[str, Any], find: Find, rows: Rows) -> Made | None:
    if len(_SOURCES & recipe.keys()) != 1 or recipe.keys() - _SOURCES - _DONE:
        named = ", ".join(sorted(_SOURCES))
        raise ValueError(f"{recipe!r} needs one of {named}, and nothing that is unknown")
    source = _source(recipe, find, rows)
    if source is None:
        return None
    sums, beside = _sums(source, recipe, find, rows)
    steps = (*_of_text(recipe), *sums, *_words(recipe))

    def cell(row: Row) -> Value:
        value = source.cell(row)
        for step in steps:
            if filled(value):
                value = step(value, row)
        return value

    return Made(tuple(dict.fromkeys((*source.uses, *beside))), cell)


def _source(recipe: Mapping[str, Any], find: Find, rows: Rows) -> Made | None:
    if "say" in recipe:
        word: str = recipe["say"]
        return Made((), lambda row: word if any(map(filled, row)) else None)
    if "of" in recipe:
        return made(recipe["of"], find, rows)
    if "shared" in recipe:
        return _shared(recipe, find, rows)
    parts = [one for each in recipe["join"] if (one := made(each, find, rows)) is not None]
    between: str = recipe.get("with", " ")

    def joined(row: Row) -> Value:
        return between.join(text for one in parts if (text := as_text(one.cell(row)))) or None

    return Made(_used(parts), joined) if parts else None


def _shared(recipe: Mapping[str, Any], find: Find, rows: Rows) -> Made | None:
    own, by = made(recipe["shared"], find, rows), made(recipe["by"], find, rows)
    if own is None or by is None:
        return own
    known: dict[str, Value] = {}
    for row in rows:
        if filled(own.cell(row)):
            known.setdefault(as_text(by.cell(row)), own.cell(row))
    known.pop("", None)

    def cell(row: Row) -> Value:
        value = own.cell(row)
        return value if filled(value) else known.get(as_text(by.cell(row)))

    return Made(own.uses, cell)


_Step = Callable[[Value, Row], Value]


def _of_text(recipe: Mapping[str, Any]) -> Sequence[_Step]:
    found: list[_Step] = []
    if mark := recipe.get("before"):
        found.append(lambda cell, _: as_text(cell).partition(mark)[0].strip())
    if behind := recipe.get("after"):
        found.append(lambda cell, _: as_text(cell).partition(behind)[2].strip())
    if "without" in recipe:
        gone = re.compile(recipe["without"])
        found.append(lambda cell, _: gone.sub("", as_text(cell)).strip())
    if "kind" in recipe:
        found.append(lambda cell, _: _of_kind(as_text(cell), recipe["kind"]))
    if recipe.get("day"):
        found.append(lambda cell, _: _day(cell))
    if recipe.get("clock"):
        found.append(lambda cell, _: _clock(cell))
    if recipe.get("unix"):
        found.append(lambda cell, _: _day_of_seconds(cell))
    if recipe.get("milliseconds"):
        found.append(lambda cell, _: _length(cell))
    if "unit" in recipe:
        found.append(lambda cell, _: _with_unit(cell, recipe["unit"]))
    return found


def _sums(
    source: Made, recipe: Mapping[str, Any], find: Find, rows: Rows
) -> tuple[Sequence[_Step], Sequence[int]]:
    """What is reckoned with other columns of the row, and the indices of these."""
    found: list[_Step] = []
    uses: list[int] = []

    def other(named: Any) -> Cell | None:
        one = made(named, find, rows)
        if one is not None:
            uses.extend(one.uses)
        return one.cell if one is not None else None

    if "hundredth" in recipe:
        named = recipe["hundredth"]
        found.append(hundredth(None if named is True else other(named)))
    if "less" in recipe and (taken := other(recipe["less"])):
        found.append(less(source.cell, taken, rows))
    if "part_of" in recipe and (whole := other(recipe["part_of"])):
        found.append(part_of(source.cell, whole, rows))
    if tax := recipe.get("tax_share"):
        part, whole = other(tax["tax"]), other(tax["whole"])
        if part and whole:
            found.append(without_tax_share(part, whole, rows))
    if tax := recipe.get("line_tax"):
        part, whole, group = other(tax["tax"]), other(tax["total"]), other(tax["invoice"])
        if part and whole and group:
            found.append(without_line_tax(source.cell, part, whole, group, rows))
    return found, uses


def _words(recipe: Mapping[str, Any]) -> Sequence[_Step]:
    if "words" not in recipe:
        return ()
    words = {plain(word): meant for word, meant in recipe["words"].items()}
    otherwise = recipe.get("otherwise")

    def translated(cell: Value, _: Row) -> Value:
        return words.get(plain(as_text(cell)), cell if otherwise is None else otherwise)

    return (translated,)


def _clock(cell: Value) -> Value:
    """The time of day in a day with its time; nothing where there is none."""
    if isinstance(cell, datetime):
        return cell.time()
    found = _CLOCK.search(as_text(cell))
    return _ZONE.sub("", found[1]) if found else None


def _of_kind(text: str, kind: str) -> str:
    ids = (one.strip() for one in text.split(";"))
    return ";".join(f"{kind} {one}" for one in ids if one)


def _day(cell: Value) -> Value:
    """A day, with its time if it has one, without a zone in words; nothing where all is zero."""
    if not isinstance(cell, str):
        return cell
    text = as_text(cell)
    return "" if _NO_DAY.fullmatch(text) else _ZONE_IN_WORDS.sub(r"\1", text)


def _length(cell: Value) -> Value:
    """Milliseconds as hours, minutes and seconds; what is no whole number stays."""
    text = as_text(cell)
    if not text.isdecimal():
        return cell
    minutes, seconds = divmod(int(text) // 1000, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def _with_unit(cell: Value, unit: str) -> Value:
    text = as_text(cell)
    return f"{text} {unit}" if re.fullmatch(r"\d+(?:[.,]\d+)?", text) else cell


def _day_of_seconds(cell: Value) -> Value:
    """The day of so many seconds since 1970; another cell as it is."""
    text = as_text(cell)
    if not _SECONDS.fullmatch(text):
        return cell
    return datetime.fromtimestamp(int(text), UTC).date()
