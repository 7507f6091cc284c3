"""The page of the matrix: figures and spells of the running clients, the others apart.

The red line is 10 days, whoever is silent for more than 40 has lapsed, and the day is 30 June 2026.
"""

from datetime import date

import pytest

from reportgen.report.report import make_report
from reportgen.site.files import pages

AS_OF = date(2026, 6, 30)


@pytest.fixture
def text(book, settings):
    """The page in Markdown, of the docstring's book."""
    settings = settings.layered({"red_line_days": 10}, {})
    (found,) = [
        page.render()
        for page in pages(make_report(book, settings, AS_OF))
        if page.path == "markdown/matrix.md"
    ]
    return found.replace("\u00a0", " ")


def test_spells_are_of_the_running_and_the_open_ones_come_first(text):
    """
    Acme: 25 May to 24 June are 30 days, of which 19 are below. Bell: silent since 15 June, 5 days below
    and still so. Cole has lapsed.

    Date        Client  Activity
    2026-05-25  Acme    Call
    2026-06-24  Acme    Call
    2026-06-15  Bell    Call
    2026-03-02  Cole    Call
    """
    spells = text.split("## Where you went silent")[1].split("## One has lapsed")[0]
    assert "2 spells of the last year, of two of 2 running clients" in spells
    rows = [row.split(" | ")[:3] for row in spells.splitlines() if row.startswith("| [")]
    assert rows == [
        ["| [Bell](clients/bell.md)", "since 26 Jun 2026", "**5**"],
        ["| [Acme](clients/acme.md)", "5 Jun 2026 to 23 Jun 2026", "19"],
    ]
    apart = text.split("## One has lapsed")[1]
    # From 2 March to 30 June are 121 days; silence is 120, of which 110 are beyond 10.
    assert "| [Cole](clients/cole.md) | 120 days, lapsed | 110, 91 % |" in apart


def test_figures_are_of_the_running(text):
    """
    Both are below the line on 30 June; a month ago Acme was known alone, and above it. Acme has 37 days
    since 25 May, 26 of them below; Bell 21 since 10 June, 10 below: 36 of 58. Cole has lapsed.

    Date        Client  Activity
    2026-05-25  Acme    Call
    2026-06-10  Bell    Call
    2026-03-02  Cole    Call
    """
    assert "Counted: your 2 running clients." in text
    assert (
        "| Below the line now | 2 | of 2 running clients · Worse by two than last month |" in text
    )
    assert "| Days below the line | 62 % | of all days with them in the last 12 months · " in text


def test_a_spell_of_longer_ago_is_history(text):
    """
    119 days between January and May 2025 are 58 too long; since then it was never more than 60.

    Date        Client  Activity
    2025-01-06  Acme    Call
    2025-05-05  Acme    Call
    2025-07-01  Acme    Call
    2025-08-28  Acme    Call
    2025-10-25  Acme    Call
    2025-12-20  Acme    Call
    2026-02-15  Acme    Call
    2026-04-12  Acme    Call
    2026-06-08  Acme    Call

    # Clients
    Client  Red line (days)
    Acme    60
    """
    spells = text.split("## Where you went silent")[1]
    assert "One spell of longer ago is history" in spells
    assert "| [Acme]" not in spells
