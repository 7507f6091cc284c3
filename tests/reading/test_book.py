"""Rows and sheets together: what counts, and what is a problem. The docstring is the workbook."""

from datetime import date, time
from decimal import Decimal

import pytest

from reportgen.model import UNKNOWN_ACTIVITY, Row, Source
from reportgen.problems import Cell, ReportError
from reportgen.reading.book import book_of
from reportgen.reading.cells import Grid
from reportgen.reading.safety.found import UNCALCULATED, error
from reportgen.settings.configuration import DEFAULTS, Configuration
from reportgen.settings.settings import Settings


def problems(book):
    """Address, found and suggestion of each problem."""
    return [(str(p.where), p.found, p.suggestion) for p in book.problems]


def names(book):
    return [one.client.name for one in book.relationships]


def test_a_full_touchpoint(book):
    """
    # Touchpoints
    Date | Client | Activity | Channel | Direction | Start | Minutes | Cost | Topic | Promise | Promised for | Done on | Signal | Resolved on | Urgent | In scope
    14/03/2026 | Acme | phone call | Phone | in | 10:30 | 1h 30m | 4.20 | Kitchen | Send the quote | 2026-03-18 | 2026-03-17 | Complained | 2026-03-20 | no | yes
    """  # noqa: E501
    (touchpoint,) = book.touchpoints
    assert touchpoint.date == date(2026, 3, 14)
    assert touchpoint.client == "Acme"
    assert touchpoint.activity.name == "Call"
    assert touchpoint.channel == "Phone"
    assert touchpoint.direction == "in"
    assert touchpoint.start == time(10, 30)
    assert (touchpoint.minutes, touchpoint.minutes_recorded) == (90, "recorded")
    assert touchpoint.cost == Decimal("4.20")
    assert touchpoint.topic == "Kitchen"
    assert touchpoint.promise == "Send the quote"
    assert touchpoint.promised_for == date(2026, 3, 18)
    assert touchpoint.done_on == date(2026, 3, 17)
    assert touchpoint.signal == "complaint"
    assert touchpoint.resolved_on == date(2026, 3, 20)
    assert touchpoint.urgent is False
    assert touchpoint.in_scope is True
    assert touchpoint.row == Row("Touchpoints", 2)
    assert book.problems == ()
    assert book.cells == 16


def test_a_full_client(book):
    """
    Date        Client
    2026-01-05  Acme

    # Clients
    Client | Contact | E-mail | Phone | Segment | Source | Referred by | Business model | Client since | Ended on | Red line (days) | Contact every (days) | Preferred channel | Potential per year | Birthday | Notes
    Acme | Jo Finch | jo@example.com | +44 20 | Shops | Website | Bell | Retainer | 2025-01-20 | 2026-06-30 | 45 | 21 days | Email | 6,000 | 14 March | Mornings
    """  # noqa: E501
    client = book.relationships[0].client
    assert (client.name, client.contact, client.email) == ("Acme", "Jo Finch", "jo@example.com")
    assert (client.phone, client.segment, client.source) == ("+44 20", "Shops", "Website")
    assert (client.referred_by, client.business_model) == ("Bell", "service")
    assert (client.since, client.ended_on) == (date(2025, 1, 20), date(2026, 6, 30))
    assert (client.red_line_days, client.contact_every_days) == (45, 21)
    assert (client.preferred_channel, client.potential_per_year) == ("Email", Decimal(6000))
    assert (client.birthday, client.notes) == (date(2000, 3, 14), "Mornings")
    assert client.row == Row("Clients", 2)
    assert book.problems == ()


