"""The public page's figures: nothing of fewer than five clients, of ten where money is in it."""

from datetime import date
from decimal import Decimal

import pytest

from reportgen.editions.redact import redact
from reportgen.model import Book, Sale, Source, relationships
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.shares import Share
from reportgen.site.pages.public import Total, percent, stages, totals

AS_OF = date(2026, 6, 30)


def sold(both, before_only, large="100"):
    """The report on clients with sales in both years, and some of the year before alone.

    Each sale is 100, but for the first client's of the year before.
    """
    sales = [
        Sale(date(2025, 3, 1), f"c{n}", Decimal("100" if n else large), Row("Sales", n + 2))
        for n in range(both + before_only)
    ]
    sales += [
        Sale(date(2026, 6, 1), f"c{n}", Decimal(100), Row("Sales", n + 1000)) for n in range(both)
    ]
    book = Book(relationships([], sales=sales), Source("x.xlsx", "ab" * 32))
    return totals(make_report(*redact(book, Settings(), "public", None), AS_OF))


def share(found, name):
    return next(one.percent for one in found.shares if name in one.name)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # of 20 to 24: 15 to 19 are one group too near to all, 10 to 14 are 12 of 22, 54.5 %
        ({"a": 5, "b": 5, "c": 10}, (Total("c or closer", 55),)),
        # of 45 to 49: 41 are too near; 35 to 39 are 37 of 47, 78.7 %; 15 to 19 are 17 of 47, 36.2 %
        ({"a": 4, "b": 6, "c": 20, "d": 15}, (Total("c or closer", 80), Total("d or closer", 35))),
        # fewer than five at the end are in no share
        ({"a": 10, "b": 6, "c": 4}, (Total("b or closer", 55),)),
        # nor is a stage at which nobody is; nor are all
        ({"a": 0, "b": 0, "c": 20}, ()),
        ({"a": 20, "b": 0, "c": 0}, ()),
        ({}, ()),
    ],
)
def test_a_stage_stands_with_all_that_are_closer(counts, expected):
    assert stages(counts) == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (4, 20, None),
        (5, 20, 30),  # 7 of 22 is 31.8 %
        (9, 24, 30),
        (10, 24, 55),  # 12 of 22 is 54.5 %
        (15, 20, None),  # as 15 to 19 of 20 to 24, it might leave one
        (15, 24, None),
        (15, 25, 65),  # 17 of 27 is 63.0 %
        (5, 14, None),
        (5, 15, 40),  # 7 of 17 is 41.2 %
        (1000, 1010, 95),  # 1,002 of 1,012, and never all
        (5, 1000, 5),
        (0, 0, None),
    ],
)
def test_both_counts_of_a_share_are_taken_in_fives(numerator, denominator, shown):
    assert percent(Share(numerator, denominator)) == shown


def test_a_share_needs_five_clients_on_either_side():
    """16 of 20 kept leaves 4 who were not: withheld. 13 of 20 is 12 of 22, 54.5 %."""
    assert share(sold(16, 4), "last year’s clients") is None
    assert share(sold(13, 7), "last year’s clients") == 55
    assert share(sold(4, 16), "last year’s clients") is None


def test_money_needs_ten_clients_on_either_side():
    """Of 25 clients of 100 each, 10 bought again for 100: 40 % of the sales were kept, shown as 50."""
    assert share(sold(9, 16), "last year’s sales") is None
    assert share(sold(10, 15), "last year’s sales") == 50
    assert share(sold(15, 10), "last year’s sales") is None  # 15 to 19 of 25 to 29 may leave six


def test_money_is_withheld_where_four_clients_brought_more_than_a_step_of_it():
    """One of 500 and 27 of 100 brought 3,200; four of them 800, which is a quarter."""
    assert share(sold(11, 17, large="500"), "last year’s sales") == 25  # 1,100 of 3,200 is 34 %
    assert share(sold(11, 17, large="510"), "last year’s sales") is None


def test_the_number_of_clients_is_in_tens():
    assert sold(15, 5).clients == 20
    assert sold(20, 9).clients == 20
    assert sold(20, 10).clients == 30
