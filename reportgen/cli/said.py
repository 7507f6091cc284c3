"""The closing sentences of the commands, and how a sentence reaches the terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from reportgen.problems import Problem
from reportgen.run.job import Answer, Job
from reportgen.words import listed

_NAMED = 5
"""Sheets and columns that are named in one sentence; the others are only counted."""


def sorry(sentence: str, code: int) -> int:
    click.echo(one_line(sentence), err=True)
    return code


def say(sentence: str) -> None:
    click.echo(sentence)


def one_line(text: str) -> str:
    """One line that a terminal shows as it is: a cell or a file name may hold anything."""
    return "".join(c if c.isprintable() else " " for c in text)


def shown(problem: Problem) -> str:
    where = one_line(str(problem.where))
    return click.style(where, bold=True) + one_line(str(problem)).removeprefix(where)


def _on(answer: Answer) -> str:
    day = date.fromisoformat(answer.as_of)
    return f"{day.day} {day:%B %Y}"


def posted(out: Path, answer: Answer) -> str:
    number = answer.letters
    ready = f"1 letter is in {out}" if number == 1 else f"{number:,} letters are in {out}"
    if not answer.unfinished:
        return f"{ready}, due as of {_on(answer)}."
    few = "1 of them has" if answer.unfinished == 1 else f"{answer.unfinished:,} of them have"
    return (
        f"{ready}, due as of {_on(answer)}; {'it has' if number == 1 else few} places in square "
        "brackets for you to fill in."
    )


def built(out: Path, job: Job, answer: Answer) -> str:
    """What was made, for whom, and whether it is locked: nothing open is to be sent by mistake."""
    whose = "" if job.edition == "owner" else f", the {job.edition} edition"
    if job.form == "locked":
        whose += ", locked"
    elif job.edition in ("coach", "accountant"):
        whose += ", not locked"
    where = "its Data problems page" if job.edition == "owner" else "reportgen check"
    clients = "1 client" if answer.clients == 1 else f"{answer.clients:,} clients"
    unused = (
        "every cell could be used"
        if not answer.problems
        else f"{_cells(len(answer.problems))} could not be used ({where} lists them)"
    )
    return f"{out / 'index.html'} is ready{whose}: {clients} as of {_on(answer)}; {unused}."


def checked(book: Path, answer: Answer) -> str:
    cells = f"the {answer.cells:,} filled cells looked at in {book.name}"
    if not answer.problems:
        return f"All of {cells} can be used."
    return (
        f"{_cells(len(answer.problems))} out of {cells} cannot be used; "
        "the other cells of their rows still count."
    )


def say_unread(answer: Answer) -> None:
    """The first sheets and columns that were not looked at; nothing where there are none."""
    if answer.unread:
        say(one_line(f"Not looked at: {listed(answer.unread, _NAMED)}."))


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number:,} cells"
