"""From the files that an owner has to a workbook and its report: the whole way of ``adopt``."""

import io
import json
import re
import sys
from pathlib import Path

import openpyxl
import pytest
from program import reportgen

AS_OF = "2026-06-30"
SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"

SALES = """\
Order ID,Order date,Customer name,Product,Total amount
1001,2026-01-05,Alder Cafe,Beans,120.50
1002,2026-02-05,Alder Cafe,Filters,90
1003,2026-03-05,Birch Hotel,Beans,300
"""
STUDENTS = """\
Name,Tel,email,class,last contact,notes,started
Anna K,07700 900111,anna@example.com,Tues,12/05/26,bad knee,06/01/2026
Ben,,ben@example.com,Thurs,3 Sept,,March 2024
Carla,07700 900222,,Tues,20/05/2026,"=cmd|' /C calc'!A0",
TOTAL,,,605,,,
"""
JOBS = """\
date;customer;job;hrs;£;paid?
05/01/26;Mrs Jones;boiler;1.5;80;y
14/01/26;The Red Lion;tap;half day;120;n
20/01/26;Mrs Jones;leak;2;240+vat;
"""
SALON = """\
Date,Client,Service,Start time,Duration,Price,Status
2026-01-05,Ada N,Haircut,10:00,45 min,35,Completed
2026-01-06,Ben S,Colour,11:00,90 min,90,No-show
2027-01-07,Cy T,Haircut,12:00,45 min,35,Booked
"""
LINES = """\
Invoice date,Invoice number,Customer name,Total,Item,Item total
2026-01-05,INV-1,Alder Cafe,300,Design,150
2026-01-05,INV-1,Alder Cafe,300,Print,150
2026-02-05,INV-2,Birch Hotel,80,Design,80
"""
REFUNDS = """\
Date;Kunde;Typ;Betrag
05.01.2026;Grün & Söhne;Rechnung;1.000,50 €
20.01.2026;Grün & Söhne;Gutschrift;200,50 €
03.02.2026;Birch Hotel;Rechnung;200,00 €
"""
LONG_NIGHT = """\
Date,Client,Start,End,Activity
2026-01-05,Alder Cafe,22:00,00:45,Call
2026-01-06,Birch Hotel,09:00,11:30,Meeting
"""
CERTAIN = {
    "sales": SALES,
    "jobs": JOBS,
    "salon": SALON,
    "lines": LINES,
    "refunds": REFUNDS,
    "night": LONG_NIGHT,
}
"""Files about which there is nothing to ask."""


