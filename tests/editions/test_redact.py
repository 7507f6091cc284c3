"""What each edition makes of a book: the table is whole, and nothing can be undone from what is left."""

import hmac
import re
from collections import Counter
from dataclasses import MISSING, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from reportgen.editions.index import summed
from reportgen.editions.policy import POLICY, sees, withheld
from reportgen.editions.redact import _is_ours, key, redact
from reportgen.model import (
    Activity,
    Book,
    Client,
    Feedback,
    Rating,
    Relationship,
    Sale,
    Source,
    Touchpoint,
    relationships,
)
from reportgen.problems import Cell, Problem, ReportError, Row
from reportgen.reading.book import read
from reportgen.reading.catalogue import built_in
from reportgen.settings.configuration import DEFAULTS, Choice, read_configuration
from reportgen.settings.settings import Settings

SECRET = "a secret of the owner’s own"
SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
CLASSES = (Book, Source, Relationship, Client, Touchpoint, Activity, Sale, Feedback, Rating)
SHARED = ("coach", "accountant", "public")
CALL = built_in().named("Call")
LUNCH = Activity("Lunch with Ann", "relationship building", "high", connects=True, letter="thanks")


def sale(client, amount, row, **more):
    return Sale(date(2026, 1, row), client, Decimal(amount), Row("Sales", row), **more)


def small_book(names=("Acme", "Bell", "Cole"), sha="ab" * 32):
    """Acme brings 400 in two sales, Bell 100, Cole nothing; Bell was referred by Acme's contact."""
    clients = [
        Client(
            "Acme", contact="Ann Ash", segment="Retail", notes="Owes me", birthday=date(2000, 2, 3)
        ),
        Client("Bell", referred_by="ann ash", potential_per_year=Decimal(800), segment="retail"),
        Client("Cole", referred_by="The baker", segment="Retail", source="Fair"),
    ]
    return Book(
        relationships=relationships(
            [client for client in clients if client.name in names]
            + [Client(name) for name in names if name not in ("Acme", "Bell", "Cole")],
            touchpoints=[
                Touchpoint(
                    date(2026, 1, 5),
                    "Acme",
                    LUNCH,
                    Row("Touchpoints", 9),
                    channel="Her mobile",
                    topic="Her divorce",
                    promise="Send flowers",
                    promised_for=date(2026, 1, 9),
                    signal="advice asked",
                    cost=Decimal(2),
                    minutes=30,
                ),
                Touchpoint(
                    date(2026, 1, 6),
                    "Bell",
                    CALL,
                    Row("Touchpoints", 7),
                    channel="e-mail",
                    signal="sighed",
                ),
            ],
            sales=[
                sale("Acme", "150", 2, service="Design", invoice="A-1", direct_cost=Decimal(40)),
                sale("Acme", "250", 4, service="design "),
                sale("Bell", "100", 3),
            ],
            feedback=[
                Feedback(date(2026, 1, 7), "Acme", Row("Feedback", 2), "survey", text="A joy")
            ],
            ratings=[Rating(date(2026, 1, 8), "Bell", Row("Ratings", 2), care=Decimal(8))],
        ),
        source=Source("clients-of-jane.xlsx", sha),
        problems=(Problem(Cell("Sales", 5, 3), "“Ann’s”", "an amount"),),
        cells=40,
        unread=("the sheet Private",),
        remarks=("2 rows on Private do not count.",),
    )


def settings():
    return Settings(
        business_name="Jane Design",
        owner="Jane",
        currency="GBP",
        hourly_rate=Decimal(20),
        preferred_channels=("Email", "her mobile"),
        red_line_days=45,
        origins={"owner": "the Business sheet", "hourly_rate": "my-secrets.toml"},
    )


def many(number):
    return small_book(tuple(f"Client of {n}" for n in range(number)))


def of(book, money):
    """The relationship whose sales in all are so much."""
    found = [r for r in book.relationships if sum(s.amount for s in r.sales) == Decimal(money)]
    assert len(found) == 1
    return found[0]


# The table.


def test_every_field_of_the_model_and_every_setting_stands_in_the_table():
    named = {(cls, field.name) for cls in CLASSES for field in fields(cls)}
    named |= {(Settings, field.name) for field in fields(Settings)}
    assert set(POLICY) == named


