"""What an hour with a client has earned, worked out by hand.

The day is 30 June 2026: the year runs from 1 July 2025 to that day.
"""

from datetime import date
from decimal import Decimal

from reportgen.analyses.hourly_earned import hourly_earned
from reportgen.evidence.evidence import evidence


def earned(book, settings):
    as_of = date(2026, 6, 30)
    found = {
        one.client.name: hourly_earned(evidence(one, settings, as_of)) for one in book.relationships
    }
    return {name: None if one is None else round(one, 4) for name, one in found.items()}


def test_sales_less_costs_by_the_hour(book, settings):
    """
    Acme: (1,000 − 100 − 250 − 30.50 − 9.50) ÷ 10 h = 61. Bell: (120 − 240) ÷ 6 h = −20. Cole: nothing
    for 5 hours. What lies a day outside of the year counts for nobody.

    # Sales
    Date        Client  Amount  Direct cost
    2025-06-30  Acme    9000    1
    2025-07-01  Acme    1000    250
    2026-06-30  Acme    -100
    2026-07-01  Acme    7000
    2026-01-10  Bell    120     240

    # Touchpoints
    Date        Client  Activity      Minutes  Cost
    2025-06-30  Acme    Call          999      99
    2025-07-01  Acme    Meeting       480      30.50
    2026-06-30  Acme    Invoice       120      9.50
    2026-01-10  Bell    Project work  360
    2026-01-10  Cole    Call          300
    """
    assert earned(book, settings) == {"Acme": 61, "Bell": -20, "Cole": 0}


def test_under_five_hours_it_is_not_known(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-10  Acme    1000
    2026-01-10  Bell    1000
    2026-01-10  Cole    1000

    # Touchpoints
    Date        Client  Activity  Minutes
    2026-01-10  Acme    Meeting   299
    2026-01-11  Bell    Meeting   300
    """
    assert earned(book, settings) == {"Acme": None, "Bell": 200, "Cole": None}


def test_an_hour_may_have_no_end_of_digits(book, settings):
    """
    1,000 ÷ 7 h.

    # Sales
    Date        Client  Amount
    2026-01-10  Acme    1000

    # Touchpoints
    Date        Client  Activity  Minutes
    2026-01-10  Acme    Meeting   420
    """
    assert earned(book, settings) == {"Acme": Decimal("142.8571")}