def test_sales_feedback_and_ratings(book):
    """
    # Sales
    Date | Client | Amount | Service | Direct cost | From | To | Invoice | Due on | Paid on
    2026-03-14 | Acme | (480.00) | Design | 12.50 | 2026-03-01 | 2026-03-31 | 2026-014 | 2026-04-13 | 2026-04-09

    # Feedback
    Date | Client | Kind | Score | Out of | Text | May publish
    2026-03-20 | Acme | Survey | 9 | 10 | A joy | y

    # Ratings
    Date | Client | Care (1-10) | Accountability | Communication (0–10)
    2026-03-21 | Acme | 8 | 1 | 0
    """  # noqa: E501
    (one,) = book.relationships
    (sale,), (answer,), (rating,) = one.sales, one.feedback, one.ratings
    assert (sale.amount, sale.service, sale.direct_cost) == (
        Decimal(-480),
        "Design",
        Decimal("12.5"),
    )
    assert (sale.starts, sale.ends) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (sale.invoice, sale.due_on, sale.paid_on) == (
        "2026-014",
        date(2026, 4, 13),
        date(2026, 4, 9),
    )
    assert (answer.kind, answer.score, answer.out_of) == ("survey", 9, 10)
    assert (answer.text, answer.may_publish) == ("A joy", True)
    assert (rating.care, rating.accountability, rating.communication) == (8, 1, 0)
    assert book.problems == ()


def test_only_sales_works(book):
    """
    Date        Client  Amount
    2026-01-05  Acme    480
    """
    assert names(book) == ["Acme"]
    assert len(list(book.sales)) == 1


def test_a_row_without_a_required_cell_is_not_used(book):
    """
    Date        Client  Activity
    2026-01-05  Acme    Call
                Acme    Call
    2026-01-07          Call
    soon        Acme    Call
    """
    assert len(list(book.touchpoints)) == 1
    assert [str(p) for p in book.problems] == [
        "Touchpoints!A3: found nothing; expected a date, for example 2026-03-14; "
        "only then does the row count.",
        "Touchpoints!B4: found nothing; expected a client, for example Harbour & Finch; "
        "only then does the row count.",
        "Touchpoints!A5: found “soon”; expected a date, for example 2026-03-14; "
        "only then does the row count.",
    ]


def test_the_rest_of_a_row_counts_beside_an_unusable_cell(book):
    """
    Date        Client  Activity  Minutes  Start  Urgent  Direction
    2026-01-05  Acme    Call      -5       late   perhaps outwards
    """
    (touchpoint,) = book.touchpoints
    assert (touchpoint.activity.name, touchpoint.minutes) == ("Call", 0)
    assert (touchpoint.minutes_recorded, touchpoint.direction) == ("none", "both")
    assert [where for where, _, _ in problems(book)] == [
        f"Touchpoints!{column}2" for column in "DEFG"
    ]


def test_blank_rows_are_passed_over(book):
    """
    # Touchpoints
    Date | Client | Colour
    | |
    2026-01-05 | Acme |
    | | red
    """
    assert book.problems == ()
    assert [t.row.row for t in book.touchpoints] == [3]


def test_a_row_of_totals_is_told_of(book):
    """
    Date        Client  Amount
    2026-01-05  Acme    480
    2026-01-06  Total   480
                Total:  480
    Total               480
    """
    assert [sale.client for sale in book.sales] == ["Acme"]
    assert [where for where, _, _ in problems(book)] == ["Sales!B3", "Sales!B4", "Sales!A5"]


def test_a_client_called_total_is_one_when_listed(book):
    """
    Date        Client  Amount
    2026-01-06  Total   480

    # Clients
    Client
    Total
    """
    assert [sale.client for sale in book.sales] == ["Total"]
    assert book.problems == ()


def test_clients_called_none_and_na_stay_clients(book):
    """
    Date        Client  Topic  Cost
    2026-01-05  None    n/a    n/a
    2026-01-06  NA      -      -
    2026-01-07  –       none   none
    """
    assert names(book) == ["NA", "None", "–"]
    assert [(t.topic, t.cost) for t in book.touchpoints] == [
        ("-", None),
        ("n/a", None),
        ("none", None),
    ]
    assert book.problems == ()


def test_a_word_for_nothing_is_no_date_where_one_is_needed(book):
    """
    Date        Client  Done on
    2026-01-05  Acme    N/A
    n/a         Acme    tbc
    """
    assert problems(book) == [
        ("Touchpoints!A3", "“n/a”", None),
        ("Touchpoints!C3", "“tbc”", None),
    ]


def test_names_are_the_same_but_for_case_and_space(book):
    """
    # Touchpoints
    Date | Client
    2026-01-05 | Harbour & Finch
    2026-01-06 | HARBOUR  &  finch
    """
    assert names(book) == ["HARBOUR & finch"]
    assert len(book.relationships[0].touchpoints) == 2


