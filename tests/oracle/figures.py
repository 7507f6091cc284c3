"""What SPEC says of a book, figure by figure, keyed as in ``report.json``."""

from __future__ import annotations

import datetime as dt

from oracle import boundaries, health, mix, money, prevention, red_line, retention, stages, trust
from oracle.past import Past
from oracle.what_works import what_works

from reportgen.model import Book, settled


def figures(book: Book, settings, as_of: dt.date) -> dict:
    """Every figure of this oracle, per client (by name) and for the business."""
    kept = settled(book, as_of)
    pasts = [Past(record, settings, as_of) for record in kept.relationships]

    def years_on(day: dt.date) -> retention.Years:
        return retention.Years([past.on(day) for past in pasts], day)

    years = years_on(as_of)
    unrecorded = trust.never_met(pasts)
    trusts = {past: trust.Trust(past, unrecorded) for past in pasts}
    healths = {past: health.Health(past, trusts[past]) for past in pasts}
    bands = [one.band for one in healths.values()]
    planned = sum(
        row.date > as_of
        for one in pasts
        for row in (
            *one.record.touchpoints,
            *one.record.sales,
            *one.record.feedback,
            *one.record.ratings,
        )
    )
    return {
        "counts": {
            "clients": len(pasts),
            "running": sum(map(red_line.running, pasts)),
            "customers": sum(map(stages.is_customer, pasts)),
            "prospects": sum(map(stages.is_prospect, pasts)),
            "lapsed": sum(map(red_line.lapsed, pasts)),
            "ended": sum(one.ended for one in pasts),
            "touchpoints": sum(len(one.touchpoints) for one in pasts),
            "sales": sum(len(one.sales) for one in pasts),
            "planned": planned,
        },
        "clients": {
            past.client.name: client_figures(past, years_on, trusts[past], healths[past])
            for past in pasts
        },
        "lifecycle": stages.book_figures(pasts, as_of),
        "retention": retention.book_figures(pasts, as_of, years)
        | {
            "bridge": money.bridge(pasts, years),
            "what_works": what_works(pasts, settings.first_weeks_days),
        },
        "value": money.book_figures(pasts, settings),
        "matrix": {}
        if phases_differ(settings)
        else {"staying_above": prevention.figures(pasts, settings)},
        "health": {
            "bands": {name: bands.count(name) for name in ("healthy", "watch", "at risk")},
            "warned": health.warned(pasts),
        },
        **mix.book_figures(pasts, settings),
    }


def phases_differ(settings) -> bool:
    """Whether the red line is another in some phases: the days of touches are then not told here."""
    return bool(settings.red_line_before_the_sale_days or settings.red_line_in_collaboration_days)


def client_figures(past: Past, years_on, own_trust, own_health) -> dict:
    """Every figure of one client."""
    return {
        "business_model": past.model,
        **red_line.figures(past),
        **({} if phases_differ(past.settings) else {"touches": red_line.touch_days(past)}),
        **stages.client_figures(past),
        "growth": stages.growth(past, years_on),
        **retention.client_figures(past),
        **money.client_figures(past),
        "trust": trust.figures(past, own_trust),
        "boundaries": boundaries.figures(past),
        "kinds": mix.kinds([past]),
        "health": health.figures(own_health),
    }
