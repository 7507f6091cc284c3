"""Notices when a file that the report is made of was saved: workbook, settings, the owner's letters.

The system says only that something happened in a folder. Whether it matters is decided by a look at
the files that the report is made of, compared with the look before: so the marks that spreadsheet
programs lay beside an open workbook count for nothing, and a save during a build is noticed too.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from watchfiles import watch

from reportgen.build import own_configuration, own_letters
from reportgen.values import dataclass

Look = dict[Path, tuple[int, ...]]
"""Every file that the report is made of, with what each save changes. An absent file has no entry."""

_SETTLED_SECONDS = 0.1
_UNHEARD_SECONDS = 1.0
"""How often to look when nothing is heard: no word comes of a folder that went and came back."""


@dataclass(slots=True)
class Stop:
    """Whether the owner asked for an end. A signal only notes it, so tidying up is never cut short."""

    asked: bool = False

    def is_set(self) -> bool:
        """Whether the owner asked for an end, under the name that ``watchfiles`` calls."""
        return self.asked

    def note(self, _signal: int, _frame: FrameType | None) -> None:
        """Note that she did: a handler of signals."""
        self.asked = True


@dataclass(frozen=True, slots=True)
class Sources:
    """What the report is made of: the workbook, the settings, the owner's letters."""

    workbook: Path
    config: Path | None
    """The settings that were named; None: those beside the workbook, which may come and go."""

    @property
    def settings(self) -> Path | None:
        """The file of settings that counts now; None when there is none."""
        return self.config or own_configuration(self.workbook)

    def look(self) -> Look:
        """Every file of them, with its number, size and time; the same until one is saved."""
        settings = self.settings
        files = [self.workbook, *([settings] if settings else [])]
        letters = own_letters(self.workbook)
        for folder, suffix in ((self.workbook, ".csv"), (letters, ".md")):
            files += [] if folder is None else _files(folder, suffix)
        return {file: seen for file in files if (seen := _seen(file))}

    def folders(self) -> list[Path]:
        """The folders in which something happens when one of them is saved, also by renaming; sorted.

        Absent folders are left out.
        """
        settings = self.settings
        named = [self.workbook, *([settings] if settings else [])]
        # Saving writes to what a link leads to. realpath bears links that lead round in a circle.
        real = [Path(os.path.realpath(path)) for path in named]
        around = {path.absolute().parent for path in [*named, *real]}
        letters = own_letters(self.workbook)
        around |= {self.workbook.absolute(), *([letters.absolute()] if letters else [])}
        return sorted(folder for folder in around if folder.is_dir())


def saves(sources: Sources, stop: Stop) -> Iterator[tuple[str, ...]]:
    """At every save the names of the files that changed, sorted; first, at once, an empty tuple.

    It ends when the owner asks for an end.
    """
    before = sources.look()
    yield ()
    for _ in _stirrings(sources, stop):
        now = sources.look()
        if now == before:
            continue
        now = _settled(sources, now, stop)
        changed = [path for path in now | before if now.get(path) != before.get(path)]
        before = now
        if changed:
            yield tuple(sorted({path.name for path in changed}))


def _settled(sources: Sources, now: Look, stop: Stop) -> Look:
    """The first look that equals the one a moment before: most programs save in several steps."""
    before: Look | None = None
    while now != before and not stop.asked:
        time.sleep(_SETTLED_SECONDS)
        before, now = now, sources.look()
    return now


def _stirrings(sources: Sources, stop: Stop) -> Iterator[None]:
    """Yields whenever something happened in the folders, and once a second besides."""
    while not stop.asked:
        folders = sources.folders()
        try:
            for _ in watch(
                *folders,
                watch_filter=None,
                recursive=False,
                rust_timeout=int(_UNHEARD_SECONDS * 1000),
                yield_on_timeout=True,
                stop_event=stop,
                ignore_permission_denied=True,
            ):
                yield
                if sources.folders() != folders:
                    break
        except (OSError, RuntimeError):  # a folder has just gone, or the system can watch no more
            time.sleep(_UNHEARD_SECONDS)
            yield


def _files(folder: Path, suffix: str) -> list[Path]:
    """The files of a kind in a folder; empty when it cannot be entered or is no folder."""
    with contextlib.suppress(OSError):
        return [
            file
            for file in folder.iterdir()
            if file.suffix.casefold() == suffix and not file.name.startswith((".", "~"))
        ]
    return []


def _seen(file: Path) -> tuple[int, ...]:
    """The file's number, size and time; of a folder the number alone; empty when it is absent."""
    with contextlib.suppress(OSError):
        found = file.stat()
        if stat.S_ISDIR(found.st_mode):
            return (found.st_ino,)
        return (found.st_ino, found.st_size, found.st_mtime_ns)
    return ()
