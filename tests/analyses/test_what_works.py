"""What was done in the first weeks, held against who stayed or came back: by hand, and by simulation.

The first weeks are 42 days, and the day is 30 June 2026 unless a test says otherwise.
"""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from lifelines.statistics import logrank_test

from reportgen.analyses.what_works import Event, Group, Within, what_works, within
from reportgen.estimates.strata import Stratum
from reportgen.evidence.evidence import evidence
from reportgen.model import (
    Activity,
    ActivityValue,
    BusinessModel,
    Client,
    Kind,
    Sale,
    Touchpoint,
    relationships,
)
from reportgen.problems import Row
from reportgen.settings.settings import Settings

T = date(2026, 6, 30)
FIRST = date(2025, 1, 1)
LANDMARK = FIRST + timedelta(42)


def of_book(book, settings, days=42):
    return what_works([evidence(one, settings, T) for one in book.relationships], days)


def test_those_who_were_rung_stay(book, settings):
    """
    All twenty began on 1 January 2025; their first weeks end on 12 February. A to J were rung: A alone
    left, 100 days later. Of the others K, L, M, N and O left after 50, 100, 150, 200 and 250 days.

    By Kaplan–Meier 1 of 10 and 5 of 10 have left within 365 days. By the log-rank test at days 50, 100
    (two of 19), 150, 200 and 250 the ten rung would by chance have lost
    10/20 + 2 · 10/19 + 9/17 + 9/16 + 9/15 = 3.2445 and lost 1; the variance is
    .25 + .4709 + .2491 + .2461 + .24 = 1.4561, chi-square 2.2445² ÷ 1.4561 = 3.460, p = .063.

    # Business
    Setting         Value
    Business model  subscription

    # Clients
    Client  Ended on
    A       2025-05-23
    B
    C
    D
    E
    F
    G
    H
    I
    J
    K       2025-04-03
    L       2025-05-23
    M       2025-07-12
    N       2025-08-31
    O       2025-10-20
    P
    Q
    R
    S
    U

    # Sales
    Date        Client  Amount  From        To
    2025-01-01  A       9       2025-01-01  2025-05-23
    2025-01-01  B       9       2025-01-01  2026-12-31
    2025-01-01  C       9       2025-01-01  2026-12-31
    2025-01-01  D       9       2025-01-01  2026-12-31
    2025-01-01  E       9       2025-01-01  2026-12-31
    2025-01-01  F       9       2025-01-01  2026-12-31
    2025-01-01  G       9       2025-01-01  2026-12-31
    2025-01-01  H       9       2025-01-01  2026-12-31
    2025-01-01  I       9       2025-01-01  2026-12-31
    2025-01-01  J       9       2025-01-01  2026-12-31
    2025-01-01  K       9       2025-01-01  2025-04-03
    2025-01-01  L       9       2025-01-01  2025-05-23
    2025-01-01  M       9       2025-01-01  2025-07-12
    2025-01-01  N       9       2025-01-01  2025-08-31
    2025-01-01  O       9       2025-01-01  2025-10-20
    2025-01-01  P       9       2025-01-01  2026-12-31
    2025-01-01  Q       9       2025-01-01  2026-12-31
    2025-01-01  R       9       2025-01-01  2026-12-31
    2025-01-01  S       9       2025-01-01  2026-12-31
    2025-01-01  U       9       2025-01-01  2026-12-31

    # Touchpoints
    Date        Client  Activity
    2025-01-01  A       Call
    2025-01-20  B       Call
    2025-01-20  C       Call
    2025-01-20  D       Call
    2025-01-20  E       Call
    2025-01-20  F       Call
    2025-01-20  G       Call
    2025-01-20  H       Call
    2025-01-20  I       Call
    2025-02-12  J       Call
    2024-12-31  K       Call
    2025-02-13  L       Call
    """
    (rung,) = of_book(book, settings).comparisons
    assert (rung.what, rung.is_kind, rung.event) == ("Call", False, Event.LEFT)
    assert rung.with_it == Group(10, 1, pytest.approx(0.1))
    assert rung.without == Group(10, 5, pytest.approx(0.5))
    assert rung.days == 365
    assert rung.better_by == pytest.approx(0.4)
    assert rung.p == pytest.approx(0.0629, abs=0.0001)
    durations = [100, *[503] * 9], [50, 100, 150, 200, 250, *[503] * 5]
    happened = [1, *[0] * 9], [1] * 5 + [0] * 5
    assert rung.p == pytest.approx(logrank_test(*durations, *happened).p_value)


# At the boundaries, with a client a line -----------------------------------------------------------

ACTIVITIES = {
    "Call": Activity("Call", Kind.RELATIONSHIP_BUILDING, ActivityValue.HIGH, True),
    "Visit": Activity("Visit", Kind.RELATIONSHIP_BUILDING, ActivityValue.HIGH, True),
    "Tip": Activity("Tip", Kind.INSIGHT, ActivityValue.HIGH, True),
    "": Activity("", None, None, True),
}


