"""Health and its parts at their ends (SPEC 9)."""

import math
import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from scipy.stats import mannwhitneyu

from reportgen.analyses.health import (
    Band,
    Foreseen,
    Health,
    Part,
    band,
    has_left,
    health,
    term_is_over,
    warned,
)
from reportgen.evidence.evidence import evidence
from reportgen.model import Book, BusinessModel, Client, Sale, Source, relationships
from reportgen.periods import month_starts
from reportgen.problems import Row
from reportgen.report.findings import findings, foreseen
from reportgen.settings.settings import Settings

AS_OF = "2026-06-30"


def of(book, settings, as_of=AS_OF, rhythm=None, trust=None) -> Health:
    (one,) = book.relationships
    return health(evidence(one, settings, date.fromisoformat(as_of)), rhythm, trust, settings)


def part(found: Health, name: str) -> Part:
    (one,) = [one for one in found.parts if one.name == name]
    return one


# Connection


@pytest.mark.parametrize(
    ("as_of", "value"),
    [
        ("2026-01-01", 1.0),
        ("2026-01-11", 1.0),  # silent for N/2
        ("2026-01-12", 0.95),
        ("2026-01-21", 0.5),  # for N
        ("2026-01-22", 0.45),
        ("2026-01-30", 0.05),
        ("2026-01-31", 0.0),  # for 1.5 N
        ("2026-02-01", 0.0),
    ],
)
def test_connection_falls_from_half_a_red_line_to_one_and_a_half(book, settings, as_of, value):
    """
    Date        Client  Activity
    2026-01-01  Acme    Call

    # Business
    Red line (days)  20
    """
    connection = part(of(book, settings, as_of), "connection")
    assert connection.value == pytest.approx(value)
    assert connection.weight == 30
    assert connection.rows == (Row("Touchpoints", 2),)


@pytest.mark.parametrize(
    ("as_of", "value"), [("2026-01-08", 1.0), ("2026-01-09", 1 - 0.5 / 15), ("2026-01-16", 0.5)]
)
def test_half_of_an_odd_red_line_is_not_rounded(book, settings, as_of, value):
    """
    Half of 15 days is 7.5, so the eighth day of silence costs half a day.

    Date        Client  Activity
    2026-01-01  Acme    Call

    # Business
    Red line (days)  15
    """
    assert part(of(book, settings, as_of), "connection").value == pytest.approx(value)


def test_connection_before_the_first_contact(book, settings):
    """
    Planned, so nothing has happened yet.

    Date        Client  Activity
    2026-07-05  Acme    Call
    """
    connection = part(of(book, settings), "connection")
    assert connection.value is None
    assert connection.rows == ()
    assert connection.words == "no contact yet"


@pytest.mark.parametrize(
    ("as_of", "value"),
    [("2026-03-13", 1.0), ("2026-03-14", 0.95), ("2026-03-23", 0.5), ("2026-04-02", 0.0)],
)
def test_their_own_usual_distance_counts_where_it_is_longer(book, settings, as_of, value):
    """
    Gaps of 14, 12 and 11 days: the median is 12, longer than N/2 = 10, so that the thirteenth day of
    silence is the first that costs, and the 32nd, 12 + 20, costs all.

    Date        Client  Activity
    2026-01-23  Acme    Call
    2026-02-06  Acme    Call
    2026-02-18  Acme    Call
    2026-03-01  Acme    Call

    # Business
    Red line (days)  20
    """
    assert part(of(book, settings, as_of), "connection").value == pytest.approx(value)


@pytest.mark.parametrize(
    ("red_line", "value"),
    [(80, 1 - 5 / 80), (70, 1 - 10 / 70), (35, 1 - 10 / 35), (34, 1 - 28 / 34)],
)
def test_the_usual_distance_counts_up_to_the_red_line(book, settings, red_line, value):
    """
    Usually 35 days lie between contacts, and 45 have gone by since the last.

    N   N/2  The connection counts in full until     Beyond
    80  40   40, which is longer than 35             5 of 80
    70  35   35                                      10 of 70
    35  17.5 35, which is not above N                10 of 35
    34  17   17, since 35 is above N                 28 of 34

    Date        Client  Activity
    2026-04-11  Acme    Call
    2026-05-16  Acme    Call
    """
    settings = replace(settings, red_line_days=red_line)
    found = part(of(book, settings), "connection").value
    assert found == pytest.approx(value)


