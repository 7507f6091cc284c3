"""A mailing: one letter for many, with places for what differs, and the table of those who get it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reportgen.letters import drafts
from reportgen.letters.known import values_of
from reportgen.letters.letter import Filled, Letter
from reportgen.letters.library import Letters
from reportgen.letters.safe import fill
from reportgen.output.csv import as_csv
from reportgen.report.findings import ClientFindings
from reportgen.report.plan.plan import Action, Mailing
from reportgen.report.report import Report
from reportgen.values import dataclass

TO_MANY = "-mailing"
"""What the name of a letter ends in that stands in for another one in a mailing."""

_FIELD = re.compile(r"«(\w+)»")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One client of a mailing."""

    client: str
    email: str
    """Empty where no single one is known."""
    address: str
    """Postal; empty likewise."""
    known: Mapping[str, str]
    """What the letter may say of them."""


@dataclass(frozen=True, slots=True)
class MailMerge:
    """One letter of the plan to several clients, and who they are."""

    of: str
    """The name of the letter that is due."""
    letter: Letter
    """The one that is sent: where there is one of that name for mailings, that one."""
    filled: Filled
    """What is the same for all is filled in; what differs is a field, such as ``«name»``."""
    recipients: tuple[Recipient, ...]
    """Most at stake first."""

    @property
    def letter_path(self) -> str:
        """The path of the letter in the site."""
        return f"letters/{self.of}.rtf"

    @property
    def table_path(self) -> str:
        """The path of the recipients in the site."""
        return f"letters/{self.of}.csv"

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the letter has, in order of appearance."""
        found = _FIELD.findall(f"{self.filled.subject}\n{self.filled.body}")
        shared = self.recipients[0].known
        return tuple(dict.fromkeys(name for name in found if name in shared))

    def rtf(self) -> bytes:
        """The letter for Word and LibreOffice, its fields those of mail merge."""
        texts = _FIELD.split(self.filled.body)  # every second piece is the name of a field
        body = [_merge_field(text) if at % 2 else _rtf(text) for at, text in enumerate(texts)]
        return "".join([_RTF_HEAD, *body, "}\n"]).encode("ascii")

    def csv(self) -> str:
        """The recipients as a table, with a column for each field; no cell is taken for a formula."""
        fields = self.fields
        return as_csv(
            ("Client", "Email", "Address", *fields),
            (
                (one.client, one.email, one.address, *(one.known[name] for name in fields))
                for one in self.recipients
            ),
        )


_RTF_HEAD = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Calibri;}}\\f0\\fs24\n"


def _merge_field(name: str) -> str:
    return f"{{\\field{{\\*\\fldinst MERGEFIELD {name}}}{{\\fldrslt {_rtf(f'«{name}»')}}}}}"


def _rtf(text: str) -> str:
    """The text as RTF has it: in ASCII, every other letter by its number."""
    return "".join(_rtf_letter(letter) for letter in text)


def _rtf_letter(letter: str) -> str:
    if letter == "\n":
        return "\\par\n"
    if letter in "\\{}":
        return f"\\{letter}"
    if " " <= letter <= "~":
        return letter
    if letter < " " or letter == "\x7f":
        return ""
    units = letter.encode("utf-16-le", "replace")
    numbers = (
        int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)
    )
    return "".join(f"\\u{number}?" for number in numbers)


def mail_merges(report: Report, letters: Letters) -> tuple[MailMerge, ...]:
    """The mailings of the plan, in its order; empty without any."""
    clients = {client.name: client for client in report.found.clients}
    return tuple(_mail_merge(mailing, clients, report, letters) for mailing in report.plan.mailings)


def _mail_merge(
    mailing: Mailing, clients: Mapping[str, ClientFindings], report: Report, letters: Letters
) -> MailMerge:
    to_many = next((one for one in letters.all if one.name == mailing.letter + TO_MANY), None)
    letter = to_many or letters.named(mailing.letter)
    to = tuple(_recipient(one, clients[one.client], report) for one in mailing.to)
    return MailMerge(mailing.letter, letter, fill(letter, _shared(to)), to)


def _recipient(action: Action, client: ClientFindings, report: Report) -> Recipient:
    who = client.seen.client
    return Recipient(
        client=client.name,
        email=drafts.one_address(who.email or ""),
        address=" ".join((who.address or "").split()),
        known=values_of(client, action.due, report),
    )


def _shared(to: Sequence[Recipient]) -> dict[str, str]:
    """What is known of every recipient: a field where it differs, else as it is.

    What only some have is left out, as in a letter to somebody of whom it is not known.
    """
    first, *others = [one.known for one in to]
    return {
        name: value if all(one[name] == value for one in others) else f"«{name}»"
        for name, value in first.items()
        if all(name in one for one in others)
    }
