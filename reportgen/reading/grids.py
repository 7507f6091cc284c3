"""Files → grids of cells with the addresses that a spreadsheet program shows."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from reportgen.model import Source
from reportgen.problems import ReportError, file_name
from reportgen.reading.address_books import address_book
from reportgen.reading.calendars import calendar
from reportgen.reading.cells import Grid, Value
from reportgen.reading.columns import SALES, TOUCHPOINTS
from reportgen.reading.headers import HEADER_ROWS
from reportgen.reading.products.recognising import claims
from reportgen.reading.safety.archive import protected
from reportgen.reading.safety.budget import damaged
from reportgen.reading.safety.found import Faults
from reportgen.reading.safety.prescan import Scan, scan
from reportgen.reading.safety.text import LONGEST_CELL, refuse_endless, refuse_wide
from reportgen.reading.shapes import is_of_sales
from reportgen.settings.configuration import Configuration
from reportgen.values import dataclass

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
KINDS = (*WORKBOOKS, ".csv", ".vcf", ".ics")
"""The suffixes of the files that can be read."""
DELIMITERS = ",;\t|"
LARGEST_FILE = 200_000_000
_AT_ONCE = 1_000_000
"""Bytes, or characters, of a text that are looked at together."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The sheets of a file, and which file it is."""

    grids: tuple[Grid, ...]
    source: Source


def load(path: Path, configuration: Configuration) -> Loaded:
    """The sheets of one file, or of every file in a folder that can be read.

    A single .csv is what its product or its headers say; it has no name that tells.

    Raises: ReportError, when there is nothing to read, or it cannot be read.
    """
    if path.is_dir():
        return _folder(path, configuration)
    if path.suffix.casefold() not in KINDS:
        if not path.exists():
            raise ReportError(f"{path} is not there; check the name and the folder.")
        raise ReportError(
            f"{file_name(path)} is not a kind of file that can be read; "
            f"save it as {', '.join(KINDS[:-1])} or {KINDS[-1]}."
        )
    content, name = _bytes(path), file_name(path)
    source = Source(name, hashlib.sha256(content).hexdigest())
    grids = _of_file(content, name, configuration)
    if path.suffix.casefold() == ".csv":
        grids = (_single(grids[0], configuration),)
    return Loaded(grids, source)


def _of_file(content: bytes, name: str, configuration: Configuration) -> tuple[Grid, ...]:
    """The sheets of a file by its suffix.

    Raises: ReportError, when it cannot be read.
    """
    match Path(name).suffix.casefold():
        case ".csv":
            return (csv_grid(content, name),)
        case ".vcf":
            lines = _lines(content, _encoding(content, name))
            return (_titled(address_book(lines, name), configuration),)
        case ".ics":
            return (_titled(calendar(content, name), configuration),)
    return workbook_grids(content, name)


