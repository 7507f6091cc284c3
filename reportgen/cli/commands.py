"""The commands: arguments in, sentences out, exit codes.

Exit codes (SPEC 10): 0 done; 1 could not be done, with one sentence on standard error; 2 wrong
usage; 3 done, but the workbook has problems (``check``, and ``build --strict``, which then writes
nothing).
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from reportgen import words
from reportgen.build import own_configuration
from reportgen.cli.adopt import adopt, begun_with
from reportgen.cli.options import (
    book_argument,
    common_options,
    edition_option,
    out_option,
    quiet_option,
)
from reportgen.cli.passphrases import passphrases
from reportgen.cli.progress import progress
from reportgen.cli.said import (
    as_json,
    built,
    checked,
    complain,
    each,
    kinds,
    one_line,
    posted,
    say,
    say_unread,
    unsaid,
)
from reportgen.forms.form import Form
from reportgen.model import Edition
from reportgen.output.folder import staged, staged_file, swapped_file
from reportgen.output.key_file import refuse_unless_key
from reportgen.output.published import refuse_published
from reportgen.problems import NAME_TOO_LONG, ReportError
from reportgen.run.job import Job, Walk
from reportgen.run.supervise import run
from reportgen.run.worker import fault

DONE, NOT_DONE, PROBLEMS = 0, 1, 3


class _Unfit(Exception):
    """The workbook has problems, and the owner wants a report only when it has none."""


class _NothingDue(Exception):
    """No letter is due, so no folder may be made or replaced."""


@click.group()
def commands() -> None:
    """From a spreadsheet of clients and touchpoints to a site on how the relationships are.

    \b
    Begin with the files that you have:
        reportgen adopt sales.csv appointments.xlsx -o clients.xlsx
        reportgen build clients.xlsx -o site
    or with a new workbook:
        reportgen init my-business
    """


@commands.command(epilog="Example: reportgen build clients.xlsx -o site --as-of 2026-10")
@book_argument
@out_option("site", "The site's folder.")
@click.option("--strict", is_flag=True, help="Write nothing when the workbook has problems.")
@edition_option
@click.option("--single-file", is_flag=True, help="One HTML file with everything in it, to e-mail.")
@click.option(
    "--appendix",
    is_flag=True,
    help="Also all tables as one .xlsx file, for your accountant's spreadsheet.",
)
@click.option(
    "--months",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Also keep this month's letter and report.json in DIR, and lead from the pages to those that "
    "were kept before.",
)
@click.option(
    "--key-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="With --edition coach: also write, for you alone, which client is which.",
)
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Lock it all in one HTML file that the passphrase in FILE opens; may be given several times.",
)
@click.option(
    "--password", is_flag=True, help="Lock it with a passphrase that you are asked for, unseen."
)
@click.option(
    "--passphrase", is_flag=True, help="Lock it with six random words, shown once on the terminal."
)
@common_options
def build(
    *,
    book: Path,
    out: Path,
    strict: bool,
    edition: Edition,
    single_file: bool,
    appendix: bool,
    months: Path | None,
    key_file: Path | None,
    password_file: tuple[Path, ...],
    password: bool,
    passphrase: bool,
    as_of: date | None,
    config: Path | None,
    product: str | None,
    quiet: bool,
) -> int:
    """Make the site of BOOK, a workbook.

    BOOK is a spreadsheet (.xlsx, .xlsm, .xlsb, .xls, .ods), a folder with one .csv a sheet, or a
    single .csv of touchpoints.
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
        _job(Walk.BUILD, book, config, as_of, product),
        edition=edition,
        form=form,
        passphrases=opening,
        appendix=appendix,
    )
    with progress(quiet) as told, _staged(job, out, months, key_file) as writing:
        answer = run(writing, told)
        if strict and answer.problems.number:
            raise _Unfit(
                f"Nothing was written: {book.name} has "
                f"{words.count(answer.problems.number, 'problem')}; reportgen check {book} says which."
            )
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
def _staged(job: Job, out: Path, months: Path | None, key_file: Path | None) -> Iterator[Job]:
    """The job with a place to write for everything it makes; all is put there when the block ends."""
    with contextlib.ExitStack() as places:
        writing = replace(job, out=places.enter_context(staged(out, job.workbook)))
        if months is not None:
            made = places.enter_context(staged(months, job.workbook))
            writing = replace(writing, months=months, months_out=made)
        if key_file is not None:
            writing = replace(writing, key=places.enter_context(swapped_file(key_file)))
        yield writing


