"""Lists that are too long for their page: it keeps the first lines, the others get pages of their own."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from reportgen.site.layout import Link, Listed, Part, Table
from reportgen.site.page import Page
from reportgen.values import dataclass

A_PAGE = 250
"""So many lines stand on each page of a list."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some lines of a list, on a page of their own."""

    path: str
    """Without an ending, as of a link."""
    of: Page
    """The page that has the first lines."""
    title: str
    table: Table


def parted(page: Page, content: Any) -> tuple[Any, tuple[ListPage, ...]]:
    """The content of a page with each long list cut, and the pages on which its lists go on."""
    pages: list[ListPage] = []

    def cut(found: Listed) -> Listed:
        if found.length <= found.most:
            return found
        ways = _ways(page, found)
        pages.extend(_further(page, found, ways))
        return found.cut(Part(f"{ways[0].text} of {found.length:,}", None, ways[1]))

    return rewritten(content, Listed, cut), tuple(pages)


def _ways(page: Page, found: Listed) -> list[Link]:
    """The way to each part of the list, the one on the page itself first: ``101 to 350``."""
    starts = range(found.keeps, found.length, A_PAGE)
    return [
        Link(_said(0, found.keeps), page.name),
        *(
            Link(
                _said(start, min(start + A_PAGE, found.length)),
                f"lists/{page.name}-{found.id}-{at}",
            )
            for at, start in enumerate(starts, 2)
        ),
    ]


def _said(start: int, end: int) -> str:
    return f"{start + 1:,} to {end:,}" if end - start > 1 else f"{end:,}"


def _further(page: Page, found: Listed, ways: Sequence[Link]) -> Iterator[ListPage]:
    """The lines that the page itself has no room for."""
    whole = found.table()
    for at, way in enumerate(ways[1:]):
        start = found.keeps + at * A_PAGE
        said = f"{way.text} of {found.length:,}"
        after = ways[at + 2] if at + 2 < len(ways) else None
        lines = whole.lines[start : start + A_PAGE]
        before = ways[at]
        part = Part(said, before, after, before.path if at else page.markdown_name)
        table = replace(whole, lines=lines, foot=None, first=A_PAGE, part=part)
        yield ListPage(way.path, page, f"{page.title}, {said}", table)


def named(content: Any) -> Iterator[Link]:
    """Every link in the content of a page."""
    if isinstance(content, Link):
        yield content
    elif isinstance(content, tuple):
        for one in content:
            yield from named(one)
    else:
        for name in _parts_of(content.__class__):
            yield from named(getattr(content, name))


@cache
def _parts_of(kind: type) -> tuple[str, ...]:
    """The names of what a value of a page is made of; empty where it is whole, as a text is."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def rewritten(content: Any, kind: type, change: Callable[[Any], Any]) -> Any:
    """The content of a page with everything of this kind in it changed; the same where nothing is."""
    if isinstance(content, kind):
        return change(content)
    if isinstance(content, tuple):
        made = tuple(rewritten(one, kind, change) for one in content)
        return content if all(map(operator.is_, made, content)) else made
    changed = {}
    for name in _parts_of(content.__class__):
        old = getattr(content, name)
        new = rewritten(old, kind, change)
        if new is not old:
            changed[name] = new
    return replace(content, **changed) if changed else content