def put(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def adopted(folder, *arguments):
    return reportgen("adopt", *arguments, cwd=folder)


def sheet(path, name):
    """The rows of a sheet, without its headers; blank cells at the end of a row are left out."""
    rows = openpyxl.load_workbook(path)[name].iter_rows(min_row=2, values_only=True)
    return [row for row in rows if any(cell is not None for cell in row)]


def analysed(path, *arguments):
    """What is wrong, and all else that ``analyse`` prints but the places of rows and files."""
    run = reportgen("analyse", path, "--as-of", AS_OF, *arguments)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    return sorted(one["found"] for one in found.pop("problems")), without_places(found)


def without_places(found):
    if isinstance(found, dict):
        places = {"row", "rows", "source", "unread", "cells", "where", "problems"}
        return {key: without_places(one) for key, one in found.items() if key not in places}
    return [without_places(one) for one in found] if isinstance(found, list) else found


class Terminal(io.StringIO):
    """What the owner types."""

    def isatty(self):
        return True


# What is written ---------------------------------------------------------------------------------
def test_a_list_of_sales_becomes_a_workbook_of_ours(tmp_path):
    put(tmp_path, "orders.csv", SALES)
    run = adopted(tmp_path, "orders.csv")
    assert run.returncode == 0, run.stderr
    assert "clients.xlsx is ready: 2 in Clients and 3 in Sales." in run.stdout
    assert "“Total amount”" in run.stdout
    assert "reportgen build clients.xlsx" in run.stdout
    book = openpyxl.load_workbook(tmp_path / "clients.xlsx")
    assert book.sheetnames[:5] == ["Read me", "Business", "Clients", "Touchpoints", "Sales"]
    headers = [cell.value for cell in book["Sales"][1]]
    assert headers[-2:] == ["Taken from", "Id there"]
    first = dict(zip(headers, book["Sales"][2], strict=True))
    assert first["Date *"].is_date
    assert first["Date *"].value.date().isoformat() == "2026-01-05"
    assert first["Amount *"].value == 120.5
    assert first["Amount *"].number_format == "#,##0.00"
    assert first["Client *"].value == "Alder Cafe"
    assert first["Taken from"].value == "orders.csv, row 2"
    assert first["Id there"].value == "Order ID 1001"
    assert [row[0] for row in sheet(tmp_path / "clients.xlsx", "Clients")] == [
        "Alder Cafe",
        "Birch Hotel",
    ]
    assert not any(
        "Example" in str(cell)
        for name in book.sheetnames[1:]
        for row in sheet(tmp_path / "clients.xlsx", name)
        for cell in row
    )


def test_the_workbook_keeps_its_drop_downs_and_they_reach_the_last_row(tmp_path):
    rows = "".join(f"{n},2026-01-05,Client {n},Beans,{n}\n" for n in range(1, 2501))
    put(tmp_path, "orders.csv", "Order ID,Order date,Customer,Product,Total\n" + rows)
    assert adopted(tmp_path, "orders.csv").returncode == 0
    checks = openpyxl.load_workbook(tmp_path / "clients.xlsx")["Sales"].data_validations
    reach = {str(one.sqref) for one in checks.dataValidation}
    assert any(one.startswith("B2:B") and int(one[4:]) >= 2501 for one in reach)
    assert reportgen("check", tmp_path / "clients.xlsx").returncode == 0


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    put(tmp_path, "students.csv", STUDENTS)
    assert adopted(tmp_path, "students.csv", "--yes").returncode == 0
    book = openpyxl.load_workbook(tmp_path / "clients.xlsx")
    cells = [cell for row in book["Clients"].iter_rows(min_row=2) for cell in row if cell.value]
    assert "=cmd|' /C calc'!A0" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "d", "n", "inlineStr"}


def test_what_could_not_be_used_stands_in_the_workbook_as_it_was_written(tmp_path):
    put(tmp_path, "students.csv", STUDENTS)
    run = adopted(tmp_path, "students.csv", "--yes")
    assert "“3 Sept”" in run.stdout
    assert ("3 Sept", "Ben") in [row[:2] for row in sheet(tmp_path / "clients.xlsx", "Touchpoints")]
    said = reportgen("check", tmp_path / "clients.xlsx").stdout
    assert "found “3 Sept”" in said


def test_hours_that_could_not_be_used_keep_their_unit(tmp_path):
    put(tmp_path, "hours.csv", "Date,Client,Hours\n2026-01-05,Acme,30\n2026-01-06,Acme,2\n")
    assert adopted(tmp_path, "hours.csv").returncode == 0
    rows = openpyxl.load_workbook(tmp_path / "clients.xlsx")["Touchpoints"]
    assert [rows.cell(row, 7).value for row in (2, 3)] == ["30 h", 120]


def test_an_amount_in_another_currency_is_not_taken_for_ours(tmp_path):
    put(
        tmp_path,
        "sales.csv",
        "Date,Client,Amount,Currency\n2026-01-05,Acme,100,GBP\n2026-01-06,Acme,90,GBP\n"
        "2026-01-07,Acme,9000,JPY\n",
    )
    run = adopted(tmp_path, "sales.csv")
    assert "“JPY”" in run.stdout
    assert [row[2] for row in sheet(tmp_path / "clients.xlsx", "Sales")] == [100, 90]


