"""The products as their data files declare them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from reportgen.problems import ReportError
from reportgen.reading.columns import SHEETS, Sheet
from reportgen.settings.kinds import DateOrder
from reportgen.words import plain


@dataclass(frozen=True, slots=True)
class Part:
    """What of one of our sheets a table gives."""

    sheet: Sheet
    columns: Mapping[str, Any]
    """The name of our column → its recipe."""
    of_list: bool
    """Whether it is one day of each client on a list of clients."""


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of table that a product exports."""

    product: str
    title: str
    """``HubSpot deals``."""
    told_by: tuple[str, ...]
    """Each of these headers is there; with ``|`` between, one of several."""
    never: tuple[str, ...]
    """With one of these headers it is another table."""
    only_rows: str
    """A row counts only where this column is filled; empty: each does."""
    date_order: DateOrder | None
    """How the product writes days whose order the column does not show; None when it depends."""
    parts: tuple[Part, ...]
    add_next: str
    """What to export next, where the table is all that there is."""


@cache
def exports() -> tuple[Export, ...]:
    """Every kind of table, by product and in the order of its file.

    Raises: ValueError, when a file declares what there is not.
    """
    folder = files("reportgen").joinpath("reading", "products")
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(
        _export(declared["product"], table)
        for declared in (tomllib.loads(file.read_text("utf-8")) for file in found)
        for table in declared["table"]
    )


def named(product: str) -> str:
    """The product that the owner names, in its own spelling.

    Raises: ReportError, when nobody knows it; the sentence lists the ones that are known.
    """
    known = {plain(one.product): one.product for one in exports()}
    if plain(product) not in known:
        names = ", ".join(sorted(known.values(), key=str.casefold))
        raise ReportError(f"{product} is no product that reportgen reads; write one of {names}.")
    return known[plain(product)]


_OWN = ("title", "told_by", "never", "only_rows", "date_order", "add_next", "list")
_SHEETS = {sheet.name: sheet for sheet in SHEETS}


def _export(product: str, table: Mapping[str, Any]) -> Export:
    lists = table.get("list", {})
    parts = [_part(name, table[name], of_list=False) for name in table if name not in _OWN]
    parts += [_part(name, columns, of_list=True) for name, columns in lists.items()]
    return Export(
        product=product,
        title=table["title"],
        told_by=tuple(table["told_by"]),
        never=tuple(table.get("never", ())),
        only_rows=table.get("only_rows", ""),
        date_order=DateOrder(table["date_order"]) if "date_order" in table else None,
        parts=tuple(parts),
        add_next=table.get("add_next", ""),
    )


def _part(name: str, columns: Mapping[str, Any], of_list: bool) -> Part:
    sheet = _SHEETS[name]
    unknown = columns.keys() - {column.name for column in sheet.known}
    if unknown:
        raise ValueError(f"{name} has no column {', '.join(sorted(unknown))}")
    return Part(sheet, columns, of_list)
