"""Hours by activity, what a template would save, and the key moments (SPEC 7), worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analyses.efficiency import efficiency, key_moments, moments_had
from reportgen.evidence.evidence import evidence
from reportgen.model import Client, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.reading.catalogue import built_in
from reportgen.settings.settings import Settings
from reportgen.shares import Share

AS_OF = date(2026, 10, 31)


def everyone(book, settings):
    return [evidence(one, settings, AS_OF) for one in book.relationships]


def found(book, settings):
    return efficiency(everyone(book, settings), AS_OF, settings)


def test_hours_and_cost_by_activity_most_first(book, settings):
    """
    The year begins on 1 November 2025. Of 200 minutes project work takes 100, calls 60 (in two words for
    one thing, one of them without minutes), invoices and thank-yous 20 each, by name. 24 an hour is 0.40 a
    minute. Plans take nothing.

    Date        Client  Activity      Minutes
    2025-10-31  Acme    Project work  1000
    2025-11-01  Acme    Project work  100
    2026-01-02  Acme    Call          45
    2026-01-03  Bell    Zoom          15
    2026-01-04  Bell    Call
    2026-01-05  Bell    Thank-you     20
    2026-01-05  Bell    Invoice       20
    2026-11-01  Bell    Call          500

    # Business
    Hourly rate  24
    """
    activities = found(book, settings).activities
    assert [(one.activity.name, one.minutes, one.cost) for one in activities] == [
        ("Project work", 100, 40),
        ("Call", 60, 24),
        ("Invoice", 20, 8),
        ("Thank-you", 20, 8),
    ]
    assert [one.share for one in activities] == [0.5, 0.3, 0.1, 0.1]
    assert [one.cumulative_share for one in activities] == [0.5, 0.8, 0.9, 1.0]
    assert [(one.touchpoints, one.without_minutes) for one in activities] == [
        (1, 0),
        (3, 1),
        (1, 0),
        (1, 0),
    ]
    assert [row.row for row in activities[1].rows] == [4, 5, 6]


def test_no_cost_without_a_rate_and_no_share_without_minutes(book, settings):
    """
    Date        Client  Activity
    2026-01-02  Acme    Invoice
    """
    one = found(book, settings)
    assert [(a.cost, a.share, a.cumulative_share) for a in one.activities] == [(None, None, None)]
    assert (one.minutes, one.low_value_share, one.savings, one.savings_hours) == (0, None, (), 0)
    assert one.low_value_hours_per_month == 0


def test_low_value_share_over_what_has_a_known_value(book, settings):
    """
    Low 30 of 30 + 90 minutes; what juggling is worth nobody knows.

    Date        Client  Activity  Minutes
    2026-01-02  Acme    Invoice   30
    2026-01-02  Acme    Call      90
    2026-01-02  Acme    Juggling  500
    2026-01-02  Acme              500
    """
    assert found(book, settings).low_value_share == 0.25


def test_what_to_standardise_first_and_the_hours_it_would_save(book, settings):
    """
    Half of each: of 600 minutes 5 hours, of 120 one, of 60 half an hour, of 30 a quarter. An activity of
    the owner's has no letter, unless she names one; the catalogue's without a letter have a tool.

    Date        Client  Activity        Minutes
    2026-01-02  Acme    Invoice         60
    2026-01-03  Acme    Scheduling      600
    2026-01-04  Acme    Ordering        120
    2026-01-05  Acme    Parking permit  30
    2026-01-06  Acme    Chasing money

    # Activities
    Activity        Kind           Value  Connects  Letter
    Ordering        indispensable  low    no
    Parking permit  help           low    no        information-request
    """
    one = found(book, settings)
    assert [(s.activity.name, s.minutes, s.letter, s.tool, s.hours) for s in one.savings] == [
        ("Scheduling", 600, None, "a page on which clients book a time themselves", 5.0),
        ("Ordering", 120, None, "a template or checklist of your own", 1.0),
        ("Invoice", 60, "invoice-cover", None, 0.5),
        ("Parking permit", 30, "information-request", None, 0.25),
    ]
    assert one.savings_hours == 6.75


def test_the_part_that_a_template_saves_can_be_set(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-01-02  Acme    Invoice   60

    # Business
    Template saving share  20 %
    """
    assert found(book, settings).savings_hours == pytest.approx(0.2)


