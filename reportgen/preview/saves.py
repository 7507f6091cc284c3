"""When something of a report was saved: its workbook, its settings, the owner's letters.

What is heard of a folder says only that something happened there. Whether it matters is decided by a
look at the files that a report is made of, held against the look before: so the marks that spreadsheet
programs lay beside an open workbook count for nothing, and a save during a build is not missed.
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from watchfiles import watch

from reportgen.build import own_configuration, own_letters

Look = dict[Path, tuple[int, ...]]
"""Every file that a report is made of, with what each save changes; what is absent has no entry."""

_SETTLED_SECONDS = 0.2
_UNHEARD_SECONDS = 1.0
"""How often to look when nothing is heard: a folder that goes and comes back is not heard of."""


@dataclass(slots=True)
class Stop:
    """Whether an end is asked for. A signal only notes it, so that tidying up is never cut short."""

    asked: bool = False

    def is_set(self) -> bool:
        return self.asked

    def note(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked = True


@dataclass(frozen=True, slots=True)
class Sources:
    """What a report is made of: the workbook, the settings, the owner's letters."""

    workbook: Path
    config: Path | None
    """The settings that were named; None for those beside the workbook, which may come and go."""

    @property
    def settings(self) -> Path | None:
        """The file of settings that counts now, if there is one."""
        return self.config or own_configuration(self.workbook)

    def look(self) -> Look:
        """Each file there is, with its number, size and time; the same until one is saved."""
        settings = self.settings
        files = [self.workbook, *([settings] if settings else [])]
        letters = own_letters(self.workbook)
        for folder, suffix in ((self.workbook, ".csv"), (letters, ".md")):
            files += [] if folder is None else _files(folder, suffix)
        return {file: seen for file in files if (seen := _seen(file))}

    def folders(self) -> list[Path]:
        """Where something happens when one of them is saved, also by renaming; no absent folder."""
        settings = self.settings
        named = [self.workbook, *([settings] if settings else [])]
        # Saving writes to what a link leads to; a link that leads round leads nowhere.
        real = [Path(os.path.realpath(path)) for path in named]
        around = {path.absolute().parent for path in [*named, *real]}
        letters = own_letters(self.workbook)
        around |= {self.workbook.absolute(), *([letters.absolute()] if letters else [])}
        return sorted(folder for folder in around if folder.is_dir())


def saves(sources: Sources, stop: Stop) -> Iterator[tuple[str, ...]]:
    """The names of the files saved each time, as long as no end is asked for; none at the start."""
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
    """The first look that is the same as a moment before: most programs save in several steps."""
    before: Look | None = None
    while now != before and not stop.asked:
        time.sleep(_SETTLED_SECONDS)
        before, now = now, sources.look()
    return now


def _stirrings(sources: Sources, stop: Stop) -> Iterator[None]:
    """Something whenever something happened in the folders, and once a second."""
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
        except (OSError, RuntimeError):  # one has just gone, or the system watches no more of them
            time.sleep(_UNHEARD_SECONDS)
            yield


def _files(folder: Path, suffix: str) -> list[Path]:
    """The files of a kind in a folder; none where it is no folder or cannot be entered."""
    with contextlib.suppress(OSError):
        return [
            file
            for file in folder.iterdir()
            if file.suffix.casefold() == suffix and not file.name.startswith((".", "~"))
        ]
    return []


def _seen(file: Path) -> tuple[int, ...]:
    """Its number, size and time; the number alone of a folder; nothing of what is absent."""
    with contextlib.suppress(OSError):
        found = file.stat()
        if stat.S_ISDIR(found.st_mode):
            return (found.st_ino,)
        return (found.st_ino, found.st_size, found.st_mtime_ns)
    return ()
