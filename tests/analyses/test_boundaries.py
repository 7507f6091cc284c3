"""Hours, channels, urgency and scope (SPEC 6) at their boundaries.

The day is Tuesday 30 June 2026, so the last 12 months begin on 1 July 2025. She opens at 9:00 and
closes at 17:00, Monday to Friday. Monday 1 June 2026 is a working day.
"""

import random
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.analyses.boundaries import Boundaries, Crossing, boundaries, portfolio
from reportgen.evidence.evidence import evidence
from reportgen.model import Activity, Client, Touchpoint
from reportgen.model import relationships as related
from reportgen.problems import Row
from reportgen.settings.settings import Settings

TODAY = date(2026, 6, 30)


def everyone(book, settings):
    return [evidence(one, settings, TODAY) for one in book.relationships]


def of(book, settings, name="Acme") -> Boundaries:
    (seen,) = [seen for seen in everyone(book, settings) if seen.name == name]
    return boundaries(seen, settings)


def rows(*numbers: int) -> tuple[Row, ...]:
    return tuple(Row("Touchpoints", number) for number in numbers)


# Hours


def test_from_opens_on_and_until_before_closes(book, settings):
    """
    In hours are rows 3 and 4. Row 7 has no Start, on a Sunday: nothing tells when it was.

    Date        Client  Activity  Start  Minutes
    2026-06-01  Acme    Call      8:59   1
    2026-06-01  Acme    Call      9:00   2
    2026-06-01  Acme    Call      16:59  4
    2026-06-01  Acme    Call      17:00  8
    2026-06-01  Acme    Call      0:00   16
    2026-06-07  Acme    Call             32
    2026-06-01  Acme    Call      23:59  64
    """
    found = of(book, settings)
    assert set(found.out_of_hours.rows) == set(rows(2, 5, 6, 8))
    assert found.out_of_hours.minutes == 1 + 8 + 16 + 64
    assert found.timed == 6
    assert found.out_of_hours_share == pytest.approx(4 / 6)
    assert found.minutes == 127
    assert found.boundary_load == pytest.approx(89 / 127)


def test_hours_that_begin_at_midnight(book, settings):
    """
    Date        Client  Activity  Start
    2026-06-01  Acme    Call      0:00
    2026-06-01  Acme    Call      17:00

    # Business
    Opens   00:00
    Closes  17:00
    """
    assert of(book, settings).out_of_hours.rows == rows(3)


def test_days_off_and_public_holidays(book, settings):
    """
    Saturday 23 May, Sunday 24 May and Monday 25 May 2026, the spring bank holiday; Tuesday is a
    working day.

    Date        Client  Activity  Start
    2026-05-23  Acme    Email     11:00
    2026-05-24  Acme    Email     11:00
    2026-05-25  Acme    Email     11:00
    2026-05-26  Acme    Email     11:00

    # Business
    Country  GB
    """
    assert of(book, settings).out_of_hours.rows == rows(2, 3, 4)
    nowhere = replace(settings, country=None)
    assert of(book, nowhere).out_of_hours.rows == rows(2, 3)
    weekend = replace(settings, working_days=frozenset({5, 6}))
    assert of(book, weekend).out_of_hours.rows == rows(4, 5)


def test_only_the_last_twelve_months_up_to_the_day(book, settings):
    """
    Date        Client  Activity  Start  Minutes
    2025-06-30  Acme    Email     20:00  1
    2025-07-01  Acme    Email     20:00  2
    2026-06-30  Acme    Email     20:00  4
    2026-07-01  Acme    Email     20:00  8
    """
    found = of(book, settings)
    assert (found.touchpoints, found.minutes, found.timed) == (2, 6, 2)
    assert found.out_of_hours == Crossing(rows(3, 4), 6)


