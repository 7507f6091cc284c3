"""Amounts with signs, symbols and both customs of separators."""

from collections import Counter
from decimal import Decimal

import pytest

from reportgen.reading.amounts import (
    Currency,
    carried,
    currency_code,
    decimal_mark,
    header_currencies,
    most_carried,
    read_amount,
)
from reportgen.reading.cells import Unusable

GBP = Currency("GBP")


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("480", "480"),
        ("480.00", "480.00"),
        ("480,5", "480.5"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1’234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,234", "1234"),
        ("1,00,000", "100000"),
        ("£1k", "1000"),
        ("1.5k", "1500"),
        ("500-", "-500"),
        (".5", "0.5"),
        ("-£20", "-20"),
        ("£-20", "-20"),
        ("£ 20-", "-20"),
        ("20 £ -", "-20"),
        ("−20", "-20"),
        ("(500)", "-500"),
        ("(£1,500.00)", "-1500.00"),
        ("+20", "20"),
        ("20 GBP", "20"),
        ("gbp 20", "20"),
        ("£20.", "20"),
        (480.0, "480"),
        (0.1 + 0.2, "0.3"),
        (-12.5, "-12.5"),
        (0.0, "0"),
    ],
)
def test_amounts(cell, amount):
    assert read_amount(cell, GBP) == Decimal(amount)


@pytest.mark.parametrize(
    "cell",
    [
        "1_000",
        "nan",
        "inf",
        "1e5",
        "twenty",
        "£",
        "--20",
        "-(20)",
        "(20",
        "£20£",
        "1.2.3",
        "12,34.5",
        "20%",
        "10-20",
        "",
        float("nan"),
        float("inf"),
        1e13,
        True,
        None,
    ],
)
def test_no_amounts(cell):
    assert isinstance(read_amount(cell, GBP), Unusable)


def test_a_million_million_is_the_most():
    assert read_amount(1e12, Currency()) == Decimal(10) ** 12
    assert read_amount(-1e12, Currency()) == -(Decimal(10) ** 12)
    too_large = Unusable("an amount of at most 1,000,000,000,000, for example 480.00")
    for cell in ("1,000,000,000,000.01", 1e308):
        assert read_amount(cell, Currency()) == too_large
    assert read_amount(1234567890123.46, GBP) == Unusable(
        "an amount in GBP of at most 1,000,000,000,000, for example 480.00"
    )
    assert read_amount("-1,000,000,000,000.01", Currency()) == Unusable(
        "an amount of at least -1,000,000,000,000, for example 480.00"
    )


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.234", "12,50"], "comma"),
        (["1,234", "12.50"], "point"),
        (["1.234", "1,234", "12", None, 4.5], "undecided"),
        (["12,50", "12.50"], "contradictory"),
    ],
)
def test_the_column_decides_between_customs(cells, mark):
    assert decimal_mark(cells) == mark


def test_the_same_digits_in_either_custom():
    assert read_amount("1.234", Currency(), "comma") == Decimal(1234)
    assert read_amount("1.234", Currency(), "point") == Decimal("1.234")
    assert read_amount("1,234", Currency(), "comma") == Decimal("1.234")


def test_three_decimals_are_not_guessed_at():
    refused = read_amount("1.234", Currency(), "undecided")
    assert isinstance(refused, Unusable)
    assert refused.suggestion == "Write 1234 or 1.234, whichever is meant."
    assert isinstance(read_amount("1,234", Currency(), "contradictory"), Unusable)


@pytest.mark.parametrize("cell", ["€20", "20 EUR", "$20", "CHF 20"])
def test_another_currency_is_not_converted(cell):
    refused = read_amount(cell, GBP)
    assert isinstance(refused, Unusable)
    assert "GBP" in refused.expected


@pytest.mark.parametrize(
    ("cell", "currency"),
    [
        ("$20", "USD"),
        ("$20", "AUD"),
        ("$20", "CAD"),
        ("$20", "NZD"),
        ("A$20", "AUD"),
        ("US$20", "USD"),
        ("20 kr", "SEK"),
        ("20 kr", "DKK"),
        ("20 zł", "PLN"),
        ("¥20", "CNY"),
        ("€20", None),
    ],
)
def test_a_sign_stands_for_each_of_its_currencies(cell, currency):
    assert read_amount(cell, Currency(currency)) == Decimal(20)


def test_us_dollars_are_not_australian():
    assert isinstance(read_amount("US$20", Currency("AUD")), Unusable)


def test_the_header_may_name_the_currency():
    assert header_currencies("Amount (€)") == ("EUR",)
    assert header_currencies("Amount GBP") == ("GBP",)
    assert header_currencies("Amount") == ()
    assert header_currencies("Try again") == ()
    assert isinstance(read_amount(20.0, GBP, named=("EUR",)), Unusable)
    assert read_amount("£20", GBP, named=("EUR",)) == Decimal(20)


def test_the_currency_that_most_amounts_carry():
    assert most_carried(carried(["£1", "£2", "€3", "4", None, 5.0])) == Currency("GBP", ("GBP",))
    assert most_carried(carried(["1", "2"])) == Currency()
    assert most_carried(Counter()) == Currency()


def test_of_equally_frequent_currencies_none_is_the_workbooks():
    assert most_carried(carried(["£1", "€3", "4"])) == Currency(None, ("EUR", "GBP"))
    assert most_carried(carried(["£1", "$2", "€3"])) == Currency(None, ("EUR", "GBP", "USD"))
    assert most_carried(carried(["£1", "€3", "£2", "€4", "$5"])) == Currency(None, ("EUR", "GBP"))


def test_a_bare_dollar_is_the_dollar_that_others_name():
    assert most_carried(carried(["$1", "$2"])).code == "USD"
    assert most_carried(carried(["$1", "$2", "A$3"])).code == "AUD"


def test_without_a_currency_of_hers_the_setting_is_suggested():
    named, most = Currency("GBP"), Currency("GBP", ("GBP",))
    assert read_amount("€20", named) == Unusable(
        "an amount in GBP, the workbook's one currency",
        "Amounts are not converted: write what it was worth on the day.",
    )
    assert read_amount("€20", most) == Unusable(
        "an amount in GBP, as most are",
        "Set Currency on the Business sheet if GBP is not yours; amounts are not converted: write "
        "what it was worth on the day.",
    )
    assert read_amount("£20", most) == Decimal(20)


def test_in_a_tie_only_amounts_without_a_sign_count():
    tie = Currency(None, ("EUR", "GBP"))
    refused = Unusable(
        "amounts in one currency, and as many are in EUR as in GBP",
        "Set Currency on the Business sheet; amounts in another one are not converted.",
    )
    for cell in ("€20", "20 GBP", "$20"):
        assert read_amount(cell, tie) == refused
    assert read_amount(20.0, tie, named=("EUR",)) == refused
    assert read_amount("20", tie) == Decimal(20)
    assert read_amount(0.0, tie) == Decimal(0)


def test_a_symbol_as_a_code():
    assert currency_code("£") == "GBP"
    assert currency_code("$") == "$"
    assert currency_code("gbp") == "gbp"
