"""The letters of earlier months: the ways to them, and what is kept of this one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from reportgen import environments, words
from reportgen.forms.single_file import alone
from reportgen.output.months import Month, Months, Place, Whose, read, write
from reportgen.periods import months_before, previous_month_end, up_to, year_to
from reportgen.report.report import Report
from reportgen.site.chrome import business_name
from reportgen.site.layout import Link
from reportgen.site.pages import overview
from reportgen.site.prose.english.headline import month_name
from reportgen.values import dataclass

_SINCE = "Your rows or settings have changed since."


@dataclass(frozen=True, slots=True)
class Entry:
    """One month in the list of those that are kept."""

    month: str
    path: str
    headline: str
    changed: str
    """What would be different today; empty where nothing is, and where that is not known."""


def whose(report: Report) -> Whose:
    """The business that the report is about."""
    return Whose(report.settings.business_name, report.source.name)


def this_month(report: Report) -> Month:
    """What is kept of the report in the list of months."""
    return Month(
        as_of=report.as_of,
        headline=overview.answer(report),
        touchpoints=report.found.counts.touchpoints,
        sales=report.found.counts.sales,
        running=_running(report, report.as_of) or 0,
        sales_of_the_year=report.found.concentration.sales_now,
    )


def earlier(report: Report, place: Place, site: Path) -> tuple[Link, ...]:
    """The ways from the pages to last month, a year ago and all letters kept before; maybe none.

    ``site`` is the pages' folder, or the one beside it in which they are made.

    Raises: ReportError, when the list of them cannot be read.
    """
    months = read(place.kept)
    if not (months.whose and months.whose.are_of(whose(report))):
        return ()
    try:
        folder = os.path.relpath(place.kept, site)
    except ValueError:  # on another drive of Windows: no address leads from one to the other
        return ()
    return _ways(months, report.as_of, quote(folder.replace(os.sep, "/")))


def _ways(months: Months, as_of: date, folder: str) -> tuple[Link, ...]:
    """The ways to the letters before the as-of date's month, in the folder at this address.

    Where last month was not kept, the one before it stands in its place.
    """
    this = f"{as_of:%Y-%m}"
    before = [one for one in months.kept if one.name < this]
    if not before:
        return ()
    last = before[-1]
    is_last = last.name == f"{previous_month_end(as_of):%Y-%m}"
    named = [(last, "last month" if is_last else "")]
    year_ago = f"{months_before(as_of, 12):%Y-%m}"
    named += [(one, "a year ago") for one in before if one.name == year_ago and one is not last]
    links = [
        Link(month_name(one.as_of) + (f" ({said})" if said else ""), f"{folder}/{one.name}/index")
        for one, said in named
    ]
    return (*links, Link("all letters", f"{folder}/index"))


def keep(report: Report, place: Place, site: Path) -> tuple[str, ...]:
    """Keep the letter of a finished site, and the list of all that are kept; returns why not, in sentences.

    What was kept before comes along as it is.

    Raises: ReportError, when the list of those before cannot be read; WriteFailed.
    """
    before, month = read(place.kept), this_month(report)
    if before.whose and not before.whose.are_of(whose(report)):
        write(place, before, {})
        other = before.whose.business or before.whose.workbook
        return (
            f"This month was not kept: {place.kept} has the letters of {other}; "
            "name another folder.",
        )
    if not before.takes(month):
        write(place, before, _made({"index.html": _list(report, before)}))
        return (
            f"{month_name(month.as_of)} stays as it was kept, because a later month is kept too.",
        )
    months = before.adding(whose(report), month)
    figures = (site / "report.json").read_bytes()
    made = {
        "index.html": _list(report, months),
        f"{month.name}/index.html": _letter(report, months, site),
    }
    write(place, months, _made(made) | {f"{month.name}/report.json": figures})
    return ()


def _made(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in texts.items()}


def _list(report: Report, months: Months) -> str:
    """The page that lists the letters, the latest first."""
    return (
        environments.html()
        .get_template("kept/list.html")
        .render(
            business=business_name(report),
            answer=_answer(months),
            months=[_entry(report, one) for one in reversed(months.kept)],
            style=Markup(environments.static_file("report.css")),
        )
    )


def _letter(report: Report, months: Months, site: Path) -> str:
    """The letter of a site as a page that needs no other."""
    parts = ("index.html", "static/report.css")
    page = alone({part: (site / part).read_bytes() for part in parts}, parts[0])
    return (
        environments.html()
        .get_template("kept/letter.html")
        .render(
            business=business_name(report),
            as_of=report.as_of,
            earlier=_ways(months, report.as_of, ".."),
            style=Markup(page.style + environments.static_file("kept.css")),
            main=Markup(page.body),
        )
    )


def _answer(months: Months) -> str:
    first, last = months.kept[0], months.kept[-1]
    if first is last:
        return f"One letter is kept, that of {month_name(last.as_of)}."
    kept = words.sentence_case(words.count_in_words(len(months.kept), "letter"))
    return f"{kept} are kept, from {month_name(first.as_of)} to {month_name(last.as_of)}."


def _entry(report: Report, month: Month) -> Entry:
    changed = words.listed(list(_changed(report, month)), 4)
    return Entry(
        month=month_name(month.as_of),
        path=f"{month.name}/index.html",
        headline=month.headline,
        changed=f"{_SINCE} Today it would say {changed}." if changed else "",
    )


def _changed(report: Report, then: Month) -> Iterator[str]:
    """The figures of a month that would be different today, each with what it was.

    Nothing for a month that the report does not reach.
    """
    if then.as_of > report.as_of:
        return
    everyone = [client.seen for client in report.found.clients]
    touchpoints = sum(
        len(up_to(seen.touchpoints, then.as_of, lambda one: one.date)[0]) for seen in everyone
    )
    sales = sum(len(up_to(seen.sales, then.as_of, lambda one: one.date)[0]) for seen in everyone)
    year = year_to(then.as_of)
    brought = sum((seen.sales_in(year) for seen in everyone), Decimal())
    running = _running(report, then.as_of)
    if touchpoints != then.touchpoints:
        yield f"{words.count(touchpoints, 'touchpoint')}, not {then.touchpoints:,}"
    if sales != then.sales:
        yield f"{words.count(sales, 'sale')}, not {then.sales:,}"
    if brought != then.sales_of_the_year:
        now, before = (
            words.money(amount, report.settings.currency)
            for amount in (brought, then.sales_of_the_year)
        )
        yield f"{now} of sales in the year, not {before}" if now != before else "other sales"
    if running is not None and running != then.running:
        yield f"{words.count(running, 'running client')}, not {then.running:,}"


def _running(report: Report, day: date) -> int | None:
    """The clients that were known on a day and had neither lapsed nor ended.

    None for a day that the history does not have.
    """
    at = next((moment for moment in report.history if moment.date == day), None)
    return None if at is None else len(at.begun - at.lapsed - at.ended)
