"""Times, minutes, days, numbers, shares, yes and no, choices, text."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from reportgen.reading.cells import Unusable, as_text, shown, tidy
from reportgen.reading.columns import TOUCHPOINTS
from reportgen.reading.times import in_hours
from reportgen.reading.values import (
    read_choice,
    read_client,
    read_days,
    read_minutes,
    read_number,
    read_share,
    read_signal,
    read_text,
    read_time,
    read_yes_or_no,
)

COLUMNS = {column.field: column for column in TOUCHPOINTS.columns}


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (90.0, 90),
        ("90", 90),
        ("90 min", 90),
        ("90m", 90),
        ("90 minutes", 90),
        ("1:30", 90),
        ("1:30:00", 90),
        ("01:30 h", 90),
        ("1h 30m", 90),
        ("1h30", 90),
        ("1 hr 30 mins", 90),
        ("1 hour and 30 minutes", 90),
        ("1.5 h", 90),
        ("1,5 h", 90),
        ("1.5 hours", 90),
        (time(1, 30), 90),
        (timedelta(hours=1, minutes=30), 90),
        (timedelta(hours=23, minutes=5), 1385),
        ("23:05", 1385),
        (1440.0, 1440),
        ("24 h", 1440),
        (timedelta(days=1), 1440),
        (0.0, 0),
        (24.5, 25),
        (24.4, 24),
        ("0:00:30", 1),
        ("0:00:29", 0),
        (time(0, 0, 30), 1),
    ],
)
def test_minutes(cell, minutes):
    assert read_minutes(cell) == minutes


@pytest.mark.parametrize(
    "cell",
    [
        -5.0,
        "-5",
        "-1:30",
        "--5",
        "1:60",
        "half an hour",
        "1h 2h",
        float("nan"),
        True,
        datetime(2026, 3, 14),  # noqa: DTZ001
        date(2026, 3, 14),
        timedelta(minutes=-5),
        1e9,
        None,
        "h",
    ],
)
def test_no_minutes(cell):
    assert isinstance(read_minutes(cell), Unusable)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [(1.5, 90), ("1.5", 90), ("1,5", 90), ("1:30", 90), ("90 min", 90), ("2 h", 120), (0.25, 15)],
)
def test_under_hours_a_bare_number_is_hours(cell, minutes):
    assert read_minutes(cell, hours=True) == minutes


@pytest.mark.parametrize(
    "cell", [-5.0, "-5", "−5", "-1:30", "- 1h 30m", timedelta(minutes=-5), -0.1]
)
def test_no_less_than_no_minutes(cell):
    assert read_minutes(cell) == Unusable(
        "a length of time, 0 or more, for example 90, 1:30, 1h 30m or 1.5 h"
    )
    assert read_minutes(cell, hours=True) == Unusable(
        "hours, 0 or more, for example 1.5, 1:30 or 1h 30m"
    )


@pytest.mark.parametrize("cell", [1440.1, 1441.0, "1441", "24:01", "24h 1m", 99999.0, 1e9])
def test_no_more_minutes_than_a_day(cell):
    assert read_minutes(cell) == Unusable(
        "a length of time, at most 1,440 minutes (24 h), for example 90, 1:30, 1h 30m or 1.5 h",
        "Work of several days takes a row for each day.",
    )


def test_no_more_hours_than_a_day():
    assert read_minutes(24.0, hours=True) == 1440
    assert read_minutes(24.1, hours=True) == Unusable(
        "hours, at most 1,440 minutes (24 h), for example 1.5, 1:30 or 1h 30m",
        "Work of several days takes a row for each day.",
    )


@pytest.mark.parametrize("cell", ["half an hour", "--5", "- ", "-", float("inf"), None])
def test_what_is_no_length_has_no_limit_to_keep_to(cell):
    assert read_minutes(cell) == Unusable("a length of time, for example 90, 1:30, 1h 30m or 1.5 h")


@pytest.mark.parametrize(
    ("header", "hours"),
    [
        ("Hours", True),
        ("Duration (h)", True),
        ("Duration (decimal)", True),
        ("Hrs", True),
        ("Time spent (hours)", True),
        ("Duration", False),
        ("Duration (min)", False),
        ("Minutes", False),
    ],
)
def test_headers_in_hours(header, hours):
    assert in_hours(header) is hours


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("10:30", time(10, 30)),
        ("10.30", time(10, 30)),
        ("9:05:07", time(9, 5, 7)),
        ("9am", time(9)),
        ("9 pm", time(21)),
        ("12 am", time(0)),
        ("12:15 p.m.", time(12, 15)),
        ("12:15 PM", time(12, 15)),
        ("14h30", time(14, 30)),
        (time(10, 30), time(10, 30)),
        (datetime(2026, 3, 14, 10, 30), time(10, 30)),  # noqa: DTZ001
        (timedelta(hours=10, minutes=30), time(10, 30)),
        (0.4375, time(10, 30)),
        (0.0, time(0)),
    ],
)
def test_times(cell, expected):
    assert read_time(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "10",
        "25:00",
        "10:60",
        "13 pm",
        "0 am",
        "noon",
        10.0,
        1.0,
        -0.5,
        True,
        timedelta(days=1),
        None,
    ],
)
def test_no_times(cell):
    assert isinstance(read_time(cell), Unusable)


def test_days_are_whole_and_within_bounds():
    assert read_days(45.0) == 45
    assert read_days("45 days") == 45
    assert read_days("45", (1, 3660)) == 45
    assert read_days(1.0, (1, 3660)) == 1
    assert read_days(3660.0, (1, 3660)) == 3660
    for cell in (0.0, 3661.0, 4.5, "4.5", "a month", True, None):
        assert read_days(cell, (1, 3660)) == Unusable(
            "a whole number of days from 1 to 3,660, for example 45"
        )


def test_numbers_are_within_bounds():
    assert read_number("4,5") == Decimal("4.5")
    assert read_number(9.0) == Decimal(9)
    assert read_number(10.0, (1, 10)) == Decimal(10)
    for cell in (0.9, 10.1, "nan", "1_0", True, "9/10", None):
        assert isinstance(read_number(cell, (1, 10)), Unusable)
    assert read_number(0.0) == Decimal(0)
    assert read_number(-1.0) == Unusable("a number of 0 or more, for example 9")
    assert read_number(11.0, (1, 10)) == Unusable("a number from 1 to 10, for example 8")


def test_shares():
    assert read_share("60 %") == 0.6
    assert read_share("60%") == 0.6
    assert read_share(0.6) == 0.6
    assert read_share("0,6") == 0.6
    for cell in (60.0, "60", "101 %", -0.1, "%", True, None):
        assert isinstance(read_share(cell), Unusable)


@pytest.mark.parametrize("cell", ["yes", "Y", "TRUE", "1", "x", "X", "✓", True, 1.0])
def test_yes(cell):
    assert read_yes_or_no(cell) is True


@pytest.mark.parametrize("cell", ["no", "N", "False", "0", "✗", False, 0.0])
def test_no(cell):
    assert read_yes_or_no(cell) is False


@pytest.mark.parametrize("cell", ["maybe", "yess", 2.0, None, time(1)])
def test_neither_yes_nor_no(cell):
    assert isinstance(read_yes_or_no(cell), Unusable)


def test_choices_by_word_and_synonym():
    direction = COLUMNS["direction"]
    assert read_choice("IN", direction) == "in"
    assert read_choice("Outgoing", direction) == "out"
    assert read_choice("two-way", direction) == "both"


def test_an_unknown_choice_lists_the_choices():
    refused = read_choice("Incomming", COLUMNS["direction"])
    assert refused == Unusable("in, out or both", "Did you mean “in”?")
    assert read_choice("sideways", COLUMNS["direction"]) == Unusable("in, out or both")


def test_signals_keep_the_owners_words_unless_nearly_ours():
    signal = COLUMNS["signal"]
    assert read_signal("Asked for advice", signal) == "advice asked"
    assert read_signal("COMPLAINT", signal) == "complaint"
    assert read_signal("seemed tired", signal) == "seemed tired"
    refused = read_signal("complant", signal)
    assert isinstance(refused, Unusable)
    assert refused.suggestion == "Did you mean “complaint”?"


def test_any_cell_as_text():
    assert read_text("00123") == "00123"
    assert read_text(123.0) == "123"
    assert read_text(0.1 + 0.2) == "0.3"
    assert read_text(date(2026, 3, 14)) == "2026-03-14"
    assert read_text(time(9, 5)) == "09:05"
    assert read_text(True) == "TRUE"
    assert as_text(timedelta(hours=26, minutes=5)) == "26:05"
    assert as_text(timedelta(minutes=-90)) == "-1:30"


def test_a_clients_name_is_one_line():
    assert read_client("Harbour  &\nFinch") == "Harbour & Finch"
    assert read_client(42.0) == "42"


def test_invisible_characters_go():
    assert tidy("\u00a0Ac\u200bme\ufeff\x00 \u202e") == "Acme"
    assert tidy("\u00a0 \u200b\t") == ""
    assert tidy("two\r\nlines") == "two\nlines"
    assert [tidy(text) for text in ("'=1+1", " '@acme", "'+44 20", "'-5")] == [
        *("=1+1", "@acme", "+44 20", "-5"),
    ]
    assert [tidy(text) for text in ("'t Hof", "''=1", "O'Hara", "'")] == [
        *("'t Hof", "''=1", "O'Hara", "'"),
    ]


def test_what_is_shown_is_short_and_on_one_line():
    assert shown("a\nb") == "“a b”"
    assert shown(None) == "nothing"
    assert shown("x" * 61) == "“" + "x" * 59 + "…”"
    assert shown("x" * 60) == "“" + "x" * 60 + "”"
