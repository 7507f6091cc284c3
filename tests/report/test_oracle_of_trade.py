"""Bridge, sources, referrers, what an hour earned, what works, next purchase: worked out a second time.

With pandas and lifelines, from the rows and the words of the specification, on the samples and on random
books of each business model: refunds, planned rows, ended clients, overlapping periods, missing cells.
What a purchase is, and who has lapsed, is taken as it is found; other tests hold that.
"""

import random
import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import floor

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test
from sites import sample_book

from reportgen.analyses.what_works import what_works
from reportgen.model import (
    Activity,
    ActivityValue,
    Book,
    BusinessModel,
    Client,
    Kind,
    Sale,
    Source,
    Touchpoint,
    relationships,
)
from reportgen.problems import Row
from reportgen.report.findings import findings
from reportgen.settings.settings import Settings

T = date(2026, 10, 31)
AGO, BEFORE = date(2025, 10, 31), date(2024, 10, 31)
SAMPLES = ("interior-designer", "virtual-assistant", "shoe-shop", "meal-box")
MODELS = (*BusinessModel, None)
BOOKS = 20

ACTIVITIES = [
    Activity(name, kind, ActivityValue.HIGH, True)
    for name, kind in (
        ("Call", Kind.RELATIONSHIP_BUILDING),
        ("Visit", Kind.RELATIONSHIP_BUILDING),
        ("Tip", Kind.INSIGHT),
        ("Survey", Kind.FEEDBACK),
    )
]


def random_book(model, seed):
    """Forty clients with whatever may stand in a workbook, over some two and a half years."""
    rng = random.Random(f"{model} {seed}")
    names = [f"Client {number:02}" for number in range(40)]
    begins = BEFORE - timedelta(rng.choice((-200, -31, 0, 200)))
    clients, touchpoints, sales = [], [], []
    for name in names:
        first = begins + timedelta(rng.randrange(600))
        ended = first + timedelta(rng.randrange(60, 900)) if rng.random() < 0.3 else None
        clients.append(
            Client(
                name,
                contact=rng.choice((None, f"Person {rng.randrange(60)}")),
                source=rng.choice(
                    (None, "Fair", "fair ", "Website", f"friend of {rng.choice(names)}")
                ),
                segment=rng.choice((None, "Home", "Office")),
                referred_by=rng.choice((None, None, rng.choice(names), "the baker")),
                ended_on=ended,
            )
        )
        for _ in range(rng.choice((0, 1, 4, 9))):
            day = first + timedelta(rng.randrange(700))
            starts = day - timedelta(rng.randrange(20)) if rng.random() < 0.4 else None
            sales.append(
                Sale(
                    day,
                    name,
                    Decimal(rng.randrange(-30, 400)) / rng.choice((1, 3, 4)),
                    Row("Sales", len(sales) + 2),
                    direct_cost=Decimal(rng.randrange(40)) if rng.random() < 0.3 else None,
                    starts=starts,
                    ends=starts and day + timedelta(rng.randrange(80)),
                )
            )
        for _ in range(rng.randrange(25)):
            day = first + timedelta(round(rng.expovariate(1 / 90)) - 10)
            touchpoints.append(
                Touchpoint(
                    day,
                    name,
                    rng.choice(ACTIVITIES),
                    Row("Touchpoints", len(touchpoints) + 2),
                    minutes=rng.choice((0, 20, 45, 240)),
                    cost=Decimal(rng.randrange(20)) if rng.random() < 0.2 else None,
                )
            )
    made = relationships(clients, touchpoints, sales)
    rate = rng.choice((None, Decimal(40)))
    settings = Settings().layered({"business_model": model, "hourly_rate": rate}, {})
    return Book(made, Source("random.xlsx", "0" * 64)), settings


CASES = [
    *SAMPLES,
    *(
        pytest.param((model, seed), marks=pytest.mark.slow if seed > 4 else ())
        for model in MODELS
        for seed in range(BOOKS)
    ),
]


@pytest.fixture(scope="module", params=CASES, ids=str)
def case(request):
    """The book, the settings, and what is found."""
    asked = request.param
    book, settings = sample_book(asked) if isinstance(asked, str) else random_book(*asked)
    return book, settings, findings(book, settings, T)


def tables(book):
    """Sales and touchpoints up to the day, as data frames."""
    sold = [
        (s.client, s.date, s.amount, s.direct_cost or 0, s.starts, s.ends)
        for s in book.sales
        if s.date <= T and not s.tentative
    ]
    touched = [
        (t.client, t.date, t.activity.name, t.activity.kind, t.minutes, t.cost or 0)
        for t in book.touchpoints
        if t.date <= T and not t.tentative
    ]
    return (
        pd.DataFrame(sold, columns=["client", "date", "amount", "direct", "starts", "ends"]),
        pd.DataFrame(touched, columns=["client", "date", "activity", "kind", "minutes", "cost"]),
    )


def total(frame, column):
    return sum(frame[column], Decimal())


