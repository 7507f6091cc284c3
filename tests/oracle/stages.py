"""Section 3: the stages, evaluated at T and at each month's end, and how clients moved between them."""

from __future__ import annotations

import datetime as dt
import statistics

from oracle.past import (
    DAY,
    Past,
    loyal_from,
    month_end,
    months_before,
    once,
    same_name,
    twelve_months,
)
from oracle.purchases import first_purchase, purchases, terms
from oracle.red_line import lapsed, running, silence_of
from oracle.shares import share

LIFECYCLE = ("reach", "acquisition", "conversion", "retention", "loyalty")
RELATIONSHIP = ("courting", "contract", "continuation", "commitment", "convergence")


def is_loyal_by_purchases(past: Past) -> bool:
    """“At least *Loyal from* purchases, the first ≥ 365 days before T”."""
    bought = purchases(past)
    if len(bought) < loyal_from(past):
        return False
    return (past.day - bought[0].first).days >= past.settings.loyalty_after_days


@once
def lifecycle(past: Past) -> str:
    """The Sterne & Cutler stage; “at `Ended on` the stage freezes”."""
    then = past.standing
    bought = len(purchases(then))
    if not bought:
        back = any(row.direction in ("in", "both") for row in then.touchpoints)
        return "acquisition" if back else "reach"
    if bought == 1:
        return "conversion"
    loyal = is_loyal_by_purchases(then) and not silence_of(then).is_below
    return "loyalty" if loyal else "retention"


def has_plan(past: Past) -> bool:
    """“A planned row after T, or a From–To that covers T”."""
    record = past.record
    rows = (*record.touchpoints, *record.sales, *record.feedback, *record.ratings)
    return any(row.date > past.day for row in rows) or past.period_covers(past.day)


def bought_months(past: Past) -> int:
    """In how many of the 12 months of W a purchase lies."""
    days = [one.first for one in purchases(past)]
    return sum(any(after < day <= to for day in days) for after, to in twelve_months(past.day))


@once
def relationship(past: Past) -> str:
    """The stage by the five Cs; “at `Ended on` the stage freezes”."""
    then = past.standing
    bought = len(purchases(then))
    if bought < 2:
        return ("courting", "contract")[bought]
    committed = (
        is_loyal_by_purchases(then)
        and has_plan(then)
        and (silence_of(then).below_share(then.year[0]) or 0)
        <= then.settings.commitment_below_share
    )
    if not committed:
        return "continuation"
    advice = any(row.signal == "advice asked" for row in then.year_touchpoints)
    services = {same_name(row.service) for row in then.sales if row.service and row.amount >= 0}
    close = (
        then.period_covers(then.day)
        or len(services) >= then.settings.convergence_services
        or bought_months(then) >= then.settings.convergence_months
    )
    return "convergence" if advice and close else "commitment"


def is_customer(past: Past) -> bool:
    """“Ever a purchase”."""
    return bool(purchases(past))


def is_prospect(past: Past) -> bool:
    """“Never one; whoever was refunded the same day is neither”."""
    return not past.sales or (
        not any(row.amount > 0 for row in past.sales) and not is_customer(past)
    )


def growth(past: Past, years) -> str | None:
    """“Prospects / first purchase / repeat / repeat with more sales in W than in the 12 months
    before”; like for like, so n/a where these cannot be compared. A stage, so it freezes, too."""
    then = past.standing
    bought = len(purchases(then))
    if not bought:
        return "selection" if is_prospect(then) else None
    if bought == 1:
        return "acquisition"
    compared = years(then.day)
    if not compared.comparable:
        return None
    return "growth" if compared.now(then) > compared.before(then) else "retention"


def counts(pasts: list[Past], stage, names) -> dict[str, int]:
    """How many of the running clients stand in each stage."""
    stages = [stage(one) for one in pasts if running(one)]
    return {name: stages.count(name) for name in names}


def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """Each month's end from a day to another, and that other day itself."""
    ends, day = [], month_end(first)
    while day < last:
        ends.append(day)
        day = month_end(day + DAY)
    return [*ends, last]


