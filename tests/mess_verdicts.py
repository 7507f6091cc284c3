"""What the program makes of a mess, compared row by row with what the mess says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from messes import AS_OF, BOOKS, ROOT, Mess, Met, Sold, Told, mess
from spreadsheets import write, write_csv

from reportgen.model import Book, settled
from reportgen.problems import Lost, Problem, ReportError
from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS

SAMPLES = ("interior-designer", "virtual-assistant", "shoe-shop", "meal-box")
_PARTS = {"Date": "day", "Client": "client", "Amount": "amount",
          "Net amount": "amount", "Unit price": "amount", "Start": "minutes",
          "Minutes": "minutes", "Activity": "activity"}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """How a mess was read."""

    number: int
    kind: str
    """``equal``: every row; ``said``: a problem names each place that differs; ``refused``; ``wrong``."""
    why: str
    doubts: tuple[str, ...]
    """Why the program may ask."""
    traits: tuple[str, ...]
    needless: tuple[str, ...]
    """What was asked or refused though it is certain."""


def verdict(number: int, folder: Path) -> Verdict:
    """Make the mess of a number in a folder, read it, and compare."""
    made = mess(number, samples())
    path = _written(made, folder)
    known = tuple(made.doubts), tuple(made.traits)
    try:
        book, _ = read(path, DEFAULTS)
    except ReportError as refused:
        needless = () if made.doubts else (str(refused),)
        return Verdict(number, "refused", str(refused), *known, needless)
    unsaid, said = _differences(made, settled(book, AS_OF))
    costly = tuple(
        str(one) for one in book.problems if one.lost not in (Lost.NOTHING, Lost.NO_ENTRY)
    )
    needless = () if made.doubts else costly
    if unsaid:
        return Verdict(number, "wrong", unsaid[0], *known, needless)
    return Verdict(number, "said" if said else "equal", (said or [""])[0], *known, needless)


@cache
def samples() -> Sequence[Sequence[Told]]:
    """A few clients of each sample, as their clean workbook has them."""
    return [_cut(read(ROOT / "sample_data" / f"{name}.xlsx", DEFAULTS)[0]) for name in SAMPLES]


def _cut(book: Book) -> list[Told]:
    chosen = [one for one in book.relationships if one.sales and one.touchpoints][:20:5]
    rows: list[Told] = []
    for one in chosen:
        rows += [Sold(o.date, o.client, o.amount) for o in one.sales if o.date <= AS_OF]
        rows += [
            Met(o.date, o.client, o.minutes, o.activity.name)
            for o in one.touchpoints
            if o.date <= AS_OF
        ]
    return rows


def _written(made: Mess, folder: Path) -> Path:
    if made.kind in BOOKS:
        path = folder / f"mess{made.kind}"
        write(path, made.sheets)
        return path
    if made.kind == ".csv":
        path = folder / "mess.csv"
        write_csv(path, made.sheets[0], made.delimiter, made.encoding)
        return path
    path = folder / "mess"
    path.mkdir()
    for sheet in made.sheets:
        write_csv(path / f"{sheet.name}.csv", sheet, made.delimiter, made.encoding)
    return path


def _differences(made: Mess, book: Book) -> tuple[list[str], list[str]]:
    """The rows that differ without a problem that names them, and those that a problem names."""
    read: dict[tuple[str, int], list[Told]] = {}
    for sale in book.sales:
        said: Told = Sold(sale.date, sale.client, sale.amount)
        read.setdefault((sale.row.sheet, sale.row.row), []).append(said)
    for touch in book.touchpoints:
        said = Met(touch.date, touch.client, touch.minutes, touch.activity.name)
        read.setdefault((touch.row.sheet, touch.row.row), []).append(said)
    unsaid, named = [], []
    for place in sorted(made.told.keys() | read.keys()):
        expected = [made.told[place]] if place in made.told else []
        found = read.get(place, [])
        if found == expected:
            continue
        text = f"{place}: {found} for {expected}"
        (named if _is_named(made, place, expected, found, book.problems) else unsaid).append(text)
    return unsaid, named


def _is_named(
    made: Mess,
    place: tuple[str, int],
    expected: Sequence[Told],
    found: Sequence[Told],
    problems: Sequence[Problem],
) -> bool:
    """Whether a problem says that this row, or the part of it that differs, is not used."""
    sheet, row = place
    parts = _parts_that_differ(expected, found)
    for one in problems:
        if one.where.sheet != sheet or one.lost in (Lost.NOTHING, Lost.NO_ENTRY):
            continue
        part = _PARTS.get(made.columns.get((sheet, one.where.column), ""), "")
        if one.lost == Lost.SHEET and not found:
            return True
        if one.lost == Lost.ROW and not found and (one.where.row == row or one.rows > 1):
            return True
        is_here = one.where.row == (made.headers[sheet] if one.lost == Lost.COLUMN else row)
        if found and is_here and parts == {part}:
            return True
    return False


def _parts_that_differ(expected: Sequence[Told], found: Sequence[Told]) -> set[str]:
    if len(expected) != 1 or len(found) != 1 or type(expected[0]) is not type(found[0]):
        return {"row"}
    first, second = vars(expected[0]), vars(found[0])
    return {part for part in first if first[part] != second[part]}
