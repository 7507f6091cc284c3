"""Which sheet, which header row, which column."""

import pytest

from reportgen.model import Source
from reportgen.problems import ReportError, Row
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS, Configuration
from reportgen.settings.settings import Settings
from reportgen.words import plain

SOURCE = Source("test.xlsx", "0" * 64)


def read(*grids, columns=(), sheets=()):
    configuration = Configuration(
        Settings(),
        {plain(theirs): ours for theirs, ours in columns},
        {plain(theirs): ours for theirs, ours in sheets},
    )
    return book_of([Grid(name, rows) for name, rows in grids], configuration, SOURCE)[0]


def problems(book):
    return [str(problem) for problem in book.problems]


def rows(book):
    return [(str(t.row), t.client, t.topic) for t in book.touchpoints]


TABLE = [["Date", "Client"], ["2026-03-14", "Acme"]]


@pytest.mark.parametrize("name", ["Touchpoints", "touch-points", "CONTACT LOG", "Diary", "Log"])
def test_a_sheet_is_known_by_its_name_and_synonyms(name):
    book = read((name, TABLE), ("Ideas", [["Tea"]]))
    assert [t.row.sheet for t in book.touchpoints] == [name]
    assert book.unread == ("sheet “Ideas”",)


def test_the_configuration_names_a_sheet():
    book = read(("Kontakte", TABLE), sheets=[("Kontakte", "Touchpoints")])
    assert [t.row.sheet for t in book.touchpoints] == ["Kontakte"]


def test_every_sheet_of_one_kind_is_read():
    book = read(("Diary", TABLE), ("Touchpoints", [TABLE[0], ["2026-03-15", "Bell"]]))
    assert [str(t.row) for t in book.touchpoints] == ["Diary!2", "Touchpoints!2"]
    assert problems(book) == []


def test_a_copy_of_a_sheet_counts_once():
    book = read(("Touchpoints", [*TABLE, ["2026-03-15", "Bell"]]), ("Diary", TABLE))
    assert [str(t.row) for t in book.touchpoints] == ["Touchpoints!2", "Touchpoints!3"]
    assert problems(book) == [
        "Diary!A1: found a copy of “Touchpoints”; expected each row once; this sheet is not read. "
        "Delete the copy."
    ]


def test_a_sheet_without_a_telling_name_is_known_by_its_headers():
    sales = [["Customer", "Invoice date", "Total"], ["Acme", "2026-03-14", "480"]]
    book = read(("Sheet1", TABLE), ("Sheet2", sales), ("Sheet3", [["Tea"]]))
    assert [t.row.sheet for t in book.touchpoints] == ["Sheet1"]
    assert [s.row.sheet for s in book.sales] == ["Sheet2"]
    assert book.unread == ("sheet “Sheet3”",)


MONEY = [["Date", "Client", "Amount"], ["2026-03-14", "Acme", "480"]]


@pytest.mark.parametrize("name", ["Salse", "Takings", "2025"])
def test_headers_are_looked_at_beside_named_sheets_too(name):
    book = read(("Touchpoints", TABLE), (name, MONEY))
    assert [str(sale.row) for sale in book.sales] == [str(Row(name, 2))]
    assert (book.problems, book.unread) == ((), ())


@pytest.mark.parametrize(
    ("name", "rows", "meant"),
    [("Custmers", [["Client"], ["Acme"]], "Clients"), ("Busines", [["Owner", "Jo"]], "Business")],
)
def test_a_sheet_whose_name_is_nearly_ours_is_suggested_not_read(name, rows, meant):
    book = read(("Touchpoints", TABLE), (name, rows))
    assert problems(book) == [
        f"{name}!A1: found the sheet “{name}”; expected a sheet name that reportgen knows; "
        f"this sheet is not read. Did you mean “{meant}”?"
    ]
    assert (book.unread, book.cells, list(book.sales)) == ((), 2, [])


@pytest.mark.parametrize("fourth", [[], ["Fabric"]])
def test_a_sheet_of_days_and_clients_that_says_nothing_else_is_a_problem(fourth):
    samples = [["Date", "Client", *fourth], ["2026-03-15", "Acme", "Linen"]]
    book = read(("Touchpoints", TABLE), ("Samples", samples))
    assert len(list(book.touchpoints)) == 1
    assert problems(book) == [
        "Samples!A1: found the sheet “Samples” with dates and clients; expected a sheet whose name or "
        "columns say what its rows are; this one is not read. If its rows are contacts, write "
        "Touchpoints = “Samples” under [sheets] in reportgen.toml."
    ]


def test_an_empty_sheet_is_only_listed():
    book = read(("Touchpoints", TABLE), ("Salse", [["", None], [" "]]))
    assert (book.problems, book.unread) == ((), ("sheet “Salse”",))


def test_a_sheet_read_by_its_headers_may_be_called_anything():
    book = read(("Salse", MONEY))
    assert [sale.row.sheet for sale in book.sales] == ["Salse"]
    assert book.problems == ()


def test_an_empty_sheet_of_ours_is_left_aside():
    book = read(("Touchpoints", TABLE), ("Sales", [["", None], [" "]]))
    assert book.unread == ("sheet “Sales”",)
    assert book.problems == ()


