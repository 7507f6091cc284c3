"""Boundaries: who eats my evenings?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from reportgen.analyses.boundaries import Boundaries, HourOfWeek, Level, Portfolio
from reportgen.problems import Row
from reportgen.report.findings import ClientFindings, running
from reportgen.report.report import Report
from reportgen.settings.kinds import WEEKDAYS
from reportgen.shares import TOO_FEW
from reportgen.site.layout import Cell, Column, Link, rows_cell
from reportgen.site.page import Page
from reportgen.site.shared import ClientView, Site
from reportgen.words import NOT_KNOWN, count, hours, in_words, listed, percent, sentence_case

_TONES = {"act": "over", "watch": "due"}
"""Level → how it is coloured."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with what it is of."""

    label: str
    figure: str
    of: str
    record: tuple[str, str] | None = None
    """Where it cannot be known: what to do, and to which column or setting."""


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of a weekday: how many touchpoints began in it, and how the cell is drawn."""

    hour: int
    touchpoints: int
    style: str
    """``in`` or ``out`` with 1 or 2 for its depth; ``open``; empty outside the working hours."""


@dataclass(frozen=True, slots=True)
class Weekday:
    """One row of the week by hours."""

    name: str
    hours: tuple[Hour, ...]


@dataclass(frozen=True, slots=True)
class RowsOfHour:
    """The rows of the touchpoints that began in one hour of the week."""

    when: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client's line of the table."""

    client: Link
    level: str
    load: str
    out_of_hours: str
    asked_and_offered: str
    out_of_scope: str
    letter: str
    """The name of its file; empty where none is due."""
    rows: tuple[Row, ...]
    cells: tuple[Cell, ...]
    """The same for the wide table, with what the edition may see."""


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    tiles: tuple[Tile, ...]
    causes: str
    """Who takes the time out of hours, where it is too much; empty elsewhere."""
    in_short: str
    """The tiles in a sentence or two."""
    week: tuple[Weekday, ...]
    has_times: bool
    """Whether any touchpoint of the year has a start."""
    rows_of_hours: tuple[RowsOfHour, ...]
    columns: tuple[Column, ...]
    clients: tuple[ClientRow, ...]
    opens: str
    closes: str
    touchpoints_at_least: int
    crossings_at_least: int
    watch_from: str
    act_from: str


def answer(report: Report) -> str:
    """Who eats my evenings?"""
    found = report.found.boundaries
    overall, timed = found.overall, count(found.overall.timed, "timed touchpoint")
    if overall.level in (Level.WATCH, Level.ACT):
        verdict = _VERDICTS[overall.level]
        return f"{percent(overall.boundary_load)} of your time with clients crosses a line, and {verdict}."
    for level in (Level.ACT, Level.WATCH):
        heavy = [c for c in running(report.found) if c.boundaries.level is level]
        if heavy:
            return _of_few(heavy, level)
    if not overall.timed:
        return (
            "Nobody can tell yet: with Start on the Touchpoints sheet this page sees your evenings."
        )
    late = overall.out_of_hours.count
    if not late:
        return f"Your evenings are your own: none of {timed} was out of hours."
    of = f"{late:,} of {timed} {'was' if late == 1 else 'were'} out of hours"
    if overall.level is None:
        return f"{sentence_case(of)}, without minutes to weigh {'it' if late == 1 else 'them'} by."
    return f"Your evenings are mostly your own: {of}."


_VERDICTS = {Level.ACT: "it is time to act", Level.WATCH: "that is worth watching"}


def _of_few(heavy: Sequence[ClientFindings], level: Level) -> str:
    """Where only the time with some clients crosses a line."""
    crossed = sum(client.boundaries.crossed.minutes for client in heavy)
    share = percent(crossed / sum(client.boundaries.minutes for client in heavy))
    if len(heavy) > _NAMED:
        whom = f"{in_words(len(heavy))} clients"
    else:
        whom = listed([client.name for client in heavy])
    return f"{share} of the time with {whom} crosses a line, and {_VERDICTS[level]}."


_NAMED = 3
"""So many clients are named in a sentence; of more it says how many."""


def _causes(found: Portfolio) -> str:
    """Who takes the minutes out of hours, and how much the owner offered; empty where all is well."""
    if found.overall.level not in (Level.WATCH, Level.ACT):
        return ""
    if not found.by_client:
        return "None of it is out of hours: it is work out of scope."
    causes = [one for one in found.by_client if one.is_cause]
    if causes:
        share = percent(sum(one.share for one in causes))
        verb = "takes" if len(causes) == 1 else "take"
        first = f"{listed([one.client for one in causes])} {verb} {share} of the time out of hours"
    else:
        many = in_words(len(found.by_client))
        first = f"{sentence_case(many)} clients share the time out of hours, nobody a fifth of it"
    if found.offered_by_owner:
        return f"{first}; {percent(found.offered_by_owner)} of it you offered yourself."
    return f"{first}; none of it did you offer yourself."


def content(site: Site) -> Content:
    """The week by hours, and each running client's load, the heaviest first."""
    settings, found = site.report.settings, site.report.found.boundaries
    views = sorted(site.running, key=_place)
    letters_due = any(site.letter(view.findings.boundaries.letter) for view in views)
    return Content(
        tiles=_tiles(found.overall),
        causes=_causes(found),
        in_short=_in_short(found.overall),
        week=_week(site),
        has_times=bool(found.overall.timed or found.overall.urgent.count),
        rows_of_hours=tuple(
            RowsOfHour(f"{WEEKDAYS[one.weekday]} {one.hour:02d}:00", one.rows)
            for one in found.week
            if site.sees("rows")
        ),
        columns=tuple(_columns(site, letters_due)),
        clients=tuple(_client_row(site, view, letters_due) for view in views),
        opens=f"{settings.opens:%H:%M}",
        closes=f"{settings.closes:%H:%M}",
        touchpoints_at_least=settings.boundary_touchpoints,
        crossings_at_least=settings.boundary_crossings,
        watch_from=percent(settings.boundary_watch),
        act_from=percent(settings.boundary_act),
    )


