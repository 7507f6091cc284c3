"""What is found about a client, as tables of the client's page: health, trust, stages, spells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.analyses.health import HealthPart, Part
from reportgen.analyses.lifecycle import LifecycleStage, RelationshipStage, Stage
from reportgen.estimates.trust import Component, ComponentName
from reportgen.estimates.trust import Part as PartOfTrust
from reportgen.estimates.trust import Trust as FormulaOfTrust
from reportgen.evidence.red_line import Spell
from reportgen.periods import year_to
from reportgen.problems import Row
from reportgen.site.layout import BANDS, Cell, Column, rows_cell
from reportgen.site.shared import ClientView, Site
from reportgen.values import dataclass
from reportgen.words import count_in_words, day, often, sentence_case, short_day


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One part of the health score."""

    name: str
    weight: int
    value: str
    because: str
    rows: Cell | None
    """None where the edition may not see them."""
    is_below: bool
    """Whether its rows stand further down the page, under Trust."""


@dataclass(frozen=True, slots=True)
class Health:
    """The health score with the parts of it that are known."""

    score: str
    band: str
    tone: str
    columns: tuple[Column, ...]
    parts: tuple[HealthLine, ...]


@dataclass(frozen=True, slots=True)
class TrustLine:
    """One part of a component of Trust, or a component as it was rated."""

    name: str
    component: str
    cells: tuple[Cell, ...]
    """What was done and, where the edition may see them, the rows for it and against it."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Trust with the parts of it that are known."""

    score: str
    held_back_by: str
    """What would raise it most, and whether it speaks without Accountability; or what it takes."""
    advice: str
    """How often they asked for advice; empty where they did not."""
    advice_rows: tuple[Row, ...]
    verdict: str
    """What that says of the score; empty where nothing."""
    columns: tuple[Column, ...]
    parts: tuple[TrustLine, ...]


@dataclass(frozen=True, slots=True)
class StageLine:
    """Where the relationship stands from one point of view."""

    view: str
    stage: str
    needs: str
    """What the next stage needs."""
    proof: Cell | None
    """None where the edition may not see rows."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of the relationship."""

    now: str
    """The one of the five Cs, in a word."""
    columns: tuple[Column, ...]
    lines: tuple[StageLine, ...]
    history: str
    """The stages at the ends of the last months; empty where there was but one."""


@dataclass(frozen=True, slots=True)
class SpellLine:
    """One spell below the red line."""

    first: str
    last: Cell
    days: int
    prevented_by: str
    rows: Cell | None
    """The contacts before and after; None where the edition may not see them."""


@dataclass(frozen=True, slots=True)
class Spells:
    """The spells below the red line of the last 12 months, the latest first."""

    title: str
    """``Three spells below the red line``, all that there were."""
    before: str
    """How many lie further back; empty where none does."""
    columns: tuple[Column, ...]
    lines: tuple[SpellLine, ...]


def _if_any(found: Sequence[Row], most: int) -> Cell:
    """A cell of rows that may be folded open; only one with rows in it says that it is one."""
    return Cell(rows=tuple(found), most=most) if found else Cell()


def health(site: Site, view: ClientView) -> Health | None:
    """What the score rests on, part by part; None where there is none."""
    found = view.findings.health
    if found.score is None or found.band is None:
        return None
    return Health(
        score=f"{found.score:.0f} of 100",
        band=found.band,
        tone=BANDS[found.band],
        columns=site.columns(
            Column("Part"),
            Column("Weight", number=True),
            Column("Value", number=True),
            Column("Because"),
            rows=Column("Rows"),
        ),
        parts=tuple(
            _health_line(site, part, part.value) for part in found.parts if part.value is not None
        ),
    )


def _health_line(site: Site, part: Part, value: float) -> HealthLine:
    return HealthLine(
        name=sentence_case(part.name),
        weight=part.weight,
        value=f"{value:.2f}",
        because=sentence_case(part.words),
        rows=_if_any(part.rows, 4) if site.sees("rows") else None,
        is_below=part.name is HealthPart.TRUST,
    )


def trust(site: Site, view: ClientView) -> Trust:
    """What Trust rests on, part by part."""
    found = view.findings.trust
    asked = often(len(found.signals))
    return Trust(
        score="not known yet" if found.index is None else f"{found.index:.0f} of 100",
        held_back_by=_held_back_by(found),
        advice=f"They asked for your advice {asked} in the last 12 months" if found.signals else "",
        advice_rows=site.rows(found.signals),
        verdict={None: "", True: ", which agrees", False: ": a better sign than the score"}[
            found.agree
        ],
        columns=(
            Column("Part"),
            Column("Done"),
            *((Column("Rows for it"), Column("Rows against it")) if site.sees("rows") else ()),
        ),
        parts=tuple(line for one in found.components for line in _component(site, one)),
    )


