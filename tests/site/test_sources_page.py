"""Where clients come from, what last year's sales became, what works: as the pages say it.

The figures of the samples are counted here once more, from the rows of the book alone.
"""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sites import sample_book, sample_report

from reportgen.analyses.what_works import Comparison, Event, Group, WhatWorks
from reportgen.editions.redact import redact
from reportgen.report.report import make_report
from reportgen.site.files import pages

T = date(2026, 10, 31)
YEAR_AGO, TWO_YEARS_AGO = date(2025, 10, 31), date(2024, 10, 31)


def told(report):
    """Path → what is read of it, without tags and with single spaces."""
    texts = {}
    for file in pages(report):
        if file.path.endswith((".html", ".md")) and re.search(
            r"(sources|value|retention|method)\.", file.path
        ):
            text = re.sub(r"<(svg|style).*?</\1>", " ", file.render(), flags=re.DOTALL)
            texts[file.path] = " ".join(re.sub(r"<[^>]+>", " ", text).split()).replace("\xa0", " ")
    return texts


def of_book(book, settings, edition="owner"):
    return told(make_report(*redact(book, settings, edition, "a secret"), date(2026, 6, 30)))


BOTH = pytest.mark.parametrize("ending", ["html", "md"])


def path(name, ending):
    return f"{'markdown/' if ending == 'md' else ''}{name}.{ending}"


@BOTH
def test_sources_in_words(book, settings, ending):
    """
    # Clients
    Client | Source       | Segment | Referred by
    Acme   | Fair         | Cafes   |
    Bell   | Fair         | Cafes   | the baker
    Cole   | friend of Jo | Shops   |
    Dunn   |              |         | Bell

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-01-01 | Acme   | Call     |
    2026-01-01 | Cole   | Meeting  | 90

    # Sales
    Date       | Client | Amount
    2026-01-11 | Acme   | 700
    2026-01-11 | Bell   | 300
    2026-02-11 | Dunn   | 50
    """
    text = of_book(book, settings)[path("sources", ending)]
    assert (
        "Fair brought most, 1,000 from two customers; the baker brought two clients, who bought for 350."
        in text
    )
    assert "This page speaks of all 4 clients" in text
    if ending == "md":
        assert "| Have bought | 3 | of 4 clients |" in text
        # Bell and Dunn bought for 300 and 50; Cole has not bought.
        assert "| Brought by others | 3 | of 4 clients; they bought for 350 |" in text
        assert "| Fair | 1,000 | 2 of 2 | | 1,000 | |" in text
        assert "| Friend | | 0 of 1 | | | 1 h 30 min |" in text
        assert "| not recorded | 50 | 1 of 1 | | 50 | |" in text
        assert "| Fair | 0.5 | 5 |" in text
        assert "all of them are too few to compare" in text
        assert "- the baker brought two clients, who bought for 350" in text
        assert (
            "- [Bell](clients/bell.md) bought for 300; brought one client, who bought for 50 "
            "- [Dunn](clients/dunn.md) bought for 50" in text
        )
        assert "- Jo brought one client - [Cole](clients/cole.md) has not bought" in text


def test_who_was_brought_stands_below_who_did(book, settings):
    """Through all steps, nobody twice, also where two are said to have brought each other.

    # Clients
    Client | Referred by
    Acme   |
    Bell   | Acme
    Cole   | Bell
    Dunn   | Ewer
    Ewer   | Dunn

    # Sales
    Date       | Client | Amount
    2026-01-11 | Cole   | 10
    2026-01-11 | Dunn   | 7
    """
    report = make_report(*redact(book, settings, "owner", "a secret"), date(2026, 6, 30))
    found = {page.path: page for page in pages(report)}
    markdown = found["markdown/sources.md"].render().partition("## Who brought whom")[2]
    assert re.findall(r"^( *)- \[(\w+)\]", markdown, re.MULTILINE) == [
        *[("", "Acme"), ("    ", "Bell"), ("        ", "Cole")],
        *[("", "Ewer"), ("    ", "Dunn")],
    ]
    html = found["sources.html"].render().partition('<ul class="tree"')[2].partition("<details>")[0]
    opened = re.findall(r"<ul>|</ul>|>(\w+)</a>", html)
    assert opened[:6] == ["Acme", "", "Bell", "", "Cole", ""]


@BOTH
def test_where_nobody_brought_two_all_are_told_together(book, settings, ending):
    """
    # Clients
    Client | Source | Referred by
    Acme   | Fair   |
    Bell   | Fair   | Acme
    Cole   | Fair   | Jo

    # Sales
    Date       | Client | Amount
    2026-01-11 | Acme   | 100
    2026-01-11 | Bell   | 30
    2026-01-11 | Cole   | 20
    """
    assert (
        "Fair brought most, 150 from three customers; two clients were brought by others, and bought "
        "for 50." in of_book(book, settings)[path("sources", ending)]
    )


