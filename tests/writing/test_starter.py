"""The starter workbook offers what the reader understands, and reads back clean."""

from __future__ import annotations

import io
import re
from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import load_workbook

from reportgen.model import Book, Kind, Signal
from reportgen.problems import ReportError
from reportgen.reading.book import read
from reportgen.reading.catalogue import built_in
from reportgen.reading.columns import SHEETS, Sheet
from reportgen.settings.configuration import DEFAULTS
from reportgen.settings.labels import setting_help, setting_label
from reportgen.settings.settings import SETTING_NAMES, Settings
from reportgen.writing.starter import READY_ROWS, starter_workbook

TABLES = [sheet for sheet in SHEETS if sheet.name != "Business"]


@pytest.fixture(scope="module")
def starter() -> bytes:
    return starter_workbook()


@pytest.fixture(scope="module")
def workbook(starter: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(starter))


@pytest.fixture
def kept(starter: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "clients.xlsx"
    path.write_bytes(starter)
    return path


@pytest.fixture
def begun(kept: Path) -> Path:
    """The starter once its owner has typed over the names: as they come the examples never count."""
    workbook = openpyxl.load_workbook(kept)
    for page in workbook.worksheets[1:]:
        for cell in page[2]:
            if isinstance(cell.value, str):
                cell.value = cell.value.removeprefix("Example: ")
    workbook.save(kept)
    return kept


def _read(path: Path) -> tuple[Book, Settings]:
    return read(path, DEFAULTS)


def test_the_same_bytes_each_time(starter: bytes) -> None:
    assert starter_workbook() == starter


def test_it_is_read_without_a_problem(begun: Path) -> None:
    book, _ = _read(begun)
    assert book.problems == ()
    assert book.unread == ()


def test_as_it_comes_there_is_nothing_to_report_and_it_says_why(kept: Path) -> None:
    with pytest.raises(ReportError, match="the example rows never count; type your own over"):
        _read(kept)


def test_examples_that_stay_are_named_one_by_one(kept: Path) -> None:
    workbook = openpyxl.load_workbook(kept)
    page = workbook["Touchpoints"]
    page.append([page["A2"].value, "Acme"])
    workbook.save(kept)
    book, _ = _read(kept)
    assert [one.client.name for one in book.relationships] == ["Acme"]
    assert [str(problem.where) for problem in book.problems] == [
        "Clients!A2",
        "Touchpoints!B2",
        "Sales!B2",
        "Feedback!B2",
        "Ratings!B2",
        "Activities!A2",
    ]
    assert {problem.found for problem in book.problems} == {
        "“Example: Harbour & Finch”",
        "“Example: studio visit”",
    }


def test_there_is_one_example_of_each_kind_and_it_says_so(begun: Path) -> None:
    book, _ = _read(begun)
    (one,) = book.relationships
    counts = [len(rows) for rows in (one.touchpoints, one.sales, one.feedback, one.ratings)]
    assert counts == [1, 1, 1, 1]
    said = (one.client.notes, one.touchpoints[0].topic, one.sales[0].service, one.feedback[0].text)
    assert all(text is not None and "delete it" in text for text in said)


def test_a_value_on_the_hidden_sheet_counts_like_one_on_business(begun: Path) -> None:
    workbook = openpyxl.load_workbook(begun)
    _settings(workbook["Fine tuning"])["Lapsed after (red lines)"][1].value = 3
    _settings(workbook["Fine tuning"])["Promise (minutes)"][1].value = "soon"
    _settings(workbook["Business"])["Owner"][1].value = "Jo"
    workbook.save(begun)
    book, settings = _read(begun)
    assert (settings.owner, settings.lapsed_after_red_lines) == ("Jo", 3.0)
    assert settings.origins["lapsed_after_red_lines"] == "the Fine tuning sheet"
    assert [problem.where.sheet for problem in book.problems] == ["Fine tuning"]
    assert book.unread == ()


BOOKKEEPER = {
    "Business name": "Brightside Bookkeeping",
    "Owner": "Jenny Marsh",
    "Currency": "£",
    "Business model": "service",
    "Hourly rate": "£38",
    "Working days": "Mon-Thu",
    "Opens": "9am",
    "Closes": "5pm",
    "Country": "UK",
    "Preferred channels": "email",
}


def test_a_bookkeeper_fills_it_in_as_she_writes(kept: Path) -> None:
    """She types over the examples, days in either form, and is asked for nothing but her own word."""
    workbook = openpyxl.load_workbook(kept)
    for label, row in _settings(workbook["Business"]).items():
        row[1].value = BOOKKEEPER.get(label)
    rows = {
        "Clients": [{"Client": "Patel Dental", "Client since": date(2024, 2, 3)}],
        "Touchpoints": [
            {"Date": date(2026, 1, 14), "Activity": "phone call", "Minutes": "20 min"},
            {"Date": "15/02/2026", "Activity": "VAT return", "Minutes": "1h", "Topic": "VAT"},
        ],
        "Sales": [
            {"Date": "28/01/2026", "Amount": "£180", "Service": "Monthly bookkeeping"},
            {"Date": date(2026, 2, 28), "Amount": 120, "Paid on": date(2026, 3, 5)},
        ],
    }
    for sheet, typed in rows.items():
        page = workbook[sheet]
        headers = [str(cell.value).removesuffix(" *") for cell in page[1]]
        for at, values in enumerate(typed, start=2):
            for place, header in enumerate(headers, start=1):
                value = {"Client": "Patel Dental", **values}.get(header)
                page.cell(at, place).value = value
    workbook.save(kept)
    book, settings = _read(kept)
    (patel,) = book.relationships
    assert [(t.activity.name, t.minutes) for t in patel.touchpoints] == [
        ("Call", 20),
        ("VAT return", 60),
    ]
    assert [(sale.date, sale.amount) for sale in patel.sales] == [
        (date(2026, 1, 28), 180),
        (date(2026, 2, 28), 120),
    ]
    assert (settings.currency, settings.country, settings.hourly_rate) == ("GBP", "UK", 38)
    assert (settings.working_days, settings.closes) == ({0, 1, 2, 3}, time(17))
    said = {str(problem.where): problem.found for problem in book.problems}
    assert said.pop("Touchpoints!C3") == "“VAT return”"
    assert said.keys() == {"Feedback!B2", "Ratings!B2", "Activities!A2"}


def test_what_is_folded_away_holds_no_example(workbook: Workbook) -> None:
    """It would stay where the owner types over what she sees, and count for her first client."""
    folded = {}
    for sheet in TABLES:
        page = workbook[sheet.name]
        for place, column in enumerate(sheet.columns):
            letter = page.cell(1, place + 1).column_letter
            at = next(
                one for one in page.column_dimensions.values() if one.min <= place + 1 <= one.max
            )
            assert at.hidden == column.folded, letter
            if column.folded:
                assert page.cell(2, place + 1).value is None
                folded.setdefault(sheet.name, []).append(column.name)
    assert folded["Touchpoints"] == ["Cost", "Signal", "Resolved on", "Urgent", "In scope"]
    assert not any(column.folded for sheet in SHEETS for column in sheet.required)


def test_no_note_names_an_article_by_its_number(workbook: Workbook) -> None:
    said = [
        str(text)
        for page in workbook.worksheets
        for row in page.iter_rows()
        for cell in row
        for text in (cell.value, cell.comment.text if cell.comment else "")
    ]
    assert not [text for text in said if re.search(r"\b00\d\b|[Aa]rticle", text)]


def test_a_blank_setting_leaves_our_default(begun: Path) -> None:
    assert _read(begun)[1] == DEFAULTS.settings


def test_the_catalogue_on_its_sheet_changes_nothing(begun: Path) -> None:
    """A zoom is still a call and two-way; sending an invoice still does not connect."""
    workbook = openpyxl.load_workbook(begun)
    page = workbook["Touchpoints"]
    for activity in ("Zoom", "Invoicing"):
        page.append([None, "Harbour & Finch", activity])
        page.cell(page.max_row, 1).value = page["A2"].value
    workbook.save(begun)
    (one,) = _read(begun)[0].relationships
    found = {t.activity.name: t for t in one.touchpoints if t.minutes == 0}
    assert found["Call"].direction == "both"
    assert found["Call"].activity.usual_minutes is None
    assert found["Invoice"].activity == built_in().named("Invoice")


def test_every_sheet_stands_in_its_order_after_the_instructions(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["Read me", *(sheet.name for sheet in SHEETS), "Fine tuning"]
    hidden = [page.title for page in workbook.worksheets if page.sheet_state != "visible"]
    assert hidden == ["Fine tuning"]


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_every_column_has_its_header_its_help_and_a_width(sheet: Sheet, workbook: Workbook) -> None:
    page = workbook[sheet.name]
    for cell, column in zip(page[1], sheet.columns, strict=True):
        assert cell.value == column.name + (" *" if column.required else "")
        assert cell.comment is not None
        assert column.help in cell.comment.text
        assert column.example in cell.comment.text
        assert page.column_dimensions[cell.column_letter].width >= 9
        colours = {True: "FF0B3D63", False: "FFDCE9F3"}
        assert cell.fill.fgColor.rgb == colours[column.required]
    assert page.freeze_panes in ("B2", "C2")


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_no_choice_and_no_word_of_a_header_is_cut_off(sheet: Sheet, workbook: Workbook) -> None:
    """In LibreOffice “relationship building” ran under its neighbour, and “Communication” broke."""
    page = workbook[sheet.name]
    catalogue = {one.name for one in built_in().activities.values()}
    for cell, column in zip(page[1], sheet.columns, strict=True):
        width = page.column_dimensions[cell.column_letter].width
        words = [*column.name.split(), *column.choices]
        words += catalogue if sheet.name == "Activities" and column.field == "name" else ()
        assert width > max(len(word) for word in words) + 1, column.name


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_the_sheet_ends_with_its_last_row(sheet: Sheet, starter: bytes) -> None:
    """Drop-downs reach far down, but no row of blanks stands below the example."""
    with load_workbook(io.BytesIO(starter)) as workbook:
        rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    catalogue = len(built_in().activities) if sheet.name == "Activities" else 0
    assert len(rows) == 2 + catalogue


def _lists(workbook: Workbook, sheet: str) -> dict[str, str]:
    """Header → what its drop-down offers, for every row that it reaches."""
    page = workbook[sheet]
    found = {}
    for rule in page.data_validations.dataValidation:
        (area,) = rule.sqref.ranges
        assert (area.min_row, area.max_row) == (2, READY_ROWS + 1)
        assert rule.errorStyle == "warning"
        if rule.type == "list":
            found[str(page.cell(1, area.min_col).value).removesuffix(" *")] = str(rule.formula1)
    return found


CLIENT_NAMES = "OFFSET(Clients!$A$2,0,0,MAX(1,COUNTA(Clients!$A$2:$A$2001)),1)"
ACTIVITY_NAMES = "OFFSET(Activities!$A$2,0,0,MAX(1,COUNTA(Activities!$A$2:$A$2001)),1)"


def test_drop_downs(workbook: Workbook) -> None:
    assert _lists(workbook, "Clients") == {
        "Business model": '"consultancy,service,product,subscription"'
    }
    assert _lists(workbook, "Touchpoints") == {
        "Client": CLIENT_NAMES,
        "Activity": ACTIVITY_NAMES,
        "Direction": '"in,out,both"',
        "Signal": f'"{",".join(Signal)}"',
        "Urgent": '"yes,no"',
        "In scope": '"yes,no"',
    }
    assert _lists(workbook, "Sales") == {"Client": CLIENT_NAMES}
    assert _lists(workbook, "Feedback") == {
        "Client": CLIENT_NAMES,
        "Kind": '"survey,testimonial,review,referral"',
        "May publish": '"yes,no"',
    }
    assert _lists(workbook, "Ratings") == {"Client": CLIENT_NAMES}
    assert _lists(workbook, "Activities") == {
        "Kind": f'"{",".join(Kind)}"',
        "Value": '"high,low"',
        "Connects": '"yes,no"',
    }


def test_the_activities_to_choose_from_have_no_gap(workbook: Workbook) -> None:
    """COUNTA in the drop-down counts from the top: a gap would cut off the end."""
    names = [row[0].value for row in workbook["Activities"].iter_rows(min_row=2)]
    assert None not in names
    assert {activity.name for activity in built_in().activities.values()} < set(names)


def test_dates_look_like_dates_and_telephone_numbers_stay_text(workbook: Workbook) -> None:
    assert workbook["Touchpoints"]["A2"].number_format == "dd/mm/yyyy"
    assert workbook["Touchpoints"]["A2"].is_date
    assert workbook["Touchpoints"]["F2"].number_format == "hh:mm"
    phone = next(cell for cell in workbook["Clients"][1] if cell.value == "Phone")
    assert workbook["Clients"][2][phone.column - 1].number_format == "@"


def _settings(page: Worksheet) -> dict[str, tuple[Cell, ...]]:
    """Label → its row; headings have nothing beside them."""
    assert [cell.value for cell in page[1]] == ["Setting", "Value", "What it means"]
    return {str(row[0].value): row for row in page.iter_rows(min_row=2) if row[2].value}


def test_business_asks_only_for_what_its_owner_alone_can_know(workbook: Workbook) -> None:
    assert list(_settings(workbook["Business"])) == [
        "Business name",
        "Owner",
        "Currency",
        "Business model",
        "Hourly rate",
        "Gross margin",
        "Working days",
        "Opens",
        "Closes",
        "Country",
        "Preferred channels",
        "Red line (days)",
    ]


def test_every_setting_has_its_label_an_open_cell_and_its_meaning(workbook: Workbook) -> None:
    business, tuning = _settings(workbook["Business"]), _settings(workbook["Fine tuning"])
    assert not business.keys() & tuning.keys()
    rows = business | tuning
    labels = {setting_label(name): name for name in SETTING_NAMES}
    assert set(labels) == set(rows)
    for label, name in labels.items():
        _, value, meaning = rows[label]
        assert value.value is None
        assert str(meaning.value).startswith(setting_help(name))
    assert rows["Red line consultancy (days)"][2].value.endswith("Blank: 60.")
    assert rows["Opens"][2].value.endswith("Blank: 09:00.")
    assert rows["Working days"][2].value.endswith("Blank: Mon, Tue, Wed, Thu, Fri.")
    assert rows["Top client warning"][2].value.endswith("Blank: 25%.")
    assert "Blank" not in str(rows["Wow budget"][2].value)


def test_the_instructions_name_the_sheets_and_the_command(workbook: Workbook) -> None:
    page = workbook.worksheets[0]
    text = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)
    assert "reportgen build clients.xlsx" in text
    assert all(sheet.name in text for sheet in SHEETS)