def history(pasts: list[Past], day: dt.date) -> list[dict]:
    """The counts at each month's end within W, and on T."""
    dates = month_ends(months_before(day, 12) + DAY, day)
    rows = []
    for date in dates:
        then = [one.on(date) for one in pasts]
        rows.append(
            {
                "date": date.isoformat(),
                "counts": counts(then, lifecycle, LIFECYCLE),
                "relationship_counts": counts(then, relationship, RELATIONSHIP),
                "lapsed": sum(map(lapsed, then)),
                "ended": sum(one.ended for one in then),
            }
        )
    return rows


def moves(pasts: list[Past], day: dt.date) -> dict[str, list[str]]:
    """“Moves since last month (up, down, lapsed, won back)”; an ended client is in none."""
    last = day.replace(day=1) - DAY
    found: dict[str, list[str]] = {"up": [], "down": [], "lapsed": [], "won_back": []}
    for past in pasts:
        before = past.on(last)
        if past.ended:
            continue
        if lapsed(past) != lapsed(before):
            found["lapsed" if lapsed(past) else "won_back"].append(past.client.name)
        elif not lapsed(past):
            step = LIFECYCLE.index(lifecycle(past)) - LIFECYCLE.index(lifecycle(before))
            if step:
                found["up" if step > 0 else "down"].append(past.client.name)
    return found


def reached(past: Past, days: list[dt.date]) -> int:
    """The highest stage in which the client *ever* stood, by its place (stage history)."""
    then = [past.on(day) for day in days]
    return max(LIFECYCLE.index(lifecycle(one)) for one in [*then, past])


def conversion(pasts: list[Past], day: dt.date) -> dict:
    """“Conversion between stages counts whoever *ever* stood there (stage history over the whole
    book)”: of those who got as far as one stage, the share who got to the next."""
    dated = [row.date for one in pasts for row in (*one.touchpoints, *one.sales)]
    days = month_ends(min(dated), day) if dated else []
    best = [reached(one, days) for one in pasts]
    return {
        name: share(sum(b >= place for b in best), sum(b >= place - 1 for b in best))
        for place, name in enumerate(LIFECYCLE)
        if place
    }


def seven_contacts(pasts: list[Past]) -> dict:
    """“Contact days before the first purchase, for each converted client; the owner's own share with
    ≥ 7; prospects given up (silence > N) before the seventh.” With the median of those won, how long it
    took, and the median of those given up."""
    won, waits, given_up = [], [], []
    enough = pasts[0].settings.contacts_before_sale if pasts else 7
    for past in pasts:
        first = first_purchase(past)
        days = past.contact_days
        if first:
            before = [day for day in days if day < first]
            won.append(len(before))
            waits.append((first - before[0]).days if before else 0)
        elif (
            is_prospect(past)
            and silence_of(past).is_below
            and not past.ended
            and len(days) < enough
        ):
            given_up.append(past)
    return {
        "converted": len(won),
        "at_least_seven_share": share(sum(count >= enough for count in won), len(won)),
        "given_up": sorted(one.client.name for one in given_up),
        "won_after": statistics.median(won) if won else None,
        "won_in_days": statistics.median(waits) if waits else None,
        "given_up_after": statistics.median(len(one.contact_days) for one in given_up)
        if given_up
        else None,
    }


def top_five(pasts: list[Past]) -> list[str]:
    """“The *top five* relationships by sales in W”, of the running."""
    sums = [(one.sales_in(one.year), one) for one in pasts if running(one)]
    best = sorted(
        (pair for pair in sums if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].client.name)
    )
    return [one.client.name for _, one in best[:5]]


def client_figures(past: Past) -> dict:
    """What section 3 says of a client."""
    return {
        "lifecycle": lifecycle(past),
        "relationship": relationship(past),
        "purchases": [
            {"first": one.first.isoformat(), "amount": float(one.amount), "project": one.project}
            for one in purchases(past)
        ],
        "terms": [
            {
                "first": f"{a // 12}-{a % 12 + 1:02d}",
                "last": f"{b // 12}-{b % 12 + 1:02d}",
                "months": n,
            }
            for a, b, n in terms(past)
        ],
    }


def book_figures(pasts: list[Past], day: dt.date) -> dict:
    """What section 3 says of all clients."""
    return {
        "counts": counts(pasts, lifecycle, LIFECYCLE),
        "relationship_counts": counts(pasts, relationship, RELATIONSHIP),
        "history": history(pasts, day),
        "moves": moves(pasts, day),
        "conversion": conversion(pasts, day),
        "seven_contacts": seven_contacts(pasts),
        "top_five": top_five(pasts),
    }
