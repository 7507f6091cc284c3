"""Who begins, and how long the other waits (SPEC 5), at the boundaries.

The day is Tuesday 30 June 2026: the last 12 months begin on 1 July 2025, the last three on 31 March 2026.
She works from 9:00 to 17:00, Monday to Friday. Monday 1 June 2026 is a working day.
"""

import random
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from reportgen.analyses.conversations import Answers, answers, answers_of_all
from reportgen.evidence.evidence import evidence
from reportgen.evidence.working_days import working_minutes
from reportgen.model import relationships as related
from reportgen.shares import Share


def of(book, settings, name="Acme") -> Answers:
    (one,) = [one for one in book.relationships if one.client.name == name]
    return answers(evidence(one, settings, date(2026, 6, 30)), settings)


@pytest.mark.parametrize(
    ("begins", "ends", "hours"),
    [
        ("2026-06-01 10:00", "2026-06-01 10:30", 0.5),
        ("2026-06-01 08:00", "2026-06-01 09:00", 0),
        ("2026-06-01 20:00", "2026-06-02 09:30", 0.5),
        ("2026-06-01 16:00", "2026-06-02 10:00", 2),
        # Friday evening to Monday morning, and the bank holiday of Monday 25 May
        ("2026-06-05 17:00", "2026-06-08 09:00", 0),
        ("2026-05-22 16:00", "2026-05-26 10:00", 2),
        # a whole week from Monday noon
        ("2026-06-01 12:00", "2026-06-08 12:00", 40),
    ],
)
def test_working_hours_between_two_moments(settings, begins, ends, hours):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call

    # Business
    Country  GB
    """
    found = working_minutes(datetime.fromisoformat(begins), datetime.fromisoformat(ends), settings)
    assert found == hours * 60


def test_hours_the_wrong_way_round_end_at_midnight(settings):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    noon, next_noon = (datetime.fromisoformat(f"2026-06-0{day} 12:00") for day in (1, 2))
    evenings = replace(settings, opens=time(18), closes=time(2))
    assert working_minutes(noon, next_noon, evenings) == 6 * 60


def test_until_the_first_answer_that_has_a_start(book, settings):
    """
    Waits of ours: row 2 one hour, rows 4 and 5 to the answer of row 6, two hours and one; the median of
    1, 2 and 1 is 1. Row 7 has no Start, and the first answer to row 8 has none. An invoice answers nothing,
    row 11 is answered by nobody. Row 13 is a call, which answers itself.

    Date        Client  Activity  Direction  Start
    2026-05-04  Acme    Email     in         10:00
    2026-05-04  Acme    Email     out        11:00
    2026-05-05  Acme    Email     in         10:00
    2026-05-05  Acme    Email     in         11:00
    2026-05-05  Acme    Email     out        12:00
    2026-05-06  Acme    Email     in
    2026-05-06  Acme    Email     in         10:00
    2026-05-06  Acme    Email     out
    2026-05-07  Acme    Email     out        16:00
    2026-06-28  Acme    Email     in         10:00
    2026-06-29  Acme    Invoice   out        12:00
    2026-06-29  Acme    Email     in         12:00
    2026-05-04  Bell    Call      in         10:00
    """
    found = of(book, settings).year
    assert sorted(found.our_hours) == [1, 1, 2]
    assert found.ours == 1
    assert (of(book, settings, "Bell").year.ours, of(book, settings, "Bell").year.theirs) == (
        None,
        None,
    )


def test_what_cannot_be_timed_does_not_end_the_count(book, settings):
    """
    A call waits for nothing, the answer of 2 June has no Start; that of the 10th took two hours.

    Date        Client  Activity  Direction  Start
    2026-06-01  Acme    Call      in         10:00
    2026-06-02  Acme    Email     in         10:00
    2026-06-02  Acme    Email     out
    2026-06-10  Acme    Email     in         10:00
    2026-06-10  Acme    Email     out        12:00
    """
    assert of(book, settings).year.our_hours == (2,)


def test_theirs_count_within_a_conversation_only(book, settings):
    """
    Acme answered after seven days, five of which were working days of eight hours; Bell after eight, and
    the next time within three hours. Cole rang back.

    Date        Client  Activity    Direction  Start
    2026-06-01  Acme    Newsletter  out        10:00
    2026-06-08  Acme    Email       in         10:00
    2026-06-01  Bell    Newsletter  out        10:00
    2026-06-09  Bell    Email       in         10:00
    2026-06-01  Cole    Email       out        10:00
    2026-06-01  Cole    Call        both       12:00
    2026-06-22  Bell    Newsletter  out        10:00
    2026-06-22  Bell    Email       in         13:00
    """
    assert of(book, settings).year.their_hours == (40,)
    assert of(book, settings, "Bell").year.their_hours == (3,)
    assert of(book, settings, "Cole").year.their_hours == (2,)


def test_who_opened_each_conversation(book, settings):
    """
    A contact seven days after the last goes on with it, one eight days after begins anew. So Acme has
    three: ours of 1 May, theirs of 16 May, and ours of 25 June; of the call of 5 June nobody knows who
    rang, and the day before the last 12 months does not count. Of Bell's first day nobody knows, since
    both wrote and one has no Start; on the second the earlier Start tells.

    Date        Client  Activity      Direction  Start
    2025-06-30  Acme    Email         out
    2026-05-01  Acme    Email         out
    2026-05-08  Acme    Email         in
    2026-05-16  Acme    Email         in
    2026-05-16  Acme    Project work  out
    2026-06-05  Acme    Call          both
    2026-06-25  Acme    Email         out
    2026-05-01  Bell    Email         out        10:00
    2026-05-01  Bell    Email         in
    2026-06-01  Bell    Email         out        10:00
    2026-06-01  Bell    Email         in         9:00
    """
    assert of(book, settings).year.opened == Share(2, 3)
    assert of(book, settings, "Bell").year.opened == Share(0, 1)


def test_the_year_and_its_last_three_months(book, settings):
    """
    Date        Client  Activity  Direction  Start
    2025-06-30  Acme    Email     in         10:00
    2025-06-30  Acme    Email     out        15:00
    2025-07-01  Acme    Email     in         10:00
    2025-07-01  Acme    Email     out        14:00
    2026-03-30  Acme    Email     in         10:00
    2026-03-30  Acme    Email     out        12:00
    2026-03-31  Acme    Email     in         10:00
    2026-03-31  Acme    Email     out        11:00
    """
    found = of(book, settings)
    assert sorted(found.year.our_hours) == [1, 2, 4]
    assert found.lately.our_hours == (1,)


def test_everybody_together(book, settings):
    """
    Date        Client  Activity  Direction  Start
    2026-06-01  Acme    Email     in         10:00
    2026-06-01  Acme    Email     out        11:00
    2026-06-01  Bell    Email     in         10:00
    2026-06-01  Bell    Email     out        13:00
    2026-06-01  Bell    Email     in         15:00
    2026-06-01  Bell    Email     out        17:00
    2026-06-15  Bell    Email     out
    """
    found = answers_of_all([of(book, settings), of(book, settings, "Bell")])
    assert (found.year.ours, found.year.opened) == (2, Share(1, 3))
    assert answers_of_all([]).year.ours is None


def test_row_order_changes_nothing(book, settings):
    """
    Date        Client  Activity  Direction  Start
    2026-06-01  Acme    Email     in         10:00
    2026-06-01  Acme    Message   out        10:00
    2026-06-01  Acme    Email     out        11:00
    2026-06-01  Acme    Call      both       11:00
    2026-06-01  Acme    Email     in
    2026-06-12  Acme    Email     out
    2026-06-12  Acme    Call      in
    """
    (one,) = book.relationships
    found, chance = of(book, settings).year, random.Random(3)
    for _ in range(20):
        rows = chance.sample(one.touchpoints, len(one.touchpoints))
        (again,) = related([one.client], rows)
        year = answers(evidence(again, settings, date(2026, 6, 30)), settings).year
        assert (year.our_hours, year.their_hours, year.opened) == (
            found.our_hours,
            found.their_hours,
            found.opened,
        )
