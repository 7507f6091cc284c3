"""To do: what do I do this month?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from reportgen.problems import Row
from reportgen.report.plan.month import Month
from reportgen.report.plan.plan import Action, Gone, Stale, Waiting
from reportgen.report.report import Report
from reportgen.site import layout
from reportgen.site.done import DoneList, done_list
from reportgen.site.due import (
    Message,
    Way,
    due_message,
    held_back,
    how,
    mailing_message,
    recorded,
    replayed,
)
from reportgen.site.layout import Cell, Column, Link, Listed, Names, Part, Table
from reportgen.site.page import Page
from reportgen.site.recording import Recording, csv_heads, recording, ticks
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import count, count_in_words, day, hours, listed, rows, sentence_case

_NAMED = 10
"""How many clients a list names before it folds."""


@dataclass(frozen=True, slots=True)
class Task:
    """One message to one client."""

    client: Link
    when: str
    """``Tuesday 3 November, 15 minutes``."""
    how: str
    what: str
    why: str
    rows: tuple[Row, ...]
    way: Way | None
    """The button of the channel; None where they cannot be reached that way, or without letters."""
    message: Message | None
    """None where the edition has no letters."""
    recording: Recording | None


@dataclass(frozen=True, slots=True)
class Week:
    """The messages of one week of the plan."""

    title: str
    """``2 to 8 November``."""
    takes: str
    """``Two messages, 35 minutes``."""
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class MailingPart:
    """One letter to many."""

    id: str
    title: str
    when: str
    """The day, the minutes and how many clients."""
    to: Names
    message: Message | None
    """The letter once, with fields for what differs; None where the edition has no letters."""
    recording: Recording | None


@dataclass(frozen=True, slots=True)
class Line:
    """A client with a sentence or two, in a list beside the plan."""

    client: Link
    words: str
    cell: str
    """The cell to fill in; empty where there is none, or the edition may not see it."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Lines(Listed):
    """The lines of a list, those that stand open first."""

    id: str
    title: str
    open: tuple[Line, ...]
    more: tuple[Line, ...]
    how_many_more: str
    part: Part | None = None

    @property
    def length(self) -> int:
        """How many lines it has."""
        return len(self.open) + len(self.more)

    def table(self) -> Table:
        """A row for each line, with the cell to fill in and the rows behind it."""
        lines = (*self.open, *self.more)
        return Table(
            id=self.id,
            caption=self.title,
            columns=tuple(Column(title) for title in ("Client", "What, and why", "Rows")),
            lines=tuple(layout.Line(one.client, tuple(_cells(one))) for one in lines),
        )

    def cut(self, part: Part) -> Lines:
        """The same with the first of its lines alone."""
        return replace(self, more=self.more[: self.keeps - len(self.open)], part=part)


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    has_exports: bool
    ticks: str
    """The ticks of all that can be ticked; empty where nothing can."""
    csv_heads: str
    """Of the ticked rows."""
    csv_name: str
    weeks: tuple[Week, ...]
    """Those with something to do."""
    mailings: tuple[MailingPart, ...]
    done: DoneList | None
    waiting: Lines
    stale: Lines
    win_back: Lines
    let_go: Names
    let_go_in_all: str
    held_back: Lines
    replay: str
    """Whether such a plan would have helped."""
    minutes: str
    """The owner's time in the month, and how much of it the plan takes."""
    most_clients: int
    stale_days: int


def _cells(one: Line) -> Iterator[Cell]:
    yield Cell(f"{one.words} Fill in: {one.cell}." if one.cell else one.words)
    yield Cell(rows(one.rows, 6) if one.rows and not one.cell else "", style="rows")


def answer(report: Report) -> str:
    """What do I do this month?"""
    plan = report.plan
    if not plan.by_day:
        return (
            "Nothing is due: no promise is waiting "
            "and no running relationship is below the red line."
        )
    parts = []
    if plan.actions:
        parts.append(count_in_words(len(plan.actions), "message"))
    if plan.mailings:
        parts.append(count_in_words(len(plan.mailings), "mailing"))
    first = listed([one.whom for one in plan.tasks[:2]], 2)
    return (
        f"{sentence_case(listed(parts))} this month, {hours(plan.minutes)} in all: first {first}."
    )


