"""The commands: arguments in, sentences out, exit codes.

Exit codes (SPEC 10): 0 done; 1 could not be done, with one sentence on standard error; 2 wrong
usage; 3 done, but the workbook has problems (``check``, and ``build --strict``, which then writes
nothing), or a workbook of a cohort could not be read.

What each command takes is declared here. What it does stands in a module that is imported when it is
asked for, so that ``--help`` costs next to nothing.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from pathlib import Path
from typing import Any

import click

from reportgen.cli.options import (
    DONE,
    NOT_DONE,
    as_of_option,
    book_argument,
    cohort_edition_option,
    common_options,
    config_option,
    edition_option,
    out_option,
    quiet_option,
)

_ENDS = ("SIGINT", "SIGTERM", "SIGHUP")
"""The signals that end a run: Ctrl-C, the system, a terminal that was closed."""


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
    "--all-pages",
    is_flag=True,
    help="A page of every client; without it, from 2,000 clients on, of those who are running or whom a "
    "page or the plan names.",
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
def build(**given: Any) -> int:
    """Make the site of BOOK, a workbook.

    BOOK is a spreadsheet (.xlsx, .xlsm, .xlsb, .xls, .ods), a folder with one .csv a sheet, or a
    single .csv of touchpoints.
    """
    from reportgen.run.start import start

    # It gets ready while this process does; a site that stands there may be left as it is.
    worker = None if (given["out"] / ".reportgen.json").exists() else start("build")
    from reportgen.cli import building

    return building.build(**given, worker=worker)


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
def check(**given: Any) -> int:
    """Say what in BOOK cannot be used.

    A line for each kind of problem: how many there are, where, what was found and what was expected,
    what to do, and what the report leaves out. Exit code 3 when there are any. --as-of is taken here
    as by the other commands, and changes nothing.
    """
    from reportgen.cli import telling

    return telling.check(**given)


@commands.command(epilog="Example: reportgen analyse clients.xlsx --as-of 2026-10-31 > report.json")
@book_argument
@common_options
def analyse(**given: Any) -> int:
    """Print the whole analysis of BOOK as JSON."""
    from reportgen.cli import telling

    return telling.analyse(**given)


@commands.command(epilog='Example: reportgen explain clients.xlsx "Harbour & Finch" trust')
@book_argument
@click.argument("client")
@click.argument("figure", required=False)
@common_options
def explain(**given: Any) -> int:
    """Show how each figure of CLIENT comes about.

    CLIENT is a name as BOOK has it. Each figure comes with its rule, the settings in force and the
    rows behind it; FIGURE, a key of what `analyse` prints, shows that one alone.
    """
    from reportgen.cli import telling

    return telling.explain(**given)


@commands.command(epilog="Example: reportgen letters clients.xlsx -o letters-due --as-of 2026-10")
@book_argument
@out_option("letters-due", "Their folder.")
@common_options
def letters(**given: Any) -> int:
    """Write the letters that are due, filled in.

    Each is in the form of its channel: points to talk about, a card, a text message, or an e-mail and,
    where the address is known, a draft that your mail program opens. A mailing is one letter (.rtf) and
    its recipients (.csv) for mail merge. Letters of your own, in a folder named letters beside BOOK,
    come before ours.
    """
    from reportgen.cli import building

    return building.letters(**given)


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
def serve(**given: Any) -> int:
    """Show the site of BOOK in your browser, made anew at every save.

    Only this computer can open it. Nothing is written beside BOOK; while it cannot be used, the last
    good pages stay and say why. Ctrl-C ends it.
    """
    from reportgen.cli import building

    return building.serve(**given)


@commands.command(epilog="Example: reportgen adopt sales.csv appointments.xlsx -o clients.xlsx")
@click.argument(
    "files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True
)
@click.option(
    "-o",
    "--out",
    metavar="BOOK",
    type=click.Path(path_type=Path),
    help="The new workbook.  [default: clients.xlsx]",
)
@click.option(
    "--into",
    metavar="BOOK",
    type=click.Path(path_type=Path),
    help="A workbook of reportgen's to add to: what is new goes below, nothing else changes.",
)
@click.option("--yes", is_flag=True, help="Take the first answer to each question.")
@click.option(
    "--as",
    "product",
    metavar="PRODUCT",
    help="Which product exported the files, where two could have; the message that asks for it names them.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where your answers are kept.  [default: reportgen.toml beside the workbook]",
)
@quiet_option
def adopt(**given: Any) -> int:
    """Make a workbook of FILEs that you already have.

    Each FILE is a spreadsheet, a .csv, what another program exports, or a folder of them. What cannot be
    read in one way only is asked, and your answers are remembered. The same files again add nothing; a
    later export adds what is new.
    """
    from reportgen.cli import adopt as adopting

    return adopting.adopt(**given)


@commands.command(epilog="Example: reportgen cohort workbooks -o owners --as-of 2026-10")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@out_option("owners", "The folder of the overview, with a folder for each owner's site.")
@cohort_edition_option
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, 1000),
    help="How many sites are made at a time.  [default: one for each processor]",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Make them on a Dask cluster, which has reportgen and the same folders at the same place.",
)
@as_of_option
@config_option
@quiet_option
def cohort(**given: Any) -> int:
    """Make the site of every workbook in DIR, and an overview across the owners.

    Each file in DIR that can be read is an owner, and each folder of such files. The overview shows where
    each owner stands, the silence that clients really keep, and what works across owners. A workbook
    that cannot be read is a line in it, and the exit code is then 3. A run that was broken off goes on
    where it was, and what has not changed is left as it is.
    """
    from reportgen.cli import cohort as many

    return many.cohort(**given)


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
    if files:
        from reportgen.cli.adopt import begun_with

        return DONE if begun_with(files, folder, yes=yes, quiet=quiet) else NOT_DONE
    from reportgen.cli.said import say
    from reportgen.writing.scaffold import write_starter

    made = write_starter(folder)
    if not quiet:
        say(
            f"{folder / 'clients.xlsx'} is ready to be filled in; beside it are "
            f"{', '.join(made[1:-1])} and {made[-1]}, which says what to do next."
        )
    return DONE


def main() -> None:
    """Run the command line and end the process with its exit code."""
    _open_what_was_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show é must not stop a run
            stream.reconfigure(errors="backslashreplace")
    os.umask(0o077)  # whatever is written, her clients are in it
    for kind in _ENDS:
        _stop_at(getattr(signal, kind, None))
    try:
        # Not commands.main(): it has its own words for Ctrl-C and a closed pipe.
        colour = False if os.environ.get("NO_COLOR") else None
        with commands.make_context("reportgen", sys.argv[1:], color=colour) as context:
            code = commands.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.ClickException as error:
        code = error.exit_code
        _show(error)
    except BrokenPipeError:
        code = DONE  # whoever read our output has enough of it, as `head` does
    except (KeyboardInterrupt, Exception) as error:
        code = NOT_DONE
        _complain(error)
    _leave_nothing_to_print()
    sys.exit(code)


def _show(error: click.ClickException) -> None:
    from reportgen.cli.said import complain

    shown = io.StringIO()
    error.show(shown)
    with contextlib.suppress(OSError):
        for line in shown.getvalue().rstrip("\n").split("\n"):
            complain(line)


def _complain(error: BaseException) -> None:
    from reportgen.cli.said import complain, why

    with contextlib.suppress(OSError):  # where it cannot be said, the code says it
        for line in why(error):
            complain(line)


def _open_what_was_closed() -> None:
    """Let what is printed on a stream that was closed go nowhere; no file of ours may get its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", closefd=False))  # noqa: SIM115


def _leave_nothing_to_print() -> None:
    """Drop what could not be printed; Python would try again at its end, and complain in its own words."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _stop_at(kind: signal.Signals | None) -> None:
    """Let a signal end the run as Ctrl-C does; under ``nohup`` a closed terminal ends nothing."""
    if kind is not None and signal.getsignal(kind) != signal.SIG_IGN:
        signal.signal(kind, _stop)


def _stop(_signal: int, _frame: object) -> None:
    for kind in _ENDS:  # a second one must not cut the tidying up short
        if hasattr(signal, kind):
            signal.signal(getattr(signal, kind), signal.SIG_IGN)
    raise KeyboardInterrupt
