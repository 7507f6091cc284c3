"""What a client decided to buy: projects, purchase days, paid months and the terms that these make."""

from datetime import date

import pytest

from reportgen.evidence.evidence import evidence
from reportgen.evidence.purchases import NAMED
from reportgen.model import BusinessModel

AS_OF = date(2026, 10, 31)


def seen(book, settings, name, as_of=AS_OF):
    """The evidence of one client on a day."""
    found = {one.client.name: one for one in book.relationships}
    return evidence(found[name], settings, as_of)


def bought(book, settings, name, as_of=AS_OF):
    """(first day, last day, amount) of each purchase, days without the year's century: ``260131``."""
    return [
        (f"{one.first:%y%m%d}", f"{one.last:%y%m%d}", int(one.amount))
        for one in seen(book, settings, name, as_of).purchases
    ]


def months(book, settings, name, as_of=AS_OF):
    """The paid months of a client: ``26-01``."""
    return [f"{one.first:%y-%m}" for one in seen(book, settings, name, as_of).purchases]


def runs(book, settings, name, as_of=AS_OF):
    """(first month, last month, paid months) of each term."""
    return [
        (f"{one.first:%y-%m}", f"{one.last:%y-%m}", one.months)
        for one in seen(book, settings, name, as_of).terms
    ]


def test_sales_whose_periods_lie_at_most_the_red_line_apart_are_one_project(book, settings):
    """
    31 March to 30 May are 60 days, to 31 May 61. A red line of a client's own counts for that client.

    Date        Client   Amount  From        To
    2026-01-01  Joined   100     2026-01-01  2026-03-31
    2026-05-30  Joined   200     2026-05-30  2026-06-30
    2026-01-01  Apart    100     2026-01-01  2026-03-31
    2026-05-31  Apart    200     2026-05-31  2026-06-30
    2026-01-01  Overlap  100     2026-01-01  2026-09-30
    2026-02-01  Overlap  200     2026-02-01  2026-02-10
    2026-09-01  Overlap  400     2026-09-01  2026-10-31
    2026-01-01  Own      100     2026-01-01  2026-03-31
    2026-04-11  Own      200     2026-04-11  2026-04-30

    # Clients
    Client  Red line (days)
    Own     10

    # Business
    Setting         Value
    Business model  consultancy
    """
    assert bought(book, settings, "Joined") == [("260101", "260630", 300)]
    assert bought(book, settings, "Apart") == [
        ("260101", "260331", 100),
        ("260531", "260630", 200),
    ]
    assert bought(book, settings, "Overlap") == [("260101", "261031", 700)]
    assert len(bought(book, settings, "Own")) == 2


def test_a_sale_without_a_period_is_worked_on_for_its_day_and_the_29_after_it(book, settings):
    """
    1 January and the 29 days after it end on 30 January; 60 days later is 31 March.

    Date        Client  Amount
    2026-01-01  Joined  100
    2026-03-31  Joined  200
    2026-01-01  Apart   100
    2026-04-01  Apart   200

    # Business
    Setting         Value
    Business model  consultancy
    """
    assert bought(book, settings, "Joined") == [("260101", "260429", 300)]
    assert bought(book, settings, "Apart") == [
        ("260101", "260130", 100),
        ("260401", "260430", 200),
    ]


def test_sales_that_bear_the_same_project_are_one_and_no_other_joins_them(book, settings):
    """
    Date        Client  Amount  Project
    2025-01-10  Acme    100     Kitchen
    2026-01-10  Acme    200     kitchen
    2026-01-11  Acme    400     Bath
    2026-01-12  Acme    800
    2026-01-13  Acme    1600

    # Business
    Setting         Value
    Business model  consultancy
    """
    assert bought(book, settings, "Acme") == [
        ("250110", "260208", 300),
        ("260111", "260209", 400),
        ("260112", "260211", 2400),
    ]
    names = [one.project for one in seen(book, settings, "Acme").purchases]
    assert names == ["Kitchen", "Bath", None]
    assert [str(row) for row in seen(book, settings, "Acme").purchases[0].rows] == [
        "Sales!2",
        "Sales!3",
    ]


