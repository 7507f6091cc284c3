"""Pages, Markdown and explain speak from the settings: none of our defaults is left in their words."""

import re
from datetime import date, time
from decimal import Decimal

import pytest

from reportgen.figures.explain import explain
from reportgen.report.report import make_report
from reportgen.settings.labels import setting_value
from reportgen.settings.settings import Settings
from reportgen.site.files import pages

CHANGED = {
    "overdue_after_gaps": 2.5,
    "quiet_after_gaps": 4.0,
    "good_score": 0.8,
    "high_trust": 61.0,
    "wow_from_days": 71,
    "wow_until_days": 372,
    "wow_again_days": 193,
    "referral_again_days": 194,
    "testimonial_again_days": 195,
    "survey_within_days": 66,
    "survey_again_days": 196,
    "greeting_days": 37,
    "second_reminder_days": 17,
    "third_reminder_days": 38,
}
AS_OF = date(2026, 6, 30)


def read(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\xa0", " ").split())


@pytest.fixture
def report(book, settings):
    """The report on the docstring's book with every one of these settings changed."""
    return make_report(book, settings.layered(CHANGED, dict.fromkeys(CHANGED, "mine")), AS_OF)


@pytest.fixture
def said(report):
    """Path → what is read there."""
    wanted = ("retention", "method")
    paths = {f"{name}.html" for name in wanted} | {f"markdown/{name}.md" for name in wanted}
    return {page.path: read(page.render()) for page in pages(report) if page.path in paths}


def test_the_rules_are_told_with_what_is_set(said):
    """
    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-02-01  Acme    100
    2026-03-01  Acme    100
    """
    for page in ("method.html", "markdown/method.md"):
        text = said[page]
        assert "last purchase 71 to 372 days ago; none in 193 days" in text
        assert "a score of eight tenths or more, advice asked, or Trust of 61 or more" in text
        assert "not asked in 194 days" in text
        assert "the last score eight tenths or more; none given; not asked in 195 days" in text
        assert "in the last 66 days; none in 196" in text
        assert "in the 37 days after 30 June 2026" in text
        assert re.search(r"above 2\.5\W+overdue\W+above 4\W+quiet", text)
    assert "Overdue is above 2.5 times a client’s own usual gap" in said["retention.html"]
    assert "quiet above four times" in said["retention.html"]


def test_explain_has_the_rule_and_where_each_threshold_came_from(report):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    text = read(explain(report, "Acme", "opportunities"))
    assert "last bought 71 to 372 days ago, no surprise in 193 days" in text
    assert "a score of 80 %, advice asked or Trust of 61, not asked in 194 days" in text
    assert "Wow from (days) 71, from mine" in text
    assert "Greetings ahead (days) 37, from mine" in text
    text = read(explain(report, "Acme", "rhythm_ratio"))
    assert "above 2.5 overdue, above 4 quiet" in text
    assert "Overdue after (usual gaps) 2.5, from mine" in text
    text = read(explain(report, "Acme", "actions"))
    assert "late for more than 17 days the second reminder, for more than 38 the third" in text


def test_every_changed_setting_is_in_the_list_with_its_value(said):
    """
    # Sales
    Date        Client  Amount
    2026-03-01  Acme    100
    """
    assert "Good score from 80 % mine" in said["method.html"]
    assert "Third reminder after (days) 38 mine" in said["method.html"]
    assert "| Quiet after (usual gaps) | 4 | mine |" in said["markdown/method.md"]


@pytest.mark.parametrize(
    ("name", "value", "currency", "shown"),
    [
        ("owner", "", None, "(not set)"),
        ("hourly_rate", None, "GBP", "(not set)"),
        ("preferred_channels", (), None, "(not set)"),
        ("preferred_channels", ("Email", "Phone"), None, "Email, Phone"),
        ("working_days", frozenset({4, 0}), None, "Mon, Fri"),
        ("opens", time(8, 5), None, "08:05"),
        ("hourly_rate", Decimal(65), "GBP", "£65"),
        ("hourly_rate", Decimal("65.5"), "GBP", "£65.50"),
        ("hourly_rate", Decimal("0.0042"), None, "0.0042"),
        ("hourly_rate", Decimal(1200), None, "1,200"),
        ("gross_margin", 0.25, None, "25\u00a0%"),
        ("health_healthy", 70.0, None, "70"),
        ("complaint_days", 14, None, "14"),
    ],
)
def test_a_setting_in_words(name, value, currency, shown):
    assert setting_value(name, Settings(**{name: value, "currency": currency})) == shown
