"""The pictures that matplotlib draws: figures over all clients.

Each is drawn with one sentinel colour a role, which then becomes a variable of the style sheet, so that
one SVG follows light, dark and paper. Identical input gives identical bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportgen import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROLES = {
    "blue": "#0060a1",
    "red": "#c2352c",
    "ink": "#1d2331",
    "soft": "#565f6e",
    "line": "#dfdcd5",
    "card": "#fffffe",
}
"""Role → a colour that is used for nothing else, replaced by ``var(--role)``."""


@dataclass(frozen=True, slots=True)
class Chart:
    """An SVG picture as text, with what it shows in words."""

    svg: str
    title: str
    description: str


def effort_and_silence(
    months: Sequence[date], minutes: Sequence[int], below: Sequence[int], last: date
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
    return _chart(figure, "effort-and-silence", "Effort and silence, all clients", description)


def _figure(rows: tuple[int, ...]) -> tuple[Figure, list[Axes]]:
    """An empty figure of the page's width, its axes plain."""
    from matplotlib.figure import Figure  # a second to import: only where a picture is drawn
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(9.6, 3.6), layout="constrained", facecolor="none")
    grid = figure.add_gridspec(len(rows), 1, height_ratios=rows, hspace=0)
    axes = []
    for row in range(len(rows)):
        ax = figure.add_subplot(grid[row])
        ax.set_facecolor("none")
        for side in ("top", "right", "left", "bottom"):
            ax.spines[side].set_visible(False)
        ax.tick_params(length=0, labelcolor=_ROLES["soft"], labelsize=9)
        ax.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=True))
        ax.grid(axis="y", color=_ROLES["line"], linewidth=0.8)
        ax.set_axisbelow(True)
        axes.append(ax)
    return figure, axes


def _chart(figure: Figure, prefix: str, title: str, description: str) -> Chart:
    import matplotlib as mpl

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
    svg = re.sub(r'\bid="', f'id="{prefix}-', svg)
    svg = re.sub(r'(xlink:href="#|url\(#)', rf"\1{prefix}-", svg)
    svg = re.sub(r"font: [^;\"]*;?", "font-size: 12px;", svg)
    for role, colour in _ROLES.items():
        svg = svg.replace(colour, f"var(--{role})")
    opening = (
        f'<svg class="picture" xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{_view_box(svg)}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc">\n'
        f'<title id="{prefix}-title">{escape(title)}</title>\n'
        f'<desc id="{prefix}-desc">{escape(description)}</desc>'
    )
    return Chart(re.sub(r"<svg[^>]*>", lambda _: opening, svg, count=1), title, description)


def _view_box(svg: str) -> str:
    found = re.search(r'viewBox="([^"]*)"', svg)
    assert found is not None
    return found[1]
