"""Files as other people keep them, three of each kind: ``three_of_each_kind.txt`` has what is in each."""

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest
from spreadsheets import Sheet, write, write_csv

from reportgen.model import settled
from reportgen.problems import ReportError
from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS

AS_OF = date(2026, 6, 30)
CASES = Path(__file__).with_name("three_of_each_kind.txt")
NOT_READ = "<a/>".encode("utf-16")
DELIMITERS = {"tab": "\t", ";": ";", ",": ","}


@dataclass
class Case:
    """One file, and what is read of it."""

    kind: str
    form: list[str]
    sheets: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=lambda: {mark: [] for mark in ">~!?"})


def cases():
    found = []
    sheet = ""
    for line in CASES.read_text("utf-8").split("\n\n", 2)[2].splitlines():
        if line.startswith("== "):
            kind, *form = line.split()[1:]
            found.append(Case(kind, form))
            sheet = ""
        elif line[:2] in ("> ", "~ ", "! ", "? "):
            found[-1].said[line[0]].append(line[2:])
        elif line.startswith("["):
            sheet = line.strip("[]")
        elif line:
            found[-1].sheets.setdefault(sheet, []).append(line)
    return found


def cell(text):
    if text.startswith("#"):
        return float(text[1:])
    if text.startswith("@"):
        return date.fromisoformat(text[1:])
    return text if text not in ("", "^") else None


def sheet(name, lines):
    texts = [line.removeprefix("(hidden) ").split("|") for line in lines]
    texts = [[one.strip() for one in row] for row in texts]
    merged = []
    for column in range(len(texts[0])):
        above = [row[column] if column < len(row) else "" for row in texts]
        for at, text in enumerate(above):
            if text != "^" and above[at + 1 : at + 2] == ["^"]:
                below = next((n for n in range(at + 1, len(above)) if above[n] != "^"), len(above))
                merged.append((at, below - 1, column))
    return Sheet(
        name.removesuffix(" hidden"),
        [[cell(text) for text in row] for row in texts],
        hidden=name.endswith(" hidden"),
        hidden_rows=frozenset(n for n, line in enumerate(lines) if line.startswith("(hidden) ")),
        merged=tuple(merged),
    )


def written(case, folder):
    path = folder / f"list.{case.form[0]}"
    sheets = [sheet(name, lines) for name, lines in case.sheets.items()]
    more = case.form[1:]
    if case.form[0] != "csv":
        write(path, sheets)
        if more:
            with zipfile.ZipFile(path, "a") as archive:
                archive.writestr(more[1], NOT_READ)
        return path
    delimiter, encoding = DELIMITERS[more[0]], (more[1:] or ["utf-8"])[0]
    if encoding == "raw":
        rows = [delimiter.join(str(one) for one in row) for row in sheets[0].rows]
        path.write_text("\n".join(rows), "utf-8")
    else:
        write_csv(path, sheets[0], delimiter, encoding)
    return path


ALL = cases()


@pytest.mark.parametrize("case", ALL, ids=[f"{case.kind} {' '.join(case.form)}" for case in ALL])
def test_what_is_read_of_it(case, tmp_path):
    path = written(case, tmp_path)
    if case.said["?"]:
        with pytest.raises(ReportError) as refused:
            read(path, DEFAULTS)
        (words,) = case.said["?"]
        assert words in f"{refused.value} {refused.value.block}"
        return
    book = settled(read(path, DEFAULTS)[0], AS_OF)
    sales = sorted((one.date.isoformat(), one.client, one.amount) for one in book.sales)
    visits = sorted((one.date.isoformat(), one.client, one.minutes) for one in book.touchpoints)
    assert sales == sorted(rows(case, ">", Decimal))
    assert visits == sorted(rows(case, "~", int))
    assert sorted({str(one.where) for one in book.problems}) == sorted(case.said["!"])


def rows(case, mark, number):
    found = [re.fullmatch(r"(\S+) (.*) (\S+)", line) for line in case.said[mark]]
    return [(one[1], one[2], number(one[3])) for one in found]


def test_there_are_three_of_each_kind_and_each_says_something():
    kinds = {kind: len(list(group)) for kind, group in groupby(ALL, key=lambda case: case.kind)}
    assert set(kinds.values()) == {3}
    assert len(kinds) == 31
    assert all(any(case.said.values()) for case in ALL)
