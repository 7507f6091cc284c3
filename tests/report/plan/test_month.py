"""On which day each thing stands: in November 2026 the 2nd, 9th, 16th, 23rd and 30th are Mondays."""

from datetime import date, time

import pytest

from reportgen.report.plan.month import Month, Wanted, month_of, spread
from reportgen.settings.settings import Settings

NOVEMBER = Month(date(2026, 11, 1), date(2026, 11, 30))


def days(*wanted, **changed):
    settings = Settings(**changed)
    placed = spread(wanted, NOVEMBER.working_days(settings), settings)
    return [day.day for day, _ in placed]


def urgent(minutes=5):
    return Wanted(minutes, urgent=True, day=None)


def sometime(minutes=5):
    return Wanted(minutes, urgent=False, day=None)


def on(day, minutes=5):
    return Wanted(minutes, urgent=False, day=date(2026, 11, day))


def test_the_working_days_of_a_month():
    assert len(NOVEMBER.working_days(Settings())) == 21
    tuesdays = NOVEMBER.working_days(Settings(working_days="Tue"))
    assert [day.day for day in tuesdays] == [3, 10, 17, 24]


def test_a_public_holiday_is_none_of_them():
    """Thanksgiving is on the 26th, Veterans Day on the 11th."""
    working = {day.day for day in NOVEMBER.working_days(Settings(country="US"))}
    assert not {11, 26} & working
    assert len(working) == 19


def test_at_the_end_of_a_month_the_plan_is_of_the_next_one():
    assert month_of(date(2026, 10, 31)) == NOVEMBER


def test_a_month_without_a_working_day_takes_the_next_one():
    """31 October 2026 is a Saturday; nothing is left of the month, and Monday is the 2nd."""
    assert month_of(date(2026, 10, 30)) == Month(date(2026, 10, 30), date(2026, 10, 31))
    weekend = Month(date(2026, 10, 31), date(2026, 10, 31))
    assert weekend.working_days(Settings()) == (date(2026, 11, 2),)


def test_what_is_urgent_has_the_first_days_one_a_day():
    assert days(urgent(), urgent(), urgent()) == [2, 3, 4]


def test_a_week_takes_no_more_than_the_owners_time():
    """40 and 20 make up the hour of the first week; the third is for Monday, the fourth fits after it."""
    assert days(urgent(40), urgent(20), urgent(20), urgent(30)) == [2, 3, 9, 10]


def test_a_later_and_shorter_one_still_fits_into_the_week():
    assert days(urgent(40), urgent(30), urgent(20)) == [2, 9, 3]


def test_what_is_longer_than_a_week_goes_to_the_emptiest_day():
    assert days(urgent(90), urgent(90)) == [2, 3]


def test_the_rest_is_strewn_over_the_month():
    """21 working days: the places 0, 7 and 14 are the 2nd, the 11th and the 20th."""
    assert days(sometime(), sometime(), sometime()) == [2, 11, 20]


def test_what_is_urgent_and_for_a_day_is_done_by_it():
    """Where the first three days are taken, its last day has two."""
    by_the_third = Wanted(5, urgent=True, day=date(2026, 11, 3))
    assert days(urgent(), urgent(), urgent(), by_the_third) == [2, 3, 4, 3]
    assert days(by_the_third, urgent()) == [2, 3]


def not_before(day, minutes=5):
    return Wanted(minutes, urgent=False, day=None, earliest=date(2026, 11, day))


def test_what_will_do_from_a_day_on():
    """The places 0, 7 and 14 are the 2nd, the 11th and the 20th; the 15th is a Sunday."""
    assert days(not_before(10), not_before(15), not_before(15)) == [10, 16, 20]


def test_what_is_urgent_goes_before_what_will_do_later():
    """The surprise takes half of its week's hour, so it leaves the first week to what is urgent."""
    assert days(not_before(6, 30), urgent(30), urgent(30)) == [9, 2, 3]


def test_a_day_after_the_last_one_that_is_worked_is_the_last_one():
    assert days(not_before(30), working_days="Tue") == [24]


def test_after_what_is_urgent():
    """One place is taken; of the 20 others the first and the eleventh: the 3rd and the 17th."""
    assert days(urgent(), sometime(), sometime()) == [2, 3, 17]


def test_what_has_its_day_is_there_or_on_the_working_day_before():
    """The 14th and 15th are a weekend; before the 1st, a Sunday, there is no day, so it is the first."""
    assert days(on(12), on(15), on(1)) == [12, 13, 2]


def test_whose_day_is_taken_is_urgent_elsewhere():
    assert days(urgent(), on(2), urgent()) == [3, 2, 4]


def test_two_on_one_day_follow_each_other():
    settings = Settings(opens="08:30")
    placed = spread([on(12, 10), on(12, 5), on(12, 5)], NOVEMBER.working_days(settings), settings)
    assert placed == [
        (date(2026, 11, 12), time(8, 30)),
        (date(2026, 11, 12), time(8, 40)),
        (date(2026, 11, 12), time(8, 45)),
    ]


@pytest.mark.parametrize("number", [1, 5, 21, 22, 50])
def test_every_one_has_a_working_day(number):
    found = days(*[sometime() for _ in range(number)], relationship_minutes_per_week=1440)
    assert len(found) == number
    assert len(set(found)) == min(number, 21)


def test_what_has_its_day_has_its_time_in_the_order_of_the_days():
    """The 15th and the 14th are a weekend: both go to Friday, first what is for Saturday."""
    settings = Settings(opens="09:00")
    placed = spread([on(15, 10), on(14, 5)], NOVEMBER.working_days(settings), settings)
    assert placed == [(date(2026, 11, 13), time(9, 5)), (date(2026, 11, 13), time(9, 0))]


def test_after_more_that_is_urgent_than_there_are_days_comes_the_last_day():
    """All five are for the first of five Mondays, so the others are empty; what can wait has the last."""
    by_the_second = Wanted(5, urgent=True, day=date(2026, 11, 2))
    placed = days(*[by_the_second] * 5, sometime(), working_days="Mon")
    assert placed == [2, 2, 2, 2, 2, 30]
