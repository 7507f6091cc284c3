"""Words in pictures: which have room on a desk and on a phone, by hand.

A letter counts as 6.6 pixels; between two labels stand 8. A desk is 680 pixels wide, a phone 330.
"""

from reportgen.pictures.course import Ground, Scale
from reportgen.pictures.labels import Label, Rule, Stretch, rules, spaced

STRETCH = Stretch(1000)


def test_words_that_meet_on_a_phone_stand_on_a_desk_alone():
    # "June" is 26.4 wide. 60 units are 41 pixels on a desk, and 20 on a phone: less than 34.4.
    assert spaced(STRETCH, [(500, "June"), (560, "July")]) == (
        Label("50%", "June", ""),
        Label("56%", "July", "on-desk"),
    )


def test_words_that_meet_on_both_are_left_out():
    assert spaced(STRETCH, [(500, "June"), (520, "July")]) == (Label("50%", "June", ""),)


def test_at_the_edges_words_stand_inside():
    # On a phone "2026" needs 13.2 pixels to either side: 40 units. "May" keeps clear of it there.
    assert spaced(STRETCH, [(1000, "2026"), (39, "2025"), (200, "May")]) == (
        Label("100%", "2026", "ends"),
        Label("3.9%", "2025", "begins"),
        Label("20%", "May", ""),
    )


def test_a_phone_shows_the_newest_part_alone():
    # The picture is four phones wide, so the phone shows the last quarter, larger than on a desk.
    newest = Stretch(1000, zoom=4)
    assert spaced(newest, [(745, "May"), (770, "June")]) == (
        Label("74.5%", "May", "on-desk"),
        # 25 units are 33 pixels on a phone, which shows no May, and 17 on a desk, where May has the room.
        Label("77%", "June", "on-phone"),
    )


def test_the_rules_of_a_height_are_two_at_most():
    ground = Ground(top=20, line=120, bottom=150)
    # 8 hours fill 100 pixels: 5 hours are 62.5, and 10 would be too many.
    assert rules(8, ground) == (Scale(8, 1), (Rule(58, "5 h a week"),))
    assert rules(12, ground)[1] == (Rule(78, "5 h a week"), Rule(37, "10 h a week"))
    # Three minutes fill them: one minute is a third, two are two thirds.
    assert rules(3 / 60 - 0.001, ground)[1][1].label == "2 min a week"
    assert rules(0, ground) == (Scale(1, 1), ())