@commands.command(epilog="Example: reportgen check clients.xlsx --annotate marked.xlsx")
@book_argument
@click.option(
    "--annotate",
    metavar="OUT.xlsx",
    type=click.Path(path_type=Path),
    help="Also write a copy of BOOK with each of these cells marked and explained.",
)
@click.option("--all", "every", is_flag=True, help="A line for each problem, not for each kind.")
@click.option("--json", "machine", is_flag=True, help="The same as JSON, for a program.")
@common_options
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
    """Say what in BOOK cannot be used.

    A line for each kind of problem: how many there are, where, what was found and what was expected,
    what to do, and what the report leaves out. Exit code 3 when there are any. --as-of is taken here
    as by the other commands, and changes nothing.
    """
    if annotate is not None:
        refuse_published(
            annotate.parent, "a marked workbook is yours alone: choose another folder."
        )
    with progress(quiet) as told:
        if annotate is None:
            answer = run(_job(Walk.CHECK, book, config, as_of, product), told)
        else:
            with staged_file(annotate) as staging:
                answer = run(_job(Walk.ANNOTATE, book, config, as_of, product, staging), told)
    found = bool(answer.problems.number)
    if machine:
        say(as_json(answer))
        return PROBLEMS if found else DONE
    for line in each(answer) if every else kinds(answer):
        say(line)
    if not quiet:
        say(checked(book, answer))
        if annotate:
            nothing = f"There is nothing to mark, so {annotate} was not written."
            say(f"They are marked in {annotate}." if found else nothing)
        say_unread(answer)
    for note in answer.notes:
        say(note)
    return PROBLEMS if found else DONE


@commands.command(epilog="Example: reportgen analyse clients.xlsx --as-of 2026-10-31 > report.json")
@book_argument
@common_options
def analyse(
    *, book: Path, as_of: date | None, config: Path | None, product: str | None, quiet: bool
) -> int:
    """Print the whole analysis of BOOK as JSON."""
    with progress(quiet) as told:
        answer = run(_job(Walk.ANALYSE, book, config, as_of, product), told)
    out = sys.stdout.buffer
    out.write(answer.text.rstrip("\n").encode(errors="backslashreplace") + b"\n")
    out.flush()
    return DONE


@commands.command(epilog='Example: reportgen explain clients.xlsx "Harbour & Finch" trust')
@book_argument
@click.argument("client")
@click.argument("figure", required=False)
@common_options
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
    """Show how each figure of CLIENT comes about.

    CLIENT is a name as BOOK has it. Each figure comes with its rule, the settings in force and the
    rows behind it; FIGURE, a key of what `analyse` prints, shows that one alone.
    """
    job = replace(_job(Walk.EXPLAIN, book, config, as_of, product), client=client, figure=figure)
    with progress(quiet) as told:
        answer = run(job, told)
    for line in answer.text.rstrip("\n").split("\n"):
        say(one_line(line))
    return DONE


