"""Every message that the plan can make, read as prose: one greeting, apology, question and closing."""

import pytest
from letters.meetings import LETTERS, PAIRS, can_meet, known_of, meetings
from letters.prose import faults, faults_inside
from report.plan.books import book_of, random_rows
from sites import AS_OF

from reportgen.letters.compose import LONGEST_TEXT, card, composed, fitting, points, short
from reportgen.letters.due import due_letters
from reportgen.letters.library import library
from reportgen.letters.mailings import mail_merges
from reportgen.report.plan.due import FAVOURS, REPAIR, Cause
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings

SETTINGS = Settings(owner="Ivy Lane", business_name="Oak & Ash", currency="GBP", mailing_clients=3)
OURS = library(None)
MEETINGS = list(meetings())


ONE_MATTER = [name for names in LETTERS.values() for name in names]


def matters_of(names, is_known=True):
    return [(OURS.named(name), known_of(name) if is_known else {}) for name in names]


def letter_of(names, is_known=True):
    return composed(matters_of(names, is_known))


def test_how_many_can_meet():
    """
    Complaint, promise, answer, silence, a promise to come and an invoice all meet each other: of six, 15
    pairs and 20 triples. A plan meets silence, a promise to come and a boundary: 3 and 2. A prospect meets
    promise, answer and a promise to come: 3 and 3. A boundary meets a promise to come, and so does each of
    the five favours: 1 + 5 pairs.
    """
    causes = {causes for causes, _ in MEETINGS}
    assert len(PAIRS) == sum(len(one) == 2 for one in causes) == 15 + 3 + 3 + 1 + 5
    assert sum(len(one) == 3 for one in causes) == 20 + 2 + 3
    assert tuple(LETTERS) == tuple(Cause)


@pytest.mark.parametrize("repair", sorted(REPAIR))
@pytest.mark.parametrize("favour", sorted(FAVOURS))
def test_no_favour_beside_repair(repair, favour):
    assert not can_meet((repair, favour))


@pytest.mark.parametrize(("causes", "names"), MEETINGS, ids="+".join)
def test_it_reads_as_one_letter(causes, names):
    for is_known in (True, False):
        body = letter_of(names, is_known).body
        assert faults(body) == []
        asking = [OURS.named(name) for name in names if OURS.named(name).question]
        assert body.count("?") == bool(asking)
        blocks = body.split("\n\n")
        assert blocks[-3].endswith("?") or not asking, "the question comes last"
        assert len(blocks) == len(names) + 3 + bool(asking)
        assert len(body.split()) <= 60 + 45 * len(names)


@pytest.mark.parametrize(("causes", "names"), MEETINGS, ids="+".join)
def test_the_repair_comes_first_and_one_apology_is_for_all(causes, names):
    body = letter_of(names).body
    alone = [letter_of([name, "wow-note"]).body.split("\n\n")[1] for name in names]
    said = [body.index(paragraph[:30]) for paragraph in alone]
    assert said == sorted(said)
    assert [cause in REPAIR for cause in causes] == sorted(
        (cause in REPAIR for cause in causes), reverse=True
    )
    sorry = [OURS.named(name).apology for name in names if OURS.named(name).apology]
    assert [one for one in sorry if one in body] == sorry[:1]


@pytest.mark.parametrize(
    "names", [*(names for _, names in MEETINGS), *((name,) for name in ONE_MATTER)], ids="+".join
)
def test_it_reads_as_one_in_every_other_form(names):
    for is_known in (True, False):
        matters = matters_of(names, is_known)
        asking = any(letter.question for letter, _ in matters)
        on_a_card = card(matters).body
        assert faults(on_a_card) == []
        said = points(matters).body
        assert faults_inside(said) == []
        assert all(line.startswith("• ") for line in said.split("\n"))
        typed = short(fitting(matters)).body
        assert len(typed) <= LONGEST_TEXT
        greeting, inside, signed = typed.split("\n")
        assert faults_inside(inside) == []
        assert greeting.startswith("Dear ")
        assert signed in ("Ivy Lane", "[your name]")
        assert on_a_card.count("?") == said.count("?") == asking


QUESTIONS = {"satisfaction-survey": 4, "testimonial-request": 4, "service-review": 6}
"""How many each questionnaire has; every other letter asks one."""


@pytest.mark.parametrize("name", ONE_MATTER)
def test_a_letter_on_one_matter(name):
    for is_known in (True, False):
        assert faults(letter_of([name], is_known).body, QUESTIONS.get(name, 1)) == []


@pytest.mark.parametrize("number", range(40))
def test_the_messages_of_any_plan(number):
    """Of random books: their single letters, composed ones and mailings."""
    report = make_report(book_of(*random_rows(number)), SETTINGS, AS_OF)
    for one in due_letters(report, OURS):
        assert one.filled.body
        letter = one.letters[0].name
        assert (
            faults(one.filled.body, QUESTIONS.get(letter, 1) if len(one.letters) == 1 else 1) == []
        )
    for mailing in mail_merges(report, OURS):
        assert faults(mailing.filled.body, QUESTIONS.get(mailing.of, 1)) == []


GOOD = "Dear Ann,\n\nYour lamp is here. I am sorry that it is late.\n\nShall I bring it?\n\nYours,\n\nIvy"


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("Your lamp", "Dear Ann,\n\nYour lamp", "not one greeting, at the top"),
        ("Dear Ann,\n\n", "", "not one greeting, at the top"),
        ("Yours,", "With love,\n\nYours,", "not one closing"),
        ("\n\nYours,", "", "not one closing"),
        ("is here.", "is here. Please forgive me.", "two apologies"),
        ("is here.", "is here. That is my fault.", "two apologies"),
        ("is here.", "is here. Is it yours?", "too many questions"),
        ("Your lamp", "Thank you for your note. Your lamp", "thanks and an apology in one breath"),
        ("Shall", "Your lamp is here. Shall", "said twice: Your lamp is here."),
        ("Your lamp is here.", "I have your lamp.", "I, and I again"),
        ("lamp", "{{ lamp }}", "a place that was not filled"),
        ("lamp", "None", "a place that was not filled"),
        ("\n\nShall", "\n\n\nShall", "white space or stops"),
        ("lamp is", "lamp  is", "white space or stops"),
        ("here.", "here..", "white space or stops"),
        ("here.", "here (002).", "the number of an article"),
    ],
)
def test_no_fault_goes_unseen(good, bad, fault):
    assert faults(GOOD) == []
    assert faults(GOOD.replace(good, bad)) == [fault]
