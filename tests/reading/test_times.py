"""What a column under *Time* holds: times of day, or lengths."""

from datetime import datetime, time, timedelta

import pytest

from reportgen.reading.times import meant


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([datetime(2026, 3, 2, 9, 30)], "clock"),  # noqa: DTZ001  as a cell has it
        ([45], "length"),
        ([1.5], "length"),
        (["9:30", "2:15 pm"], "clock"),
        (["an hour"], "length"),
        # Working hours from 6 to 13 and later are times; what ends before 6 or goes beyond a day is not.
        ([time(9, 30), time(14, 0)], "clock"),
        (["06:00", "13:00"], "clock"),
        ([time(0, 30), time(2, 15)], "length"),
        (["5:59"], "length"),
        ([timedelta(hours=9), timedelta(hours=24)], "length"),
        ([timedelta(hours=9), timedelta(hours=14)], "clock"),
        (["23:59", "5:00"], None),
        (["6:00", "12:59"], None),
        (["8:00"], None),
        ([], None),
        ([None], None),
    ],
)
def test_what_the_cells_tell(cells, found):
    assert meant(cells) == found
