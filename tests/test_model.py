"""Rows gathered by client."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reportgen.model import UNKNOWN_ACTIVITY, Client, Sale, Touchpoint, name_key, relationships
from reportgen.problems import Row


def touchpoint(day, client, row=2):
    return Touchpoint(date.fromisoformat(day), client, UNKNOWN_ACTIVITY, Row("Touchpoints", row))


@pytest.mark.parametrize(
    "same",
    ["Acme Ltd", "acme ltd", "  ACME   LTD ", "Acme\tLtd", "Acme\u00a0Ltd", "Acme\n Ltd"],
)
def test_names_that_are_the_same(same):
    assert name_key(same) == name_key("Acme Ltd")


def test_composed_and_decomposed_letters_are_the_same():
    assert name_key("Be\u0302ta") == name_key("B\u00eata")
    assert name_key("Straße") == name_key("STRASSE")


@pytest.mark.parametrize("other", ["Acme Ldt", "AcmeLtd", "Acme Ltd.", "Bêta"])
def test_names_that_are_not(other):
    assert name_key(other) != name_key("Acme Ltd")
    assert name_key("Beta") != name_key("Bêta")


def test_a_client_known_from_rows_alone_has_the_usual_spelling():
    found = relationships(
        [],
        [
            touchpoint("2026-01-01", "ACME", 2),
            touchpoint("2026-01-02", "Acme", 3),
            touchpoint("2026-01-03", "acme", 4),
            touchpoint("2026-01-04", "acme ", 5),
        ],
    )
    assert [one.client.name for one in found] == ["acme"]
    assert found[0].client.row is None


def test_of_equally_frequent_spellings_the_first_in_the_alphabet():
    rows = [touchpoint("2026-01-01", "Bell", 2), touchpoint("2026-01-02", "BELL", 3)]
    for order in (rows, rows[::-1]):
        assert [one.client.name for one in relationships([], order)] == ["BELL"]


def test_the_clients_sheet_has_the_last_word_on_the_name():
    found = relationships([Client("Acme Ltd")], [touchpoint("2026-01-01", "ACME  LTD")])
    assert [one.client.name for one in found] == ["Acme Ltd"]
    assert len(found[0].touchpoints) == 1


def test_clients_by_name_and_rows_by_date():
    found = relationships(
        [Client("cole"), Client("Bell")],
        [touchpoint("2026-02-01", "Acme", 2), touchpoint("2026-01-01", "Acme", 3)],
        [Sale(date(2026, 1, 5), "dunn", Decimal(5), Row("Sales", 2))],
    )
    assert [one.client.name for one in found] == ["Acme", "Bell", "cole", "dunn"]
    assert [str(t.date) for t in found[0].touchpoints] == ["2026-01-01", "2026-02-01"]
    assert found[1].touchpoints == ()
    assert len(found[3].sales) == 1


def test_two_promises_of_one_call_are_in_the_order_of_their_days_not_of_their_rows():
    def promising(row, promise, day):
        return replace(
            touchpoint("2026-01-01", "Acme", row), promise=promise, promised_for=date(2026, 1, day)
        )

    for found in (
        relationships([], [promising(2, "later", 9), promising(3, "sooner", 8)]),
        relationships([], [promising(2, "sooner", 8), promising(3, "later", 9)]),
    ):
        assert [t.promise for t in found[0].touchpoints] == ["sooner", "later"]


def test_a_book_gives_the_rows_of_everyone(book):
    """
    Date        Client  Activity
    2026-01-01  Bell    Call
    2026-01-02  Acme    Call

    # Sales
    Date        Client  Amount
    2026-01-01  Cole    100
    """
    assert [t.client for t in book.touchpoints] == ["Acme", "Bell"]
    assert [sale.client for sale in book.sales] == ["Cole"]
