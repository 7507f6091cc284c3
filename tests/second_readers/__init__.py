"""What other readers find in a file, to hold against what the program reads of it.

openpyxl reads .xlsx; of the other kinds there are small readers here, strict and slow, which follow the
published format and share no line with the program. Each gives the same: sheet → (row, column), from
0 → value. A reader that cannot tell raises an error.
"""

from __future__ import annotations

from second_readers.opendocument import read_opendocument
from second_readers.openxml import read_by_openpyxl, read_openxml
from second_readers.records import (
    biff8_records,
    biff12_records,
    counts_from_1904,
    read_biff8,
    read_biff12,
)
from second_readers.text import read_csv
from second_readers.values import FAULT, Broken, Rows, Sheets, normal, read_by_us, same, serials

__all__ = [
    "FAULT",
    "Broken",
    "Rows",
    "Sheets",
    "biff8_records",
    "biff12_records",
    "counts_from_1904",
    "normal",
    "read_biff8",
    "read_biff12",
    "read_by_openpyxl",
    "read_by_us",
    "read_csv",
    "read_opendocument",
    "read_openxml",
    "same",
    "serials",
]
