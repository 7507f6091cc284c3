"""Time trackers, invoicing programs and shops: what each file comes to, and what is said of the rest."""

import re
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from html import unescape

import pytest
from exported import exported
from exports_of_money import (
    CLOCKIFY,
    EXPORTS,
    FRESHBOOKS,
    HARVEST,
    QUICKBOOKS,
    QUICKBOOKS_SALES,
    SHOPIFY,
    STRIPE,
    STRIPE_API,
    STRIPE_IN_CENTS,
    XERO,
    ZOHO,
)
from openpyxl import Workbook
from program import reportgen
from sites import SAMPLES

from reportgen.problems import ReportError
from reportgen.reading.book import read
from reportgen.reading.grids import csv_grid, workbook_grids
from reportgen.reading.products.recognising import claims
from reportgen.settings.configuration import DEFAULTS
from reportgen.writing.starter import starter_workbook

EACH = pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.name)


def book_of(export, folder, text=None):
    """The book of an export, or of another text in its place."""
    configuration = replace(DEFAULTS, product=export.product)
    return exported(folder, export.file, text or export.text, export.encoding, configuration)


def sums(book):
    """Client → the sum of the sales that happened, of those that have one."""
    found = {}
    for one in book.relationships:
        sales = [sale.amount for sale in one.sales if not sale.tentative]
        if sales:
            found[one.client.name] = sum(sales)
    return found


def said(book):
    """What was left aside or said of rows, without the columns that nobody needs."""
    aside = {one for one in book.unread if not one.startswith("column") or "because" in one}
    return aside | {*book.remarks}


@EACH
def test_what_it_comes_to(export, tmp_path):
    book = book_of(export, tmp_path)
    assert sums(book) == {client: Decimal(amount) for client, amount in export.sales.items()}
    minutes = {
        one.client.name: sum(touch.minutes for touch in one.touchpoints)
        for one in book.relationships
        if one.touchpoints
    }
    assert minutes == export.minutes
    assert tuple(problem.found for problem in book.problems) == export.found
    assert said(book) == set(export.unread)


@EACH
def test_the_same_when_a_spreadsheet_program_has_saved_it(export, tmp_path):
    """Days and amounts are then values of their own kind."""
    path = tmp_path / "export.xlsx"
    workbook = Workbook()
    for row in csv_grid(export.text.encode(export.encoding), export.file).rows:
        workbook.active.append([_typed(cell) for cell in row])
    workbook.save(path)
    book = read(path, replace(DEFAULTS, product=export.product))[0]
    assert sums(book) == {client: Decimal(amount) for client, amount in export.sales.items()}
    assert {
        one.client.name: sum(touch.minutes for touch in one.touchpoints)
        for one in book.relationships
        if one.touchpoints
    } == export.minutes
    assert tuple(problem.found for problem in book.problems) == export.found


def _typed(cell):
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return date.fromisoformat(cell)
    if re.fullmatch(r"-?[\d,]+\.\d\d", cell):
        return float(cell.replace(",", ""))
    if re.fullmatch(r"\d\d:\d\d:\d\d", cell):
        return time.fromisoformat(cell)
    return cell


@pytest.mark.parametrize("export", [one for one in EXPORTS if one.page], ids=lambda one: one.name)
def test_from_the_file_to_the_page(export, tmp_path):
    path, site = tmp_path / export.file, tmp_path / "site"
    path.write_bytes(export.text.encode(export.encoding))
    done = reportgen(
        "build", path, "-o", site, "--as-of", "2026-04-30", "--as", export.product, "--quiet"
    )
    assert (done.returncode, done.stderr) == (0, "")
    client, text = export.page
    for page in (
        site / "markdown" / "clients" / f"{client}.md",
        site / "clients" / f"{client}.html",
    ):
        assert text in to_read(page.read_text("utf-8"))


def to_read(page):
    """What is read in HTML or Markdown, without what lays it out."""
    return " ".join(re.sub(r"[|\\]", " ", unescape(re.sub(r"<[^>]+>", " ", page))).split())


@EACH
def test_no_other_product_claims_it(export):
    grid = csv_grid(export.text.encode(export.encoding), export.file)
    claimed = {one.export.product for one in claims(grid, None)}
    assert claimed == {export.product, *(("Stripe",) if "cents" in export.product else ())}


@pytest.mark.parametrize(
    "headers",
    [
        "Date,Client,Amount",
        "Date,Client,Project,Hours,Notes,Amount",
        "Date,Due,Details,Client,Status,Total",
        "Invoice Number,Invoice Date,Due Date,Client,Amount,Status",
        "Date,Customer,Memo,Amount,Balance",
        "Name,Email,Total,Created at",
        "Customer,Phone,Email,Billing Address,Currency",
        "id,Date,Amount,Currency,Status",
    ],
)
def test_an_owners_own_headers_are_no_products(headers):
    assert claims(csv_grid(f"{headers}\n".encode(), "mine.csv"), None) == ()


