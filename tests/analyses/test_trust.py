"""Every part of trust (SPEC 5) at its boundary.

The day is Tuesday 30 June 2026 unless a test says otherwise, so the last 12 months begin on 1 July 2025.
"""

import random
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from math import log10

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.analyses.trust import never_met, trust
from reportgen.estimates.trust import (
    Component,
    ComponentName,
    Part,
    Trust,
    TrustPart,
    component,
    held_back_by,
    parts_of_all,
)
from reportgen.evidence.evidence import evidence
from reportgen.model import (
    Activity,
    BusinessModel,
    Client,
    Feedback,
    Rating,
    Role,
    Sale,
    Touchpoint,
)
from reportgen.model import relationships as related
from reportgen.problems import Row
from reportgen.settings.settings import Settings


def of(book, settings, name="Acme", as_of="2026-06-30") -> Trust:
    (one,) = [one for one in book.relationships if one.client.name == name]
    return trust(evidence(one, settings, date.fromisoformat(as_of)), settings, ())


def as_everyone_has_it(book, settings, as_of="2026-06-30") -> dict[str, Trust]:
    """Each client's, with what nobody in the book has ever met left out."""
    everyone = [evidence(one, settings, date.fromisoformat(as_of)) for one in book.relationships]
    not_recorded = never_met(everyone, settings)
    return {seen.name: trust(seen, settings, not_recorded) for seen in everyone}


def part(found: Trust, name: str) -> Part:
    (one,) = [one for side in found.components for one in side.parts if one.name == name]
    return one


def counts(found: Trust, name: str) -> tuple[int, int]:
    one = part(found, name)
    return one.numerator, one.denominator


def rows(*numbers: int, sheet: str = "Touchpoints") -> tuple[Row, ...]:
    return tuple(Row(sheet, number) for number in numbers)


# The whole


def test_everything_together(book, settings):
    """
    Care: understood (the brief), 1 of 2 promises kept, 3 of 4 touches (two calls, the thank-you), so
    1 + 9 × (1 + 0.5 + 0.75) ÷ 3 = 7.75. Accountability: the one complaint was put right, of the two
    sales one had a brief before it: 1 + 9 × (1 + 0.5) ÷ 2 = 7.75. Communication: 1 of 2 messages
    answered; contact in 4 months (of 1 to 31 December, January, April, May), both ways in all but
    January; a survey; never below the line of 400 days: (0.5 + 0.75 + 1 + 1) ÷ 4 = 0.8125.
    7.75 × 7.75 = 60.0625, and ln 60.0625 = 4.095385, × 0.8125 = 3.327500, e to that = 27.8686.

    Date       | Client | Activity  | Direction | Promised for | Done on    | Signal    | Resolved on
    2025-12-01 | Acme   | Brief     |           | 2025-12-05   | 2025-12-05 |           |
    2026-01-05 | Acme   | Survey    |           |              |            |           |
    2026-04-01 | Acme   | Call      |           | 2026-04-07   | 2026-04-08 |           |
    2026-04-20 | Acme   | Email     | in        |              |            | complaint | 2026-04-28
    2026-04-21 | Acme   | Thank-you |           |              |            |           |
    2026-05-04 | Acme   | Email     | in        |              |            |           |
    2026-05-20 | Acme   | Call      |           |              |            |           |

    # Sales
    Date        Client  Amount  Project
    2025-12-20  Acme    500     Kitchen
    2026-04-01  Acme    500     Bathroom

    # Business
    Red line (days)  400
    Business model   consultancy
    """
    found = of(book, settings)
    assert [(one.name, one.numerator, one.denominator) for one in found.care.parts] == [
        ("understanding", 1, 1),
        ("reliability", 1, 2),
        ("human connection", 3, 4),
    ]
    assert [(one.name, one.numerator, one.denominator) for one in found.accountability.parts] == [
        ("problems owned", 1, 1),
        ("clear beginnings", 1, 2),
    ]
    assert [(one.name, one.numerator, one.denominator) for one in found.communication.parts] == [
        ("responsiveness", 1, 2),
        ("both directions", 3, 4),
        ("listening", 1, 1),
        ("continuity", 212, 212),
    ]
    assert found.care.value == pytest.approx(7.75)
    assert found.accountability.value == pytest.approx(7.75)
    assert found.communication.value == pytest.approx(0.8125)
    assert found.value == pytest.approx(27.8686, abs=1e-3)
    assert found.care.rated is found.accountability.rated is found.communication.rated is None
    assert part(found, "understanding").rows == rows(2)
    assert part(found, "reliability").rows == rows(2)
    assert part(found, "reliability").counter_rows == rows(4)
    assert part(found, "human connection").rows == rows(4, 6, 8)
    assert part(found, "problems owned").rows == rows(5)
    assert part(found, "clear beginnings").rows == rows(2)
    assert part(found, "clear beginnings").counter_rows == rows(3, sheet="Sales")
    assert part(found, "responsiveness").rows == rows(5)
    assert part(found, "responsiveness").counter_rows == rows(7)
    assert part(found, "both directions").rows == rows(2, 4, 5, 6, 7, 8)
    assert part(found, "both directions").counter_rows == rows(3)
    assert part(found, "listening").rows == rows(3)
    assert part(found, "continuity").counter_rows == ()


def test_the_formula_at_its_ends(book, settings):
    """
    (10 × 10) ^ 1 = 100, (1 × 1) ^ 0 = 1, (8 × 6) ^ 0.5 = √48, and anything ^ 0 = 1.

    # Ratings
    Date        Client  Care  Accountability  Communication
    2026-06-01  Acme    10    10              10
    2026-06-01  Bell    1     1               0
    2026-06-01  Cole    8     6               5
    2026-06-01  Dunn    9     9               0

    Date        Client  Activity
    2026-06-01  Ewer    Email
    """
    assert of(book, settings, "Acme").value == 100
    assert of(book, settings, "Bell").value == 1
    assert of(book, settings, "Cole").value == pytest.approx(6.9282, abs=5e-5)
    assert of(book, settings, "Dunn").value == 1