def test_clients_of_no_segment_who_brought_nothing_are_counted(book, settings):
    """
    # Clients
    Client | Segment
    Acme   | Cafes
    Bell   |
    Cole   |

    # Sales
    Date       | Client | Amount
    2026-01-11 | Acme   | 100
    """
    text = of_book(book, settings)["markdown/sources.md"]
    assert "of 2 clients it is not recorded" in text
    assert "| not recorded |" not in text


def test_sources_are_drawn_by_sales(book, settings):
    """
    # Clients
    Client | Source
    Acme   | Fair
    Bell   | Web

    # Sales
    Date       | Client | Amount
    2026-01-11 | Acme   | 100
    2026-01-11 | Bell   | 300
    """
    report = make_report(*redact(book, settings, "owner", "a secret"), date(2026, 6, 30))
    (page,) = [one for one in pages(report) if one.path == "markdown/pictures/sources.svg"]
    words = re.findall(r"<text[^>]*>([^<]+)</text>", page.render())
    assert words == ["Web", "300", "Fair", "100"]
    assert re.findall(r'class="effort" d="M(\d+) \d+H(\d+)', page.render()) == [
        ("0", "1000"),
        ("0", "333"),
    ]


@BOTH
def test_without_a_source_the_page_says_what_to_write(book, settings, ending):
    """
    # Sales
    Date        Client  Amount
    2026-01-11  Acme    700
    """
    text = of_book(book, settings)[path("sources", ending)]
    assert (
        "Nobody can tell yet: write how each client found you in Source on the Clients sheet."
        in text
    )
    assert "700" not in text


@BOTH
def test_without_a_sale_the_page_has_hours_alone(book, settings, ending):
    """
    # Clients
    Client  Source  Referred by
    Acme    Fair
    Bell    Fair    Acme

    # Touchpoints
    Date        Client  Activity  Minutes
    2026-01-01  Acme    Call      75
    """
    text = of_book(book, settings)[path("sources", ending)]
    assert (
        "Nobody can tell yet who pays: record your sales, one row for each on the Sales sheet."
        in text
    )
    assert "1 h 15 min" in text
    assert "Sales, all time" not in text
    assert "bought" not in text.partition("by others")[0].partition("speaks of")[2]
    assert "Acme brought one client" in text.replace("[Acme](clients/acme.md)", "Acme")


def test_editions_see_what_they_may(book, settings):
    """The accountant knows no sources and no activities; the coach knows them by codes.

    # Clients
    Client  Source       Referred by
    Acme    Zebrafair
    Bell    Zebrafair    Acme

    # Sales
    Date        Client  Amount
    2025-01-11  Acme    700
    2026-01-11  Bell    300
    """
    accountant = of_book(book, settings, "accountant")
    assert "sources.html" not in accountant
    assert "Nothing can be compared yet" not in accountant["retention.html"]
    assert "From last year’s sales to this year’s" in accountant["value.html"]
    coach = of_book(book, settings, "coach")
    assert re.search(r"Source \d{4} brought most, 143 from two customers", coach["sources.html"])
    assert "Nothing can be compared yet" in coach["retention.html"]
    for edition in (accountant, coach):
        assert "Zebrafair" not in " ".join(edition.values())


@BOTH
def test_last_year_s_sales_and_this_year_s(book, settings, ending):
    """
    # Sales
    Date        Client  Amount
    2023-01-01  Fox     10
    2024-07-01  Acme    100
    2024-09-01  Bell    80
    2025-01-15  Cole    300
    2025-09-01  Cole    250
    2025-10-01  Acme    110
    2026-01-01  Dunn    60
    2026-03-01  Fox     70
    """
    text = of_book(book, settings)[path("value", ending)]
    assert (
        "80 went with one client not back; those who stayed spent 40 less; one client won back brought "
        "70; one new client brought 60." in text
    )
    if ending == "md":
        assert "- **1 client not back, −80**: [Bell](clients/bell.md)" in text
        assert "- **1 client paid less, −50**: [Cole](clients/cole.md)" in text
        assert "- **1 client paid more, 10**: [Acme](clients/acme.md)" in text
        assert "- **1 client won back, 70**: [Fox](clients/fox.md)" in text
        assert "- **1 new client, 60**: [Dunn](clients/dunn.md)" in text