def test_a_contact_person_of_one_client_stands_for_the_client(book):
    """
    Date        Client
    2026-01-05  jo finch

    # Sales
    Date        Client    Amount
    2026-01-06  Jo Finch  20

    # Clients
    Client  Contact
    Acme    Jo Finch
    Bell    Al
    """
    assert names(book) == ["Acme", "Bell"]
    acme = book.relationships[0]
    assert (len(acme.touchpoints), len(acme.sales)) == (1, 1)
    assert book.problems == ()


def test_a_contact_person_of_two_clients_is_a_problem(book):
    """
    Date        Client
    2026-01-05  Jo Finch
    2026-01-06  Acme

    # Clients
    Client  Contact
    Bell    Jo Finch
    Acme    jo finch
    """
    assert [t.row.row for t in book.touchpoints] == [3]
    assert [str(p) for p in book.problems] == [
        "Touchpoints!B2: found “Jo Finch”; expected the client: Jo Finch is the contact of Acme "
        "and of Bell; only then does the row count."
    ]


def test_a_client_comes_before_a_contact_person_of_the_same_name(book):
    """
    Date        Client
    2026-01-05  Jo

    # Clients
    Client  Contact
    Acme    Jo
    Jo
    """
    assert [one.client.name for one in book.relationships if one.touchpoints] == ["Jo"]


def test_a_near_miss_counts_under_its_own_spelling(book):
    """
    Date        Client
    2026-01-05  Acme Ldt
    2026-01-06  Globex

    # Clients
    Client
    Acme Ltd
    """
    assert names(book) == ["Acme Ldt", "Acme Ltd", "Globex"]
    assert problems(book) == [("Touchpoints!B2", "“Acme Ldt”", "Did you mean “Acme Ltd”?")]


def test_numbered_clients_are_no_near_misses(book):
    """
    # Touchpoints
    Date | Client
    2026-01-05 | Client 13

    # Clients
    Client
    Client 12
    """
    assert book.problems == ()


def test_without_a_clients_sheet_there_are_no_near_misses(book):
    """
    # Touchpoints
    Date | Client
    2026-01-05 | Acme Ldt
    2026-01-05 | Acme Ltd
    """
    assert names(book) == ["Acme Ldt", "Acme Ltd"]
    assert book.problems == ()


def test_a_client_listed_twice(book):
    """
    Date        Client
    2026-01-05  Acme

    # Clients
    Client  Segment
    Acme    first
    ACME    second
    """
    assert book.relationships[0].client.segment == "first"
    assert [str(p) for p in book.problems] == [
        "Clients!A3: found “ACME”; expected each client once; Clients!2 is used."
    ]


def test_ended_before_it_began(book):
    """
    Date        Client
    2026-01-05  Acme

    # Clients
    Client  Client since  Ended on
    Acme    2026-02-01    2026-01-31
    Bell    2026-02-01    2026-02-01
    """
    acme, bell = (one.client for one in book.relationships)
    assert (acme.since, acme.ended_on) == (None, None)
    assert (bell.since, bell.ended_on) == (date(2026, 2, 1), date(2026, 2, 1))
    assert [where for where, _, _ in problems(book)] == ["Clients!C2"]


def test_ended_on_the_day_of_the_last_contact_or_sale(book):
    """
    # Touchpoints
    Date | Client | Activity
    2026-01-05 | Acme | Call
    2026-01-09 | Acme | Meeting minutes
    2026-01-05 | Bell | Call
    2026-01-05 | Cole | Call

    # Sales
    Date        Client  Amount
    2026-01-06  Acme    480
    2026-01-07  Bell    480

    # Clients
    Client  Ended on
    Acme    2026-01-06
    Bell    2026-01-06
    Cole    2026-01-04
    Dale    2026-01-06
    """
    # Acme's minutes were written behind the scenes: that is no contact.
    assert [str(p) for p in book.problems] == [
        "Clients!B3: found “2026-01-06”; expected a day on or after the last contact or sale, "
        "2026-01-07 (Sales!3); the date still counts.",
        "Clients!B4: found “2026-01-04”; expected a day on or after the last contact or sale, "
        "2026-01-05 (Touchpoints!5); the date still counts.",
    ]
    assert [one.client.ended_on for one in book.relationships] == [
        date(2026, 1, 6),
        date(2026, 1, 6),
        date(2026, 1, 4),
        date(2026, 1, 6),
    ]


