"""Worth: each client's line, the first ten and the others, and shares in round words."""

import re
from datetime import date

import pytest

from reportgen.editions.redact import redact
from reportgen.report.report import make_report
from reportgen.site.files import pages
from reportgen.site.prose.english import worth as prose

AS_OF = date(2026, 6, 30)


def read(book, settings, edition="owner"):
    """The text of the page in Markdown and in HTML, with single spaces."""
    report = make_report(*redact(book, settings, edition, "a secret"), AS_OF)
    found = {page.path: page for page in pages(report)}
    markdown = found["markdown/value.md"].render() if edition == "owner" else ""
    html = found["value.html"].render()
    return markdown.replace("\xa0", " "), " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.02, "2\xa0%"),
        (0.08, "8\xa0%"),
        (0.095, "a tenth"),
        (0.12, "over a tenth"),
        (0.2, "a fifth"),
        (0.3, "nearly a third"),
        (0.3986, "two fifths"),
        (0.46, "nearly half"),
        (0.53, "over half"),
        (0.98, "nearly all"),
        (1.0, "all"),
    ],
)
def test_a_share_in_round_words(share, words):
    assert prose.part(share) == words


def test_what_each_brought_took_and_left(book, settings):
    """Acme 600 in 6 h, at 50 an hour: 100 an hour, and 600 − 300 = 300 left. Bell 200 in 5 h: 40 an hour,
    and 200 − 250 = −50 left. With Cole no time is recorded. Dunn paid 70 before, and took an hour.

    # Business
    Setting      Value
    Currency     GBP
    Hourly rate  50

    # Touchpoints
    Date        Client  Activity  Minutes
    2026-01-05  Acme    Meeting   360
    2026-01-05  Bell    Meeting   300
    2025-01-05  Dunn    Meeting   60

    # Sales
    Date        Client  Amount
    2026-01-05  Acme    600
    2026-01-05  Bell    200
    2026-01-05  Cole    10
    2025-01-05  Dunn    70
    """
    text, html = read(book, settings)
    assert "| Client | Sales | Time | An hour earned | Left of all time |" in text
    assert "| [Acme](clients/acme.md) | £600 | 6 h | £100 | £300 |" in text
    assert "| [Bell](clients/bell.md) | £200 | 5 h | **£40** | −£50 |" in text
    assert "| [Cole](clients/cole.md) | £10 |  |  | £10 |" in text
    assert "1 without sales in the last 12 months:" in text
    assert "| [Dunn](clients/dunn.md) | £70 | £20 |" in text
    for said in (
        "All of the year’s £810 came from three clients, three quarters from the largest; an hour with "
        "one earned under £50.",
        "An hour with Bell (£40) earned less than your rate of £50.",
    ):
        assert said in text
        assert said in html


def test_a_column_of_nothing_is_left_out(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-05  Acme    600
    """
    text, _ = read(book, settings)
    assert "| Client | Sales |\n|---|---:|\n| [Acme](clients/acme.md) | 600 |\n" in text
    assert "without sales in the last" not in text


def many(number):
    """A book of so many clients who paid 100, 99, 98 …, each in an hour."""
    sales = [f"2026-01-05 | Client {at:02} | {100 - at}" for at in range(number)]
    time = [f"2026-01-05 | Client {at:02} | Call | 60" for at in range(number)]
    return "\n".join(
        [
            *("# Business", "Setting | Value", "Hourly rate | 10", ""),
            *("# Sales", "Date | Client | Amount", *sales, ""),
            *("# Touchpoints", "Date | Client | Activity | Minutes", *time),
        ]
    )


def test_ten_stand_alone_and_the_others_in_one_line(book, settings):
    text, html = read(book, settings)
    table = text.partition("## Client by client")[2]
    assert table.index("[Client 09]") < table.index("| 3 others |") < table.index("[Client 10]")
    # 90 + 89 + 88, less 10 for each one's hour.
    assert "| 3 others | 267 | 3 h | 237 |" in table
    assert "the first 10 of 13" in html


test_ten_stand_alone_and_the_others_in_one_line.__doc__ = many(13)


def test_of_twelve_all_stand_alone(book, settings):
    text, html = read(book, settings)
    assert "others" not in text.partition("## Client by client")[2]
    assert "all 12" in html


test_of_twelve_all_stand_alone.__doc__ = many(12)


def test_the_coach_reads_no_amount_in_the_answer(book, settings):
    """An index tells nothing as the year's sales, nor as a rate. An hour with Acme earned 700 ÷ 8.

    # Business
    Setting      Value
    Currency     GBP
    Hourly rate  100

    # Touchpoints
    Date        Client  Activity  Minutes
    2026-01-05  Acme    Meeting   480

    # Sales
    Date        Client  Amount
    2026-01-05  Acme    700
    2026-01-11  Bell    300
    """
    _, html = read(book, settings, "coach")
    said = "All of the year’s sales came from two clients, over two thirds from the larger; an hour with"
    assert f"{said} one earned under your rate." in html


@pytest.mark.parametrize(
    ("sales", "words"),
    [
        ((120, 100), "£100 in the 12 months before: £20 more now"),
        ((80, 100), "£100 in the 12 months before: £20 less now"),
        ((100, 100), "as in the 12 months before"),
    ],
)
def test_which_way_sales_went(sales, words):
    now, before = sales
    by = f"£{abs(now - before)}" if now != before else ""
    assert prose.against_last_year(now > before, by, f"£{before}") == words


@pytest.mark.parametrize(
    ("number", "total", "late", "words"),
    [
        (1, "£5", "", "£5 is open in one invoice; none of it is late."),
        (1, "£5", "£5", "£5 is open in one invoice; all of it is late."),
        (3, "£5", "£2", "£5 is open in three invoices; £2 is late."),
    ],
)
def test_how_much_is_open(number, total, late, words):
    assert prose.open_invoices(number, total, late) == words