def test_a_monthly_payer_is_no_worse_on_the_thirtieth(book, settings):
    """
    Gaps before the last 12 months tell nothing: one of two days stands there.

    # Sales
    Date        Client  Amount
    2025-06-28  Acme    100
    2025-06-30  Acme    100
    2026-04-30  Acme    100
    2026-05-31  Acme    100

    # Business
    Business model  subscription
    """
    assert part(of(book, settings), "connection").value == 1.0


# Rhythm, trust


@pytest.mark.parametrize(
    ("ratio", "value"),
    [(0.0, 1.0), (1.0, 1.0), (1.5, 0.75), (2.0, 0.5), (3.0, 0.0), (3.5, 0.0), (None, None)],
)
def test_rhythm_falls_from_one_usual_gap_to_three(book, settings, ratio, value):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    rhythm = part(of(book, settings, rhythm=ratio), "rhythm")
    assert rhythm.value == (None if value is None else pytest.approx(value))
    assert rhythm.weight == 20


def test_rhythm_comes_from_the_purchases(book, settings):
    """
    Gaps of 30 and 30 days; on 30 June the last purchase is 60 days ago: twice the usual, so one half.

    # Sales
    Date        Client  Amount
    2026-03-02  Acme    100
    2026-04-01  Acme    100
    2026-05-01  Acme    100
    """
    (acme,) = findings(book, settings, date(2026, 6, 30)).clients
    rhythm = part(acme.health, "rhythm")
    assert rhythm.value == pytest.approx(0.5)
    assert rhythm.rows == (Row("Sales", 4),)


