"""A table as .csv: any spreadsheet opens it, and none takes a cell for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def as_csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """The table with a byte order mark, by which Excel knows its letters."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(heads)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def harmless(text: str) -> str:
    """The text of a cell with an apostrophe before it where a spreadsheet would take it for a formula."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text
