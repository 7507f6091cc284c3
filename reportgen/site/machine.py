"""The report as JSON: what ``analyse`` prints and the site keeps as ``report.json`` (SPEC 10).

Dates are ISO strings, shares 0–1, n/a is null, money is a number. Only analyses that exist have keys.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from reportgen.actions import Action
from reportgen.findings import ClientFindings
from reportgen.problems import Problem, Row
from reportgen.report import Report
from reportgen.shares import Share

Json = dict[str, object]


def as_json(report: Report) -> str:
    """The whole analysis, two spaces to a level, with a line end."""
    return json.dumps(_report(report), indent=2, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> object:
    """What JSON has no form of its own for."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Row):
        return str(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _report(report: Report) -> Json:
    found, settings = report.found, report.settings
    counts = found.counts
    seven = found.seven_contacts
    return {
        "as_of": found.as_of,
        "currency": settings.currency,
        "business": {"name": settings.business_name, "model": settings.business_model},
        "counts": {
            "clients": counts.clients,
            "customers": counts.customers,
            "prospects": counts.prospects,
            "lapsed": counts.lapsed,
            "touchpoints": counts.touchpoints,
            "sales": counts.sales,
            "planned": counts.planned,
            "problems": len(report.problems),
        },
        "clients": [_client(client) for client in found.clients],
        "lifecycle": {
            "counts": found.lifecycle_counts,
            "relationship_counts": found.relationship_counts,
            "top_five": found.top_five,
            "seven_contacts": {
                "converted": seven.at_least_seven.denominator,
                "at_least_seven_share": _share(seven.at_least_seven),
                "given_up": seven.given_up,
            },
        },
        "value": {
            "sales_now": found.concentration.sales_now,
            "top1_share": found.concentration.top1_share,
            "top3_share": found.concentration.top3_share,
            "top5_share": found.concentration.top5_share,
            "hhi": found.concentration.hhi,
            "effective_clients": found.concentration.effective_clients,
            "warnings": found.concentration.warnings,
        },
        "actions": [_action(action) for action in report.actions],
        "problems": [_problem(problem) for problem in report.problems],
    }


def _client(client: ClientFindings) -> Json:
    seen, worth = client.seen, client.worth
    quiet = seen.silence
    return {
        "name": client.name,
        "business_model": seen.business_model,
        "red_line_days": quiet.red_line_days,
        "ideal_days": quiet.ideal_days,
        "last_contact": quiet.last_contact,
        "silence_days": quiet.silence_days,
        "overdue": quiet.overdue,
        "below_red_line": quiet.below_red_line,
        "days_below": quiet.days_below,
        "relationship_days": quiet.relationship_days,
        "below_share": quiet.below_share,
        "spells": [
            {"first": spell.first, "last": spell.last, "days": spell.days} for spell in quiet.spells
        ],
        "lifecycle": client.lifecycle.name,
        "relationship": client.relationship.name,
        "lapsed": seen.lapsed,
        "next_stage_needs": client.needs,
        "minutes": worth.minutes,
        "sales_now": worth.sales_now,
        "sales_before": worth.sales_before,
        "profit": worth.profit,
    }


def _share(share: Share) -> Json:
    return {
        "value": share.value,
        "low": share.low,
        "high": share.high,
        "numerator": share.numerator,
        "denominator": share.denominator,
    }


def _action(action: Action) -> Json:
    return {
        "tier": action.tier,
        "client": action.client,
        "what": action.what,
        "why": action.why,
        "rows": action.rows,
        "minutes": action.minutes,
        "date": action.day,
    }


def _problem(problem: Problem) -> Json:
    return {
        "where": str(problem.where),
        "found": problem.found,
        "expected": problem.expected,
        "suggestion": problem.suggestion,
    }
