"""What stands around every page: whose it is, the way to the others, where the figures come from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from reportgen.model import Edition
from reportgen.periods import year_to
from reportgen.report.next_column import without_figures
from reportgen.report.report import Report
from reportgen.site.layout import Link
from reportgen.site.page import Entry, Page
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """A way to a page."""

    title: str
    name: str
    """Of the page."""
    markdown_name: str
    count: str
    """How much stands there, where that is worth a figure; empty otherwise."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the menu: the way to its first page, and those to the others in it."""

    way: Way
    pages: tuple[Way, ...]
    """The others that have figures."""
    quiet: tuple[Way, ...]
    """The others that the rows so far say nothing for."""


@dataclass(frozen=True, slots=True)
class Chrome:
    """The head and the foot of every page of one report."""

    business: str
    as_of: date
    year_first: date
    """The first day of the last 12 months."""
    menu: tuple[MenuEntry, ...]
    """The entries with figures, in order."""
    quiet: tuple[MenuEntry, ...]
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
    index: str
    """How amounts that are an index are to be read; empty where they are money."""
    sha256: str
    """Of the file; empty where the edition may not know it."""
    earlier: Sequence[Link]
    """To the letters of earlier months that are kept."""


def business_name(report: Report) -> str:
    """Whose report it is."""
    return report.settings.business_name or "Client relationships"


def chrome(report: Report, menu: Sequence[Entry], earlier: Sequence[Link] = ()) -> Chrome:
    """The head and the foot for the pages of the report's edition, which the menu has."""
    counts = report.found.counts
    nothing = without_figures(report.found)
    shown = {page.name for entry in menu for page in entry.pages}
    loud = [one for one in menu if not _is_quiet(one, nothing)]
    return Chrome(
        business=business_name(report),
        as_of=report.as_of,
        year_first=year_to(report.as_of).first,
        menu=tuple(_entries(report, loud, nothing)),
        quiet=tuple(_entries(report, [one for one in menu if one not in loud], nothing)),
        source=report.source.name,
        edition="" if report.edition == Edition.OWNER else report.edition,
        clients=counts.clients,
        touchpoints=counts.touchpoints,
        sales=counts.sales,
        planned=counts.planned,
        problems=len(report.problems) if "problems" in shown else None,
        index=_index(report) if report.edition == Edition.COACH else "",
        sha256=report.source.sha256,
        earlier=earlier,
    )


def _index(report: Report) -> str:
    """How the coach reads an amount, by the example of the year's sales."""
    sales = report.found.concentration.sales_now
    example = f": the {sales:.0f} of the year are as much as {sales / 100:.1f} of the largest"
    return (
        "Money is an index. What the largest client has brought in all is 100"
        f"{example if sales > 0 else ''}. Every amount has two figures."
    )


def _is_quiet(entry: Entry, nothing: Collection[str]) -> bool:
    """Whether the rows say nothing for any of its pages; the first only gathers the others."""
    told = entry.pages[1:] or entry.pages
    return all(page.name in nothing for page in told)


def _entries(
    report: Report, entries: Sequence[Entry], nothing: Collection[str]
) -> Iterator[MenuEntry]:
    for entry in entries:
        first, *others = entry.pages
        yield MenuEntry(
            Way(entry.title, first.name, first.markdown_name, _count(report, first)),
            tuple(_way(report, page) for page in others if page.name not in nothing),
            tuple(_way(report, page) for page in others if page.name in nothing),
        )


def _way(report: Report, page: Page) -> Way:
    return Way(page.title, page.name, page.markdown_name, _count(report, page))


def _count(report: Report, page: Page) -> str:
    """How much stands on a page: what is to be done, the clients, the problems."""
    if page.name == "clients":
        return _clients(report)
    number = {"actions": len(report.plan.tasks), "problems": len(report.problems)}.get(page.name)
    return f"{number:,}" if number else ""


def _clients(report: Report) -> str:
    """``13 + 21 lapsed``; all of them where the edition tells nothing of silence."""
    counts = report.found.counts
    if report.edition == Edition.ACCOUNTANT:
        return f"{counts.clients:,}" if counts.clients else ""
    lapsed = f"{counts.lapsed:,} lapsed" if counts.lapsed else ""
    return " + ".join(
        one for one in (f"{counts.running:,}" if counts.running else "", lapsed) if one
    )