def test_the_steps_are_drawn(book, settings):
    """
    # Sales
    Date        Client  Amount
    2024-07-01  Acme    100
    2024-09-01  Bell    80
    2025-10-01  Acme    110
    """
    report = make_report(*redact(book, settings, "owner", "a secret"), date(2026, 6, 30))
    (page,) = [one for one in pages(report) if one.path == "markdown/pictures/bridge.svg"]
    words = re.findall(r"<text[^>]*>([^<]*)</text>", page.render())
    assert [w.replace("\xa0", " ") for w in words if w.strip()] == [
        *("Jul 2024 to Jun 2025", "180", "1 client not back", "−80"),
        *("1 client paid more", "+10", "Jul 2025 to Jun 2026", "110"),
    ]


def test_a_step_that_nobody_took_is_no_row(book, settings):
    """
    # Sales
    Date        Client  Amount
    2024-07-01  Acme    100
    2025-09-01  Acme    100
    """
    text = of_book(book, settings)["markdown/value.md"]
    assert "Nothing has changed from one year to the other." in text
    assert "not back" not in text
    assert "paid" not in text.partition("Client by client")[0].partition("From last year")[2]


@BOTH
def test_not_back_says_why_it_is_another_number_on_another_page(book, settings, ending):
    """Bell's work ran on into the year before, which began on 1 July 2024, and was paid before; Cole got
    back 20 of 50 when that year was over.

    # Sales
    Date        Client  Amount  From        To
    2024-07-01  Acme    100
    2024-05-01  Bell    80      2024-05-01  2024-08-31
    2024-09-01  Cole    50
    2025-08-01  Cole    -20
    2025-09-01  Acme    100
    """
    text = of_book(book, settings)
    assert "2 of last year’s 3 clients" in text[path("retention", ending)]
    worth = text[path("value", ending)]
    assert "70 went with one client not back." in worth
    assert (
        "Staying or coming back counts two clients who are not back: one of them had work under way in "
        "the year before, and paid nothing in it. What went with clients not back includes 20 that they "
        "were refunded." in worth
    )


@BOTH
def test_what_an_hour_earned_beside_the_rate(book, settings, ending):
    """Acme 300 ÷ 6 h, Bell 240 ÷ 6 h; with Cole five minutes were too few to say.

    # Business
    Setting      Value
    Currency     GBP
    Hourly rate  50

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    300
    2026-01-01  Bell    240
    2026-01-01  Cole    1

    # Touchpoints
    Date        Client  Activity  Minutes
    2026-01-01  Acme    Meeting   360
    2026-01-01  Bell    Meeting   360
    2026-01-01  Cole    Meeting   295
    """
    text = of_book(book, settings)[path("value", ending)]
    assert "An hour with Bell (£40) earned less than your rate of £50." in text


# What works, of comparisons that are made up ---------------------------------------------------------


def worked(*comparisons, happened=(10, 5)):
    """The sentence, the rows and the note of a shop's page with these comparisons: name, better by, p."""
    report = sample_report("shoe-shop")
    made = tuple(
        Comparison(
            what=name,
            is_kind=False,
            activities=(name,),
            event=Event.CAME_BACK,
            with_it=Group(20, happened[0], 0.2 + better),
            without=Group(30, happened[1], 0.2),
            days=365,
            p=p,
        )
        for name, better, p in comparisons
    )
    outlook = replace(report.outlook, works=WhatWorks(42, made))
    text = told(replace(report, outlook=outlook))["markdown/retention.md"]
    return text[text.index("What works here?") : text.index("By the quarter")]


RUNG = "Of the clients with Call in their first 42 days, 10 of 20 bought again; of the others, 5 of 30."
BY_CHANCE = (
    "Nothing that you did in the first weeks sets clients apart beyond what chance would do."
)


def test_the_sentence_tells_what_chance_would_hardly_do():
    assert RUNG in worked(("Call", 0.3, 0.049))
    assert BY_CHANCE in worked(("Call", 0.3, 0.05))
    row = "| Call | 10 of 20 bought again | 5 of 30 bought again |"
    assert f"{row} more than chance: better with it |" in worked(("Call", 0.3, 0.049))
    assert f"{row} may be chance |" in worked(("Call", 0.3, 0.05))


def test_of_fewer_than_five_to_whom_it_happened_nothing_is_said():
    assert "| Call | 4 of 20 bought again | none of 30 bought again | too few to say |" in worked(
        ("Call", 0.2, 0.06), happened=(4, 0)
    )
    assert "| 4 of 20 bought again | 1 of 30 bought again | may be chance |" in worked(
        ("Call", 0.2, 0.06), happened=(4, 1)
    )


def test_what_happened_to_nobody_is_no_row():
    assert "| Call |" not in worked(("Call", 0.0, None), happened=(0, 0))


def test_of_several_comparisons_it_asks_for_more():
    """Of two for less than 25 in 1,000, else the luckiest of many would always be told."""
    other = ("Tip", 0.1, 0.9)
    assert BY_CHANCE in worked(("Call", 0.3, 0.03), other)
    assert RUNG in worked(("Call", 0.3, 0.024), other)
    assert "Two comparisons could be made; the more there are" in worked(other, other)