# The same report ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", CERTAIN)
def test_a_file_gives_the_same_report_with_and_without_adopting_it(tmp_path, name):
    file = put(tmp_path, f"{name}.csv", CERTAIN[name])
    run = adopted(tmp_path, file.name)
    assert run.returncode == 0, run.stdout + run.stderr
    (problems, straight), (after, through) = analysed(file), analysed(tmp_path / "clients.xlsx")
    assert through == straight
    assert straight["clients"], "the file has clients to compare"
    # The header of the file says £; in the workbook the cell says it.
    assert [found.replace("240+vat GBP", "240+vat") for found in after] == problems


def test_a_workbook_of_several_sheets_gives_the_same_report(tmp_path):
    book = openpyxl.Workbook()
    for year in (2024, 2025):
        page = book.create_sheet(str(year))
        page.append(["Invoice date", "Customer", "Total"])
        page.append([f"{year}-03-01", "Acme", 100])
        page.append([f"{year}-04-01", "Birch", 50.25])
    page = book.create_sheet("Visits")
    page.append(["Date", "Client", "Activity", "Minutes"])
    page.append(["2026-03-20", "Acme", "Phone call", 25])
    page.append(["2026-03-21", "Birch", "Reiki session", None])
    del book["Sheet"]
    book.save(tmp_path / "mine.xlsx")
    assert adopted(tmp_path, "mine.xlsx").returncode == 0
    assert analysed(tmp_path / "clients.xlsx") == analysed(tmp_path / "mine.xlsx")
    whence = [row[-2] for row in sheet(tmp_path / "clients.xlsx", "Sales")]
    assert whence[0] == "mine.xlsx, 2024, row 2"


def test_a_list_with_a_question_gives_the_same_report_once_it_is_answered(tmp_path):
    file = put(tmp_path, "students.csv", STUDENTS)
    assert adopted(tmp_path, file.name, "--yes").returncode == 0
    (_, straight), (_, through) = analysed(file), analysed(tmp_path / "clients.xlsx")
    assert through == straight


# Again -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", CERTAIN)
def test_the_same_file_again_leaves_the_workbook_as_it_is(tmp_path, name):
    put(tmp_path, f"{name}.csv", CERTAIN[name])
    adopted(tmp_path, f"{name}.csv")
    book = tmp_path / "clients.xlsx"
    before, touched = book.read_bytes(), book.stat().st_mtime_ns
    run = adopted(tmp_path, f"{name}.csv", "--into", "clients.xlsx")
    assert run.returncode == 0, run.stderr
    assert "Nothing is new" in run.stdout
    assert "has changed" not in run.stdout
    assert (book.read_bytes(), book.stat().st_mtime_ns) == (before, touched)


