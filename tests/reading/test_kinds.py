"""Tables as other people keep them: a small one for each kind, with figures worked out by hand."""

from datetime import date, time
from decimal import Decimal

import pytest

from reportgen.model import Source, settled
from reportgen.problems import ReportError
from reportgen.reading.book import book_of, read
from reportgen.reading.cells import Grid
from reportgen.settings.configuration import DEFAULTS


@pytest.fixture
def opened(tmp_path):
    """Read a .csv of these lines."""

    def opened(text, encoding="utf-8"):
        path = tmp_path / "list.csv"
        lines = [line.strip() for line in text.strip().splitlines()]
        path.write_bytes("\n".join(lines).encode(encoding))
        return read(path, DEFAULTS)[0]

    return opened


def of_sheets(**sheets):
    grids = [Grid(name.replace("_", " "), rows) for name, rows in sheets.items()]
    return book_of(grids, DEFAULTS, Source("test.xlsx", "0" * 64))[0]


def sales(book):
    return [(sale.client, sale.amount) for sale in book.sales]


def visits(book):
    return [(touch.client, touch.minutes) for touch in book.touchpoints]


def problems(book):
    return [(str(problem.where), problem.found) for problem in book.problems]


@pytest.mark.parametrize(
    "header",
    [
        "Total price",
        "Invoice amount",
        "Montant TTC",
        "Gesamtbetrag",
        "Importo",
        "Bedrag",
        "Valor",
        "£",
    ],
)
def test_an_amount_in_other_words_makes_sales(opened, header):
    book = opened(f"Date;Customer;{header}\n2026-01-07;Elm Bakery;40\n2026-01-09;Fern Gym;60,5")
    assert sales(book) == [("Elm Bakery", Decimal(40)), ("Fern Gym", Decimal("60.5"))]
    assert (list(book.touchpoints), book.problems) == ([], ())


@pytest.mark.parametrize(
    "amounts", [["£40", "£60"], ["40.50", "60.25"], ["40", "60", "35"], ["40", "60", "80"], ["7"]]
)
def test_money_under_a_header_that_nobody_knows_is_a_question(opened, amounts):
    rows = "\n".join(f"2026-01-0{n},Elm Bakery,{amount}" for n, amount in enumerate(amounts, 1))
    with pytest.raises(ReportError, match="“Gelt”, which looks like money") as error:
        opened(f"Date,Customer,Gelt\n{rows}")
    assert "Amount = “Gelt” under [columns]" in str(error.value)


def test_numbers_that_are_no_money_leave_a_list_of_contacts(opened):
    book = opened("Date,Client,Ticket no\n2026-01-07,Elm Bakery,4\n2026-01-09,Fern Gym,9")
    assert visits(book) == [("Elm Bakery", 0), ("Fern Gym", 0)]
    assert book.unread == ("column “Ticket no” on Touchpoints",)


def test_a_sheet_a_month_is_read_whole():
    header = ["Datum", "Kunde", "Betrag"]
    book = of_sheets(
        Januar=[header, ["07.01.2026", "Ulme", "40,00"]],
        Februar=[header, ["07.02.2026", "Ulme", "50,00"], ["08.02.2026", "Farn", "60,00"]],
        Notizen=[["Tee"]],
    )
    assert sales(book) == [("Farn", 60), ("Ulme", 40), ("Ulme", 50)]
    assert (book.problems, book.unread) == ((), ("sheet “Notizen”",))


def test_sales_beside_visits_beside_bookings():
    book = of_sheets(
        Sales=[["Date", "Client", "Amount"], ["2026-01-07", "Elm", 40.0]],
        Visits=[["Date", "Client", "Activity"], ["2026-01-08", "Elm", "Call"]],
        Bookings=[["Date", "Client", "Duration"], ["2026-01-09", "Elm", "45 min"]],
    )
    assert sales(book) == [("Elm", 40)]
    assert [(t.row.sheet, t.activity.name, t.minutes) for t in book.touchpoints] == [
        ("Visits", "Call", 0),
        ("Bookings", "", 45),
    ]


def test_quantity_times_price_less_discount(opened):
    book = opened(
        """Datum;Kunde;Menge;Einzelpreis;Rabatt
        07.01.2026;Ulme;3;12,50;
        08.01.2026;Farn;4;5,00;2,00"""
    )
    assert sales(book) == [("Farn", Decimal(18)), ("Ulme", Decimal("37.5"))]


