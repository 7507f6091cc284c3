"""Trust: do they trust me, and why?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportgen.analyses.trust import Component, PartOfAll, Trust, TrustPart, parts_of_all
from reportgen.pictures import charts
from reportgen.pictures.drawing import Chart
from reportgen.report.findings import running
from reportgen.report.report import Report
from reportgen.shares import TOO_FEW
from reportgen.site.layout import Cell, Column, Link, rows_cell
from reportgen.site.page import Page, picture
from reportgen.site.shared import ClientView, Site
from reportgen.words import NOT_KNOWN, count, sentence_case


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of Trust over all running clients."""

    name: str
    component: str
    done: int
    asked: int
    share: str
    """The width of its bar in per cent; empty where nothing is done."""
    figures: tuple[Cell, ...]
    """Done and asked for."""
    cells: tuple[Cell, ...]
    """The rows for it and against it, where the edition may see them."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A part of which nothing is known for anybody."""

    name: str
    record: str
    """What to record to know it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Trust or one of the three that make it."""

    text: str
    sort: object
    is_rated: bool = False
    """Whether it is a rating of the owner’s or the client’s."""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client's line of the table."""

    client: Link
    trust: Link
    """To Trust on the client's page."""
    figures: tuple[Figure, ...]
    """Trust, Care, Accountability and Communication."""
    advice: int
    """How often they asked for it."""
    agree: Cell
    """Whether signals and score say the same."""
    weakest: str
    """The part that is met least, with its count; empty when none is lacking."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    picture: Chart | None
    columns: tuple[Column, ...]
    """Of the parts."""
    parts: tuple[PartRow, ...]
    """The weakest first."""
    unknown: tuple[Unknown, ...]
    clients: tuple[ClientRow, ...]


def answer(report: Report) -> str:
    """Do they trust me, and why?"""
    going = running(report.found)
    known = [client_ for client_ in going if client_.trust.value is not None]
    if not known:
        return (
            "Trust cannot be told yet: record promises, complaints and incoming messages on the "
            "Touchpoints sheet, or your own judgement on the Ratings sheet."
        )
    parts = weakest_parts(report)
    of = f"Trust can be told for {count(len(known), 'client')} of {len(going):,}"
    if not parts:
        return f"{of}, and nothing holds it back."
    first = parts[0]
    what, counted = TRUST_WORDS[first.name]
    if first.asked == 1:
        return f"{of}. What holds it back most is {what}."
    missing = counted.format(f"{first.asked - first.done:,}", f"{first.asked:,}")
    return f"{of}. What holds it back most is {what}: {missing}."


TRUST_WORDS = {
    TrustPart.UNDERSTANDING: (
        "understanding at the beginning",
        "{0} of {1} customers had no discovery, brief or onboarding around the first purchase",
    ),
    TrustPart.RELIABILITY: ("promises", "{0} of {1} were not kept on the day"),
    TrustPart.HUMAN_CONNECTION: (
        "human connection",
        "{0} of {1} relationship-building touches were missing",
    ),
    TrustPart.PROBLEMS_OWNED: (
        "problems owned late",
        "{0} of {1} complaints were not put right in time",
    ),
    TrustPart.CLEAR_BEGINNINGS: (
        "unclear beginnings",
        "{0} of {1} purchases had no brief, proposal or agenda before them",
    ),
    TrustPart.RESPONSIVENESS: ("slow answers", "{0} of {1} messages were not answered in time"),
    TrustPart.BOTH_DIRECTIONS: (
        "one-way contact",
        "in {0} of {1} months with contact it went only one way",
    ),
    TrustPart.LISTENING: ("not asking", "{0} of {1} clients were not asked for feedback"),
    TrustPart.CONTINUITY: ("silence", "{0} of {1} days were below the red line"),
}
"""Part of Trust → what holds it back, and the count in words."""


def weakest_parts(report: Report) -> list[PartOfAll]:
    """The parts of Trust over all running clients that are known and not met in full, weakest first."""
    parts = parts_of_all(client.trust for client in running(report.found))

    def place(part: PartOfAll) -> tuple[bool, float, str]:
        # A part that rests on a handful of cases comes after those that can be trusted; so do briefs
        # and onboardings where nobody ever had one: a shop sells shoes without a brief.
        not_its_way = (
            part.name in (TrustPart.UNDERSTANDING, TrustPart.CLEAR_BEGINNINGS) and not part.done
        )
        return (part.asked < TOO_FEW or not_its_way, part.done / part.asked, part.name)

    return sorted((part for part in parts if part.done < part.asked), key=place)


def content(site: Site) -> Content:
    """The parts of Trust over all running clients, and each client's, the least trust first."""
    parts = parts_of_all(view.findings.trust for view in site.running)
    known = [part for part in parts if part.asked]
    return Content(
        picture=site.pictures.get("trust"),
        columns=tuple(_columns(site)),
        parts=tuple(
            _part_row(site, part)
            for part in sorted(known, key=lambda part: (part.done / part.asked, part.name))
        ),
        unknown=tuple(
            Unknown(sentence_case(part.name), part.record) for part in parts if not part.asked
        ),
        clients=tuple(_client_row(view) for view in sorted(site.running, key=_place)),
    )


