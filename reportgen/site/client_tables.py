"""What is found about a client, as tables of the client's page: health, trust, stages, spells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analyses.health import HealthPart, Part
from reportgen.analyses.lifecycle import LifecycleStage, RelationshipStage, Stage
from reportgen.estimates.trust import Component, ComponentName
from reportgen.estimates.trust import Part as PartOfTrust
from reportgen.estimates.trust import Trust as FormulaOfTrust
from reportgen.evidence.red_line import Spell
from reportgen.problems import Row
from reportgen.site.layout import BANDS, Cell, Column, rows_cell
from reportgen.site.shared import ClientView, Site
from reportgen.words import (
    NOT_KNOWN,
    count,
    day,
    percent,
    rows,
    sentence_case,
    short_day,
)

_IT_IS_THE_LAST = "It is the last."
_ENDED = "The relationship has ended."


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
    last_rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """The health score with its parts."""

    score: str
    """Empty where there is none."""
    why_none: str
    """Why there is none."""
    band: str
    tone: str
    warned: str
    """Whether the score of six months ago foretold who would leave."""
    columns: tuple[Column, ...]
    parts: tuple[HealthLine, ...]


@dataclass(frozen=True, slots=True)
class TrustLine:
    """One part of a component of Trust."""

    name: str
    component: str
    done: Cell
    is_known: bool
    cells: tuple[Cell, ...]
    """What was done and, where the edition may see them, the rows."""
    rows: tuple[Row, ...]
    counter_rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TrustComponent:
    """Care, Accountability or Communication."""

    name: str
    cells: tuple[Cell, ...]
    parts: tuple[TrustLine, ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """Trust with its components."""

    score: str
    """Empty where too little is recorded."""
    held_back_by: str
    """What would raise it most, and whether it speaks without Accountability; empty without a score."""
    advice: str
    """How often they asked for advice; empty where they did not."""
    advice_rows: tuple[Row, ...]
    verdict: str
    """What that says of the score; empty where nothing."""
    columns: tuple[Column, ...]
    components: tuple[TrustComponent, ...]


@dataclass(frozen=True, slots=True)
class StageLine:
    """Where the relationship stands from one point of view."""

    view: str
    stage: str
    proof: Cell | None
    """None where the edition may not see rows."""
    markdown_proof: str
    needs: str
    """What the next stage needs."""
    markdown_needs: str


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of the relationship."""

    columns: tuple[Column, ...]
    lines: tuple[StageLine, ...]
    without_proof: tuple[StageLine, ...]
    """Those that follow from others."""
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
    """The spells below the red line, the latest first."""

    columns: tuple[Column, ...]
    lines: tuple[SpellLine, ...]


def _if_any(found: Sequence[Row], most: int) -> Cell:
    """A cell of rows that may be folded open; only one with rows in it says that it is one."""
    return Cell(rows=tuple(found), most=most) if found else Cell()


def health(site: Site, view: ClientView) -> Health:
    """What the score rests on, part by part."""
    found, auc = view.findings.health, site.report.warned.auc
    return Health(
        score="" if found.score is None else f"{found.score:.0f} of 100",
        why_none="fewer than two of its parts are known"
        if found.parts
        else "only a relationship that goes on has one",
        band=found.band or "",
        tone=BANDS[found.band] if found.band else "",
        warned="Too few have left in the last six months to tell."
        if auc is None
        else "Of two clients, one of whom has left in the last six months, it had ranked the right one "
        f"lower {percent(auc)} of the time; silence alone {percent(site.report.warned.by_silence)}.",
        columns=site.columns(
            Column("Part"),
            Column("Weight", number=True),
            Column("Value", number=True),
            Column("Because"),
            rows=Column("Rows"),
        ),
        parts=tuple(_health_line(site, part) for part in found.parts),
    )


def _health_line(site: Site, part: Part) -> HealthLine:
    return HealthLine(
        name=sentence_case(part.name),
        weight=part.weight,
        value=NOT_KNOWN if part.value is None else f"{part.value:.2f}",
        because=sentence_case(part.words),
        rows=_if_any(part.rows, 4) if site.sees("rows") else None,
        is_below=part.name is HealthPart.TRUST and part.value is not None,
        last_rows=part.rows[-4:],
    )


def trust(site: Site, view: ClientView) -> Trust:
    """What Trust rests on, component by component."""
    found = view.findings.trust
    asked = count(len(found.signals), "time")
    return Trust(
        score="" if found.index is None else f"{found.index:.0f} of 100",
        held_back_by=_held_back_by(found),
        advice=f"They asked for your advice {asked} in the last 12 months" if found.signals else "",
        advice_rows=site.rows(found.signals),
        verdict=", which agrees"
        if found.agree
        else ""
        if found.agree is None
        else ": a better sign than the score",
        columns=(
            Column("Part"),
            Column("Done"),
            *((Column("Rows for it"), Column("Rows against it")) if site.sees("rows") else ()),
        ),
        components=tuple(_component(site, one) for one in found.components),
    )