def test_promised_for_a_day_before_the_contact(book):
    """
    Date        Client  Promise        Promised for
    2026-01-05  Acme    Send the plan  2026-01-04
    2026-01-05  Acme    Send the bill  2026-01-05
    """
    assert [str(p) for p in book.problems] == [
        "Touchpoints!D2: found “2026-01-04”; expected a day on or after Date, 2026-01-05; "
        "the date still counts."
    ]
    assert [t.promised_for for t in book.touchpoints] == [date(2026, 1, 4), date(2026, 1, 5)]


@pytest.mark.parametrize(
    ("starts", "ends", "address"),
    [
        ("2026-03-02", "2026-03-01", "Sales!E2"),
        ("2026-03-02", "", "Sales!D2"),
        ("", "2026-03-02", "Sales!E2"),
        ("2026-03-02", "later", "Sales!E2"),
        ("sooner", "2026-03-02", "Sales!D2"),
    ],
)
def test_a_period_needs_both_ends_in_order(starts, ends, address):
    rows = [["Date", "Client", "Amount", "From", "To"], ["2026-03-01", "Acme", "9", starts, ends]]
    book, _ = book_of([Grid("Sales", rows)], DEFAULTS, Source("x", ""))
    (sale,) = book.sales
    assert (sale.starts, sale.ends) == (None, None)
    assert [where for where, _, _ in problems(book)] == [address]


def test_a_period_of_one_day(book):
    """
    Date        Client  Amount  From        To
    2026-01-05  Acme    480     2026-01-05  2026-01-05
    """
    (sale,) = book.sales
    assert sale.starts == sale.ends == date(2026, 1, 5)


def test_scores_within_what_they_are_out_of(book):
    """
    Date        Client
    2026-01-05  Acme

    # Feedback
    Date | Client | Score | Out of
    2026-01-05 | Acme | 9 |
    2026-01-06 | Acme | 10 | 10
    2026-01-07 | Acme | 11 | 10
    2026-01-08 | Acme | 0 | 0
    """
    assert [(f.score, f.out_of) for f in book.relationships[0].feedback] == [
        (9, None),
        (10, 10),
        (None, None),
        (None, None),
    ]
    assert [where for where, _, _ in problems(book)] == ["Feedback!C4", "Feedback!D5"]


def test_ratings_have_bounds(book):
    """
    Date        Client
    2026-01-05  Acme

    # Ratings
    Date        Client  Care  Accountability  Communication
    2026-01-05  Acme    0     10              0
    2026-01-06  Acme    1     10.5            11
    """
    first, second = book.relationships[0].ratings
    assert (first.care, first.accountability, first.communication) == (None, 10, 0)
    assert (second.care, second.accountability, second.communication) == (1, None, None)
    assert [where for where, _, _ in problems(book)] == ["Ratings!C2", "Ratings!D3", "Ratings!E3"]


def test_blank_directions(book):
    """
    Date        Client  Activity   Channel
    2026-01-05  Acme    Call       Phone
    2026-01-06  Acme    Meeting    Phone
    2026-01-07  Acme    Email      Email
    2026-01-08  Acme    Juggling   Phone
    2026-01-09  Acme               In person
    """
    assert [t.direction for t in book.touchpoints] == ["both", "both", "out", "out", "out"]


def test_an_unknown_activity_is_a_problem_and_still_a_contact(book):
    """
    Date        Client  Activity
    2026-01-05  Acme    Meetng
    2026-01-06  Acme    Juggling
    2026-01-07  Acme
    """
    meetng, juggling, blank = (t.activity for t in book.touchpoints)
    assert (meetng.name, meetng.kind, meetng.value, meetng.connects) == ("Meetng", None, None, True)
    assert juggling.name == "Juggling"
    assert blank is UNKNOWN_ACTIVITY
    assert problems(book) == [
        ("Touchpoints!C2", "“Meetng”", "Did you mean “Meeting”?"),
        (
            "Touchpoints!C3",
            "“Juggling”",
            "Add a row to a sheet Activities: Activity “Juggling”, Connects “yes”, as it counts now, "
            "or “no”.",
        ),
    ]


