"""Which one column to add next, by what the rows so far lack."""

from datetime import date

import pytest

from reportgen.model import BusinessModel, Source
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.report.findings import findings
from reportgen.report.next_column import model_of_most, next_column, without_figures
from reportgen.settings.configuration import DEFAULTS

CLIENTS = ("Clients", [["Client", "E-mail", "Source"], ["Acme", "a@acme.example", "Website"]])
SALES = (
    "Sales",
    [["Date", "Client", "Amount", "Due on"], ["2026-05-01", "Acme", "80", "2026-06-01"]],
)
VISITS = (
    "Touchpoints",
    [
        ["Date", "Client", "Activity", "Minutes", "Start"],
        ["2026-05-01", "Acme", "Call", "20", "10:00"],
    ],
)


def without(sheet, column):
    name, (headers, *rows) = sheet
    at = headers.index(column)
    return name, [[cell for i, cell in enumerate(row) if i != at] for row in (headers, *rows)]


def found(*sheets):
    book, settings = book_of([Grid(*one) for one in sheets], DEFAULTS, Source("a.xlsx", ""))
    return findings(book, settings, date(2026, 5, 31))


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ((CLIENTS, SALES, VISITS), None),
        ((CLIENTS,), ("Amount", "Sales")),
        ((CLIENTS, VISITS), ("Amount", "Sales")),
        ((CLIENTS, SALES), ("Date", "Touchpoints")),
        ((CLIENTS, SALES, without(VISITS, "Activity")), ("Activity", "Touchpoints")),
        ((CLIENTS, SALES, without(VISITS, "Minutes")), ("Minutes", "Touchpoints")),
        ((CLIENTS, SALES, without(VISITS, "Start")), ("Start", "Touchpoints")),
        ((CLIENTS, without(SALES, "Due on"), VISITS), ("Due on", "Sales")),
        ((without(CLIENTS, "E-mail"), SALES, VISITS), ("E-mail", "Clients")),
        ((without(CLIENTS, "Source"), SALES, VISITS), ("Source", "Clients")),
    ],
)
def test_the_column_that_opens_most_comes_first(sheets, expected):
    told = next_column(found(*sheets), None)
    assert (told and (told.name, told.sheet)) == expected


def test_one_row_in_five_is_enough_to_count_as_kept():
    """A start in 1 of 5 rows is 20 %; in 1 of 6 it is less."""
    name, (headers, row) = VISITS
    bare = [*row[:-1], ""]
    assert next_column(found(CLIENTS, SALES, (name, [headers, row, *[bare] * 4])), None) is None
    told = next_column(found(CLIENTS, SALES, (name, [headers, row, *[bare] * 5])), None)
    assert told.name == "Start"


@pytest.mark.parametrize("model", [BusinessModel.PRODUCT, BusinessModel.SUBSCRIPTION])
def test_who_is_paid_at_once_needs_no_day_due(model):
    assert next_column(found(CLIENTS, without(SALES, "Due on"), VISITS), model) is None


@pytest.mark.parametrize(
    ("sheets", "quiet"),
    [
        ((CLIENTS, SALES, VISITS), set()),
        ((CLIENTS, SALES, without(VISITS, "Start")), {"boundaries"}),
        ((CLIENTS, VISITS), {"value", "retention"}),
        ((CLIENTS, SALES), {"touchpoints", "trust", "boundaries"}),
        (
            (CLIENTS,),
            {
                "value",
                "retention",
                "touchpoints",
                "trust",
                "boundaries",
                "matrix",
                "actions",
            },
        ),
    ],
)
def test_pages_without_figures_step_back(sheets, quiet):
    assert without_figures(found(*sheets)) == quiet


def days_of(client, *days):
    return [[f"2026-{day}", client, "80"] for day in days]


def test_the_model_that_most_clients_behave_like():
    """By the clock every week, as a subscription; what most do counts, and one purchase tells nothing."""
    weekly = ("05-01", "05-08", "05-15", "05-22", "05-29")
    rows = [*days_of("Acme", *weekly), *days_of("Bell", *weekly), *days_of("Cole", "05-01")]
    book = found(("Sales", [["Date", "Client", "Amount"], *rows]))
    assert [c.likeness and c.likeness.model for c in book.clients] == [
        "subscription",
        "subscription",
        None,
    ]
    assert model_of_most(book) == "subscription"
    assert (
        model_of_most(found(("Sales", [["Date", "Client", "Amount"], *days_of("A", "05-01")])))
        is None
    )
