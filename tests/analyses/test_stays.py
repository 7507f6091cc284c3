"""From stage to stage: conversion, moves and how long clients stay (SPEC 3), worked out by hand."""

from datetime import date

import pytest

from reportgen.analyses.lifecycle import (
    LIFECYCLE,
    Place,
    Stay,
    conversion,
    lifecycle,
    moves,
    stays,
    top_five,
)
from reportgen.evidence.evidence import evidence
from reportgen.report.findings import findings
from reportgen.report.history import furthest
from reportgen.shares import Share


def stayed(book, settings, as_of, name="Acme"):
    found = {one.client.name: one for one in book.relationships}
    return stays(evidence(found[name], settings, date.fromisoformat(as_of)), settings)


def moved(before, now):
    """The four lists, each move as (client, before, after)."""
    found = moves(before, now)
    return {
        name: [(one.client, one.before, one.after) for one in getattr(found, name)]
        for name in ("up", "down", "lapsed", "won_back")
    }


def between(book, settings, first, then):
    """The moves between two dates, by the findings of each."""
    return moved(
        *(findings(book, settings, date.fromisoformat(day)).places for day in (first, then))
    )


NOBODY = {"up": [], "down": [], "lapsed": [], "won_back": []}


# Conversion


def test_conversion_of_ten_clients():
    """
    4 at reach, 2 at acquisition, 1 at conversion, 2 at retention, 1 at loyalty. Of 10 got 6 to
    acquisition, of those 4 to conversion, of those 3 to retention, of those 1 to loyalty.
    """
    numbers = zip(LIFECYCLE, (4, 2, 1, 2, 1), strict=True)
    found = conversion([name for name, number in numbers for _ in range(number)])
    assert found == {
        "acquisition": Share(6, 10),
        "conversion": Share(4, 6),
        "retention": Share(3, 4),
        "loyalty": Share(1, 3),
    }


def test_conversion_of_nobody():
    assert set(conversion([]).values()) == {Share(0, 0)}


def test_a_client_who_bought_unasked_got_through_every_stage_before(book, settings):
    """
    Acme bought and never wrote, Bell was only written to, Cole has ended after two purchases and still
    counts.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-01  Cole    100
    2026-02-01  Cole    100

    Date        Client  Activity
    2026-01-01  Bell    Email

    # Clients
    Client  Ended on
    Cole    2026-03-01
    """
    assert conversion(furthest(findings(book, settings, date(2026, 6, 30)))) == {
        "acquisition": Share(2, 3),
        "conversion": Share(2, 2),
        "retention": Share(1, 2),
        "loyalty": Share(0, 1),
    }


# Moves


def test_each_kind_of_move():
    """A change of the flag outranks a change of the stage; each client is in one list at most."""
    before = {
        "Acme": Place("conversion", lapsed=False),
        "Bell": Place("loyalty", lapsed=False),
        "Cole": Place("retention", lapsed=False),
        "Dunn": Place("retention", lapsed=True),
        "Ewer": Place("conversion", lapsed=True),
        "Fox": Place("reach", lapsed=False),
        "Gray": Place("loyalty", lapsed=False),
        "Hale": Place("reach", lapsed=True),
    }
    now = {
        "Acme": Place("retention", lapsed=False),
        "Bell": Place("retention", lapsed=False),
        "Cole": Place("retention", lapsed=True),
        "Dunn": Place("retention", lapsed=False),
        "Ewer": Place("retention", lapsed=False),
        "Fox": Place("reach", lapsed=False),
        "Gray": Place("retention", lapsed=True),
        "Hale": Place("acquisition", lapsed=True),
    }
    assert moved(before, now) == {
        "up": [("Acme", "conversion", "retention"), ("Hale", "reach", "acquisition")],
        "down": [("Bell", "loyalty", "retention")],
        "lapsed": [("Cole", "retention", "retention"), ("Gray", "loyalty", "retention")],
        "won_back": [("Dunn", "retention", "retention"), ("Ewer", "conversion", "retention")],
    }


