"""The facts of a client's page: labels with what is to be said of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.analyses.retention import Rhythm, RhythmState
from reportgen.analyses.value import BlackState, Worth
from reportgen.evidence.purchases import NAMED
from reportgen.figures.catalogue import facts
from reportgen.figures.figure import Case
from reportgen.problems import Row
from reportgen.site.shared import ClientView, Site
from reportgen.words import NOT_KNOWN, count, day, days, hours, listed, percent, sentence_case


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with what is to be said of it."""

    label: str
    value: str
    """Empty where the page leaves the fact out."""
    short: str = ""
    """What the Markdown edition says; empty where it leaves the fact out."""
    alarm: str = ""
    """A word after it in red, with what follows."""
    after: str = ""
    setting: str = ""
    """The setting to fill in on the Business sheet to know it."""
    rows: tuple[Row, ...] = ()
    rows_by_kind: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    """Rows under the name of each kind of touchpoint."""


def _same(label: str, value: str) -> Fact:
    """A fact of which page and Markdown say the same."""
    return Fact(label, value, short=value)


def figures(site: Site, view: ClientView) -> Iterator[Fact]:
    """Contact, sales, time and what is left of them."""
    worth = view.findings.worth
    for label, said in facts(Case(view.findings, site.report)):
        yield _same(label, said)
    if site.sees("matrix"):
        yield from _of_red_line(view)
    if site.report.found.sales_recorded:
        yield _same(
            "Sales, last 12 months",
            f"{site.money(worth.sales_now)}; {site.money(worth.sales_before)} in the 12 months before",
        )
        bought = count(len(view.findings.seen.purchase_days), "purchase day")
        yield _same("Sales in all", f"{site.money(worth.sales_total)} on {bought}")
    else:
        yield _same("Sales", "not recorded: write one row for each on the Sales sheet")
    yield _same(
        "Time",
        f"{hours(worth.minutes)} in all, {hours(worth.minutes_now)} in the last 12 months",
    )
    yield _contribution(site, view)


def _of_red_line(view: ClientView) -> Iterator[Fact]:
    quiet = view.findings.seen.silence
    yield _same("Red line", f"{days(quiet.red_line_days)}; in touch up to {days(quiet.ideal_days)}")
    below = f"{days(quiet.days_below)} of {days(quiet.relationship_days)} together"
    spells = count(len(quiet.spells), "spell")
    share = "" if quiet.below_share is None else f" ({percent(quiet.below_share)})"
    yield Fact("Days below it", f"{below}{share}, in {spells}", short=f"{below}, in {spells}")


def _contribution(site: Site, view: ClientView) -> Fact:
    worth, label = view.findings.worth, "Contribution"
    if not site.report.found.sales_recorded:
        return _same(label, f"{NOT_KNOWN} without sales")
    if worth.profit is None:
        return Fact(label, NOT_KNOWN, short=NOT_KNOWN, setting="Hourly rate")
    profit = site.money(worth.profit)
    return Fact(
        label,
        f"{profit}: sales less {site.money(worth.direct_costs)} direct costs and "
        f"{site.money(worth.costs)} for time and touchpoints{_black(worth)}",
        short=f"{profit}{_black(worth)}",
    )


def _black(worth: Worth) -> str:
    """Whether it has been in the black, after a semicolon; empty where that cannot be told."""
    black = worth.in_the_black
    if black is None:
        return ""
    match black.state:
        case BlackState.SINCE:
            return f"; in the black since {day(black.since)}"
        case BlackState.NO_LONGER:
            return f"; no longer in the black since {day(black.since)}"
        case BlackState.NEVER:
            return f"; never in the black, since {day(black.since)}"


def buying(site: Site, view: ClientView) -> Iterator[Fact]:
    """When a customer buys, and what to expect of them; nothing of a prospect."""
    one, scores = view.findings, view.scores
    if not one.seen.is_customer:
        return
    if not one.seen.pays_by_the_month and not one.seen.has_ended:
        yield _rhythm(one.rhythm, count(len(one.seen.purchases), NAMED[one.seen.business_model]))
    yield from _ahead(site, view)
    if one.worth.share_of_wallet is not None:
        share, a_year = percent(one.worth.share_of_wallet), one.seen.client.potential_per_year
        yield Fact(
            "Share of wallet",
            f"{share} of the {site.money(a_year)} a year they might spend",
            short=share,
        )
    if scores:
        yield Fact(
            "Scores",
            f"recency {scores.recency}, frequency {scores.frequency}, money {scores.monetary} "
            f"of {scores.out_of}",
        )


def _rhythm(rhythm: Rhythm | None, bought: str) -> Fact:
    label = "Own rhythm"
    if rhythm is None:
        known = f"{NOT_KNOWN}: it takes three purchases some days apart"
        return Fact(label, f"{known}; so far {bought}", short=known)
    said = (
        f"every {days(round(rhythm.median_gap_days))} or so; "
        f"{days(rhythm.since_last_days)} since the last purchase"
    )
    short = f"{said}, {rhythm.state}"
    if rhythm.state is RhythmState.ON_TIME:
        return Fact(label, f"{said}, on time", short=short)
    return Fact(
        label,
        said,
        short=short,
        alarm=rhythm.state,
        after=f"at {rhythm.ratio:.1f} times the usual gap",
    )


