"""Tables joined by an id, an e-mail address or a name; figures worked out by hand."""

import pytest

from reportgen.model import Source
from reportgen.problems import Lost, ReportError
from reportgen.reading.book import book_of, read
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS


def of_sheets(**sheets):
    grids = [Grid(name.replace("_", " "), rows) for name, rows in sheets.items()]
    return book_of(grids, DEFAULTS, Source("test.xlsx", "0" * 64))[0]


def sales(book):
    return [(sale.client, sale.amount) for sale in book.sales]


def said(book):
    return [(str(problem.where), problem.found, problem.lost) for problem in book.problems]


def test_sales_by_the_id_of_the_client():
    """1001 as a spreadsheet's number, as text and with a .0 is one id; 01001 is another."""
    book = of_sheets(
        Clients=[["Client id", "Client"], [1001.0, "Elm"], ["01001", "Fern"]],
        Sales=[
            ["Date", "Customer ID", "Amount"],
            ["2026-01-07", "1001", 40.0],
            ["2026-01-08", "1001.0", 50.0],
            ["2026-01-09", 1001.0, 5.0],
            ["2026-01-10", "01001", 7.0],
        ],
    )
    assert sales(book) == [("Elm", 40), ("Elm", 50), ("Elm", 5), ("Fern", 7)]
    assert book.problems == ()


