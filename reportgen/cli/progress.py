"""The bar that shows how far a long walk is."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

from reportgen.build import Told

_BAR_AFTER_SECONDS = 1.0
"""Most walks are over by then, and a bar that flashes up helps nobody."""


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Told]:
    """What hears the steps of a walk and shows them as a bar on the terminal.

    Without a terminal, and when ``quiet``, it shows nothing.
    """
    if quiet or not sys.stderr.isatty():
        yield _unshown
        return
    begun = time.monotonic()
    with contextlib.ExitStack() as shown:
        bars: list[Told] = []

        def told(step: str, done: int, of: int) -> None:
            if not bars and time.monotonic() - begun > _BAR_AFTER_SECONDS:
                bars.append(shown.enter_context(_bar()))
            for bar in bars:
                bar(step, done, of)

        yield told


def _unshown(_step: str, _done: int, _of: int) -> None:
    pass


@contextlib.contextmanager
def _bar() -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def told(step: str, done: int, of: int) -> None:
            progress.update(task, description=step, completed=done, total=of or None)

        yield told
