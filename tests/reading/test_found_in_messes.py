"""Kinds of mess that were once read wrongly, each as the smallest table that shows it."""

from datetime import date
from decimal import Decimal

import pytest

from reportgen.model import Source
from reportgen.problems import ReportError
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS


def of_sheets(**sheets):
    grids = [Grid(name.replace("_", " "), rows) for name, rows in sheets.items()]
    return book_of(grids, DEFAULTS, Source("test.xlsx", "0" * 64))[0]


def sales(book):
    return [(sale.client, sale.amount) for sale in book.sales]


def visits(book):
    return [(touch.client, touch.minutes) for touch in book.touchpoints]


def problems(book):
    return [(str(problem.where), problem.found, problem.lost) for problem in book.problems]


@pytest.mark.parametrize("header", ["Time (hours)", "time (h)", "TIME (HOURS) "])
@pytest.mark.parametrize("cell", [1.5, "1:30"])
def test_a_time_in_hours_is_a_length(header, cell):
    book = of_sheets(Log=[["Date", "Client", header], ["2026-01-07", "Elm", cell]])
    assert visits(book) == [("Elm", 90)]
    assert (book.problems, book.unread) == ((), ())


def test_a_word_of_two_languages_is_the_column_that_is_needed():
    """*Nombre* is a name in Spanish and a number of pieces in French."""
    spanish = [["Fecha", "Nombre", "Precio total"], ["07.01.2026", "Olmo", 40.0]]
    assert sales(of_sheets(Tabla=spanish)) == [("Olmo", 40)]
    french = [
        ["Date", "Client", "Nombre", "Prix unitaire"],
        ["07.01.2026", "Orme", 3.0, 40.0],
    ]
    assert sales(of_sheets(Tabla=french)) == [("Orme", 120)]


def test_a_start_date_is_the_day_where_no_other_is():
    rows = [["Start date", "Bill to", "Fee"], ["2026-01-07", "Elm", 40.0]]
    (sale,) = of_sheets(Jobs=rows).sales
    assert (sale.date, sale.starts) == (date(2026, 1, 7), None)


def test_a_row_is_lost_with_the_net_amount_that_cannot_be_read():
    rows = [
        ["Date", "Client", "Net amount"],
        ["2026-01-07", "Elm", "1.261"],
        ["2026-01-08", "Elm", "5.5"],
    ]
    book = of_sheets(
        Sales=[rows[0], rows[1], ["2026-01-08", "Elm", "n"]], Invoices=[rows[0], rows[2]]
    )
    assert sales(book) == [("Elm", Decimal("5.5"))]
    assert problems(book) == [
        ("Sales!C2", "“1.261”", "row"),
        ("Sales!C3", "“n”", "row"),
    ]
    assert all("only then does the row count" in one.expected for one in book.problems)


def test_a_sheet_of_visits_for_each_year_needs_no_other_column():
    rows = [["Datum", "Kunde"], ["07.01.2024", "Ulme"]]
    book = of_sheets(
        Umsatz=[["Datum", "Kunde", "Betrag"], ["07.01.2026", "Ulme", 40.0]],
        Besuche_2024=rows,
        Tabelle3=[rows[0], ["08.01.2024", "Ulme"]],
    )
    assert visits(book) == [("Ulme", 0)]
    assert problems(book) == [
        ("Tabelle3!A1", "the sheet “Tabelle3” with dates and clients", "sheet")
    ]


def test_the_one_name_of_a_list_stands_above_its_rows():
    rows = [["Elm", "2026-01-07", 1.0], ["", "2026-01-09", 2.0], ["", "2026-01-08", 3.0]]
    book = of_sheets(Data=[["Client", "Date", "Amount"], *rows])
    assert sales(book) == [("Elm", 1), ("Elm", 3), ("Elm", 2)]
    assert book.problems == ()


def test_a_company_that_is_often_blank_in_a_list_by_day_is_not_repeated():
    rows = [
        ["2026-01-05", "Elm Ltd", 1.0],
        ["2026-01-06", "", 2.0],
        ["2026-01-07", "Fern Ltd", 3.0],
        ["2026-01-08", "", 4.0],
        ["2026-01-09", "Ash Ltd", 5.0],
        ["2026-01-12", "", 6.0],
    ]
    header = ["Date", "Company", "Total"]
    book = of_sheets(Orders=[header, *rows])
    assert sorted(sales(book)) == [("Ash Ltd", 5), ("Elm Ltd", 1), ("Fern Ltd", 3)]
    assert [where for where, _, _ in problems(book)] == ["Orders!B3", "Orders!B5", "Orders!B7"]
    rows[1][0] = "2026-02-06"  # each name has rows of its own, by their day
    rows[3][0] = "2026-02-08"
    book = of_sheets(Orders=[header, *rows])
    assert len(sales(book)) == 6
    assert book.problems == ()
    serials = [[str(46027 + at % 2 * 30 + at), *row[1:]] for at, row in enumerate(rows)]
    assert len(sales(of_sheets(Orders=[header, *serials]))) == 6


