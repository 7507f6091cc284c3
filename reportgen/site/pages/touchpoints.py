"""Touchpoints and time: which hours could a template do?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.analyses.efficiency import KEY_MOMENTS, ActivityTime, Efficiency, KeyMoment, Saving
from reportgen.model import ActivityValue, Kind
from reportgen.pictures import bars
from reportgen.pictures.drawing import Chart
from reportgen.report.report import Report
from reportgen.settings.settings import Settings
from reportgen.site.layout import Cell, Column, Figure, Line, Link, Names, Table, rows_cell
from reportgen.site.page import Page
from reportgen.site.prose.english.numbers import every
from reportgen.site.shared import ClientView, Site
from reportgen.values import dataclass
from reportgen.words import count, hours, in_words, listed, percent, sentence_case


@dataclass(frozen=True, slots=True)
class MomentRow:
    """One key moment."""

    name: str
    said: str
    """How many running customers had it, or that nobody ever had; a sentence."""
    missed: Names
    """The running customers without it; empty where nobody ever had it."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    base: str
    """What is counted."""
    figures: tuple[Figure, ...]
    picture: Chart | None
    savings: Table | None
    """What a template would save; None where no administration took time."""
    activities: Table | None
    """Every activity with its time; None without any."""
    without_minutes: str
    """How many touchpoints have none; empty where all have."""
    kinds: Table | None
    """The ways in which clients were in touch, as far as they were used."""
    unused: tuple[str, ...]
    """Which were not used, in sentences."""
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
            f"None of the {hours(spent.minutes)} of the last 12 months went into administration, as "
            "far as it is recorded."
        )
    first = spent.savings[0].activity.name.casefold()
    return (
        f"Administration takes {month:.1f} h a month, {percent(share)} of your time; templates "
        f"would save some {spent.savings_hours:.0f} hours a year, most for {first}."
    )


_ACTIVITIES_SHOWN = 14

_WEEKS_A_MONTH = 365.25 / 12 / 7

_ROWS = 6
"""So many rows stand beside an activity or a kind."""

_IN_WORDS: Mapping[Kind, str] = {
    Kind.MESSAGES: "what you write to them",
    Kind.FEEDBACK: "asking how it was",
    Kind.INSIGHT: "learning their market, plans and goals",
    Kind.LOYALTY: "rewarding that they stay and recommend you",
    Kind.RELATIONSHIP_BUILDING: "talking, meeting, a kind word",
    Kind.ACCESSIBILITY: "being easy to reach",
    Kind.SATISFACTION: "reviewing, and putting right",
    Kind.INVOLVEMENT: "trying out what is new together",
    Kind.ANTICIPATION: "knowing beforehand what they need",
    Kind.INDISPENSABLE: "the work that they need you for",
    Kind.HELP: "help when they are stuck",
}
"""Kind of touchpoint → what it is."""


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
    """Where the hours went, what would save some, and how clients were in touch."""
    found = site.report.found
    spent, without = found.efficiency, found.counts.without_minutes
    touchpoints = sum(one.touchpoints for one in spent.activities)
    return Content(
        base=f"Counted: {count(touchpoints, 'touchpoint')} of the last 12 months, "
        f"{hours(spent.minutes)} in all, whoever the client.",
        figures=tuple(_figures(site.report)),
        picture=site.pictures.get("activities"),
        savings=_savings(site) if spent.savings else None,
        activities=_activities(site) if spent.activities else None,
        without_minutes=f"{count(without, 'touchpoint')} of all time "
        f"{'has' if without == 1 else 'have'} no minutes."
        if without
        else "",
        kinds=_kinds(site) if found.mix.covered else None,
        unused=tuple(_unused(site)),
        has_sales=found.sales_recorded,
        moments=tuple(_moments(site)),
    )


