"""Staying or coming back: who of last year's clients is missing, and how soon the others return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from reportgen.estimates.survival import LogRank, SurvivalCurve
from reportgen.evidence.purchases import NAMED
from reportgen.evidence.red_line import SilenceState
from reportgen.model import Edition
from reportgen.periods import year_to
from reportgen.pictures import charts
from reportgen.pictures.drawing import Chart
from reportgen.report import outlook
from reportgen.report.report import Report
from reportgen.shares import TOO_FEW, Share
from reportgen.site.cohorts import Cohorts, cohorts
from reportgen.site.layout import Cell, Column, Figure, Line, Names, Table
from reportgen.site.page import Page
from reportgen.site.prose.english import coming_back as prose
from reportgen.site.returning import Returning, returning
from reportgen.site.shared import CURVE_AT_LEAST, ClientView, Site, no_sales
from reportgen.site.silence import silence
from reportgen.site.staying import (
    Staying,
    staying,
    staying_figure,
    staying_picture,
    who_returns,
    who_stays,
)
from reportgen.site.what_works import Works, works
from reportgen.values import dataclass
from reportgen.words import (
    day,
    days,
    interval_of,
    money,
    month,
    percent,
    share_of,
    short_day,
)

_NAMES = 40
_CLEAR = 0.05
"""Groups differ where chance alone would set them so far apart in fewer cases than this."""


@dataclass(frozen=True, slots=True)
class Clients:
    """Those who were kept, or came, or went."""

    label: str
    number: int
    names: Names


@dataclass(frozen=True, slots=True)
class Within:
    """Those who came back within so many days."""

    days: int
    share: str
    interval: str


@dataclass(frozen=True, slots=True)
class Return:
    """How soon customers come back."""

    who: str
    """Of whom it is told; empty where it is told of all customers."""
    picture: Chart | None
    said: str
    """How many came back within so many days, in a sentence; empty where it can be told of nobody."""
    within: tuple[Within, ...]
    """The same with how far to trust it."""
    missing: str
    """What a picture takes, where there is none."""


@dataclass(frozen=True, slots=True)
class Group:
    """The customers who share a segment, a source or a business model."""

    name: str
    customers: int
    half_quiet_after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups of customers and when they go quiet."""

    by: str
    groups: tuple[Group, ...]
    verdict: str
    """Whether groups differ by more than chance would make them; empty where they are too few to tell."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """How long until customers go quiet."""

    picture: Chart
    median: str
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    has_sales: bool
    years: str
    """What this year and last year are; empty where they are not compared."""
    compared: str
    """Since when sales are recorded, where last year is not whole; else empty."""
    figures: tuple[Figure, ...]
    not_back: Table | None
    """Who of last year's clients is missing; None where nobody is."""
    staying: Staying | None
    """None where nobody pays by the month."""
    coming_back: Return | None
    """None where all pay by the month."""
    returning: Returning | None
    works: Works | None
    """What helped in the first weeks; None where the edition may not see it."""
    cohorts: Cohorts | None
    clients: tuple[Clients, ...]
    """Who the others are."""
    quiet: Quiet | None
    """How long until they go quiet; None where nobody has, or they are too few."""


def answer(report: Report) -> str:
    """How many of last year's clients were clients this year too, and what the others had brought."""
    if not report.found.sales_recorded:
        return no_sales(report)
    kept, back = report.found.retention, report.found.repeats.repeat_rate
    if kept.logo_retention.denominator:
        return prose.answer(kept.logo_retention, _brought(report))
    if not back.denominator and report.found.counts.customers:
        return who_stays(report)
    return prose.first_year(back) if back.denominator else prose.NOBODY_YET


def _brought(report: Report) -> str:
    """What those who are missing had brought last year; empty where it is nothing, or an index."""
    missing = set(report.found.retention.quiet)
    sales = (one.worth.sales_before for one in report.found.clients if one.name in missing)
    brought = sum(sales, Decimal())
    if brought <= 0 or report.edition == Edition.COACH:
        return ""
    return money(brought, report.settings.currency)


