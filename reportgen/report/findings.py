"""All analyses at one date, as a pure function of the book, the settings and that date.

Last month and any backtest are the same function at another date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from reportgen import words
from reportgen.analyses import (
    boundaries,
    bridge,
    conversations,
    efficiency,
    health,
    lifecycle,
    loyalty_ladder,
    opportunities,
    phase_matrix,
    portfolio,
    prevention,
    retention,
    sources,
    touchpoint_mix,
    trust,
    value,
)
from reportgen.analyses.efficiency import KeyMoment
from reportgen.analyses.hourly_earned import hourly_earned
from reportgen.analyses.lifecycle import LifecycleStage, Place, RelationshipStage, Stage
from reportgen.analyses.next_purchase import NextPurchase, next_purchase
from reportgen.analyses.retention import Cohorts, Repeats, Retention, Rhythm
from reportgen.analyses.sources import Origin, Referrer
from reportgen.estimates.trust import Trust
from reportgen.evidence.evidence import (
    Course,
    Evidence,
    before_it_ended,
    course,
    evidence,
    evidence_on,
)
from reportgen.model import Book, MinutesRecorded
from reportgen.periods import comparable_years, year_to
from reportgen.settings.settings import Settings
from reportgen.shares import Share


@dataclass(frozen=True, slots=True)
class ClientFindings:
    """What is found about one client."""

    seen: Evidence
    lifecycle: Stage[LifecycleStage]
    relationship: Stage[RelationshipStage]
    principle: str
    """attraction, conversion or retention (003)."""
    growth: str | None
    """selection, acquisition, retention or growth (002); None where it cannot be told."""
    worth: value.Worth
    hourly_earned: Decimal | None
    """What an hour with the client earned in the last 12 months; None with too few hours."""
    rhythm: Rhythm | None
    """The client's own rhythm of buying; None with fewer than three purchases."""
    next_purchase: NextPurchase | None
    """When they are likely to buy next; None of who pays by the month, has ended, or bought too seldom."""
    trust: Trust
    answers: conversations.Answers
    """How long the two wait for each other, and who begins."""
    boundaries: boundaries.Boundaries
    mix: touchpoint_mix.Mix
    likeness: portfolio.Likeness | None
    """The business model that the client's own curve is nearest to."""
    preventions: tuple[prevention.Prevention, ...]
    """The touches that could have prevented each spell of the last year, oldest first."""
    climb: loyalty_ladder.Climb | None
    """None unless the business model is product."""
    moments: efficiency.KeyMoments | None
    """None for a prospect."""
    health: health.Health
    opportunities: tuple[opportunities.Opportunity, ...]

    @property
    def is_open(self) -> bool:
        """Whether the owner has recorded no end of the relationship."""
        return not self.seen.silence.client_ended

    @property
    def place(self) -> Place:
        """The lifecycle stage, and whether they have lapsed."""
        return Place(self.lifecycle.name, self.seen.lapsed)

    @property
    def name(self) -> str:
        """The client's name."""
        return self.seen.name

    @property
    def needs(self) -> tuple[str, ...]:
        """What the next stage still needs, in both vocabularies, each thing once; nothing once ended."""
        if not self.is_open:
            return ()
        return tuple(dict.fromkeys((*self.lifecycle.needs, *self.relationship.needs)))


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the figures rest on; rows dated after the as-of date count in ``planned`` alone."""

    clients: int
    running: int
    """Neither lapsed nor ended; with these two they make all clients."""
    customers: int
    """Those who ever bought."""
    prospects: int
    """Those who never did; whoever had the money back is neither."""
    lapsed: int
    ended: int
    touchpoints: int
    sales: int
    planned: int
    without_minutes: int
    """How many touchpoints have blank minutes, which count as 0."""

    @property
    def apart(self) -> str:
        """How many are not running: ``two have lapsed and one has ended``; empty where all are."""
        said = [
            f"{words.in_words(number)} {'has' if number == 1 else 'have'} {what}"
            for number, what in ((self.lapsed, "lapsed"), (self.ended, "ended"))
            if number
        ]
        return " and ".join(said)


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found about everyone at one date."""

    as_of: date
    clients: tuple[ClientFindings, ...]
    """In order of name."""
    counts: Counts
    lifecycle_counts: dict[LifecycleStage, int]
    """Of the running clients, like the next."""
    relationship_counts: dict[RelationshipStage, int]
    top_five: tuple[str, ...]
    seven_contacts: lifecycle.SevenContacts
    concentration: value.Concentration
    retention: Retention
    bridge: bridge.Bridge | None
    """From the sales of the year before to those of this one; None where they cannot be compared."""
    repeats: Repeats
    cohorts: Cohorts
    rfm: dict[str, value.RFM]
    cost_of_clients: value.CostOfClients
    sources: tuple[Origin, ...]
    """The ways that clients came, most sales first; empty where no client has a source."""
    segments: tuple[Origin, ...]
    referrers: tuple[Referrer, ...]
    boundaries: boundaries.Portfolio
    mix: touchpoint_mix.Mix
    efficiency: efficiency.Efficiency
    lives: tuple[portfolio.Life, ...]
    """Effort by months since the start, business model by business model."""
    phases: tuple[phase_matrix.PhaseMatrix, ...]
    """Time and silence over the phases of a relationship, business model by business model."""
    staying: prevention.Staying
    """Of the running clients."""
    staying_apart: prevention.Staying
    """Of those who have lapsed or ended."""
    ladder: loyalty_ladder.Ladder | None
    """None without a client whose business model is product."""
    moments: dict[KeyMoment, Share]
    sales_recorded: bool
    """Whether there is any sale in the book, planned ones included; without, sums are not known."""
    bands: dict[health.Band, int]
    """Band of health → how many running clients stand in it."""

    @property
    def places(self) -> dict[str, Place]:
        """Client → lifecycle stage, and whether they have lapsed; not of those who have ended."""
        return {client.name: client.place for client in self.clients if client.is_open}


