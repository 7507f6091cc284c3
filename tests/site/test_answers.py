"""Each page answers its question in one sentence of at most 25 words, whatever the book holds."""

import re
from datetime import date

import pytest
from sites import sample_report

from reportgen.model import Book, Edition, Source
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.site.files import menu_of

AS_OF = date(2026, 6, 30)
WORDS = 25
NO_END = re.compile(r"\b(?:Ltd|St|Dr|Mr|Mrs|Ms|Co)\.(?=\s)")
"""A full stop within a sentence."""


@pytest.fixture
def report(book, settings):
    return make_report(book, settings, AS_OF)


def answers(report):
    """Page → its answer, of every page of the edition."""
    pages = [page for entry in menu_of(report.edition) for page in entry.pages]
    return {page.name: page.answer(report) for page in pages}


def faults(report):
    for name, answer in answers(report).items():
        sentences = re.findall(r"[.!?](?=\s|$)", NO_END.sub("", answer))
        if len(answer.split()) > WORDS or len(sentences) != 1 or not answer.endswith("."):
            yield f"{name}: {answer}"


@pytest.mark.parametrize("edition", [Edition.OWNER, Edition.COACH, Edition.ACCOUNTANT])
@pytest.mark.parametrize(
    "sample", ["interior-designer", "meal-box", "messy", "shoe-shop", "virtual-assistant"]
)
def test_of_every_sample(sample, edition):
    assert list(faults(sample_report(sample, edition))) == []


@pytest.mark.parametrize("edition", [Edition.OWNER, Edition.COACH, Edition.ACCOUNTANT])
def test_of_an_empty_book(edition):
    empty = Book(relationships=(), source=Source("empty.xlsx", "0" * 64), edition=edition)
    assert list(faults(make_report(empty, Settings(), AS_OF))) == []


@pytest.mark.parametrize(
    ("edition", "brought"),
    [
        (Edition.OWNER, "12 months brought £76,400, 40 % of it from three."),
        (Edition.COACH, "three brought 40 % of 12 months’ sales."),
    ],
)
def test_the_business_begins_with_who_stayed_and_what_came_in(edition, brought):
    answer = answers(sample_report("interior-designer", edition))["business"]
    assert answer.replace("\u00a0", " ") == f"Four of last year’s 17 clients stayed; {brought}"


def test_of_nothing_but_touchpoints(report):
    """
    Date        Client  Activity  Direction  Start  Minutes
    2026-02-01  Acme    Call      both       20:00  30
    2026-06-02  Bell    Email     out        10:00  10
    2026-06-03  Cole    Invoice   out        10:00  600
    """
    assert list(faults(report)) == []


def test_of_nothing_but_sales(report):
    """
    # Sales
    Date        Client  Amount
    2025-03-01  Acme    100
    2026-03-01  Acme    100
    2026-04-01  Bell    900
    """
    assert list(faults(report)) == []


def test_of_one_client_in_one_month(report):
    """
    Date        Client  Activity
    2026-06-02  Acme    Call

    # Sales
    Date        Client  Amount
    2026-06-10  Acme    100
    """
    assert list(faults(report)) == []


def test_of_one_client_who_has_long_been_silent(report):
    """
    Date        Client  Activity
    2024-06-02  Acme    Call

    # Sales
    Date        Client  Amount
    2024-06-10  Acme    100
    """
    assert list(faults(report)) == []


def test_of_clients_who_pay_by_the_month(report):
    """
    # Business
    Business model  subscription

    # Sales
    Date        Client  Amount
    2026-04-01  Acme    30
    2026-05-01  Acme    30
    2026-06-01  Acme    30
    2026-05-01  Bell    30
    """
    assert list(faults(report)) == []


def test_of_a_first_year_in_which_some_came_back(report):
    """
    # Sales
    Date        Client  Amount
    2026-01-05  Acme    100
    2026-03-05  Acme    100
    2026-01-07  Bell    100
    2026-01-08  Cole    100
    """
    assert answers(report)["retention"] == (
        "There is no year before to compare with yet; of 3 customers so far, one came back."
    )
    assert list(faults(report)) == []
