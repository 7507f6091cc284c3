"""The actions: what do I do this month?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reportgen.problems import Row
from reportgen.report.plan.plan import Action, Gone, Mailing, Stale, Waiting
from reportgen.report.report import Report
from reportgen.site.due import (
    Message,
    filled_in,
    held_back,
    how,
    mailing_message,
    recorded,
    replayed,
    whom,
)
from reportgen.site.exports import uid
from reportgen.site.layout import Cell, Column, Link, Names, rows_cell
from reportgen.site.page import Page
from reportgen.site.shared import Site
from reportgen.words import (
    count,
    count_in_words,
    day,
    hours,
    listed,
    sentence_case,
    short_day,
)

_NAMED = 20
"""How many clients a list names."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the month's plan."""

    label: str
    """Its number; on the first of a month, with the month."""
    style: str
    """``busy`` with something to do, ``past`` outside the month, else empty."""
    actions: str
    """How many; empty on a day without any, as is the next."""
    minutes: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action's line of the table."""

    tick: str
    """Under what the browser keeps that it is done."""
    done: str
    """What the tick says."""
    day: str
    when: Cell
    """Day and time."""
    what: str
    client: Link
    why: str
    minutes: int
    how: str
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    """What follows after it in the wide table, with what the edition may see."""


@dataclass(frozen=True, slots=True)
class MailingPart:
    """One letter to many."""

    id: str
    title: str
    when: str
    """The day, the minutes and how many clients."""
    to: Names
    text: Message | None
    """The letter once, with fields for what differs; None where the edition has no letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A client with a sentence or two, in a list beside the plan."""

    client: Link
    words: str
    cell: str
    """The cell to fill in; empty where there is none, or the edition may not see it."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    has_exports: bool
    weeks: tuple[tuple[Day, ...], ...]
    """The month of the plan, Monday first."""
    columns: tuple[Column, ...]
    actions: tuple[ActionRow, ...]
    """Day by day, mailings among them."""
    mailings: tuple[MailingPart, ...]
    waiting: tuple[Line, ...]
    stale: tuple[Line, ...]
    win_back: tuple[Line, ...]
    let_go: Names
    let_go_in_all: str
    held_back: tuple[Line, ...]
    replay: str
    """Whether such a plan would have helped."""
    minutes: str
    """The owner's time in the month, and how much of it the plan takes."""
    most_clients: int
    stale_days: int


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
    first = listed([one.whom for one in plan.tasks[:3]], 3)
    return (
        f"{sentence_case(listed(parts))} this month, {hours(plan.minutes)} in all: first {first}."
    )


def content(site: Site) -> Content:
    """The month's calendar, its actions in order of day and time, and what stands beside them."""
    report = site.report
    plan = report.plan
    return Content(
        has_exports=site.sees("exports"),
        weeks=_weeks(report),
        columns=tuple(_columns(site)),
        actions=tuple(_action_row(site, one, at) for at, one in enumerate(plan.by_day)),
        mailings=tuple(_mailings(site)),
        waiting=tuple(_waiting(site, one) for one in plan.waiting),
        stale=tuple(_stale(site, one) for one in plan.stale),
        win_back=tuple(_win_back(site, one) for one in plan.lapsed.win_back),
        let_go=site.names([one.client for one in plan.lapsed.let_go], _NAMED),
        let_go_in_all=count(len(plan.lapsed.let_go), "client"),
        held_back=tuple(
            Line(site.by_name[one.client].link, held_back(one), "", ())
            for one in plan.held_back.values()
        ),
        replay=replayed(report.plan_replay),
        minutes=f"{hours(plan.minutes)} of the {hours(plan.room)} that you give it",
        most_clients=report.settings.plan_clients,
        stale_days=report.settings.stale_days,
    )


def _weeks(report: Report) -> tuple[tuple[Day, ...], ...]:
    plan = report.plan
    by_day: dict[date, list[Action | Mailing]] = {}
    for one in plan.by_day:
        by_day.setdefault(one.day, []).append(one)
    first, last = plan.month.first, max([plan.month.last, *by_day])
    monday = first - timedelta(days=first.weekday())
    weeks = (last - monday).days // 7 + 1
    days = [monday + timedelta(days=at) for at in range(7 * weeks)]
    shown = [_day(one, by_day.get(one, ()), first <= one <= last) for one in days]
    return tuple(tuple(shown[at : at + 7]) for at in range(0, len(shown), 7))


def _day(at: date, tasks: Sequence[Action | Mailing], of_the_plan: bool) -> Day:
    return Day(
        label=f"{at.day} {at:%b}" if at.day == 1 else str(at.day),
        style="busy" if tasks else "" if of_the_plan else "past",
        actions=count(len(tasks), "action") if tasks else "",
        minutes=f"{sum(one.minutes for one in tasks)} min" if tasks else "",
    )


def _columns(site: Site) -> Iterator[Column]:
    yield Column("Done", fixed=True, style="needs-script")
    yield Column("Day")
    yield Column("What")
    yield Column("Client")
    yield Column("Why", fixed=True)
    yield Column("Minutes", number=True, most_first=True)
    yield Column("How")
    if site.sees("letters"):
        yield Column("Letter")
    if site.sees("rows"):
        yield Column("Then fill in", fixed=True)
        yield Column("Rows", fixed=True)


def _action_row(site: Site, one: Action | Mailing, at: int) -> ActionRow:
    """``at`` is its place in the table, which keeps the order within a day."""
    client, letter = whom(site, one), filled_in(site, one)
    by = how(one.channel) if isinstance(one, Action) else "Mailing"
    cells = [
        Cell(client.text, link=client),
        Cell(one.why),
        Cell(str(one.minutes), number=True),
        Cell(by),
    ]
    if site.sees("letters"):
        cells.append(Cell(letter.text if letter else "", link=letter))
    if site.sees("rows"):
        due = one.due if isinstance(one, Action) else one.to[0].due
        cells += [Cell(recorded(due)), rows_cell(one.rows, 6)]
    return ActionRow(
        tick=f"{site.report.as_of} {uid(one)}",
        done=f"Done: {one.what}, {client.text}",
        day=short_day(one.day),
        when=Cell(f"{short_day(one.day)}, {one.start:%H:%M}", sort=f"{one.day} {at % 100:02d}"),
        what=one.what,
        client=client,
        why=one.why,
        minutes=one.minutes,
        how=by,
        rows=site.rows(one.rows),
        cells=tuple(cells),
    )


def _mailings(site: Site) -> Iterator[MailingPart]:
    merges = {one.of: one for one in site.mail_merges}
    for one in site.report.plan.mailings:
        merge = merges.get(one.letter)
        yield MailingPart(
            id=f"mailing-{one.letter}",
            title=one.what,
            when=f"{count(len(one.to), 'client')} on {day(one.day)}, about {hours(one.minutes)}.",
            to=site.names(one.clients, _NAMED),
            text=mailing_message(merge) if merge else None,
        )


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
