"""Reads damaged files in a process that may die of them, and says of each what came of it.

    python fuzzing.py SEED FIRST MANY FOLDER

is that process. It says in a line of JSON which case it begins, and in another how it ended, so that
whoever started it knows which case it died of.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SECONDS, MEGABYTES = 10, 1024
"""What one small file may take: processor time, and memory of the process that reads it."""
PROGRAM = __file__
_MOST_WAITED = 300
"""Seconds of the clock without a word, after which the process is ended."""
READ, REFUSED = "read", "refused"
GOOD = (READ, REFUSED)
"""Any other ending is a fault of the program: ``fault``, ``other data``, ``refused a good file``, ``died``,
``hung``, ``too much memory``."""


@dataclass(frozen=True)
class Ended:
    """How one case ended."""

    number: int
    what: str
    how: str
    detail: str = ""
    megabytes: float = 0
    seconds: float = 0


# The process that reads --------------------------------------------------------------------------


def work(seed: int, first: int, many: int, folder: Path) -> None:
    """Read so many cases, one after the other."""
    from fuzz_cases import case

    pipe = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints must not mix with what is told
    resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for number in range(first, first + many):
        made = case(seed, number)
        path = folder / f"case{made.suffix}"
        path.write_bytes(made.content)
        print(json.dumps([number, made.what]), file=pipe, flush=True)
        _forget_peak()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)  # without a handler it ends the process
        began = time.process_time()
        found, detail = _outcome(path)
        seconds = time.process_time() - began
        signal.setitimer(signal.ITIMER_PROF, 0)
        megabytes = _peak()
        how = judged(made, found, detail)
        if how in GOOD and megabytes > MEGABYTES:
            how = "too much memory"
        print(json.dumps([how, detail, megabytes, seconds]), file=pipe, flush=True)


def _outcome(path):
    """What was read and no detail, or nothing and the sentence or the fault."""
    import second_readers
    from fuzz_cases.settings import settings_of

    from reportgen.problems import ReportError
    from reportgen.reading.book import book_of
    from reportgen.reading.grids import WORKBOOKS, load
    from reportgen.run.worker import fault
    from reportgen.settings.configuration import DEFAULTS, configuration_text

    found = None
    try:
        if path.suffix == ".toml":
            return settings_of(configuration_text(path).encode()), ""
        loaded = load(path, DEFAULTS)
        found = second_readers.read_by_us(loaded.grids)
        if path.suffix not in WORKBOOKS:
            found = {"": next(iter(found.values()))}
        book_of(loaded.grids, DEFAULTS, loaded.source)
    except ReportError as error:
        # What its tables lack is said of what was read: that has to be right, too.
        return found or None, str(error)
    except MemoryError:
        return None, "MemoryError"
    except BaseException as error:
        return None, "fault: " + fault(error)
    return found, ""


def judged(made, found, detail: str) -> str:
    """How the case ended: what was found of it, and the sentence or the fault."""
    if detail.startswith("fault: "):
        return "fault"
    if detail == "MemoryError":
        return "too much memory"
    if found is None:
        return REFUSED if made.may_refuse else "refused a good file"
    return READ if made.fits(found) else "other data"


def _forget_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """The most memory since it was forgotten, in megabytes; of the whole process where that fails."""
    with contextlib.suppress(OSError, ValueError):
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# The process that starts it ----------------------------------------------------------------------


def run(seed: int, first: int, many: int, folder: Path) -> Iterator[Ended]:
    """How each case ended; a process that died is started again behind the case that it died of."""
    at = first
    while at < first + many:
        for ended in _until_it_dies(seed, at, first + many - at, folder):
            at = ended.number + 1
            yield ended


def _until_it_dies(seed: int, first: int, many: int, folder: Path) -> Iterator[Ended]:
    arguments = [str(one) for one in (seed, first, many, folder)]
    complaints = folder / "complaints"
    with complaints.open("wb") as stderr:
        worker = subprocess.Popen(
            [sys.executable, "-W", "ignore", PROGRAM, *arguments],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=_environment(),
        )
    number, what = first, "before the first case"
    assert worker.stdout is not None
    try:
        begun = False
        for line in _lines(worker):
            said = json.loads(line)
            if len(said) == 2:
                (number, what), begun = said, True
            else:
                begun = False
                yield Ended(number, what, *said)
        if worker.wait() != 0 or begun:
            hung = worker.returncode in (-signal.SIGPROF, -signal.SIGKILL)
            yield Ended(
                number,
                what,
                "hung" if hung else "died",
                complaints.read_text(errors="replace")[-2000:],
            )
    finally:
        worker.kill()
        worker.wait()
        worker.stdout.close()


def _environment() -> dict[str, str]:
    here = Path(__file__).resolve().parent
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": f"{here}{os.pathsep}{here.parent}"}


def _lines(worker: subprocess.Popen[str]) -> Iterator[str]:
    """The lines that the process says; it is ended when it says none for very long."""
    assert worker.stdout is not None
    with selectors.DefaultSelector() as waiting:
        waiting.register(worker.stdout, selectors.EVENT_READ)
        while waiting.select(_MOST_WAITED):
            line = worker.stdout.readline()
            if not line.endswith("\n"):
                return
            yield line
    worker.kill()


def told(endings: Iterable[Ended]) -> list[str]:
    """The figures: how many ended how, and how memory and time are spread."""
    all_ = list(endings)
    counted = Counter(one.how for one in all_)
    lines = [f"{count:8,} {how}" for how, count in counted.most_common()]
    measured = [one for one in all_ if one.megabytes]
    for name, unit, values in (
        ("memory", "MB", sorted(one.megabytes for one in measured)),
        ("processor time", "s", sorted(one.seconds for one in measured)),
    ):
        spread = ", ".join(
            f"{share} {values[min(len(values) - 1, int(len(values) * part))]:.3g}"
            for share, part in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1))
        )
        lines.append(f"{name} in {unit}: {spread}")
    return lines


if __name__ == "__main__":
    work(*map(int, sys.argv[1:4]), Path(sys.argv[4]))
