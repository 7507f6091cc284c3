"""Every analysis at one date: a pure function of the book, the settings and the as-of date.

Last month, the history and any backtest are this same function at another date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from reportgen.analyses import (
    boundaries,
    health,
    lifecycle,
    loyalty_ladder,
    opportunities,
    portfolio,
    value,
)
from reportgen.analyses.efficiency import (
    Efficiency,
    KeyMoment,
    KeyMoments,
    efficiency,
    key_moments,
    moments_had,
)
from reportgen.analyses.lifecycle import LifecycleStage, Place, RelationshipStage, Stage
from reportgen.analyses.retention import (
    Cohorts,
    Repeats,
    Retention,
    Rhythm,
    cohorts,
    repeats,
    retention,
    rhythm,
)
from reportgen.analyses.touchpoint_mix import Mix, mix, mix_of_all
from reportgen.analyses.trust import Trust, trust
from reportgen.evidence.evidence import Evidence, evidence
from reportgen.model import Book
from reportgen.periods import year_to
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
    growth: str
    """selection, acquisition, retention or growth (002)."""
    worth: value.Worth
    rhythm: Rhythm | None
    """The client's own rhythm of buying; None with fewer than three purchase days."""
    trust: Trust
    boundaries: boundaries.Boundaries
    mix: Mix
    likeness: portfolio.Likeness | None
    """The business model that the client's own curve is nearest to."""
    preventions: tuple[portfolio.Prevention, ...]
    """What could have prevented each spell, oldest first."""
    staying: portfolio.Staying
    climb: loyalty_ladder.Climb | None
    """None unless the business model is product."""
    moments: KeyMoments | None
    """None for a prospect."""
    health: health.Health
    opportunities: tuple[opportunities.Opportunity, ...]

    @property
    def is_open(self) -> bool:
        """Whether the relationship has not been ended."""
        return not self.seen.silence.client_ended

    @property
    def place(self) -> Place:
        """Stage and flag."""
        return Place(self.lifecycle.name, self.seen.lapsed)

    @property
    def name(self) -> str:
        """The client's name."""
        return self.seen.name

    @property
    def needs(self) -> tuple[str, ...]:
        """What the next stage needs, in both vocabularies, each thing once."""
        return tuple(dict.fromkeys((*self.lifecycle.needs, *self.relationship.needs)))


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the figures rest on; rows dated after the as-of date are only in ``planned``."""

    clients: int
    customers: int
    prospects: int
    lapsed: int
    touchpoints: int
    sales: int
    planned: int
    without_minutes: int
    """Touchpoints whose minutes are blank and counted as 0."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found about everyone at one date."""

    as_of: date
    clients: tuple[ClientFindings, ...]
    """In order of name."""
    counts: Counts
    lifecycle_counts: dict[LifecycleStage, int]
    relationship_counts: dict[RelationshipStage, int]
    top_five: tuple[str, ...]
    seven_contacts: lifecycle.SevenContacts
    concentration: value.Concentration
    conversion: dict[LifecycleStage, Share]
    """Stage → of those who got as far as the stage before it, those who got to it."""
    retention: Retention
    repeats: Repeats
    cohorts: Cohorts
    rfm: dict[str, value.RFM]
    cost_of_clients: value.CostOfClients
    boundaries: boundaries.Portfolio
    mix: Mix
    efficiency: Efficiency
    lives: tuple[portfolio.Life, ...]
    """Effort by months since the start, business model by business model."""
    staying: portfolio.Staying
    ladder: loyalty_ladder.Ladder | None
    """None without a client whose business model is product."""
    moments: dict[KeyMoment, Share]
    sales_recorded: bool
    """Whether there is a sale in the book at all, a planned one too: without, a sum of 0 tells nothing."""
    bands: dict[health.Band, int]
    """How many relationships with a score, ended ones left out, stand in each band of health."""

    @property
    def places(self) -> dict[str, Place]:
        """Client → stage and flag."""
        return {client.name: client.place for client in self.clients}


