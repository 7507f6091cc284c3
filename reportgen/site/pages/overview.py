"""The overview: how are we, and what first?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen.analyses.health import Band
from reportgen.model import Edition
from reportgen.pictures.drawing import Chart
from reportgen.problem_groups import A_HANDFUL, summary
from reportgen.report.changes import Change, Turn
from reportgen.report.findings import Counts, below, running
from reportgen.report.next_column import NextColumn, model_of_most, next_column
from reportgen.report.plan.plan import Mailing
from reportgen.report.report import Report
from reportgen.shares import FEW
from reportgen.site.due import TodoItem, todo
from reportgen.site.heat import PICTURE_CLIENTS, Heat, heat
from reportgen.site.layout import Link
from reportgen.site.page import Page
from reportgen.site.shared import Site
from reportgen.words import (
    NOT_KNOWN,
    count,
    day,
    days,
    hours,
    in_words,
    listed,
    money,
    percent,
    sentence_case,
)

_CLIENTS = 60
"""How many relationships the heat map shows at most."""
_FIRST_ACTIONS = 5
_FIRST_CHANGES = 8
_MARKDOWN_CHANGES = 20
_TURNS = {Turn.WORSE: ("↓", "over"), Turn.BETTER: ("↑", "good"), Turn.NEITHER: ("·", "soft")}
"""Which way a figure went → its arrow and how that is coloured."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its change since last month in words."""

    label: Link
    """It leads to the page that says more."""
    figure: str
    of: str
    change: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that changed for a client."""

    client: Link
    words: str
    arrow: str
    tone: str


@dataclass(frozen=True, slots=True)
class Relationships:
    """What to do, what changed, and how each running relationship went."""

    first_actions: tuple[TodoItem, ...]
    all_actions: str
    """How many there are in all; empty where these are all."""
    since: date
    first_changes: tuple[ChangeLine, ...]
    more_changes: tuple[ChangeLine, ...]
    markdown_changes: tuple[ChangeLine, ...]
    """Those that the Markdown edition lists."""
    heat: Heat | None
    """None where no relationship is running."""
    first_of_running: str
    """How many of how many the heat map shows; empty where it shows all."""
    first_in_picture: str
    """The same of the picture in the Markdown edition."""
    left_out: str
    """How many relationships are not running; empty where all are."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    tiles: tuple[Tile, ...]
    uncounted: str
    """How much of the workbook does not count; empty where that is little."""
    ask_model: str
    """How to say what the business model is; empty where it is said, and for other readers."""
    add_next: NextColumn | None
    """The one column that would open most; None where none is missing, and for other readers."""
    relationships: Relationships | None
    """None on the overview of the books."""
    sales_by_client: Chart | None
    """Only on the overview of the books."""


def answer(report: Report) -> str:
    """How are we, and what first?"""
    every, silent = running(report.found), below(report.found)
    going = [client for client in every if client.seen.silence.last_contact is not None]
    begun = " that have begun" if len(going) < len(every) else ""
    if not report.found.clients or not going:
        counts = report.found.counts
        over = counts.lapsed + counts.ended
        if over == 1:
            return (
                "Your one relationship is not running: "
                "the last contact is too long ago, or it has ended."
            )
        return (
            f"None of your {count(over, 'relationship')} is running: the last contact with each "
            "is too long ago, or it has ended."
            if over
            else _no_contact(report)
        )
    if first := _first(report):
        return first
    if not silent:
        return f"{_all(len(going), begun)} above the red line. {_next_due(report)}"
    sales = sum((client.worth.sales_now for client in silent), Decimal())
    with_them = (
        f"; {'its' if len(silent) == 1 else 'their'} sales of the last 12 months were "
        f"{_amount(sales, report)}"
        if sales > 0
        else ""
    )
    held = len(going) - len(silent)
    if not held:
        return f"Nobody is above the red line: {_all_have(len(going))} slipped below it{with_them}."
    return (
        f"{sentence_case(in_words(held))} of your {count(len(going), 'running relationship')}{begun} "
        f"{'is' if held == 1 else 'are'} above the red line. "
        f"{sentence_case(in_words(len(silent)))} {'has' if len(silent) == 1 else 'have'} slipped below it"
        f"{with_them}."
    )


