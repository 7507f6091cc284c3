"""What the command line asks of a walk, what the walk answers, and what it may use."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

from reportgen.adopting.adopted import Adopted, Wanted
from reportgen.forms.form import Form
from reportgen.model import Edition
from reportgen.problem_groups import NO_PROBLEMS, Summary
from reportgen.problems import Problem
from reportgen.values import dataclass


class Walk(StrEnum):
    """How far a walk goes, and what it makes."""

    BUILD = "build"
    """A report."""
    OWNER = "owner"
    """A report, and what it gives to the overview across owners."""
    CHECK = "check"
    """The problems of the workbook."""
    ANNOTATE = "annotate"
    """The same, and a copy of the workbook with each of them marked."""
    ANALYSE = "analyse"
    """The whole analysis as JSON."""
    EXPLAIN = "explain"
    """One client's figures, with their rules and rows."""
    LETTERS = "letters"
    """The letters that are due."""
    ADOPT = "adopt"
    """A workbook of ours from her files."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one walk may use. A workbook of 50,000 rows stays far below both."""

    memory_bytes: int = 4 * 2**30
    """Address space, where the system can limit it: it holds libraries and thread stacks too."""
    seconds: float = 600


LIMITS = Limits()
MOST_LISTED = 10_000
"""How many problems one answer names: 800 bytes of a file can make 300,000."""


@dataclass(frozen=True, slots=True)
class Job:
    """One walk over one workbook."""

    walk: Walk
    workbook: Path
    config: Path | None = None
    as_of: date | None = None
    """None: today, in the time zone of the settings."""
    out: Path | None = None
    """The staging folder of ``build`` and ``letters``; the copy that ``annotate`` makes."""
    edition: Edition = Edition.OWNER
    """Of ``build``, and so are the next seven."""
    form: Form = Form.SITE
    passphrases: tuple[str, ...] = ()
    """What opens the locked form. They travel over the pipe, never on a command line."""
    appendix: bool = False
    """Whether all tables come along as one .xlsx file."""
    all_pages: bool = False
    """Whether every client gets a page, however many they are."""
    months: Path | None = None
    """Where the owner's letters are kept month by month; None where they are not."""
    months_out: Path | None = None
    """The staging folder of the months."""
    key: Path | None = None
    """The staging file of the owner's key to the coach's pseudonyms; None where she wants none."""
    client: str = ""
    """Whom to ``explain``."""
    figure: str | None = None
    """What to ``explain``; None: every figure."""
    product: str | None = None
    """Whose export the workbook is, where two products could have made it."""
    wanted: Wanted | None = None
    """What to ``adopt``; ``out`` is the staging file of the workbook, None where nothing is written."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a walk came to; a field that the walk has nothing to say about keeps its default."""

    problems: Summary = NO_PROBLEMS
    """What could not be used of the workbook."""
    each: tuple[Problem, ...] = ()
    """Of ``check``: the first problems of each kind one by one, MOST_LISTED at most."""
    unread: tuple[str, ...] = ()
    """The sheets and columns that were not looked at, in the owner's words."""
    remarks: tuple[str, ...] = ()
    """How rows were counted that say themselves how, a sentence each."""
    cells: int = 0
    """How many filled cells were looked at."""
    as_of: date | None = None
    """Of ``build`` and ``letters``."""
    clients: int = 0
    made: str = ""
    """Of ``build``: the digest of its files."""
    day: tuple[int, int] | None = None
    """Of ``build`` as of today: when her day begins and ends, in seconds since 1970; None of any other."""
    text: str = ""
    """The JSON of ``analyse`` and of an owner's part of the overview, the words of ``explain``."""
    notes: tuple[str, ...] = ()
    """A sentence for each thing that ``annotate`` could not keep, letter that could not be used, or
    month that was not kept."""
    letters: int = 0
    unfinished: int = 0
    """How many of the letters have places for the owner to fill in."""
    adopted: Adopted | None = None
    """Of ``adopt``: all but the bytes of the workbook and the problems."""
