"""Time and silence over the phases of a relationship, by hand."""

from dataclasses import replace
from datetime import date

import pytest

from reportgen.analyses.phase_matrix import (
    FallingSilent,
    Phase,
    PhaseMatrix,
    Step,
    Unit,
    phase_matrices,
)
from reportgen.evidence.evidence import evidence


@pytest.fixture
def matrices(book, settings):
    def found(day: str) -> tuple[PhaseMatrix, ...]:
        as_of = date.fromisoformat(day)
        return phase_matrices([evidence(one, settings, as_of) for one in book.relationships])

    return found


def step(matrix: PhaseMatrix, phase: Phase, number: int) -> Step:
    return next(one for one in matrix.steps if (one.phase, one.number) == (phase, number))


def test_five_projects(matrices):
    """The work is 56 days, so each of its eight parts is a week; the first is 1–7 March.

    A 1 h, B 2 h, C 3 h, D 4 h and E 5 h in it: the quartiles of 1 to 5 are 2, 3 and 4. Two weeks before
    the start, from 15 February, A alone had a call of 2 h, which is 1 h a week.
    Two months after the hand-over of 25 April end on 25 June. By 25 May (month 1) the red line of 40
    days is passed by D (from 4 March) and E (from 7 March), not by A (30 days), B (35) and C (15).
    By 25 June it is passed by A (61 days), B (66) and C (46) as well.

    # Business
    Setting        | Value
    Business model | consultancy
    Red line       | 40

    # Sales
    Date       | Client | Amount | From       | To
    2026-03-01 | A      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | B      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | C      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | D      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | E      | 100    | 2026-03-01 | 2026-04-25

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-02-16 | A      | Call     | 120
    2026-03-01 | A      | Meeting  | 60
    2026-03-02 | B      | Meeting  | 120
    2026-03-03 | C      | Meeting  | 180
    2026-03-04 | D      | Meeting  | 240
    2026-03-07 | E      | Meeting  | 300
    2026-04-25 | A      | Call     |
    2026-04-20 | B      | Call     |
    2026-05-10 | C      | Call     |
    """
    (matrix,) = matrices("2026-06-30")
    assert (matrix.business_model, matrix.unit, matrix.number) == ("consultancy", Unit.PROJECT, 5)
    first = step(matrix, Phase.WORK, 1)
    assert (first.known, first.low, first.median, first.high) == (5, 2.0, 3.0, 4.0)
    before = step(matrix, Phase.BEFORE, 4)
    assert (before.low, before.median, before.high) == (0.0, 0.0, 0.0)
    # Of those in touch before the work began, which A alone was.
    assert (before.silent, before.measured) == (0, 1)
    month = {number: step(matrix, Phase.AFTER, number) for number in (1, 2)}
    assert (month[1].silent, month[1].measured) == (2, 5)
    assert (month[2].silent, month[2].measured) == (5, 5)
    assert len(matrix.steps) == 4 + 8 + 2  # the third month after is not over
    assert matrix.falls_silent == FallingSilent(month=2, touch_month=1)


@pytest.mark.parametrize(("day", "months"), [("2026-06-24", 1), ("2026-06-25", 2)])
def test_a_step_counts_from_its_last_day_on(matrices, day, months):
    """The second month after the hand-over of 25 April ends on 25 June.

    # Business
    Setting        | Value
    Business model | consultancy

    # Sales
    Date       | Client | Amount | From       | To
    2026-03-01 | A      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | B      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | C      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | D      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | E      | 100    | 2026-03-01 | 2026-04-25
    """
    (matrix,) = matrices(day)
    after = [one.number for one in matrix.steps if one.phase is Phase.AFTER]
    assert after == [1, 2][:months]


