"""The parent of the process that walks: it hands over the job, holds the limits and hears the answer.

A library for spreadsheets can end the process that it runs in, or ask for all the memory there is
(docs/decisions/0001). So the command line keeps the owner's terminal and her folder in one light
process, and walks in another: when that one dies, the first says so in a sentence.

The two talk in lines of JSON. The job goes in on standard input, which then stays open: when it
closes, the parent is gone, and the worker goes too.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from reportgen.build import Told
from reportgen.output.leftovers import sweep
from reportgen.problems import ReportError
from reportgen.run.job import LIMITS, Answer, Job, Limits, Walk
from reportgen.run.pipe import answer_from, packed_job
from reportgen.run.start import start

_POLL_SECONDS = 0.2


def run(
    job: Job,
    told: Told,
    limits: Limits = LIMITS,
    worker: subprocess.Popen[bytes] | None = None,
) -> Answer:
    """Have the job done by a worker process; returns its answer once the process is gone.

    ``worker`` is one that was started ahead.

    ``told`` hears every step of the worker, and the same step again a few times a second.

    Raises: ReportError, when the walk cannot be done, and when the worker died or was given up;
    OSError, when the worker could not write.
    """
    worker = worker or start(job.walk)
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    assert worker.stdin is not None
    assert worker.stdout is not None
    listener = threading.Thread(target=_listen, args=(worker.stdout, lines), daemon=True)
    listener.start()
    until = time.monotonic() + limits.seconds
    step: tuple[str, int, int] = ("Starting", 0, 0)
    try:
        _ask(worker, job, limits)
        if job.walk != Walk.OWNER:  # a cohort has others at work beside it, and tidies up itself
            sweep(around(job))  # now that the worker is at work, it costs no time
        while True:
            told(*step)
            try:
                line = lines.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                if time.monotonic() > until:
                    raise ReportError(_too_long(job, limits)) from None
                continue
            if not line.endswith(b"\n"):
                worker.wait()
                raise ReportError(_died(job, step[0]))
            said = json.loads(line)
            if "step" in said:
                step = said["step"]
            else:
                return answered(said, job, step[0])
    finally:
        worker.kill()
        worker.wait()
        listener.join()
        worker.stdout.close()
        with contextlib.suppress(OSError):  # what it had not read
            worker.stdin.close()


def around(job: Job) -> set[Path]:
    """The folders in which a run that was killed may have left something of a job like this."""
    named = [path for path in (job.workbook, job.out, job.months, job.key) if path is not None]
    # What is made stands in its staging folder, or is it.
    return {Path.cwd()} | {folder for path in named for folder in path.absolute().parents[:2]}


def _ask(worker: subprocess.Popen[bytes], job: Job, limits: Limits) -> None:
    assert worker.stdin is not None
    with contextlib.suppress(OSError):  # gone already: the empty answer says so
        asked = {"job": packed_job(job), "limits": asdict(limits)}
        worker.stdin.write(json.dumps(asked).encode() + b"\n")
        worker.stdin.flush()


def _listen(pipe: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Pass on every line of the worker, then an empty one.

    A whole line ends in a line end. A line that was cut off and the empty one at the end have none.
    """
    with contextlib.suppress(ValueError, OSError):
        for line in pipe:
            lines.put(line)
    lines.put(b"")


def answered(said: dict[str, Any], job: Job, step: str) -> Answer:
    """The answer in the worker's last words, said in ``step``.

    Raises: ReportError, when they are no answer; OSError, when the worker could not write.
    """
    match said:
        case {"error": str(sentence)}:
            raise ReportError(sentence, said.get("block", ""))
        case {"unwritten": [number, words]}:
            raise OSError(number, words)
        case {"fault": str(what)}:
            raise ReportError(
                f"reportgen met a fault of its own ({what}, {step.casefold()} of {job.workbook.name}); "
                "nothing was written, and a report of this line would help to mend it."
            )
        case {"answer": answer}:
            return answer_from(answer)
    raise ReportError(_died(job, step))


def _died(job: Job, step: str) -> str:
    return (
        f"{job.workbook.name} could not be finished ({step.casefold()} needed more memory than there "
        "is, or the file is damaged); open it in your spreadsheet program, save it as a new .xlsx "
        "file and try again."
    )


def _too_long(job: Job, limits: Limits) -> str:
    return (
        f"{job.workbook.name} was given up after {limits.seconds:g} seconds, far longer than a "
        "workbook takes; open it in your spreadsheet program, save it as a new .xlsx file and try "
        "again."
    )
