"""One message a client, by what is at stake, within the owner's time (SPEC 8 and 9)."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from report.plan.books import ROWS, book_of, random_rows, rows_of
from sites import AS_OF, sample_book

from reportgen.model import Client, Sale
from reportgen.problems import Row
from reportgen.report.findings import findings
from reportgen.report.plan.due import FAVOURS, NEW_ROW, OWED, REPAIR, Cause, Recorded, due
from reportgen.report.plan.plan import plan, usual_contacts
from reportgen.settings.settings import Settings


def planned(book, settings, as_of="2026-10-31", **changed):
    settings = settings.layered(changed, {})
    return plan(findings(book, settings, date.fromisoformat(as_of)), settings)


def shown(found):
    """The actions: client, causes, minutes."""
    return [
        (action.client, [one.cause.value for one in action.due], action.minutes)
        for action in found.actions
    ]


# One message a client


def test_everything_due_with_a_client_is_one_message(book, settings):
    """
    At the end of October Acme's promise is 26 days late, the message of the 10th has no answer, and the
    invoice is 16 days late: 15 + 10 + 5 minutes, the complaint first, the invoice last.

    Date        Client  Activity  Direction  Promise         Promised for  Signal     Topic
    2026-10-01  Acme    Call      both       send the codes  2026-10-05
    2026-10-10  Acme    Email     in                                                  radiators
    2026-10-12  Acme    Email     in                                       complaint  the joint

    # Sales
    Date        Client  Amount  Invoice  Due on
    2026-09-15  Acme    380     2041     2026-10-15
    """
    (action,) = planned(book, settings).actions
    assert [one.cause for one in action.due] == [
        Cause.COMPLAINT,
        Cause.PROMISE,
        Cause.ANSWER,
        Cause.INVOICE,
    ]
    assert action.minutes == 20 + 15 + 10 + 5
    assert action.letters == ("apology", "promise-late", "answer-owed", "payment-reminder-1")
    assert action.at_stake == 380
    assert action.what == (
        "Put right the complaint about “the joint”; keep your promise: send the codes; "
        "answer their message about “radiators”; remind them of invoice 2041"
    )
    assert [one.recorded for one in action.due] == [
        Recorded(Row("Touchpoints", 4), "Resolved on"),
        Recorded(Row("Touchpoints", 2), "Done on"),
        NEW_ROW,
        NEW_ROW,
    ]


def test_who_owes_something_threatens_nobody(book, settings):
    """
    Both invoices are 46 days late, which asks for the third reminder.

    Date        Client  Activity  Direction  Promise  Promised for
    2026-10-01  Acme    Call      both       codes    2026-10-05
    2026-10-01  Bell    Call      both

    # Sales
    Date        Client  Amount  Due on
    2026-09-01  Acme    380     2026-09-15
    2026-09-01  Bell    380     2026-09-15
    """
    found = {one.client: one.letters for one in planned(book, settings).actions}
    assert found == {
        "Acme": ("promise-late", "payment-reminder-1"),
        "Bell": ("payment-reminder-3",),
    }


# Repair before asking


@pytest.mark.parametrize("client", ["Silent", "Promise", "Message", "Complaint", "Old"])
def test_repair_holds_back_asking(book, settings, client):
    """
    Everyone bought on 15 October and could have the survey. Silent accepts ten days. Old's promise is
    more than a year late: nobody asks before its cell is filled.

    Date        Client     Activity  Direction  Promise  Promised for  Signal
    2026-10-20  Message    Email     in
    2026-10-20  Complaint  Email     in                                complaint
    2026-10-20  Promise    Call                 codes    2026-10-25
    2025-06-01  Old        Call                 codes    2025-06-05
    2026-10-20  Fine       Call

    # Sales
    Date        Client     Amount
    2026-10-15  Silent     100
    2026-10-15  Message    100
    2026-10-15  Complaint  100
    2026-10-15  Promise    100
    2026-10-15  Old        100
    2026-10-15  Fine       100

    # Clients
    Client  Red line (days)
    Silent  10
    """
    by = {
        "Silent": Cause.SILENCE,
        "Promise": Cause.PROMISE,
        "Message": Cause.ANSWER,
        "Complaint": Cause.COMPLAINT,
        "Old": Cause.PROMISE,
    }
    found = planned(book, settings)
    held = {name: (one.what, one.by) for name, one in found.held_back.items()}
    assert held[client] == ((Cause.SURVEY,), (by[client],))
    assert set(held) == set(by)
    assert ("Fine", ["survey"], 5) in shown(found)


def test_one_thing_at_a_time(book, settings):
    """
    Acme bought in October (survey), and has a birthday on 5 November (greeting): the birthday it is.

    # Sales
    Date        Client  Amount
    2026-10-15  Acme    100

    # Clients
    Client  Birthday
    Acme    1980-11-05
    """
    found = planned(book, settings)
    assert shown(found) == [("Acme", ["greeting"], 5)]
    assert [(one.client, one.due[0].cause, one.why) for one in found.waiting] == [
        ("Acme", Cause.SURVEY, "One thing at a time: first “Send a greeting”.")
    ]


def test_what_waits_says_what_comes_first():
    """A complaint and a late promise are due, and a talk about boundaries: the complaint is the first."""
    rows = [row for one in (Cause.PROMISE, Cause.BOUNDARY, Cause.COMPLAINT) for row in ROWS[one]]
    found = planned(book_of(*rows_of([(Client("Acme"), rows)])), Settings())
    assert [one.cause for one in found.actions[0].due] == [Cause.COMPLAINT, Cause.PROMISE]
    assert [(one.due[0].cause, one.why) for one in found.waiting] == [
        (Cause.BOUNDARY, "One thing at a time: first “Put right the complaint”.")
    ]


def test_nobody_asks_a_favour_beside_a_bill(book, settings):
    """
    # Sales
    Date        Client  Amount  Due on
    2026-10-01  Acme    100     2026-10-15
    """
    found = planned(book, settings)
    assert shown(found) == [("Acme", ["invoice"], 5)]
    assert [(one.due[0].cause, one.why) for one in found.waiting] == [
        (Cause.SURVEY, "One thing at a time: first “Remind them of invoice of 1 October 2026”.")
    ]


# Stale


@pytest.mark.parametrize(
    ("client", "stale"),
    [("Promise90", 0), ("Promise91", 1), ("Answer90", 0), ("Answer91", 1), ("Wrong90", 0), ("Wrong91", 1)],
)  # fmt: skip
def test_stale_after_ninety_days(book, settings, client, stale):
    """
    From 31 October 90 days back is 2 August, 91 is 1 August. A promise is as old as the day it was
    promised for, the others as their row. Nobody is silent: all bought in October, and a sale is no answer.

    Date        Client     Activity  Direction  Promise  Promised for  Signal
    2026-01-01  Promise90  Call                 codes    2026-08-02
    2026-01-01  Promise91  Call                 codes    2026-08-01
    2026-08-02  Answer90   Email     in
    2026-08-01  Answer91   Email     in
    2026-08-02  Wrong90    Email     in                                complaint
    2026-08-01  Wrong91    Email     in                                complaint

    # Sales
    Date        Client     Amount
    2026-10-15  Promise90  100
    2026-10-15  Promise91  100
    2026-10-15  Answer90   100
    2026-10-15  Answer91   100
    2026-10-15  Wrong90    100
    2026-10-15  Wrong91    100
    """
    found = planned(book, settings)
    assert [one.client for one in found.stale].count(client) == stale
    assert [one.client for one in found.actions].count(client) == 1 - stale
    assert client in found.held_back


def test_what_was_promised_last_for_a_long_time_ago_stands_in_both_lists(book, settings):
    """
    Acme's first promise is stale, the second is not.

    Date        Client  Activity  Promise  Promised for
    2026-10-01  Acme    Call      codes    2026-07-01
    2026-10-01  Acme    Call      plan     2026-10-20
    """
    found = planned(book, settings)
    assert [one.due.what for one in found.stale] == ["Keep your promise: codes"]
    assert [one.what for one in found.actions] == ["Keep your promise: plan"]
    assert found.stale[0].due.recorded == Recorded(Row("Touchpoints", 2), "Done on")


# Lapsed and ended


def test_lapsed_clients_are_won_back_or_let_go(book, settings):
    """
    The red line is 10 days, so who has been silent for more than 40 has lapsed. Best counts 900 of its
    last 12 months with a purchase (up to 1 May 2025: 500 + 400), not the 5,000 before them.

    Date        Client  Activity  Promise  Promised for
    2026-01-01  Never   Call
    2026-01-01  Second  Call      codes    2026-01-05
    2026-10-30  Gone    Call      codes    2026-10-30

    # Sales
    Date        Client  Amount
    2023-01-01  Best    5000
    2024-05-02  Best    500
    2025-05-01  Best    400
    2025-01-01  Second  800
    2025-01-01  Third   700
    2025-01-01  Fourth  600
    2025-01-01  Fifth   500
    2025-01-01  Gone    9999

    # Clients
    Client  Red line (days)  Ended on
    Best    10
    Second  10
    Third   10
    Fourth  10
    Fifth   10
    Never   10
    Gone    10               2026-10-31
    """
    found = planned(book, settings)
    assert [(one.client, one.sales) for one in found.lapsed.win_back] == [
        ("Best", 900),
        ("Second", 800),
        ("Third", 700),
    ]
    assert [one.client for one in found.lapsed.let_go] == ["Fourth", "Fifth", "Never"]
    assert (found.actions, found.mailings, found.waiting) == ((), (), ())
    assert (found.stale, found.held_back, found.minutes) == ((), {}, 0)


# Order


def test_repair_first_then_what_is_at_stake_then_how_far_overdue(book, settings):
    """
    Rich has the most to lose and only a survey due. Poor and Poorer bought nothing in the last 12 months;
    before them Poor bought for 50, Poorer for 40. Late and Later have nothing at stake: their silences of
    30 and 25 days are twice and one and a half times more than the 10 that they accept.

    Date        Client  Activity  Promise  Promised for
    2026-10-20  Poor    Call      codes    2026-10-25
    2026-10-20  Poorer  Call      codes    2026-10-21
    2026-10-01  Late    Call
    2026-10-06  Later   Call

    # Sales
    Date        Client  Amount
    2026-10-15  Rich    9000
    2025-10-15  Poor    50
    2025-10-15  Poorer  40

    # Clients
    Client  Red line (days)
    Late    10
    Later   10
    """
    found = planned(book, settings)
    assert [(one.client, one.at_stake) for one in found.actions] == [
        ("Poor", 50),
        ("Poorer", 40),
        ("Late", 0),
        ("Later", 0),
        ("Rich", 9000),
    ]
    assert [one.overdue for one in found.actions[2:4]] == [2.0, 1.5]


# The owner's time


@pytest.mark.parametrize(
    ("as_of", "first", "last", "room"),
    [
        # 30 days ÷ 7 × 60 = 257.1; 28 ÷ 7 × 60; 31 ÷ 7 × 60 = 265.7
        ("2026-10-31", "2026-11-01", "2026-11-30", 257),
        ("2026-01-31", "2026-02-01", "2026-02-28", 240),
        ("2026-12-31", "2027-01-01", "2027-01-31", 265),
        # from the 15th to the 31st 17 days; on the 30th two are left
        ("2026-10-15", "2026-10-15", "2026-10-31", 145),
        ("2026-10-30", "2026-10-30", "2026-10-31", 17),
        ("2026-10-01", "2026-10-01", "2026-10-31", 265),
    ],
)
def test_the_month_and_its_minutes(book, settings, as_of, first, last, room):
    """
    Date        Client  Activity
    2026-01-01  Acme    Call
    """
    found = planned(book, settings, as_of)
    assert (str(found.month.first), str(found.month.last), found.room) == (first, last, room)


def test_what_does_not_fit_waits_with_the_reason(book, settings):
    """
    Ten minutes a week are 42 in November. Three promises to A take 45, more than there is; B's two take
    30 and leave 12; C's takes 15; D's light touch takes 5 of them, and leaves 7.

    Date        Client  Activity  Promise  Promised for
    2026-10-20  A       Call      one      2026-10-25
    2026-10-20  A       Call      two      2026-10-25
    2026-10-20  A       Call      three    2026-10-25
    2026-10-20  B       Call      one      2026-10-25
    2026-10-20  B       Call      two      2026-10-25
    2026-10-20  C       Call      one      2026-10-25

    # Sales
    Date        Client  Amount
    2026-09-01  A       900
    2026-09-01  B       800
    2026-09-01  C       700
    2026-10-15  D       100
    """
    found = planned(book, settings, relationship_minutes_per_week=10)
    assert shown(found) == [("B", ["promise", "promise"], 30), ("D", ["survey"], 5)]
    assert [(one.client, one.why) for one in found.waiting] == [
        ("A", "It takes 45 min; 42 min of the month are left."),
        ("C", "It takes 15 min; 12 min of the month are left."),
    ]
    assert (found.room, found.minutes) == (42, 35)


@pytest.mark.parametrize(("minutes", "fits"), [(42, True), (43, False)])
def test_the_last_minute_is_used_and_no_other(book, settings, minutes, fits):
    """
    Ten minutes a week are 42 in November.

    Date        Client  Activity  Promise  Promised for
    2026-10-20  A       Call      one      2026-10-25
    """
    found = planned(book, settings, relationship_minutes_per_week=10, promise_minutes=minutes)
    assert (found.minutes, len(found.waiting)) == ((42, 0) if fits else (0, 1))


def test_a_mailing_takes_its_time(book, settings):
    """
    Seven minutes a week are 30 in November: the mailing to the five, whose 100 each are more than A's
    400, takes them all, and A's survey waits.

    # Sales
    Date        Client  Amount
    2026-10-15  A       400
    2026-10-15  B       100
    2026-10-15  C       100
    2026-10-15  D       100
    2026-10-15  E       100
    2026-10-15  F       100

    # Clients
    Client  Business model
    A       consultancy
    B       product
    C       product
    D       product
    E       product
    F       product
    """
    found = planned(book, settings, relationship_minutes_per_week=7)
    assert [one.clients for one in found.mailings] == [("B", "C", "D", "E", "F")]
    assert (found.room, found.minutes) == (30, 30)
    assert [(one.client, one.why) for one in found.waiting] == [
        ("A", "It takes 5 min; 0 min of the month are left.")
    ]


@pytest.mark.parametrize("most", [1, 2, 10])
def test_at_most_so_many_clients(book, settings, most):
    """
    # Sales
    Date        Client  Amount
    2026-10-15  A       300
    2026-10-15  B       200
    2026-10-15  C       100
    """
    found = planned(book, settings, plan_clients=most)
    assert [one.client for one in found.actions] == ["A", "B", "C"][:most]
    assert [one.client for one in found.waiting] == ["A", "B", "C"][most:]
    if most == 2:
        assert found.waiting[0].why == (
            "The plan has its two clients: repair comes first, then what is at stake."
        )


def test_surprises_are_spread_and_come_no_sooner_than_unexpected(book, settings):
    """
    A week from 31 October is a Saturday, so from Monday the 9th on; of 21 working days the second half
    begins on the 16th.

    Date        Client  Activity
    2026-10-20  A       Call
    2026-10-20  B       Call

    # Sales
    Date        Client  Amount
    2026-06-01  A       100
    2026-06-01  B       100
    """
    found = planned(book, settings)
    assert shown(found) == [("A", ["wow"], 5), ("B", ["wow"], 5)]
    assert [one.day.day for one in found.actions] == [9, 16]


# Mailings


@pytest.mark.parametrize(("model", "mailed"), [("product", 5), ("subscription", 5), ("service", 0)])
@pytest.mark.parametrize("silent", [4, 5])
def test_five_of_a_kind_are_a_mailing(book, settings, silent, model, mailed):
    """
    Five clients are 20 days silent, twice the 10 that they accept; with four there is no mailing. The first
    has a late promise too, so that a sixth makes up the five.

    Date        Client  Activity  Promise  Promised for
    2026-10-11  One     Call      codes    2026-10-15
    2026-10-11  Two     Call
    2026-10-11  Three   Call
    2026-10-11  Four    Call
    2026-10-11  Five    Call
    2026-10-11  Six     Call

    # Clients
    Client  Red line (days)  Potential per year
    One     10               0
    Two     10               0
    Three   10               0
    Four    10               0
    Five    10               0
    Six     10               0
    """
    kept = tuple(
        replace(one, client=replace(one.client, business_model=model))
        for one in book.relationships
        if silent == 5 or one.client.name != "Six"
    )
    found = planned(replace(book, relationships=kept), settings)
    if mailed and silent == 5:
        (mailing,) = found.mailings
        assert mailing.clients == ("Five", "Four", "Six", "Three", "Two")
        assert (mailing.letter, mailing.minutes) == ("reconnection", 30)
        assert (mailing.what, mailing.whom) == ("Get back in touch", "5 clients at once")
        assert [one.client for one in found.actions] == ["One"]
        assert found.minutes == 30 + 20
    else:
        assert found.mailings == ()
        assert len(found.actions) == silent + 1


@pytest.mark.parametrize(
    ("cause", "what"),
    [
        (Cause.SILENCE, "Get back in touch"),
        (Cause.PROSPECT, "Make the next contact"),
        (Cause.INVOICE, "Remind them of their invoices"),
        (Cause.SURVEY, "Send the short survey"),
    ],
)
def test_a_mailing_says_nothing_that_is_true_of_one_client_alone(cause, what):
    """Each has a contact and an invoice of her own, and the prospects have had one contact or two."""
    clients = []
    for number in range(5):
        client = Client(f"Client {number}", contact=f"Ann {number}", business_model="product")
        rows = [
            replace(row, invoice=f"T-{number}") if isinstance(row, Sale) else row
            for row in ROWS[cause]
        ]
        if cause is Cause.PROSPECT and number % 2:
            first, *rest = rows
            rows = [first, replace(first, date=date(2026, 9, 29)), *rest]
        clients.append((client, rows))
    (mailing,) = planned(book_of(*rows_of(clients)), Settings()).mailings
    assert (mailing.cause, mailing.what, len(mailing.to)) == (cause, what, 5)


# What holds for any book


@pytest.mark.parametrize("number", range(120))
def test_what_holds_for_any_book(number):
    random = Random(number)
    as_of = random.choice([AS_OF, AS_OF, date(2026, 10, random.randint(12, 30))])
    weekly, most, mailed = (random.choice(of) for of in ([10, 60, 300], [2, 10], [2, 5]))
    rows = random_rows(number)
    settings = Settings(
        relationship_minutes_per_week=weekly, plan_clients=most, mailing_clients=mailed
    )
    found = findings(book_of(*rows), settings, as_of)
    made = plan(found, settings)

    # No client twice, and no more of them than she set.
    told = [one.client for one in made.actions]
    told += [name for one in made.mailings for name in one.clients]
    assert len(told) == len(set(told))
    assert len(made.actions) <= most

    # A mailing says one thing to enough clients, and nothing that is owed to one of them.
    for mailing in made.mailings:
        assert len(mailing.to) >= mailed
        assert mailing.cause not in {*OWED, Cause.PROMISED, Cause.BOUNDARY}
        assert all([one.cause for one in action.due] == [mailing.cause] for action in mailing.to)

    # No asking beside repair, and one favour at most.
    to_repair = {one.client for one in made.stale}
    for action in [*made.actions, *(one for mailing in made.mailings for one in mailing.to)]:
        causes = {one.cause for one in action.due}
        assert len(causes & FAVOURS) <= 1
        assert not (causes & FAVOURS and (causes & REPAIR or action.client in to_repair))
        assert all((as_of - one.since).days <= 90 for one in action.due if one.cause in OWED)

    # The month's minutes within the owner's, on her working days, each by the day that it is for.
    assert made.minutes == sum(one.minutes for one in [*made.actions, *made.mailings])
    assert made.minutes * 7 <= weekly * made.month.days
    working = made.month.working_days(settings)
    for task in made.tasks:
        assert task.day in working
        assert task.day.weekday() < 5
    for action in made.actions:
        by = [one.day for one in action.due if one.cause in (Cause.PROMISED, Cause.GREETING)]
        assert all(action.day <= max(day, working[0]) for day in by)

    # Nothing that is due is lost, and nothing is told twice.
    usual = usual_contacts(found.seven_contacts, settings)
    wanted = Counter(
        (client.name, one.cause, one.rows)
        for client in found.clients
        for one in due(client, usual, made.month.last, settings)
    )
    assert all(rows for _, _, rows in wanted), "each has its rows"
    held = {(one.client, cause) for one in made.held_back.values() for cause in one.what}
    listed = Counter(
        (name, one.cause, one.rows)
        for name, things in [
            *((one.client, one.due) for one in made.actions),
            *((one.client, one.due) for mailing in made.mailings for one in mailing.to),
            *((one.client, one.due) for one in made.waiting),
            *((one.client, (one.due,)) for one in made.stale),
            *((one.client, one.due) for one in made.lapsed.win_back),
            *((one.client, one.due) for one in made.lapsed.let_go),
        ]
        for one in things
    )
    assert not set(listed) & {key for key in wanted if key[:2] in held}
    assert Counter({key: n for key, n in wanted.items() if key[:2] not in held}) == listed

    # Repair first, then by what is at stake, whatever the days.
    keys = [(not one.is_repair, -one.at_stake) for one in made.actions]
    assert keys == sorted(keys)


@pytest.mark.parametrize("number", range(40))
def test_the_order_of_the_rows_changes_nothing(number):
    rows = random_rows(number)
    shuffled = [Random(number).sample(one, len(one)) for one in rows]
    settings = Settings(mailing_clients=3, relationship_minutes_per_week=20)
    one, other = (
        plan(findings(book_of(*each), settings, AS_OF), settings) for each in (rows, shuffled)
    )
    assert one == other


# The samples

SAMPLES = ("interior-designer", "meal-box", "shoe-shop", "virtual-assistant")


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_plans_of_the_samples(sample):
    book, settings = sample_book(sample)
    made = planned(book, settings)
    assert made.minutes <= 257
    assert 0 < len(made.actions) <= 10
    assert all((AS_OF - one.due.since).days > 90 for one in made.stale)
    for action in made.actions:
        assert all((AS_OF - one.since).days <= 90 for one in action.due if one.cause in OWED)


def test_the_shops_month_is_mailings_and_a_few_answers():
    """55 surprises and 46 silences would be ten hours: as mailings they are four."""
    made = planned(*sample_book("shoe-shop"))
    assert len(made.mailings) >= 4
    assert sum(len(one.to) for one in made.mailings) > 80
