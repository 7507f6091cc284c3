"""Cohorts by month and by quarter of the first purchase (SPEC 4), cell by cell."""

from datetime import date

import pytest

from reportgen.analyses.retention import cohorts
from reportgen.evidence.evidence import evidence
from reportgen.shares import Share


def found_on(book, settings, as_of):
    day = date.fromisoformat(as_of)
    return cohorts([evidence(one, settings, day) for one in book.relationships], day)


def test_months_are_calendar_months(book, settings):
    """
    From 31 January to 1 March are 29 days and two calendar months.

    # Sales
    Date        Client  Amount
    2026-01-31  Acme    100
    2026-03-01  Acme    100
    """
    found = found_on(book, settings, "2026-06-30")
    assert found.period == "month"
    (january,) = found.cohorts
    assert (january.name, january.size) == ("2026-01", 1)
    assert january.active == (1, 0, 1, 0, 0, 0)
    assert january.ever_back == (0, 0, 1, 1, 1, 1)


def test_over_the_turn_of_the_year(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-12-01  Acme    100
    2026-01-31  Acme    100
    """
    (december,) = found_on(book, settings, "2026-01-31").cohorts
    assert (december.name, december.active) == ("2025-12", (1, 1))


def test_active_in_the_month_is_not_ever_back_by_then(book, settings):
    """
    Acme came back within January, Bell in February and again in April, Cole never.

    # Sales
    Date        Client  Amount
    2026-01-05  Acme    100
    2026-01-20  Acme    100
    2026-01-06  Bell    100
    2026-02-06  Bell    100
    2026-04-06  Bell    100
    2026-01-07  Cole    100
    """
    (january,) = found_on(book, settings, "2026-04-30").cohorts
    assert january.size == 3
    assert january.active == (3, 1, 0, 1)
    assert january.ever_back == (1, 2, 2, 2)


def test_a_pooled_rate_is_a_sum_over_a_sum(book, settings):
    """
    January: Acme, Bell and Cole; Acme came back in February, Bell in March. February: Dunn, who came
    back in March. After one month 1 of 3 and 1 of 1 are 2 of 4; the mean of the rates would be 2/3.
    After two months there is January alone: 1 of 3.

    # Sales
    Date        Client  Amount
    2026-01-05  Acme    100
    2026-02-05  Acme    100
    2026-01-05  Bell    100
    2026-03-05  Bell    100
    2026-01-05  Cole    100
    2026-02-10  Dunn    100
    2026-03-10  Dunn    100
    """
    found = found_on(book, settings, "2026-03-31")
    january, february = found.cohorts
    assert (january.active, january.ever_back) == ((3, 1, 1), (0, 1, 2))
    assert (february.active, february.ever_back) == ((1, 1), (0, 1))
    assert found.pooled == (Share(4, 4), Share(2, 4), Share(1, 3))
    assert found.pooled_ever_back == (Share(0, 4), Share(2, 4), Share(2, 3))


def test_a_month_that_is_not_over_is_not_known_and_not_pooled(book, settings):
    """
    As above, a day before the end of March: what has come of March so far is shown nowhere. Ewer's
    month has only begun, so that the whole cohort stays out.

    # Sales
    Date        Client  Amount
    2026-01-05  Acme    100
    2026-02-05  Acme    100
    2026-01-05  Bell    100
    2026-03-05  Bell    100
    2026-01-05  Cole    100
    2026-02-10  Dunn    100
    2026-03-10  Dunn    100
    2026-03-20  Ewer    100
    """
    found = found_on(book, settings, "2026-03-30")
    january, february, march = found.cohorts
    assert (january.active, january.ever_back) == ((3, 1, None), (0, 1, None))
    assert (february.active, february.ever_back) == ((1, None), (0, None))
    assert (march.size, march.active, march.ever_back) == (1, (None,), (None,))
    assert found.pooled == (Share(4, 4), Share(1, 3))
    assert found.pooled_ever_back == (Share(0, 4), Share(1, 3))


def test_february_is_over_on_its_last_day(book, settings):
    """
    # Sales
    Date        Client  Amount
    2024-02-01  Acme    100
    """
    assert found_on(book, settings, "2024-02-28").cohorts[0].active == (None,)
    assert found_on(book, settings, "2024-02-29").cohorts[0].active == (1,)


@pytest.mark.parametrize(
    ("as_of", "period", "first"),
    [
        ("2026-06-14", "month", "2024-06"),
        ("2026-06-15", "month", "2024-06"),
        ("2026-06-16", "quarter", "2024-Q2"),
    ],
)
def test_quarters_when_the_history_is_longer_than_24_months(book, settings, as_of, period, first):
    """
    24 months after 15 June 2024 is 15 June 2026. What came before the first purchase is no history of
    buying.

    # Sales
    Date        Client  Amount
    2024-06-15  Acme    100
    2026-01-01  Bell    100

    Date        Client  Activity
    2020-01-01  Acme    Call
    """
    found = found_on(book, settings, as_of)
    assert (found.period, found.cohorts[0].name) == (period, first)


@pytest.mark.parametrize(
    ("as_of", "period"),
    [("2026-02-27", "month"), ("2026-02-28", "month"), ("2026-03-01", "quarter")],
)
def test_24_months_end_with_february(book, settings, as_of, period):
    """
    24 months before 28 February 2026 is 28 February 2024; before 1 March it is 1 March, and both the
    28th and the 29th are longer ago.

    # Sales
    Date        Client  Amount
    2024-02-28  Acme    100
    """
    assert found_on(book, settings, as_of).period == period


def test_quarters(book, settings):
    """
    Acme: first in Q1 2024, then in the same quarter, in the next (its first day) and in Q4 (its last).
    Bell: first on the last day of Q1, then on the first day of Q1 2025, four quarters on. Cole: Q4.

    # Sales
    Date        Client  Amount
    2024-02-10  Acme    100
    2024-03-20  Acme    100
    2024-04-01  Acme    100
    2024-12-31  Acme    100
    2024-03-31  Bell    100
    2025-01-01  Bell    100
    2024-10-01  Cole    100
    """
    found = found_on(book, settings, "2026-06-30")
    assert found.period == "quarter"
    first, last = found.cohorts
    assert (first.name, first.size) == ("2024-Q1", 2)
    assert first.active == (2, 1, 0, 1, 1, 0, 0, 0, 0, 0)
    assert first.ever_back == (1, 1, 1, 1, 2, 2, 2, 2, 2, 2)
    assert (last.name, last.size) == ("2024-Q4", 1)
    assert last.active == (1, 0, 0, 0, 0, 0, 0)
    assert found.pooled[:4] == (Share(3, 3), Share(1, 3), Share(0, 3), Share(1, 3))
    assert found.pooled[4:] == (Share(1, 3), Share(0, 3), Share(0, 3), *[Share(0, 2)] * 3)
    the_day_before = found_on(book, settings, "2026-06-29")
    assert the_day_before.cohorts[0].active == (2, 1, 0, 1, 1, 0, 0, 0, 0, None)
    assert len(the_day_before.pooled) == 9


def test_what_makes_a_cell(book, settings):
    """
    February: Acme's day sums to 0, Bell's is a refund, Cole's is free, Dunn bought twice, Ewer's is
    planned; so 2 of 5 are active and back.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-02-01  Acme    100
    2026-02-01  Acme    -100
    2026-01-01  Bell    100
    2026-02-01  Bell    -100
    2026-01-01  Cole    100
    2026-02-01  Cole    0
    2026-01-01  Dunn    100
    2026-02-01  Dunn    100
    2026-02-28  Dunn    100
    2026-01-01  Ewer    100
    2026-03-01  Ewer    100
    """
    (january,) = found_on(book, settings, "2026-02-28").cohorts
    assert (january.active, january.ever_back) == ((5, 2), (0, 2))


def test_a_first_purchase_that_was_refunded_the_same_day_begins_no_cohort(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-01  Acme    -100
    2026-02-01  Acme    100
    """
    (only,) = found_on(book, settings, "2026-03-31").cohorts
    assert only.name == "2026-02"


def test_nobody_has_bought(book, settings):
    """
    Date        Client  Activity
    2020-01-01  Acme    Call
    """
    found = found_on(book, settings, "2026-06-30")
    assert (found.period, found.cohorts, found.pooled, found.pooled_ever_back) == (
        "month",
        (),
        (),
        (),
    )


def test_months_without_a_first_purchase_have_no_row(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-04-01  Bell    100
    2026-01-01  Acme    100
    """
    names = [cohort.name for cohort in found_on(book, settings, "2026-06-30").cohorts]
    assert names == ["2026-01", "2026-04"]
