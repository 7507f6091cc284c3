"""Dates as text, serials and spreadsheet dates; expected days are read off by eye."""

from datetime import date, datetime, time

import pytest

from reportgen.reading.cells import Unusable
from reportgen.reading.dates import (
    AMBIGUOUS,
    OUT_OF_RANGE,
    YEAR_ALONE,
    date_order,
    read_birthday,
    read_date,
)
from reportgen.reading.safety.found import EPOCH_1900, EPOCH_1904

MARCH_14 = date(2026, 3, 14)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-14",
        "2026/3/14",
        "2026.03.14",
        "2026-03-14T09:30:00Z",
        "2026-03-14 09:30",
        "2026-03-14T09:30:00.000+01:00",
        "14/03/2026",
        "14.3.2026",
        "14-03-26",
        "03/14/2026",
        "3/14/26 9:30 AM",
        "Sat 14/03/2026",
        "14 March 2026",
        "14th of March 2026",
        "14-Mar-26",
        "14 Mar '26",
        "14. Mar. 2026",
        "March 14, 2026",
        "Mar 14th 2026",
        "Saturday, 14 March 2026",
        "SATURDAY 14 MARCH 2026",
    ],
)
def test_one_day_in_every_form(text):
    assert read_date(text, None) == MARCH_14


@pytest.mark.parametrize("text", ["05/05/2026", "5.5.26", "05-05-2026"])
def test_day_and_month_alike_need_no_order(text):
    assert read_date(text, None) == date(2026, 5, 5)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "2026-02-30",
        "14/03",
        "March 2026",
        "14 Marsh 2026",
        "2026",
        "soon",
        "14-03/2026",
        "20260314",
        "46095",
        "14/03/2026/1",
        "1/2/3",
        "14/03/026",
    ],
)
def test_other_text_is_no_date(text):
    assert isinstance(read_date(text, "DMY"), Unusable)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2026", "DMY", date(2026, 4, 3)),
        ("03/04/2026", "MDY", date(2026, 3, 4)),
        ("03/04/26", "YMD", date(2003, 4, 26)),
        ("26-03-04", "YMD", date(2026, 3, 4)),
        ("13/04/2026", "MDY", date(2026, 4, 13)),
        ("04/13/2026", "DMY", date(2026, 4, 13)),
    ],
)
def test_the_order_decides_only_where_it_must(text, order, day):
    assert read_date(text, order) == day


def test_without_an_order_a_swap_is_refused():
    assert read_date("03/04/2026", None) is AMBIGUOUS
    assert read_date("03/04/2026", "YMD") is AMBIGUOUS


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2026", "13/04/2026"], "DMY"),
        (["03/04/2026", "04/13/2026"], "MDY"),
        (["03/04/24", "13/04/24"], "DMY"),
        (["99-03-14", "01-02-03"], "YMD"),
        (["03/04/2026", "05/05/2026", "2026-03-14", None, 46095.0], None),
        (["13/04/2026", "04/13/2026"], None),
        ([], None),
    ],
)
def test_the_column_decides_from_its_unambiguous_cells(cells, order):
    assert date_order(cells, None) == order


def test_settings_decide_where_the_column_does_not():
    assert date_order(["03/04/2026"], "MDY") == "MDY"
    assert date_order(["13/04/2026", "04/13/2026"], "DMY") == "DMY"
    assert date_order(["13/04/2026"], "MDY") == "DMY"


@pytest.mark.parametrize(
    ("text", "year"), [("1/1/00", 2000), ("1/1/68", 2068), ("1/1/69", 1969), ("1/1/99", 1999)]
)
def test_two_digit_years_turn_at_69(text, year):
    assert read_date(text, None) == date(year, 1, 1)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1900-01-01", date(1900, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
        ("1899-12-31", OUT_OF_RANGE),
        ("2101-01-01", OUT_OF_RANGE),
        (date(2206, 3, 14), OUT_OF_RANGE),
        (datetime(1206, 3, 14), OUT_OF_RANGE),  # noqa: DTZ001
    ],
)
def test_years_from_1900_to_2100(cell, expected):
    assert read_date(cell, None) == expected


def test_spreadsheet_dates_lose_their_time():
    assert read_date(date(2026, 3, 14), None) == MARCH_14
    assert read_date(datetime(2026, 3, 14, 23, 59), None) == MARCH_14  # noqa: DTZ001


def test_serials_count_from_the_workbooks_epoch():
    # Serial 46095 is 14 March 2026; the 1904 system is 1462 days behind.
    assert read_date(46095.0, None, EPOCH_1900) == MARCH_14
    assert read_date(46095.75, None, EPOCH_1900) == MARCH_14
    assert read_date(44633.0, None, EPOCH_1904) == MARCH_14


@pytest.mark.parametrize(
    "cell", [0.0, -1.0, 1e300, float("nan"), float("inf"), True, time(9), None, 2_026_031_4.0]
)
def test_other_cells_are_no_date(cell):
    assert isinstance(read_date(cell, None), Unusable)


def test_a_year_alone_is_not_a_serial():
    assert read_date(2026.0, None) is YEAR_ALONE


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 March", date(2000, 3, 14)),
        ("March 14", date(2000, 3, 14)),
        ("14th of March", date(2000, 3, 14)),
        ("14-Mar", date(2000, 3, 14)),
        ("14/03", date(2000, 3, 14)),
        ("14.3.", date(2000, 3, 14)),
        ("29 February", date(2000, 2, 29)),
        ("--03-14", date(2000, 3, 14)),
        ("1971-03-14", date(1971, 3, 14)),
        ("14 March 1971", date(1971, 3, 14)),
    ],
)
def test_a_birthday_needs_no_year(text, day):
    assert read_birthday(text, None) == day


def test_a_birthday_that_could_be_swapped():
    assert read_birthday("03/04", None) is AMBIGUOUS
    assert read_birthday("03/04", "DMY") == date(2000, 4, 3)
    assert read_birthday("03/04", "MDY") == date(2000, 3, 4)


@pytest.mark.parametrize("text", ["30 February", "32/13", "in spring", "March", "--13-01"])
def test_no_birthday(text):
    assert isinstance(read_birthday(text, None), Unusable)