def test_every_rule_speaks_for_every_edition():
    assert {frozenset(rule) for rule in POLICY.values()} == {frozenset(("owner", *SHARED))}
    assert {rule["owner"] for rule in POLICY.values()} == {"kept"}


def test_nothing_that_a_record_cannot_do_without_is_dropped():
    """Records that an edition drops as a whole may lose everything."""
    whole = {
        ("accountant", Feedback),
        ("accountant", Rating),
        ("public", Feedback),
        ("public", Rating),
    }
    lost = [
        (edition, cls.__name__, field.name)
        for cls in (Client, Touchpoint, Activity, Sale, Feedback, Rating)
        for field in fields(cls)
        for edition in SHARED
        if POLICY[cls, field.name][edition] == "dropped"
        and field.default is MISSING
        and (edition, cls) not in whole
    ]
    assert lost == []


def test_an_edition_keeps_no_words_of_the_owner_but_these():
    """Names, services, projects and invoices are an accountant’s work; all else that is kept is ours."""
    kept = {
        (edition, cls.__name__, field.name)
        for cls in (Client, Touchpoint, Activity, Sale, Feedback, Rating)
        for field in fields(cls)
        for edition in SHARED
        if re.fullmatch(r"(Final\[)?str( \| None)?\]?", str(field.type))
        and POLICY[cls, field.name][edition] == "kept"
    }
    assert kept == {
        ("accountant", "Client", "name"),
        ("accountant", "Touchpoint", "client"),
        ("accountant", "Sale", "client"),
        ("accountant", "Sale", "project"),
        ("accountant", "Sale", "service"),
        ("accountant", "Sale", "invoice"),
    }


def test_a_field_that_the_table_does_not_name_is_dropped(monkeypatch):
    kept = {key: rule for key, rule in POLICY.items() if key != (Sale, "service")}
    monkeypatch.setattr("reportgen.editions.choice.POLICY", kept)
    del kept[Settings, "business_name"]
    book, told = redact(small_book(), settings(), "accountant", SECRET)
    assert [s.service for s in book.sales] == [None, None, None]
    assert told.business_name == ""


# The owner.


def test_the_owners_edition_is_the_book_itself():
    book, told = small_book(), settings()
    assert redact(book, told, "owner", None) == (book, told)


# The coach.


def test_the_coach_sees_pseudonyms_and_no_words_of_the_owners():
    book, _ = redact(small_book(), settings(), "coach", SECRET)
    acme, bell = of(book, "100"), of(book, "25")
    assert acme.client.name.startswith("Client ")
    assert acme.client == Client(acme.client.name, segment=acme.client.segment)
    assert acme.client.segment.startswith("Segment ")
    assert (
        {t.client for t in acme.touchpoints} == {s.client for s in acme.sales} == {acme.client.name}
    )
    (lunch,) = acme.touchpoints
    assert (lunch.topic, lunch.promise, lunch.promised_for) == (None, None, date(2026, 1, 9))
    assert lunch.activity.name.startswith("Activity ")
    assert lunch.activity == replace(LUNCH, name=lunch.activity.name, letter=None)
    assert lunch.channel.startswith("Channel ")
    assert lunch.signal == "advice asked"
    assert [f.text for f in acme.feedback] == [None]
    (call,) = bell.touchpoints
    assert (call.activity.name, call.channel, call.signal) == ("Call", "e-mail", None)


def test_who_referred_them_is_told_by_pseudonym_where_it_is_a_client():
    book, _ = redact(small_book(), settings(), "coach", SECRET)
    acme, bell, cole = of(book, "100"), of(book, "25"), of(book, "0")
    assert bell.client.referred_by == acme.client.name
    assert cole.client.referred_by is None


def test_a_contact_of_two_clients_names_neither():
    clients = [
        Client("Acme", contact="Ann"),
        Client("Bell", contact="Ann"),
        Client("Cole", referred_by="Ann"),
    ]
    book, _ = redact(Book(relationships(clients), Source("x", "00")), Settings(), "coach", SECRET)
    assert [one.client.referred_by for one in book.relationships] == [None, None, None]


