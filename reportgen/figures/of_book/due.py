"""What is due: opportunities, actions and the problems of the data."""

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
            for one in client.opportunities
            if one.kind == kind and one.ready
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
    ready = sum(one.ready for one in chances)
    return Fact(
        f"{words.in_words(ready)} ready" if ready else "none ready",
        parts=tuple((one.kind, _chance(one)) for one in chances),
    )


def _chance(one: Opportunity) -> Fact:
    if one.ready:
        why = "; ".join(check.words for check in one.checks)
        return Fact(f"ready for {words.day(one.day)}, letter {one.letter}: {why}", one.rows)
    why = "; ".join(check.words for check in one.in_the_way)
    against = tuple(row for check in one.in_the_way for row in check.rows)
    return Fact(f"not now: {why}", one.rows, against)


def _all_actions(report: Report) -> list[Json]:
    return [
        {
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
        for action in report.actions
    ]


def _actions(case: Case) -> Fact:
    due = [action for action in case.report.actions if action.client == case.client.name]
    parts = tuple(
        (
            action.tier,
            Fact(
                f"{action.what}. {action.why} {words.count(action.minutes, 'minute')}, proposed for "
                f"{words.day(action.day)} at {action.start:%H:%M}"
                + (f"; letter {action.letter}" if action.letter else ""),
                action.rows,
            ),
        )
        for action in due
    )
    return Fact(words.count(len(due), "action") if due else "none", parts=parts)


OPPORTUNITIES: Explained[Report] = Explained(
    "opportunities",
    "wow, not lapsed, in the upper half by sales, last bought {wow_from_days} to {wow_until_days} days "
    "ago, no surprise in {wow_again_days} days, no open complaint; referral, committed or loyal, above "
    "the red line of {line}, no open complaint, a score of {good_score}, advice asked or Trust of "
    "{high_trust}, not asked in {referral_again_days} days; testimonial, bought in the last 12 months, "
    "last score {good_score}, none given, not asked in {testimonial_again_days} days, no open "
    "complaint; survey, bought or work ended in the last {survey_within_days} days, none in "
    "{survey_again_days}; greeting, a birthday or anniversary in the next {greeting_days} days; "
    "who has ended is greeted at most.",
    _ready,
    _opportunities,
    sight=Sight.COACH,
    page="opportunities",
)


ACTIONS: Explained[Report] = Explained(
    "actions",
    "promises, answers, complaints, reconnections, prospects short of {contacts_before_sale} "
    "contacts, plans, invoices (late for more than {second_reminder_days} days the second reminder, "
    "for more than {third_reminder_days} the third), boundaries, opportunities, in this order, on your "
    "working days "
    "({working_days}), at most {daily_action_minutes} minutes a day.",
    _all_actions,
    _actions,
    sight=Sight.COACH,
    page="client",
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