def test_a_line_total_wins_and_a_net_amount_comes_before_a_gross_one(opened):
    book = opened(
        """Date,Client,Qty,Unit price,Line total
        2026-01-07,Elm,3,12.50,30"""
    )
    assert sales(book) == [("Elm", 30)]
    book = opened("Date;Cliente;Base imponible;Total\n2026-01-07;Olmo;100;121")
    assert sales(book) == [("Olmo", 100)]


def test_a_price_alone_is_the_amount_and_a_blank_quantity_is_a_problem(opened):
    assert sales(opened("Date,Client,Price\n2026-01-07,Elm,35")) == [("Elm", 35)]
    book = opened("Date,Client,Qty,Price\n2026-01-07,Elm,2,35\n2026-01-08,Fern,,9")
    assert sales(book) == [("Elm", 70)]
    assert len(book.problems) == 1


def test_the_same_total_on_each_line_of_an_invoice_counts_once(opened):
    book = opened(
        """Date,Invoice no,Client,Total
        2026-01-07,17,Elm,90
        2026-01-07,17,Elm,90
        2026-01-07,18,Elm,90
        2026-01-09,19,Fern,20
        2026-01-09,19,Fern,30"""
    )
    assert sales(book) == [("Elm", 90), ("Elm", 90), ("Fern", 20), ("Fern", 30)]
    assert book.unread == ()
    assert book.remarks == ("1 row on Sales repeats the total of an invoice and does not count.",)


def test_a_line_has_its_own_total_beside_the_invoices(opened):
    book = opened(
        """Rechnungsdatum;Rechnungsnummer;Kunde;Gesamtbetrag;Artikel;Positionssumme
        07.01.2026;R-1;Ulme;50,00;Holz;20,00
        07.01.2026;R-1;Ulme;50,00;Leim;30,00"""
    )
    assert sorted(sales(book)) == [("Ulme", 20), ("Ulme", 30)]


@pytest.mark.parametrize(
    ("header", "happened", "not_happened"),
    [
        ("Status", "Paid", ["Void", "cancelled", "Draft", "No-show", "Quote"]),
        ("Status", "Bezahlt", ["Storniert", "Entwurf", "Angebot", "nicht erschienen"]),
        ("Statut", "Payée", ["Annulée", "Brouillon", "Devis", "refusé"]),
        ("Estado", "Pagada", ["Anulada", "Borrador", "pendiente"]),
        ("Stato", "Pagata", ["Annullata", "Bozza", "Preventivo"]),
        ("Status", "Betaald", ["Geannuleerd", "Concept", "Offerte"]),
        ("Estado", "Paga", ["Anulada", "Rascunho", "Orçamento"]),
        ("Stage", "Closed won", ["Closed lost", "Proposal"]),
    ],
)
def test_only_what_happened_counts(opened, header, happened, not_happened):
    others = "\n".join(f"2026-01-09,Fern,70,{word}" for word in not_happened)
    book = opened(f"Date,Client,Amount,{header}\n2026-01-07,Elm,40,{happened}\n{others}")
    book = settled(book, date(2026, 1, 31))
    assert sales(book) == [("Elm", 40)]
    assert sum(int(one.split()[0]) for one in book.remarks) == len(not_happened)
    assert all(" on Sales marked “" in one for one in book.remarks)
    assert book.unread == ()


def test_rows_that_did_not_happen_and_plans_are_told_apart(opened):
    book = opened(
        """Date,Client,Amount,Status
        2026-01-07,Elm,40,Paid
        2026-01-08,Elm,50,Lost
        2026-01-09,Elm,60,Void
        2026-01-10,Elm,70,Lost
        2026-01-11,Elm,80,Quote"""
    )
    assert book.remarks == (
        "3 rows on Sales marked “Lost”, “Void” do not count.",
        "1 row on Sales marked “Quote” is a plan until its day.",
    )


def test_what_is_open_is_a_plan_until_its_day(opened):
    book = opened(
        """Datum;Kunde;Betrag;Status
        07.01.2026;Ulme;40;Bezahlt
        20.01.2026;Farn;70;Angebot"""
    )
    assert sales(settled(book, date(2026, 1, 19))) == [("Farn", 70), ("Ulme", 40)]
    assert sales(settled(book, date(2026, 1, 20))) == [("Ulme", 40)]


def test_a_status_that_nobody_knows_is_one_problem_for_its_rows(opened):
    book = opened(
        """Date,Client,Amount,Status
        2026-01-07,Elm,40,Paid
        2026-01-08,Elm,50,Frobbed
        2026-01-09,Fern,60,Frobbed"""
    )
    assert sales(book) == [("Elm", 40)]
    assert problems(book) == [("Sales!D3", "“Frobbed” in 2 rows")]


