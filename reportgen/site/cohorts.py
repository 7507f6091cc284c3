"""Customers by when they first bought: how many bought in each period since, and were back by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reportgen.analyses.retention import Cohort
from reportgen.report.report import Report
from reportgen.shares import FEW, Share
from reportgen.values import dataclass
from reportgen.words import count, month

_PERIODS = 6
"""How many periods after the first a table has at most: as many as have room on a phone."""


@dataclass(frozen=True, slots=True)
class CohortCell:
    """How many bought in one period."""

    text: str
    style: str
    """``c0`` to ``c4`` by their share; ``open`` while it is not over; empty where there is none yet."""


@dataclass(frozen=True, slots=True)
class CohortRow:
    """The customers who first bought in one period."""

    name: str
    size: int
    cells: tuple[CohortCell, ...]


@dataclass(frozen=True, slots=True)
class CohortTable:
    """Customers by periods since the first purchase, as counts."""

    id: str
    caption: str
    periods: tuple[int, ...]
    rows: tuple[CohortRow, ...]
    all: tuple[int, ...]
    """Of all together, how many."""
    of: tuple[int, ...]
    """And of how many: only those for whom the period is over."""


@dataclass(frozen=True, slots=True)
class Cohorts:
    """The tables, and how they are read."""

    heading: str
    said: str
    """What a column is, and who is left out because nothing has come of them yet."""
    is_small: bool
    """Whether every row is of few, so that they are folded away."""
    bought: CohortTable
    """Who bought in each period."""
    back: CohortTable | None
    """Who had come back by the end of it; None where all pay by the month, and so are always back."""


def cohorts(report: Report) -> Cohorts | None:
    """The tables; None where nobody has had the time to buy again, or nobody has."""
    found = report.found.cohorts
    shown = [one for one in found.cohorts if any(one.ever_back[1:])]
    if not shown:
        return None
    left_out = sum(one.size for one in found.cohorts) - sum(one.size for one in shown)
    others = f" Left out: {count(left_out, 'customer')} of whom nobody has yet." if left_out else ""
    return Cohorts(
        heading=f"By the {found.period} of the first purchase",
        said=f"How many bought again, so many {found.period}s after the first purchase.{others}",
        is_small=all(one.size < FEW for one in shown),
        bought=_table(
            "bought-then",
            f"Bought in that {found.period}",
            [(one, one.active) for one in shown],
            found.pooled,
        ),
        back=_table(
            "back-by-then",
            "Had come back by then",
            [(one, one.ever_back) for one in shown],
            found.pooled_ever_back,
        )
        if report.found.repeats.repeat_rate.denominator
        else None,
    )


def _table(
    name: str,
    caption: str,
    counted: Sequence[tuple[Cohort, Sequence[int | None]]],
    pooled: Sequence[Share],
) -> CohortTable:
    """From the first period after that of the first purchase on: in their own all have bought."""
    over = max(sum(number is not None for number in counts) for _, counts in counted)
    pooled = pooled[1 : min(over, _PERIODS + 1)]
    periods = tuple(range(1, len(pooled) + 1))
    return CohortTable(
        name,
        caption,
        periods,
        tuple(
            CohortRow(_named(one), one.size, tuple(_cell(one, counts, at) for at in periods))
            for one, counts in counted
        ),
        tuple(share.numerator for share in pooled),
        tuple(share.denominator for share in pooled),
    )


def _named(cohort: Cohort) -> str:
    """``2026-05`` as May 2026, ``2026-Q2`` as Apr–Jun 2026."""
    year, part = cohort.name.split("-")
    if not part.startswith("Q"):
        return month(date(int(year), int(part), 1))
    last = date(int(year), 3 * int(part[1:]), 1)
    return f"{last.replace(month=last.month - 2):%b}–{month(last)}"


def _cell(cohort: Cohort, counts: Sequence[int | None], at: int) -> CohortCell:
    if at >= len(counts):
        return CohortCell("", "")
    number = counts[at]
    if number is None:
        return CohortCell("…", "open")
    share = number / cohort.size
    depth = 0 if not number else 1 + sum(share >= limit for limit in (0.25, 0.5, 0.75))
    return CohortCell(f"{number:,}", f"c{depth}")
