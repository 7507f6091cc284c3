"""What is kept of a month, the ways to it, and what its figures would be today."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reportgen.output.months import Month, Months, Whose
from reportgen.report.report import make_report
from reportgen.site.kept import _changed, _ways, this_month
from reportgen.site.layout import Link

WHOSE = Whose("", "clients.xlsx")


def kept(*days: str) -> Months:
    """Months kept as of these days, the last one first or in any order."""
    nothing = Month(date(2000, 1, 1), "", 0, 0, 0, Decimal())
    found = Months()
    for day in days:
        found = found.adding(WHOSE, replace(nothing, as_of=date.fromisoformat(day)))
    return found


@pytest.mark.parametrize(
    ("days", "ways"),
    [
        ([], []),
        (["2026-10-31"], []),
        (["2026-11-30"], []),
        (["2026-09-30"], ["September 2026 (last month)", "all letters"]),
        (["2026-08-31"], ["August 2026", "all letters"]),
        (["2025-10-31"], ["October 2025", "all letters"]),
        (
            ["2026-09-12", "2025-10-31", "2025-09-30", "2026-10-31"],
            ["September 2026 (last month)", "October 2025 (a year ago)", "all letters"],
        ),
    ],
)
def test_the_ways_lead_to_last_month_and_a_year_ago(days, ways):
    found = _ways(kept(*days), date(2026, 10, 31), "../months")
    assert [one.text for one in found] == ways


def test_where_the_ways_lead():
    assert _ways(kept("2026-09-30"), date(2026, 10, 1), "../my%20months") == (
        Link("September 2026 (last month)", "../my%20months/2026-09/index"),
        Link("all letters", "../my%20months/index"),
    )


def test_what_is_kept_of_a_month(book, settings):
    """
    # Clients
    Client | Red line (days) | Ended on
    Acme   | 30              |
    Bell   | 1               |
    Cole   |                 | 2026-06-30
    Dunn   |                 |

    # Touchpoints
    Date       | Client | Activity
    2026-02-01 | Cole   | Call
    2026-01-05 | Bell   | Call
    2026-10-01 | Acme   | Call
    2026-11-01 | Acme   | Call

    # Sales
    Date       | Client | Amount
    2025-10-31 | Acme   | 1000
    2025-11-01 | Acme   | 200.50
    2026-10-31 | Acme   | 30
    """
    month = this_month(make_report(book, settings, date(2026, 10, 31)))
    assert (month.name, month.touchpoints, month.sales) == ("2026-10", 3, 3)
    assert month.sales_of_the_year == Decimal("230.50")  # the first was a year and a day ago
    assert month.running == 1  # Acme; Bell has lapsed, Cole ended, and of Dunn nothing is known
    assert month.headline.endswith(".")


THEN = Month(date(2026, 9, 30), "", 1, 1, 1, Decimal(200))


def test_rows_that_were_added_change_what_a_month_would_say(book, settings):
    """
    Date       | Client | Activity
    2026-09-01 | Acme   | Call
    2026-09-30 | Bell   | Call
    2026-10-02 | Acme   | Call

    # Sales
    Date       | Client | Amount
    2025-09-30 | Acme   | 50
    2026-09-10 | Acme   | 200
    2026-09-11 | Bell   | 30
    2026-10-11 | Bell   | 7
    """
    report = make_report(book, settings, date(2026, 10, 31))
    assert list(_changed(report, THEN)) == [
        "2 touchpoints, not 1",
        "3 sales, not 1",
        "230 of sales in the year, not 200",
        "2 running clients, not 1",
    ]
    now = replace(THEN, touchpoints=2, sales=3, running=2, sales_of_the_year=Decimal(230))
    assert list(_changed(report, now)) == []
    # Who was running in the middle of a month nobody works out again; a month to come says nothing.
    assert list(_changed(report, replace(now, as_of=date(2026, 9, 29), running=9))) == [
        "1 touchpoint, not 2",
        "280 of sales in the year, not 230",
    ]
    assert list(_changed(report, replace(THEN, as_of=date(2026, 11, 30)))) == []
