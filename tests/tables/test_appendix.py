"""The appendix of small books, worked out by hand, and of two samples, held against the report."""

import io
import json
import re
import zipfile
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from program import reportgen
from sites import sample_book, sample_report

from reportgen.editions.policy import POLICY
from reportgen.editions.redact import redact
from reportgen.figures import machine
from reportgen.model import (
    Activity,
    Book,
    Client,
    Feedback,
    Rating,
    Sale,
    Source,
    Touchpoint,
    relationships,
)
from reportgen.problems import Cell, Problem, Row
from reportgen.reading.book import read
from reportgen.report.report import make_report
from reportgen.settings.configuration import DEFAULTS
from reportgen.settings.settings import Settings
from reportgen.site.files import pages
from reportgen.tables.appendix import appendix

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
AS_OF = date(2026, 6, 30)
EDITIONS = ("owner", "coach", "accountant")


def tables(content: bytes) -> dict[str, list[dict[str, object]]]:
    """Sheet → rows, each by its header; dates as dates."""
    found = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        header, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [
            {
                name: cell.date() if isinstance(cell, datetime) else cell
                for name, cell in zip(header, row, strict=True)
            }
            for row in rows
        ]
    return found


def named(rows: list[dict[str, object]]) -> dict[object, dict[str, object]]:
    """First cell → row."""
    return {next(iter(row.values())): row for row in rows}


def column(rows: list[dict[str, object]], name: str) -> list[object]:
    return [row[name] for row in rows]


@pytest.fixture
def sheets(book, settings):
    """The tables of the test's docstring, as of 30 June 2026."""
    return tables(appendix(make_report(book, settings, AS_OF)))