@commands.command(epilog="Example: reportgen letters clients.xlsx -o letters-due --as-of 2026-10")
@book_argument
@out_option("letters-due", "Their folder.")
@common_options
def letters(
    *,
    book: Path,
    out: Path,
    as_of: date | None,
    config: Path | None,
    product: str | None,
    quiet: bool,
) -> int:
    """Write the letters that are due, filled in.

    Each is in the form of its channel: points to talk about, a card, a text message, or an e-mail and,
    where the address is known, a draft that your mail program opens. A mailing is one letter (.rtf) and
    its recipients (.csv) for mail merge. Letters of your own, in a folder named letters beside BOOK,
    come before ours.
    """
    refuse_published(out, "letters are between you and your clients: choose another folder.")
    try:
        with progress(quiet) as told, staged(out, book) as staging:
            answer = run(_job(Walk.LETTERS, book, config, as_of, product, staging), told)
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


@commands.command(epilog="Example: reportgen serve clients.xlsx")
@book_argument
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(1024, 65535),
    help="The number at the end of the address.  [default: 18273, or a free one]",
)
@edition_option
@common_options
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
    """Show the site of BOOK in your browser, made anew at every save.

    Only this computer can open it. Nothing is written beside BOOK; while it cannot be used, the last
    good pages stay and say why. Ctrl-C ends it.
    """
    from reportgen.preview.serve import Voices
    from reportgen.preview.serve import serve as show

    voices = Voices(
        say=lambda sentence: say(one_line(sentence)),
        tell=unsaid if quiet else lambda sentence: say(one_line(sentence)),
        complain=complain,
        progress=lambda: progress(quiet),
    )
    # Settings that are not named are looked for beside BOOK at every save.
    job = replace(_job(Walk.BUILD, book, config, as_of, product), edition=edition, config=config)
    show(job, port, voices)
    voices.tell("Stopped.")
    return DONE


commands.add_command(adopt)


@commands.command(epilog="Example: reportgen init my-business")
@click.argument(
    "folder", metavar="[DIR]", type=click.Path(path_type=Path), default=Path(), required=False
)
@click.option(
    "--from",
    "files",
    metavar="FILE",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Begin with a file that you have, as `reportgen adopt` does; may be given several times.",
)
@click.option("--yes", is_flag=True, help="With --from: take the first answer to each question.")
@quiet_option
def init(*, folder: Path, files: tuple[Path, ...], yes: bool, quiet: bool) -> int:
    """Write a starter workbook and its settings.

    They go into DIR, or into the current folder, with a Makefile, what keeps your clients out of
    git, and a README on how to share and publish. Nothing that stands there already is overwritten.
    """
    from reportgen.writing.scaffold import write_starter

    if files:
        return DONE if begun_with(files, folder, yes=yes, quiet=quiet) else NOT_DONE
    made = write_starter(folder)
    if not quiet:
        say(
            f"{folder / 'clients.xlsx'} is ready to be filled in; beside it are "
            f"{', '.join(made[1:-1])} and {made[-1]}, which says what to do next."
        )
    return DONE


def main() -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show é must not stop a run
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _stop)
    try:
        # Not commands.main(): it has its own words for Ctrl-C and a closed pipe.
        colour = False if os.environ.get("NO_COLOR") else None
        with commands.make_context("reportgen", sys.argv[1:], color=colour) as context:
            code = commands.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except ReportError as error:
        complain(str(error))
        for line in error.block.splitlines():
            complain(line)
        code = NOT_DONE
    except _Unfit as error:
        complain(str(error))
        code = PROBLEMS
    except (KeyboardInterrupt, click.Abort):
        complain("Stopped, as you asked; nothing was written.")
        code = NOT_DONE
    except BrokenPipeError:
        # Whoever read our output has enough of it, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            complain(NAME_TOO_LONG)
        else:
            complain(
                f"reportgen met a fault of its own ({fault(error)}); "
                "a report of this line would help to mend it."
            )
        code = NOT_DONE
    sys.exit(code)


def _stop(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _job(
    walk: Walk,
    book: Path,
    config: Path | None,
    as_of: date | None,
    product: str | None,
    out: Path | None = None,
) -> Job:
    return Job(walk, book, config or own_configuration(book), as_of, out, product=product)
