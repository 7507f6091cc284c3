"""What a hostile file costs: each is read or refused within a limit of memory and time.

The limits are far from what any machine needs: what they catch is a file that takes gigabytes or minutes.
"""

import csv
import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlwt

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="memory is measured as Linux tells it"
)

MEGABYTE = 2**20
OF_A_WORKER, OF_THE_PARENT, SECONDS = 1024, 100, 30
_MEASURED = """
import json, resource, sys
from reportgen.cli.commands import main
try:
    main()
except SystemExit as end:
    code = end.code
worker = resource.getrusage(resource.RUSAGE_CHILDREN)
status = open("/proc/self/status").read()
parent = int(status.partition("VmHWM:")[2].split()[0])
spent = worker.ru_utime + worker.ru_stime
print(json.dumps([code, worker.ru_maxrss // 1024, parent // 1024, spent]), file=open(MEASURED, "w"))
sys.exit(code)
"""


@dataclass
class Done:
    code: int
    printed: str
    complaint: str


def check(path: Path) -> Done:
    """What ``reportgen check`` says of a file, within the limits."""
    measured = path.with_suffix(".measured")
    code = f"MEASURED = {str(measured)!r}\n{_MEASURED}"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", path.name],
        cwd=path.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    ended, worker, parent, seconds = json.loads(measured.read_text())
    assert ended == done.returncode
    assert "fault of its own" not in done.stderr
    assert worker <= OF_A_WORKER, done.stderr
    assert parent <= OF_THE_PARENT, done.stderr
    assert seconds <= SECONDS, done.stderr
    assert len(done.stdout) + len(done.stderr) < 100_000
    return Done(ended, done.stdout, done.stderr)


# Builders ----------------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TABLE = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Date</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Client</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>2026-09-01</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>Acme</t></is></c></row>'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def worksheet(rows: str, rest: str = "", table: str = TABLE) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{table}{rows}</sheetData>{rest}</worksheet>'


def xlsx(
    rows: str = "",
    *,
    sheets: int = 1,
    texts: str = "",
    folder: str = "xl/",
    part: str = "worksheets/sheet1.xml",
    rest: str = "",
    table: str = TABLE,
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    """A workbook whose sheets are all one part, with these rows behind its table."""
    names = ["Touchpoints", *(f"Sheet {number}" for number in range(2, sheets + 1))]
    listed = "".join(f'<sheet name="{one}" sheetId="1" r:id="rId1"/>' for one in names)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="{folder}workbook.xml"/></Relationships>',
        f"{folder}workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}'
        "</sheets></workbook>",
        f"{folder}_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship '
        f'Id="rId1" Type="{OFFICE}/worksheet" Target="{part}"/></Relationships>',
        f"{folder}{part}": worksheet(rows, rest, table),
    }
    if texts:
        parts[f"{folder}sharedStrings.xml"] = texts
    return zipped(parts | (more or {}))


