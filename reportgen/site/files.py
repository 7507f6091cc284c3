"""The pages of the site: which there are, and what each is given to show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from reportgen import environments
from reportgen.editions.policy import PARTS_OF_PAGES, sees
from reportgen.figures import excerpt, machine
from reportgen.letters.library import Letters, library
from reportgen.model import Edition
from reportgen.report.report import Report
from reportgen.site import exports, landing, search
from reportgen.site.chrome import Chrome, chrome
from reportgen.site.everyone import everyone_picture
from reportgen.site.glossary import as_script, glossary
from reportgen.site.layout import Link
from reportgen.site.lists import ListPage
from reportgen.site.page import Entry, Page
from reportgen.site.paged import NOT_ALL_FROM, Contents, contents
from reportgen.site.pages import (
    actions,
    boundaries,
    client,
    clients,
    letters,
    lifecycle,
    matrix,
    method,
    overview,
    problems,
    public,
    retention,
    sources,
    touchpoints,
    trust,
    value,
)
from reportgen.site.shared import (
    ClientView,
    Site,
)
from reportgen.values import dataclass

_OF_BOOKS = replace(
    overview.PAGE,
    question="How much, and from how few?",
    answer=value.answer,
    content=overview.content_of_books,
    sight="overview of the books",
)
_BUSINESS = (retention.PAGE, value.PAGE, sources.PAGE, matrix.PAGE, lifecycle.PAGE)
_ME = (trust.PAGE, boundaries.PAGE, touchpoints.PAGE)


_HITS = re.compile(r'<g class="hits\b.*?</g>\n', re.DOTALL)
_PHONE_WIDTH = re.compile(r'(?<= width=")[\d.]+%')


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site: where it goes, and how its content is made."""

    path: str
    """Relative, with ``/`` between folders."""
    render: Callable[[], str | bytes]


MENU = (
    Entry("This month", (overview.PAGE, _OF_BOOKS)),
    Entry("To do", (actions.PAGE,)),
    Entry("Clients", (clients.PAGE,)),
    Entry("The business", (landing.business(*_BUSINESS), *_BUSINESS)),
    Entry("Me", (landing.me(*_ME), *_ME)),
    Entry("Letters", (letters.PAGE,)),
    Entry("How it is worked out", (method.PAGE, problems.PAGE)),
)
"""The pages by their place in the menu; each edition has at most one of a name."""

MOVED = {"opportunities": actions.PAGE}
"""Name of a page that was → the page that has what stood there: its old address leads on."""


def menu_of(edition: Edition) -> tuple[Entry, ...]:
    """The menu of an edition, with the pages that it has."""
    seen = [
        Entry(one.title, tuple(p for p in one.pages if edition in sees(p.sight or p.name)))
        for one in MENU
    ]
    return tuple(entry for entry in seen if entry.pages)


def pages_of(edition: Edition) -> tuple[Page, ...]:
    """The pages of an edition's menu, in order."""
    return tuple(page for entry in menu_of(edition) for page in entry.pages)


@dataclass(frozen=True, slots=True)
class Files:
    """Every file of a site, in two parts."""

    at_once: Sequence[File]
    """Those that are known at once."""
    further: Callable[[], Sequence[File]]
    """Gives those that are known when it is worked out what the pages of the menu show."""


def pages(
    report: Report,
    letters: Letters | None = None,
    with_appendix: bool = False,
    earlier: Sequence[Link] = (),
    all_pages: bool = False,
) -> Sequence[File]:
    """Every file of the report's edition, the same as ``files`` gives."""
    found = files(report, letters, with_appendix, earlier, all_pages)
    return (*found.at_once, *found.further())


