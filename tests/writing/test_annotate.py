"""The annotated copy: marks where the problems are, and everything else as it was."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from python_calamine import CalamineWorkbook

from reportgen.problems import Cell, Problem, ReportError
from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS
from reportgen.writing.annotate import LONGEST_COMMENT, annotated_copy

MARK = "00FFD9CC"
MESSY = Path(__file__).parents[2] / "sample_data" / "messy.xlsx"


def _problem(
    address: tuple[int, int], sheet: str = "Touchpoints", found: str = "“soon”"
) -> Problem:
    return Problem(Cell(sheet, *address), found, "a date, for example 2026-03-14")


@pytest.fixture
def touchpoints(tmp_path: Path) -> Path:
    """Date | Client | Minutes, with ``soon`` in A2 and a formula in C2."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.title = "Touchpoints"
    page.append(["Date", "Client", "Minutes"])
    page.append(["soon", "Acme", "=30+15"])
    page.append([date(2026, 3, 14), "Acme", 20])
    path = tmp_path / "clients.xlsx"
    workbook.save(path)
    return path


def _values(path: Path) -> dict[tuple[str, str], object]:
    workbook = openpyxl.load_workbook(path)
    return {
        (page.title, cell.coordinate): cell.value
        for page in workbook.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None and page.title != "Problems"
    }


def test_every_fault_of_the_messy_workbook_is_marked_and_nothing_else(tmp_path: Path) -> None:
    problems = read(MESSY, DEFAULTS)[0].problems
    before = MESSY.read_bytes()
    out = tmp_path / "marked.xlsx"
    annotated_copy(MESSY, problems, out)
    marked = {
        str(Cell(page.title, cell.row, cell.column))
        for page in openpyxl.load_workbook(out).worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == MARK
    }
    commented = {
        str(Cell(page.title, cell.row, cell.column))
        for page in openpyxl.load_workbook(out).worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.comment
    }
    assert marked == commented == {str(problem.where) for problem in problems}
    assert len(marked) > 30
    assert _values(out) == _values(MESSY)
    assert MESSY.read_bytes() == before


def test_the_comment_says_what_was_found_expected_and_perhaps_meant(
    touchpoints: Path, tmp_path: Path
) -> None:
    near = Problem(Cell("Touchpoints", 2, 2), "“Acme”", "a known name", "Did you mean “Acne”?")
    annotated_copy(touchpoints, [_problem((2, 1)), near], tmp_path / "out.xlsx")
    page = openpyxl.load_workbook(tmp_path / "out.xlsx")["Touchpoints"]
    assert page["A2"].comment.text == "Found: “soon”\nExpected: a date, for example 2026-03-14"
    assert page["B2"].comment.text == (
        "Found: “Acme”\nExpected: a known name\nDid you mean “Acne”?"
    )
    assert page["B3"].comment is None


def test_formulas_stay_formulas_and_the_owner_is_told(touchpoints: Path, tmp_path: Path) -> None:
    said = annotated_copy(touchpoints, [_problem((2, 1))], tmp_path / "out.xlsx")
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["Touchpoints"]["C2"].value == "=30+15"
    assert len(said) == 1
    assert said[0].startswith("The copy's formulas show their results once it has been opened")


def test_several_problems_of_a_cell_share_a_comment_with_the_owners_own(
    touchpoints: Path, tmp_path: Path
) -> None:
    workbook = openpyxl.load_workbook(touchpoints)
    workbook["Touchpoints"]["A2"].comment = Comment("ask Jo when", "Ada")
    workbook.save(touchpoints)
    problems = [_problem((2, 1)), _problem((2, 1), found="“later”")]
    annotated_copy(touchpoints, problems, tmp_path / "out.xlsx")
    text = openpyxl.load_workbook(tmp_path / "out.xlsx")["Touchpoints"]["A2"].comment.text
    assert text.count("Expected:") == 2
    assert text.index("“soon”") < text.index("“later”") < text.index("ask Jo when")


