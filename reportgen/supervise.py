"""The walk in a process of its own, under limits of memory and time.

A library for spreadsheets can end the process that it runs in, or ask for all the memory there is
(docs/decisions/0001). So the command line keeps the owner's terminal and her folder in one light
process, and walks in another: when that one dies, the first says so in a sentence.

The two talk in lines of JSON. The job goes in on standard input, which then stays open: when it
closes, the parent is gone, and the worker goes too.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from reportgen.interpreter import command
from reportgen.problems import Cell, Problem, ReportError

if TYPE_CHECKING:
    from reportgen.build import Form
    from reportgen.model import Edition
    from reportgen.settings import Settings

Seen = Callable[[str, int, int], None]
"""Is called on every step of the worker and a few times a second while it works."""

_POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Limits:
    """What one walk may use. A workbook of 50,000 rows stays far below both."""

    memory_bytes: int = 4 * 2**30
    """Address space, where the system can limit it: it holds libraries and thread stacks too."""
    seconds: float = 600


@dataclass(frozen=True, slots=True)
class Job:
    """One walk, as the command line asks for it."""

    walk: Literal["build", "check", "annotate", "analyse", "explain", "letters"]
    workbook: str
    config: str | None = None
    as_of: str | None = None
    """An ISO date; None: today in the time zone of the settings."""
    out: str | None = None
    """The staging folder of ``build`` and ``letters``, the copy of ``annotate``."""
    edition: Edition = "owner"
    """Of ``build``."""
    form: Form = "site"
    """Of ``build``: a site, a single file or a locked one."""
    passphrases: tuple[str, ...] = ()
    """What opens the locked one; they travel over the pipe, never on a command line."""
    appendix: bool = False
    """Of ``build``: whether all tables come along as one .xlsx file."""
    client: str = ""
    """Whom to ``explain``."""
    figure: str | None = None
    """What to ``explain``; None: everything."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a walk came to."""

    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    """The sheets and columns that were not looked at."""
    cells: int = 0
    as_of: str = ""
    clients: int = 0
    text: str = ""
    """The JSON of ``analyse``, the words of ``explain``."""
    notes: tuple[str, ...] = ()
    """What the copy of ``annotate`` had to leave out; the own letters that could not be used."""
    letters: int = 0
    unfinished: int = 0
    """Letters with places that the owner fills in."""


LIMITS = Limits()


def run(job: Job, seen: Seen, limits: Limits = LIMITS) -> Answer:
    """What the walk came to, made by a worker process that is gone when this returns.

    Raises: ReportError, when the walk cannot be done, and when the worker died or was given up;
    OSError, when the worker could not write.
    """
    worker = _started(job, limits)
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    assert worker.stdin is not None
    assert worker.stdout is not None
    listener = threading.Thread(target=_listen, args=(worker.stdout, lines), daemon=True)
    listener.start()
    until = time.monotonic() + limits.seconds
    step: tuple[str, int, int] = ("Starting", 0, 0)
    try:
        while True:
            seen(*step)
            try:
                line = lines.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                if time.monotonic() > until:
                    raise ReportError(_too_long(job, limits)) from None
                continue
            if not line.endswith(b"\n"):
                worker.wait()
                raise ReportError(_died(job, step[0]))
            said = json.loads(line)
            if "step" in said:
                step = said["step"]
            else:
                return _answered(said, job, step[0])
    finally:
        worker.kill()
        worker.wait()
        listener.join()
        worker.stdout.close()
        with contextlib.suppress(OSError):  # what it had not read
            worker.stdin.close()


def _started(job: Job, limits: Limits) -> subprocess.Popen[bytes]:
    # One thread for linear algebra: ours is small, a thread's stack counts as memory, and sums do
    # not depend on their order.
    single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    try:
        worker = subprocess.Popen(
            command(__name__, "work"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **single},
        )
    except OSError as error:
        raise ReportError(
            f"Python could not be started a second time ({error.strerror}); "
            "close some programs and try again."
        ) from None
    assert worker.stdin is not None
    with contextlib.suppress(OSError):  # gone already: the empty answer says so
        worker.stdin.write(json.dumps({"job": asdict(job), "limits": asdict(limits)}).encode())
        worker.stdin.write(b"\n")
        worker.stdin.flush()
    return worker


