"""How a cell of ours is made of the cells of an export."""

from datetime import datetime

import pytest

from reportgen.reading.products.recipes import made


def cell(recipe, *row):
    """What a recipe makes of a row under the headers A, B, C …"""
    one = made(recipe, lambda header: next((ord(h) - ord("A") for h in header.split("|")), None))
    return one.cell(row)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("0/0/0000", ""),
        ("00/00/0000 00:00:00", ""),
        ("00/00/00", ""),
        ("0000-00-00 00:00:00", ""),
        ("02/03/26 14:30:00", "02/03/26 14:30:00"),
        ("1/9/2026 3:05 PM", "1/9/2026 3:05 PM"),
        ("10/10/2000", "10/10/2000"),
        ("2026-02-03 10:00 am CET", "2026-02-03 10:00 am"),
        ("2026-02-03 10:00 AM Eastern Time - US & Canada", "2026-02-03 10:00 AM"),
        ("2026-02-03 23:30 (GMT+01:00) Berlin", "2026-02-03 23:30"),
        ("14 MAR 2026", "14 MAR 2026"),
        (datetime.fromisoformat("2026-02-03 10:00"), datetime.fromisoformat("2026-02-03 10:00")),
    ],
)
def test_a_day_without_a_zone_and_no_day_of_zeros(text, day):
    assert cell({"of": "A", "day": True}, text) == day


@pytest.mark.parametrize(
    ("text", "ids"),
    [("12", "lead 12"), ("12; 13;", "lead 12;lead 13"), (12.0, "lead 12"), (";", "")],
)
def test_whose_ids_they_are(text, ids):
    assert cell({"of": "A", "kind": "lead"}, text) == ids


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1500000", "0:25:00"),
        (3_661_000.0, "1:01:01"),
        ("00:12:30", "00:12:30"),
        ("30999", "0:00:30"),
    ],
)
def test_milliseconds_are_a_length(text, length):
    assert cell({"of": "A", "milliseconds": True}, text) == length


@pytest.mark.parametrize(("text", "length"), [(20.0, "20 min"), ("1.5", "1.5 min"), ("1 h", "1 h")])
def test_a_unit_stands_behind_a_number_alone(text, length):
    assert cell({"of": "A", "unit": "min"}, text) == length
