"""The life cycle: who is where, and what moves them on?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from reportgen.analyses.lifecycle import (
    CLOSE,
    LIFECYCLE,
    RELATIONSHIP,
    LifecycleStage,
    Move,
    RelationshipStage,
    SevenContacts,
)
from reportgen.estimates.survival import SurvivalCurve
from reportgen.evidence.purchases import NAMED
from reportgen.pictures import charts
from reportgen.pictures.drawing import Chart
from reportgen.report.findings import ClientFindings, running
from reportgen.report.report import Report
from reportgen.settings.settings import Settings
from reportgen.shares import TOO_FEW, Share
from reportgen.site.layout import Cell, Column, Link, Names, width
from reportgen.site.page import Page
from reportgen.site.shared import CURVE_AT_LEAST, ClientView, Site
from reportgen.words import (
    count,
    days,
    in_words,
    interval_of,
    listed,
    percent,
    rows,
    sentence_case,
    share_of,
)

_PROOF = 6
"""How many rows of a stage's proof stand in the table, the latest."""
_NAMES = 40
_NAMED = 3
"""So many who lack one thing are named in the headline, where others do not."""


@dataclass(frozen=True, slots=True)
class StageBar:
    """How many running clients stand at a stage."""

    name: str
    number: int
    width: str
    """Of the bar; empty where there are none."""


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One client's step since last month."""

    label: str
    arrow: str
    """Up or down; empty where the client lapsed or was won back."""
    tone: str
    client: Link
    was: str
    became: str
    stage_before: str
    stage_after: str


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
class Biggest:
    """One of the five biggest relationships."""

    client: Link
    sales: str
    stage: str
    needs: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client's line of the table."""

    client: Link
    relationship: str
    life_cycle: str
    needs: str
    cells: tuple[Cell, ...]
    """The same for HTML, with what the edition may see."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    has_sales: bool
    relationship: tuple[StageBar, ...]
    life_cycle: tuple[StageBar, ...]
    """Without sales only as far as touchpoints tell."""
    side_by_side: tuple[tuple[StageBar, StageBar], ...]
    """A stage of the relationship and one of the life cycle, in the order of each."""
    apart: str
    """How many have lapsed or ended, and so stand in no bar; empty where there are none."""
    history: Chart | None
    since: date
    moves: tuple[MoveRow, ...]
    steps: tuple[Step, ...]
    contacts_before_sale: int
    seven: Seven | None
    """None where nobody has bought."""
    prospects_given_up: str
    """How many; empty where there are none."""
    given_up: Names
    biggest: tuple[Biggest, ...]
    columns: tuple[Column, ...]
    clients: tuple[ClientRow, ...]
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
        f"All {count(customers, 'running client')}"
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
        who = f"All {count(len(going), 'running client')}"
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
    """How many stand at each stage, who moved, and what each client's next stage needs."""
    found, settings = site.report.found, site.report.settings
    relationship = _relationship_bars(site) if found.sales_recorded else ()
    life_cycle = _life_cycle_bars(site, LIFECYCLE if found.sales_recorded else LIFECYCLE[:2])
    given_up = tuple(found.seven_contacts.given_up) if found.sales_recorded else ()
    return Content(
        has_sales=found.sales_recorded,
        relationship=relationship,
        life_cycle=life_cycle,
        side_by_side=tuple(zip(relationship, life_cycle, strict=False)),
        apart=found.counts.apart,
        history=site.pictures.get("stage-history"),
        since=site.report.before.as_of,
        moves=tuple(_moves(site)),
        steps=tuple(_steps(site.report)),
        contacts_before_sale=settings.contacts_before_sale,
        seven=_seven(found.seven_contacts),
        prospects_given_up=count(len(given_up), "prospect") if given_up else "",
        given_up=site.names(given_up, _NAMES),
        biggest=tuple(_biggest(site, site.by_name[name]) for name in found.top_five),
        columns=tuple(_columns(site)),
        clients=tuple(_client_row(site, view) for view in sorted(site.clients, key=_place)),
        loyal_from=_loyal_from(settings),
        loyalty_after_days=settings.loyalty_after_days,
        commitment_below=percent(settings.commitment_below_share),
    )


def _relationship_bars(site: Site) -> tuple[StageBar, ...]:
    """The five Cs, from courting to convergence."""
    counts = site.report.found.relationship_counts
    return _bars([(stage, counts[stage]) for stage in RELATIONSHIP])


