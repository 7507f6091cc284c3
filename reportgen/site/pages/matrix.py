"""The matrix: where do time and effort go, and where do I go silent?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reportgen.evidence.purchases import BY_THE_MONTH
from reportgen.evidence.red_line import PhaseName, Spell
from reportgen.model import BusinessModel
from reportgen.periods import year_to
from reportgen.pictures.drawing import Chart
from reportgen.pictures.phases import MODELS
from reportgen.report.findings import ClientFindings, Findings, below, running
from reportgen.report.report import Report
from reportgen.site.everyone import Everyone, everyone
from reportgen.site.layout import Cell, Column, Figure, Line, Table
from reportgen.site.page import Page
from reportgen.site.phases import PhaseFigure, phase_figures
from reportgen.site.prose.english.figures import than_last_month
from reportgen.site.prose.english.numbers import every
from reportgen.site.shared import SPELLS_SHOWN, ClientView, Site
from reportgen.site.silence import silence
from reportgen.values import dataclass
from reportgen.words import count, hours, in_words, listed, percent, sentence_case, short_day

SMALL_PICTURES = 60
"""How many relationships have their small picture here, those with most at stake first."""


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
class Apart:
    """Those who have lapsed or ended."""

    heading: str
    table: Table


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    base: str
    """Of whom it speaks; empty where nobody is running."""
    figures: tuple[Figure, ...]
    phases: tuple[PhaseFigure, ...]
    likeness: str
    """Which business models the running clients behave like; empty where it cannot be told."""
    staying: Staying
    ladder: Ladder | None
    everyone: Everyone
    spells: Table | None
    """Of the running clients; None without any."""
    history: str
    """How many spells are of longer ago; a sentence, empty where none is."""
    apart: Apart | None
    """None where all are running."""
    touchpoints: int
    without_minutes: int


def answer(report: Report) -> str:
    """Where do time and effort go, and where do I go silent?"""
    found = report.found
    known = [c for c in running(found) if c.seen.silence.below_share is not None]
    if not known and found.clients and not running(found):
        return f"Nobody is running: {found.counts.apart}."
    if not known:
        return "No client has been in touch yet, so there is nothing to draw."
    slipped = [client for client in known if client.seen.silence.spells]
    if len(known) == 1:
        return _matrix_of_one(known[0])
    who = count(len(known), "running client")
    if not slipped:
        return f"None of {who} was ever below the red line."
    after = [c for c in slipped if _fell_after_the_work(c)]
    if len(slipped) == len(known):
        first = f"{every(len(known), 'running client')} have been below the red line"
    else:
        have = "has" if len(slipped) == 1 else "have"
        first = f"{sentence_case(in_words(len(slipped)))} of {who} {have} been below the red line"
    if len(after) * 2 > len(slipped):
        return f"{first}, {_most(len(after), len(slipped))} after {_moment(report)}: plan for that moment."
    days_below = sum(c.seen.silence.days_below for c in known)
    share = days_below / sum(c.seen.silence.relationship_days for c in known)
    return f"{first}; together they spent {percent(share)} of all days below it."


def _most(after: int, slipped: int) -> str:
    """How many of those who slipped did so first at one moment."""
    return "first" if after == slipped else f"{in_words(after)} of them first"


def _moment(report: Report) -> str:
    model = report.settings.business_model
    if model == BusinessModel.PRODUCT:
        return "the sale"
    return "a paid month was over" if model in BY_THE_MONTH else "the work was done"


def _matrix_of_one(one: ClientFindings) -> str:
    quiet = one.seen.silence
    if not quiet.spells:
        return "Your one running client was never below the red line."
    return (
        "Your one running client has been below the red line; "
        f"{percent(quiet.below_share)} of the days were spent below it."
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
    """All running clients together, each of them, and every spell below a red line."""
    found, number = site.report.found, len(site.running)
    spells = _spells(site)
    history = sum(len(view.findings.seen.silence.spells) for view in site.running) - len(spells)
    return Content(
        base=f"Counted: your {count(number, 'running client')}." if number else "",
        figures=tuple(_figures(site)),
        phases=phase_figures(site),
        likeness=_likeness(site),
        staying=_staying(site.report),
        ladder=_ladder(site),
        everyone=everyone(site, SMALL_PICTURES),
        spells=_spell_table(spells, number) if spells else None,
        history=_history(history) if history else "",
        apart=_apart(site),
        touchpoints=found.counts.touchpoints,
        without_minutes=found.counts.without_minutes,
    )


def _history(spells: int) -> str:
    if spells == 1:
        return (
            "One spell of longer ago is history and has no advice; it stands on its client’s page."
        )
    older = f"{sentence_case(in_words(spells))} spells of longer ago"
    return f"{older} are history and have no advice; each stands on its client’s page."


def _figures(site: Site) -> Iterator[Figure]:
    """How many are below the line, for how many days of the year, and what that takes."""
    found, before, number = site.report.found, site.report.before, len(site.running)
    if not number:
        return
    now = len(below(found))
    yield Figure(
        "Below the line now",
        f"{now or 'none'}",
        f"of {count(number, 'running client')}",
        than_last_month(now, len(below(before)), fewer_is_better=True),
    )
    share, then = _days_below(found), _days_below(before)
    if share is not None:
        yield Figure(
            "Days below the line",
            percent(share),
            "of all days with them in the last 12 months",
            "" if then is None else f"{percent(then)} a month ago",
        )
    staying = found.staying
    if staying.touches:
        yield Figure(
            "To stay above it",
            hours(staying.minutes),
            "in the year would have done"
            if staying.share is None
            else f"in the year would have done, {percent(staying.share)} of your time with them",
        )


def _days_below(found: Findings) -> float | None:
    """The share of the year's days with running clients that was below their red lines."""
    year = year_to(found.as_of)
    counted = [client.seen.silence.days_within(year) for client in running(found)]
    days = sum(of for _, of in counted)
    return sum(below_it for below_it, _ in counted) / days if days else None


