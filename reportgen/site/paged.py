"""What the pages of the menu show, and who has a page of their own: of very many clients not all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportgen.report.plan.plan import Plan
from reportgen.site.layout import Link
from reportgen.site.lists import ListPage, named, parted, rewritten
from reportgen.site.page import Page
from reportgen.site.shared import ClientView, Site

NOT_ALL_FROM = 2_000
"""From so many clients on not all have a page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the pages of the menu show, and what is too long for them."""

    of_page: Mapping[str, object]
    """Name of the page → its content."""
    lists: tuple[ListPage, ...]
    listed: Mapping[str, str]
    """Client without a page → where they stand in the list of all clients."""
    without_page: int
    """How many clients have none."""


def contents(site: Site, pages: Sequence[Page], everybody: Page, all_pages: bool) -> Contents:
    """What these pages show, of which ``everybody`` has the list of all clients; each long list cut.

    With ``all_pages``, or up to ``NOT_ALL_FROM`` clients, each client gets a page. Else the others of
    ``site.clients`` are told that they have none, and their names lead nowhere.
    """
    of_page: dict[str, object] = {}
    lists: list[ListPage] = []
    for page in pages:
        of_page[page.name], further = parted(page, page.content(site))
        lists += further
    bare = [] if all_pages else _without_page(site, of_page.values())
    if not bare:
        return Contents(of_page, tuple(lists), {}, 0)
    plain = {view.link.path: Link(view.name, "") for view in bare}
    placed = {view.link.path: Link(view.name, "", f"client-{view.slug}") for view in bare}
    for view in bare:
        view.has_page = False
    lists = [
        replace(one, table=_led(one.table, placed if one.of is everybody else plain))
        for one in lists
    ]
    return Contents(
        {name: _led(content, plain) for name, content in of_page.items()},
        tuple(lists),
        {
            line.name.text: f"{one.path}#{line.name.anchor}"
            for one in lists
            if one.of is everybody
            for line in one.table.lines
            if not line.name.path
        },
        len(bare),
    )


def _led(content: Any, other: Mapping[str, Link]) -> Any:
    """The content with the links of these paths put in place of those in it."""

    def led(link: Link) -> Link:
        return other.get(link.path, link)

    return rewritten(content, Link, led)


def _without_page(site: Site, shown: Iterable[object]) -> list[ClientView]:
    """Of very many clients those who are not running, and whom neither a page nor the plan names.

    A list that goes on elsewhere names nobody: it has everybody.
    """
    if len(site.clients) < NOT_ALL_FROM:
        return []
    paths = {link.path for content in shown for link in named(content)}
    planned = {*_planned(site.report.plan)}
    return [
        view
        for view in site.clients
        if not view.findings.seen.is_running
        and view.name not in planned
        and view.link.path not in paths
    ]


def _planned(plan: Plan) -> Iterator[str]:
    """Everybody whom a part of the plan names."""
    for mailing in plan.mailings:
        yield from mailing.clients
    for found in (plan.actions, plan.waiting, plan.stale, plan.lapsed.win_back, plan.lapsed.let_go):
        yield from (one.client for one in found)
    yield from plan.held_back
