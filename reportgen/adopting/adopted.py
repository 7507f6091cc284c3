"""What is asked for, what the owner is asked, and what comes of it: plain values, for every process."""

from __future__ import annotations

from pathlib import Path

from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a configuration file: in ``[columns]`` ``Amount = ["How much"]``."""

    table: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to a question, and what it says in reportgen.toml."""

    says: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something that reading cannot settle."""

    asks: str
    shows: tuple[str, ...]
    """A few cells that it is about."""
    replies: tuple[Reply, ...]
    """The first is the one that we would give."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be adopted, and into what."""

    files: tuple[Path, ...]
    config: Path
    """Where her answers are kept; it need not be there."""
    into: Path | None = None
    """The workbook to add to; None: a new one."""
    answers: tuple[Entry, ...] = ()
    product: str | None = None
    """Whose export the files are, where two products could have made them."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What came of it."""

    found: tuple[str, ...]
    """What was found, line by line."""
    questions: tuple[Question, ...] = ()
    """What has to be asked first; then nothing else was done."""
    config: str | None = None
    """The text of the settings file, where an answer changes it."""
    added: tuple[tuple[str, int], ...] = ()
    """Sheet → how many rows it got."""
    known: int = 0
    """How many rows of the files were in the workbook already."""
    filled: tuple[str, ...] = ()
    """The cells of it that they fill in: ``Done on, row 14 of Touchpoints``."""
    changes: tuple[str, ...] = ()
    """What the files say now and the workbook otherwise."""
    digest: str = ""
    """Of the workbook that was added to, as it was read."""