def test_a_refund_belongs_to_the_project_begun_last_before_it(book, settings):
    """
    Clay's first project is refunded in full, Dunn's is free, Egan has a refund of something older.
    Fern names the project whose money goes back, although another began later.

    Date        Client  Amount  From        To          Project
    2025-01-10  Acme    100
    2026-01-10  Acme    200
    2026-09-01  Acme    -50
    2025-01-10  Bell    100
    2025-01-10  Bell    -100
    2025-01-10  Clay    100
    2025-06-10  Clay    -100
    2026-01-10  Clay    300
    2026-01-10  Dunn    0
    2025-12-01  Egan    -70
    2026-01-10  Egan    300
    2025-01-10  Fern    100                             Kitchen
    2026-01-10  Fern    300                             Bath
    2026-02-10  Fern    -40                             Kitchen
    2026-03-10  Fern    -30
    2026-03-11  Fern    -20                             Hall

    # Business
    Setting         Value
    Business model  consultancy
    """
    assert bought(book, settings, "Acme") == [
        ("250110", "250208", 100),
        ("260110", "260208", 150),
    ]
    assert bought(book, settings, "Bell") == []
    assert bought(book, settings, "Clay") == [("260110", "260208", 300)]
    assert bought(book, settings, "Dunn") == [("260110", "260208", 0)]
    assert bought(book, settings, "Egan") == [("260110", "260208", 300)]
    assert bought(book, settings, "Fern") == [
        ("250110", "250208", 60),
        ("260110", "260208", 250),
    ]
    # Before the money went back Clay had a first project.
    assert bought(book, settings, "Clay", date(2025, 6, 9)) == [("250110", "250208", 100)]
    who = {name: seen(book, settings, name) for name in ("Acme", "Bell", "Clay")}
    assert [(one.is_customer, one.is_prospect) for one in who.values()] == [
        (True, False),
        (False, False),
        (True, False),
    ]


@pytest.mark.parametrize("model", [None, "product"])
def test_a_shop_and_a_book_without_a_model_count_purchase_days(book, settings, model):
    """
    A day's sales are one purchase; a sale refunded the same day is none, a free one is; the day after
    the as-of date is a plan.

    Date        Client  Amount  Project
    2026-01-10  Acme    100     Kitchen
    2026-01-10  Acme    50
    2026-01-11  Acme    100     Kitchen
    2026-01-12  Acme    30
    2026-01-12  Acme    -30
    2026-01-13  Acme    0
    2026-10-31  Acme    70
    2026-11-01  Acme    80
    """
    settings = settings.layered({"business_model": model}, {})
    assert bought(book, settings, "Acme") == [
        ("260110", "260110", 150),
        ("260111", "260111", 100),
        ("260113", "260113", 0),
        ("261031", "261031", 70),
    ]
    assert seen(book, settings, "Acme").terms == ()
    assert seen(book, settings, "Acme").business_model == model


@pytest.mark.parametrize("model", ["service", "subscription"])
def test_a_month_is_paid_with_a_purchase_day_in_it_or_under_a_period(book, settings, model):
    """
    A period's last month counts from its 15th day, its first from any. Gone's money went back the same
    day, Owed's in a month of its own.

    Date        Client   Amount  From        To
    2026-01-31  Days     100
    2026-02-01  Days     100
    2026-02-28  Days     100
    2026-01-05  To14     300     2026-01-31  2026-04-14
    2026-01-05  To15     300     2026-01-31  2026-04-15
    2026-03-05  Arrears  300     2026-01-01  2026-02-28
    2026-10-05  Ahead    900     2026-10-01  2027-09-30
    2026-09-05  Gone     100     2026-09-01  2026-10-31
    2026-09-05  Gone     -100
    2026-09-05  Owed     100
    2026-10-05  Owed     -40
    """
    settings = settings.layered({"business_model": model}, {})
    assert bought(book, settings, "Days") == [("260131", "260131", 100), ("260201", "260228", 200)]
    assert months(book, settings, "To14") == ["26-01", "26-02", "26-03"]
    assert months(book, settings, "To15") == ["26-01", "26-02", "26-03", "26-04"]
    # An amount stays in the month of its sale, and a month begins with the sale or with the period.
    assert bought(book, settings, "To15")[:2] == [
        ("260105", "260131", 300),
        ("260201", "260228", 0),
    ]
    assert bought(book, settings, "Arrears") == [
        ("260101", "260131", 0),
        ("260201", "260228", 0),
        ("260305", "260331", 300),
    ]
    assert months(book, settings, "Ahead") == ["26-10"]
    assert bought(book, settings, "Gone") == []
    assert bought(book, settings, "Owed") == [("260905", "260930", 100)]


