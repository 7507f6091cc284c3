"""The life cycle: who is where, and what moves them on?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from reportgen.analyses.lifecycle import (
    CLOSE,
    LIFECYCLE,
    RELATIONSHIP,
    LifecycleStage,
    RelationshipStage,
    SevenContacts,
    Stage,
    briefly,
)
from reportgen.estimates.survival import SurvivalCurve
from reportgen.evidence.purchases import NAMED
from reportgen.pictures import charts
from reportgen.pictures.drawing import Chart
from reportgen.report.findings import ClientFindings, running
from reportgen.report.report import Report
from reportgen.settings.settings import Settings
from reportgen.shares import TOO_FEW, Share
from reportgen.site.layout import Cell, Column, Line, Names, Table, width
from reportgen.site.page import Page
from reportgen.site.prose.english.numbers import every
from reportgen.site.shared import CURVE_AT_LEAST, ClientView, Site
from reportgen.site.stage_moves import Moved, life_cycle_moves, relationship_moves
from reportgen.values import dataclass
from reportgen.words import (
    count,
    days,
    in_words,
    interval_of,
    listed,
    percent,
    sentence_case,
    share_of,
)

_NAMES = 40
_NAMES_BESIDE = 12
"""So many names stand beside what they lack."""
_NAMED = 3
"""So many who lack one thing are named in the headline, where others do not."""

_MEANING: Mapping[RelationshipStage | LifecycleStage, str] = {
    RelationshipStage.COURTING: "has not bought yet",
    RelationshipStage.CONTRACT: "bought once",
    RelationshipStage.CONTINUATION: "bought again",
    RelationshipStage.COMMITMENT: "buys regularly, and something is planned",
    RelationshipStage.CONVERGENCE: "asks for your advice, and your work is part of theirs",
    LifecycleStage.REACH: "nothing has come back yet",
    LifecycleStage.ACQUISITION: "something came back, nothing bought",
    LifecycleStage.CONVERSION: "bought once",
    LifecycleStage.RETENTION: "bought again",
    LifecycleStage.LOYALTY: "buys regularly, above the red line",
}
"""Stage → what it says of a client."""


@dataclass(frozen=True, slots=True)
class StageBar:
    """How many running clients stand at a stage."""

    name: str
    meaning: str
    number: int
    width: str
    """Of the bar; empty where there are none."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one stage of the life cycle to the next."""

    before: str
    after: str
    further: str
    interval: str
    half_after: str
    """How long until half had moved on."""
    is_not_reached: bool
    """Whether fewer than half have moved on."""


@dataclass(frozen=True, slots=True)
class Seven:
    """After how many contacts clients were won, and prospects given up."""

    won: str
    """The medians of those who bought."""
    given_up: str
    """That of the prospects given up; empty where there are none."""
    counted: str
    share: str
    """With how far it can be trusted, in brackets; or that they are too few."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """Clients at one stage who lack the same for the next."""

    what: str
    where: str
    """How many, at which stage, and which is the next."""
    names: Names


@dataclass(frozen=True, slots=True)
class Gone:
    """The lapsed, or the ended."""

    label: str
    names: Names


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """The other five words for the same, from reach to loyalty."""

    stages: tuple[StageBar, ...]
    moves: tuple[Moved, ...]
    steps: tuple[Step, ...]
    """Without sales only as far as touchpoints tell."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    has_sales: bool
    base: str
    """Of whom it speaks; empty where nobody is running."""
    stages: tuple[StageBar, ...]
    """From courting to convergence; without sales as far as touchpoints tell."""
    since: date
    moves: tuple[Moved, ...]
    history: Chart | None
    biggest: Table | None
    lacking: tuple[Lacking, ...]
    """One thing first, that of the most clients first; then those who lack several."""
    complete: Names
    """Those at the last stage."""
    contacts_before_sale: int
    seven: Seven | None
    """None where nobody has bought."""
    prospects_given_up: str
    """How many; empty where there are none."""
    given_up: Names
    gone: tuple[Gone, ...]
    apart: str
    """How many have lapsed or ended, and so stand in no bar; empty where there are none."""
    life_cycle: LifeCycle
    loyal_from: str
    loyalty_after_days: int
    commitment_below: str


