"""Finished pieces of a page that HTML and Markdown lay out alike: columns, cells, links."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar, Self

from markupsafe import Markup

from reportgen import words
from reportgen.analyses.health import Band
from reportgen.problems import Row
from reportgen.values import dataclass

BANDS: Mapping[Band, str] = {Band.HEALTHY: "good", Band.WATCH: "due", Band.AT_RISK: "over"}
"""Band of health → how it is coloured."""


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads to a file of the site."""

    text: str
    path: str
    """Relative to the site’s folder, without an ending: HTML and Markdown each have their own."""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, and how its cells are aligned and sorted."""

    title: str
    number: bool = False
    """Whether its cells are aligned as numbers."""
    most_first: bool = False
    """Whether the first press of its sort button brings the largest to the top."""
    fixed: bool = False
    """Whether it has no sort button in a table that can be sorted."""
    hidden: bool = False
    """Whether only a screen reader says its title."""
    style: str = ""
    """A further class."""

    @property
    def classes(self) -> str:
        """Of the cell in HTML."""
        return " ".join(part for part in ("number" if self.number else "", self.style) if part)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that says one thing."""

    text: str | Markup = ""
    sort: object = None
    """What the table sorts it by, where its text would sort wrongly; None: its text."""
    number: bool = False
    tone: str = ""
    """How it is coloured: ``over``, ``due``, ``good``, ``soft``; empty: as all other text."""
    link: Link | None = None
    """Where its text leads, if anywhere."""
    rows: tuple[Row, ...] | None = None
    """The rows behind it, in a cell of rows."""
    most: int = 0
    """How many of the rows stand open, the others folded; 0 in a cell that has none to show."""
    style: str = ""
    """A further class."""
    label: str = ""
    """What stands before it where a narrow screen stacks the cells of a row."""
    note: str = ""
    """A few words after it, in a style of their own."""
    note_style: str = ""

    @property
    def classes(self) -> str:
        """Of the cell in HTML."""
        kind = "number" if self.number else "rows" if self.rows is not None else ""
        return f"{kind} {self.style}" if kind and self.style else kind or self.style


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: whom or what it is of, and its cells."""

    name: Link
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Which lines of a list stand on a page, and the ways to those before and after them."""

    said: str
    """``101 to 350 of 1,900``."""
    before: Link | None
    after: Link | None
    markdown_before: str = ""
    """The path of the page before, as Markdown has it."""
    note: str = ""
    """Why some of the names lead nowhere; empty where all of them lead to a page."""


class Listed(ABC):
    """A list that may become too long for its page."""

    __slots__ = ()
    most: ClassVar[int] = 250
    """So many lines stand on the page; of more, the first ``keeps``."""
    keeps: ClassVar[int] = 100
    id: str
    part: Part | None
    """Of a list that was cut."""

    @property
    @abstractmethod
    def length(self) -> int:
        """How many lines it has."""

    @abstractmethod
    def table(self) -> Table:
        """All of its lines as a table."""

    @abstractmethod
    def cut(self, part: Part) -> Self:
        """The same list with its first lines alone, as many as it keeps."""


@dataclass(frozen=True, slots=True)
class Table(Listed):
    """A table that is read row by row: on a narrow screen each row is a few lines."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    foot: Line | None = None
    """What stands below the lines, however these are sorted: the others in one line."""
    first: int = 0
    """How many lines stand open at first; 0: as many as of every table."""
    part: Part | None = None

    @property
    def length(self) -> int:
        """How many lines it has."""
        return len(self.lines)

    def table(self) -> Table:
        """Itself."""
        return self

    def cut(self, part: Part) -> Table:
        """The same with its first lines alone."""
        return replace(self, lines=self.lines[: self.keeps], part=part)


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures at the top of a page: of what it is, and which way it went."""

    label: str
    figure: str
    of: str
    change: str = ""
    """Against the month before, with its direction; empty where nothing is compared."""


@dataclass(frozen=True, slots=True)
class Names:
    """The first of some clients, and how many more there are."""

    links: tuple[Link, ...]
    more: str
    """As a figure; empty where these are all."""


def rows_cell(found: Iterable[Row], most: int | None = None) -> Cell:
    """A cell of the rows behind a figure; with ``most``, so many and how many more there are."""
    return Cell(words.rows(found, most), rows=())


def width(number: int, most: int) -> str:
    """Of a bar, in per cent of the room that the longest has."""
    return f"{100 * number / most:.1f}"
