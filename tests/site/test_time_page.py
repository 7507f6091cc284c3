"""The page on time: what stands there of the hours of a week, the ways to be in touch, and the key moments.

She works 40 hours a week. The day is 30 June 2026.
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
        if page.path == "markdown/touchpoints.md"
    ]
    return found.replace("\u00a0", " ")


def test_the_hours_of_a_week(text):
    """
    The book begins in April: three months of 4.348 weeks. 1,304 minutes are 100 a week, 4 % of 2,400; 261
    of invoices are 20. A month ago there were two months, 8.696 weeks, and 87 minutes: 10 a week.
    Half of 261 minutes in a year are 2 h 10 min.

    Date        Client  Activity  Minutes
    2026-04-01  Acme    Call      1043
    2026-04-02  Acme    Invoice   87
    2026-06-02  Acme    Invoice   174
    """
    assert "| Time with clients | 1 h 40 min | a week, 4 % of your 40 h |" in text
    assert (
        "| Administration | 20 min | a week, 20 % of it · Worse by 10 min than last month |" in text
    )
    assert "| Templates would save | 2 min | a week, 2 h 10 min a year |" in text


def test_the_ways_to_be_in_touch(text):
    """
    A survey stood in the year before; Bell has lapsed, so there are two running clients.

    Date        Client  Activity
    2025-06-02  Acme    Survey
    2026-06-02  Acme    Call
    2026-06-03  Cole    Call
    2026-06-04  Acme    Email
    2025-10-01  Bell    Call
    """
    assert (
        "Two of the eleven ways to be in touch, the most used first in the last 12 months." in text
    )
    assert (
        "| Relationship building | talking, meeting, a kind word | 3 | 2 of 2 | "
        "rows 3–4 and 6 of Touchpoints |" in text
    )
    assert "| Messages | what you write to them | 1 | 1 of 2 | row 5 of Touchpoints |" in text
    assert "Not in the last 12 months: feedback (asking how it was)." in text
    assert "Never used: insight (learning their market, plans and goals), loyalty (" in text


def test_the_key_moments_of_running_customers(text):
    """
    Bell has lapsed. Of Acme and Cole, Acme alone had an onboarding; nobody had a review.

    Date        Client  Activity
    2026-06-02  Acme    Onboarding
    2026-06-02  Acme    Discovery call
    2026-06-03  Cole    Discovery call
    2025-06-03  Bell    Onboarding

    # Sales
    Date        Client  Amount
    2026-06-02  Acme    100
    2026-06-03  Cole    100
    2025-06-03  Bell    100
    """
    moments = text.split("## Key moments")[1]
    assert "- **Diagnostic**: Both running customers had it\n" in moments
    assert (
        "- **Onboarding**: One of 2 running customers had it; it is missing with [Cole](clients/cole.md)"
        in moments
    )
    assert (
        "- **Review**: Nobody ever had one: write a touchpoint with the activity review" in moments
    )
