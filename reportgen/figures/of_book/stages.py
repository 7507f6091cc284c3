"""The figures of everyone's stages and health, and what changed since last month."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.analyses.lifecycle import LIFECYCLE as LIFE_CYCLE
from reportgen.analyses.lifecycle import RELATIONSHIP, Move
from reportgen.editions.policy import Sight
from reportgen.figures.figure import Figure
from reportgen.figures.written import Json, share
from reportgen.report.history import Moment
from reportgen.report.report import Report


def _moment(moment: Moment) -> Json:
    return {
        "date": moment.date,
        "counts": moment.counts(moment.lifecycle, LIFE_CYCLE),
        "relationship_counts": moment.counts(moment.relationship, RELATIONSHIP),
        "lapsed": len(moment.lapsed),
        "ended": len(moment.ended),
    }


def _moved(moves: Sequence[Move]) -> list[Json]:
    return [{"client": one.client, "from": one.before, "to": one.after} for one in moves]


def _seven_contacts(report: Report) -> Json:
    seven = report.found.seven_contacts
    return {
        "converted": seven.at_least_seven.denominator,
        "at_least_seven_share": share(seven.at_least_seven),
        "given_up": list(seven.given_up),
        "won_after": seven.won_after,
        "won_in_days": seven.won_in_days,
        "given_up_after": seven.given_up_after,
    }


LIFECYCLE: tuple[Figure[Report], ...] = (
    Figure(
        "lifecycle.counts",
        "how many running clients stand at each stage of the life cycle.",
        lambda report: report.found.lifecycle_counts,
        sight=Sight.COACH,
    ),
    Figure(
        "lifecycle.relationship_counts",
        "how many running clients stand at each stage of the relationship.",
        lambda report: report.found.relationship_counts,
        sight=Sight.COACH,
    ),
    Figure(
        "lifecycle.history",
        "the same counts, and how many had lapsed or ended, at the month ends of the last 12 months, by "
        "the rules of today.",
        lambda report: [_moment(moment) for moment in report.history],
        sight=Sight.COACH,
    ),
    Figure(
        "lifecycle.moves",
        "who moved up or down the life cycle, lapsed or was won back since the end of the month before; "
        "nobody who has ended.",
        lambda report: {
            "up": _moved(report.moves.up),
            "down": _moved(report.moves.down),
            "lapsed": _moved(report.moves.lapsed),
            "won_back": _moved(report.moves.won_back),
        },
        sight=Sight.COACH,
    ),
    Figure(
        "lifecycle.conversion",
        "of the clients who ever stood at the stage before or further, at a month’s end or now, the share "
        "who ever stood at this one or further.",
        lambda report: {name: share(found) for name, found in report.conversion.items()},
        sight=Sight.COACH,
    ),
    Figure(
        "lifecycle.median_days",
        "after how many days half of the clients at a stage had moved on, a Kaplan–Meier median.",
        lambda report: {stage: curve.median for stage, curve in report.outlook.stage_days.items()},
        sight=Sight.COACH,
    ),
    Figure(
        "lifecycle.top_five",
        "the five running clients with the most sales in the last 12 months, most first.",
        lambda report: report.found.top_five,
        sight=Sight.COACH,
    ),
    Figure(
        "lifecycle.seven_contacts",
        "of the clients who bought, those with {contacts_before_sale} contact days or more before the "
        "first purchase, with the median of contact days and of days until then; given up are prospects "
        "below their red line after fewer, with their median.",
        _seven_contacts,
        sight=Sight.COACH,
    ),
)
"""In the order of the JSON form."""


HEALTH: tuple[Figure[Report], ...] = (
    Figure(
        "health.bands",
        "how many running relationships are healthy, to watch and at risk.",
        lambda report: report.found.bands,
        sight=Sight.COACH,
    ),
    Figure(
        "health.warned",
        "of two customers running six months ago, of whom one has bought nothing since (with a service or "
        "a subscription: has let the term end), how often that one had the lower score then (AUC), and how "
        "often the longer silence; with how many left and how many did not; n/a under ten of either.",
        lambda report: {
            "auc": report.warned.auc,
            "by_silence": report.warned.by_silence,
            "lapsed": report.warned.lapsed,
            "kept": report.warned.kept,
        },
        sight=Sight.COACH,
    ),
)


CHANGES: Figure[Report] = Figure(
    "changes",
    "what is not what it was at the end of the month before, client by client, the worse first.",
    lambda report: [
        {
            "client": change.client,
            "figure": change.figure,
            "before": change.before,
            "after": change.after,
            "words": change.words,
        }
        for change in report.changes
    ],
    sight=Sight.COACH,
)
