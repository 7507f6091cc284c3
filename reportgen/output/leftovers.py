"""What a run leaves that was killed: swept by the next one, whatever that is for."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportgen.output.folder import recover
from reportgen.output.ours import abandoned, held, listed, write_manifest
from reportgen.problems import ReportError

_STAGING = re.compile(r"\.(.+)\.reportgen-(?:new|old)", re.DOTALL)
_TEMPORARY = "reportgen-"
"""How the name of each of our folders for temporary files begins."""


@contextlib.contextmanager
def temporary() -> Iterator[Path]:
    """A folder that only the owner can enter, and that is gone afterwards.

    Raises: OSError, when it cannot be made.
    """
    place = Path(tempfile.mkdtemp(prefix=_TEMPORARY))
    try:
        with held(place, place):
            write_manifest(place, ())
            yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep(places: Iterable[Path]) -> None:
    """Put right what killed runs left in these folders and in the one for temporary files.

    Only what is ours goes, and only where the system says that no run holds it. A run holds its folder
    before it writes the manifest, so one without is no leftover.
    """
    for place in {place.absolute() for place in places}:
        for name in _names(place):
            found = _STAGING.fullmatch(name)
            left = place / name
            if found and listed(left) is not None and abandoned(left):
                with contextlib.suppress(OSError, ReportError):
                    recover(place / found[1])
    shared = Path(tempfile.gettempdir())
    for name in _names(shared):
        left = shared / name
        if name.startswith(_TEMPORARY) and _is_mine(left) and abandoned(left):
            shutil.rmtree(left, ignore_errors=True)


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _is_mine(folder: Path) -> bool:
    """Whether it is a temporary folder that this owner's reportgen made."""
    try:
        mine = folder.lstat().st_uid == os.getuid()
    except (OSError, AttributeError):  # gone; a system without owners
        return False
    return mine and not folder.is_symlink() and listed(folder) is not None
