"""Work that a second process does beside this one: a fork, which has everything already."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from typing import TypeVar

_Here = TypeVar("_Here")
_There = TypeVar("_There")

CAN = sys.platform.startswith("linux")
"""Whether the system has forks that end with their parent."""


def both(here: Callable[[], _Here], there: Callable[[], _There]) -> tuple[_Here, _There]:
    """What two pieces of work make, the second in a process of its own where the system has forks.

    What the second makes travels, so it should be small. Where its process comes to no end, this one does
    its work too: what stood in the way is then told as always.
    """
    if not CAN:
        return in_turn(here, there)
    with another(lambda: (there(),)) as waited_for:
        made = here()
        (told,) = waited_for() or (there(),)
    return made, told


def in_turn(here: Callable[[], _Here], there: Callable[[], _There]) -> tuple[_Here, _There]:
    """What two pieces of work make, one after the other."""
    return here(), there()


@contextlib.contextmanager
def another(work: Callable[[], _There]) -> Iterator[Callable[[], _There | None]]:
    """A fork that does this work while the block runs; what is given waits for what it made.

    None stands for work that came to no end. A fork that still runs when the block ends is killed.
    """
    heard, saying = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if not child:
        try:
            os.close(heard)
            go_with(parent)
            with os.fdopen(saying, "wb") as said:
                pickle.dump(work(), said)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(saying)
    status: int | None = None

    def waited_for() -> _There | None:
        nonlocal status
        told = hearing.read()
        status = os.waitpid(child, 0)[1]
        # Our own words, over a pipe that nobody else can write into.
        made: _There | None = pickle.loads(told) if status == 0 else None
        return made

    with os.fdopen(heard, "rb") as hearing:
        try:
            yield waited_for
        finally:
            if status is None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)


def go_with(parent: int) -> None:
    """Have the system end this process at once when its parent ends, where it can.

    So nobody writes any more into a folder that the parent held, which the next run may now take.
    """
    if not CAN:
        return
    import ctypes

    set_death_signal = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
