"""The Method page: its prose, section by section, for those who have what it is about."""

import re
from datetime import date

import pytest

from reportgen.editions.redact import redact
from reportgen.report.report import make_report
from reportgen.site.files import pages
from reportgen.site.pages.method import unwrapped


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("One sentence that\ngoes on.\n", "One sentence that goes on.\n"),
        ("One.\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("## Money\n\nSales count\non their date.", "## Money\n\nSales count on their date."),
        ("- one that\n  goes on\n- two\n", "- one that goes on\n- two\n"),
        ("- one that\n  *goes* on\n", "- one that *goes* on\n"),
        (
            "| A | B |\n|---|---|\n| a | b that\n  goes on |\n",
            "| A | B |\n|---|---|\n| a | b that goes on |\n",
        ),
    ],
)
def test_what_is_written_on_several_lines_is_shown_on_one(written, shown):
    assert unwrapped(written) == shown


SHARED = [
    *("How to read this report", "Red line", "Effort and phases"),
    *("Retention", "Money", "Small numbers", "Glossary", "Every figure by its key"),
    "Settings in force",
]
WITH_PAGES = [
    *("How to read this report", "Red line", "Effort and phases", "Stages", "Retention"),
    *("What works", "Money", "Where clients come from", "Health"),
    *("Trust", "Boundaries", "Touchpoints and time", "Opportunities", "Actions"),
    *("Small numbers", "Glossary", "Every figure by its key", "Settings in force"),
]


def method(book, settings, edition):
    report = make_report(*redact(book, settings, edition, None), date(2026, 6, 30))
    (file,) = [file for file in pages(report) if file.path == "method.html"]
    return file.render()


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        ("owner", ["What is n/a, and why", *WITH_PAGES]),
        ("coach", WITH_PAGES),
        ("accountant", [*SHARED[:3], "Purchases", *SHARED[3:]]),
    ],
)
def test_a_section_is_told_to_those_who_have_what_it_is_about(book, settings, edition, expected):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    page = method(book, settings, edition)
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", page) == expected


@pytest.mark.parametrize(("edition", "told"), [("owner", True), ("accountant", False)])
def test_a_word_of_the_glossary_too(book, settings, edition, told):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    page = method(book, settings, edition)
    words = re.findall(r'<tr><th scope="row" id="word-[a-z-]+">([^<]+)</th>', page)
    assert "Rhythm" in words
    for word in ("Boundary load", "AUC", "Health"):
        assert (word in words) == told


def test_the_words_of_the_field_stand_beside_those_of_the_pages(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    page = method(book, settings, "owner")
    rows = {word: field for word, _, field in rows_of(page, "words")}
    assert rows["Kept of last year’s sales"] == "GRR"
    assert rows["Client"] == ""


def test_each_figure_and_each_word_has_a_place_of_its_own(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    ids = re.findall(r' id="([^"]+)"', method(book, settings, "owner"))
    assert len(ids) == len(set(ids))
    assert {
        "red-line",
        "glossary",
        "every-figure-by-its-key",
        "settings",
        "figure-client-silence_days",
    } <= set(ids)


def rows_of(page, table):
    """The texts of each row of a table's body."""
    body = re.search(rf'<table id="{table}".*?<tbody>(.*?)</tbody>', page, re.DOTALL)[1]
    cells = (
        re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")
    )
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells if row]


def test_what_is_not_known_says_of_how_many_running_clients_and_why(book, settings):
    """Acme alone has three purchases, and nobody a potential. Cole has lapsed: silent since 2024.

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    2026-04-01  Acme    100
    2026-05-01  Acme    100
    2026-06-01  Bell    100
    2024-03-01  Cole    100
    """
    page = method(book, settings, "owner")
    assert "For how many of the 2 running clients" in page
    found = {name: rest for name, *rest in rows_of(page, "not-known")}
    potential = "Record what they could spend in Potential per year (Clients)."
    assert found["Share of what they could spend"] == ["2", potential]
    assert found["Own rhythm · Next purchase"] == ["1", "Record three purchases or more (Sales)."]
    numbers = [int(number) for number, _ in found.values()]
    assert numbers == sorted(numbers, reverse=True)


def test_what_the_owner_has_set_stands_before_our_defaults(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    set_here = settings.layered({"wow_from_days": 40}, {"wow_from_days": "reportgen.toml"})
    first, second, *others = rows_of(method(book, set_here, "owner"), "settings-table")
    assert first[:3] == ["Wow from (days)", "40", "reportgen.toml"]
    assert {origin for _, _, origin, _ in (second, *others)} == {"our default"}


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        (
            "owner",
            "2 touchpoints and 1 sale count, 1 row does not; each figure has its rule and its rows, "
            "and n/a says what to record.",
        ),
        ("accountant", "2 touchpoints and 1 sale count, and each figure has its rule."),
    ],
)
def test_the_answer_counts_what_counts(book, settings, edition, said):
    """
    Date        Client  Activity
    2026-03-01  Acme    Call
    2026-03-02  Acme    Call
    soon        Acme    Call

    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    assert f'<p class="answer">{said}</p>' in method(book, settings, edition)


def test_the_answer_where_everything_counts(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    2026-03-02  Acme    100
    """
    assert '<p class="answer">All 2 sales count; ' in method(book, settings, "owner")
