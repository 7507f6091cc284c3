"""What a page of the menu is: one module declares it, and both templates lay it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reportgen.pictures.drawing import Chart
from reportgen.report.report import Report
from reportgen.site.shared import Site
from reportgen.values import dataclass


def no_pictures(_: Site) -> Iterable[Chart]:
    """For a page without pictures over all clients."""
    return ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the menu: its question, the sentence that answers it, and what it shows.

    The templates ``site/{name}.html`` and ``markdown/{name}.md`` are both given ``content`` as
    ``page``: finished rows, sentences and facts, without what the edition may not see.
    """

    name: str
    """Of the templates and of the file."""
    title: str
    question: str
    answer: Callable[[Report], str]
    content: Callable[[Site], object]
    pictures: Callable[[Site], Iterable[Chart]] = no_pictures
    """The pictures over all clients that the data can carry."""
    sight: str = ""
    """Its name in the table of sight; empty: the same as ``name``."""

    @property
    def markdown_name(self) -> str:
        """Of the Markdown file: GitHub shows a folder's README.md first."""
        return "README" if self.name == "index" else self.name


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu, and the pages in it: the first is the one that it leads to."""

    title: str
    pages: tuple[Page, ...]
