"""Contacts out of hours, off channel and out of scope: who asks for them, who offers them (SPEC 6, 002).

Everything is counted in W, the 12 months up to the as-of date. A touchpoint without a Start is never
out of hours, because nobody knows when it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from reportgen.evidence.evidence import Evidence
from reportgen.evidence.working_days import is_working_day
from reportgen.model import Direction, Touchpoint, name_key
from reportgen.periods import year_to
from reportgen.problems import Row
from reportgen.settings.settings import Settings
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
    """Before Opens, at or after Closes, or on a day off, and not urgent."""
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
    boundary_load: float | None
    """Minutes crossed ÷ all minutes, 0–1; n/a with too few touchpoints or no minutes."""
    level: Level | None
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


def boundaries(seen: Evidence, settings: Settings) -> Boundaries:
    """How one client's touchpoints of W stand to the owner's boundaries."""
    return _boundaries(_touchpoints_of_year(seen), settings)


def _touchpoints_of_year(seen: Evidence) -> list[Touchpoint]:
    year = year_to(seen.as_of)
    return [touchpoint for touchpoint in seen.touchpoints if touchpoint.date in year]


def _boundaries(lately: Sequence[Touchpoint], settings: Settings) -> Boundaries:
    outside = [t for t in lately if is_out_of_hours(t, settings)]
    late = [t for t in outside if not t.urgent]
    urgent = [t for t in outside if t.urgent]
    out_of_scope = [t for t in lately if t.in_scope is False]
    off_channel = _off_channel(lately, settings)
    late_rows = {t.row for t in late}
    crossed = _crossing(t for t in lately if t.in_scope is False or t.row in late_rows)
    minutes = sum(touchpoint.minutes for touchpoint in lately)
    load = None
    if minutes and len(lately) >= settings.boundary_touchpoints:
        load = crossed.minutes / minutes
    level = None if load is None else _level(load, settings)
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
        crossed=crossed,
        boundary_load=load,
        level=level,
        letter=_letter(late, out_of_scope, urgent, off_channel or [])
        if level is Level.ACT
        else None,
    )


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


def _level(load: float, settings: Settings) -> Level:
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


def hours_of_week(touchpoints: Iterable[Touchpoint], settings: Settings) -> tuple[HourOfWeek, ...]:
    """The hours of the week in which a touchpoint began, Monday first; only those with a Start count."""
    found: dict[tuple[int, int], list[Touchpoint]] = {}
    for one in touchpoints:
        if one.start is not None:
            found.setdefault((one.date.weekday(), one.start.hour), []).append(one)
    return tuple(
        HourOfWeek(
            weekday=weekday,
            hour=hour,
            rows=_crossing(began).rows,
            out_of_hours=sum(is_out_of_hours(one, settings) for one in began),
        )
        for (weekday, hour), began in sorted(found.items())
    )


@dataclass(frozen=True, slots=True)
class ClientShare:
    """One client's part of all out-of-hours minutes."""

    client: str
    minutes: int
    share: float
    """0–1; the shares of all clients add up to 1."""


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
    lately = {seen.name: _touchpoints_of_year(seen) for seen in everyone}
    everything = [touchpoint for theirs in lately.values() for touchpoint in theirs]
    overall = _boundaries(everything, settings)
    total = overall.out_of_hours.minutes
    minutes = {
        name: sum(t.minutes for t in theirs if not t.urgent and is_out_of_hours(t, settings))
        for name, theirs in lately.items()
    }
    worst = sorted(minutes, key=lambda name: (-minutes[name], name_key(name)))
    return Portfolio(
        overall=overall,
        by_client=tuple(
            ClientShare(name, minutes[name], minutes[name] / total)
            for name in worst
            if minutes[name]
        ),
        offered_by_owner=overall.offered.minutes / total if total else None,
        week=hours_of_week(everything, settings),
    )