def test_the_activities_sheet_overrides_the_catalogue(book):
    """
    Date        Client  Activity      Minutes
    2026-01-05  Acme    Phone call
    2026-01-06  Acme    Studio visit
    2026-01-07  Acme    Studio visit  15
    2026-01-08  Acme    Email

    # Activities
    Activity      Kind     Value  Connects  Usual minutes  Letter
    Call          help            no        20
    Studio visit  loyalty  low                             thank-you
    """
    call, visit, timed, email = book.touchpoints
    assert (call.activity.name, call.activity.kind, call.activity.value) == ("Call", "help", "high")
    assert (call.activity.connects, call.direction) == (False, "both")
    assert (call.minutes, call.minutes_recorded) == (20, "assumed")
    assert (visit.activity.kind, visit.activity.connects) == ("loyalty", True)
    assert visit.activity.letter == "thank-you"
    assert (visit.minutes, visit.minutes_recorded) == (0, "none")
    assert (timed.minutes, timed.minutes_recorded) == (15, "recorded")
    assert (email.minutes, email.minutes_recorded) == (0, "none")
    assert book.problems == ()


def test_the_order_of_dates_is_decided_column_by_column(book):
    """
    Date        Client  Done on
    03/04/2026  Acme    03/04/2026
    13/04/2026  Acme    03/13/2026
    """
    first, second = book.touchpoints
    assert (first.date, first.done_on) == (date(2026, 4, 3), date(2026, 3, 4))
    assert (second.date, second.done_on) == (date(2026, 4, 13), date(2026, 3, 13))


def test_a_column_that_contradicts_itself_is_not_guessed_at(book):
    """
    Date        Client
    03/04/2026  Acme
    13/04/2026  Acme
    04/13/2026  Acme
    05/05/2026  Acme
    2026-04-03  Acme
    """
    assert [t.row.row for t in book.touchpoints] == [6, 3, 4, 5]
    assert [where for where, _, _ in problems(book)] == ["Touchpoints!A2"]


def test_the_business_sheet_settles_the_order_of_dates(book):
    """
    Date        Client
    03/04/2026  Acme

    # Business
    Date order  MDY
    """
    assert [t.date for t in book.touchpoints] == [date(2026, 3, 4)]


def test_the_currency_is_the_one_the_amounts_carry(book, settings):
    """
    Date        Client  Amount
    2026-01-05  Acme    £480
    2026-01-06  Acme    £20.50
    2026-01-07  Acme    €20
    2026-01-08  Acme    30
    """
    assert settings.currency == "GBP"
    assert settings.origins["currency"] == "the amounts"
    assert [sale.amount for sale in book.sales] == [Decimal(480), Decimal("20.5"), Decimal(30)]
    assert [where for where, _, _ in problems(book)] == ["Sales!C4"]


def test_the_currency_of_most_amounts_suggests_the_setting(book):
    """
    Date        Client  Amount  Direct cost
    2026-01-05  Acme    £480    €20
    2026-01-06  Acme    £20
    """
    assert problems(book) == [
        (
            "Sales!D2",
            "“€20”",
            "Set Currency on the Business sheet if GBP is not yours; amounts are not converted: "
            "write what it was worth on the day.",
        )
    ]


def test_currencies_that_are_equally_frequent_settle_nothing(book, settings):
    """
    Date        Client  Amount
    2026-01-05  Acme    £200
    2026-01-06  Acme    €300
    2026-01-07  Acme    300
    """
    assert settings.currency is None
    assert [(sale.amount, sale.row.row) for sale in book.sales] == [(Decimal(300), 4)]
    assert [str(p) for p in book.problems] == [
        f"Sales!C{row}: found {found}; expected amounts in one currency, and as many are in EUR as "
        "in GBP; only then does the row count. Set Currency on the Business sheet; amounts in "
        "another one are not converted."
        for row, found in ((2, "“£200”"), (3, "“€300”"))
    ]


