"""Contribution, break-even, the costs of winning and of keeping, RFM and share of wallet (SPEC 4).

The day is 30 June 2026 unless a test says otherwise, so the last 12 months begin on 1 July 2025.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reportgen.analyses.retention import retention
from reportgen.analyses.value import RFM, BlackState, InTheBlack, cost_of_clients, rfm, worth
from reportgen.evidence.evidence import evidence
from reportgen.model import Sale, relationships
from reportgen.problems import Row
from reportgen.settings.settings import Settings

AS_OF = date(2026, 6, 30)


def worth_of(book, settings, as_of="2026-06-30", name="Acme"):
    found = {one.client.name: one for one in book.relationships}
    return worth(evidence(found[name], settings, date.fromisoformat(as_of)), settings)


def costs(book, settings):
    everyone = [evidence(one, settings, AS_OF) for one in book.relationships]
    found = retention(everyone, AS_OF)
    active = len(found.kept) + len(found.new) + len(found.won_back)
    return cost_of_clients(everyone, active, AS_OF, settings)


def since(day):
    return InTheBlack(BlackState.SINCE, date.fromisoformat(day))


# Contribution and the day it broke even


@pytest.mark.parametrize(
    ("as_of", "profit", "state", "since"),
    [
        ("2026-01-31", -60, "never", "2026-01-01"),
        ("2026-02-01", -10, "never", "2026-01-01"),
        ("2026-03-01", 0, "since", "2026-03-01"),
        ("2026-04-01", -30, "no longer", "2026-04-01"),
        ("2026-04-30", -30, "no longer", "2026-04-01"),
        ("2026-05-01", 70, "since", "2026-05-01"),
        ("2026-06-01", 40, "since", "2026-05-01"),
        ("2026-06-30", 40, "since", "2026-05-01"),
    ],
)
def test_in_the_black_and_back_in_the_red(book, settings, as_of, profit, state, since):
    """
    An hour costs 60. 1 January: −60. 1 February: +50, so −10. 1 March: +10, exactly 0: even. 1 April:
    half an hour, −30, in the red again. 1 May: 100 come in, 70: even for good. 1 June: half an hour,
    40, still in the black since 1 May.

    Date        Client  Activity  Minutes
    2026-01-01  Acme    Meeting   60
    2026-04-01  Acme    Call      30
    2026-06-01  Acme    Call      30

    # Sales
    Date        Client  Amount
    2026-02-01  Acme    50
    2026-03-01  Acme    10
    2026-05-01  Acme    100

    # Business
    Hourly rate  60
    """
    found = worth_of(book, settings, as_of)
    assert found.profit == profit
    assert found.in_the_black == InTheBlack(BlackState(state), date.fromisoformat(since))


def test_a_day_counts_as_a_whole(book, settings):
    """
    100 − 60 direct costs − 30 for half an hour − 10 for the train are exactly 0 at the day's end.

    Date        Client  Activity  Minutes  Cost
    2026-03-01  Acme    Meeting   30       10

    # Sales
    Date        Client  Amount  Direct cost
    2026-03-01  Acme    100     60

    # Business
    Hourly rate  60
    """
    found = worth_of(book, settings)
    assert (found.profit, found.in_the_black) == (0, since("2026-03-01"))


def test_a_refund_takes_it_back(book, settings):
    """
    100 − 20 = 80; the refund of 90 leaves −10; a planned sale changes nothing yet.

    # Sales
    Date        Client  Amount  Direct cost
    2026-01-01  Acme    100     20
    2026-02-01  Acme    -90
    2026-12-01  Acme    500
    """
    assert worth_of(book, settings, "2026-01-31").in_the_black == since("2026-01-01")
    found = worth_of(book, settings)
    no_longer = InTheBlack(BlackState.NO_LONGER, date(2026, 2, 1))
    assert (found.profit, found.in_the_black) == (-10, no_longer)


def test_who_comes_down_to_nothing_is_even_still(book, settings):
    """
    60 came in on 1 January, and an hour on 1 February cost 60: exactly 0.

    Date        Client  Activity  Minutes
    2026-02-01  Acme    Meeting   60

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    60

    # Business
    Hourly rate  60
    """
    found = worth_of(book, settings)
    assert (found.profit, found.in_the_black) == (0, since("2026-01-01"))


def test_a_free_sale_earns_nothing_and_a_refunded_project_did_until_then(book, settings):
    """
    Acme's free sale is followed by half an hour, −30. Bell's 100, less half an hour, are 70 until the
    project is refunded in full.

    Date        Client  Activity  Minutes
    2026-02-01  Acme    Call      30
    2026-02-01  Bell    Call      30

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    0
    2026-01-01  Bell    100
    2026-03-01  Bell    -100

    # Business
    Setting         Value
    Hourly rate     60
    Business model  consultancy
    """
    never = InTheBlack(BlackState.NEVER, date(2026, 2, 1))
    assert worth_of(book, settings, name="Acme").in_the_black == never
    no_longer = InTheBlack(BlackState.NO_LONGER, date(2026, 3, 1))
    assert worth_of(book, settings, name="Bell").in_the_black == no_longer


def test_contacts_without_recorded_time_are_not_the_day_it_broke_even(book, settings):
    """
    Nothing has been spent or earned before 1 March, when the first sale comes in.

    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-02-01  Acme    Call

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    assert worth_of(book, settings).in_the_black == since("2026-03-01")


