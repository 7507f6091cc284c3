"""A picture over all clients as an SVG: shapes that the page stretches, and words that keep their size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reportgen import environments
from reportgen.pictures.labels import Hit, Label
from reportgen.values import dataclass
from reportgen.words import NOT_IN_XML

UNITS = 1000
"""The width of every picture, in its own units."""


@dataclass(frozen=True, slots=True)
class Chart:
    """An SVG picture as text, with what it shows in words."""

    name: str
    """Its file's; its ids begin with it."""
    svg: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Shape:
    """An area or a line, and the class that colours it."""

    style: str
    path: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One client, or one thing, and what it tells."""

    at: str
    """From the left, in per cent."""
    up: int
    """From the top, in pixels."""
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """Words that stand at one height."""

    foot: int
    labels: tuple[Label, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """All that is drawn."""

    height: int
    shapes: Sequence[Shape]
    rows: Sequence[Row]
    hits: Sequence[Hit] = ()
    dots: Sequence[Dot] = ()


def chart(name: str, title: str, description: str, plot: Plot) -> Chart:
    """The picture with its title and its description."""
    title, description = legible(title), legible(description)
    svg = (
        environments.html()
        .get_template("pictures/chart.svg")
        .render(name=name, title=title, description=description, units=UNITS, p=plot)
    )
    return Chart(name, svg, title, description)


def legible(text: str) -> str:
    """The owner's words on one line, without the characters that no SVG can hold."""
    if text.isprintable():
        return text
    return re.sub(r"[\t\n\r]+", " ", NOT_IN_XML.sub("", text))


def line(points: Iterable[tuple[int, int]]) -> str:
    """Path data from point to point."""
    return "M" + "L".join(f"{across} {down}" for across, down in points)


def box(left: int, top: int, right: int, foot: int) -> str:
    """Path data of a rectangle; one without height or width is a hair."""
    return f"M{left} {top}H{max(right, left + 1)}V{max(foot, top + 1)}H{left}z"
