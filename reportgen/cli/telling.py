"""What is printed: the problems of a workbook, its figures, and how one came about."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from reportgen.cli.asked import asked
from reportgen.cli.options import DONE, PROBLEMS
from reportgen.cli.progress import progress
from reportgen.cli.said import (
    as_json,
    checked,
    each,
    kinds,
    obeyed_by_no_terminal,
    put,
    say,
    say_unread,
)
from reportgen.output.file import staged_file
from reportgen.output.published import refuse_published
from reportgen.run.job import Walk
from reportgen.run.supervise import run


def check(
    *,
    book: Path,
    annotate: Path | None,
    every: bool,
    machine: bool,
    as_of: date | None,
    config: Path | None,
    product: str | None,
    quiet: bool,
) -> int:
    """Do what ``reportgen check`` says; returns the exit code."""
    if annotate is not None:
        refuse_published(
            annotate.parent, "a marked workbook is yours alone: choose another folder."
        )
    with progress(quiet) as told:
        if annotate is None:
            answer = run(asked(Walk.CHECK, book, config, as_of, product), told)
        else:
            with staged_file(annotate) as staging:
                answer = run(asked(Walk.ANNOTATE, book, config, as_of, product, staging), told)
    found = bool(answer.problems.number)
    if machine:
        put(as_json(answer))
        return PROBLEMS if found else DONE
    for line in each(answer) if every else kinds(answer):
        put(line)
    if not quiet:
        say(checked(book, answer))
        if annotate:
            nothing = f"There is nothing to mark, so {annotate} was not written."
            say(f"They are marked in {annotate}." if found else nothing)
        say_unread(answer)
    for note in answer.notes:
        say(note)
    return PROBLEMS if found else DONE


def analyse(
    *, book: Path, as_of: date | None, config: Path | None, product: str | None, quiet: bool
) -> int:
    """Do what ``reportgen analyse`` says; returns the exit code."""
    with progress(quiet) as told:
        answer = run(asked(Walk.ANALYSE, book, config, as_of, product), told)
    out = sys.stdout.buffer
    text = obeyed_by_no_terminal(answer.text.rstrip("\n"))
    out.write(text.encode(errors="backslashreplace") + b"\n")
    out.flush()
    return DONE


def explain(
    *,
    book: Path,
    client: str,
    figure: str | None,
    as_of: date | None,
    config: Path | None,
    product: str | None,
    quiet: bool,
) -> int:
    """Do what ``reportgen explain`` says; returns the exit code."""
    job = replace(asked(Walk.EXPLAIN, book, config, as_of, product), client=client, figure=figure)
    with progress(quiet) as told:
        answer = run(job, told)
    for line in answer.text.rstrip("\n").split("\n"):
        say(line)
    return DONE
