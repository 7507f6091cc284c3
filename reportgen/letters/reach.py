"""Where a message goes: the number, the address or the e-mail of a client, and a link that opens it."""

from __future__ import annotations

import re
import unicodedata

from reportgen.letters import drafts
from reportgen.letters.letter import Filled
from reportgen.model import Client
from reportgen.report.plan.channel import Channel, by_sms
from reportgen.settings.settings import Settings
from reportgen.values import dataclass

_NUMBER = re.compile(r"\(?\+?[0-9](?:[0-9 ().\-–]|(?<=[0-9])/(?=[0-9]))*")
_FEWEST_DIGITS, _MOST_DIGITS = 5, 15  # of E.164


@dataclass(frozen=True, slots=True)
class Reach:
    """How a message reaches one client."""

    to: str
    """The number, the e-mail or the postal address, on one line; empty where none is known."""
    link: str
    """What opens it: ``tel:``, ``sms:`` or ``mailto:``; empty where nothing does."""
    fill_in: str
    """The cell that would say where to, ``Phone, row 14 of Clients``; empty where it is known."""


def reach(client: Client, channel: Channel, filled: Filled, settings: Settings) -> Reach:
    """How the message, filled in, reaches the client by a channel.

    The link of a text message opens the client's number alone: not every telephone takes its words.
    An app such as WhatsApp has no link, and an e-mail has one without an address, too.
    """
    match channel:
        case Channel.EMAIL:
            to = drafts.one_address(client.email or "")
            return _to(client, "E-mail", to, drafts.mailto(to, filled.subject, filled.body))
        case Channel.POST:
            return _to(client, "Address", " ".join((client.address or "").split()), "")
    number = telephone(client.phone or "")
    opens = "tel" if channel is Channel.TALK else "sms" if by_sms(client, settings) else ""
    return _to(client, "Phone", number, f"{opens}:{dialled(number)}" if number and opens else "")


def telephone(cell: str) -> str:
    """The first telephone number in a cell, as it is written there; empty where there is none."""
    for found in _NUMBER.finditer(unicodedata.normalize("NFKC", cell)):
        number = found[0].rstrip(" (.-–")
        if _FEWEST_DIGITS <= len(re.sub(r"\D", "", number)) <= _MOST_DIGITS:
            return number
    return ""


def dialled(number: str) -> str:
    """The digits of a number, and its plus: ``+44 (0)20 7946 0000`` → ``+442079460000``."""
    bare = number.replace("(0)", "") if "+" in number else number
    return re.sub(r"[^0-9+]", "", bare)


def _to(client: Client, column: str, to: str, link: str) -> Reach:
    row = client.row
    where = f"row {row.row} of {row.sheet}" if row else f"in a row for {client.name} on Clients"
    return Reach(to, link, "" if to else f"{column}, {where}")
