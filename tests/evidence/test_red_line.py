"""Silence against the red line, worked out by hand from SPEC 2; the red line is mostly 10 days."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.evidence.evidence import evidence
from reportgen.evidence.red_line import Norm, Spell, spells
from reportgen.model import Activity, Client, Relationship, Sale, Touchpoint
from reportgen.problems import Row
from reportgen.settings.settings import Settings


def seen(book, settings, as_of, name="Acme"):
    """The evidence of one client on a day."""
    found = {one.client.name: one for one in book.relationships}
    return evidence(found[name], settings, date.fromisoformat(as_of))


def silence(book, settings, as_of, name="Acme"):
    return seen(book, settings, as_of, name).silence


def spell(first, last):
    return Spell(date.fromisoformat(first), date.fromisoformat(last))


def test_silence_of_n_days_is_still_above_and_one_more_is_below(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email

    # Business
    Red line (days)  10
    """
    on_the_line = silence(book, settings, "2026-01-11")
    assert on_the_line.silence_days == 10
    assert not on_the_line.below_red_line
    assert on_the_line.spells == ()
    assert on_the_line.overdue == 0
    assert on_the_line.below_share == 0

    beyond = silence(book, settings, "2026-01-12")
    assert beyond.silence_days == 11
    assert beyond.below_red_line
    assert beyond.spells == (spell("2026-01-12", "2026-01-12"),)
    assert beyond.overdue == pytest.approx(1 / 10)
    assert beyond.relationship_days == 12
    assert beyond.below_share == pytest.approx(1 / 12)


