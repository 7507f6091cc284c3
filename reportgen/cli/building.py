"""What makes pages: the site, the letters that are due, the preview."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from reportgen import words
from reportgen.cli.asked import asked
from reportgen.cli.options import DONE, PROBLEMS
from reportgen.cli.passphrases import passphrases
from reportgen.cli.progress import progress
from reportgen.cli.said import built, complain, left, posted, say, say_unread, unfit, unsaid
from reportgen.forms.form import Form
from reportgen.model import Edition
from reportgen.output.file import swapped_file
from reportgen.output.folder import staged
from reportgen.output.key_file import refuse_unless_key
from reportgen.output.leftovers import sweep
from reportgen.output.published import refuse_published
from reportgen.run.job import Job, Walk
from reportgen.run.supervise import around, run
from reportgen.run.unchanged import Mark, ingredients, leave_mark, unchanged


class _Unfit(Exception):
    """The workbook has problems, and the owner wants a report only when it has none."""


class _NothingDue(Exception):
    """No letter is due, so no folder may be made or replaced."""


def build(
    *,
    book: Path,
    out: Path,
    strict: bool,
    edition: Edition,
    single_file: bool,
    appendix: bool,
    all_pages: bool,
    months: Path | None,
    key_file: Path | None,
    password_file: tuple[Path, ...],
    password: bool,
    passphrase: bool,
    as_of: date | None,
    config: Path | None,
    product: str | None,
    quiet: bool,
    worker: subprocess.Popen[bytes] | None = None,
) -> int:
    """Do what ``reportgen build`` says; returns the exit code.

    ``worker`` is one that was started ahead; without it one is started when there is something to do.
    """
    if appendix and edition == Edition.PUBLIC:
        raise click.UsageError("The public edition has no tables: leave --appendix out.")
    if key_file and edition != Edition.COACH:
        raise click.UsageError("Only the coach's edition has a key: leave --key-file out.")
    locked = bool(password_file) or password or passphrase
    # What is locked is one file anyway.
    form = Form.LOCKED if locked else Form.SINGLE if single_file else Form.SITE
    if not locked and edition != Edition.PUBLIC:
        refuse_published(
            out, "lock the report with --password, take --edition public, or choose another folder."
        )
    if months is not None:
        _refuse_months(months, out, edition, form)
    if key_file is not None:
        refuse_published(key_file.parent, "the key is yours alone: choose another folder.")
        refuse_unless_key(key_file, out)
    opening = passphrases(password_file, password, passphrase) if locked else ()
    job = replace(
        asked(Walk.BUILD, book, config, as_of, product),
        edition=edition,
        form=form,
        passphrases=opening,
        appendix=appendix,
        months=months,
        all_pages=all_pages,
    )
    before = ingredients(job)
    mark = unchanged(job, out, before)
    if mark is not None:
        return _left(out, job, mark, strict, quiet)
    try:
        with progress(quiet) as told, _staged(job, out, key_file) as writing:
            answer = run(writing, told, worker=worker)
            if strict and answer.problems.number:
                raise _Unfit  # leaves what stands there as it is
            leave_mark(writing, before, out, answer)
    except _Unfit:
        complain(unfit(book, answer.problems.number))
        return PROBLEMS
    if passphrase:
        say(f"The passphrase, shown only now: {opening[-1]}")
    for note in answer.notes:
        complain(note)
    if not quiet:
        say(built(out, job, answer))
        if key_file is not None:
            say(f"Which client is which stands in {key_file}, for you alone.")
        say_unread(answer)
    return DONE


def _left(out: Path, job: Job, mark: Mark, strict: bool, quiet: bool) -> int:
    """Say that the site stays as it stands; returns the exit code that it had."""
    sweep(around(job) | {out.parent})
    if strict and mark.problems:
        complain(unfit(job.workbook, mark.problems))
        return PROBLEMS
    if not quiet:
        say(left(out, job, mark))
    return DONE


def _refuse_months(months: Path, out: Path, edition: Edition, form: Form) -> None:
    """Raises: UsageError or ReportError, where months cannot be kept there, or of such a report."""
    if edition != Edition.OWNER or form != Form.SITE:
        raise click.UsageError(
            "Months are kept of your own site alone: leave --months, or the other form, out."
        )
    kept, site = months.resolve(), out.resolve()
    if kept.is_relative_to(site) or site.is_relative_to(kept):
        raise click.UsageError("The months and the site each need a folder of their own.")
    refuse_published(months, "the letters are yours alone: choose another folder.")


@contextlib.contextmanager
def _staged(job: Job, out: Path, key_file: Path | None) -> Iterator[Job]:
    """The job with a place to write for everything it makes; all is put there when the block ends."""
    with contextlib.ExitStack() as places:
        published = job.form == Form.LOCKED or job.edition == Edition.PUBLIC
        staging = places.enter_context(staged(out, job.workbook, published))
        writing = replace(job, out=staging)
        if job.months is not None:
            made = places.enter_context(staged(job.months, job.workbook))
            writing = replace(writing, months_out=made)
        if key_file is not None:
            writing = replace(writing, key=places.enter_context(swapped_file(key_file)))
        yield writing


def letters(
    *,
    book: Path,
    out: Path,
    as_of: date | None,
    config: Path | None,
    product: str | None,
    quiet: bool,
) -> int:
    """Do what ``reportgen letters`` says; returns the exit code."""
    refuse_published(out, "letters are between you and your clients: choose another folder.")
    try:
        with progress(quiet) as told, staged(out, book) as staging:
            answer = run(asked(Walk.LETTERS, book, config, as_of, product, staging), told)
            if not answer.letters:
                raise _NothingDue  # leaves what stands there as it is
    except _NothingDue:
        said = f"No letter is due as of {words.day(answer.as_of)}; nothing was written."
    else:
        said = posted(out, answer)
    for note in answer.notes:
        complain(note)
    if not quiet:
        say(said)
    return DONE


def serve(
    *,
    book: Path,
    port: int | None,
    edition: Edition,
    as_of: date | None,
    config: Path | None,
    product: str | None,
    quiet: bool,
) -> int:
    """Do what ``reportgen serve`` says; returns the exit code."""
    from reportgen.preview.serve import Voices
    from reportgen.preview.serve import serve as show

    voices = Voices(
        say=say,
        tell=unsaid if quiet else say,
        complain=complain,
        progress=lambda: progress(quiet),
    )
    # Settings that are not named are looked for beside BOOK at every save.
    job = replace(asked(Walk.BUILD, book, config, as_of, product), edition=edition, config=config)
    show(job, port, voices)
    voices.tell("Stopped.")
    return DONE
