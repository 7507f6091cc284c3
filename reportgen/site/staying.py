"""How long those stay who pay by the month: how many, the curve, and the share still there."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.pictures import charts
from reportgen.pictures.drawing import Chart
from reportgen.report.outlook import STAYED_MONTHS
from reportgen.report.report import Report
from reportgen.site.layout import Figure
from reportgen.site.prose.english import coming_back as prose
from reportgen.site.shared import CURVE_AT_LEAST, Site
from reportgen.values import dataclass
from reportgen.words import count, in_words, percent


@dataclass(frozen=True, slots=True)
class StillThere:
    """The share who have stayed for so many months."""

    months: int
    share: str
    interval: str


@dataclass(frozen=True, slots=True)
class Staying:
    """How long those stay who pay by the month."""

    who: str
    """How many they are, and how many of them have left; a sentence."""
    picture: Chart | None
    after: tuple[StillThere, ...]
    """Only for as long as somebody has been there; empty where they are too few for a share."""
    median: str
    """After how long half had left; a sentence, empty where they are too few."""


def staying_picture(report: Report) -> Iterator[Chart]:
    """The curve, where they are enough."""
    if who_pay_by_the_month(report) >= CURVE_AT_LEAST:
        title, waiting = "For how long clients stay", "are still there"
        curve = report.outlook.stayed
        yield charts.survival("stayed", curve, title, waiting, charts.MONTHS)


def who_pay_by_the_month(report: Report) -> int:
    """How many customers stay or leave."""
    return sum(report.outlook.stayed_of)


def who_stays(report: Report) -> str:
    """How many of them have left, in a sentence."""
    there, gone = report.outlook.stayed_of
    who = f"Of {count(there + gone, 'client')} who {'pays' if there + gone == 1 else 'pay'} by the month"
    if not gone:
        return f"{who} nobody has ended or lapsed."
    return f"{who} {in_words(gone)} {'has' if gone == 1 else 'have'} ended or lapsed."


def staying_figure(report: Report) -> Figure | None:
    """Who is still there after a year, of few as counts; None where nobody pays by the month."""
    customers = who_pay_by_the_month(report)
    if not customers:
        return None
    year = report.outlook.stayed.at(12)
    if customers < CURVE_AT_LEAST or year is None:
        there, _ = report.outlook.stayed_of
        return Figure("Still there", f"{there} of {customers}", "of those who pay by the month")
    return Figure(
        "Still there after a year",
        percent(year.value),
        prose.still_there(year.low, year.high, customers),
    )


def staying(site: Site) -> Staying | None:
    """All of it; None where nobody pays by the month."""
    report = site.report
    curve, customers = report.outlook.stayed, who_pay_by_the_month(report)
    if not customers:
        return None
    if customers < CURVE_AT_LEAST:
        return Staying(who_stays(report), None, (), "")
    still = ((months, curve.at(months)) for months in STAYED_MONTHS)
    return Staying(
        who_stays(report),
        site.pictures.get("stayed"),
        tuple(
            StillThere(months, percent(one.value), f"{percent(one.low)} to {percent(one.high)}")
            for months, one in still
            if one is not None
        ),
        "More than half are still there."
        if curve.median is None
        else f"Half had left after {count(round(curve.median), 'month')}.",
    )


def who_returns(report: Report) -> str:
    """Of whom it is told whether they come back; empty where it is told of all customers."""
    staying = who_pay_by_the_month(report)
    returning = report.found.repeats.repeat_rate.denominator
    if not staying or not returning:
        return ""
    return (
        f"This speaks of the {count(returning, 'customer')} who do not pay by the month; whoever does "
        "cannot come back, because they stay."
    )
