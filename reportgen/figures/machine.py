"""The report as JSON: what ``analyse`` prints and the site keeps as ``report.json`` (SPEC 10).

Dates are ISO strings, shares 0–1, n/a is null, money is a number. Only analyses that exist have keys.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from reportgen.analyses.boundaries import Boundaries
from reportgen.analyses.lifecycle import LIFECYCLE, RELATIONSHIP
from reportgen.analyses.loyalty_ladder import Ladder
from reportgen.analyses.opportunities import KINDS as OPPORTUNITIES
from reportgen.analyses.opportunities import Opportunity
from reportgen.analyses.trust import Trust
from reportgen.estimates.bgnbd import BGNBD
from reportgen.estimates.gamma_gamma import GammaGamma
from reportgen.estimates.survival import SurvivalCurve
from reportgen.problems import Problem, Row
from reportgen.report.actions import Action
from reportgen.report.findings import ClientFindings, Findings
from reportgen.report.history import Moment
from reportgen.report.outlook import UNKNOWN
from reportgen.report.report import Report
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
        "clients": [_client(client, report) for client in found.clients],
        "lifecycle": {
            "counts": found.lifecycle_counts,
            "relationship_counts": found.relationship_counts,
            "history": [_moment(moment) for moment in report.history],
            "moves": {
                name: [{"client": m.client, "from": m.before, "to": m.after} for m in moved]
                for name, moved in (
                    ("up", report.moves.up),
                    ("down", report.moves.down),
                    ("lapsed", report.moves.lapsed),
                    ("won_back", report.moves.won_back),
                )
            },
            "conversion": {stage: _share(share) for stage, share in found.conversion.items()},
            "median_days": {
                stage: curve.median for stage, curve in report.outlook.stage_days.items()
            },
            "top_five": found.top_five,
            "seven_contacts": {
                "converted": seven.at_least_seven.denominator,
                "at_least_seven_share": _share(seven.at_least_seven),
                "given_up": seven.given_up,
            },
        },
        "retention": _retention(report),
        "value": {
            "sales_now": found.concentration.sales_now if found.sales_recorded else None,
            "top1_share": found.concentration.top1_share,
            "top3_share": found.concentration.top3_share,
            "top5_share": found.concentration.top5_share,
            "hhi": found.concentration.hhi,
            "effective_clients": found.concentration.effective_clients,
            "warnings": found.concentration.warnings,
            "cost_to_acquire": found.cost_of_clients.cost_to_acquire,
            "cost_to_keep": found.cost_of_clients.cost_to_keep,
        },
        "matrix": _matrix(found),
        "touchpoints": {
            "kinds": {one.kind: one.touchpoints for one in found.mix.kinds},
            "unused": found.mix.never,
        },
        "efficiency": _efficiency(found),
        "boundaries": _boundaries(found.boundaries.overall)
        | {
            "by_client": [
                {"client": one.client, "minutes": one.minutes, "share": one.share}
                for one in found.boundaries.by_client
            ],
            "offered_by_owner": found.boundaries.offered_by_owner,
        },
        "opportunities": {
            kind: [
                _opportunity(one)
                for c in found.clients
                for one in c.opportunities
                if one.kind == kind and one.ready
            ]
            for kind in OPPORTUNITIES
        },
        "loyalty_ladder": _ladder(found.ladder) if found.ladder and found.sales_recorded else None,
        "health": {
            "bands": found.bands,
            "warned": {
                "auc": report.warned.auc,
                "lapsed": report.warned.lapsed,
                "kept": report.warned.kept,
            },
        },
        "changes": [
            {
                "client": change.client,
                "figure": change.figure,
                "before": change.before,
                "after": change.after,
                "words": change.words,
            }
            for change in report.changes
        ],
        "actions": [_action(action) for action in report.actions],
        "problems": [_problem(problem) for problem in report.problems],
    }


def _client(client: ClientFindings, report: Report) -> Json:
    seen, worth = client.seen, client.worth
    ahead = report.outlook.clients.get(client.name, UNKNOWN)
    scores = report.found.rfm.get(client.name)
    quiet = seen.silence
    sold = report.found.sales_recorded
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
        "sales_now": worth.sales_now if sold else None,
        "sales_before": worth.sales_before if sold else None,
        "profit": worth.profit if sold else None,
        "broke_even_on": worth.broke_even_on,
        "share_of_wallet": worth.share_of_wallet if sold else None,
        "p_alive": _rounded(ahead.p_alive),
        "expected_purchases_52w": _rounded(ahead.expected_purchases_52w),
        "clv_12m": _rounded(ahead.clv_12m),
        "rhythm_ratio": client.rhythm.ratio if client.rhythm else None,
        "behaves_like": client.likeness.model if client.likeness and sold else None,
        "trust": _trust(client.trust),
        "boundaries": _boundaries(client.boundaries),
        "kinds": {one.kind: one.touchpoints for one in client.mix.kinds},
        "health": {
            "score": client.health.score,
            "band": client.health.band,
            "parts": [
                {"name": one.name, "value": one.value, "weight": one.weight, "rows": one.rows}
                for one in client.health.parts
            ],
        },
        "rfm": {
            "recency": scores.recency,
            "frequency": scores.frequency,
            "monetary": scores.monetary,
        }
        if scores
        else None,
    }


def _trust(trust: Trust) -> Json:
    return {
        "care": trust.care.value,
        "accountability": trust.accountability.value,
        "communication": trust.communication.value,
        "trust": trust.value,
        "signals": len(trust.signals),
    }


def _boundaries(one: Boundaries) -> Json:
    return {
        "out_of_hours_share": one.out_of_hours_share,
        "asked_share": one.asked_share,
        "offered_share": one.offered_share,
        "off_channel": None if one.off_channel is None else one.off_channel.count,
        "out_of_scope_minutes": one.out_of_scope.minutes,
        "boundary_load": one.boundary_load,
        "level": one.level,
    }


def _matrix(found: Findings) -> Json:
    return {
        "models": [
            {
                "business_model": life.business_model,
                "clients": life.clients,
                "months": [
                    {
                        "month": month.number,
                        "clients": month.clients,
                        "low": month.low,
                        "median": month.median,
                        "high": month.high,
                        "typical": month.typical,
                    }
                    for month in life.months
                ],
            }
            for life in found.lives
        ],
        "portfolio": [
            {
                "client": client.name,
                "staying_above_minutes": client.staying.minutes,
                "staying_above_touches": client.staying.touches,
                "minutes_now": client.staying.minutes_spent,
            }
            for client in found.clients
        ],
    }


def _efficiency(found: Findings) -> Json:
    return {
        "activities": [
            {
                "activity": one.activity.name,
                "kind": one.activity.kind,
                "value": one.activity.value,
                "touchpoints": one.touchpoints,
                "minutes": one.minutes,
                "cost": one.cost,
                "share": one.share,
                "cumulative_share": one.cumulative_share,
            }
            for one in found.efficiency.activities
        ],
        "low_value_share": found.efficiency.low_value_share,
        "savings_hours": found.efficiency.savings_hours,
        "key_moments": {moment: _share(share) for moment, share in found.moments.items()},
    }


def _opportunity(one: Opportunity) -> Json:
    return {
        "client": one.client,
        "letter": one.letter,
        "date": one.day,
        "why": [check.words for check in one.checks],
        "rows": one.rows,
    }


def _ladder(ladder: Ladder) -> Json:
    return {
        "purchases": ladder.purchases,
        "sales": ladder.sales,
        "discount": ladder.discount,
        "margin_left": ladder.margin_left,
        "extra_purchases": ladder.extra_purchases,
    }


def _moment(moment: Moment) -> Json:
    return {
        "date": moment.date,
        "counts": moment.counts(moment.lifecycle, LIFECYCLE),
        "relationship_counts": moment.counts(moment.relationship, RELATIONSHIP),
        "lapsed": len(moment.lapsed),
    }


def _retention(report: Report) -> Json:
    kept, repeats, cohorts = report.found.retention, report.found.repeats, report.found.cohorts
    models = report.outlook.models
    return {
        "logo_retention": _share(kept.logo_retention),
        "churn": kept.churn,
        "new": kept.new,
        "won_back": kept.won_back,
        "grr": kept.grr,
        "nrr": kept.nrr,
        "repeat_rate": _share(repeats.repeat_rate),
        "repeat_within": {
            str(days): _share(share) for days, share in repeats.repeat_within.items()
        },
        "cohorts": {
            "period": cohorts.period,
            "rows": [
                {
                    "cohort": cohort.name,
                    "size": cohort.size,
                    "active": [_part(cell, cohort.size) for cell in cohort.active],
                    "ever_back": [_part(cell, cohort.size) for cell in cohort.ever_back],
                }
                for cohort in cohorts.cohorts
            ],
            "pooled": [share.value for share in cohorts.pooled],
            "pooled_ever_back": [share.value for share in cohorts.pooled_ever_back],
        },
        "time_to_second": _curve(report.outlook.time_to_second),
        "time_to_quiet": _curve(report.outlook.time_to_quiet),
        "bgnbd": {
            "r": _rounded(models.buying.r),
            "alpha": _rounded(models.buying.alpha),
            "a": _rounded(models.buying.a),
            "b": _rounded(models.buying.b),
            "log_likelihood": _rounded(models.buying.log_likelihood),
            "clients": models.buying.clients,
        }
        if isinstance(models.buying, BGNBD)
        else None,
        "gamma_gamma": {
            "p": _rounded(models.value.p),
            "q": _rounded(models.value.q),
            "v": _rounded(models.value.v),
        }
        if isinstance(models.value, GammaGamma)
        else None,
    }


def _rounded(value: float | None) -> float | None:
    """To ten significant digits: the last ones of a fitted model differ between processors."""
    return None if value is None else float(f"{value:.10g}")


def _part(cell: int | None, size: int) -> float | None:
    return None if cell is None else cell / size


def _curve(curve: SurvivalCurve) -> Json:
    return {
        "times": curve.times,
        "survival": [_rounded(share) for share in curve.survival],
        "low": [_rounded(share) for share in curve.low],
        "high": [_rounded(share) for share in curve.high],
        "median": curve.median,
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
        "letter": action.letter,
        "date": action.day,
        "start": f"{action.start:%H:%M}",
    }


def _problem(problem: Problem) -> Json:
    return {
        "where": str(problem.where),
        "found": problem.found,
        "expected": problem.expected,
        "suggestion": problem.suggestion,
    }
