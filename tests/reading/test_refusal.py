"""What a table that cannot be read says of itself, and that the block it prints opens it."""

import json

import openpyxl
import pytest
from program import reportgen

from reportgen.model import Source
from reportgen.problems import ReportError
from reportgen.reading.book import book_of, read
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS

GERMAN = (
    "Wann verbucht;Wer zahlte;Belegzahl;Kohle;Bemerkungstext\n"
    "03.02.2026;Café Müller;1001;1.250,50;alles gut\n"
    "17.03.2026;Autohaus Öz;1002;80,00;\n"
    "28.03.2026;Café Müller;1003;99,50;mit Skonto\n"
)
"""1,250.50 + 80.00 + 99.50 = 1,430.00; Café Müller alone 1,350.00."""
FRENCH = (
    "Passé le\tChez qui\tSous reçus\n"
    "14/02/2026\tBoulangerie Été\t1 200,00 €\n"
    "28/03/2026\tGarage Noël\t45,50 €\n"
)
"""1,200.00 and 45.50 EUR."""


def refusal(name, *sheets):
    with pytest.raises(ReportError) as raised:
        book_of([Grid(sheet, rows) for sheet, rows in sheets], DEFAULTS, Source(name, ""))
    return str(raised.value), raised.value.block


def amounts(book, *options):
    done = reportgen("analyse", book, "--as-of", "2026-04", *options)
    assert done.returncode == 0, done.stderr
    return {one["name"]: one["sales_now"] for one in json.loads(done.stdout)["clients"]}


@pytest.mark.parametrize(
    ("text", "headers", "expected"),
    [
        (
            GERMAN,
            ("Wann verbucht", "Wer zahlte", "Kohle"),
            {"Café Müller": 1350.0, "Autohaus Öz": 80.0},
        ),
        (
            FRENCH,
            ("Passé le", "Chez qui", "Sous reçus"),
            {"Boulangerie Été": 1200.0, "Garage Noël": 45.5},
        ),
    ],
)
def test_the_block_that_is_printed_opens_the_file(tmp_path, text, headers, expected):
    """Pasted as it stands into reportgen.toml beside the file, and built."""
    book = tmp_path / "buch.csv"
    book.write_text(text, encoding="utf-8")
    done = reportgen("check", book)
    assert (done.returncode, done.stdout) == (1, "")
    sentence, *block = done.stderr.splitlines()
    assert sentence.startswith(
        "reportgen cannot read buch.csv yet: no column for Date, Client and "
    )
    assert "sheet" not in sentence
    assert block[0] == "[columns]"
    assert [line.partition("  #")[0] for line in block[1:]] == [
        f'{ours} = "{hers}"'
        for ours, hers in zip(("Date", "Client", "Amount"), headers, strict=True)
    ]
    (tmp_path / "reportgen.toml").write_text(
        "\n".join((*block, "[settings]", 'date_order = "DMY"', "")), encoding="utf-8"
    )
    assert amounts(book) == expected
    done = reportgen("build", book, "-o", tmp_path / "site", "--as-of", "2026-04")
    assert (done.returncode, done.stderr) == (0, "")
    assert next(iter(expected)) in (tmp_path / "site" / "clients.html").read_text("utf-8")


def test_a_workbook_is_opened_in_the_same_way(tmp_path):
    book = tmp_path / "my.xlsx"
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.title = "Umsatzliste"
    for row in (
        ("Alles von Anna",),
        ("Wann verbucht", "Wer zahlte", "Kohle"),
        ("2026-02-03", "Öz", 80.5),
    ):
        page.append(row)
    workbook.save(book)
    done = reportgen("check", book)
    sentence, *block = done.stderr.splitlines()
    assert sentence.startswith("reportgen cannot read the sheet “Umsatzliste” of my.xlsx yet: ")
    (tmp_path / "reportgen.toml").write_text("\n".join(block), encoding="utf-8")
    assert amounts(book) == {"Öz": 80.5}


