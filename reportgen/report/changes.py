"""What changed for each client since the end of the month before, in words (SPEC 9).

Both sides are the same analysis at two dates, so nothing is stored between runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from reportgen import words
from reportgen.analyses.lifecycle import CLOSE, RELATIONSHIP
from reportgen.analyses.retention import RhythmState
from reportgen.model import name_key
from reportgen.report.findings import ClientFindings, Findings
from reportgen.values import dataclass


class Turn(StrEnum):
    """Which way a figure went."""

    WORSE = "worse"
    BETTER = "better"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of one client that has changed."""

    client: str
    figure: str
    """The key of the figure in the JSON of a client."""
    before: str | int | bool | None
    after: str | int | bool | None
    words: str
    """Without the client's name: ``slipped below the red line``."""
    direction: Turn


def changes(before: Findings, found: Findings) -> tuple[Change, ...]:
    """Every change of every client: turns for the worse first, then by sales in W, then by name.

    A client of whom nothing was known before has one change: they are new.
    """
    then = {client.name: client for client in before.clients}
    worth = {client.name: client.worth.sales_now for client in found.clients}
    order = tuple(Turn)
    found_changes = [
        change for client in found.clients for change in _of_client(then[client.name], client)
    ]
    return tuple(
        sorted(
            found_changes,
            key=lambda c: (order.index(c.direction), -worth[c.client], name_key(c.client)),
        )
    )


def _of_client(then: ClientFindings, now: ClientFindings) -> Iterator[Change]:
    if then.seen.silence.started is None:
        if now.seen.silence.started is not None:
            yield _change(now, "relationship", None, now.relationship.name, _new(now), Turn.BETTER)
        return
    yield from _silence(then, now)
    if now.is_open:
        yield from _purchases(then, now)
        yield from _stage(then, now)


def _change(
    now: ClientFindings,
    figure: str,
    before: str | int | bool | None,
    after: str | int | bool | None,
    in_words: str,
    direction: Turn,
) -> Change:
    return Change(now.name, figure, before, after, in_words, direction)


def _new(now: ClientFindings) -> str:
    bought = " and has bought already" if now.seen.is_customer else ""
    return f"is new: in touch since {words.day(now.seen.silence.started)}{bought}"


def _silence(then: ClientFindings, now: ClientFindings) -> Iterator[Change]:
    """At most one change: the end, lapsed and won back say more than below and above."""
    if now.seen.silence.client_ended and not then.seen.silence.client_ended:
        yield _change(now, "ended", False, True, "ended the relationship", Turn.WORSE)
    elif now.seen.lapsed and not then.seen.lapsed:
        yield _change(now, "lapsed", False, True, "lapsed", Turn.WORSE)
    elif then.seen.lapsed and not now.seen.lapsed:
        broken = [day for day in now.seen.contact_days if day > then.seen.as_of]
        last = then.seen.silence.last_contact
        after = (
            f" after {words.days((broken[0] - last).days)} of silence" if last and broken else ""
        )
        yield _change(now, "lapsed", True, False, f"was won back{after}", Turn.BETTER)
    elif now.seen.silence.below_red_line and not then.seen.silence.below_red_line:
        yield _change(now, "below_red_line", False, True, "slipped below the red line", Turn.WORSE)
    elif then.seen.silence.below_red_line and not now.seen.silence.below_red_line:
        yield _change(now, "below_red_line", True, False, "is back above the red line", Turn.BETTER)


def _purchases(then: ClientFindings, now: ClientFindings) -> Iterator[Change]:
    """A first or second purchase, or a later one that had been overdue; others are no news."""
    had, has = len(then.seen.purchases), len(now.seen.purchases)
    if has == had:
        return
    if had < 2:
        said = "bought for the first time" if had == 0 else "bought a second time"
        yield _change(now, "purchases", had, has, said, Turn.BETTER)
    elif then.rhythm is not None and then.rhythm.state is not RhythmState.ON_TIME:
        gap = (now.seen.purchases[had].first - now.seen.purchases[had - 1].first).days
        said = f"bought again after {words.days(gap)}"
        yield _change(now, "purchases", had, has, said, Turn.BETTER)


def _stage(then: ClientFindings, now: ClientFindings) -> Iterator[Change]:
    """A move between the five Cs, unless the purchases have said it (contract, continuation)."""
    before, after = then.relationship.name, now.relationship.name
    step = RELATIONSHIP.index(after) - RELATIONSHIP.index(before)
    if step < 0:
        yield _change(now, "relationship", before, after, f"fell back to {after}", Turn.WORSE)
    elif step > 0 and after in CLOSE:
        yield _change(now, "relationship", before, after, f"moved to {after}", Turn.BETTER)