def files(
    report: Report,
    letters: Letters | None = None,
    with_appendix: bool = False,
    earlier: Sequence[Link] = (),
    all_pages: bool = False,
) -> Files:
    """Every file of the report's edition: client pages, HTML, style and script, JSON.

    The owner's has her calendar, her letters and the Markdown edition too; the public one is a single
    page of totals, and has no tables to append. A page's HTML and its Markdown stand side by side: what
    both lay out is worked out once, and let go with the next page.

    ``letters`` are ours unless the owner's are among them. ``with_appendix`` adds all tables as one
    .xlsx file. ``earlier`` leads to the letters of earlier months, at the foot of every page.
    ``all_pages`` makes a page of every client, however many there are.
    """
    if report.edition == Edition.PUBLIC:
        return Files((File("index.html", lambda: _public(report)), _STYLE), tuple)
    shown = pages_of(report.edition)
    parts = (part for part in PARTS_OF_PAGES if report.edition in sees(part))
    appended = ("appendix",) if with_appendix else ()
    allowed = frozenset((*(page.name for page in shown), *parts, *appended))
    wanted = [page.pictures for page in shown]
    site = Site(report, letters or library(None), allowed, wanted)
    around = chrome(report, menu_of(report.edition), earlier)

    def of_clients() -> tuple[File, ...]:
        is_owners = report.edition == Edition.OWNER
        drawn = _client_pictures(site) if is_owners else ()
        return (*_laid_out(_client_sheets(site, around), is_owners), *drawn)

    def others(shows: Contents) -> tuple[File, ...]:
        return (
            *_others(site, shows, around),
            *(File("appendix.xlsx", lambda: _appendix(report)) for _ in appended),
        )

    def shows() -> Contents:
        return contents(site, shown, clients.PAGE, all_pages)

    if all_pages or len(site.clients) < NOT_ALL_FROM:
        return Files(of_clients(), lambda: others(shows()))
    found = shows()
    return Files((*of_clients(), *others(found)), tuple)


_STYLE = File("static/report.css", lambda: environments.static_file("report.css"))


def _others(site: Site, shows: Contents, around: Chrome) -> Iterator[File]:
    """Every file that is not of one client."""
    report = site.report
    is_owners = report.edition == Edition.OWNER
    yield from _laid_out(_sheets(site, shows, around), is_owners)
    yield _STYLE
    yield File("static/report.js", environments.script)
    yield File("static/terms.js", lambda: as_script(glossary(site)))
    yield File(
        "static/search.js",
        lambda: search.as_script(search.index(site, menu_of(report.edition), shows.listed)),
    )
    if not is_owners:
        yield File("report.json", lambda: excerpt.as_json(report))
        return
    yield File("actions.ics", lambda: exports.actions_ics(report, site.due_letters))
    yield File("actions.csv", lambda: exports.actions_csv(report, site.due_letters))
    yield from (File(due.eml_path, due.eml) for due in site.due_letters.values() if due.eml_path)
    yield from (File(one.letter_path, one.rtf) for one in site.mail_merges)
    yield from (File(one.table_path, one.csv) for one in site.mail_merges)
    yield File("report.json", lambda: machine.as_json(report))
    yield from _pictures(site)


def _appendix(report: Report) -> bytes:
    from reportgen.tables.appendix import appendix  # and its library, which no other page needs

    return appendix(report)


def _public(report: Report) -> str:
    template = environments.html().get_template("site/public.html")
    return template.render(page=public.content(report))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page to be laid out, in HTML and in Markdown alike."""

    template: str
    path: str
    """In HTML, like the next."""
    markdown_path: str
    given: Callable[[], dict[str, object]]
    """What the template is given."""


def _client_sheets(site: Site, around: Chrome) -> Iterator[_Sheet]:
    """The clients' pages."""
    (entry,) = (one.title for one in menu_of(site.report.edition) if clients.PAGE in one.pages)
    for view in site.clients:
        if view.has_page:
            path = f"clients/{view.slug}"
            given = partial(_of_client, site, view, around, entry)
            yield _Sheet("client", f"{path}.html", f"markdown/{path}.md", given)


