"""Work that a second process does beside this one: a fork, which has everything already."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import TypeVar

_Here = TypeVar("_Here")
_There = TypeVar("_There")


def both(here: Callable[[], _Here], there: Callable[[], _There]) -> tuple[_Here, _There]:
    """What two pieces of work make, the second in a process of its own where the system has forks.

    What the second makes travels, so it should be small. Where its process comes to no end, this one does
    its work too: what stood in the way is then told as always.
    """
    if not sys.platform.startswith("linux"):
        return in_turn(here, there)
    heard, saying = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if not child:
        try:
            os.close(heard)
            go_with(parent)
            with os.fdopen(saying, "wb") as said:
                pickle.dump(there(), said)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(saying)
    try:
        with os.fdopen(heard, "rb") as hearing:
            made = here()
            told = hearing.read()
        finished = os.waitpid(child, 0)[1] == 0
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    # Our own words, over a pipe that nobody else can write into.
    return made, pickle.loads(told) if finished else there()


def in_turn(here: Callable[[], _Here], there: Callable[[], _There]) -> tuple[_Here, _There]:
    """What two pieces of work make, one after the other."""
    return here(), there()


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
