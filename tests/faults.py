"""What a disk does to a program: stands between it and each call that changes a file.

``changes`` lets a test count these calls, let one of them fail, or end the process there. A write is met
when half of its bytes are written.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reportgen.output import folder

Met = Callable[[str, str], None]
"""Hears the name of a call and its path before it is done; what it raises is what the call raises."""

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)
_CALLS = ("rename", "replace", "unlink", "remove", "rmdir", "mkdir", "chmod", "link", "utime")


@contextlib.contextmanager
def changes(below: Path, met: Met) -> Iterator[None]:
    """Within the ``with`` block, every call that changes something below a folder is met first."""

    def met_below(name: str, path: Any) -> None:
        if isinstance(path, (str, bytes, os.PathLike)):
            absolute = os.path.abspath(os.fsdecode(path))
            if absolute.startswith(f"{below}{os.sep}"):
                met(name, os.path.relpath(absolute, below))

    with contextlib.ExitStack() as patches:
        for name in _CALLS:
            patches.enter_context(patch.object(os, name, _first(met_below, name)))
        patches.enter_context(patch.object(os, "fsync", _fsync(met_below)))
        opened = _opened(met_below)
        patches.enter_context(patch.object(io, "open", opened))
        patches.enter_context(patch.object(builtins, "open", opened))
        exchange = folder._exchange

        def exchanged(one: Path, other: Path) -> bool:
            met_below("exchange", other)
            return exchange(one, other)

        patches.enter_context(patch.object(folder, "_exchange", exchanged))
        yield


def _first(met: Met, name: str) -> Callable[..., Any]:
    call = getattr(os, name)

    def called(path: Any, *more: Any, **named: Any) -> Any:
        met(name, path)
        return call(path, *more, **named)

    return called


def _fsync(met: Met) -> Callable[[int], None]:
    fsync = os.fsync

    def synced(handle: int) -> None:
        met("fsync", os.readlink(f"/proc/self/fd/{handle}"))
        fsync(handle)

    return synced


def _opened(met: Met) -> Callable[..., Any]:
    plain = io.open

    class Written(io.FileIO):
        def write(self, content: Any) -> int:
            whole = bytes(content)
            half = len(whole) // 2
            super().write(whole[:half])
            met("write", self.name)
            super().write(whole[half:])
            return len(whole)

    def opened(path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
        if not set(mode) & set("wxa") or "+" in mode or isinstance(path, int):
            return plain(path, mode, *more, **named)
        met("open", path)
        raw = Written(os.fspath(path), mode.strip("bt"), opener=named.get("opener"))
        buffered = io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        return io.TextIOWrapper(buffered, named.get("encoding"), newline=named.get("newline"))

    return opened


def counted(below: Path, run: Callable[[], object]) -> list[str]:
    """What a run changes below a folder, call by call."""
    calls: list[str] = []
    with changes(below, lambda name, path: calls.append(f"{name} {path}")):
        run()
    return calls


@contextlib.contextmanager
def failing(below: Path, number: int, error: int) -> Iterator[list[str]]:
    """Within the ``with`` block, the call of this number (from 1) fails; the list gets it when it does."""
    failed: list[str] = []
    calls = 0

    def met(name: str, path: str) -> None:
        nonlocal calls
        calls += 1
        if calls == number:
            failed.append(f"{name} {path}: {errno.errorcode[error]}")
            raise OSError(error, os.strerror(error), path)

    with changes(below, met):
        yield failed
