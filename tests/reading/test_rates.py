"""Amounts in other currencies, converted at the owner's rates; figures worked out by hand."""

import os
from dataclasses import replace
from decimal import Decimal

import pytest

from reportgen.model import Source
from reportgen.problems import ReportError
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS, read_configuration

RATES = {"EUR": Decimal("0.86"), "USD": Decimal("0.745")}


def of(rates=RATES, **sheets):
    grids = [Grid(name, rows) for name, rows in sheets.items()]
    configuration = replace(DEFAULTS, rates=rates)
    return book_of(grids, configuration, Source("test.xlsx", "0" * 64))


def test_rows_of_another_currency_are_converted_and_said_once():
    """€100 × 0.86 = 86; 33.33 × 0.86 = 28.6638; $1.10 × 0.745 = 0.8195 → 0.82; −0.10 × 0.745 → −0.07.

    A half goes up: 0.50 EUR × 0.86 = 0.43; $5.00 × 0.745 = 3.725 → 3.73.
    """
    book, settings = of(
        Sales=[
            ["Date", "Client", "Amount", "Direct cost", "Currency"],
            ["2026-01-01", "Elm", "£40", "", "GBP"],
            ["2026-01-02", "Elm", "€100", "€50", ""],
            ["2026-01-03", "Elm", 33.33, 10.0, "Euro"],
            ["2026-01-04", "Elm", "$1.10", "", "USD"],
            ["2026-01-05", "Elm", -0.10, "", "USD"],
            ["2026-01-06", "Elm", 5.0, "", "US Dollar"],
        ]
    )
    assert settings.currency == "GBP"
    assert [(str(sale.amount), sale.direct_cost) for sale in book.sales] == [
        ("40", None),
        ("86", 43),
        ("28.66", Decimal("8.6")),
        ("0.82", None),
        ("-0.07", None),
        ("3.73", None),
    ]
    assert {type(sale.amount) for sale in book.sales} == {Decimal}
    assert book.problems == ()
    assert book.remarks == (
        "2 rows in EUR on Sales are converted at 0.86, as [rates] says.",
        "3 rows in USD on Sales are converted at 0.745, as [rates] says.",
    )


@pytest.mark.parametrize(
    ("header", "rows", "amounts"),
    [
        (["Datum", "Kunde", "Betrag (€)"], [["2026-01-01", "Ulme", "1.000,50"]], ["860.43"]),
        (
            ["Valuta", "Importo", "Cliente", "Data"],
            [["EUR", 10.0, "Olmo", "2026-01-01"], ["CHF", 10.0, "Olmo", "2026-01-02"]],
            ["8.6"],
        ),
        (
            ["Date", "Client", "Prix unitaire", "Quantité", "Devise"],
            [["2026-01-01", "Orme", "0,333", 1000, "EUR"]],
            ["286.38"],
        ),
        (
            ["Date", "Client", "Unit price", "Quantity"],
            [["2026-01-01", "Elm", "€0.333", 1000]],
            ["286.38"],
        ),
    ],
)
def test_by_the_header_a_column_or_each_line(header, rows, amounts):
    """1000.50 × 0.86 = 860.43; 0.333 × 1000 × 0.86 = 286.38; francs have no rate."""
    book, _ = of(Business=[["Setting", "Value"], ["Currency", "GBP"]], Sales=[header, *rows])
    assert [str(sale.amount) for sale in book.sales] == amounts
    assert len(book.problems) == len(rows) - len(amounts)


def test_an_invoice_is_paid_when_all_of_it_is_paid_in_its_own_currency():
    book, _ = of(
        {"EUR": Decimal("2")},
        Sales=[
            ["Date", "Client", "Amount", "Currency", "Due on", "Paid amount"],
            ["2026-01-01", "Elm", 100.0, "EUR", "2026-02-01", "100"],
            ["2026-01-02", "Elm", 100.0, "EUR", "2026-02-01", "60"],
        ],
    )
    assert [(sale.amount, sale.due_on is None) for sale in book.sales] == [
        (200, True),
        (200, False),
    ]


def test_rates_of_a_configuration_file(tmp_path):
    path = tmp_path / "reportgen.toml"
    path.write_text("[rates]\nEUR = 0.86\nJPY = 0.0052\nKWD = 2\n")
    assert read_configuration(path).rates == {
        "EUR": Decimal("0.86"),
        "JPY": Decimal("0.0052"),
        "KWD": Decimal(2),
    }


@pytest.mark.parametrize("line", ['EUR = "0.86"', "eur = 0.86", "EUR = 0", "EUR = -1", "EUR = nan"])
def test_what_is_no_rate_is_refused(tmp_path, line):
    path = tmp_path / "reportgen.toml"
    path.write_text(f"[rates]\n{line}\n")
    with pytest.raises(ReportError, match=r"in \[rates\]; write what one of another currency"):
        read_configuration(path)


@pytest.mark.parametrize(
    "text",
    [
        "[rates]\nEUR = " + "9" * 5_000,
        "[columns]\nnothing = " + "[" * 100_000,
        "# " + "x" * 1_000_000,
    ],
)
def test_a_configuration_that_is_too_much_is_a_short_sentence(tmp_path, text):
    path = tmp_path / "reportgen.toml"
    path.write_text(text)
    with pytest.raises(ReportError, match=r"reportgen\.toml is not valid TOML") as refused:
        read_configuration(path)
    assert len(str(refused.value)) < 500


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_configuration_that_is_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "reportgen.toml"
    os.mkfifo(path)
    with pytest.raises(ReportError, match="it is a pipe"):
        read_configuration(path)