def test_a_contact_who_is_called_like_a_client_is_not_that_client():
    clients = [Client("Acme", contact="Bell"), Client("Bell"), Client("Cole", referred_by="Bell")]
    book, _ = redact(Book(relationships(clients), Source("x", "00")), Settings(), "coach", SECRET)
    named = {one.client.name for one in book.relationships}
    (bell,) = {one.client.referred_by for one in book.relationships} - {None}
    assert len(named) == 3
    without_acme, _ = redact(
        Book(relationships(clients[1:]), Source("x", "00")), Settings(), "coach", SECRET
    )
    assert {one.client.referred_by for one in without_acme.relationships} == {None, bell}


def test_money_is_an_index_of_the_largest_client():
    """400 become 100, so all is a quarter of what it was, to two figures: 150 → 38, 250 → 62, 20 → 5."""
    book, told = redact(small_book(), settings(), "coach", SECRET)
    acme, bell = of(book, "100"), of(book, "25")
    assert [s.amount for s in acme.sales] == [38, 62]
    assert acme.sales[0].direct_cost == 10
    assert acme.touchpoints[0].cost == Decimal("0.5")
    assert bell.client.potential_per_year == 200
    assert (told.hourly_rate, told.currency) == (5, None)


def shown_sales(*amounts, day=date(2026, 3, 2)):
    """What the coach sees of one client's sales of a day, where another client's 23,700 are the 100."""
    book = Book(
        relationships(
            [],
            sales=[
                sale("The largest", "23700", 2),
                *(replace(sale("Acme", one, n), date=day) for n, one in enumerate(amounts, 3)),
            ],
        ),
        Source("x", "00"),
    )
    redacted, _ = redact(book, Settings(), "coach", SECRET)
    (acme,) = [one for one in redacted.relationships if 100 not in {s.amount for s in one.sales}]
    return sorted(one.amount for one in acme.sales)


def test_an_index_has_two_figures_so_that_round_prices_do_not_show():
    """3,480 of 23,700 are 14.68…, 35 are 0.1476…, 2.40 are 0.0101…"""
    assert shown_sales("3480", "35", "2.40") == [Decimal("0.01"), Decimal("0.15"), 15]


def test_a_day_on_which_all_was_paid_back_sums_to_nothing():
    """1,240, 770 and −2,010 are 5.2, 3.2 and −8.5 to two figures, which would leave −0.1."""
    assert sum(shown_sales("1240", "770", "-2010")) == 0


def test_a_day_without_a_refund_has_each_sale_as_it_is_rounded():
    """1,240 and 770 are 5.2 and 3.2; nothing, or 50 pence (0.0021 of 100), beside them moves neither."""
    assert shown_sales("1240", "770", "0") == [0, Decimal("3.2"), Decimal("5.2")]
    assert shown_sales("1240", "770", "0.50") == [
        Decimal("0.0021"),
        Decimal("3.2"),
        Decimal("5.2"),
    ]


def test_fifty_pence_are_a_refund_too():
    """1,240 and 770 less 0.50 are 8.479 of 100, so 8.5; to two figures they would be 8.3979."""
    assert sum(shown_sales("1240", "770", "-0.50")) == Decimal("8.5")


def test_a_day_on_which_a_little_stayed_sums_to_a_little():
    """2,000 less 1,999: 1 of 23,700 is 0.0042; to two figures the two would be 8.4 and −8.4."""
    assert shown_sales("2000", "-1999") == [Decimal("-8.4"), Decimal("8.4042")]


def test_the_largest_clients_sales_are_100_though_each_is_rounded():
    """Three times 333 are 999: 33, 33 and what is left, 34."""
    book = Book(
        relationships(
            [],
            sales=[
                *(replace(sale("Acme", "333", n), date=date(2026, 3, n)) for n in (2, 3, 4)),
                sale("Bell", "999", 5),
            ],
        ),
        Source("x", "00"),
    )
    redacted, _ = redact(book, Settings(), "coach", SECRET)
    assert sorted([s.amount for s in one.sales] for one in redacted.relationships) == [
        [33, 33, 34],
        [100],
    ]


