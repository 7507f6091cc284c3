"""Words in a picture that the page stretches: each keeps its size, and gives way where there is no room.

A picture has two widths: that of a desk, and that of a phone, which shows its newest part alone. A label
that has room on one of them only is shown on that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reportgen import words
from reportgen.pictures.course import Ground, Scale

DESK, PHONE = 1040, 330
"""Pixels: how wide a picture is on a desk, and on a phone of 360."""

_LETTER = 6.6
"""Pixels: the width of a letter, rather too much."""


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


def spaced(
    stretch: Stretch, wanted: Iterable[tuple[int, str]], left_free: float = 0
) -> tuple[Label, ...]:
    """The words at their places, those that come first in the order given before those without room.

    Each stands around its place, and is moved in where it would be cut off. ``left_free`` is the room
    that stays empty at the left edge, in pixels.
    """
    chosen = list(wanted)
    desk = _kept(chosen, stretch.on_desk, stretch.desk, left_free)
    phone = _kept(chosen, stretch.on_phone, stretch.phone, left_free)
    found = []
    for number, (place, text) in enumerate(chosen):
        if number not in desk and number not in phone:
            continue
        classes = [
            *(["on-desk"] if number not in phone else []),
            *(["on-phone"] if number not in desk else []),
            *_side(stretch, place, text),
        ]
        found.append(Label(stretch.per_cent(place), text, " ".join(classes)))
    return tuple(found)


def _side(stretch: Stretch, place: int, text: str) -> list[str]:
    """Which end of the words stands at the place, where the middle would leave the picture."""
    half = width(text) / 2
    right = stretch.desk - stretch.on_desk(place), stretch.phone - stretch.on_phone(place)
    if min(right) < half:
        return ["ends"]
    return ["begins"] if min(stretch.on_desk(place), stretch.on_phone(place)) < half else []


def _kept(
    wanted: Sequence[tuple[int, str]],
    pixels: Callable[[float], float],
    room: int,
    left_free: float,
) -> set[int]:
    """The numbers of those that have room, each before those that come after it."""
    taken = [(0.0, left_free)]
    kept = set()
    for number, (place, text) in enumerate(wanted):
        half = width(text) / 2 + 6
        middle = min(max(pixels(place), half), room - half)
        left, right = middle - half, middle + half
        if pixels(place) < 0 or any(left < end and begin < right for begin, end in taken):
            continue
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
