"""Renders pages and writes them, with a second process where there is a second processor.

The second process is a fork: it has every figure already, and writes its pages straight into the
staging folder. It begins with those that are known at once, while the first works out which others there
are and writes these. Then both take the next pages from one pile, so that neither waits for the other.
Pages that the second leaves undone, because it died or could not write, are done by the first: what stood
in the way of one then stands in the way of the other, and is told as always.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from reportgen.beside import CAN, another
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
    staging: Path,
    at_once: Sequence[Page],
    further: Callable[[], Sequence[Page]],
    told: Callable[[int, int], None],
    processors: int = 1,
) -> str:
    """Render the pages into the staging folder; returns the digest of all (``ours.digest_of``).

    Which ``further`` pages there are is asked once, while the second process is at those that are known
    ``at_once``. ``told`` hears how many are done, and of how many.

    Raises: WriteFailed, for example on a full disk.
    """
    writer = Writer(staging)
    pages: list[Page] = []
    if processors > 1 and CAN and len(at_once) >= _WORTH_TWO:
        announce(staging, (page.path for page in at_once))
        piles = _piles(at_once)
        with (
            _tickets(len(piles)) as tickets,
            another(lambda: _take(tickets, piles, writer, lambda *_: None)) as waited_for,
        ):
            pages += further()
            announce(staging, (page.path for page in (*at_once, *pages)))
            _write(pages, writer, told)
            _take(tickets, piles, writer, told)
            writer.hashes.update(waited_for() or {})
    else:
        pages += further()
        announce(staging, (page.path for page in (*at_once, *pages)))
    _write([*at_once, *pages], writer, told)
    return digest_of(writer.hashes)


def content(page: Page) -> bytes:
    """The bytes of a page."""
    made = page.render()
    return made if isinstance(made, bytes) else made.encode()


def _write(pages: Sequence[Page], writer: Writer, told: Callable[[int, int], None]) -> None:
    """Write those of the pages that are not written yet."""
    for number, page in enumerate(pages):
        if page.path not in writer.hashes:
            told(number, len(pages))
            writer.write(page.path, content(page))


@contextlib.contextmanager
def _tickets(number: int) -> Iterator[int]:
    """A pipe with so many tickets, for whoever takes one first."""
    tickets, filling = os.pipe()
    os.write(filling, bytes(range(number)))
    os.close(filling)
    try:
        yield tickets
    finally:
        os.close(tickets)


def _take(
    tickets: int,
    piles: Sequence[Sequence[Page]],
    writer: Writer,
    told: Callable[[int, int], None],
) -> dict[str, str]:
    """Write one pile after the other, until the two together have taken all; returns the hashes."""
    while ticket := os.read(tickets, 1):
        told(ticket[0], len(piles))
        for page in piles[ticket[0]]:
            writer.write(page.path, content(page))
    return writer.hashes


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
