"""Tables written and read back by two readers: types as they are, and text that stays text."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
import python_calamine

from reportgen.tables.sheets import LONGEST_TEXT, Column, Look, Table, harmless, xlsx

CREATED = date(2026, 6, 30)
HOSTILE = (
    "=1+1",
    '=HYPERLINK("https://example.com","x")',
    "=cmd|' /C calc'!A0",
    "+44 20 7946 0000",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\n=1+1",
    "https://example.com/a?b=c",
    "mailto:a@example.com",
    "internal:Sheet1!A1",
    "0012",
    "1e5",
    "2026-01-02",
    "TRUE",
    "#N/A",
    "{=A1}",
    "'quoted",
    '<b>& "x"</b>',
    "]]>",
    "<r><t>raw</t>",
    "  kept  spaces  ",
    "naïve 😀 日本",
)


def written(*columns: Column) -> bytes:
    return xlsx([Table("Sales", columns)], "Tables", CREATED, 2)


def cells(content: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Sales"]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_text_that_could_run_or_turn_into_something_else_stays_text():
    content = written(Column("Client", Look.TEXT, HOSTILE))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Sales"]
    found = [sheet.cell(row, 1) for row in range(2, 2 + len(HOSTILE))]
    assert [cell.value for cell in found] == list(HOSTILE)
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.hyperlink is None for cell in found)
    calamine = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name("Sales")
    assert [row[0] for row in calamine.to_python()[1:]] == list(HOSTILE)
    for name, part in parts(content).items():
        ET.fromstring(part)  # well-formed
        if name.startswith("xl/worksheets/"):
            assert not re.search(rb"<f[ >]|<hyperlink", part)


@pytest.mark.parametrize("look", [Look.MONEY, Look.DATE, Look.SHARE, Look.HOURS, Look.COUNT])
def test_a_formula_in_a_column_of_figures_stays_text_too(look):
    (cell,) = openpyxl.load_workbook(io.BytesIO(written(Column("x", look, ("=1+1",)))))["Sales"][2]
    assert (cell.value, cell.data_type, cell.alignment.horizontal) == ("=1+1", "s", "right")


def test_what_looks_like_the_writers_own_markup_is_not_written_as_markup():
    content = written(Column("Client", Look.TEXT, ("<r><t>&</t></r>", "<r></worksheet></r>")))
    ET.fromstring(parts(content)["xl/sharedStrings.xml"])
    assert [row[0] for row in cells(content)[1:]] == ["<r><t>&</t></r> ", "<r></worksheet></r> "]


def test_what_xml_cannot_hold_is_replaced_and_line_ends_are_one():
    assert harmless("a\0b\x0bc\x1fd\ud800e\uffff") == "a�b�c�d�e�"
    assert harmless("\r=1+1\r\n2\n\t3") == "\n=1+1\n2\n\t3"
    content = written(Column("Client", Look.TEXT, ("a\0\ud800",)))
    assert cells(content)[1] == ["a��"]


def test_what_is_too_long_for_a_cell_is_cut_and_says_so():
    fits = "a" * LONGEST_TEXT
    assert harmless(fits) == fits
    cut = harmless(fits + "a")
    assert len(cut) == LONGEST_TEXT
    assert cut.endswith("a … (cut here)")
    # An emoji counts twice, and is not cut in two.
    wide = harmless("a" + "😀" * 20_000)
    assert len(wide.encode("utf-16-le")) // 2 in (LONGEST_TEXT - 1, LONGEST_TEXT)
    assert wide.endswith("😀 … (cut here)")


def test_figures_are_numbers_and_dates_with_a_format_of_their_own():
    content = written(
        Column("Client", Look.TEXT, ("Acme", "Bell")),
        Column("Date", Look.DATE, (date(2026, 3, 14), "n/a")),
        Column("Month", Look.MONTH, (date(2026, 3, 1), None)),
        Column(
            "Amount, GBP", Look.MONEY, (Decimal("1234.5"), Decimal("-0.1250")), Decimal("1234.375")
        ),
        Column("Hours", Look.HOURS, (Decimal("2.67"), Decimal("0.00"))),
        Column("Share", Look.SHARE, (0.125, "n/a")),
        Column("Clients", Look.COUNT, (1204, 0), 1204),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Sales"]
    rows = [
        [cell.date() if isinstance(cell, datetime) else cell for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    assert rows == [
        ["Client", "Date", "Month", "Amount, GBP", "Hours", "Share", "Clients"],
        ["Acme", date(2026, 3, 14), date(2026, 3, 1), 1234.5, 2.67, 0.125, 1204],
        ["Bell", "n/a", None, -0.125, 0, "n/a", 0],
        ["Total", None, None, 1234.375, None, None, 1204],
    ]
    assert [cell.number_format for cell in sheet[2]] == [
        *("@", "mm-dd-yy", "mmm-yy", "#,##0.00##", "#,##0.00", "0.0%", "#,##0"),
    ]
    assert sheet["B3"].alignment.horizontal == "right"
    read = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name("Sales").to_python()
    assert read[1] == ["Acme", date(2026, 3, 14), date(2026, 3, 1), 1234.5, 2.67, 0.125, 1204]


@pytest.mark.parametrize(("places", "form"), [(0, "#,##0"), (2, "#,##0.00##"), (3, "#,##0.000#")])
def test_money_has_the_places_of_its_currency(places, form):
    content = xlsx([Table("T", (Column("x", Look.MONEY, (Decimal(5),)),))], "T", CREATED, places)
    assert openpyxl.load_workbook(io.BytesIO(content))["T"]["A2"].number_format == form


def test_nothing_is_never_less_than_nothing():
    content = written(Column("x", Look.MONEY, (Decimal("-0.00"),)))
    assert b'<c r="A2" s="2"><v>0</v>' in parts(content)["xl/worksheets/sheet1.xml"]


def test_a_blank_column_is_left_out_and_totals_stand_under_their_own():
    content = written(
        Column("Client", Look.TEXT, ("Acme", "Bell")),
        Column("Invoice", Look.TEXT, (None, None)),
        Column("Amount", Look.MONEY, (Decimal(1), Decimal(2)), Decimal(3)),
    )
    assert cells(content) == [["Client", "Amount"], ["Acme", 1], ["Bell", 2], ["Total", 3]]


def test_a_row_is_as_tall_as_its_wrapped_text():
    """LibreOffice does not make room for it by itself, and prints the lines over the next row."""
    words = " ".join(["nine char"] * 21)  # 209 characters, 10 of these to a line of 100
    content = written(Column("In words", Look.PROSE, ("short", words, "a\n\nb")))
    heights = openpyxl.load_workbook(io.BytesIO(content))["Sales"].row_dimensions
    assert [heights[row].height for row in (2, 3, 4)] == [None, 45, 45]


def test_no_row_is_taller_than_a_row_can_be():
    content = written(Column("In words", Look.PROSE, ("word " * 5_000,)))
    assert openpyxl.load_workbook(io.BytesIO(content))["Sales"].row_dimensions[2].height <= 409


def test_text_stands_a_step_away_from_the_date_before_it():
    content = written(
        Column("Date", Look.DATE, (date(2026, 3, 14),)), Column("Client", Look.TEXT, ("Acme",))
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Sales"]
    for cell in (sheet["B1"], sheet["B2"]):
        assert (cell.alignment.horizontal, cell.alignment.indent) == ("left", 1)


def test_the_line_above_the_totals_has_no_gap():
    content = written(
        Column("Client", Look.TEXT, ("Acme",)),
        Column("Paid on", Look.DATE, (date(2026, 3, 14),)),
        Column("Amount", Look.MONEY, (Decimal(1),), Decimal(1)),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Sales"]
    assert [cell.border.top.style for cell in sheet[3]] == ["thin", "thin", "thin"]


@pytest.mark.parametrize(
    ("figures", "across", "names"), [(14, 1, None), (15, 2, "$A:$A"), (31, 3, "$A:$A")]
)
def test_a_wide_table_goes_over_several_sheets_of_paper_with_its_names_on_each(
    figures, across, names
):
    """A figure is 15 wide and the name 9, of the 230 that one sheet takes."""
    content = written(
        Column("Client", Look.TEXT, ("Acme",)),
        *(Column(f"Figure {one}", Look.COUNT, (one,)) for one in range(figures)),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Sales"]
    assert (sheet.page_setup.fitToWidth or 1) == across
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", names)


def test_it_is_a_table_in_a1_with_a_marked_and_frozen_header_and_no_merged_cell():
    content = written(
        Column("Client", Look.TEXT, ("Acme",)),
        Column("Amount", Look.MONEY, (Decimal(1),), Decimal(1)),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Sales"]
    (table,) = sheet.tables.values()
    assert (table.ref, table.headerRowCount, table.autoFilter.ref) == ("A1:B2", 1, "A1:B2")
    assert [one.name for one in table.tableColumns] == ["Client", "Amount"]
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["A1"].font.bold
    assert not sheet.merged_cells.ranges


def test_the_file_says_nothing_but_its_title_and_its_day():
    properties = parts(written(Column("Client", Look.TEXT, ("Acme",))))
    core = {
        re.sub(r".*}", "", one.tag): one.text
        for one in ET.fromstring(properties["docProps/core.xml"])
    }
    assert core == {
        "title": "Tables",
        "creator": None,
        "lastModifiedBy": None,
        "created": "2026-06-30T00:00:00Z",
        "modified": "2026-06-30T00:00:00Z",
    }
    assert b"<Company></Company>" in properties["docProps/app.xml"]
    assert "docProps/custom.xml" not in properties


def test_a_table_that_no_sheet_can_hold_is_refused():
    with pytest.raises(AssertionError, match="no sheet can hold"):
        written(Column("Client", Look.TEXT, ()))
