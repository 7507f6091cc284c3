"""A .csv with another form, another cell, or damaged signs."""

from __future__ import annotations

import fuzz_books as books
import second_readers as readers

from fuzz_cases.case import STRANGE_NUMBERS, STRANGE_TEXTS, AsReadBy, Case, Chance


def changed_csv(number: int, chance: Chance) -> Case:
    """A .csv in another form, with another cell, or with damaged bytes."""
    delimiter = chance.one((",", ";", "\t", "|"))
    encoding = chance.one(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
    text = books.text(delimiter).decode()
    keeps = chance.draw.random() < 0.3
    how = "the same"
    if not keeps:
        how, text = chance.one((_a_cell, _a_line, _signs))(text, delimiter, chance)
    text = text.replace("\r\n", chance.one(("\r\n", "\n")))
    content = text.encode(encoding, "replace")
    # The byte-order mark of .decode() is not part of the text; what cannot be coded became ?.
    said = content.decode(encoding)
    return Case(
        number,
        f"csv {delimiter!r} {encoding}: {how}",
        ".csv",
        content,
        AsReadBy(
            tuple(
                (lambda one=one: readers.read_csv(said.replace("\0", ""), one))
                for one in ([delimiter] if keeps else ",;\t|")
            )
        ),
        not keeps,
    )


def _a_cell(text: str, delimiter: str, chance: Chance) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    at = chance.place(lines, 1)
    cells = lines[at].rstrip("\r\n").split(delimiter)
    put = chance.one((*STRANGE_NUMBERS, *STRANGE_TEXTS)).replace("\ud800", "?")
    cells[chance.place(cells)] = put
    lines[at] = delimiter.join(cells) + "\r\n"
    return f"line {at + 1} with {put[:30]!r}", "".join(lines)


def _a_line(text: str, delimiter: str, chance: Chance) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    at, other = chance.place(lines), chance.place(lines)
    if chance.one((True, False)):
        lines.insert(other, lines[at])
        return f"line {at + 1} again", "".join(lines)
    del lines[at]
    return f"without line {at + 1}", "".join(lines)


def _signs(text: str, delimiter: str, chance: Chance) -> tuple[str, str]:
    at, length = chance.place(text), chance.one((0, 0, 1, 3, 20))
    put = chance.one(('"', "'", "\0", "\r", "\n", delimiter, '""', "�", "\x1a", ""))
    return f"{put!r} for {length} signs at {at}", text[:at] + put + text[at + length :]