def test_adopting_makes_the_same_bytes_every_time(tmp_path):
    put(tmp_path, "orders.csv", SALES)
    adopted(tmp_path, "orders.csv", "-o", "one.xlsx")
    adopted(tmp_path, "orders.csv", "-o", "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_later_export_adds_what_is_new_and_says_what_has_changed(tmp_path):
    put(tmp_path, "orders.csv", SALES)
    adopted(tmp_path, "orders.csv")
    later = SALES.replace(
        "1002,2026-02-05,Alder Cafe,Filters,90", "1002,2026-02-05,Alder Cafe,Filters,95"
    )
    put(tmp_path, "november.csv", later + "1004,2026-04-05,Cedar Spa,Beans,60\n")
    run = adopted(tmp_path, "november.csv", "--into", "clients.xlsx")
    assert run.returncode == 0, run.stderr
    assert "has new rows: 1 in Clients and 1 in Sales" in run.stdout
    assert re.search(
        r"november\.csv, row 3 has changed: Amount is “95” there and “90” here\. Row Sales!3",
        run.stdout,
    )
    rows = sheet(tmp_path / "clients.xlsx", "Sales")
    assert [row[2] for row in rows] == [120.5, 90, 300, 60]
    assert rows[-1][-2:] == ("november.csv, row 5", "Order ID 1004")


def test_without_ids_the_day_the_client_and_the_amount_tell_a_row(tmp_path):
    january = "Date,Client,Amount,Service\n2026-01-05,Acme,60,Yoga\n2026-01-05,Acme,60,Yoga\n"
    put(tmp_path, "january.csv", january)
    adopted(tmp_path, "january.csv")
    # Two alike are two; a third one is new. A word that differs is a change, not a row.
    put(
        tmp_path,
        "february.csv",
        january.replace("60,Yoga\n", "60,Pilates\n", 1) + "2026-01-05,Acme,60,Yoga\n",
    )
    run = adopted(tmp_path, "february.csv", "--into", "clients.xlsx")
    assert "has new rows: 1 in Sales" in run.stdout
    assert "Service is “Pilates” there and “Yoga” here" in run.stdout
    assert len(sheet(tmp_path / "clients.xlsx", "Sales")) == 3


def test_two_files_at_once_that_tell_of_one_sale_count_it_once(tmp_path):
    put(tmp_path, "a.csv", "Date,Client,Amount\n2026-01-05,Acme,60\n2026-02-05,Acme,70\n")
    put(
        tmp_path,
        "b.csv",
        "Invoice date,Customer,Total\n2026-02-05,ACME,70.00\n2026-03-05,Acme,80\n",
    )
    run = adopted(tmp_path, "a.csv", "b.csv")
    assert run.returncode == 0, run.stderr
    assert [row[2] for row in sheet(tmp_path / "clients.xlsx", "Sales")] == [60, 70, 80]


def test_a_sale_that_she_typed_herself_is_known(tmp_path):
    put(tmp_path, "orders.csv", SALES)
    adopted(tmp_path, "orders.csv")
    book = openpyxl.load_workbook(tmp_path / "clients.xlsx")
    book["Sales"].append(["2026-04-05", "Cedar Spa", 60])
    book.save(tmp_path / "clients.xlsx")
    put(tmp_path, "bank.csv", "Date,Client,Amount\n2026-04-05,Cedar Spa,60.00\n")
    run = adopted(tmp_path, "bank.csv", "--into", "clients.xlsx")
    assert "in Sales" not in run.stdout.partition("has new rows")[2]
    assert len(sheet(tmp_path / "clients.xlsx", "Sales")) == 4


def test_a_row_that_she_has_changed_is_known_and_stays_as_she_has_it(tmp_path):
    put(tmp_path, "list.csv", "Date,Client,Amount\n2026-01-05,Acme Ltdd,60\n2026-01-06,Birch,70\n")
    adopted(tmp_path, "list.csv")
    book = openpyxl.load_workbook(tmp_path / "clients.xlsx")
    book["Sales"]["B2"] = "Acme Ltd"
    book.save(tmp_path / "clients.xlsx")
    run = adopted(tmp_path, "list.csv", "--into", "clients.xlsx")
    assert "Nothing is new" in run.stdout
    assert "Client is “Acme Ltdd” there and “Acme Ltd” here" in run.stdout
    assert openpyxl.load_workbook(tmp_path / "clients.xlsx")["Sales"]["B2"].value == "Acme Ltd"


# Into --------------------------------------------------------------------------------------------
@pytest.fixture
def book(tmp_path):
    """A workbook of ours with one sale, a row that the owner typed, a note, a formula and a colour."""
    put(tmp_path, "orders.csv", "Date,Client,Amount\n2026-01-05,Acme,60\n")
    adopted(tmp_path, "orders.csv")
    path = tmp_path / "clients.xlsx"
    workbook = openpyxl.load_workbook(path)
    page = workbook["Sales"]
    page["A3"], page["B3"], page["C3"] = "2026-02-01", "Birch", 25
    page["P1"], page["P2"], page["P3"] = "Half", "=C2/2", "=C3/2"
    page["P4"] = "=C4/2"
    page["B3"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    workbook.save(path)
    return path


def test_adding_rows_changes_no_cell_that_stood_there(tmp_path, book):
    before = openpyxl.load_workbook(book)
    put(tmp_path, "more.csv", "Date,Client,Amount,Notes\n2026-03-05,Cedar,70,x\n")
    run = adopted(tmp_path, "more.csv", "--into", "clients.xlsx")
    assert run.returncode == 0, run.stderr
    after = openpyxl.load_workbook(book)
    for page in before:
        for row in page.iter_rows():
            for cell in row:
                now = after[page.title][cell.coordinate]
                if cell.value is not None:
                    assert now.value == cell.value
                assert now.style_id == cell.style_id or cell.value is None
    assert [cell.value for cell in after["Sales"][4]][1:3] == ["Cedar", 70]
    assert after["Sales"]["P4"].value == "=C4/2", "her formula counts the new row"
    assert after["Sales"]["A4"].is_date


def test_other_parts_of_the_workbook_stay_byte_for_byte(tmp_path, book):
    import zipfile

    with zipfile.ZipFile(book) as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
    put(tmp_path, "more.csv", "Date,Client,Amount\n2026-03-05,Cedar,70\n")
    adopted(tmp_path, "more.csv", "--into", "clients.xlsx")
    with zipfile.ZipFile(book) as archive:
        after = {name: archive.read(name) for name in archive.namelist()}
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name] != before[name]}
    assert len(changed) <= 4
    assert all("sheet" in name or "styles" in name or "workbook" in name for name in changed)


