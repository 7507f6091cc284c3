"""The workbooks in archives that are damaged, and what the second readers find in what comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import fuzz_books as books
import second_readers as readers
from second_readers import Sheets

from fuzz_cases.case import AsReadBy

XLSX = (
    ("xlsx by XlsxWriter", ".xlsx", lambda: books.workbook(".xlsx")),
    ("xlsm", ".xlsm", lambda: books.workbook(".xlsm")),
    ("xlsx by openpyxl", ".xlsx", books.by_openpyxl),
    ("xlsx with results", ".xlsx", books.with_results),
    ("xlsx with texts in cells", ".xlsx", books.with_texts_in_cells),
)
ODS = ("ods", ".ods", lambda: books.workbook(".ods"))
XLSB = ("xlsb", ".xlsb", lambda: books.workbook(".xlsb"))
READ = re.compile(
    r"xl/(workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.(xml|bin)\.rels|_rels/\.rels"
    r"|xl/worksheets/sheet\d\.(xml|bin)|content\.xml|xl/workbook\.bin"
)
"""The parts that reading takes something from."""


def read(suffix: str, content: bytes) -> Sheets:
    return {".ods": readers.read_opendocument, ".xlsb": readers.read_biff12}.get(
        suffix, readers.read_by_openpyxl
    )(content)


def form_of(suffix: str) -> Callable[[Sheets], Sheets]:
    return readers.serials if suffix in (".xlsb", ".xls") else (lambda sheets: sheets)


@dataclass(frozen=True)
class AsItStands:
    """Fits what a second reader finds in a damaged file, or what stood there before.

    The latter where the damage is none (``harmless``), or such that every other reader gives up.
    """

    suffix: str
    content: bytes
    before: bytes
    harmless: bool = False

    def __call__(self, found: Sheets) -> bool:
        form = form_of(self.suffix)
        theirs = [AsReadBy((lambda: read(self.suffix, self.content),), form)]
        if self.suffix in (".xlsx", ".xlsm"):  # without formats, where openpyxl gives up
            plain = AsReadBy((lambda: readers.read_openxml(self.content),), readers.serials)
            theirs.append(plain)
        if any(one(found) for one in theirs):
            return True
        if self.harmless or not any(list(one.said()) for one in theirs):
            return AsReadBy((lambda: read(self.suffix, self.before),), readers.serials)(found)
        return False
