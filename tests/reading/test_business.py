"""The Business sheet over the settings."""

from datetime import time
from decimal import Decimal

import pytest

from reportgen.model import Source
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.reading.safety.found import error
from reportgen.settings.configuration import DEFAULTS, Configuration
from reportgen.settings.settings import Settings

TOUCHPOINTS = Grid("Touchpoints", [["Date", "Client"], ["2026-03-14", "Acme"]])


def read(*rows, settings=None):
    configuration = Configuration(settings, {}, {}) if settings else DEFAULTS
    grids = [Grid("Business", rows), TOUCHPOINTS]
    return book_of(grids, configuration, Source("test.xlsx", "0" * 64))


def test_each_kind_of_value():
    book, settings = read(
        ["Setting", "Value"],
        ["Business name", "Studio Nine"],
        ["Currency", "gbp"],
        ["Business model", "Retainer"],
        ["Hourly rate", "£45.50"],
        ["Gross margin", "60 %"],
        ["Working days", "Mon-Thu"],
        ["Opens", time(8, 30)],
        ["Closes", "5pm"],
        ["Time zone", "Europe/Dublin"],
        ["Country", "ie"],
        ["Preferred channels", "Email, Phone"],
        ["Red line", 45.0],
        ["Lapsed after (red lines)", "3,5"],
        ["Date order", "dmy"],
        ["Commitment below share", 0.3],
    )
    assert book.problems == ()
    assert settings.business_name == "Studio Nine"
    assert settings.currency == "GBP"
    assert settings.business_model == "service"
    assert settings.hourly_rate == Decimal("45.50")
    assert settings.gross_margin == 0.6
    assert settings.working_days == {0, 1, 2, 3}
    assert (settings.opens, settings.closes) == (time(8, 30), time(17))
    assert settings.time_zone == "Europe/Dublin"
    assert settings.country == "IE"
    assert settings.preferred_channels == ("Email", "Phone")
    assert settings.red_line_days == 45
    assert settings.lapsed_after_red_lines == 3.5
    assert settings.date_order == "DMY"
    assert settings.commitment_below_share == 0.3
    assert settings.origins["red_line_days"] == "the Business sheet"


def test_no_header_a_title_and_leading_blanks():
    book, settings = read([], ["", "My business"], ["", "Owner", "Jo"], ["", "Currency", ""])
    assert book.problems == ()
    assert settings.owner == "Jo"
    assert settings.currency is None


TUNING = [["Setting", "Value", "What it means"], ["Owner", "Sam"], ["Red line", 50]]


def _with_tuning(*more):
    grids = [Grid("Business", [["Setting", "Value"], ["Owner", "Jo"]]), *more, TOUCHPOINTS]
    return book_of(grids, DEFAULTS, Source("test.xlsx", "0" * 64))


def test_a_hidden_sheet_of_fine_tuning_is_more_of_business():
    """Hidden as it comes, it is no hidden sheet to warn of and no second Business sheet."""
    book, settings = _with_tuning(Grid("Fine tuning", TUNING[:1] + TUNING[2:], hidden=True))
    assert (book.problems, book.unread) == ((), ())
    assert (settings.owner, settings.red_line_days) == ("Jo", 50)


def test_business_wins_over_fine_tuning_and_says_so():
    book, settings = _with_tuning(Grid("fine-tuning", TUNING))
    assert (settings.owner, settings.red_line_days) == ("Jo", 50)
    assert [(str(p.where), p.expected) for p in book.problems] == [
        ("'fine-tuning'!A2", "one value for Owner: Business!B2 is used")
    ]


def test_a_piano_tuner_s_sheet_of_that_name_is_what_its_headers_say():
    rows = [["Date", "Client", "Activity"], ["2026-03-15", "Acme", "Call"]]
    book, _ = _with_tuning(Grid("Fine tuning", rows))
    (acme,) = book.relationships
    assert (book.problems, book.unread) == ((), ())
    assert len(acme.touchpoints) == 2


def test_an_unknown_label_is_a_problem_with_the_nearest():
    book, _ = read(["Hourly rat", 45.0], ["Favourite colour", "red"])
    assert [(str(p.where), p.suggestion) for p in book.problems] == [
        ("Business!A1", "Did you mean “Hourly rate”?"),
        ("Business!A2", None),
    ]


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("Red line (days)", 0.0, "1 or more"),
        ("Red line (days)", "soon", "a whole number of days from 0 to 100,000, for example 45"),
        ("Gross margin", 60.0, "a share, for example 60 % or 0.6"),
        ("Currency", "pounds", "a currency code of three letters, for example GBP"),
        ("Time zone", "Mars/Olympus", "a time zone such as Europe/London"),
        ("Country", "XX", "the two letters of a country"),
        ("Country", "England", "the two letters of a country"),
        ("Working days", "often", "days of the week"),
        ("Business model", "circus", "consultancy, service, product or subscription"),
        ("Date order", "backwards", "DMY, MDY or YMD"),
        ("Hourly rate", "-5", "an amount of 0 or more, for example 480.00"),
        ("Hourly rate", "lots", "an amount, for example 480.00"),
        ("Opens", "morning", "a time of day, for example 10:30"),
        ("Owner", error("#REF!"), "a value for Owner"),
    ],
)
def test_a_value_that_cannot_be_used_leaves_the_others(label, value, expected):
    book, settings = read([label, value], ["Wow budget", 20.0])
    (problem,) = book.problems
    assert str(problem.where) == "Business!B1"
    assert problem.expected.startswith(expected)
    assert settings.wow_budget == 20


def test_the_first_of_two_rows_counts():
    book, settings = read(["Owner", "Jo"], ["owner", "Al"])
    assert settings.owner == "Jo"
    assert [str(p.where) for p in book.problems] == ["Business!A2"]


def test_closing_before_opening_uses_neither():
    book, settings = read(["Opens", "18:00"], ["Closes", "09:00"])
    assert (settings.opens, settings.closes) == (time(9), time(17))
    assert [str(p.where) for p in book.problems] == ["Business!B2"]


def test_the_sheet_wins_over_the_configuration():
    configured = Settings().layered({"owner": "Al", "currency": "EUR"}, {"owner": "x.toml"})
    _, settings = read(["Owner", "Jo"], settings=configured)
    assert (settings.owner, settings.currency) == ("Jo", "EUR")


def test_an_amount_in_another_currency_than_the_sheets_own():
    book, settings = read(["Hourly rate", "€45"], ["Currency", "£"])
    assert settings.currency == "GBP"
    assert settings.hourly_rate is None
    assert [str(p.where) for p in book.problems] == ["Business!B1"]
