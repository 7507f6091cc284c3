"""Every check of every opportunity on both sides of its boundary (SPEC 8).

The day is Tuesday 30 June 2026 unless a test says otherwise. 1 January 2026 is 180 days before it, 1 May
2026 is 60 days before it, and the last 12 months begin on 1 July 2025.
"""

from datetime import date

import pytest

from reportgen.analyses.opportunities import Opportunity, OpportunityKind
from reportgen.problems import Row
from reportgen.report.findings import findings

AS_OF = "2026-06-30"


def of(book, settings, kind, name="Acme", as_of=AS_OF) -> Opportunity:
    found = findings(book, settings, date.fromisoformat(as_of))
    (one,) = [o for c in found.clients if c.name == name for o in c.opportunities if o.kind == kind]
    return one


def ready(book, settings, kind, as_of=AS_OF) -> list[str]:
    found = findings(book, settings, date.fromisoformat(as_of))
    return [
        c.name for c in found.clients for one in c.opportunities if one.kind == kind and one.ready
    ]


def in_the_way(one: Opportunity) -> list[str]:
    return [check.words for check in one.in_the_way]


def rows(*numbers: int, sheet: str = "Touchpoints") -> tuple[Row, ...]:
    return tuple(Row(sheet, number) for number in numbers)


def test_every_client_is_looked_at_for_all_five(book, settings):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    (acme,) = findings(book, settings, date(2026, 6, 30)).clients
    assert tuple(one.kind for one in acme.opportunities) == tuple(OpportunityKind)


def test_an_ended_relationship_is_only_greeted(book, settings):
    """
    Her birthday comes, and she bought this month; but she has left. A survey is not for her.

    # Sales
    Date        Client  Amount
    2026-06-15  Acme    100

    # Clients
    Client  Birthday    Ended on
    Acme    1980-07-10  2026-06-30
    """
    (acme,) = findings(book, settings, date(2026, 6, 30)).clients
    assert [(one.kind, one.ready) for one in acme.opportunities] == [("greeting", True)]
    (acme,) = findings(book, settings, date(2026, 6, 29)).clients
    assert [one.kind for one in acme.opportunities if one.ready] == ["survey", "greeting"]


# Wow


def test_a_wow_with_everything_met(book, settings):
    """
    Date        Client  Activity
    2026-06-20  Acme    Call

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    one = of(book, settings, "wow")
    assert one.ready
    assert one.letter == "wow-note"
    assert [check.words for check in one.checks] == [
        "running",
        "among the upper half by sales",
        "last bought 121 days ago",
        "never surprised",
        "no complaint is open",
    ]
    assert one.rows == rows(2, sheet="Sales")


@pytest.mark.parametrize(
    ("as_of", "met"),
    [("2028-04-28", False), ("2028-04-29", True), ("2029-02-27", True), ("2029-02-28", True)],
)
def test_wow_from_60_days_after_the_last_purchase(book, settings, as_of, met):
    """
    29 February 2028 + 60 days is 29 April 2028.

    # Sales
    Date        Client  Amount
    2028-02-29  Acme    100
    """
    assert of(book, settings, "wow", as_of=as_of).checks[2].met is met


@pytest.mark.parametrize(("as_of", "is_ready"), [("2028-06-30", True), ("2028-07-01", False)])
def test_wow_until_365_days_after_the_last_purchase(book, settings, as_of, is_ready):
    """
    29 February 2028 lies between, so that day 365 is still within 12 months of the purchase.

    # Sales
    Date        Client  Amount
    2027-07-01  Acme    100

    # Business
    Red line (days)  400
    """
    one = of(book, settings, "wow", as_of=as_of)
    assert one.ready is is_ready
    assert one.checks[2].met is is_ready


def test_day_365_of_a_common_year_is_out_of_the_last_12_months(book, settings):
    """
    Bought 365 days ago, on 30 June 2025: the day is right, but there are no sales in W to be half of.

    # Sales
    Date        Client  Amount
    2025-06-30  Acme    100

    # Business
    Red line (days)  400
    """
    one = of(book, settings, "wow")
    assert one.checks[2].met
    assert in_the_way(one) == ["not in the upper half by sales"]


def test_no_wow_for_whom_nothing_is_bought_or_planned_only(book, settings):
    """
    Date        Client  Activity
    2026-06-20  Acme    Call

    # Sales
    Date        Client  Amount
    2026-07-20  Acme    100
    """
    assert in_the_way(of(book, settings, "wow")) == [
        "not in the upper half by sales",
        "nothing bought yet",
    ]


@pytest.mark.parametrize(("as_of", "lapsed"), [("2026-04-10", False), ("2026-04-11", True)])
def test_no_wow_once_lapsed(book, settings, as_of, lapsed):
    """
    Red line 10: lapsed with more than 40 days of silence.

    Date        Client  Activity
    2026-03-01  Acme    Call

    # Sales
    Date        Client  Amount
    2026-01-10  Acme    100

    # Business
    Red line (days)  10
    """
    assert in_the_way(of(book, settings, "wow", as_of=as_of)) == (["lapsed"] if lapsed else [])


@pytest.mark.parametrize(("as_of", "met"), [("2026-06-29", False), ("2026-06-30", True)])
def test_no_second_wow_within_180_days(book, settings, as_of, met):
    """
    Date        Client  Activity
    2026-01-01  Acme    Wow
    2026-06-20  Acme    Call

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    one = of(book, settings, "wow", as_of=as_of)
    assert one.ready is met
    assert one.checks[3].words == f"surprised {179 + met} days ago"


