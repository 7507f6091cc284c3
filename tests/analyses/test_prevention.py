"""What would have kept clients above the red line, and its price (SPEC 2), by hand.

In January 2026 the 1st is a Thursday.
"""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analyses.prevention import (
    Prevention,
    Staying,
    fewest_mailings,
    light_touches,
    preventions,
    staying_above,
)
from reportgen.evidence.evidence import evidence
from reportgen.model import BusinessModel, Client, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.reading.catalogue import built_in
from reportgen.report.findings import findings
from reportgen.settings.settings import Settings


def everyone(book, settings, as_of):
    day = date.fromisoformat(as_of)
    return [evidence(one, settings, day) for one in book.relationships]


def seen(book, settings, as_of, name="Acme"):
    return next(one for one in everyone(book, settings, as_of) if one.name == name)


def of(book, settings, as_of, name="Acme") -> tuple[Prevention, ...]:
    clients = everyone(book, settings, as_of)
    one = next(client for client in clients if client.name == name)
    return preventions(one, light_touches(clients, settings), settings)


def days(book, settings, as_of, name="Acme"):
    """The days of each spell's touches."""
    return [[str(touch.day) for touch in one.touches] for one in of(book, settings, as_of, name)]


def prevented(book, settings, as_of, name="Acme"):
    """Each touch of every spell: activity, kind, minutes, day."""
    return [
        (touch.light.activity.name, touch.light.kind, touch.light.minutes, str(touch.day))
        for one in of(book, settings, as_of, name)
        for touch in one.touches
    ]


def test_what_could_have_prevented_each_spell(book, settings):
    """
    Red line 10. Silence of 11 days would come on 13 January, on the 24th, a Saturday, and on 12 February.
    By 13 January there was one contact of relationship building and one message, of anticipation and of
    being indispensable none: both take 5 minutes, and 002 names anticipation first. By the 23rd the
    reminder counts as sent, so it is the other. By 12 February there were two messages and one of each of
    the others; 002 names relationship building first.

    Date        Client  Activity
    2026-01-01  Acme    Call
    2026-01-02  Acme    Email
    2026-02-01  Acme    Email

    # Business
    Red line (days)  10
    """
    first = ("Reminder of need", "anticipation", 5, "2026-01-13")
    second = ("Added value", "indispensable", 5, "2026-01-23")
    third = ("Check-in", "relationship building", 5, "2026-02-12")
    assert prevented(book, settings, "2026-02-20") == [first, second, third]
    assert prevented(book, settings, "2026-02-11") == [first, second]
    assert prevented(book, settings, "2026-01-13") == [first]
    assert prevented(book, settings, "2026-01-12") == []


def test_the_cheaper_of_two_kinds_by_what_it_took_in_the_book(book, settings):
    """
    Added value took 2 and 3 minutes: the median 2.5 counts as 3. A blank and a planned one tell nothing.

    Date        Client  Activity     Minutes
    2026-01-01  Acme    Call         30
    2026-01-02  Acme    Email        5
    2026-01-05  Bell    Added value  2
    2026-01-06  Bell    Added value  3
    2026-01-07  Bell    Added value
    2026-03-01  Bell    Added value  50

    # Business
    Red line (days)  10
    """
    assert prevented(book, settings, "2026-01-20") == [
        ("Added value", "indispensable", 3, "2026-01-13")
    ]


def test_a_survey_is_for_customers(book, settings):
    """
    Acme bought before the touch was due, Bell on the day that ended the spell. Both had messages alone.

    Date        Client  Activity
    2026-01-02  Acme    Email
    2026-01-02  Bell    Email

    Date        Client  Amount
    2026-01-02  Acme    100
    2026-01-20  Bell    100

    # Business
    Red line (days)  10
    """
    assert prevented(book, settings, "2026-01-20")[0][:2] == ("Survey", "feedback")
    # 5 minutes each, and 002 names relationship building before anticipation and indispensable.
    assert prevented(book, settings, "2026-01-20", "Bell")[0][:2] == (
        "Check-in",
        "relationship building",
    )


def test_administration_is_nothing_that_a_client_had(book, settings):
    """
    The invoice is of the kind messages, but no client feels it; so messages come first.

    Date        Client  Activity
    2026-01-01  Acme    Call
    2026-01-02  Acme    Invoice

    # Business
    Red line (days)  10
    """
    assert prevented(book, settings, "2026-01-20")[0][:2] == ("Email", "messages")


