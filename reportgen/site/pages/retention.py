"""Retention: do they come back?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.analyses.buying import HoldOut
from reportgen.analyses.retention import Retention
from reportgen.estimates.limits import CannotTell, Voice
from reportgen.estimates.survival import LogRank, SurvivalCurve
from reportgen.evidence.purchases import NAMED
from reportgen.periods import year_to
from reportgen.pictures import charts
from reportgen.pictures.drawing import Chart
from reportgen.report import outlook
from reportgen.report.report import Report
from reportgen.shares import FEW, TOO_FEW, Share
from reportgen.site.cohorts import Cohorts, cohorts
from reportgen.site.layout import Column, Names
from reportgen.site.page import Page
from reportgen.site.returning import Returning, columns_of, returning
from reportgen.site.shared import CURVE_AT_LEAST, Site, no_sales
from reportgen.site.staying import (
    Staying,
    staying,
    staying_picture,
    who_returns,
    who_stays,
)
from reportgen.site.what_works import Works, works
from reportgen.words import (
    NOT_KNOWN,
    count,
    day,
    days,
    in_words,
    interval_of,
    month,
    percent,
    range_of,
    share_of,
    times,
)

_NAMES = 40
_CLEAR = 0.05
"""Groups differ where chance alone would set them so far apart in fewer cases than this."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with what it is of."""

    label: str
    figure: str
    of: str
    value: str
    """The figure with its counts, for a table."""
    interval: str
    """How far it can be trusted; empty where that cannot be told."""


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

    picture: Chart | None
    median: str
    """After how long half had gone quiet; empty while more than half have not."""
    comparisons: tuple[Comparison, ...]
    lapsed: str
    """How many of all have lapsed, where there is no picture."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    has_sales: bool
    tiles: tuple[Tile, ...]
    clients: tuple[Clients, ...]
    curve_at_least: int
    compared: str
    """Which months the sales of the two years compare; empty where the years are whole."""
    staying: Staying | None
    """None where nobody pays by the month."""
    customers: int
    """Those who come back or do not; none where all pay by the month."""
    who_returns: str
    """Of whom it is told whether they come back; empty where it is told of all customers."""
    second: Chart | None
    """How long until customers come back."""
    within: tuple[Within, ...]
    few: int
    """Cohorts of fewer stand as counts."""
    cohorts: Cohorts | None
    quiet: Quiet
    works: Works | None
    """What helped in the first weeks; None where the edition may not see it."""
    cannot_tell: str
    """Why nobody can tell who will buy again; empty where the model may say something."""
    model: str
    """What the model rests on, or why there is none."""
    foremost: str
    """Who of those returning come first."""
    columns: tuple[Column, ...]
    returning: tuple[Returning, ...]
    last_title: str
    """Of what is expected, in a table with one column for it; empty where nobody can tell."""
    overdue_after: str
    quiet_after: str


def answer(report: Report) -> str:
    """Do they come back?"""
    if not report.found.sales_recorded:
        return no_sales(report)
    found = report.found
    kept, repeats = found.retention, found.repeats
    share = kept.logo_retention
    if share.denominator == 1:
        still = "was still a client" if share.numerator else "was no client any more"
        return f"Your one client of the year before {still} in the last 12 months{range_of(share)}."
    if share.denominator:
        return (
            f"Of the {count(share.denominator, 'client')} of the year before, {share.numerator:,} "
            f"{'was still a client' if share.numerator == 1 else 'were still clients'} "
            "in the last 12 months"
            f"{range_of(share)}."
        )
    rate = repeats.repeat_rate
    if not rate.denominator and found.counts.customers:
        return who_stays(report)
    if rate.denominator:
        return (
            f"There is no year before to compare with yet; of {count(rate.denominator, 'customer')} so "
            f"far, {in_words(rate.numerator) if rate.numerator else 'nobody'} came back."
        )
    return "Nobody has bought yet, so nobody could come back."


def pictures(site: Site) -> Iterator[Chart]:
    """How long until customers come back, and until they go quiet."""
    found, ahead = site.report.found, site.report.outlook
    yield from staying_picture(site.report)
    if found.repeats.repeat_rate.denominator >= CURVE_AT_LEAST:
        title, waiting = "Time to the second purchase", "have yet to come back"
        yield charts.survival("time-to-second", ahead.time_to_second, title, waiting)
    if found.counts.customers >= CURVE_AT_LEAST:
        title, waiting = "Time until a customer goes quiet", "are still running"
        yield charts.survival("time-to-quiet", ahead.time_to_quiet, title, waiting)


def content(site: Site) -> Content:
    """Who was kept, how soon customers come back, and who may buy again."""
    report = site.report
    found, models = report.found, report.outlook.models
    is_full = models.voice is Voice.FULL
    return Content(
        has_sales=found.sales_recorded,
        tiles=_tiles(report),
        clients=tuple(_clients(site)),
        curve_at_least=CURVE_AT_LEAST,
        compared=_compared(report),
        staying=staying(site),
        customers=found.repeats.repeat_rate.denominator,
        who_returns=who_returns(report),
        second=site.pictures.get("time-to-second"),
        within=tuple(
            Within(days, share_of(share), interval_of(share))
            for days, share in found.repeats.repeat_within.items()
        ),
        few=FEW,
        cohorts=cohorts(report),
        quiet=_quiet(site),
        works=works(site),
        cannot_tell=models.buying.reason if isinstance(models.buying, CannotTell) else "",
        model=_model(report),
        foremost="from whom most is to be expected"
        if is_full
        else "furthest beyond their own rhythm",
        columns=tuple(columns_of(models.voice)),
        returning=returning(site),
        last_title=""
        if isinstance(models.buying, CannotTell)
        else "Expected in 52 weeks"
        if is_full
        else "To buy again",
        overdue_after=times(report.settings.overdue_after_gaps),
        quiet_after=times(report.settings.quiet_after_gaps),
    )


def _compared(report: Report) -> str:
    """Which months the sales of both years are of, where the year before is not whole."""
    years = report.found.retention.years
    if not years.months:
        return ""
    begun = min(one.seen.sales[0].date for one in report.found.clients if one.seen.sales)
    first, last = years.months[0], years.months[-1]
    compared = (
        f"the two figures of sales compare {month(first)} to {month(last)} with the same months a year "
        "later"
        if years.tell
        else "too few months of the year before are whole to compare sales with"
    )
    return (
        f"Sales are recorded since {day(begun)}: {compared}, and clients are counted over both years as "
        "far as they are recorded."
    )


def _tiles(report: Report) -> tuple[Tile, ...]:
    kept, back = report.found.retention, report.found.repeats.repeat_rate
    base = kept.logo_retention
    is_told = base.denominator >= TOO_FEW
    grr, nrr = (percent(kept.grr), percent(kept.nrr)) if is_told else (NOT_KNOWN, NOT_KNOWN)
    return (
        Tile(
            "Clients kept",
            _figure(base),
            "Nobody bought in the year before."
            if not base.denominator
            else f"{base.numerator} of {base.denominator}; "
            f"between {percent(base.low)} and {percent(base.high)}{_ended_since(kept)}"
            if is_told
            else f"Too few to tell a share{_ended_since(kept)}.",
            share_of(base),
            interval_of(base),
        ),
        Tile("Kept of last year’s sales", grr, "without growth", grr, ""),
        Tile("Kept, growth counted", nrr, "what the same clients spend now", nrr, ""),
        *(
            (_came_back(back, report),)
            if back.denominator or not any(report.outlook.stayed_of)
            else ()
        ),
    )


def _ended_since(kept: Retention) -> str:
    """Of those active in both years, how many are not among the kept."""
    number = len(kept.ended)
    return (
        f"; {in_words(number)} of them {'has' if number == 1 else 'have'} ended since"
        if number
        else ""
    )


def _came_back(back: Share, report: Report) -> Tile:
    models = {one.seen.business_model for one in report.found.clients if one.seen.is_customer}
    bought = NAMED[models.pop()] if len(models) == 1 else "purchase"
    return Tile(
        "Ever came back",
        _figure(back),
        f"{back.numerator} of {count(back.denominator, 'customer')} with a second {bought}",
        share_of(back),
        interval_of(back),
    )


def _figure(share: Share) -> str:
    """A share where it rests on ten cases or more, else its counts."""
    if not share.denominator:
        return NOT_KNOWN
    if share.denominator < FEW:
        return f"{share.numerator} of {share.denominator}"
    return percent(share.value)


def _clients(site: Site) -> Iterator[Clients]:
    kept = site.report.found.retention
    if site.report.found.sales_recorded:
        over = len(kept.ended)
        since = (
            f", beside {in_words(over)} who {'has' if over == 1 else 'have'} ended since"
            if over
            else ""
        )
        for label, names in (
            (f"Kept{since}", kept.kept),
            ("Not back this year", kept.quiet),
            ("New", kept.new),
            ("Won back", kept.won_back),
        ):
            if names or label not in ("New", "Won back"):
                yield Clients(label, len(names), site.names(names, _NAMES))
    if ended := _ended(site.report):
        yield Clients("Ended, by your own record", len(ended), site.names(ended, _NAMES))


def _ended(report: Report) -> list[str]:
    """The clients of whom the owner recorded an end in W, the latest first, then by name."""
    year = year_to(report.as_of)
    ends = {one.seen.name: one.seen.client.ended_on for one in report.found.clients}
    over = {name: day for name, day in ends.items() if day is not None and day in year}
    return sorted(over, key=lambda name: (-over[name].toordinal(), name.casefold()))


def _quiet(site: Site) -> Quiet:
    ahead, counts = site.report.outlook, site.report.found.counts
    median = ahead.time_to_quiet.median
    return Quiet(
        site.pictures.get("time-to-quiet"),
        "" if median is None else days(round(median)),
        tuple(_comparison(one) for one in ahead.comparisons if _tells(one)),
        f"{counts.lapsed} of {count(counts.clients, 'client')} "
        f"{'has' if counts.lapsed == 1 else 'have'} lapsed",
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
    return "not reached" if curve.median is None else days(round(curve.median))


def _verdict(test: LogRank) -> str:
    differ = "differ by more than" if test.p_value < _CLEAR else "differ no more than"
    return f"The groups {differ} chance would make them."


def _model(report: Report) -> str:
    models, hold_out = report.outlook.models, report.outlook.hold_out
    if isinstance(models.buying, CannotTell):
        return models.buying.reason
    repeat = models.buying.repeat_clients
    if models.voice is Voice.PROBABILITY:
        return (
            f"With {repeat} repeat customers the model may say who is likely to buy again, "
            "not how often."
        )
    if models.voice is Voice.WORDS:
        return (
            f"With {repeat} repeat customers the model may only say likely or unlikely; "
            "figures take 30."
        )
    rests = f"The model rests on {repeat} repeat customers."
    if not isinstance(hold_out, HoldOut):
        return rests
    return (
        f"{rests} Fitted without the last six months, it expected {round(hold_out.expected)} "
        f"purchases in them; there were {hold_out.actual}."
    )


PAGE = Page(
    name="retention",
    title="Staying or coming back",
    question="Do they come back?",
    answer=answer,
    content=content,
    pictures=pictures,
)