def _first(report: Report) -> str:
    """With whom to begin, and what is at stake: the first three of the plan; empty without a stake."""
    tasks = report.plan.tasks[:3]
    actions = [one for task in tasks for one in (task.to if isinstance(task, Mailing) else (task,))]
    by_name = {client.name: client for client in report.found.clients}
    brought = sum((by_name[one.client].worth.sales_now for one in actions), Decimal())
    year = report.found.concentration.sales_now
    if brought <= 0:
        return ""
    names = listed([one.whom for one in tasks])
    of = money(year, report.settings.currency)
    largest = " (the largest client in all: 100)" if report.edition == Edition.COACH else ""
    sales = money(brought, report.settings.currency)
    return f"Begin with {names}: they brought {sales} of the year’s {of}{largest}."


def _amount(sales: Decimal, report: Report) -> str:
    figure = money(sales, report.settings.currency)
    if report.edition == Edition.COACH:
        return f"{figure}, where those of the largest client in all are 100"
    return figure


def _no_contact(report: Report) -> str:
    planned = report.found.counts.planned
    if planned:
        return (
            f"There is no contact with a client up to {day(report.as_of)}: "
            f"{count(planned, 'row is', 'rows are')} dated later, which makes a plan."
        )
    counts = report.found.counts
    if counts.clients and not counts.touchpoints and not counts.sales:
        known = count(counts.clients, "name")
        return f"You have {known} here, and no contact or sale with anybody yet: all are prospects."
    return "There is no contact with a client yet. Record the first, and this page begins to speak."


def _all(number: int, begun: str) -> str:
    return (
        "Your one running relationship is"
        if number == 1
        else f"All {number:,} running relationships{begun} are"
    )


def _all_have(number: int) -> str:
    return "your one running relationship has" if number == 1 else f"all {number:,} have"


def _next_due(report: Report) -> str:
    """Who slips below the red line first."""
    room = [
        (c.seen.silence.red_line_days - c.seen.silence.silence_days, c.name)
        for c in running(report.found)
        if c.seen.silence.silence_days is not None
    ]
    left, name = min(room)
    if len(room) == 1:
        return f"Without a contact it slips below it {days(left + 1)} from now."
    return f"{name} slips below it first, {days(left + 1)} from now."


def content(site: Site) -> Content:
    """How the relationships are, and what to do first."""
    return Content(
        tuple(_tiles(site)),
        _uncounted(site),
        _ask_model(site.report),
        _add_next(site),
        _relationships(site),
        None,
    )


def content_of_books(site: Site) -> Content:
    """What an accountant asks first."""
    return Content(tuple(_tiles(site)), "", "", None, None, site.pictures.get("pareto"))


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


def _relationships(site: Site) -> Relationships:
    report = site.report
    changes = tuple(_change_line(site, change) for change in report.changes)
    shown = site.running[:_CLIENTS]
    tasks = report.plan.tasks
    return Relationships(
        first_actions=todo(site, tasks[:_FIRST_ACTIONS]),
        all_actions=count(len(tasks), "action") if len(tasks) > _FIRST_ACTIONS else "",
        since=report.before.as_of,
        first_changes=changes[:_FIRST_CHANGES],
        more_changes=changes[_FIRST_CHANGES:],
        markdown_changes=changes[:_MARKDOWN_CHANGES],
        heat=heat(site, shown) if shown else None,
        first_of_running=_first_of(_CLIENTS, len(site.running)),
        first_in_picture=_first_of(PICTURE_CLIENTS, len(site.running)),
        left_out=_left_out(report.found.counts),
    )


def _change_line(site: Site, change: Change) -> ChangeLine:
    arrow, tone = _TURNS[change.direction]
    return ChangeLine(site.by_name[change.client].link, change.words, arrow, tone)


def _first_of(most: int, number: int) -> str:
    return f"first {most} of {number}" if number > most else ""


def _left_out(counts: Counts) -> str:
    left_out = "left out here."
    if not counts.apart:
        return ""
    is_one = counts.lapsed + counts.ended == 1
    return f"{sentence_case(counts.apart)}, and {'is' if is_one else 'are'} {left_out}"


def _tiles(site: Site) -> Iterator[Tile]:
    """The figures that the edition may see."""
    report = site.report
    if site.sees("books"):
        yield _sales(site)
        yield _invoices(site)
        yield _hours(site)
    if site.sees("health"):
        yield _healthy(report)
    if site.sees("matrix"):
        yield _silent(report)
    if site.sees("retention"):
        yield _kept(report)
    if site.sees("boundaries"):
        yield _out_of_hours(report)


