"""How what the analyses find is written in the JSON form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring as quoted
from math import isfinite
from types import NoneType
from typing import Any

from reportgen.analyses.boundaries import Boundaries
from reportgen.estimates.survival import SurvivalCurve
from reportgen.problems import Row
from reportgen.shares import Share

Json = dict[str, object]


def plain(value: object) -> object:
    """What JSON has no form of its own for."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Row):
        return str(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


_of_any = json.JSONEncoder(ensure_ascii=False, default=plain).encode
_OF_MOST: Mapping[type, Callable[[Any], str]] = {
    str: quoted,
    int: repr,
    float: lambda number: repr(number) if isfinite(number) else _of_any(number),
    bool: lambda is_so: "true" if is_so else "false",
    NoneType: lambda _: "null",
    date: lambda day: f'"{day.isoformat()}"',
    Row: lambda row: quoted(str(row)),
}
"""How single values are written that there are most of."""


def indented(value: object, line: str = "\n") -> str:
    """A value as JSON, two spaces to a level: what ``json.dumps`` writes, in a fraction of its time.

    ``line`` ends a line and begins the next, as deep as the value stands. An iterator is written as a list
    is, each value as it comes.
    """
    of_one = _OF_MOST.get(type(value))
    if of_one:
        return of_one(value)
    if isinstance(value, dict) and value:
        inner = f"{line}  "
        parts = [f"{quoted(key)}: {indented(one, inner)}" for key, one in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
    if isinstance(value, list | tuple | Iterator):
        inner = f"{line}  "
        parts = [indented(one, inner) for one in value]
        return f"[{inner}{f',{inner}'.join(parts)}{line}]" if parts else "[]"
    return _of_any(value)


def rounded(value: float | None) -> float | None:
    """To ten significant digits: the last ones of a fitted model differ between processors."""
    return None if value is None else float(f"{value:.10g}")


def part(cell: int | None, size: int) -> float | None:
    """A cell of a cohort as a share of its size."""
    return None if cell is None else cell / size


def curve(found: SurvivalCurve) -> Json:
    """A Kaplan–Meier curve with its band."""
    return {
        "times": found.times,
        "survival": [rounded(share) for share in found.survival],
        "low": [rounded(share) for share in found.low],
        "high": [rounded(share) for share in found.high],
        "median": found.median,
    }


def share(found: Share) -> Json:
    """A share of clients with its range and its counts."""
    return {
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "numerator": found.numerator,
        "denominator": found.denominator,
    }


CROSSINGS: dict[str, Callable[[Boundaries], object]] = {
    "out_of_hours_share": lambda one: one.out_of_hours_share,
    "asked_share": lambda one: one.asked_share,
    "offered_share": lambda one: one.offered_share,
    "off_channel": lambda one: None if one.off_channel is None else one.off_channel.count,
    "out_of_scope_minutes": lambda one: one.out_of_scope.minutes,
    "boundary_load": lambda one: one.boundary_load,
    "crossings": lambda one: one.crossings,
    "level": lambda one: one.level,
}
"""What is told of a client's boundaries, and of everyone's together."""
