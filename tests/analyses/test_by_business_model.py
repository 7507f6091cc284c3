"""Stages, repeat figures, rhythm and staying by the business model, each at its boundaries (SPEC 3, 4)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reportgen.analyses.lifecycle import (
    NEEDS_A_PLAN,
    conversion,
    growth,
    lacks_only_a_plan,
    lifecycle,
    relationship,
)
from reportgen.analyses.retention import (
    cohorts,
    repeats,
    retention,
    rhythm,
    time_stayed,
    time_to_second,
    who_may_return,
    who_may_stay,
)
from reportgen.evidence.evidence import before_it_ended, courses, evidence
from reportgen.model import UNKNOWN_ACTIVITY, Sale, Touchpoint, relationships
from reportgen.periods import Window, comparable_years
from reportgen.problems import Row
from reportgen.report.findings import findings
from reportgen.report.history import furthest, history
from reportgen.report.outlook import outlook
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.shares import Share

AS_OF = date(2026, 10, 31)
MODELS = ("consultancy", "product", "service", "subscription", None)


def seen(book, settings, name="Acme", as_of=AS_OF):
    found = {one.client.name: one for one in book.relationships}
    return evidence(found[name], settings, as_of)


def everyone(book, settings, as_of=AS_OF):
    return [evidence(one, settings, as_of) for one in book.relationships]


def monthly(number, first=date(2024, 1, 15)):
    """So many sales of 10, on the 15th of each month: with a red line of a day, each a project."""
    days = [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 15)
            for n in range(number)]  # fmt: skip
    return [Sale(day, "Acme", Decimal(10), Row("Sales", 2 + n)) for n, day in enumerate(days)]


def acme(sales, *contacts):
    touchpoints = [
        Touchpoint(day, "Acme", UNKNOWN_ACTIVITY, Row("Touchpoints", 2 + n))
        for n, day in enumerate(contacts)
    ]
    (one,) = relationships((), touchpoints, sales)
    return one


@pytest.mark.parametrize(
    ("model", "enough"),
    [("consultancy", 3), ("product", 4), ("service", 12), ("subscription", 12), (None, 4)],
)  # fmt: skip
def test_loyal_from_as_many_purchases_as_the_model_takes(model, enough):
    """
    A sale of one month's work each month from January 2024; with a collaboration of a day and a red line of
    1 each is a project. On 31 October 2026 a call stands the day before, and a plan the day after.

    Consultancy takes 3 projects, a shop 4 purchase days, who pays by the month 12 paid months, a book
    without a model 4 purchase days; with one fewer it is retention and continuation.
    """
    settings = Settings(
        business_model=model, red_line_days=1, collaboration_days=1, commitment_below_share=1.0
    )
    stages = []
    for number in (enough - 1, enough):
        one = evidence(
            acme(monthly(number), AS_OF - timedelta(1), AS_OF + timedelta(1)), settings, AS_OF
        )
        assert len(one.purchases) == number
        stages.append((lifecycle(one, settings).name, relationship(one, settings).name))
    assert stages == [("retention", "continuation"), ("loyalty", "commitment")]


@pytest.mark.parametrize(
    ("model", "second", "missing"),
    [
        ("consultancy", "a second project", "1 more project"),
        ("product", "a purchase on a second day", "purchases on 2 more days"),
        ("service", "a second paid month", "10 more paid months"),
        ("subscription", "a second paid month", "10 more paid months"),
        (None, "a purchase on a second day", "purchases on 2 more days"),
    ],
)
def test_what_is_missing_is_said_in_the_words_of_the_model(model, second, missing):
    """Of one purchase the second; of two those short of 3, 4, 12, 12 and 4."""
    settings = Settings(business_model=model, red_line_days=1, collaboration_days=1)
    one, two = (evidence(acme(monthly(n)), settings, AS_OF) for n in (1, 2))
    assert lifecycle(one, settings).needs == relationship(one, settings).needs == (second,)
    assert lifecycle(two, settings).needs[0] == missing


@pytest.mark.parametrize("model", MODELS)
def test_several_invoices_of_one_project_are_no_coming_back(book, settings, model):
    """
    Three stage invoices of one project: a consultancy's client bought once, a shop's three times, who pays
    by the month has paid three months.

    Date        Client  Amount  From        To
    2026-06-01  Acme    2000    2026-06-01  2026-06-30
    2026-07-01  Acme    2000    2026-07-01  2026-07-31
    2026-08-01  Acme    2000    2026-08-01  2026-08-31
    """
    settings = settings.layered({"business_model": model}, {})
    one = seen(book, settings)
    assert len(one.purchases) == (1 if model == "consultancy" else 3)
    assert lifecycle(one, settings).name == (
        "conversion" if model == "consultancy" else "retention"
    )
    by_the_month = model in ("service", "subscription")
    back = 0 if model == "consultancy" else 1
    expected = Share(0, 0) if by_the_month else Share(back, 1)
    found = repeats([one], AS_OF)
    assert found.repeat_rate == expected
    assert found.repeat_within[90] == expected
    assert len(who_may_return([one])) == (not by_the_month)
    assert len(who_may_stay([one])) == by_the_month


# A plan


@pytest.mark.parametrize(
    ("as_of", "stage"),
    [
        (date(2026, 10, 29), "continuation"),
        (date(2026, 10, 30), "commitment"),
        (date(2026, 10, 31), "commitment"),
        (date(2026, 11, 1), "continuation"),
    ],
)
def test_work_that_runs_is_a_plan_on_its_first_and_its_last_day(book, settings, as_of, stage):
    """
    The fourth sale pays for 30 and 31 October.

    Date        Client  Amount  From        To
    2025-01-01  Acme    10
    2025-02-01  Acme    10
    2025-03-01  Acme    10
    2026-08-01  Acme    10      2026-10-30  2026-10-31

    # Business
    Red line (days)  999
    """
    found = relationship(seen(book, settings, as_of=as_of), settings)
    assert found.name == stage
    assert lacks_only_a_plan(found) is (stage == "continuation")


@pytest.mark.parametrize(
    ("day", "stage"), [("2026-10-31", "continuation"), ("2026-11-01", "commitment")]
)
def test_a_row_after_the_day_is_a_plan_and_one_on_it_is_not(book, settings, day, stage):
    """
    Date        Client  Amount
    2025-01-01  Acme    10
    2025-02-01  Acme    10
    2025-03-01  Acme    10
    2026-08-01  Acme    10

    # Business
    Red line (days)  999
    """
    (one,) = book.relationships
    call = Touchpoint(date.fromisoformat(day), "Acme", UNKNOWN_ACTIVITY, Row("Touchpoints", 2))
    (one,) = relationships((), [call], one.sales)
    found = relationship(evidence(one, settings, AS_OF), settings)
    assert found.name == stage
    if stage == "commitment":
        assert found.rows[-1] == Row("Touchpoints", 2)
    else:
        assert found.needs == (NEEDS_A_PLAN,)


# Ended


ENDED = """
    The first purchase is 365 days old on 13 October 2026; Karen ended in March, with six paid months.

    Date        Client  Amount
    2025-10-13  Karen   46
    2025-11-13  Karen   46
    2025-12-13  Karen   46
    2026-01-13  Karen   46
    2026-02-13  Karen   46
    2026-03-13  Karen   46

    # Clients
    Client  Ended on
    Karen   2026-03-21

    # Business
    Setting                               Value
    Business model                        subscription
    Loyal from subscription (paid months)  6
