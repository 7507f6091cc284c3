"""Tables that need another one: rows whose client is an id or an address on the list of clients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportgen.problems import Lost, Problem
from reportgen.reading.cells import shown
from reportgen.reading.columns import CLIENTS, KEYS
from reportgen.reading.headers import Layout

_LISTED_AS = {"client_id": "client_id", "client_email": "email"}
"""A key of a row → the field of a list of clients that holds it."""


def joinable(layouts: Iterable[Layout]) -> Iterator[Layout]:
    """The layouts, without the keys of those whose clients have a key that no list of clients has.

    Such a one lacks its clients then, which is a problem of it.
    """
    every = list(layouts)
    listed = {column.field for one in every if one.sheet is CLIENTS for _, column, _ in one.columns}
    for one in every:
        fields = {column.field for _, column, _ in one.columns}
        keys = fields & set(KEYS)
        if "client" in fields or not keys or any(_LISTED_AS[key] in listed for key in keys):
            yield one
            continue
        kept = tuple(column for column in one.columns if column[1].field not in KEYS)
        lacking = any(column.field == "client" for column in one.sheet.lacking(fields - keys))
        yield replace(one, columns=kept, problems=(*one.problems, _alone(one))) if lacking else one


def _alone(one: Layout) -> Problem:
    at, _, header = next(found for found in one.columns if found[1].field in KEYS)
    where = one.where(one.header_row, at)
    found = f"{shown(header)} and no name of a client"
    if one.needs:
        expected = "a list of clients that has this column, too; this sheet is not read"
        return Problem(where, found, expected, one.needs, Lost.SHEET)
    return Problem(
        where,
        found,
        "a column Client, or a list of clients that has this column, too; this sheet is not read",
        f"If you call your clients so, call the column Client, or write Client = {shown(header)} "
        "under [columns] in reportgen.toml.",
        Lost.SHEET,
    )
