"""How a run ends by a signal: after its tidying up, and with the processes that it started."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator

ENDS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""The signals that ask a run to end: Ctrl-C, the system, a terminal that was closed. None has all."""


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """A signal that asks for an end waits until the ``with`` block is done."""
    waiting: list[int] = []
    before = {}
    if threading.current_thread() is threading.main_thread():
        kinds = [getattr(signal, name) for name in ENDS if hasattr(signal, name)]
        for kind in kinds:
            if callable(signal.getsignal(kind)):
                before[kind] = signal.signal(kind, lambda number, _frame: waiting.append(number))
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
        for number in waiting[:1]:
            signal.raise_signal(number)


def go_with(parent: int) -> None:
    """Have the system end this process at once when its parent ends, where it can.

    So nobody writes any more into a folder that the parent held, which the next run may now take.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    set_death_signal = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
