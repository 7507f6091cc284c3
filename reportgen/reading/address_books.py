"""A vCard file (.vcf) → a grid: one row a card, one column a property, so that it reads as any table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reportgen.problems import ReportError
from reportgen.reading.cells import Grid, Value
from reportgen.reading.safety.text import Cards

HEADERS = ("FN", "N", "ORG", "EMAIL", "TEL", "ADR", "BDAY", "NOTE", "CATEGORIES", "UID")
"""The properties by their names in the standard (RFC 6350)."""
_KEPT = frozenset((*HEADERS, "BEGIN", "END", "VERSION"))
_NAME_ENDS = re.compile("[:;]")
_LONGEST_NAME = 1_000
"""Characters of a property's name, with the group that it belongs to."""


def address_book(lines: Iterable[str], name: str) -> Grid:
    """The cards of a file, several e-mail addresses or numbers of one joined by ``;``.

    Raises: ReportError, when the file holds no card, one that is broken off, or more than any owner's.
    """
    import vobject  # a list of contacts is rarely what a run reads

    whole = list(_whole_lines(lines, Cards(name)))
    kept = "\n".join(line for _, line in whole)
    try:
        cards = list(vobject.readComponents(kept, ignoreUnreadable=True, allowQP=True))
    except Exception as error:  # whatever a broken card makes the library raise
        number = getattr(error, "lineNumber", None)
        reason = f"line {whole[number - 1][0]}" if number else "it is damaged"
        raise ReportError(
            f"{name} is no address book that can be read ({reason}); "
            "export it again as vCard (.vcf)."
        ) from None
    rows = [_row(card) for card in cards if card.name == "VCARD"]
    if not rows:
        raise ReportError(f"{name} holds no contact; export it again as vCard (.vcf).")
    return Grid(Path(name).stem, [list(HEADERS), *rows])


def _whole_lines(lines: Iterable[str], cards: Cards) -> Iterator[tuple[int, str]]:
    """The lines of the properties that are read, each in one piece, and the number where it begins.

    The library copies all that it has of a line for each piece of it. Pictures have thousands of pieces.
    """
    begins, head, kept, goes_on = 0, "", list[str](), False
    is_read: bool | None = False
    for number, written in enumerate(lines, start=1):
        cards.read(number)
        line = written.rstrip("\r\n")
        if goes_on or line.startswith((" ", "\t")):
            piece = line if goes_on else line[1:]
        else:
            if is_read:
                yield begins, "".join(kept)
            begins, head, kept, piece, is_read = number, "", [], line, None
        if is_read is None:  # a line may be broken anywhere, in the property's name too
            head += piece
            is_read = _is_read(head)
            is_quoted = "quoted-printable" in head.casefold()
        goes_on = piece.endswith("=") and is_quoted
        if is_read is not False:
            kept.append(piece[:-1] if goes_on else piece)
            cards.keep(piece)
    if is_read:
        yield begins, "".join(kept)


def _is_read(line: str) -> bool | None:
    """Whether the line is of a property that is read; None where its name has not ended yet."""
    end = _NAME_ENDS.search(line)
    if end is None and len(line) < _LONGEST_NAME:
        return None
    return line[: end.start() if end else 0].rpartition(".")[2].upper() in _KEPT


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