def test_every_figure_of_a_small_book(sheets):
    """
    Bell bought twice in the year to 30 June 2026, 600 less a refund of 50 and 100.10, and 200 before;
    her two calls took 45 and 10 minutes and one cost 3.40. At 42 an hour 55 minutes are 38.50.
    Acme bought for 300 the year before; 20 minutes are 14. Carr never bought: 5 minutes, 3.50.

    # Business
    Hourly rate | 42
    Currency | GBP

    # Clients
    Client | Potential per year
    Acme |
    Bell | 1300.20
    Carr |

    # Touchpoints
    Date       | Client | Minutes | Cost
    2025-05-02 | Acme   | 20      |
    2026-01-05 | Bell   | 45      | 3.40
    2026-02-05 | Bell   | 10      |
    2026-02-06 | Carr   | 5       |

    # Sales
    Date       | Client | Amount | Direct cost | Invoice | Due on     | Paid on    | Service
    2025-01-10 | Bell   | 200    | 20          | 1       | 2025-01-24 | 2025-01-31 | Logo
    2025-05-03 | Acme   | 300    |             | 2       | 2025-05-17 |            | Logo
    2026-01-10 | Bell   | 600    | 60.50       | 3       | 2026-01-24 | 2026-01-20 | Shop
    2026-01-20 | Bell   | -50    |             | 4       |            |            | Shop
    2026-06-20 | Bell   | 100.10 |             | 5       | 2026-07-04 |            | Logo
    2026-08-01 | Bell   | 999    |             | 6       | 2026-08-15 |            | Logo
    """
    clients = named(sheets["Clients"])
    assert list(clients) == ["Bell", "Acme", "Carr", "Total"]
    assert clients["Bell"] == {
        "Client": "Bell",
        "First purchase": date(2025, 1, 10),
        "Last purchase": date(2026, 6, 20),
        "Sales, last 12 months, GBP": 650.1,
        "Share of these sales": 1,
        "Sales, 12 months before, GBP": 200,
        "Sales in all, GBP": 850.1,
        "Direct costs, GBP": 80.5,
        "Costs of touchpoints, GBP": 3.4,
        "Hours, last 12 months": 0.92,
        "Hours in all": 0.92,
        "Cost of hours, GBP": 38.5,
        "Contribution, GBP": 727.7,  # 850.10 − 80.50 − 3.40 − 38.50
        "In the black since": date(2025, 1, 10),
        "Potential per year, GBP": 1300.2,
        "Share of wallet": 0.5,
        "Open invoices, GBP": 100.1,
        "Overdue invoices, GBP": 0,
        "Recency score": 2,
        "Frequency score": 2,
        "Money score": 2,
        "Row": "row 3 of Clients",
    }
    assert clients["Acme"]["Share of these sales"] == "n/a"
    assert clients["Acme"]["Share of wallet"] == "n/a"
    assert clients["Acme"]["Contribution, GBP"] == 286
    assert clients["Acme"]["Overdue invoices, GBP"] == 300
    assert clients["Carr"]["First purchase"] == "n/a"
    assert clients["Carr"]["Contribution, GBP"] == -3.5
    assert clients["Carr"]["In the black since"] == "never"
    assert clients["Carr"]["Money score"] == "n/a"
    assert clients["Total"] == {
        **dict.fromkeys(clients["Bell"]),
        "Client": "Total",
        "Sales, last 12 months, GBP": 650.1,
        "Sales, 12 months before, GBP": 500,
        "Sales in all, GBP": 1150.1,
        "Direct costs, GBP": 80.5,
        "Costs of touchpoints, GBP": 3.4,
        "Hours, last 12 months": 1,
        "Hours in all": 1.33,
        "Cost of hours, GBP": 56,
        "Contribution, GBP": 1010.2,
        "Open invoices, GBP": 400.1,
        "Overdue invoices, GBP": 300,
    }

    *sales, total = sheets["Sales"]
    assert column(sales, "Amount, GBP") == [200, 300, 600, -50, 100.1]
    assert column(sales, "Client") == ["Bell", "Acme", "Bell", "Bell", "Bell"]
    assert column(sales, "Days late") == [7, 409, 0, "n/a", 0]
    assert column(sales, "Row") == [f"row {n} of Sales" for n in (2, 3, 4, 5, 6)]
    assert "From" not in total
    assert (total["Amount, GBP"], total["Direct cost, GBP"]) == (1150.1, 80.5)

    acmes, bells, total = (list(row.values()) for row in sheets["Open invoices"])
    assert acmes[:5] == ["Acme", "2", date(2025, 5, 3), "Logo", date(2025, 5, 17)]
    assert acmes[5:] == [409, "over 90 days", 300, "row 3 of Sales"]
    assert bells[:5] == ["Bell", "5", date(2026, 6, 20), "Logo", date(2026, 7, 4)]
    assert bells[5:] == [0, "not due yet", 100.1, "row 6 of Sales"]
    assert total == ["Total", *[None] * 6, 400.1, None]

    months = named(sheets["Months"])
    assert len(months) == 18 + 1  # January 2025 to June 2026
    assert list(months[date(2026, 1, 1)].values())[1:] == [2, 550, 60.5, 0.75, 31.5, 3.4, 454.6]
    assert list(months[date(2025, 6, 1)].values())[1:] == [0, 0, 0, 0, 0, 0, 0]
    assert list(months["Total"].values())[1:] == [5, 1150.1, 80.5, 1.33, 56, 3.4, 1010.2]

    assert [list(row.values()) for row in sheets["Hours"]] == [
        ["Acme", date(2025, 5, 1), 0.33, 14, 0],
        ["Bell", date(2026, 1, 1), 0.75, 31.5, 3.4],
        ["Bell", date(2026, 2, 1), 0.17, 7, 0],
        ["Carr", date(2026, 2, 1), 0.08, 3.5, 0],
        ["Total", None, 1.33, 56, 3.4],
    ]

    kept = named(sheets["Retention"])
    # Two of the base: counts, and no share of so few.
    assert list(kept["Clients kept"].values())[1:-1] == ["n/a", 1, 2, "n/a", "n/a"]
    assert kept["Sales kept (GRR)"]["Share"] == "n/a"
    assert kept["Not back this year"]["Clients"] == 1

    value = named(sheets["Value"])
    assert value["Sales, last 12 months"]["Amount, GBP"] == 650.1
    assert value["Clients who paid"]["Number"] == 1
    assert value["The largest client"]["Share"] == 1
    # 5 minutes on Carr and nobody won; Bell's 38.50 and 3.40 on one active customer.
    assert value["To win a client"]["Amount, GBP"] == "n/a"
    assert value["To keep one"]["Amount, GBP"] == 41.9
    about = named(sheets["About"])
    assert about["Cost of hours"]["In words"] == "Hours at the hourly rate, £42.00."
    assert about["As of"]["In words"].endswith("not in these tables: 1 sale.")


