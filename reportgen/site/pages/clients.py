"""The list of all clients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportgen.analyses.lifecycle import RELATIONSHIP
from reportgen.evidence.red_line import SilenceState
from reportgen.model import Edition
from reportgen.report.report import Report
from reportgen.site.layout import BANDS, Cell, Column, Link
from reportgen.site.page import Page
from reportgen.site.shared import ClientView, Site
from reportgen.site.silence import silence
from reportgen.words import NOT_KNOWN, count, days, hours, sentence_case


@dataclass(frozen=True, slots=True)
class Meter:
    """The silence as a bar with the red line across it."""

    width: int
    """In hundredths of the whole."""
    red_line: int
    """Where it stands, likewise."""
    is_beyond: bool
    words: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client's line; None where the edition or the data has nothing to show."""

    client: Link
    stage: str | None
    """What the filter of relationships looks at."""
    state: str | None
    """What the filter of silences looks at."""
    relationship: Cell | None
    health: Cell | None
    silence: Cell | None
    meter: Meter | None
    sales: Cell | None
    time: Cell
    next_action: Cell | None


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    stages: tuple[str, ...]
    """To filter by: those of the five Cs at which somebody stands; empty without sales."""
    has_silences: bool
    """Whether the silence is shown and may be filtered by."""
    has_sales: bool
    order: str
    """What comes first."""
    columns: tuple[Column, ...]
    clients: tuple[ClientRow, ...]


def answer(report: Report) -> str:
    """All of them, in a sentence."""
    counts = report.found.counts
    if report.edition == Edition.ACCOUNTANT:
        return f"{sizes(report)}."  # which says nothing of silence
    if not counts.clients:
        return "There is no client yet."
    return f"{sizes(report)}; {counts.apart or 'all of them are running'}." + (
        " Those silent for longest beyond their red line come first." if counts.clients > 1 else ""
    )


def sizes(report: Report) -> str:
    """How many clients there are and, where sales are recorded, how many of them have bought."""
    counts = report.found.counts
    every = count(counts.clients, "client")
    if not report.found.sales_recorded:
        return f"{every}, of whom no sale is recorded"
    return f"{every}: {count(counts.customers, 'customer')}, {count(counts.prospects, 'prospect')}"


def content(site: Site) -> Content:
    """A line for each client, the longest silence first; where that is not seen, the most sales."""
    found = site.report.found
    views = site.worst_first if site.sees("matrix") else site.by_sales
    return Content(
        stages=tuple(name for name, number in found.relationship_counts.items() if number)
        if _has_stages(site)
        else (),
        has_silences=site.sees("matrix"),
        has_sales=found.sales_recorded,
        order="the longest silence against its red line"
        if site.sees("matrix")
        else "the most sales",
        columns=tuple(_columns(site)),
        clients=tuple(_client_row(site, view) for view in views),
    )


def _has_stages(site: Site) -> bool:
    """Whether the five Cs may be seen and can be told."""
    return site.sees("lifecycle") and site.report.found.sales_recorded


def _columns(site: Site) -> Iterator[Column]:
    yield Column("Client")
    if _has_stages(site):
        yield Column("Relationship")
    if site.sees("health"):
        yield Column("Health", number=True)
    if site.sees("matrix"):
        yield Column("Silence against its line", most_first=True)
    if site.report.found.sales_recorded:
        yield Column("Sales, 12 months", number=True, most_first=True)
    yield Column("Time, 12 months", number=True, most_first=True)
    if site.sees("actions"):
        yield Column("Next action")


def _client_row(site: Site, view: ClientView) -> ClientRow:
    one = view.findings
    stage = one.relationship.name
    sees_silence, sales_recorded = site.sees("matrix"), site.report.found.sales_recorded
    return ClientRow(
        client=view.link,
        stage=stage if site.sees("lifecycle") else None,
        state=view.state if sees_silence else None,
        relationship=Cell(sentence_case(stage), sort=RELATIONSHIP.index(stage))
        if _has_stages(site)
        else None,
        health=_health(view) if site.sees("health") else None,
        silence=_silence(view) if sees_silence else None,
        meter=_meter(view) if sees_silence else None,
        sales=Cell(
            site.money(one.worth.sales_now), sort=one.worth.sales_now, number=True, label="Sales"
        )
        if sales_recorded
        else None,
        time=Cell(
            hours(one.worth.minutes_now), sort=one.worth.minutes_now, number=True, label="Time"
        ),
        next_action=Cell(view.action.what if view.action else "") if site.sees("actions") else None,
    )


def _health(view: ClientView) -> Cell:
    health = view.findings.health
    if health.score is None or health.band is None:
        return Cell(NOT_KNOWN, sort="", number=True, label="Health")
    return Cell(
        f"{health.score:.0f}",
        sort=health.score,
        number=True,
        tone=BANDS[health.band],
        label="Health",
    )


def _silence(view: ClientView) -> Cell:
    """Sorted by how it stands to the red line; of the ended and those without a contact: last."""
    cell = silence(view)
    return cell if _is_measured(view) else replace(cell, sort="")


def _is_measured(view: ClientView) -> bool:
    """Whether there is a silence to measure: a contact, and no end."""
    quiet = view.findings.seen.silence
    return quiet.silence_days is not None and not quiet.client_ended


def _meter(view: ClientView) -> Meter | None:
    quiet = view.findings.seen.silence
    if quiet.silence_days is None or not _is_measured(view):
        return None
    return Meter(
        width=min(100, round(50 * quiet.silence_days / quiet.red_line_days)),
        red_line=50,
        is_beyond=view.state in (SilenceState.BELOW, SilenceState.LAPSED),
        words=f"{days(quiet.silence_days)} of a red line of {quiet.red_line_days}",
    )


PAGE = Page(name="clients", title="Clients", question="All of them", answer=answer, content=content)