@pytest.mark.parametrize("lock", ["~$clients.xlsx", ".~lock.clients.xlsx#"])
def test_a_workbook_that_is_open_is_left_alone(tmp_path, book, lock):
    put(tmp_path, lock, "")
    run = adopted(tmp_path, "orders.csv", "--into", "clients.xlsx")
    assert run.returncode == 1
    assert "clients.xlsx is open; save and close it" in run.stderr


def test_a_workbook_that_is_saved_meanwhile_is_left_as_it_was_saved(tmp_path, book, monkeypatch):
    from reportgen.cli import adopt as cli

    put(tmp_path, "more.csv", "Date,Client,Amount\n2026-03-05,Cedar,70\n")
    walked = cli._walked

    def saved_meanwhile(job, quiet):
        answer = walked(job, quiet)
        book.write_bytes(b"saved by another program")
        return answer

    monkeypatch.setattr(cli, "_walked", saved_meanwhile)
    run = adopted(tmp_path, "more.csv", "--into", "clients.xlsx")
    assert run.returncode == 1
    assert "was saved while its rows were read" in run.stderr
    assert book.read_bytes() == b"saved by another program"
    assert not [one for one in tmp_path.iterdir() if "reportgen-new" in one.name]


def test_a_workbook_that_is_not_ours_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "2026 jobs"
    book.active.append(["date", "customer", "amount"])
    book.active.append(["2026-01-01", "Acme", 5])
    book.save(tmp_path / "hers.xlsx")
    before = (tmp_path / "hers.xlsx").read_bytes()
    put(tmp_path, "orders.csv", SALES)
    run = adopted(tmp_path, "orders.csv", "--into", "hers.xlsx")
    assert run.returncode == 1
    assert "hers.xlsx has no sheet Clients" in run.stderr
    assert (tmp_path / "hers.xlsx").read_bytes() == before


def test_amounts_in_another_currency_than_the_workbooks_are_refused(tmp_path):
    put(tmp_path, "a.csv", "Date,Client,Amount\n2026-01-05,Acme,£60\n")
    put(tmp_path, "b.csv", "Date,Client,Amount\n2026-01-06,Acme,€70\n")
    adopted(tmp_path, "a.csv")
    run = adopted(tmp_path, "b.csv", "--into", "clients.xlsx")
    assert run.returncode == 1
    assert "The amounts are in EUR, and clients.xlsx is in GBP" in run.stderr


# The command -------------------------------------------------------------------------------------
def test_without_a_terminal_the_questions_are_printed_and_nothing_is_written(tmp_path):
    put(tmp_path, "students.csv", STUDENTS)
    run = adopted(tmp_path, "students.csv")
    assert run.returncode == 1
    assert "Which day is 06/01/2026 in “started” of students.csv?" in run.stdout
    assert "1  6 January 2026 (day first)" in run.stdout
    assert "1 question to answer" in run.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["students.csv"]