"""


def test_the_stage_stands_still_at_the_end(book, settings):
    report = make_report(book, settings, AS_OF)
    (karen,) = report.found.clients
    assert (karen.lifecycle.name, karen.relationship.name) == ("retention", "continuation")
    assert (karen.seen.has_ended, karen.seen.lapsed, karen.seen.is_running) == (True, False, False)
    assert sum(report.found.lifecycle_counts.values()) == 0
    assert sum(report.found.relationship_counts.values()) == 0
    counts = report.found.counts
    assert (counts.running, counts.lapsed, counts.ended, counts.customers) == (0, 0, 1, 1)
    assert (report.moves.up, report.moves.down, report.moves.lapsed) == ((), (), ())
    assert report.changes == ()
    assert report.plan.actions == ()
    assert report.outlook.clients == {}
    assert karen.needs == ()


test_the_stage_stands_still_at_the_end.__doc__ = ENDED


def test_it_stands_as_on_the_last_day(book, settings):
    """
    On the day before the end Acme is 30 days silent, on the line; on the last day 31, below it: the year is
    over, and only the silence keeps the stage from loyalty.

    Date        Client  Amount
    2025-01-01  Acme    10
    2025-01-02  Acme    10
    2025-01-03  Acme    10
    2026-01-01  Acme    10

    # Clients
    Client  Ended on    Red line (days)
    Acme    2026-02-01  30
    """
    (whole,) = courses(book, settings)
    then = before_it_ended(whole, AS_OF)
    assert (then.as_of, then.has_ended) == (date(2026, 2, 1), False)
    assert lifecycle(then, settings).name == "retention"
    day_before = before_it_ended(whole, date(2026, 1, 31))
    assert lifecycle(day_before, settings).name == "loyalty"
    assert findings(book, settings, AS_OF).clients[0].lifecycle.name == "retention"


# Conversion by history


def test_whoever_slipped_back_has_got_there(book, settings):
    """
    Acme was loyal in 2024 and has been below the red line since; Bell bought once and had the money back
    in the next month, so that she stood at conversion at January's end and at reach now; Cole asked, Dunn
    never answered.

    # Sales
    Date        Client  Amount
    2023-01-01  Acme    10
    2023-06-01  Acme    10
    2023-12-01  Acme    10
    2024-03-01  Acme    10
    2025-01-10  Bell    10
    2025-02-10  Bell    -10

    # Touchpoints
    Date        Client  Activity  Direction
    2026-10-01  Cole    Email     in
    2026-10-01  Dunn    Email     out

    # Clients
    Client  Business model
    Bell    consultancy
    """
    now = {c.name: c.lifecycle.name for c in findings(book, settings, AS_OF).clients}
    assert now == {"Acme": "retention", "Bell": "reach", "Cole": "acquisition", "Dunn": "reach"}
    ever = furthest(findings(book, settings, AS_OF))
    assert ever == ("loyalty", "conversion", "acquisition", "reach")
    assert conversion(ever) == {
        "acquisition": Share(3, 4),
        "conversion": Share(2, 3),
        "retention": Share(1, 2),
        "loyalty": Share(1, 1),
    }


def test_a_stage_between_two_month_ends_was_not_seen(book, settings):
    """
    Bell bought and had the money back within January.

    Date        Client  Amount
    2026-01-10  Bell    10
    2026-01-20  Bell    -10
    2026-05-01  Acme    10

    # Business
    Setting         Value
    Business model  consultancy
    """
    assert furthest(findings(book, settings, AS_OF)) == ("conversion", "reach")


def test_counts_of_a_month_are_of_those_running_then(book, settings):
    """
    Acme ended in June, Bell lapsed in September: the last contact was on 10 May, and four lines of 30 days
    are over on 8 September.

    Date        Client  Amount
    2026-05-01  Acme    10
    2026-05-10  Bell    10

    # Clients
    Client  Ended on
    Acme    2026-06-15

    # Business
    Red line (days)  30
    """
    moments = {str(m.date)[:7]: m for m in history(findings(book, settings, AS_OF))}
    assert moments["2026-05"].counts(moments["2026-05"].lifecycle, ("conversion",)) == {
        "conversion": 2
    }
    assert moments["2026-06"].counts(moments["2026-06"].lifecycle, ("conversion",)) == {
        "conversion": 1
    }
    assert moments["2026-09"].counts(moments["2026-09"].lifecycle, ("conversion",)) == {
        "conversion": 0
    }
    assert (sorted(moments["2026-09"].lapsed), sorted(moments["2026-09"].ended)) == (
        ["Bell"],
        ["Acme"],
    )


# Customers, prospects and neither


def test_whoever_had_the_money_back_is_neither_prospect_nor_customer(book, settings):
    """
    Date        Client  Amount
    2026-10-01  Acme    100
    2026-10-01  Acme    -100
    2026-10-01  Bell    0
    2026-11-01  Cole    100

    # Touchpoints
    Date        Client  Activity
    2026-10-02  Dunn    Call
    """
    found = findings(book, settings, AS_OF)
    assert (found.counts.customers, found.counts.prospects) == (1, 2)
    assert {c.name: c.growth for c in found.clients} == {
        "Acme": None,
        "Bell": "acquisition",
        "Cole": "selection",
        "Dunn": "selection",
    }


# Like for like


@pytest.mark.parametrize(
    ("first", "months", "tells"),
    [
        ("2024-10-31", None, True),
        ("2024-11-01", None, True),
        ("2024-11-02", ("2024-12", "2025-10", 11), True),
        ("2025-01-01", ("2025-01", "2025-10", 10), True),
        ("2025-01-02", ("2025-02", "2025-10", 9), True),
        ("2025-08-01", ("2025-08", "2025-10", 3), True),
        ("2025-08-02", ("2025-09", "2025-10", 2), False),
        ("2025-10-02", None, False),
        ("2025-11-01", None, False),
    ],
)
def test_whole_months_of_the_year_before_and_the_same_a_year_later(first, months, tells):
    """The year before is 1 November 2024 to 31 October 2025; a first sale on the 1st makes its month whole,
    one on the 2nd does not."""
    found = comparable_years(date.fromisoformat(first), AS_OF)
    assert found.tell is tells
    if months is None:
        assert found.months == ()
        assert found.earlier == Window(date(2024, 10, 31), date(2025, 10, 31))
        return
    assert (f"{found.months[0]:%Y-%m}", f"{found.months[-1]:%Y-%m}", len(found.months)) == months
    assert found.earlier.first == found.months[0]
    assert found.later.first == found.months[0].replace(year=found.months[0].year + 1)
    assert found.earlier.to == date(2025, 10, 31)
    assert found.later.to == AS_OF


def test_the_month_of_a_day_within_it_is_not_whole():
    """Up to 15 October 2026 the year before ends on 15 October 2025: its last whole month is September, its
    first November 2024, since it begins on 16 October. February has 29 days in 2024 and 28 in 2025."""
    found = comparable_years(date(2024, 10, 20), date(2026, 10, 15))
    assert (found.months[0], found.months[-1]) == (date(2024, 11, 1), date(2025, 9, 1))
    assert found.later == Window(date(2025, 10, 31), date(2026, 9, 30))
    leap = comparable_years(date(2024, 2, 1), date(2025, 4, 30))
    assert (leap.months[0], len(leap.months)) == (date(2024, 2, 1), 3)
    assert (leap.earlier.to, leap.later.to) == (date(2024, 4, 30), date(2025, 4, 30))
    assert comparable_years(None, AS_OF).tell is False


def test_sales_are_compared_month_for_month(book, settings):
    """
    The book begins on 15 July 2025: August to October 2025 are compared with August to October 2026. Acme
    200 → 100, Bell 0 → 300 in these months and active in July alone, so not of the base; Cole 100 → 250.
    GRR (100 + 100) ÷ 300, NRR (100 + 250) ÷ 300. Clients are counted over the whole years: all three were
    active before, and all are now.

    Date        Client  Amount
    2025-07-15  Acme    999
    2025-09-01  Acme    200
    2026-08-01  Acme    100
    2025-07-20  Bell    500
    2026-09-01  Bell    300
    2025-10-31  Cole    100
    2026-10-31  Cole    250
    """
    found = retention(everyone(book, settings), AS_OF)
    assert found.logo_retention == Share(3, 3)
    assert found.grr == pytest.approx(200 / 300)
    assert found.nrr == pytest.approx(350 / 300)
    years = found.years
    assert growth(seen(book, settings, "Acme"), years) == "retention"
    assert growth(seen(book, settings, "Cole"), years) == "growth"


def test_under_three_months_nothing_is_compared(book, settings):
    """
    Date        Client  Amount
    2025-08-02  Acme    200
    2025-09-01  Acme    200
    2026-09-01  Acme    900
    """
    found = retention(everyone(book, settings), AS_OF)
    assert (found.grr, found.nrr) == (None, None)
    assert found.logo_retention == Share(1, 1)
    assert growth(seen(book, settings), found.years) is None


# Coming back, and the rhythm


def test_from_the_beginning_of_a_project_to_that_of_the_next(book, settings):
    """
    Acme's projects begin on 1 January, 1 June and 1 November 2025: gaps of 151 and 153 days, median 152.
    The last ends on 31 October 2026: within it no day has passed since, a day later one. Bell's second
    begins 90 days after the first, Cole's 91.

    Date        Client  Amount  From        To          Project
    2025-01-01  Acme    10      2025-01-01  2025-01-31  One
    2025-06-01  Acme    10      2025-06-01  2025-06-30  Two
    2025-11-01  Acme    10      2025-11-01  2026-10-31  Three
    2025-03-01  Bell    10                              One
    2025-05-30  Bell    10                              Two
    2025-03-01  Cole    10                              One
    2025-05-31  Cole    10                              Two

    # Business
    Setting         Value
    Business model  consultancy
    """
    within = rhythm(seen(book, settings), settings)
    assert (within.median_gap_days, within.since_last_days, within.ratio) == (152, 0, 0)
    after = rhythm(seen(book, settings, as_of=date(2026, 11, 1)), settings)
    assert after.since_last_days == 1
    found = repeats(everyone(book, settings), AS_OF)
    assert found.repeat_rate == Share(3, 3)
    assert found.repeat_within[90] == Share(1, 3)
    assert time_to_second(everyone(book, settings)).days == (151, 90, 91)


def test_projects_begun_on_one_day_have_no_rhythm(book, settings):
    """
    Date        Client  Amount  Project
    2026-01-01  Acme    10      One
    2026-01-01  Acme    10      Two
    2026-01-01  Acme    10      Three

    # Business
    Setting         Value
    Business model  consultancy
    """
    assert len(seen(book, settings).purchases) == 3
    assert rhythm(seen(book, settings), settings) is None


def test_rhythm_counts_from_the_last_end_whichever_project_began_first(book, settings):
    """Gaps of 100 and 60 days; the project begun second goes on the longest, to 20 October.

    Date        Client  Amount  From        To          Project
    2026-02-01  Acme    10                              One
    2026-05-12  Acme    10      2026-05-12  2026-10-20  Two
    2026-07-11  Acme    10                              Three

    # Business
    Setting         Value
    Business model  consultancy
    """
    found = rhythm(seen(book, settings), settings)
    assert (found.median_gap_days, found.since_last_days) == (80, 11)


def test_rhythm_ends_with_the_relationship(book, settings):
    """
    Date        Client  Amount
    2026-01-01  Acme    10
    2026-02-01  Acme    10
    2026-03-01  Acme    10

    # Clients
    Client  Ended on
    Acme    2026-05-01
    """
    assert rhythm(seen(book, settings, as_of=date(2026, 4, 30)), settings).since_last_days == 60
    assert rhythm(seen(book, settings, as_of=date(2026, 5, 1)), settings) is None


@pytest.mark.parametrize("model", MODELS)
def test_who_pays_by_the_month_has_no_rhythm_and_no_outlook(model):
    """Twelve clients with three purchases each, so that a model can be fitted where they come back."""
    settings = Settings(business_model=model, red_line_days=1, collaboration_days=1)
    sales = [
        Sale(sale.date + timedelta(n), f"Client {n:02}", sale.amount, Row("Sales", 100 * n + at))
        for n in range(12)
        for at, sale in enumerate(monthly(3, date(2026, 3 + n % 4, 1)))
    ]
    seen_all = [evidence(one, settings, AS_OF) for one in relationships((), (), sales)]
    by_the_month = model in ("service", "subscription")
    assert all((rhythm(one, settings) is None) is by_the_month for one in seen_all)
    ahead = outlook(seen_all, AS_OF, settings)
    assert len(ahead.clients) == (0 if by_the_month else 12)
    assert len(ahead.time_to_second.times) == (
        0 if by_the_month else len(ahead.time_to_second.times)
    )
    assert sum(ahead.stayed_of) == (12 if by_the_month else 0)


def test_a_cohort_of_paid_months_and_one_of_projects(book, settings):
    """
    Quarter pays by the quarter (three months each), so that all six months from January are active; the
    one project of Studio runs over them with a second invoice in March, and is bought once.

    Date        Client   Amount  From        To
    2026-01-10  Quarter  30      2026-01-01  2026-03-31
    2026-04-10  Quarter  30      2026-04-01  2026-06-30
    2026-01-10  Studio   30      2026-01-10  2026-03-31
    2026-03-10  Studio   30

    # Clients
    Client   Business model
    Quarter  subscription
    Studio   consultancy
    """
    as_of = date(2026, 6, 30)
    quarter, studio = (cohorts([one], as_of).cohorts[0] for one in everyone(book, settings, as_of))
    assert (quarter.name, quarter.active) == ("2026-01", (1, 1, 1, 1, 1, 1))
    assert (studio.name, studio.active) == ("2026-01", (1, 0, 0, 0, 0, 0))


# Staying


def test_how_long_clients_stay(book, settings):
    """
    From the first payment: Ended to the day of its end (1 January to 1 April, 90 days); Lapsed, silent for
    more than 124 days with no period running, to the end of its last paid month (1 January to 28 February,
    58 days); Here to the as-of date (1 July to 31 October, 122 days) and not gone; Shop buys by the day and
    is not asked; Ahead ends tomorrow and is still there.

    Date        Client  Amount
    2026-01-01  Ended   10
    2026-02-01  Ended   10
    2026-01-01  Lapsed  10
    2026-02-01  Lapsed  10
    2026-07-01  Here    10
    2026-10-01  Here    10
    2026-01-01  Shop    10
    2026-10-01  Ahead   10

    # Clients
    Client  Ended on    Business model
    Ended   2026-04-01
    Lapsed
    Here
    Shop                product
    Ahead   2026-11-01

    # Business
    Setting         Value
    Business model  subscription
    """
    staying = who_may_stay(everyone(book, settings))
    assert [one.name for one in staying] == ["Ahead", "Ended", "Here", "Lapsed"]
    found = time_stayed(staying)
    assert found.days == (30, 90, 122, 58)
    assert found.happened == (False, True, False, True)
    # At risk: 30 (censored), 58, 90, 122. S falls to 2/3 after 58 days, 1.9 months, to 1/3 after 90, 2.96.
    curve = outlook(everyone(book, settings), AS_OF, settings).stayed
    assert curve.times == pytest.approx((30 / 30.44, 58 / 30.44, 90 / 30.44, 122 / 30.44))
    assert curve.survival == pytest.approx((1, 2 / 3, 1 / 3, 1 / 3))
    assert curve.at(3).value == pytest.approx(1 / 3)
    assert curve.at(1.9).value == pytest.approx(1)
    assert curve.at(0).value == 1
    assert curve.at(6) is None
    assert curve.median == pytest.approx(90 / 30.44)


def test_a_lapsed_client_who_had_paid_ahead_left_no_later_than_today(book, settings):
    """
    Yearly pays every October for a year; the last contact was in October 2025, long before four lines of 31
    days: what is paid for reaches to September 2026, and the client was there until the end of it. On 15
    August that month is still to end.

    Date        Client  Amount
    2023-10-01  Yearly  120
    2024-10-01  Yearly  120
    2025-10-01  Yearly  120

    # Business
    Setting         Value
    Business model  subscription
    """
    (yearly,) = everyone(book, settings)
    assert yearly.lapsed
    assert time_stayed([yearly]).days == ((date(2026, 9, 30) - date(2023, 10, 1)).days,)
    (then,) = everyone(book, settings, date(2026, 8, 15))
    assert time_stayed([then]).days == ((date(2026, 8, 15) - date(2023, 10, 1)).days,)


def test_who_was_won_and_who_was_given_up(book, settings):
    """
    Acme had 3 contact days before the sale, 10 days after the first; Bell 1, 20 days after it: medians of 2
    and of 15. Cole and Dunn are silent for too long after 1 and 4: the median is 2.5. Egan's money went
    back, so he is no prospect.

    # Touchpoints
    Date        Client  Activity
    2026-01-01  Acme    Call
    2026-01-02  Acme    Call
    2026-01-03  Acme    Call
    2026-01-01  Bell    Call
    2026-01-01  Cole    Call
    2026-01-01  Dunn    Call
    2026-01-02  Dunn    Call
    2026-01-03  Dunn    Call
    2026-01-04  Dunn    Call

    # Sales
    Date        Client  Amount
    2026-01-11  Acme    10
    2026-01-21  Bell    10
    2026-01-21  Egan    10
    2026-01-21  Egan    -10
    """
    found = findings(book, settings, date(2026, 4, 30)).seven_contacts
    assert found.before_first_purchase == {"Acme": 3, "Bell": 1}
    assert (found.won_after, found.won_in_days) == (2, 15)
    assert found.given_up == {"Cole": 1, "Dunn": 4}
    assert found.given_up_after == 2.5
