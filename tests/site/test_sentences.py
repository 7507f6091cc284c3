"""The sentence that an owner reads first on each page, in every case it knows.

The red line is 10 days and the day 30 June 2026, unless a test says otherwise.
"""

import re
from datetime import date

import pytest

from reportgen.report.findings import below
from reportgen.report.report import make_report
from reportgen.site.files import pages
from reportgen.site.pages import (
    actions,
    clients,
    lifecycle,
    matrix,
    problems,
)

AS_OF = date(2026, 6, 30)


@pytest.fixture
def report(book, settings):
    """The report on the docstring's book, with a red line of 10 days."""
    return make_report(book, settings.layered({"red_line_days": 10}, {}), AS_OF)


def test_the_most_overdue_come_first(book, settings):
    """
    Against 10 days 15 of silence are half a line over; against 5, 9 of silence are 0.8.

    Date        Client
    2026-06-15  Acme
    2026-06-21  Bell
    2026-06-29  Cole

    # Clients
    Client  Red line (days)
    Acme    10
    Bell    5
    Cole    5
    """
    found = make_report(book, settings, AS_OF).found
    assert [client.name for client in below(found)] == ["Bell", "Acme"]


# Actions


def test_nothing_to_do(report):
    """
    Date        Client
    2026-06-30  Acme
    2024-06-30  Bell
    """
    assert actions.answer(report) == (
        "Nothing is due: no promise is waiting and no running relationship is below the red line."
    )


def test_one_thing_to_do(report):
    """
    Date        Client  Promise  Promised for
    2026-06-25  Acme    a quote  2026-06-30
    """
    assert actions.answer(report) == ("One message this month, 15 min in all: first Acme.")


def test_two_messages_the_first_first(report):
    """
    Two promises to Acme are one message; Bell has been silent for 29 days, and repair comes first.

    Date        Client  Promise  Promised for
    2026-06-25  Acme    a quote  2026-07-10
    2026-06-26  Acme    a plan   2026-07-10
    2026-06-01  Bell
    """
    assert actions.answer(report) == "Two messages this month, 35 min in all: first Bell and Acme."


# Matrix


def test_matrix_before_any_contact(report):
    """
    Date        Client
    2026-07-01  Acme
    """
    assert matrix.answer(report) == (
        "No client has been in touch yet, so there is nothing to draw."
    )


def test_matrix_of_one_never_below(report):
    """
    Date        Client
    2026-06-29  Acme
    """
    assert matrix.answer(report) == "Your one running client was never below the red line."


def test_matrix_never_below(report):
    """
    Date        Client
    2026-06-29  Acme
    2026-06-29  Bell
    """
    assert matrix.answer(report) == "None of 2 running clients was ever below the red line."


def test_matrix_when_all_were_below(report):
    """
    Each has 15 days, from 16 to 30 June, of which 27 to 30 June are below: 8 of 30, 27 %.

    Date        Client
    2026-06-16  Acme
    2026-06-16  Bell
    """
    assert matrix.answer(report).replace("\u00a0", " ") == (
        "Both running clients have been below the red line; together they spent 27 % of all days "
        "below it."
    )


def test_matrix_of_one_below(report):
    """
    From 16 to 30 June are 15 days, of which 27 to 30 June are below: 27 %.

    Date        Client
    2026-06-16  Acme
    """
    assert matrix.answer(report) == (
        "Your one running client has been below the red line; 27 % of the days were spent below it."
    )


def test_matrix_of_silence_after_the_work(report):
    """
    # Sales
    Date        Client  Amount  From        To
    2026-06-01  Acme    100     2026-06-01  2026-06-05
    2026-06-01  Bell    100     2026-06-01  2026-06-05
    2026-06-29  Cole    100     2026-06-29  2026-06-30
    """
    assert matrix.answer(report) == (
        "Two of 3 running clients have been below the red line, first after the work was done: plan "
        "for that moment."
    )


