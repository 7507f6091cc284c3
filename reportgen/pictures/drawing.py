"""How a picture is drawn with matplotlib and becomes an SVG of the page's own.

Each picture is drawn in colours that stand for roles, one of its own for each role. They then become
variables of the style sheet, so that one SVG follows light, dark and paper. The same input gives the same
bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportgen.words import NOT_IN_XML

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator


COLOURS = {
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
"""Role → its colour in the drawing, used for nothing else; it becomes ``var(--role)`` in the SVG."""

_TAG = re.compile(r"<[^>]*>")
"""Only tags are changed: between them stand the owner's words."""

_DECIMALS = re.compile(r"\d+\.\d{3,}")

_NAMES = 6
"""The most names in one picture: those of the dots that stand out."""

_OUTERMOST = 30
"""How many dots count as standing out; among thousands of clients only these are looked at."""

_ACROSS, _UP = 600.0, 190.0
"""The least width and height of a picture's axes, in points: the room for names."""

_DOT, _LETTER, _LINE = 6.0, 4.5, 11.0
"""In points: from a dot's middle to its edge, the width of a letter and the height of a line."""

_Box = tuple[float, float, float, float]
"""Left, foot, right and head, in points."""


@dataclass(frozen=True, slots=True)
class Chart:
    """An SVG picture as text, with what it shows in words."""

    name: str
    """Its file's; its ids begin with it."""
    svg: str
    title: str
    description: str


def whole_numbers(most: int) -> MaxNLocator:
    """Ticks at whole numbers alone, at most so many steps of them."""
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(nbins=most, integer=True)


def empty_figure(rows: tuple[int, ...]) -> tuple[Figure, list[Axes]]:
    """A figure of the page's width with plain axes, one below the other, of these relative heights."""
    import matplotlib as mpl  # a second to import: only where a picture is drawn
    from matplotlib.figure import Figure

    mpl.rcdefaults()  # an owner's matplotlibrc must change no picture
    figure = Figure(figsize=(9.6, 3.6), layout="constrained", facecolor="none")
    grid = figure.add_gridspec(len(rows), 1, height_ratios=rows, hspace=0)
    axes = []
    for row in range(len(rows)):
        ax = figure.add_subplot(grid[row])
        ax.set_facecolor("none")
        for side in ("top", "right", "left", "bottom"):
            ax.spines[side].set_visible(False)
        ax.tick_params(length=0, labelcolor=COLOURS["soft"], labelsize=9)
        ax.yaxis.set_major_locator(whole_numbers(3))
        ax.grid(axis="y", color=COLOURS["line"], linewidth=0.8)
        ax.set_axisbelow(True)
        axes.append(ax)
    return figure, axes


def legible(text: str) -> str:
    """The owner's words on one line, without the characters that no SVG can hold."""
    return re.sub(r"[\t\n\r]+", " ", NOT_IN_XML.sub("", text))


def as_chart(figure: Figure, prefix: str, title: str, description: str) -> Chart:
    """The drawn figure as an SVG for a page, with its title and description for screen readers."""
    import matplotlib as mpl
    from matplotlib.text import Text

    # Dollars are money, and matplotlib would take what stands between two of them for a formula; also in
    # the ticks, which it makes only when the picture is drawn.
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
    title, description = legible(title), legible(description)
    opening = (
        f'<svg class="picture" xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{_view_box(svg)}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc">\n'
        f'<title id="{prefix}-title">{escape(title)}</title>\n'
        f'<desc id="{prefix}-desc">{escape(description)}</desc>'
    )
    return Chart(prefix, re.sub(r"<svg[^>]*>", lambda _: opening, svg, count=1), title, description)


def _ours(tag: str, prefix: str) -> str:
    """A tag on one line, with ids of this picture alone, and the page's font and colours.

    Its numbers are rounded to a hundredth of a point, which nobody can see.
    """
    tag = re.sub(r'\bid="', f'id="{prefix}-', tag)
    tag = re.sub(r'(xlink:href="#|url\(#)', rf"\1{prefix}-", tag)
    tag = re.sub(r"font: [^;\"]*;?", "font-size: 12px;", tag)
    tag = re.sub(r"\s+", " ", tag)
    tag = _DECIMALS.sub(lambda n: f"{float(n[0]):.2f}".rstrip("0").rstrip("."), tag)
    for role, colour in COLOURS.items():
        tag = tag.replace(colour, f"var(--{role})")
    return tag


def _view_box(svg: str) -> str:
    found = re.search(r'viewBox="([^"]*)"', svg)
    assert found is not None
    return found[1]


def write_names(
    ax: Axes,
    dots: Iterable[tuple[str, float, float]],
    outermost: Iterable[tuple[str, float, float]],
    level: float | None = None,
) -> None:
    """Write names beside the outermost dots, where each has room: clear of dots, names, edges and level.

    At most six, in the order given; a name without room is left out.
    """
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
        name = legible(client)
        found = _free(place(across, up), _LETTER * len(name), taken)
        if found is None:
            continue
        (aside, above), box = found
        ax.annotate(
            name,
            (across, up),
            xytext=(aside * (_DOT + 1), above * 2),
            textcoords="offset points",
            ha="left" if aside == 1 else "right",
            va="bottom" if above == 1 else "top",
            fontsize=8,
            color=COLOURS["soft"],
        )
        taken.append(box)
        named.add((across, up))


def _free(
    dot: tuple[float, float], width: float, taken: Sequence[_Box]
) -> tuple[tuple[int, int], _Box] | None:
    """The first side of a dot with room for a name of this width, and the box it takes there.

    A side is (1, 1) for right and above, −1 for left and below. None where there is no room on any.
    """
    x, y = dot
    for aside, above in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        begins = x + _DOT + 1 if aside == 1 else x - _DOT - 1 - width
        foot = y + 2 if above == 1 else y - 2 - _LINE
        box = (begins, foot, begins + width, foot + _LINE)
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= _ACROSS and box[3] <= _UP
        if inside and not any(_overlap(box, other) for other in taken):
            return (aside, above), box
    return None


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
