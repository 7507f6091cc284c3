"""A time sheet whose names may be those of the people who worked, and not of clients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reportgen.problems import Doubt, Lost, Problem
from reportgen.reading.cells import as_text, shown
from reportgen.reading.columns import TOUCHPOINTS
from reportgen.reading.headers import Layout
from reportgen.reading.vocabulary import is_one_of
from reportgen.words import listed, plain

_FEW, _OFTEN = 4, 3
"""So few names, each so often on average, may be those of a team."""
_ME = re.compile(r"\((?:me|ich|moi|yo|io|ik|eu)\)", re.IGNORECASE)


def who_worked(visit: Layout, configured: Mapping[str, str]) -> Iterator[Problem]:
    """A problem where hours stand beside a column Name in which a few names come again and again."""
    fields = {column.field for _, column, _ in visit.columns}
    if (
        visit.sheet is not TOUCHPOINTS
        or visit.told
        or "minutes" not in fields
        or "activity" in fields
    ):
        return
    header = next((text for _, one, text in visit.columns if one.field == "client"), "")
    if not is_one_of("persons", header) or plain(header) in configured:
        return
    names = [as_text(cell) for cell in visit.cells("client")]
    different = dict.fromkeys(names)
    few = len(different) <= _FEW and len(names) >= _OFTEN * len(different)
    if few or any(_ME.search(name) for name in different):
        yield Problem(
            visit.where(visit.header_row, visit.index("client") or 0),
            f"{listed([*map(shown, different)])} below {shown(header)}",
            "names of clients; they are taken for that",
            "If they are the people who worked, add a column Client.",
            Lost.NOTHING,
            doubt=Doubt.PERSON,
        )
