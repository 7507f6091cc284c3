"""Section 4: who came back, who stayed, and when the next purchase is likely."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict

import numpy as np
from oracle.past import (
    DAY,
    Past,
    is_month_end,
    month_end,
    month_first,
    month_name,
    month_number,
    months_before,
)
from oracle.purchases import first_purchase, gaps, paid_months, purchases
from oracle.red_line import lapsed
from oracle.shares import Curve, share

MONTH = 30.44
"""Days: “elapsed: days ÷ 30.44”."""


def compared(pasts: list[Past], day: dt.date) -> list[int] | None:
    """The earlier year's months that are compared; None where the 12 months before are whole.

    “Where the book's first sale lies inside the 12 months before, that window is not whole … the whole
    calendar months that it has (a first sale on the 1st makes its month whole)”.
    """
    after, to = months_before(day, 24), months_before(day, 12)
    first = min((row.date for one in pasts for row in one.sales), default=None)
    if first is None or not after < first <= to or (first - after).days == 1:
        return None
    begin = month_number(first) + (first.day > 1)
    end = month_number(to) - (not is_month_end(to))
    return list(range(begin, end + 1))


class Years:
    """Money of W beside that of the 12 months before, like for like."""

    def __init__(self, pasts: list[Past], day: dt.date) -> None:
        self.months = compared(pasts, day)
        first = min((row.date for one in pasts for row in one.sales), default=None)
        recorded = first is not None and first <= months_before(day, 12)
        self.comparable = recorded and (self.months is None or len(self.months) >= 3)

    def now(self, past: Past):
        """A client's sales in W, or in the compared months of it."""
        if self.months is None:
            return past.sales_in(past.year)
        return self._of(past, {month + 12 for month in self.months})

    def before(self, past: Past):
        """A client's sales in the 12 months before, or in the compared months of these."""
        if self.months is None:
            return past.sales_in(past.year_before)
        return self._of(past, set(self.months))

    def base(self, pasts: list[Past]) -> list[Past]:
        """“The clients active before”: in the 12 months, or in the compared months of these."""
        if not self.months:
            return [one for one in pasts if one.active_in(one.year_before)]
        first, last = month_first(self.months[0]), month_end(month_first(self.months[-1]))
        return [one for one in pasts if one.active_in((first - DAY, last))]

    @staticmethod
    def _of(past: Past, months: set[int]):
        return sum(row.amount for row in past.sales if month_number(row.date) in months)


def kept(pasts: list[Past], day: dt.date, years: Years) -> dict:
    """`logo_retention`, `churn`, new and won back, `grr` and `nrr`."""
    base = [one for one in pasts if one.active_in(one.year_before)]
    now = [one for one in pasts if one.active_in(one.year)]
    still = share(sum(one in now for one in base), len(base))
    fresh = [one for one in now if one not in base]
    start = months_before(day, 24)
    was_there = {one: active_by(one, start) for one in fresh}
    # “Each client's sales floored at 0.”
    pairs = [(max(years.now(one), 0), max(years.before(one), 0)) for one in years.base(pasts)]
    before = sum(earlier for _, earlier in pairs)
    known = years.comparable and before > 0
    return {
        "logo_retention": still,
        "churn": None if still["value"] is None else 1 - still["value"],
        "new": sorted(one.client.name for one in fresh if not was_there[one]),
        "won_back": sorted(one.client.name for one in fresh if was_there[one]),
        "grr": float(sum(map(min, pairs)) / before) if known else None,
        "nrr": float(sum(now for now, _ in pairs) / before) if known else None,
        "compared_months": [month_name(month) for month in years.months or ()],
    }


def active_by(past: Past, day: dt.date) -> bool:
    """Whether the client had bought, or had a period running, by a day."""
    return past.active_in((dt.date.min, day))


def repeat(pasts: list[Past], day: dt.date) -> dict:
    """`repeat_rate` and `repeat_within`: “from the beginning of the first to the beginning of the
    second”; n/a for service and subscription."""
    starts = [
        [one.first for one in purchases(past)]
        for past in pasts
        if not past.stays and purchases(past)
    ]
    within = {}
    for days in (90, 180, 365):
        old = [one for one in starts if (day - one[0]).days >= days]
        soon = [one for one in old if len(one) > 1 and (one[1] - one[0]).days <= days]
        within[str(days)] = share(len(soon), len(old))
    return {
        "repeat_rate": share(sum(len(one) > 1 for one in starts), len(starts)),
        "repeat_within": within,
    }


def stay(past: Past) -> tuple[int, bool]:
    """Days “from the first payment to the end (`Ended on`; else, when lapsed, the end of the last paid
    month; else censored)”, and whether it is an end."""
    first = first_purchase(past)
    if past.ended:
        end, over = past.client.ended_on, True
    elif lapsed(past):
        end, over = min(month_end(month_first(max(paid_months(past)))), past.day), True
    else:
        end, over = past.day, False
    return max((end - first).days, 0), over