def test_the_work_begins_with_its_first_day_and_not_with_its_invoice(matrices):
    """Invoiced on the last of its 56 days; in the first week, 1–7 March, each had three hours.

    # Business
    Setting        | Value
    Business model | consultancy

    # Sales
    Date       | Client | Amount | From       | To
    2026-04-25 | A      | 100    | 2026-03-01 | 2026-04-25
    2026-04-25 | B      | 100    | 2026-03-01 | 2026-04-25
    2026-04-25 | C      | 100    | 2026-03-01 | 2026-04-25
    2026-04-25 | D      | 100    | 2026-03-01 | 2026-04-25
    2026-04-25 | E      | 100    | 2026-03-01 | 2026-04-25

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-03-02 | A      | Meeting  | 180
    2026-03-02 | B      | Meeting  | 180
    2026-03-02 | C      | Meeting  | 180
    2026-03-02 | D      | Meeting  | 180
    2026-03-02 | E      | Meeting  | 180
    """
    (matrix,) = matrices("2026-06-30")
    medians = [step(matrix, Phase.WORK, number).median for number in range(1, 9)]
    assert medians == [3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]


def test_the_model_s_typical_time_is_scaled_to_the_medians(matrices):
    """Medians: 3 h in the first week of the work, else nothing in 14 steps: on average 3 ÷ 14.

    Typical are 0.5 in the four steps before, 1 in the eight of the work, 0.5 in the first month after
    and nothing in the second: 10.5 ÷ 14 = 0.75 on average. So the work has 3 ÷ 14 ÷ 0.75 = 0.2857 h.

    # Business
    Setting        | Value
    Business model | consultancy

    # Sales
    Date       | Client | Amount | From       | To
    2026-03-01 | A      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | B      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | C      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | D      | 100    | 2026-03-01 | 2026-04-25
    2026-03-01 | E      | 100    | 2026-03-01 | 2026-04-25

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-03-02 | A      | Meeting  | 180
    2026-03-02 | B      | Meeting  | 180
    2026-03-02 | C      | Meeting  | 180
    2026-03-02 | D      | Meeting  | 180
    2026-03-02 | E      | Meeting  | 180
    """
    (matrix,) = matrices("2026-06-30")
    assert step(matrix, Phase.WORK, 5).typical == pytest.approx(3 / 14 / 0.75)
    assert step(matrix, Phase.BEFORE, 1).typical == pytest.approx(3 / 14 / 0.75 / 2)
    assert step(matrix, Phase.AFTER, 2).typical == 0.0


def test_a_shop_s_typical_time_is_all_in_the_month_after_the_purchase(matrices):
    """Medians: 1 h in the 31 days after it, which is 7 ÷ 31 h a week, and nothing in every other step.

    # Business
    Setting        | Value
    Business model | product

    # Sales
    Date       | Client | Amount
    2026-01-10 | A      | 100
    2026-01-10 | B      | 100
    2026-01-10 | C      | 100
    2026-01-10 | D      | 100
    2026-01-10 | E      | 100

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-01-20 | A      | Call     | 60
    2026-01-20 | B      | Call     | 60
    2026-01-20 | C      | Call     | 60
    2026-01-20 | D      | Call     | 60
    2026-01-20 | E      | Call     | 60
    """
    (matrix,) = matrices("2026-03-15")
    assert {one.phase for one in matrix.steps} == {Phase.BEFORE, Phase.AFTER}
    after = {(one.phase, one.number): one.typical for one in matrix.steps if one.typical}
    assert after == {(Phase.AFTER, 1): pytest.approx(7 / 31)}


@pytest.mark.parametrize("model", ["service", "subscription"])
def test_the_typical_time_of_who_pays_by_the_month_is_level(book, settings, model):
    """Medians: 7 ÷ 31 h in the first of three months and nothing in the others, a third of it on average.

    Date       | Client | Amount
    2026-01-10 | A      | 10
    2026-01-10 | B      | 10
    2026-01-10 | C      | 10
    2026-01-10 | D      | 10
    2026-01-10 | E      | 10

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-01-20 | A      | Call     | 60
    2026-01-20 | B      | Call     | 60
    2026-01-20 | C      | Call     | 60
    2026-01-20 | D      | Call     | 60
    2026-01-20 | E      | Call     | 60
    """
    theirs = replace(settings, business_model=model)
    every = [evidence(one, theirs, date(2026, 4, 20)) for one in book.relationships]
    (matrix,) = phase_matrices(every)
    typical = {(one.phase, one.number): one.typical for one in matrix.steps if one.typical}
    assert typical == {(Phase.AFTER, n): pytest.approx(7 / 31 / 3) for n in (1, 2, 3)}