def active(sales, after, to):
    """Who has a purchase day in these days, or a period that overlaps them."""
    by_day = sales.groupby(["client", "date"])["amount"].agg(lambda a: sum(a) > 0 or not any(a))
    days = [client for (client, day), bought in by_day.items() if bought and after < day <= to]
    dated = sales.dropna(subset=["starts"])
    working = dated[(dated["starts"] <= to) & (dated["ends"] > after)]
    return set(days) | set(working["client"])


def months_to_compare(sales):
    """The first and last day of the earlier year, and of the later."""
    first = sales["date"].min() if len(sales) else None
    if first is None:
        return None
    if first <= BEFORE + timedelta(1):
        return (BEFORE, AGO), (AGO, T)
    whole = [
        m for m in pd.period_range("2024-11", "2025-10", freq="M") if first <= m.start_time.date()
    ]
    if len(whole) < 3:
        return None
    begin, later = whole[0].start_time.date(), (whole[0] + 12).start_time.date()
    return (begin - timedelta(1), AGO), (later - timedelta(1), T)


def test_bridge(case):
    book, _, found = case
    sales, _ = tables(book)
    spans = months_to_compare(sales)
    if spans is None:
        assert found.bridge is None
        return
    then, now = active(sales, BEFORE, AGO), active(sales, AGO, T)
    ever = active(sales, date.min, BEFORE)
    parts = {name: (Decimal(), set()) for name in ("not back", "less", "more", "won back", "new")}
    sums = []
    for after, to in spans:
        inside = sales[(sales["date"] > after) & (sales["date"] <= to)]
        sums.append({name: total(of, "amount") for name, of in inside.groupby("client")})
    for name in {*sums[0], *sums[1]}:
        moved = sums[1].get(name, 0) - sums[0].get(name, 0)
        if name not in now:
            step = "not back"
        elif name in then:
            step = "less" if moved < 0 else "more"
        else:
            step = "won back" if name in ever else "new"
        if moved:
            amount, names = parts[step]
            parts[step] = (amount + moved, names | {name})
    steps = {str(step.name): step for step in found.bridge.steps}
    for name, (amount, names) in parts.items():
        assert float(steps[name].amount) == pytest.approx(float(amount)), name
        assert set(steps[name].clients) == names, name
    assert float(steps["before"].amount) == pytest.approx(float(sum(sums[0].values())))
    assert float(steps["now"].amount) == pytest.approx(float(sum(sums[1].values())))


def friend(text):
    return re.sub(r"(?i)^friend of ", "", text) if text and text.startswith("friend of ") else None


@pytest.mark.parametrize("by", ["source", "segment"])
def test_sources_and_segments(case, by):
    book, settings, found = case
    sales, touched = tables(book)
    then, now = active(sales, BEFORE, AGO), active(sales, AGO, T)
    rows = []
    for one in found.clients:
        word = getattr(one.seen.client, by)
        group = "friend" if by == "source" and friend(word) else (word or "").strip().casefold()
        own, his = sales[sales["client"] == one.name], touched[touched["client"] == one.name]
        first = one.seen.purchases[0].first if one.seen.purchases else None
        contacts = sorted({*own["date"], *his["date"][his_felt(book, one.name, his)]})
        minutes = int(his["minutes"].sum())
        known = settings.hourly_rate is not None or not minutes
        costs = total(own, "direct") + total(his, "cost")
        costs += (settings.hourly_rate or 0) * Decimal(minutes) / 60
        rows.append(
            {
                "group": group,
                "bought": first is not None,
                "days": (first - contacts[0]).days if first else np.nan,
                "contacts": sum(day < first for day in contacts) if first else np.nan,
                "sales": float(total(own, "amount")),
                "left": float(total(own, "amount") - costs) if known else np.nan,
                "minutes": minutes,
                "before": one.name in then,
                "kept": one.name in then & now,
            }
        )
    frame = pd.DataFrame(rows)
    ways = getattr(found, f"{by}s")
    told = {(one.name or "").casefold(): one for one in ways}
    expected = frame.groupby("group")
    assert set(told) == (set(expected.groups) if set(expected.groups) != {""} else set())
    for name, one in told.items():
        of = expected.get_group(name)
        assert (one.customers, one.prospects) == (of["bought"].sum(), (~of["bought"]).sum())
        if one.customers:
            assert one.contact_days == of["contacts"].median()
            assert one.days == max(0, of["days"].clip(lower=0).median())
        assert float(one.sales) == pytest.approx(of["sales"].sum())
        assert one.minutes == of["minutes"].sum()
        assert (one.kept.numerator, one.kept.denominator) == (of["kept"].sum(), of["before"].sum())
        if of["left"].isna().any():
            assert one.contribution is None
        else:
            assert float(one.contribution) == pytest.approx(of["left"].sum())


def his_felt(book, name, his):
    """Which of a client's touchpoints he feels."""
    (one,) = [r for r in book.relationships if r.client.name == name]
    felt = {(t.date, t.activity.name) for t in one.touchpoints if t.activity.connects}
    return [
        (day, activity) in felt for day, activity in zip(his["date"], his["activity"], strict=True)
    ]


