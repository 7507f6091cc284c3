"""What the owner answered, as lines of her reportgen.toml; everything else in it stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import tomlkit
from tomlkit.items import Array, Table

from reportgen.adopting.adopted import Entry
from reportgen.words import plain

_HEAD = (
    "# What reportgen adopt asked, and your answers: change or delete a line, and it asks again.\n"
)


def with_entries(text: str, entries: Iterable[Entry]) -> str:
    """The text of a configuration file with the entries in it, each at the top of its table.

    A word that stands under another name already moves: the last answer counts.
    """
    for entry in entries:
        text = _with_entry(text or _HEAD, entry)
    return text


def _with_entry(text: str, entry: Entry) -> str:
    document = tomlkit.parse(text)
    table = document.get(entry.table)
    is_there = isinstance(table, Table) and _changed(table, entry)
    text = tomlkit.dumps(document)
    if is_there:
        return text
    one = _quoted(entry.value)
    value = one if entry.table == "settings" else f"[{one}]"
    line = (
        f"{entry.key if re.fullmatch('[A-Za-z_]+', entry.key) else _quoted(entry.key)} = {value}\n"
    )
    heading = re.compile(rf"^[ \t]*\[[ \t]*{entry.table}[ \t]*\][^\n]*(?:\n|\Z)", re.MULTILINE)
    found = heading.search(text)
    if found is None:
        between = "" if text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{between}[{entry.table}]\n{line}"
    break_ = "" if found[0].endswith("\n") else "\n"
    return text[: found.end()] + break_ + line + text[found.end() :]


def _changed(table: Table, entry: Entry) -> bool:
    """Whether a line that is there takes the entry; its word goes from every other line."""
    own = next((name for name in table if plain(name) == plain(entry.key)), None)
    if entry.table == "settings":
        if own is not None:
            table[own] = entry.value
        return own is not None
    for name in [*table]:
        words = _words(table[name])
        left = [word for word in words if plain(word) != plain(entry.value)]
        if name == own:
            table[name] = _array([*left, entry.value])
        elif not left:
            del table[name]
        elif len(left) < len(words):
            table[name] = _array(left)
    return own is not None


def _words(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _array(words: list[str]) -> Array:
    array = tomlkit.array()
    array.extend(words)
    return array


def _quoted(text: str) -> str:
    """The text as TOML writes it, which quotes as JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