def test_a_second_project_ends_the_months_after_the_first(matrices):
    """Each of five clients has two: the first is handed over on 31 January, the second begins on 15 April.

    So the first has two whole months after it, up to 31 March; the third would last until 30 April. Of
    the eight weeks before the second (from 18 February) all lie after the first. Before the first
    there is nothing earlier.

    # Business
    Setting        | Value
    Business model | consultancy

    # Sales
    Date       | Client | Amount | Project | From       | To
    2026-01-05 | A      | 100    | one     | 2026-01-05 | 2026-01-31
    2026-04-15 | A      | 100    | two     | 2026-04-15 | 2026-05-14
    2026-01-05 | B      | 100    | one     | 2026-01-05 | 2026-01-31
    2026-04-15 | B      | 100    | two     | 2026-04-15 | 2026-05-14
    2026-01-05 | C      | 100    | one     | 2026-01-05 | 2026-01-31
    2026-04-15 | C      | 100    | two     | 2026-04-15 | 2026-05-14
    """
    (matrix,) = matrices("2026-06-20")
    known = {(one.phase, one.number): one.known for one in matrix.steps}
    assert matrix.number == 6
    assert [known[Phase.BEFORE, number] for number in (1, 2, 3, 4)] == [6, 6, 6, 6]
    # One month after the second is over by 20 June as well: 15 May to 14 June.
    assert [known.get((Phase.AFTER, number)) for number in (1, 2, 3)] == [6, 3, None]


def test_the_weeks_before_a_second_project_begin_after_the_first(matrices):
    """The second begins on 15 March, 43 days after the hand-over: six, four and two weeks fit.

    # Business
    Setting        | Value
    Business model | consultancy

    # Sales
    Date       | Client | Amount | Project | From       | To
    2026-01-05 | A      | 100    | one     | 2026-01-05 | 2026-01-31
    2026-03-15 | A      | 100    | two     | 2026-03-15 | 2026-04-14
    2026-01-05 | B      | 100    | one     | 2026-01-05 | 2026-01-31
    2026-03-15 | B      | 100    | two     | 2026-03-15 | 2026-04-14
    2026-01-05 | C      | 100    | one     | 2026-01-05 | 2026-01-31
    2026-03-15 | C      | 100    | two     | 2026-03-15 | 2026-04-14
    """
    (matrix,) = matrices("2026-04-30")
    known = {(one.phase, one.number): one.known for one in matrix.steps}
    assert [known[Phase.BEFORE, number] for number in (1, 2, 3, 4)] == [3, 6, 6, 6]


def test_work_of_a_few_days_is_measured_by_the_week_around_it(matrices):
    """Eight days' work, a day each part: three hours on the fourth are three a week, not 21.

    The week around 12 March is 9 to 15 March; that of part 1 (9 March) is 6 to 12 March, both hold it.

    # Business
    Setting        | Value
    Business model | consultancy

    # Sales
    Date       | Client | Amount | From       | To
    2026-03-09 | A      | 100    | 2026-03-09 | 2026-03-16
    2026-03-09 | B      | 100    | 2026-03-09 | 2026-03-16
    2026-03-09 | C      | 100    | 2026-03-09 | 2026-03-16
    2026-03-09 | D      | 100    | 2026-03-09 | 2026-03-16
    2026-03-09 | E      | 100    | 2026-03-09 | 2026-03-16

    # Touchpoints
    Date       | Client | Activity | Minutes
    2026-03-12 | A      | Meeting  | 180
    2026-03-12 | B      | Meeting  | 180
    2026-03-12 | C      | Meeting  | 180
    2026-03-12 | D      | Meeting  | 180
    2026-03-12 | E      | Meeting  | 180
    """
    (matrix,) = matrices("2026-04-30")
    medians = [step(matrix, Phase.WORK, number).median for number in range(1, 9)]
    assert medians == [3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 0.0]  # 13–19 March are without it


