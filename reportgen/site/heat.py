"""The heat map: a row a client, a column a month, as a table of the pages and as a picture of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.evidence.red_line import SilenceState
from reportgen.pictures.client import Strip, quarters, strip
from reportgen.site.layout import Cell, Column, Link
from reportgen.site.shared import ClientView, Site
from reportgen.site.silence import silence
from reportgen.words import count, days, month

PICTURE_CLIENTS = 40
"""How many clients the picture shows at most."""

_LABEL_LENGTH = 26


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One client’s months."""

    client: Link
    strip: Strip
    strip_in_words: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat map as a table."""

    first: str
    """The first of the months."""
    last: str
    columns: tuple[Column, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class MonthMark:
    """The name of a month above its column of the picture."""

    at: int
    name: str


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One client’s months in the picture."""

    top: int
    """Of the strip."""
    foot: int
    """On which the words stand."""
    name: str
    """Cut where it is long."""
    strip: Strip
    silence: str
    is_below: bool
    """Whether the client is below the red line."""


@dataclass(frozen=True, slots=True)
class HeatPicture:
    """The heat map as a picture."""

    width: int
    height: int
    strip_width: int
    silence_at: int
    """Where the words of silence begin."""
    months: tuple[MonthMark, ...]
    rows: tuple[PictureRow, ...]


def heat(site: Site, views: Sequence[ClientView]) -> Heat:
    """The table for some clients, in their order."""
    first, last = month(site.months[0]), month(site.months[-1])
    strips = _strips(site, views)
    return Heat(
        first,
        last,
        tuple(_columns(site, f"{first} – {last}")),
        tuple(_row(site, view, drawn) for view, drawn in zip(views, strips, strict=True)),
    )


def heat_picture(site: Site) -> HeatPicture:
    """The picture of the running relationships, the worst first."""
    views = site.running[:PICTURE_CLIENTS]
    wide = len(site.months) * 16
    return HeatPicture(
        width=300 + wide,
        height=34 + len(views) * 22,
        strip_width=wide,
        silence_at=208 + wide,
        months=tuple(
            MonthMark(200 + at * 16, month(first))
            for at, first in enumerate(site.months)
            if first.month in (1, 7)
        ),
        rows=tuple(
            PictureRow(
                top=29 + at * 22,
                foot=43 + at * 22,
                name=_shortened(view.name),
                strip=drawn,
                silence=days(view.findings.seen.silence.silence_days),
                is_below=view.state is SilenceState.BELOW,
            )
            for at, (view, drawn) in enumerate(zip(views, _strips(site, views), strict=True))
        ),
    )


def _strips(site: Site, views: Sequence[ClientView]) -> list[Strip]:
    """The rows of some clients, in shades that go by the efforts of all."""
    levels = quarters([one.minutes for months in site.effort.values() for one in months])
    return [strip(site.effort[view.name], levels) for view in views]


def _columns(site: Site, months: str) -> Iterator[Column]:
    yield Column("Client")
    yield Column(months, fixed=True)
    yield Column("Silence", number=True, most_first=True)
    if site.report.found.sales_recorded:
        yield Column("Sales", number=True, most_first=True, style="sales")


def _row(site: Site, view: ClientView, drawn: Strip) -> HeatRow:
    quiet = view.findings.seen.silence
    spells = count(len(quiet.spells), "spell")
    cells = [silence(view)]
    if site.report.found.sales_recorded:
        sales = view.findings.worth.sales_now
        cells.append(Cell(site.money(sales), sort=sales, number=True, style="sales"))
    return HeatRow(
        client=view.link,
        strip=drawn,
        strip_in_words=f"{days(quiet.days_below)} below the red line in {spells}",
        cells=tuple(cells),
    )


def _shortened(name: str) -> str:
    return name if len(name) <= _LABEL_LENGTH else f"{name[: _LABEL_LENGTH - 1]}…"