def pictures(site: Site) -> Iterator[Chart]:
    """How long clients stay, until customers come back, and until they go quiet."""
    found, ahead = site.report.found, site.report.outlook
    yield from staying_picture(site.report)
    if found.repeats.repeat_rate.denominator >= CURVE_AT_LEAST:
        title, waiting = "Time to the second purchase", "have yet to come back"
        yield charts.survival("time-to-second", ahead.time_to_second, title, waiting)
    if found.counts.customers >= CURVE_AT_LEAST and any(ahead.time_to_quiet.events):
        title, waiting = "Time until a customer goes quiet", "are still running"
        yield charts.survival("time-to-quiet", ahead.time_to_quiet, title, waiting)


def content(site: Site) -> Content:
    """Who is missing, how soon customers come back or how long they stay, and who may buy again."""
    report = site.report
    has_sales = report.found.sales_recorded
    return Content(
        has_sales=has_sales,
        years=prose.YEARS if report.found.retention.logo_retention.denominator else "",
        compared=_compared(report),
        figures=tuple(_figures(report)) if has_sales else (),
        not_back=_not_back(site),
        staying=staying(site),
        coming_back=_coming_back(site),
        returning=returning(site),
        works=works(site),
        cohorts=cohorts(report),
        clients=tuple(_clients(site)),
        quiet=_quiet(site),
    )


def _compared(report: Report) -> str:
    """Which months the sales of both years are of, where the year before is not whole."""
    years = report.found.retention.years
    if not years.months:
        return ""
    begun = min(one.seen.sales[0].date for one in report.found.clients if one.seen.sales)
    first, last = years.months[0], years.months[-1]
    compared = (
        f"what was kept of them compares {month(first)} to {month(last)} with the same months a year later"
        if years.tell
        else "too few months of last year are whole to compare them"
    )
    return (
        f"Sales are recorded since {day(begun)}: {compared}, and clients are counted as far as they are "
        "recorded."
    )


def _figures(report: Report) -> Iterator[Figure]:
    """Each with what it is of; what cannot be told is left out."""
    kept, then = report.found.retention, report.before.retention
    base, back = kept.logo_retention, report.found.repeats.repeat_rate
    if base.denominator:
        yield Figure(
            "Clients this year too",
            prose.figure(base),
            prose.of_last_year(base, len(kept.ended)),
            prose.against_last_month(base, then.logo_retention),
        )
    if kept.grr is not None and base.denominator >= TOO_FEW:
        spent = f"{percent(kept.nrr)} with what the same clients spend more"
        yield Figure("Kept of last year’s sales", percent(kept.grr), spent)
    if stays := staying_figure(report):
        yield stays
    if back.denominator:
        yield _came_back(back, report)
    if kept.new or kept.won_back:
        of = prose.new_and_won_back(len(kept.new), len(kept.won_back))
        yield Figure("New this year", f"{len(kept.new):,}", of)


def _came_back(back: Share, report: Report) -> Figure:
    models = {one.seen.business_model for one in report.found.clients if one.seen.is_customer}
    bought = NAMED[models.pop()] if len(models) == 1 else "purchase"
    return Figure(
        "Ever came back",
        prose.figure(back),
        prose.with_a_second(back, bought),
        prose.more_since_last_month(back.numerator, report.before.repeats.repeat_rate.numerator),
    )


def _not_back(site: Site) -> Table | None:
    """Who is missing, who brought most last year first."""
    kept = site.report.found.retention
    if not kept.quiet:
        return None
    missing = sorted(
        (site.by_name[name] for name in kept.quiet),
        key=lambda view: (-view.findings.worth.sales_before, view.name.casefold()),
    )
    columns = [
        Column("Client"),
        Column("Brought last year", number=True, most_first=True),
        Column("Last bought", most_first=True),
    ]
    if site.sees("matrix"):
        columns.append(Column("Beyond the red line", most_first=True))
    return Table(
        id="not-back",
        caption=prose.not_back(len(missing), kept.logo_retention.denominator),
        columns=tuple(columns),
        lines=tuple(Line(view.link, tuple(_missing(site, view))) for view in missing),
    )


