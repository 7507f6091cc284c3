"""Cohorts as tables: who bought in each period since the first purchase, and who was ever back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analyses.retention import Cohort
from reportgen.report.report import Report
from reportgen.shares import FEW, Share

_COLUMNS = 25
"""How many periods a table of cohorts has at most."""
_MARKDOWN_COLUMNS = 13
"""The same in Markdown, where no table can be moved sideways."""


@dataclass(frozen=True, slots=True)
class CohortCell:
    """One period of a cohort."""

    text: str
    style: str
    """``c0`` to ``c4`` by its share; ``open`` while it is not over; empty where there is none yet."""


@dataclass(frozen=True, slots=True)
class CohortRow:
    """The customers who first bought in one period."""

    name: str
    size: int
    cells: tuple[CohortCell, ...]


@dataclass(frozen=True, slots=True)
class CohortTable:
    """Cohorts by periods since the first purchase."""

    periods: tuple[int, ...]
    rows: tuple[CohortRow, ...]
    pooled: tuple[str, ...]
    """All cohorts together."""


@dataclass(frozen=True, slots=True)
class Cohorts:
    """All cohorts: who bought in each period, and who had come back by then."""

    period: str
    who: str
    """Who is counted, and by what."""
    active: CohortTable
    ever_back: CohortTable
    counts: CohortTable
    """Who bought, as counts, and not so wide."""


def cohorts(report: Report) -> Cohorts | None:
    """The tables; None where nobody has bought."""
    found = report.found.cohorts
    if not found.cohorts:
        return None
    active = [(one, one.active) for one in found.cohorts]
    ever = [(one, one.ever_back) for one in found.cohorts]
    period = found.period
    return Cohorts(
        period,
        f"Who bought, by {period}s since the first purchase (0 is the {period} of that purchase)",
        _cohort_table(active, found.pooled[:_COLUMNS]),
        _cohort_table(ever, found.pooled_ever_back[:_COLUMNS]),
        _counts_table(active, found.pooled[:_MARKDOWN_COLUMNS]),
    )


Counted = Sequence[tuple[Cohort, Sequence[int | None]]]
"""Cohorts, each with a count a period; None where the period is not over."""


def _cohort_table(counted: Counted, pooled: Sequence[Share]) -> CohortTable:
    """Per cent of the cohort, or a count where it is small."""
    periods = tuple(range(len(pooled)))
    return CohortTable(
        periods,
        tuple(
            CohortRow(cohort.name, cohort.size, tuple(_cell(cohort, counts, at) for at in periods))
            for cohort, counts in counted
        ),
        tuple(_pooled(share) for share in pooled),
    )


def _pooled(share: Share) -> str:
    if share.value is None or share.denominator < FEW:
        return f"{share.numerator} of {share.denominator}"
    return f"{round(100 * share.value)}"


def _cell(cohort: Cohort, counts: Sequence[int | None], at: int) -> CohortCell:
    if at >= len(counts):
        return CohortCell("", "")
    number = counts[at]
    if number is None:
        return CohortCell("…", "open")
    share = number / cohort.size
    depth = 0 if not number else 1 + sum(share >= limit for limit in (0.25, 0.5, 0.75))
    return CohortCell(f"{number}" if cohort.size < FEW else f"{round(100 * share)}", f"c{depth}")


def _counts_table(counted: Counted, pooled: Sequence[Share]) -> CohortTable:
    periods = tuple(range(len(pooled)))
    return CohortTable(
        periods,
        tuple(
            CohortRow(cohort.name, cohort.size, tuple(_count(counts, at) for at in periods))
            for cohort, counts in counted
        ),
        tuple(f"{share.numerator} of {share.denominator}" for share in pooled),
    )


def _count(counts: Sequence[int | None], at: int) -> CohortCell:
    number = counts[at] if at < len(counts) else ""
    return CohortCell("…" if number is None else f"{number}", "")
