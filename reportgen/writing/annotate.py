"""The annotated copy: the owner's own workbook with each cell that could not be used marked in it."""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from textwrap import wrap

from openpyxl import load_workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from reportgen.output.leftovers import temporary
from reportgen.output.writing import WriteFailed, write_failures
from reportgen.problems import Cell, Problem, ReportError

LONGEST_COMMENT = 2000
"""Characters; a longer comment has no room on a screen."""

_LIST = "Problems"
_LINE_HEIGHT, _TALLEST_ROW = 15, 409
_BAD = PatternFill("solid", fgColor="FFD9CC")
_HEADER = PatternFill("solid", fgColor="0B3D63")
_CORE = "docProps/core.xml"
_NO_DATE = datetime(1980, 1, 1)  # noqa: DTZ001  as the members of the archive have it
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp)[\s>]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CODE = re.compile(r"_x(?=(?!00[01])[0-9A-Fa-f]{4}_)")
"""What .xlsx takes for a character, but for the control characters that it cannot hold otherwise."""

_LOST_PARTS: Mapping[str, str] = {
    "xl/threadedComments/": "conversations in comments (their text is kept as plain comments)",
    "xl/slicers/": "slicers",
    "xl/timelines/": "timelines",
    "xl/ctrlProps/": "buttons, check boxes and other form controls",
    "xl/featurePropertyBag/": "check boxes in cells (they show TRUE or FALSE instead)",
    "xl/diagrams/": "SmartArt drawings",
    "xl/richData/": "pictures and data types placed inside cells",
    "customXml/": "queries, and what other programs keep in the file",
    "xl/connections.xml": "connections to other data",
    "xl/media/": "pictures",
    "xl/charts/": "charts",
}
"""Parts of the file → what the owner calls them. She is told when the copy has fewer of them."""

_LOST_WORDS: Mapping[str, str] = {
    "Sparkline Group extension": "sparklines (small charts in cells)",
    "Conditional Formatting extension": "some conditional formatting",
    "Failed to load a conditional formatting rule": "some conditional formatting",
    "Data Validation extension": "some drop-downs that take their list from another sheet",
    "Slicer List extension": "slicers",
    "DrawingML support is incomplete": "shapes and text boxes",
    "Cannot parse header or footer": "a header or footer for printing",
    "Print area cannot be set": "a print area",
    "Unable to read chart": "charts",
    "The image": "pictures",
    "image format is not supported": "pictures",
    "is marked as a date but the serial value": "numbers too large for a date (now #VALUE!)",
}
"""Words in a warning of openpyxl → what the owner calls the thing that is lost."""

_CALCULATES = (
    "The copy's formulas show their results once it has been opened in a spreadsheet program; "
    "until it is saved there, reportgen cannot read them."
)


def annotated_copy(book_path: Path, problems: Sequence[Problem], out: Path) -> list[str]:
    """Write the marked copy ``out``; returns a sentence for each thing that it could not keep.

    In the copy each cell with a problem is coloured and has a comment, and a last sheet lists all
    problems with links. Formulas stay formulas, and every cell says what it said. Several problems of
    one cell share its comment. A problem in a merged range is marked at the range's first cell; a
    hidden sheet with a mark is shown; a problem on a sheet that the copy lacks is only listed. The
    same workbook and problems give the same bytes.

    Raises: ReportError, when the workbook is neither .xlsx nor .xlsm or cannot be copied, and when
    ``out`` exists already or has another ending; WriteFailed, when ``out`` cannot be written, and
    then there is no ``out``.
    """
    _refuse(book_path, out)
    try:
        source = book_path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).casefold()
        raise ReportError(f"{book_path} cannot be read ({reason}); check its name.") from None
    workbook, complaints = _loaded(source, book_path)
    _list_problems(workbook, problems, _mark(workbook, problems))
    copy = _saved(workbook, book_path, complaints)
    with write_failures():
        _write(out, copy)
    return [*_losses(source, copy, complaints), *_formula_note(workbook)]


def _refuse(book_path: Path, out: Path) -> None:
    ending = book_path.suffix.casefold()
    if book_path.is_dir() or ending not in (".xlsx", ".xlsm"):
        raise ReportError(
            f"Cells can be marked in .xlsx and .xlsm workbooks, and {book_path.name} is neither; "
            "open it in a spreadsheet program, save it as .xlsx and check that file."
        )
    if out.suffix.casefold() != ending:
        raise ReportError(
            f"The marked copy of {book_path.name} has to be named {ending} like the workbook, "
            f"for example {book_path.stem}-marked{ending}."
        )
    if out.exists() or out.is_symlink():
        raise ReportError(f"{out} exists already; give another name, or move it elsewhere.")


