"""Health: one figure from 0 to 100, made of parts that each name their rows (SPEC 9)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from statistics import median

from reportgen import words
from reportgen.estimates.ranking import auc
from reportgen.evidence.evidence import Evidence
from reportgen.model import Signal
from reportgen.periods import (
    Window,
    has_come,
    month_end,
    months_before,
    within,
    year_before,
    year_to,
)
from reportgen.problems import Row
from reportgen.settings.settings import Settings
from reportgen.values import dataclass


class Band(StrEnum):
    """What a score comes to, the best first."""

    HEALTHY = "healthy"
    WATCH = "watch"
    AT_RISK = "at risk"


class HealthPart(StrEnum):
    """The parts of the score (SPEC 9), in order."""

    CONNECTION = "connection"
    RHYTHM = "rhythm"
    TRUST = "trust"
    SALES_TREND = "sales trend"
    PROMISES_AND_COMPLAINTS = "promises and complaints"


# The shape of the parts is fixed (SPEC 9); their weights and the bands are settings.
_SILENCE_COUNTS_FROM = 0.5
"""In red lines: up to here, or up to the client's own usual distance, the connection counts in full; one
red line later it counts for nothing."""

_STEADY, _TREND_FROM, _TREND_SPAN = 0.5, 0.8, 0.8
"""Four fifths of the sales of the year before count half; two fifths more of them count in full."""

_TREND_AFTER_MONTHS = 24
"""How old the first purchase must be before the year before is a whole one."""

_GAPS_ON_TIME, _GAPS_TO_NOTHING = 1, 2
"""In usual gaps: up to one the rhythm counts in full; two gaps later it counts for nothing."""

_PARTS_AT_LEAST = 2
"""How many parts must be known before there is a score (SPEC 9)."""

WARNED_AT_LEAST = 10
"""How many must have left, and how many not, before the two are compared (SPEC 9)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score."""

    name: HealthPart
    value: float | None
    """0–1, 1 the best; None where nothing is known."""
    weight: int
    rows: tuple[Row, ...]
    words: str
    """What the part says of this client."""


@dataclass(frozen=True, slots=True)
class Health:
    """A client's score with its parts."""

    parts: tuple[Part, ...]
    """Empty where the relationship does not run."""
    score: float | None
    """0–100, the mean of the known parts by their weights; None with fewer than two."""
    band: Band | None


def health(
    seen: Evidence, rhythm_ratio: float | None, trust: float | None, settings: Settings
) -> Health:
    """The health of one relationship; None for ``rhythm_ratio`` or ``trust`` (0–100) where unknown.

    Who has lapsed or ended has none: there is nothing left to be well or ill.
    """
    if not seen.is_running:
        return Health((), None, None)
    parts = (
        _connection(seen, settings),
        _rhythm(seen, rhythm_ratio, settings),
        _trust(trust, settings),
        _sales_trend(seen, settings),
        _promises_and_complaints(seen, settings),
    )
    known = [(part.value, part.weight) for part in parts if part.value is not None and part.weight]
    if len(known) < _PARTS_AT_LEAST:
        return Health(parts, None, None)
    score = 100 * sum(value * weight for value, weight in known) / sum(w for _, w in known)
    return Health(parts, score, band(score, settings))


def band(score: float, settings: Settings) -> Band:
    """The band of a score: the settings give the score from which each begins (inclusive)."""
    if score >= settings.health_healthy:
        return Band.HEALTHY
    return Band.WATCH if score >= settings.health_watch else Band.AT_RISK


def _connection(seen: Evidence, settings: Settings) -> Part:
    silence = seen.silence
    value, said = None, "no contact yet"
    if silence.silence_days is not None:
        line, usual = silence.red_line_days, _usual_distance(seen)
        counts_from = line * _SILENCE_COUNTS_FROM
        said = f"{words.days(silence.silence_days)} since the last contact, of a red line of {line}"
        if usual is not None and counts_from < usual <= line:
            counts_from = usual
            said += f"; usually they hear from you every {usual:g} days"
        value = 1 - min(1.0, max(0.0, silence.silence_days - counts_from) / line)
    return Part(
        HealthPart.CONNECTION,
        value,
        settings.health_connection_weight,
        seen.last_contact_rows,
        said,
    )


def _usual_distance(seen: Evidence) -> float | None:
    """The median days between neighbouring contact days of W; None with fewer than two."""
    lately = seen.contact_days[bisect_right(seen.contact_days, year_to(seen.as_of).after) :]
    gaps = [(later - earlier).days for earlier, later in pairwise(lately)]
    return median(gaps) if gaps else None


def _rhythm(seen: Evidence, ratio: float | None, settings: Settings) -> Part:
    value, said = None, "it takes three purchases to know the rhythm"
    if seen.pays_by_the_month:
        said = "who pays by the month has none"
    if ratio is not None:
        value = 1 - min(1.0, max(0.0, ratio - _GAPS_ON_TIME) / _GAPS_TO_NOTHING)
        said = f"{ratio:.1f} of their usual gaps since the last purchase"
    rows = tuple(row for purchase in seen.purchases[-1:] for row in purchase.rows)
    return Part(HealthPart.RHYTHM, value, settings.health_rhythm_weight, rows, said)


