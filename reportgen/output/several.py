"""Puts several new files in their places: all of them, or none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.output.ours import (
    MANIFEST,
    abandoned,
    beside,
    clear,
    discard,
    held,
    listed,
    made,
    to_disk,
    unwritable,
    write_manifest,
)
from reportgen.output.signals import undisturbed


@contextlib.contextmanager
def staged_files(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """An empty folder; when the ``with`` block ends, the files of these names made there lie in ``folder``.

    When the block raises, nothing has changed. A new folder comes in one step. In one that is there the
    files come one after the other; where a run is killed between them, the next one does the rest.

    Raises: ReportError, when they cannot be written.
    """
    inside = Path(os.path.abspath(folder))
    place = next(one for one in inside.parents if os.path.exists(one))
    place = inside if os.path.exists(inside) else place
    within = inside.relative_to(place)
    files = [(within / name).as_posix() for name in names]
    first = place / Path(files[0]).parts[0]
    staging, ready = beside(first, "new"), beside(first, "ready")
    try:
        finish(ready)
        clear(staging, folder)
        with made(staging, folder):
            write_manifest(staging, files)
            (staging / within).mkdir(parents=True, exist_ok=True)
            yield staging / within
            for file in files:
                to_disk(staging / file)
            with undisturbed():
                staging.rename(ready)
                _put_in_place(ready, staging, files)
    except OSError as error:
        raise unwritable(folder, error) from None
    finally:
        discard(staging, folder)
        discard(ready, folder)


def finish(ready: Path) -> None:
    """Put the files in their places that a killed run had ready; what was its folder goes."""
    if abandoned(ready):
        with held(ready, ready):
            files = (listed(ready) or frozenset()) - {MANIFEST}
            _put_in_place(ready, ready, sorted(files))
        discard(ready, ready)


def _put_in_place(ready: Path, staging: Path, files: Sequence[str]) -> None:
    """Move what is ready to where nothing stands yet; where that fails, it is in ``staging`` again.

    Raises: OSError.
    """
    place = ready.parent
    moved = []
    try:
        for file in files:
            top = _first_missing(place, file)
            if top is not None and (ready / top).exists():
                (ready / top).rename(place / top)
                moved.append(top)
    except OSError:
        for top in reversed(moved):
            (place / top).rename(ready / top)
        ready.rename(staging)
        raise


def _first_missing(place: Path, file: str) -> Path | None:
    """The outermost part of the way to the file that is not there yet; None where the file is."""
    within = Path(file)
    ways = (*reversed(within.parents[:-1]), within)
    return next((way for way in ways if not os.path.lexists(place / way)), None)