def _loaded(source: bytes, book_path: Path) -> tuple[Workbook, list[str]]:
    """The workbook with its formulas, and what openpyxl said of the parts that it cannot keep."""
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            workbook = load_workbook(
                io.BytesIO(source),
                keep_vba=book_path.suffix.casefold() == ".xlsm",
                rich_text=True,
            )
    except Exception as error:  # openpyxl passes on whatever its parsers raise
        raise _uncopied(book_path, error) from None
    if not workbook.worksheets:
        raise _uncopied(book_path, ValueError("no sheet of it can be read"))
    _date(workbook, source)
    _spell(workbook)
    return workbook, [str(warning.message) for warning in caught]


def _date(workbook: Workbook, source: bytes) -> None:
    """Leave its days as they are; where it has none, openpyxl would take the time of day."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        told = archive.read(_CORE) if _CORE in archive.namelist() else b""
    for name in ("created", "modified"):
        if f":{name}".encode() not in told:
            setattr(workbook.properties, name, _NO_DATE)


def _saved(workbook: Workbook, book_path: Path, complaints: list[str]) -> bytes:
    """The workbook's bytes, in which no part has the time of day."""
    written, kept = io.BytesIO(), io.BytesIO()
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            with (
                write_failures(),
                _temporary_files(),
                zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive,
            ):
                ExcelWriter(
                    workbook, archive
                ).save()  # as Workbook.save does, but for the time of day
    except WriteFailed:
        raise
    except Exception as error:
        raise _uncopied(book_path, error) from None
    finally:
        if workbook.vba_archive is not None:
            workbook.vba_archive.close()  # the macros of an .xlsm, which openpyxl leaves open
    complaints += [str(warning.message) for warning in caught]
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return kept.getvalue()


@contextlib.contextmanager
def _temporary_files() -> Iterator[None]:
    """Within the ``with`` block, the files that openpyxl keeps for a moment lie in a folder of ours.

    It removes them where all goes well. Where it fails, or is killed, her clients would be left in them.
    """
    before = tempfile.tempdir
    with temporary() as place:
        tempfile.tempdir = str(place)
        try:
            yield
        finally:
            tempfile.tempdir = before


def _uncopied(book_path: Path, error: Exception) -> ReportError:
    reason = " ".join(_CONTROL.sub("", str(error)).split())[:120] or type(error).__name__
    return ReportError(
        f"{book_path.name} cannot be copied with marks in it ({reason}); "
        "open it in a spreadsheet program, save it anew as .xlsx and check that file."
    )


def _mark(workbook: Workbook, problems: Iterable[Problem]) -> dict[Cell, str]:
    """Mark the cells; returns cell → its link in the copy, without cells that the copy lacks."""
    pages = {page.title: page for page in workbook.worksheets}
    by_target: defaultdict[tuple[str, int, int], list[Problem]] = defaultdict(list)
    links: dict[Cell, str] = {}
    for problem in problems:
        page = pages.get(problem.where.sheet)
        if page is None:
            continue
        row, column = _first_of_merged(page, problem.where)
        by_target[page.title, row, column].append(problem)
        links[problem.where] = str(Cell(page.title, row, column))
    for (title, row, column), here in by_target.items():
        cell = pages[title].cell(row, column)
        assert isinstance(cell, SheetCell)
        cell.fill = _BAD
        cell.comment = _comment(here, cell.comment)
        # A link cannot lead to a hidden sheet, and nobody would see a mark there.
        pages[title].sheet_state = "visible"
    return links


def _first_of_merged(page: Worksheet, where: Cell) -> tuple[int, int]:
    if isinstance(page.cell(where.row, where.column), MergedCell):
        for merged in page.merged_cells.ranges:
            row, column = where.row, where.column
            rows, columns = (merged.min_row, merged.max_row), (merged.min_col, merged.max_col)
            if rows[0] <= row <= rows[1] and columns[0] <= column <= columns[1]:
                return rows[0], columns[0]
    return where.row, where.column