def test_matrix_speaks_of_the_running_alone(report):
    """
    Acme is 28 days beyond 10 days of silence, less than three more lines; Bell fell silent two years ago.

    Date        Client
    2026-06-02  Acme
    2026-06-29  Cole
    2024-06-02  Bell
    """
    assert matrix.answer(report).startswith("One of 2 running clients has been below the red line")


def test_matrix_where_nobody_is_running(report):
    """
    Date        Client
    2024-06-02  Bell
    """
    assert matrix.answer(report) == "Nobody is running: one has lapsed."


def test_matrix_of_silence_at_other_times(report):
    """
    Acme: 4 of 15 days below, from 27 June. Bell: 0 of 2. Together 4 of 17, 24 %.

    Date        Client
    2026-06-16  Acme
    2026-06-29  Bell
    """
    assert matrix.answer(report) == (
        "One of 2 running clients has been below the red line; together they spent 24 % of all days "
        "below it."
    )


# Lifecycle


def test_lifecycle_of_one_who_has_not_bought(report):
    """
    # Sales
    Date        Client  Amount
    2026-07-29  Acme    100
    """
    assert lifecycle.answer(report) == "Your one running client has not bought yet: still courting."


def test_lifecycle_when_nobody_has_bought(report):
    """
    # Sales
    Date        Client  Amount
    2026-07-29  Acme    100
    2026-07-29  Bell    100
    """
    assert lifecycle.answer(report) == (
        "None of 2 running clients has bought yet: all are still courting."
    )


def test_lifecycle_where_no_sale_is_recorded(report):
    """
    Date        Client
    2026-06-29  Acme
    2026-06-29  Bell
    """
    assert lifecycle.answer(report) == (
        "No sale is recorded, so nobody counts as having bought: the Sales sheet is what moves a client "
        "beyond acquisition and courting."
    )


@pytest.mark.parametrize(
    ("changed", "needs"),
    [
        (
            {"business_model": "product", "loyal_from_product": 5},
            "five purchase days and a year together",
        ),
        (
            {"business_model": "consultancy", "loyal_from_consultancy": 1},
            "one project and a year together",
        ),
        ({"business_model": "service"}, "12 paid months and a year together"),
        ({"loyalty_after_days": 200}, "four purchase days and 200 days together"),
    ],
)
def test_what_commitment_needs_is_what_is_set(book, settings, changed, needs):
    """
    # Sales
    Date        Client  Amount
    2026-06-29  Acme    100
    """
    report = make_report(book, settings.layered(changed, {}), AS_OF)
    assert (
        lifecycle.answer(report) == f"Your one running client has bought; commitment needs {needs}."
    )


def test_lifecycle_of_one_who_has_bought(report):
    """
    # Sales
    Date        Client  Amount
    2026-06-29  Acme    100
    """
    assert lifecycle.answer(report) == (
        "Your one running client has bought; commitment needs four purchase days and a year together."
    )


def test_lifecycle_when_all_have_bought(report):
    """
    # Sales
    Date        Client  Amount
    2026-06-29  Acme    100
    2026-06-29  Bell    100
    """
    assert lifecycle.answer(report) == (
        "Both running clients lack one thing for continuation: a purchase on a second day."
    )


def test_lifecycle_far_from_commitment(report):
    """
    # Sales
    Date        Client  Amount
    2026-06-29  Acme    100
    2026-06-29  Bell    100

    # Clients
    Client
    Cole
    """
    assert lifecycle.answer(report) == (
        "Two of 3 running clients (Acme and Bell) lack one thing for continuation: a purchase on a "
        "second day."
    )


def test_lifecycle_one_step_from_commitment(report):
    """
    A call every ten days and the year is old; only the fourth purchase is missing.

    # Sales
    Date        Client  Amount  From        To
    2025-06-25  Acme    100     2025-06-25  2026-12-31
    2026-06-24  Acme    100
    2026-06-25  Acme    100

    # Clients
    Client  Red line (days)
    Acme    400
    """
    assert lifecycle.answer(report) == (
        "Your one running client lacks one thing for commitment: purchases on 1 more day."
    )


