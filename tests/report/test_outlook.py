"""The curves and models over all customers: what they may say of small and of degenerate books.

Warnings are errors here, so that a fit that fails loudly fails the test.
"""

import json
import math
import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from scipy.stats import CensoredData, logrank

from reportgen.estimates.bgnbd import BGNBD
from reportgen.estimates.limits import CannotTell
from reportgen.figures.machine import as_json
from reportgen.model import Book, Client, Sale, Source, relationships
from reportgen.problems import Row
from reportgen.report.outlook import UNKNOWN, outlook
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings

AS_OF = date(2026, 6, 30)


def book_of(histories, clients=(), amount="100"):
    """A book of customers, each by the days before the as-of date on which they bought."""
    rows = [(f"Client {at:03}", ago) for at, days in enumerate(histories) for ago in days]
    sales = [
        Sale(AS_OF - timedelta(days=ago), name, Decimal(amount), Row("Sales", row))
        for row, (name, ago) in enumerate(rows, start=2)
    ]
    return Book(relationships(list(clients), sales=sales), Source("small.xlsx", "0" * 64))


def report_of(histories, **options):
    return make_report(book_of(histories, **options), Settings(), AS_OF)


def ahead(book, settings, as_of=AS_OF):
    report = make_report(book, settings, as_of)
    everyone = [client.seen for client in report.found.clients]
    assert outlook(everyone, as_of, settings) == report.outlook
    return report.outlook


def leaving(customers):
    """Customers who bought every two weeks or so; every other one stopped half way."""
    return [
        [ago + n % 5 for ago in range(10 if n % 2 else 200 + 3 * n, 400 + 2 * n, 14 + n % 7)]
        for n in range(customers)
    ]


def finite(value):
    """Whether no number in a JSON value is a NaN or an infinity."""
    if isinstance(value, dict):
        return all(finite(one) for one in value.values())
    if isinstance(value, list):
        return all(finite(one) for one in value)
    return not isinstance(value, float) or math.isfinite(value)


# Degenerate books

DEGENERATE = {
    "nobody": [],
    "one client, once": [[10]],
    "one client, often": [[300, 200, 100, 10]],
    "all one-time": [[10 * n + 5] for n in range(40)],
    "all one-time, on the as-of date": [[0] for _ in range(40)],
    "identical histories": [[200, 150, 100, 50] for _ in range(40)],
    "nobody leaves": [list(range(n % 7, 700 - 10 * (n % 9), 30)) for n in range(40)],
    "all bought again on the as-of date": [[100 + n, 0] for n in range(40)],
    "nine repeat customers": leaving(9),
    "thirty repeat customers, a day apart": [[n + 1, n] for n in range(30)],
}


@pytest.mark.parametrize("histories", DEGENERATE.values(), ids=DEGENERATE)
def test_a_book_that_carries_no_model_says_so_in_a_sentence(histories):
    found = report_of(histories).outlook
    assert isinstance(found.models.buying, CannotTell)
    assert found.models.voice == "none"
    reason = found.models.buying.reason
    assert reason[0].isupper()
    assert reason.endswith(".")
    assert "cannot be told" in reason
    assert set(found.clients.values()) <= {UNKNOWN}


@pytest.mark.parametrize("histories", DEGENERATE.values(), ids=DEGENERATE)
def test_such_a_book_has_a_machine_form_without_a_wrong_number(histories):
    read = json.loads(as_json(report_of(histories)), parse_constant=pytest.fail)
    assert finite(read)
    assert read["retention"]["bgnbd"] is None
    assert read["retention"]["gamma_gamma"] is None
    for client in read["clients"]:
        keys = ("p_alive", "expected_purchases_52w", "clv_12m")
        assert [client[key] for key in keys] == [None] * 3


def test_the_reasons_in_an_owners_words():
    def reason(name):
        return report_of(DEGENERATE[name]).outlook.models.buying.reason

    assert "Nobody has bought yet" in reason("nobody")
    assert "no clients have bought more than once" in reason("all one-time")
    assert "1 client has bought more than once" in reason("one client, often")
    assert "9 clients have bought more than once, and it takes 10" in reason(
        "nine repeat customers"
    )
    assert "the same history" in reason("identical histories")
    assert "nobody in it can be seen to leave" in reason("nobody leaves")


