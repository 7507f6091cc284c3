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
        ("owner", WITH_PAGES),
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
    row = r'id="word-kept-of-last-year-s-sales">[^<]+</th><td>[^<]+</td>\s*<td>GRR</td>'
    assert re.search(row, page)


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
