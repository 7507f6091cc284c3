"""Figures in the owner's words, and file names for clients."""

import re
from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import get_currency_symbol
from hypothesis import given
from hypothesis import strategies as st

from reportgen import words
from reportgen.problems import Row
from reportgen.shares import Share


def test_days_and_months():
    assert words.day(date(2026, 3, 4)) == "4 March 2026"
    assert words.short_day(date(2026, 3, 4)) == "4 Mar 2026"
    assert words.month(date(2026, 3, 4)) == "Mar 2026"
    assert words.day(None) == words.short_day(None) == "n/a"


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1204, "1,204 days")]
)
def test_counts(number, shown):
    assert words.days(number) == shown
    assert words.count(number, "day") == shown


def test_counts_with_a_plural_of_their_own():
    assert words.count(1, "enquiry", "enquiries") == "1 enquiry"
    assert words.count(2, "enquiry", "enquiries") == "2 enquiries"


def test_small_numbers_in_words():
    assert [words.in_words(n) for n in (0, 1, 7, 10, 11, 1204)] == [
        "no",
        "one",
        "seven",
        "ten",
        "11",
        "1,204",
    ]


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (None, "n/a"),
        (0.0, "0 %"),
        (0.001, "under 1 %"),
        (0.005, "under 1 %"),
        (0.006, "1 %"),
        (0.25, "25 %"),
        (0.581, "58 %"),
        (0.994, "99 %"),
        (0.995, "over 99 %"),
        (0.9999, "over 99 %"),
        (1.0, "100 %"),
    ],
)
def test_percent(share, shown):
    assert words.percent(share) == shown


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_a_share_of_some_looks_neither_like_nothing_nor_like_everything(share):
    assert words.percent(share) not in ("0 %", "100 %")


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (0, "0 min"),
        (35, "35 min"),
        (60, "1 h"),
        (160, "2 h 40 min"),
        (6000, "100 h"),
        (6031, "101 h"),
        (72000, "1,200 h"),
    ],
)
def test_hours(minutes, shown):
    assert words.hours(minutes) == shown


