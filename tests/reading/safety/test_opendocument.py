"""An .ods however its XML is laid out, and what stands in its cells."""

import re
from datetime import date, datetime, time, timedelta
from xml.dom import minidom

import fuzz_books as books
import pytest

from reportgen.reading.grids import workbook_grids

NAMES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style", "draw")
)


def sheet(rows: str, before: str = "", attributes: str = "", names: str = NAMES):
    """The one sheet of an .ods with these rows."""
    xml = (
        f"<office:document-content{names}>{before}<office:body><office:spreadsheet>"
        f'<table:table table:name="S"{attributes}>{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    (grid,) = workbook_grids(books.zipped(parts | {"content.xml": xml.encode()}), "a.ods")
    return grid


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


def text(said: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{attributes}>{said}</table:table-cell>'


def number(value: str) -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def value(kind: str, written: str):
    """The cell of that kind and value."""
    name = "value" if kind in ("float", "percentage", "currency") else f"{kind}-value"
    cell = f'<table:table-cell office:value-type="{kind}" office:{name}="{written}"/>'
    return sheet(row(cell)).rows[0][0]


# Layout ------------------------------------------------------------------------------------------

BOOK = books.unzipped(books.workbook(".ods"))["content.xml"].decode()
LAYOUTS = {
    "between sheets": (r"(?=</?table:table[ >])", "\n  "),
    "between rows": (r"(?=</?table:table-row)", "\n   "),
    "between cells": (r"(?=<table:(?:covered-)?table-cell)", "\n    "),
    "before the end of a row": (r"(?=</table:table-row>)", "\r\n\t"),
    "before a paragraph": (r"(?=<text:p>)", "\n     "),
    "behind a paragraph": (r"(?<=</text:p>)", "\n    "),
    "at both ends of a paragraph": (r"(?<=<text:p>)|(?=</text:p>)", "\n      "),
    "for each space of a paragraph": (r" (?=[^<>]*</text:p>)", "\n       "),
}


def read_of(xml: str):
    parts = books.unzipped(books.workbook(".ods"))
    grids = workbook_grids(books.zipped(parts | {"content.xml": xml.encode()}), "book.ods")
    return [(one.sheet, [*map(list, one.rows)]) for one in grids]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_says_nothing(layout):
    """LibreOffice writes its flat files so, and .ods with PrettyPrinting set."""
    where, white = LAYOUTS[layout]
    laid_out = re.sub(where, white, BOOK)
    assert laid_out.count(white) > 2
    assert read_of(laid_out) == read_of(BOOK)


def test_the_layout_of_another_program():
    """Python's own, which puts white space around everything, also around the words of a paragraph."""
    laid_out = minidom.parseString(BOOK).toprettyxml()
    assert laid_out.count("\n") > 300
    assert read_of(laid_out) == read_of(BOOK)


def test_other_prefixes_for_the_same_names():
    names = NAMES.replace("xmlns:text=", "xmlns=").replace("xmlns:table=", "xmlns:t=")
    names += ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    cell = "<t:table-cell office:value-type='string'><p>Ann</p></t:table-cell>"
    assert sheet(f"<t:table-row>{cell}</t:table-row>", names=names).rows == [["Ann"]]


# Words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<text:p>Ann</text:p><text:p>Bo</text:p>", "Ann\nBo"),
        ("<text:p>Ann</text:p><text:p/><text:p>Bo</text:p>", "Ann\n\nBo"),
        ("<text:p>Ann<text:line-break/>Bo</text:p>", "Ann\nBo"),
        ("<text:p>Ann<text:tab/>Bo</text:p>", "Ann\tBo"),
        ('<text:p>a<text:s text:c="3"/>b <text:s/>c</text:p>', "a   b  c"),
        ("<text:p>Harbour <text:span> &amp; </text:span>Finch</text:p>", "Harbour & Finch"),
        ("<text:p>Ca<!-- c --><![CDATA[ll]]></text:p>", "Call"),
        ("<text:h>Ann</text:h>", "Ann"),
        ("<office:annotation><text:p>old</text:p></office:annotation><text:p>Ann</text:p>", "Ann"),
        ("<draw:frame><text:p>a picture</text:p></draw:frame><text:p>Ann</text:p>", "Ann"),
        ("<text:p>\u00a0Ann\u00a0</text:p>", "\u00a0Ann\u00a0"),
    ],
)
def test_the_words_of_a_cell(inside, said):
    assert sheet(row(text(inside))).rows == [[said]]


