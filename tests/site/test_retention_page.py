"""The Retention, Value and Lifecycle pages of few customers: counts, no curve, and what is missing.

The customers of a book of n all bought on 15 February 2025. Every second one, n ÷ 2 rounded down, came
back on 16 April 2025, 60 days and two calendar months later, and once more on 22 March 2026. The day is
30 June 2026, so all n bought in the year before and n ÷ 2 of them again in the last 12 months.
"""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest

from reportgen.model import Book, Sale, Source, relationships
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.site.files import pages

AS_OF = date(2026, 6, 30)
FIRST, SECOND, THIRD = date(2025, 2, 15), date(2025, 4, 16), date(2026, 3, 22)
SIZES = (0, 1, 2, 4, 5, 9, 10, 20)
FEW = tuple(n for n in SIZES if n < 10)
TOO_FEW = tuple(n for n in SIZES if n < 5)
NAMES = ("retention", "value", "lifecycle")
PAGES = (*(f"{name}.html" for name in NAMES), *(f"markdown/{name}.md" for name in NAMES))


def report_of(histories):
    rows = [(f"Client {at:02}", day) for at, days in enumerate(histories) for day in days]
    sales = [
        Sale(day, name, Decimal(100), Row("Sales", at)) for at, (name, day) in enumerate(rows, 2)
    ]
    return make_report(
        Book(relationships([], sales=sales), Source("few.xlsx", "0" * 64)), Settings(), AS_OF
    )


def customers(n):
    """Of none, one client with whom a sale is planned: sales are recorded, and nobody has bought."""
    if n == 0:
        return [[AS_OF + timedelta(days=1)]]
    return [[FIRST, SECOND, THIRD] if at % 2 else [FIRST] for at in range(n)]


@cache
def site(n):
    """Path → text, of the pages on retention, value and stages, and of the machine form."""
    found = {page.path: page for page in pages(report_of(customers(n)))}
    assert not {*PAGES, "report.json"} - set(found)
    return {
        path: page.render().replace("\xa0", " ")
        if path in (*PAGES, "report.json")
        or ("clients/" in path and path.endswith((".html", ".md")))
        else ""
        for path, page in found.items()
    }


def main(text):
    """What is read of a page: without frame, pictures, folded rules and tags."""
    text = re.search(r"<main.*</main>", text, re.DOTALL).group()
    text = re.sub(r"<(svg|details).*?</\1>", "", text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def whole(n, path):
    """What can be read of a page, with all that is folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", site(n)[path]).split())


def words(n, path):
    text = site(n)[path]
    return main(text) if path.endswith(".html") else text


def answer(n, path):
    return re.search(r'<p class="answer">(.*?)</p>', site(n)[path], re.DOTALL).group(1).strip()


def rows(n, path, opening):
    """The cells of each row whose first cell begins so, in a page's tables."""
    found = []
    for row in re.findall(r"<tr>.*?</tr>", site(n)[path], re.DOTALL):
        cells = [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        if cells[0].startswith(opening):
            found.append(cells)
    return found


def tile(n, path, label):
    """The figure and the line below it."""
    found = re.search(
        rf"<dt>{re.escape(label)}</dt>\s*<dd><span[^>]*>(.*?)</span></dd>\s*<dd[^>]*>(.*?)</dd>",
        site(n)[path],
    )
    return found.groups()


# Every size, every page


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_looks_like_a_program(n, path):
    """ "None of them" is English."""
    assert not re.findall(r"\b(?:nan|NaN|inf|Infinity|undefined|None)\b(?! of)", words(n, path))


@pytest.mark.parametrize("n", SIZES)
def test_nothing_in_the_machine_form_is_no_number(n):
    json.loads(site(n)["report.json"], parse_constant=pytest.fail)


@pytest.mark.parametrize("n", TOO_FEW)
@pytest.mark.parametrize("path", [path for path in PAGES if "value" not in path])
def test_no_percentage_over_fewer_than_five(n, path):
    """What is left after the names of the columns, the article's claim and the share of days."""
    text = words(n, path)
    for allowed in (
        "Range (95 %)",
        "The articles claim 81 % of sales",
        r"[Aa]t most 25 % of the last 12 months below the red line \(now [^)]*\)",
    ):
        text = re.sub(allowed if "[" in allowed else re.escape(allowed), "", text)
    assert "%" not in text


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("path", [path for path in PAGES if "value" not in path])
def test_under_ten_counts_come_first_and_from_ten_the_percentage(n, path):
    """Every "4 of 9 (44 %)" and "50 % (5 of 10)" that stands on a page."""
    text = words(n, path)
    for of in re.findall(r"\d+ of (\d+) \(\d+ %\)", text):
        assert 5 <= int(of) < 10
    for of in re.findall(r"\d+ % \(\d+ of (\d+)\)", text):
        assert int(of) >= 10
    for of in re.findall(r"\d+ of (\d+), too few to tell", text):
        assert 0 < int(of) < 5


# Retention


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (0, "Nobody has bought yet, so nobody could come back."),
        (1, "Your one client of last year did not come back this year; they had brought 100."),
        (
            2,
            "Of last year’s two clients one was a client this year too; the other had brought 100.",
        ),
        (
            5,
            "Of last year’s five clients two were clients this year too; the other three had brought 300.",
        ),
        (
            10,
            "Of last year’s ten clients five were clients this year too; the other five had brought 500.",
        ),
        (
            20,
            "Of last year’s 20 clients ten were clients this year too; the other ten had brought 1,000.",
        ),
    ],
)
def test_the_answer_to_do_they_come_back(n, sentence):
    """Whoever did not come back had bought once, for 100."""
    assert answer(n, "retention.html") == sentence
    assert f"> {sentence}" in site(n)["markdown/retention.md"].replace("\\", "")