def test_a_column_of_other_words_is_no_status(opened):
    book = opened("Date,Client,Amount,Status\n2026-01-07,Elm,40,Gold\n2026-01-08,Fern,5,Silver")
    assert sales(book) == [("Elm", 40), ("Fern", 5)]


@pytest.mark.parametrize(
    ("header", "invoice", "credit", "no_sale"),
    [
        ("Type", "Invoice", "Credit note", "Expense"),
        ("Belegart", "Rechnung", "Gutschrift", "Ausgabe"),
    ],
)
def test_a_credit_note_is_negative_and_an_expense_no_sale(opened, header, invoice, credit, no_sale):
    book = opened(
        f"""Date,Client,{header},Amount
        2026-01-07,Elm,{invoice},100
        2026-01-08,Elm,{credit},30
        2026-01-08,Elm,{credit},-20
        2026-01-09,Fern,{no_sale},9"""
    )
    assert sales(book) == [("Elm", 100), ("Elm", -30), ("Elm", -20)]


def test_a_payment_of_an_invoice_is_no_second_sale(opened):
    book = opened(
        """Date,Client,Transaction type,Amount
        2026-01-07,Elm,Invoice,100
        2026-01-08,Elm,Payment,100"""
    )
    assert sales(book) == [("Elm", 100)]
    book = opened("Date,Client,Transaction type,Amount\n2026-01-08,Elm,Payment,100")
    assert sales(book) == [("Elm", 100)]


def test_another_currency_is_a_problem(opened):
    book = opened(
        """Fecha;Cliente;Importe;Moneda
        07/01/2026;Olmo;40;EUR
        19/01/2026;Olmo;50;Euro
        20/01/2026;Haya;60;US dollar"""
    )
    assert sales(book) == [("Olmo", 40), ("Olmo", 50)]
    assert problems(book) == [("Sales!D4", "“US dollar”")]


@pytest.mark.parametrize(
    "word", ["Total for Elm", "Summe für Elm", "Total pour Elm", "Totale per Elm"]
)
def test_a_total_for_a_client_is_no_client(opened, word):
    book = opened(f"Date,Client,Amount\n2026-01-07,Elm,40\n2026-01-31,{word},40")
    assert sales(book) == [("Elm", 40)]
    assert problems(book) == [("Sales!B3", f"“{word}”")]


@pytest.mark.parametrize(
    "word", ["Total", "Gesamt", "Total général", "Subtotal", "Saldo", "Totale"]
)
def test_a_word_for_a_sum_is_no_client(opened, word):
    assert sales(opened(f"Date,Client,Amount\n2026-01-07,Elm,40\n2026-01-31,{word},40")) == [
        ("Elm", 40)
    ]


def test_nothing_counts_of_a_row_with_more_cells_than_headers(opened):
    book = opened("Date,Client,Amount\n2026-01-07,Elm,2,400.00\n2026-01-08,Fern,40")
    assert sales(book) == [("Fern", 40)]
    assert problems(book) == [("Sales!D2", "a row of 4 cells below 3 headers")]
    assert sales(opened("Date,Client,Amount\n2026-01-07,Elm,2,\n")) == [("Elm", 2)]


@pytest.mark.parametrize(("start", "end"), [("Start", "End"), ("Beginn", "Ende"), ("Début", "Fin")])
def test_minutes_from_start_to_end_over_midnight_too(opened, start, end):
    book = opened(
        f"""Date,Client,{start},{end}
        2026-01-07,Elm,23:30,00:20
        2026-01-08,Fern,09:15,10:00"""
    )
    assert visits(book) == [("Elm", 50), ("Fern", 45)]
    assert next(iter(book.touchpoints)).start == time(23, 30)


@pytest.mark.parametrize(
    ("header", "cells", "said"),
    [
        ("Time", ["0:45", "1:15"], [(45, None), (75, None)]),
        ("Zeit", ["1,5", "0,25"], [(90, None), (15, None)]),
        ("Time", ["1h 30m", "20 min"], [(90, None), (20, None)]),
        ("Time", ["9:30", "14:15"], [(0, time(9, 30)), (0, time(14, 15))]),
        ("Time", ["9:30 am", "2pm"], [(0, time(9, 30)), (0, time(14))]),
    ],
)
def test_time_is_what_its_values_are(opened, header, cells, said):
    first, second = cells
    book = opened(f"Date;Client;{header}\n2026-01-07;Elm;{first}\n2026-01-08;Fern;{second}")
    assert [(t.minutes, t.start) for t in book.touchpoints] == said


