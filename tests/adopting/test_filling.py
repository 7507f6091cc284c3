"""A day on which something was done goes into the blank cell of the row that waits for it."""

import openpyxl
import pytest
from program import reportgen

HEADERS = [
    *("Date", "Client", "Activity", "Topic", "Promise", "Promised for", "Done on", "Signal"),
    "Resolved on",
]
OURS = [
    ["2026-06-01", "Acme", "Email", "Lounge", None, None, None, None, None],
    ["2026-06-01", "Acme", "Email", "Lounge", "the quote", "2026-06-20", None, None, None],
    ["2026-06-01", "Acme", "Email", "Lounge", "the plan", "2026-06-21", "2026-06-19", None, None],
    ["2026-06-02", "Bell", "Call", None, None, None, None, "complaint", None],
]


@pytest.fixture
def workbook(tmp_path):
    """Three rows that only their promises tell apart, and a complaint."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Touchpoints"
    for row in [HEADERS, *OURS]:
        sheet.append(row)
    clients = book.create_sheet("Clients")
    for name in ("Client", "Acme", "Bell"):
        clients.append([name])
    book.save(tmp_path / "clients.xlsx")
    return tmp_path / "clients.xlsx"


def adopted(workbook, lines, *arguments):
    text = "\n".join([",".join(HEADERS), *lines, ""])
    (workbook.parent / "done.csv").write_text(text, encoding="utf-8")
    run = reportgen("adopt", "done.csv", "--into", workbook.name, *arguments, cwd=workbook.parent)
    assert run.returncode == 0, run.stderr
    return run.stdout


def rows(workbook):
    found = openpyxl.load_workbook(workbook)["Touchpoints"].iter_rows(min_row=2, values_only=True)
    return [[None if cell is None else str(cell)[:10] for cell in row[:9]] for row in found]


def test_of_rows_alike_the_one_with_that_promise_is_filled(workbook):
    said = adopted(workbook, ["2026-06-01,Acme,Email,Lounge,the quote,2026-06-20,2026-07-03,,"])
    assert "Filled in: Done on, row 3 of Touchpoints." in said
    assert "clients.xlsx is filled in: 1 cell." in said
    done = [*OURS[1][:6], "2026-07-03", None, None]
    assert rows(workbook) == [OURS[0], done, *OURS[2:]]


def test_a_complaint_is_put_right_on_its_day(workbook):
    said = adopted(workbook, ["2026-06-02,Bell,Call,,,,,complaint,2026-07-04"])
    assert "Filled in: Resolved on, row 5 of Touchpoints." in said
    assert rows(workbook)[3] == [*OURS[3][:8], "2026-07-04"]


def test_a_cell_that_is_filled_stays_as_it_is_and_that_is_said(workbook):
    before = workbook.read_bytes()
    said = adopted(workbook, ["2026-06-01,Acme,Email,Lounge,the plan,2026-06-21,2026-07-03,,"])
    assert workbook.read_bytes() == before
    assert "Filled in" not in said
    assert "stays as it is" in said


def test_what_has_not_to_be_written_is_only_said(workbook):
    before = workbook.read_bytes()
    lines = ["2026-06-01,Acme,Email,Lounge,the quote,2026-06-20,2026-07-03,,"]
    said = adopted(workbook, lines, "--dry-run")
    assert workbook.read_bytes() == before
    assert "To fill in: Done on, row 3 of Touchpoints." in said


def test_a_column_that_she_has_not_got_is_added_for_it(workbook):
    book = openpyxl.load_workbook(workbook)
    book["Touchpoints"].delete_cols(9)
    book.save(workbook)
    adopted(workbook, ["2026-06-02,Bell,Call,,,,,complaint,2026-07-04"])
    sheet = openpyxl.load_workbook(workbook)["Touchpoints"]
    assert [cell.value for cell in sheet[1]] == HEADERS
    assert rows(workbook)[3] == [*OURS[3][:8], "2026-07-04"]


def test_two_files_alike_fill_in_once(workbook):
    lines = ["2026-06-01,Acme,Email,Lounge,the quote,2026-06-20,2026-07-03,,"]
    adopted(workbook, lines)
    once = workbook.read_bytes()
    assert "Nothing is new" in adopted(workbook, lines)
    assert workbook.read_bytes() == once


def test_a_name_that_a_spreadsheet_would_calculate_is_the_same_client(workbook):
    """The file of what is ticked has an apostrophe before it; the workbook, and the client, have none."""
    book = openpyxl.load_workbook(workbook)
    book["Clients"].append(["@handmade"])
    book["Touchpoints"].append(["2026-06-03", "@handmade", "Call"])
    book.save(workbook)
    lines = ["2026-07-03,'@handmade,Email,,,,,,"]
    assert "clients.xlsx has new rows: 1 in Touchpoints." in adopted(workbook, lines)
    assert rows(workbook)[-1][:3] == ["2026-07-03", "@handmade", "Email"]
    assert "Nothing is new" in adopted(workbook, lines)