def test_no_rhythm_with_two_purchases(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-03-02  Acme    100
    2026-04-01  Acme    100
    """
    (acme,) = findings(book, settings, date(2026, 6, 30)).clients
    assert part(acme.health, "rhythm").value is None


@pytest.mark.parametrize(("trust", "value"), [(0.0, 0.0), (50.0, 0.5), (100.0, 1.0), (None, None)])
def test_trust_from_0_to_100(book, settings, trust, value):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    found = part(of(book, settings, trust=trust), "trust")
    assert found.value == (None if value is None else pytest.approx(value))
    assert found.weight == 20


# The trend of sales


@pytest.mark.parametrize(
    ("now", "value"),
    [
        (0, 0),
        (199, 0),
        (200, 0),
        (300, 0.25),
        (400, 0.5),
        (500, 0.75),
        (599, 0.9975),
        (600, 1),
        (900, 1),
    ],
)
def test_trend_from_two_fifths_to_six_fifths_of_the_year_before(book, settings, now, value):
    """
    The last 12 months begin on 1 July 2025, the 12 before on 1 July 2024, in which 500 were sold: 0.5 +
    (now ÷ 500 − 0.8) ÷ 0.8, at least 0 and at most 1.

    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    days = {
        "2024-06-30": 5000,
        "2024-07-01": 200,
        "2025-06-30": 300,
        "2025-07-01": now,
        "2026-07-01": 9,
    }
    sales = [
        Sale(date.fromisoformat(day), "Acme", Decimal(amount), Row("Sales", number))
        for number, (day, amount) in enumerate(days.items(), start=2)
    ]
    (one,) = relationships([], book.relationships[0].touchpoints, sales)
    trend = part(
        health(evidence(one, settings, date(2026, 6, 30)), None, None, settings), "sales trend"
    )
    assert trend.value == pytest.approx(value)
    assert trend.weight == 15
    assert trend.rows == tuple(Row("Sales", number) for number in (3, 4, 5))


@pytest.mark.parametrize(("as_of", "value"), [("2026-06-29", None), ("2026-06-30", 0.75)])
def test_no_trend_until_the_first_purchase_is_24_months_old(book, settings, as_of, value):
    """
    # Sales
    Date        Client  Amount
    2024-06-30  Acme    100
    2025-06-01  Acme    100
    2026-06-01  Acme    100
    """
    assert part(of(book, settings, as_of), "sales trend").value == value


def test_trend_with_nothing_before_is_all_there_is(book, settings):
    """
    Bought long ago, and again this year.

    # Sales
    Date        Client  Amount
    2023-05-01  Acme    100
    2026-05-01  Acme    1
    """
    assert part(of(book, settings), "sales trend").value == 1.0


def test_a_year_of_refunds_counts_as_nothing(book, settings):
    """
    The year before sums to less than nothing: what came since is all there is.

    # Sales
    Date        Client  Amount
    2024-05-01  Acme    100
    2025-05-01  Acme    -30
    2026-05-01  Acme    10
    """
    assert part(of(book, settings), "sales trend").value == 1.0


def test_a_year_that_gave_money_back_has_no_trend_left(book, settings):
    """
    # Sales
    Date        Client  Amount
    2024-05-01  Acme    100
    2025-05-01  Acme    100
    2026-05-01  Acme    -30
    """
    assert part(of(book, settings), "sales trend").value == 0.0


def test_no_trend_without_sales_in_two_years(book, settings):
    """
    # Sales
    Date        Client  Amount
    2024-06-30  Acme    100

    # Business
    Red line (days)  365
    """
    assert part(of(book, settings), "sales trend").value is None


# Promises and complaints


@pytest.mark.parametrize(
    ("as_of", "value"), [("2026-06-14", 1.0), ("2026-06-15", 1.0), ("2026-06-16", 0.0)]
)
def test_a_promise_is_overdue_from_the_day_after(book, settings, as_of, value):
    """
    Date        Client  Activity  Promised for
    2026-06-01  Acme    Call      2026-06-15
    """
    found = part(of(book, settings, as_of), "promises and complaints")
    assert found.value == value
    assert found.weight == 15
    assert found.rows == (Row("Touchpoints", 2),)


@pytest.mark.parametrize(
    ("as_of", "value"), [("2026-06-19", 0.0), ("2026-06-20", 1.0), ("2026-06-21", 1.0)]
)
def test_a_promise_kept_late_is_closed_from_that_day(book, settings, as_of, value):
    """
    Date        Client  Activity  Promised for  Done on
    2026-06-01  Acme    Call      2026-06-15    2026-06-20
    """
    assert part(of(book, settings, as_of), "promises and complaints").value == value


@pytest.mark.parametrize(("as_of", "value"), [("2026-06-14", 1.0), ("2026-06-15", 0.0)])
def test_a_complaint_of_13_and_of_14_days(book, settings, as_of, value):
    """
    Date        Client  Activity  Signal
    2026-06-01  Acme    Email     complaint
    """
    assert part(of(book, settings, as_of), "promises and complaints").value == value


@pytest.mark.parametrize(("as_of", "value"), [("2026-06-29", 0.0), ("2026-06-30", 1.0)])
def test_a_complaint_put_right_is_closed_from_that_day(book, settings, as_of, value):
    """
    Date        Client  Activity  Signal     Resolved on
    2026-06-01  Acme    Email     complaint  2026-06-30
    """
    assert part(of(book, settings, as_of), "promises and complaints").value == value


def test_what_was_closed_before_the_last_12_months_no_longer_counts(book, settings):
    """
    Counted: the promise kept on 1 July 2025, the one open and overdue, the complaint put right in W
    and the one promised for July. Not counted: the promise kept on 30 June 2025, the complaint put
    right in 2024. One of four is overdue.

    Date       | Client | Activity | Promised for | Done on    | Signal    | Resolved on
    2025-06-01 | Acme   | Call     | 2025-06-30   | 2025-06-30 |           |
    2025-06-01 | Acme   | Call     | 2025-07-01   | 2025-07-01 |           |
    2024-03-01 | Acme   | Email    |              |            | complaint | 2024-03-04
    2025-06-20 | Acme   | Email    |              |            | complaint | 2025-07-02
    2026-01-01 | Acme   | Call     | 2026-02-01   |            |           |
    2026-06-01 | Acme   | Call     | 2026-07-09   |            |           |
    """
    found = part(of(book, settings), "promises and complaints")
    assert found.value == pytest.approx(0.75)
    assert found.rows == (Row("Touchpoints", 6),)
    assert found.words == "1 of 4 promises and complaints open beyond their day"


def test_no_promise_and_no_complaint_is_not_known(book, settings):
    """
    Date        Client  Activity  Signal
    2026-06-01  Acme    Call      compliment
    """
    found = part(of(book, settings), "promises and complaints")
    assert found.value is None
    assert found.rows == ()


# The score


def test_the_score_is_the_mean_by_weight_of_what_is_known(book, settings):
    """
    Red line 20, silent for 20 days: 0.5. Rhythm 2: 0.5. Trust 100: 1. Trend 180 ÷ 300 = 0.6: 0.25. One
    promise of one overdue: 0. So 30 × 0.5 + 20 × 0.5 + 20 × 1 + 15 × 0.25 + 15 × 0 = 48.75.

    Date        Client  Activity  Promised for
    2026-06-10  Acme    Call      2026-06-12

    # Sales
    Date        Client  Amount
    2024-06-01  Acme    50
    2024-09-01  Acme    300
    2025-09-01  Acme    180

    # Business
    Red line (days)  20
    """
    found = of(book, settings, rhythm=2.0, trust=100.0)
    assert [one.name for one in found.parts] == [
        "connection",
        "rhythm",
        "trust",
        "sales trend",
        "promises and complaints",
    ]
    assert found.score == pytest.approx(48.75)
    assert found.band == "watch"


def test_what_is_not_known_leaves_its_weight_to_the_others(book, settings):
    """
    Connection 0.5 of 30 and rhythm 1 of 20, nothing else: (15 + 20) ÷ 50.

    Date        Client  Activity
    2026-06-10  Acme    Call

    # Business
    Red line (days)  20
    """
    found = of(book, settings, rhythm=1.0)
    assert found.score == pytest.approx(70.0)
    assert found.band == "healthy"


def test_one_part_alone_is_too_little(book, settings):
    """
    Date        Client  Activity
    2026-06-10  Acme    Call
    """
    found = of(book, settings)
    assert [one.name for one in found.parts if one.value is not None] == ["connection"]
    assert found.score is None
    assert found.band is None


def test_a_part_without_weight_is_as_if_it_were_not_known(book, settings):
    """
    Date        Client  Activity
    2026-06-30  Acme    Call

    # Business
    Health weight of rhythm  0
    """
    assert of(book, settings, rhythm=1.0).score is None
    assert of(book, settings, rhythm=1.0, trust=50.0).score == pytest.approx(
        100 * (30 * 1 + 20 * 0.5) / 50
    )


def test_the_weights_are_settings(book, settings):
    """
    Connection 1, rhythm 0.5, trust 0, trend 1, promises 0 by 5, 10, 40, 25, 20:
    (5 + 5 + 0 + 25 + 0) ÷ 100.

    Date        Client  Activity  Promised for
    2026-06-30  Acme    Call      2026-06-20

    # Sales
    Date        Client  Amount
    2024-06-01  Acme    100
    2026-06-01  Acme    100

    # Business
    Health weight of connection  5
    Health weight of rhythm      10
    Health weight of trust       40
    Health weight of sales       25
    Health weight of promises    20
    """
    found = of(book, settings, rhythm=2.0, trust=0.0)
    assert [one.weight for one in found.parts] == [5, 10, 40, 25, 20]
    assert found.score == pytest.approx(35.0)
    assert found.band == "at risk"


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (100.0, "healthy"),
        (70.0, "healthy"),
        (math.nextafter(70, 0), "watch"),
        (40.0, "watch"),
        (math.nextafter(40, 0), "at risk"),
        (0.0, "at risk"),
    ],
)
def test_bands(score, expected):
    assert band(score, Settings()) == expected
    assert expected in tuple(Band)


