"""Do they come back? Every figure of SPEC 4 without a model, worked out by hand.

The day is 30 June 2026 unless a test says otherwise: now are 1 July 2025 to 30 June 2026, before are
1 July 2024 to 30 June 2025.
"""

import random
from dataclasses import replace
from datetime import date

import pytest

from reportgen.analyses.retention import (
    cohorts,
    repeats,
    retention,
    rhythm,
    time_to_quiet,
    time_to_second,
)
from reportgen.estimates.survival import kaplan_meier
from reportgen.evidence.evidence import evidence
from reportgen.model import relationships
from reportgen.shares import Share


def everyone(book, settings, as_of="2026-06-30"):
    return [evidence(one, settings, date.fromisoformat(as_of)) for one in book.relationships]


def kept(book, settings, as_of="2026-06-30"):
    return retention(everyone(book, settings, as_of), date.fromisoformat(as_of))


def repeated(book, settings, as_of="2026-06-30"):
    return repeats(everyone(book, settings, as_of), date.fromisoformat(as_of))


# Logo retention


def test_who_is_kept_quiet_new_and_won_back(book, settings):
    """
    Each window at its first and last day. Acme, Bell and Gray are the base; Gray's second purchase is
    planned. Dunn was away the whole year before: won back, and like Cole outside the base. Ewer has
    been away for two years, Fox never bought.

    # Sales
    Date        Client  Amount
    2024-07-01  Acme    100
    2026-06-30  Acme    100
    2025-06-30  Bell    100
    2025-07-01  Cole    100
    2024-06-30  Dunn    100
    2025-07-01  Dunn    100
    2024-06-30  Ewer    100
    2025-01-01  Gray    100
    2026-07-01  Gray    100

    Date        Client  Activity
    2025-01-01  Fox     Call
    2026-01-01  Fox     Call
    """
    found = kept(book, settings)
    assert found.logo_retention == Share(1, 3)
    assert found.churn == pytest.approx(2 / 3)
    assert found.kept == ("Acme",)
    assert found.quiet == ("Bell", "Gray")
    assert found.new == ("Cole",)
    assert found.won_back == ("Dunn",)


def test_a_day_later_the_windows_have_moved(book, settings):
    """
    On 1 July 2026 now begins on 2 July 2025 and before on 2 July 2024: Acme's purchase of 1 July 2025
    has become one of the year before, and Bell's of 1 July 2024 is older than that.

    # Sales
    Date        Client  Amount
    2025-07-01  Acme    100
    2024-07-01  Bell    100
    2026-01-01  Bell    100
    """
    today, later = kept(book, settings), kept(book, settings, "2026-07-01")
    assert (today.logo_retention, today.new, today.won_back) == (Share(1, 1), ("Acme",), ())
    assert (later.logo_retention, later.new, later.won_back) == (Share(0, 1), (), ("Bell",))


def test_work_that_overlaps_a_year_makes_active(book, settings):
    """
    Acme's work ends on the first day of now, Bell's on the last of before. Cole was billed afterwards
    for work begun on the last day of before. Dunn's work is still to come. Ewer's sale itself is
    planned, so that its period is no evidence either. Fox's work covers all of before and neither
    begins nor ends in it.

    # Sales
    Date        Client  Amount  From        To
    2024-08-01  Acme    100     2024-08-01  2025-07-01
    2024-08-01  Bell    100     2024-08-01  2025-06-30
    2025-07-05  Cole    100     2025-06-30  2025-12-31
    2025-05-01  Dunn    100     2026-07-01  2026-12-31
    2026-07-02  Ewer    100     2025-01-01  2025-12-31
    2024-01-01  Fox     100     2024-01-01  2025-12-31
    """
    found = kept(book, settings)
    assert found.kept == ("Acme", "Cole", "Fox")
    assert found.quiet == ("Bell", "Dunn")
    assert (found.new, found.won_back) == ((), ())
    assert found.logo_retention == Share(3, 5)


def test_a_refund_is_no_activity_and_a_free_sale_is(book, settings):
    """
    Acme's only day of now sums to 0, Bell's is a refund, Cole's is free. Dunn's base day sums to 0, so
    that Dunn is new.

    # Sales
    Date        Client  Amount
    2025-01-10  Acme    100
    2025-12-01  Acme    50
    2025-12-01  Acme    -50
    2025-01-10  Bell    100
    2025-12-01  Bell    -20
    2025-01-10  Cole    100
    2025-12-01  Cole    0
    2025-01-10  Dunn    100
    2025-01-10  Dunn    -100
    2025-12-01  Dunn    100
    """
    found = kept(book, settings)
    assert found.kept == ("Cole",)
    assert found.quiet == ("Acme", "Bell")
    assert found.new == ("Dunn",)


