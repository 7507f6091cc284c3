"""What stands around every page: whose it is, the way to the others, where the figures come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportgen.model import Edition
from reportgen.periods import year_to
from reportgen.report.next_column import without_figures
from reportgen.report.report import Report
from reportgen.site.page import Page


@dataclass(frozen=True, slots=True)
class Chrome:
    """The head and the foot of every page of one report."""

    business: str
    as_of: date
    year_first: date
    """The first day of the last 12 months."""
    pages: tuple[Page, ...]
    """Those of the edition that have figures, in the order of the navigation."""
    quiet: tuple[Page, ...]
    """Those that the rows so far say nothing for."""
    source: str
    """The name of the workbook's file."""
    edition: str
    """The name of a shared edition; empty in the owner's."""
    clients: int
    touchpoints: int
    sales: int
    planned: int
    problems: int | None
    """How many; None where the edition has no page of them."""
    is_index: bool
    """Whether names are pseudonyms and amounts an index, which the foot explains."""
    sha256: str
    """Of the file; empty where the edition may not know it."""


def business_name(report: Report) -> str:
    """Whose report it is."""
    return report.settings.business_name or "Client relationships"


def chrome(report: Report, pages: Sequence[Page]) -> Chrome:
    """The head and the foot for the pages of the report's edition."""
    counts = report.found.counts
    nothing = without_figures(report.found)
    return Chrome(
        business=business_name(report),
        as_of=report.as_of,
        year_first=year_to(report.as_of).first,
        pages=tuple(one for one in pages if one.name not in nothing),
        quiet=tuple(one for one in pages if one.name in nothing),
        source=report.source.name,
        edition="" if report.edition == Edition.OWNER else report.edition,
        clients=counts.clients,
        touchpoints=counts.touchpoints,
        sales=counts.sales,
        planned=counts.planned,
        problems=len(report.problems) if any(p.name == "problems" for p in pages) else None,
        is_index=report.edition == Edition.COACH,
        sha256=report.source.sha256,
    )