def test_the_largest_client_sums_to_100_and_her_day_of_a_refund_to_what_it_did():
    """Of 999 the day of 400 − 67 is 33.33…, so 33; the others of 333 are what is left, 67."""
    amounts = {2: ("333",), 3: ("333",), 4: ("400", "-67")}
    every = [sale("Acme", amount, day) for day, of in amounts.items() for amount in of]
    redacted, _ = redact(
        Book(relationships([], sales=every), Source("x", "00")), Settings(), "coach", SECRET
    )
    sums: Counter[int] = Counter()
    for one in redacted.sales:
        sums[one.date.day] += one.amount
    assert sums[4] == 33
    assert sorted((sums[2], sums[3])) == [33, 34]


def test_no_sale_becomes_a_refund_so_that_many_equal_ones_sum_to_100():
    """60 of 1.666… are 1.7 each, 102 together: 20 of them stay 0.1 below, 20 · 1.6 + 40 · 1.7 = 100."""
    every = [
        replace(sale("Acme", "100", 2), date=date(2020, 1, 1) + timedelta(days=30 * n))
        for n in range(60)
    ]
    redacted, _ = redact(
        Book(relationships([], sales=every), Source("x", "00")), Settings(), "coach", SECRET
    )
    assert Counter(one.amount for one in redacted.sales) == {Decimal("1.6"): 20, Decimal("1.7"): 40}


def coachs_sales(every):
    shown, _ = redact(
        Book(relationships([], sales=every), Source("x", "00")), Settings(), "coach", SECRET
    )
    return list(shown.sales)


def test_pennies_beside_a_million_stay_something():
    """Three of 0.0001 and 100 are 100.0003: the million gives way, not the pennies."""
    every = [sale("Acme", amount, 2) for amount in ("1000000", "0.01", "0.01", "0.01")]
    shown = Counter(one.amount for one in coachs_sales(every))
    assert shown == {Decimal("99.9997"): 1, Decimal("0.0001"): 3}


def test_a_small_sale_stays_one_beside_many_days_of_a_refund():
    """86 days of 21.50 − 10 are 1.15 of 100 each, to two figures 1.2, 103.2 in all; a sale of 11 stays."""
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(86)]
    every = [replace(sale("Acme", one, 2), date=day) for day in days for one in ("21.50", "-10")]
    (small,) = [
        one for one in coachs_sales([*every, sale("Acme", "11", 2)]) if one.date.year == 2026
    ]
    assert small.amount == 1


def test_which_of_equal_sales_moves_does_not_come_from_their_rows():
    one_way = [sale("Acme", "333", 2, service=name) for name in "ABC"]
    assert coachs_sales(one_way) == coachs_sales(one_way[::-1])


@settings_of_hypothesis(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(-3, 40).map(lambda n: n * 333)),
        min_size=1,
        max_size=70,
    )
)
def test_sales_stay_sales_and_refunds_refunds(made):
    """Of a client alone with a sale over 0: as many above, below and at nothing as there were."""
    every = [
        replace(sale("Acme", str(amount), 2), date=date(2026, 3, 1 + day)) for day, amount in made
    ]
    redacted, _ = redact(
        Book(relationships([], sales=every), Source("x", "00")), Settings(), "coach", SECRET
    )

    def sides(amounts):
        return Counter((amount > 0) - (amount < 0) for amount in amounts)

    assert sides(one.amount for one in redacted.sales) == sides(amount for _, amount in made)


@pytest.mark.parametrize("sample", ["interior-designer", "virtual-assistant"])
def test_supposing_that_prices_are_round_does_not_give_the_scale(sample):
    """Of all hundreds from half to twice the true one, in tens, many make every sale shown a round price.

    Whole pounds at the one business, tens at the other: those that her prices are.
    """
    book, chosen = read(SAMPLES / f"{sample}.xlsx", DEFAULTS)
    shown, _ = redact(book, chosen, "coach", SECRET)
    largest = max(sum(s.amount for s in one.sales) for one in book.relationships)
    step = 10 if sample == "interior-designer" else 1
    assert all(s.amount % step == 0 for s in book.sales)
    amounts = {abs(s.amount) for s in shown.sales if s.amount}

    def could_be(hundred):
        for amount in amounts:
            half = Decimal(5).scaleb(amount.adjusted() - 2)
            low, high = ((amount + end) * hundred / 100 / step for end in (-half, half))
            if floor(high) < ceil(low):
                return False
        return True

    tried = [Decimal(10 * n) for n in range(int(largest / 20), int(largest / 5))]
    assert could_be(largest)
    assert sum(map(could_be, tried)) > len(tried) / 5