def test_asked_for_offered_and_together(book, settings):
    """
    Of six timed touchpoints one is in hours and one urgent: 4 of 5 are out of hours. A call with no
    Direction goes both ways.

    Date        Client  Activity  Direction  Start  Minutes  Urgent
    2026-06-01  Acme    Message   in         20:00  1
    2026-06-01  Acme    Message   out        20:10  2
    2026-06-02  Acme    Message   out        20:10  4
    2026-06-03  Acme    Call                 20:10  8
    2026-06-04  Acme    Call      in         20:10  16       yes
    2026-06-05  Acme    Call      in         12:00  32       no
    """
    found = of(book, settings)
    assert found.asked == Crossing(rows(2), 1)
    assert found.offered == Crossing(rows(3, 4), 6)
    assert found.together == Crossing(rows(5), 8)
    assert found.urgent == Crossing(rows(6), 16)
    assert (found.out_of_hours.count, found.timed) == (4, 5)
    assert found.out_of_hours_share == pytest.approx(0.8)
    assert (found.asked_share, found.offered_share, found.together_share) == pytest.approx(
        (0.2, 0.4, 0.2)
    )


def test_an_urgent_touchpoint_in_hours_is_no_exception(book, settings):
    """
    Date        Client  Activity  Start  Urgent
    2026-06-01  Acme    Call      12:00  yes
    """
    found = of(book, settings)
    assert found.urgent.count == 0
    assert (found.timed, found.out_of_hours_share) == (0, None)


def test_no_start_at_all(book, settings):
    """
    Date        Client  Activity  Minutes
    2026-06-06  Acme    Call      10
    2026-06-07  Acme    Call      10
    """
    found = of(book, settings)
    assert (found.timed, found.out_of_hours_share, found.asked_share) == (0, None, None)
    assert portfolio(everyone(book, settings), settings).week == ()


# Channels and scope


def test_channels_that_are_not_among_the_preferred(book, settings):
    """
    Date        Client  Activity  Channel   Minutes
    2026-06-01  Acme    Message   E-Mail    1
    2026-06-01  Acme    Message   whatsapp  2
    2026-06-02  Acme    Message   phone     4
    2026-06-02  Acme    Message             8
    2026-06-03  Acme    Message   Facebook  16

    # Business
    Preferred channels  Email, Phone
    """
    found = of(book, settings)
    assert found.off_channel == Crossing(rows(3, 6), 18)
    assert found.with_channel == 4


def test_no_preferred_channels(book, settings):
    """
    Date        Client  Activity  Channel
    2026-06-01  Acme    Message   WhatsApp
    """
    assert of(book, settings).off_channel is None


def test_out_of_scope_is_what_the_owner_calls_so(book, settings):
    """
    Date        Client  Activity  Minutes  In scope
    2026-06-01  Acme    Message   1        no
    2026-06-02  Acme    Message   2        yes
    2026-06-03  Acme    Message   4
    """
    assert of(book, settings).out_of_scope == Crossing(rows(2), 1)


# The load


def test_a_touchpoint_that_crosses_both_counts_once(book, settings):
    """
    20 + 10 + 5 of 100 minutes: row 4 is out of hours and out of scope, and the urgent row 5 counts
    because it is out of scope. The urgent row 6 does not.

    Date        Client  Activity  Start  Minutes  In scope  Urgent
    2026-06-01  Acme    Message   12:00  50
    2026-06-02  Acme    Message   20:00  20
    2026-06-03  Acme    Message   20:00  10       no
    2026-06-04  Acme    Message   20:00  5        no        yes
    2026-06-05  Acme    Message   20:00  15                 yes
    """
    found = of(book, settings)
    assert found.crossed == Crossing(rows(3, 4, 5), 35)
    assert found.boundary_load == pytest.approx(0.35)
    assert found.level == "act"


@pytest.mark.parametrize(
    ("out_of_scope", "level"),
    [(0, "fine"), (99, "fine"), (100, "watch"), (249, "watch"), (250, "act"), (1000, "act")],
)
def test_the_levels_begin_at_a_tenth_and_a_quarter(out_of_scope, level):
    """Of 1000 minutes; three touchpoints are out of scope."""
    minutes = [
        (out_of_scope, False),
        (1000 - out_of_scope, None),
        (0, False),
        (0, False),
        (0, None),
    ]
    found = boundaries(seen(touched(minutes)), Settings())
    assert found.boundary_load == out_of_scope / 1000
    assert found.level == level
    assert (found.letter is not None) == (level == "act")


