"""Health and its parts at their ends (SPEC 9)."""

import math
from datetime import date

import pytest
from scipy.stats import mannwhitneyu

from reportgen.analyses.health import Band, Health, Part, band, health, warned
from reportgen.evidence.evidence import evidence
from reportgen.problems import Row
from reportgen.report.findings import findings
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


@pytest.mark.parametrize(("trust", "value"), [(1.0, 0.0), (50.5, 0.5), (100.0, 1.0), (None, None)])
def test_trust_from_1_to_100(book, settings, trust, value):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    found = part(of(book, settings, trust=trust), "trust")
    assert found.value == (None if value is None else pytest.approx(value))
    assert found.weight == 20


# The trend of sales


def test_trend_of_this_year_against_the_year_before(book, settings):
    """
    The last 12 months begin on 1 July 2025, the 12 before on 1 July 2024: 300 ÷ (300 + 100).

    # Sales
    Date        Client  Amount
    2024-06-30  Acme    5000
    2024-07-01  Acme    40
    2025-06-30  Acme    60
    2025-07-01  Acme    200
    2026-06-30  Acme    100
    2026-07-01  Acme    9000
    """
    trend = part(of(book, settings), "sales trend")
    assert trend.value == pytest.approx(0.75)
    assert trend.weight == 15
    assert trend.rows == tuple(Row("Sales", number) for number in (3, 4, 5, 6))


def test_trend_with_nothing_before_is_all_there_is(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-05-01  Acme    100
    """
    assert part(of(book, settings), "sales trend").value == 1.0


def test_trend_with_nothing_since(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-05-01  Acme    100
    """
    assert part(of(book, settings), "sales trend").value == 0.0


def test_a_year_of_refunds_counts_as_nothing(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-05-01  Acme    100
    2026-05-01  Acme    -30
    """
    assert part(of(book, settings), "sales trend").value == 0.0


def test_no_trend_without_sales_in_two_years(book, settings):
    """
    # Sales
    Date        Client  Amount
    2024-06-30  Acme    100
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
    Red line 20, silent for 20 days: 0.5. Rhythm 2: 0.5. Trust 100: 1. Trend 100 ÷ 400: 0.25. One promise
    of one overdue: 0. So 30 × 0.5 + 20 × 0.5 + 20 × 1 + 15 × 0.25 + 15 × 0 = 48.75.

    Date        Client  Activity  Promised for
    2026-06-10  Acme    Call      2026-06-12

    # Sales
    Date        Client  Amount
    2024-09-01  Acme    300
    2025-09-01  Acme    100

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
    assert of(book, settings, rhythm=1.0, trust=50.5).score == pytest.approx(
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
    2026-06-01  Acme    100

    # Business
    Health weight of connection  5
    Health weight of rhythm      10
    Health weight of trust       40
    Health weight of sales       25
    Health weight of promises    20
    """
    found = of(book, settings, rhythm=2.0, trust=1.0)
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


def test_ended_relationships_are_in_no_band(book, settings):
    """
    Acme is in touch with a promise kept: healthy. Bell has no second part. Cole has ended.

    Date        Client  Activity  Promised for  Done on
    2026-06-29  Acme    Call      2026-06-10    2026-06-10
    2026-06-29  Bell    Invoice
    2026-06-29  Cole    Call      2026-06-10    2026-06-10

    # Clients
    Client  Ended on
    Cole    2026-06-30

    # Business
    Health weight of trust  0
    """
    assert findings(book, settings, date(2026, 6, 30)).bands == {
        "healthy": 1,
        "watch": 0,
        "at risk": 0,
    }


# Would it have warned you?

GONE, KEPT = (10.0, 20.0, 30.0, 40.0, 50.0), (30.0, 45.0, 60.0, 70.0, 80.0)


def replay(gone, kept):
    return warned([(score, True) for score in gone] + [(score, False) for score in kept])


def test_auc_counts_the_pairs_in_the_right_order():
    """10 and 20 lie below all five, 30 below four and level with one, 40 below four, 50 below three:
    (5 + 5 + 4.5 + 4 + 3) ÷ 25.
    """
    found = replay(GONE, KEPT)
    assert found.auc == pytest.approx(21.5 / 25)
    assert (found.lapsed, found.kept) == (5, 5)
    assert found.auc == pytest.approx(mannwhitneyu(KEPT, GONE).statistic / 25)


def test_auc_at_its_ends():
    low, high = range(5), range(10, 15)
    assert replay(low, high).auc == 1
    assert replay(high, low).auc == 0
    assert replay(low, low).auc == 0.5


@pytest.mark.parametrize(("gone", "kept"), [(4, 5), (5, 4), (0, 20), (20, 0), (0, 0)])
def test_fewer_than_five_of_either_are_too_few(gone, kept):
    found = replay([1.0] * gone, [2.0] * kept)
    assert found.auc is None
    assert (found.lapsed, found.kept) == (gone, kept)