def shared(*texts: str, declares: str = "") -> str:
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{MAIN}"{declares}>{items}</sst>'


ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def ods(rows: str, *, tables: int = 1, name: str = "Touchpoints") -> bytes:
    head = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
        for one in ("Date", "Client")
    )
    good = head.replace("Date", "2026-09-01").replace("Client", "Acme")
    good = f"<table:table-row>{good}</table:table-row>"
    table = "".join(
        f'<table:table table:name="{name}{number or ""}"><table:table-row>{head}</table:table-row>'
        f"{good}{rows}</table:table>"
        for number in range(tables)
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f'<office:document-content xmlns:office="{ODF}office:1.0" '
            f'xmlns:table="{ODF}table:1.0" xmlns:text="{ODF}text:1.0" '
            'xmlns:calcext="urn:x"><office:body><office:spreadsheet>'
            f"{table}</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_row(text: str, row: str = "", cell: str = "", cells: int = 1) -> str:
    one = f'<table:table-cell office:value-type="string"{cell}><text:p>{text}</text:p></table:table-cell>'
    return f"<table:table-row{row}>{one * cells}</table:table-row>"


def record(kind: int, content: bytes) -> bytes:
    """A record of an .xlsb."""

    def number(value: int, longest: int) -> bytes:
        found = b""
        for _ in range(longest):
            low, value = value & 0x7F, value >> 7
            found += bytes([low | (0x80 if value else 0)])
            if not value:
                break
        return found

    return number(kind, 2) + number(len(content), 4) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(cells: bytes, *, sheets: int = 1, texts: bytes = b"", sheet_end: bytes = b"") -> bytes:
    bundle = b"".join(
        record(156, struct.pack("<II", 0, number) + wide("rId1") + wide(f"Sheet {number}"))
        for number in range(sheets)
    )
    begin = record(129, b"") + record(148, struct.pack("<4I", 0, 9, 0, 9)) + record(145, b"")
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"/>',
        "xl/workbook.bin": record(131, b"")
        + record(153, bytes(12))
        + record(143, b"")
        + bundle
        + record(144, b"")
        + record(132, b""),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/worksheets/sheet1.bin": begin + cells + record(146, b"") + record(130, b"") + sheet_end,
    }
    if texts:
        parts["xl/sharedStrings.bin"] = texts
    return zipped(parts)


def xls(change: Callable[[bytearray], bytes | None], fill=lambda sheet: None) -> bytes:
    made = io.BytesIO()
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Touchpoints")
    sheet.write(0, 0, "Date")
    sheet.write(0, 1, "Client")
    fill(sheet)
    workbook.save(made)
    content = bytearray(made.getvalue())
    return bytes(change(content) or content)


# Files that are refused, or read, within the limits ------------------------------------------------

LONG = "x" * 32_767
EURO = "€" * 10_900
REFERENCE = '<row><c t="s"><v>0</v></c></row>'


def columns(number: int) -> str:
    return "<c/>" * (number - 1) + "<c><v>1</v></c>"