def test_a_shop_has_no_work_and_counts_purchases(matrices):
    """
    # Business
    Setting        | Value
    Business model | product

    # Sales
    Date       | Client | Amount
    2026-01-10 | A      | 100
    2026-02-20 | A      | 100
    2026-01-10 | B      | 100
    2026-01-10 | C      | 100
    2026-01-10 | D      | 100
    """
    (matrix,) = matrices("2026-03-15")
    assert (matrix.unit, matrix.number) == (Unit.PURCHASE, 5)
    known = {(one.phase, one.number): one.known for one in matrix.steps}
    # A's second purchase comes in her second month after the first, and has no whole month after it.
    assert known[Phase.AFTER, 1] == 4
    assert known[Phase.AFTER, 2] == 3
    # Before A's second lie 41 days without an earlier one: two weeks twice, not three times.
    assert [known[Phase.BEFORE, number] for number in (1, 2, 3, 4)] == [4, 4, 5, 5]


def test_who_pays_by_the_month_is_counted_since_the_first_payment_and_until_the_end(matrices):
    """A ended on 20 March: her second month, up to 9 March, counts, the third does not.

    # Business
    Setting        | Value
    Business model | subscription

    # Clients
    Client | Ended on
    A      | 2026-03-20

    # Sales
    Date       | Client | Amount
    2026-01-10 | A      | 10
    2026-01-10 | B      | 10
    2026-01-10 | C      | 10
    2026-01-10 | D      | 10
    2026-01-10 | E      | 10

    # Touchpoints
    Date       | Client | Activity
    2026-01-20 | Nobody | Call
    """
    (matrix,) = matrices("2026-04-20")
    known = {(one.phase, one.number): one.known for one in matrix.steps}
    assert (matrix.unit, matrix.number) == (Unit.CLIENT, 5)  # who never paid is left out
    assert [known[Phase.AFTER, number] for number in (1, 2, 3)] == [5, 5, 4]
    assert Phase.WORK not in {one.phase for one in matrix.steps}


def test_without_sales_the_months_since_the_first_contact(matrices):
    """
    Date       Client  Activity  Minutes
    2026-01-10  A       Call      40
    2026-01-11  B       Call      40
    2026-01-12  C       Call      40
    2026-01-13  D       Call      40
    2026-01-14  E       Call      40
    """
    (matrix,) = matrices("2026-03-20")
    assert [(one.phase, one.number) for one in matrix.steps] == [
        (Phase.AFTER, 1),
        (Phase.AFTER, 2),
    ]
    # 40 minutes in the 31 days of the first month.
    assert step(matrix, Phase.AFTER, 1).median == pytest.approx(40 / 60 * 7 / 31)


def test_four_are_too_few(matrices):
    """
    Date       Client  Activity  Minutes
    2026-01-10  A       Call      40
    2026-01-11  B       Call      40
    2026-01-12  C       Call      40
    2026-01-13  D       Call      40
    """
    assert matrices("2026-03-20") == ()


def test_business_models_apart_the_largest_first(matrices):
    """
    # Clients
    Client | Business model
    A      | subscription
    B      | subscription
    C      | subscription
    D      | subscription
    E      | subscription
    F      | product
    G      | product
    H      | product
    I      | product
    J      | product
    K      | product

    # Sales
    Date       | Client | Amount
    2026-01-10 | A      | 10
    2026-01-10 | B      | 10
    2026-01-10 | C      | 10
    2026-01-10 | D      | 10
    2026-01-10 | E      | 10
    2026-01-10 | F      | 10
    2026-01-10 | G      | 10
    2026-01-10 | H      | 10
    2026-01-10 | I      | 10
    2026-01-10 | J      | 10
    2026-01-10 | K      | 10
    """
    found = matrices("2026-03-20")
    assert [(one.business_model, one.number) for one in found] == [
        ("product", 6),
        ("subscription", 5),
    ]
