"""The letters that the month's actions ask for: filled in, for the pages and as files of their own."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import words
from reportgen.letters import drafts
from reportgen.letters.compose import composed
from reportgen.letters.known import values_of
from reportgen.letters.letter import Filled, Letter
from reportgen.letters.library import Letters
from reportgen.report.findings import ClientFindings
from reportgen.report.plan.due import Due
from reportgen.report.plan.plan import Action
from reportgen.report.report import Report


@dataclass(frozen=True, slots=True)
class DueLetter:
    """The letter to one client of the plan, with everything that is due."""

    client: str
    slug: str
    """Of the client."""
    address: str
    """The client's e-mail address; empty where none is known."""
    letters: tuple[Letter, ...]
    """Those whose words it has; one of its own stands alone."""
    filled: Filled

    @property
    def title(self) -> str:
        """What it is about: the titles of its letters."""
        first, *others = [letter.title for letter in self.letters]
        return "; ".join([first, *(f"{one[:1].lower()}{one[1:]}" for one in others)])

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
        return f"letters/{self.slug}.eml"


def due_letters(report: Report, letters: Letters) -> tuple[DueLetter, ...]:
    """The letters of the plan, in order of its actions, one a client; empty without any."""
    clients = {client.name: client for client in report.found.clients}
    slugs = words.slugs(list(clients))
    return tuple(
        _due_letter(action, clients[action.client], slugs[action.client], report, letters)
        for action in report.plan.actions
    )


def _due_letter(
    action: Action, client: ClientFindings, slug: str, report: Report, letters: Letters
) -> DueLetter:
    by_letter: dict[str, list[Due]] = {}
    for one in action.due:
        by_letter.setdefault(one.letter, []).append(one)
    matters = [
        (letters.named(name), values_of(client, due, report)) for name, due in by_letter.items()
    ]
    return DueLetter(
        client=client.name,
        slug=slug,
        address=client.seen.client.email or "",
        letters=tuple(letter for letter, _ in matters),
        filled=composed(matters),
    )


@dataclass(frozen=True, slots=True)
class MailMerge:
    """One letter of the plan to several clients, and what goes into it for each."""

    letter: Letter
    filled: tuple[DueLetter, ...]
    """The letter to each of them, filled in, in order of what is at stake."""


def mail_merges(report: Report, letters: Letters) -> tuple[MailMerge, ...]:
    """The mailings of the plan, in its order; empty without any."""
    clients = {client.name: client for client in report.found.clients}
    slugs = words.slugs(list(clients))
    return tuple(
        MailMerge(
            letters.named(mailing.letter),
            tuple(
                _due_letter(one, clients[one.client], slugs[one.client], report, letters)
                for one in mailing.to
            ),
        )
        for mailing in report.plan.mailings
    )


@dataclass(frozen=True, slots=True)
class Envelope:
    """One letter for one client, as files."""

    files: tuple[tuple[str, bytes], ...]
    """File name and content: the letter as Markdown and, where an e-mail is known, as a draft."""
    missing: tuple[str, ...]
    """The places in square brackets, which are still to be written."""


def envelopes(report: Report, letters: Letters) -> tuple[Envelope, ...]:
    """The letters of the plan, as files, in order of its actions; those of its mailings come after them.

    The file names begin with the letter's number (``01-``), and go on with the client and the letter.
    Empty without any.
    """
    mailed = [one for merge in mail_merges(report, letters) for one in merge.filled]
    due = [*due_letters(report, letters), *mailed]
    digits = max(2, len(str(len(due))))
    return tuple(_envelope(one, f"{at:0{digits}}") for at, one in enumerate(due, start=1))


def _envelope(due: DueLetter, number: str) -> Envelope:
    stem = f"{number}-{due.slug}-{due.letters[0].name}"
    text = f"# {due.filled.subject}\n\n{due.filled.body}\n"
    files = [(f"{stem}.md", text.encode(errors="replace"))]
    if due.address:
        files.append((f"{stem}.eml", due.eml()))
    return Envelope(tuple(files), due.filled.missing)
