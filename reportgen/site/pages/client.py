"""One client: how are we two?"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from reportgen.problems import Row
from reportgen.report.plan.plan import Action
from reportgen.site.client_beside import Line, Who, lines, who
from reportgen.site.client_facts import Fact, Figures, about, boundaries, figures, kinds
from reportgen.site.client_opening import sentences
from reportgen.site.client_records import Stream, Table, sales, sold, stream
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
from reportgen.site.due import Message, due_message, held_back
from reportgen.site.layout import Link
from reportgen.site.recording import Recording, recording
from reportgen.site.shared import ClientView, Place, Site
from reportgen.values import dataclass
from reportgen.words import day, ended, hours, listed


@dataclass(frozen=True, slots=True)
class Picture:
    """Time and effort of the two, over the red line."""

    svg: Markup
    path: str
    """As a file of the Markdown edition."""
    smoothing_weeks: int
    red_line_days: int


@dataclass(frozen=True, slots=True)
class Due:
    """The one message to them."""

    what: str
    why: str
    when: str
    """The day, and how long it takes."""
    rows: tuple[Row, ...]
    text: Message | None
    """None where the edition has no letters."""
    recording: Recording | None
    """How it is recorded; None where the edition's reader keeps no workbook."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows; None, empty or without lines where the edition or the data has nothing."""

    place: Place
    who: Who | None
    notes: str
    """The owner's own."""
    sentences: tuple[str, ...]
    """One or two, of at most 25 words."""
    beside: tuple[Line, ...]
    picture: Picture | None
    sees_plan: bool
    """Whether what is due stands on the page."""
    due: Due | None
    mailing: Link | None
    """The mailing that they are in, where there is no message to them alone."""
    later: tuple[str, ...]
    """What waits, what is held back and what may have been done: a sentence each."""
    stream: Stream
    health: Health | None
    trust: Trust | None
    boundaries: tuple[Fact, ...]
    kinds: tuple[Fact, ...]
    stages: Stages | None
    sold: str
    """What the sales come to."""
    sales: Table
    spells: Spells | None
    about: tuple[Fact, ...]
    figures: Figures
    sources: str
    """Where the figures come from."""


def content(site: Site, view: ClientView) -> Content:
    """Everything about one client that the edition may see."""
    sees_silence = site.sees("matrix")
    return Content(
        place=site.places[view.name],
        who=who(view),
        notes=view.findings.seen.client.notes or "",
        sentences=sentences(site, view),
        beside=tuple(lines(site, view)),
        picture=_picture(site, view) if sees_silence else None,
        sees_plan=site.sees("actions") and view.findings.seen.is_running,
        due=_due(site, view, view.action) if site.sees("actions") and view.action else None,
        mailing=_mailing(site, view) if site.sees("actions") else None,
        later=tuple(_later(site, view)) if site.sees("actions") else (),
        stream=stream(site, view),
        health=health(site, view) if site.sees("health") else None,
        trust=trust(site, view) if site.sees("trust") else None,
        boundaries=tuple(boundaries(site, view)) if site.sees("boundaries") else (),
        kinds=tuple(kinds(site, view)) if site.sees("touchpoints") else (),
        stages=stages(site, view) if site.sees("lifecycle") else None,
        sold=sold(site, view),
        sales=sales(site, view),
        spells=spells(site, view) if sees_silence else None,
        about=tuple(about(site, view)),
        figures=figures(site, view),
        sources="the rows named beside it" if site.sees("rows") else "the owner’s records",
    )


def _picture(site: Site, view: ClientView) -> Picture | None:
    quiet = view.findings.seen.silence
    if not quiet.started:
        return None
    return Picture(
        svg=view.svg(),
        path=f"pictures/{view.slug}.svg",
        smoothing_weeks=site.report.settings.smoothing_weeks,
        red_line_days=quiet.red_line_days,
    )


def _due(site: Site, view: ClientView, action: Action) -> Due:
    letter = site.due_letters.get(view.name)
    return Due(
        what=ended(action.what),
        why=action.why,
        when=f"{day(action.day)} · {hours(action.minutes)}",
        rows=site.rows(action.rows),
        text=due_message(letter) if letter else None,
        recording=recording(site, action),
    )


def _mailing(site: Site, view: ClientView) -> Link | None:
    mailing = site.mailing_of.get(view.name)
    if mailing is None:
        return None
    return Link(f"{mailing.what}: {mailing.whom}", "actions", f"mailing-{mailing.letter}")


def _later(site: Site, view: ClientView) -> Iterator[str]:
    for stale in site.stale_of.get(view.name, ()):
        yield f"Done, or sorry? {stale.due.what}. {stale.due.why}"
    for wait in site.waiting_of.get(view.name, ()):
        yield f"Waiting: {listed([one.what for one in wait.due], len(wait.due))}. {wait.why}"
    held = site.report.plan.held_back.get(view.name)
    if held:
        yield f"Held back: {held_back(held)}"
