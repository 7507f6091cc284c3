"""Files of every format → cells with the addresses that a spreadsheet shows."""

import datetime as dt
import hashlib
import io
import os
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from spreadsheets import xlsb

from reportgen.problems import ReportError, Row
from reportgen.reading.book import read
from reportgen.reading.grids import csv_grid, load
from reportgen.settings.configuration import DEFAULTS

DAY = dt.datetime(2026, 3, 14)  # noqa: DTZ001


def only(path):
    """The one touchpoint of a file."""
    book, _ = read(path, DEFAULTS)
    (touchpoint,) = book.touchpoints
    return touchpoint


def test_xlsx_with_leading_empty_rows_and_columns(tmp_path):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Touchpoints"
    for at, value in {
        "C4": "Date",
        "D4": "Client",
        "E4": "Start",
        "F4": "Minutes",
        "G4": "Urgent",
        "C5": DAY,
        "D5": "Acme",
        "E5": dt.time(10, 30),
        "F5": dt.timedelta(hours=23, minutes=5),
        "G5": True,
        "C6": "soon",
        "D6": "Acme",
    }.items():
        sheet[at] = value
    workbook.save(tmp_path / "a.xlsx")
    book, _ = read(tmp_path / "a.xlsx", DEFAULTS)
    (touchpoint,) = book.touchpoints
    assert touchpoint.row == Row("Touchpoints", 5)
    assert (touchpoint.date, touchpoint.start) == (date(2026, 3, 14), time(10, 30))
    assert (touchpoint.minutes, touchpoint.urgent) == (1385, True)
    assert [str(p.where) for p in book.problems] == ["Touchpoints!C6"]
    assert book.source.name == "a.xlsx"
    assert book.source.sha256 == hashlib.sha256((tmp_path / "a.xlsx").read_bytes()).hexdigest()


def test_hidden_sheets_and_rows_are_read_and_merged_cells_count_for_each_row(tmp_path):
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    workbook.add_worksheet("Ideas")
    sheet = workbook.add_worksheet("Touchpoints")
    sheet.hide()
    sheet.write_row(0, 0, ["Date", "Client"])
    sheet.write_row(1, 0, ["2026-03-14", "Acme"])
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.merge_range("A3:A4", "2026-03-15")
    sheet.write_column("B3", ["Bell", "Cole"])
    workbook.close()
    book, _ = read(tmp_path / "a.xlsx", DEFAULTS)
    assert [(t.client, t.date.day) for t in book.touchpoints] == [
        ("Acme", 14),
        ("Bell", 15),
        ("Cole", 15),
    ]
    assert [(str(p.where), p.found) for p in book.problems] == [
        ("Touchpoints!A1", "a hidden sheet"),
        ("Touchpoints!A2", "1 hidden row"),
    ]


@pytest.mark.parametrize("kind", ["xlsb", "xls", "ods collapse", "ods filter"])
def test_hidden_rows_of_other_formats_are_read_and_said(tmp_path, kind):
    """Rows 3 and 4 are hidden; so is row 6, in which nothing stands."""
    rows = [["Date", "Client"], *([f"2026-03-1{at}", "Acme"] for at in range(4))]
    suffix, _, how = kind.partition(" ")
    path = tmp_path / f"a.{suffix}"
    if suffix == "xlsb":
        path.write_bytes(xlsb({"Touchpoints": rows}, hidden={"Touchpoints": (2, 3, 5)}))
    elif suffix == "xls":
        workbook = xlwt.Workbook()
        sheet = workbook.add_sheet("Touchpoints")
        for at, row in enumerate([*rows, []]):
            for index, cell in enumerate(row):
                sheet.write(at, index, cell)
            sheet.row(at).hidden = at in (2, 3, 5)
        workbook.save(path)
    else:
        document = OpenDocumentSpreadsheet()
        table = Table(name="Touchpoints")
        for at, row in enumerate([*rows, [""]]):
            line = TableRow(**({"visibility": how} if at in (2, 3, 5) else {}))
            for cell in row:
                line.addElement(TableCell(**({"valuetype": "string"} if cell else {})))
                if cell:
                    line.lastChild.addElement(P(text=cell))
            table.addElement(line)
        document.spreadsheet.addElement(table)
        document.save(path)
    book, _ = read(path, DEFAULTS)
    assert len(list(book.touchpoints)) == 4
    assert [(str(p.where), p.found) for p in book.problems] == [("Touchpoints!A3", "2 hidden rows")]


@pytest.mark.parametrize("is_1904", [False, True])
def test_both_date_systems_of_xlsx(tmp_path, is_1904):
    options = {"date_1904": is_1904, "default_date_format": "dd/mm/yy"}
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx", options)
    sheet = workbook.add_worksheet("Touchpoints")
    sheet.write_row(0, 0, ["Date", "Client", "Done on"])
    sheet.write_datetime(1, 0, DAY)
    sheet.write(1, 1, "Acme")
    sheet.write(1, 2, 46095 - (1462 if is_1904 else 0))  # a date without a date's format
    workbook.close()
    touchpoint = only(tmp_path / "a.xlsx")
    assert touchpoint.date == touchpoint.done_on == date(2026, 3, 14)