def answer(report: Report) -> str:
    """Who is where, and what moves them on?"""
    found = report.found
    if not found.clients:
        return "There is no client yet."
    if not found.sales_recorded:
        return (
            "No sale is recorded, so nobody counts as having bought: "
            "the Sales sheet is what moves a client beyond acquisition and courting."
        )
    going = running(found)
    if not going:
        return f"Nobody is running: {found.counts.apart}."
    if nearest := _nearest(going):
        return _one_thing(going, nearest)
    committed = [c.name for c in going if c.relationship.name in CLOSE]
    if committed:
        return (
            f"{sentence_case(in_words(len(committed)))} of {count(len(going), 'running client')} "
            f"{'has' if len(committed) == 1 else 'have'} reached commitment or more, "
            f"{listed(committed)}; nobody else is one step away."
        )
    customers = sum(c.seen.is_customer for c in going)
    if len(going) == 1:
        return (
            f"Your one running client has bought; {_commitment(report)}."
            if customers
            else "Your one running client has not bought yet: still courting."
        )
    bought = (
        every(customers, "running client")
        if customers == len(going)
        else f"{sentence_case(in_words(customers))} of {count(len(going), 'running client')}"
    )
    return (
        f"{bought} {'has' if customers == 1 else 'have'} bought so far; {_commitment(report)}."
        if customers
        else f"None of {count(len(going), 'running client')} has bought yet: all are still courting."
    )


def _nearest(going: Sequence[ClientFindings]) -> list[ClientFindings]:
    """The most customers who lack the same one thing for the same stage; of as many, the furthest on."""
    # Of one client who bought once, how far it is to commitment says more than the second purchase.
    too_soon = {RelationshipStage.COURTING}
    if len(going) == 1:
        too_soon.add(RelationshipStage.CONTRACT)
    groups: dict[tuple[RelationshipStage, str], list[ClientFindings]] = {}
    for one in going:
        stage = one.relationship
        if len(stage.needs) == 1 and stage.name not in too_soon:
            groups.setdefault((stage.name, stage.needs[0]), []).append(one)
    return max(
        groups.values(),
        key=lambda group: (len(group), RELATIONSHIP.index(group[0].relationship.name)),
        default=[],
    )


def _one_thing(going: Sequence[ClientFindings], near: Sequence[ClientFindings]) -> str:
    """How many of those running lack it, and what; up to three of them by name."""
    stage = near[0].relationship
    to_come = RELATIONSHIP[RELATIONSHIP.index(stage.name) + 1]
    of = f" of {count(len(going), 'running client')}" if len(going) > 1 else ""
    who = f"{sentence_case(in_words(len(near)))}{of}"
    if len(going) == 1:
        who = "Your one running client"
    elif len(near) == len(going):
        who = every(len(going), "running client")
    by_name = (
        f" ({listed([c.name for c in near])})"
        if len(near) <= _NAMED and len(near) < len(going)
        else ""
    )
    verb = "lacks" if len(near) == 1 else "lack"
    return f"{who}{by_name} {verb} one thing for {to_come}: {stage.needs[0]}."


def _commitment(report: Report) -> str:
    settings = report.settings
    together = "a year" if settings.loyalty_after_days == 365 else days(settings.loyalty_after_days)
    return f"commitment needs {_loyal_from(settings)} and {together} together"


def _loyal_from(settings: Settings) -> str:
    """As many purchases as loyalty takes in the business's own model: ``three projects``."""
    needed, named = settings.loyal_from(settings.business_model), NAMED[settings.business_model]
    return f"{in_words(needed)} {count(needed, named).partition(' ')[2]}"


