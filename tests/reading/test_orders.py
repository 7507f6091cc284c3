"""Orders and their lines on two tables; figures worked out by hand."""

from decimal import Decimal

import pytest

from reportgen.model import Source
from reportgen.problems import Lost
from reportgen.reading.book import book_of, read
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS


def of_sheets(**sheets):
    grids = [Grid(name.replace("_", " "), rows) for name, rows in sheets.items()]
    return book_of(grids, DEFAULTS, Source("test.xlsx", "0" * 64))[0]


def sales(book):
    return [(str(sale.date), sale.client, sale.amount, str(sale.row)) for sale in book.sales]


def said(book):
    return [(str(problem.where), problem.found, problem.lost) for problem in book.problems]


CUSTOMERS = [
    ["CustomerID", "CompanyName", "ContactName", "Phone"],
    ["ELMBK", "Elm Bakery", "Jo", "020"],
    ["FERNG", "Fern Gym", "Max", "030"],
]
ORDERS = [
    ["OrderID", "CustomerID", "EmployeeID", "OrderDate", "Freight"],
    [10248.0, "ELMBK", 5.0, "2026-01-07", 32.38],
    [10249.0, "FERNG", 6.0, "2026-01-09", 11.61],
]
DETAILS = [
    ["OrderID", "ProductID", "UnitPrice", "Quantity", "Discount"],
    [10248.0, 11.0, 14.0, 12.0, 0.0],
    [10248.0, 42.0, 9.8, 10.0, 0.0],
    [10249.0, 14.0, 18.6, 9.0, 0.0],
]


@pytest.mark.parametrize("names", ["Customers Orders Order_Details", "Firmen Kopf Positionen"])
@pytest.mark.parametrize("turned", [False, True])
def test_orders_their_details_and_customers(names, turned):
    """14.00 × 12 = 168.00, 9.80 × 10 = 98.00, 18.60 × 9 = 167.40."""
    tables = [CUSTOMERS, ORDERS, DETAILS]
    if turned:
        tables = [[row[::-1] for row in table] for table in tables]
    book = of_sheets(**dict(zip(names.split(), tables, strict=True)))
    lines = names.split()[2].replace("_", " ")
    address = f"'{lines}'" if " " in lines else lines
    assert sales(book) == [
        ("2026-01-07", "Elm Bakery", Decimal(98), f"{address}!3"),
        ("2026-01-07", "Elm Bakery", Decimal(168), f"{address}!2"),
        ("2026-01-09", "Fern Gym", Decimal("167.4"), f"{address}!4"),
    ]
    assert book.problems == ()
    assert any("Freight" in one for one in book.unread)


def test_german_orders_with_names_and_line_totals(tmp_path):
    """As three files of one folder, with a decimal comma; order 3 has no lines, but an amount."""
    folder = tmp_path / "ausfuhr"
    folder.mkdir()
    (folder / "Auftragspositionen.csv").write_text(
        "Artikel;Auftragsnummer;Positionssumme\nBrot;1;12,50\nTorte;1;30,00\nBrot;2;2,50\n"
    )
    (folder / "Aufträge.csv").write_text(
        "Auftragsnummer;Datum;Kunde;Gesamtbetrag\n1;07.01.2026;Ulme;50,58\n"
        "2;09.01.2026;Farn;2,98\n3;10.01.2026;Farn;7,00\n"
    )
    book = read(folder, DEFAULTS)[0]
    assert [(sale.client, sale.amount, sale.service) for sale in book.sales] == [
        ("Farn", Decimal("2.5"), "Brot"),
        ("Farn", 7, None),
        ("Ulme", Decimal("12.5"), "Brot"),
        ("Ulme", 30, "Torte"),
    ]
    assert book.problems == ()


