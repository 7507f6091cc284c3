"""Effort by week and month (SPEC 2), worked out by hand."""

from datetime import date, timedelta

import pytest

from reportgen.analyses.matrix import effort_by_week, smoothed_hours
from reportgen.evidence.evidence import evidence


def seen(book, settings, as_of, name="Acme"):
    found = {one.client.name: one for one in book.relationships}
    return evidence(found[name], settings, date.fromisoformat(as_of))


def weeks(book, settings, as_of):
    found = effort_by_week(seen(book, settings, as_of))
    return [
        (str(found.monday + timedelta(weeks=at)), minutes)
        for at, minutes in enumerate(found.minutes)
    ]


def test_effort_by_iso_week_connecting_or_not(book, settings):
    """
    1 January 2026 is a Thursday, 4 January the Sunday of the same week; Monday 5 January begins the
    next. The week of 12 January is empty and still there. Planned work is no effort.

    Date        Client  Activity      Minutes
    2026-01-01  Acme    Call          30
    2026-01-04  Acme    Project work  60
    2026-01-05  Acme    Invoice       15
    2026-01-25  Acme    Email
    2026-01-27  Acme    Call          45
    """
    assert weeks(book, settings, "2026-01-26") == [
        ("2025-12-29", 90),
        ("2026-01-05", 15),
        ("2026-01-12", 0),
        ("2026-01-19", 0),
        ("2026-01-26", 0),
    ]


def test_effort_before_the_first_contact_belongs_to_it(book, settings):
    """
    Date        Client  Activity         Minutes
    2026-01-05  Acme    Market research  120
    2026-01-12  Acme    Email            10
    """
    assert weeks(book, settings, "2026-01-12") == [("2026-01-05", 120), ("2026-01-12", 10)]


def test_weeks_begin_with_client_since(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-01-12  Acme    Email     10

    # Clients
    Client  Client since
    Acme    2026-01-01
    """
    assert weeks(book, settings, "2026-01-12") == [
        ("2025-12-29", 0),
        ("2026-01-05", 0),
        ("2026-01-12", 10),
    ]


def test_no_weeks_before_anything_happened(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-01-12  Acme    Email     10
    """
    assert effort_by_week(seen(book, settings, "2026-01-11")) is None


def test_smoothing_spreads_a_busy_week_over_its_neighbours():
    """Nine hours in the third of five weeks, weights 1 2 3 2 1.

    In the middle 3 ÷ 9 of them; in the second week 2 ÷ 8, for one weight falls outside; in the first
    1 ÷ 6, for two do.
    """
    minutes = (0, 0, 540, 0, 0)
    found = smoothed_hours(minutes, 4)
    assert found == pytest.approx((1.5, 2.25, 3.0, 2.25, 1.5))


def test_smoothing_leaves_even_effort_as_it_is():
    found = smoothed_hours([90] * 7, 4)
    assert found == pytest.approx([1.5] * 7)
    assert smoothed_hours([], 4) == ()
