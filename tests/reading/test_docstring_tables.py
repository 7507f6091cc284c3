"""The fixture that the tests of the analyses are written with."""

import pytest


def test_columns_stand_under_their_headers(book):
    """
    Some words about the case, which are passed over.

    Date        Client           Activity   Direction  Topic
    2026-01-05  Harbour & Finch  Call                  a longer topic at the end
    2026-03-20  Acme                        in
    """
    later, first = book.touchpoints
    assert (first.client, first.activity.name) == ("Harbour & Finch", "Call")
    assert (first.direction, first.topic) == ("both", "a longer topic at the end")
    assert (later.client, later.activity.name, later.direction) == ("Acme", "", "in")


def test_columns_may_be_separated_by_bars(book):
    """
    Date | Client | Promised for | Topic
    2026-01-05 | Acme | | x
    """
    (touchpoint,) = book.touchpoints
    assert (touchpoint.promised_for, touchpoint.topic) == (None, "x")


def test_headings_and_tables_of_one_sheet(book, settings):
    """
    Date        Client  Amount
    2026-01-05  Acme    480

    Date        Client
    2026-01-06  Acme

    Date        Client
    2026-01-07  Acme

    # Clients
    Client  Red line (days)
    Acme    45

    # Business
    Red line (days)  60
    Owner            Jo
    """
    (one,) = book.relationships
    assert (len(one.sales), len(one.touchpoints)) == (1, 2)
    assert [t.row.row for t in one.touchpoints] == [2, 3]
    assert one.client.red_line_days == 45
    assert (settings.red_line_days, settings.owner) == (60, "Jo")


@pytest.mark.parametrize("number", [1, 2])
def test_with_parameters(book, number):
    """
    Date        Client
    2026-01-05  Acme
    """
    assert len(list(book.touchpoints)) == 1
