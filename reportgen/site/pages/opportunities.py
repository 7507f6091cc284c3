"""Opportunities: who would gladly be asked?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportgen.analyses.opportunities import Opportunity, OpportunityKind
from reportgen.model import Edition, Role
from reportgen.periods import year_to
from reportgen.problems import Row
from reportgen.report.report import Report
from reportgen.settings.settings import Settings
from reportgen.site.due import held_back
from reportgen.site.layout import Cell, Column, Link, rows_cell
from reportgen.site.page import Page
from reportgen.site.shared import ClientView, Site
from reportgen.words import count, days, in_words, listed, sentence_case, short_day, tenths

_NEARLY_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Surprises:
    """What surprises may cost, and what they did."""

    budget: str
    """A sentence; empty where none is set."""
    spent: str


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """One client who would gladly be asked."""

    client: Link
    why: str
    day: str
    letter: str
    """The name of its file."""
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    """The same for the wide table, with what the edition may see."""


@dataclass(frozen=True, slots=True)
class NearlyRow:
    """One client with one thing in the way."""

    client: Link
    cells: tuple[Cell, ...]
    """What it is, and its rows where the edition may see them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One rule with the clients it was looked at for, most sales first."""

    id: str
    title: str
    about: str
    surprises: Surprises | None
    ready: tuple[ReadyRow, ...]
    nearly_in_all: str
    """How many have one thing in the way, in words."""
    nearly: tuple[NearlyRow, ...]
    """The first of them."""


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One client who is asked for nothing until something is put right."""

    client: Link
    words: str


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    ready_columns: tuple[Column, ...]
    nearly_columns: tuple[Column, ...]
    kinds: tuple[Kind, ...]
    held_back: tuple[HeldRow, ...]


def answer(report: Report) -> str:
    """Who would gladly be asked?"""
    ready = {
        kind: sum(one.kind == kind for c in report.found.clients for one in report.ready(c))
        for kind in OPPORTUNITY_WORDS
    }
    parts = [
        f"{in_words(number)} for {OPPORTUNITY_WORDS[kind]}"
        for kind, number in ready.items()
        if number
    ]
    if not report.found.sales_recorded:
        due = f"Ready this month: {listed(parts, 5)}." if parts else "No birthday is near."
        return f"{due} No sale is recorded, and all other opportunities rest on the Sales sheet."
    if not parts:
        return "Nobody this month: the table says what stands in the way."
    return f"Ready this month: {listed(parts, 5)}."


OPPORTUNITY_WORDS = {
    OpportunityKind.WOW: "a surprise",
    OpportunityKind.REFERRAL: "a referral request",
    OpportunityKind.TESTIMONIAL: "a testimonial",
    OpportunityKind.SURVEY: "the short survey",
    OpportunityKind.GREETING: "a greeting",
}


def content(site: Site) -> Content:
    """The rules that the data can carry, with who is ready and who has one thing in the way."""
    return Content(
        ready_columns=tuple(_ready_columns(site)),
        nearly_columns=tuple(_nearly_columns(site)),
        kinds=tuple(
            _kind(site, kind, title, about)
            for kind, (title, about) in _words(site.report.settings).items()
            # Nobody can be told to have bought nothing.
            if kind is OpportunityKind.GREETING or site.report.found.sales_recorded
        ),
        held_back=tuple(
            HeldRow(site.by_name[one.client].link, held_back(one))
            for one in site.report.plan.held_back.values()
        ),
    )