def test_the_header_row_stands_below_a_title_and_blank_rows():
    title = [["My clients", None], [None, None], ["as of March", ""]]
    book = read(("Touchpoints", [*title, [None, *TABLE[0]], [None, *TABLE[1]]]))
    assert rows(book) == [("Touchpoints!5", "Acme", None)]


def test_the_header_row_is_among_the_first_thirty():
    assert rows(read(("Touchpoints", [[]] * 29 + TABLE))) == [("Touchpoints!31", "Acme", None)]
    with pytest.raises(ReportError, match="no row that can be used"):
        read(("Touchpoints", [[]] * 30 + TABLE))


@pytest.mark.parametrize(
    ("date_header", "client_header"),
    [
        ("DATE", "client"),
        (" Day ", "Customer_name"),
        ("When?", "Account  Name:"),
        ("Date (ISO)", "Client [company]"),
        ("Dáte", "Clíent"),
        ("Da\u200bte", "Cli\nent"),
    ],
)
def test_headers_are_compared_plainly(date_header, client_header):
    book = read(("Touchpoints", [[date_header, client_header], TABLE[1]]))
    assert rows(book) == [("Touchpoints!2", "Acme", None)]


def test_the_configuration_names_a_column_before_all_else():
    table = [["Datum", "Client", "Firma"], ["2026-03-14", "wrong", "Acme"]]
    book = read(("Touchpoints", table), columns=[("Datum", "Date"), ("Firma", "Client")])
    assert rows(book) == [("Touchpoints!2", "Acme", None)]
    assert len(book.problems) == 1


@pytest.mark.parametrize("flip", [1, -1])
def test_of_two_headers_for_one_column_the_better_is_read(flip):
    table = [["Date", *["Customer", "Client"][::flip]], ["2026-03-14", *["no", "yes"][::flip]]]
    book = read(("Touchpoints", table))
    assert rows(book) == [("Touchpoints!2", "yes", None)]
    assert [(p.found, p.suggestion) for p in book.problems] == [
        ("a second column for Client, “Customer”", "Rename one of the two.")
    ]


def test_of_two_equal_headers_the_first_is_read():
    table = [["Date", "Client", "Client"], ["2026-03-14", "yes", "no"]]
    book = read(("Touchpoints", table))
    assert rows(book) == [("Touchpoints!2", "yes", None)]
    assert [str(p.where) for p in book.problems] == ["Touchpoints!C1"]


def test_a_header_that_loses_one_column_may_be_another():
    # On Clients, Channel can only be Source; beside Source itself it is told of.
    book = read(
        ("Touchpoints", TABLE),
        ("Clients", [["Client", "Channel", "Source"], ["Acme", "a", "b"]]),
    )
    assert book.relationships[0].client.source == "b"
    assert [str(p.where) for p in book.problems] == ["Clients!B1"]


def test_a_header_that_is_nearly_ours_is_suggested_not_read():
    book = read(("Touchpoints", [["Date", "Client", "Actvity"], ["2026-03-14", "Acme", "Call"]]))
    assert problems(book) == [
        "Touchpoints!C1: found “Actvity”; expected a header that reportgen knows; "
        "this column is not read. Did you mean “Activity”?"
    ]
    assert next(iter(book.touchpoints)).activity.name == ""


def test_columns_that_are_not_read_are_listed():
    book = read(("Touchpoints", [["Date", "Client", "Colour"], ["2026-03-14", "Acme", "red"]]))
    assert book.unread == ("column “Colour” on Touchpoints",)
    assert book.problems == ()
    assert book.cells == 2


def test_a_missing_required_column_is_a_problem_at_the_header_row():
    sales = [["", ""], ["", "Date", "Client"], ["", "2026-03-14", "Acme"]]
    book = read(("Touchpoints", TABLE), ("Sales", sales))
    assert problems(book) == [
        "Sales!B2: found the headers “Date”, “Client”; expected the column Amount among them; "
        "without it the sheet is not read."
    ]
    assert list(book.sales) == []


def test_a_sheet_without_any_header_of_ours():
    book = read(("Touchpoints", TABLE), ("Clients", [["Tea", "Milk"]]))
    assert [str(p.where) for p in book.problems] == ["Clients!A1"]


def test_seconds_are_not_read_as_minutes():
    table = [["Date", "Client", "Duration (s)"], ["2026-03-14", "Acme", 600.0]]
    book = read(("Touchpoints", table))
    assert next(iter(book.touchpoints)).minutes == 0
    assert [str(p.where) for p in book.problems] == ["Touchpoints!C1"]


def test_hours_feed_minutes():
    table = [["Date", "Client", "Hours"], ["2026-03-14", "Acme", 1.5]]
    assert next(iter(read(("Touchpoints", table)).touchpoints)).minutes == 90


def test_no_usable_sheet_names_what_is_needed():
    with pytest.raises(ReportError) as error:
        read(("Ideas", [["Tea"]]))
    assert str(error.value) == (
        "test.xlsx has no sheet that can be used (“Ideas”); it needs a sheet Touchpoints with the "
        "columns Date and Client, or a sheet Sales with Date, Client and Amount."
    )


def test_defaults_have_no_names_of_their_own():
    assert (DEFAULTS.columns, DEFAULTS.sheets) == ({}, {})
