"""The words of the report and what each means: on the pages by hover, on Method beside the field's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from reportgen.model import Edition
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import sentence_case, times


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the pages say it."""

    word: str
    meaning: str
    """In plain words, the end of a sentence that begins with the word."""
    field: str = ""
    """What the field calls it; Method alone says so."""
    part: str = ""
    """The page or part of pages that it belongs to; empty: it stands in every edition."""


_WORDS = (
    Word("client", "someone you have a relationship with, whether they have bought or not"),
    Word("customer", "a client with at least one purchase"),
    Word("prospect", "a client to whom nothing was ever sold"),
    Word("running", "a relationship that has neither lapsed nor ended"),
    Word(
        "lapsed", "silent for more than {lapsed} the red line, and so no longer running", "dormant"
    ),
    Word("ended", "closed: the Clients sheet has the day on which it ended"),
    Word("touchpoint", "one contact with a client, or one piece of work for them"),
    Word("contact day", "a day with a touchpoint that the client feels, or with a sale"),
    Word("red line", "how many days of silence a client accepts; yours to set"),
    Word("silence", "the days since the client last heard from you, or bought", "recency"),
    Word("below the red line", "silent for longer than the client accepts"),
    Word("purchase", "what a client decided once: a project, a day in the shop, a paid month"),
    Word(
        "paid month", "a calendar month that a client of a service or a subscription has paid for"
    ),
    Word(
        "stayed",
        "was active in the year before, and is so in the last 12 months",
        "logo retention; the rest is churn",
    ),
    Word("came back", "bought a second time", "repeat purchase"),
    Word(
        "kept of last year’s sales",
        "what last year’s clients bought again, at most as much each",
        "GRR",
    ),
    Word("cohort", "the customers whose first purchase fell in the same month or quarter"),
    Word("rhythm", "a client’s own usual gap between purchases", "interpurchase time"),
    Word("left for you", "sales less what the work and its hours cost", "contribution"),
    Word("courting", "nothing bought yet", part="lifecycle"),
    Word("contract", "bought once", part="lifecycle"),
    Word("continuation", "bought again", part="lifecycle"),
    Word("commitment", "bought often, over a long time, and in touch", part="lifecycle"),
    Word("convergence", "the closest of all: they also ask for your advice", part="lifecycle"),
    Word(
        "mailing", "one letter to many, where a message for each would be too much", part="actions"
    ),
    Word(
        "boundary load",
        "the share of your time that is out of hours or out of scope",
        part="boundaries",
    ),
    Word(
        "out of hours",
        "before you open, after you close, or on a day off, and not urgent",
        part="boundaries",
    ),
    Word(
        "trust",
        "care, accountability and communication, from what your rows show of them",
        part="trust",
    ),
    Word("health", "one figure from 0 to 100 on how a relationship stands", part="health"),
)

_FIELD = (
    Word("NRR", "sales kept from last year’s clients with their growth: net revenue retention"),
    Word(
        "Kaplan–Meier",
        "a curve of how long until something happens that counts those still waiting rightly",
    ),
    Word("Log-rank", "a test of whether two such curves differ by more than chance"),
    Word(
        "BG/NBD, Gamma–Gamma",
        "models of how often, and for how much, customers buy who may leave without a word",
    ),
    Word(
        "HHI",
        "Herfindahl–Hirschman index: the sum of squared shares; 1 ÷ it is “as if you had so many clients”",
    ),
    Word("RFM", "recency, frequency, monetary value"),
    Word(
        "Wilson interval",
        "the range in which the true share lies with 95\u00a0% confidence, right for small numbers too",
    ),
    Word(
        "AUC",
        "how often a score ranks the right one of two clients lower: 50\u00a0% is a coin, "
        "100\u00a0% never wrong",
        part="health",
    ),
)
"""Terms of the field without a word of the pages."""


def glossary(site: Site) -> tuple[Word, ...]:
    """The words of the pages that the report's edition has."""
    return (*_told(site, _WORDS), _edition(site.report.edition))


def with_the_field(site: Site) -> tuple[Word, ...]:
    """The same with the terms of the field after them."""
    return (*glossary(site), *_told(site, _FIELD))


def word_id(word: str) -> str:
    """The place of a word on Method."""
    return "word-" + re.sub("[^a-z]+", "-", word.casefold()).strip("-")


def as_script(words: Iterable[Word]) -> str:
    """The words as the script of the pages takes them, without those that nobody asks about."""
    packed = {
        word.word: sentence_case(word.meaning) + "." for word in words if word.word != "client"
    }
    return f"reportgen.meanings({json.dumps(packed, ensure_ascii=False, separators=(',', ':'))})\n"


def _told(site: Site, words: Iterable[Word]) -> list[Word]:
    lapsed = times(site.report.settings.lapsed_after_red_lines)
    return [
        Word(one.word, one.meaning.format(lapsed=lapsed), one.field, one.part)
        for one in words
        if not one.part or site.sees(one.part)
    ]


def _edition(edition: Edition) -> Word:
    this = "yours, with everything in it" if edition == Edition.OWNER else f"the {edition} edition"
    return Word("edition", f"the report as one kind of reader gets it; this is {this}")
