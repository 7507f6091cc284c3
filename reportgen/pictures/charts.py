"""The pictures over all clients: one function each, from plain values to an SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate

from reportgen import words
from reportgen.analyses.lifecycle import RelationshipStage
from reportgen.estimates.survival import SurvivalCurve
from reportgen.pictures.drawing import (
    UNITS,
    Chart,
    Dot,
    Plot,
    Row,
    Shape,
    box,
    chart,
    legible,
    line,
)
from reportgen.pictures.labels import PHONE, Hit, Label, Stretch, spaced
from reportgen.values import dataclass

_STRETCH = Stretch(UNITS)
_HITS = 60
"""How many places of a long line tell something."""


def stage_history(
    name: str,
    days: Sequence[date],
    stages: Mapping[RelationshipStage, Sequence[int]],
    lapsed: Sequence[int],
) -> Chart:
    """How many clients stood at each of the five Cs at each month's end, with the lapsed at the foot."""
    top, foot = 10, 210
    layers = [("lapsed", "Lapsed", lapsed)]
    layers += [
        (f"s{number}", words.sentence_case(stage), counts)
        for number, (stage, counts) in enumerate(stages.items(), 1)
    ]
    most = max(1, *(sum(of_day) for of_day in zip(*(c for _, _, c in layers), strict=True)))
    wide = UNITS / len(days)
    below = [0] * len(days)
    shapes, rows = [], []
    for style, stage, counts in layers:
        path = ""
        for at, number in enumerate(counts):
            low, high = (
                foot - round(n / most * (foot - top)) for n in (below[at], below[at] + number)
            )
            below[at] += number
            if number:
                path += box(round(at * wide) + 1, high, round((at + 1) * wide) - 1, low)
        shapes.append(Shape(style, path))
        if low - high >= 13:  # the last one's height has room for words
            label = Label("99%", f"{stage} {counts[-1]}", "ends")
            rows.append(Row((low + high) // 2 + 4, (label,), "on"))
    months = [
        (
            round((at + 0.5) * wide),
            words.month(day) if at == 0 or day.month == 1 else f"{day:%b}",
        )
        for at, day in enumerate(days)
    ]
    rows.append(Row(foot + 22, spaced(_STRETCH, months[::-1]), "at"))
    hits = [
        Hit(
            box(round(at * wide), top, round((at + 1) * wide), foot),
            "\n".join((words.day(day), *(f"{stage} {c[at]}" for _, stage, c in reversed(layers)))),
        )
        for at, day in enumerate(days)
    ]
    return chart(
        name,
        "Stages at each month’s end",
        f"On {_stages_on(days, stages, lapsed, -1)} On {_stages_on(days, stages, lapsed, 0)}",
        Plot(foot + 34, shapes, rows, hits),
    )


def _stages_on(
    days: Sequence[date],
    stages: Mapping[RelationshipStage, Sequence[int]],
    lapsed: Sequence[int],
    at: int,
) -> str:
    counted = ", ".join(f"{counts[at]} in {stage}" for stage, counts in stages.items())
    return f"{words.day(days[at])}: {counted}; {lapsed[at]} lapsed."


@dataclass(frozen=True, slots=True)
class Clock:
    """What the time of a curve is counted in."""

    since: str
    unit: str
    steps: tuple[int, ...]
    """After so many it is told in words how many are left."""

    def said(self, time: float) -> str:
        """A time in words: ``90 days``."""
        return words.count(round(time), self.unit)


DAYS = Clock("since the first purchase", "day", (90, 180, 365, 730))
MONTHS = Clock("since the first payment", "month", (3, 6, 12, 24))


def survival(
    name: str, curve: SurvivalCurve, title: str, waiting: str, clock: Clock = DAYS
) -> Chart:
    """A curve of who is left, with its 95 % band; ``waiting`` says who ("have yet to come back")."""
    top, foot = 24, 190
    longest = curve.times[-1] or 1.0

    def across(time: float) -> int:
        return round(time / longest * UNITS)

    def up(share: float) -> int:
        return foot - round(share * (foot - top))

    def steps(shares: Sequence[float]) -> list[tuple[int, int]]:
        """The corners of the curve: level up to each time, then down."""
        found = [(0, up(1.0))]
        for time, share in zip(curve.times, shares, strict=True):
            found += [(across(time), found[-1][1]), (across(time), up(share))]
        return _corners(found)

    halves = [(up(share), label) for share, label in ((1.0, "100 %"), (0.5, "50 %"), (0.0, "0 %"))]
    shapes = [
        Shape("band", line([*steps(curve.high), *reversed(steps(curve.low))]) + "z"),
        Shape("grid", "".join(f"M0 {at}H{UNITS}" for at, _ in halves)),
        Shape("curve", line(steps(curve.survival))),
    ]
    rows = [Row(at - 4, (Label("0%", label),), "edge") for at, label in halves[1:]]
    rows.insert(0, Row(up(1.0) - 4, (Label("0%", f"100 % {waiting}"),), "edge"))
    if curve.median is not None:
        at = across(curve.median)
        shapes.append(Shape("pointer", f"M{at} {up(0.5)}V{foot}"))
        side = "ends" if at > UNITS / 2 else ""
        half = Label(_STRETCH.per_cent(at), f"half after {clock.said(curve.median)}", side)
        rows.append(Row(up(0.5) - 6, (half,), "beside strong"))
    marked = [time for time in clock.steps if time < longest]
    told = [(across(time), clock.said(time)) for time in (longest, *marked)]
    rows.append(Row(foot + 20, spaced(_STRETCH, told), "at"))
    said = marked or [round(longest)]
    description = "; ".join(
        f"after {clock.said(time)} {words.percent(_left(curve.times, curve.survival, time))} {waiting}"
        for time in said
    )
    hits = [
        Hit(
            box(across(longest * part / _HITS), top, across(longest * (part + 1) / _HITS), foot),
            f"{clock.said(longest * (part + 0.5) / _HITS)} {clock.since}\n"
            + _range(curve, longest * (part + 0.5) / _HITS, waiting),
        )
        for part in range(_HITS)
    ]
    return chart(
        name,
        title,
        f"{words.sentence_case(description)}. The band is where the true share lies, 19 times of 20.",
        Plot(foot + 32, shapes, rows, hits),
    )


def _range(curve: SurvivalCurve, time: float, waiting: str) -> str:
    middle, low, high = (
        words.percent(_left(curve.times, shares, time))
        for shares in (curve.survival, curve.low, curve.high)
    )
    return f"{middle} {waiting} ({low} to {high})"


def _left(times: Sequence[float], shares: Sequence[float], time: float) -> float:
    """The share left after a time, 0–1; 1 before the first event."""
    before = [share for at, share in zip(times, shares, strict=True) if at <= time]
    return before[-1] if before else 1.0


def _corners(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points without those on the straight way between their neighbours."""
    found: list[tuple[int, int]] = []
    for point in points:
        while len(found) > 1 and (
            found[-2][0] == found[-1][0] == point[0] or found[-2][1] == found[-1][1] == point[1]
        ):
            found.pop()
        if not found or found[-1] != point:
            found.append(point)
    return found


def pareto(name: str, shares: Sequence[float]) -> Chart:
    """Each client's share of the sales of W, the largest first, and how they add up."""
    top, foot = 16, 190
    added = [round(share, 9) for share in accumulate(shares)]
    wide = UNITS / len(shares)
    gap = 1 if len(shares) <= 120 else 0

    def up(share: float) -> int:
        return foot - round(min(1.0, share) * (foot - top))

    # Of more clients than the picture has room for, one stands at each place.
    drawn = [at for at in range(len(shares)) if round((at + 1) * wide) > round(at * wide)]
    bars = "".join(
        box(round(at * wide) + gap, up(shares[at]), round((at + 1) * wide) - gap, foot)
        for at in drawn
        if shares[at] > 0
    )
    so_far = [(0, foot), *((round((at + 1) * wide), up(added[at])) for at in drawn)]
    for_80 = next(place for place, share in enumerate(added, 1) if share >= 0.8 - 1e-12)
    at = round(for_80 * wide)
    shapes = [
        Shape("grid", f"M0 {up(1)}H{UNITS}M0 {up(0.5)}H{UNITS}"),
        Shape("effort", bars),
        Shape("curve", line(_corners(so_far))),
        Shape("pointer", f"M{at} {up(0.8)}V{foot}"),
    ]
    side = "ends" if at > UNITS / 2 else ""
    note = f"80 % from {words.count(for_80, 'client')}"
    rows = [
        Row(up(1) - 4, (Label("0%", "all sales"),), "edge"),
        Row(up(0.5) - 4, (Label("0%", "half"),), "edge"),
        Row(up(0.8) + 24, (Label(_STRETCH.per_cent(at), note, side),), "beside strong"),
        Row(
            foot + 20,
            spaced(
                _STRETCH,
                [(round(wide / 2), "the largest"), (UNITS, words.count(len(shares), "client"))],
            ),
            "at",
        ),
    ]
    step = -(-len(shares) // _HITS)
    hits = [
        Hit(
            box(round((last - step) * wide), top, round(last * wide), foot),
            f"{_the_largest(last)}\n{words.percent(added[last - 1])} of the sales",
        )
        for last in range(step, len(shares) + 1, step)
    ]
    return chart(
        name,
        "How sales add up over the clients",
        f"The largest client brings {words.percent(shares[0])}; "
        f"{words.count(for_80, 'client')} of {len(shares)} together bring 80 % or more.",
        Plot(foot + 32, shapes, rows, hits),
    )


def _the_largest(number: int) -> str:
    return "The largest client" if number == 1 else f"The largest {number:,} clients"


_DOTS = 250
"""So many at most can still be told apart, and pointed at."""


def growth_against_time(
    name: str, points: Sequence[tuple[str, float, float]], symbol: str
) -> Chart:
    """A dot a client, of very many those with most time: its share across, the growth of sales up."""
    top, foot = 24, 230
    grown = [share for _, share, growth in points if growth > 0]
    told = (
        f"{words.count(len(grown), 'client')} of {len(points):,} grew; "
        f"they took {words.percent(sum(grown))} of your time."
    )
    if len(points) > _DOTS:
        points = sorted(points, key=lambda one: (-one[1], one[0]))[:_DOTS]
        told += f" Drawn are the {_DOTS} with the most of it."
    most_time = max(share for _, share, _ in points) or 1.0
    high = max(0.0, *(growth for _, _, growth in points))
    low = min(0.0, *(growth for _, _, growth in points))
    span = (high - low) or 1.0

    def across(share: float) -> int:
        return round((0.02 + 0.94 * share / most_time) * UNITS)

    def up(growth: float) -> int:
        return foot - round((growth - low) / span * (foot - top))

    def money(growth: float) -> str:
        return f"{'−' if growth < 0 else '+'}{symbol}{abs(growth):,.0f}"

    dots = [
        Dot(
            _STRETCH.per_cent(across(share)),
            up(growth),
            f"{legible(client)}\n{words.percent(share)} of your time\n{money(growth)} of sales",
        )
        for client, share, growth in points
    ]
    extremes = {
        max(points, key=lambda p: p[1]),
        max(points, key=lambda p: p[2]),
        min(points, key=lambda p: p[2]),
    }
    named = [
        Row(up(growth) - 8, spaced(_STRETCH, [(across(share), legible(client))]), "at")
        for client, share, growth in sorted(extremes)
    ]
    rows = [
        Row(up(high) - 8, (Label("0%", f"{money(high)} of sales"),), "edge"),
        Row(up(0) - 4, (Label("0%", "as in the year before"),), "edge"),
        *_apart(named),
        Row(
            foot + 30,
            spaced(
                _STRETCH,
                [
                    (across(most_time), f"{words.percent(most_time)} of your time"),
                    (across(most_time / 2), words.percent(most_time / 2)),
                    (across(0), "0 %"),
                ],
            ),
            "at",
        ),
    ]
    return chart(
        name,
        "Growth against the share of your time",
        told,
        Plot(foot + 42, [Shape("zero", f"M0 {up(0)}H{UNITS}")], rows, dots=dots),
    )


def _apart(rows: Sequence[Row]) -> Iterator[Row]:
    """Those of the rows that no other lies over."""
    feet: list[int] = []
    for row in rows:
        if all(abs(row.foot - foot) > 14 for foot in feet):
            feet.append(row.foot)
            yield row


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of a strip plot: a dot a client."""

    label: str
    dots: Sequence[tuple[str, float]]
    """The client and the value, on the scale of the plot."""


_EACH_UP_TO = 80
"""How many clients have a dot each; more are counted."""


def trust(name: str, points: Sequence[tuple[str, float, float | None, float]]) -> Chart:
    """Care, accountability and communication: a row each, a dot a client, from 0 to 10.

    A client of whom nothing is known of accountability has no dot there.
    """
    accounts = [(client, account) for client, _, account, _ in points if account is not None]
    strips = [
        Strip("Care", [(client, care) for client, care, _, _ in points]),
        Strip("Accountability", accounts),
        Strip("Communication", [(client, 10 * told) for client, _, _, told in points]),
    ]
    known = (
        ""
        if len(accounts) == len(points)
        else f"; accountability is known of {len(accounts) or 'none'}"
    )
    return strip_plot(
        name,
        "Care, accountability and communication, client by client",
        f"{words.count(len(points), 'client')}, each from 0 to 10{known}.",
        [strip for strip in strips if strip.dots],
        most=10,
    )


def strip_plot(
    name: str, title: str, description: str, strips: Sequence[Strip], most: int
) -> Chart:
    """A row for each of the strips on one scale from 0 to ``most``; from 80 clients on they are counted."""
    tall, lead = 66, 20
    shapes: list[Shape] = []
    dots: list[Dot] = []
    rows: list[Row] = []
    hits: list[Hit] = []
    for number, strip in enumerate(strips):
        foot = lead + tall * number + 44
        rows.append(Row(foot - 38, (Label("0%", strip.label),), "phase"))
        shapes.append(Shape("grid", f"M0 {foot + 6}H{UNITS}"))
        if len(strip.dots) > _EACH_UP_TO:
            counted, told = _counted(strip, most, foot)
            shapes.append(Shape("effort", counted))
            hits += told
        else:
            dots += _piled(strip, most, foot)
    foot = lead + tall * len(strips)
    ticks = [(_on(value, most), str(value)) for value in (0, most // 2, most)]
    rows.append(Row(foot + 8, spaced(_STRETCH, ticks), "at"))
    return chart(name, title, description, Plot(foot + 18, shapes, rows, hits, dots))


def _on(value: float, most: int) -> int:
    return round((0.02 + 0.96 * value / most) * UNITS)


def _piled(strip: Strip, most: int, foot: int) -> Iterator[Dot]:
    """A dot for each client; those who would lie over each other stand on each other, four high."""
    high: dict[int, int] = {}
    for client, value in sorted(strip.dots, key=lambda dot: (dot[1], dot[0])):
        at = _on(value, most)
        place = round(at / UNITS * PHONE / 9)  # as wide as a dot on a phone
        high[place] = high.get(place, -1) + 1
        yield Dot(
            _STRETCH.per_cent(at),
            foot - 8 * min(high[place], 4),
            f"{legible(client)}\n{strip.label} {value:.1f}",
        )


def _counted(strip: Strip, most: int, foot: int) -> tuple[str, list[Hit]]:
    """A column for each whole step of the scale, and how many clients stand in it."""
    counts = [0] * most
    for _, value in strip.dots:
        counts[min(most - 1, int(value))] += 1
    tallest = max(counts)
    path, hits = "", []
    for at, number in enumerate(counts):
        left, right = _on(at, most) + 2, _on(at + 1, most) - 2
        top = foot + 6 - round(34 * number / tallest)
        if number:
            path += box(left, top, right, foot + 6)
        told = f"{strip.label} {at} to {at + 1}\n{words.count(number, 'client')}"
        hits.append(Hit(box(left, foot - 28, right, foot + 6), told))
    return path, hits
