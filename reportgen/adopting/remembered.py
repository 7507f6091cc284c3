"""What the owner answered, as lines of her reportgen.toml; everything else in it stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

import tomlkit
from tomlkit.items import Array, Table

from reportgen.adopting.adopted import Entry
from reportgen.words import plain

_HEAD = "What reportgen adopt asked, and your answers: change or delete a line, and it asks again."


def with_entries(text: str, entries: Iterable[Entry]) -> str:
    """The text of a configuration file with the entries in it.

    A word that stands under another name already moves: the last answer counts.
    """
    entries = tuple(entries)
    if not entries:
        return text
    document = tomlkit.parse(text)
    if not text.strip():
        document.add(tomlkit.comment(_HEAD))
    for entry in entries:
        if entry.table not in document:
            document.add(entry.table, tomlkit.table())
        table = document[entry.table]
        assert isinstance(table, Table)
        if entry.table == "settings":
            table[entry.key] = entry.value
        else:
            _add(table, entry)
    return tomlkit.dumps(document)


def _add(table: Table, entry: Entry) -> None:
    for name in [*table]:
        words = _words(table[name])
        left = [word for word in words if plain(word) != plain(entry.value)]
        if len(left) < len(words):
            if left:
                table[name] = _array(left)
            else:
                del table[name]
    own = next((name for name in table if plain(name) == plain(entry.key)), entry.key)
    table[own] = _array([*_words(table.get(own, [])), entry.value])


def _words(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _array(words: list[str]) -> Array:
    array = tomlkit.array()
    array.extend(words)
    return array
