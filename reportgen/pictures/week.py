"""A week by hours: how many touchpoints began in each, and whether that was within the owner's hours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from reportgen import words
from reportgen.pictures.drawing import UNITS, Chart, Plot, Row, Shape, box, chart
from reportgen.pictures.labels import PHONE, Hit, Label, Stretch, width
from reportgen.values import dataclass

_LEFT = 110
"""How much of the width the names of the days have."""
_TALL, _LEAD = 26, 22
"""Pixels: a day, and the hours above all."""


@dataclass(frozen=True, slots=True)
class Busy:
    """An hour of a weekday in which touchpoints began."""

    weekday: int
    """0 is Monday."""
    hour: int
    touchpoints: int
    is_late: bool
    """Whether most of them were out of hours."""


def week(
    name: str, busy: Sequence[Busy], opened: Collection[tuple[int, int]], days: Sequence[str]
) -> Chart:
    """The hours in which anything began, and the owner’s; ``opened`` has weekday and hour of each."""
    hours = {one.hour for one in busy} | {hour for _, hour in opened}
    shown = range(min(hours), max(hours) + 1)
    wide = (UNITS - _LEFT) / len(shown)
    most = max((one.touchpoints for one in busy), default=0)

    def cell(weekday: int, hour: int) -> str:
        left, top = _LEFT + (hour - shown.start) * wide, _LEAD + weekday * _TALL
        return box(round(left) + 2, top + 1, round(left + wide) - 2, top + _TALL - 1)

    filled: dict[str, str] = {}
    for one in busy:
        style = "late" if one.is_late else "s2" if one.touchpoints * 2 > most else "s1"
        filled[style] = filled.get(style, "") + cell(one.weekday, one.hour)
    began = {(one.weekday, one.hour) for one in busy}
    idle = "".join(cell(*one) for one in sorted(set(opened) - began))
    return chart(
        name,
        "When your week really is",
        _told(busy),
        Plot(
            _LEAD + 7 * _TALL,
            [Shape("b-work", idle), *(Shape(style, path) for style, path in filled.items())],
            list(_rows(busy, shown, wide, days)),
            [Hit(cell(one.weekday, one.hour), _hit(one, days)) for one in busy],
        ),
    )


def _rows(busy: Sequence[Busy], shown: range, wide: float, days: Sequence[str]) -> Iterator[Row]:
    """The hours above, the days at the left, and in each hour how many began."""
    stretch = Stretch(UNITS)
    room = wide / UNITS * PHONE

    def label(hour: int, text: str) -> Label:
        at = _LEFT + (hour - shown.start + 0.5) * wide
        style = "at" if width(text) < room else "at on-desk"
        return Label(stretch.per_cent(at), text, style)

    step = 1 if width("00") < room else 2
    yield Row(_LEAD - 7, tuple(label(hour, str(hour)) for hour in shown[::step]))
    for weekday, day in enumerate(days):
        foot = _LEAD + weekday * _TALL + 17
        yield Row(foot, (Label("0%", day),), "edge")
        counts = [one for one in busy if one.weekday == weekday]
        yield Row(foot, tuple(label(one.hour, str(one.touchpoints)) for one in counts), "count")


def _hit(one: Busy, days: Sequence[str]) -> str:
    late = ", out of hours" if one.is_late else ""
    return f"{days[one.weekday]} {one.hour}:00\n{words.count(one.touchpoints, 'touchpoint')}{late}"


def _told(busy: Sequence[Busy]) -> str:
    late = sum(one.touchpoints for one in busy if one.is_late)
    every = words.count(sum(one.touchpoints for one in busy), "touchpoint")
    return f"{every} with a time, {late or 'none'} of them in hours that are mostly out of yours."