@pytest.mark.parametrize(("as_of", "met"), [("2026-06-24", False), ("2026-06-25", True)])
def test_no_wow_while_a_complaint_is_open(book, settings, as_of, met):
    """
    Date        Client  Activity  Signal     Resolved on
    2026-06-20  Acme    Email     complaint  2026-06-25

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    one = of(book, settings, "wow", as_of=as_of)
    assert one.ready is met
    assert in_the_way(one) == ([] if met else ["a complaint is open"])
    if not met:
        assert one.in_the_way[0].rows == rows(2)


def test_upper_half_of_an_odd_number_has_the_one_in_the_middle(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  One     100
    2026-03-01  Two     200
    2026-03-01  Three   300

    # Business
    Red line (days)  90
    """
    assert ready(book, settings, "wow") == ["Three", "Two"]


def test_upper_half_of_an_even_number(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  One     100
    2026-03-01  Two     200
    2026-03-01  Three   300
    2026-03-01  Four    400

    # Business
    Red line (days)  90
    """
    assert ready(book, settings, "wow") == ["Four", "Three"]


def test_those_level_with_the_middle_are_all_in_the_upper_half(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  One     100
    2026-03-01  Two     200
    2026-03-01  Three   200
    2026-03-01  Four    300

    # Business
    Red line (days)  90
    """
    assert ready(book, settings, "wow") == ["Four", "Three", "Two"]


def test_customers_of_former_years_count_and_prospects_do_not(book, settings):
    """
    Of the five customers three bought nothing in W: the middle is 0, and no sales are no upper half.
    The two prospects are not among the customers.

    Date        Client  Activity
    2026-06-01  Six     Call
    2026-06-01  Seven   Call

    # Sales
    Date        Client  Amount
    2025-06-30  One     900
    2025-06-30  Two     900
    2025-06-30  Three   900
    2026-03-01  Four    1
    2026-03-01  Five    2

    # Business
    Red line (days)  90
    """
    assert ready(book, settings, "wow") == ["Five", "Four"]


def test_sales_of_w_begin_after_a_year_ago(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-06-30  One     900
    2026-03-01  One     10
    2025-07-01  Two     50
    2026-03-01  Two     10
    2026-03-01  Three   1

    # Business
    Red line (days)  90
    """
    assert ready(book, settings, "wow") == ["One", "Two"]
    assert in_the_way(of(book, settings, "wow", "Three")) == ["not in the upper half by sales"]


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2026-06-30", "2026-07-07"),  # a Tuesday, a week on
        ("2026-07-04", "2026-07-13"),  # a week on is a Saturday
    ],
)
def test_a_wow_comes_on_a_working_day_from_a_week_on(book, settings, as_of, day):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    assert of(book, settings, "wow", as_of=as_of).day == date.fromisoformat(day)


def test_a_wow_keeps_clear_of_what_is_planned_and_of_a_birthday(book, settings):
    """
    A week from 30 June is Tuesday 7 July. Acme's call on the 9th: clear from Thursday the 16th. Bell's
    is on the 14th, seven days on, so the 7th will do. Cole's is on the 13th: clear on Monday the 20th.
    Dunn's sale is due on the 9th. Ewer's birthday is on the 10th: clear on Friday the 17th. Fox has
    calls on the 9th and the 20th: between them no day is a week from both, so it is the 27th.

    Date        Client  Activity
    2026-07-09  Acme    Call
    2026-07-14  Bell    Call
    2026-07-13  Cole    Call
    2026-07-09  Fox     Call
    2026-07-20  Fox     Call

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    2026-03-01  Bell    100
    2026-03-01  Cole    100
    2026-03-01  Dunn    100
    2026-07-09  Dunn    100
    2026-03-01  Ewer    100
    2026-03-01  Fox     100

    # Clients
    Client  Birthday
    Ewer    1980-07-10
    """
    days = {
        name: of(book, settings, "wow", name).day.day
        for name in ("Acme", "Bell", "Cole", "Dunn", "Ewer", "Fox")
    }
    assert days == {"Acme": 16, "Bell": 7, "Cole": 20, "Dunn": 16, "Ewer": 17, "Fox": 27}


def test_a_wow_does_not_fall_on_a_holiday(book, settings):
    """
    A week from Monday 21 December 2026 is the 28th, when Boxing Day is kept: the 29th.

    # Sales
    Date        Client  Amount
    2026-09-01  Acme    100

    # Business
    Country  GB
    """
    assert of(book, settings, "wow", as_of="2026-12-21").day == date(2026, 12, 29)


# Referral

LOYAL = """
    # Sales
    Date        Client  Amount
    2025-06-29  Acme    100
    2025-09-01  Acme    100
    2025-12-01  Acme    100
    2026-06-01  Acme    100

    # Business
    Red line (days)  180
"""


def test_a_referral_with_everything_met(book, settings):
    one = of(book, settings, "referral")
    assert one.ready
    assert one.letter == "referral-request"
    assert one.day == date(2026, 7, 1)
    assert [check.words for check in one.checks] == [
        "a committed or loyal client",
        "above the red line",
        "no complaint is open",
        "a score of nine tenths or more",
        "never asked",
    ]
    assert one.rows == (*rows(3, 4, 5, sheet="Sales"), *rows(2, sheet="Feedback"))


test_a_referral_with_everything_met.__doc__ = (
    LOYAL
    + """
    # Feedback
    Date        Client  Kind    Score  Out of
    2025-07-01  Acme    survey  9      10
"""
)


@pytest.mark.parametrize(("as_of", "loyal"), [("2026-06-28", False), ("2026-06-29", True)])
def test_referral_from_commitment_on(book, settings, as_of, loyal):
    one = of(book, settings, "referral", as_of=as_of)
    assert one.checks[0].met is loyal
    assert one.ready is loyal


test_referral_from_commitment_on.__doc__ = (
    LOYAL
    + """
    # Touchpoints
    Date        Client  Activity  Signal
    2026-06-01  Acme    Call      advice asked
"""
)


@pytest.mark.parametrize(("as_of", "above"), [("2026-11-28", True), ("2026-11-29", False)])
def test_no_referral_below_the_red_line(book, settings, as_of, above):
    # 1 June 2026 + 180 days is 28 November.
    one = of(book, settings, "referral", as_of=as_of)
    assert one.checks[1].met is above
    assert one.ready is above


test_no_referral_below_the_red_line.__doc__ = test_referral_from_commitment_on.__doc__


@pytest.mark.parametrize(("as_of", "met"), [("2026-06-29", False), ("2026-06-30", True)])
def test_not_asked_for_a_referral_within_180_days(book, settings, as_of, met):
    one = of(book, settings, "referral", as_of=as_of)
    assert one.ready is met
    assert one.checks[4].words == f"asked {179 + met} days ago"


test_not_asked_for_a_referral_within_180_days.__doc__ = (
    LOYAL
    + """
    # Touchpoints
    Date        Client  Activity          Signal
    2026-01-01  Acme    Referral request
    2026-06-01  Acme    Call              advice asked
"""
)


def test_asked_for_a_referral_in_the_course_of_a_call(book, settings):
    assert in_the_way(of(book, settings, "referral")) == ["asked 30 days ago"]


test_asked_for_a_referral_in_the_course_of_a_call.__doc__ = (
    LOYAL
    + """
    # Touchpoints
    Date        Client  Activity  Signal
    2026-05-30  Acme    Call      advice asked
    2026-05-31  Acme    Call      referral asked
"""
)


def test_no_referral_while_a_complaint_is_open(book, settings):
    assert in_the_way(of(book, settings, "referral")) == ["a complaint is open"]


test_no_referral_while_a_complaint_is_open.__doc__ = (
    LOYAL
    + """
    # Touchpoints
    Date        Client  Activity  Signal        Resolved on
    2026-05-30  Acme    Call      advice asked
    2026-05-31  Acme    Call      complaint     2026-07-01
"""
)

NO_GOODWILL = "no high score, no advice asked and no Trust of 70 in the last 12 months"


@pytest.mark.parametrize(
    ("name", "met"),
    [("Nine", True), ("Less", False), ("Stars", True), ("Old", False), ("Bare", False)],
)
def test_a_score_of_nine_tenths_in_w(book, settings, name, met):
    """
    9 of 10 and 4.5 of 5 are nine tenths, 8.9 is less; 30 June 2025 is before W; a score of which nobody
    knows the maximum says nothing.

    # Sales
    Date        Client  Amount
    2026-06-01  Nine    100
    2026-06-01  Less    100
    2026-06-01  Stars   100
    2026-06-01  Old     100
    2026-06-01  Bare    100

    # Feedback
    Date        Client  Kind    Score  Out of
    2026-06-01  Nine    survey  9      10
    2026-06-01  Less    survey  8.9    10
    2026-06-01  Stars   review  4.5    5
    2025-06-30  Old     survey  10     10
    2026-06-01  Bare    survey
    """
    goodwill = of(book, settings, "referral", name).checks[3]
    assert goodwill.met is met
    assert goodwill.words == ("a score of nine tenths or more" if met else NO_GOODWILL)
    assert bool(goodwill.rows) is met


@pytest.mark.parametrize(("as_of", "met"), [("2026-06-29", True), ("2026-06-30", False)])
def test_advice_asked_in_w(book, settings, as_of, met):
    """
    Date        Client  Activity  Signal
    2025-06-30  Acme    Call      advice asked
    """
    goodwill = of(book, settings, "referral", as_of=as_of).checks[3]
    assert goodwill.met is met
    assert goodwill.rows == (rows(2) if met else ())


@pytest.mark.parametrize(("name", "met"), [("Seventy", True), ("Less", False), ("None", False)])
def test_trust_of_seventy(book, settings, name, met):
    """
    (10 × 10) ^ 0.7 is 25.1, and 100 × ln 25.1 ÷ ln 100 is 70; with a Communication of 6.9 it is 69.

    Date        Client  Activity
    2026-06-01  None    Invoice

    # Ratings
    Date        Client   Care  Accountability  Communication
    2026-06-01  Seventy  10    10              7
    2026-06-01  Less     10    10              6.9
    """
    goodwill = of(book, settings, "referral", name).checks[3]
    assert goodwill.met is met
    assert goodwill.words == ("Trust of 70" if met else NO_GOODWILL)


# Testimonial


def test_a_testimonial_with_everything_met(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-07-01  Acme    100

    # Feedback
    Date        Client  Kind    Score  Out of
    2025-02-01  Acme    survey  9      10
    """
    one = of(book, settings, "testimonial")
    assert one.ready
    assert one.letter == "testimonial-request"
    assert one.rows == (Row("Sales", 2), Row("Feedback", 2))
    assert of(book, settings, "testimonial", as_of="2026-07-01").in_the_way[0].words == (
        "bought nothing in the last 12 months"
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Better", []),
        ("Worse", ["the last score is lower"]),
        ("Silent", ["no score recorded"]),
        ("Planned", ["no score recorded"]),
    ],
)
def test_it_is_the_last_score_that_counts(book, settings, name, why):
    """
    # Sales
    Date        Client   Amount
    2026-06-01  Better   100
    2026-06-01  Worse    100
    2026-06-01  Silent   100
    2026-06-01  Planned  100

    # Feedback
    Date        Client   Kind    Score  Out of
    2026-02-01  Better   survey  5      10
    2026-05-01  Better   survey  9      10
    2026-02-01  Worse    survey  10     10
    2026-05-01  Worse    survey  8.9    10
    2026-05-02  Worse    review
    2026-07-01  Planned  survey  10     10
    """
    assert in_the_way(of(book, settings, "testimonial", name)) == why


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Wrote", ["has given one already"]),
        ("Spoke", ["has given one already"]),
        ("Asked", ["asked 179 days ago"]),
        ("Hinted", ["asked 179 days ago"]),
        ("Before", []),
        ("Cross", ["a complaint is open"]),
        ("Later", []),
    ],
)
def test_not_if_given_or_asked_or_cross(book, settings, name, why):
    """
    A testimonial given at any time counts, one that is only expected does not.

    Date        Client  Activity             Signal
    2020-01-01  Spoke   Email                testimonial given
    2026-01-02  Asked   Testimonial request
    2026-01-02  Hinted  Call                 testimonial asked
    2026-01-01  Before  Testimonial request
    2026-06-01  Cross   Call                 complaint
    2026-07-01  Later   Email                testimonial given

    # Sales
    Date        Client  Amount
    2026-06-01  Wrote   100
    2026-06-01  Spoke   100
    2026-06-01  Asked   100
    2026-06-01  Hinted  100
    2026-06-01  Before  100
    2026-06-01  Cross   100
    2026-06-01  Later   100

    # Feedback
    Date        Client  Kind         Score  Out of
    2020-01-01  Wrote   testimonial
    2026-05-01  Wrote   survey       10     10
    2026-05-01  Spoke   survey       10     10
    2026-05-01  Asked   survey       10     10
    2026-05-01  Hinted  survey       10     10
    2026-05-01  Before  survey       10     10
    2026-05-01  Cross   survey       10     10
    2026-05-01  Later   survey       10     10
    2026-07-01  Later   testimonial
    """
    assert in_the_way(of(book, settings, "testimonial", name)) == why


