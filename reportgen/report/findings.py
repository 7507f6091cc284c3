"""All analyses at one date, as a pure function of the book, the settings and that date.

Last month and any backtest are the same function at another date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
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
from reportgen.estimates.trust import Trust, TrustPart
from reportgen.evidence.evidence import Course, Evidence, before_it_ended, courses
from reportgen.model import Book, MinutesRecorded
from reportgen.periods import comparable_years, year_to
from reportgen.settings.settings import Settings
from reportgen.shares import Share
from reportgen.values import cached_property, dataclass


@dataclass(frozen=True)
class Compared:
    """What a client is compared with: everyone as they stood on that day.

    It knows no findings. So these go at once with the last who asks, also where circles stay: many days are
    looked at, and few are kept.
    """

    everyone: Sequence[Evidence]
    settings: Settings

    @cached_property
    def first_sale(self) -> date | None:
        """The day of the book's first sale up to the date; None without any."""
        return retention.first_sale(self.everyone)

    @cached_property
    def middle_sales(self) -> Decimal:
        """The median of the customers' sales in W."""
        sales = [one.sales_in(year_to(one.as_of)) for one in self.everyone if one.is_customer]
        return median(sales) if sales else Decimal()

    @cached_property
    def never_met(self) -> frozenset[TrustPart]:
        """The parts of Trust that nobody in the book has ever met."""
        return trust.never_met(self.everyone, self.settings)

    @cached_property
    def light_touches(self) -> tuple[prevention.LightTouch, ...]:
        """What the owner can send to one client on any day."""
        return prevention.light_touches(self.everyone, self.settings)


@dataclass(frozen=True)
class ClientFindings:
    """What is found about one client; each analysis is made when it is first asked for."""

    seen: Evidence
    among: Compared
    """Everyone: some analyses compare the client with all others."""

    @property
    def settings(self) -> Settings:
        """The owner's."""
        return self.among.settings

    @cached_property
    def standing(self) -> Evidence:
        """What the stages go by: once the relationship has ended, its last day."""
        seen = self.seen
        return before_it_ended(seen.course, seen.as_of) if seen.has_ended else seen

    @cached_property
    def lifecycle(self) -> Stage[LifecycleStage]:
        """After Sterne and Cutler."""
        return lifecycle.lifecycle(self.standing, self.settings)

    @cached_property
    def relationship(self) -> Stage[RelationshipStage]:
        """Among the five Cs."""
        return lifecycle.relationship(self.standing, self.settings)

    @property
    def principle(self) -> str:
        """attraction, conversion or retention (003)."""
        return lifecycle.principle(self.lifecycle)

    @cached_property
    def growth(self) -> str | None:
        """selection, acquisition, retention or growth (002); None where it cannot be told."""
        standing = self.standing
        return lifecycle.growth(standing, comparable_years(self.among.first_sale, standing.as_of))

    @cached_property
    def worth(self) -> value.Worth:
        """What they bring and cost."""
        return value.worth(self.seen, self.settings)

    @cached_property
    def hourly_earned(self) -> Decimal | None:
        """What an hour with the client earned in the last 12 months; None with too few hours."""
        return hourly_earned(self.seen)

    @cached_property
    def rhythm(self) -> Rhythm | None:
        """The client's own rhythm of buying; None with fewer than three purchases."""
        return retention.rhythm(self.seen, self.settings)

    @cached_property
    def next_purchase(self) -> NextPurchase | None:
        """When they are likely to buy next.

        None of who pays by the month, has ended, or bought too seldom.
        """
        if self.seen.pays_by_the_month or self.seen.has_ended:
            return None
        return next_purchase([purchase.first for purchase in self.seen.purchases])

    @cached_property
    def trust(self) -> Trust:
        """What their trust is made of."""
        return trust.trust(self.seen, self.settings, self.among.never_met)

    @cached_property
    def answers(self) -> conversations.Answers:
        """How long the two wait for each other, and who begins."""
        return conversations.answers(self.seen, self.settings)

    @cached_property
    def boundaries(self) -> boundaries.Boundaries:
        """Contacts out of hours, off channel and out of scope."""
        return boundaries.boundaries(self.seen, self.settings)

    @cached_property
    def mix(self) -> touchpoint_mix.Mix:
        """The kinds of their touchpoints."""
        return touchpoint_mix.mix(self.seen)

    @cached_property
    def likeness(self) -> portfolio.Likeness | None:
        """The business model that the client's own curve is nearest to."""
        return portfolio.behaves_like(self.seen)

    @cached_property
    def preventions(self) -> tuple[prevention.Prevention, ...]:
        """The touches that could have prevented each spell of the last year, oldest first."""
        return prevention.preventions(self.seen, self.among.light_touches, self.settings)

    @cached_property
    def climb(self) -> loyalty_ladder.Climb | None:
        """None unless the business model is product."""
        return loyalty_ladder.climb(self.seen, self.settings)

    @cached_property
    def moments(self) -> efficiency.KeyMoments | None:
        """None for a prospect."""
        return efficiency.key_moments(self.seen)

    @cached_property
    def health(self) -> health.Health:
        """A score, and its parts."""
        ratio = self.rhythm.ratio if self.rhythm else None
        return health.health(self.seen, ratio, self.trust.index, self.settings)

    @cached_property
    def opportunities(self) -> tuple[opportunities.Opportunity, ...]:
        """What they might gladly be asked or given."""
        close = self.relationship.name in lifecycle.CLOSE
        now = self.worth.sales_now
        standing = opportunities.Standing(
            loyal=close or self.lifecycle.name is LifecycleStage.LOYALTY,
            trust=self.trust.index,
            upper_half=self.seen.is_customer and now > 0 and now >= self.among.middle_sales,
        )
        return opportunities.opportunities(self.seen, standing, self.settings)

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