def test_what_each_column_was_taken_for_and_what_may_be_missing():
    rows = [
        ["Date", "Customer", "Belegzahl", "Kohle", "Gruppe"],
        ["2026-02-03", "Acme", 1001, 80.5, "a"],
        ["2026-02-04", "Bell", 1002, 12, "a"],
        ["2026-02-05", "Cole", 1003, 12, "a"],
        ["2026-02-06", "Dart", 1004, 12, "a"],
    ]
    sentence, block = refusal("my.xlsx", ("Sales", rows))
    assert sentence == (
        "reportgen cannot read the sheet “Sales” of my.xlsx yet: no column for Amount was found (it "
        "took “Date” for Date and “Customer” for Client, and “Belegzahl”, “Kohle” and “Gruppe” for "
        "nothing); put these lines into reportgen.toml beside it, with the right header of yours, "
        "and try again:"
    )
    assert block.splitlines() == [
        "[columns]",
        'Date = "Date"',
        'Client = "Customer"',
        'Amount = "Kohle"  # or "Belegzahl"',
    ]


def test_a_client_named_twice_is_not_the_cause_of_a_missing_amount():
    clients = [["Client"], ["Acme"], ["Acme"]]
    sales = [["Date", "Client", "Kohle"], ["2026-02-03", "Acme", 80.5]]
    sentence, block = refusal("my.xlsx", ("Clients", clients), ("Sales", sales))
    assert "no column for Amount was found" in sentence
    assert "once" not in sentence
    assert 'Amount = "Kohle"' in block


def test_a_client_named_twice_is_not_the_cause_of_dates_that_are_none():
    clients = [["Client"], ["Acme"], ["Acme"]]
    sales = [["Date", "Client", "Amount"], ["soon", "Acme", 80.5], ["later", "Acme", 8]]
    sentence, block = refusal("my.xlsx", ("Clients", clients), ("Sales", sales))
    assert "(2 problems, Sales!A2, A3: found “soon”, “later”; expected a date" in sentence
    assert block == ""


def test_a_column_that_nothing_looks_like_is_to_be_added():
    sentence, block = refusal("a.csv", ("Sales", [["Date", "Kohle"], ["2026-02-03", 80.5]]))
    assert "; add a column Client, which none of yours looks like, and put these lines" in sentence
    assert "Client" not in block


def test_headers_with_quotes_are_written_as_toml_reads_them():
    rows = [['Wann "neu"', "Wer\\wo"], ["2026-02-03", "Acme"]]
    _, block = refusal("a.csv", ("Touchpoints", rows))
    assert block.splitlines()[1:] == ['Date = "Wann \\"neu\\""', 'Client = "Wer\\\\wo"']


def test_a_csv_of_something_else_is_not_sent_to_a_sheet():
    sentence, block = refusal("a.csv", ("Touchpoints", [["Tea", "Milk"], ["1", "2"]]))
    assert sentence.endswith(
        "; it needs the columns Date and Client, and Amount where its rows are sales."
    )
    assert block == ""


def test_a_list_of_clients_with_birthdays_is_no_list_of_contacts():
    rows = [["Client", "Birthday"], ["Acme", "1970-03-04"]]
    book, _ = book_of([Grid("Clients", rows)], DEFAULTS, Source("my.xlsx", ""))
    assert [one.client.name for one in book.relationships] == ["Acme"]
    assert [*book.touchpoints, *book.sales] == []
    assert [(str(one.where), one.found) for one in book.problems] == [
        ("Clients!A1", "a list of clients alone")
    ]


def test_a_header_as_long_as_a_book_is_not_copied():
    rows = [["Date", "Z" * 33_000], ["2026-02-03", "80.50"]]
    sentence, block = refusal("a.csv", ("Sales", rows))
    assert len(sentence) < 500
    assert block.splitlines() == ["[columns]", 'Date = "Date"']


def test_a_name_is_proposed_as_the_client_before_an_id(tmp_path):
    path = tmp_path / "payments.csv"
    path.write_text(
        "invoice_id,vendor_name,issued,sum\nA-1,Acme,2026-01-05,10.50\nB-2,Bell,2026-01-06,20.25\n"
    )
    with pytest.raises(ReportError) as refused:
        read(path, DEFAULTS)
    assert 'Client = "vendor_name"  # or "invoice_id"' in refused.value.block


def test_headers_without_end_make_no_sentence_without_end():
    """Forty columns that may be the amount, each with a header of 100,000 characters."""
    header = [f"{number} " + "x" * 100_000 for number in range(40)]
    grid = Grid("Sheet1", [["Date", "Client", *header], ["2026-01-05", "Elm", *["5.00"] * 40]])
    with pytest.raises(ReportError, match="looks like money") as refused:
        book_of([grid], DEFAULTS, Source("test.xlsx", "0" * 64))
    assert len(f"{refused.value}{refused.value.block}") < 2_000
