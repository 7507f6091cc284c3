"""Words in a picture that the page stretches: each keeps its size, and gives way where there is no room.

A picture has two widths: that of a desk, and that of a phone, which shows its newest part alone. A label
that has room on one of them only is shown on that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

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
    chosen = list(wanted)
    sides = [_side(stretch, place, text) for place, text in chosen]
    desk = _kept(chosen, sides, stretch.on_desk)
    phone = _kept(chosen, sides, stretch.on_phone)
    found = []
    for number, ((place, text), side) in enumerate(zip(chosen, sides, strict=True)):
        if number in desk or number in phone:
            where = "" if number in desk and number in phone else _ONLY[number in phone]
            style = " ".join(part for part in (where, side) if part)
            found.append(Label(stretch.per_cent(place), text, style))
    return tuple(found)


_ONLY = {True: "on-phone", False: "on-desk"}
"""Whether it is the phone → the class of what is shown on that width alone."""


def _side(stretch: Stretch, place: int, text: str) -> str:
    """Which end of the words stands at the place, where the middle would leave the picture."""
    half = width(text) / 2
    if min(stretch.desk - stretch.on_desk(place), stretch.phone - stretch.on_phone(place)) < half:
        return "ends"
    shown = [at for at in (stretch.on_desk(place), stretch.on_phone(place)) if at >= 0]
    return "begins" if min(shown) < half else ""


_BEFORE = {"ends": 1.0, "begins": 0.0}
"""Side → how much of the words stands before their place; of others half."""


def _kept(
    wanted: Sequence[tuple[int, str]],
    sides: Sequence[str],
    pixels: Callable[[float], float],
) -> set[int]:
    """The numbers of those that have room, each before those that come after it."""
    taken: list[tuple[float, float]] = []
    kept = set()
    for number, ((place, text), side) in enumerate(zip(wanted, sides, strict=True)):
        at, wide = pixels(place), width(text)
        if at < 0:
            continue
        left = at - wide * _BEFORE.get(side, 0.5)
        right = left + wide
        if not any(left < end + _GAP and begin < right + _GAP for begin, end in taken):
            taken.append((left, right))
            kept.add(number)
    return kept


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