def _held_back_by(found: FormulaOfTrust) -> str:
    if found.value is None:
        return "It takes three of its parts: All figures says what to record."
    alone = " It speaks without Accountability, of which nothing is known."
    without = alone if found.accountability.value is None else ""
    name = found.held_back_by
    if name:
        return f"What would raise it most: {name}.{without}"
    rated = any(one.rated for one in found.components) and round(found.value) < 100
    return ("Only how it was rated holds it back." if rated else "Nothing holds it back.") + without


def _component(site: Site, one: Component) -> Iterator[TrustLine]:
    """Its rating, where it has one, and its known parts."""
    if one.rated is not None and one.value is not None:
        of_one = one.name is ComponentName.COMMUNICATION
        figure = f"{one.value:.2f} of 1" if of_one else f"{one.value:.1f} of 10"
        yield _trust_line(site, one.name, one.name, f"{figure}, rated", [one.rated], ())
    for part in one.parts:
        if part.denominator:
            yield _trust_line(site, part.name, one.name, _met(part), part.rows, part.counter_rows)


def _trust_line(
    site: Site,
    name: str,
    component: str,
    done: str,
    found: Sequence[Row],
    against: Sequence[Row],
) -> TrustLine:
    both = (_if_any(found, 6), _if_any(against, 6)) if site.sees("rows") else ()
    return TrustLine(sentence_case(name), component, (Cell(done), *both))


def _met(part: PartOfTrust) -> str:
    """How much of what was asked for was done; what goes beyond it apart: ``4 of 4 (12 in all)``."""
    if part.numerator > part.denominator:
        return f"{part.denominator} of {part.denominator} ({part.numerator} in all)"
    return f"{part.numerator} of {part.denominator}"


def stages(site: Site, view: ClientView) -> Stages | None:
    """The stage of each view, with what proves it and what the next one needs; None without sales."""
    if not site.report.found.sales_recorded:
        return None
    one = view.findings
    return Stages(
        now=one.relationship.name,
        columns=site.columns(
            Column("View"), Column("Stage"), Column("The next stage needs"), rows=Column("Proof")
        ),
        lines=(
            _stage_line(site, view, "Relationship", one.relationship),
            _stage_line(site, view, "Life cycle", one.lifecycle),
        ),
        history=_history(view),
    )


def _stage_line(
    site: Site,
    view: ClientView,
    name: str,
    found: Stage[LifecycleStage] | Stage[RelationshipStage],
) -> StageLine:
    needs = sentence_case("; ".join(found.needs)) or "It is the last."
    return StageLine(
        name,
        sentence_case(found.name),
        needs if view.findings.is_open else "The relationship has ended.",
        _if_any(found.rows, 6) if site.sees("rows") else None,
    )


def _history(view: ClientView) -> str:
    """The relationship stage at the month ends of the last year: each change with its date."""
    changes: list[tuple[str, str]] = []
    for moment in view.report.history:
        if view.name not in moment.begun:
            continue
        flag = ", lapsed" if view.name in moment.lapsed else ""
        flag = ", ended" if view.name in moment.ended else flag
        stage = f"{moment.relationship[view.name]}{flag}"
        if not changes or changes[-1][0] != stage:
            changes.append((stage, short_day(moment.date)))
    if len(changes) < 2:
        return ""
    return "; ".join(f"{stage} from {since}" for stage, since in changes)


def spells(site: Site, view: ClientView) -> Spells | None:
    """When they heard nothing for longer than the red line, and what would have prevented it.

    None where that never happened.
    """
    found = view.findings.seen.silence.spells
    if not found:
        return None
    year = year_to(site.report.as_of)
    lately = [spell for spell in reversed(found) if spell.last in year]
    before = len(found) - len(lately)
    return Spells(
        title=f"{sentence_case(count_in_words(len(found), 'spell'))} below the red line",
        before=f"{sentence_case(count_in_words(before, 'spell'))} ended earlier." if before else "",
        columns=site.columns(
            Column("From"),
            Column("To"),
            Column("Days", number=True),
            Column("What would have prevented it"),
            rows=Column("Contacts before and after"),
        ),
        lines=tuple(_spell_line(site, view, spell) for spell in lately),
    )


def _spell_line(site: Site, view: ClientView, spell: Spell) -> SpellLine:
    is_open = spell.last == site.report.as_of
    return SpellLine(
        first=day(spell.first),
        last=Cell("still open", tone="over") if is_open else Cell(day(spell.last)),
        days=spell.days,
        prevented_by=view.prevented_by(spell),
        rows=rows_cell(_around(view, spell)) if site.sees("rows") else None,
    )


def _around(view: ClientView, spell: Spell) -> tuple[Row, ...]:
    """The contacts between which a spell lies: the one before it and, if any, the one after."""
    seen = view.findings.seen
    before = [day for day in seen.contact_days if day < spell.first][-1:]
    after = [day for day in seen.contact_days if day > spell.last][:1]
    return seen.contact_rows((*before, *after))