def stayed(pasts: list[Past]) -> dict:
    """Kaplan–Meier of paid months for service and subscription: after 3, 6, 12 and 24 months."""
    stays = [stay(past) for past in pasts if past.stays and purchases(past)]
    curve = Curve([days / MONTH for days, _ in stays], [over for _, over in stays])
    return {str(months): curve.at(months) for months in (3, 6, 12, 24)} | curve.steps()


def time_to_second(pasts: list[Past], day: dt.date) -> dict:
    """Kaplan–Meier of the time to the second purchase."""
    durations, events = [], []
    for past in pasts:
        bought = purchases(past)
        if past.stays or not bought:
            continue
        again = len(bought) > 1
        durations.append(((bought[1].first if again else day) - bought[0].first).days)
        events.append(again)
    return Curve(durations, events).steps()


def time_to_quiet(pasts: list[Past], day: dt.date) -> dict:
    """“Days from first purchase to going quiet (event at the last contact day of a lapsed client;
    censored at T)”."""
    durations, events = [], []
    for past in pasts:
        first = first_purchase(past)
        if not first:
            continue
        quiet = lapsed(past)
        durations.append(
            max(0, ((past.contact_days[-1] if quiet else past.standing.day) - first).days)
        )
        events.append(quiet)
    return Curve(durations, events).steps()


def rhythm_ratio(past: Past) -> float | None:
    """“Days since last purchase ÷ the client's *median* gap (needs ≥ 3 purchases)”, where the days
    “since” count “from the end of the last (0 within it)”; n/a for paid months and the ended."""
    bought = purchases(past)
    if past.stays or past.ended or len(bought) < 3:
        return None
    usual = float(np.median(gaps(past)))
    since = max(0, (past.day - max(one.last for one in bought)).days)
    return since / usual if usual else None


def next_purchase(past: Past) -> dict | None:
    """“Last purchase plus the client's own 25 % and 75 % gaps (≥ 3 purchases; linear interpolation,
    rounded to days)”; n/a for paid months, and an ended client has no outlook."""
    bought = purchases(past)
    if past.stays or past.ended or len(bought) < 3:
        return None
    near, far = np.percentile(gaps(past), [25, 75])
    last = bought[-1].first
    return {
        name: (last + dt.timedelta(days=math.floor(float(gap) + 0.5))).isoformat()
        for name, gap in (("from", near), ("to", far))
    }


def cohorts(pasts: list[Past], day: dt.date) -> dict:
    """“Cell k = share of the cohort with a purchase in the k-th calendar month after. A cell whose
    month is not over at T is n/a and stays out of pooled rates; a pooled rate is Σ ÷ Σ.”

    By month of the first purchase, “by quarter when the history is longer than 24 months”; the cells
    are then quarters, too.
    """
    bought = [[month_number(one.first) for one in purchases(past)] for past in pasts]
    bought = [months for months in bought if months]
    if not bought:
        return {"period": "month", "rows": [], "pooled": [], "pooled_ever_back": []}
    first_day = min(first_purchase(past) for past in pasts if purchases(past))
    length = 3 if first_day < months_before(day, 24) else 1
    # The last period that is over at T, and the one in which T lies.
    now = month_number(day) // length
    over = (month_number(day) + is_month_end(day)) // length - 1
    members = defaultdict(list)
    for months in bought:
        members[months[0] // length].append([month // length for month in months])
    rows, pooled, pooled_back = [], defaultdict(list), defaultdict(list)
    for begin in sorted(members):
        group = members[begin]
        row = {
            "cohort": _cohort_name(begin, length),
            "size": len(group),
            "active": [],
            "ever_back": [],
        }
        for k in range(now - begin + 1):
            active = [begin + k in periods for periods in group]
            # The first purchase itself is not a coming back, another one in the same period is.
            back = [any(period - begin <= k for period in periods[1:]) for periods in group]
            seen = begin + k <= over
            row["active"].append(sum(active) / len(group) if seen else None)
            row["ever_back"].append(sum(back) / len(group) if seen else None)
            if seen:
                pooled[k] += active
                pooled_back[k] += back
        rows.append(row)
    return {
        "period": "quarter" if length == 3 else "month",
        "rows": rows,
        "pooled": [sum(pooled[k]) / len(pooled[k]) for k in sorted(pooled)],
        "pooled_ever_back": [
            sum(pooled_back[k]) / len(pooled_back[k]) for k in sorted(pooled_back)
        ],
    }


def _cohort_name(number: int, length: int) -> str:
    return month_name(number) if length == 1 else f"{number // 4}-Q{number % 4 + 1}"


def book_figures(pasts: list[Past], day: dt.date, years: Years) -> dict:
    """What section 4 says of who came back and who stayed."""
    return (
        kept(pasts, day, years)
        | repeat(pasts, day)
        | {
            "stayed": stayed(pasts),
            "time_to_second": time_to_second(pasts, day),
            "time_to_quiet": time_to_quiet(pasts, day),
            "cohorts": cohorts(pasts, day),
        }
    )


def client_figures(past: Past) -> dict:
    """What section 4 says of a client's buying."""
    return {"rhythm_ratio": rhythm_ratio(past), "next_purchase": next_purchase(past)}
