"""A letter as a draft in the owner's own mail program: a link, or a file that opens unsent."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

LONGEST_LINK = 1_900
"""Characters. Mail programs are started with an address of some 2,000; the rest would be cut off."""

TOO_LONG = "[The letter is too long for this link: copy it from the page and paste it here.]"

_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@,;:<>()\[\]\\\"]+")
"""One plain address; whatever else stands in a cell could name more people than the owner sees."""

_LONGEST_ADDRESS = 254


def mailto(address: str, subject: str, body: str) -> str:
    """A link that opens a draft, of at most ``LONGEST_LINK`` characters.

    What is not one plain address is left out, for the owner to fill in. A letter that is too long is
    left out and a note stands in its place; a subject that is too long even then goes as well.
    """
    to = quote(_one_address(address), safe="@", errors="replace")
    title = " ".join(subject.split())
    links = (
        f"mailto:{to}?subject={_quoted(head)}&body={_quoted(text)}"
        for head, text in ((title, body), (title, TOO_LONG), ("", TOO_LONG))
    )
    return next(link for link in links if len(link) <= LONGEST_LINK)


def eml(sender: str, address: str, subject: str, body: str) -> bytes:
    """A draft as a file, the same bytes every time: without a date and an id, marked as not sent.

    What is not one plain address is left out, for the owner to fill in; so is one with letters
    outside ASCII, which the headers of a file cannot carry everywhere.
    """
    draft = EmailMessage(policy=SMTP)
    draft["X-Unsent"] = "1"
    for header, text in (("From", sender), ("To", address)):
        one = _one_address(text)
        if one and one.isascii():
            draft[header] = one
    draft["Subject"] = " ".join(_encodable(subject).split())
    draft.set_content(_encodable(body), charset="utf-8", cte="quoted-printable")
    return draft.as_bytes()


def _one_address(text: str) -> str:
    """The text, if it is one plain address, else nothing."""
    found = text.strip()
    return found if len(found) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(found) else ""


def _quoted(text: str) -> str:
    """Percent-encoded, with the line breaks that a mail program expects."""
    return quote(re.sub(r"\r\n?|\n", "\r\n", text), safe="", errors="replace")


def _encodable(text: str) -> str:
    """Half a character, which a broken file can hold, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
