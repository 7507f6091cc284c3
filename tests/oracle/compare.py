"""The program's JSON beside the oracle's figures."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import NamedTuple

from oracle.past import same_name

from reportgen.figures.machine import as_json
from reportgen.model import Book
from reportgen.report.report import make_report

CLOSE = 1e-6


class Difference(NamedTuple):
    """One figure on which the two do not agree."""

    figure: str
    oracle: object
    program: object


def program(book: Book, settings, as_of: dt.date) -> dict:
    """What ``analyse`` says, with its lists under the names that they are about."""
    said = json.loads(as_json(make_report(book, settings, as_of)))
    for one in said["clients"]:
        one["touches"] = [[t["date"] for t in spell["touches"]] for spell in one["spells"]]
        one["health"]["parts"] = {part["name"]: part["value"] for part in one["health"]["parts"]}
    said["clients"] = {one["name"]: one for one in said["clients"]}
    life = said["lifecycle"]
    life["moves"] = {
        name: sorted(move["client"] for move in moved) for name, moved in life["moves"].items()
    }
    for part in ("new", "won_back"):
        said["retention"][part].sort()
    life["seven_contacts"]["given_up"].sort()
    if said["retention"]["bridge"] is not None:
        said["retention"]["bridge"] = {
            step["step"]: step["amount"] for step in said["retention"]["bridge"]
        }
    said["retention"]["what_works"] = {
        f"{one['activity']}, {one['event']}": one for one in said["retention"]["what_works"]
    }
    for name, key in (("sources", "source"), ("segments", "segment")):
        said["value"][name] = {same_name(one[key]) or None: one for one in said["value"][name]}
    said["value"]["referrers"] = {
        same_name(one["name"]): {"brought": sorted(one["brought"]), "sales": one["sales"]}
        for one in said["value"]["referrers"]
    }
    said["efficiency"]["activities"] = {
        one["activity"]: one for one in said["efficiency"]["activities"]
    }
    return said


WHOLE = (
    "clients",
    "retention.bridge",
    "retention.what_works",
    "value.sources",
    "value.segments",
    "value.referrers",
    "efficiency.activities",
)
"""Tables in which the program may have no row that the oracle lacks."""


def differences(oracle, program, figure: str = "") -> tuple[int, list[Difference]]:
    """How many figures were compared, and those on which the two differ."""
    if isinstance(oracle, dict):
        if not isinstance(program, dict):
            return 1, [Difference(figure, oracle, program)]
        count, found = 0, []
        for key, value in oracle.items():
            path = f"{figure}.{key if key else '(none)'}".removeprefix(".")
            if key not in program:
                count, found = count + 1, [*found, Difference(path, value, "missing")]
                continue
            more, others = differences(value, program[key], path)
            count, found = count + more, found + others
        if figure in WHOLE:
            extra = [key for key in program if key not in oracle]
            found += [Difference(f"{figure}.{key}", "missing", program[key]) for key in extra]
        return count, found
    if isinstance(oracle, list):
        if not isinstance(program, list) or len(oracle) != len(program):
            return 1, [Difference(figure, oracle, program)]
        count, found = 0, []
        for index, (one, other) in enumerate(zip(oracle, program, strict=True)):
            more, others = differences(one, other, f"{figure}[{index}]")
            count, found = count + more, found + others
        return max(count, 1), found
    if isinstance(oracle, set):
        same = program in oracle if oracle else program is None
    elif isinstance(oracle, float | int) and isinstance(program, float | int):
        same = math.isclose(oracle, program, rel_tol=CLOSE, abs_tol=CLOSE)
    else:
        same = oracle == program
    return 1, [] if same else [Difference(figure, oracle, program)]
