"""Findings as a whole: counts, planned rows, and that the order of rows changes nothing."""

import dataclasses
import gc
import json
import weakref
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.analyses.lifecycle import NEEDS_A_PLAN
from reportgen.figures.machine import as_json
from reportgen.model import (
    UNKNOWN_ACTIVITY,
    Activity,
    Book,
    Client,
    Sale,
    Source,
    Touchpoint,
    relationships,
)
from reportgen.problems import Row
from reportgen.report.findings import findings
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings

AS_OF = date(2026, 6, 30)


def test_counts(book, settings):
    """
    Acme is a customer, Bell a prospect, Cole lapsed, Dunn known by name; rows after 30 June 2026 are
    planned, and the touchpoint of 2 January has no minutes.

    Date        Client  Activity  Minutes
    2026-01-01  Acme    Call      20
    2026-01-02  Acme    Call
    2026-06-30  Bell    Call      0
    2025-01-01  Cole    Call      5
    2026-07-01  Acme    Call      30

    # Sales
    Date        Client  Amount
    2026-06-30  Acme    100
    2026-07-01  Bell    100

    # Feedback
    Date        Client  Kind
    2026-07-01  Acme    survey

    # Clients
    Client
    Dunn
    """
    counts = findings(book, settings, AS_OF).counts
    assert dataclasses.asdict(counts) == {
        "clients": 4,
        "running": 3,
        "customers": 1,
        "prospects": 3,
        "lapsed": 1,
        "ended": 0,
        "touchpoints": 4,
        "sales": 1,
        "planned": 3,
        "without_minutes": 1,
    }


def test_costs_are_shared_by_customers_alone(book, settings):
    """
    Bell's project was refunded in full and is no purchase, so the hour with Acme is Acme's alone.

    Date        Client  Activity  Minutes
    2026-02-01  Acme    Call      60

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-01  Bell    100
    2026-02-01  Bell    -100

    # Business
    Setting         Value
    Hourly rate     60
    Business model  consultancy
    """
    found = findings(book, settings, AS_OF).cost_of_clients
    assert (found.kept, found.cost_to_keep) == (1, 60)


