"""The built-in activities and the owner's over them."""

import pytest

from reportgen.model import Activity, Kind, Role
from reportgen.reading.catalogue import built_in, role_in


def test_every_entry_is_complete():
    activities = built_in().activities.values()
    assert {activity.kind for activity in activities} == set(Kind)
    assert {activity.value for activity in activities} == {"high", "low"}
    assert all(isinstance(activity.connects, bool) for activity in activities)


def test_every_word_means_an_entry():
    catalogue = built_in()
    assert set(catalogue.words.values()) == set(catalogue.activities)
    assert set(catalogue.spellings) == set(catalogue.words)


def test_words_are_compared_plainly():
    for word in ("Phone call", "phone-call", "PHONECALL", "Call"):
        assert built_in().named(word).name == "Call"
    assert built_in().named("Juggling") is None


def test_two_way_and_administration():
    assert built_in().named("Meeting").two_way
    assert not built_in().named("Email").two_way
    assert not built_in().named("Invoice").connects
    assert built_in().named("Invoice").value == "low"


def test_an_owners_entry_takes_the_other_words_of_its_name():
    mine = Activity("call", "help", "low", False)
    catalogue = built_in().overridden([mine])
    assert catalogue.named("Call") is mine
    assert catalogue.named("Phone call") is mine


def test_an_owners_word_for_an_entry_changes_that_word_alone():
    mine = Activity("Phone call", "help", "low", False)
    catalogue = built_in().overridden([mine])
    assert catalogue.named("phone call") is mine
    assert catalogue.named("Call").name == "Call"


def test_of_two_of_one_name_the_first_counts():
    first, second = Activity("Dance", None, None, True), Activity("dance", None, None, False)
    assert built_in().overridden([first, second]).named("Dance") is first


def test_every_role_has_an_entry():
    roles = {activity.role for activity in built_in().activities.values()}
    assert roles - {None} == set(Role)


def test_the_other_words_of_an_entry_have_its_role():
    assert built_in().named("Kick-off").role == "brief"
    assert built_in().named("Quote").role == "proposal"
    assert built_in().named("Review").role == "review"
    assert built_in().named("Review request").role == "testimonial request"
    assert built_in().named("Call").role is None


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Client onboarding", "onboarding"),
        ("ONBOARDING: step 2", "onboarding"),
        ("Onboarding survey", "survey"),
        ("Survey of feedback request", "feedback request"),
        ("Design brief", "brief"),
        ("Brief chat", None),
        ("Brief review", "review"),
        ("Debriefing", None),
        ("Preview", None),
        ("Interview", None),
        ("", None),
    ],
)
def test_the_role_that_stands_in_a_name(name, role):
    assert role_in(name) == role
