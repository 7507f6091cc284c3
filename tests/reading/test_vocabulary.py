"""The data files of the languages: whole, and of one meaning."""

from collections import defaultdict
from dataclasses import replace

import pytest

from reportgen.model import Source
from reportgen.reading import vocabulary
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.reading.columns import SHEETS
from reportgen.reading.vocabulary import (
    Happened,
    is_private,
    is_total,
    languages,
    status,
    total_of,
    yes_or_no,
)
from reportgen.settings.configuration import DEFAULTS
from reportgen.words import plain

CODES = ("en", "de", "es", "fr", "it", "nl", "pt")
SHEET_OF = {sheet.name: sheet for sheet in SHEETS}
BY_CODE = dict(zip(CODES, languages(), strict=True))


@pytest.fixture(params=CODES)
def language(request):
    return BY_CODE[request.param]


def test_a_language_has_every_group(language):
    groups = {"sheets", "headers", "status", "totals", "days", "answers", "private", "words"}
    assert set(language) == groups
    assert set(language["words"]) == set(BY_CODE["en"]["words"])
    assert set(language["status"]) == set(Happened)
    assert all(language["status"].values())
    assert set(language["totals"]) == {"words", "openings", "balances"}
    assert set(language["totals"]["balances"]) <= set(language["totals"]["words"])
    assert set(language["answers"]) == {"yes", "no"}
    assert len(language["days"]["months"]) == 12
    assert len(language["days"]["weekdays"]) >= 14
    assert {"Clients", "Touchpoints", "Sales"} <= set(language["sheets"])


def test_a_language_names_the_columns_that_a_list_needs(language):
    headers = language["headers"]
    for sheet in ("Touchpoints", "Sales"):
        named = {**headers.get("Any", {}), **headers[sheet]}
        assert {"Date", "Client", "Status"} <= set(named)
    assert {"Amount", "Net amount", "Quantity", "Unit price", "Currency", "Paid"} <= set(
        headers["Sales"]
    )
    assert {"Start", "End", "Minutes"} <= set(headers["Touchpoints"])


def test_headers_are_those_of_columns_that_there_are(language):
    every = {column.name for sheet in SHEETS for column in sheet.known}
    for sheet, columns in language["headers"].items():
        known = every if sheet == "Any" else {c.name for c in SHEET_OF[sheet].known}
        assert set(columns) <= known, sheet


def test_a_language_says_no_word_twice(language):
    for sheet, columns in language["headers"].items():
        for column, words in columns.items():
            assert len({plain(word) or word for word in words}) == len(words), (sheet, column)


def test_a_word_of_a_status_means_one_thing_in_all_languages():
    _one_meaning((w, g) for one in languages() for g, ws in one["status"].items() for w in ws)


def test_a_name_of_a_month_means_one_month_in_all_languages():
    months = (enumerate(one["days"]["months"]) for one in languages())
    _one_meaning((w, n) for one in months for n, ws in one for w in ws)


def test_an_answer_means_one_thing_in_all_languages():
    _one_meaning((w, a) for one in languages() for a, ws in one["answers"].items() for w in ws)


def _one_meaning(pairs):
    found = defaultdict(set)
    for word, meaning in pairs:
        found[plain(word) or word].add(meaning)
    assert {word: meant for word, meant in found.items() if len(meant) > 1} == {}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Won", Happened.YES),
        ("NO SHOW", Happened.NO),
        ("Cancelled (by client)", Happened.NO),
        ("Entwurf", Happened.OPEN),
        ("Avoir", Happened.RETURNED),
        ("rimborsato", Happened.REFUNDED),
        ("uitgave", Happened.NO_SALE),
        ("pagamento", Happened.PAYMENT),
        ("VIP", None),
    ],
)
def test_statuses(word, meant):
    assert status(word) is meant


def test_totals_and_answers():
    assert [is_total(word) for word in ("Total:", "GESAMT", "Total général", "Acme")] == [
        True,
        True,
        True,
        False,
    ]
    assert total_of("Summe für Ulme & Co") == "Ulme & Co"
    assert total_of("Totally Fit") is None
    assert [yes_or_no(word) for word in ("Oui", "não", "vielleicht")] == [True, False, None]


def test_months_and_days_of_the_week():
    assert [vocabulary.months()[word] for word in ("marz", "aout", "dez", "mei")] == [3, 8, 12, 5]
    assert {"mi", "jeudi", "tercafeira"} <= vocabulary.weekdays()


@pytest.mark.parametrize(
    "header",
    [
        "Password",
        "OraPassword",
        "SSN",
        "Last 4 SSN",
        "Last4SSN",
        "Latest IP",
        "ip_address",
        "Customer IP address",
        "National Insurance number",
        "IBAN",
        "Health notes",
        "Kontonummer",
        "Krankenkasse",
        "Mot de passe",
        "Numéro de sécurité sociale",
        "Contraseña",
        "Carta di credito",
        "Burgerservicenummer",
        "Dados bancários",
    ],
)
def test_what_a_header_names_is_private(header):
    assert is_private(header)


@pytest.mark.parametrize(
    "header", ["Description", "Shipping", "Account", "Name", "Tips", "Zip", "Banker", "Healthcare"]
)
def test_what_a_header_names_is_read(header):
    assert not is_private(header)


def test_a_private_column_is_never_read_even_when_the_owner_maps_it():
    rows = [["Date", "Customer", "IBAN", "Amount"], ["2026-02-03", "Acme", "GB00 1", "80"]]
    asked = replace(DEFAULTS, columns={"iban": "Service"})
    book, _ = book_of([Grid("Sales", rows)], asked, Source("a.xlsx", ""))
    assert [(sale.client, sale.service) for sale in book.sales] == [("Acme", None)]
    assert book.unread == ("column “IBAN” on Sales, which is private and never read",)
