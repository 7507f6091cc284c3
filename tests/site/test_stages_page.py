"""The page of stages: who moved, and what the next stage needs, those together who lack the same.

The day is 30 June 2026, the month before ended on 31 May.
"""

from datetime import date

import pytest

from reportgen.report.report import make_report
from reportgen.site.files import pages

AS_OF = date(2026, 6, 30)


@pytest.fixture
def text(book, settings):
    """The page in Markdown, of the docstring's book."""
    (found,) = [
        page.render()
        for page in pages(make_report(book, settings, AS_OF))
        if page.path == "markdown/lifecycle.md"
    ]
    return found.replace("\u00a0", " ")


def part(text, heading):
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def test_those_who_took_the_same_step_stand_together(text):
    """
    In June Acme and Bell bought first, and Cole a second time; Dunn was silent for four red lines of 10
    days on 11 June. Ewer did nothing.

    Date        Client  Activity
    2026-05-20  Acme    Call
    2026-05-20  Bell    Call
    2026-05-02  Dunn    Call
    2026-06-20  Ewer    Call
    2026-05-20  Ewer    Call

    # Sales
    Date        Client  Amount
    2026-06-20  Acme    100
    2026-06-20  Bell    100
    2026-05-20  Cole    100
    2026-06-20  Cole    100

    # Clients
    Client  Red line (days)
    Dunn    10
    """
    assert part(text, "Since 31 May 2026").split("\n\n")[0].strip().splitlines() == [
        "- Up from courting to contract: [Acme](clients/acme.md), [Bell](clients/bell.md)",
        "- Up from contract to continuation: [Cole](clients/cole.md)",
        "- Lapsed at courting: [Dunn](clients/dunn.md)",
    ]


def test_those_who_lack_the_same_stand_together_with_one_thing_first(text):
    """
    Acme and Bell bought once; of Cole's two purchases the first is 30 days old: two more are needed, a
    year, and a plan.

    # Sales
    Date        Client  Amount
    2026-06-20  Acme    100
    2026-06-21  Bell    300
    2026-05-31  Cole    100
    2026-06-20  Cole    100
    """
    rows = [
        row for row in part(text, "What the next stage needs").splitlines() if "clients/" in row
    ]
    assert rows == [
        "| A purchase on a second day | 2 clients at contract, for continuation | "
        "[Bell](clients/bell.md), [Acme](clients/acme.md) |",
        "| More purchases, time and a plan | 1 client at continuation, for commitment | "
        "[Cole](clients/cole.md) |",
    ]


def test_nobody_moved(text):
    """
    # Sales
    Date        Client  Amount
    2026-05-20  Acme    100
    """
    assert "Nobody moved from one stage to another." in part(text, "Since 31 May 2026")
