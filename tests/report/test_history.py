"""The stages of the last year: today's rules at each month's end (SPEC 3)."""

from datetime import date

import pytest

from reportgen.analyses.lifecycle import LIFECYCLE, RELATIONSHIP
from reportgen.report import history as past
from reportgen.report.findings import findings
from reportgen.report.report import make_report


def history(book, settings, as_of):
    return past.history(findings(book, settings, as_of))


def days(book, settings, as_of):
    return [str(moment.date) for moment in history(book, settings, date.fromisoformat(as_of))]


def test_twelve_month_ends_up_to_a_month_end(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    """
    assert days(book, settings, "2026-06-30") == [
        "2025-07-31",
        "2025-08-31",
        "2025-09-30",
        "2025-10-31",
        "2025-11-30",
        "2025-12-31",
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
    ]


@pytest.mark.parametrize(
    ("as_of", "first", "last", "number"),
    [
        # The 12 month ends of W, then the day itself.
        ("2026-06-15", "2025-06-30", ["2026-05-31", "2026-06-15"], 13),
        # 30 June 2025 lies in W still, as 29 June does not.
        ("2026-06-29", "2025-06-30", ["2026-05-31", "2026-06-29"], 13),
        ("2026-07-01", "2025-07-31", ["2026-06-30", "2026-07-01"], 13),
        # W begins on 1 March 2023.
        ("2024-02-29", "2023-03-31", ["2024-01-31", "2024-02-29"], 12),
        # W begins on 29 February 2024, which is a month's end.
        ("2025-02-28", "2024-02-29", ["2025-01-31", "2025-02-28"], 13),
        ("2026-12-31", "2026-01-31", ["2026-11-30", "2026-12-31"], 12),
    ],
)
def test_where_the_history_begins_and_ends(book, settings, as_of, first, last, number):
    """
    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    """
    found = days(book, settings, as_of)
    assert (found[0], found[-2:], len(found)) == (first, last, number)


def test_a_client_from_first_word_to_lapse(book, settings):
    """
    The red line is 10 days. Acme was written to in September, answered in October, bought in November
    and again on 1 December, and lapsed 41 days later, on 11 January. A third purchase in June won it
    back. Bell is known from April.

    Date        Client  Activity  Direction
    2025-09-15  Acme    Email     out
    2025-10-15  Acme    Email     in
    2026-04-30  Bell    Email     out

    # Sales
    Date        Client  Amount
    2025-11-15  Acme    100
    2025-12-01  Acme    100
    2026-06-15  Acme    100

    # Business
    Red line (days)  10
    """
    moments = history(book, settings, date(2026, 6, 30))
    assert [moment.lifecycle["Acme"] for moment in moments] == [
        *["reach"] * 3,
        "acquisition",
        "conversion",
        *["retention"] * 7,
    ]
    assert [moment.relationship["Acme"] for moment in moments] == [
        *["courting"] * 4,
        "contract",
        *["continuation"] * 7,
    ]
    lapsed = [str(moment.date) for moment in moments if "Acme" in moment.lapsed]
    assert lapsed == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
    assert [sorted(moment.begun) for moment in moments] == [
        *[[]] * 2,
        *[["Acme"]] * 7,
        *[["Acme", "Bell"]] * 3,
    ]


def test_a_client_is_known_by_their_first_day_too(book, settings):
    """
    An invoice sent is no contact day, and yet a row; Bell is a client since May; Cole has no row and no
    day.

    Date        Client  Activity
    2026-03-15  Acme    Invoice

    # Clients
    Client  Client since
    Bell    2026-05-31
    Cole
    """
    begun = {str(m.date): sorted(m.begun) for m in history(book, settings, date(2026, 6, 30))}
    assert begun["2026-02-28"] == []
    assert begun["2026-03-31"] == begun["2026-04-30"] == ["Acme"]
    assert begun["2026-05-31"] == begun["2026-06-30"] == ["Acme", "Bell"]


def test_an_ended_client_is_ended_from_the_month_of_the_end_and_never_lapsed(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-15  Acme    100

    Date        Client  Activity
    2026-04-15  Acme    Call

    # Clients
    Client  Ended on
    Acme    2026-04-30
    """
    moments = history(book, settings, date(2026, 6, 30))
    ended = [str(m.date) for m in moments if m.ended]
    assert ended == ["2026-04-30", "2026-05-31", "2026-06-30"]
    assert not any(m.lapsed for m in moments)
    running = [sum(m.counts(m.lifecycle, LIFECYCLE).values()) for m in moments]
    assert running == [1] * 9 + [0] * 3


@pytest.mark.parametrize("as_of", ["2026-06-30", "2026-06-15", "2026-02-28"])
def test_each_month_is_what_the_findings_of_its_end_say(book, settings, as_of):
    """
    Some of everything: loyal and below the line, lapsed, ended, refunded, planned, never in contact.

    # Sales
    Date        Client  Amount  From        To
    2024-11-01  Acme    100
    2025-08-31  Acme    100
    2026-02-28  Acme    100
    2026-05-31  Acme    100
    2025-07-15  Bell    100     2025-07-01  2026-03-31
    2025-12-31  Cole    50
    2025-12-31  Cole    -50
    2026-01-31  Cole    50
    2026-07-10  Dunn    70
    2025-09-01  Ewer    0

    Date        Client  Activity  Direction
    2025-08-01  Dunn    Email     out
    2026-01-05  Dunn    Email     in
    2026-03-05  Ewer    Call

    # Clients
    Client  Ended on
    Ewer    2026-04-15
    Fox
    """
    moments = history(book, settings, date.fromisoformat(as_of))
    assert str(moments[-1].date) == as_of
    for moment in moments:
        found = findings(book, settings, moment.date)
        assert moment.counts(moment.lifecycle, LIFECYCLE) == found.lifecycle_counts
        assert moment.counts(moment.relationship, RELATIONSHIP) == found.relationship_counts
        assert moment.lapsed == {one.name for one in found.clients if one.seen.lapsed}
        assert len(moment.lapsed) == found.counts.lapsed


def test_moves_lead_from_the_month_before_to_today(book, settings):
    """
    Acme bought for the second time in June. 240 days, four red lines, after 20 October 2025 is 17
    June 2026, so that Bell lapsed on the 18th. Cole stayed where it was.

    # Sales
    Date        Client  Amount
    2026-05-01  Acme    100
    2026-06-01  Acme    100
    2026-06-01  Cole    100
    2026-05-01  Cole    100
    2026-04-01  Cole    100

    Date        Client  Activity
    2025-10-20  Bell    Call
    """
    report = make_report(book, settings, date(2026, 6, 30))
    then, today = report.history[-2:]
    assert (then.date, today.date) == (date(2026, 5, 31), date(2026, 6, 30))
    assert report.before.as_of == then.date
    assert then.lifecycle == {"Acme": "conversion", "Bell": "acquisition", "Cole": "retention"}
    assert today.lifecycle == {"Acme": "retention", "Bell": "acquisition", "Cole": "retention"}
    assert (then.lapsed, today.lapsed) == (frozenset(), frozenset({"Bell"}))
    assert [one.client for one in report.moves.up] == ["Acme"]
    assert [one.client for one in report.moves.lapsed] == ["Bell"]
    assert (report.moves.down, report.moves.won_back) == ((), ())
    assert today.counts(today.lifecycle, LIFECYCLE) == report.found.lifecycle_counts


def test_later_rows_do_not_reach_back(book, settings):
    """
    The purchase of June leaves May as it was.

    # Sales
    Date        Client  Amount
    2026-05-01  Acme    100
    2026-06-01  Acme    100
    """
    may = history(book, settings, date(2026, 5, 31))[-1]
    june = history(book, settings, date(2026, 6, 30))
    assert june[-2] == may
    assert (may.lifecycle["Acme"], june[-1].lifecycle["Acme"]) == ("conversion", "retention")