def test_a_time_that_may_be_both_is_not_read(opened):
    book = opened("Date,Client,Time\n2026-01-07,Elm,7:30\n2026-01-08,Fern,8:15")
    assert [(t.minutes, t.start) for t in book.touchpoints] == [(0, None), (0, None)]
    assert problems(book) == [
        ("Touchpoints!C1", "“Time”, which may be a time of day or the time spent")
    ]


def test_numbers_without_a_unit_are_hours_or_minutes_or_a_problem(opened):
    def minutes(*cells):
        rows = "\n".join(f"2026-01-0{n},Elm,{cell}" for n, cell in enumerate(cells, 1))
        book = opened(f"Date,Client,Duration\n{rows}")
        return [touch.minutes for touch in book.touchpoints], len(book.problems)

    assert minutes("1.5", "2") == ([90, 120], 0)
    assert minutes("45", "90") == ([45, 90], 0)
    assert minutes("2", "3") == ([0, 0], 2)


def test_the_person_who_worked_is_not_the_client(opened):
    book = opened("Date,Name,Project,Hours\n2026-01-07,Zoe,Elm shopfront,3\n2026-01-08,Max,Fern,2")
    assert visits(book) == [("Elm shopfront", 180), ("Fern", 120)]


def test_what_hours_would_cost_is_no_sale(opened):
    book = opened(
        "Datum;Kunde;Beschreibung;Dauer;Betrag\n07.01.2026;Ulme;Telefonat;0:30;25\n08.01.2026;Farn;x;1:00;"
    )
    assert visits(book) == [("Farn", 60), ("Ulme", 30)]
    assert (sales(book), problems(book)) == ([], [("Touchpoints!E1", "“Betrag”")])


def test_an_appointment_with_a_price_is_a_sale_and_a_contact(opened):
    book = opened(
        """Date,Client,Service,Start time,Duration,Price,Status
        2026-01-07,Elm,Massage,10:00,60 min,50,Attended
        2026-01-08,Fern,Massage,11:00,60 min,50,Did not attend"""
    )
    assert sales(book) == [("Elm", 50)]
    assert [(t.client, t.start, t.minutes) for t in book.touchpoints] == [("Elm", time(10), 60)]


def test_a_name_comes_before_a_code(opened):
    book = opened(
        "Date,Customer,Customer name,Amount\n2026-01-07,1001,Elm,40\n2026-01-08,1002,Fern,50"
    )
    assert sales(book) == [("Elm", 40), ("Fern", 50)]


def test_company_else_name(opened):
    book = opened(
        "Date,Name,Company,Total\n2026-01-07,Zoe Elm,,40\n2026-01-08,Max Fern,Fern Ltd,50"
    )
    assert sales(book) == [("Fern Ltd", 50), ("Zoe Elm", 40)]
    assert book.problems == ()


def test_a_name_written_once_above_its_rows():
    rows = [["Elm", "2026-01-07", 1.0], ["", "2026-01-08", 2.0], ["Fern", "2026-01-09", 3.0]]
    book = of_sheets(Data=[["Client", "Date", "Amount"], *rows, ["", "2026-01-10", 4.0]])
    assert sales(book) == [("Elm", 1), ("Elm", 2), ("Fern", 3), ("Fern", 4)]


def test_a_name_left_out_once_is_a_problem():
    rows = [["Elm", "2026-01-07", 1.0], ["Elm", "2026-01-08", 2.0], ["", "2026-01-09", 3.0]]
    book = of_sheets(Data=[["Client", "Date", "Amount"], *rows, ["Fern", "2026-01-10", 4.0]])
    assert sales(book) == [("Elm", 1), ("Elm", 2), ("Fern", 4)]
    assert problems(book) == [("Data!A4", "nothing")]


@pytest.mark.parametrize(
    ("header", "cell", "is_open"),
    [
        ("Paid", "yes", False),
        ("Paid?", "no", True),
        ("Bezahlt", "ja", False),
        ("Payé", "non", True),
        ("Paid", "40.00", False),
        ("Paid", "10.00", True),
        ("Paid", "2026-01-20", False),
    ],
)
def test_paid_says_whether_an_invoice_is_open(opened, header, cell, is_open):
    book = opened(f"Date,Client,Amount,Due on,{header}\n2026-01-07,Elm,40,2026-01-21,{cell}")
    (sale,) = book.sales
    assert (sale.due_on is not None and sale.paid_on is None) is is_open
    assert book.problems == ()


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (["1,00,000", "12,34,567"], [100000, 1234567]),
        (["Rp 100.000", "Rp 1.250.000"], [100000, 1250000]),
        (["1'000", "2'500.50"], [1000, Decimal("2500.5")]),
        (["1 000,50", "2 000"], [Decimal("1000.5"), 2000]),
        (["(500)", "700"], [-500, 700]),
        (["500-", "700"], [-500, 700]),
        (["£1k", "£2.5k"], [1000, 2500]),
    ],
)
def test_amounts_are_decided_by_their_column(opened, cells, amounts):
    first, second = cells
    book = opened(f'Date;Client;Amount\n2026-01-07;Elm;"{first}"\n2026-01-08;Fern;"{second}"')
    assert [sale.amount for sale in book.sales] == amounts