def test_four_touchpoints_are_too_few_and_five_enough(book, settings):
    """
    Date        Client  Activity  Start  Minutes
    2025-06-30  Acme    Message   20:00  10
    2026-06-01  Acme    Message   20:00  10
    2026-06-02  Acme    Message   20:00  10
    2026-06-03  Acme    Message   20:00  10
    2026-06-04  Acme    Message   20:00  10
    2026-06-01  Bell    Message   20:00  10
    2026-06-02  Bell    Message   20:00
    2026-06-03  Bell    Message   20:00
    2026-06-04  Bell    Message   20:00
    2026-06-05  Bell    Message   20:00
    2026-06-01  Cole    Message   20:00
    2026-06-02  Cole    Message   20:00
    2026-06-03  Cole    Message   20:00
    2026-06-04  Cole    Message   20:00
    2026-06-05  Cole    Message   20:00
    """
    few, enough, no_minutes = (of(book, settings, name) for name in ("Acme", "Bell", "Cole"))
    assert (few.touchpoints, few.boundary_load, few.level, few.letter) == (4, None, None, None)
    assert (enough.touchpoints, enough.boundary_load, enough.level) == (5, 1, "act")
    assert (no_minutes.boundary_load, no_minutes.level) == (None, None)
    assert no_minutes.out_of_hours_share == 1


# Messages in the evening


def test_an_evening_message_crosses_only_when_it_is_answered_in_the_evening(book, settings):
    """
    Rows 2 and 3 are one crossing. Row 4 is answered the next morning: it stays a timed touchpoint. Row 6
    has no answer yet, row 7 only an invoice, which answers nothing, and row 9 one without a Start, of
    which nobody knows the hour. Rows 11 to 13 are one crossing: the first answer is for both messages.

    Date        Client  Activity  Direction  Start  Minutes
    2026-06-01  Acme    Message   in         20:00  1
    2026-06-01  Acme    Message   out        20:10  2
    2026-06-01  Bell    Message   in         20:00  4
    2026-06-02  Bell    Message   out        9:00   8
    2026-06-01  Cole    Message   in         20:00  16
    2026-06-01  Dunn    Message   in         20:00  32
    2026-06-01  Dunn    Invoice   out        21:00  64
    2026-06-01  Ewer    Message   in         20:00  128
    2026-06-01  Ewer    Message   out               256
    2026-06-01  Fox     Message   in         20:00  512
    2026-06-02  Fox     Message   in         22:00  1024
    2026-06-03  Fox     Message   out        5:00   1000
    2026-06-04  Fox     Message   out        9:00   1000
    """
    answered = of(book, settings)
    assert answered.out_of_hours == Crossing(rows(2, 3), 3)
    assert (answered.asked, answered.offered) == (Crossing(rows(2), 1), Crossing(rows(3), 2))
    assert (answered.timed, answered.crossings) == (2, 1)
    for name, timed in (("Bell", 2), ("Cole", 1), ("Ewer", 1)):
        found = of(book, settings, name)
        assert (found.out_of_hours, found.crossed) == (Crossing(), Crossing())
        assert (found.crossings, found.timed, found.out_of_hours_share) == (0, timed, 0)
    assert of(book, settings, "Dunn").out_of_hours.rows == rows(8)
    fox = of(book, settings, "Fox")
    assert (fox.out_of_hours.rows, fox.crossings) == (rows(11, 12, 13), 1)


def test_a_call_or_a_visit_crosses_at_once(book, settings):
    """
    Date        Client  Activity  Direction  Start
    2026-06-01  Acme    Call      in         20:00
    2026-06-06  Acme    Visit     in         12:00
    2026-06-06  Acme    Email     in         12:00
    """
    found = of(book, settings)
    # The visit of that Saturday answers the mail of the same hour: the two are one crossing.
    assert (set(found.out_of_hours.rows), found.crossings) == (set(rows(2, 3, 4)), 2)


