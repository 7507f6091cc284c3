"""Every workbook by two libraries: what python-calamine reads, and with it the program, and openpyxl.

``KINDS`` is the whole list of what they read differently in one cell, and what the program makes of it.
Beyond it the two agree, cell by cell, on every sample, every form of the fuzzer's book and on tables
that were messed up.
"""

import io
import re
import warnings
from datetime import date, datetime, time
from pathlib import Path

import fuzz_books as books
import openpyxl
import pytest
import second_readers as readers
from mess_verdicts import samples
from messes import mess
from python_calamine import CalamineWorkbook
from spreadsheets import Sheet, write

from reportgen.reading.grids import workbook_grids
from reportgen.reading.safety.found import UNCALCULATED, error

ROOT = Path(__file__).parents[2]
SHEET = "xl/worksheets/sheet1.xml"
GIVES_UP = "(it reads nothing of the sheet)"
NA, SPILL = error("#N/A"), error("#SPILL!")
EVE = time(0, 0)
NAN = float("nan")

KINDS = {
    # kind: (the cell, as calamine has it, as openpyxl has it, as the program has it)
    "an error is a blank to calamine; it is named": (
        '<c r="A9" t="e"><v>#N/A</v></c>', "", "#N/A", NA,
    ),
    "a newer error shuts the sheet for calamine; it is named": (
        '<c r="A9" t="e"><v>#SPILL!</v></c>', GIVES_UP, "#SPILL!", SPILL,
    ),
    "a formula without a saved value is a blank to both; it is named": (
        '<c r="A9"><f>1+1</f></c>', "", None, UNCALCULATED,
    ),
    "a blank has two forms; both are blank": (
        '<c r="A9" t="str"><f>""</f><v></v></c>', "", None, "",
    ),
    "calamine turns the code of a sign into the sign; a control character goes later": (
        '<c r="A9" t="inlineStr"><is><t>Ann_x000D_</t></is></c>', "Ann\r", "Ann_x000D_", "Ann\r",
    ),
    "no day comes before the first; neither day is one to the program": (
        '<c r="A9" s="1"><v>-5</v></c>', EVE, datetime.fromisoformat("1899-12-25"), EVE,
    ),
    "what is not a number shuts the workbook for openpyxl; it is a problem of its cell": (
        '<c r="A9"><v>NaN</v></c>', NAN, GIVES_UP, NAN,
    ),
    "a day that is none shuts the workbook for openpyxl; it is a text": (
        '<c r="A9" t="d"><v>2024-02-30</v></c>', "2024-02-30", GIVES_UP, "2024-02-30",
    ),
    "a day has a time to openpyxl, of midnight": (
        '<c r="A9" s="1"><v>46026</v></c>',
        date(2026, 1, 4), datetime.fromisoformat("2026-01-04"), date(2026, 1, 4),
    ),
    "a text whose spaces are not to be kept loses them in calamine; names are tidied anyway": (
        '<c r="A9" t="inlineStr"><is><t> Ann </t></is></c>', "Ann", " Ann ", "Ann",
    ),
    "words in the place of a number are words to calamine alone": (
        '<c r="A9" t="inlineStr"><v>12</v></c>', "", None, "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_difference(kind):
    cell, by_calamine, by_openpyxl, by_us = KINDS[kind]
    parts = books.unzipped(books.workbook(".xlsx"))
    text = parts[SHEET].decode()
    parts[SHEET] = re.sub('<c r="A9".*?</c>', lambda _: cell, text, count=1).encode()
    content = books.zipped(parts)
    assert str(_calamine(content)) == str(by_calamine)
    assert str(_openpyxl(content)) == str(by_openpyxl)
    assert str(workbook_grids(content, "book.xlsx")[0].rows[8][0]) == str(by_us)


def _calamine(content):
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except Exception:
        return GIVES_UP
    return sheet.to_python(skip_empty_area=False)[8][0]


def _openpyxl(content):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return (
                openpyxl.load_workbook(io.BytesIO(content), data_only=True)
                .worksheets[0]["A9"]
                .value
            )
        except ValueError:
            return GIVES_UP


def agree(content: bytes) -> int:
    """How many cells two readings of a workbook have, all of them the same."""
    ours = readers.read_by_us(workbook_grids(content, "book.xlsx"))
    theirs = readers.read_by_openpyxl(content)
    assert readers.same(ours, theirs)
    return sum(map(len, ours.values()))


@pytest.mark.parametrize("name", ["interior-designer", "meal-box", "messy", "shoe-shop"])
def test_samples(name):
    assert agree((ROOT / f"sample_data/{name}.xlsx").read_bytes()) > 300


@pytest.mark.parametrize(
    "book",
    [books.by_openpyxl, books.with_results, books.with_texts_in_cells],
    ids=["openpyxl", "results", "texts in cells"],
)
def test_forms_of_one_book(book):
    assert agree(book()) > 80


@pytest.mark.parametrize("kind", [".xlsx", ".xlsm"])
def test_kinds_of_one_book(kind):
    assert agree(books.workbook(kind)) == 88


def test_messes(tmp_path):
    """Merged cells are left out: the program repeats a name or a day in each row that it stands beside."""
    cells = 0
    for number in range(40):
        sheets = [Sheet(one.name, one.rows, one.hidden, one.hidden_rows) for one in _sheets(number)]
        path = tmp_path / f"{number}.xlsx"
        write(path, sheets)
        cells += agree(path.read_bytes())
    assert cells > 5_000


def _sheets(number):
    return mess(number, samples()).sheets


def test_a_merged_name_stands_in_each_of_its_rows(tmp_path):
    """openpyxl and calamine have it in the first alone."""
    path = tmp_path / "merged.xlsx"
    rows = [["Client", "Amount"], ["Ann", 10.0], [None, 20.0]]
    write(path, [Sheet("Sales", rows, merged=((1, 2, 0),))])
    ours = readers.read_by_us(workbook_grids(path.read_bytes(), "merged.xlsx"))["Sales"]
    theirs = readers.read_by_openpyxl(path.read_bytes())["Sales"]
    assert ours == {**theirs, (2, 0): "Ann"}


@pytest.mark.parametrize(
    ("kind", "reader"),
    [
        (".ods", readers.read_opendocument),
        (".xlsb", readers.read_biff12),
        (".xls", lambda content: readers.read_biff8(books.xls_stream(content))),
    ],
)
def test_other_kinds_by_a_reader_of_their_records(kind, reader):
    content = books.workbook(kind)
    ours = readers.read_by_us(workbook_grids(content, f"book{kind}"))
    assert readers.same(readers.serials(ours), readers.serials(reader(content)))
