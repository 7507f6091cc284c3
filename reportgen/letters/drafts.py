"""A letter as a draft in the owner's own mail program: a link, or a file that opens ready to send."""

from __future__ import annotations

import base64
import re
from email import quoprimime
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
    heads = ["X-Unsent: 1"]
    for header, text in (("From", sender), ("To", address)):
        one = one_address(text)
        if one and one.isascii():
            heads.append(f"{header}: {one}")
    heads += [
        f"Subject: {_header(' '.join(_encodable(subject).split()))}",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
        "MIME-Version: 1.0",
    ]
    words = re.sub(r"\r\n?", "\n", _encodable(body)).removesuffix("\n") + "\n"
    # It takes text of which each character stands for a byte.
    quoted = quoprimime.body_encode(words.encode().decode("latin-1"), _WIDEST, eol="\r\n")
    return f"{_CRLF.join(heads)}{_CRLF}{_CRLF}{quoted}".encode("ascii")


_CRLF = "\r\n"

_WIDEST = 78
"""Characters of a line of an e-mail (RFC 5322)."""


def _header(text: str) -> str:
    """A header's text as it stands, or in encoded words of UTF-8 (RFC 2047), one a line."""
    if text.isascii() and text.isprintable() and "=?" not in text and len(text) < _WIDEST - 10:
        return text
    pieces, piece = [], b""
    for letter in text:
        one = letter.encode()
        if len(piece) + len(one) > 45:  # of which 60 characters are made
            pieces.append(piece)
            piece = b""
        piece += one
    encoded = (base64.b64encode(one).decode() for one in (*pieces, piece))
    return f"{_CRLF} ".join(f"=?utf-8?b?{one}?=" for one in encoded)


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
