"""The pictures over all clients, which matplotlib draws: one function each.

How a drawing becomes an SVG of the page's own is in :mod:`reportgen.pictures.drawing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from reportgen import words
from reportgen.analyses.portfolio import Life
from reportgen.estimates.survival import SurvivalCurve
from reportgen.pictures.drawing import (
    COLOURS,
    Chart,
    as_chart,
    empty_figure,
    legible,
    whole_numbers,
    write_names,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True)
class Request:
    """A picture to be drawn: one of the functions below, and what it is given."""

    name: str
    """The name of the picture that comes of it."""
    draw: Callable[..., Chart]
    arguments: tuple[object, ...]


def draw_all(requests: Iterable[Request]) -> dict[str, Chart]:
    """Every picture by its name, in the order of the requests."""
    return {one.name: one.draw(*one.arguments) for one in requests}


def effort_and_silence(
    name: str, months: Sequence[date], minutes: Sequence[int], below: Sequence[int], last: date
) -> Chart:
    """Above the line the hours of each month; beneath it how many clients were below at its end."""
    description = (
        f"{words.hours(sum(minutes))} in {words.count(len(months), 'month')}; "
        f"{below[-1]} below the red line on {words.day(last)}, at most {max(below)} at a month's end."
    )
    figure, (above, beneath) = empty_figure(rows=(3, 2))
    at = range(len(months))
    above.bar(at, [m / 60 for m in minutes], color=COLOURS["blue"], width=0.8)
    above.set_ylabel("hours", color=COLOURS["soft"])
    beneath.bar(at, below, color=COLOURS["red"], width=0.8)
    beneath.invert_yaxis()
    beneath.set_ylabel("clients below", color=COLOURS["soft"])
    beneath.spines["top"].set(visible=True, color=COLOURS["red"], linewidth=2)
    step = max(1, -(-len(months) // 9))
    beneath.set_xticks(list(at)[::step], [words.month(month) for month in months[::step]])
    above.set_xticks([])
    return as_chart(figure, name, "Effort and silence, all clients", description)


def stage_history(
    name: str, days: Sequence[date], stages: Mapping[str, Sequence[int]], lapsed: Sequence[int]
) -> Chart:
    """How many clients stood at each of the five Cs at each month's end, with the lapsed at the foot."""
    figure, (ax,) = empty_figure(rows=(1,))
    at = range(len(days))
    roles = ("s1", "s2", "s3", "s4", "s5")
    layers = ax.stackplot(
        at,
        lapsed,
        *stages.values(),
        colors=[COLOURS["lapsed"], *(COLOURS[role] for role in roles)],
        edgecolor=COLOURS["card"],
        linewidth=0.8,
    )
    now = {"lapsed": lapsed[-1]} | {stage: counts[-1] for stage, counts in stages.items()}
    ax.legend(
        layers[::-1],
        [f"{words.sentence_case(stage)}, now {count}" for stage, count in now.items()][::-1],
        loc="center left",
        bbox_to_anchor=(1.01, 0.5),
        frameon=False,
        fontsize=9,
        labelcolor=COLOURS["soft"],
    )
    ax.set_xlim(0, len(days) - 1)
    ax.set_xticks(list(at), [words.month(day) for day in days])
    ax.set_ylabel("clients", color=COLOURS["soft"])
    _thin_out_labels(ax, len(days))
    description = (
        f"On {words.day(days[-1])}: "
        + ", ".join(f"{counts[-1]} in {stage}" for stage, counts in stages.items())
        + f"; {lapsed[-1]} lapsed. On {words.day(days[0])}: "
        + ", ".join(f"{counts[0]} in {stage}" for stage, counts in stages.items())
        + f"; {lapsed[0]} lapsed."
    )
    return as_chart(figure, name, "Stages at each month’s end", description)