def test_administration_in_an_average_month(book, settings):
    """
    The book begins on 31 August 2026, so it has August, September and October: 180 minutes in three months.

    Date        Client  Activity  Minutes
    2026-10-02  Acme    Invoice   180

    Date        Client  Amount
    2026-08-31  Bell    100
    """
    one = found(book, settings)
    assert (one.months, one.low_value_hours_per_month) == (3, 1.0)


def test_no_average_before_the_first_row(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-11-02  Acme    Invoice   180
    """
    one = found(book, settings)
    assert (one.activities, one.months, one.low_value_hours_per_month) == ((), 0, None)
    assert one.savings_hours == 0


def test_a_book_older_than_the_year_has_twelve_months(book, settings):
    """
    Date        Client  Activity  Minutes
    2025-01-02  Acme    Invoice   999
    2025-11-01  Acme    Invoice   720
    """
    one = found(book, settings)
    assert (one.months, one.low_value_hours_per_month) == (12, 1.0)


def test_key_moments_and_who_missed_one(book, settings):
    """
    A discovery call is the diagnostic interview. The review is planned, so it was not had yet. Moments
    count whenever they were. Cole has not bought.

    Date        Client  Activity
    2024-01-02  Acme    Discovery call
    2024-01-09  Acme    Diagnostic
    2024-02-01  Acme    Onboarding
    2026-10-31  Acme    Progress review
    2026-11-01  Bell    Progress review
    2026-01-05  Bell    Welcome call
    2026-01-05  Cole    Discovery call

    Date        Client  Amount
    2024-01-20  Acme    100
    2026-01-02  Bell    100
    """
    acme, bell, cole = (key_moments(client) for client in everyone(book, settings))
    assert {moment: [row.row for row in rows] for moment, rows in acme.rows.items()} == {
        "diagnostic": [2, 3],
        "onboarding": [4],
        "review": [5],
    }
    assert (acme.missed, bell.missed) == ((), ("diagnostic", "review"))
    assert cole is None
    assert moments_had([acme, bell]) == {
        "diagnostic": Share(1, 2),
        "onboarding": Share(2, 2),
        "review": Share(1, 2),
    }
    assert moments_had([])["review"].value is None


TOUCHES = st.tuples(
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.sampled_from("AB"),
    st.sampled_from(list(built_in().activities.values())),
    st.integers(0, 300),
)


@given(st.lists(TOUCHES), st.randoms())
def test_shares_stay_in_range_and_row_order_changes_nothing(touched, random):
    settings = Settings(hourly_rate=Decimal(30))
    touches = [
        Touchpoint(day, client, activity, Row("Touchpoints", row), minutes=minutes)
        for row, (day, client, activity, minutes) in enumerate(touched, start=2)
    ]

    def once():
        people = relationships([Client("A"), Client("B")], touches)
        return efficiency([evidence(one, settings, AS_OF) for one in people], AS_OF, settings)

    one = once()
    shares = [a.cumulative_share for a in one.activities if a.cumulative_share is not None]
    assert all(0 <= share <= 1 for share in shares)
    assert shares == sorted(shares)
    assert shares[-1:] in ([], [1.0])
    assert one.low_value_share is None or 0 <= one.low_value_share <= 1
    assert one.minutes == sum(t.minutes for t in touches if date(2025, 11, 1) <= t.date <= AS_OF)
    assert one.savings_hours <= one.low_value_minutes / 60 / 2 + 1e-9
    random.shuffle(touches)
    assert once() == one
