"""Damage that a spreadsheet library reads as other data: each was found by the fuzzer, and is refused."""

import struct

import fuzz_books as books
import pytest
import second_readers as readers
from fuzz_cases.records import biff8, biff12

from reportgen.problems import ReportError
from reportgen.reading.address_books import address_book
from reportgen.reading.grids import workbook_grids
from reportgen.reading.safety.found import UNCALCULATED, WITHOUT_KIND

SHEET = "xl/worksheets/sheet1.xml"


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with one place of one part in other words, and a checksum that is right."""
    parts = books.unzipped(content)
    text = parts[part].decode()
    assert old in text
    parts[part] = text.replace(old, new, 1).encode()
    return books.zipped(parts)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, "</row>", "</row></row>"),
        (SHEET, ' t="s"', ' t="s" t="s"'),
        (SHEET, '<c r="A1" t="s"><v>0<', '<c r="A1" t="s"><v>0x10<'),
        (SHEET, '<c r="A1" t="s"><v>0<', '<c r="A1" t="s"><v> 1<'),
        (SHEET, "<v>10</v>", "<v>1<!-- c -->0</v>"),
        (SHEET, "<v>10</v>", "<v>1&#48;</v>"),
        (SHEET, "<v>10</v>", "<v><![CDATA[10]]></v>"),
        (SHEET, "<v>10</v>", "<v >1<x/>0</v >"),
        (SHEET, "<v>10</v>", '<n:v xmlns:n="x">1<!-- -->0</n:v>'),
        (SHEET, 'r="D2"', 'r="XFE2"'),
        (SHEET, "UTF-8", "iso-8859-1"),
        (SHEET, "UTF-8", "no-such-code"),
        ("xl/styles.xml", "<fonts", "<fonts <"),
    ],
)
def test_an_xlsx_that_its_library_would_read_as_other_data(part, old, new):
    with pytest.raises(ReportError):
        workbook_grids(changed(books.workbook(".xlsx"), part, old, new), "book.xlsx")


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="D2"><v>1</v><v>2</v></c>',
        '<c r="D2"><v>1</v><f>1+1</f></c>',
        '<c r="D2"><v>1</v >2</c>',
        '<c r="D2"><f>1+1</f><f>1+1</f><v>2</v></c>',
        '<c r="D2"><f>1<!-- c -->+1</f><v>2</v></c>',
        '<c r="D2"><v/><f>1+1</f></c>',
        '<c r="D2"><f>1+1</f><v/><v/></c>',
        '<n:c xmlns:n="x" r="D2"><n:v>1</n:v><n:v>2</n:v></n:c>',
        '<c r="D2" t="inlineStr"><is><t>Ann</t></is><v>1</v></c>',
        '<c r="D2" t="inlineStr"><is><t>Ann</t><c r="E2"/></is><v>1</v></c>',
        '<c r="D2" t="e"><f>1/0</f><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="D2" t="e"><!-- c --><v>#N/A</v></c>',
        '<c r="D2" t="b"><v>false</v></c>',
        '<c r="D2" t="b"><f>1&gt;2</f><v> 0</v></c>',
    ],
)
def test_a_cell_of_an_xlsx_with_more_or_other_than_a_value(cell):
    content = changed(books.workbook(".xlsx"), SHEET, '<c r="D2"><v>10</v></c>', cell)
    with pytest.raises(ReportError):
        workbook_grids(content, "book.xlsx")


@pytest.mark.parametrize("cell", ["<f>1+1</f><v/>", "<f>1+1</f><v></v>", '<f t="shared" si="0"/>'])
def test_a_formula_of_an_xlsx_without_a_value_is_named(cell):
    cell = f'<c r="D2">{cell}</c>'
    content = changed(books.workbook(".xlsx"), SHEET, '<c r="D2"><v>10</v></c>', cell)
    assert workbook_grids(content, "book.xlsx")[0].rows[1][3] == UNCALCULATED


@pytest.mark.parametrize(("said", "is_on"), [("0", False), ("1", True)])
def test_a_switch_of_an_xlsx(said, is_on):
    cell = f'<c r="D2" t="b"><f>1&gt;2</f><v>{said}</v></c>'
    content = changed(books.workbook(".xlsx"), SHEET, '<c r="D2"><v>10</v></c>', cell)
    assert workbook_grids(content, "book.xlsx")[0].rows[1][3] is is_on


def test_formulas_behind_the_cells_are_no_cells():
    """Small pictures in cells and conditional formats have formulas of their own."""
    more = (
        '<extLst><ext xmlns:x="x"><x:f>Sales!A1</x:f><x:f>Sales!A2</x:f></ext></extLst></worksheet>'
    )
    content = changed(books.workbook(".xlsx"), SHEET, "</worksheet>", more)
    assert workbook_grids(content, "book.xlsx")[0].rows[1][3] == 10.0


def test_a_text_in_pieces_is_whole():
    content = changed(
        books.workbook(".xlsx"), "xl/sharedStrings.xml", ">Call<", ">C<!-- c -->a&#108;l<"
    )
    assert workbook_grids(content, "book.xlsx")[0].rows[1][2] == "Call"


def test_a_formula_whose_value_is_spelt_with_spaces():
    """Such cells were blank, without a word: the library gives neither its error nor its value."""
    content = changed(
        books.with_results(), "xl/worksheets/sheet2.xml", "<v>#DIV/0!</v>", "<v >#DIV/0!</v >"
    )
    sheets = readers.read_by_us(workbook_grids(content, "book.xlsx"))
    assert sheets["Sales"][3, 4] == readers.FAULT


def ods(old: str, new: str) -> dict[str, list[list[object]]]:
    """What is read of the .ods with one place in other words: sheet → rows."""
    content = changed(books.workbook(".ods"), "content.xml", old, new)
    return {one.sheet: [*map(list, one.rows)] for one in workbook_grids(content, "book.ods")}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' table:name="Touchpoints"', ""),
        ("<table:table-row>", "<table:table-row><table:table-row/>"),
        ("<text:p>Date</text:p>", "<text:p>Date</text:p><table:table-cell/>"),
        ("<text:p>Date</text:p>", "Date"),
        ('office:value="10.0"', 'office:value="1_0"'),
        ('office:value="10.0"', 'office:value=" 10"'),
        ("<table:table-cell", '<table:table-cell table:number-columns-repeated="0"'),
        ("<table:table-cell", '<table:table-cell table:number-columns-repeated="1_0"'),
        ("xmlns:text=", "xmlns:other="),
    ],
)
def test_an_ods_that_breaks_its_format(old, new):
    with pytest.raises(ReportError):
        ods(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' office:value-type="string"', ""),
        (' office:value-type="string"', ' office:value-type="text"'),
        # Then no cell has a kind that anybody knows.
        ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ],
)
def test_words_of_an_ods_that_are_no_value_are_named(old, new):
    assert ods(old, new)["Touchpoints"][0][0] == WITHOUT_KIND


def test_words_of_an_ods_in_elements_of_another_format_are_none():
    rows = ods("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text")["Touchpoints"]
    assert (rows[0][3], rows[1][3]) == (None, 10.0)


def test_the_kind_of_a_cell_of_an_ods_says_which_attribute_is_its_value():
    cell = 'office:value-type="float" office:value="10.0"'
    for kind, value in (("string", "10.0"), ("float", 10.0), ("currency", 10.0)):
        new = cell.replace("float", kind)
        assert ods(cell, new)["Touchpoints"][1][3] == value
    new = f'{cell} office:date-value="2026-01-05" office:string-value="x"'
    assert ods(cell, new)["Touchpoints"][1][3] == 10.0


def xlsb(part: str, change) -> bytes:
    """The .xlsb with the records of one part changed."""
    parts = books.unzipped(books.workbook(".xlsb"))
    parts[part] = biff12(change(readers.biff12_records(parts[part])))
    return books.zipped(parts)


def first(records, kind: int) -> int:
    return next(at for at, (one, _) in enumerate(records) if one == kind)


def cut(kind: int, length: int):
    def change(records):
        at = first(records, kind)
        return [*records[:at], (kind, records[at][1][:length]), *records[at + 1 :]]

    return change


def place(records, kind: int, number: int) -> int:
    return [at for at, (one, _) in enumerate(records) if one == kind][number]


def as_another(kind: int, number: int, other: int):
    def change(records):
        at = place(records, kind, number)
        return [*records[:at], (other, records[at][1]), *records[at + 1 :]]

    return change


def numbered(kind: int, number: int, other: int):
    """With another row or column at the beginning of a record."""

    def change(records):
        at = place(records, kind, number)
        body = struct.pack("<I", other) + records[at][1][4:]
        return [*records[:at], (kind, body), *records[at + 1 :]]

    return change


def swapped(kind: int, other: int):
    def change(records):
        changed = list(records)
        one, two = place(records, kind, 0), place(records, other, 3)
        changed[one], changed[two] = records[two], records[one]
        return changed

    return change


def without(kind: int):
    return lambda records: [one for one in records if one[0] != kind]


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.bin", cut(5, 4)),
        ("xl/worksheets/sheet1.bin", cut(6, 14)),
        ("xl/worksheets/sheet1.bin", cut(0, 2)),
        ("xl/worksheets/sheet1.bin", without(146)),
        ("xl/worksheets/sheet1.bin", without(0)),
        # A row that became an error, and one whose number became another: cells over cells, rows unread.
        ("xl/worksheets/sheet1.bin", as_another(0, 1, 3)),
        ("xl/worksheets/sheet1.bin", numbered(0, 1, 0)),
        ("xl/worksheets/sheet1.bin", numbered(0, 1, 0x100001)),
        ("xl/worksheets/sheet1.bin", numbered(6, 1, 0)),
        ("xl/worksheets/sheet1.bin", swapped(145, 0)),
        ("xl/workbook.bin", cut(156, 30)),
        ("xl/workbook.bin", lambda records: [(144, b""), *records]),
    ],
)
def test_an_xlsb_that_its_library_would_read_as_other_data(part, change):
    with pytest.raises(ReportError):
        workbook_grids(xlsb(part, change), "book.xlsb")


def test_a_chart_of_an_xlsb_on_a_sheet_of_its_own_has_no_cells():
    parts = books.unzipped(books.workbook(".xlsb"))
    links = "xl/_rels/workbook.bin.rels"
    where = b"chartsheets/sheet1.bin"
    parts[links] = parts[links].replace(b"worksheets/sheet2.bin", where)
    parts[f"xl/{where.decode()}"] = biff12([(129, b""), (130, b"")])
    grids = workbook_grids(books.zipped(parts), "book.xlsb")
    assert [one.sheet for one in grids] == ["Touchpoints"]


@pytest.mark.parametrize(
    "change",
    [
        cut(0x27E, 8),
        cut(0xFD, 8),
        cut(0xFC, 40),
        # More texts than the table has, and fewer than cells are linked to.
        lambda records: [
            (kind, body[:4] + b"\x17\0\2\0" + body[8:] if kind == 0xFC else body)
            for kind, body in records
        ],
        lambda records: [
            (kind, body[:4] + b"\x07\0\0\0" + body[8:] if kind == 0xFC else body)
            for kind, body in records
        ],
        lambda records: [(kind, b"\0\0\0" if kind == 0xA else body) for kind, body in records],
        # A row that became the end of its sheet: the rest of it would be missing without a word.
        lambda records: [
            (0xA, b"") if at == first(records, 0x208) else one for at, one in enumerate(records)
        ],
        lambda records: records[: first(records, 0xFD) + 1],
        lambda records: [
            (kind, body[:6] + b"\xff\xff\0\0" if kind == 0xFD else body) for kind, body in records
        ],
        # The library makes room for the difference of the two, which is below nothing.
        lambda records: [
            (kind, b"\0\0\0\1" + body[4:] if kind == 0x200 else body) for kind, body in records
        ],
        lambda records: [
            (kind, bytes.fromhex("ff000000000005000000") if kind == 0x200 else body)
            for kind, body in records
        ],
    ],
)
def test_an_xls_that_its_library_would_read_as_other_data_or_end_at(change):
    records = readers.biff8_records(books.xls_stream(books.workbook(".xls")))
    with pytest.raises(ReportError):
        workbook_grids(books.as_xls(biff8(change(records))), "book.xls")


def test_zeros_behind_the_last_sheet_of_an_xls_are_no_part_of_it():
    """Some programs fill the stream up with them."""
    whole = books.workbook(".xls")
    filled = books.as_xls(books.xls_stream(whole) + bytes(700))
    assert workbook_grids(filled, "book.xls") == workbook_grids(whole, "book.xls")


def within_the_first_sheet(of: bytes) -> bytes:
    """The .xls with a number, #N/A and a size of their own in something that lies in its first sheet."""
    records = readers.biff8_records(books.xls_stream(books.workbook(".xls")))
    at = place(records, 0x27E, 0)
    begin = (0x809, b"\0\6" + of + bytes(12))
    number = (0x203, bytes(6) + struct.pack("<d", 7))
    fault = (0x205, b"\1\0\3\0\0\0\x2a\1")
    size = (0x200, struct.pack("<IIHHH", 0, 60_000, 0, 250, 0))
    inside = [begin, number, fault, size, (0xA, b"")]
    return books.as_xls(biff8([*records[:at], *inside, *records[at:]]))


