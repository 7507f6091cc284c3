"""What a run leaves that was killed: swept by the next one, whatever that is for."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.output.folder import recover
from reportgen.output.ours import MANIFEST, abandoned, begun, held, listed, made
from reportgen.output.several import finish
from reportgen.problems import ReportError

_STAGING = re.compile(r"\.(.+)\.reportgen-(new|old|ready)", re.DOTALL)
_TEMPORARY = re.compile(r"reportgen-[0-9a-f]{16}")
"""The name of each of our folders for temporary files."""


@contextlib.contextmanager
def temporary() -> Iterator[Path]:
    """A folder that only the owner can enter, and that is gone afterwards.

    Raises: OSError, when it cannot be made.
    """
    place = Path(tempfile.gettempdir(), f"reportgen-{secrets.token_hex(8)}")
    try:
        with made(place, place):
            yield place
    finally:
        _empty(place)


def sweep(places: Iterable[Path]) -> None:
    """Put right what killed runs left in these folders and in the one for temporary files.

    Only what is ours goes, and only where the system says that no run holds it.
    """
    for place in {place.absolute() for place in places}:
        for name in _names(place):
            found = _STAGING.fullmatch(name)
            if found and _is_left(place / name):
                with contextlib.suppress(OSError, ReportError):
                    finish(place / name) if found[2] == "ready" else recover(place / found[1])
    with contextlib.suppress(OSError):  # there may be none
        shared = Path(tempfile.gettempdir())
        for name in _names(shared):
            if _TEMPORARY.fullmatch(name) and _is_mine(shared / name):
                _remove(shared / name)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _is_left(folder: Path) -> bool:
    """Whether it is a folder of ours that no run holds."""
    return (listed(folder) is not None or begun(folder)) and abandoned(folder)


def _is_mine(folder: Path) -> bool:
    """Whether the folder belongs to this owner, and is no link."""
    try:
        return folder.lstat().st_uid == os.getuid() and not folder.is_symlink()
    except (OSError, AttributeError):  # gone; a system without owners
        return False


def _remove(folder: Path) -> None:
    """Remove a folder for temporary files that was left, with whatever is in it."""
    if _is_left(folder):
        with contextlib.suppress(OSError, ReportError), held(folder, folder):
            if listed(folder) is not None or begun(folder):  # as before, now that nobody can write
                _empty(folder)


def _empty(folder: Path) -> None:
    """Remove a folder for temporary files, the manifest last: what stays is still known as ours."""
    with contextlib.suppress(OSError):
        for one in [*folder.iterdir()]:
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one, ignore_errors=True)
            elif one.name != MANIFEST:
                with contextlib.suppress(OSError):
                    one.unlink()
        if {*os.listdir(folder)} <= {MANIFEST}:
            (folder / MANIFEST).unlink(missing_ok=True)
            folder.rmdir()
