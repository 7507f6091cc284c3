"""The outlines of the clients' pictures, by hand."""

from reportgen.pictures.course import _outline


def test_an_outline_goes_by_steps():
    assert _outline([(78, 176), (78, 121), (82, 149), (89, 164)]) == "M78 176l0 -55 4 28 7 15"


def test_what_stands_level_between_two_others_is_left_out():
    # 2, 3 and 4 lie on one level line from 1 to 5; 6 does not.
    points = [(1, 48), (2, 48), (3, 48), (4, 48), (5, 48), (6, 40), (7, 48)]
    assert _outline(points) == "M1 48l4 0 1 -8 1 8"


def test_a_point_that_comes_twice_keeps_its_ends():
    assert _outline([(9, 48), (9, 48), (9, 48)]) == "M9 48l0 0"
    assert _outline([(0, 48), (9, 48), (9, 48)]) == "M0 48l9 0"
    assert _outline([(0, 48), (9, 40), (9, 40)]) == "M0 48l9 -8 0 0"
