"""One client: how are we two?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from reportgen.analyses.lifecycle import RELATIONSHIP
from reportgen.evidence.red_line import SilenceState
from reportgen.problems import Row
from reportgen.report.findings import ClientFindings
from reportgen.report.report import Report
from reportgen.site.client_facts import Fact, about, boundaries, buying, figures
from reportgen.site.client_records import Table, planned, sales, touchpoints
from reportgen.site.client_tables import (
    Health,
    Spells,
    Stages,
    Trust,
    health,
    spells,
    stages,
    trust,
)
from reportgen.site.due import Message, TodoItem, due_message, held_back, todo
from reportgen.site.shared import ClientView, Site
from reportgen.words import day, days, hours, listed, sentence_case


@dataclass(frozen=True, slots=True)
class Tag:
    """A word or two for how the relationship stands."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter that is due."""

    title: str
    text: Message


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows; None, empty or without lines where the edition or the data has nothing."""

    answer: str
    tags: tuple[Tag, ...]
    picture: Markup
    picture_path: str
    """Of the picture as a file of the Markdown edition."""
    smoothing_weeks: int
    red_line_days: int
    changes: str
    """What changed since last month."""
    actions: tuple[TodoItem, ...]
    """The message to them, or the mailing that they are in."""
    later: tuple[str, ...]
    """What waits, what is held back and what may have been done: a sentence each."""
    letter: Letter | None
    """The one that is due."""
    health: Health | None
    figures: tuple[Fact, ...]
    stages: Stages | None
    buying: tuple[Fact, ...]
    trust: Trust | None
    boundaries: tuple[Fact, ...]
    spells: Spells | None
    about: tuple[Fact, ...]
    about_rows: tuple[Row, ...]
    planned: Table
    sales: Table
    touchpoints: Table | None
    sources: str
    """Where the figures come from."""


def answer(one: ClientFindings, report: Report) -> str:
    """How are we two?"""
    seen, quiet = one.seen, one.seen.silence
    if quiet.last_contact is None or quiet.silence_days is None:
        return "There has been no contact yet."
    if quiet.client_ended:
        return f"Ended on {day(quiet.ended)}; the last contact was on {day(quiet.last_contact)}."
    next_step = _next_step(one) if report.found.sales_recorded else ""
    if seen.lapsed:
        return (
            f"Lapsed: silent for {days(quiet.silence_days)}, "
            f"since {day(quiet.last_contact)}, with nothing running."
        )
    if quiet.below_red_line:
        over = quiet.silence_days - quiet.red_line_days
        return f"Below the red line for {days(over)}: silent since {day(quiet.last_contact)}{next_step}."
    since = (
        f" since {day(quiet.spells[-1].last + timedelta(days=1))}"
        if quiet.spells
        else " from the start"
    )
    return f"Above the red line{since}{next_step}."


def _next_step(one: ClientFindings) -> str:
    needs = one.relationship.needs
    if len(needs) != 1:
        return ""
    following = RELATIONSHIP[RELATIONSHIP.index(one.relationship.name) + 1]
    return f"; for {following} it needs {needs[0]}"


def content(site: Site, view: ClientView) -> Content:
    """Everything about one client that the edition may see."""
    seen = view.findings.seen
    quiet = seen.silence
    sees_silence = site.sees("matrix")
    return Content(
        answer=answer(view.findings, site.report) if sees_silence else _of_books(site, view),
        tags=tuple(_tags(site, view)) if site.sees("lifecycle") else (),
        picture=view.svg() if sees_silence else Markup(),
        picture_path=f"pictures/{view.slug}.svg" if quiet.started else "",
        smoothing_weeks=site.report.settings.smoothing_weeks,
        red_line_days=quiet.red_line_days,
        changes=_changes(site, view) if site.sees("actions") else "",
        actions=_todo(site, view) if site.sees("actions") else (),
        later=tuple(_later(site, view)) if site.sees("actions") else (),
        letter=_letter(site, view),
        health=health(site, view) if site.sees("health") else None,
        figures=tuple(figures(site, view)),
        stages=stages(site, view) if site.sees("lifecycle") else None,
        buying=tuple(buying(site, view)),
        trust=trust(site, view) if site.sees("trust") else None,
        boundaries=tuple(boundaries(site, view)) if site.sees("boundaries") else (),
        spells=spells(site, view) if sees_silence and quiet.spells else None,
        about=tuple(about(site, view)),
        about_rows=site.rows([seen.client.row] if seen.client.row else []),
        planned=planned(site, view),
        sales=sales(site, view),
        touchpoints=touchpoints(site, view) if site.sees("touchpoints") else None,
        sources="the rows named beside it" if site.sees("rows") else "the owner’s records",
    )


def _of_books(site: Site, view: ClientView) -> str:
    """What an accountant asks first; it says nothing of silence."""
    worth = view.findings.worth
    of_sales = (
        f"{site.money(worth.sales_now)} of sales and " if site.report.found.sales_recorded else ""
    )
    return f"{of_sales}{hours(worth.minutes_now)} of time in the last 12 months."


def _tags(site: Site, view: ClientView) -> Iterator[Tag]:
    one = view.findings
    if site.report.found.sales_recorded:
        yield Tag(sentence_case(one.relationship.name))
    yield Tag(sentence_case(one.lifecycle.name))
    if one.seen.business_model:
        yield Tag(sentence_case(one.seen.business_model))
    if view.state is SilenceState.BELOW:
        yield Tag("Below the red line", "below")
    elif view.state in (SilenceState.LAPSED, SilenceState.ENDED):
        yield Tag(sentence_case(view.state))


def _changes(site: Site, view: ClientView) -> str:
    changed = [one.words for one in site.report.changes if one.client == view.name]
    since = day(site.report.before.as_of)
    return f"Since {since}: {'; '.join(changed)}." if changed else ""


def _todo(site: Site, view: ClientView) -> tuple[TodoItem, ...]:
    mailing = site.mailing_of.get(view.name)
    return todo(site, [one for one in (view.action, mailing) if one is not None])


def _later(site: Site, view: ClientView) -> Iterator[str]:
    for stale in site.stale_of.get(view.name, ()):
        yield f"Done, or sorry? {stale.due.what}. {stale.due.why}"
    for wait in site.waiting_of.get(view.name, ()):
        yield f"Waiting: {listed([one.what for one in wait.due], len(wait.due))}. {wait.why}"
    held = site.report.plan.held_back.get(view.name)
    if held:
        yield f"Held back: {held_back(held)}"


def _letter(site: Site, view: ClientView) -> Letter | None:
    due = site.due_letters.get(view.name)
    return Letter(due.title, due_message(due)) if due else None
