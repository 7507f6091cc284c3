"""The words of the letter's short lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from reportgen.report.changes import Turn
from reportgen.words import day, days, short_day

TURNS: Mapping[Turn, str] = {Turn.BETTER: "Went well", Turn.WORSE: "Slipped"}
"""The heading of what went one way."""


def owed(total: str) -> str:
    """``Money owed: £1,850``."""
    return f"Money owed: {total}"


def invoice(amount: str, late: int, due: date | None) -> str:
    """``£927, 16 days late``."""
    return f"{amount}, {days(late)} late" if late else f"{amount}, due on {day(due)}"


def lapsed(number: int) -> str:
    """``21 lapsed, by last contact``."""
    return f"{number:,} lapsed, by last contact" if number > 1 else "One lapsed"


def last_contact(when: date | None) -> str:
    """``last contact 3 Mar 2026``."""
    return f"last contact {short_day(when)}"


def next_letter(when: date) -> str:
    """``Next letter: 30 November.``"""
    return f"Next letter: {when.day} {when:%B}."