def test_the_owners_own_light_touches(book, settings):
    """
    An article takes 5 minutes and is one; a tour takes longer, and a card that she says does not connect
    is none any more. Insight comes before anticipation in 002's order.

    Date        Client  Activity
    2026-01-01  Acme    Call
    2026-01-02  Acme    Email
    2026-01-02  Bell    Article shared
    2026-01-02  Bell    Showroom tour
    2026-01-02  Bell    Postcard

    # Activities
    Activity        Kind                   Connects  Usual minutes
    Article shared  insight                yes       5
    Showroom tour   involvement            yes       6
    Postcard        relationship building  no        1

    # Business
    Red line (days)  10
    """
    assert prevented(book, settings, "2026-01-20") == [
        ("Article shared", "insight", 5, "2026-01-13")
    ]
    names = {
        t.activity.name for t in light_touches(everyone(book, settings, "2026-01-20"), settings)
    }
    assert not names & {"Showroom tour", "Postcard"}


def test_light_touches_connect_and_take_no_appointment():
    """What the catalogue offers is one-way, felt by the client, and of a kind."""
    touches = light_touches([], Settings())
    assert len(touches) == 11
    for touch in touches:
        activity = touch.activity
        assert activity.connects, activity.name
        assert not activity.two_way, activity.name
        assert activity.value == "high"
        assert (touch.kind, touch.minutes) == (activity.kind, 5)


