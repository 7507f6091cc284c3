"""Every figure there is, in the order of the JSON form (SPEC 10).

``report.json`` is a loop over it, a shared edition's a filter, ``explain`` a layout, and Method has an
entry for each. A new figure is declared in the room of what it is of: a client's in ``of_client``,
everyone's in ``of_book``.
"""

from __future__ import annotations

from functools import cache

from reportgen.figures.figure import Case, Explained, Fact, Figure
from reportgen.figures.of_book import (
    bridge,
    counts,
    due,
    effort,
    money,
    origins,
    plan,
    retention,
    stages,
    what_works,
)
from reportgen.figures.of_client import silence, standing, worth
from reportgen.model import Edition
from reportgen.report.report import Report
from reportgen.settings.labels import setting_value
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The figures, or those of them that an edition may see."""

    about: tuple[Figure[Report], ...]
    """What the report is on, and how much it rests on: in the JSON they stand before the clients."""
    of_client: tuple[Figure[Case], ...]
    of_book: tuple[Figure[Report], ...]
    """Of all clients together."""

    def seen_by(self, edition: Edition) -> Catalogue:
        """The figures that an edition may see."""
        return Catalogue(
            tuple(one for one in self.about if edition in one.sight.editions),
            tuple(one for one in self.of_client if edition in one.sight.editions),
            tuple(one for one in self.of_book if edition in one.sight.editions),
        )

    @property
    def explained(self) -> tuple[Explained[Case] | Explained[Report], ...]:
        """The figures that are told of one client, in order."""
        every = (*self.of_client, *self.of_book)
        return tuple(one for one in every if isinstance(one, Explained))


CATALOGUE = Catalogue(
    about=counts.ABOUT,
    of_client=(*silence.FIGURES, *worth.FIGURES, *standing.FIGURES, worth.RFM),
    of_book=(
        *stages.LIFECYCLE,
        bridge.BRIDGE,
        what_works.WHAT_WORKS,
        *retention.RETENTION,
        *origins.ORIGINS,
        *money.VALUE,
        *effort.FIGURES,
        due.OPPORTUNITIES,
        money.LOYALTY_LADDER,
        *stages.HEALTH,
        stages.CHANGES,
        *plan.PLAN,
        due.PROBLEMS,
    ),
)


def facts(case: Case) -> list[tuple[str, str, Fact]]:
    """Key, label and fact of the figures in the list “All figures” on the client's page, in order.

    Only those that the report's edition may see.
    """
    return [(key, label, one.told(case)) for key, label, one in _listed(case.report.edition)]


def lacking(case: Case) -> list[tuple[str, str]]:
    """Of that list the figures that are not known: label, and the words on what to record.

    One that is a single value is known where it is not null. So only the others are put into words, which
    takes three times as long.
    """
    told = (
        (label, one.told(case))
        for _, label, one in _listed(case.report.edition)
        if (value := one.value(case)) is None or isinstance(value, dict)
    )
    return [(label, fact.words) for label, fact in told if not fact.is_known]


@cache
def _listed(edition: Edition) -> list[tuple[str, str, Explained[Case]]]:
    """Key, label and figure of the list “All figures” of an edition."""
    return [
        (CLIENT + one.key, one.label, one)
        for one in CATALOGUE.seen_by(edition).of_client
        if isinstance(one, Explained) and one.label is not None
    ]


_OF_THE_CLIENT = {"line": "N days", "loyal": "as many purchases as Loyal from"}
"""What a rule names of the client's own → its words where no client is meant."""


CLIENT = "clients[]."
"""Before the key of a client's figure, where it stands beside those of the book."""


def rules(report: Report) -> list[tuple[str, str]]:
    """Key and rule of every figure that the report's edition may see, with the settings in force."""
    seen = CATALOGUE.seen_by(report.edition)

    def said(name: str) -> str:
        return _OF_THE_CLIENT.get(name) or setting_value(name, report.settings)

    return [
        *((one.key, one.rule_with(said)) for one in seen.about),
        *((CLIENT + one.key, one.rule_with(said)) for one in seen.of_client),
        *((one.key, one.rule_with(said)) for one in seen.of_book),
    ]
