"""Where clients come from, and who brought whom: worked out by hand.

The day is 30 June 2026: W begins on 1 July 2025, the year before it on 1 July 2024.
"""

from datetime import date
from decimal import Decimal

import pytest

from reportgen.analyses.sources import referrers
from reportgen.evidence.evidence import evidence
from reportgen.report.findings import findings
from reportgen.shares import Share

T = date(2026, 6, 30)


def origins(book, settings):
    found = findings(book, settings, T)
    return {one.name: one for one in found.sources}, {one.name: one for one in found.segments}


def brought(book, settings):
    found = referrers([evidence(one, settings, T) for one in book.relationships])
    return [(one.name, one.brought, one.sales) for one in found]


def test_the_sources_side_by_side(book, settings):
    """
    Acme and Bell came from the fair, Cole and Dunn from the website, Ewer from nowhere that is recorded.
    Acme: contacts on 1 and 5 January, the first purchase on the 11th, so 2 days of contact in 10 days;
    Bell bought at once: 0 in 0. Dunn has never bought; his two hours cost all the same.
    At £30 an hour the fair's hour costs 30, with 20 for the goods: 700 − 100 + 300 − 20 − 30 = 850.
    The website: 250 − 2 h = 190; Cole had one contact, on the day before.
    Of the fair Acme and Bell bought in the year before, Acme is back; of the website Cole was new.

    # Business
    Setting      Value
    Hourly rate  30

    # Clients
    Client  Source
    Acme    Fair
    Bell    fair
    Cole    Website
    Dunn    Website
    Ewer
    Fox     Fair

    # Touchpoints
    Date        Client  Activity  Minutes
    2025-01-01  Acme    Call      30
    2025-01-05  Acme    Meeting   30
    2025-09-09  Cole    Call
    2026-01-01  Dunn    Meeting   120

    # Sales
    Date        Client  Amount  Direct cost
    2025-01-11  Acme    700     20
    2025-08-01  Acme    -100
    2025-09-01  Acme    0
    2025-02-02  Bell    300
    2025-09-10  Cole    250
    2025-10-10  Ewer    40
    """
    sources, segments = origins(book, settings)
    assert list(sources) == ["Fair", "Website", None]
    assert segments == {}
    fair, website, unknown = sources.values()
    assert (fair.customers, fair.prospects, fair.conversion) == (2, 1, Share(2, 3))
    assert (fair.contact_days, fair.days) == (1, 5)
    assert (fair.sales, fair.contribution, fair.minutes) == (900, 850, 60)
    assert fair.kept == Share(1, 2)
    assert (website.customers, website.prospects, website.conversion) == (1, 1, Share(1, 2))
    assert (website.contact_days, website.days) == (1, 1)
    assert (website.sales, website.contribution, website.minutes) == (250, 190, 120)
    assert website.kept == Share(0, 0)
    assert (unknown.customers, unknown.sales, unknown.contribution) == (1, 40, 40)
    assert (unknown.contact_days, unknown.days) == (0, 0)


def test_segments_and_what_is_not_known(book, settings):
    """
    Without a rate Acme's hour has no cost that is known, so the segment's contribution is not; Bell's
    has none to know. A prospect's segment has no days to a purchase.

    # Clients
    Client  Segment
    Acme    Cafes
    Bell    Shops
    Cole    Schools

    # Touchpoints
    Date        Client  Activity  Minutes
    2026-01-01  Acme    Call      60
    2026-01-01  Cole    Call

    # Sales
    Date        Client  Amount
    2026-01-11  Acme    700
    2026-02-02  Bell    300
    """
    sources, segments = origins(book, settings)
    assert sources == {}
    assert [(one.name, one.contribution) for one in segments.values()] == [
        ("Cafes", None),
        ("Shops", 300),
        ("Schools", 0),
    ]
    assert (segments["Schools"].contact_days, segments["Schools"].days) == (None, None)
    assert segments["Schools"].conversion == Share(0, 1)


