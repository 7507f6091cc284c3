"""A vCard file (.vcf) → a grid: one row a card, one column a property, so that it reads as any table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportgen.problems import ReportError
from reportgen.reading.cells import Grid, Value

HEADERS = ("FN", "N", "ORG", "EMAIL", "TEL", "ADR", "BDAY", "NOTE", "CATEGORIES", "UID")
"""The properties by their names in the standard (RFC 6350)."""
_KEPT = frozenset((*HEADERS, "BEGIN", "END", "VERSION"))


def address_book(text: str, name: str) -> Grid:
    """The cards of a file, several e-mail addresses or numbers of one joined by ``;``.

    Raises: ReportError, when the file holds no card, or one that is broken off.
    """
    import vobject  # a list of contacts is rarely what a run reads

    lines = list(_whole_lines(text))
    kept = "\n".join(line for _, line in lines)
    try:
        cards = list(vobject.readComponents(kept, ignoreUnreadable=True, allowQP=True))
    except Exception as error:  # whatever a broken card makes the library raise
        number = getattr(error, "lineNumber", None)
        reason = f"line {lines[number - 1][0]}" if number else "it is damaged"
        raise ReportError(
            f"{name} is no address book that can be read ({reason}); "
            "export it again as vCard (.vcf)."
        ) from None
    rows = [_row(card) for card in cards if card.name == "VCARD"]
    if not rows:
        raise ReportError(f"{name} holds no contact; export it again as vCard (.vcf).")
    return Grid(Path(name).stem, [list(HEADERS), *rows])


def _whole_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of the properties that are read, each in one piece, and the number where it begins.

    The library copies all that it has of a line for each piece of it. Pictures have thousands of pieces.
    """
    begins, pieces, goes_on = 0, list[str](), False
    for number, written in enumerate(text.split("\n"), start=1):
        line = written.rstrip("\r")
        if goes_on or line.startswith((" ", "\t")):
            pieces.append(line if goes_on else line[1:])
        else:
            yield from _kept(begins, pieces)
            begins, pieces = number, [line]
        quoted = "quoted-printable" in pieces[0].casefold() if line.endswith("=") else False
        goes_on = quoted and bool(pieces)
        if goes_on:
            pieces[-1] = pieces[-1][:-1]
    yield from _kept(begins, pieces)


def _kept(begins: int, pieces: list[str]) -> Iterator[tuple[int, str]]:
    """The line made of the pieces, unless it is of a property that nobody reads."""
    line = "".join(pieces)  # it may be broken anywhere, in the property's name too
    if re.split("[:;]", line, maxsplit=1)[0].rpartition(".")[2].upper() in _KEPT:
        yield begins, line


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
            case _ if name == "ADR":
                places = (value.street, value.city, value.region, value.code, value.country)
                text = ", ".join(part for part in places if isinstance(part, str) and part)
            case _:
                text = str(value)
        if text.strip():
            yield text.strip().removeprefix("tel:").removeprefix("mailto:")
