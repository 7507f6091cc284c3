"""What the arguments of a command ask of a walk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reportgen.build import own_configuration
from reportgen.run.job import Job, Walk


def asked(
    walk: Walk,
    book: Path,
    config: Path | None,
    as_of: date | None,
    product: str | None,
    out: Path | None = None,
) -> Job:
    """The job of a walk over one workbook, with the settings beside it where none are named."""
    return Job(walk, book, config or own_configuration(book), as_of, out, product=product)
