"""The page of the letter: its cards, its lists, and what each reader is given of it."""

import gzip
import re
from datetime import date, timedelta

import pytest

from reportgen.editions.redact import redact
from reportgen.model import Activity, Book, Client, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.site.files import pages

AS_OF = date(2026, 6, 30)


def page(book, settings, edition="owner", path="index.html"):
    report = make_report(*redact(book, settings, edition, "a secret"), AS_OF)
    (found,) = [one for one in pages(report) if one.path == path]
    return found.render()


def read(html):
    """The text, with single spaces."""
    main = re.split("<main[^>]*>", html)[-1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def cards(html):
    return [read(part) for part in html.split('<article class="card">')[1:]]


TWO = """
    # Business
    Setting | Value
    Owner | Ivy Lane
    Currency | GBP

    # Clients
    Client | Contact | Email | Preferred channel
    Acme   | Ann Ash | ann@acme.example | Email
    Bell   |         |                  |

    # Touchpoints
    Date       | Client | Activity | Promise | Promised for
    2026-06-20 | Acme   | Call     | a quote | 2026-06-24
    2026-03-20 | Bell   | Call     |         |
    2026-06-29 | Cole   | Call     |         |

    # Sales
    Date       | Client | Amount | Due on     | Invoice
    2026-02-01 | Acme   | 1200   | 2026-06-10 | A1
    2026-02-02 | Bell   | 300    | 2026-07-10 | B1
    2024-02-02 | Dunn   | 300    |            |
"""


def test_a_card_says_to_whom_why_what_and_how_long(book, settings):
    found = cards(page(book, settings))
    assert len(found) == 2
    acme, bell = found
    assert acme.startswith(
        "Acme Ann Ash £1,200 in the year; something promised for 24 June is late, "
        "and an invoice was due on 10 June. "
    )
    assert "min · prefers e-mail" in acme
    assert bell.startswith("Bell £300 in the year; silent since 20 March. ")
    assert "prefers" not in bell
    assert "mailto:ann@acme.example" in page(book, settings)


test_a_card_says_to_whom_why_what_and_how_long.__doc__ = TWO


def test_a_card_shows_no_number_of_a_question_without_the_question(book, settings):
    """
    # Touchpoints
    Date       | Client | Activity
    2026-06-05 | Acme   | Call

    # Sales
    Date       | Client | Amount
    2026-06-12 | Acme   | 1200
    """
    (acme,) = cards(page(book, settings))
    assert acme.startswith("Acme 1,200 in the year; send the short survey. May I ask you three")
    assert "reply; it takes two minutes. E-mail" in acme


def test_money_owed_the_longest_overdue_first(book, settings):
    text = read(page(book, settings))
    assert "Money owed: £1,500 Acme £1,200, 20 days late Bell £300, due on 10 July 2026" in text


test_money_owed_the_longest_overdue_first.__doc__ = TWO


def test_who_has_lapsed_stands_apart_with_the_last_contact(book, settings):
    text = read(page(book, settings))
    assert "One lapsed Dunn last contact 2 Feb 2024" in text


test_who_has_lapsed_stands_apart_with_the_last_contact.__doc__ = TWO


def test_the_coach_reads_it_without_messages_and_names(book, settings):
    html = page(book, settings, "coach")
    first, _ = cards(html)
    assert re.match(r"Client \d{4} \d+ in the year; something promised for 24 June is late", first)
    for word in ("Ivy", "Ann", "Acme", "mailto", "£", "The whole message", "data-done-count"):
        assert word not in html, word


test_the_coach_reads_it_without_messages_and_names.__doc__ = TWO


def test_the_accountant_reads_of_money_alone(book, settings):
    html = page(book, settings, "accountant")
    text = read(html)
    assert "Money owed: £1,500" in text
    for word in ("This week", "silence", "Went well", "promise", "Above the line"):
        assert word not in text, word


test_the_accountant_reads_of_money_alone.__doc__ = TWO


def test_markdown_says_the_same(book, settings):
    text = page(book, settings, path="markdown/README.md")
    assert "# Two messages this week reach clients who brought all of the year’s £1,500." in text
    assert (
        "Ivy, June was a month of new beginnings: Cole is new, and Acme is back above the red line."
        in text
    )
    assert "| Above the line | **2** of 3 running |" in text
    assert "### [Acme](clients/acme.md), Ann Ash" in text
    assert "- [Acme](clients/acme.md) £1,200, 20 days late" in text


test_markdown_says_the_same.__doc__ = TWO


def test_of_names_alone_there_is_nothing_to_draw(book, settings):
    """
    # Clients
    Client | Email
    Acme   | ann@acme.example
    Bell   |
    """
    html = page(book, settings)
    assert "Two names wait for a first contact" in html
    for words in ("Everyone on one calendar", "This week", "no contact yet", 'class="count"'):
        assert words not in html, words
    assert "Everyone on one calendar" not in page(book, settings, path="markdown/README.md")


def test_what_went_well_stands_beside_what_slipped(book, settings):
    """
    Acme fell below its line of 60 days on 1 June; Bell came back above it in June.

    Date       | Client | Activity
    2026-04-01 | Acme   | Call
    2026-02-01 | Bell   | Call
    2026-06-20 | Bell   | Call
    """
    text = read(page(book, settings))
    assert "Went well Bell is back above the red line" in text
    assert "Slipped Acme slipped below the red line" in text


def test_of_a_long_list_five_stand_open(book, settings):
    """
    Date       | Client | Activity
    2026-06-20 | Acme   | Call
    2026-06-20 | Bell   | Call
    2026-06-20 | Cole   | Call
    2026-06-20 | Dunn   | Call
    2026-06-20 | Egan   | Call
    2026-06-20 | Finn   | Call
    2026-06-20 | Gill   | Call
    """
    well = page(book, settings).split("<h2>Went well</h2>")[1].split("</section>")[0]
    opened, folded = well.split("<details>")
    assert (opened.count("<li>"), folded.count("<li>")) == (5, 2)
    assert "<summary>2 more</summary>" in folded


@pytest.mark.parametrize("clients", [200, 2000])
def test_the_letter_stays_small(clients):
    """Under 40 KB as it is sent; every tenth is silent."""
    call = Activity("Call", "relationship building", "high", connects=True)
    names = [f"Client {n:04}" for n in range(clients)]
    touched = [
        Touchpoint(
            AS_OF - timedelta(days=n % 50 + (80 if n % 10 == 0 and back == 0 else 0) + back),
            name,
            call,
            Row("Touchpoints", n + 2),
            minutes=20,
            minutes_recorded="recorded",
        )
        for n, name in enumerate(names)
        for back in range(0, 300, 30)
        if n % 10 or back == 0
    ]
    rows = relationships([Client(name) for name in names], touched, [])
    html = page(Book(relationships=rows, source=Source("a.xlsx", "0" * 64)), Settings())
    assert len(gzip.compress(html.encode(), mtime=0)) < 40_000
    assert html.count('<tr>\n<th scope="row">') <= 60


def test_the_next_letter_comes_at_the_end_of_the_month(book, settings):
    """
    Date       | Client | Activity
    2026-06-10 | Acme   | Call
    """
    report = make_report(book, settings, date(2026, 6, 12))
    (found,) = [one for one in pages(report) if one.path == "index.html"]
    assert "Next letter: 30 June." in found.render()
    assert "Next letter: 31 July." in page(book, settings)
