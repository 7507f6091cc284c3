"""The letters that the month's actions ask for, as files: one to read, one to open in a mail program."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen import words
from reportgen.report import Report
from reportgen.site import drafts
from reportgen.site.letters import Letters, fill, values


@dataclass(frozen=True, slots=True)
class Envelope:
    """One letter for one client, filled in, with what it is sent in."""

    files: tuple[tuple[str, bytes], ...]
    """File name and content: the letter as Markdown and, where an e-mail is known, as a draft."""
    missing: tuple[str, ...]
    """What stands in square brackets and is still to be written."""


def due_letters(report: Report, letters: Letters) -> tuple[Envelope, ...]:
    """The letters that are due, in order of the actions, each once for a client; empty without any.

    The file names begin with that order, ``01-``, and go on with the client and the letter.
    """
    clients = {client.name: client for client in report.found.clients}
    slugs = words.slugs(list(clients))
    due = dict.fromkeys((one.client, one.letter) for one in report.actions if one.letter)
    digits = max(2, len(str(len(due))))
    found = []
    for number, (name, letter) in enumerate(due, start=1):
        client = clients[name]
        filled = fill(letters.named(letter), values(client, report))
        stem = f"{number:0{digits}}-{slugs[name]}-{letter}"
        files = [(f"{stem}.md", f"# {filled.subject}\n\n{filled.body}\n".encode(errors="replace"))]
        if address := client.seen.client.email:
            files.append((f"{stem}.eml", drafts.eml("", address, filled.subject, filled.body)))
        found.append(Envelope(tuple(files), filled.missing))
    return tuple(found)
