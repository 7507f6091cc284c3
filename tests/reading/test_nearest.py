"""A suggestion is given only where it can be right."""

import pytest

from reportgen.reading import nearest as module
from reportgen.reading.nearest import Known, did_you_mean, nearest


@pytest.mark.parametrize(
    ("found", "word"),
    [
        ("clinet", "client"),  # two letters swapped
        ("amont", "amount"),  # one missing
        ("acitvity", "activity"),
        ("meetng", "meeting"),
        ("acme ldt", "acme ltd"),
        ("harbor and finsh", "harbour and finch"),  # two slips in seventeen letters
        ("conversatoin", "conversation"),
    ],
)
def test_a_slip_of_the_hand_is_asked_about(found, word):
    assert nearest(found, {word: word}) == word


@pytest.mark.parametrize(
    ("found", "word"),
    [
        ("status", "starts"),  # two slips in six letters: another word
        ("stages", "starts"),
        ("state", "starts"),
        ("total", "topic"),
        ("shop 12", "shop 13"),
        ("client", "client"),
        ("margin", "marlin ltd"),
    ],
)
def test_another_word_is_no_misspelling(found, word):
    assert nearest(found, {word: word}) is None
    assert did_you_mean(found, {word: word}) is None


def test_a_status_column_of_sales_is_not_taken_for_from(book):
    """
    # Sales
    Date        Client  Amount  Status
    2026-02-03  Acme    100     Paid
    """
    assert [str(problem) for problem in book.problems] == []


def test_of_known_words_each_is_found_as_it_is_alone():
    words = ("acme ltd", "acne ltd", "harbour and finch", "shop 12", "shop 13", "shop 1 2", "ab")
    known = {word: word.upper() for word in words}
    looked_for = (
        "acme ldt",
        "harbor and finsh",
        "shpo 12",
        "shop 14",
        "shop 12",
        "abc",
        "",
        "acme",
    )
    found = Known(known)
    assert [found.nearest(word) for word in looked_for] == [
        nearest(word, known) for word in looked_for
    ]
    assert found.nearest("shpo 12") == "SHOP 12"


def test_nearest_words_are_looked_for_up_to_a_limit(monkeypatch):
    monkeypatch.setattr(module, "MOST_COMPARED", 5)
    known = Known({"client": "Client", "amount": "Amount"})
    assert [known.nearest(word) for word in ("clinet", "amont", "cleint", "clinet")] == [
        "Client",
        "Amount",
        None,
        "Client",
    ]