def test_friends_of_somebody_are_one_source(book, settings):
    """
    # Clients
    Client | Source
    Acme   | friend of Bell
    Bell   | Friend
    Cole   | A friend of Jo next door
    Dunn   | Friendly Society

    # Sales
    Date       | Client | Amount
    2026-01-11 | Acme   | 700
    2026-02-02 | Bell   | 300
    2026-02-03 | Dunn   | 5
    """
    sources, _ = origins(book, settings)
    assert [(one.name, one.customers, one.prospects) for one in sources.values()] == [
        ("Friend", 2, 1),
        ("Friendly Society", 1, 0),
    ]


def test_who_brought_whom_through_all_steps(book, settings):
    """
    Acme sent Bell, Bell sent Cole and Dunn (by Bell's contact, Jo Finch), a baker who is no client sent
    Ewer. Acme brought 200 + 30 + 4 = 234, Bell 34, the baker 1,000.

    # Clients
    Client | Contact  | Referred by           | Source
    Acme   |          |                       |
    Bell   | Jo Finch | acme                  |
    Cole   |          | Bell                  |
    Dunn   |          |                       | Friend of  jo finch
    Ewer   |          | friend of the baker   | Website

    # Sales
    Date       | Client | Amount
    2026-01-11 | Acme   | 5
    2026-01-12 | Bell   | 200
    2026-01-13 | Cole   | 30
    2026-01-14 | Dunn   | 4
    2026-01-15 | Ewer   | 1000
    """
    assert brought(book, settings) == [
        ("the baker", ("Ewer",), 1000),
        ("Acme", ("Bell", "Cole", "Dunn"), 234),
        ("Bell", ("Cole", "Dunn"), 34),
    ]


def test_nobody_brings_himself(book, settings):
    """
    Acme is said to have come through himself, Bell and Cole through each other, Dunn through Cole.

    # Clients
    Client  Referred by
    Acme    Acme
    Bell    Cole
    Cole    Bell
    Dunn    Cole

    # Sales
    Date        Client  Amount
    2026-01-12  Bell    200
    2026-01-13  Cole    30
    2026-01-14  Dunn    4
    """
    assert brought(book, settings) == [
        ("Cole", ("Bell", "Dunn"), 204),
        ("Bell", ("Cole", "Dunn"), 34),
    ]


def test_a_contact_whom_two_clients_have_is_nobody_of_them(book, settings):
    """
    # Clients
    Client  Contact   Referred by
    Acme    Jo Finch
    Bell    Jo Finch
    Cole              Jo Finch

    # Sales
    Date        Client  Amount
    2026-01-13  Cole    30.50
    """
    assert brought(book, settings) == [("Jo Finch", ("Cole",), Decimal("30.50"))]


@pytest.mark.parametrize("name", ["interior-designer", "meal-box", "shoe-shop"])
def test_the_sources_of_a_sample_add_up_to_all_of_it(name):
    from sites import sample_report

    found = sample_report(name).found
    for ways in (found.sources, found.segments):
        assert sum(one.customers for one in ways) == found.counts.customers
        assert sum(one.prospects for one in ways) == found.counts.prospects
        assert sum(one.sales for one in ways) == sum(c.worth.sales_total for c in found.clients)
        assert sum(one.minutes for one in ways) == sum(c.worth.minutes for c in found.clients)


def test_who_was_brought_directly(book, settings):
    """
    # Clients
    Client  Referred by
    Acme
    Bell    Acme
    Cole    Bell
    Dunn    Acme
    """
    found = referrers([evidence(one, settings, T) for one in book.relationships])
    assert {one.name: (one.directly, one.brought) for one in found} == {
        "Acme": (("Bell", "Dunn"), ("Bell", "Cole", "Dunn")),
        "Bell": (("Cole",), ("Cole",)),
    }


def test_a_source_is_written_as_it_most_often_is(book, settings):
    """
    Two of three write it small.

    # Clients
    Client  Source
    Acme    Fair
    Bell    fair
    Cole    fair

    # Touchpoints
    Date        Client  Activity
    2026-01-05  Acme    Call
    """
    assert [*origins(book, settings)[0]] == ["fair"]