def test_a_text_that_stands_in_its_attribute_counts():
    assert sheet(row(text("<text:p>shown</text:p>", ' office:string-value="kept"'))).rows == [
        ["kept"]
    ]


# Values ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "written", "found"),
    [
        ("float", "-1.5E3", -1500.0),
        ("percentage", ".25", 0.25),
        ("currency", "+7", 7.0),
        ("boolean", "true", True),
        ("boolean", "FALSE", False),
        ("date", "2026-03-14", date(2026, 3, 14)),
        ("date", "2026-03-14T09:30:00", datetime.fromisoformat("2026-03-14T09:30:00")),
        ("date", "2026-03-14T09:30:00.25", datetime.fromisoformat("2026-03-14T09:30:00.250")),
        ("date", "2026-02-30", "2026-02-30"),
        ("date", "2026-03-14T09:30:00Z", "2026-03-14T09:30:00Z"),
        ("time", "PT10H20M00S", time(10, 20)),
        ("time", "PT45M", time(0, 45)),
        ("time", "PT10H20M30.5S", time(10, 20, 30, 500_000)),
        ("time", "PT36H00M00S", timedelta(hours=36)),
        ("time", "P1DT2H", timedelta(hours=26)),
        ("time", "PT", "PT"),
        ("time", "PT99999999999999H", "PT99999999999999H"),
        ("time", "-PT1H", "-PT1H"),
    ],
)
def test_the_value_of_a_cell(kind, written, found):
    read = value(kind, written)
    assert (read, type(read)) == (found, type(found))


# Rows and sheets ---------------------------------------------------------------------------------


def test_repeated_and_blank_cells_keep_their_places():
    """The third row stands twice, from B to C; nothing stands in its D, nor in the rows above."""
    blank = '<table:table-cell table:number-columns-repeated="9"/>'
    rows = (
        row("<table:table-cell/>", attributes=' table:number-rows-repeated="2"')
        + row(
            "<table:table-cell/>",
            text("<text:p>x</text:p>", ' table:number-columns-repeated="2"'),
            "<table:covered-table-cell/>",
            number("7"),
            attributes=' table:number-rows-repeated="2"',
        )
        + row(blank, attributes=' table:number-rows-repeated="1000"')
    )
    full = [None, "x", "x", None, 7.0]
    assert sheet(rows).rows == [[None] * 5, [None] * 5, full, full]


def test_rows_in_groups_count_like_all_others():
    rows = (
        f"<table:table-header-rows>{row(number('1'))}</table:table-header-rows>"
        f"<table:table-row-group>{row(number('2'))}"
        f"<table:table-row-group>{row(number('3'))}</table:table-row-group></table:table-row-group>"
    )
    assert sheet(rows).rows == [[1.0], [2.0], [3.0]]


def test_a_merged_name_stands_in_each_of_its_rows():
    spans = ' table:number-rows-spanned="3" table:number-columns-spanned="1"'
    below = row(number("2"), "<table:covered-table-cell/>")
    rows = row(number("1"), text("<text:p>Ann</text:p>", spans)) + below + below + below
    assert [line[1] for line in sheet(rows).rows] == ["Ann", "Ann", "Ann", None]


def test_a_hidden_sheet_and_hidden_rows():
    hidden = (
        '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    )
    rows = row(number("1")) + row(number("2"), attributes=' table:visibility="collapse"')
    found = sheet(rows, hidden, ' table:style-name="ta2"')
    assert (found.hidden, found.hidden_rows) == (True, frozenset([1]))
    assert not sheet(rows, hidden, ' table:style-name="ta1"').hidden


def test_what_another_program_said_is_no_sheet():
    """LibreOffice keeps it behind the sheets, in tables without names."""
    link = f"<table:dde-link><table:table>{row(number('7')) * 2}</table:table></table:dde-link>"
    assert sheet(row(number("1")), f"<table:dde-links>{link * 2}</table:dde-links>").rows == [[1.0]]


def test_numbers_of_the_other_date_system():
    rows = row(number("1"))
    other = '<table:null-date table:date-value="1904-01-01"/>'
    assert sheet(rows, other).epoch == date(1904, 1, 1)
    assert sheet(rows, other.replace("1904-01-01", "1899-12-30")).epoch == date(1899, 12, 30)