def test_a_rate_far_above_all_sales_is_still_a_setting():
    """10 million an hour where a penny was sold: 100,000,000,000 index points; more than settings take."""
    book = Book(relationships([], sales=[sale("A", "0.01", 2)]), Source("x", "00"))
    _, told = redact(book, Settings(hourly_rate=Decimal(10) ** 10), "coach", SECRET)
    assert told.hourly_rate == Decimal(10) ** 12


def test_an_amount_too_small_for_the_index_does_not_become_nothing():
    """0.01 of 1,000,000 is 0.000001 of 100: it is shown as the smallest figure, with its sign."""
    book = Book(
        relationships(
            [], sales=[sale("A", "1000000", 2), sale("B", "0.01", 3), sale("C", "-0.01", 4)]
        ),
        Source("x", "00"),
    )
    redacted, _ = redact(book, Settings(), "coach", SECRET)
    assert sorted(s.amount for s in redacted.sales) == [Decimal("-0.0001"), Decimal("0.0001"), 100]


def test_without_sales_the_largest_amount_is_100():
    book = Book(relationships([Client("A", potential_per_year=Decimal(500))]), Source("x", "00"))
    redacted, told = redact(book, Settings(hourly_rate=Decimal(50)), "coach", SECRET)
    assert redacted.relationships[0].client.potential_per_year == 100
    assert told.hourly_rate == 10


def test_groups_keep_apart_what_the_analyses_keep_apart_and_no_more():
    """Services are the same but for case and space (Design, design); segments are not (Retail, retail)."""
    book, _ = redact(small_book(), settings(), "coach", SECRET)
    acme, bell, cole = of(book, "100"), of(book, "25"), of(book, "0")
    assert acme.sales[0].service == acme.sales[1].service
    assert acme.client.segment == cole.client.segment != bell.client.segment


def test_a_preferred_channel_that_nobody_has_used_has_its_own_code():
    hers = ("Her pager", "A pigeon")
    _, told = redact(small_book(), Settings(preferred_channels=hers), "coach", SECRET)
    assert len({*told.preferred_channels}) == 2
    assert all(re.fullmatch(r"Channel \d{4}", one) for one in told.preferred_channels)


def test_a_preferred_channel_stays_the_channel_that_it_is():
    book, told = redact(small_book(), settings(), "coach", SECRET)
    assert told.preferred_channels == ("Email", of(book, "100").touchpoints[0].channel)


def test_settings_say_nothing_of_who_and_where_they_were_written():
    _, told = redact(small_book(), settings(), "coach", SECRET)
    assert (told.business_name, told.owner, told.red_line_days) == ("", "", 45)
    assert told.origins == {"hourly_rate": "the owner"}
    assert withheld("coach", "owner")
    assert not withheld("coach", "red_line_days")
    assert not withheld("owner", "owner")


@pytest.mark.parametrize("edition", SHARED)
def test_nothing_of_the_file_is_left(edition):
    book, _ = redact(replace(many(20)), settings(), edition, SECRET)
    assert book.source == Source("the owner’s workbook", "")
    assert (book.problems, book.cells, book.unread, book.edition) == ((), 0, (), edition)
    assert book.remarks == ()


@pytest.mark.parametrize("edition", ["coach", "accountant"])
def test_rows_have_no_sheet_and_no_number_of_the_workbook(edition):
    book, _ = redact(small_book(), settings(), edition, SECRET)
    rows = [
        record.row
        for one in book.relationships
        for kind in (one.touchpoints, one.sales, one.feedback, one.ratings)
        for record in kind
    ]
    assert rows == [Row("", number) for number in range(1, len(rows) + 1)]
    assert {one.client.row for one in book.relationships} == {None}


@pytest.mark.parametrize("edition", SHARED)
def test_what_is_alike_but_for_the_last_thing_does_not_stand_in_the_order_of_the_rows(edition):
    """Two sales of a day differ in what they are for, two calls in whether they are sure."""
    day = date(2026, 1, 5)

    def of_rows(first, second):
        sales = [
            replace(sale("Acme", "10", row), date=day, starts=begins, ends=begins)
            for row, begins in ((first, day), (second, day + timedelta(days=9)))
        ]
        calls = [
            Touchpoint(day, "Acme", CALL, Row("Touchpoints", row), tentative=unsure)
            for row, unsure in ((first, True), (second, False))
        ]
        clients = [Client(f"Client of {n}") for n in range(20)]
        return Book(relationships(clients, calls, sales), Source("x", "00"))

    assert redact(of_rows(2, 3), Settings(), edition, SECRET) == redact(
        of_rows(3, 2), Settings(), edition, SECRET
    )