def _trust(trust: float | None, settings: Settings) -> Part:
    if trust is None:
        return Part(
            HealthPart.TRUST, None, settings.health_trust_weight, (), "too little is recorded"
        )
    return Part(
        HealthPart.TRUST, trust / 100, settings.health_trust_weight, (), f"{trust:.0f} of 100"
    )


def _sales_trend(seen: Evidence, settings: Settings) -> Part:
    year, earlier = year_to(seen.as_of), year_before(seen.as_of)
    now, before = seen.sales_in(year), max(Decimal(), seen.sales_in(earlier))
    rows = tuple(sale.row for sale in within(seen.sales, Window(earlier.after, year.to)))
    value = None
    if not seen.is_customer:
        said = "no purchase yet" if seen.sales else "no sale is recorded"
    elif seen.purchases[0].first > months_before(seen.as_of, _TREND_AFTER_MONTHS):
        said = "it takes two years since the first purchase to compare"
    elif before or now > 0:
        value, said = _trend(now, before), "sales of the last 12 months against the 12 before"
    else:
        said = "no sales in two years"
    return Part(HealthPart.SALES_TREND, value, settings.health_sales_weight, rows, said)


def _trend(now: Decimal, before: Decimal) -> float:
    """Steady sales give 0.75; two fifths of the year before nothing; a rise of a fifth all."""
    if not before:
        return 1.0
    return min(1.0, max(0.0, _STEADY + (float(now / before) - _TREND_FROM) / _TREND_SPAN))


def _promises_and_complaints(seen: Evidence, settings: Settings) -> Part:
    """1 − those overdue ÷ those that are open or were closed in W."""
    year = year_to(seen.as_of)
    overdue = [t for t in seen.open_promises if t.promised_for != seen.as_of]
    overdue += [
        t for t in seen.open_complaints if (seen.as_of - t.date).days >= settings.complaint_days
    ]

    def counts(closed: date | None) -> bool:
        return closed in year or not has_come(closed, seen.as_of)

    counted = [t for t in seen.touchpoints if t.promised_for is not None and counts(t.done_on)]
    counted += [
        t for t in seen.touchpoints if t.signal == Signal.COMPLAINT and counts(t.resolved_on)
    ]
    rows = tuple(t.row for t in (overdue or counted))
    if not counted:
        said = "no promise or complaint recorded"
        return Part(
            HealthPart.PROMISES_AND_COMPLAINTS, None, settings.health_promises_weight, (), said
        )
    value = 1 - len(overdue) / len(counted)
    said = (
        f"{len(overdue) or 'none'} of {len(counted)} promises and complaints open beyond their day"
    )
    if len(counted) == 1:
        said = f"the one promise or complaint is {'' if overdue else 'not '}open beyond its day"
    return Part(
        HealthPart.PROMISES_AND_COMPLAINTS, value, settings.health_promises_weight, rows, said
    )


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What was known of a client on an earlier day, and whether they have left since."""

    score: float
    silence_days: int
    left: bool


@dataclass(frozen=True, slots=True)
class Warned:
    """Whether the score of six months ago foretold who has left, beside what silence alone foretold."""

    auc: float | None
    """The chance that a client who has left had scored below one who has not; 0.5 is a coin. None with
    fewer than ten of either."""
    by_silence: float | None
    """The chance that a client who has left had been silent for longer than one who has not."""
    lapsed: int
    """How many of the clients scored then have left since."""
    kept: int
    """How many have not."""


def warned(then: Sequence[Foreseen]) -> Warned:
    """How well scores, and silence alone, foretold who has left since."""
    gone = [one for one in then if one.left]
    kept = [one for one in then if not one.left]
    enough = min(len(gone), len(kept)) >= WARNED_AT_LEAST
    return Warned(
        auc=auc([one.score for one in kept], [one.score for one in gone]) if enough else None,
        by_silence=auc([one.silence_days for one in gone], [one.silence_days for one in kept])
        if enough
        else None,
        lapsed=len(gone),
        kept=len(kept),
    )


_UNPAID_MONTHS = 2
"""So many months without payment end a term (SPEC 3: at most one lies between neighbours)."""


def has_left(seen: Evidence, since: date) -> bool:
    """Whether a customer has left since a day: bought nothing, or, of a paid term, let it end.

    A further sale of a project that began before has been bought, and so has work that From–To spans.
    """
    if seen.has_ended:
        return True
    if seen.pays_by_the_month:
        return term_is_over(seen)
    return not (
        within(seen.purchase_days, Window(since, seen.as_of))
        or any(sale.ends is not None and sale.ends > since for sale in seen.sales)
    )


def term_is_over(seen: Evidence) -> bool:
    """Whether a customer who pays by the month has let two months go unpaid; False of others."""
    terms = seen.terms
    return bool(terms) and _months_over(seen.as_of) - _month(terms[-1].last) >= _UNPAID_MONTHS


def _month(day: date) -> int:
    return 12 * day.year + day.month


def _months_over(as_of: date) -> int:
    """The last month that is over."""
    return _month(as_of) - (as_of != month_end(as_of))
