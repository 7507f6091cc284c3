"""The matrix: where do time and effort go, and where do I go silent?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from reportgen.evidence.red_line import PhaseName, SilenceState, Spell
from reportgen.model import BusinessModel
from reportgen.pictures.drawing import Chart
from reportgen.report.findings import ClientFindings
from reportgen.report.report import Report
from reportgen.site.layout import Cell, Link, width
from reportgen.site.page import Page
from reportgen.site.phases import PhaseFigure, phase_figures
from reportgen.site.shared import SPELLS_SHOWN, ClientView, Site
from reportgen.site.silence import silence
from reportgen.words import (
    count,
    hours,
    in_words,
    percent,
    sentence_case,
)

SMALL_PICTURES = 60
"""How many relationships have their small picture here, the worst first."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many running relationships behave like a business model."""

    model: str
    number: int
    width: str
    """Of its bar."""


@dataclass(frozen=True, slots=True)
class Staying:
    """What it would have taken to stay above every red line; all empty where nothing was needed."""

    touches: str
    minutes: str
    of_spent: str
    """How much that is of the time spent; empty where none was."""
    apart: str
    """What those would have taken who have lapsed or ended; empty where nothing."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """A loyalty ladder, replayed on the purchases."""

    step: str
    top_share: str
    top_purchase: int
    purchases: str
    discount: str
    sales: str
    has_margin: bool
    """Whether what is left of the margin can be told."""
    margin_left: str
    more_purchases: str
    """How many more would pay for it; empty where none would, and where that cannot be told."""
    never: str
    """With how many clients it never comes out; empty where with none."""


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """One relationship, thumbnail size."""

    client: Link
    svg: Markup
    silence: Cell


@dataclass(frozen=True, slots=True)
class SpellRow:
    """One spell below a red line."""

    client: Link
    first: date
    last: date
    still_open: Cell | None
    """What stands in place of its last day while it is open."""
    days: int
    red_line: int
    prevented_by: str
    """The touches that would have, with their days; empty of a spell that is history."""
    minutes: str
    """Of these touches."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    phases: tuple[PhaseFigure, ...]
    likenesses: tuple[Likeness, ...]
    staying: Staying
    ladder: Ladder | None
    small_pictures: tuple[SmallPicture, ...]
    small_pictures_most: int
    """0 where all have one."""
    spells: tuple[SpellRow, ...]
    spells_in_all: str
    spells_most: int
    """0 where these are all."""
    touchpoints: int
    without_minutes: int


def answer(report: Report) -> str:
    """Where do time and effort go, and where do I go silent?"""
    known = [c for c in report.found.clients if c.seen.silence.below_share is not None]
    if not known:
        return "No client has been in touch yet, so there is nothing to draw."
    slipped = [client for client in known if client.seen.silence.spells]
    if len(known) == 1:
        return _matrix_of_one(known[0])
    if not slipped:
        return f"None of your {count(len(known), 'relationship')} was ever below the red line."
    after = [c for c in slipped if _fell_after_the_work(c)]
    first = (
        f"All {count(len(known), 'relationship')} have been below the red line"
        if len(slipped) == len(known)
        else f"{sentence_case(in_words(len(slipped)))} of {count(len(known), 'relationship')} "
        f"{'has' if len(slipped) == 1 else 'have'} been below the red line"
    )
    if len(after) * 2 > len(slipped):
        is_shop = report.settings.business_model == BusinessModel.PRODUCT
        moment = "the sale" if is_shop else "the work was done"
        return (
            f"{first}, {in_words(len(after))} of them first after {moment}: plan for that moment."
        )
    days_below = sum(c.seen.silence.days_below for c in known)
    share = days_below / sum(c.seen.silence.relationship_days for c in known)
    return f"{first}; together they spent {percent(share)} of all days below it."


def _matrix_of_one(one: ClientFindings) -> str:
    quiet = one.seen.silence
    if not quiet.spells:
        return "Your one relationship was never below the red line."
    return (
        "Your one relationship has been below the red line; "
        f"{percent(quiet.below_share)} of its days were spent below it."
    )


def _fell_after_the_work(client: ClientFindings) -> bool:
    first = client.seen.silence.spells[0].first
    return any(
        phase.name is PhaseName.POST_SALE and phase.first <= first <= phase.last
        for phase in client.seen.phases
    )


def pictures(site: Site) -> Iterator[Chart]:
    """Time and silence over the phases of a relationship, for each business model."""
    return (figure.chart for figure in phase_figures(site))


