"""What is due, finished for the page: a line of the list of things to do, the text of a letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportgen.letters.due import DueLetter
from reportgen.letters.letter import Filled
from reportgen.problems import Row
from reportgen.report.actions import Action
from reportgen.site.layout import Link
from reportgen.site.shared import Site
from reportgen.words import day, hours, listed


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One line of the list of things to do."""

    what: str
    client: Link
    why: str
    """Why, how long it takes, and on what day."""
    letter: Link | None
    """Where it is filled in; None without one, or where the edition has no letters."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter to read, to copy and, where it is due for a client, to send."""

    id: str
    """Of its place on the page."""
    subject: str
    body: str
    mailto: str
    """The address that opens it in a mail program; empty where it is for nobody in particular."""
    draft: str
    """The file of its draft, relative to the site’s folder; empty likewise."""
    missing: str
    """What is still to be filled in; empty where nothing is."""


def todo(site: Site, actions: Iterable[Action]) -> tuple[TodoItem, ...]:
    """A line for each action, in the same order."""
    return tuple(
        TodoItem(
            what=action.what,
            client=site.by_name[action.client].link,
            why=f"{action.why} About {hours(action.minutes)}, on {day(action.day)}.",
            letter=filled_in(site, action),
            rows=site.rows(action.rows),
        )
        for action in actions
    )


def filled_in(site: Site, action: Action) -> Link | None:
    """The title of an action's letter, leading to where it is filled in on the client's page."""
    if not action.letter or not site.sees("letters"):
        return None
    title = site.letters.named(action.letter).title
    return Link(title, site.by_name[action.client].link.path, f"letter-{action.letter}")


def due_text(due: DueLetter) -> LetterText:
    """A letter that is due, filled in for its client."""
    return _text(f"filled-{due.letter.name}", due.filled, due.mailto, due.eml_path)


def blank_text(name: str, blank: Filled) -> LetterText:
    """A letter by its name, for nobody in particular."""
    return _text(f"blank-{name}", blank)


def _text(id_: str, filled: Filled, mailto: str = "", draft: str = "") -> LetterText:
    missing = listed(filled.missing, 12) if filled.missing else ""
    return LetterText(id_, filled.subject, filled.body, mailto, draft, missing)
