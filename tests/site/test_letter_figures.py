"""The letter's figures: who is counted, of how many, and which way it went."""

from datetime import date, timedelta

import pytest

from reportgen.model import Activity, Book, Client, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.site.files import pages
from reportgen.site.monthly.counts import Asked, Counted, Dot, Shade, counts
from reportgen.site.prose.english import figures as words

AS_OF = date(2026, 6, 30)


def found(book, settings, **changed):
    """Asked → the figure, on the docstring's book with a red line of 10 days."""
    report = make_report(book, settings.layered({"red_line_days": 10, **changed}, {}), AS_OF)
    return {one.asked: one for one in counts(report)}


def dots(one):
    return [(dot.client, dot.shade, dot.days) for dot in one.dots]


def test_above_the_line(book, settings):
    """
    In touch up to 5 days, due up to 10. At the end of May Acme was above, Bell silent for 20 days; a year
    ago Acme alone was there. Dunn has lapsed, and Egan has not begun.

    Date        Client
    2025-06-30  Acme
    2026-05-25  Acme
    2026-06-27  Acme
    2026-05-11  Bell
    2026-06-22  Bell
    2026-06-05  Cole
    2026-06-08  Finn
    2025-12-01  Dunn

    # Clients
    Client
    Egan
    """
    one = found(book, settings)[Asked.ABOVE]
    assert dots(one) == [
        ("Acme", Shade.GOOD, 3),
        ("Bell", Shade.DUE, 8),
        ("Finn", Shade.BAD, 22),
        ("Cole", Shade.BAD, 25),
    ]
    assert (one.number, one.before, one.year_ago) == (2, 1, 1)
    assert words.of(one) == "of 4 running"
    assert words.change(one) == "Better by one than last month, better by one than a year ago"
    assert words.dot(one, one.dots[0]) == "Acme: 3 days of silence, in touch"
    assert words.dot(one, one.dots[2]) == "Finn: 22 days of silence, below the line"


def test_bought_in_the_year_and_came_back(book, settings):
    """
    The year goes from 1 July 2025. On 31 May it went from 1 June 2025, with Bell and Egan in it; a year
    ago Acme, Bell and Cole had bought. Acme came back in June 2026, Bell before; a refunded Dunn is none.

    # Sales
    Date        Client  Amount
    2025-01-10  Acme    100
    2026-06-20  Acme    100
    2025-02-10  Bell    100
    2025-06-15  Bell    100
    2025-03-10  Cole    100
    2026-02-10  Dunn    100
    2026-02-10  Dunn    -100
    2026-02-10  Egan    100
    """
    every = found(book, settings)
    bought = every[Asked.BOUGHT]
    assert [(dot.client, dot.shade) for dot in bought.dots] == [
        ("Acme", Shade.GOOD),
        ("Egan", Shade.GOOD),
        ("Bell", Shade.NOT),
        ("Cole", Shade.NOT),
    ]
    assert (bought.number, bought.before, bought.year_ago) == (2, 2, 3)
    assert words.of(bought) == "of 4 who ever did"
    assert words.change(bought) == "As last month, worse by one than a year ago"
    back = every[Asked.BACK_TO_BUY]
    assert (back.number, back.before, back.year_ago) == (2, 1, 1)
    assert words.of(back) == "of 4 customers"
    assert words.change(back) == "One more since last month, one more in the year"


def test_back_for_another_project_asks_those_with_one_finished(book, settings):
    """
    Acme's first project is over and a second has begun; Bell's is over; Cole's ends on the day itself.

    # Sales
    Date        Client  Amount  From        To          Project
    2025-08-01  Acme    100     2025-08-01  2025-10-31  Hall
    2026-06-01  Acme    100     2026-06-01  2026-07-31  Stairs
    2026-02-01  Bell    100     2026-02-01  2026-03-31  Porch
    2026-05-01  Cole    100     2026-05-01  2026-06-30  Attic
    """
    one = found(book, settings, business_model="consultancy")[Asked.BACK_FOR_A_PROJECT]
    assert [(dot.client, dot.shade) for dot in one.dots] == [
        ("Acme", Shade.GOOD),
        ("Bell", Shade.NOT),
    ]
    assert words.of(one) == "of 2 with one finished"
    assert (one.number, one.before, one.year_ago) == (1, 0, None)
    assert words.change(one) == "One more since last month"