def test_enter_takes_the_first_answer_and_a_number_another(tmp_path, monkeypatch):
    put(tmp_path, "two.csv", "Name,Date,Notes\nAnna,12/10/2026,class\nBen,3/9/2026,class\n")
    for typed, out, day in (("\n", "a.xlsx", "2026-10-12"), ("7\n2\n", "b.xlsx", "2026-12-10")):
        (tmp_path / out[0]).mkdir()
        monkeypatch.setattr(sys, "stdin", Terminal(typed))
        run = adopted(tmp_path, "two.csv", "-o", f"{out[0]}/{out}")
        assert run.returncode == 0, run.stderr
        assert sheet(tmp_path / out[0] / out, "Touchpoints")[0][0].date().isoformat() == day


def test_answers_are_remembered_beside_her_own_lines(tmp_path):
    put(tmp_path, "students.csv", STUDENTS)
    put(tmp_path, "reportgen.toml", "# Mine.\n[settings]\nred_line_days = 45  # longer\n")
    assert adopted(tmp_path, "students.csv", "--yes").returncode == 0
    text = (tmp_path / "reportgen.toml").read_text()
    assert text == '# Mine.\n[settings]\ndate_order = "DMY"\nred_line_days = 45  # longer\n'
    run = adopted(tmp_path, "students.csv", "--into", "clients.xlsx")
    assert run.returncode == 0
    assert "?" not in run.stdout
    assert "Nothing is new" in run.stdout


def test_a_dry_run_writes_nothing(tmp_path):
    put(tmp_path, "students.csv", STUDENTS)
    run = adopted(tmp_path, "students.csv", "--yes", "--dry-run")
    assert run.returncode == 0
    assert (
        "Nothing was written; clients.xlsx would get 3 in Clients and 3 in Touchpoints."
        in run.stdout
    )
    assert sorted(one.name for one in tmp_path.iterdir()) == ["students.csv"]


def test_a_workbook_that_is_there_is_not_overwritten(tmp_path):
    put(tmp_path, "orders.csv", SALES)
    put(tmp_path, "clients.xlsx", "hers")
    run = adopted(tmp_path, "orders.csv")
    assert run.returncode == 1
    assert "clients.xlsx exists already; to add to it, say --into clients.xlsx" in run.stderr
    assert (tmp_path / "clients.xlsx").read_text() == "hers"


def test_a_file_of_which_nothing_can_be_used_is_refused_as_build_refuses_it(tmp_path):
    put(tmp_path, "stock.csv", "Item,Colour\nChair,red\nTable,blue\n")
    run = adopted(tmp_path, "stock.csv")
    assert run.returncode == 1
    assert run.stderr == reportgen("build", tmp_path / "stock.csv", "-o", tmp_path / "site").stderr
    assert not (tmp_path / "clients.xlsx").exists()


