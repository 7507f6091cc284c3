"""How to reach a client."""

import pytest

from reportgen.model import Client
from reportgen.report.plan.channel import by_sms, channel, own_word
from reportgen.settings.settings import Settings


@pytest.mark.parametrize(
    ("preferred", "found"),
    [
        ("Phone", "talk"),
        ("telephone", "talk"),
        ("Ring me", "talk"),
        ("Video call", "talk"),
        ("Email", "email"),
        ("E-mail", "email"),
        ("Letter box", "post"),
        ("Post", "post"),
        ("postcard", "post"),
        ("WhatsApp", "text"),
        ("SMS", "text"),
        ("text message", "text"),
        ("carrier pigeon", "email"),
        (None, "email"),
    ],
)
def test_by_the_clients_channel(preferred, found):
    assert channel(Client("Acme", preferred_channel=preferred), Settings()) == found


@pytest.mark.parametrize(
    ("preferred", "found"),
    [(None, "talk"), ("pigeon", "talk"), ("Post", "post"), ("Email", "email")],
)
def test_else_by_the_first_of_the_business_that_is_known(preferred, found):
    settings = Settings(preferred_channels="drum, Phone, Email")
    assert channel(Client("Acme", preferred_channel=preferred), settings) == found


@pytest.mark.parametrize(
    ("preferred", "sms"),
    [
        ("SMS", True),
        ("Texts", True),
        ("text message", True),
        ("WhatsApp", False),
        ("Phone", False),
        (None, False),
    ],
)
def test_a_text_message_goes_to_the_number_unless_an_app_is_named(preferred, sms):
    assert by_sms(Client("Acme", preferred_channel=preferred), Settings()) is sms


@pytest.mark.parametrize(
    ("preferred", "word"),
    [(" WhatsApp ", "WhatsApp"), ("ring her mobile", ""), ("pigeon", "Post"), (None, "Post")],
)
def test_the_owners_word_for_the_channel_stands_as_she_wrote_it(preferred, word):
    """Only where the cell says nothing else than the channel."""
    settings = Settings(preferred_channels="Post, Phone")
    assert own_word(Client("Acme", preferred_channel=preferred), settings) == word
