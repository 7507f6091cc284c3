"""Reports on the samples as of the end of October 2026, each made once for all the tests of a run."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

from program import walking_here

from reportgen.build import Form, Shape, build
from reportgen.editions.redact import redact
from reportgen.model import Book, Edition
from reportgen.reading.book import read
from reportgen.report.report import Report, make_report
from reportgen.settings.configuration import DEFAULTS
from reportgen.settings.settings import Settings

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"
AS_OF = date(2026, 10, 31)
PASSPHRASE = "nine small otters at noon"
"""What opens the locked ones."""


@cache
def sample_book(sample: str) -> tuple[Book, Settings]:
    """What is read from a sample."""
    return read(SAMPLES / f"{sample}.xlsx", DEFAULTS)


@cache
def sample_report(sample: str, edition: Edition = "owner") -> Report:
    """What is worked out of it for the readers of an edition."""
    return make_report(*redact(*sample_book(sample), edition, "a secret"), AS_OF)


class Sites:
    """The shelf that the reports stand on; tests that run side by side share it."""

    def __init__(self, shelf: Path) -> None:
        self._shelf = shelf.resolve()

    def __call__(
        self, sample: str = "interior-designer", edition: Edition = "owner", form: Form = "site"
    ) -> Path:
        """The folder with the report: to be read, and to be copied before anything in it is changed."""
        folder = self._shelf / f"{sample}-{edition}-{form}"
        with _alone(folder.with_suffix(".lock")):
            if not folder.exists():
                _built(folder, SAMPLES / f"{sample}.xlsx", edition, form)
        return folder


def _built(folder: Path, workbook: Path, edition: Edition, form: Form) -> None:
    staging = folder.with_suffix(".new")
    staging.mkdir()
    shape = Shape(edition, form, (PASSPHRASE,) if form == "locked" else ())
    with walking_here():
        build(workbook, DEFAULTS, lambda _: AS_OF, staging, lambda *_: None, shape)
    staging.rename(folder)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Whoever else comes waits until this one has gone."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
