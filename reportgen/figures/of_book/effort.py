"""The figures of where time and effort go: matrix, touchpoints, efficiency, boundaries."""

from __future__ import annotations

from reportgen.analyses.prevention import Staying
from reportgen.editions.policy import Sight
from reportgen.figures.figure import Figure
from reportgen.figures.written import CROSSINGS, Json, share
from reportgen.report.report import Report


def _models(report: Report) -> list[Json]:
    return [
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
        for life in report.found.lives
    ]


def _phases(report: Report) -> list[Json]:
    return [
        {
            "business_model": matrix.business_model,
            "laid_over_each_other": matrix.unit,
            "number": matrix.number,
            "steps": [
                {
                    "phase": step.phase,
                    "step": step.number,
                    "known": step.known,
                    "low": step.low,
                    "median": step.median,
                    "high": step.high,
                    "typical": step.typical,
                    "silent": step.silent,
                    "measured": step.measured,
                }
                for step in matrix.steps
            ],
        }
        for matrix in report.found.phases
    ]


def _portfolio(report: Report) -> list[Json]:
    return [
        {
            "client": client.name,
            "staying_above_touches": sum(len(one.touches) for one in client.preventions),
            "minutes_now": client.worth.minutes_now,
        }
        for client in report.found.clients
    ]


def _staying(found: Staying) -> Json:
    return {
        "touches": found.touches,
        "mailings": found.mailings,
        "minutes": found.minutes,
        "minutes_now": found.minutes_spent,
    }


def _activities(report: Report) -> list[Json]:
    return [
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
        for one in report.found.efficiency.activities
    ]


_EFFORT: tuple[Figure[Report], ...] = (
    Figure(
        "matrix.models",
        "hours a month by months since the start, for each business model: the median client and the "
        "middle half of those whose relationship lasted that whole month, from five clients on, beside "
        "the model’s typical shape.",
        _models,
        sight=Sight.COACH,
    ),
    Figure(
        "matrix.phases",
        "hours a week over the phases, for each business model of which five projects, purchases or "
        "clients are known: the eight weeks before, the work in eight parts from its start to its end, "
        "the months after; median and middle half, beside what is typical of the model, and how many "
        "clients were below their red line at the end of each step, of those who had been in touch.",
        _phases,
        sight=Sight.COACH,
    ),
    Figure(
        "matrix.portfolio",
        "the minutes of the last 12 months with each client, beside the number of light touches that "
        "would have kept them above their red line.",
        _portfolio,
        sight=Sight.COACH,
    ),
    Figure(
        "matrix.staying_above",
        "what it would have cost to keep the running clients above their red lines in the last 12 months: "
        "{light_touch_minutes} minutes a touch, and for shops and subscriptions the fewest mailings of "
        "{mailing_minutes} minutes such that every touch falls within {mailing_reach_days} days of one; "
        "apart is the same of those who have lapsed or ended.",
        lambda report: {
            **_staying(report.found.staying),
            "apart": _staying(report.found.staying_apart),
        },
        sight=Sight.COACH,
    ),
    Figure(
        "touchpoints.kinds",
        "all touchpoints of the last 12 months of each of the eleven kinds.",
        lambda report: {one.kind: one.touchpoints for one in report.found.mix.kinds},
        sight=Sight.COACH,
    ),
    Figure(
        "touchpoints.unused",
        "the kinds that no client has ever had.",
        lambda report: report.found.mix.never,
        sight=Sight.COACH,
    ),
    Figure(
        "efficiency.activities",
        "touchpoints, minutes and shares of the last 12 months by activity, most minutes first; the cost "
        "is your time at an hourly rate of {hourly_rate}, and the Cost column.",
        _activities,
        sight=Sight.COACH,
    ),
    Figure(
        "efficiency.low_value_share",
        "minutes of administration ÷ minutes of the activities whose value is known.",
        lambda report: report.found.efficiency.low_value_share,
        sight=Sight.COACH,
    ),
    Figure(
        "efficiency.savings_hours",
        "the hours a year that templates and tools would save: {template_saving_share} of the last 12 "
        "months’ administration.",
        lambda report: report.found.efficiency.savings_hours,
        sight=Sight.COACH,
    ),
    Figure(
        "efficiency.key_moments",
        "the share of customers who have had a diagnostic, an onboarding, a review.",
        lambda report: {moment: share(found) for moment, found in report.found.moments.items()},
        sight=Sight.COACH,
    ),
)


_RULES_OF_CROSSINGS = {
    "out_of_hours_share": "touchpoints out of hours ÷ touchpoints with a Start, in the last 12 months, "
    "urgent ones left out; a message that came in then counts as out of hours once it is answered out of "
    "hours; out of hours is before {opens}, from {closes} on, on another day than "
    "{working_days}, or on a public holiday of country {country}.",
    "asked_share": "the part of that share that clients came with (Direction in).",
    "offered_share": "the part of that share that you offered (Direction out).",
    "off_channel": "touchpoints of the last 12 months on another channel than {preferred_channels}.",
    "out_of_scope_minutes": "minutes of the last 12 months that were not in scope.",
    "boundary_load": "minutes out of hours or out of scope, each touchpoint once, ÷ all minutes of the "
    "last 12 months.",
    "crossings": "how often a boundary was crossed in the last 12 months, by touchpoints out of hours or "
    "out of scope; a message and its answer out of hours are one crossing.",
    "level": "fine under a load of {boundary_watch} or under {boundary_crossings} crossings, watch under a "
    "load of {boundary_act}, else act; n/a under {boundary_touchpoints} touchpoints.",
}
"""The same figures as of a client, each with its rule."""


def _crossing(name: str, rule: str) -> Figure[Report]:
    of = CROSSINGS[name]
    return Figure(
        f"boundaries.{name}",
        rule,
        lambda report: of(report.found.boundaries.overall),
        sight=Sight.COACH,
    )


FIGURES: tuple[Figure[Report], ...] = (
    *_EFFORT,
    *(_crossing(name, rule) for name, rule in _RULES_OF_CROSSINGS.items()),
    Figure(
        "boundaries.by_client",
        "the minutes out of hours of each client who has any, urgent ones left out, with their share of "
        "all of these, most first.",
        lambda report: [
            {"client": one.client, "minutes": one.minutes, "share": one.share}
            for one in report.found.boundaries.by_client
        ],
        sight=Sight.COACH,
    ),
    Figure(
        "boundaries.offered_by_owner",
        "of all these minutes, the part that you offered.",
        lambda report: report.found.boundaries.offered_by_owner,
        sight=Sight.COACH,
    ),
)
"""In the order of the JSON form."""
