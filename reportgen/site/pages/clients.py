"""The list of all clients: the running ones by what is at stake, the lapsed and the ended apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reportgen.analyses.lifecycle import RELATIONSHIP
from reportgen.evidence.red_line import SilenceState
from reportgen.model import Edition
from reportgen.report.findings import ClientFindings
from reportgen.report.report import Report
from reportgen.site.layout import BANDS, Cell, Column, Line, Link, Listed, Part, Table
from reportgen.site.page import Page
from reportgen.site.shared import ClientView, Site
from reportgen.site.silence import silence
from reportgen.values import dataclass
from reportgen.words import (
    count,
    count_in_words,
    hours,
    in_words,
    money,
    sentence_case,
    short_day,
)


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client's line."""

    client: Link
    stage: str
    """What the filter of stages looks at; empty where there is none."""
    state: str
    """What the filter of silences looks at; empty likewise."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ClientTable(Listed):
    """Some of the clients, line by line."""

    id: str
    title: str
    """A caption, or what folds them."""
    columns: tuple[Column, ...]
    """That of the client comes first."""
    rows: tuple[ClientRow, ...]
    part: Part | None = None

    @property
    def length(self) -> int:
        """How many clients they are."""
        return len(self.rows)

    def table(self) -> Table:
        """The same without what the filters look at."""
        lines = tuple(Line(row.client, row.cells) for row in self.rows)
        return Table(self.id, self.title, self.columns, lines)

    def cut(self, part: Part) -> ClientTable:
        """The same with its first clients alone."""
        return replace(self, rows=self.rows[: self.keeps], part=part)


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    stages: tuple[str, ...]
    """To filter by: those of the five Cs at which somebody running stands; empty without sales."""
    has_silences: bool
    """Whether the silence is shown and may be filtered by."""
    table: ClientTable
    """Of the running; of all where silence is not seen."""
    folds: tuple[ClientTable, ...]
    """The lapsed and the ended, as far as there are any."""

    @property
    def is_whole(self) -> bool:
        """Whether everybody stands on the page, and can be found by its filters."""
        return not any(one.part for one in (self.table, *self.folds))


def answer(report: Report) -> str:
    """How many are running, how many of them wait for a word, and what is at stake there."""
    counts = report.found.counts
    if report.edition == Edition.ACCOUNTANT:
        return f"{_sizes(report)}."  # which says nothing of silence
    if not counts.clients:
        return "There is no client yet."
    running = [one for one in report.found.clients if one.seen.is_running]
    if not running:
        return f"Nobody is running: {counts.apart}."
    below = sum(one.seen.state is SilenceState.BELOW for one in running)
    whom = f"{in_words(below)} of {count_in_words(len(running), 'running client')}"
    if not below:
        many = f"Nobody among the {len(running):,} running clients has"
        who = many if len(running) > 1 else "The one running client has not"
        return f"{who} waited longer for a word than they accept."
    if len(running) == 1:
        return "The one running client has waited longer for a word than they accept."
    verb = "has" if below == 1 else "have"
    return (
        f"{sentence_case(whom)} {verb} waited longer for a word than they accept"
        f"{_at_stake(report, running)}."
    )


def _at_stake(report: Report, running: Sequence[ClientFindings]) -> str:
    """What those who wait brought; empty where it is nothing, or an index."""
    waiting = [one.worth.sales_now for one in running if one.seen.state is SilenceState.BELOW]
    brought = sum(waiting, Decimal())
    everything = sum(one.worth.sales_now for one in report.found.clients)
    if brought <= 0 or report.edition == Edition.COACH:
        return ""
    currency = report.settings.currency
    who = "they" if len(waiting) > 1 else "that one"
    return f"; {who} brought {money(brought, currency)} of the year’s {money(everything, currency)}"


def _sizes(report: Report) -> str:
    """How many clients there are and, where sales are recorded, how many of them have bought."""
    counts = report.found.counts
    every = count(counts.clients, "client")
    if not report.found.sales_recorded:
        return f"{every}, of whom no sale is recorded"
    return f"{every}: {count(counts.customers, 'customer')}, {count(counts.prospects, 'prospect')}"


def content(site: Site) -> Content:
    """A line for each client: most at stake first, or most sales where silence is not seen."""
    if not site.sees("matrix"):
        table = ClientTable(
            "list",
            "Clients, the most sales first",
            tuple(_columns_of_books(site)),
            tuple(
                ClientRow(view.link, "", "", tuple(_books(site, view))) for view in site.by_sales
            ),
        )
        return Content((), False, table, ())
    running = ClientTable(
        "list",
        "Clients, what is at stake first",
        tuple(_columns(site)),
        tuple(_running(site, view) for view in site.by_stake),
    )
    return Content(
        stages=tuple(n for n, number in site.report.found.relationship_counts.items() if number)
        if site.report.found.sales_recorded
        else (),
        has_silences=True,
        table=running,
        folds=tuple(_folds(site)),
    )


def _columns_of_books(site: Site) -> Iterator[Column]:
    yield Column("Client")
    if site.report.found.sales_recorded:
        yield Column("Sales, 12 months", number=True, most_first=True)
    yield Column("Time, 12 months", number=True, most_first=True)


def _books(site: Site, view: ClientView) -> Iterator[Cell]:
    worth = view.findings.worth
    if site.report.found.sales_recorded:
        yield _sales(site, view)
    yield Cell(hours(worth.minutes_now), sort=worth.minutes_now, number=True, label="Time")


def _columns(site: Site) -> Iterator[Column]:
    yield Column("Client")
    yield Column("Silence", most_first=True)
    if site.report.found.sales_recorded:
        yield Column("Stage")
    yield Column("Health")
    if site.report.found.sales_recorded:
        yield Column("Sales, 12 months", number=True, most_first=True)
    yield Column("Due")


def _running(site: Site, view: ClientView) -> ClientRow:
    stage = view.findings.relationship.name
    return ClientRow(
        client=view.link, stage=stage, state=view.state, cells=tuple(_cells(site, view))
    )


def _cells(site: Site, view: ClientView) -> Iterator[Cell]:
    stage = view.findings.relationship.name
    yield _silence(view)
    if site.report.found.sales_recorded:
        yield Cell(stage, sort=RELATIONSHIP.index(stage))
    yield _health(view)
    if site.report.found.sales_recorded:
        yield _sales(site, view)
    yield Cell(_due(site, view))


def _silence(view: ClientView) -> Cell:
    """Sorted by how it stands to the red line; of those without a contact: last."""
    cell = replace(silence(view), number=False)
    known = view.findings.seen.silence.silence_days is not None
    return cell if known else replace(cell, sort="")


def _health(view: ClientView) -> Cell:
    """In a word, sorted by the score; empty where it is not known."""
    health = view.findings.health
    if health.score is None or health.band is None:
        return Cell(sort="")
    return Cell(health.band, sort=f"{health.score:.1f}", tone=BANDS[health.band])


def _sales(site: Site, view: ClientView) -> Cell:
    sold = view.findings.worth.sales_now
    return Cell(site.money(sold) if sold else "", sort=sold, number=True, label="Sales")


def _due(site: Site, view: ClientView) -> str:
    """The message to them, or the mailing that they are in; empty without either."""
    mailing = site.mailing_of.get(view.name)
    if view.action:
        return view.action.what
    return f"{mailing.what}, in a mailing" if mailing else ""


def _folds(site: Site) -> Iterator[ClientTable]:
    apart = site.apart
    if lapsed := apart[SilenceState.LAPSED]:
        title = f"{len(lapsed):,} lapsed, silent for so long that nobody waits any more"
        yield _apart(site, "lapsed", title, "Silence", lapsed)
    if ended := apart[SilenceState.ENDED]:
        yield _apart(site, "ended", f"{len(ended):,} ended", "Ended", ended)


def _apart(site: Site, id_: str, title: str, what: str, views: Sequence[ClientView]) -> ClientTable:
    recorded = site.report.found.sales_recorded
    columns = [Column("Client"), Column(what), Column("Last contact")]
    columns += [Column("Sales in all", number=True, most_first=True)] if recorded else []
    return ClientTable(
        id_,
        title,
        tuple(columns),
        tuple(
            ClientRow(
                view.link, view.findings.relationship.name, view.state, tuple(_gone(site, view))
            )
            for view in views
        ),
    )


def _gone(site: Site, view: ClientView) -> Iterator[Cell]:
    quiet, worth = view.findings.seen.silence, view.findings.worth
    yield replace(silence(view), number=False, tone="")
    last = quiet.last_contact
    yield Cell(short_day(last) if last else "", sort=last or "", label="Last contact")
    if site.report.found.sales_recorded:
        sold = worth.sales_total
        yield Cell(site.money(sold) if sold else "", sort=sold, number=True, label="Sales in all")


PAGE = Page(
    name="clients",
    title="Clients",
    question="How do we stand, one by one?",
    answer=answer,
    content=content,
)