def test_the_index_is_a_scale_that_a_person_can_read():
    """
    All parts  Care, Accountability  Communication  Trust                       Index
    0 %        1                     0              1                           0
    80 %       1 + 9 × 0.8 = 8.2     0.8            67.24 ^ 0.8 = 28.98         100 × 3.3667 ÷ 4.6052 = 73.1
    100 %      10                    1              100                         100
    Trust of 10, of a Care of 10 and an Accountability of 1, is half of the way, since 10 × 10 = 100.
    """
    found = [made_of(of_all(hundredths)).index for hundredths in (0, 80, 100)]
    assert found == pytest.approx([0, 73.106, 100], abs=1e-3)
    assert made_of(of_all(80)).value == pytest.approx(28.98, abs=0.01)
    assert made_of(of_all(100) | {"accountability": [0, 0]}).index == pytest.approx(50)


def test_three_parts_must_be_known():
    """Hundredths: two parts of Care and one of Communication; without the third it cannot be told."""
    none = {"care": [None] * 3, "accountability": [None] * 2, "communication": [None] * 4}
    two = none | {"care": [80, None, None], "communication": [80, None, None, None]}
    three = two | {"care": [80, 80, None]}
    assert (made_of(two).parts_known, made_of(two).value, made_of(two).index) == (2, None, None)
    assert made_of(three).parts_known == 3
    assert made_of(three).value == pytest.approx(8.2**1.6)


def test_what_is_missing_of_the_three():
    """
    Care of 8.2 and Communication of 0.8, 80 hundredths in every part; Accountability of 5.5.

    Known                  Trust
    all three              (8.2 × 5.5) ^ 0.8
    no Accountability      (8.2 × 8.2) ^ 0.8
    no Care                n/a
    no Communication       n/a
    """
    whole = of_all(80) | {"accountability": [50, 50]}
    without = {name: whole | {name: [None] * size} for name, size in SIZES.items()}
    assert made_of(whole).value == pytest.approx((8.2 * 5.5) ** 0.8)
    assert made_of(without["accountability"]).value == pytest.approx((8.2**2) ** 0.8)
    assert made_of(without["care"]).value is None
    assert made_of(without["communication"]).value is None


def test_a_rated_component_counts_as_all_of_its_parts(book, settings):
    """
    Care is rated, which stands for three parts, and the call makes Communication known.

    # Ratings
    Date        Client  Care
    2026-06-01  Acme    8

    Date        Client  Activity
    2026-06-01  Acme    Call
    2026-06-29  Bell    Email
    """
    found = as_everyone_has_it(book, settings)
    # both directions 1 of 1 and continuity 30 of 30; nobody here was ever asked
    assert found["Acme"].parts_known == 3 + 2
    assert found["Acme"].value == pytest.approx(64)
    # human connection, both directions and continuity
    assert (found["Bell"].parts_known, found["Bell"].care.value) == (3, 1)


# What nobody has ever met


def test_what_nobody_ever_had_is_not_recorded(book, settings):
    """
    Acme bought and was written to; no discovery, no call, no brief and no survey stands in the book.

    Date        Client  Activity
    2026-06-01  Acme    Email
    2026-06-01  Bell    Email

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100

    # Business
    Business model  consultancy
    """
    asked = {name: counts(of(book, settings), name)[1] for name in PRESENT}
    assert asked == {
        "understanding": 1,
        "human connection": 4,
        "clear beginnings": 1,
        "listening": 1,
    }
    found = as_everyone_has_it(book, settings)["Acme"]
    assert [counts(found, name) for name in PRESENT] == [(0, 0)] * 4
    assert [part(found, name).counter_rows for name in PRESENT] == [()] * 4
    assert [bool(part(found, name).record) for name in PRESENT] == [True] * 4
    assert counts(found, "both directions") == (0, 1)


def test_what_one_client_ever_had_the_others_lack(book, settings):
    """
    Bell had each of the four, years ago. Of Acme that is missing, and of Bell too, as far as the year goes.

    Date        Client  Activity
    2026-06-01  Acme    Email
    2022-03-01  Bell    Brief
    2022-04-01  Bell    Survey
    2022-05-01  Bell    Call
    2026-06-01  Bell    Email

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    2022-03-10  Bell    100

    # Business
    Business model  consultancy
    """
    found = as_everyone_has_it(book, settings)
    assert [counts(found["Acme"], name) for name in PRESENT] == [(0, 1), (0, 4), (0, 1), (0, 1)]
    assert [counts(found["Bell"], name) for name in PRESENT] == [(1, 1), (0, 4), (0, 0), (0, 1)]
    # On the day before the first of them nothing is recorded yet.
    before = as_everyone_has_it(book, settings, "2022-02-28")["Bell"]
    assert [counts(before, name)[1] for name in PRESENT] == [0, 0, 0, 0]


def test_a_late_promise_counts_although_nobody_ever_kept_one(book, settings):
    """
    So does a complaint left alone, a message without an answer and contact that goes one way.

    Date        Client  Activity  Direction  Promised for  Signal
    2026-05-01  Acme    Email     in         2026-06-01    complaint
    """
    found = as_everyone_has_it(book, settings)["Acme"]
    on_record = ("reliability", "problems owned", "responsiveness", "both directions")
    assert [counts(found, name) for name in on_record] == [(0, 1)] * 4


def test_one_review_is_enough_for_a_service_to_be_asked_about_beginnings(book, settings):
    """
    Acme has paid since 2024, and had a review in 2025, a year after; of Bell it is missing.

    Date        Client  Activity
    2025-02-01  Acme    Progress review
    2026-06-01  Bell    Email

    # Sales
    Date        Client  Amount
    2024-02-01  Acme    100
    2024-02-01  Bell    100

    # Business
    Business model  service
    """
    assert counts(as_everyone_has_it(book, settings)["Bell"], "clear beginnings") == (0, 1)
    # A review before they had paid for a year tells nothing.
    early = as_everyone_has_it(book, settings, "2025-01-31")["Bell"]
    assert counts(early, "clear beginnings") == (0, 0)


