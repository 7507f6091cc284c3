"""What the commands say at the end, and how a sentence reaches the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen import words
from reportgen.forms.form import Form
from reportgen.model import Edition
from reportgen.problems import Problem
from reportgen.run.job import Answer, Job

_NAMED = 5
"""How many sheets and columns one sentence names; the others are only counted."""


def say(sentence: str) -> None:
    """Print the sentence on standard output."""
    click.echo(sentence)


def complain(sentence: str) -> None:
    """Print the sentence on standard error, as one line."""
    click.echo(one_line(sentence), err=True)


def unsaid(_sentence: str) -> None:
    """Print nothing: the voice of ``--quiet``."""


def one_line(text: str) -> str:
    """The text on one line that a terminal shows as it is: a cell or a file name may hold anything."""
    return "".join(c if c.isprintable() else " " for c in text)


def shown(problem: Problem) -> str:
    """One problem as ``check`` lists it, its address in bold."""
    where = one_line(str(problem.where))
    return click.style(where, bold=True) + one_line(str(problem)).removeprefix(where)


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
    where = "its Data problems page" if job.edition == Edition.OWNER else "reportgen check"
    unused = (
        f"{words.count(len(answer.problems), 'cell')} could not be used ({where} lists them)"
        if answer.problems
        else "every cell could be used"
    )
    clients = words.count(answer.clients, "client")
    as_of = words.day(answer.as_of)
    return f"{out / 'index.html'} is ready{whose}: {clients} as of {as_of}; {unused}."


def checked(book: Path, answer: Answer) -> str:
    """How many cells of the workbook cannot be used, out of how many."""
    cells = f"the {answer.cells:,} filled cells looked at in {book.name}"
    if not answer.problems:
        return f"All of {cells} can be used."
    return (
        f"{words.count(len(answer.problems), 'cell')} out of {cells} cannot be used; "
        "the other cells of their rows still count."
    )


def say_unread(answer: Answer) -> None:
    """Name the first sheets and columns that were not looked at; say nothing when all were."""
    if answer.unread:
        say(one_line(f"Not looked at: {words.listed(answer.unread, _NAMED)}."))
