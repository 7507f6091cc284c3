"""Would the plan have caught them? The plan of 30 April against who has bought nothing until 31 October."""

from datetime import date

import pytest

from reportgen.report.findings import findings
from reportgen.report.plan.replay import replay

THEN, NOW = date(2026, 4, 30), date(2026, 10, 31)


def outcome(book, settings, **changed):
    settings = settings.layered(changed, {})
    now = {seen.name: seen for seen in findings(book, settings, NOW).everyone}
    return replay(findings(book, settings, THEN), now, settings)


def test_the_sales_that_stood_in_the_plan(book, settings):
    """
    On 30 April everybody is running: the red line is 60 days, lapsed after 240. A to E have bought nothing
    since; F has bought again. G never bought, so nothing of G's could be lost.

    Sales of the 12 months to 30 April: A 500, B 250, C 150, D 60, E 40: 1,000 in all; F 800.
    A, B, C, E and F were silent for more than 60 days then, so each was due; D was not: 40 days. But D had
    bought in the 60 days before, and so was due for a survey. A plan of three by what is at stake: F, A, B.
    They had 500 + 250 of the 1,000.

    Silent since, on 30 April: C 150 days, E 120, F 110, B 100, A 90, D 40. The three most overdue are C, E
    and F: 150 + 40 of the 1,000. By lot three of seven would have had 3 ÷ 7.

    # Sales
    Date        Client  Amount
    2026-01-30  A       500
    2026-01-20  B       250
    2025-12-01  C       150
    2026-03-21  D       60
    2025-12-31  E       40
    2026-01-10  F       800
    2026-06-01  F       10

    # Touchpoints
    Date        Client  Activity
    2026-04-20  G       Call
    """
    found = outcome(book, settings, plan_clients=3)
    assert found.left == ("A", "B", "C", "D", "E")
    assert found.clients == ("A", "B")
    assert (found.planned, found.sales) == (3, 1000)
    assert found.caught == pytest.approx(0.75)
    assert found.by_overdue == pytest.approx(0.19)
    assert found.by_chance == pytest.approx(3 / 7)


def test_of_fewer_than_five_nothing_is_told(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-30  A       500
    2026-01-20  B       250
    2025-12-01  C       150
    2026-03-21  D       60
    """
    found = outcome(book, settings)
    assert len(found.left) == 4
    assert (found.caught, found.by_overdue, found.by_chance) == (None, None, None)


def test_of_five_who_brought_nothing_in_the_year_no_share_is_told(book, settings):
    """
    The 12 months to 30 April 2026 begin on 1 May 2025; all five bought the day before, and were rung since.

    # Sales
    Date        Client  Amount
    2025-04-30  A       500
    2025-04-30  B       250
    2025-04-30  C       150
    2025-04-30  D       60
    2025-04-30  E       40

    # Touchpoints
    Date        Client  Activity
    2026-04-01  A       Call
    2026-04-01  B       Call
    2026-04-01  C       Call
    2026-04-01  D       Call
    2026-04-01  E       Call
    """
    found = outcome(book, settings)
    assert (found.left, found.sales) == (("A", "B", "C", "D", "E"), 0)
    assert (found.caught, found.by_overdue, found.by_chance) == (None, None, None)


def test_who_pays_by_the_month_leaves_when_the_term_ends(book, settings):
    """
    Five subscribers with a payment a month; Stays pays on until October, so the term has not ended.
    Over had stopped in January, before the plan: nobody could have caught that.

    # Sales
    Date        Client  Amount  From        To
    2025-11-01  A       60      2025-11-01  2026-04-30
    2025-11-01  B       60      2025-11-01  2026-05-31
    2025-11-01  C       60      2025-11-01  2026-06-30
    2025-11-01  D       60      2025-11-01  2026-07-31
    2025-11-01  E       60      2025-11-01  2026-07-31
    2025-11-01  Stays   60      2025-11-01  2026-10-31
    2025-11-01  Over    60      2025-11-01  2026-01-31

    # Business
    Setting         Value
    Business model  subscription
    """
    found = outcome(book, settings)
    assert found.left == ("A", "B", "C", "D", "E")
    assert found.sales == 300
    assert found.caught is not None