def test_a_prospect_has_no_accountability_and_trust_speaks_without_it(book, settings):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    found = of(book, settings)
    assert found.accountability.value is None
    assert [one.value for one in found.accountability.parts] == [None, None]
    assert found.care.value == pytest.approx(1 + 9 * 0.25)
    # Care 3.25 from one call of four; both ways, not listening, never silent: Communication 2 ÷ 3
    assert found.value == pytest.approx((3.25**2) ** (2 / 3))
    assert found.index == pytest.approx(100 * 2 / 3 * log10(3.25))
    assert found.agree is True


def test_where_no_touchpoint_is_written_down_sales_alone_tell_little(book, settings):
    """
    # Sales
    Date        Client  Amount
    2026-05-05  Acme    100
    2026-06-05  Acme    100
    """
    found = of(book, settings)
    assert found.care.value is None
    assert found.accountability.value is None
    assert part(found, "clear beginnings").counter_rows == ()
    assert [one.name for one in found.communication.parts if one.value is not None] == [
        "continuity"
    ]
    assert found.value is None
    assert all(one.record for one in found.care.parts)


def test_a_client_of_whom_nothing_is_known(book, settings):
    """
    # Clients
    Client
    Acme

    Date        Client  Activity
    2026-06-01  Bell    Call
    2026-07-01  Acme    Onboarding
    """
    found = of(book, settings)
    assert (found.care.value, found.accountability.value, found.communication.value) == (
        None,
        None,
        None,
    )


# Understanding


def test_sixty_days_before_the_first_purchase_to_thirty_after(book, settings):
    """
    From 30 January to 31 March are 60 days, from there to 30 April 30. A purchase on a later day
    changes nothing.

    Date        Client  Activity
    2026-01-29  Acme    Onboarding
    2026-01-30  Bell    Diagnostic
    2026-04-30  Cole    Discovery call
    2026-05-01  Dunn    Brief
    2026-03-31  Ewer    Meeting

    # Sales
    Date        Client  Amount
    2026-03-31  Acme    100
    2026-03-31  Bell    100
    2026-03-31  Cole    100
    2026-03-31  Dunn    100
    2026-03-31  Ewer    100
    2026-05-31  Dunn    100
    """
    for client, numerator in [("Acme", 0), ("Bell", 1), ("Cole", 1), ("Dunn", 0), ("Ewer", 0)]:
        assert counts(of(book, settings, client), "understanding") == (numerator, 1), client
    assert part(of(book, settings, "Acme"), "understanding").counter_rows == rows(2, sheet="Sales")
    assert counts(of(book, settings, "Cole", "2026-04-29"), "understanding") == (0, 0)


def test_the_beginning_counts_however_long_ago_it_was(book, settings):
    """
    Date        Client  Activity
    2022-01-10  Acme    Onboarding

    # Sales
    Date        Client  Amount
    2022-01-05  Acme    100
    """
    assert counts(of(book, settings), "understanding") == (1, 1)


def test_an_activity_of_the_owners_own_counts_by_its_name(book, settings):
    """
    Date        Client  Activity
    2026-05-01  Acme    Client onboarding
    2026-05-01  Bell    Studio tour
    2026-05-01  Cole    Kick-off

    # Business
    Business model  consultancy

    # Sales
    Date        Client  Amount
    2026-05-05  Acme    100
    2026-05-05  Bell    100
    2026-05-05  Cole    100

    # Activities
    Activity           Kind
    Client onboarding  insight
    Studio tour        insight
    Kick-off           insight
    """
    assert counts(of(book, settings, "Acme"), "understanding") == (1, 1)
    assert counts(of(book, settings, "Bell"), "understanding") == (0, 1)
    assert counts(of(book, settings, "Cole"), "clear beginnings") == (1, 1)


# Reliability


def test_promises_due_on_the_day_and_kept_on_it(book, settings):
    """
    In the last 12 months are due: rows 3 to 7. Row 2 was due the day before they began, row 8 is due
    tomorrow, row 9 has no day. Kept in time are row 3 and row 4; row 5 was a day late, row 6 never,
    row 7 is due today and will be kept tomorrow. A day earlier rows 4 and 7 are not due yet, and row 2
    still is; a day later row 3 is forgotten, and row 8 is due.

    Date        Client  Activity  Promise   Promised for  Done on
    2025-06-01  Acme    Email     A quote   2025-06-30
    2025-06-01  Acme    Email     A quote   2025-07-01    2025-06-02
    2026-06-20  Acme    Email     A sample  2026-06-30    2026-06-30
    2026-05-01  Acme    Email     A plan    2026-05-10    2026-05-11
    2026-05-02  Acme    Email     A plan    2026-05-10
    2026-06-25  Acme    Email     A visit   2026-06-30    2026-07-01
    2026-06-25  Acme    Email     A visit   2026-07-01
    2026-06-25  Acme    Email     A visit
    """
    reliability = part(of(book, settings), "reliability")
    assert (reliability.numerator, reliability.denominator) == (2, 5)
    assert reliability.rows == rows(3, 4)
    assert set(reliability.counter_rows) == set(rows(5, 6, 7))
    assert counts(of(book, settings, as_of="2026-06-29"), "reliability") == (1, 4)
    assert counts(of(book, settings, as_of="2026-07-01"), "reliability") == (1, 5)


def test_a_promise_of_a_planned_meeting_is_none_yet(book, settings):
    """
    Date        Client  Activity  Promised for
    2026-06-01  Acme    Email
    2026-07-05  Acme    Email     2026-06-30
    """
    assert counts(of(book, settings), "reliability") == (0, 0)


# Human connection