def test_ages_of_open_invoices_turn_on_their_days(sheets):
    """
    # Sales
    Date        Client  Amount  Due on      Paid on
    2026-01-01  Acme    1       2026-07-01
    2026-01-02  Acme    2       2026-06-30
    2026-01-03  Acme    3       2026-06-29
    2026-01-04  Acme    4       2026-05-31
    2026-01-05  Acme    5       2026-05-30
    2026-01-06  Acme    6       2026-05-01
    2026-01-07  Acme    7       2026-04-30
    2026-01-08  Acme    8       2026-04-01
    2026-01-09  Acme    9       2026-03-31
    2026-01-10  Acme    10      2026-03-31  2026-06-30
    2026-01-11  Acme    11      2026-03-31  2026-07-01
    """
    *rows, _ = sheets["Open invoices"]
    ages = {row["Amount"]: (row["Days late"], row["Age"]) for row in rows}
    assert ages == {
        1: (0, "not due yet"),
        2: (0, "not due yet"),
        3: (1, "1–30 days"),
        4: (30, "1–30 days"),
        5: (31, "31–60 days"),
        6: (60, "31–60 days"),
        7: (61, "61–90 days"),
        8: (90, "61–90 days"),
        9: (91, "over 90 days"),
        11: (91, "over 90 days"),
    }
    assert next(iter(ages)) == 9  # the longest overdue first
    (client, _) = sheets["Clients"]
    assert (client["Open invoices"], client["Overdue invoices"]) == (56, 53)


def test_what_cannot_be_told_is_said_so_and_is_never_nothing(sheets):
    """
    No rate, no day due, no currency.

    # Touchpoints
    Date        Client  Minutes
    2026-01-05  Acme    45

    # Sales
    Date        Client  Amount
    2026-01-10  Acme    600
    """
    client, total = sheets["Clients"]
    for name in ("Cost of hours", "Contribution", "Open invoices", "Overdue invoices"):
        assert (client[name], total[name]) == ("n/a", "n/a")
    assert client["In the black since"] == "n/a"
    assert client["Direct costs"] == 0
    assert "Days late" not in sheets["Sales"][0]
    assert "Open invoices" not in sheets
    about = named(sheets["About"])
    assert about["Not here"]["In words"].startswith("Open invoices: ")
    assert about["Cost of hours"]["In words"] == "n/a: no hourly rate is set."
    assert about["Money"]["In words"] == "As recorded; no currency is set."


def test_a_column_of_rounded_figures_has_the_total_of_the_exact_ones(sheets):
    """
    Three times 10 minutes are half an hour, and at 50 an hour 25.00; each alone is 0.17 and 8.33.

    # Business
    Hourly rate  50

    # Touchpoints
    Date        Client  Minutes
    2026-01-05  Acme    10
    2026-02-05  Bell    10
    2026-03-05  Carr    10

    # Sales
    Date        Client  Amount
    2026-07-01  Carr    100
    """
    for name in ("Months", "Hours"):
        *rows, total = sheets[name]
        assert column(rows[:3], "Hours") == [0.17, 0.17, 0.17]
        assert column(rows[:3], "Cost of hours") == [8.33, 8.33, 8.33]
        assert (total["Hours"], total["Cost of hours"]) == (0.5, 25)
    assert sheets["Clients"][-1]["Contribution"] == -25


def test_a_book_of_nothing_says_what_is_missing():
    empty = Book(relationships=(), source=Source("empty.xlsx", "0" * 64))
    found = tables(appendix(make_report(empty, Settings(), AS_OF)))
    assert list(found) == ["About"]
    missing = "Clients, Sales, Open invoices, Months, Hours, Retention, Cohorts and Value"
    assert named(found["About"])["Not here"]["In words"].startswith(missing)


def test_cohorts_are_counts(sheets):
    """
    # Sales
    Date        Client  Amount
    2026-03-10  Acme    10
    2026-05-10  Acme    10
    2026-03-11  Bell    10
    2026-05-12  Carr    10
    """
    assert [list(row.values()) for row in sheets["Cohorts"]] == [
        ["2026-03", 2, 2, 0, 1, 0],
        ["2026-05", 1, 1, 0, None, None],
        ["Total", 3, None, None, None, None],
    ]
    assert list(sheets["Cohorts"][0]) == [
        *("First bought", "Customers", "Month 0", "Month 1", "Month 2", "Month 3"),
    ]


