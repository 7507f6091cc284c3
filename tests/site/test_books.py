"""What an accountant asks first: sales, open invoices and hours, on the overview and on the Value page."""

import re
from datetime import date

import pytest

from reportgen.editions.redact import redact
from reportgen.report.report import make_report
from reportgen.site.files import pages

AS_OF = date(2026, 6, 30)
BOOKS = """
    1,500 in the last 12 months, 400 in those before. On 30 June 2026 three invoices are open: Acme's 200,
    due on 10 June, so 20 days late; Bell's 300, due today; Bell's 100, paid only in July. Not open: what
    was paid on the day, a refund, and what has no day due. 90 minutes at 60 an hour are 90.

    # Business
    Setting     | Value
    Currency    | GBP
    Hourly rate | 60

    # Sales
    Date       | Client | Amount | Due on     | Paid on    | Invoice
    2025-01-10 | Acme   | 400    | 2025-01-20 | 2025-02-01 | A1
    2026-05-20 | Acme   | 200    | 2026-06-10 |            | A2
    2026-06-01 | Bell   | 300    | 2026-06-30 |            | B1
    2026-06-02 | Bell   | 100    | 2026-07-20 | 2026-07-02 |
    2026-06-03 | Bell   | 500    | 2026-06-20 | 2026-06-30 | B3
    2026-06-04 | Acme   | -50    | 2026-06-05 |            | A3
    2026-06-05 | Acme   | 450    |            |            | A4

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-06-10 | Acme   | Call     | 60
    2026-06-11 | Bell   | Call     | 30
    2025-06-30 | Bell   | Call     | 500
    """


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(book, settings, edition: str, path: str) -> str:
    report = make_report(*redact(book, settings, edition, "a secret"), AS_OF)
    (found,) = [one for one in pages(report) if one.path == path]
    content = found.render()
    return content if isinstance(content, str) else content.decode()


def test_the_accountants_overview(book, settings):
    text = words(page(book, settings, "accountant", "index.html"))
    assert "Sales, last 12 months £1,500 More by £1,100 than in the 12 months before" in text
    assert "Open invoices £600 in 3 invoices £200 of it late" in text
    assert "Hours, last 12 months 1 h 30 min £90 at the hourly rate" in text
    assert (
        "Money owed: £600 Acme £200, 20 days late Bell £300, due on 30 June 2026 Bell £100, due on"
        in text
    )


test_the_accountants_overview.__doc__ = BOOKS


@pytest.mark.parametrize("edition", ["owner", "accountant"])
def test_open_invoices_on_the_value_page(book, settings, edition):
    html = page(book, settings, edition, "value.html")
    table = html.split('id="open-invoices"')[1].split("</table>")[0]
    rows = [
        words(row) for row in re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1], re.DOTALL)
    ]
    shown = [
        "Acme A2 20 May 2026 10 Jun 2026 20 £200.00",
        "Bell B1 1 Jun 2026 30 Jun 2026 £300.00",
        "Bell 2 Jun 2026 20 Jul 2026 £100.00",
    ]
    places = (
        [" row 3 of Sales", " row 4 of Sales", " row 5 of Sales"]
        if edition == "owner"
        else [""] * 3
    )
    assert rows == [row + place for row, place in zip(shown, places, strict=True)]
    assert "£600 is open in three invoices; £200 is late." in html


test_open_invoices_on_the_value_page.__doc__ = BOOKS


def test_the_markdown_edition_lists_them_too(book, settings):
    text = page(book, settings, "owner", "markdown/value.md")
    assert "| A2 | 20 May 2026 | 10 Jun 2026 | **20** | £200.00 | row 3 of Sales |" in text


test_the_markdown_edition_lists_them_too.__doc__ = BOOKS


def test_without_days_due_nothing_is_said_to_be_open(book, settings):
    """
    # Sales
    Date       | Client | Amount
    2026-05-20 | Acme   | 200
    """
    text = words(page(book, settings, "accountant", "index.html"))
    assert "Sales, last 12 months 200" in text
    assert "Open invoices" not in text
    assert "Money owed" not in text
    assert "Hours" not in text
    assert "open-invoices" not in page(book, settings, "owner", "value.html")


def test_the_owners_letter_has_figures_of_her_own(book, settings):
    """
    # Sales
    Date       | Client | Amount
    2026-05-20 | Acme   | 200
    """
    assert "Open invoices" not in page(book, settings, "owner", "index.html")
