"""A letter on several matters: one greeting, what is put right first, one question, one closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.letters.letter import Filled, Letter
from reportgen.letters.safe import fill, fill_text

Matter = tuple[Letter, Mapping[str, str]]
"""A letter, and what is known to fill it with."""


def composed(matters: Sequence[Matter]) -> Filled:
    """The letter on one matter or more, in the order given.

    One matter has its whole letter. Several have a paragraph each, the first apology and the first
    question that there are, and the subject, greeting and closing of the first. An apology follows its
    paragraph, and the question stands at the end.
    """
    (first, known), *others = matters
    if not others:
        return fill(first, known)
    missing: dict[str, None] = {}
    subject = fill_text(first.subject, known, missing)
    greeting, closing = _frame(first.body)
    text = [fill_text(greeting, known, missing)]
    sorry = next((letter for letter, _ in matters if letter.apology), None)
    for letter, values in matters:
        says = [letter.paragraph, letter.apology if letter is sorry else ""]
        text.append(fill_text(" ".join(filter(None, says)), values, missing))
    asking = next((matter for matter in matters if matter[0].question), None)
    if asking is not None:
        text.append(fill_text(asking[0].question, asking[1], missing))
    text.append(fill_text(closing, known, missing))
    return Filled(" ".join(subject.split()), "\n\n".join(text), tuple(missing))


def _frame(body: str) -> tuple[str, str]:
    """How a letter greets, and how it closes: its last block, with ``With best wishes,`` before it."""
    blocks = [block for block in body.strip().split("\n\n") if block.strip()]
    closes_in_two = len(blocks) > 2 and blocks[-2].rstrip().endswith(",")
    return blocks[0], "\n\n".join(blocks[-2:] if closes_in_two else blocks[-1:])
