"""What one file may make the spreadsheet library hold: one budget for all its sheets and parts.

Whoever finds that the file will spend something says so here, before the library spends it.
"""

from __future__ import annotations

from reportgen.problems import Cell, ReportError
from reportgen.reading.safety.found import Reach

WIDEST_BOX = 16_000_000
"""Cells in the rectangles from A1 to the last filled cell of all sheets: the library holds them in memory.

A full sheet of five columns has five million.
"""
LAST_CELL = (1_048_576, 16_384)
"""XFD1048576: no spreadsheet program has a cell beyond."""
MOST_BLANK = 11_000_000
"""Cells of the rectangles beyond twice the filled ones: stray cells, or a column that is seldom filled."""
MOST_REPEATED = 2_000_000
"""Filled cells that are not written in the file but come of repeating those that are."""
LONGEST_TEXTS = 1_200_000_000
"""Bytes of memory for the texts of all cells, each as often as it stands in a cell."""
LARGEST_INFLATED = 1_000_000_000
"""Bytes of the parts of an archive, each as often as it is read.

A full sheet with notes has 300 million.
"""
MOST_FAULTS = 1_100_000
"""Cells with an error or a formula without a value: a column of a full sheet, from top to bottom."""
_NAME_SHOWN = 60


def damaged(name: str) -> ReportError:
    """The sentence for a file that breaks its own format."""
    return ReportError(
        f"{name} could not be read: it seems damaged; open it in a spreadsheet program "
        "and save it again."
    )


def unsafe(name: str, why: str) -> ReportError:
    """The sentence for a file unlike any that a spreadsheet program writes; ``why`` says in what."""
    return ReportError(
        f"{name} was not read, to be safe: {why}; open it in a spreadsheet program "
        "and save it as a new workbook."
    )


def memory(length: int, is_ascii: bool) -> int:
    """The bytes that a text of so many bytes takes, once in the library and once in Python."""
    return length * (2 if is_ascii else 5)


class Budget:
    """What is spent by now of what one file may spend.

    Who spends more gets a ReportError.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._box = self._filled = self._repeated = self._texts = self._inflated = self._faults = 0

    def inflate(self, length: int) -> None:
        """A part is read, and has so many bytes."""
        self._inflated += length
        if self._inflated > LARGEST_INFLATED:
            raise unsafe(self.name, f"it unfolds to more than {LARGEST_INFLATED // 1_000_000} MB")

    def left_to_inflate(self) -> int:
        """How many bytes the next part may have."""
        return LARGEST_INFLATED - self._inflated

    def box(self, sheet: str, reach: Reach, filled: int) -> None:
        """A sheet reaches so far, and has so many filled cells."""
        rows, columns = reach
        if not self.has_room(reach, filled):
            shown = sheet if len(sheet) <= _NAME_SHOWN else sheet[: _NAME_SHOWN - 1] + "…"
            raise ReportError(
                f"{self.name} was not read, to be safe: sheet “{shown}” reaches as far as "
                f"{Cell(sheet, rows, columns)}; delete the stray cells, rows and columns "
                "beyond your list, and save it again."
            )
        self._box += rows * columns
        self._filled += filled

    def has_room(self, reach: Reach, filled: int) -> bool:
        """Whether a sheet that reaches so far would be within the budget, and is one."""
        if reach[0] > LAST_CELL[0] or reach[1] > LAST_CELL[1]:
            return False
        box = self._box + reach[0] * reach[1]
        return box <= min(WIDEST_BOX, MOST_BLANK + 2 * (self._filled + filled))

    def room(self, sheet: str, reach: Reach, cells: int) -> None:
        """The library makes room for so many cells, whether they are there or not."""
        if cells > MOST_BLANK:
            self.box(sheet, reach, 0)

    def repeat(self, cells: int) -> None:
        """So many filled cells repeat one that is written in the file."""
        self._repeated += cells
        if self._repeated > MOST_REPEATED:
            raise unsafe(self.name, f"it repeats more than {MOST_REPEATED:,} cells")

    def text(self, memory_bytes: int) -> None:
        """Texts of cells take so much memory."""
        self._texts += memory_bytes
        if self._texts > LONGEST_TEXTS:
            raise unsafe(self.name, "it repeats a long text in very many cells")

    def can_take(self, memory_bytes: int) -> bool:
        """Whether texts that take so much would be within the budget."""
        return self._texts + memory_bytes <= LONGEST_TEXTS

    def fault(self, cells: int = 1) -> None:
        """So many more cells show an error, or no value."""
        self._faults += cells
        if self._faults > MOST_FAULTS:
            raise unsafe(self.name, f"more than {MOST_FAULTS:,} of its cells show an error")
