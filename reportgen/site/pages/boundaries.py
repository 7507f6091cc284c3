"""Boundaries: who eats my evenings?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.analyses.boundaries import Boundaries, HourOfWeek, Level, Portfolio
from reportgen.pictures import week
from reportgen.pictures.drawing import Chart
from reportgen.problems import Row
from reportgen.report.findings import ClientFindings, running
from reportgen.report.report import Report
from reportgen.settings.kinds import WEEKDAYS
from reportgen.site.layout import Cell, Column, Figure, Line, Table, rows_cell
from reportgen.site.page import Page
from reportgen.site.prose.english.figures import than_last_month
from reportgen.site.shared import ClientView, Site
from reportgen.values import dataclass
from reportgen.words import (
    count,
    count_in_words,
    hours,
    in_words,
    listed,
    percent,
    sentence_case,
)

_TONES = {"act": "over", "watch": "due"}
"""Level → how it is coloured."""

_ROWS = 8
"""So many rows stand beside a client."""


@dataclass(frozen=True, slots=True)
class HourRow:
    """One hour of the week in words, with the rows of what began in it."""

    when: str
    touchpoints: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    causes: str
    """Who takes the time out of hours, where it is too much; empty elsewhere."""
    base: str
    """What is counted."""
    figures: tuple[Figure, ...]
    missing: tuple[str, ...]
    """What to record or to set, and what it would show; empty where everything is known."""
    week: Chart | None
    """None where no touchpoint of the year has a start."""
    hours: tuple[HourRow, ...]
    """The same in words."""
    clients: Table | None
    """Who crossed a line, the heaviest load first; None where nobody did."""
    others: str
    """How many crossed none."""
    opens: str
    closes: str
    touchpoints_at_least: int
    crossings_at_least: int
    watch_from: str
    act_from: str


def answer(report: Report) -> str:
    """Who eats my evenings?"""
    found = report.found.boundaries
    overall, late = found.overall, found.overall.out_of_hours
    if overall.level in (Level.WATCH, Level.ACT):
        return _crossing(
            f"{percent(overall.boundary_load)} of your time with clients", overall, overall.level
        )
    for level in (Level.ACT, Level.WATCH):
        heavy = [c for c in running(report.found) if c.boundaries.level is level]
        if heavy:
            return _of_few(heavy, level)
    if not overall.timed:
        return (
            "Nobody can tell yet: with Start on the Touchpoints sheet this page sees your evenings."
        )
    timed = count(overall.timed, "timed touchpoint")
    if not late.count:
        return f"Your evenings are yours: none of {timed} in the year was out of hours."
    of = "the one timed touchpoint" if overall.timed == 1 else f"{in_words(late.count)} of {timed}"
    if overall.level is None:
        why = "too few to judge by" if overall.minutes else "without minutes to weigh by"
        verb = "was" if late.count == 1 else "were"
        return f"{sentence_case(of)} {verb} out of hours, {why}."
    verb = "was" if late.count == 1 else "were"
    time = f", {_roughly(late.minutes)} in all" if late.minutes else ""
    return f"Your evenings are yours: {of} in the year {verb} out of hours{time}."


_VERDICTS = {Level.ACT: "it is time to act", Level.WATCH: "that is worth watching"}


def _crossing(share: str, crossed: Boundaries, level: Level) -> str:
    year = f"{_roughly(crossed.crossed.minutes)} in the year"
    return f"{share}, {year}, crosses a line, and {_VERDICTS[level]}."


def _roughly(minutes: int) -> str:
    """``three hours``; less than two of them to the minute."""
    if minutes < 120:
        return hours(minutes)
    return count_in_words(round(minutes / 60), "hour")


def _of_few(heavy: Sequence[ClientFindings], level: Level) -> str:
    """Where only the time with some clients crosses a line."""
    crossed = sum(client.boundaries.crossed.minutes for client in heavy)
    share = percent(crossed / sum(client.boundaries.minutes for client in heavy))
    whom = listed([client.name for client in heavy])
    if len(heavy) > _NAMED or len(whom.split()) > _NAMES_LONGEST:
        whom = count_in_words(len(heavy), "client")
    year = f"{_roughly(crossed)} in the year"
    return f"{share} of the time with {whom}, {year}, crosses a line, and {_VERDICTS[level]}."


_NAMED, _NAMES_LONGEST = 3, 6
"""So many clients are named in a sentence, and their names have so many words; else it says how many."""


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


def pictures(site: Site) -> Iterator[Chart]:
    """The week by hours, where any touchpoint of the year has a start."""
    opened, began = _opened(site), site.report.found.boundaries.week
    if began:
        busy = [
            week.Busy(one.weekday, one.hour, len(one.rows), _is_late(one, opened)) for one in began
        ]
        yield week.week("week", busy, opened, WEEKDAYS)


def _opened(site: Site) -> frozenset[tuple[int, int]]:
    """The weekdays and hours of the owner's week."""
    settings = site.report.settings
    last = settings.closes.hour + (settings.closes.minute > 0)
    return frozenset(
        (day, hour) for day in settings.working_days for hour in range(settings.opens.hour, last)
    )


