"""The public edition's figures: totals and shares that say nothing of any one client.

A share is given only where five clients or more stand on either side of it, ten where money is in it.
Of both its counts it tells only which five in a row they are among: 5 to 9, 10 to 14 and so on. So two
pages, of two months or two workbooks, cannot be subtracted to fewer than five: a share that moves may
stand for nine clients as well as for one. What cannot be given is withheld, never estimated.
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

GROUP = 5
"""Counts of as many in a row look alike; and so many clients stand at least on either side of a share."""


STEP = 5


STEP_OF_MONEY = 25


_MONEY_GROUPS = 2
"""Ten clients on either side of a share of money."""


_LARGEST = GROUP - 1
"""So many clients alone must not bring more of the sales than a step."""


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
    """Stages that can be given, each with all that are closer."""


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
    kept = found.retention
    money = _may_tell_money(report)
    return Totals(
        clients=found.counts.clients // 10 * 10,
        shares=(
            Total("in touch as often as they expect", percent(Share(going - silent, going))),
            Total("of last year’s clients stayed or came back", percent(kept.logo_retention)),
            Total("of customers came back at least once", percent(found.repeats.repeat_rate)),
            Total("of last year’s sales kept", _near(kept.grr, STEP_OF_MONEY) if money else None),
        ),
        stages=stages(found.relationship_counts),
    )


def stages(counts: Mapping[RelationshipStage, int]) -> tuple[Total, ...]:
    """The share of the running clients at each stage or a closer one; only those that can be given.

    Shares of single stages would add up to all, and so tell more of each other than they say.
    """
    every, so_far, found = sum(counts.values()), 0, []
    for stage, number in counts.items():
        if so_far:
            found.append(Total(f"{stage} or closer", percent(Share(every - so_far, every))))
        so_far += number
    return tuple(one for one in found if one.percent is not None)


def percent(share: Share) -> int | None:
    """In per cent, of the middles of the groups; None where fewer than five may be on either side."""
    if not _has_groups(share, 1):
        return None
    middle, middle_of_all = (
        count // GROUP * GROUP + GROUP // 2 for count in (share.numerator, share.denominator)
    )
    return _near(middle / middle_of_all, STEP)


def _has_groups(share: Share, least: int) -> bool:
    """Whether so many groups are on either side, wherever in theirs both counts stand."""
    group, groups = share.numerator // GROUP, share.denominator // GROUP
    return least <= group < groups - least


def _may_tell_money(report: Report) -> bool:
    """Ten clients on either side, and no four of them alone brought more than a step of the sales."""
    kept = report.found.retention
    before = [max(one.seen.sales_in(kept.years.earlier), Decimal()) for one in report.found.clients]
    largest = sum(sorted(before)[-_LARGEST:])
    return _has_groups(kept.logo_retention, _MONEY_GROUPS) and 100 * largest <= STEP_OF_MONEY * sum(
        before
    )


def _near(share: float | None, step: int) -> int | None:
    """The nearest step, never none and never all: those would be exact."""
    if share is None:
        return None
    return min(100 - step, max(step, round(100 * share / step) * step))