@dataclass(frozen=True)
class Findings:
    """What is found about everyone at one date; each analysis is made when it is first asked for."""

    courses: Sequence[Course]
    """In order of name."""
    settings: Settings
    as_of: date

    @cached_property
    def everyone(self) -> tuple[Evidence, ...]:
        """What is seen of each client, in order of name."""
        return tuple(Evidence(one, self.as_of) for one in self.courses)

    @cached_property
    def clients(self) -> tuple[ClientFindings, ...]:
        """In order of name."""
        among = Compared(self.everyone, self.settings)
        return tuple(ClientFindings(seen, among) for seen in self.everyone)

    @cached_property
    def counts(self) -> Counts:
        """How much the figures rest on."""
        return _counts(self.everyone)

    @cached_property
    def lifecycle_counts(self) -> dict[LifecycleStage, int]:
        """Of the running clients, like the next."""
        found = Counter(client.lifecycle.name for client in running(self))
        return {stage: found[stage] for stage in lifecycle.LIFECYCLE}

    @cached_property
    def relationship_counts(self) -> dict[RelationshipStage, int]:
        """Stage → how many stand there."""
        found = Counter(client.relationship.name for client in running(self))
        return {stage: found[stage] for stage in lifecycle.RELATIONSHIP}

    @cached_property
    def top_five(self) -> tuple[str, ...]:
        """The running clients with the most sales in W."""
        return lifecycle.top_five(self.everyone)

    @cached_property
    def seven_contacts(self) -> lifecycle.SevenContacts:
        """How many contacts it took to the first sale."""
        return lifecycle.seven_contacts(self.everyone, self.settings)

    @cached_property
    def concentration(self) -> value.Concentration:
        """How the sales of W are spread."""
        return value.concentration([client.worth for client in self.clients], self.settings)

    @cached_property
    def retention(self) -> Retention:
        """Which clients of the year before are still active, and how their sales went."""
        return retention.retention(self.everyone, self.as_of)

    @cached_property
    def bridge(self) -> bridge.Bridge | None:
        """From the sales of the year before to those of this one; None where they cannot be compared."""
        kept = self.retention
        if not kept.years.tell:
            return None
        return bridge.bridge(
            self.everyone,
            (kept.years.earlier, kept.years.later),
            kept=frozenset((*kept.kept, *kept.ended)),
            new=frozenset(kept.new),
            won_back=frozenset(kept.won_back),
        )

    @cached_property
    def repeats(self) -> Repeats:
        """How many customers came back at all, and how soon."""
        return retention.repeats(self.everyone, self.as_of)

    @cached_property
    def cohorts(self) -> Cohorts:
        """The customers by the month or quarter of their first purchase."""
        return retention.cohorts(self.everyone, self.as_of)

    @cached_property
    def rfm(self) -> dict[str, value.RFM]:
        """Customer → scores."""
        return value.rfm([seen for seen in self.everyone if seen.is_customer])

    @cached_property
    def cost_of_clients(self) -> value.CostOfClients:
        """What it cost in W to win, to keep and to serve."""
        year = year_to(self.as_of)
        active = sum(
            seen.is_customer and retention.is_active_in(seen, year) for seen in self.everyone
        )
        return value.cost_of_clients(self.everyone, active, self.as_of, self.settings)

    @cached_property
    def sources(self) -> tuple[Origin, ...]:
        """The ways that clients came, most sales first; empty where no client has a source."""
        return self._origins(sources.by_source)

    @cached_property
    def segments(self) -> tuple[Origin, ...]:
        """The same by segment."""
        return self._origins(sources.by_segment)

    def _origins(self, by: Callable[..., tuple[Origin, ...]]) -> tuple[Origin, ...]:
        kept = self.retention
        left = {client.name: client.worth.profit for client in self.clients}
        stayed, gone = frozenset((*kept.kept, *kept.ended)), frozenset(kept.quiet)
        return by(self.everyone, left, kept=stayed, quiet=gone)

    @cached_property
    def referrers(self) -> tuple[Referrer, ...]:
        """Who brought others."""
        return sources.referrers(self.everyone)

    @cached_property
    def boundaries(self) -> boundaries.Portfolio:
        """Contacts out of hours, off channel and out of scope, over all clients."""
        return boundaries.portfolio(self.everyone, self.settings)

    @cached_property
    def mix(self) -> touchpoint_mix.Mix:
        """The kinds of all touchpoints."""
        return touchpoint_mix.mix_of_all(self.everyone)

    @cached_property
    def efficiency(self) -> efficiency.Efficiency:
        """Hours by activity in W, and what letters and tools would save."""
        return efficiency.efficiency(self.everyone, self.as_of, self.settings)

    @cached_property
    def lives(self) -> tuple[portfolio.Life, ...]:
        """Effort by months since the start, business model by business model."""
        return portfolio.lives(self.everyone)

    @cached_property
    def phases(self) -> tuple[phase_matrix.PhaseMatrix, ...]:
        """Time and silence over the phases of a relationship, business model by business model."""
        return phase_matrix.phase_matrices(self.everyone)

    @cached_property
    def staying(self) -> prevention.Staying:
        """What it would have cost to keep the running clients above their red lines."""
        return self._staying([client for client in self.clients if client.seen.is_running])

    @cached_property
    def staying_apart(self) -> prevention.Staying:
        """The same of those who have lapsed or ended."""
        return self._staying([client for client in self.clients if not client.seen.is_running])

    def _staying(self, clients: Sequence[ClientFindings]) -> prevention.Staying:
        prevented = [(client.seen, client.preventions) for client in clients]
        return prevention.staying_above(prevented, self.settings)

    @cached_property
    def ladder(self) -> loyalty_ladder.Ladder | None:
        """None without a client whose business model is product."""
        climbs = [client.climb for client in self.clients if client.climb is not None]
        return loyalty_ladder.ladder_of_all(climbs) if climbs else None

    @cached_property
    def moments(self) -> dict[KeyMoment, Share]:
        """Key moment → the customers who have had it."""
        return efficiency.moments_had([c.moments for c in self.clients if c.moments is not None])

    @cached_property
    def sales_recorded(self) -> bool:
        """Whether there is any sale in the book, planned ones included; without, sums are not known."""
        return any(one.relationship.sales for one in self.courses)

    @cached_property
    def bands(self) -> dict[health.Band, int]:
        """Band of health → how many running clients stand in it."""
        found = Counter(client.health.band for client in self.clients)
        return {band: found[band] for band in health.Band}

    @property
    def places(self) -> dict[str, Place]:
        """Client → lifecycle stage, and whether they have lapsed; not of those who have ended."""
        return {client.name: client.place for client in self.clients if client.is_open}


def findings(book: Book, settings: Settings, as_of: date) -> Findings:
    """Everything that is found about a book as it stood at the end of a day."""
    return Findings(courses(book, settings), settings, as_of)


def foreseen(then: Findings, found: Findings) -> list[health.Foreseen]:
    """What was known on an earlier day of the customers running then, and who of them has left since.

    Of a service or a subscription only those count whose term was running.
    """
    known = []
    for client, now in zip(then.clients, found.everyone, strict=True):
        seen = client.seen
        silent = seen.silence.silence_days
        runs = seen.is_customer and seen.is_running and not health.term_is_over(seen)
        if runs and silent is not None and client.health.score is not None:
            left = health.has_left(now, then.as_of)
            known.append(health.Foreseen(client.health.score, silent, left))
    return known


def _counts(everyone: Sequence[Evidence]) -> Counts:
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
