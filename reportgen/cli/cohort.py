"""What makes the sites of many owners, and the overview across them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from reportgen import words
from reportgen.cli.options import DONE, PROBLEMS
from reportgen.cli.progress import progress
from reportgen.cli.said import complain, say
from reportgen.cohort import cohort as many
from reportgen.cohort.cohort import Made
from reportgen.cohort.executors import on_a_cluster, on_this_machine
from reportgen.model import Edition
from reportgen.output.published import refuse_published
from reportgen.problems import ReportError
from reportgen.run.job import Job, Walk
from reportgen.run.worker import today
from reportgen.settings.configuration import read_configuration


def cohort(
    *,
    folder: Path,
    out: Path,
    edition: Edition,
    workers: int | None,
    scheduler: str | None,
    as_of: date | None,
    config: Path | None,
    quiet: bool,
) -> int:
    """Do what ``reportgen cohort`` says; returns the exit code."""
    if workers is not None and scheduler is not None:
        raise click.UsageError("A cluster has its own workers: leave --workers or --scheduler out.")
    refuse_published(out, "the sites are not locked: choose another folder.")
    # One day for all, because they are compared: today where whoever asks is.
    day = as_of or today(read_configuration(config).settings.time_zone)
    job = Job(Walk.OWNER, folder, config, day, edition=edition)
    working = on_a_cluster(scheduler) if scheduler is not None else on_this_machine(workers)
    try:
        with progress(quiet) as told:
            made = many.cohort(folder, out, job, working, told)
    except KeyboardInterrupt:
        raise ReportError(
            "Stopped, as you asked; the sites that are done stay, and the next run goes on from there."
        ) from None
    for one in made.unread:
        name = one.owner.workbook.name
        complain(one.why if name in one.why else f"{name}: {one.why}")
    if not quiet:
        say(_said(out, made, day))
    return PROBLEMS if made.unread else DONE


def _said(out: Path, made: Made, day: date) -> str:
    """How many sites there are, and how many of them were made now."""
    stand = made.sites - made.anew
    left = f", {stand:,} of them as before" if stand else ""
    rest = words.count(len(made.unread), "workbook")
    unread = f"; {rest} could not be read" if made.unread else "; every workbook could be read"
    sites = words.count(made.sites, "owner")
    return f"{out / 'index.html'} is ready: {sites} as of {words.day(day)}{left}{unread}."
