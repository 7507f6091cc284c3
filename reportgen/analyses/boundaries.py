"""Contacts out of hours, off channel and out of scope: who asks for them, who offers them (SPEC 6, 002).

Everything is counted in W, the 12 months up to the as-of date. A touchpoint without a Start is never
out of hours, because nobody knows when it was. A message that came in out of hours crosses nothing until
it is answered out of hours: whoever writes at ten in the evening may well be content with a word in the
morning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Literal

from reportgen.evidence.answers import first_answer, is_answer
from reportgen.evidence.evidence import Evidence
from reportgen.evidence.working_days import is_working_day
from reportgen.model import Direction, Touchpoint, name_key
from reportgen.problems import Row
from reportgen.settings.settings import Settings
from reportgen.values import dataclass
from reportgen.words import plain


class Level(StrEnum):
    """How heavy the boundary load is (SPEC 6)."""

    FINE = "fine"
    WATCH = "watch"
    ACT = "act"


BoundaryLetter = Literal[
    "boundary-hours",
    "boundary-channels",
    "boundary-urgent",
    "boundary-services",
    "boundary-time-limit",
    "saying-no",
]


@dataclass(frozen=True, slots=True)
class Crossing:
    """The touchpoints of one kind, with their time."""

    rows: tuple[Row, ...] = ()
    minutes: int = 0

    @property
    def count(self) -> int:
        """How many touchpoints."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class HourOfWeek:
    """The touchpoints that began within one hour of a weekday."""

    weekday: int
    """0 is Monday."""
    hour: int
    """0–23."""
    rows: tuple[Row, ...]
    out_of_hours: int
    """How many of them were out of hours, urgent ones included."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The touchpoints of W against the owner's hours, channels and services."""

    touchpoints: int
    minutes: int
    timed: int
    """Touchpoints with a Start that are not urgent: the denominator of the shares."""
    out_of_hours: Crossing
    """Before Opens, at or after Closes, or on a day off, and not urgent; of the messages that came in then,
    those that were answered out of hours."""
    asked: Crossing
    """Of these, what the client asked for (Direction in)."""
    offered: Crossing
    """Of these, what the owner offered (out)."""
    together: Crossing
    """Of these, calls and meetings (both): nothing records who proposed the hour."""
    urgent: Crossing
    """Out of hours and urgent; counted apart."""
    off_channel: Crossing | None
    """On a channel that is not among the preferred ones; n/a when none is preferred."""
    with_channel: int
    """Touchpoints whose channel is recorded."""
    out_of_scope: Crossing
    crossed: Crossing
    """Out of hours or out of scope; a touchpoint that is both counts once."""
    crossings: int
    """How often a boundary was crossed: these touchpoints, a message and its answer out of hours as one."""
    boundary_load: float | None
    """Minutes crossed ÷ all minutes, 0–1; n/a with too few touchpoints or no minutes."""
    level: Level | None
    """Fine under three crossings, whatever the load; n/a where the load is."""
    letter: BoundaryLetter | None
    """What to send at the level *act*; None below it."""

    @property
    def out_of_hours_share(self) -> float | None:
        """Out of hours ÷ timed, 0–1; n/a without a timed touchpoint."""
        return self._share_of_timed(self.out_of_hours)

    @property
    def asked_share(self) -> float | None:
        """The part of ``out_of_hours_share`` that the client asked for."""
        return self._share_of_timed(self.asked)

    @property
    def offered_share(self) -> float | None:
        """The part of ``out_of_hours_share`` that the owner offered."""
        return self._share_of_timed(self.offered)

    @property
    def together_share(self) -> float | None:
        """The part of ``out_of_hours_share`` that went both ways."""
        return self._share_of_timed(self.together)

    def _share_of_timed(self, part: Crossing) -> float | None:
        return part.count / self.timed if self.timed else None


@dataclass(frozen=True, slots=True)
class _Year:
    """The touchpoints of W, and which of them are out of hours."""

    touchpoints: Sequence[Touchpoint]
    late: tuple[Touchpoint, ...]
    """Out of hours and not urgent, without the messages that were not answered out of hours."""
    urgent: tuple[Touchpoint, ...]
    """Out of hours and urgent."""
    answers: Mapping[Row, Row]
    """Message out of hours → the answer out of hours that makes the two one crossing."""


