"""From last year's sales to this year's, step by step, worked out by hand.

The day is 30 June 2026: now are 1 July 2025 to 30 June 2026, before are 1 July 2024 to 30 June 2025.
"""

from datetime import date
from decimal import Decimal

import pytest

from reportgen.periods import Window, comparable_years
from reportgen.report.findings import findings

T = date(2026, 6, 30)


def steps(book, settings, as_of=T):
    found = findings(book, settings, as_of).bridge
    return [(str(step.name), step.amount, step.clients) for step in found.steps]


def test_every_step_with_those_behind_it(book, settings):
    """
    Acme spends more, Bell less, Cole the same; Dunn is not back; Ewer was away for the whole year
    before; Fox and Gray are new. Hill has never bought, and a planned sale is none.

    100 + 300 + 50 + 80 = 530 before; 530 − 80 − 120 + 45 + 60 + 95 = 530 now.

    # Sales
    Date        Client  Amount
    2024-06-30  Ewer    500
    2024-07-01  Acme    100
    2025-01-15  Bell    300
    2025-02-15  Cole    50
    2025-06-30  Dunn    80
    2025-07-01  Acme    145
    2025-09-01  Bell    180
    2025-09-02  Cole    50
    2026-01-01  Ewer    60
    2026-03-01  Fox     70
    2026-06-30  Gray    25
    2026-07-01  Hill    999
    """
    assert steps(book, settings) == [
        ("before", 530, ("Bell", "Acme", "Dunn", "Cole")),
        ("not back", -80, ("Dunn",)),
        ("less", -120, ("Bell",)),
        ("more", 45, ("Acme",)),
        ("won back", 60, ("Ewer",)),
        ("new", 95, ("Fox", "Gray")),
        ("now", 530, ("Bell", "Acme", "Fox", "Ewer", "Cole", "Gray")),
    ]


def test_a_refund_of_somebody_not_back_belongs_there(book, settings):
    """
    Acme is not back and had money returned this year; Bell, long gone, too. Refunds of who stayed are
    less: Cole's 40 − 100. To the penny: 200.10 − 200.10 − 20.05 − 5 − 60 = −85.05.

    # Sales
    Date        Client  Amount
    2023-01-10  Bell    90
    2024-07-01  Cole    0
    2024-08-01  Acme    100.10
    2024-09-01  Cole    100
    2025-07-02  Acme    -20.05
    2025-08-01  Bell    -5
    2025-10-01  Cole    100
    2025-10-02  Cole    -60
    """
    assert steps(book, settings) == [
        ("before", Decimal("200.10"), ("Acme", "Cole")),
        ("not back", Decimal("-125.15"), ("Acme", "Bell")),
        ("less", -60, ("Cole",)),
        ("more", 0, ()),
        ("won back", 0, ()),
        ("new", 0, ()),
        ("now", Decimal("14.95"), ("Cole", "Acme", "Bell")),
    ]


def test_who_has_ended_since_had_stayed(book, settings):
    """
    Acme bought in both years and ended in May: 100 − 70 is less from those who stayed.

    # Clients
    Client  Ended on
    Acme    2026-05-31

    # Sales
    Date        Client  Amount
    2024-07-01  Acme    100
    2025-09-01  Acme    70
    """
    assert steps(book, settings)[1:3] == [("not back", 0, ()), ("less", -30, ("Acme",))]


def test_a_year_that_is_not_recorded_whole_is_compared_month_by_month(book, settings):
    """
    Sales are recorded since 15 March 2025: April, May and June of 2025 are compared with those of 2026.
    What Acme and Bell bought in other months is in neither sum; Bell, who bought in December, stayed.

    # Sales
    Date        Client  Amount
    2025-03-15  Acme    1000
    2025-04-01  Acme    100
    2025-06-30  Bell    40
    2025-12-01  Bell    700
    2026-03-31  Acme    500
    2026-04-01  Acme    130
    2026-06-30  Cole    10
    """
    found = findings(book, settings, T).bridge
    assert (found.earlier, found.later) == (
        Window(date(2025, 3, 31), T.replace(year=2025)),
        Window(date(2026, 3, 31), T),
    )
    assert steps(book, settings) == [
        ("before", 140, ("Acme", "Bell")),
        ("not back", 0, ()),
        ("less", -40, ("Bell",)),
        ("more", 30, ("Acme",)),
        ("won back", 0, ()),
        ("new", 10, ("Cole",)),
        ("now", 140, ("Acme", "Cole")),
    ]


@pytest.mark.parametrize(
    ("as_of", "since", "months"),
    [
        # The year before begins on 1 November 2024.
        ("2026-10-31", "2024-11-01", "2024-11-01 2025-10-31 2025-11-01 2026-10-31"),
        ("2026-10-31", "2020-01-01", "2024-11-01 2025-10-31 2025-11-01 2026-10-31"),
        ("2026-10-31", "2024-11-02", "2024-12-01 2025-10-31 2025-12-01 2026-10-31"),
        ("2026-10-31", "2025-08-01", "2025-08-01 2025-10-31 2026-08-01 2026-10-31"),
        ("2026-10-31", "2025-08-02", None),  # September and October alone
        ("2026-10-31", "2025-11-01", None),
        # October 2025 is not over on the 15th, nor is a February cut on its 28th day in a leap year.
        ("2026-10-15", "2025-03-10", "2025-04-01 2025-09-30 2026-04-01 2026-09-30"),
        ("2025-02-28", "2023-10-20", "2023-11-01 2024-01-31 2024-11-01 2025-01-31"),
        ("2024-02-29", "2022-12-01", "2022-12-01 2023-02-28 2023-12-01 2024-02-29"),
        ("2026-10-31", None, None),
    ],
)
def test_which_months_are_compared(as_of, since, months):
    found = comparable_years(since and date.fromisoformat(since), date.fromisoformat(as_of))
    assert found.tell == (months is not None)
    if months is not None:
        earlier, later = found.earlier, found.later
        days = (earlier.first, earlier.to, later.first, later.to)
        assert " ".join(day.isoformat() for day in days) == months


def test_without_a_year_before_there_is_no_bridge(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-07-01  Acme    100
    2026-01-01  Acme    100
    """
    assert findings(book, settings, T).bridge is None


def test_the_steps_add_up_in_every_sample(samples):
    for found in samples:
        made = found.bridge
        parts = [step.amount for step in made.steps]
        assert sum(parts[:-1]) == parts[-1]
        everyone = [client.seen for client in found.clients]
        assert parts[0] == sum(seen.sales_in(made.earlier) for seen in everyone)
        assert parts[-1] == sum(seen.sales_in(made.later) for seen in everyone)


@pytest.fixture
def samples():
    from sites import sample_report

    names = ("interior-designer", "virtual-assistant", "shoe-shop", "meal-box")
    return [sample_report(name).found for name in names]
