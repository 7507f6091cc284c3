"""Puts one file in its place: made in a folder beside it, and renamed when it is whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from reportgen.output.ours import beside, clear, discard, made, to_disk, unwritable, write_manifest
from reportgen.problems import ReportError


@contextlib.contextmanager
def staged_file(out: Path) -> Iterator[Path]:
    """A path beside ``out``; when the ``with`` block ends, the file written there becomes ``out``.

    When the block raises or writes nothing, nothing has changed. Only the owner may read it: her
    clients are in it.

    Raises: ReportError, when ``out`` exists already or cannot be written.
    """
    if out.exists() or out.is_symlink():
        raise ReportError(f"{out} exists already; give another name, or move it elsewhere.")
    with _place(out) as staging:
        yield staging
        if staging.exists():
            staging.chmod(0o600)
            to_disk(staging)
            staging.rename(out)


@contextlib.contextmanager
def swapped_file(path: Path) -> Iterator[Path]:
    """A path beside a file; when the ``with`` block ends, what was written there takes the file's place.

    When the block raises or writes nothing, nothing has changed. The file's permissions stay; of a
    new one only the owner may read it.

    Raises: ReportError, when it cannot be written.
    """
    with _place(path) as staging:
        yield staging
        if staging.exists():
            staging.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o600)
            to_disk(staging)
            os.replace(staging, path)


@contextlib.contextmanager
def _place(path: Path) -> Iterator[Path]:
    """A path of the same name in a folder beside it that only the owner can enter; the folder goes."""
    folder = beside(path, "new")
    try:
        clear(folder, path)
        with made(folder, path):
            write_manifest(folder, [path.name])
            yield folder / path.name
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        discard(folder, path)
