"""The pages of the site: which there are, and what each is given to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportgen import environments
from reportgen.editions.policy import PARTS_OF_PAGES, sees
from reportgen.figures import excerpt, machine
from reportgen.letters.library import Letters, library
from reportgen.model import Edition
from reportgen.report.report import Report
from reportgen.site import exports
from reportgen.site.chrome import chrome
from reportgen.site.heat import heat_picture
from reportgen.site.page import Page
from reportgen.site.pages import (
    actions,
    boundaries,
    client,
    clients,
    letters,
    lifecycle,
    matrix,
    method,
    opportunities,
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
    Draw,
    Site,
    draw_here,
)


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site: where it goes, and how its content is made."""

    path: str
    """Relative, with ``/`` between folders."""
    render: Callable[[], str | bytes]


PAGES = (
    overview.PAGE,
    replace(
        overview.PAGE,
        question="How much, and from how few?",
        answer=value.answer,
        content=overview.content_of_books,
        sight="overview of the books",
    ),
    actions.PAGE,
    matrix.PAGE,
    lifecycle.PAGE,
    retention.PAGE,
    value.PAGE,
    sources.PAGE,
    trust.PAGE,
    boundaries.PAGE,
    touchpoints.PAGE,
    opportunities.PAGE,
    letters.PAGE,
    clients.PAGE,
    problems.PAGE,
    method.PAGE,
)
"""The pages by their place in the navigation; each edition has at most one of a name."""


def pages_of(edition: Edition) -> tuple[Page, ...]:
    """The pages of an edition's navigation, in order."""
    return tuple(page for page in PAGES if edition in sees(page.sight or page.name))


def pages(
    report: Report,
    letters: Letters | None = None,
    draw: Draw = draw_here,
    with_appendix: bool = False,
) -> Sequence[File]:
    """Every file of the report's edition: client pages, HTML, style and script, JSON.

    The owner's has her calendar, her letters and the Markdown edition too; the public one is a single
    page of totals, and has no tables to append.

    ``letters`` are ours unless the owner's are among them. ``draw`` is asked at once for the pictures
    over all clients, and for the finished ones when the first page needs them: those pages come after
    the clients'. ``with_appendix`` adds all tables as one .xlsx file.
    """
    style = File("static/report.css", lambda: environments.static_file("report.css"))
    if report.edition == Edition.PUBLIC:
        return (File("index.html", lambda: _public(report)), style)
    shown = pages_of(report.edition)
    parts = (part for part in PARTS_OF_PAGES if report.edition in sees(part))
    appended = ("appendix",) if with_appendix else ()
    allowed = frozenset((*(page.name for page in shown), *parts, *appended))
    wanted = [page.pictures for page in shown]
    site = Site(report, letters or library(None), draw, allowed, wanted)
    shared = (
        *(_html(site, f"clients/{view.slug}.html", "../", "client", view) for view in site.clients),
        *(_html(site, page.name + ".html", "", page.name, page) for page in shown),
        style,
        File("static/report.js", lambda: environments.static_file("report.js")),
        *(File("appendix.xlsx", lambda: _appendix(report)) for _ in appended),
    )
    if report.edition != Edition.OWNER:
        return (*shared, File("report.json", lambda: excerpt.as_json(report)))
    return (
        *shared,
        File("actions.ics", lambda: exports.actions_ics(report, site.due_letters)),
        File("actions.csv", lambda: exports.actions_csv(report, site.due_letters)),
        *(File(due.eml_path, due.eml) for due in site.due_letters.values() if due.eml_path),
        *(File(one.letter_path, one.rtf) for one in site.mail_merges),
        *(File(one.table_path, one.csv) for one in site.mail_merges),
        File("report.json", lambda: machine.as_json(report)),
        *_markdown_pages(site),
    )


def _appendix(report: Report) -> bytes:
    from reportgen.tables.appendix import appendix  # and its library, which no other page needs

    return appendix(report)


def _public(report: Report) -> str:
    template = environments.html().get_template("site/public.html")
    return template.render(page=public.content(report))


def _html(site: Site, path: str, root: str, template: str, about: Page | ClientView) -> File:
    def render() -> str:
        return (
            environments.html()
            .get_template(f"site/{template}.html")
            .render(**_context(site, about), root=root, path=path)
        )

    return File(path, render)


def _context(site: Site, about: Page | ClientView) -> dict[str, object]:
    """What a template is given: the page's content and title, and what stands around every page."""
    shared = {"chrome": chrome(site.report, pages_of(site.report.edition))}
    if isinstance(about, Page):
        return shared | {
            "page": about.content(site),
            "question": about.question,
            "answer": about.answer(site.report),
            "title": about.title,
        }
    return shared | {"page": client.content(site, about), "title": about.name}


def _markdown_pages(site: Site) -> Sequence[File]:
    """The Markdown edition: the owner's report for GitHub, with standalone pictures."""

    def page(path: str, template: str, root: str, about: Page | ClientView) -> File:
        return File(
            f"markdown/{path}",
            lambda: (
                environments.markdown()
                .get_template(f"markdown/{template}.md")
                .render(**_context(site, about), root=root)
            ),
        )

    def picture(view: ClientView) -> File:
        return File(f"markdown/pictures/{view.slug}.svg", lambda: standalone(view.svg()))

    def drawing(name: str) -> File:
        return File(f"markdown/pictures/{name}.svg", lambda: standalone(site.pictures[name].svg))

    drawn = [view for view in site.clients if view.findings.seen.silence.started is not None]
    return (
        *(
            page(f"{entry.markdown_name}.md", entry.name, "", entry)
            for entry in pages_of(Edition.OWNER)
        ),
        *(page(f"clients/{view.slug}.md", "client", "../", view) for view in site.clients),
        *(picture(view) for view in drawn),
        *(drawing(request.name) for request in site.requests),
        File("markdown/pictures/heat-map.svg", lambda: standalone(_heat_map(site))),
    )


def _heat_map(site: Site) -> str:
    return environments.html().get_template("pictures/heat-map.svg").render(heat=heat_picture(site))


def standalone(svg: str) -> str:
    """An SVG element as a file of its own, with the colours it would have in the page."""
    style = environments.static_file("standalone.css")
    opening, rest = svg.split(">", 1)
    return f"{opening}>\n<style>\n{style}</style>{rest}\n"
