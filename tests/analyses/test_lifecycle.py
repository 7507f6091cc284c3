"""Every stage rule of SPEC 3 at its boundary.

Where silence does not matter the red line is 400 days. The day is 30 June 2026 unless a test says
otherwise, so the last 12 months begin on 1 July 2025.
"""

from dataclasses import replace
from datetime import date

import pytest

from reportgen.analyses.lifecycle import (
    NEEDS_A_PLAN,
    briefly,
    growth,
    lifecycle,
    principle,
    relationship,
    seven_contacts,
    top_five,
)
from reportgen.evidence.evidence import evidence
from reportgen.evidence.purchases import purchase_days
from reportgen.periods import comparable_years
from reportgen.problems import Row


def seen(book, settings, as_of="2026-06-30", name="Acme"):
    found = {one.client.name: one for one in book.relationships}
    return evidence(found[name], settings, date.fromisoformat(as_of))


def everyone(book, settings, as_of="2026-06-30"):
    return [evidence(one, settings, date.fromisoformat(as_of)) for one in book.relationships]


def since(first_sale, as_of):
    """The years that may be compared in a book whose sales begin on a day."""
    return comparable_years(date.fromisoformat(first_sale), date.fromisoformat(as_of))


def stages(book, settings, as_of="2026-06-30"):
    """The one client's two stages."""
    one = seen(book, settings, as_of)
    return lifecycle(one, settings).name, relationship(one, settings).name


# The first purchase


def test_nothing_has_come_back(book, settings):
    """
    Date        Client  Activity    Direction
    2026-01-01  Acme    Email
    2026-02-01  Acme    Newsletter  out
    """
    one = seen(book, settings)
    assert stages(book, settings) == ("reach", "courting")
    assert lifecycle(one, settings).rows == ()
    assert relationship(one, settings).needs == ("a first purchase",)
    assert principle(lifecycle(one, settings)) == "attraction"
    assert growth(one, since("2020-01-01", "2026-06-30")) == "selection"


