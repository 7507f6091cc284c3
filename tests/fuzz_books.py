"""The small books that the fuzzer damages: one table of touchpoints and one of sales in every form."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import xlsxwriter
from spreadsheets import Sheet, write, write_csv

_CLIENTS = ("Harbour & Finch", "Møller <Bakery>", 'The "Oak" Studio', "Ann Smith", "Zürich Co")
_ACTIVITIES = ("Call", "Meeting", "E-mail", "Visit")
TOUCHPOINTS = [
    ["Date", "Client", "Activity", "Minutes", "Notes"],
    *(
        [
            date(2026, 1 + at % 9, 3 + at * 7 % 25),
            _CLIENTS[at % 5],
            _ACTIVITIES[at % 4],
            float(10 + 5 * at),
            f"note {at}" if at % 3 else None,
        ]
        for at in range(12)
    ),
]
SALES = [
    ["Date", "Client", "Amount"],
    *(
        [date(2026, 1 + at, 4 + 2 * at), _CLIENTS[at % 5], 100.0 * at + 49.5 + at / 4]
        for at in range(8)
    ),
]
BOOK = (Sheet("Touchpoints", TOUCHPOINTS), Sheet("Sales", SALES))

VCF = "\r\n".join(
    line
    for at, name in enumerate(("Ann Smith", "Bo Larsen", "Çelik Ltd", "Dora Mill", "Ed O'Hara"))
    for line in (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{name}",
        f"N:{name.split()[1]};{name.split()[0]};;;",
        f"ORG:Firm {at}",
        f"EMAIL;TYPE=WORK:person{at}@example.org",
        f"TEL;TYPE=CELL:+44 20 7946 0{at}00",
        f"NOTE:met in {2020 + at}",
        f"UID:card-{at}",
        "END:VCARD",
        "",
    )
).encode()

ICS = "\r\n".join(
    (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Example//Calendar//EN",
        "X-WR-CALNAME:owner@example.org",
        "X-WR-TIMEZONE:Europe/London",
        *(
            line
            for at in range(6)
            for line in (
                "BEGIN:VEVENT",
                f"UID:event-{at}@example.org",
                "DTSTAMP:20260901T080000Z",
                f"DTSTART:2026{at + 3:02}1{at}T090000Z",
                f"DTEND:2026{at + 3:02}1{at}T094500Z",
                f"SUMMARY:Call number {at}",
                "ORGANIZER:mailto:owner@example.org",
                f"ATTENDEE;CN=Guest {at};PARTSTAT=ACCEPTED:mailto:guest{at}@example.org",
                *(["RRULE:FREQ=MONTHLY;COUNT=3"] if at == 2 else []),
                "LOCATION:Office",
                "END:VEVENT",
            )
        ),
        "END:VCALENDAR",
        "",
    )
).encode()

TOML = b"""[settings]
business_name = "Harbour Studio"
red_line_days = 45
currency = "GBP"

[columns]
Client = ["Kunde", "Firma"]
Date = "Datum"

[words]
happened = ["Picked up"]

[rates]
EUR = 0.86

[editions.coach]
drop = ["Segment"]

[privacy]
secret = "twenty letters or more"
"""


@cache
def workbook(kind: str) -> bytes:
    """The book as a workbook of that suffix."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"book{kind}")
        write(path, BOOK)
        return path.read_bytes() if kind == ".xls" else _without_the_hour(path.read_bytes())


@cache
def text(delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """The table of sales as a .csv."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sales.csv")
        write_csv(path, BOOK[1], delimiter, encoding)
        return path.read_bytes()


@cache
def by_openpyxl() -> bytes:
    """The book as openpyxl writes it, with errors, formulas and a switch."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for one in BOOK:
        sheet = book.create_sheet(one.name)
        for row in one.rows:
            sheet.append(row)
    book["Touchpoints"]["F1"] = "Was it good"
    book["Touchpoints"]["F2"] = True
    book["Touchpoints"]["F3"] = "#N/A"
    book["Touchpoints"]["F4"] = "=1+1"
    made = io.BytesIO()
    book.save(made)
    return _without_the_hour(made.getvalue())


@cache
def with_results() -> bytes:
    """The book with formulas that have results: a number, a text, an error."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"default_date_format": "dd/mm/yyyy"}) as book:
        for one in BOOK:
            sheet = book.add_worksheet(one.name)
            for at, row in enumerate(one.rows):
                sheet.write_row(at, 0, row)
        sheet = book.get_worksheet_by_name("Sales")
        sheet.write_formula("E2", "=1+1", None, 2)
        sheet.write_formula("E3", '="a"&"b"', None, "ab")
        sheet.write_formula("E4", "=1/0", None, "#DIV/0!")
        sheet.write_boolean("E5", False)
        sheet.write_rich_string("E6", "rich ", book.add_format({"bold": 1}), "text")
    return _without_the_hour(made.getvalue())


@cache
def with_texts_in_cells() -> bytes:
    """The book with every text in its own cell, and no table of texts."""
    made = io.BytesIO()
    form = {"default_date_format": "yyyy-mm-dd", "constant_memory": True}
    with xlsxwriter.Workbook(made, form) as book:
        for one in BOOK:
            sheet = book.add_worksheet(one.name)
            for at, row in enumerate(one.rows):
                sheet.write_row(at, 0, row)
    return _without_the_hour(made.getvalue())


def _without_the_hour(content: bytes) -> bytes:
    """The archive without the times at which it was made, so that a case is the same for ever."""
    stamp = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    return zipped(
        {
            name: stamp.sub(b"2026-01-01T00:00:00Z", part) if name == "docProps/core.xml" else part
            for name, part in unzipped(content).items()
        }
    )


def unzipped(content: bytes) -> dict[str, bytes]:
    """Part → its bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of the parts, with checksums that are right."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, method)
    return made.getvalue()


def xls_stream(content: bytes) -> bytes:
    """The workbook stream of an .xls as xlwt writes it: in one piece, behind the header.

    Its length stands in the second entry of the directory.
    """
    directory = (int.from_bytes(content[48:52], "little") + 1) * 512
    entry = content[directory + 128 : directory + 256]
    first, length = (int.from_bytes(entry[at : at + 4], "little") for at in (116, 120))
    return content[(first + 1) * 512 : (first + 1) * 512 + length]


def as_xls(stream: bytes) -> bytes:
    """The compound file of a workbook stream."""
    from xlwt.CompoundDoc import XlsDoc

    made = io.BytesIO()
    XlsDoc().save(made, stream)
    return made.getvalue()
