"""Section 4: the bridge, sources and referrers, costs, concentration, what an hour earned."""

from __future__ import annotations

import datetime as dt
import re
import statistics
from collections import defaultdict
from decimal import Decimal

import pandas as pd
from oracle.past import Past, same_name
from oracle.purchases import first_purchase
from oracle.retention import Years, active_by
from oracle.shares import share
from oracle.stages import is_customer


def costs(rows, settings) -> Decimal | None:
    """“Hours × hourly rate + touchpoint costs”; n/a where there are hours and no rate."""
    minutes = sum(row.minutes for row in rows)
    spent = sum((row.cost or Decimal(0) for row in rows), Decimal(0))
    if minutes and settings.hourly_rate is None:
        return None
    return spent + Decimal(minutes) * (settings.hourly_rate or 0) / 60


def direct_costs(past: Past, window=None) -> Decimal:
    """Direct costs of the sales in a window, or of all."""
    return sum(
        (
            row.direct_cost or Decimal(0)
            for row in past.sales
            if window is None or window[0] < row.date <= window[1]
        ),
        Decimal(0),
    )


def contribution(past: Past) -> Decimal | None:
    """All sales so far less all costs so far."""
    spent = costs(past.touchpoints, past.settings)
    if spent is None:
        return None
    return sum((row.amount for row in past.sales), Decimal(0)) - direct_costs(past) - spent


def amount(value: Decimal | None) -> float | None:
    """As JSON has it."""
    return None if value is None else float(value)


def hourly_earned(past: Past) -> float | None:
    """“(sales − direct costs − touchpoint costs in W) ÷ hours in W; n/a under 5 hours”."""
    minutes = sum(row.minutes for row in past.year_touchpoints)
    if minutes < 300:
        return None
    spent = sum((row.cost or Decimal(0) for row in past.year_touchpoints), Decimal(0))
    return float((past.sales_in(past.year) - direct_costs(past, past.year) - spent) / minutes * 60)


def in_the_black(past: Past) -> dict | None:
    """“Cumulative sales − costs, with the date since when it has been in the black: `never`, `since` or
    `no longer`, each with its date”."""
    if contribution(past) is None:
        return None
    of_day: dict[dt.date, Decimal] = defaultdict(Decimal)
    for row in past.touchpoints:
        if row.minutes or row.cost:
            of_day[row.date] -= costs([row], past.settings)
    for row in past.sales:
        if row.amount or row.direct_cost:
            of_day[row.date] += row.amount - (row.direct_cost or 0)
    if not of_day:
        return None
    balance = pd.Series({day: of_day[day] for day in sorted(of_day)}).cumsum()
    black = balance >= 0
    if not black.any():
        return {"state": "never", "since": balance.index[0].isoformat()}
    state = bool(black.iloc[-1])
    turned = [day for day, was in zip(balance.index, black, strict=True) if was != state]
    since = next(day for day in balance.index if not turned or day > turned[-1])
    return {"state": "since" if state else "no longer", "since": since.isoformat()}


def bridge(pasts: list[Past], years: Years) -> dict[str, float] | None:
    """“Sales of the 12 months before − clients not back − less from those who stayed + more from those
    who stayed + won back + new = sales of W … a refund of somebody not back belongs to *not back*”."""
    if not years.comparable:
        return None
    steps = dict.fromkeys(
        ("before", "not back", "less", "more", "won back", "new", "now"), Decimal(0)
    )
    for past in pasts:
        before, now = years.before(past), years.now(past)
        steps["before"] += before
        steps["now"] += now
        was, is_now = past.active_in(past.year_before), past.active_in(past.year)
        if was and is_now:
            step = "more" if now > before else "less"
        elif not is_now:
            step = "not back"
        else:
            step = "won back" if active_by(past, past.year_before[0]) else "new"
        steps[step] += now - before
    return {step: float(amount) for step, amount in steps.items()}


def sources(pasts: list[Past], of) -> dict[str | None, dict]:
    """“By Source, and by Segment: prospects, customers, conversion with its interval, median contact
    days and days to the first purchase, sales, contribution, hours, share kept … sales, minutes and
    contribution are of all time, prospects' costs included; `kept` is logo retention”."""
    groups: dict[str, list[Past]] = defaultdict(list)
    for past in pasts:
        name = "friend" if friend_of(of(past)) else same_name(of(past))
        groups[name].append(past)
    return {name or None: _source(members) for name, members in groups.items()}


def friend_of(text: str | None) -> str | None:
    """NAME, where a source is “friend of NAME”."""
    found = re.fullmatch(r"\s*friend\s+of\s+(.+)", text or "", re.IGNORECASE)
    return same_name(found[1]) if found else None


