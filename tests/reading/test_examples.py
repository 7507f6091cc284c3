"""Example rows never count, on no sheet and for nothing, and the owner is told where each stands."""

from datetime import date
from decimal import Decimal

import pytest

from reportgen.model import Source
from reportgen.problems import ReportError
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS

REMEDY = "Type over the whole row, or delete it."


def read(sheets):
    """The book and the settings of sheets, each a list of rows."""
    grids = [Grid(name, rows) for name, rows in sheets.items()]
    return book_of(grids, DEFAULTS, Source("clients.xlsx", ""))


def said(book):
    return [(str(p.where), p.found, p.suggestion) for p in book.problems]


def test_on_every_sheet(book):
    """
    # Clients
    Contact | Client
    Jo | Example: Harbour
    Al | Acme

    # Touchpoints
    Date | Client | Activity
    2026-03-14 | Example: Harbour | Call
    2026-03-15 | Acme | Lunch

    # Sales
    Date | Client | Amount
    2026-03-14 | Example: Harbour | 480
    2026-03-15 | Acme | 120

    # Feedback
    Date | Client | Kind
    2026-03-14 | Example: Harbour | survey
    2026-03-15 | Acme | review

    # Ratings
    Date | Client | Care
    2026-03-14 | Example: Harbour | 8
    2026-03-15 | Acme | 9

    # Activities
    Activity | Kind
    Example: visit | loyalty
    Lunch | help
    """
    (one,) = book.relationships
    assert one.client.name == "Acme"
    assert [touchpoint.activity.kind for touchpoint in one.touchpoints] == ["help"]
    assert [sale.amount for sale in one.sales] == [Decimal(120)]
    assert [answer.kind for answer in one.feedback] == ["review"]
    assert [rating.care for rating in one.ratings] == [9]
    assert said(book) == [
        ("Clients!B2", "“Example: Harbour”", REMEDY),
        ("Touchpoints!B2", "“Example: Harbour”", REMEDY),
        ("Sales!B2", "“Example: Harbour”", REMEDY),
        ("Feedback!B2", "“Example: Harbour”", REMEDY),
        ("Ratings!B2", "“Example: Harbour”", REMEDY),
        ("Activities!A2", "“Example: visit”", REMEDY),
    ]
    # 2 + 3 + 3 + 3 + 3 + 2 cells of Acme's rows, and six names of examples.
    assert book.cells == 22


@pytest.mark.parametrize(
    "name",
    [
        "Example: Harbour",
        "example:Harbour",
        " EXAMPLE : Harbour",
        "Example\u00a0: Harbour",
        "\u200bExample: Harbour",
        "Ｅxample：Harbour",
        "Example:",
    ],
)
def test_however_it_is_typed(name):
    rows = [["Date", "Client"], ["2026-03-14", name], ["2026-03-15", "Acme"]]
    book, _ = read({"Touchpoints": rows})
    assert [one.client.name for one in book.relationships] == ["Acme"]
    assert [str(problem.where) for problem in book.problems] == ["Touchpoints!B2"]


@pytest.mark.parametrize(
    "name", ["Example Ltd", "Examples: a shop", "For example: Bell", "Exemplar: Art"]
)
def test_a_client_whose_name_only_looks_like_it_counts(name):
    book, _ = read({"Touchpoints": [["Date", "Client"], ["2026-03-14", name]]})
    assert [one.client.name for one in book.relationships] == [name]
    assert book.problems == ()


def test_an_example_in_another_column_is_no_example_row(book):
    """
    Date | Client | Topic
    2026-03-14 | Acme | Example: how to say no
    """
    assert [touchpoint.topic for touchpoint in book.touchpoints] == ["Example: how to say no"]
    assert book.problems == ()


def test_nothing_is_concluded_from_an_example():
    """Not the currency, not the order of days and months, and no problem but its own."""
    head = ["Date", "Client", "Amount", "Paid on"]
    example = ["03/14/2026", "Example: Harbour", "$480", "someday"]
    own = [["14/03/2026", "Acme", "£120", ""], ["03/04/2026", "Acme", "£80", ""]]
    book, settings = read({"Sales": [head, example, example, example, *own]})
    assert settings.currency == "GBP"
    assert [sale.date for sale in book.sales] == [date(2026, 3, 14), date(2026, 4, 3)]
    assert [address for address, _, _ in said(book)] == ["Sales!B2", "Sales!B3", "Sales!B4"]


def test_the_contact_of_an_example_is_nobodys(book):
    """
    # Clients
    Client | Contact
    Example: Harbour | Jo Finch

    # Touchpoints
    Date | Client
    2026-03-14 | Jo Finch
    """
    assert [one.client.name for one in book.relationships] == ["Jo Finch"]


def test_with_examples_alone_there_is_nothing_to_report():
    rows = [["Date", "Client"], ["2026-03-14", "Example: Harbour"]]
    clients = [["Client", "Client since"], ["Example: Harbour", "2025-01-20"]]
    with pytest.raises(ReportError) as raised:
        read({"Touchpoints": rows, "Clients": clients})
    assert str(raised.value) == (
        "clients.xlsx has no touchpoint and no sale of your own yet, and the example rows never "
        "count; type your own over the example in Touchpoints or in Sales, and save it."
    )


def test_with_clients_of_her_own_beside_examples_there_is_a_list_of_prospects():
    rows = [["Date", "Client"], ["2026-03-14", "Example: Harbour"]]
    book, _ = read({"Touchpoints": rows, "Clients": [["Client"], ["Acme"]]})
    assert [one.client.name for one in book.relationships] == ["Acme"]
    assert "a list of clients alone" in [problem.found for problem in book.problems]


def test_where_rows_of_her_own_cannot_be_used_these_are_the_cause():
    rows = [["Date", "Client"], ["2026-03-14", "Example: Harbour"], ["someday", "Acme"]]
    with pytest.raises(ReportError, match=r"be used \(Touchpoints!A3: found “someday”"):
        read({"Touchpoints": rows})
