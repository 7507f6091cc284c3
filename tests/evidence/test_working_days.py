"""Working days over weekends, holidays and the turn of a year."""

from datetime import date, timedelta
from itertools import islice

import holidays
import pytest

from reportgen.evidence.working_days import add_working_days, is_working_day, working_days_after
from reportgen.settings.settings import Settings

IN_BRITAIN = Settings(country="GB")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-05-22", True),  # a Friday
        ("2026-05-23", False),
        ("2026-05-24", False),
        ("2026-05-25", False),  # the spring bank holiday
        ("2026-05-26", True),
        ("2026-12-25", False),
        ("2026-12-26", False),
        ("2026-12-28", False),  # Boxing Day is a Saturday: its substitute
        ("2027-01-01", False),
    ],
)
def test_weekdays_less_public_holidays(day, works):
    assert is_working_day(date.fromisoformat(day), IN_BRITAIN) is works


def test_without_a_country_there_are_no_holidays():
    assert is_working_day(date(2026, 12, 25), Settings())
    assert not is_working_day(date(2026, 12, 26), Settings())


def test_without_working_days_every_weekday_counts():
    never = Settings(working_days=frozenset(), country="GB")
    assert is_working_day(date(2026, 5, 24), never)
    assert not is_working_day(date(2026, 5, 25), never)


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        ("2026-06-01", 1, "2026-06-02"),
        ("2026-06-05", 1, "2026-06-08"),  # Friday → Monday
        ("2026-06-05", 2, "2026-06-09"),
        ("2026-06-06", 1, "2026-06-08"),  # Saturday
        ("2026-05-22", 2, "2026-05-27"),  # over the bank holiday
        ("2026-12-31", 1, "2027-01-04"),  # over New Year's Day and the weekend
    ],
)
def test_so_many_working_days_later(day, count, then):
    found = add_working_days(date.fromisoformat(day), count, IN_BRITAIN)
    assert found == date.fromisoformat(then)


def test_three_years_of_holidays_as_the_library_has_them():
    """Day by day against one calendar over all the years, where ours is made year by year."""
    calendar = holidays.country_holidays("GB", years=range(2024, 2029))
    days = [date(2025, 1, 1) + timedelta(days=step) for step in range(3 * 365)]
    expected = [day for day in days if day.weekday() < 5 and day not in calendar]
    found = islice(working_days_after(date(2024, 12, 31), IN_BRITAIN), len(expected))
    assert list(found) == expected
