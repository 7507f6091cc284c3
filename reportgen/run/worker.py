"""The process that walks: one job in, one answer out, and it is gone."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.beside import go_with
from reportgen.build import walk_through
from reportgen.output.signals import ENDS
from reportgen.problems import ReportError, refused_by_system
from reportgen.run.job import Job, Walk
from reportgen.run.pipe import job_from, packed_answer

if TYPE_CHECKING:
    from reportgen.settings.settings import Settings

_SAY_AGAIN_SECONDS = 0.1
"""How long a step is not told of again: each word wakes the parent, and a site has hundreds of pages."""


def work() -> None:
    """Do the one job that stands on standard input, say what it came to, and end the process."""
    for name in ENDS:  # Ctrl-C and a closed terminal reach both; the parent decides
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    go_with(os.getppid())
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not mix with the answer

    def say(**words: object) -> None:
        pipe.write(json.dumps(words).encode() + b"\n")
        pipe.flush()

    if sys.argv[1:] == [Walk.BUILD]:
        walk_through()
    line = sys.stdin.buffer.readline()
    if not line:  # the parent found that there is nothing to do
        os._exit(0)
    asked = json.loads(line)
    threading.Thread(target=_go_with_the_parent, daemon=True).start()
    limit_memory(asked["limits"]["memory_bytes"])
    with contextlib.suppress(BrokenPipeError):
        say(**last_words(job_from(asked["job"]), say, _processors()))
    # The interpreter's own tidying up is skipped: every file is closed, and the parent waits.
    os._exit(0)


def _go_with_the_parent() -> None:
    os.read(0, 1)  # nothing more is ever sent: this returns when the parent is gone, on any system
    os._exit(1)


def limit_memory(memory_bytes: int) -> None:
    """Let this process have so much address space and no core dump, where the system can say so."""
    try:
        import resource
    except ImportError:
        return
    for what, limit in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CORE, 0)):
        _, most = resource.getrlimit(what)
        with contextlib.suppress(ValueError, OSError):  # not every system keeps every limit
            lower = limit if most == resource.RLIM_INFINITY else min(limit, most)
            resource.setrlimit(what, (lower, most))


def last_words(job: Job, say: Callable[..., None], processors: int = 1) -> dict[str, object]:
    """What the worker says at the end of its walk: an answer, or what stood in its way."""
    from reportgen.output.writing import WriteFailed
    from reportgen.run import walks

    day: tuple[int, int] | None = None
    step, since = "", 0.0

    def as_of(settings: Settings) -> date:
        nonlocal day
        if job.as_of is not None:
            return job.as_of
        found = today(settings.time_zone)
        day = _span(found, settings.time_zone)
        return found

    def told(what: str, done: int, of: int) -> None:
        nonlocal step, since
        now = time.monotonic()
        if what != step or now - since >= _SAY_AGAIN_SECONDS:
            step, since = what, now
            say(step=[what, done, of])

    try:
        answer = walks.walk(job, as_of, told, processors)
        return {"answer": packed_answer(replace(answer, day=day))}
    except ReportError as error:
        return {"error": str(error), "block": error.block}
    except WriteFailed as error:
        return {"unwritten": [error.errno, error.strerror]}
    except MemoryError:
        return {"died": True}
    except BrokenPipeError:
        raise
    except OSError as error:
        return {"error": refused_by_system(error)}
    except BaseException as error:  # a panic of the reader is no Exception
        if type(error).__name__ == "PanicException":
            return {"died": True}
        return {"fault": fault(error)}


def _processors() -> int:
    """How many this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return 1


def today(time_zone: str) -> date:
    """Today where the owner is: the program's only look at the calendar."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(time_zone)).date()


def _span(day: date, time_zone: str) -> tuple[int, int]:
    """When the day begins and ends where the owner is, in seconds since 1970."""
    from zoneinfo import ZoneInfo

    begins, ends = (
        datetime.combine(one, datetime.min.time(), ZoneInfo(time_zone))
        for one in (day, day + timedelta(1))
    )
    return int(begins.timestamp()), int(ends.timestamp())


def fault(error: BaseException) -> str:
    """The kind of an error and its place; its words may hold a client's name and are left out."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return type(error).__name__
    return (
        f"{type(error).__name__}, {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}"
    )