def test_the_list_leads_to_each_cell(touchpoints: Path, tmp_path: Path) -> None:
    problems = [_problem((2, 1)), _problem((9, 28), sheet="No such sheet")]
    annotated_copy(touchpoints, problems, tmp_path / "out.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert workbook.sheetnames == ["Touchpoints", "Problems"]
    page = workbook["Problems"]
    assert [cell.value for cell in page["A"]] == ["Where", "Touchpoints!A2", "'No such sheet'!AB9"]
    assert page["A2"].hyperlink.location == "Touchpoints!A2"
    assert page["A3"].hyperlink is None
    assert [cell.value for cell in page[2]][1:3] == ["“soon”", "a date, for example 2026-03-14"]


def test_the_list_has_room_for_what_it_says(touchpoints: Path, tmp_path: Path) -> None:
    """A line of “Expected” is 64 wide: five of these words, and each line is 15 points high."""
    one = Problem(Cell("Touchpoints", 2, 1), "“soon”", " ".join(["characters"] * 11))
    other = _problem((3, 1), found="x " * 15_000)
    out = tmp_path / "marked.xlsx"
    annotated_copy(touchpoints, [one, other], out)
    page = openpyxl.load_workbook(out).worksheets[-1]
    assert page.row_dimensions[2].height == 3 * 15
    assert 15 < page.row_dimensions[3].height <= 409


def test_the_list_of_a_workbook_that_has_a_sheet_of_its_name(
    touchpoints: Path, tmp_path: Path
) -> None:
    workbook = openpyxl.load_workbook(touchpoints)
    workbook.create_sheet("Problems")["A1"] = "mine"
    workbook.save(touchpoints)
    annotated_copy(touchpoints, [_problem((2, 1))], tmp_path / "out.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert copy.sheetnames == ["Touchpoints", "Problems", "Problems1"]
    assert copy["Problems"]["A1"].value == "mine"


def test_what_a_cell_said_never_becomes_a_formula_or_breaks_the_file(
    touchpoints: Path, tmp_path: Path
) -> None:
    nasty = '=HYPERLINK("http://example.com")\x00\x0b'
    annotated_copy(touchpoints, [_problem((2, 1), found=nasty)], tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["Problems"]["B2"]
    assert cell.value == '=HYPERLINK("http://example.com")'
    assert cell.data_type == "s"


def test_a_code_that_was_typed_stays_one(tmp_path: Path) -> None:
    """To a spreadsheet program ``_x0041_`` is A, unless the file says that it was typed."""
    book, out = tmp_path / "book.xlsx", tmp_path / "out.xlsx"
    with xlsxwriter.Workbook(book) as workbook:
        page = workbook.add_worksheet("Touchpoints")
        page.write_string("A1", "soon")
        page.write_string("A2", "_x0041_ and \x07")
    annotated_copy(book, [_problem((1, 1), found="_x0042_")], out)
    sheets = CalamineWorkbook.from_path(str(out))
    assert sheets.get_sheet_by_name("Touchpoints").to_python()[1] == ["_x0041_ and \x07"]
    assert sheets.get_sheet_by_name("Problems").to_python()[1][1] == "_x0042_"


def test_a_very_long_comment_is_cut(touchpoints: Path, tmp_path: Path) -> None:
    annotated_copy(touchpoints, [_problem((2, 1), found="x" * 90_000)], tmp_path / "out.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "out.xlsx")
    text = workbook["Touchpoints"]["A2"].comment.text
    assert len(text) == LONGEST_COMMENT
    assert text.endswith("…")
    assert len(workbook["Problems"]["B2"].value) == 32_000


def test_a_cell_inside_a_merged_range_is_marked_at_its_first(
    touchpoints: Path, tmp_path: Path
) -> None:
    workbook = openpyxl.load_workbook(touchpoints)
    workbook["Touchpoints"].merge_cells("A2:B3")
    workbook.save(touchpoints)
    annotated_copy(touchpoints, [_problem((3, 2))], tmp_path / "out.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert "“soon”" in copy["Touchpoints"]["A2"].comment.text
    assert copy["Problems"]["A2"].value == "Touchpoints!B3"
    assert copy["Problems"]["A2"].hyperlink.location == "Touchpoints!A2"


def test_a_hidden_sheet_with_a_mark_is_shown_and_one_without_stays_hidden(
    touchpoints: Path, tmp_path: Path
) -> None:
    workbook = openpyxl.load_workbook(touchpoints)
    for name in ("Sales", "Secret"):
        workbook.create_sheet(name).sheet_state = "hidden"
    workbook.save(touchpoints)
    annotated_copy(touchpoints, [_problem((2, 1), sheet="Sales")], tmp_path / "out.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "out.xlsx")
    states = [copy[name].sheet_state for name in ("Touchpoints", "Sales", "Secret")]
    assert states == ["visible", "visible", "hidden"]


def test_the_copy_has_no_time_of_day_in_it(touchpoints: Path, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(touchpoints)
    modified = workbook.properties.modified
    annotated_copy(touchpoints, [_problem((2, 1))], tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert f"{modified:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>" in core


def test_nor_has_the_copy_of_a_workbook_without_days(touchpoints: Path, tmp_path: Path) -> None:
    """Many programs write none; openpyxl takes the time of day for both when it reads such a file."""
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(touchpoints) as whole, zipfile.ZipFile(bare, "w") as book:
        for member in whole.infolist():
            if member.filename != "docProps/core.xml":
                book.writestr(member, whole.read(member))
    annotated_copy(bare, [_problem((2, 1))], tmp_path / "out.xlsx")
    days = openpyxl.load_workbook(tmp_path / "out.xlsx").properties
    assert days.created == days.modified == datetime(1980, 1, 1)  # noqa: DTZ001  files have no zone


def test_the_marked_copy_has_the_same_problems(tmp_path: Path) -> None:
    """Marks are no changes: a copy without formulas is read as its original is.

    One problem is gone from it: a hidden sheet with a mark is shown.
    """
    book = tmp_path / "plain.xlsx"
    workbook = openpyxl.load_workbook(MESSY)
    page = workbook["Contact log"]
    for row in page.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.value = 15
    workbook["Invoices"]["C12"] = 3480
    workbook.save(book)
    before = read(book, DEFAULTS)[0].problems
    assert annotated_copy(book, before, tmp_path / "out.xlsx") == []
    shown = tuple(problem for problem in before if problem.found != "a hidden sheet")
    assert len(shown) == len(before) - 1
    assert read(tmp_path / "out.xlsx", DEFAULTS)[0].problems == shown


def _drawn(path: Path, what: str) -> Path:
    workbook = xlsxwriter.Workbook(path)
    page = workbook.add_worksheet("Touchpoints")
    page.write_row(0, 0, ["Date", "Client", "Minutes"])
    page.write_row(1, 0, ["soon", "Acme", 3])
    match what:
        case "sparkline":
            page.add_sparkline(1, 5, {"range": "Touchpoints!A2:C2"})
        case "text box":
            page.insert_textbox(4, 4, "hello")
        case "check box":
            page.insert_checkbox(1, 4, True)
        case "chart":
            chart = workbook.add_chart({"type": "line"})
            chart.add_series({"values": "=Touchpoints!$C$2:$C$2"})
            page.insert_chart(4, 4, chart)
        case "drop-down":
            page.data_validation("B2:B9", {"validate": "list", "source": ["Acme", "Bolt"]})
        case "table":
            page.add_table(
                0, 0, 1, 2, {"columns": [{"header": h} for h in ("Date", "Client", "M")]}
            )
    workbook.close()
    return path


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("sparkline", "sparklines (small charts in cells)"),
        ("text box", "shapes and text boxes"),
        ("check box", "check boxes in cells (they show TRUE or FALSE instead)"),
    ],
)
def test_what_the_copy_loses_is_said(what: str, words: str, tmp_path: Path) -> None:
    book = _drawn(tmp_path / "clients.xlsx", what)
    said = annotated_copy(book, [_problem((2, 1))], tmp_path / "out.xlsx")
    assert said == [f"The copy could not keep {words}; your own workbook has not changed."]


@pytest.mark.parametrize("what", ["chart", "drop-down", "table", "nothing"])
def test_what_the_copy_keeps_is_not_mentioned(what: str, tmp_path: Path) -> None:
    book = _drawn(tmp_path / "clients.xlsx", what)
    assert annotated_copy(book, [_problem((2, 1))], tmp_path / "out.xlsx") == []
    page = openpyxl.load_workbook(tmp_path / "out.xlsx")["Touchpoints"]
    counts = {
        "chart": len(page._charts),
        "drop-down": len(page.data_validations.dataValidation),
        "table": len(page.tables),
    }
    assert counts == {"chart": 0, "drop-down": 0, "table": 0} | (
        {what: 1} if what in counts else {}
    )


def test_the_macros_of_an_xlsm_are_kept(tmp_path: Path) -> None:
    book = tmp_path / "clients.xlsm"
    workbook = xlsxwriter.Workbook(book)
    workbook.add_worksheet("Touchpoints").write_row(0, 0, ["Date", "Client"])
    workbook.add_vba_project(io.BytesIO(b"macros"), is_stream=True)
    workbook.close()
    annotated_copy(book, [_problem((1, 1))], tmp_path / "out.xlsm")
    with zipfile.ZipFile(tmp_path / "out.xlsm") as archive:
        assert archive.read("xl/vbaProject.bin") == b"macros"
        assert "macroEnabled" in archive.read("[Content_Types].xml").decode()


def _refused(book: Path, out: Path) -> str:
    with pytest.raises(ReportError) as caught:
        annotated_copy(book, [_problem((2, 1))], out)
    return str(caught.value)


def test_never_over_the_original_or_another_file(touchpoints: Path, tmp_path: Path) -> None:
    before = touchpoints.read_bytes()
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"precious")
    link = tmp_path / "link.xlsx"
    link.symlink_to(tmp_path / "nowhere.xlsx")
    for out in (touchpoints, other, link):
        assert "exists already" in _refused(touchpoints, out)
    assert touchpoints.read_bytes() == before
    assert other.read_bytes() == b"precious"
    assert not (tmp_path / "nowhere.xlsx").exists()


@pytest.mark.parametrize("name", ["a.ods", "a.csv", "a.xls", "a.xlsb", "a"])
def test_other_kinds_of_file_are_to_be_saved_as_xlsx_first(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"")
    words = _refused(tmp_path / name, tmp_path / "out.xlsx")
    assert "save it as .xlsx" in words
    assert not (tmp_path / "out.xlsx").exists()


def test_the_copy_is_named_like_its_workbook(touchpoints: Path, tmp_path: Path) -> None:
    """Macros in a file called .xlsx, or none in one called .xlsm, and Excel opens neither."""
    assert "clients-marked.xlsx" in _refused(touchpoints, tmp_path / "out.xlsm")


def test_a_workbook_that_cannot_be_loaded_is_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "clients.xlsx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    words = _refused(broken, tmp_path / "out.xlsx")
    assert words.startswith("clients.xlsx cannot be copied with marks in it")
    assert "cannot be read" in _refused(tmp_path / "none.xlsx", tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_nothing_is_left_where_nothing_can_be_written(touchpoints: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        annotated_copy(touchpoints, [_problem((2, 1))], tmp_path / "no folder" / "out.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clients.xlsx"]


def _add(path: Path, part: str, xml: bytes) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(part, xml)


def test_a_workbook_with_a_query_is_copied_without_it(touchpoints: Path, tmp_path: Path) -> None:
    """Excel keeps a query in UTF-16."""
    _add(touchpoints, "customXml/item1.xml", "<DataMashup>AAAA</DataMashup>".encode("utf-16"))
    out = tmp_path / "marked.xlsx"
    said = annotated_copy(touchpoints, [_problem((2, 1))], out)
    assert out.exists()
    assert said[0] == (
        "The copy could not keep queries, and what other programs keep in the file; "
        "your own workbook has not changed."
    )


def test_a_part_that_only_the_copy_needs_does_not_grow(touchpoints: Path, tmp_path: Path) -> None:
    """Each entity is ten of the one before: the last would be 100 billion characters."""
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
    declared = f"<!DOCTYPE x [<!ENTITY e0 'x'>{entities}]><x>&e11;</x>"
    _add(touchpoints, "docProps/custom.xml", declared.encode())
    out = tmp_path / "marked.xlsx"
    with pytest.raises(ReportError, match="cannot be copied with marks in it"):
        annotated_copy(touchpoints, [_problem((2, 1))], out)
    assert not out.exists()
