"""Who is likely to buy again: the running customers of whom something is known."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.analyses.buying import HoldOut
from reportgen.analyses.retention import RhythmState
from reportgen.estimates.limits import CannotTell, Voice
from reportgen.report.report import Report
from reportgen.site.layout import Cell, Column, Line, Table
from reportgen.site.prose.english import coming_back as prose
from reportgen.site.shared import ClientView, Site
from reportgen.values import dataclass
from reportgen.words import count, days, percent, times

_FIRST = 10
"""How many of them stand open."""


@dataclass(frozen=True, slots=True)
class Returning:
    """Who may buy again, and how far that may be told."""

    model: str
    """What the model rests on, or why there is none."""
    table: Table | None
    """None where nothing is known of anybody."""
    others: str
    """Of how many nothing can be told; empty where there are none."""
    note: str
    """What overdue and quiet mean, where the table says so."""


def returning(site: Site) -> Returning | None:
    """All of it; None where nobody can come back, because all pay by the month."""
    report = site.report
    voice = report.outlook.models.voice
    if not report.found.repeats.repeat_rate.denominator and any(report.outlook.stayed_of):
        return None
    who = _in_order(site)
    known = [view for view in who if _is_known(view)]
    return Returning(
        model=_model(report),
        table=_table(known, voice) if known else None,
        others=prose.too_little_is_known(len(who) - len(known), bool(known)),
        note=_note(report) if any(view.findings.rhythm for view in known) else "",
    )


def _in_order(site: Site) -> list[ClientView]:
    """Who may come back, by expected purchases where the model may say so, else by their own rhythm."""

    def place(view: ClientView) -> tuple[float, float, str]:
        expected = view.ahead.expected_purchases_52w
        ratio = view.findings.rhythm.ratio if view.findings.rhythm else -1.0
        return (-(expected or 0.0), -ratio, view.name.casefold())

    customers = [
        view
        for view in site.running
        if view.findings.seen.is_customer and not view.findings.seen.pays_by_the_month
    ]
    return sorted(customers, key=place)


def _is_known(view: ClientView) -> bool:
    ahead = view.ahead
    foreseen = (ahead.expected_purchases_52w, ahead.p_alive, ahead.likely)
    return view.findings.rhythm is not None or any(one is not None for one in foreseen)


def _table(known: list[ClientView], voice: Voice) -> Table:
    foremost = (
        "from whom most is to be expected"
        if voice is Voice.FULL
        else "furthest beyond their own rhythm"
    )
    return Table(
        id="returning",
        caption=f"Running customers of whom something is known, those {foremost} first",
        columns=tuple(_columns(voice)),
        lines=tuple(Line(view.link, tuple(_cells(view, voice))) for view in known),
        first=_FIRST,
    )


def _columns(voice: Voice) -> Iterator[Column]:
    """No more than the model may say."""
    yield Column("Client")
    yield Column("Purchases", number=True, most_first=True)
    yield Column("Since the last", most_first=True)
    if voice is not Voice.NONE:
        yield Column(_AHEAD[voice], number=voice is not Voice.WORDS, most_first=True)


_AHEAD = {
    Voice.WORDS: "To buy again",
    Voice.PROBABILITY: "Likely to buy again",
    Voice.FULL: "Expected in 52 weeks",
}


def _cells(view: ClientView, voice: Voice) -> Iterator[Cell]:
    yield Cell(f"{len(view.findings.seen.purchases)}", number=True, label="bought")
    yield _since(view)
    if voice is not Voice.NONE:
        yield _ahead(view, voice)


def _since(view: ClientView) -> Cell:
    """Since the last purchase, beside the client's own usual gap, where there is one."""
    rhythm = view.findings.rhythm
    since = max(0, (view.report.as_of - view.findings.seen.purchases[-1].last).days)
    if rhythm is None:
        return Cell(days(since), sort=since, label="since the last")
    is_late = rhythm.state is not RhythmState.ON_TIME
    return Cell(
        f"{days(since)}, usually {round(rhythm.median_gap_days)}",
        sort=since,
        label="since the last",
        note=rhythm.state if is_late else "",
        note_style="over",
    )


def _ahead(view: ClientView, voice: Voice) -> Cell:
    """As much as the model may say; empty of whom it cannot."""
    ahead = view.ahead
    if voice is Voice.FULL and ahead.expected_purchases_52w is not None:
        expected = f"{ahead.expected_purchases_52w:.1f}"
        return Cell(expected, number=True, label="expected in 52 weeks")
    if voice is Voice.PROBABILITY and ahead.p_alive is not None:
        sort = f"{ahead.p_alive:.4f}"
        return Cell(percent(ahead.p_alive), sort=sort, number=True, label="likely to buy again")
    if voice is Voice.WORDS and ahead.likely is not None:
        return Cell("likely" if ahead.likely else "unlikely")
    return Cell(sort="", number=voice is not Voice.WORDS)


def _note(report: Report) -> str:
    overdue, quiet = report.settings.overdue_after_gaps, report.settings.quiet_after_gaps
    return (
        f"Overdue is above {times(overdue)} a client’s own usual gap, quiet above {times(quiet)}. In a "
        "well-studied set of 2,357 customers of a music shop about half of those flagged came back "
        "anyway: a flag is a reason to write, not a verdict."
    )


def _model(report: Report) -> str:
    models, hold_out = report.outlook.models, report.outlook.hold_out
    if isinstance(models.buying, CannotTell):
        return models.buying.reason
    repeat = count(models.buying.repeat_clients, "repeat customer")
    if models.voice is Voice.PROBABILITY:
        return f"With {repeat} the model may say who is likely to buy again, not how often."
    if models.voice is Voice.WORDS:
        return f"With {repeat} the model may only say likely or unlikely; figures take 30."
    rests = f"The model rests on {repeat}."
    if not isinstance(hold_out, HoldOut):
        return rests
    return (
        f"{rests} Fitted without the last six months, it expected {round(hold_out.expected)} "
        f"purchases in them; there were {hold_out.actual}."
    )