def _source(members: list[Past]) -> dict:
    customers = [one for one in members if is_customer(one)]
    won = [
        ([day for day in one.contact_days if day < first_purchase(one)], first_purchase(one))
        for one in customers
    ]
    base = [one for one in members if one.active_in(one.year_before)]
    earned = [contribution(one) for one in members]
    return {
        "prospects": len(members) - len(customers),
        "customers": len(customers),
        "conversion": share(len(customers), len(members)),
        "contact_days": statistics.median(len(days) for days, _ in won) if won else None,
        "days_to_first": statistics.median(
            (first - days[0]).days if days else 0 for days, first in won
        )
        if won
        else None,
        "sales": float(sum(row.amount for one in members for row in one.sales)),
        "contribution": None if None in earned else float(sum(earned)),
        "minutes": sum(row.minutes for one in members for row in one.touchpoints),
        "kept": share(sum(one.active_in(one.year) for one in base), len(base)),
    }


def referrer_of(past: Past) -> str | None:
    """Whom `Referred by` names; “'friend of NAME' in Source or Referred by names the referrer”."""
    for text, alone in ((past.client.referred_by, True), (past.client.source, False)):
        if friend_of(text):
            return friend_of(text)
        if text and alone:
            return same_name(text)
    return None


def referrers(pasts: list[Past]) -> dict[str, dict]:
    """“Who brought whom … `brought` is everyone through all steps, nobody brings himself”."""
    by_name = {same_name(one.client.name): one for one in pasts}
    by_contact = {
        same_name(one.client.contact): same_name(one.client.name)
        for one in pasts
        if one.client.contact
    }
    direct: dict[str, list[Past]] = defaultdict(list)
    for past in pasts:
        name = referrer_of(past)
        if name and name not in by_name:
            name = by_contact.get(name, name)
        if name:
            direct[name].append(past)
    found = {}
    for name in direct:
        brought, todo = {}, [name]
        while todo:
            for past in direct.get(todo.pop(), ()):
                key = same_name(past.client.name)
                if key != name and key not in brought:
                    brought[key] = past
                    todo.append(key)
        if brought:
            found[name] = {
                "brought": sorted(one.client.name for one in brought.values()),
                "sales": float(sum(row.amount for one in brought.values() for row in one.sales)),
            }
    return found


def concentration(pasts: list[Past]) -> dict:
    """“Over W, shares over clients with a positive sum: top1, top3, top5, HHI, 1 ÷ HHI”."""
    sums = pd.Series([float(one.sales_in(one.year)) for one in pasts], dtype=float)
    sums = sums[sums > 0].sort_values(ascending=False)
    if sums.empty:
        return dict.fromkeys(("top1_share", "top3_share", "top5_share", "hhi", "effective_clients"))
    parts = sums / sums.sum()
    hhi = float((parts**2).sum())
    tops = {f"top{n}_share": float(parts.head(n).sum()) for n in (1, 3, 5)}
    return tops | {"hhi": hhi, "effective_clients": 1 / hhi}


def cost_figures(pasts: list[Past], settings) -> dict:
    """`cost_to_acquire`, `cost_to_keep` “without delivery (the role *delivery*)”, `cost_to_serve`, which
    is delivery, “per active customer too”; n/a where it rests on no recorded minutes or money."""
    win, keep, serve = [], [], []
    firsts = active = 0
    for past in pasts:
        first = first_purchase(past)
        firsts += bool(first and past.year[0] < first)
        active += bool(first and past.active_in(past.year))
        for row in past.year_touchpoints:
            if not first or row.date < first:
                win.append(row)
            elif row.activity.role == "delivery":
                serve.append(row)
            else:
                keep.append(row)

    def each(rows, spend, heads):
        recorded = spend or any(row.minutes or row.cost for row in rows)
        total = costs(rows, settings)
        if not heads or not recorded or total is None:
            return None
        return float((total + spend) / heads)

    spend = (settings.acquisition_spend_per_month or Decimal(0)) * 12
    return {
        "cost_to_acquire": each(win, spend, firsts),
        "cost_to_keep": each(keep, Decimal(0), active),
        "cost_to_serve": each(serve, Decimal(0), active),
    }


def book_figures(pasts: list[Past], settings) -> dict:
    """What section 4 says of money."""
    return (
        concentration(pasts)
        | cost_figures(pasts, settings)
        | {
            "sales_now": float(sum(one.sales_in(one.year) for one in pasts)),
            "sources": sources(pasts, lambda past: past.client.source),
            "segments": sources(pasts, lambda past: past.client.segment),
            "referrers": referrers(pasts),
        }
    )


def client_figures(past: Past) -> dict:
    """What section 4 says of a client's money."""
    potential = past.client.potential_per_year
    return {
        "minutes": sum(row.minutes for row in past.touchpoints),
        "sales_now": float(past.sales_in(past.year)),
        "sales_before": float(past.sales_in(past.year_before)),
        "profit": amount(contribution(past)),
        "share_of_wallet": float(past.sales_in(past.year) / potential) if potential else None,
        "hourly_earned": hourly_earned(past),
        "in_the_black": in_the_black(past),
    }