@pytest.mark.parametrize(
    "cell",
    [
        "03.02.2026",
        "3. Februar 2026",
        "3 févr. 2026",
        "3 de febrero de 2026",
        "3 febbraio 2026",
        "3 feb 26",
        "3 de fevereiro de 2026",
        "Di, 03.02.2026",
        "mardi 3 février 2026",
        "Tue 3 Feb 2026",
        "2026-02-03T23:30:00+01:00",
        "2026-02-03 10:00 UTC",
        "46056",
    ],
)
def test_a_day_in_other_words(opened, cell):
    book = opened(f'Date;Client;Amount\n"{cell}";Elm;40')
    assert [sale.date for sale in book.sales] == [date(2026, 2, 3)]


@pytest.mark.parametrize("cell", ["Jan 2026", "Januar 2026", "janvier 2026", "2026-01", "01/2026"])
def test_a_month_alone_is_enough_for_a_sale_but_not_for_a_contact(opened, cell):
    assert [s.date for s in opened(f"Date,Client,Amount\n{cell},Elm,40").sales] == [
        date(2026, 1, 1)
    ]
    book = opened(f"Date,Client,Activity\n{cell},Elm,Call\n2026-01-07,Fern,Call")
    assert visits(book) == [("Fern", 0)]
    assert problems(book) == [("Touchpoints!A2", f"“{cell}”")]


def test_a_list_of_clients_tells_of_contacts_and_of_appointments():
    book = of_sheets(
        students=[
            ["Name", "Tel", "last contact", "next session", "started", "how much"],
            ["Zoe", "0770", "13/05/2026", "27.05.2026", "March 2025", 40.0],
            ["Max", "0771", "", "", "", 50.0],
            ["Ida", "", "last week", "", "", 60.0],
            ["TOTAL", "", "", "", "", 150.0],
        ]
    )
    assert [one.client.name for one in book.relationships] == ["Ida", "Max", "Zoe"]
    assert [(t.client, t.date.isoformat()) for t in book.touchpoints] == [
        ("Zoe", "2026-05-13"),
        ("Zoe", "2026-05-27"),
    ]
    assert book.relationships[2].client.since == date(2025, 3, 1)
    assert problems(book) == [("students!C4", "“last week”")]
    assert book.unread == ("column “how much” on students",)


@pytest.mark.parametrize(
    ("name", "reach", "contact"),
    [
        ("Kunde", "Telefon", "Letzter Kontakt"),
        ("Client", "Courriel", "Dernier contact"),
        ("Cliente", "Teléfono", "Última visita"),
        ("Cliente", "Telefono", "Ultimo contatto"),
        ("Klant", "Telefoon", "Laatste contact"),
        ("Cliente", "Telefone", "Último contacto"),
    ],
)
def test_a_list_of_clients_in_other_words(opened, name, reach, contact):
    book = opened(f"{name};{reach};{contact}\nUlme;0170;13.05.2026\nFarn;0171;")
    assert [(t.client, t.date) for t in book.touchpoints] == [("Ulme", date(2026, 5, 13))]
    assert [one.client.phone or one.client.email for one in book.relationships] == ["0171", "0170"]


def test_a_last_order_is_a_purchase_of_its_amount(opened):
    book = opened(
        "Name,Email,Last order,Amount\nZoe,z@example.com,2026-05-13,40\nMax,m@example.com,,"
    )
    assert sales(book) == [("Zoe", 40)]


def test_a_last_contact_that_another_sheet_tells_of_counts_once():
    book = of_sheets(
        Clients=[["Client", "Last contact"], ["Zoe", "2026-05-13"], ["Max", "2026-05-14"]],
        Touchpoints=[["Date", "Client", "Activity"], ["2026-05-13", "Zoe", "Call"]],
    )
    assert [(t.client, t.activity.name) for t in book.touchpoints] == [("Max", ""), ("Zoe", "Call")]


