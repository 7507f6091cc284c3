"""What changed for each client since the end of the month before (SPEC 9).

The red line is 10 days where a test says nothing else: below it from the 11th day of silence, lapsed from
the 41st. The report is as of 30 June 2026, so what is compared with is 31 May.
"""

from datetime import date

from reportgen.report.changes import changes
from reportgen.report.findings import findings


def since(book, settings, as_of="2026-06-30", before="2026-05-31"):
    owner = settings if settings.red_line_days else settings.layered({"red_line_days": 10}, {})
    return changes(
        findings(book, owner, date.fromisoformat(before)),
        findings(book, owner, date.fromisoformat(as_of)),
    )


def said(book, settings, **days):
    return [(one.client, one.words, one.direction) for one in since(book, settings, **days)]


def test_slipped_below_and_back_above(book, settings):
    """
    On 31 May Acme and Bell had been silent for 10 and 11 days, on 30 June Acme and Bell for 11 and 10.
    Cole was below on both days, Dunn on neither.

    Date        Client  Activity
    2026-05-21  Acme    Call
    2026-06-19  Acme    Call
    2026-05-20  Bell    Call
    2026-06-20  Bell    Call
    2026-05-20  Cole    Call
    2026-06-19  Cole    Call
    2026-05-21  Dunn    Call
    2026-06-20  Dunn    Call
    """
    found = since(book, settings)
    assert [(c.client, c.words, c.direction) for c in found] == [
        ("Acme", "slipped below the red line", "worse"),
        ("Bell", "is back above the red line", "better"),
    ]
    assert [(c.figure, c.before, c.after) for c in found] == [
        ("below_red_line", False, True),
        ("below_red_line", True, False),
    ]


def test_lapsed_and_won_back(book, settings):
    """
    On 30 June Acme has been silent for 41 days: lapsed, and nothing is said of the red line. Bell, for 40
    days, only slipped. Cole had lapsed by 31 May, and was won back on 5 June after 65 days of silence.

    Date        Client  Activity
    2026-05-20  Acme    Call
    2026-05-21  Bell    Call
    2026-04-01  Cole    Call
    2026-06-05  Cole    Call
    2026-06-25  Cole    Call

    # Clients
    Client  Red line (days)
    Acme    10
    Bell    11
    """
    assert said(book, settings) == [
        ("Acme", "lapsed", "worse"),
        ("Bell", "slipped below the red line", "worse"),
        ("Cole", "was won back after 65 days of silence", "better"),
    ]


def test_won_back_even_when_silent_again(book, settings):
    """
    Date        Client  Activity
    2026-04-01  Acme    Call
    2026-06-05  Acme    Call
    """
    assert said(book, settings) == [("Acme", "was won back after 65 days of silence", "better")]


def test_the_end_is_said_once(book, settings):
    """
    Acme ended in June. Bell ended on 31 May, which is not news. Cole had lapsed before it ended.

    Date        Client  Activity
    2026-05-31  Acme    Call
    2026-05-31  Bell    Call
    2026-01-01  Cole    Call

    # Clients
    Client  Ended on
    Acme    2026-06-01
    Bell    2026-05-31
    Cole    2026-06-30
    """
    assert said(book, settings) == [
        ("Acme", "ended the relationship", "worse"),
        ("Cole", "ended the relationship", "worse"),
    ]


def test_first_and_second_purchases_and_those_long_overdue(book, settings):
    """
    Cole bought each ten days up to 21 April: on 31 May, after 40 days, four times that, and bought on 6
    June after 46. Dunn's next purchase came in time, and is no news. Ewer's second day came in May. Fox,
    at exactly twice the usual gap on 31 May, was not overdue.

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    2026-05-31  Bell    100
    2026-06-01  Bell    100
    2026-04-01  Cole    100
    2026-04-11  Cole    100
    2026-04-21  Cole    100
    2026-06-06  Cole    100
    2026-05-10  Dunn    100
    2026-05-20  Dunn    100
    2026-05-30  Dunn    100
    2026-06-09  Dunn    100
    2026-05-30  Ewer    100
    2026-05-31  Ewer    100
    2026-04-21  Fox     100
    2026-05-01  Fox     100
    2026-05-11  Fox     100
    2026-06-01  Fox     100

    # Touchpoints
    Date        Client  Activity
    2026-05-31  Acme    Call

    # Business
    Red line (days)  60
    """
    found = since(book, settings)
    assert [(c.client, c.words, c.before, c.after) for c in found] == [
        ("Cole", "bought again after 46 days", 3, 4),
        ("Bell", "bought a second time", 1, 2),
        ("Acme", "bought for the first time", 0, 1),
    ]
    assert {c.direction for c in found} == {"better"}
    assert {c.figure for c in found} == {"purchases"}