REFUSED = {
    # How far the cells reach, in every spelling
    "far.xlsx": lambda: xlsx('<row><c r="XFD1048576"><v>1</v></c></row>'),
    "far-spaces.xlsx": lambda: xlsx('<row><c r = "XFD1048576" ><v>1</v></c></row>'),
    "far-single.xlsx": lambda: xlsx("<row><c r='XFD1048576'><v>1</v></c></row>"),
    "far-last.xlsx": lambda: xlsx('<row><c s="0" t="n"\n r="XFD1048576"><v>1</v></c></row>'),
    "far-lower.xlsx": lambda: xlsx('<row><c r="xfd1048576"><v>1</v></c></row>'),
    "far-below-its-row.xlsx": lambda: xlsx('<row r="3"><c r="XFD99999"><v>1</v></c></row>'),
    "far-prefix.xlsx": lambda: xlsx(f'<x:c xmlns:x="{MAIN}" r="XFD99999"><x:v>1</x:v></x:c>'),
    "far-in-no-row.xlsx": lambda: xlsx('<c r="XFD99999"><v>1</v></c>'),
    "far-row-alone.xlsx": lambda: xlsx(f'<row r="900000">{columns(2_000)}</row>'),
    "far-without-numbers.xlsx": lambda: xlsx("<row/>" * 200_000 + f"<row>{columns(2_000)}</row>"),
    "far-behind-a-comment.xlsx": lambda: xlsx(
        f'<!-- <row r="1"> --><row r="900000">{columns(2_000)}</row>'
    ),
    "far-in-pieces.xlsx": lambda: xlsx(
        "".join(f'<row r="1048576"><c r="{c}1048576"><v>1</v></c></row>' for c in ("A", "XFD"))
    ),
    "past-the-end.xlsx": lambda: xlsx('<row><c r="ZZZZ999999999"><v>1</v></c></row>'),
    # Parts
    "one-part-many-sheets.xlsx": lambda: xlsx(
        '<row><c r="D1000000"><v>1</v></c></row>', sheets=3_000
    ),
    "one-part-of-spaces.xlsx": lambda: xlsx(" " * 7_000_000 + "<row/>", sheets=1_000),
    "one-part-of-rows.xlsx": lambda: xlsx("<row/>" * 1_000_000, sheets=1_000),
    "capitals.xlsx": lambda: xlsx(
        more={
            "XL/WorkSheets/Sheet1.XML": worksheet('<row><c r="XFD1048576"><v>1</v></c></row>'),
        }
    ),
    "another-ending.xlsx": lambda: xlsx(
        '<row><c r="XFD1048576"><v>1</v></c></row>', part="worksheets/sheet1.png"
    ),
    "another-folder.xlsx": lambda: xlsx(
        '<row><c r="XFD1048576"><v>1</v></c></row>',
        folder="book/",
        more={"xl/workbook.xml": "<workbook/>"},
    ),
    "two-kinds.xlsx": lambda: xlsx(
        '<row><c r="XFD1048576"><v>1</v></c></row>', more={"content.xml": "<x/>"}
    ),
    "bomb.xlsx": lambda: xlsx(" <row/>" + " " * 300_000_000, sheets=1),
    "bombs.xlsx": lambda: xlsx(("<row/>" + " " * 7_000_000) * 60, sheets=20),
    # Texts
    "text-many-times.xlsx": lambda: xlsx(REFERENCE * 400_000, texts=shared(LONG)),
    "text-plain-addresses.xlsx": lambda: xlsx(
        "".join(f'<row r="{n}"><c r="C{n}" t="s"><v>0</v></c></row>' for n in range(3, 200_000)),
        texts=shared(LONG),
    ),
    "text-with-space.xlsx": lambda: xlsx(
        '<row><c t = "s"><v xml:space="preserve"> 0 </v></c></row>' * 200_000, texts=shared(LONG)
    ),
    "text-of-wide-letters.xlsx": lambda: xlsx(REFERENCE * 100_000, texts=shared(EURO)),
    "text-capitals.xlsx": lambda: xlsx(
        REFERENCE * 400_000, more={"xl/SHAREDSTRINGS.xml": shared(LONG)}
    ),
    "text-behind-a-comment.xlsx": lambda: xlsx(
        REFERENCE * 400_000, texts=shared(LONG).replace("<si>", "<!-- <si> --><si>", 1)
    ),
    "text-rich.xlsx": lambda: xlsx(
        REFERENCE * 100_000,
        texts=shared("").replace("<t></t>", f"<r><t>{LONG}</t></r>" * 4),
    ),
    "text-many-sheets.xlsx": lambda: xlsx(REFERENCE * 5_000, texts=shared(LONG), sheets=80),
    "text-of-hundred-megabytes.xlsx": lambda: xlsx(texts=shared("x" * 100_000_000)),
    "more-texts-than-there-are.xlsx": lambda: xlsx(
        texts=shared("x", declares=' uniqueCount = "200000000000"')
    ),
    "more-texts-behind-a-comment.xlsx": lambda: xlsx(
        texts=f"<!--{'x' * 9_000}<si>-->" + shared("x", declares=" uniqueCount='200000000000'")
    ),
    "merged-over-each-other.xlsx": lambda: xlsx(
        '<row r="1000000"><c r="A1000000"><v>1</v></c></row>',
        rest="<mergeCells>" + '<mergeCell ref="B2:B1048576"/>' * 100_000 + "</mergeCells>",
    ),
    # OpenDocument
    "rows.ods": lambda: ods(ods_row("x", ' table:number-rows-repeated = "1000000000"')),
    "rows-entity.ods": lambda: ods(ods_row("x", ' table:number-rows-repeated="&#49;000000000"')),
    "rows-plus.ods": lambda: ods(ods_row("x", ' table:number-rows-repeated="+1000000000"')),
    "columns.ods": lambda: ods(ods_row("x", cell=" table:number-columns-repeated\n=\t'9000000'")),
    "columns-many.ods": lambda: ods(
        ods_row("x", cell=' table:number-columns-repeated="16000"') * 1_000
    ),
    "columns-zeros.ods": lambda: ods(
        ods_row("x", cell=f' table:number-columns-repeated="{"0" * 3_000}16000"') * 1_000
    ),
    "long-text.ods": lambda: ods(ods_row(LONG, ' table:number-rows-repeated="400000"')),
    "long-value.ods": lambda: ods(
        ods_row("", ' table:number-rows-repeated="400000"', f' office:string-value="{LONG}"')
    ),
    "spaces.ods": lambda: ods(ods_row('<text:s text:c="2000000000"/>')),
    "spaces-entity.ods": lambda: ods(ods_row('<text:s text:c = "&#50;000000000"/>')),
    "spaces-many.ods": lambda: ods(ods_row('<text:s text:c="10000"/>' * 10) * 10_000),
    "spaces-repeated.ods": lambda: ods(
        ods_row('<text:s text:c="10000"/>', ' table:number-rows-repeated="100000"')
    ),
    "tables.ods": lambda: ods(ods_row("x", ' table:number-rows-repeated="100000"'), tables=300),
    "far-behind-blanks.ods": lambda: ods(
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        + '<table:table-row><table:table-cell table:number-columns-repeated="16000"/>'
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    ),
    # Binary
    "empty-records.xlsb": lambda: xlsb(record(2, b"") * 5_000_000),
    "far.xlsb": lambda: xlsb(
        record(0, struct.pack("<I", 1_048_575) + bytes(21))
        + record(5, struct.pack("<II", 16_383, 0) + bytes(8))
    ),
    "many-sheets.xlsb": lambda: xlsb(
        record(0, struct.pack("<I", 999_999) + bytes(21))
        + record(5, struct.pack("<II", 3, 0) + bytes(8)),
        sheets=2_000,
    ),
    "many-sheets-of-records.xlsb": lambda: xlsb(record(500, b"x") * 200_000, sheets=2_000),
    "long-text.xlsb": lambda: xlsb(
        b"".join(
            record(0, struct.pack("<I", n) + bytes(21)) + record(7, struct.pack("<3I", 0, 0, 0))
            for n in range(100_000)
        ),
        texts=record(159, struct.pack("<2I", 1, 1)) + record(19, b"\0" + wide(LONG)),
    ),
}