# Pseudonyms cannot be guessed, and last.


def names(book, secret):
    """The pseudonyms of Acme, Bell and Cole, whose sales tell them apart."""
    redacted, _ = redact(book, settings(), "coach", secret)
    return [of(redacted, money).client.name for money in ("100", "25", "0")]


def test_pseudonyms_are_the_same_next_month_with_the_secret_alone():
    assert names(small_book(), SECRET) == names(small_book(sha="cd" * 32), SECRET)
    assert names(small_book(), None) == names(small_book(), None)
    assert names(small_book(), None) != names(small_book(sha="cd" * 32), None)
    assert names(small_book(), SECRET) != names(small_book(), "another secret of hers")


def test_a_new_client_changes_nobody_elses_pseudonym():
    before, _ = redact(small_book(), settings(), "coach", SECRET)
    after, _ = redact(small_book(("Acme", "Bell", "Cole", "Aardvark")), settings(), "coach", SECRET)
    known = {one.client.name for one in before.relationships}
    assert len(known) == 3
    assert known < {one.client.name for one in after.relationships}


@pytest.mark.parametrize(
    ("clients", "form"), [(1000, "Client 0000"), (1001, "Client 00000"), (1500, "Client 00000")]
)
def test_everyone_has_a_pseudonym_of_their_own_even_among_very_many(clients, form):
    """More than a thousand have five digits, so that a tenth of the numbers at most is taken."""
    book = Book(relationships([Client(f"Name {n}") for n in range(clients)]), Source("x", "00"))
    redacted, _ = redact(book, settings(), "coach", SECRET)
    found = {one.client.name for one in redacted.relationships}
    assert len(found) == clients
    assert {len(name) for name in found} == {len(form)}


def test_who_falls_on_a_number_that_is_taken_has_the_next():
    """The first eight bytes of both digests are … 9999; the lower digest keeps it, then comes 0000."""
    names = ("Name 654", "Name 6136")
    digests = [
        hmac.digest(SECRET.encode(), f"Client\n{name.lower()}".encode(), "sha256") for name in names
    ]
    assert [int.from_bytes(one[:8]) % 10_000 for one in digests] == [9999, 9999]
    assert digests[0] < digests[1]
    book = Book(relationships(map(Client, names)), Source("x", "00"))
    assert key(book, Settings(), SECRET) == (
        ("Client 0000", "Name 6136"),
        ("Client 9999", "Name 654"),
    )


def test_the_order_is_not_that_of_the_alphabet():
    """Forty names in order of the alphabet; a keyed order agrees with it about as a coin does.

    Of 780 pairs 390 stand the same way round by chance, with a standard deviation of 42.
    """
    clients = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(40)]
    book = Book(
        relationships([], sales=[sale(name, n + 1, 2) for n, name in enumerate(clients)]),
        Source("x", "ef" * 32),
    )
    redacted, _ = redact(book, Settings(), "coach", None)
    amounts = [one.sales[0].amount for one in redacted.relationships]
    same = sum(a < b for n, a in enumerate(amounts) for b in amounts[n + 1 :])
    assert 200 < same < 580


@pytest.mark.parametrize("edition", ["owner", *SHARED])
def test_redacting_twice_is_redacting_once(edition):
    once = redact(many(20), settings(), edition, SECRET)
    assert redact(*once, edition, SECRET) == once


# The accountant.


def test_the_accountant_sees_names_money_and_hours_and_nothing_of_the_talk():
    book, told = redact(small_book(), settings(), "accountant", SECRET)
    acme = next(one for one in book.relationships if one.client.name == "Acme")
    assert acme.client == Client("Acme")
    assert [(s.amount, s.invoice, s.service) for s in acme.sales] == [
        (150, "A-1", "Design"),
        (250, None, "design "),
    ]
    (lunch,) = acme.touchpoints
    assert (lunch.minutes, lunch.cost, lunch.topic, lunch.promised_for, lunch.signal) == (
        30, 2, None, None, None,
    )  # fmt: skip
    assert (lunch.activity.name.startswith("Activity "), lunch.channel) == (True, None)
    assert all(one.feedback == one.ratings == () for one in book.relationships)
    assert (told.business_name, told.owner, told.currency, told.hourly_rate) == (
        "Jane Design", "", "GBP", 20,
    )  # fmt: skip