class Rows:
    """Hands out a row for each record, so that each is its own."""

    def __init__(self):
        self.touchpoints, self.sales, self.clients = [], [], []

    def client(self, had=(), bought=(0,), model=BusinessModel.PRODUCT, ended=None):
        """One who bought first on 1 January 2025; all days are counted from that one."""
        name = f"Client {len(self.clients):04}"
        self.clients.append(
            Client(
                name,
                business_model=model,
                ended_on=None if ended is None else FIRST + timedelta(ended),
            )
        )
        for activity, day in had:
            row = Row("Touchpoints", len(self.touchpoints) + 2)
            when = FIRST + timedelta(day)
            self.touchpoints.append(Touchpoint(when, name, ACTIVITIES[activity], row))
        for day in bought:
            row = Row("Sales", len(self.sales) + 2)
            self.sales.append(Sale(FIRST + timedelta(day), name, Decimal(10), row))

    def found(self, as_of=T, days=42, settings=None):
        settings = settings or Settings().layered({"red_line_days": 1000}, {})
        made = relationships(self.clients, self.touchpoints, self.sales)
        return what_works([evidence(one, settings, as_of) for one in made], days)


def several(number, **client):
    return [client] * number


def compared(*clients, **asked):
    rows = Rows()
    for client in clients:
        rows.client(**client)
    return {(one.what, one.is_kind): one for one in rows.found(**asked).comparisons}


def test_ten_in_both_groups():
    tipped = several(10, had=[("Tip", 3)], bought=(0, 100))
    assert compared(*tipped, *several(9)) == {}
    assert compared(*tipped[1:], *several(10)) == {}
    assert compared(*tipped, *several(10)).keys() == {("Tip", False)}


def test_the_first_and_the_last_of_the_first_weeks_count_and_the_days_beside_them_not():
    with_it = [*several(5, had=[("Tip", 0)]), *several(5, had=[("Tip", 42)])]
    without = [*several(5, had=[("Tip", -1)]), *several(5, had=[("Tip", 43)])]
    found = compared(*with_it, *without)["Tip", False]
    assert (found.with_it.clients, found.without.clients) == (10, 10)


def test_a_purchase_in_the_first_weeks_counts_for_neither():
    """Of each group five bought on day 42, and five on day 43, a day after their first weeks.

    So five of ten came back, at once; of the others the first five bought again on day 142, which is
    their first purchase after them.
    """
    halves = [*several(5, bought=(0, 42, 142)), *several(5, bought=(0, 43))]
    tipped = [{**client, "had": [("Tip", 1)]} for client in halves]
    found = compared(*tipped, *several(10))["Tip", False]
    assert found.event is Event.CAME_BACK
    assert found.with_it == Group(10, 10, pytest.approx(1))
    assert found.without == Group(10, 0, 0)
    # Everybody had come back after 100 days, and so long both are compared.
    assert found.days == 100
    assert found.better_by == pytest.approx(1)


def test_who_left_in_the_first_weeks_is_in_no_group():
    """On day 42 they are gone, on day 43 still there; leaving on day 43 is one day after."""
    service = BusinessModel.SERVICE
    rung = several(10, had=[("Call", 1)], model=service)
    others = several(10, model=service)
    gone, late = several(1, model=service, ended=42), several(1, model=service, ended=43)
    found = compared(*rung, *others, *gone, *late)["Call", False]
    assert (found.without.clients, found.without.happened) == (11, 1)
    assert found.without.share == pytest.approx(1 / 11)
    assert found.better_by == pytest.approx(1 / 11)


def test_who_lapsed_left_at_the_end_of_the_last_month_paid():
    """Silent since 1 March 2025 they left on 31 March, 47 days after 12 February; those who paid for
    January alone left before their first weeks were over."""
    box = BusinessModel.SUBSCRIPTION
    rung = several(10, had=[("Call", 1)], model=box, bought=(0, 31, 59))
    others = several(11, model=box, bought=(0, 31, 59))
    gone = several(5, model=box)
    settings = Settings().layered({"red_line_days": 30}, {})
    found = compared(*rung, *others, *gone, settings=settings)["Call", False]
    assert found.with_it == Group(10, 10, 1)
    assert found.without == Group(11, 11, 1)
    assert found.days == 47


def test_a_project_is_bought_again_with_its_first_sale():
    """Stages of the first project, 30 days from each other, are no further purchase; the second begins
    on day 200, 158 days after the first weeks."""
    stages = {"model": BusinessModel.CONSULTANCY, "bought": (0, 30, 60, 200, 230)}
    settings = Settings().layered({"red_line_days": 60}, {})
    asked = several(10, had=[("Call", 1)], **stages)
    found = compared(
        *asked, *several(10, model=stages["model"], bought=(0, 30, 60)), settings=settings
    )
    assert found["Call", False].with_it == Group(10, 10, 1)
    assert found["Call", False].without == Group(10, 0, 0)
    assert found["Call", False].days == 158


