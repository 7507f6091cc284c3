"""Touchpoints and time: which hours could a template do?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.analyses.efficiency import ActivityTime, KeyMoment, Saving
from reportgen.analyses.touchpoint_mix import Coverage
from reportgen.model import ActivityValue
from reportgen.pictures import bars
from reportgen.pictures.drawing import Chart
from reportgen.report.report import Report
from reportgen.shares import Share
from reportgen.site.layout import Cell, Column, Link, Names, rows_cell
from reportgen.site.page import Page
from reportgen.site.shared import ClientView, Site
from reportgen.words import (
    NOT_KNOWN,
    count,
    hours,
    listed,
    percent,
    sentence_case,
    share_of,
    short_day,
)


@dataclass(frozen=True, slots=True)
class SavingRow:
    """What a template would save of one activity."""

    activity: str
    time: str
    template: str
    """The name of the letter, or a tool."""
    saved: str
    """Hours a year."""
    cells: tuple[Cell, ...]
    """The same for the wide table, with what the edition may see."""


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """What one activity took."""

    name: str
    figures: tuple[Cell, ...]
    """From its kind to its share added up."""
    rows: tuple[Cell, ...]
    """The cell of its rows, where the edition may see them."""


@dataclass(frozen=True, slots=True)
class KindRow:
    """One of the eleven kinds, over all clients."""

    name: str
    touchpoints: int
    last: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the eleven kinds, for one client."""

    touchpoints: int
    title: str
    """Which, how often and when last; empty where there was none."""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """The eleven kinds for one client."""

    client: Link
    marks: tuple[Mark, ...]
    covered: int
    """How many of the eleven."""


