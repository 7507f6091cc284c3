"""What has been done since: the plan of an earlier day, against what is recorded after it.

Nothing is stored between runs. The earlier plan is worked out anew from the rows up to its day; done is
what has its cell filled since, or a later contact of the kind that was due.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from reportgen.evidence.answers import is_answer
from reportgen.evidence.evidence import Evidence
from reportgen.model import Direction, FeedbackKind, Role, Signal, Touchpoint
from reportgen.periods import Window, within
from reportgen.problems import Row
from reportgen.report.plan.due import Cause, Due
from reportgen.report.plan.plan import Action, Plan
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that was due with one client, and has been done."""

    client: str
    due: Due
    """As the earlier plan had it."""
    day: date
    rows: tuple[Row, ...]
    """That say so."""


@dataclass(frozen=True, slots=True)
class OfMessage:
    """One client's message of the earlier plan, and what of it has been done."""

    action: Action
    done: tuple[Done, ...]

    @property
    def is_whole(self) -> bool:
        """Whether everything in it has been done."""
        return len(self.done) == len(self.action.due)


@dataclass(frozen=True, slots=True)
class OfMailing:
    """A mailing of the earlier plan: whom it reached."""

    what: str
    to: int
    """How many clients it was for."""
    done: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class DoneSince:
    """What of an earlier plan has been done."""

    since: date
    """The day of that plan: what is recorded after it counts."""
    messages: tuple[OfMessage, ...]
    """All that it had, in its order."""
    mailings: tuple[OfMailing, ...]

    @property
    def whole(self) -> int:
        """How many of its messages are done."""
        return sum(one.is_whole for one in self.messages)

    @property
    def everything(self) -> tuple[Done, ...]:
        """All that has been done, messages before mailings."""
        of_messages = (done for one in self.messages for done in one.done)
        return (*of_messages, *(done for one in self.mailings for done in one.done))


def done_since(then: Plan, since: date, now: Mapping[str, Evidence]) -> DoneSince:
    """What of the plan of a day has been done until today; ``now`` is what is seen of each client today."""

    def done(action: Action) -> tuple[Done, ...]:
        return tuple(_done(action, now[action.client], since))

    return DoneSince(
        since,
        tuple(OfMessage(one, done(one)) for one in then.actions),
        tuple(
            OfMailing(one.what, len(one.to), tuple(d for each in one.to for d in done(each)))
            for one in then.mailings
        ),
    )


def _done(action: Action, seen: Evidence, since: date) -> Iterator[Done]:
    lately = Window(since, seen.as_of)
    by_row = {touchpoint.row: touchpoint for touchpoint in seen.touchpoints}
    for due in action.due:
        if due.recorded.row is not None:
            recorded = _in_its_cell(due, by_row[due.recorded.row], lately)
        else:
            recorded = _in_a_row(due, seen, lately)
        found = min(recorded, default=None)
        if found is not None:
            yield Done(action.client, due, found[0], (found[1],))


_ROLES: Mapping[Cause, tuple[Role, Signal | None]] = {
    Cause.GREETING: (Role.GREETING, None),
    Cause.REFERRAL: (Role.REFERRAL_REQUEST, Signal.REFERRAL_ASKED),
    Cause.TESTIMONIAL: (Role.TESTIMONIAL_REQUEST, Signal.TESTIMONIAL_ASKED),
    Cause.SURVEY: (Role.SURVEY, None),
    Cause.WOW: (Role.WOW, None),
}
"""What is asked or given → what a touchpoint counts as that does it, as the opportunities have it."""


def _in_its_cell(due: Due, of: Touchpoint, lately: Window) -> Iterator[tuple[date, Row]]:
    """The day in the cell that records it, with its row."""
    day = of.resolved_on if due.cause is Cause.COMPLAINT else of.done_on
    if day is not None and day in lately:
        yield day, of.row


def _in_a_row(due: Due, seen: Evidence, lately: Window) -> Iterator[tuple[date, Row]]:
    """The days on which it was done, each with its row."""
    for one in within(seen.touchpoints, lately, lambda t: t.date):
        if _does(one, due.cause):
            yield one.date, one.row
    if due.cause is Cause.INVOICE:
        invoices = frozenset(due.rows)
        for sale in seen.sales:
            if sale.row in invoices and sale.paid_on is not None and sale.paid_on in lately:
                yield sale.paid_on, sale.row
    if due.cause is Cause.SURVEY:
        for answer in seen.feedback:
            if answer.kind is FeedbackKind.SURVEY and answer.date in lately:
                yield answer.date, answer.row


def _does(one: Touchpoint, cause: Cause) -> bool:
    """Whether a contact is of the kind that was due."""
    letter = one.activity.letter or ""
    if cause in _ROLES:
        role, signal = _ROLES[cause]
        return one.activity.role is role or (signal is not None and one.signal == signal)
    if cause is Cause.BOUNDARY:
        return letter.startswith("boundary-")
    reminds = cause is Cause.INVOICE and letter.startswith("payment-reminder")
    return is_answer(one) or (reminds and one.direction != Direction.IN)
