"""What is to be said on one matter or more, in the form of each channel.

In every form what is put right comes first, nobody hears two apologies, and one question is asked. The
text that goes out never has the subject in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reportgen.letters.letter import Filled, Letter
from reportgen.letters.safe import fill, fill_text

Matter = tuple[Letter, Mapping[str, str]]
"""A letter, and what is known to fill it with."""

LONGEST_TEXT = 300
"""Characters of a text message: about two of a telephone's."""

_LONGEST_VALUE_IN_A_TEXT = 60


def composed(matters: Sequence[Matter]) -> Filled:
    """The e-mail on some matters, in the order given.

    One matter has its whole letter. Several have a paragraph each, the first apology and the first
    question that there are, and the subject, greeting and closing of the first. An apology follows its
    paragraph, and the question stands at the end.
    """
    (first, known), *others = matters
    if not others:
        return fill(first, known)
    seen: dict[str, None] = {}
    subject = " ".join(fill_text(first.subject, known, seen).split())
    return _filled(subject, _written(matters, lambda letter: letter.paragraph, seen), seen)


def card(matters: Sequence[Matter]) -> Filled:
    """The words for a card: a greeting, a sentence or two on each matter, one question, a closing.

    A letter that has neither a part for cards nor a paragraph stands as it is.
    """
    seen: dict[str, None] = {}
    return _filled(
        "", _written(matters, lambda letter: letter.card or letter.paragraph, seen), seen
    )


def short(matters: Sequence[Matter]) -> Filled:
    """The message to type on a telephone: the same in three lines, signed with the owner's name."""
    cut = [
        (letter, {name: _cut(text) for name, text in known.items()}) for letter, known in matters
    ]
    seen: dict[str, None] = {}
    letter, known = cut[0]
    greeting = _apart(letter, known, seen)[0]
    said = _passages(cut, lambda letter: letter.short or letter.paragraph, seen)
    signed = fill_text("{{ owner }}", known, seen)
    lines = (" ".join(line.split()) for line in (greeting, " ".join(said), signed))
    return _filled("", "\n".join(filter(None, lines)), seen)


def fitting(matters: Sequence[Matter]) -> Sequence[Matter]:
    """The first matters that a text message has room for; at least one."""
    ends = range(len(matters), 1, -1)
    sizes = (end for end in ends if len(short(matters[:end]).body) <= LONGEST_TEXT)
    return matters[: next(sizes, 1)]


def points(matters: Sequence[Matter]) -> Filled:
    """What to talk about, a line for each point; for the owner's eyes while she speaks.

    A point that begins with ``Ask:`` is the letter's question when it is spoken.
    """
    seen: dict[str, None] = {}
    sorry = _sorry(matters)
    lines: list[str] = []
    asked: list[str] = []
    for letter, known in matters:
        spoken = _spoken(letter, known, seen)
        asks = [line for line in spoken if line.startswith(_ASK)]
        lines += [line for line in spoken if line not in asks]
        if letter is sorry:
            lines.append(f"Say: {fill_text(letter.apology, known, seen)}")
        if letter.question and not asks:
            asks = [f"{_ASK} {fill_text(letter.question, known, seen)}"]
        asked += asks
    return _filled("", "\n".join(f"• {line}" for line in [*lines, *asked[:1]]), seen)


_ASK = "Ask:"


def _spoken(letter: Letter, known: Mapping[str, str], seen: dict[str, None]) -> list[str]:
    """The points of a letter; of one without any, what it says."""
    if letter.points:
        return [line for line in fill_text(letter.points, known, seen).split("\n") if line]
    said = _says(letter, known, letter.paragraph, seen)
    return [f"Say: {line}" for line in said.split("\n") if line]


Part = Callable[[Letter], str]
"""The part of a letter that a form has of it; empty where the letter has none."""


def _written(matters: Sequence[Matter], part: Part, seen: dict[str, None]) -> str:
    """A greeting, a passage for each matter and a closing, with an empty line between them."""
    letter, known = matters[0]
    greeting, _, closing = _apart(letter, known, seen)
    blocks = [greeting, *_passages(matters, part, seen), closing]
    return "\n\n".join(filter(None, blocks))


def _passages(matters: Sequence[Matter], part: Part, seen: dict[str, None]) -> list[str]:
    """What is said on each matter, with the first apology after its own, and the first question."""
    sorry = _sorry(matters)
    said = []
    for letter, known in matters:
        text = _says(letter, known, part(letter), seen)
        apology = fill_text(letter.apology, known, seen) if letter is sorry and part(letter) else ""
        said.append(" ".join(filter(None, [text, apology])))
    alone_and_whole = len(matters) == 1 and not part(matters[0][0])
    return said if alone_and_whole else [*said, *_questions(matters, seen)]


def _sorry(matters: Sequence[Matter]) -> Letter | None:
    """The letter whose apology it is."""
    return next((letter for letter, _ in matters if letter.apology), None)


def _questions(matters: Sequence[Matter], seen: dict[str, None]) -> list[str]:
    """The first question that there is, if any."""
    asked = [fill_text(one.question, known, seen) for one, known in matters if one.question]
    return asked[:1]


def _says(letter: Letter, known: Mapping[str, str], part: str, seen: dict[str, None]) -> str:
    """What a letter has to say, in the part that it has for that, else in its whole text."""
    return fill_text(part, known, seen) if part else _apart(letter, known, seen)[1]


def _apart(letter: Letter, known: Mapping[str, str], seen: dict[str, None]) -> tuple[str, str, str]:
    """How the letter greets, what it says, and how it closes.

    The closing is its last block, with ``With best wishes,`` before it. A letter of one block neither
    greets nor closes. It is taken apart only when it is filled in: a condition may span several blocks.
    """
    text = fill_text(letter.body, known, seen)
    blocks = [block for block in text.split("\n\n") if block.strip()]
    if len(blocks) < 2:
        return "", text, ""
    closes_in_two = len(blocks) > 2 and blocks[-2].rstrip().endswith(",")
    closing = len(blocks) - (2 if closes_in_two else 1)
    return blocks[0], "\n\n".join(blocks[1:closing]), "\n\n".join(blocks[closing:])


def _filled(subject: str, body: str, seen: Mapping[str, None]) -> Filled:
    """With the places of ``seen`` that are still in it, in order of appearance."""
    text = f"{subject}\n{body}"
    places = [place for place in seen if f"[{place}]" in text]
    return Filled(subject, body, tuple(sorted(places, key=lambda one: text.index(f"[{one}]"))))


def _cut(text: str) -> str:
    longest = _LONGEST_VALUE_IN_A_TEXT
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