# Survey


@pytest.mark.parametrize(("as_of", "met"), [("2026-06-29", True), ("2026-06-30", False)])
def test_a_survey_in_the_60_days_of_a_purchase(book, settings, as_of, met):
    """
    The last 60 days of 29 June begin on 1 May.

    # Sales
    Date        Client  Amount
    2026-05-01  Acme    100
    """
    one = of(book, settings, "survey", as_of=as_of)
    assert one.ready is met
    assert one.letter == "satisfaction-survey"
    assert one.rows == (rows(2, sheet="Sales") if met else ())


@pytest.mark.parametrize(
    ("as_of", "met"),
    [
        ("2026-04-30", False),
        ("2026-05-01", True),
        ("2026-06-29", True),
        ("2026-06-30", False),
    ],
)
def test_a_survey_in_the_60_days_of_the_end_of_the_work(book, settings, as_of, met):
    """
    # Sales
    Date        Client  Amount  From        To
    2026-02-01  Acme    100     2026-02-01  2026-05-01
    """
    assert of(book, settings, "survey", as_of=as_of).ready is met


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Never", []),
        ("Sent", ["last survey 179 days ago"]),
        ("Answered", ["last survey 179 days ago"]),
        ("Before", []),
        ("Reviewed", []),
        ("Planned", []),
    ],
)
def test_no_second_survey_within_180_days(book, settings, name, why):
    """
    A review is not a survey, and one that is planned has not been sent.

    Date        Client    Activity
    2026-01-02  Sent      Survey
    2026-01-01  Before    Survey
    2026-07-02  Planned   Survey

    # Sales
    Date        Client    Amount
    2026-06-01  Never     100
    2026-06-01  Sent      100
    2026-06-01  Answered  100
    2026-06-01  Before    100
    2026-06-01  Reviewed  100
    2026-06-01  Planned   100

    # Feedback
    Date        Client    Kind    Score  Out of
    2026-01-02  Answered  survey  3      5
    2026-06-01  Reviewed  review  3      5
    """
    assert in_the_way(of(book, settings, "survey", name)) == why


