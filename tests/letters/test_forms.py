"""The same matters in the form of each channel: an e-mail, points to talk about, a card, a text message."""

import re

import pytest
from letters.meetings import KNOWN, LETTERS, known_of, meetings

from reportgen.letters.compose import LONGEST_TEXT, card, composed, fitting, points, short
from reportgen.letters.letter import Letter, LetterKind
from reportgen.letters.library import library

OURS = library(None)
MEETINGS = list(meetings())
FORMS = {"email": composed, "talk": points, "post": card, "text": short}

LATE = Letter(
    "late",
    "Late",
    LetterKind.REPAIR,
    "Now.",
    "",
    "I owe you {{ promise }}",
    "Dear {{ name }},\n\nThe {{ promise }} is late.\n\nSorry!\n\nYours sincerely,\n\n{{ owner }}",
    paragraph="You wait for {{ promise }}. It comes {{ new_date }}.",
    apology="I am sorry.",
    question="Is that soon enough?",
    points="The {{ promise }} is late.\n{% if topic %}You spoke of {{ topic }}.{% endif %}\nIt comes "
    "{{ new_date }}.",
    card="The {{ promise }} comes {{ new_date }}.",
    short="{{ promise }}: {{ new_date }}.",
)
BROKEN = Letter(
    "broken",
    "Broken",
    LetterKind.REPAIR,
    "Now.",
    "",
    "It broke",
    "Dear {{ name }},\n\nIt broke.\n\nYours,\n\n{{ owner }}",
    paragraph="It broke on {{ complaint_date }}.",
    apology="That is my fault.",
    question="Is it whole again?",
)
PLAIN = Letter(
    "plain",
    "Plain",
    LetterKind.GRATITUDE,
    "Now.",
    "",
    "Hello",
    "Dear {{ name }},\n\nI thought of you.\n\nAll is well here.\n\nYours,\n\n{{ owner }}",
)
SAID = {"name": "Ann", "owner": "Ivy", "promise": "the quote", "complaint_date": "3 May 2026"}

ONE = [(LATE, SAID)]
TWO = [(LATE, SAID), (BROKEN, SAID)]


def test_an_email_on_one_matter_is_its_letter_and_on_two_a_paragraph_each():
    assert (
        composed(ONE).body
        == "Dear Ann,\n\nThe the quote is late.\n\nSorry!\n\nYours sincerely,\n\nIvy"
    )
    both = composed(TWO)
    assert both.subject == "I owe you the quote"
    assert both.body == (
        "Dear Ann,\n\n"
        "You wait for the quote. It comes [the day you can do it by]. I am sorry.\n\n"
        "It broke on 3 May 2026.\n\n"
        "Is that soon enough?\n\n"
        "Yours sincerely,\n\n"
        "Ivy"
    )


def test_points_are_a_line_each_and_a_condition_leaves_no_empty_one():
    assert points(ONE).body == (
        "• The the quote is late.\n"
        "• It comes [the day you can do it by].\n"
        "• Say: I am sorry.\n"
        "• Ask: Is that soon enough?"
    )
    assert "• You spoke of tiles.\n" in points([(LATE, SAID | {"topic": "tiles"})]).body


def test_points_of_two_matters_say_sorry_once_and_a_letter_without_any_has_its_paragraph():
    assert points(TWO).body == (
        "• The the quote is late.\n"
        "• It comes [the day you can do it by].\n"
        "• Say: I am sorry.\n"
        "• Say: It broke on 3 May 2026.\n"
        "• Ask: Is that soon enough?"
    )


def test_a_letters_points_may_have_a_question_of_their_own():
    asks = Letter(
        "a", "A", LetterKind.GRATITUDE, "", "", "s", "x", question="Q?", points="Ask: P?\nR."
    )
    assert points([(asks, SAID)]).body == "• R.\n• Ask: P?"
    assert points([(asks, SAID), *ONE]).body.endswith("• Say: I am sorry.\n• Ask: P?")


def test_a_card_has_the_part_for_cards_or_the_paragraph():
    assert card(ONE).body == (
        "Dear Ann,\n\n"
        "The the quote comes [the day you can do it by]. I am sorry.\n\n"
        "Is that soon enough?\n\n"
        "Yours sincerely,\n\n"
        "Ivy"
    )
    assert card(TWO).body == (
        "Dear Ann,\n\n"
        "The the quote comes [the day you can do it by]. I am sorry.\n\n"
        "It broke on 3 May 2026.\n\n"
        "Is that soon enough?\n\n"
        "Yours sincerely,\n\n"
        "Ivy"
    )


