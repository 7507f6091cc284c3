"""The sums of a table's amounts, row by row: what a row of totals says is checked against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reportgen.model import name_key
from reportgen.problems import Lost, Problem
from reportgen.reading.headers import Layout
from reportgen.reading.meaning import told_by
from reportgen.reading.vocabulary import is_balance, total_of

_OF_A_SUM = {"amount", "net", "line_total", "is_line"}


class Sums:
    """Of all rows so far, and of those that count alone: an owner may total the one or the other."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._so_far = {False: Decimal(), True: Decimal()}
        """Whether rows that do not count are left out → the sum of all."""
        self._ends = {False: {Decimal()}, True: {Decimal()}}
        """The sums as they stood at the head and at each total: a total may begin at any of them."""
        self._last = Decimal()
        """Of all rows, as it stood at the last total."""
        self._of_clients: defaultdict[tuple[bool, str], Decimal] = defaultdict(Decimal)
        self._columns: set[str | None] = set()
        """Which columns gave the amounts."""
        self._is_whole = True

    def take(self, values: Mapping[str, Any]) -> None:
        """Add a row, whether it counts or not."""
        self._columns.add(told_by(values))
        self._add(False, values.get("amount", Decimal()), values)

    def count(self, values: Mapping[str, Any], amount: Decimal) -> None:
        """Add a row that counts, with what it counts."""
        self._add(True, amount, values)

    def lose(self) -> None:
        """Tell that a row's amount is not known, so that no sum can be checked any more."""
        self._is_whole = False

    def _add(self, counted: bool, amount: Decimal, values: Mapping[str, Any]) -> None:
        self._so_far[counted] += amount
        self._of_clients[counted, name_key(str(values.get("client", "")))] += amount

    def is_bare(self, values: Mapping[str, Any]) -> bool:
        """Whether a row is an amount alone, and that of the rows above together."""
        if "amount" not in values or not _OF_A_SUM.issuperset(values):
            return False
        so_far = self._so_far[False]
        return values["amount"] in (so_far, so_far - self._last)

    def total(self, at: int, text: str, values: Mapping[str, Any]) -> Problem | None:
        """The problem of a row of totals that is not the sum of rows above it; begins a new sum.

        None where that cannot be told: amounts are missing, or come from other columns than the total.
        """
        amount, whose = values.get("amount"), total_of(text)
        fits = False
        for counted, so_far in self._so_far.items():
            fits = fits or (amount is not None and so_far - amount in self._ends[counted])
            self._ends[counted].add(so_far)
            if whose is not None:
                fits = fits or amount == self._of_clients[counted, name_key(whose)]
        expected = self._of_clients[False, name_key(whose or "")] if whose else Decimal()
        expected = expected or self._so_far[False] - self._last
        self._last = self._so_far[False]
        told = told_by(values)
        if amount is None or not self._is_whole or self._columns != {told} or is_balance(text):
            return None
        if fits:
            return None
        index = self._layout.index(told or "amount")
        return Problem(
            self._layout.where(at, index or 0),
            f"a total of {amount:,}",
            f"{expected:,}, the sum of the rows above; they count as they stand",
            "Look whether a row is missing, or the total is an old one.",
            Lost.NOTHING,
        )