def _figures(report: Report) -> Iterator[Figure]:
    """The hours of a week: with clients, for administration, and what templates would save."""
    spent, before = report.found.efficiency, report.before.efficiency
    if not spent.minutes or not spent.months:
        return
    week = _week(report.settings)
    yield Figure(
        "Time with clients",
        hours(_a_week(spent, spent.minutes)),
        f"a week, {percent(_a_week(spent, spent.minutes) / week)} of your {hours(week)}",
    )
    if not spent.low_value_minutes:
        return
    now = _a_week(spent, spent.low_value_minutes)
    yield Figure(
        "Administration",
        hours(now),
        f"a week, {percent(spent.low_value_share)} of it",
        _changed(now, _a_week(before, before.low_value_minutes) if before.months else None),
    )
    saved = round(60 * spent.savings_hours)
    yield Figure("Templates would save", hours(saved // 52), f"a week, {hours(saved)} a year")


def _a_week(spent: Efficiency, minutes: int) -> int:
    """Minutes of an average week."""
    return round(minutes / (spent.months * _WEEKS_A_MONTH)) if spent.months else 0


def _week(settings: Settings) -> int:
    """The minutes of the owner's working week."""
    opens, closes = (60 * at.hour + at.minute for at in (settings.opens, settings.closes))
    return (closes - opens) * len(settings.working_days)


def _changed(now: int, then: int | None) -> str:
    """Which way it went since the end of the month before; empty where there was nothing."""
    if then is None:
        return ""
    if now == then:
        return "As last month"
    return f"{'Better' if now < then else 'Worse'} by {hours(abs(now - then))} than last month"


def _savings(site: Site) -> Table:
    share = percent(site.report.settings.template_saving_share)
    return Table(
        id="savings",
        caption=f"Administration, the most to be saved first: {share} of its time, if next year is like "
        "the last",
        columns=site.columns(
            Column("Activity"),
            Column("Time, 12 months", number=True, most_first=True),
            Column("Saved a year", number=True, most_first=True),
            Column("Letter or tool"),
            rows=Column("Rows", fixed=True),
        ),
        lines=tuple(
            Line(Link(one.activity.name, ""), tuple(_saving(site, one)))
            for one in site.report.found.efficiency.savings
        ),
    )


def _saving(site: Site, one: Saving) -> Iterator[Cell]:
    letter, tool = site.letter(one.letter), one.letter or one.tool or ""
    yield Cell(hours(one.minutes), number=True, sort=one.minutes, label="takes")
    yield Cell(hours(round(60 * one.hours)), number=True, sort=one.hours, label="saved a year")
    yield Cell(letter.text if letter else tool, link=letter)
    if site.sees("rows"):
        yield rows_cell(one.rows, _ROWS)


def _activities(site: Site) -> Table:
    return Table(
        id="activities",
        caption="The last 12 months, most time first",
        columns=site.columns(
            Column("Activity"),
            Column("Time", number=True, most_first=True),
            Column("Share", number=True, most_first=True),
            Column("Touchpoints", number=True, most_first=True),
            Column("Cost", number=True, most_first=True),
            Column("Kind"),
            rows=Column("Rows", fixed=True),
        ),
        lines=tuple(
            Line(Link(one.activity.name or "not named", ""), tuple(_activity(site, one)))
            for one in site.report.found.efficiency.activities
        ),
    )


def _activity(site: Site, one: ActivityTime) -> Iterator[Cell]:
    share = "" if one.share is None or not one.minutes else percent(one.share)
    cost = "" if not one.cost else site.money(one.cost)
    yield Cell(hours(one.minutes) if one.minutes else "", number=True, sort=one.minutes)
    yield Cell(share, number=True, sort="" if one.share is None else one.share)
    yield Cell(f"{one.touchpoints:,}", number=True, sort=one.touchpoints, label="touchpoints")
    yield Cell(cost, number=True, sort=one.cost or "", label="cost" if cost else "")
    low = "administration" if one.activity.value == ActivityValue.LOW else ""
    yield Cell(", ".join(part for part in (one.activity.kind or "", low) if part))
    if site.sees("rows"):
        yield rows_cell(one.rows, _ROWS)


def _kinds(site: Site) -> Table:
    mix, number = site.report.found.mix, len(site.running)
    used = sorted((one for one in mix.kinds if one.touchpoints), key=lambda one: -one.touchpoints)
    columns = [
        Column("Way"),
        Column("What it is", fixed=True),
        Column("Touchpoints", number=True, most_first=True),
    ]
    if number:
        columns.append(Column("Running clients", number=True, most_first=True))
    lines = []
    for one in used:
        had = sum(view.findings.mix.has(one.kind) for view in site.running)
        cells = [
            Cell(_IN_WORDS[one.kind], tone="soft"),
            Cell(f"{one.touchpoints:,}", sort=one.touchpoints, number=True, label="touchpoints"),
        ]
        if number:
            cells.append(Cell(f"{had} of {number}", sort=had, number=True, label="running clients"))
        if site.sees("rows"):
            cells.append(rows_cell(one.rows, _ROWS))
        lines.append(Line(Link(sentence_case(one.kind), ""), tuple(cells)))
    several = sentence_case(in_words(mix.covered))
    return Table(
        id="kinds",
        caption=f"{several} of the eleven ways to be in touch, the most used first in the last 12 months",
        columns=site.columns(*columns, rows=Column("Rows", fixed=True)),
        lines=tuple(lines),
    )


def _unused(site: Site) -> Iterator[str]:
    """The ways that were never used, and those not used lately, with what they are."""
    mix = site.report.found.mix
    lately = [one.kind for one in mix.kinds if not one.touchpoints and one.kind not in mix.never]
    for when, kinds in (("Never used", mix.never), ("Not in the last 12 months", lately)):
        if kinds:
            said = [f"{kind} ({_IN_WORDS[kind]})" for kind in kinds]
            yield f"{when}: {listed(said, len(said))}."
    if mix.without_kind:
        several = count(len(mix.without_kind), "touchpoint")
        yield f"{several} belong{'s' if len(mix.without_kind) == 1 else ''} to none of them."


def _moments(site: Site) -> Iterator[MomentRow]:
    """Of the running customers, who had each key moment and who missed it."""
    customers = [view for view in site.running if view.findings.moments is not None]
    for moment in KEY_MOMENTS if customers else ():
        missed = [view.name for view in customers if _missed(view, moment)]
        ever = site.report.found.moments[moment]
        if ever.denominator and not ever.numerator:
            said = f"Nobody ever had one: write a touchpoint with the activity {moment} when you hold it"
            missed = []
        elif not missed:
            who = (
                "Your one running customer"
                if len(customers) == 1
                else every(len(customers), "running customer")
            )
            said = f"{who} had it"
        else:
            some = len(customers) - len(missed)
            had = sentence_case(in_words(some)) if some else "None"
            said = (
                f"{had} of {count(len(customers), 'running customer')} had it; it is missing with"
            )
        yield MomentRow(sentence_case(moment), said, site.names(missed, 12))


def _missed(view: ClientView, moment: KeyMoment) -> bool:
    moments = view.findings.moments
    return moments is not None and moment in moments.missed


PAGE = Page(
    name="touchpoints",
    title="Time",
    question="Which hours could a template do?",
    answer=answer,
    content=content,
    pictures=pictures,
)
