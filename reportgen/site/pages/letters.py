"""Letters: what do I say?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from reportgen.letters.letter import Letter
from reportgen.letters.safe import fill
from reportgen.report.plan.plan import Action
from reportgen.report.report import Report
from reportgen.site.due import Message, blank_message, due_message, how, mailing_message
from reportgen.site.layout import Link, Names
from reportgen.site.page import Page
from reportgen.site.shared import Site
from reportgen.values import dataclass
from reportgen.words import count_in_words, listed, sentence_case

_DUE_SHOWN = 30


@dataclass(frozen=True, slots=True)
class DueRow:
    """One message of the plan, filled in."""

    to: Link
    """The client; for a mailing how many, leading to it in the plan."""
    what: str
    when: str
    """``2 November · E-mail``."""
    text: Message


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter of the library."""

    name: str
    title: str
    kind: str
    when: str
    advice: str
    """What it rests on."""
    due: Names
    """The clients for whom it is due, each leading to where it is filled in."""
    text: Message
    """With the owner's own values in it, the others as places."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The letters of one kind."""

    title: str
    letters: tuple[LetterRow, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    due: tuple[DueRow, ...]
    """In the order of the plan."""
    unusable: tuple[str, ...]
    """Why letters of the owner's own could not be used."""
    kinds: tuple[Kind, ...]
    """By name."""
    letters: tuple[LetterRow, ...]
    """All of them, in the order of the library."""


def answer(report: Report) -> str:
    """What do I say?"""
    plan = report.plan
    due, mailings = len(plan.actions), len(plan.mailings)
    if not due and not mailings:
        return "No letter is due this month; all of them are here for when one is."
    parts = [count_in_words(due, "letter")] if due else []
    parts += [count_in_words(mailings, "mailing")] if mailings else []
    one = due + mailings == 1
    return (
        f"{sentence_case(listed(parts))} {'is' if one else 'are'} due: one a client, filled in, "
        "to copy or to send."
    )


def content(site: Site) -> Content:
    """What is due, and every letter there is."""
    letters = tuple(_letter_row(site, letter) for letter in site.letters.all)
    return Content(
        due=tuple(_due(site)),
        unusable=site.letters.problems,
        kinds=tuple(_kinds(letters)),
        letters=letters,
    )


def _due(site: Site) -> Iterator[DueRow]:
    merges = {one.of: one for one in site.mail_merges}
    for one in site.report.plan.tasks:
        on = f"{one.day.day} {one.day:%B}"
        if isinstance(one, Action):
            yield DueRow(
                to=site.by_name[one.client].link,
                what=one.what,
                when=f"{on} · {how(one.channel)}",
                text=due_message(site.due_letters[one.client]),
            )
        elif one.letter in merges:
            yield DueRow(
                to=Link(sentence_case(one.whom), "actions", f"mailing-{one.letter}"),
                what=one.what,
                when=f"{on} · Mailing",
                text=mailing_message(merges[one.letter]),
            )


def _kinds(letters: tuple[LetterRow, ...]) -> Iterator[Kind]:
    by_kind = sorted(letters, key=lambda row: row.kind)
    for kind, rows in groupby(by_kind, key=lambda row: row.kind):
        yield Kind(sentence_case(kind), tuple(rows))


def _letter_row(site: Site, letter: Letter) -> LetterRow:
    settings = site.report.settings
    known = {"business": settings.business_name, "owner": settings.owner}
    blank = fill(letter, {name: text for name, text in known.items() if text})
    return LetterRow(
        name=letter.name,
        title=letter.title,
        kind=letter.kind,
        when=letter.when,
        advice=letter.advice,
        due=_due_for(site, letter.name),
        text=blank_message(letter.name, blank),
    )


def _due_for(site: Site, name: str) -> Names:
    """In order of the actions."""
    clients = [one.client for one in site.report.plan.actions if name in one.letters]
    due = site.names(clients, _DUE_SHOWN)
    return replace(due, links=tuple(replace(link, anchor="letter") for link in due.links))


PAGE = Page(
    name="letters",
    title="Letters",
    question="What do I say?",
    answer=answer,
    content=content,
)
