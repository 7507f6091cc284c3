"""What was found in her files: each table, what its columns are, and what is left out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reportgen import words
from reportgen.adopting.lines import Line
from reportgen.adopting.sources import Sources
from reportgen.reading.amounts import looks_like_money
from reportgen.reading.book import Gathered
from reportgen.reading.cells import Grid, as_text, filled, one_line, shown
from reportgen.reading.columns import CLIENTS
from reportgen.reading.headers import Layout

_WIDEST = 30
"""Characters of a header before the line is longer than the others."""
_LEFT = 12
"""How many columns a line names that are left out."""


def said(found: Gathered, sources: Sources, lines: Sequence[Line]) -> Iterator[str]:
    """Line by line what the files are taken for; a file's own words are quoted."""
    for grid in sources.grids:
        layouts = [one for one in found.recognised.layouts if one.grid.sheet == grid.sheet]
        usable = [one for one in layouts if one.columns]
        if usable:
            yield from _table(grid, usable, sources, lines)
    sheets = found.recognised.unread
    for left in (*sheets, *found.rows.unread, *found.rows.remarks):
        yield f"Left out: {left}."


def _table(
    grid: Grid, layouts: Sequence[Layout], sources: Sources, lines: Sequence[Line]
) -> Iterator[str]:
    file, title = sources.files[grid.sheet], sources.titles[grid.sheet]
    name = file if title == file else f"{file}, sheet “{title}”"
    told = next((f", as {one.told}" for one in layouts if one.told), "")
    rows = sum(any(map(filled, row)) for row in layouts[0].rows)
    many = Counter(line.sheet.name for line in lines if line.row.sheet == grid.sheet)
    sheets = dict.fromkeys(one.sheet.name for one in layouts)
    taken = words.listed([f"{many[one]:,} for {one}" for one in sheets], len(sheets))
    yield f"{name}{told}: {words.count(rows, 'row')}, {taken}."
    columns = dict(_columns(layouts))
    width = min(max(map(len, columns), default=0), _WIDEST)
    for header, (meant, example) in columns.items():
        yield f"    {header.ljust(width)}  → {meant}{f', such as {example}' if example else ''}"
    unread = [
        f"“{one}”" for layout in layouts for one in layout.unread if f"“{one}”" not in columns
    ]
    undated = [one for one in dict.fromkeys(unread) if _is_money(layouts[0], one)]
    rest = [one for one in dict.fromkeys(unread) if one not in undated]
    if undated:
        names = words.listed(undated, _LEFT)
        yield f"    Money without a day, so no sale: {names}. A column Last order would say the day."
    if rest:
        yield f"    Not needed, so left out: {words.listed(rest, _LEFT)}."
    private = [f"“{one}”" for one in dict.fromkeys(layouts[0].private)]
    if private:
        yield f"    Private, so never read: {words.listed(private, _LEFT)}."


def _is_money(layout: Layout, quoted: str) -> bool:
    """Whether amounts stand in a column of a list of clients that is left out."""
    headers = layout.grid.rows[layout.header_row]
    at = next(
        (n for n, cell in enumerate(headers) if f"“{one_line(as_text(cell))}”" == quoted), None
    )
    if at is None or layout.sheet is not CLIENTS:
        return False
    cells = [row[at] for row in layout.rows if at < len(row) and filled(row[at])]
    return bool(cells) and all(map(looks_like_money, cells))


def _columns(layouts: Sequence[Layout]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The owner's header, quoted → what it is taken for, and an example."""
    meant: dict[int, list[tuple[str, str]]] = {}
    headers: dict[int, str] = {}
    for layout in layouts:
        for index, column, header in layout.columns:
            headers.setdefault(index, header)
            meant.setdefault(index, []).append((column.name, layout.sheet.name))
    rows = layouts[0].rows
    for index in sorted(meant):
        example = next(
            (row[index] for row in rows if index < len(row) and filled(row[index])), None
        )
        text = one_line(as_text(example))
        yield (
            f"“{headers[index]}”",
            (_meanings(meant[index], len(layouts)), shown(example) if text else ""),
        )


def _meanings(found: Sequence[tuple[str, str]], tables: int) -> str:
    """``Client``; where the file is read as several sheets and is not the same in all, with the sheet."""
    names = dict.fromkeys(name for name, _ in found)
    if len(names) == 1 and (tables == 1 or len(found) > 1):
        return next(iter(names))
    return words.listed([*dict.fromkeys(f"{name} in {sheet}" for name, sheet in found)], 8)