@pytest.mark.parametrize(
    ("as_of", "share"),
    [
        # Before are 1 March 2022 to 28 February 2023, now 1 March 2023 to 29 February 2024.
        ("2024-02-29", Share(0, 1)),
        # Before are 1 March 2023 to 28 February 2024, now 29 February 2024 to 28 February 2025.
        ("2025-02-28", Share(1, 1)),
    ],
)
def test_years_that_end_in_february(book, settings, as_of, share):
    """
    # Sales
    Date        Client  Amount
    2023-02-28  Acme    100
    2024-02-28  Bell    100
    2024-02-29  Bell    100
    """
    assert kept(book, settings, as_of).logo_retention == share


def test_an_ended_client_is_counted_by_what_they_bought(book, settings):
    """
    Acme ended in May and bought in both years: the share counts Acme, whom nobody has kept. Bell ended
    in the year before.

    # Sales
    Date        Client  Amount
    2025-01-01  Acme    100
    2026-01-01  Acme    100
    2025-01-01  Bell    100

    # Clients
    Client  Ended on
    Acme    2026-05-31
    Bell    2025-05-31
    """
    found = kept(book, settings)
    assert found.logo_retention == Share(1, 2)
    assert (found.kept, found.ended, found.quiet) == ((), ("Acme",), ("Bell",))


# Gross and net revenue retention


def test_growth_counts_in_nrr_alone(book, settings):
    """
    Σ before = 100 + 200 + 300 = 600. GRR (100 + 80 + 0) ÷ 600 = 0.3; NRR (150 + 80 + 0) ÷ 600 =
    0.3833. The 1000 of the new client and of the one won back are in neither.

    # Sales
    Date        Client  Amount
    2025-01-01  Acme    100
    2026-01-01  Acme    70
    2026-02-01  Acme    80
    2025-01-01  Bell    120
    2025-02-01  Bell    80
    2026-01-01  Bell    80
    2025-01-01  Cole    300
    2026-01-01  Dunn    1000
    2024-01-01  Ewer    500
    2026-01-01  Ewer    1000
    """
    found = kept(book, settings)
    assert found.grr == pytest.approx(0.3)
    assert found.nrr == pytest.approx(230 / 600)


def test_refunds_lower_the_years_and_never_below_nothing(book, settings):
    """
    Acme: before 100, now 50 − 80 = −30, floored at 0. Bell: before 100 − 150 = −50, floored at 0; now
    40. Cole: before 150 − 50 = 100, now 100. Σ before = 200: GRR (0 + 0 + 100) ÷ 200 = 0.5, NRR
    (0 + 40 + 100) ÷ 200 = 0.7.

    # Sales
    Date        Client  Amount
    2025-01-01  Acme    100
    2026-01-01  Acme    50
    2026-02-01  Acme    -80
    2025-01-01  Bell    100
    2025-02-01  Bell    -150
    2026-01-01  Bell    40
    2025-01-01  Cole    150
    2025-02-01  Cole    -50
    2026-01-01  Cole    100
    """
    found = kept(book, settings)
    assert found.logo_retention == Share(3, 3)
    assert found.grr == pytest.approx(0.5)
    assert found.nrr == pytest.approx(0.7)