def _likeness(site: Site) -> str:
    """Most first; a curve too short to tell is left out."""
    models = [view.findings.likeness.model for view in site.running if view.findings.likeness]
    if not models or not site.report.found.sales_recorded:
        return ""
    counted = sorted(
        (model for model in BusinessModel if model in models),
        key=lambda model: -models.count(model),
    )
    first, *others = [f"{in_words(models.count(one))} like {MODELS[one]}" for one in counted]
    verb = "behaves" if models.count(counted[0]) == 1 else "behave"
    said = listed([first.replace(" like", f" {verb} like", 1), *others], len(counted))
    return (
        f"Of the {count(len(models), 'running client')} with a course long enough to tell, {said}, "
        "by their own time and silence."
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
    """The spells of running clients that began in the last year or are still open: the open ones first, the
    longest of each first.
    """
    as_of = site.report.as_of
    found = [
        (view, spell)
        for view in site.running
        for spell in view.findings.seen.silence.spells
        if spell.last == as_of or view.prevention(spell)
    ]

    def place(one: tuple[ClientView, Spell]) -> tuple[bool, int, str, date]:
        view, spell = one
        return (spell.last != as_of, -spell.days, view.name.casefold(), spell.first)

    return sorted(found, key=place)


def _spell_table(spells: list[tuple[ClientView, Spell]], number: int) -> Table:
    slipped = len({view.name for view, _ in spells})
    of = f"of {in_words(slipped)} of {count(number, 'running client')}"
    most = f"; the first {SPELLS_SHOWN}" if len(spells) > SPELLS_SHOWN else ""
    return Table(
        id="spells",
        caption=f"{count(len(spells), 'spell')} of the last year, {of}: those still open first, the "
        f"longest of each first{most}",
        columns=(
            Column("Client"),
            Column("When"),
            Column("Days below", number=True, most_first=True),
            Column("What would have prevented it", fixed=True),
        ),
        lines=tuple(
            Line(view.link, tuple(_spell(view, spell))) for view, spell in spells[:SPELLS_SHOWN]
        ),
    )


def _spell(view: ClientView, spell: Spell) -> Iterator[Cell]:
    is_open = spell.last == view.report.as_of
    since = f"since {short_day(spell.first)}"
    when = since if is_open else f"{short_day(spell.first)} to {short_day(spell.last)}"
    yield Cell(when, sort=spell.first)
    tone = "over" if is_open else ""
    yield Cell(f"{spell.days}", number=True, label="days below", tone=tone)
    found = view.prevention(spell)
    took = f"; {hours(sum(touch.light.minutes for touch in found.touches))}" if found else ""
    yield Cell(f"{view.prevented_by(spell)}{took}")


def _apart(site: Site) -> Apart | None:
    """The lapsed and the ended, those silent for the longest part of their line first."""
    gone = [view for view in site.worst_first if not view.findings.seen.is_running]
    if not gone:
        return None
    counts = site.report.found.counts
    return Apart(
        f"{sentence_case(counts.apart)}",
        Table(
            id="apart",
            caption="What of their time with you was below the red line",
            columns=(
                Column("Client"),
                Column("Silence", number=True, most_first=True),
                Column("Days below", number=True, most_first=True),
            ),
            lines=tuple(Line(view.link, tuple(_gone(view))) for view in gone[:SPELLS_SHOWN]),
        ),
    )


def _gone(view: ClientView) -> Iterator[Cell]:
    quiet = view.findings.seen.silence
    yield silence(view)
    share = f", {percent(quiet.below_share)}" if quiet.days_below else ""
    text = f"{quiet.days_below}{share}" if quiet.days_below else ""
    yield Cell(text, sort=quiet.days_below, number=True, label="days below" if text else "")


PAGE = Page(
    name="matrix",
    title="Matrix",
    question="Where do time and effort go, and where do I go silent?",
    answer=answer,
    content=content,
    pictures=pictures,
)
