"""A vCard file (.vcf) → a grid: one row a card, one column a property, so that it reads as any table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportgen.problems import ReportError
from reportgen.reading.cells import Grid, Value

HEADERS = ("FN", "N", "ORG", "EMAIL", "TEL", "BDAY", "NOTE", "CATEGORIES", "UID")
"""The properties by their names in the standard (RFC 6350)."""


def address_book(text: str, name: str) -> Grid:
    """The cards of a file, several e-mail addresses or numbers of one joined by ``;``.

    Raises: ReportError, when the file holds no card, or one that is broken off.
    """
    import vobject  # a list of contacts is rarely what a run reads

    try:
        cards = list(vobject.readComponents(text, ignoreUnreadable=True, allowQP=True))
    except Exception as error:  # whatever a broken card makes the library raise
        raise ReportError(
            f"{name} is no address book that can be read ({_reason(error)}); "
            "export it again as vCard (.vcf)."
        ) from None
    rows = [_row(card) for card in cards if card.name == "VCARD"]
    if not rows:
        raise ReportError(f"{name} holds no contact; export it again as vCard (.vcf).")
    return Grid(Path(name).stem, [list(HEADERS), *rows])


def _reason(error: Exception) -> str:
    line = getattr(error, "lineNumber", None)
    return f"line {line}" if line else "it is damaged"


def _row(card: Any) -> list[Value]:
    cells: list[Value] = []
    for name in HEADERS:
        texts = list(dict.fromkeys(_texts(card, name)))
        many = name in ("EMAIL", "TEL")
        cells.append("; ".join(texts if many else texts[:1]) or None)
    return cells


def _texts(card: Any, name: str) -> Iterator[str]:
    for line in card.contents.get(name.casefold(), ()):
        value = line.value
        match value:
            case str():
                text = value
            case list():  # the parts of an organisation, the first of which is its name; categories
                text = str(value[0]) if value else ""
            case _ if name == "N":
                text = " ".join(
                    part for part in (value.given, value.family) if isinstance(part, str)
                )
            case _:
                text = str(value)
        if text.strip():
            yield text.strip().removeprefix("tel:").removeprefix("mailto:")
