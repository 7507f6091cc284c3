"""Everyone on one calendar, and what stands of a client's silence."""

from datetime import date

import pytest

from reportgen.letters.library import library
from reportgen.report.report import make_report
from reportgen.site.everyone import everyone, everyone_picture
from reportgen.site.shared import Site
from reportgen.site.silence import silence


@pytest.fixture
def site(book, settings):
    report = make_report(book, settings, date(2026, 3, 31))
    return Site(report, library(None), frozenset(), ())


def test_a_row_a_client_those_below_the_line_first(site):
    """Acme's red line of 30 days is passed on 5 February: 55 days before 31 March.

    # Business
    Setting  | Value
    Red line | 30
    Currency | GBP

    # Clients
    Client | Contact
    Bell   | Ann Bell
    Crane  | Crane

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-01-05 | Acme   | Call     | 60
    2026-03-20 | Bell   | Call     | 30
    2026-03-21 | Crane  | Call     | 30

    # Sales
    Date       | Client | Amount
    2026-03-05 | Crane  | 1200
    """
    them = everyone(site)
    assert [(row.client.text, row.contact) for row in them.rows] == [
        ("Acme", ""),
        ("Crane", ""),  # who bought for £1,200 stands before Bell, who is silent for longer
        ("Bell", "Ann Bell"),
    ]
    assert [row.silence.text for row in them.rows] == ["85 days, 55 over", "10 days", "11 days"]
    assert [row.sales.text for row in them.rows] == ["", "£1,200", ""]
    assert them.in_words.startswith("Jan 2026 to Mar 2026, the same scale for all")
    assert them.more == ""
    assert everyone(site, most=2).more == "1"
    assert [(mark.at, mark.text) for mark in them.axis] == [
        ("0%", "Jan 2026"),
        ("66.389%", "Mar"),  # 59 of 89 days are 238.65 of 360 units, in whole ones 239
        ("34.722%", "Feb"),
    ]


def test_the_strips_share_calendar_and_scale(site):
    """Three months from 1 January: 89 days over 360 units, so a day is 4.045 of them.

    Acme is silent from 5 January; 30 days later, on 4 February, she still accepts it. On 31 March
    silence exceeds the line by 55 days, the deepest of all: it fills the room below the line.
    Bell, whose work is three times as long, fills the room above it.

    # Business
    Setting         | Value
    Red line        | 30
    Smoothing weeks | 1

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-01-05 | Acme   | Call     | 0
    2026-03-19 | Bell   | Call     | 300
    """
    acme, bell = (row.strip.course for row in everyone(site).rows)
    assert acme.line == "M16 26H360"  # 4 days after the first
    assert acme.contacts == "M16 23v6"
    assert acme.effort == ""  # a contact without minutes has its mark, and no effort
    # From 4 February (day 34: 138) to the 5th (day 35: 142; one day of 55 is no pixel), then down.
    assert acme.silence == "M138 26l4 0 218 20V26Z"
    assert bell.silence == ""
    assert bell.line == "M311 26H360"


def test_what_the_workbook_has_no_row_of_is_not_recorded(site):
    """Together since 1 February; the first row is of 20 March: 48 days of which nobody knows.

    # Clients
    Client | Client since
    Acme   | 2026-02-01

    # Touchpoints
    Date       | Client | Activity
    2026-03-20 | Acme   | Call
    """
    (row,) = everyone(site).rows
    # 58 days over 360 units: 1 February is the first, 20 March day 47.
    assert row.strip.course.unknown == "M0 14H292"


def test_in_the_picture_that_stands_alone_long_names_are_cut(site):
    """
    Date       Client                         Activity
    2026-03-20  Bell and Sons of Chipping Nor  Call
    """
    picture = everyone_picture(site)
    (row,) = picture.rows
    assert (row.name, row.silence, row.is_below) == ("Bell and Sons of Chipping…", "11 days", False)
    assert picture.height == 24 + 54


def test_without_sales_no_column_of_them(site):
    """
    Date       Client  Activity
    2026-03-20  Acme    Call
    """
    them = everyone(site)
    assert [one.title for one in them.columns] == [
        "Client",
        "Contacts, time and silence",
        "Silence",
    ]
    assert [row.sales for row in them.rows] == [None]


def test_the_silence_of_those_who_are_not_in_touch(site):
    """
    # Business
    Setting  | Value
    Red line | 30

    # Clients
    Client | Ended on
    Acme   | 2026-02-01
    Bell   |
    Crane  |
    Dale   |

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-01-05 | Acme   | Call     | 60
    2025-01-05 | Bell   | Call     | 60
    2026-03-02 | Dale   | Call     | 60
    """
    found = {view.name: silence(view) for view in site.clients}
    assert {name: (cell.text, cell.tone) for name, cell in found.items()} == {
        "Acme": ("ended 1 Feb 2026", "soft"),
        "Bell": ("450 days, lapsed", "soft"),
        "Crane": ("no contact yet", "soft"),
        "Dale": ("29 days, due", "due"),
    }
    assert found["Crane"].sort == "0.0000"
