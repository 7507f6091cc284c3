"""The conversation of ``adopt``: what was found, the questions, and what is written at the end."""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import click

from reportgen import words
from reportgen.adopting.adopted import Adopted, Entry, Question, Reply, Wanted
from reportgen.cli.options import DONE, NOT_DONE
from reportgen.cli.progress import progress
from reportgen.cli.said import complain, kinds, put, say
from reportgen.output.file import staged_file, swapped_file
from reportgen.output.leftovers import temporary
from reportgen.output.published import refuse_published
from reportgen.problems import ReportError
from reportgen.run.job import Answer, Job, Walk
from reportgen.run.supervise import run
from reportgen.values import dataclass

_MOST_CHANGES = 20
"""How many changes in a source are told one by one."""


@dataclass(frozen=True, slots=True)
class Into:
    """The workbook that is written, or added to."""

    path: Path
    title: str
    """As she typed it."""
    is_new: bool

    @classmethod
    def new(cls, path: Path) -> Into:
        """A workbook that is not there yet.

        Raises: ReportError, when it is, or is to be none.
        """
        if path.suffix.casefold() != ".xlsx":
            raise ReportError(
                f"{path} has to be named .xlsx, for example {path.stem or 'clients'}.xlsx."
            )
        if path.exists() or path.is_symlink():
            raise ReportError(
                f"{path} exists already; to add to it, say --into {path}, and for a new workbook "
                "-o with another name."
            )
        refuse_published(path.parent, "a workbook is yours alone: choose another folder.")
        return cls(path, str(path), is_new=True)

    @classmethod
    def added_to(cls, path: Path) -> Into:
        """A workbook that is there.

        Raises: ReportError, when it is no .xlsx or .xlsm, or is open.
        """
        if not path.is_file():
            raise ReportError(
                f"{path} is not there; check the name, or say -o {path} for a new one."
            )
        if path.suffix.casefold() not in (".xlsx", ".xlsm"):
            raise ReportError(
                f"Rows can be added to .xlsx and .xlsm workbooks, and {path.name} is neither; open it in "
                "a spreadsheet program and save it as .xlsx."
            )
        title, path = str(path), path.resolve()  # a link stays a link
        for lock in (f"~${path.name}", f".~lock.{path.name}#"):
            if (path.parent / lock).exists():
                raise ReportError(f"{path.name} is open; save and close it, and try again.")
        return cls(path, title, is_new=False)

    def written(self) -> AbstractContextManager[Path]:
        """Where to write it; it is put into its place at the end of the ``with`` block."""
        return staged_file(self.path) if self.is_new else swapped_file(self.path)

    def is_as_it_was(self, digest: str) -> None:
        """Do nothing.

        Raises: ReportError, when somebody has saved the workbook since it was read.
        """
        if self.is_new:
            return
        if hashlib.sha256(self.path.read_bytes()).hexdigest() != digest:
            raise ReportError(
                f"{self.path.name} was saved while its rows were read; nothing was written, try again."
            )


def adopt(
    *,
    files: tuple[Path, ...],
    out: Path | None,
    into: Path | None,
    yes: bool,
    product: str | None,
    dry_run: bool,
    config: Path | None,
    quiet: bool,
) -> int:
    """Do what ``reportgen adopt`` says; returns the exit code."""
    if out is not None and into is not None:
        raise click.UsageError("Take -o for a new workbook, or --into for one that is there.")
    book = Into.added_to(into) if into is not None else Into.new(out or Path("clients.xlsx"))
    settings = _settings(config, book)
    wanted = Wanted(files, settings, None if book.is_new else book.path, product=product)
    done = adopted(wanted, book, settings, yes=yes, writes=not dry_run, quiet=quiet)
    return DONE if done else NOT_DONE


def _settings(config: Path | None, book: Into) -> Path:
    if config is not None and not config.is_file():
        raise ReportError(f"{config} is not there; check its name, or leave --config out.")
    return config or Path(book.title).parent / "reportgen.toml"


def adopted(
    wanted: Wanted, book: Into, settings: Path, *, yes: bool, writes: bool, quiet: bool
) -> bool:
    """Adopt the files; returns False where there are questions and nobody to answer them.

    The owner is told the name of the ``settings``, whatever those are called while they are written.

    Raises: ReportError, when it cannot be done; click.Abort, when the owner stops.
    """
    told: set[str] = set()
    asked = 0
    while True:
        with _staged(book, writes) as staging:
            answer = _walked(Job(Walk.ADOPT, wanted.files[0], out=staging, wanted=wanted), quiet)
            found = _adopted(answer)
            if not quiet:
                _tell([line for line in found.found if line not in told])
                told.update(found.found)
            if not found.questions and writes:
                book.is_as_it_was(found.digest)
        if not found.questions:
            break
        if not yes and not sys.stdin.isatty():
            _unanswered(found.questions)
            return False
        wanted = replace(wanted, answers=(*wanted.answers, *_answers(found.questions, asked, yes)))
        asked += len(found.questions)
    if writes and found.config is not None:
        with swapped_file(wanted.config) as staging:
            staging.write_text(found.config, encoding="utf-8")
    if not quiet:
        _close(book, answer, settings, writes)
    return True