@pytest.mark.parametrize(("base", "share"), [(4, "n/a"), (5, 0.6)])
def test_under_five_there_are_counts_and_no_share(base, share):
    sales = [
        Sale(date(2024, 7, 1), f"Client {n}", Decimal(100), Row("Sales", 2 + n))
        for n in range(base)
    ] + [
        Sale(date(2026, 1, 10), f"Client {n}", Decimal(50), Row("Sales", 20 + n)) for n in range(3)
    ]
    book = Book(relationships((), (), sales), Source("x.xlsx", "0" * 64))
    kept = named(tables(appendix(make_report(book, Settings(), AS_OF)))["Retention"])
    assert (kept["Clients kept"]["Clients"], kept["Clients kept"]["Out of"]) == (3, base)
    assert kept["Clients kept"]["Share"] == share
    # 3 × 50 of 5 × 100.
    assert kept["Sales kept (GRR)"]["Share"] == ("n/a" if base == 4 else 0.3)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", ["interior-designer", "meal-box"])
def test_the_sheets_the_report_and_each_other_agree_to_the_penny(name, edition):
    """The sums are worked out anew from what a second reader finds in the Sales and Hours sheets."""
    report = sample_report(name, edition)
    content = appendix(report)
    workbook = python_calamine.load_workbook(io.BytesIO(content))

    def rows(sheet: str) -> list[dict[str, object]]:
        header, *found = workbook.get_sheet_by_name(sheet).to_python()
        return [dict(zip(header, row, strict=True)) for row in found]

    unit = "index" if edition == "coach" else "GBP"
    *sales, all_sales = rows("Sales")
    *clients, all_clients = rows("Clients")
    *months, all_months = rows("Months")
    *hours, all_hours = rows("Hours")
    by_client: defaultdict[str, list[Decimal]] = defaultdict(lambda: [Decimal()] * 3)
    for sale in sales:
        amount = Decimal(str(sale[f"Amount, {unit}"]))
        direct = Decimal(str(sale.get(f"Direct cost, {unit}") or 0))
        now = amount if sale["Date"] > date(2025, 10, 31) else Decimal()
        sums = by_client[sale["Client"]]
        by_client[sale["Client"]] = [sums[0] + amount, sums[1] + direct, sums[2] + now]
    reported = {one["name"]: one for one in json.loads(machine.as_json(report))["clients"]}
    assert len(clients) == len(reported)
    for one in clients:
        whole, direct, now = by_client[one["Client"]]
        of = reported[one["Client"]]
        assert one[f"Sales in all, {unit}"] == float(whole)
        assert one[f"Direct costs, {unit}"] == float(direct)
        assert one[f"Sales, last 12 months, {unit}"] == float(now) == of["sales_now"]
        assert one["Hours in all"] == pytest.approx(of["minutes"] / 60, abs=0.005)
        penny = 0.0001 if edition == "coach" else 0.01
        assert one[f"Contribution, {unit}"] == pytest.approx(of["profit"], abs=penny / 2 + 1e-9)
        parts = (
            one[f"Sales in all, {unit}"]
            - one[f"Direct costs, {unit}"]
            - one[f"Costs of touchpoints, {unit}"]
            - one[f"Cost of hours, {unit}"]
        )
        assert one[f"Contribution, {unit}"] == pytest.approx(parts, abs=penny + 1e-9)
    whole = float(sum(sums[0] for sums in by_client.values()))
    assert all_sales[f"Amount, {unit}"] == whole
    assert all_clients[f"Sales in all, {unit}"] == whole
    assert all_months[f"Sales, {unit}"] == whole
    assert sum(Decimal(str(m[f"Sales, {unit}"])) for m in months) == Decimal(str(whole))
    assert all_months[f"Contribution, {unit}"] == all_clients[f"Contribution, {unit}"]
    for total in (all_clients["Hours in all"], all_months["Hours"], all_hours["Hours"]):
        assert total == pytest.approx(
            sum(one["minutes"] for one in reported.values()) / 60, abs=0.005
        )
    assert sum(one["Hours"] for one in hours) == pytest.approx(
        all_hours["Hours"], abs=0.005 * len(hours)
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_it_is_the_same_bytes_every_time(edition):
    first = appendix(sample_report("interior-designer", edition))
    assert appendix(sample_report("interior-designer", edition)) == first


# What an edition lacks


def token(kind: str, number: int) -> str:
    return f"zq{kind}x" + "".join(chr(98 + int(digit)) for digit in f"{number:02d}")


FIELDS = {
    "client": (Client, "name"),
    "contact": (Client, "contact"),
    "email": (Client, "email"),
    "phone": (Client, "phone"),
    "segment": (Client, "segment"),
    "source": (Client, "source"),
    "referrer": (Client, "referred_by"),
    "prefers": (Client, "preferred_channel"),
    "notes": (Client, "notes"),
    "activity": (Activity, "name"),
    "channel": (Touchpoint, "channel"),
    "topic": (Touchpoint, "topic"),
    "promise": (Touchpoint, "promise"),
    "signal": (Touchpoint, "signal"),
    "service": (Sale, "service"),
    "invoice": (Sale, "invoice"),
    "answer": (Feedback, "text"),
    "business": (Settings, "business_name"),
    "owner": (Settings, "owner"),
}
OUT_OF_PLACE = {"file", "sheet", "problem"}


def canaries() -> tuple[Book, Settings]:
    clients, touchpoints, sales, feedback, ratings = [], [], [], [], []
    for n in range(6):
        name = token("client", n)
        clients.append(
            Client(
                name=name,
                **{
                    field: token(kind, n)
                    for kind, (of, field) in FIELDS.items()
                    if of is Client and field != "name"
                },
                potential_per_year=Decimal("7654.31"),
                row=Row(token("sheet", 1), 2 + n),
            )
        )
        for turn in range(3):
            row = Row(token("sheet", 2), 10 * n + turn + 2)
            day = date(2026, 5, 1).replace(month=5 - turn, day=1 + n)
            touchpoints.append(
                Touchpoint(
                    *(day, name, Activity(token("activity", n), None, None, True), row),
                    start=time(9, 47),
                    channel=token("channel", n),
                    minutes=31,
                    minutes_recorded="recorded",
                    topic=token("topic", n),
                    promise=token("promise", n),
                    signal=token("signal", n),
                )
            )
            sales.append(
                Sale(
                    *(day, name, Decimal(f"{3000 + 137 * n}.{31 + n}"), row),
                    service=token("service", n),
                    direct_cost=Decimal("13.57"),
                    invoice=token("invoice", 3 * n + turn),
                    due_on=date(2026, 5, 15),
                )
            )
        feedback.append(Feedback(day, name, row, "survey", text=token("answer", n)))
        ratings.append(Rating(day, name, row, care=Decimal(9)))
    book = Book(
        relationships(clients, touchpoints, sales, feedback, ratings),
        Source(token("file", 1) + ".xlsx", "0" * 64),
        problems=(Problem(Cell(token("sheet", 3), 4, 2), token("problem", 1), "a date"),),
    )
    settings = Settings(
        business_name=token("business", 1),
        owner=token("owner", 1),
        currency="GBP",
        hourly_rate=Decimal("47.83"),
    )
    return book, settings


def everything_in(content: bytes) -> str:
    """Every part of the file, with its name, as one text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(name + archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize(
    ("edition", "shown"),
    [
        ("owner", {"client", "service", "invoice", "business", "sheet"}),
        ("accountant", {"client", "service", "invoice", "business"}),
        ("coach", set()),
    ],
)
def test_it_shows_what_a_bookkeeper_needs_and_nothing_that_the_edition_lacks(edition, shown):
    book, settings = canaries()
    assert {
        kind for kind in (*FIELDS, *OUT_OF_PLACE) if f"zq{kind}x" in repr((book, settings))
    } == {
        *FIELDS,
        *OUT_OF_PLACE,
    }
    text = everything_in(appendix(make_report(*redact(book, settings, edition, "key"), AS_OF)))
    found = set(re.findall(r"zq([a-z]+?)x[b-k]{2}", text))
    assert found == shown
    allowed = {kind for kind, key in FIELDS.items() if POLICY[key][edition] == "kept"}
    assert found - OUT_OF_PLACE <= allowed


def test_the_coach_has_neither_an_amount_nor_a_currency_nor_a_row():
    book, settings = canaries()
    content = appendix(make_report(*redact(book, settings, "coach", "key"), AS_OF))
    found = tables(content)
    for rows in found.values():
        assert not {"Invoice", "Row"} & set(rows[0])
    assert {row["Client"] for row in found["Sales"] if row["Date"] != "Total"} == {
        row["Client"] for row in found["Clients"] if row["Client"] != "Total"
    }
    assert all(re.fullmatch(r"Client \d{4}|Total", row["Client"]) for row in found["Clients"])
    # The largest client brought three times 3,685.36 in all, and is 100.
    index = "Sales in all, index"
    largest = max(row[index] for row in found["Clients"] if row["Client"] != "Total")
    assert largest == pytest.approx(100, abs=0.0002)
    numbers = {cell for rows in found.values() for row in rows for cell in row.values()}
    owners = {float(sale.amount) for sale in book.sales} | {13.57, 7654.31, 47.83}
    assert not owners & numbers
    text = everything_in(content)
    assert "GBP" not in text
    assert "£" not in text


def test_hostile_names_stay_names_and_the_file_opens():
    names = ['=HYPERLINK("https://x.test")', "+1", "@x", "<r><t>x</t></r>", "a\0b", "Total", "n/a"]
    sales = [
        Sale(date(2026, 1, 1), name, Decimal(n + 1), Row("Sales", n + 2))
        for n, name in enumerate(names)
    ]
    book = Book(relationships((), (), sales), Source("x.xlsx", "0" * 64))
    content = appendix(make_report(book, Settings(), AS_OF))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Sales"]
    found = {sheet.cell(row, 2).value for row in range(2, 2 + len(names))}
    assert found == {name.replace("\0", "�") for name in names[:3] + names[4:]} | {
        "<r><t>x</t></r> "
    }
    assert "<f>" not in everything_in(content)
    assert "hyperlink" not in everything_in(content).replace("=HYPERLINK", "").casefold().replace(
        "hyperlinkschanged", ""
    )


# In the site


def paths(report, **options):
    return {page.path: page for page in pages(report, **options)}


@pytest.mark.parametrize("edition", EDITIONS)
def test_it_is_a_file_of_the_site_only_where_it_was_asked_for(edition):
    report = sample_report("interior-designer", edition)
    without, site = paths(report), paths(report, with_appendix=True)
    assert set(site) - set(without) == {"appendix.xlsx"}
    assert site["appendix.xlsx"].render() == appendix(report)
    for name in ("value.html", "method.html"):
        assert site[name].render().count('href="appendix.xlsx" download') == 1
        assert "appendix" not in without[name].render()


def test_the_public_edition_has_none():
    book, settings = read(SAMPLES / "shoe-shop.xlsx", DEFAULTS)
    report = make_report(*redact(book, settings, "public", "key"), date(2026, 10, 31))
    assert set(paths(report, with_appendix=True)) == {"index.html", "static/report.css"}


def test_a_field_that_the_owner_takes_away_takes_its_column_along():
    book, settings = redact(*sample_book("interior-designer"), "accountant", "a secret")
    assert "Service" in tables(appendix(make_report(book, settings, AS_OF)))["Sales"][0]
    stripped = replace(
        book,
        relationships=tuple(
            replace(one, sales=tuple(replace(sale, service=None) for sale in one.sales))
            for one in book.relationships
        ),
    )
    assert "Service" not in tables(appendix(make_report(stripped, settings, AS_OF)))["Sales"][0]


# As an owner builds it


def built(out: Path, *options: object):
    """The finished run of ``build``."""
    return reportgen(
        *("build", SAMPLES / "interior-designer.xlsx", "-o", out),
        *("--as-of", "2026-10-31", "--appendix", *options),
    )


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_build_puts_it_beside_the_pages(tmp_path):
    run = built(tmp_path / "site", "--edition", "accountant")
    assert run.returncode == 0, run.stderr
    content = (tmp_path / "site/appendix.xlsx").read_bytes()
    assert content == appendix(sample_report("interior-designer", "accountant"))


def test_of_the_public_edition_it_is_wrong_usage(tmp_path):
    run = built(tmp_path / "site", "--edition", "public")
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1] == (
        "Error: The public edition has no tables: leave --appendix out."
    )
    assert not (tmp_path / "site").exists()


WORDS = "orchard-lantern-violet-canoe"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("form", ["single", "locked"])
def test_in_one_file_it_is_a_download_and_stands_nowhere_else(tmp_path, form, chromium):
    (tmp_path / "words").write_text(WORDS + "\n")
    how = ("--single-file",) if form == "single" else ("--password-file", tmp_path / "words")
    run = built(tmp_path / "out", "--edition", "accountant", *how)
    assert run.returncode == 0, run.stderr
    assert not [name for name in files(tmp_path / "out") if name.endswith(".xlsx")]
    page = chromium.new_page()
    page.goto((tmp_path / "out/index.html").as_uri())
    if form == "locked":
        page.get_by_label("Passphrase").fill(WORDS)
        page.get_by_role("button", name="Open").click()
    for name in ("value", "method"):
        page.goto(f"{page.url.partition('#')[0]}#{name}")
        link = page.locator("main a[download='appendix.xlsx']")
        with page.expect_download() as waiting:
            link.click()
        assert waiting.value.suggested_filename == "appendix.xlsx"
        content = Path(waiting.value.path()).read_bytes()
        assert content == appendix(sample_report("interior-designer", "accountant"))
        assert link.get_attribute("data-type") == (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    page.close()
