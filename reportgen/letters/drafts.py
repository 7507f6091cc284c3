"""A letter as a draft in the owner's own mail program: a link, or a file that opens ready to send."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

LONGEST_LINK = 1_900
"""Characters. Mail programs take an address of some 2,000 and cut off the rest."""

TOO_LONG = "[The letter is too long for this link: copy it from the page and paste it here.]"

_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@,;:<>()\[\]\\\"]+")
"""One plain address: anything else in a cell could name people whom the owner does not see."""

_LONGEST_ADDRESS = 254
"""Characters, of RFC 5321."""


def mailto(address: str, subject: str, body: str) -> str:
    """A link that opens a draft, of at most ``LONGEST_LINK`` characters.

    An address that is not one plain address is left out, for the owner to fill in. In place of a letter
    that is too long stands a note; where even that is too long, the subject is left out too.
    """
    to = quote(one_address(address), safe="@", errors="replace")
    title = " ".join(subject.split())
    links = (
        f"mailto:{to}?subject={_quoted(head)}&body={_quoted(text)}"
        for head, text in ((title, body), (title, TOO_LONG), ("", TOO_LONG))
    )
    return next(link for link in links if len(link) <= LONGEST_LINK)


def eml(sender: str, address: str, subject: str, body: str) -> bytes:
    """A draft as a file, marked as unsent; the same bytes every time, as it has no date and no id.

    An address that is not one plain address is left out, for the owner to fill in. So is one with letters
    outside ASCII, which not every mail program reads in a header.
    """
    draft = EmailMessage(policy=SMTP)
    draft["X-Unsent"] = "1"
    for header, text in (("From", sender), ("To", address)):
        one = one_address(text)
        if one and one.isascii():
            draft[header] = one
    draft["Subject"] = " ".join(_encodable(subject).split())
    draft.set_content(_encodable(body), charset="utf-8", cte="quoted-printable")
    return draft.as_bytes()


def one_address(text: str) -> str:
    """The text where it is one plain address, else an empty one."""
    found = text.strip()
    return found if len(found) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(found) else ""


def _quoted(text: str) -> str:
    """Percent-encoded, with the line breaks that a mail program expects."""
    return quote(re.sub(r"\r\n?|\n", "\r\n", text), safe="", errors="replace")


def _encodable(text: str) -> str:
    """The text with a question mark for each half character, which a broken file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