def difat_loop(content: bytearray) -> bytes:
    own = len(content) // 512 - 1
    content += struct.pack("<128I", *[0] * 127, own)
    struct.pack_into("<I", content, 68, own)
    return bytes(content)


def difat_circle(content: bytearray) -> bytes:
    own = len(content) // 512 - 1
    content += struct.pack("<128I", *[0xFFFFFFFF] * 127, own + 1)
    content += struct.pack("<128I", *[0xFFFFFFFF] * 127, own)
    struct.pack_into("<I", content, 68, own)
    return bytes(content)


def chain_loop(content: bytearray) -> None:
    """Each sector of the first table of sectors leads to itself."""
    first = struct.unpack_from("<I", content, 76)[0]
    struct.pack_into("<128I", content, (first + 1) * 512, *range(128))


def dimensions(content: bytearray) -> None:
    """The record that says how large the sheet is says the largest."""
    at = content.index(b"\x00\x02\x0e\x00")
    struct.pack_into("<IIHH", content, at + 4, 0, 0xFFFFFFF0, 0, 0xFFF0)


REFUSED |= {
    "difat-loop.xls": lambda: xls(difat_loop),
    "difat-circle.xls": lambda: xls(difat_circle),
    "chain-loop.xls": lambda: xls(chain_loop),
    "dimensions.xls": lambda: xls(dimensions),
    "long-text.xls": lambda: xls(
        lambda content: None,
        lambda sheet: [sheet.write(n, 0, LONG) for n in range(1, 40_000)],
    ),
}