def test_a_planned_purchase_is_no_reason_for_a_survey(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-07-01  Acme    100
    """
    assert in_the_way(of(book, settings, "survey")) == [
        "nothing bought or finished in the last 60 days"
    ]


# Greeting


@pytest.mark.parametrize(
    ("as_of", "met"),
    [
        ("2026-06-29", False),  # 32 days before
        ("2026-06-30", True),  # 31
        ("2026-07-30", True),  # 1
        ("2026-07-31", False),  # the day itself is not after it
    ],
)
def test_a_birthday_in_the_31_days_after(book, settings, as_of, met):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call

    # Clients
    Client  Birthday
    Acme    1980-07-31
    """
    one = of(book, settings, "greeting", as_of=as_of)
    assert one.ready is met
    if met:
        assert one.letter == "birthday-greeting"
        assert one.day == date(2026, 7, 31)
        assert one.checks[0].words == "birthday on 31 July 2026"
        assert one.rows == rows(2, sheet="Clients")
    else:
        assert in_the_way(one) == ["no birthday or anniversary in the next 31 days"]


@pytest.mark.parametrize(
    ("as_of", "met"),
    [("2027-06-29", False), ("2027-06-30", True), ("2027-07-30", True), ("2027-07-31", False)],
)
def test_an_anniversary_of_the_first_purchase(book, settings, as_of, met):
    """
    # Sales
    Date        Client  Amount
    2025-07-31  Acme    100
    2026-01-31  Acme    100
    """
    one = of(book, settings, "greeting", as_of=as_of)
    assert one.ready is met
    if met:
        assert one.letter == "anniversary-greeting"
        assert one.day == date(2027, 7, 31)
        assert one.checks[0].words == "a client for 2 years on 31 July 2027"
        assert one.rows == rows(2, sheet="Sales")


def test_the_first_anniversary_is_a_year_after(book, settings):
    """
    Bought today; the planned purchase of July is no first one.

    # Sales
    Date        Client  Amount
    2026-06-30  Acme    100
    2026-07-10  Bell    100
    """
    assert ready(book, settings, "greeting") == []
    assert ready(book, settings, "greeting", as_of="2027-06-29") == ["Acme", "Bell"]


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2027-01-31", "2027-02-28"),
        ("2028-02-01", "2028-02-29"),
        ("2028-02-28", "2028-02-29"),
        ("2027-02-28", None),
        ("2028-02-29", None),
    ],
)
def test_29_february_is_kept_on_the_28th_in_other_years(book, settings, as_of, day):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call

    # Clients
    Client  Birthday
    Acme    2000-02-29
    """
    one = of(book, settings, "greeting", as_of=as_of)
    assert one.ready is (day is not None)
    if day:
        assert one.day == date.fromisoformat(day)


def test_of_two_special_days_the_first_is_greeted(book, settings):
    """
    Acme's birthday comes before the anniversary, Bell's after it, Cole's on the same day.

    # Sales
    Date        Client  Amount
    2025-07-20  Acme    100
    2025-07-20  Bell    100
    2025-07-20  Cole    100

    # Clients
    Client  Birthday
    Acme    1980-07-19
    Bell    1980-07-21
    Cole    1980-07-20
    """
    letters = {name: of(book, settings, "greeting", name).letter for name in ("Acme", "Bell")}
    assert letters == {"Acme": "birthday-greeting", "Bell": "anniversary-greeting"}
    assert of(book, settings, "greeting", "Cole").letter == "birthday-greeting"


def test_a_special_day_over_the_turn_of_the_year(book, settings):
    """
    # Sales
    Date        Client  Amount
    2025-01-05  Acme    100
    """
    one = of(book, settings, "greeting", as_of="2026-12-31")
    assert one.day == date(2027, 1, 5)
    assert one.checks[0].words == "a client for 2 years on 5 January 2027"


# What an owner sets otherwise: each on both sides of her own threshold


def changed(settings, **values):
    return settings.layered(values, {})


@pytest.mark.parametrize(("days", "met"), [(121, True), (122, False)])
def test_a_surprise_from_the_days_that_are_set(book, settings, days, met):
    """
    1 March to 30 June are 121 days.

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    check = of(book, changed(settings, wow_from_days=days), "wow").checks[2]
    assert (check.met, check.words) == (met, "last bought 121 days ago")


