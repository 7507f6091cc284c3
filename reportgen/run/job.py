"""What is asked of a walk, what it comes to, and what it may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reportgen.problems import Problem

if TYPE_CHECKING:
    from reportgen.build import Form
    from reportgen.model import Edition


Seen = Callable[[str, int, int], None]
"""Is called on every step of the worker and a few times a second while it works."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one walk may use. A workbook of 50,000 rows stays far below both."""

    memory_bytes: int = 4 * 2**30
    """Address space, where the system can limit it: it holds libraries and thread stacks too."""
    seconds: float = 600


@dataclass(frozen=True, slots=True)
class Job:
    """One walk, as the command line asks for it."""

    walk: Literal["build", "check", "annotate", "analyse", "explain", "letters"]
    workbook: str
    config: str | None = None
    as_of: str | None = None
    """An ISO date; None: today in the time zone of the settings."""
    out: str | None = None
    """The staging folder of ``build`` and ``letters``, the copy of ``annotate``."""
    edition: Edition = "owner"
    """Of ``build``."""
    form: Form = "site"
    """Of ``build``: a site, a single file or a locked one."""
    passphrases: tuple[str, ...] = ()
    """What opens the locked one; they travel over the pipe, never on a command line."""
    appendix: bool = False
    """Of ``build``: whether all tables come along as one .xlsx file."""
    client: str = ""
    """Whom to ``explain``."""
    figure: str | None = None
    """What to ``explain``; None: everything."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a walk came to."""

    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    """The sheets and columns that were not looked at."""
    cells: int = 0
    as_of: str = ""
    clients: int = 0
    text: str = ""
    """The JSON of ``analyse``, the words of ``explain``."""
    notes: tuple[str, ...] = ()
    """What the copy of ``annotate`` had to leave out; the own letters that could not be used."""
    letters: int = 0
    unfinished: int = 0
    """Letters with places that the owner fills in."""


LIMITS = Limits()