def _comment(problems: Sequence[Problem], already: Comment | None) -> Comment:
    parts = [_explained(problem) for problem in problems]
    if already is not None:
        parts.append(f"Your comment:\n{already.text}")
    text = _clean("\n\n".join(parts))
    if len(text) > LONGEST_COMMENT:
        text = text[: LONGEST_COMMENT - 1] + "…"
    comment = Comment(text, "reportgen")
    # Roughly 48 characters a line and 18 points a line, so that nothing is hidden.
    lines = sum(1 + len(line) // 48 for line in text.splitlines())
    comment.width, comment.height = 340, min(400, 24 + 18 * lines)
    return comment


def _explained(problem: Problem) -> str:
    lines = [f"Found: {problem.found}", f"Expected: {problem.expected}"]
    if problem.suggestion:
        lines.append(problem.suggestion)
    return "\n".join(lines)


def _clean(text: str) -> str:
    """The text without the characters that are forbidden in an .xlsx file, others as they were typed."""
    return _as_typed(_CONTROL.sub("", text))


def _as_typed(text: str) -> str:
    """The text as a cell holds it: a ``_x0041_`` that was typed would be shown as A."""
    return _CODE.sub("_x005F_x", text)


def _spell(workbook: Workbook) -> None:
    """Put back what openpyxl left out when it read the cells: the sign that such a code was typed."""
    for page in workbook.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.data_type == "s" and "_x" in cell.value:
                    cell.value = _as_typed(cell.value)
                    cell.data_type = "s"


def _list_problems(
    workbook: Workbook, problems: Sequence[Problem], links: Mapping[Cell, str]
) -> None:
    """Add a last sheet with a row for each problem, whose first cell leads to where it is."""
    page = workbook.create_sheet(_LIST)
    page.sheet_properties.tabColor = "D55E00"
    page.freeze_panes = "A2"
    columns = (("Where", 26), ("Found", 36), ("Expected", 64), ("Suggestion", 48))
    for place, (title, width) in enumerate(columns, start=1):
        cell = page.cell(1, place)
        _write_text(cell, title)
        cell.font = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
        cell.fill = _HEADER
        page.column_dimensions[cell.column_letter].width = width
    for row, problem in enumerate(problems, start=2):
        texts = (str(problem.where), problem.found, problem.expected, problem.suggestion or "")
        for place, text in enumerate(texts, start=1):
            cell = page.cell(row, place)
            _write_text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        # Excel makes room for wrapped text by itself; LibreOffice shows it over the next row.
        tall = max(len(wrap(text, width)) for text, (_, width) in zip(texts, columns, strict=True))
        page.row_dimensions[row].height = min(_LINE_HEIGHT * tall, _TALLEST_ROW)
        link = links.get(problem.where)
        if link is not None:
            where = page.cell(row, 1)
            where.hyperlink = Hyperlink(ref=where.coordinate, location=link)
            where.font = Font(name="Calibri", size=11, color="0060A8", underline="single")
    page.auto_filter.ref = f"A1:D{len(problems) + 1}"


def _write_text(cell: SheetCell | MergedCell, text: str) -> None:
    """Write text as text: the words of an owner's cell must not become a formula here."""
    assert isinstance(cell, SheetCell)
    cell.value = _clean(text)[:32_000]
    cell.data_type = "s"


def _write(out: Path, content: bytes) -> None:
    """Write a new file. Raises: OSError; what was written by then is removed again."""
    with out.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            out.unlink(missing_ok=True)
            raise


def _losses(source: bytes, copy: bytes, complaints: Iterable[str]) -> list[str]:
    """A sentence for each kind of thing that the source has and the copy lacks, in order of words."""
    before, after = _parts(source), _parts(copy)
    lost = {_LOST_WORDS["DrawingML support is incomplete"]} if _shapes(source) else set()
    lost |= {
        words
        for start, words in _LOST_PARTS.items()
        if _count(before, start) > _count(after, start)
    }
    lost |= {words for known, words in _LOST_WORDS.items() for said in complaints if known in said}
    if any("Unknown extension" in said for said in complaints) and not lost:
        lost.add("something that only newer spreadsheet programs know")
    return [
        f"The copy could not keep {words}; your own workbook has not changed."
        for words in sorted(lost)
    ]


def _parts(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def _shapes(content: bytes) -> bool:
    """Whether the workbook has drawn shapes, which openpyxl drops without a word."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(
            _SHAPE.search(archive.read(name))
            for name in archive.namelist()
            if name.startswith("xl/drawings/") and name.endswith(".xml")
        )


def _count(names: Iterable[str], start: str) -> int:
    """How many parts begin so, without those that belong to another (relations, a chart's colours)."""
    return sum(
        name.startswith(start)
        and "/_rels/" not in name
        and not re.search(r"/(?:style|colors)\d*\.xml$", name)
        for name in names
    )


def _formula_note(workbook: Workbook) -> list[str]:
    """The sentence on formulas, when the workbook has any."""
    for page in workbook.worksheets:
        for row in page.iter_rows():
            if any(cell.data_type == "f" for cell in row):
                return [_CALCULATES]
    return []
