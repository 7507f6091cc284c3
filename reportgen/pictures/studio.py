"""A second process that draws, while the first reads, computes and writes pages.

Importing matplotlib takes about as long as the rest of a small report, and can go on beside it. The painter
starts with the walk; if it dies, the pictures are drawn in this process (docs/decisions/0004).
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from types import TracebackType

from reportgen.interpreter import command
from reportgen.pictures.charts import Request, draw_all
from reportgen.pictures.drawing import Chart

Drawing = Callable[[], dict[str, Chart]]
"""Gives the pictures by name; it waits until they are finished."""


class Studio:
    """A painter at work for as long as the ``with`` block lasts."""

    def __enter__(self) -> Studio:
        self._painter = subprocess.Popen(
            command(__name__, "paint"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self

    def draw(self, requests: Sequence[Request]) -> Drawing:
        """Hand the requests to the painter, once; what comes back at once waits for the pictures."""
        painter = self._painter
        assert painter.stdin is not None
        assert painter.stdout is not None
        finished = painter.stdout
        try:
            pickle.dump(list(requests), painter.stdin)
            painter.stdin.close()
        except OSError:
            return lambda: draw_all(requests)

        def drawing() -> dict[str, Chart]:
            try:
                charts: dict[str, Chart] = pickle.load(finished)
            except (EOFError, OSError, pickle.UnpicklingError):
                return draw_all(requests)
            return charts

        return drawing

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._painter.kill()
        self._painter.wait()
        for pipe in (self._painter.stdin, self._painter.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):  # what the painter had not read
                pipe.close()


def paint() -> None:
    """Draw in a process of its own: read the requests from standard input, write the pictures to output.

    Standard input that closes without requests means that the walk has ended.
    """
    import matplotlib.figure  # the long part, while the walk reads the workbook  # noqa: F401

    try:
        requests: list[Request] = pickle.load(sys.stdin.buffer)
    except EOFError:
        return
    pickle.dump(draw_all(requests), sys.stdout.buffer)
    sys.stdout.buffer.flush()