@pytest.mark.parametrize(("days", "met"), [(121, True), (120, False)])
def test_a_surprise_until_the_days_that_are_set(book, settings, days, met):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    assert of(book, changed(settings, wow_until_days=days), "wow").checks[2].met is met


@pytest.mark.parametrize(
    ("kind", "setting", "said"),
    [
        ("wow", "wow_again_days", "surprised 10 days ago"),
        ("referral", "referral_again_days", "asked 10 days ago"),
        ("testimonial", "testimonial_again_days", "asked 10 days ago"),
        ("survey", "survey_again_days", "last survey 10 days ago"),
    ],
)
def test_once_is_enough_for_as_long_as_is_set(book, settings, kind, setting, said):
    """
    Date        Client  Activity
    2026-06-20  Acme    Wow
    2026-06-20  Acme    Referral request
    2026-06-20  Acme    Testimonial request
    2026-06-20  Acme    Survey
    """
    assert said in in_the_way(of(book, changed(settings, **{setting: 11}), kind))
    assert said not in in_the_way(of(book, changed(settings, **{setting: 10}), kind))


@pytest.mark.parametrize(
    ("least", "met", "said"),
    [
        (0.7, True, "a score of seven tenths or more"),
        (0.65, True, "a score of 65\u00a0% or more"),
        (0.71, False, "no high score, no advice asked and no Trust of 80 in the last 12 months"),
    ],
)
def test_a_good_score_is_what_is_set(book, settings, least, met, said):
    """
    # Feedback
    Date        Client  Kind    Score  Out of
    2026-06-01  Acme    survey  7      10

    # Touchpoints
    Date        Client
    2026-06-20  Acme
    """
    check = of(book, changed(settings, good_score=least, high_trust=80), "referral").checks[3]
    assert (check.met, check.words) == (met, said)
    last = of(book, changed(settings, good_score=least), "testimonial").checks[1]
    assert last.met is met
    assert last.words == (f"the last score is {said[11:]}" if met else "the last score is lower")