def test_lines_of_equal_amounts_all_count():
    book = of_sheets(
        Orders=[["Order no", "Client", "Order date"], ["7", "Elm", "2026-01-07"]],
        Lines=[["Order no", "Name", "Amount (€)"], ["7", "Mug", 10.0], ["7", "Cup", 10.0]],
    )
    assert [(sale.client, sale.amount, sale.service) for sale in book.sales] == [
        ("Elm", 10, "Cup"),
        ("Elm", 10, "Mug"),
    ]


def test_what_an_order_and_a_line_lack_is_said():
    book = of_sheets(
        Orders=[
            ["Order no", "Client", "Order date", "Status"],
            ["1", "Elm", "2026-01-07", "Shipped"],
            ["2", "Elm", "2026-01-08", "Shipped"],
            ["3", "Elm", "soon", "Shipped"],
            ["4", "Elm", "2026-01-08", "Cancelled"],
        ],
        Lines=[
            ["Order no", "Item", "Unit price", "Qty"],
            ["1", "Mug", 10.0, 2],
            ["9", "Cup", 5.0, 1],
            ["3", "Cup", 5.0, 1],
            ["4", "Cup", 5.0, 1],
            ["1", "Jug", 30.0, 1],
        ],
    )
    assert [sale.amount for sale in book.sales] == [20, 30]
    assert said(book) == [
        ("Orders!A3", "“2”", Lost.ROW),
        ("Orders!C4", "“soon”", Lost.ROW),
        ("Lines!A3", "“9”", Lost.ROW),
    ]


def test_invoices_whose_lines_have_a_day_of_their_own_count_once():
    book = of_sheets(
        Invoices=[
            ["Invoice number", "Date", "Client", "Total"],
            ["1", "2026-01-07", "Elm", 120.0],
            ["2", "2026-01-08", "Fern", 60.0],
        ],
        Invoice_lines=[
            ["Invoice number", "Date", "Client", "Description", "Unit price", "Quantity"],
            ["1", "2026-01-07", "Elm", "Design", 50.0, 2],
            ["2", "2026-01-08", "Fern", "Design", 50.0, 1],
        ],
    )
    assert [(sale.client, sale.amount) for sale in book.sales] == [("Elm", 100), ("Fern", 50)]


def test_numbers_that_begin_anew_each_year_are_not_joined():
    def year(number):
        return [
            ["No", "Date", "Client", "Amount"],
            ["1", f"{number}-01-07", "Elm", 10.0],
            ["2", f"{number}-01-08", "Fern", 20.0],
        ]

    priced = [
        ["No", "Date", "Client", "Unit price", "Quantity"],
        ["1", "2024-01-07", "Elm", 3.0, 1],
        ["2", "2024-01-08", "Elm", 4.0, 1],
    ]
    book = of_sheets(**{"2025": year(2025), "2026": year(2026), "2024": priced})
    assert [sale.amount for sale in book.sales] == [3, 4, 10, 10, 20, 20]


class _Counted(list):
    """Rows that count how often they are copied."""

    copies = 0

    def __getitem__(self, at):
        _Counted.copies += isinstance(at, slice)
        return super().__getitem__(at)


def test_the_rows_of_orders_are_not_copied_for_each_line(monkeypatch):
    """Five times as many lines take as many copies of the whole table; each line costs 2 × 5 = 10."""

    def copies(many):
        orders = [["Order ID", "Order date", "Customer"]]
        lines = [["Order ID", "Unit price", "Quantity"]]
        for number in range(many):
            orders.append([f"A{number}", "2026-01-07", "Elm"])
            lines.append([f"A{number}", 5.0, 2.0])
        lines.append(["B1", 5.0, 2.0])  # a line without its order
        monkeypatch.setattr(_Counted, "copies", 0)
        grids = [Grid("Orders", _Counted(orders)), Grid("Details", _Counted(lines))]
        book, _ = book_of(grids, DEFAULTS, Source("test.xlsx", "0" * 64))
        assert sum(sale.amount for sale in book.sales) == 10 * many
        return _Counted.copies

    assert copies(500) == copies(100)