def test_lifecycle_of_the_many_before_the_few(report):
    """
    Three have bought once, one twice: the three lead, and no more are named than three.

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    2026-06-29  Acme    100
    2026-06-29  Bell    100
    2026-06-29  Cole    100
    2026-06-29  Dunn    100
    """
    assert lifecycle.answer(report) == (
        "Three of 4 running clients (Bell, Cole and Dunn) lack one thing for continuation: a purchase on "
        "a second day."
    )


def test_lifecycle_names_no_more_than_three(report):
    """
    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    2026-06-29  Acme    100
    2026-06-29  Bell    100
    2026-06-29  Cole    100
    2026-06-29  Dunn    100
    2026-06-29  Egan    100
    """
    assert lifecycle.answer(report) == (
        "Four of 5 running clients lack one thing for continuation: a purchase on a second day."
    )


# Clients


def test_all_clients_in_time(report):
    """
    # Sales
    Date        Client  Amount
    2026-06-29  Acme    100

    # Clients
    Client
    Bell
    """
    assert clients.answer(report) == (
        "Nobody among the 2 running clients has waited longer for a word than they accept."
    )


def test_all_clients_of_one(report):
    """
    Date        Client
    2026-06-29  Acme
    2025-06-29  Bell
    """
    assert clients.answer(report) == (
        "The one running client has not waited longer for a word than they accept."
    )


def test_all_clients_some_of_whom_wait(report):
    """
    Dunn lapsed: his money is the year's, and not among what is at stake.

    Date        Client
    2026-06-29  Acme
    2026-06-16  Bell
    2026-06-16  Cole
    2026-04-01  Dunn

    # Sales
    Date        Client  Amount
    2025-08-01  Acme    200
    2025-08-01  Bell    100
    2025-08-01  Dunn    50
    """
    assert clients.answer(report) == (
        "Two of three running clients have waited longer for a word than they accept; they brought 100 "
        "of the year’s 350."
    )


def test_all_clients_none_running(report):
    """
    Date        Client
    2025-06-29  Acme
    2025-06-29  Bell
    """
    assert clients.answer(report) == "Nobody is running: two have lapsed."


# Data problems


def test_no_problems(report):
    """
    Three cells are filled below the headers of the first row, two below those of the second.

    Date        Client  Activity
    2026-06-29  Acme    Call
    2026-06-29  Acme
    """
    assert problems.answer(report) == "Every one of the 5 cells looked at could be used."


def test_one_problem(report):
    """
    Date        Client  Minutes
    2026-06-29  Acme    soon
    """
    assert problems.answer(report) == ("One problem among 3 cells; the report leaves out 1 cell.")


def test_several_problems_of_two_kinds(report):
    """
    Date        Client  Minutes
    2026-06-29  Acme    soon
    2026-06-29  Acme    later
    someday     Acme    5
    """
    assert problems.answer(report) == (
        "Three problems of 2 kinds among 9 cells; the report leaves out 1 row and 2 cells."
    )


def uncounted(report):
    site = {page.path: page.render() for page in pages(report)}
    found = re.search(r'<p class="note">([^<]*) <a href="problems.html">', site["index.html"])
    told = re.search(r"(?m)^(.*) \[which, and why\]\(problems.md\)", site["markdown/README.md"])
    assert (found and found[1]) == (told and told[1])
    return found and found[1]


def test_the_overview_says_when_more_than_a_handful_of_rows_do_not_count(report):
    """
    Date        Client  Minutes
    2026-06-29  Acme    soon
    someday     Acme    5
    someday     Acme    5
    someday     Acme    5
    someday     Acme    5
    someday     Acme    5
    someday     Acme    5
    """
    assert uncounted(report) == "6 rows of your workbook are not counted here:"


def test_of_a_handful_of_rows_the_overview_says_nothing(report):
    """
    Date        Client  Minutes
    2026-06-29  Acme    soon
    someday     Acme    5
    someday     Acme    5
    someday     Acme    5
    someday     Acme    5
    someday     Acme    5
    Total       Acme    25
    """
    assert uncounted(report) is None
