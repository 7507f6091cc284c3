"""What answers what: a message from one side, and the first word of the other after it.

An answer is a contact that the client feels; administration and work behind the scenes answer nothing. A
call or a meeting answers whoever began it, so a call that comes in is answered by being taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import time

from reportgen.model import ActivityValue, Direction, Touchpoint


def is_answer(touchpoint: Touchpoint) -> bool:
    """Whether it can answer a message: the owner spoke in it, and the client feels it as more than
    administration, which an owner's own list of activities may call felt.
    """
    activity = touchpoint.activity
    spoke = touchpoint.direction != Direction.IN or activity.two_way
    return spoke and activity.connects and activity.value is not ActivityValue.LOW


def follows(answer: Touchpoint, message: Touchpoint) -> bool:
    """Whether the answer came after the message, or on its day unless both Starts say it came before."""
    if answer.date != message.date or answer.start is None or message.start is None:
        return answer.date >= message.date
    return answer.start >= message.start


def first_answer(message: Touchpoint, answers: Sequence[Touchpoint]) -> Touchpoint | None:
    """The earliest of the answers that follows the message; None where none does.

    ``answers`` is in order of date. Of those that began at the same time one that was not urgent goes
    before one that was.
    """
    found: list[Touchpoint] = []
    for place in range(bisect_left(answers, message.date, key=lambda t: t.date), len(answers)):
        answer = answers[place]
        if found and answer.date != found[0].date:
            break
        if follows(answer, message):
            found.append(answer)
    return min(found, key=lambda t: (t.start or time.min, t.urgent, t.row), default=None)