def _thin_out_labels(ax: Axes, count: int) -> None:
    """Hide dates on the axis until at most seven are left, the last among them."""
    step = -(-count // 7)
    for place, label in enumerate(ax.get_xticklabels()):
        label.set_visible((count - 1 - place) % step == 0)


@dataclass(frozen=True, slots=True)
class Clock:
    """What the time of a curve is counted in."""

    axis: str
    unit: str
    steps: tuple[int, ...]
    """After so many it is told in words how many are left."""

    def said(self, time: float) -> str:
        """A time in words: ``90 days``."""
        return words.count(round(time), self.unit)


DAYS = Clock("days since the first purchase", "day", (90, 180, 365, 730))
MONTHS = Clock("months since the first payment", "month", (3, 6, 12, 24))


def survival(
    name: str, curve: SurvivalCurve, title: str, waiting: str, clock: Clock = DAYS
) -> Chart:
    """A Kaplan–Meier curve with its 95 % band; ``waiting`` says who is left ("have yet to come back")."""
    figure, (ax,) = empty_figure(rows=(1,))
    times = [0.0, *curve.times]
    share = [1.0, *curve.survival]
    ax.fill_between(
        times,
        [1.0, *curve.low],
        [1.0, *curve.high],
        step="post",
        color=COLOURS["s1"],
        linewidth=0,
    )
    ax.step(times, share, where="post", color=COLOURS["blue"], linewidth=2)
    ax.set_ylim(0, 1.02)
    ax.set_xlim(0, times[-1] or 1)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.set_xlabel(clock.axis, color=COLOURS["soft"], fontsize=9)
    if curve.median is not None:
        ax.plot([0, curve.median, curve.median], [0.5, 0.5, 0], color=COLOURS["red"], linewidth=1.2)
        ax.annotate(
            f"half after {clock.said(curve.median)}",
            (curve.median, 0.5),
            xytext=(6, 5),
            textcoords="offset points",
            color=COLOURS["red"],
            fontsize=9,
        )
    ax.set_ylabel(waiting, color=COLOURS["soft"])
    steps = [time for time in clock.steps if time <= times[-1]] or [round(times[-1])]
    description = "; ".join(
        f"after {clock.said(time)} {words.percent(_at(curve, time))} {waiting}" for time in steps
    )
    return as_chart(figure, name, title, f"{words.sentence_case(description)}.")


def _at(curve: SurvivalCurve, days: int) -> float:
    """The share left after so many days, 0–1; 1 before the first event."""
    before = [
        share for time, share in zip(curve.times, curve.survival, strict=True) if time <= days
    ]
    return before[-1] if before else 1.0


def pareto(name: str, shares: Sequence[float]) -> Chart:
    """Each client's share of the sales of W, the largest first, and how they add up."""
    figure, (ax,) = empty_figure(rows=(1,))
    at = range(1, len(shares) + 1)
    total, added = 0.0, []
    for share in shares:
        total += share
        added.append(total)
    ax.bar(at, shares, color=COLOURS["blue"], width=0.8)
    ax.plot(
        at,
        added,
        color=COLOURS["red"],
        linewidth=1.6,
        marker="o" if len(shares) < 40 else "",
        markersize=3,
    )
    ax.axhline(0.8, color=COLOURS["soft"], linewidth=0.8, linestyle=(0, (4, 3)))
    ax.set_ylim(0, 1.03)
    ax.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"])
    ax.set_xlabel("clients, the largest first", color=COLOURS["soft"], fontsize=9)
    for_80 = next(place for place, share in enumerate(added, 1) if share >= 0.8 - 1e-12)
    description = (
        f"The largest client brings {words.percent(shares[0])}; "
        f"{words.count(for_80, 'client')} of {len(shares)} together bring 80 % or more."
    )
    return as_chart(figure, name, "How sales add up over the clients", description)


def growth_against_time(
    name: str, points: Sequence[tuple[str, float, float]], symbol: str
) -> Chart:
    """One dot for each client: the share of the owner's time across, the growth of sales up."""
    figure, (ax,) = empty_figure(rows=(1,))
    ax.axhline(0, color=COLOURS["soft"], linewidth=1)
    for better, role, marker in ((True, "blue", "o"), (False, "red", "v")):
        chosen = [(share, growth) for _, share, growth in points if (growth >= 0) == better]
        if chosen:
            across, up = [share for share, _ in chosen], [growth for _, growth in chosen]
            ax.scatter(across, up, color=COLOURS[role], marker=marker, s=28, linewidth=0)
    most_time = sorted(points, key=lambda p: (-p[1], p[0]))
    most_growth = sorted(points, key=lambda p: (-p[2], p[0]))
    outermost = zip(most_time, most_growth, reversed(most_growth), strict=True)
    write_names(ax, points, chain.from_iterable(outermost), level=0.0)
    ax.xaxis.set_major_formatter(lambda value, _: f"{round(value * 100, 6):g} %")
    ax.yaxis.set_major_formatter(
        lambda value, _: f"{'−' if value < 0 else ''}{symbol}{abs(value):,.0f}"
    )
    ax.set_xlabel("share of your time in the last 12 months", color=COLOURS["soft"], fontsize=9)
    ax.set_ylabel("growth of sales", color=COLOURS["soft"])
    grown = [share for _, share, growth in points if growth > 0]
    description = (
        f"{words.count(len(grown), 'client')} of {len(points)} grew; "
        f"they took {words.percent(sum(grown))} of your time."
    )
    return as_chart(figure, name, "Growth against the share of your time", description)


def life(name: str, life: Life) -> Chart:
    """Hours per client by months since the start: median, quartiles and the model's typical shape."""
    figure, (ax,) = empty_figure(rows=(1,))
    known = [month for month in life.months if month.median is not None]
    at = [month.number for month in known]
    medians = [month.median or 0.0 for month in known]
    ax.fill_between(
        at,
        [month.low or 0.0 for month in known],
        [month.high or 0.0 for month in known],
        color=COLOURS["s1"],
        linewidth=0,
        label="the middle half of your clients",
    )
    ax.plot(at, medians, color=COLOURS["blue"], linewidth=2.2, label="your median")
    if life.business_model is not None:
        ax.plot(
            at,
            [month.typical or 0.0 for month in known],
            color=COLOURS["soft"],
            linewidth=1.4,
            linestyle=(0, (5, 3)),
            label=f"typical of {life.business_model}",
        )
    ax.set_xlim(1, max(2, at[-1]))
    ax.set_ylim(bottom=0)
    ax.xaxis.set_major_locator(whole_numbers(12))
    ax.set_xlabel("months since the start", color=COLOURS["soft"], fontsize=9)
    ax.set_ylabel("hours a month", color=COLOURS["soft"])
    ax.legend(
        frameon=False,
        fontsize=9,
        labelcolor=COLOURS["soft"],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=3,
    )
    most = max(range(len(medians)), key=lambda place: medians[place])
    description = (
        f"{words.count(life.clients, 'client')}; the median is highest in month {at[most]} "
        f"({words.hours(round(60 * medians[most]))}) and {words.hours(round(60 * medians[-1]))} "
        f"in month {at[-1]}."
    )
    title = "Effort by months since the start"
    title += f", {life.business_model}" if life.business_model else ""
    return as_chart(figure, name, title, description)


def trust(name: str, points: Sequence[tuple[str, float, float, float]]) -> Chart:
    """One dot for each client: care across, accountability up, communication as its size."""
    figure, (ax,) = empty_figure(rows=(1,))
    ax.grid(axis="x", color=COLOURS["line"], linewidth=0.8)
    ax.scatter(
        [care for _, care, _, _ in points],
        [accountability for _, _, accountability, _ in points],
        s=[20 + 160 * communication for _, _, _, communication in points],
        color=COLOURS["blue"],
        alpha=0.65,
        linewidth=0,
    )
    least_first = sorted(points, key=lambda p: ((p[1] * p[2]) ** p[3], p[0]))
    # A phone shows the left half first, so the axis begins close to the first dot.
    ax.set_xlim(max(0.6, min(care for _, care, _, _ in points) - 1), 11.4)
    ax.set_ylim(0.6, 10.6)
    dots = {client: (client, care, accountability) for client, care, accountability, _ in points}
    outermost = zip(reversed(least_first), least_first, strict=True)
    write_names(ax, dots.values(), (dots[one[0]] for one in chain.from_iterable(outermost)))
    ax.set_xlabel("care, 1–10", color=COLOURS["soft"], fontsize=9)
    ax.set_ylabel("accountability, 1–10", color=COLOURS["soft"])
    description = (
        f"{words.count(len(points), 'client')} with all three known; a larger dot is better "
        f"communication, a more solid one several clients. "
        f"The most trust: {least_first[-1][0]}; the least: {least_first[0][0]}."
    )
    return as_chart(figure, name, "Care and accountability, client by client", description)


def hours_by_activity(name: str, rows: Sequence[tuple[str, float, bool]]) -> Chart:
    """Hours by activity, most first, with administration in red."""
    figure, (ax,) = empty_figure(rows=(1,))
    hours = [spent for _, spent, _ in rows]
    at = range(len(rows))
    ax.barh(at, hours, color=[COLOURS["red" if low else "blue"] for _, _, low in rows], height=0.7)
    ax.set_yticks(list(at), [legible(activity) for activity, _, _ in rows])
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color=COLOURS["line"], linewidth=0.8)
    ax.set_xlabel("hours in the last 12 months", color=COLOURS["soft"], fontsize=9)
    for place, (_, spent, low) in enumerate(rows):
        ax.annotate(
            words.hours(round(60 * spent)) + (", administration" if low else ""),
            (spent, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=COLOURS["soft"],
        )
    ax.set_xlim(0, max(hours) * 1.18)
    first = "; ".join(
        f"{activity} {words.hours(round(60 * spent))}" for activity, spent, _ in rows[:3]
    )
    return as_chart(figure, name, "Hours by activity", f"{first}.")
