"""What is found in a file before it is read."""

import contextlib
import io
import re
import struct
import time
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import P

from reportgen.problems import ReportError
from reportgen.reading.grids import workbook_grids
from reportgen.reading.safety import archive, biff12, budget
from reportgen.reading.safety.archive import Parts
from reportgen.reading.safety.budget import Budget
from reportgen.reading.safety.cells import parsed, picked
from reportgen.reading.safety.found import UNCALCULATED, error
from reportgen.reading.safety.prescan import scan

SHEET = "xl/worksheets/sheet1.xml"


def xlsx(fill=lambda sheet: None, name="Touchpoints"):
    """The bytes of a workbook whose one sheet ``fill`` has filled."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made)
    sheet = workbook.add_worksheet(name)
    sheet.write_row(0, 0, ["Date", "Client"])
    fill(sheet)
    workbook.close()
    return made.getvalue()


def rezipped(content, changes):
    """The archive with some members passed through functions; new ones may be added as bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for member in old.namelist():
            change = changes.get(member, lambda part: part)
            new.writestr(member, change(old.read(member)))
    return made.getvalue()


def with_rows(xml):
    """A workbook whose sheet ends in these rows."""
    return rezipped(
        xlsx(), {SHEET: lambda part: part.replace(b"</sheetData>", xml + b"</sheetData>")}
    )


def faults(content):
    """(row, column) from 0 → what was found, of the one sheet."""
    (found,) = scan(content, "a.xlsx").faults.values()
    return {at: fault.found for at, fault in found.items()}


