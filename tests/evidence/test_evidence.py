"""What one client's rows show by a date: invoices, complaints, promises, and whether it goes on."""

from datetime import date
from decimal import Decimal

import pytest

from reportgen.evidence.evidence import days_overdue, evidence, is_open
from reportgen.model import Sale
from reportgen.problems import Row

DUE = date(2026, 3, 10)


def seen(book, settings, as_of, name="Acme"):
    """The evidence of one client on a day."""
    found = {one.client.name: one for one in book.relationships}
    return evidence(found[name], settings, date.fromisoformat(as_of))


def invoice(amount="100", due=DUE, paid=None):
    return Sale(
        date(2026, 3, 1), "Acme", Decimal(amount), Row("Sales", 2), due_on=due, paid_on=paid
    )


@pytest.mark.parametrize(
    ("as_of", "open_then", "overdue"),
    [
        (date(2026, 3, 9), True, 0),
        (date(2026, 3, 10), True, 0),
        (date(2026, 3, 11), True, 1),
        (date(2026, 3, 19), True, 9),
        (date(2026, 3, 20), False, 0),
    ],
)
def test_an_invoice_is_overdue_from_the_day_after_it_is_due_until_it_is_paid(
    as_of, open_then, overdue
):
    one = invoice(paid=date(2026, 3, 20))
    assert is_open(one, as_of) is open_then
    assert days_overdue(one, as_of) == overdue


@pytest.mark.parametrize("sale", [invoice("-100"), invoice("0"), invoice(due=None)])
def test_a_refund_a_gift_and_a_sale_without_a_due_day_are_never_overdue(sale):
    assert not is_open(sale, date(2026, 12, 31))
    assert days_overdue(sale, date(2026, 12, 31)) == 0


def test_overdue_invoices_complaints_and_promises_as_they_stood(book, settings):
    """
    Date        Client  Activity  Promised for  Done on     Signal     Resolved on
    2026-01-05  Acme    Email     2026-01-20    2026-02-02
    2026-01-06  Acme    Email                               complaint  2026-02-01
    2026-01-07  Acme    Email     2026-02-01

    # Sales
    Date        Client  Amount  Due on
    2026-01-01  Acme    100     2026-01-31
    2026-01-02  Acme    200     2026-02-01
    """
    then = seen(book, settings, "2026-01-31")
    assert [row.promised_for for row in then.open_promises] == [date(2026, 1, 20)]
    assert len(then.open_complaints) == 1
    assert then.overdue_invoices == ()
    assert len(then.open_invoices) == 2
    later = seen(book, settings, "2026-02-01")
    assert [row.promised_for for row in later.open_promises] == [
        date(2026, 1, 20),
        date(2026, 2, 1),
    ]
    assert later.open_complaints == ()
    assert [sale.amount for sale in later.overdue_invoices] == [Decimal(100)]


def test_running_is_neither_lapsed_nor_ended(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-01  Bell    Email

    # Clients
    Client  Red line (days)  Ended on    Client since
    Acme    10
    Bell    10               2026-01-20
    Clay    10                           2026-01-01
    """
    states = {
        name: [
            (one.state, one.is_running)
            for day in ("2026-01-10", "2026-02-10", "2026-02-11")
            for one in (seen(book, settings, day, name),)
        ]
        for name in ("Acme", "Bell", "Clay")
    }
    # Four red lines of ten days are over on 11 February.
    assert states["Acme"] == [("due", True), ("below", True), ("lapsed", False)]
    assert states["Bell"] == [("due", True), ("ended", False), ("ended", False)]
    # Clay was never in touch, and nothing says that it is over.
    assert states["Clay"] == [("none", True)] * 3


def test_a_client_is_known_from_work_behind_the_scenes_too(book, settings):
    """
    Date        Client  Activity
    2026-01-03  Acme    Project work
    2026-01-05  Acme    Email
    """
    assert seen(book, settings, "2026-01-02").known_since is None
    assert seen(book, settings, "2026-01-04").known_since == date(2026, 1, 3)
    assert seen(book, settings, "2026-01-04").silence.started is None
    assert seen(book, settings, "2026-01-06").known_since == date(2026, 1, 3)


def test_the_rows_of_a_day_are_the_touchpoints_that_connect_and_then_the_sales(book, settings):
    """
    Date        Client  Activity
    2026-06-01  Acme    Phone call
    2026-06-01  Acme    Invoice
    2026-06-02  Acme    Phone call
    2026-06-03  Acme    Email

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    2026-06-02  Acme    100
    """
    acme = seen(book, settings, "2026-06-30")
    rows = acme.contact_rows([date(2026, 6, 3), date(2026, 6, 1), date(2026, 6, 5)])
    assert [str(row) for row in rows] == ["Touchpoints!2", "Touchpoints!5", "Sales!2"]
    assert [str(row) for row in acme.last_contact_rows] == ["Touchpoints!5"]
    assert acme.contact_rows([]) == ()
