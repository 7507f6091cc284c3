"""Two pages of the public edition, one client apart: who subtracts them learns of five clients, or of none.

She knows the rule, and even on how many clients in all each share rests. Then what a page shows of a
share stands for several counts, *five in a row* among them at least. Where two pages show the same she
cannot tell that anything changed, and where they do not, the counts may lie nine apart.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reportgen.analyses.lifecycle import RELATIONSHIP
from reportgen.editions.redact import redact
from reportgen.model import Activity, Book, Sale, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.report.findings import below, running
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.shares import Share
from reportgen.site.pages.public import STEP_OF_MONEY, percent, stages, totals

MOST = 90
CELL = 5
MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
CALL = Activity("Call", "relationship building", "high", connects=True)


def run_of(counts):
    """How many of these stand in a row, at most."""
    counts = set(counts)
    longest = 0
    for count in counts:
        length = 1
        while count + length in counts:
            length += 1
        longest = max(longest, length)
    return longest


def test_whatever_is_shown_stands_for_five_counts_in_a_row():
    """Of those who are meant where all are known, and of all where those who are meant are known."""
    of_all, of_those_meant = defaultdict(set), defaultdict(set)
    for every in range(2 * CELL, MOST):
        for some in range(every + 1):
            shown = percent(Share(some, every))
            of_all[every, shown].add(some)
            if every < MOST - CELL:
                of_those_meant[some, shown].add(every)
                of_those_meant[some, shown] |= {
                    more
                    for more in range(every, every + 2 * CELL)
                    if percent(Share(some, more)) == shown
                }
    assert min(map(run_of, of_all.values())) == CELL
    assert min(map(run_of, of_those_meant.values())) == CELL


def test_nothing_is_shown_of_fewer_than_five_on_either_side():
    """And else in steps of 5 %, never none and never all."""
    for every in range(MOST):
        for some in range(every + 1):
            given = percent(Share(some, every))
            assert given in ({None, *range(5, 100, 5)} if CELL <= some <= every - CELL else {None})


@pytest.mark.parametrize("every", [20, 24])
def test_the_stages_together_tell_no_more_than_each(every):
    """Of all ways that clients may be spread, those of one page: each threshold has five in a row."""
    by_page = defaultdict(list)
    for reached in combinations_with_replacement(range(every + 1), len(RELATIONSHIP) - 1):
        at_least = (every, *reversed(reached))
        counts = [more - fewer for more, fewer in zip(at_least, (*at_least[1:], 0), strict=True)]
        by_page[stages(dict(zip(RELATIONSHIP, counts, strict=True)))].append(at_least[1:])
    assert len(by_page) > 3
    for page, ways in by_page.items():
        for one in zip(*ways, strict=True):
            assert run_of(one) >= CELL, page


def candidates(shown, every):
    """Of how many out of all a share may be."""
    return {some for some in range(every + 1) if percent(Share(some, every)) == shown}


def apart(before, after):
    """How far two counts are apart at most; 0 where they may be the same."""
    if before & after:
        return 0
    return max(abs(one - other) for one, other in product(before, after))


def report(clients, as_of):
    """The report on clients, each with the days of sales and of calls."""
    sales, calls = [], []
    for name, (bought, called, amount) in clients.items():
        for ago in bought:
            day = MAY - timedelta(days=ago)
            sales.append(Sale(day, name, Decimal(amount), Row("Sales", len(sales) + 2)))
        for ago in called:
            day = MAY - timedelta(days=ago)
            calls.append(Touchpoint(day, name, CALL, Row("Touchpoints", len(calls) + 2)))
    book = Book(relationships([], calls, sales), Source("x.xlsx", "ab" * 32))
    return make_report(*redact(book, Settings(), "public", None), as_of)


def counted(made):
    """The true counts behind each share of the page, in its order: what only the owner knows."""
    found = made.found
    going = sum(one.seen.silence.last_contact is not None for one in running(found))
    counts = list(found.relationship_counts.values())
    return [
        Share(going - len(below(found)), going),
        found.retention.logo_retention,
        found.repeats.repeat_rate,
        *(Share(sum(counts[n:]), sum(counts)) for n in range(1, len(counts))),
    ]


def shown(made):
    """What the page shows of each of them."""
    page = totals(made)
    by_name = {one.name: one.percent for one in page.stages}
    return [
        *(one.percent for one in page.shares[:3]),
        *(by_name.get(f"{stage} or closer") for stage in RELATIONSHIP[1:]),
    ]


DAYS = st.lists(st.sampled_from((10, 40, 100, 200, 350, 420, 600, 700)), max_size=5)
ONE = st.tuples(DAYS, DAYS, st.sampled_from((20, 100, 100, 100, 900))).filter(
    lambda one: one[0] or one[1]
)
CHANGES = st.sampled_from(("comes", "goes", "buys", "is rung", "nothing"))


# A failing example is as good as it comes: making it smaller takes minutes.
@settings(max_examples=8, phases=(Phase.explicit, Phase.generate))
@given(st.lists(ONE, min_size=21, max_size=34), ONE, CHANGES, st.booleans())
def test_two_pages_one_client_apart_cannot_be_subtracted(clients, one, change, a_month_later):
    """The counts behind each share may be equal, or nine apart; and money moves by a step at most."""
    before = {f"c{n}": of for n, of in enumerate(clients)}
    after = dict(before)
    bought, called, amount = before["c0"]
    match change:
        case "comes":
            after["new"] = one
        case "goes":
            del after["c0"]
        case "buys":
            after["c0"] = ([*bought, -20 if a_month_later else 0], called, amount)
        case "is rung":
            after["c0"] = (bought, [*called, -20 if a_month_later else 0], amount)
    first, second = report(before, MAY), report(after, JUNE if a_month_later else MAY)
    for was, true, now, is_now in zip(
        shown(first), counted(first), shown(second), counted(second), strict=True
    ):
        assert was == percent(true)
        assert now == percent(is_now)
        known = candidates(was, true.denominator), candidates(now, is_now.denominator)
        assert true.numerator in known[0]
        assert is_now.numerator in known[1]
        assert apart(*known) == 0 or apart(*known) >= 2 * CELL - 1
    money = [totals(one).shares[3].percent for one in (first, second)]
    assert None in money or abs(money[0] - money[1]) <= STEP_OF_MONEY


def test_a_rule_that_shows_each_count_would_be_found_out():
    """10 and 11 of 20 in steps of 5 % are one count each: what these tests must not let through."""
    assert apart({10}, {11}) == 1
    assert run_of({10}) == 1
    assert run_of({1, 2, 3, 7, 8}) == 3