def _bytes(path: Path) -> bytes:
    try:
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise ReportError(  # reading a pipe would wait for ever
                f"{path} is not a file but a pipe or a device; copy what it gives into a file."
            )
        if found.st_size > LARGEST_FILE:
            raise ReportError(
                f"{file_name(path)} is larger than {LARGEST_FILE // 1_000_000} MB; "
                "keep pictures and other years in a file of their own."
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise ReportError(f"{path} is not there; check the name and the folder.") from None
    except PermissionError:
        raise ReportError(
            f"{path} may not be read; close the program that has it open, or change its permissions."
        ) from None
    except OSError as error:
        raise ReportError(
            f"{path} cannot be read ({error.strerror}); copy it to this disk."
        ) from None
    if not content:
        raise ReportError(
            f"{file_name(path)} is empty; save the workbook again, or choose another file."
        )
    return content


def _folder(path: Path, configuration: Configuration) -> Loaded:
    """Each file of a folder, by name: a sheet of a workbook bears the name of its file where two clash."""
    try:
        files = sorted(
            file
            for file in path.iterdir()
            if file.suffix.casefold() in KINDS and not file.name.startswith((".", "~"))
        )
    except OSError as error:
        raise ReportError(f"The folder {path} cannot be read ({error.strerror}).") from None
    if not files:
        raise ReportError(
            f"The folder {path} has no file that can be read ({', '.join(KINDS)}); "
            "put your exports into it, or save each sheet as .csv, for example Touchpoints.csv."
        )
    digest = hashlib.sha256()
    grids: list[Grid] = []
    taken: set[str] = set()
    for file in files:
        content = _bytes(file)
        name = file.name.encode("utf-8", "surrogateescape")
        digest.update(len(name).to_bytes(8, "big") + name)
        digest.update(len(content).to_bytes(8, "big") + content)
        theirs = [
            replace(grid, sheet=f"{file_name(file)} {grid.sheet}") if grid.sheet in taken else grid
            for grid in _of_file(content, file_name(file), configuration)
        ]
        taken.update(grid.sheet for grid in theirs)
        grids += theirs
    return Loaded(tuple(grids), Source(file_name(path.resolve()), digest.hexdigest()))


def _titled(grid: Grid, configuration: Configuration) -> Grid:
    """A grid that bears no name of its own, named after what it is."""
    claimed = claims(grid, configuration.product)
    return replace(grid, sheet=claimed[0].export.title) if len(claimed) == 1 else grid


def _single(grid: Grid, configuration: Configuration) -> Grid:
    titled = replace(_titled(grid, configuration), named=False)
    if titled.sheet != grid.sheet:
        return titled
    sheet = SALES if is_of_sales(grid, configuration.columns) else TOUCHPOINTS
    return replace(titled, sheet=sheet.name)


def _encoding(content: bytes, name: str) -> str:
    """How the letters of a text file are written.

    Raises: ReportError, when it is no text.
    """
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if has_mark or b"\0" not in content:
        for encoding in ("utf-16",) if has_mark else ("utf-8-sig", "cp1252"):
            try:
                decoder = codecs.getincrementaldecoder(encoding)()
                for at in range(0, len(content), _AT_ONCE):
                    decoder.decode(content[at : at + _AT_ONCE])
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            return encoding
    raise ReportError(f"{name} is not a text file; save it as .csv (UTF-8) from your spreadsheet.")


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    """The lines with their ends as they are; the text as a whole would take four times the file's room."""
    lines = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    return _without_nothing(lines) if encoding == "utf-16" else lines


def _without_nothing(lines: Iterable[str]) -> Iterator[str]:
    """The lines without letters that are nothing; one within a line end of two signs parts no lines."""
    held = ""
    for line in (one.replace("\0", "") for one in lines):
        if held.endswith("\r") and line == "\n":
            held += line
        else:
            if held:
                yield held
            held = line
    if held:
        yield held


def _delimiter(lines: Iterable[str]) -> str:
    """The delimiter that most of the first rows have equally often; a comma when they have none.

    Of two the one that makes more columns. Delimiters in quotes do not count.
    """
    best: tuple[int, int, str] = (0, 0, ",")
    first = [re.sub(r'"[^"]*"', "", line[:_AT_ONCE]) for line in islice(lines, HEADER_ROWS)]
    for delimiter in DELIMITERS:
        counts = Counter(count for line in first if (count := line.count(delimiter)))
        for count, rows in counts.items():
            if (rows, count) > best[:2]:
                best = (rows, count, delimiter)
    return best[2]


def csv_grid(content: bytes, name: str) -> Grid:
    """The rows of a .csv as one sheet, with the name of the file without its suffix.

    In UTF-8, UTF-16 with a byte-order mark, or Windows' Western encoding; with commas, semicolons, tabs
    or bars.

    Raises: ReportError, when a quotation mark is never closed, or the file is not text or endless.
    """
    lines = partial(_lines, content, _encoding(content, name))
    delimiter = _delimiter(lines())
    csv.field_size_limit(LONGEST_CELL)
    refuse_endless(content, lines(), delimiter, name)
    try:
        rows = list(csv.reader(lines(), delimiter=delimiter, strict=True))
    except csv.Error:
        rows = None
    if rows is None:
        where = _open_quote(lines(), delimiter)
        raise ReportError(
            f"{name} has a quotation mark in line {where} that does not fit; "
            "close the quotation, or double a mark that belongs to the text."
        )
    refuse_wide(rows, name)
    return Grid(Path(name).stem, rows, csv=True)


def _open_quote(lines: Iterable[str], delimiter: str) -> int:
    """The line, from 1, in which the first row begins that cannot be read."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    begins = 1
    try:
        for _ in reader:
            begins = reader.line_num + 1
    except csv.Error:
        pass
    return begins


def workbook_grids(content: bytes, name: str) -> tuple[Grid, ...]:
    """Every worksheet in the workbook's order, hidden ones too; a merged name or day stands in each row.

    Raises: ReportError, when the file is no workbook, or is protected, unsafe or damaged.
    """
    found = scan(content, name)
    read = _opendocument if found.sheets else _calamine
    return tuple(_guarded(lambda: read(found), name))


def _opendocument(found: Scan) -> list[Grid]:
    for sheet in found.sheets:
        _spread(sheet.rows, sheet.merged)
    return [
        Grid(
            sheet.name,
            sheet.rows,
            found.epoch,
            hidden=sheet.is_hidden,
            hidden_rows=frozenset(sheet.hidden_rows),
        )
        for sheet in found.sheets
    ]


def _calamine(found: Scan) -> list[Grid]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    grids: list[Grid] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(found.content)) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            read = workbook.get_sheet_by_name(sheet.name)
            rows: list[list[Value]] = read.to_python(skip_empty_area=False)  # type: ignore[assignment]
            _place(rows, found.faults.get(sheet.name, {}))
            _spread(rows, read.merged_cell_ranges or ())
            hidden = sheet.visible != SheetVisibleEnum.Visible
            hidden_rows = found.hidden_rows.get(sheet.name, frozenset())
            grids.append(
                Grid(sheet.name, rows, found.epoch, hidden=hidden, hidden_rows=hidden_rows)
            )
    return grids


_Corner = tuple[int, int]


def _spread(rows: list[list[Value]], merged: Iterable[tuple[_Corner, _Corner]]) -> None:
    """Repeat what was written once for several rows: a name or a day. An amount is not repeated.

    Raises: ValueError, when ranges lie over each other, as they never do: it would take without end.
    """
    left_over = sum(map(len, rows))
    for (top, left), (bottom, right) in merged:
        if left != right or top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        left_over -= min(bottom, len(rows)) - top
        if left_over < 0:
            raise ValueError("merged ranges lie over each other")
        if isinstance(value, str | date) and value != "":
            for row in rows[top + 1 : bottom + 1]:
                if left < len(row) and row[left] in (None, ""):
                    row[left] = value


def _place(rows: list[list[Value]], faults: Faults) -> None:
    """Put each fault where the library, which cannot tell it, left a blank."""
    for (row, column), fault in sorted(faults.items()):
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend([None] * (column + 1 - len(rows[row])))
        rows[row][column] = fault


def _guarded(read: Callable[[], Sequence[Grid]], name: str) -> Sequence[Grid]:
    """What ``read`` returns, with any failure of the spreadsheet library put into a sentence.

    A panic of the library is no Exception, so everything is caught but an interruption.

    Raises: ReportError, when the library fails.
    """
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        if "password" in str(error).casefold():
            raise protected(name) from None
        raise damaged(name) from None