def _sheets(site: Site, shows: Contents, around: Chrome) -> Iterator[_Sheet]:
    """The pages of the menu, those that lists go on, and those that lead on."""
    menu = menu_of(site.report.edition)
    for entry in menu:
        for page in entry.pages:
            content = shows.of_page[page.name]
            given = partial(_of_page, site, page, content, around, entry.title)
            name = page.name
            yield _Sheet(name, f"{name}.html", f"markdown/{page.markdown_name}.md", given)
    entry_of = {page.name: entry.title for entry in menu for page in entry.pages}
    for one in shows.lists:
        given = partial(_of_list, one, around, entry_of[one.of.name])
        yield _Sheet("list", f"{one.path}.html", f"markdown/{one.path}.md", given)
    for name, page in MOVED.items():
        if site.sees(page.name):
            given = partial(_of_moved, page, around)
            yield _Sheet("moved", f"{name}.html", f"markdown/{name}.md", given)


def _of_client(site: Site, view: ClientView, around: Chrome, entry: str) -> dict[str, object]:
    about = {"page": client.content(site, view), "title": view.name}
    return about | {"chrome": around, "entry": entry, "root": "../"}


def _of_page(
    site: Site, page: Page, content: object, around: Chrome, entry: str
) -> dict[str, object]:
    about = {
        "page": content,
        "question": page.question,
        "answer": page.answer(site.report),
        "title": page.title,
    }
    return about | {"chrome": around, "entry": entry, "root": ""}


def _of_list(one: ListPage, around: Chrome, entry: str) -> dict[str, object]:
    about = {"page": one.table, "title": one.title}
    return about | {"chrome": around, "entry": entry, "root": "../"}


def _of_moved(to: Page, around: Chrome) -> dict[str, object]:
    return {"page": to, "title": to.title, "chrome": around, "entry": "", "root": ""}


def _laid_out(sheets: Iterator[_Sheet], with_markdown: bool) -> Iterator[File]:
    """Each page in HTML and in Markdown, if that is wanted."""

    @lru_cache(maxsize=1)
    def given(sheet: _Sheet) -> dict[str, object]:
        return sheet.given()

    for sheet in sheets:
        yield File(sheet.path, partial(_html, sheet, given))
        if with_markdown:
            yield File(sheet.markdown_path, partial(_markdown, sheet, given))


def _html(sheet: _Sheet, given: Callable[[_Sheet], dict[str, object]]) -> str:
    template = environments.html().get_template(f"site/{sheet.template}.html")
    return template.render(given(sheet), path=sheet.path)


def _markdown(sheet: _Sheet, given: Callable[[_Sheet], dict[str, object]]) -> str:
    template = environments.markdown().get_template(f"markdown/{sheet.template}.md")
    return template.render(given(sheet))


def _client_pictures(site: Site) -> Iterator[File]:
    """The clients' pictures of the Markdown edition, which GitHub shows as files of their own."""

    def picture(view: ClientView) -> File:
        def render() -> str:
            made = standalone(view.svg())
            view.cache.clear()  # the page has it by now, and there may be 20,000
            return made

        return File(f"markdown/pictures/{view.slug}.svg", render)

    for view in site.clients:
        if view.has_page and view.findings.seen.silence.started is not None:
            yield picture(view)


def _pictures(site: Site) -> Iterator[File]:
    """The pictures over all clients of the Markdown edition."""

    def drawing(name: str) -> File:
        return File(f"markdown/pictures/{name}.svg", lambda: standalone(site.pictures[name].svg))

    yield from (drawing(name) for name in site.pictures)
    yield File("markdown/pictures/everyone.svg", lambda: standalone(_everyone(site)))


def _everyone(site: Site) -> str:
    template = environments.html().get_template("pictures/everyone.svg")
    return template.render(p=everyone_picture(site))


def standalone(svg: str) -> str:
    """An SVG element as a file of its own, with the colours it would have in the page.

    What only a pointer finds is left out, and it is as wide as on a desk.
    """
    style = environments.static_file("standalone.css")
    opening, rest = _HITS.sub("", svg).split(">", 1)
    opening = _PHONE_WIDTH.sub("960", opening)  # pixels, as the other pictures have them
    return f"{opening}>\n<style>\n{style}</style>{rest}\n"