def test_who_stays(book, settings):
    """
    Acme pays since 2025 and still does, Bell has ended, Cole came in May 2026.

    # Sales
    Date        Client  Amount  From        To
    2025-05-01  Acme    100     2025-05-01  2025-07-31
    2026-06-01  Acme    100     2026-06-01  2026-06-30
    2025-06-01  Bell    100     2025-06-01  2025-06-30
    2026-05-01  Cole    100     2026-05-01  2026-06-30

    # Clients
    Client  Ended on
    Bell    2025-12-31
    """
    every = found(book, settings, business_model="subscription")
    now, still = every[Asked.STAYING], every[Asked.STILL_THERE]
    assert (now.number, words.of(now)) == (2, "of 3 who ever came")
    assert [(dot.client, dot.shade) for dot in still.dots] == [
        ("Acme", Shade.GOOD),
        ("Bell", Shade.NOT),
    ]
    assert (still.number, words.of(still)) == (1, "of 2 who were with you then")
    assert words.change(still) == ""
    assert Asked.BOUGHT not in every


def test_promises(book, settings):
    """
    Two are open, one of them 3 days late; Cole's is kept, and Dunn has lapsed. On 31 May Cole's was open.

    Date        Client  Promise  Promised for  Done on
    2026-06-25  Acme    a quote  2026-06-27
    2026-06-26  Bell    a plan   2026-07-10
    2026-05-26  Cole    a plan   2026-05-30    2026-06-01
    2025-05-26  Dunn    a plan   2025-05-30
    """
    one = found(book, settings)[Asked.PROMISES]
    assert dots(one) == [("Bell", Shade.DUE, 0), ("Acme", Shade.BAD, 3)]
    assert (one.number, one.before) == (2, 1)
    assert words.of(one) == "one late"
    assert words.change(one).startswith("Worse by one than last month")
    assert [words.dot(one, dot) for dot in one.dots] == ["Bell: still to come", "Acme: 3 days late"]


def test_without_sales_and_promises_one_figure_is_left(book, settings):
    """
    Date        Client
    2026-06-25  Acme
    """
    assert [*found(book, settings)] == [Asked.ABOVE]


@pytest.mark.parametrize(
    ("now", "before", "year_ago", "expected"),
    [
        (3, 3, None, "As last month"),
        (3, 3, 3, "As last month and a year ago"),
        (3, 3, 1, "As last month, better by two than a year ago"),
        (3, 4, 3, "Worse by one than last month, the same as a year ago"),
        (3, None, None, ""),
    ],
)
def test_the_direction_is_a_word(now, before, year_ago, expected):
    dots = tuple(Dot(f"Client {n}", Shade.GOOD) for n in range(now))
    assert words.change(Counted(Asked.ABOVE, dots, now, before, year_ago)) == expected


@pytest.mark.parametrize(
    ("late", "to_come", "expected"),
    [
        (0, 2, "none late"),
        (1, 0, "late"),
        (1, 1, "one late"),
        (2, 0, "both late"),
        (3, 0, "all three late"),
    ],
)
def test_how_many_promises_are_late(late, to_come, expected):
    marks = [Shade.DUE] * to_come + [Shade.BAD] * late
    dots = tuple(Dot("Acme", shade) for shade in marks)
    assert words.of(Counted(Asked.PROMISES, dots, len(dots), None, None)) == expected


def index(book, settings):
    report = make_report(book, settings.layered({"red_line_days": 10}, {}), AS_OF)
    (page,) = [one for one in pages(report) if one.path == "index.html"]
    return page.render()


def test_a_dot_leads_to_its_client_and_says_who_it_is(book, settings):
    """
    Date        Client
    2026-06-25  Acme & <b>Bell</b>
    """
    html = index(book, settings)
    says = "Acme &amp; &lt;b&gt;Bell&lt;/b&gt;: 5 days of silence, in touch"
    assert f'<a class="good" href="clients/acme-b-bell-b.html" data-says="{says}">' in html
    assert f'<span class="hidden-words">{says}</span>' in html


@pytest.mark.parametrize(("clients", "drawn"), [(79, "dots"), (80, "whole-bar")])
def test_from_eighty_clients_on_a_bar_is_drawn(clients, drawn):
    call = Activity("Call", "relationship building", "high", connects=True)
    names = [f"Client {n:02}" for n in range(clients)]
    touched = [
        Touchpoint(
            AS_OF - timedelta(days=20 if n < 20 else 1), name, call, Row("Touchpoints", n + 2)
        )
        for n, name in enumerate(names)
    ]
    rows = relationships([Client(name) for name in names], touched, [])
    html = index(Book(relationships=rows, source=Source("a.xlsx", "0" * 64)), Settings())
    assert f'class="{drawn}"' in html
    assert f"<b>{clients - 20}</b> of {clients} running" in html
    if drawn == "whole-bar":
        assert '<rect class="good" x="0.0" width="75.0" height="8"/>' in html
        assert '<rect class="bad" x="75.0" width="25.0" height="8"/>' in html
