"""The public edition's figures: totals and shares that say nothing of any one client.

A share is given only where five clients or more stand on either side of it, ten where money is in it,
in steps of 5 %. What cannot be given is named and withheld, never estimated.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reportgen.analyses.lifecycle import RelationshipStage
from reportgen.report.findings import below, running
from reportgen.report.report import Report
from reportgen.shares import Share
from reportgen.site.chrome import business_name
from reportgen.values import dataclass
from reportgen.words import month

CLIENTS_AT_LEAST = 5


WITH_MONEY_AT_LEAST = 10


STEP = 5


_MOST_OF_ONE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Total:
    """One share in words; None where it is withheld."""

    name: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of the public page."""

    clients: int
    """At least so many, in tens."""
    shares: tuple[Total, ...]
    stages: tuple[Total, ...]
    """Neighbouring stages together until each has five clients; empty where they would be one."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the public page says."""

    business: str
    month: str
    totals: Totals


def content(report: Report) -> Content:
    """The public page: whose it is, and the totals."""
    return Content(business_name(report), month(report.as_of), totals(report))


def totals(report: Report) -> Totals:
    """Nothing of fewer than five clients, of ten where money is in it."""
    found = report.found
    going = sum(one.seen.silence.last_contact is not None for one in running(found))
    silent = len(below(found))
    counts = found.counts
    kept = found.retention
    money = _may_tell_money(report)
    return Totals(
        clients=counts.clients // 10 * 10,
        shares=(
            Total("in touch as often as they expect", _share(Share(going - silent, going))),
            Total("of last year’s clients stayed or came back", _share(kept.logo_retention)),
            Total("of customers came back at least once", _share(found.repeats.repeat_rate)),
            Total("of last year’s sales kept", _percent(kept.grr) if money else None),
        ),
        stages=stages(found.relationship_counts),
    )


def stages(counts: Mapping[RelationshipStage, int]) -> tuple[Total, ...]:
    """Stages in order with their share of the running clients; small ones are joined with the next.

    A last group that is too small joins the one before. Fewer than two groups say nothing.
    """
    groups: list[tuple[list[str], int]] = []
    for stage, number in counts.items():
        if groups and groups[-1][1] < CLIENTS_AT_LEAST:
            names, so_far = groups.pop()
            groups.append(([*names, stage], so_far + number))
        else:
            groups.append(([stage], number))
    if len(groups) > 1 and groups[-1][1] < CLIENTS_AT_LEAST:
        names, last = groups.pop()
        before, number = groups.pop()
        groups.append((before + names, number + last))
    if len(groups) < 2:
        return ()
    every = sum(number for _, number in groups)
    return tuple(Total(" or ".join(names), _percent(number / every)) for names, number in groups)


def _share(share: Share) -> int | None:
    """In per cent; None with fewer than five clients on either side."""
    others = share.denominator - share.numerator
    if min(share.numerator, others) < CLIENTS_AT_LEAST:
        return None
    return _percent(share.value)


def _may_tell_money(report: Report) -> bool:
    """Ten clients on either side, and none who alone brought half of the sales in question."""
    kept = report.found.retention
    before = [max(one.worth.sales_before, Decimal()) for one in report.found.clients]
    return min(len(kept.kept), len(kept.quiet)) >= WITH_MONEY_AT_LEAST and max(
        before
    ) <= _MOST_OF_ONE * sum(before)


def _percent(share: float | None) -> int | None:
    """In steps, never none and never all: those would be exact."""
    if share is None:
        return None
    return min(100 - STEP, max(STEP, round(100 * share / STEP) * STEP))
