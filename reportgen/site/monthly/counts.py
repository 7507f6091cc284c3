"""The letter's figures as counts of clients: now, at the end of the month before, and a year ago."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from reportgen.analyses.retention import is_active_in
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.purchases import BY_THE_MONTH
from reportgen.evidence.red_line import SilenceState
from reportgen.model import BusinessModel, Touchpoint
from reportgen.periods import has_come, year_to
from reportgen.report.report import Report
from reportgen.site.monthly.news import main_model
from reportgen.values import dataclass


class Shade(StrEnum):
    """How a client stands in one figure; dots are drawn in this order."""

    GOOD = "good"
    DUE = "due"
    BAD = "bad"
    NOT = "not"
    """Of the figure's base, and not counted."""


class Asked(StrEnum):
    """What a figure asks of a client."""

    ABOVE = "above the red line"
    BOUGHT = "bought in the year"
    STAYING = "paying now"
    BACK_FOR_A_PROJECT = "back for another project"
    BACK_TO_BUY = "back to buy again"
    STILL_THERE = "there a year ago, and still"
    PROMISES = "promises open"


@dataclass(frozen=True, slots=True)
class Dot:
    """One client; of the promises, one promise."""

    client: str
    shade: Shade
    days: int = 0
    """How long the silence lasts, or how late the promise is; 0 where that is not asked."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure."""

    asked: Asked
    dots: tuple[Dot, ...]
    """In the order of their shades."""
    number: int
    """How many count."""
    before: int | None
    """How many did at the end of the month before; None where it is not asked, like the next."""
    year_ago: int | None


_Rule = Callable[[Evidence], Shade | None]
"""How a client stands in a figure; None of whom it does not ask."""


def counts(report: Report) -> Iterator[Counted]:
    """The four figures, without those that the rows say nothing for."""
    found: list[Counted | None] = [_above(report)]
    if report.found.counts.sales:
        found += [_bought_or_staying(report), _back_or_still_there(report)]
    found.append(_promises(report))
    yield from (one for one in found if one is not None and len(one.dots) >= _AT_LEAST[one.asked])


_AT_LEAST = dict.fromkeys(Asked, 1) | dict.fromkeys(
    (Asked.BACK_FOR_A_PROJECT, Asked.BACK_TO_BUY, Asked.STILL_THERE), 2
)
"""How many clients a figure needs: of one alone nobody asks what share came back."""


def _counted(report: Report, asked: Asked, rule: _Rule, good: Sequence[Shade]) -> Counted:
    def number(everyone: Iterable[Evidence]) -> int:
        return sum(rule(seen) in good for seen in everyone)

    now = [one.seen for one in report.found.clients]
    dots = [(seen.name, shade) for seen in now if (shade := rule(seen)) is not None]
    return Counted(
        asked,
        _in_order(Dot(name, shade) for name, shade in dots),
        number(now),
        number(one.seen for one in report.before.clients),
        number(report.year_ago) if _was_there(report) else None,
    )


def _in_order(dots: Iterable[Dot]) -> tuple[Dot, ...]:
    order = tuple(Shade)
    return tuple(sorted(dots, key=lambda dot: (order.index(dot.shade), dot.days)))


def _was_there(report: Report) -> bool:
    """Whether anything is recorded of a year ago, so that there is something to compare with."""
    return any(seen.contact_days for seen in report.year_ago)


def _above(report: Report) -> Counted:
    states = {
        SilenceState.IN_TOUCH: Shade.GOOD,
        SilenceState.DUE: Shade.DUE,
        SilenceState.BELOW: Shade.BAD,
    }
    found = _counted(
        report, Asked.ABOVE, lambda seen: states.get(seen.state), (Shade.GOOD, Shade.DUE)
    )
    silent = {one.name: one.seen.silence.silence_days or 0 for one in report.found.clients}
    dots = _in_order(Dot(one.client, one.shade, silent[one.client]) for one in found.dots)
    return Counted(found.asked, dots, found.number, found.before, found.year_ago)


def _bought_or_staying(report: Report) -> Counted:
    if main_model(report) in BY_THE_MONTH:
        return _counted(report, Asked.STAYING, _stays, (Shade.GOOD,))
    return _counted(report, Asked.BOUGHT, _bought, (Shade.GOOD,))


def _stays(seen: Evidence) -> Shade | None:
    if not seen.is_customer or not seen.pays_by_the_month:
        return None
    return Shade.GOOD if seen.is_running else Shade.NOT


def _bought(seen: Evidence) -> Shade | None:
    if not seen.is_customer:
        return None
    return Shade.GOOD if is_active_in(seen, year_to(seen.as_of)) else Shade.NOT


def _back_or_still_there(report: Report) -> Counted:
    match main_model(report):
        case BusinessModel.CONSULTANCY:
            return _counted(report, Asked.BACK_FOR_A_PROJECT, _back_for_a_project, (Shade.GOOD,))
        case BusinessModel.SERVICE | BusinessModel.SUBSCRIPTION:
            return _still_there(report)
    return _counted(report, Asked.BACK_TO_BUY, _back_to_buy, (Shade.GOOD,))


def _back_for_a_project(seen: Evidence) -> Shade | None:
    """Of those with a finished one who has begun another."""
    if seen.pays_by_the_month or not seen.purchases or seen.purchases[0].last >= seen.as_of:
        return None
    return Shade.GOOD if len(seen.purchases) > 1 else Shade.NOT


def _back_to_buy(seen: Evidence) -> Shade | None:
    if seen.pays_by_the_month or not seen.purchases:
        return None
    return Shade.GOOD if len(seen.purchases) > 1 else Shade.NOT


def _still_there(report: Report) -> Counted:
    """Of those who were paying a year ago who still is; it is itself a comparison."""
    then = [seen.name for seen in report.year_ago if _stays(seen) is Shade.GOOD]
    now = {one.name: one.seen for one in report.found.clients}
    shades = [(name, Shade.GOOD if now[name].is_running else Shade.NOT) for name in then]
    return Counted(
        Asked.STILL_THERE,
        _in_order(Dot(name, shade) for name, shade in shades),
        sum(shade is Shade.GOOD for _, shade in shades),
        None,
        None,
    )


def _promises(report: Report) -> Counted | None:
    """The promises to running clients that are not kept yet; None where none was ever recorded."""
    now = [one.seen for one in report.found.clients]
    if not any(t.promised_for for seen in now for t in seen.touchpoints):
        return None

    def number(everyone: Iterable[Evidence]) -> int:
        return sum(len(_open(seen)) for seen in everyone)

    dots = [
        Dot(seen.name, Shade.BAD if late > 0 else Shade.DUE, max(0, late))
        for seen in now
        for one in _open(seen)
        for late in [_days_late(one, report.as_of)]
    ]
    return Counted(
        Asked.PROMISES,
        _in_order(dots),
        len(dots),
        number(one.seen for one in report.before.clients),
        number(report.year_ago) if _was_there(report) else None,
    )


def _open(seen: Evidence) -> list[Touchpoint]:
    if not seen.is_running:
        return []
    return [t for t in seen.touchpoints if t.promised_for and not has_come(t.done_on, seen.as_of)]


def _days_late(one: Touchpoint, as_of: date) -> int:
    assert one.promised_for is not None
    return (as_of - one.promised_for).days