def test_totals_between_names_that_are_written_once_are_no_names():
    rows = [
        ["Elm", "2026-01-07", 1.0],
        ["Total for Elm", "", 1.0],
        ["Fern", "2026-01-09", 2.0],
        ["", "2026-01-08", 3.0],
        ["", "2026-01-20", 4.0],
        ["Total for Fern", "", 9.0],
        ["Total", "", 10.0],
    ]
    book = of_sheets(Data=[["Client", "Date", "Amount"], *rows])
    assert sales(book) == [("Elm", 1), ("Fern", 3), ("Fern", 2), ("Fern", 4)]
    assert {lost for _, _, lost in problems(book)} == {"no entry"}


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("500,-", 500),
        ("€ 1.234,-", 1234),
        ("500,--", 500),
        ("Fr. 500.–", 500),
        ("500,- €", 500),
        ("-500,-", -500),
        ("500-", -500),
        ("500,00-", -500),
    ],
)
def test_a_stroke_for_no_cents_is_no_minus(cell, amount):
    book = of_sheets(Sales=[["Date", "Client", "Amount"], ["2026-01-07", "Elm", cell]])
    assert sales(book) == [("Elm", amount)]
    assert book.problems == ()


@pytest.mark.parametrize(
    "header",
    [
        "Betrag EUR",
        "betrag (€)",
        "Betrag in EUR",
        "EUR Betrag",
        "* €",
        "€:",
        "Betrag €:",
        "Netto EUR",
    ],
)
def test_a_currency_in_the_header_of_the_amount(header):
    book = of_sheets(Liste=[["Rechnungsdatum", "Kunde", header], ["07.01.2026", "Ulme", 40.0]])
    assert sales(book) == [("Ulme", 40)]
    assert (book.problems, book.unread) == ((), ())


def test_a_sheet_of_sales_beside_another_is_a_question_where_its_amount_has_no_known_header():
    book = of_sheets(
        First=[["Factuurdatum", "Klant", "Bedrag"], ["07.01.2026", "Iep", 40.0]],
        Second=[["Factuurdatum", "Klant", "Poen"], ["08.01.2026", "Iep", 50.5]],
    )
    assert sales(book) == [("Iep", 40)]
    assert problems(book) == [("Second!C1", "“Poen”, which looks like money", "sheet")]


def test_headers_that_stand_on_each_page_are_no_rows():
    header = ["Nom du client", "Date", "Montant total", "Client"]
    book = of_sheets(
        Recettes=[
            ["Recettes"],
            header,
            ["Orme", "2026-01-07", 40.0, "K-17"],
            header,
            ["Hêtre", "2026-01-08", 50.0, "K-18"],
        ]
    )
    assert [(sale.client, sale.row.row) for sale in book.sales] == [("Hêtre", 5), ("Orme", 3)]
    assert book.problems == ()


def test_a_name_is_no_number_of_pieces_beside_a_company():
    """*Nombre* is a number of pieces in French."""
    rows = [
        ["Taller Encina", "2024-02-05", "Ana", "25,30"],
        ["", "2024-08-05", "Clínica Haya", "146,80"],
        ["", "2024-09-05", "Casa Roble", "147,10"],
    ]
    book = of_sheets(Ventas=[["Empresa", "Día", "Nombre", "Importe total"], *rows])
    assert [sale.client for sale in book.sales] == ["Casa Roble", "Clínica Haya", "Taller Encina"]
    assert book.problems == ()


def test_a_company_behind_the_day_is_not_repeated_in_a_list_by_day():
    rows = [["2026-01-05", "Elm Ltd", 1.0], ["2026-01-06", "", 2.0], ["2026-01-07", "", 3.0]]
    book = of_sheets(Orders=[["Date", "Company", "Total"], *rows])
    assert sales(book) == [("Elm Ltd", 1)]
    assert [where for where, _, _ in problems(book)] == ["Orders!B3", "Orders!B4"]


def test_an_amount_alone_that_is_the_sum_of_those_above_is_no_entry():
    header = ["Client", "Date", "Net amount"]
    rows = [["Elm", "2026-01-07", 1.5], ["Fern", "2026-01-08", 2.0], ["", "", 3.5]]
    more = [["Elm", "2026-02-07", 4.0], ["", "", 4.0], ["", "", 7.5], ["", "", 9.0]]
    book = of_sheets(Sales=[header, *rows, *more])
    assert len(sales(book)) == 3
    assert [(where, lost) for where, _, lost in problems(book)] == [
        ("Sales!C4", "no entry"),
        ("Sales!C6", "no entry"),
        ("Sales!C7", "no entry"),
        ("Sales!A8", "row"),
        ("Sales!B8", "row"),
    ]


