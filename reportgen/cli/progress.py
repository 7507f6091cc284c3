"""The bar that shows a long walk's steps."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

from reportgen.run.job import Seen

_BAR_AFTER_SECONDS = 1.0


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Seen]:
    """Hears the steps of long work and shows them as a bar, on a terminal and unless quiet."""
    if quiet or not sys.stderr.isatty():
        yield _unseen
        return
    begun = time.monotonic()
    with contextlib.ExitStack() as shown:
        bars: list[Seen] = []

        def seen(step: str, done: int, of: int) -> None:
            if not bars and time.monotonic() - begun > _BAR_AFTER_SECONDS:
                bars.append(shown.enter_context(_bar()))
            for bar in bars:
                bar(step, done, of)

        yield seen


def _unseen(_step: str, _done: int, _of: int) -> None:
    pass


@contextlib.contextmanager
def _bar() -> Iterator[Seen]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def seen(step: str, done: int, of: int) -> None:
            progress.update(task, description=step, completed=done, total=of or None)

        yield seen