@pytest.mark.parametrize(("least", "met"), [(60, True), (60.5, False)])
def test_high_trust_is_what_is_set(book, settings, least, met):
    """
    Rated: (10 × 10) to the power of 0.6 is 15.8, and 100 × ln 15.8 ÷ ln 100 is 60.

    # Ratings
    Date        Client  Care  Accountability  Communication
    2026-06-01  Acme    10    10              6

    # Touchpoints
    Date        Client
    2026-06-20  Acme
    """
    check = of(book, changed(settings, high_trust=least), "referral").checks[3]
    assert check.met is met
    assert check.words == (
        "Trust of 60"
        if met
        else "no high score, no advice asked and no Trust of 60.5 in the last 12 months"
    )


@pytest.mark.parametrize(
    ("days", "met", "said"),
    [
        (122, True, "bought, or a piece of work ended, in the last 122 days"),
        (121, False, "nothing bought or finished in the last 121 days"),
    ],
)
def test_a_survey_within_the_days_that_are_set(book, settings, days, met, said):
    """
    The purchase of 1 March is 121 days old: it counts within 122 days, as today is the first of them.

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    check = of(book, changed(settings, survey_within_days=days), "survey").checks[0]
    assert (check.met, check.words) == (met, said)


@pytest.mark.parametrize(
    ("days", "said"),
    [(40, "birthday on 9 August 2026"), (39, "no birthday or anniversary in the next 39 days")],
)
def test_greetings_as_far_ahead_as_is_set(book, settings, days, said):
    """
    30 June + 40 days is 9 August.

    # Clients
    Client  Birthday
    Acme    1980-08-09

    # Touchpoints
    Date        Client
    2026-06-20  Acme
    """
    one = of(book, changed(settings, greeting_days=days), "greeting")
    assert [check.words for check in one.checks] == [said]
    assert one.ready is (days == 40)
