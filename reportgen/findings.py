"""Every analysis at one date: a pure function of the book, the settings and the as-of date.

Last month, the history and any backtest are this same function at another date.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from reportgen.analyses import lifecycle as stages
from reportgen.analyses import value
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
from reportgen.evidence import Evidence, evidence
from reportgen.model import Book
from reportgen.settings import Settings
from reportgen.shares import Share


@dataclass(frozen=True, slots=True)
class ClientFindings:
    """What is found about one client."""

    seen: Evidence
    lifecycle: stages.Stage
    relationship: stages.Stage
    principle: str
    """attraction, conversion or retention (003)."""
    growth: str
    """selection, acquisition, retention or growth (002)."""
    worth: value.Worth
    rhythm: Rhythm | None
    """The client's own rhythm of buying; None with fewer than three purchase days."""

    @property
    def place(self) -> stages.Place:
        """Stage and flag."""
        return stages.Place(self.lifecycle.name, self.seen.lapsed)

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
    lifecycle_counts: dict[str, int]
    relationship_counts: dict[str, int]
    top_five: tuple[str, ...]
    seven_contacts: stages.SevenContacts
    concentration: value.Concentration
    conversion: dict[str, Share]
    """Stage → of those who got as far as the stage before it, those who got to it."""
    retention: Retention
    repeats: Repeats
    cohorts: Cohorts
    rfm: dict[str, value.RFM]
    cost_of_clients: value.CostOfClients

    @property
    def places(self) -> dict[str, stages.Place]:
        """Client → stage and flag."""
        return {client.name: client.place for client in self.clients}


def findings(book: Book, settings: Settings, as_of: date) -> Findings:
    """Everything the report says, as it stood at the end of a day."""
    clients = tuple(
        _of(evidence(relationship, settings, as_of), settings)
        for relationship in book.relationships
    )
    everyone = [client.seen for client in clients]
    at_stage = Counter(client.lifecycle.name for client in clients)
    at_bond = Counter(client.relationship.name for client in clients)
    kept = retention(everyone, as_of)
    return Findings(
        as_of=as_of,
        clients=clients,
        counts=_counts(clients),
        lifecycle_counts={stage: at_stage[stage] for stage in stages.LIFECYCLE},
        relationship_counts={stage: at_bond[stage] for stage in stages.RELATIONSHIP},
        top_five=stages.top_five(everyone),
        seven_contacts=stages.seven_contacts(everyone, settings),
        concentration=value.concentration([client.worth for client in clients], settings),
        conversion=stages.conversion([client.lifecycle for client in clients]),
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
    )


def _of(seen: Evidence, settings: Settings) -> ClientFindings:
    stage = stages.lifecycle(seen, settings)
    return ClientFindings(
        seen=seen,
        lifecycle=stage,
        relationship=stages.relationship(seen, settings),
        principle=stages.principle(stage),
        growth=stages.growth(seen),
        worth=value.worth(seen, settings),
        rhythm=rhythm(seen),
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
