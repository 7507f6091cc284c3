"""What a client would trip over in a letter, found by rules that look at the words alone."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

_SORRY = r"(?i)\b(sorry|apolog\w*|forgive|regrets?|pardon|my fault|my mistake|i owe you)\b"
_CLOSING = r"(?m)^(with|yours|many|warm|kind|best)\b[^.?!\n]*,$"
_SENTENCE = re.compile(r"[^.!?]+[.!?]+[”\"]?|[^.!?]+$")


def faults(body: str, questions: int = 1) -> list[str]:
    """What is wrong with a letter, a few words each; empty for one that reads well.

    ``questions`` is how many it may ask; a questionnaire has more than one.
    """
    return list(_faults(body, questions))


def _faults(body: str, questions: int) -> Iterator[str]:
    blocks = body.split("\n\n")
    if len(re.findall(r"(?m)^Dear ", body)) != 1 or not blocks[0].startswith("Dear "):
        yield "not one greeting, at the top"
    if len(re.findall(_CLOSING, body, re.IGNORECASE)) != 1:
        yield "not one closing"
    if len(re.findall(_SORRY, body)) > 1:
        yield "two apologies"
    if body.count("?") > questions:
        yield "too many questions"
    if re.search(r"(?i)\bthank", "\n\n".join(blocks[:-2])) and re.search(_SORRY, body):
        yield "thanks and an apology in one breath"
    said = sentences(body)
    yield from (f"said twice: {one}" for one, n in Counter(said).items() if n > 1)
    if any(one.startswith("I ") and other.startswith("I ") for one, other in pairwise(said)):
        yield "I, and I again"
    if re.search(r"[{}%]|\bNone\b|\bn/a\b", body):
        yield "a place that was not filled"
    if re.search(r"\n{3}|[ \t]\n|  |\.\.|\s[.,;:?!]|^\s|\s$", body):
        yield "white space or stops"
    if re.search(r"\b00[0-9]\b", body):
        yield "the number of an article"


def sentences(body: str) -> list[str]:
    """The sentences between the greeting and the closing, without what is in quotation marks."""
    text = re.sub(r"“[^”]*”", "“…”", "\n".join(body.split("\n\n")[1:-2]))
    return [found.strip() for line in text.split("\n") for found in _SENTENCE.findall(line)]
