"""The messages of the plan as files in a folder of their own."""

from __future__ import annotations

import re

from reportgen.letters.due import DueLetter, due_letters
from reportgen.letters.library import Letters
from reportgen.letters.mailings import MailMerge, mail_merges
from reportgen.report.plan.channel import Channel
from reportgen.report.report import Report
from reportgen.values import dataclass


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message to one client, or one mailing, as files."""

    files: tuple[tuple[str, bytes], ...]
    """File name and content: the words as Markdown and, of an e-mail with an address, a draft; of a
    mailing the letter and the table of its recipients."""
    missing: tuple[str, ...]
    """The places in square brackets, which are still to be written."""


def envelopes(report: Report, letters: Letters) -> tuple[Envelope, ...]:
    """The messages of the plan, in order of its actions; its mailings come after them.

    The file names begin with the message's number (``01-``), and go on with the client and the letter.
    Empty without any.
    """
    due = due_letters(report, letters)
    mailings = mail_merges(report, letters)
    digits = max(2, len(str(len(due) + len(mailings))))
    return (
        *(_envelope(one, f"{at:0{digits}}") for at, one in enumerate(due, start=1)),
        *(_mailed(one, f"{at:0{digits}}") for at, one in enumerate(mailings, start=len(due) + 1)),
    )


_TITLES = {
    Channel.TALK: "Ring",
    Channel.POST: "Card or letter to",
    Channel.TEXT: "Message to",
}


def _envelope(due: DueLetter, number: str) -> Envelope:
    stem = f"{number}-{due.slug}-{due.letters[0].name}"
    files = [(f"{stem}.md", _markdown(due).encode(errors="replace"))]
    if due.channel is Channel.EMAIL and due.reach.to:
        files.append((f"{stem}.eml", due.eml()))
    return Envelope(tuple(files), due.filled.missing)


def _markdown(due: DueLetter) -> str:
    if due.channel is Channel.EMAIL:
        return f"# {due.filled.subject}\n\n{due.filled.body}\n"
    name = " ".join(due.client.split())
    to = due.reach.to or f"Not known yet: fill in {due.reach.fill_in}."
    left = [f"\nNo room for: {letter.title}.\n" for letter in due.left]
    body = re.sub(r"(?m)^• ", "- ", due.filled.body)
    return "".join([f"# {_TITLES[due.channel]} {name}\n\n{to}\n\n{body}\n", *left])


def _mailed(merge: MailMerge, number: str) -> Envelope:
    stem = f"{number}-mailing-{merge.of}"
    files = ((f"{stem}.rtf", merge.rtf()), (f"{stem}.csv", merge.csv().encode(errors="replace")))
    return Envelope(files, merge.filled.missing)