def findings(book: Book, settings: Settings, as_of: date) -> Findings:
    """Everything the report says, as it stood at the end of a day."""
    everyone = [evidence(relationship, settings, as_of) for relationship in book.relationships]
    clients = _clients(everyone, settings)
    at_stage = Counter(client.lifecycle.name for client in clients)
    at_bond = Counter(client.relationship.name for client in clients)
    in_band = Counter(client.health.band for client in clients if client.is_open)
    kept = retention(everyone, as_of)
    climbs = [client.climb for client in clients if client.climb is not None]
    return Findings(
        as_of=as_of,
        clients=clients,
        counts=_counts(clients),
        lifecycle_counts={stage: at_stage[stage] for stage in lifecycle.LIFECYCLE},
        relationship_counts={stage: at_bond[stage] for stage in lifecycle.RELATIONSHIP},
        top_five=lifecycle.top_five(everyone),
        seven_contacts=lifecycle.seven_contacts(everyone, settings),
        concentration=value.concentration([client.worth for client in clients], settings),
        conversion=lifecycle.conversion([client.lifecycle for client in clients]),
        retention=kept,
        repeats=repeats(everyone, as_of),
        cohorts=cohorts(everyone, as_of),
        rfm=value.rfm([seen for seen in everyone if seen.is_customer]),
        cost_of_clients=value.cost_of_clients(
            everyone,
            len(kept.kept) + len(kept.new) + len(kept.won_back),
            as_of,
            settings,
        ),
        boundaries=boundaries.portfolio(everyone, settings),
        mix=mix_of_all(everyone, as_of),
        efficiency=efficiency(everyone, as_of, settings),
        lives=portfolio.lives(everyone),
        staying=portfolio.together([client.staying for client in clients]),
        ladder=loyalty_ladder.together(climbs) if climbs else None,
        moments=moments_had([c.moments for c in clients if c.moments is not None]),
        sales_recorded=any(seen.sales or seen.planned_sales for seen in everyone),
        bands={band: in_band[band] for band in health.Band},
    )


def scores(book: Book, settings: Settings, as_of: date) -> dict[str, float]:
    """Client → health score at the end of a day, 0–100, of those who had one and had not lapsed."""
    everyone = [evidence(relationship, settings, as_of) for relationship in book.relationships]
    found = {
        seen.name: _health(seen, rhythm(seen, settings), trust(seen, settings), settings).score
        for seen in everyone
        if not seen.lapsed
    }
    return {name: score for name, score in found.items() if score is not None}


def _health(
    seen: Evidence, tempo: Rhythm | None, confidence: Trust, settings: Settings
) -> health.Health:
    return health.health(seen, tempo.ratio if tempo else None, confidence.value, settings)


def _clients(everyone: Sequence[Evidence], settings: Settings) -> tuple[ClientFindings, ...]:
    """Each client's findings; a few of them are relative to everyone's."""
    touches = portfolio.light_touches(everyone, settings)
    bought = [seen.sales_in(year_to(seen.as_of)) for seen in everyone if seen.is_customer]
    middle = median(bought) if bought else Decimal()
    return tuple(_of(seen, touches, middle, settings) for seen in everyone)


def _of(
    seen: Evidence, touches: Sequence[portfolio.LightTouch], middle: Decimal, settings: Settings
) -> ClientFindings:
    stage, bond = lifecycle.lifecycle(seen, settings), lifecycle.relationship(seen, settings)
    worth, tempo = value.worth(seen, settings), rhythm(seen, settings)
    confidence = trust(seen, settings)
    standing = opportunities.Standing(
        loyal=stage.name is LifecycleStage.LOYALTY or bond.name in lifecycle.CLOSE,
        trust=confidence.value,
        upper_half=seen.is_customer and worth.sales_now > 0 and worth.sales_now >= middle,
    )
    return ClientFindings(
        seen=seen,
        lifecycle=stage,
        relationship=bond,
        principle=lifecycle.principle(stage),
        growth=lifecycle.growth(seen),
        worth=worth,
        rhythm=tempo,
        trust=confidence,
        boundaries=boundaries.boundaries(seen, settings),
        mix=mix(seen),
        likeness=portfolio.behaves_like(seen),
        preventions=portfolio.preventions(seen, touches),
        staying=portfolio.staying_above(seen, settings),
        climb=loyalty_ladder.climb(seen, settings),
        moments=key_moments(seen),
        health=_health(seen, tempo, confidence, settings),
        opportunities=opportunities.opportunities(seen, standing, settings),
    )


def _counts(clients: tuple[ClientFindings, ...]) -> Counts:
    everyone = [client.seen for client in clients]
    customers = sum(seen.is_customer for seen in everyone)
    return Counts(
        clients=len(everyone),
        customers=customers,
        prospects=len(everyone) - customers,
        lapsed=sum(seen.lapsed for seen in everyone),
        touchpoints=sum(len(seen.touchpoints) for seen in everyone),
        sales=sum(len(seen.sales) for seen in everyone),
        planned=sum(
            len(seen.planned_touchpoints) + len(seen.planned_sales) + seen.planned_others
            for seen in everyone
        ),
        without_minutes=sum(
            touchpoint.minutes_recorded == "none"
            for seen in everyone
            for touchpoint in seen.touchpoints
        ),
    )


def running(found: Findings) -> list[ClientFindings]:
    """The clients whose relationship goes on, in order of name."""
    return [client for client in found.clients if client.seen.is_running]


def below(found: Findings) -> list[ClientFindings]:
    """The running relationships below the red line, the most overdue first."""
    silent = [client for client in running(found) if client.seen.silence.below_red_line]
    return sorted(silent, key=lambda c: (-(c.seen.silence.overdue or 0), c.name))