def test_what_may_be_a_quantity_beside_a_price_is_a_problem(opened):
    book = opened("Date,Client,Bottles,Price\n2026-01-07,Elm,6,9\n2026-01-08,Fern,2,9")
    assert problems(book) == [("Sales!C1", "“Bottles” beside “Price”")]
    book = opened("Date,Client,Colour,Price\n2026-01-07,Elm,red,9")
    assert book.problems == ()


def test_a_total_beside_a_better_amount_is_said(opened):
    book = opened("Date,Client,Net amount,Total\n2026-01-07,Elm,100,120")
    assert sales(book) == [("Elm", 100)]
    assert book.unread == ("column “Total” on Sales, because “Net amount” counts",)


def test_a_word_for_paid_that_nobody_knows_is_one_problem_where_it_matters(opened):
    rows = "2026-01-07,Elm,40,2026-01-21,half\n2026-01-08,Fern,50,2026-01-21,half"
    book = opened(f"Date,Client,Amount,Due on,Paid\n{rows}")
    assert problems(book) == [("Sales!E2", "“half”")]
    assert opened("Date,Client,Amount,Paid\n2026-01-07,Elm,40,cash").problems == ()


def test_money_that_comes_and_goes_is_a_question(opened):
    with pytest.raises(ReportError, match="“Debit” or “Credit”, which looks like money"):
        opened("Date,Client,Debit,Credit\n2026-01-20,Elm,,100\n2026-01-21,Elm,100,")


def test_an_account_of_the_ledger_is_not_the_client(opened):
    book = opened("Date,Name,Account,Amount\n2026-01-07,Elm,Sales,40\n2026-01-08,Fern,Sales,50")
    assert sales(book) == [("Elm", 40), ("Fern", 50)]


def test_a_heading_above_its_rows_is_the_client_of_each():
    rows = [["Elm"], ["", "2026-01-07", 1.0], ["", "2026-01-08", 2.0], ["Fern"]]
    book = of_sheets(Data=[["Client", "Date", "Amount"], *rows, ["", "2026-01-09", 3.0]])
    assert sales(book) == [("Elm", 1), ("Elm", 2), ("Fern", 3)]
    assert book.problems == ()


@pytest.mark.parametrize(
    ("headers", "money"),
    [
        ("Datum;Kunde;Projekt;Stunden", False),
        ("Date;Client;Project;Hours", False),
        ("Date;Société;Nom du projet;Montant", True),
        ("Fecha;Cliente;Proyecto;Importe", True),
        ("Data;Cliente;Commessa;Ore", False),
        ("Datum;Klant;Projectnaam;Bedrag", True),
        ("Data;Cliente;Projeto;Valor", True),
        ("Date;Customer;Matter;Amount", True),
    ],
)
def test_a_project_beside_its_client_is_their_project(opened, headers, money):
    book = opened(f"{headers}\n07.01.2026;Ulme;Laden;1,5")
    rows = list(book.sales if money else book.touchpoints)
    assert [(row.client, row.project) for row in rows] == [("Ulme", "Laden")]
    assert book.unread == ()


def test_of_two_projects_beside_a_client_the_second_is_a_problem(opened):
    book = opened("Date,Client,Project,Project name,Hours\n2026-01-07,Elm,Shop,Front,2")
    assert [(row.client, row.project) for row in book.touchpoints] == [("Elm", "Shop")]
    assert problems(book) == [("Touchpoints!D1", "a second column for Project, “Project name”")]


HEADER = ["Date", "Client", "Amount"]
FIRST, SECOND, THIRD = (
    ["2025-01-07", "Elm", 40.0],
    ["2026-01-07", "Elm", 50.0],
    ["2026-01-08", "Fern", 60.0],
)


def test_a_sheet_of_all_years_beside_one_for_each_counts_once():
    book = of_sheets(
        First=[HEADER, FIRST], Second=[HEADER, SECOND, THIRD], All=[HEADER, FIRST, SECOND, THIRD]
    )
    assert sorted(sales(book)) == [("Elm", 40), ("Elm", 50), ("Fern", 60)]
    assert problems(book) == [("First!A1", "a copy of “All”"), ("Second!A1", "a copy of “All”")]


def test_rows_that_two_sheets_share_are_a_problem():
    book = of_sheets(First=[HEADER, FIRST, SECOND], Second=[HEADER, SECOND, THIRD])
    assert len(sales(book)) == 4
    assert problems(book) == [("Second!A1", "1 row that stands on “First”, too")]