def _held_back_by(found: FormulaOfTrust) -> str:
    if found.value is None:
        return ""
    alone = " It speaks without Accountability, of which nothing is known."
    without = alone if found.accountability.value is None else ""
    name = found.held_back_by
    if name:
        return f"What would raise it most: {name}.{without}"
    rated = any(one.rated for one in found.components) and round(found.value) < 100
    return ("Only how it was rated holds it back." if rated else "Nothing holds it back.") + without


def _component(site: Site, one: Component) -> TrustComponent:
    if one.value is None:
        figure = NOT_KNOWN
    elif one.name is ComponentName.COMMUNICATION:
        figure = f"{one.value:.2f} of 1"
    else:
        figure = f"{one.value:.1f} of 10"
    done = Cell(f"{figure}, rated" if one.rated else figure)
    rated = _if_any([one.rated] if one.rated else [], 1)
    return TrustComponent(
        name=sentence_case(one.name),
        cells=(done, rated, Cell()) if site.sees("rows") else (done,),
        parts=tuple(_trust_line(site, one, part) for part in one.parts),
    )


def _trust_line(site: Site, component: Component, part: PartOfTrust) -> TrustLine:
    is_known = part.denominator > 0
    done = Cell(_met(part)) if is_known else Cell(f"not known: {part.record}", tone="soft")
    both = (_if_any(part.rows, 6), _if_any(part.counter_rows, 6)) if site.sees("rows") else ()
    return TrustLine(
        name=sentence_case(part.name),
        component=component.name,
        done=done,
        is_known=is_known,
        cells=(done, *both),
        rows=part.rows,
        counter_rows=part.counter_rows,
    )


def _met(part: PartOfTrust) -> str:
    """How much of what was asked for was done; what goes beyond it apart: ``4 of 4 (12 in all)``."""
    if part.numerator > part.denominator:
        return f"{part.denominator} of {part.denominator} ({part.numerator} in all)"
    return f"{part.numerator} of {part.denominator}"


def stages(site: Site, view: ClientView) -> Stages:
    """The stage of each view, with what proves it and what the next one needs."""
    one, sales_recorded = view.findings, site.report.found.sales_recorded
    derived = (
        ("Guiding principle", one.principle),
        ("Customer strategy", one.growth or NOT_KNOWN),
    )
    return Stages(
        columns=(
            Column("View"),
            Column("Stage"),
            *((Column("Proof"),) if site.sees("rows") else ()),
            Column("The next stage needs"),
        ),
        lines=(_relationship(site, view), _lifecycle(site, view)),
        without_proof=tuple(
            _stage_line(site, name, stage, "", "") for name, stage in derived if sales_recorded
        ),
        history=_history(view) if sales_recorded else "",
    )


def _stage_line(site: Site, view: str, stage: str, proof: str, needs: str) -> StageLine:
    cell = (Cell(proof, rows=()) if proof else Cell()) if site.sees("rows") else None
    return StageLine(view, sentence_case(stage), cell, proof, needs, needs)


def _relationship(site: Site, view: ClientView) -> StageLine:
    found, name = view.findings.relationship, "Relationship"
    if not site.report.found.sales_recorded:
        first = "A first row on the Sales sheet"
        return _stage_line(site, name, NOT_KNOWN, "no sale is recorded", first)
    needs = found.needs if view.findings.is_open else ()
    return _proven(site, view, name, found, "nothing bought yet", needs)


def _lifecycle(site: Site, view: ClientView) -> StageLine:
    found, name = view.findings.lifecycle, "Life cycle"
    known = site.report.found.sales_recorded or found.name is LifecycleStage.REACH
    needs = found.needs if known else ("A sale, once it is recorded",)
    needs = needs if view.findings.is_open else ()
    return _proven(site, view, name, found, "no answer yet", needs)


def _proven(
    site: Site,
    view: ClientView,
    name: str,
    found: Stage[LifecycleStage] | Stage[RelationshipStage],
    unproven: str,
    needs: Sequence[str],
) -> StageLine:
    """A stage with the rows that prove it; the Markdown edition leaves empty what is not there."""
    proof, missing = rows(found.rows), sentence_case("; ".join(needs))
    return StageLine(
        name,
        sentence_case(found.name),
        Cell(proof or unproven, rows=()) if site.sees("rows") else None,
        proof,
        missing or (_IT_IS_THE_LAST if view.findings.is_open else _ENDED),
        missing,
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


def spells(site: Site, view: ClientView) -> Spells:
    """When they heard nothing for longer than the red line, and what would have prevented it."""
    found = view.findings.seen.silence.spells
    return Spells(
        columns=site.columns(
            Column("From"),
            Column("To"),
            Column("Days", number=True),
            Column("What would have prevented it"),
            rows=Column("Contacts before and after"),
        ),
        lines=tuple(_spell_line(site, view, spell) for spell in reversed(found)),
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