def _place(view: ClientView) -> tuple[float, int, str]:
    """The heaviest load first, those without a figure last."""
    one = view.findings.boundaries
    load = -1.0 if one.boundary_load is None else one.boundary_load
    return (-load, -one.out_of_hours.count, view.name.casefold())


def _tiles(overall: Boundaries) -> tuple[Tile, ...]:
    late, channel = overall.out_of_hours, overall.off_channel
    timed = count(overall.timed, "timed touchpoint")
    return (
        Tile(
            "Out of hours",
            NOT_KNOWN
            if not overall.timed
            else f"{late.count} of {overall.timed}"
            if overall.timed < TOO_FEW
            else percent(overall.out_of_hours_share),
            f"{late.count} of {timed}" if overall.timed else "",
            None if overall.timed else ("Record", "Start"),
        ),
        Tile(
            "Asked for, offered",
            f"{overall.asked.count}, {overall.offered.count}",
            "by the client, by you"
            + (f"; {overall.together.count} went both ways" if overall.together.count else ""),
        ),
        Tile(
            "Out of scope",
            hours(overall.out_of_scope.minutes),
            "in the last 12 months",
        ),
        Tile(
            "Off channel",
            str(channel.count) if channel is not None and overall.with_channel else NOT_KNOWN,
            f"of {count(overall.with_channel, 'touchpoint')} with a channel"
            if channel is not None and overall.with_channel
            else "",
            ("Set your", "Preferred channels")
            if channel is None
            else None
            if overall.with_channel
            else ("Record", "Channel"),
        ),
    )


def _in_short(overall: Boundaries) -> str:
    """What was out of hours, and who wished it so; what was none of it stays away."""
    late = "Out of hours: n/a, record Start to see it."
    if overall.timed:
        by = (
            (overall.asked.count, "asked for by clients"),
            (overall.offered.count, "offered by you"),
            (overall.together.count, "both ways"),
        )
        split = ", ".join(f"{number} {how}" for number, how in by if number)
        late = (
            f"Out of hours: {overall.out_of_hours.count or 'none'} of "
            f"{count(overall.timed, 'timed touchpoint')}{split and f'; {split}'}."
        )
    scope = overall.out_of_scope.minutes
    return f"{late} Out of scope: {hours(scope) if scope else 'nothing'}."


def _week(site: Site) -> tuple[Weekday, ...]:
    """Monday to Sunday, each from 0 to 23."""
    began = {(one.weekday, one.hour): one for one in site.report.found.boundaries.week}
    most = max((len(one.rows) for one in began.values()), default=0)
    return tuple(
        Weekday(
            WEEKDAYS[day],
            tuple(_hour(site, day, hour, began.get((day, hour)), most) for hour in range(24)),
        )
        for day in range(7)
    )


def _hour(site: Site, day: int, hour: int, began: HourOfWeek | None, most: int) -> Hour:
    if began is None:
        settings = site.report.settings
        opened = time(hour, 59) >= settings.opens and time(hour) < settings.closes
        return Hour(hour, 0, "open" if opened and day in settings.working_days else "")
    way = "out" if began.out_of_hours * 2 > len(began.rows) else "in"
    return Hour(hour, len(began.rows), f"{way}{2 if len(began.rows) * 2 > most else 1}")


def _columns(site: Site, letters_due: bool) -> Iterator[Column]:
    yield Column("Client")
    yield Column("Level")
    for title in ("Load", "Out of hours", "Asked / offered", "Off channel", "Out of scope"):
        yield Column(title, number=True, most_first=True)
    if letters_due:
        yield Column("Letter")
    if site.sees("rows"):
        yield Column("Rows", fixed=True)


def _client_row(site: Site, view: ClientView, letters_due: bool) -> ClientRow:
    one = view.findings.boundaries
    late = f"{one.out_of_hours.count} of {one.timed}" if one.timed else NOT_KNOWN
    asked = f"{one.asked.count} / {one.offered.count}"
    scope = hours(one.out_of_scope.minutes)
    load = "" if one.boundary_load is None else one.boundary_load
    letter = site.letter(one.letter)
    cells = [
        Cell(one.level or NOT_KNOWN, tone=_TONES.get(one.level or "", "")),
        Cell(percent(one.boundary_load), number=True, sort=load),
        Cell(late, number=True, sort=one.out_of_hours.count),
        Cell(asked, number=True, sort=one.asked.count),
        Cell(NOT_KNOWN if one.off_channel is None else str(one.off_channel.count), number=True),
        Cell(scope, number=True, sort=one.out_of_scope.minutes),
    ]
    if letters_due:
        cells.append(Cell(letter.text if letter else "", link=letter))
    if site.sees("rows"):
        cells.append(rows_cell(one.crossed.rows, 8))
    return ClientRow(
        client=view.link,
        level=one.level or NOT_KNOWN,
        load=percent(one.boundary_load),
        out_of_hours=late,
        asked_and_offered=asked,
        out_of_scope=scope,
        letter=one.letter or "",
        rows=site.rows(one.crossed.rows),
        cells=tuple(cells),
    )


PAGE = Page(
    name="boundaries",
    title="Boundaries",
    question="Who eats my evenings?",
    answer=answer,
    content=content,
)