def test_the_limits_of_the_bands_are_settings():
    owner = Settings(health_healthy=80, health_watch=50)
    assert [band(score, owner) for score in (80, 79.9, 50, 49.9)] == [
        "healthy",
        "watch",
        "watch",
        "at risk",
    ]


def test_only_running_clients_have_a_health(book, settings):
    """
    Acme is in touch with a promise kept: healthy. Bell has no second part. Cole has ended. Dunn has been
    silent for 241 days of a red line of 60, a day more than four of them; Ewer for 240.

    Date        Client  Activity  Promised for  Done on
    2026-06-29  Acme    Call      2026-06-10    2026-06-10
    2026-06-29  Bell    Invoice
    2026-06-29  Cole    Call      2026-06-10    2026-06-10
    2025-11-01  Dunn    Call      2025-11-10    2025-11-10
    2025-11-02  Ewer    Call      2025-11-10    2025-11-10

    # Clients
    Client  Ended on
    Cole    2026-06-30

    # Business
    Health weight of trust  0
    """
    found = findings(book, settings, date(2026, 6, 30))
    assert {client.name: client.health.band for client in found.clients} == {
        "Acme": "healthy",
        "Bell": None,
        "Cole": None,
        "Dunn": None,
        "Ewer": "at risk",
    }
    assert [client.name for client in found.clients if not client.health.parts] == ["Cole", "Dunn"]
    assert found.bands == {"healthy": 1, "watch": 0, "at risk": 1}