def test_a_new_client_is_one_change(book, settings):
    """
    Acme's first contact is on 1 June, Bell's purchase too; Cole's first contact is on 31 May, Dunn's is
    planned.

    Date        Client  Activity
    2026-06-01  Acme    Call
    2026-06-25  Acme    Call
    2026-05-31  Cole    Call
    2026-06-25  Cole    Call
    2026-07-01  Dunn    Call

    # Sales
    Date        Client  Amount
    2026-06-25  Bell    100
    """
    assert said(book, settings) == [
        ("Bell", "is new: in touch since 25 June 2026 and has bought already", "better"),
        ("Acme", "is new: in touch since 1 June 2026", "better"),
    ]


def test_moved_to_commitment_and_fell_back(book, settings):
    """
    Acme's first of four purchases is 365 days old on 15 June 2026. Bell's is older; with a red line of
    40 days Bell's day 41 of silence comes on 1 June, and on 30 June the share of W below the line is:
    1 April to 21 May is 50 days (9 below), 21 May to 30 June none; before that, 1 July 2025 to 31
    December 2025 is 183 days, of which those from 11 August on are below: 143 of 365 and more than a
    quarter on both days, so Bell has never been committed.

    # Sales
    Date        Client  Amount
    2025-06-15  Acme    100
    2025-06-16  Acme    100
    2026-01-01  Acme    100
    2026-05-01  Acme    100
    2025-01-01  Bell    100
    2025-07-01  Bell    100
    2026-01-01  Bell    100
    2026-04-01  Bell    100
    2030-01-01  Acme    100
    2030-01-01  Bell    100

    # Touchpoints
    Date        Client  Activity
    2026-05-21  Bell    Call

    # Business
    Red line (days)  365

    # Clients
    Client  Red line (days)
    Bell    40
    """
    found = since(book, settings)
    assert [(c.client, c.words, c.before, c.after) for c in found] == [
        ("Acme", "moved to commitment", "continuation", "commitment"),
    ]
    assert found[0].figure == "relationship"


def test_fell_back_when_a_year_of_silence_outweighs(book, settings):
    """
    Red line 100. Four purchases, the last on 1 December 2025: below from 12 March 2026 on. A quarter of
    a year of 365 days is 91.25. On 31 May there are 81 days below in W, on 30 June 111: no longer
    committed. She slipped in March, which is not news.

    # Sales
    Date        Client  Amount
    2025-01-01  Acme    100
    2025-03-01  Acme    100
    2025-08-01  Acme    100
    2025-11-01  Acme    100
    2025-12-01  Acme    100
    2030-01-01  Acme    100

    # Touchpoints
    Date        Client  Activity
    2025-06-01  Acme    Call

    # Business
    Red line (days)  100
    """
    (change,) = since(book, settings)
    assert change.words == "fell back to continuation"
    assert (change.before, change.after) == ("commitment", "continuation")
    assert change.direction == "worse"


def test_the_worse_first_then_by_sales_then_by_name(book, settings):
    """
    On 30 June Acme, bell, Cole have slipped; Dunn and Ewer are back.

    Date        Client  Activity
    2026-05-30  Acme    Call
    2026-05-30  bell    Call
    2026-05-30  Cole    Call
    2026-05-01  Dunn    Call
    2026-06-30  Dunn    Call
    2026-05-01  Ewer    Call
    2026-06-30  Ewer    Call

    # Sales
    Date        Client  Amount
    2026-01-01  Cole    500
    2026-01-01  Ewer    900
    2025-06-30  Acme    9999
    """
    assert [one.client for one in since(book, settings)] == ["Cole", "Acme", "bell", "Ewer", "Dunn"]


def test_nothing_changed(book, settings):
    """
    Date        Client  Activity
    2026-05-30  Acme    Call
    2026-06-29  Acme    Call
    """
    assert since(book, settings) == ()