def _is_late(began: HourOfWeek, opened: frozenset[tuple[int, int]]) -> bool:
    """Whether an hour stands for work out of hours: of one within the week, most of it is on a day off."""
    if (began.weekday, began.hour) in opened:
        return began.out_of_hours * 2 > len(began.rows)
    return began.out_of_hours > 0


def content(site: Site) -> Content:
    """The week by hours, and who crossed a line, the heaviest load first."""
    settings, found, opened = site.report.settings, site.report.found.boundaries, _opened(site)
    heavy = sorted((v for v in site.running if v.findings.boundaries.crossed.count), key=_place)
    return Content(
        causes=_causes(found),
        base=f"Counted: {count(found.overall.touchpoints, 'touchpoint')} of the last 12 months, "
        f"{hours(found.overall.minutes)} in all.",
        figures=tuple(_figures(site)),
        missing=tuple(_missing(found.overall)),
        week=site.pictures.get("week"),
        hours=tuple(
            HourRow(
                f"{WEEKDAYS[one.weekday]} {one.hour:02d}:00",
                count(len(one.rows), "touchpoint")
                + (", out of hours" if _is_late(one, opened) else ""),
                site.rows(one.rows),
            )
            for one in found.week
        ),
        clients=_clients(site, heavy) if heavy else None,
        others=_others(site, len(heavy)),
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
    return (-load, -one.crossed.minutes, view.name.casefold())


def _figures(site: Site) -> Iterator[Figure]:
    """What crossed a line, and who wished it so; what is nothing stays away."""
    now, then = site.report.found.boundaries.overall, site.report.before.boundaries.overall
    late, scope, channel = now.out_of_hours, now.out_of_scope, now.off_channel
    if now.timed:
        yield Figure(
            "Out of hours",
            hours(late.minutes) if late.minutes else f"{late.count or 'none'}",
            f"{late.count or 'none'} of {count(now.timed, 'timed touchpoint')}{_asked(now)}",
            than_last_month(late.count, then.out_of_hours.count, fewer_is_better=True),
        )
    if now.offered.count:
        yield Figure("You offered", f"{now.offered.count}", _who_else(now))
    if scope.count:
        yield Figure(
            "Out of scope",
            hours(scope.minutes),
            count(scope.count, "touchpoint"),
            than_last_month(scope.count, then.out_of_scope.count, fewer_is_better=True),
        )
    if channel is not None and channel.count:
        yield Figure(
            "On other channels than yours",
            f"{channel.count}",
            f"of {count(now.with_channel, 'touchpoint')} with a channel{_mostly(site)}",
        )


def _asked(now: Boundaries) -> str:
    """That the clients wished it, where they asked for all of it."""
    late, asked = now.out_of_hours.count, now.asked.count
    if not late or asked < late:
        return ""
    return "; the client asked for it" if late == 1 else "; clients asked for all of it"


def _who_else(now: Boundaries) -> str:
    """Who wished the others out of hours."""
    asked, together = now.asked.count, now.together.count
    said = [f"clients asked for {asked}"] if asked else []
    if together:
        said.append(f"{together} went both ways")
    return "; ".join((f"of {now.out_of_hours.count} out of hours", *said))


def _mostly(site: Site) -> str:
    """The client with whom half of the contacts on other channels were."""
    counts = {
        view.name: view.findings.boundaries.off_channel.count
        for view in site.running
        if view.findings.boundaries.off_channel is not None
    }
    name = max(counts, key=lambda one: (counts[one], one), default="")
    most, every = counts.get(name, 0), sum(counts.values())
    if most * 2 < every or len(counts) == 1:
        return ""
    return f"; {'all' if most == every else most} with {name}"


def _missing(overall: Boundaries) -> Iterator[str]:
    """What would have to be written down to see more."""
    if not overall.timed:
        yield "Start on the Touchpoints sheet shows your evenings and your week"
    if overall.off_channel is None:
        yield "Preferred channels on the Business sheet show who reaches you elsewhere"
    elif not overall.with_channel:
        yield "Channel on the Touchpoints sheet shows who reaches you elsewhere"


def _others(site: Site, heavy: int) -> str:
    rest = len(site.running) - heavy
    if not site.running:
        return f"Nobody is running: {site.report.found.counts.apart}." if site.clients else ""
    if not heavy and rest == 1:
        return "Your one running client crossed no line."
    if not heavy:
        return f"None of {count(rest, 'running client')} crossed a line."
    if not rest:
        return ""
    others = "The other" if rest == 1 else f"The other {in_words(rest)}"
    return f"{others} crossed no line."


def _clients(site: Site, heavy: Sequence[ClientView]) -> Table:
    letters_due = any(site.letter(view.findings.boundaries.letter) for view in heavy)
    levels = any(view.findings.boundaries.level in _TONES for view in heavy)
    who = count(len(heavy), "running client")
    return Table(
        id="boundary-table",
        caption=f"{who} of {len(site.running):,}, the heaviest load first: the share of your time with "
        "them that crossed a line",
        columns=tuple(_columns(site, levels, letters_due)),
        lines=tuple(
            Line(view.link, tuple(_cells(site, view, levels, letters_due))) for view in heavy
        ),
    )


def _columns(site: Site, levels: bool, letters_due: bool) -> Iterator[Column]:
    yield Column("Client")
    yield Column("Load", number=True, most_first=True)
    if levels:
        yield Column("Level")
    for title in ("Out of hours", "Asked for", "Offered", "Out of scope"):
        yield Column(title, number=True, most_first=True)
    if letters_due:
        yield Column("Letter")
    if site.sees("rows"):
        yield Column("Rows", fixed=True)


def _cells(site: Site, view: ClientView, levels: bool, letters_due: bool) -> Iterator[Cell]:
    one = view.findings.boundaries
    late, scope = one.out_of_hours, one.out_of_scope
    yield Cell(
        "" if one.boundary_load is None else percent(one.boundary_load),
        sort="" if one.boundary_load is None else one.boundary_load,
        number=True,
        label="" if one.boundary_load is None else "load",
    )
    if levels:
        tone = _TONES.get(one.level or "", "")
        yield Cell(one.level if one.level and tone else "", tone=tone)
    yield _counted(f"{late.count} of {one.timed}" if late.count else "", late.count, "out of hours")
    yield _counted(f"{one.asked.count or ''}", one.asked.count, "asked for")
    yield _counted(f"{one.offered.count or ''}", one.offered.count, "offered")
    yield _counted(hours(scope.minutes) if scope.count else "", scope.minutes, "out of scope")
    if letters_due:
        letter = site.letter(one.letter)
        yield Cell(letter.text if letter else "", link=letter)
    if site.sees("rows"):
        yield rows_cell(one.crossed.rows, _ROWS)


def _counted(text: str, sort: int, label: str) -> Cell:
    return Cell(text, sort=sort, number=True, label=label if text else "")


PAGE = Page(
    name="boundaries",
    title="Boundaries",
    question="Who eats my evenings?",
    answer=answer,
    content=content,
    pictures=pictures,
)
