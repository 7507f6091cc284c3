"""Months and years that end on a day, clipped to the end of shorter months."""

import itertools
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from reportgen.periods import (
    Window,
    month_end,
    month_starts,
    months_after,
    months_before,
    months_of_year,
    previous_month_end,
    up_to,
    within,
    year_before,
    year_to,
)


@pytest.mark.parametrize(
    ("as_of", "first", "first_before"),
    [
        ("2026-10-31", "2025-11-01", "2024-11-01"),
        ("2026-02-28", "2025-03-01", "2024-02-29"),
        ("2024-02-29", "2023-03-01", "2022-03-01"),
        ("2025-02-28", "2024-02-29", "2023-03-01"),
        ("2026-01-01", "2025-01-02", "2024-01-02"),
    ],
)
def test_the_year_and_the_one_before(as_of, first, first_before):
    as_of = date.fromisoformat(as_of)
    now, before = year_to(as_of), year_before(as_of)
    assert now.first == date.fromisoformat(first)
    assert now.to == as_of
    assert before.first == date.fromisoformat(first_before)
    assert before.to == now.first - timedelta(days=1)


def test_both_ends_of_a_window():
    year = year_to(date(2026, 2, 28))
    assert date(2025, 2, 28) not in year
    assert date(2025, 3, 1) in year
    assert date(2026, 2, 28) in year
    assert date(2026, 3, 1) not in year
    assert "2025-03-01" not in year


def test_months_after_is_clipped_to_shorter_months():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 1, 31), 2) == date(2026, 3, 31)
    assert months_after(date(2026, 12, 30), 2) == date(2027, 2, 28)


def test_months_before_is_clipped_to_shorter_months():
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_before(date(2026, 3, 15), 3) == date(2025, 12, 15)


def test_months_of_a_year_from_the_middle_of_a_month():
    lengths = [(month.to - month.after).days for month in months_of_year(date(2026, 3, 15))]
    assert lengths == [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28]


def test_the_months_of_a_year_that_ends_with_a_month_of_30_days():
    months = months_of_year(date(2025, 11, 30))
    assert [str(month.to) for month in months] == [
        "2024-12-31",
        "2025-01-31",
        "2025-02-28",
        "2025-03-31",
        "2025-04-30",
        "2025-05-31",
        "2025-06-30",
        "2025-07-31",
        "2025-08-31",
        "2025-09-30",
        "2025-10-31",
        "2025-11-30",
    ]


def test_the_months_of_a_year_that_ends_on_the_31st():
    months = months_of_year(date(2026, 3, 31))
    assert [str(month.first) for month in months] == [
        "2025-04-01",
        "2025-05-01",
        "2025-06-01",
        "2025-07-01",
        "2025-08-01",
        "2025-09-01",
        "2025-10-01",
        "2025-11-01",
        "2025-12-01",
        "2026-01-01",
        "2026-02-01",
        "2026-03-01",
    ]


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_twelve_months_are_the_year(as_of):
    months = months_of_year(as_of)
    assert len(months) == 12
    assert months[0].after == year_to(as_of).after
    assert months[-1].to == as_of
    for earlier, later in itertools.pairwise(months):
        assert earlier.to == later.after
    assert year_before(as_of).to == year_to(as_of).after


@pytest.mark.parametrize(
    ("day", "end", "previous"),
    [
        ("2024-02-10", "2024-02-29", "2024-01-31"),
        ("2026-02-28", "2026-02-28", "2026-01-31"),
        ("2026-12-31", "2026-12-31", "2026-11-30"),
        ("2026-01-01", "2026-01-31", "2025-12-31"),
    ],
)
def test_ends_of_months(day, end, previous):
    assert str(month_end(date.fromisoformat(day))) == end
    assert str(previous_month_end(date.fromisoformat(day))) == previous


def test_month_starts_over_the_turn_of_a_year():
    found = month_starts(date(2025, 11, 30), date(2026, 1, 1))
    assert [str(day) for day in found] == ["2025-11-01", "2025-12-01", "2026-01-01"]
    assert month_starts(date(2026, 1, 5), date(2026, 1, 5)) == (date(2026, 1, 1),)


def test_rows_of_the_day_itself_are_not_planned():
    rows = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 2), date(2026, 1, 3)]
    done, planned = up_to(rows, date(2026, 1, 2), lambda day: day)
    assert list(done) == rows[:3]
    assert list(planned) == rows[3:]
    assert up_to([], date(2026, 1, 2), lambda day: day) == ([], [])


@pytest.mark.parametrize(
    ("after", "to", "found"),
    [
        ("2026-01-01", "2026-01-03", [2, 2, 3]),
        ("2025-12-31", "2026-01-01", [1]),
        ("2026-01-03", "2026-01-04", []),
        ("2026-01-05", "2026-02-05", []),
        ("2025-01-01", "2025-02-01", []),
    ],
)
def test_rows_within_a_window_leave_out_its_eve_and_keep_its_last_day(after, to, found):
    rows = [date(2026, 1, day) for day in (1, 2, 2, 3, 5)]
    window = Window(date.fromisoformat(after), date.fromisoformat(to))
    assert [day.day for day in within(rows, window, lambda day: day)] == found


def test_nothing_is_within_a_window_of_no_rows():
    assert list(within([], year_to(date(2026, 6, 30)), lambda day: day)) == []


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(-300, 300))
def test_months_later_are_those_of_dateutil(day, months):
    assert months_after(day, months) == day + relativedelta(months=months)
    assert month_end(day) == day + relativedelta(day=31)