def pictures(site: Site) -> Iterator[Chart]:
    """The stages at each month's end."""
    if not site.clients or not site.report.found.sales_recorded:
        return
    moments = site.report.history
    stages = {
        stage: [
            sum(
                moment.relationship[name] == stage
                for name in moment.begun - moment.lapsed - moment.ended
            )
            for moment in moments
        ]
        for stage in RELATIONSHIP
    }
    lapsed = [len(moment.lapsed & moment.begun) for moment in moments]
    days = [moment.date for moment in moments]
    yield charts.stage_history("stage-history", days, stages, lapsed)


def content(site: Site) -> Content:
    """How many stand at each stage, who moved, and what the next stage needs."""
    found, settings = site.report.found, site.report.settings
    has_sales = found.sales_recorded
    life_cycle = _bars(LIFECYCLE if has_sales else LIFECYCLE[:2], found.lifecycle_counts)
    given_up = tuple(found.seven_contacts.given_up) if has_sales else ()
    lacking, complete = _lacking(site)
    return Content(
        has_sales=has_sales,
        base=f"Counted: your {count(len(site.running), 'running client')}." if site.running else "",
        stages=_bars(RELATIONSHIP, found.relationship_counts) if has_sales else life_cycle,
        since=site.report.before.as_of,
        moves=relationship_moves(site) if has_sales else life_cycle_moves(site),
        history=site.pictures.get("stage-history"),
        biggest=_biggest(site) if found.top_five else None,
        lacking=lacking,
        complete=site.names(complete, _NAMES),
        contacts_before_sale=settings.contacts_before_sale,
        seven=_seven(found.seven_contacts),
        prospects_given_up=count(len(given_up), "prospect") if given_up else "",
        given_up=site.names(given_up, _NAMES_BESIDE),
        gone=tuple(
            Gone(
                f"{sentence_case(state)} ({len(views):,})",
                site.names([view.name for view in views], _NAMES),
            )
            for state, views in site.apart.items()
            if views
        ),
        apart=sentence_case(found.counts.apart),
        life_cycle=LifeCycle(life_cycle, life_cycle_moves(site), tuple(_steps(site.report))),
        loyal_from=_loyal_from(settings),
        loyalty_after_days=settings.loyalty_after_days,
        commitment_below=percent(settings.commitment_below_share),
    )


def _bars(
    stages: Sequence[RelationshipStage] | Sequence[LifecycleStage],
    counts: Mapping[RelationshipStage, int] | Mapping[LifecycleStage, int],
) -> tuple[StageBar, ...]:
    numbers = {str(stage): number for stage, number in counts.items()}
    most = max(numbers[stage] for stage in stages)
    return tuple(
        StageBar(
            sentence_case(stage),
            _MEANING[stage],
            numbers[stage],
            width(numbers[stage], most) if numbers[stage] else "",
        )
        for stage in stages
    )


def _lacking(site: Site) -> tuple[tuple[Lacking, ...], list[str]]:
    """The running clients by what they lack for the next stage, and those who lack nothing."""
    has_sales = site.report.found.sales_recorded
    groups: dict[tuple[str, str], list[str]] = {}
    several: dict[str, list[ClientFindings]] = {}
    complete = []
    for view in site.by_stake:
        one = view.findings
        stage: Stage[RelationshipStage] | Stage[LifecycleStage] = (
            one.relationship if has_sales else one.lifecycle
        )
        if len(stage.needs) > 1:
            several.setdefault(stage.name, []).append(one)
        elif stage.needs:
            need = stage.needs[0].partition(" (now")[0]
            groups.setdefault((stage.name, need), []).append(view.name)
        else:
            complete.append(view.name)
    ordered = sorted(groups.items(), key=lambda one: -len(one[1]))
    one_thing = (_group(site, stage, need, names) for (stage, need), names in ordered)
    more = (
        _group(site, stage, _several(found), [one.name for one in found])
        for stage, found in several.items()
    )
    return (*one_thing, *more), complete