def test_an_urgent_answer_makes_no_crossing(book, settings):
    """
    Date        Client  Activity  Direction  Start  Urgent
    2026-06-01  Acme    Message   in         20:00
    2026-06-01  Acme    Message   out        20:10  yes
    """
    found = of(book, settings)
    assert (found.out_of_hours, found.crossings) == (Crossing(), 0)
    assert (found.urgent.rows, found.timed) == (rows(3), 1)


def test_two_crossings_are_fine_and_three_are_not(book, settings):
    """
    Each has 40 of 100 minutes out of bounds. Acme crossed twice, a message with its answer and one out of
    scope; Bell three times; Cole three times, of which one lies before the year.

    Date        Client  Activity  Direction  Start  Minutes  In scope
    2026-06-01  Acme    Message   in         20:00  10
    2026-06-01  Acme    Message   out        20:10  20
    2026-06-02  Acme    Message   out        12:00  10       no
    2026-06-03  Acme    Message   out        12:00  30
    2026-06-04  Acme    Message   out        12:00  30
    2026-06-01  Bell    Message   out        20:00  10
    2026-06-01  Bell    Message   out        20:10  20
    2026-06-02  Bell    Message   out        12:00  10       no
    2026-06-03  Bell    Message   out        12:00  30
    2026-06-04  Bell    Message   out        12:00  30
    2025-06-30  Cole    Message   out        20:00  10
    2026-06-01  Cole    Message   out        20:10  30
    2026-06-02  Cole    Message   out        12:00  10       no
    2026-06-03  Cole    Message   out        12:00  30
    2026-06-04  Cole    Message   out        12:00  30
    2026-06-05  Cole    Message   out        12:00  0
    """
    acme, bell, cole = (of(book, settings, name) for name in ("Acme", "Bell", "Cole"))
    assert (acme.crossings, acme.boundary_load, acme.level) == (2, 0.4, "fine")
    assert (bell.crossings, bell.boundary_load, bell.level) == (3, 0.4, "act")
    assert (cole.crossings, cole.boundary_load, cole.level) == (2, 0.4, "fine")
    assert (acme.letter, bell.letter) == (None, "boundary-hours")
    overall = portfolio(everyone(book, settings), settings).overall
    assert (overall.crossings, overall.level) == (7, "act")


def test_a_client_is_a_cause_from_a_fifth_of_the_minutes(book, settings):
    """
    Date        Client  Activity  Start  Minutes
    2026-06-01  Acme    Call      20:00  61
    2026-06-01  Bell    Call      20:00  20
    2026-06-01  Cole    Call      20:00  19
    """
    found = portfolio(everyone(book, settings), settings)
    assert [(one.client, one.is_cause) for one in found.by_client] == [
        ("Acme", True),
        ("Bell", True),
        ("Cole", False),
    ]


# The letter

LETTERS = {
    # five touchpoints: (start, minutes, channel, urgent, in scope, direction)
    "boundary-hours": [(20, 30, "Email", False, None, "out"), (12, 10, "Email", False, None, "in")],
    "boundary-services": [
        (12, 30, "Email", False, False, "out"),
        (12, 30, "Email", False, False, "in"),
        (12, 10, "Email", False, None, "in"),
    ],
    "saying-no": [
        (12, 30, "Email", False, False, "out"),
        (12, 31, "Email", False, False, "in"),
        (12, 10, "Email", False, None, "in"),
    ],
    "boundary-urgent": [
        (20, 30, "Email", False, None, "out"),
        (20, 60, "Email", True, None, "in"),
    ],
    "boundary-channels": [
        (20, 30, "WhatsApp", False, None, "out"),
        (12, 30, "WhatsApp", False, None, "in"),
    ],
    # 90 minutes crossed something, a third of them each boundary: none reaches a half
    "boundary-time-limit": [
        (20, 30, "Email", False, None, "out"),
        (12, 30, "Email", False, False, "in"),
        (12, 30, "WhatsApp", False, None, "in"),
    ],
}


