"""Which of two columns of names is the client's, where one may be of codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reportgen.reading.cells import Grid, as_text
from reportgen.reading.columns import Column, Sheet
from reportgen.reading.vocabulary import is_one_of


def naming(
    sheet: Sheet,
    grid: Grid,
    row: int,
    headers: Mapping[int, str],
    taken: dict[int, Column],
    beaten: dict[int, Column],
) -> int | None:
    """Put the column of names before one of codes, which are ids; the index of a second one of names.

    The second one is for the rows in which the first is blank.

    ``taken`` and ``beaten`` change with it.
    """
    first = next((at for at, column in taken.items() if column.field == "client"), None)
    others = [at for at, column in beaten.items() if column.field == "client"]
    if first is None or not others:
        return None
    below = grid.rows[row + 1 :]

    def cells(at: int) -> list[str]:
        return [as_text(one[at]) if at < len(one) else "" for one in below]

    if _are_codes(cells(first)):
        names = next((at for at in others if not _are_codes(cells(at))), None)
        if names is not None:
            taken[names] = taken.pop(first)
            del beaten[names]
            ids = next((column for column in sheet.more if column.field == "client_id"), None)
            if ids is not None and ids not in taken.values():
                taken[first] = ids
            return None
    if is_one_of("projects", headers[first]):  # beside it, a Name is that of the person who worked
        return None
    at = next((at for at in others if any(cells(at))), None)
    if at is None or not any(b and not a for a, b in zip(cells(first), cells(at), strict=True)):
        return None
    del beaten[at]
    return at


_CODE = re.compile(r"(?:[A-Za-z]{0,5}[-_# ]?)?\d[\d\-]*")


def _are_codes(cells: Sequence[str]) -> bool:
    texts = [text for text in cells if text]
    return bool(texts) and all(_CODE.fullmatch(text) for text in texts)
