"""Pre-sale, collaboration, post-sale (SPEC 2)."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reportgen.evidence.evidence import evidence
from reportgen.evidence.red_line import phases
from reportgen.model import Sale
from reportgen.problems import Row
from reportgen.settings.settings import Settings


def stretches(book, settings, as_of):
    """The one client's phases as (name, first, last)."""
    (one,) = book.relationships
    found = evidence(one, settings, date.fromisoformat(as_of)).phases
    return [(phase.name, str(phase.first), str(phase.last)) for phase in found]


def test_a_sale_without_a_period_is_thirty_days_of_work(book, settings):
    """
    The day of the sale is the first of the thirty: 10 January to 8 February.

    Date        Client  Activity
    2026-01-01  Acme    Email

    # Sales
    Date        Client  Amount
    2026-01-10  Acme    100
    """
    assert stretches(book, settings, "2026-02-20") == [
        ("pre-sale", "2026-01-01", "2026-01-09"),
        ("collaboration", "2026-01-10", "2026-02-08"),
        ("post-sale", "2026-02-09", "2026-02-20"),
    ]


def test_from_and_to_are_both_days_of_work(book, settings):
    """
    Between the sale and the work lies neither one nor the other: it is the rest.

    Date        Client  Activity
    2026-01-01  Acme    Email

    # Sales
    Date        Client  Amount  From        To
    2026-01-10  Acme    100     2026-01-15  2026-01-20
    """
    assert stretches(book, settings, "2026-01-31") == [
        ("pre-sale", "2026-01-01", "2026-01-09"),
        ("post-sale", "2026-01-10", "2026-01-14"),
        ("collaboration", "2026-01-15", "2026-01-20"),
        ("post-sale", "2026-01-21", "2026-01-31"),
    ]


def test_work_that_is_invoiced_afterwards(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email

    # Sales
    Date        Client  Amount  From        To
    2026-01-31  Acme    100     2026-01-10  2026-01-20
    """
    assert stretches(book, settings, "2026-02-02") == [
        ("pre-sale", "2026-01-01", "2026-01-09"),
        ("collaboration", "2026-01-10", "2026-01-20"),
        ("pre-sale", "2026-01-21", "2026-01-30"),
        ("post-sale", "2026-01-31", "2026-02-02"),
    ]


def test_overlapping_and_adjoining_work_is_one_stretch(book, settings):
    """
    # Sales
    Date        Client  Amount  From        To
    2026-01-01  Acme    100     2026-01-01  2026-01-15
    2026-01-10  Acme    100     2026-01-10  2026-01-20
    2026-01-21  Acme    100     2026-01-21  2026-01-25
    """
    assert stretches(book, settings, "2026-01-26") == [
        ("collaboration", "2026-01-01", "2026-01-25"),
        ("post-sale", "2026-01-26", "2026-01-26"),
    ]


def test_work_that_goes_on_reaches_the_day(book, settings):
    """
    # Sales
    Date        Client  Amount  From        To
    2026-01-01  Acme    100     2026-01-01  2026-12-31
    """
    assert stretches(book, settings, "2026-01-26") == [
        ("collaboration", "2026-01-01", "2026-01-26")
    ]


def test_a_refund_is_no_work(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-03-01  Acme    -100
    """
    assert stretches(book, settings, "2026-03-10") == [
        ("collaboration", "2026-01-01", "2026-01-30"),
        ("post-sale", "2026-01-31", "2026-03-10"),
    ]


def test_before_any_sale_everything_is_pre_sale(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email

    # Sales
    Date        Client  Amount
    2026-02-01  Acme    100
    """
    assert stretches(book, settings, "2026-01-31") == [("pre-sale", "2026-01-01", "2026-01-31")]


DAYS = st.integers(0, 300).map(lambda number: date(2025, 1, 1) + timedelta(days=number))


@given(
    sold=st.lists(st.tuples(DAYS, st.integers(-9, 9), st.none() | st.integers(0, 90)), max_size=8),
    first=DAYS,
    length=st.integers(0, 300),
)
def test_every_day_has_one_phase(sold, first, length):
    last = first + timedelta(days=length)
    sales = [
        Sale(
            day,
            "Acme",
            Decimal(amount),
            Row("Sales", number),
            starts=None if work is None else day,
            ends=None if work is None else day + timedelta(days=work),
        )
        for number, (day, amount, work) in enumerate(sold, start=2)
    ]
    found = phases(sales, first, last, Settings().collaboration_days)
    assert found[0].first == first
    assert found[-1].last == last
    for earlier, later in itertools.pairwise(found):
        assert earlier.last + timedelta(days=1) == later.first
        assert earlier.name != later.name
    assert all(phase.first <= phase.last for phase in found)