@pytest.mark.parametrize("letter", LETTERS)
def test_the_letter_about_what_takes_most_minutes(letter):
    found = boundaries(seen(lettered(LETTERS[letter])), ONE_IS_ENOUGH)
    assert found.level == "act"
    assert found.letter == letter


def test_of_two_boundaries_with_equal_minutes_hours_come_first():
    """All on WhatsApp and all in the evening; and one half each of hours and services."""
    both = lettered([(20, 30, "WhatsApp", False, None, "out")])
    assert boundaries(seen(both), ONE_IS_ENOUGH).letter == "boundary-hours"
    halves = lettered(
        [(20, 30, "Email", False, None, "out"), (12, 30, "Email", False, False, "in")]
    )
    assert boundaries(seen(halves), ONE_IS_ENOUGH).letter == "boundary-hours"


# The clock


def test_weekday_and_hour(book, settings):
    """
    Monday at 9 twice, Sunday at 23, and on Tuesday at 17, urgent, which is out of hours by the clock.

    Date        Client  Activity  Start  Urgent
    2026-06-01  Acme    Message   9:00
    2026-06-08  Acme    Message   9:59
    2026-06-07  Acme    Message   23:30
    2026-06-02  Acme    Message   17:00  yes
    2026-06-03  Acme    Message
    """
    week = portfolio(everyone(book, settings), settings).week
    assert [(one.weekday, one.hour, one.rows, one.out_of_hours) for one in week] == [
        (0, 9, rows(2, 3), 0),
        (1, 17, rows(5), 1),
        (6, 23, rows(4), 1),
    ]


# Everyone


def test_the_whole_business(book, settings):
    """
    Out of hours are 60 minutes of Bell's (30 offered), 30 of Acme's (offered), and 10 of Cole's; the
    urgent hour of Dunn's is not among them. All of Acme's and half of Bell's, 60 of 100, she offered.

    Date        Client  Activity  Direction  Start  Minutes  Urgent
    2026-06-01  Acme    Message   out        20:00  30
    2026-06-01  Acme    Message   out        12:00  20
    2026-06-01  Bell    Message   out        20:00  30
    2026-06-02  Bell    Call      in         20:00  30
    2026-06-01  Cole    Call      in         20:00  10
    2026-06-01  Dunn    Message   in         20:00  60       yes
    2026-06-01  Ewer    Message   in         12:00  20
    2025-06-01  Fox     Message   in         20:00  500
    """
    found = portfolio(everyone(book, settings), settings)
    assert [(one.client, one.minutes, one.share) for one in found.by_client] == [
        ("Bell", 60, 0.6),
        ("Acme", 30, 0.3),
        ("Cole", 10, 0.1),
    ]
    assert found.offered_by_owner == 0.6
    assert found.overall.out_of_hours == Crossing(rows(2, 4, 5, 6), 100)
    assert found.overall.urgent == Crossing(rows(7), 60)
    assert (found.overall.touchpoints, found.overall.minutes) == (7, 200)
    assert found.overall.out_of_hours_share == pytest.approx(4 / 6)
    assert found.overall.boundary_load == 0.5


def test_equally_bad_clients_stand_by_name(book, settings):
    """
    Date        Client  Activity  Start  Minutes
    2026-06-01  bell    Message   20:00  10
    2026-06-01  Cole    Message   20:00  10
    2026-06-01  Acme    Message   20:00  10
    """
    found = portfolio(everyone(book, settings), settings)
    assert [one.client for one in found.by_client] == ["Acme", "bell", "Cole"]


def test_nobody_takes_an_evening(book, settings):
    """
    Date        Client  Activity  Start  Minutes
    2026-06-01  Acme    Message   12:00  10
    """
    found = portfolio(everyone(book, settings), settings)
    assert (found.by_client, found.offered_by_owner) == ((), None)


def test_no_clients():
    found = portfolio([], Settings())
    assert (found.by_client, found.offered_by_owner) == ((), None)
    assert (found.overall.boundary_load, found.overall.out_of_hours_share) == (None, None)