@pytest.mark.parametrize(
    ("n", "figure", "below"),
    [
        (1, "0 of 1", "of last year’s clients; too few to tell a share"),
        (4, "2 of 4", "of last year’s clients; too few to tell a share"),
        (5, "2 of 5", "2 of last year’s 5; between 12 % and 77 %"),
        (9, "4 of 9", "4 of last year’s 9; between 19 % and 73 %"),
        (10, "50 %", "5 of last year’s 10; between 24 % and 76 %"),
        (20, "50 %", "10 of last year’s 20; between 30 % and 70 %"),
    ],
)
def test_the_figure_of_those_who_were_clients_again(n, figure, below):
    """The ranges are Wilson's, from scipy.stats.binomtest; at the end of May it was the same share."""
    found = tile(n, "retention.html", "Clients this year too")
    assert found == (figure, f"{below}<br>as a month ago")


def test_of_nobody_there_is_no_figure():
    assert 'class="tile"' not in site(0)["retention.html"]


@pytest.mark.parametrize(
    ("n", "figure"),
    [(1, "0 of 1"), (4, "2 of 4"), (9, "4 of 9"), (10, "50 %")],
)
def test_the_figure_of_those_who_ever_came_back(n, figure):
    assert tile(n, "retention.html", "Ever came back")[0] == figure


@pytest.mark.parametrize(
    ("n", "share", "between"),
    [
        (2, "1 of 2, too few to tell", "–"),
        (4, "2 of 4, too few to tell", "–"),
        (5, "2 of 5 (40 %)", "12 % – 77 %"),
        (9, "4 of 9 (44 %)", "19 % – 73 %"),
        (10, "50 % (5 of 10)", "24 % – 76 %"),
        (20, "50 % (10 of 20)", "30 % – 70 %"),
    ],
)
def test_how_many_came_back_within_90_days(n, share, between):
    assert rows(n, "retention.html", "90 days") == [["90 days", share, between]]
    assert f"| 90 days | {share} | {between} |" in site(n)["markdown/retention.md"]
    number = (n // 2) or "none"
    of = f"{number} of {n}"
    said = f"{of} came back within 365 days, {of} within 180, {of} within 90."
    assert f"Of the customers who have had that long, {said}" in words(n, "retention.html")


@pytest.mark.parametrize("n", [n for n in SIZES if n > 1])
def test_the_table_by_the_first_purchase_has_counts(n):
    """
    One row of n, then that of all. One month after nobody bought, two months after every second one,
    who had then come back; the seventh month after the first purchase is not shown.
    """
    half = str(n // 2)
    assert [row[:4] for row in rows(n, "retention.html", "Feb 2025")] == [
        ["Feb 2025", str(n), "0", half],
        ["Feb 2025", str(n), "0", half],
    ]
    assert rows(n, "retention.html", "All")[0] == ["All", "", "0", half, *["0"] * 4]
    assert rows(n, "retention.html", "of")[0] == ["of", "", *[str(n)] * 6]
    assert f"| Feb 2025 | {n} | 0 | {half} |" in site(n)["markdown/retention.md"]
    assert ('<details id="cohorts">' in site(n)["retention.html"]) == (n < 10)


@pytest.mark.parametrize("n", [0, 1])
def test_where_nobody_bought_again_there_is_no_table_of_it(n):
    assert "of the first purchase" not in whole(n, "retention.html")
    assert "First bought" not in site(n)["markdown/retention.md"]


@pytest.mark.parametrize("n", SIZES)
def test_a_curve_takes_ten_customers(n):
    found = site(n)
    for name in ("time-to-second", "time-to-quiet"):
        assert (f"markdown/pictures/{name}.svg" in found) == (n >= 10)
    assert ("<svg" in found["retention.html"].partition("<main")[2]) == (n >= 10)
    assert ("A curve takes 10 customers" in words(n, "retention.html")) == (n < 10)
    assert ("A curve takes 10 customers" in words(n, "markdown/retention.md")) == (n < 10)


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (0, "A curve takes 10 customers; there are 0."),
        (1, "A curve takes 10 customers; there is 1."),
        (9, "A curve takes 10 customers; there are 9."),
    ],
)
def test_a_missing_curve_says_what_it_takes(n, sentence):
    assert sentence in words(n, "retention.html")


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (0, "Nobody has bought yet, so who will buy again cannot be told."),
        (
            1,
            "Who will buy again cannot be told yet: no clients have bought more than once, "
            "and it takes 10.",
        ),
        (
            2,
            "Who will buy again cannot be told yet: 1 client has bought more than once, "
            "and it takes 10.",
        ),
        (
            9,
            "Who will buy again cannot be told yet: 4 clients have bought more than once, "
            "and it takes 10.",
        ),
        (
            20,
            "Who will buy again cannot be told: all returning clients have the same history, so "
            "nothing sets those who stay apart from those who leave.",
        ),
    ],
)
def test_a_missing_model_says_what_it_takes(n, sentence):
    assert sentence in words(n, "retention.html")
    assert sentence in words(n, "markdown/retention.md")
    assert "Likely to buy again" not in words(n, "retention.html")


