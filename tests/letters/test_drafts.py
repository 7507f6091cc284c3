"""Drafts for the owner's mail program: what is put in comes out again, and nothing else gets in."""

import email.policy
from email import message_from_bytes
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.letters.drafts import LONGEST_LINK, TOO_LONG, eml, mailto
from reportgen.letters.library import library
from reportgen.letters.safe import fill

SUBJECT = "Zoë & Søn: 50 % + a question? #1 🌷"
BODY = "Dear Zoë,\n\nA & B = C? 100 % + <b>x</b> 👩‍🌾\n\n- one\n- two\n\n„Grüße“\nMorag"


def parts(link):
    """The recipient, subject and body that a mail program reads from a link."""
    found = urlsplit(link)
    assert found.scheme == "mailto"
    fields = parse_qs(found.query, keep_blank_values=True, strict_parsing=True)
    assert list(fields) == ["subject", "body"]
    assert "+" not in found.query, "a plus would be read as one by some, as a space by others"
    (subject,), (body,) = fields["subject"], fields["body"]
    return unquote(found.path), subject, body


def message(draft):
    return message_from_bytes(draft, policy=email.policy.default)


def text_of(draft):
    """The body with the line ends of a text, where a message has those of the wire."""
    return draft.get_content().replace("\r\n", "\n")


# mailto


def test_a_link_carries_everything():
    link = mailto("zoe.lowe+x@example.com", SUBJECT, BODY)
    assert parts(link) == ("zoe.lowe+x@example.com", SUBJECT, BODY.replace("\n", "\r\n"))
    assert link.startswith("mailto:zoe.lowe%2Bx@example.com?subject=Zo%C3%AB%20%26%20")
    assert "Zo%C3%AB%2C%0D%0A%0D%0AA" in link


def test_every_kind_of_line_break_is_one():
    assert parts(mailto("", "s", "a\nb\r\nc\rd"))[2] == "a\r\nb\r\nc\r\nd"


def test_a_subject_is_one_line():
    assert parts(mailto("", "a\r\nBcc: x@example.com", "b"))[1] == "a Bcc: x@example.com"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (" jo@example.com ", "jo@example.com"),
        ("jo?bcc=eve@example.com", "jo?bcc=eve@example.com"),  # escaped: all of it is the address
        ("jo&cc@example.com", "jo&cc@example.com"),
        ("zoë@bücher.example", "zoë@bücher.example"),
        ("jo@example.com?bcc=eve@example.com", ""),
        ("jo@example.com, eve@example.com", ""),
        ("jo@example.com;eve@example.com", ""),
        ("Jo <jo@example.com>", ""),
        ("jo@example.com\r\nBcc: eve@example.com", ""),
        ("ring first", ""),
        ("", ""),
        ("x" * 250 + "@example.com", ""),
    ],
)
def test_only_one_plain_address_is_a_recipient(address, kept):
    link = mailto(address, "s", "b")
    assert parts(link) == (kept, "s", "b")
    assert link.count("?") == 1
    assert link.count("&") == 1


def test_a_link_is_never_too_long():
    """mailto:?subject=s&body= is 23 characters."""
    fits = "x" * (LONGEST_LINK - 23)
    assert parts(mailto("", "s", fits)) == ("", "s", fits)
    assert parts(mailto("", "s", fits + "x")) == ("", "s", TOO_LONG)
    assert parts(mailto("jo@example.com", "🌷" * 200, "x")) == ("jo@example.com", "", TOO_LONG)
    widest = mailto("ë" * 242 + "@example.com", "s" * 3_000, "b" * 3_000)
    assert len(widest) <= LONGEST_LINK


@given(st.text(max_size=400), st.text(max_size=200), st.text(max_size=600))
def test_a_link_of_anything(address, subject, body):
    link = mailto(address, subject, body)
    assert len(link) <= LONGEST_LINK
    assert link.isascii()
    parts(link)


