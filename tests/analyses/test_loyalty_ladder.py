"""The loyalty ladder over real purchases (000, SPEC 2), worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analyses.loyalty_ladder import Ladder, climb, ladder_of_all
from reportgen.evidence.evidence import evidence
from reportgen.model import Client, Sale, relationships
from reportgen.problems import Row
from reportgen.settings.settings import Settings


def climbed(book, settings, as_of="2026-12-31", name="Acme"):
    found = {one.client.name: one for one in book.relationships}
    return climb(evidence(found[name], settings, date.fromisoformat(as_of)), settings)


def rungs(found):
    return [(r.number, r.share, r.discount) for r in found.rungs]


def test_five_per_cent_more_each_time_half_price_on_the_tenth_then_again(book, settings):
    """
    5 + 10 + … + 50 = 275 on ten purchases of 100, and 5 on the eleventh. The margin of 40 % is 440, so
    160 is left; an average purchase brings 40, and 280 ÷ 40 is 7 purchases more, exactly.

    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-02  Acme    100
    2026-01-03  Acme    100
    2026-01-04  Acme    100
    2026-01-05  Acme    100
    2026-01-06  Acme    100
    2026-01-07  Acme    100
    2026-01-08  Acme    100
    2026-01-09  Acme    100
    2026-01-10  Acme    100
    2026-01-11  Acme    100

    # Business
    Business model  product
    Gross margin    40 %
    """
    found = climbed(book, settings)
    assert rungs(found) == [
        (1, 0.05, 5),
        (2, 0.10, 10),
        (3, 0.15, 15),
        (4, 0.20, 20),
        (5, 0.25, 25),
        (6, 0.30, 30),
        (7, 0.35, 35),
        (8, 0.40, 40),
        (9, 0.45, 45),
        (10, 0.50, 50),
        (1, 0.05, 5),
    ]
    assert found.ladder == Ladder(11, Decimal(1100), Decimal(280), Decimal(440), 21)
    assert found.ladder.margin_left == 160
    assert found.next_share == 0.10
    assert climbed(book, settings, "2026-01-09").next_share == 0.50
    assert climbed(book, settings, "2026-01-10").next_share == 0.05


@pytest.mark.parametrize(
    ("margin", "extra"),
    [
        ("100 %", 1),  # 90 is left of the second purchase, and 5 were given
        ("15 %", 1),  # 15 − 10 = 5, exactly what was given
        ("14 %", None),  # 4, then −1, −6 …; once up leaves 140 − 275 = −135
        ("27 %", 1),
    ],
)
def test_further_purchases_climb_the_ladder_too(book, settings, margin, extra):
    """
    One purchase of 100, of which 5 would have been given. The next stands on the second rung.

    Date        Client  Amount
    2026-01-01  Acme    100

    # Business
    Business model  product
    """
    share = float(margin.removesuffix(" %")) / 100
    found = climbed(book, replace(settings, gross_margin=share))
    assert found.ladder.extra_purchases == extra


@pytest.mark.parametrize(
    ("margin", "extra"), [(0.75, 6), (0.5, 12), (0.4, 21), (0.3, 102), (0.275, None), (0.2, None)]
)
def test_once_up_the_ladder_and_again(book, settings, margin, extra):
    """
    Eleven purchases of 100 gave 280. From the second rung on each leaves the margin less 10, 15 … 50, and
    then 5, so once up the ladder leaves ten margins less 275.

    Margin | What is left, added up from the second rung | 280 is reached
    75 | 65 125 180 230 275 315 | with the 6th
    50 | 40 75 105 130 150 165 175 180 180 225; again 265 300 | with the 12th
    40 | 30 55 75 90 100 105 105 100 90 125; by twenty 250; then 280 | with the 21st
    30 | 20 35 45 50 50 45 35 20 0 25; ninety 225, at most 275; a hundred 250; 270 285 | with the 102nd
    27.5 | nothing each time up, at most 40 on the way | never
    20 | less each time up | never

    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-02  Acme    100
    2026-01-03  Acme    100
    2026-01-04  Acme    100
    2026-01-05  Acme    100
    2026-01-06  Acme    100
    2026-01-07  Acme    100
    2026-01-08  Acme    100
    2026-01-09  Acme    100
    2026-01-10  Acme    100
    2026-01-11  Acme    100

    # Business
    Business model  product
    """
    found = climbed(book, replace(settings, gross_margin=margin))
    assert found.ladder.discount == 280
    assert found.ladder.extra_purchases == extra


def test_margin_from_direct_costs(book, settings):
    """
    The margins are 100 − 60 = 40 and, without a direct cost, 46 % of 50 = 23. The discounts are 5 and
    5: 10 ÷ 31.5 is under one average purchase, rounded up 1.

    Date        Client  Amount  Direct cost
    2026-01-01  Acme    100     60
    2026-02-01  Acme    50

    # Business
    Business model  product
    Gross margin    46 %
    """
    found = climbed(book, settings)
    assert [rung.margin for rung in found.rungs] == [40, 23]
    assert (found.ladder.discount, found.ladder.margin_left) == (10, 53)
    assert found.ladder.extra_purchases == 1
    assert [str(row) for rung in found.rungs for row in rung.rows] == ["Sales!2", "Sales!3"]


def test_margin_not_known(book, settings):
    """
    Bell has a direct cost for every sale, Acme not; so all ladder_of_all is not known either.

    Date        Client  Amount  Direct cost
    2026-01-01  Acme    100     60
    2026-02-01  Acme    50
    2026-02-01  Bell    50      20

    # Business
    Business model  product
    """
    acme, bell = (climbed(book, settings, name=name) for name in ("Acme", "Bell"))
    assert (acme.ladder.margin, acme.ladder.margin_left, acme.ladder.extra_purchases) == (None,) * 3
    assert acme.ladder.discount == 10
    assert bell.ladder.margin == 30
    assert ladder_of_all([acme, bell]) == Ladder(3, Decimal(200), Decimal("12.5"), None, None)


def test_with_whom_it_never_comes_out_is_counted_apart(book, settings):
    """
    Acme's purchase leaves 40, and one more 30. Of Bell's nothing is left of either. Dunn has not bought.

    Date        Client  Amount  Direct cost
    2026-01-01  Acme    100     60
    2026-01-01  Bell    100     100

    # Clients
    Client
    Dunn

    # Business
    Business model  product
    """
    climbs = [climbed(book, settings, name=name) for name in ("Acme", "Bell", "Dunn")]
    assert [(c.ladder.extra_purchases, c.ladder.never) for c in climbs] == [
        (1, 0),
        (None, 1),
        (0, 0),
    ]
    together = ladder_of_all(climbs)
    assert (together.extra_purchases, together.never) == (1, 1)


def test_no_purchases_more_pay_for_it_where_they_leave_nothing(book, settings):
    """
    Date        Client  Amount  Direct cost
    2026-01-01  Acme    100     100

    # Business
    Business model  product
    """
    found = climbed(book, settings)
    assert (found.ladder.margin_left, found.ladder.extra_purchases) == (-5, None)


def test_what_counts_as_a_purchase(book, settings):
    """
    Two sales of 3 January are one purchase of 150; the free one of the 4th earns nothing; what was sold
    and given back on the 5th is none; the later refund takes nothing back; the plan does not count.

    Date        Client  Amount
    2026-01-03  Acme    100
    2026-01-03  Acme    50
    2026-01-04  Acme    0
    2026-01-05  Acme    80
    2026-01-05  Acme    -80
    2026-01-06  Acme    -50
    2026-01-07  Acme    200
    2026-12-01  Acme    500

    # Business
    Business model  product
    """
    found = climbed(book, settings, "2026-06-30")
    assert rungs(found) == [(1, 0.05, Decimal("7.5")), (2, 0.10, 20)]
    assert [rung.amount for rung in found.rungs] == [150, 200]


def test_steps_and_top_of_the_owners(book, settings):
    """
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-02  Acme    100
    2026-01-03  Acme    100
    2026-01-04  Acme    100

    # Business
    Business model              product
    Loyalty ladder step         10 %
    Loyalty ladder top          25 %
    Loyalty ladder (purchases)  3
    """
    assert rungs(climbed(book, settings)) == [
        (1, 0.1, 10),
        (2, 0.2, 20),
        (3, 0.25, 25),
        (1, 0.1, 10),
    ]


def test_no_step_goes_above_the_top(book, settings):
    """
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-02  Acme    100
    2026-01-03  Acme    100

    # Business
    Business model       product
    Loyalty ladder step  20 %
    Loyalty ladder top   30 %
    """
    assert [share for _, share, _ in rungs(climbed(book, settings))] == [0.2, 0.3, 0.3]


def test_only_for_products_by_client(book, settings):
    """
    Bell has not bought yet: nothing given, nothing to make up for.

    Date        Client  Activity
    2026-01-01  Acme    Call
    2026-01-01  Bell    Call

    # Clients
    Client  Business model
    Bell    product
    """
    assert climbed(book, settings) is None
    bell = climbed(book, settings, name="Bell")
    assert bell.ladder == Ladder(0, Decimal(), Decimal(), Decimal(), 0)
    assert (bell.rungs, bell.ladder.extra_purchases, bell.next_share) == ((), 0, 0.05)
    assert ladder_of_all([]) == bell.ladder


@given(
    st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2026, 1, 1)), st.integers(-20, 90))),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(1, 12),
    st.randoms(),
)
def test_shares_stay_in_range_and_row_order_changes_nothing(sold, step, top, last, random):
    settings = Settings(
        business_model="product",
        gross_margin=0.5,
        loyalty_ladder_step=step,
        loyalty_ladder_top_share=top,
        loyalty_ladder_top_purchase=last,
    )
    sales = [
        Sale(day, "A", Decimal(amount), Row("Sales", row))
        for row, (day, amount) in enumerate(sold, start=2)
    ]

    def once():
        (one,) = relationships([Client("A")], sales=sales)
        return climb(evidence(one, settings, date(2025, 9, 1)), settings)

    found = once()
    for rung in found.rungs:
        assert 0 <= rung.share <= top
        assert 1 <= rung.number <= last
        assert 0 <= rung.discount <= rung.amount
    assert found.ladder.margin_left == pytest.approx(
        found.ladder.sales * Decimal("0.5") - found.ladder.discount
    )
    random.shuffle(sales)
    assert once() == found
