"""The first page of an entry of the menu with several: its question, and the answers of its pages."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.analyses.boundaries import Level
from reportgen.estimates.trust import TrustPart, held_back_by
from reportgen.model import Edition
from reportgen.report.findings import running
from reportgen.report.next_column import without_figures
from reportgen.report.report import Report
from reportgen.site.page import Page
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import count, count_in_words, in_words, money, percent, sentence_case


@dataclass(frozen=True, slots=True)
class Door:
    """A page of the entry, with what it answers."""

    title: str
    name: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    doors: tuple[Door, ...]
    quiet: tuple[Door, ...]
    """The pages that the rows so far say nothing for."""


def business(*pages: Page) -> Page:
    """The first page of *The business*, before these."""
    return Page(
        name="business",
        title="The business",
        question="Do they come back, what is it worth, who are the right ones?",
        answer=_business,
        content=lambda site: _content(site, pages),
    )


def me(*pages: Page) -> Page:
    """The first page of *Me*, before these."""
    return Page(
        name="me",
        title="Me",
        question="What do I do to the relationship, and it to me?",
        answer=_me,
        content=lambda site: _content(site, pages),
    )


def _content(site: Site, pages: tuple[Page, ...]) -> Content:
    """Every page that the edition has, those without figures apart."""
    nothing = without_figures(site.report.found)
    seen = [page for page in pages if site.sees(page.name)]
    return Content(
        doors=tuple(_door(site.report, page) for page in seen if page.name not in nothing),
        quiet=tuple(_door(site.report, page) for page in seen if page.name in nothing),
    )


def _door(report: Report, page: Page) -> Door:
    return Door(page.title, page.name, page.question, page.answer(report))


def _business(report: Report) -> str:
    """Who stayed, what came in, and how much of it hangs on three; as far as it is recorded."""
    found = report.found
    if not found.sales_recorded:
        return "Record your sales, and these pages say who comes back and what each is worth."
    told = [*_stayed(report), *_brought(report)]
    return f"{sentence_case('; '.join(told))}." if told else "Nobody has bought yet."


def _stayed(report: Report) -> Iterator[str]:
    share = report.found.retention.logo_retention
    if share.denominator > 1:
        yield f"{in_words(share.numerator)} of last year’s {count(share.denominator, 'client')} stayed"
    elif share.denominator:
        yield f"last year’s one client {'stayed' if share.numerator else 'left'}"


def _brought(report: Report) -> Iterator[str]:
    spread = report.found.concentration
    if spread.sales_now <= 0:
        yield "nothing came in over the last 12 months"
        return
    came = f"12 months brought {money(spread.sales_now, report.settings.currency)}"
    few = spread.paying <= 3 or spread.top3_share is None
    if report.edition == Edition.COACH:  # for whom amounts are an index
        yield (
            f"12 months’ sales came from {count(spread.paying, 'client')}"
            if few
            else f"three brought {percent(spread.top3_share)} of 12 months’ sales"
        )
    elif few:
        yield f"{came} from {count(spread.paying, 'client')}"
    else:
        yield f"{came}, {percent(spread.top3_share)} of it from three"


def _me(report: Report) -> str:
    """What holds trust back, how the evenings are, and what templates would save."""
    told = [*_trust(report), *_evenings(report), *_templates(report)]
    if not told:
        return "Record promises, Start and Minutes on Touchpoints, and these pages answer."
    return f"{sentence_case('; '.join(told))}."


_HELD_BACK = {
    TrustPart.UNDERSTANDING: "beginnings without a conversation",
    TrustPart.RELIABILITY: "promises kept late",
    TrustPart.HUMAN_CONNECTION: "missing personal contact",
    TrustPart.PROBLEMS_OWNED: "complaints put right late",
    TrustPart.CLEAR_BEGINNINGS: "unclear beginnings",
    TrustPart.RESPONSIVENESS: "slow answers",
    TrustPart.BOTH_DIRECTIONS: "contact that goes one way",
    TrustPart.LISTENING: "not asking how it was",
    TrustPart.CONTINUITY: "silence",
}


def _trust(report: Report) -> Iterator[str]:
    trusts = [c.trust for c in running(report.found) if c.trust.value is not None]
    part = held_back_by(trusts)
    if part is not None:
        yield f"trust suffers most from {_HELD_BACK[part]}"
    elif trusts:
        yield "nothing holds trust back"


def _evenings(report: Report) -> Iterator[str]:
    overall = report.found.boundaries.overall
    if not overall.timed:
        return
    heavy = [c.name for c in running(report.found) if c.boundaries.level in _TOO_MUCH]
    if overall.level in _TOO_MUCH:
        yield f"{percent(overall.boundary_load)} of your time crosses a line"
    elif heavy:
        who = heavy[0] if len(heavy) == 1 else count_in_words(len(heavy), "client")
        yield f"{who} {'takes' if len(heavy) == 1 else 'take'} more of your time than was agreed"
    else:
        yield "your evenings are your own"


_TOO_MUCH = (Level.WATCH, Level.ACT)


def _templates(report: Report) -> Iterator[str]:
    hours = round(report.found.efficiency.savings_hours)
    if hours:
        yield f"templates would save some {count(hours, 'hour')} a year"