def content(site: Site) -> Content:
    """The plan week by week, and what stands beside it."""
    report = site.report
    plan = report.plan
    return Content(
        has_exports=site.sees("exports"),
        ticks=ticks(site),
        csv_heads=csv_heads(site),
        csv_name=f"done-{plan.month.last:%Y-%m}.csv",
        weeks=tuple(_weeks(site)),
        mailings=tuple(_mailings(site)),
        done=done_list(site),
        waiting=_lines(
            "waiting", "Waiting, and why", [_waiting(site, one) for one in plan.waiting]
        ),
        stale=_lines(
            "stale", "Perhaps done, and not recorded", [_stale(site, one) for one in plan.stale]
        ),
        win_back=_lines(
            "win-back",
            "Lapsed, and worth one attempt",
            [_win_back(site, one) for one in plan.lapsed.win_back],
        ),
        let_go=site.names([one.client for one in plan.lapsed.let_go], _NAMED),
        let_go_in_all=count(len(plan.lapsed.let_go), "client"),
        held_back=_lines(
            "held-back",
            "Held back until something is put right",
            [
                Line(site.by_name[one.client].link, held_back(one), "", ())
                for one in plan.held_back.values()
            ],
        ),
        replay=replayed(report.plan_replay),
        minutes=f"{hours(plan.minutes)} of the {hours(plan.room)} that you give it",
        most_clients=report.settings.plan_clients,
        stale_days=report.settings.stale_days,
    )


def _weeks(site: Site) -> Iterator[Week]:
    plan = site.report.plan
    by_day = sorted(plan.actions, key=lambda one: (one.day, one.start))
    for monday, found in groupby(by_day, key=lambda one: _monday(one.day)):
        actions = [*found]
        minutes = hours(sum(one.minutes for one in actions))
        yield Week(
            title=_title(monday, plan.month),
            takes=f"{sentence_case(count_in_words(len(actions), 'message'))}, {minutes}",
            tasks=tuple(_task(site, one) for one in actions),
        )


def _monday(at: date) -> date:
    return at - timedelta(days=at.weekday())


def _title(monday: date, month: Month) -> str:
    """``2 to 8 November``: what of the week lies in the month; the whole of one that lies after it."""
    first, last = max(monday, month.first), min(monday + timedelta(days=6), month.last)
    if first > last:
        first, last = monday, monday + timedelta(days=6)
    if first == last:
        return f"{first.day} {first:%B}"
    return (
        f"{first.day}{'' if first.month == last.month else f' {first:%B}'} to {last.day} {last:%B}"
    )


def _task(site: Site, one: Action) -> Task:
    message = due_message(site.due_letters[one.client]) if site.sees("letters") else None
    ways = [way for way in message.ways if way.address] if message else []
    return Task(
        client=site.by_name[one.client].link,
        when=f"{one.day:%A} {one.day.day} {one.day:%B}, {hours(one.minutes)}",
        how=how(one.channel),
        what=one.what,
        why=one.why,
        rows=site.rows(one.rows),
        way=ways[0] if ways else None,
        message=message,
        recording=recording(site, one),
    )


def _mailings(site: Site) -> Iterator[MailingPart]:
    merges = {one.of: one for one in site.mail_merges}
    for one in sorted(site.report.plan.mailings, key=lambda one: (one.day, one.start)):
        merge = merges.get(one.letter)
        yield MailingPart(
            id=f"mailing-{one.letter}",
            title=one.what,
            when=f"{count(len(one.to), 'client')} on {day(one.day)}, about {hours(one.minutes)}.",
            to=site.names(one.clients, _NAMED),
            message=mailing_message(merge) if merge else None,
            recording=recording(site, one),
        )


def _lines(id_: str, title: str, found: list[Line]) -> Lines:
    more = found[_NAMED:]
    return Lines(id_, title, tuple(found[:_NAMED]), tuple(more), f"{len(more):,} more")


def _waiting(site: Site, one: Waiting) -> Line:
    what = listed([due.what for due in one.due], len(one.due))
    rows = tuple(row for due in one.due for row in due.rows)
    return Line(site.by_name[one.client].link, f"{what}. {one.why}", "", site.rows(rows))


def _stale(site: Site, one: Stale) -> Line:
    cell = recorded([one.due]) if site.sees("rows") else ""
    link = site.by_name[one.client].link
    return Line(link, f"{one.due.what}. {one.due.why}", cell, site.rows(one.due.rows))


def _win_back(site: Site, one: Gone) -> Line:
    brought = f"Brought {site.money(one.sales)} in the last 12 months in which they bought."
    return Line(site.by_name[one.client].link, f"{brought}{_still_due(one)}", "", ())


def _still_due(one: Gone) -> str:
    due = listed([each.what for each in one.due], len(one.due))
    return f" Still open: {due}." if due else ""


PAGE = Page(
    name="actions",
    title="To do",
    question="What do I do this month?",
    answer=answer,
    content=content,
)
