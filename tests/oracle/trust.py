"""Section 5: Trust = (Care × Accountability) ^ Communication."""

from __future__ import annotations

import datetime as dt
import math
import statistics

from oracle.answers import answer_to, working_days_later
from oracle.past import Past, months_before, once, twelve_months
from oracle.purchases import first_purchase, purchases
from oracle.red_line import silence_of

CARE = ("understanding", "reliability", "human connection")
ACCOUNTABILITY = ("problems owned", "clear beginnings")
COMMUNICATION = ("responsiveness", "both directions", "listening", "continuity")
BEING_THERE = ("understanding", "human connection", "clear beginnings", "listening")
NO_MODEL_TOUCHES = 4
UNDERSTANDS = ("discovery", "diagnostic", "brief", "onboarding")
BEGINS = ("brief", "proposal", "agenda")


def _days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def understanding(past: Past) -> float | None:
    """“1 if a discovery, diagnostic, brief or onboarding activity stands within 60 days before or 30
    days after the first purchase, else 0; customers only”."""
    first = first_purchase(past)
    if not first or not past.touchpoints:
        return None
    begin = first - _days(past.settings.understanding_before_days)
    end = first + _days(past.settings.understanding_after_days)
    rows = [row for row in past.touchpoints if begin <= row.date <= end]
    return float(any(row.activity.role in UNDERSTANDS for row in rows))


def reliability(past: Past) -> float | None:
    """“Promises due by T and done on or before the promised day ÷ promises due by T”, due in W."""
    after, to = past.year
    due = [row for row in past.touchpoints if row.promised_for and after < row.promised_for <= to]
    done = [row for row in due if row.done_on and row.done_on <= row.promised_for]
    return len(done) / len(due) if due else None


def human_connection(past: Past) -> float | None:
    """“Min(1, relationship-building touches ÷ 4; ÷ 1 for product and subscription)”."""
    if not past.touchpoints:
        return None
    setting = f"human_connection_{past.model}_touches"
    needed = getattr(past.settings, setting) if past.model else NO_MODEL_TOUCHES
    found = [row for row in past.year_touchpoints if row.activity.kind == "relationship building"]
    return min(1.0, len(found) / needed)


def problems_owned(past: Past) -> float | None:
    """“Complaints ≥ 14 days old with a Resolved on within 14 days ÷ complaints ≥ 14 days old”."""
    days = past.settings.complaint_days
    old = [
        row
        for row in past.year_touchpoints
        if row.signal == "complaint" and (past.day - row.date).days >= days
    ]
    owned = [row for row in old if row.resolved_on and (row.resolved_on - row.date).days <= days]
    return len(owned) / len(old) if old else None


def clear_beginnings(past: Past) -> float | None:
    """“Consultancy, the projects begun in W with a brief, proposal or agenda within the 60 days before
    ÷ those; service and subscription, an onboarding within 30 days of the first payment where that
    lies in W, and a review in W where they have been paying for a year; product, n/a”."""
    after, to = past.year
    if not past.touchpoints:
        return None
    if past.model == "consultancy":
        begun = [one.first for one in purchases(past) if after < one.first <= to]
        clear = [begins_clearly(past, first) for first in begun]
        return sum(clear) / len(clear) if clear else None
    first = first_purchase(past)
    if not past.stays or not first:
        return None
    if after < first:
        return float(onboarded(past, first))
    return float(any(row.activity.role == "review" for row in past.year_touchpoints))


def begins_clearly(past: Past, first: dt.date) -> bool:
    """“A brief, proposal or agenda within the 60 days before” a project."""
    before = _days(past.settings.clear_beginning_days)
    return any(
        row.activity.role in BEGINS and first - before <= row.date <= first
        for row in past.touchpoints
    )


def onboarded(past: Past, first: dt.date) -> bool:
    """“An onboarding within 30 days of the first payment”, before it or after."""
    near = past.settings.onboarding_days
    return any(
        row.activity.role == "onboarding" and abs((row.date - first).days) <= near
        for row in past.touchpoints
    )


def responsiveness(past: Past) -> float | None:
    """“Incoming touchpoints ≥ 2 working days old that got an outgoing or two-way one within 2 working
    days ÷ those”."""
    settings = past.settings
    days = settings.answer_working_days
    answered = []
    for row in past.year_touchpoints:
        by = working_days_later(settings, row.date, days)
        if row.direction == "in" and by <= past.day:
            answer = answer_to(past, row)
            answered.append(answer is not None and answer.date <= by)
    return sum(answered) / len(answered) if answered else None


def both_directions(past: Past) -> float | None:
    """“Months of W with touchpoints in both directions ÷ months of W with a touchpoint”, of those that
    the client felt or that came from the client."""
    felt = [row for row in past.touchpoints if row.activity.connects or row.direction != "out"]
    both = some = 0
    for after, to in twelve_months(past.day):
        ways = {row.direction for row in felt if after < row.date <= to}
        some += bool(ways)
        both += "both" in ways or {"in", "out"} <= ways
    return both / some if some else None


def listening(past: Past) -> float | None:
    """“1 if feedback was asked for or received in W, else 0”; “n/a without a touchpoint in W”."""
    after, to = past.year
    if not past.year_touchpoints:
        return None
    received = [row for row in past.record.feedback if after < row.date <= to]
    asked = any(row.activity.kind == "feedback" for row in past.year_touchpoints)
    return float(asked or bool(received))