# How far the model may speak


@pytest.mark.parametrize(
    ("customers", "voice"),
    [(9, "none"), (10, "words"), (29, "words"), (30, "probability"), (99, "probability")],
)
def test_how_far_it_may_speak(customers, voice):
    """Two one-time buyers stand beside the repeat customers, and the model says nothing of them."""
    report = report_of([*leaving(customers), [50], [350]])
    found = report.outlook
    assert found.models.voice == voice
    assert isinstance(found.models.buying, CannotTell if voice == "none" else BGNBD)
    repeat = [found.clients[f"Client {n:03}"] for n in range(customers)]
    once = [found.clients[f"Client {n:03}"] for n in (customers, customers + 1)]
    assert all((one.likely, one.p_alive) == (None, None) for one in once)
    assert all((one.likely is None) == (voice == "none") for one in repeat)
    assert all((one.p_alive is None) == (voice != "probability") for one in repeat)
    everyone = [*repeat, *once]
    assert {one.expected_purchases_52w for one in everyone} == {None}
    assert {one.clv_12m for one in everyone} == {None}
    assert found.hold_out is None


def test_those_who_stopped_are_unlikely_and_those_who_go_on_likely():
    """An odd number bought within the last weeks; an even one stopped over half a year ago."""
    clients = report_of(leaving(20)).outlook.clients
    assert [clients[f"Client {n:03}"].likely for n in range(20)] == [False, True] * 10


def bought_at_random(customers):
    """Customers with a rate and an end of their own, drawn once and for all from a seed."""
    draw = random.Random(2005)
    found = []
    for _ in range(customers):
        first, gap, chance = draw.randint(300, 1000), draw.uniform(15, 120), draw.uniform(0.02, 0.4)
        days, day = [first], float(first)
        while draw.random() > chance and (day := day - 1 - draw.expovariate(1 / gap)) >= 0:
            days.append(int(day))
        found.append(sorted(set(days), reverse=True))
    return found


def test_with_enough_customers_it_says_everything():
    """
    The value of the next year is expected purchases · expected value · gross margin; a one-time buyer
    has a number of purchases to expect, and no P(alive).
    """
    histories = bought_at_random(200)
    book = book_of(histories)
    # A usual amount for each client, and some way around it at each purchase.
    draw = random.Random(2013)
    sales = [
        replace(sale, amount=round(Decimal(usual * draw.uniform(0.6, 1.4)), 2))
        for one in book.relationships
        for usual in [draw.lognormvariate(4, 0.5)]
        for sale in one.sales
    ]
    book = replace(book, relationships=relationships([], sales=sales))
    found = ahead(book, Settings(gross_margin=0.4))
    assert found.models.voice == "full"
    assert found.models.buying.repeat_clients == sum(len(one) > 1 for one in histories)
    for at, days in enumerate(histories):
        one = found.clients[f"Client {at:03}"]
        assert (one.p_alive is None) == (len(days) == 1)
        low, high = one.expected_range
        assert 0 <= low <= one.expected_purchases_52w <= high
        assert one.clv_12m == pytest.approx(one.expected_purchases_52w * one.expected_value * 0.4)
    # The last six months, after 30 December 2025, are 182 days: 26 weeks.
    assert found.hold_out.split == date(2025, 12, 30)
    assert found.hold_out.weeks == 26
    later = [ago for days in histories for ago in days if ago < 182 and days[0] >= 182]
    assert found.hold_out.actual == len(later)
    without_margin = ahead(book, Settings())
    assert {one.clv_12m for one in without_margin.clients.values()} == {None}


# Curves over the book, by hand