def test_our_own_workbooks_are_no_products():
    workbooks = [path.read_bytes() for path in sorted(SAMPLES.glob("*.xlsx"))]
    assert workbooks
    for content in (starter_workbook(), *workbooks):
        for grid in workbook_grids(content, "book.xlsx"):
            assert claims(grid, None) == (), grid.sheet


class TestStripe:
    def test_whole_numbers_are_a_question(self, tmp_path):
        with pytest.raises(ReportError) as told:
            exported(tmp_path, "payments.csv", STRIPE_IN_CENTS.text)
        assert "whole numbers, which may be amounts or hundredths of them" in str(told.value)
        assert '--as Stripe or --as "Stripe in cents"' in str(told.value)

    def test_the_answer_may_be_that_they_are_amounts(self, tmp_path):
        configuration = replace(DEFAULTS, product="Stripe")
        book = exported(tmp_path, "payments.csv", STRIPE_IN_CENTS.text, configuration=configuration)
        assert sums(book) == {"jo@finch.example": Decimal(10000 + 5050 - 2000)}

    def test_beside_invoices_it_says_that_a_payment_counts_twice(self, tmp_path):
        (tmp_path / "charges.csv").write_text(STRIPE.text, encoding="utf-8")
        (tmp_path / "hours.csv").write_text(HARVEST.text, encoding="utf-8")
        found = [problem.found for problem in read(tmp_path, DEFAULTS)[0].problems]
        assert "Stripe charges beside “invoices”" not in found
        (tmp_path / "invoices.csv").write_text(ZOHO.text, encoding="utf-8")
        found = [problem.found for problem in read(tmp_path, DEFAULTS)[0].problems]
        assert found.count("Stripe charges beside “invoices”") == 1

    def test_without_customers_it_says_what_to_export(self, tmp_path):
        text = """\
id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Fee,Mode,Status
py_1,2026-03-10 18:37:41,1061.86,0.00,usd,true,33.65,Live,Paid
"""
        with pytest.raises(ReportError, match="at least with Customer Email"):
            exported(tmp_path, "payments.csv", text)

    def test_one_fraction_shows_that_they_are_amounts(self, tmp_path):
        text = STRIPE_IN_CENTS.text.replace(",170,9830,", ",1.70,98.30,")
        assert sums(exported(tmp_path, "payments.csv", text)) == {
            "jo@finch.example": Decimal(10000 + 5050 - 2000)
        }

    def test_a_currency_without_hundredths(self, tmp_path):
        text = STRIPE_API.text.replace(",gbp,", ",jpy,")
        assert sums(book_of(STRIPE_API, tmp_path, text)) == {
            "jo@finch.example": Decimal(10000 + 5050 - 2000)
        }

    def test_cents_with_a_fraction_are_a_problem(self, tmp_path):
        text = STRIPE_API.text.replace("ch_1,charge,10000,", "ch_1,charge,100.00,")
        book = book_of(STRIPE_API, tmp_path, text)
        assert [problem.found for problem in book.problems] == ["“100.00 in hundredths”"]
        assert sums(book) == {"jo@finch.example": Decimal("30.50")}

    def test_the_day_of_a_number_of_seconds(self, tmp_path):
        (finch,) = book_of(STRIPE_API, tmp_path).relationships
        # date -u -d @1772445600 and @1772582399
        assert [str(sale.date) for sale in finch.sales] == ["2026-03-02", "2026-03-03"]

    def test_what_stripe_keeps_is_a_cost_of_the_sale(self, tmp_path):
        book = book_of(STRIPE, tmp_path)
        finch = next(one for one in book.relationships if one.client.name == "Harbour & Finch")
        assert [str(sale.direct_cost) for sale in finch.sales] == ["1.70", "0.95"]

    def test_an_amount_that_stripe_has_converted(self, tmp_path):
        text = STRIPE.text.replace(
            ",60.00,0.00,eur,true,,,,", ",60.00,0.00,eur,true,51.50,0.00,gbp,"
        )
        assert sums(book_of(STRIPE, tmp_path, text))["bo@maple.example"] == Decimal("126.50")


