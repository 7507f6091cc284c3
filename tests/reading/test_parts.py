"""Several tables on one sheet; figures worked out by hand."""

import pytest
import xlsxwriter

from reportgen.model import Source
from reportgen.problems import Lost, ReportError
from reportgen.reading.book import book_of, read
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS

SALES = [
    ["Date", "Client", "Amount"],
    ["2026-01-07", "Elm", 40.0],
    ["2026-01-09", "Fern", 60.0],
]
VISITS = [["Datum", "Kunde", "Dauer (min)"], ["2026-02-07", "Elm", 30.0]]


def of(name, rows):
    return book_of([Grid(name, rows)], DEFAULTS, Source("test.xlsx", "0" * 64))[0]


def told(book):
    sales = [(sale.client, sale.amount, str(sale.row)) for sale in book.sales]
    return sales, [(touch.client, touch.minutes, str(touch.row)) for touch in book.touchpoints]


@pytest.mark.parametrize("name", ["Sales", "Touchpoints", "Sheet1"])
@pytest.mark.parametrize("title", [[], [["What we did"]]])
def test_one_below_the_other(name, title):
    """A blank row, perhaps a title, and other headers: the rows keep their numbers."""
    book = of(name, [["My year"], [], *SALES, [], *title, *VISITS])
    at = 8 + len(title)
    assert told(book) == (
        [("Elm", 40, f"{name}!4"), ("Fern", 60, f"{name}!5")],
        [("Elm", 30, f"{name}!{at}")],
    )
    assert [problem for problem in book.problems if problem.lost != Lost.NOTHING] == []


@pytest.mark.parametrize("turned", [False, True])
def test_side_by_side(turned):
    left, right = (VISITS, SALES) if turned else (SALES, VISITS)
    rows = []
    for at in range(3):
        one = left[at] if at < len(left) else ["", "", ""]
        other = right[at] if at < len(right) else ["", "", ""]
        rows.append([*one, "", *other])
    book = of("Sheet1", rows)
    assert told(book) == (
        [("Elm", 40, "Sheet1!2"), ("Fern", 60, "Sheet1!3")],
        [("Elm", 30, "Sheet1!2")],
    )
    assert book.problems == ()


def test_a_list_of_clients_beside_their_sales_has_its_own_addresses():
    rows = [
        ["Société", "Courriel", None, "Date de facture", "Société", "Montant"],
        ["Orme", "orme@example.com", None, "2026-01-07", "Orme", 40.0],
        ["Frêne", "frene@example.com", None, "2026-01-08", "Orme", "quarante"],
    ]
    book = of("Feuil1", rows)
    assert told(book)[0] == [("Orme", 40, "Feuil1!2")]
    assert [str(problem.where) for problem in book.problems] == ["Feuil1!F3"]
    assert [one.client.email for one in book.relationships] == [
        "frene@example.com",
        "orme@example.com",
    ]


def test_far_down_a_sheet_and_in_a_csv(tmp_path):
    path = tmp_path / "all.csv"
    sales = "".join(f"2026-01-{day:02d},Elm,10\n" for day in range(1, 29)) * 2
    path.write_text(
        f"Date,Client,Amount\n{sales}\n,,\nDay,Customer,Call length (min),Minutes\n2026-02-07,Elm,,25\n"
    )
    book, _ = read(path, DEFAULTS)
    assert (sum(sale.amount for sale in book.sales), len(list(book.sales))) == (560, 56)
    assert [(touch.client, touch.minutes) for touch in book.touchpoints] == [("Elm", 25)]


def test_repeated_headers_begin_no_new_table():
    book = of("Sales", [*SALES, SALES[0], SALES[1], [], SALES[0], SALES[2]])
    assert told(book)[0] == [
        ("Elm", 40, "Sales!2"),
        ("Elm", 40, "Sales!5"),
        ("Fern", 60, "Sales!3"),
        ("Fern", 60, "Sales!8"),
    ]
    assert book.problems == ()


def test_a_blank_column_alone_parts_no_table():
    rows = [["Date", "Client", "", "Amount", "Notes"], ["2026-01-07", "Elm", "", 40.0, "x"]]
    assert told(of("Sheet1", rows)) == ([("Elm", 40, "Sheet1!2")], [])


def test_a_hidden_row_is_told_once_with_its_table(tmp_path):
    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = workbook.add_worksheet("Book")
    for at, row in enumerate([*SALES, [], *VISITS]):
        sheet.write_row(at, 0, row)
    sheet.set_row(5, None, None, {"hidden": True})
    workbook.close()
    book, _ = read(tmp_path / "a.xlsx", DEFAULTS)
    assert [(str(one.where), one.found) for one in book.problems] == [("Book!A6", "1 hidden row")]


@pytest.mark.parametrize("beside", [True, False])
def test_a_sheet_of_very_many_tables_is_refused(beside):
    """4,000 tables of two kinds in turn: a grid as large as the sheet for each would fill the memory."""
    kinds = [["Date", "Client", "Amount"], ["Date", "Client", "Activity"]]
    if beside:
        rows = [[cell for n in range(4_000) for cell in (*kinds[n % 2], None)]]
    else:
        rows = [row for n in range(4_000) for row in (kinds[n % 2], [])]
    with pytest.raises(ReportError, match=r"4,000 tables on one sheet, and up to 100"):
        of("Sheet1", rows)


def test_headers_on_every_page_take_no_longer_the_more_pages_there_are():
    """20,000 pages of one row: 20,000 sales, and the headers that are repeated are no rows."""
    rows = [row for _ in range(20_000) for row in (SALES[0], SALES[1], [])]
    assert sum(1 for _ in of("Sheet1", rows).sales) == 20_000