def test_more_touches_than_four_are_no_more_than_whole(book, settings):
    """
    Row 2 stands on the day before the last 12 months, row 8 is planned; an email is no such touch.

    Date        Client  Activity
    2025-06-30  Acme    Call
    2025-07-01  Acme    Call
    2025-08-01  Acme    Visit
    2025-09-01  Acme    Postcard
    2025-10-01  Acme    Email
    2026-06-30  Acme    Thank-you
    2026-07-01  Acme    Call
    2026-01-01  Acme    Call
    2026-01-01  Bell    Email
    """
    connection = part(of(book, settings), "human connection")
    assert (connection.numerator, connection.denominator) == (5, 4)
    assert connection.value == 1
    assert connection.rows == rows(3, 4, 5, 9, 7)
    assert part(of(book, settings, "Bell"), "human connection").value == 0


@pytest.mark.parametrize(
    ("model", "touches"),
    [("consultancy", 4), ("service", 4), ("product", 1), ("subscription", 1)],
)
def test_how_many_touches_each_model_asks_for(book, settings, model, touches):
    """
    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    modelled = replace(settings, business_model=BusinessModel(model))
    assert counts(of(book, modelled), "human connection") == (1, touches)
    own = replace(modelled, **{f"human_connection_{model}_touches": 7})
    assert counts(of(book, own), "human connection") == (1, 7)
    assert counts(of(book, settings), "human connection") == (1, 4)  # no model is set


# Problems owned


def test_complaints_of_thirteen_and_fourteen_days(book, settings):
    """
    Fourteen days before 30 June is 16 June. The complaint of the 17th is too young to count, whether
    it was put right or not.

    Date        Client  Activity  Signal      Resolved on
    2026-06-16  Acme    Email     complaint
    2026-06-17  Bell    Email     complaint
    2026-06-17  Cole    Email     complaint   2026-06-18
    2026-06-16  Dunn    Email     complaint   2026-06-30
    2026-06-01  Ewer    Email     compliment  2026-06-02
    """
    assert counts(of(book, settings, "Acme"), "problems owned") == (0, 1)
    assert part(of(book, settings, "Acme"), "problems owned").counter_rows == rows(2)
    assert counts(of(book, settings, "Bell"), "problems owned") == (0, 0)
    assert counts(of(book, settings, "Bell", "2026-07-01"), "problems owned") == (0, 1)
    assert counts(of(book, settings, "Cole"), "problems owned") == (0, 0)
    assert counts(of(book, settings, "Dunn"), "problems owned") == (1, 1)
    assert counts(of(book, settings, "Ewer"), "problems owned") == (0, 0)


def test_put_right_on_the_fourteenth_day_or_the_fifteenth(book, settings):
    """
    And the complaint of the day before the last 12 months is forgotten.

    Date        Client  Activity  Signal     Resolved on
    2026-05-01  Acme    Email     complaint  2026-05-15
    2026-05-01  Acme    Email     complaint  2026-05-16
    2025-07-01  Acme    Email     complaint  2025-07-01
    2025-06-30  Acme    Email     complaint
    """
    owned = part(of(book, settings), "problems owned")
    assert (owned.numerator, owned.denominator) == (2, 3)
    assert owned.rows == rows(4, 2)
    assert owned.counter_rows == rows(3)


# Clear beginnings


def test_a_brief_within_sixty_days_before_each_project(book, settings):
    """
    From 1 March to 30 April are 60 days, and to 1 May 61. The brief of the day itself counts, that of
    the day after does not; one brief may open two projects. A later invoice begins none.

    Date        Client  Activity
    2026-03-01  Acme    Proposal
    2026-06-02  Acme    Meeting agenda
    2026-06-05  Acme    Brief

    # Sales
    Date        Client  Amount  Project
    2026-04-29  Acme    100     Hall
    2026-04-30  Acme    100     Kitchen
    2026-05-01  Acme    100     Bathroom
    2026-06-01  Acme    100     Garden
    2026-06-05  Acme    100     Attic
    2026-06-05  Acme    50      Attic
    2026-06-20  Acme    50      Attic

    # Business
    Business model  consultancy
    """
    clear = part(of(book, settings), "clear beginnings")
    assert (clear.numerator, clear.denominator) == (3, 5)
    assert clear.rows == rows(2, 3, 4)
    assert clear.counter_rows == rows(4, 5, sheet="Sales")


def test_where_no_touchpoint_is_written_down_no_brief_is_missed(book, settings):
    """
    # Sales
    Date        Client  Amount  Project
    2026-05-05  Acme    100     Hall

    # Business
    Business model  consultancy
    """
    clear = part(of(book, settings), "clear beginnings")
    assert (clear.numerator, clear.denominator) == (0, 0)
    assert clear.counter_rows == ()


def test_the_brief_may_stand_before_the_twelve_months_but_not_the_project(book, settings):
    """
    Date        Client  Activity
    2025-06-15  Acme    Brief

    # Sales
    Date        Client  Amount  Project
    2025-06-30  Acme    100     Hall
    2025-07-01  Acme    100     Kitchen

    # Business
    Business model  consultancy
    """
    assert counts(of(book, settings), "clear beginnings") == (1, 1)


@pytest.mark.parametrize("model", ["service", "subscription"])
def test_an_onboarding_within_thirty_days_of_the_first_payment(book, settings, model):
    """
    The first payment lies in the 12 months. From 1 January to 31 January are 30 days, and from 2 December.

    Date        Client  Activity
    2025-12-01  Acme    Onboarding
    2025-12-02  Bell    Onboarding
    2026-01-31  Cole    Onboarding
    2026-02-01  Dunn    Onboarding
    2026-01-01  Ewer    Progress review
    2026-06-01  Fox     Onboarding

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    2026-01-01  Bell    100
    2026-01-01  Cole    100
    2026-01-01  Dunn    100
    2026-01-01  Ewer    100
    2026-02-01  Cole    100
    """
    modelled = replace(settings, business_model=BusinessModel(model))
    met = {"Acme": 0, "Bell": 1, "Cole": 1, "Dunn": 0, "Ewer": 0}
    for client, numerator in met.items():
        found = part(of(book, modelled, client), "clear beginnings")
        assert (found.numerator, found.denominator) == (numerator, 1), client
    assert part(of(book, modelled, "Acme"), "clear beginnings").counter_rows == (Row("Sales", 2),)
    assert part(of(book, modelled, "Bell"), "clear beginnings").rows == rows(3)
    assert counts(of(book, modelled, "Fox"), "clear beginnings") == (0, 0)


@pytest.mark.parametrize("model", ["service", "subscription"])
def test_a_review_in_the_year_once_they_have_paid_for_a_year(book, settings, model):
    """
    Who first paid on 30 June 2025 has paid for a year; who did on 1 July has not, and is asked for an
    onboarding. Cole's review lies before the 12 months.

    Date        Client  Activity
    2025-07-01  Acme    Progress review
    2025-07-01  Bell    Progress review
    2025-06-30  Cole    Progress review
    2026-06-01  Dunn    Onboarding

    # Sales
    Date        Client  Amount
    2025-06-30  Acme    100
    2025-07-01  Bell    100
    2024-06-30  Cole    100
    2024-06-30  Dunn    100
    """
    modelled = replace(settings, business_model=BusinessModel(model))
    met = {"Acme": 1, "Bell": 0, "Cole": 0, "Dunn": 0}
    for client, numerator in met.items():
        assert counts(of(book, modelled, client), "clear beginnings") == (numerator, 1), client


@pytest.mark.parametrize("model", ["product", None])
def test_a_shop_is_asked_for_no_beginnings_nor_is_who_has_no_model(book, settings, model):
    """
    Date        Client  Activity
    2026-06-01  Acme    Brief
    2026-06-01  Acme    Onboarding

    # Sales
    Date        Client  Amount
    2026-06-02  Acme    100
    """
    modelled = replace(settings, business_model=model and BusinessModel(model))
    assert counts(of(book, modelled), "clear beginnings") == (0, 0)


# What holds it back


def test_a_rated_client_is_held_back_by_nothing(book, settings):
    """
    All three are rated 10; that nothing was asked, and that no brief was written, counts for nothing.

    # Ratings
    Date        Client  Care  Accountability  Communication
    2026-06-01  Acme    10    10              10

    Date        Client  Activity
    2026-06-01  Acme    Email

    # Sales
    Date        Client  Amount
    2026-06-01  Acme    100
    """
    found = of(book, settings)
    assert found.value == 100
    assert (found.held_back_by, held_back_by([found])) == (None, None)


def test_the_part_that_would_raise_trust_most():
    """
    Hundredths of care, accountability and communication; (Care × Accountability) ^ Communication.

    Acme: Care (100 + 40 + 100) ÷ 3 = 80, so 8.2; Accountability 10; Communication (100 + 60 + 100 + 100)
    ÷ 4 = 0.9. (8.2 × 10) ^ 0.9 = 52.78. With the promises (40) met: 100 ^ 0.9 = 63.10, + 10.32. With
    both directions (60) met: 82 ^ 1 = 82, + 29.22.
    Bell: Care (0 + 100 + 100) ÷ 3 = 66.7, so 7; Accountability 10; Communication (80 + 100 + 100 + 100)
    ÷ 4 = 0.95: 70 ^ 0.95 = 56.60. With understanding: 100 ^ 0.95 = 79.43, + 22.83; with answers: 70,
    + 13.40. Both: understanding + 22.83; both directions + 29.22. Bell twice: 45.66 for understanding.
    """
    acme = named(
        {"care": [100, 40, 100], "accountability": [100, 100], "communication": [100, 60, 100, 100]}
    )
    bell = named(
        {"care": [0, 100, 100], "accountability": [100, 100], "communication": [80, 100, 100, 100]}
    )
    assert acme.gains[TrustPart.RELIABILITY] == pytest.approx(10.32, abs=5e-3)
    assert acme.gains[TrustPart.BOTH_DIRECTIONS] == pytest.approx(29.22, abs=5e-3)
    assert bell.gains[TrustPart.UNDERSTANDING] == pytest.approx(22.83, abs=5e-3)
    assert (acme.held_back_by, bell.held_back_by) == ("both directions", "understanding")
    assert held_back_by([acme, bell]) == "both directions"
    assert held_back_by([acme, bell, bell]) == "understanding"


def test_nothing_holds_back_what_is_whole_or_cannot_be_told():
    """Met in full; without Care; and of nobody."""
    assert named(of_all(100)).held_back_by is None
    assert named(of_all(50) | {"care": [None] * 3}).held_back_by is None
    assert held_back_by([]) is None


# Responsiveness


def test_the_second_working_day_across_a_weekend(book, settings):
    """
    After Friday 5 June 2026 the second working day is Tuesday the 9th.

    Date        Client  Activity  Direction
    2026-06-05  Acme    Email     in
    2026-06-09  Acme    Email     out
    2026-06-05  Bell    Email     in
    2026-06-10  Bell    Email     out
    2026-06-06  Cole    Email     in
    2026-06-09  Cole    Call
    2026-06-07  Dunn    Email     in
    2026-06-10  Dunn    Email     out
    """
    assert counts(of(book, settings, "Acme"), "responsiveness") == (1, 1)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (0, 1)
    assert part(of(book, settings, "Bell"), "responsiveness").counter_rows == rows(4)
    assert counts(of(book, settings, "Cole"), "responsiveness") == (1, 1)
    assert counts(of(book, settings, "Dunn"), "responsiveness") == (0, 1)


def test_the_second_working_day_across_a_holiday(book, settings):
    """
    After Friday 22 May 2026 come the weekend and, on Monday the 25th, the spring bank holiday: the
    second working day is Wednesday the 27th.

    Date        Client  Activity  Direction
    2026-05-22  Acme    Email     in
    2026-05-27  Acme    Email     out
    2026-05-22  Bell    Email     in
    2026-05-28  Bell    Email     out

    # Business
    Country  GB
    """
    assert counts(of(book, settings, "Acme"), "responsiveness") == (1, 1)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (0, 1)
    at_home_nowhere = replace(settings, country=None)
    assert counts(of(book, at_home_nowhere, "Acme"), "responsiveness") == (0, 1)


def test_the_owners_own_week(book, settings):
    """
    She works on Mondays and Thursdays: after Thursday 4 June the second working day is the 11th.

    Date        Client  Activity  Direction
    2026-06-04  Acme    Email     in
    2026-06-11  Acme    Email     out
    2026-06-04  Bell    Email     in
    2026-06-12  Bell    Email     out

    # Business
    Working days  Mon, Thu
    """
    assert counts(of(book, settings, "Acme"), "responsiveness") == (1, 1)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (0, 1)


@pytest.mark.parametrize(("as_of", "known"), [("2026-06-29", 0), ("2026-06-30", 1)])
def test_a_message_counts_from_its_second_working_day_on(book, settings, as_of, known):
    """
    After Friday 26 June that is Tuesday the 30th. An answer planned for later is none.

    Date        Client  Activity  Direction
    2026-06-26  Acme    Email     in
    2026-07-01  Acme    Email     out
    """
    assert counts(of(book, settings, as_of=as_of), "responsiveness") == (0, known)


def test_on_one_day_the_later_start_answers(book, settings):
    """
    Acme was rung before the message came, Bell after it, Cole in the same minute; of Dunn and Ewer
    one hour is not known.

    Date        Client  Activity  Direction  Start
    2026-06-03  Acme    Email     in         10:00
    2026-06-03  Acme    Email     out        09:59
    2026-06-03  Bell    Email     in         10:00
    2026-06-03  Bell    Email     out        10:01
    2026-06-03  Cole    Email     in         10:00
    2026-06-03  Cole    Email     out        10:00
    2026-06-03  Dunn    Email     in
    2026-06-03  Dunn    Email     out        09:00
    2026-06-03  Ewer    Email     in         10:00
    2026-06-03  Ewer    Email     out
    """
    answered = {
        name: counts(of(book, settings, name), "responsiveness")[0]
        for name in ("Acme", "Bell", "Cole", "Dunn", "Ewer")
    }
    assert answered == {"Acme": 0, "Bell": 1, "Cole": 1, "Dunn": 1, "Ewer": 1}


def test_what_is_no_answer(book, settings):
    """
    Work behind the scenes, another message from them, a word the day before, and one to somebody else.

    Date        Client  Activity      Direction
    2026-06-02  Acme    Email         out
    2026-06-03  Acme    Email         in
    2026-06-04  Acme    Project work  out
    2026-06-04  Acme    Email         in
    2026-06-04  Bell    Email         out
    """
    waiting = part(of(book, settings), "responsiveness")
    assert (waiting.numerator, waiting.denominator) == (0, 2)
    assert waiting.counter_rows == rows(3, 5)


def test_a_call_that_came_in_is_answered_by_being_taken(book, settings):
    """
    And with it Acme's message of the day before; Bell's question is left lying.

    Date        Client  Activity  Direction
    2026-06-02  Acme    Email     in
    2026-06-03  Acme    Call      in
    2026-06-03  Bell    Enquiry   in
    """
    assert part(of(book, settings, "Acme"), "responsiveness").rows == rows(2, 3)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (0, 1)


def test_administration_answers_nothing_even_where_it_is_felt(book, settings):
    """
    Date        Client  Activity         Direction
    2026-06-02  Acme    Email            in
    2026-06-02  Acme    Booking receipt  out
    2026-06-02  Bell    Email            in
    2026-06-02  Bell    Email            out

    # Activities
    Activity         Value  Connects
    Booking receipt  low    yes
    """
    assert counts(of(book, settings, "Acme"), "responsiveness") == (0, 1)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (1, 1)


def test_messages_of_the_last_twelve_months(book, settings):
    """
    Date        Client  Activity  Direction
    2025-06-30  Acme    Email     in
    2025-07-01  Bell    Email     in
    """
    assert counts(of(book, settings, "Acme"), "responsiveness") == (0, 0)
    assert counts(of(book, settings, "Bell"), "responsiveness") == (0, 1)


# Both directions


def test_months_with_contact_in_both_directions(book, settings):
    """
    July: a call. August: in and out. September: out alone. October: in alone. November: an invoice,
    which the client does not feel. December: she wrote about the diary and was answered by a message.
    Of the sale in January nobody knows who turned to whom.

    Date        Client  Activity    Direction
    2025-06-30  Acme    Call
    2025-07-01  Acme    Call
    2025-08-01  Acme    Email       in
    2025-08-31  Acme    Email       out
    2025-09-01  Acme    Email       out
    2025-10-01  Acme    Email       in
    2025-11-01  Acme    Invoice     out
    2025-12-01  Acme    Scheduling  in
    2025-12-02  Acme    Message     out

    # Sales
    Date        Client  Amount
    2026-01-01  Acme    100
    """
    both = part(of(book, settings), "both directions")
    assert (both.numerator, both.denominator) == (3, 5)
    assert both.rows == rows(3, 4, 5, 9, 10)
    assert both.counter_rows == rows(6, 7)


# Listening


def test_feedback_asked_for_or_received(book, settings):
    """
    Acme was asked, Bell answered, Cole was asked the day before the 12 months, Dunn never, and of Ewer
    there is no touchpoint in the 12 months, so nobody can tell; nor of Fox, although there is an answer.

    Date        Client  Activity
    2025-07-01  Acme    Feedback request
    2026-01-01  Bell    Email
    2025-06-30  Cole    Survey
    2026-01-01  Cole    Email
    2026-01-01  Dunn    Email
    2025-06-30  Ewer    Email

    # Feedback
    Date        Client  Kind
    2026-06-30  Bell    survey
    2026-07-01  Dunn    survey
    2026-02-01  Fox     review
    """
    known = {
        name: counts(of(book, settings, name), "listening")
        for name in ("Acme", "Bell", "Cole", "Dunn", "Ewer", "Fox")
    }
    assert known == {
        "Acme": (1, 1),
        "Bell": (1, 1),
        "Cole": (0, 1),
        "Dunn": (0, 1),
        "Ewer": (0, 0),
        "Fox": (0, 0),
    }
    assert part(of(book, settings, "Bell"), "listening").rows == rows(2, sheet="Feedback")


# Continuity


def test_days_above_the_red_line_in_the_twelve_months(book, settings):
    """
    The gap of 1 May to 30 July 2025 has 90 − 60 − 1 = 29 days below, 1 to 29 July, all in
    the 12 months; the gap from there to 20 March 2026 has 233 − 61 = 172. So 201 of 365
    days. Against it speak the contacts before these silences.

    Date        Client  Activity
    2025-05-01  Acme    Email
    2025-07-30  Acme    Email
    2026-03-20  Acme    Email
    2026-05-19  Acme    Email

    # Business
    Red line (days)  60
    """
    continuity = part(of(book, settings), "continuity")
    assert (continuity.numerator, continuity.denominator) == (365 - 201, 365)
    assert continuity.rows == rows(4, 5)
    assert continuity.counter_rows == rows(2, 3)


def test_continuity_of_a_relationship_that_ended_before_the_twelve_months(book, settings):
    """
    # Clients
    Client  Ended on
    Acme    2025-06-30

    Date        Client  Activity
    2025-06-01  Acme    Email
    """
    assert part(of(book, settings), "continuity").value is None


# Ratings


def test_the_latest_rating_of_each_component_replaces_it(book, settings):
    """
    Care was last rated on 1 March, Accountability never in the 12 months, Communication today.

    # Ratings
    Date        Client  Care  Accountability  Communication
    2025-06-30  Acme    2     2               2
    2026-01-01  Acme    5                     9
    2026-03-01  Acme    7
    2026-06-30  Acme                          4
    2026-07-01  Acme    10    10              10

    Date        Client  Activity
    2026-06-01  Acme    Call
    """
    found = of(book, settings)
    assert (found.care.value, found.care.rated) == (7, Row("Ratings", 4))
    assert (found.accountability.value, found.accountability.rated) == (None, None)
    assert (found.communication.value, found.communication.rated) == (0.4, Row("Ratings", 5))
    assert found.value == pytest.approx((7**2) ** 0.4)
    assert counts(found, "human connection") == (1, 4)


@pytest.mark.parametrize(("as_of", "care"), [("2026-06-30", 9), ("2026-07-01", None)])
def test_a_rating_older_than_twelve_months(book, settings, as_of, care):
    """
    # Ratings
    Date        Client  Care
    2025-07-01  Acme    9

    Date        Client  Activity
    2026-06-01  Bell    Call
    """
    assert of(book, settings, as_of=as_of).care.value == care


def test_of_two_ratings_of_one_day_the_lower_counts(book, settings):
    """
    # Ratings
    Date        Client  Care
    2026-06-01  Acme    6
    2026-06-01  Acme    4
    2026-06-01  Acme    8

    Date        Client  Activity
    2026-06-01  Bell    Call
    """
    care = of(book, settings).care
    assert (care.value, care.rated) == (4, Row("Ratings", 3))


# Signals


def test_signals_beside_trust_and_whether_they_agree(book, settings):
    """
    The index is 100, 0, 100 × ln 27 ÷ ln 100 = 71.6 and 100 × ln 25 ÷ ln 100 = 69.9. Acme asked for
    advice on the first of the 12 months, Bell too, Cole the day before, Dunn never. Of Ewer two parts
    are known: human connection and continuity.

    # Ratings
    Date        Client  Care  Accountability  Communication
    2026-06-01  Acme    10    10              10
    2026-06-01  Bell    1     1               1
    2026-06-01  Cole    9     3               10
    2026-06-01  Dunn    5     5               10

    Date        Client  Activity  Signal
    2025-07-01  Acme    Call      advice asked
    2025-07-01  Bell    Call      advice asked
    2025-06-30  Cole    Call      advice asked
    2025-07-01  Dunn    Call      compliment
    2025-06-30  Ewer    Email     advice asked
    """
    found = {name: of(book, settings, name) for name in ("Acme", "Bell", "Cole", "Dunn", "Ewer")}
    assert found["Cole"].value == 27
    assert found["Dunn"].value == 25
    assert {name: one.agree for name, one in found.items()} == {
        "Acme": True,
        "Bell": False,
        "Cole": False,
        "Dunn": True,
        "Ewer": None,
    }
    assert found["Acme"].signals == rows(2)
    assert found["Cole"].signals == ()


# Properties


def made_of(values: dict[str, list[int | None]]) -> Trust:
    """Trust made of parts so many hundredths high."""

    def side(name):
        parts = tuple(
            Part(str(place), value or 0, 0 if value is None else 100, (), (), "")
            for place, value in enumerate(values[name])
        )
        return component(ComponentName(name), parts)

    return Trust(side("care"), side("accountability"), side("communication"), (), None)


SIZES = {"care": 3, "accountability": 2, "communication": 4}
PRESENT = ("understanding", "human connection", "clear beginnings", "listening")
"""The parts that rest on something being there."""


NAMES = {
    "care": ("understanding", "reliability", "human connection"),
    "accountability": ("problems owned", "clear beginnings"),
    "communication": ("responsiveness", "both directions", "listening", "continuity"),
}


def named(values: dict[str, list[int | None]]) -> Trust:
    """The same as ``made_of``, with the names of the parts."""

    def side(name):
        parts = tuple(
            Part(TrustPart(part), value or 0, 0 if value is None else 100, (), (), "")
            for part, value in zip(NAMES[name], values[name], strict=True)
        )
        return component(ComponentName(name), parts)

    return Trust(side("care"), side("accountability"), side("communication"), (), None)


def of_all(hundredths: int) -> dict[str, list[int | None]]:
    """Every part so many hundredths high."""
    return {name: [hundredths] * size for name, size in SIZES.items()}


A_PART = st.none() | st.integers(0, 100)
SIDES = st.fixed_dictionaries(
    {
        "care": st.lists(A_PART, min_size=3, max_size=3),
        "accountability": st.lists(A_PART, min_size=2, max_size=2),
        "communication": st.lists(A_PART, min_size=4, max_size=4),
    }
)


@given(SIDES, st.data())
def test_trust_never_falls_when_a_part_rises(values, data):
    before = made_of(values).value
    assume(any(value is not None for parts in values.values() for value in parts))
    name, place, value = data.draw(
        st.sampled_from(
            [
                (name, place, value)
                for name, parts in values.items()
                for place, value in enumerate(parts)
                if value is not None
            ]
        )
    )
    values[name][place] = data.draw(st.integers(value, 100))
    after = made_of(values).value
    if before is None:
        assert after is None
    else:
        assert before - 1e-9 <= after <= 100
        assert before >= 1


DAYS = st.dates(date(2025, 4, 1), date(2026, 7, 31))
ACTIVITIES = st.builds(
    Activity,
    name=st.just("Something"),
    kind=st.sampled_from(["messages", "feedback", "relationship building"]),
    value=st.just("high"),
    connects=st.booleans(),
    two_way=st.booleans(),
    role=st.none() | st.sampled_from(Role),
)
TOUCHPOINTS = st.builds(
    Touchpoint,
    date=DAYS,
    client=st.just("Acme"),
    activity=ACTIVITIES,
    row=st.just(Row("Touchpoints", 1)),
    direction=st.sampled_from(["in", "out", "both"]),
    start=st.none() | st.times(time(0), time(23, 59)),
    promised_for=st.none() | DAYS,
    done_on=st.none() | DAYS,
    signal=st.sampled_from([None, "complaint", "advice asked"]),
    resolved_on=st.none() | DAYS,
)
SALES = st.builds(
    Sale,
    date=DAYS,
    client=st.just("Acme"),
    amount=st.sampled_from([Decimal(-50), Decimal(0), Decimal(100)]),
    row=st.just(Row("Sales", 1)),
)
FEEDBACK = st.builds(Feedback, DAYS, st.just("Acme"), st.just(Row("Feedback", 1)))
MARKS = st.none() | st.integers(1, 10).map(Decimal)
RATINGS = st.builds(Rating, DAYS, st.just("Acme"), st.just(Row("Ratings", 1)), MARKS, MARKS, MARKS)
WORKING = Settings(country="GB")


def numbered(rows_):
    return [
        replace(one, row=Row(one.row.sheet, number)) for number, one in enumerate(rows_, start=2)
    ]


def trusted(touchpoints, sales=(), feedback=(), ratings=()) -> Trust:
    (one,) = related(
        [Client("Acme")],
        numbered(touchpoints),
        numbered(sales),
        numbered(feedback),
        numbered(ratings),
    )
    return trust(evidence(one, WORKING, date(2026, 6, 30)), WORKING, ())


def without_rows(found: Trust) -> list[object]:
    sides: list[Component] = [found.care, found.accountability, found.communication]
    return [
        found.value,
        found.agree,
        len(found.signals),
        *((side.value, side.rated is None) for side in sides),
        *((one.name, one.numerator, one.denominator) for side in sides for one in side.parts),
        *((len(one.rows), len(one.counter_rows)) for side in sides for one in side.parts),
    ]


BOOKS = st.tuples(
    st.lists(TOUCHPOINTS, max_size=8),
    st.lists(SALES, max_size=4),
    st.lists(FEEDBACK, max_size=2),
    st.lists(RATINGS, max_size=3),
)


@given(BOOKS, st.randoms(use_true_random=False))
def test_shares_are_shares_and_row_order_changes_nothing(books, chance: random.Random):
    found = trusted(*books)
    for side in found.components:
        for one in side.parts:
            assert one.value is None or 0 <= one.value <= 1
            assert not set(one.rows) & set(one.counter_rows)
    assert found.value is None or 1 <= found.value <= 100
    shuffled = [chance.sample(rows_, len(rows_)) for rows_ in books]
    assert without_rows(trusted(*shuffled)) == without_rows(found)


def kept(touchpoint: Touchpoint) -> Touchpoint:
    return replace(touchpoint, done_on=touchpoint.promised_for)


def put_right(touchpoint: Touchpoint) -> Touchpoint:
    return replace(touchpoint, resolved_on=touchpoint.date + timedelta(days=1))


def turned_into(role):
    return lambda touchpoint: replace(touchpoint, activity=replace(touchpoint.activity, role=role))


def sociable(touchpoint: Touchpoint) -> Touchpoint:
    if touchpoint.activity.kind == "feedback":
        return touchpoint
    kind = replace(touchpoint.activity, kind="relationship building")
    return replace(touchpoint, activity=kind)


@given(
    BOOKS,
    st.sampled_from([kept, put_right, sociable, turned_into("brief"), turned_into("survey")]),
    st.data(),
)
def test_trust_never_falls_when_the_owner_did_better(books, better, data):
    """
    One row is changed so that one part rises and no other falls: a promise kept, a complaint put
    right, a touch that builds the relationship, a brief or a survey where the row had no role.
    """
    touchpoints, *others = books
    plain = [replace(t, activity=replace(t.activity, role=None)) for t in touchpoints]
    before = trusted(plain, *others).value
    place = data.draw(st.integers(0, max(0, len(plain) - 1)))
    plain[place : place + 1] = [better(one) for one in plain[place : place + 1]]
    after = trusted(plain, *others).value
    if before is not None:
        assert after is not None
        assert after >= before - 1e-9


def test_parts_of_all_are_summed_part_by_part():
    """Two of three and five of four: what is done beyond what is asked for adds nothing."""

    def of(done, asked, row, against):
        part = Part("reliability", done, asked, (Row("Touchpoints", row),), against, "promises")
        care = Component("care", None, (part,), None)
        empty = Component("accountability", None, (), None)
        return Trust(care, empty, Component("communication", None, (), None), (), None)

    late = (Row("Touchpoints", 9),)
    (total,) = parts_of_all([of(2, 3, 2, late), of(5, 4, 3, ())])
    assert (total.name, total.component, total.done, total.asked) == ("reliability", "care", 6, 7)
    assert total.rows == (Row("Touchpoints", 2), Row("Touchpoints", 3))
    assert total.counter_rows == late
    assert parts_of_all([]) == ()
