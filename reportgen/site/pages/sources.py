"""Where they come from: the sources and segments of the clients who stay and pay, and who brought whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reportgen import words
from reportgen.analyses.sources import Origin, Referrer
from reportgen.pictures import bars
from reportgen.pictures.drawing import Chart
from reportgen.report.report import Report
from reportgen.shares import FEW, TOO_FEW, Share
from reportgen.site.layout import Cell, Column, Figure, Line, Link, Table
from reportgen.site.page import Page
from reportgen.site.prose.english import sources as prose
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import hours

_DRAWN = 10
"""So many sources are drawn."""
_NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class Branch:
    """A client, or somebody who brought one, with those whom they brought."""

    name: Link
    said: str
    """What they brought, or what they bought."""
    brought: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """All sources, or all segments, side by side."""

    heading: str
    picture: Chart | None
    worth: Table
    """What the clients of each brought."""
    before: Table | None
    """How long it took until they bought; None where nobody has."""
    is_small: bool
    """Whether every row is of too few, so that it is folded away."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    everyone: str
    """Whom it counts."""
    figures: tuple[Figure, ...]
    origins: tuple[Origins, ...]
    tree: tuple[Branch, ...]
    """Who brought whom, who brought most sales first."""


def answer(report: Report) -> str:
    """Where do the clients come from who stay and pay?"""
    found = report.found
    named = [one for one in found.sources if one.name is not None]
    if not named and not found.referrers:
        return prose.NO_SOURCE
    if not found.sales_recorded:
        return prose.NO_SALES
    currency = report.settings.currency
    foremost = [
        prose.foremost(one.name, words.money(one.sales, currency), one.customers)
        for one in named[:1]
        if one.name
    ]
    return prose.answer([*foremost, *_brought(report)])


def _brought(report: Report) -> Iterator[str]:
    """What the first of those who brought clients did, or all together where nobody brought two."""
    found, currency = report.found.referrers, report.settings.currency
    for best in found[:1]:
        if len(best.brought) > 1 or len(found) == 1:
            money = words.money(best.sales, currency) if best.sales else ""
            yield prose.brought_by(best.name, len(best.brought), money)
        else:
            clients, sales = _brought_by_others(report)
            yield prose.brought_in_all(clients, words.money(sales, currency))


def _brought_by_others(report: Report) -> tuple[int, Decimal]:
    """How many clients somebody brought, and what they bought."""
    names = {name for one in report.found.referrers for name in one.directly}
    bought = (one.worth.sales_total for one in report.found.clients if one.name in names)
    return len(names), sum(bought, Decimal())


def pictures(site: Site) -> Iterator[Chart]:
    """Sales by source, where there are two to compare."""
    found = [one for one in site.report.found.sources if one.sales > 0]
    if len(found) >= 2:
        rows = [
            (one.name or _NOT_RECORDED, float(one.sales), site.money(one.sales)) for one in found
        ]
        yield bars.sales_by_source("sources", rows[:_DRAWN])


def content(site: Site) -> Content:
    """Sources and segments side by side, and who brought whom."""
    found = site.report.found
    drawn = site.pictures.get("sources")
    origins = (
        _origins(site, "By source", "Source", found.sources, drawn),
        _origins(site, "By segment", "Segment", found.segments, None),
    )
    has_any = bool(found.sources or found.segments or found.referrers)
    return Content(
        everyone=prose.everyone(found.counts.clients) if has_any else "",
        figures=tuple(_figures(site)) if has_any else (),
        origins=tuple(one for one in origins if one is not None),
        tree=_tree(site),
    )


def _figures(site: Site) -> Iterator[Figure]:
    """Who bought, who stayed and who was brought by others: of all, before they are told apart."""
    found = site.report.found
    counts = found.counts
    if found.sales_recorded:
        of = f"of {words.count(counts.clients, 'client')}"
        yield Figure("Have bought", f"{counts.customers:,}", of)
        kept = found.retention.logo_retention
        if kept.denominator:
            of = f"of {kept.denominator:,} who were clients last year, this year too"
            yield Figure("Stayed", f"{kept.numerator:,}", of)
    if found.referrers:
        clients, sales = _brought_by_others(site.report)
        bought = f"; they bought for {site.money(sales)}" if found.sales_recorded else ""
        of = f"of {words.count(counts.clients, 'client')}{bought}"
        yield Figure("Brought by others", f"{clients:,}", of)