class _NobodyAnswered(Exception):
    """There are questions, and no terminal to ask them on: nothing may be left of what was begun."""


def begun_with(files: Sequence[Path], folder: Path, *, yes: bool, quiet: bool) -> bool:
    """Lay out a folder whose workbook holds what is in the files; False where nobody answers a question.

    Raises: ReportError, when it cannot be done, and then nothing is left of it.
    """
    from reportgen.writing import scaffold
    from reportgen.writing.starter import empty_workbook

    made = scaffold.starter_files(empty_workbook({}))
    try:
        with scaffold.laid_out(folder) as staging, temporary() as place:
            scaffold.write_files(place, made)
            book = Into(place / scaffold.WORKBOOK, str(folder / scaffold.WORKBOOK), is_new=False)
            wanted = Wanted(tuple(files), place / scaffold.SETTINGS, book.path)
            shown = folder / scaffold.SETTINGS
            if not adopted(wanted, book, shown, yes=yes, writes=True, quiet=quiet):
                raise _NobodyAnswered
            scaffold.write_files(staging, {name: (place / name).read_bytes() for name in made})
    except _NobodyAnswered:
        return False
    if not quiet:
        say(f"Beside it in {folder} are its settings and README.md, which says what to do.")
    return True


@contextlib.contextmanager
def _staged(book: Into, writes: bool) -> Iterator[Path | None]:
    if not writes:
        yield None
        return
    with book.written() as staging:
        yield staging


def _walked(job: Job, quiet: bool) -> Answer:
    with progress(quiet) as heard:
        return run(job, heard)


def _adopted(answer: Answer) -> Adopted:
    assert answer.adopted is not None
    return answer.adopted


def _tell(lines: Sequence[str]) -> None:
    for line in lines:
        say(line)


# Questions ---------------------------------------------------------------------------------------
def _answers(questions: Sequence[Question], asked: int, yes: bool) -> Iterator[Entry]:
    for number, question in enumerate(questions, start=asked + 1):
        say("")
        _show(question, number)
        if yes or len(question.replies) == 1:
            reply = question.replies[0]
            say(f"   Taken: {reply.says}")
        else:
            reply = _chosen(question.replies)
        yield from reply.entries


def _show(question: Question, number: int) -> None:
    say(f"{number}. {question.asks}")
    for shown in question.shows:
        say(f"     {shown}")
    for at, reply in enumerate(question.replies, start=1):
        say(f"   {at}  {reply.says}")


def _chosen(replies: Sequence[Reply]) -> Reply:
    number: int = click.prompt(
        "   Your answer, or Enter for 1",
        type=click.IntRange(1, len(replies)),
        default=1,
        show_default=False,
    )
    return replies[number - 1]


def _unanswered(questions: Sequence[Question]) -> None:
    for number, question in enumerate(questions, start=1):
        _show(question, number)
    complain(
        f"Nothing was written: there {'is' if len(questions) == 1 else 'are'} "
        f"{words.count(len(questions), 'question')} to answer; run this in a terminal, or with --yes, "
        "which takes the first answer of each."
    )


# The end -----------------------------------------------------------------------------------------
def _close(book: Into, answer: Answer, settings: Path, writes: bool) -> None:
    found = _adopted(answer)
    if answer.problems.number:
        say("")
        say(
            "What could not be used; it stands in the workbook as you wrote it, to be put right there:"
        )
        for line in kinds(answer):
            put(line)
    say("")
    for change in found.changes[:_MOST_CHANGES]:
        say(change)
    if len(found.changes) > _MOST_CHANGES:
        say(f"{words.count(len(found.changes) - _MOST_CHANGES, 'more row')} changed like these.")
    if found.known:
        say(f"{words.count(found.known, 'row')} of your files {_was(found.known)} there already.")
    got = [f"{many:,} in {sheet}" for sheet, many in found.added]
    if found.filled:
        say(f"{'Filled' if writes else 'To fill'} in: {words.listed(found.filled, 10)}.")
        got.append(words.count(len(found.filled), "cell"))
    rows = words.listed(got, len(got))
    path = book.title
    if not got:
        say(f"Nothing is new, so {path} stays as it was.")
    elif not writes:
        say(f"Nothing was written; {path} would get {rows}.")
    else:
        did = "is ready" if book.is_new else "has new rows" if found.added else "is filled in"
        say(f"{path} {did}: {rows}.")
    if writes and found.config is not None:
        say(f"Your answers are in {settings}, so nobody asks you again.")
    if writes and book.is_new:
        say(f"Next: reportgen build {path} -o site")


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
