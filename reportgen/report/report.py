"""The report on a book at one date: everything that a page may know."""

from __future__ import annotations

from datetime import date

from reportgen.analyses.health import Warned, warned
from reportgen.analyses.lifecycle import LifecycleStage, Moves, conversion, moves
from reportgen.analyses.opportunities import Opportunity
from reportgen.beside import both, in_turn
from reportgen.evidence.evidence import Evidence, courses
from reportgen.model import Book, Edition, Source, settled
from reportgen.periods import months_before, previous_month_end
from reportgen.problems import Problem
from reportgen.report.changes import Change, changes
from reportgen.report.findings import ClientFindings, Findings, foreseen
from reportgen.report.history import Moment, furthest, history
from reportgen.report.outlook import Outlook, outlook
from reportgen.report.plan.done import DoneSince, done_since
from reportgen.report.plan.plan import Plan, plan
from reportgen.report.plan.replay import Replay, replay
from reportgen.settings.settings import Settings
from reportgen.shares import Share
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one date, what changed, what is ahead, and what to do."""

    settings: Settings
    found: Findings
    before: Findings
    """The findings at the end of the month before, which "since" compares with."""
    year_ago: tuple[Evidence, ...]
    """Everyone as they stood 12 months before, in the order of the findings."""
    outlook: Outlook
    history: tuple[Moment, ...]
    """Where everyone stood at the month ends of the last year, oldest first."""
    conversion: dict[LifecycleStage, Share]
    """Stage → of the clients who ever got to the one before it, the share who got there too."""
    moves: Moves
    """Who moved since the end of the month before."""
    warned: Warned
    """Whether the health of six months ago foretold who has left since."""
    changes: tuple[Change, ...]
    """What changed since the end of the month before, turns for the worse first."""
    plan: Plan
    """What to do in the month to come."""
    done_since: DoneSince
    """What has been done of the plan of the end of the month before."""
    plan_replay: Replay
    """Whether the plan of six months ago had those who have left since."""
    problems: tuple[Problem, ...]
    """In the order of the workbook."""
    unread: tuple[str, ...]
    """The sheets and columns that were not read."""
    remarks: tuple[str, ...]
    """How rows were counted that say themselves how."""
    cells: int
    """How many filled cells were read."""
    touchpoint_columns: tuple[str, ...]
    """What each column of the owner's Touchpoints sheet holds (:class:`~reportgen.model.Book`)."""
    source: Source
    edition: Edition
    """For whom it is; the book was redacted for them before anything was computed."""

    def ready(self, client: ClientFindings) -> tuple[Opportunity, ...]:
        """The opportunities to take: of somebody who has not lapsed, with nothing to put right first."""
        if client.seen.lapsed or client.name in self.plan.held_back:
            return ()
        return tuple(one for one in client.opportunities if one.ready)

    @property
    def as_of(self) -> date:
        """T, inclusive."""
        return self.found.as_of


def make_report(book: Book, settings: Settings, as_of: date, processors: int = 1) -> Report:
    """The report on a book at the end of a day; a pure function of its first three arguments.

    With two ``processors`` a second process looks at the other days of very many clients: only for a
    caller that is a process of its own.
    """
    book = settled(book, as_of)
    everyone = courses(book, settings)
    found = Findings(everyone, settings, as_of)
    before = Findings(everyone, settings, previous_month_end(as_of))
    side_by_side = both if processors > 1 and len(everyone) >= _WORTH_TWO else in_turn
    now, past = side_by_side(lambda: _now(found, before), lambda: _past(found, before))
    return Report(
        settings=settings,
        found=found,
        before=before,
        year_ago=tuple(Evidence(one, months_before(as_of, 12)) for one in everyone),
        outlook=now.outlook,
        history=past.history,
        conversion=past.conversion,
        moves=moves(before.places, found.places),
        warned=past.warned,
        changes=now.changes,
        plan=now.plan,
        done_since=now.done_since,
        plan_replay=past.plan_replay,
        problems=book.problems,
        unread=book.unread,
        remarks=book.remarks,
        cells=book.cells,
        touchpoint_columns=book.touchpoint_columns,
        source=book.source,
        edition=book.edition,
    )


_WORTH_TWO = 500
"""Clients. What a second process costs is as much as looking at some dozens of them."""


@dataclass(frozen=True, slots=True)
class _Now:
    """What is made of the day and of the end of the month before, whose findings the pages show, too."""

    outlook: Outlook
    changes: tuple[Change, ...]
    plan: Plan
    done_since: DoneSince


def _now(found: Findings, before: Findings) -> _Now:
    settings = found.settings
    return _Now(
        outlook=outlook(found.everyone, found.as_of, settings),
        changes=changes(before, found),
        plan=plan(found, settings),
        done_since=done_since(plan(before, settings), before.as_of, _seen(found)),
    )


@dataclass(frozen=True, slots=True)
class _Past:
    """What is made of many other days, of whose findings nothing is kept."""

    history: tuple[Moment, ...]
    conversion: dict[LifecycleStage, Share]
    warned: Warned
    plan_replay: Replay


def _past(found: Findings, before: Findings) -> _Past:
    settings = found.settings
    tested = Findings(found.courses, settings, months_before(found.as_of, _TESTED_MONTHS))
    return _Past(
        history=history(found, (before, tested)),
        conversion=conversion(furthest(found)),
        warned=warned(foreseen(tested, found)),
        plan_replay=replay(tested, _seen(found), settings),
    )


_TESTED_MONTHS = 6
"""How far back Health and the plan are put to the test (SPEC 9)."""


def _seen(found: Findings) -> dict[str, Evidence]:
    """Client → what is seen of them."""
    return {seen.name: seen for seen in found.everyone}