def test_the_setting_breaks_a_tie_of_currencies(book, settings):
    """
    Date        Client  Amount
    2026-01-05  Acme    £200
    2026-01-06  Acme    €300

    # Business
    Currency  GBP
    """
    assert settings.currency == "GBP"
    assert [sale.amount for sale in book.sales] == [Decimal(200)]
    assert problems(book) == [
        (
            "Sales!C3",
            "“€300”",
            "Amounts are not converted: write what it was worth on the day.",
        )
    ]


def test_no_currency_where_no_amount_carries_one(settings):
    """
    Date        Client  Amount
    2026-01-05  Acme    480
    """
    assert settings.currency is None


def test_the_currency_of_a_header():
    rows = [["Date", "Client", "Amount (€)"], ["2026-03-01", "Acme", 9.0]]
    book, settings = book_of([Grid("Sales", rows)], DEFAULTS, Source("x", ""))
    assert settings.currency == "EUR"
    assert [sale.amount for sale in book.sales] == [9]
    pounds = Configuration(Settings(currency="GBP"), {}, {})
    with pytest.raises(ReportError, match="an amount in GBP"):
        book_of([Grid("Sales", rows)], pounds, Source("x", ""))


def test_amounts_in_the_custom_of_their_column(book):
    """
    Date        Client  Amount   Direct cost
    2026-01-05  Acme    1.234    1.234
    2026-01-06  Acme    12,50
    """
    first, second = book.sales
    assert (first.amount, second.amount) == (Decimal(1234), Decimal("12.5"))
    assert first.direct_cost is None
    assert [where for where, _, _ in problems(book)] == ["Sales!D2"]


def test_faults_are_problems_never_blank():
    rows = [
        ["Date", "Client", "Minutes", "Topic", "Colour"],
        ["2026-03-01", "Acme", error("#N/A"), UNCALCULATED, error("#REF!")],
        [UNCALCULATED, "Acme", None, None, None],
        [None, None, error("#DIV/0!"), None, None],
    ]
    book, _ = book_of([Grid("Touchpoints", rows)], DEFAULTS, Source("x", ""))
    assert [(str(p.where), p.found) for p in book.problems] == [
        ("Touchpoints!C2", "the error #N/A"),
        ("Touchpoints!D2", "a formula without a saved value"),
        ("Touchpoints!A3", "a formula without a saved value"),
        ("Touchpoints!A4", "nothing"),
        ("Touchpoints!B4", "nothing"),
        ("Touchpoints!C4", "the error #DIV/0!"),
    ]
    assert book.cells == 7


def test_no_usable_row_is_an_error_that_names_the_cause():
    rows = [["Date", "Client"], ["soon", "Acme"]]
    with pytest.raises(ReportError) as raised:
        book_of([Grid("Touchpoints", rows)], DEFAULTS, Source("my.xlsx", ""))
    assert str(raised.value) == (
        "my.xlsx has no row that can be used (Touchpoints!A2: found “soon”; "
        "expected a date, for example 2026-03-14; only then does the row count); it needs a "
        "sheet Touchpoints with the columns Date and Client, or a sheet Sales with Date, Client "
        "and Amount."
    )


def test_problems_are_ordered_as_the_workbook_is():
    grids = [
        Grid("Sales", [["Date", "Client", "Amount"], ["2026-03-01", "Acme", "x"]]),
        Grid(
            "Touchpoints",
            [["Date", "Client", "Minutes", "Start"], ["2026-03-01", "Acme", "x", "x"], ["x", "A"]],
        ),
    ]
    book, _ = book_of(grids, DEFAULTS, Source("x", ""))
    assert [p.where for p in book.problems] == [
        Cell("Sales", 2, 3),
        Cell("Touchpoints", 2, 3),
        Cell("Touchpoints", 2, 4),
        Cell("Touchpoints", 3, 1),
    ]


def test_very_many_cells_of_one_reason_share_its_words(book):
    """
    # Touchpoints
    Date | Client | Activity
    14/03/2026 | Acme | Call
    soon | Acme | Call
    later | Acme | Call
     | Acme | Call
     | Bolt | Call
    """
    soon, later, *blank = (problem.expected for problem in book.problems)
    assert soon is later
    assert blank[0] is blank[1]
