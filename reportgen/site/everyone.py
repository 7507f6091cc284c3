"""Everyone on one calendar and one scale: a row a client, those with most at stake first."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.pictures.drawing import legible
from reportgen.pictures.labels import Label
from reportgen.pictures.strip import HEIGHT, Strip, axis
from reportgen.site.layout import Cell, Column, Link
from reportgen.site.shared import ClientView, Site
from reportgen.site.silence import silence
from reportgen.values import dataclass
from reportgen.words import month

AT_ONCE = 20
"""How many clients have a row; the others stand on the page of all clients."""

_LABEL_LENGTH = 26
_NAMES, _STRIP, _AXIS = 190, 620, 24
"""Pixels, in the picture that stands alone: the room for names, strips, and the months above."""


@dataclass(frozen=True, slots=True)
class EveryoneRow:
    """One client’s row."""

    client: Link
    contact: str
    """The person; empty where none is known."""
    strip: Strip
    silence: Cell
    sales: Cell | None
    """Of the last 12 months; None where no sale is recorded."""


@dataclass(frozen=True, slots=True)
class Everyone:
    """The running clients side by side."""

    in_words: str
    """What the rows have in common, for a caption."""
    axis: tuple[Label, ...]
    columns: tuple[Column, ...]
    rows: tuple[EveryoneRow, ...]
    more: str
    """How many have no row here; empty where all have one."""


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One client’s row of the picture that stands alone."""

    top: int
    foot: int
    """On which the words stand."""
    name: str
    """Cut where it is long."""
    strip: Strip
    silence: str
    is_below: bool


@dataclass(frozen=True, slots=True)
class EveryonePicture:
    """The rows as a picture of its own."""

    height: int
    names_end: int
    left: int
    """Where the strips begin."""
    strip_width: int
    silence_at: int
    title: str
    axis: tuple[Label, ...]
    rows: tuple[PictureRow, ...]


def everyone(site: Site, most: int = AT_ONCE) -> Everyone:
    """The running clients, as many rows as ``most``; without rows where nobody is running."""
    views = site.by_stake
    shown = views[:most]
    return Everyone(
        in_words=_in_words(site),
        axis=axis(site.strips),
        columns=tuple(_columns(site)),
        rows=tuple(_row(site, view) for view in shown),
        more=f"{len(views) - most:,}" if len(views) > most else "",
    )


def everyone_picture(site: Site) -> EveryonePicture:
    """The same rows, for the Markdown edition."""
    shown = everyone(site)
    tall = HEIGHT + 6
    return EveryonePicture(
        height=_AXIS + tall * len(shown.rows),
        names_end=_NAMES - 10,
        left=_NAMES,
        strip_width=_STRIP,
        silence_at=_NAMES + _STRIP + 10,
        title=shown.in_words,
        axis=shown.axis,
        rows=tuple(
            PictureRow(
                top=_AXIS + tall * at,
                foot=_AXIS + tall * at + 30,
                name=_shortened(row.client.text),
                strip=row.strip,
                silence=str(row.silence.text),
                is_below=row.silence.tone == "over",
            )
            for at, row in enumerate(shown.rows)
        ),
    )


def _in_words(site: Site) -> str:
    months = site.strips.months
    first, last = month(months[0]), month(months[-1])
    between = first if first == last else f"{first} to {last}"
    return (
        f"{between}, the same scale for all: a mark is a contact, the band is work, blue is your time. "
        "Red hangs by how long the silence exceeds what the client accepts."
    )


def _columns(site: Site) -> Iterator[Column]:
    yield Column("Client")
    yield Column("Contacts, time and silence", fixed=True)
    yield Column("Silence", number=True, most_first=True)
    if site.report.found.sales_recorded:
        yield Column("12 months", number=True, most_first=True, style="sales")


def _row(site: Site, view: ClientView) -> EveryoneRow:
    sales = None
    if site.report.found.sales_recorded:
        amount = view.findings.worth.sales_now
        sales = Cell(site.money(amount) if amount else "", sort=amount, number=True, style="sales")
    contact = view.findings.seen.client.contact or ""
    return EveryoneRow(
        client=view.link,
        contact=contact if contact != view.name else "",
        strip=view.strip(),
        silence=silence(view),
        sales=sales,
    )


def _shortened(name: str) -> str:
    name = legible(name)
    return name if len(name) <= _LABEL_LENGTH else f"{name[: _LABEL_LENGTH - 1]}…"
