"""One owner's site: what a worker of the executor does, on this machine or on another of a cluster.

The whole task is paths and a few words; what comes back is the owner's part of the overview as JSON. The
walk itself goes on in a process of its own, under limits, as that of every command does: a workbook that
ends its reader ends no worker (docs/decisions/0001).
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from reportgen.build import Told
from reportgen.output.folder import staged
from reportgen.output.ours import digest, unwritable
from reportgen.output.owners import keep
from reportgen.problems import ReportError
from reportgen.run.job import Job
from reportgen.run.supervise import run
from reportgen.run.unchanged import made_of, program
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """One site to be made; every path is absolute, because a cluster's worker works elsewhere."""

    job: Job
    """A walk of an owner; it has its day, and no place to write yet."""
    site: Path
    kept: Path
    """Where the owner's part of the overview is kept, with the mark of what it was made of."""
    program: str
    """The digest of the program that asks: with another, sites of one cohort would differ."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it."""

    part: str
    """The owner's part of the overview as JSON; empty where the site could not be made."""
    anew: bool
    """Whether the site was made now; it was not where it stands for the same already."""
    why: str = ""
    """Why the site could not be made, in a sentence."""


def done(task: Task, told: Told) -> Done:
    """Make the site, or leave it as it is where it stands for the same workbook, settings and day."""
    try:
        if task.program != program():
            raise ReportError(
                "A worker of the cluster has another version of reportgen; install this one there."
            )
        before = made_of(task.job)
        part = _kept(task, before)
        if part is not None:
            return Done(part, anew=False)
        with staged(task.site, task.job.workbook) as staging:
            answer = run(replace(task.job, out=staging), told)
        # Where something was saved meanwhile, nobody knows which of the two the site is made of.
        if before and before == made_of(task.job):
            kept = {"made_of": before, "made": answer.made, "part": answer.text}
            keep(task.kept, json.dumps(kept))
    except ReportError as error:
        return Done("", anew=False, why=str(error))
    except OSError as error:
        return Done("", anew=False, why=str(unwritable(task.site, error)))
    return Done(answer.text, anew=True)


def quietly(task: Task) -> Done:
    """The same where nobody hears how far it is."""
    return done(task, _unheard)


def _unheard(_step: str, _done: int, _of: int) -> None:
    pass


def _kept(task: Task, made_of_now: str) -> str | None:
    """The part that was kept of a site that still stands as it was made, of the same; else None."""
    try:
        kept = json.loads(task.kept.read_text(encoding="utf-8"))
        if made_of_now and kept["made_of"] == made_of_now and kept["made"] == digest(task.site):
            return str(kept["part"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # it is made anew
    return None