# init --from -------------------------------------------------------------------------------------
def test_init_begins_with_a_file_of_hers(tmp_path):
    put(tmp_path, "students.csv", STUDENTS)
    run = reportgen("init", "mine", "--from", "students.csv", "--yes", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert {"clients.xlsx", "reportgen.toml", "Makefile", "README.md"} <= {
        one.name for one in (tmp_path / "mine").iterdir()
    }
    names = [row[0] for row in sheet(tmp_path / "mine/clients.xlsx", "Clients")]
    assert names == ["Anna K", "Ben", "Carla"]
    assert 'date_order = "DMY"' in (tmp_path / "mine/reportgen.toml").read_text().splitlines()


@pytest.mark.parametrize(
    ("name", "why"),
    [("students.csv", "1 question to answer"), ("none.csv", "none.csv is not there")],
)
def test_init_that_cannot_begin_with_the_file_leaves_nothing(tmp_path, name, why):
    put(tmp_path, "students.csv", STUDENTS)
    run = reportgen("init", "mine", "--from", name, cwd=tmp_path)
    assert run.returncode == 1
    assert why in run.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["students.csv"]


# Every kind of row -------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["messy", "shoe-shop"])
def test_a_sample_gives_the_same_report_through_a_new_workbook(tmp_path, name):
    """The samples have every sheet, activities of their owner's, and the messy one every problem."""
    sample = SAMPLES / f"{name}.xlsx"
    run = adopted(tmp_path, sample, "--yes")
    assert run.returncode == 0, run.stderr
    settings = ("--config", tmp_path / "reportgen.toml") if name == "messy" else ()
    (_, straight), (_, through) = analysed(sample, *settings), analysed(tmp_path / "clients.xlsx")
    assert through == straight
    again = adopted(tmp_path, sample, "--into", "clients.xlsx")
    assert "Nothing is new" in again.stdout


def test_a_folder_is_adopted_whole_but_for_the_workbook_that_is_added_to(tmp_path):
    put(tmp_path, "orders.csv", SALES)
    put(tmp_path, "visits.csv", "Date,Client,Activity\n2026-01-07,Alder Cafe,Call\n")
    run = adopted(tmp_path, ".")
    assert run.returncode == 0, run.stderr
    assert "2 in Clients, 3 in Sales and 1 in Touchpoints" in run.stdout
    again = adopted(tmp_path, ".", "--into", "clients.xlsx")
    assert "Nothing is new" in again.stdout
    assert "clients.xlsx, sheet" not in again.stdout


# Clients that the workbook knows -----------------------------------------------------------------
def test_a_later_file_is_joined_to_the_clients_of_the_workbook_by_id_and_address(tmp_path):
    put(
        tmp_path,
        "contacts.csv",
        "Customer ID,Company,Contact name,Email\n7,Lee Yoga,Ann Lee,ann@lee.example\n"
        "7,Lee Yoga,Bo Ray,bo@lee.example\n8,Ray Ltd,Cy Ray,cy@ray.example\n",
    )
    run = adopted(tmp_path, "contacts.csv")
    assert run.returncode == 0, run.stderr
    put(tmp_path, "orders.csv", "Order date,Customer ID,Total\n2026-01-05,8,100\n2026-01-06,7,50\n")
    run = adopted(tmp_path, "orders.csv", "--into", "clients.xlsx")
    assert run.returncode == 0, run.stderr
    assert "has new rows: 2 in Sales" in run.stdout
    rows = sheet(tmp_path / "clients.xlsx", "Sales")
    assert [(row[1], row[2]) for row in rows] == [("Ray Ltd", 100), ("Lee Yoga", 50)]
    event = (
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260310T100000\r\nDTEND:20260310T103000\r\nSUMMARY:Plan\r\n"
        "ATTENDEE:mailto:bo@lee.example\r\nEND:VEVENT\r\n"
    )
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\n{event}END:VCALENDAR\r\n"
    put(tmp_path, "diary.ics", calendar)
    run = adopted(tmp_path, "diary.ics", "--into", "clients.xlsx")
    assert "has new rows: 1 in Touchpoints" in run.stdout, run.stdout + run.stderr
    assert sheet(tmp_path / "clients.xlsx", "Touchpoints")[0][1] == "Lee Yoga"


# What is said ------------------------------------------------------------------------------------
def test_it_says_what_each_column_is_and_what_it_leaves_out_and_why(tmp_path):
    put(
        tmp_path,
        "list.csv",
        "Name,email,last contact,class,how much,Password\nAnna,a@b.example,2026-05-01,Tues,60,x\n",
    )
    said = adopted(tmp_path, "list.csv").stdout
    assert "list.csv: 1 row, 1 for Clients and 1 for Touchpoints." in said
    assert re.search(r"“Name” +→ Client, such as “Anna”", said)
    assert re.search(r"“last contact” +→ Date in Touchpoints, such as “2026-05-01”", said)
    assert "Money without a day, so no sale: “how much”." in said
    assert "Not needed, so left out: “class”." in said
    assert "Private, so never read: “Password”." in said
    assert "“x”" not in said


@pytest.mark.parametrize("arguments", [["{}.csv"], ["sales.csv", "-o", "{}.xlsx"]])
def test_a_name_that_the_system_does_not_take_is_said(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    Path("sales.csv").write_text(SALES)
    ran = reportgen("adopt", *(one.format("a" * 300) for one in arguments))
    assert ran.returncode == 1
    assert "longer than this system takes" in ran.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["sales.csv"]