def test_a_client_without_any_row_is_known(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Bell    Email

    # Clients
    Client
    Acme
    Bell
    """
    assert stages(book, settings) == ("reach", "courting")


@pytest.mark.parametrize(
    ("as_of", "stage"), [("2026-02-28", "reach"), ("2026-03-01", "acquisition")]
)
def test_something_came_in(book, settings, as_of, stage):
    """
    Date        Client  Activity  Direction
    2026-01-01  Acme    Email     out
    2026-03-01  Acme    Email     in
    """
    assert stages(book, settings, as_of) == (stage, "courting")


def test_a_call_goes_both_ways_unless_it_says_otherwise(book, settings):
    """
    Date        Client  Activity  Direction
    2026-01-01  Acme    Call      out
    2026-02-01  Acme    Call
    2026-02-02  Acme    Email     both
    """
    assert stages(book, settings, "2026-01-31") == ("reach", "courting")
    assert stages(book, settings, "2026-02-01") == ("acquisition", "courting")
    proof = lifecycle(seen(book, settings), settings).rows
    assert proof == (Row("Touchpoints", 3), Row("Touchpoints", 4))


def test_what_they_send_counts_even_where_it_is_administration(book, settings):
    """
    Date        Client  Activity    Direction
    2026-01-01  Acme    Scheduling  in
    """
    assert stages(book, settings) == ("acquisition", "courting")


def test_one_purchase_day_and_two(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-05  Acme    100
    2026-03-05  Acme    100
    """
    assert stages(book, settings, "2026-01-04") == ("reach", "courting")
    assert stages(book, settings, "2026-01-05") == ("conversion", "contract")
    assert stages(book, settings, "2026-03-04") == ("conversion", "contract")
    assert stages(book, settings, "2026-03-05") == ("retention", "continuation")
    first = seen(book, settings, "2026-03-04")
    assert lifecycle(first, settings).rows == (Row("Sales", 2),)
    assert relationship(first, settings).rows == (Row("Sales", 2),)
    assert principle(lifecycle(first, settings)) == "conversion"
    assert growth(first, since("2020-01-01", "2026-03-04")) == "acquisition"
    second = seen(book, settings, "2026-03-05")
    assert relationship(second, settings).rows == (Row("Sales", 2), Row("Sales", 3))
    assert principle(lifecycle(second, settings)) == "retention"


def test_several_sales_on_one_day_are_one_purchase_day(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-05  Acme    100
    2026-01-05  Acme    50
    2026-01-05  Acme    25
    """
    one = seen(book, settings)
    (purchase,) = one.purchases
    assert purchase.amount == 175
    assert purchase.rows == (Row("Sales", 4), Row("Sales", 3), Row("Sales", 2))
    assert stages(book, settings) == ("conversion", "contract")


def test_refunds_and_free_sales(book, settings):
    """
    Bought and given back on one day is no purchase, nor is a refund on a later day, nor a day on which
    more was given back than sold; a free sale is one, and so is a day with a free sale and a paid one.

    # Sales
    Date        Client  Amount
    2026-01-05  Acme    100
    2026-01-05  Acme    -100
    2026-01-06  Acme    100
    2026-01-07  Acme    -100
    2026-01-08  Acme    0
    2026-01-09  Acme    0
    2026-01-09  Acme    0
    2026-01-10  Acme    0
    2026-01-10  Acme    10
    2026-01-11  Acme    10
    2026-01-11  Acme    -25
    2026-01-12  Acme    0
    2026-01-12  Acme    20
    2026-01-12  Acme    -20
    """
    found = purchase_days(seen(book, settings).sales)
    assert [(str(one.date), one.amount) for one in found] == [
        ("2026-01-06", 100),
        ("2026-01-08", 0),
        ("2026-01-09", 0),
        ("2026-01-10", 10),
    ]


def test_a_planned_sale_is_no_purchase(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-06-30  Acme    100
    2026-07-01  Acme    100
    """
    assert stages(book, settings) == ("conversion", "contract")


# Loyalty


def test_the_fourth_purchase_day(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-01-05  Acme    100
    2025-06-05  Acme    100
    2026-01-05  Acme    100
    2026-06-30  Acme    100
    2030-01-01  Acme    100

    # Business
    Red line (days)  400
    """
    assert stages(book, settings, "2026-06-29") == ("retention", "continuation")
    assert stages(book, settings, "2026-06-30") == ("loyalty", "commitment")
    three = seen(book, settings, "2026-06-29")
    assert lifecycle(three, settings).needs == ("purchases on 1 more day",)
    assert relationship(three, settings).needs == ("purchases on 1 more day",)
    assert lifecycle(seen(book, settings), settings).needs == ()


def test_the_first_purchase_is_365_days_old(book, settings):
    """
    365 days after 30 June 2025 is 30 June 2026.

    # Sales
    Date        Client  Amount
    2025-06-30  Acme    100
    2025-07-30  Acme    100
    2025-08-30  Acme    100
    2025-09-30  Acme    100
    2030-01-01  Acme    100

    # Business
    Red line (days)  400
    """
    assert stages(book, settings, "2026-06-29") == ("retention", "continuation")
    assert stages(book, settings, "2026-06-30") == ("loyalty", "commitment")
    young = seen(book, settings, "2026-06-29")
    assert relationship(young, settings).needs == (
        "time: the first purchase is 365 days old on 30 June 2026",
    )


def test_365_days_are_counted_not_a_calendar_year(book, settings):
    """
    From 1 July 2023 to 30 June 2024, over 29 February, are 365 days.

    # Sales
    Date        Client  Amount
    2023-07-01  Acme    100
    2023-07-30  Acme    100
    2023-08-30  Acme    100
    2023-09-30  Acme    100

    # Business
    Red line (days)  400
    """
    assert stages(book, settings, "2024-06-29")[0] == "retention"
    assert stages(book, settings, "2024-06-30")[0] == "loyalty"


def test_loyal_only_above_the_red_line(book, settings):
    """
    Sixty days after 1 May 2026 is 30 June.

    # Sales
    Date        Client  Amount
    2025-03-01  Acme    100
    2026-01-05  Acme    100
    2026-03-05  Acme    100
    2026-05-01  Acme    100
    """
    assert stages(book, settings, "2026-06-30")[0] == "loyalty"
    below = seen(book, settings, "2026-07-01")
    assert lifecycle(below, settings).name == "retention"
    assert lifecycle(below, settings).needs == ("to be back above the red line",)


# Commitment


def test_a_quarter_of_the_year_below_the_red_line_is_still_commitment(book, settings):
    """
    The relationship ended on 29 June 2026, so 364 of the last 12 months' days belong to it; a quarter
    is 91. From 1 August to 31 December are 152 days: 152 − 60 − 1 = 91 below. No other gap is longer
    than 60 days.

    # Sales
    Date        Client  Amount
    2025-05-30  Acme    100
    2025-06-29  Acme    100
    2025-08-01  Acme    100
    2025-12-31  Acme    100
    2030-01-01  Acme    100

    Date        Client  Activity
    2026-02-28  Acme    Email
    2026-04-28  Acme    Email
    2026-06-25  Acme    Email

    # Clients
    Client  Ended on
    Acme    2026-06-29
    """
    one = seen(book, settings)
    assert one.silence.days_below == 91
    assert relationship(one, settings).name == "commitment"


def test_one_day_more_is_not(book, settings):
    """
    As above, with one day more of silence: 92 of 364 days.

    # Sales
    Date        Client  Amount
    2025-05-30  Acme    100
    2025-06-29  Acme    100
    2025-08-01  Acme    100
    2026-01-01  Acme    100
    2030-01-01  Acme    100

    Date        Client  Activity
    2026-02-28  Acme    Email
    2026-04-28  Acme    Email
    2026-06-25  Acme    Email

    # Clients
    Client  Ended on
    Acme    2026-06-29
    """
    one = seen(book, settings)
    assert one.silence.days_below == 92
    found = relationship(one, settings)
    assert found.name == "continuation"
    assert len(found.needs) == 1
    assert "25 %" in found.needs[0]


def test_silence_before_the_last_twelve_months_is_forgiven(book, settings):
    """
    A whole year of silence, over on the last day before the 12 months.

    # Sales
    Date        Client  Amount
    2024-06-01  Acme    100
    2024-06-02  Acme    100
    2024-06-03  Acme    100
    2025-07-01  Acme    100
    2030-01-01  Acme    100

    Date        Client  Activity
    2025-08-30  Acme    Email
    2025-10-29  Acme    Email
    2025-12-28  Acme    Email
    2026-02-26  Acme    Email
    2026-04-27  Acme    Email
    2026-06-26  Acme    Email
    """
    one = seen(book, settings)
    assert one.silence.days_below > 300
    assert relationship(one, settings).name == "commitment"


# Convergence


def test_advice_asked_on_the_first_day_of_the_year(book, settings):
    """
    Work runs to the end of 2026, so that advice is all that matters: it stands on the first day of the
    12 months up to 30 June 2026, and on the day before those up to 1 July.

    # Sales
    Date        Client  Amount  From        To
    2025-01-05  Acme    100
    2025-02-05  Acme    100
    2025-03-05  Acme    100
    2025-04-05  Acme    100     2025-04-05  2026-12-31

    Date        Client  Activity  Signal
    2025-07-01  Acme    Call      advice asked
    2025-08-01  Acme    Call      compliment

    # Business
    Red line (days)  400
    """
    inside = relationship(seen(book, settings, "2026-06-30"), settings)
    assert inside.name == "convergence"
    assert inside.needs == ()
    assert inside.rows == (Row("Touchpoints", 2), Row("Sales", 5))
    outside = relationship(seen(book, settings, "2026-07-01"), settings)
    assert outside.name == "commitment"
    assert outside.needs == ("a request for your advice in the last 12 months",)


def test_advice_alone_is_not_convergence(book, settings):
    """
    # Sales
    Date        Client  Amount  Service
    2025-01-05  Acme    100     Design
    2025-02-05  Acme    100     Design
    2025-03-05  Acme    100     design
    2025-04-05  Acme    100     Styling
    2030-01-01  Acme    100

    Date        Client  Activity  Signal
    2026-05-01  Acme    Call      advice asked

    # Business
    Red line (days)  400
    """
    found = relationship(seen(book, settings), settings)
    assert found.name == "commitment"
    assert len(found.needs) == 1


def test_three_different_services(book, settings):
    """
    # Sales
    Date        Client  Amount  Service
    2025-01-05  Acme    100     Design
    2025-02-05  Acme    100     Design
    2025-03-05  Acme    100     Styling
    2025-04-05  Acme    100     Lighting
    2030-01-01  Acme    100

    Date        Client  Activity  Signal
    2026-05-01  Acme    Call      advice asked

    # Business
    Red line (days)  400
    """
    assert relationship(seen(book, settings), settings).name == "convergence"


@pytest.mark.parametrize(
    ("as_of", "stage"),
    [
        ("2026-05-31", "commitment"),
        ("2026-06-01", "convergence"),
        ("2026-06-30", "convergence"),
        ("2026-07-01", "commitment"),
    ],
)
def test_work_on_its_first_and_last_day(book, settings, as_of, stage):
    """
    # Sales
    Date        Client  Amount  From        To
    2025-01-05  Acme    100
    2025-02-05  Acme    100
    2025-03-05  Acme    100
    2025-04-05  Acme    100     2026-06-01  2026-06-30
    2030-01-01  Acme    100

    Date        Client  Activity  Signal
    2026-05-01  Acme    Call      advice asked

    # Business
    Red line (days)  400
    """
    assert relationship(seen(book, settings, as_of), settings).name == stage


@pytest.mark.parametrize(("months", "stage"), [(9, "convergence"), (8, "commitment")])
def test_purchases_in_nine_of_twelve_months(book, settings, months, stage):
    """
    On 31 December 2026 the 12 months are those of the year. January has two purchases and is one
    month; April, June, September have none, which leaves nine. Without the last purchase there are
    eight.

    # Sales
    Date        Client  Amount
    2025-01-05  Acme    100
    2026-01-01  Acme    100
    2026-01-31  Acme    100
    2026-02-28  Acme    100
    2026-03-31  Acme    100
    2026-05-01  Acme    100
    2026-07-31  Acme    100
    2026-08-01  Acme    100
    2026-10-15  Acme    100
    2026-11-30  Acme    100
    2026-12-31  Acme    100

    Date        Client  Activity  Signal
    2026-05-01  Acme    Call      advice asked
    2030-01-01  Acme    Call

    # Business
    Red line (days)  400
    """
    (acme,) = book.relationships
    if months == 8:
        acme = replace(acme, sales=acme.sales[:-1])
    found = relationship(evidence(acme, settings, date(2026, 12, 31)), settings)
    assert found.name == stage
    assert found.needs == () or "(now 8)" in found.needs[0]


def test_a_client_billed_on_the_last_day_of_nine_months(book, settings):
    """
    The months that end on 30 November 2026 are calendar months, whether they have 30 days or 31.

    # Sales
    Date        Client  Amount
    2025-10-31  Acme    100
    2026-01-31  Acme    100
    2026-02-28  Acme    100
    2026-03-31  Acme    100
    2026-04-30  Acme    100
    2026-05-31  Acme    100
    2026-06-30  Acme    100
    2026-07-31  Acme    100
    2026-08-31  Acme    100
    2026-09-30  Acme    100
    2030-01-01  Acme    100

    Date        Client  Activity  Signal
    2026-05-01  Acme    Call      advice asked

    # Business
    Red line (days)  400
    """
    assert relationship(seen(book, settings, "2026-11-30"), settings).name == "convergence"


# 002: growth


@pytest.mark.parametrize(
    ("as_of", "stage"), [("2026-06-29", "retention"), ("2026-06-30", "growth")]
)
def test_more_sales_than_in_the_year_before(book, settings, as_of, stage):
    """
    200 in the year before. Up to 29 June 2026 there are 200 again, which is not more; a day later 250.

    # Sales
    Date        Client  Amount
    2025-01-05  Acme    200
    2026-01-05  Acme    200
    2026-06-30  Acme    50
    """
    assert growth(seen(book, settings, as_of), since("2020-01-01", as_of)) == stage


def test_refunds_lower_the_years_sales(book, settings):
    """
    300 − 150 is less than 200.

    # Sales
    Date        Client  Amount
    2025-01-05  Acme    200
    2026-01-05  Acme    300
    2026-02-05  Acme    -150
    """
    assert growth(seen(book, settings), since("2020-01-01", "2026-06-30")) == "retention"


# Seven contacts


def test_contact_days_before_the_first_purchase(book, settings):
    """
    Acme has seven contact days before 1 March: the two calls of one day are one, the invoice is none,
    and the day of the purchase itself is not before it. Bell has six.

    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-02  Acme    Email
    2026-01-03  Acme    Call
    2026-01-03  Acme    Call
    2026-01-04  Acme    Email
    2026-01-05  Acme    Email
    2026-01-06  Acme    Email
    2026-01-07  Acme    Email
    2026-01-08  Acme    Invoice
    2026-03-01  Acme    Meeting
    2026-03-02  Acme    Call
    2026-01-01  Bell    Email
    2026-01-02  Bell    Email
    2026-01-03  Bell    Email
    2026-01-04  Bell    Email
    2026-01-05  Bell    Email
    2026-01-06  Bell    Email
    2026-03-01  Bell    Call
    2026-01-01  Cole    Call

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    2026-03-01  Bell    100
    """
    found = seven_contacts(everyone(book, settings, "2026-03-31"), settings)
    assert found.before_first_purchase == {"Acme": 7, "Bell": 6}
    assert found.days_to_first_purchase == {"Acme": 59, "Bell": 59}  # 1 January to 1 March
    assert (found.at_least_seven.numerator, found.at_least_seven.denominator) == (1, 2)


def test_prospects_given_up_before_the_seventh_contact(book, settings):
    """
    Red line 10 days. Acme fell silent after two contacts, Bell after seven, Cole is in touch, Dunn
    bought.

    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-02  Acme    Email
    2026-01-01  Bell    Email
    2026-01-02  Bell    Email
    2026-01-03  Bell    Email
    2026-01-04  Bell    Email
    2026-01-05  Bell    Email
    2026-01-06  Bell    Email
    2026-01-07  Bell    Email
    2026-01-25  Cole    Email

    # Sales
    Date        Client  Amount
    2026-01-01  Dunn    100

    # Business
    Red line (days)  10
    """
    found = seven_contacts(everyone(book, settings, "2026-01-31"), settings)
    assert found.given_up == {"Acme": 2}
    assert seven_contacts(everyone(book, settings, "2026-01-12"), settings).given_up == {}


def test_who_buys_at_once_took_no_days(book, settings):
    """
    Acme bought on the day of the first contact. Bell paid in February for January as well, before which
    nothing is written down.

    Date        Client  Activity
    2026-01-10  Acme    Call

    # Sales
    Date        Client  Amount  From        To
    2026-01-10  Acme    100
    2026-02-15  Bell    100     2026-01-01  2026-02-28

    # Business
    Business model  subscription
    """
    found = seven_contacts(everyone(book, settings, "2026-03-31"), settings)
    assert found.days_to_first_purchase == {"Acme": 0, "Bell": 0}


def test_nobody_has_bought(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email
    """
    share = seven_contacts(everyone(book, settings), settings).at_least_seven
    assert (share.value, share.low, share.high, share.denominator) == (None, None, None, 0)


def test_wilson_interval_of_seven_contacts(book, settings):
    """
    One of one. Wilson 95 % for 1 of 1: the lower end is 1 ÷ (1 + 1.96²) = 1 ÷ 4.8415 = 0.2065.

    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-02  Acme    Email
    2026-01-03  Acme    Email
    2026-01-04  Acme    Email
    2026-01-05  Acme    Email
    2026-01-06  Acme    Email
    2026-01-07  Acme    Email

    # Sales
    Date        Client  Amount
    2026-01-08  Acme    100
    """
    share = seven_contacts(everyone(book, settings), settings).at_least_seven
    assert share.value == 1
    assert share.low == pytest.approx(0.2065, abs=5e-5)
    assert share.high == 1


# Top five


def test_the_five_biggest_of_the_last_twelve_months(book, settings):
    """
    Old sales do not count, nor those who paid nothing; of two equal ones the alphabet decides.

    # Sales
    Date        Client  Amount
    2025-06-30  Acme    9000
    2025-07-01  Bell    300
    2026-01-01  Cole    500
    2026-01-01  Dunn    300
    2026-01-01  Ewer    800
    2026-01-01  Fox     100
    2026-01-01  Gray    200
    2026-01-01  Hale    0
    2026-07-01  Ives    900

    # Business
    Setting          Value
    Red line (days)  400
    """
    found = top_five(everyone(book, settings))
    assert found == ("Ewer", "Cole", "Bell", "Dunn", "Gray")


def test_the_five_biggest_are_running(book, settings):
    """
    With a red line of 30 days Acme has lapsed after 121 days; Bell has ended.

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    900
    2026-06-01  Bell    800
    2026-03-02  Cole    10

    # Clients
    Client  Ended on
    Bell    2026-06-30

    # Business
    Setting          Value
    Red line (days)  30
    """
    assert top_five(everyone(book, settings)) == ("Cole",)


def test_fewer_than_five_have_paid(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-06-01  Acme    0
    2026-06-01  Bell    1
    """
    assert top_five(everyone(book, settings)) == ("Bell",)


@pytest.mark.parametrize(
    ("need", "brief"),
    [
        (NEEDS_A_PLAN, "a plan"),
        ("purchases on 2 more days", "more purchases"),
        ("1 more project", "more purchases"),
        ("time: the first purchase is 365 days old on 3 February 2027", "time"),
        ("at most 25 % of the last 12 months below the red line (now 36 %)", "less silence"),
    ],
)
def test_what_is_lacking_in_a_word(need, brief):
    assert briefly(need) == brief