def test_who_is_new_at_the_date_of_the_report_is_in_no_group():
    clients = [*several(10, had=[("Tip", 1)]), *several(10)]
    assert compared(*clients, as_of=LANDMARK - timedelta(1)) == {}
    found = compared(*clients, as_of=LANDMARK)["Tip", False]
    assert (found.days, found.p, found.better_by) == (0, None, 0)


def test_the_length_of_the_first_weeks_is_a_setting():
    clients = [*several(10, had=[("Tip", 10)]), *several(10)]
    assert compared(*clients, days=10).keys() == {("Tip", False)}
    assert compared(*clients, days=9) == {}


def test_a_kind_is_told_where_it_is_more_than_one_activity():
    """Six had a call and six a visit, two of them both: ten had something of the kind."""
    clients = [
        *several(4, had=[("Call", 1)]),
        *several(2, had=[("Call", 1), ("Visit", 2)]),
        *several(4, had=[("Visit", 1)]),
        *several(10),
    ]
    found = compared(*clients)
    assert found.keys() == {("relationship building", True)}
    assert found["relationship building", True].activities == ("Call", "Visit")
    assert compared(*several(10, had=[("Call", 1)]), *several(10)).keys() == {("Call", False)}


def test_a_touchpoint_without_an_activity_is_nothing_to_compare():
    assert compared(*several(10, had=[("", 1)]), *several(10)) == {}


def test_those_who_stay_and_those_who_come_back_are_never_compared():
    """Ten of a shop had a tip, ten of a subscription had none: that compares shops with subscriptions."""
    shop = several(10, had=[("Tip", 1)])
    box = several(10, model=BusinessModel.SUBSCRIPTION)
    assert compared(*shop, *box) == {}
    both = compared(*shop, *several(10), *box, *several(10, **{**box[0], "had": [("Call", 1)]}))
    assert {one.event for one in both.values()} == {Event.LEFT, Event.CAME_BACK}


def test_what_helped_most_comes_first():
    """Those with a visit come back, those with a tip never do."""
    rows = Rows()
    for client in (
        *several(10, had=[("Visit", 1)], bought=(0, 50)),
        *several(10, had=[("Tip", 1)]),
        *several(10, bought=(0, 200)),
    ):
        rows.client(**client)
    found = rows.found()
    assert [one.what for one in found.comparisons] == ["Visit", "Tip"]
    assert found.comparisons[0].better_by > 0 > found.comparisons[1].better_by


# By chance -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [BusinessModel.SUBSCRIPTION, BusinessModel.PRODUCT])
def test_where_nothing_works_one_in_twenty_seems_to(model):
    """400 books of 60 clients whose staying or coming back has nothing to do with what they were given.

    By chance 20 of 400 comparisons fall below 0.05; fewer than 8 or more than 34 would be a wonder
    (99.8 % of all draws lie between them).
    """
    rng = random.Random(f"nothing works for {model}")
    seeming = looked_at = 0
    for _ in range(400):
        rows = Rows()
        for _ in range(60):
            wait = 43 + int(rng.expovariate(1 / 300))
            stays = model is BusinessModel.SUBSCRIPTION
            rows.client(
                had=[("Call", rng.randint(0, 42))] if rng.random() < 0.5 else [],
                bought=(0,) if stays else (0, wait),
                ended=wait if stays else None,
                model=model,
            )
        (found,) = rows.found().comparisons
        looked_at += 1
        seeming += found.p < 0.05
    assert looked_at == 400
    assert 8 <= seeming <= 34


def test_within_one_book_the_groups_are_set_apart_however_small(book, settings):
    """
    All four began on 1 January 2025, so their first weeks end on 12 February. A and B were rung in them, C
    on the day after; D had a chat and a call. A came back 100 days later, on 23 May, and D after 200.

    When A came back all four waited, three of them rung: 3/4 of one by chance, and a variance of
    3/4 · 1/4. When D did, three, two of them rung: 2/3, and 2/3 · 1/3. So 2 came back for 17/12, with a
    variance of 3/16 + 2/9 = 59/144. Of the four D alone had a chat: when A came back 1/4, and 3/16; when D
    did 1/3, and 2/9. Help, the kind of a chat and a call, is what three had: the same as the calls.

    Date        Client  Activity
    2025-01-02  A       Call
    2025-02-12  B       Call
    2025-02-13  C       Call
    2025-01-02  D       Call
    2025-01-03  D       Chat

    # Activities
    Name  Touch point
    Call  Help
    Chat  Help

    # Sales
    Date        Client  Amount
    2025-01-01  A       9
    2025-01-01  B       9
    2025-01-01  C       9
    2025-01-01  D       9
    2025-05-23  A       9
    2025-08-31  D       9
    """
    everyone = [evidence(one, settings, T) for one in book.relationships]
    of_three = Stratum(3, 1, 2, pytest.approx(17 / 12), pytest.approx(59 / 144))
    of_one = Stratum(1, 3, 1, pytest.approx(7 / 12), pytest.approx(59 / 144))
    assert within(everyone, 42) == (
        Within("Call", False, Event.CAME_BACK, of_three),
        Within("Chat", False, Event.CAME_BACK, of_one),
        Within("help", True, Event.CAME_BACK, of_three),
    )
