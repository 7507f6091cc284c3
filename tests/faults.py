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

from program import reportgen

from reportgen.output import folder
from reportgen.output.leftovers import sweep

Met = Callable[[str, str], None]
"""Hears the name of a call and its path before it is done; what it raises is what the call raises."""

ROWS = "Date,Client,Activity\n2026-09-01,Acme,Call\n2026-10-01,{},Call\n"
AS_OF = ("--as-of", "2026-10-31")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)
_TAKE_ROOM = ("open", "write", "mkdir", "link", "fsync")
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
        patches.enter_context(patch.object(os, "fsync", _fsync(met)))
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
    def synced(_handle: int) -> None:
        met("fsync", "")  # and no more: only a power cut would show the difference

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
def failing(below: Path, number: int, error: int, lasting: bool = False) -> Iterator[list[str]]:
    """Within the ``with`` block, the call of this number (from 1) fails; the list gets it when it does.

    What is ``lasting`` goes on: after that call, a full disk takes nothing more; one that broke, or that
    the owner may not write any more, changes nothing more.
    """
    failed: list[str] = []
    calls = 0

    def met(name: str, path: str) -> None:
        nonlocal calls
        calls += 1
        again = lasting and calls > number and (error != errno.ENOSPC or name in _TAKE_ROOM)
        if calls == number or again:
            failed.append(f"{name} {path}: {errno.errorcode[error]}")
            raise OSError(error, os.strerror(error), path)

    with changes(below, met):
        yield failed


Tree = dict[str, bytes | None]


def tree(top: Path) -> Tree:
    """Every path below a folder, with its content; None for a folder."""
    return {
        path.relative_to(top).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(top.rglob("*"))
    }


class Home:
    """A folder with two workbooks of one name, so that each build of the other one makes a new site."""

    def __init__(self, top: Path, clients: int = 2) -> None:
        self.top = top
        self.books = [top / name / "clients.csv" for name in ("one", "two")]
        for book, client in zip(self.books, ("Bolt", "Copper & Co"), strict=True):
            book.parent.mkdir(parents=True)
            more = (f"2026-10-02,Client {number},Call\n" for number in range(2, clients))
            book.write_text(ROWS.format(client) + "".join(more))
        self._before = self._workbooks()

    def _workbooks(self) -> list[tuple[bytes, int]]:
        return [(book.read_bytes(), book.stat().st_mtime_ns) for book in self.books]

    def run(self, *arguments: object) -> int:
        """The exit code of a run; one that could not be done has said why in a plain sentence."""
        run = reportgen(*arguments, cwd=self.top)
        assert run.returncode in (0, 1, 3), run.stderr
        assert "fault of its own" not in run.stderr
        assert "Traceback" not in run.stderr
        assert run.returncode != 1 or run.stderr.count("\n") == 1, run.stderr
        return run.returncode

    def swept(self) -> None:
        """What a run of anything does first."""
        sweep([self.top, *(book.parent for book in self.books)])

    def is_tidy(self, *stands: str) -> None:
        """Nothing stands but the workbooks, as they were, and these."""
        assert sorted(path.name for path in self.top.iterdir()) == sorted(["one", "two", *stands])
        assert self._workbooks() == self._before
        assert [sorted(book.parent.iterdir()) for book in self.books] == [[b] for b in self.books]
