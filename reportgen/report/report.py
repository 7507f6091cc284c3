"""The report on a book at one date: everything that a page may know."""

from __future__ import annotations

from datetime import date

from reportgen.analyses.health import Warned, warned
from reportgen.analyses.lifecycle import LifecycleStage, Moves, conversion, moves
from reportgen.analyses.opportunities import Opportunity
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


def make_report(book: Book, settings: Settings, as_of: date) -> Report:
    """The report on a book at the end of a day; a pure function of its three arguments."""
    book = settled(book, as_of)
    everyone = courses(book, settings)
    found = Findings(everyone, settings, as_of)
    before = Findings(everyone, settings, previous_month_end(as_of))
    tested = Findings(everyone, settings, months_before(as_of, _TESTED_MONTHS))
    return Report(
        settings=settings,
        found=found,
        before=before,
        year_ago=tuple(Evidence(one, months_before(as_of, 12)) for one in everyone),
        outlook=outlook(found.everyone, as_of, settings),
        history=history(found, (before, tested)),
        conversion=conversion(furthest(found)),
        moves=moves(before.places, found.places),
        warned=warned(foreseen(tested, found)),
        changes=changes(before, found),
        plan=plan(found, settings),
        done_since=done_since(plan(before, settings), before.as_of, _seen(found)),
        plan_replay=replay(tested, _seen(found), settings),
        problems=book.problems,
        unread=book.unread,
        remarks=book.remarks,
        cells=book.cells,
        touchpoint_columns=book.touchpoint_columns,
        source=book.source,
        edition=book.edition,
    )


_TESTED_MONTHS = 6
"""How far back Health and the plan are put to the test (SPEC 9)."""


def _seen(found: Findings) -> dict[str, Evidence]:
    """Client → what is seen of them."""
    return {seen.name: seen for seen in found.everyone}