@dataclass(frozen=True, slots=True)
class MomentRow:
    """One key moment."""

    name: str
    had: str
    missed: Names
    """The running customers without it."""
    missed_at_length: Names
    """More of them, where there is room."""
    never: str
    """What to say in their place where no customer ever had it; empty where somebody had."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    picture: Chart | None
    saving_share: str
    saving_columns: tuple[Column, ...]
    savings: tuple[SavingRow, ...]
    without_minutes: str
    """How many touchpoints have none; empty where all have."""
    activity_columns: tuple[Column, ...]
    activities: tuple[ActivityRow, ...]
    never: str
    """The kinds that were never used; empty where all were."""
    kinds: tuple[KindRow, ...]
    covered: int
    """How many of the eleven, over all clients."""
    clients: tuple[ClientRow, ...]
    has_sales: bool
    """Without a sale nobody can be told to be a customer."""
    moments: tuple[MomentRow, ...]


def answer(report: Report) -> str:
    """Which hours could a template do?"""
    spent = report.found.efficiency
    if not spent.minutes:
        return "There are no minutes yet: record Minutes on the Touchpoints sheet to see where they go."
    share = spent.low_value_share
    month = spent.low_value_hours_per_month
    if not share or month is None:
        return (
            f"None of {count(round(spent.minutes / 60), 'hour')} of the last 12 months went into "
            "administration, as far as it is recorded."
        )
    first = spent.savings[0].activity.name.casefold()
    return (
        f"Administration takes {month:.1f} h a month, {percent(share)} of your time; templates, "
        f"first for {first}, would save some {spent.savings_hours:.0f} hours a year."
    )


_ACTIVITIES_SHOWN = 14
_NEVER = "nobody ever had one: write a touchpoint with the activity {} when you hold it"


def pictures(site: Site) -> Iterator[Chart]:
    """The hours of each activity."""
    spent = [
        (
            one.activity.name or "not named",
            one.minutes / 60,
            one.activity.value == ActivityValue.LOW,
        )
        for one in site.report.found.efficiency.activities
        if one.minutes
    ]
    if spent:
        yield bars.hours_by_activity("activities", spent[:_ACTIVITIES_SHOWN])


def content(site: Site) -> Content:
    """Where the hours went, what would save some, and who was given what."""
    found = site.report.found
    without = found.counts.without_minutes
    return Content(
        picture=site.pictures.get("activities"),
        saving_share=percent(site.report.settings.template_saving_share),
        saving_columns=tuple(_saving_columns(site)),
        savings=tuple(_saving_row(site, one) for one in found.efficiency.savings),
        without_minutes=f"{count(without, 'touchpoint')} of all time "
        f"{'has' if without == 1 else 'have'} no minutes"
        if without
        else "",
        activity_columns=tuple(_activity_columns(site)),
        activities=tuple(_activity_row(site, one) for one in found.efficiency.activities),
        never=listed(found.mix.never, 11) if found.mix.never else "",
        kinds=tuple(
            KindRow(one.kind, one.touchpoints, short_day(one.last) if one.last else "–")
            for one in found.mix.kinds
        ),
        covered=found.mix.covered,
        clients=tuple(_client_row(view) for view in site.running),
        has_sales=found.sales_recorded,
        moments=tuple(_moment_row(site, *one) for one in found.moments.items()),
    )


def _saving_columns(site: Site) -> Iterator[Column]:
    yield Column("Activity")
    yield Column("Time, 12 months", number=True, most_first=True)
    yield Column("Letter or tool")
    yield Column("Hours saved a year", number=True, most_first=True)
    if site.sees("rows"):
        yield Column("Rows", fixed=True)


def _saving_row(site: Site, one: Saving) -> SavingRow:
    letter, tool = site.letter(one.letter), one.tool or ""
    time, saved = hours(one.minutes), f"{one.hours:.1f}"
    cells = [
        Cell(time, number=True, sort=one.minutes),
        Cell(letter.text if letter else tool, link=letter),
        Cell(saved, number=True, sort=one.hours),
    ]
    if site.sees("rows"):
        cells.append(rows_cell(one.rows, 6))
    return SavingRow(one.activity.name, time, one.letter or tool, saved, tuple(cells))


def _activity_columns(site: Site) -> Iterator[Column]:
    for title in ("Activity", "Kind", "Value"):
        yield Column(title)
    for title in ("Touchpoints", "Time", "Cost", "Share"):
        yield Column(title, number=True, most_first=True)
    yield Column("Added up", number=True, fixed=True)
    if site.sees("rows"):
        yield Column("Rows", fixed=True)


def _activity_row(site: Site, one: ActivityTime) -> ActivityRow:
    return ActivityRow(
        name=one.activity.name or "not named",
        figures=(
            Cell(one.activity.kind or NOT_KNOWN),
            Cell(one.activity.value or NOT_KNOWN),
            Cell(str(one.touchpoints), number=True),
            Cell(hours(one.minutes), number=True, sort=one.minutes),
            Cell(site.money(one.cost), number=True, sort="" if one.cost is None else one.cost),
            Cell(percent(one.share), number=True, sort="" if one.share is None else one.share),
            Cell(percent(one.cumulative_share), number=True),
        ),
        rows=(rows_cell(one.rows, 6),) if site.sees("rows") else (),
    )


def _client_row(view: ClientView) -> ClientRow:
    mix = view.findings.mix
    return ClientRow(view.link, tuple(_mark(one) for one in mix.kinds), mix.covered)


def _mark(one: Coverage) -> Mark:
    if not one.touchpoints:
        return Mark(0, "")
    return Mark(one.touchpoints, f"{one.kind}: {one.touchpoints}, last {short_day(one.last)}")


def _moment_row(site: Site, moment: KeyMoment, had: Share) -> MomentRow:
    missed = [
        view.name
        for view in site.running
        if view.findings.moments is not None and moment in view.findings.moments.missed
    ]
    return MomentRow(
        sentence_case(moment),
        share_of(had),
        site.names(missed, 12),
        site.names(missed, 40),
        "" if had.numerator or not had.denominator else _NEVER.format(moment),
    )


PAGE = Page(
    name="touchpoints",
    title="Time",
    question="Which hours could a template do?",
    answer=answer,
    content=content,
    pictures=pictures,
)
