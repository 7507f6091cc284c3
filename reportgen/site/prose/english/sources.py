"""The words of *Where they come from*: sentences from plain values."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.shares import FEW
from reportgen.words import count, count_in_words, in_words, sentence_case

NO_SOURCE = "Nobody can tell yet: write how each client found you in Source on the Clients sheet."
NO_SALES = "Nobody can tell yet who pays: record your sales, one row for each on the Sales sheet."


def answer(said: Sequence[str]) -> str:
    """What brought most, and who did, as far as it is known."""
    return f"{sentence_case('; '.join(said))}."


def foremost(source: str, sales: str, customers: int) -> str:
    """Which source brought most."""
    return f"{source} brought most, {sales} from {count_in_words(customers, 'customer')}"


def brought_by(name: str, clients: int, sales: str) -> str:
    """What one person brought."""
    return f"{name} {brought(clients, sales)}"


def brought_in_all(clients: int, sales: str) -> str:
    """What all together brought, where nobody brought more than one."""
    were = "client was" if clients == 1 else "clients were"
    return f"{in_words(clients)} {were} brought by others, and bought for {sales}"


def brought(clients: int, sales: str) -> str:
    """How many clients somebody brought; ``sales`` is what these bought, empty where it is not recorded."""
    return (
        f"brought {count_in_words(clients, 'client')}{f', who bought for {sales}' if sales else ''}"
    )


def everyone(clients: int) -> str:
    """Whom the page counts."""
    if clients == 1:
        return "This page speaks of your one client."
    return f"This page speaks of all {clients:,} clients, also those who have lapsed or ended."


def caption(what: str, rows: int, few: int, not_recorded: int) -> str:
    """What a table lists, how many of its rows are of few, and how many clients stand in none."""
    said = what
    if few:
        whose = (
            f"a row of fewer than {in_words(FEW)} clients is" if few < rows else "all of them are"
        )
        said += f"; {whose} too few to compare"
    if not_recorded:
        said += f"; of {count(not_recorded, 'client')} it is not recorded"
    return said
