"""Letters: words for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from reportgen.letters.letter import Letter
from reportgen.letters.safe import fill
from reportgen.report.report import Report
from reportgen.site.due import LetterText, blank_text
from reportgen.site.layout import Names
from reportgen.site.page import Page
from reportgen.site.shared import Site
from reportgen.words import count, sentence_case

_DUE_SHOWN = 30


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter of the library."""

    name: str
    title: str
    kind: str
    when: str
    article: str
    due: Names
    """The clients for whom it is due, each leading to where it is filled in."""
    text: LetterText
    """With the owner's own values in it, the others as places."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The letters of one kind."""

    title: str
    letters: tuple[LetterRow, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows."""

    unusable: tuple[str, ...]
    """Why letters of the owner's own could not be used."""
    kinds: tuple[Kind, ...]
    """By name."""
    letters: tuple[LetterRow, ...]
    """All of them, in the order of the library."""


def answer(report: Report) -> str:
    """Words for it."""
    due = [action for action in report.actions if action.letter]
    if not due:
        return "No letter is due this month; all of them are here for when one is."
    people = len({action.client for action in due})
    return (
        f"{sentence_case(count(len(due), 'letter'))} {'is' if len(due) == 1 else 'are'} due, for "
        f"{count(people, 'client')}: each is filled in, to copy or to send."
    )


def content(site: Site) -> Content:
    """Every letter with the clients for whom it is due."""
    letters = tuple(_letter_row(site, letter) for letter in site.letters.all)
    return Content(unusable=site.letters.problems, kinds=tuple(_kinds(letters)), letters=letters)


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
        article=letter.article,
        due=_due_for(site, letter.name),
        text=blank_text(letter.name, blank),
    )


def _due_for(site: Site, name: str) -> Names:
    """In order of the actions."""
    clients = dict.fromkeys(a.client for a in site.report.actions if a.letter == name)
    due = site.names(list(clients), _DUE_SHOWN)
    return replace(due, links=tuple(replace(link, anchor=f"letter-{name}") for link in due.links))


PAGE = Page(
    name="letters", title="Letters", question="Words for it", answer=answer, content=content
)
