"""The folded facts of a client's page: every figure, how they keep to your hours, who they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.figures.catalogue import facts
from reportgen.figures.figure import Case
from reportgen.figures.figure import Fact as FactOfFigure
from reportgen.problems import Row
from reportgen.site.layout import Link
from reportgen.site.search import figure_id
from reportgen.site.shared import ClientView, Site
from reportgen.values import dataclass
from reportgen.words import NOT_KNOWN, day, hours, listed, percent, rows, sentence_case

_ROWS_OF_A_FIGURE = 4
"""How many rows stand beside a figure; every row stands under What happened."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with what is to be said of it."""

    label: str
    value: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure that is known."""

    rule: Link
    """Its label, leading to its rule."""
    value: str
    rows: str
    """The first rows behind it, in words; empty without any, or where the edition may not see them."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Figures that are not known, or not whole."""

    figures: str
    record: str
    """What would make them known: ``record sales (Sales)``; or why they cannot be."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure of the client that the edition may see."""

    known: tuple[FigureLine, ...]
    missing: tuple[Missing, ...]


def figures(site: Site, view: ClientView) -> Figures:
    """Every figure: with its first rows where it is known, else by what would make it known."""
    told = facts(Case(view.findings, site.report))
    missing: dict[str, list[str]] = {}
    for _, label, fact in told:
        if fact.is_known and not fact.parts:
            continue
        records = "; ".join(dict.fromkeys(_records(fact)))
        if records:
            missing.setdefault(records, []).append(label)
    return Figures(
        known=tuple(
            FigureLine(
                Link(label, "method", figure_id(key)),
                fact.words,
                rows(site.rows(fact.rows), _ROWS_OF_A_FIGURE),
            )
            for key, label, fact in told
            if fact.is_known
        ),
        missing=tuple(
            Missing(listed(labels, len(labels)), sentence_case(records))
            for records, labels in missing.items()
        ),
    )


def _records(fact: FactOfFigure) -> Iterator[str]:
    """What is missing of a figure: of its parts, where they say it, for they say it best."""
    of_parts = [record for _, part in fact.parts for record in _records(part)]
    if of_parts or fact.is_known:
        yield from of_parts
    else:
        yield fact.words.removeprefix(f"{NOT_KNOWN}: ").split("; weight")[0]


def boundaries(site: Site, view: ClientView) -> Iterator[Fact]:
    """How the client keeps to hours, channels and services, as far as there is something to say."""
    edges = view.findings.boundaries
    if edges.level:
        share = percent(edges.boundary_load)
        yield Fact(
            sentence_case(edges.level),
            f"{share} of {hours(edges.minutes)} in the last 12 months was out of hours or out of scope",
        )
    if edges.out_of_hours.count:
        yield Fact(
            "Out of hours",
            f"{edges.out_of_hours.count} of {edges.timed} with a Start; {edges.asked.count} asked for, "
            f"{edges.offered.count} offered",
            site.rows(edges.out_of_hours.rows),
        )
    if edges.off_channel and edges.off_channel.rows:
        yield Fact(
            "Off channel",
            f"{edges.off_channel.count} of {edges.with_channel} with a channel",
            site.rows(edges.off_channel.rows),
        )
    if edges.out_of_scope.minutes:
        scope = edges.out_of_scope
        yield Fact("Out of scope", hours(scope.minutes), site.rows(scope.rows))


def kinds(site: Site, view: ClientView) -> Iterator[Fact]:
    """The kinds of touchpoint of the last 12 months, and the key moments of a customer."""
    for one in view.findings.mix.kinds:
        if one.touchpoints:
            yield Fact(sentence_case(one.kind), str(one.touchpoints), site.rows(one.rows))
    moments = view.findings.moments
    if moments is None:
        return
    for moment, had in moments.rows.items():
        if had:
            yield Fact(sentence_case(moment), "had", site.rows(had))
    if moments.missed:
        yield Fact("Key moments missed", listed(moments.missed))


def about(site: Site, view: ClientView) -> Iterator[Fact]:
    """What the Clients sheet says of them beside how to reach them, as far as it is filled in."""
    who = view.findings.seen.client
    birthday = f"{who.birthday.day} {who.birthday:%B}" if who.birthday else ""
    potential = site.money(who.potential_per_year) if who.potential_per_year else ""
    for label, value in (
        ("Address", who.address),
        ("Segment", who.segment),
        ("Source", who.source),
        ("Referred by", who.referred_by),
        ("Client since", day(who.since) if who.since else ""),
        ("Birthday", birthday),
        ("Potential per year", potential),
    ):
        if value:
            yield Fact(label, value)
    if who.row:
        yield from _own_row(site.rows([who.row]))


def _own_row(found: Iterable[Row]) -> Iterator[Fact]:
    for one in found:
        yield Fact("Row", rows([one]))