def _sales(site: Site) -> Tile:
    """Money that is not recorded is n/a."""
    found = site.report.found
    now = found.concentration.sales_now
    more = now - found.concentration.sales_before
    return Tile(
        Link("Sales, last 12 months", "value"),
        site.money(now) if found.sales_recorded else NOT_KNOWN,
        "",
        f"{site.money(abs(more))} {'more' if more > 0 else 'less'} than in the 12 months before."
        if found.sales_recorded and more
        else "",
    )


def _invoices(site: Site) -> Tile:
    """None can be told to be open where no day due is recorded."""
    label = Link("Open invoices", "value")
    if not any(sale.due_on for one in site.report.found.clients for sale in one.seen.sales):
        return Tile(label, NOT_KNOWN, "", "No day due is recorded.")
    owed = [sale.amount for _, sale, _ in site.open_invoices]
    late = [sale.amount for _, sale, overdue in site.open_invoices if overdue]
    return Tile(
        label,
        site.money(sum(owed, Decimal())),
        count(len(owed), "invoice"),
        f"{site.money(sum(late, Decimal()))} overdue." if late else "None is overdue.",
    )


def _hours(site: Site) -> Tile:
    minutes = sum(one.worth.minutes_now for one in site.report.found.clients)
    rate = site.report.settings.hourly_rate
    return Tile(
        Link("Hours, last 12 months", "value"),
        hours(minutes),
        "",
        "No hourly rate is set."
        if rate is None
        else f"{site.money(rate * minutes / 60)} at the hourly rate.",
    )


def _healthy(report: Report) -> Tile:
    found, before = report.found, report.before
    scored, scored_before = sum(found.bands.values()), sum(before.bands.values())
    healthy, healthy_before = found.bands[Band.HEALTHY], before.bands[Band.HEALTHY]
    return Tile(
        Link("Healthy", "clients"),
        f"{healthy:,}" if scored else NOT_KNOWN,
        f"of {scored:,} with a score" if scored else "",
        _difference(healthy - healthy_before, before.as_of) if scored and scored_before else "",
    )


def _silent(report: Report) -> Tile:
    silent = len(below(report.found))
    return Tile(
        Link("Below the red line", "matrix"),
        f"{silent:,}",
        f"of {len(running(report.found)):,} running",
        _difference(silent - len(below(report.before)), report.before.as_of),
    )


def _kept(report: Report) -> Tile:
    kept = report.found.retention.logo_retention
    of = f"{kept.numerator:,} of {kept.denominator:,}" if kept.denominator >= FEW else ""
    return Tile(
        Link("Kept from last year", "retention"),
        _figure(kept.value, kept.numerator, kept.denominator),
        of if report.found.sales_recorded else "without sales",
        _points(kept.value, report.before.retention.logo_retention.value, report.before.as_of),
    )


def _out_of_hours(report: Report) -> Tile:
    now, before = report.found.boundaries.overall, report.before.boundaries.overall
    late = now.out_of_hours.count
    return Tile(
        Link("Out of hours", "boundaries"),
        _figure(now.out_of_hours_share, late, now.timed),
        f"{late:,} of {now.timed:,} timed contacts" if now.timed >= FEW else "",
        _points(now.out_of_hours_share, before.out_of_hours_share, report.before.as_of),
    )


def _difference(change: int, since: date) -> str:
    if change == 0:
        return f"The same as on {day(since)}."
    arrow, word = ("▲", "more") if change > 0 else ("▼", "fewer")
    return f"{arrow} {abs(change):,} {word} than on {day(since)}."


def _figure(share: float | None, numerator: int, denominator: int) -> str:
    """A share where it rests on ten cases or more, else its counts."""
    if not denominator:
        return NOT_KNOWN
    if denominator < FEW:
        return f"{numerator:,} of {denominator:,}"
    return percent(share)


def _points(now: float | None, then: float | None, since: date) -> str:
    """The change of a share in percentage points; empty where either is not known."""
    if now is None or then is None:
        return ""
    change = round(now * 100) - round(then * 100)
    if change == 0:
        return f"The same as on {day(since)}."
    points = count(abs(change), "point")
    way = f"▲ {points} more" if change > 0 else f"▼ {points} fewer"
    return f"{way} than on {day(since)}."


PAGE = Page(
    name="index",
    title="This month",
    question="How are we, and what first?",
    answer=answer,
    content=content,
)