def _missing(site: Site, view: ClientView) -> Iterator[Cell]:
    brought, bought = view.findings.worth.sales_before, view.findings.seen.purchase_days
    last = bought[-1].date if bought else None
    yield Cell(site.money(brought) if brought else "", sort=brought, number=True)
    yield Cell(short_day(last) if last else "", sort=last or "", label="bought")
    if site.sees("matrix"):
        yield _silence(view)


def _silence(view: ClientView) -> Cell:
    """Only that they have heard nothing for too long: the last purchase stands beside it."""
    cell = silence(view)
    quiet = view.findings.seen.silence
    over = (quiet.silence_days or 0) - quiet.red_line_days
    words = {
        SilenceState.BELOW: f"{days(over)} over",
        SilenceState.LAPSED: "lapsed",
        SilenceState.ENDED: cell.text,
    }
    return replace(cell, text=words.get(view.state, ""), number=False)


def _coming_back(site: Site) -> Return | None:
    repeats = site.report.found.repeats
    customers = repeats.repeat_rate.denominator
    if not customers and any(site.report.outlook.stayed_of):
        return None
    told = {days: share for days, share in repeats.repeat_within.items() if share.denominator}
    return Return(
        who=who_returns(site.report),
        picture=site.pictures.get("time-to-second"),
        said=prose.came_back_within(told),
        within=tuple(
            Within(days, share_of(share), interval_of(share)) for days, share in told.items()
        ),
        missing=f"A curve takes {CURVE_AT_LEAST} customers; there "
        f"{'is' if customers == 1 else 'are'} {customers}.",
    )


def _clients(site: Site) -> Iterator[Clients]:
    """Those who are not in the table of the missing."""
    kept = site.report.found.retention
    groups = (
        ("Clients this year too", kept.kept),
        ("New this year", kept.new),
        ("Back after a year’s pause", kept.won_back),
        ("Ended, by your own record", _ended(site.report)),
    )
    for label, names in groups:
        if names:
            yield Clients(label, len(names), site.names(names, _NAMES))


def _ended(report: Report) -> tuple[str, ...]:
    """The clients of whom the owner recorded an end in W, the latest first, then by name."""
    year = year_to(report.as_of)
    ends = {one.seen.name: one.seen.client.ended_on for one in report.found.clients}
    over = {name: day for name, day in ends.items() if day is not None and day in year}
    return tuple(sorted(over, key=lambda name: (-over[name].toordinal(), name.casefold())))


def _quiet(site: Site) -> Quiet | None:
    drawn, ahead = site.pictures.get("time-to-quiet"), site.report.outlook
    if drawn is None:
        return None
    median = ahead.time_to_quiet.median
    return Quiet(
        drawn,
        "More than half are still running, or were when last heard of."
        if median is None
        else f"Half of all customers had gone quiet after {days(round(median))}.",
        tuple(_comparison(one) for one in ahead.comparisons if _tells(one)),
    )


def _tells(one: outlook.Comparison) -> bool:
    """Whether half of some group have gone quiet, or the groups differ: else there is nothing to read."""
    differ = one.test is not None and one.test.p_value < _CLEAR
    return differ or any(group.curve.median is not None for group in one.groups)


def _comparison(one: outlook.Comparison) -> Comparison:
    return Comparison(
        one.by,
        tuple(Group(group.name, group.customers, _half(group.curve)) for group in one.groups),
        _verdict(one.test) if one.test else "",
    )


def _half(curve: SurvivalCurve) -> str:
    return "more than half still there" if curve.median is None else days(round(curve.median))


def _verdict(test: LogRank) -> str:
    differ = "differ by more than" if test.p_value < _CLEAR else "differ no more than"
    return f"The groups {differ} chance would make them."


PAGE = Page(
    name="retention",
    title="Staying or coming back",
    question="Do they stay, or come back?",
    answer=answer,
    content=content,
    pictures=pictures,
)
