"""The rows of Touchpoints that say an action is done, as the reader understands them.

The day is left out: it is the one on which the owner does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportgen.model import Direction, Touchpoint
from reportgen.problems import Row
from reportgen.report.plan.channel import Channel
from reportgen.report.plan.due import Cause
from reportgen.report.plan.plan import Action, Mailing

Values = Mapping[str, str]
"""Field of a touchpoint → what its cell holds."""

_ACTIVITIES: Mapping[Cause, str] = {
    Cause.GREETING: "Greeting",
    Cause.REFERRAL: "Referral request",
    Cause.TESTIMONIAL: "Testimonial request",
    Cause.SURVEY: "Survey",
    Cause.WOW: "Wow",
    Cause.BOUNDARY: "Boundary talk",
}
"""What has an activity of its own, by which it is known not to be due again."""

_BY: Mapping[Channel, tuple[str, str]] = {
    Channel.EMAIL: ("Email", "Email"),
    Channel.TALK: ("Call", "Phone"),
    Channel.POST: ("Letter", "Post"),
    Channel.TEXT: ("Message", "Message"),
}
"""The activity of all else, and the channel."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A row that is there already, with a blank cell that gets the day."""

    values: Values
    """What tells it from others."""
    field: str
    """Of the cell."""


def new_rows(task: Action | Mailing) -> tuple[Values, ...]:
    """A row for the action; for a mailing one for each client, which share its minutes."""
    if isinstance(task, Action):
        return (_row(task, task.minutes),)
    each, left = divmod(task.minutes, len(task.to))
    return tuple(_row(one, each + (at < left)) for at, one in enumerate(task.to))


def _row(one: Action, minutes: int) -> Values:
    activity, channel = _BY[one.channel]
    causes = {due.cause for due in one.due}
    own = [name for cause, name in _ACTIVITIES.items() if cause in causes]
    if causes == {Cause.INVOICE}:
        own = ["Payment reminder"]
    return {
        "client": one.client,
        "activity": (*own, activity)[0],
        "channel": channel,
        "direction": Direction.OUT,
        "minutes": str(minutes),
        "topic": "; ".join(dict.fromkeys(due.topic for due in one.due if due.topic)),
    }


def filled_rows(task: Action | Mailing, known: Mapping[Row, Touchpoint]) -> Iterator[Filled]:
    """The rows in which the action fills a cell; ``known`` has every touchpoint by its row."""
    for due in task.due if isinstance(task, Action) else ():
        if due.recorded.row is not None:
            one = known[due.recorded.row]
            field = "resolved_on" if due.cause is Cause.COMPLAINT else "done_on"
            values = {
                "date": one.date.isoformat(),
                "client": one.client,
                "activity": one.activity.name,
                "topic": one.topic or "",
                "promise": one.promise or "",
                "signal": one.signal or "",
            }
            yield Filled(values, field)