def findings(book: Book, settings: Settings, as_of: date) -> Findings:
    """Everything that is found about a book as it stood at the end of a day."""
    courses = [course(one) for one in book.relationships]
    everyone = [evidence_on(one, settings, as_of) for one in courses]
    clients = _clients(courses, everyone, settings)
    at_lifecycle = Counter(client.lifecycle.name for client in clients if client.seen.is_running)
    at_relationship = Counter(
        client.relationship.name for client in clients if client.seen.is_running
    )
    in_band = Counter(client.health.band for client in clients)
    kept = retention.retention(everyone, as_of)
    active = sum(
        seen.is_customer and retention.is_active_in(seen, year_to(as_of)) for seen in everyone
    )
    left = {client.name: client.worth.profit for client in clients}
    stayed, gone = frozenset((*kept.kept, *kept.ended)), frozenset(kept.quiet)
    climbs = [client.climb for client in clients if client.climb is not None]
    return Findings(
        as_of=as_of,
        clients=clients,
        counts=_counts(clients),
        lifecycle_counts={stage: at_lifecycle[stage] for stage in lifecycle.LIFECYCLE},
        relationship_counts={stage: at_relationship[stage] for stage in lifecycle.RELATIONSHIP},
        top_five=lifecycle.top_five(everyone),
        seven_contacts=lifecycle.seven_contacts(everyone, settings),
        concentration=value.concentration([client.worth for client in clients], settings),
        retention=kept,
        bridge=_bridge(everyone, kept),
        repeats=retention.repeats(everyone, as_of),
        cohorts=retention.cohorts(everyone, as_of),
        rfm=value.rfm([seen for seen in everyone if seen.is_customer]),
        cost_of_clients=value.cost_of_clients(everyone, active, as_of, settings),
        sources=sources.by_source(everyone, left, kept=stayed, quiet=gone),
        segments=sources.by_segment(everyone, left, kept=stayed, quiet=gone),
        referrers=sources.referrers(everyone),
        boundaries=boundaries.portfolio(everyone, settings),
        mix=touchpoint_mix.mix_of_all(everyone, as_of),
        efficiency=efficiency.efficiency(everyone, as_of, settings),
        lives=portfolio.lives(everyone),
        phases=phase_matrix.phase_matrices(everyone),
        staying=_staying([client for client in clients if client.seen.is_running], settings),
        staying_apart=_staying(
            [client for client in clients if not client.seen.is_running], settings
        ),
        ladder=loyalty_ladder.ladder_of_all(climbs) if climbs else None,
        moments=efficiency.moments_had([c.moments for c in clients if c.moments is not None]),
        sales_recorded=any(seen.sales or seen.planned_sales for seen in everyone),
        bands={band: in_band[band] for band in health.Band},
    )


def _bridge(everyone: Sequence[Evidence], kept: Retention) -> bridge.Bridge | None:
    years = kept.years
    if not years.tell:
        return None
    return bridge.bridge(
        everyone,
        (years.earlier, years.later),
        kept=frozenset((*kept.kept, *kept.ended)),
        new=frozenset(kept.new),
        won_back=frozenset(kept.won_back),
    )


def clients_on(book: Book, settings: Settings, day: date) -> tuple[ClientFindings, ...]:
    """What was found about each client at the end of a day, in order of name."""
    courses = [course(one) for one in book.relationships]
    return _clients(courses, [evidence_on(one, settings, day) for one in courses], settings)


def foreseen(book: Book, settings: Settings, then: date, found: Findings) -> list[health.Foreseen]:
    """What was known on an earlier day of the customers running then, and who of them has left since.

    Of a service or a subscription only those count whose term was running.
    """
    everyone = [evidence(one, settings, then) for one in book.relationships]
    not_recorded = trust.never_met(everyone, settings)
    now = {client.name: client.seen for client in found.clients}
    known = []
    for seen in everyone:
        silent = seen.silence.silence_days
        runs = seen.is_customer and seen.is_running and not health.term_is_over(seen)
        if runs and silent is not None:
            trusted = trust.trust(seen, settings, not_recorded)
            score = _health(seen, retention.rhythm(seen, settings), trusted, settings).score
            if score is not None:
                left = health.has_left(now[seen.name], then)
                known.append(health.Foreseen(score, silent, left))
    return known


