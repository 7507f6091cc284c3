"""The pages of the site: which there are, and what each is given to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reportgen import environments, words
from reportgen.figures import excerpt, machine
from reportgen.letters.library import Letters, library
from reportgen.model import Edition
from reportgen.periods import year_to
from reportgen.report.report import Report
from reportgen.shares import FEW, TOO_FEW
from reportgen.site import exports, sentences
from reportgen.site.pages import public
from reportgen.site.shared import (
    CURVE_AT_LEAST,
    OVERVIEW_CLIENTS,
    SMALL_PICTURES,
    SPELLS_SHOWN,
    ClientView,
    Draw,
    Site,
    draw_here,
)
from reportgen.words import range_of


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site: where it goes, and how its content is made."""

    path: str
    """Relative, with ``/`` between folders."""
    render: Callable[[], str | bytes]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation."""

    name: str
    """Of the template and of the file."""
    title: str
    question: str
    answer: Callable[[Report], str]
    editions: tuple[Edition, ...] = ("owner",)
    """Those that have the page; the public edition is one page of its own."""


_WITH_COACH: tuple[Edition, ...] = ("owner", "coach")


_SHARED: tuple[Edition, ...] = ("owner", "coach", "accountant")


_OF_MONEY: tuple[Edition, ...] = ("accountant",)


def _sizes(report: Report) -> str:
    """All of them, where nothing is said of silence."""
    return f"{sentences.sizes(report)}."


ENTRIES = (
    Entry("index", "Overview", "How are we, and what first?", sentences.overview, _WITH_COACH),
    Entry("index", "Overview", "How much, and from how few?", sentences.value, _OF_MONEY),
    Entry("actions", "Actions", "What do I do this month?", sentences.actions, _WITH_COACH),
    Entry(
        "matrix",
        "Matrix",
        "Where do time and effort go, and where do I go silent?",
        sentences.matrix,
        _WITH_COACH,
    ),
    Entry(
        "lifecycle",
        "Lifecycle",
        "Who is where, and what moves them on?",
        sentences.lifecycle,
        _WITH_COACH,
    ),
    Entry("retention", "Retention", "Do they come back?", sentences.retention, _SHARED),
    Entry(
        "value",
        "Value",
        "What is each worth, and how much hangs on how few?",
        sentences.value,
        _SHARED,
    ),
    Entry("trust", "Trust", "Do they trust me, and why?", sentences.trust, _WITH_COACH),
    Entry("boundaries", "Boundaries", "Who eats my evenings?", sentences.boundaries, _WITH_COACH),
    Entry(
        "touchpoints",
        "Touchpoints and time",
        "Which hours could a template do?",
        sentences.touchpoints,
        _WITH_COACH,
    ),
    Entry(
        "opportunities",
        "Opportunities",
        "Who would gladly be asked?",
        sentences.opportunities,
        _WITH_COACH,
    ),
    Entry("letters", "Letters", "Words for it", sentences.letters),
    Entry("clients", "Clients", "All of them", sentences.clients, _WITH_COACH),
    Entry("clients", "Clients", "All of them", _sizes, _OF_MONEY),
    Entry("problems", "Data problems", "What could not be used?", sentences.problems),
    Entry(
        "method",
        "Method",
        "Can I believe this?",
        lambda _: "Every figure has a rule and its rows.",
    ),
    Entry(
        "method",
        "Method",
        "Can I believe this?",
        lambda _: "Every figure has a rule.",
        ("coach", "accountant"),
    ),
)
"""The pages by their place in the navigation; each edition has at most one of a name."""


_PARTS: Mapping[str, tuple[Edition, ...]] = {
    "rows": ("owner",),
    "exports": ("owner",),
    "health": _WITH_COACH,
    "books": _OF_MONEY,
}
"""Parts of pages that are no page of their own → the editions that have them.

A part that has a page, such as the trust of one client, goes with that page.
"""


def entries_of(edition: Edition) -> tuple[Entry, ...]:
    """The pages of an edition's navigation, in order."""
    return tuple(entry for entry in ENTRIES if edition in entry.editions)


