"""The letters that the month's actions ask for: filled in, for the pages and as files of their own."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import words
from reportgen.letters import drafts
from reportgen.letters.known import values
from reportgen.letters.letter import Filled, Letter
from reportgen.letters.library import Letters
from reportgen.letters.safe import fill
from reportgen.report.report import Report


@dataclass(frozen=True, slots=True)
class DueLetter:
    """A letter that is due for one client, filled in."""

    client: str
    slug: str
    """Of the client."""
    address: str
    """The client's e-mail address; empty where none is known."""
    letter: Letter
    filled: Filled

    @property
    def mailto(self) -> str:
        """The link that opens it in a mail program."""
        return drafts.mailto(self.address, self.filled.subject, self.filled.body)

    def eml(self) -> bytes:
        """The draft as a file; the owner fills in who sends it."""
        return drafts.eml("", self.address, self.filled.subject, self.filled.body)

    @property
    def eml_path(self) -> str:
        """The path of its draft in the site."""
        return f"letters/{self.slug}-{self.letter.name}.eml"


def due_letters(report: Report, letters: Letters) -> tuple[DueLetter, ...]:
    """The letters that are due, in order of the actions, each once a client; empty without any."""
    clients = {client.name: client for client in report.found.clients}
    slugs = words.slugs(list(clients))
    due = dict.fromkeys((one.client, one.letter) for one in report.actions if one.letter)
    known = {name: values(clients[name], report) for name, _ in due}
    return tuple(
        DueLetter(
            client=name,
            slug=slugs[name],
            address=clients[name].seen.client.email or "",
            letter=letters.named(letter),
            filled=fill(letters.named(letter), known[name]),
        )
        for name, letter in due
    )


@dataclass(frozen=True, slots=True)
class Envelope:
    """One letter for one client, as files."""

    files: tuple[tuple[str, bytes], ...]
    """File name and content: the letter as Markdown and, where an e-mail is known, as a draft."""
    missing: tuple[str, ...]
    """The places in square brackets, which are still to be written."""


def envelopes(report: Report, letters: Letters) -> tuple[Envelope, ...]:
    """The letters that are due, as files, in order of the actions; empty without any.

    The file names begin with the letter's number (``01-``), and go on with the client and the letter.
    """
    due = due_letters(report, letters)
    digits = max(2, len(str(len(due))))
    return tuple(_envelope(one, f"{at:0{digits}}") for at, one in enumerate(due, start=1))


def _envelope(due: DueLetter, number: str) -> Envelope:
    stem = f"{number}-{due.slug}-{due.letter.name}"
    text = f"# {due.filled.subject}\n\n{due.filled.body}\n"
    files = [(f"{stem}.md", text.encode(errors="replace"))]
    if due.address:
        files.append((f"{stem}.eml", due.eml()))
    return Envelope(tuple(files), due.filled.missing)
