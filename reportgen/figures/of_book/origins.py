"""The figures of where clients come from, and who brought them."""

from __future__ import annotations

from reportgen import words
from reportgen.analyses.sources import Origin, Referrer, referrer_of
from reportgen.editions.policy import Sight
from reportgen.figures.figure import Case, Explained, Fact, Figure, not_known
from reportgen.figures.written import Json, share
from reportgen.report.report import Report


def _origin(called: str, found: Origin, report: Report) -> Json:
    sold = report.found.sales_recorded
    return {
        called: found.name,
        "prospects": found.prospects,
        "customers": found.customers,
        "conversion": share(found.conversion),
        "contact_days": found.contact_days,
        "days_to_first": found.days,
        "sales": found.sales if sold else None,
        "contribution": found.contribution if sold else None,
        "minutes": found.minutes,
        "kept": share(found.kept),
    }


def _referrer(found: Referrer, report: Report) -> Json:
    return {
        "name": found.name,
        "brought": found.brought,
        "sales": found.sales if report.found.sales_recorded else None,
    }


def _own_source(case: Case) -> Fact:
    client = case.seen.client
    if client.source is None:
        return Fact(not_known("record how they found you in Source (Clients)"))
    return Fact(client.source, case.own_row(client.source))


def _own_segment(case: Case) -> Fact:
    client = case.seen.client
    if client.segment is None:
        return Fact(not_known("record a group of clients in Segment (Clients)"))
    return Fact(client.segment, case.own_row(client.segment))


def _sent(case: Case) -> Fact:
    """Who sent the client, and whom the client brought."""
    by = referrer_of(case.seen.client)
    own = next((o for o in case.report.found.referrers if o.name == case.client.name), None)
    sent = f"sent by {by}" if by else "sent by nobody who is recorded"
    brought = words.count(len(own.brought), "client") if own else "nobody"
    parts = ((brought, Fact(", ".join(own.brought))),) if own else ()
    return Fact(f"{sent}; brought {brought}", case.own_row(by), parts=parts)


ORIGINS: tuple[Figure[Report], ...] = (
    Explained(
        "value.sources",
        "the clients by Source: who has bought and who has not, the medians of contact days and of days "
        "until the first purchase, and of all time their sales, what is left of them after all costs, and "
        "minutes; of those active in the 12 months before the last 12, who was kept.",
        lambda report: [_origin("source", one, report) for one in report.found.sources],
        _own_source,
        sight=Sight.COACH,
        page=None,
    ),
    Explained(
        "value.segments",
        "the same by Segment.",
        lambda report: [_origin("segment", one, report) for one in report.found.segments],
        _own_segment,
        sight=Sight.COACH,
        page=None,
    ),
    Explained(
        "value.referrers",
        "everyone who is named in Referred by, or as “friend of” in Source, with the clients they "
        "brought, those whom these brought, and so on, and what all of these bought.",
        lambda report: [_referrer(one, report) for one in report.found.referrers],
        _sent,
        sight=Sight.COACH,
        page="sources",
    ),
)
"""In the order of the JSON form."""
