"""Letters on several matters: every pair and triple of causes that can meet in one message."""

import re
from itertools import combinations, product

import pytest

from reportgen.letters.compose import composed
from reportgen.letters.letter import Letter, LetterKind
from reportgen.letters.library import library
from reportgen.report.plan.due import FAVOURS, REPAIR, Cause

OURS = library(None)

LETTERS = {
    Cause.COMPLAINT: ("apology",),
    Cause.PROMISE: ("promise-late",),
    Cause.ANSWER: ("answer-owed",),
    Cause.SILENCE: ("reconnection",),
    Cause.GREETING: ("birthday-greeting", "anniversary-greeting"),
    Cause.PROMISED: ("promise-kept",),
    Cause.PLAN: ("service-review",),
    Cause.PROSPECT: ("next-contact",),
    Cause.INVOICE: ("payment-reminder-1", "payment-reminder-2", "payment-reminder-3"),
    Cause.BOUNDARY: (
        "boundary-hours",
        "boundary-channels",
        "boundary-services",
        "boundary-urgent",
        "boundary-time-limit",
        "saying-no",
    ),
    Cause.REFERRAL: ("referral-request",),
    Cause.TESTIMONIAL: ("testimonial-request",),
    Cause.SURVEY: ("satisfaction-survey",),
    Cause.WOW: ("wow-note",),
}
"""Cause → the letters that speak of it, in the order of a message."""

KNOWN = {
    "name": "Ann",
    "business": "Oak & Ash",
    "owner": "Ivy Lane",
    "opening_days": "Monday to Friday",
    "opening_hours": "9:00 to 17:00",
    "channels": "email or phone",
    "service": "Kitchen design",
    "last_contact": "3 June 2026",
    "silence": "about four months",
    "promise": "Send the paint codes",
    "promised_for": "10 October 2026",
    "complaint_date": "12 October 2026",
    "complaint_topic": "Worktop joint has opened",
    "message_date": "20 October 2026",
    "message_topic": "The radiators",
    "overdue_invoice": "2041",
    "overdue_amount": "£380",
    "overdue_since": "1 October 2026",
    "anniversary": "14 November 2026",
    "anniversary_years": "two years",
}


def can_meet(causes):
    """One favour, beside nothing but a promise to come; a prospect owes nothing and is not silent."""
    here = set(causes)
    if here & FAVOURS:
        return len(here & FAVOURS) == 1 and here - FAVOURS <= {Cause.PROMISED}
    return Cause.PROSPECT not in here or not here & {Cause.SILENCE, Cause.PLAN, Cause.INVOICE}


def meetings():
    """Every pair and triple of letters that can meet; beside a repair stands the first reminder."""
    for size in (2, 3):
        for causes in combinations(LETTERS, size):
            if can_meet(causes):
                for names in product(*(LETTERS[cause] for cause in causes)):
                    mild = not set(causes) & REPAIR or not {
                        "payment-reminder-2",
                        "payment-reminder-3",
                    } & set(names)
                    if mild:
                        yield causes, names


MEETINGS = list(meetings())


def letter_of(names, known=KNOWN):
    return composed([(OURS.named(name), known) for name in names])


def test_how_many_can_meet():
    """
    Without favours and prospects eight causes can meet: 28 pairs and 56 triples of causes. A prospect meets
    five of them (complaint, promise, answer, promise to come, boundary): 5 pairs and 10 triples. Each of
    the five favours meets a promise to come: 5 pairs.
    """
    causes = {causes for causes, _ in MEETINGS}
    assert sum(len(one) == 2 for one in causes) == 28 + 5 + 5
    assert sum(len(one) == 3 for one in causes) == 56 + 10


@pytest.mark.parametrize(("causes", "names"), MEETINGS, ids="+".join)
def test_it_reads_as_one_letter(causes, names):
    for known in (KNOWN, {}):
        body = letter_of(names, known).body
        blocks = body.split("\n\n")
        asks = any(OURS.named(name).question for name in names)
        assert body.count("Dear ") == 1
        assert blocks[0].startswith("Dear ")
        assert body.count("?") == asks, "one question"
        assert blocks[-3].endswith("?") or not asks, "the question comes last"
        owes = {"apology", "promise-late"} & set(names)
        assert len(re.findall(r"(?i)\bsorry\b|apolog|forgive", body)) == bool(owes)
        assert len(re.findall(r"(?m)^(With|Yours|Many|Warm)\b.*,$", body)) == 1, "one closing"
        assert len(blocks) == len(names) + 3 + asks
        assert len(body.split()) <= 190
        assert not re.search(r"\n{3}|  |\.\.|[{}%]", body)


@pytest.mark.parametrize(("causes", "names"), MEETINGS, ids="+".join)
def test_the_repair_comes_first(causes, names):
    blocks = letter_of(names).body.split("\n\n")
    said = [
        next(at for at, block in enumerate(blocks) if block.startswith(letter_of_one(name)))
        for name in names
    ]
    assert said == list(range(1, len(names) + 1))
    assert [cause in REPAIR for cause in causes] == sorted(
        (cause in REPAIR for cause in causes), reverse=True
    )


def letter_of_one(name):
    """How the paragraph of a letter begins, when it stands beside another."""
    return letter_of([name, "wow-note"]).body.split("\n\n")[1][:30]


def test_one_matter_has_its_whole_letter():
    whole = letter_of(["promise-late"])
    assert "I should also have told you sooner." in whole.body
    assert whole.subject == "I owe you something"


def test_a_promise_and_an_invoice():
    assert letter_of(["promise-late", "payment-reminder-1"]).body == (
        "Dear Ann,\n"
        "\n"
        "You are still waiting for what I promised you for 10 October 2026: Send the paint codes. "
        "It will be done by [the day you can do it by]. That is my fault, and I am sorry.\n"
        "\n"
        "The payment for invoice 2041 (£380) was due on 1 October 2026, and I have not seen it yet. "
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
    assert "my fault" not in body


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
        "It is about four months since we were last in touch, and that is longer than I like. "
        "I would be glad to hear from you.\n"
        "\n"
        "How are you, and how are things?\n"
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
        "write one of paragraph, apology, question. Ours of that name is used instead.",
    )


def test_a_part_may_do_no_more_than_a_letter(tmp_path):
    (tmp_path / "reconnection.md").write_text("Hello.\n--- question\n{{ 1 + 1 }}?\n")
    assert "arithmetic" in library(tmp_path).problems[0]


def test_the_letters_are_in_the_order_of_the_causes():
    assert tuple(LETTERS) == tuple(Cause)
