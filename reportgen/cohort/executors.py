"""Where the sites are made: threads of this machine, or a Dask cluster, through one interface.

On this machine each thread looks after one process that walks. A thread costs next to nothing, hands
over nothing but paths, and hears how far its process is; a pool of processes would be a second process
for each walk, with nothing for it to do.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor

from reportgen.cohort.task import Done, Task, done, quietly
from reportgen.problems import ReportError

_REACH_SECONDS = 10
"""How long a scheduler may take to answer."""
_TRIES_AGAIN = 2
"""How often a task is begun again whose worker was lost with it."""


class Stopped(Exception):
    """The run is broken off."""


class Workers:
    """Makes sites; whoever has submitted all of them waits for the futures, in any order."""

    def __init__(self, executor: Executor, stopped: threading.Event | None) -> None:
        self._executor = executor
        self._stopped = stopped

    def submit(self, task: Task) -> Future[Done]:
        """Have a site made as soon as a worker is free."""
        if self._stopped is None:
            return self._executor.submit(quietly, task)
        return self._executor.submit(_unless_stopped, task, self._stopped)


def _unless_stopped(task: Task, stopped: threading.Event) -> Done:
    """The task's site. Its process is heard several times a second, and ended when the run is."""

    def told(_step: str, _done: int, _of: int) -> None:
        if stopped.is_set():
            raise Stopped

    return done(task, told)


@contextlib.contextmanager
def on_this_machine(workers: int | None) -> Iterator[Workers]:
    """So many sites at a time; None: as many as there are processors for this process.

    When the block raises, what is not begun is left, and what is begun is ended.
    """
    stopped = threading.Event()
    executor = ThreadPoolExecutor(workers or _processors())
    try:
        yield Workers(executor, stopped)
    finally:
        stopped.set()  # all is done, or is to end
        executor.shutdown(wait=True, cancel_futures=True)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def on_a_cluster(address: str) -> Iterator[Workers]:
    """The workers of a Dask cluster. They have this program, and the same folders at the same place.

    Raises: ReportError, when ``distributed`` is not installed, or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ReportError(
            "A cluster takes Dask, which is not installed here: pip install 'reportgen[cluster]', "
            "or leave --scheduler out."
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say it in our own words
    try:
        client = Client(address, timeout=_REACH_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise ReportError(
            f"No Dask scheduler answers at {address}; start one with dask scheduler, "
            "and give the address that it names."
        ) from None
    with client:
        executor = client.get_executor(pure=False, retries=_TRIES_AGAIN)
        try:
            yield Workers(executor, None)
        finally:
            executor.shutdown(wait=False)
