"""What to do this month: from findings to an ordered list (SPEC 9).

Ordered by tier, then by the client's sales in W, most first, then by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from reportgen import words
from reportgen.findings import ClientFindings, Findings
from reportgen.model import Touchpoint, name_key
from reportgen.problems import Row
from reportgen.settings import Settings
from reportgen.working_days import working_days_after

Tier = Literal["promise", "reconnection"]
TIERS: tuple[Tier, ...] = ("promise", "reconnection")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, for whom, and why."""

    tier: Tier
    client: str
    what: str
    why: str
    rows: tuple[Row, ...]
    minutes: int
    day: date
    """A proposed working day; the most urgent come first, as many a day as its minutes allow."""


def open_promises(touchpoints: Iterable[Touchpoint], as_of: date) -> tuple[Touchpoint, ...]:
    """The touchpoints whose promise was due by the as-of date (inclusive) and is not kept by then."""
    return tuple(
        touchpoint
        for touchpoint in touchpoints
        if touchpoint.promised_for is not None
        and touchpoint.promised_for <= as_of
        and (touchpoint.done_on is None or touchpoint.done_on > as_of)
    )


def actions(found: Findings, settings: Settings) -> tuple[Action, ...]:
    """The promises to keep and the clients to reconnect with, in order, each with a proposed day."""
    by_worth = sorted(found.clients, key=lambda c: (-c.worth.sales_now, name_key(c.name)))
    wanted = [
        *(action for client in by_worth for action in _promises(client, settings)),
        *(action for client in by_worth for action in _reconnection(client, settings)),
    ]
    return _spread(wanted, found.as_of, settings)


def _promises(client: ClientFindings, settings: Settings) -> Iterable[Action]:
    as_of = client.seen.as_of
    for touchpoint in open_promises(client.seen.touchpoints, as_of):
        assert touchpoint.promised_for is not None
        late = (as_of - touchpoint.promised_for).days
        promised = touchpoint.promise or touchpoint.topic or "what you promised"
        yield Action(
            tier="promise",
            client=client.name,
            what=f"Keep your promise: {promised}",
            why=f"Promised for {words.day(touchpoint.promised_for)}; "
            + (f"{words.days(late)} late." if late else "due on the day of this report."),
            rows=(touchpoint.row,),
            minutes=settings.promise_minutes,
            day=as_of,
        )


def _reconnection(client: ClientFindings, settings: Settings) -> Iterable[Action]:
    """Below the red line, but not so long that the relationship has lapsed."""
    quiet = client.seen.silence
    if not quiet.below_red_line or client.seen.lapsed:
        return
    assert quiet.silence_days is not None
    over = quiet.silence_days - quiet.red_line_days
    last = [t.row for t in client.seen.touchpoints if t.date == quiet.last_contact]
    last += [sale.row for sale in client.seen.sales if sale.date == quiet.last_contact]
    person = client.seen.client.contact or client.name
    yield Action(
        tier="reconnection",
        client=client.name,
        what=f"Get back in touch with {person}",
        why=f"Silent for {words.days(quiet.silence_days)}, {words.days(over)} longer than the "
        f"{words.days(quiet.red_line_days)} that this client accepts.",
        rows=tuple(last),
        minutes=settings.light_touch_minutes,
        day=client.seen.as_of,
    )


def _spread(wanted: Sequence[Action], as_of: date, settings: Settings) -> tuple[Action, ...]:
    """Each action on a working day after the as-of date, no day beyond the owner's daily minutes.

    An action longer than a day's minutes has a day to itself.
    """
    days = working_days_after(as_of, settings)
    day, left = next(days), settings.daily_action_minutes
    spread = []
    for action in wanted:
        if action.minutes > left and left < settings.daily_action_minutes:
            day, left = next(days), settings.daily_action_minutes
        spread.append(replace(action, day=day))
        left -= action.minutes
    return tuple(spread)