def _ahead(site: Site, view: ClientView) -> Iterator[Fact]:
    """What the models expect, as far as they may speak."""
    ahead = view.ahead
    if ahead.expected_purchases_52w is not None:
        said = f"{ahead.expected_purchases_52w:.1f} in the next 52 weeks"
        sure = (
            " (the model is sure of it to between "
            f"{ahead.expected_range[0]:.1f} and {ahead.expected_range[1]:.1f})"
            if ahead.expected_range
            else ""
        )
        yield Fact("Expected purchases", f"{said}{sure}", short=said)
        if ahead.clv_12m is not None:
            worth = f"some {site.money(ahead.clv_12m)} after direct costs"
            yield Fact("Worth of the next year", worth)
    elif ahead.p_alive is not None:
        said = percent(ahead.p_alive)
        by = "by the model of your customers’ buying"
        yield Fact("Likely to buy again", f"{said} {by}", short=said)
    elif ahead.likely is not None:
        said = "likely" if ahead.likely else "unlikely"
        few = "there are too few customers for a figure"
        yield Fact("Likely to buy again", f"{said}; {few}", short=said)


def boundaries(site: Site, view: ClientView) -> Iterator[Fact]:
    """How the client keeps to hours, channels and services, and which touchpoints there were."""
    edges = view.findings.boundaries
    yield Fact(
        "Boundary load",
        f"{sentence_case(edges.level)}: {percent(edges.boundary_load)} of {hours(edges.minutes)} "
        "in the last 12 months"
        if edges.level
        else f"{NOT_KNOWN}: too few touchpoints, or none with minutes",
    )
    yield Fact(
        "Out of hours",
        f"{edges.out_of_hours.count} of {count(edges.timed, 'timed touchpoint')}; "
        f"{edges.asked.count} asked for, {edges.offered.count} offered"
        if edges.timed
        else f"{NOT_KNOWN}: no Start is recorded in the last 12 months",
        rows=site.rows(edges.out_of_hours.rows),
    )
    if edges.off_channel and edges.off_channel.rows:
        recorded = count(edges.with_channel, "touchpoint")
        yield Fact(
            "Off channel",
            f"{edges.off_channel.count} of {recorded} with a channel",
            rows=site.rows(edges.off_channel.rows),
        )
    scope = edges.out_of_scope
    yield Fact(
        "Out of scope",
        hours(scope.minutes),
        rows=site.rows(scope.rows),
    )
    yield _kinds(site, view)
    yield from _moments(site, view)
    yield from _of_model(site, view)


def _kinds(site: Site, view: ClientView) -> Fact:
    used = [one for one in view.findings.mix.kinds if one.touchpoints]
    named = ", ".join(f"{one.kind} {one.touchpoints}" for one in used)
    return Fact(
        "The eleven kinds",
        f"{len(used)} of 11 in the last 12 months{': ' if used else ''}{named}",
        rows_by_kind=tuple((sentence_case(one.kind), one.rows) for one in used)
        if site.sees("rows")
        else (),
    )


def _moments(site: Site, view: ClientView) -> Iterator[Fact]:
    """The key moments of a customer, had and missed."""
    moments = view.findings.moments
    if moments is None:
        return
    for moment, had in moments.rows.items():
        if had:
            yield Fact(sentence_case(moment), "had", rows=site.rows(had))
    if moments.missed:
        yield Fact("Key moments missed", listed(moments.missed))


def _of_model(site: Site, view: ClientView) -> Iterator[Fact]:
    """What the business models would say."""
    one = view.findings
    if one.likeness and site.report.found.sales_recorded:
        yield Fact("Behaves like", f"{one.likeness.model}: {one.likeness.reason}")
    touches = sum(len(prevented.touches) for prevented in one.preventions)
    if touches:
        yield Fact(
            "To stay above the line",
            f"{count(touches, 'light touch', 'light touches')} in the last 12 months",
        )
    if one.climb and one.climb.rungs:
        yield Fact(
            "Loyalty ladder",
            f"{count(len(one.climb.rungs), 'purchase')}: {site.money(one.climb.ladder.discount)} of "
            f"discount so far; the next would earn {percent(one.climb.next_share)}",
        )


def about(site: Site, view: ClientView) -> Iterator[Fact]:
    """What the Clients sheet says of them, as far as it is filled in."""
    who = view.findings.seen.client
    birthday = f"{who.birthday.day} {who.birthday:%B}" if who.birthday else ""
    potential = site.money(who.potential_per_year) if who.potential_per_year else ""
    for label, value in (
        ("Contact", who.contact),
        ("E-mail", who.email),
        ("Phone", who.phone),
        ("Address", who.address),
        ("Prefers", who.preferred_channel),
        ("Segment", who.segment),
        ("Source", who.source),
        ("Referred by", who.referred_by),
        ("Notes", who.notes),
        ("Client since", day(who.since) if who.since else ""),
        ("Birthday", birthday),
        ("Potential per year", potential),
    ):
        if value:
            yield Fact(label, value)
