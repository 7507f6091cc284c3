"""The letter's figures, finished: a dot a client, from many clients on a bar."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.site.layout import Link, width
from reportgen.site.monthly.counts import Asked, Counted, Shade, counts
from reportgen.site.prose.english import figures as words
from reportgen.site.shared import Site
from reportgen.values import dataclass

BARS_FROM = 80
"""So many clients are a bar, because nobody counts so many dots."""

_PAGES: Mapping[Asked, str] = {
    Asked.ABOVE: "clients",
    Asked.BOUGHT: "retention",
    Asked.STAYING: "retention",
    Asked.BACK_FOR_A_PROJECT: "retention",
    Asked.BACK_TO_BUY: "retention",
    Asked.STILL_THERE: "retention",
    Asked.PROMISES: "actions",
}
"""Figure → the page that says more."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One dot."""

    path: str
    """Of the client's page, without an ending."""
    says: str
    """Who it is, and how they stand."""
    shade: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, in per cent of its length."""

    at: str
    width: str
    shade: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its change."""

    label: Link
    number: str
    of: str
    change: str
    """With its direction in words; empty where nothing is compared."""
    dots: tuple[Mark, ...] = ()
    bar: tuple[Piece, ...] = ()
    """In place of the dots where these would be too many; neither in the books."""


def figures(site: Site) -> tuple[Figure, ...]:
    """The four figures, without those that the rows say nothing for."""
    return tuple(_figure(site, found) for found in counts(site.report))


def _figure(site: Site, found: Counted) -> Figure:
    many = len(found.dots) >= BARS_FROM
    return Figure(
        label=Link(words.LABELS[found.asked], _PAGES[found.asked]),
        number=f"{found.number:,}",
        of=words.of(found),
        change=words.change(found),
        dots=() if many else _marks(site, found),
        bar=_bar(found) if many else (),
    )


def _marks(site: Site, found: Counted) -> tuple[Mark, ...]:
    return tuple(
        Mark(site.by_name[dot.client].link.path, words.dot(found, dot), dot.shade)
        for dot in found.dots
    )


def _bar(found: Counted) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for shade in Shade:
        number = sum(dot.shade is shade for dot in found.dots)
        if number:
            every = len(found.dots)
            pieces.append(Piece(width(at, every), width(number, every), shade))
            at += number
    return tuple(pieces)
