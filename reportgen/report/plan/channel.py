"""How to reach a client: the way that they prefer, else the one that the business does."""

from __future__ import annotations

import re
from enum import StrEnum

from reportgen.model import Client
from reportgen.settings.settings import Settings


class Channel(StrEnum):
    """What a message becomes."""

    EMAIL = "email"
    TALK = "talk"
    """Points to talk about, and a number to ring."""
    POST = "post"
    """The words for a card or a letter."""
    TEXT = "text"
    """A short message, typed on a telephone."""


_WORDS = (
    (Channel.EMAIL, r"e-?mails?|e-post|courriel|correo"),
    (Channel.TEXT, r"whats\s?app|sms|text|texts|message|messages|messenger|signal|telegram|dm"),
    (Channel.TALK, r"phone|telephone|mobile|call|calls|ring|video|zoom|teams|meet|in person|visit"),
    (Channel.POST, r"post|letter|letters|letter ?box|card|cards|postcard|by hand"),
)
"""The first that is found in a cell decides: "text message" is no letter."""


def channel(client: Client, settings: Settings) -> Channel:
    """By the client's preferred channel, else by the first of the business's that we know; else e-mail."""
    for name in (client.preferred_channel, *settings.preferred_channels):
        for one, pattern in _WORDS:
            if name and re.search(rf"\b({pattern})\b", name.casefold()):
                return one
    return Channel.EMAIL