def test_a_prospect_has_nothing_to_break_even_on(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-01-01  Acme    Email     0
    2026-01-01  Bell    Email     30

    # Business
    Hourly rate  60
    """
    assert worth_of(book, settings).in_the_black is None
    bell = worth_of(book, settings, name="Bell")
    never = InTheBlack(BlackState.NEVER, date(2026, 1, 1))
    assert (bell.profit, bell.in_the_black) == (-30, never)


def test_without_an_hourly_rate_neither_is_known(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-04-01  Acme    Call      5

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    """
    before, now = worth_of(book, settings, "2026-03-31"), worth_of(book, settings)
    assert (before.profit, before.in_the_black) == (100, since("2026-01-01"))
    assert (now.profit, now.in_the_black) == (None, None)


# Share of wallet


def test_share_of_wallet(book, settings):
    """
    Acme: 300 − 50 of the last 12 months in 1000. Bell buys more than was thought. Cole's potential is
    not known, Dunn bought nothing in the year.

    # Sales
    Date        Client  Amount
    2025-06-30  Acme    400
    2025-07-01  Acme    300
    2026-06-30  Acme    -50
    2026-01-01  Bell    150
    2026-01-01  Cole    100
    2025-01-01  Dunn    100

    # Clients
    Client  Potential per year
    Acme    1000
    Bell    100
    Cole
    Dunn    500
    """
    shares = {
        name: worth_of(book, settings, name=name).share_of_wallet for name in ("Acme", "Bell")
    }
    assert shares == {"Acme": pytest.approx(0.25), "Bell": pytest.approx(1.5)}
    assert worth_of(book, settings, name="Cole").share_of_wallet is None
    assert worth_of(book, settings, name="Dunn").share_of_wallet == 0


# To win and to keep


def test_costs_are_parted_at_the_day_of_the_first_purchase(book, settings):
    """
    An hour costs 60. Before its first purchase on 1 October Acme took 30 minutes and a lunch of 20:
    50. The half hour of that very day is keeping, and so is the later hour: 90. Bell has not bought:
    60. Cole bought long ago: 30 of keeping. What lies outside the year costs nothing, what is planned
    neither.

    Winning: 50 + 60 + 12 · 10 spent on acquisition = 230, for one first purchase in the year. Keeping:
    90 + 30 = 120 for two customers active in the year, so 60 each; 230 ÷ 60 = 3.8333.

    Date        Client  Activity  Minutes  Cost
    2025-06-30  Acme    Call      600
    2025-07-01  Acme    Call      30       20
    2025-10-01  Acme    Meeting   30
    2026-01-01  Acme    Call      60
    2026-01-01  Bell    Call      60
    2026-01-01  Cole    Call      30
    2026-07-01  Bell    Call      600

    # Sales
    Date        Client  Amount  Direct cost
    2025-10-01  Acme    100     55
    2024-01-01  Cole    100
    2026-01-01  Cole    100

    # Business
    Hourly rate                  60
    Acquisition spend per month  10
    """
    found = costs(book, settings)
    assert (found.acquiring, found.won) == (230, 1)
    assert (found.keeping, found.kept) == (120, 2)
    assert found.cost_to_acquire == 230
    assert found.cost_to_keep == 60
    assert found.ratio == pytest.approx(230 / 60)


def test_a_day_that_sums_to_nothing_is_no_first_purchase(book, settings):
    """
    Acme was won on 1 March: the call of February is still winning.

    Date        Client  Activity  Minutes
    2026-02-01  Acme    Call      60
    2026-04-01  Acme    Call      30

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-01  Acme    -100
    2026-03-01  Acme    100

    # Business
    Hourly rate  60
    """
    found = costs(book, settings)
    assert (found.acquiring, found.keeping) == (60, 30)


def test_the_edges_of_the_year_of_winning(book, settings):
    """
    Acme's first purchase was the day before the year began, Bell's and Cole's on its first and last
    day, Dunn's is planned.

    # Sales
    Date        Client  Amount
    2025-06-30  Acme    100
    2025-07-01  Bell    100
    2026-06-30  Cole    100
    2026-07-01  Dunn    100
    """
    found = costs(book, settings)
    assert (found.won, found.kept) == (2, 2)


def test_the_work_that_is_sold_is_not_what_keeps_a_client(book, settings):
    """
    An hour costs 60. Keeping: the call, 60, and the invoice, 30. Serving: project work 120, by another of
    its words 60, and a delivery that cost 15. Work before the first purchase is winning.

    Date        Client  Activity      Minutes  Cost
    2026-01-01  Acme    Project work  30
    2026-02-01  Acme    Call          60
    2026-02-02  Acme    Project work  120
    2026-02-03  Acme    Bookkeeping   60
    2026-02-04  Acme    Delivery               15
    2026-02-05  Acme    Invoice       30

    # Sales
    Date        Client  Amount
    2026-02-01  Acme    500
    2026-03-01  Bell    500

    # Business
    Hourly rate  60
    """
    found = costs(book, settings)
    assert (found.acquiring, found.keeping, found.serving) == (30, 90, 195)
    assert (found.cost_to_keep, found.cost_to_serve) == (45, Decimal("97.5"))
    assert found.ratio == pytest.approx(15 / 45)


def test_what_nobody_wrote_down_is_no_cost_of_nothing(book, settings):
    """
    The call after the sale has no minutes: what keeping costs is not known, nor is the ratio. Nothing was
    delivered. A Cost of 0 that was written down is known.

    Date        Client  Activity  Minutes  Cost
    2026-01-01  Acme    Call      30
    2026-03-01  Acme    Call
    2026-03-02  Acme    Delivery           0

    # Sales
    Date        Client  Amount
    2026-02-01  Acme    100

    # Business
    Hourly rate  60
    """
    found = costs(book, settings)
    assert (found.cost_to_acquire, found.cost_to_keep, found.ratio) == (30, None, None)
    assert found.cost_to_serve == 0


def test_nobody_won_and_nobody_active(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-01-01  Acme    Call      60
    2026-01-01  Bell    Call      60

    # Sales
    Date        Client  Amount
    2025-01-01  Bell    100

    # Business
    Hourly rate  60
    """
    found = costs(book, settings)
    assert (found.acquiring, found.keeping) == (60, 60)
    assert (found.cost_to_acquire, found.cost_to_keep, found.ratio) == (None, None, None)


def test_time_without_a_rate_has_no_cost(book, settings):
    """
    Keeping took no time, so that it is known to have cost its postcard alone.

    Date        Client  Activity  Minutes  Cost
    2026-01-01  Acme    Call      60
    2026-03-01  Acme    Postcard           2.50

    # Sales
    Date        Client  Amount
    2026-02-01  Acme    100
    """
    found = costs(book, settings)
    assert found.cost_to_acquire is None
    assert found.cost_to_keep == Decimal("2.50")
    assert found.ratio is None


def test_a_book_without_recorded_time_or_cost_knows_no_cost(book, settings):
    """
    Not 0: nobody wrote down what the mail and the call took.

    Date        Client  Activity
    2025-12-01  Acme    Email
    2026-02-01  Acme    Call

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100

    # Business
    Hourly rate  60
    """
    found = costs(book, settings)
    assert (found.cost_to_acquire, found.cost_to_keep) == (None, None)


def test_a_cost_of_nothing_that_was_written_down_is_one(book, settings):
    """
    Date        Client  Activity  Cost
    2025-12-01  Acme    Email     0
    2026-02-01  Acme    Email     0

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    """
    found = costs(book, settings)
    assert (found.cost_to_acquire, found.cost_to_keep, found.ratio) == (0, 0, None)


def test_acquisition_spend_alone_is_known(book, settings):
    """
    12 · 25 for two first purchases in the year.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-01  Bell    100

    # Business
    Acquisition spend per month  25
    """
    found = costs(book, settings)
    assert (found.cost_to_acquire, found.cost_to_keep) == (150, None)


# RFM


def scores(amounts_by_day):
    """Client number → scores, of sales given as (client, days before the as-of date, amount)."""
    sales = [
        Sale(AS_OF - timedelta(days=ago), f"Client {client:02}", Decimal(amount), Row("Sales", at))
        for at, (client, ago, amount) in enumerate(amounts_by_day, start=2)
    ]
    everyone = [evidence(one, Settings(), AS_OF) for one in relationships([], sales=sales)]
    return rfm([seen for seen in everyone if seen.is_customer])


def test_below_ten_customers_scores_are_ranks_and_ties_share_one(book, settings):
    """
    Last purchase: Dunn, then Cole, then Acme and Bell together, so 1, 2, 3, 3. Purchase days: Dunn 2,
    the others 1 (Bell's three sales of one day are one), so 4, 1, 1, 1. Money: Bell 60 − 10 = 50, Cole
    80, Acme and Dunn 100, so 1, 2, 3, 3. Ewer has bought nothing and has no score.

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    2026-06-01  Bell    20
    2026-06-01  Bell    20
    2026-06-01  Bell    20
    2026-06-20  Bell    -10
    2026-05-01  Cole    80
    2026-03-01  Dunn    30
    2026-04-01  Dunn    70
    2026-07-01  Dunn    900

    # Clients
    Client
    Ewer
    """
    everyone = [evidence(one, settings, AS_OF) for one in book.relationships]
    assert rfm([seen for seen in everyone if seen.is_customer]) == {
        "Acme": RFM(3, 1, 3, 4),
        "Bell": RFM(3, 1, 1, 4),
        "Cole": RFM(2, 1, 2, 4),
        "Dunn": RFM(1, 4, 3, 4),
    }


@pytest.mark.parametrize(
    ("customers", "out_of", "expected"),
    [
        (1, 1, [1]),
        (9, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        # ⌊3 · i ÷ 10⌋ for i = 0 … 9
        (10, 3, [1, 1, 1, 1, 2, 2, 2, 3, 3, 3]),
        (24, 3, [1] * 8 + [2] * 8 + [3] * 8),
        (25, 5, [1] * 5 + [2] * 5 + [3] * 5 + [4] * 5 + [5] * 5),
    ],
)
def test_how_fine_the_scores_are(customers, out_of, expected):
    """The first bought longest ago and least, the last on the as-of date and most."""
    found = scores([(n, customers - 1 - n, 10 + n) for n in range(customers)])
    assert [one.recency for one in found.values()] == expected
    assert [one.monetary for one in found.values()] == expected
    assert [one.frequency for one in found.values()] == [1] * customers
    assert {one.out_of for one in found.values()} == {out_of}


def test_ties_of_ten_customers():
    """
    Four share the least amount (0 worse: 1), five the next (4 worse: 1 + ⌊12 ÷ 10⌋ = 2), one the most
    (9 worse: 1 + ⌊27 ÷ 10⌋ = 3).
    """
    found = scores([(n, 0, 5 if n < 4 else 50 if n < 9 else 500) for n in range(10)])
    assert [one.monetary for one in found.values()] == [1] * 4 + [2] * 5 + [3]
    assert {one.recency for one in found.values()} == {1}


def test_nobody_has_a_score():
    assert rfm([]) == {}
