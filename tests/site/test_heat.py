"""The heat map as a table and as a picture, and what stands of a client's silence."""

from datetime import date

from reportgen.letters.library import library
from reportgen.report.report import make_report
from reportgen.site.heat import heat, heat_picture
from reportgen.site.shared import Site, draw_here
from reportgen.site.silence import silence


def site(book, settings, as_of):
    return Site(make_report(book, settings, as_of), library(None), draw_here, frozenset(), ())


def test_a_row_a_client_with_months_and_silence(book, settings):
    """Acme's red line of 30 days is passed from 5 February on: 24 days of it and 31 of March.

    # Business
    Setting  | Value
    Red line | 30

    # Touchpoints
    Date       | Client                        | Activity | Minutes
    2026-01-05 | Acme                          | Call     | 60
    2026-03-20 | Bell and Sons of Chipping Nor | Call     | 30
    """
    shown = site(book, settings, date(2026, 3, 31))
    table = heat(shown, shown.running)
    assert (table.first, table.last) == ("Jan 2026", "Mar 2026")
    assert [one.title for one in table.columns] == ["Client", "Jan 2026 – Mar 2026", "Silence"]
    assert [(row.client.text, row.strip_in_words) for row in table.rows] == [
        ("Acme", "55 days below the red line in 1 spell"),
        ("Bell and Sons of Chipping Nor", "0 days below the red line in 0 spells"),
    ]
    assert [[(cell.text, cell.tone, cell.sort) for cell in row.cells] for row in table.rows] == [
        [("85 days, 55 over", "over", "2.8333")],
        [("11 days", "", "0.3667")],
    ]
    picture = heat_picture(shown)
    assert [(mark.at, mark.name) for mark in picture.months] == [(200, "Jan 2026")]
    assert (picture.width, picture.height, picture.silence_at) == (348, 78, 256)
    assert [(row.name, row.silence, row.is_below) for row in picture.rows] == [
        ("Acme", "85 days", True),
        ("Bell and Sons of Chipping…", "11 days", False),
    ]
    assert [row.strip for row in picture.rows] == [row.strip for row in table.rows]


def test_sales_are_a_column_where_any_is_recorded(book, settings):
    """
    # Business
    Setting  | Value
    Currency | GBP

    # Sales
    Date       | Client | Amount
    2026-03-05 | Acme   | 1200
    """
    shown = site(book, settings, date(2026, 3, 31))
    table = heat(shown, shown.running)
    assert [one.classes for one in table.columns] == ["", "", "number", "number sales"]
    (row,) = table.rows
    assert (row.cells[-1].text, row.cells[-1].classes) == ("£1,200", "number sales")


def test_the_silence_of_those_who_are_not_in_touch(book, settings):
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
    shown = site(book, settings, date(2026, 3, 31))
    found = {view.name: silence(view) for view in shown.clients}
    assert {name: (cell.text, cell.tone) for name, cell in found.items()} == {
        "Acme": ("ended 1 Feb 2026", "soft"),
        "Bell": ("450 days, lapsed", "soft"),
        "Crane": ("no contact yet", "soft"),
        "Dale": ("29 days, due", "due"),
    }
    assert found["Crane"].sort == "0.0000"
