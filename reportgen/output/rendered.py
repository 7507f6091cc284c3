"""Renders pages and writes them, with a second process where there is a second processor.

The second process is a fork: it has every figure already, and writes its pages straight into the
staging folder. Both take the next pages from one pile, so that neither waits for the other. Pages that
the second leaves undone, because it died or could not write, are done by the first: what stood in the
way of one then stands in the way of the other, and is told as always.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from reportgen.beside import go_with
from reportgen.output.ours import digest_of
from reportgen.output.writing import Writer, announce

_WORTH_TWO = 100
"""Pages. A fork costs some hundredths of a second, as much as a few dozen of them."""
_TICKETS = 250
"""A ticket is one byte."""


class Page(Protocol):
    """A file of the site that is not rendered yet."""

    @property
    def path(self) -> str:
        """Relative, with ``/`` between folders."""

    @property
    def render(self) -> Callable[[], str | bytes]:
        """Makes its content."""


def write_rendered(
    staging: Path, pages: Sequence[Page], told: Callable[[int, int], None], processors: int = 1
) -> str:
    """Render the pages into the staging folder; returns the digest of all (``ours.digest_of``).

    ``told`` hears how many are done, and of how many.

    Raises: WriteFailed, for example on a full disk.
    """
    announce(staging, (page.path for page in pages))
    writer = Writer(staging)
    if processors > 1 and len(pages) >= _WORTH_TWO and sys.platform.startswith("linux"):
        _with_another(pages, writer, told)
    for number, page in enumerate(pages):
        if page.path not in writer.hashes:
            told(number, len(pages))
            writer.write(page.path, content(page))
    return digest_of(writer.hashes)


def content(page: Page) -> bytes:
    """The bytes of a page."""
    made = page.render()
    return made if isinstance(made, bytes) else made.encode()


def _with_another(pages: Sequence[Page], writer: Writer, told: Callable[[int, int], None]) -> None:
    """Write what this process and a fork of it can write; the writer then knows what both have written."""
    piles = _piles(pages)
    tickets, filling = os.pipe()
    os.write(filling, bytes(range(len(piles))))
    os.close(filling)
    heard, saying = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if not child:
        try:
            os.close(heard)
            go_with(parent)
            _take(tickets, piles, writer, lambda *_: None)
            with os.fdopen(saying, "wb") as said:
                said.write(json.dumps(writer.hashes).encode())
        finally:
            os._exit(0)
    os.close(saying)
    try:
        with os.fdopen(heard, "rb") as hearing:
            _take(tickets, piles, writer, told)
            writer.hashes.update(_hashes(hearing.read()))
    finally:
        os.close(tickets)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _take(
    tickets: int,
    piles: Sequence[Sequence[Page]],
    writer: Writer,
    told: Callable[[int, int], None],
) -> None:
    """Write one pile after the other, until the two processes together have taken all."""
    while ticket := os.read(tickets, 1):
        told(ticket[0], len(piles))
        for page in piles[ticket[0]]:
            writer.write(page.path, content(page))


def _piles(pages: Sequence[Page]) -> list[list[Page]]:
    """The pages in at most _TICKETS piles: those over all clients first, since they take longest.

    Files of one name are in one pile, because a client's page, its Markdown and its picture share what
    is worked out for one of them.
    """
    named: dict[str, list[Page]] = {}
    for page in sorted(pages, key=lambda page: "/" in page.path):
        named.setdefault(PurePosixPath(page.path).stem, []).append(page)
    groups = list(named.values())
    size = -(-len(groups) // _TICKETS)
    return [list(_joined(groups[at : at + size])) for at in range(0, len(groups), size)]


def _joined(groups: Iterable[Sequence[Page]]) -> Iterator[Page]:
    for group in groups:
        yield from group


def _hashes(said: bytes) -> Mapping[str, str]:
    """What the other process has written; empty when it did not come to its end."""
    try:
        hashes: dict[str, str] = json.loads(said)
    except ValueError:
        return {}
    return hashes
