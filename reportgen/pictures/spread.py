"""How a few shares are spread over many: the middle half as a band; a dot each, or bars for how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reportgen.pictures.drawing import UNITS, Chart, Dot, Plot, Row, Shape, box, chart, legible
from reportgen.pictures.labels import Hit, Label
from reportgen.values import dataclass

_TALL = 48
"""Pixels from one share to the next: its words, and the band below them."""
_FOOT, _TOP, _END = 14, 20, 40
"""Within these: where the words stand, and where the band begins and ends."""
_LANES = (0, -5, 5)
"""Pixels by which dots at one place stand above and below each other."""
_HALF_BAR, _LOWEST = 4, 2
"""Units to each side of a bar's value; pixels of the lowest bar."""
_SIDE = 12
"""Units at both ends, so that no dot is cut."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One share: where its quarters part, 0–1, and what each dot tells."""

    label: str
    figure: str
    """The middle in words."""
    low: float
    middle: float
    high: float
    dots: tuple[tuple[float, str], ...]
    """Of each its value, and what it tells."""
    bars: tuple[tuple[float, int, str], ...] = ()
    """In the place of dots: each value of one or more, how many they are, and what that tells."""


def spreads(name: str, title: str, description: str, shown: Sequence[Spread]) -> Chart:
    """The shares one below the other, all on a line from nothing to everything."""
    grid, bands, middles, bars = "", "", "", ""
    rows, hits, dots = [], [], []
    for number, one in enumerate(shown):
        above = number * _TALL
        across = [_across(at) for at in (one.low, one.middle, one.high)]
        grid += f"M0 {above + (_TOP + _END) // 2}H{UNITS}"
        bands += box(across[0], above + _TOP, across[2], above + _END)
        middles += f"M{across[1]} {above + _TOP}V{above + _END}"
        rows.append(Row(above + _FOOT, (Label("0%", legible(one.label)),), "edge"))
        rows.append(Row(above + _FOOT, (Label("100%", one.figure, "ends"),)))
        at_place: Counter[int] = Counter()
        for value, words in one.dots:
            place = round(value * 100)
            up = above + (_TOP + _END) // 2 + _LANES[at_place[place] % len(_LANES)]
            at_place[place] += 1
            dots.append(Dot(f"{_across(value) / UNITS * 100:.4g}%", up, _lines(words)))
        most = max((many for _, many, _ in one.bars), default=1)
        for value, many, words in one.bars:
            left, right = _across(value) - _HALF_BAR, _across(value) + _HALF_BAR
            top = above + _END - max(_LOWEST, (_END - _TOP) * many // most)
            bars += box(left, top, right, above + _END)
            hits.append(Hit(box(left, above + _TOP, right, above + _END), _lines(words)))
    shapes = [
        *(Shape("half", bands), Shape("s4", bars)),
        *(Shape("grid", grid), Shape("curve", middles)),
    ]
    plot = Plot(_TALL * len(shown) + 4, shapes, rows, hits, dots)
    return chart(name, title, description, plot)


def _across(share: float) -> int:
    return _SIDE + round(share * (UNITS - 2 * _SIDE))


def _lines(words: str) -> str:
    """What a dot tells, line by line."""
    return "\n".join(map(legible, words.split("\n")))
