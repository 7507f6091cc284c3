"""The products as their data files declare them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from reportgen.problems import ReportError
from reportgen.reading.columns import SHEETS, Sheet
from reportgen.reading.declared import HERE, declared
from reportgen.settings.kinds import DateOrder
from reportgen.values import dataclass
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
    also: Mapping[str, Sequence[str]]
    """A header → what else the product calls it: in other languages, in its own program."""
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
    must: tuple[str, ...]
    """Headers that it is of no use without, beside those that our sheets need."""
    needs: str
    """How to export what it is of no use without; empty: without these columns it is another table."""
    only_listed: bool
    """Whether a name that is on no list of clients, where there is one, may be no client's."""


@cache
def exports() -> tuple[Export, ...]:
    """Every kind of table, by product and in the order of its file.

    Raises: ValueError, when a file declares what there is not.
    """
    found = sorted((HERE / "products").glob("*.toml"))
    return tuple(
        _export(product, table) for product in map(declared, found) for table in product["table"]
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
    "payments", "date_order", "add_next", "instead", "must", "needs", "only_listed", "list",
)  # fmt: skip
_SHEETS = {sheet.name: sheet for sheet in SHEETS}


def _export(product: Mapping[str, Any], own: Mapping[str, Any]) -> Export:
    """One table of a product; what the product says stands for all its tables that do not say it."""
    every: Mapping[str, Mapping[str, Any]] = product.get("every", {})
    table = {key: product[key] for key in ("date_order", "add_next") if key in product}
    table |= own
    parts = [
        _part(name, {**every.get(name, {}), **table[name]}, of_list=False)
        for name in table
        if name not in _OWN
    ]
    # Whose day it is on a list of clients is whose row it is.
    whose = {"Client": table["Clients"]["Client"]} if "Clients" in table else {}
    parts += [
        _part(name, {**every.get(name, {}), **whose, **columns}, of_list=True)
        for name, columns in table.get("list", {}).items()
    ]
    order = table.get("date_order")
    return Export(
        product=product["product"],
        title=table["title"],
        also=product.get("also", {}),
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
        must=tuple(table.get("must", ())),
        needs=table.get("needs", ""),
        only_listed=table.get("only_listed", False),
    )


def _headers(declared: str | list[str]) -> tuple[str, ...]:
    return (declared,) if isinstance(declared, str) else tuple(declared)


def _part(name: str, columns: Mapping[str, Any], of_list: bool) -> Part:
    sheet = _SHEETS[name]
    unknown = columns.keys() - {column.name for column in sheet.known}
    if unknown:
        raise ValueError(f"{name} has no column {', '.join(sorted(unknown))}")
    return Part(sheet, columns, of_list)