# The public.


def test_there_is_no_public_edition_of_fewer_than_20_clients():
    """many(n) has the n clients and the three of the rows."""
    with pytest.raises(ReportError, match=r"no public edition of 19 clients.*fewer than 20"):
        redact(many(17), settings(), "public", SECRET)
    assert len(redact(many(18), settings(), "public", SECRET)[0].relationships) == 20


# What the owner changes.


def test_the_owner_takes_away_by_the_name_of_the_column():
    choice = Choice(drop=("Segment", "hourly rate", "direct_cost"))
    book, told = redact(small_book(), settings(), "coach", SECRET, choice)
    acme = of(book, "100")
    assert (acme.client.segment, acme.sales[0].direct_cost, told.hourly_rate) == (None, None, None)


@pytest.mark.parametrize("column", ["Minutes", "From", "To"])
def test_what_belongs_together_goes_together(column):
    """Without the minutes nobody is told how they are known, nor half of the days that a sale is for."""
    day = date(2026, 1, 5)
    touchpoint = Touchpoint(
        day, "Acme", CALL, Row("Touchpoints", 2), minutes=30, minutes_recorded="recorded"
    )
    sold = sale("Acme", "100", 2, starts=day, ends=day + timedelta(days=30))
    whole = Book(relationships([], [touchpoint], [sold]), Source("x", "00"))
    book, _ = redact(whole, Settings(), "coach", SECRET, Choice(drop=(column,)))
    ((t,), (s,)) = (tuple(book.touchpoints), tuple(book.sales))
    left = {
        "minutes": (t.minutes, t.minutes_recorded) != (0, "none"),
        "days": (s.starts, s.ends) != (None, None),
    }
    assert left == {"minutes": column != "Minutes", "days": column == "Minutes"}


def test_the_owner_gives_back_by_the_name_of_the_column():
    choice = Choice(keep=("Segment", "E-mail", "Topic", "Business name"))
    book, told = redact(small_book(), settings(), "coach", SECRET, choice)
    acme = of(book, "100")
    assert acme.client.segment == "Retail"
    assert acme.touchpoints[0].topic == "Her divorce"
    assert acme.touchpoints[0].promise is None
    assert told.business_name == "Jane Design"


def test_the_owner_gives_back_her_own_words_for_channels_and_activities():
    """Else a code stands in the place of each, since neither is one of our words."""
    choice = Choice(keep=("Channel", "Preferred channels", "Signal", "Letter"))
    book, told = redact(small_book(), settings(), "coach", SECRET, choice)
    (lunch,), (call,) = of(book, "100").touchpoints, of(book, "25").touchpoints
    assert (lunch.channel, call.signal) == ("Her mobile", "sighed")
    assert lunch.activity.letter == "thanks"
    assert told.preferred_channels == ("Email", "her mobile")


@pytest.mark.parametrize(
    ("field", "word", "ours"),
    [
        ("name", "Proposal", True),
        ("name", "Website", False),
        ("channel", "Website", True),
        ("channel", "Proposal", False),
    ],
)
def test_a_word_is_ours_only_in_the_column_that_it_belongs_to(field, word, ours):
    """An activity that she calls Website is hers, and so is a channel that she calls Proposal."""
    assert _is_ours(field, word) is ours


def test_the_everyday_ways_to_be_in_touch_stay_as_they_are_and_no_other():
    """Anybody might use them, so they tell nothing of anybody."""
    everyday = (
        *(
            "E-mail",
            "phone",
            "Call",
            "Video",
            "video call",
            "In person",
            "Meeting",
            "Post",
            "Letter",
        ),
        *("Text", "Text message", "SMS", "chat", "WhatsApp", "Website", "Social media"),
    )
    assert [word for word in everyday if not _is_ours("channel", word)] == []
    hers = ("Her mobile", "Ann’s e-mail", "Video with Ann", "The Red Lion")
    assert [word for word in hers if _is_ours("channel", word)] == []


