"""The rows of Touchpoints that say an action is done, as the reader understands them.

The day is left out: it is the one on which the owner does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.model import Client, Direction, Touchpoint
from reportgen.problems import Row
from reportgen.report.plan.channel import Channel, own_word
from reportgen.report.plan.due import Cause
from reportgen.report.plan.plan import Action, Mailing
from reportgen.settings.settings import Settings
from reportgen.values import dataclass

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

_FACE_TO_FACE = ("in person", "meet", "visit")
"""Ways to talk that begin with a call: it is the call that is recorded."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A row that is there already, with a blank cell that gets the day."""

    values: Values
    """What tells it from others."""
    field: str
    """Of the cell."""


def row_of(action: Action, client: Client, settings: Settings) -> Values:
    """The new row that says so."""
    word = own_word(client, settings)
    word = "" if word.casefold() in _FACE_TO_FACE else word
    return _row(action, action.channel, word, action.minutes)


def rows_of_mailing(mailing: Mailing) -> tuple[Values, ...]:
    """A new row for each of its clients; they share its minutes."""
    each, left = divmod(mailing.minutes, len(mailing.to))
    return tuple(
        _row(one, Channel.EMAIL, "", each + (at < left)) for at, one in enumerate(mailing.to)
    )


def _row(one: Action, by: Channel, word: str, minutes: int) -> Values:
    activity, channel = _BY[by]
    causes = {due.cause for due in one.due}
    own = [name for cause, name in _ACTIVITIES.items() if cause in causes]
    if causes == {Cause.INVOICE}:
        own = ["Payment reminder"]
    return {
        "client": one.client,
        "activity": (*own, activity)[0],
        "channel": word or channel,
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
