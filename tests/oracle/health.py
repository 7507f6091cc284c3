"""Section 9: health, and whether the score would have warned."""

from __future__ import annotations

import itertools
import statistics

import numpy as np
from oracle.past import Past, is_month_end, month_number, months_before
from oracle.purchases import first_purchase, terms
from oracle.red_line import running, silence_of
from oracle.retention import rhythm_ratio
from oracle.trust import Trust, never_met
from scipy.stats import mannwhitneyu

WEIGHTS = {
    "connection": "health_connection_weight",
    "rhythm": "health_rhythm_weight",
    "trust": "health_trust_weight",
    "sales trend": "health_sales_weight",
    "promises and complaints": "health_promises_weight",
}


def connection(past: Past) -> float | None:
    """“1 − min(1, max(0, silence − N/2) ÷ N); instead of N/2 the client's own usual distance of contact
    days, the median in W, where it is longer and not above N”."""
    silence = silence_of(past).silence
    if silence is None:
        return None
    after, to = past.year
    days = [day for day in past.contact_days if after < day <= to]
    distances = [(b - a).days for a, b in itertools.pairwise(days)]
    usual = statistics.median(distances) if distances else 0
    norm = past.red_line
    free = usual if norm / 2 < usual <= norm else norm / 2
    return 1 - min(1, max(0, silence - free) / norm)


def rhythm(past: Past) -> float | None:
    """“1 − min(1, max(0, rhythm_ratio − 1) ÷ 2)”."""
    ratio = rhythm_ratio(past)
    return None if ratio is None else 1 - min(1, max(0, ratio - 1) / 2)


def sales_trend(past: Past) -> float | None:
    """“Clip(0.5 + (now ÷ before − 0.8) ÷ 0.8, 0, 1) … with nothing before and something now 1; n/a until
    the first purchase is 24 months old”."""
    first = first_purchase(past)
    if not first or first > months_before(past.day, 24):
        return None
    now, before = (float(past.sales_in(window)) for window in (past.year, past.year_before))
    if before <= 0:
        return 1.0 if now > 0 else None
    return float(np.clip(0.5 + (now / before - 0.8) / 0.8, 0, 1))


def promises(past: Past) -> float | None:
    """“1 − open ones overdue ÷ all open or closed in W”."""
    after, to = past.year
    every = overdue = 0
    for row in past.touchpoints:
        if row.promised_for:
            is_open = row.done_on is None or row.done_on > to
            every += is_open or after < row.done_on
            overdue += is_open and row.promised_for < to
        if row.signal == "complaint":
            is_open = row.resolved_on is None or row.resolved_on > to
            every += is_open or after < row.resolved_on
            overdue += is_open and (to - row.date).days >= past.settings.complaint_days
    return 1 - overdue / every if every else None


class Health:
    """The score of one client."""

    def __init__(self, past: Past, trust: Trust) -> None:
        self.parts = {
            "connection": connection(past),
            "rhythm": rhythm(past),
            "trust": None if trust.index is None else trust.index / 100,
            "sales trend": sales_trend(past),
            "promises and complaints": promises(past),
        }
        self.settings = past.settings
        known = [name for name, value in self.parts.items() if value is not None]
        weights = {name: getattr(past.settings, WEIGHTS[name]) for name in known}
        total = sum(weights.values())
        self.runs = running(past)
        enough = self.runs and len(known) >= 2 and total
        self.score = (
            100 * sum(self.parts[name] * weights[name] for name in known) / total
            if enough
            else None
        )

    @property
    def band(self) -> str | None:
        """“Healthy ≥ 70, watch ≥ 40, at risk below”."""
        if self.score is None:
            return None
        if self.score >= self.settings.health_healthy:
            return "healthy"
        return "watch" if self.score >= self.settings.health_watch else "at risk"


def healths(pasts: list[Past]) -> dict[Past, Health]:
    """Each client's health, with the parts of trust that this book records."""
    unrecorded = never_met(pasts)
    return {past: Health(past, Trust(past, unrecorded)) for past in pasts}


def term_runs(past: Past) -> bool:
    """Whether the term of a service or subscription runs on: at most one month unpaid since."""
    runs = terms(past)
    over = month_number(past.day) - (not is_month_end(past.day))
    return bool(runs) and not past.ended and over - runs[-1][1] <= 1


def could_stop(past: Past) -> bool:
    """“The clients running then”: customers, and of a service or subscription those whose term ran."""
    return running(past) and (term_runs(past) if past.stays else bool(first_purchase(past)))


def stopped(past: Past, then: Past) -> bool:
    """“Those who bought nothing in the six months since (whose term ended)”; who has ended has left."""
    if past.ended:
        return True
    return not term_runs(past) if past.stays else not past.active_in((then.day, past.day))


def auc(bad: list[float], good: list[float]) -> float:
    """How often one of those who stopped has the lower value than one who did not."""
    return float(mannwhitneyu(good, bad).statistic) / len(bad) / len(good)


def warned(pasts: list[Past]) -> dict:
    """“Replay the score 6 months before T; of the clients running then, compare those who bought nothing
    … with those who did: AUC with counts, beside the AUC of silence alone; n/a with fewer than 10 of
    either”."""
    if not pasts:
        return {"auc": None, "by_silence": None, "lapsed": 0, "kept": 0}
    then = [past.on(months_before(past.day, 6)) for past in pasts]
    scores = healths(then)
    bad, good = [], []
    for past, before in zip(pasts, then, strict=True):
        if scores[before].score is not None and could_stop(before):
            silent = silence_of(before).silence
            (bad if stopped(past, before) else good).append(
                (scores[before].score, -silent if silent is not None else 0)
            )
    if min(len(bad), len(good)) < 10:
        return {"auc": None, "by_silence": None, "lapsed": len(bad), "kept": len(good)}
    return {
        "auc": auc([s for s, _ in bad], [s for s, _ in good]),
        "by_silence": auc([s for _, s in bad], [s for _, s in good]),
        "lapsed": len(bad),
        "kept": len(good),
    }


def figures(health: Health) -> dict:
    """What section 9 says of a client."""
    parts = health.parts if health.runs else {}
    return {"score": health.score, "band": health.band, "parts": parts}