def test_a_text_message_has_three_lines():
    assert short(ONE).body == (
        "Dear Ann,\nthe quote: [the day you can do it by]. I am sorry. Is that soon enough?\nIvy"
    )
    assert short(TWO).body == (
        "Dear Ann,\n"
        "the quote: [the day you can do it by]. I am sorry. It broke on 3 May 2026. Is that soon enough?\n"
        "Ivy"
    )


def test_a_letter_without_parts_says_what_stands_between_its_greeting_and_its_closing():
    plain = [(PLAIN, SAID)]
    whole = "Dear Ann,\n\nI thought of you.\n\nAll is well here.\n\nYours,\n\nIvy"
    assert composed(plain).body == card(plain).body == whole
    assert short(plain).body == "Dear Ann,\nI thought of you. All is well here.\nIvy"
    assert points(plain).body == "• Say: I thought of you.\n• Say: All is well here."


def test_what_is_missing_is_what_stands_in_the_form():
    assert composed(TWO).missing == ("the day you can do it by",)
    unknown = [(LATE, {}), (BROKEN, {})]
    assert short(unknown).missing == (
        "the name to greet with",
        "what you promised",
        "the day you can do it by",
        "the day of the complaint",
        "your name",
    )
    assert points(unknown[1:]).missing == ("the day of the complaint",)


def test_a_text_message_leaves_out_what_has_no_room():
    """
    The first of three matters: 10 letters of greeting, 4 of the name and the line ends, 100 of its own;
    each of the others adds 101. Two are 215 letters, three 316.
    """
    long = [
        (Letter("a", "A", LetterKind.GRATITUDE, "", "", "s", PLAIN.body, short=str(n) * 100), SAID)
        for n in range(3)
    ]
    assert [len(short(long[:size]).body) for size in (1, 2, 3)] == [114, 215, 316]
    assert fitting(long) == long[:2]
    huge = [(Letter("a", "A", LetterKind.GRATITUDE, "", "", "s", "x", short="y" * 400), SAID)] * 2
    assert fitting(huge) == huge[:1]


def test_a_text_message_cuts_what_the_workbook_says_at_length():
    assert f"\n{'q' * 59}…: [the day" in short([(LATE, SAID | {"promise": "q" * 61})]).body
    assert f"\n{'q' * 60}: [the day" in short([(LATE, SAID | {"promise": "q" * 60})]).body


def test_a_condition_may_span_the_blocks_of_an_owners_letter():
    spanning = Letter(
        "hers",
        "Hers",
        LetterKind.GRATITUDE,
        "",
        "",
        "s",
        "{% if topic %}Dear {{ name }},\n\nYour {{ topic }}.{% else %}Hello,\n\nNo.{% endif %}\n\nIvy",
    )
    assert short([(spanning, SAID), (LATE, SAID)]).body.startswith("Hello,\nNo. the quote: ")


def test_an_owners_file_may_have_points(tmp_path):
    (tmp_path / "reconnection.md").write_text(
        "Hello.\n--- points\n\n- Ask  after the cat.\n* Then stop.\n--- short\nHow is\nthe cat?\n"
    )
    own = library(tmp_path)
    assert own.problems == ()
    assert own.named("reconnection").points == "Ask after the cat.\nThen stop."
    assert own.named("reconnection").short == "How is the cat?"


# Ours

DUE = [name for names in LETTERS.values() for name in names]


@pytest.mark.parametrize("name", DUE)
def test_each_of_ours_that_can_be_due_has_points_and_a_short_form(name):
    letter = OURS.named(name)
    assert letter.points
    assert letter.short
    for known in (KNOWN, {}):
        text = short([(letter, known)]).body
        assert len(text) <= LONGEST_TEXT
        assert len(text.split("\n")) == 3
        spoken = points([(letter, known)]).body.split("\n")
        assert 2 <= len(spoken) <= 5
        assert all(line.startswith("• ") and len(line) <= 190 for line in spoken)
        assert len(card([(letter, known)]).body) <= 600


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("causes", "names"), MEETINGS, ids="+".join)
def test_in_every_form_one_apology_one_question_and_no_subject(causes, names, form):
    """A question mark stands in no form twice, nor do two ways of being sorry."""
    for is_known in (True, False):
        matters = [(OURS.named(name), known_of(name) if is_known else {}) for name in names]
        body = FORMS[form](matters).body
        assert body.count("?") <= 1
        assert len(re.findall(r"(?i)\bsorry\b|apolog|forgive", body)) <= 1
        assert not re.search(r"\n{3}|  |\.\.|[{}%]", body)
        assert composed(matters).subject not in body.split("\n")
        if form != "email":
            assert FORMS[form](matters).subject == ""


@pytest.mark.parametrize(("causes", "names"), MEETINGS, ids="+".join)
def test_two_matters_of_ours_fit_into_a_text_message(causes, names):
    matters = [(OURS.named(name), known_of(name)) for name in names]
    assert len(fitting(matters)) >= 2
