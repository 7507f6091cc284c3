"""Dynamics 365: workbooks with a hidden sheet and hidden columns; activities know their clients by name."""

from decimal import Decimal

import pytest
from exports_of_crms import dynamics, written

from reportgen.problems import ReportError
from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS


@pytest.fixture
def book(tmp_path):
    return read(written(tmp_path, "Dynamics 365"), DEFAULTS)


def test_accounts_and_contacts_are_one_list(book):
    mills, poe = (one.client for one in book[0].relationships)
    assert (mills.name, mills.contact, mills.email, mills.segment, str(mills.since)) == (
        "Marsh Mills",
        "Lou Marsh",
        "lou@mills.example",
        "Textiles",
        "2025-12-01",
    )
    assert (poe.name, poe.email, poe.phone) == ("Nia Poe", "nia@poe.example", "555 0104")


def test_opportunities(book):
    """The actual revenue counts before the estimate; the yearly revenue of an account is no sale."""
    assert [
        (one.client, str(one.date), one.amount, one.service, one.tentative) for one in book[0].sales
    ] == [
        ("Marsh Mills", "2026-02-02", Decimal("950.5"), "Looms", False),
        ("Marsh Mills", "2026-12-09", Decimal(400), "Dyes", True),
        ("Nia Poe", "2026-02-03", Decimal(120), "Spares", False),
    ]
    assert book[1].currency == "EUR"


def test_what_happened(book):
    """The call on 12 February stands in two files and counts once; 2/12/2026 is month first."""
    assert [
        (
            one.client,
            str(one.date),
            one.activity.name,
            one.minutes,
            str(one.start),
            one.tentative,
        )
        for one in book[0].touchpoints
    ] == [
        ("Marsh Mills", "2026-02-12", "Call", 20, "15:00:00", False),
        ("Marsh Mills", "2026-02-19", "Meeting", 90, "10:00:00", False),
        ("Marsh Mills", "2026-03-04", "Email", 0, "None", False),
        ("Nia Poe", "2026-03-05", "Administration", 0, "08:00:00", False),
        ("Nia Poe", "2026-12-19", "Meeting", 60, "10:00:00", True),
    ]


def test_a_name_that_is_on_no_list_is_listed_with_its_nearest(book):
    """“Looms” is an opportunity, “Marsh Mill” a slip: neither becomes a client."""
    assert [(str(one.where), one.found, one.suggestion) for one in book[0].problems] == [
        ("'All Activities'!E5", "“Looms”", "If it is a client, add it to the list."),
        ("'All Activities'!E6", "“Marsh Mill”", "Did you mean “Marsh Mills”?"),
    ]


def test_what_is_hidden_is_not_read(book):
    assert "sheet “hiddenSheet”" in book[0].unread
    assert not any("00000001-0000" in str(one) for one in book[0].relationships)


def test_calls_without_a_status(tmp_path):
    """Nobody can say whether a call that was due took place: the column that says it is asked for."""
    content = dynamics(
        "My Phone Calls",
        "Phone Call",
        ["Due", "Recipient", "Assigned To", "Subject", "Regarding"],
        ["2/12/2026 3:00 PM", "Lou Marsh", "Olive Owner", "Colour chart", "Marsh Mills"],
    )
    (tmp_path / "calls.xlsx").write_bytes(content)
    with pytest.raises(ReportError) as refused:
        read(tmp_path / "calls.xlsx", DEFAULTS)
    assert "Dynamics 365 phone calls without Activity Status" in str(refused.value)
    assert "Add the columns Activity Status and Regarding to the view" in str(refused.value)


def test_activities_without_a_list_of_clients(tmp_path):
    """Where there is no list, a name is a client's: she has exported her activities alone."""
    book = read(written(tmp_path, "Dynamics 365", "activities.xlsx") / "activities.xlsx", DEFAULTS)
    names = [one.client.name for one in book[0].relationships]
    assert names == ["Looms", "Lou Marsh", "Marsh Mill", "Marsh Mills", "Nia Poe"]
