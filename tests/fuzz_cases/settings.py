"""Settings with another line."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import fuzz_books as books
from second_readers import Sheets

from fuzz_cases.case import STRANGE_NUMBERS, STRANGE_TEXTS, Case, Chance
from reportgen.settings.configuration import configuration_of


def changed_toml(number: int, chance: Chance) -> Case:
    """A line of the settings is another; judged by what Python's own reader says of it."""
    lines = books.TOML.decode().splitlines()
    at = chance.place(lines)
    put = chance.one((*STRANGE_NUMBERS, *STRANGE_TEXTS)).replace("\ud800", "?")
    line = lines[at]
    name, _, _ = line.partition(" = ")
    place = chance.place(line) if line else 0
    lines[at] = chance.one(
        (
            f"{name} = {put}",
            f'{name} = "{put}"',
            line[:place] + put + line[place:],
            line[:place],
            f"{line}\n{line}",
            f"{line} # {put}",
            "[" * chance.draw.randrange(1, 400),
            f"{name} = " + "9" * chance.draw.randrange(1, 1500),
            "",
        )
    )
    content = "\n".join(lines).encode("utf-8", "replace")
    what = f"toml: {line!r} as {lines[at][:60]!r}"
    return Case(number, what, ".toml", content, OtherTablesAsBefore(content))


@dataclass(frozen=True)
class OtherTablesAsBefore:
    """Fits where it is valid TOML, and what stands in the tables that are as before is as before."""

    content: bytes

    def __call__(self, found: Sheets) -> bool:
        before = tomllib.loads(books.TOML.decode())
        try:
            after = tomllib.loads(self.content.decode())
        except ValueError:
            return False
        base = settings_of(books.TOML)
        return all(
            found[name] == rows
            for name, rows in base.items()
            if before.get(name) == after.get(name)
        )


def settings_of(content: bytes) -> Sheets:
    """What the settings come to, by table."""
    read = configuration_of(content.decode(), Path("reportgen.toml"))
    tables = {
        "settings": read.settings,
        "columns": read.columns,
        "sheets": read.sheets,
        "words": read.words,
        "rates": read.rates,
        "editions": read.editions,
        "privacy": read.secret,
    }
    return {name: {(0, 0): repr(value)} for name, value in tables.items()}