@given(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.text(st.characters(codec="utf-8"), max_size=80),
)
def test_what_goes_into_a_link_comes_out(subject, body):
    _, found, text = parts(mailto("jo@example.com", subject, body))
    assert found == " ".join(subject.split())
    assert text.replace("\r\n", "\n") == body.replace("\r\n", "\n").replace("\r", "\n")


# eml


def test_a_draft_carries_everything():
    draft = message(eml("me@example.com", "zoe@example.com", SUBJECT, BODY))
    assert draft["Subject"] == SUBJECT
    assert draft["From"] == "me@example.com"
    assert draft["To"] == "zoe@example.com"
    assert draft["X-Unsent"] == "1"
    assert draft.get_content_type() == "text/plain"
    assert draft.get_content_charset() == "utf-8"
    assert text_of(draft) == BODY + "\n"
    assert draft.defects == []


def test_a_draft_is_the_same_every_time_and_knows_no_clock():
    draft = eml("me@example.com", "zoe@example.com", SUBJECT, BODY)
    assert draft == eml("me@example.com", "zoe@example.com", SUBJECT, BODY)
    names = list(message(draft))
    assert names == [
        "X-Unsent",
        "From",
        "To",
        "Subject",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    ]


def test_the_bytes_of_a_small_draft():
    assert eml("", "jo@example.com", "Thank you", "Dear Jo,\n\nZoë") == (
        b"X-Unsent: 1\r\n"
        b"To: jo@example.com\r\n"
        b"Subject: Thank you\r\n"
        b'Content-Type: text/plain; charset="utf-8"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n"
        b"MIME-Version: 1.0\r\n"
        b"\r\n"
        b"Dear Jo,\r\n"
        b"\r\n"
        b"Zo=C3=AB\r\n"
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jo@example.com, eve@example.com",
        "jo@example.com\r\nBcc: eve@example.com",
        "Jo <jo@example.com>",
        "zoë@example.com",
        "no address",
    ],
)
def test_what_is_not_one_plain_address_is_left_out(address):
    draft = message(eml(address, address, "s", "b"))
    assert not {"To", "From", "Cc", "Bcc"} & set(draft.keys())


def test_no_header_gets_in_by_the_subject_or_the_body():
    subject = "Hello\r\nBcc: eve@example.com\r\n\r\nText"
    draft = message(eml("", "", subject, "Bcc: eve@example.com\n\n.\nFrom me"))
    assert draft["Subject"] == "Hello Bcc: eve@example.com Text"
    assert "Bcc" not in draft
    assert text_of(draft) == "Bcc: eve@example.com\n\n.\nFrom me\n"


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_a_draft_of_anything(sender, address, subject, body):
    draft = message(eml(sender, address, subject, body))
    assert set(draft.keys()) <= {
        "X-Unsent",
        "From",
        "To",
        "Subject",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert draft.get_content_type() == "text/plain"


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), max_size=150),
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=300),
)
def test_what_goes_into_a_draft_comes_out(subject, body):
    draft = message(eml("", "jo@example.com", subject, body))
    assert draft["Subject"] == " ".join(subject.split())
    assert text_of(draft).removesuffix("\n") == body.removesuffix("\n")


# Both, with every letter


@pytest.mark.parametrize("one", library(None).all, ids=lambda one: one.name)
def test_every_letter_survives_both(one):
    filled = fill(one, {"name": "Zoë & Søn 🌷", "business": "Café „Grün“", "service": "½ + ½ = 1"})
    draft = message(eml("", "zoe@example.com", filled.subject, filled.body))
    assert (draft["Subject"], text_of(draft)) == (filled.subject, filled.body + "\n")
    address, subject, body = parts(mailto("zoe@example.com", filled.subject, filled.body))
    assert (address, subject) == ("zoe@example.com", filled.subject)
    assert body in (filled.body.replace("\n", "\r\n"), TOO_LONG)
