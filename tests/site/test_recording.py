"""“I did this”: the rows that are offered, pasted into the workbook as a spreadsheet would have them."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sites import AS_OF, SAMPLES, sample_report

from reportgen.editions.policy import PARTS_OF_PAGES
from reportgen.letters.library import library
from reportgen.model import Source
from reportgen.problems import Row
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.reading.grids import load
from reportgen.report.report import make_report
from reportgen.settings.configuration import DEFAULTS
from reportgen.site.recording import csv_heads, recording, ticks
from reportgen.site.shared import Site

NEXT = date(2026, 11, 30)


def site_of(report, allowed=frozenset(PARTS_OF_PAGES)):
    return Site(report, library(None), allowed, ())


def offered(report):
    """Every action of the plan with how it is recorded."""
    site = site_of(report)
    found = [(task, recording(site, task)) for task in report.plan.by_day]
    assert all(one for _, one in found)
    return found


def pasted(one):
    return [line.split("\t") for line in one.rows.split("\n")]


@pytest.mark.parametrize(
    "sample", ["interior-designer", "shoe-shop", "meal-box", "virtual-assistant"]
)
def test_every_row_is_read_back_and_everything_is_then_done(sample):
    """Pasted below the last row, with its cells filled, of each sample that has no mistakes of its own."""
    report = sample_report(sample)
    loaded = load(SAMPLES / f"{sample}.xlsx", DEFAULTS)
    (sheet,) = [grid for grid in loaded.grids if grid.sheet == "Touchpoints"]
    rows = [list(row) for row in sheet.rows]
    header = rows[0]
    below, expected = len(rows), {}
    for task, one in offered(report):
        for cells in pasted(one):
            rows.append(cells)
            name = cells[header.index("Client")]
            expected[name] = (task.day, cells[header.index("Activity")])
        for due in getattr(task, "due", ()):
            if due.recorded.row:
                at = header.index(due.recorded.column)
                rows[due.recorded.row.row - 1][at] = task.day.isoformat()
    grids = [replace(grid, rows=rows) if grid is sheet else grid for grid in loaded.grids]
    book, settings = book_of(grids, DEFAULTS, Source("next.xlsx", "0" * 64))
    assert [problem for problem in book.problems if problem.where.sheet == "Touchpoints"] == []
    read = {one.client: one for one in book.touchpoints if one.row.row > below}
    assert read.keys() == expected.keys()
    for name, (day, activity) in expected.items():
        assert (read[name].date, read[name].direction) == (day, "out")
        assert read[name].activity.kind is not None, activity
    after = make_report(book, settings, NEXT).done_since
    assert after.since == AS_OF
    assert [one.action.client for one in after.messages if not one.is_whole] == []
    assert [one.what for one in after.mailings if len(one.done) < one.to] == []


def rows_of(report):
    return {task.whom: pasted(one) for task, one in offered(report)}


def test_a_row_stands_in_the_order_of_the_owners_columns(book, settings):
    """
    Her sheet begins with a column of her own, and has hours in place of minutes. A promise of 20 June to
    Acme, who likes to be written to on WhatsApp, and a silence.

    # Clients
    Client  Preferred channel
    Acme    WhatsApp

    # Touchpoints
    My word | Client | When       | Hours | Activity | Medium | Topic  | Promise   | Promised for
    x       | Acme   | 2026-04-01 | 0.5   | Call     | Phone  | Lounge | the quote | 2026-06-20
    """
    report = make_report(book, settings, date(2026, 6, 30))
    assert book.touchpoint_columns == (
        *("", "client", "date", "hours", "activity", "channel", "topic", "promise", "promised_for"),
    )
    # 15 minutes for the promise and 5 for the silence are a third of an hour.
    assert rows_of(report) == {
        "Acme": [["", "Acme", "2026-07-01", "0.33", "Message", "WhatsApp", "the quote"]]
    }
    ((_, one),) = offered(report)
    assert one.day_at == 2
    assert one.cells == "Done on, row 2 of Touchpoints; a new row of Touchpoints"
    # She has no column Done on: in the table of what is done it stands on the right.
    assert json.loads(one.fills) == [["\tAcme\t2026-04-01\t\tCall\t\tLounge\tthe quote", 9]]
    assert json.loads(csv_heads(site_of(report))) == [
        *("", "Client", "Date", "Time in hours", "Activity", "Channel", "Topic", "Promise"),
        *("Promised for", "Done on", "Resolved on"),
    ]


def test_without_such_a_sheet_the_columns_are_those_of_a_workbook_of_ours(book, settings):
    """
    # Sales
    Date        Client  Amount  Invoice  Due on
    2026-06-01  Acme    100     A1       2026-06-15
    """
    report = make_report(book, settings, date(2026, 6, 30))
    ((_, one),) = offered(report)
    assert book.touchpoint_columns == ()
    assert pasted(one)[0][:4] == ["2026-07-01", "Acme", "Payment reminder", "Email"]


@pytest.mark.parametrize(
    ("column", "cell", "left"),
    [("Time", "2", False), ("Time", "45", True), ("Minutes", "2", True)],
)
def test_minutes_that_would_change_what_the_column_means_are_left_out(column, cell, left):
    """A column of small whole numbers may be hours or minutes; a 20 in it would settle it."""
    grid = Grid("Touchpoints", [["Date", "Client", column], ["2026-01-01", "Acme", cell]])
    book, _ = book_of([grid], DEFAULTS, Source("small.xlsx", "0" * 64))
    assert book.touchpoint_columns == ("date", "client", "minutes" if left else "")


def test_a_mailing_has_a_row_for_each_and_shares_its_minutes(book, settings):
    """
    Five clients of a shop, silent: 32 minutes are six each, and two over.

    # Touchpoints
    Date        Client  Activity  Minutes
    2026-01-01  A       Email     12
    2026-01-01  B       Email     12
    2026-01-01  C       Email     12
    2026-01-01  D       Email     12
    2026-01-01  E       Email     12
    """
    settings = settings.layered(
        {"business_model": "product", "red_line_product_days": 60, "mailing_minutes": 32}, {}
    )
    report = make_report(book, settings, date(2026, 3, 31))
    ((mailing, one),) = offered(report)
    assert mailing.whom == "5 clients at once"
    assert [cells[1:] for cells in pasted(one)] == [
        *(["A", "Email", "7"], ["B", "Email", "7"]),
        *(["C", "Email", "6"], ["D", "Email", "6"], ["E", "Email", "6"]),
    ]
    assert one.cells == "5 new rows of Touchpoints"


def test_no_cell_is_a_formula_breaks_the_row_or_comes_back_another(book, settings):
    """
    # Touchpoints
    Date        Client         Activity  Topic  Promise     Promised for
    2026-06-01  =SUM(A1) & Co  Call             +the quote  2026-06-20
    """
    report = make_report(book, settings, date(2026, 6, 30))
    ((_, one),) = offered(report)
    (cells,) = pasted(one)
    assert cells[1:] == ["'=SUM(A1) & Co", "Email", "'+the quote"]
    grid = Grid("Touchpoints", [["Date", "Client", "Activity", "Topic"], cells])
    again, _ = book_of([grid], DEFAULTS, Source("again.xlsx", "0" * 64))
    assert [(one.client, one.topic) for one in again.touchpoints] == [
        ("=SUM(A1) & Co", "+the quote")
    ]
    broken = report.plan.actions[0]
    promise = replace(broken.due[0], topic="two\tcells\nand a line")
    (cells,) = pasted(recording(site_of(report), replace(broken, due=(promise,))))
    assert cells[-1] == "two cells and a line"


def test_ticks_outlast_a_report_made_anew_within_the_month(book, settings):
    """
    Date        Client  Activity  Promise    Promised for
    2026-06-01  Acme    Call      the quote  2026-06-20
    """
    month_end, later = (
        ticks(site_of(make_report(book, settings, day)))
        for day in (date(2026, 6, 30), date(2026, 7, 12))
    )
    assert month_end == later
    next_month = ticks(site_of(make_report(book, settings, date(2026, 7, 31))))
    assert next_month != month_end


def test_who_keeps_no_workbook_is_offered_nothing(book, settings):
    """
    Date        Client  Activity  Promise    Promised for
    2026-06-01  Acme    Call      the quote  2026-06-20
    """
    report = make_report(book, settings, date(2026, 6, 30))
    site = site_of(report, allowed=frozenset())
    assert recording(site, report.plan.actions[0]) is None
    assert ticks(site) == ""


def test_the_cells_to_fill_are_known_by_their_own_words():
    """Each cell that an action of a sample fills is the one of the row that it names."""
    report = sample_report("interior-designer")
    known = site_of(report).touchpoints
    found = [(task, one) for task, one in offered(report) if one.fills]
    assert found
    for task, one in found:
        (line, _), *_ = json.loads(one.fills)
        row = next(due.recorded.row for due in task.due if due.recorded.row)
        assert isinstance(row, Row)
        assert line.split("\t")[:2] == [known[row].date.isoformat(), known[row].client]
