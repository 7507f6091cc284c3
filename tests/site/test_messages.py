"""A message on a page, in the form of its channel: to read, to copy and to send."""

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from icalendar import Calendar

from reportgen.environments import html
from reportgen.letters.due import due_letters
from reportgen.letters.library import library
from reportgen.letters.mailings import mail_merges
from reportgen.model import UNKNOWN_ACTIVITY, Book, Client, Sale, Source, Touchpoint, relationships
from reportgen.problems import Row
from reportgen.report.report import make_report
from reportgen.settings.settings import Settings
from reportgen.site.due import due_message, mailing_message
from reportgen.site.exports import actions_csv, actions_ics

AS_OF = date(2026, 1, 15)
ROOT = "../"


def messages(book, settings, own=None):
    """Client → the message to them, as the page has it."""
    report = make_report(book, settings, AS_OF)
    return {one.client: due_message(one) for one in due_letters(report, library(own))}


def shown(message):
    macros = html().get_template("site/parts.html").make_module({"question": "", "answer": ""})
    return str(macros.message(message, ROOT))


def copied(page):
    """What the button copies: the text of the element that it names."""
    (id_,) = re.findall(r'data-copy="([^"]+)"', page)
    (text,) = re.findall(rf'<pre class="words" id="{id_}-text">(.*?)</pre>', page, re.DOTALL)
    assert "<" not in text
    return unescape(text)


def links(page):
    return [unescape(one) for one in re.findall(r'href="([^"]*)"', page)]


def test_each_channel_has_its_way_and_no_subject_is_copied(book, settings):
    """
    # Clients
    Client  Preferred channel  Phone          E-mail           Address
    Acme    Phone              020 7946 0000  a@example.com    1 Mill Lane
    Bell    Email              020 7946 0001  b@example.com    2 Mill Lane
    Cole    Post               020 7946 0002  c@example.com    3 Mill Lane
    Dunn    SMS                020 7946 0003  d@example.com    4 Mill Lane
    Earl    WhatsApp           020 7946 0004  e@example.com    5 Mill Lane

    # Touchpoints
    Date        Client  Activity  Promise    Promised for
    2026-01-12  Acme    Email     the quote  2026-01-14
    2026-01-12  Bell    Email     the quote  2026-01-14
    2026-01-12  Cole    Email     the quote  2026-01-14
    2026-01-12  Dunn    Email     the quote  2026-01-14
    2026-01-12  Earl    Email     the quote  2026-01-14
    """
    found = messages(book, settings)
    assert {name: [way.text for way in one.ways] for name, one in found.items()} == {
        "Acme": ["Ring 020 7946 0000"],
        "Bell": ["E-mail", "Draft (.eml)"],
        "Cole": ["To 3 Mill Lane"],
        "Dunn": ["Message to 020 7946 0003"],
        "Earl": ["Message to 020 7946 0004"],
    }
    pages = {name: shown(one) for name, one in found.items()}
    assert links(pages["Acme"]) == ["tel:02079460000"]
    assert links(pages["Bell"])[0].startswith(
        "mailto:b@example.com?subject=I%20owe%20you%20something&"
    )
    assert links(pages["Bell"])[1:] == ["../letters/bell.eml"]
    assert links(pages["Dunn"]) == ["sms:02079460003"]
    assert links(pages["Cole"]) == links(pages["Earl"]) == []
    assert "To 3 Mill Lane" in pages["Cole"]
    for name, page in pages.items():
        text = copied(page)
        assert text == found[name].body
        assert "I owe you something" not in text
        assert ("I owe you something" in page.partition("<a")[0]) == (name == "Bell")


def owed_to(client, promise="the quote"):
    """A book in which one client waits for a promise."""
    owed = Touchpoint(
        date(2026, 1, 12),
        client.name,
        UNKNOWN_ACTIVITY,
        Row("Touchpoints", 2),
        promise=promise,
        promised_for=date(2026, 1, 14),
    )
    return Book(relationships([client], [owed]), Source("a.xlsx", "0" * 64))