def _place(view: ClientView) -> tuple[bool, float, str]:
    """The least trust first, those without a figure last."""
    trust = view.findings.trust.value
    return (trust is None, trust or 0.0, view.name.casefold())


def _columns(site: Site) -> Iterator[Column]:
    yield Column("Part")
    yield Column("Done", number=True)
    yield Column("Of", number=True)
    yield Column("Share", hidden=True)
    if site.sees("rows"):
        yield Column("Rows for it")
        yield Column("Rows against it")


def _part_row(site: Site, part: PartOfAll) -> PartRow:
    rows = (rows_cell(part.rows, 4), rows_cell(part.counter_rows, 4))
    return PartRow(
        name=sentence_case(part.name),
        component=part.component,
        done=part.done,
        asked=part.asked,
        share=f"{100 * part.done / part.asked:.1f}" if part.done else "",
        figures=(Cell(f"{part.done:,}", number=True), Cell(f"{part.asked:,}", number=True)),
        cells=rows if site.sees("rows") else (),
    )


def _client_row(view: ClientView) -> ClientRow:
    trust = view.findings.trust
    return ClientRow(
        client=view.link,
        trust=replace(view.link, anchor="trust"),
        figures=(
            _figure(trust.value, 0),
            _component(trust.care, 1),
            _component(trust.accountability, 1),
            _component(trust.communication, 2),
        ),
        advice=len(trust.signals),
        agree=Cell(NOT_KNOWN)
        if trust.agree is None
        else Cell("yes")
        if trust.agree
        else Cell("no", tone="due"),
        weakest=_weakest(trust),
    )


def _component(one: Component, places: int) -> Figure:
    return replace(_figure(one.value, places), is_rated=one.rated is not None)


def _figure(value: float | None, places: int) -> Figure:
    return Figure(NOT_KNOWN, "") if value is None else Figure(f"{value:.{places}f}", value)


def _weakest(trust: Trust) -> str:
    lacking = [
        (part.value, f"{part.name}: {part.numerator} of {part.denominator}")
        for one in trust.components
        for part in one.parts
        if part.value is not None and part.value < 1
    ]
    return min(lacking)[1] if lacking else ""


def pictures(site: Site) -> Iterator[charts.Request]:
    """The three parts of Trust, a dot for each client who has them all and is running."""
    trusted = [
        (c.name, c.trust.care.value, c.trust.accountability.value, c.trust.communication.value)
        for c in site.report.found.clients
        if c.trust.value is not None and c.seen.is_running
    ]
    if len(trusted) >= 2:
        yield picture("trust", charts.trust, trusted)


PAGE = Page(
    name="trust",
    title="Trust",
    question="Do they trust me, and why?",
    answer=answer,
    content=content,
    pictures=pictures,
)
