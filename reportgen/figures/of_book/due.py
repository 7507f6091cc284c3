"""Who would gladly be asked, and the problems of the data."""

from __future__ import annotations

from reportgen import words
from reportgen.analyses.opportunities import Opportunity, OpportunityKind
from reportgen.editions.policy import Sight
from reportgen.figures.figure import NO_SALES, Case, Explained, Fact, Figure
from reportgen.figures.written import Json
from reportgen.report.report import Report


def _ready(report: Report) -> Json:
    return {
        kind: [
            _opportunity(one)
            for client in report.found.clients
            for one in report.ready(client)
            if one.kind == kind
        ]
        for kind in OpportunityKind
    }


def _opportunity(one: Opportunity) -> Json:
    return {
        "client": one.client,
        "letter": one.letter,
        "date": one.day,
        "why": [check.words for check in one.checks],
        "rows": one.rows,
    }


def _opportunities(case: Case) -> Fact:
    chances = case.client.opportunities
    if case.seen.has_ended:
        parts = tuple((one.kind, _chance(one)) for one in chances)
        return Fact("the relationship has ended, so at most a greeting", parts=parts)
    if not case.sold:
        greetings = tuple(
            (c.kind, _chance(c)) for c in chances if c.kind is OpportunityKind.GREETING
        )
        return Fact(NO_SALES + "; without, only greetings can be told", parts=greetings)
    ready = len(case.report.ready(case.client))
    held = case.report.plan.held_back.get(case.client.name)
    by = f"; held back by {words.listed(held.by, len(held.by))}" if held else ""
    return Fact(
        (f"{words.in_words(ready)} ready" if ready else "none ready") + by,
        parts=tuple((one.kind, _chance(one)) for one in chances),
    )


def _chance(one: Opportunity) -> Fact:
    if one.ready:
        why = "; ".join(check.words for check in one.checks)
        return Fact(f"ready for {words.day(one.day)}, letter {one.letter}: {why}", one.rows)
    why = "; ".join(check.words for check in one.in_the_way)
    against = tuple(row for check in one.in_the_way for row in check.rows)
    return Fact(f"not now: {why}", one.rows, against)


OPPORTUNITIES: Explained[Report] = Explained(
    "opportunities",
    "wow, not lapsed, in the upper half by sales, last bought {wow_from_days} to {wow_until_days} days "
    "ago, no surprise in {wow_again_days} days, no open complaint; referral, committed or loyal, above "
    "the red line of {line}, no open complaint, a score of {good_score}, advice asked or Trust of "
    "{high_trust}, not asked in {referral_again_days} days; testimonial, bought in the last 12 months, "
    "last score {good_score}, none given, not asked in {testimonial_again_days} days, no open "
    "complaint; survey, bought or work ended in the last {survey_within_days} days, none in "
    "{survey_again_days}; greeting, a birthday or anniversary in the next {greeting_days} days; "
    "who has ended is greeted at most, who has lapsed is in the list of the lapsed, and who waits for "
    "something to be put right is held back.",
    _ready,
    _opportunities,
    sight=Sight.COACH,
    page=None,
)


PROBLEMS: Figure[Report] = Figure(
    "problems",
    "each cell or row that could not be used: where it stands, what was found there, and what to write "
    "instead.",
    lambda report: [
        {
            "where": str(problem.where),
            "found": problem.found,
            "expected": problem.expected,
            "suggestion": problem.suggestion,
        }
        for problem in report.problems
    ],
)