@pytest.mark.parametrize(
    ("header", "cells", "amounts"),
    [
        ("Discount", ["0.15", "0", "0.05"], ["85", "100", "95"]),
        ("Remise", ["10 %", "0", "2,5 %"], ["90", "100", "97.5"]),
        ("Rabatt %", ["10", "0", "5"], ["90", "100", "95"]),
        ("Descuento (%)", [0.15, 0.0, 0.05], ["85", "100", "95"]),
        ("Discount", ["15", "0", "0.5"], ["85", "100", "99.5"]),
        ("Sconto", ["€0.15", "", ""], ["99.85", "100", "100"]),
    ],
)
def test_a_discount_in_money_or_in_per_cent(header, cells, amounts):
    """Of 4 × 25 = 100 each."""
    rows = [[f"2026-01-0{day}", "Elm", 25.0, 4.0, cell] for day, cell in enumerate(cells, start=1)]
    book = of_sheets(Sales=[["Date", "Client", "Unit price", "Quantity", header], *rows])
    assert [sale.amount for sale in book.sales] == [Decimal(one) for one in amounts]
    bare = header == "Discount" and cells[0] == "0.15"
    assert [problem[0] for problem in problems(book)] == (["Sales!E1"] if bare else [])


@pytest.mark.parametrize(
    ("header", "stages", "amounts"),
    [
        ("Deal Stage", ("Closed Won", "Closed Lost", "Contract Sent", "Kennenlernen"), [1]),
        ("Stage", ("Proposal", "Won", "Demo", "Lost"), [2]),
        ("Phase", ("Verloren", "Angebot", "Gewonnen", "Erstkontakt"), [4]),
        ("Étape", ("Devis", "Perdue", "Relance", "Gagnée"), [8]),
    ],
)
def test_of_deals_only_those_that_are_won_count(header, stages, amounts):
    """Deals of 1, 2, 4 and 8; what is neither won nor lost is open, whatever the stage is called."""
    rows = [["2026-01-07", stage, f"Elm {at}", 2.0**at] for at, stage in enumerate(stages)]
    book = of_sheets(Deals=[["Close date", header, "Company", "Deal value"], *rows])
    assert [sale.amount for sale in settled(book, date(2026, 6, 30)).sales] == amounts
    assert len([sale for sale in book.sales if sale.tentative]) == 2
    assert book.problems == ()


def test_the_stages_of_a_payment_are_no_stages_of_a_deal():
    rows = [["2026-01-07", "Elm", "Deposit", 10.0], ["2026-02-07", "Elm", "Second fix", 20.0]]
    book = of_sheets(Sales=[["Date", "Client", "Stage", "Amount"], *rows])
    assert [(sale.amount, sale.tentative) for sale in book.sales] == [(10, False), (20, False)]


@pytest.mark.parametrize(
    ("header", "cell", "minutes"),
    [
        ("Dauer", "1 Std. 30 Min.", 90),
        ("Dauer", "1 Stunde und 5 Minuten", 65),
        ("Durée", "1,5 heures", 90),
        ("Duración", "2 horas y 15 minutos", 135),
        ("Durata", "1 ora e 10 minuti", 70),
        ("Duur", "2 uur", 120),
        ("Duração", "45 minutos", 45),
        ("Duur (uren)", 1.5, 90),
        ("Durée (décimal)", 0.25, 15),
        ("Durata (minuti)", 5.0, 5),
    ],
)
def test_hours_and_minutes_in_seven_languages(header, cell, minutes):
    book = of_sheets(Hours=[["Date", "Client", header], ["2026-01-07", "Elm", cell]])
    assert visits(book) == [("Elm", minutes)]
    assert book.problems == ()


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (("Amount", "Refunded amount"), ("Paid", "Refunded", "Partially refunded")),
        (("Betrag", "Erstattungsbetrag"), ("Bezahlt", "Erstattet", "Teilweise erstattet")),
        (("Importo", "Importo rimborsato"), ("Pagato", "Rimborsato", "Parzialmente rimborsato")),
    ],
)
def test_a_refunded_sale_counts_less_what_went_back(headers, words):
    """100 − 0; 100 − 100 is no sale; 100 − 30 = 70, whatever the sign.

    Where nobody says how much of a sale went back, it is a problem.
    """
    paid, refunded, partly = words
    book = of_sheets(
        Sales=[
            ["Date", "Client", *headers, "Status"],
            ["2026-01-01", "Elm", 100.0, 0.0, paid],
            ["2026-01-02", "Elm", 100.0, 100.0, refunded],
            ["2026-01-03", "Elm", 100.0, -30.0, partly],
            ["2026-01-04", "Elm", 100.0, 20.0, paid],
            ["2026-01-05", "Elm", 100.0, "", refunded],
            ["2026-01-06", "Elm", 100.0, "", partly],
        ]
    )
    assert [sale.amount for sale in book.sales] == [100, 70, 80]
    assert book.remarks == (f"2 rows on Sales marked “{refunded}” do not count.",)
    assert problems(book) == [("Sales!E7", f"“{partly}”")]


