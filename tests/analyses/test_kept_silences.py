"""The silences that running customers keep, by hand."""

from datetime import date

import pytest

from reportgen.analyses.kept_silences import KeptSilences, ended_within, kept_silences, together
from reportgen.evidence.evidence import evidence
from reportgen.model import BusinessModel

T = date(2026, 6, 30)


def of_book(book, settings):
    return kept_silences([evidence(one, settings, T) for one in book.relationships])


def test_each_customer_weighs_the_same(book, settings):
    """
    Acme was in touch on 1, 11 and 21 June: two silences of 9 days, and one of 9 days that lasts. Finch
    was in touch on 1 June alone: one of 29 days that lasts. What came before the first sale is no
    customer's silence. Neighbouring days (Acme, 21 and 22 June) have none between them.

    # Business
    Setting         Value
    Business model  consultancy

    # Touchpoints
    Date        Client  Activity
    2026-01-01  Acme    Call
    2026-06-11  Acme    Call
    2026-06-21  Acme    Call
    2026-06-22  Acme    Call

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    2026-06-01  Finch   100
    """
    third = pytest.approx(1 / 3)
    assert of_book(book, settings) == {
        BusinessModel.CONSULTANCY: KeptSilences(
            2, {9: pytest.approx(2 / 3)}, {8: third, 29: pytest.approx(1)}
        )
    }


def test_whoever_is_not_running_and_whoever_never_bought_is_left_out(book, settings):
    """
    Gone ended; Lapsed has been silent for more than four red lines; Prospect has no sale.

    # Business
    Setting         Value
    Business model  consultancy

    # Clients
    Client  Ended on
    Gone    2026-06-20

    # Touchpoints
    Date        Client    Activity
    2026-06-10  Gone      Call
    2026-06-10  Prospect  Call
    2026-06-20  Prospect  Call

    # Sales
    Date        Client  Amount
    2026-06-01  Gone    100
    2025-01-01  Lapsed  100
    2025-01-11  Lapsed  100
    """
    assert of_book(book, settings) == {}


def test_business_models_are_kept_apart(book, settings):
    """
    # Clients
    Client  Business model
    Acme    service
    Finch   product
    None

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    2026-06-11  Acme    100
    2026-06-21  Finch   100
    2026-06-01  None    100
    """
    found = of_book(book, settings)
    assert list(found) == [BusinessModel.SERVICE, BusinessModel.PRODUCT]
    assert found[BusinessModel.SERVICE] == KeptSilences(1, {9: 0.5}, {19: 0.5})
    assert found[BusinessModel.PRODUCT] == KeptSilences(1, {}, {9: 1.0})


def test_the_days_within_which_a_share_has_ended():
    """Ten silences that end after 1 to 10 days: nine tenths have ended within 9 days, half within 5."""
    silences = KeptSilences(10, dict.fromkeys(range(1, 11), 1.0), {})
    assert [ended_within(silences, share) for share in (0.5, 0.75, 0.9)] == [5, 8, 9]


def test_one_that_lasts_counts_as_one_that_will_be_longer():
    """Of ten, five end after 10 days and four last at 20; at 30 one of one ends: half have ended within
    10 days, and from there to 30 nobody knows more."""
    silences = KeptSilences(10, {10: 5.0, 30: 1.0}, {20: 4.0})
    assert [ended_within(silences, share) for share in (0.5, 0.51, 0.9)] == [10, 30, 30]


def test_a_share_that_is_not_reached():
    assert ended_within(KeptSilences(2, {10: 1.0}, {20: 1.0}), 0.9) is None
    assert ended_within(KeptSilences(1, {}, {20: 1.0}), 0.5) is None


def test_silences_of_several_owners():
    one, other = KeptSilences(2, {9: 1.0}, {3: 1.0}), KeptSilences(1, {4: 0.5, 9: 0.5}, {})
    assert together([one, other]) == KeptSilences(3, {4: 0.5, 9: 1.5}, {3: 1.0})
