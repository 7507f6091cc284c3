"""What a client would trip over in a letter, found by rules that look at the words alone."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

_SORRY = r"(?i)\b(sorry|apolog\w*|forgive|regrets?|pardon|my fault|my mistake|i owe you)\b"
_CLOSING = r"(?im)^(with|yours|many|warm|kind|best)\b[^.?!\n]*,$"
_SENTENCE = re.compile(r"[^.!?]+[.!?]+|[^.!?]+$")


def faults(letter: str, questions: int = 1) -> list[str]:
    """What is wrong with a letter or a card, a few words each; empty for one that reads well.

    ``questions`` is how many it may ask; a questionnaire has more than one.
    """
    found = []
    blocks = letter.split("\n\n")
    if len(re.findall(r"(?m)^Dear ", letter)) != 1 or not blocks[0].startswith("Dear "):
        found.append("not one greeting, at the top")
    if len(re.findall(_CLOSING, letter)) != 1:
        found.append("not one closing")
    return found + faults_inside("\n\n".join(blocks[1:-2]), questions)


def faults_inside(text: str, questions: int = 1) -> list[str]:
    """The same of what stands between the greeting and the closing, of a text message and of points."""
    return list(_faults(text, questions))


def _faults(text: str, questions: int) -> Iterator[str]:
    if len(re.findall(_SORRY, text)) > 1:
        yield "two apologies"
    if text.count("?") > questions:
        yield "too many questions"
    if re.search(r"(?i)\bthank", text) and re.search(_SORRY, text):
        yield "thanks and an apology in one breath"
    said = _sentences(text)
    yield from (f"said twice: {one}" for one, times in Counter(said).items() if times > 1)
    if any(one.startswith("I ") and other.startswith("I ") for one, other in pairwise(said)):
        yield "I, and I again"
    if re.search(r"[{}%]|\bNone\b|\bn/a\b", text):
        yield "a place that was not filled"
    if re.search(r"\n{3}|[ \t]\n|  |\.\.|\s[.,;:?!]|^\s|\s$", text):
        yield "white space or stops"
    if re.search(r"\b00[0-9]\b", text):
        yield "the number of an article"


def _sentences(text: str) -> list[str]:
    """The sentences, with a note of the owner's, in quotation marks, as part of the one around it."""
    text = re.sub(r"“[^”]*”", "“…”", text)
    return [one.strip("•- ") for line in text.split("\n") for one in _SENTENCE.findall(line)]
