"""The month's plan: what to do, what waits and is held back, and whether such a plan would have helped."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen import words
from reportgen.editions.policy import Sight
from reportgen.figures.figure import Case, Explained, Fact, Figure
from reportgen.figures.written import Json, rounded
from reportgen.report.plan.due import Due
from reportgen.report.plan.plan import Action, Gone, Mailing
from reportgen.report.report import Report


def _due(due: Iterable[Due]) -> list[Json]:
    return [_thing(one) for one in due]


def _thing(one: Due) -> Json:
    return {
        "what": one.cause,
        "words": one.what,
        "why": one.why,
        "rows": one.rows,
        "minutes": one.minutes,
        "letter": one.letter,
        "record": {
            "column": one.recorded.column or None,
            "rows": (one.recorded.row,) if one.recorded.row else (),
        },
    }


def _all_actions(report: Report) -> list[Json]:
    return [
        {
            "client": one.client,
            "due": _due(one.due),
            "letter": one.letters[0],
            "channel": one.channel,
            "minutes": one.minutes,
            "date": one.day,
            "start": f"{one.start:%H:%M}",
            "at_stake": one.at_stake if report.found.sales_recorded else None,
        }
        for one in report.plan.actions
    ]


def _waiting(report: Report) -> list[Json]:
    return [
        {"client": one.client, "due": _due(one.due), "why": one.why} for one in report.plan.waiting
    ]


def _stale(report: Report) -> list[Json]:
    return [{"client": one.client, **_thing(one.due)} for one in report.plan.stale]


def _mailings(report: Report) -> list[Json]:
    return [
        {
            "what": one.cause,
            "letter": one.letter,
            "clients": one.clients,
            "minutes": one.minutes,
            "date": one.day,
            "start": f"{one.start:%H:%M}",
            "at_stake": one.at_stake if report.found.sales_recorded else None,
        }
        for one in report.plan.mailings
    ]


def _gone(found: Iterable[Gone]) -> list[Json]:
    return [{"client": one.client, "sales": one.sales, "due": _due(one.due)} for one in found]


def _lapsed(report: Report) -> Json:
    found = report.plan.lapsed
    return {"win_back": _gone(found.win_back), "let_go": _gone(found.let_go)}


def _held_back(report: Report) -> list[Json]:
    return [
        {"client": one.client, "what": one.what, "by": one.by}
        for one in report.plan.held_back.values()
    ]


def _done_since(report: Report) -> list[Json]:
    return [
        {
            "client": one.client,
            "what": one.due.cause,
            "words": one.due.what,
            "date": one.day,
            "rows": one.rows,
        }
        for one in report.done_since.everything
    ]


def _replay(report: Report) -> Json:
    found = report.plan_replay
    return {
        "caught": rounded(found.caught),
        "by_overdue": rounded(found.by_overdue),
        "by_chance": rounded(found.by_chance),
        "sales": found.sales,
        "left": found.left,
        "clients": found.clients,
    }


def _actions(case: Case) -> Fact:
    plan = case.report.plan
    name = case.client.name
    parts = [
        *(part for one in plan.actions if one.client == name for part in _parts(one, one)),
        *(
            part
            for mailing in plan.mailings
            for one in mailing.to
            if one.client == name
            for part in _parts(one, mailing)
        ),
        *(
            (one.cause, Fact(f"{one.what}. {one.why} It waits: {wait.why}", one.rows))
            for wait in plan.waiting
            if wait.client == name
            for one in wait.due
        ),
        *(
            (one.due.cause, Fact(f"{one.due.what}. {one.due.why} Done, or sorry?", one.due.rows))
            for one in plan.stale
            if one.client == name
        ),
    ]
    return Fact(words.count(len(parts), "thing") if parts else "none", parts=tuple(parts))


def _parts(one: Action, task: Action | Mailing) -> list[tuple[str, Fact]]:
    when = f"proposed for {words.day(task.day)} at {task.start:%H:%M}"
    how = "in a mailing" if isinstance(task, Mailing) else f"by {one.channel}"
    return [
        (
            due.cause,
            Fact(
                f"{due.what}. {due.why} {words.count(due.minutes, 'minute')}, {when}, {how}; "
                f"letter {due.letter}",
                due.rows,
            ),
        )
        for due in one.due
    ]


ACTIONS: Explained[Report] = Explained(
    "actions",
    "one message a client with everything that is due: complaints, promises late or due in the month, "
    "answers, silence, plans, prospects short of what it usually takes, invoices (late for more than "
    "{second_reminder_days} days the second reminder, for more than {third_reminder_days} the third), "
    "boundaries, and one opportunity where nothing else is asked; repair before the rest, then by sales "
    "in the last 12 months, or of the 12 before where there are none, then by how far overdue; "
    "{plan_clients} clients at most, within {relationship_minutes_per_week} minutes a week, on your "
    "working days ({working_days}).",
    _all_actions,
    _actions,
    sight=Sight.COACH,
    page="client",
)

PLAN: tuple[Figure[Report], ...] = (
    ACTIONS,
    Figure(
        "done_since",
        "the plan as it stood at the end of the month before, worked out from the rows up to that day, and "
        "what of it is recorded since: its cell filled, an invoice paid, or a contact of the kind that was "
        "due, which the client felt and you spoke in.",
        _done_since,
        sight=Sight.COACH,
    ),
    Figure(
        "waiting",
        "what is due and has no room in the month, or waits, with the reason, for something else: a "
        "boundary for what is to be put right, an overdue invoice or a prospect’s contact; a next step for "
        "what is owed or an overdue invoice; a favour for any other question.",
        _waiting,
        sight=Sight.COACH,
    ),
    Figure(
        "stale",
        "promises, answers and complaints older than {stale_days} days, each with the cell that says "
        "whether it was done.",
        _stale,
        sight=Sight.COACH,
    ),
    Figure(
        "mailings",
        "a letter due for {mailing_clients} or more clients of a shop or a subscription is one task of "
        "{mailing_minutes} minutes.",
        _mailings,
        sight=Sight.COACH,
    ),
    Figure(
        "lapsed",
        "the three lapsed clients with most sales in the last 12 months in which they bought are to win "
        "back, the others to let go.",
        _lapsed,
        sight=Sight.COACH,
    ),
    Figure(
        "held_back",
        "the opportunities of clients with a broken promise, an open complaint, an answer owed or a "
        "silence below the line, and by which of these they are held back.",
        _held_back,
        sight=Sight.COACH,
    ),
    Figure(
        "plan_replay",
        "of the sales of the customers who were running six months ago and have left since, in the 12 "
        "months before that day, the share that stood with the {plan_clients} clients with most at stake "
        "in the plan of that day, with as many of the most overdue, and by chance; n/a under five.",
        _replay,
        sight=Sight.COACH,
    ),
)