HEAD, ROW = b"Date,Client,Activity\n", b"2026-09-01,Acme,Call\n"
EVENT = b"BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART:20260301T100000Z\n"
CARD = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\n"
TEXTS = {
    "blank-rows.csv": lambda: HEAD + ROW + b"\n" * 190_000_000,
    "blank-rows-of-old.csv": lambda: HEAD + ROW + b"\r" * 190_000_000,
    "blank-rows-of-windows.csv": lambda: (
        b"\xff\xfe" + (HEAD + ROW).decode().encode("utf-16-le") + b"\r\0\n\0" * 40_000_000
    ),
    "wide.csv": lambda: HEAD + ROW + b"," * 190_000_000,
    "wide-within-the-cells.csv": lambda: HEAD.strip() + b"," * 15_000_000 + b"\n" + ROW,
    "cells.csv": lambda: HEAD + (b"ab;" * 1_000 + b"\n") * 60_000,
    "in-quotes.csv": lambda: HEAD + ROW + b'"' + b"\n" * 190_000_000 + b'"',
    "in-quotes-faces.csv": lambda: HEAD + ROW + b'"' + "😀".encode() * 45_000_000 + b'"',
    "blank-lines.vcf": lambda: CARD + b"\n" * 190_000_000 + b"END:VCARD\n",
    "pieces.vcf": lambda: CARD + b"NOTE:" + b"a\n b" * 45_000_000 + b"\nEND:VCARD\n",
    "pieces-unread.vcf": lambda: CARD + b"PHOTO:" + b"a\n b" * 45_000_000 + b"\nEND:VCARD\n",
    "note.vcf": lambda: CARD + b"NOTE:" + b"a" * 190_000_000 + b"\nEND:VCARD\n",
    "cards.vcf": lambda: (CARD + b"END:VCARD\n") * 4_000_000,
    "parameters.vcf": lambda: CARD + b"TEL" + b";a=b" * 45_000_000 + b":1\nEND:VCARD\n",
    "blank-lines.ics": lambda: EVENT + b"\n" * 90_000_000 + b"END:VEVENT\nEND:VCALENDAR\n",
    "events.ics": lambda: EVENT + b"END:VEVENT\nBEGIN:VEVENT\n" * 3_000_000,
    "values.ics": lambda: EVENT + b"CATEGORIES:" + b"a," * 45_000_000,
    "pieces.ics": lambda: EVENT + b"DESCRIPTION:" + b"a\n b" * 45_000_000,
}
REFUSED |= TEXTS


def test_a_text_file_as_large_as_a_sheet_is_read(tmp_path):
    """1,048,575 rows below the header, with delimiters and line ends in quotation marks beside them."""
    path = tmp_path / "full.csv"
    with path.open("wb") as file:
        file.write(b"Date,Client,Notes\n")
        file.write(b'2026-09-01,Acme,"one, two,\nthree"\n' * 1_048_575)
    assert check(path).printed.startswith("All of the 3,145,725 filled cells")


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(REFUSED[name]())
    done = check(path)
    path.unlink()  # some have 200 MB, and the folders of several runs are kept
    assert (done.code, done.printed) == (1, "")
    assert done.complaint.count("\n") == 1
    assert "could not be finished" not in done.complaint