def test_the_curves_of_a_book(book, settings):
    """
    To the second purchase: Acme 10 days, Bell still waiting after 20, Cole 30. S(10) = 2/3,
    S(30) = 0: one half is passed at 30. Dunn has not bought and is in no curve.

    The red line is 10 days: Acme lapsed, last heard of on the 10th day after the first purchase; Bell
    and Cole go on: S(10) = 2/3, the median not reached.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-11  Acme    100
    2026-06-10  Bell    100
    2026-05-21  Cole    100
    2026-06-20  Cole    100

    Date        Client  Activity
    2026-01-01  Dunn    Call

    # Business
    Red line (days)  10
    """
    found = ahead(book, settings)
    second, quiet = found.time_to_second, found.time_to_quiet
    assert (second.times, second.at_risk, second.events) == ((10, 20, 30), (3, 2, 1), (1, 0, 1))
    assert second.survival == pytest.approx((2 / 3, 2 / 3, 0))
    assert second.median == 30
    assert (quiet.times, quiet.events) == ((10, 20, 40), (1, 0, 0))
    assert quiet.survival == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert quiet.median is None


def test_days_at_each_stage(book, settings):
    """
    At reach: Acme 10 days until answering, Bell 0, Cole 20 so far: S(0) = 2/3, S(10) = 1/3, the median
    10. At acquisition: Acme 30 until buying, Bell 0. At conversion: Acme has stood for 21 days, Bell
    bought again after 5.

    Date        Client  Activity  Direction
    2026-05-01  Acme    Email     out
    2026-05-11  Acme    Email     in
    2026-06-10  Cole    Email     out

    # Sales
    Date        Client  Amount
    2026-06-10  Acme    100
    2026-06-01  Bell    100
    2026-06-06  Bell    100
    """
    found = ahead(book, settings).stage_days
    assert list(found) == ["reach", "acquisition", "conversion", "retention"]
    assert (found["reach"].times, found["reach"].events) == ((0, 10, 20), (1, 1, 0))
    assert found["reach"].median == 10
    assert (found["acquisition"].times, found["acquisition"].events) == ((0, 30), (1, 1))
    assert found["acquisition"].median == 0
    assert (found["conversion"].times, found["conversion"].events) == ((5, 20), (1, 0))
    assert found["conversion"].median == 5
    assert (found["retention"].times, found["retention"].events) == ((24,), (0,))
    assert found["retention"].median is None


def test_free_repeat_purchases_are_counted_and_left_out_of_the_value(book, settings):
    """
    Acme's first purchase is no repeat one; the second and the third are free. Bell's free sale falls
    on a day with a paid one.

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    0
    2026-02-01  Acme    0
    2026-03-01  Acme    0
    2026-04-01  Acme    10
    2026-01-01  Bell    10
    2026-02-01  Bell    10
    2026-02-01  Bell    0
    """
    assert ahead(book, settings).zero_purchases == 2


# Groups


def grouped(sizes):
    clients = [
        Client(f"Client {at:03}", source=source)
        for at, source in enumerate(name for name, size in sizes.items() for _ in range(size))
    ]
    histories = [[30 + at] for at in range(len(clients))]
    return report_of(histories, clients=clients).outlook.comparisons


def test_groups_are_compared_from_ten_customers_each():
    """
    Nine of a fair are too few; with a tenth there are two groups. Nobody has gone quiet, so that
    there is nothing to test.
    """
    assert grouped({"Web": 12, "Fair": 9}) == ()
    (found,) = grouped({"Fair": 10, "Web": 12, "Friend": 9})
    assert found.by == "source"
    assert [(group.name, group.customers) for group in found.groups] == [("Web", 12), ("Fair", 10)]
    assert found.test is None


def test_groups_that_go_quiet_at_different_times():
    """
    Twelve from the web were last heard of 50 days, 51, … after their first purchase and have lapsed
    (more than 240 days ago); ten from the fair are in touch. The test is scipy's.
    """
    clients = [Client(f"Client {n:03}", source="Web" if n < 12 else "Fair") for n in range(22)]
    web = [[400, 350 - n] for n in range(12)]
    fair = [[500 + 7 * n, 20] for n in range(10)]
    (found,) = report_of([*web, *fair], clients=clients).outlook.comparisons
    expected = logrank(
        CensoredData(uncensored=[50 + n for n in range(12)]),
        CensoredData(right=[500 + 7 * n for n in range(10)]),
    )
    assert found.test.p_value == pytest.approx(expected.pvalue, rel=1e-9)
    assert found.test.p_value < 0.05
    assert [(group.name, group.curve.median) for group in found.groups] == [
        ("Web", 55),
        ("Fair", None),
    ]