@pytest.mark.parametrize(
    ("of_list", "of_sales"),
    [
        (["Kundennummer", "Firma"], ["Datum", "Kunden-Nr.", "Betrag"]),
        (["Code client", "Société"], ["Date de facture", "N° client", "Montant TTC"]),
        (["Klantnummer", "Bedrijf"], ["Factuurdatum", "Klantnummer", "Bedrag"]),
        (["Codice cliente", "Ditta"], ["Data fattura", "Cod. cliente", "Importo"]),
        (["Nº cliente", "Empresa"], ["Fecha", "Código de cliente", "Importe"]),
        (["Número do cliente", "Empresa"], ["Data", "Nº do cliente", "Valor"]),
        (["CustomerID", "CompanyName"], ["Order date", "Customer no", "Total"]),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_ids_in_other_languages_and_orders(of_list, of_sales, turned):
    def order(row):
        return row[::-1] if turned else row

    book = of_sheets(
        Base=[order(one) for one in (of_list, ["C-7", "Elm"], ["C-8", "Fern"])],
        Data=[
            order(one) for one in (of_sales, ["2026-01-07", "C-8", 40], ["2026-02-07", "C-7", 5])
        ],
    )
    assert sales(book) == [("Elm", 5), ("Fern", 40)]
    assert book.problems == ()


def test_contacts_by_the_address_of_the_client():
    book = of_sheets(
        Clients=[["Client", "E-mail"], ["Elm", "Jo@Elm.example"], ["Fern", "fern@example.com"]],
        Touchpoints=[
            ["Date", "Invitee Email", "Minutes"],
            ["2026-01-07", "jo@elm.EXAMPLE ", "30"],
            ["2026-01-08", "fern@example.con", "15"],
        ],
    )
    assert [(touch.client, touch.minutes) for touch in book.touchpoints] == [("Elm", 30)]
    (problem,) = book.problems
    assert str(problem.where) == "Touchpoints!B3"
    assert problem.suggestion == "Did you mean “fern@example.com”?"
    assert problem.lost == Lost.ROW


def test_an_id_before_an_address_before_a_name():
    book = of_sheets(
        Clients=[
            ["Client", "E-mail", "Client id"],
            ["Elm", "elm@example.com", 1],
            ["Fern", "fern@example.com", 2],
        ],
        Sales=[
            ["Date", "Client", "Client id", "Client e-mail", "Amount"],
            ["2026-01-01", "Fern", 1, "elm@example.com", 10],
            ["2026-01-02", "Fern", "", "elm@example.com", 20],
            ["2026-01-03", "Elm", 1, "fern@example.com", 40],
            ["2026-01-04", "Fern", 3, "x@example.com", 80],
            ["2026-01-05", "Oak", 3, "", 160],
        ],
    )
    assert sales(book) == [("Elm", 10), ("Elm", 20), ("Elm", 40), ("Fern", 80), ("Oak", 160)]
    assert said(book) == [
        ("Sales!B2", "“Fern”", Lost.NOTHING),
        ("Sales!B3", "“Fern”", Lost.NOTHING),
        ("Sales!D4", "“fern@example.com”", Lost.NOTHING),
    ]
    assert book.problems[0].expected == "Elm, whose id stands beside it; the row counts for Elm"


def test_of_several_ids_in_a_cell_the_first_that_is_known():
    book = of_sheets(
        Clients=[["Client", "Client id"], ["Elm", "11;12"], ["Fern", "13"]],
        Sales=[
            ["Date", "Client id", "Amount"],
            ["2026-01-07", "99; 12;13", 40],
            ["2026-01-08", "13;12", 50],
        ],
    )
    assert sales(book) == [("Elm", 40), ("Fern", 50)]


def test_a_row_whose_id_nobody_has_is_a_problem():
    book = of_sheets(
        Clients=[["Client", "Client id"], ["Elm", 1]],
        Sales=[
            ["Date", "Client id", "Amount"],
            ["2026-01-07", 1, 40],
            ["2026-01-08", 2, 50],
            ["2026-01-09", "", 60],
        ],
    )
    assert sales(book) == [("Elm", 40)]
    assert said(book) == [("Sales!B3", "“2”", Lost.ROW), ("Sales!B4", "nothing", Lost.ROW)]
    assert "no client on the list of clients has it" in book.problems[0].expected


def test_an_id_of_two_clients_is_a_problem_and_their_common_address_leaves_it_to_the_name():
    book = of_sheets(
        Clients=[
            ["Client", "Client id", "E-mail"],
            ["Elm", 1, "desk@example.com"],
            ["Fern", 1, "desk@example.com"],
        ],
        Sales=[
            ["Date", "Client", "Client id", "Client e-mail", "Amount"],
            ["2026-01-07", "Fern", "", "desk@example.com", 40],
            ["2026-01-08", "", 1, "", 50],
        ],
    )
    assert sales(book) == [("Fern", 40)]
    (problem,) = book.problems
    assert "of one client; it is that of Elm and of Fern" in problem.expected


def test_of_an_id_of_very_many_clients_some_are_named():
    clients = [[f"Client {number:02d}", 1] for number in range(25)]
    book = of_sheets(
        Clients=[["Client", "Client id"], *clients],
        Sales=[
            ["Date", "Client", "Client id", "Amount"],
            ["2026-01-07", "Client 03", "", 40],
            ["2026-01-08", "", 1, 50],
        ],
    )
    assert "Client 17 and of Client 18 and of 6 others; only" in book.problems[-1].expected


def test_two_contacts_of_a_company_are_one_client():
    book = of_sheets(
        Clients=[
            ["Company", "Contact", "E-mail", "Phone", "Record ID"],
            ["Elm", "Jo", "jo@elm.example", "", 1],
            ["Elm", "Max", "max@elm.example", "020", 2],
            ["Elm", "Max", "max@elm.example", "030", 2],
        ],
        Touchpoints=[
            ["Date", "Client", "Client id", "Client e-mail"],
            ["2026-01-07", "Max", "", ""],
            ["2026-01-08", "", 2, ""],
            ["2026-01-09", "", "", "MAX@elm.example"],
        ],
    )
    (one,) = book.relationships
    assert [touch.client for touch in one.touchpoints] == ["Elm"] * 3
    assert (one.client.contact, one.client.email, one.client.phone) == (
        "Jo",
        "jo@elm.example",
        "020",
    )
    assert said(book) == [("Clients!A4", "“Elm”", Lost.ROW)]


def test_two_people_of_one_name_are_said_to_count_as_one():
    book = of_sheets(
        Clients=[["Name", "E-mail"], ["Jo Elm", "jo1@example.com"], ["Jo Elm", "jo2@example.com"]],
        Sales=[["Date", "E-mail", "Amount"], ["2026-01-07", "jo2@example.com", 40]],
    )
    assert sales(book) == [("Jo Elm", 40)]
    assert said(book) == [("Clients!A3", "“Jo Elm”", Lost.NOTHING)]


def test_ids_in_a_column_of_clients():
    book = of_sheets(
        Clients=[["Code", "Client", "Client code"], ["x", "Elm", "E1"], ["y", "Fern", "F1"]],
        Sales=[["Date", "Client", "Amount"], ["2026-01-07", "F1", 40], ["2026-01-08", "Elm", 50]],
    )
    assert sales(book) == [("Elm", 50), ("Fern", 40)]
    assert book.problems == ()


def test_a_code_beside_a_name_is_an_id():
    book = of_sheets(
        Clients=[["Customer", "Customer name"], ["1001", "Elm"], ["1002", "Fern"]],
        Sales=[["Date", "Customer", "Amount"], ["2026-01-07", "1002", 40]],
    )
    assert sales(book) == [("Fern", 40)]


def test_ids_without_a_list_of_clients_are_asked_for(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("Date,Customer ID,Amount\n2026-01-07,E1,40\n2026-01-08,F1,50\n")
    with pytest.raises(ReportError, match="no column for Client was found") as refused:
        read(path, DEFAULTS)
    assert 'Client = "Customer ID"' in refused.value.block


def test_a_sheet_of_ids_beside_names_is_a_problem():
    book = of_sheets(
        Sales=[["Date", "Client", "Amount"], ["2026-01-07", "Elm", 40]],
        Visits=[["Date", "Customer ID", "Activity"], ["2026-01-07", "E1", "Call"]],
    )
    assert said(book) == [("Visits!B1", "“Customer ID” and no name of a client", Lost.SHEET)]