def test_names_in_rows_of_their_own_are_headings_wherever_they_stand():
    rows = [["", "", "Elm"], [40.0, "2026-01-07", ""], ["", "", "Fern"], [50.0, "2026-01-08", ""]]
    book = of_sheets(Sales=[["Amount", "Date", "Client"], *rows])
    assert sales(book) == [("Elm", 40), ("Fern", 50)]
    assert book.problems == ()


@pytest.mark.parametrize("header", ["Time", "* Time", "time:"])
def test_a_time_beside_an_end_is_the_start(header):
    rows = [["Date", "Client", header, "End"], ["2026-01-07", "Elm", "09:00", "09:25"]]
    book = of_sheets(Log=rows)
    assert visits(book) == [("Elm", 25)]
    assert book.problems == ()


@pytest.mark.parametrize("header", ["Deal value chf", "Wert eur:", "waarde EUR"])
def test_a_currency_in_small_letters_or_before_a_colon(header):
    book = of_sheets(Liste=[["Datum", "Kunde", header], ["07.01.2026", "Ulme", 40.0]])
    assert sales(book) == [("Ulme", 40)]
    assert book.problems == ()


@pytest.mark.parametrize(
    ("company", "person"),
    [
        ("Company", "Name"),
        ("Firma", "NAME"),
        ("Société", "Nom"),
        ("Empresa", "Nombre"),
        ("Azienda", "nome"),
    ],
)
def test_the_person_of_a_company_is_no_second_client(company, person):
    rows = [["Date", company, person, "Total"], ["2026-01-07", "Elm Ltd", "Zoe", 40.0]]
    book = of_sheets(Sales=rows)
    assert sales(book) == [("Elm Ltd", 40)]
    assert (book.problems, book.unread) == ((), (f"column “{person}” on Sales",))


def test_the_refusal_of_sales_names_the_amount_that_could_be_a_day():
    with pytest.raises(ReportError) as refused:
        of_sheets(Sales=[["Datum", "Kunde", "Kröten"], ["07.01.2026", "Ulme", "20000"]])
    assert "no column for Amount was found" in str(refused.value)
    assert 'Amount = "Kröten"' in refused.value.block


@pytest.mark.parametrize(
    ("paid", "client", "amount"),
    [
        ("Payment date", "Customer name", "Amount"),
        ("Zahlungsdatum", "Kunde", "Betrag"),
        ("Date de paiement", "Client", "Montant"),
        ("Fecha de pago", "Cliente", "Importe"),
        ("Data pagamento", "Cliente", "Importo"),
        ("Betaaldatum", "Klant", "Bedrag"),
        ("Data de pagamento", "Cliente", "Valor"),
    ],
)
def test_payments_are_sales_on_their_day(paid, client, amount):
    rows = [["Customer ID", client, paid, amount], ["C-1", "Elm", "2026-01-07", 40.0]]
    (sale,) = of_sheets(Data=rows).sales
    assert (sale.date, sale.client, sale.amount) == (date(2026, 1, 7), "Elm", 40)
    rows = [["Invoice date", *rows[0]], ["2026-01-02", *rows[1]]]
    (sale,) = of_sheets(Data=rows).sales
    assert (sale.date, sale.paid_on) == (date(2026, 1, 2), date(2026, 1, 7))


def test_what_an_invoice_comes_to_is_more_than_what_was_paid_of_it():
    header = ["Invoice date", "Customer name", "Amount paid", "Total amount", "Amount due"]
    book = of_sheets(Data=[header, ["2026-01-07", "Elm", 10.0, 40.0, 30.0]])
    assert sales(book) == [("Elm", 40)]


def test_deliveries_are_no_list_of_clients():
    header = ["Delivery date", "Customer ID", "Customer name", "Truck"]
    rows = [["2026-01-07", "C-1", "Elm", "T1"], ["2026-01-08", "C-1", "Elm", "T2"]]
    with pytest.raises(ReportError):
        of_sheets(Data=[header, *rows])
    known = of_sheets(
        Data=[header, *rows], Sales=[["Date", "Client", "Amount"], ["2026-01-09", "Ash", 5.0]]
    )
    assert [one.client.name for one in known.relationships] == ["Ash"]


def test_a_sheet_fits_where_a_header_that_may_be_a_number_is_the_name():
    """4 at 12 is 48: *Nombre* may be a number in French, and *Uds* beside it is the quantity."""
    rows = [
        ["Precio unitario", "Nombre", "Fecha de cobro", "Uds"],
        ["12,00", "Olmo", "2026-01-07", 4],
    ]
    assert sales(of_sheets(Hoja=rows)) == [("Olmo", 48)]
