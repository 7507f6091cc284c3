"""Words in a picture that the page stretches: each keeps its size, and gives way where there is no room.

A picture has two widths: that of a desk, and that of a phone, which shows its newest part alone. A label
that has room on one of them only is shown on that one.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportgen import words
from reportgen.pictures.course import Ground, Scale
from reportgen.values import dataclass

DESK, PHONE = 680, 330
"""Pixels: how wide a picture is at least on paper and on a desk, and on a phone of 360."""

_LETTER = 6.6
"""Pixels: the width of a letter, rather too much."""

_GAP = 8
"""Pixels between the words of two labels."""


@dataclass(frozen=True, slots=True)
class Label:
    """A few words at a place across."""

    at: str
    """From the left, in per cent."""
    text: str
    style: str = ""
    """Classes: which width shows it, and to which side of its place it stands."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A picture across: its own units, and how many of its widths the phone's drawing has."""

    units: int
    zoom: float = 1.0
    """On a phone the picture is this many times as wide as the screen; its newest end is in sight."""
    desk: int = DESK
    """Pixels that the picture has on a desk, and on a phone."""
    phone: int = PHONE

    def per_cent(self, place: float) -> str:
        """Where a place stands, from the left: ``12.5%``."""
        return f"{place / self.units * 100:.5g}%"

    @property
    def edges(self) -> tuple[Label, ...]:
        """Where what is seen begins: one place, or one for each width."""
        if self.zoom == 1:
            return (Label("0%", "", "edge"),)
        hidden = self.units * (1 - 1 / self.zoom)
        return Label("0%", "", "edge on-desk"), Label(self.per_cent(hidden), "", "edge on-phone")

    def fits_phone(self, left: float, right: float, text: str) -> bool:
        """Whether words that begin at ``left`` end before ``right`` on a phone."""
        return self.on_phone(right) - self.on_phone(left) > width(text) + 8

    def on_desk(self, place: float) -> float:
        """Pixels from the left."""
        return place / self.units * self.desk

    def on_phone(self, place: float) -> float:
        """Pixels from the left of the screen; below 0 for what the phone does not show."""
        return self.phone - (1 - place / self.units) * self.phone * self.zoom


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a note."""

    foot: int
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """What matters most, written into the picture beside a dotted line."""

    at: str
    top: int
    """Where its line begins."""
    lines: tuple[Line, ...]
    style: str
    """To which side of its line it stands, on which width."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place to be hovered over, touched or gone to by key, and what it tells."""

    path: str
    words: str
    """A heading, then a line each."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A height with its words."""

    at: int
    label: str

    @property
    def foot(self) -> int:
        """On which its words stand."""
        return self.at - 4


def spaced(stretch: Stretch, wanted: Iterable[tuple[int, str]]) -> tuple[Label, ...]:
    """The words at their places, those that come first in the order given before those without room.

    Each stands around its place, and is moved in where it would be cut off.
    """
    taken_on_desk: list[tuple[float, float]] = []
    taken_on_phone: list[tuple[float, float]] = []
    found = []
    for place, text in wanted:
        desk, phone, wide = stretch.on_desk(place), stretch.on_phone(place), width(text)
        side = _side(stretch, desk, phone, wide / 2)
        before = wide * _BEFORE[side]
        on_desk = desk >= 0 and _takes(taken_on_desk, desk - before, wide)
        on_phone = phone >= 0 and _takes(taken_on_phone, phone - before, wide)
        if on_desk or on_phone:
            where = "" if on_desk and on_phone else "on-phone" if on_phone else "on-desk"
            style = " ".join(part for part in (where, side) if part)
            found.append(Label(stretch.per_cent(place), text, style))
    return tuple(found)


def _side(stretch: Stretch, desk: float, phone: float, half: float) -> str:
    """Which end of the words stands at the place, where the middle would leave the picture."""
    if min(stretch.desk - desk, stretch.phone - phone) < half:
        return "ends"
    shown = [at for at in (desk, phone) if at >= 0]
    return "begins" if min(shown) < half else ""


_BEFORE = {"ends": 1.0, "begins": 0.0, "": 0.5}
"""Side → how much of the words stands before their place."""


def _takes(taken: list[tuple[float, float]], left: float, wide: float) -> bool:
    """Whether there is room for the words beside those that have taken theirs; if so, they take it."""
    right = left + wide
    for begin, end in taken:
        if left < end + _GAP and begin < right + _GAP:
            return False
    taken.append((left, right))
    return True


def width(text: str) -> float:
    """How wide the words are, in pixels, rather too much."""
    return _LETTER * len(text)


_STEPS = (1 / 60, 2 / 60, 5 / 60, 10 / 60, 0.5, 1, 2, 5, 10, 20, 40)
"""Hours a week between the rules of a picture."""


def rules(most: float, ground: Ground, days: int = 1) -> tuple[Scale, tuple[Rule, ...]]:
    """The scale on which so many hours a week fill the room, and its rules: two at most, none for 0."""
    if not most:
        return Scale(1, days), ()
    step = next((step for step in _STEPS if most / step < 3), 40 * -(-most // 120))
    scale = Scale(max(most, step), days)
    values = [step, *([2 * step] if 2 * step <= most else [])]
    return scale, tuple(
        Rule(ground.up(value, scale), f"{words.hours(round(60 * value))} a week")
        for value in values
    )