def test_a_chart_within_a_sheet_of_an_xls_has_no_cells():
    before = workbook_grids(books.workbook(".xls"), "book.xls")
    after = workbook_grids(within_the_first_sheet(b"\x20\0"), "book.xls")
    assert readers.read_by_us(after) == readers.read_by_us(before)


def test_a_sheet_of_an_xls_within_a_sheet():
    with pytest.raises(ReportError):
        workbook_grids(within_the_first_sheet(b"\x10\0"), "book.xls")


def test_the_last_record_of_a_cell_of_an_xls_counts():
    records = readers.biff8_records(books.xls_stream(books.workbook(".xls")))
    at = place(records, 0x27E, 1)
    fault = (0x205, records[at][1][:6] + b"\x2a\1")  # #N/A
    for now, value in (
        ([fault, records[at]], 10.0),
        ([records[at], fault], readers.FAULT),
    ):
        changed = books.as_xls(biff8([*records[:at], *now, *records[at + 1 :]]))
        (sheet, *_) = workbook_grids(changed, "book.xls")
        assert readers.normal(sheet.rows[1][3]) == value


def test_the_name_of_a_property_may_be_broken_over_two_lines():
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nTE\n L:123\nEND:VCARD\n"
    grid = address_book(card.splitlines(keepends=True), "book.vcf")
    assert grid.rows[1][4] == "123"
