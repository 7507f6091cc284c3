"""The actions: what do I do this month?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reportgen.problems import Row
from reportgen.report.actions import Action, Tier
from reportgen.report.report import Report
from reportgen.site.due import filled_in
from reportgen.site.exports import uid
from reportgen.site.layout import Cell, Column, Link, rows_cell
from reportgen.site.page import Page
from reportgen.site.shared import Site
from reportgen.words import count, day, in_words, listed, sentence_case, short_day


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the month's plan."""

    label: str
    """Its number; on the first of a month, with the month."""
    style: str
    """``busy`` with something to do, ``past`` up to the as-of date, else empty."""
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
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    """What follows after it in the wide table, with what the edition may see."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    has_exports: bool
    weeks: tuple[tuple[Day, ...], ...]
    """The month ahead, Monday first."""
    columns: tuple[Column, ...]
    this_month: tuple[ActionRow, ...]
    later: tuple[ActionRow, ...]
    """Those for which the month has no room."""
    as_of: date
    daily_minutes: int
    contacts_before_sale: int


def answer(report: Report) -> str:
    """What do I do this month?"""
    todo = report.this_month
    if not todo:
        return (
            "Nothing is overdue: no promise is waiting "
            "and no running relationship is below the red line."
        )
    minutes = sum(action.minutes for action in todo)
    whole, rest = divmod(minutes, 60)
    time = f"{whole} h {rest} min" if whole and rest else f"{whole} h" if whole else f"{rest} min"
    tiers = [(tier, sum(action.tier == tier for action in todo)) for tier in TIER_WORDS]
    parts = [
        words.format(count(number, one, many))
        for tier, number in tiers
        if number
        for one, many, words in (TIER_WORDS[tier],)
    ]
    last = max(action.day for action in todo)
    return (
        f"{sentence_case(in_words(len(todo)))} thing{'' if len(todo) == 1 else 's'}, {time} in all: "
        f"{listed(parts, len(parts))}. "
        + (
            f"At {report.settings.daily_action_minutes} minutes a day you are through by {day(last)}."
            if minutes > report.settings.daily_action_minutes
            else "One sitting is enough."
        )
        + (
            f" {sentence_case(count(len(report.later), 'more', 'more'))} can wait."
            if report.later
            else ""
        )
    )


TIER_WORDS: dict[Tier, tuple[str, str, str]] = {
    Tier.PROMISE: ("promise", "promises", "{} to keep"),
    Tier.ANSWER: ("answer", "answers", "{} to give"),
    Tier.COMPLAINT: ("complaint", "complaints", "{} to put right"),
    Tier.RECONNECTION: ("client", "clients", "{} to get back in touch with"),
    Tier.PROSPECT: ("prospect", "prospects", "{} to write to again"),
    Tier.PLAN: ("next step", "next steps", "{} to agree"),
    Tier.INVOICE: ("invoice", "invoices", "{} to chase"),
    Tier.BOUNDARY: ("boundary", "boundaries", "{} to talk about"),
    Tier.OPPORTUNITY: ("opportunity", "opportunities", "{} to take"),
}
"""Tier of an action → one, several, and what is to be done with them; in the order of the tiers."""


def content(site: Site) -> Content:
    """The month's calendar, and its actions in order of day and time."""
    report = site.report
    return Content(
        has_exports=site.sees("exports"),
        weeks=_weeks(report),
        columns=tuple(_columns(site)),
        this_month=_action_rows(site, report.this_month),
        later=_action_rows(site, report.later),
        as_of=report.as_of,
        daily_minutes=report.settings.daily_action_minutes,
        contacts_before_sale=report.settings.contacts_before_sale,
    )


def _weeks(report: Report) -> tuple[tuple[Day, ...], ...]:
    by_day: dict[date, list[Action]] = {}
    for action in report.this_month:
        by_day.setdefault(action.day, []).append(action)
    first = report.as_of + timedelta(days=1)
    monday = first - timedelta(days=first.weekday())
    weeks = (report.month_ahead - monday).days // 7 + 1
    days = [monday + timedelta(days=at) for at in range(7 * weeks)]
    shown = [_day(one, by_day.get(one, ()), report.as_of) for one in days]
    return tuple(tuple(shown[at : at + 7]) for at in range(0, len(shown), 7))


def _day(at: date, actions: Sequence[Action], as_of: date) -> Day:
    return Day(
        label=f"{at.day} {at:%b}" if at.day == 1 else str(at.day),
        style="busy" if actions else "past" if at <= as_of else "",
        actions=count(len(actions), "action") if actions else "",
        minutes=f"{sum(action.minutes for action in actions)} min" if actions else "",
    )


def _columns(site: Site) -> Iterator[Column]:
    yield Column("Done", fixed=True, style="needs-script")
    yield Column("Day")
    yield Column("What")
    yield Column("Client")
    yield Column("Why", fixed=True)
    yield Column("Minutes", number=True, most_first=True)
    if site.sees("letters"):
        yield Column("Letter")
    if site.sees("rows"):
        yield Column("Rows", fixed=True)


def _action_rows(site: Site, actions: Sequence[Action]) -> tuple[ActionRow, ...]:
    return tuple(_action_row(site, action, at) for at, action in enumerate(actions))


def _action_row(site: Site, action: Action, at: int) -> ActionRow:
    """``at`` is its place in the table, which keeps the order within a day."""
    client = site.by_name[action.client].link
    letter = filled_in(site, action)
    cells = [
        Cell(client.text, link=client),
        Cell(action.why),
        Cell(str(action.minutes), number=True),
    ]
    if site.sees("letters"):
        cells.append(Cell(letter.text if letter else "", link=letter))
    if site.sees("rows"):
        cells.append(rows_cell(action.rows, 6))
    return ActionRow(
        tick=f"{site.report.as_of} {uid(action)}",
        done=f"Done: {action.what}, {action.client}",
        day=short_day(action.day),
        when=Cell(
            f"{short_day(action.day)}, {action.start:%H:%M}", sort=f"{action.day} {at % 100:02d}"
        ),
        what=action.what,
        client=client,
        why=action.why,
        minutes=action.minutes,
        rows=site.rows(action.rows),
        cells=tuple(cells),
    )


PAGE = Page(
    name="actions",
    title="Actions",
    question="What do I do this month?",
    answer=answer,
    content=content,
)
