"""Starts the worker: a Python of its own, which gets ready while the parent makes its checks."""

from __future__ import annotations

import os
import subprocess

from reportgen.interpreter import command


def start(walk: str = "") -> subprocess.Popen[bytes]:
    """A worker that waits for its job on standard input, and ends when that closes.

    Told the ``walk`` that it will be asked for, it imports what that needs before the job comes.

    Raises: ReportError, when Python cannot be started.
    """
    # One thread for linear algebra: ours is small, a thread's stack counts as memory, and the order
    # in which numbers are summed is always the same.
    settings = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    settings["PYDANTIC_DISABLE_PLUGINS"] = (
        "__all__"  # looking for them reads every installed package
    )
    try:
        return subprocess.Popen(
            [*command("reportgen.run.worker", "work"), walk],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **settings},
        )
    except OSError as error:
        from reportgen.problems import ReportError

        raise ReportError(
            f"Python could not be started a second time ({error.strerror}); "
            "close some programs and try again."
        ) from None