def test_nothing_amiss_is_healthy(book, settings):
    """
    What the weights are held against: no silence, on rhythm, steady sales, no promise broken. Connection
    1, rhythm 1, trend 0.75, promises 1, and whatever is known of trust.

    Date        Client  Activity  Promised for  Done on
    2026-06-29  Acme    Email     2026-06-28    2026-06-28

    # Sales
    Date        Client  Amount
    2024-06-01  Acme    100
    2024-12-01  Acme    100
    2025-06-01  Acme    100
    2025-12-01  Acme    100
    2026-06-01  Acme    100

    # Business
    Business model  product
    """
    (acme,) = findings(book, settings, date(2026, 6, 30)).clients
    assert acme.health.band == "healthy"
    assert part(acme.health, "sales trend").value == 0.75


# Would it have warned you?

GONE = (10.0, 20.0, 30.0, 40.0, 50.0, 10.0, 20.0, 30.0, 40.0, 50.0)
KEPT = (30.0, 45.0, 60.0, 70.0, 80.0, 30.0, 45.0, 60.0, 70.0, 80.0)


def replay(gone, kept):
    left = [Foreseen(score, int(score), True) for score in gone]
    return warned([*left, *(Foreseen(score, int(score), False) for score in kept)])


def test_auc_counts_the_pairs_in_the_right_order():
    """10 and 20 lie below all five, 30 below four and level with one, 40 below four, 50 below three:
    (5 + 5 + 4.5 + 4 + 3) ÷ 25; each stands there twice. Their silence is as long as the score is high, so
    silence alone has it the wrong way round.
    """
    found = replay(GONE, KEPT)
    assert found.auc == pytest.approx(21.5 / 25)
    assert found.by_silence == pytest.approx(1 - 21.5 / 25)
    assert (found.lapsed, found.kept) == (10, 10)
    assert found.auc == pytest.approx(mannwhitneyu(KEPT, GONE).statistic / 100)


def test_auc_at_its_ends():
    low, high = range(10), range(10, 20)
    assert (replay(low, high).auc, replay(low, high).by_silence) == (1, 0)
    assert replay(high, low).auc == 0
    assert replay(low, low).auc == 0.5


@pytest.mark.parametrize(("gone", "kept"), [(9, 10), (10, 9), (0, 20), (20, 0), (0, 0)])
def test_fewer_than_ten_of_either_are_too_few(gone, kept):
    found = replay([1.0] * gone, [2.0] * kept)
    assert (found.auc, found.by_silence) == (None, None)
    assert (found.lapsed, found.kept) == (gone, kept)
    assert replay([1.0] * 10, [2.0] * 10).auc == 1


