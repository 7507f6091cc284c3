"""How a run ends by a signal: after its tidying up."""

from __future__ import annotations

import contextlib
import signal
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
