"""Where a message goes, and the link that opens it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.letters.letter import Filled
from reportgen.letters.reach import dialled, reach, telephone
from reportgen.model import Client
from reportgen.problems import Row
from reportgen.report.plan.channel import Channel
from reportgen.settings.settings import Settings

WORDS = Filled("A subject", "Some words", ())
HERS = Settings()


def reached(channel, **client):
    return reach(Client("Acme", **client), channel, WORDS, HERS)


@pytest.mark.parametrize(
    ("cell", "shown", "rung"),
    [
        ("020 7946 0000", "020 7946 0000", "02079460000"),
        ("+44 20 7946 0000", "+44 20 7946 0000", "+442079460000"),
        ("+44 (0)20 7946 0000", "+44 (0)20 7946 0000", "+442079460000"),
        ("(+44) 20 7946 0000", "(+44) 20 7946 0000", "+442079460000"),
        ("(020) 7946-0000", "(020) 7946-0000", "02079460000"),
        ("020.7946.0000", "020.7946.0000", "02079460000"),
        ("030/123456", "030/123456", "030123456"),
        ("Mobile: 07700 900123 (evenings)", "07700 900123", "07700900123"),
        ("020 7946 0000 ext. 12", "020 7946 0000", "02079460000"),
        ("020 7946 0000; 07700 900123", "020 7946 0000", "02079460000"),
        ("020 7946 0000 / 07700 900123", "020 7946 0000", "02079460000"),
        ("ask Jo, 07700 900123, or 07700 900124", "07700 900123", "07700900123"),
        ("０２０ ７９４６ ００００", "020 7946 0000", "02079460000"),
        ("=1+1|cmd", "", ""),
        ("123", "", ""),
        ("12345678901234567890", "", ""),
        ("none", "", ""),
        ("", "", ""),
    ],
)
def test_the_first_number_of_a_cell(cell, shown, rung):
    assert telephone(cell) == shown
    assert dialled(shown) == rung


@given(st.text() | st.text("0123456789 +()/-.;\n=<>\"'&x", max_size=40))
def test_a_link_that_rings_has_digits_and_a_plus_alone(cell):
    found = reached(Channel.TALK, phone=cell)
    assert re.fullmatch(r"(tel:\+?[0-9]{4,15})?", found.link, re.ASCII)
    assert bool(found.link) == bool(found.to) == (not found.fill_in)
    assert re.fullmatch(r"[0-9 ()+./–-]*", found.to, re.ASCII)


def test_a_text_message_opens_the_number_and_an_app_does_not():
    by_sms = reached(Channel.TEXT, phone="07700 900123", preferred_channel="Text message")
    assert (by_sms.to, by_sms.link) == ("07700 900123", "sms:07700900123")
    by_app = reached(Channel.TEXT, phone="07700 900123", preferred_channel="WhatsApp")
    assert (by_app.to, by_app.link) == ("07700 900123", "")


def test_an_email_has_its_subject_in_the_link():
    assert reached(Channel.EMAIL, email="jo@example.com").link == (
        "mailto:jo@example.com?subject=A%20subject&body=Some%20words"
    )


def test_an_email_without_one_address_can_still_be_written():
    found = reached(Channel.EMAIL, email="jo@example.com; ann@example.com", row=Row("Clients", 14))
    assert found.link == "mailto:?subject=A%20subject&body=Some%20words"
    assert (found.to, found.fill_in) == ("", "E-mail, row 14 of Clients")


def test_a_card_goes_to_an_address_on_one_line():
    found = reached(Channel.POST, address="12 Mill Lane\nLeeds  LS1 4AB")
    assert (found.to, found.link, found.fill_in) == ("12 Mill Lane Leeds LS1 4AB", "", "")


@pytest.mark.parametrize(
    ("channel", "cell"),
    [
        (Channel.TALK, "Phone"),
        (Channel.TEXT, "Phone"),
        (Channel.POST, "Address"),
        (Channel.EMAIL, "E-mail"),
    ],
)
def test_the_cell_that_is_missing(channel, cell):
    assert reached(channel, row=Row("Kunden", 7)).fill_in == f"{cell}, row 7 of Kunden"
    assert reached(channel).fill_in == f"{cell}, in a row for Acme on Clients"
