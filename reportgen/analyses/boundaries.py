"""Who takes time that is not offered, and how much of it the owner offered (article 002, SPEC 6).

All of it in W, the 12 months up to the as-of date. A touchpoint without a Start is never out of hours:
nothing tells when it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from reportgen.evidence.evidence import Evidence
from reportgen.evidence.working_days import is_working_day
from reportgen.model import Touchpoint, name_key
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
    """How many of them are, urgent ones too."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """How the touchpoints of W stand to the owner's hours, channels and services."""

    touchpoints: int
    minutes: int
    timed: int
    """Touchpoints with a Start that are not urgent: what the shares are of."""
    out_of_hours: Crossing
    """Before Opens, at or after Closes, or on a day off, and not urgent."""
    asked: Crossing
    """Of these, what the client came with (Direction in)."""
    offered: Crossing
    """What the owner did of her own accord (out)."""
    together: Crossing
    """Calls and meetings (both): who proposed the hour is not recorded."""
    urgent: Crossing
    """The exceptions: out of hours, and urgent."""
    off_channel: Crossing | None
    """On a channel that is not among the preferred; n/a when none is preferred."""
    with_channel: int
    """Touchpoints whose channel is recorded."""
    out_of_scope: Crossing
    crossed: Crossing
    """Out of hours or out of scope, each touchpoint once."""
    boundary_load: float | None
    """Minutes crossed ÷ minutes, 0–1; n/a with too few touchpoints or no minutes."""
    level: Level | None
    letter: BoundaryLetter | None
    """What to send at the level ``act``; None below it."""

    @property
    def out_of_hours_share(self) -> float | None:
        """Of the timed touchpoints that are not urgent, 0–1; n/a without one."""
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
    """The client's boundaries in W."""
    return _boundaries(_lately(seen), settings)


def _lately(seen: Evidence) -> list[Touchpoint]:
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
        asked=_crossing(t for t in late if t.direction == "in"),
        offered=_crossing(t for t in late if t.direction == "out"),
        together=_crossing(t for t in late if t.direction == "both"),
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
    """Whether it starts before Opens, at or after Closes, or on a day off; never without a Start."""
    if touchpoint.start is None:
        return False
    within = settings.opens <= touchpoint.start < settings.closes
    return not within or not is_working_day(touchpoint.date, settings)


def _off_channel(lately: Sequence[Touchpoint], settings: Settings) -> list[Touchpoint] | None:
    """None when no channel is preferred. An unrecorded channel is not off it."""
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
    """The letter about the boundary that took most minutes; of equal ones hours, then services,
    then urgent, then channels.

    Out of scope it is *saying no* where the client asked for more than half of it (Direction in), else
    *services*, which says what is offered. Where no boundary makes up half of all the minutes that
    crossed any, no single rule helps, and the letter is the one on keeping one's distance: how long
    there is for each.
    """
    asked = sum(t.minutes for t in out_of_scope if t.direction == "in")
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
    """The hours of the week in which a touchpoint began, Monday first; those without a Start in none."""
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
    """What one client has of all out-of-hours minutes."""

    client: str
    minutes: int
    share: float
    """0–1; the shares of all clients add up to 1."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The boundaries of the whole business."""

    overall: Boundaries
    """All clients' touchpoints of W taken together."""
    by_client: tuple[ClientShare, ...]
    """Those with out-of-hours minutes that are not urgent, worst first, then by name."""
    offered_by_owner: float | None
    """Of all these minutes those that the owner offered, 0–1; n/a without any."""
    week: tuple[HourOfWeek, ...]
    """The hours of the week in which a touchpoint of W began, Monday first."""


def portfolio(everyone: Sequence[Evidence], settings: Settings) -> Portfolio:
    """The totals of all clients, and who takes the evenings."""
    lately = {seen.name: _lately(seen) for seen in everyone}
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
