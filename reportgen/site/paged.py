"""What the pages of the menu show, and who has a page of their own: of very many clients not all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reportgen.report.plan.plan import Plan
from reportgen.site.layout import Link, Table
from reportgen.site.lists import ListPage, named, parted, rewritten
from reportgen.site.page import Page
from reportgen.site.shared import ClientView, Site
from reportgen.values import dataclass

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


def contents(site: Site, pages: Sequence[Page], everybody: Page, all_pages: bool) -> Contents:
    """What these pages show, of which ``everybody`` has the list of all clients; each long list cut.

    With ``all_pages``, and of fewer than ``NOT_ALL_FROM`` clients, each gets a page. Else those of
    ``site.clients`` who have none are told so, and their names lead nowhere where a list goes on.
    """
    of_page: dict[str, object] = {}
    lists: list[ListPage] = []
    for page in pages:
        of_page[page.name], further = parted(page, page.content(site))
        lists += further
    bare = [] if all_pages else _without_page(site, of_page.values())
    if not bare:
        return Contents(of_page, tuple(lists), {})
    for view in bare:
        view.has_page = False
    note = _note(len(bare))
    plain = {view.link.path: Link(view.name, "") for view in bare}
    placed = {view.link.path: Link(view.name, "", f"client-{view.slug}") for view in bare}
    lists = [
        replace(one, table=_led(one.table, placed if one.of is everybody else plain, note))
        for one in lists
    ]
    return Contents(
        of_page,
        tuple(lists),
        {
            line.name.text: f"{one.path}#{line.name.anchor}"
            for one in lists
            if one.of is everybody
            for line in one.table.lines
            if not line.name.path
        },
    )


def _led(table: Table, other: Mapping[str, Link], note: str) -> Table:
    """The table with these links in place of those to the paths, and a note on why."""
    made: Table = rewritten(table, Link, lambda link: other.get(link.path, link))
    if made is table or not table.part:
        return table
    return replace(made, part=replace(table.part, note=note))


def _note(number: int) -> str:
    """What it means that a name leads nowhere."""
    who = f"{number:,} clients have" if number > 1 else "One client has"
    return (
        f"{who} no page, and a name without a link: of so many, only those have one who are running, or "
        "whom a page or the plan names. reportgen build --all-pages makes one for everybody."
    )


def _without_page(site: Site, shown: Iterable[object]) -> list[ClientView]:
    """Of very many clients those who are not running, and whom neither a page nor the plan names."""
    if len(site.clients) < NOT_ALL_FROM:
        return []
    planned = {*_planned(site.report.plan)}
    apart = [
        view
        for view in site.clients
        if not view.findings.seen.is_running and view.name not in planned
    ]
    # With nobody apart, nothing is looked through for names.
    paths = {link.path for content in shown for link in named(content)} if apart else set()
    return [view for view in apart if view.link.path not in paths]


def _planned(plan: Plan) -> Iterator[str]:
    """Everybody with whom something is to be done, or waits; those to let go are no part of that."""
    for mailing in plan.mailings:
        yield from mailing.clients
    for found in (plan.actions, plan.waiting, plan.stale, plan.lapsed.win_back):
        yield from (one.client for one in found)
    yield from plan.held_back
