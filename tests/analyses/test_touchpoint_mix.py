"""Coverage of the eleven kinds (SPEC 7), worked out by hand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from reportgen.analyses.touchpoint_mix import Mix, mix, mix_of_all
from reportgen.evidence.evidence import evidence
from reportgen.model import UNKNOWN_ACTIVITY, Client, Kind, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.reading.catalogue import built_in
from reportgen.settings.settings import Settings


def everyone(book, settings, as_of):
    day = date.fromisoformat(as_of)
    return [evidence(one, settings, day) for one in book.relationships]


def used(found: Mix):
    """Kind → touchpoints, minutes, last day, rows; only those used."""
    return {
        one.kind: (one.touchpoints, one.minutes, str(one.last), [row.row for row in one.rows])
        for one in found.kinds
        if one.touchpoints
    }


def test_the_kinds_of_each_and_of_all(book, settings):
    """
    As of 31 October 2026 the year begins on 1 November 2025; the call of the day before is outside it,
    though relationship building was not never used. An invoice is a message that nobody feels, and still
    one. The survey is planned. The last two rows have no activity, or one that nobody knows.

    Date        Client  Activity       Minutes
    2025-10-31  Acme    Call           30
    2025-11-01  Acme    Email          10
    2026-02-01  Acme    Invoice        5
    2026-10-31  Acme    Proposal       60
    2026-11-01  Acme    Survey         5
    2026-01-01  Bell    Support        15
    2026-01-02  Bell    Email
    2026-01-03  Bell
    2026-01-04  Bell    Juggling
    """
    clients = everyone(book, settings, "2026-10-31")
    acme, bell = (mix(client) for client in clients)
    assert used(acme) == {
        "messages": (2, 15, "2026-02-01", [3, 4]),
        "anticipation": (1, 60, "2026-10-31", [5]),
    }
    assert (acme.covered, acme.share) == (2, 2 / 11)
    assert acme.never == (
        "feedback",
        "insight",
        "loyalty",
        "accessibility",
        "satisfaction",
        "involvement",
        "indispensable",
        "help",
    )
    assert used(bell) == {
        "messages": (1, 0, "2026-01-02", [8]),
        "help": (1, 15, "2026-01-01", [7]),
    }
    assert [row.row for row in bell.without_kind] == [9, 10]
    all_ = mix_of_all(clients)
    assert used(all_) == {
        "messages": (3, 15, "2026-02-01", [3, 4, 8]),
        "anticipation": (1, 60, "2026-10-31", [5]),
        "help": (1, 15, "2026-01-01", [7]),
    }
    assert all_.never == (
        "feedback",
        "insight",
        "loyalty",
        "accessibility",
        "satisfaction",
        "involvement",
        "indispensable",
    )


def test_all_eleven_stand_in_order_even_for_nobody():
    found = mix_of_all([])
    assert tuple(one.kind for one in found.kinds) == tuple(Kind)
    assert [one.last for one in found.kinds] == [None] * 11
    assert found.never == tuple(Kind)
    assert (found.covered, found.share) == (0, 0)


TOUCHES = st.tuples(
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.sampled_from("AB"),
    st.sampled_from([*built_in().activities.values(), UNKNOWN_ACTIVITY]),
    st.integers(0, 300),
)


@given(st.lists(TOUCHES), st.randoms())
def test_every_touchpoint_once_and_row_order_changes_nothing(touched, random):
    touches = [
        Touchpoint(day, client, activity, Row("Touchpoints", row), minutes=minutes)
        for row, (day, client, activity, minutes) in enumerate(touched, start=2)
    ]
    as_of = date(2026, 10, 31)

    def once():
        people = relationships([Client("A"), Client("B")], touches)
        clients = [evidence(one, Settings(), as_of) for one in people]
        return mix_of_all(clients), [mix(client) for client in clients]

    all_, each = found = once()
    in_year = [t for t in touches if date(2025, 11, 1) <= t.date <= as_of]
    rows = [row for one in all_.kinds for row in one.rows] + list(all_.without_kind)
    assert sorted(rows) == sorted(t.row for t in in_year)
    assert 0 <= all_.share <= 1
    assert all_.covered >= max(one.covered for one in each)
    assert set(all_.never) == set(each[0].never) & set(each[1].never)
    random.shuffle(touches)
    assert once() == found
