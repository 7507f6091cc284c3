"""The workbooks of the benchmarks are the same each time, and as large as they say."""

from workbooks import EXTREME, MID, TYPICAL, sized, write_workbook

from reportgen.reading.book import read
from reportgen.settings.configuration import DEFAULTS


def test_a_workbook_is_the_same_each_time_and_has_the_rows_it_says(tmp_path):
    first, again = tmp_path / "first.xlsx", tmp_path / "again.xlsx"
    size = sized(12)
    for path in (first, again):
        write_workbook(path, size)
    assert first.read_bytes() == again.read_bytes()
    book, _ = read(first, DEFAULTS)
    assert book.problems == ()
    assert len(book.relationships) == size.clients == 12
    assert sum(len(one.touchpoints) for one in book.relationships) == size.touchpoints == 300
    assert sum(len(one.sales) for one in book.relationships) == size.sales == 90


def test_one_touchpoint_more_is_the_last_and_changes_nothing_else(tmp_path):
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    write_workbook(before, sized(12))
    write_workbook(after, sized(12), one_more=True)
    rows = [
        {
            (touch.row.row, touch.date)
            for one in read(path, DEFAULTS)[0].relationships
            for touch in one.touchpoints
        }
        for path in (before, after)
    ]
    (more,) = rows[1] - rows[0]
    assert rows[0] < rows[1]
    assert more[0] == 302


def test_the_sizes_are_those_that_the_aims_name():
    assert (TYPICAL.clients, TYPICAL.touchpoints, TYPICAL.sales) == (200, 5_000, 1_500)
    assert (MID.clients, MID.touchpoints, MID.sales) == (4_000, 209_715, 40_000)
    assert (EXTREME.clients, EXTREME.touchpoints, EXTREME.sales) == (20_000, 2**20 - 1, 200_000)
