"""Whether a site would come out as it stands: then it is left, and nothing is done twice.

The mark of a site stands in its manifest. It is a hash of all that the site was made of, a hash of its
files, and the few numbers that the closing sentence needs. Only the owner's own open report has one:
in a report that others get, a hash would let them test guesses (docs/decisions/0022).
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from dataclasses import asdict
from functools import cache
from pathlib import Path

import click

from reportgen.build import own_letters
from reportgen.forms.form import Form
from reportgen.model import Edition
from reportgen.output.months import read
from reportgen.output.ours import add_mark, digest, mark_of
from reportgen.run.job import Answer, Job
from reportgen.run.pipe import packed_job
from reportgen.values import dataclass

_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = ("workbook", "config", "out", "months", "months_out", "key")
"""What a job says that says nothing of what is made: where it is read from, and put."""
_OF_THE_PROGRAM = (".py", ".toml", ".html", ".md", ".svg", ".css", ".js")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a site was made of, and what came of it."""

    ingredients: str
    """A hash of the workbook, the settings, the letters, the program, the options and the day."""
    made: str
    """The digest of its files."""
    as_of: str
    clients: int
    problems: int
    """How many the workbook has."""
    day: tuple[int, int] | None
    """The job's day was today: when it began and ended, in seconds since 1970."""


def unchanged(job: Job, out: Path, now: str) -> Mark | None:
    """The mark of the site that stands at ``out``, when the job would make the same; else None.

    ``now`` is what the ``ingredients`` are.
    """
    mark = _marked(out)
    if mark is None or not now or out.is_symlink():
        return None
    if mark.ingredients != _with_months(now, job, job.months, out, mark.as_of):
        return None
    if mark.day is not None and not mark.day[0] <= time.time() < mark.day[1]:
        return None
    try:
        if mark.made != digest(out):
            return None
        if job.months and mark_of(job.months) != _of_months(mark, job.months):
            return None
        return mark
    except OSError:
        return None  # the build says what is wrong


def _marked(out: Path) -> Mark | None:
    plain = mark_of(out)
    if plain is None:
        return None
    try:
        day = plain["day"]
        return Mark(**plain | {"day": None if day is None else (int(day[0]), int(day[1]))})
    except (KeyError, TypeError, ValueError):
        return None


def leave_mark(job: Job, before: str, out: Path, answer: Answer) -> None:
    """Mark a finished site of ``out`` that is still in the staging folder of the job.

    ``before`` is what the ``ingredients`` were when the build began. Where something was saved since,
    nobody knows which of the two the site is made of, and it gets no mark; nor where there is a note
    to repeat.
    """
    if answer.notes and job.months and job.months_out and (kept := mark_of(job.months)):
        add_mark(job.months_out, kept)  # the months are as they were
    if not before or answer.notes or before != ingredients(job):
        return
    assert job.out is not None
    assert answer.as_of is not None
    as_of = answer.as_of.isoformat()
    mark = Mark(
        ingredients=_with_months(before, job, job.months_out, out, as_of),
        made=answer.made,
        as_of=as_of,
        clients=answer.clients,
        problems=answer.problems.number,
        day=answer.day,
    )
    add_mark(job.out, asdict(mark))
    if job.months_out is not None:
        add_mark(job.months_out, _of_months(mark, job.months_out))


def _of_months(mark: Mark, folder: Path) -> dict[str, str]:
    """The mark of the months that are kept beside a site, in the folder where they stand now."""
    return {"ingredients": mark.ingredients, "made": digest(folder)}


def _with_months(ingredients: str, job: Job, kept: Path | None, out: Path, as_of: str) -> str:
    """The same hash, and that of the earlier letters to which the site leads; there may be none."""
    if kept is None or job.months is None:
        return ingredients
    earlier = [one.name for one in read(kept).kept if one.name < as_of[:7]]
    if not earlier:
        return ingredients
    parts = [ingredients, os.path.relpath(job.months, out), *earlier]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def ingredients(job: Job) -> str:
    """A hash of everything that a site depends on, but for what today is and which months are kept.

    Empty for a report that is always made anew, and where something cannot be read.
    """
    if job.edition != Edition.OWNER or job.form == Form.LOCKED:
        return ""
    return made_of(job)


def made_of(job: Job) -> str:
    """The same hash of any report: for a place where nobody else reads it.

    Empty where something cannot be read.
    """
    try:
        return _made_of(job)
    except OSError:
        return ""


def _made_of(job: Job) -> str:
    parts = {
        "options": {name: one for name, one in packed_job(job).items() if name not in _PLACES},
        "workbook": [job.workbook.name, _of(job.workbook)],
        "settings": [job.config.name, _of(job.config)] if job.config else [],
        "letters": _of(letters) if (letters := own_letters(job.workbook)) else [],
        "program": [sys.version, program(), *_libraries()],
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _of(path: Path) -> list[tuple[str, str]]:
    """The name and a hash of a file, or of every file in a folder."""
    files = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    return [(file.name, _hash(file)) for file in files]


def _hash(file: Path) -> str:
    if not file.is_file():  # reading a pipe would wait for ever
        raise FileNotFoundError(file)
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


@cache
def program() -> str:
    """A hash of our modules and templates."""
    whole = hashlib.sha256()
    for top in (_PACKAGE, _PACKAGE.parent / "templates"):
        for folder, folders, files in os.walk(top):
            folders.sort()
            for name in sorted(files):
                if name.endswith(_OF_THE_PROGRAM):
                    whole.update(f"{name}\n".encode())
                    with open(os.path.join(folder, name), "rb") as file:
                        whole.update(file.read())
    return whole.hexdigest()


def _libraries() -> list[str]:
    """The names and versions of all that is installed."""
    installed = os.listdir(Path(click.__file__).parents[1])
    return sorted(name for name in installed if name.endswith(".dist-info"))