def test_referrers(case):
    """By a matrix of who brought whom, multiplied with itself until nobody is added."""
    book, _, found = case
    sales, _ = tables(book)
    clients = [one.client for one in book.relationships]
    contacts = pd.Series([c.contact for c in clients if c.contact]).value_counts()
    own = {c.contact.casefold(): c.name for c in clients if c.contact and contacts[c.contact] == 1}
    names = {c.name.casefold(): c.name for c in clients}
    known = own | names
    pairs = []
    for client in clients:
        by = client.referred_by or friend(client.source)
        if by:
            pairs.append((known.get(by.casefold(), by), client.name))
    everybody = sorted({*(a for a, _ in pairs), *(b for _, b in pairs)})
    reach = pd.DataFrame(0, everybody, everybody)
    for by, name in pairs:
        reach.loc[by, name] = 1
    for _ in everybody:
        reach = ((reach + reach @ reach) > 0).astype(int)
    expected = {}
    for by in reach.index:
        brought = sorted(n for n in reach.columns if reach.loc[by, n] and n != by)
        if brought:
            expected[by] = brought
    assert {one.name: sorted(one.brought) for one in found.referrers} == expected
    for one in found.referrers:
        of = sales[sales["client"].isin(one.brought)]
        assert float(one.sales) == pytest.approx(float(total(of, "amount")))


def test_hourly_earned(case):
    book, _, found = case
    sales, touched = tables(book)
    year = [frame[frame["date"] > AGO] for frame in (sales, touched)]
    for one in found.clients:
        own, his = (frame[frame["client"] == one.name] for frame in year)
        hours = his["minutes"].sum() / 60
        left = total(own, "amount") - total(own, "direct") - total(his, "cost")
        if hours < 5:
            assert one.hourly_earned is None
        else:
            assert float(one.hourly_earned) == pytest.approx(float(left) / hours)


def test_next_purchase(case):
    _, _, found = case
    for one in found.clients:
        begun = [purchase.first for purchase in one.seen.purchases]
        by_month = str(one.seen.business_model) in ("service", "subscription")
        ended = one.seen.client.ended_on
        if len(begun) < 3 or by_month or (ended and ended <= T):
            assert one.next_purchase is None
            continue
        gaps = [(b - a).days for a, b in pairwise(begun)]
        days = [floor(float(np.quantile(gaps, share)) + 0.5) for share in (0.25, 0.75)]
        told = (one.next_purchase.soonest, one.next_purchase.latest)
        assert told == tuple(begun[-1] + timedelta(n) for n in days)


def test_what_works(case):
    book, settings, found = case
    _, touched = tables(book)
    rows = []
    for one in found.clients:
        seen = one.seen
        if not seen.purchases:
            continue
        first = seen.purchases[0].first
        mark = first + timedelta(settings.first_weeks_days)
        if str(seen.business_model) in ("service", "subscription"):
            event, ended = "left", seen.client.ended_on
            gone = min(seen.purchases[-1].last, T) if seen.lapsed else None
            day = ended if ended and ended <= T else gone
        else:
            event = "came back"
            day = min((p.first for p in seen.purchases if p.first > mark), default=None)
        if mark > T or (day and day <= mark):
            continue
        his = touched[touched["client"] == one.name]
        had = his[(his["date"] >= first) & (his["date"] <= mark)]
        what = {(name, False) for name in had["activity"] if name}
        what |= {(str(kind), True) for kind in had["kind"] if kind}
        rows.append((event, ((day or T) - mark).days, day is not None, what))
    frame = pd.DataFrame(rows, columns=["event", "days", "happened", "had"])
    expected = {}
    for event, of in frame.groupby("event"):
        every = sorted({one for had in of["had"] for one in had}, key=lambda one: (one[1], one[0]))
        told = set()
        for what in every:
            has = np.array([what in had for had in of["had"]])
            if what[1] and tuple(has) in told:
                continue
            told.add(tuple(has))
            if min(has.sum(), (~has).sum()) >= 10:
                expected[(*what, event)] = (of[has], of[~has])
    made = what_works([one.seen for one in found.clients], settings.first_weeks_days).comparisons
    assert {(str(one.what), one.is_kind, str(one.event)) for one in made} == set(expected)
    better = [one.better_by for one in made]
    assert better == sorted(better, reverse=True)
    for one in made:
        groups = expected[str(one.what), one.is_kind, str(one.event)]
        limit = min(365, *(group["days"].max() for group in groups))
        assert one.days == limit
        for group, of in zip((one.with_it, one.without), groups, strict=True):
            assert (group.clients, group.happened) == (len(of), of["happened"].sum())
            curve = KaplanMeierFitter().fit(of["days"], of["happened"])
            assert group.share == pytest.approx(1 - curve.predict(limit))
        test = logrank_test(*(g["days"] for g in groups), *(g["happened"] for g in groups))
        if one.p is None:
            assert not any(g["happened"].any() for g in groups)
        else:
            assert one.p == pytest.approx(test.p_value)