def test_stages_are_counted_in_their_order(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-01  Bell    100
    2026-01-02  Bell    100

    # Clients
    Client
    Cole
    """
    found = findings(book, settings, AS_OF)
    assert list(found.lifecycle_counts.items()) == [
        ("reach", 1),
        ("acquisition", 0),
        ("conversion", 1),
        ("retention", 1),
        ("loyalty", 0),
    ]
    assert list(found.relationship_counts.items()) == [
        ("courting", 1),
        ("contract", 1),
        ("continuation", 1),
        ("commitment", 0),
        ("convergence", 0),
    ]


def test_what_the_next_stages_need_is_said_once(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    """
    (acme,) = findings(book, settings, AS_OF).clients
    assert acme.needs == ("a purchase on a second day",)


def test_rows_after_the_day_change_only_what_is_planned(book, settings):
    """
    The findings of 30 June are the same whether the rows of July are there or not, but for three things:
    the count of planned rows; that a committed client with something planned needs no plan; and the day
    of a surprise, which keeps a week away from what the client expects: not Tuesday the 7th, six days
    after the call, but Thursday the 9th, a week after the sale.

    Date        Client  Activity  Minutes  Promise  Promised for  Done on     Signal
    2026-01-01  Acme    Call      20       one      2026-03-01    2026-03-01
    2026-07-01  Acme    Call      20       two      2026-06-01                complaint

    # Sales
    Date        Client  Amount  Direct cost  Due on
    2025-09-01  Acme    100
    2026-02-01  Acme    100
    2026-03-01  Acme    100
    2026-07-02  Acme    900     20           2026-06-15

    # Feedback
    Date        Client  Kind    Score  Out of
    2026-07-03  Acme    survey  10     10

    # Ratings
    Date        Client  Care  Accountability  Communication
    2026-07-03  Acme    10    10              10

    # Business
    Red line (days)  200
    """
    (acme,) = book.relationships
    earlier = dataclasses.replace(
        acme, touchpoints=acme.touchpoints[:1], sales=acme.sales[:3], feedback=(), ratings=()
    )
    without = dataclasses.replace(book, relationships=(earlier,))
    ours = json.loads(as_json(make_report(book, settings, AS_OF)))
    theirs = json.loads(as_json(make_report(without, settings, AS_OF)))
    assert ours["counts"].pop("planned") == 4
    assert theirs["counts"].pop("planned") == 0
    assert ours["opportunities"]["wow"][0].pop("date") == "2026-07-09"
    assert theirs["opportunities"]["wow"][0].pop("date") == "2026-07-07"
    needs, without = (form["clients"][0].pop("next_stage_needs") for form in (ours, theirs))
    assert [need for need in without if need not in needs] == [NEEDS_A_PLAN]
    (todo,), (without_plan,) = ours.pop("actions"), theirs.pop("actions")
    assert ([one["what"] for one in todo["due"]], todo["date"]) == (["wow"], "2026-07-09")
    assert ([one["what"] for one in without_plan["due"]], without_plan["date"]) == (
        ["wow"],
        "2026-07-07",
    )
    assert ours == theirs


# Properties

CALL = Activity("Call", "relationship building", "high", connects=True, two_way=True)
INVOICE = Activity("Invoice", "messages", "low", connects=False)
NAMES = st.sampled_from(["Acme", "ACME", "acme", "Bell & Co", "Cole"])
DAYS = st.sampled_from([AS_OF - timedelta(days=back) for back in (-9, 0, 5, 20, 40, 90, 365, 500)])
"""Few, so that rows share their days."""
TOUCHPOINTS = st.builds(
    Touchpoint,
    date=DAYS,
    client=NAMES,
    activity=st.sampled_from([CALL, INVOICE, UNKNOWN_ACTIVITY]),
    row=st.just(Row("Touchpoints", 0)),
    direction=st.sampled_from(["in", "out", "both"]),
    minutes=st.sampled_from([0, 10, 45]),
    promise=st.sampled_from([None, "one", "two"]),
    promised_for=st.none() | DAYS,
    done_on=st.none() | DAYS,
    signal=st.sampled_from([None, "advice asked"]),
)
SALES = st.builds(
    Sale,
    date=DAYS,
    client=NAMES,
    amount=st.sampled_from([Decimal(-80), Decimal(0), Decimal(80), Decimal("99.50")]),
    row=st.just(Row("Sales", 0)),
    service=st.sampled_from([None, "Design", "design", "Styling", "Lighting"]),
    direct_cost=st.sampled_from([None, Decimal(10)]),
)
BUSY = st.lists(TOUCHPOINTS, max_size=25)
SELLING = st.lists(SALES, max_size=15)
OWNER = Settings(hourly_rate=Decimal(45), red_line_days=30, red_line_before_the_sale_days=12)


def book_of(touchpoints, sales):
    """The rows in the order given, numbered as a sheet numbers them."""
    return Book(
        relationships(
            [Client("Dunn", ended_on=AS_OF)],
            [
                dataclasses.replace(row, row=Row("Touchpoints", number))
                for number, row in enumerate(touchpoints, start=2)
            ],
            [
                dataclasses.replace(row, row=Row("Sales", number))
                for number, row in enumerate(sales, start=2)
            ],
        ),
        Source("rows.xlsx", "0" * 64),
    )


def without_rows(value):
    """The JSON form without its row numbers."""
    if isinstance(value, dict):
        return {key: without_rows(part) for key, part in value.items() if key != "rows"}
    return [without_rows(part) for part in value] if isinstance(value, list) else value


def analysed(touchpoints, sales):
    report = make_report(book_of(touchpoints, sales), OWNER, AS_OF)
    return json.loads(as_json(report))


@settings(max_examples=60)
@given(st.data(), BUSY, SELLING)
def test_the_order_of_rows_changes_nothing(data, touchpoints, sales):
    shuffled = data.draw(st.permutations(touchpoints)), data.draw(st.permutations(sales))
    assert without_rows(analysed(touchpoints, sales)) == without_rows(analysed(*shuffled))


def shares(value, name=""):
    """Every share of the JSON form: those called so, and the parts of a share with an interval."""
    if isinstance(value, dict):
        if {"value", "low", "high"} <= value.keys():
            yield from (value["value"], value["low"], value["high"])
        for key, part in value.items():
            yield from shares(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from shares(part, name)
    elif name.endswith("_share") or name == "hhi":
        yield value


@settings(max_examples=60)
@given(BUSY, SELLING)
def test_shares_are_within_nothing_and_everything(touchpoints, sales):
    found = analysed(touchpoints, sales)
    every = list(shares(found))
    assert len(every) >= 8
    assert all(share is None or 0 <= share <= 1 for share in every)
    for client in found["clients"]:
        assert client["days_below"] <= client["relationship_days"]
        assert sum(spell["days"] for spell in client["spells"]) == client["days_below"]
        assert client["overdue"] is None or client["overdue"] >= 0
        assert set(client) >= {"lifecycle", "relationship", "lapsed"}
    counts = found["counts"]
    assert counts["customers"] + counts["prospects"] <= counts["clients"] == len(found["clients"])
    assert counts["running"] + counts["lapsed"] + counts["ended"] == counts["clients"]
    assert sum(found["lifecycle"]["counts"].values()) == counts["running"]
    assert sum(found["lifecycle"]["relationship_counts"].values()) == counts["running"]


def test_findings_go_with_the_last_who_asks(book, settings):
    """
    The history looks at many days, and a build collects no circles.

    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    found = findings(book, settings, AS_OF)
    assert found.clients[0].opportunities
    gone = weakref.ref(found.clients[0])
    gc.disable()
    try:
        del found
        assert gone() is None
    finally:
        gc.enable()