REFUNDS = (
    # Of 40 that were all returned only 10; of 50 all and not 20; nothing, as a blank.
    (STRIPE, "40.00,40.00,gbp,true,40.00,40.00", "40.00,10.00,gbp,true,40.00,10.00", "160"),
    (STRIPE, "50.00,20.00,gbp,true,50.00,20.00", "50.00,50.00,gbp,true,50.00,50.00", "100"),
    (STRIPE, "100.00,0.00,gbp,true,100.00,0.00", "100.00,,gbp,true,100.00,", "130"),
    # Of 60 all, so that no sale is left; of 40 only 10.
    (SHOPIFY, "Bo Maple,,,30.00", "Bo Maple,,,60.00", None),
    (SHOPIFY, "Bo Maple,,,40.00", "Bo Maple,,,10.00", "55"),
)


@pytest.mark.parametrize(("export", "stands", "instead", "comes_to"), REFUNDS)
def test_what_was_returned_decides_whatever_the_status_says(
    export, stands, instead, comes_to, tmp_path
):
    text = export.text.replace(stands, instead)
    assert text != export.text
    found = sums(book_of(export, tmp_path, text))
    client = "Harbour & Finch" if export is STRIPE else "Maple Dental"
    assert found.get(client) == (None if comes_to is None else Decimal(comes_to))


class TestXero:
    def test_due_and_paid(self, tmp_path):
        book = book_of(XERO, tmp_path)
        due = {
            (one.client.name, sale.invoice): sale.due_on
            for one in book.relationships
            for sale in one.sales
        }
        assert due["Harbour & Finch", "INV-0001"] is None
        assert str(due["Maple Dental", "INV-0002"]) == "2026-04-14"

    def test_days_that_can_be_swapped_are_asked(self, tmp_path):
        rows = XERO.text.splitlines(keepends=True)[:3]
        with pytest.raises(ReportError, match="day and month cannot be swapped"):
            book_of(XERO, tmp_path, "".join(rows))

    def test_the_services_of_the_lines(self, tmp_path):
        book = book_of(XERO, tmp_path)
        maple = next(one for one in book.relationships if one.client.name == "Maple Dental")
        assert {sale.service: str(sale.amount) for sale in maple.sales} == {
            "Sign": "100",
            "Fitting": "50",
        }


class TestQuickBooks:
    def test_due_and_paid(self, tmp_path):
        finch = book_of(QUICKBOOKS, tmp_path).relationships[0]
        due = {sale.invoice: sale.due_on and str(sale.due_on) for sale in finch.sales}
        assert due == {"1001": None, "1002": "2026-03-05", "CM-1": None}

    def test_a_project_behind_its_customer_is_what_was_bought(self, tmp_path):
        finch = book_of(QUICKBOOKS_SALES, tmp_path).relationships[0]
        assert {sale.invoice: sale.service for sale in finch.sales} == {
            "1001": "Kitchen",
            "1002": None,
        }

    @pytest.mark.parametrize(
        ("kind", "comes_to"),
        [
            ("Refund Receipt", "80"),
            ("Sales Receipt", "120"),
            ("Journal Entry", "100"),
            ("Deposit", "100"),
            ("Check", "100"),
            ("Payment", "100"),
            ("Billable Expense Charge", "100"),
        ],
    )
    def test_what_a_type_of_transaction_comes_to(self, kind, comes_to, tmp_path):
        text = f"""\
Transaction date,Transaction type,No.,Name,Status,Due date,Total,Balance
2026-01-14,Invoice,1001,Old Mill,Paid,2026-02-13,100.00,0.00
2026-01-15,{kind},1002,Old Mill,,,20.00,0.00
"""
        book = exported(tmp_path, "sales.csv", text)
        assert sums(book) == {"Old Mill": Decimal(comes_to)}
        assert book.problems == ()

    def test_a_ledger_is_not_read(self, tmp_path):
        text = """\
Studio Nine,,,,,,,,
General Ledger,,,,,,,,
"January 1 - March 31, 2026",,,,,,,,

,Date,Transaction Type,Num,Name,Memo/Description,Split,Amount,Balance
4000 Design,,,,,,,,
,01/14/2026,Invoice,1001,Harbour & Finch,Concept,Accounts Receivable (A/R),"1,200.00","1,200.00"
Total for 4000 Design,,,,,,,"$1,200.00",
"""
        with pytest.raises(ReportError, match="Invoice List"):
            exported(tmp_path, "General Ledger.csv", text)

    def test_a_list_grouped_by_customer(self, tmp_path):
        text = """\
Invoices by Customer,,,,,,,
Studio Nine,,,,,,,
"January - March, 2026",,,,,,,

,Date,Num,Customer,Memo/Description,Due Date,Amount,Open Balance
Harbour & Finch,,,,,,,
,01/14/2026,1001,Harbour & Finch,Concept,02/13/2026,"1,200.00",0.00
,01/15/2026,1002,Harbour & Finch,Samples,02/14/2026,50.00,0.00
Total for Harbour & Finch,,,,,,"$1,250.00",$0.00
TOTAL,,,,,,"$1,250.00",$0.00
"""
        book = exported(tmp_path, "invoices.csv", text)
        assert sums(book) == {"Harbour & Finch": Decimal(1250)}
        assert said(book) == {"3 further lines of QuickBooks invoices"}
        assert book.problems == ()


