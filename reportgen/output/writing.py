"""Writes pages into a staging folder. One that is what it was keeps its time stamp."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.output.ours import MANIFEST, digest_of, replaced_by, write_manifest


class WriteFailed(OSError):
    """A file could not be written; the number and the words are the system's."""


@contextlib.contextmanager
def write_failures() -> Iterator[None]:
    """Any failure of the system within the ``with`` block is raised as WriteFailed."""
    try:
        yield
    except OSError as error:
        raise WriteFailed(error.errno, error.strerror) from error


class Writer:
    """Writes the pages of one folder, and knows a hash of each that it wrote."""

    def __init__(self, staging: Path) -> None:
        self._staging = staging
        self._before = replaced_by(staging)
        self._made: set[Path] = set()
        self.hashes: dict[str, str] = {}

    def write(self, path: str, content: bytes) -> None:
        """Write one page.

        Raises: WriteFailed.
        """
        file = self._staging / path
        with write_failures():
            if file.parent not in self._made:
                file.parent.mkdir(parents=True, exist_ok=True)
                self._made.add(file.parent)
            file.write_bytes(content)
            if self._before is not None:
                _keep_time(self._before / path, file, content)
        self.hashes[path] = hashlib.sha256(content).hexdigest()


def _keep_time(old: Path, new: Path, content: bytes) -> None:
    """Give the new file the time of the old one, where that has the same bytes.

    A second name of the old file would do the same, but whoever changed one would change both.
    """
    with contextlib.suppress(OSError):
        was = old.stat()
        if was.st_size == len(content) and old.read_bytes() == content:
            os.utime(new, ns=(was.st_atime_ns, was.st_mtime_ns))


def write(staging: Path, pages: Iterable[tuple[str, bytes]], paths: Iterable[str]) -> str:
    """Write every page into the staging folder. Before the first, the manifest lists all of them.

    Returns the digest of all (``ours.digest_of``).

    Raises: WriteFailed, for example on a full disk; ValueError, for a path that leads out of the
    folder.
    """
    announce(staging, paths)
    writer = Writer(staging)
    for path, content in pages:
        writer.write(path, content)
    return digest_of(writer.hashes)


def announce(staging: Path, paths: Iterable[str]) -> None:
    """List in the manifest what is going to be written.

    Raises: WriteFailed; ValueError, for a path that leads out of the folder.
    """
    listed = tuple(paths)
    for path in listed:
        if Path(path).is_absolute() or ".." in Path(path).parts or path == MANIFEST:
            raise ValueError(f"{path} is no place for a page")
    with write_failures():
        write_manifest(staging, listed)
