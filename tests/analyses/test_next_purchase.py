"""When a client is likely to buy next, worked out by hand and against numpy."""

import random
from datetime import date, timedelta

import numpy as np
import pytest

from reportgen.analyses.next_purchase import NextPurchase, next_purchase
from reportgen.report.findings import findings

START = date(2025, 1, 1)


def days(*gaps):
    found = [START]
    for gap in gaps:
        found.append(found[-1] + timedelta(gap))
    return found


def after(begun, soonest, latest):
    return NextPurchase(begun[-1] + timedelta(soonest), begun[-1] + timedelta(latest))


def test_the_dates_by_hand():
    """Gaps of 10, 20, 30, 40 and 50 days: a quarter is 20, three quarters 40.

    2025-01-01, 01-11, 01-31, 03-02, 04-11, 05-31; the next from 20 June to 10 July.
    """
    begun = days(10, 20, 30, 40, 50)
    assert begun[-1] == date(2025, 5, 31)
    assert next_purchase(begun) == NextPurchase(date(2025, 6, 20), date(2025, 7, 10))


@pytest.mark.parametrize(
    ("gaps", "soonest", "latest"),
    [
        ((10, 20), 13, 18),  # 12.5 and 17.5: a half goes up
        ((20, 10), 13, 18),  # in whatever order
        ((30, 30, 30), 30, 30),
        ((10, 20, 40), 15, 30),
        ((1, 2, 3, 100), 2, 27),  # 1.75 and 27.25
    ],
)
def test_quartiles_are_interpolated_and_rounded_to_days(gaps, soonest, latest):
    begun = days(*gaps)
    assert next_purchase(begun) == after(begun, soonest, latest)


def test_it_takes_three_purchases():
    assert next_purchase([]) is None
    assert next_purchase(days()) is None
    assert next_purchase(days(10)) is None
    assert next_purchase(days(10, 10)) is not None


def found(book, settings):
    made = findings(book, settings, date(2026, 6, 30))
    return {one.name: one.next_purchase for one in made.clients}


def test_it_is_told_of_whom_it_makes_sense_for(book, settings):
    """
    Acme of the shop: gaps of 40 and 60 days, a quarter 45, three quarters 55, from 11 April on. Bell pays
    by the month, Cole has ended; Dunn's third purchase is a plan. Ewer ends in July.

    # Business
    Setting         Value
    Business model  product

    # Clients
    Client  Business model  Ended on
    Acme
    Bell    subscription
    Cole                    2026-06-30
    Dunn
    Ewer                    2026-07-01

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    10
    2026-02-10  Acme    10
    2026-04-11  Acme    10
    2026-01-01  Bell    10
    2026-02-10  Bell    10
    2026-04-11  Bell    10
    2026-01-01  Cole    10
    2026-02-10  Cole    10
    2026-04-11  Cole    10
    2026-01-01  Dunn    10
    2026-02-10  Dunn    10
    2026-07-11  Dunn    10
    2026-01-01  Ewer    10
    2026-02-10  Ewer    10
    2026-04-11  Ewer    10
    """
    told = NextPurchase(date(2026, 5, 26), date(2026, 6, 5))
    assert found(book, settings) == dict.fromkeys(("Acme", "Ewer"), told) | dict.fromkeys(
        ("Bell", "Cole", "Dunn")
    )


def test_gaps_of_projects_run_from_beginning_to_beginning(book, settings):
    """
    Three projects begin on 1 January 2025, 1 July 2025 (181 days later) and 1 February 2026 (215): a
    quarter is 189.5, three quarters 206.5; counted from 1 February that is 10 and 27 August.

    # Business
    Setting         Value
    Business model  consultancy

    # Sales
    Date        Client  Amount  Project
    2025-01-01  Acme    10      Kitchen
    2025-03-01  Acme    10      Kitchen
    2025-07-01  Acme    10      Bathroom
    2025-09-01  Acme    10      Bathroom
    2026-02-01  Acme    10      Loft
    2026-06-01  Acme    10      Loft
    """
    assert found(book, settings) == {
        "Acme": NextPurchase(date(2026, 8, 10), date(2026, 8, 27)),
    }


def test_as_numpy_has_it():
    rng = random.Random("next purchase")
    for _ in range(200):
        gaps = [rng.randint(0, 400) for _ in range(rng.randint(2, 12))]
        begun = days(*gaps)
        low, high = np.floor(np.quantile(gaps, [0.25, 0.75]) + 0.5).astype(int)
        assert next_purchase(begun) == after(begun, int(low), int(high))