class TestOthers:
    def test_who_worked_is_no_client(self, tmp_path):
        book = book_of(HARVEST, tmp_path)
        assert [one.client.name for one in book.relationships] == [
            "Harbour & Finch",
            "Maple Dental",
        ]
        assert all(one.client.contact is None for one in book.relationships)

    def test_time_of_nobody_is_nobodys(self, tmp_path):
        text = CLOCKIFY.text.replace('"Maple Dental",""', '"",""')
        assert text != CLOCKIFY.text
        book = book_of(CLOCKIFY, tmp_path, text)
        assert [(problem.found, problem.where.row) for problem in book.problems] == [
            ("“Billable Amount (USD)”", 1),
            ("nothing", 3),
        ]
        (finch,) = book.relationships
        assert [touch.minutes for touch in finch.touchpoints] == [90]

    def test_a_discount_on_the_whole_invoice_is_said(self, tmp_path):
        text = ZOHO.text.replace(",0,0.00,Sign,", ",10,7.50,Sign,")
        assert text != ZOHO.text
        book = book_of(ZOHO, tmp_path, text)
        assert [problem.found for problem in book.problems] == ["“Entity Discount Amount”"]

    def test_hours_of_several_days_are_no_row(self, tmp_path):
        book = book_of(HARVEST, tmp_path, HARVEST.text.replace('"1,5"', '"2.001,0"'))
        assert {problem.found for problem in book.problems} == {"“2.001,0”", "“Billable Amount”"}
        finch = book.relationships[0]
        assert sorted(touch.minutes or 0 for touch in finch.touchpoints) == [0, 15]

    def test_freshbooks_with_a_decimal_comma(self, tmp_path):
        text = FRESHBOOKS.text.replace(
            "50.00,1,0,50.00,VAT,10.00,,0.00,60.00",
            '"50,00",1,0,"1.050,00",VAT,"200,50",,0.00,"1.250,50"',
        )
        assert text != FRESHBOOKS.text
        rows = text.splitlines(keepends=True)
        book = book_of(FRESHBOOKS, tmp_path, rows[0] + rows[2])
        assert sums(book) == {"Harbour & Finch": Decimal(1050)}

    def test_shopify_pays_on_its_day(self, tmp_path):
        book = book_of(SHOPIFY, tmp_path)
        jo = next(one for one in book.relationships if one.client.name == "Jo Finch")
        (sale,) = jo.sales
        assert (str(sale.date), str(sale.paid_on), sale.invoice, sale.service) == (
            "2026-03-02",
            "2026-03-02",
            "#1001",
            "Lamp",
        )


LISTS = {
    "QuickBooks Online": """\
Customer Contact List,,,,
Studio Nine,,,,

Customer,Phone Numbers,Email,Full Name,Billing Address
Harbour & Finch,Phone: 0123,jo@finch.example,Jo Finch,1 Quay
""",
    "FreshBooks": """\
Organization,First Name,Last Name,Email,Phone,Street,City,Province/State,Country,Postal Code,Notes
Harbour & Finch,Jo,Finch,jo@finch.example,0123,1 Quay,Ham,,UK,H1,
""",
    "Wave": """\
customer_name,email,contact_first_name,contact_last_name,customer_currency,account_number,phone,mobile
Harbour & Finch,jo@finch.example,Jo,Finch,GBP,12345678,,0123
""",
    "Zoho Invoice": """\
Created Time,Display Name,Company Name,First Name,Last Name,Phone,EmailID,MobilePhone,Contact Type
2026-01-01,Harbour & Finch,Finch Ltd,Jo,Finch,0123,jo@finch.example,,customer
""",
    "Invoice Ninja": """\
Client Export,2026-04-02
Name,Balance,Paid to Date,Billing City,ID Number,VAT Number,Phone,First Name,Last Name,Email,Phone
Harbour & Finch,0.00,180.00,Ham,,,0123,Jo,Finch,jo@finch.example,
""",
}


@pytest.mark.parametrize("product", LISTS)
def test_a_list_of_clients(product, tmp_path):
    book = exported(tmp_path, "clients.csv", LISTS[product])
    (client,) = (one.client for one in book.relationships)
    assert (client.name, client.contact, client.email) == (
        "Harbour & Finch",
        "Jo Finch",
        "jo@finch.example",
    )
    assert (client.phone or "").endswith("0123")
    assert [problem.found for problem in book.problems] == ["a list of clients alone"]
