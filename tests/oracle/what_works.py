"""Section 4, `what_works`: the landmark comparison of the first weeks."""

from __future__ import annotations

import datetime as dt

from lifelines.statistics import logrank_test
from oracle.past import Past
from oracle.purchases import first_purchase, purchases
from oracle.retention import stay
from oracle.shares import Curve

LEAST = 10
"""Clients in each group."""


def after_landmark(past: Past, days: int) -> tuple[int, bool] | None:
    """How long after the landmark the client was followed, and whether the event came: leaving, for
    service and subscription; else “the first further purchase after the 42 days (… a purchase within
    them counts for neither)”. None for who was no longer there, or has not come so far."""
    first = first_purchase(past)
    if not first:
        return None
    landmark = first + dt.timedelta(days=days)
    if landmark > past.day:
        return None
    if past.stays:
        length, left = stay(past)
        if length <= days and left:
            return None
        return length - days, left
    later = [one.first for one in purchases(past) if one.first > landmark]
    return ((later[0] if later else past.day) - landmark).days, bool(later)


def given(past: Past, days: int) -> set[tuple[str, str | None]]:
    """What the client had in these days, the first and the last included: activities with their kinds."""
    first = first_purchase(past)
    last = first + dt.timedelta(days=days)
    return {
        (row.activity.name, row.activity.kind and str(row.activity.kind))
        for row in past.touchpoints
        if first <= row.date <= last and row.activity.name
    }


def what_works(pasts: list[Past], days: int) -> dict[str, dict]:
    """“For each activity and each kind … only with ≥ 10 in both groups”; those who stay apart from those
    who come back. A kind that is one activity alone is told once, as that activity."""
    compared = {}
    for event, stays in (("left", True), ("came back", False)):
        followed = {one: after_landmark(one, days) for one in pasts if one.stays is stays}
        followed = {one: found for one, found in followed.items() if found}
        had = {one: given(one, days) for one in followed}
        pairs = set().union(*had.values())
        names = {name: {name} for name, _ in pairs}
        for kind in {kind for _, kind in pairs if kind}:
            activities = {name for name, own in pairs if own == kind}
            if len(activities) > 1:
                names[kind] = activities
        for name, activities in names.items():
            members = {one for one, own in had.items() if {a for a, _ in own} & activities}
            found = compare(
                [followed[one] for one in followed if one in members],
                [followed[one] for one in followed if one not in members],
            )
            if found:
                compared[f"{name}, {event}"] = found
    return compared


def compare(with_it: list, without: list) -> dict | None:
    """“By Kaplan–Meier from that day, log-rank p, counts”: the shares are told after a year, or after as
    long as both groups could be watched."""
    if min(len(with_it), len(without)) < LEAST:
        return None
    days = min(365, *(max(length for length, _ in group) for group in (with_it, without)))
    (lengths, events), (others, other_events) = (
        zip(*group, strict=True) for group in (with_it, without)
    )
    return {
        "with": group(with_it, days),
        "without": group(without, days),
        "days": days,
        "p": float(logrank_test(lengths, others, events, other_events).p_value),
    }


def group(members: list, days: int) -> dict:
    """How many, to how many of them it happened, and to which share in these days."""
    lengths, events = zip(*members, strict=True)
    return {
        "clients": len(members),
        "happened": sum(events),
        "share": 1 - Curve(lengths, events).at(days)["value"],
    }
