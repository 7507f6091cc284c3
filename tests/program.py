"""The program as the tests run it: in a process of its own, or in theirs.

A new Python that imports everything takes a hundred times as long as the walk over a book of one
client. So a test starts one where a process is what it tests; where it tests what is asked, said and
written, the command line runs here, and so does the worker that it would start.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from reportgen.build import Told
from reportgen.cli import commands
from reportgen.run import supervise
from reportgen.run.job import LIMITS, Answer, Job, Limits
from reportgen.run.worker import last_words

PROGRAM = [sys.executable, "-m", "reportgen"]
ALONE = [sys.executable, str(Path(__file__))]
"""The same in one process, without a worker: for a long life that makes many reports."""


def started(
    *arguments: object, cwd: Path | None = None, **environment: str
) -> CompletedProcess[str]:
    """The finished run of the program in a process of its own, its output as text."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", **environment},
        check=False,
    )


def reportgen(
    *arguments: object, cwd: Path | None = None, **environment: str
) -> CompletedProcess[str]:
    """The same in this process: what it said, and the code that it would have ended with."""
    asked = ["reportgen", *map(str, arguments)]
    mask = os.umask(0)
    os.umask(mask)
    before = {
        kind: signal.getsignal(kind) for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    with (
        patch.object(sys, "argv", asked),
        patch.dict(os.environ, {"COLUMNS": "80", **environment}),
        contextlib.chdir(cwd or Path.cwd()),
        _heard("stdout") as out,
        _heard("stderr") as error,
        walking_here(),
    ):
        try:
            commands.main()
        except SystemExit as end:
            code = end.code
        finally:
            os.umask(mask)
            for kind, handler in before.items():
                signal.signal(kind, handler)
    assert isinstance(code, int)
    return CompletedProcess(asked, code, out.getvalue().decode(), error.getvalue().decode())


@contextlib.contextmanager
def walking_here() -> Iterator[None]:
    """Whoever asks for a worker has its work done in this process."""
    with (
        patch("reportgen.run.start.start", lambda walk: None),
        patch("reportgen.cli.building.run", _walk),
        patch("reportgen.cli.telling.run", _walk),
        patch("reportgen.cli.adopt.run", _walk),
        patch("reportgen.cohort.task.run", _walk),
        patch("reportgen.preview.serve.run", _walk),
        patch("reportgen.preview.serve.start", lambda walk: None),
    ):
        yield


@contextlib.contextmanager
def _heard(name: str) -> Iterator[io.BytesIO]:
    heard = io.BytesIO()
    stream = io.TextIOWrapper(heard, encoding="utf-8", write_through=True)
    with patch.object(sys, name, stream):
        yield heard
    stream.detach()


def _walk(job: Job, told: Told, limits: Limits = LIMITS, worker: None = None) -> Answer:
    """What ``supervise.run`` gives, through the same JSON; what is over the limits is not stopped."""
    step = "Starting"

    def say(**words: object) -> None:
        nonlocal step
        step, done, of = json.loads(json.dumps(words))["step"]
        told(step, done, of)

    said = json.loads(json.dumps(last_words(job, say)))
    return supervise.answered(said, job, step)


if __name__ == "__main__":
    with walking_here():
        commands.main()
