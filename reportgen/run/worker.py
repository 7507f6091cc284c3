"""The process that walks: one job in, one answer out, and it is gone."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.problems import Problem, ReportError
from reportgen.run.job import Job

if TYPE_CHECKING:
    from reportgen.settings.settings import Settings


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
    from reportgen.output.folder import WriteFailed

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
