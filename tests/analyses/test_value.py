"""Worth, and how much hangs on how few (SPEC 4), worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analyses.value import concentration, worth
from reportgen.evidence.evidence import evidence
from reportgen.model import Sale, relationships
from reportgen.problems import Row
from reportgen.settings.settings import Settings


def worth_of(book, settings, name="Acme"):
    found = {one.client.name: one for one in book.relationships}
    return worth(evidence(found[name], settings, date(2026, 6, 30)), settings)


def spread(book, settings):
    worths = [
        worth(evidence(one, settings, date(2026, 6, 30)), settings) for one in book.relationships
    ]
    return concentration(worths, settings)


def test_sales_now_and_before(book, settings):
    """
    The last 12 months are 1 July 2025 to 30 June 2026; the 12 before begin on 1 July 2024.

    # Sales
    Date        Client  Amount
    2024-06-30  Acme    1
    2024-07-01  Acme    10
    2025-06-30  Acme    100
    2025-07-01  Acme    1000
    2026-06-30  Acme    10000
    2026-06-30  Acme    -4000
    2026-07-01  Acme    100000
    """
    found = worth_of(book, settings)
    assert found.sales_now == 7000
    assert found.sales_before == 110
    assert found.sales_total == 7111


def test_profit_at_an_hourly_rate(book, settings):
    """
    90 minutes at 60 an hour are 90; with 5.50 for a postcard the costs are 95.50. Of sales of 480 with
    direct costs of 20 are left 480 − 20 − 95.50 = 364.50. Planned rows cost nothing yet.

    Date        Client  Activity      Minutes  Cost
    2025-06-30  Acme    Call          30
    2025-07-01  Acme    Project work  60
    2026-01-01  Acme    Postcard               5.50
    2026-07-01  Acme    Call          600      100

    # Sales
    Date        Client  Amount  Direct cost
    2026-01-01  Acme    480     20
    2026-08-01  Acme    900     100

    # Business
    Hourly rate  60
    """
    found = worth_of(book, settings)
    assert found.minutes == 90
    assert found.minutes_now == 60
    assert found.costs == Decimal("95.50")
    assert found.direct_costs == 20
    assert found.profit == Decimal("364.50")


def test_without_an_hourly_rate_time_has_no_price(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-01-01  Acme    Call      30

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    480
    """
    found = worth_of(book, settings)
    assert found.costs is None
    assert found.profit is None


def test_usual_minutes_stand_in_for_blank_ones(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-01-01  Acme    Call
    2026-01-02  Acme    Call      10
    2026-01-03  Acme    Email

    # Activities
    Activity  Usual minutes
    Call      20
    """
    assert worth_of(book, settings).minutes == 30


def test_shares_of_three_clients_with_a_refund_beside_them(book, settings):
    """
    500, 300 and 200 are 1000: 0.5² + 0.3² + 0.2² = 0.38, and 1 ÷ 0.38 = 2.6316. The client who got 100
    back has no share, but the year's sales are 900.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    500
    2026-01-01  Bell    300
    2026-01-01  Cole    200
    2025-01-01  Dunn    100
    2026-01-01  Dunn    -100
    2026-01-01  Ewer    0
    """
    found = spread(book, settings)
    assert found.sales_now == 900
    assert found.sales_before == 100
    assert found.paying == 3
    assert found.top1_share == pytest.approx(0.5)
    assert found.top3_share == pytest.approx(1)
    assert found.top5_share == pytest.approx(1)
    assert found.hhi == pytest.approx(0.38)
    assert found.effective_clients == pytest.approx(2.6316, abs=5e-5)
    assert found.warnings == (
        "One client brings 50 % of the year's sales.",
        "Three clients bring 100 % of the year's sales.",
    )


def test_six_equal_clients(book, settings):
    """
    Each has a sixth; three have exactly a half, which is not above it. Five have 5 ÷ 6.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-01  Bell    100
    2026-01-01  Cole    100
    2026-01-01  Dunn    100
    2026-01-01  Ewer    100
    2026-01-01  Fox     100
    """
    found = spread(book, settings)
    assert found.top1_share == pytest.approx(1 / 6)
    assert found.top3_share == pytest.approx(1 / 2)
    assert found.top5_share == pytest.approx(5 / 6)
    assert found.hhi == pytest.approx(1 / 6)
    assert found.effective_clients == pytest.approx(6)
    assert found.warnings == ()


def test_a_quarter_from_one_client_is_no_warning_but_three_quarters_from_three_is(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-01  Acme    25
    2026-01-01  Bell    25
    2026-01-01  Cole    25
    2026-01-01  Dunn    25
    """
    assert spread(book, settings).warnings == ("Three clients bring 75 % of the year's sales.",)


def test_nobody_paid(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-01-01  Acme    500
    2026-01-01  Bell    0
    """
    found = spread(book, settings)
    assert found.sales_now == 0
    assert (found.top1_share, found.top3_share, found.top5_share) == (None, None, None)
    assert found.hhi is None
    assert found.effective_clients is None
    assert found.warnings == ()


AMOUNTS = st.decimals(-(10**6), 10**9, places=2)


@given(st.lists(AMOUNTS, max_size=30))
def test_shares_stay_within_nothing_and_everything(amounts):
    day = date(2026, 6, 30)
    everyone = relationships(
        [],
        sales=[
            Sale(day, f"Client {number}", amount, Row("Sales", number))
            for number, amount in enumerate(amounts, start=2)
        ],
    )
    settings = Settings()
    worths = [worth(evidence(one, settings, day), settings) for one in everyone]
    found = concentration(worths, settings)
    if not any(amount > 0 for amount in amounts):
        assert (found.paying, found.hhi) == (0, None)
        return
    assert 0 < found.top1_share <= found.top3_share <= found.top5_share <= 1
    assert 0 < found.hhi <= 1
    assert 1 <= found.effective_clients <= found.paying * (1 + 1e-9)
