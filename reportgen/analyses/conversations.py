"""Who begins, and how long the other lets them wait (SPEC 5): conversations and answer times.

A conversation is a run of contacts, none of which is long after the one before it. Hours are working hours,
from Opens to Closes on working days, so only messages and answers with a Start are timed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median

from reportgen.evidence.answers import first_answer, is_answer
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.working_days import working_minutes
from reportgen.model import Direction, Touchpoint
from reportgen.periods import Window, months_before, within, year_to
from reportgen.problems import Row
from reportgen.settings.settings import Settings
from reportgen.shares import Share
from reportgen.values import dataclass

LATELY_MONTHS = 3
"""How many months at the end of W are told beside it (SPEC 5)."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The answers and beginnings of one window."""

    our_hours: tuple[float, ...]
    """Working hours that each of their messages waited for our answer."""
    their_hours: tuple[float, ...]
    """The same of our messages that they answered within the same conversation."""
    opened: Share
    """Conversations that we opened, of those of which it is known who did."""
    rows: tuple[Row, ...]
    """The messages that were timed, and what opened each conversation."""

    @property
    def ours(self) -> float | None:
        """Our median working hours until an answer; n/a without one."""
        return median(self.our_hours) if self.our_hours else None

    @property
    def theirs(self) -> float | None:
        """Theirs."""
        return median(self.their_hours) if self.their_hours else None


@dataclass(frozen=True, slots=True)
class Answers:
    """Answer times and beginnings, in W and in its last three months."""

    year: Exchange
    lately: Exchange


def answers(seen: Evidence, settings: Settings) -> Answers:
    """How long the client and the owner wait for each other, and who begins."""
    year = year_to(seen.as_of)
    felt = [t for t in seen.touchpoints if t.activity.connects or t.direction != Direction.OUT]
    lately = within(felt, year)
    told = _Told(
        ours=tuple(
            _waits(
                (t for t in lately if t.direction == Direction.IN),
                [t for t in lately if is_answer(t)],
                None,
                settings,
            )
        ),
        theirs=tuple(
            _waits(
                (t for t in lately if t.direction == Direction.OUT),
                [t for t in lately if _they_spoke(t)],
                settings.conversation_days,
                settings,
            )
        ),
        opened=tuple(_openings(felt, len(felt) - len(lately), settings)),
    )
    quarter = Window(months_before(seen.as_of, LATELY_MONTHS), seen.as_of)
    return Answers(year=_exchange(told, year), lately=_exchange(told, quarter))


def answers_of_all(each: Iterable[Answers]) -> Answers:
    """Everybody's together; nothing is known of nobody."""
    found = list(each)
    return Answers(
        year=_together([one.year for one in found]), lately=_together([one.lately for one in found])
    )


def _together(each: Sequence[Exchange]) -> Exchange:
    return Exchange(
        our_hours=tuple(hours for one in each for hours in one.our_hours),
        their_hours=tuple(hours for one in each for hours in one.their_hours),
        opened=Share(
            sum(one.opened.numerator for one in each), sum(one.opened.denominator for one in each)
        ),
        rows=tuple(row for one in each for row in one.rows),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What W tells: each message that was timed with its hours, and each opening with whose it was."""

    ours: tuple[tuple[Touchpoint, float], ...]
    theirs: tuple[tuple[Touchpoint, float], ...]
    opened: tuple[tuple[Touchpoint, bool], ...]


def _exchange(told: _Told, window: Window) -> Exchange:
    """The part of it whose messages and openings lie in the window."""
    ours = [(message, hours) for message, hours in told.ours if message.date in window]
    theirs = [(message, hours) for message, hours in told.theirs if message.date in window]
    opened = [(first, by_us) for first, by_us in told.opened if first.date in window]
    return Exchange(
        our_hours=tuple(hours for _, hours in ours),
        their_hours=tuple(hours for _, hours in theirs),
        opened=Share(sum(by_us for _, by_us in opened), len(opened)),
        rows=tuple(dict.fromkeys(t.row for t, _ in (*ours, *theirs, *opened))),
    )


def _they_spoke(touchpoint: Touchpoint) -> bool:
    return touchpoint.direction != Direction.OUT or touchpoint.activity.two_way


def _waits(
    messages: Iterable[Touchpoint],
    answers: Sequence[Touchpoint],
    within_days: int | None,
    settings: Settings,
) -> Iterator[tuple[Touchpoint, float]]:
    """Each message with its working hours until an answer, where both have a Start.

    A call answers itself, so it waits for nothing. What we send often asks nothing: their word counts as
    an answer to it only within so many days.
    """
    for message in messages:
        if message.activity.two_way or message.start is None:
            continue
        answer = first_answer(message, answers)
        if answer is None or answer.start is None:
            continue
        if within_days is not None and (answer.date - message.date).days > within_days:
            continue
        sent = datetime.combine(message.date, message.start)
        came = datetime.combine(answer.date, answer.start)
        yield message, working_minutes(sent, came, settings) / 60


def _openings(
    felt: Sequence[Touchpoint], since: int, settings: Settings
) -> Iterator[tuple[Touchpoint, bool]]:
    """The first contact of each conversation of which it is known who began, and whether it was us.

    Of all contacts those from the place ``since`` on are looked at.
    """
    longest = timedelta(days=settings.conversation_days)
    for place in range(since, len(felt)):
        first = felt[place]
        if place and first.date - felt[place - 1].date <= longest:
            continue
        began = {t.direction for t in _earliest(felt, place)}
        if began in ({Direction.IN}, {Direction.OUT}):
            yield first, began == {Direction.OUT}


def _earliest(felt: Sequence[Touchpoint], place: int) -> list[Touchpoint]:
    """The contacts from a place on that may have been the first: those of its day, or of its Start."""
    last = bisect_right(felt, felt[place].date, lo=place, key=lambda t: t.date)
    of_day = felt[place:last]
    if all(t.start is not None for t in of_day):
        return [t for t in of_day if t.start == of_day[0].start]
    return [*of_day]