def _health(
    seen: Evidence, rhythm: Rhythm | None, trusted: Trust, settings: Settings
) -> health.Health:
    return health.health(seen, rhythm.ratio if rhythm else None, trusted.index, settings)


def _clients(
    courses: Sequence[Course], everyone: Sequence[Evidence], settings: Settings
) -> tuple[ClientFindings, ...]:
    """Each client's findings, in the order given; some of them compare the client with all others."""
    touches = prevention.light_touches(everyone, settings)
    sales = [seen.sales_in(year_to(seen.as_of)) for seen in everyone if seen.is_customer]
    middle = median(sales) if sales else Decimal()
    first_sale = retention.first_sale(everyone)
    not_recorded = trust.never_met(everyone, settings)
    found = []
    for whole, seen in zip(courses, everyone, strict=True):
        standing = before_it_ended(whole, settings, seen.as_of) if seen.has_ended else seen
        trusted = trust.trust(seen, settings, not_recorded)
        found.append(_client(seen, standing, first_sale, touches, middle, trusted, settings))
    return tuple(found)


def _client(
    seen: Evidence,
    standing: Evidence,
    first_sale: date | None,
    touches: Sequence[prevention.LightTouch],
    middle: Decimal,
    trusted: Trust,
    settings: Settings,
) -> ClientFindings:
    """One client's findings.

    ``standing`` is what their stages go by, ``first_sale`` the day of the book's first, and ``middle``
    the median of the customers' sales in W.
    """
    stage = lifecycle.lifecycle(standing, settings)
    relationship = lifecycle.relationship(standing, settings)
    worth, rhythm = value.worth(seen, settings), retention.rhythm(seen, settings)
    by_others = opportunities.Standing(
        loyal=stage.name is LifecycleStage.LOYALTY or relationship.name in lifecycle.CLOSE,
        trust=trusted.index,
        upper_half=seen.is_customer and worth.sales_now > 0 and worth.sales_now >= middle,
    )
    return ClientFindings(
        seen=seen,
        lifecycle=stage,
        relationship=relationship,
        principle=lifecycle.principle(stage),
        growth=lifecycle.growth(standing, comparable_years(first_sale, standing.as_of)),
        worth=worth,
        hourly_earned=hourly_earned(seen),
        rhythm=rhythm,
        next_purchase=_next_purchase(seen),
        trust=trusted,
        answers=conversations.answers(seen, settings),
        boundaries=boundaries.boundaries(seen, settings),
        mix=touchpoint_mix.mix(seen),
        likeness=portfolio.behaves_like(seen),
        preventions=prevention.preventions(seen, touches, settings),
        climb=loyalty_ladder.climb(seen, settings),
        moments=efficiency.key_moments(seen),
        health=_health(seen, rhythm, trusted, settings),
        opportunities=opportunities.opportunities(seen, by_others, settings),
    )


def _staying(clients: Sequence[ClientFindings], settings: Settings) -> prevention.Staying:
    """What it would have cost to keep some clients above their red lines."""
    return prevention.staying_above([(one.seen, one.preventions) for one in clients], settings)


def _next_purchase(seen: Evidence) -> NextPurchase | None:
    if seen.pays_by_the_month or seen.has_ended:
        return None
    return next_purchase([purchase.first for purchase in seen.purchases])


def _counts(clients: tuple[ClientFindings, ...]) -> Counts:
    everyone = [client.seen for client in clients]
    return Counts(
        clients=len(everyone),
        running=sum(seen.is_running for seen in everyone),
        customers=sum(seen.is_customer for seen in everyone),
        prospects=sum(seen.is_prospect for seen in everyone),
        lapsed=sum(seen.lapsed for seen in everyone),
        ended=sum(seen.has_ended for seen in everyone),
        touchpoints=sum(len(seen.touchpoints) for seen in everyone),
        sales=sum(len(seen.sales) for seen in everyone),
        planned=sum(
            len(seen.planned_touchpoints) + len(seen.planned_sales) + seen.planned_others
            for seen in everyone
        ),
        without_minutes=sum(
            touchpoint.minutes_recorded == MinutesRecorded.NONE
            for seen in everyone
            for touchpoint in seen.touchpoints
        ),
    )


def running(found: Findings) -> list[ClientFindings]:
    """The clients whose relationship goes on, in order of name."""
    return [client for client in found.clients if client.seen.is_running]


def below(found: Findings) -> list[ClientFindings]:
    """The running clients below the red line, the most overdue first."""
    silent = [client for client in running(found) if client.seen.silence.below_red_line]
    return sorted(silent, key=lambda c: (-(c.seen.silence.overdue or 0), c.name))
