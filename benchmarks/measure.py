"""What a process costs: time on the wall, time of the processors, and memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process together with those that it starts."""

    wall: float
    """Seconds."""
    processor: float
    """Seconds of all processors, in the program and in the system for it."""
    peak: int
    """Bytes of memory of the largest process."""


def cost(*arguments: str) -> Cost:
    """What Python with these arguments costs, in a process of its own that prints nothing here.

    What measures must itself stay small: a process begins with the peak of the one that starts it.

    Raises: CalledProcessError, when it fails.
    """
    command = [sys.executable, *arguments]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        statistics.median(one.wall for one in costs),
        statistics.median(one.processor for one in costs),
        int(statistics.median(one.peak for one in costs)),
    )


def machine() -> str:
    """The day and the machine in a few words, for a table's head."""
    today = f"{date.today():%d %B %Y}".lstrip("0")  # noqa: DTZ011  where it ran
    return f"{today}; {os.cpu_count()} processors, Python {sys.version.split()[0]}"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The rows as a table in Markdown."""
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
