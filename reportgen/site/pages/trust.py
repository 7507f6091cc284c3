"""Trust: do they trust me, and why?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportgen.analyses.conversations import Answers, Exchange, answers_of_all
from reportgen.estimates.trust import (
    Component,
    PartOfAll,
    Trust,
    TrustPart,
    held_back_by,
    parts_of_all,
)
from reportgen.model import BusinessModel
from reportgen.pictures import charts
from reportgen.pictures.drawing import Chart
from reportgen.report.findings import running
from reportgen.report.report import Report
from reportgen.site.layout import Cell, Column, Link, rows_cell
from reportgen.site.page import Page
from reportgen.site.shared import ClientView, Site
from reportgen.words import NOT_KNOWN, count, hours, sentence_case


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
    held_back_by: str
    """The part which, met in full, would raise trust most, with its count; empty where none would."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    base: str
    """Of how many of the running clients it can be told; empty where of none."""
    picture: Chart | None
    columns: tuple[Column, ...]
    """Of the parts."""
    parts: tuple[PartRow, ...]
    """The weakest first."""
    without_accountability: str
    """Of how many clients trust speaks without Accountability; empty where of none."""
    waiting: tuple[str, ...]
    """How long each side waits for an answer and who begins, in sentences."""
    unknown: tuple[Unknown, ...]
    clients: tuple[ClientRow, ...]


def answer(report: Report) -> str:
    """Do they trust me, and why?"""
    going = running(report.found)
    trusts = [client.trust for client in going if client.trust.value is not None]
    if not trusts:
        return (
            "Trust cannot be told yet: record promises, complaints and incoming messages on the "
            "Touchpoints sheet, or your own judgement on the Ratings sheet."
        )
    name = held_back_by(trusts)
    if name is None:
        return f"Nothing holds trust back with the {count(len(trusts), 'client')} of whom it can be told."
    (part,) = [one for one in parts_of_all(trusts) if one.name == name]
    if name is TrustPart.CLEAR_BEGINNINGS:
        models = {client.seen.business_model for client in going}
        what, counted = "unclear beginnings", _unclear(models)
    else:
        what, counted = TRUST_WORDS[name]
    if part.asked == 1:
        return f"What holds trust back most is {what}."
    missing = counted.format(f"{part.asked - part.done:,}", f"{part.asked:,}")
    return f"What holds trust back most is {what}: {missing}."


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
    TrustPart.RESPONSIVENESS: ("slow answers", "{0} of {1} messages were not answered in time"),
    TrustPart.BOTH_DIRECTIONS: (
        "one-way contact",
        "in {0} of {1} months with contact it went only one way",
    ),
    TrustPart.LISTENING: ("not asking", "{0} of {1} clients were not asked for feedback"),
    TrustPart.CONTINUITY: ("silence", "{0} of {1} days were below the red line"),
}
"""Part of Trust → what holds it back, and the count in words; beginnings are told by business model."""


def _unclear(models: set[BusinessModel | None]) -> str:
    """The count of unclear beginnings in words: a project begins otherwise than a service."""
    if BusinessModel.CONSULTANCY not in models:
        return (
            "{0} of {1} clients had no onboarding at their first payment, or no review in the year"
        )
    if models <= {BusinessModel.CONSULTANCY, BusinessModel.PRODUCT}:
        return "{0} of {1} projects had no brief, proposal or agenda before them"
    return "{0} of {1} projects and clients began without a brief, an onboarding or a yearly review"


def content(site: Site) -> Content:
    """The parts of Trust over all running clients, and each client's, the least trust first."""
    parts = parts_of_all(view.findings.trust for view in site.running)
    known = [part for part in parts if part.asked]
    return Content(
        base=_base(site),
        picture=site.pictures.get("trust"),
        columns=tuple(_columns(site)),
        parts=tuple(
            _part_row(site, part)
            for part in sorted(known, key=lambda part: (part.done / part.asked, part.name))
        ),
        without_accountability=_without_accountability(site),
        waiting=tuple(_waiting(answers_of_all(view.findings.answers for view in site.running))),
        unknown=tuple(
            Unknown(sentence_case(part.name), part.record)
            for part in parts
            if not part.asked and part.name not in _foreign(site)
        ),
        clients=tuple(_client_row(view) for view in sorted(site.running, key=_place)),
    )


def _base(site: Site) -> str:
    told = sum(view.findings.trust.value is not None for view in site.running)
    if not told:
        return ""
    return f"Trust can be told for {told:,} of {count(len(site.running), 'running client')}."


def _foreign(site: Site) -> set[TrustPart]:
    """What a shop has nothing of, whatever its owner records."""
    models = {view.findings.seen.business_model for view in site.running}
    return {TrustPart.CLEAR_BEGINNINGS} if models == {BusinessModel.PRODUCT} else set()


def _without_accountability(site: Site) -> str:
    several = sum(
        view.findings.trust.value is not None and view.findings.trust.accountability.value is None
        for view in site.running
    )
    return count(several, "client") if several else ""


def _waiting(found: Answers) -> Iterator[str]:
    """What can be told of answers and beginnings, the last three months beside the year."""
    year, lately = found.year, found.lately
    for whom, now, then in (
        ("Half of your answers come", year.ours, lately.ours),
        ("Half of theirs come", year.theirs, lately.theirs),
    ):
        if now is not None:
            of_late = "" if then is None else f"; in the last three months within {_hours(then)}"
            yield f"{whom} within {_hours(now)} of your working time{of_late}."
    if year.opened.denominator:
        of_late = (
            f", and {_opened(lately)} in the last three months" if lately.opened.denominator else ""
        )
        yield f"You opened {_opened(year)} conversations{of_late}."


def _opened(one: Exchange) -> str:
    return f"{one.opened.numerator:,} of {one.opened.denominator:,}"


def _hours(value: float) -> str:
    return hours(round(60 * value))


def _place(view: ClientView) -> tuple[bool, float, str]:
    """The least trust first, those without a figure last."""
    trust = view.findings.trust.index
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
            _figure(trust.index, 0),
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
        held_back_by=_held_back_by(trust),
    )


def _component(one: Component, places: int) -> Figure:
    return replace(_figure(one.value, places), is_rated=one.rated is not None)


def _figure(value: float | None, places: int) -> Figure:
    return Figure(NOT_KNOWN, "") if value is None else Figure(f"{value:.{places}f}", value)


def _held_back_by(trust: Trust) -> str:
    for one in trust.components:
        for part in one.parts:
            if part.name == trust.held_back_by:
                return f"{part.name}: {part.numerator} of {part.denominator}"
    return ""


def pictures(site: Site) -> Iterator[Chart]:
    """The three parts of Trust, a dot for each running client who has them all."""
    trusted = [
        (view.name, care.value, accountability.value, communication.value)
        for view in site.running
        for care, accountability, communication in (view.findings.trust.components,)
        if care.value is not None
        and accountability.value is not None
        and communication.value is not None
    ]
    if len(trusted) >= 2:
        yield charts.trust("trust", trusted)


PAGE = Page(
    name="trust",
    title="Trust",
    question="Do they trust me, and why?",
    answer=answer,
    content=content,
    pictures=pictures,
)
