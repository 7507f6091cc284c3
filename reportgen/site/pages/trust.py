"""Trust: do they trust me, and why?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import median

from reportgen.analyses.conversations import Answers, answers_of_all
from reportgen.estimates.trust import (
    Component,
    PartOfAll,
    Trust,
    TrustPart,
    gains,
    held_back_by,
    parts_of_all,
)
from reportgen.model import BusinessModel
from reportgen.pictures import charts
from reportgen.pictures.drawing import Chart
from reportgen.problems import Row
from reportgen.report.findings import Findings, running
from reportgen.report.report import Report
from reportgen.settings.settings import Settings
from reportgen.site.layout import Cell, Column, Figure, Line, Names, Table, width
from reportgen.site.page import Page
from reportgen.site.prose.english.figures import than_last_month
from reportgen.site.shared import ClientView, Site
from reportgen.values import dataclass
from reportgen.words import count, hours, sentence_case


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of Trust over all running clients."""

    name: str
    component: str
    said: str
    """What is counted."""
    done: str
    """``3 of 9``."""
    share: str
    """The width of its bar in per cent; empty where nothing is done."""


@dataclass(frozen=True, slots=True)
class PartRows:
    """The rows for a part of Trust, and those against it."""

    name: str
    rows: tuple[Row, ...]
    counter_rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A part of which nothing is known for anybody."""

    name: str
    record: str
    """What to record to know it."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    base: str
    """Of how many of the running clients it can be told; empty where of none."""
    figures: tuple[Figure, ...]
    picture: Chart | None
    parts: tuple[PartRow, ...]
    """What would raise trust most first."""
    rows: tuple[PartRows, ...]
    """Of these parts; empty where the edition may not see them."""
    unknown: tuple[Unknown, ...]
    clients: Table | None
    """The least trust first; None where it can be told of nobody."""
    without_accountability: str
    """Of how many clients trust speaks without Accountability; empty where of none."""
    untold: Names
    """The running clients of whom too little is known."""


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


_SAID: Mapping[TrustPart, str] = {
    TrustPart.UNDERSTANDING: "customers with a discovery, brief or onboarding around their first purchase",
    TrustPart.RELIABILITY: "promises kept on the day",
    TrustPart.HUMAN_CONNECTION: "relationship-building touches, of as many as would do",
    TrustPart.PROBLEMS_OWNED: "complaints put right in time",
    TrustPart.CLEAR_BEGINNINGS: "beginnings with what makes them clear",
    TrustPart.RESPONSIVENESS: "messages answered in time",
    TrustPart.BOTH_DIRECTIONS: "months with contact in which it went both ways",
    TrustPart.LISTENING: "clients asked how it was",
    TrustPart.CONTINUITY: "days above the red line",
}
"""Part of Trust → what is counted."""


def content(site: Site) -> Content:
    """Trust in the middle, its parts over all running clients, and each client's, the least trust first."""
    trusts = [view.findings.trust for view in site.running]
    gained = gains(trusts)
    parts = parts_of_all(trusts)
    known = sorted(
        (part for part in parts if part.asked),
        key=lambda part: (-gained[part.name], part.done / part.asked, part.name),
    )
    told = sorted((v for v in site.running if v.findings.trust.index is not None), key=_place)
    untold = [view.name for view in site.running if view.findings.trust.index is None]
    return Content(
        base=_base(len(told), len(site.running)) if told else "",
        figures=tuple(_figures(site)),
        picture=site.pictures.get("trust"),
        parts=tuple(_part_row(part) for part in known),
        rows=tuple(
            PartRows(sentence_case(part.name), part.rows, part.counter_rows)
            for part in known
            if site.sees("rows")
        ),
        unknown=tuple(
            Unknown(sentence_case(part.name), part.record)
            for part in parts
            if not part.asked and part.name not in _foreign(site)
        ),
        clients=_clients(told) if told else None,
        without_accountability=_without_accountability(told),
        untold=site.names(untold if told else [], 12),
    )


def _base(told: int, everyone: int) -> str:
    clients = count(everyone, "running client")
    if told == everyone:
        return f"Counted: your {clients}."
    return f"Trust can be told for {told:,} of {clients}."


def _foreign(site: Site) -> set[TrustPart]:
    """What a shop has nothing of, whatever its owner records."""
    models = {view.findings.seen.business_model for view in site.running}
    return {TrustPart.CLEAR_BEGINNINGS} if models == {BusinessModel.PRODUCT} else set()


def _without_accountability(told: list[ClientView]) -> str:
    several = sum(view.findings.trust.accountability.value is None for view in told)
    return count(several, "client") if several else ""


def _figures(site: Site) -> Iterator[Figure]:
    """Trust in the middle, and how long each side waits for the other; what is not known stays away."""
    now, then = _middle(site.report.found), _middle(site.report.before)
    if now is not None:
        yield Figure(
            "Trust in the middle",
            f"{now}",
            f"of 100: the middle one of {_told(site)}",
            "" if then is None else than_last_month(now, then),
        )
    answers = answers_of_all(view.findings.answers for view in site.running)
    yield from _waiting(answers, site.report.settings)