def continuity(past: Past) -> float | None:
    """“1 − below_share within W”."""
    below = silence_of(past).below_share(past.year[0])
    return None if below is None else 1 - below


PARTS = {
    "understanding": understanding,
    "reliability": reliability,
    "human connection": human_connection,
    "problems owned": problems_owned,
    "clear beginnings": clear_beginnings,
    "responsiveness": responsiveness,
    "both directions": both_directions,
    "listening": listening,
    "continuity": continuity,
}


@once
def own_parts(past: Past) -> dict[str, float | None]:
    """Each part as the client's rows say it."""
    return {name: part(past) for name, part in PARTS.items()}


def ever_met(past: Past) -> set[str]:
    """Which of the parts that rest on something being there the client ever met, in W or before."""
    answers = any(row.date <= past.day for row in past.record.feedback)
    kinds = {str(row.activity.kind) for row in past.touchpoints}
    found = {
        "understanding": understanding(past),
        "human connection": "relationship building" in kinds,
        "clear beginnings": ever_began_clearly(past),
        "listening": answers or "feedback" in kinds,
    }
    return {name for name, met in found.items() if met}


def ever_began_clearly(past: Past) -> bool:
    """Whether a project, or the service, ever began as clearly as its model asks."""
    first = first_purchase(past)
    if past.model == "consultancy":
        return any(begins_clearly(past, one.first) for one in purchases(past))
    return bool(first and past.stays) and (
        onboarded(past, first)
        or any(
            row.activity.role == "review" and first <= months_before(row.date, 12)
            for row in past.touchpoints
        )
    )


def never_met(pasts: list[Past]) -> set[str]:
    """“Of the parts that rest on something being there, one that *nobody* in the book has ever met is
    not recorded rather than failed”."""
    return set(BEING_THERE).difference(*map(ever_met, pasts))


class Trust:
    """The trust of one client, with the parts that count in this book."""

    def __init__(self, past: Past, unrecorded: set[str]) -> None:
        self.parts = {
            name: None if name in unrecorded else value for name, value in own_parts(past).items()
        }
        self.ratings = self._ratings(past)
        known = sum(
            len(names)
            if name in self.ratings
            else sum(self.parts[part] is not None for part in names)
            for name, names in (
                ("care", CARE),
                ("accountability", ACCOUNTABILITY),
                ("communication", COMMUNICATION),
            )
        )
        self.care = self.component("care", CARE, self.parts)
        self.accountability = self.component("accountability", ACCOUNTABILITY, self.parts)
        self.communication = self.component("communication", COMMUNICATION, self.parts)
        self.trust = self.told(self.parts) if known >= 3 else None

    @staticmethod
    def _ratings(past: Past) -> dict[str, float]:
        """“A rating in W replaces its component (the latest one; Communication ÷ 10)”."""
        after, to = past.year
        found = {}
        for row in sorted(past.record.ratings, key=lambda row: row.date):
            if after < row.date <= to:
                for name in ("care", "accountability", "communication"):
                    value = getattr(row, name)
                    if value is not None:
                        found[name] = float(value) / (10 if name == "communication" else 1)
        return found

    def component(self, name, names, parts) -> float | None:
        """Care and Accountability run 1–10, Communication 0–1; a rated one is its rating."""
        if name in self.ratings:
            return self.ratings[name]
        known = [parts[part] for part in names if parts[part] is not None]
        if not known:
            return None
        mean = statistics.fmean(known)
        return mean if name == "communication" else 1 + 9 * mean

    def told(self, parts) -> float | None:
        """“Without Accountability Trust = (Care²) ^ Communication; without Care or Communication n/a”."""
        care = self.component("care", CARE, parts)
        accountability = self.component("accountability", ACCOUNTABILITY, parts)
        communication = self.component("communication", COMMUNICATION, parts)
        if care is None or communication is None:
            return None
        return (care * (care if accountability is None else accountability)) ** communication

    @property
    def index(self) -> float | None:
        """“`trust_index` = 100 × ln(Trust) ÷ ln(100)”."""
        return None if self.trust is None else 100 * math.log(self.trust) / math.log(100)

    def raised(self, part: str) -> float:
        """By how much Trust rises when the part is met in full; 0 where it is not known or rated."""
        rated = [
            names
            for name, names in (
                ("care", CARE),
                ("accountability", ACCOUNTABILITY),
                ("communication", COMMUNICATION),
            )
            if name in self.ratings
        ]
        if self.trust is None or self.parts[part] is None or any(part in names for names in rated):
            return 0.0
        return self.told({**self.parts, part: 1.0}) - self.trust


def held_back_by(trusts: list[Trust]) -> set[str]:
    """“The part which, met in full, would raise the mean Trust most”; several where they tie."""
    raises = {part: sum(one.raised(part) for one in trusts) for part in PARTS}
    most = max(raises.values(), default=0)
    return {part for part, by in raises.items() if most > 1e-9 and by > most - 1e-9}


def figures(past: Past, trust: Trust) -> dict:
    """What section 5 says of a client."""
    return {
        "care": trust.care,
        "accountability": trust.accountability,
        "communication": trust.communication,
        "trust": trust.trust,
        "index": trust.index,
        "held_back_by": held_back_by([trust]),
        "signals": sum(row.signal == "advice asked" for row in past.year_touchpoints),
    }
