"""Two pieces of work beside each other: what both make, and what becomes of one that does not end."""

import os
import signal
import sys

import pytest

from reportgen.beside import both

needs_forks = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="forks on Linux alone"
)


def test_each_gives_what_it_makes():
    assert both(lambda: "here", lambda: {"there": 2}) == ("here", {"there": 2})


@needs_forks
def test_the_second_has_a_process_of_its_own():
    here, there = both(os.getpid, os.getpid)
    assert here == os.getpid()
    assert there != here


@needs_forks
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_the_second_process_leaves_undone_is_done_here():
    """It is killed, or cannot say what it made."""
    ours = os.getpid()

    def killed_elsewhere() -> str:
        if os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    assert both(lambda: 1, killed_elsewhere) == (1, "done")
    _, unsaid = both(lambda: 1, lambda: lambda: "no word for a function")
    assert unsaid() == "no word for a function"


@needs_forks
def test_an_error_of_the_second_is_told_as_always():
    with pytest.raises(ZeroDivisionError):
        both(lambda: 1, lambda: 1 // 0)


@needs_forks
def test_an_error_here_ends_the_second_process():
    begun, beginning = os.pipe()

    def never_ending() -> None:
        os.write(beginning, str(os.getpid()).encode())
        signal.pause()

    def here() -> None:
        found.append(int(os.read(begun, 20)))
        raise ValueError

    found: list[int] = []
    with pytest.raises(ValueError):  # noqa: PT011
        both(here, never_ending)
    with pytest.raises(ProcessLookupError):
        os.kill(found[0], 0)
