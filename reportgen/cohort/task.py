"""One owner's site: what a worker of the executor does, on this machine or on another of a cluster.

The whole task is paths and a few words; what comes back is the owner's part of the overview as JSON. The
walk itself goes on in a process of its own, under limits, as that of every command does: a workbook that
ends its reader ends no worker (docs/decisions/0001).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import reportgen
from reportgen.build import Told, own_letters
from reportgen.environments import templates_folder
from reportgen.output.folder import staged
from reportgen.output.owners import keep
from reportgen.problems import ReportError
from reportgen.run.job import Job
from reportgen.run.supervise import run


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
        made_of = _made_of(task.job)
        kept = _kept(task, made_of)
        if kept is not None:
            return Done(kept, anew=False)
        with staged(task.site, task.job.workbook) as staging:
            answer = run(replace(task.job, out=staging), told)
        mark = {"made_of": made_of, "stands": _standing(task.site), "part": answer.text}
        keep(task.kept, json.dumps(mark))
    except ReportError as error:
        return Done("", anew=False, why=str(error))
    except OSError as error:
        reason = (error.strerror or str(error)).casefold()
        return Done("", anew=False, why=f"{task.site} could not be written ({reason}).")
    return Done(answer.text, anew=True)


def quietly(task: Task) -> Done:
    """The same where nobody hears how far it is."""
    return done(task, _unheard)


def _unheard(_step: str, _done: int, _of: int) -> None:
    pass


# What stands already -----------------------------------------------------------------------------
def _kept(task: Task, made_of: str) -> str | None:
    """The part that was kept of a site that still stands as it was made, of the same; else None."""
    try:
        mark = json.loads(task.kept.read_text(encoding="utf-8"))
        stands = mark["stands"] == _standing(task.site)
        return str(mark["part"]) if stands and mark["made_of"] == made_of else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _made_of(job: Job) -> str:
    """A digest of all that the site depends on.

    Raises: ReportError, when the workbook cannot be read.
    """
    digest = hashlib.sha256(program().encode())
    digest.update(repr((job.as_of, job.edition)).encode())
    for beside in (job.workbook, job.config, own_letters(job.workbook)):
        for path in () if beside is None else _files(beside):
            digest.update(
                f"\n{path.name}\n{path.stat().st_size}\n".encode(errors="surrogateescape")
            )
            try:
                with path.open("rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
            except OSError as error:
                raise ReportError(f"{path} cannot be read ({error.strerror}).") from None
    return digest.hexdigest()


def _files(beside: Path) -> list[Path]:
    if not beside.is_dir():
        return [beside]
    return sorted(path for path in beside.iterdir() if path.is_file())


def _standing(site: Path) -> str:
    """A digest of which files a site has, how long they are and when they were written.

    It costs no reading, and tells a page that was changed or removed by hand.
    """
    digest = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        here = path.lstat()
        digest.update(f"{path.relative_to(site)}\n{here.st_size}\n{here.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@cache
def program() -> str:
    """A digest of this program, which another version does not have."""
    digest = hashlib.sha256()
    for root in (Path(reportgen.__file__).parent, templates_folder()):
        for path in _sources(root):
            digest.update(f"{path.relative_to(root)}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for top, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(top) / name for name in sorted(files))