def _several(found: Sequence[ClientFindings]) -> str:
    """What those lack who lack more than one thing, and how many of them: ``a plan (62) and time (20)``."""
    brief = Counter(briefly(need) for one in found for need in one.relationship.needs)
    if len(found) == 1:
        return listed(list(brief), len(brief))
    return listed([f"{need} ({number})" for need, number in brief.most_common()], len(brief))


def _group(site: Site, stage: str, needs: str, names: Sequence[str]) -> Lacking:
    order: Sequence[str] = RELATIONSHIP if stage in list(RELATIONSHIP) else LIFECYCLE
    to_come = order[order.index(stage) + 1]
    return Lacking(
        what=sentence_case(needs),
        where=f"{count(len(names), 'client')} at {stage}, for {to_come}",
        names=site.names(names, _NAMES_BESIDE),
    )


def _steps(report: Report) -> Iterator[Step]:
    """Without sales, only the step that touchpoints can tell of."""
    for before, (after, share) in zip(LIFECYCLE, report.conversion.items(), strict=False):
        if report.found.sales_recorded or after == "acquisition":
            yield _step(before, after, share, report.outlook.stage_days[before])


def _step(before: str, after: str, share: Share, curve: SurvivalCurve) -> Step:
    is_known = share.denominator >= CURVE_AT_LEAST
    return Step(
        sentence_case(before),
        sentence_case(after),
        share_of(share),
        interval_of(share),
        "too few to tell"
        if not is_known
        else "not reached"
        if curve.median is None
        else days(round(curve.median)),
        is_known and curve.median is None,
    )


def _seven(found: SevenContacts) -> Seven | None:
    share = found.at_least_seven
    if found.won_after is None or found.won_in_days is None:
        return None
    given_up = (
        ""
        if found.given_up_after is None
        else f"half of the prospects given up had {_median(found.given_up_after)}"
    )
    return Seven(
        _won(found.won_after, found.won_in_days),
        given_up,
        f"{share.numerator or 'none'} of {count(share.denominator, 'client')}",
        f" ({percent(share.value)}; between {percent(share.low)} and {percent(share.high)})"
        if share.denominator >= TOO_FEW
        else "; too few to tell a share",
    )


def _won(contacts: float, in_days: float) -> str:
    """After how many contact days, and how many days, half of those who bought had done so."""
    if contacts < 1:
        return "Half or more of those who bought did so at the first contact"
    return (
        f"Half of those who bought had {_median(contacts)} before their first purchase, and it took "
        f"half of them {days(round(in_days))} or less from the first contact"
    )


def _median(contact_days: float) -> str:
    """A median of contact days, rounded down where it lies between: ``2 contact days or fewer``."""
    return f"{count(int(contact_days), 'contact day')} or fewer"


def _biggest(site: Site) -> Table:
    views = [site.by_name[name] for name in site.report.found.top_five]
    several = "The biggest" if len(views) == 1 else f"The {in_words(len(views))} biggest"
    return Table(
        id="biggest",
        caption=f"{several} by sales in the last 12 months: where each stands, and what is next",
        columns=(
            Column("Client"),
            Column("Sales", number=True, most_first=True),
            Column("Stage"),
            Column("What the next stage needs", fixed=True),
        ),
        lines=tuple(Line(view.link, tuple(_big(site, view))) for view in views),
    )


def _big(site: Site, view: ClientView) -> Iterator[Cell]:
    one = view.findings
    yield Cell(site.money(one.worth.sales_now), sort=one.worth.sales_now, number=True)
    yield Cell(sentence_case(one.relationship.name), RELATIONSHIP.index(one.relationship.name))
    yield Cell(sentence_case("; ".join(one.relationship.needs)) if one.is_open else "")


PAGE = Page(
    name="lifecycle",
    title="Stages",
    question="Who is where, and what moves them on?",
    answer=answer,
    content=content,
    pictures=pictures,
)