def _told(site: Site) -> str:
    """Of how many running clients trust can be told."""
    number = sum(view.findings.trust.index is not None for view in site.running)
    return count(number, "client")


def _middle(found: Findings) -> int | None:
    """The median of the index over the running clients; None where it is known of nobody."""
    known = [one.trust.index for one in running(found) if one.trust.index is not None]
    return round(median(known)) if known else None


def _waiting(found: Answers, settings: Settings) -> Iterator[Figure]:
    """What can be told of answers and beginnings, the last three months beside the year."""
    year, lately = found.year, found.lately
    for whom, now, then in (
        ("Half of your answers come within", year.ours, lately.ours),
        ("Half of theirs come within", year.theirs, lately.theirs),
    ):
        if now is not None:
            said = _working_time(now, settings)
            lately_said = None if then is None else _working_time(then, settings)
            of = "of your working time" if said.endswith(("h", "min")) else ""
            yield Figure(whom, said, of, _lately(said, lately_said, is_better=(then or 0) < now))
    opened = year.opened
    if opened.denominator:
        of_late = lately.opened
        yield Figure(
            "You began",
            f"{opened.numerator:,} of {opened.denominator:,}",
            "conversations",
            f"{of_late.numerator:,} of {of_late.denominator:,} in the last three months"
            if of_late.denominator
            else "",
        )


def _lately(year: str, lately: str | None, is_better: bool) -> str:
    """How it was in the last three months, beside the year; empty where that is not known."""
    if lately is None:
        return ""
    if lately == year:
        return "The same in the last three months"
    return f"{'Better' if is_better else 'Worse'} in the last three months: {lately}"


_LONG = 5
"""From so many working days on a wait is told in days."""


def _working_time(waited: float, settings: Settings) -> str:
    """``3 h 20 min``; a wait of a week or longer in working days."""
    opens, closes = (at.hour + at.minute / 60 for at in (settings.opens, settings.closes))
    if waited >= _LONG * (closes - opens):
        return count(round(waited / (closes - opens)), "working day")
    return hours(round(60 * waited))


def _place(view: ClientView) -> tuple[float, str]:
    """The least trust first."""
    return (view.findings.trust.index or 0.0, view.name.casefold())


def _part_row(part: PartOfAll) -> PartRow:
    return PartRow(
        name=sentence_case(part.name),
        component=part.component,
        said=_SAID[part.name],
        done=f"{part.done:,} of {part.asked:,}",
        share=width(part.done, part.asked) if part.done else "",
    )


def _clients(told: list[ClientView]) -> Table:
    return Table(
        id="trust-table",
        caption="The least trust first, from 0 to 100; advice that they ask for is counted beside it",
        columns=(
            Column("Client"),
            Column("Trust", number=True),
            Column("What holds it back", fixed=True),
            Column("Care", number=True),
            Column("Accountability", number=True),
            Column("Communication", number=True),
            Column("Advice asked", number=True, most_first=True),
        ),
        lines=tuple(
            Line(replace(view.link, anchor="trust"), tuple(_cells(view.findings.trust)))
            for view in told
        ),
    )


def _cells(trust: Trust) -> Iterator[Cell]:
    """What is not known, and no advice asked, is an empty cell."""
    yield Cell(f"{trust.index:.0f}", sort=trust.index, number=True)
    yield Cell(_held_back_by(trust))
    yield _component("care", trust.care, 1)
    yield _component("accountability", trust.accountability, 1)
    yield _component("communication", trust.communication, 2)
    advice = len(trust.signals)
    yield Cell(
        f"{advice}" if advice else "",
        sort=advice,
        number=True,
        label="advice asked" if advice else "",
        note="" if trust.agree is not False else _disagreement(advice),
        note_style="due",
    )


def _disagreement(advice: int) -> str:
    """What the signals say where the index says the opposite."""
    return "all the same" if advice else "yet never asks for advice"


def _component(label: str, one: Component, places: int) -> Cell:
    if one.value is None:
        return Cell("", sort="", number=True)
    return Cell(
        f"{one.value:.{places}f}",
        sort=one.value,
        number=True,
        label=label,
        note="rated" if one.rated is not None else "",
        note_style="soft",
    )


def _held_back_by(trust: Trust) -> str:
    name = trust.held_back_by
    for one in trust.components:
        for part in one.parts:
            if part.name == name:
                return f"{part.name}: {part.numerator} of {part.denominator}"
    return ""


def pictures(site: Site) -> Iterator[Chart]:
    """The three parts of Trust, a dot for each running client of whom it can be told."""
    trusted = [
        (view.name, care.value, accountability.value, communication.value)
        for view in site.running
        for care, accountability, communication in (view.findings.trust.components,)
        if view.findings.trust.index is not None
        if care.value is not None and communication.value is not None
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