@pytest.mark.parametrize("n", [2, 9, 20])
def test_a_client_page_promises_nothing_the_model_may_not_say(n):
    for path in ("clients/client-00.html", "clients/client-01.html"):
        known, _, missing = whole(n, path).partition("what would make it known:")
        assert "Own rhythm" in known + missing
        assert "Likely to buy again, Purchases to expect in a year" in missing
        assert "Purchases to expect" not in known


def test_own_rhythm_on_a_client_page():
    """
    Gaps of 60 and 340 days, 200 the median; 22 March to 30 June 2026 are 100 days: half a gap.
    """
    text = whole(2, "clients/client-01.html")
    assert "Own rhythm every 200 days or so; 100 days since the last purchase, on time" in text
    once = whole(2, "clients/client-00.html").partition("what would make it known:")[2]
    assert "Own rhythm and Next purchase Record three purchases or more (Sales)" in once


def test_who_may_buy_again_are_those_of_whom_something_is_known():
    """
    Client 0 has gaps of 60 and 340 days and 100 since; client 1 of 30 and 30, and 90 since: three times
    the usual, which is overdue and not yet quiet. Client 2 has bought twice, client 3 has lapsed.
    """
    often = [AS_OF - timedelta(days) for days in (150, 120, 90)]
    report = report_of([[FIRST, SECOND, THIRD], often, [SECOND, THIRD], [FIRST]])
    html = next(page for page in pages(report) if page.path == "retention.html").render()
    table = html.split('id="returning"')[1].split("</table>")[0]
    cells = [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in table.split("<tbody>")[1].split("</tr>")[:-1]
    ]
    assert cells == ["Client 01 3 90 days, usually 30 overdue", "Client 00 3 100 days, usually 200"]
    assert "Of one other running customer too little is known" in main(html)


def test_who_is_missing_brought_most_first():
    """Both last bought a year ago or more; the one who bought twice in last year brought 200."""
    report = report_of([[FIRST], [FIRST, SECOND], [FIRST, THIRD]])
    text = next(page for page in pages(report) if page.path == "markdown/retention.md").render()
    assert "| [Client 01](clients/client-01.md) | 200 | 16 Apr 2025 | lapsed |" in text
    assert "| [Client 00](clients/client-00.md) | 100 | 15 Feb 2025 | lapsed |" in text
    assert text.index("[Client 01](") < text.index("[Client 00](")
    assert "2 of last year’s 3 clients, who brought most first" in text
    assert "**Clients this year too (1)**: [Client 02](clients/client-02.md)" in text


# Value


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (0, "No sale is recorded up to now: this page rests on the Sales sheet."),
        (1, "Nobody paid anything in the last 12 months."),
        (2, "All of the year’s 100 came from one client."),
        (5, "All of the year’s 200 came from two clients, half from the larger."),
        (9, "Three of four paying clients brought three quarters of the year’s 400."),
        (20, "Three of ten paying clients brought nearly a third of the year’s 1,000."),
    ],
)
def test_the_answer_to_what_hangs_on_how_few(n, sentence):
    assert answer(n, "value.html") == sentence