def _listen(pipe: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Every line of the worker, then an empty one: only that and a cut one have no line end."""
    with contextlib.suppress(ValueError, OSError):
        for line in pipe:
            lines.put(line)
    lines.put(b"")


def _answered(said: dict[str, Any], job: Job, step: str) -> Answer:
    match said:
        case {"error": str(sentence)}:
            raise ReportError(sentence)
        case {"unwritten": [number, words]}:
            raise OSError(number, words)
        case {"fault": str(what)}:
            raise ReportError(
                f"reportgen met a fault of its own ({what}, {step.casefold()} of {_name(job)}); "
                "nothing was written, and a report of this line would help to mend it."
            )
        case {"answer": answer}:
            problems = tuple(
                Problem(Cell(*where), *words) for where, *words in answer.pop("problems", ())
            )
            notes, unread = tuple(answer.pop("notes", ())), tuple(answer.pop("unread", ()))
            return Answer(problems=problems, unread=unread, notes=notes, **answer)
    raise ReportError(_died(job, step))


def _name(job: Job) -> str:
    return Path(job.workbook).name


def _died(job: Job, step: str) -> str:
    return (
        f"{_name(job)} could not be finished ({step.casefold()} needed more memory than there is, "
        "or the file is damaged); open it in your spreadsheet program, save it as a new .xlsx file "
        "and try again."
    )


def _too_long(job: Job, limits: Limits) -> str:
    return (
        f"{_name(job)} was given up after {limits.seconds:g} seconds, far longer than a workbook "
        "takes; open it in your spreadsheet program, save it as a new .xlsx file and try again."
    )


# The worker --------------------------------------------------------------------------------------


def work() -> None:
    """Do the one job that stands on standard input, say what it came to, and end the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the parent decides
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answer

    def say(**words: object) -> None:
        pipe.write(json.dumps(words).encode() + b"\n")
        pipe.flush()

    gc.disable()  # a short life with few circles: collecting would be a tenth of it
    asked = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_go_with_the_parent, daemon=True).start()
    _limit(asked["limits"]["memory_bytes"])
    with contextlib.suppress(BrokenPipeError):
        say(**_walked(Job(**asked["job"]), say))
    # Without the interpreter's own tidying up: what was written is closed, and the parent waits.
    os._exit(0)


def _go_with_the_parent() -> None:
    os.read(0, 1)  # nothing more is ever sent: this returns when the parent is gone
    os._exit(1)


def _limit(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:
        return
    for what, limit in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CORE, 0)):
        _, most = resource.getrlimit(what)
        with contextlib.suppress(ValueError, OSError):  # not every system keeps every limit
            lower = limit if most == resource.RLIM_INFINITY else min(limit, most)
            resource.setrlimit(what, (lower, most))


def _walked(job: Job, say: Callable[..., None]) -> dict[str, object]:
    """The last thing to say: an answer, or what stood in its way."""
    from reportgen.folder import WriteFailed

    try:
        return {"answer": dict(_steps(job, say))}
    except ReportError as error:
        return {"error": str(error)}
    except WriteFailed as error:
        return {"unwritten": [error.errno, error.strerror]}
    except MemoryError:
        return {"died": True}
    except BrokenPipeError:
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        if type(error).__name__ == "PanicException":
            return {"died": True}
        return {"fault": fault(error)}


def _steps(job: Job, say: Callable[..., None]) -> Iterator[tuple[str, object]]:
    from reportgen import build

    workbook, config = Path(job.workbook), Path(job.config) if job.config else None

    def as_of(settings: Settings) -> date:
        return date.fromisoformat(job.as_of) if job.as_of else _today(settings.time_zone)

    def told(what: str, done: int, of: int) -> None:
        say(step=[what, done, of])

    if job.walk == "analyse":
        yield "text", build.analyse(workbook, config, as_of, told)
    elif job.walk == "explain":
        yield "text", build.explain(workbook, config, as_of, job.client, job.figure, told)
    elif job.walk == "letters":
        assert job.out is not None
        posted = build.letters(workbook, config, as_of, Path(job.out), told)
        yield "as_of", posted.as_of.isoformat()
        yield "letters", posted.letters
        yield "unfinished", posted.unfinished
        yield "notes", posted.notes
    elif job.walk == "build":
        assert job.out is not None
        shape = build.Shape(job.edition, job.form, tuple(job.passphrases), job.appendix)
        built = build.build(workbook, config, as_of, Path(job.out), told, shape)
        yield "as_of", built.as_of.isoformat()
        yield "clients", built.clients
        yield "problems", _plain(built.problems)
        yield "unread", built.unread
    else:
        if job.walk == "check":
            book = build.check(workbook, config, told)
        else:
            assert job.out is not None
            book, notes = build.annotate(workbook, config, Path(job.out), told)
            yield "notes", notes
        yield "cells", book.cells
        yield "problems", _plain(book.problems)
        yield "unread", book.unread


def _today(time_zone: str) -> date:
    """Today where the owner is: the program's only look at the calendar."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(time_zone)).date()


def _plain(problems: tuple[Problem, ...]) -> list[list[object]]:
    return [
        [(p.where.sheet, p.where.row, p.where.column), p.found, p.expected, p.suggestion]
        for p in problems
    ]


def fault(error: BaseException) -> str:
    """Its kind and its place, without its words, which may hold a client's name."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return type(error).__name__
    return (
        f"{type(error).__name__}, {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}"
    )
