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
    whole_numbers: tuple[str, ...]
    """It is this table only where all these columns, as far as they are there, hold whole numbers."""
    only_rows: tuple[str, ...]
    """A row counts only where each of these columns is filled."""
    only_where: Mapping[str, frozenset[str]]
    """A row counts only where each of these columns says one of these plain words."""
    aside: Mapping[str, str]
    """A column that is filled → what is left aside because of it, to be said once."""
    tell: Mapping[str, tuple[str, str]]
    """A column that is filled → what was expected and what to do, for a problem of its header."""
    payments: bool
    """Whether its sales are payments, which may be those of invoices in another table."""
    date_order: DateOrder | None
    """How the product writes days whose order the column does not show; None when it depends."""
    parts: tuple[Part, ...]
    add_next: str
    """What to export next, where the table is all that there is."""
    instead: str
    """What to export instead of this table, which is not read; empty where it is."""


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


_OWN = (
    "title", "told_by", "never", "whole_numbers", "only_rows", "only_where", "aside", "tell",
    "payments", "date_order", "add_next", "instead", "list",
)  # fmt: skip
_SHEETS = {sheet.name: sheet for sheet in SHEETS}


def _export(product: str, table: Mapping[str, Any]) -> Export:
    lists = table.get("list", {})
    parts = [_part(name, table[name], of_list=False) for name in table if name not in _OWN]
    parts += [_part(name, columns, of_list=True) for name, columns in lists.items()]
    order = table.get("date_order")
    return Export(
        product=product,
        title=table["title"],
        told_by=tuple(table["told_by"]),
        never=tuple(table.get("never", ())),
        whole_numbers=tuple(table.get("whole_numbers", ())),
        only_rows=_headers(table.get("only_rows", ())),
        only_where={
            header: frozenset(map(plain, words))
            for header, words in table.get("only_where", {}).items()
        },
        aside=table.get("aside", {}),
        tell={header: (one[0], one[1]) for header, one in table.get("tell", {}).items()},
        payments=table.get("payments", False),
        date_order=DateOrder(order) if order else None,
        parts=tuple(parts),
        add_next=table.get("add_next", ""),
        instead=table.get("instead", ""),
    )


def _headers(declared: str | list[str]) -> tuple[str, ...]:
    return (declared,) if isinstance(declared, str) else tuple(declared)


def _part(name: str, columns: Mapping[str, Any], of_list: bool) -> Part:
    sheet = _SHEETS[name]
    unknown = columns.keys() - {column.name for column in sheet.known}
    if unknown:
        raise ValueError(f"{name} has no column {', '.join(sorted(unknown))}")
    return Part(sheet, columns, of_list)