def boundaries(seen: Evidence, settings: Settings) -> Boundaries:
    """How one client's touchpoints of W stand to the owner's boundaries."""
    return _boundaries([_year(seen, settings)], settings)


def _year(seen: Evidence, settings: Settings) -> _Year:
    lately = tuple(seen.lately)
    outside = [t for t in lately if is_out_of_hours(t, settings)]
    words_back = [t for t in lately if is_answer(t)]
    late, answers = [], {}
    for touchpoint in outside:
        if touchpoint.urgent:
            continue
        if _is_message_from_them(touchpoint):
            answer = first_answer(touchpoint, words_back)
            if answer is None or answer.urgent or not is_out_of_hours(answer, settings):
                continue
            answers[touchpoint.row] = answer.row
        late.append(touchpoint)
    return _Year(lately, tuple(late), tuple(t for t in outside if t.urgent), answers)


def _is_message_from_them(touchpoint: Touchpoint) -> bool:
    """Whether it waits for an answer: a call or a visit is answered by being taken."""
    return touchpoint.direction == Direction.IN and not touchpoint.activity.two_way


def _boundaries(years: Sequence[_Year], settings: Settings) -> Boundaries:
    lately = [t for year in years for t in year.touchpoints]
    late = [t for year in years for t in year.late]
    urgent = [t for year in years for t in year.urgent]
    out_of_scope = [t for t in lately if t.in_scope is False]
    off_channel = _off_channel(lately, settings)
    by_year = [(_crossed(year), year.answers) for year in years]
    crossed = [t for of_year, _ in by_year for t in of_year]
    crossings = sum(
        len({answers.get(t.row, t.row) for t in of_year}) for of_year, answers in by_year
    )
    minutes = sum(touchpoint.minutes for touchpoint in lately)
    load = None
    if minutes and len(lately) >= settings.boundary_touchpoints:
        load = sum(t.minutes for t in crossed) / minutes
    level = None if load is None else _level(load, crossings, settings)
    return Boundaries(
        touchpoints=len(lately),
        minutes=minutes,
        timed=sum(t.start is not None and not t.urgent for t in lately),
        out_of_hours=_crossing(late),
        asked=_crossing(t for t in late if t.direction == Direction.IN),
        offered=_crossing(t for t in late if t.direction == Direction.OUT),
        together=_crossing(t for t in late if t.direction == Direction.BOTH),
        urgent=_crossing(urgent),
        off_channel=None if off_channel is None else _crossing(off_channel),
        with_channel=sum(t.channel is not None for t in lately),
        out_of_scope=_crossing(out_of_scope),
        crossed=_crossing(crossed),
        crossings=crossings,
        boundary_load=load,
        level=level,
        letter=_letter(late, out_of_scope, urgent, off_channel or [])
        if level is Level.ACT
        else None,
    )


def _crossed(year: _Year) -> list[Touchpoint]:
    late = {t.row for t in year.late}
    return [t for t in year.touchpoints if t.in_scope is False or t.row in late]


def is_out_of_hours(touchpoint: Touchpoint, settings: Settings) -> bool:
    """Whether it starts before Opens, at or after Closes, or on a day off; False without a Start."""
    if touchpoint.start is None:
        return False
    within = settings.opens <= touchpoint.start < settings.closes
    return not within or not is_working_day(touchpoint.date, settings)


def _off_channel(lately: Sequence[Touchpoint], settings: Settings) -> list[Touchpoint] | None:
    """The touchpoints on another channel than the preferred ones; None when none is preferred.

    A touchpoint whose channel is blank is not among them.
    """
    preferred = {plain(channel) for channel in settings.preferred_channels}
    if not preferred:
        return None
    return [t for t in lately if t.channel is not None and plain(t.channel) not in preferred]


def _crossing(touchpoints: Iterable[Touchpoint]) -> Crossing:
    counted = list(touchpoints)
    return Crossing(tuple(t.row for t in counted), sum(t.minutes for t in counted))