def _origins(
    site: Site, heading: str, called: str, found: Sequence[Origin], drawn: Chart | None
) -> Origins | None:
    """Most sales first; None where it is recorded of nobody."""
    shown = [one for one in found if one.name is not None or one.sales]
    if not shown:
        return None
    left_out = sum(_size(one) for one in found if one not in shown)
    few = sum(_size(one) < FEW for one in shown)
    caption = prose.caption("Most sales first", len(shown), few, left_out)
    key = called.lower()
    bought = [one for one in shown if one.customers]
    return Origins(
        heading=heading,
        picture=drawn,
        worth=Table(
            id=f"by-{key}",
            caption=caption,
            columns=(Column(called), *_columns(site)),
            lines=tuple(_line(one, _cells(site, one)) for one in shown),
        ),
        before=Table(
            id=f"until-{key}",
            caption="Until the first purchase, the middle one of all customers",
            columns=(
                Column(called),
                Column("Contacts before", number=True),
                Column("Days before", number=True),
            ),
            lines=tuple(_line(one, _until(one)) for one in bought),
        )
        if bought
        else None,
        is_small=all(_size(one) < TOO_FEW for one in shown),
    )


def _size(one: Origin) -> int:
    return one.customers + one.prospects


def _line(one: Origin, cells: Iterator[Cell]) -> Line:
    return Line(Link(one.name or _NOT_RECORDED, ""), tuple(cells))


def _columns(site: Site) -> Iterator[Column]:
    if site.report.found.sales_recorded:
        yield Column("Sales, all time", number=True, most_first=True)
        yield Column("Have bought", number=True, most_first=True)
        yield Column("Stayed", number=True, most_first=True)
        yield Column("Left after costs", number=True, most_first=True)
    yield Column("Time, all time", number=True, most_first=True)


def _cells(site: Site, one: Origin) -> Iterator[Cell]:
    if site.report.found.sales_recorded:
        left = one.contribution
        sold = site.money(one.sales) if one.sales else ""
        yield Cell(sold, number=True, sort=one.sales)
        yield _of(one.conversion, "bought")
        yield _of(one.kept, "stayed")
        if left is None:
            yield Cell(number=True, sort="")
        else:
            yield Cell(site.money(left), number=True, sort=left, label="left")
    yield Cell(hours(one.minutes) if one.minutes else "", number=True, sort=one.minutes, label="in")


def _of(share: Share, label: str) -> Cell:
    """Counts, which small and large rows can have in one column; sorted by the share."""
    if share.value is None:
        return Cell(number=True, sort="")
    text = f"{share.numerator:,} of {share.denominator:,}"
    return Cell(text, number=True, sort=share.value, label=label)


def _until(one: Origin) -> Iterator[Cell]:
    for value, label in ((one.contact_days, "contacts"), (one.days, "days")):
        text = "" if value is None else f"{value:g}"
        yield Cell(text, number=True, sort=text, label=label)


def _tree(site: Site) -> tuple[Branch, ...]:
    """Those whom nobody brought stand first on their branch; of a circle, who brought most sales."""
    found = site.report.found.referrers
    brought = {name for one in found for name in one.directly}
    by_name = {one.name: one for one in found}
    grown: set[str] = set()
    in_order = sorted(found, key=lambda one: one.name in brought)
    return tuple(
        _branch(site, one.name, by_name, grown) for one in in_order if one.name not in grown
    )


def _branch(site: Site, name: str, by_name: Mapping[str, Referrer], grown: set[str]) -> Branch:
    """One with all that grows from it; nobody stands in the tree twice."""
    is_first = name not in grown
    grown.add(name)
    one, known = by_name.get(name), site.by_name.get(name)
    under = [child for child in one.directly if child not in grown] if one else []
    grown.update(under)
    return Branch(
        name=known.link if known else Link(name, ""),
        said="; ".join(_said(site, name, one, is_first)),
        brought=tuple(_branch(site, child, by_name, grown) for child in under),
    )


def _said(site: Site, name: str, one: Referrer | None, is_first: bool) -> Iterator[str]:
    """What they bought, of those who were brought, and what they brought."""
    sold = site.report.found.sales_recorded
    if sold and not is_first:
        bought = site.by_name[name].findings.worth.sales_total
        yield f"bought for {site.money(bought)}" if bought else "has not bought yet"
    if one:
        yield prose.brought(len(one.brought), site.money(one.sales) if sold and one.sales else "")


PAGE = Page(
    name="sources",
    title="Where they come from",
    question="Where do the clients come from who stay and pay?",
    answer=answer,
    content=content,
    pictures=pictures,
)