def test_a_first_answer_and_a_first_purchase_move_up(book, settings):
    """
    Bell was known since May; Cole was not heard of before June, and counts as reach until then.

    Date        Client  Activity  Direction
    2026-05-01  Acme    Email     out
    2026-06-10  Acme    Email     in
    2026-05-01  Bell    Email     out

    # Sales
    Date        Client  Amount
    2026-06-01  Cole    100
    """
    assert between(book, settings, "2026-05-31", "2026-06-30") == NOBODY | {
        "up": [("Acme", "reach", "acquisition"), ("Cole", "reach", "conversion")]
    }


def test_loyal_clients_below_the_red_line_move_down(book, settings):
    """
    The red line is 60 days: 1 May + 61 days is 1 July.

    # Sales
    Date        Client  Amount
    2025-01-01  Acme    100
    2026-01-01  Acme    100
    2026-03-01  Acme    100
    2026-05-01  Acme    100
    """
    assert between(book, settings, "2026-05-31", "2026-06-30") == NOBODY
    assert between(book, settings, "2026-06-30", "2026-07-31") == NOBODY | {
        "down": [("Acme", "loyalty", "retention")]
    }


def test_lapsed_and_won_back(book, settings):
    """
    The red line is 10 days, so a client lapses on the 41st day of silence: Acme on 11 June, Bell was
    silent since January and was won back by a call on 20 June, Cole by a second purchase. Dunn ended
    in June, which is no move.

    Date        Client  Activity
    2026-05-01  Acme    Call
    2026-01-01  Bell    Call
    2026-06-20  Bell    Call
    2026-06-15  Dunn    Call

    # Sales
    Date        Client  Amount
    2026-01-01  Cole    100
    2026-06-20  Cole    100
    2026-05-15  Dunn    100

    # Clients
    Client  Ended on
    Dunn    2026-06-20

    # Business
    Red line (days)  10
    """
    assert between(book, settings, "2026-05-31", "2026-06-30") == {
        "up": [],
        "down": [],
        "lapsed": [("Acme", "acquisition", "acquisition")],
        "won_back": [("Bell", "acquisition", "acquisition"), ("Cole", "conversion", "retention")],
    }


@pytest.mark.parametrize(("then", "lapsed"), [("2026-06-10", []), ("2026-06-11", ["Acme"])])
def test_lapsed_on_the_day_after_four_red_lines(book, settings, then, lapsed):
    """
    Date        Client  Activity
    2026-05-01  Acme    Call

    # Business
    Red line (days)  10
    """
    found = between(book, settings, "2026-05-31", then)
    assert [client for client, _, _ in found["lapsed"]] == lapsed


# How long they stay


def test_every_stage_with_its_days(book, settings):
    """
    Known since 1 January 2025, answered on 11 January (10 days), bought on 31 January (20), again on
    2 March (30), and four times by 1 December 2025; the first purchase is 365 days old on 31 January
    2026, 335 days after the second. Loyalty has no end.

    Date        Client  Activity  Direction
    2025-01-01  Acme    Email     out
    2025-01-11  Acme    Email     in

    # Sales
    Date        Client  Amount
    2025-01-31  Acme    100
    2025-03-02  Acme    100
    2025-06-01  Acme    100
    2025-12-01  Acme    100
    """
    all_done = (
        Stay("reach", 10, True),
        Stay("acquisition", 20, True),
        Stay("conversion", 30, True),
    )
    assert stayed(book, settings, "2024-12-31") == ()
    assert stayed(book, settings, "2025-01-10") == (Stay("reach", 9, False),)
    assert stayed(book, settings, "2025-01-30") == (
        Stay("reach", 10, True),
        Stay("acquisition", 19, False),
    )
    assert stayed(book, settings, "2025-03-01") == (
        *all_done[:2],
        Stay("conversion", 29, False),
    )
    assert stayed(book, settings, "2026-01-30") == (*all_done, Stay("retention", 334, False))
    assert stayed(book, settings, "2026-01-31") == (*all_done, Stay("retention", 335, True))
    assert stayed(book, settings, "2026-06-30") == (*all_done, Stay("retention", 335, True))


def test_the_fourth_purchase_ends_retention_where_the_year_is_over_before(book, settings):
    """
    From the second purchase on 11 January 2025 to the fourth on 20 February 2026 are 405 days.

    # Sales
    Date        Client  Amount
    2025-01-01  Acme    100
    2025-01-11  Acme    100
    2025-06-01  Acme    100
    2026-02-20  Acme    100
    """
    assert stayed(book, settings, "2026-02-19")[-1] == Stay("retention", 404, False)
    assert stayed(book, settings, "2026-02-20")[-1] == Stay("retention", 405, True)