@pytest.mark.parametrize(
    ("preferred", "missing", "column"),
    [
        ("Phone", "number", "Phone"),
        ("SMS", "number", "Phone"),
        ("Post", "address", "Address"),
        ("Email", "e-mail address", "E-mail"),
    ],
)
def test_what_is_missing_to_reach_them_names_its_cell(preferred, missing, column):
    acme = Client("Acme", preferred_channel=preferred, row=Row("Clients", 7))
    message = messages(owed_to(acme), Settings())["Acme"]
    assert message.note.endswith(
        f"Their {missing} is not known: fill in {column}, row 7 of Clients."
    )
    assert message.note in shown(message)


def test_a_card_to_nobody_knows_where_has_a_line_to_write_it_on():
    message = messages(owed_to(Client("Acme", preferred_channel="Post")), Settings())["Acme"]
    assert re.fullmatch("To _+", message.ways[0].text)


def test_a_text_message_says_what_it_has_no_room_for(tmp_path):
    """Both parts of her own are 200 letters long: the second has no room."""
    for name in ("promise-late", "payment-reminder-1"):
        (tmp_path / f"{name}.md").write_text(f"Dear {{{{ name }}}}.\n--- short\n{'x' * 200}\n")
    sale = Sale(date(2026, 1, 1), "Acme", 10, Row("Sales", 2), due_on=date(2026, 1, 10))
    owed = owed_to(Client("Acme", preferred_channel="SMS"))
    book = Book(
        relationships([owed.relationships[0].client], owed.touchpoints, [sale]),
        Source("a.xlsx", "0" * 64),
    )
    note = messages(book, Settings(), tmp_path)["Acme"].note
    assert "No room for more in one message; still to say: payment reminder, first." in note


HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    '"><img src=x onerror=alert(1)>',
    "a\nBcc: x@example.com",
    "{{ 1 }}{% if %}",
)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("preferred", ["Phone", "Email", "Post", "SMS"])
def test_hostile_words_are_harmless_in_every_form(words, preferred):
    """The page has no tag of theirs; links and tables lead nowhere but where they should."""
    client = Client(
        words,
        contact=words,
        email=words,
        phone=f"{words} 020 7946 0000",
        address=words,
        preferred_channel=preferred,
    )
    book = owed_to(client, words)
    page = shown(messages(book, Settings())[words])
    assert set(re.findall(r"<(\w+)", page)) <= {"p", "strong", "pre", "a", "span", "button"}
    assert not re.search(r"<[^>]*\son\w+=", page)
    for link in links(page):
        assert re.match(r"tel:[0-9]|sms:[0-9]|mailto:\?subject=[^ <>\"'\n]*$|\.\./letters/", link)
    report = make_report(book, Settings(), AS_OF)
    due = {one.client: one for one in due_letters(report, library(None))}
    rows = list(csv.reader(io.StringIO(actions_csv(report, due).removeprefix("\ufeff"))))
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@", "\n")) for cell in rows[1])
    calendar = Calendar.from_ical(actions_ics(report, due))
    (event,) = calendar.walk("VEVENT")
    assert set(event) <= {
        *("SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "DESCRIPTION", "TRANSP", "URL")
    }


def test_a_mailing_shows_its_letter_once_with_its_files():
    """Five clients of a shop, 100 days silent; of one an e-mail address is known."""
    names = ["Acme", "Bell", "Cole", "Dunn", "Earl"]
    clients = [Client("Acme", email="a@example.com"), *(Client(name) for name in names[1:])]
    calls = [
        Touchpoint(date(2025, 10, 7), name, UNKNOWN_ACTIVITY, Row("Touchpoints", at))
        for at, name in enumerate(names, start=2)
    ]
    book = Book(relationships(clients, calls), Source("a.xlsx", "0" * 64))
    settings = Settings(business_model="product", business_name="Oak & Ash", owner="Ivy")
    (merge,) = mail_merges(make_report(book, settings, AS_OF), library(None))
    message = mailing_message(merge)
    page = shown(message)
    assert links(page) == ["../letters/reconnection.rtf", "../letters/reconnection.csv"]
    assert copied(page).startswith("Dear «name»,\n\n")
    assert message.note == (
        "Still to fill in: what is new with you. What stands in «» comes from the table, for each of "
        "them. 4 of the 5 have no e-mail address."
    )
