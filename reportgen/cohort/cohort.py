"""A folder of workbooks → a folder of sites with an overview: the whole walk, top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import AbstractContextManager
from pathlib import Path

from pydantic import TypeAdapter

from reportgen.build import Told, own_configuration
from reportgen.cohort.executors import Workers
from reportgen.cohort.overview import Of, overview
from reportgen.cohort.pages import files, page_of
from reportgen.cohort.task import Done, Task
from reportgen.cohort.workbooks import Owner, owners
from reportgen.output.owners import Place, folder_of, opened, tidy, write_overview
from reportgen.report.across import OwnersPart
from reportgen.run.job import Job, Walk
from reportgen.run.unchanged import program
from reportgen.values import dataclass

_HEARD_SECONDS = 0.5
"""How often the progress is told while nothing gets done."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A workbook of which no site could be made, and why, in a sentence."""

    owner: Owner
    why: str


@dataclass(frozen=True, slots=True)
class Made:
    """What the closing sentence about a cohort needs."""

    sites: int
    anew: int
    """How many of them were made now; the others stood already."""
    unread: tuple[Unread, ...]


def cohort(
    folder: Path,
    out: Path,
    asked: Job,
    workers: AbstractContextManager[Workers],
    told: Told,
) -> Made:
    """Make the site of every workbook in a folder, and the overview across them.

    ``asked`` has the day, the edition and the settings of all of them; settings that are not named are
    looked for beside each workbook. A workbook that cannot be read is a line of the overview.

    Raises: ReportError, when the folder holds no workbook, ``out`` is no place for a cohort, or nobody
    can be set to work.
    """
    assert asked.as_of is not None
    everyone = owners(folder, out)
    with opened(out.absolute(), folder) as place:
        tidy(place, {owner.folder for owner in everyone})
        with workers as working:
            outcomes = _done(everyone, place, asked, working, told)
        told("Writing the overview", 0, 0)
        parts = TypeAdapter(OwnersPart)
        read = [
            Of(owner.name, owner.folder, parts.validate_json(one.part))
            for owner, one in zip(everyone, outcomes, strict=True)
            if not one.why
        ]
        unread = tuple(
            Unread(owner, one.why) for owner, one in zip(everyone, outcomes, strict=True) if one.why
        )
        shown = overview(read, [one.owner.workbook.name for one in unread], asked.as_of)
        beside = files(shown)
        write_overview(place, beside, page_of(shown, folder_of(beside)))
    return Made(len(read), sum(one.anew for one in outcomes), unread)


def _done(
    everyone: Sequence[Owner], place: Place, asked: Job, workers: Workers, told: Told
) -> list[Done]:
    """What came of each owner's site, in the order given, once all are done."""
    futures = [workers.submit(_task(owner, place, asked)) for owner in everyone]
    waiting: set[Future[Done]] = set(futures)
    while waiting:
        told("Making the sites", len(futures) - len(waiting), len(futures))
        _, waiting = wait(waiting, timeout=_HEARD_SECONDS, return_when=FIRST_COMPLETED)
    return [_outcome(future) for future in futures]


def _outcome(future: Future[Done]) -> Done:
    """What came of a site whose worker may be gone, with the cluster or by its own fault."""
    try:
        return future.result()
    except (Exception, CancelledError) as error:
        lost = f"The worker that made its site was lost ({type(error).__name__}); try again."
        return Done("", anew=False, why=lost)


def _task(owner: Owner, place: Place, asked: Job) -> Task:
    config = asked.config or own_configuration(owner.workbook)
    job = Job(
        Walk.OWNER,
        owner.workbook,
        config and config.absolute(),
        asked.as_of,
        edition=asked.edition,
    )
    return Task(job, place.site(owner.folder), place.kept(owner.folder), program())