@pytest.mark.parametrize(
    ("what", "who"),
    [
        ("matrix", ("owner", "coach")),
        ("value", ("owner", "coach", "accountant")),
        ("books", ("accountant",)),
        ("rows", ("owner",)),
        ("what no table names", ("owner",)),
    ],
)
def test_who_has_a_page_or_a_part_of_one_stands_in_a_table(what, who):
    assert sees(what) == who


def test_no_sale_is_moved_to_nothing():
    """A sale of 5 that is to sum to 0 gives way by one in its last figure, and no further."""
    moved = summed([sale("Acme", "5", 2)], {date(2026, 1, 2)}, Decimal(0))
    assert [one.amount for one in moved] == [Decimal("4.9")]


def test_an_accountant_is_given_back_a_segment_and_a_coach_the_words_of_feedback():
    """An accountant has no feedback; that says nothing of an accountant's clients, nor of a coach."""
    for edition, column, segment, text in (
        ("accountant", "Segment", "Retail", None),
        ("coach", "Text", "Segment", "A joy"),
    ):
        book, _ = redact(small_book(), settings(), edition, SECRET, Choice(keep=(column,)))
        found = {one.client.segment.split()[0] for one in book.relationships}
        assert segment in found
        said = {feedback.text for one in book.relationships for feedback in one.feedback}
        assert said == ({text} if text else set())


@pytest.mark.parametrize(
    ("edition", "choice", "said"),
    [
        ("coach", Choice(drop=("Segmnt",)), "drop = 'Segmnt', which is no column and no setting"),
        ("coach", Choice(keep=("Client",)), "keep = 'Client', which cannot be given back"),
        ("coach", Choice(keep=("Amount",)), "keep = 'Amount', which cannot be given back"),
        ("coach", Choice(keep=("Currency",)), "keep = 'Currency', which cannot be given back"),
        ("coach", Choice(drop=("Date",)), "drop = 'Date', which cannot be left out"),
        ("coach", Choice(drop=("Opens",)), "drop = 'Opens', which cannot be left out"),
        ("accountant", Choice(keep=("Care",)), "keep = 'Care', which cannot be given back"),
        ("public", Choice(keep=("Segment",)), "keep = 'Segment', which cannot be given back"),
        ("coach", Choice(("Segment",), ("segment",)), "'segment' in keep and in drop; take it out"),
    ],
)
def test_what_cannot_be_changed_is_said(edition, choice, said):
    with pytest.raises(ReportError) as stopped:
        redact(many(20), settings(), edition, SECRET, choice)
    assert f"[editions.{edition}]" in str(stopped.value)
    assert said in str(stopped.value)


# The configuration file.


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "reportgen.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_configuration_names_editions_and_the_secret(tmp_path):
    found = read_configuration(
        written(
            tmp_path,
            '[editions.coach]\ndrop = ["Segment"]\nkeep = ["Source"]\n'
            '[editions.Accountant]\ndrop = ["Service"]\n'
            '[privacy]\nsecret = "0123456789abcdef"\n',
        )
    )
    assert found.editions == {
        "coach": Choice(drop=("Segment",), keep=("Source",)),
        "accountant": Choice(drop=("Service",)),
    }
    assert found.secret == "0123456789abcdef"
    assert "0123456789abcdef" not in repr(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[editions.owner]\n", "'owner' in [editions]"),
        ("[editions]\ncoach = 1\n", "'coach' in [editions]"),
        ('[editions.coach]\ndrop = "Segment"\n', "drop = 'Segment' in [editions.coach]"),
        ("[editions.coach]\nhide = []\n", "hide = [] in [editions.coach]"),
        ("[editions.coach]\nkeep = [1]\n", "keep = [1] in [editions.coach]"),
        ('[privacy]\nsecret = "hunter2 "\n', "a secret in [privacy] that can be guessed"),
        ("[privacy]\nsalt = 1\n", "salt in [privacy]"),
    ],
)
def test_an_entry_that_means_nothing_is_said(tmp_path, text, said):
    with pytest.raises(ReportError) as stopped:
        read_configuration(written(tmp_path, text))
    assert said in str(stopped.value)
    assert "hunter2" not in str(stopped.value)