SPACES = " " * 400_000
ERROR = '<c t="e"><v>#N/A</v></c>'
READ = {
    "spaces-in-a-formula.xlsx": lambda: xlsx(f"<row><c><f>1+1{SPACES}</f><v>2</v></c></row>"),
    "spaces-in-an-error.xlsx": lambda: xlsx(f'<row><c t="e"><f>1{SPACES}</f><v>#N/A</v></c></row>'),
    "spaces-before-a-value.xlsx": lambda: xlsx(f"<row><c><f>1</f>{SPACES}<v>2</v></c></row>"),
    "spaces-in-a-tag.xlsx": lambda: xlsx(f'<row><c {SPACES} t="e"><v>#N/A</v></c></row>'),
    "spaces-in-a-value.xlsx": lambda: xlsx(f"<row><c><v>{SPACES}2</v></c></row>"),
    "spaces-in-a-name.xlsx": lambda: xlsx(
        f"<row><c {'r ' * 9}s='0'><v>2</v></c></row>".replace("r ", "")
    ),
    "quotes.xlsx": lambda: xlsx("<row><c><f>&quot;</f><v>2</v></c></row>" * 20_000),
    "errors-without-addresses.xlsx": lambda: xlsx(f"<row>{ERROR}</row>" * 20_000),
    "errors-in-one-row.xlsx": lambda: xlsx(f"<row>{ERROR * 16_000}</row>"),
    "errors-behind-cells.xlsx": lambda: xlsx(f"<row><c/><c/>{ERROR}</row>" * 10_000),
    "formulas-without-values.xlsx": lambda: xlsx("<row><c><f>1</f></c></row>" * 20_000),
    "spill.xlsx": lambda: xlsx(f"<row>{ERROR}</row>".replace("N/A", "SPILL!") * 10_000),
    "merged.xlsx": lambda: xlsx(
        "<row/>" * 20_000,
        rest="<mergeCells>"
        + "".join(f'<mergeCell ref="B{n}:B{n + 1}"/>' for n in range(3, 20_000, 2))
        + "</mergeCells>",
    ),
    "few-long-texts.xlsx": lambda: xlsx(REFERENCE * 500, texts=shared(LONG)),
    "stray-cell.xlsx": lambda: xlsx('<row r="1048576"><c r="H1048576"><v>1</v></c></row>'),
    "format-far-away.xlsx": lambda: xlsx('<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
    "blank-to-the-end.ods": lambda: ods(
        ods_row("x") + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    ),
    "problems.ods": lambda: ods(ods_row("x", ' table:number-rows-repeated="20000"', cells=2)),
    "long-formula.ods": lambda: ods(
        ods_row("x", ' table:number-rows-repeated="400000"', f' table:formula="{LONG}"')
    ),
    "deep.ods": lambda: ods(ods_row("<text:span>" * 50_000 + "x" + "</text:span>" * 50_000)),
    "spaces-in-a-formula.ods": lambda: ods(ods_row("x", cell=f' table:formula="of:=1+1{SPACES}"')),
}


@pytest.mark.parametrize("name", READ)
def test_a_strange_file_is_read(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(READ[name]())
    done = check(path)
    # A file of these that has no row to be read says so; none is taken for hostile or for damaged.
    assert "to be safe" not in done.complaint
    assert "damaged" not in done.complaint
    assert "could not be finished" not in done.complaint


# What a cell may hold that takes an expression long ---------------------------------------------

TRICKS = {
    "spaces": "a" + " " * 32_000 + "b",
    "spaces after a digit": "1" + " " * 32_000 + "x",
    "tabs": "1" + "\t" * 32_000 + "1",
    "no-break spaces": "1" + "\u00a0" * 32_000 + "h",
    "letters": "x" * 32_000,
    "digits": "1" * 32_000,
    "zeros": "0" * 32_000,
    "commas": "1," * 16_000,
    "spaced digits": "1 " * 16_000,
    "brackets": "( " * 16_000,
    "signs": "€" * 32_000,
    "amounts": "1€ " * 10_000,
    "weekdays": "Mon, " * 6_000,
    "months": "Jan " * 8_000,
    "lines": "a\n" * 16_000,
    "faces": "😀" * 32_000,
    "clocks": "1:" * 16_000,
    "addresses": "a@" * 16_000,
}
TOUCHPOINT = {"Date": "2026-09-01", "Client": "Acme", "Activity": "Call", "Minutes": "20"}
SALE = {
    "Date": "2026-09-01",
    "Client": "Acme",
    "Amount": "20.5",
    "Status": "paid",
    "Client ID": "c1",
}


@pytest.mark.parametrize("row", [TOUCHPOINT, SALE], ids=["touchpoints", "sales"])
@pytest.mark.parametrize("trick", TRICKS)
def test_a_long_text_in_any_column_takes_no_time(tmp_path, row, trick):
    """Some took minutes: an expression that gives back what it took was tried at every letter."""
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, list(row))
        rows.writeheader()
        rows.writerow(row)
        rows.writerows({**row, column: TRICKS[trick]} for column in row)
    done = check(path)
    assert done.code in (0, 3)
    assert len(done.printed) < 5_000