def test_lists_of_names():
    assert words.listed([]) == ""
    assert words.listed(["A"]) == "A"
    assert words.listed(["A", "B"]) == "A and B"
    assert words.listed(["A", "B", "C"]) == "A, B and C"
    assert words.listed(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"


def test_rows_as_the_margin_of_a_spreadsheet_shows_them():
    found = [Row("Touchpoints", n) for n in (9, 4, 8, 7, 4)] + [Row("Sales", 2)]
    assert words.rows(found) == "row 2 of Sales and rows 4 and 7–9 of Touchpoints"
    assert words.rows(found[:3]) == "rows 4 and 8–9 of Touchpoints"
    assert words.rows(found, most=3) == "row 2 of Sales and rows 4 and 7 of Touchpoints, and 2 more"
    assert words.rows([]) == ""


@pytest.mark.parametrize(
    ("amount", "currency", "pence", "shown"),
    [
        (None, "GBP", False, "n/a"),
        (Decimal(18400), "GBP", False, "£18,400"),
        (Decimal(-45), "GBP", True, "−£45.00"),
        (Decimal("1234.56"), "EUR", True, "€1,234.56"),
        (Decimal("1234.56"), "EUR", False, "€1,235"),
        (Decimal(1200), "CHF", False, "CHF 1,200"),
        (Decimal(1200), None, False, "1,200"),
        (Decimal("-0.40"), "GBP", False, "£0"),
        (Decimal("-0.40"), "GBP", True, "−£0.40"),
        (Decimal(0), None, False, "0"),
        (Decimal("116.4"), None, False, "116"),
        (Decimal("9.94"), None, False, "9.9"),
        (Decimal("-8.44"), None, False, "−8.4"),
        (Decimal("0.024"), None, False, "0.02"),
        (Decimal("-0.002"), None, False, "0.00"),
        (Decimal("0.024"), "GBP", False, "£0"),
    ],
)
def test_money(amount, currency, pence, shown):
    assert words.money(amount, currency, pence) == shown


@pytest.mark.parametrize("code", [*words.SYMBOLS, "CHF", "PLN", "SEK", "ZAR"])
def test_symbols_are_those_of_british_english(code):
    assert words.money(7, code).strip("7 ") == get_currency_symbol(code, locale="en_GB")


def test_sentence_case_changes_the_first_letter_alone():
    assert words.sentence_case("for Acme Ltd") == "For Acme Ltd"
    assert words.sentence_case("") == ""


# File names

RESERVED = {"con", "prn", "aux", "nul", "index"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}


def usable(slugs):
    """Each once, without regard to case, and a file name on every system."""
    found = list(slugs.values())
    assert len({slug.casefold() for slug in found}) == len(found)
    for slug in found:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert slug not in RESERVED
        assert len(slug) <= 60
    return found


def test_file_names_of_ordinary_clients():
    names = ["Harbour & Finch", "Bêta Ltd.", "Müller-Straße 7"]
    assert usable(words.slugs(names)) == ["harbour-finch", "beta-ltd", "muller-strasse-7"]


def test_names_that_give_the_same_file_name():
    assert usable(words.slugs(["a", "A.", "(a)"])) == ["a", "a-2", "a-3"]


def test_a_name_that_is_the_file_name_of_another():
    for names in (["a", "a 2", "a!"], ["a 2", "a", "a!"], ["a", "a!", "a 2"]):
        assert len(usable(words.slugs(names))) == 3


def test_names_that_systems_keep_for_themselves():
    found = usable(words.slugs(["CON", "con client", "Nul", "COM1", "lpt9", "Index", "aux."]))
    assert len(found) == 7


def test_names_without_a_letter():
    assert usable(words.slugs(["🎈", "🎉🎉", "日本", "…", "Client"])) == [
        "client",
        "client-2",
        "client-3",
        "client-4",
        "client-5",
    ]


def test_long_names_that_begin_alike():
    long = "a very long name of a client that goes on and on and on and on "
    found = usable(words.slugs([long + str(number) for number in range(12)]))
    assert len(found) == 12


@given(st.lists(st.text(max_size=80), unique=True, max_size=12))
def test_any_names_have_file_names(names):
    found = words.slugs(names)
    assert list(found) == names
    usable(found)
    assert words.slugs(names) == found


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.9, "nine tenths"),
        (0.2, "two tenths"),
        (0.7, "seven tenths"),
        (0.85, "85\u00a0%"),
        (0.1, "10\u00a0%"),
        (1.0, "100\u00a0%"),
        (0.0, "0\u00a0%"),
    ],
)
def test_tenths(share, said):
    assert words.tenths(share) == said


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (1.0, "1 times"),
        (1.5, "1.5 times"),
        (2.0, "twice"),
        (2.5, "2.5 times"),
        (3.0, "three times"),
        (12.0, "12 times"),
    ],
)
def test_times(ratio, said):
    assert words.times(ratio) == said


@pytest.mark.parametrize(
    ("share", "said", "interval"),
    [
        (Share(0, 0), "n/a", "–"),
        (Share(2, 4), "2 of 4, too few to tell", "–"),
        (Share(4, 9), "4 of 9 (44 %)", "19 % – 73 %"),
        (Share(5, 10), "50 % (5 of 10)", "24 % – 76 %"),
        (Share(600, 1200), "50 % (600 of 1,200)", "47 % – 53 %"),
    ],
)
def test_a_share_and_its_interval(share, said, interval):
    """The ends are Wilson's, by hand: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), z = 1.96."""
    assert words.share_of(share).replace("\xa0", " ") == said
    assert words.interval_of(share).replace("\xa0", " ") == interval


@pytest.mark.parametrize(
    ("number", "said"), [(1, "once"), (2, "twice"), (3, "three times"), (12, "12 times")]
)
def test_how_often(number, said):
    assert words.often(number) == said


@pytest.mark.parametrize(
    ("text", "said"), [("Ring Lady T.", "Ring Lady T."), ("Ring Jo", "Ring Jo."), ("Why?", "Why?")]
)
def test_a_sentence_has_one_stop(text, said):
    assert words.ended(text) == said
