"""The whole report on a book: what it compares, and whether the score would have warned."""

import json
from dataclasses import replace
from datetime import date

import pytest

from reportgen.figures.machine import as_json
from reportgen.report import report
from reportgen.report.report import make_report
from tests.sites import sample_book

AS_OF = date(2026, 6, 30)
REPLAY = """
    Six months before 30 June 2026 is 30 December 2025. Red line 10 days, so who is silent for more than
    40 days has lapsed. Everybody kept a promise, and Trust has no weight. What is left to differ is
    connection, 1 − (silence − 5) ÷ 10. Those who left had been silent for 15, 14, 13, 12, 10 days, each
    twice: 0, 0.1, 0.2, 0.3, 0.5. Those who bought since for 14, 10, 9, 8, 5: 0.1, 0.5, 0.6, 0.7, 1. Pairs
    in the right order: 5, 4.5, 4, 4, 3.5 of 25. Silence alone has the same order. Old had lapsed before,
    New was not there, Asking has never bought, and Gone is known by name alone.

    Date        Client     Activity  Promised for  Done on
    2025-12-15  Left 1     Call      2025-12-25    2025-12-25
    2025-12-16  Left 2     Call      2025-12-25    2025-12-25
    2025-12-17  Left 3     Call      2025-12-25    2025-12-25
    2025-12-18  Left 4     Call      2025-12-25    2025-12-25
    2025-12-20  Left 5     Call      2025-12-25    2025-12-25
    2025-12-15  Left 6     Call      2025-12-25    2025-12-25
    2025-12-16  Left 7     Call      2025-12-25    2025-12-25
    2025-12-17  Left 8     Call      2025-12-25    2025-12-25
    2025-12-18  Left 9     Call      2025-12-25    2025-12-25
    2025-12-20  Left 10    Call      2025-12-25    2025-12-25
    2025-12-16  Stayed 1   Call      2025-12-25    2025-12-25
    2025-12-20  Stayed 2   Call      2025-12-25    2025-12-25
    2025-12-21  Stayed 3   Call      2025-12-25    2025-12-25
    2025-12-22  Stayed 4   Call      2025-12-25    2025-12-25
    2025-12-25  Stayed 5   Call      2025-12-25    2025-12-25
    2025-12-16  Stayed 6   Call      2025-12-25    2025-12-25
    2025-12-20  Stayed 7   Call      2025-12-25    2025-12-25
    2025-12-21  Stayed 8   Call      2025-12-25    2025-12-25
    2025-12-22  Stayed 9   Call      2025-12-25    2025-12-25
    2025-12-25  Stayed 10  Call      2025-12-25    2025-12-25
    2025-02-01  Old        Call
    2026-06-01  New        Call
    2025-12-29  Asking     Call      2025-12-29    2025-12-29

    # Sales
    Date        Client     Amount
    2025-11-20  Left 1     100
    2025-11-20  Left 2     100
    2025-11-20  Left 3     100
    2025-11-20  Left 4     100
    2025-11-20  Left 5     100
    2025-11-20  Left 6     100
    2025-11-20  Left 7     100
    2025-11-20  Left 8     100
    2025-11-20  Left 9     100
    2025-11-20  Left 10    100
    2025-11-20  Stayed 1   100
    2026-06-29  Stayed 1   100
    2025-11-20  Stayed 2   100
    2026-06-29  Stayed 2   100
    2025-11-20  Stayed 3   100
    2026-06-29  Stayed 3   100
    2025-11-20  Stayed 4   100
    2026-06-29  Stayed 4   100
    2025-11-20  Stayed 5   100
    2026-06-29  Stayed 5   100
    2025-11-20  Stayed 6   100
    2026-06-29  Stayed 6   100
    2025-11-20  Stayed 7   100
    2026-06-29  Stayed 7   100
    2025-11-20  Stayed 8   100
    2026-06-29  Stayed 8   100
    2025-11-20  Stayed 9   100
    2026-06-29  Stayed 9   100
    2025-11-20  Stayed 10  100
    2026-06-29  Stayed 10  100
    2025-01-20  Old        100
    2026-06-02  New        100

    # Clients
    Client
    Gone

    # Business
    Red line (days)         10
    Health weight of trust  0
"""


def test_would_it_have_warned_you(book, settings):
    found = make_report(book, settings, AS_OF).warned
    assert found.auc == pytest.approx(21 / 25)
    assert found.by_silence == pytest.approx(21 / 25)
    assert (found.lapsed, found.kept) == (10, 10)


test_would_it_have_warned_you.__doc__ = REPLAY


def test_nine_and_ten_are_too_few_to_tell(book, settings):
    fewer = replace(
        book, relationships=tuple(r for r in book.relationships if r.client.name != "Left 5")
    )
    found = make_report(fewer, settings, AS_OF).warned
    assert (found.auc, found.by_silence) == (None, None)
    assert (found.lapsed, found.kept) == (9, 10)


test_nine_and_ten_are_too_few_to_tell.__doc__ = REPLAY


def test_who_has_ended_since_has_left_too(book, settings):
    """
    Both bought in the half year since; Acme has ended.

    Date        Client  Activity  Promised for  Done on
    2025-12-29  Acme    Call      2025-12-29    2025-12-29
    2025-12-29  Bell    Call      2025-12-29    2025-12-29

    # Sales
    Date        Client  Amount
    2025-12-01  Acme    100
    2026-01-10  Acme    100
    2025-12-01  Bell    100
    2026-01-10  Bell    100

    # Clients
    Client  Ended on
    Acme    2026-01-15
    """
    found = make_report(book, settings, AS_OF).warned
    assert (found.lapsed, found.kept) == (1, 1)


def test_the_comparison_is_with_the_end_of_the_month_before(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Call
    """
    assert make_report(book, settings, AS_OF).before.as_of == date(2026, 5, 31)
    assert make_report(book, settings, date(2026, 3, 1)).before.as_of == date(2026, 2, 28)
    assert make_report(book, settings, date(2026, 1, 31)).before.as_of == date(2025, 12, 31)


def test_nobody_at_all(book, settings):
    """
    Planned, so nothing has happened yet.

    Date        Client  Activity
    2026-07-05  Acme    Call
    """
    report = make_report(book, settings, AS_OF)
    assert report.plan.by_day == report.changes == ()
    assert report.warned.auc is None
    (acme,) = json.loads(as_json(report))["clients"]
    assert acme["health"]["score"] is None
    assert acme["health"]["band"] is None
    assert [part["value"] for part in acme["health"]["parts"]] == [None] * 5


def test_a_second_process_changes_nothing(monkeypatch):
    book, settings = sample_book("meal-box")
    alone = make_report(book, settings, date(2026, 10, 31))
    monkeypatch.setattr(report, "_WORTH_TWO", 1)
    beside = make_report(book, settings, date(2026, 10, 31), processors=2)
    assert beside.history == alone.history
    assert as_json(beside) == as_json(alone)
