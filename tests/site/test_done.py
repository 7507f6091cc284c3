"""What has been done since the last plan, in words; and the weeks of To do."""

from datetime import date

import pytest

from reportgen.letters.library import library
from reportgen.report.plan.month import Month
from reportgen.report.report import make_report
from reportgen.site.done import done_list
from reportgen.site.pages.actions import _title
from reportgen.site.shared import Site


def told(book, settings, **changed):
    report = make_report(book, settings.layered(changed, {}), date(2026, 10, 31))
    return done_list(Site(report, library(None), frozenset({"rows"}), ()))


def test_some_are_done_and_one_in_part(book, settings):
    """
    Date        Client  Activity  Promise    Promised for  Done on
    2026-07-01  Acme    Call
    2026-10-10  Acme    Call
    2026-07-01  Bell    Call      the quote  2026-09-20
    2026-10-11  Bell    Call
    2026-07-01  Cole    Call      the plan   2026-09-20    2026-10-02
    2026-10-12  Cole    Call
    2026-07-01  Dunn    Call
    """
    found = told(book, settings)
    assert found.words == (
        "Of the four messages planned on 30 September 2026, two are done, and one in part."
    )
    assert {line.client.text: line.words for line in found.lines} == {
        "Acme": "Get back in touch (10 Oct 2026).",
        "Bell": "Get back in touch (11 Oct 2026).",
        "Cole": "Keep your promise: the plan (2 Oct 2026); get back in touch (12 Oct 2026).",
    }
    assert found.mailings == ()


def test_one_is_done(book, settings):
    """
    Date        Client  Activity
    2026-07-01  Acme    Call
    2026-10-10  Acme    Call
    """
    assert told(book, settings).words == "The one message planned on 30 September 2026 is done."


def test_one_is_done_in_part(book, settings):
    """
    Date        Client  Activity  Promise    Promised for
    2026-07-01  Acme    Call      the quote  2026-09-20
    2026-10-10  Acme    Call
    2026-07-01  Bell    Call
    """
    assert told(book, settings).words == (
        "Of the two messages planned on 30 September 2026, one is done in part."
    )


def test_of_mailings_it_is_told_whom_they_reached(book, settings):
    """
    Date        Client  Activity
    2026-07-01  A       Email
    2026-07-01  B       Email
    2026-07-01  C       Email
    2026-07-01  D       Email
    2026-07-01  E       Email
    2026-10-10  B       Email
    """
    found = told(book, settings, business_model="product", red_line_product_days=60)
    assert found.words == (
        "Mailings planned on 30 September 2026 have reached some of their clients."
    )
    assert [(one.words, [link.text for link in one.to.links]) for one in found.mailings] == [
        ("Get back in touch: 1 of 5 clients", ["B"])
    ]


def test_where_nothing_is_done_nothing_is_said(book, settings):
    """
    Date        Client  Activity
    2026-07-01  Acme    Call
    """
    assert told(book, settings) is None


@pytest.mark.parametrize(
    ("monday", "title"),
    [
        ("2026-10-26", "1 November"),
        ("2026-11-02", "2 to 8 November"),
        ("2026-11-30", "30 November"),
        ("2026-12-07", "7 to 13 December"),
        ("2026-12-28", "28 December to 3 January"),
    ],
)
def test_a_week_is_told_by_its_days_in_the_month(monday, title):
    """The last two lie after it: a month without a working day takes the next one."""
    november = Month(date(2026, 11, 1), date(2026, 11, 30))
    assert _title(date.fromisoformat(monday), november) == title