def test_what_does_harm_and_what_cannot_be_told_is_no_advice():
    text = worked(("Call", -0.3, 0.0004), ("Tip", 0.0, None))
    assert BY_CHANCE in text
    assert (
        "| Call | 10 of 20 bought again | 5 of 30 bought again | more than chance: worse |" in text
    )
    assert "| Tip | 10 of 20 bought again | 5 of 30 bought again | may be chance |" in text


def test_twelve_stand_on_the_page_and_the_others_are_counted():
    text = worked(*((f"Letter {n:02}", 0.1, 0.5) for n in range(14)))
    assert "| Letter 11 |" in text
    assert "Letter 12" not in text
    assert "14 comparisons could be made (2 more than are shown)" in text


def test_too_few_to_compare():
    text = worked()
    assert (
        "Nothing can be compared yet: it takes 10 clients who had something in their first 42"
        in text
    )
    assert "No proof" not in text


# The samples ----------------------------------------------------------------------------------------


def sales_of(one):
    return sum((sale.amount for sale in one.sales if sale.date <= T), Decimal())


@BOTH
def test_boxes_who_was_rung_stays(ending):
    """Rung, or given another hour of the same kind, in the first 42 days: 7 of 51 left; else 13 of 27."""
    book, _ = sample_book("meal-box")
    left = {True: [], False: []}
    for one in book.relationships:
        sold = [sale.date for sale in one.sales if sale.date <= T]
        if sold:
            until = sold[0] + timedelta(42)
            rung = any(
                t.activity.kind == "relationship building" and sold[0] <= t.date <= until
                for t in one.touchpoints
            )
            ended = one.client.ended_on
            assert until <= T
            assert ended is None or ended > until
            left[rung].append(ended is not None)
    assert {rung: (sum(gone), len(gone)) for rung, gone in left.items()} == {
        True: (7, 51),
        False: (13, 27),
    }
    assert (
        "Of the clients with relationship building (Check-in and Call) in their first 42 days, 7 of 51 "
        "left; of the others, 13 of 27."
        in told(sample_report("meal-box"))[path("retention", ending)]
    )


@BOTH
def test_shop_most_come_by_chance_and_friends_bring_least(ending):
    book, _ = sample_book("shoe-shop")
    sales, bought = defaultdict(Decimal), Counter()
    for one in book.relationships:
        sales[one.client.source] += sales_of(one)
        bought[one.client.source] += any(sale.date <= T for sale in one.sales)
    assert max(sales, key=sales.get) == "Walk-in"
    assert min(sales, key=sales.get) == "Friend"
    text = told(sample_report("shoe-shop"))[path("sources", ending)]
    assert (
        f"Walk-in brought most, £{sales['Walk-in']:,.0f} from {bought['Walk-in']} customers" in text
    )


@BOTH
def test_assistant_some_earn_less_than_an_hour_costs(ending):
    book, settings = sample_book("virtual-assistant")
    earned = {}
    for one in book.relationships:
        touched = [t for t in one.touchpoints if YEAR_AGO < t.date <= T]
        sold = [sale for sale in one.sales if YEAR_AGO < sale.date <= T]
        hours = sum(t.minutes for t in touched) / 60
        money = sum(sale.amount - (sale.direct_cost or 0) for sale in sold)
        money -= sum(t.cost or 0 for t in touched)
        if hours >= 5:
            earned[one.client.name] = float(money) / hours
    below = sorted((rate, name) for name, rate in earned.items() if rate < settings.hourly_rate)
    assert [name for _, name in below[:2]] == ["Mortimer & Sons Removals", "Castleford Choir"]
    named = ", ".join(f"{name} (£{rate:.0f})" for rate, name in below[:3])
    text = told(sample_report("virtual-assistant"))[path("value", ending)]
    assert (
        f"An hour with {named} and {len(below) - 3} more earned less than your rate of £34."
        in text.replace("&amp;", "&")
    )


@BOTH
def test_designer_new_clients_take_the_place_of_those_not_back(ending):
    book, _ = sample_book("interior-designer")
    paid = {
        one.client.name: tuple(
            sum(sale.amount for sale in one.sales if after < sale.date <= to)
            for after, to in ((TWO_YEARS_AGO, YEAR_AGO), (YEAR_AGO, T))
        )
        for one in book.relationships
    }
    gone = [then for then, now in paid.values() if then and not now]
    new = [now for then, now in paid.values() if now and not then]
    text = told(sample_report("interior-designer"))[path("value", ending)]
    assert f"£{sum(gone):,.0f} went with {len(gone)} clients not back;" in text
    assert f"nine new clients brought £{sum(new):,.0f}." in text
    assert len(new) == 9