def _life_cycle_bars(site: Site, stages: Sequence[LifecycleStage]) -> tuple[StageBar, ...]:
    """The steps from reach to loyalty, as far as they can be told."""
    counts = site.report.found.lifecycle_counts
    return _bars([(stage, counts[stage]) for stage in stages])


def _bars(counted: Sequence[tuple[str, int]]) -> tuple[StageBar, ...]:
    most = max(number for _, number in counted)
    return tuple(
        StageBar(sentence_case(stage), number, width(number, most) if number else "")
        for stage, number in counted
    )


def _moves(site: Site) -> Iterator[MoveRow]:
    """Those up, down, lapsed and won back, in this order."""
    moves = site.report.moves
    yield from (_move(site, one, "up", "↑", "good") for one in moves.up)
    yield from (_move(site, one, "down", "↓", "over") for one in moves.down)
    yield from (_move(site, one, "lapsed", "", "over", became="Lapsed") for one in moves.lapsed)
    yield from (_move(site, one, "won back", "", "good", was="Lapsed") for one in moves.won_back)


def _move(
    site: Site, move: Move, label: str, arrow: str, tone: str, was: str = "", became: str = ""
) -> MoveRow:
    before, after = sentence_case(move.before), sentence_case(move.after)
    client = site.by_name[move.client].link
    return MoveRow(label, arrow, tone, client, was or before, became or after, before, after)


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


def _biggest(site: Site, view: ClientView) -> Biggest:
    one = view.findings
    return Biggest(
        view.link,
        site.money(one.worth.sales_now),
        sentence_case(one.relationship.name),
        _needs(view),
    )


def _needs(view: ClientView) -> str:
    one = view.findings
    return sentence_case("; ".join(one.relationship.needs)) if one.is_open else ""


def _flag(view: ClientView) -> str:
    seen = view.findings.seen
    return "ended" if seen.has_ended else "lapsed" if seen.lapsed else ""


def _place(view: ClientView) -> tuple[bool, bool, int, str]:
    """Those with the fewest things missing to the next stage first, the lapsed and the ended last."""
    needs = len(view.findings.relationship.needs)
    return (bool(_flag(view)), needs == 0, needs, view.name.casefold())


def _columns(site: Site) -> Iterator[Column]:
    has_sales = site.report.found.sales_recorded
    yield Column("Client")
    if has_sales:
        yield Column("Relationship")
    yield Column("Life cycle")
    if has_sales:
        yield Column("The next stage needs", fixed=True)
    if site.sees("rows"):
        yield Column("Proof", fixed=True)


def _client_row(site: Site, view: ClientView) -> ClientRow:
    """With the flag of the lapsed and the ended beside the first stage."""
    one, has_sales = view.findings, site.report.found.sales_recorded
    flag = f", {_flag(view)}" if _flag(view) else ""
    life_cycle = sentence_case(one.lifecycle.name)
    relationship = sentence_case(one.relationship.name) if has_sales else ""
    return ClientRow(
        client=view.link,
        relationship=f"{relationship}{flag}" if has_sales else "",
        life_cycle=life_cycle if has_sales else f"{life_cycle}{flag}",
        needs=_needs(view),
        cells=tuple(_cells(site, view)),
    )


def _cells(site: Site, view: ClientView) -> Iterator[Cell]:
    one = view.findings
    life_cycle = LIFECYCLE.index(one.lifecycle.name)
    relationship = RELATIONSHIP.index(one.relationship.name)
    if site.report.found.sales_recorded:
        yield Cell(_flagged(one.relationship.name, _flag(view)), sort=relationship)
        yield Cell(sentence_case(one.lifecycle.name), sort=life_cycle)
        yield Cell(_needs(view))
        proof = one.relationship.rows
    else:
        yield Cell(_flagged(one.lifecycle.name, _flag(view)), sort=life_cycle)
        proof = one.lifecycle.rows
    if site.sees("rows"):
        before = len(proof) - _PROOF
        more = f" and {before} before" if before > 0 else ""
        yield Cell(f"{rows(proof[-_PROOF:])}{more}", style="rows")


def _flagged(stage: str, flag: str) -> Markup:
    if not flag:
        return Markup("{}").format(sentence_case(stage))
    return Markup('{}, <span class="soft">{}</span>').format(sentence_case(stage), flag)


PAGE = Page(
    name="lifecycle",
    title="Stages",
    question="Who is where, and what moves them on?",
    answer=answer,
    content=content,
    pictures=pictures,
)
