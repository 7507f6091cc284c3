"""The letter of the month: how are we, and what first?"""

from __future__ import annotations

from datetime import timedelta

from reportgen.model import Edition
from reportgen.periods import month_end
from reportgen.pictures.drawing import Chart
from reportgen.problem_groups import A_HANDFUL, summary
from reportgen.report.changes import Turn
from reportgen.report.next_column import NextColumn, model_of_most, next_column
from reportgen.report.report import Report
from reportgen.site.done import DoneList, done_list
from reportgen.site.everyone import Everyone, everyone
from reportgen.site.monthly.books import of_books
from reportgen.site.monthly.figures import Figure, figures
from reportgen.site.monthly.news import news
from reportgen.site.monthly.stake import stake
from reportgen.site.monthly.turns import Apart, Lines, lapsed, owed, turns
from reportgen.site.monthly.week import Week, week
from reportgen.site.page import Page
from reportgen.site.phases import PhaseFigure, phase_figures
from reportgen.site.prose.english import figures as figure_words
from reportgen.site.prose.english.headline import headline, month_name
from reportgen.site.prose.english.month import paragraphs
from reportgen.site.prose.english.turns import next_letter
from reportgen.site.recording import ticks
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import count


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows; the overview of the books has the first five alone."""

    month: str
    """``October 2026``."""
    figures: tuple[Figure, ...]
    owed: Lines | None
    """The open invoices."""
    next_letter: str
    sales_by_client: Chart | None = None
    """Only on the overview of the books."""
    figures_note: str = ""
    """What a dot is; empty where there is none."""
    paragraphs: tuple[str, ...] = ()
    """What was good, what was not, and what need not worry her."""
    week: Week | None = None
    phases: PhaseFigure | None = None
    """Time and silence over the phases of a relationship; None where too little is known."""
    everyone: Everyone | None = None
    """The running clients; None where nobody is, or nobody has been in touch."""
    lapsed: Apart | None = None
    well: Lines | None = None
    slipped: Lines | None = None
    done: DoneList | None = None
    """What has been done of the last plan; None where nothing of it is recorded."""
    ticks: str = ""
    """The ticks of all actions, of which the page's script counts those done; empty for other readers."""
    uncounted: str = ""
    """How much of the workbook does not count; empty where that is little."""
    ask_model: str = ""
    """How to say what the business model is; empty where it is said, and for other readers."""
    add_next: NextColumn | None = None
    """The one column that would open most; None where none is missing, and for other readers."""


def answer(report: Report) -> str:
    """The headline: the action, and what is at stake."""
    return headline(stake(report))


def content(site: Site) -> Content:
    """The letter to the owner; her coach reads it without her messages."""
    report = site.report
    shown = figures(site)
    return Content(
        month=month_name(report.as_of),
        figures=shown,
        owed=owed(site),
        next_letter=_next_letter(report),
        figures_note=figure_words.EXPLAINED if any(one.dots for one in shown) else "",
        paragraphs=paragraphs(news(report)),
        week=week(site),
        phases=next(iter(phase_figures(site)), None),
        everyone=everyone(site) if _has_begun(site) else None,
        lapsed=lapsed(site),
        well=turns(site, Turn.BETTER),
        slipped=turns(site, Turn.WORSE),
        done=done_list(site),
        ticks=ticks(site),
        uncounted=_uncounted(site),
        ask_model=_ask_model(report),
        add_next=_add_next(site),
    )


def _has_begun(site: Site) -> bool:
    return any(view.findings.seen.contact_days for view in site.running)


def content_of_books(site: Site) -> Content:
    """What an accountant asks first."""
    return Content(
        month=month_name(site.report.as_of),
        figures=tuple(of_books(site)),
        owed=owed(site),
        next_letter=_next_letter(site.report),
        sales_by_client=site.pictures.get("pareto"),
    )


def _next_letter(report: Report) -> str:
    """At the end of the month to come, or of this one where it is not over."""
    return next_letter(month_end(report.as_of + timedelta(days=1)))


def _uncounted(site: Site) -> str:
    found = summary(site.report.problems)
    rows = count(found.rows, "row") if found.rows > A_HANDFUL else ""
    sheets = count(found.sheets, "sheet") if found.sheets else ""
    what = " and ".join(part for part in (sheets, rows) if part)
    verb = "is" if found.sheets + (found.rows if rows else 0) == 1 else "are"
    return f"{what} of your workbook {verb} not counted here:" if what else ""


def _ask_model(report: Report) -> str:
    """Asked for before all else, because what a purchase is depends on it."""
    unsaid = any(client.seen.business_model is None for client in report.found.clients)
    if report.edition != Edition.OWNER or report.settings.business_model or not unsaid:
        return ""
    like = model_of_most(report.found)
    return (
        "First of all, say how your clients buy: write consultancy, service, product or subscription as "
        "your Business model on the Business sheet. Until then every day with a sale counts as a purchase"
        + (f"; your book behaves like a {like} business." if like else ".")
    )


def _add_next(site: Site) -> NextColumn | None:
    report = site.report
    if report.edition != Edition.OWNER:
        return None
    return next_column(report.found, report.settings.business_model)


PAGE = Page(
    name="index",
    title="This month",
    question="How are we, and what first?",
    answer=answer,
    content=content,
)