def _words(settings: Settings) -> dict[OpportunityKind, tuple[str, str]]:
    """Rule → what it is called, and for whom it is."""
    return {
        OpportunityKind.WOW: (
            "A surprise",
            f"For good clients who bought {settings.wow_from_days} to {settings.wow_until_days} days ago "
            "and expect nothing today. Be genuine; do it on purpose; let it cost a little; when it "
            "is not expected; and make it easy for yourself, the letter is ready.",
        ),
        OpportunityKind.REFERRAL: (
            "Ask for a referral",
            "For committed or loyal clients in good spirits who have not been asked for "
            f"{days(settings.referral_again_days)}.",
        ),
        OpportunityKind.TESTIMONIAL: (
            "Ask for a testimonial",
            f"For clients whose last score was {tenths(settings.good_score)} or more and who have "
            "given none yet.",
        ),
        OpportunityKind.SURVEY: (
            "Send the short survey",
            "For clients who bought, or whose work ended, in the last "
            f"{days(settings.survey_within_days)}.",
        ),
        OpportunityKind.GREETING: (
            "Send a greeting",
            "For birthdays and the yearly days of a first purchase in the next "
            f"{days(settings.greeting_days)}.",
        ),
    }


def _kind(site: Site, kind: OpportunityKind, title: str, about: str) -> Kind:
    looked = [
        (view, one)
        for view in site.by_sales
        for one in view.findings.opportunities
        if one.kind == kind
    ]
    nearly = [
        (view, one)
        for view, one in looked
        if len(one.in_the_way) == 1
        and not view.findings.seen.lapsed
        and kind is not OpportunityKind.GREETING
    ]
    return Kind(
        id=kind,
        title=title,
        about=about,
        surprises=_surprises(site) if kind is OpportunityKind.WOW else None,
        ready=tuple(
            _ready_row(site, view, one)
            for view, one in looked
            if one in site.report.ready(view.findings)
        ),
        nearly_in_all=count(len(nearly), "running client"),
        nearly=tuple(_nearly_row(site, *each) for each in nearly[:_NEARLY_SHOWN]),
    )


def _surprises(site: Site) -> Surprises:
    year = year_to(site.report.as_of)
    costs = [
        touchpoint.cost or Decimal()
        for view in site.clients
        for touchpoint in view.findings.seen.touchpoints
        if touchpoint.activity.role is Role.WOW and touchpoint.date in year
    ]
    if not costs:
        return Surprises(_budget(site), "There was none in the last 12 months.")
    average = sum(costs, Decimal()) / len(costs)
    budget = site.report.settings.wow_budget
    more = ", more than that" if budget is not None and average > budget else ""
    return Surprises(
        _budget(site),
        f"{count(len(costs), 'surprise')} in the last 12 months cost {site.money(average)} "
        f"on average{more}.",
    )


def _budget(site: Site) -> str:
    budget = site.report.settings.wow_budget
    if budget is None:
        return ""
    is_index = site.report.edition == Edition.COACH
    index = ", where what your largest client has bought in all is 100" if is_index else ""
    return f"Your budget for one is {site.money(budget)}{index}."


def _ready_columns(site: Site) -> Iterator[Column]:
    yield Column("Client")
    yield Column("Why now")
    yield Column("Best sent")
    if site.sees("letters"):
        yield Column("Letter")
    if site.sees("rows"):
        yield Column("Rows")


def _ready_row(site: Site, view: ClientView, one: Opportunity) -> ReadyRow:
    why = sentence_case("; ".join(check.words for check in one.checks))
    letter = site.letter(one.letter)
    cells = [Cell(why), Cell(short_day(one.day))]
    if site.sees("letters"):
        cells.append(Cell(letter.text if letter else "", link=letter))
    if site.sees("rows"):
        cells.append(rows_cell(one.rows, 6))
    return ReadyRow(
        client=view.link,
        why=why,
        day=short_day(one.day),
        letter=one.letter,
        rows=site.rows(one.rows),
        cells=tuple(cells),
    )


def _nearly_columns(site: Site) -> Iterator[Column]:
    yield Column("Client")
    yield Column("In the way")
    if site.sees("rows"):
        yield Column("Rows")


def _nearly_row(site: Site, view: ClientView, one: Opportunity) -> NearlyRow:
    (check,) = one.in_the_way
    cells = [Cell(sentence_case(check.words))]
    if site.sees("rows"):
        cells.append(rows_cell(check.rows, 4) if check.rows else Cell())
    return NearlyRow(view.link, tuple(cells))


PAGE = Page(
    name="opportunities",
    title="Opportunities",
    question="Who would gladly be asked?",
    answer=answer,
    content=content,
)