def refusal(content, name="a.xlsx"):
    with pytest.raises(ReportError) as raised:
        workbook_grids(content, name)
    sentence = str(raised.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_errors_and_formulas_without_a_value():
    def fill(sheet):
        sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("B4", "=NA()", None, "#N/A")
        sheet.write_formula("C5", "=1+1", None, 2)
        sheet.write_formula("C6", '="a"', None, "a")

    assert faults(xlsx(fill)) == {(2, 2): "the error #DIV/0!", (3, 1): "the error #N/A"}


def test_a_formula_that_was_never_calculated():
    made = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.title = "Touchpoints"
    workbook.active["B2"] = "=A1>3"
    workbook.active["AA10"] = '=IF(A1<"x",1,2)'
    workbook.save(made)
    assert faults(made.getvalue()) == {
        (1, 1): "a formula without a saved value",
        (9, 26): "a formula without a saved value",
    }


def test_the_empty_text_is_a_saved_value():
    rows = (
        b'<row r="3"><c r="A3" t="str"><f>""</f><v></v></c><c r="B3" t="str"><f>""</f><v/></c>'
        b'<c r="C3"><f>1+1</f><v></v></c><c r="D3" t="str"><f>""</f></c></row>'
    )
    assert set(faults(with_rows(rows))) == {(2, 2), (2, 3)}


@pytest.mark.parametrize(
    "rows",
    [
        b"<row r='3'><c r='C3' t='e'><v>#REF!</v></c></row>",
        b'<row r="3"><c s="1" t="e" r="C3"><f t="shared" si="0"/><v>#REF!</v></c></row>',
        b'<row r="3">\n<c\nr="C3"\nt="e">\n<f>A1&gt;B1</f>\n<v>#REF!</v>\n</c></row>',
        b'<row r="3"><c r="A3"/><c r="B3"><v>1</v></c><c t="e"><v>#REF!</v></c></row>',
        b'<row/><row><c/><c/><c t="e"><v>#REF!</v></c></row>',
        b'<row r="3"><c r="B3"/><c t="e"><v>#REF!</v></c></row>',
    ],
)
def test_an_error_however_it_is_written(rows):
    assert faults(with_rows(rows)) == {(2, 2): "the error #REF!"}


def test_a_prefix_before_every_name():
    def prefixed(part):
        for word in (b"worksheet", b"sheetData", b"row", b"c", b"v"):
            part = part.replace(b"<" + word + b" ", b"<x:" + word + b" ")
            part = part.replace(b"<" + word + b">", b"<x:" + word + b">")
            part = part.replace(b"</" + word + b">", b"</x:" + word + b">")
        return part

    rows = b'<row r="3"><c r="C3" t="e"><v>#REF!</v></c></row>'
    content = rezipped(with_rows(rows), {SHEET: prefixed})
    assert faults(content) == {(2, 2): "the error #REF!"}


def test_the_faults_stand_in_the_grid_where_the_reader_shows_blanks():
    rows = b'<row r="4"><c r="E4" t="e"><v>#SPILL!</v></c><c r="F4"><v>3</v></c></row>'
    (grid,) = workbook_grids(with_rows(rows), "a.xlsx")
    assert grid.rows[3][4].found == "the error #SPILL!"
    assert grid.rows[3][5] == 3.0
    rows = b'<row r="9"><c r="J9" t="e"><v>#REF!</v></c></row>'
    (grid,) = workbook_grids(with_rows(rows), "a.xlsx")
    assert grid.rows[8][9].found == "the error #REF!"


def test_errors_in_xls():
    """xlwt writes no value with a formula, so the error is put into the record by hand."""
    made = io.BytesIO()
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Touchpoints")
    sheet.write(0, 0, "Date")
    sheet.write(4, 2, xlwt.Formula("1/0"))
    workbook.add_sheet("Café").write(0, 0, "x")
    workbook.save(made)
    content = bytearray(made.getvalue())
    # FORMULA (0x0006): length, row 4, column 2, style, then eight bytes of result.
    at = content.index(b"\x04\x00\x02\x00", content.index(b"Touchpoints"))
    assert content[at - 4 : at - 2] == b"\x06\x00"
    content[at + 6 : at + 14] = b"\x02\x00\x07\x00\x00\x00\xff\xff"
    found = scan(bytes(content), "a.xls").faults
    assert {sheet: list(cells) for sheet, cells in found.items()} == {
        "Touchpoints": [(4, 2)],
        "Café": [],
    }
    assert found["Touchpoints"][4, 2].found == "the error #DIV/0!"


def ods(*rows):
    """The bytes of a spreadsheet; a cell is (text, attributes)."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Touch & points")
    for times, cells in rows:
        line = TableRow(numberrowsrepeated=times)
        for text, attributes in cells:
            element = TableCell(**attributes)
            if text is not None:
                element.addElement(P(text=text))
            line.addElement(element)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    made = io.BytesIO()
    document.write(made)
    return made.getvalue()


def test_faults_in_ods():
    content = ods(
        (2, [(None, {"numbercolumnsrepeated": 3})]),
        (
            1,
            [
                (None, {"numbercolumnsrepeated": 2}),
                ("#N/A", {"formula": "of:=NA()", "valuetype": "string"}),
                (None, {"formula": "of:=1+1"}),
                ("2", {"formula": "of:=1+1", "valuetype": "float", "value": "2"}),
                ("", {"formula": 'of:=""', "valuetype": "string"}),
            ],
        ),
    )
    (grid,) = workbook_grids(content, "a.ods")
    assert grid.sheet == "Touch & points"
    assert [*map(list, grid.rows)] == [
        [None] * 5,
        [None] * 5,
        [None, None, error("#N/A"), UNCALCULATED, 2.0],
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"  <html>", "a web page"),
        (b"\x89PNG....", "a picture"),
        (b"Date,Client", "is not a workbook"),
        (b"PK\x05\x06" + bytes(18), "a damaged archive"),
    ],
)
def test_a_file_that_is_no_workbook(content, what):
    assert what in refusal(content)


def test_the_mark_of_an_open_workbook():
    """A file of 165 bytes with the name of whoever has the workbook open."""
    with pytest.raises(ReportError) as raised:
        scan(b"\x05Jo   " + bytes(159), "~$clients.xlsx")
    assert str(raised.value) == (
        "~$clients.xlsx is not the workbook but the mark that it is open in a spreadsheet program; "
        "name the workbook itself, clients.xlsx."
    )


def test_other_archives_and_documents():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as other:
        other.writestr("word/document.xml", "<w/>")
    assert "another kind of archive" in refusal(made.getvalue())
    text = io.BytesIO()
    OpenDocumentText().write(text)
    assert "another kind of document" in refusal(text.getvalue())
    sheet = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("x")
    book.save(sheet)
    letter = sheet.getvalue().replace(
        "Workbook".encode("utf-16-le"), "WordDoc1".encode("utf-16-le")
    )
    assert "another kind of document" in refusal(letter, "a.xls")


def test_passwords():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    assert "password" in refusal(ole + "EncryptedPackage".encode("utf-16-le"))
    made = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("x")
    book.save(made)
    # The record that an encrypted .xls begins with, in place of one that says nothing (0xE1).
    at = made.getvalue().index(b"\xe1\x00\x02\x00")
    content = made.getvalue()
    assert "password" in refusal(content[:at] + b"\x2f\x00" + content[at + 2 :], "a.xls")


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04nonsense"])
def test_a_damaged_file(content):
    assert "damaged" in refusal(content)


def test_a_cut_file():
    assert "damaged" in refusal(xlsx()[:-50])
    assert "damaged" in refusal(rezipped(xlsx(), {"xl/workbook.xml": lambda part: part[:99]}))


def test_a_cell_in_the_far_corner():
    rows = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "Touchpoints!XFD1048576" in refusal(with_rows(rows))
    rows = b'<row><c r="XFD1048576"><v>1</v></c></row>'
    assert "Touchpoints!XFD1048576" in refusal(with_rows(rows))
    # No program counts this far; neither the grid nor the scan may believe it.
    assert "stray" in refusal(with_rows(b'<row><c r="A9999999" t="e"><v>#REF!</v></c></row>'))


def test_a_format_in_the_far_corner_is_no_cell():
    rows = b'<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    (grid,) = workbook_grids(with_rows(rows), "a.xlsx")
    assert len(grid.rows) == 1


def test_repeats_in_ods():
    far = ods((1_048_576, [("x", {"valuetype": "string", "numbercolumnsrepeated": 16_384})]))
    assert "stray" in refusal(far, "a.ods")
    blank = ods(
        (1, [("x", {"valuetype": "string"}), (None, {"numbercolumnsrepeated": 16_383})]),
        (1_048_575, [(None, {"numbercolumnsrepeated": 16_384})]),
    )
    (grid,) = workbook_grids(blank, "a.ods")
    assert [list(row) for row in grid.rows] == [["x"]]
    spaces = rezipped(
        blank,
        {
            "content.xml": lambda part: part.replace(
                b"<text:p>x", b'<text:p>x<text:s text:c="2000000000"/>'
            )
        },
    )
    assert "space" in refusal(spaces, "a.ods")


@pytest.mark.parametrize(
    ("member", "change", "why"),
    [
        (SHEET, lambda part: b"<!DOCTYPE x []>" + part, "document type"),
        (SHEET, lambda part: part.decode().encode("utf-16"), "UTF-16"),
        (
            "xl/sharedStrings.xml",
            lambda part: part.replace(b'uniqueCount="2"', b'uniqueCount="200000000000"'),
            "more texts than it has",
        ),
    ],
)
def test_parts_that_no_program_writes(member, change, why):
    assert why in refusal(rezipped(xlsx(), {member: change}))


UTF16 = "<?xml version='1.0' encoding='utf-16'?><DataMashup>AAAA</DataMashup>".encode("utf-16")
WITH_TYPE = b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>"
UNREAD = [
    ("customXml/item1.xml", UTF16),
    ("customXml/item2.xml", WITH_TYPE),
    ("docProps/custom.xml", UTF16),
    ("xl/embeddings/oleObject1.bin", WITH_TYPE),
    ("xl/queryTables/queryTable1.xml", UTF16),
]


def with_part(content, part, xml):
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a", 8) as more:
        more.writestr(part, xml)
    return made.getvalue()


@pytest.mark.parametrize(("part", "xml"), UNREAD)
def test_what_stands_in_a_part_that_nobody_reads_is_no_reason(part, xml):
    """Excel keeps the query of a workbook in UTF-16, whoever saves it."""
    (grid,) = workbook_grids(with_part(xlsx(), part, xml), "a.xlsx")
    assert grid.rows == [["Date", "Client"]]
    (grid,) = workbook_grids(
        with_part(ods((1, [("x", {"valuetype": "string"})])), part, xml), "a.ods"
    )
    assert grid.rows == [["x"]]


@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/_rels/workbook.bin.rels", "XL/_rels/Workbook.bin.rels"]
)
def test_in_an_xlsb_the_parts_count_that_are_xml(part):
    """The reader needs more of an .xlsb than is made here; what is asked is what refuses it before."""

    def made(name, xml):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as book:
            book.writestr("xl/workbook.bin", b"")
            book.writestr(name, xml)
        return content.getvalue()

    for unread, xml in UNREAD:
        assert scan(made(unread, xml), "a.xlsb").faults == {}
    for xml, why in ((UTF16, "UTF-16"), (WITH_TYPE, "document type")):
        with pytest.raises(ReportError, match=why):
            scan(made(part, xml), "a.xlsb")


@pytest.mark.parametrize(
    ("part", "content"),
    [
        *((part, xlsx()) for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")),
        *((part, xlsx()) for part in ("[Content_Types].xml", "xl/styles.xml", SHEET)),
        ("xl/sharedStrings.xml", xlsx()),
        ("content.xml", ods((1, [("x", {"valuetype": "string"})]))),
        ("META-INF/manifest.xml", ods((1, [("x", {"valuetype": "string"})]))),
    ],
)
def test_what_is_read_is_looked_at(part, content):
    strange = {part: lambda xml: b"<!DOCTYPE x []>" + xml}
    assert "document type" in refusal(rezipped(content, strange))
    strange = {part: lambda xml: xml.decode().encode("utf-16")}
    assert "UTF-16" in refusal(rezipped(content, strange))


@pytest.mark.parametrize(
    ("part", "target"),
    [
        ("xl/worksheets/SHEET1.xml", "worksheets/sheet1.xml"),
        ("customXml/item1.xml", "/customXml/item1.xml"),
        ("xl/queries/item1.xml", "queries\\item1.xml"),
    ],
)
def test_a_sheet_is_looked_at_wherever_it_lies(part, target):
    """The reader takes a sheet from any part that the workbook names, capitals or not."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(made, "w", 8) as new:
        for member in old.namelist():
            xml = old.read(member)
            if member == "xl/_rels/workbook.xml.rels":
                xml = xml.replace(b"worksheets/sheet1.xml", target.encode())
            if member == SHEET:
                member, xml = part, xml.decode().encode("utf-16")
            new.writestr(member, xml)
    assert "UTF-16" in refusal(made.getvalue())


def test_a_part_twice():
    made = io.BytesIO(xlsx())
    with (
        zipfile.ZipFile(made, "a") as twice,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        twice.writestr(SHEET, "<worksheet/>")
    assert "twice" in refusal(made.getvalue())


def parts_of(content):
    """Every part of an archive, inflated."""
    return dict(Parts(content, Budget("a.xlsx")))


def test_how_far_an_archive_may_unfold(monkeypatch):
    content = xlsx()
    unfolded = sum(len(part) for part in parts_of(content).values())
    monkeypatch.setattr(budget, "LARGEST_INFLATED", unfolded)
    assert parts_of(content)
    monkeypatch.setattr(budget, "LARGEST_INFLATED", unfolded - 1)
    with pytest.raises(ReportError, match="unfolds"):
        parts_of(content)


def test_declared_sizes_are_not_believed(monkeypatch):
    """The central directory says ten bytes; the part has 100,000."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", 8) as small:
        small.writestr("xl/workbook.xml", "<" * 100_000)
    content = bytearray(made.getvalue())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert len(parts_of(bytes(content))["xl/workbook.xml"]) == 100_000
    monkeypatch.setattr(budget, "LARGEST_INFLATED", 99_999)
    with pytest.raises(ReportError, match="unfolds"):
        parts_of(bytes(content))


def test_too_many_parts(monkeypatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    assert "parts" in refusal(xlsx())


def test_pictures_are_left_alone(monkeypatch):
    """What nobody reads is not unfolded."""
    made = io.BytesIO(xlsx())
    with zipfile.ZipFile(made, "a", 8) as more:
        more.writestr("xl/media/image1.png", b"\0" * 1_000_000)
    monkeypatch.setattr(budget, "LARGEST_INFLATED", 100_000)
    assert scan(made.getvalue(), "a.xlsx")


# The second list of attacks -------------------------------------------------------------------------


def seconds(content, name="a.xlsx"):
    began = time.perf_counter()
    scan(content, name)
    return time.perf_counter() - began


def test_spaces_in_a_formula_take_no_time():
    """Six thousand took minutes when an expression could begin again at every one of them."""
    formula = b"<f>1+1" + b" " * 200_000
    for rest in (b"</f><v>2</v></c>", b"</f></d>", b"<v", b"</f><w/></c>"):
        rows = b'<row r="3"><c r="A3" t="e">' + formula + rest + b"</row>"
        with contextlib.suppress(ReportError):  # some of them are broken
            assert seconds(with_rows(rows)) < 2
    (grid,) = workbook_grids(
        with_rows(b'<row r="3"><c r="A3">' + formula + b"</f><v>2</v></c></row>"), "a.xlsx"
    )
    assert grid.rows[2][0] == 2


def test_error_cells_without_addresses_are_counted_once_through():
    """40,000 of them took minutes when each was counted from the start of the sheet."""
    row = b'<row><c t="e"><v>#N/A</v></c><c/><c t="e"><f>x</f><v>#REF!</v></c></row>'
    content = with_rows(b'<row r="2"/>' + row * 40_000)
    assert seconds(content) < 10
    found = faults(content)
    assert len(found) == 80_000
    assert (found[2, 0], found[40_001, 2]) == ("the error #N/A", "the error #REF!")


def sheets_of_one_part(number):
    """A workbook whose ``number`` sheets are all the one part, which reaches to its 1,000,000th row."""
    cell = b'<row r="1000000"><c r="D1000000"><v>1</v></c></row>'
    sheets = b"".join(
        b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, number + 1)
    )
    return rezipped(
        with_rows(cell),
        {
            "xl/workbook.xml": lambda part: re.sub(
                rb"<sheets>.*</sheets>", b"<sheets>" + sheets + b"</sheets>", part
            )
        },
    )


def test_the_limit_of_cells_is_for_all_sheets_together():
    """One sheet of four million cells, nearly all of them blank, is read; the third is too many."""
    assert scan(sheets_of_one_part(2), "a.xlsx").faults.keys() == {"S1", "S2"}
    assert "sheet “S3” reaches as far as S3!D1000000" in refusal(sheets_of_one_part(3))


def test_a_reach_is_found_however_it_is_spelt():
    for cell in (
        b'<c r = "XFD1048576"><v>1</v></c>',
        b"<c r='XFD1048576'><v>1</v></c>",
        b'<c\tr="$XFD$1048576"><v>1</v></c>',
        b'<c r="xfd1048576"><v>1</v></c>',
    ):
        content = with_rows(b'<row r="3">' + cell + b"</row>")
        assert "reaches as far as Touchpoints!XFD1048576" in refusal(content)


@pytest.mark.parametrize("claimed", [1, 9, 89, 90, 91, 99, 100, 190, 900, 1_000_000])
def test_a_cell_that_says_that_it_stands_below_its_row(claimed):
    xml = b'<x><row r="90"><c r="A90"><v>1</v></c><c r="B%d"><v>1</v></c></row></x>' % claimed
    assert picked(xml).reach == (max(90, claimed), 2)
    assert parsed(xml, []).reach == (max(90, claimed), 2)


@pytest.mark.parametrize(
    "cell", ["A1", "Z9", "AA10", "AZ99", "BA1048576", "ZZ7", "AAA1", "XFD1048576"]
)
def test_both_ways_to_an_extent_agree(cell):
    """The picked one counts the bytes of tags for text, so it may be larger in texts, never smaller."""
    row = '<row r="2"><c r="B2" t="inlineStr"><is><t>é:c</t></is></c></row>'
    xml = f'<x>{row * 3}<c r="{cell}" s="1"><v>7</v></c></x>'.encode()
    quick, close = picked(xml), parsed(xml, [])
    assert (quick.reach, quick.filled) == (close.reach, close.filled)
    assert quick.texts >= close.texts


@pytest.mark.parametrize(
    "odd",
    [
        "<c/>",
        "<c><v>1</v></c>",
        '<c s="1" r="A1"/>',
        '<c r = "A1"/>',
        "<c r='A1'/>",
        '<c  r="A1"/>',
        '<c\nr="A1"/>',
        '<c r="a1"/>',
        '<c r="$A$1"/>',
        '<c r="A"/>',
        '<c r="1"/>',
        '<c r="A0"/>',
        '<c r=""/>',
        '<c r="A1A"/>',
        '<c r="A&#49;"/>',
        '<c r="A000000000000000001"/>',
        '<x:c r="A1"/>',
        "<!-- -->",
        "<![CDATA[ ]]>",
    ],
)
@pytest.mark.parametrize("before", [0, 4_000_000 - 3, 4_000_000])
def test_a_sheet_that_is_spelt_otherwise_is_never_picked(odd, before):
    usual = '<c r="A1"/>'
    filling = usual + "x" * max(0, before - 2 * len(usual)) + usual
    assert picked(f"<x>{filling}{usual}</x>".encode()) is not None
    assert picked(f"<x>{filling}{odd}{usual}</x>".encode()) is None


def test_a_long_text_in_very_many_cells_is_refused_before_it_is_unfolded():
    """A text of 32,767 letters in 40,000 cells would be 1.3 gigabytes; in 400 it is 13 megabytes."""

    def repeated(times):
        def fill(sheet):
            sheet.write(1, 0, "x" * 32_767)
            sheet.write(2, 0, "short")

        cell = b'<row><c t="s"><v>2</v></c></row>'
        return rezipped(
            xlsx(fill),
            {SHEET: lambda part: part.replace(b"</sheetData>", cell * times + b"</sheetData>")},
        )

    assert "repeats a long text in very many cells" in refusal(repeated(40_000))
    scan(repeated(400), "a.xlsx")


def test_a_part_that_does_not_fit_its_checksum_is_damaged():
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, old.read(member))
    stored = made.getvalue()
    scan(stored, "a.xlsx")
    at = stored.index(b"<t>Client</t>")
    assert "seems damaged" in refusal(stored[:at] + b"<t>Clinet</t>" + stored[at + 13 :])


def with_wrong_checksum(content, part):
    """The archive with another checksum of one part, in both places."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo(part)
    right = struct.pack("<I", member.CRC)
    assert content.count(right) >= 1
    return content.replace(right, struct.pack("<I", member.CRC ^ 1))


READ_OF_AN_XLSX = (
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    SHEET,
)


@pytest.mark.parametrize("part", READ_OF_AN_XLSX)
@pytest.mark.parametrize("cell", [b"", b'<row r="4"><c r="E4" t="e"><v>#SPILL!</v></c></row>'])
def test_the_checksum_of_each_part_that_is_read_counts(part, cell):
    """Also where a copy is made without an error that the library does not know."""
    content = with_rows(cell)
    assert workbook_grids(content, "a.xlsx")
    assert "seems damaged" in refusal(with_wrong_checksum(content, part))


@pytest.mark.parametrize("part", ["content.xml", "META-INF/manifest.xml", "mimetype"])
def test_the_checksum_of_each_part_of_an_ods_counts(part):
    content = ods((1, [("x", {"valuetype": "string"})]))
    assert workbook_grids(content, "a.ods")
    assert "seems damaged" in refusal(with_wrong_checksum(content, part), "a.ods")


@pytest.mark.parametrize("part", ["xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin"])
def test_the_checksum_of_each_part_of_an_xlsb_counts(part):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        book.writestr("xl/workbook.bin", b"\x83\x01\x00")
        book.writestr("xl/_rels/workbook.bin.rels", "<Relationships/>")
        book.writestr("xl/styles.bin", b"\x96\x02\x00")
    assert scan(made.getvalue(), "a.xlsb")
    assert "seems damaged" in refusal(with_wrong_checksum(made.getvalue(), part), "a.xlsb")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'number-rows-repeated="2"', b'number-rows-repeated = "1000000000"'),
        (b'number-rows-repeated="2"', b'number-rows-repeated="\t1000000000 "'),
        (b'number-rows-repeated="2"', b'number-rows-repeated="&#49;000000000"'),
        (b'number-columns-repeated="3"', b"number-columns-repeated ='1000000000'"),
    ],
)
def test_repeats_however_they_are_spelt(before, after):
    content = ods((2, [("x", {"numbercolumnsrepeated": 3})]))
    changed = rezipped(content, {"content.xml": lambda part: part.replace(before, after)})
    assert content != changed
    assert re.search("reaches as far as|spells a number as no", refusal(changed, "a.ods"))


