"""What is recorded of a client: everything that happened in one stream, what is planned, the sales."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from reportgen.evidence.evidence import days_overdue, is_open
from reportgen.model import Direction, Edition, Feedback, MinutesRecorded, Rating, Sale, Touchpoint
from reportgen.periods import has_come
from reportgen.problems import Row
from reportgen.site.layout import Cell, Column, rows_cell
from reportgen.site.shared import ClientView, Site
from reportgen.values import dataclass
from reportgen.words import count, days, hours, rows, sentence_case, short_day

_SHOWN = 10
_AT_MOST = 100
"""How many lines of the stream a page has; one client’s history may have thousands."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, or is planned."""

    day: str
    what: str
    """``Follow-up · Phone · 35 min``."""
    about: str
    tag: str
    """A word or two that stand out: ``complaint``, ``still open``."""
    is_alarm: bool
    """Whether the tag is about something to be put right."""
    row: str
    """Empty where the edition may not see it."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Touchpoints, sales, promises kept and scores, latest first."""

    planned: tuple[Entry, ...]
    """Soonest first."""
    latest: tuple[Entry, ...]
    earlier: tuple[Entry, ...]
    """What is folded."""
    all: str
    """What unfolds them: ``All 63``; ``50 earlier of 431``."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the workbook, as they stand or nearly so."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[Cell, ...], ...]


def stream(site: Site, view: ClientView) -> Stream:
    """Everything that happened with them and the edition may see."""
    happened = sorted(_happened(site, view), key=lambda one: one[0], reverse=True)
    entries = [entry for _, entry in happened[:_AT_MOST]]
    left = len(happened) - len(entries)
    return Stream(
        planned=tuple(_planned(site, view)),
        latest=tuple(entries[:_SHOWN]),
        earlier=tuple(entries[_SHOWN:]),
        all=f"{len(entries) - _SHOWN} earlier; {left:,} more stand in the spreadsheet"
        if left
        else f"All {len(entries)}",
    )


_When = tuple[date, int, int]
"""The day, and for one day what came last: promises kept, scores, sales, touchpoints; then their order."""


def _happened(site: Site, view: ClientView) -> Iterator[tuple[_When, Entry]]:
    seen = view.findings.seen
    for at, sale in enumerate(seen.sales):
        yield (sale.date, 1, at), _sale(site, sale)
    if not site.sees("touchpoints"):
        return
    for at, touchpoint in enumerate(seen.touchpoints):
        yield (touchpoint.date, 0, at), _touchpoint(site, touchpoint)
        for day, what in _put_right(touchpoint):
            if has_come(day, seen.as_of):
                yield (day, 3, at), _entry(site, day, what, touchpoint.row)
    for at, feedback in enumerate(seen.feedback):
        yield (feedback.date, 2, at), _feedback(site, feedback)
    for at, rating in enumerate(seen.ratings):
        yield (rating.date, 2, at), _rating(site, rating)


def _entry(
    site: Site,
    day: date,
    what: str,
    row: Row,
    about: str = "",
    tag: str = "",
    is_alarm: bool = False,
) -> Entry:
    return Entry(short_day(day), what, about, tag, is_alarm, rows(site.rows([row])))


def _touchpoint(site: Site, one: Touchpoint) -> Entry:
    about = ": ".join(said for said in (one.project, one.topic) if said)
    promise = _promise(one)
    tag, is_alarm = _tag(one, site.report.as_of)
    return _entry(
        site,
        one.date,
        " · ".join(_said_of(one)),
        one.row,
        about=". ".join(said for said in (about, promise) if said),
        tag=tag,
        is_alarm=is_alarm,
    )


def _said_of(one: Touchpoint) -> Iterator[str]:
    """What it was, the way, how long it took, and whether the client felt it."""
    name = one.activity.name
    yield name or "Contact"
    if one.direction == Direction.IN:
        yield "from them"
    if one.channel and one.channel.casefold() != name.casefold():
        yield one.channel
    if one.minutes_recorded == MinutesRecorded.ASSUMED:
        yield f"about {hours(one.minutes)}"
    elif one.minutes:
        yield hours(one.minutes)
    if not one.activity.connects:
        yield "behind the scenes"


def _promise(one: Touchpoint) -> str:
    if not (one.promise or one.promised_for):
        return ""
    by = f" for {short_day(one.promised_for)}" if one.promised_for else ""
    return f"Promised{by}{': ' if one.promise else ''}{one.promise or ''}"


def _tag(one: Touchpoint, as_of: date) -> tuple[str, bool]:
    """The signal, and whether a promise or a complaint is still open."""
    late = one.promised_for is not None and one.promised_for < as_of
    is_late = late and not has_come(one.done_on, as_of)
    is_complaint = one.signal == "complaint" and not has_come(one.resolved_on, as_of)
    signal = one.signal or ""
    if is_complaint:
        return "complaint, still open", True
    if is_late:
        return ", ".join(said for said in (signal, "still open") if said), True
    return signal, False


def _put_right(one: Touchpoint) -> Iterator[tuple[date, str]]:
    """The days on which a promise was kept and a complaint put right."""
    if one.done_on is not None:
        yield one.done_on, f"Promise kept{': ' if one.promise else ''}{one.promise or ''}"
    if one.resolved_on is not None:
        yield one.resolved_on, "Complaint put right"


def _sale(site: Site, sale: Sale) -> Entry:
    what = "Sale" if sale.amount >= 0 else "Refund"
    late = days_overdue(sale, site.report.as_of)
    unpaid = is_open(sale, site.report.as_of)
    return _entry(
        site,
        sale.date,
        f"{what} · {_amount(site, sale)}",
        sale.row,
        about=_service(sale),
        tag=f"{days(late)} overdue" if late else "not paid yet" if unpaid else "",
        is_alarm=bool(late),
    )


def _service(sale: Sale) -> str:
    return ": ".join(said for said in (sale.project, sale.service) if said)


def _feedback(site: Site, one: Feedback) -> Entry:
    kind = sentence_case(one.kind or "feedback")
    score = "" if one.score is None else f" · {_plain(one.score)}"
    of = f" of {_plain(one.out_of)}" if score and one.out_of is not None else ""
    return _entry(site, one.date, f"{kind}{score}{of}", one.row, about=one.text or "")


def _rating(site: Site, one: Rating) -> Entry:
    given = (
        ("care", one.care),
        ("accountability", one.accountability),
        ("communication", one.communication),
    )
    said = ", ".join(f"{name} {_plain(value)}" for name, value in given if value is not None)
    return _entry(site, one.date, f"Rated{f' · {said}' if said else ''}", one.row)


def _plain(score: Decimal) -> str:
    """``9``, ``8.5``."""
    return f"{score.normalize():f}"


def _planned(site: Site, view: ClientView) -> Iterator[Entry]:
    """The rows dated after the as-of date: touchpoints, where the edition may see them, and sales."""
    seen = view.findings.seen
    touchpoints = seen.planned_touchpoints if site.sees("touchpoints") else ()
    found = [
        *((one.date, _touchpoint(site, one)) for one in touchpoints),
        *((one.date, _sale(site, one)) for one in seen.planned_sales),
    ]
    yield from (entry for _, entry in sorted(found, key=lambda one: one[0]))


def _amount(site: Site, sale: Sale) -> str:
    """To the penny, but for an index, which has no pence."""
    return site.money(sale.amount, pence=site.report.edition != Edition.COACH)


def sales(site: Site, view: ClientView) -> Table:
    """Every sale, the latest first; without the columns that none of them fills."""
    found = tuple(reversed(view.findings.seen.sales))
    with_terms = any(one.starts for one in found)
    with_payment = any(one.paid_on for one in found)
    columns = [Column("Date"), Column("Service"), Column("Amount", number=True)]
    columns += [Column("For")] if with_terms else []
    columns += [Column("Paid")] if with_payment else []
    return Table(
        site.columns(*columns, rows=Column("Row")),
        tuple(tuple(_line(site, one, with_terms, with_payment)) for one in found),
    )


def _line(site: Site, one: Sale, with_terms: bool, with_payment: bool) -> Iterator[Cell]:
    yield Cell(short_day(one.date))
    yield Cell(one.service or "", note=one.project or "", note_style="soft")
    yield Cell(_amount(site, one), number=True)
    if with_terms:
        term = f"{short_day(one.starts)} – {short_day(one.ends)}" if one.starts else ""
        yield Cell(term)
    if with_payment:
        yield Cell(short_day(one.paid_on) if one.paid_on else "")
    if site.sees("rows"):
        yield rows_cell([one.row])


def sold(site: Site, view: ClientView) -> str:
    """``£10,600 in three sales``; of whom nothing was bought yet, empty."""
    found = view.findings.seen.sales
    if not found:
        return ""
    return f"{site.money(view.findings.worth.sales_total)} in {count(len(found), 'sale')}"
