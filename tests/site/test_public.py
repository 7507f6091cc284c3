"""The public page's figures: nothing of fewer than five clients, of ten where money is in it."""

from datetime import date
from decimal import Decimal

import pytest

from reportgen.editions.redact import redact
from reportgen.model import Book, Sale, Source, relationships
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.site.pages.public import Total, stages, totals

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
        # 5 + 5 + 10 of 20
        ({"a": 5, "b": 5, "c": 10}, (Total("a", 25), Total("b", 25), Total("c", 50))),
        # a is joined with b; 8 of 20 and 12 of 20
        ({"a": 4, "b": 4, "c": 12}, (Total("a or b", 40), Total("c", 60))),
        # a last group that is too small joins the one before; 6 of 20 and 14 of 20
        ({"a": 6, "b": 11, "c": 3}, (Total("a", 30), Total("b or c", 70))),
        # nobody is fewer than five too
        ({"a": 0, "b": 9, "c": 11}, (Total("a or b", 45), Total("c", 55))),
        # 7 of 30 is 23.3 %, shown as 25; 23 of 30 is 76.7 %, shown as 75
        ({"a": 7, "b": 23}, (Total("a", 25), Total("b", 75))),
        # one group alone says nothing
        ({"a": 2, "b": 2, "c": 16}, ()),
        ({"a": 30, "b": 0, "c": 0}, ()),
        ({}, ()),
    ],
)
def test_neighbouring_stages_are_joined_until_each_has_five(counts, expected):
    assert stages(counts) == expected


def test_a_share_needs_five_clients_on_either_side():
    """16 of 20 kept leaves 4 who were not: withheld. 15 of 20 is 75 %."""
    assert share(sold(16, 4), "last year’s clients") is None
    assert share(sold(15, 5), "last year’s clients") == 75
    assert share(sold(4, 16), "last year’s clients") is None


def test_money_needs_ten_clients_on_either_side():
    """Of 20 clients of 100 each, 10 bought again for 100: half of the sales were kept."""
    assert share(sold(11, 9), "last year’s sales") is None
    assert share(sold(10, 10), "last year’s sales") == 50


def test_money_is_withheld_where_one_client_brought_more_than_half_of_it():
    """1,900 of 1,900 + 19 × 100 is half; 2,000 is more. Kept of 3,800: 10 × 100, 26 %, shown as 25."""
    assert share(sold(10, 10, large="1900"), "last year’s sales") == 25
    assert share(sold(10, 10, large="2000"), "last year’s sales") is None


def test_the_number_of_clients_is_in_tens():
    assert sold(15, 5).clients == 20
    assert sold(20, 9).clients == 20
    assert sold(20, 10).clients == 30
