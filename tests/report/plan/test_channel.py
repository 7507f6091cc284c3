"""How to reach a client."""

import pytest

from reportgen.model import Client
from reportgen.report.plan.channel import channel
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
    ("preferred", "found"), [(None, "talk"), ("pigeon", "talk"), ("Post", "post")]
)
def test_else_by_the_first_of_the_business_that_is_known(preferred, found):
    settings = Settings(preferred_channels="drum, Phone, Email")
    assert channel(Client("Acme", preferred_channel=preferred), settings) == found