def test_costs_that_nobody_wrote_down_are_no_figure():
    assert "To win a client" not in site(20)["value.html"]
    assert "To keep one" not in site(20)["value.html"]
    told = "yours cannot be told until minutes are recorded and your hourly rate is set"
    assert told in whole(20, "value.html")


@pytest.mark.parametrize("n", SIZES)
def test_how_sales_add_up_takes_two_paying_clients(n):
    """Of 4 customers two paid in the last 12 months."""
    drawn = "markdown/pictures/pareto.svg" in site(n)
    assert drawn == (n >= 4)
    assert ("How much hangs on how few" in words(n, "value.html")) == drawn


@pytest.mark.parametrize(("n", "high"), [(9, 6), (10, 2)])
def test_scores_of_few_are_ranks(n, high):
    """
    The bigger half comes second in every respect: of 9, five have nobody below and four have 5, so 1
    and 6; of 10, five have 0 and five have 5, so 1 and 1 + ⌊15 ÷ 10⌋ = 2.
    """
    found = {one["name"]: one["rfm"] for one in json.loads(site(n)["report.json"])["clients"]}
    assert [list(found[f"Client 0{at}"].values())[:3] for at in (0, 1)] == [[1] * 3, [high] * 3]


# Lifecycle


@pytest.mark.parametrize(
    ("n", "share", "between"),
    [
        (0, "n/a", "–"),
        (1, "0 of 1, too few to tell", "–"),
        (4, "2 of 4, too few to tell", "–"),
        (5, "2 of 5 (40 %)", "12 % – 77 %"),
        (9, "4 of 9 (44 %)", "19 % – 73 %"),
    ],
)
def test_conversion_of_few(n, share, between):
    """Every second customer got from one purchase to a second; how long it took is not told."""
    row = ["Conversion", "Retention", share, between, "too few to tell"]
    assert row in rows(n, "lifecycle.html", "Conversion")
    assert "| " + " | ".join(row) + " |" in site(n)["markdown/lifecycle.md"]


@pytest.mark.parametrize(
    ("n", "median"),
    [
        # Half of all had moved on after 60 days, which is the median.
        (10, "60 days"),
        (20, "60 days"),
    ],
)
def test_conversion_of_ten(n, median):
    share = f"50 % ({n // 2} of {n})"
    (row,) = [r for r in rows(n, "lifecycle.html", "Conversion") if r[1:2] == ["Retention"]]
    assert (row[2], row[4]) == (share, median)


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (0, "Nobody has bought yet."),
        (
            4,
            "here none of 4 clients who bought had so many; too few",
        ),
        (
            5,
            "here none of 5 clients who bought had so many (0 %; ",
        ),
    ],
)
def test_seven_contacts_of_few(n, sentence):
    assert sentence in whole(n, "lifecycle.html")


def test_seven_contacts_of_nobody_in_markdown():
    text = words(0, "markdown/lifecycle.md")
    assert "Nobody has bought yet." in text
    assert "0 of 0" not in text


# Degenerate books


def every_month(n):
    """Customers who bought every 30 days until the end, each beginning on a day of their own."""
    return [[AS_OF - timedelta(days=n % 7 + 30 * k) for k in range(20 - n % 5)] for n in range(n)]


@pytest.mark.parametrize(
    ("histories", "reason"),
    [
        ([[FIRST]], "no clients have bought more than once"),
        ([[FIRST, SECOND, THIRD]], "1 client has bought more than once"),
        ([[FIRST]] * 30, "no clients have bought more than once"),
        ([[FIRST, THIRD]] * 30, "all returning clients have the same history"),
        (every_month(30), "nobody in it can be seen to leave"),
    ],
    ids=["one client", "one client, often", "all one-time", "identical", "nobody leaves"],
)
def test_a_degenerate_book_has_a_page_with_a_plain_sentence(histories, reason):
    report = report_of(histories)
    found = {page.path: page for page in pages(report)}
    text = main(found["retention.html"].render())
    assert reason in text
    assert not re.findall(r"\b(?:nan|inf|None)\b(?! of)", text)
    read = json.loads(found["report.json"].render(), parse_constant=pytest.fail)
    assert read["retention"]["bgnbd"] is None
    assert read["retention"]["gamma_gamma"] is None
    assert {client["p_alive"] for client in read["clients"]} == {None}