def test_a_client_who_begins_with_a_purchase_stayed_no_day_before(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-01  Acme    50
    2026-01-11  Acme    100
    """
    assert stayed(book, settings, "2026-01-31") == (
        Stay("reach", 0, True),
        Stay("acquisition", 0, True),
        Stay("conversion", 10, True),
        Stay("retention", 20, False),
    )


def test_known_before_the_first_row(book, settings):
    """
    A client since 1 January who first answered on 1 March: 59 days of 2026.

    Date        Client  Activity
    2026-03-01  Acme    Call

    # Clients
    Client  Client since
    Acme    2026-01-01
    Bell
    """
    assert stayed(book, settings, "2026-03-11") == (
        Stay("reach", 59, True),
        Stay("acquisition", 10, False),
    )
    assert stayed(book, settings, "2026-03-11", "Bell") == ()


def test_what_came_on_the_day_of_the_end_still_counts(book, settings):
    """
    Acme wrote nine days after the first mail, Bell bought, and that was the end; Cole ended the day before.

    Date        Client  Activity  Direction
    2026-06-01  Acme    Email     out
    2026-06-10  Acme    Email     in
    2026-06-01  Bell    Email     out
    2026-06-01  Cole    Email     out
    2026-06-10  Cole    Email     in

    # Sales
    Date        Client  Amount
    2026-06-10  Bell    100

    # Clients
    Client  Ended on
    Acme    2026-06-10
    Bell    2026-06-10
    Cole    2026-06-09
    """
    answered = (Stay("reach", 9, True), Stay("acquisition", 0, False))
    assert stayed(book, settings, "2026-06-30", "Acme") == answered
    assert stayed(book, settings, "2026-06-30", "Bell") == (
        Stay("reach", 9, True),
        Stay("acquisition", 0, True),
        Stay("conversion", 0, False),
    )
    assert stayed(book, settings, "2026-06-30", "Cole") == (Stay("reach", 8, False),)


def test_a_prospect_won_by_a_purchase_alone_never_stood_at_acquisition(book, settings):
    """
    Written to on 1 January, bought on 11 January without a word.

    Date        Client  Activity  Direction
    2026-01-01  Acme    Email     out

    # Sales
    Date        Client  Amount
    2026-01-11  Acme    100
    """
    assert stayed(book, settings, "2026-01-31") == (
        Stay("reach", 10, True),
        Stay("acquisition", 0, True),
        Stay("conversion", 20, False),
    )


def test_a_stay_that_can_still_end_agrees_with_the_stage(book, settings):
    """
    The last stay of each client is at the stage that the client has; Cole's is over, since loyalty
    has none.

    Date        Client  Activity  Direction
    2026-01-01  Acme    Email     out
    2026-01-01  Bell    Call

    # Sales
    Date        Client  Amount
    2025-01-01  Cole    100
    2025-08-01  Cole    100
    2026-05-01  Cole    100
    2026-06-01  Cole    100
    2026-01-01  Dunn    100
    2026-01-01  Ewer    100
    2026-02-01  Ewer    100
    """
    for one in book.relationships:
        seen = evidence(one, settings, date(2026, 6, 30))
        last = stays(seen, settings)[-1]
        stage = lifecycle(seen, settings).name
        assert (last.stage, last.moved_on) == (
            ("retention", True) if one.client.name == "Cole" else (stage, False)
        )


# The five biggest, where some are equal


def test_the_alphabet_decides_who_is_fifth(book, settings):
    """
    Six bring 100 each; capitals do not matter.

    # Sales
    Date        Client  Amount
    2026-01-01  ewer    100
    2026-01-01  Acme    100
    2026-01-01  Fox     100
    2026-01-01  bell    100
    2026-01-01  Dunn    60
    2026-02-01  Dunn    40
    2026-01-01  Cole    150
    2026-02-01  Cole    -50
    """
    everyone = [evidence(one, settings, date(2026, 6, 30)) for one in book.relationships]
    assert top_five(everyone) == ("Acme", "bell", "Cole", "Dunn", "ewer")
    assert top_five(everyone[::-1]) == ("Acme", "bell", "Cole", "Dunn", "ewer")
