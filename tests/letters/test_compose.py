"""Letters on several matters; ``test_prose.py`` reads every one that the plan can make."""

from letters.meetings import KNOWN

from reportgen.letters.compose import composed
from reportgen.letters.letter import Letter, LetterKind
from reportgen.letters.library import library

OURS = library(None)


def letter_of(names, known=KNOWN):
    return composed([(OURS.named(name), known) for name in names])


def test_one_matter_has_its_whole_letter():
    whole = letter_of(["promise-late"])
    assert "If not, please tell me, and we will find another way." in whole.body
    assert whole.subject == "I owe you something"


def test_a_promise_and_an_invoice():
    assert letter_of(["promise-late", "payment-reminder-1"]).body == (
        "Dear Ann,\n"
        "\n"
        "You are still waiting for what I promised you for 19 August 2026: “Send the paint codes”. "
        "It will be done by [the day you can do it by]. I am sorry that I have kept you waiting.\n"
        "\n"
        "The payment for invoice 2041 (£380) was due on 15 September 2026, and I have not seen it yet. "
        "If it is on its way, please take no notice of this line.\n"
        "\n"
        "Is the day that I have named soon enough for you?\n"
        "\n"
        "Yours sincerely,\n"
        "\n"
        "Ivy Lane\n"
        "Oak & Ash"
    )


def test_two_things_to_be_sorry_for_have_one_apology():
    body = letter_of(["apology", "promise-late"]).body
    assert "I am sorry that it happened at all." in body
    assert "kept you waiting" not in body


def test_what_is_missing_is_told_in_the_order_of_the_letter():
    assert letter_of(["apology", "promise-late"], {}).missing == (
        "the name to greet with",
        "what went wrong, in one sentence",
        "what you have done to put it right",
        "what you promised",
        "the day you can do it by",
        "your name",
        "your business",
    )


def of_her_own(body, **parts):
    return Letter("promise-late", "T", LetterKind.REPAIR, "Now.", "", "Late", body, **parts)


def test_an_owners_letter_greets_and_closes_in_her_words():
    hers = of_her_own("Hi {{ name }}!\n\nLate again.\n\nLove,\nIvy", paragraph="I am late.")
    assert composed([(hers, KNOWN), (OURS.named("reconnection"), KNOWN)]).body == (
        "Hi Ann!\n"
        "\n"
        "I am late.\n"
        "\n"
        "It is about ten weeks since we were last properly in touch, and that is longer than I like.\n"
        "\n"
        "When would be a good time for us to talk?\n"
        "\n"
        "Love,\n"
        "Ivy"
    )


def test_an_owners_letter_composes_with_our_parts_or_hers(tmp_path):
    """A file without parts has ours; one with parts of its own has those."""
    (tmp_path / "promise-late.md").write_text("Dear {{ name }},\n\nLate.\n\nBye,\n\nIvy\n")
    (tmp_path / "reconnection.md").write_text(
        "Hello.\n--- Question\nShall we talk?\n--- paragraph\nLong time,\nno see.\n"
    )
    own = library(tmp_path)
    assert own.problems == ()
    late = own.named("promise-late")
    assert (late.paragraph, late.apology) == (
        OURS.named("promise-late").paragraph,
        OURS.named("promise-late").apology,
    )
    silent = own.named("reconnection")
    assert (silent.body.strip(), silent.paragraph, silent.question) == (
        "Hello.",
        "Long time, no see.",
        "Shall we talk?",
    )


def test_a_part_that_there_is_not(tmp_path):
    (tmp_path / "reconnection.md").write_text("Hello.\n--- questions\nShall we talk?\n")
    own = library(tmp_path)
    assert own.problems == (
        "The letter reconnection.md cannot be used: it has a part 'questions'; "
        "write one of paragraph, apology, question, points, card, short. "
        "Ours of that name is used instead.",
    )


def test_a_part_may_do_no_more_than_a_letter(tmp_path):
    (tmp_path / "reconnection.md").write_text("Hello.\n--- question\n{{ 1 + 1 }}?\n")
    assert "arithmetic" in library(tmp_path).problems[0]