def test_spaces_of_an_ods_are_limited_together():
    spaces = b'<text:s text:c="10000"/>'
    content = ods((1, [("x", {})]))

    def many(times):
        return rezipped(
            content,
            {"content.xml": lambda part: part.replace(b">x<", b">x" + spaces * times + b"<")},
        )

    scan(many(100), "a.ods")
    assert "repeats a space more often" in refusal(many(101), "a.ods")


def test_empty_records_without_end_are_refused():
    def book(part):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", 8) as book:
            book.writestr("xl/workbook.bin", part)
        return made.getvalue()

    part = b"\x02\x00" * (biff12.MOST_EMPTY + 1)
    with pytest.raises(ReportError, match="more records"):
        scan(book(part), "a.xlsb")
    scan(book(part[2:]), "a.xlsb")


def test_a_list_of_sectors_that_leads_to_itself_is_damaged():
    """20,000 sectors, each of them listed as often as there are sectors: 300 million numbers."""
    made = io.BytesIO()
    workbook = xlwt.Workbook()
    workbook.add_sheet("Touchpoints").write(0, 0, "Date")
    workbook.save(made)
    content = bytearray(made.getvalue())
    assert len(content) % 512 == 0
    own = len(content) // 512 - 1
    content += struct.pack("<128I", *[0] * 127, own) + b"\0" * 512 * 20_000
    struct.pack_into("<I", content, 68, own)
    assert "seems damaged" in refusal(bytes(content), "a.xls")