@pytest.mark.parametrize("model", ["consultancy", "product", None])
def test_who_bought_nothing_since_has_left(book, settings, model):
    """
    Since 31 December 2025: Acme bought on that day, Bell on the next. Of Cole's sale the work went on, of
    Dunn's it was done on that day. Ewer bought and has ended. Fox paid for a second stage of one project.

    # Sales
    Date        Client  Amount  From        To
    2025-12-31  Acme    100
    2026-01-01  Bell    100
    2025-11-01  Cole    100     2025-11-01  2026-01-01
    2025-11-01  Dunn    100     2025-11-01  2025-12-31
    2026-03-01  Ewer    100
    2025-12-20  Fox     100
    2026-01-10  Fox     100

    # Clients
    Client  Ended on
    Ewer    2026-06-01
    """
    settings = replace(settings, business_model=model and BusinessModel(model))
    seen = {
        one.client.name: evidence(one, settings, date(2026, 6, 30)) for one in book.relationships
    }
    left = {name: has_left(one, date(2025, 12, 31)) for name, one in seen.items()}
    assert {name for name, gone in left.items() if gone} == {"Acme", "Dunn", "Ewer"}
    assert not any(term_is_over(one) for one in seen.values())


@pytest.mark.parametrize("model", ["service", "subscription"])
@pytest.mark.parametrize(
    ("as_of", "over"),
    [
        ("2026-06-30", {"Acme"}),
        ("2026-06-29", set()),
        ("2026-07-31", {"Acme", "Bell"}),
        ("2026-08-30", {"Acme", "Bell"}),
        ("2026-08-31", {"Acme", "Bell", "Cole"}),
    ],
)
def test_two_unpaid_months_end_a_term(book, settings, model, as_of, over):
    """
    Acme last paid in April, Bell in May, and Cole until June: a month counts as unpaid when it is over.

    # Sales
    Date        Client  Amount  From        To
    2026-04-01  Acme    100
    2026-05-31  Bell    100
    2026-04-01  Cole    100     2026-04-01  2026-06-30
    """
    settings = replace(settings, business_model=BusinessModel(model))
    day = date.fromisoformat(as_of)
    seen = {one.client.name: evidence(one, settings, day) for one in book.relationships}
    assert {name for name, one in seen.items() if term_is_over(one)} == over
    assert {name for name, one in seen.items() if has_left(one, date(2025, 12, 31))} == over


def simulated(clients, sales) -> Book:
    """A book of these sales, each a client and a day."""
    rows = [
        Sale(day, name, Decimal(50), Row("Sales", number))
        for number, (name, day) in enumerate(sales, start=2)
    ]
    names = [Client(name) for name in clients]
    return Book(relationships(names, [], rows), Source("simulated", "0" * 64))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_foretold_where_nothing_can_be(seed):
    """
    Every client of a shop buys on any day with one chance in 120, whatever came before. So nobody's
    buying can be foreseen, and both the score and the silence are a coin: one half, give or take a tenth.
    """
    chance, last = random.Random(seed), date(2026, 6, 30)
    names = [f"Client {number:03d}" for number in range(400)]
    sales = [
        (name, last - timedelta(days=back))
        for name in names
        for back in range(1100)
        if chance.random() < 1 / 120
    ]
    settings = Settings(business_model=BusinessModel.PRODUCT)
    book, then = simulated(names, sales), date(2025, 12, 30)
    found = warned(foreseen(*(findings(book, settings, day) for day in (then, last))))
    assert min(found.lapsed, found.kept) > 50
    assert found.auc == pytest.approx(0.5, abs=0.1)
    assert found.by_silence == pytest.approx(0.5, abs=0.1)


def test_nothing_is_foretold_of_terms_that_end_by_chance():
    """Everybody pays once a month. After the replay chance ends it, in one month of twelve."""
    chance, last = random.Random(5), date(2026, 6, 30)
    names = [f"Client {number:03d}" for number in range(300)]
    sales = []
    for name in names:
        for month in month_starts(date(2023, 1, 1), last):
            if month > date(2025, 12, 1) and chance.random() < 1 / 12:
                break
            sales.append((name, month + timedelta(days=chance.randrange(28))))
    settings = Settings(business_model=BusinessModel.SUBSCRIPTION)
    book, then = simulated(names, sales), date(2025, 12, 30)
    found = warned(foreseen(*(findings(book, settings, day) for day in (then, last))))
    assert min(found.lapsed, found.kept) > 50
    assert found.auc == pytest.approx(0.5, abs=0.1)
