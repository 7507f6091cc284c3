"""Problems in groups: what is one kind, in which words, and what the report leaves out."""

from reportgen.problem_groups import summary
from reportgen.problems import Cell, Lost, Problem


def problem(where, found, expected="an amount", suggestion=None, lost=Lost.CELL, sheet="Sales"):
    column, row = ord(where[0]) - ord("A") + 1, int(where[1:])
    return Problem(Cell(sheet, row, column), found, expected, suggestion, lost)


def lines(*problems):
    return [str(group) for group in summary(problems).groups]


def test_nothing():
    found = summary(())
    assert (found.number, found.kinds, found.groups) == (0, 0, ())
    assert (found.left_out, found.rows, found.sheets) == ("nothing", 0, 0)


def test_one_kind_is_one_column_of_one_sheet_for_one_reason():
    same = problem("C2", "x")
    for other in (
        problem("D3", "x"),
        problem("C3", "x", sheet="Sales 2025"),
        problem("C3", "x", expected="a date"),
        problem("C3", "x", lost=Lost.ROW),
    ):
        assert summary((same, other)).kinds == 2
    assert summary((same, problem("C3", "y", suggestion="Did you mean “z”?"))).kinds == 1


def test_examples_and_totals_of_all_sheets_are_one_line():
    (line,) = lines(
        problem("B2", "“Example: A”", "a row of your own", lost=Lost.NO_ENTRY, sheet="Feedback"),
        problem("B2", "“Example: A”", "a row of your own", lost=Lost.NO_ENTRY, sheet="Ratings"),
        problem("B3", "“Example: A”", "a row of your own", lost=Lost.NO_ENTRY, sheet="Ratings"),
    )
    assert line == (
        "3 problems, Feedback!B2, Ratings!B2, B3: found “Example: A”; expected a row of your own. "
        "Left out: 3 rows of totals or examples."
    )


def test_dates_and_numbers_of_a_reason_make_no_new_kind():
    assert lines(
        problem("E4", "“1 May”", "a day on or after From, 2026-05-02; the period is not used"),
        problem("E9", "“1 June”", "a day on or after From, 2026-06-03; the period is not used"),
    ) == [
        "2 problems, Sales!E4, E9: found “1 May”, “1 June”; expected a day on or after From, "
        "2026-05-02; the period is not used. Left out: 2 cells."
    ]


def test_what_costs_most_comes_first_and_then_what_is_most_frequent():
    found = summary(
        (
            problem("A2", "a", lost=Lost.NO_ENTRY),
            problem("B2", "b", lost=Lost.NOTHING),
            problem("C2", "c"),
            problem("D2", "d"),
            problem("D3", "d"),
            problem("E1", "e", lost=Lost.COLUMN),
            problem("F2", "f", lost=Lost.ROW),
            problem("A1", "g", lost=Lost.SHEET, sheet="Old"),
        )
    )
    assert [group.examples[0].found for group in found.groups] == [*"gfedcba"]


def test_five_addresses_and_three_things_found_are_named():
    words = ["lots"] * 3 + ["few"] * 2 + ["one", "two", "three"]
    (line,) = lines(*(problem(f"C{row}", word) for row, word in enumerate(words, 2)))
    assert line.startswith(
        "8 problems, Sales!C2, C3, C4, C5, C6 and 3 more: found lots (three times), few (twice), "
        "one (once) and 2 others; expected an amount."
    )


def test_a_remedy_that_depends_on_what_was_found_says_so():
    same = [problem(f"C{row}", word, suggestion="Save it.") for row, word in ((2, "x"), (3, "y"))]
    assert " an amount. Save it. Left out" in lines(*same)[0]
    other = problem("C4", "y", suggestion="Did you mean “why”?")
    assert (
        " an amount. For y: Did you mean “why”? Left out"
        in lines(problem("C2", "x"), other, problem("C5", "y", suggestion="Did you mean “why”?"))[0]
    )


def test_a_sheet_with_quotes_and_an_exclamation_mark():
    assert lines(problem("A2", "x", sheet="Hey! 2"), problem("A3", "x", sheet="Hey! 2"))[
        0
    ].startswith("2 problems, 'Hey! 2'!A2, A3: ")


def test_what_is_left_out_is_counted_once():
    """Two bad cells of one row lose it once, and a third cell of it is no further loss."""
    found = summary(
        (
            problem("A2", "x", lost=Lost.ROW),
            problem("B2", "x", lost=Lost.ROW),
            problem("C2", "x"),
            problem("C3", "x"),
            problem("D4", "x", lost=Lost.NOTHING),
            problem("A9", "Total", lost=Lost.NO_ENTRY),
            problem("F1", "x", lost=Lost.COLUMN),
            problem("A1", "x", lost=Lost.SHEET, sheet="Old"),
        )
    )
    assert found.left_out == "1 sheet, 1 row, 1 column, 1 cell and 1 row of totals or examples"
    assert (found.rows, found.sheets) == (1, 1)


def test_of_very_many_kinds_the_first_hundred_are_told():
    found = summary([problem("A2", "x", sheet=f"Sheet{n}") for n in range(130)])
    assert (found.number, found.kinds, len(found.groups)) == (130, 130, 100)


def test_one_word_that_speaks_for_many_rows_leaves_out_all_of_them():
    words = (
        Problem(Cell("Sales", 4, 4), "“ROI” in 45 rows", "a word", None, Lost.ROW, 45),
        Problem(Cell("Sales", 6, 4), "“Demo” in 2 rows", "a word", None, Lost.ROW, 2),
    )
    found = summary((*words, problem("C9", "x", lost=Lost.ROW)))
    assert (found.number, found.rows, found.left_out) == (3, 48, "48 rows")
    assert found.groups[0].left_out == "47 rows"