def pages(
    report: Report,
    letters: Letters | None = None,
    draw: Draw = draw_here,
    with_appendix: bool = False,
) -> Sequence[Page]:
    """Every file of the report's edition: client pages, HTML, style and script, JSON.

    The owner's has her calendar, her letters and the Markdown edition too; the public one is a single
    page of totals, and has no tables to append.

    ``letters`` are ours unless the owner's are among them. ``draw`` is asked at once for the pictures
    over all clients, and for the finished ones when the first page needs them: those pages come after
    the clients'. ``with_appendix`` adds all tables as one .xlsx file.
    """
    style = Page("static/report.css", lambda: environments.static_file("report.css"))
    if report.edition == "public":
        return (Page("index.html", lambda: _public(report)), style)
    entries = entries_of(report.edition)
    parts = (part for part, editions in _PARTS.items() if report.edition in editions)
    appended = ("appendix",) if with_appendix else ()
    allowed = frozenset((*(entry.name for entry in entries), *parts, *appended))
    site = Site(report, letters or library(None), draw, allowed)
    shared = (
        *(_html(site, f"clients/{view.slug}.html", "../", "client", view) for view in site.clients),
        *(_html(site, entry.name + ".html", "", entry.name, entry) for entry in entries),
        style,
        Page("static/report.js", lambda: environments.static_file("report.js")),
        *(Page("appendix.xlsx", lambda: _appendix(report)) for _ in appended),
    )
    if report.edition != "owner":
        return (*shared, Page("report.json", lambda: excerpt.as_json(report)))
    return (
        *shared,
        Page("actions.ics", lambda: exports.actions_ics(report)),
        Page("actions.csv", lambda: exports.actions_csv(report)),
        *(
            Page(due.eml_path, due.eml)
            for view in site.clients
            for due in site.due_letters.get(view.name, ())
        ),
        Page("report.json", lambda: machine.as_json(report)),
        *_markdown_pages(site),
    )


def _appendix(report: Report) -> bytes:
    from reportgen.tables.appendix import appendix  # and its library, which no other page needs

    return appendix(report)


def _public(report: Report) -> str:
    return (
        environments.html()
        .get_template("site/public.html")
        .render(
            business=report.settings.business_name or "Client relationships",
            month=words.month(report.as_of),
            found=public.totals(report),
        )
    )


def _html(site: Site, path: str, root: str, template: str, about: Entry | ClientView) -> Page:
    def render() -> str:
        return (
            environments.html()
            .get_template(f"site/{template}.html")
            .render(**_context(site, about), root=root, path=path)
        )

    return Page(path, render)


def _context(site: Site, about: Entry | ClientView) -> dict[str, object]:
    """What every template is given."""
    currency = site.report.settings.currency
    context: dict[str, object] = {
        "site": site,
        "few": FEW,
        "too_few": TOO_FEW,
        "curve_at_least": CURVE_AT_LEAST,
        "range_of": range_of,
        "uid": exports.uid,
        "report": site.report,
        "found": site.report.found,
        "settings": site.report.settings,
        "entries": entries_of(site.report.edition),
        "allowed": site.allowed,
        "business": site.report.settings.business_name or "Client relationships",
        "small_pictures": SMALL_PICTURES,
        "overview_clients": OVERVIEW_CLIENTS,
        "spells_shown": SPELLS_SHOWN,
        "markdown_names": MARKDOWN_NAMES,
        "year": year_to(site.report.as_of),
        "money": lambda amount, pence=False: words.money(amount, currency, pence),
    }
    if isinstance(about, Entry):
        context |= {"entry": about, "answer": about.answer(site.report), "title": about.title}
        if about.name == "method":
            text = environments.markdown().get_template("markdown/method-text.md").render(**context)
            context |= {"method_text": Markup(text), "method": environments.from_markdown(text)}
        return context
    return context | {
        "view": about,
        "client": about.findings,
        "seen": about.findings.seen,
        "answer": sentences.client(about.findings, site.report),
        "title": about.name,
    }


def _markdown_pages(site: Site) -> Sequence[Page]:
    """The Markdown edition: the owner's report for GitHub, with standalone pictures."""

    def page(path: str, template: str, root: str, about: Entry | ClientView) -> Page:
        return Page(
            f"markdown/{path}",
            lambda: (
                environments.markdown()
                .get_template(f"markdown/{template}.md")
                .render(**_context(site, about), root=root)
            ),
        )

    def picture(view: ClientView) -> Page:
        return Page(f"markdown/pictures/{view.slug}.svg", lambda: standalone(view.svg()))

    def drawing(name: str) -> Page:
        return Page(f"markdown/pictures/{name}.svg", lambda: standalone(site.pictures[name].svg))

    drawn = [view for view in site.clients if view.findings.seen.silence.started is not None]
    return (
        *(
            page(f"{MARKDOWN_NAMES[entry.name]}.md", entry.name, "", entry)
            for entry in entries_of("owner")
        ),
        *(page(f"clients/{view.slug}.md", "client", "../", view) for view in site.clients),
        *(picture(view) for view in drawn),
        *(drawing(request.name) for request in site.requests),
        Page("markdown/pictures/heat-map.svg", lambda: standalone(_heat_map(site))),
    )


MARKDOWN_NAMES = {entry.name: entry.name for entry in ENTRIES} | {"index": "README"}
"""GitHub shows a folder's README.md."""


def _heat_map(site: Site) -> str:
    return environments.html().get_template("pictures/heat-map.svg").render(site=site)


def standalone(svg: str) -> str:
    """An SVG element as a file of its own, with the colours it would have in the page."""
    style = environments.static_file("standalone.css")
    opening, rest = svg.split(">", 1)
    return f"{opening}>\n<style>\n{style}</style>{rest}\n"
