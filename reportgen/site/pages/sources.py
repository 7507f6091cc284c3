"""Sources: where do the clients come from who stay and pay?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen import words
from reportgen.analyses.sources import Origin, Referrer
from reportgen.model import Edition
from reportgen.report.report import Report
from reportgen.site.layout import Cell, Column, Link, Names
from reportgen.site.page import Page
from reportgen.site.shared import Site
from reportgen.words import NOT_KNOWN, count_in_words, hours, share_of

_NAMES = 12
"""How many of the clients that somebody brought are named."""
_NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class OriginRow:
    """The clients of one source, or of one segment."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """All sources, or all segments, side by side."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[OriginRow, ...]


@dataclass(frozen=True, slots=True)
class ReferrerRow:
    """Somebody who brought clients, and whom."""

    name: Link
    number: int
    brought: Names
    sales: str


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    is_index: bool
    """Whether amounts are an index."""
    tables: tuple[Origins, ...]
    referrers: tuple[ReferrerRow, ...]
    has_sales: bool


def answer(report: Report) -> str:
    """Where do the clients come from who stay and pay?"""
    found = report.found
    named = [one for one in found.sources if one.name is not None]
    if not named and not found.referrers:
        return (
            "Nobody can tell yet: write how each client found you in Source on the Clients sheet."
        )
    if not found.sales_recorded:
        return (
            "Nobody can tell yet who pays: record your sales, one row for each on the Sales sheet."
        )
    said = [_foremost(named[0], report)] if named else []
    said += [_sent(one, report) for one in found.referrers[:1]]
    return f"{words.sentence_case('; '.join(said))}."


def _foremost(best: Origin, report: Report) -> str:
    money = words.money(best.sales, report.settings.currency)
    return f"{best.name} brought most, {money} from {count_in_words(best.customers, 'customer')}"


def _sent(best: Referrer, report: Report) -> str:
    money = words.money(best.sales, report.settings.currency)
    clients = count_in_words(len(best.brought), "client")
    return f"{best.name} brought {clients}, who bought for {money}"


def content(site: Site) -> Content:
    """Sources and segments side by side, and who brought whom."""
    found = site.report.found
    tables = (
        Origins("by-source", "By source, most sales first", *_table(site, "Source", found.sources)),
        Origins("by-segment", "By segment", *_table(site, "Segment", found.segments)),
    )
    return Content(
        is_index=site.report.edition == Edition.COACH,
        tables=tuple(table for table in tables if table.rows),
        referrers=tuple(_referrer(site, one) for one in found.referrers),
        has_sales=found.sales_recorded,
    )


def _table(
    site: Site, called: str, found: Sequence[Origin]
) -> tuple[tuple[Column, ...], tuple[OriginRow, ...]]:
    rows = tuple(OriginRow(one.name or _NOT_RECORDED, tuple(_cells(site, one))) for one in found)
    return (Column(called), *_columns(site)), rows


def _columns(site: Site) -> Iterator[Column]:
    if site.report.found.sales_recorded:
        yield Column("Sales, all time", number=True, most_first=True)
        yield Column("Stayed", number=True, most_first=True)
        yield Column("Have bought", number=True, most_first=True)
        yield Column("Contribution, all time", number=True, most_first=True)
        yield Column("Contacts before", number=True)
        yield Column("Days before", number=True)
    yield Column("Time, all time", number=True, most_first=True)


def _cells(site: Site, one: Origin) -> Iterator[Cell]:
    if site.report.found.sales_recorded:
        left = one.contribution
        yield Cell(site.money(one.sales), number=True, sort=one.sales)
        yield Cell(share_of(one.kept), number=True, sort=_sorted(one.kept.value))
        yield Cell(share_of(one.conversion), number=True, sort=one.conversion.value)
        yield Cell(site.money(left), number=True, sort="" if left is None else left)
        yield _middle(one.contact_days)
        yield _middle(one.days)
    yield Cell(hours(one.minutes), number=True, sort=one.minutes)


def _middle(value: float | None) -> Cell:
    return Cell(NOT_KNOWN if value is None else f"{value:g}", number=True, sort=_sorted(value))


def _sorted(value: float | None) -> object:
    return "" if value is None else value


def _referrer(site: Site, one: Referrer) -> ReferrerRow:
    known = site.by_name.get(one.name)
    return ReferrerRow(
        known.link if known else Link(one.name, ""),
        len(one.brought),
        site.names(one.brought, _NAMES),
        site.money(one.sales),
    )


PAGE = Page(
    name="sources",
    title="Where they come from",
    question="Where do the clients come from who stay and pay?",
    answer=answer,
    content=content,
)
