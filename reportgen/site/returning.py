"""Who is likely to buy again: customers in a table, with as much as the model may say of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.analyses.retention import RhythmState
from reportgen.estimates.limits import Voice
from reportgen.site.layout import Cell, Column, Link
from reportgen.site.shared import SPELLS_SHOWN, ClientView, Site
from reportgen.words import NOT_KNOWN, percent


@dataclass(frozen=True, slots=True)
class Returning:
    """One customer, and whether to expect another purchase."""

    client: Link
    purchases: int
    usual_gap: str
    since_the_last: str
    rhythm: str
    expected: str
    """As much as the model may say."""
    cells: tuple[Cell, ...]
    """The same for HTML."""


def returning(site: Site) -> tuple[Returning, ...]:
    """Those from whom most is to be expected first; so many as a table shows."""
    voice = site.report.outlook.models.voice
    return tuple(_row(view, voice) for view in _in_order(site)[:SPELLS_SHOWN])


def columns_of(voice: Voice) -> Iterator[Column]:
    """The heads of the table: no more than the model may say."""
    yield Column("Client")
    yield Column("Purchases", number=True, most_first=True)
    yield Column("Usual gap", number=True)
    yield Column("Since the last", number=True, most_first=True)
    yield Column("Rhythm")
    if voice is Voice.FULL:
        yield Column("Expected in 52 weeks", number=True, most_first=True)
    if voice in (Voice.FULL, Voice.PROBABILITY):
        yield Column("Likely to buy again", number=True, most_first=True)
    elif voice is Voice.WORDS:
        yield Column("To buy again")


def _in_order(site: Site) -> list[ClientView]:
    """Who may come back, by expected purchases where the model may say so, else by their own rhythm."""

    def place(view: ClientView) -> tuple[float, float, str]:
        expected = view.ahead.expected_purchases_52w
        ratio = view.findings.rhythm.ratio if view.findings.rhythm else -1.0
        return (-(expected or 0.0), -ratio, view.name.casefold())

    customers = [
        view
        for view in site.clients
        if view.findings.seen.is_customer
        and not view.findings.seen.pays_by_the_month
        and not view.findings.seen.has_ended
    ]
    return sorted(customers, key=place)


def _row(view: ClientView, voice: Voice) -> Returning:
    one, purchases = view.findings, view.findings.seen.purchases
    rhythm = one.rhythm
    gap = f"{round(rhythm.median_gap_days)} d" if rhythm else NOT_KNOWN
    since = f"{max(0, (view.report.as_of - purchases[-1].last).days)} d"
    cells = [
        Cell(f"{len(purchases)}", number=True),
        Cell(gap, number=True),
        Cell(since, number=True),
        Cell(NOT_KNOWN, sort="")
        if rhythm is None
        else Cell(
            rhythm.state,
            sort=f"{rhythm.ratio:.3f}",
            tone="" if rhythm.state is RhythmState.ON_TIME else "over",
        ),
    ]
    return Returning(
        client=view.link,
        purchases=len(purchases),
        usual_gap=gap,
        since_the_last=since,
        rhythm=rhythm.state if rhythm else NOT_KNOWN,
        expected=_expected(view),
        cells=(*cells, *_cells_ahead(view, voice)),
    )


def _expected(view: ClientView) -> str:
    ahead = view.ahead
    if ahead.expected_purchases_52w is not None:
        return f"{ahead.expected_purchases_52w:.1f}"
    return percent(ahead.p_alive) if ahead.p_alive is not None else _likely(view)


def _likely(view: ClientView) -> str:
    likely = view.ahead.likely
    return NOT_KNOWN if likely is None else "likely" if likely else "unlikely"


def _cells_ahead(view: ClientView, voice: Voice) -> Iterator[Cell]:
    alive = view.ahead.p_alive
    if voice is Voice.FULL:
        yield Cell(_expected(view), number=True)
    if voice in (Voice.FULL, Voice.PROBABILITY):
        yield Cell(percent(alive), number=True, sort="" if alive is None else f"{alive:.4f}")
    elif voice is Voice.WORDS:
        yield Cell(_likely(view))
