"""The picture over the phases: places, words and what each step tells, by hand."""

import pytest

from reportgen.analyses.phase_matrix import Phase, PhaseMatrix, Step, Unit
from reportgen.pictures.labels import Label
from reportgen.pictures.phases import phase_picture, step_in_words, told


def step(phase: str, number: int, hours: float | None, silent: int, measured: int = 10) -> Step:
    middle = (hours / 2, hours, hours * 2) if hours is not None else (None, None, None)
    return Step(Phase(phase), number, 10, *middle, None, silent, measured)


@pytest.fixture
def matrix() -> PhaseMatrix:
    """A consultancy whose clients are left silent from the second month after on."""
    return PhaseMatrix(
        "consultancy",
        Unit.PROJECT,
        10,
        (
            step("before", 1, 1.0, 0),
            step("work", 1, 4.0, 0),
            step("work", 2, 2.0, 0),
            step("after", 1, 0.0, 0),
            step("after", 2, 0.0, 5),
        ),
    )


def test_each_phase_has_its_width_and_each_step_its_place(matrix):
    """Before has 150 of 1,000 units, the work 310, after it 540: steps of 150, 155, 155, 270, 270."""
    picture = phase_picture(matrix, light_touch_minutes=5)
    assert picture.work == "M150 0H460V276H150z"
    # Half of ten clients: half of the 94 pixels below the line at 182.
    assert picture.silence == "M731 182H999v47H731z"
    # The upper quartile of 8 hours fills the 146 pixels above it; the medians 1, 4, 2, 0, 0 are 18, 73, 36.
    assert picture.effort == "M75 182l0 -18 152 -55 155 37 213 36 270 0V182Z"
    assert [hit.path for hit in picture.hits][-1] == "M730 36H1000V194H730z"
    assert [(label.at, label.text) for label in picture.phases if "phone" not in label.style] == [
        ("0%", "Before the sale"),
        ("15%", "The work"),
        ("46%", "After the hand-over"),
    ]
    assert picture.shares == (Label("86.5%", "50\u00a0%", ""),)


def test_the_note_stands_where_silence_begins(matrix):
    (note,) = phase_picture(matrix, light_touch_minutes=5).notes
    assert note.at == "73%"
    assert [line.text for line in note.lines] == [
        "Here you fall silent:",
        "a 5-minute note in",
        "month 1 would keep it",
        "above the line",
    ]


def test_every_step_is_told(matrix):
    assert [hit.words for hit in phase_picture(matrix, 5).hits] == [
        "The last 2 weeks before the start\n"
        "The middle project takes 1 h a week, half of them 30 min to 2 h\n"
        "0 of 10 left in silence for too long",
        "The work, part 1 of 2\nThe middle project takes 4 h a week, half of them 2 h to 8 h\n"
        "0 of 10 left in silence for too long",
        "The work, part 2 of 2\nThe middle project takes 2 h a week, half of them 1 h to 4 h\n"
        "0 of 10 left in silence for too long",
        "Month 1 after the hand-over\nThe middle project takes 0 min a week\n"
        "0 of 10 left in silence for too long",
        "Month 2 after the hand-over\nThe middle project takes 0 min a week\n"
        "5 of 10 left in silence for too long",
    ]


def test_few_are_counted(matrix):
    few = PhaseMatrix(
        "consultancy", Unit.PROJECT, 7, (*matrix.steps[:4], step("after", 2, 0.0, 3, 7))
    )
    assert [label.text for label in phase_picture(few, 5).shares] == ["3 of 7"]


def test_where_nobody_is_left_silent_the_picture_ends_soon(matrix):
    kept = PhaseMatrix(
        "service", Unit.CLIENT, 10, (step("after", 1, 1.0, 0), step("after", 2, 1.0, 0))
    )
    picture = phase_picture(kept, 5)
    assert picture.nobody == "nobody is left in silence"
    assert (picture.silence, picture.shares, picture.notes) == ("", (), ())
    assert picture.height < phase_picture(matrix, 5).height
    assert step_in_words(kept, kept.steps[0]) == "Month 1 since the first contact"


def test_a_shop_sends_a_mailing(matrix):
    shop = PhaseMatrix("product", Unit.PURCHASE, 10, matrix.steps[3:])
    (note,) = phase_picture(shop, 5).notes
    assert note.lines[1].text == "one mailing in"
    assert told(shop, step("after", 3, None, 0, 0)) == ()