def test_a_base_without_sales_keeps_no_share_of_sales(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-01-01  Acme    0
    2026-01-01  Acme    100
    """
    found = kept(book, settings)
    assert found.logo_retention == Share(1, 1)
    assert (found.grr, found.nrr) == (None, None)


def test_nobody():
    found = retention([], date(2026, 6, 30))
    assert found.logo_retention == Share(0, 0)
    assert (found.churn, found.grr, found.nrr) == (None, None, None)
    assert (found.kept, found.quiet, found.new, found.won_back) == ((), (), (), ())
    assert repeats([], date(2026, 6, 30)).repeat_rate == Share(0, 0)


# Repeat rates


def test_coming_back_within_90_days_at_its_boundaries(book, settings):
    """
    1 April + 90 days is 30 June, and 1 January + 90 is 1 April; 1 January + 180 is 30 June.

    Within 90: Acme has just had 90 days and came back on the last; Bell, a day younger, came back and
    is not counted yet; Cole came back after 90 days, Dunn after 91, Ewer never: 2 of 4. Within 180:
    Cole and Dunn of those and Ewer. Nobody has had 365.

    # Sales
    Date        Client  Amount
    2026-04-01  Acme    100
    2026-06-30  Acme    100
    2026-04-02  Bell    100
    2026-04-03  Bell    100
    2026-01-01  Cole    100
    2026-04-01  Cole    100
    2026-01-01  Dunn    100
    2026-04-02  Dunn    100
    2026-01-01  Ewer    100
    """
    found = repeated(book, settings)
    assert found.repeat_rate == Share(4, 5)
    assert found.repeat_within == {90: Share(2, 4), 180: Share(2, 3), 365: Share(0, 0)}
    assert found.repeat_within[365].value is None


def test_what_came_later_does_not_change_a_rate_that_was_due(book, settings):
    """
    Acme came back after 120 days, which is not within 90 however long one waits.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-05-01  Acme    100
    """
    assert repeated(book, settings, "2026-04-30").repeat_rate == Share(0, 1)
    assert repeated(book, settings, "2026-05-01").repeat_rate == Share(1, 1)
    assert repeated(book, settings).repeat_within[90] == Share(0, 1)


def test_what_is_no_second_purchase_day(book, settings):
    """
    Acme bought twice on one day, Bell was refunded later, Dunn's second is planned, Ewer's first was
    refunded the same day, Fox was only refunded and is no customer, nor is Gray. Cole came back for
    something free.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-01  Acme    100
    2026-01-01  Bell    100
    2026-01-09  Bell    -100
    2026-01-01  Cole    0
    2026-01-02  Cole    0
    2026-01-01  Dunn    100
    2026-07-01  Dunn    100
    2026-01-01  Ewer    100
    2026-01-01  Ewer    -100
    2026-02-01  Ewer    100
    2026-01-01  Fox     -100

    # Clients
    Client
    Gray
    """
    assert repeated(book, settings).repeat_rate == Share(1, 5)


def test_a_client_is_the_same_however_the_name_is_written(book, settings):
    """
    Acme Ltd has two purchase days and was active in both years.

    # Sales
    Date       | Client       | Amount
    2025-01-01 | Acme Ltd     | 100
    2026-01-01 |  ACME   ltd  | 100
    2026-01-01 | Bell         | 100

    # Clients
    Client
    Acme Ltd
    """
    assert repeated(book, settings).repeat_rate == Share(1, 2)
    assert kept(book, settings).kept == ("Acme Ltd",)


def test_an_amount_in_a_second_currency_is_a_problem_and_no_sale(book, settings):
    """
    Neither a purchase nor 80 of anything; the other sales count.

    # Sales
    Date        Client  Amount
    2025-01-01  Acme    £100
    2026-01-01  Acme    €80
    2025-01-01  Bell    £100
    2026-01-01  Bell    £50

    # Business
    Currency  GBP
    """
    assert [str(problem.where) for problem in book.problems] == ["Sales!C3"]
    assert repeated(book, settings).repeat_rate == Share(1, 2)
    found = kept(book, settings)
    assert found.kept == ("Bell",)
    assert found.nrr == pytest.approx(0.25)


def test_the_order_of_rows_changes_nothing(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-01-01  Acme    100
    2025-01-01  Acme    -30
    2026-01-01  Acme    50
    2026-06-01  Acme    50
    2025-02-01  Bell    80
    2025-08-01  Bell    20
    2026-02-01  Cole    0
    2026-02-01  Cole    40
    """
    sales = [sale for one in book.relationships for sale in one.sales]
    first = everyone(book, settings)
    as_of = date(2026, 6, 30)
    for seed in range(10):
        shuffled = random.Random(seed).sample(sales, len(sales))
        other = everyone(replace(book, relationships=relationships([], sales=shuffled)), settings)
        assert retention(other, as_of) == retention(first, as_of)
        assert repeats(other, as_of) == repeats(first, as_of)
        assert cohorts(other, as_of) == cohorts(first, as_of)


# Time to the second purchase, and to going quiet


def test_time_to_the_second_purchase(book, settings):
    """
    In order: 10 (came back), 20 (still waiting), 30 and 30 (came back), 40 (still waiting).
    S(10) = 4/5, S(20) the same, S(30) = 4/5 · 1/3 = 4/15, S(40) the same; the median is 30.

    At 10 the standard error of log(−log S) is √(1 ÷ (5 · 4)) ÷ 0.223144 = 1.002077, and the interval
    0.8 to the power of e^±(1.959964 · 1.002077), that is of 7.1281 and of 1/7.1281: 0.2038 to 0.9692.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-11  Acme    100
    2026-06-01  Acme    100
    2026-01-01  Bell    100
    2026-01-31  Bell    100
    2026-06-10  Cole    100
    2026-06-10  Cole    100
    2026-05-01  Dunn    100
    2026-05-31  Dunn    100
    2026-05-21  Ewer    100
    2026-07-01  Ewer    100
    """
    found = time_to_second(everyone(book, settings))
    assert found.days == (10, 30, 20, 30, 40)
    assert found.happened == (True, True, False, True, False)
    curve = kaplan_meier(found.days, found.happened)
    assert curve.times == (10, 20, 30, 40)
    assert curve.at_risk == (5, 4, 3, 1)
    assert curve.survival == pytest.approx((4 / 5, 4 / 5, 4 / 15, 4 / 15))
    assert curve.median == 30
    assert curve.low[0] == pytest.approx(0.2038, abs=5e-5)
    assert curve.high[0] == pytest.approx(0.9692, abs=5e-5)


def test_time_until_quiet(book, settings):
    """
    The red line is 10 days, so that silence of more than 40 is a lapse; it is dated by the last contact.

    Acme wrote on the 20th day and never since. Bell was never heard of after the first purchase. Cole
    is in touch. Dunn's work goes on. Ewer ended after 45 days, which is no silence, and was watched
    no longer. Fox is silent for exactly 40 days. In order: 0 (quiet), 10, 20 (quiet), 40, 45, 150.
    S(0) = 5/6, S(20) = 5/6 · 3/4 = 5/8; the median is not reached.

    # Sales
    Date        Client  Amount  From        To
    2026-01-01  Acme    100
    2026-01-01  Bell    100
    2026-06-20  Cole    100
    2026-01-31  Dunn    100     2026-01-31  2026-12-31
    2026-03-01  Ewer    100
    2026-05-21  Fox     100

    Date        Client  Activity
    2026-01-21  Acme    Email
    2026-03-21  Ewer    Call

    # Clients
    Client  Ended on
    Ewer    2026-04-15

    # Business
    Red line (days)  10
    """
    found = time_to_quiet(everyone(book, settings))
    assert found.days == (20, 0, 10, 150, 45, 40)
    assert found.happened == (True, True, False, False, False, False)
    curve = kaplan_meier(found.days, found.happened)
    assert curve.times == (0, 10, 20, 40, 45, 150)
    assert curve.survival == pytest.approx((5 / 6, 5 / 6, 5 / 8, 5 / 8, 5 / 8, 5 / 8))
    assert curve.median is None


def test_a_day_later_the_silent_one_has_gone_quiet_on_the_day_of_the_last_contact(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-05-01  Acme    100
    2026-05-21  Acme    100

    # Business
    Red line (days)  10
    """
    still = time_to_quiet(everyone(book, settings, "2026-06-30"))
    gone = time_to_quiet(everyone(book, settings, "2026-07-01"))
    assert (still.days, still.happened) == ((60,), (False,))
    assert (gone.days, gone.happened) == ((20,), (True,))


# Own rhythm


@pytest.mark.parametrize(
    ("as_of", "ratio", "state"),
    [
        ("2026-03-02", 0, "on time"),
        ("2026-04-11", 2, "on time"),
        ("2026-04-12", 2.05, "overdue"),
        ("2026-05-01", 3, "overdue"),
        ("2026-05-02", 3.05, "quiet"),
    ],
)
def test_an_odd_number_of_gaps(book, settings, as_of, ratio, state):
    """
    Gaps of 10, 30 and 20 days: the median is the middle one, 20. Two sales of one day make no gap of
    0, and a refund and a planned purchase none at all.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-11  Acme    100
    2026-01-11  Acme    100
    2026-02-10  Acme    100
    2026-02-11  Acme    -10
    2026-03-02  Acme    100
    2026-12-31  Acme    100
    """
    found = rhythm(everyone(book, settings, as_of)[0], settings)
    assert found.median_gap_days == 20
    assert found.ratio == pytest.approx(ratio)
    assert found.state == state


def test_an_even_number_of_gaps(book, settings):
    """
    Gaps of 10 and 31 days: half way between is 20.5. From 11 February to 24 March are 41 days, twice
    that.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-11  Acme    100
    2026-02-11  Acme    100
    """
    found = rhythm(everyone(book, settings, "2026-03-24")[0], settings)
    assert found.median_gap_days == 20.5
    assert (found.since_last_days, found.ratio, found.state) == (41, 2, "on time")


def test_two_purchase_days_are_no_rhythm(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-11  Acme    100
    2026-02-11  Acme    100

    # Clients
    Client
    Bell
    """
    assert [rhythm(one, settings) for one in everyone(book, settings, "2026-02-10")] == [None, None]
    assert rhythm(everyone(book, settings, "2026-02-11")[0], settings).since_last_days == 0


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"overdue_after_gaps": 1.5}, "on time"),
        ({"overdue_after_gaps": 1.4}, "overdue"),
        ({"quiet_after_gaps": 1.5}, "on time"),
        ({"quiet_after_gaps": 1.4}, "quiet"),
    ],
)
def test_overdue_and_quiet_after_as_many_gaps_as_are_set(book, settings, changed, state):
    """
    Gaps of 10 days, and 15 since the last purchase: exactly one and a half.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-11  Acme    100
    2026-01-21  Acme    100
    """
    (acme,) = everyone(book, settings, "2026-02-05")
    found = rhythm(acme, settings.layered(changed, {}))
    assert (found.ratio, found.state) == (1.5, state)