def test_one_group_alone_is_compared_with_nobody():
    assert grouped({"Web": 30}) == ()


# The machine form


CURVE = {"times", "survival", "low", "high", "median"}
SHARE = {"value", "low", "high", "numerator", "denominator"}


def test_the_keys_of_the_machine_form(book, settings):
    """
    Of SPEC 10, for a book in which most of them are not known: one customer, in the third month.

    # Sales
    Date        Client  Amount
    2026-04-30  Acme    100
    2026-06-10  Acme    50

    Date        Client  Activity  Minutes
    2026-06-01  Bell    Call      10
    """
    read = json.loads(as_json(make_report(book, settings, date(2026, 6, 15))))
    kept = read["retention"]
    assert set(kept) >= {
        *("logo_retention", "churn", "new", "won_back", "grr", "nrr", "repeat_rate"),
        *("repeat_within", "cohorts", "time_to_second", "time_to_quiet", "bgnbd", "gamma_gamma"),
    }
    assert kept["logo_retention"] == dict.fromkeys(SHARE) | {"numerator": 0, "denominator": 0}
    assert (kept["churn"], kept["grr"], kept["nrr"]) == (None, None, None)
    assert (kept["new"], kept["won_back"]) == (["Acme"], [])
    assert set(kept["repeat_rate"]) == SHARE
    assert (kept["repeat_rate"]["numerator"], kept["repeat_rate"]["denominator"]) == (1, 1)
    assert set(kept["repeat_within"]) == {"90", "180", "365"}
    assert kept["repeat_within"]["90"]["value"] is None
    assert kept["cohorts"]["period"] == "month"
    assert kept["cohorts"]["rows"] == [
        {"cohort": "2026-04", "size": 1, "active": [1, 0, None], "ever_back": [0, 0, None]}
    ]
    assert kept["cohorts"]["pooled"] == [1, 0]
    assert set(kept["time_to_second"]) == set(kept["time_to_quiet"]) == CURVE
    assert (kept["time_to_second"]["times"], kept["time_to_second"]["median"]) == ([41], 41)
    assert (kept["time_to_quiet"]["survival"], kept["time_to_quiet"]["median"]) == ([1], None)
    assert (kept["bgnbd"], kept["gamma_gamma"]) == (None, None)

    stages = read["lifecycle"]
    assert set(stages) >= {
        *("counts", "relationship_counts", "history", "moves", "top_five", "seven_contacts"),
    }
    assert stages["history"][-1]["counts"] == stages["counts"]
    assert stages["history"][-1]["date"] == "2026-06-15"
    assert set(stages["moves"]) == {"up", "down", "lapsed", "won_back"}
    assert stages["moves"]["up"] == [
        {"client": "Acme", "from": "conversion", "to": "retention"},
        {"client": "Bell", "from": "reach", "to": "acquisition"},
    ]
    assert set(stages["conversion"]["loyalty"]) == SHARE
    assert stages["conversion"]["loyalty"]["denominator"] == 1
    assert set(stages["seven_contacts"]) >= {"converted", "at_least_seven_share", "given_up"}
    assert set(stages["seven_contacts"]["at_least_seven_share"]) == SHARE

    worth = read["value"]
    assert set(worth) >= {
        *("sales_now", "top1_share", "top3_share", "top5_share", "hhi", "effective_clients"),
        *("warnings", "cost_to_acquire", "cost_to_keep"),
    }
    assert (worth["sales_now"], worth["hhi"], worth["effective_clients"]) == (150, 1, 1)
    assert worth["cost_to_acquire"] is None
    (acme, _) = read["clients"]
    assert [acme[key] for key in ("p_alive", "expected_purchases_52w", "clv_12m")] == [None] * 3
    assert acme["rhythm_ratio"] is None