def test_nothing_to_propose_without_light_touches(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Call

    # Business
    Red line (days)  10
    """
    (only,) = preventions(seen(book, settings, "2026-01-20"), (), settings)
    assert only.touches == ()


# How many, and when


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-01-15", []),  # silence of 10
        ("2026-01-16", [["2026-01-16"]]),  # the first day of the spell
        ("2026-01-26", [["2026-01-16"]]),  # N + 1 = 11 days
        ("2026-01-27", [["2026-01-16", "2026-01-27"]]),  # 12 days take two
        ("2026-02-06", [["2026-01-16", "2026-01-27"]]),  # 22 days
        (
            "2026-02-07",
            [["2026-01-16", "2026-01-27", "2026-02-06"]],
        ),  # a Saturday, and so its Friday
    ],
)
def test_a_touch_for_each_n_plus_one_days(book, settings, as_of, expected):
    """
    Red line 10, the last contact on Monday 5 January: the sixteenth would be the first day below.

    Date        Client  Activity
    2026-01-05  Acme    Call

    # Business
    Red line (days)  10
    """
    assert days(book, settings, as_of) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-01-17", ["2026-01-16"]),
        ("2026-01-27", ["2026-01-16"]),
        ("2026-01-28", ["2026-01-16", "2026-01-28"]),
    ],
)
def test_moved_back_to_a_working_day_with_one_touch_more_where_none_is_near(
    book, settings, as_of, expected
):
    """
    Red line 11: the first day below is Saturday 17 January, so the touch moves to Friday. From there it
    holds to the 27th. The spell has 12 = N + 1 days on the 28th, for which one would be enough, were
    it not for the weekend.

    Date        Client  Activity
    2026-01-05  Acme    Call

    # Business
    Red line (days)  11
    """
    assert days(book, settings, as_of) == [expected]


def test_a_public_holiday_is_no_working_day(book, settings):
    """
    Red line 10, from Thursday 23 April: 4 May 2026 is the early May bank holiday, after a weekend.

    Date        Client  Activity
    2026-04-23  Acme    Call

    # Business
    Red line (days)  10
    Country          GB
    """
    assert days(book, settings, "2026-05-10") == [["2026-05-01"]]
    nowhere = replace(settings, country=None)
    assert days(book, nowhere, "2026-05-10") == [["2026-05-04"]]


def test_where_no_working_day_lies_between_it_stays(book, settings):
    """
    Red line 1, from Friday 2 January: Sunday is the first day below, and only Saturday lies between.

    Date        Client  Activity
    2026-01-02  Acme    Call
    2026-01-05  Acme    Call

    # Business
    Red line (days)  1
    """
    assert days(book, settings, "2026-01-05") == [["2026-01-04"]]


def test_the_red_line_of_each_phase(book, settings):
    """
    In collaboration (1 to 30 January) the line is 5: below from the 7th, 13th and 19th; then from Sunday
    the 25th, so Friday, and from Thursday the 29th. From 31 January it is 10: below from 9 February on.

    Date        Client  Amount
    2026-01-01  Acme    100

    # Business
    Red line (days)                   10
    Red line in collaboration (days)  5
    """
    january = [f"2026-01-{day:02d}" for day in (7, 13, 19, 23, 29)]
    assert days(book, settings, "2026-02-08") == [january]
    assert days(book, settings, "2026-02-09") == [[*january, "2026-02-09"]]


@pytest.mark.parametrize(("as_of", "touches"), [("2026-01-16", 1), ("2026-01-17", 0)])
def test_a_spell_that_began_more_than_365_days_ago_is_history(book, settings, as_of, touches):
    """
    The spell began on 16 January 2025 and lasted to the 19th.

    Date        Client  Activity
    2025-01-05  Acme    Call
    2025-01-20  Acme    Call

    # Business
    Red line (days)  10
    """
    first = date(2025, 1, 16)
    assert seen(book, settings, as_of).silence.spells[0].first == first
    assert sum(one.spell.first == first for one in of(book, settings, as_of)) == touches


def test_no_kind_twice_running(book, settings):
    """
    Nothing but messages stands in the book, so the first touch is the first kind of 002 that is at hand,
    and each after it another; a kind comes again once all others at hand were proposed as often.

    Date        Client  Activity
    2026-01-05  Acme    Email

    # Business
    Red line (days)  10
    """
    kinds = [kind for _, kind, _, _ in prevented(book, settings, "2026-04-30")]
    assert kinds[:3] == ["relationship building", "anticipation", "indispensable"]
    assert len(kinds) > 6
    assert all(one != other for one, other in pairwise(kinds))


def test_the_only_kind_at_hand_comes_again(book, settings):
    """
    Date        Client  Activity
    2026-01-05  Acme    Email

    # Business
    Red line (days)  10
    """
    one = seen(book, settings, "2026-01-30")
    (email,) = [t for t in light_touches([], settings) if t.activity.name == "Email"]
    (spell,) = preventions(one, (email,), settings)
    assert [touch.light.kind for touch in spell.touches] == ["messages", "messages"]


# What it would have cost


@pytest.mark.parametrize(
    ("gaps", "mailings"),
    [
        ((), 0),
        ((0,), 1),
        ((0, 28), 1),
        ((0, 29), 2),
        ((0, 14, 28), 1),
        ((0, 28, 29, 57), 2),
        ((0, 29, 58), 3),
    ],
)
def test_the_fewest_mailings_that_reach_everybody(gaps, mailings):
    """A mailing in the middle reaches touches 28 days apart, each within 14 days of it."""
    due = [date(2026, 1, 1) + timedelta(days=gap) for gap in gaps]
    assert fewest_mailings(reversed(due), 14) == mailings


@given(st.lists(st.integers(0, 60), max_size=5), st.integers(0, 9))
def test_no_fewer_mailings_would_do(gaps, reach):
    """Against every choice of so many days, one by one."""
    due = [date(2026, 1, 1) + timedelta(days=gap) for gap in gaps]
    found = fewest_mailings(due, reach)
    least = next(
        number
        for number in range(len(gaps) + 1)
        for chosen in combinations(sorted({gap + reach for gap in gaps}), number)
        if all(any(abs(gap - day) <= reach for day in chosen) for gap in gaps)
    )
    assert found == least


@pytest.mark.parametrize(
    ("model", "mailings", "minutes"),
    [
        ("consultancy", 0, 20),
        ("service", 0, 20),
        ("product", 2, 60),
        ("subscription", 2, 60),
        (None, 0, 20),
    ],
)
def test_what_the_touches_cost_together(book, settings, model, mailings, minutes):
    """
    Red line 20. Bell's touch is due on 22 January, Acme's on 26 January, 16 February and 9 March. The first
    three lie within 28 days, the last 46 days after the first: 4 touches of 5 minutes, 2 mailings of 30.

    Date        Client  Activity  Minutes
    2026-01-05  Acme    Call      30
    2026-01-01  Bell    Call      20
    2026-01-23  Bell    Email
    2026-02-12  Bell    Email
    2026-03-04  Bell    Email

    # Business
    Red line (days)  20
    """
    settings = replace(settings, business_model=model and BusinessModel(model))
    assert days(book, settings, "2026-03-09") == [["2026-01-26", "2026-02-16", "2026-03-09"]]
    assert days(book, settings, "2026-03-09", "Bell") == [["2026-01-22"]]
    found = findings(book, settings, date(2026, 3, 9)).staying
    assert found == Staying(
        touches=4, mailed=4 if mailings else 0, mailings=mailings, minutes=minutes, minutes_spent=50
    )
    assert found.share == minutes / 50


def test_the_price_of_a_touch_and_of_a_mailing_are_settings(book, settings):
    """
    Date        Client  Activity
    2026-01-05  Acme    Call
    2026-01-05  Bell    Call

    # Clients
    Client  Business model
    Acme    service
    Bell    product

    # Business
    Red line (days)        10
    Light touch (minutes)  7
    Mailing (minutes)      45
    """
    found = findings(book, settings, date(2026, 1, 20)).staying
    assert found == Staying(touches=2, mailed=1, mailings=1, minutes=7 + 45, minutes_spent=0)
    assert found.share is None


def test_lapsed_and_ended_clients_are_counted_apart(book, settings):
    """
    Red line 10, so who was silent for more than 40 days on 28 February has lapsed. Acme runs with three
    touches; Bell lapsed with four, on 12 and 23 January, 3 and 13 February, and 24 February makes five;
    Cole ended on 20 January after one, on 12 January.

    Date        Client  Activity
    2026-01-19  Acme    Call
    2026-01-01  Bell    Call
    2026-01-01  Cole    Call

    # Clients
    Client  Ended on
    Cole    2026-01-20

    # Business
    Red line (days)  10
    """
    found = findings(book, settings, date(2026, 2, 28))
    by_name = {
        one.name: [str(touch.day) for p in one.preventions for touch in p.touches]
        for one in found.clients
    }
    assert by_name == {
        "Acme": ["2026-01-30", "2026-02-10", "2026-02-20"],
        "Bell": ["2026-01-12", "2026-01-23", "2026-02-03", "2026-02-13", "2026-02-24"],
        "Cole": ["2026-01-12"],
    }
    assert (found.staying.touches, found.staying_apart.touches) == (3, 6)
    assert staying_above([], settings) == Staying(0, 0, 0, 0, 0)


CALL = built_in().activities["call"]


@given(st.sets(st.integers(0, 300), min_size=1, max_size=8), st.integers(1, 40))
def test_no_day_would_have_been_below(offsets, red_line):
    """With the touches as contacts no spell is left, and they are as few as SPEC 2 says or few more."""
    settings = Settings(red_line_days=red_line)
    first = date(2025, 9, 1)
    contacts = [
        Touchpoint(first + timedelta(days=offset), "Acme", CALL, Row("Touchpoints", number))
        for number, offset in enumerate(sorted(offsets), start=2)
    ]

    def on(rows):
        (one,) = relationships([Client("Acme")], rows)
        return evidence(one, settings, date(2026, 6, 30))

    before = on(contacts)
    found = preventions(before, light_touches([before], settings), settings)
    assert [one.spell for one in found] == list(before.silence.spells)
    for one in found:
        assert len(one.touches) >= ceil(one.spell.days / (red_line + 1))
        assert len({touch.day for touch in one.touches}) == len(one.touches)
    added = [
        Touchpoint(touch.day, "Acme", CALL, Row("Touchpoints", 1000 + number))
        for number, touch in enumerate(touch for one in found for touch in one.touches)
    ]
    assert on([*contacts, *added]).silence.spells == ()


def test_row_order_changes_nothing(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-01-05  Acme    Call      30
    2026-01-05  Acme    Email     5
    2026-03-05  Acme    Survey    5

    # Business
    Red line (days)  10
    """
    (one,) = book.relationships
    expected = of(book, settings, "2026-05-01")
    for seed in range(5):
        rows = random.Random(seed).sample(one.touchpoints, 3)
        (again,) = relationships([one.client], rows)
        client = evidence(again, settings, date(2026, 5, 1))
        assert preventions(client, light_touches([client], settings), settings) == expected