def content(site: Site) -> Content:
    """All clients together, each relationship, and every spell below a red line."""
    found = site.report.found
    spells = _spells(site)
    return Content(
        phases=phase_figures(site),
        likenesses=_likenesses(site),
        staying=_staying(site.report),
        ladder=_ladder(site),
        small_pictures=tuple(
            SmallPicture(view.link, view.small_svg(), silence(view))
            for view in site.worst_first[:SMALL_PICTURES]
            if view.findings.seen.silence.started
        ),
        small_pictures_most=SMALL_PICTURES if len(site.worst_first) > SMALL_PICTURES else 0,
        spells=tuple(_spell_row(view, spell) for view, spell in spells[:SPELLS_SHOWN]),
        spells_in_all=count(len(spells), "spell"),
        spells_most=SPELLS_SHOWN if len(spells) > SPELLS_SHOWN else 0,
        touchpoints=found.counts.touchpoints,
        without_minutes=found.counts.without_minutes,
    )


def _likenesses(site: Site) -> tuple[Likeness, ...]:
    """By business model; empty when none can be told."""
    if not site.report.found.sales_recorded:
        return ()
    models = [view.findings.likeness.model for view in site.running if view.findings.likeness]
    most = max((models.count(model) for model in BusinessModel), default=0)
    if not most:
        return ()
    return tuple(
        Likeness(sentence_case(model), models.count(model), width(models.count(model), most))
        for model in BusinessModel
    )


def _staying(report: Report) -> Staying:
    staying, apart = report.found.staying, report.found.staying_apart
    if not staying.touches:
        return Staying("", "", "", "")
    single = staying.touches - staying.mailed
    parts = []
    if single:
        parts.append(count(single, "light touch", "light touches"))
    if staying.mailed:
        due = count(staying.mailed, "touch", "touches")
        parts.append(f"{count(staying.mailings, 'mailing')} for {due} that fell due")
    return Staying(
        " and ".join(parts),
        hours(staying.minutes),
        ""
        if staying.share is None
        else f"{percent(staying.share)} of the {hours(staying.minutes_spent)} you spent",
        count(apart.touches, "touch", "touches") if apart.touches else "",
    )


def _ladder(site: Site) -> Ladder | None:
    ladder, settings = site.report.found.ladder, site.report.settings
    if ladder is None or not site.report.found.sales_recorded:
        return None
    extra = None if ladder.margin_left is None else ladder.extra_purchases
    return Ladder(
        step=percent(settings.loyalty_ladder_step),
        top_share=percent(settings.loyalty_ladder_top_share),
        top_purchase=settings.loyalty_ladder_top_purchase,
        purchases=count(ladder.purchases, "purchase"),
        discount=site.money(ladder.discount),
        sales=site.money(ladder.sales),
        has_margin=ladder.margin_left is not None,
        margin_left=site.money(ladder.margin_left),
        more_purchases="" if extra is None else count(extra, "purchase"),
        never=count(ladder.never, "client") if ladder.never else "",
    )


def _spells(site: Site) -> list[tuple[ClientView, Spell]]:
    """Every spell below the red line: those of running relationships still open first, the longest
    of each first.
    """
    found = [(view, spell) for view in site.clients for spell in view.findings.seen.silence.spells]

    def place(one: tuple[ClientView, Spell]) -> tuple[bool, int, str, date]:
        view, spell = one
        open_now = view.state is SilenceState.BELOW and spell.last == site.report.as_of
        return (not open_now, -spell.days, view.name, spell.first)

    return sorted(found, key=place)


def _spell_row(view: ClientView, spell: Spell) -> SpellRow:
    found = view.prevention(spell)
    touches = found.touches if found else ()
    return SpellRow(
        client=view.link,
        first=spell.first,
        last=spell.last,
        still_open=_still_open(view) if spell.last == view.report.as_of else None,
        days=spell.days,
        red_line=view.findings.seen.silence.red_line_days,
        prevented_by=view.prevented_by(spell),
        minutes=hours(sum(touch.light.minutes for touch in touches)) if touches else "",
    )


def _still_open(view: ClientView) -> Cell:
    if view.state is SilenceState.BELOW:
        return Cell("still open", tone="over")
    return Cell(f"still open, {view.state}", tone="soft")


PAGE = Page(
    name="matrix",
    title="Matrix",
    question="Where do time and effort go, and where do I go silent?",
    answer=answer,
    content=content,
    pictures=pictures,
)
