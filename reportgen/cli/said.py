"""What the commands say at the end, and how a sentence reaches the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from reportgen import words
from reportgen.forms.form import Form
from reportgen.model import Edition
from reportgen.problem_groups import Group
from reportgen.problems import Problem, ReportError, file_name, refused_by_system
from reportgen.run.job import Answer, Job
from reportgen.run.unchanged import Mark
from reportgen.run.worker import fault

_NAMED = 5
"""How many sheets and columns one sentence names; the others are only counted."""
_LONGEST = 2_000
"""Characters of a sentence, and of a problem."""
_CONTROL = re.compile("[\x7f-\x9f]")
"""What JSON lets stand as it is, and a terminal obeys."""


def say(sentence: str) -> None:
    """Print the sentence on standard output, as one line."""
    click.echo(one_line(sentence))


def put(lines: str) -> None:
    """Print lines on standard output that are made for a terminal already."""
    click.echo(lines)


def complain(sentence: str) -> None:
    """Print the sentence on standard error, as one line; nobody reads one without end."""
    line = one_line(sentence)
    click.echo(line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…", err=True)


def why(error: BaseException) -> list[str]:
    """Why a run ended without what was asked for: a sentence, and lines to put into a file if any."""
    match error:
        case ReportError():
            return [str(error), *error.block.splitlines()]
        case KeyboardInterrupt() | click.Abort():
            return ["Stopped, as you asked; nothing was written."]
        case OSError():
            return [refused_by_system(error)]
        case MemoryError():
            return ["There is too little memory left; close some programs and try again."]
    return [
        f"reportgen met a fault of its own ({fault(error)}); "
        "a report of this line would help to mend it."
    ]


def unsaid(_sentence: str) -> None:
    """Print nothing: the voice of ``--quiet``."""


def one_line(text: str) -> str:
    """The text on one line that a terminal shows as it is: a cell or a file name may hold anything."""
    return "".join(c if c.isprintable() else " " for c in text)


def shown(problem: Problem | Group) -> str:
    """One problem, or all of one kind, as ``check`` lists it, its address in bold."""
    line = str(problem)
    line = line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
    before, where, after = line.partition(str(problem.where))
    return one_line(before) + click.style(one_line(where), bold=True) + one_line(after)


def kinds(answer: Answer) -> Iterator[str]:
    """A line for each kind of problem, what costs most first; of very many the first hundred."""
    found = answer.problems
    yield from map(shown, found.groups)
    more = found.kinds - len(found.groups)
    if more:
        yield f"{words.count(more, 'more kind')} of problem; check --all lists each problem."


def each(answer: Answer) -> Iterator[str]:
    """A line for each problem in the order of the workbook; of each kind the first hundred."""
    yield from map(shown, answer.each)
    more = answer.problems.number - len(answer.each)
    if more:
        yield f"{words.count(more, 'more problem')} like these."


def as_json(answer: Answer) -> str:
    """The same for a program: the groups, and each problem as ``analyse`` prints it.

    ``more`` is how many further problems there are, beyond the first hundred of each kind.
    """
    found = answer.problems
    return obeyed_by_no_terminal(
        json.dumps(
            {
                "cells": answer.cells,
                "left_out": found.left_out,
                "groups": [
                    {
                        "where": [str(cell) for cell in group.first],
                        "number": group.number,
                        "found": [one.found for one in group.examples],
                        "expected": group.expected,
                        "suggestion": group.remedy or None,
                        "left_out": group.left_out,
                    }
                    for group in found.groups
                ],
                "problems": [
                    {
                        "where": str(problem.where),
                        "found": problem.found,
                        "expected": problem.expected,
                        "suggestion": problem.suggestion,
                    }
                    for problem in answer.each
                ],
                "more": found.number - len(answer.each),
                "unread": list(answer.unread),
                "remarks": list(answer.remarks),
            },
            indent=1,
            ensure_ascii=False,
        )
    )


def obeyed_by_no_terminal(text: str) -> str:
    """JSON with every control character escaped, also those that JSON allows."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def posted(out: Path, answer: Answer) -> str:
    """How many letters were written, and how many of them the owner has to finish."""
    number = answer.letters
    ready = f"{words.count(number, 'letter')} {'is' if number == 1 else 'are'} in {out}"
    if not answer.unfinished:
        return f"{ready}, due as of {words.day(answer.as_of)}."
    few = "1 of them has" if answer.unfinished == 1 else f"{answer.unfinished:,} of them have"
    return (
        f"{ready}, due as of {words.day(answer.as_of)}; {'it has' if number == 1 else few} places in "
        "square brackets for you to fill in."
    )


def built(out: Path, job: Job, answer: Answer) -> str:
    """What was made, for whom, and whether it is locked: nobody shall send an open one by mistake."""
    whose = "" if job.edition == Edition.OWNER else f", the {job.edition} edition"
    if job.form == Form.LOCKED:
        whose += ", locked"
    elif job.edition in (Edition.COACH, Edition.ACCOUNTANT):
        whose += ", not locked"
    what = _what(job, answer.clients, answer.as_of, answer.problems.number)
    return f"{out / 'index.html'} is ready{whose}: {what}"


def _what(job: Job, clients: int, as_of: date | None, problems: int) -> str:
    """Of whom a report is, of which day, and how much of the workbook could not be used."""
    where = "its Data problems page" if job.edition == Edition.OWNER else "reportgen check"
    unused = (
        f"{words.count(problems, 'problem')} in the workbook ({where} says which)"
        if problems
        else "every cell could be used"
    )
    return f"{words.count(clients, 'client')} as of {words.day(as_of)}; {unused}."


def left(out: Path, job: Job, mark: Mark) -> str:
    """That nothing has changed, and what the site that stands there says."""
    return (
        f"Nothing has changed since {out / 'index.html'} was made, so it stays as it is: "
        f"{_what(job, mark.clients, date.fromisoformat(mark.as_of), mark.problems)}"
    )


def unfit(book: Path, problems: int) -> str:
    """Why ``--strict`` wrote nothing."""
    return (
        f"Nothing was written: {book.name} has {words.count(problems, 'problem')}; "
        f"reportgen check {book} says which."
    )


def checked(book: Path, answer: Answer) -> str:
    """How many problems the workbook has, and what the report leaves out because of them."""
    cells = f"the {answer.cells:,} filled cells looked at in {file_name(book)}"
    if not answer.problems.number:
        return f"All of {cells} can be used."
    number = answer.problems.number
    # A blank cell may be a problem, too; nobody shall read of more cells than there are.
    where = f"among {cells}" if number <= answer.cells else f"in {file_name(book)}"
    return (
        f"{words.count(number, 'problem')} {where}; "
        f"left out because of {'it' if answer.problems.number == 1 else 'them'}: "
        f"{answer.problems.left_out}."
    )


def say_unread(answer: Answer) -> None:
    """Say how rows were counted, and name the first sheets and columns that were not looked at."""
    for remark in answer.remarks:
        say(remark)
    if answer.unread:
        say(f"Not looked at: {words.listed(answer.unread, _NAMED)}.")
