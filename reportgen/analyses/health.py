"""Health: one figure from 0 to 100, made of parts that each name their rows (SPEC 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reportgen.estimates.ranking import auc
from reportgen.evidence.evidence import Evidence
from reportgen.model import Signal
from reportgen.periods import has_come, year_before, year_to
from reportgen.problems import Row
from reportgen.settings.settings import Settings


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
"""In red lines: up to here the connection counts in full; one red line later it counts for nothing."""

_GAPS_ON_TIME, _GAPS_TO_NOTHING = 1, 2
"""In usual gaps: up to one the rhythm counts in full; two gaps later it counts for nothing."""

_PARTS_AT_LEAST = 2
"""How many parts must be known before there is a score (SPEC 9)."""

WARNED_AT_LEAST = 5
"""How many must have lapsed, and how many not, before the two are compared (SPEC 4: under 5, too few)."""


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
    score: float | None
    """0–100, the mean of the known parts by their weights; None with fewer than two."""
    band: Band | None


def health(
    seen: Evidence, rhythm_ratio: float | None, trust: float | None, settings: Settings
) -> Health:
    """The health of one relationship; None for ``rhythm_ratio`` or ``trust`` (1–100) where unknown."""
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
        line = silence.red_line_days
        value = 1 - min(1.0, max(0.0, silence.silence_days - line * _SILENCE_COUNTS_FROM) / line)
        said = f"{silence.silence_days} days since the last contact, of a red line of {line}"
    return Part(
        HealthPart.CONNECTION,
        value,
        settings.health_connection_weight,
        seen.last_contact_rows,
        said,
    )


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
        HealthPart.TRUST, (trust - 1) / 99, settings.health_trust_weight, (), f"{trust:.0f} of 100"
    )


def _sales_trend(seen: Evidence, settings: Settings) -> Part:
    year, earlier = year_to(seen.as_of), year_before(seen.as_of)
    now = max(Decimal(), seen.sales_in(year))
    before = max(Decimal(), seen.sales_in(earlier))
    rows = tuple(sale.row for sale in seen.sales if sale.date in year or sale.date in earlier)
    value, said = None, "no sales in two years" if seen.sales else "no sale is recorded"
    if now + before > 0:
        value = float(now / (now + before))
        said = "sales of the last 12 months against the 12 before"
    return Part(HealthPart.SALES_TREND, value, settings.health_sales_weight, rows, said)


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
    said = f"{len(overdue)} of {len(counted)} promises and complaints open beyond their day"
    return Part(
        HealthPart.PROMISES_AND_COMPLAINTS, value, settings.health_promises_weight, rows, said
    )


@dataclass(frozen=True, slots=True)
class Warned:
    """Whether the score of six months ago foretold who would lapse."""

    auc: float | None
    """The chance that a client who lapsed had scored below one who did not; 0.5 is a coin. None with
    fewer than five of either."""
    lapsed: int
    """How many of the clients scored then have lapsed since."""
    kept: int
    """How many have not."""


def warned(scores_then: Sequence[tuple[float, bool]]) -> Warned:
    """How well scores foretold who lapsed: ``scores_then`` has each client's, and whether they did."""
    gone = [score for score, lapsed in scores_then if lapsed]
    kept = [score for score, lapsed in scores_then if not lapsed]
    enough = min(len(gone), len(kept)) >= WARNED_AT_LEAST
    return Warned(auc(kept, gone) if enough else None, len(gone), len(kept))