def _level(load: float, crossings: int, settings: Settings) -> Level:
    if crossings < settings.boundary_crossings:
        return Level.FINE
    if load >= settings.boundary_act:
        return Level.ACT
    return Level.WATCH if load >= settings.boundary_watch else Level.FINE


def _letter(
    late: Sequence[Touchpoint],
    out_of_scope: Sequence[Touchpoint],
    urgent: Sequence[Touchpoint],
    off_channel: Sequence[Touchpoint],
) -> BoundaryLetter:
    """The letter about the boundary that took most minutes.

    Of equal ones hours come first, then services, urgent matters and channels. For work out of scope it
    is *saying no* where the client asked for more than half of it (Direction in), else *services*, which
    says what is offered. Where no boundary makes up half of all the minutes that crossed one, no single
    rule would help, and the letter is about how much time there is for each client.
    """
    asked = sum(t.minutes for t in out_of_scope if t.direction == Direction.IN)
    scope = sum(t.minutes for t in out_of_scope)
    took: tuple[tuple[int, BoundaryLetter], ...] = (
        (sum(t.minutes for t in late), "boundary-hours"),
        (scope, "saying-no" if 2 * asked > scope else "boundary-services"),
        (sum(t.minutes for t in urgent), "boundary-urgent"),
        (sum(t.minutes for t in off_channel), "boundary-channels"),
    )
    each_once = {t.row: t.minutes for t in (*late, *out_of_scope, *urgent, *off_channel)}
    most, letter = max(took, key=lambda one: one[0])
    return letter if 2 * most >= sum(each_once.values()) else "boundary-time-limit"


def _hours_of_week(years: Sequence[_Year]) -> tuple[HourOfWeek, ...]:
    """The hours of the week in which a touchpoint began, Monday first; only those with a Start count."""
    outside = {t.row for year in years for t in (*year.late, *year.urgent)}
    found: dict[tuple[int, int], list[Row]] = {}
    for year in years:
        for one in year.touchpoints:
            if one.start is not None:
                found.setdefault((one.date.weekday(), one.start.hour), []).append(one.row)
    return tuple(
        HourOfWeek(weekday, hour, tuple(began), sum(row in outside for row in began))
        for (weekday, hour), began in sorted(found.items())
    )


@dataclass(frozen=True, slots=True)
class ClientShare:
    """One client's part of all out-of-hours minutes."""

    client: str
    minutes: int
    share: float
    """0–1; the shares of all clients add up to 1."""

    @property
    def is_cause(self) -> bool:
        """Whether it is large enough to name the client as a cause."""
        return self.share >= _CAUSE_FROM


_CAUSE_FROM = 0.2
"""The share of the minutes out of hours from which on a client is named as a cause of them (SPEC 6)."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The boundaries over all clients."""

    overall: Boundaries
    """Of all clients' touchpoints in W together."""
    by_client: tuple[ClientShare, ...]
    """The clients with out-of-hours minutes (urgent ones left out), most minutes first, then by name."""
    offered_by_owner: float | None
    """The share of these minutes that the owner offered, 0–1; n/a without any."""
    week: tuple[HourOfWeek, ...]
    """The hours of the week in which a touchpoint of W began, Monday first."""


def portfolio(everyone: Sequence[Evidence], settings: Settings) -> Portfolio:
    """The boundaries over all clients, and each client's part of the out-of-hours minutes."""
    years = {seen.name: _year(seen, settings) for seen in everyone}
    overall = _boundaries([*years.values()], settings)
    total = overall.out_of_hours.minutes
    minutes = {name: sum(t.minutes for t in year.late) for name, year in years.items()}
    worst = sorted(minutes, key=lambda name: (-minutes[name], name_key(name)))
    return Portfolio(
        overall=overall,
        by_client=tuple(
            ClientShare(name, minutes[name], minutes[name] / total)
            for name in worst
            if minutes[name]
        ),
        offered_by_owner=overall.offered.minutes / total if total else None,
        week=_hours_of_week([*years.values()]),
    )
