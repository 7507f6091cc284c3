"""What went well and what slipped since the last letter, who owes money, and who has lapsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from reportgen.model import name_key
from reportgen.report.changes import Turn
from reportgen.site import layout
from reportgen.site.layout import Cell, Column, Link, Listed, Part, Table
from reportgen.site.prose.english import turns as words
from reportgen.site.shared import ClientView, Site
from reportgen.values import dataclass

SHOWN = 5
"""So many lines of a list stand open."""

_LAPSED_SHOWN = 20
_IDS: Mapping[Turn, str] = {Turn.BETTER: "well", Turn.WORSE: "slipped"}


@dataclass(frozen=True, slots=True)
class Line:
    """A client, and a few words about them."""

    client: Link
    words: str


@dataclass(frozen=True, slots=True)
class Lines(Listed):
    """A list: the first of it, and the rest for whoever wants to read on."""

    most: ClassVar[int] = 50
    keeps: ClassVar[int] = 25
    id: str
    heading: str
    first: tuple[Line, ...]
    rest: tuple[Line, ...]
    more: str
    """How many the rest are; empty where there are none."""
    part: Part | None = None

    @property
    def length(self) -> int:
        """How many lines it has."""
        return len(self.first) + len(self.rest)

    def table(self) -> Table:
        """A row for each line."""
        lines = tuple(
            layout.Line(one.client, (Cell(one.words),)) for one in (*self.first, *self.rest)
        )
        return Table(self.id, self.heading, (Column("Client"), Column("What")), lines)

    def cut(self, part: Part) -> Lines:
        """The same with its first lines alone."""
        return replace(self, rest=self.rest[: self.keeps - len(self.first)], part=part)


@dataclass(frozen=True, slots=True)
class Apart:
    """The lapsed, by last contact."""

    heading: str
    """How many they are."""
    lines: tuple[Line, ...]
    more: str
    """How many more stand on the page of clients; empty where these are all."""


def turns(site: Site, direction: Turn) -> Lines | None:
    """What went one way, most sales first; None where nothing did."""
    found = [
        Line(site.by_name[change.client].link, change.words)
        for change in site.report.changes
        if change.direction is direction
    ]
    return _lines(_IDS[direction], words.TURNS[direction], found)


def owed(site: Site) -> Lines | None:
    """The invoices that are open, the longest overdue first; None where none is."""
    invoices = site.open_invoices
    total = sum((sale.amount for _, sale, _ in invoices), Decimal())
    found = [
        Line(view.link, words.invoice(site.money(sale.amount), late, sale.due_on))
        for view, sale, late in invoices
    ]
    return _lines("owed", words.owed(site.money(total)), found)


def _lines(id_: str, heading: str, found: Iterable[Line]) -> Lines | None:
    every = tuple(found)
    rest = every[SHOWN:]
    more = f"{len(rest):,}" if rest else ""
    return Lines(id_, heading, every[:SHOWN], rest, more) if every else None


def lapsed(site: Site) -> Apart | None:
    """Those who have lapsed, the last to fall silent first; None where nobody has."""
    gone = [view for view in site.clients if view.findings.seen.lapsed]
    if not gone:
        return None
    latest = sorted(gone, key=_longest_silent)[:_LAPSED_SHOWN]
    more = len(gone) - len(latest)
    return Apart(
        heading=words.lapsed(len(gone)),
        lines=tuple(
            Line(view.link, words.last_contact(view.findings.seen.silence.last_contact))
            for view in latest
        ),
        more=f"{more:,}" if more else "",
    )


def _longest_silent(view: ClientView) -> tuple[int, str]:
    return view.findings.seen.silence.silence_days or 0, name_key(view.name)
