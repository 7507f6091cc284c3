"""Cells are put into an .xlsx file as a spreadsheet program would; what is not understood is refused."""

import io
import zipfile
from datetime import date, time
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from reportgen.adopting.package import with_cells
from reportgen.problems import ReportError
from reportgen.reading.grids import workbook_grids


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def book_of(*rows):
    book = openpyxl.Workbook()
    book.active.title = "Sales"
    for row in rows:
        book.active.append(row)
    return book


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def replaced(content, part, change):
    """The file with the text of a part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == part else data)
    return made.getvalue()


KINDS = {
    (2, 1): "Text & <more> \u00e9\u20ac",
    (2, 2): Decimal("1234.50"),
    (2, 3): 7,
    (2, 4): date(2026, 3, 14),
    (2, 5): time(10, 30),
    (3, 1): "=1+1",
    (3, 2): " _x0041_ ",
    (3, 3): "two\nlines",
    (3, 4): "00123",
}


def test_each_kind_of_value_is_what_it_was():
    page = opened(with_cells(saved(book_of(["a"])), {"Sales": KINDS}, "x.xlsx"))["Sales"]
    assert page["A2"].value == "Text & <more> \u00e9\u20ac"
    assert (page["B2"].value, page["C2"].value) == (1234.5, 7)
    assert page["D2"].value.date() == date(2026, 3, 14)
    assert page["E2"].value == time(10, 30)
    assert (page["A3"].value, page["A3"].data_type) == ("=1+1", "s")
    assert page["C3"].value == "two\nlines"
    assert page["D3"].value == "00123"


def test_our_own_reader_reads_them_back():
    (grid,) = workbook_grids(
        with_cells(saved(book_of(["a"])), {"Sales": KINDS}, "x.xlsx"), "x.xlsx"
    )
    assert list(grid.rows[1]) == [
        "Text & <more> \u00e9\u20ac",
        1234.5,
        7.0,
        date(2026, 3, 14),
        time(10, 30),
    ]
    assert list(grid.rows[2])[:4] == ["=1+1", " _x0041_ ", "two\nlines", "00123"]


def test_days_are_right_in_a_workbook_that_counts_from_1904():
    book = book_of(["a"])
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    page = opened(with_cells(saved(book), {"Sales": {(2, 1): date(2026, 3, 14)}}, "x"))["Sales"]
    assert page["A2"].value.date() == date(2026, 3, 14)


def test_a_blank_cell_that_has_a_look_keeps_it():
    book = book_of(["a", "b"])
    book.active["A3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    book.active["B3"].number_format = "yyyy-mm-dd"
    after = opened(
        with_cells(saved(book), {"Sales": {(3, 1): "x", (3, 2): date(2026, 1, 2)}}, "x")
    )["Sales"]
    assert after["A3"].fill.fgColor.rgb == "00FFFF00"
    assert after["B3"].number_format == "yyyy-mm-dd"


def test_rows_between_and_beside_stay():
    book = book_of(["a"], ["one"], [], ["three"])
    book.active["C2"] = "=1+1"
    page = opened(with_cells(saved(book), {"Sales": {(2, 2): "x", (3, 1): "y", (6, 1): "z"}}, "x"))[
        "Sales"
    ]
    assert [page.cell(row, 1).value for row in range(1, 7)] == ["a", "one", "y", "three", None, "z"]
    assert (page["B2"].value, page["C2"].value) == ("x", "=1+1")


def test_tables_filters_and_drop_downs_reach_the_new_rows():
    book = book_of(["a", "b"], [1, 2])
    book.active.add_table(Table(displayName="T", ref="A1:B2"))
    check = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1='"x,y"')
    check.add("B2:B2")
    check.add("A2:A3")
    book.active.add_data_validation(check)
    after = opened(with_cells(saved(book), {"Sales": {(9, 1): 5}}, "x"))["Sales"]
    assert after.tables["T"].ref == "A1:B9"
    assert after.tables["T"].autoFilter.ref == "A1:B9"
    assert "A2:A1009" in str(after.data_validations.dataValidation[0].sqref).split()


def test_a_filled_cell_is_never_overwritten():
    for filled in ("text", 5, "=1+1"):
        content = saved(book_of(["a"], [filled]))
        with pytest.raises(
            ReportError, match=r"book\.xlsx is written in a way that rows cannot be added"
        ):
            with_cells(content, {"Sales": {(2, 1): "x"}}, "book.xlsx")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("<sheetData>", "<sheetData><!-- a comment -->"),
        lambda text: text.replace("<row ", "<other/><row ").replace("sheetData", "x:sheetData"),
        lambda text: text.replace("</sheetData>", "<more/></sheetData>"),
        lambda text: text.replace("</row>", "<more/></row>"),
    ],
)
def test_what_is_not_understood_is_refused(change):
    content = replaced(saved(book_of(["a"])), "xl/worksheets/sheet1.xml", change)
    with pytest.raises(ReportError, match=r"save it as \.xlsx, and try again"):
        with_cells(content, {"Sales": {(1, 2): "x"}}, "book.xlsx")


def test_nothing_to_add_changes_no_sheet():
    content = saved(book_of(["a"]))
    after = with_cells(content, {"Sales": {}}, "x")
    with zipfile.ZipFile(io.BytesIO(content)) as one, zipfile.ZipFile(io.BytesIO(after)) as other:
        assert {n: one.read(n) for n in one.namelist()} == {
            n: other.read(n) for n in other.namelist()
        }