def test_a_payment_without_a_period_pays_for_the_usual_distance(book, settings):
    """
    Three payment months tell the distance, two do not. 3, 3 and 4 months have the median 3; 1 and 2 have
    1.5, which is 1; 2 and 3 have 2.5, which is 2.

    Date        Client     Amount
    2025-01-20  Quarterly  300
    2025-04-20  Quarterly  300
    2025-07-20  Quarterly  300
    2025-11-20  Quarterly  300
    2025-01-20  Twice      300
    2025-07-20  Twice      300
    2026-05-20  Often      300
    2026-06-20  Often      300
    2026-08-20  Often      300
    2026-03-20  Seldom     300
    2026-05-20  Seldom     300
    2026-08-20  Seldom     300
    2023-10-02  Yearly     300
    2024-10-02  Yearly     300
    2025-10-02  Yearly     300
    2026-10-02  Yearly     300

    # Business
    Setting         Value
    Business model  subscription
    """
    paid = months(book, settings, "Quarterly")
    assert paid == [*(f"25-{month:02}" for month in range(1, 10)), "25-11", "25-12", "26-01"]
    assert months(book, settings, "Twice") == ["25-01", "25-07"]
    assert months(book, settings, "Often") == ["26-05", "26-06", "26-08"]
    assert months(book, settings, "Seldom") == [
        "26-03",
        "26-04",
        "26-05",
        "26-06",
        "26-08",
        "26-09",
    ]
    # 36 months from October 2023, and October 2026, which is the as-of date's: none after it.
    assert len(months(book, settings, "Yearly")) == 37
    assert months(book, settings, "Yearly")[-1] == "26-10"
    # When there were two payments, each paid for its own month.
    assert months(book, settings, "Quarterly", date(2025, 6, 30)) == ["25-01", "25-04"]


def test_a_term_bridges_one_unpaid_month_and_not_two(book, settings):
    """
    Date        Client  Amount
    2025-11-05  Acme    100
    2025-12-05  Acme    100
    2026-02-05  Acme    100
    2026-05-05  Acme    100
    2026-06-05  Acme    100

    # Business
    Setting         Value
    Business model  service
    """
    assert runs(book, settings, "Acme") == [("25-11", "26-02", 3), ("26-05", "26-06", 2)]
    assert runs(book, settings, "Acme", date(2026, 1, 31)) == [("25-11", "25-12", 2)]


def test_each_client_counts_by_their_own_model(book, settings):
    """
    Date        Client    Amount
    2026-01-05  Studio    100
    2026-01-06  Studio    100
    2026-02-05  Studio    100
    2026-01-05  Shop      100
    2026-01-06  Shop      100
    2026-02-05  Shop      100
    2026-01-05  Standing  100
    2026-01-06  Standing  100
    2026-02-05  Standing  100
    2026-01-05  Box       100
    2026-01-06  Box       100
    2026-02-05  Box       100
    2026-01-05  Nobody    100
    2026-01-06  Nobody    100
    2026-02-05  Nobody    100

    # Clients
    Client    Business model
    Studio    consultancy
    Shop      product
    Standing  service
    Box       subscription
    Nobody
    """
    names = ("Studio", "Shop", "Standing", "Box", "Nobody")
    assert [len(bought(book, settings, name)) for name in names] == [1, 3, 2, 2, 3]
    lines = [seen(book, settings, name).silence.red_line_days for name in names]
    assert lines == [60, 90, 35, 31, 60]
    loyal = [settings.loyal_from(seen(book, settings, name).business_model) for name in names]
    assert loyal == [3, 4, 12, 12, 4]
    assert settings.business_model is None


def test_every_model_has_a_word_for_its_purchases():
    assert set(NAMED) == {None, *BusinessModel}
