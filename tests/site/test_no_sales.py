"""A book of touchpoints alone: sales are not recorded, and no page or figure takes that for 0."""

import io
import json
import re
from datetime import date

import openpyxl
import pytest

from reportgen.figures.explain import explain
from reportgen.figures.machine import as_json
from reportgen.report.report import make_report
from reportgen.site.files import pages
from reportgen.tables.appendix import appendix

AS_OF = date(2026, 6, 30)


@pytest.fixture
def report(book, settings):
    """The report on the docstring's book."""
    return make_report(book, settings, AS_OF)


def read(page):
    text = re.sub(r"<(svg|details).*?</\1>", "", page.render(), flags=re.DOTALL)
    text = text.partition("<main")[2].partition("<footer")[0] or text.partition("\n---\n\nAs of")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\xa0", " ").split())


def text_of(report, path):
    """What is read on one page, with all that is folded."""
    (page,) = (one for one in pages(report) if one.path == path)
    return " ".join(re.sub(r"<[^>]+>|[|]", " ", page.render()).split())


def told(report):
    """Path → what is read on the page, without its frame and its folded rules."""
    wanted = r"(markdown/)?(clients/acme|\w+)\.(html|md)"
    return {
        page.path: read(page)
        for page in pages(report)
        if re.fullmatch(wanted, page.path) and not re.search("method|letters", page.path)
    }


def test_no_page_speaks_of_nought_pounds_or_of_customers(report):
    """
    Date        Client  Activity  Minutes
    2026-06-01  Acme    Call      30
    2026-06-02  Bell    Call      30

    # Business
    Currency     GBP
    Hourly rate  60

    # Clients
    Client  Potential per year  Business model
    Acme    500                 product
    """
    found = told(report)
    assert len(found) > 20
    for path, text in found.items():
        assert "£0" not in text, path
        for word in ("ourting", "customers", "prospects", "as bought yet", "pre-sale"):
            if not re.search("(lifecycle|business)[.]", path):  # the one quotes the other
                assert word not in text, (path, word)


@pytest.mark.parametrize("ending", ["html", "md"])
def test_the_pages_say_what_to_record(report, ending):
    """
    Date        Client  Activity  Direction
    2026-06-01  Acme    Call      both
    2026-06-02  Bell    Email     out
    """
    found = told(report)
    root = "markdown/" if ending == "md" else ""
    record = "record your sales: one row for each on the Sales sheet"
    for name in ("value", "retention"):
        text = found[f"{root}{name}.{ending}"]
        assert "No sale is recorded up to now: this page rests on the Sales sheet." in text
        assert record in text
    stages = found[f"{root}lifecycle.{ending}"]
    assert "No sale is recorded, so nobody counts as having bought" in stages
    assert record in stages
    assert "Conversion" not in stages
    assert "Loyalty" not in stages
    acme = found[f"{root}clients/acme.{ending}"]
    assert "No time so far; record sales to know the stage." in acme
    folded = text_of(report, f"{root}clients/acme.{ending}")
    assert "Sales in 12 months, Sales in the 12 before" in folded
    assert "Record sales (Sales)" in folded
    assert "Sales" not in found[f"{root}clients.{ending}"]


def test_the_machine_form_has_null_for_what_is_not_recorded(report):
    """
    Date        Client  Minutes
    2026-06-01  Acme    30

    # Business
    Hourly rate  60

    # Clients
    Client  Potential per year  Business model
    Acme    500                 product
    """
    whole = json.loads(as_json(report))
    (acme,) = whole["clients"]
    unknown = ("sales_now", "sales_before", "profit", "share_of_wallet", "behaves_like")
    assert [acme[key] for key in unknown] == [None] * 5
    assert whole["value"]["sales_now"] is None
    assert whole["loyalty_ladder"] is None
    assert whole["counts"]["sales"] == 0
    assert acme["relationship"] == "courting"


def test_a_planned_sale_is_a_recorded_one(report):
    """
    Nothing has been sold up to now, and that is known.

    Date        Client
    2026-06-01  Acme

    # Sales
    Date        Client  Amount
    2026-07-01  Acme    100

    # Business
    Currency  GBP
    """
    (acme,) = json.loads(as_json(report))["clients"]
    assert (acme["sales_now"], acme["sales_before"]) == (0, 0)
    assert "Sales in 12 months £0" in text_of(report, "clients/acme.html")


def test_explain_says_what_to_record(report):
    """
    Date        Client
    2026-06-01  Acme
    """
    for figure in ("sales_now", "sales_before", "profit", "relationship", "share_of_wallet"):
        assert f"{figure}: n/a: record sales (Sales)" in explain(report, "Acme", figure)
    text = explain(report, "Acme", "opportunities")
    assert "n/a: record sales (Sales); without, only greetings can be told" in text
    assert "survey:" not in text.partition("Rule")[0]


def test_the_appendix_has_no_column_and_no_table_of_sales(report):
    """
    Date        Client  Minutes
    2026-06-01  Acme    30
    """
    book = openpyxl.load_workbook(io.BytesIO(appendix(report)))
    assert book.sheetnames == ["About", "Clients", "Months", "Hours"]
    for name in ("Clients", "Months"):
        headers = [str(cell.value) for cell in book[name][1]]
        assert not [
            one for one in headers if re.search("Sale|sale|Contribution|purchase|score", one)
        ]