# Properties

MESSAGE = Activity("Message", "messages", "high", connects=True)
PREFERRING = Settings(preferred_channels=("Email",))
ONE_IS_ENOUGH = Settings(preferred_channels=("Email",), boundary_crossings=1)
"""One crossing is enough for a level: what is tested is the letter."""


def seen(touchpoints):
    (one,) = related([Client("Acme")], touchpoints)
    return evidence(one, PREFERRING, TODAY)


def touched(minutes):
    """Touchpoints in hours, of so many minutes, in scope or not."""
    return [
        Touchpoint(
            date(2026, 6, 1), "Acme", MESSAGE, Row("Touchpoints", row), minutes=m, in_scope=s
        )
        for row, (m, s) in enumerate(minutes, start=2)
    ]


def lettered(described):
    """Touchpoints of Monday 1 June, and five without minutes, so that there are enough."""
    return [
        Touchpoint(
            date=date(2026, 6, 1),
            client="Acme",
            activity=MESSAGE,
            row=Row("Touchpoints", row),
            start=time(hour),
            minutes=minutes,
            channel=channel,
            urgent=urgent,
            in_scope=in_scope,
            direction=direction,
        )
        for row, (hour, minutes, channel, urgent, in_scope, direction) in enumerate(
            [*described, *[(12, 0, "Email", False, None, "out")] * 5], start=2
        )
    ]


TOUCHPOINTS = st.builds(
    Touchpoint,
    date=st.dates(date(2025, 5, 1), date(2026, 7, 31)),
    client=st.sampled_from(["Acme", "Bell", "Cole"]),
    activity=st.just(MESSAGE),
    row=st.just(Row("Touchpoints", 1)),
    direction=st.sampled_from(["in", "out", "both"]),
    channel=st.sampled_from([None, "Email", "WhatsApp"]),
    start=st.none() | st.times(time(0), time(23, 59)),
    minutes=st.integers(0, 120),
    urgent=st.booleans(),
    in_scope=st.none() | st.booleans(),
)


def counted(touchpoints):
    """Everything but which rows they are."""
    numbered = [
        replace(one, row=Row("Touchpoints", number))
        for number, one in enumerate(touchpoints, start=2)
    ]
    people = [Client("Acme"), Client("Bell"), Client("Cole")]
    everybody = [evidence(one, PREFERRING, TODAY) for one in related(people, numbered)]
    found = portfolio(everybody, PREFERRING)
    each = [found.overall, *(boundaries(one, PREFERRING) for one in everybody)]
    crossings = [
        (part.count, part.minutes)
        for one in each
        for part in (
            one.out_of_hours,
            one.asked,
            one.offered,
            one.together,
            one.urgent,
            one.off_channel or Crossing(),
            one.out_of_scope,
            one.crossed,
        )
    ]
    week = [(one.weekday, one.hour, len(one.rows), one.out_of_hours) for one in found.week]
    return found, each, (found.by_client, found.offered_by_owner, crossings, week)


@given(st.lists(TOUCHPOINTS, max_size=15), st.randoms(use_true_random=False))
def test_shares_are_shares_and_row_order_changes_nothing(touchpoints, chance: random.Random):
    found, each, figures = counted(touchpoints)
    for one in each:
        parts = (one.asked_share, one.offered_share, one.together_share)
        for share in (one.out_of_hours_share, one.boundary_load, *parts):
            assert share is None or 0 <= share <= 1
        if one.out_of_hours_share is not None:
            assert sum(parts) == pytest.approx(one.out_of_hours_share)
    assert found.offered_by_owner is None or 0 <= found.offered_by_owner <= 1
    if found.by_client:
        assert sum(one.share for one in found.by_client) == pytest.approx(1)
    again, each_again, figures_again = counted(chance.sample(touchpoints, len(touchpoints)))
    assert figures_again == figures
    assert [(o.level, o.letter, o.timed) for o in each_again] == [
        (o.level, o.letter, o.timed) for o in each
    ]
    assert again.overall.minutes == sum(one.minutes for one in each[1:])