@pytest.mark.parametrize(
    ("header", "cell", "amount"),
    [
        ("Quantity", "10 pcs", 250),
        ("Menge", "3 Stück", 75),
        ("Quantité", "2,5 kg", Decimal("62.5")),
        ("Cantidad", "4 ×", 100),
        ("Qty", 2.0, 50),
    ],
)
def test_a_quantity_with_its_unit(header, cell, amount):
    rows = [["Date", "Client", "Unit price", header], ["2026-01-01", "Elm", 25.0, cell]]
    assert sales(of_sheets(Sales=rows)) == [("Elm", amount)]


@pytest.mark.parametrize("cell", ["2 dozen", "lump sum", "1 Dutzend"])
def test_a_quantity_that_may_mean_several_costs_its_row(cell):
    rows = [["2026-01-01", "Elm", 25.0, cell], ["2026-01-02", "Elm", 25.0, 1.0]]
    book = of_sheets(Sales=[["Date", "Client", "Unit price", "Quantity"], *rows])
    assert sales(book) == [("Elm", 25)]
    assert [(str(one.where), one.lost) for one in book.problems] == [("Sales!D2", "row")]


@pytest.mark.parametrize(
    "months", [("Jan 2026", "Feb 2026"), ("Januar 2026", "März 2026"), ("2026-01", "02/2026")]
)
def test_a_month_alone_is_said_once(months):
    rows = [[month, "Elm", 10.0] for month in (*months, months[0])]
    book = of_sheets(Sales=[["Date", "Client", "Amount"], *rows, ["2026-04-02", "Elm", 1.0]])
    assert {sale.date.day for sale in book.sales} == {1, 2}
    assert book.remarks == (
        f"3 rows on Sales with a month alone, as “{months[0]}”, count on its first day.",
    )


@pytest.mark.parametrize(
    ("words", "totals", "wrong"),
    [
        (("Total", "Total"), (30, 70), []),
        (("Subtotal", "Grand total"), (30, 100), []),
        (("Summe", "Gesamt"), (31, 100), ["C4"]),
        (("Sous-total", "Total général"), (30, 99), ["C7"]),
        (("Total for Elm", "Totaal voor Olm"), (30, 70), []),
        (("Total for Elm", "Totaal voor Olm"), (30, 71), ["C7"]),
        (("Saldo", "Saldo"), (1000, 1070), []),
    ],
)
def test_a_total_is_checked_against_the_rows_above(words, totals, wrong):
    """Elm 10 + 20 = 30, Olm 30 + 40 = 70, all 100; a balance is no sum."""
    book = of_sheets(
        Sales=[
            ["Date", "Client", "Amount"],
            ["2026-01-01", "Elm", 10.0],
            ["2026-01-02", "Elm", 20.0],
            ["", words[0], float(totals[0])],
            ["2026-01-03", "Olm", 30.0],
            ["2026-01-04", "Olm", 40.0],
            ["", words[1], float(totals[1])],
        ]
    )
    assert sum(sale.amount for sale in book.sales) == 100
    said = [one for one in book.problems if one.lost == "nothing"]
    assert [str(one.where) for one in said] == [f"Sales!{cell}" for cell in wrong]
    assert all("the sum of the rows above" in one.expected for one in said)


@pytest.mark.parametrize(
    ("void", "credit", "total"),
    [(20.0, 5.0, 5.0), (20.0, 5.0, 35.0), ("?", 5.0, 99.0), (20.0, "?", 99.0)],
)
def test_a_total_may_leave_out_what_does_not_count_or_have_it_all(void, credit, total):
    """10 paid, 20 void, a credit note of 5: 10 − 5 = 5 counts, 35 stands there; with a ? nobody can say."""
    rows = [
        ["2026-01-01", "Elm", 10.0, "Paid"],
        ["2026-01-02", "Elm", void, "Void"],
        ["2026-01-03", "Elm", credit, "Credit note"],
        ["Total", "", total, ""],
    ]
    book = of_sheets(Sales=[["Date", "Client", "Amount", "Status"], *rows])
    assert [one for one in book.problems if one.lost == "nothing"] == []