def test_a_gap_of_n_plus_one_days_has_no_day_below(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-12  Acme    Email

    # Business
    Red line (days)  10
    """
    quiet = silence(book, settings, "2026-01-12")
    assert quiet.spells == ()
    assert quiet.days_below == 0


def test_a_gap_of_n_plus_two_days_has_one_day_below_the_day_before_the_contact(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-13  Acme    Email

    # Business
    Red line (days)  10
    """
    quiet = silence(book, settings, "2026-01-13")
    assert quiet.spells == (spell("2026-01-12", "2026-01-12"),)
    assert not quiet.below_red_line


def test_a_closed_gap_and_an_open_one_are_two_spells(book, settings):
    """
    1 to 20 January is a gap of 19 days: 19 − 10 − 1 = 8 of them below. From 20 January to 3 February
    there are 14 days of silence: 14 − 10 = 4 below.

    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-20  Acme    Email

    # Business
    Red line (days)  10
    """
    quiet = silence(book, settings, "2026-02-03")
    assert quiet.spells == (spell("2026-01-12", "2026-01-19"), spell("2026-01-31", "2026-02-03"))
    assert [one.days for one in quiet.spells] == [8, 4]
    assert quiet.days_below == 12
    assert quiet.relationship_days == 34
    assert quiet.below_share == pytest.approx(12 / 34)
    assert quiet.overdue == pytest.approx(4 / 10)


def test_days_of_a_spell_within_other_days():
    one = spell("2026-01-12", "2026-01-19")
    assert one.days_within(date(2026, 1, 1), date(2026, 1, 12)) == 1
    assert one.days_within(date(2026, 1, 19), date(2026, 1, 31)) == 1
    assert one.days_within(date(2026, 1, 14), date(2026, 1, 15)) == 2
    assert one.days_within(date(2026, 1, 20), date(2026, 1, 31)) == 0
    assert one.days_within(date(2026, 1, 1), date(2026, 1, 11)) == 0


def test_a_spell_ends_with_the_relationship(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email

    # Clients
    Client  Red line (days)  Ended on
    Acme    10               2026-01-15
    """
    long_after = seen(book, settings, "2026-03-01")
    assert long_after.silence.spells == (spell("2026-01-12", "2026-01-15"),)
    assert long_after.silence.relationship_days == 15
    assert not long_after.silence.below_red_line
    assert long_after.state == "ended"
    assert long_after.has_ended
    assert not long_after.lapsed
    assert not long_after.is_running

    last_day = seen(book, settings, "2026-01-15")
    assert last_day.silence.days_below == 4
    assert last_day.has_ended

    day_before = seen(book, settings, "2026-01-14")
    assert day_before.silence.below_red_line
    assert day_before.silence.days_below == 3
    assert day_before.silence.relationship_days == 14
    assert not day_before.lapsed


def test_client_since_begins_the_relationship_but_not_the_silence(book, settings):
    """
    20 December to 12 January are 24 days; silence runs from 1 January only.

    Date        Client  Activity
    2026-01-01  Acme    Email

    # Clients
    Client  Red line (days)  Client since
    Acme    10               2025-12-20
    """
    quiet = silence(book, settings, "2026-01-12")
    assert quiet.started == date(2025, 12, 20)
    assert quiet.relationship_days == 24
    assert quiet.spells == (spell("2026-01-12", "2026-01-12"),)
    assert quiet.below_share == pytest.approx(1 / 24)


def test_client_since_after_the_first_contact_changes_nothing(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email

    # Clients
    Client  Red line (days)  Client since
    Acme    10               2026-01-08
    """
    quiet = silence(book, settings, "2026-01-12")
    assert quiet.started == date(2026, 1, 1)
    assert quiet.relationship_days == 12


def test_a_relationship_of_one_day(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email
    """
    quiet = silence(book, settings, "2026-01-01")
    assert quiet.relationship_days == 1
    assert quiet.silence_days == 0
    assert quiet.below_share == 0
    assert seen(book, settings, "2026-01-01").state == "in touch"


def test_without_any_contact_there_is_no_silence(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email

    # Clients
    Client  Client since
    Bell    2025-01-01
    """
    one = seen(book, settings, "2026-06-30", "Bell")
    assert one.silence.last_contact is None
    assert one.silence.silence_days is None
    assert one.silence.overdue is None
    assert one.silence.spells == ()
    assert not one.silence.below_red_line
    assert one.state == "none"
    assert not one.lapsed
    assert one.is_running


def test_several_contacts_on_one_day_are_one_contact_day(book, settings):
    """
    Date        Client  Activity  Start
    2026-01-01  Acme    Email     09:00
    2026-01-01  Acme    Call      15:00
    2026-01-08  Acme    Email

    # Sales
    Date        Client  Amount
    2026-01-08  Acme    100
    """
    assert seen(book, settings, "2026-01-08").contact_days == (date(2026, 1, 1), date(2026, 1, 8))


def test_planned_rows_break_no_silence(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-13  Acme    Call

    # Sales
    Date        Client  Amount
    2026-01-14  Acme    100

    # Business
    Red line (days)  10
    """
    before = seen(book, settings, "2026-01-12")
    assert before.silence.silence_days == 11
    assert before.silence.below_red_line
    assert len(before.planned_touchpoints) == 1
    assert len(before.planned_sales) == 1
    assert before.purchases == ()

    assert silence(book, settings, "2026-01-13").silence_days == 0


def test_a_sale_is_a_contact(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email

    # Sales
    Date        Client  Amount
    2026-01-10  Acme    100

    # Business
    Red line (days)  10
    """
    quiet = silence(book, settings, "2026-01-20")
    assert quiet.last_contact == date(2026, 1, 10)
    assert quiet.spells == ()


def test_administration_and_work_behind_the_scenes_do_not_connect(book, settings):
    """
    Date        Client  Activity         Minutes
    2026-01-01  Acme    Email            10
    2026-01-05  Acme    Invoice          15
    2026-01-08  Acme    Project work     120
    2026-01-09  Acme    Chasing money    5
    2026-01-10  Acme    Scheduling       5
    2026-01-10  Acme    Meeting minutes  30

    # Business
    Red line (days)  10
    """
    one = seen(book, settings, "2026-01-12")
    assert one.contact_days == (date(2026, 1, 1),)
    assert one.silence.below_red_line
    assert one.minutes == 185


def test_the_owner_says_what_connects(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-05  Acme    Invoice
    2026-01-07  Acme    Newsletter

    # Activities
    Activity    Connects
    Invoice     yes
    Newsletter  no
    """
    assert seen(book, settings, "2026-01-10").contact_days == (date(2026, 1, 1), date(2026, 1, 5))


def test_the_red_line_of_the_client_before_the_workbooks(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-01  Bell    Email

    # Clients
    Client  Red line (days)  Business model
    Acme    5                product
    Bell                     product

    # Business
    Red line (days)  10
    Business model   service
    """
    assert silence(book, settings, "2026-01-02", "Acme").red_line_days == 5
    assert silence(book, settings, "2026-01-02", "Bell").red_line_days == 10


def test_our_red_lines_by_business_model(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-01  Bell    Email
    2026-01-01  Cole    Email
    2026-01-01  Dunn    Email
    2026-01-01  Ewer    Email

    # Clients
    Client  Business model
    Acme    consultancy
    Bell    service
    Cole    product
    Dunn    subscription

    # Business
    Business model  subscription
    """
    lines = {
        name: silence(book, settings, "2026-01-02", name).red_line_days
        for name in ("Acme", "Bell", "Cole", "Dunn", "Ewer")
    }
    assert lines == {"Acme": 60, "Bell": 35, "Cole": 90, "Dunn": 31, "Ewer": 31}


def test_ideal_days_are_half_the_red_line_rounded_up(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-01-01  Bell    Email
    2026-01-01  Cole    Email

    # Clients
    Client  Red line (days)  Contact every (days)
    Acme    35
    Bell    10
    Cole    10               7
    """
    ideal = {
        name: silence(book, settings, "2026-01-02", name).ideal_days
        for name in ("Acme", "Bell", "Cole")
    }
    assert ideal == {"Acme": 18, "Bell": 5, "Cole": 7}


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2026-01-06", "in touch"),
        ("2026-01-07", "due"),
        ("2026-01-11", "due"),
        ("2026-01-12", "below"),
    ],
)
def test_in_touch_due_below(book, settings, as_of, state):
    """
    Silence of 5, 6, 10 and 11 days against an ideal of 5 and a red line of 10.

    Date        Client  Activity
    2026-01-01  Acme    Email

    # Business
    Red line (days)  10
    """
    assert seen(book, settings, as_of).state == state


def test_overdue_is_counted_in_red_lines(book, settings):
    """
    25 days of silence against 10: 15 too many, one and a half red lines.

    Date        Client  Activity
    2026-01-01  Acme    Email

    # Business
    Red line (days)  10
    """
    assert silence(book, settings, "2026-01-26").overdue == pytest.approx(1.5)


def test_red_lines_of_the_phases(book, settings):
    """
    Before the sale 5 days: from 1 January, below from 7 to 19 January. In collaboration 3 days: from
    the sale of 20 January, below from 24 to 31 January, and on, for 1 February is the twelfth silent
    day and the line after the work is 10.

    Date        Client  Activity
    2026-01-01  Acme    Email
    2026-02-03  Acme    Email

    # Sales
    Date        Client  Amount  From        To
    2026-01-20  Acme    100     2026-01-20  2026-01-31

    # Business
    Red line (days)                   10
    Red line before the sale (days)   5
    Red line in collaboration (days)  3
    """
    assert silence(book, settings, "2026-01-19").red_line_days == 5
    assert silence(book, settings, "2026-01-20").red_line_days == 3
    assert silence(book, settings, "2026-01-31").red_line_days == 3
    quiet = silence(book, settings, "2026-02-03")
    assert quiet.red_line_days == 10
    assert quiet.spells == (spell("2026-01-07", "2026-01-19"), spell("2026-01-24", "2026-02-02"))


def test_silence_that_the_work_allowed_is_below_the_day_after_it(book, settings):
    """
    Thirty days are allowed while work goes on until 31 January; on 1 February the line is 10 again, and
    the silence is 12 days long.

    Date        Client  Activity
    2026-01-20  Acme    Email

    # Sales
    Date        Client  Amount  From        To
    2026-01-20  Acme    100     2026-01-20  2026-01-31

    # Business
    Red line (days)                   10
    Red line in collaboration (days)  30
    """
    assert not silence(book, settings, "2026-01-31").below_red_line
    quiet = silence(book, settings, "2026-02-01")
    assert quiet.below_red_line
    assert quiet.spells == (spell("2026-02-01", "2026-02-01"),)


def test_the_clients_own_red_line_holds_in_every_phase(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email

    # Clients
    Client  Red line (days)
    Acme    10

    # Business
    Red line before the sale (days)   5
    Red line in collaboration (days)  3
    """
    quiet = silence(book, settings, "2026-01-12")
    assert quiet.red_line_days == 10
    assert quiet.spells == (spell("2026-01-12", "2026-01-12"),)


def test_lapsed_after_more_than_four_red_lines(book, settings):
    """
    Forty days after 1 January is 10 February.

    Date        Client  Activity
    2026-01-01  Acme    Email

    # Business
    Red line (days)  10
    """
    assert not seen(book, settings, "2026-02-10").lapsed
    assert seen(book, settings, "2026-02-11").lapsed


def test_not_lapsed_while_work_goes_on(book, settings):
    """
    Date        Client  Activity
    2025-01-01  Acme    Email

    # Sales
    Date        Client  Amount  From        To
    2025-01-01  Acme    100     2025-01-01  2026-01-31

    # Business
    Red line (days)  10
    """
    assert not seen(book, settings, "2026-01-31").lapsed
    assert seen(book, settings, "2026-02-01").lapsed


def test_planned_work_does_not_keep_from_lapsing(book, settings):
    """
    The sale is dated after the day, so it is a plan, although its work is said to have begun.

    Date        Client  Activity
    2025-01-01  Acme    Email

    # Sales
    Date        Client  Amount  From        To
    2026-02-01  Acme    100     2025-01-01  2026-12-31

    # Business
    Red line (days)  10
    """
    assert seen(book, settings, "2026-01-31").lapsed


def test_ended_from_its_day_on_and_never_lapsed(book, settings):
    """
    Date        Client  Activity
    2026-01-01  Acme    Email

    # Clients
    Client  Ended on
    Acme    2026-01-03
    """
    days = [seen(book, settings, day) for day in ("2026-01-02", "2026-01-03", "2027-01-03")]
    assert [(one.has_ended, one.lapsed, one.is_running) for one in days] == [
        (False, False, True),
        (True, False, False),
        (True, False, False),
    ]


EPOCH = date(2025, 1, 1)
DAYS = st.integers(0, 400).map(lambda number: EPOCH + timedelta(days=number))
CONTACTS = st.lists(DAYS, max_size=12)


@given(CONTACTS, st.integers(1, 90), DAYS)
def test_spells_are_the_days_whose_silence_is_longer_than_the_line(contacts, line, as_of):
    """Against the definition, day by day."""
    known = sorted({day for day in contacts if day <= as_of})
    if not known:
        assert spells((), (Norm(as_of, as_of, line),), as_of, as_of) == ()
        return
    first = known[0]
    every_day = [first + timedelta(days=n) for n in range((as_of - first).days + 1)]
    expected = [day for day in every_day if (day - max(k for k in known if k <= day)).days > line]
    found = spells(known, (Norm(first, as_of, line),), first, as_of)
    assert [one.first + timedelta(days=n) for one in found for n in range(one.days)] == expected
    for earlier, later in itertools.pairwise(found):
        assert later.first - earlier.last > timedelta(days=1)


@given(
    contacts=CONTACTS,
    sold=st.lists(st.tuples(DAYS, st.sampled_from([-50, 0, 80]), st.integers(0, 60)), max_size=5),
    since=st.none() | DAYS,
    ended=st.none() | DAYS,
    own=st.none() | st.integers(1, 60),
    before_the_sale=st.none() | st.integers(1, 60),
    as_of=DAYS,
)
def test_of_any_relationship(*, contacts, sold, since, ended, own, before_the_sale, as_of):
    """Spells never overlap nor hold a contact day, and no more days are below than there are."""
    call = Activity("Call", "relationship building", "high", connects=True)
    one = evidence(
        Relationship(
            client=Client("Acme", since=since, ended_on=ended, red_line_days=own),
            touchpoints=tuple(
                Touchpoint(day, "Acme", call, Row("Touchpoints", number))
                for number, day in enumerate(sorted(contacts), start=2)
            ),
            sales=tuple(
                Sale(
                    day,
                    "Acme",
                    Decimal(amount),
                    Row("Sales", number),
                    starts=day,
                    ends=day + timedelta(days=length),
                )
                for number, (day, amount, length) in enumerate(sorted(sold), start=2)
            ),
        ),
        Settings(red_line_before_the_sale_days=before_the_sale, red_line_in_collaboration_days=9),
        as_of,
    )
    quiet = one.silence
    assert 0 <= quiet.days_below <= quiet.relationship_days
    assert quiet.below_share is None or 0 <= quiet.below_share <= 1
    assert quiet.overdue is None or quiet.overdue >= 0
    for earlier, later in zip(quiet.spells, quiet.spells[1:], strict=False):
        assert earlier.last < later.first
    for below in quiet.spells:
        assert below.first <= below.last <= quiet.ended
        assert not any(below.first <= day <= below.last for day in one.contact_days)