@pytest.mark.parametrize("is_1904", [False, True])
def test_both_date_systems_of_xls(tmp_path, is_1904):
    workbook = xlwt.Workbook()
    workbook.dates_1904 = is_1904
    sheet = workbook.add_sheet("Touchpoints")
    for column, header in enumerate(["Date", "Client", "Done on", "Start"]):
        sheet.write(2, column + 1, header)
    sheet.write(3, 1, DAY, xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    sheet.write(3, 2, "Acme")
    sheet.write(3, 3, 46095 - (1462 if is_1904 else 0))
    sheet.write(3, 4, dt.time(10, 30), xlwt.easyxf(num_format_str="hh:mm"))
    workbook.save(tmp_path / "a.xls")
    touchpoint = only(tmp_path / "a.xls")
    assert touchpoint.row == Row("Touchpoints", 4)
    assert touchpoint.date == touchpoint.done_on == date(2026, 3, 14)
    assert touchpoint.start == time(10, 30)


@pytest.mark.parametrize("is_1904", [False, True])
def test_xlsb(tmp_path, is_1904):
    serial = 46095.0 - (1462 if is_1904 else 0)
    rows = [["Date", "Client", "Minutes", "Topic"], [serial, "Acme", 25.0, "#"]]
    (tmp_path / "a.xlsb").write_bytes(xlsb({"Touchpoints": rows}, is_1904))
    book, _ = read(tmp_path / "a.xlsb", DEFAULTS)
    (touchpoint,) = book.touchpoints
    assert (touchpoint.date, touchpoint.minutes) == (date(2026, 3, 14), 25)
    assert [(str(p.where), p.found) for p in book.problems] == [
        ("Touchpoints!D2", "the error #N/A")
    ]


def ods(path, *rows):
    """A spreadsheet of one sheet; a cell is a text, or a (text, attributes) pair."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Touchpoints")
    for row in rows:
        line = TableRow()
        for cell in row:
            text, attributes = cell if isinstance(cell, tuple) else (cell, {"valuetype": "string"})
            element = TableCell(**attributes)
            element.addElement(P(text=text))
            line.addElement(element)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(path)
    return path


def test_ods(tmp_path):
    blank = ("", {"numbercolumnsrepeated": 2})
    path = ods(
        tmp_path / "a.ods",
        [blank],
        [blank, "Date", "Client", "Minutes"],
        [
            blank,
            ("14/03/26", {"valuetype": "date", "datevalue": "2026-03-14"}),
            "Acme",
            ("25", {"valuetype": "float", "value": "25"}),
        ],
    )
    touchpoint = only(path)
    assert touchpoint.row == Row("Touchpoints", 3)
    assert (touchpoint.date, touchpoint.minutes) == (date(2026, 3, 14), 25)


def test_the_content_counts_not_the_suffix(tmp_path):
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    workbook.add_worksheet("Touchpoints").write_row(0, 0, ["Date", "Client"])
    workbook.get_worksheet_by_name("Touchpoints").write_row(1, 0, ["2026-03-14", "Acme"])
    workbook.close()
    (tmp_path / "a.xlsx").rename(tmp_path / "a.xls")
    assert only(tmp_path / "a.xls").client == "Acme"


TEXT = "Date;Client;Topic\n2026-03-14;Café;a, b\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        # Letters that are nothing, also within the two signs of a line end and at the end.
        f"{TEXT[:3]}\0{TEXT[3:]}\0".replace("\n", "\r\0\n").encode("utf-16"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace(";", "|").encode(),
        TEXT.replace("a, b", '"a, b"').replace(";", ",").encode(),
    ],
)
def test_encodings_and_delimiters_of_csv(content):
    grid = csv_grid(content, "Touchpoints.csv")
    assert grid.sheet == "Touchpoints"
    assert list(map(list, grid.rows)) == [
        ["Date", "Client", "Topic"],
        ["2026-03-14", "Café", "a, b"],
    ]


def test_a_title_above_the_header_of_a_csv(tmp_path):
    (tmp_path / "a.csv").write_text(
        "My clients, friends, others, all\n\nDate;Client;Topic\n2026-03-14;Acme;x\n"
    )
    assert only(tmp_path / "a.csv").row == Row("Touchpoints", 4)


def test_a_line_break_inside_a_cell_is_no_row(tmp_path):
    (tmp_path / "a.csv").write_text('Date,Client,Topic\n2026-03-14,Acme,"a\nb"\nsoon,Acme,\n')
    book, _ = read(tmp_path / "a.csv", DEFAULTS)
    assert [t.topic for t in book.touchpoints] == ["a\nb"]
    assert [str(p.where) for p in book.problems] == ["Touchpoints!A3"]


def test_a_single_csv_with_amounts_is_sales(tmp_path):
    (tmp_path / "contacts.csv").write_text("Invoice date,Customer,Total\n2026-03-14,Acme,£480\n")
    book, _ = read(tmp_path / "contacts.csv", DEFAULTS)
    (sale,) = book.sales
    assert (sale.amount, sale.row) == (Decimal(480), Row("Sales", 2))


def test_a_folder_of_csv_has_a_sheet_a_file(tmp_path):
    folder = tmp_path / "books"
    folder.mkdir()
    (folder / "Touchpoints.csv").write_text("Date,Client\n2026-03-14,Acme\n")
    (folder / "sales.CSV").write_text("Date,Client,Amount\n2026-03-14,Acme,480\n")
    (folder / "notes.txt").write_text("nothing")
    book, _ = read(folder, DEFAULTS)
    assert (len(list(book.touchpoints)), len(list(book.sales))) == (1, 1)
    assert book.source.name == "books"
    before = book.source.sha256
    (folder / "notes.txt").write_text("something")
    assert read(folder, DEFAULTS)[0].source.sha256 == before
    (folder / "Touchpoints.csv").rename(folder / "Log.csv")
    assert read(folder, DEFAULTS)[0].source.sha256 != before


def test_a_field_longer_than_the_csv_module_allows(tmp_path):
    long = "x" * 200_000
    (tmp_path / "a.csv").write_text(f"Date,Client,Topic\n2026-03-14,Acme,{long}\n")
    assert only(tmp_path / "a.csv").topic == long


@pytest.mark.parametrize("text", ['Date,Client\n2026-03-14,"Acme\n2026-03-15,Bell\n', '"a"b,c\n'])
def test_a_quotation_mark_that_does_not_fit(tmp_path, text):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(
        ReportError, match=r"^a\.csv has a quotation mark in line \d that does not fit"
    ):
        read(tmp_path / "a.csv", DEFAULTS)


def test_the_line_of_an_open_quotation_is_where_it_begins(tmp_path):
    (tmp_path / "a.csv").write_text(
        'Date,Client\n2026-03-14,Acme\n2026-03-15,"Bell\n' + "x,y\n" * 9
    )
    with pytest.raises(ReportError, match="in line 3"):
        read(tmp_path / "a.csv", DEFAULTS)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\0\0\0", b"a,b\n\0\0\0", b"\xff\xfea", b"\x81\x8d\xff"]
)
def test_a_csv_that_is_not_text(content):
    with pytest.raises(ReportError, match=r"^a\.csv is not a text file"):
        csv_grid(content, "a.csv")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing.xlsx", "is not there"),
        ("missing.doc", "is not there"),
        ("text.doc", "is not a kind of file that can be read"),
        ("empty.xlsx", "is empty"),
        ("empty.csv", "is empty"),
        ("folder", "has no file that can be read"),
        ("noheader.csv", "has no row that can be used .*Date and Client"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, name, sentence):
    (tmp_path / "folder").mkdir()
    for empty in ("empty.xlsx", "empty.csv"):
        (tmp_path / empty).touch()
    (tmp_path / "text.doc").write_text("x")
    (tmp_path / "noheader.csv").write_text("Tea,Milk\n1,2\n")
    with pytest.raises(ReportError, match=sentence) as raised:
        read(tmp_path / name, DEFAULTS)
    assert "\n" not in str(raised.value)


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text("Date,Client\n2026-03-14,Acme\n")

    def forbidden(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(ReportError, match="may not be read"):
        read(tmp_path / "a.csv", DEFAULTS)


class Panic(BaseException):
    """As the spreadsheet library raises when its own code fails: not an Exception."""


def test_a_panic_of_the_library_is_a_sentence(tmp_path, monkeypatch):
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made)
    workbook.add_worksheet("Touchpoints")
    workbook.close()
    (tmp_path / "a.xlsx").write_bytes(made.getvalue())

    class Workbook:
        @staticmethod
        def from_filelike(stream):
            raise Panic("index out of bounds")

    monkeypatch.setattr("python_calamine.CalamineWorkbook", Workbook)
    with pytest.raises(ReportError, match=r"^a\.xlsx could not be read: it seems damaged"):
        load(tmp_path / "a.xlsx", DEFAULTS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
@pytest.mark.parametrize("in_a_folder", [True, False])
def test_a_pipe_is_not_waited_for(tmp_path, in_a_folder):
    pipe = tmp_path / "sales.csv"
    os.mkfifo(pipe)
    with pytest.raises(ReportError, match=r"sales\.csv is not a file but a pipe or a device"):
        load(tmp_path if in_a_folder else pipe, DEFAULTS)
