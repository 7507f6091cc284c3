"""What is recorded of a client, as tables of the client's page: touchpoints, sales, what is planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.model import Edition, MinutesRecorded, Sale, Touchpoint
from reportgen.problems import Row
from reportgen.site.layout import Cell, Column, rows_cell
from reportgen.site.shared import ClientView, Site
from reportgen.words import day, short_day

_LAST_TOUCHPOINTS = 20
"""How many touchpoints are shown."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the workbook, as they stand or nearly so."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[Cell, ...], ...]
    caption: str = ""


def planned(site: Site, view: ClientView) -> Table:
    """The rows dated after the as-of date: touchpoints, where the edition may see them, and sales."""
    seen = view.findings.seen
    touchpoints = seen.planned_touchpoints if site.sees("touchpoints") else ()
    return Table(
        site.columns(Column("Date"), Column("What"), rows=Column("Row")),
        (
            *(
                (Cell(day(one.date)), Cell(_touchpoint(one)), *_row(site, one.row))
                for one in touchpoints
            ),
            *(
                (
                    Cell(day(one.date)),
                    Cell(f"{one.service or 'Sale'}, {_amount(site, one)}"),
                    *_row(site, one.row),
                )
                for one in seen.planned_sales
            ),
        ),
    )


def _touchpoint(one: Touchpoint) -> str:
    topic = f": {one.topic}" if one.topic else ""
    return f"{one.activity.name or 'Touchpoint'}{topic}"


def _amount(site: Site, sale: Sale) -> str:
    """To the penny, but for an index, which has no pence."""
    return site.money(sale.amount, pence=site.report.edition != Edition.COACH)


def _row(site: Site, row: Row) -> Iterator[Cell]:
    """The cell of the row that a line comes from, where the edition may see it."""
    if site.sees("rows"):
        yield rows_cell([row])


def sales(site: Site, view: ClientView) -> Table:
    """Every sale, the latest first."""
    return Table(
        site.columns(
            Column("Date"),
            Column("Service"),
            Column("Amount", number=True),
            Column("For"),
            Column("Paid"),
            rows=Column("Row", fixed=True),
        ),
        tuple(tuple(_sale(site, one)) for one in reversed(view.findings.seen.sales)),
    )


def _sale(site: Site, one: Sale) -> Iterator[Cell]:
    yield Cell(short_day(one.date), sort=one.date)
    yield Cell(one.service or "", note=one.project or "", note_style="soft")
    yield Cell(_amount(site, one), sort=one.amount, number=True)
    if one.starts:
        yield Cell(f"{short_day(one.starts)} – {short_day(one.ends)}", sort=one.starts)
    else:
        yield Cell()
    yield Cell(short_day(one.paid_on), sort=one.paid_on) if one.paid_on else Cell()
    yield from _row(site, one.row)


def touchpoints(site: Site, view: ClientView) -> Table:
    """The last touchpoints, the latest first."""
    every = view.findings.seen.touchpoints
    shown = every[: -_LAST_TOUCHPOINTS - 1 : -1]
    return Table(
        site.columns(
            Column("Date"),
            Column("Activity"),
            Column("Way"),
            Column("Minutes", number=True),
            Column("Topic" if any(one.topic or one.project for one in shown) else "Signal"),
            Column("Promise"),
            rows=Column("Row", fixed=True),
        ),
        tuple(tuple(_had(site, one)) for one in shown),
        f"The latest {len(shown)} of {len(every)}" if len(every) > len(shown) else "",
    )


def _had(site: Site, one: Touchpoint) -> Iterator[Cell]:
    yield Cell(short_day(one.date), sort=one.date)
    yield Cell(
        one.activity.name or "—",
        note="" if one.activity.connects else "(not felt)",
        note_style="soft",
    )
    yield Cell(f"{one.direction}, {one.channel}" if one.channel else one.direction)
    yield _minutes(one)
    about = ": ".join(said for said in (one.project, one.topic) if said)
    yield Cell(about, note=one.signal or "", note_style="tag")
    yield _promise(site, one)
    yield from _row(site, one.row)


def _minutes(one: Touchpoint) -> Cell:
    if one.minutes_recorded == MinutesRecorded.NONE:
        return Cell("none", sort=one.minutes, number=True, tone="soft")
    if one.minutes_recorded == MinutesRecorded.ASSUMED:
        return Cell(
            str(one.minutes), sort=one.minutes, number=True, note="assumed", note_style="soft"
        )
    return Cell(str(one.minutes), number=True)


def _promise(site: Site, one: Touchpoint) -> Cell:
    if not (one.promise or one.promised_for):
        return Cell()
    by = f" for {short_day(one.promised_for)}" if one.promised_for else ""
    promise = f"{one.promise or ''}{by}"
    if one.done_on:
        return Cell(f"{promise}, done {short_day(one.done_on)}")
    is_open = one.promised_for is not None and one.promised_for <= site.report.as_of
    return Cell(promise, note="open" if is_open else "", note_style="over")
