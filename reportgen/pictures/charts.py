"""The pictures that matplotlib draws: figures over all clients.

Each is drawn with one sentinel colour a role, which then becomes a variable of the style sheet, so that
one SVG follows light, dark and paper. Identical input gives identical bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportgen import words
from reportgen.analyses.portfolio import Life
from reportgen.estimates.survival import SurvivalCurve

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator


_ROLES = {
    "blue": "#0060a1",
    "red": "#c2352c",
    "ink": "#1d2331",
    "soft": "#565f6e",
    "line": "#dfdcd5",
    "card": "#fffffe",
    "green": "#00704e",
    "s1": "#cfe0ee",
    "s2": "#9cc2e0",
    "s3": "#5f9ccd",
    "s4": "#2a76b4",
    "s5": "#0a4f8a",
    "lapsed": "#b9b6ae",
}
"""Role → a colour that is used for nothing else, replaced by ``var(--role)``."""


@dataclass(frozen=True, slots=True)
class Chart:
    """An SVG picture as text, with what it shows in words."""

    name: str
    """Of its file, and what its ids begin with."""
    svg: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Request:
    """A picture to be drawn: one of the functions below, by name, and what it is given."""

    name: str
    """Of the picture, as it will be in :class:`Chart`."""
    draw: Callable[..., Chart]
    arguments: tuple[object, ...]


def draw_all(requests: Iterable[Request]) -> dict[str, Chart]:
    """Every picture by its name, in the order of the requests."""
    return {one.name: one.draw(*one.arguments) for one in requests}


def effort_and_silence(
    name: str, months: Sequence[date], minutes: Sequence[int], below: Sequence[int], last: date
) -> Chart:
    """Hours of all clients a month above the line; how many were below it at the month's end, beneath."""
    description = (
        f"{words.hours(sum(minutes))} in {words.count(len(months), 'month')}; "
        f"{below[-1]} below the red line on {words.day(last)}, at most {max(below)} at a month's end."
    )
    figure, (above, beneath) = _figure(rows=(3, 2))
    at = range(len(months))
    above.bar(at, [m / 60 for m in minutes], color=_ROLES["blue"], width=0.8)
    above.set_ylabel("hours", color=_ROLES["soft"])
    beneath.bar(at, below, color=_ROLES["red"], width=0.8)
    beneath.invert_yaxis()
    beneath.set_ylabel("clients below", color=_ROLES["soft"])
    beneath.spines["top"].set(visible=True, color=_ROLES["red"], linewidth=2)
    step = max(1, -(-len(months) // 9))
    beneath.set_xticks(list(at)[::step], [words.month(month) for month in months[::step]])
    above.set_xticks([])
    return _chart(figure, name, "Effort and silence, all clients", description)


def stage_history(
    name: str, days: Sequence[date], stages: Mapping[str, Sequence[int]], lapsed: Sequence[int]
) -> Chart:
    """How many clients stood at each of the five Cs at each month's end, the lapsed at the foot."""
    figure, (ax,) = _figure(rows=(1,))
    at = range(len(days))
    roles = ("s1", "s2", "s3", "s4", "s5")
    layers = ax.stackplot(
        at,
        lapsed,
        *stages.values(),
        colors=[_ROLES["lapsed"], *(_ROLES[role] for role in roles)],
        edgecolor=_ROLES["card"],
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
        labelcolor=_ROLES["soft"],
    )
    ax.set_xlim(0, len(days) - 1)
    ax.set_xticks(list(at), [words.month(day) for day in days])
    ax.set_ylabel("clients", color=_ROLES["soft"])
    _thin_labels(ax, len(days))
    description = (
        f"On {words.day(days[-1])}: "
        + ", ".join(f"{counts[-1]} in {stage}" for stage, counts in stages.items())
        + f"; {lapsed[-1]} lapsed. On {words.day(days[0])}: "
        + ", ".join(f"{counts[0]} in {stage}" for stage, counts in stages.items())
        + f"; {lapsed[0]} lapsed."
    )
    return _chart(figure, name, "Stages at each month’s end", description)


def _thin_labels(ax: Axes, count: int) -> None:
    """At most seven dates on the axis."""
    step = -(-count // 7)
    for place, label in enumerate(ax.get_xticklabels()):
        label.set_visible((count - 1 - place) % step == 0)


def survival(name: str, curve: SurvivalCurve, title: str, waiting: str) -> Chart:
    """A Kaplan–Meier curve with its band; ``waiting`` says who is above it ("have not come back")."""
    figure, (ax,) = _figure(rows=(1,))
    times = [0.0, *curve.times]
    share = [1.0, *curve.survival]
    ax.fill_between(
        times,
        [1.0, *curve.low],
        [1.0, *curve.high],
        step="post",
        color=_ROLES["s1"],
        linewidth=0,
    )
    ax.step(times, share, where="post", color=_ROLES["blue"], linewidth=2)
    ax.set_ylim(0, 1.02)
    ax.set_xlim(0, times[-1] or 1)
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.set_xlabel("days since the first purchase", color=_ROLES["soft"], fontsize=9)
    if curve.median is not None:
        ax.plot([0, curve.median, curve.median], [0.5, 0.5, 0], color=_ROLES["red"], linewidth=1.2)
        ax.annotate(
            f"half after {words.days(round(curve.median))}",
            (curve.median, 0.5),
            xytext=(6, 5),
            textcoords="offset points",
            color=_ROLES["red"],
            fontsize=9,
        )
    ax.set_ylabel(waiting, color=_ROLES["soft"])
    steps = [days for days in (90, 180, 365, 730) if days <= times[-1]] or [round(times[-1])]
    description = "; ".join(
        f"after {words.days(days)} {words.percent(_at(curve, days))} {waiting}" for days in steps
    )
    return _chart(figure, name, title, f"{words.sentence_case(description)}.")


def _at(curve: SurvivalCurve, days: int) -> float:
    """The share left after so many days."""
    before = [
        share for time, share in zip(curve.times, curve.survival, strict=True) if time <= days
    ]
    return before[-1] if before else 1.0


def pareto(name: str, shares: Sequence[float]) -> Chart:
    """Each client's share of the year's sales, largest first, and how they add up."""
    figure, (ax,) = _figure(rows=(1,))
    at = range(1, len(shares) + 1)
    total, added = 0.0, []
    for share in shares:
        total += share
        added.append(total)
    ax.bar(at, shares, color=_ROLES["blue"], width=0.8)
    ax.plot(
        at,
        added,
        color=_ROLES["red"],
        linewidth=1.6,
        marker="o" if len(shares) < 40 else "",
        markersize=3,
    )
    ax.axhline(0.8, color=_ROLES["soft"], linewidth=0.8, linestyle=(0, (4, 3)))
    ax.set_ylim(0, 1.03)
    ax.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"])
    ax.set_xlabel("clients, the largest first", color=_ROLES["soft"], fontsize=9)
    for_80 = next(place for place, share in enumerate(added, 1) if share >= 0.8 - 1e-12)
    description = (
        f"The largest client brings {words.percent(shares[0])}; "
        f"{words.count(for_80, 'client')} of {len(shares)} together bring 80 % or more."
    )
    return _chart(figure, name, "How sales add up over the clients", description)


def growth_against_time(
    name: str, points: Sequence[tuple[str, float, float]], symbol: str
) -> Chart:
    """One dot a client: the share of your time they took, and what their sales grew by."""
    figure, (ax,) = _figure(rows=(1,))
    ax.axhline(0, color=_ROLES["soft"], linewidth=1)
    for better, role, marker in ((True, "blue", "o"), (False, "red", "v")):
        chosen = [(share, growth) for _, share, growth in points if (growth >= 0) == better]
        if chosen:
            across, up = [share for share, _ in chosen], [growth for _, growth in chosen]
            ax.scatter(across, up, color=_ROLES[role], marker=marker, s=28, linewidth=0)
    most_time = sorted(points, key=lambda p: (-p[1], p[0]))
    most_growth = sorted(points, key=lambda p: (-p[2], p[0]))
    outermost = zip(most_time, most_growth, reversed(most_growth), strict=True)
    _write_names(ax, points, chain.from_iterable(outermost), level=0.0)
    ax.xaxis.set_major_formatter(lambda value, _: f"{round(value * 100, 6):g} %")
    ax.yaxis.set_major_formatter(
        lambda value, _: f"{'−' if value < 0 else ''}{symbol}{abs(value):,.0f}"
    )
    ax.set_xlabel("share of your time in the last 12 months", color=_ROLES["soft"], fontsize=9)
    ax.set_ylabel("growth of sales", color=_ROLES["soft"])
    grown = [share for _, share, growth in points if growth > 0]
    description = (
        f"{words.count(len(grown), 'client')} of {len(points)} grew; "
        f"they took {words.percent(sum(grown))} of your time."
    )
    return _chart(figure, name, "Growth against the share of your time", description)


_NAMES = 6
"""In one picture, at most: those of the dots that stand out."""

_OUTERMOST = 30
"""Dots that count as standing out: among thousands of clients no name is looked for further in."""

_ACROSS, _UP = 600.0, 190.0
"""Points that a picture's axes have at least, and so the room for names in it."""

_DOT, _LETTER, _LINE = 6.0, 4.5, 11.0
"""Points from a dot's middle to its edge, and that a letter and a line of a name take."""


def _write_names(
    ax: Axes,
    dots: Iterable[tuple[str, float, float]],
    outermost: Iterable[tuple[str, float, float]],
    level: float | None = None,
) -> None:
    """Write the first names, beside their dots, that have room there: over no dot, name, edge or level."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()

    def place(across: float, up: float) -> tuple[float, float]:
        return (across - left) / (right - left) * _ACROSS, (up - low) / (high - low) * _UP

    at = [place(across, up) for _, across, up in dots]
    taken = [(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in at]
    if level is not None:
        _, y = place(left, level)
        taken.append((0.0, y - 1, _ACROSS, y + 1))
    named: set[tuple[float, float]] = set()
    for client, across, up in islice(outermost, _OUTERMOST):
        if len(named) == _NAMES:
            return
        if (across, up) in named:
            continue
        name = _legible(client)
        x, y = place(across, up)
        for aside, above in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
            width = _LETTER * len(name)
            begins = x + _DOT + 1 if aside == 1 else x - _DOT - 1 - width
            foot = y + 2 if above == 1 else y - 2 - _LINE
            box = (begins, foot, begins + width, foot + _LINE)
            if box[0] < 0 or box[1] < 0 or box[2] > _ACROSS or box[3] > _UP:
                continue
            if any(_overlap(box, other) for other in taken):
                continue
            ax.annotate(
                name,
                (across, up),
                xytext=(aside * (_DOT + 1), above * 2),
                textcoords="offset points",
                ha="left" if aside == 1 else "right",
                va="bottom" if above == 1 else "top",
                fontsize=8,
                color=_ROLES["soft"],
            )
            taken.append(box)
            named.add((across, up))
            break


_Box = tuple[float, float, float, float]
"""Left, foot, right, head."""


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def life(name: str, life: Life) -> Chart:
    """Hours per client by months since the start: median, quartiles, and the model's typical shape."""
    figure, (ax,) = _figure(rows=(1,))
    known = [month for month in life.months if month.median is not None]
    at = [month.number for month in known]
    medians = [month.median or 0.0 for month in known]
    ax.fill_between(
        at,
        [month.low or 0.0 for month in known],
        [month.high or 0.0 for month in known],
        color=_ROLES["s1"],
        linewidth=0,
        label="the middle half of your clients",
    )
    ax.plot(at, medians, color=_ROLES["blue"], linewidth=2.2, label="your median")
    ax.plot(
        at,
        [month.typical or 0.0 for month in known],
        color=_ROLES["soft"],
        linewidth=1.4,
        linestyle=(0, (5, 3)),
        label=f"typical of {life.business_model}",
    )
    ax.set_xlim(1, max(2, at[-1]))
    ax.set_ylim(bottom=0)
    ax.xaxis.set_major_locator(_whole_numbers(12))
    ax.set_xlabel("months since the start", color=_ROLES["soft"], fontsize=9)
    ax.set_ylabel("hours a month", color=_ROLES["soft"])
    ax.legend(
        frameon=False,
        fontsize=9,
        labelcolor=_ROLES["soft"],
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
    title = f"Effort by months since the start, {life.business_model}"
    return _chart(figure, name, title, description)


def trust(name: str, points: Sequence[tuple[str, float, float, float]]) -> Chart:
    """One dot a client: care across, accountability up, communication as its size."""
    figure, (ax,) = _figure(rows=(1,))
    ax.grid(axis="x", color=_ROLES["line"], linewidth=0.8)
    ax.scatter(
        [care for _, care, _, _ in points],
        [accountability for _, _, accountability, _ in points],
        s=[20 + 160 * communication for _, _, _, communication in points],
        color=_ROLES["blue"],
        alpha=0.65,
        linewidth=0,
    )
    least_first = sorted(points, key=lambda p: ((p[1] * p[2]) ** p[3], p[0]))
    # A phone shows the left half first: without this most pictures would begin with nothing in them.
    ax.set_xlim(max(0.6, min(care for _, care, _, _ in points) - 1), 11.4)
    ax.set_ylim(0.6, 10.6)
    dots = {client: (client, care, accountability) for client, care, accountability, _ in points}
    outermost = zip(reversed(least_first), least_first, strict=True)
    _write_names(ax, dots.values(), (dots[one[0]] for one in chain.from_iterable(outermost)))
    ax.set_xlabel("care, 1–10", color=_ROLES["soft"], fontsize=9)
    ax.set_ylabel("accountability, 1–10", color=_ROLES["soft"])
    description = (
        f"{words.count(len(points), 'client')} with all three known; a larger dot is better "
        f"communication, a more solid one several clients. "
        f"The most trust: {least_first[-1][0]}; the least: {least_first[0][0]}."
    )
    return _chart(figure, name, "Care and accountability, client by client", description)


def hours_by_activity(name: str, rows: Sequence[tuple[str, float, bool]]) -> Chart:
    """Hours by activity, most first; administration in red."""
    figure, (ax,) = _figure(rows=(1,))
    hours = [spent for _, spent, _ in rows]
    at = range(len(rows))
    ax.barh(at, hours, color=[_ROLES["red" if low else "blue"] for _, _, low in rows], height=0.7)
    ax.set_yticks(list(at), [_legible(activity) for activity, _, _ in rows])
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color=_ROLES["line"], linewidth=0.8)
    ax.set_xlabel("hours in the last 12 months", color=_ROLES["soft"], fontsize=9)
    for place, (_, spent, low) in enumerate(rows):
        ax.annotate(
            words.hours(round(60 * spent)) + (", administration" if low else ""),
            (spent, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=_ROLES["soft"],
        )
    ax.set_xlim(0, max(hours) * 1.18)
    first = "; ".join(
        f"{activity} {words.hours(round(60 * spent))}" for activity, spent, _ in rows[:3]
    )
    return _chart(figure, name, "Hours by activity", f"{first}.")


def _whole_numbers(most: int) -> MaxNLocator:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=most, integer=True)


def _figure(rows: tuple[int, ...]) -> tuple[Figure, list[Axes]]:
    """An empty figure of the page's width, its axes plain."""
    import matplotlib as mpl  # a second to import: only where a picture is drawn
    from matplotlib.figure import Figure

    mpl.rcdefaults()  # a matplotlibrc, at her home or in the folder she works in, changes no picture
    figure = Figure(figsize=(9.6, 3.6), layout="constrained", facecolor="none")
    grid = figure.add_gridspec(len(rows), 1, height_ratios=rows, hspace=0)
    axes = []
    for row in range(len(rows)):
        ax = figure.add_subplot(grid[row])
        ax.set_facecolor("none")
        for side in ("top", "right", "left", "bottom"):
            ax.spines[side].set_visible(False)
        ax.tick_params(length=0, labelcolor=_ROLES["soft"], labelsize=9)
        ax.yaxis.set_major_locator(_whole_numbers(3))
        ax.grid(axis="y", color=_ROLES["line"], linewidth=0.8)
        ax.set_axisbelow(True)
        axes.append(ax)
    return figure, axes


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _legible(text: str) -> str:
    """The owner's words on one line, without what no picture can hold."""
    return re.sub(r"[\t\n\r]+", " ", _NOT_XML.sub("", text))


def _chart(figure: Figure, prefix: str, title: str, description: str) -> Chart:
    import matplotlib as mpl
    from matplotlib.text import Text

    # Dollars are money, here and in the ticks that are made only when the picture is drawn: matplotlib
    # takes what stands between two of them for a formula.
    for text in figure.findobj(Text):
        text.set_parse_math(False)
    out = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": prefix, "text.parse_math": False}):
        figure.savefig(
            out,
            format="svg",
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r">\s+<", ">\n<", _TAG.sub(lambda tag: _ours(tag[0], prefix), svg))
    title, description = _legible(title), _legible(description)
    opening = (
        f'<svg class="picture" xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{_view_box(svg)}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc">\n'
        f'<title id="{prefix}-title">{escape(title)}</title>\n'
        f'<desc id="{prefix}-desc">{escape(description)}</desc>'
    )
    return Chart(prefix, re.sub(r"<svg[^>]*>", lambda _: opening, svg, count=1), title, description)


_TAG = re.compile(r"<[^>]*>")
"""Only what stands in tags is changed: between them stand the owner's words."""

_DECIMALS = re.compile(r"\d+\.\d{3,}")


def _ours(tag: str, prefix: str) -> str:
    """A tag on one line, its ids the picture's own, its font and colours the page's.

    Its numbers go to a hundredth of a point, which is less than anyone sees.
    """
    tag = re.sub(r'\bid="', f'id="{prefix}-', tag)
    tag = re.sub(r'(xlink:href="#|url\(#)', rf"\1{prefix}-", tag)
    tag = re.sub(r"font: [^;\"]*;?", "font-size: 12px;", tag)
    tag = re.sub(r"\s+", " ", tag)
    tag = _DECIMALS.sub(lambda n: f"{float(n[0]):.2f}".rstrip("0").rstrip("."), tag)
    for role, colour in _ROLES.items():
        tag = tag.replace(colour, f"var(--{role})")
    return tag


def _view_box(svg: str) -> str:
    found = re.search(r'viewBox="([^"]*)"', svg)
    assert found is not None
    return found[1]
