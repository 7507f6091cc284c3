"""What a look at a file's bytes finds: cells without a value, how far sheets reach, the date system."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from functools import lru_cache

from reportgen.values import dataclass

EPOCH_1900 = date(1899, 12, 30)
"""Day 0 of the usual serial numbers (from 1 March 1900 on, as spreadsheets count)."""
EPOCH_1904 = date(1904, 1, 1)
"""Day 0 where the workbook uses the 1904 date system."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that shows something and holds no value: an error, or a formula never calculated."""

    found: str
    """What it shows, in the owner's words."""
    suggestion: str


UNCALCULATED = Fault(
    "a formula without a saved value",
    "Open the workbook in a spreadsheet program and save it, so that the result is kept.",
)
WITHOUT_KIND = Fault(
    "words that the file does not keep as the value of their cell",
    "Type them again, or open the workbook in a spreadsheet program and save it.",
)

Faults = dict[tuple[int, int], Fault]
"""(row, column), both from 0 → the fault of the cell."""
Reach = tuple[int, int]
"""The last row and the last column with a filled cell, both from 1; 0 and 0 of an empty sheet."""


@lru_cache(1_000)
def error(code: str) -> Fault:
    """The fault of a cell that shows an error such as ``#N/A``."""
    return Fault(f"the error {code}", "Mend the formula in this cell, or type the value over it.")


@dataclass(slots=True)
class Found:
    """What is found in a workbook; filled in step by step."""

    faults: dict[str, Faults] = field(default_factory=dict)
    """By sheet."""
    hidden_rows: dict[str, set[int]] = field(default_factory=dict)
    """By sheet: the rows, from 0, with a filled cell that a filter or the owner has hidden."""
    is_1904: bool = False
    protected: bool = False
    """Whether a password is needed to read it."""

    @property
    def epoch(self) -> date:
        """Day 0 of the workbook's serial numbers."""
        return EPOCH_1904 if self.is_1904 else EPOCH_1900
